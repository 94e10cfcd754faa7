// CompiledCode: the register form of one code object and the tables that relate it to CPython's bytecode.
//
// Owned by its Code (made on first call, freed with it). Words hold constants and names as raw pointers: the Code's co_consts and
// co_names keep them alive. Inline caches are weak: each is guarded by a shape (immortal) or a unique version number before use.
#pragma once
#include <cstdint>
#include <string>

#include "interp/instr.h"
#include "runtime/types/frame.h"

namespace pyjit::interp {

// One row of the exception table, in code units (two bytes) of co_code.
struct ExceptionRange {
  uint32_t start, end, target;
  uint32_t depth;
  bool push_lasti;
};

struct CompiledCode {
  Instr* entry;                  // first instruction
  uint32_t word_count;
  uint32_t register_count;       // locals, cells, free variables, temporaries, one scratch register
  uint32_t frame_bytes;          // header and registers
  int32_t exact_args;            // calls with exactly this many positional arguments need no binding; -1: always bind
  int32_t named_args;            // parameters, keyword-only ones included; -1: there is *args or **kwargs
  uint32_t id;                   // never given twice: for caches that outlive the code object
  uint32_t clear_from, clear_to; // registers set to null at entry when the arguments fit exactly
  uint32_t nlocalsplus;
  uint32_t entry_counter;        // calls, for the JIT (hot.h)
  uint8_t trace_tries, trace_made, trace_waits;  // the JIT's: failed and successful recordings from the entry, callers that wait for one
  void* trace;                   // the JIT's jit::Trace of the whole function, or null
  uint32_t* unit_of_word;        // word → code unit of the CPython instruction it came from
  uint16_t* depth_of_word;       // stack entries that may be live when the word executes: exact where something jumps to, else an upper bound
  uint32_t* word_of_unit;        // code unit → word, kNoWord when nothing starts there
  uint16_t* live_limit;          // code unit → registers from here on are dead while that instruction executes
  uint32_t* dead_homes;          // code unit → bit i: temporary i (below the limit) is dead while that instruction executes
  uint32_t unit_count;
  ExceptionRange* ranges;
  uint32_t range_count;
  runtime::Code* code;
};
constexpr uint32_t kNoWord = ~0u;

// Translates on first use. Null: SystemError pending (the bytecode is malformed).
CompiledCode* translate(runtime::Code* code);
inline CompiledCode* ensure_compiled(runtime::Code* code);
void free_compiled(CompiledCode* compiled);

// Code unit of the instruction that `frame` is executing; -1 before the first.
// Convention: Frame::pc points behind the first word of the instruction and at most to its end, so pc[-1] belongs to it.
int unit_at(const CompiledCode* compiled, const Instr* pc_behind);
const ExceptionRange* find_handler(const CompiledCode* compiled, uint32_t unit);

// Text of the internal code, one instruction a line.
void disassemble(const CompiledCode* compiled, std::string* out);

inline CompiledCode* ensure_compiled(runtime::Code* code) {
  return code->compiled ? code->compiled : translate(code);
}

}  // namespace pyjit::interp
