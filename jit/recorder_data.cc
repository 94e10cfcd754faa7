// The recorder's view of values, slots, sequences, iterators and namespaces.
#include "jit/recorder.h"

namespace pyjit::jit {

using interp::shapes;

RV Recorder::slot_value(int slot, Value v) {
  Ref ref = b.slot_or_none(slot);
  if (!ref) {
    size_t index = static_cast<size_t>(slot - Builder::kMinSlot);
    if (slot < Builder::kMinSlot || index >= dead_.size() || dead_[index]) {
      stop("a register that is not known");
      return {v, constant_ref(v)};
    }
    if (virtual_frame(slot)) {
      ref = load_word(slot);
      b.set_slot(slot, ref);
      stored_[index] = ref;
      b.known_in_memory(slot, ref);
    } else {
      ref = b.slot(slot, type_of(v));
    }
  }
  if (is_const(ref) && box_bits(b.ir().type(ref), b.ir().constant(ref).bits) != v.bits()) stop("a constant that differs");
  return {v, ref};
}

void Recorder::set_slot(int slot, Ref ref) {
  size_t index = static_cast<size_t>(slot - Builder::kMinSlot);
  if (slot < Builder::kMinSlot || index >= dead_.size()) return b.fail(Abort::kTooManySlots);
  dead_[index] = false;
  b.set_slot(slot, ref);
  // A snapshot takes a slot's own entry value for what memory holds already.
  if (dirty_[index] && own_load(slot, ref)) {
    b.sstore(slot, ref);
    stored_[index] = ref;
  }
}

void Recorder::load_back(unsigned r) {
  int slot = off() + static_cast<int>(r);
  size_t index = static_cast<size_t>(slot - Builder::kMinSlot);
  if (index >= dead_.size()) return b.fail(Abort::kTooManySlots);
  Ref ref = load_word(slot);
  b.known_in_memory(slot, ref);
  dead_[index] = false;
  dirty_[index] = true;
  stored_[index] = ref;
  b.set_slot(slot, ref);
}

void Recorder::know(V a) {
  if (is_const(a.r) || b.ir().type(a.r) != Type::kVal) return;
  Type type = type_of(a.v);
  if (type == Type::kVal) b.guard_is(a.r, a.v);
  else b.unbox(a.r, type);
}

void Recorder::identify(V a) {
  if (is_const(a.r)) return;
  know(a);
  b.guard_is(a.r, a.v);
}

bool Recorder::same(V a, V c) {
  bool equal = a.v == c.v;
  know(a);
  know(c);
  if (type_of(a.v) != type_of(c.v)) return equal;
  b.guard(b.emit(Op::EQ, Type::kBool, b.box(a.r), b.box(c.r)), equal);
  return equal;
}

bool Recorder::has_shape(V a, uint32_t shape) {
  know(a);
  if (!a.v.is_object()) return false;
  b.guard_shape(obj(a), a.v.as_object()->shape_bits);
  return a.v.as_object()->shape_bits == shape;
}

bool Recorder::class_version_is(Class* cls, uint32_t version) {
  if (class_is_volatile(cls)) return false;
  cls->watched = true;
  deps_.classes.push_back(cls);
  return cls->version == version;
}

bool Recorder::int_floordiv(V a, V c, V* out) {
  if (!concrete_.int_floordiv(a.v, c.v, &out->v)) return false;
  if (c.v.as_int() == -1) return false;  // may leave 48 bits
  Ref divisor = i64(c);
  b.guard(b.emit(Op::EQ, Type::kBool, divisor, b.ir().k_i64(-1)), false);
  out->r = b.emit(Op::FLOORDIV, Type::kI64, i64(a), divisor);
  return true;
}

bool Recorder::int_lshift(V a, V c, V* out) {
  if (!concrete_.int_lshift(a.v, c.v, &out->v)) return false;
  Ref shift = i64(c);
  b.guard(b.emit(Op::ULE, Type::kBool, shift, b.ir().k_i64(46)), true);
  out->r = b.emit(Op::SHLOV, Type::kI64, i64(a), shift);
  return true;
}
bool Recorder::int_rshift(V a, V c, V* out) {
  if (!concrete_.int_rshift(a.v, c.v, &out->v)) return false;
  Ref shift = i64(c);
  b.guard(b.emit(Op::GE, Type::kBool, shift, b.ir().k_i64(0)), true);
  out->r = b.emit(Op::SHR, Type::kI64, i64(a), shift);
  return true;
}

void Recorder::store_value(Ref base, V value, Mem mem) {
  b.store(base, b.box(value.r), mem);
  Type type = b.ir().type(value.r);
  if (type == Type::kObj || (type == Type::kVal && !(is_const(value.r) && !value.v.is_object()))) b.emit(Op::BARRIER, Type::kVoid, base);
}

// --- sequences

bool Recorder::size_is(V sequence, unsigned n, uint16_t alias) {
  uint64_t size = sequence.as<Tuple>()->size;  // List has it at the same place
  static_assert(offsetof(Tuple, size) == offsetof(List, size));
  Ref ref = b.load(obj(sequence), Mem(8, MemKind::kI64, alias));
  b.guard(b.emit(Op::EQ, Type::kBool, ref, b.ir().k_i64(n)), size == n);
  return size == n;
}

// The position of a Python index in a sequence of this size; guards the bounds.
bool Recorder::item_address(V index, Ref size, uint64_t concrete_size, Ref* position) {
  int64_t i = index.v.as_int();
  Ref ref = i64(index);
  if (i < 0) {
    if (static_cast<uint64_t>(i + static_cast<int64_t>(concrete_size)) >= concrete_size) return false;
    b.guard(b.emit(Op::LT, Type::kBool, ref, b.ir().k_i64(0)), true);
    ref = b.emit(Op::ADD, Type::kI64, ref, size);
  } else if (static_cast<uint64_t>(i) >= concrete_size) {
    return false;
  }
  b.guard(b.emit(Op::ULT, Type::kBool, ref, size), true);
  *position = ref;
  return true;
}

bool Recorder::list_item(V list, V index, V* out) {
  Ref size = b.load(obj(list), Mem(8, MemKind::kI64, kAliasListSize)), position;
  if (!concrete_.list_item(list.v, index.v, &out->v) || !item_address(index, size, list.as<List>()->size, &position)) return false;
  Ref store = b.load(obj(list), Mem(16, MemKind::kObj, kAliasListStore));
  out->r = b.load(b.aref(store, position, 3, 16), Mem(0, MemKind::kVal, kAliasItems));
  return true;
}
bool Recorder::list_store(V list, V index, V value) {
  Ref size = b.load(obj(list), Mem(8, MemKind::kI64, kAliasListSize)), position;
  if (!item_address(index, size, list.as<List>()->size, &position)) return false;
  Ref store = b.load(obj(list), Mem(16, MemKind::kObj, kAliasListStore));
  concrete_.list_store(list.v, index.v, value.v);
  b.store(b.aref(store, position, 3, 16), b.box(value.r), Mem(0, MemKind::kVal, kAliasItems));
  Type type = b.ir().type(value.r);
  if (type == Type::kObj || (type == Type::kVal && !(is_const(value.r) && !value.v.is_object()))) b.emit(Op::BARRIER, Type::kVoid, store);
  return true;
}
bool Recorder::tuple_item(V tuple, V index, V* out) {
  Ref size = b.load(obj(tuple), Mem(8, MemKind::kI64, kAliasImmutable)), position;
  if (!concrete_.tuple_item(tuple.v, index.v, &out->v) || !item_address(index, size, tuple.as<Tuple>()->size, &position)) return false;
  out->r = b.load(b.aref(obj(tuple), position, 3, 16), Mem(0, MemKind::kVal, kAliasImmutable));
  return true;
}
bool Recorder::list_append_fast(V list, V value) {
  auto* l = list.as<List>();
  if (l->size >= l->store->capacity) return false;
  Ref object = obj(list);
  Ref size = b.load(object, Mem(8, MemKind::kI64, kAliasListSize));
  Ref store = b.load(object, Mem(16, MemKind::kObj, kAliasListStore));
  Ref capacity = b.load(store, Mem(8, MemKind::kI64, kAliasImmutable));
  b.guard(b.emit(Op::ULT, Type::kBool, size, capacity), true);
  concrete_.list_append_fast(list.v, value.v);
  b.store(b.aref(store, size, 3, 16), b.box(value.r), Mem(0, MemKind::kVal, kAliasItems));
  b.store(object, b.emit(Op::ADD, Type::kI64, size, b.ir().k_i64(1)), Mem(8, MemKind::kI64, kAliasListSize));
  Type type = b.ir().type(value.r);
  if (type == Type::kObj || (type == Type::kVal && !(is_const(value.r) && !value.v.is_object()))) b.emit(Op::BARRIER, Type::kVoid, store);
  return true;
}

// --- iterators

bool Recorder::range_next(V iterator, V* out) {
  auto* it = iterator.as<RangeIterator>();
  constexpr int kNext = offsetof(RangeIterator, next), kStep = offsetof(RangeIterator, step), kLeft = offsetof(RangeIterator, remaining);
  Ref object = obj(iterator);
  Ref left = b.load(object, Mem(kLeft, MemKind::kI64, kAliasRange));
  bool more = it->remaining > 0;
  b.guard(b.emit(Op::GT, Type::kBool, left, b.ir().k_i64(0)), more);
  if (!more) return false;
  constexpr int64_t kSafe = int64_t{1} << 45;
  concrete_.thread = thread;   // a value beyond 48 bits is allocated, with the frame's pc saved
  concrete_.regs = regs;
  concrete_.pc = pc;
  if (it->next > kSafe || it->next < -kSafe || it->step > kSafe || it->step < -kSafe) {
    stop("a range beyond 48 bits");
    return concrete_.range_next(iterator.v, &out->v);
  }
  Ref item = b.emit(Op::NARROW, Type::kI64, b.load(object, Mem(kNext, MemKind::kWord, kAliasRange)));
  Ref step = b.emit(Op::NARROW, Type::kI64, b.load(object, Mem(kStep, MemKind::kWord, kAliasImmutable)));
  Ref sum = b.emit(Op::ADDOV, Type::kI64, item, step);
  concrete_.range_next(iterator.v, &out->v);
  b.store(object, sum, Mem(kNext, MemKind::kWord, kAliasRange));
  b.store(object, b.emit(Op::SUB, Type::kI64, left, b.ir().k_i64(1)), Mem(kLeft, MemKind::kI64, kAliasRange));
  out->r = item;
  return true;
}

bool Recorder::sequence_next(V iterator, V* out, bool list) {
  auto* it = iterator.as<SequenceIterator>();
  constexpr int kIndex = offsetof(SequenceIterator, index), kSequence = offsetof(SequenceIterator, sequence);
  V sequence{it->sequence, b.load(obj(iterator), Mem(kSequence, MemKind::kVal, kAliasSequence))};
  if (is_null(sequence)) return false;
  has_shape(sequence, sequence.v.as_object()->shape_bits);
  uint64_t size = sequence.as<List>()->size;
  Ref index = b.load(obj(iterator), Mem(kIndex, MemKind::kI64, kAliasSequence));
  Ref size_ref = b.load(obj(sequence), Mem(8, MemKind::kI64, list ? uint16_t{kAliasListSize} : kAliasImmutable));
  bool more = static_cast<uint64_t>(it->index) < size;
  b.guard(b.emit(Op::ULT, Type::kBool, index, size_ref), more);
  if (!more) {
    it->sequence = nullptr;
    b.store(obj(iterator), b.ir().k_val(Value()), Mem(kSequence, MemKind::kVal, kAliasSequence));
    return false;
  }
  if (list) {
    out->v = sequence.as<List>()->items()[it->index++];
    Ref store = b.load(obj(sequence), Mem(16, MemKind::kObj, kAliasListStore));
    out->r = b.load(b.aref(store, index, 3, 16), Mem(0, MemKind::kVal, kAliasItems));
  } else {
    out->v = sequence.as<Tuple>()->items[it->index++];
    out->r = b.load(b.aref(obj(sequence), index, 3, 16), Mem(0, MemKind::kVal, kAliasImmutable));
  }
  b.store(obj(iterator), b.emit(Op::ADD, Type::kI64, index, b.ir().k_i64(1)), Mem(kIndex, MemKind::kI64, kAliasSequence));
  return true;
}

// --- namespaces

Dict* Recorder::globals() {
  Dict* d = frame()->function->globals;
  if (frames_.size() == 1 || frames_.back().generator) {
    // The root's code and that of a generator may run under other globals (exec, types.FunctionType).
    V function = frames_.size() == 1 ? slot_value(off() - 7, Value(static_cast<Object*>(frame()->function)))
                                     : V{Value(static_cast<Object*>(frame()->function)),
                                         b.load(frames_.back().generator, Mem(offsetof(Generator, frame) + offsetof(Frame, function), MemKind::kObj, kAliasImmutable))};
    b.guard_is(b.load(obj(function), Mem(offsetof(Function, globals), MemKind::kObj, kAliasFunction)), Value(static_cast<Object*>(d)));
  }
  return d;
}

bool Recorder::dict_layout_is(Dict* d, uint32_t version) {
  bool is = d->layout_version == version;
  Ref layout = b.load(b.ir().k_word(reinterpret_cast<uint64_t>(d)), Mem(offsetof(Dict, layout_version), MemKind::kU32, kAliasDictLayout));
  b.guard(b.emit(Op::EQ, Type::kBool, layout, b.ir().k_i64(d->layout_version)), true);
  return is;
}

// Functions, classes and modules that a namespace holds become constants: a change of the name invalidates the trace.
bool Recorder::promote_entry(Dict* d, Str* name, V* out) {
  Value v = dict_get_str(d, name);
  if (!v || !v.is_object()) return false;
  Class* cls = v.as_object()->cls();
  if (cls != types.function && cls != types.builtin_function && cls != types.module && !cls->has(kSubType)) return false;
  if (name_is_volatile(d, Value(static_cast<Object*>(name)))) return false;
  d->watched = true;
  deps_.names.push_back({d, Value(static_cast<Object*>(name))});
  *out = imm(v);
  return true;
}

}  // namespace pyjit::jit
