// BLAKE2b and BLAKE2s (RFC 7693).
#include <algorithm>

#include "runtime/modules/digest/digest.h"

namespace pyjit::runtime::digest {

namespace {

constexpr uint8_t kSigma[10][16] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
                                    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
                                    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
                                    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
                                    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};

template <class Word> struct Blake;
template <> struct Blake<uint64_t> {
  static constexpr int kRounds = 12, kRotate[] = {32, 24, 16, 63};
  static constexpr uint64_t kStart[] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
                                        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
};
template <> struct Blake<uint32_t> {
  static constexpr int kRounds = 10, kRotate[] = {16, 12, 8, 7};
  static constexpr uint32_t kStart[] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
};

template <class Word>
struct State {
  static constexpr size_t kBlock = 16 * sizeof(Word);
  Word h[8];
  Word counter[2];
  size_t fill;
  bool last_node;
  uint8_t buffer[kBlock];
};
static_assert(sizeof(State<uint64_t>) <= sizeof(DigestState));
template <class Word>
State<Word>* as(DigestState* s) { return reinterpret_cast<State<Word>*>(s->bytes); }

template <class Word>
void compress(State<Word>* s, const uint8_t* block, size_t count, bool last) {
  using P = Blake<Word>;
  s->counter[0] += static_cast<Word>(count);
  s->counter[1] += s->counter[0] < static_cast<Word>(count);
  Word m[16], v[16];
  memcpy(m, block, sizeof m);
  memcpy(v, s->h, sizeof s->h);
  memcpy(v + 8, P::kStart, sizeof s->h);
  v[12] ^= s->counter[0];
  v[13] ^= s->counter[1];
  if (last) v[14] = ~v[14];
  if (last && s->last_node) v[15] = ~v[15];
  auto mix = [&](int a, int b, int c, int d, Word x, Word y) __attribute__((always_inline)) {
    v[a] += v[b] + x;
    v[d] = rotate_right(v[d] ^ v[a], P::kRotate[0]);
    v[c] += v[d];
    v[b] = rotate_right(v[b] ^ v[c], P::kRotate[1]);
    v[a] += v[b] + y;
    v[d] = rotate_right(v[d] ^ v[a], P::kRotate[2]);
    v[c] += v[d];
    v[b] = rotate_right(v[b] ^ v[c], P::kRotate[3]);
  };
  for (int r = 0; r < P::kRounds; ++r) {
    const uint8_t* k = kSigma[r % 10];
    for (int i = 0; i < 4; ++i) mix(i, 4 + i, 8 + i, 12 + i, m[k[2 * i]], m[k[2 * i + 1]]);
    for (int i = 0; i < 4; ++i) mix(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, m[k[8 + 2 * i]], m[k[9 + 2 * i]]);
  }
  for (int i = 0; i < 8; ++i) s->h[i] ^= v[i] ^ v[i + 8];
}

template <class Word>
void init_parameters(DigestState* state, const uint8_t* block, bool last_node) {
  auto* s = as<Word>(state);
  Word p[8];
  memcpy(p, block, sizeof p);
  *s = {};
  for (int i = 0; i < 8; ++i) s->h[i] = Blake<Word>::kStart[i] ^ p[i];
  s->last_node = last_node;
}
template <class Word>
void init(DigestState* state) {
  uint8_t block[8 * sizeof(Word)] = {8 * sizeof(Word), 0, 1, 1};   // digest size, no key, fanout 1, depth 1
  init_parameters<Word>(state, block, false);
}
// The last block is compressed by finish, so a full buffer waits for more data.
template <class Word>
void update(DigestState* state, const uint8_t* data, size_t size) {
  auto* s = as<Word>(state);
  constexpr size_t kBlock = State<Word>::kBlock;
  while (size) {
    if (s->fill == kBlock) {
      compress(s, s->buffer, kBlock, false);
      s->fill = 0;
    }
    if (!s->fill && size > kBlock) {
      compress(s, data, kBlock, false);
      data += kBlock;
      size -= kBlock;
      continue;
    }
    size_t take = std::min(size, kBlock - s->fill);
    memcpy(s->buffer + s->fill, data, take);
    s->fill += take;
    data += take;
    size -= take;
  }
}
template <class Word>
void finish(DigestState* state, uint8_t* out, size_t size) {
  auto* s = as<Word>(state);
  memset(s->buffer + s->fill, 0, State<Word>::kBlock - s->fill);
  compress(s, s->buffer, s->fill, true);
  memcpy(out, s->h, size);
}

}  // namespace

void blake2b_init_parameters(DigestState* s, const uint8_t* block, bool last_node) { init_parameters<uint64_t>(s, block, last_node); }
void blake2s_init_parameters(DigestState* s, const uint8_t* block, bool last_node) { init_parameters<uint32_t>(s, block, last_node); }

const DigestAlgorithm kBlake2b = {"blake2b", 128, 64, init<uint64_t>, update<uint64_t>, finish<uint64_t>};
const DigestAlgorithm kBlake2s = {"blake2s", 64, 32, init<uint32_t>, update<uint32_t>, finish<uint32_t>};

}  // namespace pyjit::runtime::digest
