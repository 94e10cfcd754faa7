// generator and coroutine: the Python-visible types. Frames are run by the interpreter through resume_generator_hook.
#include "runtime/types/generator.h"

#include "frontend/code.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/exception.h"
#include "runtime/types/generator_impl.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

Value (*resume_generator_hook)(Generator*, Value, bool) = nullptr;
int (*generator_delegate_register_hook)(Generator*) = nullptr;
bool (*generator_finish_delegate_hook)(Generator*, Value) = nullptr;
void (*generator_created_hook)(Generator*) = nullptr;

const char* generator_kind_name(Generator* g) {
  Class* cls = g->cls();
  return cls == types.coroutine ? "coroutine" : cls == types.async_generator ? "async generator" : "generator";
}

Value generator_delegate(Generator* g) {
  int r = generator_delegate_register_hook(g);
  return r < 0 ? Value() : g->frame.regs()[r];
}

// Runs it and sorts the outcome.
static Value resume(Generator* g, Value sent, bool throwing, bool* returned) {
  Value v = resume_generator_hook(g, sent, throwing);
  *returned = v && g->state == GeneratorState::kFinished;
  return v;
}

// raise Type, without arguments.
std::nullptr_t raise_bare(Class* type) {
  Value e = call0(type);
  return e ? raise_object(e) : nullptr;
}

static Value raise_running(Generator* g) { return raisef(exc.ValueError, "%s already executing", generator_kind_name(g)); }

Value generator_send(Generator* g, Value value, bool* returned) {
  *returned = false;
  switch (g->state) {
    case GeneratorState::kCreated:
      if (!value.is_none()) return raisef(exc.TypeError, "can't send non-None value to a just-started %s", generator_kind_name(g));
      break;
    case GeneratorState::kRunning: return raise_running(g);
    case GeneratorState::kFinished:
      if (g->cls() == types.coroutine) return raise(exc.RuntimeError, "cannot reuse already awaited coroutine");
      *returned = true;
      return Value::none();
    case GeneratorState::kSuspended: break;
  }
  return resume(g, value, false, returned);
}

// Raises the pending exception where the generator waits. `closing`: a finished coroutine does not mind.
static Value throw_pending(Generator* g, bool closing, bool* returned) {
  *returned = false;
  if (g->state == GeneratorState::kRunning) {
    clear_pending();
    return raise_running(g);
  }
  if (g->state == GeneratorState::kFinished) {
    if (g->cls() == types.coroutine && !closing) {
      clear_pending();
      return raise(exc.RuntimeError, "cannot reuse already awaited coroutine");
    }
    return nullptr;
  }
  return resume(g, Value::none(), true, returned);
}

// What send() and throw() answer: a return becomes StopIteration (StopAsyncIteration for async generators).
Value finish_as_exception(Generator* g, Value v, bool returned) {
  if (!v || !returned) return v;
  if (g->cls() == types.async_generator) return raise_bare(exc.StopAsyncIteration);
  return raise_stop_iteration(v);
}

// close() of whatever a generator delegates to. False: it raised.
static bool close_delegate(Value delegate) {
  if (is_exact(delegate, types.generator) || is_exact(delegate, types.coroutine)) return generator_close(delegate.as<Generator>());
  Value close = get_attr_or_null(delegate, names.close);
  if (!close) {
    if (error_pending()) write_unraisable(delegate);
    return true;
  }
  return bool(call0(close));
}

bool generator_close(Generator* g) {
  if (g->state == GeneratorState::kCreated) {
    // Nothing has run, so nothing can object.
    g->state = GeneratorState::kFinished;
    for (uint32_t i = 0; i < g->register_count; ++i) g->frame.regs()[i] = nullptr;
    return true;
  }
  if (g->state == GeneratorState::kRunning) return raise_running(g), false;
  if (g->state == GeneratorState::kFinished) return true;
  Value delegate = generator_delegate(g);
  bool closed = true;
  if (delegate) {
    g->state = GeneratorState::kRunning;
    closed = close_delegate(delegate);
    g->state = GeneratorState::kSuspended;
  }
  if (closed) raise_bare(exc.GeneratorExit);
  bool returned;
  Value v = throw_pending(g, true, &returned);
  if (v && !returned) {
    raisef(exc.RuntimeError, "%s ignored GeneratorExit", generator_kind_name(g));
    return false;
  }
  if (v) return true;
  if (pending_matches(exc.StopIteration) || pending_matches(exc.GeneratorExit)) {
    clear_pending();
    return true;
  }
  return false;
}

