// Struct sequences: tuples whose items also have names (sys.flags, os.stat_result, time.struct_time ...).
#pragma once
#include "runtime/types/containers.h"

namespace pyjit::runtime {

struct StructField { const char* name; const char* doc; };
// Fields beyond `visible` are attributes only. A name of nullptr makes an unnamed item. `fields` ends with {nullptr, nullptr} after `total`.
struct StructSequenceSpec {
  const char* name;          // "sys.flags"
  const char* doc;
  const StructField* fields;
  uint32_t total, visible;
};
Class* new_struct_sequence_class(const StructSequenceSpec& spec);
Tuple* new_struct_sequence(Class* cls);    // items null: fill all `total` of them before use
void forbid_instantiation(Class* cls);     // "cannot create 'sys.flags' instances"

}  // namespace pyjit::runtime
