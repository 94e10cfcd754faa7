// From what was recorded, from exit counts and from samples of the program counter to a text that says, loop by loop, what the JIT made
// of it and why it gave up where it did (--jit-report).
//
// The default run pays nothing: exits and entries are counted anyway, and recording asks `reporting` once an attempt. Where time goes comes
// from a timer of the process's CPU time that only a reporting run starts; each tick stores one address.
#include "jit/report.h"

#include <signal.h>
#include <sys/time.h>
#include <ucontext.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "interp/compiled_code.h"
#include "jit/engine.h"
#include "jit/jit.h"
#include "runtime/heap.h"
#include "runtime/types/str.h"

namespace pyjit::jit {

using interp::Instr;
using runtime::Code;

bool reporting = false;

namespace {

// --- where time goes --------------------------------------------------------------------------------------------------------

constexpr int kTickMicroseconds = 1000;
constexpr uint32_t kMaxAddresses = 1 << 20;
struct Samples {
  uint64_t in_code = 0, called_from_code = 0, recording = 0, elsewhere = 0;
  std::vector<uint32_t> addresses;   // in machine code, which lies below 4 GB; reserved in advance: the handler must not allocate
  uint64_t total() const { return in_code + called_from_code + recording + elsewhere; }
} samples;

void on_tick(int, siginfo_t*, void* context) {
  uint64_t pc = static_cast<uint64_t>(static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_RIP]);
  Engine& engine = Engine::get();
  if (engine.is_code(pc)) {
    ++samples.in_code;
    if (samples.addresses.size() < kMaxAddresses) samples.addresses.push_back(static_cast<uint32_t>(pc));
  } else if (is_recording()) {
    ++samples.recording;
  } else if (engine.active()) {
    ++samples.called_from_code;
  } else {
    ++samples.elsewhere;
  }
}

void start_sampling() {
  samples.addresses.reserve(kMaxAddresses);
  Engine::get();   // made now, not by the handler
  struct sigaction action {};
  action.sa_sigaction = on_tick;
  action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
  sigaction(SIGPROF, &action, nullptr);
  itimerval timer{{0, kTickMicroseconds}, {0, kTickMicroseconds}};
  setitimer(ITIMER_PROF, &timer, nullptr);
}

void stop_sampling() {
  itimerval none{};
  setitimer(ITIMER_PROF, &none, nullptr);
}

// --- what was recorded ------------------------------------------------------------------------------------------------------

struct Reason {
  std::string text, place;
  auto operator<=>(const Reason&) const = default;
};
struct Root {                               // a hot loop or function
  std::string place;
  std::vector<const Trace*> traces;         // of its own, in the order they were made
  std::map<Reason, uint32_t> given_up;
};
struct Side {                               // attempts to record from one exit
  std::map<Reason, uint32_t> given_up;
};

std::map<const Instr*, Root> roots;
std::map<const Exit*, Side> sides;
std::vector<Code*> codes;                   // rooted: places are named at the end
std::set<Code*> known_codes;

bool contains(Code* code, const Instr* pc) {
  const interp::CompiledCode* compiled = code->compiled;
  return compiled && pc >= compiled->entry && pc < compiled->entry + compiled->word_count;
}

std::string place_in(Code* code, const Instr* pc) {
  if (!code || !contains(code, pc)) return "?";
  const interp::CompiledCode* compiled = code->compiled;
  int line = runtime::code_line_at(code, static_cast<int>(2 * compiled->unit_of_word[pc - compiled->entry]));
  if (line < 0) line = code->firstlineno;   // what copies cells and the like has no line
  return runtime::to_utf8(code->filename) + ":" + std::to_string(line) + " in " + runtime::to_utf8(code->qualname);
}

std::string place_of(uint64_t pc_bits) {
  const Instr* pc = reinterpret_cast<const Instr*>(pc_bits);
  for (Code* code : codes)
    if (contains(code, pc)) return place_in(code, pc);
  return "?";
}

void trace_roots(runtime::Tracer& tracer, void*) {
  for (Code* code : codes) tracer.visit(static_cast<runtime::Object*>(code));
}

// --- the text ---------------------------------------------------------------------------------------------------------------

std::string times(uint64_t count) { return count == 1 ? "once" : std::to_string(count) + " times"; }
double percent(uint64_t part) { return 100.0 * static_cast<double>(part) / static_cast<double>(samples.total()); }

struct Row {
  const Instr* start;
  const Root* root;
  uint64_t ticks = 0;
};

class Writer {
 public:
  explicit Writer(FILE* out) : out_(out) {
    for (const auto& trace : Engine::get().traces()) all_.push_back(trace.get());
    std::vector<const Trace*> by_address = all_;
    std::ranges::sort(by_address, {}, &Trace::code);
    for (uint32_t address : samples.addresses) {
      auto it = std::ranges::upper_bound(by_address, reinterpret_cast<const uint8_t*>(uintptr_t{address}), {}, &Trace::code);
      if (it != by_address.begin() && address < reinterpret_cast<uintptr_t>((*--it)->code) + (*it)->code_size) ++ticks_[*it];
    }
    for (const Trace* trace : all_)
      if (trace->parent) bridges_[trace->parent].push_back(trace);
  }

