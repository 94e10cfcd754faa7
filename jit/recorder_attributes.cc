// The recorder's attribute access on instances. It looks the attribute up for the receiver at hand instead of asking the site's inline
// cache, which at a polymorphic site was filled for another one.
#include "interp/attribute_lookup.h"
#include "jit/recorder.h"

namespace pyjit::jit {

using interp::AttributePlace;

// Guards what the place depends on. False: the class changes too often.
bool Recorder::guard_receiver(V object) {
  Class* cls = object.v.as_object()->cls();
  if (class_is_volatile(cls)) return false;
  has_shape(object, object.v.as_object()->shape_bits);
  return class_version_is(cls, cls->version);
}

// LOAD_ATTR and LOAD_METHOD in all their forms. False: not handled, nothing emitted that matters.
bool Recorder::load_attribute(bool method, Outcome* outcome) {
  V object = reg(pc->b);
  if (!object.v.is_object()) return false;
  AttributePlace place = interp::find_attribute(object.v.as_object(), interp::word_name(pc, 1));
  if (place.what == AttributePlace::kGeneral || (place.what == AttributePlace::kMethod && !method) ||
      (place.what == AttributePlace::kProperty && method))
    return false;
  V value;
  switch (place.what) {
    case AttributePlace::kSlot: case AttributePlace::kMember:
      if (!concrete_.load_slot(object.v, place.offset) || !guard_receiver(object)) return false;
      value = load_slot(object, place.offset);
      if (place.what == AttributePlace::kMember) is_null(value);
      break;
    case AttributePlace::kOverflow:
      if (!guard_receiver(object)) return false;
      value = load_overflow(object, place.extra, place.offset);
      break;
    case AttributePlace::kProperty:
      if (!guard_receiver(object)) return false;
      value = imm(place.value);
      if (!function_fits(value, 1) || !push_frame(value, object, nullptr, 0, pc->a, 5)) return false;
      *outcome = entered();
      return true;
    default:
      if (!guard_receiver(object)) return false;
      value = imm(place.value);
      break;
  }
  set_reg(pc->a, value);
  if (method) set_reg(pc->a + 1u, place.what == AttributePlace::kMethod ? object : imm(Value()));
  *outcome = next(5);
  return true;
}

bool Recorder::store_attribute(Outcome* outcome) {
  V object = reg(pc->a), value = reg(pc->b);
  if (!object.v.is_object()) return false;
  AttributePlace place = interp::find_attribute_to_store(object.v.as_object(), interp::word_name(pc, 1));
  if (place.what == AttributePlace::kGeneral || !guard_receiver(object)) return false;
  if (place.what == AttributePlace::kOverflow) {
    store_overflow(object, place.extra, place.offset, value);
  } else {
    store_slot(object, place.offset, value);
    if (place.what == AttributePlace::kAdd) set_shape(object, place.extra);
  }
  *outcome = next(5);
  return true;
}

}  // namespace pyjit::jit
