// Where the main thread's native stack ends: a scan must not run past it.
#pragma once
#include <pthread.h>

#include <cstdint>

namespace pyjit {

inline uintptr_t end_of_native_stack() {
  pthread_attr_t attributes;
  void* low = nullptr;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
  pthread_attr_getstack(&attributes, &low, &size);
  pthread_attr_destroy(&attributes);
  return reinterpret_cast<uintptr_t>(low) + size;
}

}  // namespace pyjit
