// Expressions back to source text, with the fewest parentheses, as string annotations hold them.
#include "frontend/unparse.h"

#include <cmath>

namespace pyjit::frontend {

using namespace ast;

namespace {

enum Level {  // how tightly an operand must bind to go without parentheses
  kTuple, kTest, kOr, kAnd, kNot, kCompare, kBitOr, kBitXor, kBitAnd, kShift, kArith, kTerm, kFactor, kPower, kAwait, kAtom,
};

class Unparser {
 public:
  std::string out;

  void expr(const Expr* e, int level);

 private:
  struct Parens {
    Parens(Unparser& u, bool needed) : u(u), needed(needed) {
      if (needed) u.out += '(';
    }
    ~Parens() {
      if (needed) u.out += ')';
    }
    Unparser& u;
    bool needed;
  };

  void list(std::span<Expr* const> elts, int level) {
    bool first = true;
    for (const Expr* e : elts) {
      if (!first) out += ", ";
      first = false;
      expr(e, level);
    }
  }
  void binary(const BinOp* e, int level);
  void arg(const Arg* a) {
    out += a->arg;
    if (a->annotation) {
      out += ": ";
      expr(a->annotation, kTest);
    }
  }
  void arguments(const Arguments* a);
  void comprehensions(std::span<Comprehension* const> generators) {
    for (const Comprehension* c : generators) {
      out += c->is_async ? " async for " : " for ";
      expr(c->target, kTuple);
      out += " in ";
      expr(c->iter, kTest + 1);
      for (const Expr* test : c->ifs) {
        out += " if ";
        expr(test, kTest + 1);
      }
    }
  }
  void comprehension(char open, const Expr* elt, std::span<Comprehension* const> generators, char close) {
    out += open;
    expr(elt, kTest);
    comprehensions(generators);
    out += close;
  }
  void compare(const Compare* e, int level);
  void call(const Call* e);
  void dict(const Dict* e);
  void constant(const Constant* c);
  void string_part(const Expr* e, bool is_format_spec);
  void joined(const JoinedStr* e, bool is_format_spec);
  void formatted(const FormattedValue* e);
  void slice(const Slice* e);
};

void Unparser::binary(const BinOp* e, int level) {
  struct Row {
    const char* text;
    int level;
  };
  static constexpr Row kRows[] = {
      {" + ", kArith}, {" - ", kArith}, {" * ", kTerm},   {" @ ", kTerm},   {" / ", kTerm},    {" % ", kTerm},   {" ** ", kPower},
      {" << ", kShift}, {" >> ", kShift}, {" | ", kBitOr}, {" ^ ", kBitXor}, {" & ", kBitAnd}, {" // ", kTerm},
  };
  const Row& row = kRows[(int)e->op];
  bool right = e->op == Operator::kPow;
  Parens p(*this, level > row.level);
  expr(e->left, row.level + right);
  out += row.text;
  expr(e->right, row.level + !right);
}

void Unparser::arguments(const Arguments* a) {
  bool first = true;
  auto comma = [&] {
    if (!first) out += ", ";
    first = false;
  };
  size_t posonly = a->posonlyargs.size(), total = posonly + a->args.size();
  for (size_t i = 0; i < total; i++) {
    comma();
    arg(i < posonly ? a->posonlyargs[i] : a->args[i - posonly]);
    if (i + a->defaults.size() >= total) {
      out += '=';
      expr(a->defaults[i + a->defaults.size() - total], kTest);
    }
    if (posonly && i + 1 == posonly) out += ", /";
  }
  if (a->vararg || !a->kwonlyargs.empty()) {
    comma();
    out += '*';
    if (a->vararg) arg(a->vararg);
  }
  for (size_t i = 0; i < a->kwonlyargs.size(); i++) {
    comma();
    arg(a->kwonlyargs[i]);
    if (a->kw_defaults[i]) {
      out += '=';
      expr(a->kw_defaults[i], kTest);
    }
  }
  if (a->kwarg) {
    comma();
    out += "**";
    arg(a->kwarg);
  }
}

void Unparser::compare(const Compare* e, int level) {
  static constexpr const char* kText[] = {" == ", " != ", " < ", " <= ", " > ", " >= ", " is ", " is not ", " in ", " not in "};
  Parens p(*this, level > kCompare);
  expr(e->left, kCompare + 1);
  for (size_t i = 0; i < e->ops.size(); i++) {
    out += kText[(int)e->ops[i]];
    expr(e->comparators[i], kCompare + 1);
  }
}

void Unparser::call(const Call* e) {
  expr(e->func, kAtom);
  if (e->args.size() == 1 && e->keywords.empty() && e->args[0]->tag == Tag::kGeneratorExp) return expr(e->args[0], kTest);
  out += '(';
  list(e->args, kTest);
  bool first = e->args.empty();
  for (const Keyword* k : e->keywords) {
    if (!first) out += ", ";
    first = false;
    if (k->arg.data()) {
      out += k->arg;
      out += '=';
    } else {
      out += "**";
    }
    expr(k->value, kTest);
  }
  out += ')';
}

void Unparser::dict(const Dict* e) {
  out += '{';
  for (size_t i = 0; i < e->values.size(); i++) {
    if (i) out += ", ";
    if (e->keys[i]) {
      expr(e->keys[i], kTest);
      out += ": ";
      expr(e->values[i], kTest);
    } else {
      out += "**";
      expr(e->values[i], kBitOr);
    }
  }
  out += '}';
}

void Unparser::constant(const Constant* c) {
  using Kind = Constant::Kind;
  if (c->kind == Kind::kEllipsis) {
    out += "...";
  } else if (c->kind == Kind::kTuple) {
    out += '(';
    bool first = true;
    for (const Constant* item : c->items) {
      if (!first) out += ", ";
      first = false;
      constant(item);
    }
    out += c->items.size() == 1 ? ",)" : ")";
  } else if ((c->kind == Kind::kFloat && std::isinf(c->real)) || c->kind == Kind::kComplex) {
    // No literal spells infinity: an overflowing one does.
    std::string text = repr(c);
    for (size_t at; (at = text.find("inf")) != std::string::npos;) text.replace(at, 3, "1e309");
    out += text;
  } else {
    out += repr(c);
  }
}

void Unparser::formatted(const FormattedValue* e) {
  Unparser inner;
  inner.expr(e->value, kTest + 1);
  out += inner.out.starts_with('{') ? "{ " : "{";
  out += inner.out;
  if (e->conversion > 0) {
    out += '!';
    out += (char)e->conversion;
  }
  if (e->format_spec) {
    out += ':';
    string_part(e->format_spec, true);
  }
  out += '}';
}

void Unparser::string_part(const Expr* e, bool is_format_spec) {
  if (auto* c = try_as<ConstantExpr>((const Node*)e)) {
    for (char ch : c->value->text) {
      out += ch;
      if (ch == '{' || ch == '}') out += ch;
    }
  } else if (auto* j = try_as<JoinedStr>((const Node*)e)) {
    joined(j, is_format_spec);
  } else {
    formatted(as<FormattedValue>((const Node*)e));
  }
}

void Unparser::joined(const JoinedStr* e, bool is_format_spec) {
  Unparser body;
  for (const Expr* part : e->values) body.string_part(part, is_format_spec);
  out += is_format_spec ? body.out : "f" + repr_text(body.out);
}

void Unparser::slice(const Slice* e) {
  if (e->lower) expr(e->lower, kTest);
  out += ':';
  if (e->upper) expr(e->upper, kTest);
  if (e->step) {
    out += ':';
    expr(e->step, kTest);
  }
}

void Unparser::expr(const Expr* node, int level) {
  const Node* e = node;
  switch (e->tag) {
    case Tag::kBoolOp: {
      auto* b = as<BoolOp>(e);
      bool is_and = b->op == BoolOperator::kAnd;
      int own = is_and ? kAnd : kOr;
      Parens p(*this, level > own);
      for (size_t i = 0; i < b->values.size(); i++) {
        if (i) out += is_and ? " and " : " or ";
        expr(b->values[i], own + 1);
      }
      return;
    }
    case Tag::kBinOp:
      return binary(as<BinOp>(e), level);
    case Tag::kUnaryOp: {
      static constexpr const char* kText[] = {"~", "not ", "+", "-"};
      auto* u = as<UnaryOp>(e);
      int own = u->op == UnaryOperator::kNot ? kNot : kFactor;
      Parens p(*this, level > own);
      out += kText[(int)u->op];
      return expr(u->operand, own);
    }
    case Tag::kLambda: {
      auto* l = as<Lambda>(e);
      Parens p(*this, level > kTest);
      out += l->args->args.empty() && l->args->posonlyargs.empty() ? "lambda" : "lambda ";
      arguments(l->args);
      out += ": ";
      return expr(l->body, kTest);
    }
    case Tag::kIfExp: {
      auto* i = as<IfExp>(e);
      Parens p(*this, level > kTest);
      expr(i->body, kTest + 1);
      out += " if ";
      expr(i->test, kTest + 1);
      out += " else ";
      return expr(i->orelse, kTest);
    }
    case Tag::kDict:
      return dict(as<Dict>(e));
    case Tag::kSet:
      out += '{';
      list(as<Set>(e)->elts, kTest);
      out += '}';
      return;
    case Tag::kGeneratorExp:
      return comprehension('(', as<GeneratorExp>(e)->elt, as<GeneratorExp>(e)->generators, ')');
    case Tag::kListComp:
      return comprehension('[', as<ListComp>(e)->elt, as<ListComp>(e)->generators, ']');
    case Tag::kSetComp:
      return comprehension('{', as<SetComp>(e)->elt, as<SetComp>(e)->generators, '}');
    case Tag::kDictComp:
      out += '{';
      expr(as<DictComp>(e)->key, kTest);
      out += ": ";
      expr(as<DictComp>(e)->value, kTest);
      comprehensions(as<DictComp>(e)->generators);
      out += '}';
      return;
    case Tag::kYield:
      out += as<Yield>(e)->value ? "(yield " : "(yield";
      if (as<Yield>(e)->value) expr(as<Yield>(e)->value, kTest);
      out += ')';
      return;
    case Tag::kYieldFrom:
      out += "(yield from ";
      expr(as<YieldFrom>(e)->value, kTest);
      out += ')';
      return;
    case Tag::kAwait: {
      Parens p(*this, level > kAwait);
      out += "await ";
      return expr(as<Await>(e)->value, kAtom);
    }
    case Tag::kCompare:
      return compare(as<Compare>(e), level);
    case Tag::kCall:
      return call(as<Call>(e));
    case Tag::kConstantExpr:
      if (as<ConstantExpr>(e)->value->kind != Constant::Kind::kEllipsis && as<ConstantExpr>(e)->kind.data())
        out += as<ConstantExpr>(e)->kind;
      return constant(as<ConstantExpr>(e)->value);
    case Tag::kJoinedStr:
      return joined(as<JoinedStr>(e), false);
    case Tag::kFormattedValue:
      return formatted(as<FormattedValue>(e));
    case Tag::kAttribute: {
      auto* a = as<Attribute>(e);
      expr(a->value, kAtom);
      auto* c = try_as<ConstantExpr>((const Node*)a->value);
      using Kind = Constant::Kind;
      bool integer = c && (c->value->kind == Kind::kInt || c->value->kind == Kind::kBigInt);
      out += integer ? " ." : ".";
      out += a->attr;
      return;
    }
    case Tag::kStarred:
      out += '*';
      return expr(as<Starred>(e)->value, kBitOr);
    case Tag::kName:
      out += as<Name>(e)->id;
      return;
    case Tag::kList:
      out += '[';
      list(as<List>(e)->elts, kTest);
      out += ']';
      return;
    case Tag::kTuple: {
      auto* t = as<Tuple>(e);
      if (t->elts.empty()) {
        out += "()";
        return;
      }
      Parens p(*this, level > kTuple);
      list(t->elts, kTest);
      if (t->elts.size() == 1) out += ',';
      return;
    }
    case Tag::kSubscript:
      expr(as<Subscript>(e)->value, kAtom);
      out += '[';
      expr(as<Subscript>(e)->slice, kTuple);
      out += ']';
      return;
    case Tag::kSlice:
      return slice(as<Slice>(e));
    case Tag::kNamedExpr: {
      Parens p(*this, level > kTuple);
      expr(as<NamedExpr>(e)->target, kAtom);
      out += " := ";
      return expr(as<NamedExpr>(e)->value, kAtom);
    }
    default:
      return;
  }
}

}  // namespace

std::string unparse(const Expr* e) {
  Unparser u;
  u.expr(e, kTest);
  return std::move(u.out);
}

}  // namespace pyjit::frontend
