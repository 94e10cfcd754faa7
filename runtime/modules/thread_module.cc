// _thread: locks, reentrant locks, thread-local data, starting threads.
#include <pthread.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cmath>

#include "runtime/blocking.h"
#include "runtime/errors.h"
#include "runtime/gil.h"
#include "runtime/heap.h"
#include "runtime/modules/module_util.h"
#include "runtime/names.h"
#include "runtime/signals.h"
#include "runtime/struct_sequence.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

namespace {

// A mutex with a timed wait that signals can interrupt: pthread condition over a flag; malloc'ed, freed by the finalizer.
struct Gate {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t condition;
  bool locked = false;
  Gate() {
    pthread_condattr_t a;
    pthread_condattr_init(&a);
    pthread_condattr_setclock(&a, CLOCK_MONOTONIC);
    pthread_cond_init(&condition, &a);
  }
  ~Gate() {
    pthread_mutex_destroy(&mutex);
    pthread_cond_destroy(&condition);
  }
  bool try_lock() {
    pthread_mutex_lock(&mutex);
    bool ok = !locked;
    locked = true;
    pthread_mutex_unlock(&mutex);
    return ok;
  }
  void unlock() {
    pthread_mutex_lock(&mutex);
    locked = false;
    pthread_cond_signal(&condition);
    pthread_mutex_unlock(&mutex);
  }
  // Waits at most `ns` (in slices, so that the main thread sees signals). GIL released.
  bool lock_for(int64_t ns) {
    pthread_mutex_lock(&mutex);
    if (locked) {
      timespec t;
      clock_gettime(CLOCK_MONOTONIC, &t);
      int64_t at = t.tv_nsec + ns % 1000000000;
      t.tv_sec += ns / 1000000000 + at / 1000000000;
      t.tv_nsec = at % 1000000000;
      while (locked && pthread_cond_timedwait(&condition, &mutex, &t) == 0) {
      }
    }
    bool ok = !locked;
    if (ok) locked = true;
    pthread_mutex_unlock(&mutex);
    return ok;
  }
};

struct Lock : Object {
  Gate* gate;
};
struct RLock : Object {
  Gate* gate;
  uint64_t owner;    // thread ident; 0: nobody
  int64_t count;
};
Class *lock_class, *rlock_class, *local_class;

void finalize_lock(Object* o) {
  delete static_cast<Lock*>(o)->gate;
  static_cast<Lock*>(o)->gate = nullptr;
}

// -1 no limit. 1 acquired, 0 timed out, -1 a signal handler raised.
int acquire(Gate* gate, int64_t timeout_ns) {
  if (gate->try_lock()) return 1;
  if (timeout_ns == 0) return 0;
  constexpr int64_t kSlice = 50000000;
  while (true) {
    int64_t slice = timeout_ns < 0 ? kSlice : std::min(timeout_ns, kSlice);
    bool got;
    {
      BlockingRegion region;
      got = gate->lock_for(slice);
    }
    if (got) return 1;
    if (is_main_thread() && !check_signals()) return -1;
    if (timeout_ns >= 0 && (timeout_ns -= slice) <= 0) return 0;
  }
}

bool timeout_arguments(Value blocking_value, Value timeout_value, int64_t* ns) {
  int blocking = 1;
  if (blocking_value) {
    blocking = is_true(blocking_value);
    if (blocking < 0) return false;
  }
  double timeout = -1;
  if (timeout_value && !to_double(timeout_value, &timeout)) return false;
  if (!blocking && timeout_value && timeout != -1) return raise(exc.ValueError, "can't specify a timeout for a non-blocking call"), false;
  if (timeout < 0 && timeout != -1) return raise(exc.ValueError, "timeout value must be a non-negative number"), false;
  if (timeout > 9223372036.0) return raise(exc.OverflowError, "timeout value is too large"), false;
  *ns = !blocking ? 0 : timeout == -1 ? -1 : static_cast<int64_t>(std::ceil(timeout * 1e9));
  return true;
}

Value lock_new(Class* cls, Value*, uint32_t, Tuple*) {
  auto* l = allocate_instance_of<Lock>(cls);
  if (l) l->gate = new Gate;
  return l;
}
Value lock_acquire(Value* a) {
  int64_t ns;
  if (!timeout_arguments(a[1], a[2], &ns)) return nullptr;
  int r = acquire(a[0].as<Lock>()->gate, ns);
  return r < 0 ? Value() : Value::from_bool(r);
}
Value lock_release(Value* a) {
  Gate* g = a[0].as<Lock>()->gate;
  if (!g->locked) return raise(exc.RuntimeError, "release unlocked lock");
  g->unlock();
  return Value::none();
}
Value lock_locked(Value* a) { return Value::from_bool(a[0].as<Lock>()->gate->locked); }
Value lock_enter(Value* a) {
  int r = acquire(a[0].as<Lock>()->gate, -1);
  return r < 0 ? Value() : Value::from_bool(true);
}
Value lock_exit(Value* args, uint32_t nargs, Tuple*) { return lock_release(args); }
Value lock_reinit(Value* a) {
  delete a[0].as<Lock>()->gate;
  a[0].as<Lock>()->gate = new Gate;
  return Value::none();
}
Value lock_repr(Value self) {
  return new_strf("<%s _thread.lock object at %p>", self.as<Lock>()->gate->locked ? "locked" : "unlocked", reinterpret_cast<void*>(self.bits()));
}

constexpr const char* kAcquire = "($self, blocking=True, timeout=-1)";
constexpr MethodDef kLockMethods[] = {
    {"acquire_lock", kAcquire, lock_acquire}, {"acquire", kAcquire, lock_acquire}, {"release_lock", "($self, /)", lock_release},
    {"release", "($self, /)", lock_release}, {"locked_lock", "($self, /)", lock_locked}, {"locked", "($self, /)", lock_locked},
    {"__enter__", "($self, /)", lock_enter}, {.name = "__exit__", .signature = "!($self, *args)", .raw = lock_exit},
    {"_at_fork_reinit", "($self, /)", lock_reinit}, {}};
const ClassSpec kLockSpec = {.name = "_thread.lock", .basicsize = sizeof(Lock), .flags = kClassNoInstantiation | kClassHasWeakref, .finalize = finalize_lock,
                             .slots = {.repr = lock_repr}, .methods = kLockMethods};

// Reentrant locks.

Value rlock_new(Class* cls, Value*, uint32_t, Tuple*) {
  auto* l = allocate_instance_of<RLock>(cls);
  if (l) l->gate = new Gate;
  return l;
}
RLock* rlock(Value v) { return v.as<RLock>(); }
Value rlock_take(RLock* l, int64_t ns) {
  if (l->owner == thread()->ident) {
    ++l->count;
    return Value::from_bool(true);
  }
  int r = acquire(l->gate, ns);
  if (r < 0) return nullptr;
  if (r) {
    l->owner = thread()->ident;
    l->count = 1;
  }
  return Value::from_bool(r);
}
Value rlock_acquire(Value* a) {
  int64_t ns;
  return timeout_arguments(a[1], a[2], &ns) ? rlock_take(rlock(a[0]), ns) : Value();
}
Value rlock_release(Value* a) {
  RLock* l = rlock(a[0]);
  if (!l->count || l->owner != thread()->ident) return raise(exc.RuntimeError, "cannot release un-acquired lock");
  if (--l->count == 0) {
    l->owner = 0;
    l->gate->unlock();
  }
  return Value::none();
}
Value rlock_enter(Value* a) { return rlock_take(rlock(a[0]), -1); }
Value rlock_exit(Value* args, uint32_t, Tuple*) { return rlock_release(args); }
Value rlock_is_owned(Value* a) { return Value::from_bool(rlock(a[0])->count && rlock(a[0])->owner == thread()->ident); }
Value rlock_release_save(Value* a) {
  RLock* l = rlock(a[0]);
  if (!l->count) return raise(exc.RuntimeError, "cannot release un-acquired lock");
  Value state = make_tuple(new_int(l->count), new_int_unsigned(l->owner));
  l->count = 0;
  l->owner = 0;
  l->gate->unlock();
  return state;
}
Value rlock_acquire_restore(Value* a) {
  RLock* l = rlock(a[0]);
  if (!is_tuple(a[1]) || a[1].as<Tuple>()->size != 2) return raise(exc.TypeError, "_acquire_restore() argument 1 must be 2-item tuple");
  int64_t count, owner;
  if (!to_int64(a[1].as<Tuple>()->items[0], &count) || !to_int64(a[1].as<Tuple>()->items[1], &owner)) return nullptr;
  if (acquire(l->gate, -1) < 0) return nullptr;
  l->count = count;
  l->owner = static_cast<uint64_t>(owner);
  return Value::none();
}
Value rlock_reinit(Value* a) {
  RLock* l = rlock(a[0]);
  delete l->gate;
  l->gate = new Gate;
  l->owner = 0;
  l->count = 0;
  return Value::none();
}
Value rlock_repr(Value self) {
  RLock* l = rlock(self);
  return new_strf("<%s %s object owner=%lu count=%ld at %p>", l->count ? "locked" : "unlocked",
                  class_of(self) == rlock_class ? "_thread.RLock" : type_name(self), static_cast<unsigned long>(l->owner),
                  static_cast<long>(l->count), reinterpret_cast<void*>(self.bits()));
}
void finalize_rlock(Object* o) {
  delete static_cast<RLock*>(o)->gate;
  static_cast<RLock*>(o)->gate = nullptr;
}
constexpr MethodDef kRLockMethods[] = {{"acquire", kAcquire, rlock_acquire},
                                       {"release", "($self, /)", rlock_release},
                                       {"_is_owned", "($self, /)", rlock_is_owned},
                                       {"_acquire_restore", "($self, state, /)", rlock_acquire_restore},
                                       {"_release_save", "($self, /)", rlock_release_save},
                                       {"__enter__", "($self, /)", rlock_enter},
                                       {.name = "__exit__", .signature = "!($self, *args)", .raw = rlock_exit},
                                       {"_at_fork_reinit", "($self, /)", rlock_reinit},
                                       {}};
const ClassSpec kRLockSpec = {.name = "_thread.RLock", .basicsize = sizeof(RLock), .flags = kClassBaseType | kClassHasWeakref, .finalize = finalize_rlock,
                              .slots = {.repr = rlock_repr, .new_ = rlock_new}, .methods = kRLockMethods};

// _local: attributes live in a dict a thread, found by the object's identity in Thread::locals.

struct Local : Object {
  Tuple* args;
  Dict* kwargs;
};
void trace_local(Object* o, Tracer& t) {
  t.visit(static_cast<Local*>(o)->args);
  t.visit(static_cast<Local*>(o)->kwargs);
}
Dict* local_dict(Value self) {
  Thread* t = thread();
  if (!t->locals) t->locals = TRY(new_dict());
  Value key = new_int_unsigned(self.bits());
  Value pair = dict_get(t->locals.as<Dict>(), key);
  // The pair keeps the object too: an address is not reused while its data is there.
  if (pair) return pair.as<Tuple>()->items[1].as<Dict>();
  Dict* d = TRY(new_dict());
  if (!dict_set(t->locals.as<Dict>(), key, make_tuple(self, Value(d)))) return nullptr;
  auto* l = self.as<Local>();
  Class* cls = class_of(self);
  if (l->args && cls->slots.init && !uses_object_init(cls)) {
    // A new thread sees a freshly initialised object.
    Value init = lookup_special(self, names.dunder_init);
    if (!init || !call_tuple_dict(init, l->args, l->kwargs)) return nullptr;
  }
  return d;
}
Value local_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  bool any = nargs || (kwnames && kwnames->size);
  if (any && uses_object_init(cls)) return raise(exc.TypeError, "Initialization arguments are not supported");
  auto* l = allocate_instance_of<Local>(cls);
  if (!l) return nullptr;
  l->args = new_tuple(args, nargs);
  l->kwargs = TRY(new_dict());
  for (uint64_t i = 0; kwnames && i < kwnames->size; ++i) {
    if (!dict_set(l->kwargs, kwnames->items[i], args[nargs + i])) return nullptr;
  }
  Thread* t = thread();
  if (!t->locals) t->locals = TRY(new_dict());
  Dict* d = TRY(new_dict());
  if (!dict_set(t->locals.as<Dict>(), new_int_unsigned(Value(l).bits()), make_tuple(Value(l), Value(d)))) return nullptr;
  return l;
}
Value local_getattr(Value self, Str* name) {
  Dict* d = TRY(local_dict(self));
  if (str_equal(name, names.dunder_dict)) return d;
  Class* cls = class_of(self);
  Value descr = class_lookup(cls, name);
  auto get = descr ? class_of(descr)->slots.descr_get : nullptr;
  if (get && class_of(descr)->slots.descr_set) return get(descr, self, cls);
  if (Value v = dict_get_str(d, name)) return v;
  if (get) return get(descr, self, cls);
  return descr ? descr : Value(raise_no_attribute(self, name));
}
bool local_setattr(Value self, Str* name, Value value) {
  Dict* d = TRY(local_dict(self));
  if (str_equal(name, names.dunder_dict)) {
    return raisef(exc.AttributeError, "'%.100s' object attribute '__dict__' is read-only", type_name(self)), false;
  }
  if (Value descr = class_lookup(class_of(self), name)) {
    if (auto set = class_of(descr)->slots.descr_set) return set(descr, self, value);
  }
  if (value) return dict_set_str(d, name, value);
  int r = dict_delete(d, name);
  if (r == 0) raise_no_attribute(self, name);
  return r > 0;
}
const ClassSpec kLocalSpec = {.name = "_thread._local", .basicsize = sizeof(Local), .flags = kClassBaseType | kClassHasWeakref, .trace = trace_local,
                              .doc = "Thread-local data", .slots = {.getattr = local_getattr, .setattr = local_setattr, .new_ = local_new}};

