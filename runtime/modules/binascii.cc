// The module binascii: hex, base64, uuencode, quoted-printable, CRCs.
#include "runtime/module_registry.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {
namespace {

Value error_class, incomplete_class;

std::nullptr_t fail(std::string_view message) { return raise_with_value(error_class.as<Class>(), new_str(message)); }

// Data that may also come as an ASCII string.
class AsciiArg {
 public:
  bool get(Value v) {
    if (is_str(v)) {
      if (!v.as<Str>()->is_ascii()) {
        raise(exc.ValueError, "string argument should contain only ASCII characters");
        return false;
      }
      view_ = ascii_view(v.as<Str>());
      return true;
    }
    if (!supports_buffer(v)) {
      raisef(exc.TypeError, "argument should be bytes, buffer or ASCII string, not '%.100s'", type_name(v));
      return false;
    }
    if (!buffer_.get(v)) return false;
    view_ = buffer_.view();
    return true;
  }
  std::string_view view() const { return view_; }

 private:
  BufferArg buffer_;
  std::string_view view_;
};

bool flag(Value v, bool fallback, bool* out) {
  *out = fallback;
  if (!v) return true;
  int truth = is_true(v);
  *out = truth == 1;
  return truth >= 0;
}
bool int_flag(Value v, bool fallback, bool* out) {
  *out = fallback;
  if (!v) return true;
  int n;
  if (!to_int32(v, &n)) return false;
  *out = n != 0;
  return true;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}
constexpr char kHexLower[] = "0123456789abcdef", kHexUpper[] = "0123456789ABCDEF";
constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

struct Base64Table {
  int8_t value[256];
  constexpr Base64Table() : value() {
    for (auto& v : value) v = -1;
    for (int i = 0; i < 64; ++i) value[static_cast<uint8_t>(kBase64[i])] = static_cast<int8_t>(i);
  }
};
constexpr Base64Table kBase64Values;

Value a2b_hex(Value* args) {
  AsciiArg data;
  if (!data.get(args[0])) return nullptr;
  std::string_view s = data.view();
  if (s.size() % 2) return fail("Odd-length string");
  std::string out;
  out.reserve(s.size() / 2);
  for (size_t i = 0; i < s.size(); i += 2) {
    int high = hex_digit(s[i]), low = hex_digit(s[i + 1]);
    if (high < 0 || low < 0) return fail("Non-hexadecimal digit found");
    out += static_cast<char>(high << 4 | low);
  }
  return new_bytes(out);
}

Value b2a_hex(Value* args) {
  BufferArg data;
  if (!data.get(args[0])) return nullptr;
  Value text = TRY(bytes_hex(data.view(), args[1], args[2]));
  return new_bytes(ascii_view(text.as<Str>()));
}

Value a2b_base64(Value* args) {
  AsciiArg data;
  bool strict;
  if (!data.get(args[0]) || !flag(args[1], false, &strict)) return nullptr;
  std::string_view s = data.view();
  std::string out;
  out.reserve(s.size() / 4 * 3 + 3);
  if (strict && !s.empty() && s[0] == '=') return fail("Leading padding not allowed");
  int quad = 0, pads = 0;
  uint32_t left = 0;
  bool padding_started = false;
  for (size_t i = 0; i < s.size(); ++i) {
    char c = s[i];
    if (c == '=') {
      padding_started = true;
      if (strict && quad == 0) {
        // A pad after complete data: allowed once, nothing may follow it.
        if (i + 1 < s.size()) return fail("Excess data after padding");
        return new_bytes(out);
      }
      if (quad >= 2 && quad + ++pads >= 4) {
        if (strict && i + 1 < s.size()) return fail("Excess data after padding");
        return new_bytes(out);
      }
      continue;
    }
    int v = kBase64Values.value[static_cast<uint8_t>(c)];
    if (v < 0) {
      if (strict) return fail("Only base64 data is allowed");
      continue;
    }
    if (strict && padding_started) return fail("Discontinuous padding not allowed");
    pads = 0;
    switch (quad) {
      case 0: quad = 1; left = static_cast<uint32_t>(v); break;
      case 1: quad = 2; out += static_cast<char>(left << 2 | v >> 4); left = v & 15; break;
      case 2: quad = 3; out += static_cast<char>(left << 4 | v >> 2); left = v & 3; break;
      default: quad = 0; out += static_cast<char>(left << 6 | v); left = 0; break;
    }
  }
  if (quad == 1) {
    return fail("Invalid base64-encoded string: number of data characters (" + std::to_string(out.size() / 3 * 4 + 1) +
                ") cannot be 1 more than a multiple of 4");
  }
  if (quad != 0) return fail("Incorrect padding");
  return new_bytes(out);
}

Value b2a_base64(Value* args) {
  BufferArg data;
  bool newline;
  if (!data.get(args[0]) || !flag(args[1], true, &newline)) return nullptr;
  std::string_view s = data.view();
  std::string out;
  out.reserve(s.size() / 3 * 4 + 8);
  size_t i = 0;
  auto byte = [&](size_t k) { return static_cast<uint32_t>(static_cast<uint8_t>(s[k])); };
  for (; i + 2 < s.size(); i += 3) {
    uint32_t v = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    char quad[] = {kBase64[v >> 18], kBase64[v >> 12 & 63], kBase64[v >> 6 & 63], kBase64[v & 63]};
    out.append(quad, 4);
  }
  if (i + 1 == s.size()) {
    out += kBase64[byte(i) >> 2];
    out += kBase64[(byte(i) & 3) << 4];
    out += "==";
  } else if (i + 2 == s.size()) {
    out += kBase64[byte(i) >> 2];
    out += kBase64[(byte(i) & 3) << 4 | byte(i + 1) >> 4];
    out += kBase64[(byte(i + 1) & 15) << 2];
    out += '=';
  }
  if (newline) out += '\n';
  return new_bytes(out);
}

Value a2b_uu(Value* args) {
  AsciiArg data;
  if (!data.get(args[0])) return nullptr;
  std::string_view s = data.view();
  size_t i = 0;
  size_t length = s.empty() ? 32 : (static_cast<uint8_t>(s[i++]) - ' ') & 077;
  std::string out;
  uint32_t left = 0;
  int bits = 0;
  while (out.size() < length) {
    uint32_t v = 0;
    if (i < s.size()) {
      uint8_t c = static_cast<uint8_t>(s[i]);
      if (c == '\n' || c == '\r') {
        v = 0;   // the line is too short: zeros follow
      } else {
        if (c < ' ' || c > ' ' + 64) return fail("Illegal char");
        v = (c - ' ') & 077;
        ++i;
      }
    }
    left = left << 6 | v;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(left >> bits);
      left &= (1u << bits) - 1;
    }
  }
  for (; i < s.size(); ++i)
    if (s[i] != ' ' && s[i] != ' ' + 64 && s[i] != '\n' && s[i] != '\r') return fail("Trailing garbage");
  return new_bytes(out);
}

