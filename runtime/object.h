// Object: the 8-byte header of everything in the heap; Shape: what a header's first word says about the rest.
//
//   Object           +0  u32 shape     Shape*, which lies below 4 GiB (see shape.h), so 32 bits hold it whole
//                    +4  u8  gc        GcState: what the collector and the write barrier know
//                    +5  u8  flags     ObjectFlags
//                    +6  u16 aux       the type's own use
//                    +8  ...           the native part of the layout (each type's struct)
//   attrs_offset ->  Object* overflow  extra attribute slots (ValueArray), or the Dict in dict mode; null while the inline ones suffice
//                    Value slots[]     inline attribute slots, inline_capacity of them
//
// Types whose instances vary in length (tuple, bytes, int) have no inline slots: a subclass that needs attributes keeps the overflow
// word behind the items (Class::attrs_at_end).
#pragma once
#include "runtime/value.h"

namespace pyjit::runtime {

struct Shape;
struct Class;
struct Str;
struct Dict;
struct Tuple;
struct List;
struct ValueArray;
class Tracer;

// ORDER(GcState): the barrier compares with kOld only; the machine code emits the same compare.
enum GcState : uint8_t { kYoung = 0, kOld = 1, kRemembered = 3 };

enum ObjectFlags : uint8_t {
  kHasWeakrefs = 1,      // the weak-reference table has an entry for this object
  kHasFinalizer = 2,     // __del__ or a native finalizer is owed
  kFinalized = 4,        // the finalizer has run (once only, resurrection or not)
  kImmortal = 8,
  kInterned = 16,        // Str only
  kInRepr = 32,          // a repr of this container is under way
  kUserFlag = 64,        // the type's own
  kLargeObject = 128,    // outside the blocks, with a LargeHeader in front (heap.cc)
};

struct Object {
  uint32_t shape_bits;
  uint8_t gc;
  uint8_t flags;
  uint16_t aux;

  Shape* shape() const { return reinterpret_cast<Shape*>(static_cast<uintptr_t>(shape_bits)); }
  void set_shape(Shape* s) { shape_bits = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(s)); }
  inline Class* cls() const;
};
static_assert(sizeof(Object) == 8);

// How the collector finds the references inside an object of this shape.
enum class TraceKind : uint8_t {
  kLeaf,    // none
  kValues,  // every word from +8 to the end of the cell is a Value, an Object* or null
  kCustom,  // Class::trace, then the attribute slots
};

// (class, ordered attribute names → slot index). Shapes form a tree of transitions below each class's root shape; they are
// allocated in a fixed region below 4 GiB and live as long as the process.
struct Shape {
  Class* cls;
  Shape* parent;            // null for a root shape
  Str* key;                 // the attribute that leads here from parent
  uint32_t slot_count;      // attributes present: slots 0 .. slot_count-1 in the order they were added
  uint16_t attrs_offset;    // byte offset of the overflow word; 0: instances have no attribute storage (or it is at the end)
  uint16_t inline_capacity;
  TraceKind trace_kind;
  bool dict_mode;           // the overflow word points to a Dict that holds all attributes
  bool attrs_at_end;        // variable-length layout: see above
  uint16_t members_begin, members_end;  // byte range of __slots__ members, behind the native part
  struct Transitions* transitions;
  struct SlotTable* table;  // name → index, built on first use

  // Slot of `name` (an interned Str), or -1.
  int32_t find(Str* name);
  // The shape with `name` appended (made on first use); null when the instance should go to dict mode instead (too many attributes).
  Shape* add(Str* name);
  // The shape of the same class without `name`: later slots move down by one.
  Shape* remove(Str* name);
  // The dict-mode sibling of this class's shapes.
  Shape* to_dict_mode();
  // Attribute names in slot order.
  void keys(Str** out);

  static Shape* new_root(Class* cls, uint16_t attrs_offset, uint16_t inline_capacity, TraceKind trace, bool attrs_at_end = false);
};

inline Class* Object::cls() const { return shape()->cls; }

// The word that holds the overflow array or the attribute Dict. Precondition: the class has attribute storage.
Object** attrs_overflow(Object* object);

constexpr uint32_t kMaxShapeSlots = 128;  // more attributes than this: dict mode

}  // namespace pyjit::runtime
