// Source text → code object, with the front end's diagnostics raised as SyntaxError and its warnings issued.
#pragma once
#include <functional>
#include <string>

#include "frontend/compile.h"
#include "frontend/symtable.h"
#include "runtime/types/function.h"

namespace pyjit::runtime {

struct CompileRequest {
  std::string source;
  Str* filename = nullptr;
  frontend::Mode mode = frontend::Mode::kExec;
  int flags = 0;              // PyCF_* and future flags
  int optimize = -1;          // -1: the command line's
  bool script_file = false;   // the program itself, read from a file
  bool quiet = false;         // no warnings: the text is only tried
  bool is_text = true;        // source came as str (UTF-8), not as bytes of a file
};
Value compile_source(const CompileRequest& request);   // a Code (or with PyCF_ONLY_AST an ast object), or null
Value compile_ast(const CompileRequest& request, Value tree);   // of an ast object; request.source is not used
bool with_symbol_table(const CompileRequest& request, const std::function<void(const frontend::SymbolTable&)>& use);   // false: error pending
// The first argument of compile() and its like as source text. False: TypeError "{function}() arg 1 must be a {what} object" or ValueError pending.
bool source_text(Value source, const char* function, const char* what, std::string* text, bool* is_text);
// What compile() takes as a file name: as os.fsdecode, and with a DeprecationWarning any bytes-like object. Null: exception pending.
Str* filename_argument(Value filename);
int inherited_future_flags();                          // of the innermost Python frame's code

}  // namespace pyjit::runtime
