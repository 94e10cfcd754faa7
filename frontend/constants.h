// Which constants are the same: the merging rules of co_consts.
//
// Equal means: same type and same value, where 0.0 differs from -0.0 (also inside complex), a NaN equals only itself, tuples and
// frozensets compare by their items, code objects field by field.
#pragma once
#include <cstdint>
#include <vector>

#include "frontend/arena.h"
#include "frontend/code.h"
#include "frontend/constant.h"
#include "frontend/name_index.h"

namespace pyjit::frontend {

bool same_constant(const Constant* a, const Constant* b);

// One for a compilation: maps every constant to its one representative, so that equal constants are equal pointers.
class ConstantPool {
 public:
  explicit ConstantPool(Arena& arena);
  const Constant* canonical(const Constant* c);

  const Constant* none() const { return none_; }
  const Constant* integer(int64_t value);
  const Constant* string(std::string_view text);  // text must live in the arena
  const Constant* tuple(std::span<const Constant* const> items);
  const Constant* code(const Code* code);
  Arena& arena() { return arena_; }

 private:
  void rehash();
  Arena& arena_;
  const Constant* none_;
  struct Slot {
    uint64_t hash;
    const Constant* constant;
  };
  std::vector<Slot> table_;
  size_t used_ = 0;
};

// co_consts of one code object under construction.
class UnitConstants {
 public:
  explicit UnitConstants(ConstantPool& pool) : pool_(&pool) {}
  int add(const Constant* c) {
    c = pool_->canonical(c);
    bool inserted;
    int at = index_.add(c, &inserted);
    if (inserted) list_.push_back(c);
    return at;
  }
  const Constant* operator[](size_t i) const { return list_[i]; }
  size_t size() const { return list_.size(); }
  void truncate(size_t n) { list_.resize(n); }  // after which nothing more is added
  void clear() {
    list_.clear();
    index_.clear();
  }
  const std::vector<const Constant*>& list() const { return list_; }
  ConstantPool& pool() { return *pool_; }

 private:
  ConstantPool* pool_;
  std::vector<const Constant*> list_;
  PointerIndex index_;
};

}  // namespace pyjit::frontend
