// Prints IR (the grammar is in text.h).
#include <cinttypes>
#include <cstdarg>
#include <cstdio>

#include "jit/text.h"
#include "jit/trace.h"

namespace pyjit::jit {
namespace {

std::string format(const char* pattern, ...) {
  char buffer[128];
  va_list arguments;
  va_start(arguments, pattern);
  std::vsnprintf(buffer, sizeof buffer, pattern, arguments);
  va_end(arguments);
  return buffer;
}

std::string print_snapshot(const Ir& ir, const Snapshot& snap) {
  std::string out = format("snap pc=%" PRIu64 " frame=%d kind=%d {", snap.pc, snap.frame, snap.kind);
  const char* separator = " ";
  for (const SnapEntry& entry : ir.entries(snap)) {
    out += separator + std::to_string(entry.slot) + ": " + print_ref(ir, entry.ref);
    separator = ", ";
  }
  return out + " }\n";
}

std::string print_instruction(const Ir& ir, Ref ref) {
  const Ins& ins = ir.ins(ref);
  const OpInfo& op = info(ins.op);
  std::string out;
  if (ins.type != Type::kVoid) out += format("%%%d = ", ref - kBias);
  out += op.text;
  if (op.result == 't' || op.result == 'n' || (op.result == 'v' && ins.op == Op::CALLT)) out += format(".%s", type_name(ins.type));
  if (ins.op == Op::CALL) {
    out += format(" %s (", ir.calls[ins.imm].name);
    std::string arguments;
    for (Ref link = ins.a; link; link = ir.ins(link).a) arguments = print_ref(ir, ir.ins(link).b) + (arguments.empty() ? "" : ", ") + arguments;
    out += arguments + ")";
  } else {
    if (ins.a) out += " " + print_ref(ir, ins.a);
    if (ins.b) out += " " + print_ref(ir, ins.b);
  }
  switch (op.imm) {
    case 's': out += format(" #%d", ins.slot()); break;
    case 'u': out += format(" %u", ins.imm); break;
    case 'm': out += format(" %+d.%s@%d", ins.mem().offset, info(ins.mem().kind).text, ins.mem().alias); break;
    case 'r': out += format(" <<%d %+d", aref_shift(ins.imm), aref_displacement(ins.imm)); break;
    case 'a': out += format(" %s", ir.allocs[ins.imm]->name); break;
    case 't': {
      const TraceCall& call = ir.trace_calls[ins.imm];
      if (call.target) out += format(" trace %u", call.target->id);
      if (ins.op == Op::CALLT) out += format(" %+d", call.delta);
      break;
    }
    default: break;
  }
  if (ins.flags & kSunk) out += "    ; sunk";
  return out + "\n";
}

}  // namespace

std::string print_ref(const Ir& ir, Ref ref) {
  if (!ref) return "-";
  if (!is_const(ref)) return format("%%%d", ref - kBias);
  const Const& k = ir.constant(ref);
  switch (k.type) {
    case Type::kI64: return format("%" PRId64, static_cast<int64_t>(k.bits));
    case Type::kWord: return format("0x%" PRIx64 "w", k.bits);
    case Type::kBool: return k.bits ? "true" : "false";
    case Type::kF64: {
      double value = std::bit_cast<double>(k.bits);
      if (value != value || value - value != 0) return format("f:0x%" PRIx64, k.bits);
      std::string text = format("%.17g", value);
      return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
    }
    default: return format("%s:0x%" PRIx64, type_name(k.type), k.bits);
  }
}

std::string print_ir(const Ir& ir, bool snapshots) {
  static constexpr const char* kKinds[] = {"loop", "function", "bridge"};
  std::string out = format("trace %s\n", kKinds[static_cast<int>(ir.kind)]);
  size_t snap = 0;
  for (Ref ref = Ir::begin(); ref < ir.end(); ++ref) {
    for (; snap < ir.snaps.size() && ir.snaps[snap].at <= ref; ++snap)
      if (snapshots) out += print_snapshot(ir, ir.snaps[snap]);
    Op op = ir.ins(ref).op;
    if (op == Op::NOP || op == Op::CARG) continue;
    out += print_instruction(ir, ref);
  }
  return out;
}

}  // namespace pyjit::jit
