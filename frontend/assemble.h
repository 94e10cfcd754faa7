// Control-flow graph → the three byte strings of a code object: co_code, co_linetable, co_exceptiontable.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "frontend/flowgraph.h"

namespace pyjit::frontend {

struct Assembled {
  std::string_view code, linetable, exceptiontable;  // into the buffers, which only grow and are reused
  std::vector<char> code_buffer, line_buffer;
  std::string exception_buffer;
};

// Gives the jumps their direction and distance and writes the tables. `error` is set when the graph cannot be encoded
// (SystemError). `out` is overwritten.
bool assemble(FlowGraph& graph, int first_line, Assembled& out, std::string& error);

// One co_linetable entry for `units` (1..8) code units; `line` is the running line and is updated. Writes at most kMaxLocationSize
// bytes and answers the end.
inline constexpr int kMaxLocationSize = 25;
char* write_location(char* out, int units, const Location& loc, int& line);
void write_exception_row(std::string& out, int start, int end, int target, int depth, bool lasti);

}  // namespace pyjit::frontend
