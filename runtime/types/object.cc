// object: the root class: attribute access by the descriptor protocol, construction checks, pickling support.
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/slots.h"
#include "runtime/types/containers.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

std::nullptr_t raise_no_attribute(Value object, Str* name) {
  std::string attribute = to_utf8(name);
  Str* message;
  if (class_of(object)->has(kSubType)) {
    message = new_strf("type object '%.50s' has no attribute '%s'", to_utf8(object.as<Class>()->name).c_str(), attribute.c_str());
  } else {
    message = new_strf("'%.50s' object has no attribute '%s'", type_name(object), attribute.c_str());
  }
  return raise_attribute_error(message, object, name);
}

// Instance attribute without class lookup; instances only (ints, None ... have none).
static Value own_attr(Value self, Class* cls, Str* name) {
  if (!cls->has(kClassHasDict) || !self.is_object()) return nullptr;
  return instance_get_attr(self.as_object(), name);
}

Value generic_getattr_quiet(Value self, Str* name) {
  if (!name->interned()) {
    if (Str* known = find_interned(name)) name = known;
  }
  Class* cls = class_of(self);
  Value descr = class_lookup(cls, name);
  auto get = descr ? class_of(descr)->slots.descr_get : nullptr;
  if (get && class_of(descr)->slots.descr_set) {
    Value r = get(descr, self, cls);
    if (!r && pending_matches(exc.AttributeError)) clear_pending();
    return r;
  }
  if (Value v = own_attr(self, cls, name)) return v;
  if (error_pending()) return nullptr;
  if (get) {
    Value r = get(descr, self, cls);
    if (!r && pending_matches(exc.AttributeError)) clear_pending();
    return r;
  }
  return descr;
}

Value generic_getattr(Value self, Str* name) {
  if (!name->interned()) {
    if (Str* known = find_interned(name)) name = known;
  }
  Class* cls = class_of(self);
  Value descr = class_lookup(cls, name);
  auto get = descr ? class_of(descr)->slots.descr_get : nullptr;
  if (get && class_of(descr)->slots.descr_set) return get(descr, self, cls);
  if (Value v = own_attr(self, cls, name)) return v;
  if (error_pending()) return nullptr;
  if (get) return get(descr, self, cls);
  if (descr) return descr;
  return raise_no_attribute(self, name);
}

bool generic_setattr(Value self, Str* name, Value value) {
  if (!name->interned()) name = intern(name);
  Class* cls = class_of(self);
  Value descr = class_lookup(cls, name);
  if (descr) {
    if (auto set = class_of(descr)->slots.descr_set) return set(descr, self, value);
  }
  if (cls->has(kClassHasDict) && self.is_object()) {
    if (instance_set_attr(self.as_object(), name, value)) return true;
    if (!error_pending()) raise_no_attribute(self, name);
    return false;
  }
  if (!descr) {
    raise_no_attribute(self, name);
  } else {
    std::string attribute = to_utf8(name);
    raise_attribute_error(new_strf("'%.50s' object attribute '%s' is read-only", type_name(self), attribute.c_str()), self, name);
  }
  return false;
}

namespace {

bool excess_args(uint32_t nargs, Tuple* kwnames) { return nargs || (kwnames && kwnames->size); }

Value object_new_slot(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames);
bool object_init_slot(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!excess_args(nargs, kwnames)) return true;
  Class* cls = class_of(self);
  if (cls->slots.init != object_init_slot) {
    raise(exc.TypeError, "object.__init__() takes exactly one argument (the instance to initialize)");
    return false;
  }
  if (cls->slots.new_ == object_new_slot) {
    raisef(exc.TypeError, "%.200s.__init__() takes exactly one argument (the instance to initialize)", type_name(self));
    return false;
  }
  return true;
}

