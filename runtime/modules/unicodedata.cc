// The module unicodedata, and its ucd_3_2_0 object (what was unassigned then has no properties).
#include "runtime/unicode/unicode.h"

#include "runtime/module_registry.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/containers.h"
#include "runtime/types/text_args.h"
#include "runtime/unicode/names.h"

namespace pyjit::runtime {
namespace {

Class* ucd_class;

bool is_old(Value self) { return self.is_object() && is_exact(self, ucd_class); }
bool absent(Value self, char32_t c) { return is_old(self) && !unicode::assigned_in_3_2(c); }

// The functions are bound either to the module or to the 3.2 object: self first.
bool character(Value v, const char* function, const char* which, char32_t* c) {
  if (is_str(v) && v.as<Str>()->length == 1) {
    *c = v.as<Str>()->at(0);
    return true;
  }
  raisef(exc.TypeError, "%s() argument%s must be a unicode character, not %.50s", function, which, v.is_none() ? "None" : type_name(v));
  return false;
}

Value text(const char* s) { return intern(s); }

Value category(Value* a) {
  char32_t c;
  if (!character(a[1], "category", "", &c)) return nullptr;
  return text(absent(a[0], c) ? "Cn" : unicode::category(c));
}
Value bidirectional(Value* a) {
  char32_t c;
  if (!character(a[1], "bidirectional", "", &c)) return nullptr;
  return text(absent(a[0], c) ? "" : unicode::bidirectional(c));
}
Value combining(Value* a) {
  char32_t c;
  if (!character(a[1], "combining", "", &c)) return nullptr;
  return Value::from_int(absent(a[0], c) ? 0 : unicode::combining(c));
}
Value mirrored(Value* a) {
  char32_t c;
  if (!character(a[1], "mirrored", "", &c)) return nullptr;
  return Value::from_int(absent(a[0], c) ? 0 : unicode::is_mirrored(c));
}
Value east_asian_width(Value* a) {
  char32_t c;
  if (!character(a[1], "east_asian_width", "", &c)) return nullptr;
  return text(unicode::east_asian_width(c));
}
Value decomposition(Value* a) {
  char32_t c;
  if (!character(a[1], "decomposition", "", &c)) return nullptr;
  return absent(a[0], c) ? names.empty : new_str(unicode::decomposition(c));
}

Value fallback(Value given, const char* message) { return given ? given : Value(raise(exc.ValueError, message)); }

Value decimal(Value* a) {
  char32_t c;
  if (!character(a[1], "decimal", " 1", &c)) return nullptr;
  int n = absent(a[0], c) ? -1 : unicode::decimal_value(c);
  return n < 0 ? fallback(a[2], "not a decimal") : Value::from_int(n);
}
Value digit(Value* a) {
  char32_t c;
  if (!character(a[1], "digit", " 1", &c)) return nullptr;
  int n = absent(a[0], c) ? -1 : unicode::digit_value(c);
  return n < 0 ? fallback(a[2], "not a digit") : Value::from_int(n);
}
Value numeric(Value* a) {
  char32_t c;
  if (!character(a[1], "numeric", " 1", &c)) return nullptr;
  bool has = !absent(a[0], c) && unicode::is_numeric(c);
  return has ? new_float(unicode::numeric_value(c)) : fallback(a[2], "not a numeric character");
}
Value name(Value* a) {
  char32_t c;
  if (!character(a[1], "name", " 1", &c)) return nullptr;
  std::string out;
  if (absent(a[0], c) || !unicode::character_name(c, &out)) return fallback(a[2], "no such name");
  return new_str(out);
}

Value lookup(Value* a) {
  std::string wanted;
  if (is_str(a[1])) {
    wanted = to_utf8(a[1].as<Str>());
  } else {
    BufferArg buffer;
    if (!buffer.get(a[1])) return nullptr;
    wanted = buffer.view();
  }
  if (wanted.size() > 256) return raise(exc.KeyError, "name too long");
  char32_t c;
  std::u32string sequence;
  if (unicode::find_character(wanted, &c) && !absent(a[0], c)) return char_str(static_cast<uint32_t>(c));
  if (!is_old(a[0]) && unicode::find_sequence(wanted, &sequence))
    return new_str_from_code_points(reinterpret_cast<const uint32_t*>(sequence.data()), sequence.size());
  return raise(exc.KeyError, "undefined character name '" + wanted + "'");
}

bool form_and_text(Value* a, const char* function, unicode::Form* form, bool* known, std::u32string* out) {
  for (int i = 1; i <= 2; ++i)
    if (!is_str(a[i])) {
      raisef(exc.TypeError, "%s() argument %d must be str, not %.50s", function, i, a[i].is_none() ? "None" : type_name(a[i]));
      return false;
    }
  static constexpr struct { const char* name; unicode::Form form; } kForms[] = {
      {"NFC", unicode::Form::kNFC}, {"NFD", unicode::Form::kNFD}, {"NFKC", unicode::Form::kNFKC}, {"NFKD", unicode::Form::kNFKD}};
  *known = false;
  for (auto& f : kForms)
    if (str_equals(a[1].as<Str>(), f.name)) {
      *form = f.form;
      *known = true;
    }
  const Str* s = a[2].as<Str>();
  out->resize(s->length);
  copy_code_points(out->data(), 4, 0, s, 0, s->length);
  return true;
}

Value normalize(Value* a) {
  unicode::Form form;
  bool known;
  std::u32string s;
  if (!form_and_text(a, "normalize", &form, &known, &s)) return nullptr;
  if (s.empty()) return a[2];
  if (!known) return raise(exc.ValueError, "invalid normalization form");
  Str* self = a[2].as<Str>();
  if (self->is_ascii() || unicode::is_normalized(form, s)) return exact_str(self);
  std::u32string out;
  if (!is_old(a[0])) {
    out = unicode::normalize(form, s);
  } else {   // characters unknown to 3.2 neither change nor combine
    std::u32string run;
    auto flush = [&] {
      if (!run.empty()) out += unicode::normalize(form, run);
      run.clear();
    };
    for (char32_t c : s) {
      if (unicode::assigned_in_3_2(c)) {
        run += c;
      } else {
        flush();
        out += c;
      }
    }
    flush();
  }
  return new_str_from_code_points(reinterpret_cast<const uint32_t*>(out.data()), out.size());
}

Value is_normalized(Value* a) {
  unicode::Form form;
  bool known;
  std::u32string s;
  if (!form_and_text(a, "is_normalized", &form, &known, &s)) return nullptr;
  if (s.empty()) return Value::from_bool(true);
  if (!known) return raise(exc.ValueError, "invalid normalization form");
  return Value::from_bool(unicode::is_normalized(form, s));
}

Value get_version(Value) { return intern("3.2.0"); }

const MethodDef kMethods[] = {
    {"decimal", "!($self, chr, default=None, /)", decimal, with_raise(Effects::kPure)},
    {"digit", "!($self, chr, default=None, /)", digit, with_raise(Effects::kPure)},
    {"numeric", "!($self, chr, default=None, /)", numeric, with_raise(Effects::kPure)},
    {"category", "($self, chr, /)", category, with_raise(Effects::kPure)},
    {"bidirectional", "($self, chr, /)", bidirectional, with_raise(Effects::kPure)},
    {"combining", "($self, chr, /)", combining, with_raise(Effects::kPure)},
    {"mirrored", "($self, chr, /)", mirrored, with_raise(Effects::kPure)},
    {"east_asian_width", "($self, chr, /)", east_asian_width, with_raise(Effects::kPure)},
    {"decomposition", "($self, chr, /)", decomposition, with_raise(Effects::kPure)},
    {"name", "!($self, chr, default=None, /)", name, with_raise(Effects::kPure)},
    {"lookup", "($self, name, /)", lookup, Effects::kCallsPython},
    {"is_normalized", "($self, form, unistr, /)", is_normalized, with_raise(Effects::kPure)},
    {"normalize", "($self, form, unistr, /)", normalize, with_raise(Effects::kPure)},
    {},
};
const GetSetDef kGetSet[] = {{"unidata_version", get_version}, {}};

// The module's functions have no self parameter.
template <Value (*kMethod)(Value*)>
Value as_function(Value* args) {
  Value with_self[] = {Value::none(), args[0], args[1]};
  return kMethod(with_self);
}
template <Value (*kMethod)(Value*)>
Value as_function1(Value* args) {
  Value with_self[] = {Value::none(), args[0], nullptr};
  return kMethod(with_self);
}
const MethodDef kFunctions[] = {
    {"decimal", "!($module, chr, default=None, /)", as_function<decimal>, with_raise(Effects::kPure)},
    {"digit", "!($module, chr, default=None, /)", as_function<digit>, with_raise(Effects::kPure)},
    {"numeric", "!($module, chr, default=None, /)", as_function<numeric>, with_raise(Effects::kPure)},
    {"category", "($module, chr, /)", as_function1<category>, with_raise(Effects::kPure)},
    {"bidirectional", "($module, chr, /)", as_function1<bidirectional>, with_raise(Effects::kPure)},
    {"combining", "($module, chr, /)", as_function1<combining>, with_raise(Effects::kPure)},
    {"mirrored", "($module, chr, /)", as_function1<mirrored>, with_raise(Effects::kPure)},
    {"east_asian_width", "($module, chr, /)", as_function1<east_asian_width>, with_raise(Effects::kPure)},
    {"decomposition", "($module, chr, /)", as_function1<decomposition>, with_raise(Effects::kPure)},
    {"name", "!($module, chr, default=None, /)", as_function<name>, with_raise(Effects::kPure)},
    {"lookup", "($module, name, /)", as_function1<lookup>, Effects::kCallsPython},
    {"is_normalized", "($module, form, unistr, /)", as_function<is_normalized>, with_raise(Effects::kPure)},
    {"normalize", "($module, form, unistr, /)", as_function<normalize>, with_raise(Effects::kPure)},
    {},
};

}  // namespace

bool init_unicodedata_module(Module* module) {
  if (!ucd_class) {
    static const ClassSpec spec{.name = "unicodedata.UCD", .flags = kClassNoInstantiation, .methods = kMethods, .getset = kGetSet};
    ucd_class = new_builtin_class(spec);
  }
  Object* old = allocate_instance(ucd_class);
  return old && add_functions(module, kFunctions) && add_string(module, "unidata_version", "14.0.0") && add_object(module, "UCD", ucd_class) &&
         add_object(module, "ucd_3_2_0", old);
}

}  // namespace pyjit::runtime
