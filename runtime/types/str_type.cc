// The class str: slots, method table, construction.
#include "runtime/codecs.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/search.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/text_args.h"

namespace pyjit::runtime {
namespace {

Str* as_str(Value v) { return v.as<Str>(); }

void trace_str(Object* o, Tracer& tracer) { tracer.visit(reinterpret_cast<Object*>(static_cast<Str*>(o)->store)); }

// --- slots

Value slot_repr(Value v) { return repr_str(as_str(v)); }
Value slot_str(Value v) { return exact_str(as_str(v)); }
int64_t slot_hash(Value v) { return str_hash(as_str(v)); }
int64_t slot_length(Value v) { return static_cast<int64_t>(as_str(v)->length); }

Value slot_compare(Value a, Value b, CompareOp op) {
  if (!is_str(a) || !is_str(b)) return Value::not_implemented();
  const Str *x = as_str(a), *y = as_str(b);
  if (op == kEq) return Value::from_bool(str_equal(x, y));
  if (op == kNe) return Value::from_bool(!str_equal(x, y));
  int order = x == y ? 0 : str_compare(x, y);
  switch (op) {
    case kLt: return Value::from_bool(order < 0);
    case kLe: return Value::from_bool(order <= 0);
    case kGt: return Value::from_bool(order > 0);
    default: return Value::from_bool(order >= 0);
  }
}

Value slot_iter(Value v) { return new_text_iterator(as_str(v)->is_ascii() ? types.str_ascii_iterator : types.str_iterator, v); }

Value slot_getitem(Value v, Value key) {
  Str* s = as_str(v);
  int64_t index;
  if (key.is_int()) {
    index = key.as_int();
  } else if (is_exact(key, types.slice)) {
    int64_t start, stop, step, count;
    if (!slice_indices(key.as<Slice>(), static_cast<int64_t>(s->length), &start, &stop, &step, &count)) return nullptr;
    if (count <= 0) return names.empty;
    if (step == 1) return str_substring(s, static_cast<uint64_t>(start), static_cast<uint64_t>(start + count));
    return with_chars(s, [&](auto* chars) -> Value {
      using C = std::remove_const_t<std::remove_pointer_t<decltype(chars)>>;
      std::basic_string<C> picked(static_cast<size_t>(count), C{});
      for (int64_t i = 0, at = start; i < count; ++i, at += step) picked[static_cast<size_t>(i)] = chars[at];
      return new_str_from_chars(picked.data(), sizeof(C), picked.size());
    });
  } else {
    if (!class_of(key)->slots.index) return raisef(exc.TypeError, "string indices must be integers, not '%.200s'", type_name(key));
    if (!index_to_ssize(key, &index, exc.IndexError)) return nullptr;
  }
  if (index < 0) index += static_cast<int64_t>(s->length);
  if (static_cast<uint64_t>(index) >= s->length) return raise(exc.IndexError, "string index out of range");
  return char_str(s->at(static_cast<uint64_t>(index)));
}

int slot_contains(Value v, Value item) {
  if (!is_str(item)) {
    raisef(exc.TypeError, "'in <string>' requires string as left operand, not %.100s", type_name(item));
    return -1;
  }
  return str_find(as_str(v), as_str(item), 0, INT64_MAX) >= 0;
}

Value slot_repeat(Value v, Value count) {
  int64_t n;
  if (!index_to_ssize(count, &n, exc.OverflowError)) return nullptr;
  Str* s = as_str(v);
  if (n > 0 && s->length > static_cast<uint64_t>(INT64_MAX / n)) return raise(exc.OverflowError, "repeated string is too long");
  return str_repeat(s, n);
}

Value slot_mod(Value a, Value b) {
  if (!is_str(a)) return Value::not_implemented();
  return str_percent(as_str(a), b);
}

// str(object='', encoding='utf-8', errors='strict')
Value slot_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def{"str", "(object='', encoding='utf-8', errors='strict')"};
  static const Signature* signature = parse_signature(&def);
  Str* text;
  if (nargs == 1 && (!kwnames || kwnames->size == 0)) {
    text = str(args[0]);
  } else {
    Value bound[3];
    if (!bind_arguments(&def, signature, args, nargs, kwnames, bound)) return nullptr;
    for (int i = 1; i < 3; ++i)
      if (bound[i] && !is_str(bound[i]))
        return raisef(exc.TypeError, "str() argument '%s' must be str, not %.50s", i == 1 ? "encoding" : "errors",
                      bound[i].is_none() ? "None" : type_name(bound[i]));
    if (!bound[0]) text = names.empty;
    else if (!bound[1] && !bound[2]) text = str(bound[0]);
    else text = decode_object(bound[0], bound[1] ? bound[1].as<Str>() : nullptr, bound[2] ? bound[2].as<Str>() : nullptr);
  }
  if (!text || cls == types.str) return text;
  return new_str_of_class(cls, text);
}

// --- methods that have no file of their own

Value method_encode(Value* args) {
  for (int i = 1; i < 3; ++i)
    if (args[i] && !is_str(args[i]))
      return raisef(exc.TypeError, "encode() argument '%s' must be str, not %.50s", i == 1 ? "encoding" : "errors",
                    args[i].is_none() ? "None" : type_name(args[i]));
  return encode_str(as_str(args[0]), args[1] ? as_str(args[1]) : nullptr, args[2] ? as_str(args[2]) : nullptr);
}

template <class F>
Value find_with(const char* name, Value* args, uint32_t nargs, Tuple* kwnames, F f) {
  SubArgs a;
  if (!parse_sub_args("str", name, args, nargs, kwnames, &a)) return nullptr;
  if (!is_str(a.sub)) return raisef(exc.TypeError, "must be str, not %.100s", type_name(a.sub));
  return f(as_str(args[0]), as_str(a.sub), a.start, a.end);
}

Value method_find(Value* args, uint32_t nargs, Tuple* kwnames) {
  return find_with("find", args, nargs, kwnames, [](Str* s, Str* sub, int64_t i, int64_t j) { return Value::from_int(str_find(s, sub, i, j)); });
}
Value method_rfind(Value* args, uint32_t nargs, Tuple* kwnames) {
  return find_with("rfind", args, nargs, kwnames, [](Str* s, Str* sub, int64_t i, int64_t j) { return Value::from_int(str_rfind(s, sub, i, j)); });
}
Value found_or_raise(int64_t at) { return at < 0 ? Value(raise(exc.ValueError, "substring not found")) : Value::from_int(at); }
Value method_index(Value* args, uint32_t nargs, Tuple* kwnames) {
  return find_with("index", args, nargs, kwnames, [](Str* s, Str* sub, int64_t i, int64_t j) { return found_or_raise(str_find(s, sub, i, j)); });
}
Value method_rindex(Value* args, uint32_t nargs, Tuple* kwnames) {
  return find_with("rindex", args, nargs, kwnames, [](Str* s, Str* sub, int64_t i, int64_t j) { return found_or_raise(str_rfind(s, sub, i, j)); });
}
Value method_count(Value* args, uint32_t nargs, Tuple* kwnames) {
  return find_with("count", args, nargs, kwnames,
                   [](Str* s, Str* sub, int64_t i, int64_t j) { return Value::from_int(str_count(s, sub, i, j, INT64_MAX)); });
}

bool matches_end(const Str* s, const Str* piece, int64_t start, int64_t end, bool at_end) {
  adjust_indices(static_cast<int64_t>(s->length), &start, &end);
  int64_t m = static_cast<int64_t>(piece->length);
  if (end - start < m) return false;
  return str_matches_at(s, piece, static_cast<uint64_t>(at_end ? end - m : start));
}

Value affix(const char* name, bool at_end, Value* args, uint32_t nargs, Tuple* kwnames) {
  SubArgs a;
  if (!parse_sub_args("str", name, args, nargs, kwnames, &a)) return nullptr;
  const Str* s = as_str(args[0]);
  if (is_str(a.sub)) return Value::from_bool(matches_end(s, as_str(a.sub), a.start, a.end, at_end));
  if (!is_tuple(a.sub))
    return raisef(exc.TypeError, "%s first arg must be str or a tuple of str, not %.100s", name, type_name(a.sub));
  const Tuple* choices = a.sub.as<Tuple>();
  for (uint64_t i = 0; i < choices->size; ++i) {
    Value choice = choices->items[i];
    if (!is_str(choice)) return raisef(exc.TypeError, "tuple for %s must only contain str, not %.100s", name, type_name(choice));
    if (matches_end(s, as_str(choice), a.start, a.end, at_end)) return Value::from_bool(true);
  }
  return Value::from_bool(false);
}
Value method_startswith(Value* args, uint32_t nargs, Tuple* kwnames) { return affix("startswith", false, args, nargs, kwnames); }
Value method_endswith(Value* args, uint32_t nargs, Tuple* kwnames) { return affix("endswith", true, args, nargs, kwnames); }

// CPython's object sizes: 48-byte ASCII header, 72 (3.11) otherwise, and a terminator.
Value method_sizeof(Value* args) {
  const Str* s = as_str(args[0]);
  return new_int(static_cast<int64_t>(s->is_ascii() ? 48 + s->length + 1 : 72 + (s->length + 1) * s->kind()));
}

Value method_getnewargs(Value* args) { return make_tuple(exact_str(as_str(args[0]))); }

constexpr Effects kPure = with_raise(Effects::kPure);
constexpr Effects kAny = Effects::kCallsPython;

}  // namespace

