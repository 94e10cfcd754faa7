// Format string → fields; values ↔ bytes, field by field.
#include "runtime/modules/struct_format.h"

#include <cmath>
#include <cstring>

#include "runtime/errors.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/containers.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {
namespace {

// Sizes in native mode (alignment equals size) and in the standard modes (0: not there).
struct CodeInfo { char code; uint8_t native, standard; };
constexpr CodeInfo kCodes[] = {{'x', 1, 1}, {'c', 1, 1}, {'b', 1, 1}, {'B', 1, 1}, {'?', 1, 1}, {'h', 2, 2}, {'H', 2, 2},
                               {'i', 4, 4}, {'I', 4, 4}, {'l', 8, 4}, {'L', 8, 4}, {'q', 8, 8}, {'Q', 8, 8}, {'n', 8, 0},
                               {'N', 8, 0}, {'P', 8, 0}, {'e', 2, 2}, {'f', 4, 4}, {'d', 8, 8}, {'s', 1, 1}, {'p', 1, 1}};

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

uint8_t size_of_code(char code, bool native) {
  for (const CodeInfo& info : kCodes) {
    if (info.code == code) return native ? info.native : info.standard;
  }
  return 0;
}

void store(char* out, uint64_t bits, const StructFieldCode& f) {
  for (int i = 0; i < f.size; ++i) out[f.big_endian ? f.size - 1 - i : i] = static_cast<char>(bits >> (8 * i));
}
uint64_t load(const char* in, const StructFieldCode& f) {
  uint64_t bits = 0;
  for (int i = 0; i < f.size; ++i) bits |= static_cast<uint64_t>(static_cast<unsigned char>(in[f.big_endian ? f.size - 1 - i : i])) << (8 * i);
  return bits;
}

// The exact int of a value with __index__; null: struct.error or what __index__ raised.
Value integer_argument(Value v) {
  if (is_int_like(v)) return int_value(v);
  if (!class_of(v)->slots.index) return raise(struct_error, "required argument is not an integer");
  return number_index(v);
}

bool to_uint64(Value v, uint64_t* out) {
  if (int_sign(v) < 0 || int_bit_length(v) > 64) return false;
  int64_t low;
  if (int_to_int64(v, &low)) return *out = static_cast<uint64_t>(low), true;
  *out = v.as<BigInt>()->limbs[0];
  return true;
}

bool out_of_range(const char* message = "argument out of range") { return raise(struct_error, message), false; }

bool range_error(char code, int64_t low, uint64_t high) {
  raisef(struct_error, "'%c' format requires %lld <= number <= %llu", code, static_cast<long long>(low), static_cast<unsigned long long>(high));
  return false;
}

bool pack_integer(const StructFieldCode& f, Value v, char* out) {
  v = integer_argument(v);
  if (!v) return false;
  int64_t i;
  uint64_t u;
  bool wide = f.size == 8;
  // Big-endian goes through generic code in CPython, with generic messages.
  if (f.big_endian && f.code == 'H') {
    if (!to_uint64(v, &u)) return out_of_range();
    if (u > 65535) return range_error('H', 0, 65535);
    store(out, u, f);
    return true;
  }
  if (f.big_endian && f.code == 'h') {
    if (!int_to_int64(v, &i)) return out_of_range();
    if (i < -32768 || i > 32767) return range_error('h', -32768, 32767);
    store(out, static_cast<uint64_t>(i), f);
    return true;
  }
  const char* too_wide = wide && f.big_endian ? "int too large to convert" : "argument out of range";
  switch (f.code) {
    case 'b': case 'B': case 'h': case 'H': case 'i': case 'l': case 'q': case 'n':
      if (!int_to_int64(v, &i)) return out_of_range(too_wide);
      if (f.code == 'b' && (i < -128 || i > 127)) return out_of_range("byte format requires -128 <= number <= 127");
      if (f.code == 'B' && (i < 0 || i > 255)) return out_of_range("ubyte format requires 0 <= number <= 255");
      if (f.code == 'h' && (i < -32768 || i > 32767)) return out_of_range("short format requires -32768 <= number <= 32767");
      if (f.code == 'H' && (i < 0 || i > 65535)) return out_of_range("ushort format requires 0 <= number <= 65535");
      if (f.size == 4 && (i < INT32_MIN || i > INT32_MAX)) return range_error(f.code, INT32_MIN, INT32_MAX);
      store(out, static_cast<uint64_t>(i), f);
      return true;
    case 'P':   // any bit pattern: negative addresses too
      if (int_to_int64(v, &i)) u = static_cast<uint64_t>(i);
      else if (!to_uint64(v, &u)) return out_of_range("int too large to convert");
      store(out, u, f);
      return true;
    default:    // I L Q N
      if (!to_uint64(v, &u)) return out_of_range(too_wide);
      if (f.size == 4 && u > UINT32_MAX) return range_error(f.code, 0, UINT32_MAX);
      store(out, u, f);
      return true;
  }
}

bool float_argument(Value v, double* d) {
  if (to_double(v, d)) return true;
  // CPython maps whatever float() raised.
  clear_pending();
  return raise(struct_error, "required argument is not a float"), false;
}

bool pack_float(const StructFieldCode& f, Value v, char* out) {
  double d;
  if (!float_argument(v, &d)) return false;
  if (f.code == 'd') return store(out, std::bit_cast<uint64_t>(d), f), true;
  if (f.code == 'f') {
    auto narrow = static_cast<float>(d);
    if (std::isinf(narrow) && !std::isinf(d) && !f.native) return raise(exc.OverflowError, "float too large to pack with f format"), false;
    return store(out, std::bit_cast<uint32_t>(narrow), f), true;
  }
  uint16_t half;
  if (!pack_half(d, &half)) return false;
  return store(out, half, f), true;
}

bool pack_text(const StructFieldCode& f, Value v, char* out) {
  std::string_view data;
  if (is_bytes(v)) data = v.as<Bytes>()->view();
  else if (is_subclass(class_of(v), types.bytearray)) data = {v.as<ByteArray>()->data(), v.as<ByteArray>()->size};
  else return raisef(struct_error, "argument for '%c' must be a bytes object", f.code), false;
  if (f.code == 's') {
    memcpy(out, data.data(), std::min<size_t>(data.size(), static_cast<size_t>(f.count)));
    return true;
  }
  if (f.count == 0) return true;
  size_t n = std::min<size_t>(data.size(), static_cast<size_t>(f.count) - 1);
  memcpy(out + 1, data.data(), n);
  out[0] = static_cast<char>(n > 255 ? 255 : n);
  return true;
}

}  // namespace

