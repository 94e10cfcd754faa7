// property and super.
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/frame.h"
#include "runtime/types/function.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

namespace {

void trace_property(Object* o, Tracer& t) {
  auto* p = static_cast<Property*>(o);
  t.visit(p->get);
  t.visit(p->set);
  t.visit(p->del);
  t.visit(p->doc);
  t.visit(p->name);
}

Value missing(Property* p, Value instance, const char* what) {
  std::string owner = to_utf8(repr_str(class_of(instance)->qualname));
  std::string name = p->name ? " " + to_utf8(TRY(repr(p->name))) : "";
  return raisef(exc.AttributeError, "property%s of %s object has no %s", name.c_str(), owner.c_str(), what);
}

Value property_get(Value self, Value instance, Value owner) {
  auto* p = self.as<Property>();
  if (!instance || instance.is_none()) return self;
  if (!p->get) return missing(p, instance, "getter");
  return call1(p->get, instance);
}
bool property_set(Value self, Value instance, Value value) {
  auto* p = self.as<Property>();
  Value f = value ? p->set : p->del;
  if (!f) return missing(p, instance, value ? "setter" : "deleter"), false;
  return bool(value ? call2(f, instance, value) : call1(f, instance));
}

bool property_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def = {"property", "(fget=None, fset=None, fdel=None, doc=None)"};
  static const Signature* signature = parse_signature(&def);
  Value a[4];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, a)) return false;
  auto given = [](Value v) { return v && !v.is_none() ? v : Value(); };
  auto* p = self.as<Property>();
  p->get = given(a[0]);
  p->set = given(a[1]);
  p->del = given(a[2]);
  p->doc = a[3];
  p->name = nullptr;
  p->doc_from_getter = false;
  if (!given(a[3]) && p->get) {
    Value doc = get_attr_or_null(p->get, names.dunder_doc);
    if (!doc && error_pending()) return false;
    if (doc) {
      if (class_of(self) == types.property) {
        p->doc = doc;
      } else if (!set_attr(self, names.dunder_doc, doc)) {
        return false;
      }
      p->doc_from_getter = true;
    }
  } else if (given(a[3]) && class_of(self) != types.property) {
    if (!set_attr(self, names.dunder_doc, a[3])) return false;
  }
  write_barrier(p);
  return true;
}
Value property_new(Class* cls, Value*, uint32_t, Tuple*) { return allocate_instance(cls); }

// getter/setter/deleter: a copy with one function replaced.
Value copy_with(Value self, Value get, Value set, Value del) {
  auto* p = self.as<Property>();
  auto pick = [](Value v, Value old) { return v && !v.is_none() ? v : old ? old : Value::none(); };
  Value g = pick(get, p->get);
  Value doc = p->doc_from_getter && !g.is_none() ? Value::none() : p->doc ? p->doc : Value::none();
  Value args[] = {g, pick(set, p->set), pick(del, p->del), doc};
  Value copy = TRY(call(class_of(self), args, 4));
  if (is_instance(copy, types.property)) copy.as<Property>()->name = p->name;
  return copy;
}
Value property_getter(Value* a) { return copy_with(a[0], a[1], nullptr, nullptr); }
Value property_setter(Value* a) { return copy_with(a[0], nullptr, a[1], nullptr); }
Value property_deleter(Value* a) { return copy_with(a[0], nullptr, nullptr, a[1]); }
Value property_set_name(Value* a) {
  auto* arguments = a[1].as<Tuple>();
  if (arguments->size != 2) {
    return raisef(exc.TypeError, "__set_name__() takes 2 positional arguments but %zu were given", static_cast<size_t>(arguments->size));
  }
  a[0].as<Property>()->name = arguments->items[1];
  write_barrier(a[0].as_object());
  return Value::none();
}
Value or_none(Value v) { return v ? v : Value::none(); }
Value get_fget(Value self) { return or_none(self.as<Property>()->get); }
Value get_fset(Value self) { return or_none(self.as<Property>()->set); }
Value get_fdel(Value self) { return or_none(self.as<Property>()->del); }
Value get_doc(Value self) { return or_none(self.as<Property>()->doc); }
bool set_doc(Value self, Value v) {
  self.as<Property>()->doc = v ? v : Value::none();
  write_barrier(self.as_object());
  return true;
}
Value get_abstract(Value self) {
  auto* p = self.as<Property>();
  for (Value f : {p->get, p->set, p->del}) {
    if (!f) continue;
    Value v = get_attr_or_null(f, intern("__isabstractmethod__"));
    if (!v) {
      if (error_pending()) return nullptr;
      continue;
    }
    int t = is_true(v);
    if (t) return t < 0 ? Value() : Value::from_bool(true);
  }
  return Value::from_bool(false);
}
constexpr MethodDef kPropertyMethods[] = {
    {"getter", "!($self, object, /)", property_getter, Effects::kCallsPython, MethodKind::kMethod, "Descriptor to obtain a copy of the property with a different getter."},
    {"setter", "!($self, object, /)", property_setter, Effects::kCallsPython, MethodKind::kMethod, "Descriptor to obtain a copy of the property with a different setter."},
    {"deleter", "!($self, object, /)", property_deleter, Effects::kCallsPython, MethodKind::kMethod, "Descriptor to obtain a copy of the property with a different deleter."},
    {"__set_name__", "!($self, *args)", property_set_name, Effects::kWrites, MethodKind::kMethod, "Method to set name of a property."},
    {}};
