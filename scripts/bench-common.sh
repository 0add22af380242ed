# Sourced by the benchmarks: their peers, their program, and the machine's description.
# shellcheck shell=bash

# shellcheck source=scripts/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

# Debian's own interpreter, which Debian's packages are for.
python=/usr/bin/python3

# Whether the interpreter has a module: has_module sklearn.
has_module() { "$python" -c "import $1" 2>/dev/null; }

# Installs Debian packages where that can be done; benchmarks' peers, which nothing else needs.
install_peers() {
    [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null || return 0
    quietly apt-get update
    quietly env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

# Builds the benchmarks, whose program's path is in $benchmarks.
benchmarks="$root/artifacts/bin/AlignBench.Benchmarks/release/AlignBench.Benchmarks"
build_benchmarks() { quietly dotnet build "$root/tests/AlignBench.Benchmarks" -c Release -v quiet; }

# Processor, date and load, as every benchmark says first.
machine() {
    printf 'machine: %s, %s processors; %s; load %s' \
        "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(nproc)" "$(date -u +%F)" \
        "$(cut -d ' ' -f 1-3 /proc/loadavg)"
}
