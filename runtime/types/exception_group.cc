// BaseExceptionGroup and ExceptionGroup: construction rules, split, subgroup, derive; and the interpreter's except* steps.
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/arg_util.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception_layout.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {
namespace {

bool is_group(Value v) { return v.is_object() && is_subclass(class_of(v), exc.BaseExceptionGroup); }
Tuple* exceptions_of(Value group) { return group.as<Exception>()->extra[kGroupExceptions].as<Tuple>(); }

Value group_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (nargs != 2) {
    return raisef(exc.TypeError, "BaseExceptionGroup.__new__() takes exactly 2 arguments (%u given)", nargs);
  }
  Value message = args[0], sequence = args[1];
  if (!is_str(message)) {
    return raisef(exc.TypeError, "BaseExceptionGroup.__new__() argument 1 must be str, not %.50s", message.is_none() ? "None" : type_name(message));
  }
  if (!class_of(sequence)->slots.getitem || is_dict(sequence)) {
    return raise(exc.TypeError, "second argument (exceptions) must be a sequence");
  }
  Tuple* exceptions = TRY(to_tuple(sequence));
  if (exceptions->size == 0) return raise(exc.ValueError, "second argument (exceptions) must be a non-empty sequence");
  bool nested_base = false;
  for (uint64_t i = 0; i < exceptions->size; ++i) {
    if (!is_exception(exceptions->items[i])) {
      return raisef(exc.ValueError, "Item %llu of second argument (exceptions) is not an exception", static_cast<unsigned long long>(i));
    }
    nested_base |= !is_subclass(class_of(exceptions->items[i]), exc.Exception);
  }
  if (cls == exc.BaseExceptionGroup) {
    if (!nested_base) cls = exc.ExceptionGroup;   // all are Exceptions: the narrower class
  } else if (cls == exc.ExceptionGroup) {
    if (nested_base) return raise(exc.TypeError, "Cannot nest BaseExceptions in an ExceptionGroup");
  } else if (is_subclass(cls, exc.Exception) && nested_base) {
    return raisef(exc.TypeError, "Cannot nest BaseExceptions in '%.200s'", to_utf8(cls->name).c_str());
  }
  Value made = TRY(exception_new(cls, args, nargs, kwnames));
  auto* e = made.as<Exception>();
  set_extra(e, kGroupMessage, message);
  set_extra(e, kGroupExceptions, exceptions);
  return made;
}

bool group_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) { return exception_init(self, args, nargs, kwnames); }

Value group_str(Value self) {
  auto* e = self.as<Exception>();
  uint64_t count = exceptions_of(self)->size;
  StrBuilder out;
  out.append(e->extra[kGroupMessage].as<Str>());
  char buffer[64];
  snprintf(buffer, sizeof buffer, " (%llu sub-exception%s)", static_cast<unsigned long long>(count), count > 1 ? "s" : "");
  out.append_ascii(buffer);
  return out.finish();
}

Value derive(Value* args, uint32_t nargs, Tuple*) {
  if (nargs != 2) return raisef(exc.TypeError, "function takes exactly 1 argument (%u given)", nargs - 1);
  Value init[] = {args[0].as<Exception>()->extra[kGroupMessage], args[1]};
  return call(exc.BaseExceptionGroup, init, 2);
}

// A group like `original` over other exceptions: derive() and the copied metadata.
Value derive_like(Value original, List* exceptions) {
  static Str* const kDerive = intern("derive");
  Value made = TRY(call_method1(original, kDerive, exceptions));
  if (!is_group(made)) return raise(exc.TypeError, "derive must return an instance of BaseExceptionGroup");
  auto *from = original.as<Exception>(), *to = made.as<Exception>();
  to->traceback = from->traceback;
  to->context = from->context;
  to->cause = from->cause;
  to->suppress_context = from->suppress_context;
  write_barrier(to);
  Value notes = get_attr_or_null(original, names.dunder_notes);
  if (!notes) return error_pending() ? Value() : made;
  if (class_of(notes)->slots.getitem) {   // a copy, so that each part can grow its own
    List* copy = TRY(to_list(notes));
    if (!set_attr(made, names.dunder_notes, copy)) return nullptr;
  }
  return made;
}

enum class MatcherKind { kByType, kByPredicate, kInstances };

bool matcher_kind(Value matcher, MatcherKind* kind) {
  if (is_exact(matcher, types.function)) return *kind = MatcherKind::kByPredicate, true;
  if (is_exception_class(matcher)) return *kind = MatcherKind::kByType, true;
  if (is_tuple(matcher)) {
    auto* t = matcher.as<Tuple>();
    bool all = true;
    for (uint64_t i = 0; i < t->size; ++i) all &= is_exception_class(t->items[i]);
    if (all) return *kind = MatcherKind::kByType, true;
  }
  return raise(exc.TypeError, "expected a function, exception type or tuple of exception types"), false;
}