const MethodDef kStrMethods[] = {
    {"encode", "($self, /, encoding='utf-8', errors='strict')", method_encode, kAny},
    {"replace", "($self, old, new, count=-1, /)", str_replace, kAny},
    {"split", "($self, /, sep=None, maxsplit=-1)", str_split, kAny},
    {"rsplit", "($self, /, sep=None, maxsplit=-1)", str_rsplit, kAny},
    {"join", "($self, iterable, /)", str_join_method, kAny},
    {"capitalize", "($self, /)", str_capitalize, kPure},
    {"casefold", "($self, /)", str_casefold, kPure},
    {"title", "($self, /)", str_title, kPure},
    {"center", "($self, width, fillchar=' ', /)", str_center, kAny},
    {"count", "!($self, sub, start=None, end=None, /)", nullptr, kAny, MethodKind::kMethod, nullptr, method_count},
    {"expandtabs", "($self, /, tabsize=8)", str_expandtabs, kAny},
    {"find", "!($self, sub, start=None, end=None, /)", nullptr, kAny, MethodKind::kMethod, nullptr, method_find},
    {"partition", "($self, sep, /)", str_partition, kPure},
    {"index", "!($self, sub, start=None, end=None, /)", nullptr, kAny, MethodKind::kMethod, nullptr, method_index},
    {"ljust", "($self, width, fillchar=' ', /)", str_ljust, kAny},
    {"lower", "($self, /)", str_lower, kPure},
    {"lstrip", "($self, chars=None, /)", str_lstrip, kPure},
    {"rfind", "!($self, sub, start=None, end=None, /)", nullptr, kAny, MethodKind::kMethod, nullptr, method_rfind},
    {"rindex", "!($self, sub, start=None, end=None, /)", nullptr, kAny, MethodKind::kMethod, nullptr, method_rindex},
    {"rjust", "($self, width, fillchar=' ', /)", str_rjust, kAny},
    {"rstrip", "($self, chars=None, /)", str_rstrip, kPure},
    {"rpartition", "($self, sep, /)", str_rpartition, kPure},
    {"splitlines", "($self, /, keepends=False)", str_splitlines, kAny},
    {"strip", "($self, chars=None, /)", str_strip, kPure},
    {"swapcase", "($self, /)", str_swapcase, kPure},
    {"translate", "($self, table, /)", str_translate, kAny},
    {"upper", "($self, /)", str_upper, kPure},
    {"startswith", "!($self, prefix, start=None, end=None, /)", nullptr, kAny, MethodKind::kMethod, nullptr, method_startswith},
    {"endswith", "!($self, suffix, start=None, end=None, /)", nullptr, kAny, MethodKind::kMethod, nullptr, method_endswith},
    {"removeprefix", "($self, prefix, /)", str_removeprefix, kPure},
    {"removesuffix", "($self, suffix, /)", str_removesuffix, kPure},
    {"isascii", "($self, /)", str_isascii, Effects::kPure},
    {"islower", "($self, /)", str_islower, Effects::kPure},
    {"isupper", "($self, /)", str_isupper, Effects::kPure},
    {"istitle", "($self, /)", str_istitle, Effects::kPure},
    {"isspace", "($self, /)", str_isspace, Effects::kPure},
    {"isdecimal", "($self, /)", str_isdecimal, Effects::kPure},
    {"isdigit", "($self, /)", str_isdigit, Effects::kPure},
    {"isnumeric", "($self, /)", str_isnumeric, Effects::kPure},
    {"isalpha", "($self, /)", str_isalpha, Effects::kPure},
    {"isalnum", "($self, /)", str_isalnum, Effects::kPure},
    {"isidentifier", "($self, /)", str_isidentifier, Effects::kPure},
    {"isprintable", "($self, /)", str_isprintable, Effects::kPure},
    {"zfill", "($self, width, /)", str_zfill, kAny},
    {"format", "!($self, *args, **kwargs)", nullptr, kAny, MethodKind::kMethod, nullptr, str_format},
    {"format_map", "!($self, mapping, /)", str_format_map, kAny},
    {"__format__", "($self, format_spec, /)", str_dunder_format, kAny},
    {"maketrans", "!(x, y=None, z=None, /)", nullptr, kAny, MethodKind::kStaticMethod, nullptr, str_maketrans},
    {"__sizeof__", "($self, /)", method_sizeof, Effects::kPure},
    {"__getnewargs__", "!($self, /)", method_getnewargs, kPure},
    {},
};

