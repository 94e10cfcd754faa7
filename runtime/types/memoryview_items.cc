// One item of a memoryview ↔ a Python value, for the native single-character formats.
#include "runtime/ops.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/int.h"
#include "runtime/types/memoryview.h"

namespace pyjit::runtime {
namespace {

template <class T>
T load(const char* p) {
  T t;
  memcpy(&t, p, sizeof t);
  return t;
}
template <class T>
Value load_int(const char* p) {
  T t = load<T>(p);
  if constexpr (std::is_signed_v<T>) return new_int(t);
  else return new_int_unsigned(t);
}

bool wrong_type(const Str* format) {
  raisef(exc.TypeError, "memoryview: invalid type for format '%s'", to_utf8(format).c_str());
  return false;
}
bool wrong_value(const Str* format) {
  raisef(exc.ValueError, "memoryview: invalid value for format '%s'", to_utf8(format).c_str());
  return false;
}

template <class T>
bool store_int(char* p, const Str* format, Value v) {
  if (!is_int_like(v) && !class_of(v)->slots.index) return wrong_type(format);
  Value index = number_index(v);
  if (!index) {
    if (!pending_matches(exc.TypeError)) return false;
    clear_pending();
    return wrong_type(format);
  }
  T t;
  int64_t n;
  if (int_to_int64(index, &n)) {
    if constexpr (std::is_signed_v<T>) {
      if (n < std::numeric_limits<T>::min() || n > std::numeric_limits<T>::max()) return wrong_value(format);
    } else {
      if (n < 0 || static_cast<uint64_t>(n) > std::numeric_limits<T>::max()) return wrong_value(format);
    }
    t = static_cast<T>(n);
  } else {
    if (std::is_signed_v<T> || sizeof(T) < 8 || int_sign(index) < 0 || int_bit_length(index) > 64) return wrong_value(format);
    t = static_cast<T>(index.as<BigInt>()->limbs[0]);
  }
  memcpy(p, &t, sizeof t);
  return true;
}

}  // namespace

int64_t format_item_size(char code) {
  switch (code) {
    case 'c': case 'b': case 'B': case '?': return 1;
    case 'h': case 'H': return 2;
    case 'i': case 'I': case 'f': return 4;
    case 'l': case 'L': case 'q': case 'Q': case 'n': case 'N': case 'd': case 'P': return 8;
  }
  return 0;
}

char format_code(const Str* format) {
  uint64_t at = format->length == 2 && format->at(0) == '@' ? 1 : 0;
  if (format->length != at + 1 || format->at(at) > 127) return 0;
  char code = static_cast<char>(format->at(at));
  return format_item_size(code) ? code : 0;
}

Value unpack_item(const char* p, const Str* format) {
  switch (format_code(format)) {
    case 'B': return Value::from_int(static_cast<uint8_t>(*p));
    case 'b': return Value::from_int(static_cast<int8_t>(*p));
    case 'c': return new_bytes({p, 1});
    case '?': return Value::from_bool(*p != 0);
    case 'h': return load_int<int16_t>(p);
    case 'H': return load_int<uint16_t>(p);
    case 'i': return load_int<int32_t>(p);
    case 'I': return load_int<uint32_t>(p);
    case 'l': case 'q': case 'n': return load_int<int64_t>(p);
    case 'L': case 'Q': case 'N': case 'P': return load_int<uint64_t>(p);
    case 'f': return new_float(load<float>(p));
    case 'd': return new_float(load<double>(p));
  }
  return raisef(exc.NotImplementedError, "memoryview: format %s not supported", to_utf8(format).c_str());
}

bool pack_item(char* p, const Str* format, Value v) {
  switch (format_code(format)) {
    case 'B': return store_int<uint8_t>(p, format, v);
    case 'b': return store_int<int8_t>(p, format, v);
    case 'h': return store_int<int16_t>(p, format, v);
    case 'H': return store_int<uint16_t>(p, format, v);
    case 'i': return store_int<int32_t>(p, format, v);
    case 'I': return store_int<uint32_t>(p, format, v);
    case 'l': case 'q': case 'n': return store_int<int64_t>(p, format, v);
    case 'L': case 'Q': case 'N': case 'P': return store_int<uint64_t>(p, format, v);
    case 'f': case 'd': {
      double d;
      if (!to_double(v, &d)) {
        if (!pending_matches(exc.TypeError)) return false;
        clear_pending();
        return wrong_type(format);
      }
      if (format_code(format) == 'd') {
        memcpy(p, &d, 8);
      } else {
        float f = static_cast<float>(d);
        memcpy(p, &f, 4);
      }
      return true;
    }
    case '?': {
      int truth = is_true(v);
      if (truth < 0) return false;
      *p = static_cast<char>(truth);
      return true;
    }
    case 'c':
      if (!is_bytes(v)) return wrong_type(format);
      if (v.as<Bytes>()->size != 1) return wrong_value(format);
      *p = v.as<Bytes>()->data[0];
      return true;
  }
  raisef(exc.NotImplementedError, "memoryview: format %s not supported", to_utf8(format).c_str());
  return false;
}

}  // namespace pyjit::runtime