Value object_new_slot(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (excess_args(nargs, kwnames)) {
    if (cls->slots.new_ != object_new_slot) {
      return raise(exc.TypeError, "object.__new__() takes exactly one argument (the type to instantiate)");
    }
    if (cls->slots.init == object_init_slot) return raisef(exc.TypeError, "%.200s() takes no arguments", to_utf8(cls->name).c_str());
  }
  if (cls->has(kClassAbstract)) {
    Value abstract = dict_get_str(cls->dict, names.dunder_abstractmethods);
    List* sorted = TRY(to_list(abstract ? abstract : Value(empty_tuple())));
    if (!list_sort(sorted, nullptr, false)) return nullptr;
    Str* joined = TRY(str_join(intern(", "), sorted));
    return raisef(exc.TypeError, "Can't instantiate abstract class %s with abstract method%s %s", to_utf8(cls->name).c_str(),
                  sorted->size > 1 ? "s" : "", to_utf8(joined).c_str());
  }
  return allocate_instance(cls);
}

Value object_repr(Value self) {
  Class* cls = class_of(self);
  Value module = get_attr_or_null(cls, names.dunder_module);
  if (!module && error_pending()) clear_pending();
  Str* qualname = cls->qualname ? cls->qualname : cls->name;
  void* address = reinterpret_cast<void*>(self.bits());
  if (module && is_str(module) && !str_equals(module.as<Str>(), "builtins")) {
    return new_strf("<%s.%s object at %p>", to_utf8(module.as<Str>()).c_str(), to_utf8(qualname).c_str(), address);
  }
  return new_strf("<%s object at %p>", to_utf8(cls->name).c_str(), address);
}
Value object_str(Value self) {
  RecursionGuard guard(" while getting the repr of an object");   // __repr__ = __str__ in a class would never end
  return guard.ok() ? class_of(self)->slots.repr(self) : Value();
}

Value object_compare(Value a, Value b, CompareOp op) {
  if (op == kEq) return a == b ? Value::from_bool(true) : Value::not_implemented();
  if (op != kNe) return Value::not_implemented();
  auto f = class_of(a)->slots.compare;
  if (!f) return Value::not_implemented();
  Value r = TRY(f(a, b, kEq));
  if (r.is_not_implemented()) return r;
  int t = is_true(r);
  return t < 0 ? Value() : Value::from_bool(!t);
}

Value object_format(Value* args) {
  if (!is_str(args[1])) return raisef(exc.TypeError, "__format__() argument must be str, not %.50s", type_name(args[1]));
  if (args[1].as<Str>()->length) {
    return raisef(exc.TypeError, "unsupported format string passed to %.200s.__format__", type_name(args[0]));
  }
  return str(args[0]);
}

Value object_sizeof(Value* args) {
  if (!args[0].is_object()) return new_int(24);
  return new_int(static_cast<int64_t>(heap.cell_size(args[0].as_object())));
}

Value object_init_subclass(Value*) { return Value::none(); }
Value object_subclasshook(Value*) { return Value::not_implemented(); }

Value get_class(Value self) { return class_of(self); }

bool set_class(Value self, Value value) {
  if (!value) return raise(exc.TypeError, "can't delete __class__ attribute"), false;
  if (!class_of(value)->has(kSubType)) {
    raisef(exc.TypeError, "__class__ must be set to a class, not '%s' object", type_name(value));
    return false;
  }
  return assign_class(self, value.as<Class>());
}

// __dir__: names of the instance, its class and all bases.
Value object_dir(Value* args) {
  Value self = args[0];
  Dict* all = TRY(new_dict());
  Value d = get_attr_or_null(self, names.dunder_dict);
  if (!d && error_pending()) return nullptr;
  if (d && is_dict(d) && !dict_update(all, d)) return nullptr;
  Value cls = get_attr_or_null(self, names.dunder_class);
  if (!cls && error_pending()) return nullptr;
  if (cls && !merge_class_names(all, cls)) return nullptr;
  return to_list(all);
}

