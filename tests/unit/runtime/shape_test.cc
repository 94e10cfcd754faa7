// Shapes: transitions are shared, removal keeps the order of the rest, many attributes go to dict mode.
#include "runtime/class.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "tests/unit/runtime/runtime_test.h"

namespace pyjit::runtime {

namespace {

class ShapeTest : public RuntimeTest {
 protected:
  Class* make_class() {
    Value args[] = {intern("C"), empty_tuple(), new_dict()};
    Class* c = new_class(types.type, args, 3, nullptr);
    EXPECT_NE(c, nullptr);
    return c;
  }
  static Str* name(int i) { return intern("a" + std::to_string(i)); }
};

TEST_F(ShapeTest, SameOrderSameShape) {
  Class* c = make_class();
  Object *x = allocate_instance(c), *y = allocate_instance(c), *z = allocate_instance(c);
  for (int i : {0, 1, 2}) {
    instance_set_attr(x, name(i), Value::from_int(i));
    instance_set_attr(y, name(i), Value::from_int(i * 10));
  }
  for (int i : {2, 1, 0}) instance_set_attr(z, name(i), Value::from_int(i));
  EXPECT_EQ(x->shape(), y->shape());
  EXPECT_NE(x->shape(), z->shape());
  EXPECT_EQ(instance_get_attr(y, name(2)).as_int(), 20);
}

TEST_F(ShapeTest, RemovalKeepsOrderAndValues) {
  Class* c = make_class();
  Object* o = allocate_instance(c);
  for (int i = 0; i < 12; ++i) instance_set_attr(o, name(i), Value::from_int(i));
  ASSERT_TRUE(instance_set_attr(o, name(5), nullptr));
  EXPECT_FALSE(instance_set_attr(o, name(5), nullptr)) << "deleting it again finds nothing";
  ASSERT_EQ(o->shape()->slot_count, 11u);
  std::vector<Str*> keys(11);
  o->shape()->keys(keys.data());
  for (int i = 0, at = 0; i < 12; ++i) {
    if (i == 5) continue;
    EXPECT_EQ(keys[static_cast<size_t>(at++)], name(i));
    EXPECT_EQ(instance_get_attr(o, name(i)).as_int(), i);
  }
}

TEST_F(ShapeTest, ManyAttributesGoToDictMode) {
  Class* c = make_class();
  Object* o = allocate_instance(c);
  int count = static_cast<int>(kMaxShapeSlots) + 20;
  for (int i = 0; i < count; ++i) ASSERT_TRUE(instance_set_attr(o, name(i), Value::from_int(i)));
  EXPECT_TRUE(o->shape()->dict_mode);
  for (int i = 0; i < count; ++i) ASSERT_EQ(instance_get_attr(o, name(i)).as_int(), i);
}

TEST_F(ShapeTest, DictIsTheStorageOnceTaken) {
  Class* c = make_class();
  Object* o = allocate_instance(c);
  instance_set_attr(o, name(0), Value::from_int(1));
  Dict* d = instance_dict(o);
  dict_set_str(d, name(1), Value::from_int(2));
  EXPECT_EQ(instance_get_attr(o, name(1)).as_int(), 2);
  instance_set_attr(o, name(2), Value::from_int(3));
  EXPECT_EQ(dict_get_str(d, name(2)).as_int(), 3);
  EXPECT_EQ(d->size, 3u);
}

}  // namespace

}  // namespace pyjit::runtime
