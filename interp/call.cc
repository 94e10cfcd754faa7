// Calls that the inline paths of CALL do not take: binding, bound methods, classes, native functions, keywords, f(*args, **kwargs).
#include <cmath>

#include "interp/frames.h"
#include "interp/machine.h"
#include "runtime/native.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/object.h"
#include "runtime/types/str.h"

namespace pyjit::interp {

using namespace pyjit::runtime;

// ORDER(Signature): optional parameters that were left out arrive as null.
NativeResult call_native_fast(Value callee, Value self, const Value* regs, const uint16_t* args, unsigned count) {
  auto* f = callee.as<NativeFunction>();
  const MethodDef* def = f->def;
  if (f->owner) {
    // A method descriptor: self is its first argument and must be of its class.
    if (!self || !is_subclass(class_of(self), f->owner)) [[unlikely]] return {nullptr, 0};
  } else if (def->kind == MethodKind::kMethod || def->kind == MethodKind::kClassMethod) {
    if (self) return {nullptr, 0};
    self = f->self;
  }
  if (count >= kDirectEntries) [[unlikely]] return {nullptr, 0};
  unsigned entries = count + (self ? 1 : 0);
  if (!def->raw) {
    const Signature* s = ensure_signature(f);
    if (!s->direct || entries < s->required_positional || entries > s->positional) [[unlikely]] return {nullptr, 0};
    entries = s->positional + s->keyword_only;
  }
  // As large as what is filled: stale references in unused room would be kept alive by the scan of the native stack.
  auto* window = static_cast<Value*>(__builtin_alloca(entries * sizeof(Value)));
  unsigned given = 0;
  if (self) window[given++] = self;
  if (count) {
    window[given++] = regs[args[0]];
    for (unsigned i = 1; i < count; ++i) window[given++] = regs[args[i]];
  }
  if (def->raw) return {def->raw(window, given, nullptr), 1};
  for (; given < entries; ++given) window[given] = nullptr;
  return {def->fn(window), 1};
}

namespace {

// Stores a finished call's result and moves the caller behind the instruction.
CallStatus done(Thread* thread, unsigned destination, const Instr* next, Value v) {
  if (!v) return CallStatus::kError;
  Frame* frame = thread->frame;
  frame->regs()[destination] = v;
  frame->pc = next;
  return CallStatus::kDone;
}

// `args` has room for one more value in front (args[-1] may be overwritten).
CallStatus call_values(Thread* thread, Value callee, Value* args, uint32_t nargs, Tuple* kwnames, unsigned destination, const Instr* pc, const Instr* next) {
  Frame* caller = thread->frame;
  for (;;) {
    if (!callee.is_object()) break;
    Class* cls = callee.as_object()->cls();
    if (cls == types.function) {
      caller->pc = next;
      CallStatus status = push_call(thread, callee.as<Function>(), args, nargs, kwnames, destination, 0, nullptr);
      if (status == CallStatus::kError) caller->pc = pc + 1;
      return status;
    }
    if (cls == types.method) {
      args[-1] = callee.as<Method>()->self;
      callee = callee.as<Method>()->function;
      --args;
      ++nargs;
      // args[-1] is gone now: a method of a method goes the general way.
      if (!callee.is_object() || callee.as_object()->cls() != types.function) break;
      continue;
    }
    if (cls == types.type) {
      // A class whose instances object.__new__ makes and a Python __init__ fills.
      Class* target = callee.as<Class>();
      if (nargs == 1 && !kwnames) {   // str(number), str(text), type(x): what these classes' calls come to
        if (target == types.str && (args[0].is_int() || args[0].is_double() || is_exact_str(args[0]))) return done(thread, destination, next, str(args[0]));
        if (target == types.type) return done(thread, destination, next, class_of(args[0]));
      }
      if (target->slots.new_ != types.object->slots.new_ || target->has(kClassAbstract) || target->has(kClassNoInstantiation)) break;
      Value init = class_lookup(target, names.dunder_init);
      if (!init || !is_exact(init, types.function)) break;
      Object* self = allocate_instance(target);
      if (!self) return CallStatus::kError;
      args[-1] = self;
      caller->pc = next;
      CallStatus status = push_call(thread, init.as<Function>(), args - 1, nargs + 1, kwnames, destination, kFrameConstructor, self);
      if (status == CallStatus::kError) caller->pc = pc + 1;
      return status;
    }
    break;
  }
  return done(thread, destination, next, call(callee, args, nargs, kwnames));
}

// The arguments of a call as the instruction names them: registers of the caller.
struct Arguments {
  const Value* regs;
  const uint16_t* list;
  unsigned positional, keywords;
  uint32_t keyword_map;   // parameter of each keyword, four bits each
  Value self;             // in front of the others, or null
};

// Pushes the frame of a function without *args and **kwargs whose arguments bind without an error; nothing has happened when false.
PYJIT_INLINE bool push_direct(Thread* thread, Function* f, const Arguments& a, Value self, unsigned destination, uint32_t flags) {
  Code* code = f->code;
  CompiledCode* compiled = code->compiled;
  if (!compiled || compiled->named_args < 0) return false;
  unsigned given = a.positional + (self ? 1 : 0);
  auto argcount = static_cast<unsigned>(code->argcount);
  char* base = thread->stack_top;
  if (given > argcount || base + compiled->frame_bytes > thread->stack_limit || thread->recursion_depth >= thread->recursion_limit) return false;
  auto* frame = reinterpret_cast<Frame*>(base);
  Value *const parameters = frame->regs(), *out = parameters;
  if (self) *out++ = self;
  for (unsigned i = 0; i < a.positional; ++i) *out++ = a.regs[a.list[i]];
  for (Value* end = parameters + compiled->clear_to; out < end; ++out) *out = nullptr;
  if (a.keywords || static_cast<int32_t>(given) < compiled->named_args) {
    for (unsigned k = 0; k < a.keywords; ++k) {
      Value* parameter = &parameters[(a.keyword_map >> (4 * k)) & 15];
      if (*parameter) return false;
      *parameter = a.regs[a.list[a.positional + k]];
    }
    unsigned first_default = argcount - (f->defaults ? static_cast<unsigned>(f->defaults->size) : 0);   // more defaults than parameters: wraps
    for (unsigned i = given; i < argcount; ++i) {
      if (parameters[i]) continue;
      if (i < first_default) return false;
      parameters[i] = f->defaults->items[i - first_default];
    }
    for (unsigned i = argcount; i < static_cast<unsigned>(compiled->named_args); ++i) {
      if (parameters[i]) continue;
      if (!f->kwdefaults || !f->kwdefaults->str_keys_only) return false;
      parameters[i] = dict_get_str(f->kwdefaults, code->localsplusnames->items[i].as<Str>());
      if (!parameters[i]) return false;
    }
  }
  frame->back = thread->frame;
  frame->function = f;
  frame->code = code;
  frame->pc = compiled->entry;
  frame->locals = nullptr;
  frame->object = nullptr;
  frame->flags = flags;
  frame->return_register = destination;
  frame->self = flags & kFrameConstructor ? self : Value();
  thread->stack_top = base + compiled->frame_bytes;
  thread->frame = frame;
  ++thread->recursion_depth;
  ++compiled->entry_counter;
  return true;
}

// The cache words of CALL*. A class with this version makes instances by object.__new__ and fills them by `init` (null: not at all). In
// CALL*_KW: the keyword map that holds for the code object with this id.
struct ClassCallCache { uint32_t version, unused; Function* init; };
struct KeywordCache { uint32_t code_id, map; };
template <class T> T* call_cache(const Instr* pc) { return reinterpret_cast<T*>(const_cast<Instr*>(pc + 2)); }

// False: a class that is not instantiated that way.
bool find_init(Class* cls, Function** init) {
  if (cls->slots.new_ != types.object->slots.new_ || cls->has(kClassNoInstantiation) || !cls->version) return false;
  *init = nullptr;
  if (cls->slots.init == types.object->slots.init) return true;
  Value found = class_lookup(cls, names.dunder_init);
  if (!found || !is_exact(found, types.function)) return false;
  *init = found.as<Function>();
  return true;
}

// Which parameter each keyword names: false when one names none, or there are too many.
bool map_keywords(Function* f, const Instr* pc, Tuple* kwnames, uint32_t* map) {
  CompiledCode* compiled = f->code->compiled;
  if (!compiled || compiled->named_args < 0) return false;
  auto* cache = call_cache<KeywordCache>(pc);
  if (cache->code_id != compiled->id) {
    if (kwnames->size > 8) return false;
    uint32_t bits = 0;
    for (uint64_t k = 0; k < kwnames->size; ++k) {
      int i = f->code->posonlyargcount;
      while (i < compiled->named_args && !(f->code->localsplusnames->items[i] == kwnames->items[k])) ++i;
      if (i >= compiled->named_args || i > 15) return false;
      bits |= static_cast<uint32_t>(i) << (4 * k);
    }
    *cache = {compiled->id, bits};
  }
  *map = cache->map;
  return true;
}

// What the calls of builtin classes come to most of the time. Null: the general way, unless an exception is pending.
Value call_builtin_class(Class* cls, const Arguments& a) {
  Value first = a.positional ? a.regs[a.list[0]] : Value();
  if (cls == types.range) {
    if (a.positional == 1 && first.is_int()) return new_range(Value::from_int(0), first, Value::from_int(1));
    if (a.positional == 2 && first.is_int() && a.regs[a.list[1]].is_int()) return new_range(first, a.regs[a.list[1]], Value::from_int(1));
    return nullptr;
  }
  if (a.positional == 0) {
    if (cls == types.list) return new_list();
    if (cls == types.dict) return new_dict();
    if (cls == types.set) return new_set(nullptr);
    return nullptr;
  }
  if (a.positional != 1) return nullptr;
  if (cls == types.type) return class_of(first);
  if (cls == types.str) return first.is_int() ? Value(int_repr(first)) : is_exact_str(first) || first.is_double() ? Value(str(first)) : Value();
  if (cls == types.int_) {
    if (first.is_int()) return first;
    if (first.is_double() && std::abs(first.as_double()) < 1e14) return Value::from_int(static_cast<int64_t>(first.as_double()));
    return nullptr;
  }
  if (cls == types.float_) return first.is_double() ? first : first.is_int() ? Value::from_double(static_cast<double>(first.as_int())) : Value();
  if (cls == types.bool_) {
    int truth = is_true(first);
    return truth < 0 ? Value() : Value::from_bool(truth);
  }
  if (cls == types.tuple) return is_exact(first, types.tuple) ? first : is_exact(first, types.list) ? Value(to_tuple(first)) : Value();
  if (cls == types.list && (is_exact(first, types.list) || is_exact(first, types.tuple))) return to_list(first);
  return nullptr;
}

// The quick ways for callees that need more than CALL does inline. kLeave: none applies and nothing has happened.
PYJIT_INLINE CallStatus call_direct(Thread* thread, Value* regs, const Instr* pc, Arguments a, Tuple* kwnames, const Instr* next) {
  Value callee = regs[pc->b];
  if (!callee.is_object()) return CallStatus::kLeave;
  uint32_t shape = callee.as_object()->shape_bits;
  Function* f;
  Value self = a.self;
  uint32_t flags = 0;
  if (shape == shapes.function) {
    f = callee.as<Function>();
  } else if (shape == shapes.type && !self) {
    Class* cls = callee.as<Class>();
    if (!cls->has(kClassHeap) && !kwnames) {
      Value v = call_builtin_class(cls, a);
      return v ? done(thread, pc->a, next, v) : error_pending() ? CallStatus::kError : CallStatus::kLeave;
    }
    auto* cache = call_cache<ClassCallCache>(pc);
    if (kwnames || cache->version != cls->version) {
      if (!find_init(cls, &f)) return CallStatus::kLeave;
      if (!kwnames) *cache = {cls->version, 0, f};
    } else {
      f = cache->init;
    }
    if (cls->has(kClassAbstract) || (!f && a.positional + a.keywords)) return CallStatus::kLeave;
    if (kwnames && f && !map_keywords(f, pc, kwnames, &a.keyword_map)) return CallStatus::kLeave;
    self = allocate_instance(cls);
    if (!self) return CallStatus::kError;
    if (!f) return done(thread, pc->a, next, self);
    flags = kFrameConstructor;
  } else if (shape == shapes.method && !self) {
    Value function = callee.as<Method>()->function;
    if (!is_exact(function, types.function)) return CallStatus::kLeave;
    f = function.as<Function>();
    self = callee.as<Method>()->self;
  } else {
    return CallStatus::kLeave;
  }
  if (kwnames && !flags && !map_keywords(f, pc, kwnames, &a.keyword_map)) return CallStatus::kLeave;
  Frame* caller = reinterpret_cast<Frame*>(regs) - 1;
  if (push_direct(thread, f, a, self, pc->a, flags)) {
    caller->pc = next;
    return CallStatus::kFrame;
  }
  if (!flags) return CallStatus::kLeave;
  // The instance exists already: bind here.
  Value* window = regs + window_word(pc)->window + (pc->op == kCALL_METHOD || pc->op == kCALL_METHOD_KW);
  for (unsigned i = 0; i < a.positional + a.keywords; ++i) window[i] = regs[a.list[i]];
  window[-1] = self;
  caller->pc = next;
  CallStatus status = push_call(thread, f, window - 1, a.positional + 1, kwnames, pc->a, flags, self);
  if (status == CallStatus::kError) caller->pc = pc + 1;
  return status;
}

}  // namespace

// The window (the home registers of the arguments) lies above everything that is live; the word below it is the callee's, or the unused
// NULL's home, so args[-1] is free.
CallStatus call_slow(Thread* thread, Value* regs, const Instr* pc) {
  Value* window = regs + window_word(pc)->window;
  unsigned count = pc->c;
  const uint16_t* args = register_list(pc, 4);
  CallStatus status = call_direct(thread, regs, pc, {regs, args, count, 0, 0, nullptr}, nullptr, pc + 4 + list_words(count));
  if (status != CallStatus::kLeave) return status;
  Value callee = regs[pc->b];
  for (unsigned i = 0; i < count; ++i) window[i] = regs[args[i]];
  return call_values(thread, callee, window, count, nullptr, pc->a, pc, pc + 4 + list_words(count));
}

CallStatus call_method_slow(Thread* thread, Value* regs, const Instr* pc) {
  Value* window = regs + window_word(pc)->window;
  unsigned count = pc->c;
  const uint16_t* args = register_list(pc, 4);
  Value callee = regs[pc->b], self = regs[pc->b + 1u];
  const Instr* next = pc + 4 + list_words(count);
  CallStatus status = call_direct(thread, regs, pc, {regs, args, count, 0, 0, self}, nullptr, next);
  if (status != CallStatus::kLeave) return status;
  for (unsigned i = 0; i < count; ++i) window[i + 1] = regs[args[i]];
  if (!self) return call_values(thread, callee, window + 1, count, nullptr, pc->a, pc, next);
  window[0] = self;
  return call_values(thread, callee, window, count + 1, nullptr, pc->a, pc, next);
}

CallStatus call_keywords(Thread* thread, Value* regs, const Instr* pc) {
  Value* window = regs + window_word(pc)->window;
  unsigned count = pc->c;
  auto* kwnames = word_value(pc, 4).as<Tuple>();
  const uint16_t* args = register_list(pc, 5);
  const Instr* next = pc + 5 + list_words(count);
  if (kwnames->size > count) {
    raise(exc.SystemError, "malformed bytecode: more keyword names than arguments");
    return CallStatus::kError;
  }
  uint32_t positional = count - static_cast<uint32_t>(kwnames->size);
  Value callee = regs[pc->b];
  bool method = pc->op == kCALL_METHOD_KW;
  Value self = method ? regs[pc->b + 1u] : Value();
  CallStatus status = call_direct(thread, regs, pc, {regs, args, positional, static_cast<unsigned>(kwnames->size), 0, self}, kwnames, next);
  if (status != CallStatus::kLeave) return status;
  if (method) {
    for (unsigned i = 0; i < count; ++i) window[i + 1] = regs[args[i]];
    if (!self) return call_values(thread, callee, window + 1, positional, kwnames, pc->a, pc, next);
    window[0] = self;
    return call_values(thread, callee, window, positional + 1, kwnames, pc->a, pc, next);
  }
  for (unsigned i = 0; i < count; ++i) window[i] = regs[args[i]];
  return call_values(thread, callee, window, positional, kwnames, pc->a, pc, next);
}

std::string callee_text(Value callee) {
  Value name = get_attr_or_null(callee, names.dunder_qualname);
  if (name) {
    Value module = get_attr_or_null(callee, names.dunder_module);
    if (error_pending()) clear_pending();
    if (is_str(name)) {
      std::string text = to_utf8(name.as<Str>()) + "()";
      if (module && is_str(module) && !str_equals(module.as<Str>(), "builtins")) text = to_utf8(module.as<Str>()) + "." + text;
      return text;
    }
  }
  if (error_pending()) clear_pending();
  Str* s = str(callee);
  if (s) return to_utf8(s);
  clear_pending();
  return "?";
}

CallStatus call_ex(Thread* thread, Value* regs, const Instr* pc) {
  Value callee = regs[pc->b], args_value = regs[pc->c];
  Value kwargs_value = window_word(pc)->flags ? regs[window_word(pc)->window] : Value();
  Frame* caller = thread->frame;
  const Instr* next = pc + 2;
  if (kwargs_value && !is_exact(kwargs_value, types.dict)) {
    Dict* d = new_dict();
    if (!d) return CallStatus::kError;
    if (!dict_update(d, kwargs_value)) {
      if (pending_matches(exc.AttributeError)) {
        clear_pending();
        raise(exc.TypeError, callee_text(callee) + " argument after ** must be a mapping, not " + type_name(kwargs_value));
      }
      return CallStatus::kError;
    }
    kwargs_value = d;
  }
  if (!is_exact(args_value, types.tuple)) {
    if (!is_iterable_type(args_value)) {
      raise(exc.TypeError, callee_text(callee) + " argument after * must be an iterable, not " + type_name(args_value));
      return CallStatus::kError;
    }
    Tuple* t = to_tuple(args_value);
    if (!t) return CallStatus::kError;
    args_value = t;
  }
  auto* args = args_value.as<Tuple>();
  auto* kwargs = kwargs_value ? kwargs_value.as<Dict>() : nullptr;
  uint64_t keywords = kwargs ? kwargs->size : 0;
  Value function = callee, self;
  if (is_exact(callee, types.method) && is_exact(callee.as<Method>()->function, types.function)) {
    function = callee.as<Method>()->function;
    self = callee.as<Method>()->self;
  }
  if (!is_exact(function, types.function)) return done(thread, pc->a, next, call_tuple_dict(callee, args, keywords ? kwargs : nullptr));
  if (!keywords && !self) {
    caller->pc = next;
    CallStatus status = push_call(thread, function.as<Function>(), args->items, args->size, nullptr, pc->a, 0, nullptr);
    if (status == CallStatus::kError) caller->pc = pc + 1;
    return status;
  }
  uint64_t positional = args->size + (self ? 1 : 0);
  ValueArray* window = new_value_array(positional + keywords + 1);
  Tuple* kwnames = keywords ? new_tuple_null(keywords) : nullptr;
  if (!window || (keywords && !kwnames)) return CallStatus::kError;
  Value* out = window->items;
  if (self) *out++ = self;
  for (uint64_t i = 0; i < args->size; ++i) *out++ = args->items[i];
  if (keywords) {
    uint64_t position = 0, i = 0;
    Value key, value;
    while (i < keywords && dict_next(kwargs, &position, &key, &value)) {
      if (!is_str(key)) {
        raise(exc.TypeError, "keywords must be strings");
        return CallStatus::kError;
      }
      kwnames->items[i++] = key;
      *out++ = value;
    }
  }
  caller->pc = next;
  CallStatus status = push_call(thread, function.as<Function>(), window->items, positional, kwnames, pc->a, 0, nullptr);
  if (status == CallStatus::kError) caller->pc = pc + 1;
  return status;
}

}  // namespace pyjit::interp
