// String literals put together: prefixes, implicit concatenation, f-strings.
//
// CPython 3.11 has no tokens inside an f-string. It scans the characters of the literal for replacement fields, copies the text
// of each expression between parentheses and parses that copy; positions and error texts come out of this procedure, so it is
// followed here: Field ::= "{" expression ["="] ["!" conversion] [":" spec] "}", where a spec may hold fields one level deep.
#include "frontend/strings.h"

#include <cstring>

#include "frontend/literals.h"
#include "frontend/source.h"
#include "frontend/text_format.h"

namespace pyjit::frontend {
namespace {

using ast::Expr;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

struct Piece {  // one token, without prefix and quotes
  bool bytes = false, raw = false, format = false;
  std::string_view body;
};

Piece open(const Token& token) {
  Piece piece;
  const char* p = token.text.data();
  for (; *p != '"' && *p != '\''; p++) {
    char c = *p | 0x20;
    if (c == 'b') piece.bytes = true;
    if (c == 'r') piece.raw = true;
    if (c == 'f') piece.format = true;
  }
  size_t quotes = token.text.data() + token.text.size() - p >= 6 && p[1] == p[0] && p[2] == p[0] ? 3 : 1;
  piece.body = std::string_view(p + quotes, token.text.data() + token.text.size() - quotes - (p + quotes));
  return piece;
}

class Joiner {
 public:
  Joiner(StringHost& host, std::span<const Token> tokens)
      : host_(host), arena_(host.string_arena()), tokens_(tokens), first_(&tokens.front()), last_(&tokens.back()) {}

  Expr* run() {
    bool bytes = false;
    for (size_t i = 0; i < tokens_.size(); i++) {
      const Token& token = tokens_[i];
      Piece piece = open(token);
      raw_ = piece.raw || (!piece.format && piece.body.find('\\') == std::string_view::npos);
      if (piece.bytes) {
        for (char c : piece.body) {
          if ((unsigned char)c >= 0x80) return error("bytes can only contain ASCII literal characters");
        }
      }
      if (!piece.format && !(piece.bytes ? add_bytes(piece.body, token) : add_text(text_, piece.body, token))) return nullptr;
      if (i && piece.bytes != bytes) return error("cannot mix bytes and nonbytes literals");
      bytes = piece.bytes;
      if (piece.format) {
        format_ = true;
        token_ = &token;
        cur_ = piece.body.data();
        end_ = cur_ + piece.body.size();
        if (!read_parts(0, text_, parts_)) return nullptr;
      }
    }
    if (!format_) return constant(text_, bytes ? Constant::Kind::kBytes : Constant::Kind::kStr);
    return joined(text_, parts_);
  }

 private:
  std::nullptr_t error(std::string message) {
    host_.string_error(std::move(message));
    return nullptr;
  }

  template <class T>
  T* node() {
    T* n = arena_.make<T>();
    n->tag = T::kTag;
    n->lineno = first_->lineno;
    n->col_offset = first_->col_offset;
    n->end_lineno = last_->end_lineno;
    n->end_col_offset = last_->end_col_offset;
    return n;
  }

  Expr* constant(const std::string& text, Constant::Kind kind) {
    Constant* value = arena_.make<Constant>();
    value->kind = kind;
    value->text = arena_.copy(text);
    auto* n = node<ast::ConstantExpr>();
    n->value = value;
    if (kind == Constant::Kind::kStr && first_->text[0] == 'u') n->kind = arena_.intern("u");
    return n;
  }

  Expr* joined(std::string& text, std::vector<Expr*>& parts) {
    flush(text, parts);
    auto* n = node<ast::JoinedStr>();
    n->values = arena_.copy(parts);
    return n;
  }

  void flush(std::string& text, std::vector<Expr*>& parts) {
    if (text.empty()) return;
    parts.push_back(constant(text, Constant::Kind::kStr));
    text.clear();
  }

  bool add_bytes(std::string_view body, const Token& token) {
    if (raw_) {
      text_ += body;
      return true;
    }
    std::string why;
    std::string bad;
    if (!decode_bytes_escapes(body, text_, why, bad)) return error(why), false;
    if (!bad.empty()) host_.invalid_escape(token, bad);
    return true;
  }

