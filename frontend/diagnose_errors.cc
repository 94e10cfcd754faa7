// What errors say and where: the actions of the grammar, and the errors of the lexer in the parser's words.
#include <cstring>
#include <fstream>

#include "frontend/diagnose.h"
#include "frontend/text_format.h"

namespace pyjit::frontend {

using ast::Tag;
using grammar::Action;
using grammar::Special;

namespace {

// How many characters the first `offset` bytes of a line are; one that is cut counts.
int character_offset(const std::string& line, int offset) {
  if (offset < 0) return offset;
  size_t bytes = std::min((size_t)offset, line.size() + 1);
  int count = bytes > line.size();
  for (size_t i = 0; i < std::min(bytes, line.size()); i++) count += (line[i] & 0xC0) != 0x80;
  return count;
}

}  // namespace

// ---- raising

// A later error takes the place of an earlier one: some rules run on for a moment after the lexer failed.
bool Diagnoser::raise(ErrorKind kind, std::string message) {
  if (entries_.empty()) return raise_at(kind, 0, -1, 0, -2, std::move(message));
  const Token& t = entries_.back().token;
  int col_offset = t.col_offset;
  if (col_offset == -1) {
    // A token without text: where the lexer stands.
    col_offset = lexer_.cursor() == lexer_.buffer_start() ? -1 : (int)(lexer_.cursor() - lexer_.line_start()) - 1;
  }
  return raise_at(kind, t.lineno, col_offset, t.end_lineno, t.end_col_offset == -1 ? -2 : t.end_col_offset, std::move(message));
}

// Columns from 0; the offsets users see are one more, in characters.
bool Diagnoser::raise_at(ErrorKind kind, int lineno, int col_offset, int end_lineno, int end_col_offset, std::string message) {
  failed_ = true;
  error_ = {};
  error_.kind = kind;
  error_.message = embedded_ ? "f-string: " + message : std::move(message);
  error_.lineno = lineno;
  error_.end_lineno = end_lineno;
  error_.has_text = true;
  error_.text = error_line(lineno);
  int offset = col_offset + 1, end_offset = end_col_offset + 1;
  if (embedded_) {
    offset -= first_column_;
    end_offset -= first_column_;
  }
  if (has_encoding_) {
    offset = character_offset(error_.text, offset);
    if (end_offset > 0) end_offset = character_offset(error_.text, end_offset);
  }
  error_.offset = offset;
  error_.end_offset = end_offset;
  return false;
}

bool Diagnoser::raise_over(const Value* a, const Value* b, std::string message) {
  return raise_at(ErrorKind::kSyntaxError, a->lineno, a->col_offset, b->end_lineno, b->end_col_offset, std::move(message));
}

bool Diagnoser::raise_unclosed() {
  const Lexer::Bracket& b = lexer_.innermost_bracket();
  return raise_at(ErrorKind::kSyntaxError, b.lineno, b.col_offset, b.lineno, -1, format("'%c' was never closed", b.open));
}

bool Diagnoser::raise_codec_error(std::string message, std::string_view bytes) {
  failed_ = true;
  error_ = {};
  error_.kind = ErrorKind::kUnicodeDecodeError;
  error_.message = std::move(message);
  error_.text = bytes;
  error_.has_location = false;
  return false;
}

bool Diagnoser::line_of_file(int lineno, std::string& text) const {
  if (filename_.empty() || filename_[0] == '<') return false;
  std::ifstream in{std::string(filename_), std::ios::binary};
  std::string line;
  for (int i = 0; i < lineno; i++) {
    if (!std::getline(in, line)) return false;
  }
  text = displayable(line) + (in.eof() ? "" : "\n");
  return lineno > 0;
}

// The text that goes with an error: of the file, if there is one; of what the lexer holds, if the line was not left yet (it then ends
// with its newline, and may begin at an earlier line where a token began); else of the source. (CPython looks for the latter in the
// undecoded source when there was a cookie, and what it finds then depends on where its buffers lie in memory.)
std::string Diagnoser::error_line(int lineno) const {
  std::string text;
  if (!embedded_ && options_.mode == Mode::kExec && line_of_file(lineno, text)) return text;
  const char* end = lexer_.line_end();
  if (lexer_.lineno() <= lineno && end > lexer_.buffer_start()) {
    return displayable({lexer_.buffer_start(), (size_t)(end - lexer_.buffer_start())});
  }
  return displayable(lexer_.line(embedded_ ? lineno - first_line_ + 1 : lineno));
}

// An Error token: what the lexer's status means.
bool Diagnoser::report_lexer_error() {
  ErrorKind kind = ErrorKind::kSyntaxError;
  int col_offset = -1;
  const char* message = "";
  switch (lexer_.status()) {
    case Lexer::Status::kReported:
      failed_ = true;
      error_ = lexer_.error();
      return false;
    case Lexer::Status::kBadEncoding: return raise(kind, "(unicode error) " + lexer_.error().message);
    case Lexer::Status::kEndOfInput: return lexer_.level() ? raise_unclosed() : raise(kind, "unexpected EOF while parsing");
    case Lexer::Status::kBadDedent: return raise(ErrorKind::kIndentationError, "unindent does not match any outer indentation level");
    case Lexer::Status::kMixedTabs:
      kind = ErrorKind::kTabError;
      message = "inconsistent use of tabs and spaces in indentation";
      break;
    case Lexer::Status::kTooDeep:
      kind = ErrorKind::kIndentationError;
      message = "too many levels of indentation";
      break;
    case Lexer::Status::kBadContinuation:
      col_offset = lexer_.cursor() - lexer_.buffer_start() - 1;
      message = "unexpected character after line continuation character";
      break;
    case Lexer::Status::kOk: break;
  }
  return raise_at(kind, lexer_.lineno(), col_offset >= 0 ? col_offset : 0, lexer_.lineno(), -1, message);
}

// After the second reading: the error it found, or the generic one. Either way an error of the lexer in the rest of the source
// may take its place.
void Diagnoser::conclude(const Token& farthest) {
  using Status = Lexer::Status;
  if (failed_) {
    if (lexer_.status() == Status::kOk || lexer_.status() == Status::kEndOfInput) {
      if (lexer_.status() == Status::kOk && error_.kind != ErrorKind::kMemoryError) check_the_rest();
    }
    return;
  }
  if (entries_.empty()) {
    raise(ErrorKind::kSyntaxError, "error at start before reading any input");
    return;
  }
  if (farthest.kind == Tok::kError && lexer_.status() == Status::kEndOfInput) {
    lexer_.level() ? raise_unclosed() : raise(ErrorKind::kSyntaxError, "unexpected EOF while parsing");
    return;
  }
  if (farthest.kind == Tok::kIndent || farthest.kind == Tok::kDedent) {
    raise(ErrorKind::kIndentationError, farthest.kind == Tok::kIndent ? "unexpected indent" : "unexpected unindent");
    return;
  }
  raise_at(ErrorKind::kSyntaxError, farthest.lineno, farthest.col_offset, farthest.end_lineno, farthest.end_col_offset, "invalid syntax");
  check_the_rest();
}

void Diagnoser::check_the_rest() {
  int error_line = entries_.back().token.lineno;
  Token t;
  do next_token(t);
  while (t.kind != Tok::kEndMarker && t.kind != Tok::kError);
  if (t.kind != Tok::kError) return;
  if (lexer_.status() == Lexer::Status::kReported) {
    report_lexer_error();
  } else if (lexer_.status() == Lexer::Status::kBadEncoding) {
    raise_codec_error(lexer_.error().message, lexer_.error().text);  // here CPython lets the codec's own error through
  } else if (lexer_.level() && error_line > lexer_.innermost_bracket().lineno) {
    raise_unclosed();
  }
}

// ---- actions

bool Diagnoser::act(const Action& action, std::span<Value*> values, int start, Value*& out) {
  for (Value* v : values) {  // type comments are decoded when the statement they are in is complete
    if (!v || v->kind != Value::Kind::kToken || v->token->kind != Tok::kTypeComment) continue;
    size_t end;
    const char* reason;
    size_t bad = find_bad_utf8(v->token->text, end, reason);
    if (bad != std::string_view::npos) return raise_codec_error(utf8_error(v->token->text, bad, end, reason), v->token->text);
  }
  auto named = [&](int i) { return action.names[i] >= 0 ? values[action.names[i]] : nullptr; };
  Value *a = named(0), *b = named(1);
  auto text = [&] {
    size_t at = action.text.find("%s");
    return at == std::string::npos ? action.text : action.text.substr(0, at) + expression_name(a) + action.text.substr(at + 2);
  };
  switch (action.kind) {
    case Action::Kind::kDefault:
      if (values.size() == 1) {
        out = values[0] ? values[0] : sequence({});
        return true;
      }
      [[fallthrough]];
    case Action::Kind::kNode: {
      Value* chosen[3] = {a, b, named(2)};
      std::vector<Value*> items;
      for (Value* v : action.all ? values : std::span<Value*>(chosen)) {
        if (v) items.push_back(v);
      }
      if (start == (int)entries_.size() && !fetch()) return false;
      out = node(action.tag, start, items);
      if (action.kind == Action::Kind::kDefault) out->kind = Value::Kind::kSequence;
      return true;
    }
    case Action::Kind::kGive: {
      for (int i = 0; i < 3; i++) {
        if (action.names[i] >= 0) out = values[action.names[i]];
      }
      return true;
    }
    case Action::Kind::kAt: return raise_over(a, a, text());
    case Action::Kind::kRange: return raise_over(a, b ? b : a, text());
    case Action::Kind::kFrom:
      return raise_at(ErrorKind::kSyntaxError, a->lineno, a->col_offset, lexer_.lineno(),
                      (int)(lexer_.cursor() - lexer_.line_start()) - 1, text());
    case Action::Kind::kLast: return raise(ErrorKind::kSyntaxError, action.text);
    case Action::Kind::kIndent: return raise(ErrorKind::kIndentationError, action.text);
    case Action::Kind::kBlock:
      return raise(ErrorKind::kIndentationError, format("expected an indented block after %s on line %d", action.text.c_str(), a->lineno));
    case Action::Kind::kTarget: {
      Value* culprit = nullptr;
      if (!invalid_target(a, action.target, culprit)) return false;
      return raise_over(culprit, culprit, (action.target == 'D' ? "cannot delete " : "cannot assign to ") + expression_name(culprit));
    }
    case Action::Kind::kCall: return call(action, a, b, start, out);
  }
  return false;
}

bool Diagnoser::call(const Action& action, Value* a, Value* b, int start, Value*& out) {
  auto is_legacy = [](const Value* v) {
    return v->kind == Value::Kind::kNode && v->tag == Tag::kName && (v->token->text == "print" || v->token->text == "exec");
  };
  // Of for_if_clauses: the last comprehension, and where its text ends in the tree.
  auto last_part = [](Value* clauses) {
    Value* clause = clauses->kind == Value::Kind::kSequence ? clauses->items.back() : clauses;
    if (clause->items.size() > 2 && !clause->items[2]->items.empty()) {
      Value* condition = clause->items[2]->items.back();  // 'if' disjunction
      return condition->items.back();
    }
    return clause->items[1];
  };
  // The arguments of a Call made by the rule `args`: positional and starred ones apart from keywords.
  std::vector<Value*> positional, keywords;
  auto collect = [&](auto& self, Value* v) -> void {
    if (v->kind == Value::Kind::kToken) return;
    if (v->kind == Value::Kind::kNode && v->tag == Tag::kKeyword) {
      keywords.push_back(v);
    } else if (v->kind == Value::Kind::kNode && !(v == a && v->tag == Tag::kCall)) {
      positional.push_back(v);
    } else {
      for (Value* item : v->items) self(self, item);
    }
  };
  switch (action.special) {
    case Special::kNone: return false;
    case Special::kBarry: {
      bool barry = options_.future_flags & kFutureBarryAsBdfl;
      if (barry && a->token->text != "<>") return raise(ErrorKind::kSyntaxError, "with Barry as BDFL, use '<>' instead of '!='");
      out = a;
      return barry || a->token->text == "!=";
    }
    case Special::kLegacyCall:
      if (!is_legacy(a)) return false;
      return raise_over(a, b, format("Missing parentheses in call to '%s'. Did you mean %s(...)?", std::string(a->token->text).c_str(),
                                     std::string(a->token->text).c_str()));
    case Special::kMissingComma:
      if (is_legacy(a) || token_at(mark_ - 1).level == 0) return false;
      return raise_over(a, b, "invalid syntax. Perhaps you forgot a comma?");
    case Special::kGeneratorParens: return raise_over(a, last_part(b), "Generator expression must be parenthesized");
    case Special::kGeneratorInCall:
      collect(collect, a);
      if (positional.size() <= 1) return false;
      return raise_over(positional.back(), last_part(b), "Generator expression must be parenthesized");
    case Special::kPositionalAfterKeyword: {
      collect(collect, a);
      bool unpacking = false;
      for (Value* k : keywords) unpacking |= k->items[0]->kind == Value::Kind::kToken;
      return raise(ErrorKind::kSyntaxError, unpacking ? "positional argument follows keyword argument unpacking"
                                                      : "positional argument follows keyword argument");
    }
    case Special::kReal:
    case Special::kImaginary: {
      bool imaginary = (a->token->text.back() | 0x20) == 'j' && a->token->text.substr(0, 2) != "0x";
      out = a;
      if (imaginary == (action.special == Special::kImaginary)) return true;
      return raise_over(a, a, format("%s number required in complex literal", imaginary ? "real" : "imaginary"));
    }
    case Special::kStrings: {
      std::vector<Token> tokens;
      for (Value* v : a->items) tokens.push_back(*v->token);
      ast::Expr* joined = join_strings(*this, tokens);
      if (!joined) return false;
      out = node(joined->tag, start, {});
      return true;
    }
    case Special::kMissingColon:
      return raise_at(ErrorKind::kSyntaxError, a->lineno, a->end_col_offset - 1, a->end_lineno, -1, "':' expected after dictionary key");
    case Special::kInteractiveEnd: return false;
  }
  return false;
}

// The part of an expression that cannot be assigned to (or deleted). False: there is none.
bool Diagnoser::invalid_target(Value* e, char target, Value*& culprit) const {
  if (!e) return false;
  auto any = [&](auto& self, Value* v) -> bool {  // elements, however the grammar wrapped them
    if (v->kind == Value::Kind::kToken) return false;
    if (v->kind == Value::Kind::kNode) return invalid_target(v, target, culprit);
    for (Value* item : v->items) {
      if (self(self, item)) return true;
    }
    return false;
  };
  switch (e->tag) {
    case Tag::kList:
    case Tag::kTuple:
      for (Value* item : e->items) {
        if (any(any, item)) return true;
      }
      return false;
    case Tag::kStarred:
      if (target == 'D') break;
      return any(any, e->items.back());
    case Tag::kCompare: {
      if (target != 'F') break;
      // Only `a in b` is what the user may have meant as a target.
      Value* pair = e->items[1]->items[0];
      if (pair->items[0]->token && pair->items[0]->kind == Value::Kind::kToken && pair->items[0]->token->kind == Tok::kIn) {
        return invalid_target(e->items[0], target, culprit);
      }
      return false;
    }
    case Tag::kName:
    case Tag::kSubscript:
    case Tag::kAttribute: return false;
    default: break;
  }
  culprit = e;
  return true;
}

std::string Diagnoser::expression_name(const Value* e) const {
  if (e->kind == Value::Kind::kToken) return std::string(e->token->text);
  switch (e->tag) {
    case Tag::kAttribute: return "attribute";
    case Tag::kSubscript: return "subscript";
    case Tag::kStarred: return "starred";
    case Tag::kName: return "name";
    case Tag::kList: return "list";
    case Tag::kTuple: return "tuple";
    case Tag::kLambda: return "lambda";
    case Tag::kCall: return "function call";
    case Tag::kBoolOp:
    case Tag::kBinOp:
    case Tag::kUnaryOp: return "expression";
    case Tag::kGeneratorExp: return "generator expression";
    case Tag::kYield:
    case Tag::kYieldFrom: return "yield expression";
    case Tag::kAwait: return "await expression";
    case Tag::kListComp: return "list comprehension";
    case Tag::kSetComp: return "set comprehension";
    case Tag::kDictComp: return "dict comprehension";
    case Tag::kDict: return "dict literal";
    case Tag::kSet: return "set display";
    case Tag::kJoinedStr:
    case Tag::kFormattedValue: return "f-string expression";
    case Tag::kCompare: return "comparison";
    case Tag::kIfExp: return "conditional expression";
    case Tag::kNamedExpr: return "named expression";
    case Tag::kConstantExpr:
      switch (e->token->kind) {
        case Tok::kNone:
        case Tok::kTrue:
        case Tok::kFalse: return std::string(e->token->text);
        case Tok::kEllipsis: return "ellipsis";
        default: return "literal";
      }
    default: return "expression";
  }
}

}  // namespace pyjit::frontend
