// Raising, exception matching, with, async protocols, DICT_MERGE, PRINT_EXPR: instructions that are one call each.
#include "frontend/code.h"
#include "interp/generators.h"
#include "interp/machine.h"
#include "interp/trace_events.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/generator.h"
#include "runtime/types/str.h"

namespace pyjit::interp {

using namespace pyjit::runtime;

namespace {

Value repr_text(Value v) {
  Str* s = repr(v);
  return s ? Value(s) : Value();
}

// The exception instance of `raise X` / `raise X()`; null with TypeError pending.
Value instantiate(Value v, const char* error) {
  if (is_exception_class(v)) {
    Value e = call0(v);
    if (!e) return nullptr;
    if (!is_exception(e)) {
      Value type_text = repr_text(v), class_text = repr_text(class_of(e));
      if (!type_text || !class_text) return nullptr;
      return raise(exc.TypeError, "calling " + to_utf8(type_text.as<Str>()) + " should have returned an instance of BaseException, not " +
                                      to_utf8(class_text.as<Str>()));
    }
    return e;
  }
  if (is_exception(v)) return v;
  return raise(exc.TypeError, error);
}

Value handled_exception(Thread* thread) {
  for (ExcInfo* info = thread->exc_info; info; info = info->previous) {
    if (info->value && !info->value.is_none()) return info->value;
  }
  return nullptr;
}

}  // namespace

bool raise_slow(Thread* thread, Value* regs, const Instr* pc) {
  const uint16_t* list = register_list(pc, 1);
  if (pc->c == 0) {
    Value e = handled_exception(thread);
    if (!e) {
      raise(exc.RuntimeError, "No active exception to reraise");
      return false;
    }
    thread->exception = e;
    return true;
  }
  Value e = instantiate(regs[list[0]], "exceptions must derive from BaseException");
  if (!e) return false;
  if (pc->c == 2) {
    Value cause = regs[list[1]];
    if (!cause.is_none()) {
      cause = instantiate(cause, "exception causes must derive from BaseException");
      if (!cause) return false;
    }
    auto* exception = e.as<Exception>();
    exception->cause = cause;
    exception->suppress_context = true;
    write_barrier(exception);
  }
  raise_object(e);
  return false;
}

bool slow_CHECK_EXC_MATCH(Thread* thread, Value* regs, const Instr* pc) {
  int r = exception_matches(regs[pc->b], regs[pc->c]);
  if (r < 0) return false;
  regs[pc->a] = Value::from_bool(r);
  return true;
}

// a: the group, then what did not match. b: the type, then what matched or None.
bool slow_CHECK_EG_MATCH(Thread* thread, Value* regs, const Instr* pc) {
  Value type = regs[pc->b];
  if (check_except_star_type(type) < 0) return false;
  Value match, rest;
  if (!exception_group_match(regs[pc->c], type, &match, &rest)) return false;
  regs[pc->a] = rest;
  regs[pc->b] = match;
  if (match && !match.is_none()) thread->exc_info->value = match;
  return true;
}

bool slow_PREP_RERAISE_STAR(Thread* thread, Value* regs, const Instr* pc) {
  if (!is_list(regs[pc->c])) {
    raise_bad_internal_call("PREP_RERAISE_STAR");
    return false;
  }
  Value v = prepare_reraise_star(regs[pc->b], regs[pc->c].as<List>());
  if (!v) return false;
  regs[pc->a] = v;
  return true;
}

static bool enter_manager(Value* regs, const Instr* pc, Str* enter_name, Str* exit_name, const char* protocol, const char* exit_text) {
  Value manager = regs[pc->b];
  Value enter = lookup_special(manager, enter_name);
  if (!enter) {
    if (!error_pending()) raisef(exc.TypeError, "'%.200s' object does not support the %s protocol", type_name(manager), protocol);
    return false;
  }
  Value exit = lookup_special(manager, exit_name);
  if (!exit) {
    if (!error_pending())
      raisef(exc.TypeError, "'%.200s' object does not support the %s protocol (missed %s method)", type_name(manager), protocol, exit_text);
    return false;
  }
  Value entered = call0(enter);
  if (!entered) return false;
  regs[pc->a] = exit;
  regs[pc->a + 1u] = entered;
  return true;
}
bool slow_BEFORE_WITH(Thread* thread, Value* regs, const Instr* pc) {
  return enter_manager(regs, pc, names.dunder_enter, names.dunder_exit, "context manager", "__exit__");
}
bool slow_BEFORE_ASYNC_WITH(Thread* thread, Value* regs, const Instr* pc) {
  return enter_manager(regs, pc, names.dunder_aenter, names.dunder_aexit, "asynchronous context manager", "__aexit__");
}
bool slow_WITH_EXCEPT_START(Thread* thread, Value* regs, const Instr* pc) {
  Value e = regs[pc->c];
  Value traceback = is_exception(e) ? e.as<Exception>()->traceback : Value();
  Value v = call3(regs[pc->b], class_of(e), e, traceback ? traceback : Value::none());
  if (!v) return false;
  regs[pc->a] = v;
  return true;
}

bool slow_GET_AITER(Thread* thread, Value* regs, const Instr* pc) {
  Value v = regs[pc->b];
  auto aiter = class_of(v)->slots.aiter;
  if (!aiter) {
    raisef(exc.TypeError, "'async for' requires an object with __aiter__ method, got %.100s", type_name(v));
    return false;
  }
  Value iterator = aiter(v);
  if (!iterator) return false;
  if (!class_of(iterator)->slots.anext) {
    raisef(exc.TypeError, "'async for' received an object from __aiter__ that does not implement __anext__: %.100s", type_name(iterator));
    return false;
  }
  regs[pc->a] = iterator;
  return true;
}

bool slow_GET_ANEXT(Thread* thread, Value* regs, const Instr* pc) {
  Value iterator = regs[pc->b];
  auto anext = class_of(iterator)->slots.anext;
  if (!anext) {
    raisef(exc.TypeError, "'async for' requires an iterator with __anext__ method, got %.100s", type_name(iterator));
    return false;
  }
  Value next = anext(iterator);
  if (!next) return false;
  if (!is_exact(iterator, types.async_generator)) {
    Value awaitable = awaitable_iterator(next);
    if (!awaitable) {
      Value cause = take_pending();
      raisef(exc.TypeError, "'async for' received an invalid object from __anext__: %.100s", type_name(next));
      if (thread->exception && is_exception(thread->exception)) {
        auto* e = thread->exception.as<Exception>();
        e->cause = cause;
        e->context = cause;
        e->suppress_context = true;
        write_barrier(e);
      }
      return false;
    }
    next = awaitable;
  }
  regs[pc->a] = next;
  return true;
}

bool slow_GET_AWAITABLE(Thread* thread, Value* regs, const Instr* pc) {
  Value v = regs[pc->b];
  Value iterator = awaitable_iterator(v);
  if (!iterator) {
    if (pc->c && !class_of(v)->slots.await && pending_matches(exc.TypeError)) {
      clear_pending();
      raisef(exc.TypeError, "'async with' received an object from %s that does not implement __await__: %.100s",
             pc->c == 1 ? "__aenter__" : "__aexit__", type_name(v));
    }
    return false;
  }
  if (is_exact(iterator, types.coroutine) && generator_delegate(iterator.as<Generator>())) {
    raise(exc.RuntimeError, "coroutine is being awaited already");
    return false;
  }
  regs[pc->a] = iterator;
  return true;
}

bool slow_GET_YIELD_FROM_ITER(Thread* thread, Value* regs, const Instr* pc) {
  Value v = regs[pc->b];
  if (is_exact(v, types.coroutine)) {
    if (!(thread->frame->code->code_flags & (frontend::kCoroutine | frontend::kIterableCoroutine))) {
      raise(exc.TypeError, "cannot 'yield from' a coroutine object in a non-coroutine generator");
      return false;
    }
  } else if (!is_exact(v, types.generator)) {
    v = get_iter(v);
    if (!v) return false;
  }
  regs[pc->a] = v;
  return true;
}

bool slow_ASYNC_GEN_WRAP(Thread* thread, Value* regs, const Instr* pc) {
  Value v = wrap_async_value(regs[pc->b]);
  if (!v) return false;
  regs[pc->a] = v;
  return true;
}

bool end_async_for(Value exception) {
  if (is_exception(exception) && is_instance(exception, exc.StopAsyncIteration)) return true;
  if (!is_exception(exception)) {
    raise(exc.SystemError, "END_ASYNC_FOR without an exception");
    return false;
  }
  thread()->exception = exception;
  return false;
}

Value send_slow(Value receiver, Value value, bool* returned) {
  *returned = false;
  Value v;
  if (is_exact(receiver, types.generator) || is_exact(receiver, types.coroutine)) return generator_send(receiver.as<Generator>(), value, returned);
  Class* cls = class_of(receiver);
  if (value.is_none() && cls->slots.next) {
    v = cls->slots.next(receiver);
  } else {
    v = call_method1(receiver, names.send, value);
  }
  if (v) return v;
  if (error_pending()) {
    if (!pending_matches(exc.StopIteration)) return nullptr;
    if (thread()->poll & kPollTrace && !trace_exception(thread())) return nullptr;
    Value e = take_pending();
    v = e.as<Exception>()->extra[0];
  }
  *returned = true;
  return v ? v : Value::none();
}

bool slow_PRINT_EXPR(Thread* thread, Value* regs, const Instr* pc) {
  Value hook = sys_get(names.displayhook);
  if (!hook) {
    if (!error_pending()) raise(exc.RuntimeError, "lost sys.displayhook");
    return false;
  }
  return bool(call1(hook, regs[pc->a]));
}

// f(**a, **b): like dict update, but a key given twice is an error that names the callee.
bool slow_DICT_MERGE(Thread* thread, Value* regs, const Instr* pc) {
  Value target = regs[pc->a], mapping = regs[pc->b], callee = regs[pc->c];
  if (!is_exact(target, types.dict)) {
    raise_bad_internal_call("DICT_MERGE");
    return false;
  }
  auto merge = [&](Value key, Value value) {
    int there = dict_contains(target.as<Dict>(), key);
    if (there < 0) return false;
    if (!there) return dict_set(target.as<Dict>(), key, value);
    Str* text = str(key);
    if (text) raise(exc.TypeError, callee_text(callee) + " got multiple values for keyword argument '" + to_utf8(text) + "'");
    return false;
  };
  Value key, value;
  if (!is_dict(mapping)) {
    if (!get_attr_or_null(mapping, names.keys)) {
      if (!error_pending()) raise(exc.TypeError, callee_text(callee) + " argument after ** must be a mapping, not " + type_name(mapping));
      return false;
    }
    Value keys = call_method0(mapping, names.keys);
    Value iterator = keys ? get_iter(keys) : Value();
    if (!iterator) return false;
    while ((key = iter_next(iterator))) {
      value = get_item(mapping, key);
      if (!value || !merge(key, value)) return false;
    }
    return !error_pending();
  }
  uint64_t position = 0;
  while (dict_next(mapping.as<Dict>(), &position, &key, &value)) {
    if (!merge(key, value)) return false;
  }
  return true;
}

}  // namespace pyjit::interp
