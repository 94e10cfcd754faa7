// sys: the interpreter's own state.
#include <unistd.h>

#include <cfloat>

#include "runtime/audit.h"
#include "runtime/builtins.h"
#include "runtime/codecs.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/init.h"
#include "runtime/module_registry.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/struct_sequence.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/frame.h"
#include "runtime/types/int.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

static Module* sys_module = nullptr;
static Dict* modules_dict = nullptr;

Value sys_get(Str* name) { return sys_module ? dict_get_str(sys_module->dict(), name) : Value(); }
bool sys_set(Str* name, Value value) { return dict_set_str(sys_module->dict(), name, value); }
Dict* sys_modules() {
  Value m = sys_get(names.modules);
  return m && is_dict(m) ? m.as<Dict>() : modules_dict;
}

namespace {

constexpr const char* kVersion = "3.11.2 (main, Apr  1 2025, 00:00:00) [pyjit, GCC 12.2.0]";

Value current_exception() {
  for (ExcInfo* e = thread()->exc_info; e; e = e->previous) {
    if (e->value && !e->value.is_none()) return e->value;
  }
  return Value::none();
}

Value sys_exc_info(Value*) {
  Value e = current_exception();
  if (e.is_none()) return make_tuple(e, e, e);
  Value tb = e.as<Exception>()->traceback;
  return make_tuple(Value(class_of(e)), e, tb ? tb : Value::none());
}
Value sys_exception(Value*) { return current_exception(); }

Value sys_exit(Value* a) {
  if (!a[0] || a[0].is_none()) return raise_object(call0(exc.SystemExit));
  // As raising a class with a tuple as its value: the items become the arguments.
  Value e = is_tuple(a[0]) ? call_tuple_dict(exc.SystemExit, a[0].as<Tuple>(), nullptr) : call1(exc.SystemExit, a[0]);
  return e ? raise_object(e) : nullptr;
}

Value sys_displayhook(Value* a) {
  Value v = a[0];
  if (v.is_none()) return v;
  Value builtins = get_builtins_module();
  if (!set_attr(builtins, names.underscore, Value::none())) return nullptr;
  Value out = sys_get(names.stdout);
  if (!out || out.is_none()) return raise(exc.RuntimeError, "lost sys.stdout");
  Str* text = TRY(repr(v));
  Value written = call_method1(out, names.write, text);
  if (!written) {
    if (!pending_matches(exc.UnicodeEncodeError)) return nullptr;
    clear_pending();
    Value encoding = TRY(get_attr(out, names.encoding));
    Value args[] = {encoding, intern("backslashreplace")};
    Value bytes = TRY(call_method(text, names.encode, args, 2));
    Value decode_args[] = {encoding, intern("strict")};
    Value safe = TRY(call_method(bytes, names.decode, decode_args, 2));
    TRY(call_method1(out, names.write, safe));
  }
  TRY(call_method1(out, names.write, names.newline_char));
  if (!set_attr(builtins, names.underscore, v)) return nullptr;
  return Value::none();
}

Value sys_excepthook(Value* a) {
  if (is_exception(a[1])) {
    if (a[2] && is_exact(a[2], types.traceback)) {
      auto* e = a[1].as<Exception>();
      if (!e->traceback || e->traceback.is_none()) {
        e->traceback = a[2];
        write_barrier(e);
      }
    }
    Value file = sys_get(names.stderr);
    if (file && !file.is_none()) print_exception(a[1], file);
  } else {
    raisef(exc.TypeError, "print_exception(): Exception expected for value, %.100s found", type_name(a[1]));
    return nullptr;
  }
  return Value::none();
}

Value sys_intern(Value* a) {
  if (!is_exact_str(a[0])) return is_str(a[0]) ? raisef(exc.TypeError, "can't intern %.400s", type_name(a[0]))
                                        : raisef(exc.TypeError, "intern() argument must be str, not %.50s", type_name(a[0]));
  return intern(a[0].as<Str>());
}
Value sys_getrecursionlimit(Value*) { return Value::from_int(thread()->recursion_limit); }
Value sys_setrecursionlimit(Value* a) {
  int limit;
  if (!to_int32(a[0], &limit)) return nullptr;
  if (limit < 1) return raise(exc.ValueError, "recursion limit must be greater or equal than 1");
  if (thread()->recursion_depth >= limit) {
    return raisef(exc.RecursionError, "cannot set the recursion limit to %i at the recursion depth %i: the limit is too low", limit, thread()->recursion_depth);
  }
  thread()->recursion_limit = limit;
  return Value::none();
}
Value sys_getrefcount(Value*) { return Value::from_int(2); }
Value sys_getsizeof(Value* a) {
  bool found;
  Value r = call_special(a[0], names.dunder_sizeof, &found);
  if (r) {
    int64_t n;
    if (to_int64(r, &n)) {
      if (n < 0) {
        raise(exc.ValueError, "__sizeof__() should return >= 0");
      } else {
        return r;
      }
    }
  }
  if (!a[1]) return nullptr;
  if (!error_pending() || pending_matches(exc.TypeError)) {
    clear_pending();
    return a[1];
  }
  return nullptr;
}
Value sys_getdefaultencoding(Value*) { return names.utf_8; }
Value sys_getfilesystemencoding(Value*) { return names.utf_8; }
Value sys_getfilesystemencodeerrors(Value*) { return names.surrogateescape; }
Value sys_is_finalizing(Value*) { return Value::from_bool(false); }
Value sys_getframe(Value* a) {
  int depth = 0;
  if (a[0] && !to_int32(a[0], &depth)) return nullptr;
  Frame* f = visible_frame(thread()->frame);
  while (depth > 0 && f) {
    f = visible_frame(f->back);
    --depth;
  }
  if (!f) return raise(exc.ValueError, "call stack is not deep enough");
  Value frame = TRY(frame_object(f));
  return audit("sys._getframe", {frame}) ? frame : Value();
}
Value sys_settrace(Value* a) {
  set_trace_functions(a[0].is_none() ? Value() : a[0], thread()->profile_function);
  return Value::none();
}
Value sys_gettrace(Value*) { return thread()->trace_function ? thread()->trace_function : Value::none(); }
Value sys_setprofile(Value* a) {
  set_trace_functions(thread()->trace_function, a[0].is_none() ? Value() : a[0]);
  return Value::none();
}
Value sys_getprofile(Value*) { return thread()->profile_function ? thread()->profile_function : Value::none(); }
Value sys_call_tracing(Value* a) {
  if (!is_tuple(a[1])) return raisef(exc.TypeError, "call_tracing() argument 2 must be tuple, not %.50s", type_name(a[1]));
  return call_tuple_dict(a[0], a[1].as<Tuple>(), nullptr);
}

double switch_interval = 0.005;
Value sys_getswitchinterval(Value*) { return Value::from_double(switch_interval); }
Value sys_setswitchinterval(Value* a) {
  double d;
  if (!to_double(a[0], &d)) return nullptr;
  if (d <= 0) return raise(exc.ValueError, "switch interval must be strictly positive");
  switch_interval = d;
  return Value::none();
}

Value sys_get_int_max_str_digits(Value*) { return new_int(int_max_str_digits); }
Value sys_set_int_max_str_digits(Value* a) {
  int n;
  if (!to_int32(a[0], &n)) return nullptr;
  if (n != 0 && n < 640) return raise(exc.ValueError, "maxdigits must be 0 or larger than 640");
  int_max_str_digits = n;
  return Value::none();
}

// Audit hooks of Python code.
List* audit_hooks = nullptr;
Value sys_audit(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (nargs == 0) return raise(exc.TypeError, "audit() missing 1 required positional argument: 'event'");
  if (!is_str(args[0])) return raisef(exc.TypeError, "expected str for argument 'event', not %.200s", type_name(args[0]));
  if (!audit_hooks) return Value::none();
  Value rest = new_tuple(args + 1, nargs - 1);
  for (uint64_t i = 0; i < audit_hooks->size; ++i) TRY(call2(audit_hooks->items()[i], args[0], rest));
  return Value::none();
}
}  // namespace
bool audit_hooks_installed = false;
bool raise_audit_event(const char* event, std::initializer_list<Value> arguments) {
  if (!audit_hooks) return true;
  Value name = intern(event);
  Value rest = TRY(new_tuple(arguments.begin(), arguments.size()));
  for (uint64_t i = 0; i < audit_hooks->size; ++i) TRY(call2(audit_hooks->items()[i], name, rest));
  return true;
}
namespace {
Value sys_addaudithook(Value* a) {
  // The hooks that are there may refuse the new one: quietly with an Exception, else their error gets out.
  if (!audit("sys.addaudithook")) {
    if (!pending_matches(exc.Exception)) return nullptr;
    clear_pending();
    return Value::none();
  }
  audit_hooks_installed = true;
  if (!audit_hooks) {
    audit_hooks = TRY(new_list());
    static Value root = audit_hooks;
    heap.add_root_range(&root, &root + 1);
  }
  return list_append(audit_hooks, a[0]) ? Value::none() : Value();
}

Value sys_breakpointhook(Value* args, uint32_t nargs, Tuple* kwnames) {
  const char* env = getenv("PYTHONBREAKPOINT");
  std::string target = env && *env ? env : "pdb.set_trace";
  if (target == "0") return Value::none();
  size_t dot = target.rfind('.');
  std::string module = dot == std::string::npos ? "builtins" : target.substr(0, dot);
  std::string attribute = dot == std::string::npos ? target : target.substr(dot + 1);
  Value m = module.empty() ? raise(exc.ImportError, "no module named") : import_module(module);
  Value f = m ? get_attr(m, intern(attribute)) : Value();
  if (!f) {
    if (!pending_matches(exc.ImportError) && !pending_matches(exc.AttributeError)) return nullptr;
    clear_pending();
    if (!warn(exc.RuntimeWarning, "Ignoring unimportable $PYTHONBREAKPOINT: \"" + target + "\"", 1)) return nullptr;
    return Value::none();
  }
  return call(f, args, nargs, kwnames);
}

Value sys_unraisablehook(Value* a) {
  Value file = sys_get(names.stderr);
  if (!file || file.is_none()) return Value::none();
  auto field = [&](const char* n) { return get_attr_or_null(a[0], intern(n)); };
  Value message = field("err_msg"), object = field("object"), value = field("exc_value");
  std::string head;
  if (object && !object.is_none()) {
    Str* r = repr(object);
    if (!r) clear_pending();
    head = (message && is_str(message) ? to_utf8(message.as<Str>()) : std::string("Exception ignored in")) + ": " + (r ? to_utf8(r) : "<object repr() failed>") + "\n";
  } else if (message && is_str(message)) {
    head = to_utf8(message.as<Str>()) + ":\n";
  }
  if (!head.empty()) TRY(call_method1(file, names.write, new_str(head)));
  if (value && is_exception(value)) print_exception(value, file);
  Value flushed = call_method0(file, names.flush);
  if (!flushed) clear_pending();
  return Value::none();
}

Value sys_set_coroutine_origin_tracking_depth(Value* a) {
  int depth;
  if (!to_int32(a[0], &depth)) return nullptr;
  if (depth < 0) return raise(exc.ValueError, "depth must be >= 0");
  thread()->coroutine_origin_depth = depth;
  return Value::none();
}
Value sys_get_coroutine_origin_tracking_depth(Value*) { return Value::from_int(thread()->coroutine_origin_depth); }

constexpr StructField kHookFields[] = {{"firstiter", nullptr}, {"finalizer", nullptr}, {}};
constexpr StructSequenceSpec kHooksSpec = {"asyncgen_hooks", nullptr, kHookFields, 2, 2};
Class* asyncgen_hooks_class;
Value sys_set_asyncgen_hooks(Value* a) {
  for (int i = 0; i < 2; ++i) {
    if (a[i] && !a[i].is_none() && !is_callable(a[i])) {
      return raisef(exc.TypeError, "callable %s expected, got %.50s", i ? "finalizer" : "firstiter", type_name(a[i]));
    }
  }
  if (a[0]) thread()->async_gen_firstiter = a[0].is_none() ? Value() : a[0];
  if (a[1]) thread()->async_gen_finalizer = a[1].is_none() ? Value() : a[1];
  return Value::none();
}
Value sys_get_asyncgen_hooks(Value*) {
  Tuple* t = TRY(new_struct_sequence(asyncgen_hooks_class));
  t->items[0] = thread()->async_gen_firstiter ? thread()->async_gen_firstiter : Value::none();
  t->items[1] = thread()->async_gen_finalizer ? thread()->async_gen_finalizer : Value::none();
  return t;
}
Value sys_nothing(Value*) { return Value::none(); }
Value sys_getallocatedblocks(Value*) { return new_int(static_cast<int64_t>(heap.stats.blocks * 64)); }
Value sys_getdlopenflags(Value*) { return Value::from_int(2); }
Value sys_current_frames(Value*) {
  Dict* d = TRY(new_dict());
  Frame* f = visible_frame(thread()->frame);
  if (f && !dict_set(d, new_int_unsigned(thread()->ident), frame_object(f))) return nullptr;
  return d;
}
Value sys_current_exceptions(Value*) {
  Dict* d = TRY(new_dict());
  if (!dict_set(d, new_int_unsigned(thread()->ident), current_exception())) return nullptr;
  return d;
}

#define FN(name, signature, fn) {name, signature, fn, Effects::kCallsPython, MethodKind::kFunction}
constexpr MethodDef kFunctions[] = {FN("exc_info", "($module, /)", sys_exc_info),
                                    FN("exception", "($module, /)", sys_exception),
                                    FN("exit", "($module, status=None, /)", sys_exit),
                                    FN("displayhook", "($module, object, /)", sys_displayhook),
                                    FN("excepthook", "($module, exctype, value, traceback, /)", sys_excepthook),
                                    FN("unraisablehook", "($module, unraisable, /)", sys_unraisablehook),
                                    {.name = "breakpointhook", .signature = "!(*args, **kws)", .kind = MethodKind::kFunction, .raw = sys_breakpointhook},
                                    {.name = "audit", .signature = "!(event, *args)", .kind = MethodKind::kFunction, .raw = sys_audit},
                                    FN("addaudithook", "($module, /, hook)", sys_addaudithook),
                                    FN("intern", "($module, string, /)", sys_intern),
                                    FN("getrecursionlimit", "($module, /)", sys_getrecursionlimit),
                                    FN("setrecursionlimit", "($module, limit, /)", sys_setrecursionlimit),
                                    FN("getrefcount", "($module, object, /)", sys_getrefcount),
                                    FN("getsizeof", "!(object, default=None)", sys_getsizeof),
                                    FN("getdefaultencoding", "($module, /)", sys_getdefaultencoding),
                                    FN("getfilesystemencoding", "($module, /)", sys_getfilesystemencoding),
                                    FN("getfilesystemencodeerrors", "($module, /)", sys_getfilesystemencodeerrors),
                                    FN("is_finalizing", "($module, /)", sys_is_finalizing),
                                    FN("_getframe", "($module, depth=0, /)", sys_getframe),
                                    FN("_current_frames", "($module, /)", sys_current_frames),
                                    FN("_current_exceptions", "($module, /)", sys_current_exceptions),
                                    FN("settrace", "!(function, /)", sys_settrace),
                                    FN("gettrace", "($module, /)", sys_gettrace),
                                    FN("setprofile", "!(function, /)", sys_setprofile),
                                    FN("getprofile", "($module, /)", sys_getprofile),
                                    FN("call_tracing", "($module, func, args, /)", sys_call_tracing),
                                    FN("getswitchinterval", "($module, /)", sys_getswitchinterval),
                                    FN("setswitchinterval", "($module, interval, /)", sys_setswitchinterval),
                                    FN("get_int_max_str_digits", "($module, /)", sys_get_int_max_str_digits),
                                    FN("set_int_max_str_digits", "($module, /, maxdigits)", sys_set_int_max_str_digits),
                                    FN("set_coroutine_origin_tracking_depth", "($module, /, depth)", sys_set_coroutine_origin_tracking_depth),
                                    FN("get_coroutine_origin_tracking_depth", "($module, /)", sys_get_coroutine_origin_tracking_depth),
                                    FN("set_asyncgen_hooks", "!(firstiter=None, finalizer=None)", sys_set_asyncgen_hooks),
                                    FN("get_asyncgen_hooks", "($module, /)", sys_get_asyncgen_hooks),
                                    FN("_clear_type_cache", "($module, /)", sys_nothing),
                                    FN("_debugmallocstats", "($module, /)", sys_nothing),
                                    FN("getallocatedblocks", "($module, /)", sys_getallocatedblocks),
                                    FN("getdlopenflags", "($module, /)", sys_getdlopenflags),
                                    FN("setdlopenflags", "($module, flags, /)", sys_nothing),
                                    {}};
#undef FN

constexpr StructField kFlagFields[] = {{"debug", "-d"},
                                       {"inspect", "-i"},
                                       {"interactive", "-i"},
                                       {"optimize", "-O or -OO"},
                                       {"dont_write_bytecode", "-B"},
                                       {"no_user_site", "-s"},
                                       {"no_site", "-S"},
                                       {"ignore_environment", "-E"},
                                       {"verbose", "-v"},
                                       {"bytes_warning", "-b"},
                                       {"quiet", "-q"},
                                       {"hash_randomization", "-R"},
                                       {"isolated", "-I"},
                                       {"dev_mode", "-X dev"},
                                       {"utf8_mode", "-X utf8"},
                                       {"warn_default_encoding", "-X warn_default_encoding"},
                                       {"safe_path", "-P"},
                                       {"int_max_str_digits", "-X int_max_str_digits"},
                                       {}};
constexpr StructSequenceSpec kFlagsSpec = {"sys.flags", "sys.flags\n\nFlags provided through command line arguments or environment vars.", kFlagFields, 18, 18};
constexpr StructField kVersionFields[] = {{"major", "Major release number"}, {"minor", "Minor release number"}, {"micro", "Patch release number"},
                                          {"releaselevel", "'alpha', 'beta', 'candidate', or 'final'"}, {"serial", "Serial release number"}, {}};
constexpr StructSequenceSpec kVersionSpec = {"sys.version_info", "sys.version_info\n\nVersion information as a named tuple.", kVersionFields, 5, 5};
constexpr StructField kFloatFields[] = {{"max", nullptr},        {"max_exp", nullptr},    {"max_10_exp", nullptr}, {"min", nullptr},
                                        {"min_exp", nullptr},    {"min_10_exp", nullptr}, {"dig", nullptr},        {"mant_dig", nullptr},
                                        {"epsilon", nullptr},    {"radix", nullptr},      {"rounds", nullptr},     {}};
constexpr StructSequenceSpec kFloatSpec = {"sys.float_info", "sys.float_info\n\nA named tuple holding information about the float type.", kFloatFields, 11, 11};
constexpr StructField kIntFields[] = {{"bits_per_digit", nullptr}, {"sizeof_digit", nullptr}, {"default_max_str_digits", nullptr}, {"str_digits_check_threshold", nullptr}, {}};
constexpr StructSequenceSpec kIntSpec = {"sys.int_info", "sys.int_info\n\nA named tuple that holds information about Python's\ninternal representation of integers.", kIntFields, 4, 4};
constexpr StructField kHashFields[] = {{"width", nullptr}, {"modulus", nullptr}, {"inf", nullptr}, {"nan", nullptr}, {"imag", nullptr},
                                       {"algorithm", nullptr}, {"hash_bits", nullptr}, {"seed_bits", nullptr}, {"cutoff", nullptr}, {}};
constexpr StructSequenceSpec kHashSpec = {"sys.hash_info", "hash_info\n\nA named tuple providing parameters used for computing hashes.", kHashFields, 9, 9};
constexpr StructField kThreadFields[] = {{"name", nullptr}, {"lock", nullptr}, {"version", nullptr}, {}};
constexpr StructSequenceSpec kThreadSpec = {"sys.thread_info", "sys.thread_info\n\nA named tuple holding information about the thread implementation.", kThreadFields, 3, 3};

Value make_sequence(const StructSequenceSpec& spec, std::initializer_list<Value> items, bool instantiable = false) {
  Class* cls = new_struct_sequence_class(spec);
  Tuple* t = new_struct_sequence(cls);
  size_t i = 0;
  for (Value v : items) t->items[i++] = v;
  if (!instantiable) forbid_instantiation(cls);
  return t;
}
Value text(std::string_view s) { return new_str(s); }
Value number(int64_t i) { return new_int(i); }
Value list_of(const std::vector<std::string>& texts) {
  List* l = new_list();
  for (auto& t : texts) list_append(l, fs_decode(t));
  return l;
}

Value simple_namespace(std::initializer_list<std::pair<const char*, Value>> fields) {
  Object* o = allocate_instance(types.simple_namespace);
  for (auto& f : fields) instance_set_attr(o, intern(f.first), f.second);
  return o;
}

}  // namespace

