// Operations of the builtin types as the runtime implements them: dict, set, str, int. Nanoseconds an operation.
#include "bench/micro/environment.h"
#include "runtime/types/int.h"

namespace {

using namespace pyjit::runtime;

Value int_key(int64_t i) { return Value::from_int(i * 7919 % 1000003); }
Value str_key(int64_t i) { return Value(static_cast<Object*>(new_strf("key%ld", static_cast<long>(i)))); }

template <Value (*key)(int64_t)>
void dict_lookup(benchmark::State& state) {
  int64_t size = state.range(0), i = 0;
  RootedVector keys, keep;
  Dict* d = new_dict();
  keep.push_back(Value(static_cast<Object*>(d)));
  for (int64_t k = 0; k < size; ++k) {
    keys.push_back(key(k));
    dict_set(d, keys.back(), Value::from_int(k));
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(dict_get(d, keys[static_cast<size_t>(i)]));
    if (++i == size) i = 0;
  }
}
void dict_lookup_int(benchmark::State& state) { dict_lookup<int_key>(state); }
void dict_lookup_str(benchmark::State& state) { dict_lookup<str_key>(state); }
BENCHMARK(dict_lookup_int)->Arg(4)->Arg(100)->Arg(100000);
BENCHMARK(dict_lookup_str)->Arg(4)->Arg(100)->Arg(100000);

void dict_build(benchmark::State& state) {
  int64_t size = state.range(0);
  for (auto _ : state) {
    Dict* d = new_dict();
    for (int64_t k = 0; k < size; ++k) dict_set(d, int_key(k), Value::from_int(k));
    benchmark::DoNotOptimize(d);
  }
  state.SetItemsProcessed(state.iterations() * size);
}
BENCHMARK(dict_build)->Arg(4)->Arg(100)->Arg(100000);

void dict_insert_and_delete(benchmark::State& state) {
  RootedVector keep;
  Dict* d = new_dict();
  keep.push_back(Value(static_cast<Object*>(d)));
  for (int64_t k = 0; k < 1000; ++k) dict_set(d, Value::from_int(k), Value::none());
  int64_t i = 0;
  for (auto _ : state) {
    dict_set(d, Value::from_int(i + 1000), Value::none());
    dict_delete(d, Value::from_int(i++));
  }
}
BENCHMARK(dict_insert_and_delete);

void set_add_and_contains(benchmark::State& state) {
  int64_t size = state.range(0);
  for (auto _ : state) {
    Set* s = new_set(Value());
    for (int64_t k = 0; k < size; ++k) set_add(s, int_key(k));
    int64_t found = 0;
    for (int64_t k = 0; k < size; ++k) found += set_contains(s, int_key(k + size / 2));
    benchmark::DoNotOptimize(found);
  }
  state.SetItemsProcessed(state.iterations() * size * 2);
}
BENCHMARK(set_add_and_contains)->Arg(4)->Arg(100)->Arg(100000);

void str_append_loop(benchmark::State& state) {
  Str* piece = intern("piece");
  for (auto _ : state) {
    Str* s = intern("");
    for (int i = 0; i < 1000; ++i) s = str_append(s, piece);
    benchmark::DoNotOptimize(s);
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(str_append_loop);

void str_concat_short(benchmark::State& state) {
  Str *a = intern("some"), *b = intern("text");
  for (auto _ : state) benchmark::DoNotOptimize(str_concat(a, b));
}
BENCHMARK(str_concat_short);

void str_find_in_4k(benchmark::State& state) {
  std::string text(4096, 'a');
  text += "needle";
  RootedVector keep;
  Str *haystack = new_str(text), *needle = intern("needle");
  keep.push_back(Value(static_cast<Object*>(haystack)));
  for (auto _ : state) benchmark::DoNotOptimize(str_find(haystack, needle, 0, static_cast<int64_t>(text.size())));
  state.SetBytesProcessed(state.iterations() * 4096);
}
BENCHMARK(str_find_in_4k);

void str_intern(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(intern("an_identifier"));
}
BENCHMARK(str_intern);

// 777...7: not from text, whose length is limited.
Value digits(int64_t count) {
  Value power = int_pow(Value::from_int(10), Value::from_int(count), Value::none());
  return int_mul(Value::from_int(7), int_floordiv(power, Value::from_int(9)));
}

template <Value (*operation)(Value, Value)>
void big_int(benchmark::State& state) {
  RootedVector keep;
  keep.push_back(digits(state.range(0)));
  keep.push_back(digits(state.range(0) / 2 + 1));
  for (auto _ : state) benchmark::DoNotOptimize(operation(keep[0], keep[1]));
}
void int_add_digits(benchmark::State& state) { big_int<int_add>(state); }
void int_mul_digits(benchmark::State& state) { big_int<int_mul>(state); }
void int_floordiv_digits(benchmark::State& state) { big_int<int_floordiv>(state); }
BENCHMARK(int_add_digits)->Arg(10)->Arg(40)->Arg(1000)->Arg(100000);
BENCHMARK(int_mul_digits)->Arg(10)->Arg(40)->Arg(1000)->Arg(100000);
BENCHMARK(int_floordiv_digits)->Arg(10)->Arg(40)->Arg(1000)->Arg(100000);

void int_to_decimal(benchmark::State& state) {
  RootedVector keep;
  keep.push_back(digits(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(str(keep[0]));
}
BENCHMARK(int_to_decimal)->Arg(5)->Arg(40)->Arg(1000);

}  // namespace

int main(int argc, char** argv) { return pyjit::bench::run(argc, argv, false); }
