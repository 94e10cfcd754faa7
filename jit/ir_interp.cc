// Runs IR directly.
#include "jit/ir_interp.h"

#include <cstring>

#include "jit/arith.h"

namespace pyjit::jit {

using runtime::Value;

namespace {

class Interpreter {
 public:
  Interpreter(const Ir& ir, void* thread, Value* base, int64_t& steps, const uint64_t* parents)
      : ir_(ir), thread_(thread), base_(base), steps_(steps), parents_(parents), values_(ir.end() - kBias) {}

  IrRun run() {
    Ref ref = Ir::begin();
    for (;;) {
      if (ref == ir_.end()) {  // round a peeled loop: all PHIs at once
        std::vector<std::pair<Ref, uint64_t>> next;
        for (Ref phi = static_cast<Ref>(ir_.end() - 1); phi > ir_.loop && ir_.ins(phi).op == Op::PHI; --phi)
          next.push_back({ir_.ins(phi).a, get(ir_.ins(phi).b)});
        for (auto [target, value] : next) set(target, value);
        ref = static_cast<Ref>(ir_.loop + 1);
      }
      if (--steps_ < 0) return {IrRun::kOutOfSteps};
      const Ins& ins = ir_.ins(ref);
      bool stay = true;
      switch (ins.op) {
        case Op::REPEAT:
          write_snapshot(ref);
          ref = Ir::begin();
          continue;
        case Op::JUMP: write_snapshot(ref); return {IrRun::kJump};
        case Op::RET: return {IrRun::kReturn, -1, ref, base_, get(ins.a)};
        case Op::EXIT: stay = false; break;
        case Op::CALLT: {
          const TraceCall& call = ir_.trace_calls[ins.imm];
          if (call.target) return {IrRun::kError};
          IrRun inner = Interpreter(ir_, thread_, base_ + call.delta, steps_, nullptr).run();
          if (inner.status == IrRun::kExit) write_snapshot(ref);
          if (inner.status != IrRun::kReturn) return inner;
          set(ref, inner.value);
          break;
        }
        default: stay = execute(ref, ins); break;
      }
      if (!stay) {
        write_snapshot(ref);
        return {IrRun::kExit, ir_.snapshot_of(ref), ref, base_};
      }
      ++ref;
    }
  }

 private:
  uint64_t get(Ref ref) const { return is_const(ref) ? ir_.constant(ref).bits : values_[ref - kBias]; }
  int64_t integer(Ref ref) const { return static_cast<int64_t>(get(ref)); }
  double real(Ref ref) const { return std::bit_cast<double>(get(ref)); }
  void set(Ref ref, uint64_t value) { values_[ref - kBias] = value; }
  void set(Ref ref, double value) { set(ref, std::bit_cast<uint64_t>(value)); }

  void write_snapshot(Ref ref) {
    int index = ir_.snapshot_of(ref);
    if (index < 0) return;
    for (const SnapEntry& entry : ir_.entries(ir_.snaps[static_cast<size_t>(index)]))
      base_[entry.slot] = Value::from_bits(box_bits(ir_.type(entry.ref), get(entry.ref)));
  }

  template <class T>
  static bool compare(Op op, T a, T b) {
    switch (op) {
      case Op::EQ: return a == b;
      case Op::NE: return a != b;
      case Op::LT: case Op::ULT: return a < b;
      case Op::LE: case Op::ULE: return a <= b;
      case Op::GT: case Op::UGT: return a > b;
      default: return a >= b;
    }
  }

