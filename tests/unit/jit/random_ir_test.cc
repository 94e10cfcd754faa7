// Random traces, recorded through the Builder: the IR interpreter on the unoptimised trace is the oracle; every set of passes and
// random register allocation must leave through the same exit with the same frame and heap.
#include <random>

#include "jit_fixture.h"

namespace pyjit::jit::test {
namespace {

// Objects and an array that traces find outside; reset before each run.
struct World {
  TestObject objects[2];
  int64_t array[8];
  uint64_t counter;
  Frame frame;
  FakeThread thread;

  void reset(uint64_t seed) {
    std::mt19937_64 random(seed);
    auto small = [&] { return static_cast<int64_t>(random() % 200) - 100; };
    for (TestObject& object : objects) {
      object.header = kNodeHeader;
      object.words[0] = Value::from_int(small()).bits();
      object.words[1] = std::bit_cast<uint64_t>(static_cast<double>(small()) / 4);
      object.words[2] = random() % 3 ? Value::from_int(small()).bits() : Value::from_double(0.5).bits();
    }
    for (int64_t& word : array) word = small();
    counter = 0;
    frame = Frame();
    frame[0] = Value::from_int(0);
    for (int i = 1; i < 4; ++i) frame[i] = Value::from_int(random() % 4 ? small() : static_cast<int64_t>(random() % (1ull << 46)));
    for (int i = 4; i < 6; ++i) frame[i] = Value::from_double(static_cast<double>(small()) / 8);
    frame[6] = random() % 2 ? Value::from_int(small()) : Value::from_double(2.5);
    frame[7] = Value(reinterpret_cast<runtime::Object*>(&objects[random() % 2]));
    frame[8] = Value(reinterpret_cast<runtime::Object*>(&objects[random() % 2]));
    frame[9] = Value::from_bool(random() % 2);
  }
  // A frame that has returned is dead: nobody looks at its slots.
  std::string describe(bool returned) {
    Describe text;
    std::string out;
    for (int i = -4; i < 24 && !returned; ++i) out += std::to_string(i) + "=" + text(frame[i]) + "\n";
    for (TestObject& object : objects) out += text(Value(reinterpret_cast<runtime::Object*>(&object))) + "\n";
    for (int64_t word : array) out += std::to_string(word) + " ";
    return out + std::to_string(counter);
  }
};
World world;

// Emits the same trace for the same seed whatever the passes make of it: choices depend on types only.
class Generator {
 public:
  Generator(Builder& b, uint64_t seed) : b_(b), random_(seed) {}

  // Goes on from an exit whose frame this is: in a bridge, or as a root trace that loads the slots.
  void go_on(Frame& frame, uint64_t first_pc) {
    pc_ = first_pc;
    resume();
    for (int s = 0; s < 16; ++s) {
      if (pick(3) == 0) continue;
      Type type = Type::kVal;
      for (Type candidate : {Type::kI64, Type::kF64, Type::kBool, Type::kObj})
        if (has_type(frame[s], candidate)) type = candidate;
      Ref ref = b_.unbox(b_.slot(s, type), type);
      add(ref, type);
    }
    int count = 2 + pick(25);
    for (int k = 0; k < count; ++k) {
      resume();
      step();
    }
    resume();
    for (int s = 0; s < 16; ++s)
      if (pick(3) == 0) b_.set_slot(s, value());
    resume();
    if (pick(4)) b_.end_exit();
    else b_.end_return(value());
  }

