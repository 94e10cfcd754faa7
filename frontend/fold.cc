// Walks the tree bottom-up and folds: arithmetic, tuples, subscripts, `not` of comparisons, "..." % (...), __debug__.
#include "frontend/fold.h"

#include <optional>
#include <vector>

#include "frontend/fold_arith.h"
#include "frontend/location.h"
#include "frontend/symtable.h"

namespace pyjit::frontend {

using namespace ast;

const ConstantExpr* docstring_of(std::span<Stmt* const> body) {
  if (body.empty()) return nullptr;
  auto* s = try_as<ExprStmt>((const Node*)body[0]);
  if (!s) return nullptr;
  auto* c = try_as<ConstantExpr>((const Node*)s->value);
  return c && c->value->kind == Constant::Kind::kStr ? c : nullptr;
}

namespace {

const Constant* value_of(const Expr* e) {
  auto* c = try_as<ConstantExpr>((const Node*)e);
  return c ? c->value : nullptr;
}

class Folder {
 public:
  Folder(Arena& arena, uint32_t future_flags, const CompileOptions& options)
      : arena_(arena),
        keep_annotations_(future_flags & kFutureAnnotations),
        debug_(options.optimize == 0),
        depth_(options.recursion_depth * kRecursionScale),
        limit_(options.recursion_limit * kRecursionScale) {}

  bool run(Mod* tree) {
    switch (tree->tag) {
      case Tag::kModule:
        body(as<Module>(tree)->body);
        break;
      case Tag::kInteractive:
        all(as<Interactive>(tree)->body);
        break;
      case Tag::kExpression:
        visit(as<Expression>(tree)->body);
        break;
      default:
        break;
    }
    return !failed_;
  }

 private:
  void all(std::span<Expr*> list) {
    for (Expr*& e : list)
      if (e) visit(e);
  }
  void all(std::span<Stmt*> list) {
    for (Stmt* s : list) visit(s);
  }
  void opt(Expr*& e) {
    if (e) visit(e);
  }

  // Folding must not turn an expression into a docstring.
  void body(std::span<Stmt*> list) {
    bool had = docstring_of(list) != nullptr;
    all(list);
    if (had || !docstring_of(list)) return;
    Expr*& value = as<ExprStmt>(list[0])->value;
    Expr* parts[] = {value};
    auto* joined = at<JoinedStr>(value);
    joined->values = arena_.copy(parts, 1);
    value = joined;
  }

  template <class T>
  T* at(const Located* where) {
    T* n = arena_.make<T>();
    n->tag = T::kTag;
    n->lineno = where->lineno;
    n->col_offset = where->col_offset;
    n->end_lineno = where->end_lineno;
    n->end_col_offset = where->end_col_offset;
    return n;
  }
  void replace(Expr*& e, const Constant* value) {
    if (!value) return;
    auto* c = at<ConstantExpr>(e);
    c->value = value;
    e = c;
  }
  ConstantExpr* unlocated(std::string_view text) {
    auto* value = arena_.make<Constant>();
    value->kind = Constant::Kind::kStr;
    value->text = arena_.copy(text);
    auto* c = arena_.make<ConstantExpr>();
    c->tag = Tag::kConstantExpr;
    c->lineno = c->col_offset = c->end_lineno = c->end_col_offset = -1;
    c->value = value;
    return c;
  }

  const Constant* constant_tuple(std::span<Expr*> elts) {
    for (Expr* e : elts)
      if (e->tag != Tag::kConstantExpr) return nullptr;
    std::vector<const Constant*> items;
    items.reserve(elts.size());
    for (Expr* e : elts) items.push_back(as<ConstantExpr>(e)->value);
    auto copy = arena_.copy(items);
    auto* c = arena_.make<Constant>();
    c->kind = Constant::Kind::kTuple;
    c->items = {copy.data(), copy.size()};
    return c;
  }

  // A list or set that is only iterated or searched may be a constant tuple or frozenset.
  void iterable(Expr*& e) {
    if (auto* list = try_as<List>(e)) {
      for (Expr* elt : list->elts)
        if (elt->tag == Tag::kStarred) return;
      auto* tuple = at<Tuple>(e);
      tuple->elts = list->elts;
      tuple->ctx = list->ctx;
      e = tuple;
      if (tuple->ctx == ExprContext::kLoad) replace(e, constant_tuple(tuple->elts));
    } else if (auto* set = try_as<Set>(e)) {
      if (const Constant* items = constant_tuple(set->elts)) replace(e, make_frozenset(arena_, items->items));
    }
  }

