// Sources → marshalled code objects, or the error: the driver of compile_check.py.
//
// Request: "MODE OPTIMIZE FLAGS FUTURE SIZE FILENAME\n" and SIZE bytes of source. MODE is exec, eval or single; FLAGS a sum of
// 1 source was a str, 2 don't imply dedents, 4 allow incomplete input, 8 type comments, 16 top-level await; FUTURE co_flags bits.
// Answer: one line of JSON, then `length` bytes of marshal data when there is code.
#include <cstdio>
#include <iostream>
#include <string>

#include "frontend/compile.h"
#include "frontend/marshal.h"
#include "tests/oracle/frontend_hooks.h"

using namespace pyjit::frontend;

static std::string json(std::string_view s) {
  std::string out = "\"";
  for (unsigned char c : s) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += (char)c;
    } else if (c < 0x20) {
      char buffer[8];
      std::snprintf(buffer, sizeof buffer, "\\u%04x", c);
      out += buffer;
    } else {
      out += (char)c;
    }
  }
  return out + "\"";
}

static const char* kind_name(ErrorKind kind) {
  static const char* const kNames[] = {"", "SyntaxError", "IndentationError", "TabError", "RecursionError", "MemoryError",
                                       "ValueError", "OverflowError", "SystemError", "UnicodeDecodeError"};
  return kNames[(int)kind];
}

int main() {
  std::ios::sync_with_stdio(false);
  install_name_hook();
  install_decode_hook();
  std::string mode, filename;
  int flags;
  size_t size;
  CompileOptions options;
  uint32_t future;
  while (std::cin >> mode >> options.optimize >> flags >> future >> size >> filename) {
    std::cin.get();
    std::string source(size, 0);
    std::cin.read(source.data(), (std::streamsize)size);
    options.mode = mode == "eval" ? Mode::kEval : mode == "single" ? Mode::kSingle
                                                                   : Mode::kExec;
    options.ignore_cookie = flags & 1;
    options.dont_imply_dedent = flags & 2;
    options.allow_incomplete_input = flags & 4;
    options.type_comments = flags & 8;
    options.allow_top_level_await = flags & 16;
    options.future_flags = future;
    Arena arena;
    CompileResult r = compile(arena, source, filename, options);
    std::string data = r.code ? marshal_code(r.code) : "";
    std::string out = "{\"length\": " + std::to_string(data.size());
    if (!r.code)
      out += ", \"error\": [" + json(kind_name(r.error.kind)) + ", " + json(r.error.message) + ", " +
             std::to_string(r.error.lineno) + ", " + std::to_string(r.error.offset) + ", " +
             std::to_string(r.error.end_lineno) + ", " + std::to_string(r.error.end_offset) + ", " +
             (r.error.has_location ? "true" : "false") + "]";
    out += ", \"warnings\": [";
    for (size_t i = 0; i < r.warnings.size(); i++)
      out += std::string(i ? ", " : "") + "[" + (r.warnings[i].deprecation ? "\"DeprecationWarning\"" : "\"SyntaxWarning\"") +
             ", " + json(r.warnings[i].message) + ", " + std::to_string(r.warnings[i].lineno) + "]";
    out += "]}\n";
    std::fwrite(out.data(), 1, out.size(), stdout);
    std::fwrite(data.data(), 1, data.size(), stdout);
    std::fflush(stdout);
  }
}
