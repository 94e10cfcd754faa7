// Pickler: objects → pickle opcodes, protocols 0 to 5.
//
// Output collects in `out`; with protocol 4 and up in frames: frame_start is where the open frame's header goes (-1: none open). A frame
// that reached kFrameTarget is closed, and written to the file at once when there is one. The memo maps an object's address to its number:
// objects never move, and the memo keeps them alive.
#include "runtime/modules/pickle/pickle.h"

#include <cstring>
#include <unordered_map>

#include "runtime/codecs.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/object.h"
#include "runtime/builtins.h"

namespace pyjit::runtime::pickle {
namespace {

Class *pickler_class, *memo_proxy_class;

using Memo = std::unordered_map<uint64_t, uint32_t>;   // Value bits → number

struct State {          // what lives outside the heap
  Memo memo;
  std::string out;
  int64_t frame_start = -1;
};

struct Pickler : Object {
  State* state;                  // null before __init__
  Value write;                   // file.write; null: collect everything
  Value pers_func;               // persistent_id as assigned or defined by a subclass; null: none
  Value dispatch_table;          // null: copyreg's
  Value reducer_override, buffer_callback;
  int64_t fast;
  int32_t protocol;
  int32_t fast_depth;
  Dict* fast_memo;
  bool bin, framing, fix_imports, dumping;
};
struct MemoProxy : Object { Value pickler; };

Pickler* self_pickler(Value v) { return v.as<Pickler>(); }

void trace_pickler(Object* o, Tracer& t) {
  auto* p = static_cast<Pickler*>(o);
  t.visit(p->write);
  t.visit(p->pers_func);
  t.visit(p->dispatch_table);
  t.visit(p->reducer_override);
  t.visit(p->buffer_callback);
  t.visit(p->fast_memo);
  if (p->state) {
    for (auto& [bits, number] : p->state->memo) t.visit(Value::from_bits(bits));
  }
}
void finalize_pickler(Object* o) {
  auto* p = static_cast<Pickler*>(o);
  delete p->state;
  p->state = nullptr;   // the collector may look at a dead object once more
}

class Writer {
 public:
  explicit Writer(Pickler* p) : p_(p), s_(p->state) {}
  bool dump(Value v);
  bool flush_to_file();
  Bytes* result() { return new_bytes(s_->out); }

 private:
  Pickler* p_;
  State* s_;

  void put(const void* data, size_t n) {
    if (p_->framing && s_->frame_start < 0) {
      s_->frame_start = static_cast<int64_t>(s_->out.size());
      s_->out.append(9, '\0');
    }
    s_->out.append(static_cast<const char*>(data), n);
  }
  void put(std::string_view text) { put(text.data(), text.size()); }
  void put(Op op) { put(&op, 1); }
  void put_sized(Op op, uint64_t n, int bytes) {   // the opcode and n in little-endian
    char b[9] = {static_cast<char>(op)};
    memcpy(b + 1, &n, static_cast<size_t>(bytes));
    put(b, static_cast<size_t>(bytes) + 1);
  }
  void close_frame() {
    if (!p_->framing || s_->frame_start < 0) return;
    auto start = static_cast<size_t>(s_->frame_start);
    uint64_t length = s_->out.size() - start - 9;
    if (length >= 4) {
      s_->out[start] = static_cast<char>(FRAME);
      memcpy(s_->out.data() + start + 1, &length, 8);
    } else {
      s_->out.erase(start, 9);
    }
    s_->frame_start = -1;
  }
  bool opcode_boundary() {
    if (!p_->framing || s_->frame_start < 0) return true;
    if (s_->out.size() - static_cast<size_t>(s_->frame_start) - 9 < kFrameTarget) return true;
    close_frame();
    return flush_to_file();
  }
  bool payload(Op op, uint64_t size, int size_bytes, std::string_view data, Value owner);

  // memo
  bool memo_has(Value v) { return s_->memo.count(v.bits()) != 0; }
  bool memo_get(Value v);
  bool memo_put(Value v);

