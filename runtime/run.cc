// Running a program: __main__, the script, command, module or standard input; uncaught exceptions; exit status; orderly shutdown.
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <optional>

#include "runtime/builtins.h"
#include "runtime/codecs.h"
#include "runtime/command_line.h"
#include "runtime/compile.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/interactive.h"
#include "runtime/modules/module_util.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/containers.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

bool read_file(const std::string& path, std::string* out);
bool open_standard_streams();

namespace {

Module* main_module = nullptr;
bool in_loop = false;   // the interactive loop runs

bool make_main_module() {
  static Value root;
  heap.add_root_range(&root, &root + 1);
  main_module = TRY(new_module(intern("__main__")));
  root = main_module;
  Dict* d = main_module->dict();
  Value importer = TRY(get_attr(TRY(import_module("_frozen_importlib")), intern("BuiltinImporter")));
  return dict_set_str(d, names.dunder_annotations, TRY(new_dict())) && dict_set_str(d, names.dunder_builtins, get_builtins_module()) &&
         dict_set_str(d, names.dunder_loader, importer) && dict_set_str(sys_modules(), intern("__main__"), main_module);
}

void flush_stream(Str* name) {
  Value f = sys_get(name);
  if (!f || f.is_none()) return;
  Value closed = get_attr_or_null(f, names.closed);
  if (error_pending()) clear_pending();
  if (closed && is_true(closed) > 0) return;
  if (!call_method0(f, names.flush)) {
    if (str_equals(name, "stdout")) return;   // the caller looks at the pending exception
    clear_pending();
  }
}

// The exit status of SystemExit: an int, None (0), or anything else printed to stderr (1).
int system_exit_status(Value e) {
  Value code = get_attr_or_null(e, names.code);
  if (!code) clear_pending(), code = Value::none();
  if (code.is_none()) return 0;
  if (is_int_like(code)) {
    int64_t i;
    return int_to_int64(int_value(code), &i) ? static_cast<int>(i & 0xFF) : 255;
  }
  Value err = sys_get(names.stderr);
  Str* text = str(code);
  if (text && err && !err.is_none()) {
    if (!call_method1(err, names.write, text) || !call_method1(err, names.write, names.newline_char)) clear_pending();
  } else {
    clear_pending();
  }
  return 1;
}

// The program ended by SystemExit: an interactive loop stops there.
bool leaving = false;

// -i: SystemExit is reported like any exception, since the prompt follows.
bool inspecting() { return config.inspect && !in_loop; }

// Handles the pending exception of the main program as PyErr_PrintEx does; the exit status.
int report_uncaught() {
  Value e = take_pending();
  if (is_instance(e, exc.SystemExit) && !inspecting()) return leaving = true, system_exit_status(e);
  Value cls = class_of(e), tb = e.as<Exception>()->traceback ? e.as<Exception>()->traceback : Value::none();
  sys_set(names.last_type, cls);
  sys_set(names.last_value, e);
  sys_set(names.last_traceback, tb);
  Value hook = sys_get(names.excepthook);
  if (!hook) {
    Value err = sys_get(names.stderr);
    if (err && !err.is_none()) {
      if (!call_method1(err, names.write, new_str("sys.excepthook is missing\n"))) clear_pending();
      print_exception(e, err);
    }
  } else {
    Value args[] = {cls, e, tb};
    if (!call(hook, args, 3)) {
      Value second = take_pending();
      if (is_instance(second, exc.SystemExit) && !inspecting()) return leaving = true, system_exit_status(second);
      Value err = sys_get(names.stderr);
      if (err && !err.is_none()) {
        if (!call_method1(err, names.write, new_str("Error in sys.excepthook:\n"))) clear_pending();
        print_exception(second, err);
        if (!call_method1(err, names.write, new_str("\nOriginal exception was:\n"))) clear_pending();
        print_exception(e, err);
      }
    }
  }
  if (is_instance(e, exc.KeyboardInterrupt)) return -SIGINT;
  return 1;
}

bool run_code_in_main(const std::string& source, Str* filename, bool is_text, bool script_file = false) {
  CompileRequest r;
  r.script_file = script_file;
  r.source = source;
  r.filename = filename;
  r.is_text = is_text;
  Value code = TRY(compile_source(r));
  return bool(eval_code_hook(code.as<Code>(), main_module->dict(), main_module->dict(), nullptr));
}

bool set_main_file(Str* filename, const char* loader_name) {
  Dict* d = main_module->dict();
  if (!dict_set_str(d, names.dunder_file, filename) || !dict_set_str(d, intern("__cached__"), Value::none())) return false;
  Value external = TRY(import_module("_frozen_importlib_external"));
  Value loader_class = TRY(get_attr(external, intern(loader_name)));
  Value loader = TRY(call2(loader_class, intern("__main__"), filename));
  return dict_set_str(d, names.dunder_loader, loader);
}

bool run_pyc(const std::string& data, Str* filename) {
  Value external = TRY(import_module("_frozen_importlib_external"));
  if (data.size() >= 4 && data.size() < 16) return raise(exc.EOFError, "EOF read where not expected"), false;
  if (data.size() < 16 || memcmp(data.data(), "\xa7\x0d\x0d\x0a", 4)) return raise(exc.RuntimeError, "Bad magic number in .pyc file"), false;
  if (!set_main_file(filename, "SourcelessFileLoader")) return false;
  Value bytes = new_bytes(std::string_view(data).substr(16));
  Value code = call_method1(TRY(import_module("marshal")), intern("loads"), bytes);
  if (!code) clear_pending();
  if (!code || !is_exact(code, types.code)) return raise(exc.RuntimeError, "Bad code object in .pyc file"), false;
  (void)external;
  return bool(eval_code_hook(code.as<Code>(), main_module->dict(), main_module->dict(), nullptr));
}

// Runs `module` with runpy as __main__; for -m and for directories and zip files.
bool run_module(std::string_view module, bool set_argv0) {
  Value runpy = TRY(import_module("runpy"));
  Value args[] = {new_str(module), Value::from_bool(set_argv0)};
  return bool(call_method(runpy, intern("_run_module_as_main"), args, 2));
}

bool insert_path0(const std::string& folder) {
  Value path = sys_get(names.path);
  if (!path || !is_list(path)) return true;   // site may have put anything there
  Value entry = TRY(fs_decode(folder));
  return list_insert(path.as<List>(), 0, entry);
}

// A directory or zip archive with a __main__ is a program: true when sys.path_hooks has an importer for it.
bool is_importable_path(const std::string& path) {
  Value pkgutil = import_module("_frozen_importlib_external");
  if (!pkgutil) return clear_pending(), false;
  Value finder_class = TRY(get_attr(pkgutil, intern("PathFinder")));
  Value finder = call_method1(finder_class, intern("_path_importer_cache"), fs_decode(path));
  if (!finder) return clear_pending(), false;
  return !finder.is_none();
}

// The script's name as __file__ and tracebacks show it: absolute, but with no link or ".." resolved.
std::string absolute_path(const std::string& file) {
  char cwd[4096];
  if (file[0] == '/' || !getcwd(cwd, sizeof cwd)) return file;
  return file == "." ? cwd : std::string(cwd) + "/" + file;
}

int fail_to_open(const std::string& file) {
  int error = errno;
  fprintf(stderr, "%s: can't open file '%s': [Errno %d] %s\n", config.orig_argv[0].c_str(), absolute_path(file).c_str(), error, strerror(error));
  return 2;
}

std::string read_all(int fd) {
  struct stat st;
  bool endless = fstat(fd, &st) != 0 || S_ISCHR(st.st_mode);
  std::string out;
  char buffer[65536];
  ssize_t n;
  while ((n = read(fd, buffer, sizeof buffer)) > 0) {
    out.append(buffer, static_cast<size_t>(n));
    if (endless && memchr(buffer, 0, static_cast<size_t>(n))) break;   // /dev/zero: no source anyway
  }
  return out;
}

int run_file(const std::string& file, bool* ok) {
  struct stat st;
  bool regular = stat(file.c_str(), &st) == 0 && S_ISREG(st.st_mode);
  if (!(regular && file.size() > 3 && file.ends_with(".py")) && is_importable_path(file)) {
    if (!insert_path0(absolute_path(file))) return *ok = false, 0;
    *ok = run_module("__main__", false);
    return 0;
  }
  if (config.has_path0 && !insert_path0(config.path0)) return *ok = false, 0;
  std::string source;
  errno = 0;
  if (stat(file.c_str(), &st) == 0 && S_ISDIR(st.st_mode)) {
    fprintf(stderr, "%s: '%s' is a directory, cannot continue\n", config.orig_argv[0].c_str(), file.c_str());
    return *ok = true, 1;
  }
  if (!read_file(file, &source)) return *ok = true, fail_to_open(file);
  if (config.skip_first_line) {
    size_t end = source.find('\n');
    source.erase(0, end == std::string::npos ? source.size() : end);
  }
  Str* filename = fs_decode(absolute_path(file));
  if (file.ends_with(".pyc")) {
    *ok = run_pyc(source, filename);
  } else {
    *ok = set_main_file(filename, "SourceFileLoader") && run_code_in_main(source, filename, false, true);
  }
  return 0;
}

// threading's shutdown, atexit, the last flush; 120 when stdout could not be flushed.
int finish(int status) {
  if (Value threading = dict_get_str(sys_modules(), intern("threading"))) {
    if (!call_method0(threading, intern("_shutdown"))) write_unraisable(threading);
  }
  if (Value atexit = dict_get_str(sys_modules(), intern("atexit"))) {
    if (!call_method0(atexit, intern("_run_exitfuncs"))) clear_pending();
  }
  flush_stream(names.stdout);
  if (error_pending()) {
    write_unraisable(sys_get(names.stdout));
    status = 120;
  }
  flush_stream(names.stderr);
  return status;
}

// PYTHONSTARTUP is run in __main__ before the first prompt.
void run_startup_file() {
  const char* file = config.ignore_environment ? nullptr : getenv("PYTHONSTARTUP");
  if (!file || !*file) return;
  std::string source;
  if (!read_file(file, &source)) {
    int error = errno;
    fprintf(stderr, "Could not open PYTHONSTARTUP\n");
    raise_os_error(error, fs_decode(file));
    report_uncaught();
  } else if (!run_code_in_main(source, fs_decode(file), false, true)) {
    report_uncaught();
  }
}

std::optional<int> report_in_loop() {
  leaving = false;
  int status = report_uncaught();
  return leaving ? std::optional<int>(status) : std::nullopt;
}

// The interactive loop, from the start (banner, startup file) or after a program has run (-i).
int run_session(bool fresh) {
  in_loop = true;
  if (fresh) {
    if (!config.quiet) {
      fprintf(stderr, "Python %s on linux\n", to_utf8(sys_get(intern("version")).as<Str>()).c_str());
      if (!config.no_site) fprintf(stderr, "Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n");
    }
    run_startup_file();
  }
  if (isatty(0)) {
    Value hook = sys_get(intern("__interactivehook__"));
    if (hook && !call0(hook)) {
      fprintf(stderr, "Failed calling sys.__interactivehook__\n");
      report_uncaught();
    }
  }
  return run_interactive(main_module->dict(), report_in_loop).value_or(0);
}

// A prompt follows the program: -i, or PYTHONINSPECT (set now, maybe by the program) on a terminal.
bool stay_interactive() {
  const char* wanted = config.ignore_environment ? nullptr : getenv("PYTHONINSPECT");
  if (wanted && *wanted) config.inspect = 1;
  return config.inspect && (isatty(0) || config.interactive);
}

// What -v writes to until io is there: a module with write() and flush().
Value early_write(Value* args) {
  Str* text = is_str(args[0]) ? args[0].as<Str>() : TRY(str(args[0]));
  fputs(to_utf8(text).c_str(), stderr);
  return Value::none();
}

Value early_flush(Value* args) { return Value::none(); }

bool set_early_stderr() {
  static const MethodDef kFunctions[] = {function_row("write", "!($module, text, /)", early_write, Effects::kCallsPython, "Write to the error output."),
                                         function_row("flush", "!($module)", early_flush, Effects::kReads, "Do nothing."),
                                         {}};
  Module* printer = TRY(new_module(intern("stderr")));
  return add_functions(printer, kFunctions) && sys_set(names.stderr, printer) && sys_set(intern("__stderr__"), printer);
}

bool prepare() {
  if (config.verbose && !set_early_stderr()) return false;
  if (!start_import() || !open_standard_streams() || !make_main_module()) return false;
  if (!config.warn_options.empty() && !import_module("warnings")) {
    fprintf(stderr, "'import warnings' failed; traceback:\n");
    report_uncaught();
  }
  if (!config.no_site && !import_module("site")) return false;
  return true;
}

}  // namespace

