#!/usr/bin/env bash
# Builds the program into artifacts/publish, compiled ahead of time so that it starts quickly; ./alignbench runs it.
# Expects what scripts/setup.sh brings.
#
#   scripts/build.sh [OPTION ...]    options of "dotnet publish", as -p:TorchPackage=TorchSharp-cpu

# shellcheck source=scripts/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

mkdir -p -- "$root/artifacts"
exec 9>"$root/artifacts/.build.lock"
flock 9                                        # two of ./alignbench may find the program too old at once

publish() {
    dotnet publish "$root/src/AlignBench.Cli" -c Release --use-current-runtime --self-contained false \
        -o "$root/artifacts/publish" -v quiet "$@"
}

# Sources changed while this runs are newer than the stamp, and so are built the next time.
stamp="$(mktemp "$root/artifacts/.built.XXXXXX")"
log="$(mktemp)"
trap 'rm -f -- "$stamp" "$log"' EXIT
if ! publish -p:PublishReadyToRun=true "$@" >"$log" 2>&1; then
    grep -q -e 'error NU1' -e 'error NETSDK1094' -- "$log" || { cat -- "$log" >&2; fail "the build failed"; }
    say "no ahead-of-time compiler to be had; building without it, so that starting takes longer" >&2
    quietly publish -p:PublishReadyToRun=false "$@"
fi
touch -r "$stamp" -- "$root/artifacts/publish/.built"
