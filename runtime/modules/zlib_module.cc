// The zlib module over the system's libz.
#include <zlib.h>

#include <climits>
#include <memory>
#include <string>

#include "runtime/blocking.h"
#include "runtime/memory_limits.h"
#include "runtime/modules/module_util.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {

namespace {

constexpr int kBufferSize = 16 * 1024, kDefMemLevel = 8;
Class *error_class, *compress_class, *decompress_class;

// One (de)compression under way. The stream is malloc'ed, freed by the finalizer.
struct Stream : Object {
  z_stream* z;
  bool ready;               // initialised and not yet ended
  bool eof;
  Value unused_data, unconsumed_tail, dictionary;
};
Stream* stream_of(Value v) { return v.as<Stream>(); }

void trace_stream(Object* o, Tracer& t) {
  auto* s = static_cast<Stream*>(o);
  t.visit(s->unused_data);
  t.visit(s->unconsumed_tail);
  t.visit(s->dictionary);
}
template <int (*kEnd)(z_stream*)>
void finalize_stream(Object* o) {
  auto* s = static_cast<Stream*>(o);
  if (!s->z) return;
  if (s->ready) kEnd(s->z);
  delete s->z;
  s->z = nullptr;
}

std::nullptr_t zlib_error(const z_stream& z, int code, const char* doing) {
  const char* why = code == Z_VERSION_ERROR ? "library version mismatch" : z.msg;
  if (!why && code == Z_BUF_ERROR) why = "incomplete or truncated stream";
  if (!why && code == Z_STREAM_ERROR) why = "inconsistent stream state";
  if (!why && code == Z_DATA_ERROR) why = "invalid input data";
  if (!why) return raisef(error_class, "Error %d %s", code, doing);
  return raisef(error_class, "Error %d %.200s: %.200s", code, doing, why);
}

// The input of a call: the bytes of an object, fed to zlib in pieces it can count.
struct Input {
  BufferView view;
  bool held = false;
  const Bytef* at = nullptr;
  size_t left = 0;
  bool open(Value v) {
    if (!get_buffer(v, &view)) return false;
    held = true;
    at = reinterpret_cast<const Bytef*>(view.data);
    left = static_cast<size_t>(view.length);
    return true;
  }
  ~Input() {
    if (held) release_buffer(&view);
  }
  void give(z_stream* z) {   // the next piece
    z->next_in = const_cast<Bytef*>(at);
    z->avail_in = static_cast<uInt>(std::min<size_t>(left, UINT_MAX));
    left -= z->avail_in;
  }
  void take_back(const z_stream& z) {   // what zlib did not consume
    left += z.avail_in;
    at = z.next_in;
  }
};

// Runs `step` (deflate or inflate) over all input, growing `out` as needed; never beyond `limit` bytes. The last zlib code.
template <class F>
int run(z_stream* z, Input* in, std::string* out, size_t first_room, size_t limit, int flush, F step) {
  size_t used = 0;
  out->resize(std::min(std::max<size_t>(first_room, 1), limit));
  int code = Z_OK;
  do {
    in->give(z);
    int mode = in->left ? Z_NO_FLUSH : flush;
    for (;;) {
      size_t room = std::min<size_t>(out->size() - used, UINT_MAX);
      z->next_out = reinterpret_cast<Bytef*>(out->data() + used);
      z->avail_out = static_cast<uInt>(room);
      {
        BlockingRegion others_may_run;
        code = step(z, mode);
      }
      used += room - z->avail_out;
      if (z->avail_out || (code != Z_OK && code != Z_BUF_ERROR)) break;
      if (out->size() >= limit) break;
      out->resize(std::min(limit, out->size() * 2));
    }
    in->take_back(*z);
    if (code == Z_STREAM_END || (code != Z_OK && code != Z_BUF_ERROR) || used >= limit) break;
  } while (in->left);
  out->resize(used);
  return code;
}

int deflate_step(z_stream* z, int mode) { return deflate(z, mode); }
int inflate_step(z_stream* z, int mode) { return inflate(z, mode); }

// A length: OverflowError "Python int too large to convert to C ssize_t".
bool to_length(Value v, int64_t* out) {
  Value i = TRY(number_index(v));
  return int_to_int64(i, out) || (raise(exc.OverflowError, "Python int too large to convert to C ssize_t"), false);
}
bool optional(Value v, int fallback, int* out) { return v ? to_int32(v, out) : (*out = fallback, true); }

Value do_compress(Value* a) {
  int level, wbits;
  Input in;
  if (!in.open(a[0]) || !optional(a[1], Z_DEFAULT_COMPRESSION, &level) || !optional(a[2], MAX_WBITS, &wbits)) return nullptr;
  z_stream z = {};
  int code = deflateInit2(&z, level, Z_DEFLATED, wbits, kDefMemLevel, Z_DEFAULT_STRATEGY);
  if (code == Z_MEM_ERROR) return raise(exc.MemoryError, "Out of memory while compressing data");
  if (code == Z_STREAM_ERROR) return raise(error_class, "Bad compression level");
  if (code != Z_OK) {
    deflateEnd(&z);
    return zlib_error(z, code, "while compressing data");
  }
  std::string out;
  code = run(&z, &in, &out, kBufferSize, SIZE_MAX / 2, Z_FINISH, deflate_step);
  deflateEnd(&z);
  if (code != Z_STREAM_END) return zlib_error(z, code, "while compressing data");
  return new_bytes(out);
}

Value do_decompress(Value* a) {
  int wbits;
  int64_t size = kBufferSize;
  Input in;
  if (!in.open(a[0]) || !optional(a[1], MAX_WBITS, &wbits) || (a[2] && !to_length(a[2], &size))) return nullptr;
  if (size < 0) return raise(exc.ValueError, "bufsize must be non-negative");
  if (static_cast<uint64_t>(size) > largest_allocation()) return raise(exc.MemoryError, "Unable to allocate output buffer.");
  z_stream z = {};
  int code = inflateInit2(&z, wbits);
  if (code == Z_MEM_ERROR) return raise(exc.MemoryError, "Out of memory while decompressing data");
  if (code != Z_OK) {
    inflateEnd(&z);
    return zlib_error(z, code, "while preparing to decompress data");
  }
  std::string out;
  code = run(&z, &in, &out, static_cast<size_t>(size), SIZE_MAX / 2, Z_SYNC_FLUSH, inflate_step);
  Value result;
  if (code == Z_STREAM_END) {
    result = new_bytes(out);
  } else if (code == Z_MEM_ERROR) {
    raise(exc.MemoryError, "Out of memory while decompressing data");
  } else {
    zlib_error(z, code == Z_OK ? Z_BUF_ERROR : code, "while decompressing data");
  }
  inflateEnd(&z);
  return result;
}

Stream* new_stream(Class* cls) {
  auto* s = allocate_instance_of<Stream>(cls);
  if (!s) return nullptr;
  Value empty = new_bytes("");
  s->z = new z_stream{};
  s->unused_data = empty;
  s->unconsumed_tail = empty;
  write_barrier(s);
  return s;
}

Value do_compressobj(Value* a) {
  int level, method, wbits, memory, strategy;
  if (!optional(a[0], Z_DEFAULT_COMPRESSION, &level) || !optional(a[1], Z_DEFLATED, &method) || !optional(a[2], MAX_WBITS, &wbits) ||
      !optional(a[3], kDefMemLevel, &memory) || !optional(a[4], Z_DEFAULT_STRATEGY, &strategy)) {
    return nullptr;
  }
  Input dictionary;
  if (a[5] && !a[5].is_none() && !dictionary.open(a[5])) return nullptr;
  if (dictionary.left > UINT_MAX) return raise(exc.OverflowError, "zdict length does not fit in an unsigned int");
  Stream* s = TRY(new_stream(compress_class));
  int code = deflateInit2(s->z, level, method, wbits, memory, strategy);
  if (code == Z_MEM_ERROR) return raise(exc.MemoryError, "Can't allocate memory for compression object");
  if (code == Z_STREAM_ERROR) return raise(exc.ValueError, "Invalid initialization option");
  if (code != Z_OK) return zlib_error(*s->z, code, "while creating compression object");
  s->ready = true;
  if (dictionary.held) {
    code = deflateSetDictionary(s->z, dictionary.at, static_cast<uInt>(dictionary.left));
    if (code == Z_STREAM_ERROR) return raise(exc.ValueError, "Invalid dictionary");
    if (code != Z_OK) return raise(exc.ValueError, "deflateSetDictionary() failed");
  }
  return s;
}

// Hands the preset dictionary to zlib. False: exception pending.
bool set_dictionary(Stream* s) {
  Input dictionary;
  if (!dictionary.open(s->dictionary)) return false;
  int code = inflateSetDictionary(s->z, dictionary.at, static_cast<uInt>(dictionary.left));
  return code == Z_OK || (zlib_error(*s->z, code, "while setting zdict"), false);
}

Value do_decompressobj(Value* a) {
  int wbits;
  if (!optional(a[0], MAX_WBITS, &wbits)) return nullptr;
  if (a[1] && !supports_buffer(a[1])) return raise(exc.TypeError, "zdict argument must support the buffer protocol");
  Stream* s = TRY(new_stream(decompress_class));
  if (a[1]) {
    s->dictionary = a[1];
    write_barrier(s);
  }
  int code = inflateInit2(s->z, wbits);
  if (code == Z_STREAM_ERROR) return raise(exc.ValueError, "Invalid initialization option");
  if (code == Z_MEM_ERROR) return raise(exc.MemoryError, "Can't allocate memory for decompression object");
  if (code != Z_OK) return zlib_error(*s->z, code, "while creating decompression object");
  s->ready = true;
  if (s->dictionary && wbits < 0 && !set_dictionary(s)) return nullptr;   // raw streams never ask for it
  return s;
}

Value compress_compress(Value* a) {
  Stream* s = stream_of(a[0]);
  Input in;
  if (!in.open(a[1])) return nullptr;
  std::string out;
  int code = run(s->z, &in, &out, kBufferSize, SIZE_MAX / 2, Z_NO_FLUSH, deflate_step);
  if (code == Z_STREAM_ERROR) return zlib_error(*s->z, code, "while compressing data");
  return new_bytes(out);
}
Value compress_flush(Value* a) {
  Stream* s = stream_of(a[0]);
  int mode;
  if (!optional(a[1], Z_FINISH, &mode)) return nullptr;
  if (mode == Z_NO_FLUSH) return new_bytes("");
  Input in;
  std::string out;
  s->z->avail_in = 0;
  int code = run(s->z, &in, &out, kBufferSize, SIZE_MAX / 2, mode, deflate_step);
  if (code == Z_STREAM_ERROR) return zlib_error(*s->z, code, "while flushing");
  if (code == Z_STREAM_END && mode == Z_FINISH) {
    code = deflateEnd(s->z);
    s->ready = false;
    if (code != Z_OK) return zlib_error(*s->z, code, "while finishing compression");
  } else if (code != Z_OK && code != Z_BUF_ERROR) {
    return zlib_error(*s->z, code, "while flushing");
  }
  return new_bytes(out);
}
template <int (*kCopy)(z_stream*, z_stream*)>
Value stream_copy(Value* a) {
  Stream* s = stream_of(a[0]);
  Stream* c = TRY(new_stream(s->cls()));
  int code = kCopy(c->z, s->z);
  if (code == Z_STREAM_ERROR) return raise(exc.ValueError, "Inconsistent stream state");
  if (code == Z_MEM_ERROR) return raise(exc.MemoryError, "Can't allocate memory for compression object");
  if (code != Z_OK) return zlib_error(*s->z, code, "while copying compression object");
  c->ready = true;
  c->eof = s->eof;
  c->unused_data = s->unused_data;
  c->unconsumed_tail = s->unconsumed_tail;
  c->dictionary = s->dictionary;
  write_barrier(c);
  return c;
}

// Keeps what follows the end of the stream, and what a length limit left over.
bool save_rest(Stream* s, const Input& in, int code) {
  std::string_view rest(reinterpret_cast<const char*>(in.at), in.left);
  if (code == Z_STREAM_END && !rest.empty()) {
    Bytes* old = s->unused_data.as<Bytes>();
    std::string all(old->view());
    Value joined = TRY(new_bytes(all.append(rest)));
    s->unused_data = joined;
  }
  // A tail left by a length limit is replaced by what is left now, even when that is unused data: as CPython does.
  if ((!rest.empty() && code != Z_STREAM_END) || s->unconsumed_tail.as<Bytes>()->size) {
    Value tail = TRY(new_bytes(rest));
    s->unconsumed_tail = tail;
  }
  write_barrier(s);
  return true;
}
int inflate_all(Stream* s, Input* in, std::string* out, size_t first_room, size_t limit, int flush, bool* failed) {
  int code = run(s->z, in, out, first_room, limit, flush, inflate_step);
  while (code == Z_NEED_DICT && s->dictionary) {
    if (!set_dictionary(s)) return *failed = true, code;
    std::string more;
    size_t have = out->size();
    code = run(s->z, in, &more, first_room, limit - have, flush, inflate_step);
    out->append(more);
  }
  return code;
}

Value decompress_decompress(Value* a) {
  Stream* s = stream_of(a[0]);
  int64_t limit = 0;
  Input in;
  if (!in.open(a[1]) || (a[2] && !to_length(a[2], &limit))) return nullptr;
  if (limit < 0) return raise(exc.ValueError, "max_length must be non-negative");
  std::string out;
  bool failed = false;
  int code = inflate_all(s, &in, &out, kBufferSize, limit ? static_cast<size_t>(limit) : SIZE_MAX / 2, Z_SYNC_FLUSH, &failed);
  if (failed || !save_rest(s, in, code)) return nullptr;
  if (code == Z_STREAM_END) {
    s->eof = true;
  } else if (code != Z_OK && code != Z_BUF_ERROR) {
    return zlib_error(*s->z, code, "while decompressing data");
  }
  return new_bytes(out);
}
Value decompress_flush(Value* a) {
  Stream* s = stream_of(a[0]);
  int64_t length = kBufferSize;
  if (a[1] && !to_length(a[1], &length)) return nullptr;
  if (length <= 0) return raise(exc.ValueError, "length must be greater than zero");
  Value keep = s->unconsumed_tail;
  Input in;
  if (!in.open(keep)) return nullptr;
  std::string out;
  bool failed = false;
  int code = inflate_all(s, &in, &out, static_cast<size_t>(length), SIZE_MAX / 2, Z_FINISH, &failed);
  if (failed || !save_rest(s, in, code)) return nullptr;
  if (code == Z_STREAM_END) {
    s->eof = true;
    s->ready = false;
    code = inflateEnd(s->z);
    if (code != Z_OK) return zlib_error(*s->z, code, "while finishing decompression");
  }
  return new_bytes(out);
}

// adler32 and crc32: data of any length on top of a starting value, whose low 32 bits count.
template <uLong (*kSum)(uLong, const Bytef*, z_size_t), int kStart>
Value checksum(Value* a) {
  uLong sum = kStart;
  Input in;
  if (!in.open(a[0])) return nullptr;
  if (a[1]) {
    Value i = TRY(number_index(a[1]));
    int64_t n;
    if (!int_to_int64(i, &n)) n = static_cast<int64_t>(i.as<BigInt>()->limbs[0]) * (i.as<BigInt>()->is_negative() ? -1 : 1);
    sum = static_cast<uint32_t>(n);
  }
  if (in.left > 5 * 1024) {
    BlockingRegion others_may_run;
    sum = kSum(sum, in.at, in.left);
  } else if (in.left) {
    sum = kSum(sum, in.at, in.left);
  }
  return new_int_unsigned(sum & 0xffffffffu);
}

Value get_unused(Value v) { return stream_of(v)->unused_data; }
Value get_tail(Value v) { return stream_of(v)->unconsumed_tail; }
Value get_eof(Value v) { return Value::from_bool(stream_of(v)->eof); }

constexpr MethodDef kCompressMethods[] = {method_row("compress", "($self, data, /)", compress_compress),
                                          method_row("flush", "($self, mode=zlib.Z_FINISH, /)", compress_flush),
                                          method_row("copy", "($self, /)", stream_copy<deflateCopy>),
                                          method_row("__copy__", "($self, /)", stream_copy<deflateCopy>),
                                          method_row("__deepcopy__", "($self, memo, /)", stream_copy<deflateCopy>),
                                          {}};
constexpr MethodDef kDecompressMethods[] = {method_row("decompress", "($self, data, /, max_length=0)", decompress_decompress),
                                            method_row("flush", "($self, length=zlib.DEF_BUF_SIZE, /)", decompress_flush),
                                            method_row("copy", "($self, /)", stream_copy<inflateCopy>),
                                            method_row("__copy__", "($self, /)", stream_copy<inflateCopy>),
                                            method_row("__deepcopy__", "($self, memo, /)", stream_copy<inflateCopy>),
                                            {}};
constexpr GetSetDef kDecompressGetSet[] = {{"unused_data", get_unused}, {"unconsumed_tail", get_tail}, {"eof", get_eof}, {}};
const ClassSpec kCompressSpec = {.name = "zlib.Compress",
                                 .basicsize = sizeof(Stream),
                                 .flags = kClassNoInstantiation,
                                 .trace_kind = TraceKind::kCustom,
                                 .trace = trace_stream,
                                 .finalize = finalize_stream<deflateEnd>,
                                 .methods = kCompressMethods};
const ClassSpec kDecompressSpec = {.name = "zlib.Decompress",
                                   .basicsize = sizeof(Stream),
                                   .flags = kClassNoInstantiation,
                                   .trace_kind = TraceKind::kCustom,
                                   .trace = trace_stream,
                                   .finalize = finalize_stream<inflateEnd>,
                                   .methods = kDecompressMethods,
                                   .getset = kDecompressGetSet};

constexpr MethodDef kFunctions[] = {
    function_row("compress", "($module, data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)", do_compress),
    function_row("decompress", "($module, data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)", do_decompress),
    function_row("compressobj",
                 "($module, /, level=Z_DEFAULT_COMPRESSION, method=DEFLATED,\n            wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL,\n            "
                 "strategy=Z_DEFAULT_STRATEGY, zdict=None)",
                 do_compressobj),
    function_row("decompressobj", "($module, /, wbits=MAX_WBITS, zdict=b'')", do_decompressobj),
    function_row("adler32", "($module, data, value=1, /)", checksum<adler32_z, 1>),
    function_row("crc32", "($module, data, value=0, /)", checksum<crc32_z, 0>),
    {}};

struct Constant { const char* name; int value; };
#define ROW(name) {#name, name},
constexpr Constant kConstants[] = {
    ROW(MAX_WBITS) ROW(Z_NO_COMPRESSION) ROW(Z_BEST_SPEED) ROW(Z_BEST_COMPRESSION) ROW(Z_DEFAULT_COMPRESSION) ROW(Z_FILTERED) ROW(Z_HUFFMAN_ONLY)
    ROW(Z_RLE) ROW(Z_FIXED) ROW(Z_DEFAULT_STRATEGY) ROW(Z_NO_FLUSH) ROW(Z_PARTIAL_FLUSH) ROW(Z_SYNC_FLUSH) ROW(Z_FULL_FLUSH) ROW(Z_FINISH)
    ROW(Z_BLOCK) ROW(Z_TREES) {"DEFLATED", Z_DEFLATED}, {"DEF_MEM_LEVEL", kDefMemLevel}, {"DEF_BUF_SIZE", kBufferSize}};
#undef ROW

}  // namespace

bool init_zlib_module(Module* m) {
  static Value root;
  if (!error_class) {
    heap.add_root_range(&root, &root + 1);
    Value args[] = {intern("error"), make_tuple(Value(exc.Exception)), TRY(new_dict())};
    if (!dict_set_str(args[2].as<Dict>(), intern("__module__"), intern("zlib"))) return false;
    root = TRY(call(types.type, args, 3));
    error_class = root.as<Class>();
  }
  static Value class_roots[2];
  if (!compress_class) {
    heap.add_root_range(class_roots, class_roots + 2);
    class_roots[0] = compress_class = new_builtin_class(kCompressSpec);
    class_roots[1] = decompress_class = new_builtin_class(kDecompressSpec);
  }
  for (const Constant& c : kConstants) {
    if (!add_int(m, c.name, c.value)) return false;
  }
  return add_functions(m, kFunctions) && add_object(m, "error", error_class) && add_string(m, "ZLIB_VERSION", ZLIB_VERSION) &&
         add_string(m, "ZLIB_RUNTIME_VERSION", zlibVersion()) && add_string(m, "__version__", "1.0");
}

}  // namespace pyjit::runtime
