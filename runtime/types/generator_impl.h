// What generator.cc and async_generator.cc share.
#pragma once
#include "runtime/heap.h"
#include "runtime/types/generator.h"

namespace pyjit::runtime {

void init_async_generator_types();
void trace_generator(Object* o, Tracer& t);
std::nullptr_t raise_bare(Class* type);
void warn_unawaited(Generator* g);
bool make_thrown(Value type, Value value, Value traceback);
Value finish_as_exception(Generator* g, Value v, bool returned);
// throw(type, value, traceback), absent ones null; passes through delegates.
Value generator_throw_values(Generator* g, Value type, Value value, Value traceback, bool close_on_generator_exit, bool* returned);
Value generator_get_name(Value v);
bool generator_set_name(Value v, Value name);
Value generator_get_qualname(Value v);
bool generator_set_qualname(Value v, Value name);
Value generator_get_delegate(Value v);
Value generator_get_code(Value v);
Value generator_get_frame(Value v);
Value generator_repr(Value v);

}  // namespace pyjit::runtime
