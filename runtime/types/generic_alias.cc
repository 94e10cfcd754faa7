// types.GenericAlias (list[int]) and types.UnionType (int | str).
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

namespace {

struct GenericAlias : Object {
  Value origin;
  Tuple* args;
  Tuple* parameters;   // null: not computed
  bool starred;        // *tuple[int]
};
struct UnionType : Object { Tuple *args, *parameters; };

void trace_alias(Object* o, Tracer& t) {
  auto* a = static_cast<GenericAlias*>(o);
  t.visit(a->origin);
  t.visit(a->args);
  t.visit(a->parameters);
}
void trace_union(Object* o, Tracer& t) {
  t.visit(static_cast<UnionType*>(o)->args);
  t.visit(static_cast<UnionType*>(o)->parameters);
}

// How types show inside list[...] and X | Y.
bool append_type_repr(StrBuilder& out, Value v) {
  if (v.is_ellipsis()) return out.append_ascii("..."), true;
  if (v == Value(types.none_type)) return out.append_ascii("None"), true;
  Value origin = get_attr_or_null(v, names.dunder_origin);
  Value args = origin ? get_attr_or_null(v, names.dunder_args) : Value();
  if (error_pending()) return false;
  if (!(origin && args)) {
    Value qualname = get_attr_or_null(v, names.dunder_qualname);
    Value module = qualname && !qualname.is_none() ? get_attr_or_null(v, names.dunder_module) : Value();
    if (error_pending()) return false;
    if (qualname && is_str(qualname) && module && is_str(module)) {
      if (!str_equals(module.as<Str>(), "builtins")) {
        out.append(module.as<Str>());
        out.append_ascii(".");
      }
      out.append(qualname.as<Str>());
      return true;
    }
  }
  Str* r = TRY(repr(v));
  out.append(r);
  return true;
}

Value alias_repr(Value self) {
  auto* a = self.as<GenericAlias>();
  StrBuilder out;
  if (a->starred) out.append_ascii("*");
  if (!append_type_repr(out, a->origin)) return nullptr;
  out.append_ascii("[");
  for (uint64_t i = 0; i < a->args->size; ++i) {
    if (i) out.append_ascii(", ");
    Value v = a->args->items[i];
    if (is_list(v)) {
      out.append_ascii("[");
      for (uint64_t j = 0; j < v.as<List>()->size; ++j) {
        if (j) out.append_ascii(", ");
        if (!append_type_repr(out, v.as<List>()->items()[j])) return nullptr;
      }
      out.append_ascii("]");
    } else if (!append_type_repr(out, v)) {
      return nullptr;
    }
  }
  if (!a->args->size) out.append_ascii("()");
  out.append_ascii("]");
  return out.finish();
}

bool add_unique(List* list, Value v) {
  for (uint64_t i = 0; i < list->size; ++i) {
    if (list->items()[i] == v) return true;
  }
  return list_append(list, v);
}

// Type variables among the arguments, in order of first appearance.
Tuple* collect_parameters(Tuple* args) {
  List* found = TRY(new_list());
  for (uint64_t i = 0; i < args->size; ++i) {
    Value t = args->items[i];
    if (class_of(t)->has(kSubType)) continue;
    if (class_lookup(class_of(t), names.dunder_typing_subst)) {
      if (!add_unique(found, t)) return nullptr;
      continue;
    }
    Value sub = get_attr_or_null(t, names.dunder_parameters);
    if (error_pending()) return nullptr;
    if (!sub || !is_tuple(sub)) continue;
    for (uint64_t j = 0; j < sub.as<Tuple>()->size; ++j) {
      if (!add_unique(found, sub.as<Tuple>()->items[j])) return nullptr;
    }
  }
  return new_tuple(found->items(), found->size);
}

Tuple* alias_parameters(GenericAlias* a) {
  if (!a->parameters) {
    a->parameters = TRY(collect_parameters(a->args));
    write_barrier(a);
  }
  return a->parameters;
}

bool is_unpacked_typevartuple(Value v) {
  if (class_of(v)->has(kSubType)) return false;
  Value flag = get_attr_or_null(v, names.dunder_typing_is_unpacked_typevartuple);
  if (!flag) return clear_pending(), false;
  int t = is_true(flag);
  if (t < 0) clear_pending();
  return t > 0;
}

// list[T][int]: substitutes the parameters of `args`.
Tuple* substitute(Value self, Tuple* args, Tuple* parameters, Value item) {
  size_t n = parameters->size;
  if (!n) return raisef(exc.TypeError, "%s is not a generic class", to_utf8(TRY(repr(self))).c_str());
  Tuple* items = is_tuple(item) ? item.as<Tuple>() : make_tuple(item);
  // Starred tuples in the arguments are spread.
  RootedVector spread;
  for (uint64_t i = 0; i < items->size; ++i) {
    Value v = items->items[i];
    Value sub = class_of(v)->has(kSubType) ? Value() : get_attr_or_null(v, names.dunder_typing_unpacked_tuple_args);
    if (error_pending()) return nullptr;
    if (sub && is_tuple(sub) && !(sub.as<Tuple>()->size && sub.as<Tuple>()->items[sub.as<Tuple>()->size - 1].is_ellipsis())) {
      for (uint64_t j = 0; j < sub.as<Tuple>()->size; ++j) spread.push_back(sub.as<Tuple>()->items[j]);
    } else {
      spread.push_back(v);
    }
  }
  Value prepared = new_tuple(spread.data(), spread.size());
  for (uint64_t i = 0; i < n; ++i) {
    Value prepare = get_attr_or_null(parameters->items[i], names.dunder_typing_prepare_subst);
    if (error_pending()) return nullptr;
    if (prepare && !prepare.is_none()) {
      Tuple* as_tuple = is_tuple(prepared) ? prepared.as<Tuple>() : make_tuple(prepared);
      prepared = TRY(call2(prepare, self, as_tuple));
    }
  }
  Tuple* given = is_tuple(prepared) ? prepared.as<Tuple>() : make_tuple(prepared);
  if (given->size != n) {
    return raisef(exc.TypeError, "Too %s arguments for %s; actual %zd, expected %zd", given->size > n ? "many" : "few", to_utf8(TRY(repr(self))).c_str(),
                  static_cast<ssize_t>(given->size), static_cast<ssize_t>(n));
  }
  RootedVector out;
  for (uint64_t i = 0; i < args->size; ++i) {
    Value v = args->items[i];
    if (class_of(v)->has(kSubType)) {
      out.push_back(v);
      continue;
    }
    bool unpack = is_unpacked_typevartuple(v);
    Value subst = get_attr_or_null(v, names.dunder_typing_subst);
    if (error_pending()) return nullptr;
    Value result;
    if (subst) {
      uint64_t k = 0;
      while (k < n && !(parameters->items[k] == v)) ++k;
      result = TRY(call1(subst, given->items[k]));
    } else {
      Value sub_parameters = get_attr_or_null(v, names.dunder_parameters);
      if (error_pending()) return nullptr;
      if (sub_parameters && is_tuple(sub_parameters) && sub_parameters.as<Tuple>()->size) {
        RootedVector sub;
        for (uint64_t j = 0; j < sub_parameters.as<Tuple>()->size; ++j) {
          Value p = sub_parameters.as<Tuple>()->items[j];
          uint64_t k = 0;
          while (k < n && !(parameters->items[k] == p)) ++k;
          if (k == n) {
            sub.push_back(p);
          } else if (is_tuple(given->items[k]) && class_lookup(class_of(p), intern("__typing_unpacked_tuple_args__")) == nullptr &&
                     class_of(p)->name == intern("TypeVarTuple")) {
            for (uint64_t m = 0; m < given->items[k].as<Tuple>()->size; ++m) sub.push_back(given->items[k].as<Tuple>()->items[m]);
          } else {
            sub.push_back(given->items[k]);
          }
        }
        Value key = sub.size() == 1 ? sub[0] : Value(new_tuple(sub.data(), sub.size()));
        result = TRY(get_item(v, key));
      } else {
        result = v;
      }
    }
    if (unpack && is_tuple(result)) {
      for (uint64_t m = 0; m < result.as<Tuple>()->size; ++m) out.push_back(result.as<Tuple>()->items[m]);
    } else {
      out.push_back(result);
    }
  }
  return new_tuple(out.data(), out.size());
}

Value alias_getitem(Value self, Value item) {
  auto* a = self.as<GenericAlias>();
  Tuple* parameters = TRY(alias_parameters(a));
  Tuple* args = TRY(substitute(self, a->args, parameters, item));
  Value r = TRY(new_generic_alias(a->origin, args));
  r.as<GenericAlias>()->starred = a->starred;
  return r;
}
Value alias_call(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  Value r = TRY(call(self.as<GenericAlias>()->origin, args, nargs, kwnames));
  if (!set_attr(r, names.dunder_orig_class, self)) {
    if (!pending_matches(exc.AttributeError) && !pending_matches(exc.TypeError)) return nullptr;
    clear_pending();
  }
  return r;
}
constexpr const char* kOwnAttributes[] = {"__class__",      "__origin__",       "__args__",      "__unpacked__",        "__parameters__",
                                          "__typing_unpacked_tuple_args__", "__mro_entries__", "__reduce_ex__", "__reduce__", "__copy__", "__deepcopy__"};
Value alias_getattr(Value self, Str* name) {
  bool own = false;
  for (const char* n : kOwnAttributes) own = own || str_equals(name, n);
  if (own) return generic_getattr(self, name);
  return get_attr(self.as<GenericAlias>()->origin, name);
}
Value alias_compare(Value a, Value b, CompareOp op) {
  if ((op != kEq && op != kNe) || !is_instance(a, types.generic_alias) || !is_instance(b, types.generic_alias)) return Value::not_implemented();
  auto *x = a.as<GenericAlias>(), *y = b.as<GenericAlias>();
  int r = x->starred == y->starred;
  if (r) r = compare_bool(x->origin, y->origin, kEq);
  if (r > 0) r = compare_bool(x->args, y->args, kEq);
  return r < 0 ? Value() : Value::from_bool(r == (op == kEq));
}
int64_t alias_hash(Value self) {
  int64_t h0 = hash(self.as<GenericAlias>()->origin);
  if (h0 == -1) return -1;
  int64_t h1 = hash(self.as<GenericAlias>()->args);
  if (h1 == -1) return -1;
  int64_t h = h0 ^ h1;
  return h == -1 ? -2 : h;
}
Value alias_or(Value a, Value b) { return new_union(a, b); }
Value alias_iter(Value self) {
  auto* a = self.as<GenericAlias>();
  Value starred = TRY(new_generic_alias(a->origin, a->args));
  starred.as<GenericAlias>()->starred = true;
  return get_iter(make_tuple(starred));
}
Value alias_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (kwnames && kwnames->size) return raise(exc.TypeError, "GenericAlias() takes no keyword arguments");
  if (nargs != 2) return raisef(exc.TypeError, "GenericAlias expected 2 arguments, got %u", nargs);
  auto* a = allocate_instance_of<GenericAlias>(cls);
  if (!a) return nullptr;
  a->origin = args[0];
  a->args = is_tuple(args[1]) ? args[1].as<Tuple>() : make_tuple(args[1]);
  return a;
}
Value get_origin(Value v) { return v.as<GenericAlias>()->origin; }
Value get_args(Value v) { return v.as<GenericAlias>()->args; }
Value get_parameters(Value v) { return alias_parameters(v.as<GenericAlias>()); }
Value get_unpacked(Value v) { return Value::from_bool(v.as<GenericAlias>()->starred); }
Value get_unpacked_args(Value v) {
  auto* a = v.as<GenericAlias>();
  return a->starred && a->origin == Value(types.tuple) ? Value(a->args) : Value::none();
}
Value alias_mro_entries(Value* a) { return make_tuple(a[0].as<GenericAlias>()->origin); }
Value alias_instancecheck(Value*) { return raise(exc.TypeError, "isinstance() argument 2 cannot be a parameterized generic"); }
Value alias_subclasscheck(Value*) { return raise(exc.TypeError, "issubclass() argument 2 cannot be a parameterized generic"); }
Value alias_reduce(Value* v) {
  auto* a = v[0].as<GenericAlias>();
  if (a->starred) {
    Value next_fn = TRY(builtin_function("next"));
    Value it = TRY(alias_iter(new_generic_alias(a->origin, a->args)));
    return make_tuple(next_fn, make_tuple(it));
  }
  return make_tuple(Value(types.generic_alias), make_tuple(a->origin, Value(a->args)));
}
Value alias_dir(Value* v) {
  Value d = TRY(dir(v[0].as<GenericAlias>()->origin));
  for (const char* n : kOwnAttributes) {
    Value s = intern(n);
    int r = contains(d, s);
    if (r < 0 || (!r && !list_append(d.as<List>(), s))) return nullptr;
  }
  return d;
}
constexpr MethodDef kAliasMethods[] = {{"__mro_entries__", "!($self, bases, /)", alias_mro_entries},
                                       {"__instancecheck__", "!($self, instance, /)", alias_instancecheck},
                                       {"__subclasscheck__", "!($self, cls, /)", alias_subclasscheck},
                                       {"__reduce__", "!($self, /)", alias_reduce},
                                       {"__dir__", "!($self, /)", alias_dir},
                                       {}};
