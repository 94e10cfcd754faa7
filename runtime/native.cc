// Native methods: from a table row to a signature, from a call to its bound argument array, with argument clinic's error messages.
#include "runtime/native.h"

#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"

namespace pyjit::runtime {

// Splits "($self, a, /, b=1, *args, key=None, **kw)" at top-level commas.
static std::vector<std::string_view> split_parameters(std::string_view text) {
  std::vector<std::string_view> parts;
  int depth = 0;
  char quote = 0;
  size_t start = 0;
  auto push = [&](size_t end) {
    std::string_view part = text.substr(start, end - start);
    while (!part.empty() && (part.front() == ' ' || part.front() == '\n')) part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    if (!part.empty()) parts.push_back(part);
  };
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '[' || c == '{' || c == '<') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}' || c == '>') {
      --depth;
    } else if (c == ',' && depth == 0) {
      push(i);
      start = i + 1;
    }
  }
  push(text.size());
  return parts;
}

const Signature* parse_signature(const MethodDef* def) {
  std::string_view text = def->signature ? def->signature : "";
  if (!text.empty() && text.front() == '!') text.remove_prefix(1);
  assert(text.size() >= 2 && text.front() == '(' && text.back() == ')');
  text = text.substr(1, text.size() - 2);
  auto* s = new Signature{};
  std::vector<Signature::Parameter> parameters;
  bool keyword_only = false;
  for (std::string_view part : split_parameters(text)) {
    while (!part.empty() && (part[0] == ' ' || part[0] == '\n')) part.remove_prefix(1);
    if (part == "$module") continue;
    if (part[0] == '$') {
      s->has_self = true;
      part.remove_prefix(1);
    }
    if (part == "/") {
      s->positional_only = s->positional;
      continue;
    }
    if (part == "*") {
      keyword_only = true;
      continue;
    }
    if (part.substr(0, 2) == "**") {
      s->var_keywords = true;
      continue;
    }
    if (part[0] == '*') {
      s->var_args = true;
      keyword_only = true;
      continue;
    }
    size_t equals = part.find('=');
    bool has_default = equals != std::string_view::npos;
    std::string_view name = part.substr(0, equals);
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    if (size_t colon = name.find(':'); colon != std::string_view::npos) name = name.substr(0, colon);
    parameters.push_back({name, has_default});
    if (keyword_only) {
      ++s->keyword_only;
    } else {
      ++s->positional;
      if (!has_default) ++s->required_positional;
    }
  }
  auto* copy = new Signature::Parameter[parameters.size() + 1];
  std::copy(parameters.begin(), parameters.end(), copy);
  s->parameters = copy;
  if (s->has_self && !s->positional_only) s->positional_only = 1;
  s->direct = !s->var_args && !s->var_keywords && s->total() <= kDirectEntries;
  for (size_t i = s->positional; i < parameters.size(); ++i) s->direct &= parameters[i].has_default;
  return s;
}

static const char* plural(size_t n) { return n == 1 ? "" : "s"; }

// "list.append()" or "math.sin()": how messages name the callee.
static std::string callee_name(const MethodDef* def, Value* args, const Signature* s, NativeFunction* f) {
  std::string name = def->name;
  if (f && f->owner) {
    name = to_utf8(f->owner->qualname) + "." + name;
  } else if (f && f->module_name && is_str(f->module_name) && !str_equals(f->module_name.as<Str>(), "builtins")) {
    name = to_utf8(f->module_name.as<Str>()) + "." + name;
  } else if (s->has_self && args && args[0]) {
    Class* cls = class_of(args[0]);
    if (def->kind == MethodKind::kClassMethod && cls->has(kSubType)) return to_utf8(args[0].as<Class>()->qualname) + "." + name + "()";
    // The class in the MRO that owns the method.
    for (uint64_t i = 0; i < cls->mro->size; ++i) {
      Class* c = cls->mro->items[i].as<Class>();
      if (dict_get_str(c->dict, intern(def->name))) {
        cls = c;
        break;
      }
    }
    name = to_utf8(cls->qualname) + "." + name;
  }
  return name + "()";
}

