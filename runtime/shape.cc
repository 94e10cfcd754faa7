// Shapes: the transition tree from a class's root shape, and where the attributes of an instance lie.
//
// Shapes live in a region reserved at a fixed address below 4 GiB, so that the 32-bit header word is the pointer itself and machine code
// compares it with an immediate. It is the one reservation that does not come from the allocator: no allocator promises addresses.
#include <sys/mman.h>

#include <unordered_map>

#include "runtime/class.h"
#include "runtime/heap.h"
#include "runtime/memory_limits.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

struct Transitions {
  std::unordered_map<Str*, Shape*> by_name;
  Shape* dict_mode = nullptr;   // root shapes only
};
struct SlotTable {
  std::unordered_map<Str*, int32_t> index;
};

constexpr uintptr_t kRegionBase = 0x10000000;    // above where small executables are linked, below 2 GiB
static uintptr_t region_cursor = 0, region_end = 0;

static void* allocate_in_region(size_t bytes) {
  if (!region_cursor) {
    size_t size = reservation(size_t{1} << 30);
    void* p = mmap(reinterpret_cast<void*>(kRegionBase), size, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (p != reinterpret_cast<void*>(kRegionBase)) {
      fputs("Fatal Python error: pyjit: cannot reserve the shape region\n", stderr);
      abort();
    }
    region_cursor = kRegionBase;
    region_end = kRegionBase + size;
  }
  bytes = (bytes + 15) & ~size_t{15};
  if (region_cursor + bytes > region_end) {
    fputs("Fatal Python error: pyjit: shape region exhausted\n", stderr);
    abort();
  }
  void* p = reinterpret_cast<void*>(region_cursor);
  region_cursor += bytes;
  return p;
}

static Shape* new_shape(const Shape& from) {
  Shape* s = static_cast<Shape*>(allocate_in_region(sizeof(Shape)));
  *s = from;
  s->transitions = nullptr;
  s->table = nullptr;
  return s;
}

Shape* Shape::new_root(Class* cls, uint16_t attrs_offset, uint16_t inline_capacity, TraceKind trace, bool attrs_at_end) {
  Shape s{};
  s.cls = cls;
  s.attrs_offset = attrs_offset;
  s.inline_capacity = inline_capacity;
  s.trace_kind = trace;
  s.attrs_at_end = attrs_at_end;
  return new_shape(s);
}

int32_t Shape::find(Str* name) {
  if (slot_count <= 8) {
    for (Shape* s = this; s->parent; s = s->parent) {
      if (s->key == name) return static_cast<int32_t>(s->slot_count) - 1;
    }
    return -1;
  }
  if (!table) {
    table = new SlotTable;
    for (Shape* s = this; s->parent; s = s->parent) table->index[s->key] = static_cast<int32_t>(s->slot_count) - 1;
  }
  auto it = table->index.find(name);
  return it == table->index.end() ? -1 : it->second;
}

Shape* Shape::add(Str* name) {
  if (slot_count >= kMaxShapeSlots) return nullptr;
  if (!transitions) transitions = new Transitions;
  Shape*& next = transitions->by_name[name];
  if (!next) {
    next = new_shape(*this);
    next->parent = this;
    next->key = name;
    next->slot_count = slot_count + 1;
    // Names outlive the objects that carry them: shapes are never freed.
    static std::vector<Value>* kept = [] {
      auto* v = new std::vector<Value>;
      heap.add_root_tracer([](Tracer& t, void* c) { for (Value k : *static_cast<std::vector<Value>*>(c)) t.visit(k); }, v);
      return v;
    }();
    kept->push_back(reinterpret_cast<Object*>(name));
  }
  return next;
}

void Shape::keys(Str** out) {
  for (Shape* s = this; s->parent; s = s->parent) out[s->slot_count - 1] = s->key;
}

static Shape* root_of(Shape* s) {
  while (s->parent) s = s->parent;
  return s;
}

Shape* Shape::remove(Str* name) {
  std::vector<Str*> names(slot_count);
  keys(names.data());
  Shape* s = root_of(this);
  for (Str* k : names) {
    if (k != name) s = s->add(k);
  }
  return s;
}

Shape* Shape::to_dict_mode() {
  Shape* root = root_of(this);
  if (!root->transitions) root->transitions = new Transitions;
  Shape*& d = root->transitions->dict_mode;
  if (!d) {
    d = new_shape(*root);
    d->dict_mode = true;
  }
  return d;
}

Object** attrs_overflow(Object* object) {
  Shape* s = object->shape();
  char* p = reinterpret_cast<char*>(object);
  if (s->attrs_offset) return reinterpret_cast<Object**>(p + s->attrs_offset);
  // Variable-length layout: the last word of the cell.
  return reinterpret_cast<Object**>(p + heap.cell_size(object) - sizeof(Object*));
}

static Value* slot_address(Object* o, uint32_t index) {
  Shape* s = o->shape();
  Object** overflow = attrs_overflow(o);
  if (index < s->inline_capacity) return reinterpret_cast<Value*>(overflow + 1) + index;
  return static_cast<ValueArray*>(*overflow)->items + (index - s->inline_capacity);
}

Value instance_get_attr(Object* o, Str* name) {
  Shape* s = o->shape();
  if (s->dict_mode) return *attrs_overflow(o) ? dict_get_str(static_cast<Dict*>(*attrs_overflow(o)), name) : nullptr;
  int32_t i = s->find(name->interned() ? name : intern(name));
  return i < 0 ? Value() : *slot_address(o, static_cast<uint32_t>(i));
}

// Moves all attributes into a Dict, which from then on is the storage.
static Dict* switch_to_dict_mode(Object* o) {
  Shape* s = o->shape();
  Dict* d = new_dict_sized(s->slot_count);
  std::vector<Str*> names(s->slot_count);
  s->keys(names.data());
  for (uint32_t i = 0; i < s->slot_count; ++i) dict_set_str(d, names[i], *slot_address(o, i));
  for (uint32_t i = 0; i < s->inline_capacity; ++i) *slot_address(o, i) = nullptr;
  o->set_shape(s->to_dict_mode());
  *attrs_overflow(o) = d;
  write_barrier(o);
  return d;
}

Dict* instance_dict(Object* o) {
  Shape* s = o->shape();
  if (!s->dict_mode) return switch_to_dict_mode(o);
  Object** overflow = attrs_overflow(o);
  if (!*overflow) {
    *overflow = new_dict();
    write_barrier(o);
  }
  return static_cast<Dict*>(*overflow);
}

bool instance_set_dict(Object* o, Dict* dict) {
  Shape* s = o->shape();
  if (!s->dict_mode) {
    for (uint32_t i = 0; i < s->inline_capacity; ++i) *slot_address(o, i) = nullptr;
    o->set_shape(s->to_dict_mode());
  }
  *attrs_overflow(o) = dict;
  write_barrier(o);
  return true;
}

// A class whose instances outgrow their inline slots gets roomier ones from the next allocation on.
static void predict_capacity(Class* cls, uint32_t slots) {
  if (cls->inline_capacity >= slots || slots > 30 || cls->root_shape->attrs_offset < cls->basicsize) return;
  cls->inline_capacity = static_cast<uint16_t>(std::min<uint32_t>(30, slots + slots / 2));
  Shape* old = cls->root_shape;
  cls->root_shape = Shape::new_root(cls, old->attrs_offset, cls->inline_capacity, old->trace_kind);
  cls->root_shape->members_begin = old->members_begin;
  cls->root_shape->members_end = old->members_end;
  class_modified(cls);
}

bool instance_set_attr(Object* o, Str* name, Value value) {
  Shape* s = o->shape();
  if (s->dict_mode) {
    Dict* d = instance_dict(o);
    if (value) return dict_set_str(d, name, value);
    return dict_delete(d, reinterpret_cast<Object*>(name)) > 0;
  }
  if (!name->interned()) name = intern(name);
  int32_t i = s->find(name);
  if (i >= 0) {
    if (value) {
      *slot_address(o, static_cast<uint32_t>(i)) = value;
      Object* holder = static_cast<uint32_t>(i) < s->inline_capacity ? o : *attrs_overflow(o);
      write_barrier(holder, value);
      return true;
    }
    for (uint32_t j = static_cast<uint32_t>(i); j + 1 < s->slot_count; ++j) *slot_address(o, j) = *slot_address(o, j + 1);
    *slot_address(o, s->slot_count - 1) = nullptr;
    if (s->slot_count > s->inline_capacity) write_barrier(*attrs_overflow(o));
    write_barrier(o);
    o->set_shape(s->remove(name));
    return true;
  }
  if (!value) return false;
  Shape* next = s->add(name);
  if (!next) return dict_set_str(switch_to_dict_mode(o), name, value);
  uint32_t index = s->slot_count;
  if (index >= s->inline_capacity) {
    predict_capacity(s->cls, index + 1);
    Object** overflow = attrs_overflow(o);
    auto* array = static_cast<ValueArray*>(*overflow);
    uint32_t need = index - s->inline_capacity + 1;
    if (!array || array->capacity < need) {
      ValueArray* bigger = TRY(new_value_array(need < 4 ? 4 : need * 2));
      if (array) memcpy(bigger->items, array->items, (need - 1) * sizeof(Value));
      *overflow = bigger;
      write_barrier(o);
    }
    o->set_shape(next);
    static_cast<ValueArray*>(*overflow)->items[need - 1] = value;
    write_barrier(*overflow, value);
    return true;
  }
  o->set_shape(next);
  *slot_address(o, index) = value;
  write_barrier(o, value);
  return true;
}

}  // namespace pyjit::runtime
