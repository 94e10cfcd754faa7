// memoryview: a typed, strided window on another object's memory.
#pragma once
#include "runtime/types/bytes.h"

namespace pyjit::runtime {

// The buffer obtained from a native owner, shared by all views on it and given back when the last is released.
struct ManagedBuffer : Object {
  BufferView view;
  int64_t views;
};

struct MemoryView : Object {
  Value owner;               // obj
  Object* keep;              // what else must live: the bytearray's ByteStore, the ManagedBuffer
  ManagedBuffer* managed;    // null for bytes and bytearray
  Str* format;
  char* data;
  int64_t length, itemsize;  // bytes
  int64_t hash;
  int32_t ndim;
  uint32_t exports;
  bool readonly, released;
  int64_t dims[];            // ndim extents, then ndim strides
  int64_t* shape() { return dims; }
  int64_t* strides() { return dims + ndim; }
};

// memoryview_items.cc: one item ↔ its value, by a native format character.
int64_t format_item_size(char code);            // 0: not a native single-character format
char format_code(const Str* format);            // the character of "B" or "@B"; 0: something else
Value unpack_item(const char* p, const Str* format);
bool pack_item(char* p, const Str* format, Value v);

}  // namespace pyjit::runtime
