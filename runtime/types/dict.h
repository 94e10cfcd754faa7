// dict: insertion-ordered compact table; set and frozenset.
//
// Dict: `entries` is a dense array of (key, value) in insertion order (deleted ones have a null key). Up to five entries are searched
// linearly; beyond that `index` maps hash → entry position: 32-bit slots, open addressing with CPython's perturbation. A slot's low bits
// hold the position, the bits above the table size hold the hash's bits (a tag that rejects nearly all foreign keys).
// Hashes: exact str caches its own and inline ints are their own, so a dict of only such keys stores none ("simple"); the first other key
// adds `hashes`, the full hash of each entry, so that resizing and probing never call Python code.
// `layout_version`: unique nonzero number while the key set is unchanged, for inline caches: valid until a key is added or removed or the
// table moves; 0: not assigned yet. Overwriting a value keeps it. `watched`: machine code depends on values: dict_changed_hook hears of stores.
#pragma once
#include "runtime/class.h"
#include "runtime/errors.h"
#include "runtime/heap.h"

namespace pyjit::runtime {

struct DictEntry { Value key, value; };

struct DictEntries : Object {   // GC cell: header, capacity (as a tagged int, so that the collector may scan every word), entries
  Value capacity_word;
  DictEntry entries[];
  uint64_t capacity() const { return static_cast<uint64_t>(capacity_word.as_int()); }
};
struct DictIndex : Object {     // leaf cell
  uint64_t mask;                // slot count - 1
  uint32_t slots[];
};
struct DictHashes : Object {    // leaf cell, as long as the entries' capacity
  int64_t hashes[];
};
struct Dict : Object {
  uint64_t size;                // live keys
  uint64_t used;                // entries in use, deleted ones included
  DictEntries* entries;         // null while nothing was ever added
  DictIndex* index;             // null while the table is tiny (linear search over entries)
  uint32_t layout_version;
  bool watched;
  bool str_keys_only;           // all keys are exact str: lookups by str never call __eq__
  DictHashes* hashes;           // null while all keys are exact str or inline ints
};

inline bool is_dict(Value v) { return v.is_object() && v.as_object()->cls()->has(kSubDict); }
Dict* new_dict();
Dict* new_dict_sized(size_t expected);
// Lookup: null Value = absent (nothing pending) or failure (pending: __hash__ or __eq__ raised).
Value dict_get(Dict* d, Value key);
Value dict_get_str(Dict* d, Str* key);                 // never fails for str_keys_only dicts
int64_t dict_find_str(Dict* d, Str* key);              // entry position or -1; str key only, no Python code runs when str_keys_only
bool dict_set(Dict* d, Value key, Value value);
bool dict_set_str(Dict* d, Str* key, Value value);
int dict_delete(Dict* d, Value key);                   // 1 deleted, 0 absent, -1 error
int dict_contains(Dict* d, Value key);
Value dict_set_default(Dict* d, Value key, Value value);
Value dict_pop(Dict* d, Value key);                    // null: absent or error
void dict_clear(Dict* d);
Dict* dict_copy(Dict* d);
bool dict_update(Dict* d, Value other);                // mapping or iterable of pairs
bool dict_merge(Dict* d, Value mapping, bool override_existing);
// Iteration by position: *position starts at 0. False at the end.
bool dict_next(Dict* d, uint64_t* position, Value* key, Value* value);
uint32_t dict_layout_version(Dict* d);                 // assigns one if needed
extern void (*dict_changed_hook)(Dict* d, Value key);  // set by the JIT; called before a watched dict changes

// With the key's hash at hand (it must be the key's hash).
int64_t dict_find(Dict* d, Value key, int64_t hash);   // entry position, -1 absent, -2 error
bool dict_set_hashed(Dict* d, Value key, int64_t hash, Value value);
int dict_delete_hashed(Dict* d, Value key, int64_t hash);
int64_t dict_entry_hash(Dict* d, uint64_t position);   // of a live entry
bool dict_reserve(Dict* d, size_t expected);           // room for that many keys without a resize
int dict_equal(Dict* a, Dict* b);                      // 1, 0, -1
// Hash of a key, quick for str and int: false with an exception pending for unhashable ones.
bool hash_key(Value key, int64_t* out);
extern Shape* dict_shape;                              // of exact dicts

struct SetEntry { Value key; int64_t hash; };
struct SetTable : Object { uint64_t capacity; SetEntry entries[]; };
// set, frozenset: CPython's probing (linear runs of 9 then perturbation), growth and deletion marks, so that iteration order is equal.
struct Set : Object {
  uint64_t size, fill, mask;
  SetTable* table;
  int64_t hash;                 // frozenset: -1 not computed
  uint64_t finger;              // pop()
};
inline bool is_any_set(Value v) { return v.is_object() && v.as_object()->cls()->class_flags & (kSubSet | kSubFrozenSet); }
Set* new_set(Value iterable /* null: empty */);
Set* new_frozenset(Value iterable);
int set_add(Set* s, Value key);                        // 0, -1
int set_contains(Set* s, Value key);
int set_discard(Set* s, Value key);                    // 1 removed, 0 absent, -1
bool set_next(Set* s, uint64_t* position, Value* key);
bool set_update(Set* s, Value iterable);
bool set_next_entry(Set* s, uint64_t* position, Value* key, int64_t* hash);
int set_contains_hashed(Set* s, Value key, int64_t hash);
int set_add_hashed(Set* s, Value key, int64_t hash);
void set_clear(Set* s);
Value set_pop(Set* s);                                 // null with KeyError pending when empty

}  // namespace pyjit::runtime
