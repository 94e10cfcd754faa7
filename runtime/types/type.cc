// type: class creation (layout, __slots__, MRO, hooks), instantiation, and the attributes of classes.
#include "runtime/codecs.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/slots.h"
#include "runtime/types/bytes.h"
#include "runtime/types/containers.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/frame.h"
#include "runtime/types/function.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

namespace {

std::string class_name(const Class* c) { return to_utf8(c->name); }

bool has_null_character(const Str* s) {
  for (uint64_t i = 0; i < s->length; ++i) {
    if (s->at(i) == 0) return true;
  }
  return false;
}

// The class whose native or __slots__ layout `c` has: what decides whether two bases can be combined.
Class* solid_base(Class* c) {
  while (c->base && c->has(kClassHeap) && c->basicsize == c->base->basicsize && c->itemsize == c->base->itemsize) c = c->base;
  while (c->base && !c->has(kClassHeap) && c->basicsize == c->base->basicsize && c->itemsize == c->base->itemsize &&
         c->slots.new_ == c->base->slots.new_) {
    c = c->base;
  }
  return c;
}

Class* best_base(Tuple* bases) {
  Class *winner = nullptr, *result = nullptr;
  for (uint64_t i = 0; i < bases->size; ++i) {
    if (!class_of(bases->items[i])->has(kSubType)) return raise(exc.TypeError, "bases must be types");
    Class* c = bases->items[i].as<Class>();
    if (!c->has(kClassBaseType)) return raisef(exc.TypeError, "type '%.100s' is not an acceptable base type", class_name(c).c_str());
    Class* candidate = solid_base(c);
    if (!winner || is_subclass(candidate, winner)) {
      if (!winner || candidate != winner) result = c;
      winner = candidate;
    } else if (!is_subclass(winner, candidate)) {
      return raise(exc.TypeError, "multiple bases have instance lay-out conflict");
    }
  }
  return result;
}

// Distinct names stored by STORE_ATTR in __init__: how many inline slots an instance will probably need.
uint16_t predicted_attributes(Dict* ns, Class* base) {
  constexpr uint8_t kStoreAttr = 95;
  size_t count = 0;
  Value init = dict_get_str(ns, names.dunder_init);
  if (init && is_exact(init, types.function)) {
    Bytes* code = init.as<Function>()->code->code;
    std::vector<bool> seen(256);
    for (size_t i = 0; i + 1 < code->size; i += 2) {
      if (static_cast<uint8_t>(code->data[i]) != kStoreAttr) continue;
      uint8_t name = static_cast<uint8_t>(code->data[i + 1]);
      if (!seen[name]) seen[name] = true, ++count;
    }
    if (base->root_shape->attrs_offset) count = std::max<size_t>(count, base->inline_capacity);
  } else {
    count = std::max<size_t>(base->inline_capacity, init ? 2 : 3);
  }
  return static_cast<uint16_t>(std::min<size_t>(count, 30));
}

Str* mangle(Str* cls_name, Str* name) {
  std::string c = to_utf8(cls_name), n = to_utf8(name);
  if (n.substr(0, 2) != "__" || n.ends_with("__") || n.find('.') != std::string::npos) return name;
  size_t first = c.find_first_not_of('_');
  return first == std::string::npos ? name : intern("_" + c.substr(first) + n);
}

Value get_instance_dict(Value self) { return instance_dict(self.as_object()); }
bool set_instance_dict(Value self, Value value) {
  if (!value) return instance_set_dict(self.as_object(), nullptr);
  if (!is_dict(value)) return raisef(exc.TypeError, "__dict__ must be set to a dictionary, not a '%.200s'", type_name(value)), false;
  return instance_set_dict(self.as_object(), value.as<Dict>());
}
constexpr GetSetDef kDictGetSet = {"__dict__", get_instance_dict, set_instance_dict, "dictionary for instance variables (if defined)"};
Value get_instance_weakref(Value self) { return first_weakref(self.as_object()); }
constexpr GetSetDef kWeakrefGetSet = {"__weakref__", get_instance_weakref, nullptr, "list of weak references to the object (if defined)"};

struct SlotsPlan {
  std::vector<Str*> members;
  bool declared = false, add_dict = false, add_weakref = false;
};

bool plan_slots(Dict* ns, Class* base, Str* cls_name, SlotsPlan* plan) {
  bool may_dict = !base->has(kClassHasDict), may_weakref = !base->has(kClassHasWeakref);
  Value slots = dict_get_str(ns, names.dunder_slots);
  if (!slots) {
    plan->add_dict = may_dict;
    plan->add_weakref = may_weakref && !base->itemsize;
    return true;
  }
  plan->declared = true;
  Tuple* tuple = is_str(slots) ? make_tuple(slots) : TRY(to_tuple(slots));
  if (tuple->size && (base->itemsize || base->has(kSubInt))) {
    raisef(exc.TypeError, "nonempty __slots__ not supported for subtype of '%s'", class_name(base).c_str());
    return false;
  }
  for (uint64_t i = 0; i < tuple->size; ++i) {
    if (!is_str(tuple->items[i])) return raisef(exc.TypeError, "__slots__ items must be strings, not '%.200s'", type_name(tuple->items[i])), false;
    Str* name = tuple->items[i].as<Str>();
    if (!str_is_identifier(name)) return raise(exc.TypeError, "__slots__ must be identifiers"), false;
    if (str_equal(name, names.dunder_dict)) {
      if (!may_dict || plan->add_dict) return raise(exc.TypeError, "__dict__ slot disallowed: we already got one"), false;
      plan->add_dict = true;
      continue;
    }
    if (str_equal(name, names.dunder_weakref)) {
      if (!may_weakref || plan->add_weakref) {
        return raise(exc.TypeError, "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0"), false;
      }
      plan->add_weakref = true;
      continue;
    }
    Str* mangled = mangle(cls_name, intern(name));
    if (dict_get_str(ns, mangled) && !str_equal(name, names.dunder_qualname) && !str_equal(name, names.dunder_classcell)) {
      return raisef(exc.ValueError, "%s in __slots__ conflicts with class variable", to_utf8(repr_str(name)).c_str()), false;
    }
    plan->members.push_back(mangled);
  }
  std::sort(plan->members.begin(), plan->members.end(), [](Str* a, Str* b) { return str_compare(a, b) < 0; });
  // A secondary base may bring the dict or weakref support that __slots__ left out.
  return true;
}

bool call_set_names(Class* cls) {
  Dict* copy = TRY(dict_copy(cls->dict));
  uint64_t position = 0;
  Value key, value;
  while (dict_next(copy, &position, &key, &value)) {
    bool found;
    Value args[] = {cls, key};
    if (!class_lookup(class_of(value), names.dunder_set_name)) continue;
    Value r = call_dunder(value, names.dunder_set_name, args, 2, &found);
    if (r) continue;
    Value cause = take_pending();
    std::string owner = class_name(cls);
    raisef(exc.RuntimeError, "Error calling __set_name__ on '%.100s' instance %s in '%.100s'", type_name(value),
           to_utf8(TRY(repr(key))).c_str(), owner.c_str());
    set_pending_cause(cause);
    return false;
  }
  return true;
}

bool call_init_subclass(Class* cls, Value* kwargs, Tuple* kwnames) {
  Value super = TRY(new_super(cls, cls));
  Value f = TRY(get_attr(super, names.dunder_init_subclass));
  return bool(call(f, kwargs, 0, kwnames));
}

}  // namespace

