// Making code objects from their fields (marshal, replace, the front end).
#pragma once
#include <vector>

#include "runtime/types/function.h"

namespace pyjit::frontend { struct Constant; }

namespace pyjit::runtime {

struct CodeFields {
  int32_t argcount, posonlyargcount, kwonlyargcount, stacksize;
  uint32_t flags;
  int32_t firstlineno;
  Bytes* code;
  Tuple *consts, *names, *localsplusnames;
  Bytes* localspluskinds;
  Str *filename, *name, *qualname;
  Bytes *linetable, *exceptiontable;
};
Code* make_code(const CodeFields& fields);            // null: MemoryError pending
Value constant_to_object(const frontend::Constant* c);  // null: exception pending
// Where each entry of the line table begins (byte offset) and its line (-1: none).
struct LineStart { int offset, line; };
std::vector<LineStart> code_line_starts(Code* code);
extern void (*code_finalized_hook)(Code* code);       // set by the interpreter: frees Code::compiled

}  // namespace pyjit::runtime
