// The recorder's function traces: their entry, the return that ends a trace, and calls of one trace by another.
//
// Convention: a function trace is entered with the callee's header and arguments in memory and thread->frame, stack_top and
// recursion_depth as the interpreter would have them. It returns with recursion_depth still counting its own frame; the caller corrects
// that when it next needs the number, so two calls in a row cost nothing.
#include "frontend/code.h"
#include "interp/hot.h"
#include "jit/recorder.h"
#include "jit/recorder_calls.h"
#include "jit/registry.h"
#include "runtime/errors.h"

namespace pyjit::jit {

namespace {

// __init__ has returned: what the constructor's caller checks.
Value check_init_result(Value v) {
  if (v.is_none()) return v;
  return raisef(exc.TypeError, "__init__() should return None, not '%.200s'", type_name(v));
}

// Runs a frame that is complete in memory and thread->frame already.
Value run_pushed(Thread* thread, Frame* frame) {
  frame->pc = frame->code->compiled->entry;
  frame->flags |= kFrameEntry;
  ++frame->code->compiled->entry_counter;   // as any push of a frame: hot if it has a trace
  return interp::run_entry(thread);
}

}  // namespace

void Recorder::start(TraceKind kind) {
  b.start(kind);
  size_t slots = Builder::kVirtualEnd - Builder::kMinSlot;
  dead_.assign(slots, false);
  dirty_.assign(slots, false);
  stored_.assign(slots, kNoRef);
  frames_.push_back({0, frame()->code->compiled, frame()->flags, true});
  resume(kResume);
  b.emit(Op::POLL, Type::kVoid, kNoRef, kNoRef, offsetof(Thread, poll));
  if (frame()->flags & kFrameGenerator) load_root_top();
  if (kind != TraceKind::kFunction) return;
  anchor_ = nullptr;
  may_leave_ = true;
  // Room for what the trace pushes without asking: else the interpreter takes over and finds the right place to raise RecursionError.
  b.emit(Op::STKCHK, Type::kVoid, kNoRef, kNoRef, offsetof(Thread, native_stack_limit));
  Ref t = thread_ref();
  Ref depth = b.load(t, Mem(offsetof(Thread, recursion_depth), MemKind::kI32, kAliasDepth));
  Ref limit = b.load(t, Mem(offsetof(Thread, recursion_limit), MemKind::kI32, kAliasThread));
  depth = b.emit(Op::ADD, Type::kI64, depth, b.ir().k_i64(params().max_inline_depth + 2));
  b.guard(b.emit(Op::LT, Type::kBool, depth, limit), true);
  Ref top = b.aref(b.emit(Op::BASE, Type::kWord), b.ir().k_i64(0), 0, static_cast<int>(8 * (params().max_slots + 64)));
  Ref end = b.load(t, Mem(offsetof(Thread, stack_limit), MemKind::kWord, kAliasThread));
  b.guard(b.emit(Op::ULT, Type::kBool, top, end), true);
  entry_guards_ = b.ir().end();
}

// RETURN in the frame that the trace was entered with.
StopKind Recorder::return_from_root() {
  if (!may_leave_) {
    stop("the loop's function returns");
    return StopKind::kAbort;
  }
  if (frame()->flags & kFrameTraced) return leave();
  bool object = frame()->flags & kFrameHasObject;
  if (object && steps_ < 3) return leave();
  V v = pc->op == interp::kRETURN ? reg(pc->a) : constant(1);
  if (reason_) return StopKind::kAbort;
  if (bridge_ || python_called_) {
    // Somebody may have asked for the frame's object: the interpreter lets it take over the variables.
    Ref flags = b.load(b.emit(Op::BASE, Type::kWord), Mem(-16, MemKind::kU32, kAliasFrame));
    Ref bits = b.emit(Op::BAND, Type::kI64, flags, b.ir().k_i64(kFrameHasObject | kFrameTraced));
    b.guard(b.emit(Op::EQ, Type::kBool, bits, b.ir().k_i64(object ? kFrameHasObject : 0)), true);
  } else if (object) {
    return leave();
  }
  if (object) detach_frame();
  sync_depth(0);
  b.end_return(b.box(v.r));
  return b.failed() == Abort::kNone ? StopKind::kDone : StopKind::kAbort;
}

void Recorder::sync_depth(int top) {
  if (synced_ == top) return;
  Ref t = thread_ref();
  Ref depth = b.load(t, Mem(offsetof(Thread, recursion_depth), MemKind::kI32, kAliasDepth));
  b.store(t, b.emit(Op::ADD, Type::kI64, depth, b.ir().k_i64(top - synced_)), Mem(offsetof(Thread, recursion_depth), MemKind::kI32, kAliasDepth));
  synced_ = top;
}

// Whether a call of this code becomes a frame of the trace or a call of its function trace; if neither, the call is opaque.
bool Recorder::function_fits(V callee, unsigned nargs) {
  auto* f = callee.as<Function>();
  interp::CompiledCode* compiled = f->code->compiled;
  call_trace_ = false;
  if (!compiled || compiled->exact_args != static_cast<int32_t>(nargs) || !enterable(compiled)) return false;
  call_trace_ = call_trace_wanted_;
  guard_function(callee);
  return true;
}

bool Recorder::enterable(interp::CompiledCode* compiled) {
  call_trace_wanted_ = false;
  if (many_at_this_site()) return false;
  if (thread->stack_top + compiled->frame_bytes > thread->stack_limit || thread->recursion_depth >= thread->recursion_limit) return false;
  if (!inlineable(compiled)) {
    bool detached = frames_[0].flags & kFrameGenerator;
    if (!traceable(compiled->code) || (detached && !root_top_)) return false;
    int end = stack_frame().off + static_cast<int>(stack_frame().compiled->register_count + compiled->nlocalsplus) + 8;
    if (detached) end = virtual_end() - Builder::kVirtualFirst + static_cast<int>(compiled->register_count) + 16;
    if (end + 32 >= params().max_slots) return false;
    bool itself = !bridge_ && b.ir().kind == TraceKind::kFunction && compiled == frames_[0].compiled;
    callee_trace_ = itself ? nullptr : function_trace(compiled);
    if (!itself && !callee_trace_) {
      if (await_function(compiled)) {
        stop("waits for the trace of a callee");
        waiting_ = true;
      }
      return false;
    }
    call_trace_wanted_ = true;
  }
  return true;
}

// The callee's frame has been pushed. Inlined: recording goes on in it. Else it runs here and now, and the trace calls its trace.
Outcome Recorder::entered() {
  if (!call_trace_) return Outcome::kNext;
  call_trace_ = false;
  if (reason_ || b.failed() != Abort::kNone) return Outcome::kNext;
  Inlined callee = frames_.back();
  Frame *frame = this->frame(), *caller = frame->back;
  Ref self = b.slot_or_none(callee.off - 1), address = frame_ref(frames_.size() - 1);
  flush(true);
  const Instr *here = call_pc_, *next = caller->pc;
  regs = caller->regs();
  pc = here;
  frames_.pop_back();
  note_chain();
  int end = std::min(callee.off + static_cast<int>(callee.compiled->register_count), Builder::kMinSlot + static_cast<int>(dead_.size()));
  for (int slot = callee.off - 9 + !callee.stack; slot < end; ++slot) b.set_slot(slot, kNoRef);
  b.set_slot(off() - 5, kNoRef);
  forget_temporaries();
  frame_valid_ = false;
  clear_dead(live_depth(next), false, next);
  unsigned destination = frame->return_register;
  if (destination >= frames_.back().compiled->nlocalsplus) b.set_slot(off() + static_cast<int>(destination), kNoRef);
  V result;
  frame->pc = callee.compiled->entry;
  frame->flags |= kFrameEntry;
  result.v = interp::run_entry(thread);
  if (!result.v || callee.stack) {
    // A trace that is called and raises leaves all of its callers, and a detached frame has no place relative to this one's base: run it as
    // one C++ function.
    result.r = emit_call(reinterpret_cast<const void*>(&run_pushed), Type::kVal, Effects::kCallsPython, {thread_ref(), address});
    python_called_ = frame_valid_ = true;
    synced_ = static_cast<int>(frames_.size()) - 1;
    if (!result.v) return raised_value(destination, result, next);
    guard_not_null(result);
    set_reg(destination, result);
    pc = next;
    return Outcome::kNext;
  }
  resume(kResume);
  result.r = b.call_trace(callee_trace_, callee.off);
  python_called_ = effects_pending_ = true;
  if (callee.flags & kFrameConstructor) {
    resume(kResume);
    CallTarget target{reinterpret_cast<const void*>(&check_init_result), "check_init_result", Type::kVal, kCallReads | kCallAllocates, 0};
    raise_guard(b.emit(Op::NE, Type::kBool, b.call(target, {result.r}), b.ir().k_val(Value())));
    result.r = self;
  }
  set_reg(destination, result);
  pc = next;
  return Outcome::kNext;
}

}  // namespace pyjit::jit
