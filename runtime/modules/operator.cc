// _operator: every operator as a function, and the callables itemgetter, attrgetter and methodcaller.
#include "runtime/modules/module_util.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime {

namespace {

Class *itemgetter_class, *attrgetter_class, *methodcaller_class;

template <BinaryOp op>
Value binary(Value* args) { return binary_op(op, args[0], args[1]); }
template <BinaryOp op>
Value inplace(Value* args) { return inplace_op(op, args[0], args[1]); }
template <CompareOp op>
Value comparison(Value* args) { return compare(args[0], args[1], op); }
template <Value (*fn)(Value)>
Value unary(Value* args) { return fn(args[0]); }

Value is_same(Value* args) { return Value::from_bool(args[0] == args[1]); }
Value is_other(Value* args) { return Value::from_bool(!(args[0] == args[1])); }
Value bool_or_error(int v) { return v < 0 ? Value() : Value::from_bool(v); }
Value truth(Value* args) { return bool_or_error(is_true(args[0])); }
Value negated(Value* args) {
  int v = is_true(args[0]);
  return bool_or_error(v < 0 ? -1 : !v);
}
Value contains_item(Value* args) { return bool_or_error(contains(args[0], args[1])); }
Value getitem(Value* args) { return get_item(args[0], args[1]); }
Value setitem(Value* args) { return set_item(args[0], args[1], args[2]) ? Value::none() : Value(); }
Value delitem(Value* args) { return set_item(args[0], args[1], nullptr) ? Value::none() : Value(); }

bool is_sequence(Value v) { return !is_dict(v) && class_of(v)->slots.getitem; }

Value concat_with(Value a, Value b, bool in_place) {
  Slots& s = class_of(a)->slots;
  if (in_place && s.inplace_concat) return s.inplace_concat(a, b);
  if (s.concat) return s.concat(a, b);
  if (is_sequence(a) && is_sequence(b)) return in_place ? inplace_op(kAdd, a, b) : binary_op(kAdd, a, b);
  return raisef(exc.TypeError, "'%.200s' object can't be concatenated", type_name(a));
}
Value concat(Value* args) { return concat_with(args[0], args[1], false); }
Value iconcat(Value* args) { return concat_with(args[0], args[1], true); }

Value search_iterator(Value iterable) {
  Value iterator = get_iter(iterable);
  if (!iterator && pending_matches(exc.TypeError)) {
    clear_pending();
    raisef(exc.TypeError, "argument of type '%.200s' is not iterable", type_name(iterable));
  }
  return iterator;
}

Value count_of(Value* args) {
  Value iterator = TRY(search_iterator(args[0]));
  int64_t count = 0;
  while (Value item = iter_next(iterator)) {
    int equal = compare_bool(item, args[1], kEq);
    if (equal < 0) return nullptr;
    count += equal;
  }
  return error_pending() ? Value() : new_int(count);
}

Value index_of(Value* args) {
  Value iterator = TRY(search_iterator(args[0]));
  for (int64_t i = 0;; ++i) {
    Value item = iter_next(iterator);
    if (!item) break;
    int equal = compare_bool(item, args[1], kEq);
    if (equal < 0) return nullptr;
    if (equal) return new_int(i);
  }
  if (error_pending()) return nullptr;
  return raise(exc.ValueError, "sequence.index(x): x not in sequence");
}

Value length_hint_of(Value* args) {
  int64_t fallback = 0;
  if (args[1] && !index_to_ssize(args[1], &fallback, exc.OverflowError)) return nullptr;
  int64_t n = length_hint(args[0], fallback);
  return n == -1 && error_pending() ? Value() : new_int(n);
}

// Time depends on b's length only.
Value compare_digest(Value* args) {
  std::string_view a, b;
  BufferView left, right;
  bool strings = is_str(args[0]) && is_str(args[1]);
  if (strings) {
    if (!args[0].as<Str>()->is_ascii() || !args[1].as<Str>()->is_ascii()) {
      return raise(exc.TypeError, "comparing strings with non-ASCII characters is not supported");
    }
    a = ascii_view(args[0].as<Str>());
    b = ascii_view(args[1].as<Str>());
  } else {
    if (!supports_buffer(args[0]) || !supports_buffer(args[1])) {
      std::string first = type_name(args[0]);
      return raisef(exc.TypeError, "unsupported operand types(s) or combination of types: '%.100s' and '%.100s'", first.c_str(), type_name(args[1]));
    }
    if (!get_buffer(args[0], &left)) return nullptr;
    if (!get_buffer(args[1], &right)) {
      release_buffer(&left);
      return nullptr;
    }
    a = left.view();
    b = right.view();
  }
  bool same_length = a.size() == b.size();
  std::string_view x = same_length ? a : b;
  volatile unsigned char difference = same_length ? 0 : 1;
  for (size_t i = 0; i < b.size(); ++i) difference = static_cast<unsigned char>(difference | (x[i] ^ b[i]));
  bool equal = difference == 0;
  if (!strings) {
    release_buffer(&left);
    release_buffer(&right);
  }
  return Value::from_bool(equal);
}

Value call_raw(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!nargs) return raise(exc.TypeError, "call expected at least 1 argument, got 0");
  return call(args[0], args + 1, nargs - 1, kwnames);
}

