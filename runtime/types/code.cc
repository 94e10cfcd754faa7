// code: CPython 3.11's code object: made from the front end's result, from marshal, or by replace(); its tables read back.
#include "runtime/types/code.h"

#include "frontend/code.h"
#include "runtime/errors.h"
#include "runtime/init.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {

void (*code_finalized_hook)(Code*) = nullptr;

// co_linetable (Objects/locations.md of 3.11): entries of a header byte (1, code:4, length-1:3) and varints.
class LineTableReader {
 public:
  explicit LineTableReader(Code* code) : p_(code->linetable->data), end_(p_ + code->linetable->size), line_(code->firstlineno) {}
  LineTableReader(std::string_view table, int first_line) : p_(table.data()), end_(p_ + table.size()), line_(first_line) {}
  int start = 0, end = 0;       // byte range in co_code
  Position position{};          // line -1: none
  bool next() {
    if (p_ >= end_) return false;
    uint8_t head = static_cast<uint8_t>(*p_++);
    int kind = head >> 3 & 15;
    start = end;
    end = start + ((head & 7) + 1) * 2;
    if (kind == 15) {
      position = {-1, -1, -1, -1};
    } else if (kind == 14) {
      line_ += signed_varint();
      int end_line = line_ + static_cast<int>(varint());
      int column = static_cast<int>(varint()) - 1, end_column = static_cast<int>(varint()) - 1;
      position = {line_, end_line, column, end_column};
    } else if (kind == 13) {
      line_ += signed_varint();
      position = {line_, line_, -1, -1};
    } else if (kind >= 10) {
      line_ += kind - 10;
      int column = byte(), end_column = byte();
      position = {line_, line_, column, end_column};
    } else {
      int second = byte();
      int column = kind << 3 | second >> 4;
      position = {line_, line_, column, column + (second & 15)};
    }
    return true;
  }

 private:
  int byte() { return p_ < end_ ? static_cast<uint8_t>(*p_++) : 0; }
  uint32_t varint() {
    uint32_t b = static_cast<uint32_t>(byte()), value = b & 63;
    for (int shift = 6; (b & 64) && shift < 32 && p_ < end_; shift += 6) {
      b = static_cast<uint32_t>(byte());
      value |= (b & 63) << shift;
    }
    return value;
  }
  int signed_varint() {
    uint32_t u = varint();
    return u & 1 ? -static_cast<int>(u >> 1) : static_cast<int>(u >> 1);
  }
  const char *p_, *end_;
  int line_;
};

// The table that -X no_debug_ranges asks for: lines only.
static std::string without_columns(std::string_view table, int first_line) {
  std::string out;
  int line = first_line;
  for (LineTableReader r(table, first_line); r.next();) {
    int units = (r.end - r.start) / 2;
    bool none = r.position.line < 0;
    out.push_back(static_cast<char>(0x80 | (none ? 15 : 13) << 3 | (units - 1)));
    if (none) continue;
    int delta = r.position.line - line;
    line = r.position.line;
    uint32_t u = delta < 0 ? static_cast<uint32_t>(-delta) << 1 | 1 : static_cast<uint32_t>(delta) << 1;
    for (; u >= 64; u >>= 6) out.push_back(static_cast<char>(0x40 | (u & 63)));
    out.push_back(static_cast<char>(u));
  }
  return out;
}
Position code_position_at(Code* code, int offset) {
  if (offset < 0) return {code->firstlineno, code->firstlineno, -1, -1};
  LineTableReader r(code);
  while (r.next()) {
    if (offset < r.end) return r.position;
  }
  return {-1, -1, -1, -1};
}
std::vector<LineStart> code_line_starts(Code* code) {
  std::vector<LineStart> starts;
  LineTableReader r(code);
  for (int begin = 0; r.next(); begin = r.end) starts.push_back({begin, r.position.line});
  return starts;
}
int code_line_at(Code* code, int offset) { return code_position_at(code, offset).line; }

