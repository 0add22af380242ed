// The C border's conventions: every function returns 0 on success and 1 on failure; after a failure
// ab_kernels_last_error() holds this thread's message. No C++ exception crosses. Pointers that go in are the
// caller's and only read, unless the function's comment says that it writes there.
#pragma once

#include <cstdint>
#include <exception>
#include <string>

#define AB_EXPORT extern "C" __attribute__((visibility("default")))

namespace kernels {

std::string& last_error();

template <typename Body>
int32_t guarded(Body&& body) noexcept {
    try {
        body();
        return 0;
    } catch (const std::bad_alloc&) {
        last_error() = "not enough memory for the kernel's weights or workspace";
    } catch (const std::exception& e) {
        last_error() = e.what();
    } catch (...) {
        last_error() = "unknown error in a kernel";
    }
    return 1;
}

}  // namespace kernels
