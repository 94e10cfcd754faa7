// _struct: format strings compiled to lists of fields; packing and unpacking of buffers.
#include <cmath>
#include <cstring>
#include <map>

#include "runtime/heap.h"
#include "runtime/modules/module_util.h"
#include "runtime/modules/struct_format.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/containers.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {
namespace {

struct StructObject : Object {
  CompiledFormat* compiled;   // owned; null before __init__
  Bytes* format;
};
struct UnpackIterator : Object {
  Value owner;                // the Struct; null: exhausted
  Value source;
  BufferView view;
  int64_t offset;
};

Class* struct_class;
Class* iterator_class;

void trace_struct(Object* o, Tracer& t) { t.visit(static_cast<StructObject*>(o)->format); }
void finalize_struct(Object* o) { delete static_cast<StructObject*>(o)->compiled; }
void trace_iterator(Object* o, Tracer& t) {
  auto* i = static_cast<UnpackIterator*>(o);
  t.visit(i->owner);
  t.visit(i->source);
  t.visit(i->view.owner);
}
void finalize_iterator(Object* o) {
  auto* i = static_cast<UnpackIterator*>(o);
  if (i->owner) release_buffer(&i->view);
}

int64_t size_of(StructObject* s) { return s->compiled ? s->compiled->size : -1; }

// The format argument as bytes.
Bytes* format_bytes(Value format) {
  if (is_str(format)) {
    Str* s = format.as<Str>();
    if (!s->is_ascii()) {
      uint64_t i = 0;
      while (s->at(i) < 128) ++i;
      Value args[] = {intern("ascii"), format, new_int(static_cast<int64_t>(i)), new_int(static_cast<int64_t>(i) + 1), intern("ordinal not in range(128)")};
      if (Exception* e = new_exception(exc.UnicodeEncodeError, args, 5)) raise_object(e);
      return nullptr;
    }
    return new_bytes(ascii_view(s));
  }
  if (is_bytes(format)) return format.as<Bytes>();
  return raisef(exc.TypeError, "Struct() argument 1 must be a str or bytes object, not %.200s", format.is_none() ? "NoneType" : type_name(format));
}

bool initialise(StructObject* s, Value format) {
  Bytes* text = TRY(format_bytes(format));
  auto* compiled = new CompiledFormat;
  if (!compile_format(text->view(), compiled)) {
    delete compiled;
    return false;
  }
  delete s->compiled;
  s->compiled = compiled;
  s->format = text;
  write_barrier(s, text);
  return true;
}

StructObject* make_struct(Value format) {
  auto* s = TRY(allocate_instance_of<StructObject>(struct_class));
  if (!initialise(s, format)) return nullptr;
  return s;
}

// Structs of recent formats, so that struct.pack(fmt, ...) compiles each once. Keys and values are rooted by a tracer.
struct Cache {
  std::map<std::string, StructObject*> entries;
  static void trace(Tracer& t, void* self) {
    for (auto& [key, s] : static_cast<Cache*>(self)->entries) t.visit(s);
  }
};
Cache& cache() {
  static Cache* c = [] {
    auto* made = new Cache;
    heap.add_root_tracer(Cache::trace, made);
    return made;
  }();
  return *c;
}

StructObject* cached_struct(Value format) {
  std::string key;
  if (is_str(format) && format.as<Str>()->is_ascii()) key = "s" + std::string(ascii_view(format.as<Str>()));
  else if (is_bytes(format)) key = "b" + std::string(format.as<Bytes>()->view());
  else return make_struct(format);
  auto& entries = cache().entries;
  if (auto found = entries.find(key); found != entries.end()) return found->second;
  StructObject* s = TRY(make_struct(format));
  if (entries.size() >= 100) entries.clear();
  entries[key] = s;
  return s;
}

Value struct_new(Class* cls, Value*, uint32_t, Tuple*) {
  auto* s = TRY(allocate_instance_of<StructObject>(cls));
  return s;
}

bool struct_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  uint64_t keywords = kwnames ? kwnames->size : 0;
  if (nargs + keywords > 1) {
    raisef(exc.TypeError, "Struct() takes at most 1 argument (%llu given)", static_cast<unsigned long long>(nargs + keywords));
    return false;
  }
  if (nargs + keywords == 0) return raise(exc.TypeError, "Struct() missing required argument 'format' (pos 1)"), false;
  if (keywords && !str_equals(kwnames->items[0].as<Str>(), "format")) {
    raisef(exc.TypeError, "'%s' is an invalid keyword argument for Struct()", to_utf8(kwnames->items[0].as<Str>()).c_str());
    return false;
  }
  return initialise(self.as<StructObject>(), args[0]);
}

