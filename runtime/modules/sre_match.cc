// The backtracking matcher: program + subject → marks.
//
// No native recursion: one loop runs instructions forward; when one fails, the stack is popped back to the latest choice. Three
// sorts of entries lie on it:
//   choices   where to go on, and with what (next alternative of a BRANCH, one repetition less, the tail of a repeat ...)
//   changes   a mark, the current repeat, a repeat's counters as they were: put back on the way down to an older choice
//   floors    where a sub-match (lookaround, atomic group, possessive repeat) began; `floor_` is the innermost
// When a sub-match succeeds, the choices above its floor are dropped and the changes kept.
#include "runtime/errors.h"
#include "runtime/modules/sre.h"
#include "runtime/types/search.h"

namespace pyjit::runtime::sre {
namespace {

enum EntryKind : uint32_t {
  kUndoMark,         // a: index, b: old mark, c: old last_mark << 32 | last_index
  kUndoRepeat,       // a: current repeat to restore, b: size of the repeat arena
  kUndoCounters,     // a: repeat, b: count, c: last
  kTryBranch,        // pc: skip word of the next alternative, b: position
  kTryFewer,         // REPEAT_ONE: pc: its words, b: position to try, c: least position
  kTryMore,          // MIN_REPEAT_ONE: pc, b: position, c: count
  kTryTail,          // MAX_UNTIL: pc: the tail, a: the repeat, b: position
  kTryBody,          // MIN_UNTIL: a: the repeat, b: position, c: count
  kFloorAssert,      // pc: its words, a: outer floor + 1, b: position
  kFloorAssertNot,
  kFloorAtomic,
  kFloorPossessive,  // c: count so far
};
constexpr size_t kMaxEntries = size_t{1} << 26;

template <class C>
class Run {
 public:
  Run(Matcher& m)
      : m_(m), text_(static_cast<const C*>(m.data)), end_(m.end), stack_(m.stack), repeats_(m.repeats), program_(*m.program) {}

  int match(const uint32_t* pc, int64_t at);
  int search();

 private:
  uint32_t ch(int64_t i) const { return text_[i]; }

  bool in(const uint32_t* op, uint32_t c) const {   // op: IN, IN_IGNORE, ...
    if (c < 256) {
      if (const Bitmap* bits = program_.bitmap_of(op + 2)) return (*bits)[c >> 6] >> (c & 63) & 1;
    }
    switch (*op) {
      case kIn: return in_set(op + 2, c);
      case kInIgnore: return in_set(op + 2, lower_ascii(c));
      case kInUniIgnore: return in_set(op + 2, lower_unicode(c));
      default: {
        uint32_t lower = lower_locale(c), upper = upper_locale(c);
        return in_set(op + 2, lower) || (upper != lower && in_set(op + 2, upper));
      }
    }
  }
  static bool same_locale(uint32_t literal, uint32_t c) {
    return c == literal || lower_locale(c) == literal || upper_locale(c) == literal;
  }

  // Does the single-unit instruction accept c?
  bool unit(const uint32_t* op, uint32_t c) const {
    switch (*op) {
      case kLiteral: return c == op[1];
      case kNotLiteral: return c != op[1];
      case kAny: return c != '\n';
      case kAnyAll: return true;
      case kLiteralIgnore: return lower_ascii(c) == op[1];
      case kNotLiteralIgnore: return lower_ascii(c) != op[1];
      case kLiteralUniIgnore: return lower_unicode(c) == op[1];
      case kNotLiteralUniIgnore: return lower_unicode(c) != op[1];
      case kLiteralLocIgnore: return same_locale(op[1], c);
      case kNotLiteralLocIgnore: return !same_locale(op[1], c);
      case kCategory: return in_category(op[1], c);
      default: return in(op, c);
    }
  }

