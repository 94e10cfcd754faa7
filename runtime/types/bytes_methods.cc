// Methods that bytes and bytearray share: search, editing, padding, hex, translate.
#include "runtime/types/bytes_methods.h"

#include "runtime/codecs.h"
#include "runtime/memory_limits.h"
#include "runtime/names.h"
#include "runtime/types/containers.h"
#include "runtime/types/int.h"
#include "runtime/types/search.h"

namespace pyjit::runtime {

bool to_byte(Value v, uint8_t* out, bool plural) {
  int64_t n;
  if (v.is_int()) {
    n = v.as_int();
  } else {
    Value index = TRY(number_index(v));
    if (!int_to_int64(index, &n)) n = -1;
  }
  if (n < 0 || n > 255) {
    raise(exc.ValueError, plural ? "bytes must be in range(0, 256)" : "byte must be in range(0, 256)");
    return false;
  }
  *out = static_cast<uint8_t>(n);
  return true;
}

std::string bytes_repr(std::string_view data, std::string_view prefix) {
  static constexpr char kHex[] = "0123456789abcdef";
  bool has_single = data.find('\'') != data.npos, has_double = data.find('"') != data.npos;
  char quote = has_single && !has_double ? '"' : '\'';
  std::string out(prefix);
  out.reserve(prefix.size() + data.size() + 3);
  out += 'b';
  out += quote;
  for (char ch : data) {
    uint8_t c = static_cast<uint8_t>(ch);
    if (c == '\\' || (prefix.empty() ? ch == quote : ch == '\'')) { out += '\\'; out += ch; }   // bytearray escapes every '
    else if (c == '\t') out += "\\t";
    else if (c == '\n') out += "\\n";
    else if (c == '\r') out += "\\r";
    else if (c < ' ' || c >= 0x7F) { out += "\\x"; out += kHex[c >> 4]; out += kHex[c & 15]; }
    else out += ch;
  }
  out += quote;
  return out;
}

Value bytes_compare(Value a, Value b, CompareOp op) {
  if (!supports_buffer(a) || !supports_buffer(b)) return Value::not_implemented();
  BufferArg x, y;
  if (!x.get(a) || !y.get(b)) {
    clear_pending();
    return Value::not_implemented();
  }
  if (op == kEq) return Value::from_bool(x.view() == y.view());
  if (op == kNe) return Value::from_bool(x.view() != y.view());
  int order = x.view().compare(y.view());
  switch (op) {
    case kLt: return Value::from_bool(order < 0);
    case kLe: return Value::from_bool(order <= 0);
    case kGt: return Value::from_bool(order > 0);
    default: return Value::from_bool(order >= 0);
  }
}

std::string bytes_repeat_text(std::string_view data, int64_t count) {
  if (data.size() == 1) return std::string(static_cast<size_t>(count), data[0]);
  std::string out;
  out.reserve(data.size() * static_cast<size_t>(count));
  for (; count > 0; --count) out += data;
  return out;
}

int bytes_contains(Value self, Value item) {
  if (is_int_like(item) || (!supports_buffer(item) && class_of(item)->slots.index)) {
    uint8_t byte;
    if (!to_byte(item, &byte)) return -1;
    return bytes_view(self).find(static_cast<char>(byte)) != std::string_view::npos;
  }
  BufferArg sub;
  if (!sub.get(item)) return -1;
  std::string_view data = bytes_view(self);
  return find_units(data.data(), static_cast<int64_t>(data.size()), sub.view().data(), static_cast<int64_t>(sub.view().size()), 1) >= 0;
}

namespace {

std::string_view view_of(Value* args) { return bytes_view(args[0]); }
const char* class_name(Value* args) { return is_bytes(args[0]) ? "bytes" : "bytearray"; }
Value same(Value self) { return is_exact(self, types.bytes) ? self : bytes_like(self, bytes_view(self)); }
Value like(Value* args, std::string_view data) { return bytes_like(args[0], data); }

// The needle of find, count ...: a buffer, or an int in range(256).
struct Needle {
  BufferArg buffer;
  char byte = 0;
  std::string_view view;
  bool get(Value v) {
    if (supports_buffer(v)) {
      if (!buffer.get(v)) return false;
      view = buffer.view();
      return true;
    }
    if (!class_of(v)->slots.index) {
      raisef(exc.TypeError, "argument should be integer or bytes-like object, not '%.200s'", type_name(v));
      return false;
    }
    uint8_t b;
    if (!to_byte(v, &b)) return false;
    byte = static_cast<char>(b);
    view = {&byte, 1};
    return true;
  }
};

enum class Search { kFind, kRFind, kIndex, kRIndex, kCount };

template <Search kWhat>
Value search(const char* name, Value* args, uint32_t nargs, Tuple* kwnames) {
  SubArgs a;
  if (!parse_sub_args(class_name(args), name, args, nargs, kwnames, &a)) return nullptr;
  Needle needle;
  if (!needle.get(a.sub)) return nullptr;
  std::string_view data = view_of(args);
  adjust_indices(static_cast<int64_t>(data.size()), &a.start, &a.end);
  int64_t n = a.end - a.start, m = static_cast<int64_t>(needle.view.size());
  constexpr bool kCount = kWhat == Search::kCount;
  int64_t result = kCount ? 0 : -1;
  if (n >= m) {
    const char* from = data.data() + a.start;
    if (kCount) {
      result = count_units(from, n, needle.view.data(), m, 1, INT64_MAX);
    } else {
      bool backwards = kWhat == Search::kRFind || kWhat == Search::kRIndex;
      result = backwards ? rfind_units(from, n, needle.view.data(), m, 1) : find_units(from, n, needle.view.data(), m, 1);
      if (result >= 0) result += a.start;
    }
  }
  if ((kWhat == Search::kIndex || kWhat == Search::kRIndex) && result < 0) return raise(exc.ValueError, "subsection not found");
  return Value::from_int(result);
}

Value m_find(Value* a, uint32_t n, Tuple* k) { return search<Search::kFind>("find", a, n, k); }
Value m_rfind(Value* a, uint32_t n, Tuple* k) { return search<Search::kRFind>("rfind", a, n, k); }
Value m_index(Value* a, uint32_t n, Tuple* k) { return search<Search::kIndex>("index", a, n, k); }
Value m_rindex(Value* a, uint32_t n, Tuple* k) { return search<Search::kRIndex>("rindex", a, n, k); }
Value m_count(Value* a, uint32_t n, Tuple* k) { return search<Search::kCount>("count", a, n, k); }

bool matches_end(std::string_view data, std::string_view piece, int64_t start, int64_t end, bool at_end) {
  adjust_indices(static_cast<int64_t>(data.size()), &start, &end);
  int64_t m = static_cast<int64_t>(piece.size());
  if (end - start < m) return false;
  return data.substr(static_cast<size_t>(at_end ? end - m : start), static_cast<size_t>(m)) == piece;
}

Value affix(const char* name, bool at_end, Value* args, uint32_t nargs, Tuple* kwnames) {
  SubArgs a;
  if (!parse_sub_args(class_name(args), name, args, nargs, kwnames, &a)) return nullptr;
  if (is_tuple(a.sub)) {
    const Tuple* choices = a.sub.as<Tuple>();
    for (uint64_t i = 0; i < choices->size; ++i) {
      BufferArg piece;
      if (!piece.get(choices->items[i])) return nullptr;
      if (matches_end(view_of(args), piece.view(), a.start, a.end, at_end)) return Value::from_bool(true);
    }
    return Value::from_bool(false);
  }
  if (!supports_buffer(a.sub))
    return raisef(exc.TypeError, "%s first arg must be bytes or a tuple of bytes, not %.100s", name, type_name(a.sub));
  BufferArg piece;
  if (!piece.get(a.sub)) return nullptr;
  return Value::from_bool(matches_end(view_of(args), piece.view(), a.start, a.end, at_end));
}
Value m_startswith(Value* a, uint32_t n, Tuple* k) { return affix("startswith", false, a, n, k); }
Value m_endswith(Value* a, uint32_t n, Tuple* k) { return affix("endswith", true, a, n, k); }

Value m_replace(Value* args) {
  BufferArg old_arg, new_arg;
  if (!old_arg.get(args[1]) || !new_arg.get(args[2])) return nullptr;
  int64_t max = -1;
  if (args[3] && !to_ssize(args[3], &max)) return nullptr;
  if (max < 0) max = INT64_MAX;
  std::string_view data = view_of(args), old = old_arg.view(), replacement = new_arg.view();
  std::string out;
  if (old.empty()) {
    size_t i = 0;
    for (; max > 0 && i <= data.size(); --max) {
      out += replacement;
      if (i < data.size()) out += data[i];
      ++i;
    }
    if (i < data.size()) out += data.substr(i);
    return like(args, out);
  }
  size_t from = 0;
  for (; max > 0; --max) {
    int64_t at = find_units(data.data() + from, static_cast<int64_t>(data.size() - from), old.data(), static_cast<int64_t>(old.size()), 1);
    if (at < 0) break;
    out += data.substr(from, static_cast<size_t>(at));
    out += replacement;
    from += static_cast<size_t>(at) + old.size();
  }
  if (from == 0) return same(args[0]);
  out += data.substr(from);
  return like(args, out);
}

Value justify(Value* args, const char* name, int side) {
  int64_t width;
  if (!to_ssize(args[1], &width)) return nullptr;
  char fill = ' ';
  if (args[2]) {
    bool one = (is_bytes(args[2]) || is_bytearray(args[2])) && bytes_view(args[2]).size() == 1;
    if (!one) return raisef(exc.TypeError, "%s() argument 2 must be a byte string of length 1, not %.50s", name, args[2].is_none() ? "None" : type_name(args[2]));
    fill = bytes_view(args[2])[0];
  }
  std::string_view data = view_of(args);
  int64_t size = static_cast<int64_t>(data.size()), margin = width - size;
  if (width <= size) return same(args[0]);
  if (!fits_memory(static_cast<uint64_t>(width))) return nullptr;
  int64_t left = side < 0 ? 0 : side > 0 ? margin : margin / 2 + (margin & width & 1);
  std::string out(static_cast<size_t>(left), fill);
  out += data;
  out.append(static_cast<size_t>(margin - left), fill);
  return like(args, out);
}
Value m_center(Value* args) { return justify(args, "center", 0); }
Value m_ljust(Value* args) { return justify(args, "ljust", -1); }
Value m_rjust(Value* args) { return justify(args, "rjust", 1); }

Value m_zfill(Value* args) {
  int64_t width;
  if (!to_ssize(args[1], &width)) return nullptr;
  std::string_view data = view_of(args);
  if (width <= static_cast<int64_t>(data.size())) return same(args[0]);
  if (!fits_memory(static_cast<uint64_t>(width))) return nullptr;
  size_t sign = !data.empty() && (data[0] == '+' || data[0] == '-');
  std::string out(data.substr(0, sign));
  out.append(static_cast<size_t>(width) - data.size(), '0');
  out += data.substr(sign);
  return like(args, out);
}

Value m_expandtabs(Value* args) {
  int tab = 8;
  if (args[1] && !to_int32(args[1], &tab)) return nullptr;
  std::string out;
  int64_t column = 0;
  for (char c : view_of(args)) {
    if (c == '\t') {
      if (tab > 0) {
        int64_t step = tab - column % tab;
        column += step;
        if (out.size() + static_cast<size_t>(step) > (size_t{1} << 40)) return raise(exc.OverflowError, "result too long");
        out.append(static_cast<size_t>(step), ' ');
      }
    } else {
      ++column;
      out += c;
      if (c == '\n' || c == '\r') column = 0;
    }
  }
  return like(args, out);
}

Value m_removeprefix(Value* args) {
  BufferArg prefix;
  if (!prefix.get(args[1])) return nullptr;
  std::string_view data = view_of(args);
  return !prefix.view().empty() && data.starts_with(prefix.view()) ? like(args, data.substr(prefix.view().size())) : same(args[0]);
}

Value m_removesuffix(Value* args) {
  BufferArg suffix;
  if (!suffix.get(args[1])) return nullptr;
  std::string_view data = view_of(args);
  return !suffix.view().empty() && data.ends_with(suffix.view()) ? like(args, data.substr(0, data.size() - suffix.view().size())) : same(args[0]);
}

Value m_translate(Value* args) {
  BufferArg table, removed;
  bool identity = args[1].is_none();
  if (!identity && !table.get(args[1])) return nullptr;
  if (!identity && table.view().size() != 256) return raise(exc.ValueError, "translation table must be 256 characters long");
  bool skip[256] = {};
  if (args[2]) {
    if (!removed.get(args[2])) return nullptr;
    for (char c : removed.view()) skip[static_cast<uint8_t>(c)] = true;
  }
  std::string out;
  for (char ch : view_of(args)) {
    uint8_t c = static_cast<uint8_t>(ch);
    if (!skip[c]) out += identity ? ch : table.view()[c];
  }
  if (identity && is_exact(args[0], types.bytes) && out.size() == view_of(args).size()) return args[0];
  return like(args, out);
}

Value m_hex(Value* args) { return bytes_hex(view_of(args), args[1], args[2]); }

Value m_decode(Value* args) {
  for (int i = 1; i < 3; ++i)
    if (args[i] && !is_str(args[i]))
      return raisef(exc.TypeError, "decode() argument '%s' must be str, not %.50s", i == 1 ? "encoding" : "errors",
                    args[i].is_none() ? "None" : type_name(args[i]));
  return decode_bytes(args[0], view_of(args), args[1] ? args[1].as<Str>() : nullptr, args[2] ? args[2].as<Str>() : nullptr);
}

Value m_join(Value* args) {
  Value* items;
  size_t count;
  Value keep;
  if (!fast_sequence(args[1], "can only join an iterable", &items, &count, &keep)) return nullptr;
  if (count == 1 && is_exact(items[0], types.bytes) && is_bytes(args[0])) return items[0];
  std::string out;
  for (size_t i = 0; i < count; ++i) {
    if (!supports_buffer(items[i]))
      return raisef(exc.TypeError, "sequence item %zu: expected a bytes-like object, %.80s found", i, type_name(items[i]));
    BufferArg piece;
    if (!piece.get(items[i])) return nullptr;
    if (i > 0) out += view_of(args);
    out += piece.view();
  }
  return like(args, out);
}

constexpr Effects kAny = Effects::kCallsPython;

}  // namespace

Value bytes_hex(std::string_view data, Value separator, Value group) {
  static constexpr char kHex[] = "0123456789abcdef";
  int size = 1;
  if (group && !to_int32(group, &size)) return nullptr;
  char sep = 0;
  if (separator) {
    int64_t n = length(separator);
    if (n < 0) return nullptr;
    if (n != 1) return raise(exc.ValueError, "sep must be length 1.");
    if (is_str(separator)) {
      if (!separator.as<Str>()->is_ascii()) return raise(exc.ValueError, "sep must be ASCII.");
      sep = static_cast<char>(separator.as<Str>()->at(0));
    } else if (is_bytes(separator)) {
      sep = separator.as<Bytes>()->data[0];
    } else {
      return raise(exc.TypeError, "sep must be str or bytes.");
    }
    if (static_cast<uint8_t>(sep) > 127) return raise(exc.ValueError, "sep must be ASCII.");
  }
  bool separated = separator && size != 0;
  uint64_t width = static_cast<uint64_t>(size < 0 ? -static_cast<int64_t>(size) : size);
  std::string out;
  out.reserve(data.size() * 2 + (separated ? data.size() / width : 0));
  for (size_t i = 0; i < data.size(); ++i) {
    // A positive group size counts from the right end.
    if (separated && i > 0 && (size > 0 ? (data.size() - i) % width : i % width) == 0) out += sep;
    uint8_t c = static_cast<uint8_t>(data[i]);
    out += kHex[c >> 4];
    out += kHex[c & 15];
  }
  return new_str_ascii(out.data(), out.size());
}

Value bytes_maketrans(Value* args) {
  BufferArg from, to;
  if (!from.get(args[0]) || !to.get(args[1])) return nullptr;
  if (from.view().size() != to.view().size()) return raise(exc.ValueError, "maketrans arguments must have same length");
  char table[256];
  for (int i = 0; i < 256; ++i) table[i] = static_cast<char>(i);
  for (size_t i = 0; i < from.view().size(); ++i) table[static_cast<uint8_t>(from.view()[i])] = to.view()[i];
  return new_bytes({table, 256});
}

bool bytes_fromhex(Value text, std::string* out) {
  if (!is_str(text)) {
    raisef(exc.TypeError, "fromhex() argument must be str, not %.50s", text.is_none() ? "None" : type_name(text));
    return false;
  }
  const Str* s = text.as<Str>();
  auto digit = [](uint32_t c) -> int {
    if (c - '0' < 10) return static_cast<int>(c - '0');
    c |= 0x20;
    return c - 'a' < 6 ? static_cast<int>(c - 'a' + 10) : -1;
  };
  uint64_t i = 0;
  auto fail = [&](uint64_t at) {
    raisef(exc.ValueError, "non-hexadecimal number found in fromhex() arg at position %ld", static_cast<long>(at));
    return false;
  };
  while (true) {
    while (i < s->length && (s->at(i) == ' ' || (s->at(i) >= 9 && s->at(i) <= 13))) ++i;
    if (i >= s->length) return true;
    int high = s->at(i) < 128 ? digit(s->at(i)) : -1;
    if (high < 0) return fail(i);
    ++i;
    int low = i < s->length && s->at(i) < 128 ? digit(s->at(i)) : -1;
    if (low < 0) return fail(i);
    ++i;
    *out += static_cast<char>(high << 4 | low);
  }
}

bool bytes_from_iterable(Value iterable, const char* type, std::string* out) {
  bool plural = type[5] == 0;  // "bytes must be in range", but "byte must be in range" for bytearray
  if (is_exact(iterable, types.list) || is_exact(iterable, types.tuple)) {
    // __index__ may change the list: look at its size each time.
    for (uint64_t i = 0;; ++i) {
      uint64_t size = is_exact(iterable, types.list) ? iterable.as<List>()->size : iterable.as<Tuple>()->size;
      if (i >= size) return true;
      Value item = is_exact(iterable, types.list) ? iterable.as<List>()->items()[i] : iterable.as<Tuple>()->items[i];
      uint8_t byte;
      if (!to_byte(item, &byte, plural)) return false;
      *out += static_cast<char>(byte);
    }
  }
  Value it = TRY(get_iter(iterable));
  while (Value item = iter_next(it)) {
    uint8_t byte;
    if (!to_byte(item, &byte, plural)) return false;
    *out += static_cast<char>(byte);
  }
  return !error_pending();
}

bool bytes_from_source(Value source, const char* type, std::string* out) {
  Class* cls = class_of(source);
  if (is_int_like(source) || cls->slots.index) {
    int64_t n;
    if (!index_to_ssize(source, &n, exc.OverflowError)) {
      if (!pending_matches(exc.TypeError)) return false;
      clear_pending();
    } else {
      if (n < 0) {
        raise(exc.ValueError, "negative count");
        return false;
      }
      if (n > (int64_t{1} << 40)) {
        raise_memory_error();
        return false;
      }
      out->assign(static_cast<size_t>(n), '\0');
      return true;
    }
  }
  if (cls->slots.get_buffer) {
    BufferArg buffer;
    if (!buffer.get(source, kBufferFull & ~kBufferWritable)) return false;
    append_buffer(buffer.raw(), out);
    return true;
  }
  if (!is_str(source)) {
    if (is_iterable_type(source)) return bytes_from_iterable(source, type, out);
  }
  raisef(exc.TypeError, "cannot convert '%.200s' object to %s", type_name(source), type);
  return false;
}

bool bytes_construct(const char* type, Value source, Value encoding, Value errors, std::string* out) {
  for (int i = 0; i < 2; ++i) {
    Value v = i == 0 ? encoding : errors;
    if (v && !is_str(v)) {
      raisef(exc.TypeError, "%s() argument '%s' must be str, not %.50s", type, i == 0 ? "encoding" : "errors", v.is_none() ? "None" : type_name(v));
      return false;
    }
  }
  if (!source) {
    if (!encoding && !errors) return true;
  } else if (is_str(source)) {
    if (!encoding) {
      raise(exc.TypeError, "string argument without an encoding");
      return false;
    }
    Bytes* encoded = TRY(encode_str(source.as<Str>(), encoding.as<Str>(), errors ? errors.as<Str>() : nullptr));
    out->assign(encoded->view());
    return true;
  }
  if (encoding || errors) {
    raise(exc.TypeError, encoding ? "encoding without a string argument" : "errors without a string argument");
    return false;
  }
  return bytes_from_source(source, type, out);
}


#define RAW(name, signature, fn) {name, signature, nullptr, kAny, MethodKind::kMethod, nullptr, fn}
const MethodDef kBytesSharedMethods[] = {
    {"center", "($self, width, fillchar=b' ', /)", m_center, kAny},
    RAW("count", "!($self, sub, start=None, end=None, /)", m_count),
    {"decode", "($self, /, encoding='utf-8', errors='strict')", m_decode, kAny},
    RAW("endswith", "!($self, suffix, start=None, end=None, /)", m_endswith),
    {"expandtabs", "($self, /, tabsize=8)", m_expandtabs, kAny},
    RAW("find", "!($self, sub, start=None, end=None, /)", m_find),
    {"hex", "!($self, /, sep=None, bytes_per_sep=1)", m_hex, kAny, MethodKind::kMethod,
     "Create a string of hexadecimal numbers from a bytes or bytearray object.\n\n  sep\n    An optional single character or byte to separate hex bytes.\n"
     "  bytes_per_sep\n    How many bytes between separators.  Positive values count from the\n    right, negative values count from the left.\n\n"
     "Example:\n>>> value = bytes(b'\\xb9\\x01\\xef')\n>>> value.hex()\n'b901ef'\n>>> value.hex(':')\n'b9:01:ef'\n>>> value.hex(':', 2)\n'b9:01ef'\n"
     ">>> value.hex(':', -2)\n'b901:ef'"},
    RAW("index", "!($self, sub, start=None, end=None, /)", m_index),
    {"join", "($self, iterable_of_bytes, /)", m_join, kAny},
    {"ljust", "($self, width, fillchar=b' ', /)", m_ljust, kAny},
    {"replace", "($self, old, new, count=-1, /)", m_replace, kAny},
    {"removeprefix", "($self, prefix, /)", m_removeprefix, kAny},
    {"removesuffix", "($self, suffix, /)", m_removesuffix, kAny},
    RAW("rfind", "!($self, sub, start=None, end=None, /)", m_rfind),
    RAW("rindex", "!($self, sub, start=None, end=None, /)", m_rindex),
    {"rjust", "($self, width, fillchar=b' ', /)", m_rjust, kAny},
    RAW("startswith", "!($self, prefix, start=None, end=None, /)", m_startswith),
    {"translate", "($self, table, /, delete=b'')", m_translate, kAny},
    {"zfill", "($self, width, /)", m_zfill, kAny},
    {},
};

}  // namespace pyjit::runtime
