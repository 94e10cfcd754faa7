// function, method, staticmethod, classmethod, property, cell: the callables and descriptors of class bodies.
#include "runtime/types/function.h"

#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

void (*function_changed_hook)(Function*) = nullptr;
Value (*call_function_hook)(Function*, Value*, uint32_t, Tuple*) = nullptr;
Value (*eval_code_hook)(Code*, Dict*, Value, Tuple*) = nullptr;
static uint32_t next_function_version = 1;

Function* new_function(Code* code, Dict* globals) {
  auto* f = allocate_instance_of<Function>(types.function);
  if (!f) return nullptr;
  f->code = code;
  f->globals = globals;
  Value b = dict_get_str(globals, names.dunder_builtins);
  if (b && is_exact(b, types.module)) b = b.as<Module>()->dict();
  f->builtins = b && is_dict(b) ? b.as<Dict>() : builtins_dict();
  f->name = code->name;
  f->qualname = code->qualname;
  f->doc = code->consts->size && is_str(code->consts->items[0]) ? code->consts->items[0] : Value::none();
  Value module = dict_get_str(globals, names.dunder_name);
  f->module = module ? module : Value::none();
  f->version = ++next_function_version;
  return f;
}

static void function_changed(Function* f) {
  if (f->watched && function_changed_hook) function_changed_hook(f);
  f->version = ++next_function_version;
  write_barrier(f);
}

