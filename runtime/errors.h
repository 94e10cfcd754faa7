// Raising and propagating exceptions: errors are values.
//
// A function that can fail returns a null Value / nullptr / false / -1 with the exception instance in thread()->exception.
// Returning success with an exception pending, or failure without one, is a bug (asserted in debug builds).
#pragma once
#include <string>
#include <string_view>

#include "runtime/thread.h"
#include "runtime/value.h"

namespace pyjit::runtime {

struct Class;
struct Str;
struct Object;

// Each exception class is exc.Name.
struct ExceptionTypes {
#define EXCEPTION(name, base) Class* name;
#include "runtime/exceptions.def"
#undef EXCEPTION
};
extern ExceptionTypes exc;

// All return null, so that `return raise(...)` reads well.
std::nullptr_t raise(Class* type, std::string_view message);                       // type(message)
std::nullptr_t raisef(Class* type, const char* format, ...) __attribute__((format(printf, 2, 3)));
std::nullptr_t raise_with_value(Class* type, Value arg);                           // type(arg); arg a tuple is one argument still
std::nullptr_t raise_object(Value exception_instance);                             // already made
std::nullptr_t raise_key_error(Value key);
std::nullptr_t raise_stop_iteration(Value result);                                 // StopIteration(result), result None: no argument
std::nullptr_t raise_attribute_error(Str* message, Value object, Str* name);       // with name and obj, for suggestions
std::nullptr_t raise_no_attribute(Value object, Str* name);                        // "'X' object has no attribute 'y'", modules and classes included
std::nullptr_t raise_name_error(Str* name);                                        // "name 'x' is not defined", with name
std::nullptr_t raise_memory_error();
std::nullptr_t raise_os_error(int error_number, Value filename = nullptr, Value filename2 = nullptr);  // picks the subclass
std::nullptr_t raise_recursion_error(const char* where);
std::nullptr_t raise_bad_internal_call(const char* where);                         // SystemError

inline bool error_pending() { return !thread()->exception.is_null(); }
bool pending_matches(Class* type);                                                 // pending exception is an instance of type
Value take_pending();                                                              // clears and returns it (null: none)
void clear_pending();
// Prints like sys.unraisablehook: for errors that nobody can receive. Clears the pending exception.
void write_unraisable(Value where, std::string_view message = {});

// warnings.warn(message, category, stacklevel): false when a filter turned it into an exception.
bool warn(Class* category, std::string_view message, int stack_level);

// Name of the value's class for messages: type(v).__name__.
const char* type_name(Value v);

#define TRY(expression)                                        \
  ({                                                           \
    auto try_result_ = (expression);                           \
    if (!try_result_) [[unlikely]] return {};                  \
    try_result_;                                               \
  })
// For functions that return a negative number on error.
#define TRY_INT(expression)                                    \
  ({                                                           \
    auto try_result_ = (expression);                           \
    if (try_result_ < 0) [[unlikely]] return {};               \
    try_result_;                                               \
  })
// The same, inside functions that return -1 on error.
#define TRY_OR(expression, failure)                            \
  ({                                                           \
    auto try_result_ = (expression);                           \
    if (!try_result_) [[unlikely]] return failure;             \
    try_result_;                                               \
  })

}  // namespace pyjit::runtime
