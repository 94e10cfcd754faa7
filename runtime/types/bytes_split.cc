// Methods that bytes and bytearray share: split, strip, partition, lines; ASCII case and predicates.
#include "runtime/types/bytes_methods.h"
#include "runtime/types/split.h"

namespace pyjit::runtime {
namespace {

std::string_view view_of(Value* args) { return bytes_view(args[0]); }
bool is_space(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13); }
const uint8_t* units(std::string_view s) { return reinterpret_cast<const uint8_t*>(s.data()); }

struct PieceList {
  Value self;
  List* list;
  bool operator()(int64_t start, int64_t end) const {
    std::string_view data = bytes_view(self);
    if (start == 0 && end == static_cast<int64_t>(data.size()) && is_exact(self, types.bytes)) return list_append(list, self);
    Value piece = bytes_like(self, data.substr(static_cast<size_t>(start), static_cast<size_t>(end - start)));
    return piece && list_append(list, piece);
  }
};

Value split_any(Value* args, bool from_right) {
  int64_t max = -1;
  if (args[2] && !to_ssize(args[2], &max)) return nullptr;
  if (max < 0) max = INT64_MAX;
  bool on_space = !args[1] || args[1].is_none();
  BufferArg sep_arg;
  if (!on_space && !sep_arg.get(args[1])) return nullptr;
  std::string_view sep = on_space ? std::string_view() : sep_arg.view();
  if (!on_space && sep.empty()) return raise(exc.ValueError, "empty separator");
  List* list = TRY(new_list());
  PieceList emit{args[0], list};
  std::string_view data = view_of(args);
  int64_t n = static_cast<int64_t>(data.size()), m = static_cast<int64_t>(sep.size());
  bool ok;
  if (on_space) ok = from_right ? rsplit_on_space(units(data), n, max, is_space, emit) : split_on_space(units(data), n, max, is_space, emit);
  else ok = from_right ? rsplit_on(data.data(), n, sep.data(), m, 1, max, emit) : split_on(data.data(), n, sep.data(), m, 1, max, emit);
  if (!ok) return nullptr;
  if (from_right) std::reverse(list->items(), list->items() + list->size);
  return list;
}
Value m_split(Value* args) { return split_any(args, false); }
Value m_rsplit(Value* args) { return split_any(args, true); }

Value m_splitlines(Value* args) {
  int keep = 0;
  if (args[1] && !to_int32(args[1], &keep)) return nullptr;
  List* list = TRY(new_list());
  std::string_view data = view_of(args);
  bool ok = split_lines(units(data), static_cast<int64_t>(data.size()), keep != 0, [](uint8_t c) { return c == '\n' || c == '\r'; },
                        PieceList{args[0], list});
  return ok ? Value(list) : Value();
}

Value partition_any(Value* args, bool from_right) {
  BufferArg sep_arg;
  if (!sep_arg.get(args[1])) return nullptr;
  std::string_view sep = sep_arg.view(), data = view_of(args);
  if (sep.empty()) return raise(exc.ValueError, "empty separator");
  int64_t n = static_cast<int64_t>(data.size()), m = static_cast<int64_t>(sep.size());
  int64_t found = from_right ? rfind_units(data.data(), n, sep.data(), m, 1) : find_units(data.data(), n, sep.data(), m, 1);
  Value self = args[0];
  if (found < 0) {
    Value whole = is_exact(self, types.bytes) ? self : bytes_like(self, data), e1 = bytes_like(self, {}), e2 = bytes_like(self, {});
    return from_right ? make_tuple(e1, e2, whole) : make_tuple(whole, e1, e2);
  }
  size_t at = static_cast<size_t>(found);
  Value before = bytes_like(self, data.substr(0, at));
  Value middle = is_bytes(self) && is_exact(args[1], types.bytes) ? args[1] : bytes_like(self, sep);
  return make_tuple(before, middle, bytes_like(self, bytes_view(self).substr(at + sep.size())));
}
Value m_partition(Value* args) { return partition_any(args, false); }
Value m_rpartition(Value* args) { return partition_any(args, true); }

Value strip_any(Value* args, bool left, bool right) {
  bool strip[256] = {};
  if (!args[1] || args[1].is_none()) {
    for (char c : std::string_view(" \t\n\r\v\f")) strip[static_cast<uint8_t>(c)] = true;
  } else {
    BufferArg set;
    if (!set.get(args[1])) return nullptr;
    for (char c : set.view()) strip[static_cast<uint8_t>(c)] = true;
  }
  std::string_view data = view_of(args);
  size_t start = 0, end = data.size();
  if (left) while (start < end && strip[static_cast<uint8_t>(data[start])]) ++start;
  if (right) while (end > start && strip[static_cast<uint8_t>(data[end - 1])]) --end;
  if (end - start == data.size() && is_exact(args[0], types.bytes)) return args[0];
  return bytes_like(args[0], data.substr(start, end - start));
}
Value m_strip(Value* args) { return strip_any(args, true, true); }
Value m_lstrip(Value* args) { return strip_any(args, true, false); }
Value m_rstrip(Value* args) { return strip_any(args, false, true); }

bool upper(uint8_t c) { return static_cast<uint8_t>(c - 'A') < 26; }
bool lower(uint8_t c) { return static_cast<uint8_t>(c - 'a') < 26; }
bool alpha(uint8_t c) { return upper(c) || lower(c); }
bool digit(uint8_t c) { return static_cast<uint8_t>(c - '0') < 10; }

// f(c, previous character was a letter) → whether to flip the case of the letter c.
template <class F>
Value map_case(Value* args, F flip) {
  std::string out(view_of(args));
  bool previous = false;
  size_t i = 0;
  for (char& ch : out) {
    uint8_t c = static_cast<uint8_t>(ch);
    bool letter = alpha(c);
    if (letter && flip(c, previous, i)) ch = static_cast<char>(c ^ 0x20);
    previous = letter;
    ++i;
  }
  return bytes_like(args[0], out);
}
Value m_lower(Value* args) { return map_case(args, [](uint8_t c, bool, size_t) { return upper(c); }); }
Value m_upper(Value* args) { return map_case(args, [](uint8_t c, bool, size_t) { return lower(c); }); }
Value m_swapcase(Value* args) { return map_case(args, [](uint8_t, bool, size_t) { return true; }); }
Value m_title(Value* args) { return map_case(args, [](uint8_t c, bool previous, size_t) { return previous ? upper(c) : lower(c); }); }
Value m_capitalize(Value* args) { return map_case(args, [](uint8_t c, bool, size_t i) { return i == 0 ? lower(c) : upper(c); }); }

template <class F>
Value all_of(Value* args, F f) {
  std::string_view data = view_of(args);
  if (data.empty()) return Value::from_bool(false);
  for (char c : data)
    if (!f(static_cast<uint8_t>(c))) return Value::from_bool(false);
  return Value::from_bool(true);
}
Value m_isalpha(Value* args) { return all_of(args, alpha); }
Value m_isdigit(Value* args) { return all_of(args, digit); }
Value m_isalnum(Value* args) { return all_of(args, [](uint8_t c) { return alpha(c) || digit(c); }); }
Value m_isspace(Value* args) { return all_of(args, is_space); }
Value m_isascii(Value* args) {
  for (char c : view_of(args))
    if (static_cast<uint8_t>(c) > 127) return Value::from_bool(false);
  return Value::from_bool(true);
}
Value m_islower(Value* args) {
  bool any = false;
  for (char ch : view_of(args)) {
    if (upper(static_cast<uint8_t>(ch))) return Value::from_bool(false);
    any |= lower(static_cast<uint8_t>(ch));
  }
  return Value::from_bool(any);
}
Value m_isupper(Value* args) {
  bool any = false;
  for (char ch : view_of(args)) {
    if (lower(static_cast<uint8_t>(ch))) return Value::from_bool(false);
    any |= upper(static_cast<uint8_t>(ch));
  }
  return Value::from_bool(any);
}
Value m_istitle(Value* args) {
  bool any = false, previous = false;
  for (char ch : view_of(args)) {
    uint8_t c = static_cast<uint8_t>(ch);
    if ((upper(c) && previous) || (lower(c) && !previous)) return Value::from_bool(false);
    previous = alpha(c);
    any |= previous;
  }
  return Value::from_bool(any);
}

constexpr Effects kReads = with_raise(Effects::kReads);

}  // namespace

