// Heap: from a size to a zeroed cell.
//
// Small cells (≤ 8 KiB) come from 16 KiB blocks of one size class. Allocation bumps a cursor through an interval of free cells; when the
// interval ends, the next run of unmarked cells of the block is zeroed and becomes the interval, then the next block of the sweep
// list, then a fresh block. Nothing is swept ahead of need: after a collection the mark bytes alone say which cells are free.
// Large cells come from mimalloc one by one. Chunks come from mimalloc too.
#include "runtime/heap.h"

#include "runtime/allocator.h"
#include "runtime/class.h"
#include "runtime/errors.h"
#include "runtime/heap_layout.h"
#include "runtime/heap_trace.h"
#include "runtime/memory_limits.h"
#include "runtime/thread.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

Heap heap;
HeapState heap_state;
ChunkMap chunk_map;
static RootedVector* rooted_vectors = nullptr;
Shape* value_array_shape;
Shape* byte_store_shape;


[[noreturn]] static void out_of_memory() {
  fputs("Fatal Python error: pyjit: out of memory\n", stderr);
  abort();
}

#ifdef PYJIT_ASAN
// Settings that this program needs; the environment's ASAN_OPTIONS and UBSAN_OPTIONS come on top. Shapes and interned strings live as long
// as the process, and the collector must see real stack frames.
extern "C" const char* __asan_default_options() {
  return "detect_leaks=0:detect_stack_use_after_return=0:allocator_may_return_null=1:handle_abort=1";
}
extern "C" const char* __ubsan_default_options() { return "halt_on_error=1:print_stacktrace=1"; }
#endif

static void insert_chunk(uintptr_t address) { chunk_map.bits[address >> 26] |= uint64_t{1} << (address >> 20 & 63); }

static void add_chunk() {
  char* chunk = static_cast<char*>(mi_malloc_aligned(kChunkSize, kChunkSize));
  if (!chunk) out_of_memory();
  memset(chunk, 0, kFirstBlock * kBlockSize);
  poison(chunk + kFirstBlock * kBlockSize, kChunkSize - kFirstBlock * kBlockSize);
  insert_chunk(reinterpret_cast<uintptr_t>(chunk));
  heap_state.chunks.push_back(chunk);
  Block* blocks = reinterpret_cast<Block*>(chunk);
  for (size_t i = kBlocksPerChunk; i-- > kFirstBlock;) {
    blocks[i].state = BlockState::kFree;
    blocks[i].next = heap_state.free_blocks;
    heap_state.free_blocks = &blocks[i];
  }
}

// Positions in a block's mark bytes: only first granules of cells are ever marked, with 1, so eight bytes can be looked at together.

// The first marked granule of [i, stop), or stop.
static uint32_t next_marked(const uint8_t* marks, uint32_t i, uint32_t stop) {
  for (; i + 8 <= stop; i += 8) {
    uint64_t eight;
    memcpy(&eight, marks + i, 8);
    if (eight) return i + static_cast<uint32_t>(__builtin_ctzll(eight)) / 8;
  }
  while (i < stop && !marks[i]) ++i;
  return i;
}

// The first granule of the first unmarked cell at or after i, or stop. Precondition: a cell starts at i.
static uint32_t next_unmarked(const uint8_t* marks, uint32_t i, uint32_t stop, uint32_t granules) {
  uint64_t all_marked = granules == 1 ? 0x0101010101010101 : granules == 2 ? 0x0001000100010001 : granules == 4 ? 0x0000000100000001 : 0;
  if (all_marked) {
    for (; i + 8 <= stop; i += 8) {
      uint64_t eight;
      memcpy(&eight, marks + i, 8);
      if (eight != all_marked) break;
    }
  }
  while (i < stop && marks[i]) i += granules;
  return i;
}

// The next run of free cells of the current block becomes the bump interval. False: the block has none left.
static bool next_interval(size_t k) {
  Block* b = heap_state.current[k];
  if (!b) return false;
  uint32_t granules = b->cell_size >> 4, stop = b->cell_count * granules;
  const uint8_t* marks = mark_byte(b->start());
  uint32_t first = b->live_cells ? next_unmarked(marks, heap_state.scan[k], stop, granules) : heap_state.scan[k];
  if (first >= stop) {
    heap_state.scan[k] = stop;
    return false;
  }
  uint32_t end = heap_state.stress_period ? first + granules : b->live_cells ? next_marked(marks, first + granules, stop) : stop;
  heap_state.scan[k] = end;
  size_t bytes = size_t{end - first} << 4;
  char* p = b->start() + (size_t{first} << 4);
  unpoison(p, bytes);
  memset(p, 0, bytes);
  heap.intervals[k] = {reinterpret_cast<uintptr_t>(p), reinterpret_cast<uintptr_t>(p) + bytes};
  heap_state.allocated_since_gc += bytes;
  heap.stats.allocated_bytes += bytes;
  return true;
}

