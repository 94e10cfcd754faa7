// Slow paths of arithmetic, comparison, subscripts, iteration, unpacking and displays.
#include <cstring>

#include "interp/machine.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace pyjit::interp {

using namespace pyjit::runtime;

BuiltinShapes shapes;

namespace {

// A bool, or an exact int that fits 63 bits and a sign: inline, or a BigInt of one limb.
inline bool word_int(Value v, int64_t* out) {
  if (v.is_int()) {
    *out = v.as_int();
    return true;
  }
  if (v.is_bool()) {
    *out = v.as_bool();
    return true;
  }
  if (!is_bigint(v)) return false;
  auto* big = v.as<BigInt>();
  if ((big->size != 1 && big->size != -1) || big->limbs[0] >> 63) return false;
  *out = big->size < 0 ? -static_cast<int64_t>(big->limbs[0]) : static_cast<int64_t>(big->limbs[0]);
  return true;
}

inline bool both_exact_str(Value a, Value b) {
  return a.is_object() && b.is_object() && a.as_object()->shape_bits == shapes.str && b.as_object()->shape_bits == shapes.str;
}

// Arithmetic of ints just beyond 48 bits, as linear congruences and hashes make them: one machine operation instead of the slots.
// Null when it does not apply (nothing pending) or on MemoryError.
Value word_arithmetic(BinaryOp op, Value a, Value b) {
  int64_t x, y, r;
  if (!word_int(a, &x) || !word_int(b, &y)) return nullptr;
  if (a.is_bool() && b.is_bool() && (op == kAnd || op == kOr || op == kXor)) return Value::from_bool(op == kAnd ? x & y : op == kOr ? x | y : x ^ y);
  switch (op) {
    case kAdd:
      if (__builtin_add_overflow(x, y, &r)) return nullptr;
      return new_int(r);
    case kSub:
      if (__builtin_sub_overflow(x, y, &r)) return nullptr;
      return new_int(r);
    case kMul:
      if (__builtin_mul_overflow(x, y, &r)) return int_from_int128(static_cast<__int128>(x) * y);
      return new_int(r);
    case kAnd: return new_int(x & y);
    case kOr: return new_int(x | y);
    case kXor: return new_int(x ^ y);
    case kRShift: return y < 0 ? Value() : new_int(x >> (y > 63 ? 63 : y));
    case kLShift:
      if (static_cast<uint64_t>(y) > 62) return nullptr;
      return int_from_int128(static_cast<__int128>(x) << y);
    case kFloorDiv:
      if (y == 0) return nullptr;
      r = x / y;
      if (r * y != x && (x ^ y) < 0) --r;
      return new_int(r);
    case kMod:
      if (y == 0) return nullptr;
      r = x % y;
      if (r != 0 && (r ^ y) < 0) r += y;
      return new_int(r);
    case kPow: {
      if (y < 0 || y > 64) return nullptr;
      int64_t power = 1;
      for (int64_t base = x; y; y >>= 1) {
        if ((y & 1) && __builtin_mul_overflow(power, base, &power)) return nullptr;
        if (y > 1 && __builtin_mul_overflow(base, base, &base)) return nullptr;
      }
      return new_int(power);
    }
    default: return nullptr;
  }
}

}  // namespace

Value binary_slow(BinaryOp op, Value a, Value b) {
  if (op == kAdd && both_exact_str(a, b)) return str_concat(a.as<Str>(), b.as<Str>());
  if (Value v = word_arithmetic(op, a, b)) return v;
  return binary_op(op, a, b);
}
Value inplace_slow(BinaryOp op, Value a, Value b) {
  if (op == kAdd && both_exact_str(a, b)) return str_append(a.as<Str>(), b.as<Str>());
  if (Value v = word_arithmetic(op, a, b)) return v;
  return inplace_op(op, a, b);
}

