// Text → the one Str with that text (interning), the shared one-character strings, and the string hash.
//
// The intern table is an open-addressing ValueArray: being a heap object, the collector's barrier keeps it out of minor
// collections, unlike a root range over thousands of strings. Interned strings live as long as the process.
#include <sys/random.h>

#include "runtime/heap.h"
#include "runtime/types/small_bytes.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {
namespace {

Value latin1_chars[256];   // always present; the ASCII ones and later those asked for are interned
Value empty_string;
Value intern_table;        // ValueArray
uint64_t interned;

uint64_t hash_key0, hash_key1;
bool hash_key_chosen = false;

ValueArray* table() { return intern_table.as<ValueArray>(); }

// The slot of `text` (canonical kind) or the free slot where it belongs.
Value* find_slot(uint64_t hash, const void* data, unsigned kind, uint64_t length) {
  uint64_t mask = table()->capacity - 1;
  for (uint64_t i = hash & mask;; i = (i + 1) & mask) {
    Value* slot = &table()->items[i];
    if (slot->is_null()) return slot;
    Str* s = slot->as<Str>();
    if (static_cast<uint64_t>(s->hash) == hash && s->length == length && s->kind() == kind && same_bytes(s->data, data, length * kind))
      return slot;
  }
}

void place(ValueArray* array, Str* s) {
  uint64_t mask = array->capacity - 1, i = static_cast<uint64_t>(s->hash) & mask;
  while (!array->items[i].is_null()) i = (i + 1) & mask;
  array->items[i] = s;
  write_barrier(array, s);
}

uint64_t power_of_two_below(uint64_t n) { return std::bit_floor(n); }

void grow() {
  ValueArray* old = table();
  ValueArray* bigger = new_value_array(old->capacity * 2);
  bigger->capacity = power_of_two_below(bigger->capacity);
  for (uint64_t i = 0; i < old->capacity; ++i)
    if (!old->items[i].is_null()) place(bigger, old->items[i].as<Str>());
  intern_table = bigger;
}

Str* add_interned(Str* s) {
  str_hash(s);
  s->flags |= kInterned;
  if (++interned * 3 > table()->capacity * 2) grow();
  place(table(), s);
  return s;
}

Str* make_char(uint8_t c) {
  Str* s = new_str_uninitialized(1, 1, c < 0x80);
  s->inline_data[0] = static_cast<char>(c);
  return s;
}

inline uint64_t rotate_left(uint64_t x, int bits) { return std::rotl(x, bits); }

struct SipState {
  uint64_t v0, v1, v2, v3;
  void round() {
    v0 += v1; v2 += v3;
    v1 = rotate_left(v1, 13) ^ v0;
    v3 = rotate_left(v3, 16) ^ v2;
    v0 = rotate_left(v0, 32);
    v2 += v1; v0 += v3;
    v1 = rotate_left(v1, 17) ^ v2;
    v3 = rotate_left(v3, 21) ^ v0;
    v2 = rotate_left(v2, 32);
  }
};

}  // namespace

uint64_t siphash13(const void* data, size_t length) { return siphash13_keyed(hash_key0, hash_key1, data, length); }

