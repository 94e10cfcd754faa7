// The interpreter alone: loops of one kind of instruction, in nanoseconds an iteration.
#include <memory>

#include "bench/micro/environment.h"

namespace {

using namespace pyjit;

constexpr int64_t kRounds = 10000;

// `body`: statements of a loop over i; `before`: statements in front of it.
void loop(benchmark::State& state, const std::string& body, const std::string& before = "    pass") {
  static std::vector<std::unique_ptr<bench::Module>> modules;  // their roots stay registered
  modules.push_back(std::make_unique<bench::Module>(
      "class P:\n  def __init__(self): self.x = 1\n  def m(self): return 1\ndef g(a): return a\ndef f(n):\n" +
      before + "\n    for i in range(n):\n        " + body + "\n"));
  for (auto _ : state) benchmark::DoNotOptimize(modules.back()->call("f", kRounds));
  state.SetItemsProcessed(state.iterations() * kRounds);
}

#define LOOP(name, ...)                                            \
  void name(benchmark::State& state) { loop(state, __VA_ARGS__); } \
  BENCHMARK(name)
LOOP(empty, "pass");
LOOP(int_add, "x = i + 1; y = x + i");
LOOP(int_compare_and_branch, "if i < 5000: x = 1");
LOOP(float_multiply, "x = x * 1.0000001", "    x = 1.0");
LOOP(local_moves, "a = i; b = a; a = b");
LOOP(global_load, "g; g; g");
LOOP(attribute_load, "p.x; p.x; p.x", "    p = P()");
LOOP(attribute_store, "p.x = i", "    p = P()");
LOOP(list_subscript, "l[i & 7]", "    l = list(range(8))");
LOOP(list_store, "l[i & 7] = i", "    l = list(range(8))");
LOOP(dict_subscript, "d['k']", "    d = {'k': 1}");
LOOP(function_call, "g(i)");
LOOP(method_call, "p.m()", "    p = P()");
LOOP(builtin_call, "len(l)", "    l = [1]");
LOOP(construct, "P()");
LOOP(tuple_and_unpack, "a, b = b, i", "    a = b = 0");
LOOP(closure_call, "h()", "    def h(): return n");
LOOP(exception_free_try, "\n          try: x = i\n          except ValueError: pass");
LOOP(raise_and_catch, "\n          try: raise ValueError\n          except ValueError: pass");
LOOP(generator_step, "next(it)", "    it = iter(k for k in iter(int, 1))");
LOOP(fstring, "f'{i}'");

}  // namespace

int main(int argc, char** argv) { return pyjit::bench::run(argc, argv, false); }
