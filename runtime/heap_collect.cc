// The collector: from roots to mark bytes.
//
// Sticky mark bits (Demers et al. 1990): a minor collection leaves the marks of the last one standing, so what survived once counts as
// old and is not traced again; it starts from the roots and from the old objects that the write barrier remembered. A full collection
// clears all marks first. Nothing moves, so the native stack and registers can be scanned conservatively: any word that points into an
// allocated cell keeps the cell.
//
// Order of a collection:
//   1. finish_current_blocks: "header word is zero" then means "free" in every block that allocation has touched
//   2. full only: zero the dead cells of untouched blocks (their liveness is in the marks), then clear all marks
//   3. mark from roots, stacks, remembered objects
//   4. finalizable objects that are not marked: queue them and mark what they reach (they live until the finalizer has run)
//   5. weak references to unmarked objects are cleared
//   6. count live cells a block; empty blocks go back to the pool, the rest to the sweep lists; unmarked large objects are freed
#include <cstring>
#include <ctime>

#include "runtime/allocator.h"
#include "runtime/class.h"
#include "runtime/errors.h"
#include "runtime/gil.h"
#include "runtime/heap.h"
#include "runtime/heap_layout.h"
#include "runtime/thread.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/frame.h"
#include "runtime/types/str.h"
#include "runtime/types/weakref.h"