Value pack_values(StructObject* s, Value* values, uint32_t count) {
  if (!s->compiled || count != s->compiled->value_count) {
    return raisef(struct_error, "pack expected %lld items for packing (got %u)",
                  s->compiled ? static_cast<long long>(s->compiled->value_count) : -1ll, count);
  }
  Bytes* out = TRY(new_bytes_uninitialized(static_cast<size_t>(s->compiled->size)));
  if (!pack_fields(*s->compiled, values, out->data)) return nullptr;
  return out;
}

Value pack_into_buffer(StructObject* s, Value* args, uint32_t nargs) {   // buffer, offset, values
  int64_t count = s->compiled ? s->compiled->value_count : -1;
  if (nargs < 2 || static_cast<int64_t>(nargs) - 2 != count) {
    if (nargs == 0) return raise(struct_error, "pack_into expected buffer argument");
    if (nargs == 1) return raise(struct_error, "pack_into expected offset argument");
    return raisef(struct_error, "pack_into expected %lld items for packing (got %u)", static_cast<long long>(count), nargs - 2);
  }
  BufferView view;
  if (!get_buffer(args[0], &view, kBufferWritable)) {
    clear_pending();
    return raisef(exc.TypeError, "argument must be read-write bytes-like object, not %.50s", type_name(args[0]));
  }
  struct Release {
    BufferView* v;
    ~Release() { release_buffer(v); }
  } release{&view};
  int64_t offset, size = s->compiled->size;
  if (!index_to_ssize(args[1], &offset, exc.IndexError)) return nullptr;
  if (offset < 0) {
    if (offset + size > 0) return raisef(struct_error, "no space to pack %lld bytes at offset %lld", static_cast<long long>(size), static_cast<long long>(offset));
    if (offset + view.length < 0) {
      return raisef(struct_error, "offset %lld out of range for %lld-byte buffer", static_cast<long long>(offset), static_cast<long long>(view.length));
    }
    offset += view.length;
  }
  if (view.length - offset < size) {
    return raisef(struct_error, "pack_into requires a buffer of at least %llu bytes for packing %lld bytes at offset %lld (actual buffer size is %lld)",
                  static_cast<unsigned long long>(size) + static_cast<unsigned long long>(offset), static_cast<long long>(size),
                  static_cast<long long>(offset), static_cast<long long>(view.length));
  }
  if (!pack_fields(*s->compiled, args + 2, view.data + offset)) return nullptr;
  return Value::none();
}

Value unpack_buffer(StructObject* s, Value buffer) {
  BufferView view;
  if (!get_buffer(buffer, &view)) return nullptr;
  Value result;
  if (view.length != size_of(s)) {
    result = raisef(struct_error, "unpack requires a buffer of %lld bytes", static_cast<long long>(size_of(s)));
  } else {
    result = unpack_fields(*s->compiled, view.data);
  }
  release_buffer(&view);
  return result;
}

