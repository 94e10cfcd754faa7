// Machine code of small traces: each family of operations, exits, calls, loops, bridges, calls of traces, invalidation.
#include <cmath>

#include "jit_fixture.h"

namespace pyjit::jit::test {
namespace {

TEST_F(JitTest, AddsAndReturns) {
  Trace* trace = compile_text(R"(
    trace function
    snap pc=5 frame=0 kind=0 { }
    %0 = sload.i64 #0
    %1 = sload.i64 #1
    %2 = addov %0 %1
    %3 = box %2
    ret %3
  )");
  frame_[0] = Value::from_int(40);
  frame_[1] = Value::from_int(-2);
  EXPECT_EQ(enter(trace), Value::from_int(38).bits());
  frame_[1] = Value::from_double(1.5);
  EXPECT_EQ(enter(trace), kExited);
  EXPECT_EQ(Engine::get().last_exit().exit->pc, 5u);
  frame_[0] = Value::from_int(Value::kMaxInt);
  frame_[1] = Value::from_int(1);
  EXPECT_EQ(enter(trace), kExited);
}

TEST_F(JitTest, LoopThroughMemory) {
  Trace* trace = compile_text(R"(
    trace loop
    snap pc=1 frame=0 kind=0 { }
    %0 = sload.i64 #0
    %1 = sload.i64 #1
    %2 = lt %0 1000
    gtrue %2
    %3 = addov %0 1
    %4 = addov %1 %0
    snap pc=2 frame=0 kind=0 { 0: %3, 1: %4 }
    repeat
  )");
  frame_[0] = Value::from_int(0);
  frame_[1] = Value::from_int(0);
  EXPECT_EQ(enter(trace), kExited);
  EXPECT_EQ(frame_[0], Value::from_int(1000));
  EXPECT_EQ(frame_[1], Value::from_int(499500));
}

TEST_F(JitTest, PeeledLoopWithPhis) {
  Trace* trace = compile_text(R"(
    trace loop
    snap pc=1 frame=0 kind=0 { }
    %0 = sload.i64 #0
    %1 = sload.f64 #1
    %2 = addov %0 1
    %3 = add.f64 %1 0.5
    loop
    snap pc=2 frame=0 kind=0 { 0: %2, 1: %3 }
    %5 = lt %2 100
    gtrue %5
    %7 = add.i64 %2 1
    %8 = add.f64 %3 0.5
    phi %2 %7
    phi %3 %8
  )");
  frame_[0] = Value::from_int(0);
  frame_[1] = Value::from_double(0);
  EXPECT_EQ(enter(trace), kExited);
  EXPECT_EQ(frame_[0], Value::from_int(100));
  EXPECT_EQ(frame_[1], Value::from_double(50.0));
}

TEST_F(JitTest, FibonacciSwapsPhis) {
  Trace* trace = compile_text(R"(
    trace loop
    snap pc=1 frame=0 kind=0 { }
    %0 = sload.i64 #0
    %1 = sload.i64 #1
    %2 = sload.i64 #2
    %9 = add.i64 %0 0
    %10 = add.i64 %1 0
    %11 = add.i64 %2 0
    loop
    snap pc=2 frame=0 kind=0 { 0: %9, 1: %10, 2: %11 }
    %5 = gt %11 0
    gtrue %5
    %7 = add.i64 %9 %10
    %8 = add.i64 %11 -1
    phi %9 %10
    phi %10 %7
    phi %11 %8
  )");
  frame_[0] = Value::from_int(0);
  frame_[1] = Value::from_int(1);
  frame_[2] = Value::from_int(30);
  EXPECT_EQ(enter(trace), kExited);
  EXPECT_EQ(frame_[0], Value::from_int(832040));
}

TEST_F(JitTest, DoubleComparisonsAndNaN) {
  const double kNaN = std::nan(""), kValues[] = {-1.5, 0.0, -0.0, 2.0, INFINITY, kNaN};
  for (const char* op : {"eq", "ne", "lt", "le", "gt", "ge"}) {
    for (bool fused : {true, false}) {
      for (bool expected : {true, false}) {
        std::string text = "trace function\nsnap pc=1 frame=0 kind=0 { }\n%0 = sload.f64 #0\n%1 = sload.f64 #1\n%2 = " + std::string(op) +
                           " %0 %1\n" + (fused ? (expected ? "gtrue %2\nret val:0x21\n" : "gfalse %2\nret val:0x20\n") : "%3 = box %2\nret %3\n");
        Trace* trace = compile_text(text);
        for (double a : kValues) {
          for (double b : kValues) {
            frame_[0] = Value::from_double(a);
            frame_[1] = Value::from_double(b);
            std::string name = op;
            bool truth = name == "eq" ? a == b : name == "ne" ? a != b
                                             : name == "lt"   ? a < b
                                             : name == "le"   ? a <= b
                                             : name == "gt"   ? a > b
                                                              : a >= b;
            uint64_t got = enter(trace);
            if (!fused) EXPECT_EQ(got, Value::from_bool(truth).bits()) << a << op << b;
            else EXPECT_EQ(got, truth == expected ? Value::from_bool(expected).bits() : kExited) << a << op << b << expected;
          }
        }
      }
    }
  }
}

TEST_F(JitTest, BoxingNaNsNeverForgesATag) {
  Trace* trace = compile_text(R"(
    trace function
    snap pc=1 frame=0 kind=0 { }
    %0 = sload.obj #0
    %1 = load.f64 %0 +8.f64@5
    %2 = neg.f64 %1
    %3 = box %2
    ret %3
  )");
  TestObject object{kNodeHeader, {0, 0, 0}};
  frame_[0] = Value(reinterpret_cast<runtime::Object*>(&object));
  for (uint64_t raw : {0x7FFE000000000001ull, 0x7FFFFFFFFFFFFFFFull, 0xFFFF123456789ABCull, 0x3FF0000000000000ull}) {
    object.words[0] = raw;
    uint64_t got = enter(trace);
    EXPECT_EQ(got, Value::from_double(std::bit_cast<double>(raw ^ 1ull << 63)).bits());
    EXPECT_TRUE(Value::from_bits(got).is_double());
  }
}

TEST_F(JitTest, DivisionFollowsPython) {
  for (const char* op : {"floordiv", "mod"}) {
    Trace* trace = compile_text("trace function\nsnap pc=1 frame=0 kind=0 { }\n%0 = sload.i64 #0\n%1 = sload.i64 #1\n%2 = " +
                                std::string(op) + ".i64 %0 %1\n%3 = box %2\nret %3\n");
    for (int64_t a : {0ll, 7ll, -7ll, 1ll << 46, -(1ll << 47), 5000000000ll}) {
      for (int64_t b : {1ll, -1ll, 3ll, -3ll, 5000000001ll, -5000000001ll}) {
        if (a == -(1ll << 47) && b == -1) continue;
        frame_[0] = Value::from_int(a);
        frame_[1] = Value::from_int(b);
        int64_t q = static_cast<int64_t>(std::floor(static_cast<long double>(a) / static_cast<long double>(b)));
        EXPECT_EQ(enter(trace), Value::from_int(std::string(op) == "mod" ? a - q * b : q).bits()) << a << op << b;
      }
    }
  }
}

TEST_F(JitTest, CallsWithManyArguments) {
  Trace* trace = compile_text(R"(
    trace function
    snap pc=1 frame=0 kind=0 { }
    %0 = sload.i64 #0
    %1 = sload.i64 #1
    %2 = sload.f64 #2
    %3 = call.word many (%0, %1, 3, %1, %0, 6)
    %4 = call.f64 scale (%2, %1)
    snap pc=2 frame=0 kind=0 { 3: %0, 4: %1, 5: %2, 6: %4 }
    %5 = narrow %3
    %6 = addov %5 %0
    %7 = box %6
    ret %7
  )");
  frame_[0] = Value::from_int(10);
  frame_[1] = Value::from_int(20);
  frame_[2] = Value::from_double(0.5);
  EXPECT_EQ(enter(trace), Value::from_int(10 + 40 + 9 + 80 + 50 + 36 + 10).bits());
  frame_[0] = Value::from_int(Value::kMaxInt);
  EXPECT_EQ(enter(trace), kExited);
  EXPECT_EQ(frame_[6], Value::from_double(10.0));
  EXPECT_EQ(frame_[3], Value::from_int(Value::kMaxInt));
}

TEST_F(JitTest, TwelveArgumentsGoToRegistersAndStack) {
  using Twelve = int64_t (*)(int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t, int64_t);
  Twelve function = [](int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, int64_t f, int64_t g, int64_t h, int64_t i, int64_t j,
                       int64_t k, int64_t l) { return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j + 11 * k + 12 * l; };
  CallTarget target{reinterpret_cast<const void*>(function), "twelve", Type::kWord, 0, 0};
  for (int64_t seed = 0; seed < 20; ++seed) {
    options().params.ra_seed = seed;
    Builder b;
    b.start(TraceKind::kFunction);
    b.resume_at(1);
    std::vector<Ref> arguments;
    int64_t expected = 0;
    for (int i = 0; i < 12; ++i) {
      frame_[i] = Value::from_int(100 + i);
      arguments.push_back(b.slot(i, Type::kI64));
      b.set_slot(20 + i, arguments.back());
      expected += (i + 1) * (100 + i);
    }
    b.resume_at(2);
    Ref sum = b.emit(Op::NARROW, Type::kI64, b.call(target, arguments));
    for (Ref& argument : arguments) sum = b.emit(Op::ADDOV, Type::kI64, sum, argument), expected += 100 + static_cast<int64_t>(&argument - arguments.data());
    b.end_return(sum);
    ASSERT_TRUE(optimise(b)) << abort_text(b.failed());
    EXPECT_EQ(enter(compile(b.ir())), Value::from_int(expected).bits());
    std::vector<Ref> thirteen(13, arguments[0]);
    b.call(target, thirteen);
    EXPECT_EQ(b.failed(), Abort::kTooManyArguments);
  }
}

TEST_F(JitTest, AllocatesOnBothPaths) {
  Trace* trace = compile_text(R"(
    trace loop
    snap pc=1 frame=0 kind=0 { }
    %0 = sload.i64 #0
    %1 = sload.val #1
    %2 = lt %0 100
    gtrue %2
    %3 = addov %0 1
    %4 = new 0x77w node
    store %4 %0 +8.val@7
    store %4 %1 +16.val@7
    store %4 2.5 +24.val@7
    snap pc=2 frame=0 kind=0 { 0: %3, 1: %4 }
    repeat
  )");
  frame_[0] = Value::from_int(0);
  frame_[1] = Value::none();
  int before = TestHeap::get().slow_calls;
  EXPECT_EQ(enter(trace), kExited);
  EXPECT_GT(TestHeap::get().slow_calls, before + 1);
  Value list = frame_[1];
  for (int i = 99; i >= 0; --i) {
    ASSERT_TRUE(list.is_object());
    TestObject* node = list.as<TestObject>();
    EXPECT_EQ(node->header, kNodeHeader);
    EXPECT_EQ(node->words[0], Value::from_int(i).bits());
    EXPECT_EQ(node->words[2], Value::from_double(2.5).bits());
    list = Value::from_bits(node->words[1]);
  }
  EXPECT_TRUE(list.is_none());
}

TEST_F(JitTest, BarrierCallsHelperAndKeepsRegisters) {
  static int calls;
  calls = 0;
  Engine::get().hooks.barrier_slow = [](void*, void* object) { ++calls, static_cast<TestObject*>(object)->header = kNodeHeader; };
  Trace* trace = compile_text(R"(
    trace function
    snap pc=1 frame=0 kind=0 { }
    %0 = sload.obj #0
    %1 = sload.i64 #1
    %2 = sload.f64 #2
    barrier %0
    barrier %0
    store %0 %1 +8.val@7
    store %0 %2 +16.val@7
    ret none
  )");
  TestObject object{kNodeHeader | 1ull << 32, {0, 0, 0}};
  frame_[0] = Value(reinterpret_cast<runtime::Object*>(&object));
  frame_[1] = Value::from_int(11);
  frame_[2] = Value::from_double(1.25);
  EXPECT_EQ(enter(trace), Value::none().bits());
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(object.words[0], Value::from_int(11).bits());
  EXPECT_EQ(object.words[1], Value::from_double(1.25).bits());
}

TEST_F(JitTest, BridgeInheritsRegisters) {
  Trace* root = compile_text(R"(
    trace loop
    snap pc=1 frame=0 kind=0 { }
    %0 = sload.i64 #0
    %1 = sload.f64 #1
    %2 = lt %0 1000
    gtrue %2
    %3 = addov %0 1
    %4 = band.i64 %0 1
    %5 = add.f64 %1 1.0
    snap pc=2 frame=0 kind=0 { 0: %3, 1: %5, 3: 77 }
    %6 = eq %4 0
    gtrue %6
    snap pc=3 frame=0 kind=0 { 0: %3, 1: %5 }
    repeat
  )");
  frame_[0] = Value::from_int(0);
  frame_[1] = Value::from_double(0);
  EXPECT_EQ(enter(root), kExited);
  Exit* exit = Engine::get().last_exit().exit;
  EXPECT_EQ(exit->pc, 2u);
  EXPECT_EQ(frame_[0], Value::from_int(2));
  EXPECT_EQ(frame_[3], Value::from_int(77));

  // Odd numbers: add another 0.25 and go round again.
  Builder b;
  b.start_bridge(*exit);
  Ref x = b.slot(1);
  EXPECT_EQ(b.ir().type(x), Type::kF64);
  EXPECT_EQ(b.slot(3), b.ir().k_i64(77));
  b.set_slot(1, b.emit(Op::ADD, Type::kF64, x, b.ir().k_f64(0.25)));
  b.resume_at(1);
  b.end_jump(root);
  ASSERT_TRUE(optimise(b));
  Trace* bridge = compile(b.ir());
  EXPECT_EQ(exit->bridge, bridge);
  frame_[0] = Value::from_int(0);
  frame_[1] = Value::from_double(0);
  EXPECT_EQ(enter(root), kExited);
  EXPECT_EQ(Engine::get().last_exit().exit->pc, 1u);
  EXPECT_EQ(frame_[0], Value::from_int(1000));
  EXPECT_EQ(frame_[1], Value::from_double(1000 + 500 * 0.25));
  // A bridge can be taken away again.
  Engine::get().invalidate(bridge);
  EXPECT_EQ(exit->bridge, nullptr);
  frame_[0] = Value::from_int(0);
  EXPECT_EQ(enter(root), kExited);
  EXPECT_EQ(Engine::get().last_exit().exit, exit);
}

const char* kFib = R"(
    trace function
    snap pc=100 frame=0 kind=0 { }
    stkchk 8
    %0 = sload.i64 #0
    %1 = ge %0 2
    snap pc=101 frame=0 kind=0 { 0: %0 }
    gtrue %1
    %3 = addov %0 -1
    sstore %3 #8
    snap pc=102 frame=0 kind=0 { 0: %0 }
    %5 = callt.val +8
    snap pc=103 frame=0 kind=0 { 0: %0, 1: %5 }
    %6 = unbox.i64 %5
    %7 = addov %0 -2
    sstore %7 #8
    snap pc=104 frame=0 kind=0 { 0: %0, 1: %6 }
    %9 = callt.val +8
    snap pc=105 frame=0 kind=0 { 0: %0, 1: %6, 2: %9 }
    %10 = unbox.i64 %9
    %11 = addov %6 %10
    %12 = box %11
    ret %12
  )";

TEST_F(JitTest, SelfRecursionDeepExitAndBridge) {
  frame_.memory.assign(4096, Value::none());
  Trace* fib = compile_text(kFib);
  frame_[0] = Value::from_int(9);
  EXPECT_EQ(enter(fib), kExited);
  // fib(9) calls 8, 7 ... 1; fib(1) leaves, and all frames below write themselves back.
  LastExit exit = Engine::get().last_exit();
  EXPECT_EQ(exit.exit->pc, 101u);
  EXPECT_EQ(exit.base, frame_.base() + 8 * 8);
  for (int depth = 0; depth < 9; ++depth) EXPECT_EQ(frame_[8 * depth], Value::from_int(9 - depth)) << depth;

  Builder b;
  b.start_bridge(*exit.exit);
  b.end_return(b.slot(0));
  ASSERT_TRUE(optimise(b));
  compile(b.ir());
  frame_[0] = Value::from_int(20);
  EXPECT_EQ(enter(fib), Value::from_int(6765).bits());

  // The native stack's limit: leaves innermost first, with ordinary frames behind it.
  char here;
  thread_.stack_limit = reinterpret_cast<uint64_t>(&here) - 2000;
  frame_[0] = Value::from_int(100);
  EXPECT_EQ(enter(fib), kExited);
  exit = Engine::get().last_exit();
  EXPECT_EQ(exit.exit->pc, 100u);
  EXPECT_GT(exit.base, frame_.base() + 8);
  for (Value* base = frame_.base(); base < exit.base; base += 8) EXPECT_EQ(base[0].as_int(), 100 - (base - frame_.base()) / 8);
}

// Values of every type and an object that exists only in snapshots survive a call that leaves, and one that returns.
TEST_F(JitTest, DeepExitRestoresEverything) {
  frame_.memory.assign(4096, Value::none());
  for (int64_t seed : {0, 1, 2, 3, 4, 5}) {
    options().params.ra_seed = seed;
    Builder b;
    b.start(TraceKind::kFunction);
    b.resume_at(1);
    Ref n = b.slot(0, Type::kI64), x = b.slot(1, Type::kF64), flag = b.slot(2, Type::kBool), any = b.slot(3), object = b.slot(4, Type::kObj);
    b.resume_at(2);
    b.guard(b.emit(Op::GT, Type::kBool, n, b.ir().k_i64(0)), true);
    Ref less = b.emit(Op::ADD, Type::kI64, n, b.ir().k_i64(-1)), twice = b.emit(Op::ADD, Type::kF64, x, x);
    Ref node = b.new_object(&TestHeap::get().spec, kNodeHeader);
    b.store(node, n, Mem(8, MemKind::kVal, 7));
    b.store(node, twice, Mem(16, MemKind::kF64, 8));
    b.store(node, object, Mem(24, MemKind::kVal, 7));
    b.sstore(12, less);
    b.sstore(13, twice);
    b.sstore(14, flag);
    b.sstore(15, any);
    b.sstore(16, object);
    b.set_slot(5, node);
    b.set_slot(6, twice);
    b.set_slot(7, flag);
    b.set_slot(8, less);
    b.set_slot(11, b.ir().k_word(0xABCD0000ABCDull));
    b.resume_at(3);
    Ref result = b.call_trace(nullptr, 12);
    b.set_slot(9, result);
    b.resume_at(4);
    Ref sum = b.emit(Op::ADDOV, Type::kI64, b.unbox(result, Type::kI64), n);
    b.end_return(sum);
    ASSERT_TRUE(optimise(b));
    Trace* trace = compile(b.ir());
    TestObject outside{kNodeHeader, {Value::from_int(5).bits(), 0, 0}};
    auto prepare = [&] {
      frame_.memory.assign(4096, Value::none());
      frame_[0] = Value::from_int(6);
      frame_[1] = Value::from_double(0.5);
      frame_[2] = Value::from_bool(true);
      frame_[3] = Value::none();
      frame_[4] = Value(reinterpret_cast<runtime::Object*>(&outside));
    };
    prepare();
    ASSERT_EQ(enter(trace), kExited);
    EXPECT_EQ(Engine::get().last_exit().exit->pc, 2u);
    EXPECT_EQ(Engine::get().last_exit().base, frame_.base() + 6 * 12);
    double x_here = 0.5;
    for (int depth = 0; depth < 6; ++depth, x_here *= 2) {
      Value* base = frame_.base() + 12 * depth;
      EXPECT_EQ(base[6], Value::from_double(2 * x_here));
      EXPECT_TRUE(base[7].is_true());
      EXPECT_EQ(base[8], Value::from_int(5 - depth));
      // The header word of the next frame: written raw.
      EXPECT_EQ(base[11].bits(), 0xABCD0000ABCDull);
      TestObject* made = base[5].as<TestObject>();
      ASSERT_TRUE(base[5].is_object());
      EXPECT_EQ(made->header, kNodeHeader);
      EXPECT_EQ(made->words[0], Value::from_int(6 - depth).bits());
      EXPECT_EQ(std::bit_cast<double>(made->words[1]), 2 * x_here);
      EXPECT_EQ(made->words[2], frame_[4].bits());
    }
    Builder bridge;
    bridge.start_bridge(*Engine::get().last_exit().exit);
    bridge.end_return(bridge.ir().k_i64(100));
    ASSERT_TRUE(optimise(bridge));
    compile(bridge.ir());
    prepare();
    EXPECT_EQ(enter(trace), Value::from_int(121).bits());
  }
}

TEST_F(JitTest, InvalidationLeavesAtEntryAndAfterCalls) {
  static Trace* trace;
  static bool armed;
  armed = false;
  TextNames with = names();
  with.calls.push_back({reinterpret_cast<const void*>(+[] {
                          if (armed) Engine::get().invalidate(trace);
                        }),
                        "maybe_invalidate", Type::kVoid, kCallPython | kCallWrites, ~0ull});
  Ir ir;
  ASSERT_EQ(read_ir(R"(
    trace function
    snap pc=1 frame=0 kind=0 { }
    %0 = sload.i64 #0
    call maybe_invalidate ()
    snap pc=2 frame=0 kind=0 { 1: %0 }
    ginval
    ret none
  )",
                    with, &ir),
            "");
  trace = compile(ir);
  frame_[0] = Value::from_int(5);
  EXPECT_EQ(enter(trace), Value::none().bits());
  armed = true;
  EXPECT_EQ(enter(trace), kExited);
  EXPECT_EQ(Engine::get().last_exit().exit->pc, 2u);
  EXPECT_EQ(frame_[1], Value::from_int(5));
  frame_[1] = Value::none();
  EXPECT_EQ(enter(trace), kExited);
  EXPECT_EQ(Engine::get().last_exit().exit->pc, 1u);
  EXPECT_TRUE(frame_[1].is_none());
  // A new version takes over the old one's entry.
  ir.start.pc = 9;
  armed = false;
  Trace* fresh = compile(ir);
  Engine::get().redirect(trace, fresh);
  EXPECT_EQ(enter(trace), Value::none().bits());
}

// The entry resumes at the trace's first instruction, even if no guard there needed a snapshot.
TEST_F(JitTest, InvalidEntryResumesAtTheStart) {
  Builder b;
  b.start(TraceKind::kFunction);
  b.resume_at(40);
  b.set_slot(1, b.slot(0));
  b.resume_at(41);
  b.slot(2, Type::kI64);
  b.end_return(b.slot(0));
  ASSERT_TRUE(optimise(b));
  Trace* trace = compile(b.ir());
  Engine::get().invalidate(trace);
  EXPECT_EQ(enter(trace), kExited);
  EXPECT_EQ(Engine::get().last_exit().exit->pc, 40u);
}

TEST_F(JitTest, PollLeaves) {
  Trace* trace = compile_text("trace function\nsnap pc=1 frame=0 kind=0 { }\npoll 0\nret none\n");
  EXPECT_EQ(enter(trace), Value::none().bits());
  thread_.poll = 1;
  EXPECT_EQ(enter(trace), kExited);
}

}  // namespace
}  // namespace pyjit::jit::test