static bool bind_positional_only(const MethodDef* def, const Signature* s, Value* args, uint32_t nargs, Tuple* kwnames, NativeFunction* f) {
  uint32_t self = s->has_self, given = nargs - self;
  uint32_t low = s->required_positional - self, high = s->positional - self;
  if (kwnames && kwnames->size) {
    raisef(exc.TypeError, "%.200s takes no keyword arguments", callee_name(def, args, s, f).c_str());
    return false;
  }
  if (given >= low && (given <= high || s->var_args)) return true;
  if (high == 0 && !s->var_args) {
    raisef(exc.TypeError, "%.200s takes no arguments (%u given)", callee_name(def, args, s, f).c_str(), given);
  } else if (low == 1 && high == 1 && !s->var_args) {
    raisef(exc.TypeError, "%.200s takes exactly one argument (%u given)", callee_name(def, args, s, f).c_str(), given);
  } else {
    uint32_t bound = given < low ? low : high;
    const char* quantifier = low == high && !s->var_args ? "" : given < low ? "at least " : "at most ";
    raisef(exc.TypeError, "%.200s expected %s%u argument%s, got %u", def->name, quantifier, bound, plural(bound), given);
  }
  return false;
}

static bool bind_full(const MethodDef* def, const Signature* s, Value* args, uint32_t nargs, Tuple* kwnames, Value* out, NativeFunction* f) {
  size_t total = s->total(), nkw = kwnames ? kwnames->size : 0, self = s->has_self;
  if (s->positional_only == s->positional && !s->keyword_only && !s->var_keywords) {
    if (!bind_positional_only(def, s, args, nargs, kwnames, f)) return false;
  }
  size_t named = s->positional + s->keyword_only;   // parameters with a name
  size_t given = nargs - self;
  if (!s->var_args && !s->var_keywords && given + nkw > named - self) {
    raisef(exc.TypeError, "%.200s() takes at most %zu %sargument%s (%zu given)", def->name, named - self, given == 0 ? "keyword " : "",
           plural(named - self), given + nkw);
    return false;
  }
  if (!s->var_args && nargs > s->positional) {
    if (s->positional == self) {
      raisef(exc.TypeError, "%.200s() takes no positional arguments", def->name);
    } else {
      raisef(exc.TypeError, "%.200s() takes %s %zu positional argument%s (%zu given)", def->name,
             s->required_positional < s->positional ? "at most" : "exactly", s->positional - self, plural(s->positional - self), given);
    }
    return false;
  }
  for (size_t i = 0; i < total; ++i) out[i] = nullptr;
  size_t positional = std::min<size_t>(nargs, s->positional);
  for (size_t i = 0; i < positional; ++i) out[i] = args[i];
  size_t at = s->positional;
  if (s->var_args) {
    Tuple* rest = nargs > s->positional ? new_tuple(args + s->positional, nargs - s->positional) : empty_tuple();
    if (!rest) return false;
    out[at++] = rest;
  }
  size_t keyword_base = at;
  Dict* extra = nullptr;
  if (s->var_keywords) {
    extra = TRY(new_dict());
    out[keyword_base + s->keyword_only] = extra;
  }
  for (size_t k = 0; k < nkw; ++k) {
    Str* name = kwnames->items[k].as<Str>();
    Value value = args[nargs + k];
    size_t p = s->positional_only;
    while (p < named && !str_equals(name, s->parameters[p].name)) ++p;
    if (p == named) {
      if (extra) {
        if (!dict_set_str(extra, name, value)) return false;
        continue;
      }
      // A positional-only parameter passed by name has the same message as an unknown keyword.
      raisef(exc.TypeError, "'%s' is an invalid keyword argument for %.200s()", to_utf8(name).c_str(), def->name);
      return false;
    }
    size_t target = p < s->positional ? p : keyword_base + (p - s->positional);
    if (out[target]) {
      raisef(exc.TypeError, "argument for %.200s() given by name ('%s') and position (%zu)", def->name, to_utf8(name).c_str(), p + 1 - self);
      return false;
    }
    out[target] = value;
  }
  for (size_t p = 0; p < named; ++p) {
    if (s->parameters[p].has_default) continue;
    size_t target = p < s->positional ? p : keyword_base + (p - s->positional);
    if (out[target]) continue;
    if (p < s->positional_only) {
      size_t low = 0;
      while (low < s->positional_only && !s->parameters[low].has_default) ++low;
      raisef(exc.TypeError, "%.200s() takes %s %zu positional argument%s (%zu given)", def->name, low < named ? "at least" : "exactly", low - self,
             plural(low - self), given);
    } else {
      raisef(exc.TypeError, "%.200s() missing required argument '%.*s' (pos %zu)", def->name, static_cast<int>(s->parameters[p].name.size()),
             s->parameters[p].name.data(), p + 1 - self);
    }
    return false;
  }
  return true;
}

bool bind_arguments(const MethodDef* def, const Signature* signature, Value* args, uint32_t nargs, Tuple* kwnames, Value* out) {
  return bind_full(def, signature, args, nargs, kwnames, out, nullptr);
}

