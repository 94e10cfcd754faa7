// Lines a second through the lexer alone, and a .pyc payload written and read, over the standard library's sources.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "bench/micro/environment.h"
#include "frontend/lexer.h"
#include "frontend/source.h"
#include "runtime/marshal.h"

namespace {

using namespace pyjit;

struct Corpus {
  std::vector<std::string> sources;
  int64_t lines = 0;
  Corpus() {
    for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/python3.11")) {
      if (entry.path().extension() != ".py") continue;
      std::ifstream in(entry.path(), std::ios::binary);
      sources.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
      lines += std::ranges::count(sources.back(), '\n');
    }
  }
};
const Corpus& corpus() {
  static Corpus c;
  return c;
}

void lexer(benchmark::State& state) {
  const Corpus& c = corpus();
  for (auto _ : state) {
    for (const std::string& source : c.sources) {
      frontend::Arena arena;
      frontend::Lexer lexer(arena, frontend::padded_copy(arena, source));
      frontend::Token token;
      do lexer.next(token);
      while (token.kind != frontend::Tok::kEndMarker && token.kind != frontend::Tok::kError);
      benchmark::DoNotOptimize(token);
    }
  }
  state.SetItemsProcessed(state.iterations() * c.lines);
}
BENCHMARK(lexer)->Unit(benchmark::kMillisecond);

// The payloads of 40 modules, some 1.5 MB.
std::vector<std::string> payloads() {
  std::vector<std::string> out;
  for (size_t i = 0; i < std::min<size_t>(40, corpus().sources.size()); ++i)
    runtime::marshal_dump(runtime::Value(static_cast<runtime::Object*>(bench::compile(corpus().sources[i]))), 4, &out.emplace_back());
  return out;
}

void marshal_load(benchmark::State& state) {
  std::vector<std::string> all = payloads();
  int64_t bytes = 0;
  for (auto _ : state) {
    for (const std::string& data : all) {
      size_t position = 0;
      benchmark::DoNotOptimize(runtime::marshal_load(data, &position));
      bytes += static_cast<int64_t>(data.size());
    }
  }
  state.SetBytesProcessed(bytes);
}
BENCHMARK(marshal_load)->Unit(benchmark::kMillisecond);

void marshal_dump(benchmark::State& state) {
  runtime::RootedVector codes;
  for (const std::string& data : payloads()) {
    size_t position = 0;
    codes.push_back(runtime::marshal_load(data, &position));
  }
  int64_t bytes = 0;
  for (auto _ : state) {
    for (runtime::Value code : codes) {
      std::string out;
      runtime::marshal_dump(code, 4, &out);
      bytes += static_cast<int64_t>(out.size());
    }
  }
  state.SetBytesProcessed(bytes);
}
BENCHMARK(marshal_dump)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) { return pyjit::bench::run(argc, argv, false); }
