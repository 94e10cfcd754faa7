// Control-flow graph → the three byte strings of a code object: co_code, co_linetable, co_exceptiontable.
#pragma once
#include <string>
#include <string_view>

#include "frontend/flowgraph.h"

namespace pyjit::frontend {

struct Assembled {
  std::string code, linetable, exceptiontable;
};

// Gives the jumps their direction and distance and writes the tables. `error` is set when the graph cannot be encoded
// (SystemError). `out` is overwritten; it is a parameter so that its buffers are reused.
bool assemble(FlowGraph& graph, int first_line, Assembled& out, std::string& error);

// One co_linetable entry for `units` (1..8) code units; `line` is the running line and is updated.
void write_location(std::string& out, int units, const Location& loc, int& line);
void write_exception_row(std::string& out, int start, int end, int target, int depth, bool lasti);

}  // namespace pyjit::frontend
