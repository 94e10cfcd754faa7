// The abstract object protocol: every Python operation on Values, with CPython's dispatch rules and messages.
//
// These are the general entry points that native code calls. The interpreter and the recorder reach the same rules through the
// machine templates in interp/, which fall back on these. See errors.h for failure conventions; int results: -1 is failure.
#pragma once
#include <cstdint>

#include "runtime/class.h"
#include "runtime/errors.h"
#include "runtime/value.h"

namespace pyjit::runtime {

// Attributes.
Value get_attr(Value object, Str* name);
Value get_attr_or_null(Value object, Str* name);        // AttributeError swallowed: null with nothing pending; other errors stay pending
bool set_attr(Value object, Str* name, Value value);    // value null: delete
// Special-method lookup on the type, bound to the object. Null: absent (nothing pending) or error (pending).
Value lookup_special(Value object, Str* name);

// Calls. Positional arguments, then the values of kwnames.
Value call(Value callable, Value* args, uint32_t nargs, Tuple* kwnames = nullptr);
inline Value call0(Value f) { return call(f, nullptr, 0); }
inline Value call1(Value f, Value a) { return call(f, &a, 1); }
inline Value call2(Value f, Value a, Value b) { Value v[] = {a, b}; return call(f, v, 2); }
inline Value call3(Value f, Value a, Value b, Value c) { Value v[] = {a, b, c}; return call(f, v, 3); }
Value call_tuple_dict(Value f, Tuple* args, Dict* kwargs);  // f(*args, **kwargs); kwargs may be null
Value call_method(Value object, Str* name, Value* args, uint32_t nargs, Tuple* kwnames = nullptr);
inline Value call_method0(Value o, Str* n) { return call_method(o, n, nullptr, 0); }
inline Value call_method1(Value o, Str* n, Value a) { return call_method(o, n, &a, 1); }
inline Value call_method2(Value o, Str* n, Value a, Value b) { Value v[] = {a, b}; return call_method(o, n, v, 2); }
// Calls the special method if the type has it. *found tells absence from failure.
Value call_special(Value object, Str* name, bool* found, Value* args = nullptr, uint32_t nargs = 0);
bool is_callable(Value v);

// Arithmetic.
Value binary_op(BinaryOp op, Value a, Value b);
Value inplace_op(BinaryOp op, Value a, Value b);
Value power(Value base, Value exponent, Value modulus);
Value divmod(Value a, Value b);
Value negative(Value v);
Value positive(Value v);
Value absolute(Value v);
Value invert(Value v);
Value number_index(Value v);                            // __index__: an exact int
Value number_int(Value v);                              // int(v)
Value number_float(Value v);

// Comparison, truth, hash.
Value compare(Value a, Value b, CompareOp op);
int compare_bool(Value a, Value b, CompareOp op);       // with the identity shortcut for == and != that containers use
int is_true(Value v);
int64_t hash(Value v);                                  // -1: error
int contains(Value container, Value item);
int is_instance_of(Value v, Value classinfo);           // isinstance(): hooks, tuples, unions
int is_subclass_of(Value v, Value classinfo);

// Containers and iteration.
int64_t length(Value v);
int64_t length_hint(Value v, int64_t fallback);
Value get_item(Value container, Value key);
bool set_item(Value container, Value key, Value value); // value null: delete
Value get_iter(Value v);
Value iter_next(Value iterator);                        // null: exhausted (nothing pending) or error (pending)
bool is_iterable_type(Value v);
List* to_list(Value iterable);
Tuple* to_tuple(Value iterable);
// A view of any iterable's items: list and tuple in place, else collected into a list (keep `keep` alive on the stack).
bool fast_sequence(Value iterable, const char* error_message, Value** items, size_t* count, Value* keep);

// Text.
Str* repr(Value v);
Str* str(Value v);
Str* ascii(Value v);
Value format(Value v, Value spec);                      // format(v, spec); spec a str or null

// Parts of other files that the protocol leans on.
Value generic_getattr_quiet(Value self, Str* name);     // generic_getattr, but null with nothing pending when absent
Value new_sequence_iterator(Value sequence);            // iter() over __getitem__
Value new_generic_alias(Value origin, Value args);      // list[int]
int recursive_isinstance(Value v, Value cls);           // type.__instancecheck__
int recursive_issubclass(Value derived, Value cls);     // type.__subclasscheck__

// Small helpers.
Value new_int(int64_t i);                               // inline or BigInt
Value new_int_unsigned(uint64_t u);
inline Value new_float(double d) { return Value::from_double(d); }
Value dir(Value v);

}  // namespace pyjit::runtime