// Makes the exception that throw(type, value, traceback) asks for pending. False: TypeError pending instead.
bool make_thrown(Value type, Value value, Value traceback) {
  if (traceback && traceback.is_none()) traceback = nullptr;
  if (traceback && !is_exact(traceback, types.traceback)) {
    raise(exc.TypeError, "throw() third argument must be a traceback object");
    return false;
  }
  Value instance;
  if (is_exception_class(type)) {
    if (value && is_exception(value) && is_instance(value, type.as<Class>())) {
      instance = value;
    } else if (!value || value.is_none()) {
      instance = call0(type);
    } else if (is_tuple(value)) {
      instance = call(type, value.as<Tuple>()->items, static_cast<uint32_t>(value.as<Tuple>()->size));
    } else {
      instance = call1(type, value);
    }
    // What goes wrong while the exception is made is thrown in its place.
    if (!instance) return true;
    if (!is_exception(instance)) {
      raisef(exc.TypeError, "calling %s should have returned an instance of BaseException, not %s", to_utf8(repr(type)).c_str(), type_name(instance));
      return true;
    }
  } else if (is_exception(type)) {
    if (value && !value.is_none()) {
      raise(exc.TypeError, "instance exception may not have a separate value");
      return false;
    }
    instance = type;
  } else {
    raisef(exc.TypeError, "exceptions must be classes or instances deriving from BaseException, not %s", type_name(type));
    return false;
  }
  if (traceback) {
    instance.as<Exception>()->traceback = traceback;
    write_barrier(instance.as_object());
  }
  thread()->exception = instance;
  return true;
}

Value generator_throw_values(Generator* g, Value type, Value value, Value traceback, bool close_on_generator_exit, bool* returned) {
  *returned = false;
  Value delegate = generator_delegate(g);
  if (delegate) {
    bool exit = type == Value(exc.GeneratorExit) || (is_exception_class(type) && is_subclass(type.as<Class>(), exc.GeneratorExit)) ||
                (is_exception(type) && is_instance(type, exc.GeneratorExit));
    Value v;
    bool delegate_returned = false;
    bool thrown = false;
    if (exit && close_on_generator_exit) {
      g->state = GeneratorState::kRunning;
      bool closed = close_delegate(delegate);
      g->state = GeneratorState::kSuspended;
      if (!closed) return throw_pending(g, false, returned);
    } else {
      Value method;
      if (!is_exact(delegate, types.generator) && !is_exact(delegate, types.coroutine)) {
        method = get_attr_or_null(delegate, names.throw_);
        if (!method && error_pending()) return nullptr;
      }
      if (method || is_exact(delegate, types.generator) || is_exact(delegate, types.coroutine)) {
        thrown = true;
        // The delegating generator's frame is on the chain while the delegate handles it, as in CPython's tracebacks.
        Thread* t = thread();
        g->state = GeneratorState::kRunning;
        Frame* outer = t->frame;
        g->frame.back = outer;
        t->frame = &g->frame;
        if (!method) {
          v = generator_throw_values(delegate.as<Generator>(), type, value, traceback, close_on_generator_exit, &delegate_returned);
        } else {
          Value args[] = {type, value, traceback};
          v = call(method, args, traceback ? 3 : value ? 2 : 1);
        }
        t->frame = outer;
        g->frame.back = nullptr;
        g->state = GeneratorState::kSuspended;
      }
    }
    if (thrown) {
      if (v && !delegate_returned) return v;
      // The delegate is done: go on behind the `yield from` with its value, or with its exception.
      if (!v) {
        if (!pending_matches(exc.StopIteration)) return throw_pending(g, false, returned);
        Value e = take_pending();
        v = e.as<Exception>()->extra[0];
        if (!v) v = Value::none();
      }
      if (!generator_finish_delegate_hook(g, v)) return nullptr;
      return resume(g, nullptr, false, returned);
    }
  }
  if (g->state == GeneratorState::kRunning) return raise_running(g);
  if (!make_thrown(type, value, traceback)) return nullptr;
  return throw_pending(g, false, returned);
}