Value b2a_uu(Value* args) {
  BufferArg data;
  bool backtick;
  if (!data.get(args[0]) || !flag(args[1], false, &backtick)) return nullptr;
  std::string_view s = data.view();
  if (s.size() > 45) return fail("At most 45 bytes at once");
  auto encode = [&](uint32_t v) { return backtick && v == 0 ? '`' : static_cast<char>(' ' + v); };
  std::string out(1, encode(static_cast<uint32_t>(s.size())));
  for (size_t i = 0; i < s.size(); i += 3) {
    uint32_t v = 0;
    for (size_t k = 0; k < 3; ++k) v = v << 8 | (i + k < s.size() ? static_cast<uint8_t>(s[i + k]) : 0);
    for (int shift = 18; shift >= 0; shift -= 6) out += encode(v >> shift & 63);
  }
  out += '\n';
  return new_bytes(out);
}

Value a2b_qp(Value* args) {
  AsciiArg data;
  bool header;
  if (!data.get(args[0]) || !int_flag(args[1], false, &header)) return nullptr;
  std::string_view s = data.view();
  std::string out;
  for (size_t i = 0; i < s.size();) {
    if (s[i] == '=') {
      if (++i >= s.size()) break;
      if (s[i] == '\n' || s[i] == '\r') {   // soft line break
        if (s[i] != '\n')
          while (i < s.size() && s[i] != '\n') ++i;
        if (i < s.size()) ++i;
      } else if (s[i] == '=') {   // "==" from broken encoders
        out += '=';
        ++i;
      } else if (i + 1 < s.size() && hex_digit(s[i]) >= 0 && hex_digit(s[i + 1]) >= 0) {
        out += static_cast<char>(hex_digit(s[i]) << 4 | hex_digit(s[i + 1]));
        i += 2;
      } else {
        out += '=';
      }
    } else {
      out += header && s[i] == '_' ? ' ' : s[i];
      ++i;
    }
  }
  return new_bytes(out);
}

