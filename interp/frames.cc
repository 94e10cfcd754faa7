// Frames outside the eval loop's fast paths: pushing with binding, leaving, unwinding, polling, calls from native code.
#include "interp/frames.h"

#include "frontend/code.h"
#include "interp/build_class.h"
#include "interp/eval.h"
#include "interp/generators.h"
#include "interp/hot.h"
#include "interp/trace_events.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/operators.h"
#include "runtime/ops.h"
#include "runtime/types/exception.h"
#include "runtime/types/str.h"
#include "runtime/types/traceback.h"

namespace pyjit::interp {

using namespace pyjit::runtime;

Frame* push_function_frame(Thread* thread, Function* f, uint32_t flags, unsigned destination) {
  CompiledCode* compiled = ensure_compiled(f->code);
  if (!compiled) return nullptr;
  char* base = thread->stack_top;
  if (thread->recursion_depth >= thread->recursion_limit || base + compiled->frame_bytes > thread->stack_limit) {
    raise_recursion_error("");
    return nullptr;
  }
  auto* frame = reinterpret_cast<Frame*>(base);
  frame->back = thread->frame;
  frame->function = f;
  frame->code = f->code;
  frame->pc = compiled->entry;
  frame->locals = nullptr;
  frame->object = nullptr;
  frame->flags = flags;
  frame->return_register = destination;
  frame->self = nullptr;
  Value* regs = frame->regs();
  for (uint32_t i = 0; i < compiled->register_count; ++i) regs[i] = nullptr;
  thread->stack_top = base + compiled->frame_bytes;
  thread->frame = frame;
  ++thread->recursion_depth;
  ++compiled->entry_counter;
  return frame;
}

void pop_frame(Thread* thread) {
  Frame* frame = thread->frame;
  thread->frame = frame->back;
  thread->stack_top = reinterpret_cast<char*>(frame);
  --thread->recursion_depth;
}

CallStatus push_call(Thread* thread, Function* f, const Value* args, uint64_t nargs, Tuple* kwnames, unsigned destination, uint32_t flags, Value self) {
  Frame* caller = thread->frame;
  Frame* frame = push_function_frame(thread, f, flags, destination);
  if (!frame) return CallStatus::kError;
  frame->self = self;
  bool bound;
  if (!kwnames && frame->code->compiled->exact_args == static_cast<int64_t>(nargs)) {
    for (uint64_t i = 0; i < nargs; ++i) frame->regs()[i] = args[i];
    bound = true;
  } else {
    // The message belongs to the caller: the callee is not on the stack while it is bound, but its registers are scanned.
    thread->frame = caller;
    bound = bind_call(f, args, nargs, kwnames, args + nargs, frame->regs());
    thread->frame = frame;
    // A function made of a module's code: its names are the globals.
    if (!(frame->code->code_flags & frontend::kOptimized)) frame->locals = f->globals;
  }
  if (!bound) {
    pop_frame(thread);
    return CallStatus::kError;
  }
  return CallStatus::kFrame;
}

void abandon_entry_frame(Thread* thread) {
  Frame* frame = thread->frame;
  if (frame->flags & kFrameGenerator) {
    suspend_unstarted(thread, generator_of(frame));
    return;
  }
  detach_frame_object(frame);
  pop_frame(thread);
}

Value call_function(Function* f, Value* args, uint32_t nargs, Tuple* kwnames) {
  Thread* t = thread();
  if (kwnames && kwnames->size == 0) kwnames = nullptr;
  if (push_call(t, f, args, nargs, kwnames, 0, kFrameEntry, nullptr) == CallStatus::kError) return nullptr;
  return run_entry(t);
}

Value eval_code(Code* code, Dict* globals, Value locals, Tuple* closure) {
  Thread* t = thread();
  Function* f = new_function(code, globals);
  if (!f) return nullptr;
  uint64_t free = closure ? closure->size : 0;
  if (free != static_cast<uint64_t>(code->nfrees)) {
    return raisef(exc.ValueError, "%s() requires a code object with %zu free vars, not %d", to_utf8(code->name).c_str(), static_cast<size_t>(free),
                  code->nfrees);
  }
  f->closure = closure;
  write_barrier(f);
  if (push_call(t, f, nullptr, 0, nullptr, 0, kFrameEntry, nullptr) == CallStatus::kError) return nullptr;
  if (!(code->code_flags & frontend::kOptimized)) t->frame->locals = locals ? locals : Value(globals);
  return run_entry(t);
}

Value run_class_body(Function* body, Value ns) {
  Thread* t = thread();
  if (push_call(t, body, nullptr, 0, nullptr, 0, kFrameEntry, nullptr) == CallStatus::kError) return nullptr;
  t->frame->locals = ns;
  return run_entry(t);
}

void detach_frame_object(Frame* frame) {
  FrameObject* f = frame->object;
  if (!f || f->frame != frame) return;
  f->lasti = frame_lasti(f);
  if (Frame* back = visible_frame(frame->back)) f->back_object = frame_object(back);
  uint64_t variables = frame->code->localsplusnames->size;
  memcpy(&f->own, frame, sizeof(Frame) + variables * sizeof(Value));
  f->own.back = nullptr;
  f->own.self = nullptr;
  f->frame = &f->own;
  f->generator = nullptr;
  write_barrier(f);
  frame->object = nullptr;
  frame->flags &= ~uint32_t{kFrameHasObject};
}

CallStatus leave_frame(Thread* thread, Value v) {
  Frame* frame = thread->frame;
  uint32_t flags = frame->flags;
  if ((flags & kFrameTraced) && !trace_return(thread, &v)) {
    frame->flags &= ~uint32_t{kFrameTraced};
    return CallStatus::kError;
  }
  if (flags & kFrameHasObject) detach_frame_object(frame);
  Value self = frame->self;
  uint32_t destination = frame->return_register;
  pop_frame(thread);
  bool failed = false;
  if (flags & kFrameConstructor) {
    if (v.is_none()) {
      v = self;
    } else {
      raisef(exc.TypeError, "__init__() should return None, not '%.200s'", type_name(v));
      failed = true;
    }
  }
  if (flags & kFrameOperator && v.is_not_implemented()) {
    auto* operation = self.as<Tuple>();
    int64_t op = operation->items[0].as_int();
    v = finish_declined_binary(static_cast<BinaryOp>(op & 63), op & 64, operation->items[1], operation->items[2]);
    failed = v.is_null();
  }
  // The frame is gone: if native code called it, that is who hears of the exception.
  if (failed && !(flags & kFrameEntry)) return CallStatus::kError;
  if (failed) v = nullptr;
  if (flags & kFrameEntry) {
    thread->result = v;
    return CallStatus::kLeave;
  }
  thread->frame->regs()[destination] = v;
  return CallStatus::kDone;
}

// The frame ends with the pending exception.
static void leave_by_exception(Thread* thread) {
  Frame* frame = thread->frame;
  if (frame->flags & kFrameTraced) {
    trace_return(thread, nullptr);
  }
  if (frame->flags & kFrameGenerator) {
    generator_failed(thread, generator_of(frame));
    return;
  }
  if (frame->flags & kFrameHasObject) detach_frame_object(frame);
  pop_frame(thread);
}

const Instr* unwind(Thread* thread, bool add_traceback) {
  if (!thread->exception) [[unlikely]] raise(exc.SystemError, "error return without exception set");
  for (;;) {
    Frame* frame = thread->frame;
    CompiledCode* compiled = frame->code->compiled;
    int unit = unit_at(compiled, frame->pc);
    if (add_traceback) {
      add_traceback_entry(frame, unit < 0 ? -1 : unit * 2, kLineOfLasti);
      if (thread->poll & kPollTrace) trace_exception(thread);
    }
    const ExceptionRange* range = unit < 0 ? nullptr : find_handler(compiled, static_cast<uint32_t>(unit));
    if (range) {
      Value* out = frame->regs() + compiled->nlocalsplus + range->depth;
      if (range->push_lasti) *out++ = Value::from_int(unit);
      *out = take_pending();
      frame->pc = compiled->entry + compiled->word_of_unit[range->target];
      return frame->pc;
    }
    // RERAISE names the instruction that the frame is to be seen at from now on; its handler was looked up where RERAISE is.
    const Instr* here = frame->pc - 1;
    if (!add_traceback && here->op == kRERAISE && here->b) {
      Value lasti = frame->regs()[here->b - 1];
      if (lasti.is_int() && lasti.as_int() >= 0 && lasti.as_int() < compiled->unit_count && compiled->word_of_unit[lasti.as_int()] != kNoWord)
        frame->pc = compiled->entry + compiled->word_of_unit[lasti.as_int()] + 1;
    }
    bool entry = frame->flags & kFrameEntry;
    leave_by_exception(thread);
    if (entry) return nullptr;
    add_traceback = true;
  }
}

bool reraise(Thread* thread, Value exception) {
  if (!is_exception(exception)) {
    raise(exc.SystemError, "RERAISE without an exception");
    return false;
  }
  thread->exception = exception;
  return false;
}

static bool service(Thread* thread) {
  if (thread->poll & kPollFinalizers) heap.run_pending_finalizers();
  if (thread->poll & ~uint32_t{kPollTrace | kPollFinalizers}) return service_poll(thread);
  return true;
}
bool poll_entry(Thread* thread) {
  if (!service(thread)) return false;
  if (!(thread->poll & kPollTrace)) return true;
  // Making a generator is no call that a tracer hears of; its first resumption is.
  Frame* frame = thread->frame;
  constexpr uint32_t kMakesGenerator = frontend::kGenerator | frontend::kCoroutine | frontend::kAsyncGenerator;
  if ((frame->code->code_flags & kMakesGenerator) && !(frame->flags & kFrameGenerator)) return true;
  return trace_call(thread);
}
bool poll_back_edge(Thread* thread) { return service(thread); }

}  // namespace pyjit::interp
