// _hashlib: the digests by name, HMAC, key derivation. CPython's is OpenSSL; this one computes the same over digest.h.
#include "runtime/memory_limits.h"
#include "runtime/modules/digest/hash_object.h"
#include "runtime/struct_sequence.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

using namespace digest;

namespace {

Class *hash_class, *xof_class, *hmac_class, *unsupported_class;
Dict* constructors;       // function → name, for digestmod arguments

struct HmacObject : Object {
  Hmac state;
};

const DigestAlgorithm* digest_by_name(Value name) {
  std::string text = to_utf8(name.as<Str>());
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c == '-' || c == '/' ? '_' : c);
  for (const char* prefix : {"sha", "sha2_"}) {   // OpenSSL's other spellings: sha-256, sha2-256, blake2b512
    std::string_view p = prefix;
    if (text.compare(0, p.size() + (p == "sha"), p == "sha" ? "sha_" : prefix) != 0) continue;
    text = "sha" + text.substr(p == "sha" ? 4 : 5);
    break;
  }
  if (text == "blake2b512") text = "blake2b";
  if (text == "blake2s256") text = "blake2s";
  if (text == "shake128") text = "shake_128";
  if (text == "shake256") text = "shake_256";
  if (const DigestAlgorithm* a = find_digest(text)) return a;
  raise(exc.ValueError, "[digital envelope routines] unsupported");
  return nullptr;
}
// A digestmod: a name or one of the openssl_* functions.
const DigestAlgorithm* digest_argument(Value v) {
  Value name = v;
  if (!is_str(v)) {
    name = dict_get(constructors, v);
    if (!name) {
      if (error_pending()) clear_pending();
      Str* shown = repr(v);
      if (shown) {
        Value message = new_strf("Unsupported digestmod %s", to_utf8(shown).c_str());
        raise_with_value(unsupported_class, message);
      }
      return nullptr;
    }
  }
  return digest_by_name(name);
}

Value make_hash(const DigestAlgorithm* algorithm, Value data) {
  if (!algorithm) return nullptr;
  HashObject* h = TRY(new_hash(algorithm->digest_size ? hash_class : xof_class, algorithm));
  return data && !hash_feed(h, data) ? Value() : Value(h);
}
Value do_new(Value* a) {
  if (!is_str(a[0])) return raise(exc.TypeError, "name must be a string");
  return make_hash(digest_by_name(a[0]), a[1]);
}
template <const DigestAlgorithm* kAlgorithm>
Value do_openssl(Value* a) { return make_hash(kAlgorithm, a[0]); }

Value hash_repr(Value v) {
  bool xof = is_exact(v, xof_class);
  return new_strf("<%s _hashlib.HASH%s object @ %p>", hash_of(v)->algorithm->name, xof ? "XOF" : "", static_cast<void*>(v.as_object()));
}
bool xof_length(Value v, size_t* out) {
  int64_t n;
  if (!index_to_ssize(v, &n, exc.OverflowError)) return false;
  if (n < 0) return raise(exc.SystemError, "Negative size passed to PyBytes_FromStringAndSize"), false;
  return *out = static_cast<size_t>(n), fits_memory(*out);
}
Value xof_digest(Value* a) {
  size_t n;
  return xof_length(a[1], &n) ? Value(new_bytes(hash_value(hash_of(a[0]), n))) : Value();
}
Value xof_hexdigest(Value* a) {
  size_t n;
  return xof_length(a[1], &n) ? hex_text(hash_value(hash_of(a[0]), n)) : Value();
}

// HMAC.

HmacObject* hmac_of(Value v) { return v.as<HmacObject>(); }
Value hmac_update(Value* a) { return feed(hmac_of(a[0])->state.algorithm, &hmac_of(a[0])->state.inner, a[1]) ? Value::none() : Value(); }
std::string hmac_value(Value v) {
  const Hmac& h = hmac_of(v)->state;
  std::string out(h.algorithm->digest_size, '\0');
  hmac_finish(h, reinterpret_cast<uint8_t*>(out.data()));
  return out;
}
Value hmac_digest_method(Value* a) { return new_bytes(hmac_value(a[0])); }
Value hmac_hexdigest(Value* a) { return hex_text(hmac_value(a[0])); }
Value hmac_copy(Value* a) {
  auto* h = allocate_instance_of<HmacObject>(hmac_class);
  if (!h) return nullptr;
  h->state = hmac_of(a[0])->state;
  return h;
}
Value hmac_name(Value v) { return new_strf("hmac-%s", hmac_of(v)->state.algorithm->name); }
Value hmac_block_size(Value v) { return Value::from_int(hmac_of(v)->state.algorithm->block_size); }
Value hmac_digest_size(Value v) { return Value::from_int(hmac_of(v)->state.algorithm->digest_size); }
Value hmac_repr(Value v) { return new_strf("<%s HMAC object @ %p>", hmac_of(v)->state.algorithm->name, static_cast<void*>(v.as_object())); }

