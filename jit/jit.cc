// Decides what to record and when to run it: hot back edges, exits, bridges, blacklisting, invalidation; the glue to the Engine.
#include "jit/jit.h"

#include <pthread.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <unordered_map>

#include "frontend/code.h"
#include "interp/hot.h"
#include "interp/machine.h"
#include "jit/chains.h"
#include "jit/opt.h"
#include "jit/recorder.h"
#include "jit/registry.h"
#include "jit/report.h"
#include "runtime/heap.h"

namespace pyjit::jit {

using interp::CompiledCode;
using interp::HotOutcome;
using interp::HotResult;
using interp::JumpWord;
using interp::kHotBit;

namespace {

struct Loop {
  Trace* trace = nullptr;
  uint32_t tries = 0, made = 0;
  bool blacklisted = false;
};

struct Stats {
  uint64_t loops, functions, bridges, aborts, invalidated, entered, flushes;
  std::map<std::string, uint64_t> reasons;
} stats;

std::unordered_map<const Instr*, Loop> loops;
struct ClassInfo {
  std::vector<Trace*> traces;
  uint32_t changes = 0;
};
std::unordered_map<Class*, ClassInfo> class_dependents;
std::unordered_map<Function*, std::vector<Trace*>> function_dependents;
struct NameKey {
  Dict* dict;
  uint64_t key;
  bool operator==(const NameKey&) const = default;
};
struct NameHash {
  size_t operator()(const NameKey& k) const { return (reinterpret_cast<uintptr_t>(k.dict) ^ k.key * 0x9E3779B97F4A7C15ull) >> 4; }
};
struct NameInfo {
  std::vector<Trace*> traces;
  uint32_t changes = 0;
};
std::unordered_map<NameKey, NameInfo, NameHash> names_watched;
std::vector<Value> constants;             // objects that machine code names
Recorder* recording = nullptr;
bool recording_spoilt = false;            // something the recording assumes changed under it
int64_t trace_limit = -1;                 // PYJIT_TRACES=n: bisecting
uint64_t traces_made = 0;
bool flush_wanted = false;                // the arena is full: everything is dropped once no thread is inside a trace
std::vector<CompiledCode*> function_roots; // code objects whose `trace` is set; `constants` keeps them alive
bool dump_aborts = false;

constexpr uint32_t kMaxChanges = 2, kMaxClassChanges = 4;
constexpr uint32_t kMaxRemakes = 6;         // of a loop whose traces are invalidated again and again

void invalidate_all(std::vector<Trace*>& traces) {
  std::vector<Trace*> list;
  list.swap(traces);
  for (Trace* trace : list) {
    if (!trace->valid) continue;
    ++stats.invalidated;
    Engine::get().invalidate(trace);
  }
}

void class_changed(Class* cls) {
  bool assumed = recording && std::ranges::find(recording->dependencies().classes, cls) != recording->dependencies().classes.end();
  recording_spoilt |= assumed;
  auto it = assumed ? class_dependents.try_emplace(cls).first : class_dependents.find(cls);
  if (it == class_dependents.end()) return;
  ++it->second.changes;
  invalidate_all(it->second.traces);
}
void function_changed(Function* f) {
  if (recording) recording_spoilt |= std::ranges::find(recording->dependencies().functions, f) != recording->dependencies().functions.end();
  auto it = function_dependents.find(f);
  if (it != function_dependents.end()) invalidate_all(it->second);
}
void dict_changed(Dict* d, Value key) {
  if (recording)
    for (const Dependencies::Name& name : recording->dependencies().names)
      recording_spoilt |= name.dict == d && (!key || name.key == key);
  if (!key) {
    recording_spoilt = true;
    for (auto& [k, info] : names_watched)
      if (k.dict == d) invalidate_all(info.traces);
    return;
  }
  auto it = names_watched.find({d, key.bits()});
  if (it == names_watched.end()) return;
  ++it->second.changes;
  invalidate_all(it->second.traces);
}

void depend(Trace* trace, const Dependencies& deps) {
  for (Class* cls : deps.classes) {
    cls->watched = true;
    constants.push_back(Value(static_cast<Object*>(cls)));
    auto& list = class_dependents[cls].traces;
    if (list.empty() || list.back() != trace) list.push_back(trace);
  }
  for (Function* f : deps.functions) {
    f->watched = true;
    constants.push_back(Value(static_cast<Object*>(f)));
    function_dependents[f].push_back(trace);
  }
  for (const Dependencies::Name& name : deps.names) {
    name.dict->watched = true;
    constants.push_back(Value(static_cast<Object*>(name.dict)));
    constants.push_back(name.key);
    auto& list = names_watched[{name.dict, name.key.bits()}].traces;
    if (list.empty() || list.back() != trace) list.push_back(trace);
  }
}

void trace_roots(Tracer& tracer, void*) {
  for (Value v : constants) tracer.visit(v);
  if (recording) recording->roots(tracer);
}

// Code that runs leaves at its next GINVAL; new code is not made until flush().
void request_flush() {
  if (flush_wanted || reporting || !Engine::get().worth_flushing()) return;
  flush_wanted = true;
  for (const std::unique_ptr<Trace>& trace : Engine::get().traces()) Engine::get().invalidate(trace.get());
}

// Drops all machine code with everything that names it, and what only it kept alive. Loops and functions become hot again in their own time.
void flush() {
  if (recording || Engine::get().any_active()) return;
  flush_wanted = false;
  ++stats.flushes;
  for (CompiledCode* compiled : function_roots) {
    compiled->trace = nullptr;
    compiled->trace_made = 0;
  }
  function_roots.clear();
  loops.clear();
  class_dependents.clear();
  function_dependents.clear();
  names_watched.clear();
  constants.clear();
  Engine::get().flush();
}

// Optimises, compiles and registers what was recorded. Null: given up.
Trace* finish(Recorder& recorder, Code* code, const char** why) {
  Builder& b = recorder.builder();
  if (recording_spoilt || (b.ir().parent && !b.ir().parent->trace->valid)) {
    *why = "an assumption changed while recording";
    return nullptr;
  }
  if (!optimise(b)) {
    *why = abort_text(b.failed());
    return nullptr;
  }
  for (const TraceCall& call : b.ir().trace_calls)
    if (call.target && !call.target->valid) {
      *why = "a trace that it calls was invalidated";
      return nullptr;
    }
  Abort abort;
  Trace* trace = Engine::get().compile(b.ir(), &abort);
  if (!trace) {
    if (abort == Abort::kCodeFull) request_flush();
    *why = abort_text(abort);
    return nullptr;
  }
  ++traces_made;
  for (Exit& exit : trace->exits)
    if (exit.guard && exit.guard < recorder.entry_guards()) exit.tries = static_cast<uint32_t>(params().max_tries);
  const Ir& ir = b.ir();
  for (Ref ref = 1; ref < ir.const_end(); ++ref) {
    Type type = ir.constant(ref).type;
    Value v = Value::from_bits(ir.constant(ref).bits);
    if ((type == Type::kObj || type == Type::kVal) && v.is_object()) constants.push_back(v);
  }
  constants.push_back(Value(static_cast<Object*>(code)));
  depend(trace, recorder.dependencies());
  return trace;
}

void note_abort(const char* reason, const Instr* pc) {
  ++stats.aborts;
  ++stats.reasons[reason ? reason : "?"];
  if (dump_aborts) std::fprintf(stderr, "jit: abort at %s: %s\n", interp::kOpInfo[pc->op].name, reason ? reason : "?");
}

HotResult record(Recorder& recorder, const char** why, Trace** made) {
  Thread* thread = recorder.thread;
  Code* code = reinterpret_cast<Frame*>(recorder.regs)[-1].code;
  recording = &recorder;
  recording_spoilt = false;
  *why = nullptr;
  *made = nullptr;
  const Instr* start = recorder.pc;
  StopKind kind = recorder.run();
  if (kind == StopKind::kDone) {
    *made = finish(recorder, code, why);
    if (!*made) note_abort(*why, recorder.pc);
  } else {
    *why = recorder.reason();
    note_abort(*why, recorder.pc);
  }
  recording = nullptr;
  if (reporting) [[unlikely]] {
    note_attempt({code, start, thread->frame->code, recorder.pc, recorder.builder().ir().parent, *made, *why});
    for (Function* f : recorder.dependencies().functions) note_code(f->code);
  }
  return {recorder.pc, kind == StopKind::kError || recorder.ends_raising() ? HotOutcome::kError : HotOutcome::kNext};
}

bool may_record(Thread* thread) {
  return !recording && !flush_wanted && !thread->poll && (trace_limit < 0 || traces_made < static_cast<uint64_t>(trace_limit));
}

// Room for what a trace may push without asking.
bool may_enter(Thread* thread) {
  return thread->recursion_depth + params().max_inline_depth + 2 < thread->recursion_limit &&
         thread->stack_top + 8 * (params().max_slots + 64) < thread->stack_limit &&
         reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) > thread->native_stack_limit + (96 << 10);
}

// The trace's root frame, which is thread->frame again, returns v.
HotResult return_from(Thread* thread, Frame* root, Value v) {
  if (root->flags) [[unlikely]] {
    switch (interp::leave_frame(thread, v)) {
      case interp::CallStatus::kLeave: return {nullptr, HotOutcome::kLeave};
      case interp::CallStatus::kError: return {thread->frame->pc - 1, HotOutcome::kError};
      default: return {thread->frame->pc, HotOutcome::kNext};
    }
  }
  Frame* caller = root->back;
  thread->stack_top = reinterpret_cast<char*>(root);
  thread->frame = caller;
  --thread->recursion_depth;
  caller->regs()[root->return_register] = v;
  return {caller->pc, HotOutcome::kNext};
}

HotResult run_trace(Trace* trace, Thread* thread, Value* regs, const Instr* start) {
  if (!may_enter(thread)) return {start, HotOutcome::kNext};
  ++stats.entered, ++trace->entries;
  int32_t depth = thread->recursion_depth;
  char* top = thread->stack_top;
  Engine& engine = Engine::get();
  uint64_t returned = engine.enter(trace, thread, regs);
  if (returned != kExited) {
    Frame* root = reinterpret_cast<Frame*>(regs) - 1;
    thread->frame = root;
    thread->recursion_depth = depth;
    thread->stack_top = top;
    return return_from(thread, root, Value::from_bits(returned));
  }
  LastExit last = engine.last_exit();
  Frame *root = reinterpret_cast<Frame*>(regs) - 1, *frame = exit_frame(last);
  int32_t inlined = 0;
  for (Frame* f = frame; f != root; f = f->back) ++inlined;
  thread->frame = frame;
  thread->recursion_depth = depth + inlined;
  Frame* on_stack = frame;
  while (on_stack != root && on_stack->flags & kFrameGenerator) on_stack = on_stack->back;
  thread->stack_top = on_stack != root ? reinterpret_cast<char*>(on_stack) + on_stack->code->compiled->frame_bytes : top;
  const Instr* pc = reinterpret_cast<const Instr*>(last.exit->pc);
  HotResult resume{pc, HotOutcome::kNext};
  switch (last.exit->kind & 3) {
    case kRaise: resume.outcome = HotOutcome::kError; break;
    case kIterEnd: {
      if (thread->exception) return {pc, HotOutcome::kError};
      if (pc->op == interp::kSEND) {
        frame->regs()[pc->c] = thread->result;
        return {pc + interp::jump_word(pc)->jump, HotOutcome::kNext};
      }
      bool loop = (pc->op - interp::kFOR_ITER) & 1;
      resume.pc = loop ? pc + 2 : pc + interp::jump_word(pc)->jump;
      break;
    }
    default: break;
  }
  Exit& exit = *last.exit;
  if (exit.count >= static_cast<uint32_t>(params().hot_exit) && !exit.bridge && exit.trace->valid && exit.tries < static_cast<uint32_t>(params().max_tries) &&
      exit.trace->root->bridges < static_cast<uint32_t>(params().max_bridges) && may_record(thread)) {
    const char* why;
    Trace* bridge = nullptr;
    Recorder recorder(thread, frame->regs(), resume.pc);
    HotResult result = resume;
    if (recorder.start_bridge(exit, last.base)) result = record(recorder, &why, &bridge);
    if (bridge) {
      ++stats.bridges;
    } else {
      if (!recorder.waiting()) ++exit.tries;
      exit.earlier += exit.count;
      exit.count = 0;
    }
    return result;
  }
  return resume;
}

bool blacklisted(const CompiledCode* compiled) {
  return compiled->trace_tries >= 2 * params().max_tries || compiled->trace_made > kMaxRemakes || !traceable(compiled->code);
}

HotResult hot_entry(Thread* thread, Frame* frame) {
  if (flush_wanted) [[unlikely]] flush();
  CompiledCode* compiled = frame->code->compiled;
  HotResult result{compiled->entry, HotOutcome::kNext};
  compiled->entry_counter = kHotBit - 1;
  if (Trace* trace = function_trace(compiled)) return run_trace(trace, thread, frame->regs(), compiled->entry);
  if (blacklisted(compiled)) {
    compiled->entry_counter = 0;
    return result;
  }
  if (recording) return result;   // a recording that waits for this one ends soon
  if (!may_record(thread)) {
    compiled->entry_counter = kHotBit - 200;
    return result;
  }
  const char* why;
  Trace* trace = nullptr;
  Recorder recorder(thread, frame->regs(), compiled->entry);
  recorder.start(TraceKind::kFunction);
  result = record(recorder, &why, &trace);
  if (trace) {
    ++stats.functions;
    compiled->trace = trace;
    function_roots.push_back(compiled);
    ++compiled->trace_made;
  } else if (recorder.waiting()) {
    compiled->entry_counter = kHotBit - 20;
  } else {
    ++compiled->trace_tries;
    compiled->entry_counter = kHotBit - (static_cast<uint32_t>(params().hot_function) << compiled->trace_tries);
  }
  return result;
}

HotResult hot_loop(Thread* thread, Value* regs, const Instr* target, JumpWord* edge) {
  if (flush_wanted) [[unlikely]] flush();
  edge->counter = kHotBit - 1;
  // Machine code calls without saving its pc: what a collection then takes for live is what is live in the loop.
  reinterpret_cast<Frame*>(regs)[-1].pc = target + 1;
  if (thread->poll) return {target, HotOutcome::kNext};
  Loop& loop = loops[target];
  if (loop.trace && loop.trace->valid) return run_trace(loop.trace, thread, regs, target);
  if (loop.blacklisted) {
    edge->counter = 0;
    return {target, HotOutcome::kNext};
  }
  if (!may_record(thread)) {
    edge->counter = kHotBit - 1000;
    return {target, HotOutcome::kNext};
  }
  const char* why;
  Trace* trace = nullptr;
  Recorder recorder(thread, regs, target);
  recorder.start(TraceKind::kLoop);
  HotResult result = record(recorder, &why, &trace);
  Loop& entry = loops[target];
  if (trace) {
    ++stats.loops;
    entry.trace = trace;
    if (++entry.made > kMaxRemakes) entry.blacklisted = true;   // this one may stay until something invalidates it
  } else if (recorder.waiting()) {
    edge->counter = kHotBit - 20;
  } else {
    ++entry.tries;
    if (entry.tries >= 2 * static_cast<uint32_t>(params().max_tries)) entry.blacklisted = true;
    // Wait longer each time: inner loops, caches and types may settle.
    edge->counter = kHotBit - static_cast<uint32_t>(params().hot_loop) * (1u << entry.tries);
  }
  return result;
}

// The arena is shared memory: a child gets its own, or does without new code.
void after_fork() {
  if (!Engine::get().after_fork_in_child()) interp::loop_hot_hook = nullptr, interp::entry_hot_hook = nullptr;
}

void* materialize(void* thread, const AllocSpec* spec) { return spec->slow(thread, spec); }
void barrier_slow(void*, void* object) { heap.write_barrier_slow(static_cast<Object*>(object)); }

}  // namespace

