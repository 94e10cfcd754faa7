// MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4): one Merkle-Damgard frame, three compression functions.
#include <array>
#include <cmath>

#include "runtime/modules/digest/digest.h"

namespace pyjit::runtime::digest {

namespace {

// SHA-2's constants: the first 64 bits of the fractional parts of the cube roots of the first 80 primes; SHA-256 takes the upper halves.
constexpr uint64_t kSha2Constants[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b,
    0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1,
    0x9bdc06a725c71235, 0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65, 0x2de92c6f592b0275,
    0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b, 0xa2bfe8a14cf10364, 0xa81a664bbc423001,
    0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8,
    0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec, 0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915,
    0xc67178f2e372532b, 0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c, 0x4cc5d4becb3e42b6,
    0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817};

template <class Word, size_t kWords, size_t kBlock>
struct Chain {
  using word = Word;
  Word h[kWords];
  uint64_t length;     // bytes
  size_t fill;
  uint8_t buffer[kBlock];
};
using Md5State = Chain<uint32_t, 4, 64>;
using Sha1State = Chain<uint32_t, 5, 64>;
using Sha256State = Chain<uint32_t, 8, 64>;
using Sha512State = Chain<uint64_t, 8, 128>;
static_assert(sizeof(Sha512State) <= sizeof(DigestState));
template <class S>
S* as(DigestState* s) { return reinterpret_cast<S*>(s->bytes); }

const std::array<uint32_t, 64>& md5_constants() {
  static const auto table = [] {
    std::array<uint32_t, 64> t;
    for (int i = 0; i < 64; ++i) t[static_cast<size_t>(i)] = static_cast<uint32_t>(std::floor(std::fabs(std::sin(i + 1.0)) * 4294967296.0));
    return t;
  }();
  return table;
}

void compress(Md5State* s, const uint8_t* block) {
  static constexpr int kShift[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
  const auto& k = md5_constants();
  uint32_t m[16];
  memcpy(m, block, 64);
  uint32_t a = s->h[0], b = s->h[1], c = s->h[2], d = s->h[3];
  auto step = [&](uint32_t f, size_t i, size_t g) __attribute__((always_inline)) {
    uint32_t t = a + f + k[i] + m[g & 15];
    a = d, d = c, c = b;
    b += rotate_left(t, kShift[i / 16][i % 4]);
  };
  for (size_t i = 0; i < 16; ++i) step(d ^ (b & (c ^ d)), i, i);
  for (size_t i = 16; i < 32; ++i) step(c ^ (d & (b ^ c)), i, 5 * i + 1);
  for (size_t i = 32; i < 48; ++i) step(b ^ c ^ d, i, 3 * i + 5);
  for (size_t i = 48; i < 64; ++i) step(c ^ (b | ~d), i, 7 * i);
  s->h[0] += a, s->h[1] += b, s->h[2] += c, s->h[3] += d;
}

void compress(Sha1State* s, const uint8_t* block) {
  uint32_t w[80];
  for (int i = 0; i < 16; ++i) w[i] = load_be<uint32_t>(block + 4 * i);
  for (int i = 16; i < 80; ++i) w[i] = rotate_left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  uint32_t a = s->h[0], b = s->h[1], c = s->h[2], d = s->h[3], e = s->h[4];
  auto step = [&](uint32_t f, uint32_t k, int i) __attribute__((always_inline)) {
    uint32_t t = rotate_left(a, 5) + f + e + k + w[i];
    e = d, d = c, c = rotate_left(b, 30), b = a, a = t;
  };
  for (int i = 0; i < 20; ++i) step(d ^ (b & (c ^ d)), 0x5a827999, i);
  for (int i = 20; i < 40; ++i) step(b ^ c ^ d, 0x6ed9eba1, i);
  for (int i = 40; i < 60; ++i) step((b & c) | (d & (b | c)), 0x8f1bbcdc, i);
  for (int i = 60; i < 80; ++i) step(b ^ c ^ d, 0xca62c1d6, i);
  s->h[0] += a, s->h[1] += b, s->h[2] += c, s->h[3] += d, s->h[4] += e;
}

// The rotation amounts of SHA-2: big sigma 0 and 1, small sigma 0 and 1 (the last of the small ones shifts).
template <class Word> struct Sha2;
template <> struct Sha2<uint32_t> {
  static constexpr int kRounds = 64, kA[] = {2, 13, 22}, kE[] = {6, 11, 25}, kW0[] = {7, 18, 3}, kW1[] = {17, 19, 10};
  static uint32_t constant(int i) { return static_cast<uint32_t>(kSha2Constants[i] >> 32); }
};
template <> struct Sha2<uint64_t> {
  static constexpr int kRounds = 80, kA[] = {28, 34, 39}, kE[] = {14, 18, 41}, kW0[] = {1, 8, 7}, kW1[] = {19, 61, 6};
  static uint64_t constant(int i) { return kSha2Constants[i]; }
};
template <class Word, size_t kBlock>
void compress(Chain<Word, 8, kBlock>* s, const uint8_t* block) {
  using P = Sha2<Word>;
  Word w[P::kRounds];
  for (size_t i = 0; i < 16; ++i) w[i] = load_be<Word>(block + sizeof(Word) * i);
  for (int i = 16; i < P::kRounds; ++i) {
    Word x = w[i - 15], y = w[i - 2];
    w[i] = w[i - 16] + (rotate_right(x, P::kW0[0]) ^ rotate_right(x, P::kW0[1]) ^ (x >> P::kW0[2])) + w[i - 7] +
           (rotate_right(y, P::kW1[0]) ^ rotate_right(y, P::kW1[1]) ^ (y >> P::kW1[2]));
  }
  Word v[8];
  memcpy(v, s->h, sizeof v);
  auto& [a, b, c, d, e, f, g, h] = v;
  for (int i = 0; i < P::kRounds; ++i) {
    Word t1 = h + (rotate_right(e, P::kE[0]) ^ rotate_right(e, P::kE[1]) ^ rotate_right(e, P::kE[2])) + (g ^ (e & (f ^ g))) + P::constant(i) + w[i];
    Word t2 = (rotate_right(a, P::kA[0]) ^ rotate_right(a, P::kA[1]) ^ rotate_right(a, P::kA[2])) + ((a & b) | (c & (a | b)));
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  for (int i = 0; i < 8; ++i) s->h[i] += v[i];
}

template <class S, size_t kBlock>
void chain_update(DigestState* state, const uint8_t* data, size_t size) {
  S* s = as<S>(state);
  s->length += size;
  feed_blocks<kBlock>(s->buffer, &s->fill, data, size, [&](const uint8_t* block) { compress(s, block); });
}
// Padding: 0x80, zeros, the length in bits in the last 8 (or 16) bytes.
template <class S, size_t kBlock, bool kLittleEndian>
void chain_finish(DigestState* state, uint8_t* out, size_t size) {
  S* s = as<S>(state);
  uint64_t bits = s->length * 8, high = s->length >> 61;
  s->buffer[s->fill++] = 0x80;
  constexpr size_t kLengthAt = kBlock - kBlock / 8;
  if (s->fill > kLengthAt) {
    memset(s->buffer + s->fill, 0, kBlock - s->fill);
    compress(s, s->buffer);
    s->fill = 0;
  }
  memset(s->buffer + s->fill, 0, kBlock - s->fill);
  if (kLittleEndian) {
    memcpy(s->buffer + kBlock - 8, &bits, 8);
  } else {
    store_be(s->buffer + kBlock - 8, bits);
    if (kBlock == 128) store_be(s->buffer + kBlock - 16, high);
  }
  compress(s, s->buffer);
  uint8_t all[sizeof s->h];
  for (size_t i = 0; i < std::size(s->h); ++i) {
    if (kLittleEndian) memcpy(all + i * sizeof s->h[0], &s->h[i], sizeof s->h[0]);
    else store_be(all + i * sizeof s->h[0], s->h[i]);
  }
  memcpy(out, all, size);
}

template <class S>
void start(DigestState* state, const typename S::word* h) {
  S* s = as<S>(state);
  s->length = 0;
  s->fill = 0;
  memcpy(s->h, h, sizeof s->h);
}
constexpr uint32_t kMd5Start[] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};   // the fifth for SHA-1
constexpr uint32_t kSha224Start[] = {0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4};
constexpr uint32_t kSha256Start[] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
constexpr uint64_t kSha384Start[] = {0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
                                     0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4};
constexpr uint64_t kSha512Start[] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
                                     0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
void init_md5(DigestState* s) { start<Md5State>(s, kMd5Start); }
void init_sha1(DigestState* s) { start<Sha1State>(s, kMd5Start); }
void init_sha224(DigestState* s) { start<Sha256State>(s, kSha224Start); }
void init_sha256(DigestState* s) { start<Sha256State>(s, kSha256Start); }
void init_sha384(DigestState* s) { start<Sha512State>(s, kSha384Start); }
void init_sha512(DigestState* s) { start<Sha512State>(s, kSha512Start); }
// SHA-512/t begins with the SHA-512 of its own name, computed from an altered start (FIPS 180-4, 5.3.6).
void init_sha512_t(DigestState* s, const char* name) {
  uint64_t h[8];
  for (int i = 0; i < 8; ++i) h[i] = kSha512Start[i] ^ 0xa5a5a5a5a5a5a5a5;
  start<Sha512State>(s, h);
  chain_update<Sha512State, 128>(s, reinterpret_cast<const uint8_t*>(name), strlen(name));
  uint8_t digest[64];
  chain_finish<Sha512State, 128, false>(s, digest, 64);
  for (int i = 0; i < 8; ++i) h[i] = load_be<uint64_t>(digest + 8 * i);
  start<Sha512State>(s, h);
}
void init_sha512_224(DigestState* s) { init_sha512_t(s, "SHA-512/224"); }
void init_sha512_256(DigestState* s) { init_sha512_t(s, "SHA-512/256"); }

}  // namespace

#define SHA2_512(init) init, chain_update<Sha512State, 128>, chain_finish<Sha512State, 128, false>
#define SHA2_256(init) init, chain_update<Sha256State, 64>, chain_finish<Sha256State, 64, false>
const DigestAlgorithm kMd5 = {"md5", 64, 16, init_md5, chain_update<Md5State, 64>, chain_finish<Md5State, 64, true>};
const DigestAlgorithm kSha1 = {"sha1", 64, 20, init_sha1, chain_update<Sha1State, 64>, chain_finish<Sha1State, 64, false>};
const DigestAlgorithm kSha224 = {"sha224", 64, 28, SHA2_256(init_sha224)};
const DigestAlgorithm kSha256 = {"sha256", 64, 32, SHA2_256(init_sha256)};
const DigestAlgorithm kSha384 = {"sha384", 128, 48, SHA2_512(init_sha384)};
const DigestAlgorithm kSha512 = {"sha512", 128, 64, SHA2_512(init_sha512)};
const DigestAlgorithm kSha512_224 = {"sha512_224", 128, 28, SHA2_512(init_sha512_224)};
const DigestAlgorithm kSha512_256 = {"sha512_256", 128, 32, SHA2_512(init_sha512_256)};

}  // namespace pyjit::runtime::digest