bool same_members(Class* a, Class* b) {
  if (a->basicsize != b->basicsize) return false;
  auto members_of = [](Class* c) {
    std::vector<Str*> found;
    for (uint64_t i = 0; i < c->mro->size; ++i) {
      uint64_t position = 0;
      Value key, value;
      while (dict_next(c->mro->items[i].as<Class>()->dict, &position, &key, &value)) {
        if (is_exact(value, types.member_descriptor) && !value.as<MemberDescriptor>()->getset) found.push_back(value.as<MemberDescriptor>()->name);
      }
    }
    std::sort(found.begin(), found.end());
    return found;
  };
  return members_of(a) == members_of(b);
}

Class* most_derived_metaclass(Class* metaclass, Tuple* bases) {
  Class* winner = metaclass;
  for (uint64_t i = 0; i < bases->size; ++i) {
    Class* m = class_of(bases->items[i]);
    if (is_subclass(winner, m)) continue;
    if (is_subclass(m, winner)) {
      winner = m;
      continue;
    }
    return raise(exc.TypeError,
                 "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases");
  }
  return winner;
}

Class* new_class(Class* metaclass, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (nargs != 3) return raisef(exc.TypeError, "type.__new__() takes exactly 3 arguments (%u given)", nargs);
  if (!is_str(args[0])) return raisef(exc.TypeError, "type.__new__() argument 1 must be str, not %.50s", type_name(args[0]));
  if (!is_tuple(args[1])) return raisef(exc.TypeError, "type.__new__() argument 2 must be tuple, not %.50s", type_name(args[1]));
  if (!is_dict(args[2])) return raisef(exc.TypeError, "type.__new__() argument 3 must be dict, not %.50s", type_name(args[2]));
  Str* name = args[0].as<Str>();
  Tuple* bases = args[1].as<Tuple>();
  for (uint64_t i = 0; i < bases->size; ++i) {
    if (class_of(bases->items[i])->has(kSubType)) continue;
    if (get_attr_or_null(bases->items[i], names.dunder_mro_entries)) {
      return raise(exc.TypeError, "type() doesn't support MRO entry resolution; use types.new_class()");
    }
    if (error_pending()) return nullptr;
  }
  Class* winner = TRY(most_derived_metaclass(metaclass, bases));
  if (winner != metaclass) {
    if (winner->slots.new_ != metaclass->slots.new_) return reinterpret_cast<Class*>(winner->slots.new_(winner, args, nargs, kwnames).bits());
    metaclass = winner;
  }
  if (!bases->size) bases = make_tuple(Value(types.object));
  Class* base = TRY(best_base(bases));
  Dict* ns = TRY(dict_copy(args[2].as<Dict>()));
  if (has_null_character(name)) return raise(exc.ValueError, "type name must not contain null characters");
  if (!name->is_ascii() && !utf8_encode(name, nullptr)) return nullptr;
  SlotsPlan plan;
  if (!plan_slots(ns, base, name, &plan)) return nullptr;
  if (plan.declared) {
    for (uint64_t i = 0; i < bases->size; ++i) {
      Class* b = bases->items[i].as<Class>();
      if (b->has(kClassHasDict) && !base->has(kClassHasDict)) plan.add_dict = true;
      if (b->has(kClassHasWeakref) && !base->has(kClassHasWeakref)) plan.add_weakref = true;
    }
  }

  Class* cls = allocate_instance_of<Class>(metaclass);
  if (!cls) return nullptr;
  cls->class_flags = kClassHeap | kClassBaseType | kClassReady | (inherited_class_flags(base) & ~(kClassMappingPattern | kClassSequencePattern));
  if (plan.add_dict) cls->class_flags |= kClassHasDict;
  if (plan.add_weakref) cls->class_flags |= kClassHasWeakref;
  cls->name = name;
  cls->qualname = name;
  cls->base = base;
  cls->bases = bases;
  cls->dict = ns;
  cls->trace = base->trace;
  cls->finalize = base->finalize;
  cls->itemsize = base->itemsize;
  cls->version = new_class_version();

  // Layout: [native part of the builtin ancestor][__slots__ members][overflow word][inline attribute slots]
  Shape* base_shape = base->root_shape;
  cls->basicsize = base->basicsize + static_cast<uint32_t>(plan.members.size() * sizeof(Value));
  bool embedded = base_shape->attrs_offset && base_shape->attrs_offset < base->basicsize;   // overflow word inside the native struct
  uint16_t attrs_offset = 0;
  bool at_end = false;
  if (cls->has(kClassHasDict)) {
    if (embedded) {
      attrs_offset = base_shape->attrs_offset;
    } else if (cls->itemsize) {
      at_end = true;
    } else {
      attrs_offset = static_cast<uint16_t>(cls->basicsize);
      cls->inline_capacity = predicted_attributes(ns, base);
    }
  }
  cls->root_shape = Shape::new_root(cls, attrs_offset, embedded ? 0 : cls->inline_capacity, base_shape->trace_kind, at_end);
  Class* builtin = base;
  while (builtin->has(kClassHeap)) builtin = builtin->base;
  if (cls->basicsize > builtin->basicsize) {
    cls->root_shape->members_begin = static_cast<uint16_t>(builtin->basicsize);
    cls->root_shape->members_end = static_cast<uint16_t>(cls->basicsize);
  }

  // Names that the class body supplies or its caller implies.
  if (!dict_get_str(ns, names.dunder_module)) {
    Frame* frame = thread()->frame;
    Value module = frame ? dict_get_str(frame->function->globals, names.dunder_name) : Value();
    if (module && !dict_set_str(ns, names.dunder_module, module)) return nullptr;
  }
  if (Value qualname = dict_get_str(ns, names.dunder_qualname)) {
    if (!is_str(qualname)) return raisef(exc.TypeError, "type __qualname__ must be a str, not %s", type_name(qualname));
    cls->qualname = qualname.as<Str>();
    dict_delete(ns, names.dunder_qualname);
  }
  Value new_fn = dict_get_str(ns, names.dunder_new);
  if (new_fn && is_exact(new_fn, types.function)) dict_set_str(ns, names.dunder_new, new_static_method(new_fn));
  for (Str* hook : {names.dunder_init_subclass, names.dunder_class_getitem}) {
    Value f = dict_get_str(ns, hook);
    if (f && is_exact(f, types.function)) dict_set_str(ns, hook, new_class_method(f));
  }
  uint32_t offset = base->basicsize;
  for (Str* member : plan.members) {
    if (!dict_set_str(ns, member, new_member_descriptor(member, cls, offset))) return nullptr;
    offset += sizeof(Value);
  }
  if (plan.add_dict && !dict_get_str(ns, names.dunder_dict)) dict_set_str(ns, names.dunder_dict, new_getset_descriptor(&kDictGetSet, cls));
  if (plan.add_weakref && !dict_get_str(ns, names.dunder_weakref)) {
    dict_set_str(ns, names.dunder_weakref, new_getset_descriptor(&kWeakrefGetSet, cls));
  }
  Value cell = dict_get_str(ns, names.dunder_classcell);
  if (cell) {
    if (!is_exact(cell, types.cell)) return raisef(exc.TypeError, "__classcell__ must be a nonlocal cell, not <class '%.200s'>", type_name(cell));
    cell.as<Cell>()->value = cls;
    write_barrier(cell.as_object(), cls);
    dict_delete(ns, names.dunder_classcell);
  }
  if (dict_get_str(ns, names.dunder_eq) && !dict_get_str(ns, names.dunder_hash)) dict_set_str(ns, names.dunder_hash, Value::none());
  Value doc = dict_get_str(ns, names.dunder_doc);
  if (!doc) dict_set_str(ns, names.dunder_doc, Value::none());
  else if (is_str(doc) && !doc.as<Str>()->is_ascii() && !utf8_encode(doc.as<Str>(), nullptr)) return nullptr;

  if (metaclass == types.type || class_lookup(metaclass, names.mro) == dict_get_str(types.type->dict, names.mro)) {
    cls->mro = TRY(compute_mro(cls, bases));
  } else {
    cls->mro = make_tuple(Value(cls), Value(types.object));
    Value f = TRY(lookup_special(cls, names.mro));
    Value r = TRY(call0(f));
    Tuple* mro = TRY(to_tuple(r));
    for (uint64_t i = 0; i < mro->size; ++i) {
      if (!class_of(mro->items[i])->has(kSubType)) {
        return raisef(exc.TypeError, "mro() returned a non-class ('%.500s')", type_name(mro->items[i]));
      }
    }
    cls->mro = mro;
    write_barrier(cls);
  }
  for (uint64_t i = 0; i < bases->size; ++i) add_subclass(bases->items[i].as<Class>(), cls);
  for (uint64_t i = 1; i < cls->mro->size; ++i) {   // the nearest ancestor that matches a pattern decides which
    uint32_t patterns = cls->mro->items[i].as<Class>()->class_flags & (kClassMappingPattern | kClassSequencePattern);
    if (!patterns) continue;
    cls->class_flags = (cls->class_flags & ~(kClassMappingPattern | kClassSequencePattern)) | patterns;
    break;
  }
  update_slots(cls);
  if (!call_set_names(cls)) return nullptr;
  Tuple* no_names = kwnames;
  if (!call_init_subclass(cls, args + 3, no_names)) return nullptr;
  return cls;
}

