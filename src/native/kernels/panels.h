// Rows laid out for the neighbour search: panels of [width, panel_rows], in float32 or rounded to bfloat16.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "matmul.h"

namespace kernels {

class Panels {
public:
    // x [rows, width] is the caller's and must outlive this; nothing is copied yet.
    Panels(int64_t rows, int64_t width, Precision precision, const float* x);

    // Copies the panel's rows; zeros behind the last row. Panels may be packed side by side.
    void pack(int64_t panel);

    // products [slice_rows, panel_rows] of rows `first` ... of a panel, first a multiple of slice_rows, with those of
    // a panel of `others`, which has the same width and precision.
    void multiply(int64_t panel, int64_t first, const Panels& others, int64_t other, float* products) const;

    int64_t panel_bytes() const;

    // The length of a row as stored, and of what rounding took from it; bfloat16 only.
    double length(int64_t row) const { return lengths_[row]; }
    double residual(int64_t row) const { return residuals_[row]; }

private:
    void pack_float32(int64_t panel);
    void pack_bfloat16(int64_t panel);

    struct Free {
        void operator()(void* memory) const;
    };

    int64_t rows_;
    int64_t width_;
    int64_t depth_;               // 4-byte words of a row: channels, or pairs of channels
    Precision precision_;
    const float* x_;
    std::unique_ptr<void, Free> words_;   // [panels, depth, panel_rows], floats or pairs of bfloat16
    std::vector<double> lengths_;
    std::vector<double> residuals_;
};

}  // namespace kernels
