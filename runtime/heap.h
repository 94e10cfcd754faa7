// Heap: garbage-collected cells for every object and backing store. See heap.cc for the collector's essay.
//
// Contract for native code: hold plain Value / Object* in locals (the native stack and registers are scanned conservatively, interior
// pointers included), keep nothing in malloc'ed memory unless it is registered (RootRange, RootedVector), and run the write
// barrier on the *owning cell* after storing a reference into it. Any allocation may collect. Cells come zeroed.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/object.h"

namespace pyjit::runtime {

class Tracer {
 public:
  void visit(Value v) { if (v.is_object()) visit(v.as_object()); }
  void visit(const Object* o);                                  // null allowed
  void visit_range(const Value* begin, const Value* end);
  void visit_native_words(const void* begin, const void* end);    // the same for native stacks and registers: see heap_collect.cc
  void visit_conservatively(const void* begin, const void* end);  // words that may or may not be references
  std::vector<Object*>* sink = nullptr;                         // instead of marking, collect here what is visited (gc.get_referents)
};

// One bump interval a size class; machine code addresses cursor and limit directly.
struct BumpInterval { uintptr_t cursor, limit; };

constexpr size_t kCellGranule = 16;
constexpr size_t kMaxSmallSize = 8192;      // larger cells are large objects
constexpr size_t kLinearClasses = 32;       // sizes 16, 32, ..., 512; then four steps a doubling up to kMaxSmallSize
constexpr size_t kSizeClasses = kLinearClasses + 16;

constexpr size_t size_class_of(size_t bytes) {
  if (bytes <= 512) return (bytes + 15) / 16 - 1;
  size_t shift = 63 - static_cast<size_t>(__builtin_clzll(bytes - 1));  // floor(log2(bytes-1)), 9 ... 12
  return kLinearClasses + (shift - 9) * 4 + (((bytes - 1) >> (shift - 2)) & 3);
}
constexpr size_t size_of_class(size_t index) {
  if (index < kLinearClasses) return (index + 1) * 16;
  size_t octave = (index - kLinearClasses) / 4, step = (index - kLinearClasses) % 4;
  return (512 + (step + 1) * 128) << octave;
}

struct HeapStats { uint64_t minor_collections, full_collections, allocated_bytes, live_bytes_after_full, blocks, large_objects; };

class Heap {
 public:
  // A zeroed cell of at least `bytes` with its header set. Never returns null: out of memory is raised by allocate_checked, fatal here.
  Object* allocate(Shape* shape, size_t bytes) {
    if (bytes <= kMaxSmallSize) [[likely]] {
      BumpInterval& interval = intervals[size_class_of(bytes)];
      size_t size = size_of_class(size_class_of(bytes));
      uintptr_t p = interval.cursor;
      if (p + size <= interval.limit) [[likely]] {
        interval.cursor = p + size;
        Object* o = reinterpret_cast<Object*>(p);
        o->set_shape(shape);
        return o;
      }
    }
    return allocate_slow(shape, bytes);
  }
  Object* allocate_slow(Shape* shape, size_t bytes);
  // As allocate, but null with MemoryError pending when `bytes` is absurd or the system refuses. Use it for sizes a program chooses.
  Object* allocate_checked(Shape* shape, size_t bytes);

  void collect(bool full);
  size_t cell_size(const Object* o) const;         // usable bytes of the object's cell
  Object* find_object(const void* p) const;        // the live object that contains p, or null
  void for_each_object(void (*fn)(Object*, void*), void* context);  // every allocated object (gc.get_objects); no allocation inside

  void add_root_range(const Value* begin, const Value* end);
  void add_root_tracer(void (*fn)(Tracer&, void*), void* context);
  void register_finalizable(Object* o);            // class has __del__ or Class::finalize: run it after the object dies
  void run_pending_finalizers();                   // at a safe point; the poll word asks for it
  void add_external_pressure(size_t bytes);        // native memory owned by cells

  bool enabled = true;                             // gc.enable / gc.disable: automatic collections only
  BumpInterval intervals[kSizeClasses] = {};
  HeapStats stats{};
  void write_barrier_slow(Object* o);
};

extern Heap heap;

// After storing a reference into `o`. Two instructions when o is young or already remembered.
inline void write_barrier(Object* o) { if (o->gc == kOld) [[unlikely]] heap.write_barrier_slow(o); }
inline void write_barrier(Object* o, Value stored) { if (o->gc == kOld && stored.is_object()) [[unlikely]] heap.write_barrier_slow(o); }

// A vector of Values that the collector sees (std::vector's buffer is invisible to the stack scan). Lives on the native stack only.
class RootedVector {
 public:
  RootedVector();
  ~RootedVector();
  RootedVector(const RootedVector&) = delete;
  RootedVector& operator=(const RootedVector&) = delete;
  void push_back(Value v) { items_.push_back(v); }
  Value pop_back() { Value v = items_.back(); items_.pop_back(); return v; }
  Value& operator[](size_t i) { return items_[i]; }
  Value& back() { return items_.back(); }
  size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  Value* data() { return items_.data(); }
  Value* begin() { return items_.data(); }
  Value* end() { return items_.data() + items_.size(); }
  void clear() { items_.clear(); }
  void resize(size_t n) { items_.resize(n); }
  void reserve(size_t n) { items_.reserve(n); }
  RootedVector* next() const { return next_; }

 private:
  friend class Heap;
  std::vector<Value> items_;
  RootedVector* next_;
};

// ValueArray: backing store of list, attribute overflow, deque blocks ...: `capacity` Values, null where unused.
struct ValueArray : Object {
  uint64_t capacity;
  Value items[];
};
ValueArray* new_value_array(size_t capacity);          // null with MemoryError pending when absurd
// ByteArrayStore: backing store without references.
struct ByteStore : Object {
  uint64_t capacity;
  char bytes[];
};
ByteStore* new_byte_store(size_t capacity);            // null with MemoryError pending when absurd

}  // namespace pyjit::runtime
