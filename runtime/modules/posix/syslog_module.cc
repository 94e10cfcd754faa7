// The syslog module.
#include <syslog.h>

#include "runtime/module_registry.h"
#include "runtime/modules/module_util.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"
#include "runtime/paths.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime {

namespace posix {
namespace {

// openlog keeps the pointer it is given, so the identity lives here.
std::string identity;
bool opened = false;

// openlog's default identity: the last part of sys.argv[0].
std::string default_identity() {
  Value sys = import_native_module("sys");
  Value argv = sys ? module_get(sys.as<Module>(), intern("argv")) : Value();
  if (!argv || !is_list(argv) || !argv.as<List>()->size || !is_str(argv.as<List>()->items()[0])) return "";
  std::string text = to_utf8(argv.as<List>()->items()[0].as<Str>());
  return text.substr(text.rfind('/') + 1);
}

Value do_openlog(Value* a) {
  int option, facility;
  if (a[0] && !is_str(a[0])) return raisef(exc.TypeError, "openlog() argument 1 must be str, not %.50s", type_name(a[0]));
  if (!optional_int(a[1], 0, &option) || !optional_int(a[2], LOG_USER, &facility)) return nullptr;
  identity = a[0] ? to_utf8(a[0].as<Str>()) : default_identity();
  ::openlog(identity.empty() ? nullptr : identity.c_str(), option, facility);
  opened = true;
  return Value::none();
}
Value do_syslog(Value* a, uint32_t nargs, Tuple* kwnames) {
  if (kwnames && kwnames->size) return raise(exc.TypeError, "syslog.syslog() takes no keyword arguments");
  if (nargs < 1 || nargs > 2 || (nargs == 1 && !is_str(a[0]))) return raise(exc.TypeError, "[priority,] message string");
  int priority = LOG_INFO;
  if (nargs == 2 && !to_int32(a[0], &priority)) return nullptr;
  Value message = a[nargs - 1];
  if (!is_str(message)) return raise(exc.TypeError, "[priority,] message string");
  if (!opened) {
    Value none[3] = {};
    if (!do_openlog(none)) return nullptr;
  }
  std::string text = to_utf8(message.as<Str>());
  unlocked([&] { return ::syslog(priority, "%s", text.c_str()), 0; });
  return Value::none();
}
Value do_closelog(Value*) {
  if (opened) ::closelog();
  opened = false;
  return Value::none();
}
Value do_setlogmask(Value* a) {
  int mask;
  return to_int32(a[0], &mask) ? Value::from_int(::setlogmask(mask)) : Value();
}
Value do_log_mask(Value* a) {
  int priority;
  return to_int32(a[0], &priority) ? new_int(LOG_MASK(priority)) : Value();
}
Value do_log_upto(Value* a) {
  int priority;
  return to_int32(a[0], &priority) ? new_int(LOG_UPTO(priority)) : Value();
}

constexpr MethodDef kFunctions[] = {POSIX_ROW("openlog", "!($module, /, ident='', logoption=0, facility=0)", do_openlog),
                                    POSIX_ROW("closelog", "!($module, /)", do_closelog),
                                    {"syslog", "!($module, /, *args)", nullptr, Effects::kCallsPython, MethodKind::kFunction, nullptr, do_syslog},
                                    POSIX_ROW("setlogmask", "!($module, maskpri, /)", do_setlogmask),
                                    POSIX_ROW("LOG_MASK", "!($module, pri, /)", do_log_mask),
                                    POSIX_ROW("LOG_UPTO", "!($module, pri, /)", do_log_upto),
                                    {}};
#define ROW(name) {#name, static_cast<long>(name)},
constexpr NamedInt kConstants[] = {
    // clang-format off
    ROW(LOG_ALERT) ROW(LOG_AUTH) ROW(LOG_AUTHPRIV) ROW(LOG_CONS) ROW(LOG_CRIT) ROW(LOG_CRON) ROW(LOG_DAEMON) ROW(LOG_DEBUG) ROW(LOG_EMERG)
    ROW(LOG_ERR) ROW(LOG_INFO) ROW(LOG_KERN) ROW(LOG_LOCAL0) ROW(LOG_LOCAL1) ROW(LOG_LOCAL2) ROW(LOG_LOCAL3) ROW(LOG_LOCAL4) ROW(LOG_LOCAL5)
    ROW(LOG_LOCAL6) ROW(LOG_LOCAL7) ROW(LOG_LPR) ROW(LOG_MAIL) ROW(LOG_NDELAY) ROW(LOG_NEWS) ROW(LOG_NOTICE) ROW(LOG_NOWAIT) ROW(LOG_ODELAY)
    ROW(LOG_PERROR) ROW(LOG_PID) ROW(LOG_SYSLOG) ROW(LOG_USER) ROW(LOG_UUCP) ROW(LOG_WARNING)
    // clang-format on
};
#undef ROW

}  // namespace
}  // namespace posix

bool init_syslog_module(Module* m) {
  for (const posix::NamedInt& c : posix::kConstants) {
    if (!add_int(m, c.name, c.value)) return false;
  }
  return add_functions(m, posix::kFunctions);
}

}  // namespace pyjit::runtime
