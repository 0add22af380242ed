#!/usr/bin/env bash
# Makes the machine ready to build and run AlignBench: Debian packages, the native libraries, libduckdb, Vega. What is
# there already is left alone; root (or sudo) is needed only if a Debian package is missing.
#
#   scripts/setup.sh                    Debian's libtorch, or the one chosen before
#   scripts/setup.sh --libtorch PATH    the libtorch folder or PyTorch wheel's torch/ at PATH
#   scripts/setup.sh --libtorch debian  back to Debian's

# shellcheck source=scripts/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

build="$root/artifacts/cmake"
choice=()
case "${1:-}" in
    "") libtorch="$(sed -n 's/^LIBTORCH:PATH=//p' "$build/CMakeCache.txt" 2>/dev/null || true)" ;;
    --libtorch)
        [[ $# -eq 2 ]] || fail "--libtorch: expected the path of a libtorch folder"
        libtorch=""
        if [[ "$2" != debian ]]; then
            libtorch="$(realpath -- "$2")"
            [[ -f "$libtorch/include/torch/csrc/api/include/torch/version.h" ]] \
                || fail "$libtorch: expected a libtorch folder, with include/ and lib/ in it"
        fi
        # Where the libraries of the former one lie must not be remembered.
        choice=(-U 'torch_*_library' -DLIBTORCH="$libtorch")
        ;;
    *) fail "unknown argument '$1' (usage: scripts/setup.sh [--libtorch PATH])" ;;
esac

check_sdk() {
    command -v dotnet >/dev/null \
        || fail "the .NET SDK 10 is missing: see https://dotnet.microsoft.com/download"
    local version
    version="$(dotnet --version)"
    [[ "${version%%.*}" -ge 10 ]] || fail "expected the .NET SDK 10 or later, got $version"
}

installed() { [[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]; }

# libtorch links libblas.so.3; Debian's reference BLAS would be many times slower than OpenBLAS.
install_packages() {
    local missing=() package program
    local packages=(libopenblas0-pthread libdnnl-dev libjpeg62-turbo-dev libturbojpeg0-dev libpng-dev libwebp-dev libgif-dev)
    [[ -n "$libtorch" ]] || packages+=(libtorch-dev)
    for package in "${packages[@]}"; do
        installed "$package" || missing+=("$package")
    done
    # Where these came from does not matter. npm brings libduckdb and Vega and is not needed after that.
    local programs=(g++ cmake make)
    [[ -f "$root/artifacts/native/libduckdb.so" && -f "$root/artifacts/vega/vega-embed.min.js" ]] || programs+=(npm)
    for program in "${programs[@]}"; do
        command -v "$program" >/dev/null || missing+=("$program")
    done
    [[ ${#missing[@]} -gt 0 ]] || return 0

    command -v apt-get >/dev/null || fail "no apt-get here: install what corresponds to ${missing[*]} yourself"
    local as_root=()
    if [[ $EUID -ne 0 ]]; then
        command -v sudo >/dev/null || fail "run as root, or install: apt-get install --no-install-recommends ${missing[*]}"
        as_root=(sudo)
    fi
    say "installing ${missing[*]}"
    quietly "${as_root[@]}" apt-get update
    quietly "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}

mkdir -p -- "$root/artifacts/native"

build_native() {
    local before
    before="$(native_libraries)"
    quietly cmake -S "$root/src/native" -B "$build" "${choice[@]}"
    quietly cmake --build "$build" --parallel
    [[ "$(native_libraries)" == "$before" ]] || say "built the native libraries in artifacts/native"
}

native_libraries() { stat -c '%n %Y' "$root"/artifacts/native/libalignbench_*.so 2>/dev/null || true; }

check_sdk
install_packages
build_native
"$root/scripts/install-duckdb.sh"
"$root/scripts/install-vega.sh"
say "ready"
