// Iterators that yield pairs, for loops that unpack them: the pair without the tuple.
#pragma once
#include "runtime/value.h"

namespace pyjit::runtime {

// enumerate, zip of two and dict_itemiterator, over lists, tuples and strings: the next pair, the iterator advanced. False: nothing has
// happened, and only the iterator's own next knows (it ends, raises, or is another kind). Never runs Python code; may allocate a character.
bool next_pair(Value iterator, Value* pair);

}  // namespace pyjit::runtime
