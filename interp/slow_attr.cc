// Attribute access the general way, and the specialisation of attribute sites (attribute_cache.h).
#include "interp/attribute_lookup.h"
#include "interp/machine.h"
#include "runtime/changing_values.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"

namespace pyjit::interp {

using namespace pyjit::runtime;

namespace {

void specialise(const Instr* pc, Op op) { const_cast<Instr*>(pc)->op = op; }

// What the lookup of `name` on an instance of `cls` found, if a cache can hold it.
// For stores: kSlot, kOverflow or kAdd (extra: the shape to come).
struct Found {
  enum What : uint32_t { kNothing, kSlot, kOverflow, kMember, kClassValue, kProperty, kMethod, kAdd } what = kNothing;
  uint32_t offset = 0;
  uint64_t bits = 0;      // `extra` of the cache, or the Value that the class has
  Value value() const { return Value::from_bits(bits); }
};

uint32_t inline_offset(Shape* s, int32_t index) { return s->attrs_offset + 8u + 8u * static_cast<uint32_t>(index); }

Found find_uncached(Object* object, Class* cls, Str* name) {
  Found found;
  Shape* shape = object->shape();
  Value descr = class_lookup(cls, name);
  Class* kind = descr ? class_of(descr) : nullptr;
  if (kind && kind->slots.descr_get && kind->slots.descr_set) {
    if (kind == types.member_descriptor && !descr.as<MemberDescriptor>()->getset) {
      auto* member = descr.as<MemberDescriptor>();
      if (!is_subclass(cls, member->owner)) return found;
      found.what = Found::kMember;
      found.offset = member->offset;
    } else if (kind == types.property) {
      Value getter = descr.as<Property>()->get;
      if (getter && is_exact(getter, types.function)) {
        found.what = Found::kProperty;
        found.bits = getter.bits();
      }
    }
    return found;
  }
  if (cls->has(kClassHasDict)) {
    if (shape->dict_mode) return found;
    int32_t index = shape->find(name);
    if (index >= 0) {
      if (shape->attrs_at_end) return found;
      if (static_cast<uint32_t>(index) < shape->inline_capacity) {
        found.what = Found::kSlot;
        found.offset = inline_offset(shape, index);
      } else {
        found.what = Found::kOverflow;
        found.offset = static_cast<uint32_t>(index) - shape->inline_capacity;
        found.bits = shape->attrs_offset;
      }
      return found;
    }
  }
  if (!descr) return found;
  found.bits = descr.bits();
  if (kind->has(kClassMethodDescriptor)) found.what = Found::kMethod;
  else if (!kind->slots.descr_get && !class_value_changes(cls, name)) found.what = Found::kClassValue;
  return found;
}

// Sites that see many shapes ask this table instead of searching shapes and classes again. Names are compared by address, so the table is
// emptied by every collection (before an address can mean another name).
// Only classes whose instances follow the generic rules get in.
struct FoundEntry {
  uint32_t shape, version;
  Str* name;
  Found found;
};
static_assert(sizeof(FoundEntry) == 32);
constexpr size_t kFoundEntries = 512;
FoundEntry found_table[kFoundEntries], store_table[kFoundEntries];

inline FoundEntry& line_of(FoundEntry* table, Object* object, Str* name) {
  return table[((object->shape_bits >> 4) ^ (reinterpret_cast<uintptr_t>(name) >> 5) ^ (object->shape_bits >> 11)) % kFoundEntries];
}
inline bool holds(const FoundEntry& entry, Object* object, Class* cls, Str* name) {
  return entry.shape == object->shape_bits && entry.name == name && entry.version == cls->version;
}

Found find(Object* object, Class* cls, Str* name) {
  if (!cls->version) return find_uncached(object, cls, name);
  FoundEntry& entry = line_of(found_table, object, name);
  if (!holds(entry, object, cls, name)) {
    Found found = find_uncached(object, cls, name);
    entry = {object->shape_bits, cls->version, name, found};
  }
  return entry.found;
}

// Where an assignment puts the value, if a cache can hold it.
Found find_store(Object* object, Class* cls, Str* name) {
  Found found;
  Shape* shape = object->shape();
  Value descr = class_lookup(cls, name);
  Class* kind = descr ? class_of(descr) : nullptr;
  if (kind && kind->slots.descr_set) {
    auto* member = descr.as<MemberDescriptor>();
    if (kind == types.member_descriptor && !member->read_only && !member->getset && is_subclass(cls, member->owner)) {
      found.what = Found::kSlot;
      found.offset = member->offset;
    }
    return found;
  }
  if (!cls->has(kClassHasDict) || shape->dict_mode || shape->attrs_at_end) return found;
  int32_t index = shape->find(name);
  if (index >= 0 && static_cast<uint32_t>(index) < shape->inline_capacity) {
    found.what = Found::kSlot;
    found.offset = inline_offset(shape, index);
  } else if (index >= 0) {
    found.what = Found::kOverflow;
    found.offset = static_cast<uint32_t>(index) - shape->inline_capacity;
    found.bits = shape->attrs_offset;
  } else if (shape->slot_count < shape->inline_capacity) {
    if (Shape* next = shape->add(name)) {
      found.what = Found::kAdd;
      found.offset = inline_offset(shape, static_cast<int32_t>(shape->slot_count));
      found.bits = reinterpret_cast<uintptr_t>(next);
    }
  }
  return found;
}

// False: the general way must be taken.
inline bool write(Object* object, const Found& found, Value value) {
  switch (found.what) {
    case Found::kAdd:
    case Found::kSlot:
      *reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + found.offset) = value;
      write_barrier(object, value);
      if (found.what == Found::kAdd) object->shape_bits = static_cast<uint32_t>(found.bits);
      return true;
    case Found::kOverflow: {
      auto* array = *reinterpret_cast<ValueArray**>(reinterpret_cast<char*>(object) + found.bits);
      array->items[found.offset] = value;
      write_barrier(array, value);
      return true;
    }
    default: return false;
  }
}

// The value of an attribute that `find` located, or null when the general way must be taken.
inline Value read(Object* object, const Found& found) {
  switch (found.what) {
    case Found::kSlot: case Found::kMember: return *reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + found.offset);
    case Found::kOverflow: return (*reinterpret_cast<ValueArray**>(reinterpret_cast<char*>(object) + found.bits))->items[found.offset];
    case Found::kClassValue: return found.value();
    default: return nullptr;
  }
}

