// The one door to mimalloc. Under AddressSanitizer its names mean malloc, which that watches, and free cells of the heap are poisoned.
#pragma once
#include <cstddef>

#ifdef PYJIT_ASAN
#include <sanitizer/asan_interface.h>

#include <cstdlib>

inline void* mi_malloc(size_t bytes) { return malloc(bytes); }
inline void* mi_zalloc(size_t bytes) { return calloc(1, bytes); }
inline void* mi_malloc_aligned(size_t bytes, size_t alignment) { return aligned_alloc(alignment, bytes); }
inline void mi_free(void* p) { free(p); }
inline void mi_collect(bool) {}
#else
#include <mimalloc.h>
#endif

namespace pyjit::runtime {

#ifdef PYJIT_ASAN
constexpr bool kPoisoning = true;
inline void poison(const void* p, size_t bytes) { __asan_poison_memory_region(p, bytes); }
inline void unpoison(const void* p, size_t bytes) { __asan_unpoison_memory_region(p, bytes); }
#else
constexpr bool kPoisoning = false;
inline void poison(const void*, size_t) {}
inline void unpoison(const void*, size_t) {}
#endif

}  // namespace pyjit::runtime
