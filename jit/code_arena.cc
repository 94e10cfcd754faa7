// Maps the code arena twice and fills in the constants.
#include "jit/code_arena.h"

#include <sys/mman.h>
#include <unistd.h>

#include "runtime/value.h"

namespace pyjit::jit {

CodeArena::CodeArena(size_t bytes) : size_(bytes) {
  int file = memfd_create("pyjit-code", MFD_CLOEXEC);
  if (file < 0) return;
  if (ftruncate(file, static_cast<off_t>(bytes)) == 0) {
    // Low addresses: 32-bit displacements reach the executable's functions, and constants have absolute addresses.
    for (uintptr_t hint = 0x10000000; hint + bytes < 0x7F000000 && !start_; hint += 0x1000000) {
      void* at = mmap(reinterpret_cast<void*>(hint), bytes, PROT_READ | PROT_EXEC, MAP_SHARED | MAP_FIXED_NOREPLACE, file, 0);
      if (at == MAP_FAILED) continue;
      if (reinterpret_cast<uintptr_t>(at) == hint) start_ = static_cast<uint8_t*>(at);
      else munmap(at, bytes);
    }
    void* at = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (at != MAP_FAILED) writable_ = static_cast<uint8_t*>(at);
  }
  close(file);
  if (!start_ || !writable_) {
    if (start_) munmap(start_, bytes);
    if (writable_) munmap(writable_, bytes);
    start_ = writable_ = nullptr;
    return;
  }
  using runtime::Value;
  auto set = [&](ArenaConstant which, uint64_t low) { reinterpret_cast<uint64_t*>(writable_)[static_cast<int>(which)] = low; };
  set(ArenaConstant::kAbsMask, ~(1ull << 63));
  set(ArenaConstant::kSignMask, 1ull << 63);
  reinterpret_cast<uint64_t*>(writable_)[1] = ~0ull;
  set(ArenaConstant::kDoubleOffset, Value::kDoubleOffset);
  set(ArenaConstant::kIntTag, Value::kIntTag);
  set(ArenaConstant::kDoubleRange, Value::kIntTag - Value::kDoubleOffset);
  set(ArenaConstant::kObjectRange, Value::kDoubleOffset - Value::kFirstPointer);
  set(ArenaConstant::kCanonicalNaN, (0xFFF8ull << 48) + Value::kDoubleOffset);
}

bool CodeArena::unshare() {
  if (!start_) return false;
  int file = memfd_create("pyjit-code", MFD_CLOEXEC);
  if (file < 0) return false;
  bool ok = ftruncate(file, static_cast<off_t>(size_)) == 0;
  for (size_t done = 0; ok && done < used_;) {
    ssize_t n = pwrite(file, writable_ + done, used_ - done, static_cast<off_t>(done));
    ok = n > 0;
    if (ok) done += static_cast<size_t>(n);
  }
  ok = ok && mmap(writable_, size_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file, 0) == writable_ &&
       mmap(start_, size_, PROT_READ | PROT_EXEC, MAP_SHARED | MAP_FIXED, file, 0) == start_;
  close(file);
  return ok;
}

CodeArena::~CodeArena() {
  if (start_) munmap(start_, size_);
  if (writable_) munmap(writable_, size_);
}

}  // namespace pyjit::jit