  // False: the guard failed.
  bool execute(Ref ref, const Ins& ins) {
    bool floating = ins.type == Type::kF64;
    int64_t r = 0;
    auto checked = [&](bool fits) {
      set(ref, static_cast<uint64_t>(r));
      return fits;
    };
    switch (ins.op) {
      case Op::NOP: case Op::LOOP: case Op::PHI: case Op::CARG: case Op::BARRIER: case Op::GINVAL: case Op::STKCHK: return true;
      case Op::BASE: set(ref, reinterpret_cast<uint64_t>(base_)); return true;
      case Op::THREAD: set(ref, reinterpret_cast<uint64_t>(thread_)); return true;
      case Op::PARENT: set(ref, parents_[ins.imm]); return true;
      case Op::SLOAD: {
        Value value = base_[ins.slot()];
        if (!has_type(value, ins.type)) return false;
        set(ref, unbox_bits(ins.type, value.bits()));
        return true;
      }
      case Op::SSTORE: base_[ins.slot()] = Value::from_bits(box_bits(ir_.type(ins.a), get(ins.a))); return true;
      case Op::ADD: floating ? set(ref, real(ins.a) + real(ins.b)) : set(ref, get(ins.a) + get(ins.b)); return true;
      case Op::SUB: floating ? set(ref, real(ins.a) - real(ins.b)) : set(ref, get(ins.a) - get(ins.b)); return true;
      case Op::MUL: floating ? set(ref, real(ins.a) * real(ins.b)) : set(ref, get(ins.a) * get(ins.b)); return true;
      case Op::NEG: floating ? set(ref, -real(ins.a)) : set(ref, 0 - get(ins.a)); return true;
      case Op::ADDOV: return checked(add_ov(integer(ins.a), integer(ins.b), &r));
      case Op::SUBOV: return checked(sub_ov(integer(ins.a), integer(ins.b), &r));
      case Op::MULOV: return checked(mul_ov(integer(ins.a), integer(ins.b), &r));
      case Op::NEGOV: return checked(sub_ov(0, integer(ins.a), &r));
      case Op::BAND: set(ref, get(ins.a) & get(ins.b)); return true;
      case Op::BOR: set(ref, get(ins.a) | get(ins.b)); return true;
      case Op::BXOR: set(ref, get(ins.a) ^ get(ins.b)); return true;
      case Op::BNOT: set(ref, ~get(ins.a)); return true;
      case Op::SHL: set(ref, static_cast<uint64_t>(shl_i64(integer(ins.a), integer(ins.b)))); return true;
      case Op::SHLOV: return checked(shl_ov(integer(ins.a), integer(ins.b), &r));
      case Op::SHR: set(ref, static_cast<uint64_t>(shr_i64(integer(ins.a), integer(ins.b)))); return true;
      case Op::FLOORDIV:
        floating ? set(ref, floordiv_f64(real(ins.a), real(ins.b))) : set(ref, static_cast<uint64_t>(floordiv_i64(integer(ins.a), integer(ins.b))));
        return true;
      case Op::MOD:
        floating ? set(ref, mod_f64(real(ins.a), real(ins.b))) : set(ref, static_cast<uint64_t>(mod_i64(integer(ins.a), integer(ins.b))));
        return true;
      case Op::DIV: set(ref, real(ins.a) / real(ins.b)); return true;
      case Op::ABS: set(ref, std::fabs(real(ins.a))); return true;
      case Op::SQRT: set(ref, std::sqrt(real(ins.a))); return true;
      case Op::FLOOR: set(ref, std::floor(real(ins.a))); return true;
      case Op::CEIL: set(ref, std::ceil(real(ins.a))); return true;
      case Op::TRUNC: set(ref, std::trunc(real(ins.a))); return true;
      case Op::I2F: set(ref, static_cast<double>(integer(ins.a))); return true;
      case Op::F2I: return checked(f2i(real(ins.a), &r));
      case Op::B2I: case Op::FBITS: set(ref, get(ins.a)); return true;
      case Op::NARROW: set(ref, get(ins.a)); return Value::fits_int(integer(ins.a));
      case Op::BOX: set(ref, box_bits(ir_.type(ins.a), get(ins.a))); return true;
      case Op::UNBOX: case Op::UNTAG:
        if (ins.op == Op::UNBOX && !has_type(Value::from_bits(get(ins.a)), ins.type)) return false;
        set(ref, unbox_bits(ins.type, get(ins.a)));
        return true;
      case Op::EQ: case Op::NE: case Op::LT: case Op::LE: case Op::GT: case Op::GE:
        set(ref, static_cast<uint64_t>(ir_.type(ins.a) == Type::kF64 ? compare(ins.op, real(ins.a), real(ins.b))
                                                                     : compare(ins.op, integer(ins.a), integer(ins.b))));
        return true;
      case Op::ULT: case Op::ULE: case Op::UGT: case Op::UGE:
        set(ref, static_cast<uint64_t>(compare(ins.op, get(ins.a), get(ins.b))));
        return true;
      case Op::NOT: set(ref, get(ins.a) ^ 1); return true;
      case Op::GTRUE: return get(ins.a);
      case Op::GFALSE: return !get(ins.a);
      case Op::GSHAPE: {
        uint32_t shape;
        std::memcpy(&shape, reinterpret_cast<void*>(get(ins.a)), 4);
        return shape == ins.imm;
      }
      case Op::POLL: {
        uint32_t word;
        std::memcpy(&word, static_cast<char*>(thread_) + ins.imm, 4);
        return word == 0;
      }
      case Op::AREF:
        set(ref, get(ins.a) + (get(ins.b) << aref_shift(ins.imm)) + static_cast<uint64_t>(static_cast<int64_t>(aref_displacement(ins.imm))));
        return true;
      case Op::LOAD: load(ref, ins); return true;
      case Op::STORE: store(ins); return true;
      case Op::NEW: {
        const AllocSpec* spec = ir_.allocs[ins.imm];
        void* object = spec->slow(thread_, spec);
        uint64_t header = get(ins.a);
        std::memcpy(object, &header, 8);
        set(ref, reinterpret_cast<uint64_t>(object));
        return true;
      }
      case Op::CALL: call(ref, ins); return true;
      case Op::CALLT: case Op::REPEAT: case Op::JUMP: case Op::RET: case Op::EXIT: return false;  // in run()
    }
    return false;
  }

