// sys.stdin, stdout, stderr: opened through io as CPython's create_stdio does.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

#include "runtime/builtins.h"
#include "runtime/command_line.h"
#include "runtime/errors.h"
#include "runtime/init.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

namespace {

bool set(Value object, const char* name, Value v) { return set_attr(object, intern(name), v); }

Value open_stream(Value io, int fd, bool writing, const char* name, Str* encoding, Str* errors) {
  if (fcntl(fd, F_GETFD) < 0) return Value::none();   // closed by the parent
  bool unbuffered_text = config.unbuffered && writing;
  Value open_fn = TRY(get_attr(io, names.open_));
  // -u: no buffer at all below the text layer of stdout and stderr.
  int buffering = unbuffered_text ? 0 : -1;
  Value args[] = {Value::from_int(fd), intern(writing ? "wb" : "rb"), Value::from_int(buffering), Value::none(), Value::none(), Value::none(),
                  Value::from_bool(false)};
  Value buffer = TRY(call(open_fn, args, 7));
  Value raw = buffer;
  if (buffering) raw = TRY(get_attr(buffer, intern("raw")));
  if (!set(raw, "name", intern(name))) return nullptr;
  Value tty = TRY(call_method0(raw, names.isatty));
  bool is_tty = is_true(tty) > 0;
  bool write_through = unbuffered_text;
  bool line_buffering = !write_through && (is_tty || fd == 2);
  Tuple* kwnames = make_tuple(Value(intern("encoding")), Value(intern("errors")), Value(intern("newline")), Value(intern("line_buffering")),
                              Value(intern("write_through")));
  Value text_args[] = {buffer, encoding, errors, Value(intern("\n")), Value::from_bool(line_buffering),
                       Value::from_bool(write_through)};
  Value text = TRY(call(TRY(get_attr(io, intern("TextIOWrapper"))), text_args, 1, kwnames));
  if (!set(text, "mode", intern(writing ? "w" : "r"))) return nullptr;
  return text;
}

}  // namespace

bool open_standard_streams() {
  Value io = TRY(import_module("io"));
  Str* encoding = names.utf_8;
  Str* errors = intern("strict");
  // In UTF-8 mode and in the C locale UTF-8 mode's handler applies (PEP 538/540).
  std::string_view locale = locale_name();
  if (config.utf8_mode || locale == "C" || locale == "POSIX" || locale == "C.UTF-8" || locale == "C.utf8") errors = names.surrogateescape;
  if (const char* chosen = config.ignore_environment ? nullptr : getenv("PYTHONIOENCODING"); chosen && *chosen) {
    std::string text = chosen;
    size_t colon = text.find(':');
    if (colon != 0) {
      // The name as its codec spells it.
      Value codec = TRY(call_method1(TRY(import_module("codecs")), intern("lookup"), new_str(text.substr(0, colon))));
      encoding = TRY(get_attr(codec, names.name)).as<Str>();
      errors = intern("strict");
    }
    if (colon != std::string::npos && colon + 1 < text.size()) errors = intern(text.substr(colon + 1));
  }
  struct Row { int fd; bool writing; const char* shown; Str* name; const char* dunder; } rows[] = {
      {0, false, "<stdin>", names.stdin, "__stdin__"}, {1, true, "<stdout>", names.stdout, "__stdout__"}, {2, true, "<stderr>", names.stderr, "__stderr__"}};
  for (auto& row : rows) {
    Value v = open_stream(io, row.fd, row.writing, row.shown, encoding, row.fd == 2 ? names.backslashreplace : errors);
    if (!v) {
      if (row.fd != 0 || !pending_matches(exc.IsADirectoryError)) return false;
      clear_pending();
      v = Value::none();
    }
    if (!sys_set(row.name, v) || !sys_set(intern(row.dunder), v)) return false;
  }
  // builtins.open is io.open.
  return dict_set_str(builtins_dict(), names.open_, TRY(get_attr(io, names.open_)));
}

}  // namespace pyjit::runtime
