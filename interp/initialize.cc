// Puts the interpreter behind the runtime's hooks.
#include "interp/attribute_cache.h"
#include "interp/eval.h"
#include "interp/frames.h"
#include "interp/generators.h"
#include "interp/hot.h"
#include "interp/trace_events.h"
#include "runtime/errors.h"
#include "runtime/gil.h"
#include "runtime/heap.h"
#include "runtime/thread.h"
#include "runtime/types/generator.h"

namespace pyjit::interp {

using namespace pyjit::runtime;

namespace {

uint32_t root_shape(Class* cls) { return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(cls->root_shape)); }

int pc_unit(Frame* frame) {
  CompiledCode* compiled = frame->code->compiled;
  return compiled ? unit_at(compiled, frame->pc) : -1;
}

// A suspended frame waits for a delegate when its YIELD names one.
int delegate_register(Generator* g) {
  if (g->state != GeneratorState::kSuspended) return -1;
  const Instr* pc = g->frame.pc - 1;
  return pc->op == kYIELD && pc->c ? pc->c - 1 : -1;
}

// Behind the YIELD of a `yield from` lies the jump to its SEND, which says where the result goes and where to go on.
bool finish_delegate(Generator* g, Value value) {
  const Instr* pc = g->frame.pc;
  if (pc->op == kJUMP || pc->op == kLOOP) pc += jump_word(pc)->jump;
  if (pc->op != kSEND) {
    raise(exc.SystemError, "malformed bytecode: no SEND around a yield");
    return false;
  }
  g->frame.regs()[pc->c] = value;
  write_barrier(g);
  g->frame.pc = pc + jump_word(pc)->jump;
  return true;
}

// Dead temporaries would keep garbage alive: null them before the frames are scanned. Whatever may collect has saved its pc.
void clear_dead_registers(Frame* f) {
  CompiledCode* compiled = f->code->compiled;
  int unit = compiled ? unit_at(compiled, f->pc) : -1;
  if (unit < 0) return;
  Value* regs = f->regs();
  // A FOR_LOOP that polls has fetched its item already.
  const Instr* pc = f->pc - 1;
  uint32_t fetched = pc->op >= kFOR_ITER && pc->op <= kFOR_LOOP_GENERATOR ? pc->a : compiled->register_count;
  for (uint32_t i = compiled->live_limit[unit]; i < compiled->register_count; ++i) {
    if (i != fetched) regs[i] = nullptr;
  }
  for (uint32_t dead = compiled->dead_homes[unit]; dead; dead &= dead - 1) regs[compiled->nlocalsplus + static_cast<uint32_t>(__builtin_ctz(dead))] = nullptr;
}

// Frames of running generators lie in the heap, on the chain of frames: their registers are roots while they run.
void prepare_frames(Tracer& tracer, void*) {
  clear_attribute_table();
  for (Thread* t = all_threads ? all_threads : thread(); t; t = t->next) {
    for (Frame* f = t->frame; f; f = f->back) {
      clear_dead_registers(f);
      if (!(f->flags & kFrameGenerator)) continue;
      Generator* g = generator_of(f);
      tracer.visit(g);
      // Its registers change without barriers while it runs, so an old one is looked through at every collection.
      g->cls()->trace(g, tracer);
      tracer.visit_conservatively(f, f->regs() + f->code->compiled->register_count);
    }
  }
}

}  // namespace

Value call_function(Function* f, Value* args, uint32_t nargs, Tuple* kwnames);
Value eval_code(Code* code, Dict* globals, Value locals, Tuple* closure);

bool initialize() {
  shapes.function = root_shape(types.function);
  shapes.method = root_shape(types.method);
  shapes.builtin_function = root_shape(types.builtin_function);
  shapes.method_descriptor = root_shape(types.method_descriptor);
  shapes.list = root_shape(types.list);
  shapes.tuple = root_shape(types.tuple);
  shapes.dict = root_shape(types.dict);
  shapes.str = root_shape(types.str);
  shapes.type = root_shape(types.type);
  shapes.module = root_shape(types.module);
  shapes.range_iterator = root_shape(types.range_iterator);
  shapes.list_iterator = root_shape(types.list_iterator);
  shapes.tuple_iterator = root_shape(types.tuple_iterator);
  shapes.generator = root_shape(types.generator);
  shapes.coroutine = root_shape(types.coroutine);
  shapes.cell = root_shape(types.cell);
  call_function_hook = call_function;
  eval_code_hook = eval_code;
  resume_generator_hook = resume_from_native;
  generator_delegate_register_hook = delegate_register;
  generator_finish_delegate_hook = finish_delegate;
  frame_unit_hook = pc_unit;
  init_line_jumps();
  tracing_changed_hook = update_tracing;
  heap.add_root_tracer(prepare_frames, nullptr);
  return true;
}

}  // namespace pyjit::interp
