// async_generator and the awaitables of its methods: asend, athrow, aclose, and anext(it, default).
#include "runtime/errors.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/thread.h"
#include "runtime/types/exception.h"
#include "runtime/types/generator_impl.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

namespace {

enum class AwaitState : uint8_t { kInit, kIterating, kClosed };

struct WrappedValue : Object { Value value; };
struct AsyncSend : Object { Generator* generator; Value value; };         // aux: AwaitState
struct AsyncThrow : Object { Generator* generator; Value type, value, traceback; };  // type null: aclose(); aux: AwaitState
struct AnextAwaitable : Object { Value wrapped, default_value; };

AwaitState state_of(Object* o) { return static_cast<AwaitState>(o->aux); }
void set_state(Object* o, AwaitState s) { o->aux = static_cast<uint16_t>(s); }

bool is_wrapped(Value v) { return v && is_exact(v, types.async_generator_wrapped_value); }

// A wrapped value is what `yield` of the async generator gives: it ends the await with StopIteration(value). Other values go up to the loop.
Value unwrap(Generator* g, Value v, bool returned) {
  if (v && returned) {
    raise_bare(exc.StopAsyncIteration);
    v = nullptr;
  }
  if (!v) {
    if (pending_matches(exc.StopAsyncIteration) || pending_matches(exc.GeneratorExit)) g->closed = true;
    g->running_async = false;
    return nullptr;
  }
  if (is_wrapped(v)) {
    g->running_async = false;
    return raise_stop_iteration(v.as<WrappedValue>()->value);
  }
  return v;
}

bool init_hooks(Generator* g) {
  if (g->hooks_inited) return true;
  g->hooks_inited = true;
  Thread* t = thread();
  if (t->async_gen_finalizer && !t->async_gen_finalizer.is_none()) {
    g->finalizer = t->async_gen_finalizer;
    write_barrier(g);
  }
  if (t->async_gen_firstiter && !t->async_gen_firstiter.is_none()) return bool(call1(t->async_gen_firstiter, g));
  return true;
}

// --- asend / __anext__
Value new_asend(Generator* g, Value value) {
  if (!init_hooks(g)) return nullptr;
  auto* o = allocate_instance_of<AsyncSend>(types.async_generator_asend);
  if (!o) return nullptr;
  o->generator = g;
  o->value = value;
  return o;
}
Value asend_send_value(AsyncSend* o, Value arg) {
  Generator* g = o->generator;
  if (state_of(o) == AwaitState::kClosed) return raise(exc.RuntimeError, "cannot reuse already awaited __anext__()/asend()");
  if (state_of(o) == AwaitState::kInit) {
    if (g->running_async) return raise(exc.RuntimeError, "anext(): asynchronous generator is already running");
    if (!arg || arg.is_none()) arg = o->value;
    set_state(o, AwaitState::kIterating);
  }
  g->running_async = true;
  bool returned;
  Value v = generator_send(g, arg ? arg : Value::none(), &returned);
  v = unwrap(g, v, returned);
  if (!v) set_state(o, AwaitState::kClosed);
  return v;
}
Value asend_send(Value* args) { return asend_send_value(args[0].as<AsyncSend>(), args[1]); }
Value asend_next(Value self) { return asend_send_value(self.as<AsyncSend>(), nullptr); }
Value asend_throw(Value* args) {
  auto* o = args[0].as<AsyncSend>();
  if (state_of(o) == AwaitState::kClosed) return raise(exc.RuntimeError, "cannot reuse already awaited __anext__()/asend()");
  bool returned;
  Value v = generator_throw_values(o->generator, args[1], args[2], args[3], true, &returned);
  v = unwrap(o->generator, v, returned);
  if (!v) set_state(o, AwaitState::kClosed);
  return v;
}
Value asend_close(Value* args) {
  set_state(args[0].as_object(), AwaitState::kClosed);
  return Value::none();
}

// --- athrow / aclose
Value new_athrow(Generator* g, Value type, Value value, Value traceback) {
  if (!init_hooks(g)) return nullptr;
  auto* o = allocate_instance_of<AsyncThrow>(types.async_generator_athrow);
  if (!o) return nullptr;
  o->generator = g;
  o->type = type;
  o->value = value;
  o->traceback = traceback;
  return o;
}
Value ignored_exit(AsyncThrow* o) {
  o->generator->running_async = false;
  set_state(o, AwaitState::kClosed);
  return raise(exc.RuntimeError, "async generator ignored GeneratorExit");
}
// The generator raised: for aclose() the two exceptions that end it are success.
Value athrow_failed(AsyncThrow* o) {
  o->generator->running_async = false;
  set_state(o, AwaitState::kClosed);
  if (!o->type && (pending_matches(exc.StopAsyncIteration) || pending_matches(exc.GeneratorExit))) {
    clear_pending();
    raise_bare(exc.StopIteration);
  }
  return nullptr;
}
Value athrow_send_value(AsyncThrow* o, Value arg) {
  Generator* g = o->generator;
  if (state_of(o) == AwaitState::kClosed) return raise(exc.RuntimeError, "cannot reuse already awaited aclose()/athrow()");
  if (g->state == GeneratorState::kFinished) {
    set_state(o, AwaitState::kClosed);
    return raise_bare(exc.StopIteration);
  }
  bool returned;
  if (state_of(o) == AwaitState::kInit) {
    if (g->running_async) {
      set_state(o, AwaitState::kClosed);
      return raise(exc.RuntimeError, o->type ? "athrow(): asynchronous generator is already running" : "aclose(): asynchronous generator is already running");
    }
    if (g->closed) {
      set_state(o, AwaitState::kClosed);
      return raise_bare(exc.StopAsyncIteration);
    }
    if (arg && !arg.is_none()) return raise(exc.RuntimeError, "can't send non-None value to a just-started coroutine");
    set_state(o, AwaitState::kIterating);
    g->running_async = true;
    Value v;
    if (!o->type) {
      g->closed = true;
      v = generator_throw_values(g, exc.GeneratorExit, nullptr, nullptr, false, &returned);
      if (is_wrapped(v) && !returned) return ignored_exit(o);
      if (v && returned) { raise_bare(exc.StopAsyncIteration); v = nullptr; }
    } else {
      v = generator_throw_values(g, o->type, o->value, o->traceback, false, &returned);
      v = unwrap(g, v, returned);
    }
    return v ? v : athrow_failed(o);
  }
  Value v = generator_send(g, arg ? arg : Value::none(), &returned);
  if (o->type) return unwrap(g, v, returned);
  if (v && returned) { raise_bare(exc.StopAsyncIteration); v = nullptr; }
  if (!v) return athrow_failed(o);
  if (is_wrapped(v)) return ignored_exit(o);
  return v;
}
Value athrow_send(Value* args) { return athrow_send_value(args[0].as<AsyncThrow>(), args[1]); }
Value athrow_next(Value self) { return athrow_send_value(self.as<AsyncThrow>(), nullptr); }
Value athrow_throw(Value* args) {
  auto* o = args[0].as<AsyncThrow>();
  if (state_of(o) == AwaitState::kClosed) return raise(exc.RuntimeError, "cannot reuse already awaited aclose()/athrow()");
  bool returned;
  Value v = generator_throw_values(o->generator, args[1], args[2], args[3], true, &returned);
  if (o->type) return unwrap(o->generator, v, returned);
  if (v && returned) { raise_bare(exc.StopAsyncIteration); v = nullptr; }
  if (is_wrapped(v)) return ignored_exit(o);
  if (!v && (pending_matches(exc.StopAsyncIteration) || pending_matches(exc.GeneratorExit))) {
    clear_pending();
    return raise_bare(exc.StopIteration);
  }
  return v;
}
Value athrow_close(Value* args) {
  set_state(args[0].as_object(), AwaitState::kClosed);
  return Value::none();
}

// --- async_generator's own methods
Value asend_method(Value* args) { return new_asend(args[0].as<Generator>(), args[1]); }
Value athrow_method(Value* args) { return new_athrow(args[0].as<Generator>(), args[1], args[2], args[3]); }
Value aclose_method(Value* args) { return new_athrow(args[0].as<Generator>(), nullptr, nullptr, nullptr); }
Value del_method(Value* args) {
  generator_finalize(args[0].as_object());
  return Value::none();
}
Value class_getitem(Value* args) { return new_generic_alias(args[0], args[1]); }
Value self_value(Value v) { return v; }
Value get_running(Value v) { return Value::from_bool(v.as<Generator>()->running_async); }

constexpr MethodDef kMethods[] = {
    {"asend", "!($self, value, /)", asend_method, Effects::kCallsPython, MethodKind::kMethod, "asend(v) -> send 'v' in generator."},
    {"athrow", "!($self, typ, val=None, tb=None, /)", athrow_method, Effects::kCallsPython, MethodKind::kMethod,
     "athrow(typ[,val[,tb]]) -> raise exception in generator."},
    {"aclose", "!($self, /)", aclose_method, Effects::kCallsPython, MethodKind::kMethod, "aclose() -> raise GeneratorExit inside generator."},
    {"__class_getitem__", "!($cls, item, /)", class_getitem, Effects::kWrites, MethodKind::kClassMethod, "See PEP 585"},
    {"__del__", "!($self, /)", del_method},
    {}};
constexpr GetSetDef kFields[] = {{"ag_running", get_running},
                                 {"ag_code", generator_get_code},
                                 {"__name__", generator_get_name, generator_set_name, "name of the async generator"},
                                 {"__qualname__", generator_get_qualname, generator_set_qualname, "qualified name of the async generator"},
                                 {"ag_await", generator_get_delegate, nullptr, "object being awaited on, or None"},
                                 {"ag_frame", generator_get_frame},
                                 {}};
constexpr ClassSpec kSpec = {.name = "async_generator",
                             .basicsize = sizeof(Generator),
                             .itemsize = sizeof(Value),
                             .flags = kClassHasWeakref | kClassNoInstantiation,
                             .trace_kind = TraceKind::kCustom,
                             .trace = trace_generator,
                             .finalize = generator_finalize,
                             .slots = {.repr = generator_repr, .aiter = self_value, .anext = async_generator_anext},
                             .methods = kMethods,
                             .getset = kFields};

#define AWAITABLE_ROWS(send, throw_function, close)                                                                                    \
  {"send", "!($self, arg, /)", send, Effects::kCallsPython, MethodKind::kMethod,                                                        \
   "send(arg) -> send 'arg' into generator,\nreturn next yielded value or raise StopIteration."},                                       \
      {"throw", "!($self, typ, val=None, tb=None, /)", throw_function, Effects::kCallsPython, MethodKind::kMethod,                      \
       "throw(value)\nthrow(type[,value[,tb]])\n\nRaise exception in generator, return next yielded value or raise\nStopIteration."},   \
      {"close", "!($self, /)", close, Effects::kCallsPython, MethodKind::kMethod, "close() -> raise GeneratorExit inside generator."},  \
      {}
constexpr MethodDef kAsendMethods[] = {AWAITABLE_ROWS(asend_send, asend_throw, asend_close)};
constexpr MethodDef kAthrowMethods[] = {AWAITABLE_ROWS(athrow_send, athrow_throw, athrow_close)};
constexpr ClassSpec kAsendSpec = {.name = "async_generator_asend",
                                  .basicsize = sizeof(AsyncSend),
                                  .flags = kClassNoInstantiation,
                                  .trace_kind = TraceKind::kValues,
                                  .slots = {.iter = self_value, .next = asend_next, .await = self_value},
                                  .methods = kAsendMethods};
constexpr ClassSpec kAthrowSpec = {.name = "async_generator_athrow",
                                   .basicsize = sizeof(AsyncThrow),
                                   .flags = kClassNoInstantiation,
                                   .trace_kind = TraceKind::kValues,
                                   .slots = {.iter = self_value, .next = athrow_next, .await = self_value},
                                   .methods = kAthrowMethods};
constexpr ClassSpec kWrappedSpec = {.name = "async_generator_wrapped_value",
                                    .basicsize = sizeof(WrappedValue),
                                    .flags = kClassNoInstantiation,
                                    .trace_kind = TraceKind::kValues};

// --- anext(iterator, default)
// The iterator that drives the wrapped awaitable.
Value anext_iterator(AnextAwaitable* o) {
  Value awaitable = TRY(awaitable_iterator(o->wrapped));
  if (class_of(awaitable)->slots.next) return awaitable;
  auto await = class_of(awaitable)->slots.await;
  if (!await) return raisef(exc.TypeError, "__await__ must return an iterable, not %s", type_name(awaitable));
  Value iterator = TRY(await(awaitable));
  if (!class_of(iterator)->slots.next) {
    return raisef(exc.TypeError, "%s: __await__() must return an iterator, not %s", type_name(awaitable), type_name(iterator));
  }
  return iterator;
}
Value anext_outcome(AnextAwaitable* o, Value v) {
  if (v || !pending_matches(exc.StopAsyncIteration)) return v;
  clear_pending();
  return raise_stop_iteration(o->default_value);
}
Value anext_next(Value self) {
  auto* o = self.as<AnextAwaitable>();
  Value iterator = TRY(anext_iterator(o));
  Value v = class_of(iterator)->slots.next(iterator);
  if (!v && !error_pending()) return nullptr;
  return anext_outcome(o, v);
}
Value anext_send(Value* args) {
  auto* o = args[0].as<AnextAwaitable>();
  return anext_outcome(o, call_method1(TRY(anext_iterator(o)), names.send, args[1]));
}
Value anext_throw(Value* args) {
  auto* o = args[0].as<AnextAwaitable>();
  Value iterator = TRY(anext_iterator(o));
  return anext_outcome(o, call_method(iterator, names.throw_, args + 1, args[3] ? 3 : args[2] ? 2 : 1));
}
Value anext_close(Value* args) {
  auto* o = args[0].as<AnextAwaitable>();
  return anext_outcome(o, call_method0(TRY(anext_iterator(o)), names.close));
}
constexpr MethodDef kAnextMethods[] = {AWAITABLE_ROWS(anext_send, anext_throw, anext_close)};
constexpr ClassSpec kAnextSpec = {.name = "anext_awaitable",
                                  .basicsize = sizeof(AnextAwaitable),
                                  .flags = kClassNoInstantiation,
                                  .trace_kind = TraceKind::kValues,
                                  .slots = {.iter = self_value, .next = anext_next, .await = self_value},
                                  .methods = kAnextMethods};

}  // namespace

Value wrap_async_value(Value v) {
  auto* o = allocate_instance_of<WrappedValue>(types.async_generator_wrapped_value);
  if (!o) return nullptr;
  o->value = v;
  return o;
}

Value async_generator_anext(Value self) { return new_asend(self.as<Generator>(), nullptr); }

Value new_anext_awaitable(Value awaitable, Value default_value) {
  auto* o = allocate_instance_of<AnextAwaitable>(types.anext_awaitable);
  if (!o) return nullptr;
  o->wrapped = awaitable;
  o->default_value = default_value;
  return o;
}

void init_async_generator_types() {
  types.async_generator = new_builtin_class(kSpec);
  types.async_generator_asend = new_builtin_class(kAsendSpec);
  types.async_generator_athrow = new_builtin_class(kAthrowSpec);
  types.async_generator_wrapped_value = new_builtin_class(kWrappedSpec);
  types.anext_awaitable = new_builtin_class(kAnextSpec);
}

}  // namespace pyjit::runtime
