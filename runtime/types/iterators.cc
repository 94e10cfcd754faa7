// Iterators over sequences and callables: list_iterator, tuple_iterator, list_reverseiterator, iterator (the old __getitem__ protocol),
// callable_iterator (iter(function, sentinel)) and reversed.
#include "runtime/types/arg_util.h"
#include "runtime/module_registry.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence_util.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

Value builtin_named(const char* name) {
  Module* builtins = import_native_module("builtins");
  if (!builtins) return nullptr;
  Value v = module_get(builtins, intern(name));
  return v ? v : Value(raisef(exc.AttributeError, "module 'builtins' has no attribute '%s'", name));
}

Value new_sequence_iterator(Class* iterator_class, Value sequence) {
  auto* it = static_cast<SequenceIterator*>(heap.allocate(iterator_class->root_shape, sizeof(SequenceIterator)));
  it->sequence = sequence;
  return it;
}

Value new_sequence_iterator(Value sequence) { return new_sequence_iterator(types.seq_iterator, sequence); }

SequenceIterator* new_list_reverse_iterator(List* list) {
  auto* it = new_sequence_iterator(types.list_reverse_iterator, list).as<SequenceIterator>();
  it->index = static_cast<int64_t>(list->size) - 1;
  return it;
}

void trace_sequence_iterator(Object* o, Tracer& tracer) { tracer.visit(static_cast<SequenceIterator*>(o)->sequence); }

