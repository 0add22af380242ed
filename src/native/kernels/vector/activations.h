// Element-wise functions, alone and as a gate, and the narrowing to bfloat16.
#pragma once

#include "lanes.h"

namespace {

using kernels::Activation;

// x / (1 + e^-t).
inline Floats times_sigmoid(Floats x, Floats t) { return x / (exponential(-t) + 1.0f); }

template <Activation kind>
inline Floats activation(Floats x) {
    switch (kind) {
        case Activation::Gelu: return x * 0.5f * (error_function(x * 0.707106781186547524f) + 1.0f);
        case Activation::TanhGelu: return times_sigmoid(x, (x * x * 0.044715f + 1.0f) * x * 1.5957691216057308f);
        case Activation::QuickGelu: return times_sigmoid(x, x * 1.702f);
        case Activation::Silu: return times_sigmoid(x, x);
        case Activation::Relu: return at_least(x, Floats{});
        case Activation::Relu6: return at_most(at_least(x, Floats{}), all(6));
        case Activation::None: return x;
    }
    return x;
}

template <Activation kind>
void activate_as(int64_t count, float* x) {
    int64_t i = 0;
    for (; i + lanes <= count; i += lanes) {
        store(x + i, activation<kind>(load(x + i)));
    }
    store_some(x + i, activation<kind>(load_some(x + i, count - i)), count - i);
}

template <Activation kind>
void gate_as(int64_t rows, int64_t width, const float* both, float* y) {
    for (int64_t row = 0; row < rows; row++, both += 2 * width, y += width) {
        int64_t i = 0;
        for (; i + lanes <= width; i += lanes) {
            store(y + i, activation<kind>(load(both + i)) * load(both + width + i));
        }
        const int64_t left = width - i;
        store_some(y + i, activation<kind>(load_some(both + i, left)) * load_some(both + width + i, left), left);
    }
}

void activate(Activation kind, int64_t count, float* x) {
    switch (kind) {
        case Activation::Gelu: return activate_as<Activation::Gelu>(count, x);
        case Activation::TanhGelu: return activate_as<Activation::TanhGelu>(count, x);
        case Activation::QuickGelu: return activate_as<Activation::QuickGelu>(count, x);
        case Activation::Silu: return activate_as<Activation::Silu>(count, x);
        case Activation::Relu: return activate_as<Activation::Relu>(count, x);
        case Activation::Relu6: return activate_as<Activation::Relu6>(count, x);
        case Activation::None: return;
    }
}

void gate(Activation kind, int64_t rows, int64_t width, const float* both, float* y) {
    switch (kind) {
        case Activation::Gelu: return gate_as<Activation::Gelu>(rows, width, both, y);
        case Activation::TanhGelu: return gate_as<Activation::TanhGelu>(rows, width, both, y);
        case Activation::QuickGelu: return gate_as<Activation::QuickGelu>(rows, width, both, y);
        case Activation::Silu: return gate_as<Activation::Silu>(rows, width, both, y);
        case Activation::Relu: return gate_as<Activation::Relu>(rows, width, both, y);
        case Activation::Relu6: return gate_as<Activation::Relu6>(rows, width, both, y);
        case Activation::None: return gate_as<Activation::None>(rows, width, both, y);
    }
}

void to_bfloat16(int64_t count, const float* x, uint16_t* y) {
    for (int64_t i = 0; i < count; i++) {
        uint32_t bits;
        __builtin_memcpy(&bits, x + i, sizeof bits);
        const uint32_t rounded = (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
        const uint32_t quiet = bits >> 16 | 0x40;
        y[i] = static_cast<uint16_t>((bits & 0x7fffffff) > 0x7f800000 ? quiet : rounded);
    }
}

}  // namespace