namespace {

void trace_function(Object* o, Tracer& t) {
  auto* f = static_cast<Function*>(o);
  t.visit(f->code);
  t.visit(f->globals);
  t.visit(f->builtins);
  t.visit(f->name);
  t.visit(f->qualname);
  t.visit(f->defaults);
  t.visit(f->kwdefaults);
  t.visit(f->closure);
  t.visit(f->annotations);
  t.visit(f->doc);
  t.visit(f->module);
}

Value function_call(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  return call_function_hook(self.as<Function>(), args, nargs, kwnames);
}
Value function_get(Value self, Value instance, Value owner) {
  if (!instance) return self;
  if (instance.is_none() && !(owner && owner == Value(types.none_type))) return self;
  return new_method(self, instance);
}
Value function_repr(Value self) {
  return new_strf("<function %s at %p>", to_utf8(self.as<Function>()->qualname).c_str(), reinterpret_cast<void*>(self.bits()));
}
Value or_none(const Object* o) { return o ? Value(o) : Value::none(); }
Value or_none(Value v) { return v ? v : Value::none(); }

Value function_name(Value self) { return self.as<Function>()->name; }
bool set_function_name(Value self, Value v) {
  if (!v || !is_str(v)) return raise(exc.TypeError, "__name__ must be set to a string object"), false;
  self.as<Function>()->name = v.as<Str>();
  write_barrier(self.as_object());
  return true;
}
Value function_qualname(Value self) { return self.as<Function>()->qualname; }
bool set_function_qualname(Value self, Value v) {
  if (!v || !is_str(v)) return raise(exc.TypeError, "__qualname__ must be set to a string object"), false;
  self.as<Function>()->qualname = v.as<Str>();
  write_barrier(self.as_object());
  return true;
}
Value function_code(Value self) { return self.as<Function>()->code; }
bool set_function_code(Value self, Value v) {
  auto* f = self.as<Function>();
  if (!v || !is_exact(v, types.code)) return raise(exc.TypeError, "__code__ must be set to a code object"), false;
  int64_t have = f->closure ? static_cast<int64_t>(f->closure->size) : 0, want = v.as<Code>()->nfrees;
  if (have != want) {
    return raisef(exc.ValueError, "%s() requires a code object with %zd free vars, not %zd", to_utf8(f->name).c_str(), static_cast<ssize_t>(have),
                  static_cast<ssize_t>(want)), false;
  }
  f->code = v.as<Code>();
  function_changed(f);
  return true;
}
Value function_defaults(Value self) { return or_none(self.as<Function>()->defaults); }
bool set_function_defaults(Value self, Value v) {
  if (v && v.is_none()) v = nullptr;
  if (v && !is_tuple(v)) return raise(exc.TypeError, "__defaults__ must be set to a tuple object"), false;
  self.as<Function>()->defaults = v ? v.as<Tuple>() : nullptr;
  function_changed(self.as<Function>());
  return true;
}
Value function_kwdefaults(Value self) { return or_none(self.as<Function>()->kwdefaults); }
bool set_function_kwdefaults(Value self, Value v) {
  if (v && v.is_none()) v = nullptr;
  if (v && !is_dict(v)) return raise(exc.TypeError, "__kwdefaults__ must be set to a dict object"), false;
  self.as<Function>()->kwdefaults = v ? v.as<Dict>() : nullptr;
  function_changed(self.as<Function>());
  return true;
}
Value function_closure(Value self) { return or_none(self.as<Function>()->closure); }
Value function_globals(Value self) { return self.as<Function>()->globals; }
Value function_builtins(Value self) { return self.as<Function>()->builtins; }
Value function_doc(Value self) { return or_none(self.as<Function>()->doc); }
bool set_function_doc(Value self, Value v) {
  self.as<Function>()->doc = v ? v : Value::none();
  write_barrier(self.as_object());
  return true;
}
Value function_module(Value self) { return or_none(self.as<Function>()->module); }
bool set_function_module(Value self, Value v) {
  self.as<Function>()->module = v ? v : Value::none();
  write_barrier(self.as_object());
  return true;
}
Value function_annotations(Value self) {
  auto* f = self.as<Function>();
  if (!f->annotations || f->annotations.is_none()) {
    f->annotations = TRY(new_dict());
  } else if (is_tuple(f->annotations)) {
    Tuple* t = f->annotations.as<Tuple>();
    Dict* d = TRY(new_dict());
    for (uint64_t i = 0; i + 1 < t->size; i += 2) {
      if (!dict_set(d, t->items[i], t->items[i + 1])) return nullptr;
    }
    f->annotations = d;
  }
  write_barrier(f);
  return f->annotations;
}
bool set_function_annotations(Value self, Value v) {
  if (v && v.is_none()) v = nullptr;
  if (v && !is_dict(v)) return raise(exc.TypeError, "__annotations__ must be set to a dict object"), false;
  self.as<Function>()->annotations = v;
  write_barrier(self.as_object());
  return true;
}
Value get_dict(Value self) { return instance_dict(self.as_object()); }
bool set_dict(Value self, Value v) {
  if (!v) return raise(exc.TypeError, "cannot delete __dict__"), false;
  if (!is_dict(v)) return raisef(exc.TypeError, "__dict__ must be set to a dictionary, not a '%.200s'", type_name(v)), false;
  return instance_set_dict(self.as_object(), v.as<Dict>());
}

Value function_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def = {"function", "(code, globals, name=None, argdefs=None, closure=None)"};
  static const Signature* signature = parse_signature(&def);
  Value a[5];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, a)) return nullptr;
  if (!is_exact(a[0], types.code)) return raisef(exc.TypeError, "function() argument 'code' must be code, not %.50s", type_name(a[0]));
  if (!is_dict(a[1])) return raisef(exc.TypeError, "function() argument 'globals' must be dict, not %.50s", type_name(a[1]));
  Code* code = a[0].as<Code>();
  if (a[2] && !a[2].is_none() && !is_str(a[2])) return raise(exc.TypeError, "arg 3 (name) must be None or string");
  if (a[3] && !a[3].is_none() && !is_tuple(a[3])) return raise(exc.TypeError, "arg 4 (defaults) must be None or tuple");
  bool has_closure = a[4] && !a[4].is_none();
  if (has_closure && !is_tuple(a[4])) {
    return raise(exc.TypeError, code->nfrees ? "arg 5 (closure) must be tuple" : "arg 5 (closure) must be None or tuple");
  }
  if (!has_closure && code->nfrees) return raise(exc.TypeError, "arg 5 (closure) must be tuple");
  int64_t count = has_closure ? static_cast<int64_t>(a[4].as<Tuple>()->size) : 0;
  if (count != code->nfrees) {
    return raisef(exc.ValueError, "%s requires closure of length %d, not %zd", to_utf8(code->name).c_str(), code->nfrees, static_cast<ssize_t>(count));
  }
  for (int64_t i = 0; i < count; ++i) {
    Value c = a[4].as<Tuple>()->items[i];
    if (!is_exact(c, types.cell)) return raisef(exc.TypeError, "arg 5 (closure) expected cell, found %s", type_name(c));
  }
  Function* f = TRY(new_function(code, a[1].as<Dict>()));
  if (a[2] && !a[2].is_none()) f->name = a[2].as<Str>();
  if (a[3] && !a[3].is_none()) f->defaults = a[3].as<Tuple>();
  if (count) f->closure = a[4].as<Tuple>();
  return f;
}

