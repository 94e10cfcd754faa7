// The whole front end in order: parse → future statements → folding → symbol table → code generation.
#include "frontend/compile.h"

#include "frontend/codegen.h"
#include "frontend/fold.h"
#include "frontend/future.h"
#include "frontend/parser.h"
#include "frontend/symtable.h"

namespace pyjit::frontend {

CompileResult compile_tree(Arena& arena, ast::Mod* tree, std::string_view filename, const CompileOptions& options) {
  CompileResult result;
  FutureStatements future;
  if (!read_future_statements(tree, future, result.error)) return result;
  uint32_t flags = future.flags | options.future_flags;
  if (!fold_constants(arena, tree, flags, options, result.error)) return result;
  SymbolTable symbols;
  if (!build_symbol_table(arena, tree, flags, options, symbols, result.error)) return result;
  Codegen codegen(arena, symbols, filename, options, flags, future.last_line, result.warnings);
  result.code = codegen.run(tree);
  if (!result.code) result.error = codegen.error();
  return result;
}

CompileResult compile(Arena& arena, std::string_view source, std::string_view filename, const CompileOptions& options) {
  ParseResult parsed = parse(arena, source, filename, options);
  CompileResult result;
  if (parsed.tree) {
    result = compile_tree(arena, parsed.tree, filename, options);
    result.warnings.insert(result.warnings.begin(), std::make_move_iterator(parsed.warnings.begin()),
                           std::make_move_iterator(parsed.warnings.end()));
  } else {
    result.error = std::move(parsed.error);
    result.warnings = std::move(parsed.warnings);
  }
  return result;
}

}  // namespace pyjit::frontend
