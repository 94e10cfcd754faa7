// The traceback class, and the entry that each frame adds when an exception passes through it.
#include "runtime/types/traceback.h"

#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/arg_util.h"
#include "runtime/types/exception.h"
#include "runtime/types/frame.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {

static Value new_traceback(Traceback* next, FrameObject* frame, int lasti, int lineno) {
  auto* t = TRY(allocate_instance_of<Traceback>(types.traceback));
  t->next = next;
  t->frame = frame;
  t->lasti = lasti;
  t->lineno = lineno;
  return t;
}

int traceback_line(const Traceback* t) {
  if (t->lineno != kLineOfLasti) return t->lineno;
  return code_line_at(t->frame->frame->code, t->lasti < 0 ? 0 : t->lasti);
}

void add_traceback_entry(Frame* frame, int lasti, int lineno) {
  Value pending = take_pending();
  auto* e = pending.as<Exception>();
  FrameObject* object = frame_object(frame);
  Value next = e->traceback;
  Value entry = object ? new_traceback(next && !next.is_none() ? next.as<Traceback>() : nullptr, object, lasti, lineno) : Value();
  thread()->exception = pending;   // a failure to make the entry is dropped: the exception itself matters more
  if (!entry) return;
  e->traceback = entry;
  write_barrier(e, entry);
}

namespace {

void trace_traceback(Object* o, Tracer& tracer) {
  auto* t = static_cast<Traceback*>(o);
  tracer.visit(t->next);
  tracer.visit(t->frame);
}

bool to_next(Value v, Traceback** out) {
  *out = nullptr;
  if (v.is_none()) return true;
  if (!is_exact(v, types.traceback)) {
    raisef(exc.TypeError, "expected traceback object or None, got '%s'", type_name(v));
    return false;
  }
  *out = v.as<Traceback>();
  return true;
}

Value traceback_new(Class*, Value* args, uint32_t nargs, Tuple* kwnames) {
  static constexpr const char* kNames[] = {"tb_next", "tb_frame", "tb_lasti", "tb_lineno"};
  Value given[4] = {};
  uint64_t keywords = kwnames ? kwnames->size : 0;
  if (nargs + keywords > 4) {
    return raisef(exc.TypeError, "TracebackType() takes at most 4 arguments (%llu given)", static_cast<unsigned long long>(nargs + keywords));
  }
  for (uint32_t i = 0; i < nargs; ++i) given[i] = args[i];
  for (uint64_t k = 0; k < keywords; ++k) {
    Str* key = kwnames->items[k].as<Str>();
    int i = 0;
    while (i < 4 && !str_equals(key, kNames[i])) ++i;
    if (i == 4) return raisef(exc.TypeError, "'%s' is an invalid keyword argument for TracebackType()", to_utf8(key).c_str());
    if (given[i]) return raisef(exc.TypeError, "argument for TracebackType() given by name ('%s') and position (%d)", kNames[i], i + 1);
    given[i] = args[nargs + k];
  }
  for (int i = 0; i < 4; ++i) {
    if (!given[i]) return raisef(exc.TypeError, "TracebackType() missing required argument '%s' (pos %d)", kNames[i], i + 1);
  }
  if (!is_exact(given[1], types.frame)) {
    return raisef(exc.TypeError, "TracebackType() argument 'tb_frame' must be frame, not %.50s", given[1].is_none() ? "None" : type_name(given[1]));
  }
  int lasti, lineno;
  if (!to_int32(given[2], &lasti) || !to_int32(given[3], &lineno)) return nullptr;
  Traceback* next;
  if (!to_next(given[0], &next)) return nullptr;
  return new_traceback(next, given[1].as<FrameObject>(), lasti, lineno);
}

Value get_next(Value self) {
  Traceback* next = self.as<Traceback>()->next;
  return next ? Value(next) : Value::none();
}
bool set_next(Value self, Value value) {
  if (value.is_null()) return raise(exc.TypeError, "can't delete tb_next attribute"), false;
  Traceback* next;
  if (!to_next(value, &next)) return false;
  for (Traceback* t = next; t; t = t->next) {
    if (Value(t) == self) return raise(exc.ValueError, "traceback loop detected"), false;
  }
  self.as<Traceback>()->next = next;
  write_barrier(self.as_object());
  return true;
}
Value get_frame(Value self) { return self.as<Traceback>()->frame; }
Value get_lasti(Value self) { return Value::from_int(self.as<Traceback>()->lasti); }
Value get_lineno(Value self) {
  int line = traceback_line(self.as<Traceback>());
  return line < 0 ? Value::none() : Value::from_int(line);
}

Value dir_(Value*) {
  Value names_[] = {intern("tb_frame"), intern("tb_next"), intern("tb_lasti"), intern("tb_lineno")};
  return new_list_from(names_, 4);
}

constexpr MethodDef kMethods[] = {{"__dir__", "!($self, /)", dir_}, {}};
constexpr GetSetDef kGetSet[] = {{"tb_frame", get_frame}, {"tb_next", get_next, set_next}, {"tb_lasti", get_lasti}, {"tb_lineno", get_lineno}, {}};

constexpr Slots make_slots() {
  Slots s{};
  s.getattr = generic_getattr;
  s.new_ = traceback_new;
  return s;
}

constexpr ClassSpec kSpec = {
    .name = "traceback",
    .basicsize = sizeof(Traceback),
    .trace_kind = TraceKind::kCustom,
    .trace = trace_traceback,
    .doc = "traceback(tb_next, tb_frame, tb_lasti, tb_lineno)\n--\n\nCreate a new traceback object.",
    .slots = make_slots(),
    .methods = kMethods,
    .getset = kGetSet,
};

}  // namespace

void init_traceback_type() { types.traceback = new_builtin_class(kSpec); }

}  // namespace pyjit::runtime
