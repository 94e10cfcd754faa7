// Thread state, the native recursion guard, and warnings issued by native code.
#include "runtime/thread.h"

#include "runtime/errors.h"
#include "runtime/gil.h"
#include "runtime/heap_trace.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

constinit thread_local Thread* current_thread = nullptr;

void RecursionGuard::refuse(const char* where) {
  --thread()->recursion_depth;
  ok_ = false;
  raise_recursion_error(where);
}

// Finalizers and tracing the interpreter serves itself.
bool service_poll(Thread* t) {
  if (t->poll & kPollGc) collect_at_poll();
  if (t->poll & kPollGil) yield_gil(t);
  if ((t->poll & kPollSignal) && !poll_signals()) return false;
  if (t->poll & kPollAsyncExc) {
    __atomic_fetch_and(&t->poll, ~static_cast<uint32_t>(kPollAsyncExc), __ATOMIC_SEQ_CST);
    Value e = t->async_exception;
    t->async_exception = nullptr;
    if (e) return raise_object(e), false;
  }
  return true;
}

bool warn(Class* category, std::string_view message, int stack_level) {
  static bool busy = false;
  if (busy) return true;   // importing warnings itself may warn
  busy = true;
  Value module = import_module("warnings");
  busy = false;
  if (!module) return false;
  Value args[] = {new_str(message), category, Value::from_int(stack_level)};
  return bool(call_method(module, names.warn, args, 3));
}

}  // namespace pyjit::runtime
