// Encoding names → codecs: the registry, and the way from str.encode / bytes.decode to a codec.
//
// The usual encodings are recognised by name and never touch the registry; the rest goes through the search functions, the first of
// which is that of the `encodings` package, imported on the first miss.
#include "runtime/codecs.h"
#include "runtime/codecs_errors.h"
#include "runtime/module_registry.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"

namespace pyjit::runtime {

void init_codec_errors();

namespace {

Value search_path;    // List of search functions
Value codec_cache;    // Dict: normalised name → CodecInfo
bool encodings_imported = false;

// Lower case; runs of characters other than letters, digits and '.' become one '_'; leading ones vanish.
std::string normalized(std::string_view name) {
  std::string out;
  bool gap = false;
  for (char ch : name) {
    unsigned char c = static_cast<unsigned char>(ch);
    if (c < 128 && (isalnum(c) || c == '.')) {
      if (gap && !out.empty()) out.push_back('_');
      gap = false;
      out.push_back(static_cast<char>(tolower(c)));
    } else if (c < 128) {
      gap = true;
    }
  }
  return out;
}

bool ensure_encodings() {
  if (encodings_imported) return true;
  encodings_imported = true;
  Module* builtins = import_native_module("builtins");
  Value import = builtins ? module_get(builtins, names.dunder_import) : Value();
  if (import && call1(import, intern("encodings"))) return true;
  encodings_imported = false;
  return false;
}

enum class Direct { kNone, kUtf8, kAscii, kLatin1, kUtf16, kUtf16Le, kUtf16Be, kUtf32, kUtf32Le, kUtf32Be };

// The encodings that are handled without a lookup.
Direct direct_codec(const Str* name) {
  if (!name) return Direct::kUtf8;
  if (!name->is_ascii() || name->length > 12) return Direct::kNone;
  std::string s = normalized(ascii_view(name));
  static constexpr struct { const char* name; Direct codec; } kNames[] = {
      {"utf_8", Direct::kUtf8}, {"utf8", Direct::kUtf8}, {"ascii", Direct::kAscii}, {"us_ascii", Direct::kAscii},
      {"latin1", Direct::kLatin1}, {"latin_1", Direct::kLatin1}, {"iso_8859_1", Direct::kLatin1}, {"iso8859_1", Direct::kLatin1},
      {"utf_16", Direct::kUtf16}, {"utf16", Direct::kUtf16}, {"utf_32", Direct::kUtf32}, {"utf32", Direct::kUtf32},
      {"utf_16_le", Direct::kUtf16Le}, {"utf_16_be", Direct::kUtf16Be}, {"utf_32_le", Direct::kUtf32Le}, {"utf_32_be", Direct::kUtf32Be},
  };
  for (auto& row : kNames)
    if (s == row.name) return row.codec;
  return Direct::kNone;
}

bool has_null(const Str* s) {
  for (uint64_t i = 0; s && i < s->length; ++i)
    if (s->at(i) == 0) {
      raise(exc.ValueError, "embedded null character");
      return true;
    }
  return false;
}

// "encoding with 'x' codec failed (ValueError: text)", when the exception is a plain one that can be remade.
Value explain(const char* operation, Str* encoding) {
  Value e = take_pending();
  Exception* instance = e.as<Exception>();
  Class* cls = class_of(e);
  bool plain = !is_subclass(cls, exc.OSError) && !is_subclass(cls, exc.UnicodeError) &&
               !is_subclass(cls, exc.SyntaxError) && !is_subclass(cls, exc.ImportError) && !is_subclass(cls, exc.StopIteration) &&
               !is_subclass(cls, exc.SystemExit) && !is_subclass(cls, exc.BaseExceptionGroup) && !is_subclass(cls, exc.NameError) &&
               !is_subclass(cls, exc.AttributeError);
  for (Class* own = cls; plain && own && own->has(kClassHeap); own = own->base)
    if (dict_get_str(own->dict, names.dunder_init) || dict_get_str(own->dict, names.dunder_new)) plain = false;
  uint64_t count = instance->args ? instance->args->size : 0;
  if (count > 1 || (count == 1 && !is_exact_str(instance->args->items[0]))) plain = false;
  if (Shape* shape = instance->shape(); shape->dict_mode ? instance_dict(instance)->size != 0 : shape->slot_count != 0) plain = false;
  if (!plain) return raise_object(e);
  Str* text = str(e);
  if (!text) return nullptr;
  std::string detail = to_utf8(cls->name) + ": " + to_utf8(text);
  Value message = TRY(new_str(std::string(operation) + " with '" + to_utf8(encoding) + "' codec failed (" + detail + ")"));
  Value fresh = TRY(call1(cls, message));
  fresh.as<Exception>()->cause = e;
  fresh.as<Exception>()->context = e;
  fresh.as<Exception>()->suppress_context = true;
  fresh.as<Exception>()->traceback = instance->traceback;
  write_barrier(fresh.as_object());
  return raise_object(fresh);
}

// Calls item `index` (0 encoder, 1 decoder) of the codec and unpacks its (result, consumed) answer.
Value run_codec(Value codec, int index, Value object, Str* encoding, Str* errors) {
  Value args[2] = {object, errors};
  Value result = call(codec.as<Tuple>()->items[index], args, errors ? 2 : 1);
  if (!result) return explain(index == 0 ? "encoding" : "decoding", encoding);
  if (!is_tuple(result) || result.as<Tuple>()->size != 2)
    return raise(exc.TypeError, index == 0 ? "encoder must return a tuple (object, integer)" : "decoder must return a tuple (object,integer)");
  return result.as<Tuple>()->items[0];
}

Value text_codec(Str* encoding, const char* alternative) {
  Value codec = TRY(codec_lookup(encoding));
  if (is_exact(codec, types.tuple)) return codec;
  Value flag = get_attr_or_null(codec, intern("_is_text_encoding"));
  if (!flag && error_pending()) return nullptr;
  if (flag) {
    int truth = is_true(flag);
    if (truth < 0) return nullptr;
    if (!truth)
      return raisef(exc.LookupError, "'%.400s' is not a text encoding; use %s to handle arbitrary codecs", to_utf8(encoding).c_str(), alternative);
  }
  return codec;
}

}  // namespace

bool codec_register(Value search_function) {
  if (!is_callable(search_function)) {
    raise(exc.TypeError, "argument must be callable");
    return false;
  }
  return list_append(search_path.as<List>(), search_function);
}

bool codec_unregister(Value search_function) {
  List* list = search_path.as<List>();
  for (uint64_t i = 0; i < list->size; ++i)
    if (list->items()[i] == search_function) {
      dict_clear(codec_cache.as<Dict>());
      return list_set_slice(list, static_cast<int64_t>(i), static_cast<int64_t>(i) + 1, nullptr, 0);
    }
  return true;
}

Value codec_lookup(Str* encoding) {
  if (has_null(encoding)) return nullptr;
  Str* key = intern(normalized(to_utf8(encoding)));
  Value found = dict_get_str(codec_cache.as<Dict>(), key);
  if (found) return found;
  if (!ensure_encodings()) return nullptr;
  List* list = search_path.as<List>();
  if (list->size == 0) return raise(exc.LookupError, "no codec search functions registered: can't find encoding");
  for (uint64_t i = 0; i < list->size; ++i) {
    Value codec = TRY(call1(list->items()[i], key));
    if (codec.is_none()) continue;
    if (!is_tuple(codec) || codec.as<Tuple>()->size != 4) return raise(exc.TypeError, "codec search functions must return 4-tuples");
    if (!dict_set_str(codec_cache.as<Dict>(), key, codec)) return nullptr;
    return codec;
  }
  return raisef(exc.LookupError, "unknown encoding: %s", to_utf8(encoding).c_str());
}

Value codec_encode(Value object, Str* encoding, Str* errors) {
  if (!encoding) encoding = names.utf_8;
  Value codec = TRY(codec_lookup(encoding));
  return run_codec(codec, 0, object, encoding, errors);
}
Value codec_decode(Value object, Str* encoding, Str* errors) {
  if (!encoding) encoding = names.utf_8;
  Value codec = TRY(codec_lookup(encoding));
  return run_codec(codec, 1, object, encoding, errors);
}

Bytes* encode_str(Str* s, Str* encoding, Str* errors) {
  switch (direct_codec(encoding)) {
    case Direct::kUtf8: return utf8_encode(s, errors);
    case Direct::kAscii: return ascii_encode(s, errors);
    case Direct::kLatin1: return latin1_encode(s, errors);
    case Direct::kUtf16: return utf16_encode(s, errors, ByteOrder::kNative);
    case Direct::kUtf16Le: return utf16_encode(s, errors, ByteOrder::kLittle);
    case Direct::kUtf16Be: return utf16_encode(s, errors, ByteOrder::kBig);
    case Direct::kUtf32: return utf32_encode(s, errors, ByteOrder::kNative);
    case Direct::kUtf32Le: return utf32_encode(s, errors, ByteOrder::kLittle);
    case Direct::kUtf32Be: return utf32_encode(s, errors, ByteOrder::kBig);
    case Direct::kNone: break;
  }
  Value codec = TRY(text_codec(encoding, "codecs.encode()"));
  Value result = TRY(run_codec(codec, 0, s, encoding, errors));
  if (is_bytes(result)) return result.as<Bytes>();
  if (result.is_object() && is_instance(result, types.bytearray)) {
    ByteArray* b = result.as<ByteArray>();
    return new_bytes({b->data(), b->size});
  }
  return raisef(exc.TypeError, "'%.400s' encoder returned '%.400s' instead of 'bytes'; use codecs.encode() to encode to arbitrary types",
                to_utf8(encoding).c_str(), type_name(result));
}

Str* decode_bytes(Value object, std::string_view data, Str* encoding, Str* errors) {
  ByteOrder order;
  switch (direct_codec(encoding)) {
    case Direct::kUtf8: return utf8_decode(data, errors);
    case Direct::kAscii: return ascii_decode(data, errors);
    case Direct::kLatin1: return new_str_latin1(reinterpret_cast<const uint8_t*>(data.data()), data.size());
    case Direct::kUtf16: order = ByteOrder::kNative; return utf16_decode(data, errors, &order);
    case Direct::kUtf16Le: order = ByteOrder::kLittle; return utf16_decode(data, errors, &order);
    case Direct::kUtf16Be: order = ByteOrder::kBig; return utf16_decode(data, errors, &order);
    case Direct::kUtf32: order = ByteOrder::kNative; return utf32_decode(data, errors, &order);
    case Direct::kUtf32Le: order = ByteOrder::kLittle; return utf32_decode(data, errors, &order);
    case Direct::kUtf32Be: order = ByteOrder::kBig; return utf32_decode(data, errors, &order);
    case Direct::kNone: break;
  }
  Value codec = TRY(text_codec(encoding, "codecs.decode()"));
  Value view = TRY(new_memoryview(object));
  Value result = TRY(run_codec(codec, 1, view, encoding, errors));
  if (is_str(result)) return result.as<Str>();
  return raisef(exc.TypeError, "'%.400s' decoder returned '%.400s' instead of 'str'; use codecs.decode() to decode to arbitrary types",
                to_utf8(encoding).c_str(), type_name(result));
}

Str* decode_object(Value object, Str* encoding, Str* errors) {
  if (is_str(object)) return raise(exc.TypeError, "decoding str is not supported");
  if (!supports_buffer(object)) return raisef(exc.TypeError, "decoding to str: need a bytes-like object, %.80s found", type_name(object));
  BufferView view;
  if (!get_buffer(object, &view)) return nullptr;
  Str* s = view.length == 0 ? names.empty : decode_bytes(object, view.view(), encoding, errors);
  release_buffer(&view);
  return s;
}

Bytes* fs_encode(Str* s) { return utf8_encode(s, names.surrogateescape); }
Str* fs_decode(std::string_view data) { return utf8_decode(data, names.surrogateescape); }

void init_codecs() {
  heap.add_root_range(&search_path, &search_path + 1);
  heap.add_root_range(&codec_cache, &codec_cache + 1);
  search_path = new_list();
  codec_cache = new_dict();
  init_codec_errors();
}

}  // namespace pyjit::runtime
