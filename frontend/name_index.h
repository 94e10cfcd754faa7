// Pointer → dense index in order of insertion: names (interned, so their data() is their identity) and canonical constants.
#pragma once
#include <bit>
#include <cstdint>
#include <vector>

namespace pyjit::frontend {

class PointerIndex {
 public:
  int find(const void* key) const {
    if (table_.empty()) {
      for (size_t i = 0; i < keys_.size(); i++)
        if (keys_[i] == key) return (int)i;
      return -1;
    }
    for (size_t i = slot(key);; i = (i + 1) & (table_.size() - 1)) {
      int32_t at = table_[i];
      if (at < 0 || keys_[(size_t)at] == key) return at;
    }
  }
  // Index of `key`, inserted at the end when new.
  int add(const void* key, bool* inserted = nullptr) {
    int at = find(key);
    if (inserted) *inserted = at < 0;
    if (at >= 0) return at;
    at = (int)keys_.size();
    keys_.push_back(key);
    if (table_.empty() ? keys_.size() > 12 : keys_.size() * 2 > table_.size())
      rebuild();
    else if (!table_.empty())
      insert(key, at);
    return at;
  }
  size_t size() const { return keys_.size(); }
  void clear() {
    keys_.clear();
    table_.clear();
  }

 private:
  size_t slot(const void* key) const { return ((uintptr_t)key * 0x9E3779B97F4A7C15ull >> 32) & (table_.size() - 1); }
  void insert(const void* key, int at) {
    size_t i = slot(key);
    while (table_[i] >= 0) i = (i + 1) & (table_.size() - 1);
    table_[i] = at;
  }
  void rebuild() {
    table_.assign(std::bit_ceil(keys_.size() * 4), -1);
    for (size_t i = 0; i < keys_.size(); i++) insert(keys_[i], (int)i);
  }

  std::vector<const void*> keys_;
  std::vector<int32_t> table_;  // empty while a linear scan is cheaper
};

}  // namespace pyjit::frontend
