// gc: the collector's Python face. There are no reference counts behind it: thresholds and counts are kept for programs that ask.
#include <unordered_map>

#include "runtime/audit.h"
#include "runtime/heap_layout.h"
#include "runtime/modules/module_util.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"

namespace pyjit::runtime {

namespace {

int64_t thresholds[3] = {700, 10, 10};
int64_t debug_flags = 0, frozen_count = 0;
Module* gc_module = nullptr;

// Backing stores ("<value array>") are nobody's business.
bool is_visible(Object* o) {
  Class* cls = o->cls();
  return cls && !(cls->spec && cls->spec->name[0] == '<');
}

bool is_atomic(Value v) {
  if (!v.is_object()) return true;
  Class* cls = v.as_object()->cls();
  return cls->has(kSubStr | kSubBytes) || v.as_object()->shape()->trace_kind == TraceKind::kLeaf;
}

// Would CPython's collector know this object?
bool is_tracked_object(Value v) {
  if (!v.is_object() || !is_visible(v.as_object())) return false;
  Class* cls = v.as_object()->cls();
  if (cls == types.dict) {
    uint64_t position = 0;
    Value key, value;
    while (dict_next(v.as<Dict>(), &position, &key, &value)) {
      if (!is_atomic(key) || !is_atomic(value)) return true;
    }
    return false;
  }
  if (cls == types.tuple) return v.as<Tuple>()->size != 0;
  if (cls == types.set || cls == types.frozenset || cls->has(kClassHeap)) return true;
  if (cls == types.builtin_function || cls == types.slice || cls == types.range_iterator || cls == types.code) return cls == types.builtin_function || cls == types.slice;
  return !is_atomic(v);
}

void add_visible(Object* o, std::vector<Object*>* out, int depth) {
  std::vector<Object*> direct;
  collect_references(o, &direct);
  for (Object* r : direct) {
    if (is_visible(r)) {
      out->push_back(r);
    } else if (depth < 8) {
      add_visible(r, out, depth + 1);
    }
  }
}

// What CPython's collector would have found: of the objects that died, those in cycles and what hangs on them. (Reference counting has
// freed the rest long before there.) Runs between marking and sweeping when gc.collect() asked for it.
struct CycleCount {
  bool wanted = false;
  int64_t objects = 0;
} cycle_count;

void count_cycles(bool (*is_live)(const Object*)) {
  if (!cycle_count.wanted) return;
  std::unordered_map<Object*, uint32_t> references;   // dead object → how many dead ones refer to it
  for (char* chunk : heap_state.chunks) {
    auto* blocks = reinterpret_cast<Block*>(chunk);
    for (size_t i = kFirstBlock; i < kBlocksPerChunk; ++i) {
      if (blocks[i].state == BlockState::kFree) continue;
      for (uint32_t cell = 0; cell < blocks[i].cell_count; ++cell) {
        auto* o = reinterpret_cast<Object*>(blocks[i].start() + size_t{cell} * blocks[i].cell_size);
        if (o->shape_bits && !is_live(o)) references.emplace(o, 0);
      }
    }
  }
  for (LargeHeader* large : heap_state.large) {
    if (!is_live(large->object())) references.emplace(large->object(), 0);
  }
  std::vector<Object*> direct, unreferenced;
  for (auto& [o, count] : references) {
    direct.clear();
    collect_references(o, &direct);
    for (Object* r : direct) {
      if (auto found = references.find(r); found != references.end()) ++found->second;
    }
  }
  for (auto& [o, count] : references) {
    if (!count) unreferenced.push_back(o);
  }
  while (!unreferenced.empty()) {
    Object* o = unreferenced.back();
    unreferenced.pop_back();
    direct.clear();
    collect_references(o, &direct);
    for (Object* r : direct) {
      if (auto found = references.find(r); found != references.end() && --found->second == 0) unreferenced.push_back(r);
    }
    references.erase(o);
  }
  for (auto& [o, count] : references) cycle_count.objects += is_tracked_object(o);
}

bool run_callbacks(const char* phase, int64_t generation, int64_t collected) {
  Value callbacks = gc_module ? module_get(gc_module, intern("callbacks")) : Value();
  if (!callbacks || !is_list(callbacks) || !callbacks.as<List>()->size) return true;
  Dict* info = new_dict();
  if (!dict_set_str(info, intern("generation"), Value::from_int(generation)) ||
      !dict_set_str(info, intern("collected"), Value::from_int(collected)) ||
      !dict_set_str(info, intern("uncollectable"), Value::from_int(0))) {
    return false;
  }
  List* list = TRY(to_list(callbacks));
  for (uint64_t i = 0; i < list->size; ++i) {
    if (!call2(list->items()[i], new_str(phase), info)) write_unraisable(list->items()[i]);
  }
  return true;
}

Value collect(Value* args) {
  int generation = 2;
  if (args[0] && !to_int32(args[0], &generation)) return nullptr;
  if (generation < 0 || generation > 2) return raise(exc.ValueError, "invalid generation");
  // A collection asked for by a finalizer of this one does nothing, as in CPython.
  static bool collecting = false;
  if (collecting) return Value::from_int(0);
  struct Collecting {
    Collecting() { collecting = true; }
    ~Collecting() { collecting = false; }
  } guard;
  if (!run_callbacks("start", generation, 0)) return nullptr;
  cycle_count.objects = 0;
  // Objects with finalizers die when those have run: that takes another round, as do the finalizers of what hung on them.
  for (int round = 0; round < 3; ++round) {
    cycle_count.wanted = generation == 2;
    heap.collect(generation == 2);
    cycle_count.wanted = false;
    bool finalizers = !heap_state.pending_finalizers.empty();
    heap.run_pending_finalizers();
    if (!finalizers) break;
  }
  int64_t found = cycle_count.objects;
  if (!run_callbacks("stop", generation, found)) return nullptr;
  return Value::from_int(found);
}

Value enable(Value*) { heap.enabled = true; return Value::none(); }
Value disable(Value*) { heap.enabled = false; return Value::none(); }
Value is_enabled(Value*) { return Value::from_bool(heap.enabled); }
Value get_count(Value*) { return make_tuple(Value::from_int(0), Value::from_int(0), Value::from_int(0)); }
Value get_threshold(Value*) { return make_tuple(new_int(thresholds[0]), new_int(thresholds[1]), new_int(thresholds[2])); }

Value set_threshold(Value* args) {
  for (int i = 0; i < 3; ++i) {
    int value;
    if (!args[i]) continue;
    if (!to_int32(args[i], &value)) return nullptr;
    thresholds[i] = value;
  }
  return Value::none();
}

Value get_debug(Value*) { return new_int(debug_flags); }
Value set_debug(Value* args) {
  int flags;
  if (!to_int32(args[0], &flags)) return nullptr;
  debug_flags = flags;
  return Value::none();
}

Value get_stats(Value*) {
  List* result = TRY(new_list());
  const uint64_t collections[] = {heap.stats.minor_collections, 0, heap.stats.full_collections};
  for (uint64_t n : collections) {
    Dict* d = new_dict();
    if (!dict_set_str(d, intern("collections"), new_int(static_cast<int64_t>(n))) || !dict_set_str(d, intern("collected"), Value::from_int(0)) ||
        !dict_set_str(d, intern("uncollectable"), Value::from_int(0)) || !list_append(result, d)) {
      return nullptr;
    }
  }
  return result;
}

// Everything visible, gathered without allocating while the heap is walked.
std::vector<Object*> all_objects() {
  std::vector<Object*> objects;
  heap.for_each_object(
      [](Object* o, void* context) {
        if (is_visible(o) && is_tracked_object(o)) static_cast<std::vector<Object*>*>(context)->push_back(o);
      },
      &objects);
  return objects;
}

// The vector's objects are held by nothing the collector sees: no collection until they are in the list.
struct NoCollection {
  NoCollection() : was_(heap.enabled) { heap.enabled = false; }
  ~NoCollection() { heap.enabled = was_; }
  bool was_;
};

List* list_of(const std::vector<Object*>& objects) {
  List* list = TRY(new_list(objects.size()));
  for (Object* o : objects) {
    if (!list_append(list, o)) return nullptr;
  }
  return list;
}

Value get_objects(Value* args) {
  int64_t generation = -1;
  if (!audit("gc.get_objects", {args[0] && !args[0].is_none() ? args[0] : Value::from_int(-1)})) return nullptr;
  if (args[0] && !args[0].is_none()) {
    if (!index_to_ssize(args[0], &generation, exc.OverflowError)) return nullptr;
    if (generation >= 3) return raisef(exc.ValueError, "generation parameter must be less than the number of available generations (3)");
    if (generation < 0) return raise(exc.ValueError, "generation parameter cannot be negative");
  }
  NoCollection pause;
  std::vector<Object*> objects = all_objects();
  if (generation >= 0) std::erase_if(objects, [&](Object* o) { return (o->gc == kYoung ? 0 : 2) != generation; });
  return list_of(objects);
}

Value get_referents(Value* args) {
  Tuple* objects = args[0].as<Tuple>();
  if (!audit("gc.get_referents", {objects})) return nullptr;
  NoCollection pause;
  std::vector<Object*> found;
  List* result = TRY(new_list());
  for (uint64_t i = 0; i < objects->size; ++i) {
    Value v = objects->items[i];
    if (!v.is_object() || is_atomic(v)) continue;
    // Inline ints, floats and constants are no heap objects: containers show theirs all the same.
    if (is_exact(v, types.tuple) || is_exact(v, types.list)) {
      Value iterator = TRY(get_iter(v));
      while (Value item = iter_next(iterator)) {
        if (!list_append(result, item)) return nullptr;
      }
      continue;
    }
    if (is_exact(v, types.dict)) {
      uint64_t position = 0;
      Value key, value;
      while (dict_next(v.as<Dict>(), &position, &key, &value)) {
        if (!list_append(result, key) || !list_append(result, value)) return nullptr;
      }
      continue;
    }
    add_visible(v.as_object(), &found, 0);
  }
  for (Object* o : found) {
    if (!list_append(result, o)) return nullptr;
  }
  return result;
}

Value get_referrers(Value* args) {
  Tuple* targets = args[0].as<Tuple>();
  if (!audit("gc.get_referrers", {targets})) return nullptr;
  NoCollection pause;
  std::vector<Object*> referrers, direct;
  for (Object* o : all_objects()) {
    if (o == targets) continue;
    direct.clear();
    add_visible(o, &direct, 0);
    bool refers = false;
    for (uint64_t i = 0; i < targets->size && !refers; ++i) {
      refers = targets->items[i].is_object() && std::find(direct.begin(), direct.end(), targets->items[i].as_object()) != direct.end();
    }
    if (refers) referrers.push_back(o);
  }
  return list_of(referrers);
}

Value is_tracked(Value* args) { return Value::from_bool(is_tracked_object(args[0])); }
Value is_finalized(Value* args) { return Value::from_bool(args[0].is_object() && (args[0].as_object()->flags & kFinalized)); }

Value freeze(Value*) {
  NoCollection pause;
  frozen_count = static_cast<int64_t>(all_objects().size());
  return Value::none();
}
Value unfreeze(Value*) { frozen_count = 0; return Value::none(); }
Value get_freeze_count(Value*) { return new_int(frozen_count); }

constexpr Effects kReads = Effects::kReads, kWrites = Effects::kWrites, kAnything = Effects::kCallsPython;
const MethodDef kFunctions[] = {
    function_row("enable", "($module, /)", enable, kWrites, "Enable automatic garbage collection."),
    function_row("disable", "($module, /)", disable, kWrites, "Disable automatic garbage collection."),
    function_row("isenabled", "($module, /)", is_enabled, kReads, "Returns true if automatic garbage collection is enabled."),
    function_row("set_debug", "($module, flags, /)", set_debug, kAnything, "Set the garbage collection debugging flags."),
    function_row("get_debug", "($module, /)", get_debug, kReads, "Get the garbage collection debugging flags."),
    function_row("get_count", "($module, /)", get_count, kReads, "Return a three-tuple of the current collection counts."),
    function_row("set_threshold", "!($module, threshold0, threshold1=<unrepresentable>, threshold2=<unrepresentable>, /)", set_threshold, kAnything,
                 "set_threshold(threshold0, [threshold1, threshold2]) -> None\n\nKept and answered by get_threshold(); the collector has its own mind."),
    function_row("get_threshold", "($module, /)", get_threshold, kReads, "Return the current collection thresholds."),
    function_row("collect", "($module, /, generation=2)", collect, kAnything, "Run the garbage collector; 2: a full collection."),
    function_row("get_objects", "($module, /, generation=None)", get_objects, kAnything, "Return a list of objects tracked by the collector."),
    function_row("get_stats", "($module, /)", get_stats, kWrites, "Return a list of dictionaries containing per-generation statistics."),
    function_row("is_tracked", "($module, obj, /)", is_tracked, kReads, "Returns true if the object is tracked by the garbage collector."),
    function_row("is_finalized", "($module, obj, /)", is_finalized, kReads, "Returns true if the object has been already finalized by the GC."),
    function_row("get_referrers", "!($module, *objs)", get_referrers, kAnything, "get_referrers(*objs) -> list\n\nThe objects that refer to one of these."),
    function_row("get_referents", "!($module, *objs)", get_referents, kAnything, "get_referents(*objs) -> list\n\nThe objects that these refer to."),
    function_row("freeze", "($module, /)", freeze, kWrites, "Freeze all current tracked objects and ignore them for future collections."),
    function_row("unfreeze", "($module, /)", unfreeze, kWrites, "Unfreeze all objects in the permanent generation."),
    function_row("get_freeze_count", "($module, /)", get_freeze_count, kReads, "Return the number of objects in the permanent generation."),
    {}};

}  // namespace

bool init_gc_module(Module* m) {
  static Value root;
  if (!gc_module) {
    heap.add_root_range(&root, &root + 1);
    add_weak_processor(count_cycles);
  }
  root = gc_module = m;
  return add_functions(m, kFunctions) && add_object(m, "garbage", new_list()) && add_object(m, "callbacks", new_list()) &&
         add_int(m, "DEBUG_STATS", 1) && add_int(m, "DEBUG_COLLECTABLE", 2) && add_int(m, "DEBUG_UNCOLLECTABLE", 4) &&
         add_int(m, "DEBUG_SAVEALL", 32) && add_int(m, "DEBUG_LEAK", 38);
}

}  // namespace pyjit::runtime