constexpr GetSetDef kPropertyGetSet[] = {{"fget", get_fget, nullptr, nullptr, true}, {"fset", get_fset, nullptr, nullptr, true}, {"fdel", get_fdel, nullptr, nullptr, true}, {"__doc__", get_doc, set_doc},
                                         {"__isabstractmethod__", get_abstract}, {}};
const ClassSpec kPropertySpec = {
    .name = "property",
    .basicsize = sizeof(Property),
    .flags = kClassBaseType,
    .trace = trace_property,
    .doc = "property(fget=None, fset=None, fdel=None, doc=None)\n--\n\nProperty attribute.\n\n  fget\n    function to be used for getting an attribute "
           "value\n  fset\n    function to be used for setting an attribute value\n  fdel\n    function to be used for del'ing an attribute\n  doc\n"
           "    docstring\n\nTypical use is to define a managed attribute x:\n\nclass C(object):\n    def getx(self): return self._x\n"
           "    def setx(self, value): self._x = value\n    def delx(self): del self._x\n    x = property(getx, setx, delx, \"I'm the 'x' property.\")\n\n"
           "Decorators make defining new properties or modifying existing ones easy:\n\nclass C(object):\n    @property\n    def x(self):\n"
           "        \"I am the 'x' property.\"\n        return self._x\n    @x.setter\n    def x(self, value):\n        self._x = value\n"
           "    @x.deleter\n    def x(self):\n        del self._x",
    .slots = {.descr_get = property_get, .descr_set = property_set, .new_ = property_new, .init = property_init},
    .methods = kPropertyMethods,
    .getset = kPropertyGetSet};

// super

struct Super : Object {
  Class* start;      // __thisclass__: the search begins behind it
  Value self;        // null: unbound
  Class* self_class; // whose MRO is searched
};
void trace_super(Object* o, Tracer& t) {
  auto* s = static_cast<Super*>(o);
  t.visit(s->start);
  t.visit(s->self);
  t.visit(s->self_class);
}

// The class whose MRO applies: `self` is a subclass of start, or an instance of one (by __class__ for proxies).
Class* super_check(Class* start, Value self) {
  if (class_of(self)->has(kSubType) && is_subclass(self.as<Class>(), start)) return self.as<Class>();
  if (is_instance(self, start)) return class_of(self);
  Value claimed = get_attr_or_null(self, names.dunder_class);
  if (claimed && class_of(claimed)->has(kSubType) && !(claimed == Value(class_of(self))) && is_subclass(claimed.as<Class>(), start)) {
    return claimed.as<Class>();
  }
  if (error_pending()) return nullptr;
  return raise(exc.TypeError, "super(type, obj): obj must be an instance or subtype of type");
}

Value super_getattr(Value value, Str* name) {
  auto* s = value.as<Super>();
  if (!name->interned()) {
    if (Str* known = find_interned(name)) name = known;
  }
  if (!s->self_class || name == names.dunder_class) return generic_getattr(value, name);
  Tuple* mro = s->self_class->mro;
  uint64_t i = 0;
  while (i < mro->size && mro->items[i].as<Class>() != s->start) ++i;
  for (++i; i < mro->size; ++i) {
    Value v = dict_get_str(mro->items[i].as<Class>()->dict, name);
    if (!v) continue;
    auto get = class_of(v)->slots.descr_get;
    if (!get) return v;
    return get(v, s->self == Value(s->self_class) ? Value() : s->self, s->self_class);
  }
  return generic_getattr(value, name);
}

Value super_descr_get(Value value, Value instance, Value owner) {
  auto* s = value.as<Super>();
  if (!instance || instance.is_none() || s->self) return value;
  if (class_of(value) != types.super) return call2(class_of(value), s->start, instance);
  return new_super(s->start, instance);
}