// The getters: keys in a tuple; attrgetter's entries are a str or a tuple of strs for a dotted name.
struct Getter : Object { Tuple* keys; };

Value new_getter(Class* cls, Tuple* keys) {
  auto* g = allocate_instance_of<Getter>(cls);
  g->keys = keys;
  write_barrier(g);
  return g;
}

bool one_argument(const char* name, uint32_t nargs, Tuple* kwnames) {
  return no_keywords(name, kwnames) && check_positional(name, nargs, 1, 1);
}

// Applies get to every key: one result, or a tuple of them.
template <Value (*get)(Value, Value)>
Value collect(Tuple* keys, Value object) {
  if (keys->size == 1) return get(object, keys->items[0]);
  Tuple* result = TRY(new_tuple_null(keys->size));
  for (uint64_t i = 0; i < keys->size; ++i) {
    result->items[i] = TRY(get(object, keys->items[i]));
    write_barrier(result);
  }
  return result;
}

Value itemgetter_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!no_keywords("itemgetter", kwnames)) return nullptr;
  if (!nargs) return raise(exc.TypeError, "itemgetter expected 1 argument, got 0");
  return new_getter(cls, TRY(new_tuple(args, nargs)));
}

Value itemgetter_call(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!one_argument("itemgetter", nargs, kwnames)) return nullptr;
  return collect<get_item>(self.as<Getter>()->keys, args[0]);
}

Value get_dotted(Value object, Value name) {
  if (is_str(name)) return get_attr(object, name.as<Str>());
  for (uint64_t i = 0; i < name.as<Tuple>()->size; ++i) object = TRY(get_attr(object, name.as<Tuple>()->items[i].as<Str>()));
  return object;
}

Value attrgetter_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!no_keywords("attrgetter", kwnames)) return nullptr;
  if (!nargs) return raise(exc.TypeError, "attrgetter expected 1 argument, got 0");
  Tuple* keys = TRY(new_tuple_null(nargs));
  for (uint32_t i = 0; i < nargs; ++i) {
    if (!is_str(args[i])) return raise(exc.TypeError, "attribute name must be a string");
    Str* name = args[i].as<Str>();
    List* parts = TRY(new_list());
    uint64_t start = 0;
    for (uint64_t k = 0; k <= name->length; ++k) {
      if (k < name->length && name->at(k) != '.') continue;
      if (!list_append(parts, intern(TRY(str_substring(name, start, k))))) return nullptr;
      start = k + 1;
    }
    keys->items[i] = parts->size == 1 ? parts->items()[0] : Value(TRY(new_tuple(parts->items(), parts->size)));
    write_barrier(keys);
  }
  return new_getter(cls, keys);
}