  void run() {
    b_.start(TraceKind::kLoop);
    resume();
    Ref i = b_.slot(0, Type::kI64);
    b_.guard(b_.emit(Op::LT, Type::kBool, i, b_.ir().k_i64(20 + pick(40))), true);
    add(i);
    for (int s = 1; s < 4; ++s)
      if (pick(4)) add(b_.slot(s, Type::kI64));
    for (int s = 4; s < 6; ++s)
      if (pick(4)) add(b_.slot(s, Type::kF64));
    if (pick(2)) add(b_.slot(6));
    add(b_.slot(7, Type::kObj));
    if (pick(2)) add(b_.slot(8, Type::kObj));
    if (pick(2)) add(b_.slot(9, Type::kBool));
    int count = 3 + pick(40);
    for (int k = 0; k < count; ++k) {
      resume();
      step();
    }
    resume();
    b_.set_slot(0, b_.emit(Op::ADDOV, Type::kI64, i, b_.ir().k_i64(1)));
    // What the next round starts with; mostly of the type that it expects.
    for (int s = 1; s < 4; ++s)
      if (pick(2)) b_.set_slot(s, any(Type::kI64));
    for (int s = 4; s < 6; ++s)
      if (pick(2)) b_.set_slot(s, any(Type::kF64));
    if (pick(2)) b_.set_slot(6, value());
    if (pick(2)) b_.set_slot(7, any(Type::kObj));
    if (pick(2)) b_.set_slot(8, any(Type::kObj));
    if (pick(20) == 0) b_.set_slot(1 + pick(8), value());
    for (int s = 10; s < 16; ++s)
      if (pick(4) == 0) b_.set_slot(s, value());
    resume();
    if (pick(6) == 0) b_.end_exit();
    else if (pick(12) == 0) b_.end_return(value());
    else b_.end_repeat();
  }

 private:
  int pick(int n) { return static_cast<int>(random_() % static_cast<uint64_t>(n)); }
  void resume() { b_.resume_at(++pc_, 0, 0); }
  void add(Ref ref) {
    if (ref) values_.push_back({ref, static_cast<int>(b_.ir().type(ref))});
  }
  // The type as asked for, whatever folding found: val may have become obj.
  void add(Ref ref, Type type) { values_.push_back({ref, static_cast<int>(type)}); }

  Ref any(Type type) {
    std::vector<Ref> fit;
    for (auto [ref, t] : values_)
      if (t == static_cast<int>(type)) fit.push_back(ref);
    int choice = pick(8);
    switch (type) {
      case Type::kI64:
        if (fit.empty() || choice == 0) return b_.ir().k_i64(pick(4) ? pick(100) - 50 : static_cast<int64_t>(random_() >> 18) - (1ll << 45));
        break;
      case Type::kF64:
        if (fit.empty() || choice == 0) return b_.ir().k_f64(static_cast<double>(pick(100) - 50) / 8);
        break;
      case Type::kBool:
        if (fit.empty()) return b_.ir().k_bool(choice & 1);
        break;
      case Type::kVal:
        if (fit.empty() || choice == 0) return b_.ir().k_val(choice < 4 ? Value::none() : Value::from_int(choice));
        break;
      case Type::kObj:
        if (fit.empty()) return b_.ir().k_obj(&world.objects[choice & 1]);
        break;
      default: break;
    }
    return fit[fit.size() - 1 - static_cast<size_t>(pick(static_cast<int>(std::min<size_t>(fit.size(), 12))))];
  }
  Ref value() {
    static constexpr Type kTypes[] = {Type::kI64, Type::kI64, Type::kF64, Type::kBool, Type::kVal, Type::kObj, Type::kObj};
    return any(kTypes[pick(7)]);
  }
  Ref node() {
    Ref object = b_.new_object(&TestHeap::get().spec, kNodeHeader);
    if (pick(4)) b_.store(object, value(), Mem(8, MemKind::kVal, 7));
    if (pick(2)) b_.store(object, any(Type::kF64), Mem(16, MemKind::kF64, 8));
    if (pick(4)) b_.store(object, value(), Mem(24, MemKind::kVal, 7));
    return object;
  }

