// Concrete: the machine that executes. Values are Values, predicates are inline tests, opaque calls are calls.
//
// The instruction templates (ops_*.h) are written over a machine M and see runtime values only through it; jit's Recorder is the other
// machine. `pc`, `regs` and `thread` live in CPU registers for the whole eval loop, so nothing here may let their addresses escape:
// whatever is not inline is a noinline function that takes and returns plain values.
#pragma once
#include <type_traits>

#include "interp/attribute_cache.h"
#include "interp/compiled_code.h"
#include "interp/hot.h"
#include "interp/instr.h"
#include "interp/slow.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/thread.h"
#include "runtime/types/containers.h"
#include "runtime/types/frame.h"
#include "runtime/types/pair_iteration.h"

namespace pyjit::interp {

using namespace pyjit::runtime;

#define PYJIT_INLINE [[gnu::always_inline]] inline

enum class Outcome : uint8_t {
  kNext,      // pc is at the next instruction
  kError,     // an exception is pending; pc is still at the instruction that raised
  kReraise,   // the same, but the traceback already has an entry for this frame
  kRefresh,   // as kNext, but tracing may have been switched on or off
  kLeave,     // the frame that native code called is done: its result is in thread->result
};

class Concrete {
 public:
  using V = Value;

  const Instr* pc;
  Value* regs;
  Thread* thread;
  bool entry_hot = false;   // the frame that push_frame just made is of a function called often

  // --- operands
  PYJIT_INLINE Frame* frame() const { return reinterpret_cast<Frame*>(regs) - 1; }
  PYJIT_INLINE V reg(unsigned r) const { return regs[r]; }
  PYJIT_INLINE void set_reg(unsigned r, V v) { regs[r] = v; }
  PYJIT_INLINE V constant(int word) const { return word_value(pc, word); }
  PYJIT_INLINE V imm(Value v) const { return v; }
  PYJIT_INLINE Outcome next(unsigned words) { pc += words; return Outcome::kNext; }
  PYJIT_INLINE Outcome jump(int word = 1) { pc += jump_word(pc, word)->jump; return Outcome::kNext; }
  PYJIT_INLINE void save_pc() { frame()->pc = pc + 1; }
  PYJIT_INLINE Outcome result(unsigned r, V v, unsigned words) {
    if (!v) [[unlikely]] return Outcome::kError;
    regs[r] = v;
    pc += words;
    return Outcome::kNext;
  }

  // --- predicates
  PYJIT_INLINE bool is_null(V a) const { return a.is_null(); }
  PYJIT_INLINE bool is_int(V a) const { return a.is_int(); }
  PYJIT_INLINE bool both_int(V a, V b) const { return both_ints(a, b); }
  PYJIT_INLINE bool is_float(V a) const { return a.is_double(); }
  PYJIT_INLINE bool both_float(V a, V b) const { return a.is_double() && b.is_double(); }
  PYJIT_INLINE bool is_true_constant(V a) const { return a.is_true(); }
  PYJIT_INLINE bool is_false_constant(V a) const { return a.is_false(); }
  PYJIT_INLINE bool is_none(V a) const { return a.is_none(); }
  PYJIT_INLINE bool same(V a, V b) const { return a == b; }
  PYJIT_INLINE bool is_object(V a) const { return a.is_object(); }
  PYJIT_INLINE bool has_shape(V a, uint32_t shape_bits) const {
    return __builtin_expect(a.is_object(), 1) && __builtin_expect(a.as_object()->shape_bits == shape_bits, 1);
  }
  PYJIT_INLINE bool class_version_is(Class* cls, uint32_t version) const { return __builtin_expect(cls->version == version, 1); }

