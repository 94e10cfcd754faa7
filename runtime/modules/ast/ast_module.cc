// _ast: frontend/ast.def as Python classes: bases, _fields, _attributes, docstrings in the notation of the grammar, AST.__init__.
#include "runtime/modules/ast/ast.h"
#include "runtime/modules/module_util.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime {

AstState ast_state;

namespace {

using frontend::ast::FieldInfo;
using frontend::ast::FieldType;
using frontend::ast::NodeInfo;
using frontend::ast::Quantity;
using frontend::ast::Tag;

struct SumRow { FieldType type; const char* name; bool located; };
constexpr SumRow kSums[] = {
#define AST_SUM(Cpp, python, Base) {FieldType::k##Cpp, python, std::is_same_v<frontend::ast::Base, frontend::ast::Located>},
#include "frontend/ast.def"
};
struct EnumRow { FieldType type; const char* name; int count; };
constexpr EnumRow kEnums[] = {
#define AST_ENUM(Cpp, python) {FieldType::k##Cpp, python, 0
#define AST_ENUMERATOR(name) +1
#define AST_ENUM_END },
#include "frontend/ast.def"
};
struct ProductRow { FieldType type; Tag tag; };
constexpr ProductRow kProducts[] = {
#define AST_PRODUCT(Base, Cpp, python) {FieldType::k##Cpp, Tag::k##Cpp},
#include "frontend/ast.def"
};
struct NodeRow { FieldType sum; Tag tag; };
constexpr NodeRow kNodes[] = {
#define AST_NODE(Sum, Cpp, python) {FieldType::k##Sum, Tag::k##Cpp},
#include "frontend/ast.def"
};
static_assert(sizeof(AstState) % sizeof(Value) == 0);

// The order in which the grammar file of CPython declares the types: the module's dict and AST.__subclasses__() show it.
constexpr FieldType kOrder[] = {FieldType::kMod,           FieldType::kStmt,        FieldType::kExpr,        FieldType::kExprContext,
                                FieldType::kBoolOperator,  FieldType::kOperator,    FieldType::kUnaryOperator, FieldType::kCmpOperator,
                                FieldType::kComprehension, FieldType::kHandler,     FieldType::kArguments,   FieldType::kArg,
                                FieldType::kKeyword,       FieldType::kAlias,       FieldType::kWithItem,    FieldType::kMatchCase,
                                FieldType::kPattern,       FieldType::kIgnore};

const char* type_text(FieldType type) {
  switch (type) {
    case FieldType::kIdentifier: return "identifier";
    case FieldType::kString: return "string";
    case FieldType::kInt: return "int";
    case FieldType::kConstantRef: return "constant";
#define AST_ENUM(Cpp, python) case FieldType::k##Cpp: return python;
#define AST_SUM(Cpp, python, Base) case FieldType::k##Cpp: return python;
#define AST_PRODUCT(Base, Cpp, python) case FieldType::k##Cpp: return python;
#include "frontend/ast.def"
  }
  return "";
}

// "BinOp(expr left, operator op, expr right)"
std::string shape_text(const NodeInfo& info) {
  std::string out = info.name;
  for (size_t i = 0; i < info.fields.size(); ++i) {
    const FieldInfo& f = info.fields[i];
    out += i ? ", " : "(";
    out += type_text(f.type);
    out += f.quantity == Quantity::kSeq ? "*" : f.quantity == Quantity::kOpt ? "?" : "";
    out += ' ';
    out += f.name;
  }
  return info.fields.empty() ? out : out + ")";
}

std::string sum_text(const SumRow& sum) {
  std::string out = std::string(sum.name) + " = ", separator = "\n" + std::string(strlen(sum.name) + 1, ' ') + "| ";
  bool first = true;
  for (const NodeRow& n : kNodes) {
    if (n.sum != sum.type) continue;
    if (!first) out += separator;
    first = false;
    out += shape_text(info(n.tag));
  }
  return out;
}

std::string enum_text(const EnumRow& e) {
  std::string out = std::string(e.name) + " = ";
  for (int i = 0; i < e.count; ++i) out += (i ? " | " : "") + std::string(enumerator_name(e.type, i));
  return out;
}

Tuple* attribute_names(bool located) {
  AstState& s = ast_state;
  return located ? make_tuple(s.lineno, s.col_offset, s.end_lineno, s.end_col_offset) : empty_tuple();
}

Value make_class(const char* name, Value base, Tuple* fields, const std::string& doc, Dict* members) {
  Dict* d = TRY(new_dict());
  if (!dict_set(d, ast_state.fields, fields) || !dict_set_str(d, names.dunder_match_args, fields) ||
      !dict_set_str(d, names.dunder_module, intern("ast")) || !dict_set_str(d, names.dunder_doc, new_str(doc)) ||
      (members && !dict_update(d, members))) {
    return nullptr;
  }
  Value args[] = {intern(name), make_tuple(base), d};
  return new_class(types.type, args, 3, nullptr);
}

bool set_none(Dict* d, Value name) { return dict_set(d, name, Value::none()); }

// What a sum or product adds to the fields: _attributes and None for the positions that may be left out.
Dict* located_members(bool located, bool end_optional) {
  Dict* d = TRY(new_dict());
  if (!dict_set(d, ast_state.attributes, attribute_names(located))) return nullptr;
  if (located && end_optional && (!set_none(d, ast_state.end_lineno) || !set_none(d, ast_state.end_col_offset))) return nullptr;
  return d;
}

bool make_node(Tag tag, Value base, bool product) {
  const NodeInfo& node = info(tag);
  Value* field_names = ast_state.field_names[static_cast<int>(tag)];
  assert(node.fields.size() <= AstState::kMaxFields);
  Dict* members = new_dict();
  for (size_t i = 0; i < node.fields.size(); ++i) {
    field_names[i] = intern(node.fields[i].name);
    if (node.fields[i].quantity == Quantity::kOpt && !set_none(members, field_names[i])) return false;
  }
  if (product && !dict_update(members, located_members(node.located, true))) return false;
  Tuple* fields = TRY(new_tuple(field_names, node.fields.size()));
  return bool(ast_state.nodes[static_cast<int>(tag)] = make_class(node.name, base, fields, shape_text(node), members));
}

bool make_type(FieldType type) {
  AstState& s = ast_state;
  int index = static_cast<int>(type);
  for (const ProductRow& p : kProducts) {
    if (p.type == type) return make_node(p.tag, s.base, true);
  }
  for (const EnumRow& e : kEnums) {
    if (e.type != type) continue;
    s.sums[index] = TRY(make_class(e.name, s.base, empty_tuple(), enum_text(e), located_members(false, false)));
    for (int i = 0; i < e.count; ++i) {
      const char* name = enumerator_name(type, i);
      s.enumerators[index][i] = TRY(make_class(name, s.sums[index], empty_tuple(), name, nullptr));
      s.singletons[index][i] = allocate_instance(s.enumerators[index][i].as<Class>());
    }
    return true;
  }
  for (const SumRow& sum : kSums) {
    if (sum.type != type) continue;
    // A pattern always has both ends.
    Dict* members = located_members(sum.located, type != FieldType::kPattern);
    s.sums[index] = TRY(make_class(sum.name, s.base, empty_tuple(), sum_text(sum), members));
    for (const NodeRow& n : kNodes) {
      if (n.sum == type && !make_node(n.tag, s.sums[index], false)) return false;
    }
  }
  return true;
}

// AST

Value ast_new(Class* cls, Value*, uint32_t, Tuple*) { return allocate_instance(cls); }

bool ast_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  Class* cls = class_of(self);
  Value fields = get_attr(cls, ast_state.fields.as<Str>());
  if (!fields) return false;
  int64_t count = length(fields);
  if (count < 0) return false;
  if (nargs > count) {
    raisef(exc.TypeError, "%.400s constructor takes at most %zd positional argument%s", to_utf8(cls->name).c_str(), static_cast<ssize_t>(count),
           count == 1 ? "" : "s");
    return false;
  }
  auto field_at = [&](uint32_t i) { return get_item(fields, Value::from_int(i)); };
  for (uint32_t i = 0; i < nargs; ++i) {
    Value name = field_at(i);
    if (!name) return false;
    if (!is_str(name)) return raisef(exc.TypeError, "attribute name must be string, not '%.200s'", type_name(name)), false;
    if (!set_attr(self, name.as<Str>(), args[i])) return false;
  }
  for (uint64_t k = 0; kwnames && k < kwnames->size; ++k) {
    for (uint32_t i = 0; i < nargs; ++i) {
      Value name = field_at(i);
      if (!name) return false;
      int same = compare_bool(name, kwnames->items[k], kEq);
      if (same < 0) return false;
      if (same) {
        raisef(exc.TypeError, "%.400s got multiple values for argument %s", to_utf8(cls->name).c_str(),
               to_utf8(repr_str(kwnames->items[k].as<Str>())).c_str());
        return false;
      }
    }
    if (!set_attr(self, kwnames->items[k].as<Str>(), args[nargs + k])) return false;
  }
  return true;
}

