// Option parsing with python3.11's rules, messages and exit codes.
#include "runtime/command_line.h"

#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "runtime/compare_runs.h"

namespace pyjit::runtime {

namespace {

constexpr const char* kUsageLine = "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n";
constexpr const char* kVariables =
    "Environment variables that change behavior:\n"
    "PYTHONSTARTUP   : file executed on interactive startup (no default)\n"
    "PYTHONPATH      : ':'-separated list of directories prefixed to the\n"
    "                  default module search path.  The result is sys.path.\n"
    "PYTHONHOME      : alternate <prefix> directory (or <prefix>:<exec_prefix>).\n"
    "PYTHONPLATLIBDIR, PYTHONSAFEPATH, PYTHONNOUSERSITE, PYTHONUSERBASE: more about sys.path\n"
    "PYTHONCASEOK    : ignored here (a matter of Windows and macOS)\n"
    "PYTHONUTF8      : if set to 1, enable the UTF-8 mode.\n"
    "PYTHONIOENCODING: Encoding[:errors] used for stdin/stdout/stderr.\n"
    "PYTHONHASHSEED  : 'random', or an integer in the range [0, 4294967295] to get\n"
    "                  hash values that can be foretold.\n"
    "PYTHONINTMAXSTRDIGITS: limits str <-> int conversions; 0: no limit.\n"
    "PYTHONBREAKPOINT: what breakpoint() calls; 0: nothing.\n"
    "PYTHONDEVMODE   : enable the development mode.\n"
    "PYTHONPYCACHEPREFIX: root directory for bytecode cache (pyc) files.\n"
    "PYTHONNODEBUGRANGES: no columns in code objects, no carets in tracebacks.\n"
    "PYTHONWARNDEFAULTENCODING: opt-in EncodingWarning for 'encoding=None'.\n"
    "PYTHONDONTWRITEBYTECODE, PYTHONINSPECT, PYTHONOPTIMIZE, PYTHONUNBUFFERED, PYTHONVERBOSE, PYTHONWARNINGS: as the options -B, -i, -O, -u, -v, -W.\n";
constexpr const char* kXOptions =
    "The following implementation-specific options are available:\n"
    "-X dev             : the development mode: more checks and warnings\n"
    "-X int_max_str_digits=number: limits the size of int <-> str conversions\n"
    "-X importtime      : how long each import takes\n"
    "-X no_debug_ranges : no columns in code objects, no carets in tracebacks\n"
    "-X pycache_prefix=PATH: write .pyc files to a parallel tree\n"
    "-X utf8            : the UTF-8 mode; -X utf8=0 disables it\n"
    "-X warn_default_encoding: opt-in EncodingWarning for 'encoding=None'\n"
    "Others are kept in sys._xoptions and have no effect.\n";
constexpr const char* kUsage =
    "Options (and corresponding environment variables):\n"
    "-b     : issue warnings about str(bytes_instance), str(bytearray_instance)\n"
    "         and comparing bytes/bytearray with str. (-bb: issue errors)\n"
    "-B     : don't write .pyc files on import; also PYTHONDONTWRITEBYTECODE=x\n"
    "-c cmd : program passed in as string (terminates option list)\n"
    "-d     : turn on parser debugging output (for experts only, only works on\n"
    "         debug builds); also PYTHONDEBUG=x\n"
    "-E     : ignore PYTHON* environment variables (such as PYTHONPATH)\n"
    "-h     : print this help message and exit (also -? or --help)\n"
    "-i     : inspect interactively after running script; forces a prompt even\n"
    "         if stdin does not appear to be a terminal; also PYTHONINSPECT=x\n"
    "-I     : isolate Python from the user's environment (implies -E and -s)\n"
    "-m mod : run library module as a script (terminates option list)\n"
    "-O     : remove assert and __debug__-dependent statements; add .opt-1 before\n"
    "         .pyc extension; also PYTHONOPTIMIZE=x\n"
    "-OO    : do -O changes and also discard docstrings; add .opt-2 before\n"
    "         .pyc extension\n"
    "-P     : don't prepend a potentially unsafe path to sys.path; also PYTHONSAFEPATH\n"
    "-q     : don't print version and copyright messages on interactive startup\n"
    "-s     : don't add user site directory to sys.path; also PYTHONNOUSERSITE\n"
    "-S     : don't imply 'import site' on initialization\n"
    "-u     : force the stdout and stderr streams to be unbuffered;\n"
    "         this option has no effect on stdin; also PYTHONUNBUFFERED=x\n"
    "-v     : verbose (trace import statements); also PYTHONVERBOSE=x\n"
    "         can be supplied multiple times to increase verbosity\n"
    "-V     : print the Python version number and exit (also --version)\n"
    "         when given twice, print more information about the build\n"
    "-W arg : warning control; arg is action:message:category:module:lineno\n"
    "         also PYTHONWARNINGS=arg\n"
    "-x     : skip first line of source, allowing use of non-Unix forms of #!cmd\n"
    "-X opt : set implementation-specific option\n"
    "--check-hash-based-pycs always|default|never:\n"
    "         control how Python invalidates hash-based .pyc files\n"
    "pyjit's own options:\n"
    "--no-jit         : interpret only\n"
    "--jit-stats      : print what the JIT did to stderr at exit, in numbers\n"
    "--jit-report[=F] : say at exit, loop by loop, what the JIT made of it, where it\n"
    "         leaves machine code and why it gave up; to stderr or to the file F\n"
    "--compare[=N]    : run the program N times (3) with the JIT and as often without,\n"
    "         by turns, and print times, memory, whether both did the same, and the\n"
    "         JIT report; the exit status is 1 when they differ\n"
    "\n"
    "Arguments:\n"
    "file   : program read from script file\n"
    "-      : program read from stdin (default; interactive mode if a tty)\n"
    "arg ...: arguments passed to program in sys.argv[1:]\n";

RunRequest done(int status) {
  RunRequest r;
  r.kind = RunKind::kExit;
  r.exit_status = status;
  return r;
}

RunRequest usage_error(const char* program) {
  fprintf(stderr, kUsageLine, program);
  fprintf(stderr, "Try `python -h' for more information.\n");
  return done(2);
}

std::string executable_path(const char* argv0) {
  char buffer[PATH_MAX];
  ssize_t n = readlink("/proc/self/exe", buffer, sizeof buffer - 1);
  return n > 0 ? std::string(buffer, static_cast<size_t>(n)) : argv0;
}

int environment_number(const char* name) {
  const char* v = getenv(name);
  if (!v || !*v) return 0;
  char* end;
  long n = strtol(v, &end, 10);
  return *end || n < 1 ? 1 : static_cast<int>(n);
}

// What CPython prints when it cannot start.
bool fatal(const char* where, const char* message) {
  fprintf(stderr, "Fatal Python error: %s: %s\nPython runtime state: preinitialized\n\nCurrent thread 0x%016lx (most recent call first):\n  <no Python frame>\n", where,
          message, static_cast<unsigned long>(pthread_self()));
  return false;
}

// A whole decimal number; false: it is none.
bool parse_number(const char* text, long* out) {
  char* end;
  errno = 0;
  *out = strtol(text, &end, 10);
  return end != text && !*end && !errno;
}

bool set_int_max_str_digits(const char* text, const char* source) {
  long n;
  if (!parse_number(text, &n) || (n != 0 && n < 640) || n > INT_MAX) {
    std::string message = std::string(source) + ": invalid limit; must be >= 640 or 0 for unlimited.";
    return fatal("config_init_int_max_str_digits", message.c_str());
  }
  config.int_max_str_digits = static_cast<int>(n);
  return true;
}

const char* variable(const char* name) {
  const char* v = config.ignore_environment ? nullptr : getenv(name);
  return v && *v ? v : nullptr;
}

const std::string* x_option(const char* name) {
  const std::string* found = nullptr;
  for (auto& x : config.x_options) {
    if (x.substr(0, x.find('=')) == name) found = &x;
  }
  return found;
}

// UTF-8 mode: -X utf8, PYTHONUTF8 or the C locale.
bool choose_utf8_mode() {
  if (const std::string* x = x_option("utf8")) {
    if (*x != "utf8" && *x != "utf8=1" && *x != "utf8=0") return fatal("preconfig_init_utf8_mode", "invalid -X utf8 option value");
    config.utf8_mode = *x != "utf8=0";
  } else if (const char* v = variable("PYTHONUTF8")) {
    if (strcmp(v, "0") && strcmp(v, "1")) return fatal("preconfig_init_utf8_mode", "invalid PYTHONUTF8 environment variable value");
    config.utf8_mode = *v == '1';
  } else {
    config.utf8_mode = locale_name() == "C" || locale_name() == "POSIX";
  }
  return true;
}

// What has a -X option and a variable; the option wins.
bool read_x_options() {
  Config& c = config;
  if (!choose_utf8_mode()) return false;
  if (const std::string* x = x_option("int_max_str_digits")) {
    size_t eq = x->find('=');
    if (!set_int_max_str_digits(eq == std::string::npos ? "" : x->c_str() + eq + 1, "-X int_max_str_digits")) return false;
  } else if (const char* v = variable("PYTHONINTMAXSTRDIGITS")) {
    if (!set_int_max_str_digits(v, "PYTHONINTMAXSTRDIGITS")) return false;
  }
  if (const char* v = variable("PYTHONHASHSEED"); v && strcmp(v, "random")) {
    long n;
    if (!parse_number(v, &n) || n < 0 || n > 4294967295L) {
      return fatal("config_init_hash_seed", "PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]");
    }
    c.hash_randomization = n != 0;
  }
  if (const std::string* x = x_option("pycache_prefix")) {
    size_t eq = x->find('=');
    c.pycache_prefix = eq == std::string::npos ? "" : x->substr(eq + 1);
  } else if (const char* v = variable("PYTHONPYCACHEPREFIX")) {
    c.pycache_prefix = v;
  }
  c.warn_default_encoding = x_option("warn_default_encoding") || variable("PYTHONWARNDEFAULTENCODING");
  c.no_debug_ranges = x_option("no_debug_ranges") || variable("PYTHONNODEBUGRANGES");
  return true;
}

bool read_environment() {
  Config& c = config;
  if (!read_x_options()) return false;
  if (c.ignore_environment) return true;
  c.optimize = std::max(c.optimize, environment_number("PYTHONOPTIMIZE"));
  c.verbose = std::max(c.verbose, environment_number("PYTHONVERBOSE"));
  c.inspect = std::max(c.inspect, environment_number("PYTHONINSPECT"));
  c.debug = std::max(c.debug, environment_number("PYTHONDEBUG"));
  c.dont_write_bytecode |= environment_number("PYTHONDONTWRITEBYTECODE") > 0;
  c.unbuffered |= environment_number("PYTHONUNBUFFERED") > 0;
  c.no_user_site |= environment_number("PYTHONNOUSERSITE") > 0;
  c.safe_path |= environment_number("PYTHONSAFEPATH") > 0;
  c.dev_mode |= environment_number("PYTHONDEVMODE") > 0;
  if (const char* w = getenv("PYTHONWARNINGS")) {
    std::vector<std::string> from_environment;
    std::string rest = w;
    for (size_t comma; !rest.empty(); rest = comma == std::string::npos ? "" : rest.substr(comma + 1)) {
      comma = rest.find(',');
      if (comma != 0) from_environment.push_back(rest.substr(0, comma));
    }
    c.warn_options.insert(c.warn_options.begin(), from_environment.begin(), from_environment.end());
  }
  return true;
}

}  // namespace

std::string_view locale_name() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (const char* v = getenv(name); v && *v) return v;
  }
  return "C";
}

