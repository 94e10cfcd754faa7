// _md5, _sha1, _sha256, _sha512, _sha3, _blake2: the digest modules behind hashlib.
#include "runtime/modules/digest/hash_object.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {

using namespace digest;

namespace {

constexpr MethodDef kMethods[] = {method_row("copy", "($self, /)", method_copy, Effects::kCallsPython, "Return a copy of the hash object."),
                                  method_row("digest", "($self, /)", method_digest, Effects::kCallsPython, "Return the digest value as a bytes object."),
                                  method_row("hexdigest", "($self, /)", method_hexdigest, Effects::kCallsPython,
                                             "Return the digest value as a string of hexadecimal digits."),
                                  method_row("update", "($self, obj, /)", method_update, Effects::kCallsPython,
                                             "Update this hash object's state with the provided string."),
                                  {}};
constexpr GetSetDef kGetSet[] = {{"block_size", get_block_size}, {"name", get_name}, {"digest_size", get_digest_size}, {}};

// The types of the plain algorithms: made by functions only.
constexpr ClassSpec plain_spec(const char* name) {
  return {.name = name, .basicsize = sizeof(HashObject), .flags = kClassNoInstantiation, .methods = kMethods, .getset = kGetSet};
}
const ClassSpec kSpecs[] = {plain_spec("_md5.md5"),       plain_spec("_sha1.sha1"),     plain_spec("_sha256.sha224"),
                            plain_spec("_sha256.sha256"), plain_spec("_sha512.sha384"), plain_spec("_sha512.sha512")};
enum { kMd5Type, kSha1Type, kSha224Type, kSha256Type, kSha384Type, kSha512Type, kTypeCount };
Class* classes[kTypeCount];

template <int kType>
Value make_plain(Value* a) {
  static const DigestAlgorithm* const kAlgorithms[] = {&kMd5, &kSha1, &kSha224, &kSha256, &kSha384, &kSha512};
  HashObject* h = TRY(new_hash(classes[kType], kAlgorithms[kType]));
  return a[0] && !hash_feed(h, a[0]) ? Value() : Value(h);
}
#define MAKE(name, type) {name, "($module, /, string=b'', *, usedforsecurity=True)", make_plain<type>, Effects::kCallsPython, MethodKind::kFunction}
constexpr MethodDef kMd5Functions[] = {MAKE("md5", kMd5Type), {}};
constexpr MethodDef kSha1Functions[] = {MAKE("sha1", kSha1Type), {}};
constexpr MethodDef kSha256Functions[] = {MAKE("sha256", kSha256Type), MAKE("sha224", kSha224Type), {}};
constexpr MethodDef kSha512Functions[] = {MAKE("sha512", kSha512Type), MAKE("sha384", kSha384Type), {}};
#undef MAKE

// The class, under the name the module gives it ("MD5Type").
bool add_type(Module* m, int type, const char* name) {
  static bool rooted = false;
  static Value roots[kTypeCount];
  if (!rooted) heap.add_root_range(roots, roots + kTypeCount), rooted = true;
  if (!classes[type]) roots[type] = classes[type] = new_builtin_class(kSpecs[type]);
  return add_object(m, name, classes[type]);
}

// _sha3.

Class* sha3_classes[6];
const DigestAlgorithm* const kSha3[] = {&kSha3_224, &kSha3_256, &kSha3_384, &kSha3_512, &kShake128, &kShake256};

Value sha3_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  for (int i = 0; i < 6; ++i) {
    if (!is_subclass(cls, sha3_classes[i])) continue;
    static Binder binders[6] = {{"sha3_224", "(data=b'', /, *, usedforsecurity=True)"},  {"sha3_256", "(data=b'', /, *, usedforsecurity=True)"},
                                {"sha3_384", "(data=b'', /, *, usedforsecurity=True)"},  {"sha3_512", "(data=b'', /, *, usedforsecurity=True)"},
                                {"shake_128", "(data=b'', /, *, usedforsecurity=True)"}, {"shake_256", "(data=b'', /, *, usedforsecurity=True)"}};
    Value a[2];
    if (!binders[i](args, nargs, kwnames, a)) return nullptr;
    HashObject* h = TRY(new_hash(cls, kSha3[i]));
    return a[0] && !hash_feed(h, a[0]) ? Value() : Value(h);
  }
  return raise(exc.SystemError, "unknown SHA-3 type");
}
bool shake_length(Value v, size_t* out) {
  Value i = TRY(number_index(v));
  int64_t n;
  if (int_sign(i) < 0) return raise(exc.ValueError, "value must be positive"), false;
  if (!int_to_int64(i, &n) || n >= 1 << 29) return raise(exc.ValueError, "length is too large"), false;
  return *out = static_cast<size_t>(n), true;
}
Value shake_digest(Value* a) {
  size_t n;
  return shake_length(a[1], &n) ? Value(new_bytes(hash_value(hash_of(a[0]), n))) : Value();
}
Value shake_hexdigest(Value* a) {
  size_t n;
  return shake_length(a[1], &n) ? hex_text(hash_value(hash_of(a[0]), n)) : Value();
}
Value get_rate_bits(Value v) { return Value::from_int(hash_of(v)->algorithm->block_size * 8); }
Value get_capacity_bits(Value v) { return Value::from_int(1600 - hash_of(v)->algorithm->block_size * 8); }
Value get_suffix(Value v) { return char_bytes(hash_of(v)->algorithm->digest_size ? 0x06 : 0x1f); }
constexpr GetSetDef kSha3GetSet[] = {{"block_size", get_block_size},     {"name", get_name}, {"digest_size", get_digest_size}, {"_capacity_bits", get_capacity_bits},
                                     {"_rate_bits", get_rate_bits}, {"_suffix", get_suffix}, {}};
