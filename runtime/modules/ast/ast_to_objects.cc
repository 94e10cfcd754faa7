// The front end's tree → instances of the `ast` classes, by the reflection of frontend/ast.h.
#include "frontend/symtable.h"
#include "runtime/heap.h"
#include "runtime/modules/ast/ast.h"
#include "runtime/ops.h"
#include "runtime/thread.h"
#include "runtime/types/code.h"
#include "runtime/types/containers.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

namespace {

using namespace frontend::ast;

class TreeReader {
 public:
  Value node(const Node* n) {
    if (!n) return Value::none();
    if (++depth_ > limit_ || reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) < thread()->native_stack_limit) {
      return raise(exc.RecursionError, "maximum recursion depth exceeded during ast construction");
    }
    int tag = static_cast<int>(n->tag);
    const NodeInfo& shape = info(n->tag);
    Object* o = allocate_instance(ast_state.nodes[tag].as<Class>());
    auto set = [o](Value name, Value v) { return instance_set_attr(o, name.as<Str>(), v); };
    for (size_t i = 0; i < shape.fields.size(); ++i) {
      Value v = TRY(field(shape.fields[i], reinterpret_cast<const char*>(n) + shape.fields[i].offset));
      if (!set(ast_state.field_names[tag][i], v)) return nullptr;
    }
    if (shape.located) {
      auto* l = static_cast<const Located*>(n);
      if (!set(ast_state.lineno, Value::from_int(l->lineno)) || !set(ast_state.col_offset, Value::from_int(l->col_offset)) ||
          !set(ast_state.end_lineno, Value::from_int(l->end_lineno)) || !set(ast_state.end_col_offset, Value::from_int(l->end_col_offset))) {
        return nullptr;
      }
    }
    --depth_;
    return o;
  }

 private:
  template <class T>
  static T load(const char* at) {
    T v;
    memcpy(&v, at, sizeof v);
    return v;
  }
  template <class T, class F>
  Value list(const char* at, F convert) {
    auto items = load<std::span<T>>(at);
    List* out = TRY(new_list(items.size()));
    for (const T& item : items) {
      if (!list_append(out, TRY(convert(item)))) return nullptr;
    }
    return out;
  }

  Value field(const FieldInfo& f, const char* at) {
    bool sequence = f.quantity == Quantity::kSeq;
    auto text = [&](std::string_view s) {
      if (!s.data() && f.quantity == Quantity::kOpt) return Value::none();
      return f.type == FieldType::kIdentifier ? Value(intern(s)) : Value(new_str(s));
    };
    auto singleton = [&](uint8_t value) { return ast_state.singletons[static_cast<int>(f.type)][value]; };
    switch (f.type) {
      case FieldType::kIdentifier:
      case FieldType::kString:
        return sequence ? list<std::string_view>(at, text) : text(load<std::string_view>(at));
      case FieldType::kInt: return Value::from_int(load<Int>(at));
      case FieldType::kConstantRef: return constant_to_object(load<ConstantRef>(at));
#define AST_ENUM(Cpp, python) case FieldType::k##Cpp:
#include "frontend/ast.def"
        return sequence ? list<uint8_t>(at, singleton) : singleton(load<uint8_t>(at));
      default:
        return sequence ? list<const Node*>(at, [this](const Node* n) { return node(n); }) : node(load<const Node*>(at));
    }
  }

  int depth_ = thread()->recursion_depth * frontend::kRecursionScale;
  int limit_ = thread()->recursion_limit * frontend::kRecursionScale;
};

}  // namespace

Value ast_to_objects(const frontend::ast::Mod* tree) {
  if (!ensure_ast_classes()) return nullptr;
  return TreeReader().node(tree);
}

}  // namespace pyjit::runtime
