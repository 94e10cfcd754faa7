// Runs one command line as children of this process, with and without the JIT by turns, and compares what they did and what it cost.
//
// By turns, so that a slow moment of the machine hits both alike. Each child's output goes to files; standard input, unless it is a
// terminal, is read once and given to every child.
#include "runtime/compare_runs.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <vector>

namespace pyjit::runtime {

namespace {

struct Outcome {
  double wall = 0, cpu = 0;   // seconds
  long peak = 0;              // KiB
  int status = 0;             // as wait() gives it
  std::string out, err;
};
using Outcomes = std::vector<Outcome>;

// An unnamed file, open for reading and writing.
int temporary_file() {
  char name[] = "/tmp/pyjit-compare-XXXXXX";
  int fd = mkstemp(name);
  if (fd >= 0) unlink(name);
  return fd;
}

std::string contents(int fd) {
  std::string text;
  char buffer[1 << 16];
  lseek(fd, 0, SEEK_SET);
  for (ssize_t n; (n = read(fd, buffer, sizeof buffer)) > 0;) text.append(buffer, static_cast<size_t>(n));
  return text;
}

void write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    ssize_t n = write(fd, text.data(), text.size());
    if (n <= 0) return;
    text.remove_prefix(static_cast<size_t>(n));
  }
}

double now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}
double seconds(const timeval& t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); }

class Comparison {
 public:
  Comparison(const std::string& executable, int argc, char** argv) : executable_(executable), argc_(argc), argv_(argv) {}

  int run(int rounds) {
    if (!isatty(0)) {
      input_ = temporary_file();
      write_all(input_, contents_of_input());
    }
    Outcomes with, without;
    for (int i = 0; i < rounds; ++i) {
      // Who goes first changes: neither always finds the caches as the other left them.
      for (int k = 0; k < 2; ++k) {
        bool jit = (i + k) % 2;
        progress(jit ? "with the JIT" : "without", i, rounds);
        if (!run_once(jit ? nullptr : "--no-jit", &(jit ? with : without).emplace_back())) return 2;
      }
    }
    std::string report_path = "/tmp/pyjit-report-" + std::to_string(getpid());
    progress("for the report", 0, 1);
    Outcome reported;
    bool ok = run_once(("--jit-report=" + report_path).c_str(), &reported);
    progress(nullptr, 0, 0);
    int fd = open(report_path.c_str(), O_RDONLY);
    std::string report = fd >= 0 ? contents(fd) : "";
    if (fd >= 0) close(fd), unlink(report_path.c_str());
    if (!ok) return 2;
    print_table(with, without);
    bool same = print_agreement(with, without);
    std::printf("\n%s", report.empty() ? "The run for the report ended without one (killed, or os._exit).\n" : report.c_str());
    return same ? 0 : 1;
  }

 private:
  std::string contents_of_input() {
    std::string text;
    char buffer[1 << 16];
    for (ssize_t n; (n = read(0, buffer, sizeof buffer)) > 0;) text.append(buffer, static_cast<size_t>(n));
    return text;
  }

  void progress(const char* what, int round, int rounds) {
    if (!isatty(2)) return;
    std::fprintf(stderr, "\r\033[K");
    if (what) std::fprintf(stderr, "running %s, round %d of %d", what, round + 1, rounds);
    std::fflush(stderr);
  }

  bool run_once(const char* option, Outcome* outcome) {
    std::vector<char*> arguments{argv_[0]};
    if (option) arguments.push_back(const_cast<char*>(option));
    bool skipped = false;
    for (int i = 1; i < argc_; ++i) {
      bool ours = !skipped && (!std::strcmp(argv_[i], "--compare") || !std::strncmp(argv_[i], "--compare=", 10));
      if (ours) skipped = true;
      else arguments.push_back(argv_[i]);
    }
    arguments.push_back(nullptr);
    int out = temporary_file(), err = temporary_file();
    if (out < 0 || err < 0) return fail("cannot make a temporary file");
    if (input_ >= 0) lseek(input_, 0, SEEK_SET);
    double start = now();
    pid_t child = fork();
    if (child < 0) return fail("cannot start a process");
    if (!child) {
      if (input_ >= 0) dup2(input_, 0);
      dup2(out, 1);
      dup2(err, 2);
      execv(executable_.c_str(), arguments.data());
      _exit(127);
    }
    // Ctrl-C reaches the child too; it decides what becomes of it.
    struct sigaction ignore {}, before {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGINT, &ignore, &before);
    rusage usage{};
    while (wait4(child, &outcome->status, 0, &usage) < 0 && errno == EINTR) {}
    sigaction(SIGINT, &before, nullptr);
    outcome->wall = now() - start;
    outcome->cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    outcome->peak = usage.ru_maxrss;
    outcome->out = contents(out);
    outcome->err = contents(err);
    close(out);
    close(err);
    if (WIFSIGNALED(outcome->status) && WTERMSIG(outcome->status) == SIGINT) return fail("interrupted");
    return true;
  }

  static bool fail(const char* why) {
    std::fprintf(stderr, "pyjit --compare: %s\n", why);
    return false;
  }

