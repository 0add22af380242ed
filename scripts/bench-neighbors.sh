#!/usr/bin/env bash
# Measures exact nearest neighbours beside FAISS's exact flat index, in turns, and prints a line for each way of
# multiplying. docs/benchmarks.md has results.
#
#   scripts/bench-neighbors.sh [ROWS WIDTH ROUNDS]    default 10000 768 5
#
# Installs Debian's python3-faiss if it is missing. OPENBLAS_CORETYPE=SKYLAKEX lets FAISS's (and our BLAS engine's) products
# use AVX-512 where Debian's OpenBLAS does not know the CPU.

# shellcheck source=scripts/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

cd -- "$root"
[[ $# -eq 0 || $# -eq 3 ]] || fail "expected three arguments or none (usage: scripts/bench-neighbors.sh [ROWS WIDTH ROUNDS])"

# Debian's own interpreter, which Debian's packages are for.
python=/usr/bin/python3
has_peer() { "$python" -c 'import faiss' 2>/dev/null; }

quietly "$root/scripts/setup.sh"
if ! has_peer && [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
    quietly apt-get update
    quietly env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3-faiss
fi
has_peer || fail "the peer is not there: install python3-faiss"
quietly dotnet build tests/AlignBench.Benchmarks -c Release -v quiet

printf 'machine: %s, %s processors; %s; load %s\n' \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(date -u +%F)" \
    "$(cut -d ' ' -f 1-3 /proc/loadavg)"
"$python" scripts/bench-neighbors.py "$root/artifacts/bin/AlignBench.Benchmarks/release/AlignBench.Benchmarks" \
    "${1:-10000}" "${2:-768}" "${3:-5}"
