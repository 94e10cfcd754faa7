// pyjit --compare: from one script to a table that says what the JIT is worth to it.
#pragma once
#include <string>

namespace pyjit::runtime {

constexpr int kCompareRounds = 3;

// Runs argv, without its --compare option, `rounds` times with the JIT and as often without, one after the other, and once more for a
// report; prints times, memory, whether both did the same, and what the JIT did. Exit status: 0 both did the same, 1 they did not,
// 2 no comparison was possible.
int compare_runs(const std::string& executable, int argc, char** argv, int rounds);

}  // namespace pyjit::runtime