  // --- integers: false when the result leaves 48 bits
  PYJIT_INLINE bool int_add(V a, V b, V* out) const {
    uint64_t x = a.bits(), y = b.bits() << 16;
    x = x << 16 | x >> 48;
    asm goto("addq %[y], %[x]\n\tjo %l[overflow]" : [x] "+r"(x) : [y] "r"(y) : "cc" : overflow);
    *out = Value::from_bits(x >> 16 | x << 48);
    return true;
  overflow:
    return false;
  }
  PYJIT_INLINE bool int_sub(V a, V b, V* out) const {
    uint64_t x = a.bits(), y = b.bits() << 16;
    x = x << 16 | x >> 48;
    asm goto("subq %[y], %[x]\n\tjo %l[overflow]" : [x] "+r"(x) : [y] "r"(y) : "cc" : overflow);
    *out = Value::from_bits(x >> 16 | x << 48);
    return true;
  overflow:
    return false;
  }
  PYJIT_INLINE bool int_mul(V a, V b, V* out) const {
    int64_t x = a.as_int();
    uint64_t y = b.bits() << 16;
    asm goto("imulq %[y], %[x]\n\tjo %l[overflow]" : [x] "+r"(x) : [y] "r"(y) : "cc" : overflow);
    *out = Value::from_bits(static_cast<uint64_t>(x) >> 16 | Value::kIntTag);
    return true;
  overflow:
    return false;
  }
  PYJIT_INLINE V int_and(V a, V b) const { return Value::from_bits(a.bits() & b.bits()); }
  PYJIT_INLINE V int_or(V a, V b) const { return Value::from_bits(a.bits() | b.bits()); }
  PYJIT_INLINE V int_xor(V a, V b) const { return Value::from_bits((a.bits() ^ b.bits()) | Value::kIntTag); }
  PYJIT_INLINE bool int_is_zero(V a) const { return a.bits() == Value::kIntTag; }
  PYJIT_INLINE bool int_floordiv(V a, V b, V* out) const {  // b is not zero
    int64_t x = a.as_int(), y = b.as_int();
    int64_t q = x / y;
    if (q * y != x && (x ^ y) < 0) --q;
    if (!Value::fits_int(q)) [[unlikely]] return false;
    *out = Value::from_int(q);
    return true;
  }
  PYJIT_INLINE V int_mod(V a, V b) const {  // b is not zero
    int64_t x = a.as_int(), y = b.as_int();
    int64_t r = x % y;
    if (r != 0 && (r ^ y) < 0) r += y;
    return Value::from_int(r);
  }
  PYJIT_INLINE V int_truediv(V a, V b) const {  // b is not zero; both are exact as doubles, so the quotient is correctly rounded
    return Value::from_double(static_cast<double>(a.as_int()) / static_cast<double>(b.as_int()));
  }
  PYJIT_INLINE bool int_lshift(V a, V b, V* out) const {
    int64_t x = static_cast<int64_t>(a.bits() << 16), s = b.as_int();
    if (static_cast<uint64_t>(s) > 46) return false;
    int64_t r = static_cast<int64_t>(static_cast<uint64_t>(x) << s);
    if (r >> s != x) return false;
    *out = Value::from_bits(static_cast<uint64_t>(r) >> 16 | Value::kIntTag);
    return true;
  }
  PYJIT_INLINE bool int_rshift(V a, V b, V* out) const {
    int64_t s = b.as_int();
    if (s < 0) return false;
    *out = Value::from_int(a.as_int() >> (s > 63 ? 63 : s));
    return true;
  }
  PYJIT_INLINE bool int_negate(V a, V* out) const { return int_sub(Value::from_int(0), a, out); }
  template <CompareOp OP> PYJIT_INLINE bool int_compare(V a, V b) const {
    if constexpr (OP == kEq) return a == b;
    if constexpr (OP == kNe) return !(a == b);
    int64_t x = static_cast<int64_t>(a.bits() << 16), y = static_cast<int64_t>(b.bits() << 16);
    if constexpr (OP == kLt) return x < y;
    if constexpr (OP == kLe) return x <= y;
    if constexpr (OP == kGt) return x > y;
    return x >= y;
  }