namespace {

inline bool holds(int order, CompareOp op) {
  switch (op) {
    case kLt: return order < 0;
    case kLe: return order <= 0;
    case kEq: return order == 0;
    case kNe: return order != 0;
    case kGt: return order > 0;
    default: return order >= 0;
  }
}

// 1, 0, or -1: not a pair of exact strings or word-sized ints.
inline int compare_known(CompareOp op, Value a, Value b) {
  if (both_exact_str(a, b)) {
    if (op == kEq || op == kNe) return str_equal(a.as<Str>(), b.as<Str>()) == (op == kEq);
    return holds(str_compare(a.as<Str>(), b.as<Str>()), op);
  }
  int64_t x, y;
  if (word_int(a, &x) && word_int(b, &y)) return holds(x < y ? -1 : x > y, op);
  return -1;
}

}  // namespace

Value compare_slow(CompareOp op, Value a, Value b) {
  int known = compare_known(op, a, b);
  return known >= 0 ? Value::from_bool(known) : compare(a, b, op);
}
int compare_truth_slow(CompareOp op, Value a, Value b) {
  int known = compare_known(op, a, b);
  if (known >= 0) return known;
  Value v = compare(a, b, op);
  if (!v) return -1;
  if (v.is_bool()) return v.as_bool();
  return is_true(v);
}

int truth_slow(Value v) {
  if (v.is_object()) {
    uint32_t shape = v.as_object()->shape_bits;
    if (shape == shapes.str) return v.as<Str>()->length != 0;
    if (shape == shapes.list) return v.as<List>()->size != 0;
    if (shape == shapes.dict) return v.as<Dict>()->size != 0;
    if (shape == shapes.tuple) return v.as<Tuple>()->size != 0;
  }
  return is_true(v);
}

Value subscr_slow(Value container, Value key) {
  if (container.is_object()) {
    uint32_t shape = container.as_object()->shape_bits;
    if (shape == shapes.dict) {
      Value v = is_exact_str(key) ? dict_get_str(container.as<Dict>(), key.as<Str>()) : dict_get(container.as<Dict>(), key);
      if (v) return v;
      if (error_pending()) return nullptr;
      return raise_key_error(key);
    }
    if (shape == shapes.str && key.is_int()) {
      auto* s = container.as<Str>();
      int64_t i = key.as_int();
      if (i < 0) i += static_cast<int64_t>(s->length);
      if (static_cast<uint64_t>(i) < s->length) return char_str(s->at(static_cast<uint64_t>(i)));
    }
  }
  return get_item(container, key);
}
Value subscr_slice_slow(Value container, Value start, Value stop) {
  if (container.is_object() && (start.is_int() || start.is_none()) && (stop.is_int() || stop.is_none())) {
    Object* object = container.as_object();
    uint32_t shape = object->shape_bits;
    int64_t n = shape == shapes.list    ? static_cast<int64_t>(container.as<List>()->size)
                : shape == shapes.str   ? static_cast<int64_t>(container.as<Str>()->length)
                : shape == shapes.tuple ? static_cast<int64_t>(container.as<Tuple>()->size)
                                        : -1;
    if (n >= 0) {
      int64_t from = start.is_none() ? 0 : start.as_int(), to = stop.is_none() ? n : stop.as_int();
      if (from < 0) from = std::max<int64_t>(from + n, 0);
      if (to < 0) to += n;
      to = std::max(std::min(to, n), from = std::min(from, n));
      auto count = static_cast<size_t>(to - from);
      if (shape == shapes.list) return new_list_from(container.as<List>()->items() + from, count);
      if (shape == shapes.str) return str_substring(container.as<Str>(), static_cast<uint64_t>(from), static_cast<uint64_t>(to));
      return count == static_cast<size_t>(n) ? container : Value(new_tuple(container.as<Tuple>()->items + from, count));
    }
  }
  Slice* slice = new_slice(start, stop, Value::none());
  return slice ? get_item(container, slice) : Value();
}
bool store_subscr_slow(Value container, Value key, Value value) {
  if (container.is_object() && container.as_object()->shape_bits == shapes.dict) return dict_set(container.as<Dict>(), key, value);
  return set_item(container, key, value);
}