Value slot_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  Value f = TRY(get_attr(cls, names.dunder_new));
  size_t total = nargs + (kwnames ? kwnames->size : 0);
  Value small[16];
  Value* window = small;
  if (total + 1 > 16) window = TRY(new_value_array(total + 1))->items;
  window[0] = cls;
  for (size_t i = 0; i < total; ++i) window[i + 1] = args[i];
  return call(f, window, nargs + 1, kwnames);
}

namespace {

Value type_call(Value callable, Value* args, uint32_t nargs, Tuple* kwnames) {
  Class* cls = callable.as<Class>();
  if (cls == types.type) {
    if (nargs == 1 && !(kwnames && kwnames->size)) return class_of(args[0]);
    if (nargs != 3) return raise(exc.TypeError, "type() takes 1 or 3 arguments");
  }
  if (!cls->slots.new_ || cls->has(kClassNoInstantiation)) {
    Value module = dict_get_str(cls->dict, names.dunder_module);
    std::string prefix = module && is_str(module) ? to_utf8(module.as<Str>()) + "." : "";
    return raisef(exc.TypeError, "cannot create '%s%.100s' instances", prefix.c_str(), class_name(cls).c_str());
  }
  Value self = TRY(cls->slots.new_(cls, args, nargs, kwnames));
  if (!is_instance(self, cls)) return self;
  auto init = class_of(self)->slots.init;
  if (init && !init(self, args, nargs, kwnames)) return nullptr;
  return self;
}

Value type_new(Class* metaclass, Value* args, uint32_t nargs, Tuple* kwnames) {
  Class* c = new_class(metaclass, args, nargs, kwnames);
  return c ? Value(c) : Value();
}

bool type_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (kwnames && kwnames->size && nargs == 1) return raise(exc.TypeError, "type.__init__() takes no keyword arguments"), false;
  if (nargs != 1 && nargs != 3) return raise(exc.TypeError, "type.__init__() takes 1 or 3 arguments"), false;
  return true;
}

