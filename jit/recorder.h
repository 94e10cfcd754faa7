// Recorder: the machine that executes instructions on the real frames and emits IR for what it saw (interp/machine.h has the other one).
//
// A V is a concrete Value and the IR ref that will hold it. Predicates answer for the concrete value and emit the guard that makes the
// answer hold in the trace; opaque calls emit a CALL. Whatever is not covered stops the recording with a named reason; the instruction
// at which it stops is executed by the interpreter.
//
// Memory and the trace. Slots live in refs while the trace runs. Before a call of C++ the frames' headers, the frame's pc, and (if Python
// code may look) the named variables are written with SSTORE; what such a call writes to registers is loaded again at once.
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "interp/machine.h"
#include "jit/builder.h"
#include "jit/dependencies.h"
#include "jit/engine.h"

namespace pyjit::jit {

using namespace pyjit::runtime;
using interp::Instr;
using interp::Outcome;

// How an exit resumes, in the low two bits of Snapshot::kind. The rest: how many inlined frames thread->recursion_depth counts.
enum ResumeKind : uint8_t { kResume = 0, kRaise = 1, kIterEnd = 2 };
constexpr int kKindBits = 2;

// Alias classes of runtime memory.
enum Alias : uint16_t {
  kAliasListSize = kAliasFirstFree, kAliasListStore, kAliasItems, kAliasSlots, kAliasOverflow, kAliasRange, kAliasSequence, kAliasCell,
  kAliasDictLayout, kAliasDictValue, kAliasFunction, kAliasFrame, kAliasDictSize, kAliasDepth, kAliasExcInfo, kAliasByteArray, kAliasBytes,
  kAliasNative, kAliasDetached,
  kAliasGenerators = 64,   // and up: one for each generator code object of the trace, whose objects are different ones
};
// What operations on builtin containers change.
constexpr uint64_t kListMemory = alias_bit(kAliasListSize) | alias_bit(kAliasListStore) | alias_bit(kAliasItems);
constexpr uint64_t kDictMemory = alias_bit(kAliasDictLayout) | alias_bit(kAliasDictValue) | alias_bit(kAliasDictSize);   // sets too
constexpr uint64_t kBytesMemory = alias_bit(kAliasByteArray) | alias_bit(kAliasBytes);
constexpr uint64_t kIteratorMemory = alias_bit(kAliasRange) | alias_bit(kAliasSequence) | alias_bit(kAliasNative);

struct RV {
  Value v;
  Ref r = kNoRef;
  template <class T> T* as() const { return v.as<T>(); }
  explicit operator bool() const { return !v.is_null(); }
};

enum class StopKind : uint8_t { kGo, kDone, kAbort, kError };

class Recorder {
 public:
  using V = RV;

  const Instr* pc;
  Value* regs;
  Thread* thread;

  Recorder(Thread* thread, Value* regs, const Instr* pc) : pc(pc), regs(regs), thread(thread), root_(regs), anchor_(pc) {}

  void start(TraceKind kind);      // kLoop: at a back edge's target, kFunction: at the entry of a frame
  bool start_bridge(Exit& exit, Value* base);
  // Executes and records to the end of the trace.
  StopKind run();
  Builder& builder() { return b; }
  const char* reason() const { return reason_; }
  // Whether a callee is known by its code, not by its identity: closures, and what has been another one at this place before.
  bool known_by_code(V callee) const {
    return !is_const(callee.r) && (callee.as<Function>()->closure || (bridge_ && pc == anchor_));
  }
  bool waiting() const { return waiting_; }        // given up because a callee should get its trace first
  Ref entry_guards() const { return entry_guards_; }  // end of the guards that no bridge can help
  const Dependencies& dependencies() const { return deps_; }
  bool ends_raising() const { return ends_raising_; }      // the trace is complete, and an exception is pending at pc
  void roots(Tracer& tracer);