// The key as text for hmac_init: false with TypeError pending.
bool key_bytes(Value v, std::string* out) {
  BufferView view;
  if (!get_buffer(v, &view)) return false;
  append_buffer(view, out);
  release_buffer(&view);
  return true;
}
Value do_hmac_new(Value* a) {
  std::string key;
  if (!key_bytes(a[0], &key)) return nullptr;
  if (!a[2] || a[2].is_none()) return raise(exc.TypeError, "Missing required parameter 'digestmod'.");
  const DigestAlgorithm* algorithm = digest_argument(a[2]);
  if (!algorithm) return nullptr;
  if (!algorithm->digest_size) return raise(exc.ValueError, "no reason supplied");
  auto* h = allocate_instance_of<HmacObject>(hmac_class);
  if (!h) return nullptr;
  hmac_init(&h->state, algorithm, key);
  return a[1] && !a[1].is_none() && !feed(algorithm, &h->state.inner, a[1]) ? Value() : Value(h);
}
Value do_hmac_digest(Value* a) {
  std::string key, message;
  if (!key_bytes(a[0], &key) || !key_bytes(a[1], &message)) return nullptr;
  const DigestAlgorithm* algorithm = digest_argument(a[2]);
  if (!algorithm) return nullptr;
  if (!algorithm->digest_size) return raise(exc.ValueError, "no reason supplied");
  Hmac h;
  hmac_init(&h, algorithm, key);
  algorithm->update(&h.inner, reinterpret_cast<const uint8_t*>(message.data()), message.size());
  uint8_t out[kMaxDigestSize];
  hmac_finish(h, out);
  return new_bytes({reinterpret_cast<char*>(out), algorithm->digest_size});
}

// Key derivation.

Value do_pbkdf2(Value* a) {
  if (!is_str(a[0])) return raisef(exc.TypeError, "pbkdf2_hmac() argument 'hash_name' must be str, not %.50s", a[0].is_none() ? "None" : type_name(a[0]));
  std::string password, salt;
  if (!key_bytes(a[1], &password) || !key_bytes(a[2], &salt)) return nullptr;
  int64_t iterations, size;
  if (!to_int64(a[3], &iterations)) return nullptr;
  const DigestAlgorithm* algorithm = digest_by_name(a[0]);
  if (!algorithm) return nullptr;
  if (iterations < 1) return raise(exc.ValueError, "iteration value must be greater than 0.");
  if (iterations > INT32_MAX) return raise(exc.OverflowError, "iteration value is too great.");
  size = algorithm->digest_size;
  if (a[4] && !a[4].is_none() && !to_int64(a[4], &size)) return nullptr;
  if (size < 1) return raise(exc.ValueError, "key length must be greater than 0.");
  if (size > INT32_MAX) return raise(exc.OverflowError, "key length is too great.");
  Bytes* out = TRY(new_bytes_uninitialized(static_cast<size_t>(size)));
  pbkdf2(algorithm, password, salt, static_cast<uint64_t>(iterations), reinterpret_cast<uint8_t*>(out->data), static_cast<size_t>(size));
  return out;
}

