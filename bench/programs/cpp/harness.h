// The command line of the C++ programs, as in _harness.py: [N] [ITERATIONS [SECONDS]]. A program defines run() and default_n.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>

std::string run(int64_t n);
extern const int64_t default_n;

// Python's % and // round downwards.
inline int64_t floor_mod(int64_t a, int64_t b) { return (a % b + b) % b; }
inline int64_t floor_div(int64_t a, int64_t b) { return (a - floor_mod(a, b)) / b; }
inline int64_t next_random(int64_t state) { return (state * 1103515245 + 12345) & 0x7FFFFFFF; }

template <typename... T>
std::string format(const char* text, T... values) {
  char buffer[512];
  std::snprintf(buffer, sizeof buffer, text, values...);
  return buffer;
}

inline void print_peak() {
  FILE* file = std::fopen("/proc/self/status", "r");
  char line[256];
  while (file && std::fgets(line, sizeof line, file))
    if (!std::strncmp(line, "VmHWM:", 6)) std::fprintf(stderr, "peak %d\n", std::atoi(line + 6));
}

int main(int argc, char** argv) {
  int64_t n = argc > 1 ? std::atoll(argv[1]) : default_n;
  if (argc <= 2) {
    std::printf("checksum %s\n", run(n).c_str());
  } else {
    double seconds_left = argc > 3 ? std::atof(argv[3]) : 1e9;
    for (int k = 0; k < std::atoi(argv[2]); ++k) {
      std::clock_t start = std::clock();
      std::string checksum = run(n);
      double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
      std::printf("iter %d seconds %.6f checksum %s\n", k, seconds, checksum.c_str());
      seconds_left -= seconds;
      if (seconds_left < 0 && k >= 2) break;
    }
  }
  if (std::getenv("BENCH_PEAK")) print_peak();
}
