#!/usr/bin/env bash
# Measures study 1's regressions beside scikit-learn's RidgeCV, in turns, and prints a line each: the best of several
# rounds, the ratio, memory. docs/benchmarks.md has results.
#
#   scripts/bench-ridge.sh [ROUNDS]    default 5; the table of eight pairs is run in a third of them
#
# The numbers also go to artifacts/bench-ridge.json. Installs Debian's python3-sklearn if it is missing.

# shellcheck source=scripts/bench-common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/bench-common.sh"

cd -- "$root"
[[ $# -le 1 ]] || fail "expected one argument or none (usage: scripts/bench-ridge.sh [ROUNDS])"

quietly "$root/scripts/setup.sh"
has_module sklearn || install_peers python3-sklearn
has_module sklearn || fail "the peer is not there: install python3-sklearn"
build_benchmarks
echo "$(machine)"
"$python" scripts/bench-ridge.py "$benchmarks" \
    "$root/artifacts/bench-ridge.json" "${1:-5}"
