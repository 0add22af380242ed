#include <cmath>
#include <memory>

#include "../linear.h"
#include "harness.h"

using namespace kernels;
using namespace tests;

extern "C" int32_t ab_linear_create(int64_t, int64_t, int32_t, const float*, const float*, Linear**);
extern "C" int32_t ab_linear_run(const Linear*, int32_t, int32_t, int64_t, const float*, const float*, float*);
extern "C" int32_t ab_mlp_run(const Linear*, const Linear*, int32_t, int32_t, int64_t, const float*, const float*,
    float*);
extern "C" int32_t ab_kernels_has_bfloat16();

namespace {

struct Weights {
    int64_t inputs, outputs;
    Numbers weight, bias;

    Weights(int64_t in, int64_t out, int seed)
        : inputs(in), outputs(out), weight(random_numbers(in * out, seed)), bias(random_numbers(out, seed + 1)) {
        for (float& value : weight) {
            value /= std::sqrt(static_cast<float>(in));
        }
    }

    Linear layer(Precision precision = Precision::Float32) const {
        return Linear(inputs, outputs, precision, weight.data(), bias.data());
    }

    double product(const float* x, int64_t output) const {
        double sum = bias[output];
        for (int64_t i = 0; i < inputs; i++) {
            sum += static_cast<double>(x[i]) * weight[output * inputs + i];
        }
        return sum;
    }
};

const Finish plain;
const Finish gelu{Activation::Gelu};
const Finish silu_gate{Activation::Silu, true};

struct Size { int64_t inputs, outputs; };
const Size sizes[] = {{1, 1}, {7, 5}, {64, 64}, {100, 36}, {384, 1152}, {33, 130}};
const int64_t row_counts[] = {1, 2, 17, 192, 193, 400};

}  // namespace

TEST(Linear_EverySizeAndRowCount_IsTheNaiveProduct) {
    for (const Size& size : sizes) {
        const Weights weights(size.inputs, size.outputs, 1);
        const Linear layer = weights.layer();
        for (int64_t rows : row_counts) {
            const Numbers x = random_numbers(rows * size.inputs, 9);
            std::vector<double> expected;
            for (int64_t i = 0; i < rows * size.outputs; i++) {
                expected.push_back(weights.product(&x[i / size.outputs * size.inputs], i % size.outputs));
            }
            Numbers y(rows * size.outputs);
            layer.run(rows, x.data(), plain, y.data());
            check_close(expected, y, 1e-5, std::to_string(rows) + " rows, " + std::to_string(size.inputs) + " inputs");
        }
    }
}

TEST(Linear_Residual_IsAdded) {
    const Weights weights(20, 12, 4);
    const Linear layer = weights.layer();
    const int64_t rows = 150;
    const Numbers x = random_numbers(rows * 20, 5), residual = random_numbers(rows * 12, 6);
    std::vector<double> expected;
    for (int64_t i = 0; i < rows * 12; i++) {
        expected.push_back(weights.product(&x[i / 12 * 20], i % 12) + residual[i]);
    }
    Numbers y(rows * 12);
    layer.run(rows, x.data(), {Activation::None, false, residual.data()}, y.data());
    check_close(expected, y, 1e-5, "residual beside the result");
    Numbers in_place = residual;
    layer.run(rows, x.data(), {Activation::None, false, in_place.data()}, in_place.data());
    check_same(y.data(), in_place.data(), rows * 12, "residual in the result's place");
}

TEST(Linear_Activation_ComesAfterTheProduct) {
    const Weights weights(48, 70, 7);
    const Numbers x = random_numbers(130 * 48, 8);
    Numbers product(130 * 70), active(130 * 70);
    weights.layer().run(130, x.data(), plain, product.data());
    weights.layer().run(130, x.data(), gelu, active.data());
    vector_kernels().activate(Activation::Gelu, 130 * 70, product.data());
    check_same(product.data(), active.data(), 130 * 70, "activation");
}

