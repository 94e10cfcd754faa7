// The interpreter of the grammar: matching. What errors say is in diagnose_errors.cc.
#include "frontend/diagnose.h"

#include "frontend/literals.h"
#include "frontend/parser_impl.h"

namespace pyjit::frontend {

using ast::Tag;
using grammar::Action;
using grammar::Alternative;
using grammar::Item;
using grammar::Rule;

Diagnoser::Diagnoser(const Source& source, std::string_view filename, const CompileOptions& options)
    : grammar_(grammar::get()),
      filename_(filename),
      options_(options),
      has_encoding_(source.has_encoding),
      arena_(&own_arena_),
      lexer_(own_arena_, source.text, options.type_comments) {}

Diagnoser::Diagnoser(const Diagnoser& outer, std::string_view text, int first_line, int first_column)
    : grammar_(outer.grammar_),
      filename_(outer.filename_),
      options_(outer.options_),
      has_encoding_(false),
      arena_(outer.arena_),
      lexer_(*outer.arena_, text, false, first_line),
      embedded_(true),
      first_line_(first_line),
      first_column_(first_column),
      outer_level_(outer.outer_level_ + outer.level_) {
  options_.mode = Mode::kEval;
  options_.allow_incomplete_input = false;
}

bool Diagnoser::accepts() {
  Value* result = nullptr;
  return read(result);
}

bool Diagnoser::read(Value*& result) {
  static const int kStart[] = {grammar_.find("file"), grammar_.find("eval"), grammar_.find("interactive"), grammar_.find("func_type")};
  static const int kEmbedded = grammar_.find("fstring");
  int start = embedded_ ? kEmbedded : kStart[(int)options_.mode];  // ORDER(Mode): exec, eval, single, func_type
  if (match_rule(start, result)) {
    if (options_.mode != Mode::kSingle || embedded_) return true;
    // Nothing but blanks and comments may follow a single statement.
    for (const char* p = lexer_.cursor();; p++) {
      while (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\f') p++;
      if (!*p) return true;
      if (*p != '#') return raise(ErrorKind::kSyntaxError, "multiple statements found while compiling a single statement");
      while (*p && *p != '\n') p++;
      if (!*p) return true;
    }
  }
  if (options_.allow_incomplete_input && (lexer_.status() == Lexer::Status::kEndOfInput || lexer_.string_cut_off())) {
    return raise(ErrorKind::kSyntaxError, "incomplete input");
  }
  if (failed_ && error_.kind != ErrorKind::kSyntaxError && error_.kind != ErrorKind::kIndentationError &&
      error_.kind != ErrorKind::kTabError) {
    return false;
  }
  Token farthest = entries_.empty() ? Token() : entries_.back().token;
  for (Entry& e : entries_) e.memo.clear();
  mark_ = 0;
  second_reading_ = true;
  level_ = 0;
  stack_.clear();
  match_rule(start, result);
  conclude(farthest);
  return false;
}

void Diagnoser::next_token(Token& t) {
  do lexer_.next(t);
  while (t.kind == Tok::kTypeIgnore);
  for (CompileWarning& w : lexer_.warnings()) warnings_.push_back(std::move(w));
  lexer_.warnings().clear();
}

bool Diagnoser::fetch() {
  Token t;
  next_token(t);
  if (options_.mode == Mode::kSingle && !embedded_ && t.kind == Tok::kEndMarker && started_) {
    t.kind = Tok::kNewline;
    started_ = false;
    if (lexer_.indent() && !options_.dont_imply_dedent) lexer_.imply_dedents();
  } else {
    started_ = true;
  }
  if (embedded_ && lexer_.lineno() == first_line_) {
    t.col_offset += first_column_;
    t.end_col_offset += first_column_;
  }
  entries_.push_back({t, {}});
  return t.kind != Tok::kError || report_lexer_error();
}

const Token* Diagnoser::match(Tok kind) {
  if (mark_ == (int)entries_.size() && !fetch()) return nullptr;
  const Token& t = entries_[mark_].token;
  if (t.kind != kind) return nullptr;
  mark_++;
  return &t;
}

Diagnoser::Value* Diagnoser::token_value(const Token& t) {
  Value* v = arena_->make<Value>();
  bool is_name = t.kind == Tok::kName;
  v->kind = is_name || t.kind == Tok::kNumber ? Value::Kind::kNode : Value::Kind::kToken;
  v->tag = is_name ? Tag::kName : Tag::kConstantExpr;
  v->lineno = t.lineno;
  v->col_offset = t.col_offset;
  v->end_lineno = t.end_lineno;
  v->end_col_offset = t.end_col_offset;
  v->token = &t;
  return v;
}

Diagnoser::Value* Diagnoser::node(Tag tag, int start, std::span<Value*> items) {
  Value* v = arena_->make<Value>();
  v->kind = Value::Kind::kNode;
  v->tag = tag;
  const Token& first = token_at(start);
  int last = mark_ - 1;
  while (last > 0 && (token_at(last).kind == Tok::kNewline || token_at(last).kind == Tok::kIndent || token_at(last).kind == Tok::kDedent ||
                      token_at(last).kind == Tok::kEndMarker)) {
    last--;
  }
  if (last < 0) last = 0;
  v->lineno = first.lineno;
  v->col_offset = first.col_offset;
  v->end_lineno = token_at(last).end_lineno;
  v->end_col_offset = token_at(last).end_col_offset;
  v->token = &first;
  v->items = arena_->copy(items.data(), items.size());
  return v;
}

Diagnoser::Value* Diagnoser::sequence(std::span<Value*> items) {
  Value* v = arena_->make<Value>();
  v->kind = Value::Kind::kSequence;
  v->items = arena_->copy(items.data(), items.size());
  if (!items.empty()) {
    v->lineno = items.front()->lineno;
    v->col_offset = items.front()->col_offset;
    v->end_lineno = items.back()->end_lineno;
    v->end_col_offset = items.back()->end_col_offset;
  }
  return v;
}

Diagnoser::Memo* Diagnoser::find_memo(int start, int rule) {
  for (Memo& m : entries_[start].memo) {
    if (m.rule == rule) return &m;
  }
  return nullptr;
}

// One rule deeper. CPython gives up at a fixed number of them.
bool Diagnoser::enter() {
  if (level_++ < kMaxLevel && outer_level_ + level_ < kMaxTotalLevel) return !failed_;
  if (!failed_) {
    failed_ = true;
    error_ = {};
    error_.kind = ErrorKind::kMemoryError;
    error_.has_location = false;
  }
  return false;
}

bool Diagnoser::match_rule(int index, Value*& out) {
  const Rule& rule = grammar_.rules[index];
  bool fine = false;
  if (enter()) {
    int start = mark_;
    if (rule.left_recursive) {
      fine = match_left_recursive(index, out);
    } else if (!rule.memo) {
      bool errors = second_reading_;
      if (rule.without_invalid) second_reading_ = false;
      fine = match_alternatives(index, out);
      second_reading_ = errors;
    } else if (mark_ < (int)entries_.size() || fetch()) {
      if (Memo* m = find_memo(start, index)) {
        mark_ = m->end;
        out = m->value;
        fine = out != nullptr;
      } else {
        fine = match_alternatives(index, out);
        if (!failed_) entries_[start].memo.push_back({index, fine ? out : nullptr, mark_});
      }
    }
  }
  level_--;
  return fine;
}

// Grows the match: each round the rule finds, where it calls itself, what the round before found.
bool Diagnoser::match_left_recursive(int index, Value*& out) {
  int start = mark_;
  if (start == (int)entries_.size() && !fetch()) return false;
  if (Memo* m = find_memo(start, index)) {
    mark_ = m->end;
    out = m->value;
    return out != nullptr;
  }
  entries_[start].memo.push_back({index, nullptr, start});
  Value* best = nullptr;
  int best_end = start;
  for (;;) {
    mark_ = start;
    Value* found = nullptr;
    bool fine = enter() && match_alternatives(index, found);
    level_--;
    if (failed_) return false;
    if (!fine || mark_ <= best_end) break;
    best = found;
    best_end = mark_;
    Memo* m = find_memo(start, index);
    m->value = best;
    m->end = best_end;
  }
  mark_ = best_end;
  out = best;
  return best != nullptr;
}

bool Diagnoser::match_alternatives(int index, Value*& out) {
  int start = mark_;
  for (const Alternative& alternative : grammar_.rules[index].alternatives) {
    if (failed_) return false;
    if (alternative.for_errors && !second_reading_) continue;
    size_t base = stack_.size();
    bool fine = true, cut = false;
    for (const Item& item : alternative.items) {
      if (item.kind == Item::Kind::kCut) {
        cut = true;
        continue;
      }
      if (item.kind == Item::Kind::kAnd || item.kind == Item::Kind::kNot) {
        fine = look_ahead(item);
      } else {
        Value* value = nullptr;
        fine = match_item(item, value);
        stack_.push_back(value);
      }
      if (!fine) break;
    }
    if (fine) {
      fine = act(alternative.action, std::span(stack_).subspan(base), start, out);
      stack_.resize(base);
      return fine;  // an action that declines ends the rule
    }
    stack_.resize(base);
    mark_ = start;
    if (cut) return false;
  }
  return false;
}

bool Diagnoser::look_ahead(const Item& item) {
  int start = mark_;
  Value* ignored = nullptr;
  bool found = match_item(item.inner[0], ignored);
  mark_ = start;
  return found == (item.kind == Item::Kind::kAnd);
}

bool Diagnoser::match_item(const Item& item, Value*& out) {
  switch (item.kind) {
    case Item::Kind::kToken: {
      const Token* t = match(item.token);
      if (!t) return false;
      out = token_value(*t);
      if (t->kind == Tok::kNumber) {
        size_t digits;
        if (!parse_number(*arena_, t->text, options_.int_max_str_digits, digits)) {
          return raise_at(ErrorKind::kSyntaxError, t->lineno, -1, t->end_lineno, -1,
                          "Exceeds the limit (" + std::to_string(options_.int_max_str_digits) + " digits) for integer string conversion: value has " +
                              std::to_string(digits) + " digits; use sys.set_int_max_str_digits() to increase the limit - Consider " +
                              "hexadecimal for huge integer literals to avoid decimal conversion limits.");
        }
      }
      return true;
    }
    case Item::Kind::kSoft:
    case Item::Kind::kAnySoft: {
      const Token* t = match(Tok::kName);
      if (!t) return false;
      // CPython takes any beginning of a soft keyword for one where any will do.
      auto begins = [&](std::string_view keyword) { return keyword.starts_with(t->text); };
      bool fits = item.kind == Item::Kind::kSoft ? t->text == item.soft : begins("_") || begins("case") || begins("match");
      if (!fits) {
        mark_--;
        return false;
      }
      out = token_value(*t);
      return true;
    }
    case Item::Kind::kForced: {
      const Token* t = match(item.token);
      if (t) {
        out = token_value(*t);
        return true;
      }
      if (failed_) return false;
      const Token& found = token_at(mark_);
      return raise_at(ErrorKind::kSyntaxError, found.lineno, found.col_offset, found.end_lineno, found.end_col_offset,
                      std::string("expected '") + token_text(item.token) + "'");
    }
    case Item::Kind::kRule: return match_rule(item.rule, out);
    case Item::Kind::kOptional: {
      int start = mark_;
      if (!match_item(item.inner[0], out)) {
        if (failed_) return false;
        mark_ = start;
        out = nullptr;
      }
      return true;
    }
    case Item::Kind::kStar: return match_repeated(item.inner[0], false, out);
    case Item::Kind::kPlus: return match_repeated(item.inner[0], true, out);
    case Item::Kind::kList: return match_list(item, out);
    case Item::Kind::kAnd:
    case Item::Kind::kNot: return look_ahead(item);
    case Item::Kind::kCut: return true;
  }
  return false;
}

bool Diagnoser::match_repeated(const Item& item, bool at_least_one, Value*& out) {
  size_t base = stack_.size();
  bool fine = enter();
  while (fine) {
    int start = mark_;
    Value* value = nullptr;
    if (!match_item(item, value) || mark_ == start) {
      mark_ = start;
      break;
    }
    stack_.push_back(value);
  }
  level_--;
  // Like CPython's, a loop that may be empty does not notice that an error ended it.
  if (at_least_one) fine = fine && !failed_ && stack_.size() > base;
  if (fine) out = sequence(std::span(stack_).subspan(base));
  stack_.resize(base);
  return fine;
}

// Elements with separators between them; a separator without an element behind it is not taken.
bool Diagnoser::match_list(const Item& item, Value*& out) {
  size_t base = stack_.size();
  Value* value = nullptr;
  bool fine = enter() && match_item(item.inner[1], value);
  if (fine) {
    stack_.push_back(value);
    fine = enter();
    while (fine) {
      int start = mark_;
      Value* separator = nullptr;
      if (!match_item(item.inner[0], separator) || !match_item(item.inner[1], value)) {
        mark_ = start;
        break;
      }
      stack_.push_back(value);
    }
    level_--;
  }
  level_--;
  if (fine) out = sequence(std::span(stack_).subspan(base));
  stack_.resize(base);
  return fine;
}

void Diagnoser::invalid_escape(const Token& token, std::string_view escape) {
  warnings_.push_back(Parser::escape_warning(token, escape));
}

ast::Expr* Diagnoser::parse_embedded(std::string_view text, int lineno, int col_offset) {
  Diagnoser inner(*this, text, lineno, col_offset);
  Value* result = nullptr;
  bool fine = inner.read(result);
  warnings_.insert(warnings_.end(), inner.warnings_.begin(), inner.warnings_.end());
  if (fine) {
    static ast::Pass accepted;  // any node: nobody looks at it
    return (ast::Expr*)(ast::Node*)&accepted;
  }
  if (inner.error_.kind == ErrorKind::kUnicodeDecodeError) {
    raise(ErrorKind::kSyntaxError, "(unicode error) " + inner.error_.message);
  } else {
    failed_ = true;
    error_ = inner.error_;
  }
  return nullptr;
}

}  // namespace pyjit::frontend
