// A hand-made AST → accepted, or the error CPython gives: contexts, empty bodies, lists that must have equal lengths, positions.
#include "frontend/validate.h"

#include "frontend/symtable.h"

namespace pyjit::frontend {
namespace {

using namespace ast;

const char* context_name(ExprContext ctx) {
  constexpr const char* kNames[] = {"Load", "Store", "Del"};
  return kNames[static_cast<int>(ctx)];
}

class Validator {
 public:
  Validator(const CompileOptions& options, Diagnostic& error)
      : error_(error), depth_(options.recursion_depth * kRecursionScale), limit_(options.recursion_limit * kRecursionScale) {}

  bool module(const Mod* m) {
    switch (m->tag) {
      case Tag::kModule: return stmts(as<Module>(m)->body);
      case Tag::kInteractive: return stmts(as<Interactive>(m)->body);
      case Tag::kExpression: return expr(as<Expression>(m)->body);
      default: return exprs(as<FunctionType>(m)->argtypes) && expr(as<FunctionType>(m)->returns);
    }
  }

 private:
  struct Depth {
    explicit Depth(Validator* v) : validator(v) { ++v->depth_; }
    ~Depth() { --validator->depth_; }
    Validator* validator;
  };

  bool fail(std::string message, ErrorKind kind = ErrorKind::kValueError) {
    error_.kind = kind;
    error_.message = std::move(message);
    error_.has_location = false;
    return false;
  }
  bool too_deep() { return fail("maximum recursion depth exceeded during compilation", ErrorKind::kRecursionError); }

  static std::string range(int a, int b) { return "(" + std::to_string(a) + ", " + std::to_string(b) + ")"; }
  bool position(const Located* n) {
    if (n->lineno > n->end_lineno) return fail("AST node line range " + range(n->lineno, n->end_lineno) + " is not valid");
    if ((n->lineno < 0 && n->end_lineno != n->lineno) || (n->col_offset < 0 && n->col_offset != n->end_col_offset)) {
      return fail("AST node column range " + range(n->col_offset, n->end_col_offset) + " for line range " + range(n->lineno, n->end_lineno) +
                  " is not valid");
    }
    if (n->lineno == n->end_lineno && n->col_offset > n->end_col_offset) {
      return fail("line " + std::to_string(n->lineno) + ", column " + std::to_string(n->col_offset) + "-" + std::to_string(n->end_col_offset) +
                  " is not a valid range");
    }
    return true;
  }

  bool name(Identifier id) {
    for (const char* word : {"None", "True", "False"}) {
      if (id == word) return fail("identifier field can't represent '" + std::string(word) + "' constant");
    }
    return true;
  }
  bool capture(Identifier id) { return id == "_" ? fail("can't capture name '_' in patterns") : name(id); }

  template <class T>
  bool not_empty(std::span<T> items, const char* what, const char* owner) {
    return !items.empty() || fail(std::string("empty ") + what + " on " + owner);
  }
  bool body(std::span<Stmt* const> list, const char* owner) { return not_empty(list, "body", owner) && stmts(list); }
  bool stmts(std::span<Stmt* const> list) {
    for (const Stmt* s : list) {
      if (!s) return fail("None disallowed in statement list");
      if (!stmt(s)) return false;
    }
    return true;
  }
  bool exprs(std::span<Expr* const> list, ExprContext ctx = ExprContext::kLoad, bool none_allowed = false) {
    for (const Expr* e : list) {
      if (!e && !none_allowed) return fail("None disallowed in expression list");
      if (e && !expr(e, ctx)) return false;
    }
    return true;
  }
  bool optional(const Expr* e, ExprContext ctx = ExprContext::kLoad) { return !e || expr(e, ctx); }

