// One function for every ATen operator: the dispatcher's boxed calling convention.
#include "values.h"

#include <array>
#include <atomic>
#include <mutex>
#include <unordered_map>

namespace alignbench {
namespace {

constexpr int32_t capacity = 4096;
std::array<std::atomic<Operator*>, capacity> operators{};
std::unordered_map<std::string, int32_t> ids;
int32_t operator_count = 0;
std::mutex operators_mutex;

// Results of this thread's last call that did not fit the caller's array.
thread_local std::vector<Value> overflow;

}  // namespace
}  // namespace alignbench

using namespace alignbench;

// Looks an operator up by its schema name ("aten::add", "Tensor"); the id is good for the process's life.
AB_EXPORT int32_t ab_torch_operator_find(const char* name, const char* overload, int32_t* id) {
  return guarded([&] {
    std::lock_guard<std::mutex> lock(operators_mutex);
    std::string key = std::string(name) + "." + overload;
    auto known = ids.find(key);
    if (known != ids.end()) {
      *id = known->second;
      return;
    }
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(handle.has_value(), "libtorch ", TORCH_VERSION, " has no operator ", name, overload[0] ? "." : "",
        overload);
    TORCH_CHECK(operator_count < capacity, "more than ", capacity, " operators");
    auto* op = new Operator{*handle, {}};
    for (const c10::Argument& argument : handle->schema().arguments()) {
      op->slots.push_back(slot_of(argument));
    }
    operators[operator_count].store(op, std::memory_order_release);
    ids.emplace(std::move(key), operator_count);
    *id = operator_count++;
  });
}

// Calls operator `id` with `argument_count` values; the schema's defaults fill the rest. The first `result_capacity`
// results go to `results`, `result_count` says how many there are; ab_torch_results_take hands out those left over.
// results == nullptr: they are dropped.
AB_EXPORT int32_t ab_torch_invoke(int32_t id, const Value* arguments, int32_t argument_count, Value* results,
    int32_t result_capacity, int32_t* result_count) {
  return guarded([&] {
    const Operator& op = *operators[id].load(std::memory_order_acquire);
    const std::vector<c10::Argument>& wanted = op.handle.schema().arguments();
    TORCH_CHECK(static_cast<size_t>(argument_count) <= wanted.size(), op.handle.operator_name(), " takes ",
        wanted.size(), " arguments, got ", argument_count);

    torch::jit::Stack stack;
    stack.reserve(std::max(wanted.size(), size_t{4}));
    const Value missing{Kind::schema_default, 0, {0}};
    for (size_t i = 0; i < wanted.size(); i++) {
      stack.push_back(value_for(op, i, i < static_cast<size_t>(argument_count) ? arguments[i] : missing));
    }
    op.handle.callBoxed(stack);

    free_values(overflow);
    if (results == nullptr) {
      *result_count = 0;
      return;
    }
    if (stack.size() == 1 && stack[0].isTensor() && result_capacity > 0) {
      results[0] = tensor_value(std::move(stack[0]).toTensor());
      *result_count = 1;
      return;
    }
    std::vector<Value> all;
    for (const c10::IValue& result : stack) {
      append_result(all, result);
    }
    *result_count = static_cast<int32_t>(all.size());
    const size_t fit = std::min(all.size(), static_cast<size_t>(result_capacity));
    std::copy(all.begin(), all.begin() + fit, results);
    overflow.assign(all.begin() + fit, all.end());
  });
}

// The results of this thread's last call behind the first `result_capacity`, in order.
AB_EXPORT int32_t ab_torch_results_take(Value* results, int32_t count) {
  return guarded([&] {
    TORCH_CHECK(static_cast<size_t>(count) == overflow.size(), overflow.size(), " results are left, not ", count);
    std::copy(overflow.begin(), overflow.end(), results);
    overflow.clear();
  });
}
