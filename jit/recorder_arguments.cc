// Calls of Python functions whose arguments have to be bound: defaults, keywords, *args, **kwargs, bound methods, closures. Binding is
// done while recording; the trace keeps only what it moved.
#include "frontend/code.h"
#include "jit/recorder.h"
#include "jit/registry.h"
#include "runtime/types/str.h"

namespace pyjit::jit {

using interp::shapes;

namespace {

constexpr unsigned kMaxArguments = 24, kMaxSpread = 8, kMaxRest = 4;

// The keywords that name no parameter: `which` has a bit for each of them in kwnames; their values come in order.
Value dict_of(Tuple* kwnames, uint64_t which, const Value* values) {
  Dict* d = new_dict();
  for (; which; which &= which - 1)
    if (!dict_set(d, kwnames->items[std::countr_zero(which)], *values++)) return nullptr;
  return d;
}
template <class... A> Value dict_of(Tuple* kwnames, uint64_t which, A... items) {
  Value values[] = {items..., Value()};
  return dict_of(kwnames, which, static_cast<const Value*>(values));
}
const void* dict_maker(size_t n) {
  using V = Value;
  switch (n) {
    case 0: return reinterpret_cast<const void*>(static_cast<V (*)(Tuple*, uint64_t)>(&dict_of<>));
    case 1: return reinterpret_cast<const void*>(&dict_of<V>);
    case 2: return reinterpret_cast<const void*>(&dict_of<V, V>);
    case 3: return reinterpret_cast<const void*>(&dict_of<V, V, V>);
    default: return reinterpret_cast<const void*>(&dict_of<V, V, V, V>);
  }
}

}  // namespace

// Makes sure that the callee is this function, or for one of many of the same code: one like it.
void Recorder::guard_function(V callee) {
  auto* f = callee.as<Function>();
  if (!known_by_code(callee)) {
    identify(callee);
    f->watched = true;
    deps_.functions.push_back(f);
    return;
  }
  has_shape(callee, shapes.function);
  auto field = [&](size_t offset, Object* expected) {
    Ref ref = b.load(obj(callee), Mem(static_cast<int>(offset), MemKind::kVal, kAliasFunction));
    b.guard_is(ref, expected ? Value(expected) : Value());
  };
  field(offsetof(Function, code), f->code);
  field(offsetof(Function, globals), f->globals);
  field(offsetof(Function, builtins), f->builtins);
}

// The values of the callee's parameters, in order. False: the call goes the general way (which may raise); nothing has been emitted.
bool Recorder::bind(Function* f, std::vector<V>& given, Tuple* kwnames, std::vector<V>* out, bool* defaults_used) {
  Code* code = f->code;
  size_t argcount = static_cast<size_t>(code->argcount), named = argcount + static_cast<size_t>(code->kwonlyargcount);
  size_t keywords = kwnames ? kwnames->size : 0, positional = given.size() - keywords;
  bool rest = code->code_flags & frontend::kVarArgs, more = code->code_flags & frontend::kVarKeywords;
  if (named + 2 > kMaxArguments) return false;
  if (positional > argcount && (!rest || positional - argcount > kMaxRest)) return false;
  out->assign(named, V{});
  std::vector<bool> bound(named);
  uint64_t extra = 0;
  std::vector<V> extra_values;
  for (size_t i = 0; i < std::min(positional, argcount); ++i) (*out)[i] = given[i], bound[i] = true;
  for (size_t k = 0; k < keywords; ++k) {
    if (!is_exact_str(kwnames->items[k])) return false;
    size_t i = static_cast<size_t>(code->posonlyargcount);
    while (i < named && !str_equal(code->localsplusnames->items[i].as<Str>(), kwnames->items[k].as<Str>())) ++i;
    if (i == named && more && k < 63 && !code->posonlyargcount && extra_values.size() < kMaxRest) {
      extra |= uint64_t{1} << k;
      extra_values.push_back(given[positional + k]);
      continue;
    }
    if (i == named || bound[i]) return false;
    (*out)[i] = given[positional + k];
    bound[i] = true;
  }
  size_t defaults = f->defaults ? f->defaults->size : 0;
  for (size_t i = 0; i < argcount; ++i) {
    if (bound[i]) continue;
    if (i + defaults < argcount) return false;
    (*out)[i] = imm(f->defaults->items[i + defaults - argcount]);
    *defaults_used = true;
  }
  for (size_t i = argcount; i < named; ++i) {
    if (bound[i]) continue;
    Str* name = code->localsplusnames->items[i].as<Str>();
    Value v = f->kwdefaults && f->kwdefaults->str_keys_only ? dict_get_str(f->kwdefaults, name) : Value();
    if (!v) return false;
    f->kwdefaults->watched = true;
    deps_.names.push_back({f->kwdefaults, Value(static_cast<Object*>(name))});
    (*out)[i] = imm(v);
    *defaults_used = true;
  }
  if (rest) {
    out->push_back(make_tuple(given.data() + std::min(positional, argcount), positional - std::min(positional, argcount)));
    held_ = out->back().v;
  }
  if (more) {
    prepare_call(Effects::kReads);
    CallTarget target{dict_maker(extra_values.size()), "dict", Type::kObj, kCallReads | kCallAllocates, 0};
    std::vector<Ref> refs{kwnames ? b.ir().k_obj(kwnames) : b.ir().k_val(Value()), b.ir().k_word(extra)};
    std::vector<Value> values;
    for (const V& v : extra_values) refs.push_back(b.box(v.r)), values.push_back(v.v);
    Ref ref = b.call(target, refs);
    out->push_back({dict_of(kwnames, extra, static_cast<const Value*>(values.data())), ref});
  }
  return true;
}

// The keywords of f(**kwargs) become those of a call that names them.
bool Recorder::spread_keywords(V kwargs, std::vector<V>* given, Tuple** kwnames) {
  auto* d = kwargs.as<Dict>();
  has_shape(kwargs, shapes.dict);
  auto count_is = [&](size_t offset) {
    Ref count = b.load(obj(kwargs), Mem(static_cast<int>(offset), MemKind::kI64, kAliasDictSize));
    b.guard(b.emit(Op::EQ, Type::kBool, count, b.ir().k_i64(static_cast<int64_t>(d->size))), true);
  };
  count_is(offsetof(Dict, size));
  if (!d->size) return true;
  count_is(offsetof(Dict, used));
  Ref entries = b.load(obj(kwargs), Mem(offsetof(Dict, entries), MemKind::kObj, kAliasDictSize));
  Tuple* names = new_tuple_null(d->size);
  held_ = names;
  for (uint64_t i = 0; i < d->size; ++i) {
    int at = static_cast<int>(offsetof(DictEntries, entries) + i * sizeof(DictEntry));
    b.guard_is(b.load(entries, Mem(at, MemKind::kVal, kAliasDictSize)), d->entries->entries[i].key);
    names->items[i] = d->entries->entries[i].key;
    given->push_back({d->entries->entries[i].value, b.load(entries, Mem(at + 8, MemKind::kVal, kAliasDictSize))});
  }
  b.ir().k_obj(names);   // what machine code may name stays alive
  *kwnames = names;
  return true;
}

// CALL in all its forms, if it comes to a Python function that can be entered. False: not handled.
bool Recorder::python_call(Outcome* outcome) {
  const Instr* here = pc;
  bool method = here->op == interp::kCALL_METHOD || here->op == interp::kCALL_METHOD_KW;
  bool keywords = here->op == interp::kCALL_KW || here->op == interp::kCALL_METHOD_KW;
  V callee = reg(here->b);
  Value function = callee.v;
  bool bound = is_exact_shape(function, shapes.method);
  if (bound) function = function.as<Method>()->function;
  if (!is_exact_shape(function, shapes.function)) return false;
  Function* f = function.as<Function>();
  interp::CompiledCode* compiled = interp::ensure_compiled(f->code);
  if (!compiled) {
    clear_pending();
    return false;
  }
  unsigned fixed = keywords ? 5 : 4, words = here->op == interp::kCALL_EX ? 2 : fixed + interp::list_words(here->c);
  Tuple* kwnames = keywords ? interp::word_value(here, 4).as<Tuple>() : nullptr;
  if (kwnames && kwnames->size > here->c) return false;
  bool plain = !keywords && here->op != interp::kCALL_EX && !bound;
  V self = method ? reg(here->b + 1u) : V{};
  unsigned count = here->c + (method && self.v ? 1 : 0);
  // Arguments that fit are the templates' business, closures excepted.
  if (plain && compiled->exact_args == static_cast<int32_t>(count) && !known_by_code({function, callee.r})) return false;
  if (reason_ || !enterable(compiled)) return false;

  std::vector<V> given;
  V kwargs;
  if (bound) given.push_back({callee.as<Method>()->self, kNoRef});
  if (method && self.v) given.push_back(self);
  if (here->op == interp::kCALL_EX) {
    V args = reg(here->c);
    bool dict = interp::window_word(here)->flags;
    if (!is_exact_shape(args.v, shapes.tuple) || args.as<Tuple>()->size > kMaxSpread) return false;
    if (dict) {
      kwargs = reg(interp::window_word(here)->window);
      if (!is_exact_shape(kwargs.v, shapes.dict)) return false;
      if (kwargs.as<Dict>()->size > kMaxRest || kwargs.as<Dict>()->size != kwargs.as<Dict>()->used || !kwargs.as<Dict>()->str_keys_only) return false;
    }
    has_shape(args, shapes.tuple);
    unsigned size = static_cast<unsigned>(args.as<Tuple>()->size);
    tuple_size_is(args, size);
    for (unsigned i = 0; i < size; ++i) given.push_back(tuple_item_at(args, i));
    if (dict && !spread_keywords(kwargs, &given, &kwnames)) return false;
  } else {
    for (unsigned i = 0; i < here->c; ++i) given.push_back(reg(interp::register_list(here, static_cast<int>(fixed))[i]));
  }
  if (method) is_null(self);
  V target{function, callee.r};
  if (bound) {
    has_shape(callee, shapes.method);
    target.r = b.load(obj(callee), Mem(offsetof(Method, function), MemKind::kVal, kAliasImmutable));
    given[0].r = b.load(obj(callee), Mem(offsetof(Method, self), MemKind::kVal, kAliasImmutable));
  }
  guard_function(target);
  std::vector<V> values;
  bool defaults_used = false;
  if (!bind(f, given, kwnames, &values, &defaults_used)) return false;
  if (defaults_used && known_by_code(target)) {
    resume(kResume);
    b.guard_is(b.load(obj(target), Mem(offsetof(Function, defaults), MemKind::kVal, kAliasFunction)), f->defaults ? Value(f->defaults) : Value());
    b.guard_is(b.load(obj(target), Mem(offsetof(Function, kwdefaults), MemKind::kVal, kAliasFunction)), f->kwdefaults ? Value(f->kwdefaults) : Value());
  }
  call_trace_ = call_trace_wanted_;
  if (!push_values(target, V{}, values, here->a, words, 0)) return false;
  *outcome = entered();
  return true;
}

Outcome Recorder::copy_free_vars() {
  const Instr* here = pc;
  Function* f = frame()->function;
  Ref ref = b.slot_or_none(off() - 7);
  if (!f->closure || f->closure->size != here->b || (!ref && off() != 0)) return slow(interp::slow_COPY_FREE_VARS);
  V function{Value(static_cast<Object*>(f)), ref ? ref : b.slot(-7, Type::kObj)};
  if (is_const(function.r)) {
    for (unsigned i = 0; i < here->b; ++i) set_reg(here->a + i, imm(f->closure->items[i]));
    return next(1);
  }
  // Code with free variables only runs in functions whose closure has that many cells, and it never changes.
  V closure{Value(static_cast<Object*>(f->closure)), b.load(obj(function), Mem(offsetof(Function, closure), MemKind::kObj, kAliasImmutable))};
  for (unsigned i = 0; i < here->b; ++i) {
    V cell = tuple_item_at(closure, i);
    set_reg(here->a + i, cell);
  }
  return next(1);
}

}  // namespace pyjit::jit
