// Lines a second from source text to code object, over the standard library's sources.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "frontend/codegen.h"
#include "frontend/compile.h"
#include "frontend/fold.h"
#include "frontend/parser.h"
#include "frontend/symtable.h"

using namespace pyjit::frontend;

namespace {

struct Corpus {
  std::vector<std::string> sources;
  size_t lines = 0;
};

const Corpus& corpus() {
  static Corpus c = [] {
    Corpus all;
    for (auto& entry : std::filesystem::directory_iterator("/usr/lib/python3.11")) {
      if (entry.path().extension() != ".py") continue;
      std::ifstream in(entry.path(), std::ios::binary);
      all.sources.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
      all.lines += (size_t)std::ranges::count(all.sources.back(), '\n');
    }
    return all;
  }();
  return c;
}

void BM_Compile(benchmark::State& state) {
  const Corpus& c = corpus();
  for (auto _ : state) {
    for (const std::string& source : c.sources) {
      Arena arena;
      benchmark::DoNotOptimize(compile(arena, source, "bench.py", {}).code);
    }
  }
  state.SetItemsProcessed((int64_t)(state.iterations() * c.lines));
}
BENCHMARK(BM_Compile)->Unit(benchmark::kMillisecond);

void BM_Parse(benchmark::State& state) {
  const Corpus& c = corpus();
  for (auto _ : state) {
    for (const std::string& source : c.sources) {
      Arena arena;
      benchmark::DoNotOptimize(parse(arena, source, "bench.py", {}).tree);
    }
  }
  state.SetItemsProcessed((int64_t)(state.iterations() * c.lines));
}
BENCHMARK(BM_Parse)->Unit(benchmark::kMillisecond);

void BM_ParseFoldSymbols(benchmark::State& state) {
  const Corpus& c = corpus();
  for (auto _ : state) {
    for (const std::string& source : c.sources) {
      Arena arena;
      CompileOptions options;
      ParseResult p = parse(arena, source, "bench.py", options);
      Diagnostic error;
      fold_constants(arena, p.tree, 0, options, error);
      SymbolTable symbols;
      benchmark::DoNotOptimize(build_symbol_table(arena, p.tree, 0, options, symbols, error));
    }
  }
  state.SetItemsProcessed((int64_t)(state.iterations() * c.lines));
}
BENCHMARK(BM_ParseFoldSymbols)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
