#!/usr/bin/env bash
# Sets the machine up and runs the first study on the toy world: features of 2 vision and 4 language models on three
# small data sets, and the tests over the eight pairs, printed beside what the paper reports.

# shellcheck source=scripts/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

cd -- "$root"
"$root/scripts/setup.sh"
[[ -f artifacts/publish/.built ]] || say "building the program"
exec ./alignbench run configs/toy/study1.yaml "$@"
