#include "peak.h"

#include <immintrin.h>

#include <ctime>

namespace tests {

namespace {

constexpr int chains = 12;  // as many as hide a latency of four at two a cycle, and fit AVX2's registers
constexpr int steps = 100000;

__attribute__((target("avx512f"))) float wide_chains() {
    __m512 sums[2 * chains];
    for (__m512& sum : sums) { sum = _mm512_set1_ps(1); }
    const __m512 factor = _mm512_set1_ps(0.999f), term = _mm512_set1_ps(1e-3f);
    for (int step = 0; step < steps; step++) {
#pragma GCC unroll 24
        for (int i = 0; i < 2 * chains; i++) { sums[i] = _mm512_fmadd_ps(sums[i], factor, term); }
    }
    float total = 0;
    for (const __m512& sum : sums) { total += sum[0]; }
    return total;
}

__attribute__((target("avx2,fma"))) float narrow_chains() {
    __m256 sums[chains];
    for (__m256& sum : sums) { sum = _mm256_set1_ps(1); }
    const __m256 factor = _mm256_set1_ps(0.999f), term = _mm256_set1_ps(1e-3f);
    for (int step = 0; step < steps; step++) {
#pragma GCC unroll 12
        for (int i = 0; i < chains; i++) { sums[i] = _mm256_fmadd_ps(sums[i], factor, term); }
    }
    float total = 0;
    for (const __m256& sum : sums) { total += sum[0]; }
    return total;
}

}  // namespace

double thread_seconds() {
    timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double measured_peak() {
    const bool wide = __builtin_cpu_supports("avx512f");
    const double start = thread_seconds();
    volatile float result = wide ? wide_chains() : narrow_chains();
    static_cast<void>(result);
    const double seconds = thread_seconds() - start;
    return (wide ? 2.0 * chains * 32 : 1.0 * chains * 16) * steps / seconds / 1e9;
}

}  // namespace tests
