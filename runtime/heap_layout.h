// Chunks, blocks and mark bytes: the collector's private view of memory (heap.cc, heap_collect.cc).
//
//   chunk (1 MiB, aligned)   [64 Block descriptors, 4 KiB][mark bytes, 60 KiB][block 4][block 5] ... [block 63]
//   block (16 KiB)           cells of one size, from its first byte
//   mark byte of address a   chunk + ((a - chunk) >> 4): one for each 16-byte granule; a cell uses the one of its first granule
//
// The mark bytes of the descriptors' and mark bytes' own granules would fall on the first 4 KiB, which is why descriptors can live there.
#pragma once
#include <deque>

#include "runtime/heap.h"

namespace pyjit::runtime {

constexpr size_t kChunkSize = 1 << 20, kBlockSize = 16 << 10, kBlocksPerChunk = kChunkSize / kBlockSize;
constexpr size_t kFirstBlock = 4;
constexpr size_t kLeastBudget = 4 << 20, kUsualBudget = 8 << 20;   // bytes between minor collections: see next_budget

enum class BlockState : uint8_t {
  kFree,     // in the pool: no size class
  kSwept,    // allocation has been through it: a cell is allocated iff its header word is not zero
  kUnswept,  // a cell is allocated iff it is marked; the others hold garbage
};

struct Block {
  Block* next;           // in the pool or in the size class's sweep list
  uint32_t cell_size;
  uint32_t cell_count;
  uint32_t live_cells;   // marked cells, counted after each collection
  uint16_t size_class;
  BlockState state;
  char padding_[64 - 8 - 12 - 3];

  char* start() {
    uintptr_t a = reinterpret_cast<uintptr_t>(this), chunk = a & ~(kChunkSize - 1);
    return reinterpret_cast<char*>(chunk + (a - chunk) / sizeof(Block) * kBlockSize);
  }
};
static_assert(sizeof(Block) == 64);

inline uint8_t* mark_byte(const void* p) {
  uintptr_t a = reinterpret_cast<uintptr_t>(p), chunk = a & ~(kChunkSize - 1);
  return reinterpret_cast<uint8_t*>(chunk + ((a - chunk) >> 4));
}
inline Block* block_of(const void* p) {
  uintptr_t a = reinterpret_cast<uintptr_t>(p), chunk = a & ~(kChunkSize - 1);
  return reinterpret_cast<Block*>(chunk) + (a - chunk) / kBlockSize;
}

struct LargeHeader {
  size_t bytes;      // of the object
  uint64_t marked;
  Object* object() { return reinterpret_cast<Object*>(this + 1); }
  static LargeHeader* of(const Object* o) { return reinterpret_cast<LargeHeader*>(const_cast<Object*>(o)) - 1; }
};
static_assert(sizeof(LargeHeader) == 16);

// Which MiB of the address space are chunks: one bit each, so that "cell or large object?" needs no look at the object.
constexpr size_t kAddressBits = 47;
struct ChunkMap {
  uint64_t bits[size_t{1} << (kAddressBits - 26)];   // 16 MiB of zero pages, touched only where chunks are
  bool has(uintptr_t address) const { return bits[address >> 26] >> (address >> 20 & 63) & 1; }   // address < 2^47
};
extern ChunkMap chunk_map;

inline bool is_large(const Object* o) { return !chunk_map.has(reinterpret_cast<uintptr_t>(o)); }

// State shared by allocation and collection; one instance.
struct HeapState {
  std::vector<char*> chunks;
  Block* free_blocks = nullptr;
  Block* sweep_list[kSizeClasses] = {};     // at least a quarter free
  Block* crowded_list[kSizeClasses] = {};   // less, yet enough to bother: taken when the pool is empty
  Block* current[kSizeClasses] = {};    // block that the bump interval lies in
  uint32_t scan[kSizeClasses] = {};     // first granule of `current` not looked at yet
  std::vector<LargeHeader*> large;      // [0, old_large): marked by the last collection, sorted by address; then those made since
  size_t old_large = 0;
  std::vector<Block*> touched;          // blocks that allocation has been through since the last collection
  std::vector<Object*> remembered;
  std::vector<Object*> mark_stack;
  std::vector<Object*> held_natively;   // what native stacks and registers name, found by this collection
  std::vector<Object*> finalizable;
  std::deque<Object*> pending_finalizers;
  size_t allocated_since_gc = 0, budget = 0, promoted_since_full = 0, live_after_full = 0;
  size_t live_in_blocks = 0, live_in_large = 0, remembered_bytes = 0;   // as of the last collection; the last: what it followed again
  bool classes_made = true;             // since the last collection: else no class dies in a minor one
  bool collecting = false, collecting_full = false;
  uint64_t minor_nanoseconds = 0, full_nanoseconds = 0;                 // PYJIT_GC_STATS prints them at exit
  uint64_t stress_period = 0, stress_count = 0;
};
extern HeapState heap_state;

inline bool is_marked(const Object* o) { return is_large(o) ? LargeHeader::of(o)->marked : *mark_byte(o); }
void trace_rooted_vectors(Tracer& tracer);
void print_gc_stats();          // to stderr when the environment has PYJIT_GC_STATS
void poison_free_cells(Block* b);   // under AddressSanitizer only
void finish_current_blocks();   // zero what is left of each current block, so that kSwept holds

// What `o` refers to directly: its class, attributes, native references; backing stores as themselves.
void collect_references(Object* o, std::vector<Object*>* out);

// Called after marking, before anything is reclaimed: clear references to objects that are not marked.
using WeakProcessor = void (*)(bool (*is_live)(const Object*));
void add_weak_processor(WeakProcessor fn);

}  // namespace pyjit::runtime