Value generator_throw(Generator* g, Value exception_instance, bool* returned, bool close_on_generator_exit) {
  return generator_throw_values(g, exception_instance, nullptr, nullptr, close_on_generator_exit, returned);
}

Value generator_next(Value self) {
  auto* g = self.as<Generator>();
  bool returned;
  Value v = generator_send(g, Value::none(), &returned);
  if (!v || !returned) return v;
  if (!v.is_none()) raise_stop_iteration(v);
  return nullptr;
}

Value awaitable_iterator(Value v) {
  if (is_exact(v, types.coroutine)) return v;
  if (is_exact(v, types.generator) && (v.as<Generator>()->frame.code->code_flags & frontend::kIterableCoroutine)) return v;
  auto await = class_of(v)->slots.await;
  if (!await) return raisef(exc.TypeError, "object %.100s can't be used in 'await' expression", type_name(v));
  Value iterator = TRY(await(v));
  if (is_exact(iterator, types.coroutine) ||
      (is_exact(iterator, types.generator) && (iterator.as<Generator>()->frame.code->code_flags & frontend::kIterableCoroutine))) {
    return raise(exc.TypeError, "__await__() returned a coroutine");
  }
  if (!class_of(iterator)->slots.next) return raisef(exc.TypeError, "__await__() returned non-iterator of type '%.100s'", type_name(iterator));
  return iterator;
}

Value coroutine_origin(Frame* from, int depth) {
  RootedVector rows;
  for (Frame* f = visible_frame(from); f && depth-- > 0; f = visible_frame(f->back)) {
    FrameObject* object = TRY(frame_object(f));
    rows.push_back(make_tuple(f->code->filename, Value::from_int(frame_line(object)), f->code->name));
  }
  return new_tuple(rows.data(), rows.size());
}

// A suspended generator that is dropped is closed; a coroutine that never ran draws a warning.
void generator_finalize(Object* o) {
  auto* g = static_cast<Generator*>(o);
  if (g->state == GeneratorState::kFinished || g->state == GeneratorState::kRunning) return;
  Value saved = take_pending();
  if (g->cls() == types.async_generator && g->finalizer && !g->closed) {
    Value finalizer = g->finalizer;
    if (!call1(finalizer, g)) write_unraisable(g);
    thread()->exception = saved;
    return;
  }
  if (g->cls() == types.coroutine && g->state == GeneratorState::kCreated) {
    warn_unawaited(g);
  }
  if (!generator_close(g)) write_unraisable(g);
  thread()->exception = saved;
}

void warn_unawaited(Generator* g) {
  std::string text = "coroutine '" + to_utf8(g->qualname) + "' was never awaited";
  if (!warn(exc.RuntimeWarning, text, 1)) write_unraisable(g);
}

void trace_generator(Object* o, Tracer& t) {
  auto* g = static_cast<Generator*>(o);
  t.visit(g->name);
  t.visit(g->qualname);
  t.visit(g->exc_info.value);
  t.visit(g->origin);
  t.visit(g->finalizer);
  t.visit(g->frame.function);
  t.visit(g->frame.code);
  t.visit(g->frame.locals);
  t.visit(g->frame.object);
  t.visit(g->frame.self);
  // Registers that are not in use hold whatever lay on the frame stack when the generator was made.
  t.visit_conservatively(g->frame.regs(), g->frame.regs() + g->register_count);
}

