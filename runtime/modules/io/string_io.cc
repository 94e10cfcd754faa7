// StringIO: a text file in memory.
#include "runtime/heap.h"
#include "runtime/memory_limits.h"
#include "runtime/modules/io/newlines.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime::io {

Class* string_io;

namespace {

struct StringIO : IOObject {
  std::u32string* text;       // owned; null: closed
  int64_t position;
  Str* newline;               // readnl as given; null: None
  Str* write_newline;         // what '\n' is written as; null: as it is
  NewlineDecoder* decoder;    // universal newlines, or null
  bool universal, translate;
};
void trace_string_io(Object* o, Tracer& t) {
  auto* s = static_cast<StringIO*>(o);
  t.visit(s->newline);
  t.visit(s->write_newline);
  t.visit(s->decoder);
}
void finalize_string_io(Object* o) {
  auto* s = static_cast<StringIO*>(o);
  delete s->text;
  s->text = nullptr;
}
StringIO* self_of(Value v) { return v.as<StringIO>(); }
bool open_checked(StringIO* s) {
  if (s->text) return true;
  raise_closed("I/O operation on closed file");
  return false;
}
Str* to_str(std::u32string_view t) { return new_str_from_code_points(reinterpret_cast<const uint32_t*>(t.data()), t.size()); }
std::u32string to_u32(const Str* s) {
  std::u32string out(s->length, U'\0');
  for (uint64_t i = 0; i < s->length; ++i) out[i] = s->at(i);
  return out;
}

bool write_text(StringIO* s, Str* text) {
  if (s->decoder) {
    text = decode_newlines(s->decoder, text, true);
    if (!text) return false;
  }
  if (s->write_newline) {
    Value args[] = {intern("\n"), s->write_newline};
    Value r = TRY(call_method(text, names.replace, args, 2));
    text = r.as<Str>();
  }
  size_t at = static_cast<size_t>(s->position), end = at + text->length;
  if (end > s->text->size()) {
    if (end > INT64_MAX) return raise(exc.OverflowError, "new position too large"), false;
    if (end > (size_t{1} << 62) / 9 * 8) return raise(exc.OverflowError, "new buffer size too large"), false;
    if (!fits_memory(end * sizeof(char32_t))) return false;
    s->text->resize(end, U'\0');
  }
  for (uint64_t i = 0; i < text->length; ++i) (*s->text)[at + i] = text->at(i);
  s->position = static_cast<int64_t>(end);
  return true;
}

Value string_io_new(Class* cls, Value*, uint32_t, Tuple*) {
  auto* s = allocate_instance_of<StringIO>(cls);
  if (s) s->text = new std::u32string;
  return s;
}
bool string_io_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def = {"StringIO", "(initial_value='', newline='\\n')"};
  static const Signature* signature = parse_signature(&def);
  Value a[2];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, a)) return false;
  Value newline = a[1] ? a[1] : Value(intern("\n"));
  if (!newline.is_none() && !is_str(newline)) return raisef(exc.TypeError, "newline must be str or None, not %.200s", type_name(newline)), false;
  Str* nl = newline.is_none() ? nullptr : newline.as<Str>();
  if (nl && nl->length && !str_equals(nl, "\n") && !str_equals(nl, "\r") && !str_equals(nl, "\r\n")) {
    return raisef(exc.ValueError, "illegal newline value: %s", to_utf8(repr_str(nl)).c_str()), false;
  }
  if (a[0] && !a[0].is_none() && !is_str(a[0])) return raisef(exc.TypeError, "initial_value must be str or None, not %.200s", type_name(a[0])), false;
  StringIO* s = self_of(self);
  if (!s->text) s->text = new std::u32string;
  s->text->clear();
  s->position = 0;
  s->newline = nl;
  s->universal = !nl || !nl->length;
  s->translate = !nl;
  s->write_newline = nl && nl->length && nl->at(0) == '\r' ? nl : nullptr;
  s->decoder = nullptr;
  if (s->universal) {
    Value decoder_args[] = {Value::none(), Value::from_bool(s->translate)};
    Value d = TRY(call(newline_decoder, decoder_args, 2));
    s->decoder = d.as<NewlineDecoder>();
  }
  write_barrier(s);
  if (a[0] && !a[0].is_none() && !write_text(s, a[0].as<Str>())) return false;
  s->position = 0;
  return true;
}

