// Small helpers that the builtin types' constructors share: argument counts in CPython's words, iterator boilerplate.
#pragma once
#include "runtime/errors.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"

namespace pyjit::runtime {

// "list() takes no keyword arguments" when the call has any.
inline bool no_keywords(const char* name, Tuple* kwnames) {
  if (!kwnames || !kwnames->size) return true;
  raisef(exc.TypeError, "%s() takes no keyword arguments", name);
  return false;
}

// "list expected at most 1 argument, got 2".
inline bool check_positional(const char* name, uint32_t nargs, uint32_t min, uint32_t max) {
  if (nargs >= min && nargs <= max) return true;
  uint32_t bound = nargs < min ? min : max;
  raisef(exc.TypeError, "%s expected %s%u argument%s, got %u", name, min == max ? "" : nargs < min ? "at least " : "at most ", bound,
         bound == 1 ? "" : "s", nargs);
  return false;
}

// After a `next` slot returned null: true when the iterator simply ended (it may have said so by raising StopIteration).
inline bool ended_cleanly() {
  if (!error_pending()) return true;
  if (!pending_matches(exc.StopIteration)) return false;
  clear_pending();
  return true;
}

inline Value iter_self(Value v) { return v; }

// A function of the builtins module ("iter", "getattr"), for __reduce__.
Value builtin_named(const char* name);

// The bits that kInRepr guards: marks a container while its repr is under way.
class ReprGuard {
 public:
  explicit ReprGuard(Object* o) : object_(o), entered_(!(o->flags & kInRepr)) { o->flags |= kInRepr; }
  ~ReprGuard() { if (entered_) object_->flags &= static_cast<uint8_t>(~kInRepr); }
  bool entered() const { return entered_; }   // false: we are inside its repr already

 private:
  Object* object_;
  bool entered_;
};

}  // namespace pyjit::runtime
