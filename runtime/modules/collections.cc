// _collections: defaultdict, _tuplegetter, _count_elements; deque and OrderedDict have files of their own.
#include "runtime/modules/collections.h"

#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {

namespace {

Class *defaultdict_class, *tuplegetter_class;

// defaultdict: a dict and a factory.
struct DefaultDict : Dict { Value factory; };   // null or None: none

Value factory_of(Value v) {
  Value f = v.as<DefaultDict>()->factory;
  return f ? f : Value::none();
}

void trace_default_dict(Object* o, Tracer& tracer) {
  trace_dict(o, tracer);
  tracer.visit(static_cast<DefaultDict*>(o)->factory);
}

bool defaultdict_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  Value factory;
  if (nargs) {
    factory = args[0];
    if (!factory.is_none() && !is_callable(factory)) {
      raise(exc.TypeError, "first argument must be callable or None");
      return false;
    }
    ++args;
    --nargs;
  }
  auto* d = self.as<DefaultDict>();
  d->factory = factory;
  write_barrier(d, factory);
  return types.dict->slots.init(self, args, nargs, kwnames);
}

Value defaultdict_missing(Value* args) {
  Value factory = factory_of(args[0]);
  if (factory.is_none()) return raise_key_error(args[1]);
  Value value = TRY(call0(factory));
  return set_item(args[0], args[1], value) ? value : Value();
}

Value defaultdict_copy(Value* args) { return call2(class_of(args[0]), factory_of(args[0]), args[0]); }

Value defaultdict_repr(Value self) {
  auto* d = self.as<DefaultDict>();
  Str* base = TRY(types.dict->slots.repr(self)).as<Str>();
  StrBuilder out;
  out.append(d->cls()->name);
  out.append_ascii("(");
  if (factory_of(self).is_none()) {
    out.append_ascii("None");
  } else {
    ReprGuard guard(d);   // the factory may be a method of this very dict
    if (guard.entered()) {
      out.append(TRY(repr(d->factory)));
    } else {
      out.append_ascii("...");
    }
  }
  out.append_ascii(", ");
  out.append(base);
  out.append_ascii(")");
  return out.finish();
}

Value defaultdict_reduce(Value* args) {
  Value factory = factory_of(args[0]);
  Value items = TRY(call_method0(args[0], names.items));
  Value iterator = TRY(get_iter(items));
  return make_tuple(class_of(args[0]), factory.is_none() ? empty_tuple() : make_tuple(factory), Value::none(), Value::none(), iterator);
}

Value defaultdict_or(Value a, Value b) {
  bool left = is_instance(a, defaultdict_class);
  Value self = left ? a : b, other = left ? b : a;
  if (!is_dict(other)) return Value::not_implemented();
  Value result = TRY(call2(class_of(self), factory_of(self), a));
  return dict_update(result.as<Dict>(), b) ? result : Value();
}

Value get_factory(Value self) { return factory_of(self); }
bool set_factory(Value self, Value value) {
  self.as<DefaultDict>()->factory = value;
  write_barrier(self.as_object(), value);
  return true;
}

const MethodDef kDefaultDictMethods[] = {
    method_row("__missing__", "!($self, key, /)", defaultdict_missing, Effects::kCallsPython,
               "__missing__(key) # the factory's value becomes that of the key; KeyError without a factory"),
    method_row("copy", "!($self, /)", defaultdict_copy, Effects::kCallsPython, "D.copy() -> a shallow copy of D."),
    method_row("__copy__", "!($self, /)", defaultdict_copy, Effects::kCallsPython, "D.copy() -> a shallow copy of D."),
    reduce_row(defaultdict_reduce), kClassGetItemRow, {}};
const GetSetDef kDefaultDictFields[] = {{"default_factory", get_factory, set_factory, "Factory for default value called by __missing__()."}, {}};

// _tuplegetter: the descriptor behind namedtuple's fields.
struct TupleGetter : Object { Value index, doc; };   // index: an inline int

Value tuplegetter_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!check_positional("_tuplegetter", nargs, 2, 2)) return nullptr;
  int64_t index;
  if (!index_to_ssize(args[0], &index, exc.OverflowError)) return nullptr;
  auto* g = allocate_instance_of<TupleGetter>(cls);
  g->index = new_int(index);
  g->doc = args[1];
  write_barrier(g);
  return g;
}

Value tuplegetter_get(Value self, Value instance, Value owner) {
  if (!instance || instance.is_none()) return self;
  auto* g = self.as<TupleGetter>();
  int64_t index = g->index.as_int();
  if (!is_tuple(instance)) {
    return raisef(exc.TypeError, "descriptor for index '%ld' for tuple subclasses doesn't apply to '%s' object", static_cast<long>(index),
                  type_name(instance));
  }
  if (static_cast<uint64_t>(index) >= instance.as<Tuple>()->size) return raise(exc.IndexError, "tuple index out of range");
  return instance.as<Tuple>()->items[index];
}

