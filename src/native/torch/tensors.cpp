// A tensor's life and what can be read off it without an operator.
#include "shim.h"

#include <ATen/ops/from_blob.h>

namespace alignbench {

// The same layout is in Native/TensorDescription.cs.
struct Description {
  int64_t dimensions;
  int64_t elements;
  int64_t storage_offset;
  int64_t element_size;
  const int64_t* sizes;      // [dimensions], lives as long as the tensor's shape stays
  const int64_t* strides;    // [dimensions]
  int32_t dtype;
  int32_t device_type;
  int32_t device_index;
  int32_t is_contiguous;
  int32_t is_sparse;
  int32_t is_conj;
};

std::vector<at::Tensor> tensors_of(at::Tensor* const* handles, int32_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int32_t i = 0; i < count; i++) {
    tensors.push_back(handles[i] == nullptr ? at::Tensor() : *handles[i]);
  }
  return tensors;
}

}  // namespace alignbench

using namespace alignbench;

AB_EXPORT void ab_torch_tensor_free(at::Tensor* tensor) {
  delete tensor;
}

// A second handle of the same tensor.
AB_EXPORT int32_t ab_torch_tensor_alias(const at::Tensor* tensor, at::Tensor** alias) {
  return guarded([&] { *alias = handle_of(*tensor); });
}

AB_EXPORT int32_t ab_torch_tensor_describe(const at::Tensor* tensor, Description* description) {
  return guarded([&] {
    const at::Tensor& t = *tensor;
    const bool strided = t.layout() == c10::kStrided;
    description->dimensions = t.dim();
    description->elements = t.numel();
    description->storage_offset = strided ? t.storage_offset() : 0;
    description->element_size = static_cast<int64_t>(t.element_size());
    description->sizes = t.sizes().data();
    description->strides = strided ? t.strides().data() : nullptr;
    description->dtype = static_cast<int32_t>(t.scalar_type());
    description->device_type = static_cast<int32_t>(t.device().type());
    description->device_index = t.device().index();
    description->is_contiguous = strided && t.is_contiguous() ? 1 : 0;
    description->is_sparse = t.is_sparse() ? 1 : 0;
    description->is_conj = t.is_conj() ? 1 : 0;
  });
}

// The address of the first element; the memory belongs to the tensor.
AB_EXPORT int32_t ab_torch_tensor_data(const at::Tensor* tensor, void** data) {
  return guarded([&] { *data = tensor->data_ptr(); });
}

// A contiguous CPU tensor over the caller's memory, which `release(context)` gives back when the last user is gone.
AB_EXPORT int32_t ab_torch_tensor_from_memory(void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype,
    void (*release)(void*), void* context, at::Tensor** tensor) {
  return guarded([&] {
    auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
    *tensor = handle_of(at::from_blob(
        data, at::IntArrayRef(sizes, dimensions), [release, context](void*) { release(context); }, options));
  });
}
