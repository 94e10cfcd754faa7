// The GIL and native threads.
#include "runtime/gil.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include <new>

#include "runtime/allocator.h"
#include "runtime/blocking.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime {

Thread* all_threads = nullptr;
double gil_switch_interval = 0.005;
size_t thread_stack_size = 0;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t free_condition;
static Thread* holder = nullptr;       // guarded by mutex
static uint64_t handovers = 0;
static Thread* main_thread = nullptr;
static int64_t started_threads = 0;

bool is_main_thread() { return thread() == main_thread; }
int64_t live_thread_count() { return started_threads; }

__attribute__((noinline)) void release_gil() {
  Thread* t = thread();
  SavedContext& c = t->saved;
  asm volatile(
      "movq %%rbx, 0(%0)\n movq %%rbp, 8(%0)\n movq %%r12, 16(%0)\n movq %%r13, 24(%0)\n movq %%r14, 32(%0)\n movq %%r15, 40(%0)"
      :
      : "r"(c.registers)
      : "memory");
  c.stack_pointer = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  pthread_mutex_lock(&mutex);
  holder = nullptr;
  pthread_cond_signal(&free_condition);
  pthread_mutex_unlock(&mutex);
}

void acquire_gil() {
  Thread* t = thread();
  int saved_errno = errno;
  pthread_mutex_lock(&mutex);
  while (holder) {
    uint64_t seen = handovers;
    timespec deadline;
    clock_gettime(CLOCK_MONOTONIC, &deadline);
    int64_t ns = static_cast<int64_t>(gil_switch_interval * 1e9) + deadline.tv_nsec;
    deadline.tv_sec += ns / 1000000000;
    deadline.tv_nsec = ns % 1000000000;
    if (pthread_cond_timedwait(&free_condition, &mutex, &deadline) == ETIMEDOUT && holder && handovers == seen) {
      __atomic_fetch_or(&holder->poll, static_cast<uint32_t>(kPollGil), __ATOMIC_SEQ_CST);
    }
  }
  holder = t;
  ++handovers;
  __atomic_fetch_and(&t->poll, ~static_cast<uint32_t>(kPollGil), __ATOMIC_SEQ_CST);
  pthread_mutex_unlock(&mutex);
  t->saved.stack_pointer = 0;
  errno = saved_errno;
}

bool yield_gil(Thread* t) {
  __atomic_fetch_and(&t->poll, ~static_cast<uint32_t>(kPollGil), __ATOMIC_SEQ_CST);
  uint64_t before = handovers;
  release_gil();
  // Give the waiter its turn: a thread that takes the lock back at once would starve it.
  for (int i = 0; i < 50 && __atomic_load_n(&handovers, __ATOMIC_RELAXED) == before; ++i) usleep(20);
  acquire_gil();
  return true;
}

void init_gil() {
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&free_condition, &attributes);
  main_thread = thread();
  main_thread->ident = static_cast<uint64_t>(pthread_self());
  all_threads = main_thread;
  holder = main_thread;
  release_gil_hook = release_gil;
  acquire_gil_hook = acquire_gil;
}

// The other threads are gone with whatever they held. Their stacks and Threads stay allocated: nobody can say what they were doing.
void threads_after_fork() {
  pthread_mutex_init(&mutex, nullptr);
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&free_condition, &attributes);
  Thread* t = thread();
  t->next = nullptr;
  all_threads = main_thread = holder = t;
  started_threads = 0;
}

namespace {

constexpr size_t kThreadFrameStack = size_t{64} << 20, kThreadNativeStack = size_t{16} << 20;

struct Start {
  Thread* thread;
  char* native_stack;
  size_t native_stack_size;
  Value f, args, kwargs;
};

void unlink_thread(Thread* t) {
  for (Thread** p = &all_threads; *p; p = &(*p)->next) {
    if (*p == t) {
      *p = t->next;
      return;
    }
  }
}

void* thread_main(void* argument) {
  auto* s = static_cast<Start*>(argument);
  current_thread = s->thread;
  s->thread->ident = static_cast<uint64_t>(pthread_self());
  acquire_gil();
  Value f = s->f;
  Value r = call_tuple_dict(f, s->args.as<Tuple>(), s->kwargs ? s->kwargs.as<Dict>() : nullptr);
  if (!r) {
    if (pending_matches(exc.SystemExit)) {
      clear_pending();
    } else {
      write_unraisable(f, "Exception ignored in thread started by");
    }
  }
  run_thread_exit_hooks(s->thread);
  unlink_thread(s->thread);
  --started_threads;
  mi_free(s->thread->stack_base);
  release_gil();
  s->thread->~Thread();
  mi_free(s->thread);
  mi_free(s);
  return nullptr;
}

}  // namespace

bool start_thread(Value f, Value args, Value kwargs, uint64_t* ident) {
  auto* t = new (mi_zalloc(sizeof(Thread))) Thread;
  t->recursion_limit = thread()->recursion_limit;
  t->stack_base = t->stack_top = static_cast<char*>(mi_malloc(kThreadFrameStack));
  t->stack_limit = t->stack_base + kThreadFrameStack;
  t->exc_info = &t->base_exc_info;
  auto* s = new (mi_zalloc(sizeof(Start))) Start{t, nullptr, thread_stack_size ? thread_stack_size : kThreadNativeStack, f, args, kwargs};
  // Not running yet: what it is about to call is found through its Thread.
  t->start_values[0] = f;
  t->start_values[1] = args;
  t->start_values[2] = kwargs;
  t->next = all_threads->next;
  all_threads->next = t;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, s->native_stack_size);
  pthread_t handle;
  ++started_threads;
  int error = pthread_create(
      &handle, &attributes,
      [](void* p) -> void* {
        auto* start = static_cast<Start*>(p);
        uintptr_t here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
        start->thread->native_stack_base = here + 64;
        start->thread->native_stack_limit = here - start->native_stack_size + (192 << 10);
        return thread_main(p);
      },
      s);
  pthread_attr_destroy(&attributes);
  if (error) {
    --started_threads;
    unlink_thread(t);
    mi_free(t->stack_base);
    mi_free(t);
    mi_free(s);
    return raise(exc.RuntimeError, "can't start new thread"), false;
  }
  *ident = static_cast<uint64_t>(handle);
  return true;
}

}  // namespace pyjit::runtime
