// For each row the pairs that may still be among its k nearest. Each value has a bound of its error: `rough` for
// products as scanned, `fine` for those computed again in float32. A pair stays while its value plus its bound reaches the
// k-th greatest of all values minus their bounds.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace kernels {

class Candidates {
public:
    // The float32 product of two rows.
    using Product = std::function<float(int64_t row, int64_t other)>;

    // fine: [rows], the caller's, must outlive this; product: empty if scanned products are float32 already.
    Candidates(int64_t rows, int64_t neighbors, const double* fine, Product product);

    // [rows], each no less than the row's fine bound; before the first offer.
    void set_rough(std::vector<double> rough) { rough_ = std::move(rough); }

    // Products below take no part; infinite for a row with too many near ties to keep. Only rises.
    float threshold(int64_t row) const { return thresholds_[row].load(std::memory_order_relaxed); }

    // Offers may come from several threads at once.
    void offer(int64_t row, float value, int32_t index);

    // The row's candidates in no order, at most capacity(); -1 for a row with too many near ties. After all offers.
    int64_t take(int64_t row, int32_t* indices);

    int64_t capacity() const { return capacity_; }

    // Products computed again so far.
    int64_t refined() const { return refinements_.load(std::memory_order_relaxed); }

private:
    // A row's list, in one piece of memory: this, its values, its indices.
    struct List {
        std::atomic<bool> busy{false};  // its lock
        int32_t count = 0;
        int32_t refined = 0;            // so many first values were computed again
        int32_t full;                   // the count at which the least are dropped
    };

    List& list(int64_t row) { return *reinterpret_cast<List*>(lists_.get() + row * list_bytes_); }
    float* values(List& list) const { return reinterpret_cast<float*>(&list + 1); }
    int32_t* indices(List& list) const { return reinterpret_cast<int32_t*>(values(list) + capacity_); }

    int32_t full_at(int64_t kept) const;
    void make_room(int64_t row, List& list);
    void drop(int64_t row, List& list);
    void refine(int64_t row, List& list);

    int64_t neighbors_;
    int64_t capacity_;
    int64_t list_bytes_;
    const double* fine_;
    Product product_;
    std::vector<double> rough_;                   // empty: as fine_
    std::vector<std::atomic<float>> thresholds_;
    std::unique_ptr<char[]> lists_;
    std::atomic<int64_t> refinements_{0};
};

}  // namespace kernels