const MethodDef kBytesSplitMethods[] = {
    {"capitalize", "!($self, /)", m_capitalize, kReads},
    {"isalnum", "!($self, /)", m_isalnum, Effects::kReads},
    {"isalpha", "!($self, /)", m_isalpha, Effects::kReads},
    {"isascii", "!($self, /)", m_isascii, Effects::kReads},
    {"isdigit", "!($self, /)", m_isdigit, Effects::kReads},
    {"islower", "!($self, /)", m_islower, Effects::kReads},
    {"isspace", "!($self, /)", m_isspace, Effects::kReads},
    {"istitle", "!($self, /)", m_istitle, Effects::kReads},
    {"isupper", "!($self, /)", m_isupper, Effects::kReads},
    {"lower", "!($self, /)", m_lower, kReads},
    {"lstrip", "($self, bytes=None, /)", m_lstrip, kReads},
    {"partition", "($self, sep, /)", m_partition, kReads},
    {"rpartition", "($self, sep, /)", m_rpartition, kReads},
    {"rsplit", "($self, /, sep=None, maxsplit=-1)", m_rsplit, Effects::kCallsPython},
    {"rstrip", "($self, bytes=None, /)", m_rstrip, kReads},
    {"split", "($self, /, sep=None, maxsplit=-1)", m_split, Effects::kCallsPython},
    {"splitlines", "($self, /, keepends=False)", m_splitlines, Effects::kCallsPython},
    {"strip", "($self, bytes=None, /)", m_strip, kReads},
    {"swapcase", "!($self, /)", m_swapcase, kReads},
    {"title", "!($self, /)", m_title, kReads},
    {"upper", "!($self, /)", m_upper, kReads},
    {},
};

}  // namespace pyjit::runtime
