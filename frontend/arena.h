// Bump allocator that owns everything one compilation makes: tokens, AST, constants, code. Freed as a whole.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace pyjit::frontend {

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() {
    for (char* chunk : chunks_) ::operator delete(chunk);
  }

  void* allocate(size_t size, size_t align = 8) {
    uintptr_t p = (cursor_ + align - 1) & ~(uintptr_t)(align - 1);
    if (p + size > limit_) {
      grow(size + align);
      p = (cursor_ + align - 1) & ~(uintptr_t)(align - 1);
    }
    cursor_ = p + size;
    return (void*)p;
  }

  // Destructors never run: T must not need one.
  template <class T, class... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T), alignof(T))) T(std::forward<Args>(args)...);
  }

  template <class T>
  std::span<T> copy(const T* data, size_t count) {
    if (!count) return {};
    T* out = (T*)allocate(sizeof(T) * count, alignof(T));
    std::memcpy((void*)out, data, sizeof(T) * count);
    return {out, count};
  }
  template <class T>
  std::span<T> copy(const std::vector<T>& v) {
    return copy(v.data(), v.size());
  }

  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* out = (char*)allocate(text.size(), 1);
    std::memcpy(out, text.data(), text.size());
    return {out, text.size()};
  }

  // The one copy of this text that stands for all equal texts: compare data() instead of characters.
  std::string_view intern(std::string_view text) {
    uint32_t hash = 2166136261u;
    for (unsigned char c : text) hash = (hash ^ c) * 16777619u;
    hash ^= hash >> 15;
    if (interned_ * 2 >= table_.size()) rehash();
    size_t mask = table_.size() - 1;
    size_t i = hash & mask;
    for (; table_[i].data(); i = (i + 1) & mask) {
      const std::string_view& s = table_[i];
      if (s.size() == text.size() && std::memcmp(s.data(), text.data(), text.size()) == 0) return s;
    }
    // The hash is kept just before the text for rehash(); a terminating zero follows it, for the empty text and for C
    // callers.
    char* out = (char*)allocate(sizeof hash + text.size() + 1, alignof(uint32_t));
    std::memcpy(out, &hash, sizeof hash);
    std::memcpy(out + sizeof hash, text.data(), text.size());
    out[sizeof hash + text.size()] = 0;
    interned_++;
    return table_[i] = {out + sizeof hash, text.size()};
  }

 private:
  void rehash() {
    std::vector<std::string_view> old(table_.empty() ? 256 : table_.size() * 2);
    old.swap(table_);
    size_t mask = table_.size() - 1;
    for (const std::string_view& s : old) {
      if (!s.data()) continue;
      uint32_t hash;
      std::memcpy(&hash, s.data() - sizeof hash, sizeof hash);
      size_t i = hash & mask;
      while (table_[i].data()) i = (i + 1) & mask;
      table_[i] = s;
    }
  }

  void grow(size_t need) {
    size_t size = chunks_.empty() ? 16 * 1024 : 256 * 1024;
    if (size < need) size = need;
    chunks_.push_back((char*)::operator new(size));
    cursor_ = (uintptr_t)chunks_.back();
    limit_ = cursor_ + size;
  }

  std::vector<char*> chunks_;
  std::vector<std::string_view> table_;  // intern(): open addressing, size a power of two
  size_t interned_ = 0;
  uintptr_t cursor_ = 0;
  uintptr_t limit_ = 0;
};

}  // namespace pyjit::frontend
