// dict_keys, dict_values, dict_items and the dict iterators.
#pragma once
#include "runtime/types/dict.h"

namespace pyjit::runtime {

struct DictView : Object { Dict* dict; };
struct DictIterator : Object {
  Dict* dict;          // null: exhausted
  uint64_t size;       // of the dict when iteration began; ~0 after "changed size" was raised
  int64_t position;    // next entry to look at
  uint64_t left;       // items still to come
};

Value new_dict_view(Class* cls, Dict* d);
Value new_dict_iterator(Class* cls, Dict* d);   // any of the six classes

}  // namespace pyjit::runtime
