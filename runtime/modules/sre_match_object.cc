// re.Match: groups, spans, expand.
#include "runtime/modules/sre_objects.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/int.h"
#include "runtime/types/text_args.h"

namespace pyjit::runtime::sre {

Class* match_class;

namespace {

Match* self_of(Value v) { return v.as<Match>(); }

void trace_match(Object* o, Tracer& tracer) {
  Match* m = static_cast<Match*>(o);
  tracer.visit(m->string);
  tracer.visit(m->pattern);
  tracer.visit(m->regs);
}

Value slice_group(Match* m, int64_t g, Value missing) {
  if (g < 0 || g >= m->groups) return raise(exc.IndexError, "no such group");
  int64_t from = m->spans[2 * g], to = m->spans[2 * g + 1];
  if (from < 0 || m->string.is_none()) return missing;
  if (is_exact_str(m->string)) return str_substring(m->string.as<Str>(), static_cast<uint64_t>(from), static_cast<uint64_t>(to));
  Subject subject;
  if (!subject.get(m->string)) return nullptr;
  return subject.slice(std::min(from, subject.length), std::min(to, subject.length));
}

// Group number of an index or a name; -1 when there is none.
int64_t group_number(Match* m, Value key) {
  int64_t g = -1;
  if (key.is_int()) return key.as_int();
  if (class_of(key)->slots.index) {
    if (!index_to_ssize(key, &g)) clear_pending();
    return g;
  }
  if (is_dict(m->pattern->groupindex)) {
    Value found = dict_get(m->pattern->groupindex.as<Dict>(), key);
    if (found && is_int_like(found)) int_to_int64(int_value(found), &g);
    if (error_pending()) clear_pending();
  }
  return g;
}

bool checked_group(Match* m, Value key, int64_t* g) {
  *g = key ? group_number(m, key) : 0;
  if (*g >= 0 && *g < m->groups) return true;
  raise(exc.IndexError, "no such group");
  return false;
}

Value group(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (kwnames && kwnames->size) return raise(exc.TypeError, "Match.group() takes no keyword arguments");
  Match* m = self_of(args[0]);
  if (nargs == 1) return slice_group(m, 0, Value::none());
  if (nargs == 2) return slice_group(m, group_number(m, args[1]), Value::none());
  Tuple* t = TRY(new_tuple_null(nargs - 1));
  for (uint32_t i = 1; i < nargs; ++i) {
    t->items[i - 1] = TRY(slice_group(m, group_number(m, args[i]), Value::none()));
    write_barrier(t);
  }
  return t;
}

Value groups(Value* args) {
  Match* m = self_of(args[0]);
  Value missing = args[1] ? args[1] : Value::none();
  Tuple* t = TRY(new_tuple_null(m->groups - 1));
  for (uint32_t i = 1; i < m->groups; ++i) {
    t->items[i - 1] = TRY(slice_group(m, i, missing));
    write_barrier(t);
  }
  return t;
}

Value groupdict(Value* args) {
  Match* m = self_of(args[0]);
  Value missing = args[1] ? args[1] : Value::none();
  Dict* result = TRY(new_dict());
  if (!is_dict(m->pattern->groupindex)) return result;
  uint64_t position = 0;
  Value key, number;
  while (dict_next(m->pattern->groupindex.as<Dict>(), &position, &key, &number)) {
    Value text = TRY(slice_group(m, group_number(m, key), missing));
    if (!dict_set(result, key, text)) return nullptr;
  }
  return result;
}

Value start(Value* args) {
  int64_t g;
  if (!checked_group(self_of(args[0]), args[1], &g)) return nullptr;
  return Value::from_int(self_of(args[0])->spans[2 * g]);
}
Value end(Value* args) {
  int64_t g;
  if (!checked_group(self_of(args[0]), args[1], &g)) return nullptr;
  return Value::from_int(self_of(args[0])->spans[2 * g + 1]);
}
Value span_of(Match* m, int64_t g) { return make_tuple(Value::from_int(m->spans[2 * g]), Value::from_int(m->spans[2 * g + 1])); }
Value span(Value* args) {
  int64_t g;
  if (!checked_group(self_of(args[0]), args[1], &g)) return nullptr;
  return span_of(self_of(args[0]), g);
}

Value expand(Value* args) {
  Value f = TRY(re_function("_expand"));
  return call3(f, self_of(args[0])->pattern, args[0], args[1]);
}
Value itself(Value* args) { return args[0]; }
Value class_getitem(Value* args) { return call2(types.generic_alias, args[0], args[1]); }

Value slot_repr(Value v) {
  Match* m = self_of(v);
  Value text = TRY(slice_group(m, 0, Value::none()));
  Str* shown = TRY(repr(text));
  StrBuilder out;
  out.append_ascii("<re.Match object; span=(" + std::to_string(m->spans[0]) + ", " + std::to_string(m->spans[1]) + "), match=");
  out.append(shown, 0, std::min<uint64_t>(shown->length, 50));
  out.append_ascii(">");
  return out.finish();
}
Value slot_getitem(Value v, Value key) { return slice_group(self_of(v), group_number(self_of(v), key), Value::none()); }

Value get_string(Value v) { return self_of(v)->string; }
Value get_re(Value v) { return self_of(v)->pattern; }
Value get_pos(Value v) { return new_int(self_of(v)->pos); }
Value get_endpos(Value v) { return new_int(self_of(v)->endpos); }
Value get_lastindex(Value v) { return self_of(v)->last_index >= 0 ? Value::from_int(self_of(v)->last_index) : Value::none(); }
Value get_lastgroup(Value v) {
  Match* m = self_of(v);
  Tuple* names_of = is_tuple(m->pattern->indexgroup) ? m->pattern->indexgroup.as<Tuple>() : nullptr;
  if (m->last_index >= 0 && names_of && static_cast<uint64_t>(m->last_index) < names_of->size) return names_of->items[m->last_index];
  return Value::none();
}
Value get_regs(Value v) {
  Match* m = self_of(v);
  if (!m->regs) {
    Tuple* t = TRY(new_tuple_null(m->groups));
    for (uint32_t i = 0; i < m->groups; ++i) {
      t->items[i] = TRY(span_of(m, i));
      write_barrier(t);
    }
    m->regs = t;
    write_barrier(m);
  }
  return m->regs;
}

constexpr Effects kReads = with_raise(Effects::kReads);
const MethodDef kMethods[] = {
    {"group", "!($self, *args)", nullptr, Effects::kCallsPython, MethodKind::kMethod, nullptr, group},
    {"start", "($self, group=0, /)", start},
    {"end", "($self, group=0, /)", end},
    {"span", "($self, group=0, /)", span},
    {"groups", "($self, /, default=None)", groups, kReads},
    {"groupdict", "($self, /, default=None)", groupdict},
    {"expand", "($self, /, template)", expand},
    {"__copy__", "($self, /)", itself, Effects::kPure},
    {"__deepcopy__", "($self, memo, /)", itself, Effects::kPure},
    {"__class_getitem__", "!($type, item, /)", class_getitem, Effects::kCallsPython, MethodKind::kClassMethod},
    {},
};
const GetSetDef kGetSet[] = {
    {"string", get_string}, {"re", get_re}, {"pos", get_pos}, {"endpos", get_endpos},
    {"lastindex", get_lastindex}, {"lastgroup", get_lastgroup}, {"regs", get_regs}, {},
};

}  // namespace

Value new_match(Pattern* p, Subject& subject, const Matcher& m, int64_t pos, int64_t endpos) {
  uint32_t groups = p->groups + 1;
  Match* match = TRY(allocate_instance_of<Match>(match_class, 2 * groups));
  match->pattern = p;
  match->string = subject.string;
  match->pos = pos;
  match->endpos = endpos;
  match->groups = groups;
  match->last_index = m.last_index;
  for (uint32_t g = 0; g < groups; ++g) {
    int64_t from = -1, to = -1;
    if (!m.group(g, &from, &to)) from = to = -1;
    match->spans[2 * g] = from;
    match->spans[2 * g + 1] = to;
  }
  return match;
}

void init_match_class() {
  static const ClassSpec spec = [] {
    ClassSpec s{.name = "re.Match", .basicsize = sizeof(Match), .itemsize = 8, .flags = kClassNoInstantiation, .trace_kind = TraceKind::kCustom,
                .trace = trace_match};
    s.doc = "The result of re.match() and re.search().\nMatch objects always have a boolean value of True.";
    s.slots.repr = slot_repr;
    s.slots.getitem = slot_getitem;
    s.methods = kMethods;
    s.getset = kGetSet;
    return s;
  }();
  match_class = new_builtin_class(spec);
}

}  // namespace pyjit::runtime::sre
