// A linear layer with its weights laid out for oneDNN once.
#pragma once

#include <vector>

#include "matmul.h"
#include "vector_kernels.h"

namespace kernels {

struct LinearSpec {
    int64_t inputs;
    int64_t outputs;        // of the product: twice the layer's width where gated
    Activation activation;
    bool gated;             // activation(first half of the outputs) * second half
    Precision precision;
};

// Safe to run on several threads at once.
class Linear {
public:
    // Rows that go through together: enough to use the weights well, few enough that what is made of them is still in
    // the second-level cache for the next step. Rows don't influence each other, so that a layer's result does not
    // depend on how they are cut.
    static constexpr int64_t block_rows = 128;

    // weight [outputs, inputs], bias [outputs] or null, scale [outputs] or null: a factor of each output (LayerScale),
    // folded into weight and bias. All are copied.
    Linear(const LinearSpec& spec, const float* weight, const float* bias, const float* scale);

    int64_t inputs() const { return spec_.inputs; }

    // Of a result's row.
    int64_t width() const { return spec_.gated ? spec_.outputs / 2 : spec_.outputs; }

    bool is_plain() const { return !spec_.gated && spec_.activation == Activation::None; }

    // y [rows, width] = activation(x [rows, inputs] times weight' + bias), plus residual [rows, width] where it is not
    // null (plain layers only); residual may be y.
    void run(int64_t rows, const float* x, const float* residual, float* y) const;

    // The same for at most block_rows rows.
    void run_block(int64_t rows, const float* x, const float* residual, float* y) const;

private:
    void multiply(int64_t rows, const float* x, bool adds, float* y) const;
    MatmulShape shape(int64_t rows, bool adds) const;

    LinearSpec spec_;
    std::vector<float> bias_;
    dnnl::memory weights_;
};

}  // namespace kernels