bool matches_types(Value exception, Value classinfo) {
  if (is_tuple(classinfo)) {
    auto* t = classinfo.as<Tuple>();
    for (uint64_t i = 0; i < t->size; ++i) {
      if (is_subclass(class_of(exception), t->items[i].as<Class>())) return true;
    }
    return false;
  }
  return is_subclass(class_of(exception), classinfo.as<Class>());
}

int matcher_check(Value exception, MatcherKind kind, Value matcher) {
  switch (kind) {
    case MatcherKind::kByType: return matches_types(exception, matcher);
    case MatcherKind::kByPredicate: {
      Value r = call1(matcher, exception);
      return r ? is_true(r) : -1;
    }
    case MatcherKind::kInstances: {
      // `matcher` is a set of leaf exceptions by identity.
      auto* list = matcher.as<List>();
      if (is_group(exception)) return 0;
      for (uint64_t i = 0; i < list->size; ++i) {
        if (list->items()[i] == exception) return 1;
      }
      return 0;
    }
  }
  return -1;
}

// Splits `exception` (a group or a leaf). *match and *rest are None when empty; rest null: not wanted.
bool split_recursive(Value exception, MatcherKind kind, Value matcher, Value* match, Value* rest) {
  *match = Value::none();
  if (rest) *rest = Value::none();
  int is_match = matcher_check(exception, kind, matcher);
  if (is_match < 0) return false;
  if (is_match) {
    *match = exception;
    return true;
  }
  if (!is_group(exception)) {
    if (rest) *rest = exception;
    return true;
  }
  RecursionGuard guard(" in exceptiongroup_split_recursive");
  if (!guard.ok()) return false;
  List* matched = TRY(new_list());
  List* others = TRY(new_list());
  Tuple* exceptions = exceptions_of(exception);
  for (uint64_t i = 0; i < exceptions->size; ++i) {
    Value m, r;
    if (!split_recursive(exceptions->items[i], kind, matcher, &m, rest ? &r : nullptr)) return false;
    if (!m.is_none() && !list_append(matched, m)) return false;
    if (rest && !r.is_none() && !list_append(others, r)) return false;
  }
  if (matched->size) {
    *match = derive_like(exception, matched);
    if (!*match) return false;
  }
  if (rest && others->size) {
    *rest = derive_like(exception, others);
    if (!*rest) return false;
  }
  return true;
}

Value split(Value* args, uint32_t nargs, Tuple*) {
  if (!check_positional("split", nargs - 1, 1, 1)) return nullptr;
  MatcherKind kind;
  if (!matcher_kind(args[1], &kind)) return nullptr;
  Value match, rest;
  if (!split_recursive(args[0], kind, args[1], &match, &rest)) return nullptr;
  return make_tuple(match, rest);
}

Value subgroup(Value* args, uint32_t nargs, Tuple*) {
  if (!check_positional("subgroup", nargs - 1, 1, 1)) return nullptr;
  MatcherKind kind;
  if (!matcher_kind(args[1], &kind)) return nullptr;
  Value match;
  if (!split_recursive(args[0], kind, args[1], &match, nullptr)) return nullptr;
  return match;
}

Value class_getitem(Value* args) { return new_generic_alias(args[0], args[1]); }

template <int kIndex>
bool read_only(Value, Value) { return raise(exc.AttributeError, "readonly attribute"), false; }

constexpr MethodDef kMethods[] = {
    {"__class_getitem__", "!($cls, item, /)", class_getitem, Effects::kCallsPython, MethodKind::kClassMethod, "See PEP 585"},
    {"derive", "!($self, *args)", nullptr, Effects::kCallsPython, MethodKind::kMethod, nullptr, derive},
    {"split", "!($self, *args)", nullptr, Effects::kCallsPython, MethodKind::kMethod, nullptr, split},
    {"subgroup", "!($self, *args)", nullptr, Effects::kCallsPython, MethodKind::kMethod, nullptr, subgroup},
    {}};

constexpr GetSetDef kGetSet[] = {
    {"message", get_field<kGroupMessage>, read_only<kGroupMessage>, "exception message"},
    {"exceptions", get_field<kGroupExceptions>, read_only<kGroupExceptions>, "nested exceptions"},
    {}};

constexpr Slots make_slots() {
  Slots s{};
  s.init = group_init;
  s.new_ = group_new;
  s.str = group_str;
  return s;
}

}  // namespace

