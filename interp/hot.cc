// Counters that reached their threshold: asks the JIT, or goes on interpreting.
#include "interp/hot.h"

#include "interp/compiled_code.h"
#include "interp/eval.h"
#include "runtime/thread.h"

namespace pyjit::interp {

uint32_t hot_loop_start = 0, hot_function_start = 0;
HotResult (*loop_hot_hook)(Thread*, Value*, const Instr*, JumpWord*) = nullptr;
HotResult (*entry_hot_hook)(Thread*, Frame*) = nullptr;

HotResult run_hot_entry(Thread* thread) {
  CompiledCode* compiled = thread->frame->code->compiled;
  if (entry_hot_hook && !(thread->poll & runtime::kPollTrace)) return entry_hot_hook(thread, thread->frame);
  compiled->entry_counter = hot_function_start;
  return {compiled->entry, HotOutcome::kNext};
}

Value run_entry(Thread* thread) {
  Frame* frame = thread->frame;
  if (thread->poll) [[unlikely]] {
    if (!poll_entry(thread)) {
      frame->pc = frame->code->compiled->entry + 1;
      return run(thread, true);
    }
  } else if (frame->code->compiled->entry_counter & kHotBit) {
    HotResult r = run_hot_entry(thread);
    if (r.outcome == HotOutcome::kLeave) return thread->result;
    bool error = r.outcome == HotOutcome::kError;
    thread->frame->pc = r.pc + error;
    return run(thread, error);
  }
  return run(thread, false);
}

}  // namespace pyjit::interp
