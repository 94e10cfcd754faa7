// __build_class__(func, name, *bases, metaclass=None, **kwds): what a class statement does.
#include "interp/build_class.h"

#include "interp/frames.h"
#include "interp/eval.h"
#include "runtime/builtins.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/object.h"
#include "runtime/types/str.h"

namespace pyjit::interp {

using namespace pyjit::runtime;

namespace {

// Replaces bases that have __mro_entries__ by what it returns. The same tuple when none has.
Tuple* resolve_bases(Tuple* bases) {
  List* resolved = nullptr;
  for (uint64_t i = 0; i < bases->size; ++i) {
    Value base = bases->items[i];
    Value entries;
    if (!class_of(base)->has(kSubType)) {
      Value method = get_attr_or_null(base, names.dunder_mro_entries);
      if (!method && error_pending()) return nullptr;
      if (method) {
        entries = call1(method, bases);
        if (!entries) return nullptr;
        if (!is_tuple(entries)) {
          raise(exc.TypeError, "__mro_entries__ must return a tuple");
          return nullptr;
        }
      }
    }
    if (!entries) {
      if (resolved && !list_append(resolved, base)) return nullptr;
      continue;
    }
    if (!resolved) {
      resolved = new_list_from(bases->items, i);
      if (!resolved) return nullptr;
    }
    auto* tuple = entries.as<Tuple>();
    for (uint64_t j = 0; j < tuple->size; ++j) {
      if (!list_append(resolved, tuple->items[j])) return nullptr;
    }
  }
  return resolved ? new_tuple(resolved->items(), resolved->size) : bases;
}

Value make_class(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (nargs < 2) return raise(exc.TypeError, "__build_class__: not enough arguments");
  Value body = args[0], name = args[1];
  if (!is_exact(body, types.function)) return raise(exc.TypeError, "__build_class__: func must be a function");
  if (!is_str(name)) return raise(exc.TypeError, "__build_class__: name is not a string");
  Tuple* original = TRY(new_tuple(args + 2, nargs - 2));
  Tuple* bases = TRY(resolve_bases(original));

  // Keywords but metaclass, kept in call order.
  Value metaclass;
  uint64_t count = kwnames ? kwnames->size : 0;
  RootedVector keyword_names, keyword_values;
  for (uint64_t i = 0; i < count; ++i) {
    if (str_equal(kwnames->items[i].as<Str>(), names.metaclass)) {
      metaclass = args[nargs + i];
      continue;
    }
    keyword_names.push_back(kwnames->items[i]);
    keyword_values.push_back(args[nargs + i]);
  }
  Tuple* keywords = keyword_names.size() ? TRY(new_tuple(keyword_names.data(), keyword_names.size())) : nullptr;
  bool is_class = true;
  if (!metaclass) {
    metaclass = bases->size ? Value(class_of(bases->items[0])) : Value(types.type);
  } else {
    is_class = class_of(metaclass)->has(kSubType);
  }
  if (is_class) metaclass = TRY(most_derived_metaclass(metaclass.as<Class>(), bases));

  RootedVector window;
  window.push_back(name);
  window.push_back(bases);
  for (Value v : keyword_values) window.push_back(v);
  Value prepare = get_attr_or_null(metaclass, names.dunder_prepare);
  Value ns;
  if (prepare) {
    ns = TRY(call(prepare, window.data(), 2, keywords));
  } else {
    if (error_pending()) return nullptr;
    ns = TRY(new_dict());
  }
  if (!is_exact(ns, types.dict) && !class_of(ns)->slots.getitem) {
    return raisef(exc.TypeError, "%.200s.__prepare__() must return a mapping, not %.200s",
                  is_class ? to_utf8(metaclass.as<Class>()->name).c_str() : "<metaclass>", type_name(ns));
  }
  auto* f = body.as<Function>();
  Value cell = run_class_body(f, ns);
  if (!cell) return nullptr;
  if (bases != original && !set_item(ns, intern("__orig_bases__"), original)) return nullptr;

  RootedVector call_args;
  call_args.push_back(name);
  call_args.push_back(bases);
  call_args.push_back(ns);
  for (Value v : keyword_values) call_args.push_back(v);
  Value cls = TRY(call(metaclass, call_args.data(), 3, keywords));
  if (class_of(cls)->has(kSubType) && is_exact(cell, types.cell)) {
    Value set = cell.as<Cell>()->value;
    if (!set) {
      return raise(exc.RuntimeError, "__class__ not set defining " + to_utf8(repr(name)) + " as " + to_utf8(repr(cls)) +
                                         ". Was __classcell__ propagated to type.__new__?");
    }
    if (!(set == cls)) {
      return raise(exc.TypeError, "__class__ set to " + to_utf8(repr(set)) + " defining " + to_utf8(repr(name)) + " as " + to_utf8(repr(cls)));
    }
  }
  return cls;
}

}  // namespace

}  // namespace pyjit::interp

namespace pyjit::runtime {

Value build_class(Value* args, uint32_t nargs, Tuple* kwnames) { return interp::make_class(args, nargs, kwnames); }

}  // namespace pyjit::runtime