Value unpack_from_buffer(StructObject* s, Value buffer, Value offset_value) {
  int64_t offset = 0, size = size_of(s);
  if (offset_value && !index_to_ssize(offset_value, &offset, exc.OverflowError)) return nullptr;
  BufferView view;
  if (!get_buffer(buffer, &view)) return nullptr;
  struct Release {
    BufferView* v;
    ~Release() { release_buffer(v); }
  } release{&view};
  if (offset < 0) {
    if (offset + size > 0) {
      return raisef(struct_error, "not enough data to unpack %lld bytes at offset %lld", static_cast<long long>(size), static_cast<long long>(offset));
    }
    if (offset + view.length < 0) {
      return raisef(struct_error, "offset %lld out of range for %lld-byte buffer", static_cast<long long>(offset), static_cast<long long>(view.length));
    }
    offset += view.length;
  }
  if (view.length - offset < size) {
    return raisef(struct_error,
                  "unpack_from requires a buffer of at least %llu bytes for unpacking %lld bytes at offset %lld (actual buffer size is %lld)",
                  static_cast<unsigned long long>(size) + static_cast<unsigned long long>(offset), static_cast<long long>(size),
                  static_cast<long long>(offset), static_cast<long long>(view.length));
  }
  return unpack_fields(*s->compiled, view.data + offset);
}

Value iter_unpack_buffer(StructObject* s, Value buffer) {
  int64_t size = size_of(s);
  if (size == 0) return raise(struct_error, "cannot iteratively unpack with a struct of length 0");
  auto* i = TRY(allocate_instance_of<UnpackIterator>(iterator_class));
  BufferView view;
  if (!get_buffer(buffer, &view)) return nullptr;
  if (view.length % size != 0) {
    release_buffer(&view);
    return raisef(struct_error, "iterative unpacking requires a buffer of a multiple of %lld bytes", static_cast<long long>(size));
  }
  i->owner = s;
  i->source = buffer;
  i->view = view;
  i->offset = 0;
  write_barrier(i);
  return i;
}

Value iterator_next(Value self) {
  auto* i = self.as<UnpackIterator>();
  if (!i->owner) return nullptr;
  auto* s = i->owner.as<StructObject>();
  if (i->offset >= i->view.length) {
    release_buffer(&i->view);
    i->owner = nullptr;
    return nullptr;
  }
  Value result = unpack_fields(*s->compiled, i->view.data + i->offset);
  i->offset += s->compiled->size;
  return result;
}
Value iterator_length_hint(Value* args) {
  auto* i = args[0].as<UnpackIterator>();
  if (!i->owner) return Value::from_int(0);
  return new_int((i->view.length - i->offset) / size_of(i->owner.as<StructObject>()));
}

// Methods of Struct.

StructObject* self_of(Value v) { return v.as<StructObject>(); }
Value s_pack(Value* args, uint32_t nargs, Tuple*) { return pack_values(self_of(args[0]), args + 1, nargs - 1); }
Value s_pack_into(Value* args, uint32_t nargs, Tuple*) { return pack_into_buffer(self_of(args[0]), args + 1, nargs - 1); }
Value s_unpack(Value* args) { return unpack_buffer(self_of(args[0]), args[1]); }
Value s_unpack_from(Value* args) { return unpack_from_buffer(self_of(args[0]), args[1], args[2]); }
Value s_iter_unpack(Value* args) { return iter_unpack_buffer(self_of(args[0]), args[1]); }
Value s_sizeof(Value* args) {
  auto* s = self_of(args[0]);
  return new_int(static_cast<int64_t>(56 + 32 * (s->compiled ? s->compiled->fields.size() + 1 : 1)));
}
Value get_format(Value self) {
  auto* s = self_of(self);
  return s->format ? Value(new_str_ascii(s->format->data, s->format->size)) : Value::none();
}
Value get_size(Value self) { return new_int(size_of(self_of(self))); }

// Functions of the module.