const ClassSpec kBaseExceptionGroupSpec = {
    .name = "BaseExceptionGroup",
    .base = &exc.BaseException,
    .basicsize = exception_size(kGroupFieldCount),
    .flags = kClassBaseType,
    .trace_kind = TraceKind::kCustom,
    .trace = trace_exception<kGroupFieldCount>,
    .doc = "A combination of multiple unrelated exceptions.",
    .slots = make_slots(),
    .methods = kMethods,
    .getset = kGetSet,
};

void init_exception_group() {
  Dict* ns = new_dict();
  dict_set_str(ns, names.dunder_module, intern("builtins"));
  Value args[] = {intern("ExceptionGroup"), make_tuple(Value(exc.BaseExceptionGroup), Value(exc.Exception)), ns};
  Value made(new_class(types.type, args, 3, nullptr));
  exc.ExceptionGroup = made.as<Class>();
}

bool exception_group_match(Value exception, Value classinfo, Value* match, Value* rest) {
  if (matches_types(exception, classinfo)) {
    if (is_group(exception)) {
      *match = exception;
    } else {
      // A naked exception is wrapped, keeping where it came from.
      Value init[] = {names.empty, make_tuple(exception)};
      *match = call(exc.ExceptionGroup, init, 2);
      if (!*match && error_pending() && pending_matches(exc.TypeError)) {
        clear_pending();
        *match = call(exc.BaseExceptionGroup, init, 2);
      }
      if (!*match) return false;
    }
    *rest = Value::none();
    return true;
  }
  if (is_group(exception)) return split_recursive(exception, MatcherKind::kByType, classinfo, match, rest);
  *match = Value::none();
  *rest = exception;
  return true;
}

int check_except_star_type(Value classinfo) {
  auto check_one = [](Value v) {
    if (!is_exception_class(v)) {
      raise(exc.TypeError, "catching classes that do not inherit from BaseException is not allowed");
      return false;
    }
    if (is_subclass(v.as<Class>(), exc.BaseExceptionGroup)) {
      raise(exc.TypeError, "catching ExceptionGroup with except* is not allowed. Use except instead.");
      return false;
    }
    return true;
  };
  if (!is_tuple(classinfo)) return check_one(classinfo) ? 0 : -1;
  auto* t = classinfo.as<Tuple>();
  for (uint64_t i = 0; i < t->size; ++i) {
    if (!is_exception_class(t->items[i])) return check_one(t->items[i]) ? 0 : -1;
  }
  for (uint64_t i = 0; i < t->size; ++i) {
    if (!check_one(t->items[i])) return -1;
  }
  return 0;
}

// Leaves of a group, by identity.
static bool collect_leaves(Value exception, List* leaves) {
  if (!is_group(exception)) return list_append(leaves, exception);
  RecursionGuard guard(" in collect_exception_group_leaves");
  if (!guard.ok()) return false;
  Tuple* t = exceptions_of(exception);
  for (uint64_t i = 0; i < t->size; ++i) {
    if (!collect_leaves(t->items[i], leaves)) return false;
  }
  return true;
}

// Was `e` produced from `original` by splitting (same traceback, context, cause), and not raised anew?
static bool same_origin(Value e, Value original) {
  if (!is_group(e) || !is_group(original)) return false;
  auto same = [](Value a, Value b) { return (a ? a : Value::none()) == (b ? b : Value::none()); };
  auto *x = e.as<Exception>(), *y = original.as<Exception>();
  if (!same(x->traceback, y->traceback) || !same(x->context, y->context) || !same(x->cause, y->cause)) return false;
  return true;
}

Value prepare_reraise_star(Value original, List* exceptions) {
  if (exceptions->size == 0) return Value::none();
  if (!is_group(original)) {
    // A naked exception: either it is reraised as it was, or one handler raised something in its place.
    for (uint64_t i = 0; i < exceptions->size; ++i) {
      if (!exceptions->items()[i].is_none()) return exceptions->items()[i];
    }
    return Value::none();
  }
  List* raised = TRY(new_list());
  List* reraised = TRY(new_list());
  for (uint64_t i = 0; i < exceptions->size; ++i) {
    Value e = exceptions->items()[i];
    if (e.is_none()) continue;
    if (same_origin(e, original)) {
      if (!collect_leaves(e, reraised)) return nullptr;
    } else if (!list_append(raised, e)) {
      return nullptr;
    }
  }
  Value projected = Value::none();
  if (reraised->size) {
    Value unused;
    if (!split_recursive(original, MatcherKind::kInstances, reraised, &projected, nullptr)) return nullptr;
  }
  if (raised->size == 0) return projected;
  if (!projected.is_none() && !list_append(raised, projected)) return nullptr;
  Value init[] = {names.empty, raised};
  return call(exc.BaseExceptionGroup, init, 2);
}

}  // namespace pyjit::runtime
