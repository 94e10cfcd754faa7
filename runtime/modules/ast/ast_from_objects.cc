// Instances of the `ast` classes (or what looks like them) → the front end's tree, with the errors CPython gives for what does not fit.
//
// Attribute lookups may run Python code: nothing of the objects is cached, and lists are watched for changes of their length.
#include "runtime/heap.h"
#include "runtime/modules/ast/ast.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/thread.h"
#include "runtime/types/bytes.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

namespace {

using namespace frontend::ast;
using frontend::Arena;
using frontend::Constant;

// Which constructors each sum has; a product is its own only one.
constexpr struct { FieldType sum; Tag tag; } kMembers[] = {
#define AST_NODE(Sum, Cpp, python) {FieldType::k##Sum, Tag::k##Cpp},
#define AST_PRODUCT(Base, Cpp, python) {FieldType::k##Cpp, Tag::k##Cpp},
#include "frontend/ast.def"
};

const char* sum_name(FieldType type) {
  switch (type) {
#define AST_ENUM(Cpp, python) case FieldType::k##Cpp: return python;
#define AST_SUM(Cpp, python, Base) case FieldType::k##Cpp: return python;
#define AST_PRODUCT(Base, Cpp, python) case FieldType::k##Cpp: return python;
#include "frontend/ast.def"
    default: return "";
  }
}
constexpr bool sum_located(FieldType type) {
  switch (type) {
#define AST_SUM(Cpp, python, Base) case FieldType::k##Cpp: return std::is_same_v<frontend::ast::Base, Located>;
#include "frontend/ast.def"
    default: return false;
  }
}
constexpr bool is_product(FieldType type) {
  switch (type) {
#define AST_PRODUCT(Base, Cpp, python) case FieldType::k##Cpp:
#include "frontend/ast.def"
      return true;
    default: return false;
  }
}

class TreeBuilder {
 public:
  explicit TreeBuilder(Arena& arena) : arena_(arena) {}

  // False: exception pending. *out may be null (from None) where the class is a sum.
  bool node(FieldType type, Value v, Node** out) {
    *out = nullptr;
    bool product = is_product(type);
    if (v.is_none() && !product) return true;
    const char* name = sum_name(type);
    RecursionGuard guard(where(type));
    if (!guard.ok()) return false;
    Located position;
    if (sum_located(type) && !read_position(v, name, type == FieldType::kPattern, &position)) return false;
    int tag = product ? product_tag(type) : find_tag(type, v);
    if (tag == -2) return false;
    if (tag < 0) return raisef(exc.TypeError, "expected some sort of %s, but got %s", name, repr_text(v).c_str()), false;
    const NodeInfo& shape = info(static_cast<Tag>(tag));
    Node* n = static_cast<Node*>(arena_.allocate(shape.size));
    memset(static_cast<void*>(n), 0, shape.size);
    n->tag = static_cast<Tag>(tag);
    for (size_t i = 0; i < shape.fields.size(); ++i) {
      if (!field(shape, shape.fields[i], v, ast_state.field_names[tag][i].as<Str>(), reinterpret_cast<char*>(n) + shape.fields[i].offset)) return false;
    }
    if (product && shape.located && !read_position(v, name, false, &position)) return false;
    if (shape.located) {
      position.tag = n->tag;
      *static_cast<Located*>(n) = position;
    }
    for (const FieldInfo& f : shape.fields) {
      if (!check_present(shape, f, reinterpret_cast<char*>(n) + f.offset)) return false;
    }
    *out = n;
    return true;
  }

 private:
  static const char* where(FieldType type) {
    switch (type) {
#define AST_SUM(Cpp, python, Base) case FieldType::k##Cpp: return " while traversing '" python "' node";
#define AST_PRODUCT(Base, Cpp, python) AST_SUM(Cpp, python, Base)
#include "frontend/ast.def"
      default: return "";
    }
  }
  static std::string repr_text(Value v) {
    Str* s = repr(v);
    if (s) return to_utf8(s);
    clear_pending();
    return "<unprintable>";
  }

  static int product_tag(FieldType type) {
    for (auto& m : kMembers) {
      if (m.sum == type) return static_cast<int>(m.tag);
    }
    return -1;
  }
  // -1: no constructor of the sum; -2: exception pending.
  static int find_tag(FieldType type, Value v) {
    Class* cls = class_of(v);
    for (auto& m : kMembers) {
      if (m.sum == type && ast_state.nodes[static_cast<int>(m.tag)] == Value(cls)) return static_cast<int>(m.tag);
    }
    for (auto& m : kMembers) {
      if (m.sum != type) continue;
      int r = is_instance_of(v, ast_state.nodes[static_cast<int>(m.tag)]);
      if (r) return r < 0 ? -2 : static_cast<int>(m.tag);
    }
    return -1;
  }

