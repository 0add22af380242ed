// Layer and root-mean-square normalisation at the C border.
#include "border.h"
#include "vector_kernels.h"

using namespace kernels;

// y [rows, width], the caller's, is written; it may be x.
AB_EXPORT int32_t ab_layer_norm_run(int64_t rows, int64_t width, const float* x, const float* weight, const float* bias,
    float epsilon, float* y) {
    return guarded([&] { vector_kernels().layer_norm(rows, width, x, weight, bias, epsilon, y); });
}

// y [rows, width], the caller's, is written; it may be x.
AB_EXPORT int32_t ab_rms_norm_run(int64_t rows, int64_t width, const float* x, const float* weight, float epsilon,
    float* y) {
    return guarded([&] { vector_kernels().rms_norm(rows, width, x, weight, epsilon, y); });
}
