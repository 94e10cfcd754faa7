// Iterators of str, bytes and bytearray: a position and the sequence (null once exhausted).
#include "runtime/module_registry.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/text_args.h"

namespace pyjit::runtime {
namespace {

SequenceIterator* self_of(Value v) { return v.as<SequenceIterator>(); }

void trace_iterator(Object* o, Tracer& tracer) { tracer.visit(static_cast<SequenceIterator*>(o)->sequence); }

Value identity(Value v) { return v; }

int64_t length_of(Value sequence) {
  if (is_str(sequence)) return static_cast<int64_t>(sequence.as<Str>()->length);
  if (is_bytes(sequence)) return static_cast<int64_t>(sequence.as<Bytes>()->size);
  return static_cast<int64_t>(sequence.as<ByteArray>()->size);
}

Value next_str(Value v) {
  SequenceIterator* it = self_of(v);
  if (!it->sequence) return nullptr;
  Str* s = it->sequence.as<Str>();
  if (it->index < static_cast<int64_t>(s->length)) return char_str(s->at(static_cast<uint64_t>(it->index++)));
  it->sequence = nullptr;
  return nullptr;
}

Value next_bytes(Value v) {
  SequenceIterator* it = self_of(v);
  if (!it->sequence) return nullptr;
  Bytes* b = it->sequence.as<Bytes>();
  if (it->index < static_cast<int64_t>(b->size)) return Value::from_int(static_cast<uint8_t>(b->data[it->index++]));
  it->sequence = nullptr;
  return nullptr;
}

Value next_bytearray(Value v) {
  SequenceIterator* it = self_of(v);
  if (!it->sequence) return nullptr;
  ByteArray* b = it->sequence.as<ByteArray>();
  if (it->index < static_cast<int64_t>(b->size)) return Value::from_int(static_cast<uint8_t>(b->data()[it->index++]));
  it->sequence = nullptr;
  return nullptr;
}

Value length_hint(Value* args) {
  SequenceIterator* it = self_of(args[0]);
  return new_int(it->sequence ? std::max<int64_t>(0, length_of(it->sequence) - it->index) : 0);
}

Value reduce(Value* args) {
  SequenceIterator* it = self_of(args[0]);
  Module* builtins = TRY(import_native_module("builtins"));
  Value iter = TRY(module_get(builtins, intern("iter")));
  if (it->sequence) return make_tuple(iter, make_tuple(it->sequence), new_int(it->index));
  Value empty = args[0].as_object()->cls() == types.str_iterator || args[0].as_object()->cls() == types.str_ascii_iterator
                    ? Value(names.empty)
                    : Value(empty_tuple());
  return make_tuple(iter, make_tuple(empty));
}

Value setstate(Value* args) {
  int64_t index;
  if (!to_ssize(args[1], &index)) return nullptr;
  SequenceIterator* it = self_of(args[0]);
  if (it->sequence) it->index = std::clamp<int64_t>(index, 0, length_of(it->sequence));
  return Value::none();
}

const MethodDef kMethods[] = {
    {"__length_hint__", "!($self, /)", length_hint, Effects::kReads},
    {"__reduce__", "!($self, /)", reduce, with_raise(Effects::kReads)},
    {"__setstate__", "!($self, state, /)", setstate, Effects::kCallsPython},
    {},
};

ClassSpec iterator_spec(const char* name, UnaryFn next) {
  ClassSpec spec{.name = name, .basicsize = sizeof(SequenceIterator), .trace_kind = TraceKind::kCustom, .trace = trace_iterator};
  spec.slots.iter = identity;
  spec.slots.next = next;
  spec.methods = kMethods;
  spec.flags = kClassNoInstantiation;
  return spec;
}

}  // namespace

Value new_text_iterator(Class* cls, Value sequence) {
  SequenceIterator* it = TRY(allocate_instance_of<SequenceIterator>(cls));
  it->sequence = sequence;
  return it;
}

void init_text_iterators() {
  static const ClassSpec str_spec = iterator_spec("str_iterator", next_str);
  static const ClassSpec ascii_spec = iterator_spec("str_ascii_iterator", next_str);
  static const ClassSpec bytes_spec = iterator_spec("bytes_iterator", next_bytes);
  static const ClassSpec bytearray_spec = iterator_spec("bytearray_iterator", next_bytearray);
  types.str_iterator = new_builtin_class(str_spec);
  types.str_ascii_iterator = new_builtin_class(ascii_spec);
  types.bytes_iterator = new_builtin_class(bytes_spec);
  types.bytearray_iterator = new_builtin_class(bytearray_spec);
}

}  // namespace pyjit::runtime
