// The heap and the collector: reachable graphs survive unchanged, garbage is reused, weak references see deaths, barriers hold.
#include "runtime/heap.h"

#include <random>

#include "runtime/heap_layout.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "tests/unit/runtime/runtime_test.h"

namespace pyjit::runtime {

namespace {

class HeapTest : public RuntimeTest {};

TEST_F(HeapTest, SizeClassesCoverEverySizeTightly) {
  for (size_t bytes = 1; bytes <= kMaxSmallSize; ++bytes) {
    size_t k = size_class_of(bytes);
    ASSERT_LT(k, kSizeClasses);
    ASSERT_GE(size_of_class(k), bytes);
    if (k) {
      ASSERT_LT(size_of_class(k - 1), bytes);
    }
  }
}

TEST_F(HeapTest, CellsComeZeroedEvenWhenReused) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 20000; ++i) {
      ValueArray* a = new_value_array(static_cast<size_t>(i % 60));
      for (uint64_t j = 0; j < a->capacity; ++j) {
        ASSERT_TRUE(a->items[j].is_null());
        a->items[j] = Value::from_int(i);
      }
    }
    heap.collect(round == 1);
  }
}

// A random graph of lists kept in a model by number: after every collection each list still holds what the model says.
TEST_F(HeapTest, RandomGraphSurvivesMinorAndFullCollections) {
  std::mt19937 random(7);
  RootedVector roots;
  std::vector<std::vector<int64_t>> model;
  for (int i = 0; i < 200; ++i) {
    roots.push_back(new_list());
    model.emplace_back();
  }
  for (int step = 0; step < 30000; ++step) {
    size_t at = random() % 200;
    List* l = roots[at].as<List>();
    if (random() % 40 == 0) {
      roots[at] = new_list();
      model[at].clear();
    } else {
      int64_t n = static_cast<int64_t>(random());
      ASSERT_TRUE(list_append(l, make_tuple(Value::from_int(n))));
      model[at].push_back(n);
    }
    if (step % 997 == 0) heap.collect(step % 4 == 0);
  }
  heap.collect(true);
  for (size_t i = 0; i < 200; ++i) {
    List* l = roots[i].as<List>();
    ASSERT_EQ(l->size, model[i].size());
    for (size_t j = 0; j < model[i].size(); ++j) ASSERT_EQ(l->items()[j].as<Tuple>()->items[0].as_int(), model[i][j]);
  }
}

TEST_F(HeapTest, BarrierKeepsYoungObjectsOfOldOnes) {
  RootedVector roots;
  roots.push_back(new_list(4));
  heap.collect(true);
  heap.collect(false);
  List* old = roots[0].as<List>();
  ASSERT_TRUE(list_append(old, make_tuple(Value::from_int(41), Value::from_int(42))));
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 5000; ++j) new_value_array(4);
    heap.collect(false);
    ASSERT_EQ(old->items()[0].as<Tuple>()->items[1].as_int(), 42);
  }
}

TEST_F(HeapTest, InteriorPointersFindTheirObject) {
  for (size_t capacity : {size_t{1}, size_t{30}, size_t{500}, size_t{4000}, size_t{100000}}) {
    ValueArray* a = new_value_array(capacity);
    heap.collect(false);  // large objects are looked up among the sorted ones
    EXPECT_EQ(heap.find_object(a), a);
    EXPECT_EQ(heap.find_object(reinterpret_cast<char*>(a) + heap.cell_size(a) - 1), a);
  }
  EXPECT_EQ(heap.find_object(reinterpret_cast<void*>(0x1234)), nullptr);
}

TEST_F(HeapTest, GarbageIsReused) {
  heap.collect(true);
  uint64_t blocks = heap.stats.blocks;
  for (int i = 0; i < 2000000; ++i) new_value_array(6);
  heap.collect(true);
  EXPECT_LT(heap.stats.blocks, blocks + 4096) << "128 MB of garbage must not stay as 128 MB of blocks";
}

}  // namespace

}  // namespace pyjit::runtime
