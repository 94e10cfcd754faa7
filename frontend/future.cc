// Finds the future statements: they may be preceded by a docstring and by each other only.
#include "frontend/future.h"

#include "frontend/fold.h"
#include "frontend/symtable.h"

namespace pyjit::frontend {

using namespace ast;

static bool read_features(const ImportFrom* s, FutureStatements& out, Diagnostic& error) {
  struct Feature {
    std::string_view name;
    uint32_t flag;
  };
  static constexpr Feature kFeatures[] = {
      {"nested_scopes", 0}, {"generators", 0}, {"division", 0}, {"absolute_import", 0}, {"with_statement", 0},
      {"print_function", 0}, {"unicode_literals", 0}, {"barry_as_FLUFL", kFutureBarryAsBdfl}, {"generator_stop", 0},
      {"annotations", kFutureAnnotations},
  };
  Location location{s->lineno, s->lineno, s->col_offset, -1};
  for (const Alias* a : s->names) {
    const Feature* found = nullptr;
    for (const Feature& f : kFeatures)
      if (f.name == a->name) found = &f;
    if (found) {
      out.flags |= found->flag;
      continue;
    }
    error = syntax_error(
        a->name == "braces" ? "not a chance" : "future feature " + std::string(a->name.substr(0, 100)) + " is not defined",
        location);
    error.end_offset = -1;  // CPython gives None
    return false;
  }
  return true;
}

bool read_future_statements(const Mod* tree, FutureStatements& out, Diagnostic& error) {
  std::span<Stmt* const> body;
  if (tree->tag == Tag::kModule)
    body = as<Module>((const Node*)tree)->body;
  else if (tree->tag == Tag::kInteractive)
    body = as<Interactive>((const Node*)tree)->body;
  bool done = false;
  int line = 0;
  for (size_t i = docstring_of(body) ? 1 : 0; i < body.size(); i++) {
    const Stmt* s = body[i];
    if (done && s->lineno > line) return true;
    line = s->lineno;
    auto* import = try_as<ImportFrom>((const Node*)s);
    if (import && import->module.data() && import->module == "__future__") {
      if (done) {
        error = syntax_error("from __future__ imports must occur at the beginning of the file",
                             {s->lineno, s->lineno, s->col_offset - 1, -1});
        error.end_offset = -1;
        return false;
      }
      if (!read_features(import, out, error)) return false;
      out.last_line = s->lineno;
    } else {
      done = true;
    }
  }
  return true;
}

}  // namespace pyjit::frontend
