// Reflection over the AST structs: ast.def expanded into tables of names, types and offsets.
#include "frontend/ast.h"

#include <cstddef>

namespace pyjit::frontend::ast {
namespace {

#pragma GCC diagnostic ignored "-Winvalid-offsetof"
// One namespace for each class; the last, nameless row keeps the array from being empty.
#define AST_NODE(Sum, Cpp, python) \
  namespace fields_##Cpp {         \
    using Self = Cpp;              \
    constexpr FieldInfo kFields[] = {
#define AST_PRODUCT(Base, Cpp, python) AST_NODE(Base, Cpp, python)
#define AST_FIELD(Type, quantity, name) {#name, FieldType::k##Type, Quantity::k##quantity, offsetof(Self, name)},
#define AST_END                                   \
  { nullptr, FieldType::kInt, Quantity::kOne, 0 } \
  }                                               \
  ;                                               \
  }
#include "frontend/ast.def"

#define AST_SUM(Cpp, python, Base) constexpr const char* kSumName##Cpp = python;
#include "frontend/ast.def"

constexpr NodeInfo kInfo[] = {
#define AST_NODE(Sum, Cpp, python)                                                                                 \
  {python, kSumName##Sum, std::span<const FieldInfo>(fields_##Cpp::kFields, std::size(fields_##Cpp::kFields) - 1), \
   std::is_base_of_v<Located, Cpp>, sizeof(Cpp)},
#define AST_PRODUCT(Base, Cpp, python)                                                                     \
  {python, "AST", std::span<const FieldInfo>(fields_##Cpp::kFields, std::size(fields_##Cpp::kFields) - 1), \
   std::is_base_of_v<Located, Cpp>, sizeof(Cpp)},
#include "frontend/ast.def"
};
static_assert(std::size(kInfo) == kTagCount);

#define AST_ENUM(Cpp, python) constexpr const char* kNames##Cpp[] = {
#define AST_ENUMERATOR(name) #name,
#define AST_ENUM_END \
  }                  \
  ;
#include "frontend/ast.def"

}  // namespace

const NodeInfo& info(Tag tag) { return kInfo[(int)tag]; }

const char* enumerator_name(FieldType type, int value) {
  switch (type) {
#define AST_ENUM(Cpp, python) \
  case FieldType::k##Cpp:     \
    return kNames##Cpp[value];
#include "frontend/ast.def"
    default:
      return nullptr;
  }
}

}  // namespace pyjit::frontend::ast