// Functions.

Value t_allocate_lock(Value*) { return lock_new(lock_class, nullptr, 0, nullptr); }
Value t_get_ident(Value*) { return new_int_unsigned(thread()->ident); }
Value t_get_native_id(Value*) { return new_int(syscall(SYS_gettid)); }
Value t_count(Value*) { return new_int(live_thread_count()); }
Value t_start_new_thread(Value* a) {
  if (!is_callable(a[0])) return raise(exc.TypeError, "first arg must be callable");
  if (!is_tuple(a[1])) return raise(exc.TypeError, "2nd arg must be a tuple");
  if (a[2] && !is_dict(a[2])) return raise(exc.TypeError, "optional 3rd arg must be a dictionary");
  uint64_t ident;
  return start_thread(a[0], a[1], a[2], &ident) ? new_int_unsigned(ident) : Value();
}
Value t_exit(Value*) { return raise_with_value(exc.SystemExit, Value::none()); }
Value t_interrupt_main(Value* a) {
  int signum = 2;
  if (a[0] && !to_int32(a[0], &signum)) return nullptr;
  if (signum < 1 || signum > 64) return raise(exc.ValueError, "signal number out of range");
  trip_signal(signum);
  return Value::none();
}
Value t_stack_size(Value* a) {
  size_t old = thread_stack_size;
  if (a[0]) {
    int64_t n;
    if (!to_int64(a[0], &n)) return nullptr;
    if (n < 0) return raise(exc.ValueError, "size must be 0 or a positive value");
    if (n && n < 32768) return raisef(exc.ValueError, "size not valid: %zd bytes", static_cast<ssize_t>(n));
    thread_stack_size = n ? std::max<size_t>(static_cast<size_t>(n), 1 << 20) : 0;
  }
  return new_int(static_cast<int64_t>(old));
}
Value t_set_sentinel(Value*) {
  Value l = TRY(lock_new(lock_class, nullptr, 0, nullptr));
  thread()->sentinel = l;
  return l;
}
// threading.excepthook's native part: sys.excepthook's output with the thread's name in front.
Value t_excepthook(Value* a) {
  Value traceback = TRY(import_module("traceback"));
  Tuple* t = is_tuple(a[0]) ? a[0].as<Tuple>() : nullptr;
  if (!t || t->size < 3) return raise(exc.TypeError, "_thread._excepthook argument type must be ExceptHookArgs");
  if (t->items[0] == Value(exc.SystemExit)) return Value::none();
  Value sys = TRY(import_module("sys"));
  Value err = TRY(get_attr(sys, names.stderr));
  if (err.is_none()) return Value::none();
  Value who = t->size > 3 ? t->items[3] : Value::none();
  std::string name = std::to_string(thread()->ident);
  if (!who.is_none()) {
    Value n = TRY(get_attr(who, names.name));
    name = to_utf8(TRY(str(n)));
  }
  TRY(call_method1(err, names.write, new_str("Exception in thread " + name + ":\n")));
  Value args[] = {t->items[0], t->items[1], t->items[2], Value::none(), err};
  TRY(call_method(traceback, intern("print_exception"), args, 5));
  TRY(call_method0(err, names.flush));
  return Value::none();
}