  // A literal with escapes is decoded run by run of characters beyond ASCII, and errors count from the run.
  bool check_utf8(std::string_view text) {
    size_t end, at;
    const char* reason;
    if (raw_) {
      at = find_bad_utf8(text, end, reason);
      if (at == std::string_view::npos) return true;
      return error("(unicode error) " + utf8_error(text, at, end, reason)), false;
    }
    for (size_t i = 0; i < text.size(); i++) {
      size_t start = i;
      while (i < text.size() && (text[i] & 0x80)) i++;
      std::string_view run = text.substr(start, i - start);
      at = find_bad_utf8(run, end, reason);
      if (at != std::string_view::npos) return error("(unicode error) " + utf8_error(run, at, end, reason)), false;
    }
    return true;
  }

  bool add_text(std::string& out, std::string_view body, const Token& token) {
    if (!check_utf8(body)) return false;
    if (raw_) {
      out += body;
      return true;
    }
    std::string why;
    std::string bad;
    if (!decode_str_escapes(body, out, why, bad)) return error(why), false;
    if (!bad.empty()) host_.invalid_escape(token, bad);
    return true;
  }

  // Literal text and fields from cur_ to end_, or, in a format spec (depth > 0), to the brace that ends it.
  bool read_parts(int depth, std::string& text, std::vector<Expr*>& parts) {
    for (;;) {
      bool doubled = false;
      if (!read_literal(depth, text, doubled)) return false;
      if (doubled) continue;
      if (cur_ >= end_ || *cur_ == '}') break;
      std::string shown;
      bool debug = false;
      Expr* field = read_field(depth, shown, debug);
      if (!field) return false;
      if (debug) text += shown;
      flush(text, parts);
      parts.push_back(field);
    }
    if (depth == 0 && cur_ < end_) return error("f-string: unexpected end of string"), false;
    if (depth > 0 && (cur_ >= end_ || *cur_ != '}')) return error("f-string: expecting '}'"), false;
    return true;
  }

  // To the next brace. `doubled`: it was {{ or }}, which stands for one and does not end the literal part.
  bool read_literal(int depth, std::string& text, bool& doubled) {
    const char* start = cur_;
    const char* s = cur_;
    const char* stop = nullptr;
    while (s < end_) {
      char c = *s++;
      if (!raw_ && c == '\\' && s < end_) {
        c = *s++;
        if (c == 'N') {  // the braces of \N{name} are not a field
          if (s < end_ && *s++ == '{') {
            while (s < end_ && *s++ != '}') {
            }
          }
          continue;
        }
        if (c == '{') host_.invalid_escape(*token_, "{");
      }
      if (c != '{' && c != '}') continue;
      if (depth == 0) {
        if (s < end_ && *s == c) {
          stop = s;
          cur_ = s + 1;
          doubled = true;
          break;
        }
        if (c == '}') {
          cur_ = s - 1;
          return error("f-string: single '}' is not allowed"), false;
        }
      }
      s--;
      break;
    }
    if (!stop) stop = cur_ = s;
    return stop == start || add_text(text, std::string_view(start, stop - start), *token_);
  }

  Expr* unterminated() { return error("f-string: expecting '}'"); }

  Expr* read_field(int depth, std::string& shown, bool& debug) {
    if (depth >= 2) return error("f-string: expressions nested too deeply");
    cur_++;
    const char* start = cur_;
    if (!find_expression_end()) return nullptr;
    if (cur_ >= end_) return unterminated();
    Expr* value = parse_expression(start, cur_);
    if (!value) return nullptr;
    int conversion = -1;
    Expr* spec = nullptr;
    if (*cur_ == '=') {
      debug = true;
      do cur_++;
      while (cur_ < end_ && (is_blank(*cur_) || *cur_ == '\n' || *cur_ == '\v'));
      shown.assign(start, cur_);
      if (cur_ >= end_) return unterminated();
    }
    if (*cur_ == '!') {
      cur_++;
      if (cur_ >= end_) return unterminated();
      conversion = (unsigned char)*cur_++;
      if (conversion != 's' && conversion != 'r' && conversion != 'a') {
        return error("f-string: invalid conversion character: expected 's', 'r', or 'a'");
      }
    }
    if (cur_ >= end_) return unterminated();
    if (*cur_ == ':') {
      cur_++;
      if (cur_ >= end_) return unterminated();
      std::string text;
      std::vector<Expr*> parts;
      // Nodes in a spec have the place of the token they are in; those outside, of all the tokens.
      const Token *outer_first = first_, *outer_last = last_;
      first_ = last_ = token_;
      if (!read_parts(depth + 1, text, parts)) return nullptr;
      spec = joined(text, parts);
      first_ = outer_first;
      last_ = outer_last;
    }
    if (cur_ >= end_ || *cur_ != '}') return unterminated();
    cur_++;
    if (debug && !spec && conversion == -1) conversion = 'r';
    auto* n = node<ast::FormattedValue>();
    n->value = value;
    n->conversion = conversion;
    n->format_spec = spec;
    return n;
  }