  void unary(Expr*& e) {
    auto* n = as<UnaryOp>(e);
    if (const Constant* v = value_of(n->operand)) return replace(e, fold_unary(arena_, n->op, v));
    if (n->op != UnaryOperator::kNot) return;
    auto* compare = try_as<Compare>(n->operand);
    if (!compare || compare->ops.size() != 1) return;
    CmpOperator& op = compare->ops[0];
    switch (op) {
      case CmpOperator::kIs:
        op = CmpOperator::kIsNot;
        break;
      case CmpOperator::kIsNot:
        op = CmpOperator::kIs;
        break;
      case CmpOperator::kIn:
        op = CmpOperator::kNotIn;
        break;
      case CmpOperator::kNotIn:
        op = CmpOperator::kIn;
        break;
      default:
        return;
    }
    e = compare;
  }

  void binary(Expr*& e) {
    auto* n = as<BinOp>(e);
    const Constant* left = value_of(n->left);
    if (!left) return;
    using Kind = Constant::Kind;
    if (n->op == Operator::kMod) {
      if (left->kind == Kind::kStr && n->right->tag == Tag::kTuple) return format(e, left->text, as<Tuple>(n->right)->elts);
      if (left->kind == Kind::kStr || left->kind == Kind::kBytes) return;
    }
    if (const Constant* right = value_of(n->right)) replace(e, fold_binary(arena_, n->op, left, right));
  }

  // "%s and %-10r" % (a, b)  →  f"{a!s} and {b!r:10}", when every conversion is %s, %r or %a.
  void format(Expr*& e, std::string_view text, std::span<Expr*> elts) {
    for (Expr* elt : elts)
      if (elt->tag == Tag::kStarred) return;
    std::vector<Expr*> parts;
    size_t pos = 0, used = 0;
    while (true) {
      std::string literal;
      size_t start = pos;
      while (pos < text.size()) {
        if (text[pos] != '%') {
          literal += text[pos++];
        } else if (pos + 1 < text.size() && text[pos + 1] == '%') {
          literal += '%';
          pos += 2;
        } else {
          break;
        }
      }
      if (pos != start) parts.push_back(unlocated(literal));
      if (pos >= text.size()) break;
      if (used >= elts.size()) return;
      pos++;
      Expr* part = conversion(text, pos, elts[used++]);
      if (!part) return;
      parts.push_back(part);
    }
    if (used < elts.size()) return;
    auto* joined = at<JoinedStr>(e);
    joined->values = arena_.copy(parts);
    e = joined;
  }

  Expr* conversion(std::string_view text, size_t& pos, Expr* arg) {
    constexpr int kMaxDigits = 3;
    bool left = false;
    int ch = -1;
    auto next = [&] {
      if (pos >= text.size()) return false;
      ch = (unsigned char)text[pos++];
      return true;
    };
    auto digit = [&] { return ch >= '0' && ch <= '9'; };
    auto number = [&](int& out) {
      out = 0;
      for (int digits = 0; digit();) {
        out = out * 10 + (ch - '0');
        if (!next() || ++digits >= kMaxDigits) return false;
      }
      return true;
    };
    if (!next()) return nullptr;
    while (ch == '-' || ch == '+' || ch == ' ' || ch == '#' || ch == '0') {
      if (ch == '-') left = true;
      if (!next()) return nullptr;
    }
    int width = -1, precision = -1;
    if (digit() && !number(width)) return nullptr;
    if (ch == '.') {
      if (!next()) return nullptr;
      if (!number(precision)) return nullptr;
    }
    if (ch != 's' && ch != 'r' && ch != 'a') return nullptr;
    std::string spec;
    if (!left && width > 0) spec += '>';
    if (width >= 0) spec += std::to_string(width);
    if (precision >= 0) spec += "." + std::to_string(precision);
    auto* value = at<FormattedValue>(arg);
    value->value = arg;
    value->conversion = ch;
    if (!spec.empty()) value->format_spec = unlocated(spec);
    return value;
  }

