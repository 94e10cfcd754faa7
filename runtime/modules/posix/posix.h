// posix: what its files share: path and descriptor arguments with CPython's messages, blocking calls, the method tables.
#pragma once
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>

#include <cerrno>
#include <string>
#include <type_traits>
#include <vector>

#include "runtime/blocking.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/struct_sequence.h"
#include "runtime/types/bytes.h"
#include "runtime/types/containers.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace pyjit::runtime::posix {

// A path argument, ready for the system. Exactly one of: text, an open descriptor, nothing (nullable arguments only).
struct Path {
  Value object;              // what OSError.filename shows: the argument after __fspath__
  std::string text;
  int fd = -1;
  bool given = false;        // text is valid
  bool bytes = false;        // results are bytes too
  const char* c_str() const { return text.c_str(); }
};
enum PathFlags : unsigned { kPathAllowFd = 1, kPathNullable = 2 };
// False: exception pending. "stat: path should be string, bytes, os.PathLike or integer, not list".
bool to_path(Value v, const char* function, Path* out, unsigned flags = 0, const char* argument = "path");
Value path_error(const Path& path);                       // OSError from errno with the file name
Value path_error(const Path& path, const Path& second);
inline Value posix_error() { return raise_os_error(errno); }

// dir_fd=: null and None mean AT_FDCWD.
bool to_dir_fd(Value v, int* out);
// The combinations that make no sense. False: ValueError pending.
bool check_dir_fd(const char* function, const Path& path, int dir_fd);
bool check_fd_and_follow(const char* function, const Path& path, bool follow_symlinks);

// An int or an object with fileno() ("argument must be an int, or have a fileno() method.").
bool to_descriptor(Value v, int* out);
bool to_flag(Value v, bool fallback, bool* out);          // truth of an optional argument
bool to_uid(Value v, uid_t* out);
bool to_gid(Value v, gid_t* out);
inline bool optional_int(Value v, int fallback, int* out) { return v ? to_int32(v, out) : (*out = fallback, true); }
// Seconds as int or float, rounded down.
bool to_timespec(Value v, timespec* out);

bool to_length(Value v, int64_t* out);                    // OverflowError "Python int too large to convert to C ssize_t"
inline Value none_or_error(int result) { return result < 0 ? posix_error() : Value::none(); }
inline Value path_string(const Path& like, std::string_view text);

// Calls `f` with the GIL released, again after EINTR when the signal handlers let it. False: one of them raised.
template <class F, class R>
bool retry(R* result, F f) {
  if (!check_signals()) return false;   // one that came since the last poll would not interrupt the call
  for (;;) {
    {
      int saved;
      {
        BlockingRegion blocking;
        *result = f();
        saved = errno;
      }
      errno = saved;
    }
    if (*result != static_cast<R>(-1) || errno != EINTR) return true;
    if (!check_signals()) return false;
  }
}
// The same without a second try: for calls that must not be repeated (close).
template <class F>
auto unlocked(F f) {
  int saved;
  std::invoke_result_t<F> r;
  {
    BlockingRegion blocking;
    r = f();
    saved = errno;
  }
  errno = saved;
  return r;
}

Str* fs_string(std::string_view data);                     // file-system text: utf-8 with surrogateescape
inline Value path_string(const Path& like, std::string_view text) {
  return like.bytes ? Value(new_bytes(text)) : Value(fs_string(text));
}

// A table of names for sysconf, pathconf, confstr.
struct NamedInt { const char* name; long value; };
bool to_conf_name(Value v, const NamedInt* table, size_t count, int* out);
Value conf_dict(const NamedInt* table, size_t count);

Value make_stat_result(const struct stat& st);
// stat or lstat of `path`; the function of os.stat and DirEntry.stat.
Value stat_path(const char* function, const Path& path, int dir_fd, bool follow_symlinks);

// Native vectors of C strings for exec and spawn.
struct StringVector {
  std::vector<std::string> strings;
  std::vector<char*> pointers;               // null at the end
  char** finish();
};
// `what` begins the messages: "execv() arg 2", "execve: argv".
bool to_argument_vector(Value v, const char* what, StringVector* out);
bool to_environment_vector(Value v, const char* function, StringVector* out);
// A set of signals from an iterable of numbers.
bool to_signal_set(Value v, sigset_t* out);
Value make_sched_param(int priority);
bool to_sched_param(Value v, sched_param* out);

// Codes of posix_spawn's file_actions.
enum SpawnAction { kSpawnOpen, kSpawnClose, kSpawnDup2 };

// Around fork: os.register_at_fork's functions and what the runtime itself must do in the child.
void run_before_fork();
void run_after_fork(bool child);

Value make_rusage(const rusage& usage);                    // resource.struct_rusage
Class* rusage_class();

extern const MethodDef kStatFunctions[], kDirectoryFunctions[], kFileFunctions[], kDescriptorFunctions[], kProcessFunctions[], kIdentityFunctions[],
    kWaitFunctions[], kSchedulerFunctions[], kSystemFunctions[], kConfigFunctions[];
using InitPart = bool (*)(struct pyjit::runtime::Module* m);
bool init_stat(Module* m);
bool init_directory(Module* m);
bool init_wait(Module* m);
bool init_scheduler(Module* m);
bool init_system(Module* m);
bool init_config(Module* m);
bool init_constants(Module* m);

#define POSIX_ROW(name, signature, fn) {name, signature, fn, Effects::kCallsPython, MethodKind::kFunction}

}  // namespace pyjit::runtime::posix