Value constant_to_object(const frontend::Constant* c) {
  using Kind = frontend::Constant::Kind;
  switch (c->kind) {
    case Kind::kNone: return Value::none();
    case Kind::kFalse: return Value::from_bool(false);
    case Kind::kTrue: return Value::from_bool(true);
    case Kind::kEllipsis: return Value::ellipsis();
    case Kind::kInt: return new_int(c->integer);
    case Kind::kBigInt: return int_from_limbs(c->limbs.data(), c->limbs.size(), c->negative);
    case Kind::kFloat: return Value::from_double(c->real);
    case Kind::kComplex: return new_complex(c->real, c->imag);
    case Kind::kStr: {
      bool identifier = true;
      for (char ch : c->text) identifier = identifier && (isalnum(static_cast<unsigned char>(ch)) || ch == '_');
      return identifier ? intern(c->text) : new_str(c->text);
    }
    case Kind::kBytes: return new_bytes(c->text);
    case Kind::kTuple: {
      Tuple* t = TRY(new_tuple_null(c->items.size()));
      for (size_t i = 0; i < c->items.size(); ++i) t->items[i] = TRY(constant_to_object(c->items[i]));
      if (!c->items.size()) return empty_tuple();
      write_barrier(t);
      return t;
    }
    case Kind::kFrozenSet: {
      List* l = TRY(new_list());
      for (auto* item : c->items) {
        if (!list_append(l, TRY(constant_to_object(item)))) return nullptr;
      }
      // CPython makes such a set twice, the second time from the first one's order; that decides the order of `{31, 63, 95}`.
      return new_frozenset(TRY(to_list(TRY(new_frozenset(l)))));
    }
    case Kind::kCode: return new_code(c->code);
  }
  return nullptr;
}

