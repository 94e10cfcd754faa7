// Memory limits: what the machine has and the process may reserve.
#include "runtime/memory_limits.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "runtime/errors.h"

namespace pyjit::runtime {

size_t largest_allocation() {
  static const size_t bytes = static_cast<size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return bytes;
}

bool fits_memory(uint64_t bytes) {
  if (bytes <= largest_allocation()) return true;
  raise_memory_error();
  return false;
}

size_t reservation(size_t wanted) {
  constexpr size_t kMegabyte = 1 << 20;
  rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return wanted;
  return std::min(wanted, std::max(limit.rlim_cur / 8 / kMegabyte, rlim_t{1}) * kMegabyte);
}

}  // namespace pyjit::runtime