  bool missing(Value name, const char* owner) {
    return raisef(exc.TypeError, "required field \"%s\" missing from %s", to_utf8(name.as<Str>()).c_str(), owner), false;
  }

  bool read_int(Value v, int32_t* out) {
    if (!is_int_like(v)) return raisef(exc.ValueError, "invalid integer value: %s", repr_text(v).c_str()), false;
    int64_t i;
    if (!int_to_int64(v, &i) || i != static_cast<int32_t>(i)) return raise(exc.OverflowError, "Python int too large to convert to C int"), false;
    *out = static_cast<int32_t>(i);
    return true;
  }

  bool read_position(Value v, const char* owner, bool end_required, Located* out) {
    auto read = [&](Value name, bool required, int32_t fallback, int32_t* to) {
      Value i = get_attr_or_null(v, name.as<Str>());
      if (!i && error_pending()) return false;
      if (!i && required) return missing(name, owner);
      if (!required && (!i || i.is_none())) {
        *to = fallback;
        return true;
      }
      return read_int(i, to);
    };
    return read(ast_state.lineno, true, 0, &out->lineno) && read(ast_state.col_offset, true, 0, &out->col_offset) &&
           read(ast_state.end_lineno, end_required, out->lineno, &out->end_lineno) &&
           read(ast_state.end_col_offset, end_required, out->col_offset, &out->end_col_offset);
  }

  bool identifier(Value v, std::string_view* out) {
    if (v.is_none()) return *out = {}, true;
    if (!is_exact_str(v)) return raise(exc.TypeError, "AST identifier must be of type str"), false;
    *out = arena_.intern(to_utf8(v.as<Str>()));
    return true;
  }
  bool string(Value v, std::string_view* out) {
    if (v.is_none()) return *out = {}, true;
    if (is_exact(v, types.bytes)) return *out = arena_.intern(v.as<Bytes>()->view()), true;
    if (!is_exact_str(v)) return raise(exc.TypeError, "AST string must be of type str"), false;
    *out = arena_.intern(to_utf8(v.as<Str>()));
    return true;
  }
  bool enumerator(FieldType type, Value v, uint8_t* out) {
    auto& classes = ast_state.enumerators[static_cast<int>(type)];
    for (int i = 0; i < AstState::kMaxEnumerators && classes[i]; ++i) {
      int r = class_of(v) == classes[i].as<Class>() ? 1 : is_instance_of(v, classes[i]);
      if (r < 0) return false;
      if (r) return *out = static_cast<uint8_t>(i), true;
    }
    return raisef(exc.TypeError, "expected some sort of %s, but got %s", sum_name(type), repr_text(v).c_str()), false;
  }

  const Constant* constant(Value v) {
    RecursionGuard guard(" during compilation");
    if (!guard.ok()) return nullptr;
    using Kind = Constant::Kind;
    auto* c = arena_.make<Constant>();
    auto items = [&](auto next) {
      std::vector<const Constant*> list;
      Value item;
      while (next(&item)) list.push_back(TRY_OR(constant(item), false));
      c->items = arena_.copy(list);
      return true;
    };
    if (v.is_none()) {
      c->kind = Kind::kNone;
    } else if (v.is_bool()) {
      c->kind = v.is_true() ? Kind::kTrue : Kind::kFalse;
    } else if (v.is_ellipsis()) {
      c->kind = Kind::kEllipsis;
    } else if (is_exact_int(v)) {
      c->kind = Kind::kInt;
      if (int64_t i; int_to_int64(v, &i)) {
        c->integer = i;
      } else {
        auto* big = v.as<BigInt>();
        c->kind = Kind::kBigInt;
        c->negative = big->is_negative();
        c->limbs = arena_.copy(big->limbs, big->limb_count());
      }
    } else if (v.is_double()) {
      c->kind = Kind::kFloat;
      c->real = v.as_double();
    } else if (is_exact(v, types.complex)) {
      c->kind = Kind::kComplex;
      c->real = v.as<Complex>()->real;
      c->imag = v.as<Complex>()->imag;
    } else if (is_exact_str(v)) {
      c->kind = Kind::kStr;
      c->text = arena_.intern(to_utf8(v.as<Str>()));
    } else if (is_exact(v, types.bytes)) {
      c->kind = Kind::kBytes;
      c->text = arena_.intern(v.as<Bytes>()->view());
    } else if (is_exact(v, types.tuple)) {
      c->kind = Kind::kTuple;
      auto* t = v.as<Tuple>();
      uint64_t at = 0;
      if (!items([&](Value* item) { return at < t->size ? *item = t->items[at++], true : false; })) return nullptr;
    } else if (is_exact(v, types.frozenset)) {
      c->kind = Kind::kFrozenSet;
      uint64_t at = 0;
      if (!items([&](Value* item) { return set_next(v.as<Set>(), &at, item); })) return nullptr;
    } else {
      c->kind = Kind::kCode;   // not a constant: frontend::validate reports it, after the errors of conversion
      c->text = arena_.intern(type_name(v));
    }
    return c;
  }