Value str_add(Value a, Value b) {
  if (!is_str(b)) return raisef(exc.TypeError, "can only concatenate str (not \"%.200s\") to str", type_name(b));
  return str_concat(as_str(a), as_str(b));
}

void init_str_type() {
  static const ClassSpec spec = [] {
    ClassSpec s{.name = "str", .basicsize = sizeof(Str), .flags = kClassBaseType | kSubStr, .trace_kind = TraceKind::kCustom, .trace = trace_str};
    s.doc =
        "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\n"
        "Text: an immutable sequence of Unicode code points. With an encoding or an\nerror handler the object's bytes are decoded "
        "(utf-8 and strict are the defaults);\notherwise the result is object.__str__().";
    s.slots.repr = slot_repr;
    s.slots.str = slot_str;
    s.slots.hash = slot_hash;
    s.slots.compare = slot_compare;
    s.slots.iter = slot_iter;
    s.slots.length = slot_length;
    s.slots.getitem = slot_getitem;
    s.slots.contains = slot_contains;
    s.slots.binary[kMod] = slot_mod;
    s.slots.concat = str_add;
    s.slots.repeat = slot_repeat;
    s.slots.new_ = slot_new;
    s.methods = kStrMethods;
    return s;
  }();
  types.str = new_builtin_class(spec);
  str_shape->cls = types.str;
  types.str->root_shape = str_shape;
}

}  // namespace pyjit::runtime
