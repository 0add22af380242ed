#include "candidates.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <thread>

namespace kernels {

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

// Held for some nanoseconds, mostly by nobody else.
class RowLock {
public:
    explicit RowLock(std::atomic<bool>& busy) : busy_(busy) {
        while (busy_.exchange(true, std::memory_order_acquire)) {
            std::this_thread::yield();
        }
    }
    ~RowLock() { busy_.store(false, std::memory_order_release); }
    RowLock(const RowLock&) = delete;
    RowLock& operator=(const RowLock&) = delete;

private:
    std::atomic<bool>& busy_;
};

}  // namespace

Candidates::Candidates(int64_t rows, int64_t neighbors, const double* fine, Product product)
    : neighbors_(neighbors),
      capacity_(product ? std::max<int64_t>(96, 6 * neighbors) : std::max<int64_t>(64, 4 * neighbors)),
      list_bytes_(static_cast<int64_t>(sizeof(List)) + capacity_ * 8),
      fine_(fine),
      product_(std::move(product)),
      thresholds_(rows),
      lists_(new char[rows * list_bytes_]) {
    for (int64_t row = 0; row < rows; row++) {
        thresholds_[row].store(-infinity, std::memory_order_relaxed);
        new (lists_.get() + row * list_bytes_) List;
        list(row).full = full_at(0);
    }
}

void Candidates::offer(int64_t row, float value, int32_t index) {
    List& list = this->list(row);
    const RowLock lock(list.busy);
    if (list.count == list.full) { make_room(row, list); }
    if (value < threshold(row)) { return; }
    values(list)[list.count] = value;
    indices(list)[list.count++] = index;
}

int64_t Candidates::take(int64_t row, int32_t* to) {
    List& list = this->list(row);
    drop(row, list);
    if (product_ && list.count > neighbors_) {
        refine(row, list);
        drop(row, list);
    }
    if (threshold(row) == infinity) { return -1; }
    std::copy_n(indices(list), list.count, to);
    return list.count;
}

// Often enough that the threshold is up to date, seldom enough that the search for it costs little.
int32_t Candidates::full_at(int64_t kept) const {
    return static_cast<int32_t>(std::min(capacity_, kept + std::max<int64_t>(16, 2 * neighbors_)));
}

void Candidates::make_room(int64_t row, List& list) {
    const int64_t most = capacity_ * 3 / 4;
    drop(row, list);
    if (product_ && list.count > most) {
        refine(row, list);
        drop(row, list);
    }
    if (list.count > most) { thresholds_[row].store(infinity, std::memory_order_relaxed); }
    list.full = full_at(list.count);
}

void Candidates::drop(int64_t row, List& list) {
    const int64_t count = list.count;
    if (count <= neighbors_) { return; }
    float* own = values(list);
    int32_t* others = indices(list);
    const double rough = rough_.empty() ? fine_[row] : rough_[row];
    const auto bound = [&](int64_t place) { return place < list.refined ? fine_[row] : rough; };
    static thread_local std::vector<double> least;
    least.resize(count);
    for (int64_t i = 0; i < count; i++) {
        least[i] = own[i] - bound(i);
    }
    std::nth_element(least.begin(), least.begin() + (neighbors_ - 1), least.end(), std::greater<double>());
    const double wanted = least[neighbors_ - 1];
    int32_t kept = 0, kept_refined = 0;
    for (int64_t i = 0; i < count; i++) {
        if (own[i] + bound(i) >= wanted) {
            kept_refined += i < list.refined;
            own[kept] = own[i];
            others[kept++] = others[i];
        }
    }
    list.refined = kept_refined;
    list.count = kept;
    const float reached = std::nextafter(static_cast<float>(wanted - rough), -infinity);
    thresholds_[row].store(std::max(threshold(row), reached), std::memory_order_relaxed);
}

void Candidates::refine(int64_t row, List& list) {
    refinements_.fetch_add(list.count - list.refined, std::memory_order_relaxed);
    for (int32_t i = list.refined; i < list.count; i++) {
        values(list)[i] = product_(row, indices(list)[i]);
    }
    list.refined = list.count;
}

}  // namespace kernels