Value get_iter_slow(Value v) {
  if (v.is_object()) {
    uint32_t shape = v.as_object()->shape_bits;
    if (shape == shapes.generator) return v;
    if (shape == shapes.list || shape == shapes.tuple) {
      Class* cls = shape == shapes.list ? types.list_iterator : types.tuple_iterator;
      auto* iterator = static_cast<SequenceIterator*>(heap.allocate(cls->root_shape, sizeof(SequenceIterator)));
      iterator->sequence = v;
      return iterator;
    }
  }
  return get_iter(v);
}
int contains_slow(Value container, Value item) {
  if (container.is_object()) {
    uint32_t shape = container.as_object()->shape_bits;
    if (shape == shapes.dict) {
      if (is_exact_str(item) && container.as<Dict>()->str_keys_only) return dict_find_str(container.as<Dict>(), item.as<Str>()) >= 0;
      return dict_contains(container.as<Dict>(), item);
    }
    if (shape == shapes.str && is_exact_str(item) && item.as<Str>()->length == 1 && container.as<Str>()->kind() == 1) {
      return item.as<Str>()->kind() == 1 && memchr(container.as<Str>()->data, item.as<Str>()->data8()[0], container.as<Str>()->length);
    }
  }
  return contains(container, item);
}

Value for_iter_slow(Value iterator, const Instr* pc) {
  if (!iterator.is_object() || !iterator.as_object()->cls()->slots.next) {
    return raisef(exc.TypeError, "'%.200s' object is not an iterator", type_name(iterator));
  }
  uint32_t shape = iterator.as_object()->shape_bits;
  unsigned loop = (pc->op - kFOR_ITER) & 1;
  Op op = kFOR_ITER;
  auto next = iterator.as_object()->cls()->slots.next;
  if (shape == shapes.range_iterator) op = kFOR_ITER_RANGE;
  else if (shape == shapes.list_iterator) op = kFOR_ITER_LIST;
  else if (shape == shapes.tuple_iterator) op = kFOR_ITER_TUPLE;
  else if (shape == shapes.generator) op = kFOR_ITER_GENERATOR;
  op = static_cast<Op>(op + loop);
  if (pc->op != op) const_cast<Instr*>(pc)->op = static_cast<uint16_t>(op);
  Value v = next(iterator);
  if (v) [[likely]] return v;
  if (error_pending() && pending_matches(exc.StopIteration)) clear_pending();
  return nullptr;
}

bool unpack_sequence_slow(Value source, Value* regs, const Instr* pc) {
  const uint16_t* list = register_list(pc, 1);
  unsigned count = pc->c;
  if (!is_iterable_type(source)) {
    raisef(exc.TypeError, "cannot unpack non-iterable %.200s object", type_name(source));
    return false;
  }
  Value iterator = get_iter(source);
  if (!iterator) return false;
  RootedVector items;
  for (unsigned i = 0; i < count; ++i) {
    Value v = iter_next(iterator);
    if (!v) {
      if (!error_pending()) raisef(exc.ValueError, "not enough values to unpack (expected %u, got %u)", count, i);
      return false;
    }
    items.push_back(v);
  }
  if (iter_next(iterator)) {
    raisef(exc.ValueError, "too many values to unpack (expected %u)", count);
    return false;
  }
  if (error_pending()) return false;
  for (unsigned i = 0; i < count; ++i) regs[list[i]] = items[i];
  return true;
}

