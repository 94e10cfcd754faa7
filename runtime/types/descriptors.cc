// Descriptors of builtin classes: slot wrappers, getset and member descriptors, mappingproxy.
#include "runtime/types/descriptors.h"

#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/slots.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"

namespace pyjit::runtime {

namespace {

std::string class_name(Class* c) { return c->spec ? c->spec->name : to_utf8(c->name); }

bool check_owner(Value instance, Class* owner, Str* name) {
  if (is_subclass(class_of(instance), owner)) return true;
  raisef(exc.TypeError, "descriptor '%s' for '%.100s' objects doesn't apply to a '%.100s' object", to_utf8(name).c_str(), class_name(owner).c_str(),
         type_name(instance));
  return false;
}

// wrapper_descriptor and method-wrapper.

Value call_wrapper_descriptor(Value callable, Value* args, uint32_t nargs, Tuple* kwnames) {
  auto* w = callable.as<WrapperDescriptor>();
  if (nargs < 1) {
    return raisef(exc.TypeError, "descriptor '%s' of '%.100s' object needs an argument", to_utf8(*w->def->name).c_str(), class_name(w->owner).c_str());
  }
  if (!is_subclass(class_of(args[0]), w->owner)) {
    return raisef(exc.TypeError, "descriptor '%s' requires a '%.100s' object but received a '%.100s'", to_utf8(*w->def->name).c_str(),
                  class_name(w->owner).c_str(), type_name(args[0]));
  }
  return w->def->wrapper(*w->def, w->slot, args[0], args + 1, nargs - 1, kwnames);
}
Value call_method_wrapper(Value callable, Value* args, uint32_t nargs, Tuple* kwnames) {
  auto* w = callable.as<WrapperDescriptor>();
  return w->def->wrapper(*w->def, w->slot, w->self, args, nargs, kwnames);
}
Value bind_wrapper(Value self, Value instance, Value owner) {
  auto* w = self.as<WrapperDescriptor>();
  if (!instance) return self;
  if (!check_owner(instance, w->owner, *w->def->name)) return nullptr;
  auto* bound = static_cast<WrapperDescriptor*>(heap.allocate(types.method_wrapper->root_shape, sizeof(WrapperDescriptor)));
  bound->def = w->def;
  bound->slot = w->slot;
  bound->owner = w->owner;
  bound->self = instance;
  return bound;
}
Value wrapper_name(Value self) { return *self.as<WrapperDescriptor>()->def->name; }
Value wrapper_qualname(Value self) {
  auto* w = self.as<WrapperDescriptor>();
  return new_strf("%s.%s", to_utf8(w->owner->qualname).c_str(), to_utf8(*w->def->name).c_str());
}
Value wrapper_doc(Value self) { return new_str(self.as<WrapperDescriptor>()->def->doc); }
Value wrapper_signature(Value self) { return new_str(self.as<WrapperDescriptor>()->def->signature); }
Value wrapper_owner(Value self) { return self.as<WrapperDescriptor>()->owner; }
Value wrapper_self(Value self) { return self.as<WrapperDescriptor>()->self; }
Value wrapper_repr(Value self) {
  auto* w = self.as<WrapperDescriptor>();
  return new_strf("<slot wrapper '%s' of '%s' objects>", to_utf8(*w->def->name).c_str(), class_name(w->owner).c_str());
}
Value method_wrapper_repr(Value self) {
  auto* w = self.as<WrapperDescriptor>();
  return new_strf("<method-wrapper '%s' of %s object at %p>", to_utf8(*w->def->name).c_str(), type_name(w->self),
                  reinterpret_cast<void*>(w->self.bits()));
}
Value method_wrapper_compare(Value a, Value b, CompareOp op) {
  if ((op != kEq && op != kNe) || !is_exact(b, types.method_wrapper)) return Value::not_implemented();
  auto *x = a.as<WrapperDescriptor>(), *y = b.as<WrapperDescriptor>();
  return Value::from_bool((x->def == y->def && x->slot == y->slot && x->self == y->self) == (op == kEq));
}
int64_t method_wrapper_hash(Value self) {
  auto* w = self.as<WrapperDescriptor>();
  int64_t h = static_cast<int64_t>((w->self.bits() >> 4) ^ (reinterpret_cast<uintptr_t>(w->def) >> 4));
  return h == -1 ? -2 : h;
}
Value wrapper_reduce(Value* args) {
  auto* w = args[0].as<WrapperDescriptor>();
  Value getattr_fn = TRY(builtin_function("getattr"));
  return make_tuple(getattr_fn, make_tuple(w->self ? w->self : Value(w->owner), Value(*w->def->name)));
}
void trace_wrapper(Object* o, Tracer& t) {
  auto* w = static_cast<WrapperDescriptor*>(o);
  t.visit(w->owner);
  t.visit(w->self);
}

// getset_descriptor.

Str* getset_name_str(Value self) { return intern(self.as<GetSetDescriptor>()->def->name); }
Value getset_get(Value self, Value instance, Value owner) {
  auto* d = self.as<GetSetDescriptor>();
  if (!instance) return self;
  if (!is_subclass(class_of(instance), d->owner) && !check_owner(instance, d->owner, getset_name_str(self))) return nullptr;
  if (!d->def->get) {
    return raisef(exc.AttributeError, "attribute '%s' of '%.100s' objects is not readable", d->def->name, class_name(d->owner).c_str());
  }
  return d->def->get(instance);
}
bool getset_set(Value self, Value instance, Value value) {
  auto* d = self.as<GetSetDescriptor>();
  if (!is_subclass(class_of(instance), d->owner) && !check_owner(instance, d->owner, getset_name_str(self))) return false;
  if (!d->def->set) {
    if (d->def->is_member) return raise(exc.AttributeError, "readonly attribute"), false;
    raisef(exc.AttributeError, "attribute '%s' of '%.100s' objects is not writable", d->def->name, class_name(d->owner).c_str());
    return false;
  }
  return d->def->set(instance, value);
}
Value getset_name(Value self) { return getset_name_str(self); }
Value getset_qualname(Value self) {
  auto* d = self.as<GetSetDescriptor>();
  return new_strf("%s.%s", to_utf8(d->owner->qualname).c_str(), d->def->name);
}
Value getset_doc(Value self) {
  const char* doc = self.as<GetSetDescriptor>()->def->doc;
  return doc ? Value(new_str(doc)) : Value::none();
}
Value getset_owner(Value self) { return self.as<GetSetDescriptor>()->owner; }
Value getset_repr(Value self) {
  auto* d = self.as<GetSetDescriptor>();
  return new_strf("<attribute '%s' of '%s' objects>", d->def->name, class_name(d->owner).c_str());
}
void trace_getset(Object* o, Tracer& t) { t.visit(static_cast<GetSetDescriptor*>(o)->owner); }

// member_descriptor.

Value* member_slot(MemberDescriptor* d, Value instance) {
  return reinterpret_cast<Value*>(reinterpret_cast<char*>(instance.as_object()) + d->offset);
}
Value member_get(Value self, Value instance, Value owner) {
  auto* d = self.as<MemberDescriptor>();
  if (!instance) return self;
  if (!check_owner(instance, d->owner, d->name)) return nullptr;
  if (d->getset) return d->getset->get(instance);
  Value v = *member_slot(d, instance);
  if (!v) return raise_no_attribute(instance, d->name);
  return v;
}
bool member_set(Value self, Value instance, Value value) {
  auto* d = self.as<MemberDescriptor>();
  if (!check_owner(instance, d->owner, d->name)) return false;
  if (d->read_only) return raise(exc.AttributeError, "readonly attribute"), false;
  if (d->getset) return d->getset->set(instance, value);
  Value* slot = member_slot(d, instance);
  if (!value && !*slot) {
    raise_attribute_error(d->name, instance, d->name);
    return false;
  }
  *slot = value;
  write_barrier(instance.as_object(), value);
  return true;
}
Value member_name(Value self) { return self.as<MemberDescriptor>()->name; }
Value member_qualname(Value self) {
  auto* d = self.as<MemberDescriptor>();
  return new_strf("%s.%s", to_utf8(d->owner->qualname).c_str(), to_utf8(d->name).c_str());
}
Value member_owner(Value self) { return self.as<MemberDescriptor>()->owner; }
Value member_doc(Value self) {
  auto* d = self.as<MemberDescriptor>();
  return d->getset && d->getset->doc ? Value(new_str(d->getset->doc)) : Value::none();
}
Value member_repr(Value self) {
  auto* d = self.as<MemberDescriptor>();
  return new_strf("<member '%s' of '%s' objects>", to_utf8(d->name).c_str(), class_name(d->owner).c_str());
}
Value member_reduce(Value* args) {
  auto* d = args[0].as<MemberDescriptor>();
  Value getattr_fn = TRY(builtin_function("getattr"));
  return make_tuple(getattr_fn, make_tuple(Value(d->owner), Value(d->name)));
}
void trace_member(Object* o, Tracer& t) {
  auto* d = static_cast<MemberDescriptor*>(o);
  t.visit(d->name);
  t.visit(d->owner);
}

constexpr MethodDef kWrapperMethods[] = {{"__reduce__", "($self, /)", wrapper_reduce}, {}};
constexpr GetSetDef kWrapperGetSet[] = {{"__name__", wrapper_name},         {"__qualname__", wrapper_qualname},
                                        {"__doc__", wrapper_doc},           {"__text_signature__", wrapper_signature},
                                        {"__objclass__", wrapper_owner},    {}};
constexpr GetSetDef kMethodWrapperGetSet[] = {{"__name__", wrapper_name},       {"__qualname__", wrapper_qualname},
                                              {"__doc__", wrapper_doc},         {"__text_signature__", wrapper_signature},
                                              {"__objclass__", wrapper_owner},  {"__self__", wrapper_self}, {}};
constexpr GetSetDef kGetSetGetSet[] = {{"__name__", getset_name}, {"__qualname__", getset_qualname}, {"__doc__", getset_doc}, {"__objclass__", getset_owner}, {}};
constexpr GetSetDef kMemberGetSet[] = {{"__name__", member_name}, {"__qualname__", member_qualname}, {"__doc__", member_doc}, {"__objclass__", member_owner}, {}};
constexpr MethodDef kMemberMethods[] = {{"__reduce__", "($self, /)", member_reduce}, {}};

const ClassSpec kWrapperSpec = {.name = "wrapper_descriptor",
                                .basicsize = sizeof(WrapperDescriptor),
                                .flags = kClassNoInstantiation | kClassMethodDescriptor,
                                .trace = trace_wrapper,
                                .slots = {.repr = wrapper_repr, .call = call_wrapper_descriptor, .descr_get = bind_wrapper},
                                .methods = kWrapperMethods,
                                .getset = kWrapperGetSet};
const ClassSpec kMethodWrapperSpec = {
    .name = "method-wrapper",
    .basicsize = sizeof(WrapperDescriptor),
    .flags = kClassNoInstantiation,
    .trace = trace_wrapper,
    .slots = {.repr = method_wrapper_repr, .hash = method_wrapper_hash, .call = call_method_wrapper, .compare = method_wrapper_compare},
    .methods = kWrapperMethods,
    .getset = kMethodWrapperGetSet};
const ClassSpec kGetSetSpec = {.name = "getset_descriptor",
                               .basicsize = sizeof(GetSetDescriptor),
                               .flags = kClassNoInstantiation,
                               .trace = trace_getset,
                               .slots = {.repr = getset_repr, .descr_get = getset_get, .descr_set = getset_set},
                               .getset = kGetSetGetSet};
const ClassSpec kMemberSpec = {.name = "member_descriptor",
                               .basicsize = sizeof(MemberDescriptor),
                               .flags = kClassNoInstantiation,
                               .trace = trace_member,
                               .slots = {.repr = member_repr, .descr_get = member_get, .descr_set = member_set},
                               .methods = kMemberMethods,
                               .getset = kMemberGetSet};

Shape *wrapper_shape, *getset_shape;
Class early_types[2];

}  // namespace

GetSetDescriptor* new_getset_descriptor(const GetSetDef* def, Class* owner) {
  auto* d = static_cast<GetSetDescriptor*>(heap.allocate(types.getset_descriptor->root_shape, sizeof(GetSetDescriptor)));
  d->def = def;
  d->owner = owner;
  return d;
}

MemberDescriptor* new_member_descriptor(Str* name, Class* owner, uint32_t offset) {
  auto* d = static_cast<MemberDescriptor*>(heap.allocate(types.member_descriptor->root_shape, sizeof(MemberDescriptor)));
  d->name = name;
  d->owner = owner;
  d->offset = offset;
  return d;
}

MemberDescriptor* new_field_descriptor(const GetSetDef* def, Class* owner) {
  MemberDescriptor* d = new_member_descriptor(intern(def->name), owner, 0);
  d->getset = def;
  d->read_only = !def->set;
  return d;
}

// Every builtin class is made of these two, the first ones included: their shapes come before their classes.
void bootstrap_descriptors() {
  wrapper_shape = early_types[0].root_shape = Shape::new_root(nullptr, 0, 0, TraceKind::kCustom);
  getset_shape = early_types[1].root_shape = Shape::new_root(nullptr, 0, 0, TraceKind::kCustom);
  types.wrapper_descriptor = &early_types[0];
  types.getset_descriptor = &early_types[1];
}
void init_descriptor_types() {
  types.wrapper_descriptor = new_builtin_class(kWrapperSpec, wrapper_shape);
  types.getset_descriptor = new_builtin_class(kGetSetSpec, getset_shape);
  types.method_wrapper = new_builtin_class(kMethodWrapperSpec);
  types.member_descriptor = new_builtin_class(kMemberSpec);
}

}  // namespace pyjit::runtime
