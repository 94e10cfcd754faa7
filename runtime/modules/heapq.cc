// _heapq: binary heaps in lists. Min and max heaps differ only in the direction of the comparison.
#include "runtime/modules/module_util.h"
#include "runtime/types/containers.h"
#include "runtime/types/quick_compare.h"

namespace pyjit::runtime {

namespace {

// 1, 0, -1: does `a` belong above `b`?
template <bool kMax>
inline int above(Value a, Value b) {
  if constexpr (kMax) std::swap(a, b);
  return less_any(a, b);
}

bool changed_size() {
  raise(exc.RuntimeError, "list changed size during iteration");
  return false;
}

// Moves the item at pos up to its place below start. Comparing may run Python code, so nothing is remembered across it but positions.
template <bool kMax>
bool sift_down(List* heap, uint64_t start, uint64_t pos) {
  uint64_t size = heap->size;
  while (pos > start) {
    uint64_t parent = (pos - 1) >> 1;
    int less = above<kMax>(heap->items()[pos], heap->items()[parent]);
    if (less < 0) return false;
    if (heap->size != size) return changed_size();
    if (!less) break;
    std::swap(heap->items()[pos], heap->items()[parent]);
    pos = parent;
  }
  return true;
}

// Brings the item at pos down to a leaf along the smaller children, then up to its place.
template <bool kMax>
bool sift_up(List* heap, uint64_t pos) {
  uint64_t size = heap->size, start = pos, limit = size >> 1;
  while (pos < limit) {
    uint64_t child = 2 * pos + 1;
    if (child + 1 < size) {
      Value left = heap->items()[child], right = heap->items()[child + 1];
      int first = kMax ? above<false>(right, left) : above<false>(left, right);
      if (first < 0) return false;
      child += !first;
      if (heap->size != size) return changed_size();
    }
    std::swap(heap->items()[child], heap->items()[pos]);
    pos = child;
  }
  return sift_down<kMax>(heap, start, pos);
}

List* heap_argument(Value v, const char* function, bool only_argument) {
  if (is_list(v)) return v.as<List>();
  raisef(exc.TypeError, "%s() argument %smust be list, not %.50s", function, only_argument ? "" : "1 ", v.is_none() ? "None" : type_name(v));
  return nullptr;
}

template <bool kMax>
Value pop(Value argument, const char* name) {
  List* heap = TRY(heap_argument(argument, name, true));
  if (!heap->size) return raise(exc.IndexError, "index out of range");
  Value last = heap->items()[heap->size - 1];
  list_set_slice(heap, static_cast<int64_t>(heap->size) - 1, static_cast<int64_t>(heap->size), nullptr, 0);
  if (!heap->size) return last;
  Value top = heap->items()[0];
  heap->items()[0] = last;
  write_barrier(heap->store, last);
  return sift_up<kMax>(heap, 0) ? top : Value();
}

template <bool kMax>
Value replace(Value* args, const char* name) {
  List* heap = TRY(heap_argument(args[0], name, false));
  if (!heap->size) return raise(exc.IndexError, "index out of range");
  Value top = heap->items()[0];
  heap->items()[0] = args[1];
  write_barrier(heap->store, args[1]);
  return sift_up<kMax>(heap, 0) ? top : Value();
}

template <bool kMax>
Value heapify(Value argument, const char* name) {
  List* heap = TRY(heap_argument(argument, name, true));
  for (uint64_t i = heap->size >> 1; i-- > 0;) {
    if (!sift_up<kMax>(heap, i)) return nullptr;
  }
  return Value::none();
}

Value heappush(Value* args) {
  List* heap = TRY(heap_argument(args[0], "heappush", false));
  if (!list_append(heap, args[1])) return nullptr;
  return sift_down<false>(heap, 0, heap->size - 1) ? Value::none() : Value();
}

Value heappushpop(Value* args) {
  List* heap = TRY(heap_argument(args[0], "heappushpop", false));
  if (!heap->size) return args[1];
  int less = above<false>(heap->items()[0], args[1]);
  if (less < 0) return nullptr;
  if (!less) return args[1];
  if (!heap->size) return raise(exc.IndexError, "index out of range");
  Value top = heap->items()[0];
  heap->items()[0] = args[1];
  write_barrier(heap->store, args[1]);
  return sift_up<false>(heap, 0) ? top : Value();
}

Value heappop(Value* args) { return pop<false>(args[0], "heappop"); }
Value heappop_max(Value* args) { return pop<true>(args[0], "_heappop_max"); }
Value heapreplace(Value* args) { return replace<false>(args, "heapreplace"); }
Value heapreplace_max(Value* args) { return replace<true>(args, "_heapreplace_max"); }
Value heapify_min(Value* args) { return heapify<false>(args[0], "heapify"); }
Value heapify_max(Value* args) { return heapify<true>(args[0], "_heapify_max"); }

constexpr const char* kHeap = "($module, heap, /)";
constexpr const char* kHeapItem = "($module, heap, item, /)";
constexpr Effects kAnything = Effects::kCallsPython;
const MethodDef kFunctions[] = {
    function_row("heappush", kHeapItem, heappush, kAnything, "Push item onto heap, maintaining the heap invariant."),
    function_row("heappushpop", kHeapItem, heappushpop, kAnything, "Push item, then pop and return the smallest one, in one step."),
    function_row("heappop", kHeap, heappop, kAnything, "Pop the smallest item off the heap, maintaining the heap invariant."),
    function_row("heapreplace", kHeapItem, heapreplace, kAnything, "Pop and return the smallest item, then push the new one, in one step."),
    function_row("heapify", kHeap, heapify_min, kAnything, "Transform list into a heap, in-place, in O(len(heap)) time."),
    function_row("_heappop_max", kHeap, heappop_max, kAnything, "Maxheap variant of heappop."),
    function_row("_heapify_max", kHeap, heapify_max, kAnything, "Maxheap variant of heapify."),
    function_row("_heapreplace_max", kHeapItem, heapreplace_max, kAnything, "Maxheap variant of heapreplace."),
    {}};

}  // namespace

bool init_heapq_module(Module* m) { return add_functions(m, kFunctions) && add_string(m, "__about__", "Heap queues: see heapq.__doc__"); }

}  // namespace pyjit::runtime
