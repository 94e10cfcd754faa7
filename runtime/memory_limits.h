// Sizes that a program asks for, against what the machine and `ulimit -v` allow.
#pragma once
#include <cstddef>
#include <cstdint>

namespace pyjit::runtime {

// The most that one allocation may ask for. More than the machine has, the allocator would promise without a word, and the system would
// end the process when it is touched.
size_t largest_allocation();

// False with MemoryError pending when `bytes` is more than that. To be asked before a std::string or vector of a size the program chose.
bool fits_memory(uint64_t bytes);

// How much to reserve where `wanted` would be comfortable: under `ulimit -v` no more than an eighth of it.
size_t reservation(size_t wanted);

}  // namespace pyjit::runtime
