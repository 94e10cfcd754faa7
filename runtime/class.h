// Class: the Python type object: attributes, MRO, slots (what each operation does natively), instance layout.
//
// Slots follow CPython's design, since its rules are the oracle: a builtin type fills slots with C++ functions and gets the matching
// dunder wrappers in its dict; a class statement that defines a dunder gets the slot that calls it; slots are inherited along the MRO and
// recomputed when a class changes (slotdefs.def is the one table that relates dunder names and slots).
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/object.h"

namespace pyjit::runtime {

enum CompareOp : uint8_t { kLt, kLe, kEq, kNe, kGt, kGe };  // ORDER(CompareOp): as COMPARE_OP's argument

// ORDER(BinaryOp): as BINARY_OP's argument (in-place forms add kInplaceOffset there).
enum BinaryOp : uint8_t { kAdd, kAnd, kFloorDiv, kLShift, kMatMul, kMul, kMod, kOr, kPow, kRShift, kSub, kTrueDiv, kXor, kBinaryOpCount, kInplaceOffset = 13 };
// Not reachable by BINARY_OP: divmod().

struct BufferView;

using UnaryFn = Value (*)(Value);
using BinaryFn = Value (*)(Value, Value);
using TernaryFn = Value (*)(Value, Value, Value);
using CallFn = Value (*)(Value self, Value* args, uint32_t nargs, Tuple* kwnames);  // keyword values follow the nargs positional ones

// A null slot: the type does not support the operation. Functions return null / -1 / false with an exception pending on failure.
struct Slots {
  UnaryFn repr, str;
  int64_t (*hash)(Value);                               // never -1 but on error; null: unhashable
  CallFn call;
  Value (*getattr)(Value self, Str* name);              // full lookup (tp_getattro)
  bool (*setattr)(Value self, Str* name, Value value);  // value null: delete
  Value (*compare)(Value a, Value b, CompareOp op);     // may return NotImplemented
  UnaryFn iter;
  UnaryFn next;                                         // exhausted: null with nothing pending
  UnaryFn await, aiter, anext;
  int64_t (*length)(Value);
  BinaryFn getitem;
  bool (*setitem)(Value self, Value key, Value value);  // value null: delete
  int (*contains)(Value self, Value item);              // 1, 0, -1
  int (*truth)(Value);                                  // 1, 0, -1
  BinaryFn binary[kBinaryOpCount];                      // (left, right): called with self on either side; may return NotImplemented. kPow: modulo None
  BinaryFn inplace[kBinaryOpCount];
  TernaryFn power;                                      // three-argument pow
  BinaryFn divmod;
  BinaryFn concat;                                      // sequence +, tried after binary[kAdd]
  BinaryFn repeat;                                      // sequence *, right operand has __index__ (either side)
  BinaryFn inplace_concat, inplace_repeat;
  UnaryFn negative, positive, absolute, invert, to_int, to_float, index;
  Value (*descr_get)(Value self, Value instance, Value owner);  // instance null: through the class
  bool (*descr_set)(Value self, Value instance, Value value);   // value null: delete
  Value (*new_)(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames);
  bool (*init)(Value self, Value* args, uint32_t nargs, Tuple* kwnames);
  void (*del)(Value self);                              // __del__
  bool (*get_buffer)(Value self, BufferView* view, int flags);
  void (*release_buffer)(Value self, BufferView* view);
};

enum ClassFlags : uint32_t {
  kClassHeap = 1,           // made by a class statement: mutable
  kClassBaseType = 2,       // may be subclassed
  kClassReady = 4,
  kClassHasDict = 8,        // instances have attribute storage
  kClassHasWeakref = 16,    // instances may be weakly referenced
  kClassAbstract = 32,      // __abstractmethods__ is set and not empty
  kClassNoInstantiation = 64,  // calling it: "cannot create 'x' instances"
  kClassImmutable = 128,
  kClassMethodDescriptor = 256,  // instances called as methods may skip the bound method (functions, method descriptors)
  kClassMappingPattern = 512, kClassSequencePattern = 1024,  // match statement
  kClassLayered = 2048,     // objects wrap older ones of this kind (files): finalizers run youngest first, so that writes get through
  // Fast subclass tests, inherited: ORDER(kSubclassFlags)
  kSubInt = 1 << 16, kSubStr = 1 << 17, kSubBytes = 1 << 18, kSubTuple = 1 << 19, kSubList = 1 << 20, kSubDict = 1 << 21,
  kSubType = 1 << 22, kSubException = 1 << 23, kSubFloat = 1 << 24, kSubSet = 1 << 25, kSubFrozenSet = 1 << 26, kSubComplex = 1 << 27,
};

struct Class : Object {
  Object* overflow;         // attribute storage of a metaclass instance is `dict`; this word stays null
  Str* name;                // __name__
  Str* qualname;
  Class* base;              // the base whose layout this class extends ("best base")
  Tuple* bases;
  Tuple* mro;
  Dict* dict;               // own attributes
  Shape* root_shape;        // shape of a fresh instance
  uint32_t class_flags;
  uint32_t version;         // changes when this class or a base changes; 0: not cacheable (never for ready classes)
  uint32_t basicsize;       // bytes of the native part (up to the overflow word if there is one)
  uint32_t itemsize;        // bytes per item of variable-length layouts, else 0
  uint16_t inline_capacity; // predicted attribute slots of an instance; grows while instances outgrow it
  bool watched;             // machine code depends on `version`: class_changed_hook must hear of a change
  Class* const* subclass_list;
  std::vector<Class*>* subclasses;  // weak: cleared of dead ones by the collector
  Slots slots;
  void (*trace)(Object*, Tracer&);  // native references of an instance (inherited); null: none or kValues
  void (*finalize)(Object*);        // native resources (files, locks): runs once after the object is dead
  const struct ClassSpec* spec;     // builtin types
  struct SlotMember* members;       // __slots__ of this class
  Value doc_cache;
  struct Module* module_ref;        // PEP 573's defining module, or null

