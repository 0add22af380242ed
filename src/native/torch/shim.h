// What the shim's files share: the border's types, error handling, handles.
//
// Every exported function returns 0 on success and 1 on failure; after a failure ab_torch_last_error() holds the message
// of this thread. No C++ exception ever crosses the border.
//
// A tensor handle is an at::Tensor*, a generator handle an at::Generator*. Handles that come out belong to the caller,
// who frees them with ab_torch_tensor_free / ab_torch_generator_free; handles that go in are only read.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <torch/version.h>

#include <cstdint>
#include <exception>
#include <string>

#define AB_EXPORT extern "C" __attribute__((visibility("default")))

namespace alignbench {

std::string& last_error();

template <typename Body>
int32_t guarded(Body&& body) noexcept {
  try {
    body();
    return 0;
  } catch (const c10::Error& e) {
    last_error() = e.what_without_backtrace();
  } catch (const std::exception& e) {
    last_error() = e.what();
  } catch (...) {
    last_error() = "unknown C++ exception";
  }
  return 1;
}

inline at::Tensor* handle_of(at::Tensor tensor) {
  return new at::Tensor(std::move(tensor));
}

// [count] handles -> tensors; a null handle becomes an undefined tensor.
std::vector<at::Tensor> tensors_of(at::Tensor* const* handles, int32_t count);

}  // namespace alignbench