namespace {

Tuple* intern_all(std::span<const std::string_view> texts) {
  RootedVector v;
  for (auto t : texts) v.push_back(intern(t));
  return new_tuple(v.data(), v.size());
}

void trace_code(Object* o, Tracer& t) {
  auto* c = static_cast<Code*>(o);
  for (Object* r : std::initializer_list<Object*>{c->code, c->consts, c->names, c->localsplusnames, c->localspluskinds, c->filename, c->name,
                                                  c->qualname, c->linetable, c->exceptiontable}) {
    t.visit(r);
  }
  t.visit(c->hash_cache);
}
void finalize_code(Object* o) {
  if (code_finalized_hook) code_finalized_hook(static_cast<Code*>(o));
}

Tuple* select_names(Code* c, uint8_t mask) {
  RootedVector v;
  for (uint64_t i = 0; i < c->localsplusnames->size; ++i) {
    if (static_cast<uint8_t>(c->localspluskinds->data[i]) & mask) v.push_back(c->localsplusnames->items[i]);
  }
  return new_tuple(v.data(), v.size());
}

#define INT_FIELD(name, expression) \
  Value get_##name(Value self) { auto* c = self.as<Code>(); return new_int(expression); }
INT_FIELD(argcount, c->argcount)
INT_FIELD(posonlyargcount, c->posonlyargcount)
INT_FIELD(kwonlyargcount, c->kwonlyargcount)
INT_FIELD(nlocals, c->nlocals)
INT_FIELD(stacksize, c->stacksize)
INT_FIELD(flags, c->code_flags)
INT_FIELD(firstlineno, c->firstlineno)
#undef INT_FIELD
#define OBJECT_FIELD(name, field) \
  Value get_##name(Value self) { return self.as<Code>()->field; }
OBJECT_FIELD(code, code)
OBJECT_FIELD(consts, consts)
OBJECT_FIELD(names, names)
OBJECT_FIELD(filename, filename)
OBJECT_FIELD(name, name)
OBJECT_FIELD(qualname, qualname)
OBJECT_FIELD(linetable, linetable)
OBJECT_FIELD(exceptiontable, exceptiontable)
#undef OBJECT_FIELD
Value get_varnames(Value self) { return select_names(self.as<Code>(), frontend::kLocalVar); }
Value get_cellvars(Value self) { return select_names(self.as<Code>(), frontend::kLocalCell); }
Value get_freevars(Value self) { return select_names(self.as<Code>(), frontend::kLocalFree); }

// The old co_lnotab: (bytecode delta, line delta) byte pairs.
Value get_lnotab(Value self) {
  Code* c = self.as<Code>();
  std::string out;
  int offset = 0, line = c->firstlineno;
  LineTableReader r(c);
  while (r.next()) {
    if (r.position.line < 0 || r.position.line == line) continue;
    int byte_delta = r.start - offset, line_delta = r.position.line - line;
    while (byte_delta > 254) out += "\xfe", out += '\0', byte_delta -= 254;
    while (line_delta > 127) out += static_cast<char>(byte_delta), out += '\x7f', byte_delta = 0, line_delta -= 127;
    while (line_delta < -128) out += static_cast<char>(byte_delta), out += '\x80', byte_delta = 0, line_delta += 128;
    out += static_cast<char>(byte_delta);
    out += static_cast<char>(line_delta);
    offset = r.start;
    line = r.position.line;
  }
  return new_bytes(out);
}

Value co_positions(Value* args) {
  Code* c = args[0].as<Code>();
  List* out = TRY(new_list());
  LineTableReader r(c);
  auto number = [](int i) { return i < 0 ? Value::none() : Value::from_int(i); };
  while (r.next()) {
    for (int offset = r.start; offset < r.end; offset += 2) {
      Position p = r.position;
      Value item = make_tuple(number(p.line), number(p.end_line), number(p.column), number(p.end_column));
      if (!list_append(out, item)) return nullptr;
    }
  }
  return get_iter(out);
}
Value co_lines(Value* args) {
  Code* c = args[0].as<Code>();
  List* out = TRY(new_list());
  LineTableReader r(c);
  int start = 0, end = 0, line = -2;
  auto flush = [&] {
    return line == -2 || list_append(out, make_tuple(Value::from_int(start), Value::from_int(end), line < 0 ? Value::none() : Value::from_int(line)));
  };
  while (r.next()) {
    if (r.position.line != line) {
      if (!flush()) return nullptr;
      start = r.start;
      line = r.position.line;
    }
    end = r.end;
  }
  if (!flush()) return nullptr;
  return get_iter(out);
}

Value code_repr(Value self) {
  Code* c = self.as<Code>();
  return new_str("<code object " + to_utf8(c->name) + " at " + [&] { char b[32]; snprintf(b, sizeof b, "%p", reinterpret_cast<void*>(c)); return std::string(b); }() +
                 ", file \"" + to_utf8(c->filename) + "\", line " + std::to_string(c->firstlineno) + ">");
}

// Constants are equal when value and type agree, recursively (1 is not 1.0 is not True; 0.0 is not -0.0).
Value constant_key(Value v) {
  if (is_exact_int(v) || v.is_none() || v.is_ellipsis() || is_exact_str(v) || is_exact(v, types.code)) return v;
  if (v.is_bool() || is_exact(v, types.bytes)) return make_tuple(Value(class_of(v)), v);
  if (v.is_double()) {
    bool minus_zero = v.as_double() == 0 && std::signbit(v.as_double());
    return minus_zero ? make_tuple(Value(types.float_), v, Value::none()) : make_tuple(Value(types.float_), v);
  }
  if (is_exact(v, types.complex)) {
    auto* z = v.as<Complex>();
    int signs = (z->real == 0 && std::signbit(z->real)) | (z->imag == 0 && std::signbit(z->imag)) << 1;
    return make_tuple(Value(types.complex), v, Value::from_int(signs));
  }
  if (is_exact(v, types.tuple)) {
    Tuple* t = v.as<Tuple>();
    Tuple* key = TRY(new_tuple_null(t->size));
    for (uint64_t i = 0; i < t->size; ++i) key->items[i] = TRY(constant_key(t->items[i]));
    return make_tuple(Value(key), v);
  }
  return make_tuple(Value(class_of(v)), v);
}

Value code_compare(Value a, Value b, CompareOp op) {
  if ((op != kEq && op != kNe) || !is_exact(a, types.code) || !is_exact(b, types.code)) return Value::not_implemented();
  Code *x = a.as<Code>(), *y = b.as<Code>();
  bool equal = str_equal(x->name, y->name) && x->argcount == y->argcount && x->posonlyargcount == y->posonlyargcount &&
               x->kwonlyargcount == y->kwonlyargcount && x->code_flags == y->code_flags && x->firstlineno == y->firstlineno &&
               x->code->view() == y->code->view() && x->linetable->view() == y->linetable->view() &&
               x->exceptiontable->view() == y->exceptiontable->view();
  if (equal) {
    Value pairs[][2] = {{TRY(constant_key(x->consts)), TRY(constant_key(y->consts))}, {x->names, y->names}, {x->localsplusnames, y->localsplusnames}};
    for (auto& p : pairs) {
      int r = compare_bool(p[0], p[1], kEq);
      if (r < 0) return nullptr;
      equal = equal && r;
    }
  }
  return Value::from_bool(equal == (op == kEq));
}
int64_t code_hash(Value self) {
  Code* c = self.as<Code>();
  uint64_t h = static_cast<uint64_t>(str_hash(c->name));
  auto mix = [&](uint64_t x) { h = (h ^ x) * 1000003; };
  mix(static_cast<uint64_t>(hash(c->names)));
  mix(static_cast<uint64_t>(hash(c->localsplusnames)));
  mix(static_cast<uint64_t>(c->firstlineno));
  mix(static_cast<uint64_t>(hash(c->code)));
  return static_cast<int64_t>(h) == -1 ? -2 : static_cast<int64_t>(h);
}

struct CodeParts {
  int argcount, posonly, kwonly, stacksize, flags, firstlineno;
  Bytes* code;
  Tuple *consts, *names, *varnames, *freevars, *cellvars;
  Str *filename, *name, *qualname;
  Bytes *linetable, *exceptiontable;
};

Value assemble(const CodeParts& p, int nlocals) {
  if (p.argcount < p.posonly || p.posonly < 0 || p.kwonly < 0 || nlocals < 0 || p.stacksize < 0 || p.flags < 0) {
    return raise_bad_internal_call("code: co_argcount");
  }
  for (Tuple* t : {p.names, p.varnames, p.freevars, p.cellvars}) {
    for (uint64_t i = 0; i < t->size; ++i) {
      if (!is_str(t->items[i])) return raisef(exc.TypeError, "name tuples must contain only strings, not '%.500s'", type_name(t->items[i]));
    }
  }
  int64_t varargs = (p.flags & frontend::kVarArgs ? 1 : 0) + (p.flags & frontend::kVarKeywords ? 1 : 0);
  if (static_cast<int64_t>(p.varnames->size) != nlocals) return raise(exc.ValueError, "code: co_nlocals != len(co_varnames)");
  if (int64_t{p.argcount} + p.kwonly + varargs > static_cast<int64_t>(p.varnames->size)) return raise(exc.ValueError, "code: varnames is too small");
  if (p.code->size % 2 || p.code->size == 0) return raise(exc.ValueError, "code: co_code is malformed");
  RootedVector all;
  std::string kinds;
  for (uint64_t i = 0; i < p.varnames->size; ++i) {
    uint8_t kind = frontend::kLocalVar;
    for (uint64_t j = 0; j < p.cellvars->size; ++j) {
      if (str_equal(p.varnames->items[i].as<Str>(), p.cellvars->items[j].as<Str>())) kind |= frontend::kLocalCell;
    }
    all.push_back(p.varnames->items[i]);
    kinds += static_cast<char>(kind);
  }
  for (uint64_t j = 0; j < p.cellvars->size; ++j) {
    bool argument = false;
    for (uint64_t i = 0; i < p.varnames->size; ++i) argument = argument || str_equal(p.varnames->items[i].as<Str>(), p.cellvars->items[j].as<Str>());
    if (argument) continue;
    all.push_back(p.cellvars->items[j]);
    kinds += static_cast<char>(frontend::kLocalCell);
  }
  for (uint64_t j = 0; j < p.freevars->size; ++j) {
    all.push_back(p.freevars->items[j]);
    kinds += static_cast<char>(frontend::kLocalFree);
  }
  return make_code({p.argcount, p.posonly, p.kwonly, p.stacksize, static_cast<uint32_t>(p.flags), p.firstlineno, p.code, p.consts, p.names,
                    new_tuple(all.data(), all.size()), new_bytes(kinds), p.filename, p.name, p.qualname, p.linetable, p.exceptiontable});
}

bool expect_bytes(Value v, const char* name, Bytes** out) {
  if (!is_bytes(v)) return raisef(exc.TypeError, "%s must be bytes, not %.50s", name, type_name(v)), false;
  *out = v.as<Bytes>();
  return true;
}
bool expect_tuple(Value v, const char* name, Tuple** out) {
  if (!is_tuple(v)) return raisef(exc.TypeError, "%s must be tuple, not %.50s", name, type_name(v)), false;
  *out = v.as<Tuple>();
  return true;
}
bool expect_text(Value v, const char* name, Str** out) {
  if (!is_str(v)) return raisef(exc.TypeError, "%s must be str, not %.50s", name, type_name(v)), false;
  *out = v.as<Str>();
  return true;
}

Value code_replace(Value* a) {
  Code* c = a[0].as<Code>();
  CodeParts p = {c->argcount, c->posonlyargcount, c->kwonlyargcount, c->stacksize, static_cast<int>(c->code_flags), c->firstlineno, c->code, c->consts,
                 c->names, get_varnames(a[0]).as<Tuple>(), get_freevars(a[0]).as<Tuple>(), get_cellvars(a[0]).as<Tuple>(), c->filename, c->name,
                 c->qualname, c->linetable, c->exceptiontable};
  int nlocals = c->nlocals;
  int* numbers[] = {&p.argcount, &p.posonly, &p.kwonly, &nlocals, &p.stacksize, &p.flags, &p.firstlineno};
  for (int i = 0; i < 7; ++i) {
    if (a[1 + i] && !to_int32(a[1 + i], numbers[i])) return nullptr;
  }
#define REPLACE(i, check, name, field) \
  if (a[i] && !check(a[i], "replace() argument '" name "'", &p.field)) return nullptr
  REPLACE(8, expect_bytes, "co_code", code);
  REPLACE(9, expect_tuple, "co_consts", consts);
  REPLACE(10, expect_tuple, "co_names", names);
  REPLACE(11, expect_tuple, "co_varnames", varnames);
  REPLACE(12, expect_tuple, "co_freevars", freevars);
  REPLACE(13, expect_tuple, "co_cellvars", cellvars);
  REPLACE(14, expect_text, "co_filename", filename);
  REPLACE(15, expect_text, "co_name", name);
  REPLACE(16, expect_text, "co_qualname", qualname);
  REPLACE(17, expect_bytes, "co_linetable", linetable);
  REPLACE(18, expect_bytes, "co_exceptiontable", exceptiontable);
#undef REPLACE
  return assemble(p, nlocals);
}

Value code_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (kwnames && kwnames->size) return raise(exc.TypeError, "code() takes no keyword arguments");
  if (nargs < 16 || nargs > 18) {
    return raisef(exc.TypeError, "code expected at %s %d arguments, got %u", nargs < 16 ? "least" : "most", nargs < 16 ? 16 : 18, nargs);
  }
  CodeParts p{};
  int nlocals;
  if (!to_int32(args[0], &p.argcount) || !to_int32(args[1], &p.posonly) || !to_int32(args[2], &p.kwonly) || !to_int32(args[3], &nlocals) ||
      !to_int32(args[4], &p.stacksize) || !to_int32(args[5], &p.flags) || !expect_bytes(args[6], "code() argument 7", &p.code) ||
      !expect_tuple(args[7], "code() argument 8", &p.consts) || !expect_tuple(args[8], "code() argument 9", &p.names) ||
      !expect_tuple(args[9], "code() argument 10", &p.varnames) || !expect_text(args[10], "code() argument 11", &p.filename) ||
      !expect_text(args[11], "code() argument 12", &p.name) || !expect_text(args[12], "code() argument 13", &p.qualname) ||
      !to_int32(args[13], &p.firstlineno) || !expect_bytes(args[14], "code() argument 15", &p.linetable) ||
      !expect_bytes(args[15], "code() argument 16", &p.exceptiontable)) {
    return nullptr;
  }
  p.freevars = p.cellvars = empty_tuple();
  if (nargs > 16 && !expect_tuple(args[16], "code() argument 17", &p.freevars)) return nullptr;
  if (nargs > 17 && !expect_tuple(args[17], "code() argument 18", &p.cellvars)) return nullptr;
  return assemble(p, nlocals);
}

