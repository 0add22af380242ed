#include <stdexcept>

#include "../convolution.h"
#include "harness.h"

using namespace kernels;
using namespace tests;

extern "C" int32_t ab_convolution_create(const ConvolutionSpec*, const float*, const float*, Convolution**);

namespace {

std::vector<double> naive(const ConvolutionSpec& spec, int64_t images, int64_t height, int64_t width,
    const Numbers& weight, const Numbers& bias, const Numbers& x) {
    std::vector<double> y;
    const int64_t of_group = spec.inputs / spec.groups;
    for (int64_t image = 0; image < images; image++) {
        for (int64_t row = 0; row < spec.size_after(height); row++) {
            for (int64_t column = 0; column < spec.size_after(width); column++) {
                for (int64_t output = 0; output < spec.outputs; output++) {
                    const int64_t first = output / (spec.outputs / spec.groups) * of_group;
                    double sum = bias[output];
                    for (int64_t c = 0; c < of_group; c++) {
                        for (int64_t i = 0; i < spec.kernel; i++) {
                            for (int64_t j = 0; j < spec.kernel; j++) {
                                const int64_t h = row * spec.stride + i - spec.padding;
                                const int64_t w = column * spec.stride + j - spec.padding;
                                if (h < 0 || h >= height || w < 0 || w >= width) { continue; }
                                const int64_t at = ((image * height + h) * width + w) * spec.inputs + first + c;
                                sum += static_cast<double>(x[at])
                                    * weight[((output * of_group + c) * spec.kernel + i) * spec.kernel + j];
                            }
                        }
                    }
                    y.push_back(sum);
                }
            }
        }
    }
    return y;
}

const ConvolutionSpec specs[] = {
    {3, 16, 7, 2, 3, 1}, {8, 24, 3, 1, 1, 1}, {5, 7, 3, 2, 0, 1}, {16, 16, 3, 1, 1, 16}, {24, 24, 3, 2, 1, 24},
    {12, 20, 1, 1, 0, 1}, {16, 32, 1, 2, 0, 1}, {8, 12, 3, 1, 1, 4},
};

}  // namespace

TEST(Convolution_EveryShapeAndSize_IsTheNaiveOne) {
    for (const ConvolutionSpec& spec : specs) {
        const Numbers weight = random_numbers(spec.outputs * spec.inputs / spec.groups * spec.kernel * spec.kernel, 1);
        const Numbers bias = random_numbers(spec.outputs, 2);
        Convolution layer(spec, weight.data(), bias.data());
        for (const auto& [height, width] : {std::pair<int64_t, int64_t>{13, 10}, {7, 7}, {30, 31}}) {
            const Numbers x = random_numbers(2 * height * width * spec.inputs, 3);
            const std::vector<double> plain = naive(spec, 2, height, width, weight, bias, x);
            const Numbers residual = random_numbers(static_cast<int64_t>(plain.size()), 4);
            for (Activation activation : {Activation::None, Activation::Relu, Activation::Relu6, Activation::Silu}) {
                for (bool adds : {false, true}) {
                    Numbers expected_singles(plain.size()), y(plain.size());
                    std::vector<double> expected(plain.size());
                    for (size_t i = 0; i < plain.size(); i++) {
                        expected_singles[i] = static_cast<float>(plain[i] + (adds ? residual[i] : 0));
                    }
                    vector_kernels().activate(
                        activation, static_cast<int64_t>(plain.size()), expected_singles.data());
                    expected.assign(expected_singles.begin(), expected_singles.end());
                    layer.run(2, height, width, activation, x.data(), adds ? residual.data() : nullptr, y.data());
                    check_close(expected, y, 3e-5, "convolution of " + std::to_string(spec.inputs) + " channels");
                }
            }
        }
    }
}

TEST(Convolution_WrongUse_IsAMessage) {
    const ConvolutionSpec wrong{6, 4, 3, 1, 1, 4}, window{4, 4, 3, 1, 0, 1};
    const Numbers weight = random_numbers(4 * 4 * 9, 1), bias = random_numbers(4, 2);
    Convolution* made = nullptr;
    check_fails(ab_convolution_create(&wrong, weight.data(), bias.data(), &made), "6 to 4 channels in 4 groups");
    Convolution layer(window, weight.data(), bias.data());
    try {
        layer.run(1, 2, 5, Activation::None, nullptr, nullptr, nullptr);
    } catch (const std::invalid_argument&) {
        return;
    }
    throw std::runtime_error("an image smaller than the window went through");
}
