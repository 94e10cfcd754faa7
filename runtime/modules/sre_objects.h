// The Python objects of _sre: Pattern, Match, Scanner.
#pragma once
#include "runtime/modules/sre.h"
#include "runtime/native.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime::sre {

enum class Kind : int8_t { kAny = -1, kText = 0, kBytes = 1 };

struct Pattern : Object {
  Value pattern;              // as given; None when compiled from a parsed form
  Value groupindex;           // Dict: name → number
  Value indexgroup;           // Tuple: number → name or None
  Program* program;           // native; freed with the object
  uint32_t flags, groups;
  Kind kind;
};
struct Match : Object {
  Value string;               // None in place of a buffer that is gone
  Pattern* pattern;
  Value regs;                 // cached tuple of spans
  int64_t pos, endpos;
  int32_t last_index;         // -1: none
  uint32_t groups;            // with group 0
  int64_t spans[];            // start, end for each group; -1: took no part
};
struct Scanner : Object {
  Pattern* pattern;
  Value string;
  int64_t pos, endpos;        // of the subject
  int64_t start;              // where to go on
  bool must_advance, done;
};
extern Class *pattern_class, *match_class, *scanner_class;
void init_match_class();

// A subject's memory while a call lasts.
class Subject {
 public:
  ~Subject() { if (view_.owner) release_buffer(&view_); }
  // False: TypeError pending.
  bool get(Value string);
  Value string;
  const void* data = nullptr;
  int64_t length = 0;
  unsigned kind = 1;
  bool is_bytes = false;
  Value slice(int64_t from, int64_t to) const;   // same kind of text as the subject

 private:
  BufferView view_;
};

// A matcher set up for a subject; its vectors come from a per-thread pool.
class Lease {
 public:
  Lease();
  ~Lease();
  Matcher* operator->() { return matcher_; }
  Matcher& operator*() { return *matcher_; }
  bool set_up(Pattern* p, Subject& subject, Value string, int64_t pos, int64_t endpos);
  int64_t pos = 0, endpos = 0;

 private:
  Matcher* matcher_;
};

Value new_match(Pattern* p, Subject& subject, const Matcher& m, int64_t pos, int64_t endpos);
// Group g of the matcher's success: text, or `missing`.
Value group_text(Subject& subject, const Matcher& m, uint32_t g, Value missing);
Value re_function(const char* name);   // re.<name>

}  // namespace pyjit::runtime::sre
