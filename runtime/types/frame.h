// Frame: one activation of a Python function, on the thread's contiguous frame stack or inside a generator object.
//
//   lower addresses                                   [Frame header][locals, cells, free vars][temporaries]     higher addresses
//   the callee's frame follows the caller's last register:  caller.regs + caller.code.register_count
//
// FrameObject, the Python-visible frame, is made on demand (tracebacks, sys._getframe, tracing) and takes over the variables when the
// activation ends.
#pragma once
#include "runtime/types/function.h"

namespace pyjit::interp { struct Instr; }

namespace pyjit::runtime {

struct FrameObject;
struct Generator;

enum FrameFlags : uint32_t {
  kFrameEntry = 1,        // called from native code: returning from it leaves the eval loop
  kFrameGenerator = 2,    // lives in a Generator
  kFrameIncomplete = 4,   // not yet started: invisible to sys._getframe
  kFrameConstructor = 8,  // __init__ called by a class call: its result must be None, the caller receives Frame::self
  kFrameHasObject = 16,   // `object` is set
  kFrameOperator = 64,    // an operator's special method, inlined by machine code: self is (operator, left, right); its NotImplemented is handled
  kFrameTraced = 32,      // a tracing or profiling function wants to hear of the return
};

struct Frame {
  Frame* back;                  // caller's frame, across native frames too; null: outermost
  Function* function;
  Code* code;
  const interp::Instr* pc;      // behind the first word of the instruction being executed, at most its end: pc[-1] belongs to it. A frame
                                // that called another holds the instruction to go on with (valid while not the innermost or when it may raise)
  Value locals;                 // mapping for module, class and exec bodies; else null
  FrameObject* object;          // or null
  uint32_t flags;               // FrameFlags
  uint32_t return_register;     // of the caller's frame
  Value self;                   // kFrameConstructor: the new instance; kFrameOperator: see there
  Value* regs() { return reinterpret_cast<Value*>(this + 1); }
};
static_assert(sizeof(Frame) == 64);

bool frame_local_is_cell(Frame* f, int local);   // local variable that MAKE_CELL has turned into a cell

struct FrameObject : Object {
  Frame* frame;                 // the live activation, or &own when it ended
  Generator* generator;         // whose frame it is, or null
  FrameObject* back_object;     // f_back once the activation ended
  Value trace;                  // f_trace
  bool trace_lines, trace_opcodes;
  int32_t line_override;        // f_lineno as set by a tracer, or 0
  int32_t last_unit;            // tracing: code unit executed last
  int32_t lasti;                // once the activation ended
  Frame own;                    // the copy; locals, cells and free variables follow
};

struct Traceback : Object {
  Traceback* next;
  FrameObject* frame;
  int32_t lasti;                // byte offset in co_code
  int32_t lineno;
};

// The Python-visible object of a live activation, made on first demand. Null: MemoryError pending.
FrameObject* frame_object(Frame* frame);
// The innermost frame that Python code may see, or null; and the next one out.
Frame* visible_frame(Frame* frame);
extern int (*frame_unit_hook)(Frame* frame);           // set by the interpreter: code unit of the instruction being executed, -1: none
extern bool (*frame_set_line_hook)(FrameObject* f, int64_t line);   // f_lineno = line
extern void (*frame_trace_changed_hook)();             // some f_trace was assigned
int frame_lasti(FrameObject* f);                       // byte offset in co_code; -1: not started
int frame_line(FrameObject* f);                        // f_lineno; -1: none
Value frame_locals(Frame* frame);                      // locals(): the mapping of a module or class body, else the snapshot dict, brought up to date

// generator, coroutine, async_generator: the frame lies in the object and runs in place.
enum class GeneratorState : uint8_t { kCreated, kSuspended, kRunning, kFinished };
struct Generator : Object {
  Str *name, *qualname;
  ExcInfo exc_info;
  Value origin, finalizer;      // coroutine origin / async generator finalizer
  GeneratorState state;
  bool hooks_inited, closed, running_async;
  uint32_t register_count;
  Frame frame;                  // its registers follow
};

}  // namespace pyjit::runtime