constexpr GetSetDef kFunctionGetSet[] = {{"__code__", function_code, set_function_code},
                                         {"__defaults__", function_defaults, set_function_defaults},
                                         {"__kwdefaults__", function_kwdefaults, set_function_kwdefaults},
                                         {"__annotations__", function_annotations, set_function_annotations},
                                         {"__dict__", get_dict, set_dict},
                                         {"__name__", function_name, set_function_name},
                                         {"__qualname__", function_qualname, set_function_qualname},
                                         {"__closure__", function_closure, nullptr, nullptr, true},
                                         {"__globals__", function_globals, nullptr, nullptr, true},
                                         {"__builtins__", function_builtins, nullptr, nullptr, true},
                                         {"__doc__", function_doc, set_function_doc},
                                         {"__module__", function_module, set_function_module},
                                         {}};
const ClassSpec kFunctionSpec = {
    .name = "function",
    .basicsize = sizeof(Function),
    .flags = kClassHasDict | kClassHasWeakref | kClassMethodDescriptor,
    .trace = trace_function,
    .doc = "function(code, globals, name=None, argdefs=None, closure=None)\n--\n\nCreate a function object.\n\n  code\n    a code object\n"
           "  globals\n    the globals dictionary\n  name\n    a string that overrides the name from the code object\n  argdefs\n"
           "    a tuple that specifies the default argument values\n  closure\n    a tuple that supplies the bindings for free variables",
    .slots = {.repr = function_repr, .call = function_call, .descr_get = function_get, .new_ = function_new},
    .getset = kFunctionGetSet};

// method

void trace_method(Object* o, Tracer& t) {
  t.visit(static_cast<Method*>(o)->function);
  t.visit(static_cast<Method*>(o)->self);
}
Value method_call(Value callable, Value* args, uint32_t nargs, Tuple* kwnames) {
  auto* m = callable.as<Method>();
  size_t total = nargs + (kwnames ? kwnames->size : 0);
  Value small[16];
  Value* window = small;
  if (total + 1 > 16) window = TRY(new_value_array(total + 1))->items;
  window[0] = m->self;
  for (size_t i = 0; i < total; ++i) window[i + 1] = args[i];
  return call(m->function, window, nargs + 1, kwnames);
}
Value method_getattr(Value self, Str* name) {
  if (Value descr = class_lookup(types.method, name)) {
    if (auto get = class_of(descr)->slots.descr_get) return get(descr, self, types.method);
    return descr;
  }
  return get_attr(self.as<Method>()->function, name);
}
Value method_repr(Value self) {
  auto* m = self.as<Method>();
  Value name = get_attr_or_null(m->function, names.dunder_qualname);
  if (!name && !error_pending()) name = get_attr_or_null(m->function, names.dunder_name);
  if (error_pending()) return nullptr;
  std::string shown = name && is_str(name) ? to_utf8(name.as<Str>()) : "?";
  Str* target = TRY(repr(m->self));
  return new_str("<bound method " + shown + " of " + to_utf8(target) + ">");
}
Value method_compare(Value a, Value b, CompareOp op) {
  if ((op != kEq && op != kNe) || !is_exact(a, types.method) || !is_exact(b, types.method)) return Value::not_implemented();
  auto *x = a.as<Method>(), *y = b.as<Method>();
  int equal = compare_bool(x->function, y->function, kEq);
  if (equal < 0) return nullptr;
  equal = equal && x->self == y->self;
  return Value::from_bool(equal == (op == kEq));
}
int64_t method_hash(Value self) {
  auto* m = self.as<Method>();
  int64_t y = hash(m->function);
  if (y == -1) return -1;
  int64_t h = hash_by_identity(m->self) ^ y;
  return h == -1 ? -2 : h;
}
Value method_function(Value self) { return self.as<Method>()->function; }
Value method_self(Value self) { return self.as<Method>()->self; }
Value method_doc(Value self) {
  Value d = get_attr_or_null(self.as<Method>()->function, names.dunder_doc);
  return d ? d : error_pending() ? Value() : Value::none();
}
Value method_reduce(Value* args) {
  auto* m = args[0].as<Method>();
  Value getattr_fn = TRY(builtin_function("getattr"));
  Value name = TRY(get_attr(m->function, names.dunder_name));
  return make_tuple(getattr_fn, make_tuple(m->self, name));
}
Value method_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (kwnames && kwnames->size) return raise(exc.TypeError, "method() takes no keyword arguments");
  if (nargs != 2) return raisef(exc.TypeError, "method expected 2 arguments, got %u", nargs);
  if (!is_callable(args[0])) return raise(exc.TypeError, "first argument must be callable");
  if (args[1].is_none()) return raise(exc.TypeError, "self must not be None");
  return new_method(args[0], args[1]);
}
constexpr MethodDef kMethodMethods[] = {{"__reduce__", "!($self, /)", method_reduce}, {}};
constexpr GetSetDef kMethodGetSet[] = {{"__func__", method_function, nullptr, nullptr, true}, {"__self__", method_self, nullptr, nullptr, true}, {"__doc__", method_doc}, {}};
const ClassSpec kMethodSpec = {
    .name = "method",
    .basicsize = sizeof(Method),
    .flags = kClassHasWeakref,
    .trace = trace_method,
    .doc = "method(function, instance)\n--\n\nCreate a bound instance method object.",
    .slots = {.repr = method_repr, .hash = method_hash, .call = method_call, .getattr = method_getattr, .compare = method_compare, .new_ = method_new},
    .methods = kMethodMethods,
    .getset = kMethodGetSet};

