// softmax(scale q k' + bias) v for one sequence, head by head. Keys and values are copied into panels of two vectors'
// width (their rows in qkv lie a power of two apart often enough to evict each other from the cache); a tile of
// queries then makes its scores, their softmax and the weighted sum of values while they are in the cache.
#pragma once

#include "lanes.h"

namespace {

using kernels::AttentionSequence;
using kernels::AttentionSpec;
using kernels::rounded_up;

constexpr int64_t columns = 2 * lanes;                  // of a panel
constexpr int64_t tile_rows = KERNELS_TILE_ROWS;        // queries side by side: as many as the registers hold

static_assert(columns <= kernels::most_tile_columns && tile_rows <= kernels::most_tile_rows);

// out [rows, columns] = a [rows, depth] times panel [depth, columns].
template <int64_t rows>
void multiply_rows(int64_t depth, const float* a, int64_t a_stride, const float* panel, float* out,
    int64_t out_stride) {
    Floats left[rows] = {};
    Floats right[rows] = {};
    for (int64_t d = 0; d < depth; d++) {
        const Floats panel_left = load(panel + d * columns);
        const Floats panel_right = load(panel + d * columns + lanes);
#pragma GCC unroll 12
        for (int64_t row = 0; row < rows; row++) {
            const Floats value = all(a[row * a_stride + d]);
            left[row] += value * panel_left;
            right[row] += value * panel_right;
        }
    }
#pragma GCC unroll 12
    for (int64_t row = 0; row < rows; row++) {
        store(out + row * out_stride, left[row]);
        store(out + row * out_stride + lanes, right[row]);
    }
}

template <int64_t rows = tile_rows>
void multiply(int64_t wanted, int64_t depth, const float* a, int64_t a_stride, const float* panel, float* out,
    int64_t out_stride) {
    if constexpr (rows > 1) {
        if (wanted < rows) {
            return multiply<rows - 1>(wanted, depth, a, a_stride, panel, out, out_stride);
        }
    }
    multiply_rows<rows>(depth, a, a_stride, panel, out, out_stride);
}

// A head's channels at one place, the first `rotated` turned by the place's angles: x cos + [-second, first] sin.
inline void turn(const AttentionSpec& spec, const float* from, int64_t angle_row, float factor, float* to) {
    const int64_t half = spec.rotated / 2;
    const float* cosine = spec.cosines + angle_row * spec.rotated;
    const float* sine = spec.sines + angle_row * spec.rotated;
    for (int64_t c = 0; c < half; c++) {
        to[c] = (from[c] * cosine[c] - from[half + c] * sine[c]) * factor;
    }
    for (int64_t c = half; c < spec.rotated; c++) {
        to[c] = (from[c] * cosine[c] + from[c - half] * sine[c]) * factor;
    }
    for (int64_t c = spec.rotated; c < spec.channels; c++) {
        to[c] = from[c] * factor;
    }
}

// What one head needs of its sequence, and where it lies.
struct Head {
    const AttentionSpec& spec;
    const AttentionSequence& sequence;
    float* keys;       // panels of [C, columns]
    float* values;     // panels of [length, columns]
    float* queries;    // [tile_rows, C]
    float* scores;     // [tile_rows, rounded length]
    float* results;    // [tile_rows, rounded C]
    float* turned;     // [C]

    int64_t key_stride() const { return rounded_up(sequence.length, columns); }
    int64_t value_width() const { return rounded_up(spec.channels, columns); }
    int64_t row_width() const { return (spec.heads + 2 * spec.key_heads) * spec.channels; }
    const float* row(int64_t place) const { return sequence.qkv + (sequence.first + place) * row_width(); }
    int64_t angle_row(int64_t place) const {
        return spec.angles_by_row ? sequence.first + place : place;
    }

    void take_keys(int64_t key_head) {
        const int64_t start = (spec.heads + key_head) * spec.channels;
        const int64_t whole = key_stride();
        for (int64_t place = 0; place < whole; place++) {
            float* to = keys + place / columns * columns * spec.channels + place % columns;
            const float* from = turned;
            if (place >= sequence.length) {
                for (int64_t c = 0; c < spec.channels; c++) {
                    turned[c] = 0;
                }
            } else if (spec.rotated > 0) {
                turn(spec, row(place) + start, angle_row(place), 1, turned);
            } else {
                from = row(place) + start;
            }
            for (int64_t c = 0; c < spec.channels; c++) {
                to[c * columns] = from[c];
            }
        }
    }

    void take_values(int64_t key_head) {
        const int64_t start = (spec.heads + spec.key_heads + key_head) * spec.channels;
        for (int64_t left = 0; left < spec.channels; left += columns) {
            float* to = values + left * sequence.length;
            const int64_t here = spec.channels - left < columns ? spec.channels - left : columns;
            for (int64_t place = 0; place < sequence.length; place++, to += columns) {
                const float* from = row(place) + start + left;
                for (int64_t c = 0; c < here; c++) {
                    to[c] = from[c];
                }
                for (int64_t c = here; c < columns; c++) {
                    to[c] = 0;
                }
            }
        }
    }

