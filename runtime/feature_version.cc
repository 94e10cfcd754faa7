// ast.parse(feature_version=(3, n)): refuses what Python 3.n did not know yet, by looking through the finished tree.
//
// CPython's parser refuses while it parses. Not covered, since the tree does not show it: parenthesized context managers, `=` in f-strings,
// and `async` and `await` as names before 3.7.
#include "runtime/feature_version.h"

#include "frontend/arena.h"
#include "frontend/lexer.h"
#include "runtime/errors.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/exception.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {
namespace {

struct Feature {
  const char* node;
  int since;
  const char* what;
  const char* field;   // null: the node itself; else this field must be true
};
constexpr Feature kFeatures[] = {
    {"AsyncFunctionDef", 5, "Async functions are", nullptr},
    {"AsyncFor", 5, "Async for loops are", nullptr},
    {"AsyncWith", 5, "Async with statements are", nullptr},
    {"Await", 5, "Await expressions are", nullptr},
    {"MatMult", 5, "The '@' operator is", nullptr},
    {"JoinedStr", 6, "Format strings are", nullptr},
    {"AnnAssign", 6, "Variable annotation syntax is", nullptr},
    {"comprehension", 6, "Async comprehensions are", "is_async"},
    {"arguments", 8, "Positional-only parameters are", "posonlyargs"},
    {"NamedExpr", 8, "Assignment expressions are", nullptr},
    {"Match", 10, "Pattern matching is", nullptr},
    {"TryStar", 11, "Exception groups are", nullptr},
};

bool refuse(const char* what, int since, Str* filename, Value line, Value column) {
  Value message = new_strf("%s only supported in Python 3.%d and greater", what, since);
  Value offset = column && column.is_int() ? Value::from_int(column.as_int() + 1) : Value::none();
  Value args[] = {message, make_tuple(filename, line ? line : Value::none(), offset, Value::none())};
  if (Exception* e = new_exception(exc.SyntaxError, args, 2)) raise_object(e);
  return false;
}

// What is inside comes first, as the parser met it. Nodes without a place have their parent's.
bool check_node(Value node, int minor, Str* filename, Value line, Value column) {
  RecursionGuard guard(" while looking through a syntax tree");
  if (!guard.ok()) return false;
  if (is_list(node)) {
    for (uint64_t i = 0; i < node.as<List>()->size; ++i) {
      if (!check_node(node.as<List>()->items()[i], minor, filename, line, column)) return false;
    }
    return true;
  }
  if (!node.is_object()) return true;
  Class* cls = class_of(node);
  Value fields = class_lookup(cls, intern("_fields"));
  if (!fields || !is_tuple(fields)) return true;
  if (Value own = get_attr_or_null(node, intern("lineno"))) {
    line = own;
    column = get_attr_or_null(node, intern("col_offset"));
  }
  if (error_pending()) return false;
  for (uint64_t i = 0; i < fields.as<Tuple>()->size; ++i) {
    Value child = get_attr_or_null(node, fields.as<Tuple>()->items[i].as<Str>());
    if (!child && error_pending()) return false;
    if (child && !check_node(child, minor, filename, line, column)) return false;
  }
  for (const Feature& f : kFeatures) {
    if (minor >= f.since || !str_equals(cls->name, f.node)) continue;
    if (f.field) {
      int present = is_true(TRY(get_attr(node, intern(f.field))));
      if (present < 0) return false;
      if (!present) continue;
    }
    return refuse(f.what, f.since, filename, line, column);
  }
  return true;
}

}  // namespace

bool check_feature_version(Value tree, const std::string& source, int minor, Str* filename) {
  if (minor < 6 && source.find('_') != source.npos) {
    frontend::Arena arena;
    std::string text = source + "\n" + std::string(16, '\0');
    frontend::Lexer lexer(arena, std::string_view(text.data(), text.size() - 16));
    frontend::Token token;
    do {
      lexer.next(token);
      if (token.kind == frontend::Tok::kNumber && token.text.find('_') != token.text.npos) {
        return refuse("Underscores in numeric literals are", 6, filename, Value::from_int(token.lineno), Value::from_int(token.col_offset));
      }
    } while (token.kind != frontend::Tok::kEndMarker && token.kind != frontend::Tok::kError && lexer.status() == frontend::Lexer::Status::kOk);
  }
  return check_node(tree, minor, filename, nullptr, nullptr);
}

}  // namespace pyjit::runtime
