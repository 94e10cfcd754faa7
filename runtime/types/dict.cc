// dict's table: keys → values; lookup, insertion, deletion, growth. The Python-visible methods are in dict_type.cc, the views in dict_views.cc.
//
// Three lookups: by inline int and by exact str in simple dicts (no hashes stored, no Python code can run), and by anything. A comparison
// that runs Python code may change the table under the search: then the search starts again, as CPython's does.
#include <algorithm>
#include <bit>
#include <cstring>

#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/dict.h"
#include "runtime/types/quick_compare.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

void (*dict_changed_hook)(Dict* d, Value key) = nullptr;
Shape* dict_shape;
Shape* dict_entries_shape;
Shape* dict_index_shape;
Shape* dict_hashes_shape;

namespace {

constexpr uint32_t kEmpty = 0xFFFFFFFF, kDummy = 0xFFFFFFFE;   // position bits mask and mask-1: never those of an entry (load ≤ 2/3)
constexpr uint64_t kLinearSlots = 8, kNoSlot = ~0ull, kMaxSlots = 1ull << 31;
uint32_t layout_versions = 0;

enum class Key { kInt, kStr, kAny };

inline bool is_plain_str(Value v) { return v.is_object() && v.as_object()->shape() == str_shape; }   // exact ones all have that shape
inline int64_t str_key_hash(const Str* s) { return s->hash ? s->hash : str_hash(s); }
inline int64_t int_key_hash(Value v) {
  int64_t i = v.as_int();
  return i == -1 ? -2 : i;
}
inline int64_t simple_hash(Value key) { return key.is_int() ? int_key_hash(key) : str_key_hash(key.as<Str>()); }
inline int64_t entry_hash(Dict* d, uint64_t pos) {
  return d->hashes ? d->hashes->hashes[pos] : simple_hash(d->entries->entries[pos].key);
}

constexpr int kRestart = 2;

template <Key K>
inline int match(Dict* d, uint64_t pos, Value key, int64_t hash) {
  Value other = d->entries->entries[pos].key;
  if (other == key) return 1;
  if constexpr (K == Key::kInt) return 0;
  if constexpr (K == Key::kStr) {
    if (!other.is_object()) return 0;
    const Str *a = other.as<Str>(), *b = key.as<Str>();
    if (a->interned() && b->interned()) return 0;
    return str_key_hash(a) == hash && str_equal(a, b);
  }
  if (other.is_null() || entry_hash(d, pos) != hash) return 0;
  if (int quick = equal_quick(other, key); quick != kUndecided) return quick;
  DictEntries* entries = d->entries;
  DictIndex* index = d->index;
  int equal = compare_bool(other, key, kEq);
  if (equal < 0) return -1;
  if (d->entries != entries || d->index != index || !(entries->entries[pos].key == other)) return kRestart;
  return equal;
}

// Position of key's entry; -1: absent, then *free_slot is where the index has room for it (kNoSlot in linear tables); -2: error.
template <Key K>
int64_t find(Dict* d, Value key, int64_t hash, uint64_t* free_slot) {
restart:
  *free_slot = kNoSlot;
  DictIndex* index = d->index;
  if (!index) {
    if (!d->entries) return -1;
    const DictEntry* e = d->entries->entries;
    uint64_t used = d->used;
    if constexpr (K != Key::kAny) {
      for (uint64_t i = 0; i < used; ++i) {
        if (e[i].key == key) return static_cast<int64_t>(i);
      }
      if constexpr (K == Key::kInt) return -1;
    }
    for (uint64_t i = 0; i < d->used; ++i) {
      int m = match<K>(d, i, key, hash);
      if (m == 0) continue;
      if (m == 1) return static_cast<int64_t>(i);
      if (m < 0) return -2;
      goto restart;
    }
    return -1;
  }
  uint64_t mask = index->mask, perturb = static_cast<uint64_t>(hash), i = perturb & mask;
  uint32_t tag_mask = ~static_cast<uint32_t>(mask), tag = static_cast<uint32_t>(hash) & tag_mask;
  for (;;) {
    uint32_t slot = index->slots[i];
    if (slot == kEmpty) {
      *free_slot = i;
      return -1;
    }
    if ((slot & tag_mask) == tag && slot != kDummy) {
      uint64_t pos = slot & mask;
      int m = match<K>(d, pos, key, hash);
      if (m == 1) [[likely]] return static_cast<int64_t>(pos);
      if (m < 0) return -2;
      if (m == kRestart) goto restart;
    }
    perturb >>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
}

inline int64_t find_any(Dict* d, Value key, int64_t hash, uint64_t* free_slot) {
  if (!d->hashes) {
    if (key.is_int()) return find<Key::kInt>(d, key, hash, free_slot);
    if (is_plain_str(key)) return find<Key::kStr>(d, key, hash, free_slot);
  }
  return find<Key::kAny>(d, key, hash, free_slot);
}

inline void place(DictIndex* index, int64_t hash, uint64_t pos) {
  uint64_t mask = index->mask, perturb = static_cast<uint64_t>(hash), i = perturb & mask;
  while (index->slots[i] < kDummy) {
    perturb >>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
  index->slots[i] = (static_cast<uint32_t>(hash) & ~static_cast<uint32_t>(mask)) | static_cast<uint32_t>(pos);
}

template <class T>
T* allocate_part(Shape* shape, size_t bytes) {
  if (bytes <= kMaxSmallSize) [[likely]] return static_cast<T*>(heap.allocate(shape, bytes));
  return static_cast<T*>(heap.allocate_checked(shape, bytes));
}

DictHashes* new_hashes(uint64_t capacity) {
  return allocate_part<DictHashes>(dict_hashes_shape, sizeof(DictHashes) + capacity * sizeof(int64_t));
}

// Gives `to` a fresh table with the live entries of `from` (which may be `to` itself) and room for `wanted` keys. The first `gap` of
// them stay free, for insertion in front.
bool rebuild(Dict* to, Dict* from, uint64_t wanted, uint64_t gap = 0) {
  // CPython's sizes, since programs see when a dict is resized ("dictionary keys changed during iteration").
  uint64_t slots = std::max<uint64_t>(8, std::bit_ceil(wanted + (wanted + 1) / 2));
  if (slots > kMaxSlots) {
    raise_memory_error();
    return false;
  }
  uint64_t capacity = slots * 2 / 3;
  if (slots <= kLinearSlots) slots = 0;
  auto* entries = allocate_part<DictEntries>(dict_entries_shape, sizeof(DictEntries) + capacity * sizeof(DictEntry));
  if (!entries) return false;
  entries->capacity_word = Value::from_int(static_cast<int64_t>(capacity));
  DictHashes* hashes = nullptr;
  if (from->hashes && !(hashes = new_hashes(capacity))) return false;
  DictIndex* index = nullptr;
  if (slots) {
    index = allocate_part<DictIndex>(dict_index_shape, sizeof(DictIndex) + slots * sizeof(uint32_t));
    if (!index) return false;
    index->mask = slots - 1;
    memset(index->slots, 0xFF, slots * sizeof(uint32_t));
  }
  uint64_t out = gap;
  const DictEntry* source = from->entries ? from->entries->entries : nullptr;
  for (uint64_t i = 0; i < from->used; ++i) {
    if (source[i].key.is_null()) continue;
    entries->entries[out] = source[i];
    if (hashes) hashes->hashes[out] = from->hashes->hashes[i];
    if (index) place(index, hashes ? hashes->hashes[out] : simple_hash(source[i].key), out);
    ++out;
  }
  write_barrier(entries);
  to->entries = entries;
  to->index = index;
  to->hashes = hashes;
  to->size = out - gap;
  to->used = out;
  to->str_keys_only = from->str_keys_only;
  to->layout_version = 0;
  write_barrier(to);
  return true;
}

bool add_hashes(Dict* d) {
  DictHashes* hashes = new_hashes(d->entries->capacity());
  if (!hashes) return false;
  for (uint64_t i = 0; i < d->used; ++i) {
    if (!d->entries->entries[i].key.is_null()) hashes->hashes[i] = simple_hash(d->entries->entries[i].key);
  }
  d->hashes = hashes;
  write_barrier(d);
  return true;
}

inline void about_to_change(Dict* d, Value key) {
  if (d->watched && dict_changed_hook) [[unlikely]] dict_changed_hook(d, key);
}

bool append_entry(Dict* d, Value key, int64_t hash, Value value, uint64_t free_slot) {
  about_to_change(d, key);
  if (!d->entries || d->used == d->entries->capacity()) [[unlikely]] {
    if (!rebuild(d, d, d->size * 2 + !d->size)) return false;
    free_slot = kNoSlot;
  }
  bool str_key = is_plain_str(key);
  if (!d->hashes && !str_key && !key.is_int()) [[unlikely]] {
    if (!add_hashes(d)) return false;
  }
  uint64_t pos = d->used++;
  DictEntries* entries = d->entries;
  entries->entries[pos] = {key, value};
  write_barrier(entries);
  if (d->hashes) d->hashes->hashes[pos] = hash;
  if (DictIndex* index = d->index) {
    if (free_slot != kNoSlot) {
      index->slots[free_slot] = (static_cast<uint32_t>(hash) & ~static_cast<uint32_t>(index->mask)) | static_cast<uint32_t>(pos);
    } else {
      place(index, hash, pos);
    }
  }
  d->str_keys_only &= str_key;
  ++d->size;
  d->layout_version = 0;
  return true;
}

inline bool store(Dict* d, Value key, int64_t hash, Value value, int64_t pos, uint64_t free_slot) {
  if (pos >= 0) {
    about_to_change(d, key);
    d->entries->entries[pos].value = value;
    write_barrier(d->entries, value);
    return true;
  }
  return pos == -1 && append_entry(d, key, hash, value, free_slot);
}

void remove_at(Dict* d, uint64_t pos) {
  about_to_change(d, d->entries->entries[pos].key);
  if (DictIndex* index = d->index) {
    int64_t hash = entry_hash(d, pos);
    uint64_t mask = index->mask, perturb = static_cast<uint64_t>(hash), i = perturb & mask;
    while (index->slots[i] >= kDummy || (index->slots[i] & mask) != pos) {
      perturb >>= 5;
      i = (i * 5 + perturb + 1) & mask;
    }
    index->slots[i] = kDummy;
  }
  d->entries->entries[pos] = {};
  --d->size;
  d->layout_version = 0;
}

}  // namespace

bool hash_key(Value key, int64_t* out) {
  if (key.is_int()) {
    *out = int_key_hash(key);
    return true;
  }
  if (is_plain_str(key)) {
    *out = str_key_hash(key.as<Str>());
    return true;
  }
  *out = hash(key);
  return *out != -1;
}

Dict* new_dict() {
  Dict* d = static_cast<Dict*>(heap.allocate(dict_shape, sizeof(Dict)));
  d->str_keys_only = true;
  return d;
}

Dict* new_dict_sized(size_t expected) {
  Dict* d = new_dict();
  if (expected && !rebuild(d, d, expected)) return nullptr;
  return d;
}

bool dict_reserve(Dict* d, size_t expected) {
  if (expected <= d->size || (d->entries && d->entries->capacity() - d->used >= expected - d->size)) return true;
  return rebuild(d, d, expected);
}

int64_t dict_find(Dict* d, Value key, int64_t hash) {
  uint64_t slot;
  return find_any(d, key, hash, &slot);
}

int64_t dict_entry_hash(Dict* d, uint64_t position) { return entry_hash(d, position); }

Value dict_get(Dict* d, Value key) {
  uint64_t slot;
  int64_t pos;
  if (key.is_int() && !d->hashes) {
    pos = find<Key::kInt>(d, key, int_key_hash(key), &slot);
  } else {
    int64_t hash;
    if (!hash_key(key, &hash)) return nullptr;
    pos = find_any(d, key, hash, &slot);
  }
  return pos >= 0 ? d->entries->entries[pos].value : Value();
}

int64_t dict_find_str(Dict* d, Str* key) {
  uint64_t slot;
  int64_t pos = d->hashes ? find<Key::kAny>(d, key, str_key_hash(key), &slot) : find<Key::kStr>(d, key, str_key_hash(key), &slot);
  return pos;
}

Value dict_get_str(Dict* d, Str* key) {
  int64_t pos = dict_find_str(d, key);
  return pos >= 0 ? d->entries->entries[pos].value : Value();
}

bool dict_set_hashed(Dict* d, Value key, int64_t hash, Value value) {
  uint64_t slot;
  int64_t pos = find_any(d, key, hash, &slot);
  return store(d, key, hash, value, pos, slot);
}

bool dict_set(Dict* d, Value key, Value value) {
  uint64_t slot;
  if (key.is_int() && !d->hashes) {
    int64_t hash = int_key_hash(key), pos = find<Key::kInt>(d, key, hash, &slot);
    return store(d, key, hash, value, pos, slot);
  }
  int64_t hash;
  return hash_key(key, &hash) && dict_set_hashed(d, key, hash, value);
}

bool dict_set_str(Dict* d, Str* key, Value value) { return dict_set_hashed(d, key, str_key_hash(key), value); }

int dict_delete_hashed(Dict* d, Value key, int64_t hash) {
  uint64_t slot;
  int64_t pos = find_any(d, key, hash, &slot);
  if (pos == -2) return -1;
  if (pos < 0) return 0;
  remove_at(d, static_cast<uint64_t>(pos));
  return 1;
}

int dict_delete(Dict* d, Value key) {
  int64_t hash;
  if (!hash_key(key, &hash)) return -1;
  return dict_delete_hashed(d, key, hash);
}

int dict_contains(Dict* d, Value key) {
  int64_t hash;
  if (!hash_key(key, &hash)) return -1;
  uint64_t slot;
  int64_t pos = find_any(d, key, hash, &slot);
  return pos == -2 ? -1 : pos >= 0;
}

Value dict_set_default(Dict* d, Value key, Value value) {
  int64_t hash;
  if (!hash_key(key, &hash)) return nullptr;
  uint64_t slot;
  int64_t pos = find_any(d, key, hash, &slot);
  if (pos >= 0) return d->entries->entries[pos].value;
  if (pos == -2 || !append_entry(d, key, hash, value, slot)) return nullptr;
  return value;
}

Value dict_pop(Dict* d, Value key) {
  int64_t hash;
  if (!hash_key(key, &hash)) return nullptr;
  uint64_t slot;
  int64_t pos = find_any(d, key, hash, &slot);
  if (pos < 0) return nullptr;
  Value value = d->entries->entries[pos].value;
  remove_at(d, static_cast<uint64_t>(pos));
  return value;
}

bool dict_pop_last(Dict* d, Value* key, Value* value) {
  if (!d->size) return false;
  uint64_t pos = d->used - 1;
  while (d->entries->entries[pos].key.is_null()) --pos;
  *key = d->entries->entries[pos].key;
  *value = d->entries->entries[pos].value;
  remove_at(d, pos);
  d->used = pos;
  return true;
}

void dict_remove_at(Dict* d, uint64_t position) { remove_at(d, position); }

bool dict_insert_front(Dict* d, Value key, int64_t hash, Value value, uint64_t first) {
  about_to_change(d, key);
  if (!first) {
    uint64_t gap = d->size / 2 + 4;
    if (!rebuild(d, d, d->size + gap + 1, gap)) return false;
    first = gap;
  }
  if (!d->hashes && !is_plain_str(key) && !key.is_int() && !add_hashes(d)) return false;
  uint64_t pos = first - 1;
  d->entries->entries[pos] = {key, value};
  write_barrier(d->entries);
  if (d->hashes) d->hashes->hashes[pos] = hash;
  if (d->index) place(d->index, hash, pos);
  d->str_keys_only &= is_plain_str(key);
  ++d->size;
  d->layout_version = 0;
  return true;
}

void dict_clear(Dict* d) {
  about_to_change(d, nullptr);
  d->size = d->used = 0;
  d->entries = nullptr;
  d->index = nullptr;
  d->hashes = nullptr;
  d->layout_version = 0;
  d->str_keys_only = true;
}

Dict* dict_copy(Dict* from) {
  Dict* d = new_dict();
  if (from->size && !rebuild(d, from, from->size)) return nullptr;
  return d;
}

bool dict_next(Dict* d, uint64_t* position, Value* key, Value* value) {
  uint64_t i = *position;
  while (i < d->used && d->entries->entries[i].key.is_null()) ++i;
  if (i >= d->used) return false;
  *key = d->entries->entries[i].key;
  *value = d->entries->entries[i].value;
  *position = i + 1;
  return true;
}

uint32_t dict_layout_version(Dict* d) {
  if (!d->layout_version) {
    if (!++layout_versions) ++layout_versions;
    d->layout_version = layout_versions;
  }
  return d->layout_version;
}

int dict_equal(Dict* a, Dict* b) {
  if (a->size != b->size) return 0;
  for (uint64_t i = 0; i < a->used; ++i) {
    Value key = a->entries->entries[i].key, value = a->entries->entries[i].value;
    if (key.is_null()) continue;
    int64_t pos = dict_find(b, key, entry_hash(a, i));
    if (pos < 0) return pos == -2 ? -1 : 0;
    Value other = b->entries->entries[pos].value;
    int equal = compare_bool(other, value, kEq);
    if (equal <= 0) return equal;
  }
  return 1;
}

// Copies a real dict's entries into d.
static bool merge_dict(Dict* d, Dict* other, bool override_existing) {
  if (other == d || !other->size) return true;
  if (!d->size && !d->watched) return rebuild(d, other, other->size);
  if (d->entries == nullptr || d->used + other->size > d->entries->capacity()) {
    if (!rebuild(d, d, d->size + other->size)) return false;
  }
  uint64_t used = other->used;
  for (uint64_t i = 0; i < other->used; ++i) {
    DictEntry e = other->entries->entries[i];
    if (e.key.is_null()) continue;
    int64_t hash = entry_hash(other, i);
    uint64_t slot;
    int64_t pos = find_any(d, e.key, hash, &slot);
    if (pos == -2) return false;
    if ((override_existing || pos < 0) && !store(d, e.key, hash, e.value, pos, slot)) return false;
    if (other->used != used) {
      raise(exc.RuntimeError, "dict mutated during update");
      return false;
    }
  }
  return true;
}

bool dict_merge(Dict* d, Value mapping, bool override_existing) {
  if (is_dict(mapping) && mapping.as_object()->cls()->slots.iter == types.dict->slots.iter) {
    return merge_dict(d, mapping.as<Dict>(), override_existing);
  }
  Value keys = TRY(call_method0(mapping, names.keys));
  Value iterator = TRY(get_iter(keys));
  while (Value key = iter_next(iterator)) {
    if (!override_existing) {
      int present = dict_contains(d, key);
      if (present < 0) return false;
      if (present) continue;
    }
    Value value = TRY(get_item(mapping, key));
    if (!dict_set(d, key, value)) return false;
  }
  return !error_pending();
}

static bool merge_pairs(Dict* d, Value iterable) {
  Value iterator = TRY(get_iter(iterable));
  for (int64_t i = 0;; ++i) {
    Value item = iter_next(iterator);
    if (!item) return !error_pending();
    Value keep, *items;
    size_t count;
    if (!fast_sequence(item, "", &items, &count, &keep)) {
      if (pending_matches(exc.TypeError)) {
        clear_pending();
        raisef(exc.TypeError, "cannot convert dictionary update sequence element #%ld to a sequence", static_cast<long>(i));
      }
      return false;
    }
    if (count != 2) {
      raisef(exc.ValueError, "dictionary update sequence element #%ld has length %zu; 2 is required", static_cast<long>(i), count);
      return false;
    }
    if (!dict_set(d, items[0], items[1])) return false;
  }
}

bool dict_update(Dict* d, Value other) {
  if (is_exact(other, types.dict)) return dict_merge(d, other, true);
  if (get_attr_or_null(other, names.keys)) return dict_merge(d, other, true);
  if (error_pending()) return false;
  return merge_pairs(d, other);
}

void trace_dict(Object* o, Tracer& tracer) {
  Dict* d = static_cast<Dict*>(o);
  tracer.visit(d->entries);
  tracer.visit(d->index);
  tracer.visit(d->hashes);
}

}  // namespace pyjit::runtime