void finish_current_blocks() {
  for (size_t k = 0; k < kSizeClasses; ++k) {
    Block* b = heap_state.current[k];
    if (!b) continue;
    uint32_t granules = b->cell_size >> 4, stop = b->cell_count * granules;
    const uint8_t* marks = mark_byte(b->start());
    for (uint32_t i = heap_state.scan[k]; i < stop; i += granules) {
      if (!marks[i]) memset(b->start() + (size_t{i} << 4), 0, 8);
    }
    heap_state.current[k] = nullptr;
    heap.intervals[k] = {};
  }
}

void poison_free_cells(Block* b) {
  if (!kPoisoning) return;
  const uint8_t* marks = mark_byte(b->start());
  for (uint32_t i = 0; i < b->cell_count; ++i) {
    char* cell = b->start() + size_t{i} * b->cell_size;
    if (marks[i * (b->cell_size >> 4)]) continue;
    unpoison(cell, 8);   // the header word says "free" in swept blocks
    poison(cell + 8, b->cell_size - 8);
  }
}

static void next_block(size_t k) {
  Block** list = &heap_state.sweep_list[k];
  if (!*list && !heap_state.free_blocks) list = &heap_state.crowded_list[k];
  if (Block* b = *list) {
    *list = b->next;
    b->state = BlockState::kSwept;
    heap_state.touched.push_back(b);
    heap_state.current[k] = b;
    heap_state.scan[k] = 0;
    return;
  }
  if (!heap_state.free_blocks) add_chunk();
  Block* b = heap_state.free_blocks;
  heap_state.free_blocks = b->next;
  b->next = nullptr;
  b->size_class = static_cast<uint16_t>(k);
  b->cell_size = static_cast<uint32_t>(size_of_class(k));
  b->cell_count = static_cast<uint32_t>(kBlockSize / b->cell_size);
  b->live_cells = 0;
  b->state = BlockState::kSwept;
  memset(mark_byte(b->start()), 0, kBlockSize >> 4);
  heap_state.touched.push_back(b);
  poison_free_cells(b);
  heap_state.current[k] = b;
  heap_state.scan[k] = 0;
  ++heap.stats.blocks;
}

static void maybe_collect() {
  HeapState& s = heap_state;
  if (s.collecting || !heap.enabled) return;
  if (!s.budget) s.budget = kLeastBudget;
  if (s.stress_period && ++s.stress_count % s.stress_period == 0) {
    heap.collect(s.stress_count / s.stress_period % 4 == 0);
  } else if (s.allocated_since_gc >= s.budget) {
    // Half of what lived, what the next minor collection may promote included: with 3/4 beyond, a live heap of 200 MB took 554 MB (tests/gc).
    heap.collect(s.promoted_since_full + s.budget > std::max<size_t>(s.live_after_full / 2, 32 << 20));
  }
}

static Object* allocate_large(Shape* shape, size_t bytes) {
  bytes = (bytes + 15) & ~size_t{15};
  // The makers of str and int fill all of the text and limbs: only the native fields are cleared.
  bool filled = shape == str_shape || (types.int_ && shape == types.int_->root_shape);
  size_t size = sizeof(LargeHeader) + bytes;
  LargeHeader* header = static_cast<LargeHeader*>(filled ? mi_malloc(size) : mi_zalloc(size));
  if (!header) return nullptr;
  if (filled) memset(static_cast<void*>(header), 0, sizeof(LargeHeader) + sizeof(Str));
  header->bytes = bytes;
  heap_state.large.push_back(header);
  heap_state.allocated_since_gc += bytes;
  heap.stats.allocated_bytes += bytes;
  ++heap.stats.large_objects;
  Object* o = header->object();
  o->set_shape(shape);
  o->flags = kLargeObject;
  return o;
}

Object* Heap::allocate_slow(Shape* shape, size_t bytes) {
  maybe_collect();
  if (bytes > kMaxSmallSize) {
    Object* o = allocate_large(shape, bytes);
    if (!o) out_of_memory();
    return o;
  }
  size_t k = size_class_of(bytes), size = size_of_class(k);
  BumpInterval& interval = intervals[k];
  if (interval.cursor + size > interval.limit) {
    while (!next_interval(k)) next_block(k);
  }
  Object* o = reinterpret_cast<Object*>(interval.cursor);
  interval.cursor += size;
  o->set_shape(shape);
  return o;
}

void* allocate_without_collection(size_t bytes) {
  size_t k = size_class_of(bytes), size = size_of_class(k);
  BumpInterval& interval = heap.intervals[k];
  if (interval.cursor + size > interval.limit) {
    const HeapState& s = heap_state;
    if (heap.enabled && !s.collecting && (s.stress_period || s.allocated_since_gc >= (s.budget ? s.budget : kLeastBudget)))
      __atomic_fetch_or(&thread()->poll, static_cast<uint32_t>(kPollGc), __ATOMIC_SEQ_CST);
    while (!next_interval(k)) next_block(k);
  }
  void* cell = reinterpret_cast<void*>(interval.cursor);
  interval.cursor += size;
  return cell;
}

