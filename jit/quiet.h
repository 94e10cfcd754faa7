// C++ functions that traces call on values of exact builtin types: none of them runs Python code, so a trace calls them without bringing
// its frames up to date, and what it knows of memory lasts.
//
// "Declines" means: something it cannot answer without Python code (a key with its own __eq__, an absent key). It has done nothing then
// and nothing is pending: the trace leaves and the interpreter executes the instruction.
#pragma once
#include "runtime/types/dict.h"

namespace pyjit::jit {

using runtime::Value;

// Whether hash() and == of this value run no Python code: numbers, str, bytes, None, and tuples of such.
bool is_plain_key(Value v, int depth = 4);

// dicts (exact). Null: absent or declined.
Value quiet_dict_get(Value dict, Value key);
Value quiet_dict_get_default(Value dict, Value key, Value otherwise);   // null: declined
int64_t quiet_dict_contains(Value dict, Value key);                     // 1, 0, -1 declined
bool quiet_dict_set(Value dict, Value key, Value value);                // false: declined
Value quiet_dict_setdefault(Value dict, Value key, Value otherwise);    // null: declined
bool quiet_dict_delete(Value dict, Value key);                          // false: absent or declined
Value quiet_dict_pop(Value dict, Value key);                            // null: absent or declined
// sets (exact set or frozenset)
int64_t quiet_set_contains(Value set, Value key);                       // 1, 0, -1 declined
bool quiet_set_add(Value set, Value key);                               // false: declined
bool quiet_set_discard(Value set, Value key);
// The position of the next live entry of a dict iterator, which it passes; -1: exhausted or the dict changed size (declined).
int64_t quiet_dict_iterator_next(Value iterator);

// Comparisons: 1, 0, -1 declined.
int64_t quiet_compare(uint64_t op, Value a, Value b);
int64_t quiet_str_equal(Value a, Value b);                              // exact strs
int64_t quiet_sequence_contains(Value sequence, Value item);            // exact list or tuple
int64_t quiet_str_contains(Value haystack, Value needle);

// Sequences. Null: declined.
Value quiet_str_item(Value str, int64_t index);                         // 0 <= index < length
Value quiet_slice(Value container, Value start, Value stop, Value step);   // exact str, list, tuple, bytes; bounds int or None
bool quiet_list_store_slice(Value list, Value start, Value stop, Value step, Value source);   // source an exact list or tuple
bool quiet_list_append(Value list, Value item);
Value quiet_list_pop(Value list);                                       // the last item; null: empty
int64_t quiet_ord(Value str);                                           // -1: not one character
Value quiet_str_of(Value v);                                            // str() of an exact int, float or bool

// Numbers of exact builtin types. Null: an exception is pending.
Value quiet_binary(uint64_t op, Value a, Value b);
Value quiet_str_append(Value a, Value b);
// Results of few bits: never null.
Value quiet_word_binary(uint64_t op, Value a, Value b);
int64_t quiet_low_bits(Value bigint);
double quiet_pow(double a, double b);

}  // namespace pyjit::jit
