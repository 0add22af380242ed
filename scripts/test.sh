#!/usr/bin/env bash
# Sets the machine up, checks the code's form, builds everything and runs every test, the quick ones first. The last
# line is "N passed, N failed"; the exit code is not 0 if anything failed.

# shellcheck source=scripts/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

cd -- "$root"
passed=0
failed=0
log="$(mktemp)"
trap 'rm -f -- "$log"' EXIT

# One run of the test project; what it counted is added up. A run that ends without counting is a failure.
run_tests() {
    local status=0 line count
    dotnet test tests/AlignBench.Tests -c Release --no-build "$@" 2>&1 | tee -- "$log" || status=$?
    line="$(grep -E '(Passed|Failed)! +- +Failed:' -- "$log" | tail -n 1 || true)"
    if [[ "$line" =~ Failed:\ *([0-9]+),\ *Passed:\ *([0-9]+) ]]; then
        failed=$((failed + BASH_REMATCH[1]))
        passed=$((passed + BASH_REMATCH[2]))
        count="${BASH_REMATCH[1]}"
    elif grep -q 'No test matches' -- "$log" && [[ $status -eq 0 ]]; then
        count=0
    else
        count=0
        status=1
    fi
    [[ $status -eq 0 || $count -gt 0 ]] || failed=$((failed + 1))
}

# The report in a real browser. Where none can be installed, that is said and nothing is counted.
run_browser_checks() {
    local status=0
    say "opening the report in a browser"
    "$root/scripts/check-report.sh" 2>&1 | tee -- "$log" || status=$?
    if [[ "$(tail -n 1 -- "$log")" =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        passed=$((passed + BASH_REMATCH[1]))
        failed=$((failed + BASH_REMATCH[2]))
    elif [[ $status -eq 3 ]]; then
        say "the report was NOT checked in a browser, for the reason above"
    else
        failed=$((failed + 1))
    fi
}

# The native kernels against naive loops, at every instruction set that oneDNN and the CPU have in common.
run_kernel_tests() {
    local build="$root/artifacts/cmake-tests" level status
    quietly cmake -S "$root/src/native" -B "$build" -DKERNELS_TESTS=ON -DCMAKE_LIBRARY_OUTPUT_DIRECTORY="$build/libraries" \
        && quietly cmake --build "$build" --parallel --target kernels_tests || { failed=$((failed + 1)); return; }
    for level in ALL AVX2 SSE41; do
        status=0
        ONEDNN_MAX_CPU_ISA=$level "$build/kernels/tests/kernels_tests" 2>&1 | tee -- "$log" || status=$?
        if [[ "$(tail -n 1 -- "$log")" =~ :\ ([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
            passed=$((passed + BASH_REMATCH[1]))
            failed=$((failed + BASH_REMATCH[2]))
        else
            failed=$((failed + 1))
        fi
        [[ $status -eq 0 || $failed -gt 0 ]] || failed=$((failed + 1))
    done
}

# A step without which no test can run.
need() {
    say "$1"
    shift
    "$@" && return
    printf '0 passed, 1 failed\n'
    exit 1
}

need "setting up" "$root/scripts/setup.sh"
need "building" quietly dotnet build AlignBench.sln -c Release -v quiet
need "building the program" "$root/scripts/build.sh"
need "starting the program" quietly ./alignbench --version
say "checking the form of the code"
# Style and analysis are errors of the build already; what is left is white space.
dotnet format whitespace AlignBench.sln --no-restore --verify-no-changes || failed=1
say "running the native kernels' tests"
run_kernel_tests
say "running the tests"
run_tests --filter 'Category!=Slow'
run_tests --filter 'Category=Slow'
run_browser_checks
printf '%d passed, %d failed\n' "$passed" "$failed"
[[ $failed -eq 0 ]]