bool is_recording() { return recording != nullptr; }
bool is_given_up(const Instr* loop) {
  auto it = loops.find(loop);
  return it != loops.end() && it->second.blacklisted;
}

bool traceable(const Code* code) {
  constexpr uint32_t kSuspended = frontend::kGenerator | frontend::kCoroutine | frontend::kAsyncGenerator;
  return (code->code_flags & frontend::kOptimized) && !(code->code_flags & kSuspended);
}

bool await_function(CompiledCode* compiled) {
  constexpr uint8_t kMaxWaits = 8;
  if (compiled->trace_waits >= kMaxWaits || blacklisted(compiled)) return false;
  ++compiled->trace_waits;
  compiled->entry_counter = kHotBit - 1;
  return true;
}

Trace* trace_at(const Instr* pc) {
  auto it = loops.find(pc);
  return it != loops.end() && it->second.trace && it->second.trace->valid ? it->second.trace : nullptr;
}

bool name_is_volatile(Dict* dict, Value key) {
  auto it = names_watched.find({dict, key.bits()});
  return it != names_watched.end() && it->second.changes >= kMaxChanges;
}

bool class_is_volatile(Class* cls) {
  auto it = class_dependents.find(cls);
  return it != class_dependents.end() && it->second.changes >= kMaxClassChanges;
}

