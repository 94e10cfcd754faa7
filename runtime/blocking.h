// Around system calls that may block: other threads run meanwhile, and signals are handled when one interrupts the call.
//
// The thread and signal modules install the hooks; before that there is one thread and nothing to do.
#pragma once

namespace pyjit::runtime {

extern void (*release_gil_hook)();
extern void (*acquire_gil_hook)();
extern bool (*run_signal_handlers_hook)();   // false: a handler raised

// No Python object may be touched while one of these lives.
class BlockingRegion {
 public:
  BlockingRegion() { if (release_gil_hook) release_gil_hook(); }
  ~BlockingRegion() { if (acquire_gil_hook) acquire_gil_hook(); }
  BlockingRegion(const BlockingRegion&) = delete;
  BlockingRegion& operator=(const BlockingRegion&) = delete;
};

// After EINTR: runs the Python handlers of signals that arrived. False: one of them raised.
inline bool check_signals() { return !run_signal_handlers_hook || run_signal_handlers_hook(); }

}  // namespace pyjit::runtime