namespace {

SequenceIterator* self_iter(Value v) { return v.as<SequenceIterator>(); }

Value list_iterator_next(Value self) {
  auto* it = self_iter(self);
  if (!it->sequence) return nullptr;
  List* list = it->sequence.as<List>();
  if (static_cast<uint64_t>(it->index) < list->size) return list->items()[it->index++];
  it->sequence = nullptr;
  return nullptr;
}

Value tuple_iterator_next(Value self) {
  auto* it = self_iter(self);
  if (!it->sequence) return nullptr;
  Tuple* t = it->sequence.as<Tuple>();
  if (static_cast<uint64_t>(it->index) < t->size) return t->items[it->index++];
  it->sequence = nullptr;
  return nullptr;
}

Value list_reverse_iterator_next(Value self) {
  auto* it = self_iter(self);
  if (!it->sequence) return nullptr;
  List* list = it->sequence.as<List>();
  if (it->index >= 0 && static_cast<uint64_t>(it->index) < list->size) return list->items()[it->index--];
  it->index = -1;
  it->sequence = nullptr;
  return nullptr;
}

// iter(o) for a class with __getitem__ only: o[0], o[1], ... until IndexError or StopIteration.
Value seq_iterator_next(Value self) {
  auto* it = self_iter(self);
  if (!it->sequence) return nullptr;
  if (it->index == INT64_MAX) return raise(exc.OverflowError, "iter index too large");
  Value v = get_item(it->sequence, new_int(it->index));
  if (v) {
    ++it->index;
    return v;
  }
  if (pending_matches(exc.IndexError) || pending_matches(exc.StopIteration)) {
    clear_pending();
    it->sequence = nullptr;
  }
  return nullptr;
}

uint64_t builtin_sequence_length(Value sequence) {
  return is_list(sequence) ? sequence.as<List>()->size : sequence.as<Tuple>()->size;
}

Value forward_length_hint(Value* args) {
  auto* it = self_iter(args[0]);
  if (!it->sequence) return Value::from_int(0);
  int64_t left = static_cast<int64_t>(builtin_sequence_length(it->sequence)) - it->index;
  return Value::from_int(left < 0 ? 0 : left);
}

Value reverse_length_hint(Value* args) {
  auto* it = self_iter(args[0]);
  int64_t left = it->index + 1;
  if (!it->sequence || static_cast<int64_t>(it->sequence.as<List>()->size) < left) left = 0;
  return Value::from_int(left);
}

Value seq_length_hint(Value* args) {
  auto* it = self_iter(args[0]);
  if (!it->sequence) return Value::from_int(0);
  if (!class_of(it->sequence)->slots.length) return Value::not_implemented();
  int64_t n = length(it->sequence);
  if (n < 0) return nullptr;
  return new_int(n > it->index ? n - it->index : 0);
}

Value forward_reduce(Value* args) {
  auto* it = self_iter(args[0]);
  Value iter = TRY(builtin_named("iter"));
  if (!it->sequence) {
    if (args[0].as_object()->cls() == types.list_iterator) return make_tuple(iter, make_tuple(new_list()));
    return make_tuple(iter, make_tuple(empty_tuple()));
  }
  return make_tuple(iter, make_tuple(it->sequence), new_int(it->index));
}

Value reverse_reduce(Value* args) {
  auto* it = self_iter(args[0]);
  if (it->sequence) {
    Value reversed = TRY(builtin_named("reversed"));
    return make_tuple(reversed, make_tuple(it->sequence), new_int(it->index));
  }
  Value iter = TRY(builtin_named("iter"));
  return make_tuple(iter, make_tuple(new_list()));
}

Value forward_setstate(Value* args) {
  auto* it = self_iter(args[0]);
  int64_t index;
  if (!index_to_ssize(args[1], &index, exc.OverflowError)) return nullptr;
  if (it->sequence) {
    int64_t n = static_cast<int64_t>(builtin_sequence_length(it->sequence));
    it->index = index < 0 ? 0 : index > n ? n : index;
  }
  return Value::none();
}

Value reverse_setstate(Value* args) {
  auto* it = self_iter(args[0]);
  int64_t index;
  if (!index_to_ssize(args[1], &index, exc.OverflowError)) return nullptr;
  if (it->sequence) {
    int64_t n = static_cast<int64_t>(it->sequence.as<List>()->size);
    it->index = index < -1 ? -1 : index > n - 1 ? n - 1 : index;
  }
  return Value::none();
}

Value seq_setstate(Value* args) {
  auto* it = self_iter(args[0]);
  int64_t index;
  if (!index_to_ssize(args[1], &index, exc.OverflowError)) return nullptr;
  if (it->sequence) it->index = index < 0 ? 0 : index;
  return Value::none();
}

constexpr const char* kHintDoc = "Private method returning an estimate of len(list(it)).";
constexpr const char* kReduceDoc = "Return state information for pickling.";
constexpr const char* kSetstateDoc = "Set state information for unpickling.";

const MethodDef kForwardMethods[] = {
    {"__length_hint__", "!($self, /)", forward_length_hint, Effects::kReads, MethodKind::kMethod, kHintDoc},
    {"__reduce__", "!($self, /)", forward_reduce, Effects::kCallsPython, MethodKind::kMethod, kReduceDoc},
    {"__setstate__", "!($self, state, /)", forward_setstate, Effects::kCallsPython, MethodKind::kMethod, kSetstateDoc},
    {}};
const MethodDef kReverseMethods[] = {
    {"__length_hint__", "!($self, /)", reverse_length_hint, Effects::kReads, MethodKind::kMethod, kHintDoc},
    {"__reduce__", "!($self, /)", reverse_reduce, Effects::kCallsPython, MethodKind::kMethod, kReduceDoc},
    {"__setstate__", "!($self, state, /)", reverse_setstate, Effects::kCallsPython, MethodKind::kMethod, kSetstateDoc},
    {}};
const MethodDef kSeqMethods[] = {
    {"__length_hint__", "!($self, /)", seq_length_hint, Effects::kCallsPython, MethodKind::kMethod, kHintDoc},
    {"__reduce__", "!($self, /)", forward_reduce, Effects::kCallsPython, MethodKind::kMethod, kReduceDoc},
    {"__setstate__", "!($self, state, /)", seq_setstate, Effects::kCallsPython, MethodKind::kMethod, kSetstateDoc},
    {}};

Class* make_sequence_iterator_class(ClassSpec& spec, const char* name, UnaryFn next, const MethodDef* methods) {
  spec.name = name;
  spec.basicsize = sizeof(SequenceIterator);
  spec.flags = kClassNoInstantiation;
  spec.trace_kind = TraceKind::kCustom;
  spec.trace = trace_sequence_iterator;
  spec.slots.iter = iter_self;
  spec.slots.next = next;
  spec.methods = methods;
  return new_builtin_class(spec);
}

// callable_iterator
struct CallableIterator : Object { Value function, sentinel; };   // null: exhausted

Value callable_iterator_next(Value self) {
  auto* it = self.as<CallableIterator>();
  if (!it->function) return nullptr;
  Value result = call0(it->function);
  if (!result) {
    if (pending_matches(exc.StopIteration)) {
      clear_pending();
      it->function = it->sentinel = nullptr;
    }
    return nullptr;
  }
  if (!it->sentinel) return nullptr;   // exhausted by the call itself
  int done = compare_bool(it->sentinel, result, kEq);
  if (done == 0) return result;
  if (done > 0) it->function = it->sentinel = nullptr;
  return nullptr;
}

Value callable_iterator_reduce(Value* args) {
  auto* it = args[0].as<CallableIterator>();
  Value iter = TRY(builtin_named("iter"));
  if (!it->function) return make_tuple(iter, make_tuple(empty_tuple()));
  return make_tuple(iter, make_tuple(it->function, it->sentinel));
}

const MethodDef kCallableIteratorMethods[] = {
    {"__reduce__", "!($self, /)", callable_iterator_reduce, Effects::kCallsPython, MethodKind::kMethod, kReduceDoc}, {}};

// reversed: the general form, over __len__ and __getitem__. index -1: exhausted.
Value reversed_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (cls->slots.init == types.reversed->slots.init && !no_keywords("reversed", kwnames)) return nullptr;
  if (!check_positional("reversed", nargs, 1, 1)) return nullptr;
  Value sequence = args[0];
  Value method = class_lookup(class_of(sequence), names.dunder_reversed);
  if (method) {
    if (method.is_none()) return raisef(exc.TypeError, "'%.200s' object is not reversible", type_name(sequence));
    bool found;
    return call_special(sequence, names.dunder_reversed, &found);
  }
  Slots& s = class_of(sequence)->slots;
  if (is_dict(sequence) || !s.getitem || !s.length) return raisef(exc.TypeError, "'%.200s' object is not reversible", type_name(sequence));
  int64_t n = length(sequence);
  if (n < 0) return nullptr;
  auto* it = allocate_instance_of<SequenceIterator>(cls);
  it->index = n - 1;
  it->sequence = sequence;
  return it;
}

