// The neighbour search through the C border, beside a search of all pairs in float64.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <stdexcept>
#include <thread>

#include "../vector_kernels.h"
#include "harness.h"

using namespace tests;

namespace {

// As in neighbors.cpp.
struct Spec {
    int64_t rows, width, neighbors;
    const float* left;
    const float* right;
    const double* slack;
    const int32_t* groups;
    int32_t precision;
};

struct Search;

extern "C" {
int32_t ab_neighbors_create(const Spec* spec, Search** search, int64_t* blocks, int64_t* capacity);
void ab_neighbors_free(Search* search);
int32_t ab_neighbors_pack(Search* search, int64_t block);
int32_t ab_neighbors_seal(Search* search);
int32_t ab_neighbors_scan(Search* search, int64_t top, int64_t left, int64_t* refined);
int32_t ab_neighbors_take(Search* search, int64_t row, int32_t* indices, int64_t* count);
}

struct Case {
    int64_t rows, width, neighbors;
    Numbers left, right;
    std::vector<int32_t> groups;
    std::vector<double> slack;

    Case(int64_t n, int64_t d, int64_t k) : rows(n), width(d), neighbors(k), left(random_numbers(n * d, 1)) { measure(); }

    // For any order of summing, with lengths of both rows.
    void measure() {
        double longest = 0;
        slack.resize(rows);
        for (int64_t i = 0; i < rows; i++) {
            slack[i] = std::sqrt(product(i, i, left));
            longest = std::max(longest, slack[i]);
        }
        for (double& bound : slack) { bound *= longest * (static_cast<double>(width) + 4) * std::pow(2, -23); }
    }

    const Numbers& other() const { return right.empty() ? left : right; }

    double product(int64_t i, int64_t j, const Numbers& second) const {
        double sum = 0;
        for (int64_t d = 0; d < width; d++) {
            sum += static_cast<double>(left[i * width + d]) * second[j * width + d];
        }
        return sum;
    }

    bool may(int64_t i, int64_t j) const { return i != j && (groups.empty() || groups[i] != groups[j]); }

    Spec spec(int32_t precision) const {
        return {rows, width, neighbors, left.data(), other().data(), slack.data(),
            groups.empty() ? nullptr : groups.data(), precision};
    }
};

void work(int threads, int64_t items, const std::function<void(int64_t)>& body) {
    std::atomic<int64_t> next{0};
    std::vector<std::thread> workers;
    for (int t = 0; t < threads; t++) {
        workers.emplace_back([&] {
            for (int64_t item = next++; item < items; item = next++) { body(item); }
        });
    }
    for (std::thread& worker : workers) { worker.join(); }
}

// Each row's candidates, {-1} for a crowded row.
std::vector<std::vector<int32_t>> candidates(const Case& of, int32_t precision, int threads) {
    const Spec spec = of.spec(precision);
    Search* search = nullptr;
    int64_t blocks = 0, capacity = 0;
    check_status(ab_neighbors_create(&spec, &search, &blocks, &capacity));
    work(threads, blocks, [&](int64_t block) { check_status(ab_neighbors_pack(search, block)); });
    check_status(ab_neighbors_seal(search));
    work(threads, blocks * blocks, [&](int64_t pair) {
        int64_t refined = 0;
        if (pair / blocks <= pair % blocks) {
            check_status(ab_neighbors_scan(search, pair / blocks, pair % blocks, &refined));
        }
    });
    std::vector<std::vector<int32_t>> found(of.rows);
    work(threads, of.rows, [&](int64_t row) {
        found[row].resize(capacity);
        int64_t count = 0;
        check_status(ab_neighbors_take(search, row, found[row].data(), &count));
        found[row].resize(std::max<int64_t>(count, 0));
        if (count < 0) { found[row] = {-1}; }
    });
    ab_neighbors_free(search);
    return found;
}

// The k nearest are among the candidates; returns how many candidates there are.
int64_t check_row(const Case& of, int64_t row, std::vector<int32_t> found) {
    std::vector<double> all;
    for (int64_t j = 0; j < of.rows; j++) {
        if (of.may(row, j)) { all.push_back(-of.product(row, j, of.other())); }
    }
    const int64_t k = std::min<int64_t>(of.neighbors, static_cast<int64_t>(all.size()));
    std::nth_element(all.begin(), all.begin() + std::max<int64_t>(k - 1, 0), all.end());
    std::sort(found.begin(), found.end());
    for (int64_t j = 0; j < of.rows; j++) {
        const bool there = std::binary_search(found.begin(), found.end(), static_cast<int32_t>(j));
        if (there && !of.may(row, j)) { throw std::runtime_error("a pair that may not be"); }
        if (of.may(row, j) && -of.product(row, j, of.other()) <= all[k - 1] && !there) {
            throw std::runtime_error("row " + std::to_string(row) + " lost row " + std::to_string(j));
        }
    }
    if (std::adjacent_find(found.begin(), found.end()) != found.end()) { throw std::runtime_error("a pair twice"); }
    return static_cast<int64_t>(found.size());
}

void check_case(const Case& of, double most_a_row = 1e9) {
    for (int32_t precision = 0; precision <= (kernels::has_bfloat16() ? 1 : 0); precision++) {
        for (int threads : {1, 3}) {
            const auto found = candidates(of, precision, threads);
            int64_t count = 0;
            for (int64_t row = 0; row < of.rows; row++) { count += check_row(of, row, found[row]); }
            if (static_cast<double>(count) > most_a_row * static_cast<double>(of.rows)) {
                throw std::runtime_error(std::to_string(count) + " candidates");
            }
        }
    }
}

}  // namespace