  bool save(Value v, bool by_persistent_id = true);
  bool save_atom(Value v, bool* done);
  void save_int(Value v);
  bool save_float(double d);
  bool save_bytes(Value v, std::string_view data, bool memoize_it = true);
  bool save_bytearray(Value v, std::string_view data);
  bool save_buffer(Value v);
  bool save_str(Str* s);
  bool save_tuple(Tuple* t);
  bool save_list(Value v);
  bool save_dict(Value v);
  bool save_set(Value v, bool frozen);
  bool save_global(Value v, Value name);
  bool save_type(Value v);
  bool save_persistent(Value pid);
  bool save_reduce(Value reduced, Value object);
  bool save_singleton_type(Value type, Value instance) { return save_reduce(make_tuple(types.type, make_tuple(instance)), type); }
  bool batch_list(Value iterator);
  bool batch_dict(Value iterator);
  bool object_by_reduction(Value v);
  bool fast_enter(Value v);
  void fast_leave(Value v);
  bool fail(const std::string& message) { return raise(pickling_error, message), false; }
};

std::string repr_text(Value v) {
  Str* s = repr(v);
  if (s) return to_utf8(s);
  clear_pending();
  return "?";
}

bool Writer::flush_to_file() {
  if (!p_->write || s_->out.empty()) return true;
  Value data = TRY(new_bytes(s_->out));
  s_->out.clear();
  return bool(call1(p_->write, data));
}

// Opcode, size and data; data of a frame's size and more goes outside of frames, straight to the file when there is one.
bool Writer::payload(Op op, uint64_t size, int size_bytes, std::string_view data, Value owner) {
  bool framing = p_->framing, bypass = data.size() >= kFrameTarget;
  if (bypass) {
    close_frame();
    p_->framing = false;
  }
  put_sized(op, size, size_bytes);
  bool ok = true;
  if (bypass && p_->write) {
    ok = flush_to_file();
    if (ok) {
      Value bytes = owner ? owner : Value(new_bytes(data));
      ok = bytes && call1(p_->write, bytes);
    }
  } else {
    put(data);
  }
  p_->framing = framing;
  return ok;
}

bool Writer::memo_get(Value v) {
  uint32_t n = s_->memo.find(v.bits())->second;
  if (!p_->bin) put("g" + std::to_string(n) + "\n");
  else if (n < 256) put_sized(BINGET, n, 1);
  else put_sized(LONG_BINGET, n, 4);
  return true;
}

bool Writer::memo_put(Value v) {
  if (p_->fast) return true;
  auto n = static_cast<uint32_t>(s_->memo.size());
  s_->memo[v.bits()] = n;
  write_barrier(p_, v);
  if (p_->protocol >= 4) put(MEMOIZE);
  else if (!p_->bin) put("p" + std::to_string(n) + "\n");
  else if (n < 256) put_sized(BINPUT, n, 1);
  else put_sized(LONG_BINPUT, n, 4);
  return true;
}

// In fast mode nothing is memoized: what nests deep may be cyclic.
bool Writer::fast_enter(Value v) {
  if (!p_->fast || ++p_->fast_depth < 50) return true;
  if (!p_->fast_memo) {
    p_->fast_memo = TRY(new_dict());
    write_barrier(p_);
  }
  Value key = new_int(static_cast<int64_t>(v.bits() & Value::kPayloadMask));
  int known = dict_contains(p_->fast_memo, key);
  if (known == 0 && dict_set(p_->fast_memo, key, Value::none())) return true;
  if (known > 0) {
    raisef(exc.ValueError, "fast mode: can't pickle cyclic objects including object type %.200s at %p", type_name(v), reinterpret_cast<void*>(v.bits()));
  }
  p_->fast_depth = -1;
  return false;
}
void Writer::fast_leave(Value v) {
  if (!p_->fast || p_->fast_depth-- < 50 || !p_->fast_memo) return;
  Value pending = take_pending();
  dict_delete(p_->fast_memo, new_int(static_cast<int64_t>(v.bits() & Value::kPayloadMask)));
  thread()->exception = pending;
}

void Writer::save_int(Value v) {
  int64_t i;
  bool small = int_to_int64(v, &i);
  if (small && i >= -0x80000000ll && i <= 0x7fffffffll) {
    if (!p_->bin) return put("I" + std::to_string(i) + "\n");
    auto u = static_cast<uint64_t>(i);
    if (i >= 0 && i < 256) return put_sized(BININT1, u, 1);
    if (i >= 0 && i < 65536) return put_sized(BININT2, u, 2);
    return put_sized(BININT, u, 4);
  }
  if (p_->protocol < 2) return put("L" + int_to_text(v, 10) + "L\n");
  // Two's complement in as few bytes as hold the sign.
  std::string bytes;
  if (small) {
    bytes.assign(reinterpret_cast<char*>(&i), 8);
  } else {
    auto* big = v.as<BigInt>();
    bytes.assign(reinterpret_cast<char*>(big->limbs), big->limb_count() * 8);
    bytes.push_back('\0');
    if (big->is_negative()) {
      unsigned carry = 1;
      for (char& c : bytes) {
        carry += static_cast<uint8_t>(~c);
        c = static_cast<char>(carry);
        carry >>= 8;
      }
    }
  }
  while (bytes.size() > 1 && (bytes.back() == 0 ? !(bytes[bytes.size() - 2] & 0x80) : bytes.back() == -1 && (bytes[bytes.size() - 2] & 0x80))) {
    bytes.pop_back();
  }
  if (bytes.size() < 256) put_sized(LONG1, bytes.size(), 1);
  else put_sized(LONG4, bytes.size(), 4);
  put(bytes);
}

bool Writer::save_float(double d) {
  if (!p_->bin) {
    put("F" + float_repr(d) + "\n");
    return true;
  }
  uint64_t bits = __builtin_bswap64(std::bit_cast<uint64_t>(d));
  put_sized(BINFLOAT, bits, 8);
  return true;
}

bool Writer::save_bytes(Value v, std::string_view data, bool memoize_it) {
  if (p_->protocol < 3) {
    // Older protocols know no bytes: rebuilt from text.
    if (data.empty()) return save_reduce(make_tuple(types.bytes, empty_tuple()), v);
    Value module = TRY(import_module("codecs"));
    Value encode = TRY(get_attr(module, intern("encode")));
    Str* text = TRY(new_str_latin1(reinterpret_cast<const uint8_t*>(data.data()), data.size()));
    return save_reduce(make_tuple(encode, make_tuple(text, intern("latin1"))), v);
  }
  Value owner = is_exact(v, types.bytes) ? v : Value();
  bool ok;
  if (data.size() < 256) ok = payload(SHORT_BINBYTES, data.size(), 1, data, owner);
  else if (data.size() <= 0xffffffff) ok = payload(BINBYTES, data.size(), 4, data, owner);
  else if (p_->protocol >= 4) ok = payload(BINBYTES8, data.size(), 8, data, owner);
  else return raise(exc.OverflowError, "serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher"), false;
  return ok && (!memoize_it || memo_put(v));
}

bool Writer::save_bytearray(Value v, std::string_view data) {
  if (p_->protocol < 5) {
    if (data.empty()) return save_reduce(make_tuple(types.bytearray, empty_tuple()), v);
    Value bytes = TRY(new_bytes(data));
    return save_reduce(make_tuple(types.bytearray, make_tuple(bytes)), v);
  }
  return payload(BYTEARRAY8, data.size(), 8, data, is_exact(v, types.bytearray) ? v : Value()) && memo_put(v);
}

bool Writer::save_buffer(Value v) {
  if (p_->protocol < 5) return fail("PickleBuffer can only pickled with protocol >= 5");
  const BufferView* view = TRY(contents(v));
  Value raw = call_method0(v, intern("raw"));
  if (!raw) {
    if (!pending_matches(exc.BufferError)) return false;
    clear_pending();
    return fail("PickleBuffer can not be pickled when pointing to a non-contiguous buffer");
  }
  bool in_band = true;
  if (p_->buffer_callback) {
    int truth = is_true(TRY(call1(p_->buffer_callback, v)));
    if (truth < 0) return false;
    in_band = truth;
  }
  if (!in_band) {
    put(NEXT_BUFFER);
    if (view->readonly) put(READONLY_BUFFER);
    return true;
  }
  std::string_view data = view->view();
  return view->readonly ? save_bytes(v, data) : save_bytearray(v, data);
}

bool Writer::save_str(Str* s) {
  if (p_->bin) {
    std::string text = to_utf8(s);
    bool ok;
    if (text.size() < 256 && p_->protocol >= 4) ok = payload(SHORT_BINUNICODE, text.size(), 1, text, nullptr);
    else if (text.size() <= 0xffffffff) ok = payload(BINUNICODE, text.size(), 4, text, nullptr);
    else if (p_->protocol >= 4) ok = payload(BINUNICODE8, text.size(), 8, text, nullptr);
    else return raise(exc.OverflowError, "serializing a string larger than 4 GiB requires pickle protocol 4 or higher"), false;
    if (!ok) return false;
  } else {
    std::string text = "V";
    char buffer[16];
    for (uint64_t i = 0; i < s->length; ++i) {
      uint32_t c = s->at(i);
      if (c >= 0x10000) snprintf(buffer, sizeof buffer, "\\U%08x", c);
      else if (c >= 256 || c == '\\' || c == 0 || c == '\n' || c == '\r' || c == 0x1a) snprintf(buffer, sizeof buffer, "\\u%04x", c);
      else buffer[0] = static_cast<char>(c), buffer[1] = 0;
      if (c && c < 256 && buffer[0] != '\\') text.push_back(buffer[0]);
      else text += buffer;
    }
    text.push_back('\n');
    put(text);
  }
  return memo_put(s);
}

bool Writer::save_tuple(Tuple* t) {
  uint64_t n = t->size;
  if (n == 0) {
    if (p_->bin) {
      put(EMPTY_TUPLE);
    } else {
      put(MARK);
      put(TUPLE);
    }
    return true;
  }
  // The tuple may have been pickled while its items were (it is then part of a cycle): take that one, drop ours.
  if (n <= 3 && p_->protocol >= 2) {
    for (uint64_t i = 0; i < n; ++i) {
      if (!save(t->items[i])) return false;
    }
    if (memo_has(t)) {
      for (uint64_t i = 0; i < n; ++i) put(POP);
      return memo_get(t);
    }
    put(static_cast<Op>(TUPLE1 + n - 1));
    return memo_put(t);
  }
  put(MARK);
  for (uint64_t i = 0; i < n; ++i) {
    if (!save(t->items[i])) return false;
  }
  if (memo_has(t)) {
    if (p_->bin) {
      put(POP_MARK);
    } else {
      for (uint64_t i = 0; i <= n; ++i) put(POP);
    }
    return memo_get(t);
  }
  put(TUPLE);
  return memo_put(t);
}

bool Writer::batch_list(Value iterator) {
  if (!p_->bin) {
    while (Value v = iter_next(iterator)) {
      if (!save(v)) return false;
      put(APPEND);
    }
    return !error_pending();
  }
  int n;
  do {
    Value first = iter_next(iterator);
    if (!first) return !error_pending();
    Value next = iter_next(iterator);
    if (!next) {
      if (error_pending() || !save(first)) return false;
      put(APPEND);
      return true;
    }
    put(MARK);
    if (!save(first)) return false;
    n = 1;
    while (next) {
      if (!save(next)) return false;
      if (++n == kBatchSize) break;
      next = iter_next(iterator);
      if (!next && error_pending()) return false;
    }
    put(APPENDS);
  } while (n == kBatchSize);
  return true;
}

bool Writer::batch_dict(Value iterator) {
  auto pair = [](Value v) -> Tuple* {
    if (is_tuple(v) && v.as<Tuple>()->size == 2) return v.as<Tuple>();
    return raise(exc.TypeError, "dict items iterator must return 2-tuples");
  };
  if (p_->protocol == 0) {
    while (Value v = iter_next(iterator)) {
      Tuple* t = TRY(pair(v));
      if (!save(t->items[0]) || !save(t->items[1])) return false;
      put(SETITEM);
    }
    return !error_pending();
  }
  int n;
  do {
    Value item = iter_next(iterator);
    if (!item) return !error_pending();
    Tuple* first = TRY(pair(item));
    Value next = iter_next(iterator);
    if (!next) {
      if (error_pending() || !save(first->items[0]) || !save(first->items[1])) return false;
      put(SETITEM);
      return true;
    }
    put(MARK);
    if (!save(first->items[0]) || !save(first->items[1])) return false;
    n = 1;
    while (next) {
      Tuple* t = TRY(pair(next));
      if (!save(t->items[0]) || !save(t->items[1])) return false;
      if (++n == kBatchSize) break;
      next = iter_next(iterator);
      if (!next && error_pending()) return false;
    }
    put(SETITEMS);
  } while (n == kBatchSize);
  return true;
}

bool Writer::save_list(Value v) {
  if (!fast_enter(v)) return false;
  if (p_->bin) {
    put(EMPTY_LIST);
  } else {
    put(MARK);
    put(LIST);
  }
  bool ok = memo_put(v);
  auto* l = v.as<List>();
  if (ok && l->size) {
    if (!p_->bin) {
      Value iterator = get_iter(v);
      ok = iterator && batch_list(iterator);
    } else if (l->size == 1) {
      if ((ok = save(l->items()[0]))) put(APPEND);
    } else {
      for (uint64_t i = 0; ok && i < l->size;) {
        put(MARK);
        for (int n = 0; ok && n < kBatchSize && i < l->size; ++n) ok = save(l->items()[i++]);
        put(APPENDS);
      }
    }
  }
  fast_leave(v);
  return ok;
}

bool Writer::save_dict(Value v) {
  if (!fast_enter(v)) return false;
  if (p_->bin) {
    put(EMPTY_DICT);
  } else {
    put(MARK);
    put(DICT);
  }
  bool ok = memo_put(v);
  auto* d = v.as<Dict>();
  if (ok && d->size) {
    if (p_->protocol == 0) {
      Value items = call_method0(v, intern("items"));
      Value iterator = items ? get_iter(items) : Value();
      ok = iterator && batch_dict(iterator);
    } else {
      uint64_t size = d->size, position = 0, seen = 0;
      Value key, value;
      bool single = size == 1;
      while (ok && seen < size) {
        if (!single) put(MARK);
        for (int n = 0; ok && n < kBatchSize && seen < size; ++n, ++seen) {
          if (!dict_next(d, &position, &key, &value)) {
            seen = size;
            break;
          }
          ok = save(key) && save(value);
          if (ok && d->size != size) {
            raise(exc.RuntimeError, "dictionary changed size during iteration");
            ok = false;
          }
        }
        put(single ? SETITEM : SETITEMS);
      }
    }
  }
  fast_leave(v);
  return ok;
}

bool Writer::save_set(Value v, bool frozen) {
  if (p_->protocol < 4) {
    Value items = TRY(to_list(v));
    return save_reduce(make_tuple(class_of(v), make_tuple(items)), v);
  }
  auto* s = v.as<Set>();
  uint64_t size = s->size, position = 0;
  Value key;
  if (frozen) {
    if (!fast_enter(v)) return false;
    put(MARK);
    bool ok = true;
    while (ok && set_next(s, &position, &key)) ok = save(key);
    fast_leave(v);
    if (!ok) return false;
    if (memo_has(v)) {
      put(POP_MARK);
      return memo_get(v);
    }
    put(FROZENSET);
    return memo_put(v);
  }
  put(EMPTY_SET);
  if (!memo_put(v)) return false;
  if (!size) return true;
  int n;
  do {
    n = 0;
    put(MARK);
    while (n < kBatchSize && set_next(s, &position, &key)) {
      if (!save(key)) return false;
      ++n;
      if (s->size != size) return raise(exc.RuntimeError, "set changed size during iteration"), false;
    }
    put(ADDITEMS);
  } while (n == kBatchSize);
  return true;
}

// The module that has `object` under the dotted name.
Value module_of(Value object, Str* path) {
  Value name = get_attr_or_null(object, names.dunder_module);
  if (!name && error_pending()) return nullptr;
  if (name && !name.is_none()) return name;
  Dict* modules = TRY(sys_modules());
  Value copy = TRY(dict_copy(modules));
  uint64_t position = 0;
  Value key, module;
  while (dict_next(copy.as<Dict>(), &position, &key, &module)) {
    if (module.is_none() || (is_str(key) && str_equals(key.as<Str>(), "__main__"))) continue;
    Value found = dotted_attribute(module, path, nullptr);
    if (!found) {
      clear_pending();
      continue;
    }
    if (found == object) return key;
  }
  return intern("__main__");
}

bool Writer::save_global(Value v, Value name) {
  if (!name) {
    name = get_attr_or_null(v, names.dunder_qualname);
    if (!name && error_pending()) return false;
    if (!name) name = TRY(get_attr(v, names.dunder_name));
  }
  if (!is_str(name)) return fail("Can't pickle " + repr_text(v) + ": its name is not a string");
  Str* path = name.as<Str>();
  Str* locals = intern("<locals>");
  int64_t dot = str_rfind(path, intern("."), 0, static_cast<int64_t>(path->length));
  {
    uint64_t start = 0;
    for (uint64_t i = 0; i <= path->length; ++i) {
      if (i < path->length && path->at(i) != '.') continue;
      if (str_equal(str_substring(path, start, i), locals)) {
        return raise(exc.AttributeError, "Can't pickle local object " + repr_text(path)), false;
      }
      start = i + 1;
    }
  }
  Value module_name = TRY(module_of(v, path));
  if (!is_str(module_name)) return raisef(exc.TypeError, "module name must be a string, not %.200s", type_name(module_name)), false;
  auto text = [](Value s) { return to_utf8(s.as<Str>()); };
  Value module;
  if (import_name(module_name, nullptr, nullptr, 0)) module = dict_get(sys_modules(), module_name);
  if (!module) {
    clear_pending();
    return fail("Can't pickle " + repr_text(v) + ": import of module " + repr_text(module_name) + " failed");
  }
  Value parent;
  Value found = dotted_attribute(module, path, &parent);
  if (!found) {
    clear_pending();
    return fail("Can't pickle " + repr_text(v) + ": attribute lookup " + text(path) + " on " + text(module_name) + " failed");
  }
  if (!(found == v)) return fail("Can't pickle " + repr_text(v) + ": it's not the same object as " + text(module_name) + "." + text(path));
  Str* last = dot < 0 ? path : TRY(str_substring(path, static_cast<uint64_t>(dot) + 1, path->length));

  Tables* t = TRY(tables());
  if (p_->protocol >= 2) {
    Value code = dict_get(t->extension_registry, make_tuple(module_name, name));
    if (!code && error_pending()) return false;
    if (code) {
      if (!code.is_int()) return fail("Can't pickle " + repr_text(v) + ": extension code " + repr_text(code) + " isn't an integer");
      int64_t n = code.as_int();
      if (n <= 0 || n > 0x7fffffff) return raisef(exc.RuntimeError, "extension code %lld is out of range", static_cast<long long>(n)), false;
      if (n < 256) put_sized(EXT1, static_cast<uint64_t>(n), 1);
      else if (n < 65536) put_sized(EXT2, static_cast<uint64_t>(n), 2);
      else put_sized(EXT4, static_cast<uint64_t>(n), 4);
      return true;
    }
  }
  if (p_->protocol >= 4) {
    if (!save(module_name) || !save(name)) return false;
    put(STACK_GLOBAL);
    return memo_put(v);
  }
  if (!(parent == module)) {
    Value getattr = builtin_function("getattr");
    return save_reduce(make_tuple(getattr, make_tuple(parent, last)), nullptr);
  }
  if (p_->fix_imports && p_->protocol < 3) {
    Value mapped = dict_get(t->reverse_name_mapping, make_tuple(module_name, name));
    if (!mapped && error_pending()) return false;
    if (mapped) {
      if (!is_tuple(mapped) || mapped.as<Tuple>()->size != 2 || !is_str(mapped.as<Tuple>()->items[0]) || !is_str(mapped.as<Tuple>()->items[1])) {
        return raisef(exc.RuntimeError, "_compat_pickle.REVERSE_NAME_MAPPING values should be 2-tuples, not %.200s", type_name(mapped)), false;
      }
      module_name = mapped.as<Tuple>()->items[0];
      name = mapped.as<Tuple>()->items[1];
    } else if (Value to = dict_get(t->reverse_import_mapping, module_name)) {
      if (!is_str(to)) return raisef(exc.RuntimeError, "_compat_pickle.REVERSE_IMPORT_MAPPING values should be strings, not %.200s", type_name(to)), false;
      module_name = to;
    } else if (error_pending()) {
      return false;
    }
  }
  for (Value part : {module_name, name}) {
    if (p_->protocol < 3 && !part.as<Str>()->is_ascii()) {
      return fail(std::string("can't pickle ") + (part == module_name ? "module" : "global") + " identifier '" + text(part) + "' using pickle protocol " +
                  std::to_string(p_->protocol));
    }
  }
  put("c" + text(module_name) + "\n" + text(name) + "\n");
  return memo_put(v);
}

bool Writer::save_type(Value v) {
  if (v == Value(types.none_type)) return save_singleton_type(v, Value::none());
  if (v == Value(types.ellipsis)) return save_singleton_type(v, Value::ellipsis());
  if (v == Value(types.not_implemented_type)) return save_singleton_type(v, Value::not_implemented());
  return save_global(v, nullptr);
}

bool Writer::save_persistent(Value pid) {
  if (p_->bin) {
    if (!save(pid, false)) return false;
    put(BINPERSID);
    return true;
  }
  Str* text = TRY(str(pid));
  if (!text->is_ascii()) return fail("persistent IDs in protocol 0 must be ASCII strings");
  put("P" + to_utf8(text) + "\n");
  return true;
}

// func, args[, state[, list items[, dict items[, state setter]]]] as __reduce__ returns it; object null: not memoized.
bool Writer::save_reduce(Value reduced, Value object) {
  if (!reduced) return false;
  auto* t = reduced.as<Tuple>();
  if (t->size < 2 || t->size > 6) return fail("tuple returned by __reduce__ must contain 2 through 6 elements");
  Value part[6];
  for (uint64_t i = 0; i < t->size; ++i) part[i] = t->items[i].is_none() && i >= 2 ? Value() : t->items[i];
  Value callable = part[0];
  if (!is_callable(callable)) return fail("first item of the tuple returned by __reduce__ must be callable");
  if (!is_tuple(part[1])) return fail("second item of the tuple returned by __reduce__ must be a tuple");
  auto* arguments = part[1].as<Tuple>();
  if (part[3] && !class_of(part[3])->slots.next) {
    return fail(std::string("fourth element of the tuple returned by __reduce__ must be an iterator, not ") + type_name(part[3]));
  }
  if (part[4] && !class_of(part[4])->slots.next) {
    return fail(std::string("fifth element of the tuple returned by __reduce__ must be an iterator, not ") + type_name(part[4]));
  }
  if (part[5] && !is_callable(part[5])) {
    return fail(std::string("sixth element of the tuple returned by __reduce__ must be a function, not ") + type_name(part[5]));
  }
  bool newobj = false, newobj_ex = false;
  if (p_->protocol >= 2) {
    Value name = get_attr_or_null(callable, names.dunder_name);
    if (!name && error_pending()) return false;
    if (name && is_str(name)) {
      newobj_ex = str_equals(name.as<Str>(), "__newobj_ex__");
      newobj = !newobj_ex && str_equals(name.as<Str>(), "__newobj__");
    }
  }
  if (newobj_ex) {
    if (arguments->size != 3) {
      return fail("length of the NEWOBJ_EX argument tuple must be exactly 3, not " + std::to_string(arguments->size));
    }
    Value cls = arguments->items[0];
    if (!is_instance(cls, types.type)) {
      return fail(std::string("first item from NEWOBJ_EX argument tuple must be a class, not ") + type_name(cls));
    }
    Value args = arguments->items[1], kwargs = arguments->items[2];
    if (!is_tuple(args)) return fail(std::string("second item from NEWOBJ_EX argument tuple must be a tuple, not ") + type_name(args));
    if (!is_dict(kwargs)) return fail(std::string("third item from NEWOBJ_EX argument tuple must be a dict, not ") + type_name(kwargs));
    if (p_->protocol >= 4) {
      if (!save(cls) || !save(args) || !save(kwargs)) return false;
      put(NEWOBJ_EX);
    } else {
      Value partial = TRY(get_attr(TRY(import_module("functools")), intern("partial")));
      Value new_method = TRY(get_attr(cls, names.dunder_new));
      auto* a = args.as<Tuple>();
      Tuple* all = TRY(new_tuple_null(a->size + 2));
      all->items[0] = new_method;
      all->items[1] = cls;
      for (uint64_t i = 0; i < a->size; ++i) all->items[i + 2] = a->items[i];
      Value bound = TRY(call_tuple_dict(partial, all, kwargs.as<Dict>()));
      if (!save(bound) || !save(empty_tuple())) return false;
      put(REDUCE);
    }
  } else if (newobj) {
    if (arguments->size < 1) return fail("__newobj__ arglist is empty");
    Value cls = arguments->items[0];
    if (!is_instance(cls, types.type)) return fail(std::string("first item from NEWOBJ argument tuple must be a class, not ") + type_name(cls));
    if (object) {
      Value actual = TRY(get_attr(object, names.dunder_class));
      if (!(actual == cls)) return fail("args[0] from __newobj__ args has the wrong class");
    }
    Value rest = TRY(new_tuple(arguments->items + 1, arguments->size - 1));
    if (!save(cls) || !save(rest)) return false;
    put(NEWOBJ);
  } else {
    if (!save(callable) || !save(arguments)) return false;
    put(REDUCE);
  }
  if (object) {
    // Its arguments may have led back to the object.
    if (memo_has(object)) {
      put(POP);
      return memo_get(object);
    }
    if (!memo_put(object)) return false;
  }
  if (part[3] && !batch_list(part[3])) return false;
  if (part[4] && !batch_dict(part[4])) return false;
  if (!part[2]) return true;
  if (!part[5]) {
    if (!save(part[2])) return false;
    put(BUILD);
    return true;
  }
  if (!save(part[5]) || !save(object) || !save(part[2])) return false;
  put(TUPLE2);
  put(REDUCE);
  put(POP);
  return true;
}

bool Writer::object_by_reduction(Value v) {
  Class* cls = class_of(v);
  Value result;
  if (p_->reducer_override) {
    result = TRY(call1(p_->reducer_override, v));
    if (result.is_not_implemented()) result = nullptr;
  }
  if (!result) {
    if (cls == types.type) return save_type(v);
    if (cls == types.function) return save_global(v, nullptr);
    Value reduce;
    if (!p_->dispatch_table) {
      reduce = dict_get(TRY(tables())->dispatch_table, cls);
      if (!reduce && error_pending()) return false;
    } else {
      reduce = get_item(p_->dispatch_table, cls);
      if (!reduce) {
        if (!pending_matches(exc.KeyError)) return false;
        clear_pending();
      }
    }
    if (reduce) {
      result = TRY(call1(reduce, v));
    } else if (is_subclass(cls, types.type)) {
      return save_global(v, nullptr);
    } else {
      reduce = get_attr_or_null(v, names.dunder_reduce_ex);
      if (!reduce && error_pending()) return false;
      if (reduce) {
        result = TRY(call1(reduce, Value::from_int(p_->protocol)));
      } else {
        reduce = get_attr_or_null(v, names.dunder_reduce);
        if (!reduce && error_pending()) return false;
        if (!reduce) return fail(std::string("can't pickle '") + type_name(v) + "' object: " + repr_text(v));
        result = TRY(call0(reduce));
      }
    }
  }
  if (is_str(result)) return save_global(v, result);
  if (!is_tuple(result)) return fail("__reduce__ must return a string or tuple");
  return save_reduce(result, v);
}

bool Writer::save(Value v, bool by_persistent_id) {
  if (!opcode_boundary()) return false;
  if (by_persistent_id && p_->pers_func) {
    Value pid = TRY(call1(p_->pers_func, v));
    if (!pid.is_none()) return save_persistent(pid);
  }
  if (v.is_none()) return put(NONE), true;
  if (v.is_bool()) {
    if (p_->protocol >= 2) put(v.is_true() ? NEWTRUE : NEWFALSE);
    else put(v.is_true() ? std::string_view("I01\n") : std::string_view("I00\n"));
    return true;
  }
  if (is_exact_int(v)) return save_int(v), true;
  if (v.is_double()) return save_float(v.as_double());
  if (memo_has(v)) return memo_get(v);
  Class* cls = class_of(v);
  if (cls == types.bytes) return save_bytes(v, v.as<Bytes>()->view());
  if (cls == types.str) return save_str(v.as<Str>());
  RecursionGuard guard(" while pickling an object");
  if (!guard.ok()) return false;
  if (cls == types.dict) return save_dict(v);
  if (cls == types.set) return save_set(v, false);
  if (cls == types.frozenset) return save_set(v, true);
  if (cls == types.list) return save_list(v);
  if (cls == types.tuple) return save_tuple(v.as<Tuple>());
  if (cls == types.bytearray) {
    auto* b = v.as<ByteArray>();
    return save_bytearray(v, {b->data(), b->size});
  }
  if (cls == buffer_class) return save_buffer(v);
  return object_by_reduction(v);
}

bool Writer::dump(Value v) {
  if (p_->protocol >= 2) {
    char head[2] = {static_cast<char>(PROTO), static_cast<char>(p_->protocol)};
    put(std::string_view(head, 2));
    if (p_->protocol >= 4) p_->framing = true;
  }
  // The two bytes of PROTO stand in front of the first frame.
  bool ok = save(v);
  if (ok) {
    put(STOP);
    close_frame();
  }
  p_->framing = false;
  s_->frame_start = -1;
  return ok;
}

// --- the class

bool set_up(Pickler* p, Value protocol, Value fix_imports, Value file, Value buffer_callback) {
  int number;
  if (!parse_protocol(protocol, &number)) return false;
  bool fix = true;
  if (fix_imports) {
    int truth = is_true(fix_imports);
    if (truth < 0) return false;
    fix = truth;
  }
  if (buffer_callback && buffer_callback.is_none()) buffer_callback = nullptr;
  if (buffer_callback && number < 5) {
    raise(exc.ValueError, "buffer_callback needs protocol >= 5");
    return false;
  }
  Value write;
  if (file) {
    write = get_attr_or_null(file, intern("write"));
    if (!write) {
      if (!error_pending()) raise(exc.TypeError, "file must have a 'write' attribute");
      return false;
    }
  }
  if (!p->state) p->state = new State;
  p->state->memo.clear();
  p->state->out.clear();
  p->state->frame_start = -1;
  p->protocol = number;
  p->bin = number > 0;
  p->fix_imports = number < 3 && fix;
  p->framing = false;
  p->write = write;
  p->buffer_callback = buffer_callback;
  p->fast = 0;
  p->fast_depth = 0;
  p->fast_memo = nullptr;
  write_barrier(p);
  return true;
}

Value pickler_new(Class* cls, Value*, uint32_t, Tuple*) { return allocate_instance_of<Pickler>(cls); }

bool pickler_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("Pickler", "(file, protocol=None, fix_imports=True, buffer_callback=None)");
  Value out[4];
  if (!bind(args, nargs, kwnames, out)) return false;
  auto* p = self_pickler(self);
  if (!set_up(p, out[1], out[2], out[0], out[3])) return false;
  // A subclass's persistent_id and dispatch_table are looked up once, here.
  p->pers_func = p->dispatch_table = nullptr;
  if (p->cls() != pickler_class) {
    Value f = get_attr_or_null(self, intern("persistent_id"));
    if (!f && error_pending()) return false;
    p->pers_func = f;
    Value table = get_attr_or_null(self, intern("dispatch_table"));
    if (!table && error_pending()) return false;
    p->dispatch_table = table;
    write_barrier(p);
  }
  return true;
}

std::nullptr_t not_initialised(const char* cls, Value self) {
  return raisef(pickling_error, "%s.__init__() was not called by %s.__init__()", cls, type_name(self));
}

bool run_dump(Pickler* p, Value v) {
  p->state->out.clear();
  Writer w(p);
  return w.dump(v) && (!p->write || w.flush_to_file());
}

Value pickler_dump(Value* args) {
  auto* p = self_pickler(args[0]);
  if (!p->state || !p->write) return not_initialised("Pickler", args[0]);
  Value override_ = get_attr_or_null(args[0], intern("reducer_override"));
  if (!override_ && error_pending()) return nullptr;
  p->reducer_override = override_;
  write_barrier(p);
  bool ok = run_dump(p, args[1]);
  p->reducer_override = nullptr;
  return ok ? Value::none() : Value();
}

Value pickler_clear_memo(Value* args) {
  auto* p = self_pickler(args[0]);
  if (p->state) p->state->memo.clear();
  return Value::none();
}
Value pickler_sizeof(Value* args) {
  auto* p = self_pickler(args[0]);
  int64_t size = sizeof(Pickler);
  if (p->state) size += static_cast<int64_t>(sizeof(State) + p->state->out.capacity() + p->state->memo.size() * 32);
  return new_int(size);
}

Value get_bin(Value self) { return Value::from_int(self_pickler(self)->bin); }
bool set_bin(Value self, Value v) {
  int i;
  if (!v) return raise(exc.TypeError, "can't delete numeric/char attribute"), false;
  if (!to_int32(v, &i)) return false;
  self_pickler(self)->bin = i;
  return true;
}
Value get_fast(Value self) { return Value::from_int(self_pickler(self)->fast); }
bool set_fast(Value self, Value v) {
  int i;
  if (!v) return raise(exc.TypeError, "can't delete numeric/char attribute"), false;
  if (!to_int32(v, &i)) return false;
  self_pickler(self)->fast = i;
  return true;
}
Value get_table(Value self) {
  Value v = self_pickler(self)->dispatch_table;
  return v ? v : Value(raise(exc.AttributeError, "dispatch_table"));
}
bool set_table(Value self, Value v) {
  auto* p = self_pickler(self);
  if (!v && !p->dispatch_table) return raise(exc.AttributeError, "dispatch_table"), false;
  p->dispatch_table = v;
  write_barrier(p);
  return true;
}
Value get_persistent_id(Value self) {
  Value v = self_pickler(self)->pers_func;
  return v ? v : Value(raise(exc.AttributeError, "persistent_id"));
}
bool set_persistent_id(Value self, Value v) {
  if (!v) return raise(exc.TypeError, "attribute deletion is not supported"), false;
  if (!is_callable(v)) return raise(exc.TypeError, "persistent_id must be a callable taking one argument"), false;
  self_pickler(self)->pers_func = v;
  write_barrier(self.as_object());
  return true;
}

// memo: a proxy with clear, copy and __reduce__; assigning a proxy or a dict {id: (number, object)} replaces the memo.
Dict* memo_copy(Pickler* p) {
  Dict* d = TRY(new_dict());
  if (!p->state) return d;
  for (auto& [bits, number] : p->state->memo) {
    Value key = new_int(static_cast<int64_t>(bits));
    if (!dict_set(d, key, make_tuple(new_int(number), Value::from_bits(bits)))) return nullptr;
  }
  return d;
}
Value get_memo(Value self) {
  auto* proxy = TRY(allocate_instance_of<MemoProxy>(memo_proxy_class));
  proxy->pickler = self;
  return proxy;
}
bool set_memo(Value self, Value v) {
  auto* p = self_pickler(self);
  if (!v) return raise(exc.TypeError, "attribute deletion is not supported"), false;
  if (!p->state) p->state = new State;
  if (is_exact(v, memo_proxy_class)) {
    auto* other = v.as<MemoProxy>()->pickler.as<Pickler>();
    if (other->state && other != p) p->state->memo = other->state->memo;
    write_barrier(p);
    return true;
  }
  if (!is_dict(v)) {
    raisef(exc.TypeError, "'memo' attribute must be a PicklerMemoProxy object or dict, not %.200s", type_name(v));
    return false;
  }
  Memo memo;
  uint64_t position = 0;
  Value key, item;
  while (dict_next(v.as<Dict>(), &position, &key, &item)) {
    if (!is_tuple(item) || item.as<Tuple>()->size != 2) return raise(exc.TypeError, "'memo' values must be 2-item tuples"), false;
    int64_t number;
    if (!to_int64(item.as<Tuple>()->items[0], &number)) return false;
    memo[item.as<Tuple>()->items[1].bits()] = static_cast<uint32_t>(number);
  }
  p->state->memo = std::move(memo);
  write_barrier(p);
  return true;
}
Value proxy_clear(Value* args) {
  auto* p = args[0].as<MemoProxy>()->pickler.as<Pickler>();
  if (p->state) p->state->memo.clear();
  return Value::none();
}
Value proxy_copy(Value* args) { return memo_copy(args[0].as<MemoProxy>()->pickler.as<Pickler>()); }
Value proxy_reduce(Value* args) {
  Dict* d = TRY(memo_copy(args[0].as<MemoProxy>()->pickler.as<Pickler>()));
  return make_tuple(types.dict, make_tuple(d));
}

const MethodDef kProxyMethods[] = {method_row("clear", "($self, /)", proxy_clear, Effects::kWrites, "Remove all items from memo."),
                                   method_row("copy", "($self, /)", proxy_copy, Effects::kWrites, "Copy the memo to a new object."),
                                   method_row("__reduce__", "($self, /)", proxy_reduce, Effects::kWrites, "Implement pickle support."), {}};
const MethodDef kMethods[] = {
    method_row("dump", "($self, obj, /)", pickler_dump, Effects::kCallsPython, "Write a pickled representation of the given object to the open file."),
    method_row("clear_memo", "($self, /)", pickler_clear_memo, Effects::kWrites, "Clears the pickler's \"memo\"."),
    method_row("__sizeof__", "($self, /)", pickler_sizeof, Effects::kReads, "Returns size in memory, in bytes."), {}};
const GetSetDef kFields[] = {{"bin", get_bin, set_bin, nullptr, true}, {"fast", get_fast, set_fast, nullptr, true},
                             {"dispatch_table", get_table, set_table, nullptr, true}, {"memo", get_memo, set_memo},
                             {"persistent_id", get_persistent_id, set_persistent_id}, {}};

}  // namespace

