#!/usr/bin/env bash
# Measures study 1's regressions beside scikit-learn's RidgeCV, in turns, and prints a line each: the best of several
# rounds, the ratio, memory. docs/benchmarks.md has results.
#
#   scripts/bench-ridge.sh [ROUNDS]    default 5; the table of eight pairs is run in a third of them
#
# The numbers also go to artifacts/bench-ridge.json. Installs Debian's python3-sklearn if it is missing.

# shellcheck source=scripts/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

cd -- "$root"
[[ $# -le 1 ]] || fail "expected one argument or none (usage: scripts/bench-ridge.sh [ROUNDS])"

# Debian's own interpreter, which Debian's packages are for.
python=/usr/bin/python3
has_peer() { "$python" -c 'import sklearn' 2>/dev/null; }

quietly "$root/scripts/setup.sh"
if ! has_peer && [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
    quietly apt-get update
    quietly env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3-sklearn
fi
has_peer || fail "the peer is not there: install python3-sklearn"
quietly dotnet build tests/AlignBench.Benchmarks -c Release -v quiet

printf 'machine: %s, %s processors; %s; load %s\n' \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(date -u +%F)" \
    "$(cut -d ' ' -f 1-3 /proc/loadavg)"
"$python" scripts/bench-ridge.py "$root/artifacts/bin/AlignBench.Benchmarks/release/AlignBench.Benchmarks" \
    "$root/artifacts/bench-ridge.json" "${1:-5}"
