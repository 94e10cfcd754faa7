// match statements. Every pattern routine consumes the subject on top of the stack and jumps to a failure block when it does
// not match; captured values wait on the stack, below what is still to be matched, until the whole pattern has succeeded.
#include <algorithm>

#include "frontend/codegen.h"
#include "frontend/fold_arith.h"
#include "frontend/unparse.h"

namespace pyjit::frontend {

using namespace ast;

static bool is_wildcard(Pattern* p) {
  auto* m = try_as<MatchAs>(p);
  return m && !m->name.data() && !m->pattern;
}
static bool is_star_wildcard(Pattern* p) {
  auto* m = try_as<MatchStar>(p);
  return m && !m->name.data();
}

void Codegen::reserve_fail_pop(PatternContext& pc, int n) {
  while ((int)pc.fail_pop.size() <= n) pc.fail_pop.push_back(new_block());
}

void Codegen::jump_to_fail(PatternContext& pc, int op) {
  int pops = pc.on_top + (int)pc.stores.size();
  reserve_fail_pop(pc, pops);
  jump(op, pc.fail_pop[(size_t)pops]);
}

void Codegen::emit_fail_pops(PatternContext& pc) {
  if (pc.fail_pop.empty()) return;
  for (size_t n = pc.fail_pop.size(); --n > 0;) {
    use(pc.fail_pop[n]);
    emit(OP_POP_TOP);
  }
  use(pc.fail_pop[0]);
  pc.fail_pop.clear();
}

// Moves the top below count - 1 others.
void Codegen::rotate(int count) {
  while (count > 1) emit(OP_SWAP, count--);
}

void Codegen::store_capture(std::string_view name, PatternContext& pc) {
  if (!name.data()) return emit(OP_POP_TOP);
  if (forbidden(name, ExprContext::kStore)) return;
  if (std::ranges::find(pc.stores, name) != pc.stores.end())
    return fail("multiple assignments to name " + repr_text(name) + " in pattern");
  rotate(pc.on_top + (int)pc.stores.size() + 1);
  pc.stores.push_back(name);
}

void Codegen::subpattern(Pattern* p, PatternContext& pc) {
  bool outer = pc.allow_irrefutable;
  pc.allow_irrefutable = true;
  pattern(p, pc);
  pc.allow_irrefutable = outer;
}

void Codegen::sequence_by_unpacking(std::span<Pattern*> patterns, PatternContext& pc) {
  size_t n = patterns.size();
  bool star = false;
  for (size_t i = 0; i < n; i++) {
    if (patterns[i]->tag != Tag::kMatchStar) continue;
    if (star) return fail("multiple starred expressions in sequence pattern");
    if (i >= 1 << 8 || n - i - 1 >= (size_t)(INT32_MAX >> 8))
      return fail("too many expressions in star-unpacking sequence pattern");
    emit(OP_UNPACK_EX, (int)(i + ((n - i - 1) << 8)));
    star = true;
  }
  if (!star) emit(OP_UNPACK_SEQUENCE, (int)n);
  pc.on_top += (int)n;
  for (Pattern* p : patterns) {
    pc.on_top--;
    subpattern(p, pc);
  }
}

// [first, *_, last]: taking the items one by one is cheaper than unpacking all.
void Codegen::sequence_by_subscripts(std::span<Pattern*> patterns, size_t star, PatternContext& pc) {
  pc.on_top++;
  size_t n = patterns.size();
  for (size_t i = 0; i < n; i++) {
    if (is_wildcard(patterns[i]) || i == star) continue;
    emit(OP_COPY, 1);
    if (i < star) {
      load_int((int64_t)i);
    } else {
      // Negative indices may not be supported.
      emit(OP_GET_LEN);
      load_int((int64_t)(n - i));
      emit_binary(Operator::kSub, false);
    }
    emit(OP_BINARY_SUBSCR);
    subpattern(patterns[i], pc);
  }
  pc.on_top--;
  emit(OP_POP_TOP);
}

void Codegen::pattern_as(MatchAs* p, PatternContext& pc) {
  if (!p->pattern) {
    if (!pc.allow_irrefutable) {
      if (p->name.data()) return fail("name capture " + repr_text(p->name) + " makes remaining patterns unreachable");
      return fail("wildcard makes remaining patterns unreachable");
    }
    return store_capture(p->name, pc);
  }
  pc.on_top++;
  emit(OP_COPY, 1);
  pattern(p->pattern, pc);
  pc.on_top--;
  store_capture(p->name, pc);
}

void Codegen::pattern_class(MatchClass* p, PatternContext& pc) {
  for (size_t i = 0; i < p->kwd_attrs.size(); i++) {
    set_loc(p->kwd_patterns[i]);
    if (forbidden(p->kwd_attrs[i], ExprContext::kStore)) return;
    for (size_t j = i + 1; j < p->kwd_attrs.size(); j++) {
      if (p->kwd_attrs[i].data() != p->kwd_attrs[j].data()) continue;
      set_loc(p->kwd_patterns[j]);
      return fail("attribute name repeated in class pattern: " + std::string(p->kwd_attrs[i]));
    }
  }
  if (!p->kwd_attrs.empty()) set_loc(p);
  visit(p->cls);
  std::vector<const Constant*> names;
  for (Identifier name : p->kwd_attrs) names.push_back(constants_.string(name));
  load_const(constants_.tuple(names));
  int nargs = (int)p->patterns.size(), total = nargs + (int)p->kwd_attrs.size();
  emit(OP_MATCH_CLASS, nargs);
  emit(OP_COPY, 1);
  load_none();
  emit(OP_IS_OP, 1);
  pc.on_top++;
  jump_to_fail(pc, OP_POP_JUMP_IF_FALSE);
  emit(OP_UNPACK_SEQUENCE, total);
  pc.on_top += total - 1;
  for (int i = 0; i < total; i++) {
    pc.on_top--;
    Pattern* sub = i < nargs ? p->patterns[(size_t)i] : p->kwd_patterns[(size_t)(i - nargs)];
    if (is_wildcard(sub))
      emit(OP_POP_TOP);
    else
      subpattern(sub, pc);
  }
}

void Codegen::pattern_mapping(MatchMapping* p, PatternContext& pc) {
  int size = (int)p->keys.size();
  bool rest = p->rest.data() != nullptr;
  pc.on_top++;
  emit(OP_MATCH_MAPPING);
  jump_to_fail(pc, OP_POP_JUMP_IF_FALSE);
  if (!size && !rest) {
    pc.on_top--;
    return emit(OP_POP_TOP);
  }
  if (size) {
    emit(OP_GET_LEN);
    load_int(size);
    emit_compare(CmpOperator::kGtE);
    jump_to_fail(pc, OP_POP_JUMP_IF_FALSE);
  }
  std::vector<const Constant*> seen;
  for (Expr* key : p->keys) {
    if (auto* c = try_as<ConstantExpr>(key)) {
      if (std::ranges::any_of(seen, [c](const Constant* s) { return constant_equal(s, c->value); }))
        return fail("mapping pattern checks duplicate key (" + repr(c->value) + ")");
      seen.push_back(c->value);
    } else if (key->tag != Tag::kAttribute) {
      return fail("mapping pattern keys may only match literals and attribute lookups");
    }
    visit(key);
  }
  emit(OP_BUILD_TUPLE, size);
  emit(OP_MATCH_KEYS);
  pc.on_top += 2;
  emit(OP_COPY, 1);
  load_none();
  emit(OP_IS_OP, 1);
  jump_to_fail(pc, OP_POP_JUMP_IF_FALSE);
  emit(OP_UNPACK_SEQUENCE, size);
  pc.on_top += size - 1;
  for (Pattern* sub : p->patterns) {
    pc.on_top--;
    subpattern(sub, pc);
  }
  pc.on_top -= 2;
  if (!rest) {
    emit(OP_POP_TOP);
    emit(OP_POP_TOP);
    return;
  }
  // rest = dict(subject); for key in keys: del rest[key]
  emit(OP_BUILD_MAP, 0);
  emit(OP_SWAP, 3);
  emit(OP_DICT_UPDATE, 2);
  emit(OP_UNPACK_SEQUENCE, size);
  while (size) {
    emit(OP_COPY, 1 + size--);
    emit(OP_SWAP, 2);
    emit(OP_DELETE_SUBSCR);
  }
  store_capture(p->rest, pc);
}

void Codegen::pattern_or(MatchOr* p, PatternContext& pc) {
  Block* end = new_block();
  size_t size = p->patterns.size();
  PatternContext outer = std::move(pc);
  // The names the first alternative binds, in its order: the others must bind the same, and are reordered to match.
  std::vector<std::string_view> control;
  auto differ = [&] {
    pc = std::move(outer);
    fail("alternative patterns bind different names");
  };
  for (size_t i = 0; i < size; i++) {
    Pattern* alternative = p->patterns[i];
    set_loc(alternative);
    pc = PatternContext();
    pc.allow_irrefutable = i == size - 1 && outer.allow_irrefutable;
    emit(OP_COPY, 1);
    pattern(alternative, pc);
    if (failed_) return;
    size_t count = pc.stores.size();
    if (i == 0) {
      control = pc.stores;
    } else if (count != control.size()) {
      return differ();
    } else {
      for (size_t want = count; want-- > 0;) {
        auto found = std::ranges::find(pc.stores, control[want]);
        if (found == pc.stores.end()) return differ();
        size_t have = (size_t)(found - pc.stores.begin());
        if (have == want) continue;
        size_t rotations = have + 1;
        std::rotate(pc.stores.begin(), pc.stores.begin() + (long)rotations, pc.stores.begin() + (long)want + 1);
        while (rotations--) rotate((int)want + 1);
      }
    }
    jump(OP_JUMP, end);
    emit_fail_pops(pc);
  }
  pc = std::move(outer);
  emit(OP_POP_TOP);
  jump_to_fail(pc, OP_JUMP);
  use(end);
  // The captures lie above a copy of the subject and whatever else is in flight; move them down.
  int rotations = (int)control.size() + 1 + pc.on_top + (int)pc.stores.size();
  for (std::string_view name : control) {
    rotate(rotations);
    if (std::ranges::find(pc.stores, name) != pc.stores.end())
      return fail("multiple assignments to name " + repr_text(name) + " in pattern");
    pc.stores.push_back(name);
  }
  emit(OP_POP_TOP);
}

void Codegen::pattern_sequence(MatchSequence* p, PatternContext& pc) {
  size_t size = p->patterns.size();
  ptrdiff_t star = -1;
  bool only_wildcards = true, star_wildcard = false;
  for (size_t i = 0; i < size; i++) {
    Pattern* sub = p->patterns[i];
    if (sub->tag == Tag::kMatchStar) {
      if (star >= 0) return fail("multiple starred names in sequence pattern");
      star_wildcard = is_star_wildcard(sub);
      only_wildcards &= star_wildcard;
      star = (ptrdiff_t)i;
      continue;
    }
    only_wildcards &= is_wildcard(sub);
  }
  pc.on_top++;
  emit(OP_MATCH_SEQUENCE);
  jump_to_fail(pc, OP_POP_JUMP_IF_FALSE);
  if (star < 0) {
    emit(OP_GET_LEN);
    load_int((int64_t)size);
    emit_compare(CmpOperator::kEq);
    jump_to_fail(pc, OP_POP_JUMP_IF_FALSE);
  } else if (size > 1) {
    emit(OP_GET_LEN);
    load_int((int64_t)size - 1);
    emit_compare(CmpOperator::kGtE);
    jump_to_fail(pc, OP_POP_JUMP_IF_FALSE);
  }
  pc.on_top--;
  if (only_wildcards)
    emit(OP_POP_TOP);
  else if (star_wildcard)
    sequence_by_subscripts(p->patterns, (size_t)star, pc);
  else
    sequence_by_unpacking(p->patterns, pc);
}

void Codegen::pattern(Pattern* p, PatternContext& pc) {
  if (failed_) return;
  set_loc(p);
  switch (p->tag) {
    case Tag::kMatchValue: {
      Expr* value = as<MatchValue>(p)->value;
      if (value->tag != Tag::kConstantExpr && value->tag != Tag::kAttribute)
        return fail("patterns may only match literals and attribute lookups");
      visit(value);
      emit_compare(CmpOperator::kEq);
      return jump_to_fail(pc, OP_POP_JUMP_IF_FALSE);
    }
    case Tag::kMatchSingleton:
      load_const(as<MatchSingleton>(p)->value);
      emit_compare(CmpOperator::kIs);
      return jump_to_fail(pc, OP_POP_JUMP_IF_FALSE);
    case Tag::kMatchSequence:
      return pattern_sequence(as<MatchSequence>(p), pc);
    case Tag::kMatchMapping:
      return pattern_mapping(as<MatchMapping>(p), pc);
    case Tag::kMatchClass:
      return pattern_class(as<MatchClass>(p), pc);
    case Tag::kMatchStar:
      return store_capture(as<MatchStar>(p)->name, pc);
    case Tag::kMatchAs:
      return pattern_as(as<MatchAs>(p), pc);
    case Tag::kMatchOr:
      return pattern_or(as<MatchOr>(p), pc);
    default:
      return;
  }
}

void Codegen::match(Match* s) {
  visit(s->subject);
  Block* end = new_block();
  size_t count = s->cases.size();
  MatchCase* last = s->cases[count - 1];
  bool has_default = is_wildcard(last->pattern) && count > 1;
  size_t tested = count - has_default;
  for (size_t i = 0; i < tested; i++) {
    if (failed_) return;
    MatchCase* m = s->cases[i];
    set_loc(m->pattern);
    // The last test may consume the subject.
    if (i != tested - 1) emit(OP_COPY, 1);
    PatternContext pc;
    pc.allow_irrefutable = m->guard || i == count - 1;
    pattern(m->pattern, pc);
    for (std::string_view name : pc.stores) name_op(name, ExprContext::kStore);
    if (m->guard) {
      reserve_fail_pop(pc, 0);
      jump_if(m->guard, pc.fail_pop[0], false);
    }
    if (i != tested - 1) emit(OP_POP_TOP);
    visit_all(m->body);
    jump(OP_JUMP, end);
    // Cleaning up after a failed pattern belongs to the pattern's line.
    set_loc(m->pattern);
    emit_fail_pops(pc);
  }
  if (has_default) {
    set_loc(last->pattern);
    emit(OP_NOP);  // so that the case shows in coverage
    if (last->guard) jump_if(last->guard, end, false);
    visit_all(last->body);
  }
  use(end);
}

}  // namespace pyjit::frontend
