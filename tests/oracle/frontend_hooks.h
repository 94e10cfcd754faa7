// What the runtime gives the front end, borrowed from the system: decoders from the C library, character names from the UCD.
#pragma once
#include <iconv.h>

#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <unordered_map>

#include "frontend/parser.h"
#include "runtime/unicode/unicode.h"

namespace pyjit::frontend {

inline void install_name_hook() {
  set_name_hook([](std::string_view name) -> std::optional<std::string> {
    static std::unordered_map<std::string, char32_t> names;
    if (names.empty()) {
      std::ifstream in("/usr/share/unicode/UnicodeData.txt");
      for (std::string line; std::getline(in, line);) {
        size_t a = line.find(';'), b = line.find(';', a + 1);
        names[line.substr(a + 1, b - a - 1)] = (char32_t)std::strtoul(line.c_str(), nullptr, 16);
      }
    }
    std::string upper;
    for (char c : name) upper += c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
    auto it = names.find(upper);
    if (it == names.end()) return std::nullopt;
    std::string text;
    unicode::append_utf8(text, it->second);
    return text;
  });
}

inline void install_decode_hook() {
  set_decode_hook([](std::string_view encoding, std::string_view bytes, std::string& error) -> std::optional<std::string> {
    iconv_t handle = iconv_open("UTF-8", std::string(encoding).c_str());
    if (handle == (iconv_t)-1) return std::nullopt;
    std::string text(bytes.size() * 4 + 16, 0);
    char *in = (char*)bytes.data(), *to = text.data();
    size_t left = bytes.size(), room = text.size();
    size_t status = iconv(handle, &in, &left, &to, &room);
    iconv_close(handle);
    if (status == (size_t)-1) error = "cannot decode";
    text.resize(text.size() - room);
    return text;
  });
}

}  // namespace pyjit::frontend
