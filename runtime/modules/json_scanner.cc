// JSON text → values: _json.scanstring and the Scanner class.
#include "runtime/modules/json.h"
#include "runtime/names.h"

namespace pyjit::runtime::json {
namespace {

// import module; module.name
Value imported(const char* module, const char* name) {
  Module* builtins = TRY(import_native_module("builtins"));
  Value import = TRY(module_get(builtins, names.dunder_import));
  Value args[] = {intern(module), Value::none(), Value::none(), make_tuple(intern(name))};
  Value m = TRY(call(import, args, 4));
  return get_attr(m, intern(name));
}

int hex_value(uint32_t c) {
  if (c - '0' < 10) return static_cast<int>(c - '0');
  c |= 0x20;
  return c - 'a' < 6 ? static_cast<int>(c - 'a' + 10) : -1;
}
bool is_space(uint32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

struct Scanner : Object {
  Value object_hook, object_pairs_hook, parse_float, parse_int, parse_constant;
  bool strict;
  bool plain_float, plain_int;   // parse_float is float, parse_int is int
};

void trace_scanner(Object* o, Tracer& tracer) {
  Scanner* s = static_cast<Scanner*>(o);
  for (Value v : {s->object_hook, s->object_pairs_hook, s->parse_float, s->parse_int, s->parse_constant}) tracer.visit(v);
}

class Scan {
 public:
  Scan(Scanner* scanner, Str* text) : scanner_(scanner), s_(text), n_(static_cast<int64_t>(text->length)) {}

  // The value at `at`. Null: StopIteration(position) or another exception is pending.
  Value value(int64_t at, int64_t* end) {
    if (at < 0) return raise(exc.ValueError, "idx cannot be negative");
    if (at >= n_) return raise_stop_iteration(new_int(at));
    switch (ch(at)) {
      case '"': return scan_string(s_, at + 1, scanner_->strict, end);
      case '{': {
        RecursionGuard guard(" while decoding a JSON object from a unicode string");
        return guard.ok() ? object(at + 1, end) : Value();
      }
      case '[': {
        RecursionGuard guard(" while decoding a JSON array from a unicode string");
        return guard.ok() ? array(at + 1, end) : Value();
      }
      case 'n': if (word(at, "null", end)) return Value::none(); break;
      case 't': if (word(at, "true", end)) return Value::from_bool(true); break;
      case 'f': if (word(at, "false", end)) return Value::from_bool(false); break;
      case 'N': if (word(at, "NaN", end)) return constant("NaN"); break;
      case 'I': if (word(at, "Infinity", end)) return constant("Infinity"); break;
      case '-': if (word(at, "-Infinity", end)) return constant("-Infinity"); break;
    }
    return number(at, end);
  }

 private:
  uint32_t ch(int64_t i) const { return s_->at(static_cast<uint64_t>(i)); }
  int64_t skip(int64_t i) const {
    while (i < n_ && is_space(ch(i))) ++i;
    return i;
  }
  bool is(int64_t i, uint32_t c) const { return i < n_ && ch(i) == c; }
  bool digit(int64_t i) const { return i < n_ && ch(i) - '0' < 10; }

  bool word(int64_t at, std::string_view text, int64_t* end) const {
    if (n_ - at < static_cast<int64_t>(text.size())) return false;
    for (size_t k = 0; k < text.size(); ++k)
      if (ch(at + static_cast<int64_t>(k)) != static_cast<uint8_t>(text[k])) return false;
    *end = at + static_cast<int64_t>(text.size());
    return true;
  }
  Value constant(const char* text) { return call1(scanner_->parse_constant, intern(text)); }

  Value number(int64_t start, int64_t* end) {
    int64_t i = start;
    if (is(i, '-')) ++i;
    if (!digit(i)) return raise_stop_iteration(new_int(start));
    if (ch(i) == '0') ++i;
    else while (digit(i)) ++i;
    bool real = false;
    if (is(i, '.') && digit(i + 1)) {
      real = true;
      i += 2;
      while (digit(i)) ++i;
    }
    if (is(i, 'e') || is(i, 'E')) {
      int64_t e = i + 1;
      if (is(e, '-') || is(e, '+')) ++e;
      if (digit(e)) {
        real = true;
        while (digit(e)) ++e;
        i = e;
      }
    }
    *end = i;
    std::string text;
    for (int64_t k = start; k < i; ++k) text.push_back(static_cast<char>(ch(k)));
    Value parser = real ? scanner_->parse_float : scanner_->parse_int;
    if (real ? scanner_->plain_float : scanner_->plain_int) {
      if (!real && text.size() > 18) return int_from_str_object(new_str_ascii(text.data(), text.size()), 10);   // the digit limit applies
      bool valid;
      return real ? float_from_text(text, &valid) : int_from_text(text, 10, &valid);
    }
    return call1(parser, new_str_ascii(text.data(), text.size()));
  }

  Value array(int64_t i, int64_t* end) {
    List* list = TRY(new_list());
    i = skip(i);
    if (!is(i, ']')) {
      for (;;) {
        Value v = TRY(value(i, &i));
        if (!list_append(list, v)) return nullptr;
        i = skip(i);
        if (is(i, ']')) break;
        if (!is(i, ',')) return raise_decode_error("Expecting ',' delimiter", s_, i);
        i = skip(i + 1);
      }
    }
    *end = i + 1;
    return list;
  }

  Value object(int64_t i, int64_t* end) {
    bool pairs = !scanner_->object_pairs_hook.is_none();
    Dict* dict = nullptr;
    List* list = nullptr;
    if (pairs) list = TRY(new_list());
    else dict = TRY(new_dict());
    i = skip(i);
    if (!is(i, '}')) {
      for (;;) {
        if (!is(i, '"')) return raise_decode_error("Expecting property name enclosed in double quotes", s_, i);
        Str* key = TRY(scan_string(s_, i + 1, scanner_->strict, &i));
        key = TRY(memoized(key));
        i = skip(i);
        if (!is(i, ':')) return raise_decode_error("Expecting ':' delimiter", s_, i);
        i = skip(i + 1);
        Value v = TRY(value(i, &i));
        if (pairs ? !list_append(list, make_tuple(key, v)) : !dict_set(dict, key, v)) return nullptr;
        i = skip(i);
        if (is(i, '}')) break;
        if (!is(i, ',')) return raise_decode_error("Expecting ',' delimiter", s_, i);
        i = skip(i + 1);
      }
    }
    *end = i + 1;
    if (pairs) return call1(scanner_->object_pairs_hook, list);
    if (!scanner_->object_hook.is_none()) return call1(scanner_->object_hook, dict);
    return dict;
  }

  // Equal keys are one object.
  Str* memoized(Str* key) {
    if (!memo_) memo_ = TRY(new_dict());
    Value known = dict_set_default(memo_, key, key);
    return known.as<Str>();
  }

  Scanner* scanner_;
  Str* s_;
  int64_t n_;
  Dict* memo_ = nullptr;
};

Value scanner_call(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def{"scan_once", "(string, idx)"};
  static const Signature* signature = parse_signature(&def);
  Value bound[2];
  int64_t at, end = 0;
  if (!bind_arguments(&def, signature, args, nargs, kwnames, bound) || !to_ssize(bound[1], &at)) return nullptr;
  if (!is_str(bound[0])) return raisef(exc.TypeError, "first argument must be a string, not %.80s", type_name(bound[0]));
  Scan scan(self.as<Scanner>(), bound[0].as<Str>());
  Value result = TRY(scan.value(at, &end));
  return make_tuple(result, new_int(end));
}

Value scanner_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def{"make_scanner", "(context)"};
  static const Signature* signature = parse_signature(&def);
  Value context;
  if (!bind_arguments(&def, signature, args, nargs, kwnames, &context)) return nullptr;
  Scanner* s = TRY(allocate_instance_of<Scanner>(cls));
  Value strict = TRY(get_attr(context, names.strict));
  int truth = is_true(strict);
  if (truth < 0) return nullptr;
  s->strict = truth == 1;
  s->object_hook = TRY(get_attr(context, intern("object_hook")));
  s->object_pairs_hook = TRY(get_attr(context, intern("object_pairs_hook")));
  s->parse_float = TRY(get_attr(context, intern("parse_float")));
  s->parse_int = TRY(get_attr(context, intern("parse_int")));
  s->parse_constant = TRY(get_attr(context, intern("parse_constant")));
  s->plain_float = s->parse_float == Value(types.float_);
  s->plain_int = s->parse_int == Value(types.int_);
  write_barrier(s);
  return s;
}

#define GETTER(field) \
  Value get_##field(Value v) { return v.as<Scanner>()->field; }
GETTER(object_hook)
GETTER(object_pairs_hook)
GETTER(parse_float)
GETTER(parse_int)
GETTER(parse_constant)
#undef GETTER
Value get_strict(Value v) { return Value::from_bool(v.as<Scanner>()->strict); }

const GetSetDef kGetSet[] = {{"strict", get_strict}, {"object_hook", get_object_hook}, {"object_pairs_hook", get_object_pairs_hook},
                             {"parse_float", get_parse_float}, {"parse_int", get_parse_int}, {"parse_constant", get_parse_constant}, {}};

}  // namespace

std::nullptr_t raise_decode_error(const char* message, Str* s, int64_t position) {
  Value cls = imported("json.decoder", "JSONDecodeError");
  Value error = cls ? call3(cls, new_str(message), s, new_int(position)) : Value();
  return error ? raise_object(error) : nullptr;
}

Str* scan_string(Str* s, int64_t at, bool strict, int64_t* end) {
  int64_t n = static_cast<int64_t>(s->length), begin = at - 1;
  if (at < 0 || at > n) return raise(exc.ValueError, "end is out of bounds");
  StrBuilder out;
  bool built = false;   // something besides one run of plain characters
  for (int64_t i = at;;) {
    int64_t run = i;
    uint32_t c = 0;
    bool found = with_chars(s, [&](auto* chars) {
      for (; i < n; ++i) {
        c = chars[i];
        if (c == '"' || c == '\\') return true;
        if (c <= 0x1F && strict) return true;
      }
      return false;
    });
    if (!found) return raise_decode_error("Unterminated string starting at", s, begin);
    if (c == '"') {
      *end = i + 1;
      if (!built) return str_substring(s, static_cast<uint64_t>(run), static_cast<uint64_t>(i));
      out.append(s, static_cast<uint64_t>(run), static_cast<uint64_t>(i));
      return out.finish();
    }
    if (c != '\\') return raise_decode_error("Invalid control character at", s, i);
    out.append(s, static_cast<uint64_t>(run), static_cast<uint64_t>(i));
    built = true;
    if (++i >= n) return raise_decode_error("Unterminated string starting at", s, begin);
    c = s->at(static_cast<uint64_t>(i++));
    switch (c) {
      case '"': case '\\': case '/': out.append(c); continue;
      case 'b': out.append(uint32_t{'\b'}); continue;
      case 'f': out.append(uint32_t{'\f'}); continue;
      case 'n': out.append(uint32_t{'\n'}); continue;
      case 'r': out.append(uint32_t{'\r'}); continue;
      case 't': out.append(uint32_t{'\t'}); continue;
      case 'u': break;
      default: return raise_decode_error("Invalid \\escape", s, i - 2);
    }
    auto unit = [&](int64_t from, uint32_t* value) {
      *value = 0;
      if (from + 4 >= n) return false;   // four digits and at least the closing quote
      for (int k = 0; k < 4; ++k) {
        int h = hex_value(s->at(static_cast<uint64_t>(from + k)));
        if (h < 0) return false;
        *value = *value << 4 | static_cast<uint32_t>(h);
      }
      return true;
    };
    uint32_t u, low;
    if (!unit(i, &u)) return raise_decode_error("Invalid \\uXXXX escape", s, i - 1);
    i += 4;
    if (u >= 0xD800 && u < 0xDC00 && i + 6 < n && s->at(static_cast<uint64_t>(i)) == '\\' && s->at(static_cast<uint64_t>(i + 1)) == 'u' &&
        unit(i + 2, &low) && low >= 0xDC00 && low < 0xE000) {
      u = 0x10000 + ((u - 0xD800) << 10) + (low - 0xDC00);
      i += 6;
    }
    out.append(u);
  }
}

Class* make_scanner_class() {
  static const ClassSpec spec = [] {
    ClassSpec s{.name = "_json.Scanner", .basicsize = sizeof(Scanner), .flags = kClassBaseType, .trace_kind = TraceKind::kCustom, .trace = trace_scanner};
    s.doc = "JSON scanner object";
    s.slots.call = scanner_call;
    s.slots.new_ = scanner_new;
    s.getset = kGetSet;
    return s;
  }();
  return new_builtin_class(spec);
}

}  // namespace pyjit::runtime::json