  void write() {
    std::vector<Row> rows;
    size_t compiled = 0;
    for (const auto& [start, root] : roots) {
      Row row{start, &root};
      for (const Trace* trace : root.traces) row.ticks += family_ticks(trace);
      compiled += std::ranges::any_of(root.traces, &Trace::valid);
      rows.push_back(row);
    }
    std::ranges::stable_sort(rows, std::ranges::greater{}, &Row::ticks);
    std::fprintf(out_, "JIT report: %zu hot %s, %zu compiled; %zu traces, %zu bytes of machine code\n", rows.size(),
                 rows.size() == 1 ? "place" : "places", compiled, all_.size(), Engine::get().code_bytes());
    write_time();
    for (const Row& row : rows) write_root(row);
    if (rows.empty()) std::fprintf(out_, "No loop ran often enough to be compiled.\n");
  }

 private:
  void write_time() {
    if (!samples.total()) return;
    std::fprintf(out_,
                 "CPU time (%llu samples): %.0f %% machine code, %.0f %% functions that it calls, %.0f %% recording and compiling, "
                 "%.0f %% interpreter and the rest\n",
                 static_cast<unsigned long long>(samples.total()), percent(samples.in_code), percent(samples.called_from_code),
                 percent(samples.recording), percent(samples.elsewhere));
  }

  uint64_t family_ticks(const Trace* trace) {
    uint64_t sum = ticks_[trace];
    for (const Exit& exit : trace->exits)
      for (const Trace* bridge : bridges_[&exit]) sum += family_ticks(bridge);
    return sum;
  }

  void write_root(const Row& row) {
    const Root& root = *row.root;
    bool running = std::ranges::any_of(root.traces, &Trace::valid);
    std::fprintf(out_, "\n%s: %s", root.place.c_str(), running ? "compiled" : root.traces.empty() ? "not compiled" : "compiled, now invalid");
    if (row.ticks) std::fprintf(out_, ", %.0f %% of CPU time in its machine code", percent(row.ticks));
    if (is_given_up(row.start)) std::fprintf(out_, running ? "; will not be compiled again" : "; given up for good");
    std::fprintf(out_, "\n");
    write_reasons(root.given_up, "  ");
    for (const Trace* trace : root.traces) write_trace(trace, 1);
  }

  void write_reasons(const std::map<Reason, uint32_t>& reasons, const char* indent) {
    for (const auto& [reason, count] : reasons)
      std::fprintf(out_, "%sgave up %s: %s, at %s\n", indent, times(count).c_str(), reason.text.c_str(), reason.place.c_str());
  }

  void write_trace(const Trace* trace, int depth) {
    std::string indent(static_cast<size_t>(depth) * 2, ' ');
    if (trace->kind == TraceKind::kBridge) {
      std::fprintf(out_, "%sbridge %u: ", indent.c_str(), trace->id);
    } else {
      std::fprintf(out_, "%strace %u: entered %s from the interpreter, ", indent.c_str(), trace->id, times(trace->entries).c_str());
    }
    std::fprintf(out_, "%u bytes, %zu exits%s\n", trace->code_size, trace->exits.size(), trace->valid ? "" : ", invalidated: an assumption changed");
    // Exits by how often they were taken; those never taken are the ordinary case and only counted.
    std::vector<const Exit*> taken;
    for (const Exit& exit : trace->exits)
      if (exit.count || exit.earlier || !bridges_[&exit].empty() || sides.contains(&exit)) taken.push_back(&exit);
    std::ranges::stable_sort(taken, std::ranges::greater{}, [](const Exit* e) { return e->count + e->earlier; });
    for (const Exit* exit : taken) {
      std::string inner = indent + "    ";
      std::fprintf(out_, "%s  exit %u at %s: taken %s%s\n", indent.c_str(), exit->number, place_of(exit->pc).c_str(),
                   times(exit->count + uint64_t{exit->earlier}).c_str(), exit->bridge ? ", since then by a bridge" : "");
      if (auto side = sides.find(exit); side != sides.end()) write_reasons(side->second.given_up, inner.c_str());
      if (depth < kMaxDepth)
        for (const Trace* bridge : bridges_[exit]) write_trace(bridge, depth + 2);
      else if (!bridges_[exit].empty())
        std::fprintf(out_, "%s(more bridges)\n", inner.c_str());
    }
  }

  static constexpr int kMaxDepth = 16;
  FILE* out_;
  std::vector<const Trace*> all_;
  std::map<const Trace*, uint64_t> ticks_;
  std::map<const Exit*, std::vector<const Trace*>> bridges_;
};

}  // namespace

void note_code(Code* code) {
  if (known_codes.insert(code).second) codes.push_back(code);
}

void note_attempt(const Attempt& attempt) {
  note_code(attempt.code);
  note_code(attempt.end_code);
  auto& given_up = attempt.parent ? sides[attempt.parent].given_up : roots[attempt.start].given_up;
  if (!attempt.parent) {
    Root& root = roots[attempt.start];
    if (root.place.empty()) root.place = place_in(attempt.code, attempt.start);
    if (attempt.made) root.traces.push_back(attempt.made);
  }
  if (!attempt.made) {
    const char* operation = contains(attempt.end_code, attempt.end) ? interp::kOpInfo[attempt.end->op].name : "?";
    ++given_up[{attempt.why ? attempt.why : "?", place_in(attempt.end_code, attempt.end) + " (" + operation + ")"}];
  }
}

void start_report() {
  reporting = true;
  runtime::heap.add_root_tracer(trace_roots, nullptr);
  start_sampling();
}

bool print_report(const char* file) {
  stop_sampling();
  FILE* out = file ? std::fopen(file, "w") : stderr;
  if (!out) return false;
  Writer(out).write();
  if (file) std::fclose(out);
  return true;
}

}  // namespace pyjit::jit
