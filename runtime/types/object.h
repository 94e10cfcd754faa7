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

}  // namespace pyjit::runtime
