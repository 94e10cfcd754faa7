// What machine code needs of the heap: cells without a collection, and collections at its polls.
#pragma once
#include <cstddef>

namespace pyjit::runtime {

// A zeroed cell of at least `bytes` (at most kMaxSmallSize), header included. Never collects: when a collection is due it asks for one in
// the thread's poll word (kPollGc).
void* allocate_without_collection(size_t bytes);
// Serves kPollGc.
void collect_at_poll();

}  // namespace pyjit::runtime
