// Normalisations over rows. Sums run in four vectors side by side, so that their rounding stays that of short sums.
#pragma once

#include "lanes.h"

namespace {

// The sum of term(value) over a row.
template <typename Term>
inline float sum_over_row(int64_t width, const float* x, Term term) {
    Floats parts[4] = {};
    int64_t i = 0;
    for (; i + 4 * lanes <= width; i += 4 * lanes) {
        for (int64_t part = 0; part < 4; part++) {
            parts[part] += term(load(x + i + part * lanes));
        }
    }
    for (; i + lanes <= width; i += lanes) {
        parts[0] += term(load(x + i));
    }
    float tail = 0;
    if (i < width) {
        const Floats last = term(load_some(x + i, width - i));
        for (int64_t lane = 0; lane < width - i; lane++) {
            tail += last[lane];
        }
    }
    return sum(parts[0] + parts[1] + (parts[2] + parts[3])) + tail;
}

// (x - shift) * factor * weight + bias; weight and bias may be null.
inline void scale_row(int64_t width, const float* x, float shift, float factor, const float* weight, const float* bias,
    float* y) {
    int64_t i = 0;
    for (; i + lanes <= width; i += lanes) {
        Floats value = (load(x + i) - shift) * factor;
        value = weight == nullptr ? value : value * load(weight + i);
        store(y + i, bias == nullptr ? value : value + load(bias + i));
    }
    for (; i < width; i++) {
        float value = (x[i] - shift) * factor;
        value = weight == nullptr ? value : value * weight[i];
        y[i] = bias == nullptr ? value : value + bias[i];
    }
}

void layer_norm(int64_t rows, int64_t width, const float* x, const float* weight, const float* bias, float epsilon,
    float* y) {
    const float count = static_cast<float>(width);
    for (int64_t row = 0; row < rows; row++, x += width, y += width) {
        const float mean = sum_over_row(width, x, [](Floats v) { return v; }) / count;
        const float variance = sum_over_row(width, x, [mean](Floats v) { return (v - mean) * (v - mean); }) / count;
        scale_row(width, x, mean, 1 / square_root(variance + epsilon), weight, bias, y);
    }
}

void rms_norm(int64_t rows, int64_t width, const float* x, const float* weight, float epsilon, float* y) {
    const float count = static_cast<float>(width);
    for (int64_t row = 0; row < rows; row++, x += width, y += width) {
        const float square = sum_over_row(width, x, [](Floats v) { return v * v; }) / count;
        scale_row(width, x, 0, 1 / square_root(square + epsilon), weight, nullptr, y);
    }
}

}  // namespace