  struct Figure {
    double median, spread;   // spread: half the range, as a share of the median
  };
  template <typename Get>
  static Figure figure(const Outcomes& runs, Get get) {
    std::vector<double> values;
    for (const Outcome& run : runs) values.push_back(get(run));
    std::sort(values.begin(), values.end());
    size_t n = values.size();
    double median = n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
    return {median, median > 0 ? (values.back() - values.front()) / 2 / median : 0};
  }

  static std::string cell(const char* format, double value, double spread) {
    char text[64];
    int n = std::snprintf(text, sizeof text, format, value);
    if (spread >= 0) std::snprintf(text + n, sizeof text - static_cast<size_t>(n), " ±%.0f %%", 100 * spread);
    return text;
  }
  // Pads by characters: ± takes two bytes.
  static void row(const char* name, std::string without, std::string with, std::string_view remark) {
    auto pad = [](std::string& s) {
      size_t width = static_cast<size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
      if (width < 18) s.insert(0, 18 - width, ' ');
    };
    pad(without);
    pad(with);
    std::printf("%-12s %s %s   %.*s\n", name, without.c_str(), with.c_str(), static_cast<int>(remark.size()), remark.data());
  }

  void print_table(const Outcomes& with, const Outcomes& without) {
    std::printf("medians of %zu runs each, by turns; ± half of what they differ by\n\n", with.size());
    row("", "--no-jit", "with the JIT", "");
    auto times = [&](const char* name, double Outcome::*field) {
      Figure off = figure(without, [&](const Outcome& o) { return o.*field; }), on = figure(with, [&](const Outcome& o) { return o.*field; });
      char remark[96];
      double noise = std::max(with.size() == 1 ? 0.15 : 0.03, off.spread + on.spread), ratio = on.median > 0 ? off.median / on.median : 1;
      if (std::fabs(ratio - 1) <= noise) std::snprintf(remark, sizeof remark, "no difference that can be told from noise");
      else if (ratio > 1) std::snprintf(remark, sizeof remark, "%.2f times as fast with the JIT", ratio);
      else std::snprintf(remark, sizeof remark, "%.2f times slower with the JIT", 1 / ratio);
      row(name, cell("%.3f s", off.median, off.spread), cell("%.3f s", on.median, on.spread), remark);
    };
    times("wall time", &Outcome::wall);
    times("CPU time", &Outcome::cpu);
    auto memory = [](const Outcome& o) { return static_cast<double>(o.peak) / 1024; };
    Figure off = figure(without, memory), on = figure(with, memory);
    row("peak memory", cell("%.1f MiB", off.median, -1), cell("%.1f MiB", on.median, -1),
        cell("%.2f times as much with the JIT", off.median > 0 ? on.median / off.median : 1, -1));
  }

  static std::string status_text(int status) {
    return WIFSIGNALED(status) ? std::string("killed by ") + strsignal(WTERMSIG(status)) : std::to_string(WEXITSTATUS(status));
  }

  // False: the JIT changed something.
  bool print_agreement(const Outcomes& with, const Outcomes& without) {
    auto judge = [&](auto get) {
      auto differs = [&](const Outcome& o) { return get(o) != get(without[0]); };
      if (std::any_of(without.begin(), without.end(), differs)) return "differs from run to run even without the JIT";
      return std::any_of(with.begin(), with.end(), differs) ? "DIFFERS" : "same";
    };
    bool same = true;
    auto line = [&](const char* name, const std::string& off, const std::string& on, const char* verdict) {
      same &= std::strcmp(verdict, "DIFFERS") != 0;
      row(name, off, on, verdict);
    };
    auto first_other = [&](auto get) {
      for (const Outcome& o : with)
        if (get(o) != get(without[0])) return &o;
      return &with[0];
    };
    auto status = [](const Outcome& o) { return o.status; };
    line("exit status", status_text(without[0].status), status_text(first_other(status)->status), judge(status));
    for (bool error : {false, true}) {
      auto text = [error](const Outcome& o) -> const std::string& { return error ? o.err : o.out; };
      const char* verdict = judge(text);
      const std::string &off = text(without[0]), &on = text(*first_other(text));
      line(error ? "stderr" : "stdout", std::to_string(off.size()) + " bytes", std::to_string(on.size()) + " bytes", verdict);
      if (!std::strcmp(verdict, "DIFFERS")) show_difference(off, on);
    }
    return same;
  }

  static void show_difference(std::string_view off, std::string_view on) {
    size_t line = 1;
    while (true) {
      std::string_view a = off.substr(0, off.find('\n')), b = on.substr(0, on.find('\n'));
      if (a != b || off.empty() || on.empty()) {
        std::printf("  first different line, %zu:\n    --no-jit  %.*s\n    JIT       %.*s\n", line, static_cast<int>(std::min<size_t>(a.size(), 200)), a.data(),
                    static_cast<int>(std::min<size_t>(b.size(), 200)), b.data());
        return;
      }
      off.remove_prefix(std::min(off.size(), a.size() + 1));
      on.remove_prefix(std::min(on.size(), b.size() + 1));
      ++line;
    }
  }

  const std::string& executable_;
  int argc_;
  char** argv_;
  int input_ = -1;
};

}  // namespace

int compare_runs(const std::string& executable, int argc, char** argv, int rounds) { return Comparison(executable, argc, argv).run(rounds); }

}  // namespace pyjit::runtime
