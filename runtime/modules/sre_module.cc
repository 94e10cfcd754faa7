// The module _sre: compile(), re.Pattern and its methods, scanners.
#include "runtime/module_registry.h"
#include "runtime/modules/sre_objects.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/int.h"
#include "runtime/types/search.h"
#include "runtime/types/text_args.h"
#include "runtime/unicode/unicode.h"

namespace pyjit::runtime::sre {

Class *pattern_class, *scanner_class;

// --- subjects and matchers

bool Subject::get(Value v) {
  string = v;
  if (is_str(v)) {
    Str* s = v.as<Str>();
    data = s->data;
    length = static_cast<int64_t>(s->length);
    kind = s->kind();
    return true;
  }
  if (!supports_buffer(v)) {
    raisef(exc.TypeError, "expected string or bytes-like object, got '%.200s'", type_name(v));
    return false;
  }
  if (!get_buffer(v, &view_)) {
    if (pending_matches(exc.BufferError)) {
      clear_pending();
      raise(exc.TypeError, "expected string or bytes-like object");
    }
    return false;
  }
  data = view_.data;
  length = view_.length;
  is_bytes = true;
  return true;
}

Value Subject::slice(int64_t from, int64_t to) const {
  if (!is_bytes) return str_substring(string.as<Str>(), static_cast<uint64_t>(from), static_cast<uint64_t>(to));
  if (from == 0 && to == length && is_exact(string, types.bytes)) return string;
  return new_bytes({static_cast<const char*>(data) + from, static_cast<size_t>(std::max<int64_t>(0, to - from))});
}

namespace {
thread_local std::vector<Matcher*> matcher_pool;
}

Lease::Lease() {
  if (matcher_pool.empty()) {
    matcher_ = new Matcher;
  } else {
    matcher_ = matcher_pool.back();
    matcher_pool.pop_back();
  }
}
Lease::~Lease() {
  if (matcher_->stack.capacity() > (1 << 16)) {   // do not hoard what one hard match needed
    std::vector<Entry>().swap(matcher_->stack);
    std::vector<RepeatContext>().swap(matcher_->repeats);
  }
  matcher_pool.push_back(matcher_);
}

bool Lease::set_up(Pattern* p, Subject& subject, Value string, int64_t from, int64_t to) {
  if (!subject.get(string)) return false;
  if (subject.is_bytes && p->kind == Kind::kText) {
    raise(exc.TypeError, "cannot use a string pattern on a bytes-like object");
    return false;
  }
  if (!subject.is_bytes && p->kind == Kind::kBytes) {
    raise(exc.TypeError, "cannot use a bytes pattern on a string-like object");
    return false;
  }
  pos = std::clamp<int64_t>(from, 0, subject.length);
  endpos = std::clamp<int64_t>(to, 0, subject.length);
  Matcher& m = *matcher_;
  m.program = p->program;
  m.data = subject.data;
  m.kind = subject.kind;
  m.beginning = 0;
  m.start = m.position = pos;
  m.end = endpos;
  m.must_advance = m.match_all = false;
  m.marks.assign(2 * size_t{p->groups}, -1);
  m.reset();
  return true;
}

Value group_text(Subject& subject, const Matcher& m, uint32_t g, Value missing) {
  int64_t from, to;
  return m.group(g, &from, &to) ? subject.slice(from, to) : missing;
}

Value re_function(const char* name) {
  Module* builtins = TRY(import_native_module("builtins"));
  Value import = TRY(module_get(builtins, names.dunder_import));
  Value re = TRY(call1(import, intern("re")));
  return get_attr(re, intern(name));
}

namespace {

Pattern* pattern_of(Value v) { return v.as<Pattern>(); }

void trace_pattern(Object* o, Tracer& tracer) {
  Pattern* p = static_cast<Pattern*>(o);
  tracer.visit(p->pattern);
  tracer.visit(p->groupindex);
  tracer.visit(p->indexgroup);
}
void finalize_pattern(Object* o) { delete static_cast<Pattern*>(o)->program; }

void trace_scanner(Object* o, Tracer& tracer) {
  tracer.visit(static_cast<Scanner*>(o)->pattern);
  tracer.visit(static_cast<Scanner*>(o)->string);
}

// pos=0, endpos=sys.maxsize
bool bounds(Value pos, Value endpos, int64_t* from, int64_t* to) {
  *from = 0;
  *to = INT64_MAX;
  return (!pos || to_ssize(pos, from)) && (!endpos || to_ssize(endpos, to));
}

enum class How { kMatch, kFullMatch, kSearch };

template <How kHow>
Value find_one(Value* args) {
  int64_t from, to;
  if (!bounds(args[2], args[3], &from, &to)) return nullptr;
  Pattern* p = pattern_of(args[0]);
  Subject subject;
  Lease m;
  if (!m.set_up(p, subject, args[1], from, to)) return nullptr;
  m->match_all = kHow == How::kFullMatch;
  int found = m->start > m->end ? 0 : kHow == How::kSearch ? m->search() : m->match();
  if (found < 0) return nullptr;
  return found ? new_match(p, subject, *m, m.pos, m.endpos) : Value::none();
}

// After a success: the next search begins where this one ended, and an empty match there would repeat it.
void advance(Matcher& m) {
  m.must_advance = m.position == m.start;
  m.start = m.position;
}
int next_match(Matcher& m) { return m.start > m.end ? 0 : m.search(); }

Value findall(Value* args) {
  int64_t from, to;
  if (!bounds(args[2], args[3], &from, &to)) return nullptr;
  Pattern* p = pattern_of(args[0]);
  Subject subject;
  Lease m;
  if (!m.set_up(p, subject, args[1], from, to)) return nullptr;
  List* list = TRY(new_list());
  Value empty = subject.is_bytes ? Value(new_bytes({})) : Value(names.empty);
  int found;
  while ((found = next_match(*m)) > 0) {
    Value item;
    if (p->groups <= 1) {
      item = TRY(group_text(subject, *m, p->groups, empty));
    } else {
      Tuple* t = TRY(new_tuple_null(p->groups));
      for (uint32_t g = 0; g < p->groups; ++g) {
        t->items[g] = TRY(group_text(subject, *m, g + 1, empty));
        write_barrier(t);
      }
      item = t;
    }
    if (!list_append(list, item)) return nullptr;
    advance(*m);
  }
  return found < 0 ? Value() : Value(list);
}

Value split(Value* args) {
  int64_t max = 0;
  if (args[2] && !to_ssize(args[2], &max)) return nullptr;
  Pattern* p = pattern_of(args[0]);
  Subject subject;
  Lease m;
  if (!m.set_up(p, subject, args[1], 0, INT64_MAX)) return nullptr;
  List* list = TRY(new_list());
  int64_t last = 0;
  for (int64_t n = 0; max == 0 || n < max; ++n) {
    int found = next_match(*m);
    if (found < 0) return nullptr;
    if (!found) break;
    if (!list_append(list, TRY(subject.slice(last, m->start)))) return nullptr;
    for (uint32_t g = 1; g <= p->groups; ++g)
      if (!list_append(list, TRY(group_text(subject, *m, g, Value::none())))) return nullptr;
    last = m->position;
    advance(*m);
  }
  if (!list_append(list, TRY(subject.slice(last, subject.length)))) return nullptr;
  return list;
}

// A replacement that contains no backslash stands for itself.
bool is_literal_template(Value repl) {
  if (is_str(repl)) return find_unit(repl.as<Str>()->data, static_cast<int64_t>(repl.as<Str>()->length), '\\', repl.as<Str>()->kind()) < 0;
  if (!supports_buffer(repl)) return false;
  BufferArg buffer;
  if (!buffer.get(repl)) {
    clear_pending();
    return false;
  }
  return buffer.view().find('\\') == std::string_view::npos;
}

Value substitute(Value* args, bool with_count) {
  int64_t max = 0;
  if (args[3] && !to_ssize(args[3], &max)) return nullptr;
  Value self = args[0], repl = args[1], string = args[2];
  Pattern* p = pattern_of(self);
  bool callable = is_callable(repl);
  if (!callable && !is_literal_template(repl)) {
    Value f = TRY(re_function("_subx"));
    repl = TRY(call2(f, self, repl));
    callable = is_callable(repl);
  }
  Subject subject;
  Lease m;
  if (!m.set_up(p, subject, string, 0, INT64_MAX)) return nullptr;
  List* list = TRY(new_list());
  int64_t last = 0, n = 0;
  while (max == 0 || n < max) {
    int found = next_match(*m);
    if (found < 0) return nullptr;
    if (!found) break;
    if (last < m->start && !list_append(list, TRY(subject.slice(last, m->start)))) return nullptr;
    Value item = repl;
    if (callable) {
      Value match = TRY(new_match(p, subject, *m, m.pos, m.endpos));
      item = TRY(call1(repl, match));
    }
    if (!item.is_none() && !list_append(list, item)) return nullptr;
    last = m->position;
    ++n;
    advance(*m);
  }
  Value result;
  if (n == 0) {
    result = TRY(subject.slice(0, subject.length));
  } else {
    if (last < subject.length && !list_append(list, TRY(subject.slice(last, subject.length)))) return nullptr;
    result = subject.is_bytes ? call_method1(new_bytes({}), names.join, list) : Value(str_join(names.empty, list));
    if (!result) return nullptr;
  }
  return with_count ? Value(make_tuple(result, new_int(n))) : result;
}
Value sub(Value* args) { return substitute(args, false); }
Value subn(Value* args) { return substitute(args, true); }

// --- scanners

Value scanner(Value* args) {
  int64_t from, to;
  if (!bounds(args[2], args[3], &from, &to)) return nullptr;
  Pattern* p = pattern_of(args[0]);
  {
    Subject subject;
    Lease m;
    if (!m.set_up(p, subject, args[1], from, to)) return nullptr;
    from = m.pos;
    to = m.endpos;
  }
  Scanner* s = TRY(allocate_instance_of<Scanner>(scanner_class));
  s->pattern = p;
  s->string = args[1];
  s->pos = s->start = from;
  s->endpos = to;
  return s;
}

Value finditer(Value* args) {
  Value s = TRY(scanner(args));
  Value search = TRY(get_attr(s, intern("search")));
  Module* builtins = TRY(import_native_module("builtins"));
  Value iter = TRY(module_get(builtins, intern("iter")));
  return call2(iter, search, Value::none());
}

template <How kHow>
Value scan(Value* args) {
  Scanner* s = args[0].as<Scanner>();
  if (s->done) return Value::none();
  Subject subject;
  Lease m;
  if (!m.set_up(s->pattern, subject, s->string, s->pos, s->endpos)) return nullptr;
  m->start = s->start;
  m->must_advance = s->must_advance;
  int found = m->start > m->end ? 0 : kHow == How::kSearch ? m->search() : m->match();
  if (found < 0) return nullptr;
  if (!found) {
    s->done = true;
    return Value::none();
  }
  Value match = TRY(new_match(s->pattern, subject, *m, m.pos, m.endpos));
  s->must_advance = m->position == m->start;
  s->start = m->position;
  return match;
}
Value scanner_pattern(Value v) { return v.as<Scanner>()->pattern; }

// --- Pattern itself

Value pattern_repr(Value v) {
  static constexpr struct { const char* name; uint32_t flag; } kFlags[] = {
      {"re.TEMPLATE", 1}, {"re.IGNORECASE", 2}, {"re.LOCALE", 4}, {"re.MULTILINE", 8}, {"re.DOTALL", 16},
      {"re.UNICODE", 32}, {"re.VERBOSE", 64}, {"re.DEBUG", 128}, {"re.ASCII", 256},
  };
  Pattern* p = pattern_of(v);
  Str* shown = TRY(repr(p->pattern));
  uint32_t flags = p->flags;
  if (is_str(p->pattern) && (flags & (4 | 32 | 256)) == 32) flags &= ~32u;   // what text patterns have anyway
  StrBuilder out;
  out.append_ascii("re.compile(");
  out.append(shown, 0, std::min<uint64_t>(shown->length, 200));
  const char* separator = ", ";
  for (auto& f : kFlags) {
    if (!(flags & f.flag)) continue;
    out.append_ascii(separator);
    out.append_ascii(f.name);
    separator = "|";
    flags &= ~f.flag;
  }
  if (flags) {
    char rest[24];
    snprintf(rest, sizeof rest, "%s0x%x", separator, flags);
    out.append_ascii(rest);
  }
  out.append_ascii(")");
  return out.finish();
}

int64_t pattern_hash(Value v) {
  Pattern* p = pattern_of(v);
  int64_t h = hash(p->pattern);
  if (h == -1) return -1;
  h ^= static_cast<int64_t>(siphash13(p->program->code.data(), p->program->code.size() * 4));
  h ^= p->flags ^ (static_cast<int64_t>(p->kind) << 20) ^ p->groups;
  return h == -1 ? -2 : h;
}

Value pattern_compare(Value a, Value b, CompareOp op) {
  if ((op != kEq && op != kNe) || !is_exact(b, pattern_class)) return Value::not_implemented();
  Pattern *p = pattern_of(a), *q = pattern_of(b);
  bool same = p == q;
  if (!same && p->flags == q->flags && p->kind == q->kind && p->program->code == q->program->code) {
    int r = compare_bool(p->pattern, q->pattern, kEq);
    if (r < 0) return nullptr;
    same = r == 1;
  }
  return Value::from_bool(same == (op == kEq));
}

Value get_pattern(Value v) { return pattern_of(v)->pattern; }
Value get_flags(Value v) { return new_int(pattern_of(v)->flags); }
Value get_groups(Value v) { return new_int(pattern_of(v)->groups); }
Value get_groupindex(Value v) {
  Value dict = pattern_of(v)->groupindex;
  return call1(types.mappingproxy, dict);
}
Value itself(Value* args) { return args[0]; }
Value class_getitem(Value* args) { return call2(types.generic_alias, args[0], args[1]); }

constexpr const char* kFindSignature = "($self, /, string, pos=0, endpos=sys.maxsize)";
const MethodDef kPatternMethods[] = {
    {"match", kFindSignature, find_one<How::kMatch>},
    {"fullmatch", kFindSignature, find_one<How::kFullMatch>},
    {"search", kFindSignature, find_one<How::kSearch>},
    {"sub", "($self, /, repl, string, count=0)", sub},
    {"subn", "($self, /, repl, string, count=0)", subn},
    {"findall", kFindSignature, findall},
    {"split", "($self, /, string, maxsplit=0)", split},
    {"finditer", kFindSignature, finditer},
    {"scanner", kFindSignature, scanner},
    {"__copy__", "($self, /)", itself, Effects::kPure},
    {"__deepcopy__", "($self, memo, /)", itself, Effects::kPure},
    {"__class_getitem__", "!($type, item, /)", class_getitem, Effects::kCallsPython, MethodKind::kClassMethod},
    {},
};
const GetSetDef kPatternGetSet[] = {{"pattern", get_pattern}, {"flags", get_flags}, {"groups", get_groups}, {"groupindex", get_groupindex}, {}};
const MethodDef kScannerMethods[] = {
    {"match", "($self, /)", scan<How::kMatch>},
    {"search", "($self, /)", scan<How::kSearch>},
    {},
};
const GetSetDef kScannerGetSet[] = {{"pattern", scanner_pattern}, {}};

// --- module functions

Value compile(Value* args) {
  Value source = args[0];
  int flags;
  int64_t groups;
  if (!to_int32(args[1], &flags)) return nullptr;
  if (!is_list(args[2])) return raisef(exc.TypeError, "compile() argument 'code' must be list, not %.50s", type_name(args[2]));
  if (!to_ssize(args[3], &groups)) return nullptr;
  if (!is_dict(args[4])) return raisef(exc.TypeError, "compile() argument 'groupindex' must be dict, not %.50s", type_name(args[4]));
  if (!is_tuple(args[5])) return raisef(exc.TypeError, "compile() argument 'indexgroup' must be tuple, not %.50s", type_name(args[5]));
  List* words = args[2].as<List>();
  auto program = std::make_unique<Program>();
  program->code.reserve(words->size);
  for (uint64_t i = 0; i < words->size; ++i) {
    Value v = words->items()[i];
    int64_t word;
    if (!is_int_like(v)) return raise(exc.TypeError, "an integer is required");
    if (!int_to_int64(int_value(v), &word) || word < 0 || word > 0xFFFFFFFFll)
      return raise(exc.OverflowError, "regular expression code size limit exceeded");
    program->code.push_back(static_cast<uint32_t>(word));
  }
  if (groups < 0 || groups > int64_t{kMaxGroups}) return raise(exc.RuntimeError, "invalid SRE code");
  program->groups = static_cast<uint32_t>(groups);
  Kind kind = Kind::kAny;
  if (!source.is_none()) {
    Subject subject;
    if (!subject.get(source)) return nullptr;
    kind = subject.is_bytes ? Kind::kBytes : Kind::kText;
  }
  if (!prepare(program.get())) return raise(exc.RuntimeError, "invalid SRE code");
  Pattern* p = TRY(allocate_instance_of<Pattern>(pattern_class));
  p->pattern = source;
  p->flags = static_cast<uint32_t>(flags);
  p->groups = static_cast<uint32_t>(groups);
  p->groupindex = args[4];
  p->indexgroup = args[5];
  p->kind = kind;
  p->program = program.release();
  heap.register_finalizable(p);
  return p;
}

bool character(Value v, int* c) { return to_int32(v, c); }
Value getcodesize(Value*) { return Value::from_int(4); }
Value ascii_iscased(Value* args) {
  int c;
  if (!character(args[0], &c)) return nullptr;
  return Value::from_bool(c >= 0 && c < 128 && isalpha(c));
}
Value unicode_iscased(Value* args) {
  int n;
  if (!character(args[0], &n)) return nullptr;
  char32_t c = static_cast<char32_t>(n);
  return Value::from_bool(unicode::to_lower(c) != c || upper_unicode(static_cast<uint32_t>(c)) != c);
}
Value ascii_tolower(Value* args) {
  int c;
  if (!character(args[0], &c)) return nullptr;
  return Value::from_int(lower_ascii(static_cast<uint32_t>(c)));
}
Value unicode_tolower(Value* args) {
  int c;
  if (!character(args[0], &c)) return nullptr;
  return Value::from_int(lower_unicode(static_cast<uint32_t>(c)));
}

const MethodDef kFunctions[] = {
    {"compile", "($module, /, pattern, flags, code, groups, groupindex, indexgroup)", compile},
    {"getcodesize", "($module, /)", getcodesize, Effects::kPure},
    {"ascii_iscased", "($module, character, /)", ascii_iscased},
    {"unicode_iscased", "($module, character, /)", unicode_iscased},
    {"ascii_tolower", "($module, character, /)", ascii_tolower},
    {"unicode_tolower", "($module, character, /)", unicode_tolower},
    {},
};

void make_classes() {
  if (pattern_class) return;
  static const ClassSpec pattern_spec = [] {
    ClassSpec s{.name = "re.Pattern", .basicsize = sizeof(Pattern), .flags = kClassNoInstantiation | kClassHasWeakref,
                .trace_kind = TraceKind::kCustom, .trace = trace_pattern, .finalize = finalize_pattern};
    s.doc = "Compiled regular expression object.";
    s.slots.repr = pattern_repr;
    s.slots.hash = pattern_hash;
    s.slots.compare = pattern_compare;
    s.methods = kPatternMethods;
    s.getset = kPatternGetSet;
    return s;
  }();
  static const ClassSpec scanner_spec = [] {
    ClassSpec s{.name = "_sre.SRE_Scanner", .basicsize = sizeof(Scanner), .flags = kClassNoInstantiation, .trace_kind = TraceKind::kCustom,
                .trace = trace_scanner};
    s.methods = kScannerMethods;
    s.getset = kScannerGetSet;
    return s;
  }();
  pattern_class = new_builtin_class(pattern_spec);
  scanner_class = new_builtin_class(scanner_spec);
  init_match_class();
}

}  // namespace

bool init_sre_module(Module* module) {
  make_classes();
  return add_functions(module, kFunctions) && add_int(module, "MAGIC", kMagic) && add_int(module, "CODESIZE", 4) &&
         add_int(module, "MAXREPEAT", kMaxRepeat) && add_int(module, "MAXGROUPS", kMaxGroups) &&
         add_string(module, "copyright", " SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB ");
}

}  // namespace pyjit::runtime::sre

namespace pyjit::runtime {
bool init_sre_module(Module* module) { return sre::init_sre_module(module); }
}  // namespace pyjit::runtime
