// Lines of standard input → statements run one by one in __main__: the prompt of `pyjit` on a terminal and of `pyjit -i`.
//
// As CPython's loop without readline: prompts go to stderr, lines come through C's stdin (whose buffer takes what a pipe holds, so that
// input() finds nothing), a statement is compiled as "<stdin>" in mode single as soon as its text is complete.
#include "runtime/interactive.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "runtime/blocking.h"
#include "runtime/builtins.h"
#include "runtime/compile.h"
#include "runtime/errors.h"
#include "runtime/init.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/exception.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

namespace {

constexpr int kDontImplyDedent = 0x200, kAllowIncompleteInput = 0x4000;
constexpr int kFutureMask = 0x1FE0000;

enum class Line { kRead, kEnd, kInterrupted };

void flush(Str* name) {
  Value stream = sys_get(name);
  if (stream && !stream.is_none() && call_method0(stream, names.flush)) return;
  clear_pending();
}

void write_prompt(const char* name) {
  Value prompt = sys_get(intern(name));
  Str* text = prompt ? str(prompt) : nullptr;
  if (!text) clear_pending();
  fflush(stdout);
  fputs(text ? to_utf8(text).c_str() : "", stderr);
  fflush(stderr);
}

Line read_line(const char* prompt, std::string* out) {
  write_prompt(prompt);
  size_t before = out->size();
  for (;;) {
    errno = 0;
    int c = getc(stdin);
    if (c != EOF) {
      *out += static_cast<char>(c);
      if (c == '\n') return Line::kRead;
      continue;
    }
    bool interrupted = errno == EINTR;
    clearerr(stdin);
    if (interrupted) {
      if (!check_signals()) return Line::kInterrupted;
      continue;
    }
    if (out->size() > before) return Line::kRead;   // the last line has no end
    fputs("\n", stderr);
    return Line::kEnd;
  }
}

bool is_blank(const std::string& line) {
  size_t i = line.find_first_not_of(" \t\f\r");
  return i == std::string::npos || line[i] == '\n' || line[i] == '#';
}

enum class Completeness { kComplete, kIncomplete, kWrong };

Completeness completeness(const std::string& source, int flags) {
  CompileRequest r;
  r.source = source;
  r.filename = intern("<stdin>");
  r.mode = frontend::Mode::kSingle;
  r.flags = flags | kDontImplyDedent | kAllowIncompleteInput;
  r.quiet = true;
  if (compile_source(r)) return Completeness::kComplete;
  Value e = take_pending();
  Str* message = is_instance(e, exc.SyntaxError) ? str(e) : nullptr;
  if (!message) return clear_pending(), Completeness::kWrong;
  return to_utf8(message).find("incomplete input") != std::string::npos ? Completeness::kIncomplete : Completeness::kWrong;
}

// A compound statement ends with an empty line: without its last line end it counts as incomplete.
bool wants_more(const std::string& source, int flags) {
  Completeness whole = completeness(source, flags);
  if (whole != Completeness::kComplete) return whole == Completeness::kIncomplete;
  return completeness(source.substr(0, source.size() - 1), flags) == Completeness::kIncomplete;
}

// One statement, several lines of it; kRead with empty text: nothing to run.
Line read_statement(std::string* source, int flags) {
  Line line = read_line("ps1", source);
  if (line != Line::kRead || (is_blank(*source) && source->back() == '\n')) {
    if (line == Line::kRead) source->clear();
    return line;
  }
  while (source->back() != '\n' || wants_more(*source, flags)) {
    line = read_line("ps2", source);
    if (line == Line::kInterrupted) return line;
    if (line == Line::kEnd) break;   // what there is must do
  }
  return Line::kRead;
}

}  // namespace

std::optional<int> run_interactive(Dict* globals, std::optional<int> (*report)()) {
  if (!sys_get(intern("ps1"))) sys_set(intern("ps1"), intern(">>> "));
  if (!sys_get(intern("ps2"))) sys_set(intern("ps2"), intern("... "));
  int future_flags = 0;
  for (;;) {
    std::string source;
    Line line = read_statement(&source, future_flags);
    if (line == Line::kEnd) return std::nullopt;
    if (line == Line::kInterrupted) {
      if (pending_matches(exc.KeyboardInterrupt)) {
        clear_pending();
        fputs("\nKeyboardInterrupt\n", stderr);
      } else if (std::optional<int> status = report()) {
        return status;
      }
      continue;
    }
    if (source.empty()) continue;
    CompileRequest r;
    r.source = source;
    r.filename = intern("<stdin>");
    r.mode = frontend::Mode::kSingle;
    r.flags = future_flags;
    Value code = compile_source(r);
    if (code) future_flags |= static_cast<int>(code.as<Code>()->code_flags) & kFutureMask;
    bool ok = code && eval_code_hook(code.as<Code>(), globals, globals, nullptr);
    std::optional<int> status = ok ? std::nullopt : report();
    flush(names.stderr);
    flush(names.stdout);
    if (status) return status;
  }
}

}  // namespace pyjit::runtime
