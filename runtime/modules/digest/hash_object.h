// Digest objects: what _md5 ... _blake2 and _hashlib share.
#pragma once
#include "runtime/modules/digest/digest.h"
#include "runtime/modules/module_util.h"
#include "runtime/types/bytes.h"

namespace pyjit::runtime::digest {

struct HashObject : Object {
  const DigestAlgorithm* algorithm;
  uint32_t digest_size;          // BLAKE2: chosen by the caller
  DigestState state;
};

HashObject* new_hash(Class* cls, const DigestAlgorithm* algorithm);
// Feeds a bytes-like object. False: TypeError ("Strings must be encoded before hashing", ...) pending.
bool hash_feed(HashObject* h, Value data);
bool feed(const DigestAlgorithm* algorithm, DigestState* state, Value data);
std::string hash_value(const HashObject* h, size_t size);
Value hex_text(std::string_view bytes);
// Length argument of SHAKE's digest: false with ValueError pending.
Value method_update(Value* a);
Value method_copy(Value* a);
Value method_digest(Value* a);
Value method_hexdigest(Value* a);
Value get_name(Value v);
Value get_block_size(Value v);
Value get_digest_size(Value v);
inline HashObject* hash_of(Value v) { return v.as<HashObject>(); }

}  // namespace pyjit::runtime::digest
