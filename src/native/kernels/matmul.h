// oneDNN's matrix product with weights that were laid out for it before, on one thread.
#pragma once

#include <dnnl.hpp>
#include <memory>

namespace kernels {

// The numbers are those of KernelPrecision in KernelTypes.cs.
enum class Precision : int32_t { Float32 = 0, BFloat16 = 1 };

// Rows that go through together, at most: enough to use the weights well, few enough that what is made of them is still
// in the caches for the next step. Rows don't influence each other, so that a layer's result does not depend on how they
// are cut.
constexpr int64_t block_rows = 192;

// Rows of each block but the last: as equal as can be, since a block of few rows reads all the weights for little.
constexpr int64_t rows_of_blocks(int64_t rows) {
    const int64_t blocks = (rows + block_rows - 1) / block_rows;
    return blocks < 2 ? block_rows : (rows + blocks - 1) / blocks;
}

// y [rows, outputs] = x [rows, inputs] times weights + bias, plus what y held where `adds`. y and bias are float32.
struct MatmulShape {
    int64_t rows;
    int64_t inputs;
    int64_t outputs;
    Precision precision;  // of x and the weights
    bool has_bias;
    bool adds;

    bool operator<(const MatmulShape& other) const;
};

// Safe to run on several threads at once.
class Matmul {
public:
    explicit Matmul(const MatmulShape& shape);

    // From the cache of all layers; made at the first call of a shape.
    static std::shared_ptr<const Matmul> of(const MatmulShape& shape);

    // The layout of the weights, the same for all rows and sums of otherwise equal shapes.
    const dnnl::memory::desc& weights() const { return weights_; }

    // x: of the shape's precision; bias: null where the shape has none.
    void run(const void* x, const dnnl::memory& weights, const float* bias, float* y) const;

private:
    dnnl::matmul::primitive_desc description_;
    dnnl::matmul primitive_;
    dnnl::memory::desc weights_;
};

}  // namespace kernels
