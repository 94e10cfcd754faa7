// Classes: method resolution order, attribute lookup through the method cache, modification, builtin class creation.
#include "runtime/class.h"

#include <unordered_map>

#include "runtime/changing_values.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/heap_layout.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/slots.h"
#include "runtime/types/containers.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"

namespace pyjit::runtime {

Types types;
void (*class_changed_hook)(Class*) = nullptr;
static uint32_t next_version = 1;

Class* class_of_immediate(Value v) {
  if (v.is_int()) return types.int_;
  if (v.is_double()) return types.float_;
  switch (v.bits()) {
    case Value::kNoneBits: return types.none_type;
    case Value::kTrueBits:
    case Value::kFalseBits: return types.bool_;
    case Value::kEllipsisBits: return types.ellipsis;
    default: return types.not_implemented_type;
  }
}

const char* type_name(Value v) {
  // Class names are ASCII nearly always; the buffer serves the others until the next call.
  // A builtin class is known by its full dotted name ("collections.deque").
  static thread_local std::string buffer;
  if (class_of(v)->spec) return class_of(v)->spec->name;
  buffer = to_utf8(class_of(v)->name);
  return buffer.c_str();
}

bool is_in_mro(const Class* cls, const Class* base) {
  if (!cls->mro) {
    for (const Class* c = cls; c; c = c->base) {
      if (c == base) return true;
    }
    return base == types.object;
  }
  for (uint64_t i = 0; i < cls->mro->size; ++i) {
    if (cls->mro->items[i].as<const Class>() == base) return true;
  }
  return false;
}

bool is_instance(Value v, const Class* cls) { return is_subclass(class_of(v), cls); }

// Method cache: (class version, interned name) → value along the MRO. Versions are never reused, so stale lines cannot hit.
struct CacheLine { uint32_t version; Str* name; Value value; };
constexpr size_t kMethodCacheSize = 4096;
static CacheLine method_cache[kMethodCacheSize];

static Value lookup_uncached(Class* cls, Str* name) {
  Tuple* mro = cls->mro;
  if (!mro) return nullptr;
  Value pending = thread()->exception;   // callers look up hooks while an exception is on its way
  for (uint64_t i = 0; i < mro->size; ++i) {
    Value v = dict_get_str(mro->items[i].as<Class>()->dict, name);
    if (v) return v;
    thread()->exception = pending;
  }
  return nullptr;
}

Value class_lookup(Class* cls, Str* name) {
  if (!name->interned()) [[unlikely]] {
    Str* known = find_interned(name);
    if (!known) return lookup_uncached(cls, name);
    name = known;
  }
  CacheLine& line = method_cache[(cls->version ^ (reinterpret_cast<uintptr_t>(name) >> 4)) % kMethodCacheSize];
  if (line.version == cls->version && line.name == name) return line.value;
  Value v = lookup_uncached(cls, name);
  line = {cls->version, name, v};
  return v;
}

void class_modified(Class* cls) {
  if (cls->watched && class_changed_hook) class_changed_hook(cls);
  cls->version = ++next_version;
  if (!cls->subclasses) return;
  for (Class* sub : *cls->subclasses) class_modified(sub);
}

static void update_slots_below(Class* cls) {
  if (cls->has(kClassHeap)) update_slots(cls);
  if (!cls->subclasses) return;
  for (Class* sub : *cls->subclasses) update_slots_below(sub);
}

static bool is_dunder(Str* name) {
  if (name->length < 5 || !name->is_ascii()) return false;
  const char* s = static_cast<const char*>(name->data);
  return s[0] == '_' && s[1] == '_' && s[name->length - 1] == '_' && s[name->length - 2] == '_';
}

// How often each plain value in a class was replaced by another.
static std::unordered_map<Class*, std::unordered_map<Str*, uint32_t>> replaced_values;
constexpr uint32_t kReplacedOften = 2;

bool class_value_changes(Class* cls, Str* name) {
  if (replaced_values.empty() || !cls->mro) return false;
  for (uint64_t i = 0; i < cls->mro->size; ++i) {
    auto of_class = replaced_values.find(cls->mro->items[i].as<Class>());
    if (of_class == replaced_values.end()) continue;
    auto found = of_class->second.find(name);
    if (found != of_class->second.end() && found->second >= kReplacedOften) return true;
  }
  return false;
}

// Neither a descriptor nor one that could become one.
static bool is_plain_value(Value v) {
  if (!v.is_object()) return !v.is_null();
  Class* kind = v.as_object()->cls();
  return kind->has(kClassImmutable) && !kind->has(kSubType) && !kind->slots.descr_get && !kind->slots.descr_set;
}

static void forget_lookup(Class* cls, Str* name) {
  CacheLine& line = method_cache[(cls->version ^ (reinterpret_cast<uintptr_t>(name) >> 4)) % kMethodCacheSize];
  if (line.version == cls->version && line.name == name) line = {};
  if (!cls->subclasses) return;
  for (Class* sub : *cls->subclasses) forget_lookup(sub, name);
}

// A plain value takes another's place, as it has done before: lookups of other names, and what caches hold, stay right.
static bool replaces_changing_value(Class* cls, Str* name, Value value) {
  if (!is_plain_value(value) || is_dunder(name)) return false;
  Value old = dict_get_str(cls->dict, name);
  if (!old || !is_plain_value(old)) return false;
  uint32_t& count = replaced_values[cls][name];
  if (count >= kReplacedOften) return true;
  ++count;
  return false;
}

bool class_set_attr(Class* cls, Str* name, Value value) {
  if (cls->has(kClassImmutable)) {
    raisef(exc.TypeError, "cannot set %s attribute of immutable type '%s'", to_utf8(repr_str(name)).c_str(), to_utf8(cls->name).c_str());
    return false;
  }
  if (!name->interned()) name = intern(name);
  // Data descriptors of the metaclass first: __name__, __bases__, ...
  Class* meta = cls->cls();
  if (Value descr = class_lookup(meta, name)) {
    if (auto set = class_of(descr)->slots.descr_set) return set(descr, cls, value);
  }
  if (value) {
    bool quiet = replaces_changing_value(cls, name, value);
    if (!dict_set_str(cls->dict, name, value)) return false;
    if (quiet) {
      forget_lookup(cls, name);
      return true;
    }
  } else {
    int r = dict_delete(cls->dict, name);
    if (r < 0) return false;
    if (!r) {
      Value args[] = {new_strf("type object '%s' has no attribute '%s'", to_utf8(cls->name).c_str(), to_utf8(name).c_str())};
      raise_attribute_error(args[0].as<Str>(), cls, name);
      return false;
    }
  }
  class_modified(cls);
  if (is_dunder(name)) {
    if (name == names.dunder_abstractmethods) return true;
    auto get = cls->slots.descr_get;
    auto set = cls->slots.descr_set;
    update_slots_below(cls);
    // Instances of cls may lie in any class, where lookups took them for plain values (or for descriptors) under that class's version.
    if (get != cls->slots.descr_get || set != cls->slots.descr_set) class_modified(types.object);
  }
  return true;
}

// C3 linearisation (Barrett et al., "A Monotonic Superclass Linearization for Dylan", 1996): null, TypeError pending, when inconsistent.
Tuple* compute_mro(Class* cls, Tuple* bases) {
  RootedVector result;
  result.push_back(cls);
  if (bases->size == 1) {
    Tuple* mro = bases->items[0].as<Class>()->mro;
    for (uint64_t i = 0; i < mro->size; ++i) result.push_back(mro->items[i]);
    return new_tuple(result.data(), result.size());
  }
  std::vector<std::vector<Class*>> lists;
  for (uint64_t i = 0; i < bases->size; ++i) {
    Tuple* mro = bases->items[i].as<Class>()->mro;
    auto& list = lists.emplace_back();
    for (uint64_t j = 0; j < mro->size; ++j) list.push_back(mro->items[j].as<Class>());
  }
  auto& last = lists.emplace_back();
  for (uint64_t i = 0; i < bases->size; ++i) last.push_back(bases->items[i].as<Class>());
  for (size_t i = 0; i < last.size(); ++i) {
    for (size_t j = i + 1; j < last.size(); ++j) {
      if (last[i] == last[j]) return raisef(exc.TypeError, "duplicate base class %s", to_utf8(last[i]->name).c_str());
    }
  }
  std::vector<size_t> heads(lists.size());
  for (;;) {
    Class* next = nullptr;
    bool any_left = false;
    for (size_t i = 0; i < lists.size() && !next; ++i) {
      if (heads[i] == lists[i].size()) continue;
      any_left = true;
      Class* candidate = lists[i][heads[i]];
      bool in_tail = false;
      for (size_t j = 0; j < lists.size() && !in_tail; ++j) {
        for (size_t k = heads[j] + 1; k < lists[j].size(); ++k) in_tail = in_tail || lists[j][k] == candidate;
      }
      if (!in_tail) next = candidate;
    }
    if (!any_left) break;
    if (!next) {
      std::string text = "Cannot create a consistent method resolution\norder (MRO) for bases";
      bool first = true;
      std::vector<Class*> named;
      for (size_t i = 0; i < lists.size(); ++i) {
        if (heads[i] == lists[i].size()) continue;
        Class* c = lists[i][heads[i]];
        if (std::find(named.begin(), named.end(), c) != named.end()) continue;
        named.push_back(c);
        text += (first ? " " : ", ") + to_utf8(c->name);
        first = false;
      }
      return raise(exc.TypeError, text);
    }
    result.push_back(next);
    for (size_t i = 0; i < lists.size(); ++i) {
      if (heads[i] < lists[i].size() && lists[i][heads[i]] == next) ++heads[i];
    }
  }
  return new_tuple(result.data(), result.size());
}

void add_subclass(Class* base, Class* cls) {
  heap_state.classes_made = true;
  if (!base->subclasses) base->subclasses = new std::vector<Class*>;
  base->subclasses->push_back(cls);
}

void remove_subclass(Class* base, Class* cls) {
  if (base->subclasses) std::erase(*base->subclasses, cls);
}

uint32_t new_class_version() { return ++next_version; }

constexpr uint32_t kInheritedFlags = 0xFFFF0000u | kClassHasDict | kClassHasWeakref | kClassMappingPattern | kClassSequencePattern | kClassLayered;
uint32_t inherited_class_flags(Class* base) { return base->class_flags & kInheritedFlags; }

static void add_getset(Class* cls, const GetSetDef* def) {
  Value descriptor = def->is_member && types.member_descriptor ? Value(new_field_descriptor(def, cls)) : new_getset_descriptor(def, cls);
  dict_set_str(cls->dict, intern(def->name), descriptor);
}

Class* new_builtin_class(const ClassSpec& spec, Shape* root_shape) {
  Class* meta = types.type;
  Class* cls = static_cast<Class*>(heap.allocate(class_shape(), sizeof(Class)));
  (void)meta;
  cls->spec = &spec;
  // Builtin classes live as long as the process: most are known only to a C++ global.
  Value* root = new Value(cls);
  heap.add_root_range(root, root + 1);
  Class* base = spec.base ? *spec.base : types.object;
  std::string_view full = spec.name;
  size_t dot = full.rfind('.');
  cls->name = intern(dot == std::string_view::npos ? full : full.substr(dot + 1));
  cls->qualname = cls->name;
  cls->base = base;
  cls->class_flags = spec.flags | kClassReady | kClassImmutable | (base ? inherited_class_flags(base) : 0);
  cls->basicsize = base ? std::max(spec.basicsize, base->basicsize) : spec.basicsize;
  cls->itemsize = spec.itemsize ? spec.itemsize : base ? base->itemsize : 0;
  cls->slots = spec.slots;
  cls->trace = spec.trace ? spec.trace : base ? base->trace : nullptr;
  cls->finalize = spec.finalize ? spec.finalize : base ? base->finalize : nullptr;
  cls->version = new_class_version();
  cls->dict = new_dict();
  cls->bases = base ? make_tuple(Value(base)) : empty_tuple();
  cls->mro = compute_mro(cls, cls->bases);
  if (!base) cls->mro = make_tuple(Value(cls));
  if (base) add_subclass(base, cls);
  // Native layouts that have attributes keep the overflow word right behind the header.
  TraceKind trace = spec.trace ? TraceKind::kCustom : spec.trace_kind;
  if (!spec.trace && base && base->trace) trace = TraceKind::kCustom;
  bool trailing_dict = cls->has(kClassHasDict) && base && base->root_shape && base->root_shape->attrs_offset;
  uint16_t attrs_offset = trailing_dict ? base->root_shape->attrs_offset : cls->has(kClassHasDict) ? sizeof(Object) : 0;
  if (root_shape) {
    root_shape->cls = cls;
    root_shape->trace_kind = trace;
    cls->root_shape = root_shape;
  } else {
    cls->root_shape = Shape::new_root(cls, attrs_offset, 0, trace);
  }
  add_slot_wrappers(cls);
  if (spec.slots.new_) dict_set_str(cls->dict, names.dunder_new, new_builtin_new(cls));
  for (const MethodDef* m = spec.methods; m && m->name; ++m) {
    Value v;
    switch (m->kind) {
      case MethodKind::kClassMethod: v = new_classmethod_descriptor(m, cls); break;
      case MethodKind::kStaticMethod: {
        auto* f = new_native_function(m, cls, nullptr);
        f->self = nullptr;
        f->owner = cls;
        v = new_static_method(f);
        break;
      }
      default: v = new_method_descriptor(m, cls);
    }
    dict_set_str(cls->dict, intern(m->name), v);
  }
  for (const GetSetDef* g = spec.getset; g && g->name; ++g) add_getset(cls, g);
  if (base) inherit_slots(cls);
  if (cls->slots.hash == hash_not_implemented && !dict_get_str(cls->dict, names.dunder_hash)) {
    dict_set_str(cls->dict, names.dunder_hash, Value::none());
  }
  if (!dict_get_str(cls->dict, names.dunder_doc)) {
    Value doc = Value::none();
    if (spec.doc) {
      std::string_view text = spec.doc;
      size_t end = text.find("\n--\n\n");
      doc = new_str(end == std::string_view::npos ? text : text.substr(end + 5));
    }
    dict_set_str(cls->dict, names.dunder_doc, doc);
  }
  if (dot != std::string_view::npos) dict_set_str(cls->dict, names.dunder_module, intern(full.substr(0, dot)));
  return cls;
}

Object* allocate_instance(Class* cls, size_t items) {
  Shape* s = cls->root_shape;
  size_t bytes = cls->basicsize + items * cls->itemsize;
  if (s->attrs_offset >= cls->basicsize) bytes += sizeof(Object*) + size_t{s->inline_capacity} * sizeof(Value);
  if (s->attrs_at_end) bytes += sizeof(Object*);
  Object* o = heap.allocate_checked(s, bytes);
  if (o && (cls->slots.del || cls->finalize)) heap.register_finalizable(o);
  return o;
}

void trace_class(Object* o, Tracer& t) {
  auto* c = static_cast<Class*>(o);
  t.visit(c->name);
  t.visit(c->qualname);
  t.visit(c->base);
  t.visit(c->bases);
  t.visit(c->mro);
  t.visit(c->dict);
  t.visit(c->doc_cache);
  t.visit(reinterpret_cast<Object*>(c->module_ref));
}

void finalize_class(Object* o) {
  auto* c = static_cast<Class*>(o);
  delete c->subclasses;
  c->subclasses = nullptr;
}

// Dead classes leave the subclass lists of their bases.
void init_class_registry() {
  heap.add_root_tracer(
      [](Tracer& t, void*) {
        Class** p = reinterpret_cast<Class**>(&types);
        for (size_t i = 0; i < sizeof(Types) / sizeof(Class*); ++i) t.visit(p[i]);
        Class** e = reinterpret_cast<Class**>(&exc);
        for (size_t i = 0; i < sizeof(ExceptionTypes) / sizeof(Class*); ++i) t.visit(e[i]);
        Str** n = reinterpret_cast<Str**>(&names);
        for (size_t i = 0; i < sizeof(Names) / sizeof(Str*); ++i) t.visit(n[i]);
      },
      nullptr);
  add_weak_processor([](bool (*is_live)(const Object*)) {
    if (!heap_state.collecting_full && !heap_state.classes_made) return;
    std::vector<Class*> work{types.object};
    for (size_t i = 0; i < work.size(); ++i) {
      auto* subs = work[i]->subclasses;
      if (!subs) continue;
      std::erase_if(*subs, [&](Class* c) { return !is_live(c); });
      for (Class* c : *subs) {
        if (c->base == work[i]) work.push_back(c);
      }
    }
  });
}

}  // namespace pyjit::runtime
