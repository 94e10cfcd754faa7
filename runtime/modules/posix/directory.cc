// listdir, scandir and DirEntry; the functions that make and remove directories.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

#include "runtime/module_registry.h"
#include "runtime/modules/module_util.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"

namespace pyjit::runtime::posix {

namespace {

// d_type of an entry, DT_UNKNOWN where the file system does not say. stat results are fetched on demand and kept.
struct DirEntry : Object {
  Str* name;                 // or Bytes
  Object* path;
  Value stat_followed, stat_link;
  int64_t dir_fd;            // descriptor of the directory when scandir was given one, else -1
  uint64_t inode;
  unsigned char type;
};
struct ScandirIterator : Object {
  DIR* dir;                  // null: exhausted or closed
  Value path;                // the argument; null when it was a descriptor
  int64_t fd;
  bool bytes;
};

Class *dir_entry_class, *scandir_class;

void trace_entry(Object* o, Tracer& t) {
  auto* e = static_cast<DirEntry*>(o);
  t.visit(e->name);
  t.visit(e->path);
  t.visit(e->stat_followed);
  t.visit(e->stat_link);
}
void trace_scandir(Object* o, Tracer& t) { t.visit(static_cast<ScandirIterator*>(o)->path); }

bool is_dots(const char* name) { return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2])); }

// Opens a directory by name or by a duplicate of its descriptor. Null: error pending.
DIR* open_directory(const Path& path) {
  DIR* dir;
  if (path.fd >= 0) {
    int fd = fcntl(path.fd, F_DUPFD_CLOEXEC, 0);
    if (fd < 0) return path_error(path), nullptr;
    dir = unlocked([&] { return ::fdopendir(fd); });
    if (!dir) {
      int saved = errno;
      ::close(fd);
      errno = saved;
    } else {
      rewinddir(dir);   // the position is shared with the caller's descriptor
    }
  } else {
    dir = unlocked([&] { return ::opendir(path.given ? path.c_str() : "."); });
  }
  if (!dir) path_error(path);
  return dir;
}

Value do_listdir(Value* a) {
  Path path;
  if (!to_path(a[0], "listdir", &path, kPathAllowFd | kPathNullable)) return nullptr;
  DIR* dir = open_directory(path);
  if (!dir) return nullptr;
  List* list = new_list();
  bool ok = list;
  while (ok) {
    errno = 0;
    dirent* entry = unlocked([&] { return ::readdir(dir); });
    if (!entry) {
      if (errno) ok = (path_error(path), false);
      break;
    }
    if (is_dots(entry->d_name)) continue;
    Value name = path_string(path, entry->d_name);
    ok = name && list_append(list, name);
  }
  if (path.fd >= 0) rewinddir(dir);
  unlocked([&] { return ::closedir(dir); });
  return ok ? Value(list) : Value();
}

// DirEntry.

DirEntry* entry_of(Value v) { return v.as<DirEntry>(); }

Value entry_stat_now(DirEntry* e, bool follow) {
  Path path;
  if (!to_path(e->path, "DirEntry.stat", &path)) return nullptr;
  struct stat st;
  int dir_fd = e->dir_fd >= 0 ? static_cast<int>(e->dir_fd) : AT_FDCWD;
  int r = unlocked([&] { return ::fstatat(dir_fd, path.c_str(), &st, follow ? 0 : AT_SYMLINK_NOFOLLOW); });
  return r ? path_error(path) : make_stat_result(st);
}
Value entry_lstat(DirEntry* e) {
  if (!e->stat_link) {
    Value r = TRY(entry_stat_now(e, false));
    e->stat_link = r;
    write_barrier(e);
  }
  return e->stat_link;
}
// Whether the entry itself is a symbolic link: 1, 0, -1.
int entry_is_link(DirEntry* e) {
  if (e->type != DT_UNKNOWN) return e->type == DT_LNK;
  Value st = TRY_OR(entry_lstat(e), -1);
  return S_ISLNK(static_cast<mode_t>(st.as<Tuple>()->items[0].as_int()));
}
Value entry_get_stat(DirEntry* e, bool follow) {
  if (!follow) return entry_lstat(e);
  if (!e->stat_followed) {
    int link = entry_is_link(e);
    if (link < 0) return nullptr;
    Value r = TRY(link ? entry_stat_now(e, true) : entry_lstat(e));
    e->stat_followed = r;
    write_barrier(e);
  }
  return e->stat_followed;
}
Value entry_test_mode(DirEntry* e, bool follow, mode_t wanted) {
  bool link = e->type == DT_LNK;
  bool need_stat = e->type == DT_UNKNOWN || (follow && link);
  if (!need_stat) {
    if (link) return Value::from_bool(false);
    return Value::from_bool(wanted == S_IFDIR ? e->type == DT_DIR : e->type == DT_REG);
  }
  Value st = entry_get_stat(e, follow);
  if (!st) {
    if (!pending_matches(exc.FileNotFoundError)) return nullptr;
    clear_pending();   // gone since, or a broken link
    return Value::from_bool(false);
  }
  return Value::from_bool((static_cast<mode_t>(st.as<Tuple>()->items[0].as_int()) & S_IFMT) == wanted);
}