  // --- operands
  Frame* frame() const { return reinterpret_cast<Frame*>(regs) - 1; }
  V reg(unsigned r) { return slot_value(off() + static_cast<int>(r), regs[r]); }
  void set_reg(unsigned r, V v) {
    regs[r] = v.v;
    set_slot(off() + static_cast<int>(r), v.r);
  }
  V imm(Value v) { return {v, constant_ref(v)}; }
  V constant(int word) { return imm(interp::word_value(pc, word)); }
  Outcome next(unsigned words) { pc += words; return Outcome::kNext; }
  Outcome jump(int word = 1) { pc += interp::jump_word(pc, word)->jump; return Outcome::kNext; }
  Outcome result(unsigned r, V v, unsigned words) {
    if (!v.v) return raised_value(r, v, pc + words);
    guard_not_null(v);
    set_reg(r, v);
    pc += words;
    return Outcome::kNext;
  }

  // --- predicates
  bool is_null(V a) { know(a); return a.v.is_null(); }
  bool is_int(V a) { know(a); return a.v.is_int(); }
  bool both_int(V a, V c) { know(a); know(c); return both_ints(a.v, c.v); }
  bool is_float(V a) { know(a); return a.v.is_double(); }
  bool both_float(V a, V c) { know(a); know(c); return a.v.is_double() && c.v.is_double(); }
  bool is_true_constant(V a) { known_bool(a); return a.v.is_true(); }
  bool is_false_constant(V a) { known_bool(a); return a.v.is_false(); }
  bool is_none(V a) { know(a); return a.v.is_none(); }
  bool same(V a, V c);
  bool is_object(V a) { know(a); return a.v.is_object(); }
  bool has_shape(V a, uint32_t shape);
  bool class_version_is(Class* cls, uint32_t version);

  // --- integers
  Ref i64(V a) { return b.unbox(a.r, Type::kI64); }
  bool int_add(V a, V c, V* out) { return int_op(&interp::Concrete::int_add, Op::ADDOV, a, c, out); }
  bool int_sub(V a, V c, V* out) { return int_op(&interp::Concrete::int_sub, Op::SUBOV, a, c, out); }
  bool int_mul(V a, V c, V* out) { return int_op(&interp::Concrete::int_mul, Op::MULOV, a, c, out); }
  V int_and(V a, V c) { return {concrete_.int_and(a.v, c.v), b.emit(Op::BAND, Type::kI64, i64(a), i64(c))}; }
  V int_or(V a, V c) { return {concrete_.int_or(a.v, c.v), b.emit(Op::BOR, Type::kI64, i64(a), i64(c))}; }
  V int_xor(V a, V c) { return {concrete_.int_xor(a.v, c.v), b.emit(Op::BXOR, Type::kI64, i64(a), i64(c))}; }
  bool int_is_zero(V a) {
    bool zero = concrete_.int_is_zero(a.v);
    b.guard(b.emit(Op::EQ, Type::kBool, i64(a), b.ir().k_i64(0)), zero);
    return zero;
  }
  bool int_floordiv(V a, V c, V* out);
  V int_mod(V a, V c) { return {concrete_.int_mod(a.v, c.v), b.emit(Op::MOD, Type::kI64, i64(a), i64(c))}; }
  V int_truediv(V a, V c) {
    return {concrete_.int_truediv(a.v, c.v), b.emit(Op::DIV, Type::kF64, b.emit(Op::I2F, Type::kF64, i64(a)), b.emit(Op::I2F, Type::kF64, i64(c)))};
  }
  bool int_lshift(V a, V c, V* out);
  bool int_rshift(V a, V c, V* out);
  bool int_negate(V a, V* out) {
    if (!concrete_.int_negate(a.v, &out->v)) return false;
    out->r = b.emit(Op::NEGOV, Type::kI64, i64(a));
    return true;
  }
  template <CompareOp OP> bool int_compare(V a, V c) {
    bool truth = concrete_.template int_compare<OP>(a.v, c.v);
    b.guard(b.emit(compare_op(OP), Type::kBool, i64(a), i64(c)), truth);
    return truth;
  }

