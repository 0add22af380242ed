// Exact nearest neighbours, the part in float32 or bfloat16: every pair of rows is multiplied once, panel by panel, and
// offered to both while its product is in the cache. What is left of each row holds its k nearest for certain.
#include <algorithm>
#include <limits>
#include <memory>
#include <stdexcept>

#include "border.h"
#include "candidates.h"
#include "panels.h"
#include "vector_kernels.h"

namespace kernels {

constexpr int64_t near_bytes = 320 * 1024;

// Laid out as NeighborSpec in KernelNative.cs. The pointers are the caller's and must outlive the search.
struct NeighborSpec {
    int64_t rows;
    int64_t width;
    int64_t neighbors;
    const float* left;       // [rows, width]
    const float* right;      // [rows, width]; row i of left times row j of right is row j of left times row i of right
    const double* slack;     // [rows]: a float32 product of row i, summed in any order, is off by at most this
    const int32_t* groups;   // [rows] or null: rows of one group are no pair
    Precision precision;     // of the products that find candidates
};

class NeighborSearch {
public:
    explicit NeighborSearch(const NeighborSpec& spec)
        : spec_(spec),
          neighbors_(*vector_kernels().neighbors),
          left_(spec.rows, spec.width, spec.precision, spec.left),
          candidates_(spec.rows, spec.neighbors, spec.slack, product()) {
        if (spec.left != spec.right) {
            right_ = std::make_unique<Panels>(spec.rows, spec.width, spec.precision, spec.right);
        }
    }

    int64_t blocks() const { return (panels() + block_panels() - 1) / block_panels(); }

    int64_t capacity() const { return candidates_.capacity(); }

    int64_t refined() const { return candidates_.refined(); }

    void pack(int64_t block) {
        for (int64_t panel = block * block_panels(); panel < end_of(block); panel++) {
            left_.pack(panel);
            if (right_ != nullptr) { right_->pack(panel); }
        }
    }

    // After all blocks are packed, before the first scan.
    void seal() {
        if (spec_.precision == Precision::BFloat16) { candidates_.set_rough(rough()); }
    }

    void scan(int64_t top, int64_t left) {
        const int64_t step = near_panels();
        for (int64_t first = top * block_panels(); first < end_of(top); first += step) {
            for (int64_t column = std::max(first, left * block_panels()); column < end_of(left); column++) {
                for (int64_t row = first; row < std::min({first + step, end_of(top), column + 1}); row++) {
                    scan_panels(row, column);
                }
            }
        }
    }

    int64_t take(int64_t row, int32_t* indices) { return candidates_.take(row, indices); }

private:
    const Panels& right() const { return right_ != nullptr ? *right_ : left_; }

    int64_t block_panels() const { return 480 / neighbors_.panel_rows; }

    // Panels that stay in the second-level cache while others pass by.
    int64_t near_panels() const { return std::max<int64_t>(1, near_bytes / left_.panel_bytes()); }

    int64_t panels() const { return (spec_.rows + neighbors_.panel_rows - 1) / neighbors_.panel_rows; }

    int64_t end_of(int64_t block) const { return std::min(panels(), (block + 1) * block_panels()); }

    Candidates::Product product() const {
        if (spec_.precision == Precision::Float32) { return {}; }
        return [this](int64_t row, int64_t other) {
            return neighbors_.dot(spec_.width, spec_.left + row * spec_.width, spec_.right + other * spec_.width);
        };
    }

    // a b - a' b' = (a - a') b + a' (b - b'), by Cauchy and Schwarz; b is no longer than b' and b - b' together. Beside it
    // the float32 slack, and the error of the hardware's sums (Higham 2002, section 3.1, two roundings a product).
    std::vector<double> rough() const {
        double longest = 0, most_lost = 0;
        for (int64_t i = 0; i < spec_.rows; i++) {
            longest = std::max(longest, right().length(i));
            most_lost = std::max(most_lost, right().residual(i));
        }
        const double steps = 2.0 * (static_cast<double>(spec_.width) + 4) / (1 << 24);
        const double underflow = static_cast<double>(spec_.width) * 4 * std::numeric_limits<float>::min();
        std::vector<double> bounds(spec_.rows);
        for (int64_t i = 0; i < spec_.rows; i++) {
            const double lost = left_.residual(i) * (longest + most_lost) + left_.length(i) * most_lost;
            const double summing = steps / (1 - steps) * left_.length(i) * longest;
            bounds[i] = spec_.slack[i] + (lost + summing) * (1 + 1e-9) + underflow;
        }
        return bounds;
    }

