// The tree-building parser: statements.
#include "frontend/parser_impl.h"
#include "frontend/source.h"

namespace pyjit::frontend {

using namespace ast;

namespace {

// The operator of an augmented assignment; false when the token is none.
bool augmented_operator(Tok kind, Operator& op) {
  switch (kind) {
    case Tok::kPlusEqual: op = Operator::kAdd; return true;
    case Tok::kMinusEqual: op = Operator::kSub; return true;
    case Tok::kStarEqual: op = Operator::kMult; return true;
    case Tok::kSlashEqual: op = Operator::kDiv; return true;
    case Tok::kDoubleSlashEqual: op = Operator::kFloorDiv; return true;
    case Tok::kPercentEqual: op = Operator::kMod; return true;
    case Tok::kAtEqual: op = Operator::kMatMult; return true;
    case Tok::kAmperEqual: op = Operator::kBitAnd; return true;
    case Tok::kVbarEqual: op = Operator::kBitOr; return true;
    case Tok::kCircumflexEqual: op = Operator::kBitXor; return true;
    case Tok::kLeftShiftEqual: op = Operator::kLShift; return true;
    case Tok::kRightShiftEqual: op = Operator::kRShift; return true;
    case Tok::kDoubleStarEqual: op = Operator::kPow; return true;
    default: return false;
  }
}

bool is_single_target(const Expr* e) { return e->tag == Tag::kName || e->tag == Tag::kAttribute || e->tag == Tag::kSubscript; }

}  // namespace

std::span<Stmt*> Parser::statements() {
  size_t m = mark();
  do statement();
  while (!at(Tok::kDedent) && !at(Tok::kEndMarker));
  return take<Stmt>(m);
}

void Parser::statement() {
  if (Stmt* s = compound_statement()) {
    push(s);
  } else {
    simple_statements();
  }
}

void Parser::simple_statements() {
  do {
    push(simple_statement());
  } while (accept(Tok::kSemicolon) && !at(Tok::kNewline));
  expect(Tok::kNewline);
}

Stmt* Parser::simple_statement() {
  const Token* start = t_;
  switch (t_->kind) {
    case Tok::kPass: t_++; return stmt<Pass>(start);
    case Tok::kBreak: t_++; return stmt<Break>(start);
    case Tok::kContinue: t_++; return stmt<Continue>(start);
    case Tok::kReturn: {
      t_++;
      Expr* value = starts_expression() ? star_expressions() : nullptr;
      auto* n = stmt<Return>(start);
      n->value = value;
      return n;
    }
    case Tok::kRaise: {
      t_++;
      Expr *exc = nullptr, *cause = nullptr;
      if (starts_expression() && !at(Tok::kStar)) {
        exc = expression();
        if (accept(Tok::kFrom)) cause = expression();
      }
      auto* n = stmt<Raise>(start);
      n->exc = exc;
      n->cause = cause;
      return n;
    }
    case Tok::kAssert: {
      t_++;
      Expr* test = expression();
      Expr* msg = accept(Tok::kComma) ? expression() : nullptr;
      auto* n = stmt<Assert>(start);
      n->test = test;
      n->msg = msg;
      return n;
    }
    case Tok::kGlobal:
    case Tok::kNonlocal: {
      t_++;
      Identifier small[8];
      Identifier* names = small;
      size_t count = 0, room = std::size(small);
      do {
        if (count == room) {
          auto* more = (Identifier*)arena_.allocate(2 * room * sizeof(Identifier));
          std::copy(names, names + count, more);
          names = more;
          room *= 2;
        }
        names[count++] = name();
      } while (accept(Tok::kComma));
      if (start->kind == Tok::kGlobal) {
        auto* n = stmt<Global>(start);
        n->names = arena_.copy(names, count);
        return n;
      }
      auto* n = stmt<Nonlocal>(start);
      n->names = arena_.copy(names, count);
      return n;
    }
    case Tok::kDel: return delete_statement();
    case Tok::kImport: return import();
    case Tok::kFrom: return import_from();
    default: return expression_statement();
  }
}

Stmt* Parser::expression_statement() {
  const Token* start = t_;
  Expr* first = yield_or_star_expressions();
  Operator op;
  if (at(Tok::kEqual)) {
    size_t m = mark();
    Expr* value = first;
    while (accept(Tok::kEqual)) {
      if (!is_target(value, true, false)) fail();
      set_context(value, ExprContext::kStore);
      push(value);
      value = yield_or_star_expressions();
    }
    String comment = type_comment();
    auto* n = stmt<Assign>(start);
    n->targets = take<Expr>(m);
    n->value = value;
    n->type_comment = comment;
    return n;
  }
  if (at(Tok::kColon)) return annotated(start, first);
  if (augmented_operator(t_->kind, op)) {
    if (!is_single_target(first)) fail();
    set_context(first, ExprContext::kStore);
    t_++;
    Expr* value = yield_or_star_expressions();
    auto* n = stmt<AugAssign>(start);
    n->target = first;
    n->op = op;
    n->value = value;
    return n;
  }
  auto* n = stmt<ExprStmt>(start);
  n->value = first;
  return n;
}

Stmt* Parser::annotated(const Token* start, Expr* target) {
  if (!is_single_target(target)) fail();
  bool simple = target->tag == Tag::kName && start->kind == Tok::kName;
  set_context(target, ExprContext::kStore);
  t_++;
  Expr* annotation = expression();
  Expr* value = accept(Tok::kEqual) ? yield_or_star_expressions() : nullptr;
  auto* n = stmt<AnnAssign>(start);
  n->target = target;
  n->annotation = annotation;
  n->value = value;
  n->simple = simple;
  return n;
}

Stmt* Parser::delete_statement() {
  const Token* start = t_++;
  size_t m = mark();
  do {
    Expr* target = primary();
    if (!is_target(target, false, true)) fail();
    set_context(target, ExprContext::kDel);
    push(target);
  } while (accept(Tok::kComma) && starts_expression());
  auto* n = stmt<Delete>(start);
  n->targets = take<Expr>(m);
  if (!at(Tok::kSemicolon) && !at(Tok::kNewline)) fail();
  return n;
}

// a.b.c, interned as one name
Identifier Parser::dotted_name() {
  Identifier first = name();
  if (!at(Tok::kDot)) return first;
  char small[256];
  std::memcpy(small, first.data(), std::min(first.size(), sizeof small));
  size_t size = first.size();
  char* text = small;
  size_t room = sizeof small;
  auto grow = [&](size_t need, Identifier kept) {
    char* more = (char*)arena_.allocate(need * 2, 1);
    std::memcpy(more, kept.data(), kept.size());
    text = more;
    room = need * 2;
  };
  if (size > room) grow(size, first);
  while (accept(Tok::kDot)) {
    Identifier part = name();
    if (size + 1 + part.size() > room) grow(size + 1 + part.size(), {text, size});
    text[size++] = '.';
    std::memcpy(text + size, part.data(), part.size());
    size += part.size();
  }
  return arena_.intern({text, size});
}

Stmt* Parser::import() {
  const Token* start = t_++;
  size_t m = mark();
  do {
    const Token* first = t_;
    Identifier module = dotted_name();
    Identifier asname;
    if (accept(Tok::kAs)) asname = name();
    auto* n = expr<Alias>(first);
    n->name = module;
    n->asname = asname;
    push(n);
  } while (accept(Tok::kComma));
  auto* n = stmt<Import>(start);
  n->names = take<Alias>(m);
  return n;
}

Stmt* Parser::import_from() {
  const Token* start = t_++;
  int level = 0;
  for (; at(Tok::kDot) || at(Tok::kEllipsis); t_++) level += at(Tok::kDot) ? 1 : 3;
  Identifier module;
  if (!level || !at(Tok::kImport)) module = dotted_name();
  expect(Tok::kImport);
  size_t m = mark();
  if (at(Tok::kStar)) {
    t_++;
    auto* n = expr<Alias>(t_ - 1);
    n->name = arena_.intern("*");
    push(n);
  } else {
    bool parenthesised = accept(Tok::kLeftParen);
    do {
      if (parenthesised && mark() > m && at(Tok::kRightParen)) break;
      const Token* first = t_;
      Identifier id = name();
      Identifier asname;
      if (accept(Tok::kAs)) asname = name();
      auto* n = expr<Alias>(first);
      n->name = id;
      n->asname = asname;
      push(n);
    } while (accept(Tok::kComma));
    if (parenthesised) expect(Tok::kRightParen);
  }
  auto* n = stmt<ImportFrom>(start);
  n->module = module;
  n->names = take<Alias>(m);
  n->level = level;
  return n;
}

// ---- compound statements

Stmt* Parser::compound_statement() {
  const Token* start = t_;
  switch (t_->kind) {
    case Tok::kIf: return if_statement();
    case Tok::kDef: return function(start, {}, false);
    case Tok::kClass: return class_definition({});
    case Tok::kAt: return decorated();
    case Tok::kWith: return with_statement(start, false);
    case Tok::kFor: return for_statement(start, false);
    case Tok::kTry: return try_statement();
    case Tok::kWhile: return while_statement();
    case Tok::kAsync:
      t_++;
      if (at(Tok::kDef)) return function(start, {}, true);
      if (at(Tok::kWith)) return with_statement(start, true);
      if (at(Tok::kFor)) return for_statement(start, true);
      fail();
    case Tok::kName: return t_->text == "match" ? match_statement() : nullptr;
    default: return nullptr;
  }
}

std::span<Stmt*> Parser::block() {
  if (!accept(Tok::kNewline)) {
    size_t m = mark();
    simple_statements();
    return take<Stmt>(m);
  }
  expect(Tok::kIndent);
  enter(12);
  auto body = statements();
  leave(12);
  expect(Tok::kDedent);
  return body;
}

Stmt* Parser::if_statement() {  // also elif
  const Token* start = t_++;
  enter(3);
  Expr* test = named_expression();
  expect(Tok::kColon);
  auto body = block();
  std::span<Stmt*> orelse;
  if (at(Tok::kElif)) {
    orelse = one(if_statement());
  } else {
    orelse = else_block();
  }
  leave(3);
  auto* n = stmt<If>(start);
  n->test = test;
  n->body = body;
  n->orelse = orelse;
  return n;
}

std::span<Stmt*> Parser::else_block() {
  if (!accept(Tok::kElse)) return {};
  expect(Tok::kColon);
  return block();
}

Stmt* Parser::while_statement() {
  const Token* start = t_++;
  Expr* test = named_expression();
  expect(Tok::kColon);
  auto body = block();
  auto orelse = else_block();
  auto* n = stmt<While>(start);
  n->test = test;
  n->body = body;
  n->orelse = orelse;
  return n;
}

Stmt* Parser::for_statement(const Token* start, bool async) {
  t_++;
  Expr* target = star_targets();
  expect(Tok::kIn);
  Expr* iter = star_expressions();
  expect(Tok::kColon);
  String comment = type_comment();
  auto body = block();
  auto orelse = else_block();
  auto fill = [&](auto* n) {
    n->target = target;
    n->iter = iter;
    n->body = body;
    n->orelse = orelse;
    n->type_comment = comment;
    return n;
  };
  if (async) return fill(stmt<AsyncFor>(start));
  return fill(stmt<For>(start));
}

void Parser::with_item() {
  Expr* context = expression();
  Expr* vars = accept(Tok::kAs) ? star_target() : nullptr;
  auto* n = bare<WithItem>();
  n->context_expr = context;
  n->optional_vars = vars;
  push(n);
}

Stmt* Parser::with_statement(const Token* start, bool async) {
  t_++;
  size_t m = mark();
  bool parenthesised = false;
  String comment;
  if (at(Tok::kLeftParen)) {
    // The parentheses are the statement's own only if their match is followed by the colon, and items are in them.
    const Token* close = t_;
    for (int level = 0;; close++) {
      if (close->kind == Tok::kLeftParen || close->kind == Tok::kLeftBracket || close->kind == Tok::kLeftBrace) level++;
      if (close->kind == Tok::kRightParen || close->kind == Tok::kRightBracket || close->kind == Tok::kRightBrace) {
        if (--level == 0) break;
      }
      if (close->kind == Tok::kEndMarker || close->kind == Tok::kError) fail();
    }
    if (close[1].kind == Tok::kColon) {
      parenthesised = attempt([&] {
        t_++;
        do with_item();
        while (accept(Tok::kComma) && !at(Tok::kRightParen));
        expect(Tok::kRightParen);
      });
    }
  }
  if (!parenthesised) {
    do with_item();
    while (accept(Tok::kComma));
  }
  auto items = take<WithItem>(m);
  expect(Tok::kColon);
  if (!parenthesised) comment = type_comment();
  auto body = block();
  auto fill = [&](auto* n) {
    n->items = items;
    n->body = body;
    n->type_comment = comment;
    return n;
  };
  if (async) return fill(stmt<AsyncWith>(start));
  return fill(stmt<With>(start));
}

Stmt* Parser::try_statement() {
  const Token* start = t_++;
  expect(Tok::kColon);
  auto body = block();
  size_t m = mark();
  bool star = false;
  while (at(Tok::kExcept)) {
    const Token* first = t_++;
    bool starred = accept(Tok::kStar);
    if (mark() > m && starred != star) fail();
    star = starred;
    Expr* type = nullptr;
    Identifier id;
    if (starred || !at(Tok::kColon)) {
      type = expression();
      if (accept(Tok::kAs)) id = name();
    }
    expect(Tok::kColon);
    auto handler_body = block();
    auto* n = stmt<ExceptHandler>(first);
    n->type = type;
    n->name = id;
    n->body = handler_body;
    push(n);
  }
  auto handlers = take<Handler>(m);
  std::span<Stmt*> orelse, finalbody;
  if (!handlers.empty()) orelse = else_block();
  if (accept(Tok::kFinally)) {
    expect(Tok::kColon);
    finalbody = block();
  } else if (handlers.empty()) {
    fail();
  }
  auto fill = [&](auto* n) {
    n->body = body;
    n->handlers = handlers;
    n->orelse = orelse;
    n->finalbody = finalbody;
    return n;
  };
  if (star) return fill(stmt<TryStar>(start));
  return fill(stmt<Try>(start));
}

Stmt* Parser::decorated() {
  size_t m = mark();
  while (accept(Tok::kAt)) {
    push(named_expression());
    expect(Tok::kNewline);
  }
  auto decorators = take<Expr>(m);
  const Token* start = t_;
  if (at(Tok::kClass)) return class_definition(decorators);
  bool async = accept(Tok::kAsync);
  if (!at(Tok::kDef)) fail();
  return function(start, decorators, async);
}

Stmt* Parser::function(const Token* start, std::span<Expr*> decorators, bool async) {
  t_++;
  Identifier id = name();
  expect(Tok::kLeftParen);
  Arguments* args = parameters(false);
  expect(Tok::kRightParen);
  Expr* returns = accept(Tok::kArrow) ? expression() : nullptr;
  expect(Tok::kColon);
  String comment = function_type_comment();
  auto body = block();
  auto fill = [&](auto* n) {
    n->name = id;
    n->args = args;
    n->body = body;
    n->decorator_list = decorators;
    n->returns = returns;
    n->type_comment = comment;
    return n;
  };
  if (async) return fill(stmt<AsyncFunctionDef>(start));
  return fill(stmt<FunctionDef>(start));
}

Stmt* Parser::class_definition(std::span<Expr*> decorators) {
  const Token* start = t_++;
  Identifier id = name();
  std::span<Expr*> bases;
  std::span<Keyword*> keywords;
  if (accept(Tok::kLeftParen)) {
    if (!at(Tok::kRightParen)) arguments(bases, keywords, false);
    expect(Tok::kRightParen);
  }
  expect(Tok::kColon);
  auto body = block();
  auto* n = stmt<ClassDef>(start);
  n->name = id;
  n->bases = bases;
  n->keywords = keywords;
  n->body = body;
  n->decorator_list = decorators;
  return n;
}

// ---- type comments (only with CompileOptions::type_comments are there such tokens)

String Parser::type_comment() {
  if (!at(Tok::kTypeComment)) return {};
  size_t end;
  const char* reason;
  if (find_bad_utf8(t_->text, end, reason) != std::string_view::npos) fail();
  return (t_++)->text;
}

// On the line of the colon, or alone on the next one before the body.
String Parser::function_type_comment() {
  if (at(Tok::kNewline) && t_[1].kind == Tok::kTypeComment && t_[2].kind == Tok::kNewline && t_[3].kind == Tok::kIndent) {
    t_++;
  }
  return type_comment();
}

}  // namespace pyjit::frontend