  // --- floats
  Ref f64(V a) { return b.unbox(a.r, Type::kF64); }
  V float_op(Op op, Value v, V a, V c) { return {v, b.emit(op, Type::kF64, f64(a), f64(c))}; }
  V float_add(V a, V c) { return float_op(Op::ADD, concrete_.float_add(a.v, c.v), a, c); }
  V float_sub(V a, V c) { return float_op(Op::SUB, concrete_.float_sub(a.v, c.v), a, c); }
  V float_mul(V a, V c) { return float_op(Op::MUL, concrete_.float_mul(a.v, c.v), a, c); }
  V float_div(V a, V c) { return float_op(Op::DIV, concrete_.float_div(a.v, c.v), a, c); }
  V float_negate(V a) { return {concrete_.float_negate(a.v), b.emit(Op::NEG, Type::kF64, f64(a))}; }
  bool float_is_zero(V a) {
    bool zero = concrete_.float_is_zero(a.v);
    b.guard(b.emit(Op::EQ, Type::kBool, f64(a), b.ir().k_f64(0)), zero);
    return zero;
  }
  V int_to_float(V a) { return {concrete_.int_to_float(a.v), b.emit(Op::I2F, Type::kF64, i64(a))}; }
  template <CompareOp OP> bool float_compare(V a, V c) {
    bool truth = concrete_.template float_compare<OP>(a.v, c.v);
    b.guard(b.emit(compare_op(OP), Type::kBool, f64(a), f64(c)), truth);
    return truth;
  }
  V boolean(bool v) { return {Value::from_bool(v), b.ir().k_bool(v)}; }
  template <CompareOp OP> int compare_truth(V a, V c) { return opaque(Effects::kCallsPython, interp::compare_truth_slow, OP, a, c); }

  // --- opaque calls
  template <class... A, class... G> V opaque(Effects effects, Value (*fn)(A...), G... args) {
    prepare_call(effects);
    Ref result = emit_call(reinterpret_cast<const void*>(fn), Type::kVal, effects, {argument(args)...});
    return {fn(concrete(args)...), result};
  }
  template <class... A, class... G> bool opaque(Effects effects, bool (*fn)(A...), G... args) {
    prepare_call(effects);
    Ref result = emit_call(reinterpret_cast<const void*>(fn), Type::kBool, effects, {argument(args)...});
    bool ok = fn(concrete(args)...);
    if (ok) raise_guard(result);
    else raised_bool(result);
    method_loaded_ = true;
    return ok;
  }
  template <class... A, class... G> int opaque(Effects, int (*fn)(A...), G... args) {
    stop("an opaque call with an int result");
    frame()->pc = pc + 1;
    return fn(concrete(args)...);
  }

  // --- instance slots
  V load_slot(V object, uint32_t offset) {
    return {concrete_.load_slot(object.v, offset), b.load(obj(object), Mem(static_cast<int>(offset), MemKind::kVal, kAliasSlots))};
  }
  V load_overflow(V object, uint32_t attrs_offset, uint32_t index) {
    Ref array = b.load(obj(object), Mem(static_cast<int>(attrs_offset), MemKind::kObj, kAliasOverflow));
    return {concrete_.load_overflow(object.v, attrs_offset, index), b.load(array, Mem(static_cast<int>(16 + 8 * index), MemKind::kVal, kAliasSlots))};
  }
  void store_slot(V object, uint32_t offset, V value) {
    concrete_.store_slot(object.v, offset, value.v);
    store_value(obj(object), value, Mem(static_cast<int>(offset), MemKind::kVal, kAliasSlots));
  }
  void store_overflow(V object, uint32_t attrs_offset, uint32_t index, V value) {
    Ref array = b.load(obj(object), Mem(static_cast<int>(attrs_offset), MemKind::kObj, kAliasOverflow));
    concrete_.store_overflow(object.v, attrs_offset, index, value.v);
    store_value(array, value, Mem(static_cast<int>(16 + 8 * index), MemKind::kVal, kAliasSlots));
  }
  void set_shape(V object, uint32_t shape) {
    concrete_.set_shape(object.v, shape);
    b.store(obj(object), b.ir().k_i64(shape), Mem(0, MemKind::kU32, kAliasShape));
  }

  // --- dicts as namespaces, cells
  Dict* globals();
  Dict* builtins() { return frame()->function->builtins; }
  bool dict_layout_is(Dict* d, uint32_t version);
  V dict_entry_value(DictEntry* entry) {
    return {entry->value, b.load(b.ir().k_word(reinterpret_cast<uint64_t>(&entry->value)), Mem(0, MemKind::kVal, kAliasDictValue))};
  }
  V cell_value(V cell) { return {cell.as<Cell>()->value, b.load(obj(cell), Mem(8, MemKind::kVal, kAliasCell))}; }
  void set_cell_value(V cell, V value) {
    concrete_.set_cell_value(cell.v, value.v);
    store_value(obj(cell), value, Mem(8, MemKind::kVal, kAliasCell));
  }
  Dict* module_dict(V module) { return module.as<Module>()->dict(); }

