// The parts of the exception printer: source lines with carets, spelling suggestions, the whole report.
#pragma once
#include <string>

#include "runtime/types/exception.h"
#include "runtime/types/frame.h"

namespace pyjit::runtime {

Value sys_get(Str* name);   // builtins.h: sys.<name>, null when absent

// Line `lineno` (from 1) of a source file as UTF-8 without its line end; *found false: there is none.
std::string source_line(const std::string& filename, int lineno, bool* found);

// The caret line under a source line, without margin: "" when there is nothing to point at (3.11 elides carets that span the line).
// `line` is the unstripped text; columns of `position` are UTF-8 bytes.
std::string caret_line(const std::string& line, const Position& position, size_t stripped);

// "Did you mean" for AttributeError and NameError: the candidate or "".
std::string suggestion_for(Value exception);

// A printed traceback, each line behind `indent` spaces and `margin`; "" when there is nothing (sys.tracebacklimit <= 0).
std::string format_traceback(Traceback* tb, int indent, const char* margin, const char* header_margin, const char* header);

// Module-qualified class name and message, as the last line of a report shows them ("<exception str() failed>" included); no newline.
std::string format_exception_line(Value exception_class, Value value);

// What sys.unraisablehook prints.
std::string format_unraisable(Value exception_class, Value value, Value traceback, Value message, Value object);
void write_to_stderr(const std::string& text);   // sys.stderr.write, or fd 2 when there is none

}  // namespace pyjit::runtime
