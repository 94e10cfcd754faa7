// Replacement fields of str.format, cut into ranges.
#include "runtime/types/field_parser.h"

#include "runtime/unicode/unicode.h"

namespace pyjit::runtime {
namespace {

// The decimal number that the whole range spells, or -1. False: too many digits.
bool range_number(const Str* text, TextRange range, int64_t* out) {
  *out = -1;
  if (range.empty()) return true;
  int64_t n = 0;
  for (uint64_t i = range.start; i < range.end; ++i) {
    int digit = unicode::decimal_value(text->at(i));
    if (digit < 0) return true;
    if (n > (INT64_MAX - digit) / 10) {
      raise(exc.ValueError, "Too many decimal digits in format string");
      return false;
    }
    n = n * 10 + digit;
  }
  *out = n;
  return true;
}

int fail(const char* message) {
  raise(exc.ValueError, message);
  return -1;
}

int parse_field(const Str* text, TextRange* rest, MarkupPiece* out) {
  uint32_t c = 0;
  out->name.start = rest->start;
  bool stop = false;
  while (rest->start < rest->end && !stop) {
    c = text->at(rest->start++);
    if (c == '{') return fail("unexpected '{' in field name");
    if (c == '[') {
      while (rest->start < rest->end && text->at(rest->start) != ']') ++rest->start;
    } else {
      stop = c == '}' || c == ':' || c == '!';
    }
  }
  out->name.end = rest->start - (stop ? 1 : 0);
  if (!stop || (c != '!' && c != ':' && c != '}')) return fail("expected '}' before end of string");
  if (c == '}') return 1;
  if (c == '!') {
    if (rest->start >= rest->end) return fail("end of string while looking for conversion specifier");
    out->conversion = text->at(rest->start++);
    if (rest->start < rest->end) {
      c = text->at(rest->start++);
      if (c == '}') return 1;
      if (c != ':') return fail("expected ':' after conversion specifier");
    }
  }
  out->spec.start = rest->start;
  for (int depth = 1; rest->start < rest->end;) {
    c = text->at(rest->start++);
    if (c == '{') {
      out->spec_nested = true;
      ++depth;
    } else if (c == '}' && --depth == 0) {
      out->spec.end = rest->start - 1;
      return 1;
    }
  }
  return fail("unmatched '{' in format spec");
}

}  // namespace

int next_markup(const Str* text, TextRange* rest, MarkupPiece* out) {
  *out = MarkupPiece();
  if (rest->empty()) return 0;
  uint64_t start = rest->start;
  uint32_t c = 0;
  bool markup = false;
  while (rest->start < rest->end && !markup) {
    c = text->at(rest->start++);
    markup = c == '{' || c == '}';
  }
  bool at_end = rest->start >= rest->end;
  uint64_t length = rest->start - start;
  if (c == '}' && (at_end || text->at(rest->start) != c)) return fail("Single '}' encountered in format string");
  if (c == '{' && at_end) return fail("Single '{' encountered in format string");
  if (!at_end) {
    if (text->at(rest->start) == c) {  // doubled brace: one is the text's
      ++rest->start;
      markup = false;
    } else {
      --length;
    }
  }
  out->literal = {start, start + length};
  if (!markup) return 1;
  out->field_present = true;
  return parse_field(text, rest, out);
}

bool split_field_name(const Str* text, TextRange name, TextRange* first, int64_t* index, TextRange* rest, AutoNumber* numbering) {
  uint64_t i = name.start;
  while (i < name.end && text->at(i) != '.' && text->at(i) != '[') ++i;
  *first = {name.start, i};
  *rest = {i, name.end};
  if (!range_number(text, *first, index)) return false;
  if (!numbering) return true;
  bool automatic = first->empty();
  if (!automatic && *index < 0) return true;
  if (numbering->state == AutoNumber::kInit) numbering->state = automatic ? AutoNumber::kAuto : AutoNumber::kManual;
  if (numbering->state == AutoNumber::kManual && automatic) {
    raise(exc.ValueError, "cannot switch from manual field specification to automatic field numbering");
    return false;
  }
  if (numbering->state == AutoNumber::kAuto && !automatic) {
    raise(exc.ValueError, "cannot switch from automatic field numbering to manual field specification");
    return false;
  }
  if (automatic) *index = numbering->next++;
  return true;
}

int next_accessor(const Str* text, TextRange* rest, bool* is_attribute, TextRange* name, int64_t* index) {
  *index = -1;
  if (rest->empty()) return 0;
  uint32_t c = text->at(rest->start++);
  name->start = rest->start;
  if (c == '.') {
    *is_attribute = true;
    while (rest->start < rest->end && text->at(rest->start) != '.' && text->at(rest->start) != '[') ++rest->start;
    name->end = rest->start;
  } else if (c == '[') {
    *is_attribute = false;
    while (rest->start < rest->end && text->at(rest->start) != ']') ++rest->start;
    if (rest->start >= rest->end) return fail("Missing ']' in format string");
    name->end = rest->start++;
    if (!range_number(text, *name, index)) return -1;
  } else {
    return fail("Only '.' or '[' may follow ']' in format field specifier");
  }
  if (name->empty()) return fail("Empty attribute in format string");
  return 1;
}

}  // namespace pyjit::runtime
