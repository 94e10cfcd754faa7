// sysconf, pathconf, confstr and their tables of names.
#include <unistd.h>

#include "runtime/module_registry.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime::posix {

namespace {

#define ROW(name) {#name, static_cast<long>(_##name)},
constexpr NamedInt kSysconf[] = {
    // clang-format off
    ROW(SC_2_CHAR_TERM) ROW(SC_2_C_BIND) ROW(SC_2_C_DEV) ROW(SC_2_C_VERSION) ROW(SC_2_FORT_DEV) ROW(SC_2_FORT_RUN) ROW(SC_2_LOCALEDEF)
    ROW(SC_2_SW_DEV) ROW(SC_2_UPE) ROW(SC_2_VERSION) ROW(SC_AIO_LISTIO_MAX) ROW(SC_AIO_MAX) ROW(SC_AIO_PRIO_DELTA_MAX) ROW(SC_ARG_MAX)
    ROW(SC_ASYNCHRONOUS_IO) ROW(SC_ATEXIT_MAX) ROW(SC_AVPHYS_PAGES) ROW(SC_BC_BASE_MAX) ROW(SC_BC_DIM_MAX) ROW(SC_BC_SCALE_MAX)
    ROW(SC_BC_STRING_MAX) ROW(SC_CHARCLASS_NAME_MAX) ROW(SC_CHAR_BIT) ROW(SC_CHAR_MAX) ROW(SC_CHAR_MIN) ROW(SC_CHILD_MAX) ROW(SC_CLK_TCK)
    ROW(SC_COLL_WEIGHTS_MAX) ROW(SC_DELAYTIMER_MAX) ROW(SC_EQUIV_CLASS_MAX) ROW(SC_EXPR_NEST_MAX) ROW(SC_FSYNC) ROW(SC_GETGR_R_SIZE_MAX)
    ROW(SC_GETPW_R_SIZE_MAX) ROW(SC_INT_MAX) ROW(SC_INT_MIN) ROW(SC_IOV_MAX) ROW(SC_JOB_CONTROL) ROW(SC_LINE_MAX) ROW(SC_LOGIN_NAME_MAX)
    ROW(SC_LONG_BIT) ROW(SC_MAPPED_FILES) ROW(SC_MB_LEN_MAX) ROW(SC_MEMLOCK) ROW(SC_MEMLOCK_RANGE) ROW(SC_MEMORY_PROTECTION)
    ROW(SC_MESSAGE_PASSING) ROW(SC_MINSIGSTKSZ) ROW(SC_MQ_OPEN_MAX) ROW(SC_MQ_PRIO_MAX) ROW(SC_NGROUPS_MAX) ROW(SC_NL_ARGMAX)
    ROW(SC_NL_LANGMAX) ROW(SC_NL_MSGMAX) ROW(SC_NL_NMAX) ROW(SC_NL_SETMAX) ROW(SC_NL_TEXTMAX) ROW(SC_NPROCESSORS_CONF)
    ROW(SC_NPROCESSORS_ONLN) ROW(SC_NZERO) ROW(SC_OPEN_MAX) ROW(SC_PAGESIZE) ROW(SC_PAGE_SIZE) ROW(SC_PASS_MAX) ROW(SC_PHYS_PAGES)
    ROW(SC_PII) ROW(SC_PII_INTERNET) ROW(SC_PII_INTERNET_DGRAM) ROW(SC_PII_INTERNET_STREAM) ROW(SC_PII_OSI) ROW(SC_PII_OSI_CLTS)
    ROW(SC_PII_OSI_COTS) ROW(SC_PII_OSI_M) ROW(SC_PII_SOCKET) ROW(SC_PII_XTI) ROW(SC_POLL) ROW(SC_PRIORITIZED_IO)
    ROW(SC_PRIORITY_SCHEDULING) ROW(SC_REALTIME_SIGNALS) ROW(SC_RE_DUP_MAX) ROW(SC_RTSIG_MAX) ROW(SC_SAVED_IDS) ROW(SC_SCHAR_MAX)
    ROW(SC_SCHAR_MIN) ROW(SC_SELECT) ROW(SC_SEMAPHORES) ROW(SC_SEM_NSEMS_MAX) ROW(SC_SEM_VALUE_MAX) ROW(SC_SHARED_MEMORY_OBJECTS)
    ROW(SC_SHRT_MAX) ROW(SC_SHRT_MIN) ROW(SC_SIGQUEUE_MAX) ROW(SC_SSIZE_MAX) ROW(SC_STREAM_MAX) ROW(SC_SYNCHRONIZED_IO) ROW(SC_THREADS)
    ROW(SC_THREAD_ATTR_STACKADDR) ROW(SC_THREAD_ATTR_STACKSIZE) ROW(SC_THREAD_DESTRUCTOR_ITERATIONS) ROW(SC_THREAD_KEYS_MAX)
    ROW(SC_THREAD_PRIORITY_SCHEDULING) ROW(SC_THREAD_PRIO_INHERIT) ROW(SC_THREAD_PRIO_PROTECT) ROW(SC_THREAD_PROCESS_SHARED)
    ROW(SC_THREAD_SAFE_FUNCTIONS) ROW(SC_THREAD_STACK_MIN) ROW(SC_THREAD_THREADS_MAX) ROW(SC_TIMERS) ROW(SC_TIMER_MAX) ROW(SC_TTY_NAME_MAX)
    ROW(SC_TZNAME_MAX) ROW(SC_T_IOV_MAX) ROW(SC_UCHAR_MAX) ROW(SC_UINT_MAX) ROW(SC_UIO_MAXIOV) ROW(SC_ULONG_MAX) ROW(SC_USHRT_MAX)
    ROW(SC_VERSION) ROW(SC_WORD_BIT) ROW(SC_XBS5_ILP32_OFF32) ROW(SC_XBS5_ILP32_OFFBIG) ROW(SC_XBS5_LP64_OFF64) ROW(SC_XBS5_LPBIG_OFFBIG)
    ROW(SC_XOPEN_CRYPT) ROW(SC_XOPEN_ENH_I18N) ROW(SC_XOPEN_LEGACY) ROW(SC_XOPEN_REALTIME) ROW(SC_XOPEN_REALTIME_THREADS) ROW(SC_XOPEN_SHM)
    ROW(SC_XOPEN_UNIX) ROW(SC_XOPEN_VERSION) ROW(SC_XOPEN_XCU_VERSION) ROW(SC_XOPEN_XPG2) ROW(SC_XOPEN_XPG3) ROW(SC_XOPEN_XPG4)
    // clang-format on
};
constexpr NamedInt kPathconf[] = {
    // clang-format off
    ROW(PC_ALLOC_SIZE_MIN) ROW(PC_ASYNC_IO) ROW(PC_CHOWN_RESTRICTED) ROW(PC_FILESIZEBITS) ROW(PC_LINK_MAX) ROW(PC_MAX_CANON)
    ROW(PC_MAX_INPUT) ROW(PC_NAME_MAX) ROW(PC_NO_TRUNC) ROW(PC_PATH_MAX) ROW(PC_PIPE_BUF) ROW(PC_PRIO_IO) ROW(PC_REC_INCR_XFER_SIZE)
    ROW(PC_REC_MAX_XFER_SIZE) ROW(PC_REC_MIN_XFER_SIZE) ROW(PC_REC_XFER_ALIGN) ROW(PC_SOCK_MAXBUF) ROW(PC_SYMLINK_MAX) ROW(PC_SYNC_IO)
    ROW(PC_VDISABLE)
    // clang-format on
};
constexpr NamedInt kConfstr[] = {
    // clang-format off
    ROW(CS_GNU_LIBC_VERSION) ROW(CS_GNU_LIBPTHREAD_VERSION) ROW(CS_LFS64_CFLAGS) ROW(CS_LFS64_LDFLAGS) ROW(CS_LFS64_LIBS)
    ROW(CS_LFS64_LINTFLAGS) ROW(CS_LFS_CFLAGS) ROW(CS_LFS_LDFLAGS) ROW(CS_LFS_LIBS) ROW(CS_LFS_LINTFLAGS) ROW(CS_PATH)
    ROW(CS_XBS5_ILP32_OFF32_CFLAGS) ROW(CS_XBS5_ILP32_OFF32_LDFLAGS) ROW(CS_XBS5_ILP32_OFF32_LIBS) ROW(CS_XBS5_ILP32_OFF32_LINTFLAGS)
    ROW(CS_XBS5_ILP32_OFFBIG_CFLAGS) ROW(CS_XBS5_ILP32_OFFBIG_LDFLAGS) ROW(CS_XBS5_ILP32_OFFBIG_LIBS) ROW(CS_XBS5_ILP32_OFFBIG_LINTFLAGS)
    ROW(CS_XBS5_LP64_OFF64_CFLAGS) ROW(CS_XBS5_LP64_OFF64_LDFLAGS) ROW(CS_XBS5_LP64_OFF64_LIBS) ROW(CS_XBS5_LP64_OFF64_LINTFLAGS)
    ROW(CS_XBS5_LPBIG_OFFBIG_CFLAGS) ROW(CS_XBS5_LPBIG_OFFBIG_LDFLAGS) ROW(CS_XBS5_LPBIG_OFFBIG_LIBS) ROW(CS_XBS5_LPBIG_OFFBIG_LINTFLAGS)
    // clang-format on
};
#undef ROW

Value do_sysconf(Value* a) {
  int name;
  if (!to_conf_name(a[0], kSysconf, std::size(kSysconf), &name)) return nullptr;
  errno = 0;
  long r = ::sysconf(name);
  return r == -1 && errno ? posix_error() : new_int(r);
}
Value do_fpathconf(Value* a) {
  int fd, name;
  if (!to_descriptor(a[0], &fd) || !to_conf_name(a[1], kPathconf, std::size(kPathconf), &name)) return nullptr;
  errno = 0;
  long r = ::fpathconf(fd, name);
  return r == -1 && errno ? posix_error() : new_int(r);
}
Value do_pathconf(Value* a) {
  Path path;
  int name;
  if (!to_path(a[0], "pathconf", &path, kPathAllowFd) || !to_conf_name(a[1], kPathconf, std::size(kPathconf), &name)) return nullptr;
  errno = 0;
  long r = path.given ? ::pathconf(path.c_str(), name) : ::fpathconf(path.fd, name);
  if (r != -1 || !errno) return new_int(r);
  return errno == EINVAL ? posix_error() : path_error(path);
}
Value do_confstr(Value* a) {
  int name;
  if (!to_conf_name(a[0], kConfstr, std::size(kConfstr), &name)) return nullptr;
  errno = 0;
  size_t n = ::confstr(name, nullptr, 0);
  if (n == 0) return errno ? posix_error() : Value::none();
  std::string text(n, '\0');
  ::confstr(name, text.data(), n);
  text.resize(n - 1);
  return fs_string(text);
}

}  // namespace

