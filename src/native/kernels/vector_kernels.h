// The hand-written kernels: one table of functions per instruction set, chosen at run time. All are re-entrant and
// run on the calling thread. Row r of a result depends on row r of the input alone, bit for bit.
#pragma once

#include <cstdint>

namespace kernels {

// The numbers are those of KernelActivation in KernelTypes.cs.
enum class Activation : int32_t {
    None = 0, Gelu = 1, TanhGelu = 2, QuickGelu = 3, Silu = 4, Relu = 5, Relu6 = 6
};

// Self-attention over packed texts or images. Laid out as AttentionSpec in AttentionKernel.cs.
struct AttentionSpec {
    int64_t heads;           // H
    int64_t key_heads;       // K, a divisor of H: query head h uses key head h K / H
    int64_t channels;        // C, of a head
    int64_t window;          // keys that a query sees at most, its own included; 0: unlimited. Causal only
    int64_t longest;         // L, of distances
    int64_t rotated;         // R, channels that are turned, even; 0: none
    int64_t angle_rows;      // rows of cosines and sines
    int64_t queries;         // only so many first rows of each sequence are wanted; 0: all
    const float* slopes;     // [H]: slope * key's place is added to the scores (ALiBi); or null
    const float* distances;  // [H, 2 L - 1]: entry key - query + L - 1 is added to the scores; or null
    const float* cosines;    // [angle_rows, R]
    const float* sines;      // [angle_rows, R]
    float scale;             // of query times key
    int32_t causal;          // 1: a query sees itself and what is before it
    int32_t angles_by_row;   // 1: row r of qkv has angles r; 0: place i of every sequence has angles i
};

// One sequence of an attention call.
struct AttentionSequence {
    int64_t first;           // row of qkv
    int64_t length;
    const float* qkv;        // [T, (H + 2 K) C], all rows of the call: queries, keys, values, head by head
    float* out;              // [queries or length, H C]: this sequence's own rows
};

// Of the neighbour search, whose rows are stored in panels of [width, panel_rows].
struct NeighborKernels {
    int64_t panel_rows;
    int64_t slice_rows;      // a divisor of panel_rows

    // Rows `slice` ... slice + slice_rows of one panel times the rows of another: products [slice_rows, panel_rows].
    void (*products)(int64_t width, const float* slice, const float* panel, float* products);

    // Bit i: whether products[i] >= own or products[i] >= thresholds[i]; both [panel_rows].
    uint64_t (*reaching)(const float* products, const float* thresholds, float own);

    float (*dot)(int64_t width, const float* a, const float* b);
};

// The same with two channels side by side as bfloat16 in each uint32_t, for the panels of avx512_kernels. May be called
// only where the CPU has such products.
void slice_products_bfloat16(int64_t pairs, const uint32_t* slice, const uint32_t* panel, float* products);

constexpr int64_t most_panel_rows = 48;

struct VectorKernels {
    const char* name;

    // (x - mean) / sqrt(variance + epsilon) * weight + bias for each row; weight and bias [width] or null.
    void (*layer_norm)(int64_t rows, int64_t width, const float* x, const float* weight, const float* bias,
        float epsilon, float* y);

    // x / sqrt(mean square + epsilon) * weight for each row.
    void (*rms_norm)(int64_t rows, int64_t width, const float* x, const float* weight, float epsilon, float* y);

    // In place.
    void (*activate)(Activation activation, int64_t count, float* x);

    // both [rows, 2 width] -> y [rows, width]: activation(first half) * second half.
    void (*gate)(Activation activation, int64_t rows, int64_t width, const float* both, float* y);

    // Rounds to the nearest, ties to even; NaN stays NaN.
    void (*to_bfloat16)(int64_t count, const float* x, uint16_t* y);

    // workspace: attention_workspace(spec, length) floats, on a 64-byte boundary.
    void (*attend)(const AttentionSpec& spec, const AttentionSequence& sequence, float* workspace);

    const NeighborKernels* neighbors;
};

extern const VectorKernels baseline_kernels, avx2_kernels, avx512_kernels;

// The best table for this CPU, no higher than oneDNN's own limit (ONEDNN_MAX_CPU_ISA).
const VectorKernels& vector_kernels();

// Whether bfloat16 products run in hardware; then avx512_kernels is the table.
bool has_bfloat16();

// Tiles of the matrix products inside attention, at most.
constexpr int64_t most_tile_rows = 12;
constexpr int64_t most_tile_columns = 32;

constexpr int64_t rounded_up(int64_t count, int64_t step) { return (count + step - 1) / step * step; }

// Floats that attend needs: keys and values in panels, a tile's queries, scores and results.
constexpr int64_t attention_workspace(const AttentionSpec& spec, int64_t length) {
    const int64_t keys = rounded_up(length, most_tile_columns);
    const int64_t channels = rounded_up(spec.channels, most_tile_columns);
    return 2 * keys * channels + most_tile_rows * (keys + 2 * channels) + channels;
}

}  // namespace kernels