constexpr MethodDef kShakeMethods[] = {method_row("copy", "($self, /)", method_copy), method_row("digest", "($self, length, /)", shake_digest),
                                       method_row("hexdigest", "($self, length, /)", shake_hexdigest),
                                       method_row("update", "($self, data, /)", method_update), {}};
constexpr MethodDef kSha3Methods[] = {method_row("copy", "($self, /)", method_copy), method_row("digest", "($self, /)", method_digest),
                                      method_row("hexdigest", "($self, /)", method_hexdigest),
                                      method_row("update", "($self, data, /)", method_update), {}};
constexpr ClassSpec sha3_spec(const char* name, const char* doc, bool shake) {
  return {.name = name,
          .basicsize = sizeof(HashObject),
          .doc = doc,
          .slots = {.new_ = sha3_new},
          .methods = shake ? kShakeMethods : kSha3Methods,
          .getset = kSha3GetSet};
}
#define SHA3_DOC(name, rest) name "(data=b'', /, *, usedforsecurity=True)\n--\n\n" rest
const ClassSpec kSha3Specs[] = {
    sha3_spec("_sha3.sha3_224", SHA3_DOC("sha3_224", "A SHA3 digest of 28 bytes."), false),
    sha3_spec("_sha3.sha3_256", SHA3_DOC("sha3_256", "A SHA3 digest of 32 bytes."), false),
    sha3_spec("_sha3.sha3_384", SHA3_DOC("sha3_384", "A SHA3 digest of 48 bytes."), false),
    sha3_spec("_sha3.sha3_512", SHA3_DOC("sha3_512", "A SHA3 digest of 64 bytes."), false),
    sha3_spec("_sha3.shake_128", SHA3_DOC("shake_128", "A SHAKE digest of any length."), true),
    sha3_spec("_sha3.shake_256", SHA3_DOC("shake_256", "A SHAKE digest of any length."), true)};

// _blake2.

Class *blake2b_class, *blake2s_class;

struct Blake2Limits {
  uint32_t digest, key, salt, person, offset_bytes;
};

