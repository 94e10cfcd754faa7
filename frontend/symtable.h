// AST → what every name means in every scope: the table the code generator and the `symtable` module read.
//
// Pass 1 walks the tree and records how each block uses each name; pass 2 decides from the outside in which names are local,
// global, cells or free. Names are mangled (`__x` in class C is `_C__x`) and interned, so data() is their identity.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/arena.h"
#include "frontend/ast.h"
#include "frontend/compile.h"
#include "frontend/location.h"
#include "frontend/name_index.h"

namespace pyjit::frontend {

// The values are those that Python's `symtable` module knows.
enum SymbolFlags : uint16_t {
  kDefGlobal = 1,         // global statement
  kDefLocal = 2,          // assigned
  kDefParam = 4,
  kDefNonlocal = 8,       // nonlocal statement
  kUse = 16,
  kDefFree = 32,
  kDefFreeClass = 64,     // free in a method, and bound in the class itself
  kDefImport = 128,
  kDefAnnotated = 256,
  kDefCompIter = 512,     // iteration variable of a comprehension
  kDefBound = kDefLocal | kDefParam | kDefImport,
};
enum class Scope : uint8_t { kUnknown = 0, kLocal = 1, kGlobalExplicit = 2, kGlobalImplicit = 3, kFree = 4, kCell = 5 };
enum class BlockType : uint8_t { kFunction = 0, kClass = 1, kModule = 2, kAnnotation = 3 };
enum class ComprehensionType : uint8_t { kNone = 0, kList = 1, kDict = 2, kSet = 3, kGenerator = 4 };

struct Symbol {
  std::string_view name;
  uint16_t flags;
  Scope scope;
};

struct ScopeEntry {
  const ast::Node* node;
  std::string_view name;
  BlockType type;
  ComprehensionType comprehension = ComprehensionType::kNone;
  bool nested = false;
  bool generator = false, coroutine = false;
  bool varargs = false, varkeywords = false;
  bool has_free = false, child_has_free = false;
  bool needs_class_closure = false;  // class whose methods use __class__
  bool comp_iter_target = false;     // visiting the target of a comprehension
  int comp_iter_expr = 0;            // depth of iterable expressions of comprehensions
  Location loc{};                    // of the node
  ScopeEntry* parent = nullptr;
  std::vector<Symbol> symbols;
  PointerIndex index;                // name.data() → position in symbols
  std::vector<std::string_view> parameters;  // mangled, in order
  std::vector<ScopeEntry*> children;
  struct Directive {
    std::string_view name;
    Location loc;
  };
  std::vector<Directive> directives;  // global, nonlocal and := targets, for error positions

  const Symbol* find(std::string_view name) const {
    int at = index.find(name.data());
    return at < 0 ? nullptr : &symbols[(size_t)at];
  }
  Scope scope_of(std::string_view name) const {
    const Symbol* s = find(name);
    return s ? s->scope : Scope::kUnknown;
  }
};

class SymbolTable {
 public:
  std::vector<std::unique_ptr<ScopeEntry>> entries;
  ScopeEntry* top = nullptr;

  // The scope that a definition, lambda or comprehension opens.
  ScopeEntry* of(const ast::Node* node) const { return scopes_[(size_t)nodes_.find(node)]; }
  void record(const ast::Node* node, ScopeEntry* entry) {
    nodes_.add(node);
    scopes_.push_back(entry);
  }

 private:
  PointerIndex nodes_;
  std::vector<ScopeEntry*> scopes_;
};

// CPython counts three levels for each Python frame's worth of recursion.
inline constexpr int kRecursionScale = 3;

// False: `error` tells why.
bool build_symbol_table(Arena& arena, ast::Mod* tree, uint32_t future_flags, const CompileOptions& options,
                        SymbolTable& table, Diagnostic& error);

// `name` as seen inside `class_name` (empty data: no class).
std::string_view mangle_private(Arena& arena, std::string_view class_name, std::string_view name);
inline std::string_view mangle(Arena& arena, std::string_view class_name, std::string_view name) {
  if (!class_name.data() || name.size() < 2 || name[0] != '_' || name[1] != '_') return name;
  return mangle_private(arena, class_name, name);
}

Diagnostic syntax_error(std::string message, const Location& loc);
Diagnostic recursion_error();

}  // namespace pyjit::frontend
