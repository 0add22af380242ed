#include "linear.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "border.h"
#include "runtime.h"
#include "workspace.h"

namespace kernels {

namespace {

using dnnl::memory;

void check(const LinearSpec& spec) {
    if (spec.inputs < 1 || spec.outputs < 1) {
        throw std::invalid_argument("a linear layer needs at least one input and one output, got "
            + std::to_string(spec.inputs) + " and " + std::to_string(spec.outputs));
    }
    if (spec.gated && spec.outputs % 2 != 0) {
        throw std::invalid_argument("a gated layer needs an even number of outputs, got "
            + std::to_string(spec.outputs));
    }
}

std::vector<float> scaled(const float* values, int64_t rows, int64_t columns, const float* scale) {
    std::vector<float> result(values, values + rows * columns);
    for (int64_t row = 0; row < rows && scale != nullptr; row++) {
        for (int64_t column = 0; column < columns; column++) {
            result[row * columns + column] *= scale[row];
        }
    }
    return result;
}

}  // namespace

Linear::Linear(const LinearSpec& spec, const float* weight, const float* bias, const float* scale) : spec_(spec) {
    check(spec);
    if (bias != nullptr) { bias_ = scaled(bias, spec.outputs, 1, scale); }
    std::vector<float> folded;
    if (scale != nullptr) {
        folded = scaled(weight, spec.outputs, spec.inputs, scale);
        weight = folded.data();
    }
    OneThread one_thread;
    const memory::desc stored({spec.inputs, spec.outputs}, memory::data_type::f32, memory::format_tag::ba);
    memory from(stored, engine(), const_cast<float*>(weight));
    weights_ = memory(Matmul::of(shape(block_rows, false))->weights(), engine());
    dnnl::reorder(from, weights_).execute(stream(), from, weights_);
}

MatmulShape Linear::shape(int64_t rows, bool adds) const {
    return {rows, spec_.inputs, spec_.outputs, spec_.precision, !bias_.empty(), adds};
}

void Linear::run(int64_t rows, const float* x, const float* residual, float* y) const {
    for (int64_t row = 0; row < rows; row += block_rows) {
        run_block(std::min(block_rows, rows - row), x + row * inputs(),
            residual == nullptr ? nullptr : residual + row * width(), y + row * width());
    }
}

void Linear::run_block(int64_t rows, const float* x, const float* residual, float* y) const {
    if (residual != nullptr && !is_plain()) {
        throw std::invalid_argument("a layer with an activation takes no residual");
    }
    if (spec_.gated) {
        float* both = workspace(Slot::Wide, rows * spec_.outputs);
        multiply(rows, x, false, both);
        vector_kernels().gate(spec_.activation, rows, width(), both, y);
        return;
    }
    if (residual != nullptr && residual != y) { std::memcpy(y, residual, rows * width() * sizeof(float)); }
    multiply(rows, x, residual != nullptr, y);
    vector_kernels().activate(spec_.activation, rows * width(), y);
}

void Linear::multiply(int64_t rows, const float* x, bool adds, float* y) const {
    const void* input = x;
    if (spec_.precision == Precision::BFloat16) {
        const int64_t count = rows * inputs();
        void* narrow = workspace_bytes(Slot::Input, count * static_cast<int64_t>(sizeof(uint16_t)));
        vector_kernels().to_bfloat16(count, x, static_cast<uint16_t*>(narrow));
        input = narrow;
    }
    const auto matmul = Matmul::of(shape(rows, adds));
    if (matmul->weights() != weights_.get_desc()) {
        throw std::runtime_error("oneDNN wants another weight layout for " + std::to_string(rows) + " rows");
    }
    matmul->run(input, weights_, bias_.empty() ? nullptr : bias_.data(), y);
}

}  // namespace kernels

using namespace kernels;

// Weights are copied; the caller frees the layer with ab_linear_free.
AB_EXPORT int32_t ab_linear_create(int64_t inputs, int64_t outputs, int32_t activation, int32_t gated,
    int32_t precision, const float* weight, const float* bias, const float* scale, Linear** linear) {
    return guarded([&] {
        const LinearSpec spec{inputs, outputs, static_cast<Activation>(activation), gated != 0,
            static_cast<Precision>(precision)};
        *linear = new Linear(spec, weight, bias, scale);
    });
}

AB_EXPORT void ab_linear_free(Linear* linear) { delete linear; }

// y [rows, width], the caller's, is written.
AB_EXPORT int32_t ab_linear_run(const Linear* linear, int64_t rows, const float* x, const float* residual, float* y) {
    return guarded([&] { linear->run(rows, x, residual, y); });
}

// y [rows, down's width] = down(up(x)) + residual, block by block, so that what is between stays in the cache.
AB_EXPORT int32_t ab_mlp_run(const Linear* up, const Linear* down, int64_t rows, const float* x, const float* residual,
    float* y) {
    return guarded([&] {
        if (up->width() != down->inputs()) {
            throw std::invalid_argument("the first layer's width " + std::to_string(up->width())
                + " is not the second's inputs " + std::to_string(down->inputs()));
        }
        for (int64_t row = 0; row < rows; row += Linear::block_rows) {
            const int64_t count = std::min(Linear::block_rows, rows - row);
            float* hidden = workspace(Slot::Hidden, count * up->width());
            up->run_block(count, x + row * up->inputs(), nullptr, hidden);
            down->run_block(count, hidden, residual == nullptr ? nullptr : residual + row * down->width(),
                y + row * down->width());
        }
    });
}
