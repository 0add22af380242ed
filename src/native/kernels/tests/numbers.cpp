#include "harness.h"

#include <random>

namespace tests {

Numbers random_numbers(int64_t count, int seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal;
    Numbers numbers(count);
    for (float& number : numbers) {
        number = normal(generator);
    }
    return numbers;
}

}  // namespace tests
