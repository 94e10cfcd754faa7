// Checks IR against the op table.
#include "jit/verify.h"

#include <cstdio>
#include <cstdlib>

#include "jit/text.h"

namespace pyjit::jit {
namespace {

bool fits(char kind, Type type, Type result) {
  switch (kind) {
    case 'i': return type == Type::kI64 || type == Type::kWord || type == Type::kBool;
    case 'f': return type == Type::kF64;
    case 'b': return type == Type::kBool;
    case 'o': return type == Type::kObj;
    case 'p': return type == Type::kObj || type == Type::kWord;
    case 'v': return type == Type::kVal || type == Type::kObj;
    case 'n': return result == Type::kF64 ? type == Type::kF64 : type == Type::kI64 || type == Type::kWord || type == Type::kBool;
    case 'c': case 'x': return type != Type::kVoid;
    default: return true;
  }
}

// Which values may be compared with each other, or replace each other in a PHI or a store.
int family(Type type) {
  switch (type) {
    case Type::kF64: return 1;
    case Type::kVal: case Type::kObj: return 2;
    default: return 3;
  }
}

class Verifier {
 public:
  explicit Verifier(const Ir& ir) : ir_(ir) {}
  std::string run() {
    for (Ref ref = Ir::begin(); ref < ir_.end() && error_.empty(); ++ref) instruction(ref, ir_.ins(ref));
    for (const Snapshot& snap : ir_.snaps) snapshot(snap);
    if (ir_.end() == Ir::begin()) return "empty trace";
    if (!ir_.loop && !has(ir_.ins(static_cast<Ref>(ir_.end() - 1)).op, kEnds)) bad(ir_.end() - 1, "the trace does not end");
    return error_;
  }