Value attrgetter_call(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!one_argument("attrgetter", nargs, kwnames)) return nullptr;
  return collect<get_dotted>(self.as<Getter>()->keys, args[0]);
}

// The arguments attrgetter was made with.
Tuple* attribute_names(Getter* g) {
  Tuple* result = TRY(new_tuple_null(g->keys->size));
  for (uint64_t i = 0; i < g->keys->size; ++i) {
    Value name = g->keys->items[i];
    result->items[i] = is_str(name) ? name : Value(TRY(str_join(names.dot, name)));
    write_barrier(result);
  }
  return result;
}

Value getter_repr_with(Value self, Tuple* keys) {
  RecursionGuard recursion(" while getting the repr of an object");
  if (!recursion.ok()) return nullptr;
  ReprGuard guard(self.as_object());
  StrBuilder out;
  out.append_utf8(type_name(self));
  out.append_ascii("(");
  if (!guard.entered()) out.append_ascii("...");
  for (uint64_t i = 0; guard.entered() && i < keys->size; ++i) {
    if (i) out.append_ascii(", ");
    out.append(TRY(repr(keys->items[i])));
  }
  out.append_ascii(")");
  return out.finish();
}
Value itemgetter_repr(Value self) { return getter_repr_with(self, self.as<Getter>()->keys); }
Value attrgetter_repr(Value self) { return getter_repr_with(self, TRY(attribute_names(self.as<Getter>()))); }
Value itemgetter_reduce(Value* args) { return make_tuple(class_of(args[0]), args[0].as<Getter>()->keys); }
Value attrgetter_reduce(Value* args) { return make_tuple(class_of(args[0]), TRY(attribute_names(args[0].as<Getter>()))); }

// methodcaller
struct MethodCaller : Object { Str* name; Tuple* args; Tuple* kwnames; Tuple* keyword_values; };   // the last two: null without keywords

Value methodcaller_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!nargs) return raise(exc.TypeError, "methodcaller needs at least one argument, the method name");
  if (!is_str(args[0])) return raise(exc.TypeError, "method name must be a string");
  Tuple* bound = TRY(new_tuple(args + 1, nargs - 1));
  Tuple* values = kwnames && kwnames->size ? TRY(new_tuple(args + nargs, kwnames->size)) : nullptr;
  Str* name = intern(args[0].as<Str>());
  auto* c = allocate_instance_of<MethodCaller>(cls);
  c->name = name;
  c->args = bound;
  c->kwnames = values ? kwnames : nullptr;
  c->keyword_values = values;
  write_barrier(c);
  return c;
}

Value methodcaller_call(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!one_argument("methodcaller", nargs, kwnames)) return nullptr;
  auto* c = self.as<MethodCaller>();
  if (!c->kwnames) return call_method(args[0], c->name, c->args->items, static_cast<uint32_t>(c->args->size));
  Tuple* all = TRY(new_tuple_null(c->args->size + c->keyword_values->size));
  std::copy(c->args->items, c->args->items + c->args->size, all->items);
  std::copy(c->keyword_values->items, c->keyword_values->items + c->keyword_values->size, all->items + c->args->size);
  write_barrier(all);
  return call_method(args[0], c->name, all->items, static_cast<uint32_t>(c->args->size), c->kwnames);
}

Value methodcaller_repr(Value self) {
  auto* c = self.as<MethodCaller>();
  RecursionGuard recursion(" while getting the repr of an object");
  if (!recursion.ok()) return nullptr;
  ReprGuard guard(c);
  StrBuilder out;
  out.append_utf8(type_name(self));
  out.append_ascii("(");
  if (!guard.entered()) {
    out.append_ascii("...)");
    return out.finish();
  }
  out.append(TRY(repr(c->name)));
  for (uint64_t i = 0; i < c->args->size; ++i) {
    out.append_ascii(", ");
    out.append(TRY(repr(c->args->items[i])));
  }
  for (uint64_t i = 0; c->kwnames && i < c->kwnames->size; ++i) {
    out.append_ascii(", ");
    out.append(c->kwnames->items[i].as<Str>());
    out.append_ascii("=");
    out.append(TRY(repr(c->keyword_values->items[i])));
  }
  out.append_ascii(")");
  return out.finish();
}

