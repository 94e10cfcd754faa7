// Compiles, links, enters, leaves and invalidates traces.
#include "jit/engine.h"

#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "jit/assemble.h"
#include "jit/code_arena.h"
#include "jit/stubs.h"
#include "jit/text.h"

namespace pyjit::jit {

using runtime::Value;

namespace {

thread_local LastExit last_exit_of_thread{nullptr, nullptr};
thread_local int enter_depth = 0;
thread_local Value scratch_words[Builder::kVirtualEnd - Builder::kVirtualFirst];

void barrier_handler(void* thread, void* object) { Engine::get().hooks.barrier_slow(thread, object); }

}  // namespace

// Scratch memory of the compiler, kept from one trace to the next.
struct AssemblerState {
  AssemblerState(Engine& engine, CodeArena& arena) : assembler(engine, arena) {}
  Assembler assembler;
};

// Called by the exit thunk. Returns the address of the trace's return address, where the thunk goes on.
uint64_t exit_handler(ExitState* state, void* thread) {
  Engine& engine = Engine::get();
  Exit& exit = *engine.exits_[state->exit_id];
  Value* base = reinterpret_cast<Value*>(state->gpr[kBaseReg]);
  engine.restore(exit, *state, thread, base);
  if (exit.chain) engine.hooks.link_frames(exit, thread, base);
  // In a deep exit the innermost one has said where to resume.
  if (!exit.deep) last_exit_of_thread = {&exit, base};
  ++exit.count;
  if (options().dump & kDumpExits)
    std::fprintf(stderr, "exit: trace %u exit %u pc=%llu\n", exit.trace->id, exit.number, static_cast<unsigned long long>(exit.pc));
  return reinterpret_cast<uint64_t>(state->frame) + exit.trace->frame_size;
}

Value* LastExit::scratch() { return scratch_words; }

Engine& Engine::get() {
  static Engine engine;
  return engine;
}

Engine::Engine() {
  arena_ = std::make_unique<CodeArena>(params().code_kilobytes ? static_cast<size_t>(params().code_kilobytes) << 10 : static_cast<size_t>(params().code_megabytes) << 20);
  if (arena_->ok() && !Stubs::build(*arena_, &exit_handler, &barrier_handler)) arena_.reset();
  if (arena_ && !arena_->ok()) arena_.reset();
  if (arena_) scratch_ = std::make_unique<AssemblerState>(*this, *arena_);
}
Engine::~Engine() = default;

size_t Engine::code_bytes() const { return arena_ ? arena_->used() : 0; }
LastExit Engine::last_exit() const { return last_exit_of_thread; }
bool Engine::after_fork_in_child() {
  active_count_ = enter_depth;   // the other threads are gone
  // The code itself stays mapped whatever happens: the fork may have been called from a trace.
  if (arena_ && !arena_->unshare()) scratch_.reset();
  return scratch_ != nullptr;
}
bool Engine::is_code(uint64_t address) const {
  return arena_ && address - reinterpret_cast<uint64_t>(arena_->start()) < arena_->used();
}
bool Engine::worth_flushing() const { return scratch_ && 4 * arena_->used() > arena_->room(); }
bool Engine::active() const { return enter_depth > 0; }

uint64_t Engine::enter(Trace* trace, void* thread, Value* base) {
  ++enter_depth, ++active_count_;
  uint64_t result = Stubs::of(*arena_).enter(trace->code, thread, base);
  --enter_depth, --active_count_;
  return result;
}

namespace {

void perf_map_line(const Trace& trace) {
  static FILE* file = [] {
    char path[64];
    std::snprintf(path, sizeof path, "/tmp/perf-%d.map", static_cast<int>(getpid()));
    return std::fopen(path, "a");
  }();
  if (!file) return;
  static constexpr const char* kKinds[] = {"loop", "function", "bridge"};
  std::fprintf(file, "%llx %x pyjit:%s_%u\n", static_cast<unsigned long long>(reinterpret_cast<uintptr_t>(trace.code)), trace.code_size,
               kKinds[static_cast<int>(trace.kind)], trace.id);
  std::fflush(file);
}

}  // namespace

Trace* Engine::compile(const Ir& ir, Abort* why) {
  *why = Abort::kNone;
  if (!scratch_) {
    *why = Abort::kCodeFull;
    return nullptr;
  }
  if (options().dump & kDumpIr) std::fprintf(stderr, "---- trace %u: IR ----\n%s", next_id_, print_ir(ir, options().dump & kDumpSnap).c_str());
  Assembler& assembler = scratch_->assembler;
  assembler.set_first_exit_id(static_cast<uint32_t>(exits_.size()));
  std::unique_ptr<Trace> made = assembler.assemble(ir, next_id_, why);
  if (!made) return nullptr;
  ++next_id_;
  Trace* trace = made.get();
  traces_.push_back(std::move(made));
  for (Exit& exit : trace->exits) exits_.push_back(&exit);
  trace->root = trace;
  for (const TraceCall& call : ir.trace_calls)
    if (call.target) call.target->callers.push_back(trace);
  if (ir.parent) {
    Exit& parent = *const_cast<Exit*>(ir.parent);
    trace->parent = &parent;
    trace->root = parent.trace->root;
    ++trace->root->bridges;
    link_bridge(parent, *trace);
  }
  if (options().perf_map) perf_map_line(*trace);
  return trace;
}

void Engine::patch_jump(const uint8_t* at, const uint8_t* target) {
  uint8_t bytes[5] = {0xE9};
  int32_t displacement = static_cast<int32_t>(target - (at + 5));
  std::memcpy(bytes + 1, &displacement, 4);
  std::memcpy(arena_->writable(at), bytes, 5);
}

void Engine::link_bridge(Exit& exit, Trace& bridge) {
  exit.bridge = &bridge;
  const uint8_t* code = exit.trace->code;
  // The stub covers whoever still comes by it; the guards' own jumps go straight to the bridge.
  patch_jump(code + exit.stub, bridge.code);
  for (uint32_t site : exit.jumps) {
    if (!site) continue;
    int32_t displacement = static_cast<int32_t>(bridge.code - (code + site + 4));
    std::memcpy(arena_->writable(code + site), &displacement, 4);
  }
}

void Engine::invalidate(Trace* trace) {
  if (!trace->valid) return;
  trace->valid = false;
  if (trace->kind != TraceKind::kBridge) patch_jump(trace->code, trace->code + trace->exits[0].stub);
  for (size_t i = 0; i < trace->invalidation_points.size(); ++i)
    patch_jump(trace->code + trace->invalidation_points[i], trace->code + trace->exits[trace->invalidation_exits[i]].stub);
  // A bridge has no entry of its own: its parent's exit goes back to the interpreter.
  if (Exit* exit = trace->parent; exit && exit->bridge == trace) {
    exit->bridge = nullptr;
    const uint8_t* code = exit->trace->code;
    uint8_t push[5] = {0x68};
    uint32_t id = exit->trace->first_exit + exit->number;
    std::memcpy(push + 1, &id, 4);
    std::memcpy(arena_->writable(code + exit->stub), push, 5);
    for (uint32_t site : exit->jumps) {
      if (!site) continue;
      int32_t displacement = static_cast<int32_t>(exit->stub) - static_cast<int32_t>(site + 4);
      std::memcpy(arena_->writable(code + site), &displacement, 4);
    }
    exit->earlier += exit->count;
    exit->count = 0;
  }
  for (const std::unique_ptr<Trace>& other : traces_)
    if (other->parent && other->parent->trace == trace) invalidate(other.get());
  std::vector<Trace*> callers = trace->callers;
  for (Trace* caller : callers) invalidate(caller);
}

void Engine::redirect(Trace* old, Trace* fresh) { patch_jump(old->code, fresh->code); }

void Engine::flush() {
  traces_.clear();
  exits_.clear();
  if (arena_) arena_->flush();
}

// --- leaving ----------------------------------------------------------------------------------------------------------------

namespace {

uint64_t raw_value(const Trace& trace, const ExitValue& value, const ExitState& state, void* const* objects) {
  switch (value.where) {
    case Where::kGpr: return state.gpr[value.index];
    case Where::kXmm: return std::bit_cast<uint64_t>(state.xmm[value.index]);
    case Where::kSpill: return state.frame[trace.frame_size / 8 - 1 - value.index];
    case Where::kConst: return trace.constants[value.index];
    case Where::kVirtual: return reinterpret_cast<uint64_t>(objects[value.index]);
  }
  return 0;
}

void store_field(void* object, Mem mem, Type type, uint64_t raw) {
  char* at = static_cast<char*>(object) + mem.offset;
  if (mem.kind == MemKind::kVal) raw = box_bits(type, raw);
  if (mem.kind == MemKind::kF32) {
    float narrow = static_cast<float>(std::bit_cast<double>(raw));
    std::memcpy(at, &narrow, 4);
  } else {
    std::memcpy(at, &raw, static_cast<size_t>(mem.width()));
  }
}

}  // namespace

void Engine::restore(const Exit& exit, const ExitState& state, void* thread, Value* base) {
  const Trace& trace = *exit.trace;
  void* few[16];
  std::vector<void*> many;
  void** objects = few;
  if (exit.virtual_count) {
    if (exit.virtual_count > 16) {
      many.resize(exit.virtual_count);
      objects = many.data();
    }
    // All objects first, then their fields, which may point at each other.
    for (uint32_t v = 0; v < exit.virtual_count; ++v) {
      const Virtual& object = trace.virtuals[exit.first_virtual + v];
      objects[v] = hooks.materialize ? hooks.materialize(thread, object.spec) : object.spec->slow(thread, object.spec);
      std::memcpy(objects[v], &object.header, 8);
    }
    for (uint32_t v = 0; v < exit.virtual_count; ++v)
      for (const VirtualField& field : trace.fields_of(exit, v)) {
        const ExitValue& value = trace.values[field.value];
        store_field(objects[v], Mem(field.mem), value.type, raw_value(trace, value, state, objects));
      }
  }
  for (const ExitValue& value : trace.values_of(exit)) {
    Value* word = value.slot < Builder::kVirtualFirst ? base + value.slot : scratch_words + (value.slot - Builder::kVirtualFirst);
    *word = Value::from_bits(box_bits(value.type, raw_value(trace, value, state, objects)));
  }
}

}  // namespace pyjit::jit