Value code_varname_from_oparg(Value* a) {
  Code* c = a[0].as<Code>();
  int64_t i;
  if (!to_int64(a[1], &i)) return nullptr;
  if (i < 0 || i >= static_cast<int64_t>(c->localsplusnames->size)) return raise(exc.IndexError, "tuple index out of range");
  return c->localsplusnames->items[i];
}

constexpr MethodDef kMethods[] = {
    {"co_lines", "!($self, /)", co_lines, Effects::kReads},
    {"co_positions", "($self, /)", co_positions, Effects::kReads},
    {"replace",
     "($self, /, *, co_argcount=-1, co_posonlyargcount=-1, co_kwonlyargcount=-1, co_nlocals=-1, co_stacksize=-1, co_flags=-1, co_firstlineno=-1, "
     "co_code=None, co_consts=None, co_names=None, co_varnames=None, co_freevars=None, co_cellvars=None, co_filename=None, co_name=None, "
     "co_qualname=None, co_linetable=None, co_exceptiontable=None)",
     code_replace, Effects::kReads, MethodKind::kMethod, "Return a copy of the code object with new values for the specified fields."},
    {"_varname_from_oparg", "($self, /, oparg)", code_varname_from_oparg, Effects::kReads, MethodKind::kMethod,
     "(internal-only) Return the local variable name for the given oparg.\n\nWARNING: this method is for internal use only and may change or go away."},
    {}};
