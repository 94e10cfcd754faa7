// The dict's table against a model: std::vector in insertion order.
#include "runtime/types/dict.h"

#include <algorithm>
#include <random>

#include "runtime/types/containers.h"
#include "runtime/types/containers_bootstrap.h"
#include "tests/unit/runtime/runtime_test.h"

namespace pyjit::runtime {

namespace {

class DictTest : public RuntimeTest {};

struct Model {
  std::vector<std::pair<int64_t, int64_t>> pairs;
  auto find(int64_t key) {
    return std::find_if(pairs.begin(), pairs.end(), [&](auto& p) { return p.first == key; });
  }
  void set(int64_t key, int64_t value) {
    auto it = find(key);
    if (it != pairs.end()) {
      it->second = value;
    } else {
      pairs.push_back({key, value});
    }
  }
};

void expect_equal(Dict* d, const Model& model, Value (*make_key)(int64_t)) {
  ASSERT_EQ(d->size, model.pairs.size());
  uint64_t position = 0;
  Value key, value;
  for (auto& [k, v] : model.pairs) {
    ASSERT_TRUE(dict_next(d, &position, &key, &value));
    ASSERT_EQ(compare_bool(key, make_key(k), kEq), 1);
    ASSERT_EQ(value.as_int(), v);
    ASSERT_EQ(dict_get(d, make_key(k)), Value::from_int(v));
  }
  ASSERT_FALSE(dict_next(d, &position, &key, &value));
}

Value int_key(int64_t i) { return new_int(i); }
Value strided_key(int64_t i) { return new_int(i << 20); }  // equal low bits: only perturbation tells them apart
Value str_key(int64_t i) { return new_str("key" + std::to_string(i)); }
Value tuple_key(int64_t i) { return make_tuple(new_int(i), Value::none()); }
Value mixed_key(int64_t i) { return i % 3 == 0 ? int_key(i) : i % 3 == 1 ? str_key(i)
                                                                         : tuple_key(i); }

class DictModelTest : public DictTest, public ::testing::WithParamInterface<Value (*)(int64_t)> {};

TEST_P(DictModelTest, AgreesWithAModelUnderRandomChanges) {
  auto make_key = GetParam();
  for (unsigned seed = 0; seed < 6; ++seed) {
    std::mt19937 random(seed);
    Dict* d = new_dict();
    Model model;
    int64_t range = seed % 2 ? 12 : 400;
    for (int step = 0; step < 3000; ++step) {
      int64_t k = static_cast<int64_t>(random() % static_cast<uint64_t>(range));
      if (random() % 3) {
        ASSERT_TRUE(dict_set(d, make_key(k), Value::from_int(step)));
        model.set(k, step);
      } else {
        bool present = model.find(k) != model.pairs.end();
        ASSERT_EQ(dict_contains(d, make_key(k)), present);
        ASSERT_EQ(dict_delete(d, make_key(k)), present);
        if (present) model.pairs.erase(model.find(k));
      }
      if (step % 500 == 0) heap.collect(step % 1000 == 0);
      if (step % 97 == 0) expect_equal(d, model, make_key);
    }
    expect_equal(d, model, make_key);
    Dict* copy = dict_copy(d);
    expect_equal(copy, model, make_key);
    EXPECT_EQ(dict_equal(d, copy), 1);
  }
}
INSTANTIATE_TEST_SUITE_P(Keys, DictModelTest, ::testing::Values(int_key, strided_key, str_key, tuple_key, mixed_key));

TEST_F(DictTest, EqualKeysOfDifferentTypesAreOneKey) {
  Dict* d = new_dict();
  ASSERT_TRUE(dict_set(d, integer(1), integer(10)));
  ASSERT_TRUE(dict_set(d, Value::from_double(1.0), integer(11)));
  ASSERT_TRUE(dict_set(d, Value::from_bool(true), integer(12)));
  EXPECT_EQ(d->size, 1u);
  EXPECT_EQ(repr_of(d), "{1: 12}");
  EXPECT_EQ(dict_contains(d, integer(-1)), 0);
  ASSERT_TRUE(dict_set(d, integer(-2), integer(0)));  // hash(-1) == hash(-2)
  EXPECT_EQ(dict_contains(d, integer(-1)), 0);
}

TEST_F(DictTest, LayoutVersionChangesWithTheKeysOnly) {
  Dict* d = new_dict();
  ASSERT_TRUE(dict_set(d, text("a"), integer(1)));
  uint32_t version = dict_layout_version(d);
  EXPECT_NE(version, 0u);
  ASSERT_TRUE(dict_set(d, text("a"), integer(2)));
  EXPECT_EQ(dict_layout_version(d), version);
  ASSERT_TRUE(dict_set(d, text("b"), integer(2)));
  EXPECT_NE(dict_layout_version(d), version);
  version = dict_layout_version(d);
  EXPECT_EQ(dict_delete(d, text("b")), 1);
  EXPECT_NE(dict_layout_version(d), version);
}

int changes = 0;
TEST_F(DictTest, WatchedDictsAnnounceEveryChange) {
  dict_changed_hook = [](Dict*, Value) { ++changes; };
  Dict* d = new_dict();
  d->watched = true;
  changes = 0;
  ASSERT_TRUE(dict_set(d, text("a"), integer(1)));
  EXPECT_EQ(changes, 1);
  ASSERT_TRUE(dict_set(d, text("a"), integer(2)));
  EXPECT_EQ(changes, 2);
  EXPECT_EQ(dict_delete(d, text("a")), 1);
  EXPECT_EQ(changes, 3);
  dict_clear(d);
  EXPECT_EQ(changes, 4);
  dict_changed_hook = nullptr;
}

TEST_F(DictTest, PopsTheLastPairAndInsertsInFront) {
  Dict* d = new_dict();
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(dict_set(d, integer(i), integer(i)));
  EXPECT_EQ(dict_delete(d, integer(19)), 1);
  Value key, value;
  ASSERT_TRUE(dict_pop_last(d, &key, &value));
  EXPECT_EQ(key.as_int(), 18);
  for (int i = 100; i < 130; ++i) {
    uint64_t first = 0;
    while (d->entries->entries[first].key.is_null()) ++first;
    int64_t hash;
    ASSERT_TRUE(hash_key(integer(i), &hash));
    ASSERT_TRUE(dict_insert_front(d, integer(i), hash, integer(-i), first));
  }
  EXPECT_EQ(d->size, 48u);
  uint64_t position = 0;
  ASSERT_TRUE(dict_next(d, &position, &key, &value));
  EXPECT_EQ(key.as_int(), 129);
  for (int i = 100; i < 130; ++i) EXPECT_EQ(dict_get(d, integer(i)), integer(-i));
  for (int i = 0; i < 18; ++i) EXPECT_EQ(dict_get(d, integer(i)), integer(i));
}

TEST_F(DictTest, UnhashableKeysRaise) {
  Dict* d = new_dict();
  EXPECT_FALSE(dict_set(d, new_list(), integer(1)));
  EXPECT_TRUE(pending_matches(exc.TypeError));
  clear_pending();
  EXPECT_TRUE(dict_get(d, new_list()).is_null());
  EXPECT_TRUE(pending_matches(exc.TypeError));
  clear_pending();
}

}  // namespace
}  // namespace pyjit::runtime