namespace pyjit::runtime {

namespace {

struct RootRange { const Value *begin, *end; };
struct RootTracer { void (*fn)(Tracer&, void*); void* context; };
std::vector<RootRange> root_ranges;
std::vector<RootTracer> root_tracers;
std::vector<WeakProcessor> weak_processors;

bool set_mark(const Object* o) {
  if (is_large(o)) {
    LargeHeader* h = LargeHeader::of(o);
    if (h->marked) return false;
    h->marked = 1;
    return true;
  }
  uint8_t* m = mark_byte(o);
  if (*m) return false;
  *m = 1;
  return true;
}

// The references of one object: its class, its attribute slots, its native part.
void trace_children(Object* o, Tracer& tracer) {
  Shape* shape = o->shape();
  if (shape == tuple_shape && !tracer.sink) {   // the commonest, whose class never dies
    auto* t = static_cast<Tuple*>(o);
    tracer.visit_range(t->items, t->items + t->size);
    return;
  }
  Class* cls = shape->cls;
  tracer.visit(cls);
  switch (shape->trace_kind) {
    case TraceKind::kLeaf: break;
    case TraceKind::kValues: {
      char* p = reinterpret_cast<char*>(o);
      tracer.visit_range(reinterpret_cast<Value*>(p + 8), reinterpret_cast<Value*>(p + heap.cell_size(o)));
      return;
    }
    case TraceKind::kCustom:
      if (cls->trace) cls->trace(o, tracer);
      break;
  }
  if (shape->members_end) {
    char* p = reinterpret_cast<char*>(o);
    tracer.visit_range(reinterpret_cast<Value*>(p + shape->members_begin), reinterpret_cast<Value*>(p + shape->members_end));
  }
  if (shape->attrs_offset) {
    Object** overflow = reinterpret_cast<Object**>(reinterpret_cast<char*>(o) + shape->attrs_offset);
    tracer.visit(*overflow);
    Value* slots = reinterpret_cast<Value*>(overflow + 1);
    tracer.visit_range(slots, slots + shape->inline_capacity);
  } else if (shape->attrs_at_end) {
    tracer.visit(*attrs_overflow(o));
  }
}

// The object whose references are being followed, for the verifier's message.
Object* tracing_parent = nullptr;

void drain(Tracer& tracer) {
  // Objects wait in a short queue between the stack and their turn, so that their cache lines have time to arrive.
  constexpr uint32_t kAhead = 16;
  Object* ahead[kAhead];
  uint32_t first = 0, waiting = 0;
  auto& stack = heap_state.mark_stack;
  for (;;) {
    while (waiting < kAhead && !stack.empty()) {
      Object* o = stack.back();
      stack.pop_back();
      __builtin_prefetch(o, 1);
      ahead[(first + waiting++) % kAhead] = o;
    }
    if (!waiting) break;
    Object* o = ahead[first];
    first = (first + 1) % kAhead;
    --waiting;
    o->gc = kOld;
    tracing_parent = o;
    trace_children(o, tracer);
  }
  tracing_parent = nullptr;
}

// GC stress also verifies: a precise reference must name an allocated cell.
void verify_reference(const Object* o) {
  if (heap.find_object(o) == o) return;
  fprintf(stderr, "pyjit: heap verifier: object %p of class '%s' refers to %p, which is no live cell\n", static_cast<void*>(tracing_parent),
          tracing_parent ? to_utf8(tracing_parent->cls()->name).c_str() : "(root)", static_cast<const void*>(o));
  abort();
}

// The new ones sorted by address too, for the conservative lookup of interior pointers.
void sort_large() {
  auto& large = heap_state.large;
  std::sort(large.begin() + static_cast<ptrdiff_t>(heap_state.old_large), large.end());
}

LargeHeader* find_large(uintptr_t p) {
  auto& large = heap_state.large;
  auto middle = large.begin() + static_cast<ptrdiff_t>(heap_state.old_large);
  auto find_in = [p](auto begin, auto end) -> LargeHeader* {
    auto it = std::upper_bound(begin, end, p, [](uintptr_t a, LargeHeader* h) { return a < reinterpret_cast<uintptr_t>(h); });
    if (it == begin) return nullptr;
    LargeHeader* h = *--it;
    uintptr_t start = reinterpret_cast<uintptr_t>(h->object());
    return p >= start && p < start + h->bytes ? h : nullptr;
  };
  if (LargeHeader* h = find_in(large.begin(), middle)) return h;
  return find_in(middle, large.end());
}

// Scans from this function's frame up: callee-saved registers were spilled by the caller (see mark_roots).
__attribute__((noinline, no_sanitize("address"))) void scan_native_stack(Tracer& tracer, uintptr_t base) {
  uintptr_t here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) & ~uintptr_t{7};
  tracer.visit_native_words(reinterpret_cast<void*>(here), reinterpret_cast<void*>(base));
}

void trace_thread(Thread* t, Tracer& tracer) {
  tracer.visit(t->exception);
  for (ExcInfo* e = t->exc_info; e; e = e->previous) tracer.visit(e->value);
  tracer.visit(t->trace_function);
  tracer.visit(t->trace_arg);
  tracer.visit(t->profile_function);
  tracer.visit(t->profile_arg);
  tracer.visit(t->context);
  tracer.visit(t->async_gen_firstiter);
  tracer.visit(t->async_gen_finalizer);
  for (Value v : {t->start_values[0], t->start_values[1], t->start_values[2], t->sentinel, t->locals, t->async_exception}) tracer.visit(v);
  tracer.visit_conservatively(t->stack_base, t->stack_top);
}

void mark_roots(Tracer& tracer) {
  __builtin_unwind_init();  // all callee-saved registers into this frame, which the stack scan covers
  for (auto& r : root_ranges) tracer.visit_range(r.begin, r.end);
  for (auto& r : root_tracers) r.fn(tracer, r.context);
  trace_rooted_vectors(tracer);
  for (Object* o : heap_state.pending_finalizers) tracer.visit(o);
  if (!thread()) return;
  scan_native_stack(tracer, thread()->native_stack_base);
  if (!all_threads) return trace_thread(thread(), tracer);
  for (Thread* t = all_threads; t; t = t->next) {
    trace_thread(t, tracer);
    if (t == thread() || !t->saved.stack_pointer) continue;
    tracer.visit_native_words(t->saved.registers, t->saved.registers + 6);
    tracer.visit_native_words(reinterpret_cast<void*>(t->saved.stack_pointer), reinterpret_cast<void*>(t->native_stack_base));
  }
}

template <class F>
void for_each_block(F f) {
  for (char* chunk : heap_state.chunks) {
    Block* blocks = reinterpret_cast<Block*>(chunk);
    for (size_t i = kFirstBlock; i < kBlocksPerChunk; ++i) {
      if (blocks[i].state != BlockState::kFree) f(&blocks[i]);
    }
  }
}

void clear_marks() {
  for_each_block([](Block* b) {
    uint8_t* marks = mark_byte(b->start());
    uint32_t granules = b->cell_size >> 4;
    if (b->state == BlockState::kUnswept) {
      for (uint32_t i = 0; i < b->cell_count; ++i) {
        if (!marks[i * granules]) memset(b->start() + size_t{i} * b->cell_size, 0, 8);
      }
      b->state = BlockState::kSwept;
    }
    memset(marks, 0, kBlockSize >> 4);
  });
  for (LargeHeader* h : heap_state.large) h->marked = 0;
}

// Step 6. A minor collection can only have changed the counts of blocks that allocation has touched.
void prepare_sweep(bool full) {
  HeapState& s = heap_state;
  auto recount = [&](Block* b) {
    const uint8_t* marks = mark_byte(b->start());
    // Only a cell's first granule is ever marked, with 1: eight lane-wise sums of at most 128 each.
    uint64_t sums = 0;
    for (size_t i = 0; i < kBlockSize >> 4; i += 8) {
      uint64_t eight;
      memcpy(&eight, marks + i, 8);
      sums += eight;
    }
    sums = (sums & 0x00FF00FF00FF00FF) + (sums >> 8 & 0x00FF00FF00FF00FF);
    uint32_t live = static_cast<uint32_t>((sums * 0x0001000100010001) >> 48);
    s.live_in_blocks += size_t{live} * b->cell_size;
    if (!full) s.live_in_blocks -= size_t{b->live_cells} * b->cell_size;
    b->live_cells = live;
    if (!live) {
      b->state = BlockState::kFree;
      poison(b->start(), kBlockSize);
      b->next = heap_state.free_blocks;
      heap_state.free_blocks = b;
      --heap.stats.blocks;
      return;
    }
    b->state = BlockState::kUnswept;
    poison_free_cells(b);
    // The free intervals of a nearly full block are a cell or two: not worth the search.
    uint32_t free_cells = b->cell_count - live;
    if (free_cells > b->cell_count / 16) {
      Block*& list = (free_cells >= b->cell_count / 4 ? s.sweep_list : s.crowded_list)[b->size_class];
      b->next = list;
      list = b;
    }
  };
  if (full) {
    for (auto& list : s.sweep_list) list = nullptr;
    for (auto& list : s.crowded_list) list = nullptr;
    s.live_in_blocks = 0;
    for_each_block(recount);
  } else {
    for (Block* b : s.touched) recount(b);
  }
  s.touched.clear();
}

// Old ones survive minor collections unseen.
void free_large(bool full) {
  HeapState& s = heap_state;
  auto& large = s.large;
  if (full) s.live_in_large = s.old_large = 0;
  size_t out = s.old_large;
  for (size_t i = s.old_large; i < large.size(); ++i) {
    LargeHeader* h = large[i];
    if (h->marked) {
      s.live_in_large += h->bytes;
      large[out++] = h;
    } else {
      mi_free(h);
      --heap.stats.large_objects;
    }
  }
  large.resize(out);
  auto middle = large.begin() + static_cast<ptrdiff_t>(s.old_large);
  if (full) std::sort(large.begin(), large.end());
  else std::inplace_merge(large.begin(), middle, large.end());
  s.old_large = out;
}

// How much to allocate until the next minor collection. While nearly everything dies young and little is followed again, a small budget
// keeps the process small; work that a collection does whatever the budget (survivors, remembered objects) makes it larger, up to a
// quarter of a large live heap. (Half a megabyte, which would stay in a core's cache, was no faster than eight.)
size_t next_budget(size_t live, size_t work) {
  size_t least = std::max(kLeastBudget, live / 32), most = std::max(kUsualBudget, live / 4), budget = heap_state.budget;
  if (work > budget / 16) budget *= 2;
  else if (work < budget / 64) budget /= 2;
  return std::clamp(budget, least, most);
}

void queue_finalizers(Tracer& tracer) {
  auto& list = heap_state.finalizable;
  size_t first_new = heap_state.pending_finalizers.size();
  auto queue_dead = [&](bool with_del) {
    size_t out = 0;
    for (Object* o : list) {
      if (is_marked(o) || bool(o->cls()->slots.del) != with_del) {
        list[out++] = o;
      } else {
        heap_state.pending_finalizers.push_back(o);
      }
    }
    list.resize(out);
  };
  queue_dead(true);
  // `finalizable` is in order of allocation. Layered objects go first and youngest first: a text file before its buffer before its descriptor.
  auto& pending = heap_state.pending_finalizers;
  auto layered_end = std::stable_partition(pending.begin() + static_cast<ptrdiff_t>(first_new), pending.end(),
                                           [](Object* o) { return o->cls()->has(kClassLayered); });
  std::reverse(pending.begin() + static_cast<ptrdiff_t>(first_new), layered_end);
  size_t with_del = pending.size();
  for (size_t i = first_new; i < with_del; ++i) tracer.visit(pending[i]);
  drain(tracer);
  // Native resources that a __del__ can still reach (a Popen's lock) wait for a collection that finds them unreachable for good.
  queue_dead(false);
  for (size_t i = with_del; i < pending.size(); ++i) tracer.visit(pending[i]);
  drain(tracer);
  if (heap_state.pending_finalizers.size() > first_new && thread()) thread()->poll = thread()->poll | kPollFinalizers;
}

}  // namespace

