// Where an attribute of an ordinary instance lies, as the inline caches know it; for the JIT, whose receiver may not be the one that a
// site's cache was filled for.
#pragma once
#include "runtime/class.h"

namespace pyjit::interp {

struct AttributePlace {
  enum What : uint32_t {
    kGeneral,      // none of these: the general way
    kSlot,         // offset in bytes
    kMember,       // the same; null: unset
    kOverflow,     // offset: index; extra: offset of the array's pointer
    kClassValue,   // value
    kProperty,     // value: the getter, a plain function
    kMethod,       // value: the function, which takes the instance
    kAdd,          // stores only: kSlot of a new attribute; extra: header word of the shape to come
  } what = kGeneral;
  uint32_t offset = 0, extra = 0;
  runtime::Value value;
};
// Holds while the receiver has this shape and its class this version.
AttributePlace find_attribute(runtime::Object* object, runtime::Str* name);
AttributePlace find_attribute_to_store(runtime::Object* object, runtime::Str* name);

}  // namespace pyjit::interp
