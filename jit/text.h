// The IR's text form: printed for dumps, read for tests. print_ir(read_ir(text)) is text again, up to numbering.
//
//   trace loop                                  or: trace function
//   %0 = sload.i64 #1                           a result is numbered %n; #s is a frame slot
//   snap pc=7 frame=0 kind=0 { 1: %0, 2: 5 }    covers the guards that follow
//   %1 = addov.i64 %0 1                         constants: 5 (i64), 5w, 0x10w (word), 1.5 (f64), true, val:0x10, obj:0x1000
//   store %2 %1 +16.val@3                       memory: offset, kind, alias class
//   %3 = aref %2 %1 <<3 +8                      shift and displacement
//   %4 = new 0x0000000000000007w node           header and the name of an AllocSpec
//   %5 = call.i64 hypot (%1, %2)                arguments are written in place of the CARG chain
//   %6 = callt.val +12                          a call of this very trace (others: "trace 3 +12")
//   loop / phi %0 %1                            repeat / jump / ret %3 / exit
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "jit/builder.h"
#include "jit/ir.h"

namespace pyjit::jit {

std::string print_ir(const Ir& ir, bool snapshots = true);
std::string print_ref(const Ir& ir, Ref ref);

// Names that a text may use.
struct TextNames {
  std::vector<CallTarget> calls;
  std::vector<const AllocSpec*> allocs;
};
// Appends the text's instructions as they stand (no folding). Empty, or "line n: what is wrong".
std::string read_ir(std::string_view text, const TextNames& names, Ir* ir);
// The same through Builder::emit, as a recorder would: folds, CSE and forwarding happen.
std::string read_into(std::string_view text, const TextNames& names, Builder* builder);

}  // namespace pyjit::jit