  // --- sequences
  bool is_exact_list(V a) { return has_shape(a, interp::shapes.list); }
  bool is_exact_tuple(V a) { return has_shape(a, interp::shapes.tuple); }
  bool is_exact_dict(V a) { return has_shape(a, interp::shapes.dict); }
  bool is_exact_string(V a) { return has_shape(a, interp::shapes.str); }
  bool list_item(V list, V index, V* out);
  bool list_store(V list, V index, V value);
  bool tuple_item(V tuple, V index, V* out);
  bool tuple_size_is(V tuple, unsigned n) { return size_is(tuple, n, kAliasImmutable); }
  bool list_size_is(V list, unsigned n) { return size_is(list, n, kAliasListSize); }
  V tuple_item_at(V tuple, unsigned i) {
    return {tuple.as<Tuple>()->items[i], b.load(obj(tuple), Mem(static_cast<int>(16 + 8 * i), MemKind::kVal, kAliasImmutable))};
  }
  V list_item_at(V list, unsigned i) {
    Ref store = b.load(obj(list), Mem(16, MemKind::kObj, kAliasListStore));
    return {list.as<List>()->items()[i], b.load(store, Mem(static_cast<int>(16 + 8 * i), MemKind::kVal, kAliasItems))};
  }
  bool list_append_fast(V list, V value);

  // --- iterators
  bool range_next(V iterator, V* out);
  bool list_next(V iterator, V* out) { return sequence_next(iterator, out, true); }
  bool tuple_next(V iterator, V* out) { return sequence_next(iterator, out, false); }

  template <bool LOOP> bool unpack_next_pair(V) { return false; }

  // --- calls
  bool is_plain_function(V callee) { return has_shape(callee, interp::shapes.function); }
  bool function_fits(V callee, unsigned nargs);
  bool enterable(interp::CompiledCode* compiled);   // inlined, or (call_trace_wanted_) by its function trace
  bool python_call(Outcome* outcome);
  bool push_frame(V callee, V self, const uint16_t* args, unsigned count, unsigned destination, unsigned words, uint32_t flags = 0);
  Outcome entered();
  Outcome return_value(V v);
  bool is_native_function(V callee) { return has_shape(callee, interp::shapes.builtin_function); }
  bool is_native_method(V callee) {
    know(callee);
    return concrete_.is_native_method(callee.v);
  }
  V call_native(V callee, V self, const uint16_t* args, unsigned count, bool* fits);
  Outcome native_result(unsigned destination, V v, unsigned words) { return result(destination, v, words); }
  // Runs the whole call, the callee's frame included, as one C++ function.
  Outcome call_general(interp::CallStatus (*)(Thread*, Value*, const Instr*));
  Outcome poll_loop(int word = 1) { pc += interp::jump_word(pc, word)->jump; return Outcome::kNext; }
  bool poll() { return true; }
  Outcome back_edge(int word = 1) { return poll_loop(word); }

  // --- generators (recorder_generator.cc): frame switches inside the trace
  Outcome resume_generator(V generator, V sent, unsigned destination);
  Outcome yield_value(V v);
  Outcome generator_return(V v);

  bool generator_edge(Outcome*) { return false; }

  // --- exceptions (recorder_exception.cc)
  V exchange_handled_exception(V exception);

 private:
  struct Inlined {
    int off;                       // of its slot 0 from the root's
    interp::CompiledCode* compiled;
    uint32_t flags;
    bool written;                  // its header is in memory
    Ref generator = kNoRef;        // the object that the frame lives in; `off` is a virtual slot then (Builder::kVirtualFirst)
    uint16_t alias = 0;            // of that object's fields
    Generator* concrete = nullptr;
    bool fresh = false;            // memory says that the generator was not started yet
    Ref stack = kNoRef;            // detached: address of slot 0 of a frame on the stack above a root in a generator; `off` is virtual
    Value* regs = nullptr;         // detached: here and now
    bool is_virtual() const { return generator || stack; }
    Ref self = kNoRef;             // of a constructor that this trace entered: the instance
  };

