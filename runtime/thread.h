// Thread: what one thread of execution owns: its frames, its pending exception, its limits.
#pragma once
#include <cstdint>

#include "runtime/value.h"

namespace pyjit::runtime {

struct Frame;
struct Generator;

// One entry of the stack of exceptions being handled (sys.exc_info): a generator brings its own, linked in while it runs.
struct ExcInfo {
  Value value;       // the exception being handled, None or null: none
  ExcInfo* previous;
};

// Reasons in Thread::poll; tested (one load, one branch) at back edges and function entries, in machine code too.
enum PollReason : uint32_t { kPollSignal = 1, kPollGil = 2, kPollGc = 4, kPollFinalizers = 8, kPollAsyncExc = 16, kPollTrace = 32 };

// Where the collector finds a thread that is without the GIL: its stack pointer (0: it holds the GIL) and callee-saved registers.
struct SavedContext { uintptr_t stack_pointer; uintptr_t registers[6]; };

struct Thread {
  volatile uint32_t poll = 0;       // PollReason bits
  int32_t recursion_depth = 0;      // Python frames and guarded native recursion together, as CPython counts them
  int32_t recursion_limit = 1000;
  Value exception;                  // the pending exception instance, or null
  Value result;                     // what the eval loop hands to native code when it leaves
  Frame* frame = nullptr;           // innermost Python frame
  char* stack_top = nullptr;        // first free byte of the frame stack
  char* stack_base = nullptr;
  char* stack_limit = nullptr;
  ExcInfo* exc_info = nullptr;      // innermost handled-exception entry
  ExcInfo base_exc_info{};
  uintptr_t native_stack_limit = 0; // native recursion stops when the stack pointer goes below this
  uintptr_t native_stack_base = 0;  // where the conservative scan ends
  Value trace_function, trace_arg;  // sys.settrace
  Value profile_function, profile_arg;
  int tracing = 0;
  uint64_t ident = 0;
  Value context;                    // contextvars.Context
  Value async_gen_firstiter, async_gen_finalizer;
  int32_t coroutine_origin_depth = 0;
  SavedContext saved{};
  Value start_values[3];            // function, args, kwargs of a thread that has not begun to run
  Value sentinel;                   // lock released when the thread ends, or null
  Value locals;                     // dict of this thread's _thread._local data, or null
  Value async_exception;            // to be raised at the next poll, or null
  Thread* next = nullptr;
};

// Serves the reasons in poll but kPollTrace and kPollFinalizers: signal handlers, GIL requests, asynchronous exceptions. False: exception pending.
bool service_poll(Thread* t);

// Call after changing trace_function or profile_function (set by the interpreter).
extern void (*tracing_changed_hook)(Thread* t);

extern constinit thread_local Thread* current_thread;   // constinit: no initialisation check at each use
inline Thread* thread() { return current_thread; }

// Runs the Python handlers of signals that have arrived (main thread). False: one of them raised.
bool poll_signals();

// Bounds native recursion (repr, ==, hash, calls through native code). `where` completes "maximum recursion depth exceeded".
class RecursionGuard {
 public:
  explicit RecursionGuard(const char* where = "") : ok_(true) {
    Thread* t = thread();
    auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
    if (++t->recursion_depth > t->recursion_limit || here < t->native_stack_limit) [[unlikely]] refuse(where);
  }
  ~RecursionGuard() { if (ok_) --thread()->recursion_depth; }
  bool ok() const { return ok_; }   // false: RecursionError is pending
 private:
  void refuse(const char* where);
  bool ok_;
};

}  // namespace pyjit::runtime