  bool generators(std::span<Comprehension* const> list) {
    if (list.empty()) return fail("comprehension with no generators");
    for (const Comprehension* c : list) {
      if (!expr(c->target, ExprContext::kStore) || !expr(c->iter) || !exprs(c->ifs)) return false;
    }
    return true;
  }
  bool keywords(std::span<Keyword* const> list) {
    for (const Keyword* k : list) {
      if (!expr(k->value)) return false;
    }
    return true;
  }
  bool args(std::span<Arg* const> list) {
    for (const Arg* a : list) {
      if (!position(a) || !optional(a->annotation)) return false;
    }
    return true;
  }
  bool arguments(const Arguments* a) {
    if (!args(a->posonlyargs) || !args(a->args) || (a->vararg && !optional(a->vararg->annotation)) || !args(a->kwonlyargs) ||
        (a->kwarg && !optional(a->kwarg->annotation))) {
      return false;
    }
    if (a->defaults.size() > a->posonlyargs.size() + a->args.size()) return fail("more positional defaults than args on arguments");
    if (a->kw_defaults.size() != a->kwonlyargs.size()) return fail("length of kwonlyargs is not the same as kw_defaults on arguments");
    return exprs(a->defaults) && exprs(a->kw_defaults, ExprContext::kLoad, true);
  }

  bool expr(const Expr* e, ExprContext ctx = ExprContext::kLoad) {
    Depth deeper(this);
    if (depth_ > limit_) return too_deep();
    if (!position(e)) return false;
    ExprContext actual = ExprContext::kLoad;
    bool has_context = true;
    switch (e->tag) {
      case Tag::kAttribute: actual = as<Attribute>(e)->ctx; break;
      case Tag::kSubscript: actual = as<Subscript>(e)->ctx; break;
      case Tag::kStarred: actual = as<Starred>(e)->ctx; break;
      case Tag::kName:
        if (!name(as<Name>(e)->id)) return false;
        actual = as<Name>(e)->ctx;
        break;
      case Tag::kList: actual = as<ast::List>(e)->ctx; break;
      case Tag::kTuple: actual = as<ast::Tuple>(e)->ctx; break;
      default:
        if (ctx != ExprContext::kLoad) return fail(std::string("expression which can't be assigned to in ") + context_name(ctx) + " context");
        has_context = false;
    }
    if (has_context && actual != ctx) {
      return fail(std::string("expression must have ") + context_name(ctx) + " context but has " + context_name(actual) + " instead");
    }
    return parts(e, ctx);
  }

  bool parts(const Expr* e, ExprContext ctx) {
    switch (e->tag) {
      case Tag::kBoolOp: {
        auto* n = as<BoolOp>(e);
        return n->values.size() < 2 ? fail("BoolOp with less than 2 values") : exprs(n->values);
      }
      case Tag::kBinOp: return expr(as<BinOp>(e)->left) && expr(as<BinOp>(e)->right);
      case Tag::kUnaryOp: return expr(as<UnaryOp>(e)->operand);
      case Tag::kLambda: return arguments(as<Lambda>(e)->args) && expr(as<Lambda>(e)->body);
      case Tag::kIfExp: {
        auto* n = as<IfExp>(e);
        return expr(n->test) && expr(n->body) && expr(n->orelse);
      }
      case Tag::kDict: {
        auto* n = as<ast::Dict>(e);
        if (n->keys.size() != n->values.size()) return fail("Dict doesn't have the same number of keys as values");
        return exprs(n->keys, ExprContext::kLoad, true) && exprs(n->values);
      }
      case Tag::kSet: return exprs(as<ast::Set>(e)->elts);
      case Tag::kListComp: return generators(as<ListComp>(e)->generators) && expr(as<ListComp>(e)->elt);
      case Tag::kSetComp: return generators(as<SetComp>(e)->generators) && expr(as<SetComp>(e)->elt);
      case Tag::kGeneratorExp: return generators(as<GeneratorExp>(e)->generators) && expr(as<GeneratorExp>(e)->elt);
      case Tag::kDictComp: {
        auto* n = as<DictComp>(e);
        return generators(n->generators) && expr(n->key) && expr(n->value);
      }
      case Tag::kYield: return optional(as<Yield>(e)->value);
      case Tag::kYieldFrom: return expr(as<YieldFrom>(e)->value);
      case Tag::kAwait: return expr(as<Await>(e)->value);
      case Tag::kCompare: {
        auto* n = as<Compare>(e);
        if (n->comparators.empty()) return fail("Compare with no comparators");
        if (n->comparators.size() != n->ops.size()) return fail("Compare has a different number of comparators and operands");
        return exprs(n->comparators) && expr(n->left);
      }
      case Tag::kCall: {
        auto* n = as<Call>(e);
        return expr(n->func) && exprs(n->args) && keywords(n->keywords);
      }
      case Tag::kJoinedStr: return exprs(as<JoinedStr>(e)->values);
      case Tag::kFormattedValue: return expr(as<FormattedValue>(e)->value) && optional(as<FormattedValue>(e)->format_spec);
      case Tag::kAttribute: return expr(as<Attribute>(e)->value);
      case Tag::kSubscript: return expr(as<Subscript>(e)->slice) && expr(as<Subscript>(e)->value);
      case Tag::kStarred: return expr(as<Starred>(e)->value, ctx);
      case Tag::kSlice: {
        auto* n = as<ast::Slice>(e);
        return optional(n->lower) && optional(n->upper) && optional(n->step);
      }
      case Tag::kList: return exprs(as<ast::List>(e)->elts, ctx);
      case Tag::kTuple: return exprs(as<ast::Tuple>(e)->elts, ctx);
      case Tag::kNamedExpr: return expr(as<NamedExpr>(e)->value);
      case Tag::kConstantExpr: return constant(as<ConstantExpr>(e)->value);
      default: return true;  // Name
    }
  }

