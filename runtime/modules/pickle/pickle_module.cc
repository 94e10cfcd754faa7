// The module _pickle: exceptions, PickleBuffer, dump, dumps, load, loads.
#include "runtime/modules/pickle/pickle.h"

#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

namespace pickle {

Class *pickle_error, *pickling_error, *unpickling_error, *buffer_class;

Tables* tables() {
  static Tables made;
  static bool ready = false;
  if (ready) return &made;
  Value copyreg = TRY(import_module("copyreg")), compat = TRY(import_module("_compat_pickle"));
  struct Row { Value module; const char* module_name; const char* name; Dict** to; };
  const Row rows[] = {{copyreg, "copyreg", "dispatch_table", &made.dispatch_table},
                      {copyreg, "copyreg", "_extension_registry", &made.extension_registry},
                      {copyreg, "copyreg", "_inverted_registry", &made.inverted_registry},
                      {copyreg, "copyreg", "_extension_cache", &made.extension_cache},
                      {compat, "_compat_pickle", "NAME_MAPPING", &made.name_mapping},
                      {compat, "_compat_pickle", "IMPORT_MAPPING", &made.import_mapping},
                      {compat, "_compat_pickle", "REVERSE_NAME_MAPPING", &made.reverse_name_mapping},
                      {compat, "_compat_pickle", "REVERSE_IMPORT_MAPPING", &made.reverse_import_mapping}};
  for (const Row& row : rows) {
    Value d = TRY(get_attr(row.module, intern(row.name)));
    if (!is_dict(d)) {
      return raisef(exc.RuntimeError, "%s.%s should be a dict, not %.200s", row.module_name, row.name, type_name(d));
    }
    *row.to = d.as<Dict>();
  }
  auto* first = reinterpret_cast<Value*>(&made);   // the tables stay alive even when their modules are replaced
  heap.add_root_range(first, first + sizeof made / sizeof(Value));
  ready = true;
  return &made;
}

Value dotted_attribute(Value object, Str* path, Value* parent) {
  uint64_t start = 0;
  for (uint64_t i = 0; i <= path->length; ++i) {
    if (i < path->length && path->at(i) != '.') continue;
    Str* part = intern(TRY(str_substring(path, start, i)));
    start = i + 1;
    if (parent) *parent = object;
    object = TRY(get_attr(object, part));
  }
  return object;
}

bool parse_protocol(Value protocol, int* out) {
  if (!protocol || protocol.is_none()) {
    *out = kDefaultProtocol;
    return true;
  }
  int p;
  if (!to_int32(protocol, &p)) return false;
  if (p < 0) p = kHighestProtocol;
  if (p > kHighestProtocol) {
    raisef(exc.ValueError, "pickle protocol must be <= %d", kHighestProtocol);
    return false;
  }
  *out = p;
  return true;
}

// PickleBuffer: a wrapper that says "this memory may travel outside the pickle stream".
namespace {

struct PickleBuffer : Object {
  BufferView view;      // owner null: released
};
PickleBuffer* self_buffer(Value v) { return v.as<PickleBuffer>(); }
void trace_buffer(Object* o, Tracer& t) { t.visit(static_cast<PickleBuffer*>(o)->view.owner); }
void finalize_buffer(Object* o) { release_buffer(&static_cast<PickleBuffer*>(o)->view); }

Value buffer_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!no_keywords("PickleBuffer", kwnames)) return nullptr;
  if (nargs != 1) return raisef(exc.TypeError, "PickleBuffer() takes exactly 1 argument (%u given)", nargs);
  auto* b = TRY(allocate_instance_of<PickleBuffer>(cls));
  if (!get_buffer(args[0], &b->view, kBufferFull & ~kBufferWritable)) return nullptr;
  write_barrier(b);
  return b;
}

bool buffer_get(Value self, BufferView* view, int flags) {
  auto* b = self_buffer(self);
  if (!b->view.owner) {
    raise(exc.ValueError, "operation forbidden on released PickleBuffer object");
    return false;
  }
  if (!get_buffer(b->view.owner, view, flags)) return false;
  return true;   // the view belongs to the object underneath, which releases it
}

Value buffer_release(Value* args) {
  release_buffer(&self_buffer(args[0])->view);
  return Value::none();
}

