// _typing and _stat: one function; the file mode constants and predicates.
#include <sys/stat.h>

#include "runtime/modules/module_util.h"

namespace pyjit::runtime {

namespace {

Value idfunc(Value* args) { return args[0]; }
const MethodDef kTypingFunctions[] = {function_row("_idfunc", "($module, x, /)", idfunc, Effects::kPure), {}};

bool to_mode(Value v, mode_t* mode) {
  int64_t i;
  if (!to_int64(v, &i)) return false;
  if (i < 0) {
    raise(exc.OverflowError, "can't convert negative value to unsigned int");
    return false;
  }
  if (i > UINT32_MAX) {
    raise(exc.OverflowError, "mode out of range");
    return false;
  }
  *mode = static_cast<mode_t>(i);
  return true;
}

template <mode_t kKind>
Value is_kind(Value* args) {
  mode_t mode;
  return to_mode(args[0], &mode) ? Value::from_bool((mode & S_IFMT) == kKind) : Value();
}
Value never(Value* args) {   // doors, ports and whiteouts are other systems' kinds
  mode_t mode;
  return to_mode(args[0], &mode) ? Value::from_bool(false) : Value();
}
Value permissions(Value* args) {
  mode_t mode;
  return to_mode(args[0], &mode) ? Value::from_int(mode & 07777) : Value();
}
Value format_bits(Value* args) {
  mode_t mode;
  return to_mode(args[0], &mode) ? Value::from_int(mode & S_IFMT) : Value();
}

// "-rwxr-xr-x"
Value filemode(Value* args) {
  mode_t mode;
  if (!to_mode(args[0], &mode)) return nullptr;
  char text[] = "?---------";
  switch (mode & S_IFMT) {
    case S_IFREG: text[0] = '-'; break;
    case S_IFDIR: text[0] = 'd'; break;
    case S_IFLNK: text[0] = 'l'; break;
    case S_IFBLK: text[0] = 'b'; break;
    case S_IFCHR: text[0] = 'c'; break;
    case S_IFIFO: text[0] = 'p'; break;
    case S_IFSOCK: text[0] = 's'; break;
  }
  for (int i = 0; i < 9; ++i) {
    if (mode & (0400u >> i)) text[i + 1] = "rwx"[i % 3];
  }
  auto special = [&](mode_t bit, int at, char with_x, char without) {
    if (mode & bit) text[at] = text[at] == 'x' ? with_x : without;
  };
  special(S_ISUID, 3, 's', 'S');
  special(S_ISGID, 6, 's', 'S');
  special(S_ISVTX, 9, 't', 'T');
  return new_str(text);
}

#define PREDICATE(name, fn, what) function_row(name, "!($module, mode, /)", fn, Effects::kPure, name "(mode) -> bool\n\nReturn True if mode is from " what ".")
const MethodDef kStatFunctions[] = {
    PREDICATE("S_ISDIR", is_kind<S_IFDIR>, "a directory"), PREDICATE("S_ISCHR", is_kind<S_IFCHR>, "a character special device file"),
    PREDICATE("S_ISBLK", is_kind<S_IFBLK>, "a block special device file"), PREDICATE("S_ISREG", is_kind<S_IFREG>, "a regular file"),
    PREDICATE("S_ISFIFO", is_kind<S_IFIFO>, "a FIFO (named pipe)"), PREDICATE("S_ISLNK", is_kind<S_IFLNK>, "a symbolic link"),
    PREDICATE("S_ISSOCK", is_kind<S_IFSOCK>, "a socket"), PREDICATE("S_ISDOOR", never, "a door"), PREDICATE("S_ISPORT", never, "an event port"),
    PREDICATE("S_ISWHT", never, "a whiteout"),
    function_row("S_IMODE", "!($module, mode, /)", permissions, Effects::kPure, "The part of the mode that os.chmod() can set."),
    function_row("S_IFMT", "!($module, mode, /)", format_bits, Effects::kPure, "The part of the mode that tells the kind of file."),
    function_row("filemode", "!($module, mode, /)", filemode, Effects::kPure, "The mode as 'ls -l' writes it: '-rwxrwxrwx'."),
    {}};
#undef PREDICATE

struct Constant { const char* name; int64_t value; };
const Constant kStatConstants[] = {
    {"S_IFDIR", S_IFDIR}, {"S_IFCHR", S_IFCHR}, {"S_IFBLK", S_IFBLK}, {"S_IFREG", S_IFREG}, {"S_IFIFO", S_IFIFO}, {"S_IFLNK", S_IFLNK},
    {"S_IFSOCK", S_IFSOCK}, {"S_IFDOOR", 0}, {"S_IFPORT", 0}, {"S_IFWHT", 0}, {"S_ISUID", S_ISUID}, {"S_ISGID", S_ISGID}, {"S_ISVTX", S_ISVTX},
    {"S_ENFMT", S_ISGID}, {"S_IREAD", S_IRUSR}, {"S_IWRITE", S_IWUSR}, {"S_IEXEC", S_IXUSR}, {"S_IRWXU", S_IRWXU}, {"S_IRUSR", S_IRUSR},
    {"S_IWUSR", S_IWUSR}, {"S_IXUSR", S_IXUSR}, {"S_IRWXG", S_IRWXG}, {"S_IRGRP", S_IRGRP}, {"S_IWGRP", S_IWGRP}, {"S_IXGRP", S_IXGRP},
    {"S_IRWXO", S_IRWXO}, {"S_IROTH", S_IROTH}, {"S_IWOTH", S_IWOTH}, {"S_IXOTH", S_IXOTH}, {"UF_NODUMP", 1}, {"UF_IMMUTABLE", 2},
    {"UF_APPEND", 4}, {"UF_OPAQUE", 8}, {"UF_NOUNLINK", 0x10}, {"UF_COMPRESSED", 0x20}, {"UF_HIDDEN", 0x8000}, {"SF_ARCHIVED", 0x10000},
    {"SF_IMMUTABLE", 0x20000}, {"SF_APPEND", 0x40000}, {"SF_NOUNLINK", 0x100000}, {"SF_SNAPSHOT", 0x200000}, {"ST_MODE", 0}, {"ST_INO", 1},
    {"ST_DEV", 2}, {"ST_NLINK", 3}, {"ST_UID", 4}, {"ST_GID", 5}, {"ST_SIZE", 6}, {"ST_ATIME", 7}, {"ST_MTIME", 8}, {"ST_CTIME", 9},
    {"FILE_ATTRIBUTE_ARCHIVE", 32}, {"FILE_ATTRIBUTE_COMPRESSED", 2048}, {"FILE_ATTRIBUTE_DEVICE", 64}, {"FILE_ATTRIBUTE_DIRECTORY", 16},
    {"FILE_ATTRIBUTE_ENCRYPTED", 16384}, {"FILE_ATTRIBUTE_HIDDEN", 2}, {"FILE_ATTRIBUTE_INTEGRITY_STREAM", 32768},
    {"FILE_ATTRIBUTE_NORMAL", 128}, {"FILE_ATTRIBUTE_NOT_CONTENT_INDEXED", 8192}, {"FILE_ATTRIBUTE_NO_SCRUB_DATA", 131072},
    {"FILE_ATTRIBUTE_OFFLINE", 4096}, {"FILE_ATTRIBUTE_READONLY", 1}, {"FILE_ATTRIBUTE_REPARSE_POINT", 1024},
    {"FILE_ATTRIBUTE_SPARSE_FILE", 512}, {"FILE_ATTRIBUTE_SYSTEM", 4}, {"FILE_ATTRIBUTE_TEMPORARY", 256}, {"FILE_ATTRIBUTE_VIRTUAL", 65536}};

}  // namespace

bool init_typing_module(Module* m) { return add_functions(m, kTypingFunctions); }

bool init_stat_module(Module* m) {
  for (const Constant& c : kStatConstants) {
    if (!add_int(m, c.name, c.value)) return false;
  }
  return add_functions(m, kStatFunctions);
}

}  // namespace pyjit::runtime