  bool constant(const Constant* c) {
    if (c->kind == Constant::Kind::kCode) return fail("got an invalid type in Constant: " + std::string(c->text), ErrorKind::kTypeError);
    for (const Constant* item : c->items) {
      if (!constant(item)) return false;
    }
    return true;
  }

  static bool is_number(const Expr* e, bool real, bool imaginary) {
    auto* c = try_as<ConstantExpr>(e);
    if (!c) return false;
    using Kind = Constant::Kind;
    Kind kind = c->value->kind;
    return (real && (kind == Kind::kInt || kind == Kind::kBigInt || kind == Kind::kFloat)) || (imaginary && kind == Kind::kComplex);
  }
  static bool is_negative_number(const Expr* e, bool real, bool imaginary) {
    auto* u = try_as<UnaryOp>(e);
    return u && u->op == UnaryOperator::kUSub && is_number(u->operand, real, imaginary);
  }
  bool pattern_value(const Expr* e) {
    if (!expr(e)) return false;
    switch (e->tag) {
      case Tag::kConstantExpr: {
        using Kind = Constant::Kind;
        Kind kind = as<ConstantExpr>(e)->value->kind;
        if (kind == Kind::kInt || kind == Kind::kBigInt || kind == Kind::kFloat || kind == Kind::kComplex || kind == Kind::kStr ||
            kind == Kind::kBytes) {
          return true;
        }
        return fail("unexpected constant inside of a literal pattern");
      }
      case Tag::kAttribute:
      case Tag::kJoinedStr: return true;
      case Tag::kUnaryOp:
        if (is_negative_number(e, true, true)) return true;
        break;
      case Tag::kBinOp: {
        auto* b = as<BinOp>(e);
        if ((b->op == Operator::kAdd || b->op == Operator::kSub) &&
            (is_number(b->left, true, false) || is_negative_number(b->left, true, false)) && is_number(b->right, false, true)) {
          return true;
        }
        break;
      }
      default: break;
    }
    return fail("patterns may only match literals and attribute lookups");
  }

