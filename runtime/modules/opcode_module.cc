// _opcode: the front end's opcode facts for dis and opcode: stack effects.
#include "frontend/opcodes.h"
#include "runtime/modules/module_util.h"
#include "runtime/ops.h"

namespace pyjit::runtime {

namespace {

// Above this number an instruction of CPython takes an argument.
constexpr int kHaveArgument = 90;

Value stack_effect(Value* args) {
  int op, arg = 0;
  if (!to_int32(args[0], &op)) return nullptr;
  bool known = op >= 0 && op < frontend::kOpCount && frontend::kOpInfo[op].name;
  bool has_argument = op >= kHaveArgument && (!known || frontend::kOpInfo[op].flags & frontend::kHasArg);
  bool given = args[1] && !args[1].is_none();
  if (has_argument) {
    if (!given) return raise(exc.ValueError, "stack_effect: opcode requires oparg but oparg was not specified");
    if (!to_int32(args[1], &arg)) return nullptr;
  } else if (given) {
    return raise(exc.ValueError, "stack_effect: opcode does not permit oparg but oparg was specified");
  }
  bool both = !args[2] || args[2].is_none();
  bool jump = false;
  if (!both) {
    if (!args[2].is_bool()) return raise(exc.ValueError, "stack_effect: jump must be False, True or None");
    jump = args[2].as_bool();
  }
  if (!known) return raise(exc.ValueError, "invalid opcode or oparg");
  int effect = frontend::stack_effect(op, arg, jump);
  if (both) effect = std::max(effect, frontend::stack_effect(op, arg, true));
  return Value::from_int(effect);
}

// Our counters are not CPython's: none to show, as in a release build of CPython.
Value specialization_stats(Value*) { return Value::none(); }

const MethodDef kOpcodeFunctions[] = {
    function_row("stack_effect", "($module, opcode, oparg=None, /, *, jump=None)", stack_effect, Effects::kPure,
                 "How an instruction changes the depth of the stack."),
    function_row("get_specialization_stats", "($module, /)", specialization_stats, Effects::kPure, "Statistics of specialisation: None."),
    {}};

}  // namespace

bool init_opcode_module(Module* m) { return add_functions(m, kOpcodeFunctions); }

}  // namespace pyjit::runtime
