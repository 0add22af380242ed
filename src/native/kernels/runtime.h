// What the users of oneDNN share: its engine, a stream per thread, one thread per primitive.
#pragma once

#include <dnnl.hpp>

namespace kernels {

const dnnl::engine& engine();

// This thread's own.
dnnl::stream& stream();

// While it lives, oneDNN makes and runs primitives on the calling thread alone, whatever libtorch has set for it.
class OneThread {
public:
    OneThread();
    ~OneThread();
    OneThread(const OneThread&) = delete;
    OneThread& operator=(const OneThread&) = delete;

private:
    int before_;
};

}  // namespace kernels
