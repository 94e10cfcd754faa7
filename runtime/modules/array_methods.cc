// array.array's methods, and the module's _array_reconstructor, which unpickles arrays from other machines.
#include <algorithm>
#include <cstring>

#include "runtime/modules/array.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence_util.h"

namespace pyjit::runtime {

namespace {

Array* self_array(Value v) { return v.as<Array>(); }
Value none_if(bool ok) { return ok ? Value::none() : Value(); }
std::string_view bytes_of(Array* a) { return {a->data(), a->size * a->type->size}; }

Value append(Value* args) { return none_if(array_append(self_array(args[0]), args[1])); }
Value extend(Value* args) { return none_if(array_extend(self_array(args[0]), args[1])); }

Value buffer_info(Value* args) {
  Array* a = self_array(args[0]);
  return make_tuple(new_int(static_cast<int64_t>(reinterpret_cast<uintptr_t>(a->data()))), new_int(static_cast<int64_t>(a->size)));
}

void swap_bytes(char* data, uint64_t count, size_t size) {
  for (uint64_t i = 0; i < count; ++i) std::reverse(data + i * size, data + (i + 1) * size);
}

Value byteswap(Value* args) {
  Array* a = self_array(args[0]);
  swap_bytes(a->data(), a->size, a->type->size);
  return Value::none();
}

Value copy(Value* args) {
  Array* a = self_array(args[0]);
  Array* out = TRY(new_array(array_class, a->type, a->size));
  memcpy(out->data(), a->data(), a->size * a->type->size);
  return out;
}

// Position of an item equal to v in [start, stop): -1 absent, -2 error.
int64_t find(Array* a, Value v, int64_t start, int64_t stop) {
  for (int64_t i = start; i < stop && i < static_cast<int64_t>(a->size); ++i) {
    Value item = array_item(a, static_cast<uint64_t>(i));
    int equal = item ? compare_bool(item, v, kEq) : -1;
    if (equal < 0) return -2;
    if (equal) return i;
  }
  return -1;
}

Value count(Value* args) {
  Array* a = self_array(args[0]);
  int64_t n = 0;
  for (uint64_t i = 0; i < a->size; ++i) {
    int equal = compare_bool(TRY(array_item(a, i)), args[1], kEq);
    if (equal < 0) return nullptr;
    n += equal;
  }
  return new_int(n);
}

Value index(Value* args) {
  Array* a = self_array(args[0]);
  int64_t start, stop;
  if (!index_bounds(args[2], args[3], static_cast<int64_t>(a->size), &start, &stop)) return nullptr;
  int64_t i = find(a, args[1], start, stop);
  if (i >= 0) return Value::from_int(i);
  return i == -2 ? Value() : Value(raise(exc.ValueError, "array.index(x): x not in array"));
}

bool delete_at(Array* a, uint64_t i) {
  if (a->exports) return array_resize(a, a->size - 1);
  size_t size = a->type->size;
  memmove(a->data() + i * size, a->data() + (i + 1) * size, (a->size - i - 1) * size);
  return array_resize(a, a->size - 1);
}

Value insert(Value* args) {
  Array* a = self_array(args[0]);
  int64_t i, n = static_cast<int64_t>(a->size);
  if (!index_to_ssize(args[1], &i, exc.OverflowError)) return nullptr;
  if (i < 0) i = std::max<int64_t>(0, i + n);
  i = std::min(i, n);
  char scratch[8];
  if (!a->type->set(scratch, args[2]) || !array_resize(a, a->size + 1)) return nullptr;
  size_t size = a->type->size;
  char* at = a->data() + static_cast<size_t>(i) * size;
  memmove(at + size, at, static_cast<size_t>(n - i) * size);
  memcpy(at, scratch, size);
  return Value::none();
}

Value pop(Value* args) {
  Array* a = self_array(args[0]);
  int64_t i = -1;
  if (args[1] && !index_to_ssize(args[1], &i, exc.OverflowError)) return nullptr;
  if (!a->size) return raise(exc.IndexError, "pop from empty array");
  if (i < 0) i += static_cast<int64_t>(a->size);
  if (static_cast<uint64_t>(i) >= a->size) return raise(exc.IndexError, "pop index out of range");
  Value v = TRY(array_item(a, static_cast<uint64_t>(i)));
  return delete_at(a, static_cast<uint64_t>(i)) ? v : Value();
}

Value remove(Value* args) {
  Array* a = self_array(args[0]);
  int64_t i = find(a, args[1], 0, INT64_MAX);
  if (i == -2) return nullptr;
  if (i < 0) return raise(exc.ValueError, "array.remove(x): x not in array");
  return none_if(delete_at(a, static_cast<uint64_t>(i)));
}

Value reverse(Value* args) {
  Array* a = self_array(args[0]);
  size_t size = a->type->size;
  for (uint64_t i = 0, j = a->size; i + 1 < j; ++i) {
    --j;
    std::swap_ranges(a->data() + i * size, a->data() + (i + 1) * size, a->data() + j * size);
  }
  return Value::none();
}

Value frombytes(Value* args) {
  Array* a = self_array(args[0]);
  BufferView view;
  if (!get_buffer(args[1], &view)) return nullptr;
  if (view.itemsize != 1) {
    release_buffer(&view);
    return raise(exc.TypeError, "a bytes-like object is required");
  }
  std::string copy(view.view());   // the buffer may be our own, which could not be resized while it is exported
  release_buffer(&view);
  return none_if(array_append_bytes(a, copy));
}

Value fromfile(Value* args) {
  Array* a = self_array(args[0]);
  int64_t n;
  if (!index_to_ssize(args[2], &n, exc.OverflowError)) return nullptr;
  if (n < 0) return raise(exc.ValueError, "negative count");
  if (n > INT64_MAX / a->type->size) return raise_memory_error();
  Value data = TRY(call_method1(args[1], names.read, new_int(n * a->type->size)));
  if (!is_bytes(data)) return raise(exc.TypeError, "read() didn't return bytes");
  bool enough = static_cast<int64_t>(data.as<Bytes>()->size) == n * a->type->size;
  if (!array_append_bytes(a, data.as<Bytes>()->view())) return nullptr;
  return enough ? Value::none() : Value(raise(exc.EOFError, "read() didn't return enough bytes"));
}

Value tofile(Value* args) {
  Array* a = self_array(args[0]);
  constexpr size_t kBlock = 64 << 10;
  for (size_t at = 0; at < bytes_of(a).size(); at += kBlock) {
    Bytes* block = TRY(new_bytes(bytes_of(a).substr(at, kBlock)));
    TRY(call_method1(args[1], names.write, block));
  }
  return Value::none();
}

Value fromlist(Value* args) {
  Array* a = self_array(args[0]);
  if (!is_list(args[1])) return raise(exc.TypeError, "arg must be list");
  List* list = args[1].as<List>();
  uint64_t old = a->size, n = list->size;
  for (uint64_t i = 0; i < n; ++i) {
    if (!array_append(a, list->items()[i])) {
      a->size = old;
      return nullptr;
    }
    if (list->size != n) {
      a->size = old;
      return raise(exc.RuntimeError, "list changed size during iteration");
    }
  }
  return Value::none();
}

Value tolist(Value* args) { return array_to_list(self_array(args[0])); }
Value tobytes(Value* args) { return new_bytes(bytes_of(self_array(args[0]))); }

Value fromunicode(Value* args) {
  Array* a = self_array(args[0]);
  if (!is_str(args[1])) {
    return raisef(exc.TypeError, "fromunicode() argument must be str, not %.50s", args[1].is_none() ? "None" : type_name(args[1]));
  }
  if (a->type->code != 'u') return raise(exc.ValueError, "fromunicode() may only be called on unicode type arrays");
  return none_if(array_append_text(a, args[1].as<Str>()));
}

Value tounicode(Value* args) {
  Array* a = self_array(args[0]);
  if (a->type->code != 'u') return raise(exc.ValueError, "tounicode() may only be called on unicode type arrays");
  return array_to_text(a);
}

Value reconstructor;

Value reduce_ex(Value* args) {
  Array* a = self_array(args[0]);
  if (!is_int_like(args[1])) return raisef(exc.TypeError, "__reduce_ex__ argument should be an integer");
  int64_t protocol;
  if (!to_int64(args[1], &protocol)) return nullptr;
  Value state = get_attr_or_null(args[0], names.dunder_dict);
  if (!state) {
    if (error_pending()) return nullptr;
    state = Value::none();
  }
  Value code = char_str(static_cast<uint32_t>(a->type->code));
  if (protocol < 3) {
    List* list = TRY(array_to_list(a));
    return make_tuple(class_of(args[0]), make_tuple(code, list), state);
  }
  Bytes* bytes = TRY(new_bytes(bytes_of(a)));
  return make_tuple(reconstructor, make_tuple(class_of(args[0]), code, Value::from_int(a->type->machine_format), bytes), state);
}

Value array_sizeof(Value* args) { return new_int(static_cast<int64_t>(64 + self_array(args[0])->size * self_array(args[0])->type->size)); }

// Machine formats: what the bytes of a pickled array are.
struct MachineFormat { uint8_t size; bool is_signed, is_float, is_text, big_endian; };
MachineFormat machine_format(int code) {
  if (code < 2) return {1, code == 1, false, false, false};
  bool big = code & 1;
  if (code < 14) return {static_cast<uint8_t>(2 << ((code - 2) / 4)), ((code - 2) / 2 & 1) != 0, false, false, big};
  if (code < 18) return {static_cast<uint8_t>(code < 16 ? 4 : 8), true, true, false, big};
  return {static_cast<uint8_t>(code < 20 ? 2 : 4), false, false, true, big};
}

Value array_reconstructor(Value* args) {
  if (!class_of(args[0])->has(kSubType)) return raise(exc.TypeError, "first argument must be a type object, not int");
  Class* cls = args[0].as<Class>();
  int format_code;
  if (!is_subclass(cls, array_class)) return raisef(exc.TypeError, "%.200s is not a subtype of array.array", to_utf8(cls->name).c_str());
  if (!is_str(args[1]) || args[1].as<Str>()->length != 1) {
    return raisef(exc.TypeError, "_array_reconstructor() argument 2 must be a unicode character, not %.50s", type_name(args[1]));
  }
  if (!to_int32(args[2], &format_code)) return nullptr;
  bool known = false;
  for (const char* c = "bBuhHiIlLqQfd"; *c; ++c) known |= static_cast<uint32_t>(*c) == args[1].as<Str>()->at(0);
  if (!known) return raise(exc.ValueError, "second argument must be a valid type code");
  if (format_code < 0 || format_code > 21) return raise(exc.ValueError, "third argument must be a valid machine format code.");
  if (!is_bytes(args[3])) return raisef(exc.TypeError, "fourth argument should be bytes, not %.200s", type_name(args[3]));
  const ElementType* type = TRY(array_element_type(args[1].as<Str>()->at(0)));
  std::string_view data = args[3].as<Bytes>()->view();
  MachineFormat f = machine_format(format_code);
  Array* a = TRY(new_array(cls, type, 0));
  if (f.is_text) {
    // UTF-16 or UTF-32 text.
    if (data.size() % f.size) return raise(exc.ValueError, "string length not a multiple of item size");
    std::vector<uint32_t> text;
    for (size_t i = 0; i < data.size(); i += f.size) {
      uint32_t c = 0;
      for (unsigned k = 0; k < f.size; ++k) c |= static_cast<uint32_t>(static_cast<uint8_t>(data[i + (f.big_endian ? f.size - 1 - k : k)])) << (8 * k);
      if (f.size == 2 && c >= 0xDC00 && c < 0xE000 && !text.empty() && text.back() >= 0xD800 && text.back() < 0xDC00) {
        text.back() = 0x10000 + ((text.back() - 0xD800) << 10) + (c - 0xDC00);
      } else {
        text.push_back(c);
      }
    }
    Str* s = TRY(new_str_from_code_points(text.data(), text.size()));
    return type->code == 'u' ? none_if(array_append_text(a, s)) ? Value(a) : Value() : Value(raise(exc.TypeError, "array item must be unicode character"));
  }
  if (type->machine_format == format_code) {
    if (!array_append_bytes(a, data)) return nullptr;
    return a;
  }
  if (data.size() % f.size) return raise(exc.ValueError, "bytes length not a multiple of item size");
  for (size_t i = 0; i < data.size(); i += f.size) {
    uint64_t bits = 0;
    for (unsigned k = 0; k < f.size; ++k) {
      bits |= static_cast<uint64_t>(static_cast<uint8_t>(data[i + (f.big_endian ? f.size - 1u - k : k)])) << (8 * k);
    }
    Value v;
    if (f.is_float) {
      float single;
      double twice;
      uint32_t low = static_cast<uint32_t>(bits);
      memcpy(&single, &low, 4);
      memcpy(&twice, &bits, 8);
      v = new_float(f.size == 4 ? single : twice);
    } else if (f.is_signed) {
      unsigned shift = 64 - 8 * f.size;
      v = new_int(static_cast<int64_t>(bits << shift) >> shift);
    } else {
      v = new_int_unsigned(bits);
    }
    if (!array_append(a, v)) return nullptr;
  }
  return a;
}

constexpr Effects kAnything = Effects::kCallsPython;

}  // namespace

const MethodDef kArrayMethods[] = {
    method_row("append", "($self, v, /)", append, kAnything, "Append new value v to the end of the array."),
    method_row("buffer_info", "($self, /)", buffer_info, Effects::kReads, "A tuple (address, length in items) of the array's memory."),
    method_row("byteswap", "($self, /)", byteswap, Effects::kWrites, "Turn the bytes of every item around."),
    method_row("__copy__", "($self, /)", copy, Effects::kWrites, "Return a copy of the array."),
    method_row("count", "($self, v, /)", count, kAnything, "Return number of occurrences of v in the array."),
    method_row("__deepcopy__", "($self, unused, /)", copy, Effects::kWrites, "Return a copy of the array."),
    method_row("extend", "($self, bb, /)", extend, kAnything, "Append items to the end of the array."),
    method_row("fromfile", "($self, f, n, /)", fromfile, kAnything, "Read n items from the binary file f and append them."),
    method_row("fromlist", "($self, list, /)", fromlist, kAnything, "Append items to array from list."),
    method_row("frombytes", "($self, buffer, /)", frombytes, kAnything, "Append items that have these bytes in memory."),
    method_row("fromunicode", "($self, ustr, /)", fromunicode, kAnything, "Append the characters of a str; for arrays of type 'u'."),
    method_row("index", "($self, v, start=0, stop=sys.maxsize, /)", index, kAnything, "The position of the first item equal to v."),
    method_row("insert", "($self, i, v, /)", insert, kAnything, "Insert a new item v into the array before position i."),
    method_row("pop", "($self, i=-1, /)", pop, kAnything, "Remove the item at position i and return it."),
    method_row("__reduce_ex__", "($self, value, /)", reduce_ex, kAnything, "Return state information for pickling."),
    method_row("remove", "($self, v, /)", remove, kAnything, "Remove the first occurrence of v in the array."),
    method_row("reverse", "($self, /)", reverse, Effects::kWrites, "Reverse the order of the items in the array."),
    method_row("tofile", "($self, f, /)", tofile, kAnything, "Write all items (as machine values) to the file object f."),
    method_row("tolist", "($self, /)", tolist, Effects::kWrites, "Convert array to an ordinary list with the same items."),
    method_row("tobytes", "($self, /)", tobytes, Effects::kWrites, "The items as they are in memory."),
    method_row("tounicode", "($self, /)", tounicode, kAnything, "The characters of an array of type 'u' as a str."),
    method_row("__sizeof__", "($self, /)", array_sizeof, Effects::kReads, "Size of the array in memory, in bytes."),
    {}};
const GetSetDef kArrayFields[] = {
    {"typecode", [](Value v) { return Value(char_str(static_cast<uint32_t>(self_array(v)->type->code))); }, nullptr,
     "the typecode character used to create the array"},
    {"itemsize", [](Value v) { return Value::from_int(self_array(v)->type->size); }, nullptr, "the size, in bytes, of one array item"},
    {}};
const MethodDef kArrayFunctions[] = {function_row("_array_reconstructor", "($module, arraytype, typecode, mformat_code, items,\n                     /)",
                                                  array_reconstructor, kAnything, "Internal. Used for pickling support."),
                                     {}};

bool remember_reconstructor(Module* m) {
  if (!reconstructor) heap.add_root_range(&reconstructor, &reconstructor + 1);
  reconstructor = module_get(m, intern("_array_reconstructor"));
  return !reconstructor.is_null();
}

}  // namespace pyjit::runtime
