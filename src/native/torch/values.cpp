#include "values.h"

namespace alignbench {
namespace {

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 5)
template <typename T>
using Optional = std::optional<T>;
#else
template <typename T>
using Optional = c10::optional<T>;     // a class of its own before 2.3, the standard's until it went
#endif

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

}  // namespace

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

}  // namespace alignbench