Value dump_object(Value object, Value file, Value protocol, Value fix_imports, Value buffer_callback) {
  auto* p = TRY(allocate_instance_of<Pickler>(pickler_class));
  if (!set_up(p, protocol, fix_imports, file, buffer_callback) || !run_dump(p, object)) return nullptr;
  if (file) return Value::none();
  return Writer(p).result();
}

bool add_pickler(Module* m) {
  static ClassSpec proxy{.name = "_pickle.PicklerMemoProxy", .basicsize = sizeof(MemoProxy), .flags = kClassNoInstantiation,
                         .trace_kind = TraceKind::kCustom, .trace = trace_prefix<1>, .methods = kProxyMethods};
  if (!memo_proxy_class) memo_proxy_class = TRY(new_builtin_class(proxy));
  static ClassSpec spec{
      .name = "_pickle.Pickler", .basicsize = sizeof(Pickler), .flags = kClassBaseType, .trace_kind = TraceKind::kCustom, .trace = trace_pickler,
      .finalize = finalize_pickler,
      .doc = "Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)\n--\n\n"
             "This takes a binary file for writing a pickle data stream.\n\n"
             "The file must have a write() method that takes one bytes argument. The protocol\n"
             "is 4 unless another is asked for; a negative one means the highest. With\n"
             "fix_imports and a protocol below 3, new module names become those of Python 2.\n"
             "With buffer_callback (protocol 5), buffers it accepts travel outside the stream.",
      .methods = kMethods, .getset = kFields};
  spec.slots.new_ = pickler_new;
  spec.slots.init = pickler_init;
  return add_class(m, spec, &pickler_class);
}

}  // namespace pyjit::runtime::pickle
