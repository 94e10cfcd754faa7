// Methods of digest objects.
#include "runtime/modules/digest/hash_object.h"

#include "runtime/blocking.h"

namespace pyjit::runtime::digest {

HashObject* new_hash(Class* cls, const DigestAlgorithm* algorithm) {
  auto* h = allocate_instance_of<HashObject>(cls);
  if (!h) return nullptr;
  h->algorithm = algorithm;
  h->digest_size = algorithm->digest_size;
  algorithm->init(&h->state);
  return h;
}

bool feed(const DigestAlgorithm* algorithm, DigestState* state, Value data) {
  if (is_str(data)) return raise(exc.TypeError, "Strings must be encoded before hashing"), false;
  if (!supports_buffer(data)) return raise(exc.TypeError, "object supporting the buffer API required"), false;
  BufferView view;
  if (!get_buffer(data, &view)) return false;
  if (view.ndim > 1) {
    release_buffer(&view);
    return raise(exc.BufferError, "Buffer must be single dimension"), false;
  }
  algorithm->update(state, reinterpret_cast<const uint8_t*>(view.data), static_cast<size_t>(view.length));
  release_buffer(&view);
  return true;
}
bool hash_feed(HashObject* h, Value data) { return feed(h->algorithm, &h->state, data); }

std::string hash_value(const HashObject* h, size_t size) {
  DigestState s = h->state;
  std::string out(size, '\0');
  h->algorithm->finish(&s, reinterpret_cast<uint8_t*>(out.data()), size);
  return out;
}

Value hex_text(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out(bytes.size() * 2, '\0');
  for (size_t i = 0; i < bytes.size(); ++i) {
    out[2 * i] = kDigits[static_cast<uint8_t>(bytes[i]) >> 4];
    out[2 * i + 1] = kDigits[bytes[i] & 15];
  }
  return new_str_ascii(out.data(), out.size());
}

Value method_update(Value* a) { return hash_feed(hash_of(a[0]), a[1]) ? Value::none() : Value(); }
Value method_copy(Value* a) {
  auto* from = hash_of(a[0]);
  auto* to = allocate_instance_of<HashObject>(from->cls());
  if (!to) return nullptr;
  to->algorithm = from->algorithm;
  to->digest_size = from->digest_size;
  to->state = from->state;
  return to;
}
Value method_digest(Value* a) { return new_bytes(hash_value(hash_of(a[0]), hash_of(a[0])->digest_size)); }
Value method_hexdigest(Value* a) { return hex_text(hash_value(hash_of(a[0]), hash_of(a[0])->digest_size)); }
Value get_name(Value v) { return intern(hash_of(v)->algorithm->name); }
Value get_block_size(Value v) { return Value::from_int(hash_of(v)->algorithm->block_size); }
Value get_digest_size(Value v) { return Value::from_int(hash_of(v)->digest_size); }

}  // namespace pyjit::runtime::digest
