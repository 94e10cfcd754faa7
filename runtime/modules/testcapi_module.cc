// _testcapi: the part of CPython's C API test module that can be said in terms of this runtime: calling conventions from native code,
// printing and raising, marshal files, limits. CPython's own tests (test_call, test_traceback, ...) drive it.
#include <csignal>
#include <climits>
#include <cfloat>
#include <cstdio>

#include "runtime/builtins.h"
#include "runtime/exception_print.h"
#include "runtime/heap.h"
#include "runtime/marshal.h"
#include "runtime/modules/module_util.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/object.h"
#include "runtime/types/traceback.h"

namespace pyjit::runtime {
namespace {

Value this_module;

// What the meth_* functions return: their self and arguments as they came. kSelf: whether args[0] is self.
enum class SelfIs { kModule, kFirst, kNone };

template <SelfIs kSelf> Value self_of(Value* args) {
  return kSelf == SelfIs::kModule ? this_module : kSelf == SelfIs::kFirst ? args[0] : Value::none();
}
template <SelfIs kSelf, bool kFast = false> Value meth_varargs(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!no_keywords(kFast ? "meth_fastcall" : "meth_varargs", kwnames)) return nullptr;
  constexpr uint32_t skip = kSelf == SelfIs::kFirst;
  return make_tuple(self_of<kSelf>(args), new_tuple(args + skip, nargs - skip));
}
template <SelfIs kSelf> Value meth_keywords(Value* args, uint32_t nargs, Tuple* kwnames) {
  constexpr uint32_t skip = kSelf == SelfIs::kFirst;
  Value keywords = Value::none();
  if (kwnames && kwnames->size) {
    Dict* d = TRY(new_dict());
    for (uint64_t i = 0; i < kwnames->size; ++i) {
      if (!dict_set(d, kwnames->items[i], args[nargs + i])) return nullptr;
    }
    keywords = d;
  }
  return make_tuple(self_of<kSelf>(args), new_tuple(args + skip, nargs - skip), keywords);
}
template <SelfIs kSelf> Value meth_o(Value* args) { return make_tuple(self_of<kSelf>(args), args[kSelf == SelfIs::kFirst]); }
template <SelfIs kSelf> Value meth_noargs(Value* args) { return self_of<kSelf>(args); }

#define CALLING_CONVENTIONS(SELF, KIND, RECEIVER)                                                                               \
  {"meth_varargs", "!(" RECEIVER "*args)", nullptr, Effects::kWrites, KIND, nullptr, meth_varargs<SELF>},                        \
  {"meth_varargs_keywords", "!(" RECEIVER "*args, **kwargs)", nullptr, Effects::kWrites, KIND, nullptr, meth_keywords<SELF>},    \
  {"meth_fastcall", "!(" RECEIVER "*args)", nullptr, Effects::kWrites, KIND, nullptr, meth_varargs<SELF, true>},                       \
  {"meth_fastcall_keywords", "!(" RECEIVER "*args, **kwargs)", nullptr, Effects::kWrites, KIND, nullptr, meth_keywords<SELF>},   \
  {"meth_o", "!(" RECEIVER "arg, /)", meth_o<SELF>, Effects::kWrites, KIND},                                                     \
  {"meth_noargs", "!(" RECEIVER "/)", meth_noargs<SELF>, Effects::kWrites, KIND}

const MethodDef kInstanceMethods[] = {CALLING_CONVENTIONS(SelfIs::kFirst, MethodKind::kMethod, "$self, "), {}};
const MethodDef kClassMethods[] = {CALLING_CONVENTIONS(SelfIs::kFirst, MethodKind::kClassMethod, "$cls, "), {}};
const MethodDef kStaticMethods[] = {
    {"meth_varargs", "!(*args)", nullptr, Effects::kWrites, MethodKind::kStaticMethod, nullptr, meth_varargs<SelfIs::kNone>},
    {"meth_varargs_keywords", "!(*args, **kwargs)", nullptr, Effects::kWrites, MethodKind::kStaticMethod, nullptr, meth_keywords<SelfIs::kNone>},
    {"meth_fastcall", "!(*args)", nullptr, Effects::kWrites, MethodKind::kStaticMethod, nullptr, meth_varargs<SelfIs::kNone, true>},
    {"meth_fastcall_keywords", "!(*args, **kwargs)", nullptr, Effects::kWrites, MethodKind::kStaticMethod, nullptr, meth_keywords<SelfIs::kNone>},
    {"meth_o", "!(arg, /)", meth_o<SelfIs::kNone>, Effects::kWrites, MethodKind::kStaticMethod},
    {"meth_noargs", "!()", meth_noargs<SelfIs::kNone>, Effects::kWrites, MethodKind::kStaticMethod},
    {}};

// Calls from native code.
bool call_items(Value args, Value** items, uint32_t* count) {
  *items = nullptr;
  *count = 0;
  if (args.is_none()) return true;
  if (!is_tuple(args)) return raise(exc.TypeError, "args must be None or a tuple"), false;
  *items = args.as<Tuple>()->items;
  *count = static_cast<uint32_t>(args.as<Tuple>()->size);
  return true;
}
Value fastcall(Value* a) {
  Value* items;
  uint32_t count;
  return call_items(a[1], &items, &count) ? call(a[0], items, count) : Value();
}
Value fastcall_dict(Value* a) {
  Value* items;
  uint32_t count;
  if (!call_items(a[1], &items, &count)) return nullptr;
  if (a[2].is_none()) return call(a[0], items, count);
  if (!is_dict(a[2])) return raise(exc.TypeError, "kwnargs must be None or a dict");
  return call_tuple_dict(a[0], TRY(new_tuple(items, count)), a[2].as<Dict>());
}
Value vectorcall(Value* a) {
  Value* items;
  uint32_t count;
  if (!call_items(a[1], &items, &count)) return nullptr;
  if (a[2].is_none()) return call(a[0], items, count);
  if (!is_tuple(a[2])) return raise(exc.TypeError, "kwnames must be None or a tuple");
  auto* kwnames = a[2].as<Tuple>();
  if (kwnames->size > count) return raise(exc.ValueError, "kwnames longer than args");
  return call(a[0], items, count - static_cast<uint32_t>(kwnames->size), kwnames->size ? kwnames : nullptr);
}

// Exceptions.
Value stderr_text(const std::string& text, Value file) {
  if (!file) {
    write_to_stderr(text);
    return Value::none();
  }
  return call_method1(file, intern("write"), new_str(text)) ? Value::none() : Value();
}
Value exception_print(Value* a) {
  if (!is_exception(a[0])) {
    return stderr_text(std::string("TypeError: print_exception(): Exception expected for value, ") + type_name(a[0]) + " found\n", nullptr);
  }
  if (Value file = sys_get(intern("stderr"))) print_exception(a[0], file);
  return error_pending() ? Value() : Value::none();
}
Value traceback_print(Value* a) {
  if (!is_exact(a[0], types.traceback)) return raise_bad_internal_call("traceback.c");
  return stderr_text(format_traceback(a[0].as<Traceback>(), 0, "", "", "Traceback (most recent call last):\n"), a[1]);
}
Value raise_exception(Value* a) {
  int64_t n;
  if (!to_int64(a[1], &n) || n < 0) return nullptr;
  Tuple* args = TRY(new_tuple_null(static_cast<size_t>(n)));
  for (int64_t i = 0; i < n; ++i) args->items[i] = Value::from_int(i);
  Value e = TRY(call_tuple_dict(a[0], args, nullptr));
  return raise_object(e);
}
Value raise_memoryerror(Value*) { return raise_memory_error(); }
Value make_exception_with_doc(Value* a) {
  Str* full = TRY(expect_str(a[0], "make_exception_with_doc", "name"));
  int64_t dot = str_rfind(full, intern("."), 0, static_cast<int64_t>(full->length));
  if (dot < 0) return raise(exc.SystemError, "PyErr_NewException: name must be module.class");
  Dict* ns = a[3] && is_dict(a[3]) ? TRY(dict_copy(a[3].as<Dict>())) : TRY(new_dict());
  if (!dict_set_str(ns, names.dunder_module, str_substring(full, 0, static_cast<uint64_t>(dot)))) return nullptr;
  if (a[1] && !a[1].is_none() && !dict_set_str(ns, names.dunder_doc, a[1])) return nullptr;
  Value bases = !a[2] || a[2].is_none() ? Value(make_tuple(exc.Exception)) : is_tuple(a[2]) ? a[2] : Value(make_tuple(a[2]));
  Value args[] = {str_substring(full, static_cast<uint64_t>(dot) + 1, full->length), bases, ns};
  return call(types.type, args, 3);
}
Value write_unraisable_exc(Value* a) {
  raise_object(a[0]);
  write_unraisable(a[2], a[1].is_none() ? std::string() : "Exception ignored " + to_utf8(a[1].as<Str>()));
  return Value::none();
}

// marshal through files.
bool read_file(Value path, std::string* out) {
  Str* name = TRY(fs_decode_path(path));
  FILE* f = fopen(to_utf8(name).c_str(), "rb");
  if (!f) return raise_os_error(errno, path), false;
  char buffer[4096];
  for (size_t n; (n = fread(buffer, 1, sizeof buffer, f)) > 0;) out->append(buffer, n);
  fclose(f);
  return true;
}
Value write_file(Value path, const std::string& data) {
  Str* name = TRY(fs_decode_path(path));
  FILE* f = fopen(to_utf8(name).c_str(), "wb");
  if (!f) return raise_os_error(errno, path);
  fwrite(data.data(), 1, data.size(), f);
  fclose(f);
  return Value::none();
}
Value write_long_to_file(Value* a) {
  int64_t v;
  if (!to_int64(a[0], &v)) return nullptr;
  auto word = static_cast<uint32_t>(v);
  return write_file(a[1], std::string(reinterpret_cast<char*>(&word), 4));
}
Value write_object_to_file(Value* a) {
  int version;
  std::string out;
  if (!to_int32(a[2], &version) || !marshal_dump(a[0], version, &out)) return nullptr;
  return write_file(a[1], out);
}
template <class T> Value read_number(Value* a) {
  std::string data;
  if (!read_file(a[0], &data)) return nullptr;
  if (data.size() < sizeof(T)) return raise(exc.EOFError, "EOF read where data expected");
  T v;
  memcpy(&v, data.data(), sizeof v);
  return make_tuple(Value::from_int(v), Value::from_int(sizeof v));
}
Value read_object(Value* a) {
  std::string data;
  size_t position = 0;
  if (!read_file(a[0], &data)) return nullptr;
  Value v = TRY(marshal_load(data, &position));
  return make_tuple(v, new_int(static_cast<int64_t>(position)));
}

// Odds and ends.
Value sequence_getitem(Value* a) { return get_item(a[0], a[1]); }
Value sequence_setitem(Value* a) { return set_item(a[0], a[1], a[2]) ? Value::none() : Value(); }
Value float_format_name(int64_t size, bool little, std::string* out) {
  *out = std::string(little ? "<" : ">") + (size == 2 ? "e" : size == 4 ? "f" : "d");
  if (size != 2 && size != 4 && size != 8) return raise(exc.ValueError, "size must 2, 4 or 8");
  return Value::none();
}
Value float_pack(Value* a) {   // size, number, little-endian
  int64_t size, little;
  std::string format;
  if (!to_int64(a[0], &size) || !to_int64(a[2], &little)) return nullptr;
  TRY(float_format_name(size, little, &format));
  return call2(TRY(get_attr(TRY(import_module("_struct")), intern("pack"))), new_str(format), a[1]);
}
Value float_unpack(Value* a) {
  if (!is_bytes(a[0])) return raise(exc.TypeError, "bytes expected");
  int64_t little;
  std::string format;
  if (!to_int64(a[1], &little)) return nullptr;
  TRY(float_format_name(static_cast<int64_t>(a[0].as<Bytes>()->size), little, &format));
  Value t = TRY(call2(TRY(get_attr(TRY(import_module("_struct")), intern("unpack"))), new_str(format), a[0]));
  return get_item(t, Value::from_int(0));
}
Value incremental_codec(Value* a, const char* which) {
  Value factory = TRY(call1(TRY(get_attr(TRY(import_module("codecs")), intern(which))), a[0]));
  return a[1] ? call1(factory, a[1]) : call0(factory);
}
Value incremental_encoder(Value* a) { return incremental_codec(a, "getincrementalencoder"); }
Value incremental_decoder(Value* a) { return incremental_codec(a, "getincrementaldecoder"); }
Value dict_getitem_knownhash(Value* a) {
  int64_t hash;
  if (!to_int64(a[2], &hash)) return nullptr;
  if (!is_dict(a[0])) return raise_bad_internal_call("dictobject.c");
  int64_t i = dict_find(a[0].as<Dict>(), a[1], hash);
  if (i == -1) return raise_key_error(a[1]);
  return i < 0 ? Value() : a[0].as<Dict>()->entries->entries[i].value;
}
Value getbuffer_with_null_view(Value* a) {
  if (!supports_buffer(a[0])) return raisef(exc.TypeError, "a bytes-like object is required, not '%.100s'", type_name(a[0]));
  return raise(exc.BufferError, "PyObject_GetBuffer: view==NULL argument is obsolete");
}
Value sigint_then_send_none(Value* a) {
  ::raise(SIGINT);
  return call_method1(a[0], intern("send"), Value::none());
}
Value allocators_name(Value*) { return intern("pymalloc"); }
Value nothing(Value*) { return Value::none(); }
const MethodDef kMadeFunction = function_row("create_cfunction", "!(/)", nothing, Effects::kPure);
Value create_cfunction(Value*) { return new_native_function(&kMadeFunction, this_module, nullptr); }

// awaitType(v): an awaitable whose iterator is v as it is.
struct Awaitable : Object { Value target; };
Value await_new(Class* cls, Value* args, uint32_t nargs, Tuple*) {
  if (nargs != 1) return raise(exc.TypeError, "awaitType() takes exactly 1 argument");
  auto* o = TRY(allocate_instance_of<Awaitable>(cls));
  o->target = args[0];
  write_barrier(o);
  return o;
}
Value await_of(Value v) { return v.as<Awaitable>()->target; }
Value bare_new(Class* cls, Value*, uint32_t, Tuple*) { return allocate_instance(cls); }

#define MODULE_ROW(NAME, SIGNATURE, FN) function_row(NAME, SIGNATURE, FN, Effects::kCallsPython)
const MethodDef kFunctions[] = {
    {"meth_varargs", "!(*args)", nullptr, Effects::kWrites, MethodKind::kFunction, nullptr, meth_varargs<SelfIs::kModule>},
    {"meth_varargs_keywords", "!(*args, **kwargs)", nullptr, Effects::kWrites, MethodKind::kFunction, nullptr, meth_keywords<SelfIs::kModule>},
    {"meth_fastcall", "!(*args)", nullptr, Effects::kWrites, MethodKind::kFunction, nullptr, meth_varargs<SelfIs::kModule, true>},
    {"meth_fastcall_keywords", "!(*args, **kwargs)", nullptr, Effects::kWrites, MethodKind::kFunction, nullptr, meth_keywords<SelfIs::kModule>},
    MODULE_ROW("meth_o", "!($module, arg, /)", meth_o<SelfIs::kNone>),
    MODULE_ROW("meth_noargs", "!($module, /)", meth_noargs<SelfIs::kModule>),
    MODULE_ROW("pyobject_fastcall", "!($module, func, args, /)", fastcall),
    MODULE_ROW("pyobject_fastcalldict", "!($module, func, args, kwargs, /)", fastcall_dict),
    MODULE_ROW("pyobject_vectorcall", "!($module, func, args, kwnames, /)", vectorcall),
    MODULE_ROW("exception_print", "!($module, exc, /)", exception_print),
    MODULE_ROW("traceback_print", "!($module, tb, file, /)", traceback_print),
    MODULE_ROW("raise_exception", "!($module, exc, num_args, /)", raise_exception),
    MODULE_ROW("raise_memoryerror", "!($module, /)", raise_memoryerror),
    MODULE_ROW("make_exception_with_doc", "!($module, /, name, doc=None, base=None, dict=None)", make_exception_with_doc),
    MODULE_ROW("write_unraisable_exc", "!($module, exc, err_msg, obj, /)", write_unraisable_exc),
    MODULE_ROW("pymarshal_write_long_to_file", "!($module, value, filename, version, /)", write_long_to_file),
    MODULE_ROW("pymarshal_write_object_to_file", "!($module, obj, filename, version, /)", write_object_to_file),
    MODULE_ROW("pymarshal_read_short_from_file", "!($module, filename, /)", read_number<int16_t>),
    MODULE_ROW("pymarshal_read_long_from_file", "!($module, filename, /)", read_number<int32_t>),
    MODULE_ROW("pymarshal_read_last_object_from_file", "!($module, filename, /)", read_object),
    MODULE_ROW("pymarshal_read_object_from_file", "!($module, filename, /)", read_object),
    MODULE_ROW("sequence_getitem", "!($module, sequence, index, /)", sequence_getitem),
    MODULE_ROW("sequence_setitem", "!($module, sequence, index, value, /)", sequence_setitem),
    MODULE_ROW("float_pack", "!($module, size, value, le, /)", float_pack),
    MODULE_ROW("float_unpack", "!($module, data, le, /)", float_unpack),
    MODULE_ROW("codec_incrementalencoder", "!($module, encoding, errors=None, /)", incremental_encoder),
    MODULE_ROW("codec_incrementaldecoder", "!($module, encoding, errors=None, /)", incremental_decoder),
    MODULE_ROW("dict_getitem_knownhash", "!($module, mapping, key, hash, /)", dict_getitem_knownhash),
    MODULE_ROW("getbuffer_with_null_view", "!($module, object, /)", getbuffer_with_null_view),
    MODULE_ROW("raise_SIGINT_then_send_None", "!($module, generator, /)", sigint_then_send_none),
    MODULE_ROW("pymem_getallocatorsname", "!($module, /)", allocators_name),
    MODULE_ROW("create_cfunction", "!($module, /)", create_cfunction),
    function_row("docstring_empty", "!($module, /)", nothing),
    function_row("docstring_no_signature", "!($module, /)", nothing, Effects::kPure, "This docstring has no signature."),
    function_row("docstring_with_signature", "($module, /, sig)", nothing, Effects::kPure, "This docstring has a valid signature."),
    function_row("docstring_with_signature_but_no_doc", "($module, /, sig)", nothing, Effects::kPure),
    function_row("docstring_with_signature_and_extra_newlines", "($module, /, parameter)", nothing, Effects::kPure,
                 "\nThis docstring has a valid signature and some extra newlines."),
    function_row("docstring_with_signature_with_defaults",
                 "(module, s='avocado',\n        b=b'bytes', d=3.14, i=35, n=None, t=True, f=False,\n        local=the_number_three, sys=sys.maxsize,\n"
                 "        exp=sys.maxsize - 1)",
                 nothing, Effects::kPure,
                 "\n\nThis docstring has a valid signature with parameters,\nand the parameters take defaults of varying types."),
    function_row("test_with_docstring", "!($module, /)", nothing, Effects::kPure, "This is a pretty normal docstring."),
    {}};

Value meth_o_of_module(Value* args) { return make_tuple(this_module, args[0]); }
const MethodDef kModuleO = function_row("meth_o", "!($module, arg, /)", meth_o_of_module);

}  // namespace

