// The posix module: puts its parts together.
#include "runtime/module_registry.h"
#include "runtime/modules/posix/posix.h"

namespace pyjit::runtime {

namespace posix {
namespace {

// What os.supports_fd, supports_dir_fd, supports_follow_symlinks and supports_effective_ids are made from.
constexpr const char* kHave[] = {
    "HAVE_EVENTFD",  "HAVE_FACCESSAT", "HAVE_FCHDIR",   "HAVE_FCHMOD",    "HAVE_FCHMODAT",  "HAVE_FCHOWN",       "HAVE_FCHOWNAT", "HAVE_FEXECVE",
    "HAVE_FDOPENDIR", "HAVE_FPATHCONF", "HAVE_FSTATAT",  "HAVE_FSTATVFS",  "HAVE_FTRUNCATE", "HAVE_FUTIMENS",     "HAVE_FUTIMES",  "HAVE_FUTIMESAT",
    "HAVE_LINKAT",   "HAVE_LCHOWN",    "HAVE_LSTAT",    "HAVE_LUTIMES",   "HAVE_MEMFD_CREATE", "HAVE_MKDIRAT",   "HAVE_MKFIFOAT", "HAVE_MKNODAT",
    "HAVE_OPENAT",   "HAVE_READLINKAT", "HAVE_RENAMEAT", "HAVE_SYMLINKAT", "HAVE_UNLINKAT",  "HAVE_UTIMENSAT"};

constexpr const MethodDef* kTables[] = {kStatFunctions, kDirectoryFunctions, kFileFunctions, kDescriptorFunctions,
                                        kProcessFunctions, kIdentityFunctions, kWaitFunctions, kSchedulerFunctions, kSystemFunctions, kConfigFunctions};
constexpr InitPart kParts[] = {init_stat, init_directory, init_wait, init_scheduler, init_system, init_config, init_constants};

}  // namespace
}  // namespace posix

bool init_posix_module(Module* m) {
  for (const MethodDef* rows : posix::kTables) {
    if (!add_functions(m, rows)) return false;
  }
  for (posix::InitPart init : posix::kParts) {
    if (!init(m)) return false;
  }
  List* have = TRY(new_list());
  for (const char* name : posix::kHave) {
    if (!list_append(have, intern(name))) return false;
  }
  return add_object(m, "_have_functions", have) && add_object(m, "error", exc.OSError);
}

}  // namespace pyjit::runtime
