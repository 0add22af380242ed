// Errors, random generators, threads, version, devices.
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/cuda.h>

#include <dlfcn.h>

namespace alignbench {

std::string& last_error() {
  static thread_local std::string message;
  return message;
}

namespace {

at::Generator generator_for(c10::Device device) {
  if (device.is_cpu()) {
    return at::detail::createCPUGenerator();
  }
  return at::globalContext().defaultGenerator(device).clone();
}

}  // namespace
}  // namespace alignbench

using namespace alignbench;

// The message of this thread's last failure; owned by the shim, good until the next failure.
AB_EXPORT const char* ab_torch_last_error() {
  return last_error().c_str();
}

AB_EXPORT const char* ab_torch_version() {
  return TORCH_VERSION;
}

AB_EXPORT int32_t ab_torch_generator_new(int32_t device_type, int32_t device_index, uint64_t seed,
    at::Generator** generator) {
  return guarded([&] {
    at::Generator made = generator_for(
        c10::Device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index)));
    made.set_current_seed(seed);
    *generator = new at::Generator(std::move(made));
  });
}

// The process-wide generator of the CPU.
AB_EXPORT int32_t ab_torch_generator_default(at::Generator** generator) {
  return guarded([&] { *generator = new at::Generator(at::detail::getDefaultCPUGenerator()); });
}

AB_EXPORT void ab_torch_generator_free(at::Generator* generator) {
  delete generator;
}

AB_EXPORT int32_t ab_torch_generator_seed(at::Generator* generator, uint64_t* seed) {
  return guarded([&] { *seed = generator->current_seed(); });
}

AB_EXPORT int32_t ab_torch_generator_set_seed(at::Generator* generator, uint64_t seed) {
  return guarded([&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    generator->set_current_seed(seed);
  });
}

// [bytes] uint8.
AB_EXPORT int32_t ab_torch_generator_state(at::Generator* generator, at::Tensor** state) {
  return guarded([&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    *state = handle_of(generator->get_state());
  });
}

AB_EXPORT int32_t ab_torch_generator_set_state(at::Generator* generator, const at::Tensor* state) {
  return guarded([&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    generator->set_state(*state);
  });
}

// Seeds the default generators of every device.
AB_EXPORT int32_t ab_torch_manual_seed(uint64_t seed) {
  return guarded([&] { at::manual_seed(seed); });
}

AB_EXPORT int32_t ab_torch_threads(int32_t* threads) {
  return guarded([&] { *threads = at::get_num_threads(); });
}

// libtorch's own pool, and OpenBLAS' where that is the BLAS behind libtorch (Debian): its matrix products would
// otherwise stay at the count of the environment.
AB_EXPORT int32_t ab_torch_set_threads(int32_t threads) {
  return guarded([&] {
    at::set_num_threads(threads);
    if (void* set = dlsym(RTLD_DEFAULT, "openblas_set_num_threads")) {
      reinterpret_cast<void (*)(int)>(set)(threads);
    }
  });
}

AB_EXPORT int32_t ab_torch_interop_threads(int32_t* threads) {
  return guarded([&] { *threads = static_cast<int32_t>(at::get_num_interop_threads()); });
}

AB_EXPORT int32_t ab_torch_set_interop_threads(int32_t threads) {
  return guarded([&] { at::set_num_interop_threads(threads); });
}

// 0 where this libtorch is built without CUDA or no driver answers.
AB_EXPORT int32_t ab_torch_cuda_devices(int32_t* devices) {
  return guarded([&] { *devices = static_cast<int32_t>(torch::cuda::device_count()); });
}
