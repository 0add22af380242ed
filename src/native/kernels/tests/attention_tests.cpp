#include <cmath>
#include <numeric>

#include "../vector_kernels.h"
#include "harness.h"

using namespace kernels;
using namespace tests;

extern "C" int32_t ab_attention_run(const AttentionSpec*, int64_t, const int64_t*, const float*, float*);

namespace {

AttentionSpec make_spec(int64_t heads, int64_t key_heads, int64_t channels) {
    AttentionSpec spec{};
    spec.heads = heads;
    spec.key_heads = key_heads;
    spec.channels = channels;
    spec.scale = 1 / std::sqrt(static_cast<float>(channels));
    return spec;
}

int64_t row_width(const AttentionSpec& spec) { return (spec.heads + 2 * spec.key_heads) * spec.channels; }

// One head's channels of one row after rotation, in double.
std::vector<double> turned(const AttentionSpec& spec, const float* from, int64_t angle_row) {
    std::vector<double> x(from, from + spec.channels), result = x;
    const int64_t half = spec.rotated / 2;
    for (int64_t c = 0; c < spec.rotated; c++) {
        const double other = c < half ? -x[c + half] : x[c - half];
        const int64_t at = angle_row * spec.rotated + c;
        result[c] = x[c] * spec.cosines[at] + other * spec.sines[at];
    }
    return result;
}

std::vector<double> naive(const AttentionSpec& spec, const std::vector<int64_t>& offsets, const Numbers& qkv) {
    std::vector<double> out;
    const int64_t C = spec.channels;
    for (size_t s = 0; s + 1 < offsets.size(); s++) {
        const int64_t length = offsets[s + 1] - offsets[s];
        const auto row = [&](int64_t place) { return qkv.data() + (offsets[s] + place) * row_width(spec); };
        const auto angle = [&](int64_t place) { return spec.angles_by_row ? offsets[s] + place : place; };
        for (int64_t i = 0; i < (spec.queries > 0 ? spec.queries : length); i++) {
            for (int64_t h = 0; h < spec.heads; h++) {
                const int64_t kh = h * spec.key_heads / spec.heads;
                const std::vector<double> q = turned(spec, row(i) + h * C, angle(i));
                std::vector<double> result(C);
                double total = 0;
                for (int64_t j = 0; j < length; j++) {
                    if ((spec.causal != 0 && j > i) || (spec.window > 0 && i - j >= spec.window)) { continue; }
                    const std::vector<double> k = turned(spec, row(j) + (spec.heads + kh) * C, angle(j));
                    double score = std::inner_product(q.begin(), q.end(), k.begin(), 0.0) * spec.scale;
                    if (spec.slopes != nullptr) { score += spec.slopes[h] * static_cast<double>(j); }
                    if (spec.distances != nullptr) {
                        score += spec.distances[h * (2 * spec.longest - 1) + j - i + spec.longest - 1];
                    }
                    total += std::exp(score);
                    const float* v = row(j) + (spec.heads + spec.key_heads + kh) * C;
                    for (int64_t c = 0; c < C; c++) { result[c] += std::exp(score) * v[c]; }
                }
                for (int64_t c = 0; c < C; c++) { out.push_back(result[c] / total); }
            }
        }
    }
    return out;
}

Numbers run(const AttentionSpec& spec, const std::vector<int64_t>& offsets, const Numbers& qkv) {
    const int64_t sequences = static_cast<int64_t>(offsets.size()) - 1;
    const int64_t rows = spec.queries > 0 ? sequences * spec.queries : offsets.back();
    Numbers out(rows * spec.heads * spec.channels);
    check_status(ab_attention_run(&spec, sequences, offsets.data(), qkv.data(), out.data()));
    return out;
}

void check_spec(const AttentionSpec& spec, const std::string& what, double tolerance = 1e-5) {
    const std::vector<int64_t> offsets = {0, 1, 14, 44, 177};
    const Numbers qkv = random_numbers(offsets.back() * row_width(spec), 1);
    check_close(naive(spec, offsets, qkv), run(spec, offsets, qkv), tolerance, what);
}

const int64_t widths[] = {1, 4, 8, 24, 32, 64, 80, 96, 128};

}  // namespace

TEST(Attention_EveryHeadWidth_IsTheNaiveOne) {
    for (int64_t channels : widths) {
        check_spec(make_spec(3, 3, channels), "channels " + std::to_string(channels));
    }
}

TEST(Attention_GroupedQueries_ShareKeys) { check_spec(make_spec(6, 2, 32), "grouped"); }

