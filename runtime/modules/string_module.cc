// The module _string: str.format's parser for string.Formatter.
#include "runtime/module_registry.h"
#include "runtime/native.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/field_parser.h"

namespace pyjit::runtime {
namespace {

// Both iterators: a position in a text.
struct FormatIterator : Object {
  Str* text;
  TextRange rest;
};
Class *formatter_class, *field_class;

void trace(Object* o, Tracer& tracer) { tracer.visit(reinterpret_cast<Object*>(static_cast<FormatIterator*>(o)->text)); }
Value identity(Value v) { return v; }
Str* piece(Str* text, TextRange range) { return range.empty() ? names.empty : str_substring(text, range.start, range.end); }

Value make_iterator(Class* cls, Str* text, TextRange rest) {
  FormatIterator* it = TRY(allocate_instance_of<FormatIterator>(cls));
  it->text = text;
  it->rest = rest;
  return it;
}

// (literal, field name, format spec, conversion); the last three None when only text is left.
Value formatter_next(Value v) {
  FormatIterator* it = v.as<FormatIterator>();
  MarkupPiece markup;
  int found = next_markup(it->text, &it->rest, &markup);
  if (found <= 0) return nullptr;
  Str* literal = TRY(piece(it->text, markup.literal));
  if (!markup.field_present) return make_tuple(literal, Value::none(), Value::none(), Value::none());
  Str* name = TRY(piece(it->text, markup.name));
  Str* spec = TRY(piece(it->text, markup.spec));
  return make_tuple(literal, name, spec, markup.conversion ? Value(char_str(markup.conversion)) : Value::none());
}

// (is attribute, name or index)
Value field_next(Value v) {
  FormatIterator* it = v.as<FormatIterator>();
  bool is_attribute;
  TextRange name;
  int64_t index;
  int found = next_accessor(it->text, &it->rest, &is_attribute, &name, &index);
  if (found <= 0) return nullptr;
  Value key = index >= 0 && !is_attribute ? new_int(index) : Value(piece(it->text, name));
  return make_tuple(Value::from_bool(is_attribute), TRY(key));
}

Str* expect(Value v) {
  if (is_str(v)) return v.as<Str>();
  return raisef(exc.TypeError, "expected str, got %s", type_name(v));
}

Value formatter_parser(Value* args) {
  Str* s = TRY(expect(args[0]));
  return make_iterator(formatter_class, s, {0, s->length});
}

Value field_name_split(Value* args) {
  Str* s = TRY(expect(args[0]));
  TextRange first, rest;
  int64_t index;
  if (!split_field_name(s, {0, s->length}, &first, &index, &rest, nullptr)) return nullptr;
  Value head = index >= 0 ? new_int(index) : Value(piece(s, first));
  Value accessors = TRY(make_iterator(field_class, s, rest));
  return make_tuple(TRY(head), accessors);
}

const MethodDef kFunctions[] = {
    {"formatter_field_name_split", "!(string, /)", field_name_split},
    {"formatter_parser", "!(string, /)", formatter_parser},
    {},
};

Class* iterator_class(const char* name, UnaryFn next) {
  ClassSpec* spec = new ClassSpec{.name = name, .basicsize = sizeof(FormatIterator), .flags = kClassNoInstantiation,
                                  .trace_kind = TraceKind::kCustom, .trace = trace};
  spec->slots.iter = identity;
  spec->slots.next = next;
  return new_builtin_class(*spec);
}

}  // namespace

bool init_string_module(Module* module) {
  if (!formatter_class) {
    formatter_class = iterator_class("formatteriterator", formatter_next);
    field_class = iterator_class("fieldnameiterator", field_next);
  }
  return add_functions(module, kFunctions) && add_string(module, "__doc__", "string helper module");
}

}  // namespace pyjit::runtime