const MethodDef kFunctions[] = {function_row("start_new_thread", "!(function, args, kwargs=None, /)", t_start_new_thread),
                                function_row("start_new", "!(function, args, kwargs=None, /)", t_start_new_thread),
                                function_row("allocate_lock", "($module, /)", t_allocate_lock),
                                function_row("allocate", "($module, /)", t_allocate_lock),
                                function_row("exit", "($module, /)", t_exit),
                                function_row("exit_thread", "($module, /)", t_exit),
                                function_row("interrupt_main", "!(signum=2, /)", t_interrupt_main),
                                function_row("get_ident", "($module, /)", t_get_ident),
                                function_row("get_native_id", "($module, /)", t_get_native_id),
                                function_row("_count", "($module, /)", t_count),
                                function_row("stack_size", "!(size=0, /)", t_stack_size),
                                function_row("_set_sentinel", "($module, /)", t_set_sentinel),
                                function_row("_excepthook", "!(exc_info, /)", t_excepthook),
                                {}};

constexpr StructField kHookFields[] = {{"exc_type", nullptr}, {"exc_value", nullptr}, {"exc_traceback", nullptr}, {"thread", nullptr}, {}};
constexpr StructSequenceSpec kHookSpec = {"_thread._ExceptHookArgs", "ExceptHookArgs\n\nType used to pass arguments to threading.excepthook.", kHookFields, 4, 4};
Class* hook_args_class;

}  // namespace

void run_thread_exit_hooks(Thread* t) {
  if (t->sentinel) t->sentinel.as<Lock>()->gate->unlock();
  t->sentinel = nullptr;
  t->locals = nullptr;
}

bool init_thread_module(Module* m) {
  if (!hook_args_class) {
    hook_args_class = new_struct_sequence_class(kHookSpec);
    static Value root;
    root = hook_args_class;
    heap.add_root_range(&root, &root + 1);
  }
  return add_class(m, kLockSpec, &lock_class) && add_class(m, kRLockSpec, &rlock_class) && add_class(m, kLocalSpec, &local_class) &&
         add_functions(m, kFunctions) && add_object(m, "LockType", lock_class) && add_object(m, "error", exc.RuntimeError) &&
         add_object(m, "_ExceptHookArgs", hook_args_class) && add_object(m, "TIMEOUT_MAX", Value::from_double(9223372036.0));
}

}  // namespace pyjit::runtime
