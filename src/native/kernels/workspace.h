// Memory that a thread keeps between calls: grown when a call needs more, never returned before the thread ends, so
// that a forward pass after the first has no page faults.
#pragma once

#include <cstdint>

namespace kernels {

// One slot for each use that may be alive at the same time as another.
enum class Slot { Scratch, Input, Wide, Hidden, Attention, Output, Count };

// At least count bytes on a 64-byte boundary, valid until this thread asks for the slot again; the content is
// undefined.
void* workspace_bytes(Slot slot, int64_t count);

inline float* workspace(Slot slot, int64_t count) {
    return static_cast<float*>(workspace_bytes(slot, count * static_cast<int64_t>(sizeof(float))));
}

}  // namespace kernels