  int off() const { return frames_.back().off; }
  Ref obj(V a) { return b.unbox(a.r, Type::kObj); }
  void stop(const char* why) { if (!reason_) reason_ = why; }
  static bool is_exact_shape(Value v, uint32_t shape) { return v.is_object() && v.as_object()->shape_bits == shape; }
  static Type type_of(Value v) {
    return v.is_int() ? Type::kI64 : v.is_double() ? Type::kF64 : v.is_object() ? Type::kObj : v.is_bool() ? Type::kBool : Type::kVal;
  }
  Ref constant_ref(Value v) { return b.ir().add_const(type_of(v), unbox_bits(type_of(v), v.bits())); }
  V slot_value(int slot, Value v);
  void set_slot(int slot, Ref ref);
  void load_back(unsigned r);      // register r was written in memory by a call
  bool own_load(int slot, Ref ref) const {
    return ref && !is_const(ref) && b.ir().ins(ref).op == Op::SLOAD && b.ir().ins(ref).slot() == slot;
  }
  void know(V a);
  void known_bool(V a) {
    know(a);
    if (a.v.is_bool()) b.guard(b.unbox(a.r, Type::kBool), a.v.is_true());
  }
  void identify(V a);              // guards that a is this very object
  static Op compare_op(CompareOp op) {
    static constexpr Op kOps[] = {Op::LT, Op::LE, Op::EQ, Op::NE, Op::GT, Op::GE};
    return kOps[op];
  }
  bool int_op(bool (interp::Concrete::*fn)(Value, Value, Value*) const, Op op, V a, V c, V* out) {
    if (!(concrete_.*fn)(a.v, c.v, &out->v)) return false;
    out->r = b.emit(op, Type::kI64, i64(a), i64(c));
    return true;
  }
  bool size_is(V sequence, unsigned n, uint16_t alias);
  bool item_address(V index, Ref size, uint64_t concrete_size, Ref* position);
  bool sequence_next(V iterator, V* out, bool list);
  void store_value(Ref base, V value, Mem mem);
  void guard_function(V callee);
  bool bind(Function* f, std::vector<V>& given, Tuple* kwnames, std::vector<V>* out, bool* defaults_used);
  bool push_values(V callee, V self, const std::vector<V>& values, unsigned destination, unsigned words, uint32_t flags);
  bool spread_keywords(V kwargs, std::vector<V>* given, Tuple** kwnames);
  // So many callees or shapes at one place that looking for the right one would take longer than the general way.
  bool many_at_this_site() const { return same_site_ >= 8 && pc == anchor_; }
  bool guard_receiver(V object);
  bool load_attribute(bool method, Outcome* outcome);
  bool store_attribute(Outcome* outcome);
  Outcome copy_free_vars();
  bool inlineable(interp::CompiledCode* compiled);

  // Opaque calls.
  void prepare_call(Effects effects);
  void flush(bool variables);
  void sync_depth(int top);
  void forget_temporaries();       // what the collector may clear at the saved pc
  void write_slot(int slot);
  Ref emit_call(const void* fn, Type type, Effects effects, std::initializer_list<Ref> arguments);
  Ref argument(V a) { return b.box(a.r); }
  template <class T> Ref argument(T* p) { return pointer_ref(reinterpret_cast<const void*>(p)); }
  template <class T> Ref argument(const T* p) { return pointer_ref(reinterpret_cast<const void*>(p)); }
  template <class T> requires(std::is_integral_v<T> || std::is_enum_v<T>) Ref argument(T i) { return b.ir().k_word(static_cast<uint64_t>(i)); }
  static Value concrete(V a) { return a.v; }
  template <class T> requires(!std::is_same_v<T, V>) static T concrete(T a) { return a; }
  Ref pointer_ref(const void* p);
  Ref thread_ref() { return b.emit(Op::THREAD, Type::kWord); }
  Ref frame_address(int off) { return b.aref(b.emit(Op::BASE, Type::kWord), b.ir().k_i64(0), 0, 8 * off - 64); }
  void raise_guard(Ref ok);