bool tuplegetter_set(Value self, Value instance, Value value) {
  raise(exc.AttributeError, value ? "can't set attribute" : "can't delete attribute");
  return false;
}

Value tuplegetter_repr(Value self) {
  auto* g = self.as<TupleGetter>();
  StrBuilder out;
  out.append(class_of(self)->name);
  out.append_ascii("(");
  out.append(TRY(repr(g->index)));
  out.append_ascii(", ");
  out.append(TRY(repr(g->doc)));
  out.append_ascii(")");
  return out.finish();
}

Value tuplegetter_reduce(Value* args) {
  auto* g = args[0].as<TupleGetter>();
  return make_tuple(class_of(args[0]), make_tuple(g->index, g->doc));
}
Value get_doc(Value self) { return self.as<TupleGetter>()->doc ? self.as<TupleGetter>()->doc : Value::none(); }
bool set_doc(Value self, Value value) {
  self.as<TupleGetter>()->doc = value;
  write_barrier(self.as_object(), value);
  return true;
}

const MethodDef kTupleGetterMethods[] = {reduce_row(tuplegetter_reduce), {}};
const GetSetDef kTupleGetterFields[] = {{"__doc__", get_doc, set_doc}, {}};

// _count_elements(mapping, iterable): Counter's inner loop.
Value count_elements(Value* args) {
  Value mapping = args[0];
  Value iterator = TRY(get_iter(args[1]));
  Class* cls = class_of(mapping);
  Value one = Value::from_int(1), zero = Value::from_int(0);
  static Str* get_name = intern("get");
  bool plain = is_dict(mapping) && class_lookup(cls, get_name) == class_lookup(types.dict, get_name) &&
               class_lookup(cls, names.dunder_setitem) == class_lookup(types.dict, names.dunder_setitem);
  if (plain) {
    Dict* d = mapping.as<Dict>();
    while (Value key = iter_next(iterator)) {
      int64_t hash;
      if (!hash_key(key, &hash)) return nullptr;
      int64_t found = dict_find(d, key, hash);
      if (found == -2) return nullptr;
      Value count = one;
      if (found >= 0) {
        Value old = d->entries->entries[found].value;
        count = old.is_int() ? new_int(old.as_int() + 1) : TRY(binary_op(kAdd, old, one));
      }
      if (!dict_set_hashed(d, key, hash, count)) return nullptr;
    }
  } else {
    Value get = TRY(get_attr(mapping, get_name));
    while (Value key = iter_next(iterator)) {
      Value old = TRY(call2(get, key, zero));
      if (!set_item(mapping, key, TRY(binary_op(kAdd, old, one)))) return nullptr;
    }
  }
  return error_pending() ? Value() : Value::none();
}

const MethodDef kFunctions[] = {function_row("_count_elements", "($module, mapping, iterable, /)", count_elements, Effects::kCallsPython,
                                             "Counts the iterable's items in the mapping."),
                                {}};

}  // namespace

bool add_defaultdict(Module* m) {
  static ClassSpec spec{.name = "collections.defaultdict", .base = &types.dict, .basicsize = sizeof(DefaultDict),
                        .flags = kClassBaseType, .trace_kind = TraceKind::kCustom, .trace = trace_default_dict,
                        .doc = "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\nThe factory's result becomes the value "
                               "of a key that is looked up and missing; the other arguments are dict's.",
                        .methods = kDefaultDictMethods, .getset = kDefaultDictFields};
  spec.slots.repr = defaultdict_repr;
  spec.slots.init = defaultdict_init;
  spec.slots.binary[kOr] = defaultdict_or;
  return add_class(m, spec, &defaultdict_class);
}

bool init_collections_module(Module* m) {
  static ClassSpec getter{.name = "_collections._tuplegetter", .basicsize = sizeof(TupleGetter), .trace_kind = TraceKind::kCustom,
                          .trace = trace_prefix<2>, .methods = kTupleGetterMethods, .getset = kTupleGetterFields};
  getter.slots.repr = tuplegetter_repr;
  getter.slots.descr_get = tuplegetter_get;
  getter.slots.descr_set = tuplegetter_set;
  getter.slots.new_ = tuplegetter_new;
  return add_deque(m) && add_defaultdict(m) && add_ordered_dict(m) && add_class(m, getter, &tuplegetter_class) && add_functions(m, kFunctions);
}

}  // namespace pyjit::runtime
