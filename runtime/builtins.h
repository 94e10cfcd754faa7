// What builtins, sys and import share.
#pragma once
#include <string_view>

#include "runtime/types/function.h"

namespace pyjit::runtime {

void init_builtins();
Module* get_builtins_module();
bool config_debug();                       // __debug__: not -O

// sys
Module* init_sys();
Value sys_get(Str* name);                  // sys.<name>, null when absent (nothing pending)
bool sys_set(Str* name, Value value);
Dict* sys_modules();

void set_trace_functions(Value trace, Value profile);       // installed by the interpreter

// __build_class__: installed by the interpreter, which owns frames.
Value build_class(Value* args, uint32_t nargs, Tuple* kwnames);

// import
// The IMPORT_NAME operation: name, globals of the importing frame (or null), fromlist, level.
Value import_name(Value name, Value globals, Value fromlist, int level);
bool setup_import();                       // importlib._bootstrap, _bootstrap_external

Value new_callable_iterator(Value callable, Value sentinel);
Value new_anext_awaitable(Value awaitable, Value fallback);
Str* fs_decode_path(Value path);           // os.fsdecode of str, bytes or os.PathLike

}  // namespace pyjit::runtime
