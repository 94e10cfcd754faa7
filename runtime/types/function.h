// Function, bound method, cell, code object, property, staticmethod, classmethod, module.
#pragma once
#include "runtime/class.h"
#include "runtime/errors.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"

namespace pyjit::frontend { struct Code; }
namespace pyjit::interp { struct CompiledCode; }   // the register form, made on first call

namespace pyjit::runtime {

struct Bytes;

// code: CPython 3.11's code object. Immutable.
struct Code : Object {
  int32_t argcount, posonlyargcount, kwonlyargcount, stacksize;
  uint32_t code_flags;
  int32_t firstlineno;
  int32_t nlocals, ncells, nfrees;      // nlocals counts plain locals and cells that are arguments
  Bytes* code;                          // co_code, unquickened
  Tuple *consts, *names, *localsplusnames;
  Bytes* localspluskinds;
  Str *filename, *name, *qualname;
  Bytes *linetable, *exceptiontable;
  interp::CompiledCode* compiled;       // null before the first call; owned by the code object
  Value hash_cache;
};
// Makes runtime objects of the front end's result (consts interned as CPython interns them).
Code* new_code(const frontend::Code* code);
// Line of the instruction at byte offset `offset` (-1: none), and its full position.
int code_line_at(Code* code, int offset);
struct Position { int line, end_line, column, end_column; };   // columns in UTF-8 bytes from 0; -1: unknown
Position code_position_at(Code* code, int offset);

struct Function : Object {
  Object* overflow;                     // attribute storage (__dict__)
  Code* code;
  Dict* globals;
  Dict* builtins;
  Str *name, *qualname;
  Tuple* defaults;                      // or null
  Dict* kwdefaults;                     // or null
  Tuple* closure;                       // of cells, or null
  Value annotations;                    // Dict, or the Tuple of pairs MAKE_FUNCTION made, or null
  Value doc, module;
  uint32_t version;                     // changes when code, defaults or kwdefaults are assigned
  bool watched;                         // machine code depends on version
};
Function* new_function(Code* code, Dict* globals);
extern void (*function_changed_hook)(Function* f);
// Set by the interpreter: runs a Python function.
extern Value (*call_function_hook)(Function* f, Value* args, uint32_t nargs, Tuple* kwnames);
// Set by the interpreter: runs a module or class body, or exec/eval code.
extern Value (*eval_code_hook)(Code* code, Dict* globals, Value locals, Tuple* closure);

struct Method : Object { Value function, self; };        // bound method
Method* new_method(Value function, Value self);

struct Cell : Object { Value value; };                   // null: empty
Cell* new_cell(Value v);

struct Property : Object { Object* overflow; Value get, set, del, doc, name; bool doc_from_getter; };
struct StaticMethod : Object { Object* overflow; Value callable; };
struct ClassMethod : Object { Object* overflow; Value callable; };

struct Module : Object {
  Object* overflow;                     // always the Dict: modules are in dict mode
  const void* definition;               // native modules
  Dict* dict() const { return reinterpret_cast<Dict*>(overflow); }
};
Dict* builtins_dict();                                   // the builtins module's namespace
Module* new_module(Str* name);
Value module_get(Module* m, Str* name);                  // null: absent

}  // namespace pyjit::runtime
