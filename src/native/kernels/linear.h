// A linear layer with its weights laid out for oneDNN once.
#pragma once

#include <vector>

#include "matmul.h"
#include "vector_kernels.h"

namespace kernels {

// What happens to a product before it is a layer's result.
struct Finish {
    Activation activation = Activation::None;
    bool gated = false;                // activation(first half of the outputs) * second half: half as wide
    const float* residual = nullptr;   // [rows, outputs], added; only without activation and gate
};

// Safe to run on several threads at once.
class Linear {
public:
    // weight [outputs, inputs] and bias [outputs] or null, which are copied.
    Linear(int64_t inputs, int64_t outputs, Precision precision, const float* weight, const float* bias);

    int64_t inputs() const { return inputs_; }

    int64_t outputs() const { return outputs_; }

    // y [rows, outputs or half of it] = finish(x [rows, inputs] times weight' + bias). The residual may be y.
    void run(int64_t rows, const float* x, const Finish& finish, float* y) const;

    // The same for at most block_rows rows.
    void run_block(int64_t rows, const float* x, const Finish& finish, float* y) const;

private:
    void multiply(int64_t rows, const float* x, bool adds, float* y) const;
    MatmulShape shape(int64_t rows, bool adds) const;

    int64_t inputs_, outputs_;
    Precision precision_;
    std::vector<float> bias_;
    dnnl::memory weights_;
};

}  // namespace kernels