void Tracer::visit(const Object* o) {
  if (o && heap_state.stress_period) [[unlikely]] verify_reference(o);
  if (sink) [[unlikely]] {
    if (o) sink->push_back(const_cast<Object*>(o));
    return;
  }
  if (!o || !set_mark(o)) return;
  heap_state.mark_stack.push_back(const_cast<Object*>(o));
}

void Tracer::visit_range(const Value* begin, const Value* end) {
  if (sink || heap_state.stress_period) [[unlikely]] {
    for (; begin < end; ++begin) visit(*begin);
    return;
  }
  for (; begin < end; ++begin) {
    if (!begin->is_object()) continue;
    Object* o = begin->as_object();
    if (!o || !set_mark(o)) continue;
    heap_state.mark_stack.push_back(o);
  }
}

__attribute__((no_sanitize("address"))) void Tracer::visit_conservatively(const void* begin, const void* end) {
  for (const uintptr_t* p = static_cast<const uintptr_t*>(begin); p < end; ++p) {
    uintptr_t word = *p;
    if (word < Value::kFirstPointer || word >> 47) continue;
    visit(heap.find_object(reinterpret_cast<const void*>(word)));
  }
}

void collect_references(Object* o, std::vector<Object*>* out) {
  Tracer tracer;
  tracer.sink = out;
  trace_children(o, tracer);
}

