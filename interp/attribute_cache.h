// Inline caches of attribute sites, and the shapes of builtin layouts that handlers compare with.
//
//   word 2  u32 shape of the receiver, u32 version of its class       both match: the lookup has the same outcome
//   word 3  Class* of the receiver (read only after the shape matched, so it is alive)
//   word 4  u32 offset (inline slot: bytes; overflow: index), u32 extra (STORE_ATTR_ADD: new shape; overflow: attrs_offset)
//           or the Value found in the class
// Field c of the instruction counts misses; kMegamorphic: the site stays general.
#pragma once
#include "interp/instr.h"
#include "runtime/class.h"
#include "runtime/types/dict.h"

namespace pyjit::interp {

struct AttributeCache {
  uint32_t shape, version;
  runtime::Class* cls;
  union {
    struct { uint32_t offset, extra; };
    uint64_t value_bits;
  };
};
static_assert(sizeof(AttributeCache) == 24);

inline AttributeCache* attribute_cache(const Instr* pc) { return reinterpret_cast<AttributeCache*>(const_cast<Instr*>(pc + 2)); }
constexpr uint16_t kMegamorphic = 48;

// LOAD_GLOBAL: word 2 versions, word 3 the entry.
struct GlobalCache {
  uint32_t globals_version, builtins_version;
  runtime::DictEntry* entry;
};
inline GlobalCache* global_cache(const Instr* pc) { return reinterpret_cast<GlobalCache*>(const_cast<Instr*>(pc + 2)); }

// Root shapes of exact builtin classes, as header words.
struct BuiltinShapes {
  uint32_t function, method, builtin_function, method_descriptor, list, tuple, dict, str, type, module;
  uint32_t range_iterator, list_iterator, tuple_iterator, generator, coroutine, cell;
};
extern BuiltinShapes shapes;

}  // namespace pyjit::interp
