// atexit: functions to be called when the interpreter ends.
#include "runtime/modules/atexit.h"

#include "runtime/modules/module_util.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime {

namespace {

List* callbacks;   // tuples (function, args, kwnames or None, keyword values); a removed one is None

List* callback_list() {
  static Value root;
  if (!callbacks) {
    callbacks = new_list();
    root = callbacks;
    heap.add_root_range(&root, &root + 1);
  }
  return callbacks;
}

Value register_function(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!nargs) return raise(exc.TypeError, "register() takes at least 1 argument (0 given)");
  if (!is_callable(args[0])) return raise(exc.TypeError, "the first argument must be callable");
  uint64_t keywords = kwnames ? kwnames->size : 0;
  Tuple* bound = TRY(new_tuple(args + 1, nargs - 1 + keywords));
  Tuple* entry = make_tuple(args[0], bound, keywords ? Value(kwnames) : Value::none());
  return list_append(callback_list(), entry) ? args[0] : Value();
}

Value unregister(Value* args) {
  List* list = callback_list();
  for (uint64_t i = 0; i < list->size; ++i) {
    if (list->items()[i].is_none()) continue;
    int equal = compare_bool(list->items()[i].as<Tuple>()->items[0], args[0], kEq);
    if (equal < 0) return nullptr;
    if (equal && i < list->size) list->items()[i] = Value::none();
  }
  return Value::none();
}

Value run(Value* args) {
  run_exit_functions();
  return Value::none();
}

Value clear(Value* args) {
  List* list = callback_list();
  list_set_slice(list, 0, static_cast<int64_t>(list->size), nullptr, 0);
  return Value::none();
}

Value count(Value* args) {
  List* list = callback_list();
  int64_t n = 0;
  for (uint64_t i = 0; i < list->size; ++i) n += !list->items()[i].is_none();
  return new_int(n);
}

const MethodDef kFunctions[] = {
    {"register", "!($module, func, /, *args, **kwargs)", nullptr, Effects::kCallsPython, MethodKind::kFunction,
     "register(func, *args, **kwargs) -> func\n\nHave func called with these arguments when the interpreter ends.", register_function},
    function_row("unregister", "!($module, func, /)", unregister, Effects::kCallsPython, "unregister(func) -> None\n\nForget what was registered for func."),
    function_row("_run_exitfuncs", "!($module)", run, Effects::kCallsPython, "_run_exitfuncs() -> None\n\nRun all registered exit functions."),
    function_row("_clear", "!($module)", clear, Effects::kWrites, "_clear() -> None\n\nClear the list of previously registered exit functions."),
    function_row("_ncallbacks", "!($module)", count, Effects::kReads, "_ncallbacks() -> int\n\nReturn the number of registered exit functions."),
    {}};

}  // namespace

void run_exit_functions() {
  List* list = callback_list();
  while (list->size) {
    Value entry = list->items()[list->size - 1];
    list_set_slice(list, static_cast<int64_t>(list->size) - 1, static_cast<int64_t>(list->size), nullptr, 0);
    if (entry.is_none()) continue;
    Tuple* t = entry.as<Tuple>();
    Tuple* args = t->items[1].as<Tuple>();
    Tuple* kwnames = t->items[2].is_none() ? nullptr : t->items[2].as<Tuple>();
    uint32_t positional = static_cast<uint32_t>(args->size - (kwnames ? kwnames->size : 0));
    if (!call(t->items[0], args->items, positional, kwnames)) write_unraisable(t->items[0], "Exception ignored in atexit callback");
  }
}

bool init_atexit_module(Module* m) { return add_functions(m, kFunctions); }

}  // namespace pyjit::runtime
