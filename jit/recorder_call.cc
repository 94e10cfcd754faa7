// The recorder's calls: opaque C++ functions and what must be in memory for them; inlined Python frames.
#include "frontend/code.h"
#include "interp/frames.h"
#include "interp/hot.h"
#include "jit/recorder.h"
#include "jit/chains.h"
#include "jit/recorder_calls.h"
#include "runtime/types/str.h"

namespace pyjit::jit {

using interp::CallStatus;
using interp::shapes;

Value call_instruction(Thread* thread, Value* regs, const Instr* pc) {
  reinterpret_cast<Frame*>(regs)[-1].pc = pc + 1;
  CallStatus status;
  switch (pc->op) {
    case interp::kCALL: status = interp::call_slow(thread, regs, pc); break;
    case interp::kCALL_METHOD: status = interp::call_method_slow(thread, regs, pc); break;
    case interp::kCALL_EX: status = interp::call_ex(thread, regs, pc); break;
    default: status = interp::call_keywords(thread, regs, pc); break;
  }
  if (status == CallStatus::kError) return nullptr;
  if (status == CallStatus::kDone) return regs[pc->a];
  thread->frame->flags |= kFrameEntry;
  return interp::run_entry(thread);
}

namespace {

// One entry for each number of arguments and kind of effects: a CALL's target says what it may do.
template <int E, class... A> Value call_native(NativeFn fn, A... args) {
  Value window[] = {args..., Value()};
  return fn(window);
}
template <int E> const void* caller(unsigned n) {
  using V = Value;
  switch (n) {
    case 0: return reinterpret_cast<const void*>(&call_native<E>);
    case 1: return reinterpret_cast<const void*>(&call_native<E, V>);
    case 2: return reinterpret_cast<const void*>(&call_native<E, V, V>);
    case 3: return reinterpret_cast<const void*>(&call_native<E, V, V, V>);
    case 4: return reinterpret_cast<const void*>(&call_native<E, V, V, V, V>);
    case 5: return reinterpret_cast<const void*>(&call_native<E, V, V, V, V, V>);
    case 6: return reinterpret_cast<const void*>(&call_native<E, V, V, V, V, V, V>);
    case 7: return reinterpret_cast<const void*>(&call_native<E, V, V, V, V, V, V, V>);
    default: return reinterpret_cast<const void*>(&call_native<E, V, V, V, V, V, V, V, V>);
  }
}

bool looks_at_variables(std::string_view name) {
  return name == "locals" || name == "vars" || name == "dir" || name == "eval" || name == "exec" || name == "_getframe" || name == "globals";
}

}  // namespace

const void* native_caller(Effects effects, unsigned n) {
  switch (effects) {
    case Effects::kPure: case Effects::kReads: return caller<1>(n);
    case Effects::kWrites: return caller<2>(n);
    default: return caller<3>(n);
  }
}

// --- memory before a call

void Recorder::write_slot(int slot) {
  size_t index = static_cast<size_t>(slot - Builder::kMinSlot);
  Ref ref = b.slot_or_none(slot);
  if (!ref || index >= dead_.size() || stored_[index] == ref) return;
  store_word(slot, ref);
  stored_[index] = ref;
  b.known_in_memory(slot, ref);
  dirty_[index] = !own_load(slot, ref);
}

// Brings the chain of frames, thread->frame and, if Python code may look at them, the named variables up to date.
void Recorder::flush(bool variables) {
  for (size_t i = 1; i < frames_.size(); ++i) {
    Inlined& f = frames_[i];
    if (f.written) continue;
    if (f.generator) link_generator(i);
    else for (int slot = f.off - 8; slot < f.off; ++slot) {
      Ref ref = b.slot_or_none(slot);
      if (!ref) continue;
      store_word(slot, ref);
      b.set_slot(slot, kNoRef);
    }
    int caller_pc = frames_[i - 1].off - 5;
    if (Ref ref = b.slot_or_none(caller_pc)) {
      store_word(caller_pc, ref);
      b.set_slot(caller_pc, kNoRef);
    }
    f.written = true;
  }
  int top = static_cast<int>(frames_.size()) - 1;
  const Inlined& f = stack_frame();
  if (synced_ != top || !frame_valid_) {
    Ref t = thread_ref();
    b.store(t, frame_ref(frames_.size() - 1), Mem(offsetof(Thread, frame), MemKind::kWord, kAliasThread));
    int size = 8 * static_cast<int>(f.compiled->register_count);
    Ref end = f.stack                         ? b.aref(f.stack, b.ir().k_i64(0), 0, size)
              : !(f.flags & kFrameGenerator) ? b.aref(b.emit(Op::BASE, Type::kWord), b.ir().k_i64(0), 0, 8 * f.off + size)
                                              : root_top_;   // none: the trace never pushed a frame
    if (end) b.store(t, end, Mem(offsetof(Thread, stack_top), MemKind::kWord, kAliasThread));
    sync_depth(top);
    frame_valid_ = true;
  }
  if (!variables) return;
  variables_flushed_ = true;
  for (const Inlined& frame : frames_)
    for (int s = frame.off; s < frame.off + static_cast<int>(frame.compiled->nlocalsplus); ++s)
      if (Ref ref = b.slot_or_none(s); ref && !own_load(s, ref)) write_slot(s);
}

void Recorder::prepare_call(Effects effects) {
  frame()->pc = pc + 1;
  flush(effects == Effects::kCallsPython);
  store_word(off() - 5, b.ir().k_word(reinterpret_cast<uint64_t>(pc + 1)));
  python_called_ |= effects == Effects::kCallsPython;
  forget_temporaries();
}

// The collector may clear temporaries that are dead at the saved pc: what was written to them does not last.
void Recorder::forget_temporaries() {
  for (const Inlined& f : frames_)
    for (int s = f.off + static_cast<int>(f.compiled->nlocalsplus); s < f.off + static_cast<int>(f.compiled->register_count); ++s) {
      size_t index = static_cast<size_t>(s - Builder::kMinSlot);
      if (index < dead_.size()) stored_[index] = kNoRef, dirty_[index] = true, b.known_in_memory(s, kNoRef);
    }
}

Ref Recorder::emit_call(const void* fn, Type type, Effects effects, std::initializer_list<Ref> arguments) {
  CallTarget target{fn, "call", type, kCallReads | kCallAllocates, 0};
  if (effects >= Effects::kWrites) {
    target.effects |= kCallWrites;
    target.clobbers = ~0ull;
    effects_pending_ = true;
  }
  if (effects == Effects::kCallsPython) {
    target.effects |= kCallPython;
    poll_pending_ = true;
  }
  return b.call(target, arguments);
}

Ref Recorder::pointer_ref(const void* p) {
  auto at = reinterpret_cast<uintptr_t>(p), base = reinterpret_cast<uintptr_t>(root_);
  if (p == thread) return thread_ref();
  for (const Inlined& g : frames_) {
    if (g.stack && at >= reinterpret_cast<uintptr_t>(g.regs - 8) && at < reinterpret_cast<uintptr_t>(g.regs + g.compiled->register_count))
      return b.aref(g.stack, b.ir().k_i64(0), 0, static_cast<int>(at - reinterpret_cast<uintptr_t>(g.regs)));
    if (!g.generator) continue;
    auto* object = reinterpret_cast<char*>(g.concrete);
    if (at >= reinterpret_cast<uintptr_t>(object) && at < reinterpret_cast<uintptr_t>(object) + sizeof(Generator) + 8 * g.compiled->register_count)
      return b.aref(g.generator, b.ir().k_i64(0), 0, static_cast<int>(at - reinterpret_cast<uintptr_t>(object)));
  }
  const Inlined& f = stack_frame().stack ? frames_[0] : stack_frame();
  uintptr_t end = base + 8 * static_cast<uintptr_t>(f.off + static_cast<int>(f.compiled->register_count));
  if (at >= base - 64 && at < end) return b.aref(b.emit(Op::BASE, Type::kWord), b.ir().k_i64(0), 0, static_cast<int>(at - base));
  return b.ir().k_word(at);
}

void Recorder::raise_guard(Ref ok) {
  resume(kRaise);
  b.guard(ok, true);
  b.resume_at(reinterpret_cast<uint64_t>(pc), off(), 3);
}

void Recorder::guard_not_null(V v) {
  if (is_const(v.r) || b.ir().type(v.r) != Type::kVal) return;
  raise_guard(b.emit(Op::NE, Type::kBool, v.r, b.ir().k_val(Value())));
}

// --- Python frames

bool Recorder::inlineable(interp::CompiledCode* compiled) {
  bool detached = frames_[0].flags & kFrameGenerator;
  if (detached && !root_top_) return false;
  if (compiled->code->code_flags & (frontend::kGenerator | frontend::kCoroutine | frontend::kAsyncGenerator)) return false;
  if (static_cast<int64_t>(frames_.size()) >= params().max_inline_depth) return false;
  int end = stack_frame().off + static_cast<int>(stack_frame().compiled->register_count + compiled->register_count) + 8;
  if (detached) end = virtual_end() - Builder::kVirtualFirst + static_cast<int>(compiled->register_count) + 16;
  if (end + 32 >= params().max_slots || compiled->word_count > 3000) return false;
  for (const Inlined& f : frames_)
    if (f.compiled == compiled) return false;
  for (const Instr *p = compiled->entry, *last = p + compiled->word_count; p < last; p += interp::instruction_length(p)) {
    if (p->op == interp::kLOOP || (p->op >= interp::kFOR_ITER && p->op <= interp::kFOR_LOOP_GENERATOR)) return false;
    if (p->op == interp::kIMPORT_NAME || p->op == interp::kLOAD_BUILD_CLASS) return false;
  }
  return true;
}

bool Recorder::push_frame(V callee, V self, const uint16_t* args, unsigned count, unsigned destination, unsigned words, uint32_t flags) {
  std::vector<V> values;
  if (self) values.push_back(self);
  for (unsigned i = 0; i < count; ++i) values.push_back(reg(args[i]));
  return push_values(callee, self, values, destination, words, flags);
}

// The frame of a call whose arguments have been bound. self: of a constructor.
bool Recorder::push_values(V callee, V self, const std::vector<V>& values, unsigned destination, unsigned words, uint32_t flags) {
  auto* f = callee.as<Function>();
  Code* code = f->code;
  interp::CompiledCode* compiled = code->compiled;
  // The concrete frame.
  if (thread->stack_top + compiled->frame_bytes > thread->stack_limit || thread->recursion_depth >= thread->recursion_limit) {
    stop("no room for a frame");
    return false;
  }
  call_pc_ = pc;
  int caller_off = off();
  const Instr* back_to = pc + words;
  frame()->pc = back_to;
  auto* pushed = reinterpret_cast<Frame*>(thread->stack_top);
  *pushed = Frame{frame(), f, code, compiled->entry, nullptr, nullptr, flags, destination, flags & kFrameConstructor ? self.v : Value()};
  thread->stack_top += compiled->frame_bytes;
  ++thread->recursion_depth;
  thread->frame = pushed;
  regs = pushed->regs();
  pc = compiled->entry;
  for (size_t i = 0; i < compiled->nlocalsplus; ++i) regs[i] = i < values.size() ? values[i].v : Value();
  Ref back = frame_ref(frames_.size() - 1);
  int at = static_cast<int>(regs - root_);
  if (frames_[0].flags & kFrameGenerator) {
    // Behind the last such frame, or where the stack ended at entry.
    const Inlined& below = stack_frame();
    at = virtual_end() + 9;
    if (below.stack && below.regs + below.compiled->register_count + 8 != regs) stop("frames that are not adjacent");
    Ref stack = below.stack ? b.aref(below.stack, b.ir().k_i64(0), 0, 8 * static_cast<int>(below.compiled->register_count) + 64)
                            : b.aref(root_top_, b.ir().k_i64(0), 0, 64);
    frames_.push_back({at, compiled, flags, false, kNoRef, kAliasDetached, nullptr, false, stack, regs});
    set_slot(at + kAddressSlot, stack);
  } else {
    if (at != stack_frame().off + static_cast<int>(stack_frame().compiled->register_count) + 8) stop("frames that are not adjacent");
    frames_.push_back({at, compiled, flags, false});
  }
  if (flags & kFrameConstructor) frames_.back().self = self.r;
  note_chain();
  set_slot(caller_off - 5, b.ir().k_word(reinterpret_cast<uint64_t>(back_to)));
  set_slot(at - 8, back);
  set_slot(at - 7, obj(callee));
  set_slot(at - 6, b.ir().k_obj(code));
  set_slot(at - 5, b.ir().k_word(reinterpret_cast<uint64_t>(compiled->entry)));
  set_slot(at - 4, b.ir().k_word(0));
  set_slot(at - 3, b.ir().k_word(0));
  set_slot(at - 2, b.ir().k_word(flags | static_cast<uint64_t>(destination) << 32));
  set_slot(at - 1, flags & kFrameConstructor ? self.r : b.ir().k_word(0));
  int slot = at;
  for (const V& v : values) set_slot(slot++, v.r);
  for (; slot < at + static_cast<int>(compiled->nlocalsplus); ++slot) set_slot(slot, b.ir().k_val(Value()));
  for (; slot < at + static_cast<int>(compiled->register_count); ++slot) {
    if (static_cast<size_t>(slot - Builder::kMinSlot) >= dead_.size()) break;
    b.set_slot(slot, kNoRef);
    dead_[static_cast<size_t>(slot - Builder::kMinSlot)] = true;
  }
  for (slot = at - 8; slot < at + static_cast<int>(compiled->register_count); ++slot) {
    size_t index = static_cast<size_t>(slot - Builder::kMinSlot);
    if (index < dead_.size()) stored_[index] = kNoRef, dirty_[index] = true, b.known_in_memory(slot, kNoRef);
  }
  return true;
}

Outcome Recorder::return_value(V v) {
  Inlined f = frames_.back();
  Frame* callee = frame();
  if (f.written) {
    // Somebody may have asked for the frame's object.
    Ref flags = f.stack ? b.load(f.stack, Mem(-16, MemKind::kU32, f.alias))
                        : b.load(b.emit(Op::BASE, Type::kWord), Mem(8 * (f.off - 2), MemKind::kU32, kAliasFrame));
    b.guard(b.emit(Op::EQ, Type::kBool, flags, b.ir().k_i64(callee->flags)), true);
  }
  if (callee->flags & kFrameConstructor) {
    if (!is_none(v)) {
      stop("__init__ returns a value");
      return Outcome::kNext;
    }
    Ref self = f.self;   // a slot of a header that is in memory already must not be taken for the slot at the trace's entry
    if (!self) self = b.slot_or_none(f.off - 1);
    if (!self) self = load_word(f.off - 1);
    v = {callee->self, self};
  }
  if (callee->flags & kFrameOperator) {
    if (v.v.is_not_implemented()) {
      stop("an operator that declines");
      return Outcome::kNext;
    }
    know(v);
  }
  if (callee->flags & kFrameHasObject) detach_frame();
  unsigned destination = callee->return_register;
  Frame* caller = callee->back;
  thread->stack_top = reinterpret_cast<char*>(callee);
  thread->frame = caller;
  --thread->recursion_depth;
  regs = caller->regs();
  pc = caller->pc;
  frames_.pop_back();
  note_chain();
  for (int slot = f.off - 9 + !f.stack; slot < f.off + static_cast<int>(f.compiled->register_count); ++slot) b.set_slot(slot, kNoRef);
  b.set_slot(off() - 5, kNoRef);
  if (synced_ >= static_cast<int>(frames_.size())) frame_valid_ = false;
  set_reg(destination, v);
  return Outcome::kNext;
}

// --- native functions

RV Recorder::call_native(V callee, V self, const uint16_t* args, unsigned count, bool* fits) {
  *fits = false;
  auto* f = callee.as<NativeFunction>();
  const MethodDef* def = f->def;
  if (!def->fn || def->raw) return {};
  const Signature* s = ensure_signature(f);
  bool bound_self = false;
  if (f->owner) {
    if (!self) return {};
    Class* cls = class_of(self.v);
    if (cls != f->owner && !is_subclass(cls, f->owner)) return {};
  } else {
    bool takes = def->kind == MethodKind::kMethod || def->kind == MethodKind::kClassMethod;
    if (takes && self) return {};
    bound_self = takes;
  }
  unsigned given = count + (self || bound_self ? 1 : 0), total = s->total();
  if (s->var_args || s->var_keywords || s->keyword_only || given < s->required_positional || given > s->positional || total > 8) return {};
  V bound;
  if (bound_self && !is_const(callee.r)) {
    // A method bound to an object: what matters is which method; a guard of the bound object itself would fail for the next one.
    has_shape(callee, f->shape_bits);
    Ref its_def = b.load(obj(callee), Mem(offsetof(NativeFunction, def), MemKind::kWord, kAliasImmutable));
    b.guard(b.emit(Op::EQ, Type::kBool, its_def, b.ir().k_word(reinterpret_cast<uint64_t>(def))), true);
    bound = {f->self, b.load(obj(callee), Mem(offsetof(NativeFunction, self), MemKind::kVal, kAliasImmutable))};
  } else {
    identify(callee);
    if (bound_self) bound = imm(f->self);
  }
  if (f->owner) {
    know(self);
    if (self.v.is_object()) has_shape(self, self.v.as_object()->shape_bits);
  }
  std::vector<V> values;
  if (self) values.push_back(self);
  else if (bound_self) values.push_back(bound);
  for (unsigned i = 0; i < count; ++i) values.push_back(reg(args[i]));
  *fits = true;
  if (V special; native_call(def, f, values.data(), static_cast<unsigned>(values.size()), &special)) return special;

  static const MethodDef* const len_def = builtin_function("len").as<NativeFunction>()->def;
  static const MethodDef* const append_def = class_lookup(types.list, intern("append")).as<NativeFunction>()->def;
  if (def == len_def) {
    Value v = values[0].v;
    if (is_exact(v, types.list) || is_exact(v, types.tuple)) {
      bool list = is_exact_list(values[0]);
      return {Value::from_int(static_cast<int64_t>(v.as<List>()->size)),
              b.load(obj(values[0]), Mem(8, MemKind::kI64, list ? uint16_t{kAliasListSize} : kAliasImmutable))};
    }
  }
  if (def == append_def && is_exact(values[0].v, types.list) && is_exact_list(values[0]) && list_append_fast(values[0], values[1]))
    return imm(Value::none());

  Effects effects = static_cast<Effects>(static_cast<uint8_t>(def->effects) & 0x7f);
  if (looks_at_variables(def->name)) effects = Effects::kCallsPython;
  prepare_call(effects);
  std::vector<Ref> refs{b.ir().k_word(reinterpret_cast<uint64_t>(def->fn))};
  for (const V& v : values) refs.push_back(b.box(v.r));
  while (refs.size() < total + 1) refs.push_back(b.ir().k_val(Value()));
  CallTarget target{native_caller(effects, total), def->name, Type::kVal, kCallReads | kCallAllocates, 0};
  if (effects >= Effects::kWrites) {
    target.effects |= kCallWrites;
    target.clobbers = ~0ull;
    effects_pending_ = true;
  }
  if (effects == Effects::kCallsPython) {
    target.effects |= kCallPython;
    poll_pending_ = true;
  }
  Ref result = b.call(target, refs);
  Value window[9];
  unsigned n = 0;
  for (const V& v : values) window[n++] = v.v;
  for (; n < total; ++n) window[n] = nullptr;
  return {def->fn(window), result};
}

Outcome Recorder::call_general(CallStatus (*)(Thread*, Value*, const Instr*)) {
  const Instr* here = pc;
  if (Outcome special; special_call(&special)) return special;
  for (int s = 0; s < static_cast<int>(frames_.back().compiled->register_count); ++s)
    if (b.slot_or_none(off() + s)) write_slot(off() + s);
  prepare_call(Effects::kCallsPython);
  Ref result = emit_call(reinterpret_cast<const void*>(&call_instruction), Type::kVal, Effects::kCallsPython,
                         {thread_ref(), pointer_ref(regs), b.ir().k_word(reinterpret_cast<uint64_t>(here))});
  Value v = call_instruction(thread, regs, here);
  if (!v) return raised_value(here->a, {v, result}, here + (here->op == interp::kCALL_EX ? 2 : interp::kOpInfo[here->op].words + interp::list_words(here->c)));
  guard_not_null({v, result});
  // The arguments' window and the result's register have changed in memory.
  int window = here->op == interp::kCALL_EX ? here->a : interp::window_word(here)->window;
  for (int s = std::min<int>(window, here->a); s < static_cast<int>(frames_.back().compiled->register_count); ++s) {
    size_t index = static_cast<size_t>(off() + s - Builder::kMinSlot);
    if (index < dead_.size()) dirty_[index] = true, stored_[index] = kNoRef, b.known_in_memory(static_cast<int>(index) + Builder::kMinSlot, kNoRef);
  }
  size_t index = static_cast<size_t>(off() + here->a - Builder::kMinSlot);
  if (index < dead_.size()) dirty_[index] = true, stored_[index] = kNoRef, b.known_in_memory(static_cast<int>(index) + Builder::kMinSlot, kNoRef);
  unsigned words = here->op == interp::kCALL_EX ? 2 : interp::kOpInfo[here->op].words + interp::list_words(here->c);
  set_reg(here->a, {v, result});
  pc = here + words;
  return Outcome::kNext;
}

}  // namespace pyjit::jit