Value type_repr(Value self) {
  Class* c = self.as<Class>();
  Value module = dict_get_str(c->dict, names.dunder_module);
  if (!module && c->has(kClassHeap)) module = get_attr_or_null(self, names.dunder_module);
  if (error_pending()) clear_pending();
  if (module && is_str(module) && !str_equals(module.as<Str>(), "builtins")) {
    return new_strf("<class '%s.%s'>", to_utf8(module.as<Str>()).c_str(), to_utf8(c->qualname).c_str());
  }
  return new_strf("<class '%s'>", to_utf8(c->has(kClassHeap) ? c->name : c->name).c_str());
}

Value type_getattr(Value self, Str* name) {
  Class *cls = self.as<Class>(), *meta = cls->cls();
  Value meta_attr = class_lookup(meta, name);
  auto meta_get = meta_attr ? class_of(meta_attr)->slots.descr_get : nullptr;
  if (meta_get && class_of(meta_attr)->slots.descr_set) return meta_get(meta_attr, self, meta);
  if (Value attr = class_lookup(cls, name)) {
    if (auto get = class_of(attr)->slots.descr_get) return get(attr, nullptr, self);
    return attr;
  }
  if (meta_get) return meta_get(meta_attr, self, meta);
  if (meta_attr) return meta_attr;
  return raise_no_attribute(self, name);
}