  // --- floats
  PYJIT_INLINE V float_add(V a, V b) const { return Value::from_double(a.as_double() + b.as_double()); }
  PYJIT_INLINE V float_sub(V a, V b) const { return Value::from_double(a.as_double() - b.as_double()); }
  PYJIT_INLINE V float_mul(V a, V b) const { return Value::from_double(a.as_double() * b.as_double()); }
  PYJIT_INLINE V float_div(V a, V b) const { return Value::from_double(a.as_double() / b.as_double()); }
  PYJIT_INLINE V float_negate(V a) const { return Value::from_double(-a.as_double()); }
  PYJIT_INLINE bool float_is_zero(V a) const { return a.as_double() == 0.0; }
  PYJIT_INLINE V int_to_float(V a) const { return Value::from_double(static_cast<double>(a.as_int())); }
  template <CompareOp OP> PYJIT_INLINE bool float_compare(V a, V b) const {
    double x = a.as_double(), y = b.as_double();
    if constexpr (OP == kLt) return x < y;
    if constexpr (OP == kLe) return x <= y;
    if constexpr (OP == kEq) return x == y;
    if constexpr (OP == kNe) return x != y;
    if constexpr (OP == kGt) return x > y;
    return x >= y;
  }
  PYJIT_INLINE V boolean(bool b) const { return Value::from_bool(b); }
  // The truth of a comparison that is not of two ints or two floats: 1, 0, -1.
  template <CompareOp OP> PYJIT_INLINE int compare_truth(V a, V b) {
    if constexpr (OP == kEq || OP == kNe) {
      if (a == b && is_exact_string(a)) return OP == kEq;
    }
    return opaque(Effects::kCallsPython, compare_truth_slow, OP, a, b);
  }

  // --- opaque calls: the function and its effects; values in, value or int out
  template <class R, class... A> PYJIT_INLINE R opaque(Effects, R (*fn)(A...), std::type_identity_t<A>... args) {
    save_pc();
    return fn(args...);
  }
  // One that only touches the frame's registers that its operands name: the SLOW instructions.
  PYJIT_INLINE bool slow_instruction(bool (*fn)(Thread*, Value*, const Instr*)) {
    save_pc();
    return fn(thread, regs, pc);
  }

  // --- instance slots
  PYJIT_INLINE V load_slot(V object, uint32_t offset) const { return *reinterpret_cast<Value*>(reinterpret_cast<char*>(object.as_object()) + offset); }
  PYJIT_INLINE V load_overflow(V object, uint32_t attrs_offset, uint32_t index) const {
    auto* array = *reinterpret_cast<ValueArray**>(reinterpret_cast<char*>(object.as_object()) + attrs_offset);
    return array->items[index];
  }
  PYJIT_INLINE void store_slot(V object, uint32_t offset, V value) {
    *reinterpret_cast<Value*>(reinterpret_cast<char*>(object.as_object()) + offset) = value;
    write_barrier(object.as_object(), value);
  }
  PYJIT_INLINE void store_overflow(V object, uint32_t attrs_offset, uint32_t index, V value) {
    auto* array = *reinterpret_cast<ValueArray**>(reinterpret_cast<char*>(object.as_object()) + attrs_offset);
    array->items[index] = value;
    write_barrier(array, value);
  }
  PYJIT_INLINE void set_shape(V object, uint32_t shape_bits) { object.as_object()->shape_bits = shape_bits; }

  // --- dicts as namespaces
  PYJIT_INLINE Dict* globals() const { return frame()->function->globals; }
  PYJIT_INLINE Dict* builtins() const { return frame()->function->builtins; }
  PYJIT_INLINE bool dict_layout_is(Dict* d, uint32_t version) const { return d->layout_version == version; }
  PYJIT_INLINE V dict_entry_value(DictEntry* entry) const { return entry->value; }

  // --- cells
  PYJIT_INLINE V cell_value(V cell) const { return cell.as<Cell>()->value; }
  PYJIT_INLINE void set_cell_value(V cell, V value) {
    cell.as<Cell>()->value = value;
    write_barrier(cell.as_object(), value);
  }