// An attribute of a class object that the class's version guards.
Value find_in_type(Class* cls, Str* name) {
  if (cls->cls() != types.type || !cls->version) return nullptr;
  Value meta = class_lookup(types.type, name);
  if (meta && class_of(meta)->slots.descr_get && class_of(meta)->slots.descr_set) return nullptr;
  if (class_value_changes(cls, name)) return nullptr;
  Value v = class_lookup(cls, name);
  if (!v) return nullptr;
  Class* kind = class_of(v);
  if (!kind->slots.descr_get || kind == types.function || kind == types.method_descriptor) return v;
  if (kind == types.staticmethod) return v.as<StaticMethod>()->callable;
  return nullptr;
}

bool fill(const Instr* pc, Object* object, Class* cls) {
  if (pc->c >= kMegamorphic || !cls->version) return false;
  ++const_cast<Instr*>(pc)->c;
  AttributeCache* cache = attribute_cache(pc);
  cache->shape = object->shape_bits;
  cache->version = cls->version;
  cache->cls = cls;
  return true;
}

// Caches a module's entry: `load` or `load method` variant. The value, or null when the general way must be taken.
Value load_from_module(Object* object, const Instr* pc, Str* name, Op op) {
  auto* module = static_cast<Module*>(object);
  Dict* d = module->dict();
  if (!d || class_lookup(types.module, name)) return nullptr;
  int64_t index = dict_find_str(d, name);
  if (index < 0) return nullptr;
  Value v = d->entries->entries[index].value;
  if (pc->c < kMegamorphic) {
    ++const_cast<Instr*>(pc)->c;
    AttributeCache* cache = attribute_cache(pc);
    cache->shape = object->shape_bits;
    cache->version = dict_layout_version(d);
    cache->value_bits = reinterpret_cast<uint64_t>(&d->entries->entries[index]);
    specialise(pc, op);
  }
  return v;
}

}  // namespace

