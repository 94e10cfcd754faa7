// _functools: partial, reduce and cmp_to_key; lru_cache is in lru_cache.cc.
#include "runtime/modules/functools.h"

#include "runtime/types/dict.h"

namespace pyjit::runtime {

namespace {

Class *partial_class, *key_wrapper_class;

// partial
struct Partial : Object { Object* overflow; Value function; Tuple* args; Dict* keywords; };

Value partial_call(Value self, Value* args, uint32_t nargs, Tuple* kwnames);

void trace_partial(Object* o, Tracer& tracer) {
  auto* p = static_cast<Partial*>(o);
  tracer.visit(p->function);
  tracer.visit(p->args);
  tracer.visit(p->keywords);
}

bool has_attributes(Object* o) {
  return o->shape()->dict_mode ? instance_dict(o)->size != 0 : o->shape()->slot_count != 0;
}

Tuple* join(Tuple* front, Value* back, uint32_t n) {
  if (!n) return front;
  Tuple* t = TRY(new_tuple_null(front->size + n));
  std::copy(front->items, front->items + front->size, t->items);
  std::copy(back, back + n, t->items + front->size);
  write_barrier(t);
  return t;
}

Value partial_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!nargs) return raise(exc.TypeError, "type 'partial' takes at least one argument");
  Value function = args[0];
  Tuple* first_args = empty_tuple();
  Dict* first_keywords = nullptr;
  if (class_of(function)->slots.call == partial_call && !has_attributes(function.as_object())) {
    auto* inner = function.as<Partial>();
    first_args = inner->args;
    first_keywords = inner->keywords;
    function = inner->function;
  }
  if (!is_callable(function)) return raise(exc.TypeError, "the first argument must be callable");
  Tuple* all_args = TRY(join(first_args, args + 1, nargs - 1));
  Dict* keywords = TRY(first_keywords ? dict_copy(first_keywords) : new_dict());
  for (uint64_t i = 0; kwnames && i < kwnames->size; ++i) {
    if (!dict_set(keywords, kwnames->items[i], args[nargs + i])) return nullptr;
  }
  auto* p = allocate_instance_of<Partial>(cls);
  p->function = function;
  p->args = all_args;
  p->keywords = keywords;
  write_barrier(p);
  return p;
}

Value partial_call(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  auto* p = self.as<Partial>();
  uint64_t bound = p->args->size, given = nargs + (kwnames ? kwnames->size : 0);
  if (!p->keywords->size) {
    constexpr uint64_t kFew = 16;
    Value few[kFew], *all = few;
    if (bound + given > kFew) all = TRY(new_value_array(bound + given))->items;
    std::copy(p->args->items, p->args->items + bound, all);
    std::copy(args, args + given, all + bound);
    return call(p->function, all, static_cast<uint32_t>(bound + nargs), kwnames);
  }
  Dict* keywords = TRY(dict_copy(p->keywords));
  for (uint64_t i = 0; kwnames && i < kwnames->size; ++i) {
    if (!dict_set(keywords, kwnames->items[i], args[nargs + i])) return nullptr;
  }
  return call_tuple_dict(p->function, TRY(join(p->args, args, nargs)), keywords);
}

Value partial_repr(Value self) {
  auto* p = self.as<Partial>();
  RecursionGuard recursion(" while getting the repr of an object");
  if (!recursion.ok()) return nullptr;
  ReprGuard guard(p);
  if (!guard.entered()) return new_str("...");
  StrBuilder out;
  out.append_utf8(p->cls() == partial_class ? "functools.partial" : type_name(self));
  out.append_ascii("(");
  out.append(TRY(repr(p->function)));
  Tuple* args = p->args;
  for (uint64_t i = 0; i < args->size; ++i) {
    out.append_ascii(", ");
    out.append(TRY(repr(args->items[i])));
  }
  uint64_t position = 0;
  Value key, value;
  Dict* keywords = p->keywords;
  while (dict_next(keywords, &position, &key, &value)) {
    out.append_ascii(", ");
    out.append(TRY(str(key)));
    out.append_ascii("=");
    out.append(TRY(repr(value)));
  }
  out.append_ascii(")");
  return out.finish();
}

Value partial_reduce(Value* args) {
  auto* p = args[0].as<Partial>();
  Value attributes = has_attributes(p) ? Value(instance_dict(p)) : Value::none();
  return make_tuple(p->cls(), make_tuple(p->function), make_tuple(p->function, p->args, p->keywords, attributes));
}

Value partial_setstate(Value* args) {
  auto* p = args[0].as<Partial>();
  Tuple* state = is_tuple(args[1]) ? args[1].as<Tuple>() : nullptr;
  if (!state || state->size != 4 || !is_callable(state->items[0]) || !is_tuple(state->items[1]) ||
      !(state->items[2].is_none() || is_dict(state->items[2]))) {
    return raise(exc.TypeError, "invalid partial state");
  }
  Tuple* bound = state->items[1].as<Tuple>();
  if (bound->cls() != types.tuple) bound = TRY(new_tuple(bound->items, bound->size));
  Dict* keywords = state->items[2].is_none()                   ? new_dict()
                   : is_exact(state->items[2], types.dict) ? state->items[2].as<Dict>()
                                                               : dict_copy(state->items[2].as<Dict>());
  if (!keywords) return nullptr;
  p->function = state->items[0];
  p->args = bound;
  p->keywords = keywords;
  write_barrier(p);
  if (!state->items[3].is_none() && !set_attr(p, names.dunder_dict, state->items[3])) return nullptr;
  return Value::none();
}

