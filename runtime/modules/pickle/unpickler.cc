// Unpickler: pickle opcodes → objects.
//
// Input is a contiguous piece of bytes: all of it for loads(), the open frame or what was just read from the file for load(). The value
// stack is a RootedVector of the load() under way; marks are positions in it.
#include "runtime/modules/pickle/pickle.h"

#include <cmath>
#include <cstring>

#include "runtime/audit.h"
#include "runtime/builtins.h"
#include "runtime/codecs.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/object.h"

namespace pyjit::runtime::pickle {
namespace {

Class *unpickler_class, *memo_proxy_class;

struct Unpickler : Object {
  Value read, readline, readinto;   // of the file; null: all input is there
  Value pers_func, buffers;         // buffers: an iterator, or null
  Dict* memo;                       // number → object
  Str *encoding, *errors;
  int32_t protocol;
  bool fix_imports, ready, loading;
};
struct MemoProxy : Object { Value unpickler; };
Unpickler* self_unpickler(Value v) { return v.as<Unpickler>(); }

void trace_unpickler(Object* o, Tracer& t) {
  auto* u = static_cast<Unpickler*>(o);
  t.visit(u->read);
  t.visit(u->readline);
  t.visit(u->readinto);
  t.visit(u->pers_func);
  t.visit(u->buffers);
  t.visit(u->memo);
  t.visit(u->encoding);
  t.visit(u->errors);
}

Value find_class(Unpickler* u, Value module_name, Value global_name) {
  if (!audit("pickle.find_class", {module_name, global_name})) return nullptr;
  if (u->protocol < 3 && u->fix_imports) {
    Tables* t = TRY(tables());
    Value mapped = dict_get(t->name_mapping, make_tuple(module_name, global_name));
    if (!mapped && error_pending()) return nullptr;
    if (mapped) {
      if (!is_tuple(mapped) || mapped.as<Tuple>()->size != 2 || !is_str(mapped.as<Tuple>()->items[0]) || !is_str(mapped.as<Tuple>()->items[1])) {
        return raisef(exc.RuntimeError, "_compat_pickle.NAME_MAPPING values should be 2-tuples, not %.200s", type_name(mapped));
      }
      module_name = mapped.as<Tuple>()->items[0];
      global_name = mapped.as<Tuple>()->items[1];
    } else {
      Value to = dict_get(t->import_mapping, module_name);
      if (!to && error_pending()) return nullptr;
      if (to) {
        if (!is_str(to)) return raisef(exc.RuntimeError, "_compat_pickle.IMPORT_MAPPING values should be strings, not %.200s", type_name(to));
        module_name = to;
      }
    }
  }
  if (!is_str(module_name) || !is_str(global_name)) return raise(exc.TypeError, "find_class() arguments must be strings");
  Value module = dict_get(sys_modules(), module_name);
  if (!module) {
    if (error_pending()) return nullptr;
    TRY(import_name(module_name, nullptr, nullptr, 0));
    module = dict_get(sys_modules(), module_name);
    if (!module) return error_pending() ? nullptr : raise_key_error(module_name);
  }
  Str* name = global_name.as<Str>();
  if (u->protocol < 4) return get_attr(module, intern(name));
  bool dotted = str_find(name, intern("."), 0, static_cast<int64_t>(name->length)) >= 0;
  if (!dotted) return get_attr(module, intern(name));
  Value object = module;
  uint64_t start = 0;
  for (uint64_t i = 0; i <= name->length; ++i) {
    if (i < name->length && name->at(i) != '.') continue;
    Str* part = intern(TRY(str_substring(name, start, i)));
    start = i + 1;
    if (str_equals(part, "<locals>")) {
      StrBuilder b;
      b.append_ascii("Can't get local attribute ");
      b.append(TRY(repr(name)));
      b.append_ascii(" on ");
      b.append(TRY(repr(object)));
      return raise_with_value(exc.AttributeError, b.finish());
    }
    Value next = get_attr_or_null(object, part);
    if (!next) {
      if (error_pending()) return nullptr;
      StrBuilder b;
      b.append_ascii("Can't get attribute ");
      b.append(TRY(repr(name)));
      b.append_ascii(" on ");
      b.append(TRY(repr(module)));
      return raise_with_value(exc.AttributeError, b.finish());
    }
    object = next;
  }
  return object;
}

class Loader {
 public:
  Loader(Unpickler* u, std::string_view input) : u_(u), in_(input) {}
  Value load();

 private:
  Unpickler* u_;
  std::string_view in_;
  size_t at_ = 0;
  Bytes* piece_ = nullptr;           // keeps what in_ shows alive
  bool in_frame_ = false;
  RootedVector stack_;
  std::vector<size_t> marks_;
  size_t fence_ = 0;                 // entries below belong to an outer mark

