// Writes the shared thunks: enter, exit, alloc, barrier.
#include "jit/stubs.h"

#include "jit/emit_x64.h"
#include "jit/engine.h"

namespace pyjit::jit {
namespace {

Stubs stubs;

// rsp inside a trace's body is a multiple of 16. One more word is pushed and a call made when these thunks are entered, so rsp is a
// multiple of 16 again; every thunk keeps the registers of the trace.
void save_and_call(x86::Assembler& a, uint64_t target) {
  static constexpr int kSaved[] = {kRax, kRcx, kRdx, kRsi, kRdi, kR8, kR9, kR10, kR11};
  constexpr int kCount = sizeof kSaved / sizeof kSaved[0];
  constexpr int kBytes = (8 * kCount + 16 * 8 + 15) / 16 * 16;
  a.push(gpq(kRdi));                                    // keep alignment: return address + this word
  a.push(gpq(kRsi));
  a.sub(x86::rsp, kBytes);
  for (int i = 0; i < kCount; ++i) a.mov(x86::ptr(x86::rsp, 8 * i), x86::gpq(kSaved[i]));
  for (int i = 0; i < 16; ++i) a.movsd(x86::ptr(x86::rsp, 8 * kCount + 8 * i), x86::xmm(i));
  // Word pushed by the trace: above the two pushes and the return address.
  a.mov(x86::rdi, gpq(kThreadReg));
  a.mov(x86::rsi, x86::ptr(x86::rsp, kBytes + 24));
  if (target) {
    a.mov(x86::rax, target);
    a.call(x86::rax);
  } else {                                              // spec->slow(thread, spec)
    a.call(x86::ptr(x86::rsi, offsetof(AllocSpec, slow)));
    a.mov(x86::ptr(x86::rsp, kBytes + 24), x86::rax);
  }
  for (int i = 0; i < kCount; ++i) a.mov(x86::gpq(kSaved[i]), x86::ptr(x86::rsp, 8 * i));
  for (int i = 0; i < 16; ++i) a.movsd(x86::xmm(i), x86::ptr(x86::rsp, 8 * kCount + 8 * i));
  a.add(x86::rsp, kBytes);
  a.pop(gpq(kRsi));
  a.pop(gpq(kRdi));
  a.ret();
}

}  // namespace

const Stubs& Stubs::of(const CodeArena&) { return stubs; }

bool Stubs::build(CodeArena& arena, uint64_t (*exit_handler)(ExitState*, void*), void (*barrier_handler)(void*, void*)) {
  asmjit::CodeHolder code;
  uint64_t address = reinterpret_cast<uint64_t>(arena.thunks());
  if (code.init(asmjit::Environment::host(), address) != asmjit::kErrorOk) return false;
  x86::Assembler a(&code);
  static constexpr int kCalleeSavedRegs[] = {kRbx, kRbp, kR12, kR13, kR14, kR15};

  // uint64_t enter(code, thread, base)
  uint64_t enter = address + a.offset();
  for (int reg : kCalleeSavedRegs) a.push(x86::gpq(reg));
  a.sub(x86::rsp, 8);
  a.mov(gpq(kBaseReg), x86::rdx);
  a.mov(gpq(kThreadReg), x86::rsi);
  a.call(x86::rdi);
  a.add(x86::rsp, 8);
  for (int i = 5; i >= 0; --i) a.pop(x86::gpq(kCalleeSavedRegs[i]));
  a.ret();

  // exit: the registers in ExitState's order, then C++ restores the frames and says where the return address is.
  a.align(asmjit::AlignMode::kCode, 16);
  uint64_t exit = address + a.offset();
  for (int i = 15; i >= 0; --i) a.push(x86::gpq(i));
  a.sub(x86::rsp, 16 * 8);
  for (int i = 0; i < 16; ++i) a.movsd(x86::ptr(x86::rsp, 8 * i), x86::xmm(i));
  a.mov(x86::rdi, x86::rsp);
  a.mov(x86::rsi, gpq(kThreadReg));
  a.sub(x86::rsp, 8);
  a.mov(x86::rax, reinterpret_cast<uint64_t>(exit_handler));
  a.call(x86::rax);
  a.mov(x86::rsp, x86::rax);
  a.mov(x86::eax, static_cast<uint32_t>(kExited));
  a.ret();

  a.align(asmjit::AlignMode::kCode, 16);
  uint64_t alloc = address + a.offset();
  save_and_call(a, 0);
  a.align(asmjit::AlignMode::kCode, 16);
  uint64_t barrier = address + a.offset();
  save_and_call(a, reinterpret_cast<uint64_t>(barrier_handler));

  if (code.flatten() != asmjit::kErrorOk || code.resolveUnresolvedLinks() != asmjit::kErrorOk ||
      code.relocateToBase(address) != asmjit::kErrorOk || code.codeSize() > 4096 - 256)
    return false;
  if (code.copyFlattenedData(arena.writable(arena.thunks()), code.codeSize()) != asmjit::kErrorOk) return false;
  stubs.enter = reinterpret_cast<uint64_t (*)(const void*, void*, void*)>(enter);
  stubs.exit = exit;
  stubs.alloc = alloc;
  stubs.barrier = barrier;
  return true;
}

}  // namespace pyjit::jit
