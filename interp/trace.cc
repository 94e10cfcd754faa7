// sys.settrace and sys.setprofile: calls the tracing functions with the events the eval loop reports.
#include <cstring>

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

thread_local TraceEvent current_trace_event = TraceEvent::kNone;

namespace {

bool present(Value v) { return v && !v.is_none(); }

Value event_name(const char* name) { return intern(name); }

// Calls a tracing function with tracing off; the pending exception, if any, is kept aside. Null: it raised, and all tracing is off.
Value call_tracer(Thread* thread, Value function, FrameObject* frame, const char* event, Value arg) {
  Value pending = take_pending();
  ++thread->tracing;
  thread->poll = thread->poll & ~uint32_t{kPollTrace};
  frame_locals(frame->frame);
  TraceEvent outer = current_trace_event;
  current_trace_event = !strcmp(event, "line") ? TraceEvent::kLine : !strcmp(event, "call") ? TraceEvent::kCall : TraceEvent::kOther;
  Value v = call3(function, frame, event_name(event), arg ? arg : Value::none());
  current_trace_event = outer;
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
    // A generator that goes on has executed its YIELD last.
    object->last_unit = frame->flags & kFrameGenerator ? unit_at(frame->code->compiled, frame->pc) : -1;
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

bool trace_stop_iteration(Thread* thread, bool coroutine, Value value) {
  if (value.is_none() && !coroutine) return true;
  if (thread->tracing || !present(thread->trace_function)) return true;
  raise_stop_iteration(value);
  if (!trace_exception(thread)) return false;
  clear_pending();
  return true;
}

// Instructions that the translator folded into others never come by; this finds where they begin: the first code unit that control went
// through between the instruction at `previous` and the one at `unit`.
static int first_passed_unit(const CompiledCode* compiled, const uint8_t* bytes, int previous, int unit) {
  auto word = [&](int u) { return u >= 0 && u < static_cast<int>(compiled->unit_count) ? compiled->word_of_unit[u] : kNoWord; };
  auto behind = [&](int u) { return u + 1 + frontend::kOpInfo[bytes[2 * u]].caches; };
  if (previous < 0 || unit == previous) return unit;
  uint32_t here = word(unit);
  // A comparison and its branch are one instruction.
  while (behind(previous) < static_cast<int>(compiled->unit_count) && word(behind(previous)) == word(previous) && behind(previous) != unit) {
    previous = behind(previous);
  }
  int next = behind(previous), op = bytes[2 * previous];
  bool goes_on = op != frontend::OP_JUMP_FORWARD && op != frontend::OP_JUMP_BACKWARD && op != frontend::OP_JUMP_BACKWARD_NO_INTERRUPT &&
                 op != frontend::OP_RETURN_VALUE && op != frontend::OP_RERAISE && op != frontend::OP_RAISE_VARARGS;
  if (goes_on && next < unit && word(next) == here) return next;
  if (frontend::op_is_jump(op)) {
    int argument = bytes[2 * previous + 1], shift = 8;
    for (int u = previous - 1; u >= 0 && bytes[2 * u] == frontend::OP_EXTENDED_ARG && shift < 32; --u, shift += 8) argument |= bytes[2 * u + 1] << shift;
    for (int target : {next + argument, next - argument}) {
      if (target >= 0 && target < unit && word(target) == here && (target > previous) == (strstr(frontend::kOpInfo[op].name, "BACKWARD") == nullptr)) {
        return target;
      }
    }
  }
  return unit;
}

// The line and opcode events of one code unit, executed after `previous`. False: exception pending.
static bool unit_events(Thread* thread, FrameObject* object, int unit, int previous, const uint8_t* bytes) {
  Code* code = object->frame->code;
  CompiledCode* compiled = code->compiled;
  int entry = 0;
  while (entry < static_cast<int>(compiled->unit_count) && bytes[2 * entry] != frontend::OP_RESUME) ++entry;
  if (unit <= entry) return true;       // the frame is still being set up
  int line = code_line_at(code, unit * 2);
  if (line >= 0 && object->trace_lines) {
    int last_line = previous <= entry ? -1 : code_line_at(code, previous * 2);
    bool due = line != last_line;
    if (!due && unit < previous) due = bytes[2 * previous] != frontend::OP_JUMP_BACKWARD_NO_INTERRUPT && bytes[2 * previous] != frontend::OP_SEND;
    if (due && !local_event(thread, object, "line", nullptr)) return false;
  }
  return !object->trace_opcodes || !present(object->trace) || local_event(thread, object, "opcode", nullptr);
}

const Instr* trace_instruction(Thread* thread, const Instr* pc) {
  Frame* frame = thread->frame;
  FrameObject* object = frame->object;
  if (thread->tracing || !object || !present(object->trace) || !present(thread->trace_function)) return pc;
  CompiledCode* compiled = frame->code->compiled;
  int unit = unit_at(compiled, pc + 1), previous = object->last_unit;
  const uint8_t* bytes = reinterpret_cast<const uint8_t*>(frame->code->code->data);
  for (int u = first_passed_unit(compiled, bytes, previous, unit); u < unit; u += 1 + frontend::kOpInfo[bytes[2 * u]].caches) {
    object->last_unit = u;
    object->line_override = code_line_at(frame->code, u * 2);
    bool ok = unit_events(thread, object, u, previous, bytes);
    object->line_override = 0;
    if (!ok) return nullptr;
    if (frame->pc != pc + 1) return frame->pc - 1;
    previous = u;
  }
  object->last_unit = unit;
  if (!unit_events(thread, object, unit, previous, bytes)) return nullptr;
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