  bool has(uint32_t flag) const { return class_flags & flag; }
};

// What a builtin type declares: one constexpr table in its own file.
struct MethodDef;
struct GetSetDef;
struct ClassSpec {
  const char* name;               // "list"; with a dot the part before is __module__: "collections.deque"
  Class* const* base = nullptr;   // &types.object when null
  uint32_t basicsize = sizeof(Object);
  uint32_t itemsize = 0;
  uint32_t flags = 0;             // ClassFlags
  TraceKind trace_kind = TraceKind::kLeaf;
  void (*trace)(Object*, Tracer&) = nullptr;
  void (*finalize)(Object*) = nullptr;
  const char* doc = nullptr;      // with the text signature CPython has in front: "name(args)\n--\n\n..."
  Slots slots = {};
  const MethodDef* methods = nullptr;   // ends with a null name
  const GetSetDef* getset = nullptr;    // ends with a null name
};

// Makes the class, its dict with wrappers and methods, and its root shape. Call once at start-up, bases first. `root_shape`: for the
// few types whose instances exist before their class (str, tuple, dict, ...): that shape is adopted and its cls set.
Class* new_builtin_class(const ClassSpec& spec, Shape* root_shape = nullptr);
// type(name, bases, namespace): the whole of type.__new__ (best base, layout, __slots__, MRO, __set_name__, __init_subclass__).
Class* new_class(Class* metaclass, Value* args, uint32_t nargs, Tuple* kwnames);

bool is_in_mro(const Class* cls, const Class* base);
inline bool is_subclass(const Class* cls, const Class* base) { return cls == base || is_in_mro(cls, base); }  // no hooks
inline bool is_exact(Value v, const Class* cls) { return v.is_object() && v.as_object()->cls() == cls; }
Class* class_of_immediate(Value v);
inline Class* class_of(Value v) { return v.is_object() ? v.as_object()->cls() : class_of_immediate(v); }  // type(v), for every value
bool is_instance(Value v, const Class* cls);                  // real type only, no __instancecheck__

Value class_lookup(Class* cls, Str* name);                    // along the MRO, through the method cache; null: absent, nothing pending
bool class_set_attr(Class* cls, Str* name, Value value);      // type.__setattr__, value null: delete
void class_modified(Class* cls);                              // new versions below cls; slots recomputed; watchers told
extern void (*class_changed_hook)(Class* cls);                // set by the JIT: called when a watched class changes

// Allocates an instance with the class's root shape; native fields zero. For variable-length types `items` counts items.
Object* allocate_instance(Class* cls, size_t items = 0);
template <class T> T* allocate_instance_of(Class* cls, size_t items = 0) { return static_cast<T*>(allocate_instance(cls, items)); }

Value generic_getattr(Value self, Str* name);                 // object.__getattribute__
bool generic_setattr(Value self, Str* name, Value value);     // object.__setattr__ / __delattr__
// Instance attributes alone (no class lookup). get: null when absent, nothing pending.
Value instance_get_attr(Object* o, Str* name);
bool instance_set_attr(Object* o, Str* name, Value value);    // value null: delete; false without pending exception when absent
Dict* instance_dict(Object* o);                               // __dict__: switches the object to dict mode
bool instance_set_dict(Object* o, Dict* dict);
int64_t hash_by_identity(Value v);

// Every builtin class is types.name.
struct Types {
#define TYPE(field, python_name) Class* field;
#include "runtime/types.def"
#undef TYPE
};
extern Types types;

}  // namespace pyjit::runtime
