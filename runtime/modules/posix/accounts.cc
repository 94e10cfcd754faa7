// The pwd and grp modules: the user and group databases.
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <vector>

#include "runtime/module_registry.h"
#include "runtime/modules/module_util.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"
#include "runtime/paths.h"

namespace pyjit::runtime {

namespace posix {
namespace {

constexpr StructField kPasswdFields[] = {{"pw_name", "user name"},    {"pw_passwd", "password"},       {"pw_uid", "user id"},        {"pw_gid", "group id"},
                                         {"pw_gecos", "real name"}, {"pw_dir", "home directory"}, {"pw_shell", "shell program"}, {nullptr, nullptr}};
constexpr StructSequenceSpec kPasswd = {"pwd.struct_passwd",
                                        "pwd.struct_passwd: Results from getpw*() routines.\n\nThis object may be accessed either as a tuple of\n  "
                                        "(pw_name,pw_passwd,pw_uid,pw_gid,pw_gecos,pw_dir,pw_shell)\nor via the object attributes as named in the "
                                        "above tuple.",
                                        kPasswdFields, 7, 7};
constexpr StructField kGroupFields[] = {
    {"gr_name", "group name"}, {"gr_passwd", "password"}, {"gr_gid", "group id"}, {"gr_mem", "group members"}, {nullptr, nullptr}};
constexpr StructSequenceSpec kGroup = {"grp.struct_group",
                                       "grp.struct_group: Results from getgr*() routines.\n\nThis object may be accessed either as a tuple of\n  "
                                       "(gr_name,gr_passwd,gr_gid,gr_mem)\nor via the object attributes as named in the above tuple.\n",
                                       kGroupFields, 4, 4};
Class *passwd_class, *group_class;

Value text_or_none(const char* s) { return s ? Value(fs_string(s)) : Value::none(); }

Value make_passwd(const passwd& p) {
  Tuple* t = TRY(new_struct_sequence(passwd_class));
  const char* texts[] = {p.pw_name, p.pw_passwd, nullptr, nullptr, p.pw_gecos, p.pw_dir, p.pw_shell};
  for (int i = 0; i < 7; ++i) t->items[i] = i == 2 ? new_int(p.pw_uid) : i == 3 ? new_int(p.pw_gid) : TRY(text_or_none(texts[i]));
  write_barrier(t);
  return t;
}
Value make_group(const group& g) {
  Tuple* t = TRY(new_struct_sequence(group_class));
  List* members = TRY(new_list());
  for (char** m = g.gr_mem; m && *m; ++m) {
    if (!list_append(members, TRY(text_or_none(*m)))) return nullptr;
  }
  t->items[0] = TRY(text_or_none(g.gr_name));
  t->items[1] = TRY(text_or_none(g.gr_passwd));
  t->items[2] = new_int(g.gr_gid);
  t->items[3] = members;
  write_barrier(t);
  return t;
}

// Runs a reentrant lookup with a buffer that grows until the entry fits. Found: true; *error otherwise, 0 for "no such entry".
template <class Record, class F>
bool look_up(Record* record, std::vector<char>* buffer, int* error, F f) {
  buffer->resize(1024);
  Record* result = nullptr;
  while ((*error = unlocked([&] { return f(record, buffer->data(), buffer->size(), &result); })) == ERANGE && buffer->size() < (1 << 26)) {
    buffer->resize(buffer->size() * 2);
  }
  // "No such entry" comes in several disguises.
  if (*error == ENOENT || *error == ESRCH || *error == EBADF || *error == EPERM) *error = 0;
  return result;
}

Value do_getpwnam(Value* a) {
  if (!is_str(a[0])) return raisef(exc.TypeError, "getpwnam() argument must be str, not %.50s", a[0].is_none() ? "None" : type_name(a[0]));
  Str* name = a[0].as<Str>();
  std::string text;
  if (!fs_encode_path(name, &text)) return nullptr;
  passwd record;
  std::vector<char> buffer;
  int error;
  if (look_up(&record, &buffer, &error, [&](auto... rest) { return ::getpwnam_r(text.c_str(), rest...); })) return make_passwd(record);
  if (error) return raise_os_error(error);
  return raisef(exc.KeyError, "getpwnam(): name not found: %s", to_utf8(TRY(repr(name))).c_str());
}
Value do_getpwuid(Value* a) {
  uid_t uid;
  if (!to_uid(a[0], &uid)) {
    if (!pending_matches(exc.OverflowError)) return nullptr;
    clear_pending();
    return raise(exc.KeyError, "getpwuid(): uid not found");
  }
  passwd record;
  std::vector<char> buffer;
  int error;
  if (look_up(&record, &buffer, &error, [&](auto... rest) { return ::getpwuid_r(uid, rest...); })) return make_passwd(record);
  if (error) return raise_os_error(error);
  return raisef(exc.KeyError, "getpwuid(): uid not found: %s", to_utf8(TRY(str(new_int(static_cast<int64_t>(uid))))).c_str());
}
Value do_getpwall(Value*) {
  List* list = TRY(new_list());
  setpwent();
  while (passwd* p = getpwent()) {
    Value entry = make_passwd(*p);
    if (!entry || !list_append(list, entry)) {
      endpwent();
      return nullptr;
    }
  }
  endpwent();
  return list;
}

Value do_getgrnam(Value* a) {
  Str* name = TRY(expect_str(a[0], "getgrnam", "'name'"));
  std::string text;
  if (!fs_encode_path(name, &text)) return nullptr;
  group record;
  std::vector<char> buffer;
  int error;
  if (look_up(&record, &buffer, &error, [&](auto... rest) { return ::getgrnam_r(text.c_str(), rest...); })) return make_group(record);
  if (error) return raise_os_error(error);
  return raisef(exc.KeyError, "getgrnam(): name not found: %s", to_utf8(TRY(repr(name))).c_str());
}
Value do_getgrgid(Value* a) {
  gid_t gid;
  if (!to_gid(a[0], &gid)) return nullptr;
  group record;
  std::vector<char> buffer;
  int error;
  if (look_up(&record, &buffer, &error, [&](auto... rest) { return ::getgrgid_r(gid, rest...); })) return make_group(record);
  if (error) return raise_os_error(error);
  return raisef(exc.KeyError, "getgrgid(): gid not found: %u", gid);
}
Value do_getgrall(Value*) {
  List* list = TRY(new_list());
  setgrent();
  while (group* g = getgrent()) {
    Value entry = make_group(*g);
    if (!entry || !list_append(list, entry)) {
      endgrent();
      return nullptr;
    }
  }
  endgrent();
  return list;
}

constexpr MethodDef kPwdFunctions[] = {POSIX_ROW("getpwnam", "($module, name, /)", do_getpwnam), POSIX_ROW("getpwuid", "($module, uidobj, /)", do_getpwuid),
                                       POSIX_ROW("getpwall", "($module, /)", do_getpwall), {}};
constexpr MethodDef kGrpFunctions[] = {POSIX_ROW("getgrnam", "($module, /, name)", do_getgrnam), POSIX_ROW("getgrgid", "($module, /, id)", do_getgrgid),
                                       POSIX_ROW("getgrall", "($module, /)", do_getgrall), {}};

}  // namespace
}  // namespace posix

bool init_pwd_module(Module* m) {
  if (!posix::passwd_class) posix::passwd_class = new_struct_sequence_class(posix::kPasswd);
  return add_functions(m, posix::kPwdFunctions) && add_object(m, "struct_passwd", posix::passwd_class);
}
bool init_grp_module(Module* m) {
  if (!posix::group_class) posix::group_class = new_struct_sequence_class(posix::kGroup);
  return add_functions(m, posix::kGrpFunctions) && add_object(m, "struct_group", posix::group_class);
}

}  // namespace pyjit::runtime
