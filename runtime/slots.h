// Slots and dunders: the table of slotdefs.def at run time, wrapper descriptors, and the recomputation of a class's slots.
#pragma once
#include "runtime/class.h"
#include "runtime/native.h"

namespace pyjit::runtime {

struct SlotDef {
  Str* const* name;          // &names.dunder_xxx
  size_t offset;             // of the slot in Slots
  void* dispatcher;
  // Calls the native `slot` function with already counted positional arguments.
  Value (*wrapper)(const SlotDef& def, void* slot, Value self, Value* args, uint32_t nargs, Tuple* kwnames);
  const char* signature;
  const char* doc;
};
extern const SlotDef kSlotDefs[];
extern const size_t kSlotDefCount;

inline void*& slot_at(Slots& slots, size_t offset) { return *reinterpret_cast<void**>(reinterpret_cast<char*>(&slots) + offset); }

// wrapper_descriptor (`int.__add__`) and method-wrapper (`(1).__add__`, with self).
struct WrapperDescriptor : Object {
  const SlotDef* def;
  void* slot;
  Class* owner;
  Value self;
};

void add_slot_wrappers(Class* cls);        // builtin types: dunders for every own slot
void inherit_slots(Class* cls);            // builtin types: empty slots from the MRO
void update_slots(Class* cls);             // recompute every slot of a Python-made class from its dunders
int64_t hash_not_implemented(Value v);     // the slot of unhashable types
Value call_dunder(Value self, Str* name, Value* args, uint32_t nargs, bool* found);   // type(self).name bound to self

}  // namespace pyjit::runtime
