// BaseException and the table of builtin exception classes; creation, common methods and attributes of exceptions.
#include "runtime/types/exception.h"

#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/arg_util.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception_layout.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

ExceptionTypes exc;

bool is_exception_class(Value v) {
  return v.is_object() && v.as_object()->cls()->has(kSubType) && v.as<Class>()->has(kSubException);
}

bool reject_keywords(Value self, Tuple* kwnames) {
  if (!kwnames || !kwnames->size) return true;
  raisef(exc.TypeError, "%s() takes no keyword arguments", type_name(self));
  return false;
}

void set_exception_args(Exception* e, Tuple* args) {
  e->args = args;
  write_barrier(e, args);
}

Value exception_new(Class* cls, Value* args, uint32_t nargs, Tuple*) {
  auto* e = TRY(allocate_instance_of<Exception>(cls));
  e->args = TRY(new_tuple(args, nargs));
  write_barrier(e, e->args);
  return e;
}

bool exception_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!reject_keywords(self, kwnames)) return false;
  auto* e = self.as<Exception>();
  // __new__ made the same tuple already, unless a subclass passes other arguments on.
  bool same = e->args && e->args->size == nargs;
  for (uint32_t i = 0; same && i < nargs; ++i) same = e->args->items[i] == args[i];
  if (same) return true;
  Tuple* t = TRY(new_tuple(args, nargs));
  set_exception_args(e, t);
  return true;
}

Exception* new_exception(Class* type, Value* args, uint32_t nargs) {
  Value v = type->slots.new_(type, args, nargs, nullptr);
  if (!v) return nullptr;
  Class* made = class_of(v);
  if (made->slots.init && !made->slots.init(v, args, nargs, nullptr)) return nullptr;
  return v.as<Exception>();
}

Value exception_str(Value self) {
  Tuple* args = self.as<Exception>()->args;
  if (args->size == 0) return names.empty;
  if (args->size == 1) return str(args->items[0]);
  return str(args);
}

