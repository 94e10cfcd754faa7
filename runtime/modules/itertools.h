// The parts of itertools: each adds its classes to the module.
#pragma once
#include "runtime/modules/module_util.h"

namespace pyjit::runtime {

bool add_itertools_selecting(Module* m);       // chain compress dropwhile takewhile filterfalse starmap islice accumulate
bool add_itertools_repeating(Module* m);       // count cycle repeat pairwise zip_longest
bool add_itertools_grouping(Module* m);        // groupby tee
bool add_itertools_combinatoric(Module* m);    // product permutations combinations combinations_with_replacement

// Fills the parts of a spec that all iterators of the module share.
inline ClassSpec iterator_spec(const char* name, uint32_t size, UnaryFn next, Value (*new_fn)(Class*, Value*, uint32_t, Tuple*),
                               void (*trace)(Object*, Tracer&), const MethodDef* methods, const char* doc) {
  ClassSpec spec{.name = name, .basicsize = size, .flags = kClassBaseType, .trace_kind = TraceKind::kCustom, .trace = trace, .doc = doc,
                 .methods = methods};
  spec.slots.iter = iter_self;
  spec.slots.next = next;
  spec.slots.new_ = new_fn;
  return spec;
}

inline Tuple* state_tuple(Value state) {
  if (is_tuple(state)) return state.as<Tuple>();
  raise(exc.TypeError, "state is not a tuple");
  return nullptr;
}

}  // namespace pyjit::runtime