 private:
  void bad(int ref, const std::string& what) {
    if (error_.empty()) error_ = "%" + std::to_string(ref - kBias) + ": " + what;
  }
  void operand(Ref at, Ref ref, char kind, Type result, const char* which) {
    if (kind == '-') {
      if (ref) bad(at, std::string("operand ") + which + " given but not taken");
      return;
    }
    if (kind == 'm') {
      if (ref && (is_const(ref) || ir_.ins(ref).op != Op::CARG)) bad(at, "argument chain expected");
      if (ref && ref >= at) bad(at, "argument chain not defined before");
      return;
    }
    if (!ref) return bad(at, std::string("operand ") + which + " missing");
    if (is_const(ref)) {
      if (ref >= ir_.const_end()) return bad(at, "no such constant");
    } else {
      if (ref >= ir_.end() || (ref >= at && ir_.ins(at).op != Op::PHI)) return bad(at, "operand not defined before");
      if (ir_.ins(ref).op == Op::NOP) return bad(at, "operand was removed");
    }
    if (kind == 'k' && !is_const(ref)) bad(at, "constant expected");
    if (!fits(kind, ir_.type(ref), result)) bad(at, std::string("operand ") + which + " has type " + type_name(ir_.type(ref)));
  }
  void instruction(Ref at, const Ins& ins) {
    const OpInfo& op = info(ins.op);
    operand(at, ins.a, op.a, ins.type, "a");
    operand(at, ins.b, op.b, ins.type, "b");
    if (!error_.empty()) return;
    static constexpr std::pair<char, Type> kResults[] = {{'-', Type::kVoid}, {'b', Type::kBool}, {'i', Type::kI64}, {'f', Type::kF64},
                                                         {'o', Type::kObj},  {'w', Type::kWord}, {'v', Type::kVal}};
    for (auto [letter, type] : kResults)
      if (op.result == letter && ins.type != type) bad(at, "wrong result type");
    if (op.result == 'n' && ins.type != Type::kI64 && ins.type != Type::kWord && ins.type != Type::kF64) bad(at, "result not a number");
    if (op.a == 'c' && family(ir_.type(ins.a)) != family(ir_.type(ins.b))) bad(at, "operands cannot be compared");
    bool guard = has(ins.op, kGuard) && !(ins.op == Op::SLOAD && ins.type == Type::kVal);
    if (guard && ir_.snapshot_of(at) < 0) bad(at, "guard without a snapshot");
    if (has(ins.op, kEnds) && at != ir_.end() - 1) bad(at, "instructions after the end");
    switch (ins.op) {
      case Op::PHI:
        if (!ir_.loop || at < ir_.loop) return bad(at, "PHI outside a loop");
        if (is_const(ins.a) || ins.a > ir_.loop) bad(at, "PHI's entry value is not from before the loop");
        if (ir_.type(ins.a) != ir_.type(ins.b) && !(ir_.type(ins.a) == Type::kVal && ir_.type(ins.b) == Type::kObj)) bad(at, "PHI of two types");
        for (Ref other = static_cast<Ref>(at - 1); other > ir_.loop && ir_.ins(other).op == Op::PHI; --other)
          if (ir_.ins(other).a == ins.a) bad(at, "two PHIs of one value");
        break;
      case Op::LOAD:
        if (static_cast<int>(ins.mem().kind) >= kMemKindCount) return bad(at, "no such memory kind");
        if (info(ins.mem().kind).type != ins.type) bad(at, "load of another type");
        break;
      case Op::STORE:
        if (static_cast<int>(ins.mem().kind) >= kMemKindCount) return bad(at, "no such memory kind");
        if (ins.mem().kind != MemKind::kVal && family(info(ins.mem().kind).type) != family(ir_.type(ins.b)) &&
            info(ins.mem().kind).type != Type::kWord)
          bad(at, "store of another type");
        break;
      case Op::CALL:
        if (ins.imm >= ir_.calls.size()) bad(at, "no such call target");
        else if (ir_.calls[ins.imm].result != ins.type) bad(at, "call of another type");
        break;
      case Op::NEW:
        if (ins.imm >= ir_.allocs.size()) bad(at, "no such allocation");
        break;
      case Op::CALLT: case Op::JUMP:
        if (ins.imm >= ir_.trace_calls.size()) bad(at, "no such trace");
        break;
      case Op::PARENT:
        if (!ir_.parent) bad(at, "PARENT in a root trace");
        break;
      case Op::SLOAD:
        if (ins.type == Type::kVoid || ins.type == Type::kWord) bad(at, "slots hold values");
        break;
      case Op::LOOP:
        if (at != ir_.loop) bad(at, "LOOP is not where the IR says");
        break;
      default: break;
    }
  }
  void snapshot(const Snapshot& snap) {
    int previous = -1000;
    for (const SnapEntry& entry : ir_.entries(snap)) {
      if (entry.slot <= previous) bad(snap.at, "snapshot slots out of order");
      previous = entry.slot;
      if (!entry.ref || (is_const(entry.ref) ? entry.ref >= ir_.const_end() : entry.ref >= ir_.end()))
        return bad(snap.at, "snapshot of nothing");
      // A CALLT's own result may not be in the snapshot it leaves with, nor anything later.
      if (!is_const(entry.ref) && entry.ref >= snap.at) bad(snap.at, "snapshot of a later value");
      if (!is_const(entry.ref) && ir_.ins(entry.ref).op == Op::NOP) bad(snap.at, "snapshot of a removed value");
      if (ir_.type(entry.ref) == Type::kVoid) bad(snap.at, "snapshot of no value");
    }
  }

  const Ir& ir_;
  std::string error_;
};

}  // namespace

std::string verify(const Ir& ir) { return Verifier(ir).run(); }

void check_after(const Ir& ir, const char* pass) {
#ifdef NDEBUG
  if (!params().verify) return;
#endif
  std::string error = verify(ir);
  if (error.empty()) return;
  std::fprintf(stderr, "IR is not sound after %s: %s\n%s", pass, error.c_str(), print_ir(ir, true).c_str());
  std::abort();
}

}  // namespace pyjit::jit
