#include "harness.h"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <exception>
#include <stdexcept>

extern "C" const char* ab_kernels_last_error();
extern "C" const char* ab_kernels_level();

namespace tests {

namespace {

struct Test {
    const char* name;
    void (*body)();
};

std::vector<Test>& all_tests() {
    static std::vector<Test> tests;
    return tests;
}

}  // namespace

Registration::Registration(const char* name, void (*body)()) { all_tests().push_back({name, body}); }

void check_close(const std::vector<double>& expected, const Numbers& actual, double tolerance,
    const std::string& what) {
    if (expected.size() != actual.size()) { throw std::runtime_error(what + ": another number of values"); }
    for (size_t i = 0; i < expected.size(); i++) {
        if (!(std::fabs(actual[i] - expected[i]) <= tolerance * (1 + std::fabs(expected[i])))) {
            throw std::runtime_error(what + ": value " + std::to_string(i) + ": expected "
                + std::to_string(expected[i]) + ", got " + std::to_string(actual[i]) + ", off by "
                + std::to_string((actual[i] - expected[i]) * 1e6) + "e-6");
        }
    }
}

void check_same(const float* expected, const float* actual, int64_t count, const std::string& what) {
    for (int64_t i = 0; i < count; i++) {
        if (std::memcmp(expected + i, actual + i, sizeof(float)) != 0) {
            throw std::runtime_error(what + ": value " + std::to_string(i) + ": expected "
                + std::to_string(expected[i]) + ", got " + std::to_string(actual[i]));
        }
    }
}

void check_fails(int32_t status, const std::string& text) {
    if (status == 0) { throw std::runtime_error("expected the failure: " + text); }
    const std::string message = ab_kernels_last_error();
    if (message.find(text) == std::string::npos) {
        throw std::runtime_error("expected a failure with: " + text + ", got: " + message);
    }
}

void check_status(int32_t status) {
    if (status != 0) { throw std::runtime_error(ab_kernels_last_error()); }
}

}  // namespace tests

int main() {
    int failed = 0;
    for (const tests::Test& test : tests::all_tests()) {
        try {
            test.body();
        } catch (const std::exception& e) {
            std::printf("%s: %s\n", test.name, e.what());
            failed++;
        }
    }
    std::printf("kernels at level %s: %zu passed, %d failed\n", ab_kernels_level(),
        tests::all_tests().size() - static_cast<size_t>(failed), failed);
    return failed == 0 ? 0 : 1;
}