  void comprehensions(std::span<Comprehension*> list) {
    for (Comprehension* c : list) {
      visit(c->target);
      visit(c->iter);
      all(c->ifs);
      iterable(c->iter);
    }
  }
  void annotation(Expr*& e) {
    if (e && !keep_annotations_) visit(e);
  }
  void arguments(Arguments* a) {
    auto each = [&](std::span<Arg*> args) {
      for (Arg* arg : args) annotation(arg->annotation);
    };
    each(a->posonlyargs);
    each(a->args);
    if (a->vararg) annotation(a->vararg->annotation);
    each(a->kwonlyargs);
    all(a->kw_defaults);
    if (a->kwarg) annotation(a->kwarg->annotation);
    all(a->defaults);
  }
  template <class F>
  void function(F* f) {
    arguments(f->args);
    body(f->body);
    all(f->decorator_list);
    annotation(f->returns);
  }
  template <class T>
  void try_statement(T* t) {
    all(t->body);
    for (Handler* h : t->handlers) {
      auto* e = as<ExceptHandler>(h);
      opt(e->type);
      all(e->body);
    }
    all(t->orelse);
    all(t->finalbody);
  }
  template <class T>
  void for_statement(T* f) {
    visit(f->target);
    visit(f->iter);
    all(f->body);
    all(f->orelse);
  }
  template <class T>
  void with_statement(T* w) {
    for (WithItem* item : w->items) {
      visit(item->context_expr);
      opt(item->optional_vars);
    }
    all(w->body);
  }

  bool deeper() {
    if (++depth_ > limit_) failed_ = true;
    return !failed_;
  }
  void visit(Stmt* s);
  void visit(Expr*& e);
  void visit(Pattern* p);

