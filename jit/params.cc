// Turns the environment into Options.
#include "jit/params.h"

#include <cctype>
#include <cstdlib>
#include <string>

namespace pyjit::jit {
namespace {

struct Name {
  std::string_view text;
  uint32_t bit;
};
constexpr Name kOpts[] = {{"fold", kOptFold}, {"cse", kOptCse},   {"mem", kOptMem}, {"loop", kOptLoop}, {"range", kOptRange},
                          {"sink", kOptSink}, {"dse", kOptDse},   {"dce", kOptDce}, {"fuse", kOptFuse}, {"all", kOptAll}};
constexpr Name kDumps[] = {{"ir", kDumpIr},   {"snap", kDumpSnap},   {"ra", kDumpRa},
                           {"asm", kDumpAsm}, {"exits", kDumpExits}, {"trace", kDumpTrace}};

template <class F>
void each_word(std::string_view text, F f) {
  while (!text.empty()) {
    size_t comma = text.find(',');
    if (comma != 0) f(text.substr(0, comma));
    if (comma == std::string_view::npos) return;
    text.remove_prefix(comma + 1);
  }
}

int64_t env_number(const char* name, int64_t fallback) {
  std::string variable = "PYJIT_";
  for (const char* p = name; *p; ++p) variable += static_cast<char>(std::toupper(static_cast<unsigned char>(*p)));
  const char* text = std::getenv(variable.c_str());
  return text && *text ? std::strtoll(text, nullptr, 0) : fallback;
}

Options read_environment() {
  Options result;
#define P(name, value, meaning) result.params.name = env_number(#name, value);
  PYJIT_PARAMS(P)
#undef P
  if (const char* text = std::getenv("PYJIT_OPT")) result.opt = parse_opt_list(text);
  if (const char* text = std::getenv("PYJIT_DUMP")) {
    each_word(text, [&](std::string_view word) {
      for (const Name& name : kDumps)
        if (word == name.text) result.dump |= name.bit;
    });
  }
  result.perf_map = env_number("perf_map", 0) != 0;
  return result;
}

}  // namespace

uint32_t parse_opt_list(std::string_view text, uint32_t start) {
  uint32_t result = start;
  each_word(text, [&](std::string_view word) {
    if (word == "none") result = 0;
    bool off = word.front() == '-';
    if (off) word.remove_prefix(1);
    for (const Name& name : kOpts)
      if (word == name.text) result = off ? result & ~name.bit : result | name.bit;
  });
  return result;
}

Options& options() {
  static Options instance = read_environment();
  return instance;
}

}  // namespace pyjit::jit