// An unsigned field: false with CPython's error pending.
bool blake_unsigned(Value v, uint64_t* out) {
  Value i = TRY(number_index(v));
  int64_t n;
  if (int_sign(i) < 0) return raise(exc.ValueError, "value must be positive"), false;
  if (int_to_int64(i, &n)) return *out = static_cast<uint64_t>(n), true;
  if (int_bit_length(i) <= 64) return *out = i.as<BigInt>()->limbs[0], true;
  return raise(exc.OverflowError, "int too big to convert"), false;
}
// Copies a bytes-like field of at most `limit` bytes; *size is its length.
bool blake_bytes(Value v, const char* what, size_t limit, uint8_t* out, size_t* size) {
  *size = 0;
  if (!v) return true;
  BufferView view;
  if (!get_buffer(v, &view)) return false;
  bool ok = static_cast<size_t>(view.length) <= limit;
  if (ok && view.length) memcpy(out, view.data, *size = static_cast<size_t>(view.length));
  release_buffer(&view);
  if (!ok) raisef(exc.ValueError, "maximum %s length is %zu bytes", what, limit);
  return ok;
}

template <bool kB>
Value blake2_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder binder(kB ? "blake2b" : "blake2s",
                       "(data=b'', /, *, digest_size=64, key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0, node_offset=0, node_depth=0, "
                       "inner_size=0, last_node=False, usedforsecurity=True)");
  enum { kData, kDigestSize, kKey, kSalt, kPerson, kFanout, kDepth, kLeafSize, kNodeOffset, kNodeDepth, kInnerSize, kLastNode, kSecurity, kCount };
  constexpr Blake2Limits kLimit = kB ? Blake2Limits{64, 64, 16, 16, 8} : Blake2Limits{32, 32, 8, 8, 6};
  Value a[kCount];
  if (!binder(args, nargs, kwnames, a)) return nullptr;
  int digest_size = kLimit.digest, fanout = 1, depth = 1, node_depth = 0, inner_size = 0;
  uint64_t leaf_size = 0, node_offset = 0;
  if (a[kDigestSize] && !to_int32(a[kDigestSize], &digest_size)) return nullptr;
  if (a[kFanout] && !to_int32(a[kFanout], &fanout)) return nullptr;
  if (a[kDepth] && !to_int32(a[kDepth], &depth)) return nullptr;
  if (a[kNodeDepth] && !to_int32(a[kNodeDepth], &node_depth)) return nullptr;
  if (a[kInnerSize] && !to_int32(a[kInnerSize], &inner_size)) return nullptr;
  int last_node = a[kLastNode] ? is_true(a[kLastNode]) : 0;
  if (last_node < 0) return nullptr;
  if (digest_size <= 0 || digest_size > static_cast<int>(kLimit.digest)) {
    return raisef(exc.ValueError, "digest_size must be between 1 and %u bytes", kLimit.digest);
  }
  uint8_t block[64] = {}, key[128] = {};
  uint8_t *salt = block + (kB ? 32 : 16), *person = salt + kLimit.salt;
  size_t used, key_size;
  if (!blake_bytes(a[kSalt], "salt", kLimit.salt, salt, &used) || !blake_bytes(a[kPerson], "person", kLimit.person, person, &used)) return nullptr;
  if (fanout < 0 || fanout > 255) return raise(exc.ValueError, "fanout must be between 0 and 255");
  if (depth <= 0 || depth > 255) return raise(exc.ValueError, "depth must be between 1 and 255");
  if (a[kLeafSize]) {
    if (!blake_unsigned(a[kLeafSize], &leaf_size)) return nullptr;
    if (leaf_size > UINT32_MAX) return raise(exc.OverflowError, "leaf_size is too large");
  }
  if (a[kNodeOffset]) {
    if (!blake_unsigned(a[kNodeOffset], &node_offset)) return nullptr;
    if (!kB && node_offset >> 48) return raise(exc.OverflowError, "node_offset is too large");
  }
  if (node_depth < 0 || node_depth > 255) return raise(exc.ValueError, "node_depth must be between 0 and 255");
  if (inner_size < 0 || inner_size > static_cast<int>(kLimit.digest)) {
    return raisef(exc.ValueError, "inner_size must be between 0 and is %u", kLimit.digest);
  }
  if (!blake_bytes(a[kKey], "key", kLimit.key, key, &key_size)) return nullptr;
  // The parameter block: digest size, key size, fanout, depth, leaf size, node offset, node depth, inner size, (reserved,) salt, person.
  block[0] = static_cast<uint8_t>(digest_size);
  block[1] = static_cast<uint8_t>(key_size);
  block[2] = static_cast<uint8_t>(fanout);
  block[3] = static_cast<uint8_t>(depth);
  uint32_t leaf = static_cast<uint32_t>(leaf_size);
  memcpy(block + 4, &leaf, 4);
  memcpy(block + 8, &node_offset, kLimit.offset_bytes);
  block[8 + kLimit.offset_bytes] = static_cast<uint8_t>(node_depth);
  block[9 + kLimit.offset_bytes] = static_cast<uint8_t>(inner_size);
  const DigestAlgorithm* algorithm = kB ? &kBlake2b : &kBlake2s;
  HashObject* h = TRY(new_hash(cls, algorithm));
  h->digest_size = static_cast<uint32_t>(digest_size);
  (kB ? blake2b_init_parameters : blake2s_init_parameters)(&h->state, block, last_node);
  if (key_size) algorithm->update(&h->state, key, algorithm->block_size);
  return a[kData] && !hash_feed(h, a[kData]) ? Value() : Value(h);
}

