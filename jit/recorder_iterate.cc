// Iteration over builtin iterators in the trace: list, tuple, range, and enumerate and zip over those; dicts by position.
//
// All guards come before the first store, since they resume at the FOR instruction: peek() looks and collects the stores.
#include "interp/ops_data.h"
#include "jit/quiet.h"
#include "jit/recorder.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict_views.h"
#include "runtime/types/lazy_iterators.h"
#include "runtime/types/str.h"

namespace pyjit::jit {

using interp::shapes;

bool Recorder::quiet_iterator(Value iterator) {
  Class* cls = iterator.as_object()->cls();
  return cls == types.set_iterator || cls == types.str_iterator || cls == types.str_ascii_iterator || cls == types.bytes_iterator ||
         cls == types.bytearray_iterator || cls == types.list_reverse_iterator || cls == types.long_range_iterator ||
         cls == types.dict_key_iterator || cls == types.dict_value_iterator || cls == types.dict_item_iterator ||
         cls == types.dict_reverse_key_iterator || cls == types.dict_reverse_value_iterator || cls == types.dict_reverse_item_iterator;
}

bool Recorder::peek(V iterator, V* item, bool* more, std::vector<Commit>* commits) {
  if (!iterator.v.is_object()) return false;
  uint32_t shape = iterator.v.as_object()->shape_bits;
  if (shape == shapes.range_iterator) {
    auto* it = iterator.as<RangeIterator>();
    constexpr int64_t kSafe = int64_t{1} << 45;
    if (it->next > kSafe || it->next < -kSafe || it->step > kSafe || it->step < -kSafe) return false;
    has_shape(iterator, shape);
    Ref object = obj(iterator);
    Mem next_at(offsetof(RangeIterator, next), MemKind::kWord, kAliasRange), left_at(offsetof(RangeIterator, remaining), MemKind::kI64, kAliasRange);
    Ref left = b.load(object, left_at);
    *more = it->remaining > 0;
    b.guard(b.emit(Op::GT, Type::kBool, left, b.ir().k_i64(0)), *more);
    if (!*more) return true;
    Ref value = b.emit(Op::NARROW, Type::kI64, b.load(object, next_at));
    Ref step = b.emit(Op::NARROW, Type::kI64, b.load(object, Mem(offsetof(RangeIterator, step), MemKind::kWord, kAliasImmutable)));
    *item = {Value::from_int(it->next), value};
    commits->push_back({object, b.emit(Op::ADDOV, Type::kI64, value, step), next_at});
    commits->push_back({object, b.emit(Op::SUB, Type::kI64, left, b.ir().k_i64(1)), left_at});
    return true;
  }
  Class* cls = iterator.v.as_object()->cls();
  if (cls == types.str_iterator || cls == types.str_ascii_iterator || cls == types.bytes_iterator) {
    auto* it = iterator.as<SequenceIterator>();
    bool text = cls != types.bytes_iterator;
    if (!is_exact(it->sequence, text ? types.str : types.bytes)) return false;
    has_shape(iterator, shape);
    Ref object = obj(iterator);
    Mem index_at(offsetof(SequenceIterator, index), MemKind::kI64, kAliasSequence), sequence_at(offsetof(SequenceIterator, sequence), MemKind::kVal, kAliasSequence);
    V sequence{it->sequence, b.load(object, sequence_at)};
    has_shape(sequence, sequence.v.as_object()->shape_bits);
    Ref index = b.load(object, index_at);
    Ref size = b.load(obj(sequence), Mem(text ? static_cast<int>(offsetof(Str, length)) : static_cast<int>(offsetof(Bytes, size)), MemKind::kI64, kAliasImmutable));
    auto position = static_cast<uint64_t>(it->index);
    *more = position < (text ? sequence.as<Str>()->length : sequence.as<Bytes>()->size);
    b.guard(b.emit(Op::ULT, Type::kBool, index, size), *more);
    if (!*more) {
      commits->push_back({object, b.ir().k_val(Value()), sequence_at});
      return true;
    }
    if (text) {
      forget_temporaries();
      *item = {quiet_str_item(sequence.v, static_cast<int64_t>(position)),
               b.call(CallTarget{reinterpret_cast<const void*>(&quiet_str_item), "str item", Type::kObj, kCallReads | kCallAllocates, 0}, {obj(sequence), index})};
    } else {
      *item = {Value::from_int(static_cast<uint8_t>(sequence.as<Bytes>()->data[position])),
               b.load(b.aref(obj(sequence), index, 0, offsetof(Bytes, data)), Mem(0, MemKind::kU8, kAliasImmutable))};
    }
    commits->push_back({object, b.emit(Op::ADD, Type::kI64, index, b.ir().k_i64(1)), index_at});
    return true;
  }
  bool list = shape == shapes.list_iterator;
  if (!list && shape != shapes.tuple_iterator) return false;
  auto* it = iterator.as<SequenceIterator>();
  if (it->sequence.is_null() || !(list ? is_exact(it->sequence, types.list) : is_exact(it->sequence, types.tuple))) return false;
  has_shape(iterator, shape);
  Ref object = obj(iterator);
  Mem index_at(offsetof(SequenceIterator, index), MemKind::kI64, kAliasSequence), sequence_at(offsetof(SequenceIterator, sequence), MemKind::kVal, kAliasSequence);
  V sequence{it->sequence, b.load(object, sequence_at)};
  has_shape(sequence, sequence.v.as_object()->shape_bits);
  Ref index = b.load(object, index_at);
  Ref size = b.load(obj(sequence), Mem(8, MemKind::kI64, list ? uint16_t{kAliasListSize} : kAliasImmutable));
  auto position = static_cast<uint64_t>(it->index);
  *more = position < sequence.as<List>()->size;
  b.guard(b.emit(Op::ULT, Type::kBool, index, size), *more);
  if (!*more) {
    commits->push_back({object, b.ir().k_val(Value()), sequence_at});
    return true;
  }
  if (list) {
    Ref store = b.load(obj(sequence), Mem(16, MemKind::kObj, kAliasListStore));
    *item = {sequence.as<List>()->items()[position], b.load(b.aref(store, index, 3, 16), Mem(0, MemKind::kVal, kAliasItems))};
  } else {
    *item = {sequence.as<Tuple>()->items[position], b.load(b.aref(obj(sequence), index, 3, 16), Mem(0, MemKind::kVal, kAliasImmutable))};
  }
  commits->push_back({object, b.emit(Op::ADD, Type::kI64, index, b.ir().k_i64(1)), index_at});
  return true;
}

bool Recorder::quick_for(Outcome* out) {
  const Instr* here = pc;
  bool loop = (here->op - interp::kFOR_ITER) & 1;
  V iterator = reg(here->b);
  if (!iterator.v.is_object()) return false;
  Object* o = iterator.v.as_object();
  Class* cls = o->cls();
  std::vector<Commit> commits;
  V items[4];
  unsigned n = 0;
  bool more = true, single = false;

  if (cls == types.dict_key_iterator || cls == types.dict_value_iterator || cls == types.dict_item_iterator) {
    Dict* d = static_cast<DictIterator*>(o)->dict;
    int64_t position = quiet_dict_iterator_next(iterator.v);
    if (position < 0) return false;
    Ref it = known(iterator);
    Ref at = quiet_call(reinterpret_cast<const void*>(&quiet_dict_iterator_next), "dict next", Type::kI64, kCallReads, alias_bit(kAliasNative), {it});
    decline_guard(b.emit(Op::GE, Type::kBool, at, b.ir().k_i64(0)), true);
    Ref dict = b.load(obj(iterator), Mem(offsetof(DictIterator, dict), MemKind::kObj, kAliasNative));
    Ref entries = b.load(dict, Mem(offsetof(Dict, entries), MemKind::kObj, kAliasDictLayout));
    Ref address = b.aref(entries, b.emit(Op::SHL, Type::kI64, at, b.ir().k_i64(1)), 3, offsetof(DictEntries, entries));
    const DictEntry& entry = d->entries->entries[position];
    V key{entry.key, b.load(address, Mem(0, MemKind::kVal, kAliasDictValue))};
    V value{entry.value, b.load(address, Mem(8, MemKind::kVal, kAliasDictValue))};
    V pair[] = {key, value};
    set_reg(here->a, cls == types.dict_key_iterator ? key : cls == types.dict_value_iterator ? value : make_tuple(pair, 2));
    pc = loop ? here + interp::jump_word(here)->jump : here + 2;
    *out = Outcome::kNext;
    return true;
  }

  if (cls == types.enumerate) {
    auto* e = iterator.as<Enumerate>();
    if (!e->index.is_int() || e->index.as_int() > Value::kMaxInt - 2) return false;
    has_shape(iterator, o->shape_bits);
    Mem index_at(offsetof(Enumerate, index), MemKind::kVal, kAliasSequence);
    V inner{e->iterator, b.load(obj(iterator), Mem(offsetof(Enumerate, iterator), MemKind::kVal, kAliasImmutable))};
    V item;
    if (!peek(inner, &item, &more, &commits)) return false;
    if (more) {
      V index{e->index, b.load(obj(iterator), index_at)};
      know(index);
      commits.push_back({obj(iterator), b.box(b.emit(Op::ADDOV, Type::kI64, i64(index), b.ir().k_i64(1))), index_at});
      items[n++] = {index.v, i64(index)};
      items[n++] = item;
    }
  } else if (cls == types.zip) {
    auto* z = iterator.as<Zip>();
    uint64_t count = z->iterators->size;
    if (count < 1 || count > 4 || !z->strict.is_false()) return false;
    has_shape(iterator, o->shape_bits);
    V strict{z->strict, b.load(obj(iterator), Mem(offsetof(Zip, strict), MemKind::kVal, kAliasNative))};
    known_bool(strict);
    V tuple{z->iterators, b.load(obj(iterator), Mem(offsetof(Zip, iterators), MemKind::kObj, kAliasImmutable))};
    size_is(tuple, static_cast<unsigned>(count), kAliasImmutable);
    V inner[4];
    for (uint64_t i = 0; i < count; ++i) {
      inner[i] = tuple_item_at(tuple, static_cast<unsigned>(i));
      for (uint64_t j = 0; j < i; ++j) {   // one iterator twice: the second look would miss the first step
        if (inner[i].v == inner[j].v) return false;
        know(inner[i]), know(inner[j]);
        b.guard(b.emit(Op::EQ, Type::kBool, obj(inner[i]), obj(inner[j])), false);
      }
    }
    for (uint64_t i = 0; i < count && more; ++i)
      if (!peek(inner[i], &items[n++], &more, &commits)) return false;
  } else if (cls == types.str_iterator || cls == types.str_ascii_iterator || cls == types.bytes_iterator) {
    single = true;
    if (!peek(iterator, &items[0], &more, &commits)) return false;
  } else {
    return false;
  }

  Value made = cls->slots.next(iterator.v);   // advances the real ones
  if (static_cast<bool>(made) != more) {
    stop("an iterator that changed");
    return false;
  }
  // The pair first: what it holds was loaded before the iterators move.
  V pair;
  if (more) {
    pair = single ? items[0] : make_tuple(items, n);
    pair.v = made;
  }
  for (const Commit& c : commits) b.store(c.object, c.value, c.mem);
  const Instr *jump = here + interp::jump_word(here)->jump, *fall = here + 2;
  if (more) set_reg(here->a, pair);
  pc = more == loop ? jump : fall;
  *out = Outcome::kNext;
  return true;
}

}  // namespace pyjit::jit