Value buffer_raw(Value* args) {
  const BufferView* view = TRY(contents(args[0]));
  if (!is_c_contiguous(*view)) {
    // Fortran order is contiguous as well.
    int64_t stride = view->itemsize;
    bool fortran = view->strides != nullptr;
    for (int i = 0; fortran && i < view->ndim; ++i) {
      fortran = view->shape[i] == 1 || view->strides[i] == stride;
      stride *= view->shape[i];
    }
    if (!fortran) return raise(exc.BufferError, "cannot extract raw buffer from non-contiguous buffer");
  }
  if (view->ndim == 1 && view->itemsize == 1 && std::string_view(view->format) == "B") return new_memoryview(view->owner);
  // Through a one-dimensional view of bytes: cast() needs C order, which for Fortran memory means asking for the transpose's bytes.
  Value m = TRY(new_memoryview(view->owner));
  Value cast = TRY(get_attr(m, intern("cast")));
  return call1(cast, intern("B"));
}

const MethodDef kBufferMethods[] = {
    {"raw", "($self, /)", buffer_raw, Effects::kCallsPython, MethodKind::kMethod,
     "Return a memoryview of the raw memory underlying this buffer.\n\nWill raise BufferError is the buffer isn\'t contiguous."},
    {"release", "($self, /)", buffer_release, Effects::kCallsPython, MethodKind::kMethod, "Release the underlying buffer held by the PickleBuffer object."},
    {}};

}  // namespace

bool release_contents(Value buffer) {
  release_buffer(&self_buffer(buffer)->view);
  return true;
}

const BufferView* contents(Value buffer) {
  auto* b = self_buffer(buffer);
  if (!b->view.owner) return raise(exc.ValueError, "operation forbidden on released PickleBuffer object");
  return &b->view;
}

bool add_buffer_class(Module* m) {
  static ClassSpec spec{.name = "pickle.PickleBuffer", .basicsize = sizeof(PickleBuffer), .flags = kClassHasWeakref, .trace_kind = TraceKind::kCustom,
                        .trace = trace_buffer, .finalize = finalize_buffer, .doc = "Wrapper for potentially out-of-band buffers",
                        .methods = kBufferMethods};
  spec.slots.new_ = buffer_new;
  spec.slots.get_buffer = buffer_get;
  return add_class(m, spec, &buffer_class);
}

namespace {

Value fn_dump(Value* a) {   // obj, file, protocol, fix_imports, buffer_callback
  return dump_object(a[0], a[1], a[2], a[3], a[4]);
}
Value fn_dumps(Value* a) { return dump_object(a[0], nullptr, a[1], a[2], a[3]); }
Value fn_load(Value* a) { return load_object(a[0], nullptr, a[1], a[2], a[3], a[4]); }
Value fn_loads(Value* a) { return load_object(nullptr, a[0], a[1], a[2], a[3], a[4]); }

const MethodDef kFunctions[] = {
    function_row("dump", "($module, /, obj, file, protocol=None, *, fix_imports=True,\n     buffer_callback=None)", fn_dump, Effects::kCallsPython,
                 "Write a pickled representation of obj to the open file object file."),
    function_row("dumps", "($module, /, obj, protocol=None, *, fix_imports=True,\n      buffer_callback=None)", fn_dumps, Effects::kCallsPython,
                 "Return the pickled representation of the object as a bytes object."),
    function_row("load", "($module, /, file, *, fix_imports=True, encoding='ASCII',\n     errors='strict', buffers=())", fn_load, Effects::kCallsPython,
                 "Read and return an object from the pickle data stored in a file."),
    function_row("loads", "($module, data, /, *, fix_imports=True, encoding='ASCII',\n      errors='strict', buffers=())", fn_loads,
                 Effects::kCallsPython, "Read and return an object from the given pickle data."),
    {}};

Class* make_error(Module* m, const char* name, Class* base) {
  Dict* ns = TRY(new_dict());
  if (!dict_set_str(ns, names.dunder_module, intern("_pickle"))) return nullptr;
  Value args[] = {intern(name), make_tuple(base), ns};
  Class* cls = TRY(new_class(types.type, args, 3, nullptr));
  return add_object(m, name, cls) ? cls : nullptr;
}

}  // namespace
}  // namespace pickle

bool init_pickle_module(Module* m) {
  using namespace pickle;
  static Value errors[3];
  if (!errors[0]) {
    heap.add_root_range(errors, errors + 3);
    errors[0] = pickle_error = TRY(make_error(m, "PickleError", exc.Exception));
    errors[1] = pickling_error = TRY(make_error(m, "PicklingError", pickle_error));
    errors[2] = unpickling_error = TRY(make_error(m, "UnpicklingError", pickle_error));
  } else if (!add_object(m, "PickleError", errors[0]) || !add_object(m, "PicklingError", errors[1]) || !add_object(m, "UnpicklingError", errors[2])) {
    return false;
  }
  return add_functions(m, kFunctions) && add_pickler(m) && add_unpickler(m) && add_buffer_class(m) &&
         add_string(m, "__doc__", "Optimized C implementation for the Python pickle module.");
}

}  // namespace pyjit::runtime