Value m_calcsize(Value* args) {
  StructObject* s = TRY(cached_struct(args[0]));
  return new_int(size_of(s));
}
Value m_pack(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!no_keywords("_struct.pack", kwnames)) return nullptr;
  if (nargs == 0) return raise(exc.TypeError, "missing format argument");
  StructObject* s = TRY(cached_struct(args[0]));
  return pack_values(s, args + 1, nargs - 1);
}
Value m_pack_into(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!no_keywords("_struct.pack_into", kwnames)) return nullptr;
  if (nargs == 0) return raise(exc.TypeError, "missing format argument");
  StructObject* s = TRY(cached_struct(args[0]));
  return pack_into_buffer(s, args + 1, nargs - 1);
}
Value m_unpack(Value* args) {
  StructObject* s = TRY(cached_struct(args[0]));
  return unpack_buffer(s, args[1]);
}
Value m_unpack_from(Value* args) {
  StructObject* s = TRY(cached_struct(args[0]));
  return unpack_from_buffer(s, args[1], args[2]);
}
Value m_iter_unpack(Value* args) {
  StructObject* s = TRY(cached_struct(args[0]));
  return iter_unpack_buffer(s, args[1]);
}
Value m_clearcache(Value*) {
  cache().entries.clear();
  return Value::none();
}

constexpr auto kAny = Effects::kCallsPython;

constexpr MethodDef kStructMethods[] = {
    {"iter_unpack", "($self, buffer, /)", s_iter_unpack, kAny, MethodKind::kMethod,
     "Return an iterator yielding tuples.\n\nTuples are unpacked from the given bytes source, like a repeated\ninvocation of "
     "unpack_from().\n\nRequires that the bytes length be a multiple of the struct size."},
    {"pack", "!($self, *values)", nullptr, kAny, MethodKind::kMethod,
     "S.pack(v1, v2, ...) -> bytes\n\nReturn a bytes object containing values v1, v2, ... packed according\nto the format string S.format.  "
     "See help(struct) for more on format\nstrings.", s_pack},
    {"pack_into", "!($self, *values)", nullptr, kAny, MethodKind::kMethod,
     "S.pack_into(buffer, offset, v1, v2, ...)\n\nPack the values v1, v2, ... according to the format string S.format\nand write the packed "
     "bytes into the writable buffer buf starting at\noffset.  Note that the offset is a required argument.  See\nhelp(struct) for more on "
     "format strings.", s_pack_into},
    {"unpack", "($self, buffer, /)", s_unpack, kAny, MethodKind::kMethod,
     "Return a tuple containing unpacked values.\n\nUnpack according to the format string Struct.format. The buffer's size\nin bytes must be "
     "Struct.size.\n\nSee help(struct) for more on format strings."},
    {"unpack_from", "($self, /, buffer, offset=0)", s_unpack_from, kAny, MethodKind::kMethod,
     "Return a tuple containing unpacked values.\n\nValues are unpacked according to the format string Struct.format.\n\nThe buffer's size in "
     "bytes, starting at position offset, must be\nat least Struct.size.\n\nSee help(struct) for more on format strings."},
    {"__sizeof__", "!($self, /)", s_sizeof, Effects::kReads, MethodKind::kMethod, "S.__sizeof__() -> size of S in memory, in bytes"},
    {}};
constexpr GetSetDef kStructFields[] = {{"format", get_format, nullptr, "struct format string"}, {"size", get_size, nullptr, "struct size in bytes"}, {}};
constexpr MethodDef kIteratorMethods[] = {{"__length_hint__", "!($self, /)", iterator_length_hint}, {}};

constexpr MethodDef kFunctions[] = {
    {"_clearcache", "($module, /)", m_clearcache, Effects::kWrites, MethodKind::kFunction, "Clear the internal cache."},
    {"calcsize", "($module, format, /)", m_calcsize, kAny, MethodKind::kFunction, "Return size in bytes of the struct described by the format string."},
    {"iter_unpack", "($module, format, buffer, /)", m_iter_unpack, kAny, MethodKind::kFunction,
     "Return an iterator yielding tuples unpacked from the given bytes.\n\nThe bytes are unpacked according to the format string, like\na "
     "repeated invocation of unpack_from().\n\nRequires that the bytes length be a multiple of the format struct size."},
    {"pack", "!($module, *values)", nullptr, kAny, MethodKind::kFunction,
     "pack(format, v1, v2, ...) -> bytes\n\nReturn a bytes object containing the values v1, v2, ... packed according\nto the format string.  "
     "See help(struct) for more on format strings.", m_pack},
    {"pack_into", "!($module, *values)", nullptr, kAny, MethodKind::kFunction,
     "pack_into(format, buffer, offset, v1, v2, ...)\n\nPack the values v1, v2, ... according to the format string and write\nthe packed bytes "
     "into the writable buffer buf starting at offset.  Note\nthat the offset is a required argument.  See help(struct) for more\non format "
     "strings.", m_pack_into},
    {"unpack", "($module, format, buffer, /)", m_unpack, kAny, MethodKind::kFunction,
     "Return a tuple containing values unpacked according to the format string.\n\nThe buffer's size in bytes must be calcsize(format).\n\nSee "
     "help(struct) for more on format strings."},
    {"unpack_from", "($module, format, /, buffer, offset=0)", m_unpack_from, kAny, MethodKind::kFunction,
     "Return a tuple containing values unpacked according to the format string.\n\nThe buffer's size, minus offset, must be at least "
     "calcsize(format).\n\nSee help(struct) for more on format strings."},
    {}};