// `args` has self in front when the row takes one.
static Value call_with_self(NativeFunction* f, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (f->def->raw) return f->def->raw(args, nargs, kwnames);
  const Signature* s = ensure_signature(f);
  // As large as what is filled: stale references in unused room would be kept alive by the scan of the native stack.
  auto* out = static_cast<Value*>(__builtin_alloca(s->total() * sizeof(Value)));
  if (!kwnames && s->direct && nargs <= s->positional && nargs >= s->required_positional) {
    size_t total = s->total();
    for (size_t i = 0; i < nargs; ++i) out[i] = args[i];
    for (size_t i = nargs; i < total; ++i) out[i] = nullptr;
    return f->def->fn(out);
  }
  if (!bind_full(f->def, s, args, nargs, kwnames, out, f)) return nullptr;
  return f->def->fn(out);
}

static bool takes_self(const NativeFunction* f) { return f->def->kind == MethodKind::kMethod || f->def->kind == MethodKind::kClassMethod; }

static Value call_builtin_function(Value callable, Value* args, uint32_t nargs, Tuple* kwnames) {
  auto* f = callable.as<NativeFunction>();
  if (!takes_self(f)) return call_with_self(f, args, nargs, kwnames);
  size_t total = nargs + (kwnames ? kwnames->size : 0);
  Value* window = total < 16 ? static_cast<Value*>(__builtin_alloca((total + 1) * sizeof(Value))) : TRY(new_value_array(total + 1))->items;
  window[0] = f->self;
  for (size_t i = 0; i < total; ++i) window[i + 1] = args[i];
  return call_with_self(f, window, nargs + 1, kwnames);
}

static bool check_self(NativeFunction* f, Value* args, uint32_t nargs) {
  if (nargs == 0) {
    raisef(exc.TypeError, "unbound method %s.%s() needs an argument", to_utf8(f->owner->qualname).c_str(), f->def->name);
    return false;
  }
  if (is_subclass(class_of(args[0]), f->owner)) return true;
  raisef(exc.TypeError, "descriptor '%s' for '%.100s' objects doesn't apply to a '%.100s' object", f->def->name, to_utf8(f->owner->name).c_str(),
         type_name(args[0]));
  return false;
}

static Value call_method_descriptor(Value callable, Value* args, uint32_t nargs, Tuple* kwnames) {
  auto* f = callable.as<NativeFunction>();
  if (!check_self(f, args, nargs)) return nullptr;
  return call_with_self(f, args, nargs, kwnames);
}

NativeFunction* new_native_function(const MethodDef* def, Value self, Value module_name) {
  auto* f = static_cast<NativeFunction*>(heap.allocate(types.builtin_function->root_shape, sizeof(NativeFunction)));
  f->def = def;
  f->self = self;
  f->module_name = module_name;
  return f;
}

static NativeFunction* new_descriptor(Class* type, const MethodDef* def, Class* owner) {
  auto* f = static_cast<NativeFunction*>(heap.allocate(type->root_shape, sizeof(NativeFunction)));
  f->def = def;
  f->owner = owner;
  return f;
}
NativeFunction* new_method_descriptor(const MethodDef* def, Class* owner) { return new_descriptor(types.method_descriptor, def, owner); }
NativeFunction* new_classmethod_descriptor(const MethodDef* def, Class* owner) { return new_descriptor(types.classmethod_descriptor, def, owner); }

bool add_functions(Module* module, const MethodDef* rows) {
  Value module_name = dict_get_str(module->dict(), names.dunder_name);
  for (; rows->name; ++rows) {
    const MethodDef* def = rows;
    if (def->kind == MethodKind::kMethod) {   // a module's rows are functions, whether or not they say so
      auto* function = new MethodDef(*rows);
      function->kind = MethodKind::kFunction;
      def = function;
    }
    auto* f = new_native_function(def, module, module_name);
    if (!dict_set_str(module->dict(), intern(rows->name), f)) return false;
  }
  return true;
}

// __new__ of a builtin class, as a builtin function bound to that class.

