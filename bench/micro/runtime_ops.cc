// Nanoseconds an operation of the runtime: int, str, list, dict, set by kinds of key (memory.cc: allocation and collection; values.cc: by size).
#include <benchmark/benchmark.h>

#include "runtime/heap.h"
#include "runtime/init.h"
#include "runtime/ops.h"
#include "runtime/thread.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

using namespace pyjit::runtime;

namespace {

Value keys_of_kind(int kind, int64_t i) {
  if (kind == 0) return Value::from_int(i * 7);
  if (kind == 1) return new_strf("key %ld", static_cast<long>(i));
  return make_tuple(Value::from_int(i), Value::from_int(-i));
}

void BM_DictGet(benchmark::State& state) {
  RootedVector keys;
  Dict* d = new_dict();
  for (int64_t i = 0; i < 1000; ++i) {
    keys.push_back(keys_of_kind(static_cast<int>(state.range(0)), i));
    dict_set(d, keys[static_cast<size_t>(i)], Value::from_int(i));
  }
  size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(dict_get(d, keys[i = (i + 389) % 1000]));
}
BENCHMARK(BM_DictGet)->Arg(0)->Arg(1)->Arg(2);

void BM_DictFill(benchmark::State& state) {
  RootedVector keys;
  for (int64_t i = 0; i < 1000; ++i) keys.push_back(keys_of_kind(static_cast<int>(state.range(0)), i));
  for (auto _ : state) {
    Dict* d = new_dict();
    for (Value k : keys) dict_set(d, k, k);
    benchmark::DoNotOptimize(d);
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(BM_DictFill)->Arg(0)->Arg(1)->Arg(2);

void BM_SetAdd(benchmark::State& state) {
  RootedVector keys;
  for (int64_t i = 0; i < 1000; ++i) keys.push_back(keys_of_kind(static_cast<int>(state.range(0)), i));
  for (auto _ : state) {
    Set* s = new_set(nullptr);
    for (Value k : keys) set_add(s, k);
    benchmark::DoNotOptimize(s);
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(BM_SetAdd)->Arg(0)->Arg(1)->Arg(2);

void BM_StrJoin(benchmark::State& state) {
  List* parts = new_list();
  for (int64_t i = 0; i < 1000; ++i) list_append(parts, keys_of_kind(1, i));
  Str* separator = new_str(", ");
  for (auto _ : state) benchmark::DoNotOptimize(str_join(separator, parts));
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(BM_StrJoin);

void BM_FormatInt(benchmark::State& state) {
  Value spec = new_str("05d");
  int64_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(format(Value::from_int(i++ % 100000), spec));
}
BENCHMARK(BM_FormatInt);

void BM_ListSort(benchmark::State& state) {
  RootedVector keys;
  uint64_t x = 12345;
  for (int64_t i = 0; i < 1000; ++i) {
    x = x * 6364136223846793005ull + 1442695040888963407ull;
    keys.push_back(keys_of_kind(static_cast<int>(state.range(0)), static_cast<int64_t>(x >> 40)));
  }
  for (auto _ : state) {
    List* list = new_list_from(keys.begin(), keys.size());
    list_sort(list, nullptr, false);
    benchmark::DoNotOptimize(list);
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(BM_ListSort)->Arg(0)->Arg(1)->Arg(2);

// One step of a linear congruential generator, whose product needs two limbs.
void BM_WideIntStep(benchmark::State& state) {
  Value x = Value::from_int(12345), factor = Value::from_int(1103515245), step = Value::from_int(12345), mask = Value::from_int(0x7FFFFFFFFF);
  for (auto _ : state) x = int_and(int_add(int_mul(x, factor), step), mask);
  benchmark::DoNotOptimize(x);
}
BENCHMARK(BM_WideIntStep);

}  // namespace

int main(int argc, char** argv) {
  static Thread main_thread;
  current_thread = &main_thread;
  main_thread.native_stack_base = reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) + 4096;
  main_thread.native_stack_limit = main_thread.native_stack_base - (4 << 20);
  start_runtime();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
