// The slice product in bfloat16, for CPUs that have it. The panel of AVX-512's table: see neighbors.h.
#include <immintrin.h>

#include "../vector_kernels.h"

namespace kernels {

namespace {

constexpr int64_t panel_pairs = 48;
constexpr int64_t slice_rows = 8;

inline __m512bh load(const uint32_t* pairs) { return (__m512bh)_mm512_loadu_si512(pairs); }

}  // namespace

void slice_products_bfloat16(int64_t pairs, const uint32_t* slice, const uint32_t* panel, float* products) {
    __m512 sums[slice_rows][3];
#pragma GCC unroll 8
    for (int64_t row = 0; row < slice_rows; row++) {
        sums[row][0] = sums[row][1] = sums[row][2] = _mm512_setzero_ps();
    }
    for (int64_t p = 0; p < pairs; p++, slice += panel_pairs, panel += panel_pairs) {
        const __m512bh first = load(panel), second = load(panel + 16), third = load(panel + 32);
#pragma GCC unroll 8
        for (int64_t row = 0; row < slice_rows; row++) {
            const __m512bh value = (__m512bh)_mm512_set1_epi32(static_cast<int>(slice[row]));
            sums[row][0] = _mm512_dpbf16_ps(sums[row][0], value, first);
            sums[row][1] = _mm512_dpbf16_ps(sums[row][1], value, second);
            sums[row][2] = _mm512_dpbf16_ps(sums[row][2], value, third);
        }
    }
#pragma GCC unroll 8
    for (int64_t row = 0; row < slice_rows; row++) {
        for (int64_t v = 0; v < 3; v++) {
            _mm512_storeu_ps(products + row * panel_pairs + v * 16, sums[row][v]);
        }
    }
}

}  // namespace kernels
