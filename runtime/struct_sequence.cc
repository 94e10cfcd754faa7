// Struct sequences: a tuple subclass a spec, its fields read through member descriptors at the items' offsets.
#include "runtime/struct_sequence.h"

#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime {

namespace {

const StructSequenceSpec* spec_of(Class* cls);

struct SpecRecord { Class* cls; const StructSequenceSpec* spec; };
std::vector<SpecRecord>& records() {
  static auto* r = new std::vector<SpecRecord>;
  return *r;
}
const StructSequenceSpec* spec_of(Class* cls) {
  for (; cls; cls = cls->base) {
    for (auto& r : records()) {
      if (r.cls == cls) return r.spec;
    }
  }
  return nullptr;
}

Value sequence_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def = {"structseq", "(sequence, dict=None)"};
  static const Signature* signature = parse_signature(&def);
  Value a[2];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, a)) return nullptr;
  const StructSequenceSpec* spec = spec_of(cls);
  Value *items, keep;
  size_t count;
  if (!fast_sequence(a[0], "constructor requires a sequence", &items, &count, &keep)) return nullptr;
  Value d = a[1] && !a[1].is_none() ? a[1] : Value();
  if (d && !is_dict(d)) return raisef(exc.TypeError, "%.500s() takes a dict as second arg, if any", spec->name);
  if (count < spec->visible || count > spec->total) {
    const char* bound = spec->visible == spec->total ? "a" : count < spec->visible ? "an at least" : "an at most";
    uint32_t n = count < spec->visible ? spec->visible : spec->total;
    return raisef(exc.TypeError, "%.500s() takes %s %u-sequence (%zu-sequence given)", spec->name, bound, n, count);
  }
  Tuple* t = TRY(new_struct_sequence(cls));
  for (size_t i = 0; i < spec->total; ++i) {
    Value v = i < count ? items[i] : Value();
    if (!v && d && spec->fields[i].name) v = dict_get_str(d.as<Dict>(), intern(spec->fields[i].name));
    t->items[i] = v ? v : Value::none();
  }
  write_barrier(t);
  return t;
}

Value sequence_repr(Value self) {
  Tuple* t = self.as<Tuple>();
  const StructSequenceSpec* spec = spec_of(class_of(self));
  StrBuilder out;
  out.append_ascii(spec->name);
  out.append_ascii("(");
  uint32_t field = 0;   // CPython labels the items with the named fields in turn: os.stat_result's whole seconds read st_atime=...
  for (uint64_t i = 0; i < t->size; ++i) {
    if (i) out.append_ascii(", ");
    while (field + 1 < spec->total && !spec->fields[field].name) ++field;
    if (const char* name = spec->fields[field].name) out.append_ascii(name);
    ++field;
    out.append_ascii("=");
    out.append(TRY(repr(t->items[i])));
  }
  out.append_ascii(")");
  return out.finish();
}

Value sequence_reduce(Value* a) {
  Tuple* t = a[0].as<Tuple>();
  const StructSequenceSpec* spec = spec_of(class_of(a[0]));
  Dict* d = TRY(new_dict());
  for (uint32_t i = spec->visible; i < spec->total; ++i) {
    if (spec->fields[i].name && !dict_set_str(d, intern(spec->fields[i].name), t->items[i])) return nullptr;
  }
  return make_tuple(Value(class_of(a[0])), make_tuple(Value(new_tuple(t->items, t->size)), Value(d)));
}
constexpr MethodDef kMethods[] = {{"__reduce__", "!($self, /)", sequence_reduce}, {}};

}  // namespace

Class* new_struct_sequence_class(const StructSequenceSpec& spec) {
  auto* cs = new ClassSpec{.name = spec.name,
                           .base = &types.tuple,
                           .basicsize = sizeof(Tuple),
                           .itemsize = sizeof(Value),
                           .trace_kind = TraceKind::kValues,
                           .doc = spec.doc,
                           .slots = {.repr = sequence_repr, .new_ = sequence_new},
                           .methods = kMethods};
  Class* cls = new_builtin_class(*cs);
  // Every word behind the header is a Value or a small count, so the hidden fields are traced with the visible ones.
  cls->root_shape->trace_kind = TraceKind::kValues;
  records().push_back({cls, &spec});
  uint32_t unnamed = 0;
  Tuple* match_args = new_tuple_null(spec.visible);
  uint32_t named = 0;
  for (uint32_t i = 0; i < spec.total; ++i) {
    if (!spec.fields[i].name) {
      ++unnamed;
      continue;
    }
    Str* name = intern(spec.fields[i].name);
    auto* member = new_member_descriptor(name, cls, static_cast<uint32_t>(offsetof(Tuple, items) + i * sizeof(Value)));
    member->read_only = true;
    dict_set_str(cls->dict, name, member);
    if (i < spec.visible) match_args->items[named++] = name;
  }
  dict_set_str(cls->dict, intern("n_sequence_fields"), Value::from_int(spec.visible));
  dict_set_str(cls->dict, intern("n_fields"), Value::from_int(spec.total));
  dict_set_str(cls->dict, intern("n_unnamed_fields"), Value::from_int(unnamed));
  dict_set_str(cls->dict, names.dunder_match_args, new_tuple(match_args->items, named));
  return cls;
}

Tuple* new_struct_sequence(Class* cls) {
  const StructSequenceSpec* spec = spec_of(cls);
  auto* t = static_cast<Tuple*>(allocate_instance(cls, spec->total));
  if (t) t->size = spec->visible;
  return t;
}

void forbid_instantiation(Class* cls) {
  cls->class_flags |= kClassNoInstantiation;
  cls->slots.new_ = nullptr;
  dict_delete(cls->dict, names.dunder_new);
}

}  // namespace pyjit::runtime
