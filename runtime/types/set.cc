// set and frozenset tables: open addressing with short linear runs, as CPython's, slot for slot: iteration order is observable.
//
// A probe looks at slot i and the nine after it (unless they would pass the end), then jumps by i*5 + 1 + perturbation. An empty slot has a
// null key; a deleted one holds kDummy (hash -1), which keeps runs connected; insertion reuses the last one that its search passed.
#include "runtime/types/set.h"

#include "runtime/ops.h"
#include "runtime/types/arg_util.h"
#include "runtime/types/containers.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/quick_compare.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

Shape* set_table_shape;

namespace {

constexpr uint64_t kLinearProbes = 9, kMinSize = 8;
constexpr Value kDummy = Value::from_bits(0x50);   // no Python value has these bits

bool is_live(const SetEntry& e) { return !e.key.is_null() && !(e.key == kDummy); }

SetTable* new_table(uint64_t capacity) {
  if (capacity > (1ull << 40)) {
    raise_memory_error();
    return nullptr;
  }
  size_t bytes = sizeof(SetTable) + capacity * sizeof(SetEntry);
  auto* t = static_cast<SetTable*>(bytes <= kMaxSmallSize ? heap.allocate(set_table_shape, bytes) : heap.allocate_checked(set_table_shape, bytes));
  if (t) t->capacity = capacity;
  return t;
}

// Position of key's slot, or -1 (absent; *unused is the empty slot that ended the search, *dummy
// the last deleted one it passed or ~0), or -2 (error).
int64_t find(Set* s, Value key, int64_t hash, uint64_t* unused, uint64_t* dummy = nullptr) {
restart:
  if (dummy) *dummy = ~0ull;
  uint64_t mask = s->mask, i = static_cast<uint64_t>(hash) & mask, perturb = static_cast<uint64_t>(hash);
  SetTable* table = s->table;
  SetEntry* entries = table->entries;
  for (;;) {
    SetEntry* e = &entries[i];
    uint64_t probes = i + kLinearProbes <= mask ? kLinearProbes : 0;
    do {
      if (e->key.is_null()) {
        *unused = static_cast<uint64_t>(e - entries);
        return -1;
      }
      if (e->hash == hash) {
        Value other = e->key;
        if (other == key) return e - entries;
        if (!(other == kDummy) && !both_ints(other, key)) {
          int quick = equal_quick(other, key);
          if (quick == 1) return e - entries;
          if (quick == kUndecided) {
            int equal = compare_bool(other, key, kEq);
            if (equal < 0) return -2;
            if (s->table != table || !(e->key == other)) goto restart;
            if (equal) return e - entries;
          }
        }
      }
      if (dummy && e->hash == -1 && e->key == kDummy) *dummy = static_cast<uint64_t>(e - entries);
      ++e;
    } while (probes--);
    perturb >>= 5;
    i = (i * 5 + 1 + perturb) & mask;
  }
}

void insert_clean(SetTable* table, uint64_t mask, Value key, int64_t hash) {
  uint64_t perturb = static_cast<uint64_t>(hash), i = perturb & mask;
  for (;;) {
    SetEntry* e = &table->entries[i];
    uint64_t probes = i + kLinearProbes <= mask ? kLinearProbes : 0;
    do {
      if (e->key.is_null()) {
        *e = {key, hash};
        return;
      }
      ++e;
    } while (probes--);
    perturb >>= 5;
    i = (i * 5 + 1 + perturb) & mask;
  }
}

// A table with more than `min_used` slots, without the deleted marks.
bool resize(Set* s, uint64_t min_used) {
  uint64_t size = kMinSize;
  while (size <= min_used) size <<= 1;
  if (size == kMinSize && s->mask == kMinSize - 1 && s->fill == s->size) return true;
  SetTable* table = new_table(size);
  if (!table) return false;
  for (uint64_t i = 0; i <= s->mask; ++i) {
    const SetEntry& e = s->table->entries[i];
    if (is_live(e)) insert_clean(table, size - 1, e.key, e.hash);
  }
  write_barrier(table);
  s->table = table;
  s->mask = size - 1;
  s->fill = s->size;
  write_barrier(s);
  return true;
}

bool resize_for_growth(Set* s) { return resize(s, s->size > 50000 ? s->size * 2 : s->size * 4); }

bool merge_set(Set* s, Set* other) {
  if (other == s || !other->size) return true;
  if ((s->fill + other->size) * 5 >= s->mask * 3 && !resize(s, (s->size + other->size) * 2)) return false;
  if (s->fill == 0 && s->mask == other->mask && other->fill == other->size) {
    for (uint64_t i = 0; i <= other->mask; ++i) s->table->entries[i] = other->table->entries[i];
    s->fill = other->fill;
    s->size = other->size;
    write_barrier(s->table);
    return true;
  }
  if (s->fill == 0) {
    s->fill = s->size = other->size;
    for (uint64_t i = 0; i <= other->mask; ++i) {
      const SetEntry& e = other->table->entries[i];
      if (is_live(e)) insert_clean(s->table, s->mask, e.key, e.hash);
    }
    write_barrier(s->table);
    return true;
  }
  for (uint64_t i = 0; i <= other->mask; ++i) {
    SetEntry e = other->table->entries[i];
    if (is_live(e) && set_add_hashed(s, e.key, e.hash) < 0) return false;
  }
  return true;
}

}  // namespace