Value entry_is_dir(Value* a) {
  bool follow;
  return to_flag(a[1], true, &follow) ? entry_test_mode(entry_of(a[0]), follow, S_IFDIR) : Value();
}
Value entry_is_file(Value* a) {
  bool follow;
  return to_flag(a[1], true, &follow) ? entry_test_mode(entry_of(a[0]), follow, S_IFREG) : Value();
}
Value entry_is_symlink(Value* a) {
  int r = entry_is_link(entry_of(a[0]));
  return r < 0 ? Value() : Value::from_bool(r);
}
Value entry_stat(Value* a) {
  bool follow;
  return to_flag(a[1], true, &follow) ? entry_get_stat(entry_of(a[0]), follow) : Value();
}
Value entry_inode(Value* a) { return new_int_unsigned(entry_of(a[0])->inode); }
Value entry_fspath(Value* a) { return entry_of(a[0])->path; }
Value entry_name(Value v) { return entry_of(v)->name; }
Value entry_path(Value v) { return entry_of(v)->path; }
Value entry_repr(Value v) { return new_strf("<DirEntry %s>", to_utf8(TRY(repr(entry_of(v)->name))).c_str()); }

constexpr MethodDef kEntryMethods[] = {method_row("is_dir", "($self, /, *, follow_symlinks=True)", entry_is_dir),
                                       method_row("is_file", "($self, /, *, follow_symlinks=True)", entry_is_file),
                                       method_row("is_symlink", "($self, /)", entry_is_symlink),
                                       method_row("stat", "($self, /, *, follow_symlinks=True)", entry_stat),
                                       method_row("inode", "($self, /)", entry_inode),
                                       method_row("__fspath__", "($self, /)", entry_fspath),
                                       kClassGetItemRow,
                                       {}};
constexpr GetSetDef kEntryGetSet[] = {
    {"name", entry_name, nullptr, "the entry's base filename, relative to scandir() \"path\" argument"},
    {"path", entry_path, nullptr, "the entry's full path name; equivalent to os.path.join(scandir_path, entry.name)"},
    {}};
const ClassSpec kDirEntry = {.name = "posix.DirEntry",
                             .basicsize = sizeof(DirEntry),
                             .flags = kClassNoInstantiation,
                             .trace_kind = TraceKind::kCustom,
                             .trace = trace_entry,
                             .slots = {.repr = entry_repr},
                             .methods = kEntryMethods,
                             .getset = kEntryGetSet};

// scandir.

ScandirIterator* scandir_of(Value v) { return v.as<ScandirIterator>(); }

void close_scandir(ScandirIterator* s) {
  DIR* dir = s->dir;
  if (!dir) return;
  s->dir = nullptr;
  if (s->fd >= 0) rewinddir(dir);
  unlocked([&] { return ::closedir(dir); });
}

Value make_entry(ScandirIterator* s, const dirent* d) {
  std::string_view text = d->d_name;
  Path like;
  like.bytes = s->bytes;
  Value name = TRY(path_string(like, text));
  Value path = name;
  if (s->fd < 0) {
    Value base = s->path;
    std::string prefix = ".";
    if (base) {
      Path p;
      if (!to_path(base, "scandir", &p)) return nullptr;
      prefix = p.text;
    }
    if (!prefix.empty() && prefix.back() != '/') prefix += '/';
    path = TRY(path_string(like, prefix.append(text)));
  }
  auto* e = allocate_instance_of<DirEntry>(dir_entry_class);
  if (!e) return nullptr;
  e->name = name.as<Str>();
  e->path = path.as_object();
  e->dir_fd = s->fd;
  e->inode = d->d_ino;
  e->type = d->d_type;
  write_barrier(e);
  return e;
}

Value scandir_next(Value self) {
  ScandirIterator* s = scandir_of(self);
  while (s->dir) {
    errno = 0;
    DIR* dir = s->dir;
    dirent* d = unlocked([&] { return ::readdir(dir); });
    if (!d) {
      if (errno) {
        int saved = errno;
        Value shown = s->path ? s->path : Value::none();
        close_scandir(s);
        return raise_os_error(saved, shown);
      }
      close_scandir(s);
      return nullptr;
    }
    if (is_dots(d->d_name)) continue;
    Value entry = make_entry(s, d);
    if (!entry) close_scandir(s);
    return entry;
  }
  return nullptr;
}
void scandir_del(Value self) {
  ScandirIterator* s = scandir_of(self);
  if (!s->dir) return;
  Value pending = take_pending();
  Str* shown = repr(self);
  if (!shown || !warn(exc.ResourceWarning, "unclosed scandir iterator " + to_utf8(shown), 1)) {
    if (error_pending()) write_unraisable(self);
  }
  close_scandir(s);
  thread()->exception = pending;
}
Value scandir_close(Value* a) { return close_scandir(scandir_of(a[0])), Value::none(); }
Value scandir_enter(Value* a) { return a[0]; }
Value scandir_exit(Value* a) { return close_scandir(scandir_of(a[0])), Value::none(); }

