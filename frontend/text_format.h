// printf into a std::string, for messages.
#pragma once
#include <cstdarg>
#include <cstdio>
#include <string>

namespace pyjit::frontend {

[[gnu::format(printf, 1, 2)]] inline std::string format(const char* pattern, ...) {
  va_list args, again;
  va_start(args, pattern);
  va_copy(again, args);
  std::string out(vsnprintf(nullptr, 0, pattern, args), 0);
  vsnprintf(out.data(), out.size() + 1, pattern, again);
  va_end(again);
  va_end(args);
  return out;
}

}  // namespace pyjit::frontend
