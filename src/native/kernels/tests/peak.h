#pragma once

namespace tests {

// 10^9 float operations a second of this thread in fused multiply-adds of registers, at the widest vectors that the CPU
// has (AVX2 at least).
double measured_peak();

// Processor time of this thread.
double thread_seconds();

}  // namespace tests