constexpr GetSetDef kGetSet[] = {{"co_argcount", get_argcount},
                                 {"co_posonlyargcount", get_posonlyargcount},
                                 {"co_kwonlyargcount", get_kwonlyargcount},
                                 {"co_nlocals", get_nlocals},
                                 {"co_stacksize", get_stacksize},
                                 {"co_flags", get_flags},
                                 {"co_code", get_code},
                                 {"_co_code_adaptive", get_code},
                                 {"co_consts", get_consts},
                                 {"co_names", get_names},
                                 {"co_varnames", get_varnames},
                                 {"co_freevars", get_freevars},
                                 {"co_cellvars", get_cellvars},
                                 {"co_filename", get_filename},
                                 {"co_name", get_name},
                                 {"co_qualname", get_qualname},
                                 {"co_firstlineno", get_firstlineno},
                                 {"co_linetable", get_linetable},
                                 {"co_lnotab", get_lnotab},
                                 {"co_exceptiontable", get_exceptiontable},
                                 {}};
const ClassSpec kCodeSpec = {
    .name = "code",
    .basicsize = sizeof(Code),
    .flags = kClassHasWeakref,
    .trace = trace_code,
    .finalize = finalize_code,
    .doc = "code(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring, constants, names, varnames, filename, name, qualname, "
           "firstlineno, linetable, exceptiontable, freevars=(), cellvars=(), /)\n--\n\nCreate a code object.  Not for mere mortals.",
    .slots = {.repr = code_repr, .hash = code_hash, .compare = code_compare, .new_ = code_new},
    .methods = kMethods,
    .getset = kGetSet};

}  // namespace