constexpr GetSetDef kAliasGetSet[] = {{"__origin__", get_origin},     {"__args__", get_args},
                                      {"__parameters__", get_parameters}, {"__unpacked__", get_unpacked},
                                      {"__typing_unpacked_tuple_args__", get_unpacked_args}, {}};
const ClassSpec kAliasSpec = {.name = "types.GenericAlias",
                              .basicsize = sizeof(GenericAlias),
                              .flags = kClassBaseType | kClassHasWeakref,
                              .trace = trace_alias,
                              .doc = "GenericAlias(origin, args, /)\n--\n\nRepresent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ "
                                     "is (int,).",
                              .slots = {.repr = alias_repr,
                                        .hash = alias_hash,
                                        .call = alias_call,
                                        .getattr = alias_getattr,
                                        .compare = alias_compare,
                                        .iter = alias_iter,
                                        .getitem = alias_getitem,
                                        .binary = {nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, alias_or},
                                        .new_ = alias_new},
                              .methods = kAliasMethods,
                              .getset = kAliasGetSet};

// Union

bool is_unionable(Value v) {
  return v.is_none() || class_of(v)->has(kSubType) || is_instance(v, types.generic_alias) || is_exact(v, types.union_type);
}
Value union_repr(Value self) {
  Tuple* args = self.as<UnionType>()->args;
  StrBuilder out;
  for (uint64_t i = 0; i < args->size; ++i) {
    if (i) out.append_ascii(" | ");
    if (!append_type_repr(out, args->items[i])) return nullptr;
  }
  return out.finish();
}
Value union_compare(Value a, Value b, CompareOp op) {
  if ((op != kEq && op != kNe) || !is_exact(b, types.union_type)) return Value::not_implemented();
  Value x = TRY(new_frozenset(a.as<UnionType>()->args)), y = TRY(new_frozenset(b.as<UnionType>()->args));
  return compare(x, y, op);
}
int64_t union_hash(Value self) {
  Set* s = new_frozenset(self.as<UnionType>()->args);
  return s ? hash(s) : -1;
}
Value union_or(Value a, Value b) { return new_union(a, b); }
Tuple* union_parameters(UnionType* u) {
  if (!u->parameters) {
    u->parameters = TRY(collect_parameters(u->args));
    write_barrier(u);
  }
  return u->parameters;
}
Value union_getitem(Value self, Value item) {
  auto* u = self.as<UnionType>();
  Tuple* parameters = TRY(union_parameters(u));
  Tuple* args = TRY(substitute(self, u->args, parameters, item));
  Value r = args->items[0];
  for (uint64_t i = 1; i < args->size; ++i) r = TRY(binary_op(kOr, r, args->items[i]));
  return r;
}
Value get_union_args(Value v) { return v.as<UnionType>()->args; }
Value get_union_parameters(Value v) { return union_parameters(v.as<UnionType>()); }
Value union_check(Value* a, int (*check)(Value, Value)) {
  Tuple* args = a[0].as<UnionType>()->args;
  for (uint64_t i = 0; i < args->size; ++i) {
    int r = check(a[1], args->items[i]);
    if (r) return r < 0 ? Value() : Value::from_bool(true);
  }
  return Value::from_bool(false);
}
Value union_instancecheck(Value* a) { return union_check(a, is_instance_of); }
Value union_subclasscheck(Value* a) {
  if (!class_of(a[1])->has(kSubType)) return raise(exc.TypeError, "issubclass() arg 1 must be a class");
  return union_check(a, is_subclass_of);
}
constexpr MethodDef kUnionMethods[] = {{"__instancecheck__", "!($self, instance, /)", union_instancecheck},
                                       {"__subclasscheck__", "!($self, cls, /)", union_subclasscheck}, {}};