// super() without arguments: __class__ cell and first argument of the calling frame.
bool implicit_arguments(Class** start, Value* self) {
  Frame* f = thread()->frame;
  if (!f) return raise(exc.RuntimeError, "super(): no current frame"), false;
  Code* code = f->code;
  if (code->argcount == 0) return raise(exc.RuntimeError, "super(): no arguments"), false;
  Value first = f->regs()[0];
  // An argument that closures capture lives in a cell from the prologue on.
  if (first && is_exact(first, types.cell) && frame_local_is_cell(f, 0)) first = first.as<Cell>()->value;
  if (!first) return raise(exc.RuntimeError, "super(): arg[0] deleted"), false;
  size_t total = code->localsplusnames->size, frees = static_cast<size_t>(code->nfrees);
  for (size_t i = total - frees; i < total; ++i) {
    if (!str_equal(code->localsplusnames->items[i].as<Str>(), names.dunder_class)) continue;
    Value cell = f->regs()[i];
    if (!cell || !is_exact(cell, types.cell)) return raise(exc.RuntimeError, "super(): bad __class__ cell"), false;
    Value c = cell.as<Cell>()->value;
    if (!c) return raise(exc.RuntimeError, "super(): empty __class__ cell"), false;
    if (!class_of(c)->has(kSubType)) return raisef(exc.RuntimeError, "super(): __class__ is not a type (%s)", type_name(c)), false;
    *start = c.as<Class>();
    *self = first;
    return true;
  }
  return raise(exc.RuntimeError, "super(): __class__ cell not found"), false;
}

bool super_init(Value value, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (kwnames && kwnames->size) return raise(exc.TypeError, "super() takes no keyword arguments"), false;
  if (nargs > 2) return raisef(exc.TypeError, "super expected at most 2 arguments, got %u", nargs), false;
  auto* s = value.as<Super>();
  Class* start = nullptr;
  Value self;
  if (nargs == 0) {
    if (!implicit_arguments(&start, &self)) return false;
  } else {
    if (!class_of(args[0])->has(kSubType)) {
      return raisef(exc.TypeError, "super() argument 1 must be a type, not %.50s", type_name(args[0])), false;
    }
    start = args[0].as<Class>();
    if (nargs == 2 && !args[1].is_none()) self = args[1];
  }
  s->start = start;
  s->self = self;
  s->self_class = self ? super_check(start, self) : nullptr;
  if (self && !s->self_class) return false;
  write_barrier(s);
  return true;
}
Value super_new(Class* cls, Value*, uint32_t, Tuple*) { return allocate_instance(cls); }
Value super_repr(Value value) {
  auto* s = value.as<Super>();
  std::string start = s->start ? to_utf8(s->start->name) : "NULL";
  if (!s->self_class) return new_str("<super: <class '" + start + "'>, NULL>");
  return new_str("<super: <class '" + start + "'>, <" + to_utf8(s->self_class->name) + " object>>");
}
Value get_thisclass(Value v) { return v.as<Super>()->start ? Value(v.as<Super>()->start) : Value::none(); }
Value get_self(Value v) { return or_none(v.as<Super>()->self); }
Value get_self_class(Value v) { return v.as<Super>()->self_class ? Value(v.as<Super>()->self_class) : Value::none(); }
constexpr GetSetDef kSuperGetSet[] = {{"__thisclass__", get_thisclass, nullptr, "the class invoking super()"},
                                      {"__self__", get_self, nullptr, "the instance invoking super(); may be None"},
                                      {"__self_class__", get_self_class, nullptr, "the type of the instance invoking super(); may be None"},
                                      {}};
const ClassSpec kSuperSpec = {
    .name = "super",
    .basicsize = sizeof(Super),
    .flags = kClassBaseType,
    .trace = trace_super,
    .doc = "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\n"
           "super(type, obj) -> bound super object; requires isinstance(obj, type)\nsuper(type, type2) -> bound super object; requires issubclass(type2, type)\n"
           "Typical use to call a cooperative superclass method:\nclass C(B):\n    def meth(self, arg):\n        super().meth(arg)\n"
           "This works for class methods too:\nclass C(B):\n    @classmethod\n    def cmeth(cls, arg):\n        super().cmeth(arg)\n",
    .slots = {.repr = super_repr, .getattr = super_getattr, .descr_get = super_descr_get, .new_ = super_new, .init = super_init},
    .getset = kSuperGetSet};

}  // namespace

Value new_super(Class* start, Value self) {
  auto* s = static_cast<Super*>(allocate_instance(types.super));
  if (!s) return nullptr;
  s->start = start;
  s->self = self;
  s->self_class = TRY(super_check(start, self));
  return s;
}

void init_property_types() {
  types.property = new_builtin_class(kPropertySpec);
  types.super = new_builtin_class(kSuperSpec);
}

}  // namespace pyjit::runtime
