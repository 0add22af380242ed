#include "workspace.h"

#include <cstdlib>
#include <new>

namespace kernels {

namespace {

constexpr int64_t boundary = 64;

struct Block {
    void* memory = nullptr;
    int64_t size = 0;

    ~Block() { std::free(memory); }
};

thread_local Block blocks[static_cast<int>(Slot::Count)];

}  // namespace

void* workspace_bytes(Slot slot, int64_t count) {
    Block& block = blocks[static_cast<int>(slot)];
    if (block.size < count) {
        const int64_t size = (count + boundary - 1) / boundary * boundary;
        std::free(block.memory);
        block.size = 0;
        block.memory = std::aligned_alloc(boundary, size);
        if (block.memory == nullptr) { throw std::bad_alloc(); }
        block.size = size;
    }
    return block.memory;
}

}  // namespace kernels