  // How many units from `at` the instruction accepts, `most` at the utmost.
  int64_t count(const uint32_t* op, int64_t at, uint32_t most) const {
    int64_t stop = end_;
    if (most != kMaxRepeat && stop - at > int64_t{most}) stop = at + int64_t{most};
    int64_t i = at;
    switch (*op) {
      case kAnyAll: return stop - at;
      case kAny: {
        int64_t found = find_unit(text_ + at, stop - at, '\n', sizeof(C));
        return found < 0 ? stop - at : found;
      }
      case kNotLiteral: {
        int64_t found = find_unit(text_ + at, stop - at, op[1], sizeof(C));
        return found < 0 ? stop - at : found;
      }
      case kLiteral:
        while (i < stop && ch(i) == op[1]) ++i;
        return i - at;
      case kIn: {
        const Bitmap* bits = program_.bitmap_of(op + 2);
        while (i < stop) {
          uint32_t c = ch(i);
          if (!(c < 256 && bits ? (*bits)[c >> 6] >> (c & 63) & 1 : in_set(op + 2, c))) break;
          ++i;
        }
        return i - at;
      }
      default:
        while (i < stop && unit(op, ch(i))) ++i;
        return i - at;
    }
  }

  bool at_place(uint32_t where, int64_t i) const {
    auto boundary = [&](uint32_t category) {
      bool before = i > m_.beginning && in_category(category, ch(i - 1));
      bool after = i < end_ && in_category(category, ch(i));
      return before != after;
    };
    switch (where) {
      case kAtBeginning: case kAtBeginningString: return i == m_.beginning;
      case kAtBeginningLine: return i == m_.beginning || ch(i - 1) == '\n';
      case kAtEnd: return i == end_ || (i + 1 == end_ && ch(i) == '\n');
      case kAtEndLine: return i == end_ || ch(i) == '\n';
      case kAtEndString: return i == end_;
      default: break;
    }
    if (m_.beginning == end_) return false;
    switch (where) {
      case kAtBoundary: return boundary(kWord);
      case kAtNonBoundary: return !boundary(kWord);
      case kAtLocBoundary: return boundary(kLocWord);
      case kAtLocNonBoundary: return !boundary(kLocWord);
      case kAtUniBoundary: return boundary(kUniWord);
      default: return !boundary(kUniWord);
    }
  }

  void push(EntryKind kind, uint32_t a, int64_t b, int64_t c, const uint32_t* pc) { stack_.push_back({kind, a, b, c, pc}); }

  void set_mark(uint32_t index, int64_t at) {
    int32_t i = static_cast<int32_t>(index);
    push(kUndoMark, index, m_.marks[index], static_cast<int64_t>(static_cast<uint64_t>(static_cast<uint32_t>(m_.last_mark)) << 32 |
                                                                 static_cast<uint32_t>(m_.last_index)), nullptr);
    if (i & 1) m_.last_index = i / 2 + 1;
    if (i > m_.last_mark) {
      for (int32_t j = m_.last_mark + 1; j < i; ++j) m_.marks[static_cast<size_t>(j)] = -1;
      m_.last_mark = i;
    }
    m_.marks[index] = at;
  }
  void set_repeat(int32_t r) {
    push(kUndoRepeat, static_cast<uint32_t>(repeat_), static_cast<int64_t>(repeats_.size()), 0, nullptr);
    repeat_ = r;
  }
  void set_counters(int32_t r, int64_t count, int64_t last) {
    RepeatContext& context = repeats_[static_cast<size_t>(r)];
    push(kUndoCounters, static_cast<uint32_t>(r), context.count, context.last, nullptr);
    context.count = count;
    context.last = last;
  }
  void undo(const Entry& e) {
    if (e.kind == kUndoMark) {
      m_.marks[e.a] = e.b;
      m_.last_mark = static_cast<int32_t>(e.c >> 32);
      m_.last_index = static_cast<int32_t>(e.c);
    } else if (e.kind == kUndoRepeat) {
      repeat_ = static_cast<int32_t>(e.a);
      repeats_.resize(static_cast<size_t>(e.b));
    } else if (e.kind == kUndoCounters) {
      repeats_[e.a].count = e.b;
      repeats_[e.a].last = e.c;
    }
  }