std::u32string_view rest_of(StringIO* s) {
  if (s->position >= static_cast<int64_t>(s->text->size())) return {};
  return std::u32string_view(*s->text).substr(static_cast<size_t>(s->position));
}
Value s_read(Value* a) {
  int64_t n;
  StringIO* s = self_of(a[0]);
  if (!size_argument(a[1], &n) || !open_checked(s)) return nullptr;
  auto rest = rest_of(s);
  if (n >= 0) rest = rest.substr(0, static_cast<size_t>(n));
  s->position += static_cast<int64_t>(rest.size());
  return to_str(rest);
}
Str* next_line(StringIO* s, int64_t limit) {
  auto rest = rest_of(s);
  size_t n = rest.size();
  for (size_t i = 0; i < rest.size(); ++i) {
    char32_t c = rest[i];
    if (s->translate ? c == U'\n' : s->universal ? c == U'\n' || c == U'\r' : c == s->newline->at(0)) {
      if (s->universal && !s->translate && c == U'\r' && i + 1 < rest.size() && rest[i + 1] == U'\n') {
        n = i + 2;
        break;
      }
      if (!s->universal && s->newline->length == 2) {
        if (i + 1 >= rest.size() || rest[i + 1] != s->newline->at(1)) continue;
        n = i + 2;
        break;
      }
      n = i + 1;
      break;
    }
  }
  if (limit >= 0) n = std::min(n, static_cast<size_t>(limit));
  s->position += static_cast<int64_t>(n);
  return to_str(rest.substr(0, n));
}
Value s_readline(Value* a) {
  int64_t n;
  StringIO* s = self_of(a[0]);
  if (!size_argument(a[1], &n) || !open_checked(s)) return nullptr;
  return next_line(s, n);
}
Value s_next(Value self) {
  StringIO* s = self_of(self);
  if (class_of(self) == string_io) {
    if (!open_checked(s)) return nullptr;
    Str* line = TRY(next_line(s, -1));
    return line->length ? Value(line) : Value();
  }
  Value line = TRY(call_method0(self, names.readline));
  if (!is_str(line)) return raisef(exc.OSError, "readline() should have returned a str object, not '%.200s'", type_name(line));
  return line.as<Str>()->length ? line : Value();
}
Value s_write(Value* a) {
  StringIO* s = self_of(a[0]);
  if (!is_str(a[1])) return raisef(exc.TypeError, "string argument expected, got '%s'", type_name(a[1]));
  if (!open_checked(s)) return nullptr;
  int64_t n = static_cast<int64_t>(a[1].as<Str>()->length);
  return n == 0 || write_text(s, a[1].as<Str>()) ? new_int(n) : Value();
}
Value s_seek(Value* a) {
  StringIO* s = self_of(a[0]);
  int64_t position;
  int whence = 0;
  if (!index_to_ssize(a[1], &position, exc.OverflowError) || (a[2] && !to_int32(a[2], &whence)) || !open_checked(s)) return nullptr;
  if (whence != 0 && whence != 1 && whence != 2) return raisef(exc.ValueError, "Invalid whence (%i, should be 0, 1 or 2)", whence);
  if (position < 0 && whence == 0) return raisef(exc.ValueError, "Negative seek position %zd", static_cast<ssize_t>(position));
  if (whence != 0 && position != 0) return raise(exc.OSError, "Can't do nonzero cur-relative seeks");
  if (whence == 1) position = s->position;
  if (whence == 2) position = static_cast<int64_t>(s->text->size());
  s->position = position;
  return new_int(position);
}
Value s_tell(Value* a) { return open_checked(self_of(a[0])) ? new_int(self_of(a[0])->position) : Value(); }
Value s_truncate(Value* a) {
  StringIO* s = self_of(a[0]);
  if (!open_checked(s)) return nullptr;
  int64_t size = s->position;
  if (a[1] && !a[1].is_none() && !index_to_ssize(a[1], &size, exc.OverflowError)) return nullptr;
  if (size < 0) return raisef(exc.ValueError, "Negative size value %zd", static_cast<ssize_t>(size));
  if (size < static_cast<int64_t>(s->text->size())) s->text->resize(static_cast<size_t>(size));
  return new_int(size);
}
Value s_getvalue(Value* a) { return open_checked(self_of(a[0])) ? Value(to_str(*self_of(a[0])->text)) : Value(); }
Value s_close(Value* a) {
  finalize_string_io(a[0].as_object());
  return Value::none();
}
Value s_true(Value* a) { return open_checked(self_of(a[0])) ? Value::from_bool(true) : Value(); }
Value get_closed(Value v) { return Value::from_bool(!self_of(v)->text); }
Value get_line_buffering(Value v) { return open_checked(self_of(v)) ? Value::from_bool(false) : Value(); }
Value get_newlines(Value v) {
  StringIO* s = self_of(v);
  if (!open_checked(s)) return nullptr;
  return s->decoder ? newlines_value(s->decoder->seen) : Value::none();
}
Value s_getstate(Value* a) {
  StringIO* s = self_of(a[0]);
  Value content = TRY(s_getvalue(a));
  Value d = class_of(a[0])->has(kClassHeap) ? Value(TRY(dict_copy(instance_dict(s)))) : Value::none();
  return make_tuple(content, s->newline ? Value(s->newline) : Value::none(), new_int(s->position), d);
}
Value s_setstate(Value* a) {
  if (!is_tuple(a[1]) || a[1].as<Tuple>()->size < 4) {
    return raisef(exc.TypeError, "%.200s.__setstate__ argument should be 4-tuple, got %.200s", type_name(a[0]), std::string(type_name(a[1])).c_str());
  }
  Value* items = a[1].as<Tuple>()->items;
  if (!is_str(items[0])) return raise(exc.TypeError, "unexpected type for initial_value");
  Value init_args[] = {intern(""), items[1]};
  if (!string_io_init(a[0], init_args, 2, nullptr)) return nullptr;
  StringIO* s = self_of(a[0]);
  *s->text = to_u32(items[0].as<Str>());   // stored form: no translation again
  int64_t position;
  if (!index_to_ssize(items[2], &position, exc.OverflowError)) return nullptr;
  if (position < 0) return raise(exc.ValueError, "position value cannot be negative");
  s->position = position;
  if (items[3].is_none()) return Value::none();
  if (!is_dict(items[3])) return raisef(exc.TypeError, "fourth item of state should be a dict, got a %.200s", type_name(items[3]));
  return dict_update(instance_dict(s), items[3]) ? Value::none() : Value();
}

