// Values → JSON text: quoting and the Encoder class (compact form only; indented output is the Python code's).
#include "runtime/modules/json.h"
#include "runtime/names.h"

namespace pyjit::runtime::json {

void append_quoted(StrBuilder& out, const Str* s, bool ascii_only) {
  static constexpr char kHex[] = "0123456789abcdef";
  auto unit = [&](uint32_t u) {
    char text[] = {'\\', 'u', kHex[u >> 12 & 15], kHex[u >> 8 & 15], kHex[u >> 4 & 15], kHex[u & 15]};
    out.append_ascii({text, 6});
  };
  out.append(uint32_t{'"'});
  with_chars(s, [&](auto* chars) {
    uint64_t run = 0;
    for (uint64_t i = 0; i < s->length; ++i) {
      uint32_t c = chars[i];
      bool plain = c >= ' ' && c != '"' && c != '\\' && (!ascii_only || c < 0x7F);
      if (plain) continue;
      out.append(s, run, i);
      run = i + 1;
      switch (c) {
        case '"': out.append_ascii("\\\""); break;
        case '\\': out.append_ascii("\\\\"); break;
        case '\b': out.append_ascii("\\b"); break;
        case '\f': out.append_ascii("\\f"); break;
        case '\n': out.append_ascii("\\n"); break;
        case '\r': out.append_ascii("\\r"); break;
        case '\t': out.append_ascii("\\t"); break;
        default:
          if (c < 0x10000) {
            unit(c);
          } else {
            unit(0xD800 + ((c - 0x10000) >> 10));
            unit(0xDC00 + (c & 0x3FF));
          }
      }
    }
    out.append(s, run, s->length);
  });
  out.append(uint32_t{'"'});
}

namespace {

Value quoted(Value* args, bool ascii_only) {
  if (!is_str(args[0])) return raisef(exc.TypeError, "first argument must be a string, not %.80s", type_name(args[0]));
  StrBuilder out;
  append_quoted(out, args[0].as<Str>(), ascii_only);
  return out.finish();
}

struct Encoder : Object {
  Value markers, default_, encoder, indent, key_separator, item_separator;
  bool sort_keys, skipkeys, allow_nan;
  int8_t fast;   // encoder is encode_basestring_ascii (1) or encode_basestring (2)
};

void trace_encoder(Object* o, Tracer& tracer) {
  Encoder* e = static_cast<Encoder*>(o);
  for (Value v : {e->markers, e->default_, e->encoder, e->indent, e->key_separator, e->item_separator}) tracer.visit(v);
}

class Encode {
 public:
  explicit Encode(Encoder* e) : e_(e) {}
  StrBuilder out;

  bool value(Value v) {
    if (v.is_none()) return ascii("null");
    if (v.is_bool()) return ascii(v.is_true() ? "true" : "false");
    if (is_str(v)) return string(v);
    if (is_int_like(v)) return integer(v);
    if (is_float_like(v)) return real(v);
    RecursionGuard guard(" while encoding a JSON object");
    if (!guard.ok()) return false;
    if (is_list(v) || is_tuple(v)) return list(v);
    if (is_dict(v)) return dict(v);
    Value marker;
    if (!enter(v, &marker)) return false;
    Value replacement = TRY(call1(e_->default_, v));
    return value(replacement) && leave(marker);
  }

 private:
  bool ascii(std::string_view text) {
    out.append_ascii(text);
    return true;
  }
  bool text(Value v) {
    out.append(v.as<Str>());
    return true;
  }

  bool string(Value v) {
    if (e_->fast) {
      append_quoted(out, v.as<Str>(), e_->fast == 1);
      return true;
    }
    Value r = TRY(call1(e_->encoder, v));
    if (!is_str(r)) {
      raisef(exc.TypeError, "encoder() must return a string, not %.80s", type_name(r));
      return false;
    }
    return text(r);
  }
  bool integer(Value v) {
    Str* s = TRY(int_repr(int_value(v)));
    return text(s);
  }
  bool real(Value v) {
    double d = float_value(v);
    if (std::isfinite(d)) return ascii(float_repr(d));
    if (!e_->allow_nan) {
      raise(exc.ValueError, "Out of range float values are not JSON compliant");
      return false;
    }
    return ascii(std::isnan(d) ? "NaN" : d > 0 ? "Infinity" : "-Infinity");
  }

  // Remembers containers that are being written.
  bool enter(Value v, Value* marker) {
    if (e_->markers.is_none()) return true;
    *marker = new_int(static_cast<int64_t>(v.bits()));
    int known = dict_contains(e_->markers.as<Dict>(), *marker);
    if (known < 0) return false;
    if (known) {
      raise(exc.ValueError, "Circular reference detected");
      return false;
    }
    return dict_set(e_->markers.as<Dict>(), *marker, v);
  }
  bool leave(Value marker) { return !marker || dict_delete(e_->markers.as<Dict>(), marker) >= 0; }

  bool list(Value v) {
    Value* items;
    size_t count;
    Value keep, marker;
    if (!fast_sequence(v, "_iterencode_list needs a sequence", &items, &count, &keep)) return false;
    if (count == 0) return ascii("[]");
    if (!enter(v, &marker)) return false;
    ascii("[");
    for (size_t i = 0;; ++i) {
      size_t size = is_list(keep ? keep : v) ? (keep ? keep : v).as<List>()->size : count;   // default() may change the list
      if (i >= size) break;
      if (i > 0) text(e_->item_separator);
      Value item = is_list(keep ? keep : v) ? (keep ? keep : v).as<List>()->items()[i] : items[i];
      if (!value(item)) return false;
    }
    return leave(marker) && ascii("]");
  }

