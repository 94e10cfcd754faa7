// The GIL: one thread runs Python at a time; it is handed over around blocking calls and on a switch interval.
//
// A thread that waits too long sets kPollGil in the holder's poll word; the holder lets go at its next poll. While a thread is without the GIL
// its stack pointer and callee-saved registers are recorded, so that the collector can scan its stack.
#pragma once
#include "runtime/thread.h"

namespace pyjit::runtime {

void init_gil();                       // the calling thread becomes the main thread and holds the GIL
void release_gil();
void acquire_gil();
bool yield_gil(Thread* t);             // kPollGil: let somebody else run
bool is_main_thread();
extern Thread* all_threads;            // linked by Thread::next; guarded by the GIL
extern double gil_switch_interval;     // seconds

// Starts a native thread that runs call(f, args, kwargs). False: RuntimeError "can't start new thread" pending.
bool start_thread(Value f, Value args, Value kwargs, uint64_t* ident);
extern size_t thread_stack_size;       // bytes; 0: the default
int64_t live_thread_count();
void threads_after_fork();             // in the child: the calling thread is the only one, and the main one
void run_thread_exit_hooks(Thread* t); // _thread._set_sentinel locks, thread-local data

}  // namespace pyjit::runtime