// a = source, b = first of the homes: the first item lands highest, as UNPACK_EX pushes them in reverse.
bool slow_UNPACK_EX(Thread* thread, Value* regs, const Instr* pc) {
  Value source = regs[pc->a];
  uint64_t before = pc->c, after = window_word(pc)->number;
  if (!is_iterable_type(source)) {
    raisef(exc.TypeError, "cannot unpack non-iterable %.200s object", type_name(source));
    return false;
  }
  // Through an iterator: a list subclass's own __len__ and __getitem__ have no say.
  if (!is_exact(source, types.list) && !is_exact(source, types.tuple) && !(source = get_iter(source))) return false;
  List* all = to_list(source);
  if (!all) return false;
  if (all->size < before) {
    raisef(exc.ValueError, "not enough values to unpack (expected%s %zu, got %zu)", " at least", static_cast<size_t>(before + after), static_cast<size_t>(all->size));
    return false;
  }
  if (all->size < before + after) {
    raisef(exc.ValueError, "not enough values to unpack (expected at least %zu, got %zu)", static_cast<size_t>(before + after), static_cast<size_t>(all->size));
    return false;
  }
  uint64_t middle = all->size - before - after;
  List* rest = new_list_from(all->items() + before, middle);
  if (!rest) return false;
  Value* out = regs + pc->b + before + after;
  for (uint64_t i = 0; i < before; ++i) *out-- = all->items()[i];
  *out-- = rest;
  for (uint64_t i = 0; i < after; ++i) *out-- = all->items()[before + middle + i];
  return true;
}

Value build_tuple(const Value* regs, const uint16_t* list, unsigned count) {
  if (count == 0) return empty_tuple();
  Tuple* t = new_tuple_null(count);
  if (!t) return nullptr;
  for (unsigned i = 0; i < count; ++i) t->items[i] = regs[list[i]];
  write_barrier(t);
  return t;
}
Value build_list(const Value* regs, const uint16_t* list, unsigned count) {
  List* l = new_list(count);
  if (!l) return nullptr;
  for (unsigned i = 0; i < count; ++i) l->store->items[i] = regs[list[i]];
  l->size = count;
  if (count) write_barrier(l->store);
  return l;
}
Value build_map(const Value* regs, const uint16_t* list, unsigned count) {
  Dict* d = new_dict_sized(count / 2);
  if (!d) return nullptr;
  for (unsigned i = 0; i + 1 < count; i += 2) {
    if (!dict_set(d, regs[list[i]], regs[list[i + 1]])) return nullptr;
  }
  return d;
}
Value build_slice(const Value* regs, const uint16_t* list, unsigned count) {
  return new_slice(regs[list[0]], regs[list[1]], count == 3 ? regs[list[2]] : Value::none());
}

bool list_append_slow(Value list, Value v) {
  if (!is_list(list)) {
    raise_bad_internal_call("LIST_APPEND");
    return false;
  }
  return list_append(list.as<List>(), v);
}

bool slow_BUILD_SET(Thread* thread, Value* regs, const Instr* pc) {
  const uint16_t* list = register_list(pc, 1);
  Set* s = new_set(nullptr);
  if (!s) return false;
  for (unsigned i = 0; i < pc->c; ++i) {
    if (set_add(s, regs[list[i]]) < 0) return false;
  }
  regs[pc->a] = s;
  return true;
}

bool slow_BUILD_CONST_KEY_MAP(Thread* thread, Value* regs, const Instr* pc) {
  const uint16_t* list = register_list(pc, 2);
  auto* keys = word_value(pc, 1).as<Tuple>();
  Dict* d = new_dict_sized(pc->c);
  if (!d) return false;
  for (unsigned i = 0; i < pc->c; ++i) {
    if (!dict_set(d, keys->items[i], regs[list[i]])) return false;
  }
  regs[pc->a] = d;
  return true;
}

bool slow_BUILD_STRING(Thread* thread, Value* regs, const Instr* pc) {
  const uint16_t* list = register_list(pc, 1);
  bool ascii = true;
  uint64_t length = 0;
  for (unsigned i = 0; i < pc->c; ++i) {
    Value v = regs[list[i]];
    if (!is_str(v)) {
      raise_bad_internal_call("BUILD_STRING");
      return false;
    }
    ascii = ascii && v.as<Str>()->is_ascii();
    length += v.as<Str>()->length;
  }
  Str* s;
  if (ascii && length > 1) {
    s = new_str_uninitialized(length, 1, true);
    char* out = s ? s->inline_data : nullptr;
    for (unsigned i = 0; s && i < pc->c; ++i) {
      const auto* piece = regs[list[i]].as<Str>();
      memcpy(out, piece->data, piece->length);
      out += piece->length;
    }
  } else {
    StrBuilder builder;
    for (unsigned i = 0; i < pc->c; ++i) builder.append(regs[list[i]].as<Str>());
    s = builder.finish();
  }
  if (!s) return false;
  regs[pc->a] = s;
  return true;
}

