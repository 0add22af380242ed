// A test is a function with TEST(name) in front; it fails by throwing, mostly through the checks below.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tests {

using Numbers = std::vector<float>;

struct Registration {
    Registration(const char* name, void (*body)());
};

// Normal numbers, the same for the same seed.
Numbers random_numbers(int64_t count, int seed);

// Fails unless |actual - expected| <= tolerance * (1 + |expected|) everywhere.
void check_close(const std::vector<double>& expected, const Numbers& actual, double tolerance, const std::string& what);

// Fails unless the bits are the same; count floats from each.
void check_same(const float* expected, const float* actual, int64_t count, const std::string& what);

// Fails unless the status of a call at the C border is a failure whose message has this text in it.
void check_fails(int32_t status, const std::string& text);

// Throws with the border's message if the status of a call is a failure.
void check_status(int32_t status);

}  // namespace tests

#define TEST(name)                                                \
    static void name();                                           \
    static const ::tests::Registration name##_registration(#name, name); \
    static void name()
