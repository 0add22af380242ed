#!/usr/bin/env bash
# Runs the tests on real data and checkpoints, which are too big for the repository.
#
#   scripts/check-real.sh PATH    PATH holds data/, models/, tokenizers/ and goldens/

# shellcheck source=scripts/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

[[ $# -eq 1 ]] || fail "expected one argument (usage: scripts/check-real.sh PATH)"
[[ -d "$1" ]] || fail "$1: no such folder"
ALIGNBENCH_SHARED="$(realpath -- "$1")"
export ALIGNBENCH_SHARED
for folder in data models tokenizers goldens; do
    [[ -d "$ALIGNBENCH_SHARED/$folder" ]] || fail "$1: expected data/, models/, tokenizers/ and goldens/ in it, got no $folder/"
done

"$root/scripts/setup.sh"
quietly dotnet build "$root/tests/AlignBench.RealTests" -c Release -v quiet
ALIGNBENCH_WORDS="$(mktemp)"                # what the tests have to say to a person
export ALIGNBENCH_WORDS
trap 'rm -f -- "$ALIGNBENCH_WORDS"' EXIT
status=0
dotnet test "$root/tests/AlignBench.RealTests" -c Release --no-build -v quiet || status=$?
cat -- "$ALIGNBENCH_WORDS"
exit "$status"
