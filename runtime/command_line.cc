// Option parsing with python3.11's rules, messages and exit codes.
#include "runtime/command_line.h"

#include <unistd.h>

#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace pyjit::runtime {

namespace {

constexpr const char* kUsageLine = "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n";
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
    "--jit-stats      : print what the JIT did to stderr at exit\n"
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

void read_environment() {
  Config& c = config;
  if (c.ignore_environment) return;
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
  if (const char* n = getenv("PYTHONINTMAXSTRDIGITS"); n && *n && c.int_max_str_digits < 0) c.int_max_str_digits = atoi(n);
}

}  // namespace

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
      if (!strcmp(a, "--check-hash-based-pycs")) {
        if (i + 1 >= argc) {
          fprintf(stderr, "Argument expected for the --check-hash-based-pycs option\n");
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
          if (text == "utf8" || text == "utf8=1") c.utf8_mode = true;
          if (text.rfind("int_max_str_digits=", 0) == 0) c.int_max_str_digits = atoi(text.c_str() + 19);
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
        default:
          fprintf(stderr, "Unknown option: -%c\n", *p);
          return usage_error(program);
      }
    }
  next_word:;
  }
  read_environment();
  if (version) {
    if (version > 1) {
      printf("Python 3.11.2 (main, Apr  1 2025, 00:00:00) [pyjit, GCC 12.2.0]\n");
    } else {
      printf("Python 3.11.2\n");
    }
    return done(0);
  }
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
