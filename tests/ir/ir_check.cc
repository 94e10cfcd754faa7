// Turns each IR text file into optimised IR and compares it with the text that the file expects.
//
//   ; what the file shows
//   ; opt: fold,cse            the switches (PYJIT_OPT's syntax, from "none"); left out: all
//   trace loop ...             recorded through the Builder
//   ; expect
//   trace loop ...             the IR afterwards, as printed
//
// ir_check FILE...            PYJIT_UPDATE_IR=1 rewrites the expectations instead (read the diff!)
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "jit/opt.h"
#include "jit/text.h"
#include "jit/verify.h"

namespace {

using namespace pyjit::jit;

uint64_t pure_function(uint64_t x) { return x; }
void writing_function() {}
void* never(void*, const AllocSpec*) { return nullptr; }
const AllocSpec kNode{32, false, 0, 0, &never, "node"};

TextNames names() {
  TextNames result;
  result.calls = {{reinterpret_cast<const void*>(&pure_function), "pure", Type::kVal, 0, 0},
                  {reinterpret_cast<const void*>(&writing_function), "writes", Type::kVoid, kCallPython | kCallWrites, ~0ull}};
  result.allocs = {&kNode};
  return result;
}

bool check(const char* path, bool update) {
  std::ifstream file(path);
  std::stringstream whole;
  whole << file.rdbuf();
  std::string text = whole.str(), input = text, expected;
  constexpr std::string_view kMark = "; expect\n";
  size_t mark = text.find(kMark);
  if (mark != std::string::npos) {
    input = text.substr(0, mark);
    expected = text.substr(mark + kMark.size());
  }
  options().opt = kOptAll;
  if (size_t at = input.find("; opt: "); at != std::string::npos)
    options().opt = parse_opt_list(std::string_view(input).substr(at + 7, input.find('\n', at) - at - 7), 0);
  options().params.verify = 1;
  Builder b;
  std::string error = read_into(input, names(), &b);
  std::string got;
  if (!error.empty()) {
    got = error + "\n";
  } else if (!optimise(b)) {
    got = std::string("given up: ") + abort_text(b.failed()) + "\n";
  } else {
    got = print_ir(b.ir());
  }
  if (update) {
    std::ofstream(path) << input << kMark << got;
    return true;
  }
  if (got == expected) return true;
  std::printf("%s: the IR differs\n---- expected\n%s---- got\n%s", path, expected.c_str(), got.c_str());
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  bool update = std::getenv("PYJIT_UPDATE_IR") != nullptr;
  int failures = 0;
  for (int i = 1; i < argc; ++i) failures += !check(argv[i], update);
  std::printf("%d files, %d failures\n", argc - 1, failures);
  return argc < 2 || failures;
}
