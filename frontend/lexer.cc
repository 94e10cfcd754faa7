// The lexer: names, operators, indentation and comments. Numbers and strings are in lexer_literals.cc.
#include "frontend/lexer.h"

#include <array>
#include <cstring>

#include "frontend/char_class.h"
#include "frontend/source.h"
#include "frontend/text_format.h"
#include "runtime/unicode/unicode.h"

namespace pyjit::frontend {
namespace {

// Up to eight bytes as one word, so that a keyword test is one integer compare.
constexpr uint64_t pack(std::string_view text) {
  uint64_t word = 0;
  for (size_t i = 0; i < text.size(); i++) word |= (uint64_t)(unsigned char)text[i] << (8 * i);
  return word;
}

Tok keyword(const char* start, size_t size) {
  if (size < 2 || size > 8) return Tok::kName;
  uint64_t word;
  std::memcpy(&word, start, 8);
  if (size < 8) word &= (1ull << (8 * size)) - 1;
  switch (word) {
#define KEYWORD(Name, text) \
  case pack(text):          \
    return Tok::k##Name;
#include "frontend/tokens.def"
  }
  return Tok::kName;
}

}  // namespace

Lexer::Lexer(Arena& arena, std::string_view text, bool type_comments, int first_line)
    : arena_(arena),
      begin_(text.data()),
      end_(text.data() + text.size()),
      cur_(begin_),
      line_start_(begin_),
      buffer_(begin_),
      lineno_(first_line - 1),
      type_comments_(type_comments) {}

const char* Lexer::line_end() const {
  if (read_end_) return read_end_;
  if (cur_ == begin_ && lineno_ == 0) return begin_;
  const char* newline = (const char*)std::memchr(line_start_, '\n', end_ - line_start_);
  return newline ? newline + 1 : end_;
}

std::string_view Lexer::line(int number) const {
  const char* p = begin_;
  for (int i = 1; i < number; i++) {
    p = (const char*)std::memchr(p, '\n', end_ - p);
    if (!p) return {};
    p++;
  }
  const char* newline = (const char*)std::memchr(p, '\n', end_ - p);
  return {p, (size_t)((newline ? newline : end_) - p)};
}

void Lexer::finish(Token& token, Tok kind, const char* start, const char* end) {
  token.kind = kind;
  token.level = level_;
  token.lineno = token.end_lineno = lineno_;
  token.col_offset = start - line_start_;
  token.end_col_offset = end - line_start_;
  token.text = {start, (size_t)(end - start)};
  // To find where it ends CPython looked at the character behind it, except for operators of three characters.
  if (end == end_ && (end - start < 3 || kind == Tok::kNumber || is_name_start(*start))) status_ = Status::kEndOfInput;
}

void Lexer::finish_bare(Token& token, Tok kind) {
  token.kind = kind;
  token.level = level_;
  token.lineno = token.end_lineno = lineno_;
  token.col_offset = token.end_col_offset = -1;
  token.text = {};
}

void Lexer::fail(Token& token, Status status) {
  status_ = status;
  finish_bare(token, Tok::kError);
}

int Lexer::characters_before(const char* p) const {
  int n = 0;
  for (char c : displayable({line_start_, (size_t)(p - line_start_)})) n += (c & 0xC0) != 0x80;
  return n;
}

// A diagnostic complete with its text. Offsets are characters from 1; by default the error is at the last character read.
void Lexer::report(Token& token, std::string message, int offset, int end_offset) {
  error_.kind = ErrorKind::kSyntaxError;
  error_.message = std::move(message);
  error_.lineno = error_.end_lineno = lineno_;
  error_.offset = offset >= 0 ? offset : characters_before(cur_);
  error_.end_offset = end_offset >= 0 ? end_offset : error_.offset;
  const char* newline = (const char*)std::memchr(line_start_, '\n', end_ - line_start_);
  error_.has_text = true;
  error_.text = displayable({line_start_, (size_t)((newline ? newline : end_) - line_start_)});
  fail(token, Status::kReported);
}

// The cursor is on the first character of a line that was not yet counted. False: the input ends here.
bool Lexer::begin_line(bool keep_buffer) {
  if (cur_ >= end_) {
    status_ = Status::kEndOfInput;
    return false;
  }
  lineno_++;
  line_start_ = cur_;
  if (!keep_buffer) buffer_ = cur_;
  return true;
}

// The cursor is behind a backslash: go on in the next line.
bool Lexer::continue_line(bool keep_buffer) {
  if (cur_ >= end_ || *cur_ != '\n') {
    if (cur_ < end_) cur_++;
    status_ = Status::kBadContinuation;
    return false;
  }
  cur_++;
  return begin_line(keep_buffer);
}

// Reads the white space that begins a line and queues the indents and dedents it means. False: status_ tells why.
bool Lexer::read_indentation(bool& blank) {
  int column = 0, alternate = 0, continued = 0;
  at_line_start_ = false;
  if (begin_line(false)) {
    for (;; cur_++) {
      if (*cur_ == ' ') {
        column++;
        alternate++;
      } else if (*cur_ == '\t') {
        column = (column / 8 + 1) * 8;
        alternate++;
      } else if (*cur_ == '\f') {
        column = alternate = 0;
      } else if (*cur_ == '\\') {
        // The first backslash settles the indentation of what comes after it.
        if (!continued) continued = column;
        cur_++;
        if (!continue_line(false)) return false;
        cur_--;
      } else {
        break;
      }
    }
    if (*cur_ == '#' || *cur_ == '\n') {
      blank = true;
      return true;
    }
    if (cur_ >= end_) status_ = Status::kEndOfInput;
  }
  if (level_ != 0) return true;
  if (continued) column = alternate = continued;
  if (column == columns_[indent_]) {
    if (alternate != alternate_columns_[indent_]) status_ = Status::kMixedTabs;
  } else if (column > columns_[indent_]) {
    if (indent_ + 1 >= kMaxIndent) {
      status_ = Status::kTooDeep;
    } else if (alternate <= alternate_columns_[indent_]) {
      status_ = Status::kMixedTabs;
    } else {
      pending_++;
      indent_++;
      columns_[indent_] = column;
      alternate_columns_[indent_] = alternate;
    }
  } else {
    while (indent_ > 0 && column < columns_[indent_]) {
      pending_--;
      indent_--;
    }
    if (column != columns_[indent_]) {
      status_ = Status::kBadDedent;
    } else if (alternate != alternate_columns_[indent_]) {
      status_ = Status::kMixedTabs;
    }
  }
  if (status_ == Status::kOk || status_ == Status::kEndOfInput) return true;
  cur_ = line_end();
  return false;
}

void Lexer::next(Token& token) {
  bool blank = false;
next_line:
  if (at_line_start_ && !read_indentation(blank)) return fail(token, status_);
  if (pending_ != 0) {
    if (pending_ < 0) {
      pending_++;
      return finish_bare(token, Tok::kDedent);
    }
    pending_--;
    return finish_bare(token, Tok::kIndent);
  }
again:
  const char* start = cur_;
  while (*start == ' ' || *start == '\t' || *start == '\f') start++;
  unsigned char c = *start;
  cur_ = start;
  if (is_name_start(c)) return read_name(token, start);
  if (is_digit(c) || (c == '.' && is_digit(start[1]))) return read_number(token, start);
  if (c == '\'' || c == '"') return read_string(token, start, c);
  if (c == '#') {
    const char* newline = (const char*)std::memchr(start, '\n', end_ - start);
    cur_ = newline ? newline : end_;
    if (type_comments_ && read_type_comment(token, start, blank)) return;
    c = *cur_;
  }
  if (c == '\n') {  // `start` may be before a comment: the token is both
    const char* end = cur_++;
    at_line_start_ = true;
    if (blank || level_ > 0) {
      blank = false;
      goto next_line;
    }
    return finish(token, Tok::kNewline, start, end);
  }
  if (c == 0 && cur_ >= end_) {
    status_ = Status::kEndOfInput;
    return level_ ? fail(token, status_) : finish_bare(token, Tok::kEndMarker);
  }
  if (c == '\\') {
    cur_++;
    if (!continue_line(true)) return fail(token, status_);
    goto again;
  }
  read_operator(token, start);
}

void Lexer::read_name(Token& token, const char* start) {
  const char* p = start;
  // A string's prefix is a name that a quote follows directly: any case of b r u f, br and rb, fr and rf.
  bool b = false, r = false, u = false, f = false;
  for (;;) {
    char c = *p | 0x20;
    if (c == 'b' && !(b || u || f)) {
      b = true;
    } else if (c == 'u' && !(b || u || r || f)) {
      u = true;
    } else if (c == 'r' && !(r || u)) {
      r = true;
    } else if (c == 'f' && !(f || b || u)) {
      f = true;
    } else {
      break;
    }
    p++;
    if (*p == '"' || *p == '\'') return read_string(token, start, *p);
  }
  unsigned char seen = 0;
  for (; is_name_part(*p); p++) seen |= *p;
  cur_ = p;
  if (!(seen & 0x80)) {
    size_t size = p - start;
    finish(token, keyword(start, size), start, p);
    if (token.kind == Tok::kName) token.text = arena_.intern(token.text);
    return;
  }
  size_t bad_end;
  const char* reason;
  size_t bad = find_bad_utf8({start, (size_t)(p - start)}, bad_end, reason);
  if (bad != std::string_view::npos) {
    error_.message = utf8_error({start, (size_t)(p - start)}, bad, bad_end, reason);
    error_.text.assign(start, p);
    return fail(token, Status::kBadEncoding);
  }
  for (const char* q = start; q < p;) {
    bool first = q == start;
    char32_t c = unicode::decode_utf8(q, p);
    if (c == '_' || unicode::is_xid_start(c) || (!first && unicode::is_xid_continue(c))) continue;
    cur_ = q;
    if (!unicode::is_printable(c)) return report(token, format("invalid non-printable character U+%04X", (unsigned)c));
    std::string shown;
    unicode::append_utf8(shown, c);
    return report(token, format("invalid character '%s' (U+%04X)", shown.c_str(), (unsigned)c));
  }
  finish(token, Tok::kName, start, p);
  token.text = arena_.intern(unicode::nfkc(token.text));
}

void Lexer::read_operator(Token& token, const char* start) {
  char c = start[0], c2 = c ? start[1] : 0;
  bool third_equal = c2 && start[2] == '=';
  auto give = [&](Tok kind, int size) {
    cur_ = start + size;
    finish(token, kind, start, cur_);
  };
  auto open = [&](Tok kind) {
    cur_++;
    if (level_ >= kMaxLevel) return report(token, "too many nested parentheses");
    brackets_[level_++] = {c, lineno_, (int32_t)(start - line_start_)};
    finish(token, kind, start, cur_);
  };
  auto close = [&](Tok kind, char opening) {
    cur_++;
    if (!level_) return report(token, format("unmatched '%c'", c));
    const Bracket& b = brackets_[--level_];
    if (b.open == opening) return finish(token, kind, start, cur_);
    std::string message = format("closing parenthesis '%c' does not match opening parenthesis '%c'", c, b.open);
    if (b.lineno != lineno_) message += format(" on line %d", b.lineno);
    report(token, message);
  };
  switch (c) {
    case '(': return open(Tok::kLeftParen);
    case '[': return open(Tok::kLeftBracket);
    case '{': return open(Tok::kLeftBrace);
    case ')': return close(Tok::kRightParen, '(');
    case ']': return close(Tok::kRightBracket, '[');
    case '}': return close(Tok::kRightBrace, '{');
    case ':': return c2 == '=' ? give(Tok::kColonEqual, 2) : give(Tok::kColon, 1);
    case ',': return give(Tok::kComma, 1);
    case ';': return give(Tok::kSemicolon, 1);
    case '.':
      if (c2 == '.' && start + 2 == end_) status_ = Status::kEndOfInput;  // looking for a third
      return c2 == '.' && start[2] == '.' ? give(Tok::kEllipsis, 3) : give(Tok::kDot, 1);
    case '~': return give(Tok::kTilde, 1);
    case '=': return c2 == '=' ? give(Tok::kEqualEqual, 2) : give(Tok::kEqual, 1);
    case '+': return c2 == '=' ? give(Tok::kPlusEqual, 2) : give(Tok::kPlus, 1);
    case '%': return c2 == '=' ? give(Tok::kPercentEqual, 2) : give(Tok::kPercent, 1);
    case '@': return c2 == '=' ? give(Tok::kAtEqual, 2) : give(Tok::kAt, 1);
    case '&': return c2 == '=' ? give(Tok::kAmperEqual, 2) : give(Tok::kAmper, 1);
    case '|': return c2 == '=' ? give(Tok::kVbarEqual, 2) : give(Tok::kVbar, 1);
    case '^': return c2 == '=' ? give(Tok::kCircumflexEqual, 2) : give(Tok::kCircumflex, 1);
    case '!': return c2 == '=' ? give(Tok::kNotEqual, 2) : give(Tok::kUnknown, 1);
    case '-': return c2 == '=' ? give(Tok::kMinusEqual, 2) : c2 == '>' ? give(Tok::kArrow, 2) : give(Tok::kMinus, 1);
    case '*':
      if (c2 == '*') return third_equal ? give(Tok::kDoubleStarEqual, 3) : give(Tok::kDoubleStar, 2);
      return c2 == '=' ? give(Tok::kStarEqual, 2) : give(Tok::kStar, 1);
    case '/':
      if (c2 == '/') return third_equal ? give(Tok::kDoubleSlashEqual, 3) : give(Tok::kDoubleSlash, 2);
      return c2 == '=' ? give(Tok::kSlashEqual, 2) : give(Tok::kSlash, 1);
    case '<':
      if (c2 == '<') return third_equal ? give(Tok::kLeftShiftEqual, 3) : give(Tok::kLeftShift, 2);
      if (c2 == '>') return give(Tok::kNotEqual, 2);
      return c2 == '=' ? give(Tok::kLessEqual, 2) : give(Tok::kLess, 1);
    case '>':
      if (c2 == '>') return third_equal ? give(Tok::kRightShiftEqual, 3) : give(Tok::kRightShift, 2);
      return c2 == '=' ? give(Tok::kGreaterEqual, 2) : give(Tok::kGreater, 1);
  }
  if ((unsigned char)c < ' ' || c == 0x7F) {
    cur_++;
    return report(token, format("invalid non-printable character U+%04X", (unsigned)(unsigned char)c));
  }
  give(Tok::kUnknown, 1);
}

// A comment that begins "# type:", with any white space, is a token when type comments were asked for.
bool Lexer::read_type_comment(Token& token, const char* start, bool blank) {
  const char* p = start;
  for (const char* prefix = "# type: "; *prefix; prefix++) {
    if (*prefix == ' ') {
      while (*p == ' ' || *p == '\t') p++;
    } else if (p < cur_ && *p == *prefix) {
      p++;
    } else {
      return false;
    }
  }
  constexpr std::string_view kIgnore = "ignore";
  size_t size = cur_ - p;
  bool ignore = size >= kIgnore.size() && std::memcmp(p, kIgnore.data(), kIgnore.size()) == 0 &&
                !(size > kIgnore.size() && ((unsigned char)p[6] >= 0x80 || (is_name_part(p[6]) && p[6] != '_')));
  if (!ignore) {
    finish(token, Tok::kTypeComment, p, cur_);
    return true;
  }
  finish(token, Tok::kTypeIgnore, p + kIgnore.size(), cur_);
  if (blank && cur_ < end_) {  // alone on its line: the newline goes with it
    cur_++;
    at_line_start_ = true;
  }
  return true;
}

}  // namespace pyjit::frontend