Value methodcaller_reduce(Value* args) {
  auto* c = args[0].as<MethodCaller>();
  if (!c->kwnames) {
    Tuple* all = TRY(new_tuple_null(c->args->size + 1));
    all->items[0] = c->name;
    std::copy(c->args->items, c->args->items + c->args->size, all->items + 1);
    write_barrier(all);
    return make_tuple(class_of(args[0]), all);
  }
  Module* functools = TRY(import_native_module("_functools"));
  Tuple* partial_args = TRY(new_tuple_null(2 + c->kwnames->size));
  partial_args->items[0] = class_of(args[0]);
  partial_args->items[1] = c->name;
  std::copy(c->keyword_values->items, c->keyword_values->items + c->kwnames->size, partial_args->items + 2);
  write_barrier(partial_args);
  Value partial = TRY(call(module_get(functools, intern("partial")), partial_args->items, 2, c->kwnames));
  return make_tuple(partial, c->args);
}

const MethodDef kItemGetterMethods[] = {reduce_row(itemgetter_reduce), {}};
const MethodDef kAttrGetterMethods[] = {reduce_row(attrgetter_reduce), {}};
const MethodDef kMethodCallerMethods[] = {reduce_row(methodcaller_reduce), {}};

constexpr const char* kTwo = "($module, a, b, /)";
constexpr const char* kOne = "($module, a, /)";
#define TWO(name, fn, doc) function_row(name, kTwo, fn, Effects::kCallsPython, doc)
#define ONE(name, fn, doc) function_row(name, kOne, fn, Effects::kCallsPython, doc)
const MethodDef kFunctions[] = {
    ONE("truth", truth, "Return True if a is true, False otherwise."),
    TWO("contains", contains_item, "Same as b in a (note reversed operands)."),
    TWO("indexOf", index_of, "Return the first index of b in a."),
    TWO("countOf", count_of, "Return the number of items in a which are, or which equal, b."),
    TWO("is_", is_same, "Same as a is b."), TWO("is_not", is_other, "Same as a is not b."),
    TWO("add", binary<kAdd>, "Same as a + b."), TWO("sub", binary<kSub>, "Same as a - b."), TWO("mul", binary<kMul>, "Same as a * b."),
    TWO("matmul", binary<kMatMul>, "Same as a @ b."), TWO("floordiv", binary<kFloorDiv>, "Same as a // b."),
    TWO("truediv", binary<kTrueDiv>, "Same as a / b."), TWO("mod", binary<kMod>, "Same as a % b."),
    ONE("neg", unary<negative>, "Same as -a."), ONE("pos", unary<positive>, "Same as +a."), ONE("abs", unary<absolute>, "Same as abs(a)."),
    ONE("inv", unary<invert>, "Same as ~a."), ONE("invert", unary<invert>, "Same as ~a."), ONE("index", unary<number_index>, "Same as a.__index__()"),
    TWO("lshift", binary<kLShift>, "Same as a << b."), TWO("rshift", binary<kRShift>, "Same as a >> b."), ONE("not_", negated, "Same as not a."),
    TWO("and_", binary<kAnd>, "Same as a & b."), TWO("xor", binary<kXor>, "Same as a ^ b."), TWO("or_", binary<kOr>, "Same as a | b."),
    TWO("iadd", inplace<kAdd>, "Same as a += b."), TWO("isub", inplace<kSub>, "Same as a -= b."), TWO("imul", inplace<kMul>, "Same as a *= b."),
    TWO("imatmul", inplace<kMatMul>, "Same as a @= b."), TWO("ifloordiv", inplace<kFloorDiv>, "Same as a //= b."),
    TWO("itruediv", inplace<kTrueDiv>, "Same as a /= b."), TWO("imod", inplace<kMod>, "Same as a %= b."),
    TWO("ilshift", inplace<kLShift>, "Same as a <<= b."), TWO("irshift", inplace<kRShift>, "Same as a >>= b."),
    TWO("iand", inplace<kAnd>, "Same as a &= b."), TWO("ixor", inplace<kXor>, "Same as a ^= b."), TWO("ior", inplace<kOr>, "Same as a |= b."),
    TWO("concat", concat, "Same as a + b, for a and b sequences."), TWO("iconcat", iconcat, "Same as a += b, for a and b sequences."),
    TWO("getitem", getitem, "Same as a[b]."),
    function_row("setitem", "($module, a, b, c, /)", setitem, Effects::kCallsPython, "Same as a[b] = c."),
    TWO("delitem", delitem, "Same as del a[b]."), TWO("pow", binary<kPow>, "Same as a ** b."), TWO("ipow", inplace<kPow>, "Same as a **= b."),
    TWO("eq", comparison<kEq>, "Same as a == b."), TWO("ne", comparison<kNe>, "Same as a != b."), TWO("lt", comparison<kLt>, "Same as a < b."),
    TWO("le", comparison<kLe>, "Same as a <= b."), TWO("gt", comparison<kGt>, "Same as a > b."), TWO("ge", comparison<kGe>, "Same as a >= b."),
    function_row("length_hint", "($module, obj, default=0, /)", length_hint_of, Effects::kCallsPython,
                 "len(obj), or what its __length_hint__ says, or default."),
    TWO("_compare_digest", compare_digest, "Return 'a == b' in a time that does not tell where they differ."),
    {"call", "($module, obj, /, *args, **kwargs)", nullptr, Effects::kCallsPython, MethodKind::kFunction, "Same as obj(*args, **kwargs).", call_raw},
    {}};