const MethodDef kPartialMethods[] = {reduce_row(partial_reduce), setstate_row(partial_setstate), kClassGetItemRow, {}};
const GetSetDef kPartialFields[] = {
    {"func", [](Value v) { return v.as<Partial>()->function; }, nullptr, "function object to use in future partial calls"},
    {"args", [](Value v) { return Value(v.as<Partial>()->args); }, nullptr, "tuple of arguments to future partial calls"},
    {"keywords", [](Value v) { return Value(v.as<Partial>()->keywords); }, nullptr, "dictionary of keyword arguments to future partial calls"},
    kDictRow,
    {}};

// cmp_to_key: an object that compares by calling a three-way comparison.
struct KeyWrapper : Object { Value comparison, object; };   // object null: not given yet

Value new_key_wrapper(Value comparison, Value object) {
  auto* k = allocate_instance_of<KeyWrapper>(key_wrapper_class);
  k->comparison = comparison;
  k->object = object;
  write_barrier(k);
  return k;
}

Value key_wrapper_call(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("K", "(obj)");
  Value out[1];
  return bind(args, nargs, kwnames, out) ? new_key_wrapper(self.as<KeyWrapper>()->comparison, out[0]) : Value();
}

Value key_wrapper_compare(Value a, Value b, CompareOp op) {
  if (!is_exact(b, key_wrapper_class)) return raise(exc.TypeError, "other argument must be K instance");
  Value x = a.as<KeyWrapper>()->object, y = b.as<KeyWrapper>()->object;
  if (!x || !y) return raise(exc.AttributeError, "object");
  Value result = TRY(call2(a.as<KeyWrapper>()->comparison, x, y));
  return compare(result, Value::from_int(0), op);
}

Value get_object(Value self) {
  Value v = self.as<KeyWrapper>()->object;
  return v ? v : Value::none();
}
bool set_object(Value self, Value value) {
  self.as<KeyWrapper>()->object = value;
  write_barrier(self.as_object(), value);
  return true;
}
const GetSetDef kKeyWrapperFields[] = {{"obj", get_object, set_object, "Value wrapped by a key function."}, {}};

Value cmp_to_key(Value* args) { return new_key_wrapper(args[0], nullptr); }

Value reduce(Value* args) {
  Value result = args[2];
  Value iterator = get_iter(args[1]);
  if (!iterator) {
    if (pending_matches(exc.TypeError)) {
      clear_pending();
      raise(exc.TypeError, "reduce() arg 2 must support iteration");
    }
    return nullptr;
  }
  while (Value item = iter_next(iterator)) result = result ? TRY(call2(args[0], result, item)) : item;
  if (error_pending()) return nullptr;
  return result ? result : Value(raise(exc.TypeError, "reduce() of empty iterable with no initial value"));
}

const MethodDef kFunctions[] = {
    function_row("reduce", "!($module, function, iterable, initial=<unrepresentable>, /)", reduce, Effects::kCallsPython,
                 "reduce(function, iterable[, initial]) -> value\n\nfunction(... function(function(initial, a), b) ..., z)"),
    function_row("cmp_to_key", "!($module, mycmp)", cmp_to_key, Effects::kCallsPython, "Makes a key function of a three-way comparison."),
    {}};

}  // namespace

bool init_functools_module(Module* m) {
  static ClassSpec partial{.name = "functools.partial", .basicsize = sizeof(Partial), .flags = kClassBaseType | kClassHasDict | kClassHasWeakref,
                           .trace_kind = TraceKind::kCustom, .trace = trace_partial,
                           .doc = "partial(func, *args, **keywords) - new function that calls func with these arguments in front of its own.\n",
                           .methods = kPartialMethods, .getset = kPartialFields};
  partial.slots.repr = partial_repr;
  partial.slots.call = partial_call;
  partial.slots.new_ = partial_new;
  static ClassSpec wrapper{.name = "functools.KeyWrapper", .basicsize = sizeof(KeyWrapper), .flags = kClassNoInstantiation,
                           .trace_kind = TraceKind::kCustom, .trace = trace_prefix<2>, .getset = kKeyWrapperFields};
  wrapper.slots.call = key_wrapper_call;
  wrapper.slots.compare = key_wrapper_compare;
  if (!add_class(m, partial, &partial_class) || !add_class(m, wrapper, &key_wrapper_class)) return false;
  if (dict_delete(m->dict(), intern("KeyWrapper")) < 0) return false;   // not a name of the module
  return add_lru_cache(m) && add_functions(m, kFunctions);
}

}  // namespace pyjit::runtime