  // --- sequences
  PYJIT_INLINE bool is_exact_list(V a) const { return has_shape(a, shapes.list); }
  PYJIT_INLINE bool is_exact_tuple(V a) const { return has_shape(a, shapes.tuple); }
  PYJIT_INLINE bool is_exact_dict(V a) const { return has_shape(a, shapes.dict); }
  PYJIT_INLINE bool is_exact_string(V a) const { return has_shape(a, shapes.str); }
  // Item at a Python index (negative counts from the end): false when out of range.
  PYJIT_INLINE bool list_item(V list, V index, V* out) const {
    auto* l = list.as<List>();
    int64_t i = index.as_int();
    if (i < 0) i += static_cast<int64_t>(l->size);
    if (static_cast<uint64_t>(i) >= l->size) [[unlikely]] return false;
    *out = l->items()[i];
    return true;
  }
  PYJIT_INLINE bool list_store(V list, V index, V value) const {
    auto* l = list.as<List>();
    int64_t i = index.as_int();
    if (i < 0) i += static_cast<int64_t>(l->size);
    if (static_cast<uint64_t>(i) >= l->size) [[unlikely]] return false;
    l->items()[i] = value;
    write_barrier(l->store, value);
    return true;
  }
  PYJIT_INLINE bool tuple_item(V tuple, V index, V* out) const {
    auto* t = tuple.as<Tuple>();
    int64_t i = index.as_int();
    if (i < 0) i += static_cast<int64_t>(t->size);
    if (static_cast<uint64_t>(i) >= t->size) [[unlikely]] return false;
    *out = t->items[i];
    return true;
  }
  PYJIT_INLINE bool tuple_size_is(V tuple, unsigned n) const { return tuple.as<Tuple>()->size == n; }
  PYJIT_INLINE bool list_size_is(V list, unsigned n) const { return list.as<List>()->size == n; }
  PYJIT_INLINE V tuple_item_at(V tuple, unsigned i) const { return tuple.as<Tuple>()->items[i]; }
  PYJIT_INLINE V list_item_at(V list, unsigned i) const { return list.as<List>()->items()[i]; }
  // Appends in place when the store has room.
  PYJIT_INLINE bool list_append_fast(V list, V value) const {
    auto* l = list.as<List>();
    if (l->size >= l->store->capacity) return false;
    l->store->items[l->size++] = value;
    write_barrier(l->store, value);
    return true;
  }

  // --- iterators (FOR_ITER): advance, false when exhausted
  PYJIT_INLINE bool range_next(V iterator, V* out) {
    auto* r = iterator.as<RangeIterator>();
    if (r->remaining <= 0) return false;
    int64_t i = r->next;
    r->next = i + r->step;
    --r->remaining;
    if (!Value::fits_int(i)) [[unlikely]] {
      save_pc();
      *out = new_int(i);
      return true;
    }
    *out = Value::from_int(i);
    return true;
  }
  PYJIT_INLINE bool list_next(V iterator, V* out) const {
    auto* it = iterator.as<SequenceIterator>();
    if (it->sequence.is_null()) [[unlikely]] return false;
    auto* l = it->sequence.as<List>();
    if (static_cast<uint64_t>(it->index) >= l->size) { it->sequence = nullptr; return false; }
    *out = l->items()[it->index++];
    return true;
  }
  PYJIT_INLINE bool tuple_next(V iterator, V* out) const {
    auto* it = iterator.as<SequenceIterator>();
    if (it->sequence.is_null()) [[unlikely]] return false;
    auto* t = it->sequence.as<Tuple>();
    if (static_cast<uint64_t>(it->index) >= t->size) { it->sequence = nullptr; return false; }
    *out = t->items[it->index++];
    return true;
  }

  // A FOR_ITER whose body begins by unpacking its item, a temporary, into two registers. True: went on behind the unpacking, with no tuple
  // made. Not when the JIT or a tracer wants the loop: a trace begins at the unpacking.
  template <bool LOOP> PYJIT_INLINE bool unpack_next_pair(V iterator) {
    JumpWord* edge = jump_word(pc);
    const Instr* body = LOOP ? pc + edge->jump : pc + 2;
    if (body->op != kUNPACK_SEQUENCE || body->c != 2 || body->a != pc->a || thread->poll || (LOOP && ((edge->counter + 1) & kHotBit))) return false;
    if (body->a < frame()->code->compiled->nlocalsplus) return false;   // `for x in ...: a, b = x`: x is seen later
    save_pc();
    Value pair[2];
    if (!next_pair(iterator, pair)) return false;
    const uint16_t* list = register_list(body, 1);
    regs[list[0]] = pair[0];
    regs[list[1]] = pair[1];
    if (LOOP) ++edge->counter;
    pc = body + 1 + list_words(2);
    return true;
  }

