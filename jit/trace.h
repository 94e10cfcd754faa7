// What a compiled trace is: its code, its exits, and for each exit where every value of the interpreter's frames is.
//
//   Exit ──▶ values[first_value ..+value_count)        slot ← (type, place)
//        └─▶ virtuals[first_virtual ..+virtual_count)  objects to allocate ──▶ fields[first_field ..)  ← values[field.value]
//
// Ownership: the Engine owns Traces; addresses of Traces and Exits stay valid until Engine::flush. Code lives in the CodeArena.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "jit/ir.h"

namespace pyjit::jit {

enum class Where : uint8_t {
  kGpr,      // index: register number
  kXmm,      // index: register number
  kSpill,    // index: spill slot
  kConst,    // index: in Trace::constants
  kVirtual,  // index: of the exit's virtuals
};
struct ExitValue {
  int16_t slot;  // frame slot; 0 for a virtual's field
  Type type;
  Where where;
  uint32_t index;
};
struct VirtualField {
  uint32_t mem;    // packed Mem
  uint32_t value;  // index in Trace::values
};
struct Virtual {
  const AllocSpec* spec;
  uint64_t header;
  uint32_t first_field, field_count;
};

struct Exit {
  Trace* trace;
  uint64_t pc;             // the snapshot's
  int16_t frame;
  uint8_t kind;
  bool deep;               // of a CALLT: the callee's exit decides where the interpreter resumes
  uint16_t number;         // index in the trace
  uint16_t chain;          // the snapshot's
  uint16_t snapshot;       // ids as in the dumps
  Ref guard;
  uint16_t value_count, virtual_count;
  uint32_t first_value, first_virtual;
  uint32_t count;          // times taken; the recorder starts a bridge at params().hot_exit
  uint32_t earlier;        // times taken before count was last set back
  uint32_t tries;          // the recorder's: failed attempts
  Trace* bridge;           // linked, or null
  uint32_t stub;           // offset in the code of the exit's stub
  uint32_t jumps[2];       // offsets of the 32-bit displacements that lead to the stub; 0: none
};

struct Trace {
  uint32_t id = 0;
  TraceKind kind = TraceKind::kLoop;
  bool valid = true;
  uint64_t start_pc = 0;                       // pc of the first resume point
  uint32_t first_exit = 0;                     // global number of exits[0]
  Exit* parent = nullptr;                      // bridges
  Trace* root = nullptr;                       // itself unless a bridge
  uint32_t bridges = 0;                        // of a root
  const uint8_t* code = nullptr;               // where a call enters; also the first byte
  uint32_t code_size = 0;
  uint32_t frame_size = 0;                     // bytes of native frame below the return address
  uint32_t spill_slots = 0;                    // numbered from the top of the native frame
  std::vector<Exit> exits;
  std::vector<ExitValue> values;
  std::vector<Virtual> virtuals;
  std::vector<VirtualField> fields;
  std::vector<uint64_t> constants;
  std::vector<uint32_t> invalidation_points;   // offsets of 5-byte nops, with the exit to take
  std::vector<uint16_t> invalidation_exits;
  std::vector<Trace*> callers;                 // traces whose code calls or jumps to this one
  void* cookie = nullptr;                      // the recorder's
  uint64_t entries = 0;                        // times the interpreter entered it

  std::span<const VirtualField> fields_of(const Exit& exit, uint32_t v) const {
    const Virtual& object = virtuals[exit.first_virtual + v];
    return {fields.data() + object.first_field, object.field_count};
  }
  std::span<const ExitValue> values_of(const Exit& exit) const { return {values.data() + exit.first_value, exit.value_count}; }
};

}  // namespace pyjit::jit