bool slow_FORMAT_VALUE(Thread* thread, Value* regs, const Instr* pc) {
  Value v = regs[pc->b];
  Value spec = (pc->c & 4) ? regs[window_word(pc)->window] : Value();
  switch (pc->c & 3) {
    case 1: v = str(v); break;
    case 2: v = repr(v); break;
    case 3: v = ascii(v); break;
    default: break;
  }
  if (!v) return false;
  if (!(is_exact_str(v) && !spec)) {
    if (!spec && v.is_int()) {
      v = int_repr(v);
    } else {
      v = format(v, spec);
    }
    if (!v) return false;
  }
  regs[pc->a] = v;
  return true;
}

bool slow_SET_ADD(Thread* thread, Value* regs, const Instr* pc) {
  if (!is_any_set(regs[pc->a])) { raise_bad_internal_call("SET_ADD"); return false; }
  return set_add(regs[pc->a].as<Set>(), regs[pc->b]) >= 0;
}
bool slow_MAP_ADD(Thread* thread, Value* regs, const Instr* pc) {
  if (!is_dict(regs[pc->a])) { raise_bad_internal_call("MAP_ADD"); return false; }
  return dict_set(regs[pc->a].as<Dict>(), regs[pc->b], regs[pc->c]);
}
bool slow_LIST_EXTEND(Thread* thread, Value* regs, const Instr* pc) {
  if (!is_list(regs[pc->a])) { raise_bad_internal_call("LIST_EXTEND"); return false; }
  Value v = regs[pc->b];
  if (list_extend(regs[pc->a].as<List>(), v)) return true;
  if (pending_matches(exc.TypeError) && !is_iterable_type(v)) {
    clear_pending();
    raisef(exc.TypeError, "Value after * must be an iterable, not %.200s", type_name(v));
  }
  return false;
}
bool slow_SET_UPDATE(Thread* thread, Value* regs, const Instr* pc) {
  if (!is_any_set(regs[pc->a])) { raise_bad_internal_call("SET_UPDATE"); return false; }
  return set_update(regs[pc->a].as<Set>(), regs[pc->b]);
}
bool slow_DICT_UPDATE(Thread* thread, Value* regs, const Instr* pc) {
  if (!is_dict(regs[pc->a])) { raise_bad_internal_call("DICT_UPDATE"); return false; }
  Value v = regs[pc->b];
  if (is_dict(v)) return dict_update(regs[pc->a].as<Dict>(), v);
  if (!get_attr_or_null(v, names.keys)) {
    if (!error_pending()) raisef(exc.TypeError, "'%.200s' object is not a mapping", type_name(v));
    return false;
  }
  return dict_update(regs[pc->a].as<Dict>(), v);
}
bool slow_LIST_TO_TUPLE(Thread* thread, Value* regs, const Instr* pc) {
  if (!is_list(regs[pc->b])) { raise_bad_internal_call("LIST_TO_TUPLE"); return false; }
  auto* list = regs[pc->b].as<List>();
  Tuple* t = new_tuple(list->items(), list->size);
  if (!t) return false;
  regs[pc->a] = t;
  return true;
}
bool slow_DELETE_SUBSCR(Thread* thread, Value* regs, const Instr* pc) { return set_item(regs[pc->a], regs[pc->b], nullptr); }

bool slow_UNARY_POSITIVE(Thread* thread, Value* regs, const Instr* pc) {
  Value v = positive(regs[pc->b]);
  if (!v) return false;
  regs[pc->a] = v;
  return true;
}
bool slow_UNARY_INVERT(Thread* thread, Value* regs, const Instr* pc) {
  Value v = regs[pc->b];
  v = v.is_int() ? Value::from_int(~v.as_int()) : invert(v);
  if (!v) return false;
  regs[pc->a] = v;
  return true;
}

}  // namespace pyjit::interp