    void take_query(int64_t head, int64_t place, float* to) const {
        const float* from = row(place) + head * spec.channels;
        if (spec.rotated > 0) {
            return turn(spec, from, angle_row(place), spec.scale, to);
        }
        for (int64_t c = 0; c < spec.channels; c++) {
            to[c] = from[c] * spec.scale;
        }
    }

    // The keys that the query at this place sees are [first_key, end_key).
    int64_t first_key(int64_t place) const {
        return spec.window > 0 && place >= spec.window ? place - spec.window + 1 : 0;
    }
    int64_t end_key(int64_t place) const { return spec.causal ? place + 1 : sequence.length; }

    // Scores of keys [start, end) -> e^(score - largest), 0 for unseen keys; returns their sum.
    float soften(int64_t head, int64_t place, float* row_scores, int64_t start, int64_t end) const {
        const int64_t from = first_key(place);
        const int64_t to = end_key(place);
        if (spec.slopes != nullptr) {
            for (int64_t key = from; key < to; key++) {
                row_scores[key - start] += spec.slopes[head] * static_cast<float>(key);
            }
        }
        if (spec.distances != nullptr) {
            const float* bias = spec.distances + head * (2 * spec.longest - 1) + spec.longest - 1 - place;
            for (int64_t key = from; key < to; key++) {
                row_scores[key - start] += bias[key];
            }
        }
        constexpr float hidden = -3.4028234e38f;
        for (int64_t key = start; key < from; key++) {
            row_scores[key - start] = hidden;
        }
        for (int64_t key = to; key < end; key++) {
            row_scores[key - start] = hidden;
        }
        Floats most = all(hidden);
        for (int64_t i = 0; i < end - start; i += lanes) {
            most = at_least(most, load(row_scores + i));
        }
        const Floats top = all(largest(most));
        // Two chains side by side; a panel's columns are two vectors.
        Floats left{}, right{};
        for (int64_t i = 0; i < end - start; i += columns) {
            const Floats first = exponential_or_zero(load(row_scores + i) - top);
            const Floats second = exponential_or_zero(load(row_scores + i + lanes) - top);
            store(row_scores + i, first);
            store(row_scores + i + lanes, second);
            left += first;
            right += second;
        }
        return sum(left + right);
    }

    // Queries [first, first + count) of one head.
    void attend_tile(int64_t head, int64_t first, int64_t count) const {
        for (int64_t row = 0; row < count; row++) {
            take_query(head, first + row, queries + row * spec.channels);
        }
        const int64_t start = first_key(first) / columns * columns;
        const int64_t end = rounded_up(end_key(first + count - 1), columns);
        for (int64_t key = start; key < end; key += columns) {
            multiply(count, spec.channels, queries, spec.channels, keys + key * spec.channels, scores + key - start,
                key_stride());
        }
        float totals[tile_rows];
        for (int64_t row = 0; row < count; row++) {
            totals[row] = soften(head, first + row, scores + row * key_stride(), start, end);
        }
        const int64_t depth = (end < sequence.length ? end : sequence.length) - start;
        for (int64_t left = 0; left < spec.channels; left += columns) {
            multiply(count, depth, scores, key_stride(), values + left * sequence.length + start * columns,
                results + left, value_width());
        }
        for (int64_t row = 0; row < count; row++) {
            float* to = sequence.out + ((first + row) * spec.heads + head) * spec.channels;
            const float factor = 1 / totals[row];
            for (int64_t c = 0; c < spec.channels; c++) {
                to[c] = results[row * value_width() + c] * factor;
            }
        }
    }
};

void attend(const AttentionSpec& spec, const AttentionSequence& sequence, float* workspace) {
    Head head{spec, sequence, workspace, nullptr, nullptr, nullptr, nullptr, nullptr};
    head.values = head.keys + head.key_stride() * spec.channels;
    head.queries = head.values + sequence.length * head.value_width();
    head.scores = head.queries + tile_rows * spec.channels;
    head.results = head.scores + tile_rows * head.key_stride();
    head.turned = head.results + tile_rows * head.value_width();
    const int64_t wanted = spec.queries > 0 ? spec.queries : sequence.length;
    const int64_t group = spec.heads / spec.key_heads;
    for (int64_t key_head = 0; key_head < spec.key_heads; key_head++) {
        head.take_keys(key_head);
        head.take_values(key_head);
        for (int64_t query_head = key_head * group; query_head < (key_head + 1) * group; query_head++) {
            for (int64_t first = 0; first < wanted; first += tile_rows) {
                head.attend_tile(query_head, first, wanted - first < tile_rows ? wanted - first : tile_rows);
            }
        }
    }
}

}  // namespace
