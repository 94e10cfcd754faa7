// Pass 1 of the symbol table over expressions: name uses, lambdas, comprehensions and the targets of := .
#include "frontend/symtable_build.h"

namespace pyjit::frontend::symtable {

using namespace ast;

bool Builder::refuse_in_annotation(const char* what, const Expr* e) {
  if (current->type != BlockType::kAnnotation) return false;
  fail("'" + std::string(what) + "' can not be used within an annotation", location_of(e));
  return true;
}

void Builder::refuse_in_comprehension(const Expr* e) {
  const char* where = current->comprehension == ComprehensionType::kList   ? "list comprehension"
                      : current->comprehension == ComprehensionType::kSet  ? "set comprehension"
                      : current->comprehension == ComprehensionType::kDict ? "dict comprehension"
                                                                           : "generator expression";
  fail(std::string("'yield' inside ") + where, location_of(e));
}

void Builder::extend_named_scope(Name* target) {
  Location loc = location_of(target);
  std::string quoted = "'" + std::string(target->id) + "'";
  for (ScopeEntry* e = current; e; e = e->parent) {
    if (e->comprehension != ComprehensionType::kNone) {
      const Symbol* s = e->find(target->id);
      if (s && (s->flags & kDefCompIter))
        return fail("assignment expression cannot rebind comprehension iteration variable " + quoted, loc);
      continue;
    }
    if (e->type == BlockType::kFunction) {
      const Symbol* s = e->find(target->id);
      define(target->id, s && (s->flags & kDefGlobal) ? kDefGlobal : kDefNonlocal, loc);
      record_directive(target->id, loc);
      return define_in(e, target->id, kDefLocal, loc);
    }
    if (e->type == BlockType::kModule) {
      define(target->id, kDefGlobal, loc);
      record_directive(target->id, loc);
      return define_in(e, target->id, kDefGlobal, loc);
    }
    if (e->type == BlockType::kClass)
      return fail("assignment expression within a comprehension cannot be used in a class body", loc);
  }
}

void Builder::named_expression(NamedExpr* e) {
  if (current->comp_iter_expr > 0)
    return fail("assignment expression cannot be used in a comprehension iterable expression", location_of(e));
  if (current->comprehension != ComprehensionType::kNone) extend_named_scope(as<Name>(e->target));
  visit(e->value);
  visit(e->target);
}

void Builder::comprehension(Expr* e, const char* name, ComprehensionType type, std::span<Comprehension*> generators,
                            Expr* elt, Expr* value) {
  Comprehension* outermost = generators[0];
  // The outermost iterable is evaluated in the enclosing scope.
  current->comp_iter_expr++;
  visit(outermost->iter);
  current->comp_iter_expr--;
  enter(name, BlockType::kFunction, e, location_of(e));
  current->comprehension = type;
  if (outermost->is_async) current->coroutine = true;
  define(arena.intern(".0"), kDefParam, location_of(e));
  auto target = [&](Comprehension* c) {
    current->comp_iter_target = true;
    visit(c->target);
    current->comp_iter_target = false;
  };
  target(outermost);
  visit_all(outermost->ifs);
  for (Comprehension* c : generators.subspan(1)) {
    target(c);
    current->comp_iter_expr++;
    visit(c->iter);
    current->comp_iter_expr--;
    visit_all(c->ifs);
    if (c->is_async) current->coroutine = true;
  }
  if (value) visit(value);
  visit(elt);
  bool is_generator = type == ComprehensionType::kGenerator;
  current->generator = is_generator;
  bool makes_async = current->coroutine && !is_generator;
  leave();
  if (makes_async) current->coroutine = true;
}

void Builder::visit(Expr* e) {
  if (failed || !deeper()) return;
  switch (e->tag) {
    case Tag::kName: {
      auto* n = as<Name>(e);
      define(n->id, n->ctx == ExprContext::kLoad ? kUse : kDefLocal, location_of(e));
      // super() finds its class through the __class__ cell.
      if (n->ctx == ExprContext::kLoad && current->type == BlockType::kFunction && n->id.data() == super.data())
        define(dunder_class, kUse, location_of(e));
      break;
    }
    case Tag::kNamedExpr:
      if (!refuse_in_annotation("named expression", e)) named_expression(as<NamedExpr>(e));
      break;
    case Tag::kBoolOp:
      visit_all(as<BoolOp>(e)->values);
      break;
    case Tag::kBinOp:
      visit(as<BinOp>(e)->left);
      visit(as<BinOp>(e)->right);
      break;
    case Tag::kUnaryOp:
      visit(as<UnaryOp>(e)->operand);
      break;
    case Tag::kLambda: {
      auto* l = as<Lambda>(e);
      visit_all(l->args->defaults);
      visit_all(l->args->kw_defaults);
      enter("lambda", BlockType::kFunction, e, location_of(e));
      parameters(l->args);
      visit(l->body);
      leave();
      break;
    }
    case Tag::kIfExp:
      visit(as<IfExp>(e)->test);
      visit(as<IfExp>(e)->body);
      visit(as<IfExp>(e)->orelse);
      break;
    case Tag::kDict:
      visit_all(as<Dict>(e)->keys);
      visit_all(as<Dict>(e)->values);
      break;
    case Tag::kSet:
      visit_all(as<Set>(e)->elts);
      break;
    case Tag::kListComp:
      comprehension(e, "listcomp", ComprehensionType::kList, as<ListComp>(e)->generators, as<ListComp>(e)->elt, nullptr);
      break;
    case Tag::kSetComp:
      comprehension(e, "setcomp", ComprehensionType::kSet, as<SetComp>(e)->generators, as<SetComp>(e)->elt, nullptr);
      break;
    case Tag::kDictComp:
      comprehension(e, "dictcomp", ComprehensionType::kDict, as<DictComp>(e)->generators, as<DictComp>(e)->key,
                    as<DictComp>(e)->value);
      break;
    case Tag::kGeneratorExp:
      comprehension(e, "genexpr", ComprehensionType::kGenerator, as<GeneratorExp>(e)->generators, as<GeneratorExp>(e)->elt,
                    nullptr);
      break;
    case Tag::kAwait:
      if (refuse_in_annotation("await expression", e)) break;
      visit(as<Await>(e)->value);
      current->coroutine = true;
      break;
    case Tag::kYield:
    case Tag::kYieldFrom: {
      if (refuse_in_annotation("yield expression", e)) break;
      Expr* value = e->tag == Tag::kYield ? as<Yield>(e)->value : as<YieldFrom>(e)->value;
      if (value) visit(value);
      current->generator = true;
      if (current->comprehension != ComprehensionType::kNone) refuse_in_comprehension(e);
      break;
    }
    case Tag::kCompare:
      visit(as<Compare>(e)->left);
      visit_all(as<Compare>(e)->comparators);
      break;
    case Tag::kCall:
      visit(as<Call>(e)->func);
      visit_all(as<Call>(e)->args);
      for (Keyword* k : as<Call>(e)->keywords) visit(k->value);
      break;
    case Tag::kFormattedValue:
      visit(as<FormattedValue>(e)->value);
      if (as<FormattedValue>(e)->format_spec) visit(as<FormattedValue>(e)->format_spec);
      break;
    case Tag::kJoinedStr:
      visit_all(as<JoinedStr>(e)->values);
      break;
    case Tag::kAttribute:
      visit(as<Attribute>(e)->value);
      break;
    case Tag::kSubscript:
      visit(as<Subscript>(e)->value);
      visit(as<Subscript>(e)->slice);
      break;
    case Tag::kStarred:
      visit(as<Starred>(e)->value);
      break;
    case Tag::kSlice:
      if (as<Slice>(e)->lower) visit(as<Slice>(e)->lower);
      if (as<Slice>(e)->upper) visit(as<Slice>(e)->upper);
      if (as<Slice>(e)->step) visit(as<Slice>(e)->step);
      break;
    case Tag::kList:
      visit_all(as<List>(e)->elts);
      break;
    case Tag::kTuple:
      visit_all(as<Tuple>(e)->elts);
      break;
    default:
      break;
  }
  depth--;
}

}  // namespace pyjit::frontend::symtable