  // Generators (recorder_generator.cc).
  const Inlined* virtual_frame(int slot) const;        // whose word the virtual slot stands for, or null
  const Inlined& stack_frame() const;                  // the innermost frame on the stack
  Ref frame_ref(size_t index);                         // address of a frame of the chain
  int virtual_end() const;                             // first free virtual slot
  void load_root_top();
  Mem generator_word(const Inlined& f, int slot, MemKind kind) const;
  void store_word(int slot, Ref ref);                  // a slot's word to memory now, wherever the frame lives
  Ref load_word(int slot);
  bool can_resume(V generator, V sent) const;
  void link_generator(size_t index);
  void unlink_generator(const Inlined& f);
  void guard_frame_object(const Inlined& f, bool has);
  void pop_generator();
  bool start_chain(Exit& exit, Value* base);
  void note_chain();
  uint16_t generator_alias(interp::CompiledCode* compiled);
  Outcome send();

  // Exceptions (recorder_exception.cc).
  Outcome raised_value(unsigned r, V v, const Instr* next);
  void raised_bool(Ref ok);
  int handler_frame() const;
  StopKind unwind(bool add_traceback);
  Outcome raise_instruction();
  Ref exc_info(int* offset);
  Outcome check_exc_match();
  void detach_frame();
  void guard_not_null(V v);
  uint8_t kind(ResumeKind k) const { return static_cast<uint8_t>(k | synced_ << kKindBits); }
  void poison() { b.resume_at(reinterpret_cast<uint64_t>(pc), off(), 3); }   // no guard may use this resume point
  void resume(ResumeKind k) { b.resume_at(reinterpret_cast<uint64_t>(pc), off(), kind(k)); }

  // One instruction.
  StopKind step();
  Outcome dispatch();
  unsigned live_depth(const Instr* at) const;
  void clear_dead(unsigned depth, bool scratch, const Instr* at);
  StopKind close(bool repeat, Trace* target);
  StopKind leave();                // ends the trace here: the interpreter goes on
  StopKind return_from_root();
  Outcome slow(bool (*fn)(Thread*, Value*, const Instr*));
  Outcome load_global();
  Outcome load_attr_module(bool method);
  bool promote_entry(Dict* d, Str* name, V* out);
  Outcome call(bool method);
  bool call_class(V callee, V self, const uint16_t* args, unsigned count, unsigned words, Outcome* outcome);
  Outcome contains(bool negate);
  Outcome unary_not();
  Outcome jump_if(bool sense);
  Outcome branch(V test, bool truth, const Instr* taken, const Instr* other);
  template <CompareOp OP> Outcome compare_jump(bool constant_right);
  Outcome for_iter(bool loop);

  // Allocation (recorder_new.cc).
  Ref new_cell_of(const Shape* shape, size_t bytes);
  void fill(Ref object, size_t offset, Ref value, MemKind kind, uint16_t alias);
  V make_tuple(const V* items, size_t n);
  V make_list(const V* items, size_t n);
  V make_slice(V start, V stop, V step);
  V make_sequence_iterator(V sequence, Class* cls);
  bool make_range(V start, V stop, V step, V* out);
  bool make_range_iterator(V range, V* out);
  V make_cell_object(V value);
  bool display(Outcome* out);
  bool iterator_of(V v, V* out);
  bool construct(V callee, Tuple* kwnames, const uint16_t* args, unsigned count, unsigned destination, unsigned words, Outcome* out);

