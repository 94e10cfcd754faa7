// array.array: layout, element types, and what array.cc and array_methods.cc share.
#pragma once
#include "runtime/modules/module_util.h"
#include "runtime/types/bytes.h"

namespace pyjit::runtime {

// One typecode: how its items are read, written (checked) and described.
struct ElementType {
  char code;
  uint8_t size;
  Value (*get)(const char*);
  bool (*set)(char*, Value);
  const char* format;        // PEP 3118
  bool compare_bytes;        // equal values have equal bytes
  uint8_t machine_format;    // _array_reconstructor's code, little-endian; + 1: big-endian (single bytes have none)
};

struct Array : Object {
  const ElementType* type;
  uint64_t size;             // items
  ByteStore* store;
  uint64_t exports;          // live buffers: resizing is a BufferError
  char* data() const { return store->bytes; }
};

extern Class* array_class;
extern const MethodDef kArrayMethods[], kArrayFunctions[];
extern const GetSetDef kArrayFields[];

const ElementType* array_element_type(uint32_t code);   // ValueError for unknown ones
Array* new_array(Class* cls, const ElementType* type, uint64_t size);
bool array_resize(Array* a, uint64_t size);
bool array_append(Array* a, Value v);
bool array_append_bytes(Array* a, std::string_view bytes);
bool array_append_text(Array* a, Str* text);
bool array_extend(Array* a, Value iterable);
Value array_item(Array* a, uint64_t i);
List* array_to_list(Array* a);
Str* array_to_text(Array* a);
bool remember_reconstructor(Module* m);   // for __reduce_ex__

}  // namespace pyjit::runtime