  // --- calls
  PYJIT_INLINE bool is_plain_function(V callee) const { return has_shape(callee, shapes.function); }
  // Translated, takes exactly `nargs` positional arguments: nothing to bind.
  PYJIT_INLINE bool function_fits(V callee, unsigned nargs) const {
    CompiledCode* compiled = callee.as<Function>()->code->compiled;
    return __builtin_expect(compiled && compiled->exact_args == static_cast<int32_t>(nargs), 1);
  }
  // Pushes the frame of a function that fits: arguments come from `self` (may be null: none) and the listed registers.
  PYJIT_INLINE bool push_frame(V callee, V self, const uint16_t* args, unsigned count, unsigned destination, unsigned words, uint32_t flags = 0) {
    auto* f = callee.as<Function>();
    Code* code = f->code;
    CompiledCode* compiled = code->compiled;
    char* base = thread->stack_top;
    if (base + compiled->frame_bytes > thread->stack_limit || thread->recursion_depth >= thread->recursion_limit) [[unlikely]] return false;
    thread->stack_top = base + compiled->frame_bytes;
    ++thread->recursion_depth;
    auto* callee_frame = reinterpret_cast<Frame*>(base);
    Frame* caller = frame();
    caller->pc = pc + words;
    callee_frame->back = caller;
    callee_frame->function = f;
    callee_frame->code = code;
    callee_frame->locals = nullptr;
    callee_frame->object = nullptr;
    callee_frame->flags = flags;
    callee_frame->return_register = destination;
    Value* out = callee_frame->regs();
    if (self) *out++ = self;
    for (unsigned i = 0; i < count; ++i) *out++ = regs[args[i]];
    for (Value* end = callee_frame->regs() + compiled->clear_to; out < end; ++out) *out = nullptr;
    thread->frame = callee_frame;
    regs = callee_frame->regs();
    pc = compiled->entry;
    entry_hot = ++compiled->entry_counter & kHotBit;
    return true;
  }
  PYJIT_INLINE Outcome entered() {
    if (thread->poll) [[unlikely]] {
      frame()->pc = pc;
      if (!poll_entry(thread)) return Outcome::kError;
      return Outcome::kRefresh;
    }
    if (entry_hot) [[unlikely]] {
      frame()->pc = pc;
      entry_hot = false;
      return follow(run_hot_entry(thread));
    }
    return Outcome::kNext;
  }
  // After machine code may have run.
  PYJIT_INLINE Outcome follow(HotResult r) {
    regs = thread->frame->regs();
    pc = r.pc;
    if (r.outcome == HotOutcome::kNext) [[likely]] return Outcome::kRefresh;
    return r.outcome == HotOutcome::kError ? Outcome::kError : Outcome::kLeave;
  }
  // After a slow path that switched frames: goes on where thread->frame stands.
  PYJIT_INLINE Outcome reload() {
    regs = thread->frame->regs();
    pc = thread->frame->pc;
    return Outcome::kNext;
  }
  PYJIT_INLINE Outcome follow(CallStatus status) {
    if (status == CallStatus::kError) [[unlikely]] return Outcome::kError;
    if (status == CallStatus::kLeave) return Outcome::kLeave;
    reload();
    if (thread->poll & kPollTrace) [[unlikely]] return Outcome::kRefresh;
    return Outcome::kNext;
  }
  PYJIT_INLINE Outcome return_value(V v) {
    Frame* f = frame();
    if (f->flags) [[unlikely]] {
      if (f->flags == kFrameConstructor && v.is_none()) [[likely]] {
        v = f->self;
        goto leave;
      }
      f->pc = pc + 1;
      return follow(leave_frame(thread, v));
    }
  leave:
    Frame* caller = f->back;
    thread->stack_top = reinterpret_cast<char*>(f);
    thread->frame = caller;
    --thread->recursion_depth;
    Value* caller_regs = caller->regs();
    caller_regs[f->return_register] = v;
    regs = caller_regs;
    pc = caller->pc;
    return Outcome::kNext;
  }
  // Native functions and method descriptors: `fits` false when the call needs binding.
  PYJIT_INLINE bool is_native_function(V callee) const { return has_shape(callee, shapes.builtin_function); }
  PYJIT_INLINE bool is_native_method(V callee) const {
    return callee.is_object() && (callee.as_object()->shape_bits == shapes.method_descriptor || callee.as_object()->shape_bits == shapes.builtin_function);
  }
  PYJIT_INLINE V call_native(V callee, V self, const uint16_t* args, unsigned count, bool* fits) {
    save_pc();
    NativeResult r = call_native_fast(callee, self, regs, args, count);
    *fits = r.fits;
    return r.value;
  }
  PYJIT_INLINE Outcome native_result(unsigned destination, V v, unsigned words) {
    if (!v) [[unlikely]] return Outcome::kError;
    regs[destination] = v;
    pc += words;
    if (thread->poll) [[unlikely]] return Outcome::kRefresh;
    return Outcome::kNext;
  }
  PYJIT_INLINE Outcome call_general(CallStatus (*fn)(Thread*, Value*, const Instr*)) {
    save_pc();
    CallStatus status = fn(thread, regs, pc);
    if (status == CallStatus::kError) [[unlikely]] return Outcome::kError;
    reload();
    if (status == CallStatus::kFrame) {
      entry_hot = frame()->code->compiled->entry_counter & kHotBit;
      return entered();
    }
    if (thread->poll) [[unlikely]] return Outcome::kRefresh;
    return Outcome::kNext;
  }
  PYJIT_INLINE Dict* module_dict(V module) const { return module.as<Module>()->dict(); }