#undef TWO
#undef ONE

}  // namespace

bool init_operator_module(Module* m) {
  static ClassSpec itemgetter{.name = "operator.itemgetter", .basicsize = sizeof(Getter), .trace_kind = TraceKind::kCustom, .trace = trace_prefix<1>,
                              .doc = "itemgetter(item, ...) --> itemgetter object\n\nA callable that gets the item(s) of its operand.",
                              .methods = kItemGetterMethods};
  itemgetter.slots.repr = itemgetter_repr;
  itemgetter.slots.call = itemgetter_call;
  itemgetter.slots.new_ = itemgetter_new;
  static ClassSpec attrgetter{.name = "operator.attrgetter", .basicsize = sizeof(Getter), .trace_kind = TraceKind::kCustom, .trace = trace_prefix<1>,
                              .doc = "attrgetter(attr, ...) --> attrgetter object\n\nA callable that gets the attribute(s) of its operand; dots "
                                     "lead on to attributes of attributes.",
                              .methods = kAttrGetterMethods};
  attrgetter.slots.repr = attrgetter_repr;
  attrgetter.slots.call = attrgetter_call;
  attrgetter.slots.new_ = attrgetter_new;
  static ClassSpec methodcaller{.name = "operator.methodcaller", .basicsize = sizeof(MethodCaller), .trace_kind = TraceKind::kCustom,
                                .trace = trace_prefix<4>,
                                .doc = "methodcaller(name, ...) --> methodcaller object\n\nA callable that calls the method of its operand with "
                                       "these arguments.",
                                .methods = kMethodCallerMethods};
  methodcaller.slots.repr = methodcaller_repr;
  methodcaller.slots.call = methodcaller_call;
  methodcaller.slots.new_ = methodcaller_new;
  return add_class(m, itemgetter, &itemgetter_class) && add_class(m, attrgetter, &attrgetter_class) &&
         add_class(m, methodcaller, &methodcaller_class) && add_functions(m, kFunctions);
}

}  // namespace pyjit::runtime
