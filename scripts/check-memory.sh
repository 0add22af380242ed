#!/usr/bin/env bash
# Shows how memory grows with a data set: writes shard sets of these sizes (MB, smallest first; 300 and 900 by
# default) in a temporary folder, runs inspect and extract on each, and prints the most resident memory each run had.
#
#   scripts/check-memory.sh [MEGABYTES ...]

# shellcheck source=scripts/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

cd -- "$root"
[[ $# -ne 1 ]] || fail "expected two sizes or more, or none"
quietly "$root/scripts/setup.sh"
quietly dotnet build tests/AlignBench.Tests -c Release -v quiet
sizes="${*:-300 900}"
ALIGNBENCH_MEMORY_MB="$sizes" dotnet test tests/AlignBench.Tests -c Release --no-build \
    --filter FullyQualifiedName~Memory.StreamingTests --logger 'console;verbosity=detailed' \
    | grep -E 'of shards:|Passed |Failed |Range:|Actual:' | sort -u
