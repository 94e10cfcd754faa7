// What a trace assumes without testing: versions of classes, functions and global names. A change invalidates it (jit.cc).
#pragma once
#include <vector>

#include "runtime/types/function.h"

namespace pyjit::jit {

struct Dependencies {
  struct Name { runtime::Dict* dict; runtime::Value key; };
  std::vector<runtime::Class*> classes;
  std::vector<runtime::Function*> functions;
  std::vector<Name> names;
};

// Whether a global that was promoted to a constant has changed too often for that to pay.
bool name_is_volatile(runtime::Dict* dict, runtime::Value key);

// The same of a class: accesses go the general way.
bool class_is_volatile(runtime::Class* cls);

}  // namespace pyjit::jit