void trace_set(Object* o, Tracer& tracer) { tracer.visit(static_cast<Set*>(o)->table); }

void trace_set_table(Object* o, Tracer& tracer) {
  auto* t = static_cast<SetTable*>(o);
  for (uint64_t i = 0; i < t->capacity; ++i) tracer.visit(t->entries[i].key);
}

Set* make_set(Class* cls, Value iterable) {
  auto* s = allocate_instance_of<Set>(cls);
  s->table = TRY(new_table(kMinSize));
  write_barrier(s);
  s->mask = kMinSize - 1;
  s->hash = -1;
  if (iterable && !set_update(s, iterable)) return nullptr;
  return s;
}

Set* make_base_set(Class* cls, Value iterable) {
  return make_set(is_subclass(cls, types.set) ? types.set : types.frozenset, iterable);
}

Set* new_set(Value iterable) { return make_set(types.set, iterable); }
Set* new_frozenset(Value iterable) { return make_set(types.frozenset, iterable); }
Set* set_copy(Set* s) { return make_base_set(s->cls(), s); }

int set_add_hashed(Set* s, Value key, int64_t hash) {
  uint64_t slot, dummy;
  int64_t found = find(s, key, hash, &slot, &dummy);
  if (found != -1) return found == -2 ? -1 : 0;
  if (dummy != ~0ull) {
    s->table->entries[dummy] = {key, hash};
    write_barrier(s->table, key);
    ++s->size;
    return 0;
  }
  s->table->entries[slot] = {key, hash};
  write_barrier(s->table, key);
  ++s->fill;
  ++s->size;
  if (s->fill * 5 < s->mask * 3) return 0;
  return resize_for_growth(s) ? 0 : -1;
}

int set_add(Set* s, Value key) {
  int64_t hash;
  return hash_key(key, &hash) ? set_add_hashed(s, key, hash) : -1;
}

int set_contains_hashed(Set* s, Value key, int64_t hash) {
  uint64_t slot;
  int64_t found = find(s, key, hash, &slot);
  return found == -2 ? -1 : found >= 0;
}

int set_contains(Set* s, Value key) {
  int64_t hash;
  return hash_key(key, &hash) ? set_contains_hashed(s, key, hash) : -1;
}

int set_discard_hashed(Set* s, Value key, int64_t hash) {
  uint64_t slot;
  int64_t found = find(s, key, hash, &slot);
  if (found < 0) return found == -2 ? -1 : 0;
  s->table->entries[found] = {kDummy, -1};
  --s->size;
  return 1;
}

