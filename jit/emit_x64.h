// The only place that sees asmjit: machine instructions are collected backwards, group by group, and replayed forwards.
//
// The register allocator walks the trace from its end, so it produces code in reverse. Each IR instruction becomes one group, written
// in reading order; the groups are replayed last first. A group is
//
//     body    the operation
//     store   the result's spill slot, if it has one
//     after   reloads and renames of registers that the operation had to take from values living across it
//
// Spill slots and the native frame's size are not known before the end: operands name slots by number (spill_mem), replay fills in.
#pragma once
#include <asmjit/asmjit.h>

#include <cstdint>
#include <vector>

namespace pyjit::jit {

namespace x86 = asmjit::x86;
using InstId = asmjit::InstId;
namespace Inst = asmjit::x86::Inst;

// Registers in one numbering: 0-15 general, 16-31 xmm.
using Reg = uint8_t;
inline constexpr Reg kNoReg = 0xFF;
enum : Reg { kRax, kRcx, kRdx, kRbx, kRsp, kRbp, kRsi, kRdi, kR8, kR9, kR10, kR11, kR12, kR13, kR14, kR15, kXmm0 };
inline constexpr Reg kBaseReg = kRbx, kThreadReg = kR12, kScratchXmm = kXmm0 + 15;
using RegSet = uint32_t;
inline constexpr RegSet bit(Reg reg) { return 1u << reg; }
inline constexpr RegSet kGprs = 0xFFFF & ~(bit(kRsp) | bit(kBaseReg) | bit(kThreadReg));
inline constexpr RegSet kXmms = 0x7FFF0000;  // xmm15 is kept for moves from memory to memory
inline constexpr RegSet kCalleeSaved = bit(kRbp) | bit(kR13) | bit(kR14) | bit(kR15);
inline constexpr RegSet kCallClobbers = (kGprs & ~kCalleeSaved) | kXmms;
inline constexpr bool is_xmm(Reg reg) { return reg >= kXmm0; }

inline x86::Gp gpq(Reg reg) { return x86::gpq(reg); }
inline x86::Gp gpd(Reg reg) { return x86::gpd(reg); }
inline x86::Gp gpb(Reg reg) { return x86::gpb_lo(reg); }
inline x86::Xmm xmm(Reg reg) { return x86::xmm(reg - kXmm0); }

// A spill slot as an operand; slot k lies at rsp + frame_size - 8 * (k + 1).
inline constexpr int32_t kSpillMark = 1 << 28;
inline x86::Mem spill_mem(int slot) { return x86::ptr(x86::rsp, kSpillMark - 8 * (slot + 1), 8); }

// Conditions, as suffixes of the x86 jumps.
enum class Cond : uint8_t { kE, kNE, kL, kLE, kG, kGE, kB, kBE, kA, kAE, kO, kP, kNP, kS, kNS, kAlways };
InstId jump_id(Cond cond);
InstId set_id(Cond cond);
Cond inverse(Cond cond);

struct MInst {
  enum Kind : uint8_t {
    kPlain,
    kExit,        // jump to an exit's stub: its displacement is patched when a bridge is linked
    kInval,       // 5-byte nop, later a jump to the exit's stub
    kBind,        // label in ops[0]
    kFrameDown,   // sub rsp, frame size (roots) or the difference to the parent's (bridges)
    kFrameUp,     // add rsp, frame size
    kAlign,
  };
  InstId id;
  Kind kind;
  uint16_t exit;
  uint8_t count;
  asmjit::Operand_ ops[3];
};

// Where patchable jumps ended up.
struct JumpSite {
  uint16_t exit;
  bool inval;
  uint32_t offset;  // of the 32-bit displacement; of the nop itself for kInval
};

class Emitter {
 public:
  void reset();

  // --- collecting. begin(ref) ... end(); groups are given from the end of the trace to its start.
  void begin(uint32_t tag);
  void end();
  template <class... O>
  void ins(InstId id, const O&... operands) { push(body_, id, operands...); }
  template <class... O>
  void after(InstId id, const O&... operands) { push(after_, id, operands...); }
  template <class... O>
  void store(InstId id, const O&... operands) { push(store_, id, operands...); }
  template <class... O>
  void cold(InstId id, const O&... operands) { push(cold_, id, operands...); }
  void exit_jump(Cond cond, uint16_t exit);
  void special(MInst::Kind kind, uint16_t exit = 0);
  void bind(asmjit::Label label) { body_.push_back({0, MInst::kBind, 0, 1, {label}}); }
  void cold_bind(asmjit::Label label) { cold_.push_back({0, MInst::kBind, 0, 1, {label}}); }
  asmjit::Label new_label();
  // A group whose place is kept (the back edge) and written later: reserve() now, then begin_reserved(place) ... end().
  size_t reserve();
  void begin_reserved(size_t place);

  // --- replaying
  struct Layout {
    uint64_t address;       // where the code will be
    int32_t frame_size, frame_down;
  };
  bool start_code(uint64_t address);              // before new_label
  void replay(const Layout& layout);              // the groups, then the cold code
  x86::Assembler& assembler() { return assembler_; }
  uint32_t offset() const { return static_cast<uint32_t>(assembler_.offset()); }
  asmjit::Label exit_label(uint16_t exit);
  bool exit_used(uint16_t exit) const { return exit < exit_labels_.size() && exit_labels_[exit].isValid(); }
  const std::vector<JumpSite>& sites() const { return sites_; }
  // Resolves labels and copies the code to `writable`. False on any encoding error.
  bool finish(uint8_t* writable, size_t capacity, size_t* size);
  bool failed() const { return errors_.failed; }
  void log_to(asmjit::StringLogger* logger) { logger_ = logger; }

 private:
  struct Errors : asmjit::ErrorHandler {
    bool failed = false;
    void handleError(asmjit::Error, const char*, asmjit::BaseEmitter*) override { failed = true; }
  };
  struct Group {
    uint32_t tag, first, count;
  };
  template <class... O>
  void push(std::vector<MInst>& list, InstId id, const O&... operands) {
    static_assert(sizeof...(O) <= 3);
    list.push_back({id, MInst::kPlain, 0, sizeof...(O), {static_cast<const asmjit::Operand_&>(operands)...}});
  }
  void play(const MInst& m, const Layout& layout);

  asmjit::CodeHolder code_;
  x86::Assembler assembler_;
  Errors errors_;
  asmjit::StringLogger* logger_ = nullptr;
  std::vector<MInst> all_, body_, store_, after_, cold_;
  std::vector<Group> groups_;
  size_t reserved_ = SIZE_MAX;
  uint32_t tag_ = 0;
  std::vector<asmjit::Label> exit_labels_;
  std::vector<JumpSite> sites_;
};

inline asmjit::Imm imm(int64_t value) { return asmjit::Imm(value); }

}  // namespace pyjit::jit