  // The text of a key, or None when it is to be skipped.
  bool key(Value k, bool* skipped) {
    *skipped = false;
    if (is_str(k)) return string(k);
    StrBuilder saved = std::move(out);
    out = StrBuilder();
    bool ok = true;
    if (is_float_like(k)) ok = real(k);
    else if (k.is_bool() || k.is_none()) ok = ascii(k.is_none() ? "null" : k.is_true() ? "true" : "false");
    else if (is_int_like(k)) ok = integer(k);
    else if (e_->skipkeys) *skipped = true;
    else {
      raisef(exc.TypeError, "keys must be str, int, float, bool or None, not %.100s", type_name(k));
      ok = false;
    }
    Str* made = ok && !*skipped ? out.finish() : nullptr;
    out = std::move(saved);
    if (!ok) return false;
    return *skipped || (made && string(made));
  }

  bool dict(Value v) {
    if (is_exact(v, types.dict) && v.as<Dict>()->size == 0) return ascii("{}");
    Value marker;
    Value items = is_exact(v, types.dict) ? call_method0(v, names.items) : call_method0(v, names.items);
    List* list = items ? to_list(items) : nullptr;
    if (!list) return false;
    if (list->size == 0) return ascii("{}");
    if (!enter(v, &marker)) return false;
    if (e_->sort_keys && !list_sort(list, Value(), false)) return false;
    ascii("{");
    bool first = true;
    for (uint64_t i = 0; i < list->size; ++i) {
      Value pair = list->items()[i];
      if (!is_tuple(pair) || pair.as<Tuple>()->size != 2) {
        raise(exc.ValueError, "items must return 2-tuples");
        return false;
      }
      Value k = pair.as<Tuple>()->items[0];
      bool skipped = !is_str(k) && !is_float_like(k) && !k.is_bool() && !k.is_none() && !is_int_like(k) && e_->skipkeys;
      if (skipped) continue;
      if (!first) text(e_->item_separator);
      first = false;
      if (!key(k, &skipped)) return false;
      text(e_->key_separator);
      if (!value(pair.as<Tuple>()->items[1])) return false;
    }
    return leave(marker) && ascii("}");
  }

  Encoder* e_;
};

Value encoder_call(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def{"_iterencode", "(obj, _current_indent_level)"};
  static const Signature* signature = parse_signature(&def);
  Value bound[2];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, bound)) return nullptr;
  Encode encode(self.as<Encoder>());
  if (!encode.value(bound[0])) return nullptr;
  Value text = TRY(encode.out.finish());
  return new_list_from(&text, 1);
}

Value encoder_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def{"make_encoder", "(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)"};
  static const Signature* signature = parse_signature(&def);
  Value b[9];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, b)) return nullptr;
  for (int i = 4; i <= 5; ++i)
    if (!is_str(b[i])) return raisef(exc.TypeError, "make_encoder() argument %d must be str, not %.200s", i + 1, b[i].is_none() ? "None" : type_name(b[i]));
  if (!b[0].is_none() && !is_dict(b[0])) return raisef(exc.TypeError, "make_encoder() argument 1 must be dict or None, not %.200s", type_name(b[0]));
  Encoder* e = TRY(allocate_instance_of<Encoder>(cls));
  e->markers = b[0];
  e->default_ = b[1];
  e->encoder = b[2];
  e->indent = b[3];
  e->key_separator = b[4];
  e->item_separator = b[5];
  bool* flags[] = {&e->sort_keys, &e->skipkeys, &e->allow_nan};
  for (int i = 0; i < 3; ++i) {
    int truth = is_true(b[6 + i]);
    if (truth < 0) return nullptr;
    *flags[i] = truth == 1;
  }
  if (is_exact(b[2], types.builtin_function)) {
    NativeFn fn = b[2].as<NativeFunction>()->def->fn;
    e->fast = fn == encode_basestring_ascii ? 1 : fn == encode_basestring ? 2 : 0;
  }
  return e;
}

#define GETTER(name, field) \
  Value get_##name(Value v) { return v.as<Encoder>()->field; }
GETTER(markers, markers)
GETTER(default, default_)
GETTER(encoder, encoder)
GETTER(indent, indent)
GETTER(key_separator, key_separator)
GETTER(item_separator, item_separator)
#undef GETTER
Value get_sort_keys(Value v) { return Value::from_bool(v.as<Encoder>()->sort_keys); }
Value get_skipkeys(Value v) { return Value::from_bool(v.as<Encoder>()->skipkeys); }

const GetSetDef kGetSet[] = {{"markers", get_markers}, {"default", get_default}, {"encoder", get_encoder}, {"indent", get_indent},
                             {"key_separator", get_key_separator}, {"item_separator", get_item_separator}, {"sort_keys", get_sort_keys},
                             {"skipkeys", get_skipkeys}, {}};

}  // namespace

Value encode_basestring(Value* args) { return quoted(args, false); }
Value encode_basestring_ascii(Value* args) { return quoted(args, true); }

Class* make_encoder_class() {
  static const ClassSpec spec = [] {
    ClassSpec s{.name = "_json.Encoder", .basicsize = sizeof(Encoder), .flags = kClassBaseType, .trace_kind = TraceKind::kCustom, .trace = trace_encoder};
    s.doc = "_iterencode(obj, _current_indent_level) -> iterable";
    s.slots.call = encoder_call;
    s.slots.new_ = encoder_new;
    s.getset = kGetSet;
    return s;
  }();
  return new_builtin_class(spec);
}

}  // namespace pyjit::runtime::json