RunRequest parse_command_line(int argc, char** argv) {
  Config& c = config;
  RunRequest request;
  for (int i = 0; i < argc; ++i) c.orig_argv.emplace_back(argv[i]);
  c.executable = executable_path(argv[0]);
  const char* program = argv[0];
  bool chosen = false;
  int version = 0, i = 1;
  for (; i < argc && !chosen; ++i) {
    const char* a = argv[i];
    if (a[0] != '-' || !a[1]) break;
    if (a[1] == '-') {
      if (!a[2]) {
        ++i;
        break;
      }
      if (!strcmp(a, "--help")) return printf(kUsageLine, program), fputs(kUsage, stdout), done(0);
      if (!strcmp(a, "--help-env")) return fputs(kVariables, stdout), done(0);
      if (!strcmp(a, "--help-xoptions")) return fputs(kXOptions, stdout), done(0);
      if (!strcmp(a, "--help-all")) {
        printf(kUsageLine, program);
        for (const char* text : {kUsage, "\n", kVariables, "\n", kXOptions}) fputs(text, stdout);
        return done(0);
      }
      if (!strcmp(a, "--version")) {
        ++version;
        continue;
      }
      if (!strcmp(a, "--no-jit")) {
        c.jit = false;
        continue;
      }
      if (!strcmp(a, "--jit-stats")) {
        request.jit_stats = true;
        continue;
      }
      if (!strcmp(a, "--jit-report") || !strncmp(a, "--jit-report=", 13)) {
        request.jit_report = true;
        request.report_file = a[12] ? a + 13 : "";
        continue;
      }
      if (!strcmp(a, "--compare") || !strncmp(a, "--compare=", 10)) {
        long rounds = kCompareRounds;
        if (a[9] && (!parse_number(a + 10, &rounds) || rounds < 1 || rounds > 1000)) {
          fprintf(stderr, "--compare needs a number of rounds from 1 to 1000\n");
          return usage_error(program);
        }
        request.compare_rounds = static_cast<int>(rounds);
        continue;
      }
      if (!strcmp(a, "--check-hash-based-pycs")) {
        if (i + 1 >= argc) {
          fprintf(stderr, "Argument expected for the --check-hash-based-pycs options\n");
          return usage_error(program);
        }
        ++i;
        if (strcmp(argv[i], "always") && strcmp(argv[i], "never") && strcmp(argv[i], "default")) {
          fprintf(stderr, "--check-hash-based-pycs must be one of 'default', 'always', or 'never'\n");
          return usage_error(program);
        }
        c.check_hash_pycs = argv[i];
        continue;
      }
      fprintf(stderr, "unknown option %s\n", a);
      return usage_error(program);
    }
    for (const char* p = a + 1; *p && !chosen; ++p) {
      auto argument = [&](std::string* out) {
        if (p[1]) {
          *out = p + 1;
        } else if (i + 1 < argc) {
          *out = argv[++i];
        } else {
          fprintf(stderr, "Argument expected for the -%c option\n", *p);
          return false;
        }
        return true;
      };
      std::string text;
      switch (*p) {
        case 'b': ++c.bytes_warning; break;
        case 'B': c.dont_write_bytecode = true; break;
        case 'd': ++c.debug; break;
        case 'E': c.ignore_environment = true; break;
        case 'h':
        case '?': printf(kUsageLine, program); fputs(kUsage, stdout); return done(0);
        case 'i': ++c.inspect; ++c.interactive; break;
        case 'I': c.isolated = c.ignore_environment = c.no_user_site = c.safe_path = true; break;
        case 'O': ++c.optimize; break;
        case 'P': c.safe_path = true; break;
        case 'q': ++c.quiet; break;
        case 'R': c.hash_randomization = 1; break;
        case 's': c.no_user_site = true; break;
        case 'S': c.no_site = true; break;
        case 't': break;
        case 'u': c.unbuffered = true; break;
        case 'v': ++c.verbose; break;
        case 'V': ++version; break;
        case 'x': c.skip_first_line = true; break;
        case 'W':
          if (!argument(&text)) return usage_error(program);
          c.warn_options.push_back(text);
          goto next_word;
        case 'X':
          if (!argument(&text)) return usage_error(program);
          c.x_options.push_back(text);
          if (text == "dev") c.dev_mode = true;
          goto next_word;
        case 'c':
          if (!argument(&text)) return usage_error(program);
          request.kind = RunKind::kCommand;
          request.target = text + "\n";
          chosen = true;
          goto next_word;
        case 'm':
          if (!argument(&text)) return usage_error(program);
          request.kind = RunKind::kModule;
          request.target = text;
          chosen = true;
          goto next_word;
        case 'J': fprintf(stderr, "-J is reserved for Jython\n"); return usage_error(program);
        default:
          fprintf(stderr, "Unknown option: -%c\n", *p);
          return usage_error(program);
      }
    }
  next_word:;
  }
  if (version) {
    if (version > 1) {
      printf("Python 3.11.2 (main, Apr  1 2025, 00:00:00) [pyjit, GCC 12.2.0]\n");
    } else {
      printf("Python 3.11.2\n");
    }
    return done(0);
  }
  if (!read_environment()) return done(1);
  if (!chosen) {
    if (i < argc && strcmp(argv[i], "-")) {
      request.kind = RunKind::kFile;
      request.target = argv[i];
    } else {
      bool tty = isatty(0) || c.interactive;
      request.kind = tty ? RunKind::kInteractive : RunKind::kStdin;
    }
  }
  if (request.kind == RunKind::kCommand) {
    c.argv.push_back("-c");
  } else if (request.kind == RunKind::kModule) {
    c.argv.push_back("-m");
  } else if (i < argc) {
    c.argv.push_back(argv[i++]);
  } else {
    c.argv.push_back("");
  }
  for (; i < argc; ++i) c.argv.emplace_back(argv[i]);
  if (c.dev_mode && (c.warn_options.empty() || c.warn_options[0] != "default")) c.warn_options.insert(c.warn_options.begin(), "default");
  if (c.bytes_warning) c.warn_options.push_back(c.bytes_warning > 1 ? "error::BytesWarning" : "default::BytesWarning");
  // sys.path[0]: the script's directory, '' for -c and stdin; -m gets the current directory.
  if (!c.safe_path) {
    c.has_path0 = true;
    if (request.kind == RunKind::kFile) {
      char real[PATH_MAX];
      std::string path = realpath(request.target.c_str(), real) ? real : request.target;
      size_t slash = path.rfind('/');
      c.path0 = slash == std::string::npos ? "" : slash == 0 ? "/" : path.substr(0, slash);
    } else if (request.kind == RunKind::kModule) {
      char cwd[PATH_MAX];
      if (getcwd(cwd, sizeof cwd)) {
        c.path0 = cwd;
      } else {
        c.has_path0 = false;
      }
    }
  }
  return request;
}

}  // namespace pyjit::runtime
