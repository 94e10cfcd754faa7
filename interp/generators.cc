// Generators, coroutines, async generators: their frames run in place, in the generator object.
//
// A running generator's frame is linked into the chain of frames like any other; its ExcInfo is linked into the thread's. What its caller
// does next depends on the caller's instruction, which is FOR_ITER, FOR_LOOP or SEND (two words each) or native code (kFrameEntry).
#include "interp/generators.h"

#include "frontend/code.h"
#include "interp/compiled_code.h"
#include "interp/eval.h"
#include "interp/frames.h"
#include "interp/trace_events.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/generator.h"
#include "runtime/types/str.h"

namespace pyjit::interp {

using namespace pyjit::runtime;

const char* generator_kind(const Generator* g) {
  Class* cls = g->cls();
  return cls == types.coroutine ? "coroutine" : cls == types.async_generator ? "async generator" : "generator";
}

Value make_generator(Thread* thread) {
  Frame* frame = thread->frame;
  uint32_t flags = frame->code->code_flags;
  Class* cls = flags & frontend::kCoroutine ? types.coroutine : flags & frontend::kAsyncGenerator ? types.async_generator : types.generator;
  uint32_t count = frame->code->compiled->register_count;
  auto* g = static_cast<Generator*>(heap.allocate(cls->root_shape, sizeof(Generator) + count * sizeof(Value)));
  g->name = frame->function->name;
  g->qualname = frame->function->qualname;
  g->register_count = count;
  g->state = GeneratorState::kCreated;
  memcpy(&g->frame, frame, sizeof(Frame) + count * sizeof(Value));
  g->frame.back = nullptr;
  g->frame.flags = kFrameGenerator | (frame->flags & kFrameHasObject);
  g->frame.self = nullptr;
  if (frame->object) {
    frame->object->frame = &g->frame;
    frame->object->generator = g;
    write_barrier(frame->object);
    frame->object = nullptr;
    frame->flags &= ~uint32_t{kFrameHasObject};
  }
  if (cls == types.coroutine && thread->coroutine_origin_depth > 0) g->origin = coroutine_origin(frame->back, thread->coroutine_origin_depth);
  // Dropped while it waits inside try or with, it must be closed; a coroutine must be awaited.
  if (cls != types.generator || frame->code->exceptiontable->size) heap.register_finalizable(g);
  if (generator_created_hook) generator_created_hook(g);
  return g;
}

// Links the frame in and hands over `sent`.
static void enter(Thread* thread, Generator* g, Value sent, uint32_t entry_flag, unsigned destination) {
  Frame* frame = &g->frame;
  g->state = GeneratorState::kRunning;
  frame->back = thread->frame;
  frame->flags = (frame->flags & ~uint32_t{kFrameEntry}) | entry_flag;
  frame->return_register = destination;
  thread->frame = frame;
  ++thread->recursion_depth;
  g->exc_info.previous = thread->exc_info;
  thread->exc_info = &g->exc_info;
  // Suspended instructions (RETURN_GENERATOR, YIELD) are one word long and name the register that receives.
  if (sent) frame->regs()[frame->pc[-1].a] = sent;
  write_barrier(g);
}

static void leave(Thread* thread, Generator* g) {
  Frame* frame = &g->frame;
  thread->exc_info = g->exc_info.previous;
  g->exc_info.previous = nullptr;
  thread->frame = frame->back;
  frame->back = nullptr;
  --thread->recursion_depth;
  write_barrier(g);
}

static void finish(Thread* thread, Generator* g) {
  leave(thread, g);
  g->state = GeneratorState::kFinished;
  if (g->frame.flags & kFrameHasObject) detach_frame_object(&g->frame);
  Value* regs = g->frame.regs();
  for (uint32_t i = 0; i < g->register_count; ++i) regs[i] = nullptr;
  g->exc_info.value = nullptr;
}

void suspend_unstarted(Thread* thread, Generator* g) {
  leave(thread, g);
  g->state = g->frame.pc == g->frame.code->compiled->entry ? GeneratorState::kCreated : GeneratorState::kSuspended;
}

// The caller's instruction gets the value that ends the generator.
static void deliver_return(Frame* caller, Value v) {
  const Instr* pc = caller->pc - 2;
  switch (pc->op) {
    case kSEND:
      caller->regs()[pc->c] = v;
      caller->pc = pc + jump_word(pc)->jump;
      break;
    case kFOR_ITER: case kFOR_ITER_RANGE: case kFOR_ITER_LIST: case kFOR_ITER_TUPLE: case kFOR_ITER_GENERATOR:
      caller->pc = pc + jump_word(pc)->jump;
      break;
    default: break;  // FOR_LOOP falls out
  }
}

CallStatus generator_resume(Thread* thread, Generator* g, Value sent, unsigned destination) {
  if (g->state == GeneratorState::kFinished) {
    if (g->cls() == types.coroutine) {
      raise(exc.RuntimeError, "cannot reuse already awaited coroutine");
      return CallStatus::kError;
    }
    deliver_return(thread->frame, Value::none());
    return CallStatus::kDone;
  }
  if (g->state == GeneratorState::kRunning) {
    raisef(exc.ValueError, "%s already executing", generator_kind(g));
    return CallStatus::kError;
  }
  if (g->state == GeneratorState::kCreated && !sent.is_none()) {
    raisef(exc.TypeError, "can't send non-None value to a just-started %s", generator_kind(g));
    return CallStatus::kError;
  }
  if (thread->recursion_depth >= thread->recursion_limit) {
    raise_recursion_error("");
    return CallStatus::kError;
  }
  enter(thread, g, sent, 0, destination);
  if (thread->poll & kPollTrace && !trace_call(thread)) return CallStatus::kError;
  return CallStatus::kFrame;
}

CallStatus generator_yield(Thread* thread, Value value) {
  Frame* frame = thread->frame;
  Generator* g = generator_of(frame);
  if ((frame->flags & kFrameTraced) && !trace_return(thread, &value)) return CallStatus::kError;
  g->state = GeneratorState::kSuspended;
  leave(thread, g);
  if (frame->flags & kFrameEntry) {
    thread->result = value;
    return CallStatus::kLeave;
  }
  Frame* caller = thread->frame;
  caller->regs()[frame->return_register] = value;
  const Instr* pc = caller->pc - 2;
  switch (pc->op) {
    case kFOR_LOOP: case kFOR_LOOP_RANGE: case kFOR_LOOP_LIST: case kFOR_LOOP_TUPLE: case kFOR_LOOP_GENERATOR:
      caller->pc = pc + jump_word(pc)->jump;
      break;
    default: break;
  }
  return CallStatus::kDone;
}

CallStatus generator_return(Thread* thread, Value value) {
  Frame* frame = thread->frame;
  Generator* g = generator_of(frame);
  if ((frame->flags & kFrameTraced) && !trace_return(thread, &value)) return CallStatus::kError;
  finish(thread, g);
  if (frame->flags & kFrameEntry) {
    thread->result = value;
    return CallStatus::kLeave;
  }
  if (thread->poll & kPollTrace) [[unlikely]] {
    if (!trace_stop_iteration(thread, g->cls() == types.coroutine, value)) return CallStatus::kError;
  }
  deliver_return(thread->frame, value);
  return CallStatus::kDone;
}

// Replaces the pending exception by RuntimeError(message) with the old one as its cause and context.
static void raise_from_pending(Class* type, const std::string& message) {
  Value cause = take_pending();
  raise(type, message);
  Value raised = take_pending();
  if (raised && is_exception(raised) && is_exception(cause)) {
    auto* e = raised.as<Exception>();
    e->cause = cause;
    e->context = cause;
    e->suppress_context = true;
    write_barrier(e);
  }
  thread()->exception = raised;
}

void generator_failed(Thread* thread, Generator* g) {
  finish(thread, g);
  if (pending_matches(exc.StopIteration)) {
    raise_from_pending(exc.RuntimeError, std::string(generator_kind(g)) + " raised StopIteration");
  } else if (g->cls() == types.async_generator && pending_matches(exc.StopAsyncIteration)) {
    raise_from_pending(exc.RuntimeError, "async generator raised StopAsyncIteration");
  }
}

Value resume_from_native(Generator* g, Value sent, bool throwing) {
  Thread* t = thread();
  if (t->recursion_depth >= t->recursion_limit) {
    if (throwing) clear_pending();
    return raise_recursion_error("");
  }
  enter(t, g, throwing ? Value() : sent, kFrameEntry, 0);
  if (throwing && t->exception) {
    // What the generator was handling when it yielded is the context of what is thrown in.
    Value thrown = t->exception;
    chain_context(thrown);
    t->exception = thrown;
  }
  if (t->poll && !throwing) {
    if (!poll_entry(t)) throwing = true;
  }
  return run(t, throwing);
}

}  // namespace pyjit::interp
