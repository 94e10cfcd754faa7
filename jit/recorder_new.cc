// Allocation in traces: tuples, lists, slices, ranges, iterators, cells, instances and the frames of their __init__.
#include "jit/allocation.h"
#include "interp/frames.h"
#include "jit/recorder.h"
#include "runtime/ops.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/str.h"

namespace pyjit::jit {

using interp::shapes;

namespace {

constexpr size_t kMaxInline = 24;   // items of a display that is allocated in the trace

}  // namespace

Ref Recorder::new_cell_of(const Shape* shape, size_t bytes) { return b.new_object(alloc_spec(bytes), header_of(shape)); }

// A field of an object that nobody else has seen: no barrier.
void Recorder::fill(Ref object, size_t offset, Ref value, MemKind kind, uint16_t alias) {
  b.store(object, kind == MemKind::kVal ? b.box(value) : value, Mem(static_cast<int>(offset), kind, alias));
}

RV Recorder::make_tuple(const V* items, size_t n) {
  if (!n) return imm(empty_tuple());
  Tuple* t = new_tuple_null(n);
  Ref r = new_cell_of(tuple_shape, sizeof(Tuple) + 8 * n);
  fill(r, 8, b.ir().k_i64(static_cast<int64_t>(n)), MemKind::kI64, kAliasImmutable);
  for (size_t i = 0; i < n; ++i) {
    t->items[i] = items[i].v;
    fill(r, 16 + 8 * i, items[i].r, MemKind::kVal, kAliasImmutable);
  }
  return {t, r};
}

RV Recorder::make_list(const V* items, size_t n) {
  List* l = new_list(n);
  Ref store = b.ir().k_obj(empty_value_array);
  if (n) {
    store = new_cell_of(l->store->shape(), sizeof(ValueArray) + 8 * n);
    fill(store, 8, b.ir().k_i64(static_cast<int64_t>(n)), MemKind::kI64, kAliasImmutable);
    for (size_t i = 0; i < n; ++i) {
      l->store->items[i] = items[i].v;
      fill(store, 16 + 8 * i, items[i].r, MemKind::kVal, kAliasItems);
    }
    write_barrier(l->store);
  }
  l->size = n;
  Ref r = new_cell_of(list_shape, sizeof(List));
  fill(r, 8, b.ir().k_i64(static_cast<int64_t>(n)), MemKind::kI64, kAliasListSize);
  fill(r, 16, store, MemKind::kObj, kAliasListStore);
  return {l, r};
}

RV Recorder::make_slice(V start, V stop, V step) {
  Ref r = new_cell_of(types.slice->root_shape, sizeof(Slice));
  fill(r, offsetof(Slice, start), start.r, MemKind::kVal, kAliasImmutable);
  fill(r, offsetof(Slice, stop), stop.r, MemKind::kVal, kAliasImmutable);
  fill(r, offsetof(Slice, step), step.r, MemKind::kVal, kAliasImmutable);
  return {new_slice(start.v, stop.v, step.v), r};
}

RV Recorder::make_sequence_iterator(V sequence, Class* cls) {
  Ref r = new_cell_of(cls->root_shape, sizeof(SequenceIterator));
  fill(r, offsetof(SequenceIterator, sequence), sequence.r, MemKind::kVal, kAliasSequence);
  return {get_iter(sequence.v), r};
}

// range(start, stop, step): ints of 48 bits, a constant step.
bool Recorder::make_range(V start, V stop, V step, V* out) {
  if (!start.v.is_int() || !stop.v.is_int() || !step.v.is_int() || step.v.as_int() == 0) return false;
  know(start), know(stop), know(step);
  int64_t first = start.v.as_int(), last = stop.v.as_int(), by = step.v.as_int();
  constexpr int64_t kSafe = int64_t{1} << 45;
  if (first > kSafe || first < -kSafe || last > kSafe || last < -kSafe) return false;
  bool up = by > 0, some = up ? first < last : first > last;
  if (!is_const(step.r)) b.guard(b.emit(Op::EQ, Type::kBool, i64(step), b.ir().k_i64(by)), true);
  Ref from = i64(start), to = i64(stop), count;
  b.guard(b.emit(up ? Op::LT : Op::GT, Type::kBool, from, to), some);
  if (!some) {
    count = b.ir().k_i64(0);
  } else {
    Ref span = up ? b.emit(Op::SUBOV, Type::kI64, to, from) : b.emit(Op::SUBOV, Type::kI64, from, to);
    int64_t size = up ? by : -by;
    count = size == 1 ? span
                      : b.emit(Op::ADD, Type::kI64,
                               b.emit(Op::FLOORDIV, Type::kI64, b.emit(Op::ADDOV, Type::kI64, span, b.ir().k_i64(-1)), b.ir().k_i64(size)),
                               b.ir().k_i64(1));
  }
  Ref r = new_cell_of(types.range->root_shape, sizeof(Range));
  fill(r, offsetof(Range, start), from, MemKind::kVal, kAliasImmutable);
  fill(r, offsetof(Range, stop), to, MemKind::kVal, kAliasImmutable);
  fill(r, offsetof(Range, step), b.ir().k_i64(by), MemKind::kVal, kAliasImmutable);
  fill(r, offsetof(Range, length), count, MemKind::kVal, kAliasImmutable);
  *out = {new_range(start.v, stop.v, step.v), r};
  return true;
}

bool Recorder::make_range_iterator(V range, V* out) {
  auto* r = range.as<Range>();
  constexpr int64_t kSafe = int64_t{1} << 45;
  for (Value v : {r->start, r->stop, r->step, r->length})
    if (!v.is_int() || v.as_int() > kSafe || v.as_int() < -kSafe) return false;
  auto field = [&](size_t offset) { return b.unbox(b.load(obj(range), Mem(static_cast<int>(offset), MemKind::kVal, kAliasImmutable)), Type::kI64); };
  Ref start = field(offsetof(Range, start)), step = field(offsetof(Range, step)), length = field(offsetof(Range, length));
  Ref it = new_cell_of(types.range_iterator->root_shape, sizeof(RangeIterator));
  fill(it, offsetof(RangeIterator, next), start, MemKind::kWord, kAliasRange);
  fill(it, offsetof(RangeIterator, start), start, MemKind::kWord, kAliasImmutable);
  fill(it, offsetof(RangeIterator, step), step, MemKind::kWord, kAliasImmutable);
  fill(it, offsetof(RangeIterator, remaining), length, MemKind::kI64, kAliasRange);
  *out = {get_iter(range.v), it};
  return true;
}

RV Recorder::make_cell_object(V value) {
  Ref r = new_cell_of(reinterpret_cast<Shape*>(static_cast<uintptr_t>(shapes.cell)), sizeof(Cell));
  fill(r, 8, value.r, MemKind::kVal, kAliasCell);
  return {new_cell(value.v), r};
}

bool Recorder::display(Outcome* out) {
  const Instr* here = pc;
  const uint16_t* list = interp::register_list(here, 1);
  unsigned n = here->c;
  if (n > kMaxInline) return false;
  V items[kMaxInline];
  for (unsigned i = 0; i < n; ++i) items[i] = reg(list[i]);
  V made;
  switch (here->op) {
    case interp::kBUILD_TUPLE: made = make_tuple(items, n); break;
    case interp::kBUILD_LIST: made = make_list(items, n); break;
    case interp::kBUILD_SLICE: made = make_slice(items[0], items[1], n == 3 ? items[2] : imm(Value::none())); break;
    default: return false;
  }
  set_reg(here->a, made);
  *out = next(1 + interp::list_words(n));
  return true;
}

bool Recorder::iterator_of(V v, V* out) {
  if (!v.v.is_object()) return false;
  Class* cls = v.v.as_object()->cls();
  if (cls == types.list || cls == types.tuple || cls == types.range) {
    has_shape(v, v.v.as_object()->shape_bits);
    if (cls == types.range) return make_range_iterator(v, out);
    *out = make_sequence_iterator(v, cls == types.list ? types.list_iterator : types.tuple_iterator);
    return true;
  }
  if (cls == types.str) {
    has_shape(v, v.v.as_object()->shape_bits);
    bool ascii = v.as<Str>()->is_ascii();
    Ref aux = b.load(obj(v), Mem(offsetof(Object, aux), MemKind::kU16, kAliasImmutable));
    b.guard(b.emit(Op::NE, Type::kBool, b.emit(Op::BAND, Type::kI64, aux, b.ir().k_i64(kStrAscii)), b.ir().k_i64(0)), ascii);
    *out = make_sequence_iterator(v, ascii ? types.str_ascii_iterator : types.str_iterator);
    if (out->v.as_object()->cls() != (ascii ? types.str_ascii_iterator : types.str_iterator)) stop("an iterator of another class");
    return true;
  }
  if (cls == types.bytes) {
    has_shape(v, v.v.as_object()->shape_bits);
    *out = make_sequence_iterator(v, types.bytes_iterator);
    return true;
  }
  if (cls == types.dict || cls == types.dict_keys || cls == types.dict_values || cls == types.dict_items || cls == types.set || cls == types.frozenset) {
    *out = {get_iter(v.v), quiet_call(reinterpret_cast<const void*>(&get_iter), "iter", Type::kVal, kCallReads | kCallAllocates, 0, {known(v)})};
    decline_guard(not_null(out->r), false);
    return true;
  }
  if (cls == types.range_iterator || cls == types.list_iterator || cls == types.tuple_iterator || cls == types.generator || cls == types.enumerate ||
      cls == types.zip) {
    has_shape(v, v.v.as_object()->shape_bits);   // is its own iterator
    *out = v;
    return true;
  }
  return false;
}

// --- instances

namespace {

bool plain_constructor(Class* cls) {
  return cls->cls() == types.type && cls->has(kClassHeap) && cls->slots.new_ == types.object->slots.new_ && !cls->has(kClassAbstract) &&
         !cls->has(kClassNoInstantiation) && !cls->slots.del && !cls->finalize && !cls->itemsize && !cls->root_shape->attrs_at_end;
}

}  // namespace

// C(...): the instance is made here; a Python __init__ becomes a frame.
bool Recorder::construct(V callee, Tuple* kwnames, const uint16_t* args, unsigned count, unsigned destination, unsigned words, Outcome* out) {
  auto* cls = callee.as<Class>();
  if (!plain_constructor(cls) || class_is_volatile(cls)) return false;
  Value init = class_lookup(cls, names.dunder_init);
  bool python = init && is_exact(init, types.function);
  Value object_init = class_lookup(types.object, names.dunder_init);
  if (!python && (!(init == object_init) || count)) return false;
  const Shape* shape = cls->root_shape;
  size_t bytes = cls->basicsize;
  if (shape->attrs_offset >= cls->basicsize) bytes += sizeof(Object*) + size_t{shape->inline_capacity} * sizeof(Value);
  if (bytes > 1024) return false;
  if (python) {
    interp::CompiledCode* compiled = interp::ensure_compiled(init.as<Function>()->code);
    if (!compiled) clear_pending();
    if (!compiled || !init.as<Function>()->code->argcount || !enterable(compiled)) return false;
  }
  identify(callee);
  class_version_is(cls, cls->version);
  V function = imm(init), self{nullptr, kNoRef};
  std::vector<V> given{self}, values;
  for (unsigned i = 0; i < count; ++i) given.push_back(reg(args[i]));
  if (reason_) return false;
  if (python) {
    bool defaults_used = false;
    guard_function(function);
    if (!bind(init.as<Function>(), given, kwnames, &values, &defaults_used)) return false;
  }
  Object* object = allocate_instance(cls);
  if (!object) return false;
  self = {object, new_cell_of(shape, bytes)};
  if (!python) {
    set_reg(destination, self);
    *out = next(words);
    return true;
  }
  if (values.empty()) return false;
  values[0] = self;
  call_trace_ = call_trace_wanted_;
  if (!push_values(function, self, values, destination, words, kFrameConstructor)) return false;
  *out = entered();
  return true;
}

}  // namespace pyjit::jit