// An object that native code holds may be under construction: stores into a fresh object need no barrier, yet this collection has made it old.
// So it counts as remembered until the next collection, by when it is complete or still held.
__attribute__((no_sanitize("address"))) void Tracer::visit_native_words(const void* begin, const void* end) {
  for (const uintptr_t* p = static_cast<const uintptr_t*>(begin); p < end; ++p) {
    uintptr_t word = *p;
    if (word < Value::kFirstPointer || word >> 47) continue;
    Object* o = heap.find_object(reinterpret_cast<const void*>(word));
    if (!o) continue;
    visit(o);
    heap_state.held_natively.push_back(o);
  }
}

Object* Heap::find_object(const void* pointer) const {
  uintptr_t p = reinterpret_cast<uintptr_t>(pointer);
  uintptr_t chunk = p & ~(kChunkSize - 1);
  if (chunk_map.has(p & ((uintptr_t{1} << kAddressBits) - 1))) {
    Block* b = block_of(pointer);
    if ((p - chunk) / kBlockSize < kFirstBlock || b->state == BlockState::kFree) return nullptr;
    char* start = b->start();
    uint32_t i = static_cast<uint32_t>(p - reinterpret_cast<uintptr_t>(start)) / b->cell_size;
    if (i >= b->cell_count) return nullptr;
    Object* o = reinterpret_cast<Object*>(start + size_t{i} * b->cell_size);
    bool allocated = b->state == BlockState::kSwept ? o->shape_bits != 0 : *mark_byte(o) != 0;
    return allocated ? o : nullptr;
  }
  LargeHeader* h = find_large(p);
  return h ? h->object() : nullptr;
}