bool add_testcapi_hamt(Module* m);   // testcapi_hamt.cc

bool init_testcapi_module(Module* m) {
  if (!add_testcapi_hamt(m)) return false;
  if (!this_module) heap.add_root_range(&this_module, &this_module + 1);
  this_module = m;
  static ClassSpec instance{.name = "MethInstance", .flags = kClassBaseType, .methods = kInstanceMethods};
  static ClassSpec klass{.name = "MethClass", .flags = kClassBaseType, .methods = kClassMethods};
  static ClassSpec statics{.name = "MethStatic", .flags = kClassBaseType, .methods = kStaticMethods};
  static ClassSpec awaitable{.name = "awaitType", .basicsize = sizeof(Awaitable), .trace_kind = TraceKind::kCustom, .trace = trace_prefix<1>};
  instance.slots.new_ = klass.slots.new_ = statics.slots.new_ = bare_new;
  awaitable.slots.new_ = await_new;
  awaitable.slots.await = await_of;
  static Class *instance_class, *class_class, *static_class, *await_class;
  static const struct { const char* name; int64_t value; } kLimits[] = {
      {"CHAR_MAX", CHAR_MAX}, {"CHAR_MIN", CHAR_MIN}, {"UCHAR_MAX", UCHAR_MAX}, {"SHRT_MAX", SHRT_MAX}, {"SHRT_MIN", SHRT_MIN}, {"USHRT_MAX", USHRT_MAX},
      {"INT_MAX", INT_MAX}, {"INT_MIN", INT_MIN}, {"UINT_MAX", UINT_MAX}, {"LONG_MAX", LONG_MAX}, {"LONG_MIN", LONG_MIN}, {"LLONG_MAX", LLONG_MAX},
      {"LLONG_MIN", LLONG_MIN}, {"PY_SSIZE_T_MAX", LONG_MAX}, {"PY_SSIZE_T_MIN", LONG_MIN}, {"SIZEOF_WCHAR_T", sizeof(wchar_t)},
      {"SIZEOF_TIME_T", sizeof(time_t)}, {"the_number_three", 3}};
  for (auto& limit : kLimits) {
    if (!add_object(m, limit.name, new_int(limit.value))) return false;
  }
  return add_functions(m, kFunctions) && add_object(m, "meth_o", new_native_function(&kModuleO, m, intern("_testcapi"))) &&
         add_object(m, "ULONG_MAX", new_int_unsigned(ULONG_MAX)) && add_object(m, "ULLONG_MAX", new_int_unsigned(ULLONG_MAX)) &&
         add_object(m, "FLT_MAX", new_float(FLT_MAX)) && add_object(m, "FLT_MIN", new_float(FLT_MIN)) && add_object(m, "DBL_MAX", new_float(DBL_MAX)) &&
         add_object(m, "DBL_MIN", new_float(DBL_MIN)) && add_object(m, "WITH_PYMALLOC", Value::from_bool(true)) && add_class(m, instance, &instance_class) &&
         add_class(m, klass, &class_class) && add_class(m, statics, &static_class) && add_class(m, awaitable, &await_class);
}

}  // namespace pyjit::runtime
