// _random: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998) as random.Random's core, stream-equal with CPython's.
#include <sys/random.h>
#include <unistd.h>

#include <ctime>

#include "runtime/modules/module_util.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/int_limbs.h"

namespace pyjit::runtime {
namespace {

constexpr int kN = 624, kM = 397;

struct RandomObject : Object {
  uint32_t index;
  uint32_t state[kN];
};

Class* random_class;

void seed_from_word(RandomObject* r, uint32_t s) {
  r->state[0] = s;
  for (uint32_t i = 1; i < kN; ++i) r->state[i] = 1812433253u * (r->state[i - 1] ^ (r->state[i - 1] >> 30)) + i;
  r->index = kN;
}

// The reference implementation's init_by_array.
void seed_from_key(RandomObject* r, const uint32_t* key, size_t length) {
  seed_from_word(r, 19650218u);
  uint32_t* mt = r->state;
  size_t i = 1, j = 0;
  for (size_t k = kN > length ? kN : length; k; --k) {
    mt[i] = (mt[i] ^ ((mt[i - 1] ^ (mt[i - 1] >> 30)) * 1664525u)) + key[j] + static_cast<uint32_t>(j);
    if (++i >= kN) mt[0] = mt[kN - 1], i = 1;
    if (++j >= length) j = 0;
  }
  for (size_t k = kN - 1; k; --k) {
    mt[i] = (mt[i] ^ ((mt[i - 1] ^ (mt[i - 1] >> 30)) * 1566083941u)) - static_cast<uint32_t>(i);
    if (++i >= kN) mt[0] = mt[kN - 1], i = 1;
  }
  mt[0] = 0x80000000u;
}

uint32_t next_word(RandomObject* r) {
  uint32_t* mt = r->state;
  if (r->index >= kN) {
    auto twist = [](uint32_t upper, uint32_t lower) {
      uint32_t y = (upper & 0x80000000u) | (lower & 0x7FFFFFFFu);
      return (y >> 1) ^ (y & 1 ? 0x9908B0DFu : 0u);
    };
    int k = 0;
    for (; k < kN - kM; ++k) mt[k] = mt[k + kM] ^ twist(mt[k], mt[k + 1]);
    for (; k < kN - 1; ++k) mt[k] = mt[k + (kM - kN)] ^ twist(mt[k], mt[k + 1]);
    mt[kN - 1] = mt[kM - 1] ^ twist(mt[kN - 1], mt[0]);
    r->index = 0;
  }
  uint32_t y = mt[r->index++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9D2C5680u;
  y ^= (y << 15) & 0xEFC60000u;
  return y ^ (y >> 18);
}

bool seed(RandomObject* r, Value arg) {
  if (arg.is_null() || arg.is_none()) {
    uint32_t key[kN];
    if (getrandom(key, sizeof key, 0) != static_cast<ssize_t>(sizeof key)) {
      timespec now;
      clock_gettime(CLOCK_REALTIME, &now);
      key[0] = static_cast<uint32_t>(now.tv_nsec);
      key[1] = static_cast<uint32_t>(now.tv_sec);
      key[2] = static_cast<uint32_t>(getpid());
      seed_from_key(r, key, 3);
      return true;
    }
    seed_from_key(r, key, kN);
    return true;
  }
  Value n;
  if (is_int_like(arg)) {
    n = int_value(arg);
  } else {
    int64_t h = hash(arg);
    if (h == -1) return false;
    n = new_int_unsigned(static_cast<uint64_t>(h));
  }
  LimbView v(n);   // the magnitude as 32-bit words, least significant first
  std::vector<uint32_t> key;
  for (size_t i = 0; i < v.n; ++i) {
    key.push_back(static_cast<uint32_t>(v.p[i]));
    key.push_back(static_cast<uint32_t>(v.p[i] >> 32));
  }
  while (key.size() > 1 && key.back() == 0) key.pop_back();
  if (key.empty()) key.push_back(0);
  seed_from_key(r, key.data(), key.size());
  return true;
}

Value random_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (cls == random_class && !no_keywords("Random", kwnames)) return nullptr;
  auto* r = TRY(allocate_instance_of<RandomObject>(cls));
  return r;
}

bool random_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (class_of(self) == random_class && !no_keywords("Random", kwnames)) return false;
  if (!check_positional("Random", nargs, 0, 1)) return false;
  return seed(self.as<RandomObject>(), nargs ? args[0] : Value());
}

Value random_(Value* args) {
  auto* r = args[0].as<RandomObject>();
  uint32_t a = next_word(r) >> 5, b = next_word(r) >> 6;
  return Value::from_double((a * 67108864.0 + b) * (1.0 / 9007199254740992.0));
}

Value seed_method(Value* args) {
  if (!seed(args[0].as<RandomObject>(), args[1])) return nullptr;
  return Value::none();
}

Value getstate(Value* args) {
  auto* r = args[0].as<RandomObject>();
  Tuple* t = TRY(new_tuple_null(kN + 1));
  for (int i = 0; i < kN; ++i) t->items[i] = Value::from_int(r->state[i]);
  t->items[kN] = Value::from_int(r->index);
  return t;
}

Value setstate(Value* args) {
  if (!is_tuple(args[1])) return raise(exc.TypeError, "state vector must be a tuple");
  auto* t = args[1].as<Tuple>();
  if (t->size != kN + 1) return raise(exc.ValueError, "state vector is the wrong size");
  uint32_t state[kN];
  for (int i = 0; i <= kN; ++i) {
    Value v = t->items[i];
    if (!is_int_like(v)) return raise(exc.TypeError, i == kN ? "an integer is required" : "an integer is required");
    if (i == kN) break;
    if (int_sign(v) < 0) return raise(exc.OverflowError, "can't convert negative value to unsigned int");
    int64_t word;
    if (!int_to_int64(v, &word)) return raise(exc.OverflowError, "Python int too large to convert to C unsigned long");
    state[i] = static_cast<uint32_t>(word);
  }
  int64_t index;
  if (!to_int64(t->items[kN], &index)) return nullptr;
  if (index < 0 || index > kN) return raise(exc.ValueError, "invalid state");
  auto* r = args[0].as<RandomObject>();
  r->index = static_cast<uint32_t>(index);
  memcpy(r->state, state, sizeof state);
  return Value::none();
}

Value getrandbits(Value* args) {
  auto* r = args[0].as<RandomObject>();
  int k;
  if (!to_int32(args[1], &k)) return nullptr;
  if (k < 0) return raise(exc.ValueError, "number of bits must be non-negative");
  if (k == 0) return Value::from_int(0);
  if (k <= 32) return Value::from_int(next_word(r) >> (32 - k));
  size_t words = (static_cast<size_t>(k) - 1) / 32 + 1;
  BigInt* b = TRY(new_bigint((words + 1) / 2));
  for (size_t i = 0; i < words; ++i, k -= 32) {
    uint32_t word = next_word(r);
    if (k < 32) word >>= 32 - k;
    b->limbs[i / 2] |= static_cast<uint64_t>(word) << (i % 2 * 32);
  }
  return finish_bigint(b, (words + 1) / 2, false);
}

constexpr MethodDef kMethods[] = {
    {"random", "($self, /)", random_, Effects::kWrites, MethodKind::kMethod, "random() -> x in the interval [0, 1)."},
    {"seed", "($self, n=None, /)", seed_method, Effects::kCallsPython, MethodKind::kMethod,
     "seed([n]) -> None.\n\nDefaults to use urandom and falls back to a combination\nof the current time and the process identifier."},
    {"getstate", "($self, /)", getstate, Effects::kReads, MethodKind::kMethod, "getstate() -> tuple containing the current state."},
    {"setstate", "($self, state, /)", setstate, Effects::kCallsPython, MethodKind::kMethod, "setstate(state) -> None.  Restores generator state."},
    {"getrandbits", "($self, k, /)", getrandbits, Effects::kCallsPython, MethodKind::kMethod, "getrandbits(k) -> x.  Generates an int with k random bits."},
    {}};

}  // namespace

bool init_random_module(Module* m) {
  static ClassSpec spec{.name = "_random.Random", .basicsize = sizeof(RandomObject), .flags = kClassBaseType,
                        .doc = "Random() -> create a random number generator with its own internal state.", .methods = kMethods};
  spec.slots.getattr = generic_getattr;
  spec.slots.init = random_init;
  spec.slots.new_ = random_new;
  return add_string(m, "__doc__", "Module implements the Mersenne Twister random number generator.") && add_class(m, spec, &random_class);
}

}  // namespace pyjit::runtime