// staticmethod and classmethod: same layout, different binding.

void trace_wrapped(Object* o, Tracer& t) { t.visit(static_cast<StaticMethod*>(o)->callable); }

// functools.wraps' copying of __module__, __name__, __qualname__, __doc__, __annotations__, as CPython 3.10+ does it.
bool copy_wrapper_attributes(Object* o, Value callable) {
  for (Str* name : {names.dunder_module, names.dunder_name, names.dunder_qualname, names.dunder_doc, names.dunder_annotations}) {
    Value v = get_attr_or_null(callable, name);
    if (v) {
      instance_set_attr(o, name, v);
    } else if (error_pending()) {
      return false;
    }
  }
  return true;
}
bool wrapper_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  const char* name = type_name(self);
  if (kwnames && kwnames->size) return raisef(exc.TypeError, "%s() takes no keyword arguments", name), false;
  if (nargs != 1) return raisef(exc.TypeError, "%s expected 1 argument, got %u", name, nargs), false;
  self.as<StaticMethod>()->callable = args[0];
  write_barrier(self.as_object());
  return copy_wrapper_attributes(self.as_object(), args[0]);
}
Value wrapper_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  auto* o = allocate_instance_of<StaticMethod>(cls);
  if (o) o->callable = Value::none();
  return o;
}
Value static_get(Value self, Value instance, Value owner) { return self.as<StaticMethod>()->callable; }
Value static_call(Value self, Value* args, uint32_t nargs, Tuple* kwnames) { return call(self.as<StaticMethod>()->callable, args, nargs, kwnames); }
Value class_get(Value self, Value instance, Value owner) {
  Value callable = self.as<ClassMethod>()->callable;
  if (!owner) owner = class_of(instance);
  if (auto get = class_of(callable)->slots.descr_get) return get(callable, owner, owner);
  return new_method(callable, owner);
}
Value wrapper_repr(Value self) {
  Str* inner = TRY(repr(self.as<StaticMethod>()->callable));
  return new_str(std::string("<") + type_name(self) + "(" + to_utf8(inner) + ")>");
}
Value wrapped_function(Value self) { return self.as<StaticMethod>()->callable; }
Value wrapped_abstract(Value self) {
  Value v = get_attr_or_null(self.as<StaticMethod>()->callable, intern("__isabstractmethod__"));
  if (!v) return error_pending() ? Value() : Value::from_bool(false);
  int t = is_true(v);
  return t < 0 ? Value() : Value::from_bool(t);
}
constexpr GetSetDef kWrapperGetSet[] = {{"__func__", wrapped_function}, {"__wrapped__", wrapped_function}, {"__isabstractmethod__", wrapped_abstract},
                                        {"__dict__", get_dict, set_dict}, {}};
const ClassSpec kStaticMethodSpec = {
    .name = "staticmethod",
    .basicsize = sizeof(StaticMethod),
    .flags = kClassBaseType | kClassHasDict | kClassHasWeakref,
    .trace = trace_wrapped,
    .doc = "staticmethod(function) -> method\n\nConvert a function to be a static method.\n\nA static method does not receive an implicit first argument.\n"
           "To declare a static method, use this idiom:\n\n     class C:\n         @staticmethod\n         def f(arg1, arg2, argN):\n             ...\n\n"
           "It can be called either on the class (e.g. C.f()) or on an instance\n(e.g. C().f()). Both the class and the instance are ignored, and\n"
           "neither is passed implicitly as the first argument to the method.\n\nStatic methods in Python are similar to those found in Java or C++.\n"
           "For a more advanced concept, see the classmethod builtin.",
    .slots = {.repr = wrapper_repr, .call = static_call, .descr_get = static_get, .new_ = wrapper_new, .init = wrapper_init},
    .getset = kWrapperGetSet};