  template <class T, class F>
  bool sequence(const NodeInfo& owner, const FieldInfo& f, Value v, char* at, F convert) {
    if (!is_list(v)) return raisef(exc.TypeError, "%s field \"%s\" must be a list, not a %.200s", owner.name, f.name, type_name(v)), false;
    auto* list = v.as<List>();
    uint64_t count = list->size;
    T* items = count ? static_cast<T*>(arena_.allocate(sizeof(T) * count)) : nullptr;
    for (uint64_t i = 0; i < count; ++i) {
      if (!convert(list->items()[i], &items[i])) return false;
      if (list->size != count) return raisef(exc.RuntimeError, "%s field \"%s\" changed size during iteration", owner.name, f.name), false;
    }
    std::span<T> out(items, count);
    memcpy(at, &out, sizeof out);
    return true;
  }

  bool field(const NodeInfo& owner, const FieldInfo& f, Value object, Str* name, char* at) {
    Value v = get_attr_or_null(object, name);
    if (!v && error_pending()) return false;
    if (f.quantity == Quantity::kOpt && (!v || v.is_none())) return true;   // the field is zero already
    if (!v) return missing(name, owner.name);
    bool many = f.quantity == Quantity::kSeq;
    switch (f.type) {
      case FieldType::kIdentifier: {
        auto one = [this](Value item, std::string_view* out) {
          return item.is_none() ? (raise(exc.TypeError, "AST identifier must be of type str"), false) : identifier(item, out);
        };
        return many ? sequence<std::string_view>(owner, f, v, at, one) : identifier(v, reinterpret_cast<std::string_view*>(at));
      }
      case FieldType::kString: return string(v, reinterpret_cast<std::string_view*>(at));
      case FieldType::kInt: return read_int(v, reinterpret_cast<int32_t*>(at));
      case FieldType::kConstantRef: {
        const Constant* c = constant(v);
        memcpy(at, &c, sizeof c);
        return c;
      }
#define AST_ENUM(Cpp, python) case FieldType::k##Cpp:
#include "frontend/ast.def"
        if (!many) return enumerator(f.type, v, reinterpret_cast<uint8_t*>(at));
        return sequence<uint8_t>(owner, f, v, at, [&](Value item, uint8_t* out) { return enumerator(f.type, item, out); });
      default:
        if (many) return sequence<Node*>(owner, f, v, at, [&](Value item, Node** out) { return node(f.type, item, out); });
        Node* child;
        if (!node(f.type, v, &child)) return false;
        memcpy(at, &child, sizeof child);
        return true;
    }
  }

  // A required field that came as None.
  bool check_present(const NodeInfo& owner, const FieldInfo& f, const char* at) {
    if (f.quantity != Quantity::kOne) return true;
    switch (f.type) {
      case FieldType::kInt:
#define AST_ENUM(Cpp, python) case FieldType::k##Cpp:
#include "frontend/ast.def"
        return true;
      case FieldType::kIdentifier:
      case FieldType::kString:
        if (reinterpret_cast<const std::string_view*>(at)->data()) return true;
        break;
      default:
        if (*reinterpret_cast<const void* const*>(at)) return true;
        break;
    }
    return raisef(exc.ValueError, "field '%s' is required for %s", f.name, owner.name), false;
  }

  Arena& arena_;
};

}  // namespace

frontend::ast::Mod* ast_from_objects(Arena& arena, Value tree, frontend::Mode mode) {
  if (!ensure_ast_classes()) return nullptr;
  Tag wanted = mode == frontend::Mode::kExec ? Tag::kModule : mode == frontend::Mode::kEval ? Tag::kExpression : Tag::kInteractive;
  int r = is_instance_of(tree, ast_state.nodes[static_cast<int>(wanted)]);
  if (r < 0) return nullptr;
  if (!r) return raisef(exc.TypeError, "expected %s node, got %.400s", info(wanted).name, type_name(tree));
  Node* out;
  return TreeBuilder(arena).node(FieldType::kMod, tree, &out) ? static_cast<frontend::ast::Mod*>(out) : nullptr;
}

}  // namespace pyjit::runtime