bool type_setattr(Value self, Str* name, Value value) { return class_set_attr(self.as<Class>(), name, value); }

// A class without generic alias support of its own: list[int] reaches __class_getitem__ through get_item.
Value type_or(Value a, Value b) { return new_union(a, b); }

Value get_name(Value self) { return self.as<Class>()->name; }
bool set_name(Value self, Value value) {
  Class* c = self.as<Class>();
  if (!c->has(kClassHeap)) {
    return raisef(exc.TypeError, "cannot set '__name__' attribute of immutable type '%s'", class_name(c).c_str()), false;
  }
  if (!value) return raisef(exc.TypeError, "cannot delete '__name__' attribute of type '%s'", class_name(c).c_str()), false;
  if (!is_str(value)) {
    return raisef(exc.TypeError, "can only assign string to %s.__name__, not '%s'", class_name(c).c_str(), type_name(value)), false;
  }
  if (has_null_character(value.as<Str>())) return raise(exc.ValueError, "type name must not contain null characters"), false;
  if (!value.as<Str>()->is_ascii() && !utf8_encode(value.as<Str>(), nullptr)) return false;
  c->name = value.as<Str>();
  write_barrier(c);
  return true;
}
Value get_qualname(Value self) { return self.as<Class>()->qualname; }
bool set_qualname(Value self, Value value) {
  Class* c = self.as<Class>();
  if (!c->has(kClassHeap)) {
    return raisef(exc.TypeError, "cannot set '__qualname__' attribute of immutable type '%s'", class_name(c).c_str()), false;
  }
  if (!value) return raisef(exc.TypeError, "cannot delete '__qualname__' attribute of immutable type '%s'", class_name(c).c_str()), false;
  if (!is_str(value)) {
    return raisef(exc.TypeError, "can only assign string to %s.__qualname__, not '%s'", class_name(c).c_str(), type_name(value)), false;
  }
  c->qualname = value.as<Str>();
  write_barrier(c);
  return true;
}
Value get_module(Value self) {
  Class* c = self.as<Class>();
  Value m = dict_get_str(c->dict, names.dunder_module);
  if (m && (c->has(kClassHeap) || is_str(m))) return m;
  return intern("builtins");
}
bool set_module(Value self, Value value) {
  Class* c = self.as<Class>();
  if (!c->has(kClassHeap)) {
    return raisef(exc.TypeError, "cannot set '__module__' attribute of immutable type '%s'", class_name(c).c_str()), false;
  }
  if (!dict_set_str(c->dict, names.dunder_module, value ? value : Value::none())) return false;
  class_modified(c);
  return true;
}
Value get_bases(Value self) { return self.as<Class>()->bases; }
Value get_base(Value self) {
  Class* b = self.as<Class>()->base;
  return b ? Value(b) : Value::none();
}
Value get_mro(Value self) {
  Tuple* m = self.as<Class>()->mro;
  return m ? Value(m) : Value::none();
}
Value get_dict(Value self) { return new_mappingproxy(self.as<Class>()->dict); }
Value get_doc(Value self) {
  Class* c = self.as<Class>();
  Value doc = dict_get_str(c->dict, names.dunder_doc);
  if (!doc) return Value::none();
  if (auto get = class_of(doc)->slots.descr_get) return get(doc, nullptr, self);
  return doc;
}
bool set_doc(Value self, Value value) {
  Class* c = self.as<Class>();
  if (!c->has(kClassHeap)) return raisef(exc.TypeError, "cannot set '__doc__' attribute of immutable type '%s'", class_name(c).c_str()), false;
  if (!value) return raisef(exc.TypeError, "cannot delete '__doc__' attribute of immutable type '%s'", class_name(c).c_str()), false;
  if (!dict_set_str(c->dict, names.dunder_doc, value)) return false;
  class_modified(c);
  return true;
}
Value get_text_signature(Value self) {
  Class* c = self.as<Class>();
  if (!c->spec || !c->spec->doc) return Value::none();
  std::string_view doc = c->spec->doc;
  size_t end = doc.find("\n--\n\n");
  if (end == std::string_view::npos) return Value::none();
  size_t open = doc.find('(');
  return open < end ? Value(new_str(doc.substr(open, end - open))) : Value::none();
}
Value get_abstract(Value self) {
  Class* c = self.as<Class>();
  Value v = c == types.type ? Value() : dict_get_str(c->dict, names.dunder_abstractmethods);
  if (v) return v;
  return raise(exc.AttributeError, "__abstractmethods__");
}
bool set_abstract(Value self, Value value) {
  Class* c = self.as<Class>();
  int abstract = 0;
  if (value) {
    abstract = TRY_INT(is_true(value)) + 0;
    if (!dict_set_str(c->dict, names.dunder_abstractmethods, value)) return false;
  } else if (dict_delete(c->dict, names.dunder_abstractmethods) <= 0) {
    return raise(exc.AttributeError, "__abstractmethods__"), false;
  }
  class_modified(c);
  if (abstract) {
    c->class_flags |= kClassAbstract;
  } else {
    c->class_flags &= ~static_cast<uint32_t>(kClassAbstract);
  }
  return true;
}
Value get_annotations(Value self) {
  Class* c = self.as<Class>();
  if (!c->has(kClassHeap)) return raisef(exc.AttributeError, "type object '%s' has no attribute '__annotations__'", class_name(c).c_str());
  if (Value a = dict_get_str(c->dict, names.dunder_annotations)) {
    if (auto get = class_of(a)->slots.descr_get) return get(a, nullptr, self);
    return a;
  }
  Dict* d = TRY(new_dict());
  if (!dict_set_str(c->dict, names.dunder_annotations, d)) return nullptr;
  class_modified(c);
  return d;
}
bool set_annotations(Value self, Value value) {
  Class* c = self.as<Class>();
  if (!c->has(kClassHeap)) {
    return raisef(exc.TypeError, "cannot set '__annotations__' attribute of immutable type '%s'", class_name(c).c_str()), false;
  }
  if (value) {
    if (!dict_set_str(c->dict, names.dunder_annotations, value)) return false;
  } else if (dict_delete(c->dict, names.dunder_annotations) <= 0) {
    return raise(exc.AttributeError, "__annotations__"), false;
  }
  class_modified(c);
  return true;
}
Value get_flags(Value self) {
  Class* c = self.as<Class>();
  // The bits of Py_TPFLAGS_* that programs look at (inspect.isabstract, copyreg, typing).
  int64_t flags = 1 << 12 | 1 << 18;
  if (c->has(kClassHeap)) flags |= 1 << 9;
  if (c->has(kClassBaseType)) flags |= 1 << 10;
  if (c->has(kClassAbstract)) flags |= 1 << 20;
  if (!c->has(kClassHeap)) flags |= 1 << 8;
  if (c->has(kClassNoInstantiation)) flags |= 1 << 7;
  if (c->has(kClassSequencePattern)) flags |= 1 << 5;
  if (c->has(kClassMappingPattern)) flags |= 1 << 6;
  if (c->has(kClassMethodDescriptor)) flags |= 1 << 17;
  if (c->has(kSubInt)) flags |= 1 << 24;
  if (c->has(kSubList)) flags |= 1 << 25;
  if (c->has(kSubTuple)) flags |= 1 << 26;
  if (c->has(kSubBytes)) flags |= 1 << 27;
  if (c->has(kSubStr)) flags |= 1 << 28;
  if (c->has(kSubDict)) flags |= 1 << 29;
  if (c->has(kSubException)) flags |= 1 << 30;
  if (c->has(kSubType)) flags |= int64_t{1} << 31;
  return new_int(flags);
}
Value get_basicsize(Value self) { return new_int(self.as<Class>()->basicsize + 8); }
Value get_itemsize(Value self) { return new_int(self.as<Class>()->itemsize); }
Value get_dictoffset(Value self) { return new_int(self.as<Class>()->has(kClassHasDict) ? 16 : 0); }
Value get_weakrefoffset(Value self) { return new_int(self.as<Class>()->has(kClassHasWeakref) ? 24 : 0); }