double unpack_half(uint16_t bits) {
  int exponent = bits >> 10 & 31;
  int fraction = bits & 1023;
  double d;
  if (exponent == 31) d = fraction ? std::nan("") : HUGE_VAL;
  else if (exponent == 0) d = std::ldexp(fraction, -24);
  else d = std::ldexp(1024 + fraction, exponent - 25);
  return bits & 0x8000 ? -d : d;
}

bool pack_half(double d, uint16_t* bits) {
  uint16_t sign = std::signbit(d) ? 0x8000 : 0;
  double magnitude = std::fabs(d);
  if (std::isnan(d)) return *bits = sign | 0x7E00, true;
  if (std::isinf(d)) return *bits = sign | 0x7C00, true;
  if (magnitude == 0) return *bits = sign, true;
  int exponent;
  std::frexp(magnitude, &exponent);
  --exponent;                                     // 1.x * 2^exponent
  int unit = exponent < -14 ? -24 : exponent - 10;   // weight of the lowest fraction bit
  double scaled = std::ldexp(magnitude, -unit), rounded = std::nearbyint(scaled);   // ties to even
  auto units = static_cast<uint32_t>(rounded);
  // Units already carry the hidden bit: adding the exponent above it makes carries come out right.
  uint32_t result = exponent < -14 ? units : units + (static_cast<uint32_t>(exponent + 14) << 10);
  if (exponent > 15 || result >= 0x7C00) return raise(exc.OverflowError, "float too large to pack with e format"), false;
  *bits = static_cast<uint16_t>(sign | result);
  return true;
}

