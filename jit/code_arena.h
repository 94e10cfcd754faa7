// Where machine code lives: one range of addresses below 2 GB, mapped twice, executable here and writable there (W^X).
//
//   start  +0      constants that all code uses, at absolute addresses
//          +256    thunks: enter, exit, alloc, barrier
//          +4096   traces, bumped upwards
#pragma once
#include <cstddef>
#include <cstdint>

namespace pyjit::jit {

// ORDER(ArenaConstant): offsets in quadwords from the arena's start; 16-byte operands first.
enum class ArenaConstant : int {
  kAbsMask = 0,        // two quadwords
  kSignMask = 2,       // two quadwords
  kDoubleOffset = 4,
  kIntTag,
  kDoubleRange,        // kIntTag - kDoubleOffset
  kObjectRange,        // 2^48 - kFirstPointer
  kCanonicalNaN,       // boxed
  kCount,
};

class CodeArena {
 public:
  explicit CodeArena(size_t bytes);
  ~CodeArena();
  CodeArena(const CodeArena&) = delete;

  bool ok() const { return start_ != nullptr; }
  uint8_t* start() const { return start_; }
  uint64_t constant(ArenaConstant which) const { return reinterpret_cast<uint64_t>(start_) + 8 * static_cast<int>(which); }
  uint8_t* thunks() const { return start_ + 256; }
  // The next free address; commit() takes bytes from there.
  uint8_t* next() const { return start_ + used_; }
  size_t room() const { return size_ - used_; }
  void commit(size_t bytes) { used_ = (used_ + bytes + 15) & ~size_t{15}; }
  size_t used() const { return used_; }
  void flush() { used_ = kFirstTrace; }
  // In the child of a fork: the mappings are the parent's memory too; replaces them by a copy at the same addresses.
  bool unshare();
  // The writable alias of an executable address.
  uint8_t* writable(const uint8_t* executable) const { return writable_ + (executable - start_); }

 private:
  static constexpr size_t kFirstTrace = 4096;
  uint8_t *start_ = nullptr, *writable_ = nullptr;
  size_t size_ = 0, used_ = kFirstTrace;
};

}  // namespace pyjit::jit
