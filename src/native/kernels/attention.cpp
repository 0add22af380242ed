// Self-attention over packed sequences at the C border.
#include <stdexcept>

#include "border.h"
#include "vector_kernels.h"
#include "workspace.h"

namespace kernels {

namespace {

void check(const AttentionSpec& spec, int64_t sequences, const int64_t* offsets) {
    if (spec.heads < 1 || spec.key_heads < 1 || spec.heads % spec.key_heads != 0 || spec.channels < 1) {
        throw std::invalid_argument("attention with " + std::to_string(spec.heads) + " heads, "
            + std::to_string(spec.key_heads) + " key heads and " + std::to_string(spec.channels) + " channels");
    }
    if (spec.rotated % 2 != 0 || spec.rotated > spec.channels || (spec.window > 0 && spec.causal == 0)) {
        throw std::invalid_argument("attention with " + std::to_string(spec.rotated) + " rotated channels of "
            + std::to_string(spec.channels) + " and a window of " + std::to_string(spec.window)
            + (spec.causal != 0 ? ", causal" : ", not causal"));
    }
    for (int64_t i = 0; i < sequences; i++) {
        const int64_t length = offsets[i + 1] - offsets[i];
        if (length < 1 || spec.queries > length) {
            throw std::invalid_argument("sequence " + std::to_string(i) + " has " + std::to_string(length)
                + " rows, of which " + std::to_string(spec.queries) + " are wanted");
        }
        if (spec.distances != nullptr && length > spec.longest) {
            throw std::invalid_argument("sequence " + std::to_string(i) + " has " + std::to_string(length)
                + " rows, the distances are for " + std::to_string(spec.longest));
        }
        const int64_t angles = spec.angles_by_row ? offsets[i + 1] : length;
        if (spec.rotated > 0 && angles > spec.angle_rows) {
            throw std::invalid_argument("sequence " + std::to_string(i) + " needs " + std::to_string(angles)
                + " rows of angles, there are " + std::to_string(spec.angle_rows));
        }
    }
}

}  // namespace
}  // namespace kernels

using namespace kernels;

// Sequence i has the rows [offsets[i], offsets[i + 1]) of qkv [offsets[sequences], (H + 2 K) C]. out, the caller's, is
// written: [rows, H C], or [sequences * queries, H C] where only the first queries of each are wanted.
AB_EXPORT int32_t ab_attention_run(const AttentionSpec* spec, int64_t sequences, const int64_t* offsets,
    const float* qkv, float* out) {
    return guarded([&] {
        check(*spec, sequences, offsets);
        for (int64_t i = 0; i < sequences; i++) {
            const int64_t length = offsets[i + 1] - offsets[i];
            const int64_t first_out = spec->queries > 0 ? i * spec->queries : offsets[i];
            const AttentionSequence sequence{offsets[i], length, qkv, out + first_out * spec->heads * spec->channels};
            vector_kernels().attend(
                *spec, sequence, workspace(Slot::Attention, attention_workspace(*spec, length)));
        }
    });
}
