// The tree-building parser: expressions.
#include "frontend/literals.h"
#include "frontend/parser_impl.h"

namespace pyjit::frontend {

using namespace ast;

namespace {

// Binding strength of binary operators, from 1 (or) upwards; 0 for all other tokens. `not` in second place counts as `not in`.
enum Precedence : uint8_t { kOr = 1, kAnd, kNot, kCompare, kBitOr, kBitXor, kBitAnd, kShift, kSum, kTerm, kUnary };

struct BinaryOperator {
  uint8_t precedence = 0;
  Operator op = Operator::kAdd;
};

constexpr auto kBinary = [] {
  std::array<BinaryOperator, 256> table{};
  auto set = [&](Tok kind, uint8_t precedence, Operator op = Operator::kAdd) { table[(int)kind] = {precedence, op}; };
  set(Tok::kOr, kOr);
  set(Tok::kAnd, kAnd);
  for (Tok t : {Tok::kEqualEqual, Tok::kNotEqual, Tok::kLess, Tok::kLessEqual, Tok::kGreater, Tok::kGreaterEqual, Tok::kIn, Tok::kNot,
                Tok::kIs}) {
    set(t, kCompare);
  }
  set(Tok::kVbar, kBitOr, Operator::kBitOr);
  set(Tok::kCircumflex, kBitXor, Operator::kBitXor);
  set(Tok::kAmper, kBitAnd, Operator::kBitAnd);
  set(Tok::kLeftShift, kShift, Operator::kLShift);
  set(Tok::kRightShift, kShift, Operator::kRShift);
  set(Tok::kPlus, kSum, Operator::kAdd);
  set(Tok::kMinus, kSum, Operator::kSub);
  set(Tok::kStar, kTerm, Operator::kMult);
  set(Tok::kSlash, kTerm, Operator::kDiv);
  set(Tok::kDoubleSlash, kTerm, Operator::kFloorDiv);
  set(Tok::kPercent, kTerm, Operator::kMod);
  set(Tok::kAt, kTerm, Operator::kMatMult);
  return table;
}();

constexpr Constant make_singleton(Constant::Kind kind) {
  Constant c;
  c.kind = kind;
  return c;
}
constexpr Constant kNoneValue = make_singleton(Constant::Kind::kNone), kTrueValue = make_singleton(Constant::Kind::kTrue),
                   kFalseValue = make_singleton(Constant::Kind::kFalse), kEllipsisValue = make_singleton(Constant::Kind::kEllipsis);

}  // namespace

Expr* Parser::expression() {
  const Token* start = t_;
  if (at(Tok::kLambda)) return lambda();
  Expr* body = disjunction();
  if (!accept(Tok::kIf)) return body;
  Expr* test = disjunction();
  expect(Tok::kElse);
  enter(4);
  Expr* orelse = expression();
  leave(4);
  auto* n = expr<IfExp>(start);
  n->test = test;
  n->body = body;
  n->orelse = orelse;
  return n;
}

Expr* Parser::operators(int min_precedence) {
  const Token* start = t_;
  Expr* left = operand(min_precedence);
  for (;;) {
    BinaryOperator binary = kBinary[(int)t_->kind];
    if (binary.precedence < min_precedence || !binary.precedence) return left;
    switch (binary.precedence) {
      case kOr:
        left = bool_op(start, left, BoolOperator::kOr, kAnd);
        break;
      case kAnd:
        left = bool_op(start, left, BoolOperator::kAnd, kNot);
        break;
      case kCompare:
        if (at(Tok::kNot) && t_[1].kind != Tok::kIn) return left;
        left = comparison(start, left);
        break;
      default: {
        t_++;
        Expr* right = operators(binary.precedence + 1);
        auto* n = expr<BinOp>(start);
        n->left = left;
        n->op = binary.op;
        n->right = right;
        left = n;
      }
    }
  }
}

// An operand with the prefix operators and the power that bind tighter than what is around it.
Expr* Parser::operand(int min_precedence) {
  const Token* start = t_;
  UnaryOperator op;
  switch (t_->kind) {
    case Tok::kNot:
      if (min_precedence > kNot) fail();
      op = UnaryOperator::kNot;
      break;
    case Tok::kMinus: op = UnaryOperator::kUSub; break;
    case Tok::kPlus: op = UnaryOperator::kUAdd; break;
    case Tok::kTilde: op = UnaryOperator::kInvert; break;
    default: {
      Expr* base;
      if (accept(Tok::kAwait)) {
        Expr* value = primary();
        auto* n = expr<Await>(start);
        n->value = value;
        base = n;
      } else {
        base = primary();
      }
      if (!accept(Tok::kDoubleStar)) return base;
      enter(4);
      Expr* right = operators(kUnary);
      leave(4);
      auto* n = expr<BinOp>(start);
      n->left = base;
      n->op = Operator::kPow;
      n->right = right;
      return n;
    }
  }
  t_++;
  enter(2);
  Expr* value = operators(op == UnaryOperator::kNot ? kNot : kUnary);
  leave(2);
  auto* n = expr<UnaryOp>(start);
  n->op = op;
  n->operand = value;
  return n;
}

Expr* Parser::bool_op(const Token* start, Expr* left, BoolOperator op, int precedence) {
  Tok token = t_->kind;
  size_t m = mark();
  push(left);
  while (accept(token)) push(operators(precedence));
  auto* n = expr<BoolOp>(start);
  n->op = op;
  n->values = take<Expr>(m);
  return n;
}

Expr* Parser::comparison(const Token* start, Expr* left) {
  size_t m = mark();
  CmpOperator small[8];
  size_t count = 0;
  CmpOperator* ops = small;
  size_t room = std::size(small);
  for (;;) {
    CmpOperator op;
    switch (t_->kind) {
      case Tok::kEqualEqual: op = CmpOperator::kEq; break;
      case Tok::kNotEqual:
        if ((t_->text == "<>") != ((options_.future_flags & kFutureBarryAsBdfl) != 0)) fail();
        op = CmpOperator::kNotEq;
        break;
      case Tok::kLess: op = CmpOperator::kLt; break;
      case Tok::kLessEqual: op = CmpOperator::kLtE; break;
      case Tok::kGreater: op = CmpOperator::kGt; break;
      case Tok::kGreaterEqual: op = CmpOperator::kGtE; break;
      case Tok::kIn: op = CmpOperator::kIn; break;
      case Tok::kIs:
        op = t_[1].kind == Tok::kNot ? CmpOperator::kIsNot : CmpOperator::kIs;
        t_ += op == CmpOperator::kIsNot;
        break;
      case Tok::kNot:
        if (t_[1].kind == Tok::kIn) {
          op = CmpOperator::kNotIn;
          t_++;
          break;
        }
        [[fallthrough]];
      default: {
        auto* n = expr<Compare>(start);
        n->left = left;
        n->ops = arena_.copy(ops, count);
        n->comparators = take<Expr>(m);
        return n;
      }
    }
    t_++;
    if (count == room) {
      CmpOperator* more = (CmpOperator*)arena_.allocate(room * 2, 1);
      std::memcpy(more, ops, count);
      ops = more;
      room *= 2;
    }
    ops[count++] = op;
    push(operators(kBitOr));
  }
}

Expr* Parser::primary() {
  const Token* start = t_;
  Expr* base = atom();
  switch (t_->kind) {
    case Tok::kDot:
    case Tok::kLeftParen:
    case Tok::kLeftBracket:
      return trailers(start, base);
    default:
      return base;
  }
}

Expr* Parser::trailers(const Token* start, Expr* base) {
  for (;;) {
    switch (t_->kind) {
      case Tok::kDot: {
        t_++;
        Identifier attr = name();
        auto* n = expr<Attribute>(start);
        n->value = base;
        n->attr = attr;
        base = n;
        break;
      }
      case Tok::kLeftParen:
        base = call(start, base);
        break;
      case Tok::kLeftBracket:
        base = subscript(start, base);
        break;
      default:
        return base;
    }
  }
}

Expr* Parser::constant(const Constant* value) {
  t_++;
  auto* n = expr<ConstantExpr>(t_ - 1);
  n->value = value;
  return n;
}

Expr* Parser::atom() {
  switch (t_->kind) {
    case Tok::kName: {
      t_++;
      auto* n = expr<Name>(t_ - 1);
      n->id = t_[-1].text;
      return n;
    }
    case Tok::kNumber: return number();
    case Tok::kString: return strings();
    case Tok::kNone: return constant(&kNoneValue);
    case Tok::kTrue: return constant(&kTrueValue);
    case Tok::kFalse: return constant(&kFalseValue);
    case Tok::kEllipsis: return constant(&kEllipsisValue);
    case Tok::kLeftParen: return parenthesised();
    case Tok::kLeftBracket: return bracketed();
    case Tok::kLeftBrace: return braced();
    default: fail();
  }
}

Expr* Parser::number() {
  size_t digits;
  const Constant* value = parse_number(arena_, t_->text, options_.int_max_str_digits, digits);
  if (!value) fail();
  return constant(value);
}

Expr* Parser::strings() {
  const Token* start = t_;
  do t_++;
  while (at(Tok::kString));
  if (t_ - start == 1) {
    // The common case: one literal without prefix, escapes or characters beyond ASCII is a piece of the source.
    std::string_view text = start->text;
    char quote = text[0];
    if (quote == '"' || quote == '\'') {
      size_t quotes = text.size() >= 6 && text[1] == quote && text[2] == quote ? 3 : 1;
      std::string_view body = text.substr(quotes, text.size() - 2 * quotes);
      bool plain = true;
      for (char c : body) plain &= c != '\\' && !(c & 0x80);
      if (plain) {
        Constant* value = arena_.make<Constant>();
        value->kind = Constant::Kind::kStr;
        value->text = body;
        auto* n = expr<ConstantExpr>(start);
        n->value = value;
        return n;
      }
    }
  }
  Expr* joined = join_strings(*this, std::span<const Token>(start, t_));
  if (!joined) fail();
  return joined;
}

CompileWarning Parser::escape_warning(const Token& token, std::string_view escape) {
  CompileWarning warning;
  warning.deprecation = true;
  warning.message = escape.size() > 1 ? "invalid octal escape sequence '\\" : "invalid escape sequence '\\";
  warning.message.append(escape).append("'");
  // Offsets count characters from 1; the token's text lies in its lines.
  auto characters = [](const char* end, int bytes) {
    int n = 1;
    for (const char* p = end - bytes; p < end; p++) n += (*p & 0xC0) != 0x80;
    return n;
  };
  warning.lineno = token.lineno;
  warning.offset = characters(token.text.data(), token.col_offset);
  warning.end_lineno = token.end_lineno;
  warning.end_offset = characters(token.text.data() + token.text.size(), token.end_col_offset);
  return warning;
}

void Parser::invalid_escape(const Token& token, std::string_view escape) { warn(t_->text.data(), escape_warning(token, escape)); }

Expr* Parser::parse_embedded(std::string_view text, int lineno, int col_offset) {
  Expr* result = nullptr;
  const Token* outer = t_;
  const char* embedding = embedding_;
  if (!embedding_) embedding_ = t_->text.data();
  t_ = lex(text, lineno, col_offset, false);
  bool fine = attempt([&] {
    enter(20);
    result = star_expressions();
    leave(20);
  });
  t_ = outer;
  embedding_ = embedding;
  return fine ? result : nullptr;
}

Expr* Parser::starred(int precedence) {
  const Token* start = t_++;
  Expr* value = precedence ? operators(precedence) : expression();
  auto* n = expr<Starred>(start);
  n->value = value;
  return n;
}

Expr* Parser::named_expression() {
  if (!at(Tok::kName) || t_[1].kind != Tok::kColonEqual) return expression();
  const Token* start = t_;
  Expr* target = atom();
  as<Name>(target)->ctx = ExprContext::kStore;
  t_++;
  Expr* value = expression();
  auto* n = expr<NamedExpr>(start);
  n->target = target;
  n->value = value;
  return n;
}

// Whether a token can begin a star_expression: what may come behind a comma that might be the last one.
bool Parser::starts_expression() const {
  switch (t_->kind) {
    case Tok::kName: case Tok::kNumber: case Tok::kString: case Tok::kNone: case Tok::kTrue: case Tok::kFalse: case Tok::kEllipsis:
    case Tok::kLeftParen: case Tok::kLeftBracket: case Tok::kLeftBrace: case Tok::kMinus: case Tok::kPlus: case Tok::kTilde:
    case Tok::kNot: case Tok::kLambda: case Tok::kAwait: case Tok::kStar:
      return true;
    default:
      return false;
  }
}

Expr* Parser::star_expressions() {
  const Token* start = t_;
  Expr* first = star_expression();
  if (!at(Tok::kComma)) return first;
  size_t m = mark();
  push(first);
  while (accept(Tok::kComma) && starts_expression()) push(star_expression());
  auto* n = expr<Tuple>(start);
  n->elts = take<Expr>(m);
  return n;
}

Expr* Parser::yield_expression() {
  const Token* start = t_++;
  if (accept(Tok::kFrom)) {
    Expr* value = expression();
    auto* n = expr<YieldFrom>(start);
    n->value = value;
    return n;
  }
  Expr* value = starts_expression() ? star_expressions() : nullptr;
  auto* n = expr<Yield>(start);
  n->value = value;
  return n;
}

// ( ) : tuple, group, generator expression
Expr* Parser::parenthesised() {
  const Token* start = t_++;
  enter(30);
  size_t m = mark();
  Expr* result;
  if (at(Tok::kYield)) {
    result = yield_expression();
    expect(Tok::kRightParen);
  } else if (accept(Tok::kRightParen)) {
    result = expr<Tuple>(start);
  } else {
    Expr* first = star_named_expression();
    if (at(Tok::kComma)) {
      push(first);
      while (accept(Tok::kComma) && !at(Tok::kRightParen)) push(star_named_expression());
      expect(Tok::kRightParen);
      auto* n = expr<Tuple>(start);
      n->elts = take<Expr>(m);
      result = n;
    } else {
      if (first->tag == Tag::kStarred) fail();  // (*a): a starred node comes from nowhere else
      if (at_comprehension()) {
        auto generators = comprehensions();
        expect(Tok::kRightParen);
        auto* n = expr<GeneratorExp>(start);
        n->elt = first;
        n->generators = generators;
        result = n;
      } else {
        expect(Tok::kRightParen);
        result = first;
      }
    }
  }
  leave(30);
  return result;
}

// [ ] : list, list comprehension
Expr* Parser::bracketed() {
  const Token* start = t_++;
  enter(30);
  size_t m = mark();
  Expr* result;
  if (!at(Tok::kRightBracket)) {
    Expr* first = star_named_expression();
    if (first->tag != Tag::kStarred && at_comprehension()) {
      auto generators = comprehensions();
      expect(Tok::kRightBracket);
      auto* n = expr<ListComp>(start);
      n->elt = first;
      n->generators = generators;
      leave(30);
      return n;
    }
    push(first);
    while (accept(Tok::kComma) && !at(Tok::kRightBracket)) push(star_named_expression());
  }
  expect(Tok::kRightBracket);
  auto* n = expr<List>(start);
  n->elts = take<Expr>(m);
  result = n;
  leave(30);
  return result;
}

// { } : dict, set, their comprehensions
Expr* Parser::braced() {
  const Token* start = t_++;
  enter(30);
  size_t m = mark();
  Expr* result;
  bool is_dict = at(Tok::kRightBrace) || at(Tok::kDoubleStar);
  Expr* first = nullptr;
  const Token* first_token = t_;
  if (!is_dict) {
    first = star_named_expression();
    is_dict = at(Tok::kColon) && first->tag != Tag::kStarred && !(first_token->kind == Tok::kName && first_token[1].kind == Tok::kColonEqual);
  }
  if (!is_dict) {
    if (first->tag != Tag::kStarred && at_comprehension()) {
      auto generators = comprehensions();
      expect(Tok::kRightBrace);
      auto* n = expr<SetComp>(start);
      n->elt = first;
      n->generators = generators;
      result = n;
    } else {
      push(first);
      while (accept(Tok::kComma) && !at(Tok::kRightBrace)) push(star_named_expression());
      expect(Tok::kRightBrace);
      auto* n = expr<Set>(start);
      n->elts = take<Expr>(m);
      result = n;
    }
    leave(30);
    return result;
  }
  // Keys and values are gathered in turn and parted at the end.
  bool comprehension_possible = true;
  while (!at(Tok::kRightBrace)) {
    if (accept(Tok::kDoubleStar)) {
      push(nullptr);
      push(operators(kBitOr));
    } else {
      Expr* key = first ? first : expression();
      expect(Tok::kColon);
      Expr* value = expression();
      if (comprehension_possible && at_comprehension()) {
        auto generators = comprehensions();
        expect(Tok::kRightBrace);
        auto* n = expr<DictComp>(start);
        n->key = key;
        n->value = value;
        n->generators = generators;
        leave(30);
        return n;
      }
      push(key);
      push(value);
    }
    first = nullptr;
    comprehension_possible = false;
    if (!accept(Tok::kComma)) break;
  }
  expect(Tok::kRightBrace);
  auto* n = expr<Dict>(start);
  size_t count = (mark() - m) / 2;
  Expr** keys = (Expr**)arena_.allocate(2 * count * sizeof(Expr*));
  Expr** values = keys + count;
  for (size_t i = 0; i < count; i++) {
    keys[i] = (Expr*)pending_[m + 2 * i];
    values[i] = (Expr*)pending_[m + 2 * i + 1];
  }
  pending_.resize(m);
  n->keys = {keys, count};
  n->values = {values, count};
  leave(30);
  return n;
}

std::span<Comprehension*> Parser::comprehensions() {
  size_t m = mark();
  while (at_comprehension()) {
    auto* n = bare<Comprehension>();
    n->is_async = accept(Tok::kAsync);
    t_++;
    n->target = star_targets();
    expect(Tok::kIn);
    n->iter = disjunction();
    size_t conditions = mark();
    while (accept(Tok::kIf)) push(disjunction());
    n->ifs = take<Expr>(conditions);
    push(n);
  }
  return take<Comprehension>(m);
}

Expr* Parser::call(const Token* start, Expr* function) {
  t_++;
  enter(30);
  std::span<Expr*> args;
  std::span<Keyword*> keywords;
  if (!at(Tok::kRightParen)) arguments(args, keywords, true);
  expect(Tok::kRightParen);
  leave(30);
  auto* n = expr<Call>(start);
  n->func = function;
  n->args = args;
  n->keywords = keywords;
  return n;
}

// Positional and starred arguments come before keywords; behind the first keyword only starred ones and keywords; behind the first
// ** only keywords. A generator expression without parentheses of its own must be the only argument; its node has the call's.
void Parser::arguments(std::span<Expr*>& args, std::span<Keyword*>& keywords, bool generator_allowed) {
  const Token* open = t_ - 1;
  size_t m = mark();
  Keyword* small[16];
  Keyword** keys = small;
  size_t count = 0, room = std::size(small);
  bool unpacked = false;
  do {
    if (at(Tok::kRightParen)) break;
    const Token* start = t_;
    bool named = at(Tok::kName) && t_[1].kind == Tok::kEqual;
    if (named || at(Tok::kDoubleStar)) {
      Identifier arg;
      if (named) {
        arg = t_->text;
        t_ += 2;
      } else {
        t_++;
        unpacked = true;
      }
      Expr* value = expression();
      auto* n = expr<Keyword>(start);
      n->arg = arg;
      n->value = value;
      if (count == room) {
        Keyword** more = (Keyword**)arena_.allocate(room * 2 * sizeof(Keyword*));
        std::memcpy(more, keys, count * sizeof(Keyword*));
        keys = more;
        room *= 2;
      }
      keys[count++] = n;
    } else if (at(Tok::kStar)) {
      if (unpacked) fail();
      push(starred(0));
    } else {
      if (count) fail();
      Expr* value = named_expression();
      if (at_comprehension()) {
        if (!generator_allowed || start != open + 1) fail();
        auto generators = comprehensions();
        if (!at(Tok::kRightParen)) fail();
        auto* n = node<GeneratorExp>(open, t_);
        n->elt = value;
        n->generators = generators;
        value = n;
      }
      push(value);
    }
  } while (accept(Tok::kComma));
  args = take<Expr>(m);
  keywords = arena_.copy(keys, count);
}

Expr* Parser::subscript(const Token* start, Expr* base) {
  t_++;
  enter(30);
  const Token* first_token = t_;
  Expr* index = at(Tok::kStar) ? starred(0) : slice();
  if (at(Tok::kComma) || index->tag == Tag::kStarred) {
    size_t m = mark();
    push(index);
    while (accept(Tok::kComma) && !at(Tok::kRightBracket)) push(at(Tok::kStar) ? starred(0) : slice());
    auto* n = expr<Tuple>(first_token);
    n->elts = take<Expr>(m);
    index = n;
  }
  expect(Tok::kRightBracket);
  leave(30);
  auto* n = expr<Subscript>(start);
  n->value = base;
  n->slice = index;
  return n;
}

Expr* Parser::slice() {
  const Token* start = t_;
  Expr *lower = nullptr, *upper = nullptr, *step = nullptr;
  if (!at(Tok::kColon)) {
    bool walrus = at(Tok::kName) && t_[1].kind == Tok::kColonEqual;
    lower = named_expression();
    if (!at(Tok::kColon) || walrus) return lower;
  }
  t_++;
  auto here = [&] { return !at(Tok::kColon) && !at(Tok::kComma) && !at(Tok::kRightBracket); };
  if (here()) upper = expression();
  if (accept(Tok::kColon) && here()) step = expression();
  auto* n = expr<Slice>(start);
  n->lower = lower;
  n->upper = upper;
  n->step = step;
  return n;
}

Expr* Parser::lambda() {
  const Token* start = t_++;
  enter(6);
  Arguments* args = parameters(true);
  expect(Tok::kColon);
  Expr* body = expression();
  leave(6);
  auto* n = expr<Lambda>(start);
  n->args = args;
  n->body = body;
  return n;
}

// ---- targets

void Parser::set_context(Expr* target, ExprContext context) {
  switch (target->tag) {
    case Tag::kName: as<Name>(target)->ctx = context; break;
    case Tag::kAttribute: as<Attribute>(target)->ctx = context; break;
    case Tag::kSubscript: as<Subscript>(target)->ctx = context; break;
    case Tag::kStarred:
      as<Starred>(target)->ctx = context;
      set_context(as<Starred>(target)->value, context);
      break;
    case Tag::kList:
      as<List>(target)->ctx = context;
      for (Expr* e : as<List>(target)->elts) set_context(e, context);
      break;
    case Tag::kTuple:
      as<Tuple>(target)->ctx = context;
      for (Expr* e : as<Tuple>(target)->elts) set_context(e, context);
      break;
    default: break;
  }
}

// Whether an expression could have been parsed by the grammar's star_target or del_target: the tree alone tells.
bool Parser::is_target(const Expr* e, bool star_allowed, bool deleting) const {
  std::span<Expr*> elements;
  switch (e->tag) {
    case Tag::kName:
    case Tag::kAttribute:
    case Tag::kSubscript:
      return true;
    case Tag::kStarred:
      return star_allowed && is_target(as<Starred>(e)->value, false, deleting);
    case Tag::kList: elements = as<List>(e)->elts; break;
    case Tag::kTuple: elements = as<Tuple>(e)->elts; break;
    default: return false;
  }
  for (const Expr* element : elements) {
    if (!is_target(element, !deleting, deleting)) return false;
  }
  return true;
}

// The target of for and of comprehensions: no operators, so that `in` ends it.
Expr* Parser::star_targets() {
  const Token* start = t_;
  Expr* first = star_target();
  if (!at(Tok::kComma)) return first;
  size_t m = mark();
  push(first);
  while (accept(Tok::kComma) && starts_expression()) push(star_target());
  auto* n = expr<Tuple>(start);
  n->ctx = ExprContext::kStore;
  n->elts = take<Expr>(m);
  return n;
}

Expr* Parser::star_target() {
  const Token* start = t_;
  Expr* target;
  if (accept(Tok::kStar)) {
    Expr* value = primary();
    auto* n = expr<Starred>(start);
    n->value = value;
    target = n;
  } else {
    target = primary();
  }
  if (!is_target(target, true, false)) fail();
  set_context(target, ExprContext::kStore);
  return target;
}

// ---- parameters

Arg* Parser::parameter(bool lambda, bool star_annotation) {
  const Token* start = t_;
  Identifier id = name();
  Expr* annotation = nullptr;
  if (!lambda && accept(Tok::kColon)) annotation = star_annotation ? star_expression() : expression();
  auto* n = expr<Arg>(start);
  n->arg = id;
  n->annotation = annotation;
  return n;
}

Arguments* Parser::parameters(bool lambda) {
  Tok end = lambda ? Tok::kColon : Tok::kRightParen;
  auto* n = bare<Arguments>();
  size_t m = mark();
  size_t positional = 0, positional_only = 0;
  bool slash = false, star = false;
  // On the stack: the positional parameters, each with its default (or null); then the keyword-only ones, likewise.
  size_t keyword_mark = 0;
  auto comment = [&](Arg* arg) {
    if (!lambda && at(Tok::kTypeComment)) arg->type_comment = type_comment();
  };
  while (!at(end)) {
    if (at(Tok::kSlash)) {
      if (slash || star || !positional) fail();
      t_++;
      slash = true;
      positional_only = positional;
      if (!accept(Tok::kComma) && !at(end)) fail();
      continue;
    }
    if (at(Tok::kDoubleStar)) {
      t_++;
      n->kwarg = parameter(lambda, false);
      accept(Tok::kComma);
      comment(n->kwarg);
      if (!at(end)) fail();
      break;
    }
    if (at(Tok::kStar)) {
      if (star) fail();
      t_++;
      star = true;
      keyword_mark = mark();
      if (accept(Tok::kComma)) {
        if (!at(Tok::kName)) fail();  // a bare * must be followed by names
        continue;
      }
      n->vararg = parameter(lambda, true);
      bool comma = accept(Tok::kComma);
      comment(n->vararg);
      if (!comma && !at(end)) fail();
      continue;
    }
    Arg* arg = parameter(lambda, false);
    Expr* value = accept(Tok::kEqual) ? expression() : nullptr;
    if (!star) {
      if (!value && mark() > m && pending_.back()) fail();  // no default behind one with a default
      positional++;
    }
    bool comma = accept(Tok::kComma);
    comment(arg);
    push(arg);
    push(value);
    if (!comma && !at(end)) fail();
  }
  if (!star) keyword_mark = mark();
  Arg** args = (Arg**)arena_.allocate(positional * sizeof(Arg*));
  Expr** defaults = (Expr**)arena_.allocate(positional * sizeof(Expr*));
  size_t default_count = 0;
  for (size_t i = 0; i < positional; i++) {
    args[i] = (Arg*)pending_[m + 2 * i];
    if (pending_[m + 2 * i + 1]) defaults[default_count++] = (Expr*)pending_[m + 2 * i + 1];
  }
  n->posonlyargs = {args, positional_only};
  n->args = {args + positional_only, positional - positional_only};
  n->defaults = {defaults, default_count};
  size_t keyword_count = (mark() - keyword_mark) / 2;
  Arg** names = (Arg**)arena_.allocate(keyword_count * sizeof(Arg*));
  Expr** values = (Expr**)arena_.allocate(keyword_count * sizeof(Expr*));
  for (size_t i = 0; i < keyword_count; i++) {
    names[i] = (Arg*)pending_[keyword_mark + 2 * i];
    values[i] = (Expr*)pending_[keyword_mark + 2 * i + 1];
  }
  n->kwonlyargs = {names, keyword_count};
  n->kw_defaults = {values, keyword_count};
  pending_.resize(m);
  return n;
}

}  // namespace pyjit::frontend
