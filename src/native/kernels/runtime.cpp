#include "runtime.h"

#include <omp.h>

#include "border.h"
#include "vector_kernels.h"

namespace kernels {

std::string& last_error() {
    static thread_local std::string message;
    return message;
}

const dnnl::engine& engine() {
    static const dnnl::engine cpu(dnnl::engine::kind::cpu, 0);
    return cpu;
}

dnnl::stream& stream() {
    static thread_local dnnl::stream own(engine());
    return own;
}

// Debian's oneDNN asks OpenMP, whose setting belongs to the thread.
OneThread::OneThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }

OneThread::~OneThread() { omp_set_num_threads(before_); }

namespace {

// oneDNN numbers its instruction sets as sets of bits: whether all of `wanted` is there.
bool allows(dnnl::cpu_isa wanted) {
    const int effective = static_cast<int>(dnnl::get_effective_cpu_isa());
    return (effective & static_cast<int>(wanted)) == static_cast<int>(wanted);
}

const VectorKernels& choose() {
    if (allows(dnnl::cpu_isa::avx512_core)) { return avx512_kernels; }
    // AVX2 is of no use here without FMA, which oneDNN does not name.
    if (allows(dnnl::cpu_isa::avx2) && __builtin_cpu_supports("fma")) { return avx2_kernels; }
    return baseline_kernels;
}

}  // namespace

const VectorKernels& vector_kernels() {
    static const VectorKernels& chosen = choose();
    return chosen;
}

bool has_bfloat16() { return allows(dnnl::cpu_isa::avx512_core_bf16); }

}  // namespace kernels

using namespace kernels;

// Owned by the library, good until this thread's next failure.
AB_EXPORT const char* ab_kernels_last_error() { return last_error().c_str(); }

// "avx512", "avx2" or "baseline"; never freed.
AB_EXPORT const char* ab_kernels_level() { return vector_kernels().name; }

// 1 where bfloat16 products run in hardware.
AB_EXPORT int32_t ab_kernels_has_bfloat16() { return has_bfloat16() ? 1 : 0; }
