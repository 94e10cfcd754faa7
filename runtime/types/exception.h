// Exception instances: BaseException's layout and the extra fields of the classes that have them.
#pragma once
#include "runtime/class.h"
#include "runtime/errors.h"

namespace pyjit::runtime {

struct Traceback;
struct Exception : Object {
  Object* overflow;               // attribute storage
  Tuple* args;
  Value traceback, context, cause, notes;   // null or None: absent
  bool suppress_context;
  Value extra[10];                // fields of the builtin subclasses, by index: see exception_fields in exception.cc
};
// ORDER(extra): OSError errno strerror filename filename2 written; SyntaxError msg filename lineno offset text end_lineno end_offset
// print_file_and_line; StopIteration value; SystemExit code; ImportError msg name path; AttributeError name obj; NameError name;
// Unicode*Error encoding object start end reason; BaseExceptionGroup message exceptions.

inline bool is_exception(Value v) { return v.is_object() && v.as_object()->cls()->has(kSubException); }
bool is_exception_class(Value v);
Exception* new_exception(Class* type, Value* args, uint32_t nargs);
int exception_matches(Value exception_or_class, Value classinfo);   // except clause: 1, 0, -1 (TypeError pending)

// except*: the parts of `exception` that match and that do not (None when empty); a naked exception that matches is wrapped in a group.
bool exception_group_match(Value exception, Value classinfo, Value* match, Value* rest);
int check_except_star_type(Value classinfo);            // 0, or -1: TypeError pending
Value prepare_reraise_star(Value original, List* exceptions);   // what to raise after the except* clauses, or None

// Adds a traceback entry for the innermost frame to the pending exception.
void add_traceback_entry(Frame* frame, int lasti, int lineno);
// Sets value.__context__ to the exception being handled, as every raise does; breaks cycles.
void chain_context(Value value);
// The text CPython prints for an uncaught exception, to sys.stderr: chain, groups, notes, carets, SyntaxError form.
void print_exception(Value exception, Value file);
std::string format_exception(Value exception);

}  // namespace pyjit::runtime
