// The class memoryview: making views, indexing, slicing, casting, comparison.
#include "runtime/types/memoryview.h"

#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/containers.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {
namespace {

constexpr int kMaxDimensions = 64;
Class* managed_class;

MemoryView* self_of(Value v) { return v.as<MemoryView>(); }

bool alive(MemoryView* m) {
  if (!m->released) return true;
  raise(exc.ValueError, "operation forbidden on released memoryview object");
  return false;
}

void trace_view(Object* o, Tracer& tracer) {
  MemoryView* m = static_cast<MemoryView*>(o);
  tracer.visit(m->owner);
  tracer.visit(m->keep);
  tracer.visit(m->managed);
  tracer.visit(reinterpret_cast<Object*>(m->format));
}
void trace_managed(Object* o, Tracer& tracer) { tracer.visit(static_cast<ManagedBuffer*>(o)->view.owner); }

void let_go(MemoryView* m) {
  if (m->released) return;
  m->released = true;
  if (m->managed && --m->managed->views == 0) release_buffer(&m->managed->view);
}
void finalize_view(Object* o) { let_go(static_cast<MemoryView*>(o)); }

MemoryView* allocate(int ndim) {
  MemoryView* m = allocate_instance_of<MemoryView>(types.memoryview, static_cast<size_t>(2 * ndim));
  if (m) {
    m->ndim = ndim;
    m->hash = -1;
  }
  return m;
}

void adopt(MemoryView* m, Value owner, Object* keep, ManagedBuffer* managed) {
  m->owner = owner;
  m->keep = keep;
  m->managed = managed;
  if (managed) {
    ++managed->views;
    heap.register_finalizable(m);
  }
}

// A view of the same memory with the same structure; ndim may differ (the caller fills dims then).
MemoryView* derive(MemoryView* from, int ndim) {
  MemoryView* m = allocate(ndim);
  if (!m) return nullptr;
  adopt(m, from->owner, from->keep, from->managed);
  m->format = from->format;
  m->data = from->data;
  m->length = from->length;
  m->itemsize = from->itemsize;
  m->readonly = from->readonly;
  if (ndim == from->ndim) std::copy(from->dims, from->dims + 2 * ndim, m->dims);
  return m;
}

MemoryView* simple_view(Value owner, Object* keep, char* data, int64_t length, bool readonly) {
  MemoryView* m = allocate(1);
  if (!m) return nullptr;
  adopt(m, owner, keep, nullptr);
  m->format = intern("B");
  m->data = data;
  m->length = length;
  m->itemsize = 1;
  m->readonly = readonly;
  m->dims[0] = length;
  m->dims[1] = 1;
  return m;
}

bool c_contiguous(MemoryView* m) {
  int64_t stride = m->itemsize;
  for (int i = m->ndim - 1; i >= 0; --i) {
    if (m->shape()[i] != 1 && m->strides()[i] != stride && m->length) return false;
    stride *= m->shape()[i];
  }
  return true;
}
bool f_contiguous(MemoryView* m) {
  int64_t stride = m->itemsize;
  for (int i = 0; i < m->ndim; ++i) {
    if (m->shape()[i] != 1 && m->strides()[i] != stride && m->length) return false;
    stride *= m->shape()[i];
  }
  return true;
}

BufferView raw_view(MemoryView* m) {
  BufferView view;
  view.data = m->data;
  view.length = m->length;
  view.itemsize = m->itemsize;
  view.ndim = m->ndim;
  view.shape = m->shape();
  view.strides = m->strides();
  return view;
}

std::string contents(MemoryView* m) {
  std::string out;
  append_buffer(raw_view(m), &out);
  return out;
}

// Address of the item at `index` of dimension `dimension`, from p.
char* step(MemoryView* m, char* p, int dimension, int64_t index) {
  int64_t n = m->shape()[dimension];
  if (index < 0) index += n;
  if (index < 0 || index >= n) {
    raisef(exc.IndexError, "index out of bounds on dimension %d", dimension + 1);
    return nullptr;
  }
  return p + index * m->strides()[dimension];
}

bool is_index(Value v) { return is_int_like(v) || class_of(v)->slots.index; }
bool is_tuple_of(Value key, bool (*test)(Value)) {
  if (!is_tuple(key)) return false;
  Tuple* t = key.as<Tuple>();
  return std::all_of(t->items, t->items + t->size, test);
}
bool is_slice_value(Value v) { return is_exact(v, types.slice); }

// The item that a tuple of indices names.
char* multi_item(MemoryView* m, Tuple* key) {
  int64_t n = static_cast<int64_t>(key->size);
  if (n < m->ndim) { raise(exc.NotImplementedError, "sub-views are not implemented"); return nullptr; }
  if (n > m->ndim) {
    raisef(exc.TypeError, "cannot index %d-dimension view with %ld-element tuple", m->ndim, static_cast<long>(n));
    return nullptr;
  }
  char* p = m->data;
  for (int i = 0; i < m->ndim; ++i) {
    int64_t index;
    if (!index_to_ssize(key->items[i], &index, exc.IndexError)) return nullptr;
    if (!alive(m)) return nullptr;
    if (!(p = step(m, p, i, index))) return nullptr;
  }
  return p;
}

void recount(MemoryView* m) {
  m->length = m->itemsize;
  for (int i = 0; i < m->ndim; ++i) m->length *= m->shape()[i];
}

MemoryView* slice_view(MemoryView* m, Slice* slice) {
  int64_t start, stop, step, count;
  if (!slice_indices(slice, m->shape()[0], &start, &stop, &step, &count)) return nullptr;
  if (!alive(m)) return nullptr;
  MemoryView* out = derive(m, m->ndim);
  if (!out) return nullptr;
  count = std::max<int64_t>(count, 0);
  out->data += start * m->strides()[0];
  out->shape()[0] = count;
  out->strides()[0] = m->strides()[0] * step;
  recount(out);
  return out;
}

Value slot_getitem(Value v, Value key) {
  MemoryView* m = self_of(v);
  if (!alive(m)) return nullptr;
  if (m->ndim == 0) {
    if (is_tuple(key) && key.as<Tuple>()->size == 0) return unpack_item(m->data, m->format);
    if (key.is_ellipsis()) return v;
    return raise(exc.TypeError, "invalid indexing of 0-dim memory");
  }
  if (is_index(key)) {
    int64_t index;
    if (!index_to_ssize(key, &index, exc.IndexError) || !alive(m)) return nullptr;
    if (m->ndim != 1) return raise(exc.NotImplementedError, "multi-dimensional sub-views are not implemented");
    char* p = step(m, m->data, 0, index);
    return p ? unpack_item(p, m->format) : Value();
  }
  if (is_slice_value(key)) return slice_view(m, key.as<Slice>());
  if (is_tuple_of(key, is_index)) {
    char* p = multi_item(m, key.as<Tuple>());
    return p ? unpack_item(p, m->format) : Value();
  }
  if (is_tuple_of(key, is_slice_value)) return raise(exc.NotImplementedError, "multi-dimensional slicing is not implemented");
  return raise(exc.TypeError, "memoryview: invalid slice key");
}

bool same_format(const char* a, const char* b) { return strcmp(*a == '@' ? a + 1 : a, *b == '@' ? b + 1 : b) == 0; }

bool assign_slice(MemoryView* m, Slice* slice, Value value) {
  BufferView source;
  if (!get_buffer(value, &source, kBufferFull & ~kBufferWritable)) return false;
  MemoryView* target = slice_view(m, slice);
  bool ok = target != nullptr;
  int64_t count = source.ndim == 1 ? source.length / source.itemsize : -1;
  if (ok && (source.ndim != 1 || !same_format(source.format, to_utf8(m->format).c_str()) || source.itemsize != m->itemsize ||
             count != target->shape()[0])) {
    raise(exc.ValueError, "memoryview assignment: lvalue and rvalue have different structures");
    ok = false;
  }
  if (ok) {
    std::string copy;   // the two may overlap
    append_buffer(source, &copy);
    for (int64_t i = 0; i < count; ++i)
      memcpy(target->data + i * target->strides()[0], copy.data() + i * m->itemsize, static_cast<size_t>(m->itemsize));
  }
  if (target) let_go(target);
  release_buffer(&source);
  return ok;
}

bool slot_setitem(Value v, Value key, Value value) {
  MemoryView* m = self_of(v);
  auto fail = [](Class* type, const char* message) { raise(type, message); return false; };
  if (!alive(m)) return false;
  if (m->readonly) return fail(exc.TypeError, "cannot modify read-only memory");
  if (!value) return fail(exc.TypeError, "cannot delete memory");
  if (m->ndim == 0) {
    if (key.is_ellipsis() || (is_tuple(key) && key.as<Tuple>()->size == 0)) return pack_item(m->data, m->format, value);
    return fail(exc.TypeError, "invalid indexing of 0-dim memory");
  }
  if (is_index(key)) {
    if (m->ndim > 1) return fail(exc.NotImplementedError, "sub-views are not implemented");
    int64_t index;
    if (!index_to_ssize(key, &index, exc.IndexError) || !alive(m)) return false;
    char* p = step(m, m->data, 0, index);
    return p && pack_item(p, m->format, value) ;
  }
  if (is_slice_value(key)) {
    if (m->ndim != 1) return fail(exc.NotImplementedError, "memoryview slice assignments are currently restricted to ndim = 1");
    return assign_slice(m, key.as<Slice>(), value);
  }
  if (is_tuple_of(key, is_index)) {
    char* p = multi_item(m, key.as<Tuple>());
    return p && pack_item(p, m->format, value);
  }
  if (is_tuple_of(key, is_slice_value))
    return fail(exc.NotImplementedError, "memoryview slice assignments are currently restricted to ndim = 1");
  return fail(exc.TypeError, "memoryview: invalid slice key");
}

int64_t slot_length(Value v) {
  MemoryView* m = self_of(v);
  if (!alive(m)) return -1;
  return m->ndim == 0 ? 1 : m->shape()[0];
}

Value slot_repr(Value v) {
  return new_strf(self_of(v)->released ? "<released memory at %p>" : "<memory at %p>", static_cast<void*>(v.as_object()));
}

int64_t slot_hash(Value v) {
  MemoryView* m = self_of(v);
  if (m->hash != -1) return m->hash;
  if (!alive(m)) return -1;
  if (!m->readonly) { raise(exc.ValueError, "cannot hash writable memoryview object"); return -1; }
  char code = format_code(m->format);
  if (code != 'B' && code != 'b' && code != 'c') {
    raise(exc.ValueError, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
    return -1;
  }
  if (hash(m->owner) == -1) return -1;
  std::string data = contents(m);
  int64_t h = data.empty() ? 0 : static_cast<int64_t>(siphash13(data.data(), data.size()));
  return m->hash = h == -1 ? -2 : h;
}

// 1, 0, or -1 with an exception pending.
int equal_items(const BufferView& a, const Str* fa, const char* pa, const BufferView& b, const Str* fb, const char* pb, int dimension) {
  if (dimension == a.ndim) {
    Value x = unpack_item(pa, fa), y = x ? unpack_item(pb, fb) : Value();
    if (!y) {  // a format we cannot read: unequal
      if (!pending_matches(exc.NotImplementedError)) return -1;
      clear_pending();
      return 0;
    }
    if (x.is_double() && y.is_double()) return x.as_double() == y.as_double();
    return compare_bool(x, y, kEq);
  }
  for (int64_t i = 0; i < a.shape[dimension]; ++i) {
    int r = equal_items(a, fa, pa + i * a.strides[dimension], b, fb, pb + i * b.strides[dimension], dimension + 1);
    if (r != 1) return r;
  }
  return 1;
}

int views_equal(MemoryView* m, Value other) {
  BufferView b;
  if (!get_buffer(other, &b, kBufferFull & ~kBufferWritable)) {
    clear_pending();
    return -2;
  }
  BufferView a = raw_view(m);
  int64_t length1 = b.length / std::max<int64_t>(b.itemsize, 1), stride1 = b.itemsize;
  if (!b.shape) b.shape = &length1;
  if (!b.strides) b.strides = &stride1;
  int64_t length_fix;
  if (b.ndim == 1 && b.shape == &b.length) {   // simple owners point at their byte length
    length_fix = b.length / b.itemsize;
    b.shape = &length_fix;
  }
  bool same = a.ndim == b.ndim;
  for (int i = 0; same && i < a.ndim; ++i) same = a.shape[i] == b.shape[i];
  int result = 0;
  if (same) {
    Str* fb = new_str(b.format);
    char ca = format_code(m->format), cb = format_code(fb);
    bool bytewise = ca && ca == cb && ca != 'f' && ca != 'd' && ca != '?' && is_c_contiguous(a) && is_c_contiguous(b);
    result = bytewise ? a.view() == b.view() : equal_items(a, m->format, a.data, b, fb, b.data, 0);
  }
  release_buffer(&b);
  return result;
}

Value slot_compare(Value a, Value b, CompareOp op) {
  if (op != kEq && op != kNe) return Value::not_implemented();
  MemoryView* m = self_of(a);
  bool other_released = is_exact(b, types.memoryview) && self_of(b)->released;
  int equal;
  if (m->released || other_released) equal = a == b;
  else if (!supports_buffer(b)) return Value::not_implemented();
  else equal = views_equal(m, b);
  if (equal == -2) return Value::not_implemented();
  if (equal < 0) return nullptr;
  return Value::from_bool((equal == 1) == (op == kEq));
}

// --- iteration

struct MemoryIterator : Object { int64_t index, length; Value view; };
void trace_iterator(Object* o, Tracer& tracer) { tracer.visit(static_cast<MemoryIterator*>(o)->view); }

Value slot_iter(Value v) {
  MemoryView* m = self_of(v);
  if (!alive(m)) return nullptr;
  if (m->ndim == 0) return raise(exc.TypeError, "invalid indexing of 0-dim memory");
  if (m->ndim != 1) return raise(exc.NotImplementedError, "multi-dimensional sub-views are not implemented");
  if (!format_code(m->format)) return raisef(exc.NotImplementedError, "memoryview: format %s not supported", to_utf8(m->format).c_str());
  MemoryIterator* it = TRY(allocate_instance_of<MemoryIterator>(types.memory_iterator));
  it->view = v;
  it->length = m->shape()[0];
  return it;
}

Value iterator_self(Value v) { return v; }
Value iterator_next(Value v) {
  MemoryIterator* it = v.as<MemoryIterator>();
  if (!it->view) return nullptr;
  MemoryView* m = self_of(it->view);
  if (it->index < it->length) {
    if (!alive(m)) return nullptr;
    return unpack_item(m->data + it->index++ * m->strides()[0], m->format);
  }
  it->view = nullptr;
  return nullptr;
}

// --- the buffer protocol, as an owner

bool slot_get_buffer(Value v, BufferView* view, int flags) {
  MemoryView* m = self_of(v);
  auto fail = [](const char* message) { raise(exc.BufferError, message); return false; };
  if (!alive(m)) return false;
  if ((flags & kBufferWritable) && m->readonly) return fail("memoryview: underlying buffer is not writable");
  bool strided = (flags & kBufferStrides) == kBufferStrides, shaped = flags & kBufferNd;
  if (!strided && !c_contiguous(m)) return fail("memoryview: underlying buffer is not C-contiguous");
  if (!shaped && (flags & kBufferFormat)) return fail("memoryview: cannot cast to unsigned bytes if the format flag is present");
  view->data = m->data;
  view->length = m->length;
  view->readonly = m->readonly;
  view->itemsize = m->itemsize;
  if (shaped) {
    view->ndim = m->ndim;
    view->shape = m->shape();
    view->strides = m->strides();
  }
  view->format = flags & kBufferFormat ? static_cast<const char*>(m->format->data) : "B";
  ++m->exports;
  return true;
}
void slot_release_buffer(Value v, BufferView*) { --self_of(v)->exports; }

Value slot_new(Class*, Value* args, uint32_t nargs, Tuple* kwnames) {
  static const MethodDef def{"memoryview", "(object)"};
  static const Signature* signature = parse_signature(&def);
  Value object;
  if (!bind_arguments(&def, signature, args, nargs, kwnames, &object)) return nullptr;
  return new_memoryview(object);
}

// --- methods

Value m_release(Value* args) {
  MemoryView* m = self_of(args[0]);
  if (m->exports > 0)
    return raisef(exc.BufferError, "memoryview has %u exported buffer%s", m->exports, m->exports == 1 ? "" : "s");
  let_go(m);
  return Value::none();
}

Value list_items(MemoryView* m, int dimension, const char* p) {
  if (dimension == m->ndim) return unpack_item(p, m->format);
  List* list = TRY(new_list(static_cast<size_t>(m->shape()[dimension])));
  for (int64_t i = 0; i < m->shape()[dimension]; ++i)
    if (!list_append(list, TRY(list_items(m, dimension + 1, p + i * m->strides()[dimension])))) return nullptr;
  return list;
}
Value m_tolist(Value* args) {
  MemoryView* m = self_of(args[0]);
  if (!alive(m)) return nullptr;
  return list_items(m, 0, m->data);
}

void append_fortran(MemoryView* m, int dimension, const char* p, std::string* out) {
  if (dimension < 0) {
    out->append(p, static_cast<size_t>(m->itemsize));
    return;
  }
  for (int64_t i = 0; i < m->shape()[dimension]; ++i) append_fortran(m, dimension - 1, p + i * m->strides()[dimension], out);
}

Value m_tobytes(Value* args) {
  MemoryView* m = self_of(args[0]);
  char order = 'C';
  if (args[1] && !args[1].is_none()) {
    if (!is_str(args[1])) return raisef(exc.TypeError, "tobytes() argument 'order' must be str or None, not %.50s", type_name(args[1]));
    Str* s = args[1].as<Str>();
    if (!str_equals(s, "C") && !str_equals(s, "F") && !str_equals(s, "A")) return raise(exc.ValueError, "order must be 'C', 'F' or 'A'");
    order = static_cast<char>(s->at(0));
  }
  if (!alive(m)) return nullptr;
  if (order == 'A') order = f_contiguous(m) && !c_contiguous(m) ? 'F' : 'C';
  if (order == 'C') return new_bytes(contents(m));
  std::string out;
  append_fortran(m, m->ndim - 1, m->data, &out);
  return new_bytes(out);
}

Value m_hex(Value* args) {
  MemoryView* m = self_of(args[0]);
  if (!alive(m)) return nullptr;
  return bytes_hex(contents(m), args[1], args[2]);
}

Value m_cast(Value* args) {
  MemoryView* m = self_of(args[0]);
  if (!is_str(args[1])) return raisef(exc.TypeError, "cast() argument 'format' must be str, not %.50s", args[1].is_none() ? "None" : type_name(args[1]));
  if (!alive(m)) return nullptr;
  if (!c_contiguous(m)) return raise(exc.TypeError, "memoryview: casts are restricted to C-contiguous views");
  Value* dims = nullptr;
  size_t ndim = 1;
  if (args[2]) {
    if (is_list(args[2])) { dims = args[2].as<List>()->items(); ndim = args[2].as<List>()->size; }
    else if (is_tuple(args[2])) { dims = args[2].as<Tuple>()->items; ndim = args[2].as<Tuple>()->size; }
    else return raise(exc.TypeError, "shape must be a list or a tuple");
    if (ndim > kMaxDimensions) return raisef(exc.ValueError, "memoryview: number of dimensions must not exceed %d", kMaxDimensions);
    if (m->ndim != 1 && ndim != 1) return raise(exc.TypeError, "memoryview: cast must be 1D -> ND or ND -> 1D");
  }
  Str* format = args[1].as<Str>();
  char to = format_code(format), from = format_code(m->format);
  if (!to) return raise(exc.ValueError, "memoryview: destination format must be a native single character format prefixed with an optional '@'");
  if (!from) return raise(exc.ValueError, "memoryview: source format must be a native single character format prefixed with an optional '@'");
  auto is_byte = [](char c) { return c == 'b' || c == 'B' || c == 'c'; };
  if (!is_byte(to) && !is_byte(from)) return raise(exc.TypeError, "memoryview: cannot cast between two non-byte formats");
  int64_t itemsize = format_item_size(to);
  if (m->length % itemsize) return raise(exc.TypeError, "memoryview: length is not a multiple of itemsize");
  MemoryView* out = TRY(derive(m, static_cast<int>(ndim)));
  out->format = intern(exact_str(format));
  out->itemsize = itemsize;
  if (!dims) {
    out->shape()[0] = m->length / itemsize;
    out->strides()[0] = itemsize;
    return out;
  }
  int64_t total = itemsize;
  for (size_t i = 0; i < ndim; ++i) {
    int64_t extent;
    if (!is_int_like(dims[i])) return raise(exc.TypeError, "memoryview.cast(): elements of shape must be integers");
    if (!int_to_int64(int_value(dims[i]), &extent) || extent <= 0) return raise(exc.ValueError, "memoryview.cast(): elements of shape must be integers > 0");
    out->shape()[i] = extent;
    if (__builtin_mul_overflow(total, extent, &total)) return raise(exc.ValueError, "memoryview.cast(): product(shape) > SSIZE_MAX");
  }
  if (total != m->length) return raise(exc.TypeError, "memoryview: product(shape) * itemsize != buffer size");
  int64_t stride = itemsize;
  for (size_t i = ndim; i-- > 0;) {
    out->strides()[i] = stride;
    stride *= out->shape()[i];
  }
  return out;
}

Value m_toreadonly(Value* args) {
  MemoryView* m = self_of(args[0]);
  if (!alive(m)) return nullptr;
  MemoryView* out = TRY(derive(m, m->ndim));
  out->readonly = true;
  return out;
}
Value m_enter(Value* args) { return alive(self_of(args[0])) ? args[0] : Value(); }
Value m_exit(Value* args) { return m_release(args); }

#define GETTER(name, expression)             \
  Value get_##name(Value v) {                \
    MemoryView* m = self_of(v);              \
    if (!alive(m)) return nullptr;           \
    return expression;                       \
  }
Value int_tuple(const int64_t* items, int count) {
  Tuple* t = TRY(new_tuple_null(static_cast<size_t>(count)));
  for (int i = 0; i < count; ++i) t->items[i] = new_int(items[i]);
  return t;
}
GETTER(obj, m->owner)
GETTER(nbytes, new_int(m->length))
GETTER(readonly, Value::from_bool(m->readonly))
GETTER(itemsize, new_int(m->itemsize))
GETTER(format, m->format)
GETTER(ndim, Value::from_int(m->ndim))
GETTER(shape, int_tuple(m->shape(), m->ndim))
GETTER(strides, int_tuple(m->strides(), m->ndim))
GETTER(suboffsets, empty_tuple())
GETTER(c_contiguous, Value::from_bool(c_contiguous(m)))
GETTER(f_contiguous, Value::from_bool(f_contiguous(m)))
GETTER(contiguous, Value::from_bool(c_contiguous(m) || f_contiguous(m)))
#undef GETTER

constexpr Effects kAny = Effects::kCallsPython;
const MethodDef kMethods[] = {
    {"release", "($self, /)", m_release, kAny},
    {"tobytes", "($self, /, order='C')", m_tobytes, with_raise(Effects::kReads)},
    {"hex", "!($self, /, sep=None, bytes_per_sep=1)", m_hex, kAny, MethodKind::kMethod,
     "Create a string of hexadecimal numbers from a memoryview object.\n\n  sep\n    An optional single character or byte to separate hex bytes.\n"
     "  bytes_per_sep\n    How many bytes between separators.  Positive values count from the\n    right, negative values count from the left.\n\n"
     "Example:\n>>> value = memoryview(b'\\xb9\\x01\\xef')\n>>> value.hex()\n'b901ef'\n>>> value.hex(':')\n'b9:01:ef'\n>>> value.hex(':', 2)\n'b9:01ef'\n"
     ">>> value.hex(':', -2)\n'b901:ef'"},
    {"tolist", "($self, /)", m_tolist, with_raise(Effects::kReads)},
    {"cast", "!($self, /, format, shape=None)", m_cast, with_raise(Effects::kReads)},
    {"toreadonly", "($self, /)", m_toreadonly, with_raise(Effects::kReads)},
    {"__enter__", "!($self, /)", m_enter, with_raise(Effects::kReads)},
    {"__exit__", "!($self, *args)", m_exit, kAny},
    {},
};
const GetSetDef kGetSet[] = {
    {"obj", get_obj}, {"nbytes", get_nbytes}, {"readonly", get_readonly}, {"itemsize", get_itemsize}, {"format", get_format},
    {"ndim", get_ndim}, {"shape", get_shape}, {"strides", get_strides}, {"suboffsets", get_suboffsets},
    {"c_contiguous", get_c_contiguous}, {"f_contiguous", get_f_contiguous}, {"contiguous", get_contiguous}, {},
};

}  // namespace