  void enter(EntryKind kind, const uint32_t* pc, int64_t at, int64_t count = 0) {
    push(kind, static_cast<uint32_t>(floor_ + 1), at, count, pc);
    floor_ = static_cast<int64_t>(stack_.size()) - 1;
  }
  // Leaves the innermost sub-match: its choices go, its changes stay. Returns its floor entry.
  Entry leave() {
    size_t to = static_cast<size_t>(floor_);
    Entry e = stack_[to];
    for (size_t i = to + 1; i < stack_.size(); ++i)
      if (stack_[i].kind <= kUndoCounters) stack_[to++] = stack_[i];
    stack_.resize(to);
    floor_ = static_cast<int64_t>(e.a) - 1;
    return e;
  }

  bool group_bounds(uint32_t g, int64_t* from, int64_t* to) const {
    int32_t i = static_cast<int32_t>(2 * g);
    if (i >= m_.last_mark) return false;
    *from = m_.marks[static_cast<size_t>(i)];
    *to = m_.marks[static_cast<size_t>(i) + 1];
    return *from >= 0 && *to >= *from;
  }

  Matcher& m_;
  const C* text_;
  const int64_t end_;
  std::vector<Entry>& stack_;
  std::vector<RepeatContext>& repeats_;
  const Program& program_;
  int64_t floor_ = -1;
  int32_t repeat_ = -1;
};

template <class C>
int Run<C>::match(const uint32_t* pc, int64_t at) {
  const int64_t first = at;
  stack_.clear();
  repeats_.clear();
  floor_ = -1;
  repeat_ = -1;
  for (;;) {
    switch (*pc) {
      case kFailure: goto fail;

      case kSuccess: {
        if (floor_ < 0) {
          if ((m_.match_all && at != end_) || (m_.must_advance && at == first)) goto fail;
          m_.start = first;
          m_.position = at;
          return 1;
        }
        Entry& floor = stack_[static_cast<size_t>(floor_)];
        if (floor.kind == kFloorAssertNot) {   // the body matched: the assertion fails, and leaves no trace
          while (static_cast<int64_t>(stack_.size()) - 1 > floor_) {
            undo(stack_.back());
            stack_.pop_back();
          }
          floor_ = static_cast<int64_t>(stack_.back().a) - 1;
          stack_.pop_back();
          goto fail;
        }
        Entry e = leave();
        if (e.kind == kFloorAssert) {
          at = e.b;
          pc = e.pc + e.pc[0];
        } else if (e.kind == kFloorAtomic) {
          pc = e.pc + e.pc[0];
        } else {   // possessive: again, unless it is enough or nothing was consumed
          int64_t done = e.c + 1;
          bool more = done < int64_t{e.pc[1]} || ((e.pc[2] == kMaxRepeat || done < int64_t{e.pc[2]}) && at != e.b);
          if (more) {
            enter(kFloorPossessive, e.pc, at, done);
            pc = e.pc + 3;
          } else {
            pc = e.pc + e.pc[0] + 1;
          }
        }
        continue;
      }

      case kLiteral:
        if (at >= end_ || ch(at) != pc[1]) goto fail;
        ++at;
        pc += 2;
        continue;
      case kNotLiteral: case kLiteralIgnore: case kNotLiteralIgnore: case kLiteralUniIgnore: case kNotLiteralUniIgnore:
      case kLiteralLocIgnore: case kNotLiteralLocIgnore: case kCategory:
        if (at >= end_ || !unit(pc, ch(at))) goto fail;
        ++at;
        pc += 2;
        continue;
      case kAny:
        if (at >= end_ || ch(at) == '\n') goto fail;
        ++at;
        ++pc;
        continue;
      case kAnyAll:
        if (at >= end_) goto fail;
        ++at;
        ++pc;
        continue;
      case kIn: case kInIgnore: case kInUniIgnore: case kInLocIgnore:
        if (at >= end_ || !in(pc, ch(at))) goto fail;
        ++at;
        pc += 1 + pc[1];
        continue;
      case kAt:
        if (!at_place(pc[1], at)) goto fail;
        pc += 2;
        continue;
      case kMark:
        set_mark(pc[1], at);
        pc += 2;
        continue;
      case kJump:
        pc += 1 + pc[1];
        continue;
      case kInfo:
        pc += 1 + pc[1];
        continue;

      case kAssert: {
        ++pc;
        int64_t from = at - int64_t{pc[1]};
        if (from < m_.beginning) goto fail;
        enter(kFloorAssert, pc, at);
        at = from;
        pc += 2;
        continue;
      }
      case kAssertNot: {
        ++pc;
        int64_t from = at - int64_t{pc[1]};
        if (from < m_.beginning) {
          pc += pc[0];
          continue;
        }
        enter(kFloorAssertNot, pc, at);
        at = from;
        pc += 2;
        continue;
      }
      case kAtomicGroup:
        ++pc;
        enter(kFloorAtomic, pc, at);
        ++pc;
        continue;
      case kPossessiveRepeat:
        ++pc;
        if (pc[2] == 0) {
          pc += pc[0] + 1;
          continue;
        }
        enter(kFloorPossessive, pc, at);
        pc += 3;
        continue;

      case kBranch:
        ++pc;
      next_alternative:
        for (;; pc += pc[0]) {
          if (pc[0] == 0) goto fail;
          if (pc[1] == kLiteral && (at >= end_ || ch(at) != pc[2])) continue;
          if (pc[1] == kIn && (at >= end_ || !in(pc + 1, ch(at)))) continue;
          break;
        }
        if (pc[pc[0]] != 0) push(kTryBranch, 0, at, 0, pc + pc[0]);
        ++pc;
        continue;

      case kRepeatOne: {
        ++pc;   // skip, min, max, item, SUCCESS
        if (end_ - at < int64_t{pc[1]}) goto fail;
        int64_t n = count(pc + 3, at, pc[2]);
        if (n < int64_t{pc[1]}) goto fail;
        int64_t least = at + int64_t{pc[1]};
        at += n;
        if (at == least) {
          pc += pc[0];
          continue;
        }
        push(kTryFewer, 0, at, least, pc);
        goto fail;   // the entry tries the longest first
      }
      case kMinRepeatOne: {
        ++pc;
        if (end_ - at < int64_t{pc[1]}) goto fail;
        int64_t n = 0;
        if (pc[1] > 0) {
          n = count(pc + 3, at, pc[1]);
          if (n < int64_t{pc[1]}) goto fail;
          at += n;
        }
        push(kTryMore, 0, at, n, pc);
        pc += pc[0];
        continue;
      }
      case kPossessiveRepeatOne: {
        ++pc;
        if (end_ - at < int64_t{pc[1]}) goto fail;
        int64_t n = count(pc + 3, at, pc[2]);
        if (n < int64_t{pc[1]}) goto fail;
        at += n;
        pc += pc[0];
        continue;
      }

      case kRepeat: {
        ++pc;
        int32_t r = static_cast<int32_t>(repeats_.size());
        push(kUndoRepeat, static_cast<uint32_t>(repeat_), r, 0, nullptr);
        repeats_.push_back({-1, -1, pc, repeat_});
        repeat_ = r;
        pc += pc[0];
        continue;
      }
      case kMaxUntil: {
        if (repeat_ < 0) goto broken;
        int32_t r = repeat_;
        RepeatContext context = repeats_[static_cast<size_t>(r)];
        int64_t n = context.count + 1;
        uint32_t most = context.pattern[2];
        if (n < int64_t{context.pattern[1]}) {
          set_counters(r, n, context.last);
          pc = context.pattern + 3;
          continue;
        }
        if ((most == kMaxRepeat || n < int64_t{most}) && at != context.last) {
          push(kTryTail, static_cast<uint32_t>(r), at, 0, pc + 1);
          set_counters(r, n, at);
          pc = context.pattern + 3;
          continue;
        }
        set_repeat(context.previous);
        ++pc;
        continue;
      }
      case kMinUntil: {
        if (repeat_ < 0) goto broken;
        int32_t r = repeat_;
        RepeatContext context = repeats_[static_cast<size_t>(r)];
        int64_t n = context.count + 1;
        if (n < int64_t{context.pattern[1]}) {
          set_counters(r, n, context.last);
          pc = context.pattern + 3;
          continue;
        }
        push(kTryBody, static_cast<uint32_t>(r), at, n, nullptr);
        set_repeat(context.previous);
        ++pc;
        continue;
      }

      case kGroupRef: case kGroupRefIgnore: case kGroupRefUniIgnore: case kGroupRefLocIgnore: {
        int64_t from, to;
        if (!group_bounds(pc[1], &from, &to)) goto fail;
        uint32_t op = *pc;
        for (; from < to; ++from, ++at) {
          if (at >= end_) goto fail;
          uint32_t x = ch(at), y = ch(from);
          if (x == y) continue;
          bool same = op == kGroupRefIgnore      ? lower_ascii(x) == lower_ascii(y)
                      : op == kGroupRefUniIgnore ? lower_unicode(x) == lower_unicode(y)
                      : op == kGroupRefLocIgnore ? lower_locale(x) == lower_locale(y)
                                                 : false;
          if (!same) goto fail;
        }
        pc += 2;
        continue;
      }
      case kGroupRefExists: {
        int64_t from, to;
        ++pc;
        if (group_bounds(pc[0], &from, &to)) pc += 2;
        else pc += pc[1];
        continue;
      }
      default: goto broken;
    }

  fail:
    for (;;) {
      if (stack_.empty()) return 0;
      if (stack_.size() > kMaxEntries) {
        raise_memory_error();
        return -1;
      }
      Entry& e = stack_.back();
      switch (e.kind) {
        case kUndoMark: case kUndoRepeat: case kUndoCounters:
          undo(e);
          stack_.pop_back();
          continue;
        case kTryBranch:
          at = e.b;
          pc = e.pc;
          stack_.pop_back();
          goto next_alternative;
        case kTryFewer: {
          const uint32_t* args = e.pc;
          const uint32_t* tail = args + args[0];
          int64_t i = e.b, least = e.c;
          // Skip what the instruction behind the repeat cannot accept.
          if (*tail == kLiteral) {
            if (i >= end_) i = std::min(i, end_ - 1);
            if (i >= least) {
              int64_t found = rfind_unit(text_ + least, i - least + 1, tail[1], sizeof(C));
              i = found < 0 ? least - 1 : least + found;
            }
          } else if (*tail == kIn) {
            while (i >= least && (i >= end_ || !in(tail, ch(i)))) --i;
          }
          if (i < least) {
            stack_.pop_back();
            continue;
          }
          if (i == least) stack_.pop_back();
          else e.b = i - 1;
          at = i;
          pc = tail;
          goto resume;
        }
        case kTryMore: {
          const uint32_t* args = e.pc;
          const uint32_t* tail = args + args[0];
          int64_t i = e.b, n = e.c;
          bool accepted = false;
          while ((args[2] == kMaxRepeat || n < int64_t{args[2]}) && i < end_ && unit(args + 3, ch(i))) {
            ++i;
            ++n;
            accepted = true;
            if (*tail != kLiteral || (i < end_ && ch(i) == tail[1])) break;
            accepted = false;   // the tail cannot match here
          }
          if (!accepted) {
            stack_.pop_back();
            continue;
          }
          e.b = at = i;
          e.c = n;
          pc = tail;
          goto resume;
        }
        case kTryTail: {
          Entry choice = e;
          stack_.pop_back();
          at = choice.b;
          pc = choice.pc;
          set_repeat(repeats_[choice.a].previous);
          goto resume;
        }
        case kTryBody: {
          Entry choice = e;
          stack_.pop_back();
          const RepeatContext& context = repeats_[choice.a];
          uint32_t most = context.pattern[2];
          if ((most != kMaxRepeat && choice.c >= int64_t{most}) || choice.b == context.last) continue;
          at = choice.b;
          pc = context.pattern + 3;
          set_counters(static_cast<int32_t>(choice.a), choice.c, at);
          goto resume;
        }
        case kFloorAssertNot: {   // the body cannot match: the assertion holds
          at = e.b;
          pc = e.pc + e.pc[0];
          floor_ = static_cast<int64_t>(e.a) - 1;
          stack_.pop_back();
          goto resume;
        }
        case kFloorPossessive: {
          Entry floor = e;
          floor_ = static_cast<int64_t>(e.a) - 1;
          stack_.pop_back();
          if (floor.c < int64_t{floor.pc[1]}) continue;
          at = floor.b;
          pc = floor.pc + floor.pc[0] + 1;
          goto resume;
        }
        default:   // kFloorAssert, kFloorAtomic: the sub-match fails
          floor_ = static_cast<int64_t>(e.a) - 1;
          stack_.pop_back();
          continue;
      }
    }
  resume:;
  }
broken:
  raise(exc.RuntimeError, "invalid SRE code");
  return -1;
}

template <class C>
int Run<C>::search() {
  const uint32_t* pc = program_.code.data();
  int64_t at = m_.start, last = end_;
  const uint32_t* info = nullptr;
  if (pc[0] == kInfo) {
    info = pc + 1;
    pc += 1 + pc[1];
    if (info[2] > 1) last = std::max(at, end_ - int64_t{info[2]} + 1);   // a match needs that many units
    if (end_ - at < int64_t{info[2]}) return 0;
  }
  if (at > end_) return 0;
  if (info && (info[1] & kInfoPrefix)) {
    int64_t length = info[4];
    const uint32_t* prefix = info + 6;
    C needle_small[32];
    std::vector<C> needle_large;
    C* needle = needle_small;
    if (length > 32) {
      needle_large.resize(static_cast<size_t>(length));
      needle = needle_large.data();
    }
    for (int64_t i = 0; i < length; ++i) {
      needle[i] = static_cast<C>(prefix[i]);
      if (needle[i] != prefix[i]) return 0;   // wider than anything in the subject
    }
    while (at <= last) {
      int64_t found = find_units(text_ + at, end_ - at, needle, length, sizeof(C));
      if (found < 0) return 0;
      at += found;
      if ((info[1] & kInfoLiteral) && !m_.match_all) {
        m_.start = at;
        m_.position = at + length;
        return 1;
      }
      m_.reset();
      int r = match(pc, at);
      if (r) return r;
      m_.must_advance = false;
      ++at;
    }
    return 0;
  }
  if (info && (info[1] & kInfoCharset)) {
    const uint32_t* set = info + 4;
    const Bitmap* bits = program_.bitmap_of(set);
    for (;; ++at) {
      while (at < end_) {
        uint32_t c = ch(at);
        if (c < 256 && bits ? (*bits)[c >> 6] >> (c & 63) & 1 : in_set(set, c)) break;
        ++at;
      }
      if (at >= end_) return 0;
      m_.reset();
      int r = match(pc, at);
      if (r) return r;
      m_.must_advance = false;
    }
  }
  bool anchored = pc[0] == kAt && (pc[1] == kAtBeginning || pc[1] == kAtBeginningString);
  for (; at <= last; ++at) {
    m_.reset();
    int r = match(pc, at);
    if (r) return r;
    m_.must_advance = false;
    if (anchored) return 0;
  }
  return 0;
}

template <class F>
int with_run(Matcher& m, F f) {
  if (m.kind == 1) { Run<uint8_t> run(m); return f(run); }
  if (m.kind == 2) { Run<uint16_t> run(m); return f(run); }
  Run<uint32_t> run(m);
  return f(run);
}

}  // namespace

int Matcher::match() {
  reset();
  return with_run(*this, [&](auto& run) { return run.match(program->code.data(), start); });
}

int Matcher::search() {
  reset();
  return with_run(*this, [](auto& run) { return run.search(); });
}

bool Matcher::group(uint32_t g, int64_t* from, int64_t* to) const {
  if (g == 0) {
    *from = start;
    *to = position;
    return true;
  }
  int32_t i = static_cast<int32_t>(2 * (g - 1));
  if (i + 1 > last_mark || marks[static_cast<size_t>(i)] < 0 || marks[static_cast<size_t>(i) + 1] < 0) return false;
  *from = marks[static_cast<size_t>(i)];
  *to = marks[static_cast<size_t>(i) + 1];
  return true;
}

}  // namespace pyjit::runtime::sre
