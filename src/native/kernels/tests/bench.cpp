// What part of the machine's peak the kernels reach on one thread. The peak is measured between the kernels, in turns;
// times are the thread's own on the processor, and the best of all rounds counts for both, so that a machine which
// others use gives comparable numbers.
#include <algorithm>
#include <cstdio>
#include <functional>

#include "../linear.h"
#include "harness.h"
#include "peak.h"

using namespace kernels;
using tests::Numbers;
using tests::random_numbers;

extern "C" int32_t ab_attention_run(const AttentionSpec*, int64_t, const int64_t*, const float*, float*);
extern "C" int32_t ab_mlp_run(const Linear*, const Linear*, int32_t, int32_t, int64_t, const float*, const float*,
    float*);
extern "C" int32_t ab_kernels_has_bfloat16();

namespace {

constexpr int rounds = 25;

struct Work {
    std::string name;
    double operations;  // 0 where only the time matters
    std::function<void()> run;
    double best = 1e9;  // seconds
};

double seconds_of(const std::function<void()>& run) {
    const double start = tests::thread_seconds();
    run();
    return tests::thread_seconds() - start;
}

struct Model {
    const char* name;
    int64_t width, heads, hidden;
    std::vector<int64_t> offsets;
};

std::vector<int64_t> equal_lengths(int64_t sequences, int64_t length) {
    std::vector<int64_t> offsets;
    for (int64_t i = 0; i <= sequences; i++) {
        offsets.push_back(i * length);
    }
    return offsets;
}

std::shared_ptr<Linear> make_linear(int64_t inputs, int64_t outputs, Precision precision) {
    return std::make_shared<Linear>(inputs, outputs, precision, random_numbers(inputs * outputs, 1).data(),
        random_numbers(outputs, 2).data());
}

// The steps of one transformer block.
void add_block(const Model& model, Precision precision, std::vector<Work>& works) {
    const int64_t rows = model.offsets.back(), width = model.width;
    const auto x = std::make_shared<Numbers>(random_numbers(rows * width, 3));
    const auto y = std::make_shared<Numbers>(rows * std::max(model.hidden, 3 * width));
    const auto packed = std::make_shared<Numbers>(random_numbers(rows * 3 * width, 4));
    const auto project = make_linear(width, 3 * width, precision);
    const auto output = make_linear(width, width, precision);
    const auto up = make_linear(width, model.hidden, precision);
    const auto down = make_linear(model.hidden, width, precision);
    AttentionSpec spec{};
    spec.heads = spec.key_heads = model.heads;
    spec.channels = width / model.heads;
    spec.scale = 0.125f;
    double pairs = 0;
    for (size_t i = 0; i + 1 < model.offsets.size(); i++) {
        const double length = static_cast<double>(model.offsets[i + 1] - model.offsets[i]);
        pairs += length * length;
    }
    const double product = 2.0 * static_cast<double>(rows * width);
    const std::string name = std::string(model.name) + (precision == Precision::BFloat16 ? " bf16 " : " fp32 ");
    works.push_back({name + "norm", 0, [=] {
        vector_kernels().layer_norm(rows, width, x->data(), x->data(), x->data(), 1e-6f, y->data());
    }});
    works.push_back({name + "q, k, v", product * 3 * static_cast<double>(width),
        [=] { project->run(rows, x->data(), {}, y->data()); }});
    works.push_back({name + "attention", 4 * pairs * static_cast<double>(width), [=] {
        ab_attention_run(&spec, static_cast<int64_t>(model.offsets.size()) - 1, model.offsets.data(), packed->data(),
            y->data());
    }});
    works.push_back({name + "output + residual", product * static_cast<double>(width),
        [=] { output->run(rows, x->data(), {Activation::None, false, x->data()}, y->data()); }});
    works.push_back({name + "mlp + residual", product * 2 * static_cast<double>(model.hidden),
        [=] { ab_mlp_run(up.get(), down.get(), 1, 0, rows, x->data(), x->data(), y->data()); }});
}

}  // namespace

int main() {
    std::vector<int64_t> captions = {0};
    for (int64_t i = 0; i < 32; i++) {
        captions.push_back(captions.back() + 8 + i * 5 % 13);
    }
    const Model models[] = {
        {"DINOv2-S", 384, 6, 1536, equal_lengths(1, 257)},
        {"DINOv2-B", 768, 12, 3072, equal_lengths(1, 257)},
        {"DistilBERT", 768, 12, 3072, captions},
    };
    std::vector<Work> works;
    for (const Model& model : models) {
        add_block(model, Precision::Float32, works);
        if (ab_kernels_has_bfloat16() != 0) { add_block(model, Precision::BFloat16, works); }
    }
    double peak = 0;
    for (int round = 0; round < rounds; round++) {
        for (Work& work : works) {
            work.best = std::min(work.best, seconds_of(work.run));
        }
        peak = std::max(peak, tests::measured_peak());
    }
    std::printf("level %s, one thread, peak of fp32 fused multiply-adds %.1f GF\n", vector_kernels().name, peak);
    double time = 0, operations = 0;
    for (size_t i = 0; i < works.size(); i++) {
        const Work& work = works[i];
        const double rate = work.operations / work.best / 1e9;
        std::printf("%-36s %8.1f us %8.1f GF %6.1f %%\n", work.name.c_str(), work.best * 1e6, rate, 100 * rate / peak);
        time += work.best * (i % 5 == 0 ? 2 : 1);  // two norms a block
        operations += work.operations;
        if (i % 5 == 4) {
            const double whole = operations / time / 1e9;
            std::printf("%-36s %8.1f us %8.1f GF %6.1f %%\n\n", "  the whole block", time * 1e6, whole,
                100 * whole / peak);
            time = operations = 0;
        }
    }
}