bool compile_format(std::string_view text, CompiledFormat* out) {
  bool native = true, big = false;
  size_t i = 0;
  if (text.find('\0') != std::string_view::npos) return raise(struct_error, "embedded null character"), false;
  if (!text.empty()) {
    switch (text[0]) {
      case '<': case '=': native = false; i = 1; break;
      case '>': case '!': native = false; big = true; i = 1; break;
      case '@': i = 1; break;
    }
  }
  constexpr int64_t kMax = INT64_MAX;
  auto too_long = [] { return raise(struct_error, "total struct size too long"), false; };
  int64_t size = 0, values = 0;
  for (; i < text.size(); ++i) {
    if (is_space(text[i])) continue;
    int64_t count = 1;
    bool counted = false;
    if (text[i] >= '0' && text[i] <= '9') {
      counted = true;
      count = 0;
      for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
        int digit = text[i] - '0';
        if (count > (kMax - digit) / 10) return too_long();
        count = count * 10 + digit;
      }
      if (i == text.size()) return raise(struct_error, "repeat count given without format specifier"), false;
    }
    char code = text[i];
    uint8_t item = size_of_code(code, native);
    if (!item) return raise(struct_error, "bad char in struct format"), false;
    if (native && item > 1) {
      if (size > kMax - (item - 1)) return too_long();
      size = (size + item - 1) / item * item;
    }
    (void)counted;
    if (code == 's' || code == 'p') ++values;
    else if (code != 'x') values += count;
    if (count > (kMax - size) / item) return too_long();
    if (code != 'x' && (count || code == 's' || code == 'p')) out->fields.push_back({code, big, native, item, size, count});
    size += count * item;
  }
  out->size = size;
  out->value_count = values;
  return true;
}

static bool pack_item(const StructFieldCode& f, Value v, char* p) {
  switch (f.code) {
    case 'c':
      if (!is_bytes(v) || v.as<Bytes>()->size != 1) return raise(struct_error, "char format requires a bytes object of length 1"), false;
      *p = v.as<Bytes>()->data[0];
      return true;
    case '?': {
      int truth = is_true(v);
      *p = static_cast<char>(truth > 0);
      return truth >= 0;
    }
    case 'e': case 'f': case 'd': return pack_float(f, v, p);
    default: return pack_integer(f, v, p);
  }
}

bool pack_fields(const CompiledFormat& format, Value* values, char* out) {
  memset(out, 0, static_cast<size_t>(format.size));
  for (const StructFieldCode& f : format.fields) {
    char* p = out + f.offset;
    if (f.code == 's' || f.code == 'p') {
      if (!pack_text(f, *values++, p)) return false;
      continue;
    }
    for (int64_t i = 0; i < f.count; ++i, p += f.size) {
      Value v = *values++;
      if (pack_item(f, v, p)) continue;
      if (is_int_like(v) && pending_matches(exc.OverflowError)) {
        clear_pending();
        raise(struct_error, "int too large to convert");
      }
      return false;
    }
  }
  return true;
}

static Value unpack_one(const StructFieldCode& f, const char* p) {
  uint64_t bits = load(p, f);
  switch (f.code) {
    case 'c': return new_bytes({p, 1});
    case '?': return Value::from_bool(bits != 0);
    case 'b': return Value::from_int(static_cast<int8_t>(bits));
    case 'h': return Value::from_int(static_cast<int16_t>(bits));
    case 'i': case 'l': case 'q': case 'n':
      return f.size == 4 ? Value::from_int(static_cast<int32_t>(bits)) : new_int(static_cast<int64_t>(bits));
    case 'e': return Value::from_double(unpack_half(static_cast<uint16_t>(bits)));
    case 'f': return Value::from_double(std::bit_cast<float>(static_cast<uint32_t>(bits)));
    case 'd': return Value::from_double(std::bit_cast<double>(bits));
    default: return new_int_unsigned(bits);
  }
}

Value unpack_fields(const CompiledFormat& format, const char* data) {
  Tuple* result = TRY(new_tuple_null(static_cast<size_t>(format.value_count)));
  uint64_t n = 0;
  auto add = [&](Value v) {
    if (!v) return false;
    result->items[n++] = v;
    write_barrier(result, v);
    return true;
  };
  for (const StructFieldCode& f : format.fields) {
    const char* p = data + f.offset;
    if (f.code == 's') {
      if (!add(new_bytes({p, static_cast<size_t>(f.count)}))) return nullptr;
    } else if (f.code == 'p') {
      if (f.count == 0) return raise(exc.SystemError, "Negative size passed to PyBytes_FromStringAndSize");
      size_t length = std::min<size_t>(static_cast<unsigned char>(*p), static_cast<size_t>(f.count) - 1);
      if (!add(new_bytes({p + 1, length}))) return nullptr;
    } else {
      for (int64_t i = 0; i < f.count; ++i, p += f.size) {
        if (!add(unpack_one(f, p))) return nullptr;
      }
    }
  }
  return result;
}

}  // namespace pyjit::runtime
