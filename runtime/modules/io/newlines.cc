// IncrementalNewlineDecoder, and the search for line ends.
#include "runtime/heap.h"
#include "runtime/modules/io/newlines.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/int.h"

namespace pyjit::runtime::io {

Class* newline_decoder;

int64_t find_line_end(const Str* s, uint64_t from, bool translate, bool universal, const Str* newline) {
  if (s->kind() == 1 && (translate || (!universal && newline->length == 1))) {
    int c = translate ? '\n' : static_cast<int>(newline->at(0));
    auto* hit = static_cast<const uint8_t*>(memchr(s->data8() + from, c, s->length - from));
    return hit ? hit - s->data8() + 1 : -1;
  }
  for (uint64_t i = from; i < s->length; ++i) {
    uint32_t c = s->at(i);
    if (translate) {
      if (c == '\n') return static_cast<int64_t>(i + 1);
    } else if (universal) {
      if (c == '\n') return static_cast<int64_t>(i + 1);
      if (c == '\r') return static_cast<int64_t>(i + 1 < s->length && s->at(i + 1) == '\n' ? i + 2 : i + 1);
    } else if (c == newline->at(0)) {
      if (newline->length == 1) return static_cast<int64_t>(i + 1);
      if (i + 1 < s->length && s->at(i + 1) == newline->at(1)) return static_cast<int64_t>(i + 2);
    }
  }
  return -1;
}

Str* decode_newlines(NewlineDecoder* d, Str* text, bool final) {
  if (d->pending_cr && (final || text->length)) {
    text = TRY(str_concat(char_str('\r'), text));
    d->pending_cr = false;
  }
  // A '\r' at the end may be half of a "\r\n".
  if (!final && text->length && text->at(text->length - 1) == '\r') {
    text = TRY(str_substring(text, 0, text->length - 1));
    d->pending_cr = true;
  }
  if (!text->length) return text;
  bool has_cr = false;
  if (text->kind() == 1) {
    has_cr = memchr(text->data, '\r', text->length);
    if (!has_cr) {
      if (!(d->seen & kSeenLf) && memchr(text->data, '\n', text->length)) d->seen |= kSeenLf;
      return text;
    }
  }
  StrBuilder out;
  for (uint64_t i = 0; i < text->length; ++i) {
    uint32_t c = text->at(i);
    if (c == '\n') d->seen |= kSeenLf;
    if (c == '\r') {
      bool pair = i + 1 < text->length && text->at(i + 1) == '\n';
      d->seen |= pair ? kSeenCrLf : kSeenCr;
      if (d->translate) {
        c = '\n';
      } else if (pair) {
        out.append(c);
        c = '\n';
      }
      i += pair;
    }
    out.append(c);
  }
  return out.finish();
}

Value newlines_value(uint8_t seen) {
  RootedVector v;
  if (seen & kSeenCr) v.push_back(intern("\r"));
  if (seen & kSeenLf) v.push_back(intern("\n"));
  if (seen & kSeenCrLf) v.push_back(intern("\r\n"));
  if (v.empty()) return Value::none();
  return v.size() == 1 ? v[0] : Value(new_tuple(v.data(), v.size()));
}

namespace {

void trace_decoder(Object* o, Tracer& t) { t.visit(static_cast<NewlineDecoder*>(o)->decoder); }

Value decoder_new(Class* cls, Value*, uint32_t, Tuple*) { return allocate_instance(cls); }
bool decoder_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def = {"IncrementalNewlineDecoder", "(decoder, translate, errors='strict')"};
  static const Signature* signature = parse_signature(&def);
  Value a[3];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, a)) return false;
  auto* d = self.as<NewlineDecoder>();
  int translate = is_true(a[1]);
  if (translate < 0) return false;
  d->decoder = a[0];
  d->translate = translate;
  d->pending_cr = false;
  d->seen = 0;
  write_barrier(d);
  return true;
}
Value decoder_decode(Value* a) {
  auto* d = a[0].as<NewlineDecoder>();
  if (!d->decoder) return raise(exc.ValueError, "IncrementalNewlineDecoder.__init__() not called");
  int final = 0;
  if (a[2]) final = TRY_INT(is_true(a[2]));
  Value text = a[1];
  if (!d->decoder.is_none()) {
    Value args[] = {a[1], Value::from_bool(final)};
    text = TRY(call_method(d->decoder, names.decode, args, 2));
  }
  if (!is_str(text)) return raisef(exc.TypeError, "decoder should return a string result, not '%.200s'", type_name(text));
  return decode_newlines(d, text.as<Str>(), final);
}
Value decoder_getstate(Value* a) {
  auto* d = a[0].as<NewlineDecoder>();
  Value buffer = new_bytes("");
  Value flag = Value::from_int(0);
  if (!d->decoder.is_none()) {
    Value state = TRY(call_method0(d->decoder, intern("getstate")));
    if (!is_tuple(state) || state.as<Tuple>()->size != 2) return raise(exc.TypeError, "illegal decoder state");
    buffer = state.as<Tuple>()->items[0];
    flag = state.as<Tuple>()->items[1];
  }
  flag = TRY(binary_op(kLShift, flag, Value::from_int(1)));
  flag = TRY(binary_op(kOr, flag, Value::from_int(d->pending_cr)));
  return make_tuple(buffer, flag);
}
Value decoder_setstate(Value* a) {
  auto* d = a[0].as<NewlineDecoder>();
  if (!is_tuple(a[1])) return raise(exc.TypeError, "state argument must be a tuple");
  if (a[1].as<Tuple>()->size != 2) return raise(exc.TypeError, "setstate(): illegal state argument");
  Value flag = a[1].as<Tuple>()->items[1];
  Value low = TRY(binary_op(kAnd, flag, Value::from_int(1)));
  d->pending_cr = is_true(low) > 0;
  if (d->decoder.is_none()) return Value::none();
  Value rest = TRY(binary_op(kRShift, flag, Value::from_int(1)));
  return call_method1(d->decoder, intern("setstate"), make_tuple(a[1].as<Tuple>()->items[0], rest));
}
Value decoder_reset(Value* a) {
  auto* d = a[0].as<NewlineDecoder>();
  d->seen = 0;
  d->pending_cr = false;
  return d->decoder.is_none() ? Value::none() : call_method0(d->decoder, intern("reset"));
}
Value get_newlines(Value v) { return newlines_value(v.as<NewlineDecoder>()->seen); }

constexpr MethodDef kMethods[] = {{"decode", "($self, /, input, final=False)", decoder_decode},
                                  {"getstate", "($self, /)", decoder_getstate},
                                  {"setstate", "($self, state, /)", decoder_setstate},
                                  {"reset", "($self, /)", decoder_reset},
                                  {}};
constexpr GetSetDef kGetSet[] = {{"newlines", get_newlines}, {}};
const ClassSpec kSpec = {.name = "_io.IncrementalNewlineDecoder", .basicsize = sizeof(NewlineDecoder), .flags = kClassBaseType, .trace = trace_decoder,
                         .doc = "IncrementalNewlineDecoder(decoder, translate, errors='strict')\n--\n\nCodec used when reading a file in universal newlines mode.",
                         .slots = {.new_ = decoder_new, .init = decoder_init}, .methods = kMethods, .getset = kGetSet};

}  // namespace

void init_newline_decoder() { newline_decoder = new_builtin_class(kSpec); }

}  // namespace pyjit::runtime::io
