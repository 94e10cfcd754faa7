// Calls, and the warnings about calling or subscripting what cannot be.
#include <algorithm>

#include "frontend/codegen.h"

namespace pyjit::frontend {

using namespace ast;

// The type that an expression surely has, or null.
static const char* type_of(Expr* e) {
  switch (e->tag) {
    case Tag::kTuple:
      return "tuple";
    case Tag::kList:
    case Tag::kListComp:
      return "list";
    case Tag::kDict:
    case Tag::kDictComp:
      return "dict";
    case Tag::kSet:
    case Tag::kSetComp:
      return "set";
    case Tag::kGeneratorExp:
      return "generator";
    case Tag::kLambda:
      return "function";
    case Tag::kJoinedStr:
    case Tag::kFormattedValue:
      return "str";
    case Tag::kConstantExpr:
      switch (as<ConstantExpr>(e)->value->kind) {
        case Constant::Kind::kNone:
          return "NoneType";
        case Constant::Kind::kTrue:
        case Constant::Kind::kFalse:
          return "bool";
        case Constant::Kind::kEllipsis:
          return "ellipsis";
        case Constant::Kind::kInt:
        case Constant::Kind::kBigInt:
          return "int";
        case Constant::Kind::kFloat:
          return "float";
        case Constant::Kind::kComplex:
          return "complex";
        case Constant::Kind::kStr:
          return "str";
        case Constant::Kind::kBytes:
          return "bytes";
        case Constant::Kind::kTuple:
          return "tuple";
        case Constant::Kind::kFrozenSet:
          return "frozenset";
        case Constant::Kind::kCode:
          return "code";
      }
      return nullptr;
    default:
      return nullptr;
  }
}

void Codegen::check_caller(Expr* e) {
  switch (e->tag) {
    case Tag::kConstantExpr:
    case Tag::kTuple:
    case Tag::kList:
    case Tag::kListComp:
    case Tag::kDict:
    case Tag::kDictComp:
    case Tag::kSet:
    case Tag::kSetComp:
    case Tag::kGeneratorExp:
    case Tag::kJoinedStr:
    case Tag::kFormattedValue:
      return warn(std::string("'") + type_of(e) + "' object is not callable; perhaps you missed a comma?");
    default:
      return;
  }
}

void Codegen::check_subscripted(Expr* e) {
  using Kind = Constant::Kind;
  switch (e->tag) {
    case Tag::kConstantExpr: {
      Kind k = as<ConstantExpr>(e)->value->kind;
      if (k == Kind::kStr || k == Kind::kBytes || k == Kind::kTuple || k == Kind::kCode) return;
      break;
    }
    case Tag::kSet:
    case Tag::kSetComp:
    case Tag::kGeneratorExp:
    case Tag::kLambda:
      break;
    default:
      return;
  }
  warn(std::string("'") + type_of(e) + "' object is not subscriptable; perhaps you missed a comma?");
}

void Codegen::check_index(Expr* e, Expr* index) {
  const char* index_type = type_of(index);
  if (!index_type) return;
  std::string_view t = index_type;
  if (t == "int" || t == "bool") return;
  switch (e->tag) {
    case Tag::kConstantExpr: {
      using Kind = Constant::Kind;
      Kind k = as<ConstantExpr>(e)->value->kind;
      if (k != Kind::kStr && k != Kind::kBytes && k != Kind::kTuple) return;
      break;
    }
    case Tag::kTuple:
    case Tag::kList:
    case Tag::kListComp:
    case Tag::kJoinedStr:
    case Tag::kFormattedValue:
      break;
    default:
      return;
  }
  warn(std::string(type_of(e)) + " indices must be integers or slices, not " + index_type +
       "; perhaps you missed a comma?");
}

bool Codegen::check_keywords(std::span<Keyword*> keywords) {
  for (size_t i = 0; i < keywords.size(); i++) {
    Keyword* k = keywords[i];
    if (!k->arg.data()) continue;
    if (forbidden(k->arg, ExprContext::kStore)) return false;
    for (size_t j = i + 1; j < keywords.size(); j++) {
      if (keywords[j]->arg.data() != k->arg.data()) continue;
      set_loc(keywords[j]);
      fail("keyword argument repeated: " + std::string(k->arg));
      return false;
    }
  }
  return true;
}

void Codegen::keyword_names(std::span<Keyword*> keywords) {
  std::vector<const Constant*> names;
  for (Keyword* k : keywords) names.push_back(constants_.string(k->arg));
  emit(OP_KW_NAMES, unit_->consts.add(constants_.tuple(names)));
}

// o.m(...): the bound method need not be made. Not for names imported at module level, which are modules most of the time.
bool Codegen::method_call(Call* e) {
  auto* m = try_as<Attribute>(e->func);
  if (!m || m->ctx != ExprContext::kLoad) return false;
  if (auto* base = try_as<Name>(m->value)) {
    const Symbol* s = symbols_.top->find(base->id);
    if (s && (s->flags & kDefImport)) return false;
  }
  size_t args = e->args.size(), keywords = e->keywords.size();
  if (args + keywords + (keywords != 0) >= kStackUseGuideline) return false;
  for (Expr* a : e->args)
    if (a->tag == Tag::kStarred) return false;
  for (Keyword* k : e->keywords)
    if (!k->arg.data()) return false;
  visit(m->value);
  set_loc(m);
  attribute_location(m);
  emit_name(OP_LOAD_METHOD, m->attr);
  visit_all(e->args);
  if (keywords) {
    for (Keyword* k : e->keywords) visit(k->value);
    keyword_names(e->keywords);
  }
  set_loc(e);
  attribute_location(m);
  call((int)(args + keywords));
  return true;
}

void Codegen::call_expression(Call* e) {
  if (!check_keywords(e->keywords) || method_call(e)) return;
  check_caller(e->func);
  set_loc(e->func);
  emit(OP_PUSH_NULL);
  set_loc(e);
  visit(e->func);
  call_helper(0, e->args, e->keywords);
}

void Codegen::keyword_part(std::span<Keyword*> keywords, size_t begin, size_t end) {
  size_t n = end - begin;
  bool big = n * 2 > kStackUseGuideline;
  if (n > 1 && !big) {
    std::vector<const Constant*> names;
    for (size_t i = begin; i < end; i++) {
      visit(keywords[i]->value);
      names.push_back(constants_.string(keywords[i]->arg));
    }
    load_const(constants_.tuple(names));
    return emit(OP_BUILD_CONST_KEY_MAP, (int)n);
  }
  if (big) emit_no_line(OP_BUILD_MAP, 0);
  for (size_t i = begin; i < end; i++) {
    load_str(keywords[i]->arg);
    visit(keywords[i]->value);
    if (big) emit_no_line(OP_MAP_ADD, 1);
  }
  if (!big) emit(OP_BUILD_MAP, (int)n);
}

// `pushed` arguments are on the stack already (class statements).
void Codegen::call_helper(int pushed, std::span<Expr*> args, std::span<Keyword*> keywords) {
  if (!check_keywords(keywords)) return;
  bool plain = args.size() + keywords.size() * 2 <= kStackUseGuideline;
  for (Expr* a : args)
    if (a->tag == Tag::kStarred) plain = false;
  for (Keyword* k : keywords)
    if (!k->arg.data()) plain = false;
  if (plain) {
    visit_all(args);
    if (!keywords.empty()) {
      for (Keyword* k : keywords) visit(k->value);
      keyword_names(keywords);
    }
    return call(pushed + (int)args.size() + (int)keywords.size());
  }
  if (pushed == 0 && args.size() == 1 && args[0]->tag == Tag::kStarred)
    visit(as<Starred>(args[0])->value);
  else
    star_unpack(args, pushed, OP_BUILD_LIST, OP_LIST_APPEND, OP_LIST_EXTEND, true);
  bool have_dict = false;
  size_t seen = 0;
  auto flush = [&](size_t end) {
    keyword_part(keywords, end - seen, end);
    if (have_dict) emit(OP_DICT_MERGE, 1);
    have_dict = true;
    seen = 0;
  };
  for (size_t i = 0; i < keywords.size(); i++) {
    if (keywords[i]->arg.data()) {
      seen++;
      continue;
    }
    if (seen) flush(i);
    if (!have_dict) {
      emit(OP_BUILD_MAP, 0);
      have_dict = true;
    }
    visit(keywords[i]->value);
    emit(OP_DICT_MERGE, 1);
  }
  if (seen) flush(keywords.size());
  emit(OP_CALL_FUNCTION_EX, !keywords.empty());
}

}  // namespace pyjit::frontend