TEST(Neighbors_OddSizes_HoldTheNearest) {
    for (int64_t rows : {1, 2, 3, 47, 48, 49, 97, 481, 700}) {
        for (int64_t width : {1, 2, 7, 33}) { check_case(Case(rows, width, 3), 40); }
    }
}

// In float32 hardly more than k are left, whatever found them.
TEST(Neighbors_WideRows_LeaveFewCandidates) { check_case(Case(1000, 130, 10), 10.5); }

TEST(Neighbors_MoreThanThereAre_AreAll) { check_case(Case(60, 5, 100)); }

TEST(Neighbors_Groups_AreNoPairs) {
    Case of(500, 8, 4);
    for (int64_t i = 0; i < of.rows; i++) { of.groups.push_back(static_cast<int32_t>(i / 5)); }
    check_case(of, 40);
}

// Rows twice and three times: ties within every list.
TEST(Neighbors_RepeatedRows_AreAllKept) {
    Case of(600, 6, 2);
    for (int64_t i = 200; i < 600; i++) {
        std::copy_n(&of.left[(i - 200) * 6], 6, &of.left[i * 6]);
    }
    of.measure();
    check_case(of, 40);
}

// -|a - b|^2 / 2 = [a, -|a|^2 / 2, 1] [b, 1, -|b|^2 / 2].
TEST(Neighbors_TwoSides_AreMultipliedEitherWay) {
    Case of(300, 9, 5);
    of.right = of.left;
    for (int64_t i = 0; i < of.rows; i++) {
        float* a = &of.left[i * 9];
        float* b = &of.right[i * 9];
        float half = 0;
        for (int64_t d = 0; d < 7; d++) { half += a[d] * a[d] / 2; }
        a[7] = b[8] = -half;
        a[8] = b[7] = 1;
    }
    double longest = 0;
    for (int64_t i = 0; i < of.rows; i++) { longest = std::max(longest, std::abs(of.product(i, i, of.left))); }
    std::fill(of.slack.begin(), of.slack.end(), longest * 13 * std::pow(2, -23));
    check_case(of);
}

// More near ties than a row keeps, the same number of them however they come.
TEST(Neighbors_EqualRows_AreCrowded) {
    Case of(700, 4, 3);
    for (int64_t i = 4; i < 2800; i++) { of.left[i] = of.left[i - 4]; }
    of.measure();
    for (int32_t precision = 0; precision <= (kernels::has_bfloat16() ? 1 : 0); precision++) {
        for (const auto& found : candidates(of, precision, 2)) {
            if (found != std::vector<int32_t>{-1}) { throw std::runtime_error("a row that is not crowded"); }
        }
    }
}

// What rounding to bfloat16 makes equal, float32 tells apart.
TEST(Neighbors_RowsEqualInBFloat16_AreToldApart) {
    Case of(400, 3, 2);
    for (int64_t i = 0; i < of.rows; i++) {
        of.left[i * 3] = 1 + std::ldexp(static_cast<float>((i * 37) % 400), -16);
        of.left[i * 3 + 1] = 1e-30f;
        of.left[i * 3 + 2] = 1e-41f;
    }
    of.measure();
    check_case(of, 6);
}

TEST(Neighbors_WrongUse_IsAMessage) {
    Case of(10, 4, 0);
    Search* search = nullptr;
    int64_t blocks = 0, capacity = 0;
    Spec spec = of.spec(0);
    check_fails(ab_neighbors_create(&spec, &search, &blocks, &capacity), "0 neighbours of 10 rows of 4");
    spec.neighbors = 1;
    check_status(ab_neighbors_create(&spec, &search, &blocks, &capacity));
    check_fails(ab_neighbors_pack(search, blocks), "block 1 of 1");
    check_fails(ab_neighbors_scan(search, 1, 0, &blocks), "block 1 of 1");
    ab_neighbors_free(search);
}