  std::nullptr_t bad(const char* text) { return raise(unpickling_error, text); }
  std::nullptr_t truncated() { return bad("pickle data was truncated"); }
  bool underflow() {
    return raise(unpickling_error, marks_.empty() ? "unpickling stack underflow" : "unexpected MARK found"), false;
  }
  bool take(uint64_t n, std::string_view* out);
  bool line(std::string_view* out);
  bool text_line(std::string_view* out) {
    if (!line(out)) return false;
    if (out->size() < 1 || out->back() != '\n') return bad("pickle data was truncated"), false;
    out->remove_suffix(1);
    return true;
  }
  bool sized(int bytes, uint64_t* out) {
    std::string_view s;
    if (!take(static_cast<uint64_t>(bytes), &s)) return false;
    *out = 0;
    memcpy(out, s.data(), static_cast<size_t>(bytes));
    return true;
  }
  bool push(Value v) {
    if (!v) return false;
    stack_.push_back(v);
    return true;
  }
  bool need(size_t n) { return stack_.size() >= fence_ + n || underflow(); }
  Value pop() { return stack_.pop_back(); }
  bool pop_mark(size_t* position) {
    if (marks_.empty()) return bad("could not find MARK"), false;
    *position = marks_.back();
    marks_.pop_back();
    fence_ = marks_.empty() ? 0 : marks_.back();
    return true;
  }
  void shrink(size_t n) { stack_.resize(n); }
  bool memo_put(Value number, Value v) { return dict_set(u_->memo, number, v); }
  bool memo_get(Value number) {
    Value v = dict_get(u_->memo, number);
    if (!v) {
      if (!error_pending()) raisef(unpickling_error, "Memo value not found at index %s", int_to_text(number, 10).c_str());
      return false;
    }
    return push(v);
  }
  bool decoded_string(std::string_view s);
  bool load_int_line(bool is_long);
  bool load_long(uint64_t size);
  bool load_string_line();
  bool load_tuple(size_t n);
  bool load_dict();
  bool load_global_call(bool by_text);
  bool appends(size_t from);
  bool set_items(size_t from);
  bool add_items();
  bool build();
  bool extension(uint64_t code);
  bool persistent(Value pid);
  bool new_object(bool with_keywords);
  bool frame();
  Value instantiate(Value cls, Value args);
  bool one(uint8_t op);
};

// `n` bytes from the input; from the file when the piece at hand is used up.
bool Loader::take(uint64_t n, std::string_view* out) {
  if (in_.size() - at_ >= n) {
    *out = in_.substr(at_, n);
    at_ += n;
    return true;
  }
  if (!u_->read) return truncated(), false;
  if (at_ < in_.size()) return bad("pickle exhausted before end of frame"), false;
  if (n > (1ull << 62)) return raise_memory_error(), false;
  Value v = TRY(call1(u_->read, new_int_unsigned(n)));
  if (!is_bytes(v)) {
    raisef(exc.TypeError, "a bytes-like object is required, not '%.100s'", type_name(v));
    return false;
  }
  piece_ = v.as<Bytes>();
  in_ = piece_->view();
  at_ = in_.size();
  if (in_.size() < n) return truncated(), false;
  *out = in_.substr(0, n);
  return true;
}

bool Loader::line(std::string_view* out) {
  if (at_ < in_.size() || !u_->read) {
    size_t end = in_.find('\n', at_);
    if (end == std::string_view::npos) {
      if (u_->read && at_ < in_.size()) return bad("pickle exhausted before end of frame"), false;
      *out = in_.substr(at_);
      at_ = in_.size();
      if (out->empty()) return truncated(), false;
      return true;
    }
    *out = in_.substr(at_, end + 1 - at_);
    at_ = end + 1;
    return true;
  }
  Value v = TRY(call0(u_->readline));
  if (!is_bytes(v)) {
    raisef(exc.TypeError, "a bytes-like object is required, not '%.100s'", type_name(v));
    return false;
  }
  piece_ = v.as<Bytes>();
  in_ = piece_->view();
  at_ = in_.size();
  *out = in_;
  if (in_.empty()) return truncated(), false;
  return true;
}

bool Loader::decoded_string(std::string_view s) {
  if (str_equals(u_->encoding, "bytes")) return push(new_bytes(s));
  Bytes* b = TRY(new_bytes(s));
  return push(decode_bytes(b, b->view(), u_->encoding, u_->errors));
}

bool Loader::load_int_line(bool is_long) {
  std::string_view s;
  if (!text_line(&s)) return false;
  if (!is_long) {
    if (s == "00" || s == "01") return push(Value::from_bool(s == "01"));
  } else if (!s.empty() && s.back() == 'L') {
    s.remove_suffix(1);
  }
  Str* text = TRY(new_str_latin1(reinterpret_cast<const uint8_t*>(s.data()), s.size()));
  Value v = int_from_str_object(text, is_long ? 10 : 0);
  if (!v && !is_long && pending_matches(exc.ValueError)) {
    clear_pending();
    return raise(exc.ValueError, "could not convert string to int"), false;
  }
  return push(v);
}

bool Loader::load_long(uint64_t size) {
  std::string_view s;
  if (size > 0x7fffffff) return bad("LONG pickle has negative byte count"), false;
  if (!take(size, &s)) return false;
  if (!size) return push(Value::from_int(0));
  std::string bytes(s);
  bool negative = bytes.back() & 0x80;
  bytes.resize((size + 8) / 8 * 8, negative ? '\xff' : '\0');
  if (negative) {
    unsigned carry = 1;
    for (char& c : bytes) {
      carry += static_cast<uint8_t>(~c);
      c = static_cast<char>(carry);
      carry >>= 8;
    }
  }
  std::vector<uint64_t> limbs(bytes.size() / 8);
  memcpy(limbs.data(), bytes.data(), bytes.size());
  return push(int_from_limbs(limbs.data(), limbs.size(), negative));
}

bool Loader::load_string_line() {
  std::string_view s;
  if (!text_line(&s)) return false;
  if (s.size() < 2 || s.front() != s.back() || (s.front() != '"' && s.front() != '\'')) {
    return bad("the STRING opcode argument must be quoted"), false;
  }
  std::string raw;
  if (!escape_decode(s.substr(1, s.size() - 2), nullptr, &raw)) return false;
  return decoded_string(raw);
}

bool Loader::load_tuple(size_t n) {
  if (!need(n)) return false;
  Value t = TRY(new_tuple(stack_.end() - n, n));
  shrink(stack_.size() - n);
  return push(t);
}

bool Loader::load_dict() {
  size_t from;
  if (!pop_mark(&from)) return false;
  if ((stack_.size() - from) % 2) return bad("odd number of items for DICT"), false;
  Dict* d = TRY(new_dict());
  for (size_t i = from; i + 1 < stack_.size(); i += 2) {
    if (!dict_set(d, stack_[i], stack_[i + 1])) return false;
  }
  shrink(from);
  return push(d);
}

Value Loader::instantiate(Value cls, Value args) {
  // A class without arguments and without __getinitargs__ need not run __init__ (old-style instances of Python 2).
  if (!args.as<Tuple>()->size && is_instance(cls, types.type)) {
    Value f = get_attr_or_null(cls, intern("__getinitargs__"));
    if (!f) {
      if (error_pending()) return nullptr;
      return call1(TRY(get_attr(cls, names.dunder_new)), cls);
    }
  }
  return call_tuple_dict(cls, args.as<Tuple>(), nullptr);
}

// INST: class by name, arguments behind the mark. OBJ: the class is the first of them.
bool Loader::load_global_call(bool by_text) {
  size_t from;
  Value cls;
  if (by_text) {
    std::string_view module, name;
    if (!text_line(&module)) return false;
    Str* m = TRY(ascii_decode(module, nullptr));
    if (!text_line(&name)) return false;
    Str* n = TRY(ascii_decode(name, nullptr));
    Value args[] = {m, n};
    cls = TRY(call_method(u_, intern("find_class"), args, 2));
    if (!pop_mark(&from)) return false;
  } else {
    if (!pop_mark(&from)) return false;
    if (stack_.size() - from < 1) return underflow();
    cls = stack_[from];
  }
  size_t first = by_text ? from : from + 1;
  Value args = TRY(new_tuple(stack_.data() + first, stack_.size() - first));
  shrink(from);
  return push(instantiate(cls, args));
}

bool Loader::appends(size_t from) {
  size_t count = stack_.size() - from;
  if (from < fence_ + 1) return underflow();
  Value list = stack_[from - 1];
  if (!count) return true;
  if (is_exact(list, types.list)) {
    for (size_t i = from; i < stack_.size(); ++i) {
      if (!list_append(list.as<List>(), stack_[i])) return false;
    }
  } else {
    Value extend = get_attr_or_null(list, intern("extend"));
    if (!extend && error_pending()) return false;
    if (extend) {
      List* slice = TRY(new_list_from(stack_.data() + from, count));
      TRY(call1(extend, slice));
    } else {
      Value append = TRY(get_attr(list, intern("append")));
      for (size_t i = from; i < from + count; ++i) TRY(call1(append, stack_[i]));
    }
  }
  shrink(from);
  return true;
}

bool Loader::set_items(size_t from) {
  if (from < fence_ + 1) return underflow();
  if (stack_.size() == from) return true;
  if ((stack_.size() - from) % 2) return bad("odd number of items for SETITEMS"), false;
  Value d = stack_[from - 1];
  for (size_t i = from; i + 1 < stack_.size(); i += 2) {
    bool ok = is_exact(d, types.dict) ? dict_set(d.as<Dict>(), stack_[i], stack_[i + 1]) : set_item(d, stack_[i], stack_[i + 1]);
    if (!ok) return false;
  }
  shrink(from);
  return true;
}

bool Loader::add_items() {
  size_t from;
  if (!pop_mark(&from)) return false;
  if (from < fence_ + 1) return underflow();
  Value set = stack_[from - 1];
  if (is_exact(set, types.set)) {
    for (size_t i = from; i < stack_.size(); ++i) {
      if (set_add(set.as<Set>(), stack_[i]) < 0) return false;
    }
  } else if (stack_.size() > from) {
    Value add = TRY(get_attr(set, intern("add")));
    for (size_t i = from; i < stack_.size(); ++i) TRY(call1(add, stack_[i]));
  }
  shrink(from);
  return true;
}

bool Loader::build() {
  if (!need(2)) return false;
  Value state = pop(), object = stack_.back();
  Value set_state = get_attr_or_null(object, names.dunder_setstate);
  if (set_state) return bool(call1(set_state, state));
  if (error_pending()) return false;
  Value slots;
  if (is_tuple(state) && state.as<Tuple>()->size == 2) {
    slots = state.as<Tuple>()->items[1];
    state = state.as<Tuple>()->items[0];
  }
  if (!state.is_none()) {
    if (!is_dict(state)) return bad("state is not a dictionary"), false;
    Class* cls = class_of(object);
    bool plain = object.is_object() && cls->slots.getattr == generic_getattr && cls->has(kClassHasDict) && !object.as_object()->shape()->dict_mode &&
                 !class_lookup(cls, names.dunder_dict).is_null() && is_dict(state);
    Value target = plain ? Value() : TRY(get_attr(object, names.dunder_dict));
    uint64_t position = 0;
    Value key, value;
    while (dict_next(state.as<Dict>(), &position, &key, &value)) {
      if (is_exact_str(key)) key = intern(key.as<Str>());
      bool ok;
      if (plain && is_exact_str(key)) {
        ok = instance_set_attr(object.as_object(), key.as<Str>(), value);
      } else {
        if (!target) target = TRY(get_attr(object, names.dunder_dict));
        ok = set_item(target, key, value);
      }
      if (!ok) return false;
    }
  }
  if (slots && !slots.is_none()) {
    if (!is_dict(slots)) return bad("slot state is not a dictionary"), false;
    uint64_t position = 0;
    Value key, value;
    while (dict_next(slots.as<Dict>(), &position, &key, &value)) {
      if (!is_str(key)) return raisef(exc.TypeError, "attribute name must be string, not '%.200s'", type_name(key)), false;
      if (!set_attr(object, intern(key.as<Str>()), value)) return false;
    }
  }
  return true;
}

bool Loader::extension(uint64_t code) {
  if (code == 0) return bad("EXT specifies code <= 0"), false;
  Tables* t = TRY(tables());
  Value number = new_int(static_cast<int64_t>(static_cast<int32_t>(code)));
  if (number.as_int() <= 0) return bad("EXT specifies code <= 0"), false;
  Value cached = dict_get(t->extension_cache, number);
  if (cached) return push(cached);
  if (error_pending()) return false;
  Value pair = dict_get(t->inverted_registry, number);
  if (!pair) {
    if (!error_pending()) raisef(exc.ValueError, "unregistered extension code %lld", static_cast<long long>(number.as_int()));
    return false;
  }
  if (!is_tuple(pair) || pair.as<Tuple>()->size != 2) return raisef(exc.ValueError, "_inverted_registry[%lld] isn't a 2-tuple of strings",
                                                                      static_cast<long long>(number.as_int())), false;
  Value args[] = {pair.as<Tuple>()->items[0], pair.as<Tuple>()->items[1]};
  Value v = TRY(call_method(u_, intern("find_class"), args, 2));
  return dict_set(t->extension_cache, number, v) && push(v);
}

bool Loader::persistent(Value pid) {
  if (!u_->pers_func) return bad("A load persistent id instruction was encountered,\nbut no persistent_load function was specified."), false;
  return push(call1(u_->pers_func, pid));
}

bool Loader::new_object(bool with_keywords) {
  if (!need(with_keywords ? 3 : 2)) return false;
  const char* op = with_keywords ? "NEWOBJ_EX" : "NEWOBJ";
  Value kwargs = with_keywords ? pop() : Value(), args = pop(), cls = pop();
  auto complain = [&](const char* what, Value v) { return raisef(unpickling_error, "%s %s, not %.200s", op, what, type_name(v)), false; };
  if (!is_instance(cls, types.type)) return complain("class argument must be a type", cls);
  if (!cls.as<Class>()->slots.new_) return raisef(unpickling_error, "%s class argument '%.200s' doesn't have __new__", op, to_utf8(cls.as<Class>()->name).c_str()), false;
  if (!is_tuple(args)) return complain("args argument must be a tuple", args);
  if (kwargs && !is_dict(kwargs)) return complain("kwargs argument must be a dict", kwargs);
  Value f = TRY(get_attr(cls, names.dunder_new));
  auto* a = args.as<Tuple>();
  Tuple* all = TRY(new_tuple_null(a->size + 1));
  all->items[0] = cls;
  for (uint64_t i = 0; i < a->size; ++i) all->items[i + 1] = a->items[i];
  return push(call_tuple_dict(f, all, kwargs ? kwargs.as<Dict>() : nullptr));
}

bool Loader::frame() {
  uint64_t size;
  if (!sized(8, &size)) return false;
  if (size > (1ull << 62)) return raisef(exc.OverflowError, "FRAME length exceeds system's maximum of %llu bytes", 0x7fffffffffffffffull), false;
  if (!u_->read) {
    if (in_.size() - at_ < size) return bad("pickle data was truncated"), false;
    return true;
  }
  if (at_ < in_.size()) {   // a frame within what is at hand
    if (in_.size() - at_ < size) return bad("pickle exhausted before end of frame"), false;
    return true;
  }
  std::string_view all;
  if (!take(size, &all)) return false;
  at_ = 0;                  // take() left the piece as in_, used up
  return true;
}

bool Loader::one(uint8_t op) {
  std::string_view s;
  uint64_t n = 0;
  size_t from;
  switch (op) {
    case NONE: return push(Value::none());
    case NEWTRUE: return push(Value::from_bool(true));
    case NEWFALSE: return push(Value::from_bool(false));
    case BININT: return sized(4, &n) && push(Value::from_int(static_cast<int32_t>(n)));
    case BININT1: return sized(1, &n) && push(Value::from_int(static_cast<int64_t>(n)));
    case BININT2: return sized(2, &n) && push(Value::from_int(static_cast<int64_t>(n)));
    case INT: return load_int_line(false);
    case LONG: return load_int_line(true);
    case LONG1: return sized(1, &n) && load_long(n);
    case LONG4: return sized(4, &n) && load_long(n);
    case FLOAT: {
      if (!text_line(&s)) return false;
      Str* text = TRY(new_str_latin1(reinterpret_cast<const uint8_t*>(s.data()), s.size()));
      return push(call1(types.float_, text));
    }
    case BINFLOAT: return sized(8, &n) && push(Value::from_double(std::bit_cast<double>(__builtin_bswap64(n))));
    case SHORT_BINBYTES: return sized(1, &n) && take(n, &s) && push(new_bytes(s));
    case BINBYTES: return sized(4, &n) && take(n, &s) && push(new_bytes(s));
    case BINBYTES8: return sized(8, &n) && take(n, &s) && push(new_bytes(s));
    case BYTEARRAY8: return sized(8, &n) && take(n, &s) && push(new_bytearray(s));
    case NEXT_BUFFER: {
      if (!u_->buffers) return bad("pickle stream refers to out-of-band data but no *buffers* argument was given"), false;
      Value b = iter_next(u_->buffers);
      if (!b) {
        if (!error_pending()) bad("not enough out-of-band buffers");
        return false;
      }
      return push(b);
    }
    case READONLY_BUFFER: {
      if (!need(1)) return false;
      Value m = TRY(new_memoryview(stack_.back()));
      Value readonly = TRY(get_attr(m, intern("readonly")));
      if (!readonly.is_true()) stack_.back() = TRY(call_method0(m, intern("toreadonly")));
      return true;
    }
    case STRING: return load_string_line();
    case BINSTRING:
      if (!sized(4, &n)) return false;
      if (static_cast<int32_t>(n) < 0) return bad("BINSTRING pickle has negative byte count"), false;
      return take(n, &s) && decoded_string(s);
    case SHORT_BINSTRING: return sized(1, &n) && take(n, &s) && decoded_string(s);
    case UNICODE: return text_line(&s) && push(raw_unicode_escape_decode(s, nullptr));
    case SHORT_BINUNICODE: return sized(1, &n) && take(n, &s) && push(utf8_decode(s, intern("surrogatepass")));
    case BINUNICODE: return sized(4, &n) && take(n, &s) && push(utf8_decode(s, intern("surrogatepass")));
    case BINUNICODE8: return sized(8, &n) && take(n, &s) && push(utf8_decode(s, intern("surrogatepass")));
    case EMPTY_LIST: return push(new_list());
    case EMPTY_DICT: return push(new_dict());
    case EMPTY_SET: return push(new_set(nullptr));
    case EMPTY_TUPLE: return push(empty_tuple());
    case TUPLE1: return load_tuple(1);
    case TUPLE2: return load_tuple(2);
    case TUPLE3: return load_tuple(3);
    case TUPLE: return pop_mark(&from) && load_tuple(stack_.size() - from);
    case LIST: {
      if (!pop_mark(&from)) return false;
      Value l = TRY(new_list_from(stack_.data() + from, stack_.size() - from));
      shrink(from);
      return push(l);
    }
    case DICT: return load_dict();
    case FROZENSET: {
      if (!pop_mark(&from)) return false;
      Value items = TRY(new_list_from(stack_.data() + from, stack_.size() - from));
      shrink(from);
      return push(new_frozenset(items));
    }
    case MARK:
      marks_.push_back(stack_.size());
      fence_ = stack_.size();
      return true;
    case POP:
      if (!marks_.empty() && marks_.back() == stack_.size()) return pop_mark(&from);
      if (stack_.size() <= fence_) return underflow();
      pop();
      return true;
    case POP_MARK:
      if (!pop_mark(&from)) return false;
      shrink(from);
      return true;
    case DUP: return need(1) && push(stack_.back());
    case GET: {
      if (!text_line(&s)) return false;
      Str* text = TRY(new_str_latin1(reinterpret_cast<const uint8_t*>(s.data()), s.size()));
      Value number = TRY(int_from_str_object(text, 10));
      return memo_get(number);
    }
    case BINGET: return sized(1, &n) && memo_get(new_int(static_cast<int64_t>(n)));
    case LONG_BINGET: return sized(4, &n) && memo_get(new_int(static_cast<int64_t>(n)));
    case PUT: {
      if (!text_line(&s)) return false;
      Str* text = TRY(new_str_latin1(reinterpret_cast<const uint8_t*>(s.data()), s.size()));
      Value number = TRY(int_from_str_object(text, 10));
      if (int_sign(number) < 0) return raise(exc.ValueError, "negative PUT argument"), false;
      return need(1) && memo_put(number, stack_.back());
    }
    case BINPUT: return sized(1, &n) && need(1) && memo_put(new_int(static_cast<int64_t>(n)), stack_.back());
    case LONG_BINPUT: return sized(4, &n) && need(1) && memo_put(new_int(static_cast<int64_t>(n)), stack_.back());
    case MEMOIZE: return need(1) && memo_put(new_int(static_cast<int64_t>(u_->memo->size)), stack_.back());
    case APPEND: return need(1) && appends(stack_.size() - 1);
    case APPENDS: return pop_mark(&from) && appends(from);
    case SETITEM: return need(2) && set_items(stack_.size() - 2);
    case SETITEMS: return pop_mark(&from) && set_items(from);
    case ADDITEMS: return add_items();
    case BUILD: return build();
    case REDUCE: {
      if (!need(2)) return false;
      Value args = pop(), f = pop();
      if (!is_tuple(args)) return raisef(exc.TypeError, "argument list must be a tuple, not %.200s", type_name(args)), false;
      return push(call_tuple_dict(f, args.as<Tuple>(), nullptr));
    }
    case NEWOBJ: return new_object(false);
    case NEWOBJ_EX: return new_object(true);
    case INST: return load_global_call(true);
    case OBJ: return load_global_call(false);
    case GLOBAL: {
      if (!text_line(&s)) return false;
      Str* module = TRY(utf8_decode(s, nullptr));
      if (!text_line(&s)) return false;
      Str* name = TRY(utf8_decode(s, nullptr));
      Value args[] = {module, name};
      return push(call_method(u_, intern("find_class"), args, 2));
    }
    case STACK_GLOBAL: {
      if (!need(2)) return false;
      Value name = pop(), module = pop();
      if (!is_exact_str(name) || !is_exact_str(module)) return bad("STACK_GLOBAL requires str"), false;
      Value args[] = {module, name};
      return push(call_method(u_, intern("find_class"), args, 2));
    }
    case EXT1: return sized(1, &n) && extension(n);
    case EXT2: return sized(2, &n) && extension(n);
    case EXT4: return sized(4, &n) && extension(n);
    case PERSID: {
      if (!text_line(&s)) return false;
      Str* pid = ascii_decode(s, nullptr);
      if (!pid) {
        clear_pending();
        return bad("persistent IDs in protocol 0 must be ASCII strings"), false;
      }
      return persistent(pid);
    }
    case BINPERSID: {
      if (!u_->pers_func) return persistent(nullptr);
      if (!need(1)) return false;
      Value pid = pop();
      return persistent(pid);
    }
    case PROTO:
      if (!sized(1, &n)) return false;
      if (n > kHighestProtocol) return raisef(exc.ValueError, "unsupported pickle protocol: %llu", static_cast<unsigned long long>(n)), false;
      u_->protocol = static_cast<int32_t>(n);
      return true;
    case FRAME: return frame();
    default: break;
  }
  if (op >= ' ' && op < 127 && op != '\'' && op != '\\') raisef(unpickling_error, "invalid load key, '%c'.", op);
  else raisef(unpickling_error, "invalid load key, '\\x%02x'.", op);
  return false;
}

Value Loader::load() {
  u_->protocol = 0;
  for (;;) {
    uint8_t op;
    if (at_ < in_.size()) {
      op = static_cast<uint8_t>(in_[at_++]);
    } else {
      if (!u_->read) return raise(exc.EOFError, "Ran out of input");
      std::string_view s;
      if (!take(1, &s)) {
        if (!in_.empty() || !pending_matches(unpickling_error)) return nullptr;
        clear_pending();
        return raise(exc.EOFError, "Ran out of input");
      }
      op = static_cast<uint8_t>(s[0]);
    }
    if (op == STOP) break;
    if (!one(op)) return nullptr;
  }
  if (!need(1)) return nullptr;
  return pop();
}

bool set_up(Unpickler* u, Value fix_imports, Value encoding, Value errors, Value buffers) {
  int fix = fix_imports ? is_true(fix_imports) : 1;
  if (fix < 0) return false;
  for (Value text : {encoding, errors}) {
    if (text && !is_str(text)) {
      raisef(exc.TypeError, "%s() argument '%s' must be str, not %.50s", "Unpickler", text == encoding ? "encoding" : "errors", type_name(text));
      return false;
    }
  }
  u->fix_imports = fix;
  u->encoding = encoding ? encoding.as<Str>() : intern("ASCII");
  u->errors = errors ? errors.as<Str>() : intern("strict");
  u->buffers = nullptr;
  if (buffers && !buffers.is_none()) u->buffers = TRY(get_iter(buffers));
  u->memo = TRY(new_dict());
  u->protocol = 0;
  write_barrier(u);
  return true;
}

bool set_file(Unpickler* u, Value file) {
  Value read = get_attr_or_null(file, intern("read"));
  if (!read && error_pending()) return false;
  Value readline = read ? get_attr_or_null(file, intern("readline")) : Value();
  if (!readline) {
    if (!error_pending()) raise(exc.TypeError, "file must have 'read' and 'readline' attributes");
    return false;
  }
  u->read = read;
  u->readline = readline;
  write_barrier(u);
  return true;
}

Value unpickler_new(Class* cls, Value*, uint32_t, Tuple*) { return allocate_instance_of<Unpickler>(cls); }

bool unpickler_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("Unpickler", "(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())");
  Value out[5];
  if (!bind(args, nargs, kwnames, out)) return false;
  auto* u = self_unpickler(self);
  u->ready = false;
  if (!set_file(u, out[0]) || !set_up(u, out[1], out[2], out[3], out[4])) return false;
  u->pers_func = nullptr;
  if (u->cls() != unpickler_class) {
    Value f = get_attr_or_null(self, intern("persistent_load"));
    if (!f && error_pending()) return false;
    u->pers_func = f;
    write_barrier(u);
  }
  u->ready = true;
  return true;
}

Value unpickler_load(Value* args) {
  auto* u = self_unpickler(args[0]);
  if (!u->ready) {
    return raisef(unpickling_error, "Unpickler.__init__() was not called by %s.__init__()", type_name(args[0]));
  }
  Loader loader(u, {});
  return loader.load();
}

Value unpickler_find_class(Value* args) { return find_class(self_unpickler(args[0]), args[1], args[2]); }
Value unpickler_sizeof(Value*) { return Value::from_int(sizeof(Unpickler)); }

Value get_persistent_load(Value self) {
  Value v = self_unpickler(self)->pers_func;
  return v ? v : Value(raise(exc.AttributeError, "persistent_load"));
}
bool set_persistent_load(Value self, Value v) {
  if (!v) return raise(exc.TypeError, "attribute deletion is not supported"), false;
  if (!is_callable(v)) return raise(exc.TypeError, "persistent_load must be a callable taking one argument"), false;
  self_unpickler(self)->pers_func = v;
  write_barrier(self.as_object());
  return true;
}

Value get_memo(Value self) {
  auto* proxy = TRY(allocate_instance_of<MemoProxy>(memo_proxy_class));
  proxy->unpickler = self;
  return proxy;
}
Dict* memo_copy(Unpickler* u) { return u->memo ? dict_copy(u->memo) : new_dict(); }
bool set_memo(Value self, Value v) {
  auto* u = self_unpickler(self);
  if (!v) return raise(exc.TypeError, "attribute deletion is not supported"), false;
  Dict* memo;
  if (is_exact(v, memo_proxy_class)) {
    memo = TRY(memo_copy(v.as<MemoProxy>()->unpickler.as<Unpickler>()));
  } else if (is_dict(v)) {
    memo = TRY(new_dict());
    uint64_t position = 0;
    Value key, item;
    while (dict_next(v.as<Dict>(), &position, &key, &item)) {
      if (!is_int_like(key)) return raise(exc.TypeError, "memo key must be integers"), false;
      if (int_sign(int_value(key)) < 0) return raise(exc.ValueError, "memo key must be positive integers."), false;
      if (!dict_set(memo, int_value(key), item)) return false;
    }
  } else {
    raisef(exc.TypeError, "'memo' attribute must be an UnpicklerMemoProxy object or dict, not %.200s", type_name(v));
    return false;
  }
  u->memo = memo;
  write_barrier(u);
  return true;
}
Value proxy_clear(Value* args) {
  auto* u = args[0].as<MemoProxy>()->unpickler.as<Unpickler>();
  if (u->memo) dict_clear(u->memo);
  return Value::none();
}
Value proxy_copy(Value* args) { return memo_copy(args[0].as<MemoProxy>()->unpickler.as<Unpickler>()); }
Value proxy_reduce(Value* args) {
  Dict* d = TRY(memo_copy(args[0].as<MemoProxy>()->unpickler.as<Unpickler>()));
  return make_tuple(types.dict, make_tuple(d));
}

const MethodDef kProxyMethods[] = {method_row("clear", "($self, /)", proxy_clear, Effects::kWrites, "Remove all items from memo."),
                                   method_row("copy", "($self, /)", proxy_copy, Effects::kWrites, "Copy the memo to a new object."),
                                   method_row("__reduce__", "($self, /)", proxy_reduce, Effects::kWrites, "Implement pickling support."), {}};
const MethodDef kMethods[] = {
    method_row("load", "($self, /)", unpickler_load, Effects::kCallsPython, "Load a pickle.\n\nReads one pickled object from the file and returns it."),
    method_row("find_class", "($self, module_name, global_name, /)", unpickler_find_class, Effects::kCallsPython,
               "Return an object from a specified module.\n\nSubclasses may override this to get hold of what a stream may load."),
    method_row("__sizeof__", "($self, /)", unpickler_sizeof, Effects::kReads, "Returns size in memory, in bytes."), {}};
const GetSetDef kFields[] = {{"memo", get_memo, set_memo}, {"persistent_load", get_persistent_load, set_persistent_load}, {}};

}  // namespace