void initialize(bool enabled) {
  if (!enabled) return;
  if (const char* stress = std::getenv("PYJIT_STRESS"); stress && *stress && *stress != '0') {
    params().hot_loop = 1;
    params().hot_function = 1;
    params().hot_exit = 1;
  }
  if (const char* limit = std::getenv("PYJIT_TRACES")) trace_limit = std::atoll(limit);
  if (const char* dump = std::getenv("PYJIT_DUMP")) dump_aborts = std::strstr(dump, "aborts");
  Engine& engine = Engine::get();
  engine.hooks.barrier_offset = offsetof(Object, gc);
  engine.hooks.barrier_value = kOld;
  engine.hooks.barrier_slow = barrier_slow;
  engine.hooks.link_frames = link_frames;
  engine.hooks.materialize = materialize;
  class_changed_hook = class_changed;
  function_changed_hook = function_changed;
  dict_changed_hook = dict_changed;
  pthread_atfork(nullptr, nullptr, after_fork);
  heap.add_root_tracer(trace_roots, nullptr);
  interp::hot_loop_start = kHotBit - static_cast<uint32_t>(params().hot_loop);
  interp::loop_hot_hook = hot_loop;
  interp::hot_function_start = kHotBit - static_cast<uint32_t>(params().hot_function);
  interp::entry_hot_hook = hot_entry;
}

void print_stats() {
  std::fprintf(stderr, "jit: %llu loops, %llu functions, %llu bridges, %llu aborts, %llu invalidated, %llu entries, %zu bytes of code\n",
               static_cast<unsigned long long>(stats.loops), static_cast<unsigned long long>(stats.functions), static_cast<unsigned long long>(stats.bridges),
               static_cast<unsigned long long>(stats.aborts), static_cast<unsigned long long>(stats.invalidated),
               static_cast<unsigned long long>(stats.entered), Engine::get().code_bytes());
  if (stats.flushes) std::fprintf(stderr, "jit: %llu flushes of the code arena\n", static_cast<unsigned long long>(stats.flushes));
  for (const auto& [reason, count] : stats.reasons)
    std::fprintf(stderr, "jit:   abort %llu x %s\n", static_cast<unsigned long long>(count), reason.c_str());
}

}  // namespace pyjit::jit