Value ast_reduce(Value* args) {
  Value dict = get_attr_or_null(args[0], names.dunder_dict);
  if (!dict && error_pending()) return nullptr;
  return dict ? make_tuple(class_of(args[0]), empty_tuple(), dict) : make_tuple(class_of(args[0]), empty_tuple());
}

const MethodDef kAstMethods[] = {{"__reduce__", "!($self, /)", ast_reduce, Effects::kCallsPython}, {}};
const GetSetDef kAstGetSet[] = {kDictRow, {}};

bool make_base() {
  static ClassSpec spec{.name = "ast.AST", .flags = kClassBaseType | kClassHasDict, .methods = kAstMethods, .getset = kAstGetSet};
  spec.slots.new_ = ast_new;
  spec.slots.init = ast_init;
  Class* base = new_builtin_class(spec);
  if (!base) return false;
  base->class_flags &= ~static_cast<uint32_t>(kClassImmutable);
  ast_state.base = base;
  return dict_set(base->dict, ast_state.fields, empty_tuple()) && dict_set_str(base->dict, names.dunder_match_args, empty_tuple()) &&
         dict_set(base->dict, ast_state.attributes, empty_tuple());
}

}  // namespace

bool ensure_ast_classes() {
  AstState& s = ast_state;
  if (s.base) return true;
  auto* words = reinterpret_cast<Value*>(&s);
  heap.add_root_range(words, words + sizeof s / sizeof(Value));
  s.lineno = intern("lineno");
  s.col_offset = intern("col_offset");
  s.end_lineno = intern("end_lineno");
  s.end_col_offset = intern("end_col_offset");
  s.fields = intern("_fields");
  s.attributes = intern("_attributes");
  bool ok = make_base();
  for (FieldType type : kOrder) ok = ok && make_type(type);
  return ok;
}

bool is_ast_object(Value v) { return ast_state.base && is_instance(v, ast_state.base.as<Class>()); }

bool init_ast_module(Module* m) {
  if (!ensure_ast_classes()) return false;
  AstState& s = ast_state;
  auto add = [&](Value cls) { return add_object(m, to_utf8(cls.as<Class>()->name).c_str(), cls); };
  if (!add(s.base) || !add_int(m, "PyCF_ALLOW_TOP_LEVEL_AWAIT", 0x2000) || !add_int(m, "PyCF_ONLY_AST", 0x400) ||
      !add_int(m, "PyCF_TYPE_COMMENTS", 0x1000)) {
    return false;
  }
  for (FieldType type : kOrder) {
    int index = static_cast<int>(type);
    if (s.sums[index] && !add(s.sums[index])) return false;
    for (Value cls : s.enumerators[index]) {
      if (cls && !add(cls)) return false;
    }
    for (const NodeRow& n : kNodes) {
      if (n.sum == type && !add(s.nodes[static_cast<int>(n.tag)])) return false;
    }
    for (const ProductRow& p : kProducts) {
      if (p.type == type && !add(s.nodes[static_cast<int>(p.tag)])) return false;
    }
  }
  return true;
}

}  // namespace pyjit::runtime