TEST(Attention_Causal_SeesNoLaterKey) {
    AttentionSpec spec = make_spec(2, 2, 64);
    spec.causal = 1;
    check_spec(spec, "causal");
}

TEST(Attention_Window_SeesTheLastKeys) {
    for (int64_t window : {1, 5, 40, 1000}) {
        AttentionSpec spec = make_spec(2, 1, 16);
        spec.causal = 1;
        spec.window = window;
        check_spec(spec, "window " + std::to_string(window));
    }
}

TEST(Attention_Alibi_AddsSlopeTimesPlace) {
    const Numbers slopes = {0.5f, 0.25f, 0.01f};
    AttentionSpec spec = make_spec(3, 3, 32);
    spec.slopes = slopes.data();
    check_spec(spec, "ALiBi, both sides");
    spec.causal = 1;
    check_spec(spec, "ALiBi, causal");
}

TEST(Attention_Distances_AreAddedByKeyMinusQuery) {
    AttentionSpec spec = make_spec(3, 3, 32);
    spec.longest = 140;
    const Numbers distances = random_numbers(3 * (2 * 140 - 1), 8);
    spec.distances = distances.data();
    check_spec(spec, "distances");
}

TEST(Attention_Rotary_TurnsTheFirstChannels) {
    const int64_t rows = 177;
    for (int64_t rotated : {2, 8, 32}) {
        AttentionSpec spec = make_spec(4, 2, 32);
        spec.rotated = rotated;
        Numbers cosines, sines;
        for (float angle : random_numbers(rows * rotated, 3)) {
            cosines.push_back(std::cos(angle));
            sines.push_back(std::sin(angle));
        }
        spec.cosines = cosines.data();
        spec.sines = sines.data();
        spec.causal = 1;
        spec.angle_rows = rows;
        spec.angles_by_row = 1;
        check_spec(spec, "angles by row");
        spec.angles_by_row = 0;
        check_spec(spec, "angles by place");
    }
}

TEST(Attention_FirstQueries_AreThoseOfAll) {
    for (int64_t queries : {1, 13, 20}) {
        AttentionSpec spec = make_spec(2, 2, 64);
        const std::vector<int64_t> offsets = {0, 20, 60, 317};
        const Numbers qkv = random_numbers(offsets.back() * row_width(spec), 1);
        const Numbers all = run(spec, offsets, qkv);
        spec.queries = queries;
        const Numbers some = run(spec, offsets, qkv);
        const int64_t width = spec.heads * spec.channels;
        for (size_t s = 0; s + 1 < offsets.size(); s++) {
            check_same(&all[offsets[s] * width], &some[s * queries * width], queries * width, "first queries");
        }
    }
}

TEST(Attention_Sequence_DoesNotDependOnItsNeighbours) {
    AttentionSpec spec = make_spec(2, 2, 64);
    spec.causal = 1;
    const std::vector<int64_t> offsets = {0, 9, 20, 70, 71};
    const Numbers qkv = random_numbers(offsets.back() * row_width(spec), 1);
    const Numbers all = run(spec, offsets, qkv);
    for (size_t s = 0; s + 1 < offsets.size(); s++) {
        const int64_t length = offsets[s + 1] - offsets[s];
        const Numbers own(qkv.begin() + offsets[s] * row_width(spec), qkv.begin() + offsets[s + 1] * row_width(spec));
        const Numbers alone = run(spec, {0, length}, own);
        check_same(&all[offsets[s] * 128], alone.data(), length * 128, "alone");
    }
}

// e^1000 is no float: the largest score is taken off first. A score of some hundreds is good to 3e-5.
TEST(Attention_LargeScores_StayFinite) {
    AttentionSpec spec = make_spec(1, 1, 8);
    spec.scale = 50;
    check_spec(spec, "large scores", 1e-4);
}

TEST(Attention_WrongUse_IsAMessage) {
    AttentionSpec spec = make_spec(3, 2, 8);
    const int64_t offsets[] = {0, 4};
    const Numbers qkv = random_numbers(4 * 100, 1);
    Numbers out(1000);
    check_fails(ab_attention_run(&spec, 1, offsets, qkv.data(), out.data()), "3 heads, 2 key heads");
    spec = make_spec(2, 2, 8);
    spec.queries = 5;
    check_fails(ab_attention_run(&spec, 1, offsets, qkv.data(), out.data()), "of which 5 are wanted");
    spec.queries = 0;
    spec.window = 2;
    check_fails(ab_attention_run(&spec, 1, offsets, qkv.data(), out.data()), "not causal");
}