Value load_attr_slow(Value value, const Instr* pc) {
  Str* name = word_name(pc, 1);
  if (!value.is_object()) return get_attr(value, name);
  Object* object = value.as_object();
  Class* cls = object->cls();
  if (pc->c >= kMegamorphic) {
    const FoundEntry& entry = line_of(found_table, object, name);
    if (holds(entry, object, cls, name)) {
      if (Value v = read(object, entry.found)) return v;
    }
  }
  if (cls->slots.getattr == generic_getattr) {
    Found found = find(object, cls, name);
    Op op = kLOAD_ATTR;
    switch (found.what) {
      case Found::kSlot: case Found::kMember: op = kLOAD_ATTR_SLOT; break;
      case Found::kOverflow: op = kLOAD_ATTR_OVERFLOW; break;
      case Found::kClassValue: op = kLOAD_ATTR_CLASS_VALUE; break;
      case Found::kProperty: op = kLOAD_ATTR_PROPERTY; break;
      default: break;
    }
    if (op != kLOAD_ATTR && fill(pc, object, cls)) {
      AttributeCache* cache = attribute_cache(pc);
      if (op == kLOAD_ATTR_CLASS_VALUE || op == kLOAD_ATTR_PROPERTY) {
        cache->value_bits = found.bits;
      } else {
        cache->offset = found.offset;
        cache->extra = static_cast<uint32_t>(found.bits);
      }
      specialise(pc, op);
    } else {
      specialise(pc, kLOAD_ATTR);
    }
    Value v = read(object, found);
    return v ? v : get_attr(value, name);
  }
  if (cls == types.type) {
    Value v = find_in_type(static_cast<Class*>(object), name);
    if (v && pc->c < kMegamorphic) {
      ++const_cast<Instr*>(pc)->c;
      AttributeCache* cache = attribute_cache(pc);
      cache->shape = object->shape_bits;
      cache->version = static_cast<Class*>(object)->version;
      cache->value_bits = v.bits();
      specialise(pc, kLOAD_ATTR_TYPE);
      return v;
    }
  } else if (cls == types.module) {
    Value v = load_from_module(object, pc, name, kLOAD_ATTR_MODULE);
    if (v) return v;
  }
  specialise(pc, kLOAD_ATTR);
  return get_attr(value, name);
}

bool load_method_slow(Value value, const Instr* pc, Value* pair) {
  Str* name = word_name(pc, 1);
  Class* cls = class_of(value);
  Object* object = value.is_object() ? value.as_object() : nullptr;
  if (pc->c >= kMegamorphic && object) {
    const FoundEntry& entry = line_of(found_table, object, name);
    if (holds(entry, object, cls, name) && entry.found.what == Found::kMethod) {
      pair[0] = entry.found.value();
      pair[1] = value;
      return true;
    }
  }
  if (cls->slots.getattr == generic_getattr) {
    if (!object) {
      Value descr = class_lookup(cls, name);
      if (descr && class_of(descr)->has(kClassMethodDescriptor)) {
        pair[0] = descr;
        pair[1] = value;
        return true;
      }
    } else {
      Found found = find(object, cls, name);
      if (found.what == Found::kMethod) {
        if (fill(pc, object, cls)) {
          attribute_cache(pc)->value_bits = found.bits;
          specialise(pc, kLOAD_METHOD_CACHED);
        } else {
          specialise(pc, kLOAD_METHOD);
        }
        pair[0] = found.value();
        pair[1] = value;
        return true;
      }
      if (found.what == Found::kSlot && fill(pc, object, cls)) {
        attribute_cache(pc)->offset = found.offset;
        specialise(pc, kLOAD_METHOD_SLOT);
      }
      if (Value v = read(object, found)) {
        pair[0] = v;
        pair[1] = nullptr;
        return true;
      }
      // Attributes live in a dict: the shape says nothing, but no bound method is needed either.
      if (found.what == Found::kNothing && object->shape()->dict_mode) {
        Value descr = class_lookup(cls, name);
        if (descr && class_of(descr)->has(kClassMethodDescriptor) && !instance_get_attr(object, name)) {
          if (error_pending()) return false;
          pair[0] = descr;
          pair[1] = value;
          return true;
        }
      }
    }
  } else if (cls == types.type) {
    Value v = find_in_type(static_cast<Class*>(object), name);
    if (v) {
      if (pc->c < kMegamorphic) {
        ++const_cast<Instr*>(pc)->c;
        AttributeCache* cache = attribute_cache(pc);
        cache->shape = object->shape_bits;
        cache->version = static_cast<Class*>(object)->version;
        cache->value_bits = v.bits();
        specialise(pc, kLOAD_METHOD_TYPE);
      }
      pair[0] = v;
      pair[1] = nullptr;
      return true;
    }
  } else if (cls == types.module) {
    Value v = load_from_module(object, pc, name, kLOAD_METHOD_MODULE);
    if (v) {
      pair[0] = v;
      pair[1] = nullptr;
      return true;
    }
  }
  Value v = get_attr(value, name);
  if (!v) return false;
  pair[0] = v;
  pair[1] = nullptr;
  return true;
}