Value load_object(Value file, Value data, Value fix_imports, Value encoding, Value errors, Value buffers) {
  auto* u = TRY(allocate_instance_of<Unpickler>(unpickler_class));
  if (!set_up(u, fix_imports, encoding, errors, buffers)) return nullptr;
  if (file) {
    if (!set_file(u, file)) return nullptr;
    Loader loader(u, {});
    return loader.load();
  }
  BufferView view;
  if (!get_buffer(data, &view)) return nullptr;
  Value result;
  {
    Loader loader(u, view.view());
    result = loader.load();
  }
  release_buffer(&view);
  return result;
}

bool add_unpickler(Module* m) {
  static ClassSpec proxy{.name = "_pickle.UnpicklerMemoProxy", .basicsize = sizeof(MemoProxy), .flags = kClassNoInstantiation,
                         .trace_kind = TraceKind::kCustom, .trace = trace_prefix<1>, .methods = kProxyMethods};
  if (!memo_proxy_class) memo_proxy_class = TRY(new_builtin_class(proxy));
  static ClassSpec spec{
      .name = "_pickle.Unpickler", .basicsize = sizeof(Unpickler), .flags = kClassBaseType, .trace_kind = TraceKind::kCustom, .trace = trace_unpickler,
      .doc = "Unpickler(file, *, fix_imports=True, encoding='ASCII', errors='strict',\n          buffers=())\n--\n\n"
             "This takes a binary file for reading a pickle data stream.\n\n"
             "The protocol is found in the stream itself. The file needs read() and readline().\n"
             "encoding and errors say how strings that Python 2 pickled are decoded.",
      .methods = kMethods, .getset = kFields};
  spec.slots.new_ = unpickler_new;
  spec.slots.init = unpickler_init;
  return add_class(m, spec, &unpickler_class);
}

}  // namespace pyjit::runtime::pickle
