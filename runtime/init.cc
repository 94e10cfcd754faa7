// Start-up and shutdown: the order in which the runtime comes to life.
//
// Classes need class dicts, tuples, names and descriptors, which need classes: so the root shapes of those few types come first
// (bootstrap_*), then `type` and `object`, then names, then all classes in type_inits.def's order, then exceptions, builtins, sys, import.
#include "runtime/init.h"

#include "runtime/allocator.h"
#include "runtime/builtins.h"
#include "runtime/codecs.h"
#include "runtime/errors.h"
#include "runtime/gil.h"
#include "runtime/heap.h"
#include "runtime/heap_layout.h"
#include "runtime/memory_limits.h"
#include "runtime/module_registry.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/signals.h"
#include "runtime/thread.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/object.h"
#include "runtime/types/weakref.h"

namespace pyjit::runtime {

Config config;
Names names;

void bootstrap_heap();
void bootstrap_class_shape();
void bootstrap_native();
void bootstrap_descriptors();
void init_object_type();
void init_type_type();
void init_store_types();
void init_native_types();
void init_descriptor_types();
void init_singleton_types();
void init_function_types();
void init_property_types();
void init_module_type();
void init_code_type();
void init_namespace_types();
void init_generic_alias_types();
void init_class_registry();
#define TYPE_INIT(fn) void fn();
#include "runtime/type_inits.def"
#undef TYPE_INIT

bool config_debug() { return config.optimize == 0; }

static void init_names() {
#define NAME(field, text) names.field = intern(text);
#include "runtime/names.def"
#undef NAME
}

constexpr size_t kFrameStackBytes = size_t{1} << 30;   // address space; pages are touched as frames are pushed

static void init_main_thread() {
  Thread* t = thread();
  size_t bytes = reservation(kFrameStackBytes);
  t->stack_base = static_cast<char*>(mi_malloc_aligned(bytes, 4096));
  if (!t->stack_base) {
    fputs("Fatal Python error: pyjit: no memory for the frames\n", stderr);
    _Exit(1);
  }
  t->stack_top = t->stack_base;
  t->stack_limit = t->stack_base + bytes;
  t->exc_info = &t->base_exc_info;
}

void start_runtime() {
  init_main_thread();
  bootstrap_heap();
  bootstrap_class_shape();
  bootstrap_native();
  bootstrap_descriptors();
  bootstrap_str();
  bootstrap_containers();
  init_names();
  init_object_type();
  init_type_type();
  init_store_types();
  init_native_types();
  init_descriptor_types();
  init_singleton_types();
  init_function_types();
  init_property_types();
#define TYPE_INIT(fn) fn();
#include "runtime/type_inits.def"
#undef TYPE_INIT
  init_module_type();
  init_code_type();
  init_namespace_types();
  init_generic_alias_types();
  init_weakref_types();
  init_class_registry();
  init_builtins();
  init_sys();
  init_codecs();
  init_gil();
  install_default_signals();
  heap.enabled = true;
}

bool start_import() { return setup_import(); }

bool init_sys_module(Module* m) {
  Value sys = dict_get_str(sys_modules(), intern("sys"));
  return !sys || dict_update(m->dict(), sys.as<Module>()->dict());
}

}  // namespace pyjit::runtime