bool to_conf_name(Value v, const NamedInt* table, size_t count, int* out) {
  if (is_int_like(v)) return to_int32(v, out);
  if (!is_str(v)) return raise(exc.TypeError, "configuration names must be strings or integers"), false;
  for (size_t i = 0; i < count; ++i) {
    if (str_equals(v.as<Str>(), table[i].name)) return *out = static_cast<int>(table[i].value), true;
  }
  return raise(exc.ValueError, "unrecognized configuration name"), false;
}

Value conf_dict(const NamedInt* table, size_t count) {
  Dict* d = TRY(new_dict());
  for (size_t i = 0; i < count; ++i) {
    if (!dict_set_str(d, intern(table[i].name), Value::from_int(table[i].value))) return nullptr;
  }
  return d;
}

const MethodDef kConfigFunctions[] = {POSIX_ROW("sysconf", "($module, name, /)", do_sysconf),
                                      POSIX_ROW("fpathconf", "($module, fd, name, /)", do_fpathconf),
                                      POSIX_ROW("pathconf", "($module, /, path, name)", do_pathconf),
                                      POSIX_ROW("confstr", "($module, name, /)", do_confstr),
                                      {}};

bool init_config(Module* m) {
  return add_object(m, "sysconf_names", TRY(conf_dict(kSysconf, std::size(kSysconf)))) &&
         add_object(m, "pathconf_names", TRY(conf_dict(kPathconf, std::size(kPathconf)))) &&
         add_object(m, "confstr_names", TRY(conf_dict(kConfstr, std::size(kConfstr))));
}

}  // namespace pyjit::runtime::posix