// --- attributes shared by the three types
static Generator* self_generator(Value v) { return v.as<Generator>(); }
Value generator_get_name(Value v) { return self_generator(v)->name; }
bool generator_set_name(Value v, Value name) {
  if (!name || !is_str(name)) return raise(exc.TypeError, "__name__ must be set to a string object"), false;
  self_generator(v)->name = name.as<Str>();
  write_barrier(v.as_object());
  return true;
}
Value generator_get_qualname(Value v) { return self_generator(v)->qualname; }
bool generator_set_qualname(Value v, Value name) {
  if (!name || !is_str(name)) return raise(exc.TypeError, "__qualname__ must be set to a string object"), false;
  self_generator(v)->qualname = name.as<Str>();
  write_barrier(v.as_object());
  return true;
}
Value generator_get_delegate(Value v) {
  Value d = generator_delegate(self_generator(v));
  return d ? d : Value::none();
}
Value generator_get_running(Value v) { return Value::from_bool(self_generator(v)->state == GeneratorState::kRunning); }
Value generator_get_suspended(Value v) { return Value::from_bool(self_generator(v)->state == GeneratorState::kSuspended); }
Value generator_get_code(Value v) { return self_generator(v)->frame.code; }
Value generator_get_frame(Value v) {
  if (self_generator(v)->state == GeneratorState::kFinished) return Value::none();
  return frame_object(&self_generator(v)->frame);
}

Value generator_repr(Value v) {
  const char* kind = generator_kind_name(self_generator(v));
  std::string name(kind);
  if (name == "async generator") name = "async_generator";
  return new_strf("<%s object %s at %p>", name.c_str(), to_utf8(self_generator(v)->qualname).c_str(), reinterpret_cast<void*>(v.bits()));
}

