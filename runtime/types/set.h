// set operations in C++: what set_type.cc, the dict views and collections share. All follow CPython's steps, since they decide the order.
#pragma once
#include "runtime/types/dict.h"

namespace pyjit::runtime {

Set* set_copy(Set* s);                                        // set or frozenset (never a subclass)
Set* set_intersection(Set* s, Value other);
Set* set_difference(Set* s, Value other);
Set* set_symmetric_difference(Set* s, Value other);
bool set_difference_update(Set* s, Value other);
bool set_symmetric_difference_update(Set* s, Value other);
int set_is_subset(Set* s, Set* other);                        // 1, 0, -1
int set_discard_hashed(Set* s, Value key, int64_t hash);      // 1 removed, 0 absent, -1
Set* make_set(Class* cls, Value iterable);                    // a new instance of cls; iterable null: empty
Set* make_base_set(Class* cls, Value iterable);               // of set or frozenset, whichever cls derives from
void set_swap_bodies(Set* a, Set* b);

}  // namespace pyjit::runtime
