// Steps through instructions, executing and recording; ends traces.
#include "jit/recorder.h"

#include "interp/ops_attr.h"
#include "interp/ops_call.h"
#include "interp/ops_data.h"
#include "interp/ops_number.h"
#include "jit/chains.h"
#include "jit/recorder_calls.h"
#include "jit/registry.h"
#include "runtime/errors.h"

namespace pyjit::jit {

namespace {

constexpr uint8_t kPoison = 3;  // the resume point behind a raise guard: no guard may use it
constexpr int kMaxUnroll = 3;

int64_t contains64(Value container, Value item) { return runtime::contains(container, item); }
int64_t truth64(Value v) { return interp::truth_slow(v); }
int64_t compare_truth64(uint64_t op, Value a, Value c) { return interp::compare_truth_slow(static_cast<CompareOp>(op), a, c); }
Value iterate(Value iterator) {
  Value v = iterator.as_object()->cls()->slots.next(iterator);
  if (!v && error_pending() && pending_matches(exc.StopIteration)) clear_pending();
  return v;
}

// What an instruction needs of the recorder.
enum class Cover : uint8_t { kTemplate, kSlow, kStop };

Cover cover(uint16_t op) {
  switch (op) {
    case interp::kRETURN_GENERATOR: case interp::kYIELD: case interp::kGENERATOR_RETURN: case interp::kEND_ASYNC_FOR:
      return Cover::kStop;
    case interp::kDELETE_LOCAL: case interp::kMAKE_CELL: case interp::kCOPY_FREE_VARS: case interp::kDELETE_DEREF:
    case interp::kLOAD_CLASSDEREF: case interp::kLOAD_NAME: case interp::kSTORE_NAME: case interp::kSTORE_GLOBAL: case interp::kDELETE_NAME:
    case interp::kDELETE_GLOBAL: case interp::kUNARY_POSITIVE: case interp::kUNARY_INVERT: case interp::kDELETE_ATTR:
    case interp::kDELETE_SUBSCR: case interp::kBUILD_SET: case interp::kBUILD_CONST_KEY_MAP: case interp::kBUILD_STRING:
    case interp::kFORMAT_VALUE: case interp::kSET_ADD: case interp::kMAP_ADD: case interp::kLIST_EXTEND: case interp::kSET_UPDATE:
    case interp::kGET_YIELD_FROM_ITER: case interp::kGET_AWAITABLE: case interp::kGET_LEN: case interp::kMATCH_CLASS: case interp::kMATCH_MAPPING:
    case interp::kMATCH_SEQUENCE: case interp::kMATCH_KEYS: case interp::kUNPACK_EX: case interp::kCHECK_EXC_MATCH: case interp::kCHECK_EG_MATCH:
    case interp::kPREP_RERAISE_STAR: case interp::kBEFORE_WITH: case interp::kBEFORE_ASYNC_WITH: case interp::kWITH_EXCEPT_START:
    case interp::kIMPORT_NAME: case interp::kIMPORT_FROM: case interp::kGET_AITER: case interp::kGET_ANEXT: case interp::kASYNC_GEN_WRAP:
    case interp::kDICT_UPDATE: case interp::kDICT_MERGE: case interp::kLIST_TO_TUPLE: case interp::kMAKE_FUNCTION:
      return Cover::kSlow;
    default:
      return interp::kOpInfo[op].fast ? Cover::kTemplate : Cover::kStop;
  }
}

}  // namespace

bool Recorder::start_bridge(Exit& exit, Value* base) {
  bridge_ = may_leave_ = true;
  root_ = base;
  size_t slots = Builder::kVirtualEnd - Builder::kMinSlot;
  dead_.assign(slots, false);
  dirty_.assign(slots, false);
  stored_.assign(slots, kNoRef);
  b.start_bridge(exit);
  for (Exit* e = exit.trace->parent; e; e = e->trace->parent) same_site_ += e->pc == exit.pc;
  starts_raising_ = (exit.kind & 3) == kRaise;
  if ((exit.kind & 3) == kIterEnd) {
    // It ended, rather than failed.
    Ref exception = b.load(thread_ref(), Mem(offsetof(Thread, exception), MemKind::kVal, kAliasThread));
    b.guard(b.emit(Op::EQ, Type::kBool, exception, b.ir().k_val(Value())), true);
    if (reinterpret_cast<const Instr*>(exit.pc)->op == interp::kSEND) return false;
  }
  synced_ = exit.kind >> kKindBits;
  frame_valid_ = synced_ == 0 && exit.frame == 0;
  if (exit.chain) {
    if (!start_chain(exit, base)) return false;
  } else for (Frame* f = frame();; f = f->back) {
    if (!f) return false;
    int at = static_cast<int>(f->regs() - base);
    bool written = at == 0 || !b.slot_or_none(at - 2);
    frames_.insert(frames_.begin(), Inlined{at, f->code->compiled, f->flags, written});
    if (at == 0) break;
    if (f->regs() < base) return false;
  }
  if (frames_[0].flags & kFrameGenerator) root_top_ = b.slot_or_none(kRootTopSlot);
  // Every slot that the exit restores differs from memory; a parent's value is nobody's own load.
  variables_flushed_ = true;
  if ((exit.kind & 3) == kIterEnd) {
    // The iterator may have raised: that exit stays.
    Ref exception = b.load(thread_ref(), Mem(offsetof(Thread, exception), MemKind::kVal, kAliasThread));
    b.guard(b.emit(Op::EQ, Type::kBool, exception, b.ir().k_val(Value())), true);
  }
  return synced_ < static_cast<int>(frames_.size()) || !frame_valid_;
}

void Recorder::roots(Tracer& tracer) {
  const Ir& ir = b.ir();
  for (Ref ref = 1; ref < ir.const_end(); ++ref)
    if (ir.constant(ref).type == Type::kObj || ir.constant(ref).type == Type::kVal) tracer.visit(Value::from_bits(ir.constant(ref).bits));
}

StopKind Recorder::run() {
  if (starts_raising_) {
    // The exit's guard found an exception pending; nothing else has happened since.
    steps_ = 3;
    if (handler_frame() < 0) {
      stop("an exception that leaves the trace");
      return StopKind::kError;
    }
    StopKind kind = unwind(true);
    if (kind != StopKind::kGo) return kind;
  }
  for (;;) {
    StopKind kind = step();
    if (kind == StopKind::kGo) continue;
    if (kind == StopKind::kDone) {
      for (const Snapshot& snap : b.ir().snaps)
        if ((snap.kind & 3) == kPoison) {
          stop("a guard behind a raise guard");
          return StopKind::kAbort;
        }
    }
    return kind;
  }
}

// Entries of the abstract stack may lie in higher registers than their depth says (lazily placed values), so what the translator noted
// for the instruction counts too.
void Recorder::clear_dead(unsigned depth, bool scratch, const Instr* at) {
  const Inlined& f = frames_.back();
  unsigned limit = f.compiled->nlocalsplus + depth;
  if (at) limit = std::max<unsigned>(limit, f.compiled->live_limit[f.compiled->unit_of_word[at - f.compiled->entry]]);
  int first = f.off + static_cast<int>(limit), end = f.off + static_cast<int>(f.compiled->register_count) - !scratch;
  for (int slot = first; slot < end; ++slot) {
    if (!b.slot_or_none(slot)) continue;
    b.set_slot(slot, kNoRef);
    dead_[static_cast<size_t>(slot - Builder::kMinSlot)] = true;
  }
}

// What the instruction reads is live, whatever the stack's depth says (results that go to a home ahead of their push).
unsigned Recorder::live_depth(const Instr* at) const {
  const interp::CompiledCode* compiled = frames_.back().compiled;
  unsigned depth = compiled->depth_of_word[at - compiled->entry];
  const uint16_t fields[] = {at->a, at->b, at->c};
  for (int i = 0; i < 3; ++i) {
    char letter = interp::kOpInfo[at->op].operands[i];
    if (letter != 'r' && letter != 'p') continue;
    unsigned end = fields[i] + (letter == 'p' ? 2u : 1u);
    if (end > compiled->nlocalsplus) depth = std::max(depth, end - compiled->nlocalsplus);
  }
  return depth;
}

StopKind Recorder::close(bool repeat, Trace* target) {
  flush(false);
  // A collection finds the registers that are live in the loop ahead.
  if (!repeat) b.sstore(off() - 5, b.ir().k_word(reinterpret_cast<uint64_t>(pc + 1)));
  b.set_slot(kRootTopSlot, kNoRef);
  if (variables_flushed_ && repeat)
    for (int s = 0; s < static_cast<int>(frames_[0].compiled->register_count); ++s)
      if (b.slot_or_none(s)) write_slot(s);
  resume(kResume);
  if (repeat) b.end_repeat();
  else b.end_jump(target);
  return StopKind::kDone;
}

StopKind Recorder::leave() {
  if (steps_ < 3) {
    stop("the trace would be too short");
    return StopKind::kAbort;
  }
  const uint16_t fields[] = {pc->a, pc->b, pc->c};
  for (int i = 0; i < 3; ++i)
    if (interp::kOpInfo[pc->op].operands[i] == 'r') reg(fields[i]);
  if (reason_) return StopKind::kAbort;
  b.end_exit();
  return StopKind::kDone;
}

StopKind Recorder::step() {
  const interp::CompiledCode* compiled = frames_.back().compiled;
  concrete_.pc = pc;
  concrete_.regs = regs;
  concrete_.thread = thread;
  clear_dead(live_depth(pc), false, pc);
  resume(kResume);
  if (effects_pending_) {
    b.emit(Op::GINVAL, Type::kVoid);
    if (poll_pending_) b.emit(Op::POLL, Type::kVoid, kNoRef, kNoRef, offsetof(Thread, poll));
    effects_pending_ = poll_pending_ = false;
  }
  if (thread->poll) {
    stop("poll");
    return StopKind::kAbort;
  }
  bool in_root = frames_.size() == 1;
  if (in_root && steps_ > 0) {
    if (pc == anchor_ && !bridge_) {
      clear_dead(compiled->depth_of_word[pc - compiled->entry], true, pc);
      return close(true, nullptr);
    }
    if (Trace* trace = trace_at(pc)) return close(false, trace);
  }
  ++steps_;
  uint16_t op = pc->op;
  if ((op == interp::kRETURN || op == interp::kRETURN_CONST) && in_root) return return_from_root();
  bool back_edge = op == interp::kLOOP || (op >= interp::kFOR_ITER && op <= interp::kFOR_LOOP_GENERATOR && ((op - interp::kFOR_ITER) & 1));
  if (back_edge) {
    const Instr* target = pc + interp::jump_word(pc)->jump;
    if (++edges_[pc] > kMaxUnroll && !(target == anchor_ && !bridge_)) {
      if (may_leave_) return leave();
      stop("an inner loop");
      return StopKind::kAbort;
    }
  }
  bool in_generator = frames_.back().generator && (op == interp::kYIELD || op == interp::kGENERATOR_RETURN);
  if ((cover(op) == Cover::kStop && !in_generator) || (frame()->flags & ~uint32_t{kFrameEntry | kFrameConstructor | kFrameOperator | kFrameGenerator | kFrameHasObject})) {
    if (bridge_) return leave();
    stop(interp::kOpInfo[op].name);
    return StopKind::kAbort;
  }
  if (!in_root && (op == interp::kRETURN || op == interp::kRETURN_CONST) && (frame()->flags & ~uint32_t{kFrameConstructor | kFrameOperator | kFrameHasObject})) {
    stop("return of a frame that has an object");
    return StopKind::kAbort;
  }
  if ((op == interp::kRAISE || op == interp::kRERAISE) && handler_frame() < 0) {
    if (may_leave_) return leave();
    stop("an exception that leaves the loop");
    return StopKind::kAbort;
  }
  const Instr* here = pc;
  Outcome outcome = dispatch();
  if (outcome == Outcome::kError || outcome == Outcome::kReraise) {
    raised_ |= outcome == Outcome::kError && (op == interp::kCHECK_LOCAL || op == interp::kLOAD_DEREF) && !reason_;
    if (raised_ && !reason_ && b.failed() == Abort::kNone && pc == here) {
      StopKind kind = unwind(outcome == Outcome::kError);
      if (kind == StopKind::kGo && b.failed() != Abort::kNone) {
        stop(abort_text(b.failed()));
        return StopKind::kAbort;
      }
      return kind;
    }
    pc = here;
    stop("an exception");
    return StopKind::kError;
  }
  if (reason_) return StopKind::kAbort;
  if (b.failed() != Abort::kNone) {
    stop(abort_text(b.failed()));
    return StopKind::kAbort;
  }
  if (back_edge && op != interp::kLOOP && pc == here + interp::jump_word(here)->jump) {
    // The loop's live temporaries: up to the iterator, and the item if it stays on the stack.
    unsigned locals = frames_.back().compiled->nlocalsplus;
    unsigned top = std::max<unsigned>(here->b, here->a);
    clear_dead(top + 1 - locals, true, nullptr);
  }
  return StopKind::kGo;
}

Outcome Recorder::slow(bool (*fn)(Thread*, Value*, const Instr*)) {
  const Instr* here = pc;
  const interp::OpInfo& info = interp::kOpInfo[here->op];
  for (int s = 0; s < static_cast<int>(frames_.back().compiled->register_count); ++s)
    if (b.slot_or_none(off() + s)) write_slot(off() + s);
  prepare_call(Effects::kCallsPython);
  Ref ok = emit_call(reinterpret_cast<const void*>(fn), Type::kBool, Effects::kCallsPython,
                     {thread_ref(), pointer_ref(regs), b.ir().k_word(reinterpret_cast<uint64_t>(here))});
  if (!fn(thread, regs, here)) {
    raised_bool(ok);
    return Outcome::kError;
  }
  raise_guard(ok);
  if (here->op == interp::kBEFORE_WITH || here->op == interp::kBEFORE_ASYNC_WITH) {
    load_back(here->a);
    load_back(here->a + 1u);
  } else if (here->op == interp::kCOPY_FREE_VARS) {
    for (unsigned i = 0; i < here->b; ++i) load_back(here->a + i);
  } else if (here->op == interp::kUNPACK_EX) {
    for (unsigned i = 0; i <= here->c + interp::window_word(here)->number; ++i) load_back(here->b + i);
  } else {
    if (info.operands[0] == 'd') load_back(here->a);
    if (info.operands[1] == 'd') load_back(here->b);
    if (info.operands[2] == 'd') load_back(here->c);
  }
  pc += info.words + (info.operands[2 + info.words] == 'A' ? interp::list_words(here->c) : 0);
  return Outcome::kNext;
}

// After a test that a call made: goes on at `taken`; the trace leaves to `other` when it comes out differently.
Outcome Recorder::branch(V test, bool truth, const Instr* taken, const Instr* other) {
  Ref ref = test.r;
  b.resume_at(reinterpret_cast<uint64_t>(other), off(), kind(kResume));
  b.guard(b.emit(Op::EQ, Type::kBool, ref, b.ir().k_i64(truth)), true);
  pc = taken;
  return Outcome::kNext;
}

Outcome Recorder::jump_if(bool sense) {
  V a = reg(pc->a);
  know(a);
  if (!a.v.is_object() && !a.v.is_double() && !a.v.is_null() && !a.v.is_ellipsis() && !a.v.is_not_implemented())
    return sense ? interp::op_JUMP_IF_TRUE(*this) : interp::op_JUMP_IF_FALSE(*this);
  prepare_call(Effects::kCallsPython);
  Ref t = emit_call(reinterpret_cast<const void*>(&truth64), Type::kI64, Effects::kCallsPython, {b.box(a.r)});
  resume(kRaise);
  b.guard(b.emit(Op::GE, Type::kBool, t, b.ir().k_i64(0)), true);
  int64_t truth = truth64(a.v);
  if (truth < 0) return Outcome::kError;
  const Instr *jump = pc + interp::jump_word(pc)->jump, *fall = pc + 2;
  bool jumps = (truth != 0) == sense;
  return branch({Value::from_int(truth), t}, truth, jumps ? jump : fall, jumps ? fall : jump);
}

Outcome Recorder::unary_not() {
  V a = reg(pc->b);
  know(a);
  if (!a.v.is_object() && !a.v.is_double() && !a.v.is_null() && !a.v.is_ellipsis() && !a.v.is_not_implemented()) return interp::op_UNARY_NOT(*this);
  prepare_call(Effects::kCallsPython);
  Ref t = emit_call(reinterpret_cast<const void*>(&truth64), Type::kI64, Effects::kCallsPython, {b.box(a.r)});
  resume(kRaise);
  b.guard(b.emit(Op::GE, Type::kBool, t, b.ir().k_i64(0)), true);
  b.resume_at(reinterpret_cast<uint64_t>(pc), off(), kPoison);
  int64_t truth = truth64(a.v);
  if (truth < 0) return Outcome::kError;
  set_reg(pc->a, {Value::from_bool(!truth), b.emit(Op::EQ, Type::kBool, t, b.ir().k_i64(0))});
  return next(1);
}

Outcome Recorder::contains(bool negate) {
  V item = reg(pc->b), container = reg(pc->c);
  prepare_call(Effects::kCallsPython);
  Ref t = emit_call(reinterpret_cast<const void*>(&contains64), Type::kI64, Effects::kCallsPython, {b.box(container.r), b.box(item.r)});
  resume(kRaise);
  b.guard(b.emit(Op::GE, Type::kBool, t, b.ir().k_i64(0)), true);
  b.resume_at(reinterpret_cast<uint64_t>(pc), off(), kPoison);
  int64_t found = contains64(container.v, item.v);
  if (found < 0) return Outcome::kError;
  set_reg(pc->a, {Value::from_bool((found != 0) != negate), b.emit(negate ? Op::EQ : Op::NE, Type::kBool, t, b.ir().k_i64(0))});
  return next(1);
}

template <CompareOp OP> Outcome Recorder::compare_jump(bool constant_right) {
  V a = reg(pc->a), c = constant_right ? constant(2) : reg(pc->b);
  unsigned words = constant_right ? 3 : 2;
  know(a);
  know(c);
  if (both_ints(a.v, c.v) || (a.v.is_double() && c.v.is_double())) return interp::compare_jump<OP>(*this, a, c, words);
  prepare_call(Effects::kCallsPython);
  Ref t = emit_call(reinterpret_cast<const void*>(&compare_truth64), Type::kI64, Effects::kCallsPython,
                    {b.ir().k_word(OP), b.box(a.r), b.box(c.r)});
  resume(kRaise);
  b.guard(b.emit(Op::GE, Type::kBool, t, b.ir().k_i64(0)), true);
  int64_t truth = compare_truth64(OP, a.v, c.v);
  if (truth < 0) return Outcome::kError;
  const Instr *jump = pc + interp::jump_word(pc)->jump, *fall = pc + words;
  bool jumps = (truth != 0) == (pc->c != 0);
  return branch({Value::from_int(truth), t}, truth, jumps ? jump : fall, jumps ? fall : jump);
}

Outcome Recorder::for_iter(bool loop) {
  const Instr* here = pc;
  V iterator = reg(here->b);
  know(iterator);
  if (!iterator.v.is_object() || !iterator.v.as_object()->cls()->slots.next) {
    stop("iteration over what is no iterator");
    return loop ? interp::op_FOR_LOOP(*this) : interp::op_FOR_ITER(*this);
  }
  has_shape(iterator, iterator.v.as_object()->shape_bits);
  bool quiet = quiet_iterator(iterator.v);
  if (!quiet) prepare_call(Effects::kCallsPython);
  Ref item = quiet ? quiet_call(reinterpret_cast<const void*>(&iterate), "next", Type::kVal, kCallReads | kCallAllocates, kIteratorMemory, {b.box(iterator.r)})
                   : emit_call(reinterpret_cast<const void*>(&iterate), Type::kVal, Effects::kCallsPython, {b.box(iterator.r)});
  Value v = iterate(iterator.v);
  const Instr *jump = here + interp::jump_word(here)->jump, *fall = here + 2;
  if (v) {
    resume(kIterEnd);
    b.guard(b.emit(Op::NE, Type::kBool, item, b.ir().k_val(Value())), true);
    b.resume_at(reinterpret_cast<uint64_t>(pc), off(), kPoison);
    set_reg(here->a, {v, item});
    pc = loop ? jump : fall;
    return Outcome::kNext;
  }
  if (thread->exception) return Outcome::kError;
  resume(kRaise);
  Ref exception = b.load(thread_ref(), Mem(offsetof(Thread, exception), MemKind::kVal, kAliasThread));
  b.guard(b.emit(Op::EQ, Type::kBool, exception, b.ir().k_val(Value())), true);
  // An item after all: the interpreter goes on with it.
  int slot = off() + here->a;
  Ref before = b.slot_or_none(slot);
  b.set_slot(slot, item);
  b.resume_at(reinterpret_cast<uint64_t>(loop ? jump : fall), off(), kind(kResume));
  b.guard(b.emit(Op::EQ, Type::kBool, item, b.ir().k_val(Value())), true);
  b.set_slot(slot, before);
  pc = loop ? fall : jump;
  return Outcome::kNext;
}

Outcome Recorder::load_global() {
  Dict *g = globals(), *builtin = builtins();
  Str* name = interp::word_name(pc, 1);
  V out;
  if (g->str_keys_only && builtin->str_keys_only) {
    bool found = dict_get_str(g, name) ? promote_entry(g, name, &out)
                                       : !name_is_volatile(g, Value(static_cast<Object*>(name))) && promote_entry(builtin, name, &out);
    if (found) {
      g->watched = true;
      deps_.names.push_back({g, Value(static_cast<Object*>(name))});
      set_reg(pc->a, out);
      return next(4);
    }
  }
  switch (pc->op) {
    case interp::kLOAD_GLOBAL_MODULE: return interp::op_LOAD_GLOBAL_MODULE(*this);
    case interp::kLOAD_GLOBAL_BUILTIN: return interp::op_LOAD_GLOBAL_BUILTIN(*this);
    default: return interp::op_LOAD_GLOBAL(*this);
  }
}

Outcome Recorder::load_attr_module(bool method) {
  V object = reg(pc->b);
  know(object);
  V out;
  if (is_exact(object.v, types.module) && object.as<Module>()->dict()->str_keys_only) {
    identify(object);
    if (promote_entry(object.as<Module>()->dict(), interp::word_name(pc, 1), &out)) {
      set_reg(pc->a, out);
      if (method) set_reg(pc->a + 1u, imm(Value()));
      return next(5);
    }
  }
  return method ? interp::op_LOAD_METHOD_MODULE(*this) : interp::op_LOAD_ATTR_MODULE(*this);
}

Outcome Recorder::dispatch() {
  const Instr* here = pc;
  if (here->op >= interp::kLOAD_ATTR && here->op <= interp::kSTORE_ATTR_ADD) {
    Outcome outcome;
    if (many_at_this_site()) {
      if (here->op >= interp::kSTORE_ATTR) return interp::op_STORE_ATTR(*this);
      if (here->op < interp::kLOAD_METHOD) return interp::op_LOAD_ATTR(*this);
      outcome = interp::op_LOAD_METHOD(*this);
      if (outcome == Outcome::kNext) load_back(here->a), load_back(here->a + 1u);
      return outcome;
    }
    if (here->op >= interp::kSTORE_ATTR ? store_attribute(&outcome) : load_attribute(here->op >= interp::kLOAD_METHOD, &outcome)) return outcome;
  }
  if (Outcome outcome; specialised(&outcome)) return outcome;
  switch (here->op) {
    case interp::kLOAD_GLOBAL: case interp::kLOAD_GLOBAL_MODULE: case interp::kLOAD_GLOBAL_BUILTIN: return load_global();
    case interp::kLOAD_ATTR_MODULE: return load_attr_module(false);
    case interp::kLOAD_METHOD_MODULE: return load_attr_module(true);
    case interp::kLOAD_ATTR_TYPE: identify(reg(here->b)); return interp::op_LOAD_ATTR_TYPE(*this);
    case interp::kLOAD_METHOD_TYPE: case interp::kLOAD_METHOD: case interp::kLOAD_METHOD_CACHED: case interp::kLOAD_METHOD_SLOT: {
      if (here->op == interp::kLOAD_METHOD_TYPE) identify(reg(here->b));
      method_loaded_ = false;
      Outcome o = here->op == interp::kLOAD_METHOD ? interp::op_LOAD_METHOD(*this)
                  : here->op == interp::kLOAD_METHOD_TYPE ? interp::op_LOAD_METHOD_TYPE(*this)
                  : here->op == interp::kLOAD_METHOD_CACHED ? interp::op_LOAD_METHOD_CACHED(*this) : interp::op_LOAD_METHOD_SLOT(*this);
      if (o == Outcome::kNext && method_loaded_) {
        load_back(here->a);
        load_back(here->a + 1u);
      }
      return o;
    }
    case interp::kCALL: case interp::kCALL_METHOD: case interp::kCALL_KW: case interp::kCALL_METHOD_KW: case interp::kCALL_EX:
      if (Outcome outcome; python_call(&outcome)) return outcome;
      break;
    case interp::kCOPY_FREE_VARS: return copy_free_vars();
    case interp::kJUMP_IF_TRUE: return jump_if(true);
    case interp::kJUMP_IF_FALSE: return jump_if(false);
    case interp::kUNARY_NOT: return unary_not();
    case interp::kCONTAINS: return contains(false);
    case interp::kNOT_CONTAINS: return contains(true);
#define COMPARE(NAME, OP)                                             \
    case interp::kJUMP_##NAME: return compare_jump<OP>(false);        \
    case interp::kJUMP_##NAME##_RK: return compare_jump<OP>(true);
    COMPARE(LT, kLt) COMPARE(LE, kLe) COMPARE(EQ, kEq) COMPARE(NE, kNe) COMPARE(GT, kGt) COMPARE(GE, kGe)
#undef COMPARE
    case interp::kFOR_ITER: case interp::kFOR_ITER_GENERATOR: case interp::kFOR_LOOP: case interp::kFOR_LOOP_GENERATOR: {
      bool loop = here->op == interp::kFOR_LOOP || here->op == interp::kFOR_LOOP_GENERATOR;
      V it = reg(here->b);
      if (!is_exact_shape(it.v, interp::shapes.generator) || !can_resume(it, imm(Value::none()))) return for_iter(loop);
      return loop ? interp::op_FOR_LOOP_GENERATOR(*this) : interp::op_FOR_ITER_GENERATOR(*this);
    }
    case interp::kSEND: return send();
    case interp::kRAISE: case interp::kRERAISE: return raise_instruction();
    case interp::kCHECK_EXC_MATCH: return check_exc_match();
    case interp::kPUSH_EXC_INFO: previous_was_null_ = !thread->exc_info->value; break;
    case interp::kGET_YIELD_FROM_ITER: {
      V v = reg(here->b);
      if (!is_exact_shape(v.v, interp::shapes.generator)) break;
      has_shape(v, interp::shapes.generator);
      set_reg(here->a, v);
      return next(1);
    }
#define FOR_KIND(NAME, SHAPE)                                                                                                       \
    case interp::kFOR_ITER##NAME: case interp::kFOR_LOOP##NAME: {                                                                   \
      bool loop = here->op == interp::kFOR_LOOP##NAME;                                                                              \
      V it = reg(here->b);                                                                                                          \
      if (!is_exact_shape(it.v, interp::shapes.SHAPE)) return for_iter(loop);                                                       \
      return loop ? interp::op_FOR_LOOP##NAME(*this) : interp::op_FOR_ITER##NAME(*this);                                            \
    }
    FOR_KIND(_RANGE, range_iterator) FOR_KIND(_LIST, list_iterator) FOR_KIND(_TUPLE, tuple_iterator)
#undef FOR_KIND
    case interp::kBUILD_TUPLE: case interp::kBUILD_LIST: case interp::kBUILD_MAP: case interp::kBUILD_SLICE:
      for (unsigned i = 0; i < here->c; ++i) reg(interp::register_list(here, 1)[i]);
      for (unsigned i = 0; i < here->c; ++i) write_slot(off() + interp::register_list(here, 1)[i]);
      break;
    case interp::kUNPACK_SEQUENCE: {
      Value source = reg(here->a).v;
      bool fast = (is_exact(source, types.tuple) && source.as<Tuple>()->size == here->c) ||
                  (is_exact(source, types.list) && source.as<List>()->size == here->c);
      Outcome o = interp::op_UNPACK_SEQUENCE(*this);
      if (!fast && o == Outcome::kNext)
        for (unsigned i = 0; i < here->c; ++i) load_back(interp::register_list(here, 1)[i]);
      return o;
    }
    default: break;
  }
  switch (here->op) {
#define FAST(name, words, operands) case interp::k##name: return interp::op_##name(*this);
#define SLOW(name, words, operands) case interp::k##name: return slow(interp::slow_##name);
#include "interp/instructions.def"
#undef FAST
#undef SLOW
    default: __builtin_unreachable();
  }
}

}  // namespace pyjit::jit
