// Lowers calls of C++ functions and of other traces.
//
// A C++ call clobbers the caller-saved registers: what lives across moves to a callee-saved register or to its spill slot. Then all
// argument registers are free, so an argument that dies here is simply assigned to its argument register; only values that live
// across, or go to two places, need a move.
#include "jit/assemble.h"
#include "jit/code_arena.h"

namespace pyjit::jit {

void Assembler::call_function(Ref ref, Type result, const void* function, std::span<const Ref> arguments) {
  static constexpr Reg kGprArguments[] = {kRdi, kRsi, kRdx, kRcx, kR8, kR9};
  bool floating = result == Type::kF64;
  Reg fixed = floating ? kXmm0 : kRax, d = kNoReg;
  if (result != Type::kVoid && !unused(ref)) {
    if (state(ref).reg == kNoReg && !(free_ & bit(fixed))) evict(fixed, kCallClobbers);
    d = dest(ref, bit(fixed));
  }
  RegSet avoid = kCallClobbers | (d != kNoReg ? bit(d) : 0);
  for (RegSet left = kCallClobbers & ~free_; left; left &= left - 1) {
    Reg reg = static_cast<Reg>(std::countr_zero(left));
    if (!(free_ & bit(reg))) evict(reg, avoid);
  }
  for (RegSet left = kCallClobbers; left; left &= left - 1) written(static_cast<Reg>(std::countr_zero(left)));

  // Registers first, then arguments on the stack, then moves and constants: nothing assigned in place is overwritten.
  struct Copy {
    Reg to;
    Ref ref;
  };
  std::vector<Copy> copies;
  std::vector<std::pair<int, Ref>> on_stack;
  int gprs = 0, xmms = 0, words = 0;
  for (Ref argument : arguments) {
    bool is_float = ir_->type(argument) == Type::kF64;
    Reg to = kNoReg;
    if (is_float && xmms < 8) to = static_cast<Reg>(kXmm0 + xmms++);
    else if (!is_float && gprs < 6) to = kGprArguments[gprs++];
    if (to == kNoReg) {
      on_stack.push_back({words++, argument});
    } else if (!is_const(argument) && pinned(argument) == kNoReg && state(argument).reg == kNoReg) {
      assign(argument, to, false);
      locked_ |= bit(to);
    } else {
      if (!is_const(argument) && pinned(argument) == kNoReg) make_strong(state(argument).reg);
      copies.push_back({to, argument});
    }
  }
  // The registers that copies will fill must not be picked for anything else.
  for (const Copy& copy : copies) locked_ |= bit(copy.to);
  if (8 * words > outgoing_) outgoing_ = (8 * words + 15) & ~15;
  for (auto [index, argument] : on_stack) {
    x86::Mem where = x86::ptr(x86::rsp, 8 * index, 8);
    if (is_const(argument)) {
      store_bits(where, ir_->constant(argument).bits);
    } else if (pinned(argument) == kNoReg && state(argument).reg == kNoReg) {
      // No register is taken for these: that could evict a value which a copy below still reads.
      out_.ins(Inst::kIdMovsd, xmm(kScratchXmm), spill_mem(spill_slot(argument, false)));
      out_.ins(Inst::kIdMovsd, where, xmm(kScratchXmm));
    } else {
      Reg reg = use(argument);
      if (is_xmm(reg)) out_.ins(Inst::kIdMovsd, where, xmm(reg));
      else out_.ins(Inst::kIdMov, where, gpq(reg));
    }
  }
  for (const Copy& copy : copies)
    if (!is_const(copy.ref)) move_reg(List::kBody, copy.to, pinned(copy.ref) != kNoReg ? pinned(copy.ref) : state(copy.ref).reg);
  for (const Copy& copy : copies)
    if (is_const(copy.ref)) load_const(List::kBody, copy.to, copy.ref);

  int64_t target = static_cast<int64_t>(reinterpret_cast<uintptr_t>(function));
  int64_t distance = target - static_cast<int64_t>(reinterpret_cast<uintptr_t>(arena_.start()));
  if (distance == static_cast<int32_t>(distance) && std::abs(distance) < (INT64_C(1) << 31) - (1 << 27)) {
    out_.ins(Inst::kIdCall, imm(target));
  } else {
    out_.ins(Inst::kIdMov, x86::rax, imm(target));
    out_.ins(Inst::kIdCall, x86::rax);
  }
  // C++ leaves the upper bits of a bool undefined.
  if (d != kNoReg && result == Type::kBool) out_.ins(Inst::kIdMovzx, gpd(d), gpb(kRax));
  else if (d != kNoReg) move_reg(List::kBody, d, fixed);
}

void Assembler::lower_call(Ref ref, const Ins& ins) {
  const CallTarget& target = ir_->calls[ins.imm];
  if (target.effects == 0 && unused(ref)) return;
  std::vector<Ref> arguments;
  for (Ref link = ins.a; link; link = ir_->ins(link).a) arguments.insert(arguments.begin(), ir_->ins(link).b);
  call_function(ref, target.result, target.function, arguments);
}

// A call of a trace on the frame at base + delta: everything that lives across is in spill slots. The callee gives the value, or
// kExited after restoring its own frames; then this trace leaves through its deep exit.
void Assembler::lower_trace_call(Ref ref, const Ins& ins) {
  uint16_t exit = begin_exit(ref, true);
  exits_[exit].deep = true;
  bool wanted = !unused(ref);
  if (wanted && state(ref).reg == kNoReg && !(free_ & bit(kRax))) evict(kRax, ~0u);
  Reg d = wanted ? dest(ref, bit(kRax)) : kNoReg;
  constexpr RegSet kAll = kGprs | kXmms;
  for (RegSet left = kAll & ~free_; left; left &= left - 1) {
    Reg reg = static_cast<Reg>(std::countr_zero(left));
    if (!(free_ & bit(reg))) evict(reg, kAll);
  }
  for (RegSet left = kAll; left; left &= left - 1) written(static_cast<Reg>(std::countr_zero(left)));
  const TraceCall& call = ir_->trace_calls[ins.imm];
  if (call.delta) out_.ins(Inst::kIdAdd, gpq(kBaseReg), imm(8 * call.delta));
  if (call.target) out_.ins(Inst::kIdCall, imm(static_cast<int64_t>(reinterpret_cast<uintptr_t>(call.target->code))));
  else out_.ins(Inst::kIdCall, entry_);
  if (call.delta) out_.ins(Inst::kIdSub, gpq(kBaseReg), imm(8 * call.delta));
  out_.ins(Inst::kIdCmp, x86::rax, imm(static_cast<int64_t>(kExited)));
  out_.exit_jump(Cond::kE, exit);
  if (d != kNoReg) move_reg(List::kBody, d, kRax);
  end_exit();
}

}  // namespace pyjit::jit
