// The methods that bytes and bytearray share: one function each, which makes a result of self's kind.
#pragma once
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/text_args.h"

namespace pyjit::runtime {

inline bool is_bytearray(Value v) { return v.is_object() && is_instance(v, types.bytearray); }
inline std::string_view bytes_view(Value v) {   // bytes or bytearray
  if (is_bytes(v)) return v.as<Bytes>()->view();
  ByteArray* b = v.as<ByteArray>();
  return {b->data(), b->size};
}
inline Value bytes_like(Value self, std::string_view data) {   // exact bytes or bytearray, as self
  return is_bytes(self) ? Value(new_bytes(data)) : Value(new_bytearray(data));
}
// An argument's memory while in scope.
class BufferArg {
 public:
  BufferArg() = default;
  BufferArg(const BufferArg&) = delete;
  BufferArg& operator=(const BufferArg&) = delete;
  ~BufferArg() { if (view_.owner) release_buffer(&view_); }
  bool get(Value v, int flags = kBufferSimple) { return get_buffer(v, &view_, flags); }
  std::string_view view() const { return view_.view(); }
  char* data() const { return view_.data; }
  const BufferView& raw() const { return view_; }

 private:
  BufferView view_;
};

// A value in range(256) from an int: ValueError "byte must be in range(0, 256)" ("bytes must ..." when plural).
bool to_byte(Value v, uint8_t* out, bool plural = false);

// bytes_methods.cc, bytes_split.cc, bytes_case.cc: rows for both method tables.
extern const MethodDef kBytesSharedMethods[], kBytesSplitMethods[];
// Concatenates tables that end with a null name, and ends the result so.
const MethodDef* join_method_tables(std::initializer_list<const MethodDef*> tables);
std::string bytes_repr(std::string_view data, std::string_view prefix);
Value bytes_hex(std::string_view data, Value separator, Value group);
Value bytes_maketrans(Value* args);
bool bytes_fromhex(Value text, std::string* out);
int bytes_contains(Value self, Value item);
// The bytes of bytes(source) for an int, buffer or iterable; `type` names the class in messages.
bool bytes_from_source(Value source, const char* type, std::string* out);
bool bytes_from_iterable(Value iterable, const char* type, std::string* out);
// bytes(source, encoding, errors): sorts out the argument errors.
bool bytes_construct(const char* type, Value source, Value encoding, Value errors, std::string* out);
Value bytes_compare(Value a, Value b, CompareOp op);
std::string bytes_repeat_text(std::string_view data, int64_t count);

// Grows or shrinks the middle: replaces [start, end) by `data`. BufferError while exported and the size changes.
bool bytearray_replace(ByteArray* b, int64_t start, int64_t end, std::string_view data);
bool bytearray_resize(ByteArray* b, uint64_t size);

}  // namespace pyjit::runtime
