// What is built on digests: HMAC (RFC 2104), PBKDF2 (RFC 8018), scrypt (RFC 7914); the table of algorithms by name.
#include <memory>
#include <vector>

#include "runtime/modules/digest/digest.h"

namespace pyjit::runtime::digest {

const DigestAlgorithm* find_digest(std::string_view name) {
  static const DigestAlgorithm* const kAll[] = {&kMd5,      &kSha1,     &kSha224,   &kSha256,   &kSha384,   &kSha512,   &kSha512_224, &kSha512_256,
                                                &kSha3_224, &kSha3_256, &kSha3_384, &kSha3_512, &kShake128, &kShake256, &kBlake2b,    &kBlake2s};
  for (const DigestAlgorithm* a : kAll) {
    if (name == a->name) return a;
  }
  return nullptr;
}

void hmac_init(Hmac* h, const DigestAlgorithm* algorithm, std::string_view key) {
  h->algorithm = algorithm;
  uint8_t block[kMaxBlockSize] = {};
  size_t n = algorithm->block_size;
  if (key.size() > n) {
    DigestState s;
    algorithm->init(&s);
    algorithm->update(&s, reinterpret_cast<const uint8_t*>(key.data()), key.size());
    algorithm->finish(&s, block, algorithm->digest_size);
  } else if (!key.empty()) {
    memcpy(block, key.data(), key.size());
  }
  uint8_t pad[kMaxBlockSize];
  for (size_t i = 0; i < n; ++i) pad[i] = block[i] ^ 0x36;
  algorithm->init(&h->inner);
  algorithm->update(&h->inner, pad, n);
  for (size_t i = 0; i < n; ++i) pad[i] = block[i] ^ 0x5c;
  algorithm->init(&h->outer);
  algorithm->update(&h->outer, pad, n);
}

void hmac_finish(const Hmac& h, uint8_t* out) {
  DigestState s = h.inner;
  uint8_t inner[kMaxDigestSize];
  h.algorithm->finish(&s, inner, h.algorithm->digest_size);
  s = h.outer;
  h.algorithm->update(&s, inner, h.algorithm->digest_size);
  h.algorithm->finish(&s, out, h.algorithm->digest_size);
}

void pbkdf2(const DigestAlgorithm* algorithm, std::string_view password, std::string_view salt, uint64_t iterations, uint8_t* out, size_t size) {
  Hmac base;
  hmac_init(&base, algorithm, password);
  size_t n = algorithm->digest_size;
  for (uint32_t block = 1; size; ++block) {
    uint8_t u[kMaxDigestSize], total[kMaxDigestSize], number[4];
    Hmac h = base;
    store_be(number, block);
    algorithm->update(&h.inner, reinterpret_cast<const uint8_t*>(salt.data()), salt.size());
    algorithm->update(&h.inner, number, 4);
    hmac_finish(h, u);
    memcpy(total, u, n);
    for (uint64_t i = 1; i < iterations; ++i) {
      h = base;
      algorithm->update(&h.inner, u, n);
      hmac_finish(h, u);
      for (size_t k = 0; k < n; ++k) total[k] ^= u[k];
    }
    size_t take = size < n ? size : n;
    memcpy(out, total, take);
    out += take;
    size -= take;
  }
}

namespace {

void salsa20_8(uint32_t* b) {
  uint32_t x[16];
  memcpy(x, b, sizeof x);
  auto quarter = [&](int a, int c, int d, int e) __attribute__((always_inline)) {
    x[c] ^= rotate_left(x[a] + x[e], 7);
    x[d] ^= rotate_left(x[c] + x[a], 9);
    x[e] ^= rotate_left(x[d] + x[c], 13);
    x[a] ^= rotate_left(x[e] + x[d], 18);
  };
  for (int i = 0; i < 4; ++i) {
    quarter(0, 4, 8, 12), quarter(5, 9, 13, 1), quarter(10, 14, 2, 6), quarter(15, 3, 7, 11);
    quarter(0, 1, 2, 3), quarter(5, 6, 7, 4), quarter(10, 11, 8, 9), quarter(15, 12, 13, 14);
  }
  for (int i = 0; i < 16; ++i) b[i] += x[i];
}

// b: 2r blocks of 16 words; `out` as large.
void block_mix(const uint32_t* b, uint32_t* out, size_t r) {
  uint32_t x[16];
  memcpy(x, b + (2 * r - 1) * 16, sizeof x);
  for (size_t i = 0; i < 2 * r; ++i) {
    for (size_t k = 0; k < 16; ++k) x[k] ^= b[i * 16 + k];
    salsa20_8(x);
    memcpy(out + (i / 2 + (i & 1) * r) * 16, x, sizeof x);
  }
}

}  // namespace

bool scrypt(std::string_view password, std::string_view salt, uint64_t n, uint64_t r, uint64_t p, uint8_t* out, size_t size) {
  size_t words = 32 * r;
  std::unique_ptr<uint32_t[]> b(new (std::nothrow) uint32_t[words * p]), v(new (std::nothrow) uint32_t[words * n]), y(new (std::nothrow) uint32_t[words]);
  if (!b || !v || !y) return false;
  auto* bytes = reinterpret_cast<uint8_t*>(b.get());
  pbkdf2(&kSha256, password, salt, 1, bytes, words * p * 4);
  for (size_t lane = 0; lane < p; ++lane) {
    uint32_t* x = b.get() + lane * words;
    for (size_t i = 0; i < n; ++i) {
      memcpy(v.get() + i * words, x, words * 4);
      block_mix(v.get() + i * words, x, r);
    }
    for (size_t i = 0; i < n; ++i) {
      uint64_t j;
      memcpy(&j, x + (2 * r - 1) * 16, 8);
      const uint32_t* row = v.get() + (j & (n - 1)) * words;
      for (size_t k = 0; k < words; ++k) y[k] = x[k] ^ row[k];
      block_mix(y.get(), x, r);
    }
  }
  pbkdf2(&kSha256, password, {reinterpret_cast<char*>(bytes), words * p * 4}, 1, out, size);
  return true;
}

}  // namespace pyjit::runtime::digest
