// The shapes of containers that exist before their classes do: class dicts and MRO tuples are needed to make the first class.
#pragma once
#include "runtime/types/dict.h"

namespace pyjit::runtime {

extern Shape *tuple_shape, *list_shape, *dict_entries_shape, *dict_index_shape, *dict_hashes_shape;

// Called once by init.cc as soon as the heap works: makes the root shapes (their classes are set by init_tuple_type and so on) and the
// shared empty tuple and list store.
void bootstrap_containers();

void trace_dict(Object* o, Tracer& tracer);
bool dict_pop_last(Dict* d, Value* key, Value* value);   // popitem(); false when empty
void dict_remove_at(Dict* d, uint64_t position);         // of a live entry
// Puts a key that the dict does not have before all others; `first` is the position of its first live entry (0 when empty).
bool dict_insert_front(Dict* d, Value key, int64_t hash, Value value, uint64_t first);
extern ValueArray* empty_value_array;                    // store of every empty list

}  // namespace pyjit::runtime
