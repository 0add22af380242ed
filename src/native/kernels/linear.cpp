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

void check(const Finish& finish, int64_t outputs) {
    if (finish.gated && outputs % 2 != 0) {
        throw std::invalid_argument("a gate needs an even number of outputs, got " + std::to_string(outputs));
    }
    if (finish.residual != nullptr && (finish.gated || finish.activation != Activation::None)) {
        throw std::invalid_argument("a layer with an activation takes no residual");
    }
}

}  // namespace

Linear::Linear(int64_t inputs, int64_t outputs, Precision precision, const float* weight, const float* bias)
    : inputs_(inputs), outputs_(outputs), precision_(precision) {
    if (inputs < 1 || outputs < 1) {
        throw std::invalid_argument("a linear layer needs at least one input and one output, got "
            + std::to_string(inputs) + " and " + std::to_string(outputs));
    }
    if (bias != nullptr) { bias_.assign(bias, bias + outputs); }
    OneThread one_thread;
    const memory::desc stored({inputs, outputs}, memory::data_type::f32, memory::format_tag::ba);
    memory from(stored, engine(), const_cast<float*>(weight));
    weights_ = memory(Matmul::of(shape(block_rows, false))->weights(), engine());
    dnnl::reorder(from, weights_).execute(stream(), from, weights_);
}

MatmulShape Linear::shape(int64_t rows, bool adds) const {
    return {rows, inputs_, outputs_, precision_, !bias_.empty(), adds};
}

void Linear::run(int64_t rows, const float* x, const Finish& finish, float* y) const {
    const int64_t width = finish.gated ? outputs_ / 2 : outputs_;
    const int64_t step = rows_of_blocks(rows);
    for (int64_t row = 0; row < rows; row += step) {
        Finish block = finish;
        if (finish.residual != nullptr) { block.residual += row * width; }
        run_block(std::min(step, rows - row), x + row * inputs_, block, y + row * width);
    }
}

void Linear::run_block(int64_t rows, const float* x, const Finish& finish, float* y) const {
    check(finish, outputs_);
    if (finish.gated) {
        float* both = workspace(Slot::Wide, rows * outputs_);
        multiply(rows, x, false, both);
        vector_kernels().gate(finish.activation, rows, outputs_ / 2, both, y);
        return;
    }
    const bool adds = finish.residual != nullptr;
    if (adds && finish.residual != y) { std::memcpy(y, finish.residual, rows * outputs_ * sizeof(float)); }
    multiply(rows, x, adds, y);
    vector_kernels().activate(finish.activation, rows * outputs_, y);
}

void Linear::multiply(int64_t rows, const float* x, bool adds, float* y) const {
    const void* input = x;
    if (precision_ == Precision::BFloat16) {
        const int64_t count = rows * inputs_;
        void* narrow = workspace_bytes(Slot::Input, count * static_cast<int64_t>(sizeof(uint16_t)));
        vector_kernels().to_bfloat16(count, x, static_cast<uint16_t*>(narrow));
        input = narrow;
    }
    Matmul::of(shape(rows, adds))->run(input, weights_, bias_.empty() ? nullptr : bias_.data(), y);
}

}  // namespace kernels

using namespace kernels;

// weight [outputs, inputs] and bias [outputs] or null are copied; the caller frees the layer with ab_linear_free.
AB_EXPORT int32_t ab_linear_create(int64_t inputs, int64_t outputs, int32_t precision, const float* weight,
    const float* bias, Linear** linear) {
    return guarded([&] {
        *linear = new Linear(inputs, outputs, static_cast<Precision>(precision), weight, bias);
    });
}

AB_EXPORT void ab_linear_free(Linear* linear) { delete linear; }

// y [rows, outputs, or half as many where gated], the caller's, is written. residual may be null, or y.
AB_EXPORT int32_t ab_linear_run(const Linear* linear, int32_t activation, int32_t gated, int64_t rows, const float* x,
    const float* residual, float* y) {
    return guarded([&] {
        linear->run(rows, x, {static_cast<Activation>(activation), gated != 0, residual}, y);
    });
}

// y [rows, down's outputs] = down(activation(up(x))) + residual, block by block, so that what is between stays in the
// cache. residual may be null, or y; y may be x.
AB_EXPORT int32_t ab_mlp_run(const Linear* up, const Linear* down, int32_t activation, int32_t gated, int64_t rows,
    const float* x, const float* residual, float* y) {
    return guarded([&] {
        const Finish inner{static_cast<Activation>(activation), gated != 0, nullptr};
        const int64_t width = inner.gated ? up->outputs() / 2 : up->outputs();
        if (width != down->inputs()) {
            throw std::invalid_argument("the first layer's width " + std::to_string(width)
                + " is not the second's inputs " + std::to_string(down->inputs()));
        }
        const int64_t step = rows_of_blocks(rows);
        for (int64_t row = 0; row < rows; row += step) {
            const int64_t count = std::min(step, rows - row);
            const int64_t start = row * down->outputs();
            float* hidden = workspace(Slot::Hidden, count * width);
            up->run_block(count, x + row * up->inputs(), inner, hidden);
            const Finish outer{Activation::None, false, residual == nullptr ? nullptr : residual + start};
            down->run_block(count, hidden, outer, y + start);
        }
    });
}