bool required_unsigned(Value v, const char* name, uint64_t* out) {
  int64_t n;
  if (!v || v.is_none() || !is_int_like(v)) return raisef(exc.TypeError, "%s is required and must be an unsigned int", name), false;
  if (!int_to_int64(int_value(v), &n) || n < 0) {
    return raisef(exc.TypeError, "%s is required and must be an unsigned int", name), false;
  }
  return *out = static_cast<uint64_t>(n), true;
}
Value do_scrypt(Value* a) {
  std::string password, salt;
  if (!key_bytes(a[0], &password)) return nullptr;
  if (!a[1] || a[1].is_none()) {
    if (!a[1]) return raise(exc.TypeError, "salt is required");
    return raisef(exc.TypeError, "a bytes-like object is required, not '%s'", type_name(a[1]));
  }
  if (!key_bytes(a[1], &salt)) return nullptr;
  uint64_t n, r, p;
  int64_t max_memory = 0, size = 64;
  if (!required_unsigned(a[2], "n", &n)) return nullptr;
  if (n < 2 || (n & (n - 1))) return raise(exc.ValueError, "n must be a power of 2.");
  if (!required_unsigned(a[3], "r", &r) || !required_unsigned(a[4], "p", &p)) return nullptr;
  if (a[5] && !to_int64(a[5], &max_memory)) return nullptr;
  if (a[6] && !to_int64(a[6], &size)) return nullptr;
  if (max_memory < 0 || max_memory > INT32_MAX) return raise(exc.ValueError, "maxmem must be positive and smaller than 2147483647");
  if (size < 1 || size > INT32_MAX) return raise(exc.ValueError, "dklen must be greater than 0 and smaller than 2147483647");
  uint64_t limit = max_memory ? static_cast<uint64_t>(max_memory) : 32 << 20, block;
  if (!r || !p || r > (1 << 30) || p > (1 << 30) || __builtin_mul_overflow(r, p, &block) || block >= 1 << 30) {
    return raise(exc.ValueError, "Invalid parameter combination for n, r, p, maxmem.");
  }
  if (n > limit || 128 * r * p + 128 * r * (n + 2) + 0 > limit) return raise(exc.ValueError, "[digital envelope routines] memory limit exceeded");
  Bytes* out = TRY(new_bytes_uninitialized(static_cast<size_t>(size)));
  if (!scrypt(password, salt, n, r, p, reinterpret_cast<uint8_t*>(out->data), static_cast<size_t>(size))) return raise_memory_error();
  return out;
}

// Takes the same time whatever the contents.
Value do_compare_digest(Value* a) {
  std::string x, y;
  if (is_str(a[0]) && is_str(a[1])) {
    if (!a[0].as<Str>()->is_ascii() || !a[1].as<Str>()->is_ascii()) {
      return raise(exc.TypeError, "comparing strings with non-ASCII characters is not supported");
    }
    x = to_utf8(a[0].as<Str>());
    y = to_utf8(a[1].as<Str>());
  } else {
    if (!supports_buffer(a[0]) && !supports_buffer(a[1])) {
      return raisef(exc.TypeError, "unsupported operand types(s) or combination of types: '%.100s' and '%.100s'", type_name(a[0]), type_name(a[1]));
    }
    if (!key_bytes(a[0], &x) || !key_bytes(a[1], &y)) return nullptr;
  }
  volatile unsigned char difference = x.size() != y.size();
  const std::string& against = x.size() == y.size() ? x : y;
  for (size_t i = 0; i < y.size(); ++i) difference = difference | static_cast<unsigned char>(against[i] ^ y[i]);
  return Value::from_bool(difference == 0);
}
Value do_get_fips_mode(Value*) { return Value::from_int(0); }

constexpr MethodDef kHashMethods[] = {method_row("update", "($self, obj, /)", method_update), method_row("digest", "($self, /)", method_digest),
                                      method_row("hexdigest", "($self, /)", method_hexdigest), method_row("copy", "($self, /)", method_copy), {}};
constexpr MethodDef kXofMethods[] = {method_row("digest", "($self, /, length)", xof_digest), method_row("hexdigest", "($self, /, length)", xof_hexdigest), {}};
constexpr GetSetDef kHashGetSet[] = {{"digest_size", get_digest_size}, {"block_size", get_block_size}, {"name", get_name}, {}};
constexpr GetSetDef kXofGetSet[] = {{"digest_size", get_digest_size}, {}};
constexpr MethodDef kHmacMethods[] = {method_row("update", "($self, /, msg)", hmac_update), method_row("digest", "($self, /)", hmac_digest_method),
                                      method_row("hexdigest", "($self, /)", hmac_hexdigest), method_row("copy", "($self, /)", hmac_copy), {}};
constexpr GetSetDef kHmacGetSet[] = {{"digest_size", hmac_digest_size}, {"block_size", hmac_block_size}, {"name", hmac_name}, {}};

const ClassSpec kHashSpec = {.name = "_hashlib.HASH",
                             .basicsize = sizeof(HashObject),
                             .flags = kClassNoInstantiation | kClassBaseType,
                             .doc = "HASH(name, string=b\"\")\n--\n\nA message digest under way.",
                             .slots = {.repr = hash_repr},
                             .methods = kHashMethods,
                             .getset = kHashGetSet};
