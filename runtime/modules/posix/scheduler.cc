// sched_*: policies, parameters and processor affinity.
#include <sched.h>

#include <cmath>

#include "runtime/module_registry.h"
#include "runtime/modules/module_util.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime::posix {

namespace {

constexpr StructField kParamFields[] = {{"sched_priority", "the scheduling priority"}, {nullptr, nullptr}};
constexpr StructSequenceSpec kParam = {
    "posix.sched_param", "Currently has only one field: sched_priority\n\n  sched_priority\n    A scheduling parameter.", kParamFields, 1, 1};
Class* param_class;

Value param_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder binder("sched_param", "(sched_priority)");
  Value a[1];
  if (!binder(args, nargs, kwnames, a)) return nullptr;
  Tuple* t = TRY(new_struct_sequence(cls));
  t->items[0] = a[0];
  write_barrier(t);
  return t;
}

Value do_get_priority_max(Value* a) {
  int policy;
  if (!to_int32(a[0], &policy)) return nullptr;
  int r = ::sched_get_priority_max(policy);
  return r < 0 ? posix_error() : Value::from_int(r);
}
Value do_get_priority_min(Value* a) {
  int policy;
  if (!to_int32(a[0], &policy)) return nullptr;
  int r = ::sched_get_priority_min(policy);
  return r < 0 ? posix_error() : Value::from_int(r);
}
Value do_getscheduler(Value* a) {
  int pid;
  if (!to_int32(a[0], &pid)) return nullptr;
  int r = ::sched_getscheduler(pid);
  return r < 0 ? posix_error() : Value::from_int(r);
}
Value do_setscheduler(Value* a) {
  int pid, policy;
  sched_param param;
  if (!to_int32(a[0], &pid) || !to_int32(a[1], &policy) || !to_sched_param(a[2], &param)) return nullptr;
  return none_or_error(::sched_setscheduler(pid, policy, &param));
}
Value do_getparam(Value* a) {
  int pid;
  sched_param param;
  if (!to_int32(a[0], &pid)) return nullptr;
  return ::sched_getparam(pid, &param) ? posix_error() : make_sched_param(param.sched_priority);
}
Value do_setparam(Value* a) {
  int pid;
  sched_param param;
  if (!to_int32(a[0], &pid) || !to_sched_param(a[1], &param)) return nullptr;
  return none_or_error(::sched_setparam(pid, &param));
}
Value do_rr_get_interval(Value* a) {
  int pid;
  timespec t;
  if (!to_int32(a[0], &pid)) return nullptr;
  if (::sched_rr_get_interval(pid, &t)) return posix_error();
  return Value::from_double(static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec));
}
Value do_yield(Value*) { return none_or_error(unlocked([] { return ::sched_yield(); })); }

// Masks grow until the kernel's fits.
constexpr int kFirstCpus = 1024, kMaxCpus = 1 << 20;

Value do_getaffinity(Value* a) {
  int pid;
  if (!to_int32(a[0], &pid)) return nullptr;
  for (int cpus = kFirstCpus; cpus <= kMaxCpus; cpus *= 2) {
    cpu_set_t* mask = CPU_ALLOC(static_cast<size_t>(cpus));
    if (!mask) return raise_memory_error();
    size_t size = CPU_ALLOC_SIZE(static_cast<size_t>(cpus));
    bool ok = ::sched_getaffinity(pid, size, mask) == 0;
    int saved = errno;
    Set* set = ok ? new_set(nullptr) : nullptr;
    for (size_t i = 0; set && i < static_cast<size_t>(cpus); ++i) {
      if (CPU_ISSET_S(i, size, mask) && set_add(set, Value::from_int(static_cast<int64_t>(i))) < 0) set = nullptr;
    }
    CPU_FREE(mask);
    if (ok) return set;
    errno = saved;
    if (errno != EINVAL) break;
  }
  return posix_error();
}
Value do_setaffinity(Value* a) {
  int pid;
  if (!to_int32(a[0], &pid)) return nullptr;
  Value iterator = TRY(get_iter(a[1]));
  std::vector<int> cpus;
  int highest = 0;
  while (Value item = iter_next(iterator)) {
    if (!is_int_like(item)) {
      return raisef(exc.TypeError, "expected an iterator of ints, but iterator yielded %s", to_utf8(TRY(repr(class_of(item)))).c_str());
    }
    int64_t n;
    if (!to_int64(item, &n)) return nullptr;
    if (n < 0) return raise(exc.ValueError, "negative CPU number");
    if (n >= INT32_MAX) return raise(exc.OverflowError, "CPU number too large");
    cpus.push_back(static_cast<int>(n));
    highest = std::max(highest, static_cast<int>(n));
  }
  if (error_pending()) return nullptr;
  if (highest >= kMaxCpus) {
    errno = EINVAL;
    return posix_error();
  }
  size_t count = static_cast<size_t>(std::max(highest + 1, kFirstCpus)), size = CPU_ALLOC_SIZE(count);
  cpu_set_t* mask = CPU_ALLOC(count);
  if (!mask) return raise_memory_error();
  CPU_ZERO_S(size, mask);
  for (int cpu : cpus) CPU_SET_S(static_cast<size_t>(cpu), size, mask);
  int r = ::sched_setaffinity(pid, size, mask);
  int saved = errno;
  CPU_FREE(mask);
  errno = saved;
  return none_or_error(r);
}

}  // namespace

Value make_sched_param(int priority) {
  Tuple* t = TRY(new_struct_sequence(param_class));
  t->items[0] = Value::from_int(priority);
  return t;
}
bool to_sched_param(Value v, sched_param* out) {
  if (!is_instance(v, param_class)) return raise(exc.TypeError, "must have a sched_param object"), false;
  int64_t n;
  if (!to_int64(v.as<Tuple>()->items[0], &n)) return false;
  if (n < INT32_MIN || n > INT32_MAX) return raise(exc.OverflowError, "sched_priority out of range"), false;
  out->sched_priority = static_cast<int>(n);
  return true;
}

const MethodDef kSchedulerFunctions[] = {POSIX_ROW("sched_get_priority_max", "($module, /, policy)", do_get_priority_max),
                                         POSIX_ROW("sched_get_priority_min", "($module, /, policy)", do_get_priority_min),
                                         POSIX_ROW("sched_getscheduler", "($module, pid, /)", do_getscheduler),
                                         POSIX_ROW("sched_setscheduler", "($module, pid, policy, param, /)", do_setscheduler),
                                         POSIX_ROW("sched_getparam", "($module, pid, /)", do_getparam),
                                         POSIX_ROW("sched_setparam", "($module, pid, param, /)", do_setparam),
                                         POSIX_ROW("sched_rr_get_interval", "($module, pid, /)", do_rr_get_interval),
                                         POSIX_ROW("sched_yield", "($module, /)", do_yield),
                                         POSIX_ROW("sched_getaffinity", "($module, pid, /)", do_getaffinity),
                                         POSIX_ROW("sched_setaffinity", "($module, pid, mask, /)", do_setaffinity),
                                         {}};

bool init_scheduler(Module* m) {
  if (!param_class) {
    param_class = new_struct_sequence_class(kParam);
    param_class->slots.new_ = param_new;
  }
  return add_object(m, "sched_param", param_class);
}

}  // namespace pyjit::runtime::posix
