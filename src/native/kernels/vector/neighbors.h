// The arithmetic of the neighbour search: products of a slice of rows with a panel of rows, both stored channel by
// channel, and which of them reach a threshold.
#pragma once

#include "lanes.h"
#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace {

constexpr int64_t panel_vectors = 3;
constexpr int64_t panel_rows = panel_vectors * lanes;
constexpr int64_t slice_rows = KERNELS_SLICE_ROWS;

static_assert(panel_rows <= kernels::most_panel_rows && panel_rows % slice_rows == 0);

// products [slice_rows, panel_rows]; slice and panel: [width, panel_rows], of slice only slice_rows columns.
void slice_products(int64_t width, const float* slice, const float* panel, float* products) {
    Floats sums[slice_rows][panel_vectors] = {};
    for (int64_t d = 0; d < width; d++, slice += panel_rows, panel += panel_rows) {
        const Floats first = load(panel), second = load(panel + lanes), third = load(panel + 2 * lanes);
#pragma GCC unroll 8
        for (int64_t row = 0; row < slice_rows; row++) {
            const Floats value = all(slice[row]);
            sums[row][0] += value * first;
            sums[row][1] += value * second;
            sums[row][2] += value * third;
        }
    }
#pragma GCC unroll 8
    for (int64_t row = 0; row < slice_rows; row++) {
        for (int64_t v = 0; v < panel_vectors; v++) {
            store(products + row * panel_rows + v * lanes, sums[row][v]);
        }
    }
}

// Bit i: whether x[i] >= bound[i].
inline uint64_t not_below(Floats x, Floats bound) {
#if defined(__AVX512F__)
    return _mm512_cmp_ps_mask((__m512)x, (__m512)bound, _CMP_GE_OQ);
#elif defined(__AVX2__)
    return static_cast<uint64_t>(_mm256_movemask_ps(_mm256_cmp_ps((__m256)x, (__m256)bound, _CMP_GE_OQ)));
#else
    uint64_t bits = 0;
    for (int64_t i = 0; i < lanes; i++) {
        bits |= static_cast<uint64_t>(x[i] >= bound[i]) << i;
    }
    return bits;
#endif
}

// Bit i: whether products[i] reaches `own` or thresholds[i]; both [panel_rows].
uint64_t reaching(const float* products, const float* thresholds, float own) {
    uint64_t bits = 0;
    for (int64_t v = 0; v < panel_vectors; v++) {
        const Floats bound = at_most(load(thresholds + v * lanes), all(own));
        bits |= not_below(load(products + v * lanes), bound) << (v * lanes);
    }
    return bits;
}

float dot(int64_t width, const float* a, const float* b) {
    Floats parts[4] = {};
    int64_t d = 0;
    for (; d + 4 * lanes <= width; d += 4 * lanes) {
        for (int64_t part = 0; part < 4; part++) {
            parts[part] += load(a + d + part * lanes) * load(b + d + part * lanes);
        }
    }
    float rest = 0;
    for (; d < width; d++) {
        rest += a[d] * b[d];
    }
    return sum(parts[0] + parts[1] + (parts[2] + parts[3])) + rest;
}

constexpr kernels::NeighborKernels neighbor_kernels{panel_rows, slice_rows, slice_products, reaching, dot};

}  // namespace