const ClassSpec kXofSpec = {.name = "_hashlib.HASHXOF",
                            .base = &hash_class,
                            .basicsize = sizeof(HashObject),
                            .flags = kClassNoInstantiation | kClassBaseType,
                            .doc = "HASHXOF(name, string=b\"\")\n--\n\nA digest of any length under way.",
                            .slots = {.repr = hash_repr},
                            .methods = kXofMethods,
                            .getset = kXofGetSet};
const ClassSpec kHmacSpec = {.name = "_hashlib.HMAC",
                             .basicsize = sizeof(HmacObject),
                             .flags = kClassNoInstantiation | kClassBaseType,
                             .doc = "A keyed message digest under way.",
                             .slots = {.repr = hmac_repr},
                             .methods = kHmacMethods,
                             .getset = kHmacGetSet};

#define ROW(name, signature, fn) {name, signature, fn, Effects::kCallsPython, MethodKind::kFunction}
#define MAKE(name, algorithm) ROW("openssl_" name, "($module, /, string=b'', *, usedforsecurity=True)", do_openssl<&algorithm>)
constexpr MethodDef kFunctions[] = {
    ROW("new", "($module, /, name, string=b'', *, usedforsecurity=True)", do_new),
    ROW("hmac_new", "($module, /, key, msg=b'', digestmod=None)", do_hmac_new),
    ROW("hmac_digest", "($module, /, key, msg, digest)", do_hmac_digest),
    ROW("pbkdf2_hmac", "($module, /, hash_name, password, salt, iterations,\n            dklen=None)", do_pbkdf2),
    ROW("scrypt", "($module, /, password, *, salt=None, n=None, r=None, p=None,\n       maxmem=0, dklen=64)", do_scrypt),
    ROW("compare_digest", "($module, a, b, /)", do_compare_digest),
    ROW("get_fips_mode", "($module, /)", do_get_fips_mode),
    {}};
constexpr MethodDef kConstructors[] = {MAKE("md5", kMd5),           MAKE("sha1", kSha1),         MAKE("sha224", kSha224),     MAKE("sha256", kSha256),
                                       MAKE("sha384", kSha384),     MAKE("sha512", kSha512),     MAKE("sha3_224", kSha3_224), MAKE("sha3_256", kSha3_256),
                                       MAKE("sha3_384", kSha3_384), MAKE("sha3_512", kSha3_512), MAKE("shake_128", kShake128), MAKE("shake_256", kShake256),
                                       {}};
#undef MAKE
#undef ROW

}  // namespace

bool init_hashlib_module(Module* m) {
  if (!add_class(m, kHashSpec, &hash_class) || !add_class(m, kXofSpec, &xof_class) || !add_class(m, kHmacSpec, &hmac_class)) return false;
  static Value roots[2];
  if (!constructors) heap.add_root_range(roots, roots + 2);
  Value namespace_args[] = {intern("UnsupportedDigestmodError"), make_tuple(Value(exc.ValueError)), TRY(new_dict())};
  if (!dict_set_str(namespace_args[2].as<Dict>(), intern("__module__"), intern("_hashlib"))) return false;
  if (!unsupported_class) {
    Value made = TRY(call(types.type, namespace_args, 3));
    roots[1] = made;
    unsupported_class = made.as<Class>();
  }
  if (!add_object(m, "UnsupportedDigestmodError", unsupported_class) || !add_functions(m, kFunctions) || !add_functions(m, kConstructors)) return false;
  Dict* map = TRY(new_dict());
  for (const MethodDef* row = kConstructors; row->name; ++row) {
    Value function = module_get(m, intern(row->name));
    if (!dict_set(map, function, intern(row->name + strlen("openssl_")))) return false;
  }
  constructors = map;
  roots[0] = map;
  static constexpr const char* kNames[] = {"md5",      "sha1",     "sha224",   "sha256",    "sha384",    "sha512",  "sha512_224", "sha512_256",
                                           "sha3_224", "sha3_256", "sha3_384", "sha3_512", "shake_128", "shake_256", "blake2b", "blake2s"};
  Set* all = TRY(new_frozenset(nullptr));
  for (const char* name : kNames) {
    if (set_add(all, intern(name)) < 0) return false;
  }
  return add_object(m, "openssl_md_meth_names", all) && add_object(m, "_constructors", TRY(new_mappingproxy(map)));
}

}  // namespace pyjit::runtime