const ClassSpec kClassMethodSpec = {
    .name = "classmethod",
    .basicsize = sizeof(ClassMethod),
    .flags = kClassBaseType | kClassHasDict | kClassHasWeakref,
    .trace = trace_wrapped,
    .doc = "classmethod(function) -> method\n\nConvert a function to be a class method.\n\nA class method receives the class as implicit first argument,\n"
           "just like an instance method receives the instance.\nTo declare a class method, use this idiom:\n\n  class C:\n      @classmethod\n"
           "      def f(cls, arg1, arg2, argN):\n          ...\n\nIt can be called either on the class (e.g. C.f()) or on an instance\n"
           "(e.g. C().f()).  The instance is ignored except for its class.\nIf a class method is called for a derived class, the derived class\n"
           "object is passed as the implied first argument.\n\nClass methods are different than C++ or Java static methods.\n"
           "If you want those, see the staticmethod builtin.",
    .slots = {.repr = wrapper_repr, .descr_get = class_get, .new_ = wrapper_new, .init = wrapper_init},
    .getset = kWrapperGetSet};

// cell

void trace_cell(Object* o, Tracer& t) { t.visit(static_cast<Cell*>(o)->value); }
Value cell_contents(Value self) {
  Value v = self.as<Cell>()->value;
  return v ? v : Value(raise(exc.ValueError, "Cell is empty"));
}
bool set_cell_contents(Value self, Value v) {
  self.as<Cell>()->value = v;
  write_barrier(self.as_object(), v);
  return true;
}
Value cell_repr(Value self) {
  Value v = self.as<Cell>()->value;
  void* address = reinterpret_cast<void*>(self.bits());
  if (!v) return new_strf("<cell at %p: empty>", address);
  return new_strf("<cell at %p: %.80s object at %p>", address, type_name(v), reinterpret_cast<void*>(v.bits()));
}
Value cell_compare(Value a, Value b, CompareOp op) {
  if (!is_exact(a, types.cell) || !is_exact(b, types.cell)) return Value::not_implemented();
  Value x = a.as<Cell>()->value, y = b.as<Cell>()->value;
  if (x && y) return compare(x, y, op);
  int l = bool(x), r = bool(y);
  bool result = op == kLt ? l < r : op == kLe ? l <= r : op == kEq ? l == r : op == kNe ? l != r : op == kGt ? l > r : l >= r;
  return Value::from_bool(result);
}
Value cell_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (kwnames && kwnames->size) return raise(exc.TypeError, "cell() takes no keyword arguments");
  if (nargs > 1) return raisef(exc.TypeError, "cell expected at most 1 argument, got %u", nargs);
  return new_cell(nargs ? args[0] : Value());
}
constexpr GetSetDef kCellGetSet[] = {{"cell_contents", cell_contents, set_cell_contents}, {}};
const ClassSpec kCellSpec = {.name = "cell",
                             .basicsize = sizeof(Cell),
                             .trace = trace_cell,
                             .doc = "cell([contents])\n--\n\nCreate a new cell object.\n\n  contents\n    the contents of the cell. If not specified, the cell "
                                    "will be empty,\n    and \n further attempts to access its cell_contents attribute will\n    raise a ValueError.",
                             .slots = {.repr = cell_repr, .hash = nullptr, .compare = cell_compare, .new_ = cell_new},
                             .getset = kCellGetSet};

}  // namespace

Method* new_method(Value function, Value self) {
  auto* m = static_cast<Method*>(heap.allocate(types.method->root_shape, sizeof(Method)));
  m->function = function;
  m->self = self;
  return m;
}
Cell* new_cell(Value v) {
  auto* c = static_cast<Cell*>(heap.allocate(types.cell->root_shape, sizeof(Cell)));
  c->value = v;
  return c;
}
static Value new_wrapped(Class* cls, Value callable) {
  auto* s = allocate_instance_of<StaticMethod>(cls);
  if (!s) return nullptr;
  s->callable = callable;
  if (class_of(callable) == types.function && !copy_wrapper_attributes(s, callable)) return nullptr;
  return s;
}
Value new_static_method(Value callable) { return new_wrapped(types.staticmethod, callable); }
Value new_class_method(Value callable) { return new_wrapped(types.classmethod, callable); }

void init_function_types() {
  types.function = new_builtin_class(kFunctionSpec);
  types.method = new_builtin_class(kMethodSpec);
  types.staticmethod = new_builtin_class(kStaticMethodSpec);
  types.classmethod = new_builtin_class(kClassMethodSpec);
  types.cell = new_builtin_class(kCellSpec);
}

}  // namespace pyjit::runtime
