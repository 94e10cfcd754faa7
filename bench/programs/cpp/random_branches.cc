// The algorithm of ../random_branches.py.
#include "harness.h"

const int64_t default_n = 9000000;

std::string run(int64_t n) {
  int64_t state = 17, x = 0, y = 0, turns = 0;
  for (int64_t i = 0; i < n; ++i) {
    state = next_random(state);
    int64_t bits = state >> 16;
    if (bits & 1) {
      if (bits & 2) {
        ++x;
        if (bits & 4) --y;
        else ++turns;
      } else if (bits & 8) {
        x -= 2;
      } else {
        y += 3;
      }
    } else if (bits & 16) {
      if (bits & 32) {
        y += x & 3;
      } else {
        x ^= 1;
        if (bits & 64) --turns;
      }
    } else if (bits & 128 && x > 0) {
      int64_t old = x;
      x = y, y = old;
    } else {
      turns += bits & 256 ? 2 : 5;
    }
    if (x > 1000 || y > 1000) x = floor_div(x, 2), y = floor_div(y, 3);
  }
  return format("%ld %ld %ld %ld", state, x, y, turns);
}
