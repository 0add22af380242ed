#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>

#include "../vector_kernels.h"
#include "harness.h"

using namespace kernels;
using namespace tests;

namespace {

double naive(Activation kind, double x) {
    switch (kind) {
        case Activation::Gelu: return x * 0.5 * (1 + std::erf(x / std::sqrt(2.0)));
        case Activation::TanhGelu: return x * 0.5 * (1 + std::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)));
        case Activation::QuickGelu: return x / (1 + std::exp(-1.702 * x));
        case Activation::Silu: return x / (1 + std::exp(-x));
        case Activation::Relu: return x > 0 ? x : 0;
        case Activation::Relu6: return x > 0 ? (x < 6 ? x : 6) : 0;
        case Activation::None: return x;
    }
    return x;
}

const Activation every_kind[] = {Activation::None, Activation::Gelu, Activation::TanhGelu, Activation::QuickGelu,
    Activation::Silu, Activation::Relu, Activation::Relu6};

// From -12 to 12 in small steps, and what float32 can't hold well.
Numbers wide_range() {
    Numbers x;
    for (int i = -12000; i <= 12000; i++) {
        x.push_back(static_cast<float>(i) * 0.001f);
    }
    for (float big : {20.0f, 90.0f, 1000.0f, 1e20f}) {
        x.push_back(big);
        x.push_back(-big);
    }
    return x;
}

}  // namespace

// 6e-7 of an erf near 1, times x.
TEST(Activate_WideRange_IsTheNaiveFunction) {
    for (Activation kind : every_kind) {
        Numbers x = wide_range();
        std::vector<double> expected;
        for (float value : x) {
            expected.push_back(naive(kind, value));
        }
        vector_kernels().activate(kind, static_cast<int64_t>(x.size()), x.data());
        check_close(expected, x, 1e-6, "activation " + std::to_string(static_cast<int>(kind)));
    }
}

TEST(Activate_NaN_StaysNaN) {
    for (Activation kind : every_kind) {
        Numbers x(37, std::numeric_limits<float>::quiet_NaN());
        vector_kernels().activate(kind, 37, x.data());
        for (float value : x) {
            if (!std::isnan(value)) { throw std::runtime_error("a NaN was lost"); }
        }
    }
}

TEST(Gate_EveryWidth_IsActivationTimesTheOtherHalf) {
    for (int64_t width : {1, 5, 16, 33, 64}) {
        const int64_t rows = 3;
        const Numbers both = random_numbers(rows * 2 * width, 1);
        for (Activation kind : every_kind) {
            std::vector<double> expected;
            for (int64_t i = 0; i < rows * width; i++) {
                const float* row = both.data() + i / width * 2 * width;
                expected.push_back(naive(kind, row[i % width]) * row[width + i % width]);
            }
            Numbers y(rows * width);
            vector_kernels().gate(kind, rows, width, both.data(), y.data());
            check_close(expected, y, 1e-6, "gate of width " + std::to_string(width));
        }
    }
}

// 1 + 2^-8 lies between 1 and 1 + 2^-7 (ties to the even 1), 1 + 3 * 2^-8 between 1 + 2^-7 and 1 + 2^-6.
TEST(ToBfloat16_Ties_GoToEven) {
    const float x[] = {1.0f + 0x1p-8f, 1.0f + 0x3p-8f, -2.5f, std::numeric_limits<float>::quiet_NaN(),
        std::numeric_limits<float>::infinity()};
    const uint16_t expected[] = {0x3f80, 0x3f82, 0xc020, 0x7fc0, 0x7f80};
    uint16_t y[5];
    vector_kernels().to_bfloat16(5, x, y);
    if (std::memcmp(expected, y, sizeof y) != 0) { throw std::runtime_error("other bits than worked out"); }
}