bool set_bases(Value self, Value value) {
  Class* c = self.as<Class>();
  if (!c->has(kClassHeap)) {
    return raisef(exc.TypeError, "cannot set '__bases__' attribute of immutable type '%s'", class_name(c).c_str()), false;
  }
  if (!value) return raisef(exc.TypeError, "cannot delete '__bases__' attribute of type '%s'", class_name(c).c_str()), false;
  if (!is_tuple(value)) {
    return raisef(exc.TypeError, "can only assign tuple to %s.__bases__, not %s", class_name(c).c_str(), type_name(value)), false;
  }
  Tuple* bases = value.as<Tuple>();
  if (!bases->size) return raisef(exc.TypeError, "can only assign non-empty tuple to %s.__bases__, not ()", class_name(c).c_str()), false;
  for (uint64_t i = 0; i < bases->size; ++i) {
    if (!class_of(bases->items[i])->has(kSubType)) {
      return raisef(exc.TypeError, "%s.__bases__ must be tuple of classes, not '%s'", class_name(c).c_str(), type_name(bases->items[i])), false;
    }
    if (is_subclass(bases->items[i].as<Class>(), c)) return raise(exc.TypeError, "a __bases__ item causes an inheritance cycle"), false;
  }
  Class* base = TRY(best_base(bases));
  if (solid_base(base) != solid_base(c->base) || base->has(kClassHasDict) != c->base->has(kClassHasDict)) {
    std::string old_name = class_name(c->base);
    return raisef(exc.TypeError, "__bases__ assignment: '%s' object layout differs from '%s'", class_name(base).c_str(), old_name.c_str()), false;
  }
  Tuple *old_bases = c->bases, *old_mro = c->mro;
  Class* old_base = c->base;
  c->bases = bases;
  c->base = base;
  // This class and everything below it get new MROs; all or nothing.
  std::vector<std::pair<Class*, Tuple*>> undo;
  std::function<bool(Class*)> recompute = [&](Class* k) {
    Tuple* mro = compute_mro(k, k->bases);
    if (!mro) return false;
    undo.emplace_back(k, k->mro);
    k->mro = mro;
    write_barrier(k);
    if (k->subclasses) {
      for (Class* sub : *k->subclasses) {
        if (!recompute(sub)) return false;
      }
    }
    return true;
  };
  if (!recompute(c)) {
    for (auto it = undo.rbegin(); it != undo.rend(); ++it) it->first->mro = it->second;
    c->bases = old_bases;
    c->base = old_base;
    c->mro = old_mro;
    return false;
  }
  write_barrier(c);
  for (uint64_t i = 0; i < old_bases->size; ++i) remove_subclass(old_bases->items[i].as<Class>(), c);
  for (uint64_t i = 0; i < bases->size; ++i) add_subclass(bases->items[i].as<Class>(), c);
  class_modified(c);
  std::function<void(Class*)> refresh = [&](Class* k) {
    update_slots(k);
    if (k->subclasses) {
      for (Class* sub : *k->subclasses) refresh(sub);
    }
  };
  refresh(c);
  return true;
}

