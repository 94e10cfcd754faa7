// SHA-3 and SHAKE (FIPS 202): the Keccak sponge.
#include "runtime/modules/digest/digest.h"

namespace pyjit::runtime::digest {

namespace {

struct Keccak {
  uint64_t a[25];
  size_t rate, at;    // bytes a block; position in the block
  uint8_t suffix;
};
static_assert(sizeof(Keccak) <= sizeof(DigestState));
Keccak* as(DigestState* s) { return reinterpret_cast<Keccak*>(s->bytes); }

// The round constants, from the linear feedback register that defines them.
struct RoundConstants {
  uint64_t value[24];
  constexpr RoundConstants() : value{} {
    uint8_t lfsr = 1;
    for (auto& v : value) {
      for (int j = 0; j < 7; ++j) {
        if (lfsr & 1) v |= 1ull << ((1 << j) - 1);
        lfsr = static_cast<uint8_t>((lfsr << 1) ^ ((lfsr >> 7) * 0x71));
      }
    }
  }
};
constexpr RoundConstants kRound;

void permute(uint64_t* a) {
  for (uint64_t constant : kRound.value) {
    uint64_t c[5], d[5];
    for (int x = 0; x < 5; ++x) c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (int x = 0; x < 5; ++x) d[x] = c[(x + 4) % 5] ^ rotate_left(c[(x + 1) % 5], 1);
    for (int i = 0; i < 25; ++i) a[i] ^= d[i % 5];
    // rho and pi walk one cycle of 24 lanes.
    uint64_t carried = a[1];
    int x = 1, y = 0;
    for (int t = 0; t < 24; ++t) {
      int next = (2 * x + 3 * y) % 5;
      x = y, y = next;
      uint64_t here = a[x + 5 * y];
      int shift = ((t + 1) * (t + 2) / 2) % 64;
      a[x + 5 * y] = shift ? rotate_left(carried, shift) : carried;
      carried = here;
    }
    for (int row = 0; row < 25; row += 5) {
      uint64_t r[5];
      for (int i = 0; i < 5; ++i) r[i] = a[row + i];
      for (int i = 0; i < 5; ++i) a[row + i] = r[i] ^ (~r[(i + 1) % 5] & r[(i + 2) % 5]);
    }
    a[0] ^= constant;
  }
}

template <size_t kRate, uint8_t kSuffix>
void init(DigestState* state) {
  Keccak* k = as(state);
  *k = {};
  k->rate = kRate;
  k->suffix = kSuffix;
}
void update(DigestState* state, const uint8_t* data, size_t size) {
  Keccak* k = as(state);
  auto* bytes = reinterpret_cast<uint8_t*>(k->a);
  while (size) {
    size_t take = std::min(size, k->rate - k->at);
    for (size_t i = 0; i < take; ++i) bytes[k->at + i] ^= data[i];
    k->at += take;
    data += take;
    size -= take;
    if (k->at == k->rate) {
      permute(k->a);
      k->at = 0;
    }
  }
}
void finish(DigestState* state, uint8_t* out, size_t size) {
  Keccak* k = as(state);
  auto* bytes = reinterpret_cast<uint8_t*>(k->a);
  bytes[k->at] ^= k->suffix;
  bytes[k->rate - 1] ^= 0x80;
  while (size) {
    permute(k->a);
    size_t take = std::min(size, k->rate);
    memcpy(out, bytes, take);
    out += take;
    size -= take;
  }
}

}  // namespace

const DigestAlgorithm kSha3_224 = {"sha3_224", 144, 28, init<144, 6>, update, finish};
const DigestAlgorithm kSha3_256 = {"sha3_256", 136, 32, init<136, 6>, update, finish};
const DigestAlgorithm kSha3_384 = {"sha3_384", 104, 48, init<104, 6>, update, finish};
const DigestAlgorithm kSha3_512 = {"sha3_512", 72, 64, init<72, 6>, update, finish};
const DigestAlgorithm kShake128 = {"shake_128", 168, 0, init<168, 0x1f>, update, finish};
const DigestAlgorithm kShake256 = {"shake_256", 136, 0, init<136, 0x1f>, update, finish};

}  // namespace pyjit::runtime::digest
