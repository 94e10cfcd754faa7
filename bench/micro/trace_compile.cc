// What compiling and leaving a trace costs: a typical trace (about 200 IR instructions, 40 exits) from recording to machine code, its
// passes one by one, one exit, one exit through a bridge, one call of a function trace.
#include <benchmark/benchmark.h>

#include "jit/engine.h"
#include "jit/opt.h"
#include "jit/text.h"

namespace {

using namespace pyjit::jit;
using pyjit::runtime::Value;

uint64_t opaque(uint64_t x) { return x; }
const CallTarget kOpaque{reinterpret_cast<const void*>(&opaque), "opaque", Type::kVal, kCallReads | kCallWrites, ~0ull};

// The body of a numerical loop over objects: guarded field reads, int and float arithmetic, a call now and then.
void record(Builder& b, int rounds) {
  b.start(TraceKind::kLoop);
  uint64_t pc = 1;
  b.resume_at(pc);
  Ref i = b.slot(0, Type::kI64), n = b.slot(1, Type::kI64);
  b.guard(b.emit(Op::LT, Type::kBool, i, n), true);
  Ref object = b.slot(2, Type::kObj), x = b.slot(3, Type::kF64), sum = b.slot(4, Type::kI64);
  for (int k = 0; k < rounds; ++k) {
    b.resume_at(++pc);
    b.guard_shape(object, 7);
    int offset = k % 2 ? 16 + 16 * (k / 2 % 2) : 8 + 16 * (k / 2 % 3);  // floats in two fields, ints in three
    Ref field = b.load(object, Mem(offset, MemKind::kVal, 5));
    Ref number = b.unbox(field, k % 2 ? Type::kF64 : Type::kI64);
    b.resume_at(++pc);
    if (k % 2) {
      x = b.emit(Op::ADD, Type::kF64, b.emit(Op::MUL, Type::kF64, x, number), b.ir().k_f64(0.5 + k));
      b.set_slot(3, x);
    } else {
      sum = b.emit(Op::ADDOV, Type::kI64, sum, b.emit(Op::BXOR, Type::kI64, number, i));
      b.set_slot(4, sum);
      b.store(object, sum, Mem(offset, MemKind::kVal, 5));
    }
    b.set_slot(10 + k % 8, k % 2 ? x : sum);
    if (k % 10 == 9) {
      b.resume_at(++pc);
      Ref answer = b.call(kOpaque, {b.box(sum)});
      b.set_slot(20, answer);
    }
  }
  b.resume_at(++pc);
  b.set_slot(0, b.emit(Op::ADDOV, Type::kI64, i, b.ir().k_i64(1)));
  b.resume_at(1);
  b.end_repeat();
}

int live_instructions(const Ir& ir) {
  int count = 0;
  for (Ref ref = Ir::begin(); ref < ir.end(); ++ref) count += ir.ins(ref).op != Op::NOP;
  return count;
}

void report(benchmark::State& state, const Ir& ir, const Trace* trace) {
  state.counters["ir"] = live_instructions(ir);
  // Seconds an IR instruction.
  state.counters["per_ir"] = benchmark::Counter(live_instructions(ir), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  if (!trace) return;
  state.counters["exits"] = static_cast<double>(trace->exits.size());
  state.counters["bytes"] = trace->code_size;
}

void flush_if_full() {
  if (Engine::get().code_bytes() > (32u << 20)) Engine::get().flush();
}

void record_only(benchmark::State& state) {
  Builder b;
  for (auto _ : state) record(b, 32);
  report(state, b.ir(), nullptr);
}
BENCHMARK(record_only);

void backend(benchmark::State& state) {
  options().opt = kOptAll & ~kOptLoop;
  Builder b;
  record(b, 32);
  optimise(b);
  Abort why;
  Trace* trace = nullptr;
  for (auto _ : state) {
    trace = Engine::get().compile(b.ir(), &why);
    if (!trace) state.SkipWithError(abort_text(why));
    state.PauseTiming();
    flush_if_full();
    state.ResumeTiming();
  }
  if (Engine::get().traces().empty()) trace = nullptr;
  report(state, b.ir(), trace);
  options().opt = kOptAll;
}
BENCHMARK(backend);

template <void (*pass)(Ir&)>
void one_pass(benchmark::State& state) {
  Builder b;
  record(b, 32);
  opt_loop(b);
  for (auto _ : state) {
    state.PauseTiming();
    Ir copy = b.ir();
    state.ResumeTiming();
    pass(copy);
    benchmark::DoNotOptimize(copy.end());
  }
  report(state, b.ir(), nullptr);
}
void pass_dce(benchmark::State& state) { one_pass<opt_dce>(state); }
void pass_range(benchmark::State& state) { one_pass<opt_range>(state); }
void pass_sink(benchmark::State& state) { one_pass<opt_sink>(state); }
BENCHMARK(pass_dce);
BENCHMARK(pass_range);
BENCHMARK(pass_sink);

void pass_loop(benchmark::State& state) {
  Builder b;
  for (auto _ : state) {
    state.PauseTiming();
    record(b, 32);
    state.ResumeTiming();
    opt_loop(b);
  }
  report(state, b.ir(), nullptr);
}
BENCHMARK(pass_loop);

void record_to_code(benchmark::State& state) {
  Builder b;
  Abort why;
  const Trace* trace = nullptr;
  for (auto _ : state) {
    record(b, 32);
    optimise(b);
    flush_if_full();
    trace = Engine::get().compile(b.ir(), &why);
  }
  report(state, b.ir(), trace);
}
BENCHMARK(record_to_code);

Trace* from_text(const char* text) {
  Ir ir;
  std::string error = read_ir(text, {}, &ir);
  Abort why;
  Trace* trace = error.empty() ? Engine::get().compile(ir, &why) : nullptr;
  if (!trace) std::fprintf(stderr, "%s\n", error.c_str());
  return trace;
}

uint64_t thread_words[8];
std::vector<Value> stack(1 << 16, Value::none());

const char* kEightLive = R"(
  trace function
  snap pc=1 frame=0 kind=0 { }
  %0 = sload.i64 #0
  %1 = sload.i64 #1
  %2 = sload.f64 #2
  %3 = sload.val #3
  %4 = add.i64 %0 1
  %5 = add.i64 %1 1
  %6 = add.f64 %2 1.0
  snap pc=2 frame=0 kind=0 { 0: %4, 1: %5, 2: %6, 4: %3, 5: %4, 6: %5, 7: 7, 8: none }
  %7 = lt %4 %5
  gtrue %7
  ret none
)";

void enter_and_return(benchmark::State& state) {
  Trace* trace = from_text(kEightLive);
  stack[0] = Value::from_int(1), stack[1] = Value::from_int(5), stack[2] = Value::from_double(1);
  for (auto _ : state) benchmark::DoNotOptimize(Engine::get().enter(trace, thread_words, stack.data()));
}
BENCHMARK(enter_and_return);

void enter_and_exit_8_slots(benchmark::State& state) {
  Trace* trace = from_text(kEightLive);
  for (auto _ : state) {
    stack[0] = Value::from_int(9), stack[1] = Value::from_int(5), stack[2] = Value::from_double(1);
    benchmark::DoNotOptimize(Engine::get().enter(trace, thread_words, stack.data()));
  }
}
BENCHMARK(enter_and_exit_8_slots);

void enter_exit_and_bridge(benchmark::State& state) {
  Trace* trace = from_text(kEightLive);
  stack[0] = Value::from_int(9), stack[1] = Value::from_int(5), stack[2] = Value::from_double(1);
  Engine::get().enter(trace, thread_words, stack.data());
  Builder b;
  b.start_bridge(*Engine::get().last_exit().exit);
  b.end_return(b.slot(0));
  optimise(b);
  Abort why;
  Engine::get().compile(b.ir(), &why);
  stack[0] = Value::from_int(9), stack[1] = Value::from_int(5), stack[2] = Value::from_double(1);
  for (auto _ : state) benchmark::DoNotOptimize(Engine::get().enter(trace, thread_words, stack.data()));
}
BENCHMARK(enter_exit_and_bridge);

void loop_iteration(benchmark::State& state) {
  Trace* trace = from_text(R"(
    trace loop
    snap pc=1 frame=0 kind=0 { }
    %0 = sload.i64 #0
    %1 = sload.i64 #1
    loop
    snap pc=2 frame=0 kind=0 { 0: %0, 1: %1 }
    %3 = lt %0 1000000
    gtrue %3
    %5 = addov %1 %0
    %6 = add.i64 %0 1
    phi %0 %6
    phi %1 %5
  )");
  for (auto _ : state) {
    stack[0] = Value::from_int(0), stack[1] = Value::from_int(0);
    Engine::get().enter(trace, thread_words, stack.data());
  }
  state.SetItemsProcessed(state.iterations() * 1000000);
}
BENCHMARK(loop_iteration);

// fib(27): 832,040 calls of the function trace from itself.
void fib_calls(benchmark::State& state) {
  Trace* fib = from_text(R"(
    trace function
    snap pc=100 frame=0 kind=0 { }
    stkchk 8
    %0 = sload.i64 #0
    %1 = ge %0 2
    snap pc=101 frame=0 kind=0 { 0: %0 }
    gtrue %1
    %3 = add.i64 %0 -1
    sstore %3 #8
    snap pc=102 frame=0 kind=0 { 0: %0 }
    %5 = callt.val +8
    snap pc=103 frame=0 kind=0 { 0: %0, 1: %5 }
    %6 = unbox.i64 %5
    %7 = add.i64 %0 -2
    sstore %7 #8
    snap pc=104 frame=0 kind=0 { 0: %0, 1: %6 }
    %9 = callt.val +8
    snap pc=105 frame=0 kind=0 { 0: %0, 1: %6, 2: %9 }
    %10 = unbox.i64 %9
    %11 = addov %6 %10
    %12 = box %11
    ret %12
  )");
  stack[0] = Value::from_int(1);
  Engine::get().enter(fib, thread_words, stack.data());
  Builder b;
  b.start_bridge(*Engine::get().last_exit().exit);
  b.end_return(b.slot(0));
  optimise(b);
  Abort why;
  Engine::get().compile(b.ir(), &why);
  for (auto _ : state) {
    stack[0] = Value::from_int(27);
    uint64_t result = Engine::get().enter(fib, thread_words, stack.data());
    if (result != Value::from_int(196418).bits()) state.SkipWithError("wrong fib");
  }
  state.SetItemsProcessed(state.iterations() * 832040);
}
BENCHMARK(fib_calls);

}  // namespace

BENCHMARK_MAIN();
