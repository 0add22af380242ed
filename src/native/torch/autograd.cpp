// Gradients and the thread's grad modes.
#include "shim.h"

#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

using namespace alignbench;

AB_EXPORT int32_t ab_torch_tensor_requires_grad(const at::Tensor* tensor, int32_t* requires_grad) {
  return guarded([&] { *requires_grad = tensor->requires_grad() ? 1 : 0; });
}

AB_EXPORT int32_t ab_torch_tensor_set_requires_grad(const at::Tensor* tensor, int32_t requires_grad) {
  return guarded([&] { tensor->set_requires_grad(requires_grad != 0); });
}

AB_EXPORT int32_t ab_torch_tensor_is_leaf(const at::Tensor* tensor, int32_t* is_leaf) {
  return guarded([&] { *is_leaf = tensor->is_leaf() ? 1 : 0; });
}

AB_EXPORT int32_t ab_torch_tensor_retain_grad(const at::Tensor* tensor) {
  return guarded([&] { tensor->retain_grad(); });
}

// The accumulated gradient, or null.
AB_EXPORT int32_t ab_torch_tensor_grad(const at::Tensor* tensor, at::Tensor** grad) {
  return guarded([&] {
    const at::Tensor& value = tensor->grad();
    *grad = value.defined() ? handle_of(value) : nullptr;
  });
}

// Null takes the gradient away.
AB_EXPORT int32_t ab_torch_tensor_set_grad(const at::Tensor* tensor, const at::Tensor* grad) {
  return guarded([&] { tensor->mutable_grad() = grad == nullptr ? at::Tensor() : *grad; });
}

// Adds the gradients of `tensors` (weighted by `grads`; grad_count 0: ones) to the leaves, or to `inputs` only.
AB_EXPORT int32_t ab_torch_backward(at::Tensor* const* tensors, int32_t tensor_count, at::Tensor* const* grads,
    int32_t grad_count, int32_t retain_graph, int32_t create_graph, at::Tensor* const* inputs, int32_t input_count) {
  return guarded([&] {
    torch::autograd::backward(tensors_of(tensors, tensor_count), tensors_of(grads, grad_count), retain_graph != 0,
        create_graph != 0, tensors_of(inputs, input_count));
  });
}

// d outputs / d inputs into gradients[input_count]; null where an unused input is allowed.
AB_EXPORT int32_t ab_torch_grad(at::Tensor* const* outputs, int32_t output_count, at::Tensor* const* inputs,
    int32_t input_count, at::Tensor* const* grads, int32_t grad_count, int32_t retain_graph, int32_t create_graph,
    int32_t allow_unused, at::Tensor** gradients) {
  return guarded([&] {
    std::vector<at::Tensor> found = torch::autograd::grad(tensors_of(outputs, output_count),
        tensors_of(inputs, input_count), tensors_of(grads, grad_count), retain_graph != 0, create_graph != 0,
        allow_unused != 0);
    for (size_t i = 0; i < found.size(); i++) {
      gradients[i] = found[i].defined() ? handle_of(std::move(found[i])) : nullptr;
    }
  });
}

AB_EXPORT int32_t ab_torch_grad_mode(int32_t* enabled) {
  return guarded([&] { *enabled = at::GradMode::is_enabled() ? 1 : 0; });
}

AB_EXPORT int32_t ab_torch_set_grad_mode(int32_t enabled) {
  return guarded([&] { at::GradMode::set_enabled(enabled != 0); });
}

AB_EXPORT int32_t ab_torch_inference_mode(int32_t* enabled) {
  return guarded([&] { *enabled = c10::InferenceMode::is_enabled() ? 1 : 0; });
}

// The mode holds on this thread until the guard is freed, on this thread, in reverse order of making.
AB_EXPORT int32_t ab_torch_inference_guard_new(int32_t enabled, c10::InferenceMode** guard) {
  return guarded([&] { *guard = new c10::InferenceMode(enabled != 0); });
}

AB_EXPORT void ab_torch_inference_guard_free(c10::InferenceMode* guard) {
  delete guard;
}
