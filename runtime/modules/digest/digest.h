// Message digests: bytes → fixed-length (or, for SHAKE, any-length) hash values. Pure C++; hash_modules.cc makes Python types of them.
//
// A DigestState is plain memory: copying it copies the computation. `finish` may destroy it, so callers finish a copy.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace pyjit::runtime::digest {

struct DigestState { alignas(16) unsigned char bytes[448]; };

struct DigestAlgorithm {
  const char* name;
  uint32_t block_size, digest_size;   // bytes; digest_size 0: extendable output
  void (*init)(DigestState* s);
  void (*update)(DigestState* s, const uint8_t* data, size_t size);
  void (*finish)(DigestState* s, uint8_t* out, size_t size);   // size is digest_size but for extendable output
};
extern const DigestAlgorithm kMd5, kSha1, kSha224, kSha256, kSha384, kSha512, kSha512_224, kSha512_256, kSha3_224, kSha3_256, kSha3_384, kSha3_512,
    kShake128, kShake256, kBlake2b, kBlake2s;
const DigestAlgorithm* find_digest(std::string_view name);    // lower case as in `name`; null: unknown
constexpr uint32_t kMaxDigestSize = 64, kMaxBlockSize = 200;

// BLAKE2 with a parameter block of its own (64 bytes for 2b, 32 for 2s, already encoded).
void blake2b_init_parameters(DigestState* s, const uint8_t* block, bool last_node);
void blake2s_init_parameters(DigestState* s, const uint8_t* block, bool last_node);

// HMAC over any fixed-length digest.
struct Hmac {
  const DigestAlgorithm* algorithm;
  DigestState inner, outer;
};
void hmac_init(Hmac* h, const DigestAlgorithm* algorithm, std::string_view key);
void hmac_finish(const Hmac& h, uint8_t* out);                // out: digest_size bytes
void pbkdf2(const DigestAlgorithm* algorithm, std::string_view password, std::string_view salt, uint64_t iterations, uint8_t* out, size_t size);
// False: out of memory.
bool scrypt(std::string_view password, std::string_view salt, uint64_t n, uint64_t r, uint64_t p, uint8_t* out, size_t size);

// Feeds whole blocks to `compress`, keeps the rest in `buffer`. Shared by all algorithms that hash a block at a time.
template <size_t kBlock, class F>
void feed_blocks(uint8_t* buffer, size_t* fill, const uint8_t* data, size_t size, F compress) {
  if (*fill) {
    size_t take = size < kBlock - *fill ? size : kBlock - *fill;
    memcpy(buffer + *fill, data, take);
    *fill += take;
    data += take;
    size -= take;
    if (*fill < kBlock) return;
    compress(buffer);
    *fill = 0;
  }
  for (; size >= kBlock; data += kBlock, size -= kBlock) compress(data);
  if (size) memcpy(buffer, data, size);
  *fill = size;
}
template <class T>
T load_be(const uint8_t* p) {
  T v;
  memcpy(&v, p, sizeof v);
  if constexpr (sizeof v == 8) return __builtin_bswap64(v);
  return static_cast<T>(__builtin_bswap32(static_cast<uint32_t>(v)));
}
template <class T>
void store_be(uint8_t* p, T v) {
  if constexpr (sizeof v == 8) v = __builtin_bswap64(v);
  else v = __builtin_bswap32(v);
  memcpy(p, &v, sizeof v);
}
template <class T>
T rotate_right(T v, int n) { return (v >> n) | (v << (sizeof(T) * 8 - static_cast<size_t>(n))); }
template <class T>
T rotate_left(T v, int n) { return (v << n) | (v >> (sizeof(T) * 8 - static_cast<size_t>(n))); }

}  // namespace pyjit::runtime::digest
