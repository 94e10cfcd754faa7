// builtins: the functions every program sees.
#include <unistd.h>

#include "runtime/feature_version.h"
#include "runtime/builtins.h"
#include "runtime/compile.h"
#include "runtime/modules/ast/ast.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/module_registry.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/frame.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

static Module* builtins_module = nullptr;
Dict* builtins_dict() { return builtins_module->dict(); }
Value builtin_function(std::string_view name) { return dict_get_str(builtins_dict(), intern(name)); }

namespace {

Value truth(int t) { return t < 0 ? Value() : Value::from_bool(t); }

Value bi_abs(Value* a) { return absolute(a[0]); }
Value bi_all(Value* a) {
  Value it = TRY(get_iter(a[0]));
  while (Value v = iter_next(it)) {
    int t = TRY_INT(is_true(v));
    if (!t) return Value::from_bool(false);
  }
  return error_pending() ? Value() : Value::from_bool(true);
}
Value bi_any(Value* a) {
  Value it = TRY(get_iter(a[0]));
  while (Value v = iter_next(it)) {
    int t = TRY_INT(is_true(v));
    if (t) return Value::from_bool(true);
  }
  return error_pending() ? Value() : Value::from_bool(false);
}
Value bi_ascii(Value* a) { return ascii(a[0]); }

Value in_base(Value v, int base, const char* prefix) {
  v = TRY(number_index(v));
  std::string text = int_to_text(v, base);
  return new_str(text[0] == '-' ? "-" + (prefix + text.substr(1)) : prefix + text);
}
Value bi_bin(Value* a) { return in_base(a[0], 2, "0b"); }
Value bi_oct(Value* a) { return in_base(a[0], 8, "0o"); }
Value bi_hex(Value* a) { return in_base(a[0], 16, "0x"); }
Value bi_callable(Value* a) { return Value::from_bool(is_callable(a[0])); }

Value bi_chr(Value* a) {
  int64_t c;
  Value i = TRY(number_index(a[0]));
  if (!int_to_int64(i, &c)) return raise(exc.OverflowError, int_sign(i) < 0 ? "Python int too small to convert to C int" : "Python int too large to convert to C int"), nullptr;
  if (c > INT32_MAX) return raise(exc.OverflowError, "signed integer is greater than maximum");
  if (c < INT32_MIN) return raise(exc.OverflowError, "signed integer is less than minimum");
  if (c < 0 || c > 0x10FFFF) return raise(exc.ValueError, "chr() arg not in range(0x110000)");
  return char_str(static_cast<uint32_t>(c));
}
Value bi_ord(Value* a) {
  int64_t size;
  if (is_bytes(a[0])) {
    auto* b = a[0].as<Bytes>();
    if (b->size == 1) return Value::from_int(static_cast<uint8_t>(b->data[0]));
    size = static_cast<int64_t>(b->size);
  } else if (is_str(a[0])) {
    auto* s = a[0].as<Str>();
    if (s->length == 1) return Value::from_int(s->at(0));
    size = static_cast<int64_t>(s->length);
  } else if (is_instance(a[0], types.bytearray)) {
    auto* b = a[0].as<ByteArray>();
    if (b->size == 1) return Value::from_int(static_cast<uint8_t>(*b->data()));
    size = static_cast<int64_t>(b->size);
  } else {
    return raisef(exc.TypeError, "ord() expected string of length 1, but %.200s found", type_name(a[0]));
  }
  return raisef(exc.TypeError, "ord() expected a character, but string of length %zd found", static_cast<ssize_t>(size));
}

Value bi_delattr(Value* a) {
  if (!is_str(a[1])) return raisef(exc.TypeError, "attribute name must be string, not '%.200s'", type_name(a[1]));
  return set_attr(a[0], a[1].as<Str>(), nullptr) ? Value::none() : Value();
}
Value bi_setattr(Value* a) {
  if (!is_str(a[1])) return raisef(exc.TypeError, "attribute name must be string, not '%.200s'", type_name(a[1]));
  return set_attr(a[0], a[1].as<Str>(), a[2]) ? Value::none() : Value();
}
Value bi_getattr(Value* a) {
  if (!is_str(a[1])) return raisef(exc.TypeError, "attribute name must be string, not '%.200s'", type_name(a[1]));
  if (!a[2]) return get_attr(a[0], a[1].as<Str>());
  Value v = get_attr_or_null(a[0], a[1].as<Str>());
  return v || error_pending() ? v : a[2];
}
Value bi_hasattr(Value* a) {
  if (!is_str(a[1])) return raisef(exc.TypeError, "attribute name must be string, not '%.200s'", type_name(a[1]));
  Value v = get_attr_or_null(a[0], a[1].as<Str>());
  return !v && error_pending() ? Value() : Value::from_bool(bool(v));
}

Frame* caller() { return visible_frame(thread()->frame); }
Value current_locals() {
  Frame* f = caller();
  return f ? frame_locals(f) : Value(raise(exc.SystemError, "frame does not exist"));
}
Value bi_dir(Value* a) {
  if (a[0]) return dir(a[0]);
  Value locals = TRY(current_locals());
  Value keys = TRY(call_method0(locals, names.keys));
  List* list = TRY(to_list(keys));
  return list_sort(list, nullptr, false) ? Value(list) : Value();
}
Value bi_globals(Value*) {
  Frame* f = caller();
  return f ? Value(f->function->globals) : Value::none();
}
Value bi_locals(Value*) { return current_locals(); }
Value bi_vars(Value* a) {
  if (!a[0]) return current_locals();
  Value d = get_attr_or_null(a[0], names.dunder_dict);
  if (d || error_pending()) return d;
  return raise(exc.TypeError, "vars() argument must have __dict__ attribute");
}

Value bi_divmod(Value* a) { return divmod(a[0], a[1]); }
Value bi_pow(Value* a) { return power(a[0], a[1], a[2] ? a[2] : Value::none()); }
Value bi_format(Value* a) {
  if (a[1] && !is_str(a[1])) return raisef(exc.TypeError, "format() argument 2 must be str, not %.50s", type_name(a[1]));
  return format(a[0], a[1]);
}
Value bi_hash(Value* a) {
  int64_t h = hash(a[0]);
  return h == -1 ? Value() : new_int(h);
}
Value bi_id(Value* a) {
  uint64_t bits = a[0].bits();
  return new_int_unsigned(bits);
}
Value bi_isinstance(Value* a) { return truth(is_instance_of(a[0], a[1])); }
Value bi_issubclass(Value* a) { return truth(is_subclass_of(a[0], a[1])); }
Value bi_iter(Value* a) {
  if (!a[1]) return get_iter(a[0]);
  if (!is_callable(a[0])) return raise(exc.TypeError, "iter(v, w): v must be callable");
  return new_callable_iterator(a[0], a[1]);
}
Value bi_next(Value* a) {
  if (!class_of(a[0])->slots.next) return raisef(exc.TypeError, "'%.200s' object is not an iterator", type_name(a[0]));
  Value v = class_of(a[0])->slots.next(a[0]);
  if (v) return v;
  if (a[1]) {
    if (error_pending()) {
      if (!pending_matches(exc.StopIteration)) return nullptr;
      clear_pending();
    }
    return a[1];
  }
  if (!error_pending()) return raise_stop_iteration(Value::none());
  return nullptr;
}
Value bi_aiter(Value* a) {
  auto f = class_of(a[0])->slots.aiter;
  if (!f) return raisef(exc.TypeError, "'%.200s' object is not an async iterable", type_name(a[0]));
  Value it = TRY(f(a[0]));
  if (!class_of(it)->slots.anext) return raisef(exc.TypeError, "aiter() returned not an async iterator of type '%.100s'", type_name(it));
  return it;
}
Value bi_anext(Value* a) {
  auto f = class_of(a[0])->slots.anext;
  if (!f) return raisef(exc.TypeError, "'%.200s' object is not an async iterator", type_name(a[0]));
  Value awaitable = TRY(f(a[0]));
  return a[1] ? new_anext_awaitable(awaitable, a[1]) : awaitable;
}
Value bi_len(Value* a) {
  int64_t n = length(a[0]);
  return n < 0 ? Value() : new_int(n);
}

// min and max: (iterable, *, key, default) or (a, b, *rest, key).
Value extreme(Value* args, uint32_t nargs, Tuple* kwnames, CompareOp op, const char* name) {
  if (nargs == 0) return raisef(exc.TypeError, "%s expected at least 1 argument, got 0", name);
  Value key, fallback;
  for (uint64_t i = 0; kwnames && i < kwnames->size; ++i) {
    Str* k = kwnames->items[i].as<Str>();
    if (str_equals(k, "key")) {
      key = args[nargs + i];
    } else if (str_equals(k, "default")) {
      fallback = args[nargs + i];
    } else {
      return raisef(exc.TypeError, "'%s' is an invalid keyword argument for %s()", to_utf8(k).c_str(), name);
    }
  }
  if (nargs > 1 && fallback) return raisef(exc.TypeError, "Cannot specify a default for %s() with multiple positional arguments", name);
  if (key.is_none()) key = nullptr;
  Value best, best_key;
  auto consider = [&](Value v) {
    Value k = key ? call1(key, v) : v;
    if (!k) return false;
    if (!best) {
      best = v;
      best_key = k;
      return true;
    }
    Value r = compare(k, best_key, op);
    int t = r ? (r.is_bool() ? r.as_bool() : is_true(r)) : -1;
    if (t < 0) return false;
    if (t) best = v, best_key = k;
    return true;
  };
  if (nargs > 1) {
    for (uint32_t i = 0; i < nargs; ++i) {
      if (!consider(args[i])) return nullptr;
    }
    return best;
  }
  Value it = TRY(get_iter(args[0]));
  while (Value v = iter_next(it)) {
    if (!consider(v)) return nullptr;
  }
  if (error_pending()) return nullptr;
  if (best) return best;
  if (fallback) return fallback;
  return raisef(exc.ValueError, "%s() arg is an empty sequence", name);
}
Value bi_min(Value* args, uint32_t nargs, Tuple* kwnames) { return extreme(args, nargs, kwnames, kLt, "min"); }
Value bi_max(Value* args, uint32_t nargs, Tuple* kwnames) { return extreme(args, nargs, kwnames, kGt, "max"); }

Value sys_stream(Str* name, bool* lost) {
  Value v = sys_get(name);
  *lost = !v;
  return v;
}
Value bi_print(Value* args, uint32_t nargs, Tuple* kwnames) {
  Value sep, end, file, flush;
  for (uint64_t i = 0; kwnames && i < kwnames->size; ++i) {
    Str* k = kwnames->items[i].as<Str>();
    Value v = args[nargs + i];
    if (str_equals(k, "sep")) {
      sep = v;
    } else if (str_equals(k, "end")) {
      end = v;
    } else if (str_equals(k, "file")) {
      file = v;
    } else if (str_equals(k, "flush")) {
      flush = v;
    } else {
      return raisef(exc.TypeError, "'%s' is an invalid keyword argument for print()", to_utf8(k).c_str());
    }
  }
  if (!file || file.is_none()) {
    bool lost;
    file = sys_stream(names.stdout, &lost);
    if (lost) return raise(exc.RuntimeError, "lost sys.stdout");
    if (file.is_none()) return Value::none();
  }
  if (sep.is_none()) sep = nullptr;
  if (end.is_none()) end = nullptr;
  if (sep && !is_str(sep)) return raisef(exc.TypeError, "sep must be None or a string, not %.200s", type_name(sep));
  if (end && !is_str(end)) return raisef(exc.TypeError, "end must be None or a string, not %.200s", type_name(end));
  Value write = TRY(get_attr(file, names.write));
  for (uint32_t i = 0; i < nargs; ++i) {
    if (i) TRY(call1(write, sep ? sep : Value(names.space)));
    Value text = TRY(str(args[i]));
    TRY(call1(write, text));
  }
  TRY(call1(write, end ? end : Value(names.newline_char)));
  if (flush) {
    int t = TRY_INT(is_true(flush));
    if (t) TRY(call_method0(file, names.flush));
  }
  return Value::none();
}

Value bi_repr(Value* a) { return repr(a[0]); }
Value bi_round(Value* a) {
  Value f = class_lookup(class_of(a[0]), names.dunder_round);
  if (!f) return raisef(exc.TypeError, "type %.100s doesn't define __round__ method", type_name(a[0]));
  bool found;
  bool plain = !a[1] || a[1].is_none();
  return call_special(a[0], names.dunder_round, &found, plain ? nullptr : &a[1], plain ? 0 : 1);
}
Value bi_sorted(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (nargs != 1) return raisef(exc.TypeError, "sorted expected 1 argument, got %u", nargs);
  Value key;
  int reverse = 0;
  for (uint64_t i = 0; kwnames && i < kwnames->size; ++i) {
    Str* k = kwnames->items[i].as<Str>();
    if (str_equals(k, "key")) {
      if (!args[nargs + i].is_none()) key = args[nargs + i];
    } else if (str_equals(k, "reverse")) {
      Value flag = TRY(number_index(args[nargs + i]));
      reverse = is_true(flag);
    } else {
      return raisef(exc.TypeError, "'%s' is an invalid keyword argument for sort()", to_utf8(k).c_str());
    }
  }
  List* list = TRY(to_list(args[0]));
  if (Value(list) == args[0]) list = TRY(new_list_from(list->items(), list->size));
  return list_sort(list, key, reverse) ? Value(list) : Value();
}
Value bi_sum(Value* a) {
  Value it = TRY(get_iter(a[0]));
  Value total = a[1] ? a[1] : Value::from_int(0);
  if (is_str(total)) return raise(exc.TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
  if (is_bytes(total)) return raise(exc.TypeError, "sum() can't sum bytes [use b''.join(seq) instead]");
  if (is_instance(total, types.bytearray)) return raise(exc.TypeError, "sum() can't sum bytearray [use b''.join(seq) instead]");
  while (Value v = iter_next(it)) {
    if (both_ints(total, v)) {
      total = new_int(total.as_int() + v.as_int());
    } else if (total.is_double() && v.is_double()) {
      total = Value::from_double(total.as_double() + v.as_double());
    } else if (total.is_double() && v.is_int()) {
      total = Value::from_double(total.as_double() + static_cast<double>(v.as_int()));
    } else {
      total = TRY(binary_op(kAdd, total, v));
    }
  }
  return error_pending() ? Value() : total;
}

Value bi_input(Value* a) {
  bool lost;
  Value in = sys_stream(names.stdin, &lost);
  if (lost || in.is_none()) return raise(exc.RuntimeError, "input(): lost sys.stdin");
  Value out = sys_stream(names.stdout, &lost);
  if (lost || out.is_none()) return raise(exc.RuntimeError, "input(): lost sys.stdout");
  Value err = sys_stream(names.stderr, &lost);
  if (lost || err.is_none()) return raise(exc.RuntimeError, "input(): lost sys.stderr");
  Value flushed = call_method0(err, names.flush);
  if (!flushed) clear_pending();
  if (a[0]) {
    Value text = TRY(str(a[0]));
    TRY(call_method1(out, names.write, text));
  }
  flushed = call_method0(out, names.flush);
  if (!flushed) clear_pending();
  Value line = TRY(call_method0(in, names.readline));
  if (!is_str(line)) return raise(exc.TypeError, "object.readline() returned non-string");
  Str* s = line.as<Str>();
  if (!s->length) return raise(exc.EOFError, "EOF when reading a line");
  if (s->at(s->length - 1) == '\n') return str_substring(s, 0, s->length - 1);
  return s;
}

Value bi_breakpoint(Value* args, uint32_t nargs, Tuple* kwnames) {
  Value hook = sys_get(intern("breakpointhook"));
  if (!hook) return raise(exc.RuntimeError, "lost sys.breakpointhook");
  return call(hook, args, nargs, kwnames);
}

// compile, eval, exec.

Value bi_compile(Value* a) {
  CompileRequest r;
  Str* filename = TRY(filename_argument(a[1]));
  r.filename = filename;
  if (!is_str(a[2])) return raisef(exc.TypeError, "compile() argument 'mode' must be str, not %.50s", type_name(a[2]));
  int flags = 0, optimize = -1, feature_version = -1;
  if (a[3] && !to_int32(a[3], &flags)) return nullptr;
  if (a[5] && !to_int32(a[5], &optimize)) return nullptr;
  if (a[6] && !to_int32(a[6], &feature_version)) return nullptr;
  int dont_inherit = 0;
  if (a[4]) dont_inherit = TRY_INT(is_true(a[4]));
  constexpr int kKnownFlags = 0x1FE0000 | 0x10 /* nested_scopes, generators: long mandatory */ | 0x100 | 0x200 | 0x400 | 0x800 | 0x1000 | 0x2000 | 0x4000;
  if (flags & ~kKnownFlags) return raise(exc.ValueError, "compile(): unrecognised flags");
  if (optimize < -1 || optimize > 2) return raise(exc.ValueError, "compile(): invalid optimize value");
  std::string mode = to_utf8(a[2].as<Str>());
  if (mode == "exec") {
    r.mode = frontend::Mode::kExec;
  } else if (mode == "eval") {
    r.mode = frontend::Mode::kEval;
  } else if (mode == "single") {
    r.mode = frontend::Mode::kSingle;
  } else if (mode == "func_type") {
    if (!(flags & 0x400)) return raise(exc.ValueError, "compile() mode 'func_type' requires flag PyCF_ONLY_AST");
    r.mode = frontend::Mode::kFuncType;
  } else {
    return raise(exc.ValueError, flags & 0x400 ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
                                               : "compile() mode must be 'exec', 'eval' or 'single'");
  }
  r.flags = flags | (dont_inherit ? 0 : inherited_future_flags());
  r.optimize = optimize;
  if (is_exact(a[0], types.code)) return a[0];
  if (is_ast_object(a[0])) return flags & 0x400 ? a[0] : compile_ast(r, a[0]);
  bool is_text;
  if (!source_text(a[0], "compile", "string, bytes or AST", &r.source, &is_text)) return nullptr;
  r.is_text = is_text;
  if (feature_version < 0 || !(flags & 0x400)) return compile_source(r);
  Value tree = TRY(compile_source(r));
  return check_feature_version(tree, r.source, feature_version, filename) ? tree : Value();
}

bool check_namespaces(const char* function, Value* globals, Value* locals) {
  if (*globals && globals->is_none()) *globals = nullptr;
  if (*locals && locals->is_none()) *locals = nullptr;
  if (*locals && !class_of(*locals)->slots.getitem) {
    return raisef(exc.TypeError, *function == 'e' && function[1] == 'v' ? "locals must be a mapping" : "locals must be a mapping or None, not %.100s",
                  type_name(*locals)), false;
  }
  if (*globals && !is_dict(*globals)) {
    if (function[1] == 'v') {
      return raise(exc.TypeError, class_of(*globals)->slots.getitem ? "globals must be a real dict; try eval(code, {}, mapping)" : "globals must be a dict"), false;
    }
    return raisef(exc.TypeError, "exec() globals must be a dict, not %.100s", type_name(*globals)), false;
  }
  if (!*globals) {
    Frame* f = caller();
    if (!f) return raisef(exc.TypeError, "%s must be given globals and locals when called without a frame", function), false;
    *globals = f->function->globals;
    if (!*locals) *locals = TRY(frame_locals(f));
  } else if (!*locals) {
    *locals = *globals;
  }
  Dict* d = globals->as<Dict>();
  if (!dict_get_str(d, names.dunder_builtins) && !dict_set_str(d, names.dunder_builtins, builtins_module)) return false;
  return true;
}

Value bi_eval(Value* a) {
  Value globals = a[1], locals = a[2];
  if (!check_namespaces("eval", &globals, &locals)) return nullptr;
  if (is_exact(a[0], types.code)) {
    if (a[0].as<Code>()->nfrees) return raise(exc.TypeError, "code object passed to eval() may not contain free variables");
    return eval_code_hook(a[0].as<Code>(), globals.as<Dict>(), locals, nullptr);
  }
  CompileRequest r;
  bool is_text;
  if (!source_text(a[0], "eval", "string, bytes or code", &r.source, &is_text)) return nullptr;
  size_t start = r.source.find_first_not_of(" \t");
  if (start) r.source.erase(0, start == std::string::npos ? r.source.size() : start);
  r.is_text = is_text;
  r.mode = frontend::Mode::kEval;
  r.filename = names.string;
  r.flags = inherited_future_flags();
  Value code = TRY(compile_source(r));
  return eval_code_hook(code.as<Code>(), globals.as<Dict>(), locals, nullptr);
}

Value bi_exec(Value* a) {
  Value globals = a[1], locals = a[2];
  if (!check_namespaces("exec", &globals, &locals)) return nullptr;
  Value closure = a[3] && !a[3].is_none() ? a[3] : Value();
  if (is_exact(a[0], types.code)) {
    Code* code = a[0].as<Code>();
    Tuple* cells = nullptr;
    if (!code->nfrees) {
      if (closure) return raise(exc.TypeError, "cannot use a closure with this code object");
    } else {
      bool ok = closure && is_exact(closure, types.tuple) && static_cast<int64_t>(closure.as<Tuple>()->size) == code->nfrees;
      for (uint64_t i = 0; ok && i < closure.as<Tuple>()->size; ++i) ok = is_exact(closure.as<Tuple>()->items[i], types.cell);
      if (!ok) return raisef(exc.TypeError, "code object requires a closure of exactly length %d", code->nfrees);
      cells = closure.as<Tuple>();
    }
    TRY(eval_code_hook(code, globals.as<Dict>(), locals, cells));
    return Value::none();
  }
  if (closure) return raise(exc.TypeError, "closure can only be used when source is a code object");
  CompileRequest r;
  bool is_text;
  if (!source_text(a[0], "exec", "string, bytes or code", &r.source, &is_text)) return nullptr;
  r.is_text = is_text;
  r.filename = names.string;
  r.flags = inherited_future_flags();
  Value code = TRY(compile_source(r));
  TRY(eval_code_hook(code.as<Code>(), globals.as<Dict>(), locals, nullptr));
  return Value::none();
}

Value bi_import(Value* a) {
  int level = 0;
  if (a[4] && !to_int32(a[4], &level)) return nullptr;
  return import_name(a[0], a[1], a[3] ? a[3] : Value(empty_tuple()), level);
}

#define FN(name, signature, fn, effects, doc) {name, signature, fn, effects, MethodKind::kFunction, doc}
constexpr MethodDef kFunctions[] = {
    {.name = "__build_class__", .signature = "!(*args)", .kind = MethodKind::kFunction,
     .doc = "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nInternal helper function used by the class statement.",
     .raw = build_class},
    FN("__import__", "($module, /, name, globals=None, locals=None, fromlist=(),\n           level=0)", bi_import, Effects::kCallsPython,
       "Import a module.\n\nBecause this function is meant for use by the Python\ninterpreter and not for general use, it is better to use\n"
       "importlib.import_module() to programmatically import a module.\n\nThe globals argument is only used to determine the context;\n"
       "they are not modified.  The locals argument is unused.  The fromlist\nshould be a list of names to emulate ``from name import ...``, or an\n"
       "empty list to emulate ``import name``.\nWhen importing a module from a package, note that __import__('A.B', ...)\n"
       "returns package A when fromlist is empty, but its submodule B when\nfromlist is not empty.  The level argument is used to determine whether to\n"
       "perform absolute or relative imports: 0 is absolute, while a positive number\nis the number of parent directories to search relative to the "
       "current module."),
    FN("abs", "($module, x, /)", bi_abs, Effects::kCallsPython, "Return the absolute value of the argument."),
    FN("all", "($module, iterable, /)", bi_all, Effects::kCallsPython, "Return True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is empty, return True."),
    FN("any", "($module, iterable, /)", bi_any, Effects::kCallsPython, "Return True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, return False."),
    FN("ascii", "($module, obj, /)", bi_ascii, Effects::kCallsPython,
       "Return an ASCII-only representation of an object.\n\nAs repr(), return a string containing a printable representation of an\n"
       "object, but escape the non-ASCII characters in the string returned by\nrepr() using \\\\x, \\\\u or \\\\U escapes. This generates a string similar\n"
       "to that returned by repr() in Python 2."),
    FN("bin", "($module, number, /)", bi_bin, Effects::kCallsPython, "Return the binary representation of an integer.\n\n   >>> bin(2796202)\n   '0b1010101010101010101010'"),
    {.name = "breakpoint", .signature = "!(*args, **kws)", .kind = MethodKind::kFunction,
     .doc = "breakpoint(*args, **kws)\n\nCall sys.breakpointhook(*args, **kws).  sys.breakpointhook() must accept\nwhatever arguments are passed.\n\n"
            "By default, this drops you into the pdb debugger.",
     .raw = bi_breakpoint},
    FN("callable", "($module, obj, /)", bi_callable, Effects::kReads,
       "Return whether the object is callable (i.e., some kind of function).\n\nNote that classes are callable, as are instances of classes with a\n__call__() method."),
    FN("chr", "($module, i, /)", bi_chr, Effects::kCallsPython, "Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff."),
    FN("compile", "($module, /, source, filename, mode, flags=0,\n        dont_inherit=False, optimize=-1, *, _feature_version=-1)", bi_compile, Effects::kCallsPython,
       "Compile source into a code object that can be executed by exec() or eval().\n\nThe source code may represent a Python module, statement or expression.\n"
       "The filename will be used for run-time error messages.\nThe mode must be 'exec' to compile a module, 'single' to compile a\n"
       "single (interactive) statement, or 'eval' to compile an expression.\nThe flags argument, if present, controls which future statements influence\n"
       "the compilation of the code.\nThe dont_inherit argument, if true, stops the compilation inheriting\nthe effects of any future statements in effect in the code calling\n"
       "compile; if absent or false these statements do influence the compilation,\nin addition to any features explicitly specified."),
    FN("delattr", "($module, obj, name, /)", bi_delattr, Effects::kCallsPython,
       "Deletes the named attribute from the given object.\n\ndelattr(x, 'y') is equivalent to ``del x.y``"),
    FN("dir", "!(object=None, /)", bi_dir, Effects::kCallsPython,
       "dir([object]) -> list of strings\n\nIf called without an argument, return the names in the current scope.\n"
       "Else, return an alphabetized list of names comprising (some of) the attributes\nof the given object, and of attributes reachable from it.\n"
       "If the object supplies a method named __dir__, it will be used; otherwise\nthe default dir() logic is used and returns:\n"
       "  for a module object: the module's attributes.\n  for a class object:  its attributes, and recursively the attributes\n    of its bases.\n"
       "  for any other object: its attributes, its class's attributes, and\n    recursively the attributes of its class's base classes."),
    FN("divmod", "($module, x, y, /)", bi_divmod, Effects::kCallsPython, "Return the tuple (x//y, x%y).  Invariant: div*y + mod == x."),
    FN("eval", "($module, source, globals=None, locals=None, /)", bi_eval, Effects::kCallsPython,
       "Evaluate the given source in the context of globals and locals.\n\nThe source may be a string representing a Python expression\n"
       "or a code object as returned by compile().\nThe globals must be a dictionary and locals can be any mapping,\ndefaulting to the current globals and locals.\n"
       "If only globals is given, locals defaults to it."),
    FN("exec", "($module, source, globals=None, locals=None, /, *, closure=None)", bi_exec, Effects::kCallsPython,
       "Execute the given source in the context of globals and locals.\n\nThe source may be a string representing one or more Python statements\n"
       "or a code object as returned by compile().\nThe globals must be a dictionary and locals can be any mapping,\ndefaulting to the current globals and locals.\n"
       "If only globals is given, locals defaults to it.\nThe closure must be a tuple of cellvars, and can only be used\nwhen source is a code object requiring exactly that many cellvars."),
    FN("format", "($module, value, format_spec='', /)", bi_format, Effects::kCallsPython,
       "Return value.__format__(format_spec)\n\nformat_spec defaults to the empty string.\nSee the Format Specification Mini-Language section of help('FORMATTING') for\ndetails."),
    FN("getattr", "!(object, name, default=None, /)", bi_getattr, Effects::kCallsPython,
       "getattr(object, name[, default]) -> value\n\nGet a named attribute from an object; getattr(x, 'y') is equivalent to x.y.\n"
       "When a default argument is given, it is returned when the attribute doesn't\nexist; without it, an exception is raised in that case."),
    FN("globals", "($module, /)", bi_globals, Effects::kReads,
       "Return the dictionary containing the current scope's global variables.\n\nNOTE: Updates to this dictionary *will* affect name lookups in the current\nglobal scope and vice-versa."),
    FN("hasattr", "($module, obj, name, /)", bi_hasattr, Effects::kCallsPython,
       "Return whether the object has an attribute with the given name.\n\nThis is done by calling getattr(obj, name) and catching AttributeError."),
    FN("hash", "($module, obj, /)", bi_hash, Effects::kCallsPython,
       "Return the hash value for the given object.\n\nTwo objects that compare equal must also have the same hash value, but the\nreverse is not necessarily true."),
    FN("hex", "($module, number, /)", bi_hex, Effects::kCallsPython, "Return the hexadecimal representation of an integer.\n\n   >>> hex(12648430)\n   '0xc0ffee'"),
    FN("id", "($module, obj, /)", bi_id, Effects::kPure,
       "Return the identity of an object.\n\nThis is guaranteed to be unique among simultaneously existing objects.\n(CPython uses the object's memory address.)"),
    FN("input", "($module, prompt='', /)", bi_input, Effects::kCallsPython,
       "Read a string from standard input.  The trailing newline is stripped.\n\nThe prompt string, if given, is printed to standard output without a\n"
       "trailing newline before reading input.\n\nIf the user hits EOF (*nix: Ctrl-D, Windows: Ctrl-Z+Return), raise EOFError.\nOn *nix systems, readline is used if available."),
    FN("isinstance", "($module, obj, class_or_tuple, /)", bi_isinstance, Effects::kCallsPython,
       "Return whether an object is an instance of a class or of a subclass thereof.\n\nA tuple, as in ``isinstance(x, (A, B, ...))``, may be given as the target to\n"
       "check against. This is equivalent to ``isinstance(x, A) or isinstance(x, B)\nor ...`` etc."),
    FN("issubclass", "($module, cls, class_or_tuple, /)", bi_issubclass, Effects::kCallsPython,
       "Return whether 'cls' is derived from another class or is the same class.\n\nA tuple, as in ``issubclass(x, (A, B, ...))``, may be given as the target to\n"
       "check against. This is equivalent to ``issubclass(x, A) or issubclass(x, B)\nor ...``."),
    FN("iter", "!(iterable, sentinel=None, /)", bi_iter, Effects::kCallsPython,
       "iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\nGet an iterator from an object.  In the first form, the argument must\n"
       "supply its own iterator, or be a sequence.\nIn the second form, the callable is called until it returns the sentinel."),
    FN("aiter", "($module, async_iterable, /)", bi_aiter, Effects::kCallsPython, "Return an AsyncIterator for an AsyncIterable object."),
    FN("len", "($module, obj, /)", bi_len, Effects::kCallsPython, "Return the number of items in a container."),
    FN("locals", "($module, /)", bi_locals, Effects::kCallsPython,
       "Return a dictionary containing the current scope's local variables.\n\nNOTE: Whether or not updates to this dictionary will affect name lookups in\n"
       "the local scope and vice-versa is *implementation dependent* and not\ncovered by any backwards compatibility guarantees."),
    {.name = "max", .signature = "!(*args)", .kind = MethodKind::kFunction,
     .doc = "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a single iterable argument, return its biggest item. The\n"
            "default keyword-only argument specifies an object to return if\nthe provided iterable is empty.\nWith two or more arguments, return the largest argument.",
     .raw = bi_max},
    {.name = "min", .signature = "!(*args)", .kind = MethodKind::kFunction,
     .doc = "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\nWith a single iterable argument, return its smallest item. The\n"
            "default keyword-only argument specifies an object to return if\nthe provided iterable is empty.\nWith two or more arguments, return the smallest argument.",
     .raw = bi_min},
    FN("next", "!(iterator, default=None, /)", bi_next, Effects::kCallsPython,
       "next(iterator[, default])\n\nReturn the next item from the iterator. If default is given and the iterator\nis exhausted, it is returned instead of raising StopIteration."),
    FN("anext", "($module, aiterator, default=<unrepresentable>, /)", bi_anext, Effects::kCallsPython,
       "async anext(aiterator[, default])\n\nReturn the next item from the async iterator.  If default is given and the async\niterator is exhausted, it is returned instead of raising StopAsyncIteration."),
    FN("oct", "($module, number, /)", bi_oct, Effects::kCallsPython, "Return the octal representation of an integer.\n\n   >>> oct(342391)\n   '0o1234567'"),
    FN("ord", "($module, c, /)", bi_ord, Effects::kReads, "Return the Unicode code point for a one-character string."),
    FN("pow", "($module, /, base, exp, mod=None)", bi_pow, Effects::kCallsPython,
       "Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.\n\nSome types, such as ints, are able to use a more efficient algorithm when\n"
       "invoked using the three argument form."),
    {.name = "print", .signature = "($module, /, *args, sep=' ', end='\\n', file=None, flush=False)", .kind = MethodKind::kFunction,
     .doc = "Prints the values to a stream, or to sys.stdout by default.\n\n  sep\n    string inserted between values, default a space.\n  end\n"
            "    string appended after the last value, default a newline.\n  file\n    a file-like object (stream); defaults to the current sys.stdout.\n"
            "  flush\n    whether to forcibly flush the stream.",
     .raw = bi_print},
    FN("repr", "($module, obj, /)", bi_repr, Effects::kCallsPython,
       "Return the canonical string representation of the object.\n\nFor many object types, including most builtins, eval() will return\nthe same object."),
    FN("round", "($module, /, number, ndigits=None)", bi_round, Effects::kCallsPython,
       "Round a number to a given precision in decimal digits.\n\nThe return value is an integer if ndigits is omitted or None.  Otherwise\n"
       "the return value has the same type as the number.  ndigits may be negative."),
    FN("setattr", "($module, obj, name, value, /)", bi_setattr, Effects::kCallsPython,
       "Sets the named attribute on the given object to the specified value.\n\nsetattr(x, 'y', v) is equivalent to ``x.y = v``"),
    {.name = "sorted", .signature = "($module, iterable, /, *, key=None, reverse=False)", .kind = MethodKind::kFunction,
     .doc = "Return a new list containing all items from the iterable in ascending order.\n\nA custom key function can be supplied to customize the sort order, and the\n"
            "reverse flag can be set to request the result in descending order.",
     .raw = bi_sorted},
    FN("sum", "($module, iterable, /, start=0)", bi_sum, Effects::kCallsPython,
       "Return the sum of a 'start' value (default: 0) plus an iterable of numbers\n\nWhen the iterable is empty, return the start value.\n"
       "This function is intended specifically for use with numeric values and may\nreject non-numeric types."),
    FN("vars", "!(object=None, /)", bi_vars, Effects::kCallsPython,
       "vars([object]) -> dictionary\n\nWithout arguments, equivalent to locals().\nWith an argument, equivalent to object.__dict__."),
    {}};
#undef FN

}  // namespace

void init_builtins() {
  builtins_module = new_module(intern("builtins"));
  static Value root = builtins_module;
  heap.add_root_range(&root, &root + 1);
  add_string(builtins_module, "__doc__",
             "Built-in functions, exceptions, and other objects.\n\nNoteworthy: None is the `nil' object; Ellipsis represents `...' in slices.");
  add_functions(builtins_module, kFunctions);
  add_object(builtins_module, "None", Value::none());
  add_object(builtins_module, "Ellipsis", Value::ellipsis());
  add_object(builtins_module, "NotImplemented", Value::not_implemented());
  add_object(builtins_module, "False", Value::from_bool(false));
  add_object(builtins_module, "True", Value::from_bool(true));
  Class* const visible[] = {types.bool_,    types.memoryview, types.bytearray, types.bytes,     types.classmethod, types.complex, types.dict,
                            types.enumerate, types.filter,     types.float_,    types.frozenset, types.property,    types.int_,    types.list,
                            types.map,       types.object,     types.range,     types.reversed,  types.set,         types.slice,   types.staticmethod,
                            types.str,       types.super,      types.tuple,     types.type,      types.zip};
  for (Class* c : visible) {
    if (c) dict_set_str(builtins_module->dict(), c->name, c);
  }
#define EXCEPTION(name, base) add_object(builtins_module, #name, exc.name);
#include "runtime/exceptions.def"
#undef EXCEPTION
  add_object(builtins_module, "EnvironmentError", exc.OSError);
  add_object(builtins_module, "IOError", exc.OSError);
  add_object(builtins_module, "__debug__", Value::from_bool(config_debug()));
}

bool init_builtins_module(Module* m) { return dict_update(m->dict(), builtins_dict()); }
Module* get_builtins_module() { return builtins_module; }

}  // namespace pyjit::runtime