static Value builtin_new(Value* args, uint32_t nargs, Tuple* kwnames) {
  Class* owner = args[0].as<Class>();
  std::string owner_name = to_utf8(owner->name);
  if (nargs < 2) return raisef(exc.TypeError, "%s.__new__(): not enough arguments", owner_name.c_str());
  if (!class_of(args[1])->has(kSubType)) {
    return raisef(exc.TypeError, "%s.__new__(X): X is not a type object (%s)", owner_name.c_str(), type_name(args[1]));
  }
  Class* cls = args[1].as<Class>();
  if (!is_subclass(cls, owner)) {
    std::string name = to_utf8(cls->name);
    return raisef(exc.TypeError, "%s.__new__(%s): %s is not a subtype of %s", owner_name.c_str(), name.c_str(), name.c_str(), owner_name.c_str());
  }
  // The most derived builtin base must be the one whose __new__ this is.
  Class* solid = cls;
  while (solid && solid->has(kClassHeap)) solid = solid->base;
  if (solid && solid->slots.new_ != owner->slots.new_) {
    return raisef(exc.TypeError, "%s.__new__(%s) is not safe, use %s.__new__()", owner_name.c_str(), to_utf8(cls->name).c_str(),
                  to_utf8(solid->name).c_str());
  }
  return owner->slots.new_(cls, args + 2, nargs - 2, kwnames);
}

static const MethodDef kNewDef = {.name = "__new__",
                                  .signature = "($type, *args, **kwargs)",
                                  .doc = "Create and return a new object.  See help(type) for accurate signature.",
                                  .raw = builtin_new};

NativeFunction* new_builtin_new(Class* cls) { return new_native_function(&kNewDef, cls, nullptr); }

// Attributes of the three classes.

static Value text_signature(const MethodDef* def) {
  if (!def->signature || def->signature[0] == '!') return Value::none();
  return new_str(def->signature);
}
static Value get_name(Value self) { return intern(self.as<NativeFunction>()->def->name); }
static Value get_doc(Value self) {
  const char* doc = self.as<NativeFunction>()->def->doc;
  return doc ? Value(new_str(doc)) : Value::none();
}
static Value get_text_signature(Value self) { return text_signature(self.as<NativeFunction>()->def); }
static Value get_self(Value self) {
  Value s = self.as<NativeFunction>()->self;
  return s ? s : Value::none();
}
static Value get_module(Value self) {
  Value m = self.as<NativeFunction>()->module_name;
  return m ? m : Value::none();
}
static Value get_qualname(Value self) {
  auto* f = self.as<NativeFunction>();
  if (f->owner) return new_strf("%s.%s", to_utf8(f->owner->qualname).c_str(), f->def->name);
  if (!f->self || is_exact(f->self, types.module)) return intern(f->def->name);
  Class* cls = class_of(f->self)->has(kSubType) ? f->self.as<Class>() : class_of(f->self);
  return new_strf("%s.%s", to_utf8(cls->qualname).c_str(), f->def->name);
}
static Value get_objclass(Value self) { return self.as<NativeFunction>()->owner; }

static Value reduce(Value* args) {
  auto* f = args[0].as<NativeFunction>();
  if (f->owner || (f->self && !is_exact(f->self, types.module))) {
    Value getattr_fn = TRY(builtin_function("getattr"));
    Value target = f->owner ? Value(f->owner) : f->self;
    return make_tuple(getattr_fn, make_tuple(target, Value(intern(f->def->name))));
  }
  return intern(f->def->name);
}

static Value repr_builtin_function(Value self) {
  auto* f = self.as<NativeFunction>();
  if (f->owner) return new_strf("<built-in method %s of type object at %p>", f->def->name, reinterpret_cast<void*>(f->owner));
  if (!f->self || is_exact(f->self, types.module)) return new_strf("<built-in function %s>", f->def->name);
  return new_strf("<built-in method %s of %s object at %p>", f->def->name, type_name(f->self), reinterpret_cast<void*>(f->self.bits()));
}
static Value repr_method_descriptor(Value self) {
  auto* f = self.as<NativeFunction>();
  return new_strf("<method '%s' of '%s' objects>", f->def->name, f->owner->spec ? f->owner->spec->name : to_utf8(f->owner->name).c_str());
}

static int64_t hash_builtin_function(Value self) {
  auto* f = self.as<NativeFunction>();
  int64_t h = static_cast<int64_t>((f->self.bits() >> 4) ^ (reinterpret_cast<uintptr_t>(f->def) >> 4));
  return h == -1 ? -2 : h;
}
static Value compare_builtin_function(Value a, Value b, CompareOp op) {
  if ((op != kEq && op != kNe) || !is_exact(a, types.builtin_function) || !is_exact(b, types.builtin_function)) return Value::not_implemented();
  auto *f = a.as<NativeFunction>(), *g = b.as<NativeFunction>();
  bool equal = f->def == g->def && f->self == g->self;
  return Value::from_bool(equal == (op == kEq));
}

