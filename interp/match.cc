// The match statement's instructions: class, mapping and sequence patterns.
#include "interp/machine.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"

namespace pyjit::interp {

using namespace pyjit::runtime;

namespace {

// Builtin classes whose single positional pattern matches the subject itself.
bool matches_self(Class* cls) {
  Class* const self_classes[] = {types.bool_, types.bytearray, types.bytes, types.dict, types.float_, types.frozenset, types.int_,
                                 types.list, types.set,       types.str,   types.tuple};
  for (Class* c : self_classes) {
    if (is_subclass(cls, c)) return true;
  }
  return false;
}

// 1: appended, 0: the subject has no such attribute, -1: error.
int append_attribute(Value subject, Class* type, Value name, Set* seen, List* attributes) {
  int known = set_contains(seen, name);
  if (known < 0) return -1;
  if (known) {
    raisef(exc.TypeError, "%s() got multiple sub-patterns for attribute %s", to_utf8(type->name).c_str(), to_utf8(repr(name)).c_str());
    return -1;
  }
  if (set_add(seen, name) < 0) return -1;
  Value v = get_attr_or_null(subject, name.as<Str>());
  if (!v) return error_pending() ? -1 : 0;
  return list_append(attributes, v) ? 1 : -1;
}

}  // namespace

// a = attributes tuple or None; b subject, c type, W: register of the keyword names, number of positional patterns.
bool slow_MATCH_CLASS(Thread* thread, Value* regs, const Instr* pc) {
  Value subject = regs[pc->b], type_value = regs[pc->c], names_value = regs[window_word(pc)->window];
  uint64_t positional = window_word(pc)->number;
  if (!class_of(type_value)->has(kSubType)) {
    raise(exc.TypeError, "called match pattern must be a type");
    return false;
  }
  if (!is_exact(names_value, types.tuple)) {
    raise_bad_internal_call("MATCH_CLASS");
    return false;
  }
  auto* type = type_value.as<Class>();
  int instance = is_instance_of(subject, type_value);
  if (instance < 0) return false;
  if (!instance) {
    regs[pc->a] = Value::none();
    return true;
  }
  Set* seen = new_set(nullptr);
  List* attributes = new_list();
  if (!seen || !attributes) return false;
  if (positional) {
    bool self = false;
    Value match_args = get_attr_or_null(type_value, names.dunder_match_args);
    if (match_args) {
      if (!is_exact(match_args, types.tuple)) {
        raisef(exc.TypeError, "%s.__match_args__ must be a tuple (got %s)", to_utf8(type->name).c_str(), type_name(match_args));
        return false;
      }
    } else {
      if (error_pending()) return false;
      match_args = empty_tuple();
      self = matches_self(type);
    }
    uint64_t allowed = self ? 1 : match_args.as<Tuple>()->size;
    if (allowed < positional) {
      raisef(exc.TypeError, "%s() accepts %zu positional sub-pattern%s (%zu given)", to_utf8(type->name).c_str(), static_cast<size_t>(allowed),
             allowed == 1 ? "" : "s", static_cast<size_t>(positional));
      return false;
    }
    if (self) {
      if (!list_append(attributes, subject)) return false;
    } else {
      for (uint64_t i = 0; i < positional; ++i) {
        Value name = match_args.as<Tuple>()->items[i];
        if (!is_exact_str(name)) {
          raisef(exc.TypeError, "__match_args__ elements must be strings (got %s)", type_name(name));
          return false;
        }
        int r = append_attribute(subject, type, name, seen, attributes);
        if (r < 0) return false;
        if (r == 0) {
          regs[pc->a] = Value::none();
          return true;
        }
      }
    }
  }
  auto* keywords = names_value.as<Tuple>();
  for (uint64_t i = 0; i < keywords->size; ++i) {
    if (!is_str(keywords->items[i])) {
      raise_bad_internal_call("MATCH_CLASS");
      return false;
    }
    int r = append_attribute(subject, type, keywords->items[i], seen, attributes);
    if (r < 0) return false;
    if (r == 0) {
      regs[pc->a] = Value::none();
      return true;
    }
  }
  Tuple* t = new_tuple(attributes->items(), attributes->size);
  if (!t) return false;
  regs[pc->a] = t;
  return true;
}

bool slow_MATCH_KEYS(Thread* thread, Value* regs, const Instr* pc) {
  Value subject = regs[pc->b], keys_value = regs[pc->c];
  if (!is_exact(keys_value, types.tuple)) {
    raise_bad_internal_call("MATCH_KEYS");
    return false;
  }
  auto* keys = keys_value.as<Tuple>();
  Set* seen = new_set(nullptr);
  List* values = new_list(keys->size);
  if (!seen || !values) return false;
  Value get;
  // A fresh object that no mapping holds marks absence.
  Value absent;
  for (uint64_t i = 0; i < keys->size; ++i) {
    Value key = keys->items[i];
    int known = set_contains(seen, key);
    if (known < 0) return false;
    if (known) {
      raisef(exc.ValueError, "mapping pattern checks duplicate key (%s)", to_utf8(repr(key)).c_str());
      return false;
    }
    if (set_add(seen, key) < 0) return false;
    if (!get) {
      get = get_attr(subject, intern("get"));
      absent = allocate_instance(types.object);
      if (!get || !absent) return false;
    }
    Value v = call2(get, key, absent);
    if (!v) return false;
    if (v == absent) {
      regs[pc->a] = Value::none();
      return true;
    }
    if (!list_append(values, v)) return false;
  }
  Tuple* t = new_tuple(values->items(), values->size);
  if (!t) return false;
  regs[pc->a] = t;
  return true;
}

bool slow_MATCH_MAPPING(Thread* thread, Value* regs, const Instr* pc) {
  regs[pc->a] = Value::from_bool(class_of(regs[pc->b])->has(kClassMappingPattern));
  return true;
}
bool slow_MATCH_SEQUENCE(Thread* thread, Value* regs, const Instr* pc) {
  regs[pc->a] = Value::from_bool(class_of(regs[pc->b])->has(kClassSequencePattern));
  return true;
}
bool slow_GET_LEN(Thread* thread, Value* regs, const Instr* pc) {
  int64_t n = length(regs[pc->b]);
  if (n < 0) return false;
  regs[pc->a] = new_int(n);
  return true;
}

}  // namespace pyjit::interp
