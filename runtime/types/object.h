// object and class creation internals shared by types/object.cc, types/type.cc and the interpreter's fast paths.
#pragma once
#include "runtime/class.h"

namespace pyjit::runtime {

bool assign_class(Value self, Class* to);          // o.__class__ = to
bool same_members(Class* a, Class* b);             // equal __slots__ layouts
bool merge_class_names(Dict* all, Value cls);      // names of a class and its bases, for dir()
bool uses_object_new(Class* cls);                  // instances come from object.__new__ / object.__init__
bool uses_object_init(Class* cls);
Value import_module(std::string_view name);        // as importlib.import_module; null: exception pending
Class* most_derived_metaclass(Class* metaclass, Tuple* bases);
Value new_super(Class* start, Value self);
Value new_mappingproxy(Value mapping);
Value new_union(Value a, Value b);                 // a | b of types; NotImplemented when they do not make one
Value first_weakref(Object* o);                    // __weakref__: the reference without callback, or None
bool str_is_identifier(const Str* s);
void set_pending_cause(Value cause);               // __cause__ (and __context__) of the pending exception

}  // namespace pyjit::runtime