constexpr MethodDef kScandirMethods[] = {method_row("__enter__", "!($self, /)", scandir_enter),
                                         method_row("__exit__", "!($self, /, *args)", scandir_exit),
                                         method_row("close", "!($self, /)", scandir_close),
                                         {}};
const ClassSpec kScandirIterator = {.name = "posix.ScandirIterator",
                                    .basicsize = sizeof(ScandirIterator),
                                    .flags = kClassNoInstantiation,
                                    .trace_kind = TraceKind::kCustom,
                                    .trace = trace_scandir,
                                    .slots = {.iter = iter_self, .next = scandir_next, .del = scandir_del},
                                    .methods = kScandirMethods};

Value do_scandir(Value* a) {
  Path path;
  if (!to_path(a[0], "scandir", &path, kPathAllowFd | kPathNullable)) return nullptr;
  auto* s = allocate_instance_of<ScandirIterator>(scandir_class);
  if (!s) return nullptr;
  s->fd = path.fd;
  s->bytes = path.bytes;
  if (path.given) s->path = path.object;
  write_barrier(s);
  s->dir = open_directory(path);
  return s->dir ? Value(s) : Value();
}

Value do_mkdir(Value* a) {
  Path path;
  int mode, dir_fd;
  if (!to_path(a[0], "mkdir", &path) || !optional_int(a[1], 0777, &mode) || !to_dir_fd(a[2], &dir_fd)) return nullptr;
  int r = unlocked([&] { return ::mkdirat(dir_fd, path.c_str(), static_cast<mode_t>(mode)); });
  return r ? path_error(path) : Value::none();
}
Value do_rmdir(Value* a) {
  Path path;
  int dir_fd;
  if (!to_path(a[0], "rmdir", &path) || !to_dir_fd(a[1], &dir_fd)) return nullptr;
  int r = unlocked([&] { return ::unlinkat(dir_fd, path.c_str(), AT_REMOVEDIR); });
  return r ? path_error(path) : Value::none();
}
Value do_chdir(Value* a) {
  Path path;
  if (!to_path(a[0], "chdir", &path, kPathAllowFd)) return nullptr;
  int r = unlocked([&] { return path.given ? ::chdir(path.c_str()) : ::fchdir(path.fd); });
  return r ? path_error(path) : Value::none();
}
Value do_fchdir(Value* a) {
  int fd, r;
  if (!to_descriptor(a[0], &fd)) return nullptr;
  if (!retry(&r, [&] { return ::fchdir(fd); })) return nullptr;
  return none_or_error(r);
}
Value do_chroot(Value* a) {
  Path path;
  if (!to_path(a[0], "chroot", &path)) return nullptr;
  int r = unlocked([&] { return ::chroot(path.c_str()); });
  return r ? path_error(path) : Value::none();
}

Value current_directory(bool bytes) {
  std::string room(1024, '\0');
  while (!::getcwd(room.data(), room.size())) {
    if (errno != ERANGE) return posix_error();
    room.resize(room.size() * 2);
  }
  Path like;
  like.bytes = bytes;
  return path_string(like, room.c_str());
}
Value do_getcwd(Value*) { return current_directory(false); }
Value do_getcwdb(Value*) { return current_directory(true); }

}  // namespace

const MethodDef kDirectoryFunctions[] = {POSIX_ROW("listdir", "($module, /, path=None)", do_listdir),
                                         POSIX_ROW("scandir", "($module, /, path=None)", do_scandir),
                                         POSIX_ROW("mkdir", "($module, /, path, mode=511, *, dir_fd=None)", do_mkdir),
                                         POSIX_ROW("rmdir", "($module, /, path, *, dir_fd=None)", do_rmdir),
                                         POSIX_ROW("chdir", "($module, /, path)", do_chdir),
                                         POSIX_ROW("fchdir", "($module, /, fd)", do_fchdir),
                                         POSIX_ROW("chroot", "($module, /, path)", do_chroot),
                                         POSIX_ROW("getcwd", "($module, /)", do_getcwd),
                                         POSIX_ROW("getcwdb", "($module, /)", do_getcwdb),
                                         {}};

bool init_directory(Module* m) {
  static Class* hidden = nullptr;
  if (!hidden) {
    static Value root;
    hidden = scandir_class = new_builtin_class(kScandirIterator);
    root = Value(scandir_class);
    heap.add_root_range(&root, &root + 1);
  }
  return add_class(m, kDirEntry, &dir_entry_class);
}

}  // namespace pyjit::runtime::posix
