#!/usr/bin/env bash
# Gives every parser damaged files, 100,000 of each kind unless told, always the same ones. They go through child
# processes, so that a crash, a hang or a huge allocation is found too. Prints a line a finding and a line a parser.
#
#   scripts/fuzz.sh [COUNT [TARGET ...]]              TARGET: jpeg, tar, tokenizer-json ... (tests/AlignBench.Fuzz)
#   scripts/fuzz.sh --sanitize [COUNT [TARGET ...]]   with codecs built for AddressSanitizer and UBSan; images by default

# shellcheck source=scripts/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

cd -- "$root"
sanitize=""
if [[ "${1:-}" == --sanitize ]]; then
    sanitize=1
    shift
fi
count="${1:-100000}"
[[ "$count" =~ ^[0-9]+$ ]] || fail "expected a number of files, got '$count'"
targets=("${@:2}")

quietly "$root/scripts/setup.sh"
quietly dotnet build tests/AlignBench.Fuzz -c Release -v quiet
program="$root/artifacts/bin/AlignBench.Fuzz/release"
if [[ -n "$sanitize" ]]; then
    [[ ${#targets[@]} -gt 0 ]] || targets=(jpeg png webp gif bmp)
    build="$root/artifacts/cmake-sanitized"
    quietly cmake -S src/native -B "$build" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_LIBRARY_OUTPUT_DIRECTORY="$build/lib" \
        -DCMAKE_CXX_FLAGS="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -g"
    quietly cmake --build "$build" --target alignbench_codecs --parallel
    sanitized="$root/artifacts/fuzz-sanitized"
    rm -rf -- "$sanitized"
    cp -r -- "$program" "$sanitized"
    cp -- "$build/lib/libalignbench_codecs.so" "$sanitized"
    program="$sanitized"
    # .NET turns its own SIGSEGVs into exceptions, and frees nothing at its end.
    export ASAN_OPTIONS="handle_segv=0:detect_leaks=0:allocator_may_return_null=1:exitcode=99:use_sigaltstack=0"
    export UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1"
    export LD_PRELOAD
    LD_PRELOAD="$(g++ -print-file-name=libasan.so) $(g++ -print-file-name=libubsan.so)"
fi
"$program/AlignBench.Fuzz" run "$count" "${targets[@]}"