int set_discard(Set* s, Value key) {
  int64_t hash;
  return hash_key(key, &hash) ? set_discard_hashed(s, key, hash) : -1;
}

bool set_next_entry(Set* s, uint64_t* position, Value* key, int64_t* hash) {
  uint64_t i = *position;
  while (i <= s->mask && !is_live(s->table->entries[i])) ++i;
  *position = i + 1;
  if (i > s->mask) return false;
  *key = s->table->entries[i].key;
  *hash = s->table->entries[i].hash;
  return true;
}

bool set_next(Set* s, uint64_t* position, Value* key) {
  int64_t hash;
  return set_next_entry(s, position, key, &hash);
}

// Empties the set; the new table is made first, so that failing changes nothing.
void set_clear(Set* s) {
  SetTable* table = new_table(kMinSize);
  s->table = table;
  write_barrier(s);
  s->mask = kMinSize - 1;
  s->fill = s->size = 0;
  s->hash = -1;
}

Value set_pop(Set* s) {
  if (!s->size) return raise_with_value(exc.KeyError, new_str("pop from an empty set"));
  uint64_t i = s->finger & s->mask;
  while (!is_live(s->table->entries[i])) i = i == s->mask ? 0 : i + 1;
  Value key = s->table->entries[i].key;
  s->table->entries[i] = {kDummy, -1};
  --s->size;
  s->finger = i + 1;
  return key;
}

void set_swap_bodies(Set* a, Set* b) {
  std::swap(a->fill, b->fill);
  std::swap(a->size, b->size);
  std::swap(a->mask, b->mask);
  std::swap(a->table, b->table);
  write_barrier(a);
  write_barrier(b);
  a->hash = b->hash = -1;
}

bool set_update(Set* s, Value other) {
  if (is_any_set(other)) return merge_set(s, other.as<Set>());
  if (is_exact(other, types.dict)) {
    Dict* d = other.as<Dict>();
    if ((s->fill + d->size) * 5 >= s->mask * 3 && !resize(s, (s->size + d->size) * 2)) return false;
    uint64_t position = 0;
    Value key, value;
    while (dict_next(d, &position, &key, &value)) {
      if (set_add_hashed(s, key, dict_entry_hash(d, position - 1)) < 0) return false;
    }
    return true;
  }
  Value iterator = TRY(get_iter(other));
  auto next = class_of(iterator)->slots.next;
  while (Value key = next(iterator)) {
    if (set_add(s, key) < 0) return false;
  }
  return ended_cleanly();
}

Set* set_intersection(Set* s, Value other) {
  if (other == Value(s)) return set_copy(s);
  Set* result = TRY(make_base_set(s->cls(), nullptr));
  Value key;
  int64_t hash;
  if (is_any_set(other)) {
    Set* o = other.as<Set>();
    if (o->size > s->size) std::swap(s, o);
    uint64_t position = 0;
    while (set_next_entry(o, &position, &key, &hash)) {
      int present = set_contains_hashed(s, key, hash);
      if (present < 0 || (present && set_add_hashed(result, key, hash) < 0)) return nullptr;
    }
    return result;
  }
  Value iterator = TRY(get_iter(other));
  while ((key = iter_next(iterator))) {
    if (!hash_key(key, &hash)) return nullptr;
    int present = set_contains_hashed(s, key, hash);
    if (present < 0 || (present && set_add_hashed(result, key, hash) < 0)) return nullptr;
  }
  return error_pending() ? nullptr : result;
}