// Pickling: copyreg's protocol 0/1 function, or protocol 2's (copyreg.__newobj__, args, state, items, pairs).

Value copyreg_attr(const char* name) {
  Value m = TRY(import_module("copyreg"));
  return get_attr(m, intern(name));
}

Value default_getstate(Value self, bool required) {
  Class* cls = class_of(self);
  if (required && cls->itemsize) return raisef(exc.TypeError, "cannot pickle %.200s objects", to_utf8(cls->name).c_str());
  Value state = Value::none();
  bool attributes = false;
  if (cls->has(kClassHasDict) && self.is_object()) {
    Object* o = self.as_object();
    if (o->shape()->dict_mode) {
      state = instance_dict(o);
      attributes = true;
    } else {
      // A copy: making the live __dict__ would push the object into dict mode.
      Shape* s = o->shape();
      std::vector<Str*> keys(s->slot_count);
      s->keys(keys.data());
      Dict* d = TRY(new_dict());
      for (Str* k : keys) {
        if (!dict_set_str(d, k, instance_get_attr(o, k))) return nullptr;
      }
      state = d;
      attributes = true;
    }
  }
  if (attributes && !state.as<Dict>()->size) state = Value::none();
  Value slot_names = TRY(call1(TRY(copyreg_attr("_slotnames")), cls));
  if (required) {
    uint32_t expected = types.object->basicsize;
    Class* c = cls;
    while (c->has(kClassHeap)) c = c->base;
    bool native_state = c->basicsize > expected;
    if (native_state) return raisef(exc.TypeError, "cannot pickle '%.200s' object", to_utf8(cls->name).c_str());
  }
  if (is_list(slot_names) && slot_names.as<List>()->size) {
    List* list = slot_names.as<List>();
    Dict* slots = TRY(new_dict());
    for (uint64_t i = 0; i < list->size; ++i) {
      Value v = get_attr_or_null(self, list->items()[i].as<Str>());
      if (v) {
        if (!dict_set(slots, list->items()[i], v)) return nullptr;
      } else if (error_pending()) {
        return nullptr;
      }
    }
    if (slots->size) return make_tuple(state, Value(slots));
  }
  return state;
}

Value object_getstate(Value* args) { return default_getstate(args[0], false); }

Value get_state(Value self, bool required) {
  Value f = TRY(get_attr(self, names.dunder_getstate));
  // object's own implementation can be told that there is no other way to rebuild the object.
  if (is_exact(f, types.builtin_function) && f.as<NativeFunction>()->self == self &&
      f.as<NativeFunction>()->def->fn == object_getstate) {
    return default_getstate(self, required);
  }
  return call0(f);
}

