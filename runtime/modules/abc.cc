// _abc: what ABCMeta needs: registries and caches of virtual subclasses, abstract method sets.
//
// Registries and caches refer to classes weakly: they live in native memory, and a weak processor of the heap drops dead classes.
#include <unordered_set>
#include <vector>

#include "runtime/heap_layout.h"
#include "runtime/modules/module_util.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime {

namespace {

Class* data_class;
uint64_t invalidation_counter = 0;

struct AbcState {
  std::vector<Class*> registry;                     // in order of registration
  std::unordered_set<Class*> cache, negative_cache;
  uint64_t negative_version = 0;
};
struct AbcData : Object { AbcState* state; };

std::unordered_set<AbcData*> all_data;

// A dying class is still found through its base's __subclasses__() until it is swept, so its state lives exactly as long as the cell: no
// finalizer could tell that moment.
void drop_dead_classes(bool (*is_live)(const Object*)) {
  if (!heap_state.collecting_full && !heap_state.classes_made) return;
  auto dead = [&](Class* c) { return !is_live(c); };
  std::erase_if(all_data, [&](AbcData* d) {
    if (is_live(d)) return false;
    delete d->state;
    return true;
  });
  for (AbcData* data : all_data) {
    AbcState* s = data->state;
    std::erase_if(s->registry, dead);
    std::erase_if(s->cache, dead);
    std::erase_if(s->negative_cache, dead);
  }
}

AbcState* state_of(Value cls) {
  static Str* name = intern("_abc_impl");
  Value data = TRY(get_attr(cls, name));
  if (is_exact(data, data_class)) return data.as<AbcData>()->state;
  raise(exc.TypeError, "_abc_impl is set to a wrong type");
  return nullptr;
}

int is_abstract(Value v) {
  static Str* name = intern("__isabstractmethod__");
  Value flag = get_attr_or_null(v, name);
  if (!flag) return error_pending() ? -1 : 0;
  return is_true(flag);
}

// __abstractmethods__ = the names that are abstract in the class itself or left abstract from its bases.
bool compute_abstract_methods(Value self) {
  Set* abstract = TRY(new_set(nullptr));
  Value ns = TRY(get_attr(self, names.dunder_dict));
  Value items = TRY(call_method0(ns, names.items));
  List* pairs = TRY(to_list(items));
  for (uint64_t i = 0; i < pairs->size; ++i) {
    Tuple* pair = TRY(to_tuple(pairs->items()[i]));
    if (pair->size != 2) {
      raise(exc.TypeError, "Iteration over dict failed");
      return false;
    }
    int flag = is_abstract(pair->items[1]);
    if (flag < 0 || (flag && set_add(abstract, pair->items[0]) < 0)) return false;
  }
  Value bases = TRY(get_attr(self, names.dunder_bases));
  if (!is_tuple(bases)) {
    raise(exc.TypeError, "__bases__ is not tuple");
    return false;
  }
  for (uint64_t i = 0; i < bases.as<Tuple>()->size; ++i) {
    Value inherited = get_attr_or_null(bases.as<Tuple>()->items[i], names.dunder_abstractmethods);
    if (!inherited) {
      if (error_pending()) return false;
      continue;
    }
    Value iterator = TRY(get_iter(inherited));
    while (Value name = iter_next(iterator)) {
      if (!is_str(name)) {
        raisef(exc.TypeError, "attribute name must be string, not '%.200s'", type_name(name));
        return false;
      }
      Value value = get_attr_or_null(self, name.as<Str>());
      if (!value) {
        if (error_pending()) return false;
        continue;
      }
      int flag = is_abstract(value);
      if (flag < 0 || (flag && set_add(abstract, name) < 0)) return false;
    }
    if (error_pending()) return false;
  }
  Set* frozen = TRY(new_frozenset(abstract));
  return set_attr(self, names.dunder_abstractmethods, frozen);
}

// Bits of CPython's tp_flags in __abc_tpflags__.
constexpr int64_t kSequenceFlag = 1 << 5, kMappingFlag = 1 << 6;

Value abc_init(Value* args) {
  if (!compute_abstract_methods(args[0])) return nullptr;
  auto* data = allocate_instance_of<AbcData>(data_class);
  data->state = new AbcState;
  all_data.insert(data);
  data->state->negative_version = invalidation_counter;
  static Str* impl_name = intern("_abc_impl");
  static Str* flags_name = intern("__abc_tpflags__");
  if (!set_attr(args[0], impl_name, data)) return nullptr;
  if (class_of(args[0])->has(kSubType)) {
    Class* cls = args[0].as<Class>();
    Value flags = dict_get_str(cls->dict, flags_name);
    if (flags && flags.is_int()) {
      int64_t bits = flags.as_int();
      if ((bits & kSequenceFlag) && (bits & kMappingFlag)) {
        return raise(exc.TypeError, "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING");
      }
      if (bits & kSequenceFlag) cls->class_flags |= kClassSequencePattern;
      if (bits & kMappingFlag) cls->class_flags |= kClassMappingPattern;
      if (!class_set_attr(cls, flags_name, nullptr)) return nullptr;
    }
  }
  return Value::none();
}

// A registered subclass matches sequence or mapping patterns as the ABC does, and so do its own subclasses.
void set_pattern_flag(Class* cls, uint32_t flag) {
  constexpr uint32_t kBoth = kClassMappingPattern | kClassSequencePattern;
  // Text and bytes are registered sequences that no sequence pattern matches.
  if (cls == types.str || cls == types.bytes || cls == types.bytearray) return;
  if ((cls->class_flags & kBoth) == flag) return;
  cls->class_flags = (cls->class_flags & ~kBoth) | flag;
  if (!cls->subclasses) return;
  for (Class* c : *cls->subclasses) set_pattern_flag(c, flag);
}

bool is_class(Value v) { return class_of(v)->has(kSubType); }

Value abc_register(Value* args) {
  Value self = args[0], subclass = args[1];
  if (!is_class(subclass)) return raise(exc.TypeError, "Can only register classes");
  int result = is_subclass_of(subclass, self);
  if (result > 0) return subclass;
  if (result < 0) return nullptr;
  result = is_subclass_of(self, subclass);
  if (result > 0) return raise(exc.RuntimeError, "Refusing to create an inheritance cycle");
  if (result < 0) return nullptr;
  AbcState* s = TRY(state_of(self));
  Class* cls = subclass.as<Class>();
  if (std::find(s->registry.begin(), s->registry.end(), cls) == s->registry.end()) s->registry.push_back(cls);
  ++invalidation_counter;
  if (is_class(self)) {
    uint32_t flag = self.as<Class>()->class_flags & (kClassMappingPattern | kClassSequencePattern);
    if (flag) set_pattern_flag(cls, flag);
  }
  return subclass;
}

Value abc_instancecheck(Value* args) {
  Value self = args[0], instance = args[1];
  AbcState* s = TRY(state_of(self));
  Value subclass = TRY(get_attr(instance, names.dunder_class));
  if (is_class(subclass) && s->cache.count(subclass.as<Class>())) return Value::from_bool(true);
  Value subtype = class_of(instance);
  if (subtype == subclass) {
    if (s->negative_version == invalidation_counter && s->negative_cache.count(subclass.as<Class>())) return Value::from_bool(false);
    return call_method1(self, names.dunder_subclasscheck, subclass);
  }
  Value result = TRY(call_method1(self, names.dunder_subclasscheck, subclass));
  int truth = is_true(result);
  if (truth < 0) return nullptr;
  return truth ? result : call_method1(self, names.dunder_subclasscheck, subtype);
}

Value abc_subclasscheck(Value* args) {
  Value self = args[0], subclass = args[1];
  if (!is_class(subclass)) return raise(exc.TypeError, "issubclass() arg 1 must be a class");
  Class* cls = subclass.as<Class>();
  AbcState* s = TRY(state_of(self));
  if (s->cache.count(cls)) return Value::from_bool(true);
  if (s->negative_version < invalidation_counter) {
    s->negative_cache.clear();
    s->negative_version = invalidation_counter;
  } else if (s->negative_cache.count(cls)) {
    return Value::from_bool(false);
  }
  Value verdict = TRY(call_method1(self, names.dunder_subclasshook, subclass));
  if (verdict.is_true()) {
    s->cache.insert(cls);
    return verdict;
  }
  if (verdict.is_false()) {
    s->negative_cache.insert(cls);
    return verdict;
  }
  if (!verdict.is_not_implemented()) {
    return raise(exc.AssertionError, "__subclasshook__ must return either False, True, or NotImplemented");
  }
  bool found = false;
  Value mro = cls->mro ? Value(cls->mro) : Value(empty_tuple());
  for (uint64_t i = 0; i < mro.as<Tuple>()->size; ++i) found |= mro.as<Tuple>()->items[i] == self;
  // The checks below may run Python code that registers more: walk a copy.
  List* registered = TRY(new_list(s->registry.size()));
  for (Class* c : s->registry) {
    if (!list_append(registered, c)) return nullptr;
  }
  for (uint64_t i = 0; !found && i < registered->size; ++i) {
    int result = is_subclass_of(subclass, registered->items()[i]);
    if (result < 0) return nullptr;
    found = result;
  }
  if (!found) {
    Value subclasses = TRY(call_method0(self, names.dunder_subclasses));
    if (!is_list(subclasses)) return raise(exc.TypeError, "__subclasses__() must return a list");
    for (uint64_t i = 0; !found && i < subclasses.as<List>()->size; ++i) {
      int result = is_subclass_of(subclass, subclasses.as<List>()->items()[i]);
      if (result < 0) return nullptr;
      found = result;
    }
  }
  (found ? s->cache : s->negative_cache).insert(cls);
  return Value::from_bool(found);
}

Value get_cache_token(Value* args) { return new_int(static_cast<int64_t>(invalidation_counter)); }

Value reset_registry(Value* args) {
  AbcState* s = TRY(state_of(args[0]));
  s->registry.clear();
  return Value::none();
}

Value reset_caches(Value* args) {
  AbcState* s = TRY(state_of(args[0]));
  s->cache.clear();
  s->negative_cache.clear();
  return Value::none();
}

// A set of weak references to the classes.
template <class Classes>
Value weak_set(const Classes& classes) {
  List* strong = TRY(new_list());
  for (Class* c : classes) {
    if (!list_append(strong, c)) return nullptr;
  }
  Set* result = TRY(new_set(nullptr));
  for (uint64_t i = 0; i < strong->size; ++i) {
    if (set_add(result, TRY(call1(types.weakref, strong->items()[i]))) < 0) return nullptr;
  }
  return result;
}

Value get_dump(Value* args) {
  AbcState* s = TRY(state_of(args[0]));
  Value registry = TRY(weak_set(s->registry)), cache = TRY(weak_set(s->cache)), negative = TRY(weak_set(s->negative_cache));
  return make_tuple(registry, cache, negative, new_int(static_cast<int64_t>(s->negative_version)));
}

constexpr Effects kAnything = Effects::kCallsPython;
const MethodDef kFunctions[] = {
    function_row("get_cache_token", "($module, /)", get_cache_token, Effects::kReads, "A number that changes with every registration anywhere."),
    function_row("_abc_init", "($module, self, /)", abc_init, kAnything, "Internal ABC helper for class set-up. Should be never used outside abc module."),
    function_row("_reset_registry", "($module, self, /)", reset_registry, kAnything,
                 "Internal ABC helper to reset registry of a given class.\n\nShould be only used by refleak.py"),
    function_row("_reset_caches", "($module, self, /)", reset_caches, kAnything,
                 "Internal ABC helper to reset both caches of a given class.\n\nShould be only used by refleak.py"),
    function_row("_get_dump", "($module, self, /)", get_dump, kAnything, "Internal ABC helper for cache and registry debugging."),
    function_row("_abc_register", "($module, self, subclass, /)", abc_register, kAnything, "Internal ABC helper for subclasss registration."),
    function_row("_abc_instancecheck", "($module, self, instance, /)", abc_instancecheck, kAnything, "Internal ABC helper for instance checks."),
    function_row("_abc_subclasscheck", "($module, self, subclass, /)", abc_subclasscheck, kAnything, "Internal ABC helper for subclass checks."),
    {}};

}  // namespace

bool init_abc_module(Module* m) {
  static ClassSpec data{.name = "_abc._abc_data", .basicsize = sizeof(AbcData), .flags = kClassNoInstantiation,
                        .doc = "Internal state held by ABC machinery."};
  if (!data_class) add_weak_processor(drop_dead_classes);
  return add_class(m, data, &data_class) && dict_delete(m->dict(), intern("_abc_data")) >= 0 && add_functions(m, kFunctions);
}

}  // namespace pyjit::runtime
