// Expressions other than calls and comprehensions.
#include <algorithm>

#include "frontend/codegen.h"
#include "frontend/fold_arith.h"

namespace pyjit::frontend {

using namespace ast;

void Codegen::visit(Expr* e) {
  if (failed_) return;
  Location outer = unit_->loc;
  set_loc(e);
  visit_inner(e);
  if (!failed_) unit_->loc = outer;
}

void Codegen::emit_binary(Operator op, bool in_place) {
  // BINARY_OP's argument, by position in ast.def.
  static constexpr uint8_t kNumber[] = {
      /*Add*/ 0, /*Sub*/ 10, /*Mult*/ 5, /*MatMult*/ 4, /*Div*/ 11, /*Mod*/ 6, /*Pow*/ 8,
      /*LShift*/ 3, /*RShift*/ 9, /*BitOr*/ 7, /*BitXor*/ 12, /*BitAnd*/ 1, /*FloorDiv*/ 2,
  };
  emit(OP_BINARY_OP, kNumber[(int)op] + (in_place ? 13 : 0));
}

void Codegen::emit_compare(CmpOperator op) {
  switch (op) {
    case CmpOperator::kEq:
      return emit(OP_COMPARE_OP, 2);
    case CmpOperator::kNotEq:
      return emit(OP_COMPARE_OP, 3);
    case CmpOperator::kLt:
      return emit(OP_COMPARE_OP, 0);
    case CmpOperator::kLtE:
      return emit(OP_COMPARE_OP, 1);
    case CmpOperator::kGt:
      return emit(OP_COMPARE_OP, 4);
    case CmpOperator::kGtE:
      return emit(OP_COMPARE_OP, 5);
    case CmpOperator::kIs:
      return emit(OP_IS_OP, 0);
    case CmpOperator::kIsNot:
      return emit(OP_IS_OP, 1);
    case CmpOperator::kIn:
      return emit(OP_CONTAINS_OP, 0);
    case CmpOperator::kNotIn:
      return emit(OP_CONTAINS_OP, 1);
  }
}

void Codegen::visit_inner(Expr* e) {
  switch (e->tag) {
    case Tag::kNamedExpr:
      visit(as<NamedExpr>(e)->value);
      emit(OP_COPY, 1);
      return visit(as<NamedExpr>(e)->target);
    case Tag::kBoolOp:
      return bool_op(as<BoolOp>(e));
    case Tag::kBinOp:
      visit(as<BinOp>(e)->left);
      visit(as<BinOp>(e)->right);
      return emit_binary(as<BinOp>(e)->op, false);
    case Tag::kUnaryOp: {
      static constexpr int kOps[] = {OP_UNARY_INVERT, OP_UNARY_NOT, OP_UNARY_POSITIVE, OP_UNARY_NEGATIVE};
      visit(as<UnaryOp>(e)->operand);
      return emit(kOps[(int)as<UnaryOp>(e)->op]);
    }
    case Tag::kLambda:
      return lambda(as<Lambda>(e));
    case Tag::kIfExp:
      return if_expression(as<IfExp>(e));
    case Tag::kDict:
      return dict(as<Dict>(e));
    case Tag::kSet:
      return star_unpack(as<Set>(e)->elts, 0, OP_BUILD_SET, OP_SET_ADD, OP_SET_UPDATE, false);
    case Tag::kListComp:
      return comprehension(e, "<listcomp>", OP_BUILD_LIST, as<ListComp>(e)->generators, as<ListComp>(e)->elt, nullptr);
    case Tag::kSetComp:
      return comprehension(e, "<setcomp>", OP_BUILD_SET, as<SetComp>(e)->generators, as<SetComp>(e)->elt, nullptr);
    case Tag::kDictComp:
      return comprehension(e, "<dictcomp>", OP_BUILD_MAP, as<DictComp>(e)->generators, as<DictComp>(e)->key,
                           as<DictComp>(e)->value);
    case Tag::kGeneratorExp:
      return comprehension(e, "<genexpr>", 0, as<GeneratorExp>(e)->generators, as<GeneratorExp>(e)->elt, nullptr);
    case Tag::kYield:
      return yield(as<Yield>(e)->value);
    case Tag::kYieldFrom:
      if (unit_->scope->type != BlockType::kFunction) return fail("'yield' outside function");
      if (unit_->kind == UnitKind::kAsyncFunction) return fail("'yield from' inside async function");
      visit(as<YieldFrom>(e)->value);
      emit(OP_GET_YIELD_FROM_ITER);
      load_none();
      return yield_from(false);
    case Tag::kAwait:
      if (!top_level_await()) {
        if (unit_->scope->type != BlockType::kFunction) return fail("'await' outside function");
        if (unit_->kind != UnitKind::kAsyncFunction && unit_->kind != UnitKind::kComprehension)
          return fail("'await' outside async function");
      }
      visit(as<Await>(e)->value);
      return await_top(0);
    case Tag::kCompare:
      return compare(as<Compare>(e));
    case Tag::kCall:
      return call_expression(as<Call>(e));
    case Tag::kConstantExpr:
      return load_const(as<ConstantExpr>(e)->value);
    case Tag::kJoinedStr:
      return joined_string(as<JoinedStr>(e));
    case Tag::kFormattedValue:
      return formatted_value(as<FormattedValue>(e));
    case Tag::kAttribute:
      return attribute(as<Attribute>(e));
    case Tag::kSubscript:
      return subscript(as<Subscript>(e));
    case Tag::kStarred:
      if (as<Starred>(e)->ctx == ExprContext::kStore)
        return fail("starred assignment target must be in a list or tuple");
      return fail("can't use starred expression here");
    case Tag::kSlice:
      return slice(as<Slice>(e));
    case Tag::kName:
      return name_op(as<Name>(e)->id, as<Name>(e)->ctx);
    case Tag::kList: {
      auto* l = as<List>(e);
      if (l->ctx == ExprContext::kStore) return assignment_targets(l->elts);
      if (l->ctx == ExprContext::kDel) return visit_all(l->elts);
      return star_unpack(l->elts, 0, OP_BUILD_LIST, OP_LIST_APPEND, OP_LIST_EXTEND, false);
    }
    case Tag::kTuple: {
      auto* t = as<Tuple>(e);
      if (t->ctx == ExprContext::kStore) return assignment_targets(t->elts);
      if (t->ctx == ExprContext::kDel) return visit_all(t->elts);
      return star_unpack(t->elts, 0, OP_BUILD_LIST, OP_LIST_APPEND, OP_LIST_EXTEND, true);
    }
    default:
      return;
  }
}

void Codegen::yield(Expr* value) {
  if (unit_->scope->type != BlockType::kFunction) return fail("'yield' outside function");
  if (value)
    visit(value);
  else
    load_none();
  if (unit_->scope->generator && unit_->scope->coroutine) emit(OP_ASYNC_GEN_WRAP);
  emit(OP_YIELD_VALUE);
  emit(OP_RESUME, 1);
}

void Codegen::bool_op(BoolOp* e) {
  int op = e->op == BoolOperator::kAnd ? OP_JUMP_IF_FALSE_OR_POP : OP_JUMP_IF_TRUE_OR_POP;
  Block* end = new_block();
  for (size_t i = 0; i + 1 < e->values.size(); i++) {
    visit(e->values[i]);
    jump(op, end);
    use(new_block());
  }
  visit(e->values.back());
  use(end);
}

void Codegen::check_compare(Compare* e) {
  // `is` with a literal other than the singletons is almost surely a mistake.
  auto fine = [](Expr* x) {
    auto* c = try_as<ConstantExpr>(x);
    using Kind = Constant::Kind;
    return !c || c->value->kind == Kind::kNone || c->value->kind == Kind::kTrue || c->value->kind == Kind::kFalse ||
           c->value->kind == Kind::kEllipsis;
  };
  bool left = fine(e->left);
  for (size_t i = 0; i < e->ops.size(); i++) {
    bool right = fine(e->comparators[i]);
    CmpOperator op = e->ops[i];
    if ((op == CmpOperator::kIs || op == CmpOperator::kIsNot) && (!left || !right))
      return warn(op == CmpOperator::kIs ? "\"is\" with a literal. Did you mean \"==\"?"
                                         : "\"is not\" with a literal. Did you mean \"!=\"?");
    left = right;
  }
}

void Codegen::compare(Compare* e) {
  check_compare(e);
  visit(e->left);
  size_t last = e->ops.size() - 1;
  if (last == 0) {
    visit(e->comparators[0]);
    return emit_compare(e->ops[0]);
  }
  Block* cleanup = new_block();
  for (size_t i = 0; i < last; i++) {
    visit(e->comparators[i]);
    emit(OP_SWAP, 2);
    emit(OP_COPY, 2);
    emit_compare(e->ops[i]);
    jump(OP_JUMP_IF_FALSE_OR_POP, cleanup);
  }
  visit(e->comparators[last]);
  emit_compare(e->ops[last]);
  Block* end = new_block();
  jump_no_line(OP_JUMP, end);
  use(cleanup);
  emit(OP_SWAP, 2);
  emit(OP_POP_TOP);
  use(end);
}

// Jumps to `next` when the truth of `e` equals `condition`, else falls through.
void Codegen::jump_if(Expr* e, Block* next, bool condition) {
  if (failed_) return;
  switch (e->tag) {
    case Tag::kUnaryOp:
      if (as<UnaryOp>(e)->op == UnaryOperator::kNot) return jump_if(as<UnaryOp>(e)->operand, next, !condition);
      break;
    case Tag::kBoolOp: {
      auto* b = as<BoolOp>(e);
      bool short_circuit = b->op == BoolOperator::kOr;
      Block* next2 = short_circuit != condition ? new_block() : next;
      for (size_t i = 0; i + 1 < b->values.size(); i++) jump_if(b->values[i], next2, short_circuit);
      jump_if(b->values.back(), next, condition);
      if (next2 != next) use(next2);
      return;
    }
    case Tag::kIfExp: {
      auto* i = as<IfExp>(e);
      Block *end = new_block(), *next2 = new_block();
      jump_if(i->test, next2, false);
      jump_if(i->body, next, condition);
      jump_no_line(OP_JUMP, end);
      use(next2);
      jump_if(i->orelse, next, condition);
      use(end);
      return;
    }
    case Tag::kCompare: {
      auto* c = as<Compare>(e);
      set_loc(e);  // for the jump too, and for what follows the test
      size_t last = c->ops.size() - 1;
      if (last == 0) break;
      check_compare(c);
      Block* cleanup = new_block();
      visit(c->left);
      for (size_t i = 0; i < last; i++) {
        visit(c->comparators[i]);
        emit(OP_SWAP, 2);
        emit(OP_COPY, 2);
        emit_compare(c->ops[i]);
        jump(OP_POP_JUMP_IF_FALSE, cleanup);
      }
      visit(c->comparators[last]);
      emit_compare(c->ops[last]);
      jump(condition ? OP_POP_JUMP_IF_TRUE : OP_POP_JUMP_IF_FALSE, next);
      Block* end = new_block();
      jump_no_line(OP_JUMP, end);
      use(cleanup);
      emit(OP_POP_TOP);
      if (!condition) jump_no_line(OP_JUMP, next);
      use(end);
      return;
    }
    default:
      break;
  }
  visit(e);
  jump(condition ? OP_POP_JUMP_IF_TRUE : OP_POP_JUMP_IF_FALSE, next);
}

void Codegen::if_expression(IfExp* e) {
  Block *end = new_block(), *next = new_block();
  jump_if(e->test, next, false);
  visit(e->body);
  jump_no_line(OP_JUMP, end);
  use(next);
  visit(e->orelse);
  use(end);
}

// In a.b.c spread over lines, the access is on the line of its name.
void Codegen::attribute_location(Attribute* e) {
  Location& loc = unit_->loc;
  if (loc.line == e->end_lineno) return;
  loc.line = e->end_lineno;
  int length = (int)std::ranges::count_if(e->attr, [](char ch) { return (ch & 0xC0) != 0x80; });
  if (length <= e->end_col_offset) {
    loc.col = e->end_col_offset - length;
  } else {
    loc.col = loc.end_col = -1;
  }
  loc.end_line = std::max(loc.line, loc.end_line);
}

void Codegen::attribute(Attribute* e) {
  visit(e->value);
  if (e->ctx == ExprContext::kStore && forbidden(e->attr, e->ctx)) return;
  attribute_location(e);
  emit_name(e->ctx == ExprContext::kLoad    ? OP_LOAD_ATTR
            : e->ctx == ExprContext::kStore ? OP_STORE_ATTR
                                            : OP_DELETE_ATTR,
            e->attr);
}

void Codegen::subscript(Subscript* e) {
  if (e->ctx == ExprContext::kLoad) {
    check_subscripted(e->value);
    check_index(e->value, e->slice);
  }
  visit(e->value);
  visit(e->slice);
  emit(e->ctx == ExprContext::kLoad    ? OP_BINARY_SUBSCR
       : e->ctx == ExprContext::kStore ? OP_STORE_SUBSCR
                                       : OP_DELETE_SUBSCR);
}

void Codegen::slice(Slice* e) {
  auto part = [&](Expr* x) {
    if (x)
      visit(x);
    else
      load_none();
  };
  part(e->lower);
  part(e->upper);
  if (e->step) visit(e->step);
  emit(OP_BUILD_SLICE, e->step ? 3 : 2);
}

static bool all_constant(std::span<Expr*> list) {
  return std::ranges::all_of(list, [](Expr* e) { return e && e->tag == Tag::kConstantExpr; });
}

// Builds a sequence from displays with stars, on top of `pushed` values that become its first items.
void Codegen::star_unpack(std::span<Expr*> elts, int pushed, int build, int add, int extend, bool tuple) {
  int n = (int)elts.size();
  if (n > 2 && all_constant(elts)) {
    std::vector<const Constant*> items;
    for (Expr* e : elts) items.push_back(as<ConstantExpr>(e)->value);
    if (tuple && !pushed) return load_const(constants_.tuple(items));
    emit(build, pushed);
    load_const(add == OP_SET_ADD ? make_frozenset(arena_, items) : constants_.tuple(items));
    emit(extend, 1);
    if (tuple) emit(OP_LIST_TO_TUPLE);
    return;
  }
  bool big = n + pushed > kStackUseGuideline;
  bool star = std::ranges::any_of(elts, [](Expr* e) { return e->tag == Tag::kStarred; });
  if (!star && !big) {
    visit_all(elts);
    return emit(tuple ? (int)OP_BUILD_TUPLE : build, n + pushed);
  }
  bool built = false;
  if (big) {
    emit(build, pushed);
    built = true;
  }
  for (int i = 0; i < n; i++) {
    if (auto* s = try_as<Starred>(elts[(size_t)i])) {
      if (!built) {
        emit(build, i + pushed);
        built = true;
      }
      visit(s->value);
      emit(extend, 1);
    } else {
      visit(elts[(size_t)i]);
      if (built) emit(add, 1);
    }
  }
  if (tuple) emit(OP_LIST_TO_TUPLE);
}

void Codegen::assignment_targets(std::span<Expr*> elts) {
  size_t n = elts.size();
  bool star = false;
  for (size_t i = 0; i < n; i++) {
    if (elts[i]->tag != Tag::kStarred) continue;
    if (star) return fail("multiple starred expressions in assignment");
    if (i >= 1 << 8 || n - i - 1 >= (size_t)(INT32_MAX >> 8))
      return fail("too many expressions in star-unpacking assignment");
    emit(OP_UNPACK_EX, (int)(i + ((n - i - 1) << 8)));
    star = true;
  }
  if (!star) emit(OP_UNPACK_SEQUENCE, (int)n);
  for (Expr* e : elts) visit(e->tag == Tag::kStarred ? as<Starred>(e)->value : e);
}

void Codegen::dict_part(Dict* e, size_t begin, size_t end) {
  size_t n = end - begin;
  bool big = n * 2 > kStackUseGuideline;
  if (n > 1 && !big && all_constant(e->keys.subspan(begin, n))) {
    std::vector<const Constant*> keys;
    for (size_t i = begin; i < end; i++) {
      visit(e->values[i]);
      keys.push_back(as<ConstantExpr>(e->keys[i])->value);
    }
    load_const(constants_.tuple(keys));
    return emit(OP_BUILD_CONST_KEY_MAP, (int)n);
  }
  if (big) emit(OP_BUILD_MAP, 0);
  for (size_t i = begin; i < end; i++) {
    visit(e->keys[i]);
    visit(e->values[i]);
    if (big) emit(OP_MAP_ADD, 1);
  }
  if (!big) emit(OP_BUILD_MAP, (int)n);
}

void Codegen::dict(Dict* e) {
  bool have = false;
  size_t pending = 0, n = e->values.size();
  auto flush = [&](size_t begin, size_t end) {
    dict_part(e, begin, end);
    if (have) emit(OP_DICT_UPDATE, 1);
    have = true;
    pending = 0;
  };
  for (size_t i = 0; i < n; i++) {
    if (!e->keys[i]) {
      if (pending) flush(i - pending, i);
      if (!have) {
        emit(OP_BUILD_MAP, 0);
        have = true;
      }
      visit(e->values[i]);
      emit(OP_DICT_UPDATE, 1);
    } else if (pending * 2 > kStackUseGuideline) {
      flush(i - pending, i + 1);
    } else {
      pending++;
    }
  }
  if (pending) flush(n - pending, n);
  if (!have) emit(OP_BUILD_MAP, 0);
}

void Codegen::joined_string(JoinedStr* e) {
  int n = (int)e->values.size();
  if (n > kStackUseGuideline) {
    load_str("");
    emit_name(OP_LOAD_METHOD, arena_.intern("join"));
    emit(OP_BUILD_LIST, 0);
    for (Expr* part : e->values) {
      visit(part);
      emit(OP_LIST_APPEND, 1);
    }
    return call(1);
  }
  visit_all(e->values);
  if (n != 1) emit(OP_BUILD_STRING, n);
}

void Codegen::formatted_value(FormattedValue* e) {
  visit(e->value);
  int arg = e->conversion == 's' ? 1 : e->conversion == 'r' ? 2 : e->conversion == 'a' ? 3 : 0;
  if (e->format_spec) {
    visit(e->format_spec);
    arg |= 4;
  }
  emit(OP_FORMAT_VALUE, arg);
}

}  // namespace pyjit::frontend
