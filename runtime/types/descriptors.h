// Descriptors that builtin classes are made of: getset_descriptor, member_descriptor, classmethod_descriptor, and helpers to make them.
#pragma once
#include "runtime/class.h"
#include "runtime/native.h"

namespace pyjit::runtime {

struct GetSetDescriptor : Object {
  const GetSetDef* def;
  Class* owner;
};
// A __slots__ member: a Value at a fixed byte offset of the instance. Or, with `getset`, a native field that is a member in CPython.
struct MemberDescriptor : Object {
  Str* name;
  Class* owner;
  const GetSetDef* getset;
  uint32_t offset;
  bool read_only;
};

GetSetDescriptor* new_getset_descriptor(const GetSetDef* def, Class* owner);
MemberDescriptor* new_member_descriptor(Str* name, Class* owner, uint32_t offset);
MemberDescriptor* new_field_descriptor(const GetSetDef* def, Class* owner);
NativeFunction* new_classmethod_descriptor(const MethodDef* def, Class* owner);
NativeFunction* new_builtin_new(Class* cls);             // the `__new__` entry of a builtin class
Value new_static_method(Value callable);
Value new_class_method(Value callable);

// Internals of class creation (class.cc, types/type.cc).
Shape* class_shape();                                    // shape of plain `type` instances
Tuple* compute_mro(Class* cls, Tuple* bases);
void add_subclass(Class* base, Class* cls);
void remove_subclass(Class* base, Class* cls);
uint32_t new_class_version();
uint32_t inherited_class_flags(Class* base);
void trace_class(Object* o, Tracer& t);
void finalize_class(Object* o);

}  // namespace pyjit::runtime