Value reduce_newobj(Value self) {
  Class* cls = class_of(self);
  if (!cls->slots.new_ || cls->has(kClassNoInstantiation)) return raisef(exc.TypeError, "cannot pickle '%.200s' object", to_utf8(cls->name).c_str());
  Tuple* args = nullptr;
  Value kwargs;
  Value getnewargs_ex = get_attr_or_null(self, names.dunder_getnewargs_ex);
  if (!getnewargs_ex && error_pending()) return nullptr;
  bool has_args = false;
  if (getnewargs_ex) {
    Value r = TRY(call0(getnewargs_ex));
    if (!is_tuple(r)) return raisef(exc.TypeError, "__getnewargs_ex__ should return a tuple, not '%.200s'", type_name(r));
    Tuple* t = r.as<Tuple>();
    if (t->size != 2) return raisef(exc.ValueError, "__getnewargs_ex__ should return a tuple of length 2, not %zd", static_cast<ssize_t>(t->size));
    if (!is_tuple(t->items[0])) {
      return raisef(exc.TypeError, "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '%.200s'", type_name(t->items[0]));
    }
    if (!is_dict(t->items[1])) {
      return raisef(exc.TypeError, "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '%.200s'", type_name(t->items[1]));
    }
    args = t->items[0].as<Tuple>();
    kwargs = t->items[1];
    has_args = true;
  } else {
    Value getnewargs = get_attr_or_null(self, names.dunder_getnewargs);
    if (!getnewargs && error_pending()) return nullptr;
    if (getnewargs) {
      Value r = TRY(call0(getnewargs));
      if (!is_tuple(r)) return raisef(exc.TypeError, "__getnewargs__ should return a tuple, not '%.200s'", type_name(r));
      args = r.as<Tuple>();
      has_args = true;
    }
  }
  if (!args) args = empty_tuple();
  Value newobj, newargs;
  if (kwargs && kwargs.as<Dict>()->size) {
    newobj = TRY(copyreg_attr("__newobj_ex__"));
    newargs = make_tuple(Value(cls), Value(args), kwargs);
  } else {
    newobj = TRY(copyreg_attr("__newobj__"));
    Tuple* t = TRY(new_tuple_null(args->size + 1));
    t->items[0] = cls;
    memcpy(t->items + 1, args->items, args->size * sizeof(Value));
    newargs = t;
  }
  bool list_like = cls->has(kSubList), dict_like = cls->has(kSubDict);
  Value state = TRY(get_state(self, !has_args && !list_like && !dict_like));
  Value list_items = Value::none(), dict_items = Value::none();
  if (list_like) list_items = TRY(get_iter(self));
  if (dict_like) dict_items = TRY(get_iter(TRY(call_method0(self, names.items))));
  return make_tuple(newobj, newargs, state, list_items, dict_items);
}

Value common_reduce(Value self, int64_t protocol) {
  if (protocol >= 2) return reduce_newobj(self);
  return call2(TRY(copyreg_attr("_reduce_ex")), self, Value::from_int(protocol));
}

Value object_reduce(Value* args) { return common_reduce(args[0], 0); }

Value object_reduce_ex(Value* args) {
  int64_t protocol;
  if (!to_int64(args[1], &protocol)) return nullptr;
  Value self = args[0];
  Value reduce = get_attr_or_null(self, names.dunder_reduce);
  if (!reduce && error_pending()) return nullptr;
  if (reduce) {
    Value of_class = TRY(get_attr(class_of(self), names.dunder_reduce));
    Value of_object = dict_get_str(types.object->dict, names.dunder_reduce);
    if (!(of_class == of_object)) return call0(reduce);
  }
  return common_reduce(self, protocol);
}

constexpr MethodDef kMethods[] = {
    {"__reduce_ex__", "($self, protocol, /)", object_reduce_ex, Effects::kCallsPython, MethodKind::kMethod, "Helper for pickle."},
    {"__reduce__", "($self, /)", object_reduce, Effects::kCallsPython, MethodKind::kMethod, "Helper for pickle."},
    {"__getstate__", "($self, /)", object_getstate, Effects::kCallsPython, MethodKind::kMethod, "Helper for pickle."},
    {"__subclasshook__", "!($type, *args)", object_subclasshook, Effects::kPure, MethodKind::kClassMethod,
     "Abstract classes can override this to customize issubclass().\n\nThis is invoked early on by abc.ABCMeta.__subclasscheck__().\n"
     "It should return True, False or NotImplemented.  If it returns\nNotImplemented, the normal algorithm is used.  Otherwise, it\n"
     "overrides the normal algorithm (and the outcome is cached).\n"},
    {"__init_subclass__", "!($type, /)", object_init_subclass, Effects::kPure, MethodKind::kClassMethod,
     "This method is called when a class is subclassed.\n\nThe default implementation does nothing. It may be\noverridden to extend subclasses.\n"},
    {"__format__", "($self, format_spec, /)", object_format, Effects::kCallsPython, MethodKind::kMethod, "Default object formatter."},
    {"__sizeof__", "($self, /)", object_sizeof, Effects::kReads, MethodKind::kMethod, "Size of object in memory, in bytes."},
    {"__dir__", "($self, /)", object_dir, Effects::kCallsPython, MethodKind::kMethod, "Default dir() implementation."},
    {}};
