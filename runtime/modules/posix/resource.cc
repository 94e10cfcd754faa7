// The resource module: limits and usage of the process.
#include <sys/resource.h>
#include <unistd.h>

#include "runtime/module_registry.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"

namespace pyjit::runtime {

namespace posix {
namespace {

Value limit_value(rlim_t v) { return v == RLIM_INFINITY ? Value::from_int(-1) : new_int_unsigned(v); }
Value limit_pair(const rlimit& r) { return make_tuple(limit_value(r.rlim_cur), limit_value(r.rlim_max)); }

bool to_resource(Value v, __rlimit_resource_t* out) {
  int n;
  if (!to_int32(v, &n)) return false;
  if (n < 0 || n >= static_cast<int>(RLIM_NLIMITS)) return raise(exc.ValueError, "invalid resource specified"), false;
  return *out = static_cast<__rlimit_resource_t>(n), true;
}
bool to_limits(Value v, rlimit* out) {
  Tuple* t = to_tuple(v);
  if (!t) return false;
  if (t->size != 2) return raise(exc.ValueError, "expected a tuple of 2 integers"), false;
  int64_t soft, hard;
  if (!to_int64(t->items[0], &soft) || !to_int64(t->items[1], &hard)) return false;
  *out = {static_cast<rlim_t>(soft), static_cast<rlim_t>(hard)};
  return true;
}
Value limit_error() {
  if (errno == EINVAL) return raise(exc.ValueError, "current limit exceeds maximum limit");
  if (errno == EPERM) return raise(exc.ValueError, "not allowed to raise maximum limit");
  return posix_error();
}

Value do_getrusage(Value* a) {
  int who;
  rusage usage;
  if (!to_int32(a[0], &who)) return nullptr;
  if (::getrusage(static_cast<__rusage_who_t>(who), &usage) == 0) return make_rusage(usage);
  if (errno == EINVAL) return raise(exc.ValueError, "invalid who parameter");
  return posix_error();
}
Value do_getrlimit(Value* a) {
  __rlimit_resource_t resource;
  rlimit limit;
  if (!to_resource(a[0], &resource)) return nullptr;
  return ::getrlimit(resource, &limit) < 0 ? posix_error() : limit_pair(limit);
}
Value do_setrlimit(Value* a) {
  __rlimit_resource_t resource;
  rlimit limit;
  if (!to_resource(a[0], &resource) || !to_limits(a[1], &limit)) return nullptr;
  return ::setrlimit(resource, &limit) < 0 ? limit_error() : Value::none();
}
Value do_prlimit(Value* a, uint32_t nargs, Tuple* kwnames) {
  if (kwnames && kwnames->size) return raise(exc.TypeError, "resource.prlimit() takes no keyword arguments");
  if (nargs < 2 || nargs > 3) return raise(exc.TypeError, "resource.prlimit requires 2 to 3 arguments");
  int pid;
  __rlimit_resource_t resource;
  rlimit limit, old;
  bool change = nargs == 3 && !a[2].is_none();
  if (!to_int32(a[0], &pid) || !to_resource(a[1], &resource) || (change && !to_limits(a[2], &limit))) return nullptr;
  if (::prlimit(pid, static_cast<__rlimit_resource>(resource), change ? &limit : nullptr, &old) < 0) {
    return errno == EINVAL ? limit_error() : posix_error();
  }
  return limit_pair(old);
}
Value do_getpagesize(Value*) { return Value::from_int(::getpagesize()); }

constexpr MethodDef kFunctions[] = {POSIX_ROW("getrusage", "($module, who, /)", do_getrusage),
                                    POSIX_ROW("getrlimit", "($module, resource, /)", do_getrlimit),
                                    POSIX_ROW("setrlimit", "($module, resource, limits, /)", do_setrlimit),
                                    POSIX_ROW("getpagesize", "($module, /)", do_getpagesize),
                                    {"prlimit", "!($module, /, *args)", nullptr, Effects::kCallsPython, MethodKind::kFunction, nullptr, do_prlimit},
                                    {}};
#define ROW(name) {#name, static_cast<long>(name)},
constexpr NamedInt kConstants[] = {
    // clang-format off
    ROW(RLIMIT_CPU) ROW(RLIMIT_FSIZE) ROW(RLIMIT_DATA) ROW(RLIMIT_STACK) ROW(RLIMIT_CORE) ROW(RLIMIT_NOFILE) ROW(RLIMIT_OFILE) ROW(RLIMIT_AS)
    ROW(RLIMIT_RSS) ROW(RLIMIT_NPROC) ROW(RLIMIT_MEMLOCK) ROW(RLIMIT_MSGQUEUE) ROW(RLIMIT_NICE) ROW(RLIMIT_RTPRIO) ROW(RLIMIT_RTTIME)
    ROW(RLIMIT_SIGPENDING) ROW(RUSAGE_SELF) ROW(RUSAGE_CHILDREN) ROW(RUSAGE_THREAD)
    // clang-format on
};
#undef ROW

}  // namespace
}  // namespace posix

bool init_resource_module(Module* m) {
  for (const posix::NamedInt& c : posix::kConstants) {
    if (!add_int(m, c.name, c.value)) return false;
  }
  return add_int(m, "RLIM_INFINITY", -1) && add_functions(m, posix::kFunctions) && add_object(m, "struct_rusage", posix::rusage_class()) &&
         add_object(m, "error", exc.OSError);
}

}  // namespace pyjit::runtime
