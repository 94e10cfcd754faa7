// The recorder's exceptions: what raises, the way to the handler, the state of the exception being handled, with and except.
//
// A call that raised while recording is followed by the guard that it does so again. Where the handler is follows from the frames of the
// chain, which the trace knows: one call of unwind (tracebacks, frame objects, frames that end, generators that fail) and the trace goes on
// at the handler. If no frame of the trace has one, the trace ends with the exception pending.
#include "frontend/code.h"
#include "interp/frames.h"
#include "interp/machine.h"
#include "jit/chains.h"
#include "jit/recorder.h"
#include "jit/recorder_calls.h"
#include "runtime/errors.h"
#include "runtime/types/exception.h"

namespace pyjit::jit {

namespace {

// Returns nothing of use: the trace knows where the handler is.
bool unwind_frames(Thread* thread, uint64_t add_traceback) { return interp::unwind(thread, add_traceback) != nullptr; }
bool detach_object(Frame* frame) {
  interp::detach_frame_object(frame);
  return true;
}

}  // namespace

// --- raising

// The instruction's call returned no value although one was expected in register r: guards that.
Outcome Recorder::raised_value(unsigned r, V v, const Instr* next) {
  if (reason_ || is_const(v.r) || b.ir().type(v.r) != Type::kVal) return Outcome::kError;
  int slot = off() + static_cast<int>(r);
  Ref before = b.slot_or_none(slot);
  b.set_slot(slot, v.r);
  b.resume_at(reinterpret_cast<uint64_t>(next), off(), kind(kResume));
  b.guard(b.emit(Op::EQ, Type::kBool, v.r, b.ir().k_val(Value())), true);
  b.set_slot(slot, before);
  raised_ = true;
  return Outcome::kError;
}

// The same of one that returns whether it succeeded, and has then written the instruction's results to memory.
void Recorder::raised_bool(Ref ok) {
  if (reason_) return;
  const interp::OpInfo& info = interp::kOpInfo[pc->op];
  std::vector<std::pair<int, Ref>> saved;
  auto forget = [&](unsigned r) {
    int slot = off() + static_cast<int>(r);
    saved.push_back({slot, b.slot_or_none(slot)});
    b.set_slot(slot, kNoRef);
  };
  const uint16_t fields[] = {pc->a, pc->b, pc->c};
  for (int i = 0; i < 3; ++i) {
    if (info.operands[i] == 'd') forget(fields[i]);
    if (info.operands[i] == 'p' && i == 0) forget(pc->a), forget(pc->a + 1u);
  }
  if (info.operands[2 + info.words] == 'D')
    for (unsigned i = 0; i < pc->c; ++i) forget(interp::register_list(pc, info.words)[i]);
  if (pc->op == interp::kUNPACK_EX || pc->op == interp::kCOPY_FREE_VARS || pc->op == interp::kBEFORE_WITH || pc->op == interp::kBEFORE_ASYNC_WITH) return;
  b.resume_at(reinterpret_cast<uint64_t>(pc + interp::instruction_length(pc)), off(), kind(kResume));
  b.guard(ok, false);
  for (size_t i = saved.size(); i-- > 0;) b.set_slot(saved[i].first, saved[i].second);
  raised_ = true;
}

// The frame of the chain that handles what the instruction at pc raises; -1: none.
int Recorder::handler_frame() const {
  for (size_t i = frames_.size(); i-- > 0;) {
    interp::CompiledCode* compiled = frames_[i].compiled;
    Frame* f = thread->frame;
    for (size_t k = frames_.size() - 1; k > i; --k) f = f->back;
    int unit = interp::unit_at(compiled, i + 1 == frames_.size() ? pc + 1 : f->pc);
    if (unit >= 0 && interp::find_handler(compiled, static_cast<uint32_t>(unit))) return static_cast<int>(i);
    if (f->flags & (kFrameTraced | kFrameEntry) && i > 0) return -1;
  }
  return -1;
}

// An exception is pending, here and in the trace: on to its handler.
StopKind Recorder::unwind(bool add_traceback) {
  int at = handler_frame();
  raised_ = false;
  if (at < 0) {
    if (!may_leave_ || !add_traceback || steps_ < 3) {
      stop("an exception that leaves the trace");
      return StopKind::kError;
    }
    resume(kRaise);
    b.end_exit();
    ends_raising_ = true;
    return StopKind::kDone;
  }
  frame()->pc = pc + 1;
  int unit = interp::unit_at(frames_[static_cast<size_t>(at)].compiled, static_cast<size_t>(at) + 1 == frames_.size() ? pc + 1 : [&] {
    Frame* f = thread->frame;
    for (size_t k = frames_.size() - 1; k > static_cast<size_t>(at); --k) f = f->back;
    return f->pc;
  }());
  const interp::ExceptionRange* range = interp::find_handler(frames_[static_cast<size_t>(at)].compiled, static_cast<uint32_t>(unit));
  flush(true);
  emit_call(reinterpret_cast<const void*>(&unwind_frames), Type::kBool, Effects::kWrites, {thread_ref(), b.ir().k_word(add_traceback)});
  const Instr* handler = interp::unwind(thread, add_traceback);
  if (!handler) {
    stop("an exception found no handler");
    return StopKind::kError;
  }
  while (frames_.size() > static_cast<size_t>(at) + 1) {
    const Inlined& f = frames_.back();
    for (int slot = f.off - 9 + !f.stack; slot < f.off + static_cast<int>(f.compiled->register_count); ++slot) {
      b.set_slot(slot, kNoRef);
      b.known_in_memory(slot, kNoRef);
    }
    frames_.pop_back();
  }
  note_chain();
  synced_ = at;
  frame_valid_ = true;
  regs = thread->frame->regs();
  pc = handler;
  b.set_slot(off() - 5, kNoRef);
  forget_temporaries();
  clear_dead(range->depth, true, nullptr);
  unsigned r = frames_.back().compiled->nlocalsplus + range->depth;
  if (range->push_lasti) load_back(r++);
  load_back(r);
  return StopKind::kGo;
}

// RAISE and RERAISE: the calls, always raising.
Outcome Recorder::raise_instruction() {
  const Instr* here = pc;
  if (here->op == interp::kRERAISE) {
    V e = reg(here->a);
    if (here->b) reg(here->b - 1u), write_slot(off() + here->b - 1);
    prepare_call(Effects::kWrites);
    emit_call(reinterpret_cast<const void*>(&interp::reraise), Type::kBool, Effects::kWrites, {thread_ref(), b.box(e.r)});
    interp::reraise(thread, e.v);
    raised_ = is_exception(e.v);
    return Outcome::kReraise;
  }
  for (unsigned i = 0; i < here->c; ++i) reg(interp::register_list(here, 1)[i]);
  for (unsigned i = 0; i < here->c; ++i) write_slot(off() + interp::register_list(here, 1)[i]);
  prepare_call(Effects::kCallsPython);
  Ref again = emit_call(reinterpret_cast<const void*>(&interp::raise_slow), Type::kBool, Effects::kCallsPython,
                        {thread_ref(), pointer_ref(regs), b.ir().k_word(reinterpret_cast<uint64_t>(here))});
  bool bare = interp::raise_slow(thread, regs, here);
  if (here->c == 0) {
    if (!bare) return Outcome::kError;
    raise_guard(again);   // RuntimeError if nothing is being handled
  }
  raised_ = true;
  return bare ? Outcome::kReraise : Outcome::kError;
}

// --- the exception being handled

// Address of the innermost entry: that of the generator that runs, linked or not, or the thread's.
Ref Recorder::exc_info(int* offset) {
  for (size_t i = frames_.size(); i-- > 0;)
    if (frames_[i].generator) {
      *offset = offsetof(Generator, exc_info) + offsetof(ExcInfo, value);
      return frames_[i].generator;
    }
  *offset = offsetof(ExcInfo, value);
  return b.load(thread_ref(), Mem(offsetof(Thread, exc_info), MemKind::kWord, kAliasThread));
}

RV Recorder::exchange_handled_exception(V exception) {
  int offset;
  Ref base = exc_info(&offset);
  Mem word(offset, MemKind::kVal, kAliasExcInfo);
  bool wanted = pc->op == interp::kPUSH_EXC_INFO;
  V previous{concrete_.exchange_handled_exception(exception.v), kNoRef};
  if (wanted) {
    previous.r = b.load(base, word);
    // Null stands for None.
    Ref none = b.ir().k_val(Value::none()), null = b.ir().k_val(Value());
    if (!previous.v.is_none()) {
      b.guard(b.emit(Op::EQ, Type::kBool, previous.r, null), false);
    } else if (!(is_const(previous.r))) {
      bool is_null = previous_was_null_;
      b.guard(b.emit(Op::EQ, Type::kBool, previous.r, is_null ? null : none), true);
      previous.r = none;
    } else {
      previous.r = none;
    }
  }
  b.store(base, b.box(exception.r), word);
  if (b.ir().type(base) == Type::kObj) b.emit(Op::BARRIER, Type::kVoid, base);
  return previous;
}

// except CLASS: decided by the exception's shape and the identity of the class or classes.
Outcome Recorder::check_exc_match() {
  const Instr* here = pc;
  V e = reg(here->b), type = reg(here->c);
  std::vector<V> classes;
  bool simple = e.v.is_object() && is_exception(e.v) && type.v.is_object() && !class_is_volatile(class_of(e.v));
  bool tuple = simple && is_exact(type.v, types.tuple);
  if (tuple) {
    auto* t = type.v.as<Tuple>();
    for (uint64_t i = 0; i < t->size; ++i) simple &= is_exception_class(t->items[i]);
    simple &= t->size < 8;
  } else {
    simple &= is_exception_class(type.v);
  }
  if (!simple) return slow(interp::slow_CHECK_EXC_MATCH);
  has_shape(e, e.v.as_object()->shape_bits);
  Class* cls = class_of(e.v);
  class_version_is(cls, cls->version);
  if (tuple && !is_const(type.r)) {
    is_exact_tuple(type);
    tuple_size_is(type, static_cast<unsigned>(type.v.as<Tuple>()->size));
    for (unsigned i = 0; i < type.v.as<Tuple>()->size; ++i) identify(tuple_item_at(type, i));
  } else {
    identify(type);
  }
  bool matches = exception_matches(e.v, type.v) == 1;
  set_reg(here->a, boolean(matches));
  return next(1);
}

// --- frames that somebody has the object of

void Recorder::detach_frame() {
  flush(true);
  emit_call(reinterpret_cast<const void*>(&detach_object), Type::kBool, Effects::kWrites, {frame_ref(frames_.size() - 1)});
  interp::detach_frame_object(frame());
}

}  // namespace pyjit::jit