Value b2a_qp(Value* args) {
  constexpr size_t kMaxLine = 76;
  BufferArg data;
  bool quotetabs, istext, header;
  if (!data.get(args[0]) || !int_flag(args[1], false, &quotetabs) || !int_flag(args[2], true, &istext) || !int_flag(args[3], false, &header))
    return nullptr;
  std::string_view s = data.view();
  size_t first_newline = s.find('\n');
  bool crlf = first_newline != s.npos && first_newline > 0 && s[first_newline - 1] == '\r';
  const char* newline = crlf ? "\r\n" : "\n";
  std::string out;
  size_t column = 0;
  auto soft_break = [&] {
    out += '=';
    out += newline;
    column = 0;
  };
  auto quote = [&](uint8_t c) {
    out += '=';
    out += kHexUpper[c >> 4];
    out += kHexUpper[c & 15];
  };
  size_t n = s.size();
  for (size_t i = 0; i < n;) {
    uint8_t c = static_cast<uint8_t>(s[i]);
    bool last_dot = c == '.' && column == 0 && (i + 1 == n || s[i + 1] == '\n' || s[i + 1] == '\r' || s[i + 1] == 0);
    bool must_quote = c > 126 || c == '=' || (header && c == '_') || last_dot || (!istext && (c == '\r' || c == '\n')) ||
                      ((c == '\t' || c == ' ') && i + 1 == n) || (c < 33 && c != '\r' && c != '\n' && c != '\t' && c != ' ') ||
                      (c < 33 && c != '\r' && c != '\n' && (quotetabs || (!quotetabs && c != '\t' && c != ' ')));
    if (must_quote) {
      if (column + 3 >= kMaxLine) soft_break();
      quote(c);
      ++i;
      column += 3;
    } else if (istext && (c == '\n' || (c == '\r' && i + 1 < n && s[i + 1] == '\n'))) {
      column = 0;
      // White space before the end of a line is quoted.
      if (!out.empty() && (out.back() == ' ' || out.back() == '\t')) {
        uint8_t space = static_cast<uint8_t>(out.back());
        out.pop_back();
        quote(space);
      }
      out += newline;
      i += c == '\r' ? 2 : 1;
    } else {
      if (i + 1 != n && s[i + 1] != '\n' && column + 1 >= kMaxLine) soft_break();
      ++column;
      out += header && c == ' ' ? '_' : static_cast<char>(c);
      ++i;
    }
  }
  return new_bytes(out);
}

struct CrcTable {
  uint32_t value[8][256];
  constexpr CrcTable() : value() {
    for (uint32_t i = 0; i < 256; ++i) {
      uint32_t c = i;
      for (int k = 0; k < 8; ++k) c = c & 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
      value[0][i] = c;
    }
    for (int t = 1; t < 8; ++t)
      for (uint32_t i = 0; i < 256; ++i) value[t][i] = value[0][value[t - 1][i] & 255] ^ (value[t - 1][i] >> 8);
  }
};
constexpr CrcTable kCrc;

