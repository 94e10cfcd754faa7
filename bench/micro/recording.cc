// What it costs to make a loop fast: from the hot back edge to machine code, for loops of growing size, whole (recording, optimising,
// compiling) in microseconds a trace; and what a guard that fails costs until and after it has a bridge.
#include <memory>

#include "bench/micro/environment.h"
#include "jit/engine.h"

namespace {

using namespace pyjit;

// A new function each time, so that each has to be recorded.
void record_and_compile(benchmark::State& state) {
  std::string source = "def f(n):\n    a = b = c = 1\n    for i in range(n):\n";
  for (int64_t k = 0; k < state.range(0); ++k)
    source += k % 3 == 0 ? "        a = (a * 3 + i) & 0xFFFF\n" : k % 3 == 1 ? "        b = b + (a ^ i)\n"
                                                                             : "        c = c + 1 if b & 1 else c\n";
  source += "    return a + b + c\n";
  size_t traces = 0, bytes = 0;
  for (auto _ : state) {
    state.PauseTiming();
    auto* module = new bench::Module(source);  // its root stays registered
    size_t before = jit::Engine::get().traces().size(), code = jit::Engine::get().code_bytes();
    state.ResumeTiming();
    module->call("f", 300);
    traces += jit::Engine::get().traces().size() - before;
    bytes += jit::Engine::get().code_bytes() - code;
  }
  state.counters["traces"] = benchmark::Counter(static_cast<double>(traces), benchmark::Counter::kAvgIterations);
  state.counters["bytes"] = benchmark::Counter(static_cast<double>(bytes), benchmark::Counter::kAvgIterations);
}
BENCHMARK(record_and_compile)->Arg(3)->Arg(12)->Arg(48)->Iterations(200)->Unit(benchmark::kMicrosecond);

void loop(benchmark::State& state, const std::string& body) {
  static std::vector<std::unique_ptr<bench::Module>> modules;
  modules.push_back(std::make_unique<bench::Module>("def f(n):\n    x = 0\n    for i in range(n):\n" + body + "    return x\n"));
  modules.back()->call("f", 100000);
  for (auto _ : state) benchmark::DoNotOptimize(modules.back()->call("f", 10000));
  state.SetItemsProcessed(state.iterations() * 10000);
}

void no_branch(benchmark::State& state) { loop(state, "        x += 1\n"); }
void alternating_branch(benchmark::State& state) { loop(state, "        if i & 1: x += 1\n        else: x -= 1\n"); }
void rare_branch(benchmark::State& state) { loop(state, "        x += 1\n        if i % 100 == 0: x -= 1\n"); }
BENCHMARK(no_branch);
BENCHMARK(alternating_branch);
BENCHMARK(rare_branch);

}  // namespace

int main(int argc, char** argv) { return pyjit::bench::run(argc, argv, true); }
