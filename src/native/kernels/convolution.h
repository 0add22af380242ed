// A convolution over images whose channels lie together (NHWC), on one thread.
#pragma once

#include <dnnl.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "vector_kernels.h"

namespace kernels {

// Laid out as ConvolutionSpec in KernelNative.cs.
struct ConvolutionSpec {
    int64_t inputs;   // channels
    int64_t outputs;
    int64_t kernel;   // side of the window
    int64_t stride;
    int64_t padding;  // zeros on each side
    int64_t groups;

    int64_t size_after(int64_t size) const { return (size + 2 * padding - kernel) / stride + 1; }
};

// Safe to run on several threads at once.
class Convolution {
public:
    // weight [outputs, inputs / groups, kernel, kernel], bias [outputs]; both are copied.
    Convolution(const ConvolutionSpec& spec, const float* weight, const float* bias);

    // y [images, height', width', outputs] = activation(convolution of x [images, height, width, inputs] + bias
    // + residual), image by image; residual, of y's shape, may be null, or y.
    void run(int64_t images, int64_t height, int64_t width, Activation activation, const float* x,
        const float* residual, float* y);

private:
    struct Size {
        int64_t height;
        int64_t width;
        Activation fused;
        bool adds;

        bool operator<(const Size& other) const;
    };

    struct Made {
        dnnl::convolution_forward::primitive_desc description;
        dnnl::convolution_forward primitive;
        dnnl::memory weights;
    };

    std::shared_ptr<const Made> of(const Size& size);
    std::shared_ptr<const Made> make(const Size& size);
    dnnl::memory weights_as(const dnnl::memory::desc& layout);

    ConvolutionSpec spec_;
    std::vector<float> bias_;
    std::mutex access_;                   // of what is below
    std::vector<dnnl::memory> weights_;   // in every layout that some size asked for
    std::map<Size, std::shared_ptr<const Made>> made_;
};

}  // namespace kernels