  void step() {
    Ir& ir = b_.ir();
    switch (pick(30)) {
      case 0:
      case 1:
      case 2: {
        static constexpr Op kOps[] = {Op::ADDOV, Op::SUBOV, Op::MULOV, Op::BAND, Op::BOR, Op::BXOR};
        Op op = kOps[pick(6)];
        return add(b_.emit(op, Type::kI64, any(Type::kI64), any(Type::kI64)), Type::kI64);
      }
      case 3: return add(b_.emit(pick(2) ? Op::SHR : Op::SHLOV, Type::kI64, any(Type::kI64), ir.k_i64(pick(50))), Type::kI64);
      case 4: {
        static constexpr int64_t kDivisors[] = {3, 7, -5, 16, 1, 1000000007, -(1ll << 40)};
        return add(b_.emit(pick(2) ? Op::FLOORDIV : Op::MOD, Type::kI64, any(Type::kI64), ir.k_i64(kDivisors[pick(7)])), Type::kI64);
      }
      case 5: {
        Ref divisor = b_.emit(Op::BOR, Type::kI64, b_.emit(Op::BAND, Type::kI64, any(Type::kI64), ir.k_i64(0xFFFF)), ir.k_i64(2));
        return add(b_.emit(pick(2) ? Op::FLOORDIV : Op::MOD, Type::kI64, any(Type::kI64), divisor), Type::kI64);
      }
      case 6: {
        Ref count = b_.emit(Op::BAND, Type::kI64, any(Type::kI64), ir.k_i64(pick(2) ? 7 : 127));
        return add(b_.emit(pick(2) ? Op::SHR : Op::SHLOV, Type::kI64, any(Type::kI64), count), Type::kI64);
      }
      case 7: return add(b_.emit(pick(2) ? Op::NEGOV : Op::BNOT, Type::kI64, any(Type::kI64)), Type::kI64);
      case 8: {
        Ref sum = b_.emit(Op::MUL, Type::kWord, b_.emit(Op::ADD, Type::kWord, any(Type::kI64), ir.k_word(12345)), any(Type::kI64));
        return add(b_.emit(Op::NARROW, Type::kI64, b_.emit(Op::SHR, Type::kWord, sum, ir.k_word(17))), Type::kI64);
      }
      case 9:
      case 10: {
        static constexpr Op kOps[] = {Op::ADD, Op::SUB, Op::MUL, Op::DIV};
        return add(b_.emit(kOps[pick(4)], Type::kF64, any(Type::kF64), any(Type::kF64)), Type::kF64);
      }
      case 11: {
        static constexpr Op kOps[] = {Op::NEG, Op::ABS, Op::SQRT, Op::FLOOR, Op::CEIL, Op::TRUNC};
        return add(b_.emit(kOps[pick(6)], Type::kF64, any(Type::kF64)), Type::kF64);
      }
      case 12: return add(b_.emit(pick(2) ? Op::MOD : Op::FLOORDIV, Type::kF64, any(Type::kF64), ir.k_f64(pick(2) ? 0.75 : -3.0)), Type::kF64);
      case 13: return add(b_.emit(Op::I2F, Type::kF64, any(Type::kI64)), Type::kF64);
      case 14: return pick(3) ? step() : add(b_.emit(Op::F2I, Type::kI64, any(Type::kF64)), Type::kI64);
      case 15:
      case 16: {
        Type type = pick(3) ? Type::kI64 : pick(2) ? Type::kF64
                                                   : Type::kVal;
        Op op = static_cast<Op>(static_cast<int>(Op::EQ) + (type == Type::kVal ? pick(2) : type == Type::kF64 ? pick(6)
                                                                                                              : pick(10)));
        return add(b_.emit(op, Type::kBool, any(type), any(type)), Type::kBool);
      }
      case 17: return pick(2) ? add(b_.emit(Op::B2I, Type::kI64, any(Type::kBool)), Type::kI64)
                              : add(b_.emit(Op::NOT, Type::kBool, any(Type::kBool)), Type::kBool);
      case 18: {  // a guard that mostly holds
        Ref x = any(Type::kI64);
        switch (pick(4)) {
          case 0: return b_.guard(b_.emit(Op::LT, Type::kBool, x, ir.k_i64(1ll << 44)), true);
          case 1: return b_.guard(b_.emit(Op::EQ, Type::kBool, x, ir.k_i64(pick(60))), false);
          case 2: return b_.guard(b_.emit(Op::GT, Type::kBool, x, any(Type::kI64)), pick(2));
          default: return b_.guard(b_.emit(Op::LT, Type::kBool, any(Type::kF64), ir.k_f64(1e9)), true);
        }
      }
      case 19: return pick(3) ? step() : b_.guard(any(Type::kBool), pick(2));
      case 20: {
        Ref x = pick(2) ? any(Type::kI64) : any(Type::kF64);
        Type type = ir.type(x);
        Ref boxed = b_.box(x);
        add(boxed, Type::kVal);
        return pick(2) ? add(b_.unbox(boxed, type), type) : void();
      }
      case 21:
      case 22: {
        Ref object = any(Type::kObj);
        if (pick(3) == 0) b_.guard_shape(object, kNodeHeader);
        if (pick(3) == 0) return add(b_.load(object, Mem(16, MemKind::kF64, 8)), Type::kF64);
        Ref field = b_.load(object, Mem(pick(2) ? 8 : 24, MemKind::kVal, 7));
        if (pick(3) == 0) return add(field, Type::kVal);
        return pick(2) ? add(b_.unbox(field, Type::kI64), Type::kI64) : pick(4) ? void()
                                                                                : add(b_.unbox(field, Type::kF64), Type::kF64);
      }
      case 23: {
        Ref object = any(Type::kObj);
        if (pick(2)) b_.emit(Op::BARRIER, Type::kVoid, object);
        if (pick(3) == 0) return b_.store(object, any(Type::kF64), Mem(16, MemKind::kF64, 8));
        return b_.store(object, pick(3) ? any(Type::kI64) : value(), Mem(pick(2) ? 8 : 24, MemKind::kVal, 7));
      }
      case 24:
      case 25: return add(node(), Type::kObj);
      case 26: {
        Ref index = b_.emit(Op::BAND, Type::kI64, any(Type::kI64), ir.k_i64(3));
        if (pick(2)) index = b_.emit(Op::ADDOV, Type::kI64, index, ir.k_i64(pick(4)));
        Ref address = b_.aref(ir.k_word(reinterpret_cast<uint64_t>(world.array)), index, 3);
        Mem mem(0, MemKind::kI64, 9);
        return pick(2) ? add(b_.load(address, mem), Type::kI64) : b_.store(address, any(Type::kI64), mem);
      }
      case 27: {
        static const TextNames kNames = names();
        if (pick(3) == 0) {
          Ref sum = b_.call(kNames.calls[0], {any(Type::kI64), any(Type::kI64), any(Type::kI64)});
          return add(b_.emit(Op::NARROW, Type::kI64, sum), Type::kI64);
        }
        if (pick(2)) return add(b_.call(kNames.calls[1], {any(Type::kF64), any(Type::kI64)}), Type::kF64);
        return static_cast<void>(b_.call(kNames.calls[4], {ir.k_word(reinterpret_cast<uint64_t>(&world.counter))}));
      }
      case 28: {
        int slot = 10 + pick(6);
        return b_.set_slot(slot, value());
      }
      default: return b_.set_slot(1 + pick(3), any(Type::kI64));
    }
  }

