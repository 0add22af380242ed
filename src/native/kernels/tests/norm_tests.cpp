#include <cmath>

#include "../vector_kernels.h"
#include "harness.h"

using namespace kernels;
using namespace tests;

namespace {

const int64_t widths[] = {1, 3, 16, 31, 48, 64, 100, 384, 1024};
constexpr int64_t rows = 5;

// Rows far from zero, where a variance as mean square minus squared mean would be lost.
Numbers shifted(int64_t width) {
    Numbers x = random_numbers(rows * width, 3);
    for (float& value : x) {
        value += 20;
    }
    return x;
}

}  // namespace

TEST(LayerNorm_EveryWidth_IsTheNaiveOne) {
    for (int64_t width : widths) {
        const Numbers x = shifted(width), weight = random_numbers(width, 4), bias = random_numbers(width, 5);
        std::vector<double> expected;
        for (int64_t row = 0; row < rows; row++) {
            const float* from = x.data() + row * width;
            double mean = 0, variance = 0;
            for (int64_t i = 0; i < width; i++) { mean += from[i] / static_cast<double>(width); }
            for (int64_t i = 0; i < width; i++) {
                variance += (from[i] - mean) * (from[i] - mean) / static_cast<double>(width);
            }
            for (int64_t i = 0; i < width; i++) {
                expected.push_back((from[i] - mean) / std::sqrt(variance + 1e-5) * weight[i] + bias[i]);
            }
        }
        Numbers y(rows * width);
        vector_kernels().layer_norm(rows, width, x.data(), weight.data(), bias.data(), 1e-5f, y.data());
        // The mean of numbers near 20 is good to 1e-6, which an epsilon of 1e-5 alone can magnify (width 1).
        check_close(expected, y, width == 1 ? 1e-3 : 1e-5, "layer norm of width " + std::to_string(width));
    }
}

TEST(LayerNorm_WithoutWeights_OnlyNormalises) {
    const float x[] = {1, 2, 3, 6};  // mean 3, variance (4 + 1 + 0 + 9) / 4 = 3.5
    const double deviation = std::sqrt(3.5);
    Numbers y(4);
    vector_kernels().layer_norm(1, 4, x, nullptr, nullptr, 0, y.data());
    check_close({-2 / deviation, -1 / deviation, 0, 3 / deviation}, y, 1e-6, "layer norm");
}

TEST(RmsNorm_EveryWidth_IsTheNaiveOne) {
    for (int64_t width : widths) {
        const Numbers x = shifted(width), weight = random_numbers(width, 4);
        std::vector<double> expected;
        for (int64_t row = 0; row < rows; row++) {
            const float* from = x.data() + row * width;
            double square = 0;
            for (int64_t i = 0; i < width; i++) {
                square += static_cast<double>(from[i]) * from[i] / static_cast<double>(width);
            }
            for (int64_t i = 0; i < width; i++) {
                expected.push_back(from[i] / std::sqrt(square + 1e-6) * weight[i]);
            }
        }
        Numbers y(rows * width);
        vector_kernels().rms_norm(rows, width, x.data(), weight.data(), 1e-6f, y.data());
        check_close(expected, y, 1e-6, "RMS norm of width " + std::to_string(width));
    }
}