constexpr GetSetDef kGetSet[] = {{"__class__", get_class, set_class, "the object's class"}, {}};

const ClassSpec kObjectSpec = {.name = "object",
                               .base = nullptr,
                               .flags = kClassBaseType,
                               .doc = "object()\n--\n\nThe base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new "
                                      "featureless\ninstance that has no instance attributes and cannot be given any.\n",
                               .slots = {.repr = object_repr,
                                         .str = object_str,
                                         .hash = hash_by_identity,
                                         .getattr = generic_getattr,
                                         .setattr = generic_setattr,
                                         .compare = object_compare,
                                         .new_ = object_new_slot,
                                         .init = object_init_slot},
                               .methods = kMethods,
                               .getset = kGetSet};

}  // namespace

bool assign_class(Value self, Class* to) {
  Class* from = class_of(self);
  auto module_like = [](Class* c) { return is_subclass(c, types.module); };
  if (!(module_like(to) && module_like(from)) && (!from->has(kClassHeap) || !to->has(kClassHeap))) {
    raise(exc.TypeError, "__class__ assignment only supported for mutable types or ModuleType subclasses");
    return false;
  }
  bool compatible = from->basicsize == to->basicsize && from->itemsize == to->itemsize && from->has(kClassHasDict) == to->has(kClassHasDict);
  Class *a = from, *b = to;
  while (compatible && a->has(kClassHeap)) a = a->base;
  while (compatible && b->has(kClassHeap)) b = b->base;
  if (!compatible || a != b || !same_members(from, to)) {
    std::string to_name = to_utf8(to->name);
    raisef(exc.TypeError, "__class__ assignment: '%s' object layout differs from '%s'", to_name.c_str(), to_utf8(from->name).c_str());
    return false;
  }
  Object* o = self.as_object();
  Shape* old = o->shape();
  if (!from->has(kClassHasDict)) {
    o->set_shape(to->root_shape);
    return true;
  }
  if (old->dict_mode) {
    o->set_shape(to->root_shape->to_dict_mode());
  } else if (old->inline_capacity == to->root_shape->inline_capacity && old->attrs_offset == to->root_shape->attrs_offset) {
    std::vector<Str*> keys(old->slot_count);
    old->keys(keys.data());
    Shape* s = to->root_shape;
    for (Str* k : keys) s = s->add(k);
    o->set_shape(s);
  } else {
    // Different inline capacities: through a Dict, which every shape of the layout can hold.
    Dict* d = instance_dict(o);
    Shape* target = Shape::new_root(to, old->attrs_offset, old->inline_capacity, old->trace_kind, old->attrs_at_end);
    target->members_begin = old->members_begin;
    target->members_end = old->members_end;
    o->set_shape(target->to_dict_mode());
    *attrs_overflow(o) = d;
  }
  write_barrier(o);
  if (to->slots.del && !(o->flags & (kHasFinalizer | kFinalized))) heap.register_finalizable(o);
  return true;
}

bool merge_class_names(Dict* all, Value cls) {
  Value d = get_attr_or_null(cls, names.dunder_dict);
  if (!d && error_pending()) return false;
  if (d && !dict_update(all, d)) return false;
  Value bases = get_attr_or_null(cls, names.dunder_bases);
  if (!bases) return !error_pending();
  if (!is_tuple(bases)) return true;
  for (uint64_t i = 0; i < bases.as<Tuple>()->size; ++i) {
    if (!merge_class_names(all, bases.as<Tuple>()->items[i])) return false;
  }
  return true;
}

bool uses_object_new(Class* cls) { return cls->slots.new_ == object_new_slot; }
bool uses_object_init(Class* cls) { return cls->slots.init == object_init_slot; }

void init_object_type() { types.object = new_builtin_class(kObjectSpec); }

}  // namespace pyjit::runtime
