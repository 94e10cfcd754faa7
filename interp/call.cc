// Calls that the inline paths of CALL do not take: binding, bound methods, classes, native functions, keywords, f(*args, **kwargs).
#include "interp/frames.h"
#include "interp/machine.h"
#include "runtime/native.h"
#include "runtime/types/dict.h"
#include "runtime/types/object.h"
#include "runtime/types/str.h"

namespace pyjit::interp {

using namespace pyjit::runtime;

// ORDER(Signature): optional parameters that were left out arrive as null.
NativeResult call_native_fast(Value callee, Value self, const Value* regs, const uint16_t* args, unsigned count) {
  auto* f = callee.as<NativeFunction>();
  const MethodDef* def = f->def;
  if (!def->fn || def->raw) return {nullptr, 0};
  const Signature* s = ensure_signature(f);
  if (f->owner) {
    // A method descriptor: self is its first argument and must be of its class.
    if (!self) return {nullptr, 0};
    Class* cls = class_of(self);
    if (cls != f->owner && !is_subclass(cls, f->owner)) return {nullptr, 0};
  } else {
    bool takes = def->kind == MethodKind::kMethod || def->kind == MethodKind::kClassMethod;
    if (takes && self) return {nullptr, 0};
    if (takes) self = f->self;
  }
  unsigned given = count + (self ? 1 : 0), total = s->total();
  if (s->var_args || s->var_keywords || s->keyword_only || given < s->required_positional || given > s->positional || total > 8) return {nullptr, 0};
  Value window[8];
  unsigned n = 0;
  if (self) window[n++] = self;
  for (unsigned i = 0; i < count; ++i) window[n++] = regs[args[i]];
  for (; n < total; ++n) window[n] = nullptr;
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

}  // namespace

// The window (the home registers of the arguments) lies above everything that is live; the word below it is the callee's, or the unused
// NULL's home, so args[-1] is free.
CallStatus call_slow(Thread* thread, Value* regs, const Instr* pc) {
  Value* window = regs + window_word(pc)->window;
  unsigned count = pc->c;
  const uint16_t* args = register_list(pc, 4);
  Value callee = regs[pc->b];
  for (unsigned i = 0; i < count; ++i) window[i] = regs[args[i]];
  return call_values(thread, callee, window, count, nullptr, pc->a, pc, pc + 4 + list_words(count));
}

CallStatus call_method_slow(Thread* thread, Value* regs, const Instr* pc) {
  Value* window = regs + window_word(pc)->window;
  unsigned count = pc->c;
  const uint16_t* args = register_list(pc, 4);
  Value callee = regs[pc->b], self = regs[pc->b + 1u];
  for (unsigned i = 0; i < count; ++i) window[i + 1] = regs[args[i]];
  const Instr* next = pc + 4 + list_words(count);
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
  if (pc->op == kCALL_METHOD_KW) {
    Value self = regs[pc->b + 1u];
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
