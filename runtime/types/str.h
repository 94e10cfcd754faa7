// str: flexible representation (1, 2 or 4 bytes a code point), flat, immutable, hash cached.
//
//   +8 hash (0: not computed)   +16 length (code points)   +24 data → inline_data, or into a ByteStore shared by appends
// aux: kStrKindMask = bytes a code point, kStrAscii = all < 128. kind is always the smallest that fits (so equal strings have equal kinds).
// s += t: when s ends at the fill mark of its ByteStore and there is room, the new string shares the buffer (amortised O(1)).
#pragma once
#include <cstring>
#include <string>
#include <string_view>

#include "runtime/class.h"
#include "runtime/errors.h"
#include "runtime/object.h"
#include "runtime/types/small_bytes.h"

namespace pyjit::runtime {

enum StrAux : uint16_t { kStrKindMask = 7, kStrAscii = 8 };

struct Str : Object {
  mutable int64_t hash;
  uint64_t length;
  const void* data;
  struct ByteStore* store;   // what owns data: null = inline; a ByteStore shared by appends; or another Str (slices, subclasses)
  char inline_data[];

  unsigned kind() const { return aux & kStrKindMask; }
  bool is_ascii() const { return aux & kStrAscii; }
  const uint8_t* data8() const { return static_cast<const uint8_t*>(data); }
  const uint16_t* data16() const { return static_cast<const uint16_t*>(data); }
  const uint32_t* data32() const { return static_cast<const uint32_t*>(data); }
  uint32_t at(uint64_t i) const { return kind() == 1 ? data8()[i] : kind() == 2 ? data16()[i] : data32()[i]; }
  bool interned() const { return flags & kInterned; }
};

inline bool is_str(Value v) { return v.is_object() && v.as_object()->cls()->has(kSubStr); }   // exact or subclass
inline bool is_exact_str(Value v) { return is_exact(v, types.str); }

// Exact strings have this shape. bootstrap_str makes it (cls null) with the shared one-character strings and the intern table, before
// any class exists; init_str_type gives it its class. The hash seed must be chosen before (else PYTHONHASHSEED decides).
extern Shape* str_shape;
void bootstrap_str();

// Calls f with a typed pointer to the code points.
template <class F>
inline auto with_chars(const Str* s, F f) {
  return s->kind() == 1 ? f(s->data8()) : s->kind() == 2 ? f(s->data16()) : f(s->data32());
}

// Construction; null with MemoryError pending when absurdly long. `utf8` must be valid UTF-8 + surrogates (asserted).
Str* new_str(std::string_view utf8);
Str* new_str_ascii(const char* text, size_t length);
Str* new_str_latin1(const uint8_t* text, size_t length);
Str* new_str_from_code_points(const uint32_t* code_points, size_t length);   // narrows
Str* new_str_from_chars(const void* code_points, unsigned kind, size_t length);   // narrows
Str* exact_str(Str* s);                            // s itself, or for a subclass instance an exact str with its text (shares the data)
Str* new_str_of_class(Class* cls, Str* text);      // cls a subclass of str
Str* new_str_uninitialized(size_t length, unsigned kind, bool ascii);        // caller fills data before anybody sees it
Str* char_str(uint32_t code_point);                // latin-1 ones are shared
Str* intern(std::string_view utf8);                // the one Str with this text
Str* intern(Str* s);
Str* find_interned(const Str* s);                  // the interned Str equal to s, or null
Str* new_strf(const char* format, ...) __attribute__((format(printf, 1, 2)));  // result must be UTF-8

std::string to_utf8(const Str* s);                 // surrogates as three bytes ("surrogatepass")
std::string_view ascii_view(const Str* s);         // precondition: is_ascii()
inline bool str_equal(const Str* a, const Str* b) {
  if (a == b) return true;
  if (a->length != b->length || ((a->aux ^ b->aux) & kStrKindMask) || (a->flags & b->flags & kInterned)) return false;
  return same_bytes(a->data, b->data, a->length * a->kind());
}
bool str_equals(const Str* a, std::string_view ascii);
int str_compare(const Str* a, const Str* b);       // by code points: <0, 0, >0
int64_t str_hash(const Str* s);                    // SipHash-1-3 as CPython (PYTHONHASHSEED); 0 for the empty string
Str* str_concat(Str* a, Str* b);
Str* str_append(Str* a, Str* b);                   // a + b where a is about to be forgotten: may share a's spare room
Str* str_substring(Str* s, uint64_t start, uint64_t end);
Str* str_join(Str* separator, Value iterable);
Str* str_repeat(Str* s, int64_t count);
int64_t str_find(const Str* haystack, const Str* needle, int64_t start, int64_t end);  // -1: absent
Str* repr_str(const Str* s);

// Copies code points [start, end) of src to dst[at ...], dst_kind bytes each. Precondition: they fit.
void copy_code_points(void* dst, unsigned dst_kind, size_t at, const Str* src, uint64_t start, uint64_t end);
int64_t str_rfind(const Str* haystack, const Str* needle, int64_t start, int64_t end);
int64_t str_count(const Str* haystack, const Str* needle, int64_t start, int64_t end, int64_t max_count);
// The slots of str += and +: TypeError unless both are str.
Value str_add(Value a, Value b);
int64_t intern_count();                            // strings in the intern table

uint64_t siphash13_keyed(uint64_t key0, uint64_t key1, const void* data, size_t length);
uint64_t siphash13(const void* data, size_t length);   // with the process's hash key
void set_hash_seed(bool random, uint32_t seed);        // PYTHONHASHSEED; before any string is hashed
struct HashKey { uint64_t k0, k1; };
HashKey hash_key();                                    // what the seed expanded to
void set_hash_key(HashKey key);                        // for tests: changing it under cached hashes breaks every table
bool set_hash_seed_from_environment();                 // false: PYTHONHASHSEED is malformed

// Builds a str piece by piece, widening as needed. On the native stack; its buffer is not scanned (holds no references).
class StrBuilder {
 public:
  void append(const Str* s);
  void append(const Str* s, uint64_t start, uint64_t end);
  void append_ascii(std::string_view text);
  void append_utf8(std::string_view text);
  void append(uint32_t code_point);
  void append_fill(uint32_t code_point, size_t count);
  size_t length() const;
  Str* finish();
 private:
  std::string bytes_;           // code points in the current kind
  unsigned kind_ = 1;
  uint32_t all_bits_ = 0;       // or of all code points (or something as large): decides kind and ASCII
  bool inexact_ = false;        // all_bits_ may be too large: finish() looks
  void widen(unsigned kind);
};

}  // namespace pyjit::runtime
