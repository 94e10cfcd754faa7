// What an object costs: allocation that dies at once, allocation that survives, minor and full collections by heap size, barriers.
#include "bench/micro/environment.h"
#include "runtime/types/containers.h"

namespace {

using namespace pyjit::runtime;

void allocate_and_forget(benchmark::State& state) {
  size_t items = static_cast<size_t>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(new_value_array(items));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(allocate_and_forget)->Arg(1)->Arg(4)->Arg(30)->Arg(500)->Arg(20000);

// A ring of recent objects: each survives a while, as in programs with queues and caches.
void allocate_and_keep_a_while(benchmark::State& state) {
  size_t kept = static_cast<size_t>(state.range(0)), at = 0;
  RootedVector ring;
  ring.resize(kept);
  for (auto _ : state) {
    ring[at] = Value(static_cast<Object*>(new_value_array(3)));
    if (++at == kept) at = 0;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(allocate_and_keep_a_while)->Arg(1000)->Arg(100000)->Arg(1000000);

// A list of `count` small lists of ints.
Value make_graph(int64_t count) {
  RootedVector rows;
  for (int64_t i = 0; i < count; ++i) {
    ValueArray* row = new_value_array(3);
    for (uint64_t k = 0; k < 3; ++k) row->items[k] = Value::from_int(i);
    rows.push_back(Value(static_cast<Object*>(row)));
  }
  ValueArray* all = new_value_array(static_cast<size_t>(count));
  for (int64_t i = 0; i < count; ++i) all->items[i] = rows[static_cast<size_t>(i)];
  return Value(static_cast<Object*>(all));
}

void full_collection(benchmark::State& state) {
  RootedVector keep;
  keep.push_back(make_graph(state.range(0)));
  for (auto _ : state) heap.collect(true);
  state.counters["objects"] = static_cast<double>(state.range(0));
}
BENCHMARK(full_collection)->Arg(1000)->Arg(100000)->Arg(1000000)->Unit(benchmark::kMicrosecond);

void minor_collection(benchmark::State& state) {
  RootedVector keep;
  keep.push_back(make_graph(state.range(0)));
  heap.collect(true);
  for (auto _ : state) {
    state.PauseTiming();
    Value young = make_graph(1000);
    state.ResumeTiming();
    heap.collect(false);
    benchmark::DoNotOptimize(young);
  }
}
BENCHMARK(minor_collection)->Arg(1000)->Arg(1000000)->Unit(benchmark::kMicrosecond);

void store_into_old(benchmark::State& state) {
  RootedVector keep;
  keep.push_back(make_graph(1000));
  heap.collect(true);
  ValueArray* old = keep[0].as<ValueArray>();
  Value young = Value(static_cast<Object*>(new_value_array(1)));
  uint64_t i = 0;
  for (auto _ : state) {
    old->items[i++ % 1000] = young;
    write_barrier(old, young);
  }
}
BENCHMARK(store_into_old);

}  // namespace

int main(int argc, char** argv) { return pyjit::bench::run(argc, argv, false); }
