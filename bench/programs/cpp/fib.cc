// The algorithm of ../fib.py.
#include "harness.h"

const int64_t default_n = 36;

static int64_t fib(int64_t n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

std::string run(int64_t n) { return std::to_string(fib(n)); }
