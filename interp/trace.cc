// sys.settrace and sys.setprofile: calls the tracing functions with the events the eval loop reports.
#include "interp/compiled_code.h"
#include "interp/frames.h"
#include "interp/trace_events.h"
#include "frontend/opcodes.h"
#include "runtime/builtins.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/ops.h"
#include "runtime/thread.h"
#include "runtime/types/bytes.h"
#include "runtime/types/exception.h"
#include "runtime/types/str.h"

namespace pyjit::interp {

using namespace pyjit::runtime;

namespace {

bool present(Value v) { return v && !v.is_none(); }

Value event_name(const char* name) { return intern(name); }

// Calls a tracing function with tracing off; the pending exception, if any, is kept aside. Null: it raised, and all tracing is off.
Value call_tracer(Thread* thread, Value function, FrameObject* frame, const char* event, Value arg) {
  Value pending = take_pending();
  ++thread->tracing;
  thread->poll = thread->poll & ~uint32_t{kPollTrace};
  frame_locals(frame->frame);
  Value v = call3(function, frame, event_name(event), arg ? arg : Value::none());
  --thread->tracing;
  if (!v) {
    thread->trace_function = nullptr;
    thread->profile_function = nullptr;
    frame->trace = nullptr;
    update_tracing(thread);
    return nullptr;
  }
  update_tracing(thread);
  thread->exception = pending;
  return v;
}

bool local_event(Thread* thread, FrameObject* frame, const char* event, Value arg) {
  if (!present(frame->trace)) return true;
  Value v = call_tracer(thread, frame->trace, frame, event, arg);
  if (!v) return false;
  if (!v.is_none()) {
    frame->trace = v;
    write_barrier(frame);
  }
  return true;
}

}  // namespace

void update_tracing(Thread* thread) {
  bool on = thread->tracing == 0 && (present(thread->trace_function) || present(thread->profile_function));
  thread->poll = on ? thread->poll | kPollTrace : thread->poll & ~uint32_t{kPollTrace};
  if (on && present(thread->profile_function)) {
    for (Frame* f = thread->frame; f; f = f->back) f->flags |= kFrameTraced;
  }
}

bool trace_call(Thread* thread) {
  if (thread->tracing) return true;
  Frame* frame = thread->frame;
  FrameObject* object = nullptr;
  if (present(thread->trace_function)) {
    object = frame_object(frame);
    if (!object) return false;
    object->last_unit = -1;
    Value v = call_tracer(thread, thread->trace_function, object, "call", nullptr);
    if (!v) return false;
    if (!v.is_none()) {
      object->trace = v;
      write_barrier(object);
      frame->flags |= kFrameTraced;
    }
  }
  if (present(thread->profile_function)) {
    if (!object) object = frame_object(frame);
    if (!object) return false;
    frame->flags |= kFrameTraced;
    if (!call_tracer(thread, thread->profile_function, object, "call", nullptr)) return false;
  }
  return true;
}

bool trace_return(Thread* thread, Value* result) {
  if (thread->tracing) return true;
  Frame* frame = thread->frame;
  Value pending = result ? Value() : take_pending();
  FrameObject* object = frame_object(frame);
  Value arg = result ? *result : Value::none();
  bool ok = object;
  if (ok && present(thread->trace_function)) ok = local_event(thread, object, "return", arg);
  if (ok && present(thread->profile_function)) ok = bool(call_tracer(thread, thread->profile_function, object, "return", arg));
  if (ok && pending) thread->exception = pending;
  return ok;
}

bool trace_exception(Thread* thread) {
  if (thread->tracing || !present(thread->trace_function)) return true;
  Frame* frame = thread->frame;
  if (!frame->object || !present(frame->object->trace)) return true;
  Value e = thread->exception;
  if (!is_exception(e)) return true;
  Value traceback = e.as<Exception>()->traceback;
  Tuple* arg = make_tuple(Value(class_of(e)), e, traceback ? traceback : Value::none());
  return arg && local_event(thread, frame->object, "exception", arg);
}

const Instr* trace_instruction(Thread* thread, const Instr* pc) {
  Frame* frame = thread->frame;
  FrameObject* object = frame->object;
  if (thread->tracing || !object || !present(object->trace) || !present(thread->trace_function)) return pc;
  CompiledCode* compiled = frame->code->compiled;
  int unit = unit_at(compiled, pc + 1), previous = object->last_unit;
  const uint8_t* bytes = reinterpret_cast<const uint8_t*>(frame->code->code->data);
  object->last_unit = unit;
  int line = code_line_at(frame->code, unit * 2);
  if (line >= 0 && object->trace_lines) {
    int entry = 0;
    while (entry < static_cast<int>(compiled->unit_count) && bytes[2 * entry] != frontend::OP_RESUME) ++entry;
    int last_line = previous <= entry ? -1 : code_line_at(frame->code, previous * 2);
    bool due = line != last_line;
    if (!due && unit < previous) due = bytes[2 * previous] != frontend::OP_JUMP_BACKWARD_NO_INTERRUPT && bytes[2 * previous] != frontend::OP_SEND;
    if (due) {
      if (!local_event(thread, object, "line", nullptr)) return nullptr;
    }
  }
  if (object->trace_opcodes && present(object->trace)) {
    if (!local_event(thread, object, "opcode", nullptr)) return nullptr;
  }
  if (frame->pc != pc + 1) return frame->pc - 1;
  if (pc->op >= kFOR_ITER && pc->op <= kFOR_LOOP_GENERATOR && (pc->op - kFOR_ITER) & 1) {
    // The loop's head is fused into its back edge: while tracing it is visited by itself.
    const Instr* head = pc + jump_word(pc)->jump - 2;
    frame->pc = head + 1;
    return trace_instruction(thread, head);
  }
  return pc;
}

}  // namespace pyjit::interp

namespace pyjit::runtime {

void set_trace_functions(Value trace, Value profile) {
  Thread* t = thread();
  t->trace_function = trace;
  t->profile_function = profile;
  interp::update_tracing(t);
}

}  // namespace pyjit::runtime
