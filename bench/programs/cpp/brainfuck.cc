// The algorithm of ../brainfuck.py.
#include "harness.h"

#include <vector>

const int64_t default_n = 350;

static const char kProgram[] =
    "+++++++[>+++++++++[>++++++++[>++++++[>+>++>+++<<<-]<-]<-]<-]>>>>[>+>>>+<<<<-]>>>>[<<<<+>>>>-]<<<<>.>.<[->++<]>[-]+++++++++[>+++++++<-]>"
    "+.++.";

std::string run(int64_t n) {
  std::string program = kProgram, text;
  std::vector<size_t> jumps(program.size()), open;
  for (size_t at = 0; at < program.size(); ++at) {
    if (program[at] == '[') open.push_back(at);
    if (program[at] == ']') {
      jumps[at] = open.back();
      jumps[open.back()] = at;
      open.pop_back();
    }
  }
  int64_t checksum = 0;
  for (int64_t k = 0; k < n; ++k) {
    std::vector<int64_t> cells(300);
    size_t pointer = 0;
    int64_t steps = 0, sum = 0;
    text.clear();
    for (size_t pc = 0; pc < program.size(); ++pc, ++steps) {
      switch (program[pc]) {
        case '>': ++pointer; break;
        case '<': --pointer; break;
        case '+': cells[pointer] = (cells[pointer] + 1) % 256; break;
        case '-': cells[pointer] = floor_mod(cells[pointer] - 1, 256); break;
        case '[':
          if (!cells[pointer]) pc = jumps[pc];
          break;
        case ']':
          if (cells[pointer]) pc = jumps[pc];
          break;
        default: text += static_cast<char>(cells[pointer]); sum += cells[pointer];
      }
    }
    checksum = (checksum * 31 + steps + sum) % 1000000007;
  }
  return format("%ld %zu", checksum, text.size());
}