int run_request(const RunRequest& request) {
  if (!prepare()) {
    Value e = take_pending();
    std::string text = e ? format_exception(e) : "unknown error\n";
    fprintf(stderr, "Fatal Python error: init_import_site: Failed to import the site module\n%s", text.c_str());
    return 1;
  }
  bool ok = true;
  int status = 0;
  if (config.has_path0 && request.kind != RunKind::kFile && !insert_path0(config.path0)) ok = false;
  switch (request.kind) {
    case RunKind::kCommand: ok = run_code_in_main(request.target, intern("<string>"), true); break;
    case RunKind::kModule: ok = run_module(request.target, true); break;
    case RunKind::kFile: status = run_file(request.target, &ok); break;
    case RunKind::kInteractive: return finish(run_session(true));
    case RunKind::kStdin: ok = run_code_in_main(read_all(0), intern("<stdin>"), false, true); break;
    case RunKind::kExit: return request.exit_status;
  }
  if (!ok) status = report_uncaught();
  if (stay_interactive()) return finish(run_session(false));
  bool interrupted = status == -SIGINT;
  status = finish(interrupted ? 130 : status);
  if (interrupted) {
    // As CPython: die of the signal, so that the parent sees it.
    signal(SIGINT, SIG_DFL);
    kill(getpid(), SIGINT);
  }
  return status;
}

}  // namespace pyjit::runtime