constexpr MethodDef kMethods[] = {{"close", "($self, /)", s_close},
                                  {"getvalue", "($self, /)", s_getvalue},
                                  {"read", "($self, size=-1, /)", s_read},
                                  {"readline", "($self, size=-1, /)", s_readline},
                                  {"tell", "($self, /)", s_tell},
                                  {"truncate", "($self, pos=None, /)", s_truncate},
                                  {"seek", "($self, pos, whence=0, /)", s_seek},
                                  {"write", "($self, s, /)", s_write},
                                  {"seekable", "($self, /)", s_true},
                                  {"readable", "($self, /)", s_true},
                                  {"writable", "($self, /)", s_true},
                                  {"__getstate__", "!($self, /)", s_getstate},
                                  {"__setstate__", "!($self, state, /)", s_setstate},
                                  {}};
constexpr GetSetDef kGetSet[] = {{"closed", get_closed}, {"newlines", get_newlines}, {"line_buffering", get_line_buffering}, {}};
const ClassSpec kSpec = {.name = "_io.StringIO", .base = &text_io_base, .basicsize = sizeof(StringIO), .flags = kClassBaseType, .trace = trace_string_io,
                         .finalize = finalize_string_io,
                         .doc = "StringIO(initial_value='', newline='\\n')\n--\n\nText I/O implementation using an in-memory buffer.\n\nThe initial_value argument sets the value "
                                "of object.  The newline\nargument is like the one of TextIOWrapper's constructor.",
                         .slots = {.next = s_next, .new_ = string_io_new, .init = string_io_init}, .methods = kMethods, .getset = kGetSet};

}  // namespace

void init_newline_decoder();
void init_string_io() {
  init_newline_decoder();
  string_io = new_builtin_class(kSpec);
}

}  // namespace pyjit::runtime::io
