// Iterators that other files make or share.
#pragma once
#include "runtime/types/containers.h"

namespace pyjit::runtime {

Value new_callable_iterator(Value function, Value sentinel);   // iter(function, sentinel)
void trace_sequence_iterator(Object* o, Tracer& tracer);       // for every class with SequenceIterator's layout
// new_sequence_iterator(types.seq_iterator, o) is iter(o) over __getitem__ (sequence_util.h).

}  // namespace pyjit::runtime