namespace {

Value send_method(Value* args) {
  auto* g = args[0].as<Generator>();
  bool returned;
  Value v = generator_send(g, args[1], &returned);
  return finish_as_exception(g, v, returned);
}
Value throw_method(Value* args) {
  auto* g = args[0].as<Generator>();
  bool returned;
  Value v = generator_throw_values(g, args[1], args[2], args[3], true, &returned);
  return finish_as_exception(g, v, returned);
}
Value close_method(Value* args) { return generator_close(args[0].as<Generator>()) ? Value::none() : Value(); }
Value del_method(Value* args) {
  generator_finalize(args[0].as_object());
  return Value::none();
}

constexpr MethodDef kGeneratorMethods[] = {
    {"send", "!($self, arg, /)", send_method, Effects::kCallsPython, MethodKind::kMethod,
     "send(arg) -> send 'arg' into generator,\nreturn next yielded value or raise StopIteration."},
    {"throw", "!($self, typ, val=None, tb=None, /)", throw_method, Effects::kCallsPython, MethodKind::kMethod,
     "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next yielded value or raise\nStopIteration."},
    {"close", "!($self, /)", close_method, Effects::kCallsPython, MethodKind::kMethod, "close() -> raise GeneratorExit inside generator."},
    {"__del__", "!($self, /)", del_method},
    {}};
constexpr GetSetDef kGeneratorFields[] = {{"gi_code", generator_get_code},
                                          {"__name__", generator_get_name, generator_set_name, "name of the generator"},
                                          {"__qualname__", generator_get_qualname, generator_set_qualname, "qualified name of the generator"},
                                          {"gi_yieldfrom", generator_get_delegate, nullptr, "object being iterated by yield from, or None"},
                                          {"gi_running", generator_get_running},
                                          {"gi_frame", generator_get_frame},
                                          {"gi_suspended", generator_get_suspended},
                                          {}};

Value iter_identity(Value v) { return v; }

constexpr ClassSpec kGeneratorSpec = {.name = "generator",
                                      .basicsize = sizeof(Generator),
                                      .itemsize = sizeof(Value),
                                      .flags = kClassHasWeakref | kClassNoInstantiation,
                                      .trace_kind = TraceKind::kCustom,
                                      .trace = trace_generator,
                                      .finalize = generator_finalize,
                                      .slots = {.repr = generator_repr, .iter = iter_identity, .next = generator_next},
                                      .methods = kGeneratorMethods,
                                      .getset = kGeneratorFields};

// coroutine_wrapper: what coroutine.__await__() returns.
struct CoroutineWrapper : Object { Generator* coroutine; };

Value coroutine_await(Value v) {
  auto* w = allocate_instance_of<CoroutineWrapper>(types.coroutine_wrapper);
  if (!w) return nullptr;
  w->coroutine = v.as<Generator>();
  return w;
}
Value get_origin(Value v) {
  Value origin = self_generator(v)->origin;
  return origin ? origin : Value::none();
}

constexpr MethodDef kCoroutineMethods[] = {
    {"send", "!($self, arg, /)", send_method, Effects::kCallsPython, MethodKind::kMethod,
     "send(arg) -> send 'arg' into coroutine,\nreturn next iterated value or raise StopIteration."},
    {"throw", "!($self, typ, val=None, tb=None, /)", throw_method, Effects::kCallsPython, MethodKind::kMethod,
     "throw(value)\nthrow(type[,value[,traceback]])\n\nRaise exception in coroutine, return next iterated value or raise\nStopIteration."},
    {"close", "!($self, /)", close_method, Effects::kCallsPython, MethodKind::kMethod, "close() -> raise GeneratorExit inside coroutine."},
    {"__del__", "!($self, /)", del_method},
    {}};
constexpr GetSetDef kCoroutineFields[] = {{"cr_code", generator_get_code},
                                          {"cr_origin", get_origin},
                                          {"__name__", generator_get_name, generator_set_name, "name of the coroutine"},
                                          {"__qualname__", generator_get_qualname, generator_set_qualname, "qualified name of the coroutine"},
                                          {"cr_await", generator_get_delegate, nullptr, "object being awaited on, or None"},
                                          {"cr_running", generator_get_running},
                                          {"cr_frame", generator_get_frame},
                                          {"cr_suspended", generator_get_suspended},
                                          {}};
constexpr ClassSpec kCoroutineSpec = {.name = "coroutine",
                                      .basicsize = sizeof(Generator),
                                      .itemsize = sizeof(Value),
                                      .flags = kClassHasWeakref | kClassNoInstantiation,
                                      .trace_kind = TraceKind::kCustom,
                                      .trace = trace_generator,
                                      .finalize = generator_finalize,
                                      .slots = {.repr = generator_repr, .await = coroutine_await},
                                      .methods = kCoroutineMethods,
                                      .getset = kCoroutineFields};

Value wrapper_send(Value* args) {
  Value inner[] = {args[0].as<CoroutineWrapper>()->coroutine, args[1]};
  return send_method(inner);
}
Value wrapper_throw(Value* args) {
  Value inner[] = {args[0].as<CoroutineWrapper>()->coroutine, args[1], args[2], args[3]};
  return throw_method(inner);
}
Value wrapper_close(Value* args) {
  Value inner[] = {args[0].as<CoroutineWrapper>()->coroutine};
  return close_method(inner);
}
Value wrapper_next(Value v) { return generator_next(v.as<CoroutineWrapper>()->coroutine); }

constexpr MethodDef kWrapperMethods[] = {
    {"send", "!($self, arg, /)", wrapper_send, Effects::kCallsPython, MethodKind::kMethod,
     "send(arg) -> send 'arg' into coroutine,\nreturn next iterated value or raise StopIteration."},
    {"throw", "!($self, typ, val=None, tb=None, /)", wrapper_throw, Effects::kCallsPython, MethodKind::kMethod,
     "throw(value)\nthrow(type[,value[,traceback]])\n\nRaise exception in coroutine, return next iterated value or raise\nStopIteration."},
    {"close", "!($self, /)", wrapper_close, Effects::kCallsPython, MethodKind::kMethod, "close() -> raise GeneratorExit inside coroutine."},
    {}};
constexpr ClassSpec kWrapperSpec = {.name = "coroutine_wrapper",
                                    .basicsize = sizeof(CoroutineWrapper),
                                    .flags = kClassNoInstantiation,
                                    .trace_kind = TraceKind::kValues,
                                    .slots = {.iter = iter_identity, .next = wrapper_next},
                                    .methods = kWrapperMethods};

}  // namespace

void init_generator_types() {
  types.generator = new_builtin_class(kGeneratorSpec);
  types.coroutine = new_builtin_class(kCoroutineSpec);
  types.coroutine_wrapper = new_builtin_class(kWrapperSpec);
  init_async_generator_types();
}

}  // namespace pyjit::runtime
