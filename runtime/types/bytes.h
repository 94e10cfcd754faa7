// bytes, bytearray, memoryview, and the buffer protocol they share.
#pragma once
#include <string>
#include <string_view>

#include "runtime/class.h"
#include "runtime/errors.h"
#include "runtime/heap.h"

namespace pyjit::runtime {

struct Bytes : Object {
  int64_t hash;              // -1 not computed
  uint64_t size;
  char data[];               // size bytes and a zero
  std::string_view view() const { return {data, size}; }
};
struct ByteArray : Object {
  uint64_t size;
  uint64_t start;            // offset of the first byte in the store (deleting from the front is cheap)
  ByteStore* store;
  bool viewed;               // a memoryview has seen this store: resizing must move
  uint32_t exports;          // live buffer views other than memoryviews: resizing is a BufferError (see bytearray.cc)
  char* data() const { return store->bytes + start; }
};
inline bool is_bytes(Value v) { return v.is_object() && v.as_object()->cls()->has(kSubBytes); }
Bytes* new_bytes(std::string_view data);
Bytes* new_bytes_uninitialized(size_t size);
ByteArray* new_bytearray(std::string_view data);
Value char_bytes(uint8_t byte);          // the shared one-byte bytes object
Value new_memoryview(Value object);      // null: TypeError or BufferError pending

// A borrowed view of an object's memory (PEP 3118). `owner` keeps it alive; release_buffer ends it.
struct BufferView {
  char* data = nullptr;
  int64_t length = 0;        // bytes
  int64_t itemsize = 1;
  bool readonly = true;
  const char* format = "B";
  int ndim = 1;
  int64_t* shape = nullptr;
  int64_t* strides = nullptr;
  Value owner;
  void* internal = nullptr;
  std::string_view view() const { return {data, static_cast<size_t>(length)}; }
};
enum BufferFlags { kBufferSimple = 0, kBufferWritable = 1, kBufferFormat = 4, kBufferNd = 8, kBufferStrides = 0x18, kBufferFull = 0x1D };
// False: TypeError "a bytes-like object is required, not 'x'" or BufferError pending.
bool get_buffer(Value v, BufferView* view, int flags = kBufferSimple);
void release_buffer(BufferView* view);
// The items in C order, whatever the strides.
void append_buffer(const BufferView& view, std::string* out);
bool is_c_contiguous(const BufferView& view);
bool supports_buffer(Value v);

}  // namespace pyjit::runtime
