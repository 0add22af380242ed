#include "panels.h"

#include <sys/mman.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <new>

#include "vector_kernels.h"

namespace kernels {

namespace {

constexpr int64_t page_bytes = 2 << 20;
constexpr int64_t channels_at_once = 16;  // a line of the cache: a panel's rows may lie a power of two apart

// The hardware takes what has no normal exponent as zero.
uint16_t normal_or_zero(uint16_t value) { return (value & 0x7f80) == 0 ? 0 : value; }

float widened(uint16_t value) {
    const uint32_t bits = static_cast<uint32_t>(value) << 16;
    float result;
    std::memcpy(&result, &bits, sizeof(result));
    return result;
}

// to [depth, panel_rows] = the transpose of from [count, depth]; zeros for the rest of the rows.
template <typename Word>
void transpose(int64_t count, int64_t depth, const Word* from, int64_t stride, int64_t panel_rows, Word* to) {
    for (int64_t first = 0; first < depth; first += channels_at_once) {
        const int64_t last = std::min(depth, first + channels_at_once);
        for (int64_t row = 0; row < panel_rows; row++) {
            for (int64_t d = first; d < last; d++) {
                to[d * panel_rows + row] = row < count ? from[row * stride + d] : Word{};
            }
        }
    }
}

}  // namespace

void Panels::Free::operator()(void* memory) const { std::free(memory); }

Panels::Panels(int64_t rows, int64_t width, Precision precision, const float* x)
    : rows_(rows),
      width_(width),
      depth_(precision == Precision::BFloat16 ? (width + 1) / 2 : width),
      precision_(precision),
      x_(x) {
    const int64_t words = rounded_up(rows, vector_kernels().neighbors->panel_rows) * depth_;
    const int64_t bytes = rounded_up(words * 4, page_bytes);
    words_.reset(std::aligned_alloc(page_bytes, bytes));
    if (words_ == nullptr) { throw std::bad_alloc(); }
    madvise(words_.get(), bytes, MADV_HUGEPAGE);  // a wish: fewer misses of the address cache
    if (precision == Precision::BFloat16) {
        lengths_.resize(rows);
        residuals_.resize(rows);
    }
}

void Panels::pack(int64_t panel) {
    if (precision_ == Precision::BFloat16) {
        pack_bfloat16(panel);
    } else {
        pack_float32(panel);
    }
}

void Panels::pack_float32(int64_t panel) {
    const int64_t panel_rows = vector_kernels().neighbors->panel_rows;
    const int64_t first = panel * panel_rows;
    transpose(std::min(panel_rows, rows_ - first), depth_, x_ + first * width_, width_, panel_rows,
        static_cast<float*>(words_.get()) + first * depth_);
}

void Panels::pack_bfloat16(int64_t panel) {
    const int64_t panel_rows = vector_kernels().neighbors->panel_rows;
    const int64_t first = panel * panel_rows;
    const int64_t count = std::min(panel_rows, rows_ - first);
    std::vector<uint32_t> rounded(count * depth_);
    for (int64_t row = 0; row < count; row++) {
        const float* x = x_ + (first + row) * width_;
        uint16_t* halves = reinterpret_cast<uint16_t*>(&rounded[row * depth_]);
        vector_kernels().to_bfloat16(width_, x, halves);
        double squares = 0, lost = 0;
        for (int64_t d = 0; d < width_; d++) {
            halves[d] = normal_or_zero(halves[d]);
            const double kept = widened(halves[d]);
            squares += kept * kept;
            lost += (x[d] - kept) * (x[d] - kept);
        }
        lengths_[first + row] = std::sqrt(squares);
        residuals_[first + row] = std::sqrt(lost);
    }
    transpose(count, depth_, rounded.data(), depth_, panel_rows,
        static_cast<uint32_t*>(words_.get()) + first * depth_);
}

int64_t Panels::panel_bytes() const { return depth_ * vector_kernels().neighbors->panel_rows * 4; }

void Panels::multiply(int64_t panel, int64_t first, const Panels& others, int64_t other, float* products) const {
    const NeighborKernels& neighbors = *vector_kernels().neighbors;
    const int64_t words = depth_ * neighbors.panel_rows;
    if (precision_ == Precision::BFloat16) {
        slice_products_bfloat16(depth_, static_cast<const uint32_t*>(words_.get()) + panel * words + first,
            static_cast<const uint32_t*>(others.words_.get()) + other * words, products);
    } else {
        neighbors.products(depth_, static_cast<const float*>(words_.get()) + panel * words + first,
            static_cast<const float*>(others.words_.get()) + other * words, products);
    }
}

}  // namespace kernels