static Value bind_method_descriptor(Value self, Value instance, Value owner) {
  auto* f = self.as<NativeFunction>();
  if (!instance) return self;
  if (!is_subclass(class_of(instance), f->owner)) {
    return raisef(exc.TypeError, "descriptor '%s' for '%.100s' objects doesn't apply to a '%.100s' object", f->def->name,
                  to_utf8(f->owner->name).c_str(), type_name(instance));
  }
  auto* bound = new_native_function(f->def, instance, nullptr);
  bound->signature = f->signature;
  return bound;
}
static Value bind_classmethod_descriptor(Value self, Value instance, Value owner) {
  auto* f = self.as<NativeFunction>();
  Value cls = owner ? owner : Value(class_of(instance));
  return new_native_function(f->def, cls, nullptr);
}
static Value call_classmethod_descriptor(Value callable, Value* args, uint32_t nargs, Tuple* kwnames) {
  auto* f = callable.as<NativeFunction>();
  if (nargs < 1 || !class_of(args[0])->has(kSubType)) {
    return raisef(exc.TypeError, "descriptor '%s' of '%.100s' object needs an argument", f->def->name, to_utf8(f->owner->name).c_str());
  }
  return call_with_self(f, args, nargs, kwnames);
}

static void trace_native_function(Object* o, Tracer& t) {
  auto* f = static_cast<NativeFunction*>(o);
  t.visit(f->self);
  t.visit(f->module_name);
  t.visit(f->owner);
}

static constexpr MethodDef kMethods[] = {{"__reduce__", "($self, /)", reduce}, {}};
static constexpr GetSetDef kFunctionGetSet[] = {{"__name__", get_name},     {"__qualname__", get_qualname}, {"__doc__", get_doc},
                                                {"__self__", get_self},     {"__module__", get_module},     {"__text_signature__", get_text_signature},
                                                {}};
static constexpr GetSetDef kDescriptorGetSet[] = {{"__name__", get_name},         {"__qualname__", get_qualname},
                                                  {"__doc__", get_doc},           {"__text_signature__", get_text_signature},
                                                  {"__objclass__", get_objclass}, {}};

static const ClassSpec kBuiltinFunctionSpec = {
    .name = "builtin_function_or_method",
    .basicsize = sizeof(NativeFunction),
    .flags = kClassNoInstantiation | kClassHasWeakref,
    .trace = trace_native_function,
    .slots = {.repr = repr_builtin_function, .hash = hash_builtin_function, .call = call_builtin_function, .compare = compare_builtin_function},
    .methods = kMethods,
    .getset = kFunctionGetSet};
static const ClassSpec kMethodDescriptorSpec = {
    .name = "method_descriptor",
    .basicsize = sizeof(NativeFunction),
    .flags = kClassNoInstantiation | kClassMethodDescriptor,
    .trace = trace_native_function,
    .slots = {.repr = repr_method_descriptor, .call = call_method_descriptor, .descr_get = bind_method_descriptor},
    .methods = kMethods,
    .getset = kDescriptorGetSet};
static const ClassSpec kClassMethodDescriptorSpec = {
    .name = "classmethod_descriptor",
    .basicsize = sizeof(NativeFunction),
    .flags = kClassNoInstantiation,
    .trace = trace_native_function,
    .slots = {.repr = repr_method_descriptor, .call = call_classmethod_descriptor, .descr_get = bind_classmethod_descriptor},
    .getset = kDescriptorGetSet};

static Shape *builtin_function_shape, *method_descriptor_shape, *classmethod_descriptor_shape;
// Descriptors are made while the first classes are being built: their shapes come first.
static Class early_types[3];
void bootstrap_native() {
  builtin_function_shape = Shape::new_root(nullptr, 0, 0, TraceKind::kCustom);
  method_descriptor_shape = Shape::new_root(nullptr, 0, 0, TraceKind::kCustom);
  classmethod_descriptor_shape = Shape::new_root(nullptr, 0, 0, TraceKind::kCustom);
  Shape* const shapes[] = {builtin_function_shape, method_descriptor_shape, classmethod_descriptor_shape};
  Class** const fields[] = {&types.builtin_function, &types.method_descriptor, &types.classmethod_descriptor};
  for (int i = 0; i < 3; ++i) {
    early_types[i].root_shape = shapes[i];
    *fields[i] = &early_types[i];
  }
}
void init_native_types() {
  types.builtin_function = new_builtin_class(kBuiltinFunctionSpec, builtin_function_shape);
  types.method_descriptor = new_builtin_class(kMethodDescriptorSpec, method_descriptor_shape);
  types.classmethod_descriptor = new_builtin_class(kClassMethodDescriptorSpec, classmethod_descriptor_shape);
}

}  // namespace pyjit::runtime