  Builder& b_;
  std::mt19937_64 random_;
  uint64_t pc_ = 0;
  std::vector<std::pair<Ref, int>> values_;
};

struct Outcome {
  uint64_t pc = 0, value = 0;
  std::string state;
  bool operator==(const Outcome&) const = default;
};

Outcome interpret_outcome(const Ir& ir, uint64_t seed) {
  world.reset(seed);
  IrRun run = interpret(ir, &world.thread, world.frame.base(), 100000);
  Outcome out;
  out.pc = run.status == IrRun::kExit ? ir.snaps[static_cast<size_t>(run.snapshot)].pc : 0;
  out.value = run.status == IrRun::kReturn && !Value::from_bits(run.value).is_object() ? run.value : 0;
  out.state = world.describe(run.status == IrRun::kReturn);
  EXPECT_TRUE(run.status == IrRun::kExit || run.status == IrRun::kReturn) << run.status;
  return out;
}

Outcome machine_outcome(Trace* trace, uint64_t seed) {
  world.reset(seed);
  uint64_t result = Engine::get().enter(trace, &world.thread, world.frame.base());
  Outcome out;
  if (result == kExited) out.pc = Engine::get().last_exit().exit->pc;
  else if (!Value::from_bits(result).is_object()) out.value = result;
  out.state = world.describe(result != kExited);
  return out;
}

std::ostream& operator<<(std::ostream& stream, const Outcome& o) { return stream << "pc " << o.pc << " value " << o.value << "\n"
                                                                                 << o.state; }

struct Config {
  const char* name;
  uint32_t opt;
  int64_t ra_seed;
};

TEST_F(JitTest, RandomTraces) {
  const char* rounds = std::getenv("PYJIT_RANDOM_ROUNDS");
  const char* first = std::getenv("PYJIT_RANDOM_SEED");
  uint64_t start = first ? std::strtoull(first, nullptr, 0) : 1;
  int count = rounds ? std::atoi(rounds) : 400;
  Engine::get().hooks.barrier_slow = [](void*, void*) {};
  const Config kConfigs[] = {{"none", 0, 0},
                             {"none, random registers", 0, 7},
                             {"fold", kOptFold, 0},
                             {"fold,cse", kOptFold | kOptCse, 0},
                             {"fold,cse,mem", kOptFold | kOptCse | kOptMem, 3},
                             {"no loop", kOptAll & ~kOptLoop, 0},
                             {"loop only", kOptLoop, 0},
                             {"no sink", kOptAll & ~kOptSink, 0},
                             {"no range", kOptAll & ~kOptRange, 0},
                             {"all", kOptAll, 0},
                             {"all, random registers", kOptAll, 11}};
  int compiled = 0, peeled = 0, sunk = 0;
  for (int round = 0; round < count && !HasFailure(); ++round) {
    uint64_t seed = start + static_cast<uint64_t>(round);
    Builder reference;
    options().opt = 0;
    options().params.ra_seed = 0;
    Generator(reference, seed).run();
    ASSERT_EQ(reference.failed(), Abort::kNone) << seed << " " << abort_text(reference.failed());
    ASSERT_EQ(verify(reference.ir()), "") << seed << "\n"
                                          << print_ir(reference.ir());
    Outcome expected[3];
    for (uint64_t k = 0; k < 3; ++k) expected[k] = interpret_outcome(reference.ir(), seed * 3 + k);
    for (const Config& config : kConfigs) {
      options().opt = config.opt;
      options().params.ra_seed = config.ra_seed ? config.ra_seed + static_cast<int64_t>(seed) : 0;
      Builder b;
      Generator(b, seed).run();
      if (b.failed() == Abort::kAlwaysFails) continue;
      ASSERT_EQ(b.failed(), Abort::kNone) << abort_text(b.failed());
      ASSERT_TRUE(optimise(b)) << seed << " " << config.name << " " << abort_text(b.failed());
      ASSERT_EQ(verify(b.ir()), "") << seed << " " << config.name << "\n"
                                    << print_ir(b.ir());
      peeled += b.ir().loop != kNoRef;
      for (Ref ref = Ir::begin(); ref < b.ir().end(); ++ref) sunk += b.ir().ins(ref).op == Op::NEW && (b.ir().ins(ref).flags & kSunk);
      for (uint64_t k = 0; k < 3; ++k)
        ASSERT_EQ(interpret_outcome(b.ir(), seed * 3 + k), expected[k])
            << "IR interpreter, seed " << seed << " world " << k << ", " << config.name << "\n"
            << print_ir(reference.ir()) << "\n"
            << print_ir(b.ir());
      Abort why;
      Trace* trace = Engine::get().compile(b.ir(), &why);
      ASSERT_NE(trace, nullptr) << abort_text(why);
      ++compiled;
      for (uint64_t k = 0; k < 3; ++k)
        ASSERT_EQ(machine_outcome(trace, seed * 3 + k), expected[k])
            << "machine code, seed " << seed << " world " << k << ", " << config.name << "\n"
            << print_ir(b.ir());
    }
    if (round % 64 == 63) Engine::get().flush();
  }
  Engine::get().flush();
  if (!first) {
    EXPECT_GT(compiled, count * 5);
    EXPECT_GT(peeled, count);
    EXPECT_GT(sunk, count / 4);
  }
  RecordProperty("compiled", compiled);
}

// Bridges, up to three deep: a root trace leaves, a random bridge goes on from there. The oracle runs the pieces one after the other as
// unoptimised root traces on the frame that the exit left.
TEST_F(JitTest, RandomBridges) {
  const char* rounds = std::getenv("PYJIT_RANDOM_ROUNDS");
  const char* first = std::getenv("PYJIT_RANDOM_SEED");
  uint64_t start = first ? std::strtoull(first, nullptr, 0) : 100000;
  int count = rounds ? std::atoi(rounds) : 300;
  Engine::get().hooks.barrier_slow = [](void*, void*) {};
  int bridges = 0, replayed = 0;
  for (int round = 0; round < count && !HasFailure(); ++round) {
    uint64_t seed = start + static_cast<uint64_t>(round);
    std::vector<std::unique_ptr<Builder>> pieces;  // the oracle's
    options().opt = 0;
    options().params.ra_seed = 0;
    pieces.push_back(std::make_unique<Builder>());
    Generator(*pieces[0], seed).run();
    uint32_t opt = seed % 3 == 0 ? kOptFold | kOptCse | kOptMem : kOptAll;
    int64_t ra_seed = seed % 2 ? static_cast<int64_t>(seed) : 0;
    options().opt = opt;
    options().params.ra_seed = ra_seed;
    Builder root;
    Generator(root, seed).run();
    if (root.failed() != Abort::kNone) continue;
    ASSERT_TRUE(optimise(root));
    Abort why;
    Trace* trace = Engine::get().compile(root.ir(), &why);
    ASSERT_NE(trace, nullptr);
    std::string story = print_ir(root.ir());
    for (int depth = 1; depth <= 3; ++depth) {
      world.reset(seed);
      uint64_t result = Engine::get().enter(trace, &world.thread, world.frame.base());
      if (result != kExited) break;
      Exit* exit = Engine::get().last_exit().exit;
      ASSERT_EQ(exit->bridge, nullptr);
      uint64_t bridge_seed = seed * 7 + static_cast<uint64_t>(depth);
      options().opt = 0;
      auto piece = std::make_unique<Builder>();
      piece->start(TraceKind::kLoop);
      Generator(*piece, bridge_seed).go_on(world.frame, 1000u * static_cast<unsigned>(depth));
      ASSERT_EQ(piece->failed(), Abort::kNone) << abort_text(piece->failed());
      options().opt = opt;
      Builder b;
      b.start_bridge(*exit);
      replayed += exit->virtual_count;
      Generator(b, bridge_seed).go_on(world.frame, 1000u * static_cast<unsigned>(depth));
      if (b.failed() == Abort::kAlwaysFails) break;
      ASSERT_TRUE(optimise(b)) << abort_text(b.failed());
      ASSERT_EQ(verify(b.ir()), "") << print_ir(b.ir());
      ASSERT_NE(Engine::get().compile(b.ir(), &why), nullptr) << abort_text(why);
      ++bridges;
      story += print_ir(b.ir());
      pieces.push_back(std::move(piece));

      world.reset(seed);
      IrRun run{};
      const Ir* last = nullptr;
      for (auto& p : pieces) {
        last = &p->ir();
        run = interpret(*last, &world.thread, world.frame.base(), 100000);
        if (run.status != IrRun::kExit) break;
      }
      Outcome expected;
      expected.pc = run.status == IrRun::kExit ? last->snaps[static_cast<size_t>(run.snapshot)].pc : 0;
      expected.value = run.status == IrRun::kReturn && !Value::from_bits(run.value).is_object() ? run.value : 0;
      expected.state = world.describe(run.status == IrRun::kReturn);
      ASSERT_EQ(machine_outcome(trace, seed), expected) << "seed " << seed << " depth " << depth << "\n"
                                                        << story;
    }
    if (round % 64 == 63) Engine::get().flush();
  }
  Engine::get().flush();
  if (!first) {
    EXPECT_GT(bridges, count);
    EXPECT_GT(replayed, count / 20);
  }
}

}  // namespace
}  // namespace pyjit::jit::test
