// Decoding of source files: which encoding, into UTF-8, with "\n" line ends.
#include "frontend/source.h"

#include <optional>
#include <string>

#include "frontend/char_class.h"
#include "frontend/parser.h"
#include "frontend/text_format.h"
#include "runtime/unicode/unicode.h"

namespace pyjit::frontend {
namespace {

DecodeHook& decode_hook() {
  static DecodeHook hook;
  return hook;
}

// The names of UTF-8 and Latin-1 that a cookie may use, to the one used here; others as they are.
std::string normal_name(std::string_view name) {
  std::string low;
  for (char c : name.substr(0, 12)) low += c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
  auto is = [&](std::string_view s) { return low == s || low.starts_with(std::string(s) + "-"); };
  if (is("utf-8")) return "utf-8";
  if (is("latin-1") || is("iso-8859-1") || is("iso-latin-1")) return "iso-8859-1";
  return std::string(name);
}

// "coding: name" or "coding=name" in the comment of a line.
std::string_view find_cookie(std::string_view line) {
  size_t i = 0;
  for (; i < line.size() && line[i] != '#'; i++) {
    if (line[i] != ' ' && line[i] != '\t' && line[i] != '\f') return {};
  }
  for (; i + 6 < line.size(); i++) {
    if (line.substr(i, 6) != "coding") continue;
    size_t at = i + 6;
    if (line[at] != ':' && line[at] != '=') continue;
    do at++;
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t'));
    size_t end = at;
    while (end < line.size() && (unsigned char)line[end] < 0x80 && (is_name_part(line[end]) || line[end] == '-' || line[end] == '.')) end++;
    if (end > at) return line.substr(at, end - at);
  }
  return {};
}

// White space and a comment only: the cookie may still come on the next line.
bool only_comment(std::string_view line) {
  for (char c : line) {
    if (c == '#') return true;
    if (c != ' ' && c != '\t' && c != '\f') return false;
  }
  return true;
}

// Whether the codec machinery would take `name` for one of `aliases`: letters and digits count, what is between them is "_".
bool is_one_of(const std::string& name, std::initializer_list<std::string_view> aliases) {
  std::string low;
  bool gap = false;
  for (char c : name) {
    if (c == '_' || !is_name_part(c)) {
      gap = true;
      continue;
    }
    if (gap && !low.empty()) low += '_';
    gap = false;
    low += c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
  }
  return std::find(aliases.begin(), aliases.end(), low) != aliases.end();
}

std::optional<std::string> decode(const std::string& encoding, std::string_view bytes, std::string& error) {
  if (is_one_of(encoding, {"utf8", "utf_8", "u8", "utf"})) {
    size_t end;
    const char* reason;
    size_t at = find_bad_utf8(bytes, end, reason);
    if (at == std::string_view::npos) return std::string(bytes);
    error = utf8_error(bytes, at, end, reason);
    return std::nullopt;
  }
  if (is_one_of(encoding, {"iso_8859_1", "latin1", "latin", "l1", "8859", "iso8859", "iso8859_1", "cp819"})) {
    std::string out;
    for (unsigned char c : bytes) unicode::append_utf8(out, c);
    return out;
  }
  if (is_one_of(encoding, {"ascii", "us_ascii", "646"})) {
    for (size_t i = 0; i < bytes.size(); i++) {
      if ((unsigned char)bytes[i] < 0x80) continue;
      char text[100];
      snprintf(text, sizeof text, "'ascii' codec can't decode byte 0x%02x in position %zu: ordinal not in range(128)", (unsigned char)bytes[i], i);
      error = text;
      return std::nullopt;
    }
    return std::string(bytes);
  }
  if (decode_hook()) {
    auto out = decode_hook()(encoding, bytes, error);
    if (out || !error.empty()) return out;
  }
  error = "unknown encoding: " + encoding;
  return std::nullopt;
}

Source refuse(Diagnostic& error, std::string message) {
  error.kind = ErrorKind::kSyntaxError;
  error.message = std::move(message);
  error.lineno = 0;
  error.offset = -1;
  error.end_lineno = error.end_offset = 0;
  error.has_text = false;
  return {};
}

std::string_view next_line(std::string_view& rest) {
  size_t at = rest.find('\n');
  std::string_view line = rest.substr(0, at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
  return line;
}

}  // namespace

void set_decode_hook(DecodeHook hook) { decode_hook() = std::move(hook); }

std::string_view padded_copy(Arena& arena, std::string_view text) {
  char* out = (char*)arena.allocate(text.size() + 16, 1);
  if (!text.empty()) std::memcpy(out, text.data(), text.size());
  std::memset(out + text.size(), 0, 16);
  return {out, text.size()};
}

Source read_source(Arena& arena, std::string_view bytes, std::string_view filename, const CompileOptions& options, Diagnostic& error) {
  Source source;
  bool ends_with_newline = options.mode == Mode::kExec;
  source.has_encoding = options.ignore_cookie;
  if (bytes.find('\0') != std::string_view::npos) {
    error.kind = ErrorKind::kValueError;
    error.message = "source code string cannot contain null bytes";
    error.has_location = false;
    return source;
  }
  // CPython adds a newline behind a final "\r\n", too; it shows in the text that goes with some errors.
  bool add = ends_with_newline && (bytes.empty() || (bytes.back() != '\n' && bytes.back() != '\r') || bytes.ends_with("\r\n"));
  char* out = (char*)arena.allocate(bytes.size() + add + 16, 1);
  char* p = out;
  if (bytes.find('\r') == std::string_view::npos) {
    if (!bytes.empty()) std::memcpy(p, bytes.data(), bytes.size());
    p += bytes.size();
  } else {
    for (size_t i = 0; i < bytes.size(); i++) {
      char c = bytes[i];
      if (c == '\r') {
        c = '\n';
        if (i + 1 < bytes.size() && bytes[i + 1] == '\n') i++;
      }
      *p++ = c;
    }
  }
  if (add) *p++ = '\n';
  std::memset(p, 0, 16);
  source.text = {out, (size_t)(p - out)};
  source.ok = true;
  if (options.ignore_cookie) return source;

  bool mark = source.text.starts_with("\xEF\xBB\xBF");
  if (mark) source.text.remove_prefix(3);
  source.has_encoding = mark;
  std::string_view rest = source.text, line = next_line(rest), cookie = find_cookie(line);
  if (cookie.empty() && only_comment(line)) cookie = find_cookie(next_line(rest));
  if (cookie.empty()) {
    if (!options.script_file || mark) return source;
    size_t end;
    const char* reason;
    size_t bad = find_bad_utf8(source.text, end, reason);
    if (bad == std::string_view::npos) return source;
    refuse(error, format("Non-UTF-8 code starting with '\\x%.2x' in file %s on line %d, but no encoding declared; see "
                         "https://peps.python.org/pep-0263/ for details",
                         (unsigned char)source.text[bad], std::string(filename).c_str(),
                         1 + (int)std::count(source.text.begin(), source.text.begin() + bad, '\n')));
    error.has_location = false;
    return {};
  }
  std::string name = normal_name(cookie);
  source.has_encoding = true;
  if (mark && name != "utf-8") return refuse(error, "encoding problem: " + name + " with BOM");
  if (name == "utf-8") return source;
  std::string why;
  auto text = decode(name, source.text, why);
  if (!text && !options.script_file) return refuse(error, why);
  if (!text) {
    refuse(error, "encoding problem: " + std::string(cookie));
    error.has_location = false;
    return {};
  }
  source.text = padded_copy(arena, *text);
  return source;
}

size_t find_bad_utf8(std::string_view text, size_t& end, const char*& reason) {
  const unsigned char* s = (const unsigned char*)text.data();
  size_t n = text.size(), i = 0;
  while (i < n) {
    unsigned char c = s[i];
    if (c < 0x80) {
      i++;
      continue;
    }
    reason = "invalid start byte";
    end = i + 1;
    if (c < 0xC2 || c > 0xF4) return i;
    int more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
    // The second byte's range keeps out overlong forms, surrogates and code points past the last.
    unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80, high = c == 0xF4 ? 0x8F : c == 0xED ? 0x9F : 0xBF;
    for (int k = 1; k <= more; k++, low = 0x80, high = 0xBF) {
      if (i + k >= n) {
        reason = "unexpected end of data";
        end = n;
        return i;
      }
      if (s[i + k] < low || s[i + k] > high) {
        reason = "invalid continuation byte";
        end = i + k;
        return i;
      }
    }
    i += more + 1;
  }
  return std::string_view::npos;
}

std::string displayable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    size_t end;
    const char* reason;
    size_t at = find_bad_utf8(text, end, reason);
    out += text.substr(0, at);
    if (at == std::string_view::npos) break;
    out += "\xEF\xBF\xBD";
    text.remove_prefix(end);
  }
  return out;
}

std::string utf8_error(std::string_view text, size_t at, size_t end, const char* reason) {
  char out[160];
  if (end - at <= 1) {
    snprintf(out, sizeof out, "'utf-8' codec can't decode byte 0x%02x in position %zu: %s", (unsigned char)text[at], at, reason);
  } else {
    snprintf(out, sizeof out, "'utf-8' codec can't decode bytes in position %zu-%zu: %s", at, end - 1, reason);
  }
  return out;
}

}  // namespace pyjit::frontend