Code* make_code(const CodeFields& f) {
  auto* c = allocate_instance_of<Code>(types.code);
  if (!c) return nullptr;
  c->argcount = f.argcount;
  c->posonlyargcount = f.posonlyargcount;
  c->kwonlyargcount = f.kwonlyargcount;
  c->stacksize = f.stacksize;
  c->code_flags = f.flags;
  c->firstlineno = f.firstlineno;
  c->code = f.code;
  c->consts = f.consts;
  c->names = f.names;
  c->localsplusnames = f.localsplusnames;
  c->localspluskinds = f.localspluskinds;
  c->filename = f.filename;
  c->name = f.name;
  c->qualname = f.qualname;
  c->linetable = f.linetable;
  c->exceptiontable = f.exceptiontable;
  for (uint64_t i = 0; i < c->localspluskinds->size; ++i) {
    uint8_t kind = static_cast<uint8_t>(c->localspluskinds->data[i]);
    c->nlocals += (kind & frontend::kLocalVar) != 0;
    c->ncells += (kind & frontend::kLocalCell) != 0;
    c->nfrees += (kind & frontend::kLocalFree) != 0;
  }
  for (uint64_t i = 0; i < c->names->size; ++i) {
    if (is_exact_str(c->names->items[i])) c->names->items[i] = intern(c->names->items[i].as<Str>());
  }
  for (uint64_t i = 0; i < c->localsplusnames->size; ++i) {
    if (is_exact_str(c->localsplusnames->items[i])) c->localsplusnames->items[i] = intern(c->localsplusnames->items[i].as<Str>());
  }
  write_barrier(c->names);
  write_barrier(c->localsplusnames);
  return c;
}

Code* new_code(const frontend::Code* f) {
  RootedVector consts;
  for (auto* k : f->consts) {
    Value v = TRY(constant_to_object(k));
    consts.push_back(v);
  }
  CodeFields c{};
  c.argcount = static_cast<int32_t>(f->argcount);
  c.posonlyargcount = static_cast<int32_t>(f->posonlyargcount);
  c.kwonlyargcount = static_cast<int32_t>(f->kwonlyargcount);
  c.stacksize = static_cast<int32_t>(f->stacksize);
  c.flags = f->flags;
  c.firstlineno = f->firstlineno;
  c.code = new_bytes(f->code);
  c.consts = new_tuple(consts.data(), consts.size());
  c.names = intern_all(f->names);
  c.localsplusnames = intern_all(f->localsplusnames);
  c.localspluskinds = new_bytes(f->localspluskinds);
  c.filename = intern(f->filename);
  c.name = intern(f->name);
  c.qualname = intern(f->qualname);
  c.linetable = new_bytes(config.no_debug_ranges ? without_columns(f->linetable, c.firstlineno) : std::string(f->linetable));
  c.exceptiontable = new_bytes(f->exceptiontable);
  return make_code(c);
}

void init_code_type() { types.code = new_builtin_class(kCodeSpec); }

}  // namespace pyjit::runtime
