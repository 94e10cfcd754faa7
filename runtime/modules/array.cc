// array.array: numbers of one machine type, packed.
#include <cstring>

#include "runtime/modules/array.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/object.h"
#include "runtime/types/sequence_util.h"

namespace pyjit::runtime {

Class* array_class;

namespace {

Class* iterator_class;

void trace_array(Object* o, Tracer& tracer) { tracer.visit(static_cast<Array*>(o)->store); }

bool is_array(Value v) { return is_instance(v, array_class); }
char* item_at(Array* a, uint64_t i) { return a->data() + i * a->type->size; }

// Element types.

bool range_error(const char* name, bool below) {
  raisef(exc.OverflowError, "%s is %s", name, below ? "less than minimum" : "greater than maximum");
  return false;
}

bool to_long(Value v, int64_t low, int64_t high, const char* name, int64_t* out) {
  Value index = TRY(number_index(v));
  if (!to_int64(index, out)) return false;
  if (*out < low) return range_error(name, true);
  return *out <= high || range_error(name, false);
}

bool to_unsigned(Value v, uint64_t high, const char* negative, const char* too_big, const char* above, uint64_t* out) {
  Value index = TRY(number_index(v));
  if (int_sign(index) < 0) {
    raise(exc.OverflowError, negative);
    return false;
  }
  int64_t small;
  if (int_to_int64(index, &small)) {
    *out = static_cast<uint64_t>(small);
  } else if (int_bit_length(index) <= 64) {
    *out = index.as<BigInt>()->limbs[0];
  } else {
    raise(exc.OverflowError, too_big);
    return false;
  }
  if (*out <= high) return true;
  raisef(exc.OverflowError, "%s is greater than maximum", above);
  return false;
}

template <class T>
T load(const char* p) {
  T v;
  memcpy(&v, p, sizeof v);
  return v;
}
template <class T>
bool store(char* p, T v) {
  memcpy(p, &v, sizeof v);
  return true;
}
template <class T>
Value get_number(const char* p) {
  if constexpr (std::is_floating_point_v<T>) return new_float(load<T>(p));
  if constexpr (std::is_signed_v<T>) return new_int(static_cast<int64_t>(load<T>(p)));
  return new_int_unsigned(static_cast<uint64_t>(load<T>(p)));
}

bool set_b(char* p, Value v) {
  int64_t i;
  if (!to_long(v, INT16_MIN, INT16_MAX, "signed short integer", &i)) return false;
  if (i < INT8_MIN || i > INT8_MAX) return range_error("signed char", i < 0);
  return store(p, static_cast<int8_t>(i));
}
bool set_B(char* p, Value v) {
  int64_t i;
  return to_long(v, 0, UINT8_MAX, "unsigned byte integer", &i) && store(p, static_cast<uint8_t>(i));
}
bool set_h(char* p, Value v) {
  int64_t i;
  return to_long(v, INT16_MIN, INT16_MAX, "signed short integer", &i) && store(p, static_cast<int16_t>(i));
}
bool set_H(char* p, Value v) {
  int64_t i;
  if (!to_long(v, INT32_MIN, INT32_MAX, "signed integer", &i)) return false;
  if (i < 0 || i > UINT16_MAX) return range_error("unsigned short", i < 0);
  return store(p, static_cast<uint16_t>(i));
}
bool set_i(char* p, Value v) {
  int64_t i;
  return to_long(v, INT32_MIN, INT32_MAX, "signed integer", &i) && store(p, static_cast<int32_t>(i));
}
constexpr const char* kNegative = "can't convert negative value to unsigned int";
bool set_I(char* p, Value v) {
  uint64_t u;
  return to_unsigned(v, UINT32_MAX, kNegative, "Python int too large to convert to C unsigned long", "unsigned int", &u) &&
         store(p, static_cast<uint32_t>(u));
}
bool set_l(char* p, Value v) {
  int64_t i;
  return to_long(v, INT64_MIN, INT64_MAX, "", &i) && store(p, i);
}
bool set_L(char* p, Value v) {
  uint64_t u;
  return to_unsigned(v, UINT64_MAX, kNegative, "Python int too large to convert to C unsigned long", "", &u) && store(p, u);
}
bool set_q(char* p, Value v) {
  Value index = TRY(number_index(v));
  int64_t i;
  if (int_to_int64(index, &i)) return store(p, i);
  raise(exc.OverflowError, "int too big to convert");
  return false;
}
bool set_Q(char* p, Value v) {
  uint64_t u;
  return to_unsigned(v, UINT64_MAX, "can't convert negative int to unsigned", "int too big to convert", "", &u) && store(p, u);
}
bool set_f(char* p, Value v) {
  double d;
  return to_double(v, &d) && store(p, static_cast<float>(d));
}
bool set_d(char* p, Value v) {
  double d;
  return to_double(v, &d) && store(p, d);
}
Value get_u(const char* p) {
  uint32_t c = load<uint32_t>(p);
  if (c <= 0x10FFFF) return char_str(c);
  return raisef(exc.ValueError, "character U+%x is not in range [U+0000; U+10ffff]", c);
}
bool set_u(char* p, Value v) {
  if (!is_str(v) || v.as<Str>()->length != 1) {
    raise(exc.TypeError, "array item must be unicode character");
    return false;
  }
  return store(p, v.as<Str>()->at(0));
}

const ElementType kElementTypes[] = {
    {'b', 1, get_number<int8_t>, set_b, "b", true, 1},      {'B', 1, get_number<uint8_t>, set_B, "B", true, 0},
    {'u', 4, get_u, set_u, "w", false, 20},                 {'h', 2, get_number<int16_t>, set_h, "h", true, 4},
    {'H', 2, get_number<uint16_t>, set_H, "H", true, 2},    {'i', 4, get_number<int32_t>, set_i, "i", true, 8},
    {'I', 4, get_number<uint32_t>, set_I, "I", true, 6},    {'l', 8, get_number<int64_t>, set_l, "l", true, 12},
    {'L', 8, get_number<uint64_t>, set_L, "L", true, 10},   {'q', 8, get_number<int64_t>, set_q, "q", true, 12},
    {'Q', 8, get_number<uint64_t>, set_Q, "Q", true, 10},   {'f', 4, get_number<float>, set_f, "f", false, 14},
    {'d', 8, get_number<double>, set_d, "d", false, 16}};

}  // namespace

const ElementType* array_element_type(uint32_t code) {
  for (const ElementType& t : kElementTypes) {
    if (static_cast<uint32_t>(t.code) == code) return &t;
  }
  raise(exc.ValueError, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
  return nullptr;
}

Array* new_array(Class* cls, const ElementType* type, uint64_t size) {
  if (size > (1ull << 58) / type->size) return raise_memory_error();
  ByteStore* store = TRY(new_byte_store(size * type->size));
  auto* a = allocate_instance_of<Array>(cls);
  a->type = type;
  a->size = size;
  a->store = store;
  write_barrier(a);
  return a;
}

bool array_resize(Array* a, uint64_t size) {
  if (a->exports && size != a->size) {
    raise(exc.BufferError, "cannot resize an array that is exporting buffers");
    return false;
  }
  if (size > (1ull << 58) / a->type->size) {
    raise_memory_error();
    return false;
  }
  if (size * a->type->size > a->store->capacity) {
    uint64_t wanted = size > a->size + a->size / 2 ? size : size + size / 2;
    ByteStore* store = TRY(new_byte_store(wanted * a->type->size + 8));
    memcpy(store->bytes, a->data(), a->size * a->type->size);
    a->store = store;
    write_barrier(a);
  }
  a->size = size;
  return true;
}

bool array_append(Array* a, Value v) {
  char scratch[8];
  if (!a->type->set(scratch, v) || !array_resize(a, a->size + 1)) return false;
  memcpy(item_at(a, a->size - 1), scratch, a->type->size);
  return true;
}

bool array_append_bytes(Array* a, std::string_view bytes) {
  if (bytes.size() % a->type->size) {
    raise(exc.ValueError, "bytes length not a multiple of item size");
    return false;
  }
  uint64_t old = a->size;
  if (!bytes.size()) return true;
  if (!array_resize(a, old + bytes.size() / a->type->size)) return false;
  memcpy(item_at(a, old), bytes.data(), bytes.size());
  return true;
}

bool array_append_text(Array* a, Str* text) {
  uint64_t old = a->size;
  if (!array_resize(a, old + text->length)) return false;
  for (uint64_t i = 0; i < text->length; ++i) store(item_at(a, old + i), text->at(i));
  return true;
}

bool array_extend(Array* a, Value iterable) {
  if (is_array(iterable)) {
    Array* other = iterable.as<Array>();
    if (other->type != a->type) {
      raise(exc.TypeError, "can only extend with array of same kind");
      return false;
    }
    uint64_t old = a->size, count = other->size;
    if (!array_resize(a, old + count)) return false;
    memcpy(item_at(a, old), other->data(), count * a->type->size);
    return true;
  }
  Value iterator = TRY(get_iter(iterable));
  while (Value v = iter_next(iterator)) {
    if (!array_append(a, v)) return false;
  }
  return !error_pending();
}

Value array_item(Array* a, uint64_t i) { return a->type->get(item_at(a, i)); }

List* array_to_list(Array* a) {
  List* list = TRY(new_list(a->size));
  for (uint64_t i = 0; i < a->size; ++i) {
    if (!list_append(list, TRY(array_item(a, i)))) return nullptr;
  }
  return list;
}

Str* array_to_text(Array* a) {
  static_assert(sizeof(wchar_t) == 4);
  for (uint64_t i = 0; i < a->size; ++i) {
    if (!get_u(item_at(a, i))) return nullptr;
  }
  return new_str_from_code_points(reinterpret_cast<const uint32_t*>(a->data()), a->size);
}

namespace {

Array* self_array(Value v) { return v.as<Array>(); }

Value array_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (cls->slots.init == array_class->slots.init && !no_keywords("array.array", kwnames)) return nullptr;
  if (nargs < 1) return raise(exc.TypeError, "array() takes at least 1 argument (0 given)");
  if (nargs > 2) return raisef(exc.TypeError, "array() takes at most 2 arguments (%u given)", nargs);
  if (!is_str(args[0]) || args[0].as<Str>()->length != 1) {
    return raisef(exc.TypeError, "array() argument 1 must be a unicode character, not %.200s", type_name(args[0]));
  }
  uint32_t code = args[0].as<Str>()->at(0);
  Value initial = nargs == 2 ? args[1] : Value();
  if (initial && code != 'u') {
    if (is_str(initial)) return raisef(exc.TypeError, "cannot use a str to initialize an array with typecode '%c'", static_cast<char>(code));
    if (is_array(initial) && self_array(initial)->type->code == 'u') {
      return raisef(exc.TypeError, "cannot use a unicode array to initialize an array with typecode '%c'", static_cast<char>(code));
    }
  }
  const ElementType* type = TRY(array_element_type(code));
  Array* a = TRY(new_array(cls, type, 0));
  if (!initial) return a;
  bool ok;
  if (is_bytes(initial)) {
    ok = array_append_bytes(a, initial.as<Bytes>()->view());
  } else if (is_instance(initial, types.bytearray)) {
    ok = array_append_bytes(a, {initial.as<ByteArray>()->data(), initial.as<ByteArray>()->size});
  } else if (is_str(initial)) {
    ok = array_append_text(a, initial.as<Str>());
  } else if (is_array(initial) && self_array(initial)->type != type) {
    ok = array_extend(a, TRY(array_to_list(self_array(initial))));
  } else {
    ok = array_extend(a, initial);
  }
  return ok ? Value(a) : Value();
}

int64_t array_length(Value self) { return static_cast<int64_t>(self_array(self)->size); }

// Index or slice; anything else is "array indices must be integers".
Subscript array_subscript(Value key, int64_t* index) {
  if (!is_exact(key, types.slice) && !class_of(key)->slots.index) {
    raise(exc.TypeError, "array indices must be integers");
    return Subscript::kError;
  }
  return subscript_kind(key, "array", index);
}

Value array_getitem(Value self, Value key) {
  Array* a = self_array(self);
  int64_t i, start, stop, step, count;
  switch (array_subscript(key, &i)) {
    case Subscript::kIndex:
      if (i < 0) i += static_cast<int64_t>(a->size);
      if (static_cast<uint64_t>(i) >= a->size) return raise(exc.IndexError, "array index out of range");
      return array_item(a, static_cast<uint64_t>(i));
    case Subscript::kSlice: {
      if (!slice_indices(key.as<Slice>(), static_cast<int64_t>(a->size), &start, &stop, &step, &count)) return nullptr;
      Array* out = TRY(new_array(array_class, a->type, static_cast<uint64_t>(count)));
      for (int64_t k = 0; k < count; ++k) {
        memcpy(item_at(out, static_cast<uint64_t>(k)), item_at(a, static_cast<uint64_t>(start + k * step)), a->type->size);
      }
      return out;
    }
    default: return nullptr;
  }
}

// Replaces [start, stop) by `count` items at `items`, which must not lie inside a.
bool replace(Array* a, uint64_t start, uint64_t stop, const char* items, uint64_t count) {
  uint64_t old = a->size, tail = old - stop, size = old - (stop - start) + count;
  if (size > old && !array_resize(a, size)) return false;
  if (size < old && a->exports) return array_resize(a, size);
  memmove(item_at(a, start + count), item_at(a, stop), tail * a->type->size);
  if (count) memcpy(item_at(a, start), items, count * a->type->size);
  return size >= old || array_resize(a, size);
}

bool array_setitem(Value self, Value key, Value value) {
  Array* a = self_array(self);
  int64_t i, start, stop, step, count;
  switch (array_subscript(key, &i)) {
    case Subscript::kIndex:
      if (i < 0) i += static_cast<int64_t>(a->size);
      if (static_cast<uint64_t>(i) >= a->size) {
        raise(exc.IndexError, "array assignment index out of range");
        return false;
      }
      if (!value) return replace(a, static_cast<uint64_t>(i), static_cast<uint64_t>(i) + 1, nullptr, 0);
      {
        char scratch[8];
        if (!a->type->set(scratch, value)) return false;
        if (static_cast<uint64_t>(i) < a->size) memcpy(item_at(a, static_cast<uint64_t>(i)), scratch, a->type->size);
        return true;
      }
    case Subscript::kSlice: break;
    default: return false;
  }
  if (!slice_indices(key.as<Slice>(), static_cast<int64_t>(a->size), &start, &stop, &step, &count)) return false;
  Array* other = nullptr;
  if (value) {
    if (!is_array(value)) {
      raisef(exc.TypeError, "can only assign array (not \"%.200s\") to array slice", type_name(value));
      return false;
    }
    other = self_array(value);
    if (other == a) {
      Value whole = TRY(array_getitem(self, new_slice(Value::none(), Value::none(), Value::none())));
      other = self_array(whole);
    }
    if (other->type != a->type) {
      raise(exc.TypeError, "bad argument type for built-in operation");
      return false;
    }
  }
  if ((step > 0 && stop < start) || (step < 0 && stop > start)) stop = start;
  if (step == 1) {
    return replace(a, static_cast<uint64_t>(start), static_cast<uint64_t>(stop), other ? other->data() : nullptr, other ? other->size : 0);
  }
  if (other) {
    if (static_cast<int64_t>(other->size) != count) {
      raisef(exc.ValueError, "attempt to assign array of size %lu to extended slice of size %ld", static_cast<unsigned long>(other->size),
             static_cast<long>(count));
      return false;
    }
    for (int64_t k = 0; k < count; ++k) {
      memcpy(item_at(a, static_cast<uint64_t>(start + k * step)), item_at(other, static_cast<uint64_t>(k)), a->type->size);
    }
    return true;
  }
  if (step < 0) {
    start += step * (count - 1);
    step = -step;
  }
  if (count > 0 && a->exports) return array_resize(a, a->size - static_cast<uint64_t>(count));
  for (int64_t k = 0; k < count; ++k) {   // from the back, so that the positions stay right
    uint64_t at = static_cast<uint64_t>(start + (count - 1 - k) * step);
    if (!replace(a, at, at + 1, nullptr, 0)) return false;
  }
  return true;
}

Value array_compare(Value x, Value y, CompareOp op) {
  if (!is_array(x) || !is_array(y)) return Value::not_implemented();
  Array *a = self_array(x), *b = self_array(y);
  if (a->size != b->size && (op == kEq || op == kNe)) return Value::from_bool(op == kNe);
  if (a->type == b->type && a->type->compare_bytes && (op == kEq || op == kNe)) {
    return Value::from_bool((memcmp(a->data(), b->data(), a->size * a->type->size) == 0) == (op == kEq));
  }
  for (uint64_t i = 0; i < a->size && i < b->size; ++i) {
    Value p = TRY(array_item(a, i)), q = TRY(array_item(b, i));
    int equal = compare_bool(p, q, kEq);
    // NaN compares unequal to itself even here: the values are fresh objects.
    if (p.is_double() && q.is_double()) equal = p.as_double() == q.as_double();
    if (equal < 0) return nullptr;
    if (equal) continue;
    if (op == kEq || op == kNe) return Value::from_bool(op == kNe);
    return compare(p, q, op);
  }
  return Value::from_bool(compare_sizes(a->size, b->size, op));
}

int array_contains(Value self, Value item) {
  Array* a = self_array(self);
  for (uint64_t i = 0; i < a->size; ++i) {
    Value v = array_item(a, i);
    int equal = v ? compare_bool(v, item, kEq) : -1;
    if (equal) return equal;
  }
  return 0;
}

Value array_concat(Value x, Value y) {
  if (!is_array(y)) return raisef(exc.TypeError, "can only append array (not \"%.200s\") to array", type_name(y));
  Array *a = self_array(x), *b = self_array(y);
  if (a->type != b->type) return raise(exc.TypeError, "bad argument type for built-in operation");
  Array* out = TRY(new_array(array_class, a->type, a->size + b->size));
  memcpy(out->data(), a->data(), a->size * a->type->size);
  memcpy(item_at(out, a->size), b->data(), b->size * a->type->size);
  return out;
}

Value array_inplace_concat(Value x, Value y) {
  if (!is_array(y)) return raisef(exc.TypeError, "can only extend with array (not \"%.200s\")", type_name(y));
  return array_extend(self_array(x), y) ? x : Value();
}

bool repeat_into(Array* to, uint64_t n, uint64_t count) {
  uint64_t bytes = n * to->type->size;
  for (uint64_t k = 1; k < count; ++k) memcpy(to->data() + k * bytes, to->data(), bytes);
  return true;
}

Value array_repeat(Value self, Value count_value) {
  Array* a = self_array(self);
  int64_t count;
  if (!index_to_ssize(count_value, &count, exc.OverflowError)) return nullptr;
  uint64_t n = count < 0 ? 0 : static_cast<uint64_t>(count);
  if (a->size && n > (1ull << 58) / a->size) return raise_memory_error();
  Array* out = TRY(new_array(array_class, a->type, a->size * n));
  if (out->size) memcpy(out->data(), a->data(), a->size * a->type->size);
  if (out->size) repeat_into(out, a->size, n);
  return out;
}

Value array_inplace_repeat(Value self, Value count_value) {
  Array* a = self_array(self);
  int64_t count;
  if (!index_to_ssize(count_value, &count, exc.OverflowError)) return nullptr;
  uint64_t n = count < 0 ? 0 : static_cast<uint64_t>(count), old = a->size;
  if (!old || n == 1) return self;
  if (n > (1ull << 58) / old) return raise_memory_error();
  if (!array_resize(a, old * n)) return nullptr;
  if (n) repeat_into(a, old, n);
  return self;
}

Value array_repr(Value self) {
  Array* a = self_array(self);
  StrBuilder out;
  out.append(a->cls()->name);
  out.append_ascii("('");
  out.append(static_cast<uint32_t>(a->type->code));
  out.append_ascii("'");
  if (a->size) {
    out.append_ascii(", ");
    Value content = a->type->code == 'u' ? Value(TRY(array_to_text(a))) : Value(TRY(array_to_list(a)));
    out.append(TRY(repr(content)));
  }
  out.append_ascii(")");
  return out.finish();
}

bool array_get_buffer(Value self, BufferView* view, int flags) {
  Array* a = self_array(self);
  auto* dims = new int64_t[2]{static_cast<int64_t>(a->size), a->type->size};
  view->data = a->data();
  view->length = static_cast<int64_t>(a->size * a->type->size);
  view->itemsize = a->type->size;
  view->readonly = false;
  view->format = a->type->format;
  view->ndim = 1;
  view->shape = dims;
  view->strides = dims + 1;
  view->owner = self;
  view->internal = dims;
  ++a->exports;
  return true;
}

void array_release_buffer(Value self, BufferView* view) {
  --self_array(self)->exports;
  delete[] static_cast<int64_t*>(view->internal);
  view->internal = nullptr;
}

Value array_iter(Value self) { return new_sequence_iterator(iterator_class, self); }

Value iterator_next(Value self) {
  auto* it = self.as<SequenceIterator>();
  if (!it->sequence) return nullptr;
  Array* a = it->sequence.as<Array>();
  if (static_cast<uint64_t>(it->index) < a->size) return array_item(a, static_cast<uint64_t>(it->index++));
  it->sequence = nullptr;
  return nullptr;
}

Value iterator_reduce(Value* args) {
  auto* it = args[0].as<SequenceIterator>();
  Value iter = TRY(builtin_named("iter"));
  if (!it->sequence) return make_tuple(iter, make_tuple(empty_tuple()));
  return make_tuple(iter, make_tuple(it->sequence), new_int(it->index));
}

Value iterator_setstate(Value* args) {
  auto* it = args[0].as<SequenceIterator>();
  int64_t index;
  if (!index_to_ssize(args[1], &index, exc.OverflowError)) return nullptr;
  if (it->sequence) {
    int64_t n = static_cast<int64_t>(it->sequence.as<Array>()->size);
    it->index = index < 0 ? 0 : index > n ? n : index;
  }
  return Value::none();
}

const MethodDef kIteratorMethods[] = {reduce_row(iterator_reduce), setstate_row(iterator_setstate), {}};

}  // namespace

bool init_array_module(Module* m) {
  static ClassSpec spec{.name = "array.array", .basicsize = sizeof(Array), .flags = kClassBaseType | kClassHasWeakref | kClassSequencePattern,
                        .trace_kind = TraceKind::kCustom, .trace = trace_array,
                        .doc = "array(typecode [, initializer]) -> array\n\nA sequence of numbers of one machine type, stored compactly; typecode "
                               "names the type:\nb B (1 byte) u (character) h H (2) i I (4) l L q Q (8, capitals unsigned) f d (floats).",
                        .methods = kArrayMethods, .getset = kArrayFields};
  Slots& s = spec.slots;
  s.repr = array_repr;
  s.compare = array_compare;
  s.iter = array_iter;
  s.length = array_length;
  s.getitem = array_getitem;
  s.setitem = array_setitem;
  s.contains = array_contains;
  s.concat = array_concat;
  s.repeat = array_repeat;
  s.inplace_concat = array_inplace_concat;
  s.inplace_repeat = array_inplace_repeat;
  s.get_buffer = array_get_buffer;
  s.release_buffer = array_release_buffer;
  s.new_ = array_new;
  static ClassSpec iterator{.name = "array.arrayiterator", .basicsize = sizeof(SequenceIterator), .flags = kClassNoInstantiation,
                            .trace_kind = TraceKind::kCustom,
                            .trace = [](Object* o, Tracer& t) { t.visit(static_cast<SequenceIterator*>(o)->sequence); },
                            .methods = kIteratorMethods};
  iterator.slots.iter = iter_self;
  iterator.slots.next = iterator_next;
  if (!add_class(m, iterator, &iterator_class) || dict_delete(m->dict(), intern("arrayiterator")) < 0) return false;
  if (!add_class(m, spec, &array_class)) return false;
  static Str* mutable_sequence = intern("MutableSequence");
  static Str* registration = intern("register");
  Value abc = TRY(get_attr(TRY(import_module("_collections_abc")), mutable_sequence));
  if (!call_method1(abc, registration, array_class)) return false;
  return add_object(m, "ArrayType", array_class) && add_string(m, "typecodes", "bBuhHiIlLqQfd") && add_functions(m, kArrayFunctions) &&
         remember_reconstructor(m);
}

}  // namespace pyjit::runtime
