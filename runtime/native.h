// Native methods: how C++ functions become Python callables. One table row a method: name, signature, function, effects.
//
// The signature is the text inspect.signature reads ("($self, object, /, *, key=None)"); argument binding, the error messages for wrong
// calls, the interpreter's call path and the JIT all follow from it. A leading '!' means: bind by it, but show no __text_signature__
// (functions for which CPython has none). Parameters with a default that the caller left out arrive as null Values: the function knows
// its default. `*args` arrives as a Tuple, `**kwargs` as a Dict.
#pragma once
#include <cstdint>
#include <string_view>

#include "runtime/class.h"
#include "runtime/value.h"

namespace pyjit::runtime {

// What a call may do, for the JIT: ordered by strength.
enum class Effects : uint8_t {
  kPure,         // depends on its arguments' immutable values only; may be removed and merged
  kReads,        // reads mutable heap state
  kWrites,       // changes heap state, runs no Python code
  kCallsPython,  // anything
};
constexpr uint8_t kMayRaise = 0x80;  // or-ed into MethodDef::effects; without it the function never fails

using NativeFn = Value (*)(Value* args);                                       // one entry a parameter, self first
using RawNativeFn = Value (*)(Value* args, uint32_t nargs, Tuple* kwnames);    // unbound: self (methods) first, nargs counts it, keyword values behind

enum class MethodKind : uint8_t { kMethod, kClassMethod, kStaticMethod, kFunction };

struct MethodDef {
  const char* name;
  const char* signature;
  NativeFn fn = nullptr;
  Effects effects = Effects::kCallsPython;
  MethodKind kind = MethodKind::kMethod;
  const char* doc = nullptr;
  RawNativeFn raw = nullptr;   // instead of fn: takes the call as it comes
};

struct GetSetDef {
  const char* name;
  Value (*get)(Value self);
  bool (*set)(Value self, Value value) = nullptr;   // value null: delete; absent: read-only
  const char* doc = nullptr;
  bool is_member = false;                           // a field of the C structure in CPython: reads "readonly attribute" when set
};

// A signature, parsed on first use.
struct Signature {
  struct Parameter { std::string_view name; bool has_default; };
  const Parameter* parameters;   // positional first, then keyword-only
  uint16_t positional_only, positional, keyword_only;  // `positional` counts the positional-only ones; self included for methods
  uint16_t required_positional;
  bool var_args, var_keywords;
  bool has_self;
  // Any required_positional ... positional values by position bind as they are, the rest of the (at most kDirectEntries) entries null.
  bool direct;
  uint16_t total() const { return positional + keyword_only + var_args + var_keywords; }  // entries of the bound array: positional, *args, keyword-only, **kwargs
};
constexpr unsigned kDirectEntries = 8;
const Signature* parse_signature(const MethodDef* def);
// Fills out[0 .. total) from a call. False: TypeError pending, worded as CPython's argument clinic words it.
bool bind_arguments(const MethodDef* def, const Signature* signature, Value* args, uint32_t nargs, Tuple* kwnames, Value* out);

// builtin_function_or_method (self bound) and method_descriptor (self unbound), classmethod_descriptor.
struct NativeFunction : Object {
  Object* overflow;
  const MethodDef* def;
  const Signature* signature;   // null until first needed; see ensure_signature
  Value self;                   // bound self, or the module for functions, or null
  Value module_name;
  Class* owner;                 // method_descriptor: __objclass__
};
NativeFunction* new_native_function(const MethodDef* def, Value self, Value module_name);
NativeFunction* new_method_descriptor(const MethodDef* def, Class* owner);
inline const Signature* ensure_signature(NativeFunction* f) { return f->signature ? f->signature : (f->signature = parse_signature(f->def)); }
// Adds rows (ending with a null name) to a module as functions.
bool add_functions(struct Module* module, const MethodDef* rows);

Value builtin_function(std::string_view name);    // builtins.<name>

// Argument conversion with CPython's messages. -1/false with an exception pending on failure.
bool index_to_ssize(Value v, int64_t* out, Class* overflow_error = nullptr);   // __index__; overflow: clipped, or overflow_error raised
bool to_int64(Value v, int64_t* out);                                          // OverflowError "Python int too large to convert to C long"
bool to_int32(Value v, int* out);
bool to_double(Value v, double* out);                                          // float(), __float__, __index__
Str* expect_str(Value v, const char* function, const char* argument);          // "{function}() argument '{argument}' must be str, not int"

}  // namespace pyjit::runtime
