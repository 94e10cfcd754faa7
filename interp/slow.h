// The out-of-line half of the interpreter: slow paths of the instruction templates and the SLOW instructions.
//
// None of these sees the eval loop's registers: what they need is passed, what they change is in the frame (thread->frame, its registers
// and pc). All assume that the frame's pc was saved.
#pragma once
#include <string>

#include "interp/instr.h"
#include "runtime/class.h"
#include "runtime/types/frame.h"
#include "runtime/types/function.h"

namespace pyjit::interp {

using runtime::Class;
using runtime::Code;
using runtime::Dict;
using runtime::Frame;
using runtime::Function;
using runtime::Generator;
using runtime::Thread;
using runtime::Tuple;
using runtime::Value;

enum class CallStatus : uint8_t {
  kError,    // pending
  kFrame,    // go on in thread->frame at its pc: a callee was pushed
  kDone,     // the result is stored; go on in thread->frame at its pc
  kLeave,    // the eval loop's entry frame is done: thread->result
};

// Arithmetic and comparison beyond ints and floats of one kind.
Value binary_slow(runtime::BinaryOp op, Value a, Value b);
Value inplace_slow(runtime::BinaryOp op, Value a, Value b);
Value compare_slow(runtime::CompareOp op, Value a, Value b);
int compare_truth_slow(runtime::CompareOp op, Value a, Value b);   // 1, 0, -1
int truth_slow(Value v);

// Names. `pc` is the instruction, whose cache they may fill.
Value load_global_slow(Frame* frame, const Instr* pc);
Value raise_unbound_local(Frame* frame, unsigned local);
Value raise_unbound_deref(Frame* frame, unsigned local);

// Attributes: do the access and specialise the site.
Value load_attr_slow(Value object, const Instr* pc);
bool store_attr_slow(Value object, Value value, const Instr* pc);
bool load_method_slow(Value object, const Instr* pc, Value* pair);
// The getter of a property is pushed as a frame when it is a plain function.
Value load_property_slow(Value object, const Instr* pc);

void clear_attribute_table();                                      // at each collection

// Subscripts.
Value subscr_slow(Value container, Value key);
Value subscr_slice_slow(Value container, Value start, Value stop);
bool store_subscr_slow(Value container, Value key, Value value);

// Iteration.
Value get_iter_slow(Value v);
int contains_slow(Value container, Value item);
Value for_iter_slow(Value iterator, const Instr* pc);              // null: exhausted or pending; specialises the site
bool unpack_sequence_slow(Value source, Value* regs, const Instr* pc);
bool list_append_slow(Value list, Value v);

// Displays.
Value build_tuple(const Value* regs, const uint16_t* list, unsigned count);
Value build_list(const Value* regs, const uint16_t* list, unsigned count);
Value build_map(const Value* regs, const uint16_t* list, unsigned count);
Value build_slice(const Value* regs, const uint16_t* list, unsigned count);

// Calls: everything but a plain function with fitting arguments. kFrame after a push or with the result stored and pc advanced.
CallStatus call_slow(Thread* thread, Value* regs, const Instr* pc);
CallStatus call_method_slow(Thread* thread, Value* regs, const Instr* pc);
CallStatus call_keywords(Thread* thread, Value* regs, const Instr* pc);
CallStatus call_ex(Thread* thread, Value* regs, const Instr* pc);
// Native function or method descriptor with arguments that fit its positional parameters.
struct NativeResult { Value value; uint64_t fits; };
NativeResult call_native_fast(Value callee, Value self, const Value* regs, const uint16_t* args, unsigned count);

// Frames.
CallStatus leave_frame(Thread* thread, Value result);              // return of a frame with flags set
bool poll_entry(Thread* thread);                                   // in the callee: signals, GIL, finalizers; the `call` event
bool poll_back_edge(Thread* thread);
// Finds the handler of the pending exception: pc to go on at with thread->frame, or null: leave with the exception pending.
const Instr* unwind(Thread* thread, bool add_traceback);

// Generators in place.
CallStatus generator_resume(Thread* thread, Generator* generator, Value sent, unsigned destination);
CallStatus generator_yield(Thread* thread, Value value);
CallStatus generator_return(Thread* thread, Value value);
Value make_generator(Thread* thread);
Value send_slow(Value receiver, Value value, bool* returned);      // other receivers
bool end_async_for(Value exception);
std::string callee_text(Value callee);                             // "module.f()" for messages about * and ** arguments
Value sys_get(runtime::Str* name);                                 // sys.name; null: absent

bool raise_slow(Thread* thread, Value* regs, const Instr* pc);     // true: a bare raise
bool reraise(Thread* thread, Value exception);

#define FAST(name, words, operands)
#define SLOW(name, words, operands) bool slow_##name(Thread* thread, Value* regs, const Instr* pc);
#include "interp/instructions.def"
#undef FAST
#undef SLOW

}  // namespace pyjit::interp
