// Names: globals, builtins, class and module namespaces, cells, functions made by MAKE_FUNCTION.
#include "frontend/code.h"
#include "interp/attribute_cache.h"
#include "interp/compiled_code.h"
#include "interp/slow.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"

namespace pyjit::interp {

using namespace pyjit::runtime;

namespace {

Frame* current(Thread* thread) { return thread->frame; }

// In a mapping that need not be a dict: null with nothing pending when absent.
Value mapping_get(Value mapping, Str* name) {
  if (is_exact(mapping, types.dict)) return dict_get_str(mapping.as<Dict>(), name);
  Value v = get_item(mapping, name);
  if (!v && pending_matches(exc.KeyError)) clear_pending();
  return v;
}

Value global_or_builtin(Frame* frame, Str* name) {
  Value v = mapping_get(frame->function->globals, name);
  if (v || error_pending()) return v;
  v = mapping_get(frame->function->builtins, name);
  if (v || error_pending()) return v;
  return raise_name_error(name);
}

}  // namespace

Value load_global_slow(Frame* frame, const Instr* pc) {
  Str* name = word_name(pc, 1);
  Dict *globals = frame->function->globals, *builtins = frame->function->builtins;
  const_cast<Instr*>(pc)->op = kLOAD_GLOBAL;
  if (!is_exact(globals, types.dict) || !is_exact(builtins, types.dict)) return global_or_builtin(frame, name);
  GlobalCache* cache = global_cache(pc);
  int64_t index = dict_find_str(globals, name);
  if (index >= 0) {
    cache->globals_version = dict_layout_version(globals);
    cache->entry = &globals->entries->entries[index];
    const_cast<Instr*>(pc)->op = kLOAD_GLOBAL_MODULE;
    return cache->entry->value;
  }
  if (error_pending()) return nullptr;
  index = dict_find_str(builtins, name);
  if (index >= 0) {
    cache->globals_version = dict_layout_version(globals);
    cache->builtins_version = dict_layout_version(builtins);
    cache->entry = &builtins->entries->entries[index];
    const_cast<Instr*>(pc)->op = kLOAD_GLOBAL_BUILTIN;
    return cache->entry->value;
  }
  if (error_pending()) return nullptr;
  return raise_name_error(name);
}

bool slow_LOAD_NAME(Thread* thread, Value* regs, const Instr* pc) {
  Frame* frame = current(thread);
  Str* name = word_name(pc, 1);
  Value v;
  if (frame->locals) v = mapping_get(frame->locals, name);
  if (!v && error_pending()) return false;
  if (!v) v = global_or_builtin(frame, name);
  if (!v) return false;
  regs[pc->a] = v;
  return true;
}

bool slow_STORE_NAME(Thread* thread, Value* regs, const Instr* pc) {
  Frame* frame = current(thread);
  Str* name = word_name(pc, 1);
  if (!frame->locals) {
    raisef(exc.SystemError, "no locals found when storing %s", to_utf8(repr_str(name)).c_str());
    return false;
  }
  if (is_exact(frame->locals, types.dict)) return dict_set_str(frame->locals.as<Dict>(), name, regs[pc->a]);
  return set_item(frame->locals, name, regs[pc->a]);
}

bool slow_DELETE_NAME(Thread* thread, Value* regs, const Instr* pc) {
  Frame* frame = current(thread);
  Str* name = word_name(pc, 1);
  if (!frame->locals) {
    raisef(exc.SystemError, "no locals when deleting %s", to_utf8(repr_str(name)).c_str());
    return false;
  }
  if (set_item(frame->locals, name, nullptr)) return true;
  if (pending_matches(exc.KeyError)) {
    clear_pending();
    raise_name_error(name);
  }
  return false;
}

bool slow_STORE_GLOBAL(Thread* thread, Value* regs, const Instr* pc) {
  return dict_set_str(current(thread)->function->globals, word_name(pc, 1), regs[pc->a]);
}

bool slow_DELETE_GLOBAL(Thread* thread, Value* regs, const Instr* pc) {
  int r = dict_delete(current(thread)->function->globals, word_name(pc, 1));
  if (r == 0) raise_name_error(word_name(pc, 1));
  return r > 0;
}

Value raise_unbound_local(Frame* frame, unsigned local) {
  return raisef(exc.UnboundLocalError, "cannot access local variable '%s' where it is not associated with a value",
                to_utf8(frame->code->localsplusnames->items[local].as<Str>()).c_str());
}
Value raise_unbound_deref(Frame* frame, unsigned local) {
  if (!(frame->code->localspluskinds->data[local] & frontend::kLocalFree)) return raise_unbound_local(frame, local);
  std::string name = to_utf8(frame->code->localsplusnames->items[local].as<Str>());
  return raisef(exc.NameError, "cannot access free variable '%s' where it is not associated with a value in enclosing scope", name.c_str());
}

bool slow_DELETE_LOCAL(Thread* thread, Value* regs, const Instr* pc) {
  regs[pc->a] = nullptr;
  return true;
}
bool slow_MAKE_CELL(Thread* thread, Value* regs, const Instr* pc) {
  Cell* cell = new_cell(regs[pc->a]);
  if (!cell) return false;
  regs[pc->a] = cell;
  return true;
}
bool slow_COPY_FREE_VARS(Thread* thread, Value* regs, const Instr* pc) {
  Tuple* closure = current(thread)->function->closure;
  if (!closure || closure->size != pc->b) {
    raise(exc.SystemError, "closure does not fit the code object");
    return false;
  }
  for (unsigned i = 0; i < pc->b; ++i) regs[pc->a + i] = closure->items[i];
  return true;
}
bool slow_DELETE_DEREF(Thread* thread, Value* regs, const Instr* pc) {
  auto* cell = regs[pc->a].as<Cell>();
  if (!cell->value) {
    raise_unbound_deref(current(thread), pc->a);
    return false;
  }
  cell->value = nullptr;
  return true;
}
bool slow_LOAD_CLASSDEREF(Thread* thread, Value* regs, const Instr* pc) {
  Frame* frame = current(thread);
  Value v;
  if (frame->locals) {
    v = mapping_get(frame->locals, frame->code->localsplusnames->items[pc->b].as<Str>());
    if (!v && error_pending()) return false;
  }
  if (!v) v = regs[pc->b].as<Cell>()->value;
  if (!v) {
    raise_unbound_deref(frame, pc->b);
    return false;
  }
  regs[pc->a] = v;
  return true;
}

bool slow_MAKE_FUNCTION(Thread* thread, Value* regs, const Instr* pc) {
  const uint16_t* list = register_list(pc, 2);
  unsigned flags = window_word(pc)->flags, at = 0;
  Value defaults = flags & 1 ? regs[list[at++]] : Value();
  Value kwdefaults = flags & 2 ? regs[list[at++]] : Value();
  Value annotations = flags & 4 ? regs[list[at++]] : Value();
  Value closure = flags & 8 ? regs[list[at++]] : Value();
  Value code = regs[list[at]];
  bool good = is_exact(code, types.code) && (!defaults || is_exact(defaults, types.tuple)) && (!kwdefaults || is_exact(kwdefaults, types.dict)) &&
              (!closure || is_exact(closure, types.tuple));
  uint64_t cells = good && closure ? closure.as<Tuple>()->size : 0;
  if (good) good = cells == static_cast<uint64_t>(code.as<Code>()->nfrees);
  for (uint64_t i = 0; good && i < cells; ++i) good = is_exact(closure.as<Tuple>()->items[i], types.cell);
  if (!good) {
    raise(exc.SystemError, "malformed bytecode: MAKE_FUNCTION");
    return false;
  }
  Frame* frame = current(thread);
  Function* f = new_function(code.as<Code>(), frame->function->globals);
  if (!f) return false;
  f->builtins = frame->function->builtins;
  f->defaults = defaults ? defaults.as<Tuple>() : nullptr;
  f->kwdefaults = kwdefaults ? kwdefaults.as<Dict>() : nullptr;
  f->annotations = annotations;
  f->closure = closure ? closure.as<Tuple>() : nullptr;
  write_barrier(f);
  regs[pc->a] = f;
  return true;
}

bool slow_SETUP_ANNOTATIONS(Thread* thread, Value* regs, const Instr* pc) {
  Frame* frame = current(thread);
  if (!frame->locals) {
    raise(exc.SystemError, "no locals found when setting up annotations");
    return false;
  }
  Value v = mapping_get(frame->locals, names.dunder_annotations);
  if (v) return true;
  if (error_pending()) return false;
  Dict* d = new_dict();
  return d && set_item(frame->locals, names.dunder_annotations, d);
}

bool slow_LOAD_BUILD_CLASS(Thread* thread, Value* regs, const Instr* pc) {
  Value v = mapping_get(current(thread)->function->builtins, names.dunder_build_class);
  if (!v) {
    if (!error_pending()) raise(exc.NameError, "__build_class__ not found");
    return false;
  }
  regs[pc->a] = v;
  return true;
}

}  // namespace pyjit::interp