namespace {

Value exception_repr(Value self) {
  auto* e = self.as<Exception>();
  Str* name = class_of(self)->name;
  StrBuilder out;
  out.append(name);
  if (e->args->size == 1) {
    Str* arg = TRY(repr(e->args->items[0]));
    out.append('(');
    out.append(arg);
    out.append(')');
  } else {
    Str* args = TRY(repr(e->args));
    out.append(args);
  }
  return out.finish();
}

// Attributes.

Value get_args(Value self) { return self.as<Exception>()->args; }
bool set_args(Value self, Value value) {
  if (value.is_null()) return raise(exc.TypeError, "args may not be deleted"), false;
  Tuple* t = TRY(to_tuple(value));
  set_exception_args(self.as<Exception>(), t);
  return true;
}

Value or_none(Value v) { return v ? v : Value::none(); }

Value get_traceback(Value self) { return or_none(self.as<Exception>()->traceback); }
bool set_traceback(Value self, Value value) {
  if (value.is_null()) return raise(exc.TypeError, "__traceback__ may not be deleted"), false;
  if (!value.is_none() && !is_exact(value, types.traceback)) {
    return raise(exc.TypeError, "__traceback__ must be a traceback or None"), false;
  }
  auto* e = self.as<Exception>();
  e->traceback = value;
  write_barrier(e, value);
  return true;
}

Value get_context(Value self) { return or_none(self.as<Exception>()->context); }
bool set_context(Value self, Value value) {
  if (value.is_null()) return raise(exc.TypeError, "__context__ may not be deleted"), false;
  if (!value.is_none() && !is_exception(value)) {
    return raise(exc.TypeError, "exception context must be None or derive from BaseException"), false;
  }
  auto* e = self.as<Exception>();
  e->context = value;
  write_barrier(e, value);
  return true;
}

Value get_cause(Value self) { return or_none(self.as<Exception>()->cause); }
bool set_cause(Value self, Value value) {
  if (value.is_null()) return raise(exc.TypeError, "__cause__ may not be deleted"), false;
  if (!value.is_none() && !is_exception(value)) {
    return raise(exc.TypeError, "exception cause must be None or derive from BaseException"), false;
  }
  auto* e = self.as<Exception>();
  e->cause = value;
  e->suppress_context = true;
  write_barrier(e, value);
  return true;
}

Value get_suppress_context(Value self) { return Value::from_bool(self.as<Exception>()->suppress_context); }
bool set_suppress_context(Value self, Value value) {
  if (value.is_null()) return raise(exc.TypeError, "can't delete numeric/char attribute"), false;
  if (!value.is_bool()) return raise(exc.TypeError, "attribute value type must be bool"), false;
  self.as<Exception>()->suppress_context = value.as_bool();
  return true;
}

Value get_dict(Value self) { return instance_dict(self.as_object()); }
bool set_dict(Value self, Value value) {
  if (value.is_null()) return raise(exc.TypeError, "cannot delete __dict__"), false;
  if (!is_dict(value)) {
    return raisef(exc.TypeError, "__dict__ must be set to a dictionary, not a '%.200s'", type_name(value)), false;
  }
  return instance_set_dict(self.as_object(), value.as<Dict>());
}

// Methods.

Value with_traceback(Value* args) {
  if (!set_traceback(args[0], args[1])) return nullptr;
  return args[0];
}

Value add_note(Value* args) {
  Value self = args[0], note = args[1];
  if (!is_str(note)) return raisef(exc.TypeError, "note must be a str, not '%s'", type_name(note));
  Value list = get_attr_or_null(self, names.dunder_notes);
  if (!list) {
    if (error_pending()) return nullptr;
    list = TRY(new_list());
    if (!set_attr(self, names.dunder_notes, list)) return nullptr;
  } else if (!is_list(list)) {
    return raise(exc.TypeError, "Cannot add note: __notes__ is not a list");
  }
  if (!list_append(list.as<List>(), note)) return nullptr;
  return Value::none();
}

Value reduce(Value* args) {
  auto* e = args[0].as<Exception>();
  Value state = exception_state(e);
  if (error_pending()) return nullptr;
  Value cls(class_of(args[0]));
  return state ? make_tuple(cls, Value(e->args), state) : make_tuple(cls, Value(e->args));
}

Value setstate(Value* args) {
  Value state = args[1];
  if (state.is_none()) return Value::none();
  if (!is_dict(state)) return raise(exc.TypeError, "state is not a dictionary");
  uint64_t position = 0;
  Value key, value;
  while (dict_next(state.as<Dict>(), &position, &key, &value)) {
    if (!is_str(key)) return raisef(exc.TypeError, "attribute name must be string, not '%.200s'", type_name(key));
    if (!set_attr(args[0], intern(key.as<Str>()), value)) return nullptr;
  }
  return Value::none();
}

constexpr MethodDef kMethods[] = {
    {"__reduce__", "!($self, /)", reduce},
    {"__setstate__", "!($self, state, /)", setstate},
    {"with_traceback", "!($self, tb, /)", with_traceback, Effects::kWrites, MethodKind::kMethod,
     "Exception.with_traceback(tb) --\n    set self.__traceback__ to tb and return self."},
    {"add_note", "!($self, note, /)", add_note, Effects::kCallsPython, MethodKind::kMethod,
     "Exception.add_note(note) --\n    add a note to the exception"},
    {}};

constexpr GetSetDef kGetSet[] = {
    {"__suppress_context__", get_suppress_context, set_suppress_context},
    {"__dict__", get_dict, set_dict},
    {"args", get_args, set_args},
    {"__traceback__", get_traceback, set_traceback},
    {"__context__", get_context, set_context, "exception context"},
    {"__cause__", get_cause, set_cause, "exception cause"},
    {}};

constexpr Slots base_slots() {
  Slots s{};
  s.repr = exception_repr;
  s.str = exception_str;
  s.getattr = generic_getattr;
  s.setattr = generic_setattr;
  s.init = exception_init;
  s.new_ = exception_new;
  return s;
}

constexpr ClassSpec kBaseExceptionSpec = {
    .name = "BaseException",
    .basicsize = exception_size(0),
    .flags = kClassBaseType | kSubException | kClassHasDict,
    .trace_kind = TraceKind::kCustom,
    .trace = trace_exception<0>,
    .doc = "Common base class for all exceptions",
    .slots = base_slots(),
    .methods = kMethods,
    .getset = kGetSet,
};

constexpr Slots simple_slots() {
  Slots s{};
  s.init = exception_init;
  s.new_ = exception_new;
  return s;
}

// Classes without fields of their own, by name.
struct SimpleDoc { const char *name, *doc; };
constexpr SimpleDoc kDocs[] = {
    {"Exception", "Common base class for all non-exit exceptions."},
    {"ArithmeticError", "Base class for arithmetic errors."},
    {"FloatingPointError", "Floating point operation failed."},
    {"OverflowError", "Result too large to be represented."},
    {"ZeroDivisionError", "Second argument to a division or modulo operation was zero."},
    {"AssertionError", "Assertion failed."},
    {"BufferError", "Buffer error."},
    {"EOFError", "Read beyond end of file."},
    {"ModuleNotFoundError", "Module not found."},
    {"LookupError", "Base class for lookup errors."},
    {"IndexError", "Sequence index out of range."},
    {"MemoryError", "Out of memory."},
    {"UnboundLocalError", "Local name referenced but not bound to a value."},
    {"BlockingIOError", "I/O operation would block."},
    {"ChildProcessError", "Child process error."},
    {"ConnectionError", "Connection error."},
    {"BrokenPipeError", "Broken pipe."},
    {"ConnectionAbortedError", "Connection aborted."},
    {"ConnectionRefusedError", "Connection refused."},
    {"ConnectionResetError", "Connection reset."},
    {"FileExistsError", "File already exists."},
    {"FileNotFoundError", "File not found."},
    {"InterruptedError", "Interrupted by signal."},
    {"IsADirectoryError", "Operation doesn't work on directories."},
    {"NotADirectoryError", "Operation only works on directories."},
    {"PermissionError", "Not enough permissions."},
    {"ProcessLookupError", "Process not found."},
    {"TimeoutError", "Timeout expired."},
    {"ReferenceError", "Weak ref proxy used after referent went away."},
    {"RuntimeError", "Unspecified run-time error."},
    {"NotImplementedError", "Method or function hasn't been implemented yet."},
    {"RecursionError", "Recursion limit exceeded."},
    {"StopAsyncIteration", "Signal the end from iterator.__anext__()."},
    {"IndentationError", "Improper indentation."},
    {"TabError", "Improper mixture of spaces and tabs."},
    {"SystemError",
     "Internal error in the Python interpreter.\n\nPlease report this to the Python maintainer, along with the traceback,\nthe Python "
     "version, and the hardware/OS platform and version."},
    {"TypeError", "Inappropriate argument type."},
    {"ValueError", "Inappropriate argument value (of correct type)."},
    {"UnicodeError", "Unicode related error."},
    {"Warning", "Base class for warning categories."},
    {"BytesWarning",
     "Base class for warnings about bytes and buffer related problems, mostly\nrelated to conversion from str or comparing to str."},
    {"DeprecationWarning", "Base class for warnings about deprecated features."},
    {"EncodingWarning", "Base class for warnings about encodings."},
    {"FutureWarning", "Base class for warnings about constructs that will change semantically\nin the future."},
    {"ImportWarning", "Base class for warnings about probable mistakes in module imports"},
    {"PendingDeprecationWarning", "Base class for warnings about features which will be deprecated\nin the future."},
    {"ResourceWarning", "Base class for warnings about resource usage."},
    {"RuntimeWarning", "Base class for warnings about dubious runtime behavior."},
    {"SyntaxWarning", "Base class for warnings about dubious syntax."},
    {"UnicodeWarning", "Base class for warnings about Unicode related problems, mostly\nrelated to conversion problems."},
    {"UserWarning", "Base class for warnings generated by user code."},
    {"GeneratorExit", "Request that a generator exit."},
    {"KeyboardInterrupt", "Program interrupted by user."},
};

// Specs live as long as their classes; one a simple class.
ClassSpec simple_specs[80];

const ClassSpec& simple_spec(const char* name, Class* const* base) {
  static size_t count = 0;
  ClassSpec& spec = simple_specs[count++];
  spec.name = name;
  spec.base = base;
  spec.flags = kClassBaseType;
  spec.trace_kind = TraceKind::kCustom;
  for (const SimpleDoc& d : kDocs) {
    if (std::string_view(d.name) == name) spec.doc = d.doc;
  }
  // A class whose base has a constructor with fields inherits that one.
  Class* b = *base;
  bool plain = b->slots.init == exception_init && b->slots.new_ == exception_new;
  if (plain) spec.slots = simple_slots();
  else spec.slots.init = b->slots.init;
  return spec;
}

const ClassSpec* special_spec(std::string_view name) {
  static const struct { std::string_view name; const ClassSpec* spec; } kSpecial[] = {
      {"BaseException", &kBaseExceptionSpec}, {"OSError", &kOsErrorSpec}, {"SyntaxError", &kSyntaxErrorSpec},
      {"StopIteration", &kStopIterationSpec}, {"SystemExit", &kSystemExitSpec}, {"ImportError", &kImportErrorSpec},
      {"AttributeError", &kAttributeErrorSpec}, {"NameError", &kNameErrorSpec}, {"KeyError", &kKeyErrorSpec},
      {"UnicodeDecodeError", &kUnicodeDecodeErrorSpec}, {"UnicodeEncodeError", &kUnicodeEncodeErrorSpec},
      {"UnicodeTranslateError", &kUnicodeTranslateErrorSpec}, {"BaseExceptionGroup", &kBaseExceptionGroupSpec},
  };
  for (auto& row : kSpecial) {
    if (row.name == name) return row.spec;
  }
  return nullptr;
}

}  // namespace

Value exception_state(Exception* e) {
  Shape* s = e->shape();
  if (!s->dict_mode && s->slot_count == 0) return nullptr;
  return instance_dict(e);
}

static void init_exception_class(Class** out, const char* name, Class* const* base) {
  std::string_view n = name;
  if (n == "ExceptionGroup") return;   // two bases: init_exception_group makes it
  const ClassSpec* special = special_spec(n);
  *out = new_builtin_class(special ? *special : simple_spec(name, base));
}

// The variable that holds the class called `name`.
static Class* const* class_variable(std::string_view name) {
#define EXCEPTION(field, base) \
  if (name == #field) return &exc.field;
#include "runtime/exceptions.def"
#undef EXCEPTION
  return &types.object;
}

void init_exception_types() {
#define EXCEPTION(name, base) init_exception_class(&exc.name, #name, class_variable(#base));
#include "runtime/exceptions.def"
#undef EXCEPTION
  init_exception_group();
}

}  // namespace pyjit::runtime
