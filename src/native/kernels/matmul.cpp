#include "matmul.h"

#include <map>
#include <mutex>
#include <shared_mutex>
#include <tuple>

#include "runtime.h"
#include "workspace.h"

namespace kernels {

namespace {

using dnnl::memory;

// Shapes differ in their rows, at most block_rows, and in what layers a model has: this is more than several
// models need. A primitive takes some ten kilobytes.
constexpr size_t most_shapes = 8192;

memory::data_type type_of(Precision precision) {
    return precision == Precision::BFloat16 ? memory::data_type::bf16 : memory::data_type::f32;
}

// oneDNN chooses the layout once, for full blocks.
memory::desc weights_for(const MatmulShape& shape) {
    if (shape.rows == block_rows && !shape.adds) {
        return memory::desc({shape.inputs, shape.outputs}, type_of(shape.precision), memory::format_tag::any);
    }
    MatmulShape full = shape;
    full.rows = block_rows;
    full.adds = false;
    return Matmul::of(full)->weights();
}

dnnl::matmul::primitive_desc describe(const MatmulShape& shape) {
    const auto row_major = memory::format_tag::ab;
    const memory::desc x({shape.rows, shape.inputs}, type_of(shape.precision), row_major);
    const memory::desc weights = weights_for(shape);
    const memory::desc y({shape.rows, shape.outputs}, memory::data_type::f32, row_major);
    const memory::desc bias = shape.has_bias
        ? memory::desc({1, shape.outputs}, memory::data_type::f32, row_major)
        : memory::desc();
    dnnl::primitive_attr attributes;
    // The library's own scratchpad would be shared by all threads that run the primitive.
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    if (shape.adds) {
        dnnl::post_ops after;
        after.append_sum();
        attributes.set_post_ops(after);
    }
    OneThread one_thread;
    return dnnl::matmul::primitive_desc(dnnl::matmul::desc(x, weights, bias, y), attributes, engine());
}

}  // namespace

bool MatmulShape::operator<(const MatmulShape& other) const {
    return std::tie(rows, inputs, outputs, precision, has_bias, adds)
        < std::tie(other.rows, other.inputs, other.outputs, other.precision, other.has_bias, other.adds);
}

Matmul::Matmul(const MatmulShape& shape)
    : description_(describe(shape)), primitive_(description_), weights_(description_.weights_desc()) {}

std::shared_ptr<const Matmul> Matmul::of(const MatmulShape& shape) {
    static std::map<MatmulShape, std::shared_ptr<const Matmul>> made;
    static std::shared_mutex access;
    {
        std::shared_lock<std::shared_mutex> reading(access);
        const auto found = made.find(shape);
        if (found != made.end()) { return found->second; }
    }
    auto matmul = std::make_shared<const Matmul>(shape);
    std::unique_lock<std::shared_mutex> writing(access);
    if (made.size() >= most_shapes) { made.clear(); }
    return made.emplace(shape, std::move(matmul)).first->second;
}

void Matmul::run(const void* x, const memory& weights, const float* bias, float* y) const {
    const memory::desc scratch = description_.scratchpad_desc();
    std::unordered_map<int, memory> arguments{
        {DNNL_ARG_SRC, memory(description_.src_desc(), engine(), const_cast<void*>(x))},
        {DNNL_ARG_WEIGHTS, weights},
        {DNNL_ARG_DST, memory(description_.dst_desc(), engine(), y)},
        {DNNL_ARG_SCRATCHPAD,
            memory(scratch, engine(), workspace_bytes(Slot::Scratch, static_cast<int64_t>(scratch.get_size())))},
    };
    if (bias != nullptr) {
        arguments.emplace(DNNL_ARG_BIAS, memory(description_.bias_desc(), engine(), const_cast<float*>(bias)));
    }
    OneThread one_thread;
    primitive_.execute(stream(), arguments);
}

}  // namespace kernels
