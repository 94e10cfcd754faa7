// Arithmetic on constants: integers over GMP, floats and complex as CPython computes them, sequences.
#include "frontend/fold_arith.h"

#include <gmp.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

namespace pyjit::frontend {
namespace {

using Kind = Constant::Kind;
using ast::Operator;

// CPython's limits on what folding may produce.
constexpr size_t kMaxIntBits = 128;
constexpr int64_t kMaxCollection = 256, kMaxString = 4096, kMaxItems = 1024;

struct BigInt {
  mpz_t z;
  BigInt() { mpz_init(z); }
  explicit BigInt(const Constant* c) {
    mpz_init(z);
    if (c->kind == Kind::kInt) {
      mpz_set_si(z, c->integer);
    } else if (c->kind == Kind::kBigInt) {
      mpz_import(z, c->limbs.size(), -1, 8, 0, 0, c->limbs.data());
      if (c->negative) mpz_neg(z, z);
    } else {
      mpz_set_si(z, c->kind == Kind::kTrue);
    }
  }
  BigInt(const BigInt&) = delete;
  ~BigInt() { mpz_clear(z); }
  size_t bits() const { return mpz_sgn(z) ? mpz_sizeinbase(z, 2) : 0; }
};

Constant* make(Arena& arena, Kind kind) {
  auto* c = arena.make<Constant>();
  c->kind = kind;
  return c;
}
const Constant* make_int(Arena& arena, int64_t v) {
  auto* c = make(arena, Kind::kInt);
  c->integer = v;
  return c;
}
const Constant* make_int(Arena& arena, const BigInt& v) {
  if (mpz_fits_slong_p(v.z)) return make_int(arena, (int64_t)mpz_get_si(v.z));
  auto* c = make(arena, Kind::kBigInt);
  c->negative = mpz_sgn(v.z) < 0;
  std::vector<uint64_t> limbs((mpz_sizeinbase(v.z, 2) + 63) / 64);
  size_t count;
  mpz_export(limbs.data(), &count, -1, 8, 0, 0, v.z);
  c->limbs = arena.copy(limbs.data(), count);
  return c;
}
const Constant* make_float(Arena& arena, double v) {
  auto* c = make(arena, Kind::kFloat);
  c->real = v;
  return c;
}
const Constant* make_text(Arena& arena, Kind kind, std::string_view text) {
  auto* c = make(arena, kind);
  c->text = arena.copy(text);
  return c;
}

bool is_int(const Constant* c) {
  return c->kind == Kind::kInt || c->kind == Kind::kBigInt || c->kind == Kind::kTrue || c->kind == Kind::kFalse;
}
bool is_bool(const Constant* c) { return c->kind == Kind::kTrue || c->kind == Kind::kFalse; }
bool is_sequence(const Constant* c) { return c->kind == Kind::kStr || c->kind == Kind::kBytes || c->kind == Kind::kTuple; }
int64_t small(const Constant* c) { return c->kind == Kind::kInt ? c->integer : c->kind == Kind::kTrue; }
bool is_small(const Constant* c) { return is_int(c) && c->kind != Kind::kBigInt; }

// Nearest double, ties to even; false: too large.
bool to_double(const BigInt& v, double& out) {
  size_t bits = v.bits();
  if (bits <= 53) {
    out = mpz_get_d(v.z);
    return true;
  }
  BigInt top;
  size_t shift = bits > 64 ? bits - 64 : 0;
  mpz_tdiv_q_2exp(top.z, v.z, shift);
  mpz_abs(top.z, top.z);
  uint64_t word = mpz_get_ui(top.z);
  if (shift && mpz_scan1(v.z, 0) < shift) word |= 1;
  out = std::ldexp((double)word, (int)std::min<size_t>(shift, 100000));
  if (mpz_sgn(v.z) < 0) out = -out;
  return !std::isinf(out);
}
bool to_double(const Constant* c, double& out) {
  if (c->kind == Kind::kFloat) {
    out = c->real;
    return true;
  }
  if (is_small(c)) {
    out = (double)small(c);
    return true;
  }
  return c->kind == Kind::kBigInt && to_double(BigInt(c), out);
}

const Constant* divide_ints(Arena& arena, const Constant* a, const Constant* b) {
  BigInt x(a), y(b);
  if (!mpz_sgn(y.z)) return nullptr;
  if (x.bits() <= 53 && y.bits() <= 53) return make_float(arena, mpz_get_d(x.z) / mpz_get_d(y.z));
  // A 63 or 64 bit quotient with a sticky last bit rounds once, correctly.
  bool negative = (mpz_sgn(x.z) < 0) != (mpz_sgn(y.z) < 0);
  long shift = 63 - ((long)x.bits() - (long)y.bits());
  mpz_abs(x.z, x.z);
  mpz_abs(y.z, y.z);
  if (shift > 0)
    mpz_mul_2exp(x.z, x.z, (mp_bitcnt_t)shift);
  else
    mpz_mul_2exp(y.z, y.z, (mp_bitcnt_t)-shift);
  BigInt q, r;
  mpz_tdiv_qr(q.z, r.z, x.z, y.z);
  uint64_t word = mpz_get_ui(q.z);
  if (mpz_sgn(r.z)) word |= 1;
  double d = std::ldexp((double)word, (int)-shift);
  if (std::isinf(d)) return nullptr;
  return make_float(arena, negative ? -d : d);
}

const Constant* power_floats(Arena& arena, double v, double w);

const Constant* int_op(Arena& arena, Operator op, const Constant* a, const Constant* b) {
  if (is_small(a) && is_small(b)) {
    int64_t x = small(a), y = small(b), r;
    if (op == Operator::kAdd && !__builtin_add_overflow(x, y, &r)) return make_int(arena, r);
    if (op == Operator::kSub && !__builtin_sub_overflow(x, y, &r)) return make_int(arena, r);
    if (op == Operator::kMult && !__builtin_mul_overflow(x, y, &r)) return make_int(arena, r);
    if (is_bool(a) && is_bool(b)) {
      if (op == Operator::kBitOr) return make_bool(arena, x | y);
      if (op == Operator::kBitAnd) return make_bool(arena, x & y);
      if (op == Operator::kBitXor) return make_bool(arena, x ^ y);
    }
  }
  BigInt x(a), y(b), r;
  switch (op) {
    case Operator::kAdd:
      mpz_add(r.z, x.z, y.z);
      break;
    case Operator::kSub:
      mpz_sub(r.z, x.z, y.z);
      break;
    case Operator::kMult:
      if (x.bits() + y.bits() > kMaxIntBits && x.bits() && y.bits()) return nullptr;
      mpz_mul(r.z, x.z, y.z);
      break;
    case Operator::kFloorDiv:
      if (!mpz_sgn(y.z)) return nullptr;
      mpz_fdiv_q(r.z, x.z, y.z);
      break;
    case Operator::kMod:
      if (!mpz_sgn(y.z)) return nullptr;
      mpz_fdiv_r(r.z, x.z, y.z);
      break;
    case Operator::kPow: {
      if (mpz_sgn(y.z) < 0) {
        double v, w;
        return to_double(x, v) && to_double(y, w) ? power_floats(arena, v, w) : nullptr;
      }
      if (!mpz_sgn(y.z)) return make_int(arena, 1);
      if (!mpz_sgn(x.z)) return make_int(arena, 0);
      if (!mpz_fits_ulong_p(y.z) || x.bits() > kMaxIntBits / mpz_get_ui(y.z)) return nullptr;
      mpz_pow_ui(r.z, x.z, mpz_get_ui(y.z));
      break;
    }
    case Operator::kLShift:
      if (mpz_sgn(y.z) < 0) return nullptr;
      if (!mpz_sgn(x.z)) return make_int(arena, 0);
      if (!mpz_fits_ulong_p(y.z) || mpz_get_ui(y.z) > kMaxIntBits || x.bits() > kMaxIntBits - mpz_get_ui(y.z)) {
        if (mpz_sgn(y.z)) return nullptr;
      }
      mpz_mul_2exp(r.z, x.z, mpz_get_ui(y.z));
      break;
    case Operator::kRShift:
      if (mpz_sgn(y.z) < 0) return nullptr;
      if (!mpz_fits_ulong_p(y.z)) return make_int(arena, mpz_sgn(x.z) < 0 ? -1 : 0);
      mpz_fdiv_q_2exp(r.z, x.z, mpz_get_ui(y.z));
      break;
    case Operator::kBitOr:
      mpz_ior(r.z, x.z, y.z);
      break;
    case Operator::kBitXor:
      mpz_xor(r.z, x.z, y.z);
      break;
    case Operator::kBitAnd:
      mpz_and(r.z, x.z, y.z);
      break;
    default:
      return nullptr;
  }
  return make_int(arena, r);
}

struct Complex {
  double r, i;
};
const Constant* make_complex(Arena& arena, Complex v) {
  auto* c = make(arena, Kind::kComplex);
  c->real = v.r;
  c->imag = v.i;
  return c;
}
Complex multiply(Complex a, Complex b) { return {a.r * b.r - a.i * b.i, a.r * b.i + a.i * b.r}; }
bool divide(Complex a, Complex b, Complex& out) {
  double br = std::fabs(b.r), bi = std::fabs(b.i);
  if (br >= bi) {
    if (br == 0) return false;
    double ratio = b.i / b.r, denominator = b.r + b.i * ratio;
    out = {(a.r + a.i * ratio) / denominator, (a.i - a.r * ratio) / denominator};
  } else if (bi >= br) {
    double ratio = b.r / b.i, denominator = b.r * ratio + b.i;
    out = {(a.r * ratio + a.i) / denominator, (a.i * ratio - a.r) / denominator};
  } else {
    out = {NAN, NAN};
  }
  return true;
}
const Constant* power(Arena& arena, Complex a, Complex b) {
  Complex out;
  if (b.i == 0 && b.r == std::floor(b.r) && std::fabs(b.r) <= 100) {
    long n = (long)b.r;
    Complex r{1, 0}, p = a;
    for (long k = std::labs(n); k; k >>= 1) {
      if (k & 1) r = multiply(r, p);
      p = multiply(p, p);
    }
    out = r;
    if (n <= 0 && !divide({1, 0}, r, out)) return nullptr;
  } else if (a.r == 0 && a.i == 0) {
    if (b.i != 0 || b.r < 0) return nullptr;
    out = {0, 0};
  } else {
    errno = 0;
    double size = std::hypot(a.r, a.i), length = std::pow(size, b.r);
    double angle = std::atan2(a.i, a.r), phase = angle * b.r;
    if (b.i != 0) {
      length /= std::exp(angle * b.i);
      phase += b.i * std::log(size);
    }
    out = {length * std::cos(phase), length * std::sin(phase)};
    if (errno == EDOM) return nullptr;  // an infinite angle
  }
  if (std::isinf(out.r) || std::isinf(out.i)) return nullptr;
  return make_complex(arena, out);
}

const Constant* power_floats(Arena& arena, double v, double w) {
  if (v == 0 && w < 0 && !std::isinf(w)) return nullptr;
  if (v < 0 && std::isfinite(v) && std::isfinite(w) && w != std::floor(w)) return power(arena, {v, 0}, {w, 0});
  double r = std::pow(v, w);
  if (std::isinf(r) && std::isfinite(v) && std::isfinite(w)) return nullptr;
  return make_float(arena, r);
}

const Constant* float_op(Arena& arena, Operator op, double v, double w) {
  switch (op) {
    case Operator::kAdd:
      return make_float(arena, v + w);
    case Operator::kSub:
      return make_float(arena, v - w);
    case Operator::kMult:
      return make_float(arena, v * w);
    case Operator::kDiv:
      return w == 0 ? nullptr : make_float(arena, v / w);
    case Operator::kPow:
      return power_floats(arena, v, w);
    case Operator::kMod:
    case Operator::kFloorDiv: {
      if (w == 0) return nullptr;
      double mod = std::fmod(v, w), div = (v - mod) / w;
      if (mod) {
        if ((w < 0) != (mod < 0)) {
          mod += w;
          div -= 1.0;
        }
      } else {
        mod = std::copysign(0.0, w);
      }
      if (op == Operator::kMod) return make_float(arena, mod);
      double floor = std::copysign(0.0, v / w);
      if (div) {
        floor = std::floor(div);
        if (div - floor > 0.5) floor += 1.0;
      }
      return make_float(arena, floor);
    }
    default:
      return nullptr;
  }
}

const Constant* complex_op(Arena& arena, Operator op, Complex a, Complex b) {
  Complex out;
  switch (op) {
    case Operator::kAdd:
      return make_complex(arena, {a.r + b.r, a.i + b.i});
    case Operator::kSub:
      return make_complex(arena, {a.r - b.r, a.i - b.i});
    case Operator::kMult:
      return make_complex(arena, multiply(a, b));
    case Operator::kDiv:
      return divide(a, b, out) ? make_complex(arena, out) : nullptr;
    case Operator::kPow:
      return power(arena, a, b);
    default:
      return nullptr;
  }
}

bool to_complex(const Constant* c, Complex& out) {
  out.i = c->kind == Kind::kComplex ? c->imag : 0;
  if (c->kind == Kind::kComplex) {
    out.r = c->real;
    return true;
  }
  return to_double(c, out.r);
}

int64_t limit_left(const Constant* c, int64_t limit) {
  if (c->kind != Kind::kTuple && c->kind != Kind::kFrozenSet) return limit;
  limit -= (int64_t)c->items.size();
  for (size_t i = 0; limit >= 0 && i < c->items.size(); i++) limit = limit_left(c->items[i], limit);
  return limit;
}

const Constant* repeat(Arena& arena, const Constant* seq, const Constant* count) {
  bool tuple = seq->kind == Kind::kTuple;
  int64_t size = tuple                      ? (int64_t)seq->items.size()
                 : seq->kind == Kind::kStr ? (int64_t)count_code_points(seq->text)
                                           : (int64_t)seq->text.size();
  int64_t n = 0;
  if (!is_small(count)) return nullptr;
  n = small(count);
  if (size) {
    if (n < 0 || n > (tuple ? kMaxCollection : kMaxString) / size) return nullptr;
    if (tuple && n && limit_left(seq, kMaxItems / n) < 0) return nullptr;
  } else {
    n = 0;
  }
  auto* c = make(arena, seq->kind);
  if (tuple) {
    std::vector<const Constant*> items;
    for (int64_t i = 0; i < n; i++) items.insert(items.end(), seq->items.begin(), seq->items.end());
    auto copy = arena.copy(items);
    c->items = {copy.data(), copy.size()};
  } else {
    std::string text;
    for (int64_t i = 0; i < n; i++) text += seq->text;
    c->text = arena.copy(text);
  }
  return c;
}

}  // namespace

size_t count_code_points(std::string_view utf8) {
  return (size_t)std::ranges::count_if(utf8, [](char ch) { return (ch & 0xC0) != 0x80; });
}

bool constant_is_true(const Constant* c) {
  switch (c->kind) {
    case Kind::kNone:
    case Kind::kFalse:
      return false;
    case Kind::kInt:
      return c->integer != 0;
    case Kind::kFloat:
      return c->real != 0;
    case Kind::kComplex:
      return c->real != 0 || c->imag != 0;
    case Kind::kStr:
    case Kind::kBytes:
      return !c->text.empty();
    case Kind::kTuple:
    case Kind::kFrozenSet:
      return !c->items.empty();
    default:
      return true;
  }
}

const Constant* make_bool(Arena& arena, bool value) { return make(arena, value ? Kind::kTrue : Kind::kFalse); }

bool constant_equal(const Constant* a, const Constant* b) {
  if (a == b) return true;
  auto numeric = [](const Constant* c) { return is_int(c) || c->kind == Kind::kFloat || c->kind == Kind::kComplex; };
  if (numeric(a) && numeric(b)) {
    if (is_int(a) && is_int(b)) return mpz_cmp(BigInt(a).z, BigInt(b).z) == 0;
    if (is_int(b)) std::swap(a, b);
    if (is_int(a)) {
      if ((b->kind == Kind::kComplex && b->imag != 0) || !std::isfinite(b->real)) return false;
      return mpz_cmp_d(BigInt(a).z, b->real) == 0;
    }
    return a->real == b->real && (a->kind == Kind::kComplex ? a->imag : 0) == (b->kind == Kind::kComplex ? b->imag : 0);
  }
  if (a->kind != b->kind) return false;
  if (a->kind == Kind::kStr || a->kind == Kind::kBytes) return a->text == b->text;
  if (a->kind == Kind::kTuple) return std::ranges::equal(a->items, b->items, constant_equal);
  if (a->kind == Kind::kFrozenSet) {
    if (a->items.size() != b->items.size()) return false;
    return std::ranges::all_of(a->items, [b](const Constant* x) {
      return std::ranges::any_of(b->items, [x](const Constant* y) { return constant_equal(x, y); });
    });
  }
  return true;
}

const Constant* fold_binary(Arena& arena, Operator op, const Constant* a, const Constant* b) {
  if (is_int(a) && is_int(b)) return op == Operator::kDiv ? divide_ints(arena, a, b) : int_op(arena, op, a, b);
  if (op == Operator::kMult) {
    if (is_sequence(a) && is_int(b)) return repeat(arena, a, b);
    if (is_sequence(b) && is_int(a)) return repeat(arena, b, a);
  }
  if (op == Operator::kAdd && a->kind == b->kind) {
    if (a->kind == Kind::kStr || a->kind == Kind::kBytes) {
      std::string text(a->text);
      text += b->text;
      return make_text(arena, a->kind, text);
    }
    if (a->kind == Kind::kTuple) {
      std::vector<const Constant*> items(a->items.begin(), a->items.end());
      items.insert(items.end(), b->items.begin(), b->items.end());
      auto copy = arena.copy(items);
      auto* c = make(arena, Kind::kTuple);
      c->items = {copy.data(), copy.size()};
      return c;
    }
  }
  auto real = [](const Constant* c) { return is_int(c) || c->kind == Kind::kFloat; };
  if (real(a) && real(b)) {
    double v, w;
    return to_double(a, v) && to_double(b, w) ? float_op(arena, op, v, w) : nullptr;
  }
  auto number = [&](const Constant* c) { return real(c) || c->kind == Kind::kComplex; };
  if (number(a) && number(b)) {
    Complex v, w;
    return to_complex(a, v) && to_complex(b, w) ? complex_op(arena, op, v, w) : nullptr;
  }
  return nullptr;
}

const Constant* fold_unary(Arena& arena, ast::UnaryOperator op, const Constant* a) {
  using ast::UnaryOperator;
  if (op == UnaryOperator::kNot) return make_bool(arena, !constant_is_true(a));
  if (is_int(a)) {
    if (is_bool(a) && op == UnaryOperator::kUAdd) return make_int(arena, small(a));
    if (op == UnaryOperator::kUAdd) return a;
    if (is_small(a) && small(a) != INT64_MIN) {
      return make_int(arena, op == UnaryOperator::kUSub ? -small(a) : ~small(a));
    }
    BigInt v(a), r;
    if (op == UnaryOperator::kUSub)
      mpz_neg(r.z, v.z);
    else
      mpz_com(r.z, v.z);
    return make_int(arena, r);
  }
  if (op == UnaryOperator::kInvert) return nullptr;
  double sign = op == UnaryOperator::kUSub ? -1.0 : 1.0;
  if (a->kind == Kind::kFloat) return make_float(arena, sign < 0 ? -a->real : a->real);
  if (a->kind == Kind::kComplex)
    return make_complex(arena, sign < 0 ? Complex{-a->real, -a->imag} : Complex{a->real, a->imag});
  return nullptr;
}

const Constant* fold_subscript(Arena& arena, const Constant* value, const Constant* index) {
  if (!is_sequence(value) || !is_small(index)) return nullptr;
  int64_t i = small(index);
  int64_t size = value->kind == Kind::kTuple ? (int64_t)value->items.size()
                 : value->kind == Kind::kStr ? (int64_t)count_code_points(value->text)
                                             : (int64_t)value->text.size();
  if (i < 0) i += size;
  if (i < 0 || i >= size) return nullptr;
  if (value->kind == Kind::kTuple) return value->items[(size_t)i];
  if (value->kind == Kind::kBytes) return make_int(arena, (int64_t)(unsigned char)value->text[(size_t)i]);
  const char* p = value->text.data();
  const char* end = p + value->text.size();
  auto next = [end](const char* q) {
    do q++;
    while (q < end && (*q & 0xC0) == 0x80);
    return q;
  };
  while (i--) p = next(p);
  return make_text(arena, Kind::kStr, {p, (size_t)(next(p) - p)});
}

const Constant* make_frozenset(Arena& arena, std::span<const Constant* const> items) {
  std::vector<const Constant*> distinct;
  for (const Constant* item : items)
    if (!std::ranges::any_of(distinct, [item](const Constant* x) { return constant_equal(x, item); }))
      distinct.push_back(item);
  auto* c = make(arena, Kind::kFrozenSet);
  auto copy = arena.copy(distinct);
  c->items = {copy.data(), copy.size()};
  return c;
}

}  // namespace pyjit::frontend
