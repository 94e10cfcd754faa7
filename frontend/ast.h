// The abstract syntax tree between the parser and the code generator: plain structs in an Arena, generated from
// ast.def.
//
//   Node { tag }  ◀─ Located { lineno, col_offset, end_lineno, end_col_offset }  ◀─ Expr ◀─ BinOp { left, op, right }
//   ...
//
// Lines count from 1, columns are UTF-8 byte offsets from 0. A field marked Opt is null (pointers, and `data()` of an
// Identifier or String) when absent; an absent `int` is 0. A Seq is a span; Dict.keys and Arguments.kw_defaults may
// hold null elements, which stand for None in the Python-visible tree. Identifiers are interned: equal text has equal
// data() within one Arena.
//
//   switch (e->tag) { case Tag::kBinOp: { auto* n = as<BinOp>(e); ... n->left ... } }
#pragma once
#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "frontend/constant.h"

namespace pyjit::frontend::ast {

using Identifier = std::string_view;
using String = std::string_view;
using Int = int32_t;
using ConstantRef = const Constant*;

enum class Tag : uint8_t {
#define AST_NODE(Sum, Cpp, python) k##Cpp,
#define AST_PRODUCT(Base, Cpp, python) k##Cpp,
#include "frontend/ast.def"
};

#define AST_ENUM(Cpp, python) enum class Cpp : uint8_t {
#define AST_ENUMERATOR(name) k##name,
#define AST_ENUM_END \
  }                  \
  ;
#include "frontend/ast.def"

struct Node {
  Tag tag;
};

struct Located : Node {
  int32_t lineno = 0, col_offset = 0, end_lineno = 0, end_col_offset = 0;
};

#define AST_SUM(Cpp, python, Base) \
  struct Cpp : Base {};
#define AST_NODE(Sum, Cpp, python) struct Cpp;
#define AST_PRODUCT(Base, Cpp, python) struct Cpp;
#include "frontend/ast.def"

// How a field of a given type and quantity is stored.
enum class Quantity : uint8_t { kOne, kOpt, kSeq };
template <class T>
inline constexpr bool kIsScalar =
    std::is_enum_v<T> || std::is_same_v<T, Identifier> || std::is_same_v<T, Int> || std::is_same_v<T, ConstantRef>;
template <class T, Quantity q>
using FieldOf = std::conditional_t<q == Quantity::kSeq, std::span<std::conditional_t<kIsScalar<T>, T, T*>>,
                                   std::conditional_t<kIsScalar<T>, T, T*>>;

// TypeIgnore has a field called `tag` and one called `lineno`; there Node::tag is spelled with its qualification.
#define AST_NODE(Sum, Cpp, python) \
  struct Cpp : Sum {               \
    static constexpr Tag kTag = Tag::k##Cpp;
#define AST_PRODUCT(Base, Cpp, python) AST_NODE(Base, Cpp, python)
#define AST_FIELD(Type, quantity, name) FieldOf<Type, Quantity::k##quantity> name{};
#define AST_END \
  }             \
  ;
#include "frontend/ast.def"

// Checked downcast; the caller knows the tag.
template <class T>
T* as(Node* node) {
  assert(node->tag == T::kTag);
  return static_cast<T*>(node);
}
template <class T>
const T* as(const Node* node) {
  assert(node->tag == T::kTag);
  return static_cast<const T*>(node);
}
// Downcast that answers null when the node is of another kind.
template <class T>
T* try_as(Node* node) {
  return node && node->tag == T::kTag ? static_cast<T*>(node) : nullptr;
}
template <class T>
const T* try_as(const Node* node) {
  return node && node->tag == T::kTag ? static_cast<const T*>(node) : nullptr;
}

// Reflection, for the dumper and for the `_ast` module.
enum class FieldType : uint8_t {
  kIdentifier,
  kString,
  kInt,
  kConstantRef,
#define AST_ENUM(Cpp, python) k##Cpp,
#define AST_SUM(Cpp, python, Base) k##Cpp,
#define AST_PRODUCT(Base, Cpp, python) k##Cpp,
#include "frontend/ast.def"
};
struct FieldInfo {
  const char* name;
  FieldType type;
  Quantity quantity;
  uint16_t offset;  // of the field in the struct
};
struct NodeInfo {
  const char* name;  // class name in `ast`
  const char* sum;   // its base class there ("AST" for products)
  std::span<const FieldInfo> fields;
  bool located;  // carries lineno, col_offset, end_lineno, end_col_offset
  uint16_t size;
};
const NodeInfo& info(Tag tag);
inline constexpr int kTagCount = 0
#define AST_NODE(Sum, Cpp, python) +1
#define AST_PRODUCT(Base, Cpp, python) +1
#include "frontend/ast.def"
    ;
// Class name in `ast` of the value'th constructor of an enumeration field (e.g. kOperator, 2 → "Mult").
const char* enumerator_name(FieldType type, int value);

}  // namespace pyjit::frontend::ast
