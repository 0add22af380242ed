#include <atomic>
#include <cstring>
#include <stdexcept>
#include <thread>

#include "../linear.h"
#include "harness.h"

using namespace kernels;
using namespace tests;

// Layers and primitives are shared, workspaces are not: threads that run the same layer with other inputs and row
// counts get what one thread gets.
TEST(Linear_ManyThreadsOneLayer_GetWhatOneGets) {
    const Numbers weight = random_numbers(96 * 80, 1);
    const Linear layer(80, 96, Precision::Float32, weight.data(), nullptr);
    const Finish gate{Activation::Gelu, true};
    constexpr int threads = 4;
    std::vector<Numbers> inputs, expected;
    for (int i = 0; i < threads; i++) {
        const int64_t rows = 90 + 37 * i;
        inputs.push_back(random_numbers(rows * 80, 10 + i));
        expected.emplace_back(rows * 48);
        layer.run(rows, inputs[i].data(), gate, expected[i].data());
    }
    std::atomic<int> wrong{0};
    std::vector<std::thread> workers;
    for (int i = 0; i < threads; i++) {
        workers.emplace_back([&, i] {
            Numbers y(expected[i].size());
            for (int round = 0; round < 20; round++) {
                layer.run(static_cast<int64_t>(inputs[i].size()) / 80, inputs[i].data(), gate, y.data());
                wrong += std::memcmp(y.data(), expected[i].data(), y.size() * sizeof(float)) != 0;
            }
        });
    }
    for (std::thread& worker : workers) {
        worker.join();
    }
    if (wrong != 0) { throw std::runtime_error(std::to_string(wrong) + " results differ"); }
}