void Heap::collect(bool full) {
  HeapState& s = heap_state;
  if (s.collecting) return;
  s.collecting = true;
  s.collecting_full = full;
  timespec began;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &began);
  size_t live_before = s.live_in_blocks + s.live_in_large;
  s.remembered_bytes = 0;
  finish_current_blocks();
  sort_large();
  if (full) clear_marks();
  Tracer tracer;
  std::vector<Object*> remembered;
  remembered.swap(s.remembered);
  for (Object* o : remembered) {
    if (full) {
      if (o->gc == kRemembered) o->gc = kOld;
    } else {
      o->gc = kOld;
      tracing_parent = o;
      trace_children(o, tracer);
      s.remembered_bytes += cell_size(o);
    }
  }
  mark_roots(tracer);
  drain(tracer);
  for (Object* o : s.held_natively) {
    if (o->gc == kRemembered) continue;   // named twice
    o->gc = kRemembered;
    s.remembered.push_back(o);
  }
  s.held_natively.clear();
  queue_finalizers(tracer);
  for (WeakProcessor fn : weak_processors) fn([](const Object* o) { return is_marked(o) != 0; });
  prepare_sweep(full);
  free_large(full);
  size_t live = s.live_in_blocks + s.live_in_large;
  if (full) {
    s.live_after_full = live;
    s.promoted_since_full = 0;
    stats.live_bytes_after_full = live;
    ++stats.full_collections;
    mi_collect(false);
  } else {
    s.promoted_since_full = live > s.live_after_full ? live - s.live_after_full : 0;
    ++stats.minor_collections;
  }
  size_t promoted = live > live_before ? live - live_before : 0;
  s.budget = next_budget(live, full ? s.budget / 32 : promoted + s.remembered_bytes / 4);   // a full one says nothing: keep the budget
  s.allocated_since_gc = 0;
  s.classes_made = false;
  s.collecting = false;
  timespec ended;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ended);
  (full ? s.full_nanoseconds : s.minor_nanoseconds) +=
      static_cast<uint64_t>((ended.tv_sec - began.tv_sec) * 1'000'000'000 + (ended.tv_nsec - began.tv_nsec));
}

void Heap::add_root_range(const Value* begin, const Value* end) { root_ranges.push_back({begin, end}); }
void Heap::add_root_tracer(void (*fn)(Tracer&, void*), void* context) { root_tracers.push_back({fn, context}); }
void add_weak_processor(WeakProcessor fn) { weak_processors.push_back(fn); }

void Heap::for_each_object(void (*fn)(Object*, void*), void* context) {
  finish_current_blocks();
  for_each_block([&](Block* b) {
    for (uint32_t i = 0; i < b->cell_count; ++i) {
      Object* o = reinterpret_cast<Object*>(b->start() + size_t{i} * b->cell_size);
      bool allocated = b->state == BlockState::kSwept ? o->shape_bits != 0 : *mark_byte(o) != 0;
      if (allocated) fn(o, context);
    }
  });
  for (size_t i = 0; i < heap_state.large.size(); ++i) fn(heap_state.large[i]->object(), context);
}

void Heap::run_pending_finalizers() {
  if (thread()) thread()->poll = thread()->poll & ~kPollFinalizers;
  run_weakref_callbacks();
  auto& queue = heap_state.pending_finalizers;
  while (!queue.empty()) {
    Object* o = queue.front();
    queue.pop_front();
    if (o->flags & kFinalized) continue;
    o->flags = static_cast<uint8_t>((o->flags | kFinalized) & ~kHasFinalizer);
    Class* cls = o->cls();
    Value saved = thread()->exception;
    thread()->exception = nullptr;
    if (cls->slots.del) cls->slots.del(o);
    if (cls->finalize) cls->finalize(o);
    if (error_pending()) write_unraisable(o);
    thread()->exception = saved;
  }
}

}  // namespace pyjit::runtime