    void scan_panels(int64_t row_panel, int64_t column_panel) {
        alignas(64) float products[most_panel_rows * most_panel_rows];
        alignas(64) float thresholds[most_panel_rows];
        const int64_t size = neighbors_.panel_rows;
        const int64_t first_column = column_panel * size;
        const int64_t columns = std::min(size, spec_.rows - first_column);
        const uint64_t there = (uint64_t{1} << columns) - 1;
        std::fill(thresholds, thresholds + size, std::numeric_limits<float>::infinity());
        for (int64_t slice = 0; slice < size; slice += neighbors_.slice_rows) {
            left_.multiply(row_panel, slice, right(), column_panel, products);
            for (int64_t j = 0; j < columns; j++) {
                thresholds[j] = candidates_.threshold(first_column + j);
            }
            for (int64_t i = 0; i < neighbors_.slice_rows; i++) {
                const int64_t row = row_panel * size + slice + i;
                if (row >= spec_.rows) { return; }
                const uint64_t later = row_panel == column_panel ? ~uint64_t{0} << (slice + i + 1) : ~uint64_t{0};
                const float* own = products + i * size;
                const uint64_t bits = neighbors_.reaching(own, thresholds, candidates_.threshold(row));
                offer(row, first_column, own, bits & there & later);
            }
        }
    }

    void offer(int64_t row, int64_t first_column, const float* products, uint64_t bits) {
        for (; bits != 0; bits &= bits - 1) {
            const int64_t j = __builtin_ctzll(bits);
            const int64_t column = first_column + j;
            if (spec_.groups != nullptr && spec_.groups[row] == spec_.groups[column]) { continue; }
            if (products[j] >= candidates_.threshold(row)) {
                candidates_.offer(row, products[j], static_cast<int32_t>(column));
            }
            if (products[j] >= candidates_.threshold(column)) {
                candidates_.offer(column, products[j], static_cast<int32_t>(row));
            }
        }
    }

    NeighborSpec spec_;
    const NeighborKernels& neighbors_;
    Panels left_;
    std::unique_ptr<Panels> right_;               // null: as left_
    Candidates candidates_;
};

namespace {

void check(const NeighborSpec& spec) {
    if (spec.rows < 1 || spec.width < 1 || spec.neighbors < 1
        || spec.rows > std::numeric_limits<int32_t>::max()) {
        throw std::invalid_argument("a search for " + std::to_string(spec.neighbors) + " neighbours of "
            + std::to_string(spec.rows) + " rows of " + std::to_string(spec.width));
    }
    if (spec.precision == Precision::BFloat16 && !has_bfloat16()) {
        throw std::invalid_argument("this CPU has no bfloat16 products");
    }
}

void check_below(int64_t index, int64_t count, const char* what) {
    if (index < 0 || index >= count) {
        throw std::out_of_range(std::string(what) + " " + std::to_string(index) + " of " + std::to_string(count));
    }
}

}  // namespace
}  // namespace kernels

using namespace kernels;

// *search is the caller's, to be given to ab_neighbors_free. Then ab_neighbors_pack for every block, ab_neighbors_seal,
// ab_neighbors_scan for every pair of blocks with top <= left, ab_neighbors_take for every row; the calls of one step may run
// on several threads at once, each step after the one before.
AB_EXPORT int32_t ab_neighbors_create(const NeighborSpec* spec, NeighborSearch** search, int64_t* blocks,
    int64_t* capacity) {
    return guarded([&] {
        check(*spec);
        *search = new NeighborSearch(*spec);
        *blocks = (*search)->blocks();
        *capacity = (*search)->capacity();
    });
}

AB_EXPORT void ab_neighbors_free(NeighborSearch* search) { delete search; }

AB_EXPORT int32_t ab_neighbors_pack(NeighborSearch* search, int64_t block) {
    return guarded([&] {
        check_below(block, search->blocks(), "block");
        search->pack(block);
    });
}

AB_EXPORT int32_t ab_neighbors_seal(NeighborSearch* search) {
    return guarded([&] { search->seal(); });
}

// refined: how many products were computed again so far, by all threads.
AB_EXPORT int32_t ab_neighbors_scan(NeighborSearch* search, int64_t top, int64_t left, int64_t* refined) {
    return guarded([&] {
        check_below(left, search->blocks(), "block");
        check_below(top, left + 1, "block");
        search->scan(top, left);
        *refined = search->refined();
    });
}

// indices [capacity], the caller's, is written; count: of these, in no order, or -1 for a row with more near ties than that.
AB_EXPORT int32_t ab_neighbors_take(NeighborSearch* search, int64_t row, int32_t* indices, int64_t* count) {
    return guarded([&] { *count = search->take(row, indices); });
}
