// The tree-building parser: match statements and their patterns.
#include "frontend/parser_impl.h"

namespace pyjit::frontend {

using namespace ast;

// `match` and `case` are ordinary names elsewhere; what follows `match` tells, and where a bracket or a sign leaves it open, the whole
// header does: an expression, a colon, an indented block that begins with `case`.
Stmt* Parser::match_statement() {
  const Token* start = t_;
  bool open = false;
  switch (t_[1].kind) {
    case Tok::kName: case Tok::kNumber: case Tok::kString: case Tok::kNone: case Tok::kTrue: case Tok::kFalse: case Tok::kEllipsis:
    case Tok::kLeftBrace: case Tok::kTilde: case Tok::kLambda: case Tok::kAwait:
      break;
    case Tok::kLeftParen: case Tok::kLeftBracket: case Tok::kMinus: case Tok::kPlus: case Tok::kStar: case Tok::kNot:
      open = true;
      break;
    default:
      return nullptr;
  }
  Expr* subject = nullptr;
  auto header = [&] {
    t_++;
    const Token* first = t_;
    subject = star_named_expression();
    if (at(Tok::kComma)) {
      size_t m = mark();
      push(subject);
      while (accept(Tok::kComma) && starts_expression()) push(star_named_expression());
      auto* n = expr<Tuple>(first);
      n->elts = take<Expr>(m);
      subject = n;
    } else if (subject->tag == Tag::kStarred) {
      fail();
    }
    expect(Tok::kColon);
    expect(Tok::kNewline);
    expect(Tok::kIndent);
    if (!at_name("case")) fail();
  };
  if (!open) {
    header();
  } else if (!attempt(header)) {
    return nullptr;
  }
  return match_body(start, subject);
}

Stmt* Parser::match_body(const Token* start, Expr* subject) {
  enter(12);
  size_t m = mark();
  do push(case_block());
  while (!accept(Tok::kDedent));
  auto* n = stmt<Match>(start);
  n->subject = subject;
  n->cases = take<MatchCase>(m);
  leave(12);
  return n;
}

MatchCase* Parser::case_block() {
  if (!at_name("case")) fail();
  t_++;
  Pattern* p = patterns();
  Expr* guard = accept(Tok::kIf) ? named_expression() : nullptr;
  expect(Tok::kColon);
  auto body = block();
  auto* n = bare<MatchCase>();
  n->pattern = p;
  n->guard = guard;
  n->body = body;
  return n;
}

Pattern* Parser::patterns() {
  const Token* start = t_;
  Pattern* first = maybe_star_pattern();
  if (!at(Tok::kComma)) {
    if (first->tag == Tag::kMatchStar) fail();
    return first;
  }
  size_t m = mark();
  push(first);
  while (accept(Tok::kComma) && !at(Tok::kIf) && !at(Tok::kColon)) push(maybe_star_pattern());
  auto* n = expr<MatchSequence>(start);
  n->patterns = take<Pattern>(m);
  return n;
}

Pattern* Parser::pattern() {
  const Token* start = t_;
  Pattern* p = or_pattern();
  if (!accept(Tok::kAs)) return p;
  Identifier target = capture_target();
  auto* n = expr<MatchAs>(start);
  n->pattern = p;
  n->name = target;
  return n;
}

Identifier Parser::capture_target() {
  if (at_name("_")) fail();
  Identifier id = name();
  if (at(Tok::kDot) || at(Tok::kLeftParen) || at(Tok::kEqual)) fail();
  return id;
}

Pattern* Parser::or_pattern() {
  const Token* start = t_;
  Pattern* first = closed_pattern();
  if (!at(Tok::kVbar)) return first;
  size_t m = mark();
  push(first);
  while (accept(Tok::kVbar)) push(closed_pattern());
  auto* n = expr<MatchOr>(start);
  n->patterns = take<Pattern>(m);
  return n;
}

Pattern* Parser::maybe_star_pattern() {
  if (!at(Tok::kStar)) return pattern();
  const Token* start = t_++;
  Identifier id;
  if (at_name("_")) {
    t_++;
  } else {
    id = capture_target();
  }
  auto* n = expr<MatchStar>(start);
  n->name = id;
  return n;
}

Pattern* Parser::closed_pattern() {
  const Token* start = t_;
  switch (t_->kind) {
    case Tok::kNone: case Tok::kTrue: case Tok::kFalse: {
      const Constant* value = as<ConstantExpr>(literal())->value;
      auto* n = expr<MatchSingleton>(start);
      n->value = value;
      return n;
    }
    case Tok::kNumber: case Tok::kMinus: case Tok::kString: {
      Expr* value = literal();
      auto* n = expr<MatchValue>(start);
      n->value = value;
      return n;
    }
    case Tok::kName: {
      // A "_" is the wildcard whatever follows.
      if (start->text != "_" && (t_[1].kind == Tok::kDot || t_[1].kind == Tok::kLeftParen)) {
        Expr* value = dotted_reference();
        if (at(Tok::kLeftParen)) return class_pattern(start, value);
        if (at(Tok::kEqual)) fail();
        auto* n = expr<MatchValue>(start);
        n->value = value;
        return n;
      }
      if (t_[1].kind == Tok::kEqual) fail();
      t_++;
      auto* n = expr<MatchAs>(start);
      if (start->text != "_") n->name = start->text;
      return n;
    }
    case Tok::kLeftParen: case Tok::kLeftBracket: return sequence_pattern();
    case Tok::kLeftBrace: return mapping_pattern();
    default: fail();
  }
}

Expr* Parser::signed_number() {
  const Token* start = t_;
  if (!accept(Tok::kMinus)) {
    if (!at(Tok::kNumber)) fail();
    return number();
  }
  if (!at(Tok::kNumber)) fail();
  Expr* value = number();
  auto* n = expr<UnaryOp>(start);
  n->op = UnaryOperator::kUSub;
  n->operand = value;
  return n;
}

// Strings, singletons, numbers with a sign, and complex numbers written as a sum: real ± imaginary.
Expr* Parser::literal() {
  const Token* start = t_;
  switch (t_->kind) {
    case Tok::kNone: case Tok::kTrue: case Tok::kFalse: return atom();
    case Tok::kString: return strings();
    case Tok::kNumber: case Tok::kMinus: break;
    default: return nullptr;
  }
  Expr* left = signed_number();
  if (!at(Tok::kPlus) && !at(Tok::kMinus)) return left;
  auto is_imaginary = [](const Expr* e) {
    if (const auto* u = try_as<UnaryOp>(e)) e = u->operand;
    return as<ConstantExpr>(e)->value->kind == Constant::Kind::kComplex;
  };
  if (is_imaginary(left)) fail();
  Operator op = at(Tok::kPlus) ? Operator::kAdd : Operator::kSub;
  t_++;
  if (!at(Tok::kNumber)) fail();
  Expr* right = number();
  if (!is_imaginary(right)) fail();
  auto* n = expr<BinOp>(start);
  n->left = left;
  n->op = op;
  n->right = right;
  return n;
}

Expr* Parser::dotted_reference() {
  const Token* start = t_;
  if (!at(Tok::kName)) fail();
  Expr* base = atom();
  while (accept(Tok::kDot)) {
    Identifier attr = name();
    auto* n = expr<Attribute>(start);
    n->value = base;
    n->attr = attr;
    base = n;
  }
  return base;
}

// ( ) : group or sequence; [ ] : sequence
Pattern* Parser::sequence_pattern() {
  const Token* start = t_++;
  bool group = start->kind == Tok::kLeftParen;
  Tok close = group ? Tok::kRightParen : Tok::kRightBracket;
  enter(20);
  size_t m = mark();
  Pattern* result = nullptr;
  while (!at(close)) {
    Pattern* p = maybe_star_pattern();
    push(p);
    if (accept(Tok::kComma)) {
      group = false;
      continue;
    }
    if (group && p->tag != Tag::kMatchStar) result = p;
    if (group && !result) fail();
    break;
  }
  expect(close);
  leave(20);
  if (result) {
    pending_.resize(m);
    return result;
  }
  auto* n = expr<MatchSequence>(start);
  n->patterns = take<Pattern>(m);
  return n;
}

Pattern* Parser::mapping_pattern() {
  const Token* start = t_++;
  enter(20);
  size_t m = mark();
  Identifier rest;
  while (!at(Tok::kRightBrace)) {
    if (accept(Tok::kDoubleStar)) {
      rest = capture_target();
      accept(Tok::kComma);
      break;
    }
    Expr* key = literal();
    if (!key) {
      key = dotted_reference();
      if (key->tag != Tag::kAttribute) fail();
    }
    expect(Tok::kColon);
    push(key);
    push(pattern());
    if (!accept(Tok::kComma)) break;
  }
  expect(Tok::kRightBrace);
  leave(20);
  size_t count = (mark() - m) / 2;
  Expr** keys = (Expr**)arena_.allocate(count * sizeof(Expr*));
  Pattern** values = (Pattern**)arena_.allocate(count * sizeof(Pattern*));
  for (size_t i = 0; i < count; i++) {
    keys[i] = (Expr*)pending_[m + 2 * i];
    values[i] = (Pattern*)pending_[m + 2 * i + 1];
  }
  pending_.resize(m);
  auto* n = expr<MatchMapping>(start);
  n->keys = {keys, count};
  n->patterns = {values, count};
  n->rest = rest;
  return n;
}

Pattern* Parser::class_pattern(const Token* start, Expr* cls) {
  t_++;
  enter(20);
  size_t m = mark();
  // Positional patterns, then name and pattern in turn.
  size_t positional = 0;
  bool named = false;
  while (!at(Tok::kRightParen)) {
    if (at(Tok::kName) && t_[1].kind == Tok::kEqual) {
      named = true;
      push((void*)t_);
      t_ += 2;
      push(pattern());
    } else {
      if (named) fail();
      push(pattern());
      positional++;
    }
    if (!accept(Tok::kComma)) break;
  }
  expect(Tok::kRightParen);
  leave(20);
  size_t count = (mark() - m - positional) / 2;
  Identifier* attrs = (Identifier*)arena_.allocate(count * sizeof(Identifier));
  Pattern** values = (Pattern**)arena_.allocate(count * sizeof(Pattern*));
  for (size_t i = 0; i < count; i++) {
    attrs[i] = ((const Token*)pending_[m + positional + 2 * i])->text;
    values[i] = (Pattern*)pending_[m + positional + 2 * i + 1];
  }
  auto* n = expr<MatchClass>(start);
  n->patterns = arena_.copy((Pattern* const*)pending_.data() + m, positional);
  n->cls = cls;
  n->kwd_attrs = {attrs, count};
  n->kwd_patterns = {values, count};
  pending_.resize(m);
  return n;
}

}  // namespace pyjit::frontend
