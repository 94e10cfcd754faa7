// str → predicates (isalpha ...) and case mappings (lower, title, casefold ...).
//
// ASCII strings take byte loops; the rest goes through the Unicode records. Full mappings may lengthen the text ("ß".upper()).
#include "runtime/types/str_methods.h"
#include "runtime/unicode/unicode.h"

namespace pyjit::runtime {
namespace {

enum class AsciiCase { kLower, kUpper, kSwap };

Str* map_ascii(const Str* s, AsciiCase mode) {
  Str* out = new_str_uninitialized(s->length, 1, true);
  if (!out) return nullptr;
  const uint8_t* from = s->data8();
  char* to = out->inline_data;
  for (uint64_t i = 0; i < s->length; ++i) {
    uint8_t c = from[i];
    bool upper = static_cast<uint8_t>(c - 'A') < 26, lower = static_cast<uint8_t>(c - 'a') < 26;
    bool flip = mode == AsciiCase::kLower ? upper : mode == AsciiCase::kUpper ? lower : upper || lower;
    to[i] = static_cast<char>(c ^ (flip ? 0x20 : 0));
  }
  return out;
}

// Σ at `i` becomes ς when a cased letter precedes it and none follows, case-ignorable characters skipped.
bool is_final_sigma(const Str* s, uint64_t i) {
  uint64_t j = i;
  while (j > 0 && unicode::is_case_ignorable(s->at(j - 1))) --j;
  if (j == 0 || !unicode::is_cased(s->at(j - 1))) return false;
  for (j = i + 1; j < s->length && unicode::is_case_ignorable(s->at(j)); ++j) {}
  return j == s->length || !unicode::is_cased(s->at(j));
}

int lower_full(const Str* s, uint64_t i, char32_t out[3]) {
  char32_t c = s->at(i);
  if (c == 0x3A3) {
    out[0] = is_final_sigma(s, i) ? 0x3C2 : 0x3C3;
    return 1;
  }
  return unicode::to_lower_full(c, out);
}

template <class F>
Str* map_full(const Str* s, F f) {
  StrBuilder out;
  char32_t mapped[unicode::kMaxMapping];
  for (uint64_t i = 0; i < s->length; ++i) {
    int n = f(i, s->at(i), mapped);
    for (int k = 0; k < n; ++k) out.append(static_cast<uint32_t>(mapped[k]));
  }
  return out.finish();
}

Str* self(Value* args) { return args[0].as<Str>(); }

// True when the text is not empty and f holds for every code point.
template <class F>
Value all_of(Value* args, F f) {
  const Str* s = self(args);
  return Value::from_bool(s->length > 0 && with_chars(s, [&](auto* chars) {
    for (uint64_t i = 0; i < s->length; ++i)
      if (!f(static_cast<char32_t>(chars[i]))) return false;
    return true;
  }));
}

}  // namespace

Value str_lower(Value* args) {
  Str* s = self(args);
  if (s->is_ascii()) return s->length ? map_ascii(s, AsciiCase::kLower) : exact_str(s);
  return map_full(s, [&](uint64_t i, char32_t, char32_t* out) { return lower_full(s, i, out); });
}

Value str_upper(Value* args) {
  Str* s = self(args);
  if (s->is_ascii()) return s->length ? map_ascii(s, AsciiCase::kUpper) : exact_str(s);
  return map_full(s, [](uint64_t, char32_t c, char32_t* out) { return unicode::to_upper_full(c, out); });
}

Value str_swapcase(Value* args) {
  Str* s = self(args);
  if (s->is_ascii()) return s->length ? map_ascii(s, AsciiCase::kSwap) : exact_str(s);
  return map_full(s, [&](uint64_t i, char32_t c, char32_t* out) {
    if (unicode::is_upper(c)) return lower_full(s, i, out);
    if (unicode::is_lower(c)) return unicode::to_upper_full(c, out);
    out[0] = c;
    return 1;
  });
}

Value str_casefold(Value* args) {
  Str* s = self(args);
  if (s->is_ascii()) return str_lower(args);
  return map_full(s, [](uint64_t, char32_t c, char32_t* out) { return unicode::to_folded_full(c, out); });
}

Value str_capitalize(Value* args) {
  Str* s = self(args);
  if (s->length == 0) return exact_str(s);
  return map_full(s, [&](uint64_t i, char32_t c, char32_t* out) {
    return i == 0 ? unicode::to_title_full(c, out) : lower_full(s, i, out);
  });
}

Value str_title(Value* args) {
  Str* s = self(args);
  bool previous_cased = false;
  return map_full(s, [&](uint64_t i, char32_t c, char32_t* out) {
    int n = previous_cased ? lower_full(s, i, out) : unicode::to_title_full(c, out);
    previous_cased = unicode::is_cased(c);
    return n;
  });
}

Value str_isascii(Value* args) { return Value::from_bool(self(args)->is_ascii()); }

Value str_islower(Value* args) {
  const Str* s = self(args);
  bool cased = false;
  for (uint64_t i = 0; i < s->length; ++i) {
    char32_t c = s->at(i);
    if (unicode::is_upper(c) || unicode::is_title(c)) return Value::from_bool(false);
    cased |= unicode::is_lower(c);
  }
  return Value::from_bool(cased);
}

Value str_isupper(Value* args) {
  const Str* s = self(args);
  bool cased = false;
  for (uint64_t i = 0; i < s->length; ++i) {
    char32_t c = s->at(i);
    if (unicode::is_lower(c) || unicode::is_title(c)) return Value::from_bool(false);
    cased |= unicode::is_upper(c);
  }
  return Value::from_bool(cased);
}

Value str_istitle(Value* args) {
  const Str* s = self(args);
  bool cased = false, previous_cased = false;
  for (uint64_t i = 0; i < s->length; ++i) {
    char32_t c = s->at(i);
    if (unicode::is_upper(c) || unicode::is_title(c)) {
      if (previous_cased) return Value::from_bool(false);
      previous_cased = cased = true;
    } else if (unicode::is_lower(c)) {
      if (!previous_cased) return Value::from_bool(false);
      previous_cased = cased = true;
    } else {
      previous_cased = false;
    }
  }
  return Value::from_bool(cased);
}

Value str_isspace(Value* args) { return all_of(args, [](char32_t c) { return unicode::is_space(c); }); }
Value str_isdecimal(Value* args) { return all_of(args, [](char32_t c) { return unicode::is_decimal(c); }); }
Value str_isdigit(Value* args) { return all_of(args, [](char32_t c) { return unicode::is_digit(c); }); }
Value str_isnumeric(Value* args) { return all_of(args, [](char32_t c) { return unicode::is_numeric(c); }); }
Value str_isalpha(Value* args) { return all_of(args, [](char32_t c) { return unicode::is_alpha(c); }); }
Value str_isalnum(Value* args) { return all_of(args, [](char32_t c) { return unicode::is_alnum(c); }); }

Value str_isprintable(Value* args) {
  if (self(args)->length == 0) return Value::from_bool(true);
  return all_of(args, [](char32_t c) { return unicode::is_printable(c); });
}

bool str_is_identifier(const Str* s) {
  if (s->length == 0) return false;
  char32_t first = s->at(0);
  if (first != '_' && !unicode::is_xid_start(first)) return false;
  for (uint64_t i = 1; i < s->length; ++i)
    if (!unicode::is_xid_continue(s->at(i))) return false;
  return true;
}

Value str_isidentifier(Value* args) { return Value::from_bool(str_is_identifier(self(args))); }

}  // namespace pyjit::runtime