Value new_memoryview(Value object) {
  if (is_exact(object, types.memoryview)) {
    MemoryView* m = self_of(object);
    return alive(m) ? Value(derive(m, m->ndim)) : Value();
  }
  if (is_bytes(object)) {
    Bytes* b = object.as<Bytes>();
    return simple_view(object, nullptr, b->data, static_cast<int64_t>(b->size), true);
  }
  if (is_bytearray(object)) {
    ByteArray* b = object.as<ByteArray>();
    b->viewed = true;
    return simple_view(object, b->store, b->data(), static_cast<int64_t>(b->size), false);
  }
  if (!supports_buffer(object)) return raisef(exc.TypeError, "memoryview: a bytes-like object is required, not '%.200s'", type_name(object));
  ManagedBuffer* managed = TRY(allocate_instance_of<ManagedBuffer>(managed_class));
  if (!get_buffer(object, &managed->view, kBufferFull & ~kBufferWritable)) return nullptr;
  write_barrier(managed);
  const BufferView& view = managed->view;
  MemoryView* m = TRY(allocate(view.ndim));
  adopt(m, object, managed, managed);
  m->format = intern(view.format);
  m->data = view.data;
  m->length = view.length;
  m->itemsize = view.itemsize;
  m->readonly = view.readonly;
  bool simple = view.ndim == 1 && (!view.shape || view.shape == &view.length);
  int64_t stride = view.itemsize;
  for (int i = view.ndim - 1; i >= 0; --i) {
    m->shape()[i] = simple ? view.length / view.itemsize : view.shape[i];
    m->strides()[i] = view.strides && !simple ? view.strides[i] : stride;
    stride *= m->shape()[i];
  }
  return m;
}