bool crc_start(Value v, uint32_t* out) {
  *out = 0;
  if (!v) return true;
  Value n = TRY(number_index(v));
  Value low = int_and(n, Value::from_int(0xFFFFFFFF));
  *out = static_cast<uint32_t>(low.as_int());
  return true;
}

Value crc32(Value* args) {
  BufferArg data;
  uint32_t crc;
  if (!data.get(args[0]) || !crc_start(args[1], &crc)) return nullptr;
  crc = ~crc;
  std::string_view s = data.view();
  const uint8_t* p = reinterpret_cast<const uint8_t*>(s.data());
  size_t n = s.size();
  for (; n >= 8; n -= 8, p += 8) {
    uint32_t low, high;
    memcpy(&low, p, 4);
    memcpy(&high, p + 4, 4);
    low ^= crc;
    crc = kCrc.value[7][low & 255] ^ kCrc.value[6][low >> 8 & 255] ^ kCrc.value[5][low >> 16 & 255] ^ kCrc.value[4][low >> 24] ^
          kCrc.value[3][high & 255] ^ kCrc.value[2][high >> 8 & 255] ^ kCrc.value[1][high >> 16 & 255] ^ kCrc.value[0][high >> 24];
  }
  for (; n > 0; --n) crc = kCrc.value[0][(crc ^ *p++) & 255] ^ (crc >> 8);
  return new_int(~crc);
}

Value crc_hqx(Value* args) {
  BufferArg data;
  uint32_t crc;
  if (!data.get(args[0]) || !crc_start(args[1], &crc)) return nullptr;
  crc &= 0xFFFF;
  for (char c : data.view()) {
    crc ^= static_cast<uint32_t>(static_cast<uint8_t>(c)) << 8;
    for (int k = 0; k < 8; ++k) crc = (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1) & 0xFFFF;
  }
  return new_int(crc);
}

const MethodDef kFunctions[] = {
    {"a2b_hex", "($module, hexstr, /)", a2b_hex},
    {"unhexlify", "($module, hexstr, /)", a2b_hex},
    {"b2a_hex", "!($module, /, data, sep=None, bytes_per_sep=1)", b2a_hex},
    {"hexlify", "!($module, /, data, sep=None, bytes_per_sep=1)", b2a_hex},
    {"a2b_base64", "($module, data, /, *, strict_mode=False)", a2b_base64},
    {"b2a_base64", "($module, data, /, *, newline=True)", b2a_base64},
    {"a2b_uu", "($module, data, /)", a2b_uu},
    {"b2a_uu", "($module, data, /, *, backtick=False)", b2a_uu},
    {"a2b_qp", "($module, /, data, header=False)", a2b_qp},
    {"b2a_qp", "($module, /, data, quotetabs=False, istext=True, header=False)", b2a_qp},
    {"crc32", "($module, data, crc=0, /)", crc32},
    {"crc_hqx", "($module, data, crc, /)", crc_hqx},
    {},
};

}  // namespace

Value new_exception_type(const char* module, const char* name, Value base) {
  Dict* space = TRY(new_dict());
  if (!dict_set_str(space, names.dunder_module, intern(module))) return nullptr;
  return call3(types.type, intern(name), make_tuple(base), space);
}

bool init_binascii_module(Module* module) {
  if (!error_class) {
    heap.add_root_range(&error_class, &error_class + 1);
    heap.add_root_range(&incomplete_class, &incomplete_class + 1);
    error_class = TRY(new_exception_type("binascii", "Error", exc.ValueError));
    incomplete_class = TRY(new_exception_type("binascii", "Incomplete", exc.Exception));
  }
  return add_functions(module, kFunctions) && add_object(module, "Error", error_class) && add_object(module, "Incomplete", incomplete_class);
}

}  // namespace pyjit::runtime
