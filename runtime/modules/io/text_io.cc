// TextIOWrapper: text over a buffered binary stream.
//
// Writing: text is encoded at once and collected in pending_bytes, which goes to the buffer when it passes chunk_size, at a newline when
// line buffered, and before anything that reads, seeks or closes. Reading: chunks of the buffer go through the incremental decoder into
// `decoded`; `snapshot` remembers the decoder's state and input before the last chunk, so that tell() can name any position in it.
#include <unistd.h>

#include "runtime/codecs.h"
#include "runtime/heap.h"
#include "runtime/modules/io/newlines.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/object.h"

namespace pyjit::runtime::io {

Class* text_io_wrapper;

namespace {

enum class FastEncoding : uint8_t { kNone, kUtf8, kAscii, kLatin1 };

struct TextIO : IOObject {
  Value buffer;                // null: detached or not initialised
  Str *encoding, *errors;
  Str* newline;                // as given; null: None
  Str* write_newline;          // what '\n' is written as, or null
  Value encoder;               // incremental encoder, made when a slow encoding is first written; null
  Value decoder;               // incremental decoder (inside a NewlineDecoder when universal), or null
  Str* decoded;                // decoded text; decoded_used code points of it have been handed out
  int64_t decoded_used;
  Value snapshot_flags;        // decoder flags before the chunk that `decoded` came from; null: no snapshot
  Bytes* snapshot_input;
  std::string* pending;        // owned: encoded bytes not yet given to the buffer
  int64_t chunk_size;
  double bytes_per_char;
  FastEncoding fast;
  bool ok, detached, line_buffering, write_through, universal, translate_read, writable, seekable, telling, has_read1, encoding_start;
};
void trace_text_io(Object* o, Tracer& t) {
  auto* s = static_cast<TextIO*>(o);
  for (Value v : {s->buffer, s->encoder, s->decoder, s->snapshot_flags}) t.visit(v);
  for (Object* r : std::initializer_list<Object*>{s->encoding, s->errors, s->newline, s->write_newline, s->decoded, s->snapshot_input}) t.visit(r);
}
void finalize_text_io(Object* o) {
  auto* s = static_cast<TextIO*>(o);
  delete s->pending;
  s->pending = nullptr;
  s->ok = false;
}
TextIO* self_of(Value v) { return v.as<TextIO>(); }

bool check_attached(TextIO* s) {
  if (s->ok) return true;
  raise(exc.ValueError, s->detached ? "underlying buffer has been detached" : "I/O operation on uninitialized object");
  return false;
}
bool check_open(TextIO* s) {
  if (!check_attached(s)) return false;
  int c = is_closed(s->buffer);
  if (c > 0) raise_closed();
  return c == 0;
}

void drop_decoded(TextIO* s) {
  s->decoded = nullptr;
  s->decoded_used = 0;
}
void drop_snapshot(TextIO* s) {
  s->snapshot_flags = nullptr;
  s->snapshot_input = nullptr;
}

FastEncoding fast_encoding(const std::string& name) {
  std::string n;
  for (char c : name) n += c == '_' ? '-' : static_cast<char>(tolower(static_cast<unsigned char>(c)));
  if (n == "utf-8" || n == "utf8") return FastEncoding::kUtf8;
  if (n == "ascii" || n == "us-ascii") return FastEncoding::kAscii;
  if (n == "latin-1" || n == "iso-8859-1" || n == "iso8859-1" || n == "latin1") return FastEncoding::kLatin1;
  return FastEncoding::kNone;
}

bool check_newline(Value v, Str** out) {
  *out = nullptr;
  if (!v || v.is_none()) return true;
  if (!is_str(v)) return raisef(exc.TypeError, "TextIOWrapper() argument 'newline' must be str or None, not %.50s", type_name(v)), false;
  *out = v.as<Str>();
  if ((*out)->length && !str_equals(*out, "\n") && !str_equals(*out, "\r") && !str_equals(*out, "\r\n")) {
    return raisef(exc.ValueError, "illegal newline value: %s", to_utf8(repr_str(*out)).c_str()), false;
  }
  return true;
}
void apply_newline(TextIO* s, Str* newline) {
  s->newline = newline;
  s->universal = !newline || !newline->length;
  s->translate_read = !newline;
  s->write_newline = newline && newline->length && newline->at(0) == '\r' ? newline : nullptr;
}

Value codec_info(Str* encoding) {
  Value info = TRY(codec_lookup(encoding));
  Value is_text = get_attr_or_null(info, intern("_is_text_encoding"));
  if (error_pending()) return nullptr;
  if (is_text && is_text.is_false()) {
    return raisef(exc.LookupError, "'%s' is not a text encoding; use codecs.open() to handle arbitrary codecs", to_utf8(encoding).c_str());
  }
  return info;
}

bool make_decoder(TextIO* s) {
  s->decoder = nullptr;
  Value readable = TRY(call_method0(s->buffer, intern("readable")));
  int t = TRY_INT(is_true(readable)) + 0;
  if (!t) return true;
  Value info = TRY(codec_info(s->encoding));
  Value make = TRY(get_attr(info, intern("incrementaldecoder")));
  Value d = TRY(call1(make, s->errors));
  if (s->universal) {
    Value args[] = {d, Value::from_bool(s->translate_read)};
    d = TRY(call(newline_decoder, args, 2));
  }
  s->decoder = d;
  write_barrier(s);
  return true;
}
bool make_encoder(TextIO* s) {
  s->encoder = nullptr;
  s->fast = fast_encoding(to_utf8(s->encoding));
  Value writable = TRY(call_method0(s->buffer, intern("writable")));
  int t = TRY_INT(is_true(writable)) + 0;
  s->writable = t;
  if (!t || s->fast != FastEncoding::kNone) return true;
  Value info = TRY(codec_info(s->encoding));
  Value make = TRY(get_attr(info, intern("incrementalencoder")));
  s->encoder = TRY(call1(make, s->errors));
  write_barrier(s);
  return true;
}
// Appending to a file that has content: a byte order mark must not be written again.
bool fix_encoder_state(TextIO* s) {
  if (!s->seekable || !s->encoder) return true;
  Value at = TRY(call_method0(s->buffer, intern("tell")));
  int zero = compare_bool(at, Value::from_int(0), kEq);
  if (zero < 0) return false;
  if (!zero) TRY(call_method1(s->encoder, intern("setstate"), Value::from_int(0)));
  return true;
}

Value text_new(Class* cls, Value*, uint32_t, Tuple*) { return allocate_instance(cls); }

bool text_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def = {"TextIOWrapper", "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)"};
  static const Signature* signature = parse_signature(&def);
  Value a[6];
  if (!bind_arguments(&def, signature, args, nargs, kwnames, a)) return false;
  TextIO* s = self_of(self);
  s->ok = false;
  s->detached = false;
  Str* newline;
  if (a[1] && !a[1].is_none() && !is_str(a[1])) {
    return raisef(exc.TypeError, "TextIOWrapper() argument 'encoding' must be str or None, not %.50s", type_name(a[1])), false;
  }
  if (a[2] && !a[2].is_none() && !is_str(a[2])) {
    return raisef(exc.TypeError, "TextIOWrapper() argument 'errors' must be str or None, not %.50s", type_name(a[2])), false;
  }
  if (!check_newline(a[3], &newline)) return false;
  Str* encoding = a[1] && !a[1].is_none() ? a[1].as<Str>() : nullptr;
  if (!encoding || str_equals(encoding, "locale")) encoding = locale_encoding();
  Str* errors = a[2] && !a[2].is_none() ? a[2].as<Str>() : intern("strict");
  int line_buffering = 0, write_through = 0;
  if (a[4]) line_buffering = TRY_INT(is_true(a[4])) + 0;
  if (a[5]) write_through = TRY_INT(is_true(a[5])) + 0;
  for (Str* t : {encoding, errors}) {
    for (uint64_t i = 0; i < t->length; ++i) {
      if (t->at(i) == 0) return raise(exc.ValueError, "embedded null character"), false;
    }
  }
  delete s->pending;
  s->pending = new std::string;
  s->buffer = a[0];
  s->encoding = encoding;
  s->errors = errors;
  s->line_buffering = line_buffering;
  s->write_through = write_through;
  s->chunk_size = 8192;
  s->bytes_per_char = 0;
  apply_newline(s, newline);
  drop_decoded(s);
  drop_snapshot(s);
  write_barrier(s);
  if (fast_encoding(to_utf8(encoding)) == FastEncoding::kNone && !codec_info(encoding)) return false;
  Value seekable = TRY(call_method0(a[0], intern("seekable")));
  int can_seek = TRY_INT(is_true(seekable)) + 0;
  s->seekable = s->telling = can_seek;
  Value read1 = get_attr_or_null(a[0], intern("read1"));
  if (error_pending()) return false;
  s->has_read1 = bool(read1);
  if (!make_decoder(s) || !make_encoder(s)) return false;
  s->ok = true;
  return fix_encoder_state(s);
}

bool flush_pending(TextIO* s) {
  if (s->pending->empty()) return true;
  Value bytes = new_bytes(*s->pending);
  s->pending->clear();
  for (;;) {
    Value r = call_method1(s->buffer, names.write, bytes);
    if (r) return true;
    return false;
  }
}

bool encode_text(TextIO* s, Str* text) {
  switch (s->fast) {
    case FastEncoding::kUtf8:
      if (text->is_ascii()) {
        s->pending->append(ascii_view(text));
        return true;
      }
      {
        Bytes* b = TRY(utf8_encode(text, s->errors));
        s->pending->append(b->view());
        return true;
      }
    case FastEncoding::kAscii:
    case FastEncoding::kLatin1: {
      if (text->is_ascii()) {
        s->pending->append(ascii_view(text));
        return true;
      }
      Bytes* b = TRY(s->fast == FastEncoding::kAscii ? ascii_encode(text, s->errors) : latin1_encode(text, s->errors));
      s->pending->append(b->view());
      return true;
    }
    default: break;
  }
  if (!s->encoder) {
    raise_unsupported("not writable");
    return false;
  }
  Value b = TRY(call_method1(s->encoder, names.encode, text));
  if (!is_bytes(b)) return raisef(exc.TypeError, "encoder should return a bytes object, not '%.200s'", type_name(b)), false;
  s->pending->append(b.as<Bytes>()->view());
  return true;
}

Value t_write(Value* a) {
  TextIO* s = self_of(a[0]);
  if (!is_str(a[1])) return raisef(exc.TypeError, "write() argument must be str, not %.50s", type_name(a[1]));
  if (!check_open(s)) return nullptr;
  if (!s->writable) return raise_unsupported("not writable");
  Str* text = a[1].as<Str>();
  Str* given = text;
  bool has_newline = false, has_cr = false;
  if (text->kind() == 1) {
    has_newline = (s->write_newline || s->line_buffering) && memchr(text->data, '\n', text->length);
    has_cr = s->line_buffering && !has_newline && memchr(text->data, '\r', text->length);
  } else {
    for (uint64_t i = 0; i < text->length; ++i) {
      uint32_t c = text->at(i);
      has_newline = has_newline || c == '\n';
      has_cr = has_cr || c == '\r';
    }
  }
  if (has_newline && s->write_newline) {
    Value args[] = {intern("\n"), s->write_newline};
    text = TRY(call_method(text, names.replace, args, 2)).as<Str>();
  }
  bool flush_text = s->write_through, flush_all = s->line_buffering && (has_newline || has_cr);
  if (!encode_text(s, text)) return nullptr;
  if (static_cast<int64_t>(s->pending->size()) >= s->chunk_size || flush_all || flush_text) {
    if (!flush_pending(s)) return nullptr;
  }
  if (flush_all) TRY(call_method0(s->buffer, names.flush));
  drop_decoded(s);
  drop_snapshot(s);
  if (s->decoder && s->universal) s->decoder.as<NewlineDecoder>()->pending_cr = false;
  return new_int(static_cast<int64_t>(given->length));
}

// Reads and decodes one more chunk. 1: got some, 0: end of file, -1: error.
int read_chunk(TextIO* s, int64_t size_hint) {
  if (!s->decoder) return raise_unsupported("not readable"), -1;
  Value flags, input;
  if (s->telling) {
    Value state = call_method0(s->decoder, intern("getstate"));
    if (!state) return -1;
    if (!is_tuple(state) || state.as<Tuple>()->size != 2) return raise(exc.TypeError, "illegal decoder state"), -1;
    input = state.as<Tuple>()->items[0];
    flags = state.as<Tuple>()->items[1];
    if (!is_bytes(input)) {
      return raisef(exc.TypeError, "illegal decoder state: the first item should be a bytes object, not '%.200s'", type_name(input)), -1;
    }
  }
  int64_t n = s->chunk_size;
  if (size_hint > 0) n = std::max<int64_t>(n, static_cast<int64_t>((s->bytes_per_char > 1 ? s->bytes_per_char : 1) * static_cast<double>(size_hint)));
  Value chunk = call_method1(s->buffer, s->has_read1 ? intern("read1") : names.read, new_int(n));
  if (!chunk) return -1;
  BufferView view;
  if (!supports_buffer(chunk)) {
    return raisef(exc.TypeError, "underlying %s() should have returned a bytes-like object, not '%.200s'", s->has_read1 ? "read1" : "read", type_name(chunk)), -1;
  }
  if (!get_buffer(chunk, &view)) return -1;
  int64_t got = view.length;
  std::string bytes(view.view());
  release_buffer(&view);
  Value args[] = {chunk, Value::from_bool(got == 0)};
  Value text = call_method(s->decoder, names.decode, args, 2);
  if (!text) return -1;
  if (!is_str(text)) return raisef(exc.TypeError, "decoder should return a string result, not '%.200s'", type_name(text)), -1;
  s->decoded = text.as<Str>();
  s->decoded_used = 0;
  s->bytes_per_char = s->decoded->length ? static_cast<double>(got) / static_cast<double>(s->decoded->length) : 0;
  if (s->telling) {
    s->snapshot_flags = flags;
    s->snapshot_input = new_bytes(std::string(input.as<Bytes>()->view()) + bytes);
    if (!s->snapshot_input) return -1;
  }
  write_barrier(s);
  return got > 0 || s->decoded->length > 0;
}

Str* take_decoded(TextIO* s, int64_t n) {
  if (!s->decoded) return intern("");
  int64_t have = static_cast<int64_t>(s->decoded->length) - s->decoded_used;
  if (n < 0 || n > have) n = have;
  Str* r = n == static_cast<int64_t>(s->decoded->length) ? s->decoded
                                                         : str_substring(s->decoded, static_cast<uint64_t>(s->decoded_used), static_cast<uint64_t>(s->decoded_used + n));
  s->decoded_used += n;
  return r;
}

bool flush_for_read(TextIO* s) { return flush_pending(s); }

Value t_read(Value* a) {
  TextIO* s = self_of(a[0]);
  int64_t n;
  if (!check_attached(s) || !size_argument(a[1], &n) || !check_open(s)) return nullptr;
  if (!s->decoder) return raise_unsupported("not readable");
  if (!flush_for_read(s)) return nullptr;
  if (n < 0) {
    Value bytes = TRY(call_method0(s->buffer, names.read));
    Value text;
    if (bytes.is_none()) {
      text = intern("");
    } else {
      Value args[] = {bytes, Value::from_bool(true)};
      text = TRY(call_method(s->decoder, names.decode, args, 2));
      if (!is_str(text)) return raisef(exc.TypeError, "decoder should return a string result, not '%.200s'", type_name(text));
    }
    Str* head = TRY(take_decoded(s, -1));
    Value r = head->length ? Value(TRY(str_concat(head, text.as<Str>()))) : text;
    drop_decoded(s);
    drop_snapshot(s);
    return r;
  }
  Str* first = TRY(take_decoded(s, n));
  if (static_cast<int64_t>(first->length) == n) return first;
  StrBuilder out;
  out.append(first);
  int64_t remaining = n - static_cast<int64_t>(first->length);
  while (remaining > 0) {
    int r = read_chunk(s, remaining);
    if (r < 0) return nullptr;
    if (r == 0) break;
    Str* more = TRY(take_decoded(s, remaining));
    out.append(more);
    remaining -= static_cast<int64_t>(more->length);
  }
  return out.finish();
}

Str* read_line(TextIO* s, int64_t limit) {
  if (!flush_for_read(s)) return nullptr;
  Str* carried = nullptr;   // text of earlier chunks without a line end
  for (;;) {
    if (!s->decoded || s->decoded_used == static_cast<int64_t>(s->decoded->length)) {
      int r = 1;
      do {
        r = read_chunk(s, 0);
        if (r < 0) return nullptr;
      } while (r > 0 && !s->decoded->length);
      if (r == 0) {
        drop_decoded(s);
        drop_snapshot(s);
        return carried ? carried : intern("");
      }
    }
    uint64_t from = static_cast<uint64_t>(s->decoded_used);
    if (carried) {
      // A "\r\n" may be split over the chunks: search the joined text from its last character.
      uint64_t before = carried->length;
      Str* joined = TRY(str_concat(carried, str_substring(s->decoded, from, s->decoded->length)));
      int64_t end = find_line_end(joined, before - 1, s->translate_read, s->universal, s->newline);
      if (end >= 0 && (limit < 0 || end <= limit)) {
        s->decoded_used += end - static_cast<int64_t>(before);
        return str_substring(joined, 0, static_cast<uint64_t>(end));
      }
      if (limit >= 0 && static_cast<int64_t>(joined->length) >= limit) {
        s->decoded_used += limit - static_cast<int64_t>(before);
        return str_substring(joined, 0, static_cast<uint64_t>(limit));
      }
      s->decoded_used = static_cast<int64_t>(s->decoded->length);
      carried = joined;
      continue;
    }
    int64_t end = find_line_end(s->decoded, from, s->translate_read, s->universal, s->newline);
    int64_t n = end >= 0 ? end - static_cast<int64_t>(from) : -1;
    if (limit >= 0 && (n < 0 || n > limit) && static_cast<int64_t>(s->decoded->length - from) >= limit) n = limit;
    if (n >= 0) return take_decoded(s, n);
    carried = TRY(take_decoded(s, -1));
  }
}
Value t_readline(Value* a) {
  TextIO* s = self_of(a[0]);
  int64_t limit = -1;
  if (a[1] && !index_to_ssize(a[1], &limit, exc.OverflowError)) return nullptr;
  if (!check_open(s)) return nullptr;
  return read_line(s, limit < 0 ? -1 : limit);
}
Value t_next(Value self) {
  TextIO* s = self_of(self);
  if (!check_attached(s)) return nullptr;
  s->telling = false;
  Value line;
  if (class_of(self) == text_io_wrapper) {
    if (!check_open(s)) return nullptr;
    line = TRY(read_line(s, -1));
  } else {
    line = TRY(call_method0(self, names.readline));
    if (!is_str(line)) return raisef(exc.OSError, "readline() should have returned a str object, not '%.200s'", type_name(line));
  }
  if (line.as<Str>()->length) return line;
  drop_snapshot(s);
  s->telling = s->seekable;
  return nullptr;
}

Value t_flush(Value* a) {
  TextIO* s = self_of(a[0]);
  if (!check_open(s)) return nullptr;
  s->telling = s->seekable;
  if (!flush_pending(s)) return nullptr;
  return call_method0(s->buffer, names.flush);
}
Value t_close(Value* a) {
  TextIO* s = self_of(a[0]);
  if (!check_attached(s)) return nullptr;
  int c = is_closed(s->buffer);
  if (c) return c < 0 ? Value() : Value::none();
  Value flushed = call_method0(a[0], names.flush);
  Value first = flushed ? Value() : take_pending();
  Value r = call_method0(s->buffer, names.close);
  if (!first) return r;
  if (!r) {
    Value second = take_pending();
    second.as<Exception>()->context = first;
    write_barrier(second.as_object());
    thread()->exception = second;
  } else {
    thread()->exception = first;
  }
  return nullptr;
}
Value t_detach(Value* a) {
  TextIO* s = self_of(a[0]);
  if (!check_attached(s)) return nullptr;
  TRY(call_method0(a[0], names.flush));
  Value b = s->buffer;
  s->buffer = nullptr;
  s->detached = true;
  s->ok = false;
  return b;
}

// tell() packs what seek() needs into one int: buffer position, decoder flags, bytes to feed, characters to skip, end-of-input flag.
struct Cookie {
  int64_t start = 0;
  int32_t flags = 0, feed = 0, skip = 0;
  bool need_eof = false;
};
Value pack_cookie(const Cookie& c) {
  uint64_t limbs[3];
  limbs[0] = static_cast<uint64_t>(c.start);
  limbs[1] = static_cast<uint32_t>(c.flags) | static_cast<uint64_t>(static_cast<uint32_t>(c.feed)) << 32;
  limbs[2] = static_cast<uint32_t>(c.skip) | static_cast<uint64_t>(c.need_eof) << 32;
  return int_from_limbs(limbs, 3, false);
}
bool unpack_cookie(Value v, Cookie* c) {
  uint64_t limbs[3] = {};
  int64_t small;
  if (int_to_int64(v, &small)) {
    limbs[0] = static_cast<uint64_t>(small);
  } else {
    auto* b = v.as<BigInt>();
    for (size_t i = 0; i < std::min<size_t>(3, b->limb_count()); ++i) limbs[i] = b->limbs[i];
  }
  c->start = static_cast<int64_t>(limbs[0]);
  c->flags = static_cast<int32_t>(limbs[1]);
  c->feed = static_cast<int32_t>(limbs[1] >> 32);
  c->skip = static_cast<int32_t>(limbs[2]);
  c->need_eof = limbs[2] >> 32 & 1;
  return true;
}

bool set_decoder_state(TextIO* s, const Cookie& c) {
  if (!s->decoder) return true;
  if (c.start == 0 && c.flags == 0) return bool(call_method0(s->decoder, intern("reset")));
  return bool(call_method1(s->decoder, intern("setstate"), make_tuple(Value(new_bytes("")), Value::from_int(c.flags))));
}

Value t_tell(Value* a) {
  TextIO* s = self_of(a[0]);
  if (!check_open(s)) return nullptr;
  if (!s->seekable) return raise_unsupported("underlying stream is not seekable");
  if (!s->telling) return raise(exc.OSError, "telling position disabled by next() call");
  if (!flush_pending(s)) return nullptr;
  TRY(call_method0(a[0], names.flush));
  Value at = TRY(call_method0(s->buffer, intern("tell")));
  if (!s->decoder || !s->snapshot_flags) return at;
  Cookie c;
  int64_t position;
  if (!to_int64(at, &position)) return nullptr;
  c.start = position - static_cast<int64_t>(s->snapshot_input->size);
  int64_t flags;
  if (!to_int64(s->snapshot_flags, &flags)) return nullptr;
  c.flags = static_cast<int32_t>(flags);
  int64_t to_skip = s->decoded_used;
  if (to_skip == 0) return pack_cookie(c);
  // Feed the chunk again byte by byte from a safe point near the place, until that many characters have come out.
  Value saved = TRY(call_method0(s->decoder, intern("getstate")));
  Str* decode = names.decode;
  std::string_view input = s->snapshot_input->view();
  auto restore = [&](Value result) -> Value {
    Value pending = result ? Value() : take_pending();
    Value ok = call_method1(s->decoder, intern("setstate"), saved);
    if (pending) thread()->exception = pending;
    return ok ? result : Value();
  };
  if (!set_decoder_state(s, c)) return restore(nullptr);
  int64_t chars = 0;
  size_t fed = 0;
  Cookie safe = c;
  size_t safe_fed = 0;
  int64_t safe_chars = 0;
  for (; fed < input.size() && chars < to_skip; ++fed) {
    Value text = call_method1(s->decoder, decode, new_bytes(input.substr(fed, 1)));
    if (!text) return restore(nullptr);
    chars += static_cast<int64_t>(text.as<Str>()->length);
    Value state = call_method0(s->decoder, intern("getstate"));
    if (!state) return restore(nullptr);
    Value held = state.as<Tuple>()->items[0];
    if (is_bytes(held) && !held.as<Bytes>()->size && chars <= to_skip) {
      // Nothing held back: a position that needs no bytes fed.
      int64_t f;
      if (!to_int64(state.as<Tuple>()->items[1], &f)) return restore(nullptr);
      safe.flags = static_cast<int32_t>(f);
      safe.start = c.start + static_cast<int64_t>(fed) + 1;
      safe_fed = fed + 1;
      safe_chars = chars;
    }
  }
  safe.feed = static_cast<int32_t>(fed - safe_fed);
  safe.skip = static_cast<int32_t>(to_skip - safe_chars);
  if (chars < to_skip) {
    Value args[] = {new_bytes(""), Value::from_bool(true)};
    Value text = call_method(s->decoder, decode, args, 2);
    if (!text) return restore(nullptr);
    safe.need_eof = true;
    if (chars + static_cast<int64_t>(text.as<Str>()->length) < to_skip) {
      raise(exc.OSError, "can't reconstruct logical file position");
      return restore(nullptr);
    }
  }
  if (!safe.feed && !safe.need_eof) safe.skip = 0;
  return restore(pack_cookie(safe));
}

Value t_seek(Value* a) {
  TextIO* s = self_of(a[0]);
  int whence = 0;
  if (!check_open(s) || (a[2] && !to_int32(a[2], &whence))) return nullptr;
  if (!s->seekable) return raise_unsupported("underlying stream is not seekable");
  Value cookie = a[1];
  int zero = compare_bool(cookie, Value::from_int(0), kEq);
  if (zero < 0) return nullptr;
  if (whence == 1) {
    if (!zero) return raise_unsupported("can't do nonzero cur-relative seeks");
    cookie = TRY(call_method0(a[0], intern("tell")));
  } else if (whence == 2) {
    if (!zero) return raise_unsupported("can't do nonzero end-relative seeks");
    TRY(call_method0(a[0], names.flush));
    drop_decoded(s);
    drop_snapshot(s);
    if (s->decoder) TRY(call_method0(s->decoder, intern("reset")));
    Value args[] = {Value::from_int(0), Value::from_int(2)};
    Value r = TRY(call_method(s->buffer, intern("seek"), args, 2));
    if (s->encoder) {
      int at_start = compare_bool(r, Value::from_int(0), kEq);
      TRY(at_start ? call_method0(s->encoder, intern("reset")) : call_method1(s->encoder, intern("setstate"), Value::from_int(0)));
    }
    return r;
  } else if (whence != 0) {
    return raisef(exc.ValueError, "invalid whence (%d, should be 0, 1 or 2)", whence);
  }
  Value i = TRY(number_index(cookie));
  if (int_sign(i) < 0) return raisef(exc.ValueError, "negative seek position %s", int_to_text(i, 10).c_str());
  TRY(call_method0(a[0], names.flush));
  Cookie c;
  unpack_cookie(i, &c);
  TRY(call_method1(s->buffer, intern("seek"), new_int(c.start)));
  drop_decoded(s);
  drop_snapshot(s);
  if (!set_decoder_state(s, c)) return nullptr;
  if (s->decoder && c.skip) {
    Value input = TRY(call_method1(s->buffer, names.read, Value::from_int(c.feed)));
    if (!is_bytes(input)) return raisef(exc.TypeError, "underlying read() should have returned a bytes object, not '%.200s'", type_name(input));
    s->snapshot_flags = Value::from_int(c.flags);
    s->snapshot_input = input.as<Bytes>();
    Value args[] = {input, Value::from_bool(c.need_eof)};
    Value text = TRY(call_method(s->decoder, names.decode, args, 2));
    s->decoded = text.as<Str>();
    write_barrier(s);
    if (static_cast<int64_t>(s->decoded->length) < c.skip) return raise(exc.OSError, "can't restore logical file position");
    s->decoded_used = c.skip;
  } else if (s->decoder) {
    s->snapshot_flags = Value::from_int(c.flags);
    s->snapshot_input = new_bytes("");
    write_barrier(s);
  }
  if (s->encoder) {
    TRY(c.start == 0 ? call_method0(s->encoder, intern("reset")) : call_method1(s->encoder, intern("setstate"), Value::from_int(0)));
  }
  return cookie;
}
Value t_truncate(Value* a) {
  TextIO* s = self_of(a[0]);
  if (!check_attached(s)) return nullptr;
  TRY(call_method0(a[0], names.flush));
  return call_method1(s->buffer, intern("truncate"), a[1] ? a[1] : Value::none());
}
Value t_reconfigure(Value* a) {
  TextIO* s = self_of(a[0]);
  Value encoding = a[1], errors = a[2];
  if (!check_attached(s)) return nullptr;
  if (encoding && encoding.is_none()) encoding = nullptr;
  if (errors && errors.is_none()) errors = nullptr;
  if (s->decoded && (encoding || errors || a[3])) {
    return raise_unsupported("It is not possible to set the encoding or newline of stream after the first read");
  }
  for (Value v : {encoding, errors}) {
    if (v && !is_str(v)) return raisef(exc.TypeError, "reconfigure() argument must be str or None, not %.50s", type_name(v));
  }
  Str* newline = s->newline;
  if (a[3] && !check_newline(a[3], &newline)) return nullptr;
  int line_buffering = s->line_buffering, write_through = s->write_through;
  if (a[4] && !a[4].is_none()) line_buffering = TRY_INT(is_true(a[4]));
  if (a[5] && !a[5].is_none()) write_through = TRY_INT(is_true(a[5]));
  TRY(call_method0(a[0], names.flush));
  if (encoding || errors || a[3]) {
    if (encoding) {
      s->encoding = str_equals(encoding.as<Str>(), "locale") ? locale_encoding() : encoding.as<Str>();
      if (!errors) s->errors = intern("strict");
    }
    if (errors) s->errors = errors.as<Str>();
    apply_newline(s, newline);
    write_barrier(s);
    if (!make_decoder(s) || !make_encoder(s) || !fix_encoder_state(s)) return nullptr;
  }
  s->line_buffering = line_buffering;
  s->write_through = write_through;
  return Value::none();
}

#define FORWARD(name, method) \
  Value name(Value* a) { return check_attached(self_of(a[0])) ? call_method0(self_of(a[0])->buffer, intern(method)) : Value(); }
FORWARD(t_fileno, "fileno")
FORWARD(t_seekable, "seekable")
FORWARD(t_readable, "readable")
FORWARD(t_writable, "writable")
FORWARD(t_isatty, "isatty")
#undef FORWARD
Value get_closed(Value v) { return check_attached(self_of(v)) ? get_attr(self_of(v)->buffer, names.closed) : Value(); }
Value get_name(Value v) { return check_attached(self_of(v)) ? get_attr(self_of(v)->buffer, names.name) : Value(); }
Value get_encoding(Value v) { return self_of(v)->encoding ? Value(self_of(v)->encoding) : Value::none(); }
Value get_errors(Value v) { return check_attached(self_of(v)) ? Value(self_of(v)->errors) : Value(); }
Value get_buffer_object(Value v) { return check_attached(self_of(v)) ? self_of(v)->buffer : Value(); }
Value get_line_buffering(Value v) { return Value::from_bool(self_of(v)->line_buffering); }
Value get_write_through(Value v) { return Value::from_bool(self_of(v)->write_through); }
Value get_newlines(Value v) {
  TextIO* s = self_of(v);
  if (!check_attached(s)) return nullptr;
  return s->decoder && s->universal ? newlines_value(s->decoder.as<NewlineDecoder>()->seen) : Value::none();
}
Value get_chunk_size(Value v) { return check_attached(self_of(v)) ? new_int(self_of(v)->chunk_size) : Value(); }
bool set_chunk_size(Value v, Value value) {
  int64_t n;
  if (!value) return raise(exc.AttributeError, "cannot delete attribute"), false;
  if (!check_attached(self_of(v)) || !index_to_ssize(value, &n, exc.ValueError)) return false;
  if (n <= 0) return raise(exc.ValueError, "a strictly positive integer is required"), false;
  self_of(v)->chunk_size = n;
  return true;
}
Value t_repr(Value self) {
  TextIO* s = self_of(self);
  if (!check_attached(s)) return nullptr;
  RecursionGuard guard(" while getting the repr of an object");
  if (!guard.ok()) return nullptr;
  std::string out = "<_io.TextIOWrapper";
  for (Str* field : {names.name, names.mode}) {
    Value v = get_attr_or_null(self, field);
    if (!v) {
      if (error_pending()) {
        if (!pending_matches(exc.ValueError)) return nullptr;
        clear_pending();
      }
      continue;
    }
    out += " " + to_utf8(field) + "=" + to_utf8(TRY(repr(v)));
  }
  return new_str(out + " encoding=" + to_utf8(repr_str(s->encoding)) + ">");
}
Value t_getstate(Value* a) { return raisef(exc.TypeError, "cannot pickle '%.100s' object", type_name(a[0])); }

constexpr MethodDef kMethods[] = {{"detach", "($self, /)", t_detach},
                                  {"reconfigure", "($self, /, *, encoding=None, errors=None, newline=None,\n            line_buffering=None, write_through=None)", t_reconfigure},
                                  {"write", "($self, text, /)", t_write},
                                  {"read", "($self, size=-1, /)", t_read},
                                  {"readline", "($self, size=-1, /)", t_readline},
                                  {"flush", "($self, /)", t_flush},
                                  {"close", "($self, /)", t_close},
                                  {"fileno", "($self, /)", t_fileno},
                                  {"seekable", "($self, /)", t_seekable},
                                  {"readable", "($self, /)", t_readable},
                                  {"writable", "($self, /)", t_writable},
                                  {"isatty", "($self, /)", t_isatty},
                                  {"seek", "($self, cookie, whence=0, /)", t_seek},
                                  {"tell", "($self, /)", t_tell},
                                  {"truncate", "($self, pos=None, /)", t_truncate},
                                  {"__getstate__", "!($self, /)", t_getstate},
                                  {}};
constexpr GetSetDef kGetSet[] = {{"name", get_name},
                                 {"closed", get_closed},
                                 {"newlines", get_newlines},
                                 {"errors", get_errors},
                                 {"encoding", get_encoding},
                                 {"buffer", get_buffer_object},
                                 {"line_buffering", get_line_buffering},
                                 {"write_through", get_write_through},
                                 {"_CHUNK_SIZE", get_chunk_size, set_chunk_size},
                                 {}};
const ClassSpec kSpec = {.name = "_io.TextIOWrapper", .base = &text_io_base, .basicsize = sizeof(TextIO), .flags = kClassBaseType, .trace = trace_text_io,
                         .finalize = finalize_text_io,
                         .doc = "TextIOWrapper(buffer, encoding=None, errors=None, newline=None,\n              line_buffering=False, write_through=False)\n--\n\n"
                                "Character and line based layer over a BufferedIOBase object, buffer.",
                         .slots = {.repr = t_repr, .next = t_next, .new_ = text_new, .init = text_init}, .methods = kMethods, .getset = kGetSet};

}  // namespace

Str* locale_encoding() { return intern("utf-8"); }

void init_text_io() { text_io_wrapper = new_builtin_class(kSpec); }

}  // namespace pyjit::runtime::io