TEST(Linear_Gated_IsTheGateOfTheProduct) {
    const Weights weights(48, 70, 7);
    const Numbers x = random_numbers(130 * 48, 8);
    Numbers both(130 * 70), expected(130 * 35), gated(130 * 35);
    weights.layer().run(130, x.data(), plain, both.data());
    vector_kernels().gate(Activation::Silu, 130, 35, both.data(), expected.data());
    weights.layer().run(130, x.data(), silu_gate, gated.data());
    check_same(expected.data(), gated.data(), 130 * 35, "gate");
}

TEST(Mlp_Blocks_AreTheTwoLayersOneAfterTheOther) {
    const Weights first(40, 90, 1), second(45, 40, 2);
    const Linear up = first.layer(), down = second.layer();
    const int64_t rows = 400;
    const Numbers x = random_numbers(rows * 40, 3), residual = random_numbers(rows * 40, 4);
    Numbers hidden(rows * 45), expected(rows * 40), y(rows * 40);
    up.run(rows, x.data(), silu_gate, hidden.data());
    down.run(rows, hidden.data(), {Activation::None, false, residual.data()}, expected.data());
    check_status(ab_mlp_run(&up, &down, static_cast<int32_t>(Activation::Silu), 1, rows, x.data(), residual.data(),
        y.data()));
    check_same(expected.data(), y.data(), rows * 40, "mlp");
}

// A row's result is the same bits whatever stands around it and whichever place it has. oneDNN chooses one order of
// summation for all row counts where it has its batch-reduce products (AVX-512).
TEST(Linear_Row_DoesNotDependOnItsNeighbours) {
    if (std::string(vector_kernels().name) != "avx512") { return; }
    for (const Size& size : sizes) {
        const Weights weights(size.inputs, size.outputs, 1);
        const Linear layer = weights.layer();
        const int64_t rows = 300;
        const Numbers x = random_numbers(rows * size.inputs, 9);
        Numbers all(rows * size.outputs), some(rows * size.outputs);
        layer.run(rows, x.data(), gelu, all.data());
        for (int64_t count : {1, 2, 3, 7, 30, 128, 200}) {
            for (int64_t first = 0; first + count <= rows; first += 50) {
                layer.run(count, &x[first * size.inputs], gelu, some.data());
                check_same(&all[first * size.outputs], some.data(), count * size.outputs,
                    std::to_string(count) + " rows from " + std::to_string(first));
            }
        }
    }
}

// bfloat16 has 8 bits: 0.4 % of each factor, which averages out over the sum.
TEST(Linear_Bfloat16_IsTheProductToThreeDigits) {
    if (ab_kernels_has_bfloat16() == 0) { return; }
    const Weights weights(256, 70, 3);
    const Linear layer = weights.layer(Precision::BFloat16);
    const Numbers x = random_numbers(140 * 256, 2);
    std::vector<double> expected;
    for (int64_t i = 0; i < 140 * 70; i++) {
        expected.push_back(weights.product(&x[i / 70 * 256], i % 70));
    }
    Numbers y(140 * 70);
    layer.run(140, x.data(), plain, y.data());
    check_close(expected, y, 2e-2, "bfloat16");
}

TEST(Border_WrongUse_IsAMessage) {
    const Weights weights(4, 3, 1);
    Linear* made = nullptr;
    check_fails(ab_linear_create(0, 3, 0, weights.weight.data(), nullptr, &made), "at least one");
    check_status(ab_linear_create(4, 3, 0, weights.weight.data(), nullptr, &made));
    const std::unique_ptr<Linear> layer(made);
    Numbers x(4), y(4);
    check_fails(ab_linear_run(layer.get(), 0, 1, 1, x.data(), nullptr, y.data()), "even number");
    check_fails(ab_linear_run(layer.get(), 1, 0, 1, x.data(), y.data(), y.data()), "takes no residual");
    check_fails(ab_mlp_run(layer.get(), layer.get(), 0, 0, 1, x.data(), nullptr, y.data()), "not the second's inputs");
}