constexpr MethodDef kBlakeMethods[] = {method_row("copy", "($self, /)", method_copy), method_row("digest", "($self, /)", method_digest),
                                       method_row("hexdigest", "($self, /)", method_hexdigest),
                                       method_row("update", "($self, data, /)", method_update), {}};
#define BLAKE_DOC(name)                                                                                                                       \
  name "(data=b'', /, *, digest_size=_blake2." name ".MAX_DIGEST_SIZE,\n        key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0,\n" \
       "        node_offset=0, node_depth=0, inner_size=0, last_node=False,\n        usedforsecurity=True)\n--\n\nA hash object."
const ClassSpec kBlake2bSpec = {.name = "_blake2.blake2b",
                                .basicsize = sizeof(HashObject),
                                .doc = BLAKE_DOC("blake2b"),
                                .slots = {.new_ = blake2_new<true>},
                                .methods = kBlakeMethods,
                                .getset = kGetSet};
const ClassSpec kBlake2sSpec = {.name = "_blake2.blake2s",
                                .basicsize = sizeof(HashObject),
                                .doc = BLAKE_DOC("blake2s"),
                                .slots = {.new_ = blake2_new<false>},
                                .methods = kBlakeMethods,
                                .getset = kGetSet};

bool add_limits(Module* m, Class* cls, const char* prefix, const Blake2Limits& limits) {
  const struct { const char* name; uint32_t value; } kRows[] = {
      {"SALT_SIZE", limits.salt}, {"PERSON_SIZE", limits.person}, {"MAX_KEY_SIZE", limits.key}, {"MAX_DIGEST_SIZE", limits.digest}};
  for (auto& row : kRows) {
    Value v = Value::from_int(row.value);
    if (!dict_set_str(cls->dict, intern(row.name), v) || !add_object(m, (std::string(prefix) + row.name).c_str(), v)) return false;
  }
  return true;
}

}  // namespace

bool init_md5_module(Module* m) { return add_functions(m, kMd5Functions) && add_type(m, kMd5Type, "MD5Type"); }
bool init_sha1_module(Module* m) { return add_functions(m, kSha1Functions) && add_type(m, kSha1Type, "SHA1Type"); }
bool init_sha256_module(Module* m) {
  return add_functions(m, kSha256Functions) && add_type(m, kSha224Type, "SHA224Type") && add_type(m, kSha256Type, "SHA256Type");
}
bool init_sha512_module(Module* m) {
  return add_functions(m, kSha512Functions) && add_type(m, kSha384Type, "SHA384Type") && add_type(m, kSha512Type, "SHA512Type");
}
bool init_sha3_module(Module* m) {
  for (size_t i = 0; i < std::size(kSha3Specs); ++i) {
    if (!add_class(m, kSha3Specs[i], &sha3_classes[i])) return false;
  }
  return add_int(m, "keccakopt", 64) && add_string(m, "implementation", "pyjit");
}
bool init_blake2_module(Module* m) {
  return add_class(m, kBlake2bSpec, &blake2b_class) && add_class(m, kBlake2sSpec, &blake2s_class) &&
         add_limits(m, blake2b_class, "BLAKE2B_", {64, 64, 16, 16, 8}) && add_limits(m, blake2s_class, "BLAKE2S_", {32, 32, 8, 8, 6});
}

}  // namespace pyjit::runtime