constexpr const char* kModuleDoc =
    "Functions to convert between Python values and C structs.\nPython bytes objects are used to hold the data representing the C struct\nand "
    "also as format strings (explained below) to describe the layout of data\nin the C struct.\n\nThe optional first format char indicates byte "
    "order, size and alignment:\n  @: native order, size & alignment (default)\n  =: native order, std. size & alignment\n  <: little-endian, "
    "std. size & alignment\n  >: big-endian, std. size & alignment\n  !: same as >\n\nThe remaining chars indicate types of args and must match "
    "exactly;\nthese can be preceded by a decimal repeat count:\n  x: pad byte (no data); c:char; b:signed byte; B:unsigned byte;\n  ?: _Bool "
    "(requires C99; if not available, char is used instead)\n  h:short; H:unsigned short; i:int; I:unsigned int;\n  l:long; L:unsigned long; "
    "f:float; d:double; e:half-float.\nSpecial cases (preceding decimal count indicates length):\n  s:string (array of char); p: pascal string "
    "(with count byte).\nSpecial cases (only available in native format):\n  n:ssize_t; N:size_t;\n  P:an integer type that is wide enough to "
    "hold a pointer.\nSpecial case (not in native mode unless 'long long' in platform C):\n  q:long long; Q:unsigned long long\nWhitespace "
    "between formats is ignored.\n\nThe variable struct.error is an exception raised on errors.\n";

}  // namespace

Class* struct_error;

bool init_struct_module(Module* m) {
  if (!struct_error) {
    Dict* ns = TRY(new_dict());
    dict_set_str(ns, names.dunder_module, intern("struct"));
    Value args[] = {intern("error"), make_tuple(Value(exc.Exception)), ns};
    struct_error = TRY(new_class(types.type, args, 3, nullptr));
  }
  static ClassSpec spec{.name = "_struct.Struct", .basicsize = sizeof(StructObject), .flags = kClassBaseType | kClassHasWeakref,
                        .trace_kind = TraceKind::kCustom, .trace = trace_struct, .finalize = finalize_struct,
                        .doc = "Struct(fmt) --> compiled struct object\n\n", .methods = kStructMethods, .getset = kStructFields};
  spec.slots.getattr = generic_getattr;
  spec.slots.setattr = generic_setattr;
  spec.slots.init = struct_init;
  spec.slots.new_ = struct_new;
  static ClassSpec iterator{.name = "_struct.unpack_iterator", .basicsize = sizeof(UnpackIterator), .flags = kClassNoInstantiation,
                            .trace_kind = TraceKind::kCustom, .trace = trace_iterator, .finalize = finalize_iterator, .methods = kIteratorMethods};
  iterator.slots.iter = iter_self;
  iterator.slots.next = iterator_next;
  if (!iterator_class) iterator_class = new_builtin_class(iterator);
  return add_string(m, "__doc__", kModuleDoc) && add_class(m, spec, &struct_class) && add_functions(m, kFunctions) &&
         add_object(m, "error", struct_error);
}

}  // namespace pyjit::runtime
