// set: contents against std::set, order against what CPython 3.11 printed for the same operations.
#include "runtime/types/set.h"

#include <random>
#include <set>

#include "runtime/types/containers.h"
#include "tests/unit/runtime/runtime_test.h"

namespace pyjit::runtime {

namespace {

class SetTest : public RuntimeTest {
 protected:
  static Set* set_of(std::initializer_list<int64_t> items) {
    Set* s = new_set(nullptr);
    for (int64_t i : items) EXPECT_EQ(set_add(s, new_int(i)), 0);
    return s;
  }
};

TEST_F(SetTest, AgreesWithAModelUnderRandomChanges) {
  for (unsigned seed = 0; seed < 6; ++seed) {
    std::mt19937 random(seed);
    Set* s = new_set(nullptr);
    std::set<int64_t> model;
    for (int step = 0; step < 4000; ++step) {
      int64_t k = static_cast<int64_t>(random() % (seed % 2 ? 10 : 700)) * (seed % 3 ? 1 : 4096);
      if (random() % 3) {
        ASSERT_EQ(set_add(s, integer(k)), 0);
        model.insert(k);
      } else {
        ASSERT_EQ(set_discard(s, integer(k)), static_cast<int>(model.erase(k)));
      }
      ASSERT_EQ(s->size, model.size());
      if (step % 800 == 0) heap.collect(true);
    }
    for (int64_t k = 0; k < 700; ++k) EXPECT_EQ(set_contains(s, integer(k)), static_cast<int>(model.count(k)));
    uint64_t position = 0, seen = 0;
    Value key;
    while (set_next(s, &position, &key)) seen += model.count(key.as_int());
    EXPECT_EQ(seen, model.size());
  }
}

TEST_F(SetTest, IteratesInCPythonsOrder) {
  EXPECT_EQ(repr_of(set_of({100, 3, 50, 8, 16, 24, 1})), "{1, 3, 100, 8, 16, 50, 24}");
  Set* s = set_of({});
  for (int64_t i = 0; i < 40; ++i) ASSERT_EQ(set_add(s, integer(i * 7919 % 1009)), 0);
  for (int64_t i = 0; i < 40; i += 3) ASSERT_EQ(set_discard(s, integer(i * 7919 % 1009)), 1);
  EXPECT_EQ(repr_of(s),
            "{517, 393, 397, 149, 794, 29, 670, 426, 302, 947, 58, 699, 703, 579, 335, 976, 211, 852, 856, 608, 488, 240, 244, 885, 120, 761}");
}

TEST_F(SetTest, FrozensetHashesAsCPython) {
  EXPECT_EQ(hash(new_frozenset(set_of({}))), 133146708735736);
  EXPECT_EQ(hash(new_frozenset(set_of({1, 2, 3}))), -272375401224217160);
}

TEST_F(SetTest, OperatorsFollowTheMathematics) {
  Set *a = set_of({1, 2, 3, 4}), *b = set_of({3, 4, 5});
  EXPECT_EQ(compare_bool(set_intersection(a, b), set_of({3, 4}), kEq), 1);
  EXPECT_EQ(compare_bool(set_difference(a, b), set_of({1, 2}), kEq), 1);
  EXPECT_EQ(compare_bool(set_symmetric_difference(a, b), set_of({1, 2, 5}), kEq), 1);
  EXPECT_EQ(set_is_subset(set_of({1, 2}), a), 1);
  EXPECT_EQ(set_is_subset(a, b), 0);
  EXPECT_EQ(compare_bool(a, b, kLt), 0);
}

TEST_F(SetTest, PopTakesFromTheFingerOn) {
  Set* s = set_of({0, 1, 2, 3});
  EXPECT_EQ(set_pop(s), integer(0));
  EXPECT_EQ(set_pop(s), integer(1));
  ASSERT_EQ(set_add(s, integer(0)), 0);
  EXPECT_EQ(set_pop(s), integer(2));
  set_clear(s);
  EXPECT_TRUE(set_pop(s).is_null());
  EXPECT_TRUE(pending_matches(exc.KeyError));
  clear_pending();
}

}  // namespace
}  // namespace pyjit::runtime
