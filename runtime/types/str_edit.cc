// str → edited str: replace, padding, expandtabs, prefix and suffix removal, translate and maketrans.
#include "runtime/ops.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/search.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/text_args.h"

namespace pyjit::runtime {
namespace {

Str* self(Value* args) { return args[0].as<Str>(); }
const char* name_of(Value v) { return v.is_none() ? "None" : type_name(v); }

// The result of replacing `count` matches, when its kind is known beforehand.
Str* replace_direct(Str* s, const Str* old, const Str* replacement, int64_t count) {
  unsigned kind = s->kind();
  uint64_t length = s->length - static_cast<uint64_t>(count) * old->length;
  uint64_t added;
  if (__builtin_mul_overflow(static_cast<uint64_t>(count), replacement->length, &added) ||
      __builtin_add_overflow(length, added, &length) || length > INT64_MAX / 4)
    return raise(exc.OverflowError, "replace string is too long");
  if (length <= 1) return nullptr;
  Str* out = new_str_uninitialized(length, kind, s->is_ascii() && replacement->is_ascii());
  if (!out) return nullptr;
  uint64_t from = 0, to = 0;
  for (; count > 0; --count) {
    uint64_t at = static_cast<uint64_t>(str_find(s, old, static_cast<int64_t>(from), INT64_MAX));
    copy_code_points(out->inline_data, kind, to, s, from, at);
    to += at - from;
    copy_code_points(out->inline_data, kind, to, replacement, 0, replacement->length);
    to += replacement->length;
    from = at + old->length;
  }
  copy_code_points(out->inline_data, kind, to, s, from, s->length);
  return out;
}

Str* replace_general(Str* s, const Str* old, const Str* replacement, int64_t count) {
  StrBuilder out;
  uint64_t from = 0;
  if (old->length == 0) {  // before each code point, and at the end
    for (; count > 0; --count) {
      out.append(replacement);
      if (from < s->length) out.append(s->at(from++));
    }
  } else {
    for (; count > 0; --count) {
      uint64_t at = static_cast<uint64_t>(str_find(s, old, static_cast<int64_t>(from), INT64_MAX));
      out.append(s, from, at);
      out.append(replacement);
      from = at + old->length;
    }
  }
  out.append(s, from, s->length);
  return out.finish();
}

// The fill character of center, ljust, rjust.
bool fill_char(Value v, uint32_t* out) {
  if (v.is_null()) return true;
  if (!is_str(v)) {
    raisef(exc.TypeError, "The fill character must be a unicode character, not %.100s", type_name(v));
    return false;
  }
  if (v.as<Str>()->length != 1) {
    raise(exc.TypeError, "The fill character must be exactly one character long");
    return false;
  }
  *out = v.as<Str>()->at(0);
  return true;
}

Str* pad(Str* s, int64_t left, int64_t right, uint32_t fill) {
  if (left <= 0 && right <= 0) return exact_str(s);
  left = std::max<int64_t>(left, 0);
  right = std::max<int64_t>(right, 0);
  int64_t length;
  if (__builtin_add_overflow(left, right, &length) || __builtin_add_overflow(length, static_cast<int64_t>(s->length), &length))
    return raise(exc.OverflowError, "padded string is too long");
  unsigned kind = std::max(s->kind(), fill < 0x100 ? 1u : fill < 0x10000 ? 2u : 4u);
  Str* out = new_str_uninitialized(static_cast<uint64_t>(length), kind, s->is_ascii() && fill < 0x80);
  if (!out) return nullptr;
  auto put = [&](int64_t from, int64_t count) {
    for (int64_t i = from; i < from + count; ++i) {
      if (kind == 1) out->inline_data[i] = static_cast<char>(fill);
      else if (kind == 2) reinterpret_cast<uint16_t*>(out->inline_data)[i] = static_cast<uint16_t>(fill);
      else reinterpret_cast<uint32_t*>(out->inline_data)[i] = fill;
    }
  };
  put(0, left);
  copy_code_points(out->inline_data, kind, static_cast<size_t>(left), s, 0, s->length);
  put(left + static_cast<int64_t>(s->length), right);
  return length == 1 ? char_str(out->at(0)) : out;
}

enum class Side { kLeft, kRight, kBoth };

Value justify(Value* args, Side text_side) {
  Str* s = self(args);
  int64_t width;
  uint32_t fill = ' ';
  if (!to_ssize(args[1], &width) || !fill_char(args[2], &fill)) return nullptr;
  int64_t margin = width - static_cast<int64_t>(s->length);
  if (width < static_cast<int64_t>(s->length)) return exact_str(s);
  if (text_side == Side::kLeft) return pad(s, 0, margin, fill);
  if (text_side == Side::kRight) return pad(s, margin, 0, fill);
  int64_t left = margin / 2 + (margin & width & 1);
  return pad(s, left, margin - left, fill);
}

constexpr uint32_t kDelete = 0xFFFFFFFF, kUnknown = 0xFFFFFFFE;

// Looks c up in the table and appends what it maps to. *simple: the code point or kDelete, else kUnknown.
bool translate_one(Value table, uint32_t c, StrBuilder& out, uint32_t* simple) {
  *simple = kUnknown;
  Value mapped = is_exact(table, types.dict) ? dict_get(table.as<Dict>(), Value::from_int(c)) : get_item(table, Value::from_int(c));
  if (!mapped) {
    if (error_pending()) {
      if (!pending_matches(exc.LookupError)) return false;
      clear_pending();
    }
    out.append(*simple = c);
  } else if (mapped.is_none()) {
    *simple = kDelete;
  } else if (is_int_like(mapped)) {
    int64_t value;
    if (!int_to_int64(mapped, &value)) {
      raise(exc.OverflowError, "Python int too large to convert to C long");
      return false;
    }
    if (value < 0 || value > 0x10FFFF) {
      raise(exc.ValueError, "character mapping must be in range(0x110000)");
      return false;
    }
    out.append(*simple = static_cast<uint32_t>(value));
  } else if (is_str(mapped)) {
    out.append(mapped.as<Str>());
  } else {
    raise(exc.TypeError, "character mapping must return integer, None or str");
    return false;
  }
  return true;
}

}  // namespace

Value str_replace(Value* args) {
  Str* s = self(args);
  for (int i = 1; i <= 2; ++i)
    if (!is_str(args[i])) return raisef(exc.TypeError, "replace() argument %d must be str, not %.50s", i, name_of(args[i]));
  int64_t max = -1;
  if (args[3] && !to_ssize(args[3], &max)) return nullptr;
  if (max < 0) max = INT64_MAX;
  const Str* old = args[1].as<Str>();
  const Str* replacement = args[2].as<Str>();
  int64_t count = str_count(s, old, 0, INT64_MAX, max);
  if (count == 0 || str_equal(old, replacement)) return exact_str(s);
  bool direct = old->length > 0 && ((s->is_ascii() && replacement->kind() == 1) ||
                                    (replacement->kind() == s->kind() && replacement->length && !replacement->is_ascii()));
  if (direct) {
    Str* out = replace_direct(s, old, replacement, count);
    if (out || error_pending()) return out;
  }
  return replace_general(s, old, replacement, count);
}

Value str_expandtabs(Value* args) {
  Str* s = self(args);
  int tab = 8;
  if (args[1] && !to_int32(args[1], &tab)) return nullptr;
  if (find_unit(s->data, static_cast<int64_t>(s->length), '\t', s->kind()) < 0) return exact_str(s);
  StrBuilder out;
  int64_t column = 0;
  uint64_t total = 0;
  for (uint64_t i = 0; i < s->length; ++i) {
    uint32_t c = s->at(i);
    if (c == '\t') {
      if (tab > 0) {
        int64_t step = tab - column % tab;
        column += step;
        total += static_cast<uint64_t>(step);
        if (total > (uint64_t{1} << 40)) return raise(exc.OverflowError, "new string is too long");
        out.append_fill(' ', static_cast<size_t>(step));
      }
    } else {
      ++column;
      ++total;
      out.append(c);
      if (c == '\n' || c == '\r') column = 0;
    }
  }
  return out.finish();
}

Value str_center(Value* args) { return justify(args, Side::kBoth); }
Value str_ljust(Value* args) { return justify(args, Side::kLeft); }
Value str_rjust(Value* args) { return justify(args, Side::kRight); }

Value str_zfill(Value* args) {
  Str* s = self(args);
  int64_t width, length = static_cast<int64_t>(s->length);
  if (!to_ssize(args[1], &width)) return nullptr;
  if (length >= width) return exact_str(s);
  Str* out = TRY(pad(s, width - length, 0, '0'));
  uint32_t sign = length ? s->at(0) : 0;
  if ((sign == '+' || sign == '-') && width > 1) {  // `out` is new and nobody has seen it
    uint64_t at = static_cast<uint64_t>(width - length);
    auto swap = [&](auto* chars) { std::swap(chars[0], chars[at]); };
    if (out->kind() == 1) swap(reinterpret_cast<uint8_t*>(out->inline_data));
    else if (out->kind() == 2) swap(reinterpret_cast<uint16_t*>(out->inline_data));
    else swap(reinterpret_cast<uint32_t*>(out->inline_data));
  }
  return out;
}

bool str_matches_at(const Str* s, const Str* piece, uint64_t at) {
  if (at > s->length || piece->length > s->length - at || piece->kind() > s->kind()) return false;
  if (piece->kind() == s->kind())
    return memcmp(static_cast<const char*>(s->data) + at * s->kind(), piece->data, piece->length * s->kind()) == 0;
  for (uint64_t i = 0; i < piece->length; ++i)
    if (s->at(at + i) != piece->at(i)) return false;
  return true;
}

Value str_removeprefix(Value* args) {
  Str* s = self(args);
  if (!is_str(args[1])) return raisef(exc.TypeError, "removeprefix() argument must be str, not %.50s", name_of(args[1]));
  Str* prefix = args[1].as<Str>();
  return str_matches_at(s, prefix, 0) ? str_substring(s, prefix->length, s->length) : exact_str(s);
}

Value str_removesuffix(Value* args) {
  Str* s = self(args);
  if (!is_str(args[1])) return raisef(exc.TypeError, "removesuffix() argument must be str, not %.50s", name_of(args[1]));
  Str* suffix = args[1].as<Str>();
  bool matches = suffix->length <= s->length && str_matches_at(s, suffix, s->length - suffix->length);
  return matches ? str_substring(s, 0, s->length - suffix->length) : exact_str(s);
}

Value str_translate(Value* args) {
  Str* s = self(args);
  Value table = args[1];
  uint32_t cache[128];
  std::fill(cache, cache + 128, kUnknown);
  StrBuilder out;
  for (uint64_t i = 0; i < s->length; ++i) {
    uint32_t c = s->at(i), simple;
    if (c < 128 && cache[c] != kUnknown) {
      if (cache[c] != kDelete) out.append(cache[c]);
      continue;
    }
    if (!translate_one(table, c, out, &simple)) return nullptr;
    if (c < 128 && s->is_ascii()) cache[c] = simple;
  }
  return out.finish();
}

Value str_maketrans(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!check_arity("str", "maketrans", nargs, kwnames, 1, 3, false)) return nullptr;
  Dict* result = TRY(new_dict());
  if (nargs >= 2) {
    if (!is_str(args[1])) return raisef(exc.TypeError, "maketrans() argument 2 must be str, not %.50s", name_of(args[1]));
    if (nargs == 3 && !is_str(args[2]))
      return raisef(exc.TypeError, "maketrans() argument 3 must be str, not %.50s", name_of(args[2]));
    if (!is_str(args[0])) return raise(exc.TypeError, "first maketrans argument must be a string if there is a second argument");
    const Str* from = args[0].as<Str>();
    const Str* to = args[1].as<Str>();
    if (from->length != to->length) return raise(exc.ValueError, "the first two maketrans arguments must have equal length");
    for (uint64_t i = 0; i < from->length; ++i)
      if (!dict_set(result, Value::from_int(from->at(i)), Value::from_int(to->at(i)))) return nullptr;
    if (nargs == 3) {
      const Str* removed = args[2].as<Str>();
      for (uint64_t i = 0; i < removed->length; ++i)
        if (!dict_set(result, Value::from_int(removed->at(i)), Value::none())) return nullptr;
    }
    return result;
  }
  if (!is_exact(args[0], types.dict)) return raise(exc.TypeError, "if you give only one argument to maketrans it must be a dict");
  uint64_t position = 0;
  Value key, value;
  while (dict_next(args[0].as<Dict>(), &position, &key, &value)) {
    if (is_str(key)) {
      if (key.as<Str>()->length != 1) return raise(exc.ValueError, "string keys in translate table must be of length 1");
      key = Value::from_int(key.as<Str>()->at(0));
    } else if (!is_int_like(key)) {
      return raise(exc.TypeError, "keys in translate table must be strings or integers");
    }
    if (!dict_set(result, key, value)) return nullptr;
  }
  return result;
}

}  // namespace pyjit::runtime
