// Text ↔ bytes: the standard encodings, their error handlers, and the codec registry behind str.encode and bytes.decode.
//
// An `errors` argument is the handler's name, null for "strict". Encoders take a Str and give bytes; decoders take raw bytes and
// give a Str. Decoders with a `consumed` argument are incremental: an incomplete sequence at the end is left over instead of being
// an error; with null it is an error. Null results: an exception is pending.
#pragma once
#include <string_view>

#include "runtime/types/bytes.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

// str.encode, bytes.decode, str(object, encoding, errors): registry and all; encoding null: utf-8. Text encodings only.
Bytes* encode_str(Str* s, Str* encoding, Str* errors);
Str* decode_bytes(Value object, std::string_view data, Str* encoding, Str* errors);
Str* decode_object(Value object, Str* encoding, Str* errors);

// The codecs themselves.
Bytes* utf8_encode(Str* s, Str* errors);
Str* utf8_decode(std::string_view data, Str* errors, int64_t* consumed = nullptr);
Bytes* ascii_encode(Str* s, Str* errors);
Str* ascii_decode(std::string_view data, Str* errors);
Bytes* latin1_encode(Str* s, Str* errors);
enum class ByteOrder { kBig = 1, kLittle = -1, kNative = 0 };   // kNative: with a byte order mark
Bytes* utf16_encode(Str* s, Str* errors, ByteOrder order);
Str* utf16_decode(std::string_view data, Str* errors, ByteOrder* order, int64_t* consumed = nullptr);   // *order: found out from the mark
Bytes* utf32_encode(Str* s, Str* errors, ByteOrder order);
Str* utf32_decode(std::string_view data, Str* errors, ByteOrder* order, int64_t* consumed = nullptr);
Bytes* utf7_encode(Str* s, Str* errors);
Str* utf7_decode(std::string_view data, Str* errors, int64_t* consumed = nullptr);
Bytes* unicode_escape_encode(Str* s);
Str* unicode_escape_decode(std::string_view data, Str* errors, int64_t* consumed = nullptr);
Bytes* raw_unicode_escape_encode(Str* s);
Str* raw_unicode_escape_decode(std::string_view data, Str* errors, int64_t* consumed = nullptr);
Bytes* charmap_encode(Str* s, Str* errors, Value mapping);      // mapping None: latin-1
Str* charmap_decode(std::string_view data, Str* errors, Value mapping);
bool escape_decode(std::string_view data, Str* errors, std::string* out);   // bytes with backslash escapes
Value charmap_build(Str* decoding_table);                       // the mapping charmap_encode uses

// The registry.
Value codec_lookup(Str* encoding);                              // CodecInfo (a 4-tuple); LookupError "unknown encoding: x"
bool codec_register(Value search_function);
bool codec_unregister(Value search_function);
Value codec_encode(Value object, Str* encoding, Str* errors);   // codecs.encode: any codec, any types
Value codec_decode(Value object, Str* encoding, Str* errors);
bool register_error_handler(Str* name, Value handler);
Value lookup_error_handler(Str* name);                          // name null: strict
void init_codecs();                                             // roots and the standard handlers; after the types exist

// File names: utf-8 with surrogateescape.
Bytes* fs_encode(Str* s);
Str* fs_decode(std::string_view data);

}  // namespace pyjit::runtime