  Arena& arena_;
  bool keep_annotations_, debug_, failed_ = false;
  int depth_, limit_;
};

void Folder::visit(Stmt* s) {
  if (!deeper()) return;
  switch (s->tag) {
    case Tag::kFunctionDef:
      function(as<FunctionDef>(s));
      break;
    case Tag::kAsyncFunctionDef:
      function(as<AsyncFunctionDef>(s));
      break;
    case Tag::kClassDef: {
      auto* c = as<ClassDef>(s);
      all(c->bases);
      for (Keyword* k : c->keywords) visit(k->value);
      body(c->body);
      all(c->decorator_list);
      break;
    }
    case Tag::kReturn:
      opt(as<Return>(s)->value);
      break;
    case Tag::kDelete:
      all(as<Delete>(s)->targets);
      break;
    case Tag::kAssign:
      all(as<Assign>(s)->targets);
      visit(as<Assign>(s)->value);
      break;
    case Tag::kAugAssign:
      visit(as<AugAssign>(s)->target);
      visit(as<AugAssign>(s)->value);
      break;
    case Tag::kAnnAssign:
      visit(as<AnnAssign>(s)->target);
      annotation(as<AnnAssign>(s)->annotation);
      opt(as<AnnAssign>(s)->value);
      break;
    case Tag::kFor:
      for_statement(as<For>(s));
      iterable(as<For>(s)->iter);
      break;
    case Tag::kAsyncFor:
      for_statement(as<AsyncFor>(s));
      break;
    case Tag::kWhile:
      visit(as<While>(s)->test);
      all(as<While>(s)->body);
      all(as<While>(s)->orelse);
      break;
    case Tag::kIf:
      visit(as<If>(s)->test);
      all(as<If>(s)->body);
      all(as<If>(s)->orelse);
      break;
    case Tag::kWith:
      with_statement(as<With>(s));
      break;
    case Tag::kAsyncWith:
      with_statement(as<AsyncWith>(s));
      break;
    case Tag::kMatch:
      visit(as<Match>(s)->subject);
      for (MatchCase* m : as<Match>(s)->cases) {
        visit(m->pattern);
        opt(m->guard);
        all(m->body);
      }
      break;
    case Tag::kRaise:
      opt(as<Raise>(s)->exc);
      opt(as<Raise>(s)->cause);
      break;
    case Tag::kTry:
      try_statement(as<Try>(s));
      break;
    case Tag::kTryStar:
      try_statement(as<TryStar>(s));
      break;
    case Tag::kAssert:
      visit(as<Assert>(s)->test);
      opt(as<Assert>(s)->msg);
      break;
    case Tag::kExprStmt:
      visit(as<ExprStmt>(s)->value);
      break;
    default:
      break;
  }
  depth_--;
}

void Folder::visit(Expr*& e) {
  if (!deeper()) return;
  switch (e->tag) {
    case Tag::kBoolOp:
      all(as<BoolOp>(e)->values);
      break;
    case Tag::kBinOp:
      visit(as<BinOp>(e)->left);
      visit(as<BinOp>(e)->right);
      if (!failed_) binary(e);
      break;
    case Tag::kUnaryOp:
      visit(as<UnaryOp>(e)->operand);
      if (!failed_) unary(e);
      break;
    case Tag::kLambda:
      arguments(as<Lambda>(e)->args);
      visit(as<Lambda>(e)->body);
      break;
    case Tag::kIfExp:
      visit(as<IfExp>(e)->test);
      visit(as<IfExp>(e)->body);
      visit(as<IfExp>(e)->orelse);
      break;
    case Tag::kDict:
      all(as<Dict>(e)->keys);
      all(as<Dict>(e)->values);
      break;
    case Tag::kSet:
      all(as<Set>(e)->elts);
      break;
    case Tag::kListComp:
      visit(as<ListComp>(e)->elt);
      comprehensions(as<ListComp>(e)->generators);
      break;
    case Tag::kSetComp:
      visit(as<SetComp>(e)->elt);
      comprehensions(as<SetComp>(e)->generators);
      break;
    case Tag::kDictComp:
      visit(as<DictComp>(e)->key);
      visit(as<DictComp>(e)->value);
      comprehensions(as<DictComp>(e)->generators);
      break;
    case Tag::kGeneratorExp:
      visit(as<GeneratorExp>(e)->elt);
      comprehensions(as<GeneratorExp>(e)->generators);
      break;
    case Tag::kAwait:
      visit(as<Await>(e)->value);
      break;
    case Tag::kYield:
      opt(as<Yield>(e)->value);
      break;
    case Tag::kYieldFrom:
      visit(as<YieldFrom>(e)->value);
      break;
    case Tag::kCompare: {
      auto* c = as<Compare>(e);
      visit(c->left);
      all(c->comparators);
      CmpOperator last = c->ops.back();
      if (last == CmpOperator::kIn || last == CmpOperator::kNotIn) iterable(c->comparators.back());
      break;
    }
    case Tag::kCall:
      visit(as<Call>(e)->func);
      all(as<Call>(e)->args);
      for (Keyword* k : as<Call>(e)->keywords) visit(k->value);
      break;
    case Tag::kFormattedValue:
      visit(as<FormattedValue>(e)->value);
      opt(as<FormattedValue>(e)->format_spec);
      break;
    case Tag::kJoinedStr:
      all(as<JoinedStr>(e)->values);
      break;
    case Tag::kAttribute:
      visit(as<Attribute>(e)->value);
      break;
    case Tag::kSubscript: {
      auto* s = as<Subscript>(e);
      visit(s->value);
      visit(s->slice);
      const Constant *value = value_of(s->value), *index = value_of(s->slice);
      if (s->ctx == ExprContext::kLoad && value && index) replace(e, fold_subscript(arena_, value, index));
      break;
    }
    case Tag::kStarred:
      visit(as<Starred>(e)->value);
      break;
    case Tag::kSlice:
      opt(as<Slice>(e)->lower);
      opt(as<Slice>(e)->upper);
      opt(as<Slice>(e)->step);
      break;
    case Tag::kList:
      all(as<List>(e)->elts);
      break;
    case Tag::kTuple:
      all(as<Tuple>(e)->elts);
      if (!failed_ && as<Tuple>(e)->ctx == ExprContext::kLoad) replace(e, constant_tuple(as<Tuple>(e)->elts));
      break;
    case Tag::kName:
      if (as<Name>(e)->ctx == ExprContext::kLoad && as<Name>(e)->id == "__debug__") replace(e, make_bool(arena_, debug_));
      break;
    case Tag::kNamedExpr:
      visit(as<NamedExpr>(e)->value);
      break;
    default:
      break;
  }
  depth_--;
}

void Folder::visit(Pattern* p) {
  if (!deeper()) return;
  auto each = [&](std::span<Pattern*> list) {
    for (Pattern* q : list) visit(q);
  };
  switch (p->tag) {
    case Tag::kMatchValue:
      visit(as<MatchValue>(p)->value);
      break;
    case Tag::kMatchSequence:
      each(as<MatchSequence>(p)->patterns);
      break;
    case Tag::kMatchMapping:
      all(as<MatchMapping>(p)->keys);
      each(as<MatchMapping>(p)->patterns);
      break;
    case Tag::kMatchClass:
      visit(as<MatchClass>(p)->cls);
      each(as<MatchClass>(p)->patterns);
      each(as<MatchClass>(p)->kwd_patterns);
      break;
    case Tag::kMatchAs:
      if (as<MatchAs>(p)->pattern) visit(as<MatchAs>(p)->pattern);
      break;
    case Tag::kMatchOr:
      each(as<MatchOr>(p)->patterns);
      break;
    default:
      break;
  }
  depth_--;
}

}  // namespace

bool fold_constants(Arena& arena, Mod* tree, uint32_t future_flags, const CompileOptions& options, Diagnostic& error) {
  if (Folder(arena, future_flags, options).run(tree)) return true;
  error = recursion_error();
  return false;
}

}  // namespace pyjit::frontend
