// Generators, coroutines, async generators and what awaiting them needs.
#pragma once
#include "runtime/types/frame.h"

namespace pyjit::runtime {

// Set by the interpreter: runs the generator until it yields, returns or raises (see interp/generators.h).
extern Value (*resume_generator_hook)(Generator* g, Value sent, bool throwing);
// The register of the delegate that the suspended frame waits for, or -1.
extern int (*generator_delegate_register_hook)(Generator* g);
// The delegate of a suspended generator is done with `value`: positions the frame behind the `yield from`. False: SystemError pending.
extern bool (*generator_finish_delegate_hook)(Generator* g, Value value);
// Set by tools that watch creation (async generator hooks do their work lazily instead). May be null.
extern void (*generator_created_hook)(Generator* g);

// send(): null with nothing pending and *returned set on return without StopIteration (the result is the return value).
Value generator_send(Generator* g, Value value, bool* returned);
Value generator_throw(Generator* g, Value exception_instance, bool* returned, bool close_on_generator_exit);
bool generator_close(Generator* g);
Value generator_next(Value self);                    // slots.next
Value generator_delegate(Generator* g);              // what `yield from` / await waits for, or null
// The awaitable's iterator, as GET_AWAITABLE needs it: coroutines as they are, else __await__(). Null: TypeError pending.
Value awaitable_iterator(Value v);
Value coroutine_origin(Frame* from, int depth);
Value wrap_async_value(Value v);                     // ASYNC_GEN_WRAP
Value async_generator_anext(Value self);             // slots.anext
Value new_anext_awaitable(Value awaitable, Value default_value);   // anext(iterator, default)
void generator_finalize(Object* o);

}  // namespace pyjit::runtime
