// The lexer's part for numbers and strings: finds where a literal ends; literals.cc finds out what it means.
#include <cstring>
#include <string>

#include "frontend/char_class.h"
#include "frontend/lexer.h"
#include "frontend/text_format.h"

namespace pyjit::frontend {

// Digits with single underscores between them; p is behind the first digit. False: an underscore without a digit behind it.
bool Lexer::digits(const char*& p) {
  for (;;) {
    while (is_digit(*p)) p++;
    if (*p != '_') return true;
    p++;
    if (!is_digit(*p)) return false;
  }
}

// What follows a number must not look like a part of it, except for keywords, which merely get a warning. p is at that character.
bool Lexer::end_number(const char*& p, const char* kind) {
  auto follows = [&](const char* word) {
    const char* q = p;
    while (*word && *q == *word) q++, word++;
    if (q >= end_) status_ = Status::kEndOfInput;
    return !*word && !is_name_part(*q);
  };
  bool keyword = false;
  switch (*p) {
    case 'a': keyword = follows("and"); break;
    case 'e': keyword = follows("else"); break;
    case 'f': keyword = follows("for"); break;
    case 'i':
      keyword = p[1] == 'f' || p[1] == 'n' || p[1] == 's';
      if (p + 1 >= end_) status_ = Status::kEndOfInput;
      break;
    case 'n': keyword = follows("not"); break;
    case 'o': keyword = follows("or"); break;
  }
  if (keyword) {
    CompileWarning warning;
    warning.deprecation = false;
    warning.message = format("invalid %s literal", kind);
    warning.lineno = warning.end_lineno = lineno_;
    warning.offset = warning.end_offset = characters_before(p);
    warnings_.push_back(std::move(warning));
    return true;
  }
  return !is_name_part(*p);
}

void Lexer::read_number(Token& token, const char* start) {
  const char* p = start;
  const char* kind = "decimal";
  auto bad = [&](const char* at, std::string message) {
    cur_ = at;
    report(token, std::move(message));
  };
  auto radix = [&](const char* name, int base) {
    kind = name;
    p += 2;
    auto valid = [&](unsigned char c) { return base == 16 ? is_hex_digit(c) : c >= '0' && c < '0' + base; };
    auto complain = [&] {
      if (is_digit(*p)) return bad(p + 1, format("invalid digit '%c' in %s literal", *p, name));
      bad(p, format("invalid %s literal", name));
    };
    do {
      if (*p == '_') p++;
      if (!valid(*p)) return complain();
      while (valid(*p)) p++;
    } while (*p == '_');
    if (is_digit(*p)) return complain();
    if (!end_number(p, kind)) return bad(p, format("invalid %s literal", kind));
    cur_ = p;
    finish(token, Tok::kNumber, start, p);
  };
  bool leading_zeros = false;
  const char* zeros_end = nullptr;
  if (*p == '0') {
    char c = p[1] | 0x20;
    if (c == 'x') return radix("hexadecimal", 16);
    if (c == 'o') return radix("octal", 8);
    if (c == 'b') return radix("binary", 2);
    for (p++;;) {
      if (*p == '_') {
        p++;
        if (!is_digit(*p)) return bad(p, "invalid decimal literal");
      }
      if (*p != '0') break;
      p++;
    }
    zeros_end = p + 1;
    if (is_digit(*p)) {
      leading_zeros = true;
      if (!digits(p)) return bad(p, "invalid decimal literal");
    }
  } else if (*p != '.') {
    if (!digits(p)) return bad(p, "invalid decimal literal");
  }
  bool integer = true;
  if (*p == '.') {
    integer = false;
    p++;
    if (is_digit(*p) && !digits(p)) return bad(p, "invalid decimal literal");
  }
  if (*p == 'e' || *p == 'E') {
    const char* e = p++;
    if (*p == '+' || *p == '-') {
      p++;
      if (!is_digit(*p)) return bad(p, "invalid decimal literal");
    } else if (!is_digit(*p)) {
      // Not an exponent: a name right behind a number, unless it is "else".
      if (!end_number(e, "decimal")) return bad(e, "invalid decimal literal");
      cur_ = e;
      return finish(token, Tok::kNumber, start, e);
    }
    if (!digits(p)) return bad(p, "invalid decimal literal");
    integer = false;
  }
  if (*p == 'j' || *p == 'J') {
    integer = false;
    kind = "imaginary";
    p++;
  } else if (integer && leading_zeros) {
    cur_ = p;
    return report(token,
                  "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
                  start + 1 - line_start_, zeros_end - line_start_);
  }
  if (!end_number(p, kind)) return bad(p, format("invalid %s literal", kind));
  cur_ = p;
  finish(token, Tok::kNumber, start, p);
}

// `start` is the prefix's or the quote's place.
void Lexer::read_string(Token& token, const char* start, char quote) {
  const char* p = start;
  while (*p != quote) p++;
  int first_line = lineno_;
  const char* first_line_start = line_start_;
  bool triple = p[1] == quote && p[2] == quote;
  p += triple ? 3 : 1;
  for (;; p++) {
    char c = *p;
    if (c == quote) {
      if (!triple) {
        p++;
        break;
      }
      if (p[1] == quote && p[2] == quote) {
        p += 3;
        break;
      }
      continue;
    }
    if (c == '\\') {
      c = *++p;
      if (c == '\n') {
        if (p + 1 >= end_) {
          c = 0;
          p++;
        } else {
          lineno_++;
          line_start_ = p + 1;
          continue;
        }
      } else if (c != 0) {
        continue;
      }
    }
    if (c == '\n' && triple) {
      if (p + 1 < end_) {
        lineno_++;
        line_start_ = p + 1;
        continue;
      }
      c = 0;
      p++;
    }
    if (c == '\n' || (c == 0 && p >= end_)) {
      int last_line = lineno_;
      read_end_ = line_end();
      cur_ = start + 1;
      line_start_ = first_line_start;
      lineno_ = first_line;
      string_cut_off_ = c != '\n';
      return report(token, format("unterminated %sstring literal (detected at line %d)", triple ? "triple-quoted " : "", last_line));
    }
  }
  cur_ = p;
  token.kind = Tok::kString;
  token.level = level_;
  token.lineno = first_line;
  token.col_offset = start - first_line_start;
  token.end_lineno = lineno_;
  token.end_col_offset = p - line_start_;
  token.text = {start, (size_t)(p - start)};
  if (p == end_ && !triple && p[-2] == quote && p - start <= 4 && (p - start == 2 || is_name_start(p[-3]))) status_ = Status::kEndOfInput;
}

}  // namespace pyjit::frontend
