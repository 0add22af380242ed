#!/usr/bin/env bash
# Runs the native kernels' tests under the address, undefined-behaviour and thread sanitizers, at the CPU's own
# instruction set and at AVX2.

# shellcheck source=scripts/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

for sanitizer in address,undefined thread; do
    build="$root/artifacts/cmake-sanitize-${sanitizer%%,*}"
    quietly cmake -S "$root/src/native" -B "$build" -DKERNELS_TESTS=ON -DKERNELS_SANITIZE="$sanitizer" \
        -DCMAKE_LIBRARY_OUTPUT_DIRECTORY="$build/libraries"
    quietly cmake --build "$build" --parallel --target kernels_tests
    for level in ALL AVX2; do
        say "$sanitizer sanitizer, instruction sets up to $level"
        ONEDNN_MAX_CPU_ISA=$level "$build/kernels/tests/kernels_tests"
    done
done
