// One function for every ATen operator: the dispatcher's boxed calling convention.
#include "shim.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>

#include <array>
#include <atomic>
#include <mutex>
#include <unordered_map>

namespace alignbench {
namespace {

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 5)
template <typename T>
using Optional = std::optional<T>;
#else
template <typename T>
using Optional = c10::optional<T>;     // a class of its own before 2.3, the standard's until it went
#endif

// The same numbers are in Native/NativeValue.cs.
enum class Kind : int32_t {
  none = 0,
  tensor = 1,        // pointer: at::Tensor*
  tensors = 2,       // pointer: at::Tensor*[length], null = undefined
  integer = 3,       // also dtype, layout and memory format
  real = 4,
  boolean = 5,       // integer: 0 or 1
  integers = 6,      // pointer: int64_t[length]
  reals = 7,         // pointer: double[length]
  booleans = 8,      // pointer: int64_t[length], 0 or 1
  text = 9,          // pointer: UTF-8, length bytes
  device = 10,       // integer: type + 256 * (index + 1)
  generator = 11,    // pointer: at::Generator*
  schema_default = 12,
};

}  // namespace

struct Value {
  Kind kind;
  int32_t length;
  union {
    int64_t integer;
    double real;
    void* pointer;
  };
};

namespace {

// What the schema wants at one place.
struct Slot {
  c10::TypeKind kind;                   // of the type inside an optional
  c10::TypeKind element;                // of a list's elements
  bool optional = false;
  bool optional_element = false;
  int32_t broadcast = 1;                // int[2] takes one int twice
};

struct Operator {
  c10::OperatorHandle handle;
  std::vector<Slot> slots;
};

constexpr int32_t capacity = 4096;
std::array<std::atomic<Operator*>, capacity> operators{};
std::unordered_map<std::string, int32_t> ids;
int32_t operator_count = 0;
std::mutex operators_mutex;

// Results of this thread's last call that did not fit the caller's array.
thread_local std::vector<Value> overflow;

Slot slot_of(const c10::Argument& argument) {
  Slot slot{};
  c10::TypePtr type = argument.type();
  if (type->kind() == c10::TypeKind::OptionalType) {
    slot.optional = true;
    type = type->expectRef<c10::OptionalType>().getElementType();
  }
  slot.kind = type->kind();
  if (slot.kind == c10::TypeKind::ListType) {
    c10::TypePtr element = type->expectRef<c10::ListType>().getElementType();
    if (element->kind() == c10::TypeKind::OptionalType) {
      slot.optional_element = true;
      element = element->expectRef<c10::OptionalType>().getElementType();
    }
    slot.element = element->kind();
    slot.broadcast = argument.N().value_or(1);
  }
  return slot;
}

[[noreturn]] void mismatch(const Operator& op, size_t place, const Value& value) {
  const c10::Argument& argument = op.handle.schema().arguments()[place];
  TORCH_CHECK(false, op.handle.operator_name(), ": argument '", argument.name(), "' expects ",
      argument.type()->str(), ", got a value of kind ", static_cast<int32_t>(value.kind));
}

bool is_int(c10::TypeKind kind) {
  return kind == c10::TypeKind::IntType || kind == c10::TypeKind::SymIntType;
}

c10::Device device_of(const Value& value) {
  return c10::Device(static_cast<c10::DeviceType>(value.integer & 255),
      static_cast<c10::DeviceIndex>((value.integer >> 8) - 1));
}

template <typename T>
c10::List<T> list_of(const Value& value) {
  const auto* items = static_cast<const T*>(value.pointer);
  c10::List<T> list;
  list.reserve(value.length);
  for (int32_t i = 0; i < value.length; i++) {
    list.push_back(items[i]);
  }
  return list;
}

c10::IValue tensors_value(const Value& value, bool optional_element) {
  auto* const* items = static_cast<at::Tensor* const*>(value.pointer);
  if (optional_element) {
    c10::List<Optional<at::Tensor>> list;
    for (int32_t i = 0; i < value.length; i++) {
      list.push_back(items[i] == nullptr ? Optional<at::Tensor>() : Optional<at::Tensor>(*items[i]));
    }
    return list;
  }
  c10::List<at::Tensor> list;
  list.reserve(value.length);
  for (int32_t i = 0; i < value.length; i++) {
    list.push_back(items[i] == nullptr ? at::Tensor() : *items[i]);
  }
  return list;
}

c10::IValue list_value(const Operator& op, size_t place, const Slot& slot, const Value& value) {
  if (slot.element == c10::TypeKind::TensorType && value.kind == Kind::tensors) {
    return tensors_value(value, slot.optional_element);
  }
  if (is_int(slot.element)) {
    if (value.kind == Kind::integers) {
      return list_of<int64_t>(value);
    }
    if (value.kind == Kind::integer) {
      return c10::List<int64_t>(std::vector<int64_t>(slot.broadcast, value.integer));
    }
  }
  if (slot.element == c10::TypeKind::FloatType && value.kind == Kind::reals) {
    return list_of<double>(value);
  }
  if (slot.element == c10::TypeKind::BoolType && value.kind == Kind::booleans) {
    c10::List<bool> list;
    for (int32_t i = 0; i < value.length; i++) {
      list.push_back(static_cast<const int64_t*>(value.pointer)[i] != 0);
    }
    return list;
  }
  mismatch(op, place, value);
}

c10::IValue value_for(const Operator& op, size_t place, const Value& value) {
  const Slot& slot = op.slots[place];
  if (value.kind == Kind::schema_default) {
    const Optional<c10::IValue>& fallback = op.handle.schema().arguments()[place].default_value();
    TORCH_CHECK(fallback.has_value(), op.handle.operator_name(), ": argument '",
        op.handle.schema().arguments()[place].name(), "' has no default");
    return *fallback;
  }
  if (value.kind == Kind::none) {
    if (slot.optional) {
      return {};
    }
    if (slot.kind == c10::TypeKind::TensorType) {
      return at::Tensor();
    }
    mismatch(op, place, value);
  }

  switch (slot.kind) {
    case c10::TypeKind::TensorType:
      if (value.kind == Kind::tensor) {
        return *static_cast<at::Tensor*>(value.pointer);
      }
      break;
    case c10::TypeKind::NumberType:
      if (value.kind == Kind::integer) {
        return value.integer;
      }
      if (value.kind == Kind::real) {
        return value.real;
      }
      if (value.kind == Kind::boolean) {
        return value.integer != 0;
      }
      break;
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType:
      if (value.kind == Kind::integer || value.kind == Kind::boolean) {
        return value.integer;
      }
      break;
    case c10::TypeKind::FloatType:
      if (value.kind == Kind::real) {
        return value.real;
      }
      if (value.kind == Kind::integer) {
        return static_cast<double>(value.integer);
      }
      break;
    case c10::TypeKind::BoolType:
      if (value.kind == Kind::boolean || value.kind == Kind::integer) {
        return value.integer != 0;
      }
      break;
    case c10::TypeKind::StringType:
      if (value.kind == Kind::text) {
        return std::string(static_cast<const char*>(value.pointer), value.length);
      }
      break;
    case c10::TypeKind::DeviceObjType:
      if (value.kind == Kind::device) {
        return device_of(value);
      }
      break;
    case c10::TypeKind::GeneratorType:
      if (value.kind == Kind::generator) {
        return *static_cast<at::Generator*>(value.pointer);
      }
      break;
    case c10::TypeKind::ListType:
      return list_value(op, place, slot, value);
    default:
      break;
  }
  mismatch(op, place, value);
}

Value tensor_value(at::Tensor tensor) {
  Value value{};
  if (tensor.defined()) {
    value.kind = Kind::tensor;
    value.pointer = handle_of(std::move(tensor));
  }
  return value;
}

// Appends what the caller sees of one return value; lists are flattened.
void append_result(std::vector<Value>& results, const c10::IValue& result) {
  Value value{};
  if (result.isTensor()) {
    value = tensor_value(result.toTensor());
  } else if (result.isTensorList()) {
    for (const at::Tensor& tensor : result.toTensorVector()) {
      results.push_back(tensor_value(tensor));
    }
    return;
  } else if (result.isInt()) {
    value.kind = Kind::integer;
    value.integer = result.toInt();
  } else if (result.isDouble()) {
    value.kind = Kind::real;
    value.real = result.toDouble();
  } else if (result.isBool()) {
    value.kind = Kind::boolean;
    value.integer = result.toBool() ? 1 : 0;
  } else {
    TORCH_CHECK(result.isNone(), "a result of type ", result.tagKind(), " has no place in the managed world");
  }
  results.push_back(value);
}

void free_values(std::vector<Value>& values) {
  for (const Value& value : values) {
    if (value.kind == Kind::tensor) {
      delete static_cast<at::Tensor*>(value.pointer);
    }
  }
  values.clear();
}

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
