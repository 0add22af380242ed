// A vector of floats of KERNELS_LANES lanes (GCC's vector extension) and the functions of it that the kernels share.
//
// Everything here and in the other headers of this folder lies in an anonymous namespace, and no header of the
// standard library that has inline code is included: level.cpp is compiled once for each instruction set, and the
// linker must never merge two of the copies.
#pragma once

#include <stdint.h>

namespace {

constexpr int64_t lanes = KERNELS_LANES;

// Aligned like a float, so that it may be loaded from anywhere.
typedef float Floats __attribute__((vector_size(KERNELS_LANES * 4), aligned(4), may_alias));
typedef int32_t Ints __attribute__((vector_size(KERNELS_LANES * 4), aligned(4), may_alias));

inline Floats all(float value) { return value - Floats{}; }

inline Floats load(const float* from) { return *reinterpret_cast<const Floats*>(from); }

inline void store(float* to, Floats value) { *reinterpret_cast<Floats*>(to) = value; }

// The first count < lanes; the others are 0.
inline Floats load_some(const float* from, int64_t count) {
    Floats value{};
    for (int64_t i = 0; i < count; i++) {
        value[i] = from[i];
    }
    return value;
}

inline void store_some(float* to, Floats value, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        to[i] = value[i];
    }
}

// Of a NaN on the left the result is the NaN.
inline Floats at_least(Floats x, Floats bound) { return x < bound ? bound : x; }

inline Floats at_most(Floats x, Floats bound) { return x > bound ? bound : x; }

inline float sum(Floats x) {
    float parts[lanes];
    store(parts, x);
    for (int64_t half = lanes / 2; half > 0; half /= 2) {
        for (int64_t i = 0; i < half; i++) {
            parts[i] += parts[i + half];
        }
    }
    return parts[0];
}

inline float largest(Floats x) {
    float most = x[0];
    for (int64_t i = 1; i < lanes; i++) {
        most = x[i] > most ? x[i] : most;
    }
    return most;
}

inline float square_root(float x) { return __builtin_sqrtf(x); }

// e^x to 2 units in the last place for -87.3 <= x <= 88 (Cephes, expf.c); outside, its value at the bound.
inline Floats exponential(Floats x) {
    x = at_most(at_least(x, all(-87.3f)), all(88.0f));
    const Floats rounder = all(12582912.0f);  // 1.5 * 2^23: adding it rounds to a whole number
    Floats whole = x * 1.44269504088896341f + rounder;
    whole -= rounder;
    Floats rest = x - whole * 0.693359375f;
    rest -= whole * -2.12194440e-4f;
    const Floats square = rest * rest;
    Floats p = (rest * 1.9875691500e-4f + 1.3981999507e-3f) * square + (rest * 8.3334519073e-3f + 4.1665795894e-2f);
    p = p * square + (rest * 1.6666665459e-1f + 5.0000001201e-1f);
    p = p * square + (rest + 1.0f);
    Ints power = __builtin_convertvector(whole, Ints);
    return p * (Floats)((power + 127) << 23);
}

// The same, and exactly 0 below -87.3.
inline Floats exponential_or_zero(Floats x) { return x < all(-87.3f) ? Floats{} : exponential(x); }

// erf to 3e-7 (the rational function of Eigen, generic_fast_erf_float).
inline Floats error_function(Floats x) {
    x = at_most(at_least(x, all(-4.0f)), all(4.0f));
    Floats square = x * x;
    Floats p = all(-2.72614225801306e-10f);
    p = p * square + 2.77068142495902e-08f;
    p = p * square + -2.10102402082508e-06f;
    p = p * square + -5.69250639462346e-05f;
    p = p * square + -7.34990630326855e-04f;
    p = p * square + -2.95459980854025e-03f;
    p = p * square + -1.60960333262415e-02f;
    Floats q = all(-1.45660718464996e-05f);
    q = q * square + -2.13374055278905e-04f;
    q = q * square + -1.68282697438203e-03f;
    q = q * square + -7.37332916720468e-03f;
    q = q * square + -1.42647390514189e-02f;
    return at_most(at_least(x * p / q, all(-1.0f)), all(1.0f));
}

}  // namespace