  // --- generators
  PYJIT_INLINE Outcome resume_generator(V generator, V sent, unsigned destination) {
    frame()->pc = pc + 2;
    return follow(generator_resume(thread, generator.as<Generator>(), sent, destination));
  }
  PYJIT_INLINE Outcome yield_value(V v) {
    frame()->pc = pc + 1;
    return follow(generator_yield(thread, v));
  }
  PYJIT_INLINE Outcome generator_return(V v) {
    frame()->pc = pc + 1;
    return follow(interp::generator_return(thread, v));
  }
  PYJIT_INLINE V exchange_handled_exception(V exception) {
    V previous = thread->exc_info->value;
    thread->exc_info->value = exception;
    return previous ? previous : Value::none();
  }

  // Counts a round of a loop over a generator, which polls nothing by itself. A trace of it starts at the FOR_LOOP. True: it ran.
  PYJIT_INLINE bool generator_edge(Outcome* outcome) {
    JumpWord* edge = jump_word(pc, 1);
    if (!(++edge->counter & kHotBit)) [[likely]] return false;
    if (!loop_hot_hook) return false;
    HotResult r = loop_hot_hook(thread, regs, pc, edge);
    if (r.outcome == HotOutcome::kNext && r.pc == pc && thread->frame->regs() == regs) return false;
    *outcome = follow(r);
    return true;
  }

  PYJIT_INLINE bool poll() {
    if (!thread->poll) [[likely]] return true;
    save_pc();
    return poll_back_edge(thread);
  }
  PYJIT_INLINE Outcome poll_loop(int word = 1) {
    if (!poll()) return Outcome::kError;
    return back_edge(word);
  }
  PYJIT_INLINE Outcome back_edge(int word = 1) {
    JumpWord* edge = jump_word(pc, word);
    pc += edge->jump;
    if (++edge->counter & kHotBit) [[unlikely]] {
      if (!loop_hot_hook) return Outcome::kNext;
      return follow(loop_hot_hook(thread, regs, pc, edge));
    }
    return Outcome::kNext;
  }
};

}  // namespace pyjit::interp