  // Moves cur_ to the ! : = or } that ends the expression, over nested brackets and strings.
  bool find_expression_end() {
    char quote = 0;
    bool triple = false;
    std::string open;
    for (; cur_ < end_; cur_++) {
      char c = *cur_;
      if (c == '\\') return error("f-string expression part cannot include a backslash"), false;
      bool three = cur_ + 2 < end_ && cur_[1] == c && cur_[2] == c;
      if (quote) {
        if (c == quote && (!triple || three)) {
          if (triple) cur_ += 2;
          quote = 0;
        }
        continue;
      }
      if (c == '\'' || c == '"') {
        triple = three;
        if (triple) cur_ += 2;
        quote = c;
        continue;
      }
      if (c == '[' || c == '{' || c == '(') {
        if (open.size() >= 200) return error("f-string: too many nested parenthesis"), false;
        open += c;
        continue;
      }
      if (c == '#') return error("f-string expression part cannot include '#'"), false;
      if (open.empty() && std::strchr("!:}=><", c) && c) {
        if (cur_ + 1 < end_ && cur_[1] == '=' && std::strchr("!=<>", c)) {
          cur_++;
          continue;
        }
        if (c == '>' || c == '<') continue;
        break;
      }
      if (c == ']' || c == '}' || c == ')') {
        if (open.empty()) return error(format("f-string: unmatched '%c'", c)), false;
        char opening = open.back();
        open.pop_back();
        if (c != (opening == '(' ? ')' : opening == '[' ? ']' : '}')) {
          error(format("f-string: closing parenthesis '%c' does not match opening parenthesis '%c'", c, opening));
          return false;
        }
      }
    }
    if (quote) return error("f-string: unterminated string"), false;
    if (!open.empty()) return error(format("f-string: unmatched '%c'", open.back())), false;
    return true;
  }

  Expr* parse_expression(const char* start, const char* end) {
    bool blank = true;
    for (const char* s = start; s < end && blank; s++) blank = is_blank(*s) || *s == '\n';
    if (blank) {
      if (*end == '!' || *end == ':' || *end == '=') return error(format("f-string: expression required before '%c'", *end));
      return error("f-string: empty expression not allowed");
    }
    // Lines and columns from the token's start to the field's brace. The column is left at 0 when a line break follows the brace.
    const char* brace = start - 1;
    const char* token_start = token_->text.data();
    int lines = 0, columns = 0;
    const char* s = start;
    while (is_blank(*s)) s++;
    if (*s != '\n' && *s != '}') {
      const char* from = brace;
      while (from > token_start && *from != '\n') from--;
      columns = brace - from - (*from == '\n');
    }
    for (const char* p = token_start; p < brace; p++) lines += *p == '\n';
    std::string copy = "(";
    copy.append(start, end);
    copy += ")\n";
    return host_.parse_embedded(padded_copy(arena_, copy), token_->lineno + lines, lines ? columns : token_->col_offset + columns);
  }

  StringHost& host_;
  Arena& arena_;
  std::span<const Token> tokens_;
  const Token* first_;
  const Token* last_;
  bool raw_ = false;      // of the token at hand: backslashes are themselves
  bool format_ = false;   // an f-string was among the tokens
  const Token* token_ = nullptr;
  const char* cur_ = nullptr;
  const char* end_ = nullptr;
  std::string text_;      // literal text that no node holds yet
  std::vector<Expr*> parts_;
};

}  // namespace

ast::Expr* join_strings(StringHost& host, std::span<const Token> tokens) { return Joiner(host, tokens).run(); }

}  // namespace pyjit::frontend