  bool patterns(std::span<Pattern* const> list, bool star_allowed) {
    for (const Pattern* p : list) {
      if (!p) return fail("None disallowed in pattern list");
      if (!pattern(p, star_allowed)) return false;
    }
    return true;
  }
  bool pattern(const Pattern* p, bool star_allowed) {
    Depth deeper(this);
    if (depth_ > limit_) return too_deep();
    if (!position(p)) return false;
    switch (p->tag) {
      case Tag::kMatchValue: return pattern_value(as<MatchValue>(p)->value);
      case Tag::kMatchSingleton: {
        using Kind = Constant::Kind;
        Kind kind = as<MatchSingleton>(p)->value->kind;
        if (!constant(as<MatchSingleton>(p)->value)) return false;
        return kind == Kind::kNone || kind == Kind::kTrue || kind == Kind::kFalse ||
               fail("MatchSingleton can only contain True, False and None");
      }
      case Tag::kMatchSequence: return patterns(as<MatchSequence>(p)->patterns, true);
      case Tag::kMatchMapping: {
        auto* m = as<MatchMapping>(p);
        if (m->keys.size() != m->patterns.size()) return fail("MatchMapping doesn't have the same number of keys as patterns");
        if (m->rest.data() && !capture(m->rest)) return false;
        for (const Expr* key : m->keys) {
          if (!key) return fail("None disallowed in expression list");
          if (auto* c = try_as<ConstantExpr>(key)) {
            using Kind = Constant::Kind;
            if (c->value->kind == Kind::kNone || c->value->kind == Kind::kTrue || c->value->kind == Kind::kFalse) continue;
          }
          if (!pattern_value(key)) return false;
        }
        return patterns(m->patterns, false);
      }
      case Tag::kMatchClass: {
        auto* m = as<MatchClass>(p);
        if (m->kwd_attrs.size() != m->kwd_patterns.size()) {
          return fail("MatchClass doesn't have the same number of keyword attributes as patterns");
        }
        if (!expr(m->cls)) return false;
        const Expr* cls = m->cls;
        while (cls->tag == Tag::kAttribute) cls = as<Attribute>(cls)->value;
        if (cls->tag != Tag::kName) return fail("MatchClass cls field can only contain Name or Attribute nodes.");
        for (Identifier id : m->kwd_attrs) {
          if (!name(id)) return false;
        }
        return patterns(m->patterns, false) && patterns(m->kwd_patterns, false);
      }
      case Tag::kMatchStar:
        if (!star_allowed) return fail("can't use MatchStar here");
        return !as<MatchStar>(p)->name.data() || capture(as<MatchStar>(p)->name);
      case Tag::kMatchAs: {
        auto* m = as<MatchAs>(p);
        if (m->name.data() && !capture(m->name)) return false;
        if (!m->pattern) return true;
        if (!m->name.data()) return fail("MatchAs must specify a target name if a pattern is given");
        return pattern(m->pattern, false);
      }
      default: {
        auto* m = as<MatchOr>(p);
        return m->patterns.size() < 2 ? fail("MatchOr requires at least 2 patterns") : patterns(m->patterns, false);
      }
    }
  }

  bool function(const Arguments* a, std::span<Stmt* const> list, std::span<Expr* const> decorators, const Expr* returns, const char* owner) {
    return body(list, owner) && arguments(a) && exprs(decorators) && optional(returns);
  }
  bool loop(const Expr* target, const Expr* iter, std::span<Stmt* const> list, std::span<Stmt* const> orelse, const char* owner) {
    return expr(target, ExprContext::kStore) && expr(iter) && body(list, owner) && stmts(orelse);
  }
  bool with(std::span<WithItem* const> items, std::span<Stmt* const> list, const char* owner) {
    if (!not_empty(items, "items", owner)) return false;
    for (const WithItem* item : items) {
      if (!expr(item->context_expr) || !optional(item->optional_vars, ExprContext::kStore)) return false;
    }
    return body(list, owner);
  }
  bool handled(std::span<Stmt* const> list, std::span<Handler* const> handlers, std::span<Stmt* const> orelse,
               std::span<Stmt* const> finalbody, const char* owner) {
    if (!body(list, owner)) return false;
    if (handlers.empty() && finalbody.empty()) return fail(std::string(owner) + " has neither except handlers nor finalbody");
    if (handlers.empty() && !orelse.empty()) return fail(std::string(owner) + " has orelse but no except handlers");
    for (const Handler* h : handlers) {
      if (!h) return fail("None disallowed in handler list");
      auto* handler = as<ExceptHandler>(h);
      if (!position(h) || !optional(handler->type) || !body(handler->body, "ExceptHandler")) return false;
    }
    return stmts(finalbody) && stmts(orelse);
  }