bool store_attr_slow(Value object_value, Value value, const Instr* pc) {
  Str* name = word_name(pc, 1);
  if (!object_value.is_object()) return set_attr(object_value, name, value);
  Object* object = object_value.as_object();
  Class* cls = object->cls();
  Op op = kSTORE_ATTR;
  FoundEntry& entry = line_of(store_table, object, name);
  if (!holds(entry, object, cls, name)) {
    if (cls->slots.setattr != generic_setattr || !cls->version) return set_attr(object_value, name, value);
    entry = {object->shape_bits, cls->version, name, find_store(object, cls, name)};
  }
  const Found& found = entry.found;
  switch (found.what) {
    case Found::kSlot: op = kSTORE_ATTR_SLOT; break;
    case Found::kOverflow: op = kSTORE_ATTR_OVERFLOW; break;
    case Found::kAdd: op = kSTORE_ATTR_ADD; break;
    default: break;
  }
  if (op != kSTORE_ATTR && fill(pc, object, cls)) {
    attribute_cache(pc)->offset = found.offset;
    attribute_cache(pc)->extra = static_cast<uint32_t>(found.bits);
    specialise(pc, op);
  } else {
    specialise(pc, kSTORE_ATTR);
  }
  return write(object, found, value) || set_attr(object_value, name, value);
}

static AttributePlace place_of(const Found& found) {
  using P = AttributePlace;
  switch (found.what) {
    case Found::kSlot: return {P::kSlot, found.offset, 0, {}};
    case Found::kMember: return {P::kMember, found.offset, 0, {}};
    case Found::kOverflow: return {P::kOverflow, found.offset, static_cast<uint32_t>(found.bits), {}};
    case Found::kClassValue: return {P::kClassValue, 0, 0, found.value()};
    case Found::kProperty: return {P::kProperty, 0, 0, found.value()};
    case Found::kMethod: return {P::kMethod, 0, 0, found.value()};
    case Found::kAdd: return {P::kAdd, found.offset, static_cast<uint32_t>(found.bits), {}};
    default: return {};
  }
}
AttributePlace find_attribute(Object* object, Str* name) {
  Class* cls = object->cls();
  return cls->slots.getattr == generic_getattr && cls->version ? place_of(find(object, cls, name)) : AttributePlace{};
}
AttributePlace find_attribute_to_store(Object* object, Str* name) {
  Class* cls = object->cls();
  return cls->slots.setattr == generic_setattr && cls->version ? place_of(find_store(object, cls, name)) : AttributePlace{};
}

void clear_attribute_table() {
  for (FoundEntry& entry : found_table) entry = {};
  for (FoundEntry& entry : store_table) entry = {};
}

bool slow_DELETE_ATTR(Thread* thread, Value* regs, const Instr* pc) { return set_attr(regs[pc->a], word_name(pc, 1), nullptr); }

}  // namespace pyjit::interp
