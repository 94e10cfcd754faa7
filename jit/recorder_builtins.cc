// Calls by identity: builtin classes and functions whose meaning on exact types is a few operations; special methods as frames.
#include <cmath>
#include <string_view>

#include "interp/frames.h"
#include "interp/ops_call.h"
#include "jit/allocation.h"
#include "jit/quiet.h"
#include "jit/recorder.h"
#include "jit/recorder_calls.h"
#include "runtime/operators.h"
#include "runtime/types/bytes.h"
#include "runtime/types/containers_bootstrap.h"
#include "runtime/types/int.h"
#include "runtime/types/lazy_iterators.h"
#include "runtime/types/str.h"

namespace pyjit::jit {

using interp::shapes;
using std::string_view;

namespace {

constexpr uint8_t kReadsAllocates = kCallReads | kCallAllocates;

bool inert(Value v) { return is_plain_key(v, 0); }   // a number, str, bytes, None: holds nothing

string_view text_of(Value v) { return v.is_object() && is_exact_str(v) && v.as<Str>()->is_ascii() ? ascii_view(v.as<Str>()) : string_view(); }

Value list_from(Value sequence) {
  return is_exact(sequence, types.list) ? Value(new_list_from(sequence.as<List>()->items(), sequence.as<List>()->size))
                                        : Value(new_list_from(sequence.as<Tuple>()->items, sequence.as<Tuple>()->size));
}
Value tuple_from(Value list) { return new_tuple(list.as<List>()->items(), list.as<List>()->size); }
Value empty_set() { return new_set(nullptr); }
Value empty_dict() { return new_dict(); }
Value int_of_str(Value text) {
  Value v = int_from_str_object(text, 10);
  if (!v) clear_pending();
  return v;
}
Value character(int64_t code_point) { return char_str(static_cast<uint32_t>(code_point)); }

using Float1 = double (*)(double);
struct FloatFunction { string_view name; Float1 fn; };
constexpr FloatFunction kFloatFunctions[] = {
    {"sin", ::sin}, {"cos", ::cos}, {"tan", ::tan}, {"asin", ::asin}, {"acos", ::acos}, {"atan", ::atan}, {"exp", ::exp}, {"log", ::log},
    {"sinh", ::sinh}, {"cosh", ::cosh}, {"tanh", ::tanh},
};

}  // namespace

// --- classes

bool Recorder::class_call(Class* cls, V* args, unsigned n, V* out) {
  auto& ir = b.ir();
  Value x = n ? args[0].v : Value();
  if (cls == types.int_ && n == 1) {
    if (x.is_int()) return know(args[0]), *out = args[0], true;
    if (x.is_bool()) return know(args[0]), *out = {Value::from_int(x.is_true()), b.emit(Op::B2I, Type::kI64, b.unbox(args[0].r, Type::kBool))}, true;
    if (x.is_double()) {
      double d = x.as_double();
      if (!(std::fabs(d) < static_cast<double>(Value::kMaxInt))) return false;
      know(args[0]);
      *out = {Value::from_int(static_cast<int64_t>(d)), b.emit(Op::F2I, Type::kI64, f64(args[0]))};
      return true;
    }
    if (is_exact_str(x)) {
      Value v = int_of_str(x);
      if (!v) return false;
      *out = {v, quiet_call(reinterpret_cast<const void*>(&int_of_str), "int(str)", Type::kVal, kReadsAllocates, 0, {known(args[0])})};
      decline_guard(not_null(out->r), false);
      return true;
    }
    return false;
  }
  if (cls == types.float_ && n == 1) {
    if (x.is_double()) return know(args[0]), *out = args[0], true;
    if (x.is_int()) return know(args[0]), *out = int_to_float(args[0]), true;
    return false;
  }
  if (cls == types.bool_ && n == 1) {
    Ref test;
    if (x.is_bool()) return know(args[0]), *out = args[0], true;
    if (x.is_int()) {
      know(args[0]);
      *out = {Value::from_bool(x.as_int() != 0), b.emit(Op::NE, Type::kBool, i64(args[0]), ir.k_i64(0))};
      return true;
    }
    int truth = quick_truth(args[0], &test);
    if (truth < 0) return false;
    *out = {Value::from_bool(truth), test};
    return true;
  }
  if (cls == types.str && n == 1) {
    if (is_exact_str(x)) return known(args[0]), *out = args[0], true;
    if (!x.is_int() && !x.is_double() && !is_bigint(x)) return false;
    Value v = quiet_str_of(x);
    if (!v) return false;
    *out = {v, quiet_call(reinterpret_cast<const void*>(&quiet_str_of), "str()", Type::kVal, kReadsAllocates, 0, {known(args[0])})};
    decline_guard(not_null(out->r), false);
    return true;
  }
  if (cls == types.type && n == 1) {
    known(args[0]);
    *out = imm(class_of(x));
    return true;
  }
  if (cls == types.range && n >= 1 && n <= 3) {
    V zero = imm(Value::from_int(0)), one = imm(Value::from_int(1));
    return n == 1 ? make_range(zero, args[0], one, out) : make_range(args[0], args[1], n == 3 ? args[2] : one, out);
  }
  if (cls == types.list && n == 0) return *out = make_list(nullptr, 0), true;
  if (cls == types.tuple && n == 0) return *out = imm(empty_tuple()), true;
  if ((cls == types.set || cls == types.dict) && n == 0) {
    auto fn = cls == types.set ? &empty_set : &empty_dict;
    forget_temporaries();
    *out = {fn(), b.call(CallTarget{reinterpret_cast<const void*>(fn), "empty", Type::kObj, kReadsAllocates, 0}, {})};
    return true;
  }
  if (cls == types.list && n == 1 && (is_exact(x, types.list) || is_exact(x, types.tuple))) {
    *out = {list_from(x), quiet_call(reinterpret_cast<const void*>(&list_from), "list()", Type::kVal, kReadsAllocates, 0, {known(args[0])})};
    decline_guard(not_null(out->r), false);
    return true;
  }
  if (cls == types.tuple && n == 1 && is_exact(x, types.tuple)) return known(args[0]), *out = args[0], true;
  if (cls == types.tuple && n == 1 && is_exact(x, types.list)) {
    *out = {tuple_from(x), quiet_call(reinterpret_cast<const void*>(&tuple_from), "tuple()", Type::kVal, kReadsAllocates, 0, {known(args[0])})};
    decline_guard(not_null(out->r), false);
    return true;
  }
  if (cls == types.enumerate && (n == 1 || (n == 2 && args[1].v.is_int()))) {
    V start = n == 2 ? args[1] : imm(Value::from_int(0)), it;
    if (!iterator_of(args[0], &it)) return false;
    know(start);
    Ref r = new_cell_of(cls->root_shape, sizeof(Enumerate));
    fill(r, offsetof(Enumerate, iterator), it.r, MemKind::kVal, kAliasImmutable);
    fill(r, offsetof(Enumerate, index), start.r, MemKind::kVal, kAliasSequence);
    auto* e = allocate_instance_of<Enumerate>(cls);
    e->iterator = it.v;
    e->index = start.v;
    *out = {e, r};
    return true;
  }
  if (cls == types.zip && n >= 1 && n <= 4) {
    V iterators[4];
    for (unsigned i = 0; i < n; ++i)
      if (!iterator_of(args[i], &iterators[i])) return false;
    V tuple = make_tuple(iterators, n);
    Ref r = new_cell_of(cls->root_shape, sizeof(Zip));
    fill(r, offsetof(Zip, iterators), tuple.r, MemKind::kObj, kAliasImmutable);
    fill(r, offsetof(Zip, strict), ir.k_bool(false), MemKind::kVal, kAliasNative);
    auto* z = allocate_instance_of<Zip>(cls);
    z->iterators = tuple.as<Tuple>();
    z->strict = Value::from_bool(false);
    *out = {z, r};
    return true;
  }
  return false;
}

bool Recorder::special_call(Outcome* out) {
  const Instr* here = pc;
  bool keywords = here->op == interp::kCALL_KW || here->op == interp::kCALL_METHOD_KW;
  if (here->op != interp::kCALL && here->op != interp::kCALL_METHOD && !keywords) return false;
  if (steps_ == 1 && !bridge_) return false;   // takes_temporaries()
  V callee = reg(here->b);
  if (here->op == interp::kCALL_METHOD || here->op == interp::kCALL_METHOD_KW) {
    V self = reg(here->b + 1u);
    if (self.v) return false;
    is_null(self);
  }
  if (!callee.v.is_object()) return false;
  unsigned count = here->c, fixed = keywords ? 5 : 4, words = fixed + interp::list_words(count);
  const uint16_t* list = interp::register_list(here, static_cast<int>(fixed));
  Tuple* kwnames = keywords ? interp::word_value(here, 4).as<Tuple>() : nullptr;
  if (kwnames && kwnames->size > count) return false;
  Class* kind = callee.v.as_object()->cls();
  frame()->pc = pc + 1;
  if (kind == types.builtin_function) {
    auto* f = callee.as<NativeFunction>();
    string_view name = f->def->name;
    if (keywords || count < 2 || count > 4 || f->owner || text_of(f->module_name) != "builtins" || (name != "max" && name != "min")) return false;
    identify(callee);
    V args[4], result;
    for (unsigned i = 0; i < count; ++i) args[i] = reg(list[i]);
    if (reason_ || !extreme(args, count, name == "max" ? kGt : kLt, &result)) return false;
    set_reg(here->a, result);
    *out = next(words);
    return true;
  }
  if (kind == types.type) {
    auto* cls = callee.as<Class>();
    if (cls->has(kClassHeap)) return construct(callee, kwnames, list, count, here->a, words, out);
    if (count > 4 || keywords) return false;
    identify(callee);
    V args[4], result;
    for (unsigned i = 0; i < count; ++i) args[i] = reg(list[i]);
    if (reason_ || !class_call(cls, args, count, &result)) return false;
    set_reg(here->a, result);
    *out = next(words);
    return true;
  }
  if (!plain_instance(callee)) return false;
  Value method = class_lookup(kind, names.dunder_call);
  if (!method || !is_exact(method, types.function)) return false;
  interp::CompiledCode* compiled = interp::ensure_compiled(method.as<Function>()->code);
  if (!compiled) clear_pending();
  if (!compiled || !method.as<Function>()->code->argcount || !enterable(compiled)) return false;
  V function = imm(method);
  known(callee);
  class_version_is(kind, kind->version);
  std::vector<V> given{callee}, values;
  for (unsigned i = 0; i < count; ++i) given.push_back(reg(list[i]));
  if (reason_) return false;
  guard_function(function);
  bool defaults_used = false;
  if (!bind(method.as<Function>(), given, kwnames, &values, &defaults_used)) return false;
  call_trace_ = call_trace_wanted_;
  if (!push_values(function, V{}, values, here->a, words, 0)) return false;
  *out = entered();
  return true;
}

// --- special methods

// An instance of a Python class over plain object whose class may be relied on.
bool Recorder::plain_instance(V v) {
  if (!v.v.is_object()) return false;
  Class* cls = v.v.as_object()->cls();
  constexpr uint32_t kBuiltinLayouts = kSubInt | kSubStr | kSubBytes | kSubTuple | kSubList | kSubDict | kSubType | kSubException | kSubFloat |
                                       kSubSet | kSubFrozenSet | kSubComplex;
  return cls->has(kClassHeap) && cls->cls() == types.type && !cls->has(kBuiltinLayouts) && !cls->slots.concat && !cls->slots.repeat &&
         !cls->slots.inplace_concat && !cls->slots.inplace_repeat && !class_is_volatile(cls);
}

bool Recorder::operator_frame(BinaryOp op, V a, V c, bool inplace, unsigned destination, unsigned words, Outcome* out) {
  if (!plain_instance(a) || c.v.is_null()) return false;
  Class *left = class_of(a.v), *right = class_of(c.v);
  if (inplace && class_lookup(left, operator_name(op, true))) return false;
  Value method = class_lookup(left, operator_name(op, false));
  if (!method || !is_exact(method, types.function)) return false;
  interp::CompiledCode* compiled = method.as<Function>()->code->compiled;
  if (!compiled || compiled->exact_args != 2 || !inlineable(compiled)) return false;
  if (right != left && (is_subclass(right, left) || (right->has(kClassHeap) && class_is_volatile(right)))) return false;
  V function = imm(method);
  known(a), known(c);
  class_version_is(left, left->version);
  if (right != left && right->has(kClassHeap)) class_version_is(right, right->version);
  V state[] = {imm(Value::from_int(op | (inplace ? 64 : 0))), a, c};
  V operation = make_tuple(state, 3);
  guard_function(function);
  if (!push_values(function, V{}, {a, c}, destination, words, kFrameOperator)) return false;
  frame()->self = operation.v;
  set_slot(off() - 1, operation.r);
  *out = Outcome::kNext;
  return true;
}

bool Recorder::special_method_frame(V object, Str* name, const uint16_t*, V key, unsigned destination, unsigned words, Outcome* out) {
  if (!plain_instance(object)) return false;
  Class* cls = class_of(object.v);
  Value method = class_lookup(cls, name);
  if (!method || !is_exact(method, types.function)) return false;
  interp::CompiledCode* compiled = method.as<Function>()->code->compiled;
  if (!compiled || compiled->exact_args != 2 || !inlineable(compiled)) return false;
  V function = imm(method);
  known(object);
  class_version_is(cls, cls->version);
  guard_function(function);
  if (!push_values(function, V{}, {object, key}, destination, words, 0)) return false;
  *out = Outcome::kNext;
  return true;
}

// --- functions

bool Recorder::extreme(V* args, unsigned n, CompareOp op, V* out) {
  bool ints = true, floats = true;
  for (unsigned i = 0; i < n; ++i) ints &= args[i].v.is_int(), floats &= args[i].v.is_double();
  if (!ints && !floats) return false;
  for (unsigned i = 0; i < n; ++i) know(args[i]);
  V best = args[0];
  for (unsigned i = 1; i < n; ++i) {
    bool better = ints ? (op == kLt ? int_compare<kLt>(args[i], best) : int_compare<kGt>(args[i], best))
                       : (op == kLt ? float_compare<kLt>(args[i], best) : float_compare<kGt>(args[i], best));
    if (better) best = args[i];
  }
  *out = best;
  return true;
}

bool Recorder::instance_of(V v, Value classes, bool* answer) {
  if (is_exact(classes, types.tuple)) {
    auto* t = classes.as<Tuple>();
    if (t->size > 6) return false;
    *answer = false;
    for (uint64_t i = 0; i < t->size && !*answer; ++i)
      if (!is_exact(t->items[i], types.type) || !instance_of(v, t->items[i], answer)) return false;
    return true;
  }
  if (!is_exact(classes, types.type)) return false;
  Class *cls = class_of(v.v), *base = classes.as<Class>();
  static const Value object_class = class_lookup(types.object, intern("__class__"));
  if (cls->has(kClassHeap) && (class_is_volatile(cls) || !(class_lookup(cls, intern("__class__")) == object_class))) return false;
  if (!cls->has(kClassHeap) && (cls == types.weakproxy || cls == types.weakcallableproxy || cls == types.generic_alias)) return false;
  known(v);
  if (cls->has(kClassHeap)) class_version_is(cls, cls->version);
  *answer = is_subclass(cls, base);
  return true;
}

bool Recorder::math_call(string_view name, V* args, unsigned n, V* out) {
  if (n == 2 && (name == "atan2" || name == "pow" || name == "fmod")) return false;
  if (n != 1 || (!args[0].v.is_double() && !args[0].v.is_int())) return false;
  know(args[0]);
  V v = args[0].v.is_int() ? int_to_float(args[0]) : args[0];
  double x = v.v.as_double();
  Ref r = f64(v);
  auto finite = [&](Ref value) { b.guard(b.emit(Op::LT, Type::kBool, b.emit(Op::ABS, Type::kF64, value), b.ir().k_f64(INFINITY)), true); };
  if (name == "sqrt") {
    if (!(x >= 0)) return false;
    b.guard(b.emit(Op::GE, Type::kBool, r, b.ir().k_f64(0)), true);
    *out = {Value::from_double(std::sqrt(x)), b.emit(Op::SQRT, Type::kF64, r)};
    return true;
  }
  if (name == "fabs") return *out = {Value::from_double(std::fabs(x)), b.emit(Op::ABS, Type::kF64, r)}, true;
  if (name == "floor" || name == "ceil" || name == "trunc") {
    if (args[0].v.is_int()) return *out = args[0], true;
    double whole = name == "floor" ? std::floor(x) : name == "ceil" ? std::ceil(x) : std::trunc(x);
    if (!(std::fabs(whole) < static_cast<double>(Value::kMaxInt))) return false;
    Ref rounded = name == "trunc" ? r : b.emit(name == "floor" ? Op::FLOOR : Op::CEIL, Type::kF64, r);
    *out = {Value::from_int(static_cast<int64_t>(whole)), b.emit(Op::F2I, Type::kI64, rounded)};
    return true;
  }
  for (const FloatFunction& f : kFloatFunctions) {
    if (f.name != name) continue;
    double result = f.fn(x);
    if (!std::isfinite(result)) return false;   // an error, or inf and nan passed on
    *out = {Value::from_double(result), b.call(CallTarget{reinterpret_cast<const void*>(f.fn), f.name.data(), Type::kF64, 0, 0}, {r})};
    finite(out->r);
    return true;
  }
  return false;
}

bool Recorder::native_call(const MethodDef* def, NativeFunction* f, V* args, unsigned n, V* out) {
  string_view name = def->name;
  auto& ir = b.ir();
  if (steps_ == 1 && !bridge_) return false;   // takes_temporaries()
  Value x = n ? args[0].v : Value();
  if (!f->owner) {
    string_view module = text_of(f->module_name);
    if (f->self && !is_exact(f->self, types.module)) module = {};
    if (module == "math") {
      if (n >= 1 && is_exact(x, types.module)) ++args, --n;
      return math_call(name, args, n, out);
    }
    if (module == "builtins") {
      if (n >= 1 && is_exact(x, types.module)) ++args, --n, x = n ? args[0].v : Value();
      if (name == "len" && n == 1 && x.is_object()) {
        Class* cls = x.as_object()->cls();
        int offset = cls == types.str ? static_cast<int>(offsetof(Str, length)) : cls == types.bytes ? static_cast<int>(offsetof(Bytes, size))
                     : cls == types.dict || cls == types.set || cls == types.frozenset || cls == types.bytearray ? 8 : 0;
        static_assert(offsetof(Dict, size) == 8 && offsetof(Set, size) == 8 && offsetof(ByteArray, size) == 8);
        if (offset) {
          known(args[0]);
          uint16_t alias = cls == types.str || cls == types.bytes ? kAliasImmutable : cls == types.bytearray ? uint16_t{kAliasByteArray} : uint16_t{kAliasDictSize};
          *out = {Value::from_int(*reinterpret_cast<int64_t*>(reinterpret_cast<char*>(x.as_object()) + offset)),
                  b.load(obj(args[0]), Mem(offset, MemKind::kI64, alias))};
          return true;
        }
        if (plain_instance(args[0])) return false;
      }
      if (name == "abs" && n == 1) {
        if (x.is_double()) return know(args[0]), *out = {Value::from_double(std::fabs(x.as_double())), b.emit(Op::ABS, Type::kF64, f64(args[0]))}, true;
        if (!x.is_int() || x.as_int() == Value::kMinInt) return false;
        know(args[0]);
        if (int_compare<kGe>(args[0], imm(Value::from_int(0)))) *out = args[0];
        else int_negate(args[0], out);
        return true;
      }
      if (name == "ord" && n == 1 && x.is_object() && is_exact_str(x) && x.as<Str>()->length == 1) {
        Ref code = b.call(CallTarget{reinterpret_cast<const void*>(&quiet_ord), "ord", Type::kI64, 0, 0}, {known(args[0])});
        decline_guard(b.emit(Op::GE, Type::kBool, code, ir.k_i64(0)), false);
        *out = {Value::from_int(quiet_ord(x)), code};
        return true;
      }
      if (name == "chr" && n == 1 && x.is_int() && static_cast<uint64_t>(x.as_int()) < 0x110000) {
        know(args[0]);
        forget_temporaries();
        b.guard(b.emit(Op::ULT, Type::kBool, i64(args[0]), ir.k_i64(0x110000)), true);
        *out = {character(x.as_int()), b.call(CallTarget{reinterpret_cast<const void*>(&character), "chr", Type::kObj, kReadsAllocates, 0}, {i64(args[0])})};
        return true;
      }
      if (name == "isinstance" && n == 2) {
        bool answer;
        Value classes = args[1].v;
        if (!instance_of(args[0], classes, &answer)) return false;
        if (is_exact(classes, types.tuple) && !is_const(args[1].r)) {
          // A tuple that was made for the call is another one each time: what is in it counts.
          auto size = static_cast<unsigned>(classes.as<Tuple>()->size);
          is_exact_tuple(args[1]);
          tuple_size_is(args[1], size);
          for (unsigned i = 0; i < size; ++i) identify(tuple_item_at(args[1], i));
        } else {
          identify(args[1]);
        }
        *out = imm(Value::from_bool(answer));
        return true;
      }
      if (name == "divmod" && n == 2 && x.is_int() && args[1].v.is_int() && args[1].v.as_int() > 0) {
        know(args[0]), know(args[1]);
        b.guard(b.emit(Op::GT, Type::kBool, i64(args[1]), ir.k_i64(0)), true);
        V pair[2];
        concrete_.int_floordiv(x, args[1].v, &pair[0].v);
        pair[0].r = b.emit(Op::FLOORDIV, Type::kI64, i64(args[0]), i64(args[1]));
        pair[1] = int_mod(args[0], args[1]);
        *out = make_tuple(pair, 2);
        return true;
      }
      return false;
    }
  }
  Class* owner = f->owner;
  if (!owner) {
    if (!f->self || !f->self.is_object()) return false;
    owner = f->self.as_object()->cls();   // a bound method: args[0] is its self, a constant
  }
  if (owner == types.dict && is_exact(x, types.dict)) {
    bool plain = n >= 2 && is_plain_key(args[1].v);
    if (name == "get" && plain) {
      V otherwise = n == 3 ? args[2] : imm(Value::none());
      Value v = quiet_dict_get_default(x, args[1].v, otherwise.v);
      if (!v) return false;
      Ref d = known(args[0]), k = known(args[1]);
      *out = {v, quiet_call(reinterpret_cast<const void*>(&quiet_dict_get_default), "dict.get", Type::kVal, kCallReads, 0, {d, k, b.box(otherwise.r)})};
      decline_guard(not_null(out->r), false);
      return true;
    }
    if ((name == "setdefault" && plain && n == 3) || (name == "pop" && plain && n == 2)) {
      bool pop = name == "pop";
      Value v = pop ? quiet_dict_pop(x, args[1].v) : quiet_dict_setdefault(x, args[1].v, args[2].v);
      if (!v) return false;
      Ref d = known(args[0]), k = known(args[1]);
      Ref r = pop ? quiet_call(reinterpret_cast<const void*>(&quiet_dict_pop), "dict.pop", Type::kVal, kReadsAllocates, kDictMemory, {d, k})
                  : quiet_call(reinterpret_cast<const void*>(&quiet_dict_setdefault), "dict.setdefault", Type::kVal, kReadsAllocates, kDictMemory,
                               {d, k, b.box(args[2].r)});
      decline_guard(not_null(r), true);
      *out = {v, r};
      return true;
    }
  }
  if (owner == types.set && is_exact(x, types.set) && n == 2 && (name == "add" || name == "discard")) {
    bool add = name == "add";
    if (!(add ? quiet_set_add(x, args[1].v) : quiet_set_discard(x, args[1].v))) return false;
    Ref s = known(args[0]), k = known(args[1]);
    const void* fn = add ? reinterpret_cast<const void*>(&quiet_set_add) : reinterpret_cast<const void*>(&quiet_set_discard);
    decline_guard(quiet_call(fn, "set", Type::kBool, kReadsAllocates, kDictMemory, {s, k}), true);
    *out = imm(Value::none());
    return true;
  }
  if (owner == types.list && is_exact(x, types.list)) {
    if (name == "append" && n == 2) {
      if (x.as<List>()->size < x.as<List>()->store->capacity) return false;   // in line
      if (!append_slowly(args[0], args[1])) return false;
      *out = imm(Value::none());
      return true;
    }
    if (name == "pop" && n == 1 && x.as<List>()->size) {
      has_shape(args[0], x.as_object()->shape_bits);
      auto* l = x.as<List>();
      Mem size_at(8, MemKind::kI64, kAliasListSize);
      Ref size = b.load(obj(args[0]), size_at);
      b.guard(b.emit(Op::GT, Type::kBool, size, ir.k_i64(0)), true);
      Ref last = b.emit(Op::SUB, Type::kI64, size, ir.k_i64(1));
      Ref store = b.load(obj(args[0]), Mem(16, MemKind::kObj, kAliasListStore));
      Mem item(0, MemKind::kVal, kAliasItems);
      Ref at = b.aref(store, last, 3, 16);
      *out = {l->items()[l->size - 1], b.load(at, item)};
      l->items()[--l->size] = nullptr;
      b.store(at, ir.k_val(Value()), item);
      b.store(obj(args[0]), last, size_at);
      return true;
    }
  }
  uint64_t clobbers;
  if (!native_is_quiet(def, f, args, n, &clobbers)) return false;
  const Signature* s = ensure_signature(f);
  unsigned total = s->total();
  if (n > total) return false;
  for (unsigned i = 0; i < n; ++i) known(args[i]);
  std::vector<Ref> refs{ir.k_word(reinterpret_cast<uint64_t>(def->fn))};
  Value window[9];
  for (unsigned i = 0; i < total; ++i) {
    refs.push_back(i < n ? b.box(args[i].r) : ir.k_val(Value()));
    window[i] = i < n ? args[i].v : Value();
  }
  frame()->pc = pc + 1;
  forget_temporaries();
  if (clobbers & kDictMemory) effects_pending_ = true;
  uint8_t effects = static_cast<uint8_t>(kReadsAllocates | (clobbers ? kCallWrites : 0));
  out->r = b.call(CallTarget{native_caller(clobbers ? Effects::kWrites : Effects::kReads, total), def->name, Type::kVal, effects, clobbers}, refs);
  out->v = def->fn(window);
  return true;
}

// Methods of builtin types on arguments that hold nothing, or whose items they do not look at: no Python code can run.
bool Recorder::native_is_quiet(const MethodDef* def, NativeFunction* f, const V* args, unsigned n, uint64_t* clobbers) {
  *clobbers = 0;
  Class* owner = f->owner ? f->owner : f->self.as_object()->cls();
  string_view name = def->name;
  if (!n || class_of(args[0].v) != owner) return false;
  bool all_inert = true;
  for (unsigned i = 1; i < n; ++i) all_inert &= inert(args[i].v);
  auto one_of = [&](std::initializer_list<string_view> list) { return std::find(list.begin(), list.end(), name) != list.end(); };
  if (owner == types.str) {
    if (name == "join") return n == 2 && (is_exact(args[1].v, types.list) || is_exact(args[1].v, types.tuple));
    return all_inert && one_of({"startswith", "endswith", "find", "rfind", "index", "rindex", "count", "split", "rsplit", "splitlines", "strip", "lstrip",
                                "rstrip", "upper", "lower", "title", "capitalize", "swapcase", "replace", "partition", "rpartition", "isdigit", "isalpha",
                                "isalnum", "isspace", "isupper", "islower", "isdecimal", "isnumeric", "isidentifier", "isascii", "istitle", "zfill",
                                "ljust", "rjust", "center", "removeprefix", "removesuffix", "casefold"});
  }
  if (owner == types.bytes)
    return all_inert && one_of({"startswith", "endswith", "find", "rfind", "index", "count", "strip", "lstrip", "rstrip", "upper", "lower", "hex", "replace"});
  if (owner == types.int_) return all_inert && one_of({"bit_length", "bit_count", "conjugate"});
  if (owner == types.float_) return all_inert && one_of({"is_integer", "hex", "conjugate"});
  if (owner == types.list) {
    *clobbers = kListMemory;
    if (one_of({"clear", "reverse", "copy"})) return n == 1;
    if (name == "pop") return n == 2 && args[1].v.is_int();
    if (name == "insert") return n == 3 && args[1].v.is_int();
    if (name == "extend") return n == 2 && (is_exact(args[1].v, types.list) || is_exact(args[1].v, types.tuple));
    return false;
  }
  if (owner == types.dict) {
    *clobbers = kDictMemory;
    return n == 1 && one_of({"keys", "values", "items", "clear", "copy", "popitem"});
  }
  if (owner == types.set) {
    *clobbers = kDictMemory;
    return n == 1 && one_of({"clear", "copy", "pop"});
  }
  if (owner == types.bytearray) {
    *clobbers = kBytesMemory;
    return (name == "append" && n == 2 && args[1].v.is_int()) || (name == "pop" && n == 1);
  }
  return false;
}

}  // namespace pyjit::jit