  bool stmt(const Stmt* s) {
    Depth deeper(this);
    if (depth_ > limit_) return too_deep();
    if (!position(s)) return false;
    switch (s->tag) {
      case Tag::kFunctionDef: {
        auto* n = as<FunctionDef>(s);
        return function(n->args, n->body, n->decorator_list, n->returns, "FunctionDef");
      }
      case Tag::kAsyncFunctionDef: {
        auto* n = as<AsyncFunctionDef>(s);
        return function(n->args, n->body, n->decorator_list, n->returns, "AsyncFunctionDef");
      }
      case Tag::kClassDef: {
        auto* n = as<ClassDef>(s);
        return body(n->body, "ClassDef") && exprs(n->bases) && keywords(n->keywords) && exprs(n->decorator_list);
      }
      case Tag::kReturn: return optional(as<Return>(s)->value);
      case Tag::kDelete: return not_empty(as<Delete>(s)->targets, "targets", "Delete") && exprs(as<Delete>(s)->targets, ExprContext::kDel);
      case Tag::kAssign: {
        auto* n = as<Assign>(s);
        return not_empty(n->targets, "targets", "Assign") && exprs(n->targets, ExprContext::kStore) && expr(n->value);
      }
      case Tag::kAugAssign: return expr(as<AugAssign>(s)->target, ExprContext::kStore) && expr(as<AugAssign>(s)->value);
      case Tag::kAnnAssign: {
        auto* n = as<AnnAssign>(s);
        if (n->target->tag != Tag::kName && n->simple) return fail("AnnAssign with simple non-Name target", ErrorKind::kTypeError);
        return expr(n->target, ExprContext::kStore) && optional(n->value) && expr(n->annotation);
      }
      case Tag::kFor: {
        auto* n = as<For>(s);
        return loop(n->target, n->iter, n->body, n->orelse, "For");
      }
      case Tag::kAsyncFor: {
        auto* n = as<AsyncFor>(s);
        return loop(n->target, n->iter, n->body, n->orelse, "AsyncFor");
      }
      case Tag::kWhile: {
        auto* n = as<While>(s);
        return expr(n->test) && body(n->body, "While") && stmts(n->orelse);
      }
      case Tag::kIf: {
        auto* n = as<If>(s);
        return expr(n->test) && body(n->body, "If") && stmts(n->orelse);
      }
      case Tag::kWith: return with(as<With>(s)->items, as<With>(s)->body, "With");
      case Tag::kAsyncWith: return with(as<AsyncWith>(s)->items, as<AsyncWith>(s)->body, "AsyncWith");
      case Tag::kMatch: {
        auto* n = as<Match>(s);
        if (!expr(n->subject) || !not_empty(n->cases, "cases", "Match")) return false;
        for (const MatchCase* c : n->cases) {
          if (!pattern(c->pattern, false) || !optional(c->guard) || !body(c->body, "match_case")) return false;
        }
        return true;
      }
      case Tag::kRaise: {
        auto* n = as<Raise>(s);
        if (!n->exc && n->cause) return fail("Raise with cause but no exception");
        return optional(n->exc) && optional(n->cause);
      }
      case Tag::kTry: {
        auto* n = as<Try>(s);
        return handled(n->body, n->handlers, n->orelse, n->finalbody, "Try");
      }
      case Tag::kTryStar: {
        auto* n = as<TryStar>(s);
        return handled(n->body, n->handlers, n->orelse, n->finalbody, "TryStar");
      }
      case Tag::kAssert: return expr(as<Assert>(s)->test) && optional(as<Assert>(s)->msg);
      case Tag::kImport: return not_empty(as<Import>(s)->names, "names", "Import");
      case Tag::kImportFrom:
        if (as<ImportFrom>(s)->level < 0) return fail("Negative ImportFrom level");
        return not_empty(as<ImportFrom>(s)->names, "names", "ImportFrom");
      case Tag::kGlobal: return not_empty(as<Global>(s)->names, "names", "Global");
      case Tag::kNonlocal: return not_empty(as<Nonlocal>(s)->names, "names", "Nonlocal");
      case Tag::kExprStmt: return expr(as<ExprStmt>(s)->value);
      default: return true;  // Pass, Break, Continue
    }
  }

  Diagnostic& error_;
  int depth_, limit_;
};

}  // namespace

bool validate(const ast::Mod* tree, const CompileOptions& options, Diagnostic& error) { return Validator(options, error).module(tree); }

}  // namespace pyjit::frontend
