// frame: the Python-visible object of an activation, made on demand.
//
// While the activation lives, FrameObject::frame points to it. When it ends the interpreter calls detach_frame_object (interp/frames.h),
// which copies header and registers into the object itself (own), so that tracebacks keep their variables.
#include "runtime/types/frame.h"

#include "frontend/code.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/generator.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

int (*frame_unit_hook)(Frame* frame) = nullptr;
bool (*frame_set_line_hook)(FrameObject* f, int64_t line) = nullptr;
void (*frame_trace_changed_hook)() = nullptr;
void (*tracing_changed_hook)(Thread*) = nullptr;

FrameObject* frame_object(Frame* frame) {
  if (frame->object) return frame->object;
  uint64_t variables = frame->code->localsplusnames->size;
  auto* f = static_cast<FrameObject*>(heap.allocate(types.frame->root_shape, sizeof(FrameObject) + variables * sizeof(Value)));
  f->frame = frame;
  f->trace_lines = true;
  if (frame->flags & kFrameGenerator) {
    f->generator = reinterpret_cast<Generator*>(reinterpret_cast<char*>(frame) - offsetof(Generator, frame));
    write_barrier(f->generator);
  }
  frame->object = f;
  frame->flags |= kFrameHasObject;
  return f;
}

Frame* visible_frame(Frame* frame) {
  while (frame && (frame->flags & kFrameIncomplete)) frame = frame->back;
  return frame;
}

int frame_lasti(FrameObject* f) {
  if (f->frame == &f->own) return f->lasti;
  int unit = frame_unit_hook(f->frame);
  return unit < 0 ? -1 : unit * 2;
}

int frame_line(FrameObject* f) {
  if (f->line_override) return f->line_override;
  int lasti = frame_lasti(f);
  return lasti < 0 ? f->frame->code->firstlineno : code_line_at(f->frame->code, lasti);
}

// A captured argument is in its cell once the prologue has run, which it has for every frame that code can ask about.
bool frame_local_is_cell(Frame* f, int local) {
  return static_cast<uint8_t>(f->code->localspluskinds->data[local]) & frontend::kLocalCell;
}

Value frame_locals(Frame* frame) {
  Code* code = frame->code;
  bool optimized = code->code_flags & frontend::kOptimized;
  if (!frame->locals) {
    frame->locals = TRY(new_dict());
    if (frame->object) write_barrier(frame->object);
    if (frame->flags & kFrameGenerator) write_barrier(reinterpret_cast<Generator*>(reinterpret_cast<char*>(frame) - offsetof(Generator, frame)));
  }
  Value locals = frame->locals;
  for (uint64_t i = 0; i < code->localsplusnames->size; ++i) {
    uint8_t kind = static_cast<uint8_t>(code->localspluskinds->data[i]);
    if ((kind & frontend::kLocalFree) && !optimized) continue;
    Value v = frame->regs()[i];
    if ((kind & (frontend::kLocalCell | frontend::kLocalFree)) && v && is_exact(v, types.cell)) v = v.as<Cell>()->value;
    Str* name = code->localsplusnames->items[i].as<Str>();
    if (v) {
      if (!(is_exact(locals, types.dict) ? dict_set_str(locals.as<Dict>(), name, v) : set_item(locals, name, v))) return nullptr;
    } else if (is_exact(locals, types.dict)) {
      if (dict_delete(locals.as<Dict>(), name) < 0) return nullptr;
    } else if (!set_item(locals, name, nullptr)) {
      if (!pending_matches(exc.KeyError)) return nullptr;
      clear_pending();
    }
  }
  return locals;
}

