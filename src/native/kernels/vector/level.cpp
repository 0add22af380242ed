// One table of vector_kernels.h; compiled once for each instruction set, see CMakeLists.txt.
#include "../vector_kernels.h"

#include "activations.h"
#include "attention.h"
#include "neighbors.h"
#include "norms.h"

#define KERNELS_JOIN(left, right) left##right
#define KERNELS_TABLE(level) KERNELS_JOIN(level, _kernels)
#define KERNELS_TEXT_OF(name) #name
#define KERNELS_TEXT(name) KERNELS_TEXT_OF(name)

namespace kernels {

const VectorKernels KERNELS_TABLE(KERNELS_LEVEL) = {
    KERNELS_TEXT(KERNELS_LEVEL), layer_norm, rms_norm, activate, gate, to_bfloat16, attend,
    &neighbor_kernels,
};

}  // namespace kernels
