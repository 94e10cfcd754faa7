// str → pieces and back: split, rsplit, splitlines, partition, strip, join.
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/search.h"
#include "runtime/types/small_bytes.h"
#include "runtime/types/split.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/text_args.h"
#include "runtime/unicode/unicode.h"

namespace pyjit::runtime {
namespace {

Str* self(Value* args) { return args[0].as<Str>(); }

bool is_space(uint32_t c) {
  if (c < 128) return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
  return unicode::is_space(c);
}

// The separator's code points in kind `kind`; `buffer` holds them when they had to be widened.
const void* widened(const Str* s, unsigned kind, std::string* buffer) {
  if (s->kind() == kind) return s->data;
  buffer->resize(s->length * kind);
  copy_code_points(buffer->data(), kind, 0, s, 0, s->length);
  return buffer->data();
}

// Appends s[start:end] to the list; a piece that is the whole text is s itself.
struct PieceList {
  Str* s;
  List* list;
  bool operator()(int64_t start, int64_t end) const {
    Str* piece = str_substring(s, static_cast<uint64_t>(start), static_cast<uint64_t>(end));
    return piece && list_append(list, piece);
  }
};

Value split_any(Value* args, bool from_right) {
  Str* s = self(args);
  int64_t max = -1;
  if (args[2] && !to_ssize(args[2], &max)) return nullptr;
  if (max < 0) max = INT64_MAX;
  List* list = TRY(new_list());
  PieceList emit{s, list};
  int64_t n = static_cast<int64_t>(s->length);
  bool ok;
  if (args[1].is_null() || args[1].is_none()) {
    ok = with_chars(s, [&](auto* chars) {
      return from_right ? rsplit_on_space(chars, n, max, is_space, emit) : split_on_space(chars, n, max, is_space, emit);
    });
  } else if (!is_str(args[1])) {
    return raisef(exc.TypeError, "must be str or None, not %.100s", type_name(args[1]));
  } else {
    Str* sep = args[1].as<Str>();
    if (sep->length == 0) return raise(exc.ValueError, "empty separator");
    if (sep->kind() > s->kind()) {
      ok = emit(0, n);
    } else {
      std::string buffer;
      const void* data = widened(sep, s->kind(), &buffer);
      int64_t m = static_cast<int64_t>(sep->length);
      ok = from_right ? rsplit_on(s->data, n, data, m, s->kind(), max, emit) : split_on(s->data, n, data, m, s->kind(), max, emit);
    }
  }
  if (!ok) return nullptr;
  if (from_right) std::reverse(list->items(), list->items() + list->size);
  return list;
}

Value partition_any(Value* args, bool from_right) {
  Str* s = self(args);
  if (!is_str(args[1])) return raisef(exc.TypeError, "must be str, not %.100s", type_name(args[1]));
  Str* sep = args[1].as<Str>();
  if (sep->length == 0) return raise(exc.ValueError, "empty separator");
  int64_t at = from_right ? str_rfind(s, sep, 0, INT64_MAX) : str_find(s, sep, 0, INT64_MAX);
  if (at < 0) {
    return from_right ? make_tuple(names.empty, names.empty, s) : make_tuple(s, names.empty, names.empty);
  }
  Str* before = TRY(str_substring(s, 0, static_cast<uint64_t>(at)));
  Str* after = TRY(str_substring(s, static_cast<uint64_t>(at) + sep->length, s->length));
  return make_tuple(before, sep, after);
}

Value strip_any(Value* args, bool left, bool right, const char* name) {
  Str* s = self(args);
  uint64_t start = 0, end = s->length;
  if (args[1].is_null() || args[1].is_none()) {
    with_chars(s, [&](auto* chars) {
      if (left) while (start < end && is_space(chars[start])) ++start;
      if (right) while (end > start && is_space(chars[end - 1])) --end;
    });
  } else if (!is_str(args[1])) {
    return raisef(exc.TypeError, "%s arg must be None or str", name);
  } else {
    const Str* set = args[1].as<Str>();
    uint64_t ascii[2] = {};
    for (uint64_t i = 0; set->is_ascii() && i < set->length; ++i) ascii[set->data8()[i] >> 6] |= uint64_t{1} << (set->data8()[i] & 63);
    auto in_set = [&](uint32_t c) {
      if (set->is_ascii()) return c < 128 && (ascii[c >> 6] >> (c & 63) & 1);
      return find_unit(set->data, static_cast<int64_t>(set->length), c, set->kind()) >= 0;
    };
    if (left) while (start < end && in_set(s->at(start))) ++start;
    if (right) while (end > start && in_set(s->at(end - 1))) --end;
  }
  return str_substring(s, start, end);
}

}  // namespace

Value str_split(Value* args) { return split_any(args, false); }
Value str_rsplit(Value* args) { return split_any(args, true); }
Value str_partition(Value* args) { return partition_any(args, false); }
Value str_rpartition(Value* args) { return partition_any(args, true); }
Value str_strip(Value* args) { return strip_any(args, true, true, "strip"); }
Value str_lstrip(Value* args) { return strip_any(args, true, false, "lstrip"); }
Value str_rstrip(Value* args) { return strip_any(args, false, true, "rstrip"); }

Value str_splitlines(Value* args) {
  Str* s = self(args);
  int keep = 0;
  if (args[1] && !to_int32(args[1], &keep)) return nullptr;
  List* list = TRY(new_list());
  bool ok = with_chars(s, [&](auto* chars) {
    return split_lines(chars, static_cast<int64_t>(s->length), keep != 0, [](uint32_t c) { return unicode::is_line_break(c); },
                       PieceList{s, list});
  });
  return ok ? Value(list) : Value();
}

Str* str_join(Str* separator, Value iterable) {
  Value* items;
  size_t count;
  Value keep;
  if (!fast_sequence(iterable, "can only join an iterable", &items, &count, &keep)) return nullptr;
  if (count == 0) return names.empty;
  if (count == 1 && is_exact_str(items[0])) return items[0].as<Str>();
  unsigned kind = count > 1 ? separator->kind() : 1;
  uint16_t ascii = count > 1 ? separator->aux & kStrAscii : kStrAscii;
  uint64_t length = separator->length * (count - 1);
  for (size_t i = 0; i < count; ++i) {
    if (!is_str(items[i]))
      return raisef(exc.TypeError, "sequence item %zu: expected str instance, %.80s found", i, type_name(items[i]));
    const Str* item = items[i].as<Str>();
    kind = std::max(kind, item->kind());
    ascii &= item->aux;
    if (__builtin_add_overflow(length, item->length, &length) || length > INT64_MAX / 4)
      return raise(exc.OverflowError, "join() result is too long for a Python string");
  }
  if (length <= 1) {
    for (size_t i = 0; i < count; ++i)
      if (items[i].as<Str>()->length) return char_str(items[i].as<Str>()->at(0));
    return length ? char_str(separator->at(0)) : names.empty;
  }
  Str* out = new_str_uninitialized(length, kind, ascii != 0);
  if (!out) return nullptr;
  uint64_t at = 0;
  if (kind == 1) {   // then every piece is of kind 1
    char* to = out->inline_data;
    const char* glue = static_cast<const char*>(separator->data);
    for (size_t i = 0; i < count; ++i) {
      if (i > 0 && separator->length) {
        copy_bytes(to, glue, separator->length);
        to += separator->length;
      }
      const Str* item = items[i].as<Str>();
      copy_bytes(to, item->data, item->length);
      to += item->length;
    }
    return out;
  }
  for (size_t i = 0; i < count; ++i) {
    if (i > 0 && separator->length) {
      copy_code_points(out->inline_data, kind, at, separator, 0, separator->length);
      at += separator->length;
    }
    const Str* item = items[i].as<Str>();
    copy_code_points(out->inline_data, kind, at, item, 0, item->length);
    at += item->length;
  }
  return out;
}

Value str_join_method(Value* args) { return str_join(self(args), args[1]); }

}  // namespace pyjit::runtime
