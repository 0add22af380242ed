// Values as they cross the border, and what they are to the dispatcher.
#pragma once

#include "shim.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>

#include <vector>

namespace alignbench {

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

struct Value {
  Kind kind;
  int32_t length;
  union {
    int64_t integer;
    double real;
    void* pointer;
  };
};

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

// What `argument` of a schema wants.
Slot slot_of(const c10::Argument& argument);

// `value` as the operator's argument at `place`; throws if the schema wants another kind there.
c10::IValue value_for(const Operator& op, size_t place, const Value& value);

// A handle of its own; Kind::none for an undefined tensor.
Value tensor_value(at::Tensor tensor);

// Appends what the caller sees of one return value; lists are flattened.
void append_result(std::vector<Value>& results, const c10::IValue& result);

// Frees the tensors among them.
void free_values(std::vector<Value>& values);

}  // namespace alignbench