Value reversed_next(Value self) {
  auto* it = self_iter(self);
  if (it->index < 0) it->sequence = nullptr;
  if (!it->sequence) return nullptr;
  Value v = get_item(it->sequence, new_int(it->index));
  if (v) {
    --it->index;
    return v;
  }
  if (pending_matches(exc.IndexError) || pending_matches(exc.StopIteration)) clear_pending();
  it->index = -1;
  it->sequence = nullptr;
  return nullptr;
}

Value reversed_length_hint(Value* args) {
  auto* it = self_iter(args[0]);
  if (!it->sequence) return Value::from_int(0);
  int64_t n = length(it->sequence);
  if (n < 0) return nullptr;
  return new_int(n < it->index + 1 ? 0 : it->index + 1);
}

Value reversed_reduce(Value* args) {
  auto* it = self_iter(args[0]);
  if (it->sequence) return make_tuple(class_of(args[0]), make_tuple(it->sequence), new_int(it->index));
  return make_tuple(class_of(args[0]), make_tuple(empty_tuple()));
}

Value reversed_setstate(Value* args) {
  auto* it = self_iter(args[0]);
  int64_t index;
  if (!index_to_ssize(args[1], &index, exc.OverflowError)) return nullptr;
  if (it->sequence) {
    int64_t n = length(it->sequence);
    if (n < 0) return nullptr;
    it->index = index < -1 ? -1 : index > n - 1 ? n - 1 : index;
  }
  return Value::none();
}

const MethodDef kReversedMethods[] = {
    {"__length_hint__", "!($self, /)", reversed_length_hint, Effects::kCallsPython, MethodKind::kMethod, kHintDoc},
    {"__reduce__", "!($self, /)", reversed_reduce, Effects::kReads, MethodKind::kMethod, kReduceDoc},
    {"__setstate__", "!($self, state, /)", reversed_setstate, Effects::kCallsPython, MethodKind::kMethod, kSetstateDoc},
    {}};

}  // namespace

Value new_callable_iterator(Value function, Value sentinel) {
  auto* it = static_cast<CallableIterator*>(heap.allocate(types.callable_iterator->root_shape, sizeof(CallableIterator)));
  it->function = function;
  it->sentinel = sentinel;
  return it;
}

void init_iterator_types() {
  static ClassSpec list_spec, tuple_spec, reverse_spec, seq_spec;
  types.list_iterator = make_sequence_iterator_class(list_spec, "list_iterator", list_iterator_next, kForwardMethods);
  types.tuple_iterator = make_sequence_iterator_class(tuple_spec, "tuple_iterator", tuple_iterator_next, kForwardMethods);
  types.list_reverse_iterator =
      make_sequence_iterator_class(reverse_spec, "list_reverseiterator", list_reverse_iterator_next, kReverseMethods);
  types.seq_iterator = make_sequence_iterator_class(seq_spec, "iterator", seq_iterator_next, kSeqMethods);

  static ClassSpec callable_spec{.name = "callable_iterator", .basicsize = sizeof(CallableIterator), .flags = kClassNoInstantiation,
                                 .trace_kind = TraceKind::kValues, .methods = kCallableIteratorMethods};
  callable_spec.slots.iter = iter_self;
  callable_spec.slots.next = callable_iterator_next;
  types.callable_iterator = new_builtin_class(callable_spec);

  static ClassSpec reversed_spec{.name = "reversed", .basicsize = sizeof(SequenceIterator), .flags = kClassBaseType,
                                 .trace_kind = TraceKind::kCustom, .trace = trace_sequence_iterator,
                                 .doc = "reversed(sequence, /)\n--\n\nAn iterator over the sequence from its end.", .methods = kReversedMethods};
  reversed_spec.slots.iter = iter_self;
  reversed_spec.slots.next = reversed_next;
  reversed_spec.slots.new_ = reversed_new;
  types.reversed = new_builtin_class(reversed_spec);
}

}  // namespace pyjit::runtime