constexpr GetSetDef kUnionGetSet[] = {{"__args__", get_union_args}, {"__parameters__", get_union_parameters}, {}};
const ClassSpec kUnionSpec = {.name = "types.UnionType",
                              .basicsize = sizeof(UnionType),
                              .flags = kClassNoInstantiation,
                              .trace = trace_union,
                              .doc = "Represent a PEP 604 union type\n\nE.g. for int | str",
                              .slots = {.repr = union_repr,
                                        .hash = union_hash,
                                        .compare = union_compare,
                                        .getitem = union_getitem,
                                        .binary = {nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, union_or}},
                              .methods = kUnionMethods,
                              .getset = kUnionGetSet};

}  // namespace

Value new_generic_alias(Value origin, Value args) {
  auto* a = allocate_instance_of<GenericAlias>(types.generic_alias);
  if (!a) return nullptr;
  a->origin = origin;
  a->args = is_tuple(args) ? args.as<Tuple>() : make_tuple(args);
  return a;
}

Value new_union(Value a, Value b) {
  if (!is_unionable(a) || !is_unionable(b)) return Value::not_implemented();
  List* list = TRY(new_list());
  for (Value v : {a, b}) {
    Tuple* parts = is_exact(v, types.union_type) ? v.as<UnionType>()->args : make_tuple(v.is_none() ? Value(types.none_type) : v);
    for (uint64_t i = 0; i < parts->size; ++i) {
      int known = 0;
      for (uint64_t j = 0; j < list->size && !known; ++j) {
        bool aliases = is_instance(parts->items[i], types.generic_alias) && is_instance(list->items()[j], types.generic_alias);
        known = aliases ? compare_bool(list->items()[j], parts->items[i], kEq) : list->items()[j] == parts->items[i];
      }
      if (known < 0 || (!known && !list_append(list, parts->items[i]))) return nullptr;
    }
  }
  if (list->size == 1) return list->items()[0];
  auto* u = allocate_instance_of<UnionType>(types.union_type);
  if (!u) return nullptr;
  u->args = new_tuple(list->items(), list->size);
  return u;
}

void init_generic_alias_types() {
  types.generic_alias = new_builtin_class(kAliasSpec);
  types.union_type = new_builtin_class(kUnionSpec);
}

}  // namespace pyjit::runtime