  // Specialised instructions (recorder_special.cc). False, -1: not covered, nothing but guards was emitted.
  struct Wide {              // an int by its low 64 bits and bounds
    Ref low = kNoRef;
    __int128 low_bound = 0, high_bound = 0;
  };
  bool specialised(Outcome* out);
  bool takes_temporaries(const Instr* at) const;
  Ref quiet_call(const void* fn, const char* name, Type type, uint8_t effects, uint64_t clobbers, std::initializer_list<Ref> arguments);
  void decline_guard(Ref ok, bool effect);
  Ref not_null(Ref value);
  Ref known(V v);            // boxed, its exact type guarded
  bool wide_operand(V a, Wide* w);
  Ref to_word(Ref r);
  static bool fits_int64(const Wide& w);
  bool wide_arithmetic(BinaryOp op, V a, V c, V* out);
  bool plain_arithmetic(BinaryOp op, V a, V c, V* out);
  bool arithmetic(BinaryOp op, V a, V c, bool inplace, V* out);
  int quick_compare(CompareOp op, V a, V c, Ref* out);
  int quick_truth(V a, Ref* out);
  bool bounded_index(V index, Ref size, uint64_t concrete, Ref* position);
  bool quick_subscript(V container, V key, V* out);
  bool quick_slice(V container, V start, V stop, V step, V* out);
  bool quick_store_subscript(V container, V key, V value);
  int quick_contains(V container, V item, Ref* out);
  Ref byte_address(V bytearray, Ref position);
  Outcome take_branch(Ref test, bool truth, bool sense, unsigned words, int jump);
  bool append_slowly(V list, V item);
  Dict* module_namespace();
  bool load_name(Str* name, V* out);

  // Iteration over builtin iterators (recorder_iterate.cc).
  struct Commit { Ref object, value; Mem mem; };
  bool peek(V iterator, V* item, bool* more, std::vector<Commit>* commits);
  bool quick_for(Outcome* out);
  static bool quiet_iterator(Value iterator);

  // Calls by identity (recorder_builtins.cc) and special methods as frames.
  bool special_call(Outcome* out);
  bool class_call(Class* cls, V* args, unsigned n, V* out);
  bool native_call(const MethodDef* def, NativeFunction* f, V* args, unsigned n, V* out);
  bool native_is_quiet(const MethodDef* def, NativeFunction* f, const V* args, unsigned n, uint64_t* clobbers);
  bool math_call(std::string_view name, V* args, unsigned n, V* out);
  bool extreme(V* args, unsigned n, CompareOp op, V* out);
  bool instance_of(V v, Value classes, bool* answer);
  bool operator_frame(BinaryOp op, V a, V c, bool inplace, unsigned destination, unsigned words, Outcome* out);
  bool special_method_frame(V object, Str* name, const uint16_t* key_register, V key, unsigned destination, unsigned words, Outcome* out);
  bool plain_instance(V v);

  Value* root_;
  const Instr* anchor_;
  Builder b;
  interp::Concrete concrete_{};
  std::vector<Inlined> frames_;
  std::vector<interp::CompiledCode*> generator_codes_;   // index + kAliasGenerators: their alias class
  std::vector<bool> dead_, dirty_;         // by slot - Builder::kMinSlot: must not be read; memory differs from the entry value
  std::unordered_map<Ref, Wide> wide_;     // boxed ints beyond 48 bits
  std::vector<Ref> stored_;                // what memory holds, if written in this trace
  std::unordered_map<const Instr*, int> edges_;
  Ref root_top_ = kNoRef;                  // root in a generator: the stack's end at entry, where frames of callees begin
  int synced_ = 0;                         // frames that recursion_depth counts
  bool frame_valid_ = true;                // thread->frame and stack_top are those of frames_[synced_]
  bool variables_flushed_ = false;
  bool effects_pending_ = false, poll_pending_ = false;  // GINVAL (POLL) before the next instruction
  bool bridge_ = false, method_loaded_ = false;
  bool may_leave_ = false;                 // a bridge or function trace: may end in RET or EXIT
  bool python_called_ = false, waiting_ = false;
  bool call_trace_wanted_ = false;
  bool call_trace_ = false;                // the frame being pushed is not inlined: callee_trace_ (null: this trace) is called
  Trace* callee_trace_ = nullptr;
  const Instr* call_pc_ = nullptr;         // of the call whose frame was pushed last
  Ref entry_guards_ = kNoRef;
  bool raised_ = false;                    // the trace has made sure that the exception pending here is pending there
  bool ends_raising_ = false, starts_raising_ = false, previous_was_null_ = false;
  uint32_t same_site_ = 0;                 // of a bridge: bridges on the way to it that begin at the same instruction
  Value held_;                             // an object that is in no register yet: the recorder lies on the native stack, which is scanned
  uint32_t steps_ = 0;
  const char* reason_ = nullptr;
  Dependencies deps_;
};

}  // namespace pyjit::jit
