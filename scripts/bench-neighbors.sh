#!/usr/bin/env bash
# Measures exact nearest neighbours beside FAISS's exact flat index, in turns, and prints a line for each way of
# multiplying. docs/benchmarks.md has results.
#
#   scripts/bench-neighbors.sh [ROWS WIDTH ROUNDS]    default 10000 768 5
#
# Installs Debian's python3-faiss if it is missing. OPENBLAS_CORETYPE=SKYLAKEX lets FAISS's (and our BLAS engine's) products
# use AVX-512 where Debian's OpenBLAS does not know the CPU.

# shellcheck source=scripts/bench-common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/bench-common.sh"

cd -- "$root"
[[ $# -eq 0 || $# -eq 3 ]] || fail "expected three arguments or none (usage: scripts/bench-neighbors.sh [ROWS WIDTH ROUNDS])"

quietly "$root/scripts/setup.sh"
has_module faiss || install_peers python3-faiss
has_module faiss || fail "the peer is not there: install python3-faiss"
build_benchmarks
echo "$(machine)"
"$python" scripts/bench-neighbors.py "$benchmarks" \
    "${1:-10000}" "${2:-768}" "${3:-5}"