  template <class T>
  uint64_t read(const char* at) {
    T value;
    std::memcpy(&value, at, sizeof value);
    return static_cast<uint64_t>(static_cast<int64_t>(value));
  }
  void load(Ref ref, const Ins& ins) {
    Mem m = ins.mem();
    const char* at = reinterpret_cast<const char*>(get(ins.a)) + m.offset;
    switch (m.kind) {
      case MemKind::kU8: case MemKind::kBool: set(ref, read<uint8_t>(at)); break;
      case MemKind::kI8: set(ref, read<int8_t>(at)); break;
      case MemKind::kU16: set(ref, read<uint16_t>(at)); break;
      case MemKind::kI16: set(ref, read<int16_t>(at)); break;
      case MemKind::kU32: set(ref, read<uint32_t>(at)); break;
      case MemKind::kI32: set(ref, read<int32_t>(at)); break;
      case MemKind::kF32: {
        float narrow;
        std::memcpy(&narrow, at, 4);
        set(ref, static_cast<double>(narrow));
        break;
      }
      default: set(ref, read<int64_t>(at)); break;
    }
  }
  void store(const Ins& ins) {
    Mem m = ins.mem();
    char* at = reinterpret_cast<char*>(get(ins.a)) + m.offset;
    uint64_t value = get(ins.b);
    if (m.kind == MemKind::kVal) value = box_bits(ir_.type(ins.b), value);
    if (m.kind == MemKind::kF32) {
      float narrow = static_cast<float>(real(ins.b));
      std::memcpy(at, &narrow, 4);
    } else {
      std::memcpy(at, &value, static_cast<size_t>(m.width()));
    }
  }
  // General and floating arguments travel in separate register files, so one signature with all of both serves every mixture.
  void call(Ref ref, const Ins& ins) {
    const CallTarget& target = ir_.calls[ins.imm];
    std::vector<Ref> arguments;
    for (Ref link = ins.a; link; link = ir_.ins(link).a) arguments.insert(arguments.begin(), ir_.ins(link).b);
    uint64_t g[6] = {};
    double f[8] = {};
    int ng = 0, nf = 0;
    for (Ref argument : arguments) {
      if (ir_.type(argument) == Type::kF64 && nf < 8) f[nf++] = real(argument);
      else if (ng < 6) g[ng++] = get(argument);
    }
    using Integer = uint64_t (*)(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, double, double, double, double, double, double, double, double);
    using Real = double (*)(uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, double, double, double, double, double, double, double, double);
    void* function = const_cast<void*>(target.function);
    if (target.result == Type::kF64) {
      set(ref, reinterpret_cast<Real>(function)(g[0], g[1], g[2], g[3], g[4], g[5], f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]));
    } else {
      uint64_t r = reinterpret_cast<Integer>(function)(g[0], g[1], g[2], g[3], g[4], g[5], f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]);
      set(ref, target.result == Type::kBool ? r & 0xFF : r);
    }
  }

  const Ir& ir_;
  void* thread_;
  Value* base_;
  int64_t& steps_;
  const uint64_t* parents_;
  std::vector<uint64_t> values_;
};

}  // namespace

IrRun interpret(const Ir& ir, void* thread, Value* base, int64_t max_steps, const uint64_t* parent_values) {
  return Interpreter(ir, thread, base, max_steps, parent_values).run();
}

}  // namespace pyjit::jit