Module* init_sys() {
  Module* m = sys_module = new_module(intern("sys"));
  static Value roots[2] = {m, nullptr};
  modules_dict = new_dict();
  roots[1] = modules_dict;
  heap.add_root_range(roots, roots + 2);
  const Config& c = config;
  add_functions(m, kFunctions);
  for (const char* hook : {"displayhook", "excepthook", "unraisablehook", "breakpointhook"}) {
    add_object(m, ("__" + std::string(hook) + "__").c_str(), module_get(m, intern(hook)));
  }
  add_object(m, "modules", modules_dict);
  asyncgen_hooks_class = new_struct_sequence_class(kHooksSpec);
  static Value hooks_root = asyncgen_hooks_class;
  heap.add_root_range(&hooks_root, &hooks_root + 1);
  add_string(m, "version", kVersion);
  add_int(m, "hexversion", 0x030b02f0);
  add_int(m, "api_version", 1013);
  add_object(m, "version_info", make_sequence(kVersionSpec, {number(3), number(11), number(2), text("final"), number(0)}));
  add_object(m, "_git", make_tuple(text("CPython"), text(""), text("")));
  add_string(m, "_framework", "");
  add_string(m, "copyright",
             "Copyright (c) 2001-2023 Python Software Foundation.\nAll Rights Reserved.\n\nCopyright (c) 2000 BeOpen.com.\nAll Rights Reserved.\n\n"
             "Copyright (c) 1995-2001 Corporation for National Research Initiatives.\nAll Rights Reserved.\n\n"
             "Copyright (c) 1991-1995 Stichting Mathematisch Centrum, Amsterdam.\nAll Rights Reserved.");
  add_string(m, "platform", "linux");
  add_string(m, "byteorder", "little");
  add_string(m, "abiflags", "");
  add_string(m, "float_repr_style", "short");
  add_string(m, "platlibdir", "lib");
  add_int(m, "maxsize", INT64_MAX);
  add_int(m, "maxunicode", 0x10FFFF);
  Value version_info = module_get(m, intern("version_info"));
  add_object(m, "implementation",
             simple_namespace({{"name", text("cpython")}, {"cache_tag", text("cpython-311")}, {"version", version_info}, {"hexversion", number(0x030b02f0)},
                               {"_multiarch", text("x86_64-linux-gnu")}}));
  add_object(m, "flags",
             make_sequence(kFlagsSpec, {number(c.debug), number(c.inspect), number(c.interactive), number(c.optimize), number(c.dont_write_bytecode),
                                        number(c.no_user_site), number(c.no_site), number(c.ignore_environment), number(c.verbose), number(c.bytes_warning),
                                        number(c.quiet), number(c.hash_randomization), number(c.isolated), Value::from_bool(c.dev_mode),
                                        number(c.utf8_mode), number(c.warn_default_encoding), Value::from_bool(c.safe_path), number(c.int_max_str_digits)}));
  add_object(m, "float_info",
             make_sequence(kFloatSpec, {Value::from_double(DBL_MAX), number(DBL_MAX_EXP), number(DBL_MAX_10_EXP), Value::from_double(DBL_MIN), number(DBL_MIN_EXP),
                                        number(DBL_MIN_10_EXP), number(DBL_DIG), number(DBL_MANT_DIG), Value::from_double(DBL_EPSILON), number(FLT_RADIX), number(1)}, true));
  add_object(m, "int_info", make_sequence(kIntSpec, {number(30), number(4), number(4300), number(640)}, true));
  add_object(m, "hash_info", make_sequence(kHashSpec, {number(64), number((1ll << 61) - 1), number(314159), number(0), number(1000003), text("siphash13"),
                                                       number(64), number(128), number(0)}, true));
  char libc_version[64] = "";
  size_t n = confstr(_CS_GNU_LIBPTHREAD_VERSION, libc_version, sizeof libc_version);
  add_object(m, "thread_info", make_sequence(kThreadSpec, {text("pthread"), text("semaphore"), n ? text(libc_version) : Value::none()}, true));
  add_object(m, "argv", list_of(c.argv));
  add_object(m, "orig_argv", list_of(c.orig_argv));
  add_object(m, "warnoptions", list_of(c.warn_options));
  Dict* x_options = new_dict();
  for (auto& x : c.x_options) {
    size_t eq = x.find('=');
    dict_set_str(x_options, intern(x.substr(0, eq)), eq == std::string::npos ? Value::from_bool(true) : Value(new_str(x.substr(eq + 1))));
  }
  add_object(m, "_xoptions", x_options);
  add_object(m, "executable", fs_decode(c.executable));
  add_object(m, "_base_executable", fs_decode(c.executable));
  for (const char* name : {"prefix", "exec_prefix", "base_prefix", "base_exec_prefix"}) add_string(m, name, "/usr");
  add_string(m, "_stdlib_dir", "/usr/lib/python3.11");
  add_object(m, "pycache_prefix", c.pycache_prefix.empty() ? Value::none() : Value(fs_decode(c.pycache_prefix)));
  add_object(m, "dont_write_bytecode", Value::from_bool(c.dont_write_bytecode));
  List* path = new_list();
  if (const char* env = c.ignore_environment ? nullptr : getenv("PYTHONPATH")) {
    std::string_view rest = env;
    for (size_t colon = 0; !rest.empty() && colon != std::string_view::npos; rest = rest.substr(colon + 1)) {
      colon = rest.find(':');
      list_append(path, fs_decode(rest.substr(0, colon)));
      if (colon == std::string_view::npos) break;
    }
  }
  for (const char* p : {"/usr/lib/python311.zip", "/usr/lib/python3.11", "/usr/lib/python3.11/lib-dynload"}) list_append(path, new_str(p));
  add_object(m, "path", path);
  add_object(m, "meta_path", new_list());
  add_object(m, "path_hooks", new_list());
  add_object(m, "path_importer_cache", new_dict());
  RootedVector builtin_names;
  for (const NativeModule* native = kNativeModules; native->name; ++native) builtin_names.push_back(intern(native->name));
  List* sorted = new_list_from(builtin_names.data(), builtin_names.size());
  list_sort(sorted, nullptr, false);
  add_object(m, "builtin_module_names", new_tuple(sorted->items(), sorted->size));
  static constexpr const char* kStdlibNames =
#include "runtime/modules/stdlib_names.inc"
      ;
  List* std_names = new_list();
  std::string_view rest = kStdlibNames;
  while (!rest.empty()) {
    size_t space = rest.find(' ');
    list_append(std_names, intern(rest.substr(0, space)));
    rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
  }
  add_object(m, "stdlib_module_names", new_frozenset(std_names));
  if (c.int_max_str_digits >= 0) int_max_str_digits = c.int_max_str_digits;
  dict_set_str(modules_dict, intern("sys"), m);
  dict_set_str(modules_dict, intern("builtins"), get_builtins_module());
  return m;
}

}  // namespace pyjit::runtime
