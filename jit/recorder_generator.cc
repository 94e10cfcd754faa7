// The recorder's generators: their frames run inside the trace, resume and yield are switches between frames.
//
// A generator's frame lies in its object. While it is on the recorded chain its words have virtual slots (Builder::kVirtualFirst and up),
// which exits put where they belong (link_frames). A register is loaded when it is first read, and written when the generator yields, so
// that at every resume memory is right and forwarding finds the value. That the generator runs (state, back, exc_info, thread->frame) is
// written only before calls that may look, as with inlined frames; then the yield takes it back.
#include "interp/frames.h"
#include "interp/generators.h"
#include "jit/chains.h"
#include "jit/recorder.h"
#include "jit/recorder_calls.h"
#include "runtime/errors.h"

namespace pyjit::jit {

namespace {

constexpr int kFrameAt = offsetof(Generator, frame);
constexpr int kRegistersAt = kFrameAt + static_cast<int>(sizeof(Frame));
static_assert(sizeof(Generator) == kRegistersAt);
static_assert(offsetof(Frame, return_register) == offsetof(Frame, flags) + 4);

std::vector<std::vector<int16_t>>& chains() {
  static std::vector<std::vector<int16_t>> list(1);
  return list;
}

thread_local Frame* innermost = nullptr;   // of the last exit, if it lives in a generator

// One step of yield from or await as one call. Null: it returned, and thread->result has the value, or an exception is pending.
Value send_step(Value receiver, Value value) {
  bool returned;
  Value v = interp::send_slow(receiver, value, &returned);
  if (!returned) return v;
  runtime::thread()->result = v;
  return nullptr;
}

}  // namespace

uint16_t intern_chain(const std::vector<int16_t>& offsets) {
  auto& list = chains();
  for (size_t i = 1; i < list.size(); ++i)
    if (list[i] == offsets) return static_cast<uint16_t>(i);
  if (list.size() >= 0x7fff) return 0;
  list.push_back(offsets);
  return static_cast<uint16_t>(list.size() - 1);
}
const std::vector<int16_t>& chain_offsets(uint16_t chain) { return chains()[chain]; }

void link_frames(const Exit& exit, void* thread_pointer, Value* base) {
  auto* thread = static_cast<Thread*>(thread_pointer);
  const Value* scratch = LastExit::scratch() - Builder::kVirtualFirst;
  const std::vector<int16_t>& offsets = chain_offsets(exit.chain);
  Frame* caller = reinterpret_cast<Frame*>(base) - 1;
  for (size_t i = 1; i < offsets.size(); ++i) {
    int off = offsets[i];
    if (off < 0) {
      off = -off;
      Value* regs = reinterpret_cast<Value*>(scratch[off + kAddressSlot].bits());
      caller = reinterpret_cast<Frame*>(regs) - 1;
      auto copy = [&](int from, int to) {
        for (const ExitValue& value : exit.trace->values_of(exit))
          if (value.slot - off >= from && value.slot - off < to) regs[value.slot - off] = scratch[value.slot];
      };
      copy(-8, 0);
      copy(0, static_cast<int>(caller->code->compiled->register_count));
      continue;
    }
    if (off < Builder::kVirtualFirst) {
      caller = reinterpret_cast<Frame*>(base + off) - 1;
      continue;
    }
    auto* g = scratch[off + kGeneratorSlot].as<Generator>();
    bool link = false;
    for (const ExitValue& value : exit.trace->values_of(exit)) {
      int r = value.slot - off;
      if (r >= 0 && r < static_cast<int>(g->register_count)) g->frame.regs()[r] = scratch[value.slot];
      else if (r == kPcSlot) g->frame.pc = reinterpret_cast<const Instr*>(scratch[value.slot].bits());
      else if (r == kLinkSlot) link = true;
    }
    if (link) {
      g->state = GeneratorState::kRunning;
      g->frame.back = caller;
      g->frame.flags = (g->frame.flags & kFrameHasObject) | kFrameGenerator;
      g->frame.return_register = static_cast<uint32_t>(scratch[off + kLinkSlot].bits() >> 32);
      g->exc_info.previous = thread->exc_info;
      thread->exc_info = &g->exc_info;
    }
    write_barrier(g);
    caller = &g->frame;
  }
  // Deep exits, which come behind the innermost one, use the scratch words again.
  if (!exit.deep) innermost = caller;
}

Frame* exit_frame(const LastExit& last) {
  int off = last.exit->frame;
  if (off < Builder::kVirtualFirst) return reinterpret_cast<Frame*>(last.base + off) - 1;
  return innermost;
}

// --- words of frames

const Recorder::Inlined* Recorder::virtual_frame(int slot) const {
  if (slot < Builder::kVirtualFirst) return nullptr;
  for (const Inlined& f : frames_)
    if (f.is_virtual() && slot >= f.off - 8 && slot < f.off + static_cast<int>(f.compiled->register_count)) return &f;
  return nullptr;
}

int Recorder::virtual_end() const {
  int end = Builder::kVirtualFirst + 1;
  for (const Inlined& f : frames_)
    if (f.is_virtual()) end = f.off + static_cast<int>(f.compiled->register_count);
  return end;
}

const Recorder::Inlined& Recorder::stack_frame() const {
  for (size_t i = frames_.size(); i-- > 1;)
    if (!frames_[i].generator) return frames_[i];
  return frames_[0];
}

// The root lives in a generator: where the frames of callees will be.
void Recorder::load_root_top() {
  root_top_ = b.load(thread_ref(), Mem(offsetof(Thread, stack_top), MemKind::kWord, kAliasThread));
  b.set_slot(kRootTopSlot, root_top_);
}

Ref Recorder::frame_ref(size_t index) {
  const Inlined& f = frames_[index];
  if (f.stack) return b.aref(f.stack, b.ir().k_i64(0), 0, -static_cast<int>(sizeof(Frame)));
  return f.generator ? b.aref(f.generator, b.ir().k_i64(0), 0, kFrameAt) : frame_address(f.off);
}

Mem Recorder::generator_word(const Inlined& f, int slot, MemKind kind) const {
  return Mem((f.generator ? kRegistersAt : 0) + 8 * (slot - f.off), kind, f.alias);
}

void Recorder::store_word(int slot, Ref ref) {
  const Inlined* f = virtual_frame(slot);
  if (!f) return b.sstore(slot, ref);
  Ref place = f->generator ? f->generator : f->stack;
  if (b.ir().type(ref) == Type::kWord) return b.store(place, ref, generator_word(*f, slot, MemKind::kWord));
  b.store(place, b.box(ref), generator_word(*f, slot, MemKind::kVal));
  if (!f->generator) return;
  Type type = b.ir().type(ref);
  bool object = is_const(ref) ? Value::from_bits(box_bits(type, b.ir().constant(ref).bits)).is_object() : type == Type::kObj || type == Type::kVal;
  if (object) b.emit(Op::BARRIER, Type::kVoid, f->generator);
}

Ref Recorder::load_word(int slot) {
  if (const Inlined* f = virtual_frame(slot)) return b.load(f->generator ? f->generator : f->stack, generator_word(*f, slot, MemKind::kVal));
  return b.load(b.emit(Op::BASE, Type::kWord), Mem(8 * slot, MemKind::kVal, kAliasFrame));
}

void Recorder::note_chain() {
  bool any = false;
  std::vector<int16_t> offsets;
  for (const Inlined& f : frames_) {
    any |= f.is_virtual();
    offsets.push_back(static_cast<int16_t>(f.stack ? -f.off : f.off));
  }
  uint16_t chain = any ? intern_chain(offsets) : 0;
  if (any && !chain) stop("too many kinds of chains of frames");
  b.set_chain(chain);
}

uint16_t Recorder::generator_alias(interp::CompiledCode* compiled) {
  size_t i = 0;
  while (i < generator_codes_.size() && generator_codes_[i] != compiled) ++i;
  if (i == generator_codes_.size()) generator_codes_.push_back(compiled);
  return static_cast<uint16_t>(kAliasGenerators + i);
}

bool Recorder::start_chain(Exit& exit, Value* base) {
  const std::vector<int16_t>& offsets = chain_offsets(exit.chain);
  std::vector<Frame*> chain;
  for (Frame* f = frame(); f && chain.size() < offsets.size(); f = f->back) chain.insert(chain.begin(), f);
  if (chain.size() != offsets.size() || chain[0]->regs() != base) return false;
  for (size_t i = 0; i < offsets.size(); ++i) {
    Frame* f = chain[i];
    int at = offsets[i];
    if (at < 0) {
      at = -at;
      Ref stack = b.slot_or_none(at + kAddressSlot);
      if (!stack) return false;
      frames_.push_back({at, f->code->compiled, f->flags, !b.slot_or_none(at - 2), kNoRef, kAliasDetached, nullptr, false, stack, f->regs()});
      continue;
    }
    if (at < Builder::kVirtualFirst) {
      if (f->regs() != base + at) return false;
      frames_.push_back({at, f->code->compiled, f->flags, at == 0 || !b.slot_or_none(at - 2)});
      continue;
    }
    Ref generator = b.slot_or_none(at + kGeneratorSlot);
    if (!generator || !(f->flags & kFrameGenerator)) return false;
    bool written = !b.slot_or_none(at + kLinkSlot);
    frames_.push_back({at, f->code->compiled, kFrameGenerator, written, b.unbox(generator, Type::kObj), generator_alias(f->code->compiled),
                       interp::generator_of(f), true});
  }
  return true;
}

// --- resume

// The conditions that resume_generator guards, so that nothing can go wrong behind the guards.
bool Recorder::can_resume(V generator, V sent) const {
  if (!is_exact_shape(generator.v, interp::shapes.generator) && !is_exact_shape(generator.v, interp::shapes.coroutine)) return false;
  auto* g = generator.v.as<Generator>();
  interp::CompiledCode* compiled = g->frame.code->compiled;
  if (!compiled || (g->state != GeneratorState::kSuspended && g->state != GeneratorState::kCreated)) return false;
  if (g->state == GeneratorState::kCreated && !sent.v.is_none()) return false;
  if ((g->frame.flags & ~uint32_t{kFrameEntry | kFrameHasObject}) != kFrameGenerator) return false;
  if (thread->recursion_depth >= thread->recursion_limit || static_cast<int64_t>(frames_.size()) >= params().max_inline_depth) return false;
  int end = virtual_end(), same = 0;
  for (const Inlined& f : frames_) same += f.compiled == compiled;
  constexpr int kMaxSame = 3;
  return same < kMaxSame && end + 8 + static_cast<int>(compiled->register_count) < Builder::kVirtualEnd &&
         kRegistersAt + 8 * static_cast<int>(compiled->register_count) < 0x7fff && generator_codes_.size() < 1000;
}

// FOR_ITER, FOR_LOOP or SEND: the caller goes on behind two words.
Outcome Recorder::resume_generator(V generator, V sent, unsigned destination) {
  auto* g = generator.v.as<Generator>();
  interp::CompiledCode* compiled = g->frame.code->compiled;
  Ref object = obj(generator);
  b.guard_is(b.load(object, Mem(kFrameAt + offsetof(Frame, code), MemKind::kObj, kAliasImmutable)), Value(static_cast<Object*>(g->frame.code)));
  uint16_t alias = generator_alias(compiled);
  bool fresh = g->state == GeneratorState::kCreated;
  b.guard(b.emit(Op::EQ, Type::kBool, b.load(object, Mem(offsetof(Generator, state), MemKind::kU8, alias)), b.ir().k_i64(static_cast<int64_t>(g->state))), true);
  const Instr* at = g->frame.pc;
  b.guard(b.emit(Op::EQ, Type::kBool, b.load(object, Mem(kFrameAt + offsetof(Frame, pc), MemKind::kWord, alias)), b.ir().k_word(reinterpret_cast<uint64_t>(at))), true);
  Ref flags = b.load(object, Mem(kFrameAt + offsetof(Frame, flags), MemKind::kU32, alias));
  flags = b.emit(Op::BAND, Type::kI64, flags, b.ir().k_i64(0xffffffff & ~int64_t{kFrameEntry | kFrameHasObject}));
  b.guard(b.emit(Op::EQ, Type::kBool, flags, b.ir().k_i64(kFrameGenerator)), true);

  int caller = off(), first = virtual_end() + 8, end = first + static_cast<int>(compiled->register_count);
  frame()->pc = pc + 2;
  if (interp::generator_resume(thread, g, sent.v, destination) != interp::CallStatus::kFrame) return Outcome::kError;
  const Instr* back_to = pc + 2;
  frames_.push_back({first, compiled, kFrameGenerator, false, object, alias, g, fresh});
  note_chain();
  for (int slot = first - 8; slot < end; ++slot) {
    size_t index = static_cast<size_t>(slot - Builder::kMinSlot);
    b.set_slot(slot, kNoRef);
    b.known_in_memory(slot, kNoRef);
    dead_[index] = false;
    dirty_[index] = true;
    stored_[index] = kNoRef;
  }
  set_slot(caller - 5, b.ir().k_word(reinterpret_cast<uint64_t>(back_to)));
  set_slot(first + kGeneratorSlot, object);
  set_slot(first + kLinkSlot, b.ir().k_word(kFrameGenerator | static_cast<uint64_t>(destination) << 32));
  if (synced_ >= static_cast<int>(frames_.size()) - 1) frame_valid_ = false;
  regs = g->frame.regs();
  pc = at;
  set_reg(at[-1].a, sent);   // RETURN_GENERATOR and YIELD name the register that receives
  return Outcome::kNext;
}

// --- yield and return

// Others are to see that the generator runs: what generator_resume does.
void Recorder::link_generator(size_t index) {
  const Inlined& f = frames_[index];
  Ref link = b.slot_or_none(f.off + kLinkSlot), t = thread_ref();
  b.store(f.generator, b.ir().k_i64(static_cast<int64_t>(GeneratorState::kRunning)), Mem(offsetof(Generator, state), MemKind::kU8, f.alias));
  b.store(f.generator, frame_ref(index - 1), Mem(kFrameAt + offsetof(Frame, back), MemKind::kWord, f.alias));
  Ref object = b.load(f.generator, Mem(kFrameAt + offsetof(Frame, flags), MemKind::kU32, f.alias));
  object = b.emit(Op::BAND, Type::kI64, object, b.ir().k_i64(kFrameHasObject));
  int64_t header = b.ir().int_of(link);
  b.store(f.generator, b.emit(Op::BOR, Type::kI64, object, b.ir().k_i64(header & 0xffffffff)), Mem(kFrameAt + offsetof(Frame, flags), MemKind::kU32, f.alias));
  b.store(f.generator, b.ir().k_i64(header >> 32), Mem(kFrameAt + offsetof(Frame, return_register), MemKind::kU32, f.alias));
  Ref previous = b.load(t, Mem(offsetof(Thread, exc_info), MemKind::kWord, kAliasThread));
  b.store(f.generator, previous, Mem(offsetof(Generator, exc_info) + offsetof(ExcInfo, previous), MemKind::kWord, f.alias));
  b.store(t, b.aref(f.generator, b.ir().k_i64(0), 0, offsetof(Generator, exc_info)), Mem(offsetof(Thread, exc_info), MemKind::kWord, kAliasThread));
  b.emit(Op::BARRIER, Type::kVoid, f.generator);
  b.set_slot(f.off + kLinkSlot, kNoRef);
}

void Recorder::unlink_generator(const Inlined& f) {
  Mem previous_word(offsetof(Generator, exc_info) + offsetof(ExcInfo, previous), MemKind::kWord, f.alias);
  Ref previous = b.load(f.generator, previous_word);
  b.store(thread_ref(), previous, Mem(offsetof(Thread, exc_info), MemKind::kWord, kAliasThread));
  b.store(f.generator, b.ir().k_word(0), previous_word);
  b.store(f.generator, b.ir().k_word(0), Mem(kFrameAt + offsetof(Frame, back), MemKind::kWord, f.alias));
}

void Recorder::guard_frame_object(const Inlined& f, bool has) {
  Ref flags = b.load(f.generator, Mem(kFrameAt + offsetof(Frame, flags), MemKind::kU32, f.alias));
  b.guard(b.emit(Op::EQ, Type::kBool, b.emit(Op::BAND, Type::kI64, flags, b.ir().k_i64(kFrameHasObject)), b.ir().k_i64(0)), !has);
}

void Recorder::pop_generator() {
  Inlined f = frames_.back();
  frames_.pop_back();
  note_chain();
  for (int slot = f.off - 8; slot < f.off + static_cast<int>(f.compiled->register_count); ++slot) {
    b.set_slot(slot, kNoRef);
    b.known_in_memory(slot, kNoRef);
  }
  b.set_slot(off() - 5, kNoRef);
  if (synced_ >= static_cast<int>(frames_.size())) frame_valid_ = false;
  regs = thread->frame->regs();
  pc = thread->frame->pc;
}

Outcome Recorder::yield_value(V v) {
  Inlined f = frames_.back();
  Frame* generator = frame();
  for (int slot = f.off; slot < f.off + static_cast<int>(f.compiled->register_count); ++slot) write_slot(slot);
  b.store(f.generator, b.ir().k_word(reinterpret_cast<uint64_t>(pc + 1)), Mem(kFrameAt + offsetof(Frame, pc), MemKind::kWord, f.alias));
  if (f.written || f.fresh)
    b.store(f.generator, b.ir().k_i64(static_cast<int64_t>(GeneratorState::kSuspended)), Mem(offsetof(Generator, state), MemKind::kU8, f.alias));
  if (f.written) unlink_generator(f);
  generator->pc = pc + 1;
  unsigned destination = generator->return_register;
  interp::generator_yield(thread, v.v);
  pop_generator();
  set_reg(destination, v);
  return Outcome::kNext;
}

Outcome Recorder::generator_return(V v) {
  Inlined f = frames_.back();
  Frame* generator = frame();
  guard_frame_object(f, generator->flags & kFrameHasObject);
  if (generator->flags & kFrameHasObject) {
    detach_frame();
    f = frames_.back();
  }
  for (int slot = f.off; slot < f.off + static_cast<int>(f.compiled->register_count); ++slot)
    b.store(f.generator, b.ir().k_val(Value()), generator_word(f, slot, MemKind::kVal));
  b.store(f.generator, b.ir().k_val(Value()), Mem(offsetof(Generator, exc_info) + offsetof(ExcInfo, value), MemKind::kVal, kAliasExcInfo));
  b.store(f.generator, b.ir().k_i64(static_cast<int64_t>(GeneratorState::kFinished)), Mem(offsetof(Generator, state), MemKind::kU8, f.alias));
  if (f.written) unlink_generator(f);
  generator->pc = pc + 1;
  const Instr* caller = generator->back->pc - 2;
  interp::generator_return(thread, v.v);
  pop_generator();
  if (caller->op == interp::kSEND) set_reg(caller->c, v);
  return Outcome::kNext;
}

// --- yield from, await

Outcome Recorder::send() {
  const Instr* here = pc;
  V receiver = reg(here->b), value = reg(here->a);
  if (can_resume(receiver, value)) {
    has_shape(receiver, receiver.v.as_object()->shape_bits);
    know(value);
    return resume_generator(receiver, value, here->a);
  }
  prepare_call(Effects::kCallsPython);
  Ref item = emit_call(reinterpret_cast<const void*>(&send_step), Type::kVal, Effects::kCallsPython, {b.box(receiver.r), b.box(value.r)});
  Value v = send_step(receiver.v, value.v);
  if (v) {
    resume(kIterEnd);
    b.guard(b.emit(Op::NE, Type::kBool, item, b.ir().k_val(Value())), true);
    poison();
    set_reg(here->a, {v, item});
    pc = here + 2;
    return Outcome::kNext;
  }
  if (thread->exception) return Outcome::kError;
  resume(kRaise);
  Ref exception = b.load(thread_ref(), Mem(offsetof(Thread, exception), MemKind::kVal, kAliasThread));
  b.guard(b.emit(Op::EQ, Type::kBool, exception, b.ir().k_val(Value())), true);
  // It yields after all: the interpreter goes on with what it yielded.
  int slot = off() + here->a;
  Ref before = b.slot_or_none(slot);
  b.set_slot(slot, item);
  b.resume_at(reinterpret_cast<uint64_t>(here + 2), off(), kind(kResume));
  b.guard(b.emit(Op::EQ, Type::kBool, item, b.ir().k_val(Value())), true);
  b.set_slot(slot, before);
  set_reg(here->c, {thread->result, b.load(thread_ref(), Mem(offsetof(Thread, result), MemKind::kVal, kAliasThread))});
  pc = here + interp::jump_word(here)->jump;
  return Outcome::kNext;
}

}  // namespace pyjit::jit
