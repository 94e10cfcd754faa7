// Operations on exact builtin types that run no Python code: called by traces (quiet.h).
#include "jit/quiet.h"

#include <cmath>

#include "interp/slow.h"
#include "runtime/errors.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/containers.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/dict_views.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple_hash.h"

namespace pyjit::jit {

using namespace pyjit::runtime;

bool is_plain_key(Value v, int depth) {
  if (!v.is_object()) return !v.is_null();
  Class* cls = v.as_object()->cls();
  if (cls == types.str || cls == types.int_ || cls == types.bytes) return true;
  if (cls != types.tuple || !depth) return false;
  auto* t = v.as<Tuple>();
  if (t->size > 16) return false;
  for (uint64_t i = 0; i < t->size; ++i)
    if (!is_plain_key(t->items[i], depth - 1)) return false;
  return true;
}

namespace {

constexpr uint32_t kEmptySlot = 0xFFFFFFFF, kDummySlot = 0xFFFFFFFE;   // of a DictIndex
constexpr int64_t kAbsent = -1, kDeclined = -2;
constexpr Value kDeletedKey = Value::from_bits(0x50);                  // in a set's table
constexpr uint64_t kSetProbes = 9;

// Equality of two keys of the same hash: 1, 0, -1 declined.
int same_key(Value a, Value b, int depth = 4) {
  if (a == b) return 1;
  if (both_ints(a, b)) return 0;
  if (!a.is_object() || !b.is_object()) return is_plain_key(a) && is_plain_key(b) ? compare_bool(a, b, kEq) : -1;
  Class *x = a.as_object()->cls(), *y = b.as_object()->cls();
  if (x == types.str && y == types.str) return str_equal(a.as<Str>(), b.as<Str>());
  if (x == types.tuple && y == types.tuple && depth) {
    auto *t = a.as<Tuple>(), *u = b.as<Tuple>();
    if (t->size != u->size) return 0;
    for (uint64_t i = 0; i < t->size; ++i) {
      int same = same_key(t->items[i], u->items[i], depth - 1);
      if (same != 1) return same;
    }
    return 1;
  }
  return is_plain_key(a) && is_plain_key(b) ? compare_bool(a, b, kEq) : -1;
}

// The hash of a plain key; false: declined. Tuples of ints and strs, the usual compound keys, without dispatch.
bool plain_hash(Value key, int64_t* hash) {
  if (key.is_int()) {
    int64_t i = key.as_int();
    *hash = i == -1 ? -2 : i;
    return true;
  }
  if (is_exact(key, types.tuple)) {
    auto* t = key.as<Tuple>();
    int64_t lanes[4];
    if (t->size <= 4) {
      bool simple = true;
      for (uint64_t i = 0; i < t->size && simple; ++i) {
        Value item = t->items[i];
        simple = item.is_int() || is_exact_str(item);
        if (simple && !plain_hash(item, &lanes[i])) return false;
      }
      if (simple) {
        *hash = tuple_hash_of(lanes, t->size);
        return true;
      }
    }
  }
  return is_plain_key(key) && hash_key(key, hash);
}

// Position of the key's entry, kAbsent or kDeclined.
int64_t find(Dict* d, Value key, int64_t hash) {
  if (!d->hashes && (key.is_int() || is_exact_str(key))) return dict_find(d, key, hash);   // keys of two kinds, neither runs code
  if (!d->entries) return kAbsent;
  DictIndex* index = d->index;
  if (!index) {
    for (uint64_t i = 0; i < d->used; ++i) {
      if (d->entries->entries[i].key.is_null() || dict_entry_hash(d, i) != hash) continue;
      int same = same_key(d->entries->entries[i].key, key);
      if (same) return same < 0 ? kDeclined : static_cast<int64_t>(i);
    }
    return kAbsent;
  }
  uint64_t mask = index->mask, perturb = static_cast<uint64_t>(hash), i = perturb & mask;
  uint32_t tag_mask = ~static_cast<uint32_t>(mask), tag = static_cast<uint32_t>(hash) & tag_mask;
  for (;;) {
    uint32_t slot = index->slots[i];
    if (slot == kEmptySlot) return kAbsent;
    if ((slot & tag_mask) == tag && slot != kDummySlot) {
      uint64_t pos = slot & mask;
      Value other = d->entries->entries[pos].key;
      if (other == key) return static_cast<int64_t>(pos);
      if (!other.is_null() && dict_entry_hash(d, pos) == hash) {
        int same = same_key(other, key);
        if (same) return same < 0 ? kDeclined : static_cast<int64_t>(pos);
      }
    }
    perturb >>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
}

int64_t lookup(Value dict, Value key, int64_t* hash) {
  if (!plain_hash(key, hash)) return kDeclined;
  return find(dict.as<Dict>(), key, *hash);
}

int64_t find(Set* s, Value key, int64_t hash) {
  uint64_t mask = s->mask, perturb = static_cast<uint64_t>(hash), i = perturb & mask;
  const SetEntry* entries = s->table->entries;
  for (;;) {
    const SetEntry* e = &entries[i];
    uint64_t probes = i + kSetProbes <= mask ? kSetProbes : 0;
    do {
      if (e->key.is_null()) return kAbsent;
      if (e->hash == hash && !(e->key == kDeletedKey)) {
        int same = same_key(e->key, key);
        if (same) return same < 0 ? kDeclined : e - entries;
      }
      ++e;
    } while (probes--);
    perturb >>= 5;
    i = (i * 5 + 1 + perturb) & mask;
  }
}

}  // namespace

// --- dict

Value quiet_dict_get(Value dict, Value key) {
  int64_t hash, pos = lookup(dict, key, &hash);
  return pos >= 0 ? dict.as<Dict>()->entries->entries[pos].value : Value();
}
Value quiet_dict_get_default(Value dict, Value key, Value otherwise) {
  int64_t hash, pos = lookup(dict, key, &hash);
  if (pos == kDeclined) return nullptr;
  return pos >= 0 ? dict.as<Dict>()->entries->entries[pos].value : otherwise;
}
int64_t quiet_dict_contains(Value dict, Value key) {
  int64_t hash, pos = lookup(dict, key, &hash);
  return pos == kDeclined ? -1 : pos >= 0;
}
bool quiet_dict_set(Value dict, Value key, Value value) {
  if (!dict.as<Dict>()->hashes && (key.is_int() || is_exact_str(key)) && dict_set(dict.as<Dict>(), key, value)) return true;
  int64_t hash, pos = lookup(dict, key, &hash);
  auto* d = dict.as<Dict>();
  if (pos == kDeclined) return false;
  if (pos >= 0 && !d->watched) {
    d->entries->entries[pos].value = value;
    write_barrier(d->entries, value);
    return true;
  }
  // Nothing that has this hash needs Python code to be compared: find() looked at all of it.
  if (dict_set_hashed(d, key, hash, value)) return true;
  clear_pending();
  return false;
}
Value quiet_dict_setdefault(Value dict, Value key, Value otherwise) {
  int64_t hash, pos = lookup(dict, key, &hash);
  if (pos == kDeclined) return nullptr;
  if (pos >= 0) return dict.as<Dict>()->entries->entries[pos].value;
  if (dict_set_hashed(dict.as<Dict>(), key, hash, otherwise)) return otherwise;
  clear_pending();
  return nullptr;
}
bool quiet_dict_delete(Value dict, Value key) {
  int64_t hash, pos = lookup(dict, key, &hash);
  if (pos < 0) return false;
  dict_remove_at(dict.as<Dict>(), static_cast<uint64_t>(pos));
  return true;
}
Value quiet_dict_pop(Value dict, Value key) {
  int64_t hash, pos = lookup(dict, key, &hash);
  if (pos < 0) return nullptr;
  Value v = dict.as<Dict>()->entries->entries[pos].value;
  dict_remove_at(dict.as<Dict>(), static_cast<uint64_t>(pos));
  return v;
}
int64_t quiet_dict_iterator_next(Value iterator) {
  auto* it = static_cast<DictIterator*>(iterator.as_object());
  Dict* d = it->dict;
  if (!d || it->size != d->size) return -1;
  auto pos = static_cast<uint64_t>(it->position);
  while (pos < d->used && d->entries->entries[pos].key.is_null()) ++pos;
  if (pos >= d->used || !it->left) return -1;
  it->position = static_cast<int64_t>(pos + 1);
  --it->left;
  return static_cast<int64_t>(pos);
}

// --- set

int64_t quiet_set_contains(Value set, Value key) {
  int64_t hash;
  if (!plain_hash(key, &hash)) return -1;
  int64_t pos = find(set.as<Set>(), key, hash);
  return pos == kDeclined ? -1 : pos >= 0;
}
bool quiet_set_add(Value set, Value key) {
  int64_t hash;
  if (!plain_hash(key, &hash)) return false;
  int64_t pos = find(set.as<Set>(), key, hash);
  if (pos != kAbsent) return pos >= 0;
  if (set_add_hashed(set.as<Set>(), key, hash) >= 0) return true;
  clear_pending();
  return false;
}
bool quiet_set_discard(Value set, Value key) {
  int64_t hash;
  if (!plain_hash(key, &hash)) return false;
  int64_t pos = find(set.as<Set>(), key, hash);
  if (pos == kDeclined) return false;
  if (pos >= 0) set_discard(set.as<Set>(), key);
  return true;
}

// --- comparison

int64_t quiet_compare(uint64_t op, Value a, Value b) {
  if (!is_plain_key(a) || !is_plain_key(b)) return -1;
  Value v = interp::compare_slow(static_cast<CompareOp>(op), a, b);
  if (!v) clear_pending();
  return v.is_bool() ? v.is_true() : -1;
}
int64_t quiet_str_equal(Value a, Value b) {
  if (a == b) return 1;
  const Str *x = a.as<Str>(), *y = b.as<Str>();
  return !(x->interned() && y->interned()) && str_equal(x, y);
}
int64_t quiet_sequence_contains(Value sequence, Value item) {
  bool list = is_exact(sequence, types.list);
  uint64_t n = list ? sequence.as<List>()->size : sequence.as<Tuple>()->size;
  const Value* items = list ? sequence.as<List>()->items() : sequence.as<Tuple>()->items;
  for (uint64_t i = 0; i < n; ++i) {
    int same = same_key(items[i], item);
    if (same) return same;
  }
  return 0;
}
int64_t quiet_str_contains(Value haystack, Value needle) {
  auto* s = haystack.as<Str>();
  return str_find(s, needle.as<Str>(), 0, static_cast<int64_t>(s->length)) >= 0;
}

// --- sequences

Value quiet_str_item(Value str, int64_t index) { return char_str(str.as<Str>()->at(static_cast<uint64_t>(index))); }

namespace {

bool plain_bound(Value v) { return v.is_int() || v.is_none(); }

bool indices(Value start, Value stop, Value step, uint64_t length, int64_t* from, int64_t* to, int64_t* by, int64_t* count) {
  if (!plain_bound(start) || !plain_bound(stop) || !plain_bound(step) || (step.is_int() && step.as_int() == 0)) return false;
  auto n = static_cast<int64_t>(length);
  *by = step.is_int() ? step.as_int() : 1;
  bool forward = *by > 0;
  auto clip = [&](Value v, int64_t otherwise) {
    if (!v.is_int()) return otherwise;
    int64_t i = v.as_int();
    if (i < 0) return i + n < 0 ? (forward ? int64_t{0} : int64_t{-1}) : i + n;
    return i >= n ? (forward ? n : n - 1) : i;
  };
  *from = clip(start, forward ? 0 : n - 1);
  *to = clip(stop, forward ? n : -1);
  *count = forward ? (*to > *from ? (*to - *from - 1) / *by + 1 : 0) : (*to < *from ? (*from - *to - 1) / -*by + 1 : 0);
  return true;
}

}  // namespace

Value quiet_slice(Value container, Value start, Value stop, Value step) {
  int64_t from, to, by, count;
  Class* cls = container.as_object()->cls();
  uint64_t length = cls == types.str ? container.as<Str>()->length : cls == types.bytes ? container.as<Bytes>()->size : container.as<List>()->size;
  if (!indices(start, stop, step, length, &from, &to, &by, &count)) return nullptr;
  if (cls == types.str) return by == 1 ? Value(str_substring(container.as<Str>(), static_cast<uint64_t>(from), static_cast<uint64_t>(from + count))) : Value();
  if (cls == types.bytes && by == 1 && static_cast<uint64_t>(count) == length) return container;
  if (cls == types.bytes) return by == 1 ? Value(new_bytes({container.as<Bytes>()->data + from, static_cast<size_t>(count)})) : Value();
  auto n = static_cast<size_t>(count);
  if (cls == types.list) {
    List* result = new_list(n);
    const Value* items = container.as<List>()->items();
    for (size_t i = 0; i < n; ++i) result->store->items[i] = items[from + static_cast<int64_t>(i) * by];
    result->size = n;
    if (n) write_barrier(result->store);
    return result;
  }
  auto* source = container.as<Tuple>();
  if (n == source->size && by == 1) return container;
  Tuple* result = new_tuple_null(n);
  for (size_t i = 0; i < n; ++i) result->items[i] = source->items[from + static_cast<int64_t>(i) * by];
  if (n) write_barrier(result);
  return result;
}

bool quiet_list_store_slice(Value list, Value start, Value stop, Value step, Value source) {
  int64_t from, to, by, count;
  if (!indices(start, stop, step, list.as<List>()->size, &from, &to, &by, &count) || by != 1 || list == source) return false;
  bool from_list = is_exact(source, types.list);
  size_t n = from_list ? source.as<List>()->size : source.as<Tuple>()->size;
  const Value* items = from_list ? source.as<List>()->items() : source.as<Tuple>()->items;
  auto* l = list.as<List>();
  if (n == static_cast<size_t>(count)) {
    for (size_t i = 0; i < n; ++i) l->store->items[from + static_cast<int64_t>(i)] = items[i];
    if (n) write_barrier(l->store);
    return true;
  }
  if (list_set_slice(l, from, from + count, items, n)) return true;
  clear_pending();
  return false;
}
bool quiet_list_append(Value list, Value item) {
  if (list_append(list.as<List>(), item)) return true;
  clear_pending();
  return false;
}
Value quiet_list_pop(Value list) {
  auto* l = list.as<List>();
  if (!l->size) return nullptr;
  Value v = l->items()[l->size - 1];
  list_set_slice(l, static_cast<int64_t>(l->size) - 1, static_cast<int64_t>(l->size), nullptr, 0);
  return v;
}
int64_t quiet_ord(Value str) {
  auto* s = str.as<Str>();
  return s->length == 1 ? static_cast<int64_t>(s->at(0)) : -1;
}
Value quiet_str_of(Value v) {
  Str* s = str(v);
  if (!s) clear_pending();
  return s ? Value(s) : Value();
}

// --- numbers

Value quiet_binary(uint64_t op, Value a, Value b) { return interp::binary_slow(static_cast<BinaryOp>(op), a, b); }
Value quiet_str_append(Value a, Value b) { return str_append(a.as<Str>(), b.as<Str>()); }
Value quiet_word_binary(uint64_t op, Value a, Value b) { return interp::binary_slow(static_cast<BinaryOp>(op), a, b); }
int64_t quiet_low_bits(Value v) {
  if (v.is_int()) return v.as_int();
  auto* big = v.as<BigInt>();
  uint64_t low = big->limbs[0];
  return static_cast<int64_t>(big->is_negative() ? 0 - low : low);
}
double quiet_pow(double a, double b) { return std::pow(a, b); }

}  // namespace pyjit::jit