void collect_at_poll() {
  __atomic_fetch_and(&thread()->poll, ~static_cast<uint32_t>(kPollGc), __ATOMIC_SEQ_CST);
  maybe_collect();
}

Object* Heap::allocate_checked(Shape* shape, size_t bytes) {
  if (bytes <= kMaxSmallSize) return allocate(shape, bytes);
  if (bytes > largest_allocation()) return raise_memory_error();
  maybe_collect();
  Object* o = allocate_large(shape, bytes);
  if (!o) return raise_memory_error();
  return o;
}

size_t Heap::cell_size(const Object* o) const { return is_large(o) ? LargeHeader::of(o)->bytes : block_of(o)->cell_size; }

void Heap::write_barrier_slow(Object* o) {
  o->gc = kRemembered;
  heap_state.remembered.push_back(o);
}

void Heap::register_finalizable(Object* o) {
  o->flags |= kHasFinalizer;
  heap_state.finalizable.push_back(o);
}

void Heap::add_external_pressure(size_t bytes) { heap_state.allocated_since_gc += bytes; }

RootedVector::RootedVector() : next_(rooted_vectors) { rooted_vectors = this; }
RootedVector::~RootedVector() {
  // Vectors nest like stack frames, but threads interleave them: unlink wherever it is.
  for (RootedVector** p = &rooted_vectors; *p; p = &(*p)->next_) {
    if (*p == this) {
      *p = next_;
      return;
    }
  }
}

void trace_rooted_vectors(Tracer& tracer) {
  for (RootedVector* v = rooted_vectors; v; v = v->next()) tracer.visit_range(v->begin(), v->end());
}

ValueArray* new_value_array(size_t capacity) {
  if (capacity > largest_allocation() / 8) return raise_memory_error();
  Object* o = heap.allocate_checked(value_array_shape, sizeof(ValueArray) + capacity * sizeof(Value));
  if (!o) return nullptr;
  auto* a = static_cast<ValueArray*>(o);
  a->capacity = (heap.cell_size(o) - sizeof(ValueArray)) / sizeof(Value);
  return a;
}

ByteStore* new_byte_store(size_t capacity) {
  if (capacity > largest_allocation()) return raise_memory_error();
  Object* o = heap.allocate_checked(byte_store_shape, sizeof(ByteStore) + capacity);
  if (!o) return nullptr;
  auto* s = static_cast<ByteStore*>(o);
  s->capacity = heap.cell_size(o) - sizeof(ByteStore);
  return s;
}

static void trace_value_array(Object* o, Tracer& tracer) {
  auto* a = static_cast<ValueArray*>(o);
  tracer.visit_range(a->items, a->items + a->capacity);
}

static constexpr ClassSpec kValueArraySpec = {
    .name = "<value array>", .basicsize = sizeof(ValueArray), .trace_kind = TraceKind::kCustom, .trace = trace_value_array};
static constexpr ClassSpec kByteStoreSpec = {.name = "<byte store>", .basicsize = sizeof(ByteStore)};

void print_gc_stats() {
  const HeapState& s = heap_state;
  if (!getenv("PYJIT_GC_STATS")) return;
  auto ms = [](uint64_t ns) { return static_cast<double>(ns) / 1e6; };
  uint64_t minors = heap.stats.minor_collections, fulls = heap.stats.full_collections;
  fprintf(stderr, "gc: %llu minor %.2f ms (%.3f each), %llu full %.2f ms (%.3f each), %.1f MB allocated, %.1f MB live, budget %.1f MB, %llu blocks, %zu remembered bytes\n",
          static_cast<unsigned long long>(minors), ms(s.minor_nanoseconds), minors ? ms(s.minor_nanoseconds) / static_cast<double>(minors) : 0.0,
          static_cast<unsigned long long>(fulls), ms(s.full_nanoseconds), fulls ? ms(s.full_nanoseconds) / static_cast<double>(fulls) : 0.0,
          static_cast<double>(heap.stats.allocated_bytes) / 1e6, static_cast<double>(s.live_in_blocks + s.live_in_large) / 1e6,
          static_cast<double>(s.budget) / 1e6, static_cast<unsigned long long>(heap.stats.blocks), s.remembered_bytes);
}

void bootstrap_heap() {
  heap.enabled = false;  // until init.cc has made every class: a trace needs them
  if (const char* period = getenv("PYJIT_GC_STRESS")) heap_state.stress_period = strtoull(period, nullptr, 10);
  value_array_shape = Shape::new_root(nullptr, 0, 0, TraceKind::kCustom);
  byte_store_shape = Shape::new_root(nullptr, 0, 0, TraceKind::kLeaf);
}

void init_store_types() {
  types.value_array = new_builtin_class(kValueArraySpec, value_array_shape);
  types.byte_store = new_builtin_class(kByteStoreSpec, byte_store_shape);
}

}  // namespace pyjit::runtime
