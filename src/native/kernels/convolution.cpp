#include "convolution.h"

#include <cstring>
#include <stdexcept>
#include <tuple>

#include "border.h"
#include "runtime.h"
#include "workspace.h"

namespace kernels {

namespace {

using dnnl::memory;

// Sizes of images that a layer remembers; image sets have one size, or a few.
constexpr size_t most_sizes = 64;

memory::desc images_of(int64_t channels, int64_t height, int64_t width) {
    return memory::desc({1, channels, height, width}, memory::data_type::f32, memory::format_tag::nhwc);
}

memory::dims weight_sizes(const ConvolutionSpec& spec) {
    const memory::dims of_group = {
        spec.outputs / spec.groups, spec.inputs / spec.groups, spec.kernel, spec.kernel};
    if (spec.groups == 1) { return of_group; }
    memory::dims sizes = {spec.groups};
    sizes.insert(sizes.end(), of_group.begin(), of_group.end());
    return sizes;
}

// What the primitive does itself, behind the sum; the others follow it.
bool is_fused(Activation activation) { return activation == Activation::Relu || activation == Activation::Relu6; }

dnnl::primitive_attr attributes(Activation fused, bool adds) {
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    dnnl::post_ops after;
    if (adds) { after.append_sum(); }
    if (fused == Activation::Relu) { after.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0); }
    if (fused == Activation::Relu6) { after.append_eltwise(1, dnnl::algorithm::eltwise_clip, 0, 6); }
    attributes.set_post_ops(after);
    return attributes;
}

}  // namespace

bool Convolution::Size::operator<(const Size& other) const {
    return std::tie(height, width, fused, adds) < std::tie(other.height, other.width, other.fused, other.adds);
}

Convolution::Convolution(const ConvolutionSpec& spec, const float* weight, const float* bias)
    : spec_(spec), bias_(bias, bias + spec.outputs) {
    if (spec.groups < 1 || spec.inputs < 1 || spec.outputs < 1 || spec.inputs % spec.groups != 0
        || spec.outputs % spec.groups != 0 || spec.kernel < 1 || spec.stride < 1 || spec.padding < 0) {
        throw std::invalid_argument("a convolution of " + std::to_string(spec.inputs) + " to "
            + std::to_string(spec.outputs) + " channels in " + std::to_string(spec.groups) + " groups, kernel "
            + std::to_string(spec.kernel) + ", stride " + std::to_string(spec.stride));
    }
    const auto plain = spec.groups == 1 ? memory::format_tag::oihw : memory::format_tag::goihw;
    memory stored(memory::desc(weight_sizes(spec), memory::data_type::f32, plain), engine());
    std::memcpy(stored.get_data_handle(), weight, stored.get_desc().get_size());
    weights_.push_back(stored);
}

memory Convolution::weights_as(const memory::desc& layout) {
    for (const memory& weights : weights_) {
        if (weights.get_desc() == layout) { return weights; }
    }
    memory& any = weights_.front();
    memory wanted(layout, engine());
    dnnl::reorder(any, wanted).execute(stream(), any, wanted);
    // The plain weights are needed no longer once there is another layout to start from.
    if (weights_.size() == 1 && made_.empty()) { weights_.clear(); }
    weights_.push_back(wanted);
    return wanted;
}

std::shared_ptr<const Convolution::Made> Convolution::make(const Size& size) {
    const memory::desc weights(weight_sizes(spec_), memory::data_type::f32, memory::format_tag::any);
    const memory::desc bias({spec_.outputs}, memory::data_type::f32, memory::format_tag::a);
    const memory::dims strides = {spec_.stride, spec_.stride}, padding = {spec_.padding, spec_.padding};
    OneThread one_thread;
    const dnnl::convolution_forward::primitive_desc description(
        {dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct,
            images_of(spec_.inputs, size.height, size.width), weights, bias,
            images_of(spec_.outputs, spec_.size_after(size.height), spec_.size_after(size.width)), strides, padding,
            padding},
        attributes(size.fused, size.adds), engine());
    return std::make_shared<const Made>(
        Made{description, dnnl::convolution_forward(description), weights_as(description.weights_desc())});
}

std::shared_ptr<const Convolution::Made> Convolution::of(const Size& size) {
    const std::lock_guard<std::mutex> lock(access_);
    const auto found = made_.find(size);
    if (found != made_.end()) { return found->second; }
    auto made = make(size);
    if (made_.size() >= most_sizes) { made_.clear(); }
    return made_.emplace(size, std::move(made)).first->second;
}

void Convolution::run(int64_t images, int64_t height, int64_t width, Activation activation, const float* x,
    const float* residual, float* y) {
    const int64_t high = spec_.size_after(height), wide = spec_.size_after(width);
    if (height + 2 * spec_.padding < spec_.kernel || width + 2 * spec_.padding < spec_.kernel) {
        throw std::invalid_argument("an image of " + std::to_string(height) + " x " + std::to_string(width)
            + " is smaller than the window of " + std::to_string(spec_.kernel));
    }
    const auto made = of({height, width, is_fused(activation) ? activation : Activation::None, residual != nullptr});
    const memory::desc scratch = made->description.scratchpad_desc();
    const int64_t input_size = height * width * spec_.inputs, output_size = high * wide * spec_.outputs;
    OneThread one_thread;
    for (int64_t image = 0; image < images; image++, x += input_size, y += output_size) {
        if (residual != nullptr && residual != y) { std::memcpy(y, residual, output_size * sizeof(float)); }
        if (residual != nullptr) { residual += output_size; }
        made->primitive.execute(stream(), {
            {DNNL_ARG_SRC, memory(made->description.src_desc(), engine(), const_cast<float*>(x))},
            {DNNL_ARG_WEIGHTS, made->weights},
            {DNNL_ARG_BIAS, memory(made->description.bias_desc(), engine(), bias_.data())},
            {DNNL_ARG_DST, memory(made->description.dst_desc(), engine(), y)},
            {DNNL_ARG_SCRATCHPAD,
                memory(scratch, engine(), workspace_bytes(Slot::Scratch, static_cast<int64_t>(scratch.get_size())))},
        });
        if (!is_fused(activation)) { vector_kernels().activate(activation, output_size, y); }
    }
}

}  // namespace kernels

using namespace kernels;

// weight and bias are copied; the caller frees the layer with ab_convolution_free.
AB_EXPORT int32_t ab_convolution_create(const ConvolutionSpec* spec, const float* weight, const float* bias,
    Convolution** convolution) {
    return guarded([&] { *convolution = new Convolution(*spec, weight, bias); });
}

AB_EXPORT void ab_convolution_free(Convolution* convolution) { delete convolution; }

// y, the caller's, is written. residual may be null, or y.
AB_EXPORT int32_t ab_convolution_run(Convolution* convolution, int64_t images, int64_t height, int64_t width,
    int32_t activation, const float* x, const float* residual, float* y) {
    return guarded([&] {
        convolution->run(images, height, width, static_cast<Activation>(activation), x, residual, y);
    });
}
