// Counters that reached their threshold: asks the JIT, or goes on interpreting.
#include "interp/hot.h"

#include "interp/compiled_code.h"
#include "runtime/thread.h"

namespace pyjit::interp {

uint32_t hot_loop_start = 0;
HotResult (*loop_hot_hook)(Thread*, Value*, const Instr*, JumpWord*) = nullptr;
HotHook entry_hot_hook = nullptr;
uint32_t entry_threshold = ~0u;

const Instr* run_hot_entry(Thread* thread, const Instr* pc) {
  thread->frame->code->compiled->entry_counter = 0;
  if (entry_hot_hook && !(thread->poll & runtime::kPollTrace)) {
    if (const Instr* target = entry_hot_hook(thread, thread->frame, pc)) return target;
    if (thread->exception) return nullptr;
  }
  return pc;
}

}  // namespace pyjit::interp