void init_memoryview_type() {
  static const ClassSpec spec = [] {
    ClassSpec s{.name = "memoryview", .basicsize = sizeof(MemoryView), .itemsize = 8, .flags = kClassHasWeakref | kClassSequencePattern,
                .trace_kind = TraceKind::kCustom, .trace = trace_view, .finalize = finalize_view};
    s.doc = "memoryview(object)\n--\n\nA new view of the object's memory.";
    s.slots.repr = slot_repr;
    s.slots.hash = slot_hash;
    s.slots.compare = slot_compare;
    s.slots.iter = slot_iter;
    s.slots.length = slot_length;
    s.slots.getitem = slot_getitem;
    s.slots.setitem = slot_setitem;
    s.slots.new_ = slot_new;
    s.slots.get_buffer = slot_get_buffer;
    s.slots.release_buffer = slot_release_buffer;
    s.methods = kMethods;
    s.getset = kGetSet;
    return s;
  }();
  static const ClassSpec iterator_spec = [] {
    ClassSpec s{.name = "memory_iterator", .basicsize = sizeof(MemoryIterator), .flags = kClassNoInstantiation,
                .trace_kind = TraceKind::kCustom, .trace = trace_iterator};
    s.slots.iter = iterator_self;
    s.slots.next = iterator_next;
    return s;
  }();
  static const ClassSpec managed_spec{.name = "managedbuffer", .basicsize = sizeof(ManagedBuffer), .flags = kClassNoInstantiation,
                                      .trace_kind = TraceKind::kCustom, .trace = trace_managed};
  types.memoryview = new_builtin_class(spec);
  types.memory_iterator = new_builtin_class(iterator_spec);
  managed_class = new_builtin_class(managed_spec);
}

}  // namespace pyjit::runtime
