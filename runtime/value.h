// Value: any Python object in 64 bits, NaN-boxed and pointer-favoured.
//
//   0x0000'0000'0000'0000           null: no value (unbound local, error return, end of iteration)
//   0x0000'0000'0000'0010 ... 0x40  immediates: None, False, True, Ellipsis, NotImplemented
//   0x0000'pppp'pppp'pppp           pointer to a heap Object (its own bits, so a scan needs no unboxing)
//   0x0001'.... - 0xFFFE'....       double, offset by 2^48: bits = raw + kDoubleOffset
//   0xFFFF'iiii'iiii'iiii           int in [-2^47, 2^47): 48-bit two's complement payload
//
// Every finite double, both infinities and the usual NaNs fit the middle range; a NaN whose top 16 bits are 0xFFFE or 0xFFFF is
// canonicalised by from_double. Int addition without unpacking: (a << 16) + (b << 16) sets the overflow flag exactly when the sum
// leaves 48 bits. Larger ints are heap BigInts; an int that fits is never a BigInt (canonical, so == and hash may compare kinds).
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>

namespace pyjit::runtime {

struct Object;

class Value {
 public:
  static constexpr uint64_t kDoubleOffset = 1ull << 48;
  static constexpr uint64_t kIntTag = 0xFFFFull << 48;
  static constexpr uint64_t kPayloadMask = (1ull << 48) - 1;
  static constexpr int64_t kMinInt = -(1ll << 47), kMaxInt = (1ll << 47) - 1;
  static constexpr uint64_t kNullBits = 0, kNoneBits = 0x10, kFalseBits = 0x20, kTrueBits = 0x21, kEllipsisBits = 0x30,
                            kNotImplementedBits = 0x40;
  static constexpr uint64_t kFirstPointer = 0x1000;  // no object lies in page zero

  constexpr Value() : bits_(0) {}
  constexpr Value(std::nullptr_t) : bits_(0) {}
  Value(const Object* object) : bits_(reinterpret_cast<uint64_t>(object)) {}

  static constexpr Value from_bits(uint64_t bits) { Value v; v.bits_ = bits; return v; }
  // Precondition: fits_int(i).
  static constexpr Value from_int(int64_t i) { return from_bits(kIntTag | (static_cast<uint64_t>(i) & kPayloadMask)); }
  static constexpr Value from_bool(bool b) { return from_bits(kFalseBits | static_cast<uint64_t>(b)); }
  static constexpr Value from_double(double d) {
    uint64_t raw = std::bit_cast<uint64_t>(d);
    if (raw >= 0xFFFEull << 48) [[unlikely]] raw = 0xFFF8ull << 48;
    return from_bits(raw + kDoubleOffset);
  }
  static constexpr Value none() { return from_bits(kNoneBits); }
  static constexpr Value ellipsis() { return from_bits(kEllipsisBits); }
  static constexpr Value not_implemented() { return from_bits(kNotImplementedBits); }

  static constexpr bool fits_int(int64_t i) { return i >= kMinInt && i <= kMaxInt; }

  constexpr uint64_t bits() const { return bits_; }
  constexpr explicit operator bool() const { return bits_ != 0; }  // non-null, not Python truth
  constexpr bool is_null() const { return bits_ == 0; }
  constexpr bool is_none() const { return bits_ == kNoneBits; }
  constexpr bool is_true() const { return bits_ == kTrueBits; }
  constexpr bool is_false() const { return bits_ == kFalseBits; }
  constexpr bool is_bool() const { return (bits_ & ~1ull) == kFalseBits; }
  constexpr bool is_ellipsis() const { return bits_ == kEllipsisBits; }
  constexpr bool is_not_implemented() const { return bits_ == kNotImplementedBits; }
  constexpr bool is_int() const { return bits_ >= kIntTag; }  // inline int; not bool, not BigInt
  constexpr bool is_double() const { return bits_ - kDoubleOffset < kIntTag - kDoubleOffset; }
  constexpr bool is_object() const { return bits_ - kFirstPointer < kDoubleOffset - kFirstPointer; }

  constexpr int64_t as_int() const { return static_cast<int64_t>(bits_ << 16) >> 16; }
  constexpr double as_double() const { return std::bit_cast<double>(bits_ - kDoubleOffset); }
  constexpr bool as_bool() const { return bits_ & 1; }
  Object* as_object() const { return reinterpret_cast<Object*>(bits_); }
  template <class T> T* as() const { return reinterpret_cast<T*>(bits_); }  // unchecked

  // Same bits: identity for objects and immediates, value identity for ints and floats ("is").
  friend constexpr bool operator==(Value a, Value b) { return a.bits_ == b.bits_; }

 private:
  uint64_t bits_;
};

constexpr bool both_ints(Value a, Value b) { return (a.bits() & b.bits()) >= Value::kIntTag; }

static_assert(sizeof(Value) == 8);
static_assert(Value::from_int(-1).as_int() == -1 && Value::from_int(Value::kMinInt).as_int() == Value::kMinInt);
static_assert(Value::from_double(-0.0).is_double() && !Value::from_double(0.0).is_int() && Value::none().is_none());

}  // namespace pyjit::runtime