Value type_mro(Value* args) {
  Class* c = args[0].as<Class>();
  Tuple* mro = TRY(compute_mro(c, c->bases));
  return to_list(mro);
}
Value type_subclasses(Value* args) {
  Class* c = args[0].as<Class>();
  List* out = TRY(new_list());
  if (c->subclasses) {
    for (Class* sub : *c->subclasses) {
      if (!list_append(out, sub)) return nullptr;
    }
  }
  return out;
}
Value type_prepare(Value*) { return new_dict(); }
Value type_instancecheck(Value* args) {
  int r = recursive_isinstance(args[1], args[0]);
  return r < 0 ? Value() : Value::from_bool(r);
}
Value type_subclasscheck(Value* args) {
  int r = recursive_issubclass(args[1], args[0]);
  return r < 0 ? Value() : Value::from_bool(r);
}
Value type_dir(Value* args) {
  Dict* all = TRY(new_dict());
  if (!merge_class_names(all, args[0])) return nullptr;
  return to_list(all);
}
Value type_sizeof(Value* args) { return new_int(sizeof(Class)); }

constexpr MethodDef kMethods[] = {
    {"mro", "($self, /)", type_mro, Effects::kReads, MethodKind::kMethod, "Return a type's method resolution order."},
    {"__subclasses__", "($self, /)", type_subclasses, Effects::kReads, MethodKind::kMethod, "Return a list of immediate subclasses."},
    {"__prepare__", "!($type, *args, **kwargs)", type_prepare, Effects::kReads, MethodKind::kClassMethod,
     "__prepare__() -> dict\nused to create the namespace for the class statement"},
    {"__instancecheck__", "($self, instance, /)", type_instancecheck, Effects::kCallsPython, MethodKind::kMethod, "Check if an object is an instance."},
    {"__subclasscheck__", "($self, subclass, /)", type_subclasscheck, Effects::kCallsPython, MethodKind::kMethod, "Check if a class is a subclass."},
    {"__dir__", "($self, /)", type_dir, Effects::kCallsPython, MethodKind::kMethod, "Specialized __dir__ implementation for types."},
    {"__sizeof__", "($self, /)", type_sizeof, Effects::kReads, MethodKind::kMethod, "Return memory consumption of the type object."},
    {}};
