// The facts behind --jit-report: what was recorded where, and where processor time goes. Nothing is kept unless start_report() was called.
#pragma once
#include "jit/trace.h"
#include "runtime/types/function.h"

namespace pyjit::interp { struct Instr; }

namespace pyjit::jit {

extern bool reporting;

// One attempt to record, as record() in jit.cc saw it end.
struct Attempt {
  runtime::Code* code;           // of `start`
  const interp::Instr* start;    // a loop's first instruction, or where a bridge begins
  runtime::Code* end_code;       // of `end`
  const interp::Instr* end;      // where recording stopped
  const Exit* parent;            // of a bridge, else null
  const Trace* made;             // or null: given up
  const char* why;               // given up
};
void note_attempt(const Attempt& attempt);
// A function whose instructions lie in a trace, so that its exits can be named.
void note_code(runtime::Code* code);

// jit.cc's state that the report shows.
bool is_recording();
bool is_given_up(const interp::Instr* loop);   // blacklisted: never tried again

}  // namespace pyjit::jit