bool set_difference_update(Set* s, Value other) {
  if (other == Value(s)) {
    set_clear(s);
    return true;
  }
  Value key;
  int64_t hash;
  if (is_any_set(other)) {
    Set* o = other.as<Set>();
    if ((o->size >> 3) > s->size) o = TRY(set_intersection(s, other));
    uint64_t position = 0;
    while (set_next_entry(o, &position, &key, &hash)) {
      if (set_discard_hashed(s, key, hash) < 0) return false;
    }
  } else {
    Value iterator = TRY(get_iter(other));
    while ((key = iter_next(iterator))) {
      if (set_discard(s, key) < 0) return false;
    }
    if (error_pending()) return false;
  }
  return s->fill - s->size <= s->mask / 4 || resize_for_growth(s);
}

Set* set_difference(Set* s, Value other) {
  uint64_t other_size = ~0ull;
  if (is_any_set(other)) {
    other_size = other.as<Set>()->size;
  } else if (is_exact(other, types.dict)) {
    other_size = other.as<Dict>()->size;
  }
  if (other_size == ~0ull || (s->size >> 2) > other_size) {
    Set* result = TRY(set_copy(s));
    return set_difference_update(result, other) ? result : nullptr;
  }
  Set* result = TRY(make_base_set(s->cls(), nullptr));
  uint64_t position = 0;
  Value key;
  int64_t hash;
  bool in_dict = is_exact(other, types.dict);
  while (set_next_entry(s, &position, &key, &hash)) {
    int64_t present = in_dict ? dict_find(other.as<Dict>(), key, hash) : set_contains_hashed(other.as<Set>(), key, hash);
    if (in_dict ? present == -2 : present < 0) return nullptr;
    bool absent = in_dict ? present < 0 : !present;
    if (absent && set_add_hashed(result, key, hash) < 0) return nullptr;
  }
  return result;
}

static bool toggle(Set* s, Value key, int64_t hash) {
  int removed = set_discard_hashed(s, key, hash);
  return removed >= 0 && (removed || set_add_hashed(s, key, hash) == 0);
}

bool set_symmetric_difference_update(Set* s, Value other) {
  if (other == Value(s)) {
    set_clear(s);
    return true;
  }
  uint64_t position = 0;
  Value key, value;
  int64_t hash;
  if (is_exact(other, types.dict)) {
    Dict* d = other.as<Dict>();
    while (dict_next(d, &position, &key, &value)) {
      if (!toggle(s, key, dict_entry_hash(d, position - 1))) return false;
    }
    return true;
  }
  Set* o = is_any_set(other) ? other.as<Set>() : TRY(make_base_set(s->cls(), other));
  while (set_next_entry(o, &position, &key, &hash)) {
    if (!toggle(s, key, hash)) return false;
  }
  return true;
}

Set* set_symmetric_difference(Set* s, Value other) {
  Set* result = TRY(make_base_set(s->cls(), other));
  return set_symmetric_difference_update(result, s) ? result : nullptr;
}

int set_is_subset(Set* s, Set* other) {
  if (s->size > other->size) return 0;
  uint64_t position = 0;
  Value key;
  int64_t hash;
  while (set_next_entry(s, &position, &key, &hash)) {
    int present = set_contains_hashed(other, key, hash);
    if (present <= 0) return present;
  }
  return 1;
}

// CPython's order-independent mix of the entries' hashes.
int64_t frozenset_hash(Value self) {
  Set* s = self.as<Set>();
  if (s->hash != -1) return s->hash;
  auto shuffle = [](uint64_t h) { return ((h ^ 89869747ull) ^ (h << 16)) * 3644798167ull; };
  uint64_t hash = 0;
  uint64_t position = 0;
  Value key;
  int64_t entry_hash;
  while (set_next_entry(s, &position, &key, &entry_hash)) hash ^= shuffle(static_cast<uint64_t>(entry_hash));
  hash ^= (s->size + 1) * 1927868237ull;
  hash ^= (hash >> 11) ^ (hash >> 25);
  hash = hash * 69069u + 907133923ull;
  if (hash == ~0ull) hash = 590923713ull;
  return s->hash = static_cast<int64_t>(hash);
}

}  // namespace pyjit::runtime