constexpr GetSetDef kGetSet[] = {{"__name__", get_name, set_name},
                                 {"__qualname__", get_qualname, set_qualname},
                                 {"__bases__", get_bases, set_bases},
                                 {"__base__", get_base},
                                 {"__mro__", get_mro},
                                 {"__module__", get_module, set_module},
                                 {"__abstractmethods__", get_abstract, set_abstract},
                                 {"__dict__", get_dict},
                                 {"__doc__", get_doc, set_doc},
                                 {"__text_signature__", get_text_signature},
                                 {"__annotations__", get_annotations, set_annotations},
                                 {"__flags__", get_flags},
                                 {"__basicsize__", get_basicsize},
                                 {"__itemsize__", get_itemsize},
                                 {"__dictoffset__", get_dictoffset},
                                 {"__weakrefoffset__", get_weakrefoffset},
                                 {}};

const ClassSpec kTypeSpec = {
    .name = "type",
    .basicsize = sizeof(Class),
    .flags = kClassBaseType | kSubType | kClassHasWeakref | kClassHasDict,  // the dict is Class::dict
    .trace = trace_class,
    .finalize = finalize_class,
    .doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
    .slots = {.repr = type_repr,
              .call = type_call,
              .getattr = type_getattr,
              .setattr = type_setattr,
              .binary = {nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, type_or},
              .new_ = type_new,
              .init = type_init},
    .methods = kMethods,
    .getset = kGetSet};

Shape* early_class_shape;

}  // namespace

Shape* class_shape() { return early_class_shape; }

void bootstrap_class_shape() { early_class_shape = Shape::new_root(nullptr, sizeof(Object), 0, TraceKind::kCustom); }
void init_type_type() { types.type = new_builtin_class(kTypeSpec, early_class_shape); }

}  // namespace pyjit::runtime