uint64_t siphash13_keyed(uint64_t key0, uint64_t key1, const void* data, size_t length) {
  SipState s{key0 ^ 0x736f6d6570736575, key1 ^ 0x646f72616e646f6d, key0 ^ 0x6c7967656e657261, key1 ^ 0x7465646279746573};
  const uint8_t* p = static_cast<const uint8_t*>(data);
  uint64_t last = static_cast<uint64_t>(length) << 56;
  for (; length >= 8; length -= 8, p += 8) {
    uint64_t word;
    memcpy(&word, p, 8);
    s.v3 ^= word;
    s.round();
    s.v0 ^= word;
  }
  uint64_t tail = 0;
  for (size_t i = 0; i < length; ++i) tail |= static_cast<uint64_t>(p[i]) << (8 * i);
  last |= tail;
  s.v3 ^= last;
  s.round();
  s.v0 ^= last;
  s.v2 ^= 0xff;
  s.round();
  s.round();
  s.round();
  return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

// random: from the system. Else seed 0 is the zero key, and others expand by the linear congruence CPython uses.
void set_hash_seed(bool random, uint32_t seed) {
  uint8_t key[16] = {};
  if (random) {
    if (getrandom(key, sizeof key, 0) != static_cast<ssize_t>(sizeof key)) key[0] = 1;
  } else if (seed != 0) {
    uint32_t x = seed;
    for (uint8_t& byte : key) {
      x = x * 214013 + 2531011;
      byte = static_cast<uint8_t>(x >> 16);
    }
  }
  memcpy(&hash_key0, key, 8);
  memcpy(&hash_key1, key + 8, 8);
  hash_key_chosen = true;
}

HashKey hash_key() { return {hash_key0, hash_key1}; }
void set_hash_key(HashKey key) {
  hash_key0 = key.k0;
  hash_key1 = key.k1;
}

bool set_hash_seed_from_environment() {
  const char* text = getenv("PYTHONHASHSEED");
  if (!text || !*text || strcmp(text, "random") == 0) {
    set_hash_seed(true, 0);
    return true;
  }
  char* end;
  errno = 0;
  unsigned long seed = strtoul(text, &end, 10);
  if (*end || seed > 4294967295ul || errno) return false;
  set_hash_seed(false, static_cast<uint32_t>(seed));
  return true;
}

int64_t str_hash(const Str* s) {
  if (s->hash != 0) return s->hash;
  if (s->length == 0) return 0;
  int64_t h = static_cast<int64_t>(siphash13(s->data, s->length * s->kind()));
  if (h == -1) h = -2;
  s->hash = h;
  return h;
}

Str* char_str(uint32_t c) {
  if (c < 256) return latin1_chars[c].as<Str>();
  Str* s = new_str_uninitialized(1, c < 0x10000 ? 2 : 4, false);
  if (c < 0x10000) *reinterpret_cast<uint16_t*>(s->inline_data) = static_cast<uint16_t>(c);
  else *reinterpret_cast<uint32_t*>(s->inline_data) = c;
  return s;
}

Str* find_interned(const Str* s) {
  if (s->interned()) return const_cast<Str*>(s);
  if (s->length == 0) return empty_string.as<Str>();
  Value* slot = find_slot(static_cast<uint64_t>(str_hash(s)), s->data, s->kind(), s->length);
  return slot->is_null() ? nullptr : slot->as<Str>();
}

Str* intern(Str* s) {
  if (s->interned()) return s;
  if (s->length == 0) return empty_string.as<Str>();
  if (s->length == 1 && s->kind() == 1) {
    Str* shared = char_str(s->at(0));
    return shared->interned() ? shared : add_interned(shared);
  }
  Value* slot = find_slot(static_cast<uint64_t>(str_hash(s)), s->data, s->kind(), s->length);
  if (!slot->is_null()) return slot->as<Str>();
  if (s->shape() != str_shape) s = exact_str(s);
  return add_interned(s);
}

Str* intern(std::string_view utf8) {
  if (utf8.empty()) return empty_string.as<Str>();
  bool ascii = true;
  for (char c : utf8) ascii &= static_cast<int8_t>(c) >= 0;
  if (!ascii || utf8.size() == 1) return intern(new_str(utf8));
  int64_t hash = static_cast<int64_t>(siphash13(utf8.data(), utf8.size()));
  if (hash == -1) hash = -2;
  Value* slot = find_slot(static_cast<uint64_t>(hash), utf8.data(), 1, utf8.size());
  if (!slot->is_null()) return slot->as<Str>();
  Str* s = new_str_ascii(utf8.data(), utf8.size());
  s->hash = hash;
  return add_interned(s);
}

int64_t intern_count() { return static_cast<int64_t>(interned); }

void bootstrap_str() {
  if (!hash_key_chosen && !set_hash_seed_from_environment()) set_hash_seed(true, 0);
  // Until init_str_type has made the class, a stand-in answers "is it a str?".
  static Class stand_in{};
  stand_in.class_flags = kSubStr;
  types.str = &stand_in;
  str_shape = Shape::new_root(&stand_in, 0, 0, TraceKind::kCustom);
  heap.add_root_range(latin1_chars, latin1_chars + 256);
  heap.add_root_range(&empty_string, &empty_string + 1);
  heap.add_root_range(&intern_table, &intern_table + 1);
  ValueArray* array = new_value_array(8192);
  array->capacity = power_of_two_below(array->capacity);
  intern_table = array;
  for (unsigned c = 0; c < 256; ++c) {
    latin1_chars[c] = make_char(static_cast<uint8_t>(c));
    if (c < 128) add_interned(latin1_chars[c].as<Str>());
  }
  Str* empty = new_str_uninitialized(0, 1, true);
  empty->flags |= kInterned;
  empty_string = empty;
}

}  // namespace pyjit::runtime
