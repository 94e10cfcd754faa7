// Audit events (PEP 578): sys.addaudithook's hooks hear of them.
#pragma once
#include <initializer_list>

#include "runtime/value.h"

namespace pyjit::runtime {

// False: a hook raised. Costs one test while no hook is installed.
extern bool audit_hooks_installed;
bool raise_audit_event(const char* event, std::initializer_list<Value> arguments);
inline bool audit(const char* event, std::initializer_list<Value> arguments = {}) {
  return !audit_hooks_installed || raise_audit_event(event, arguments);
}

}  // namespace pyjit::runtime