namespace {

void trace_frame(Object* o, Tracer& t) {
  auto* f = static_cast<FrameObject*>(o);
  t.visit(f->generator);
  t.visit(f->back_object);
  t.visit(f->trace);
  if (f->frame != &f->own) return;  // on the stack, or in the generator: scanned there
  t.visit(f->own.function);
  t.visit(f->own.code);
  t.visit(f->own.locals);
  if (f->own.code) t.visit_range(f->own.regs(), f->own.regs() + f->own.code->localsplusnames->size);
}

FrameObject* self_frame(Value v) { return v.as<FrameObject>(); }

Value get_back(Value self) {
  auto* f = self_frame(self);
  if (f->frame == &f->own) return f->back_object ? Value(f->back_object) : Value::none();
  Frame* back = visible_frame(f->frame->back);
  return back ? Value(frame_object(back)) : Value::none();
}
Value get_code(Value self) { return self_frame(self)->frame->code; }
Value get_globals(Value self) { return self_frame(self)->frame->function->globals; }
Value get_builtins(Value self) { return self_frame(self)->frame->function->builtins; }
Value get_locals(Value self) { return frame_locals(self_frame(self)->frame); }
Value get_lasti(Value self) { return Value::from_int(frame_lasti(self_frame(self))); }
Value get_lineno(Value self) {
  int line = frame_line(self_frame(self));
  return line < 0 ? Value::none() : Value::from_int(line);
}
bool set_lineno(Value self, Value v) {
  if (!v) return raise(exc.AttributeError, "cannot delete attribute"), false;
  if (!is_exact(v, types.int_) && !v.is_int()) return raise(exc.ValueError, "lineno must be an integer"), false;
  if (!frame_set_line_hook) return raise(exc.ValueError, "f_lineno can only be set by a trace function"), false;
  return frame_set_line_hook(self_frame(self), v.is_int() ? v.as_int() : -1);
}
Value get_trace(Value self) {
  Value v = self_frame(self)->trace;
  return v ? v : Value::none();
}
bool set_trace(Value self, Value v) {
  auto* f = self_frame(self);
  f->trace = v && !v.is_none() ? v : Value();
  if (f->frame != &f->own) {
    f->last_unit = frame_lasti(f) >> 1;   // what ran untraced counts as executed
    if (f->trace) f->frame->flags |= kFrameTraced;
  }
  write_barrier(f);
  if (frame_trace_changed_hook) frame_trace_changed_hook();
  return true;
}
Value get_trace_lines(Value self) { return Value::from_bool(self_frame(self)->trace_lines); }
bool set_trace_lines(Value self, Value v) {
  if (!v || !v.is_bool()) return raise(exc.TypeError, "attribute value type must be bool"), false;
  self_frame(self)->trace_lines = v.as_bool();
  return true;
}
Value get_trace_opcodes(Value self) { return Value::from_bool(self_frame(self)->trace_opcodes); }
bool set_trace_opcodes(Value self, Value v) {
  if (!v || !v.is_bool()) return raise(exc.TypeError, "attribute value type must be bool"), false;
  self_frame(self)->trace_opcodes = v.as_bool();
  return true;
}

Value clear_method(Value* args) {
  auto* f = self_frame(args[0]);
  if (f->generator && f->frame != &f->own) {
    if (f->generator->state == GeneratorState::kRunning) return raise(exc.RuntimeError, "cannot clear an executing frame");
    if (!generator_close(f->generator)) write_unraisable(f->generator);
    return Value::none();
  }
  if (f->frame != &f->own) return raise(exc.RuntimeError, "cannot clear an executing frame");
  for (uint64_t i = 0; i < f->own.code->localsplusnames->size; ++i) f->own.regs()[i] = nullptr;
  f->trace = nullptr;
  return Value::none();
}

Value repr_frame(Value self) {
  auto* f = self_frame(self);
  Code* code = f->frame->code;
  return new_strf("<frame at %p, file %s, line %d, code %s>", reinterpret_cast<void*>(self.bits()), to_utf8(repr_str(code->filename)).c_str(),
                  frame_line(f), to_utf8(code->name).c_str());
}

constexpr MethodDef kMethods[] = {
    {"clear", "!($self, /)", clear_method, Effects::kCallsPython, MethodKind::kMethod, "F.clear(): clear most references held by the frame"}, {}};
constexpr GetSetDef kFields[] = {{"f_back", get_back},
                                 {"f_locals", get_locals},
                                 {"f_lineno", get_lineno, set_lineno},
                                 {"f_trace", get_trace, set_trace},
                                 {"f_lasti", get_lasti},
                                 {"f_globals", get_globals},
                                 {"f_builtins", get_builtins},
                                 {"f_code", get_code},
                                 {"f_trace_lines", get_trace_lines, set_trace_lines},
                                 {"f_trace_opcodes", get_trace_opcodes, set_trace_opcodes},
                                 {}};
constexpr ClassSpec kSpec = {.name = "frame",
                             .basicsize = sizeof(FrameObject),
                             .itemsize = sizeof(Value),
                             .flags = kClassNoInstantiation,
                             .trace_kind = TraceKind::kCustom,
                             .trace = trace_frame,
                             .slots = {.repr = repr_frame},
                             .methods = kMethods,
                             .getset = kFields};

}  // namespace

void init_frame_type() { types.frame = new_builtin_class(kSpec); }

}  // namespace pyjit::runtime
