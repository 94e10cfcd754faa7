// Raising from native code: makes the exception instance, links its context, leaves it pending on the thread.
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/exception_layout.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

// The exception whose handler is running, or null.
static Value handled_exception() {
  for (ExcInfo* info = thread()->exc_info; info; info = info->previous) {
    if (info->value && !info->value.is_none()) return info->value;
  }
  return nullptr;
}

void chain_context(Value value) {
  Value handled = handled_exception();
  if (!handled || handled == value) return;
  // If the chain of contexts already leads to `value`, cut it there; a second, slower walker finds cycles made by assignment.
  Exception* walker = handled.as<Exception>();
  Exception* slow = walker;
  bool step_slow = false;
  while (Value next = walker->context) {
    if (next.is_none()) break;
    if (next == value) {
      walker->context = nullptr;
      break;
    }
    walker = next.as<Exception>();
    if (walker == slow) break;
    if (step_slow) slow = slow->context.as<Exception>();
    step_slow = !step_slow;
  }
  auto* e = value.as<Exception>();
  e->context = handled;
  write_barrier(e, handled);
}

std::nullptr_t raise_object(Value instance) {
  chain_context(instance);
  thread()->exception = instance;
  return nullptr;
}

// type(*args) becomes pending; an error while making it takes its place.
static std::nullptr_t raise_made(Class* type, Value* args, uint32_t nargs) {
  if (Exception* e = new_exception(type, args, nargs)) return raise_object(e);
  return nullptr;
}

std::nullptr_t raise_with_value(Class* type, Value arg) { return raise_made(type, &arg, 1); }

std::nullptr_t raise(Class* type, std::string_view message) {
  if (message.empty()) return raise_made(type, nullptr, 0);
  Str* text = new_str(message);
  if (!text) return nullptr;
  return raise_with_value(type, text);
}

std::nullptr_t raisef(Class* type, const char* format, ...) {
  va_list args;
  va_start(args, format);
  char buffer[1024];
  va_list again;
  va_copy(again, args);
  int length = vsnprintf(buffer, sizeof buffer, format, args);
  va_end(args);
  std::string text;
  if (length >= static_cast<int>(sizeof buffer)) {
    text.resize(static_cast<size_t>(length) + 1);
    vsnprintf(text.data(), text.size(), format, again);
    text.resize(static_cast<size_t>(length));
  } else {
    text.assign(buffer, length < 0 ? 0 : static_cast<size_t>(length));
  }
  va_end(again);
  // "%.200s" may have cut a UTF-8 sequence in two: drop the incomplete tails.
  std::string clean;
  for (size_t i = 0; i < text.size();) {
    auto c = static_cast<unsigned char>(text[i]);
    size_t need = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 0;
    bool whole = need > 0 && i + need <= text.size();
    for (size_t k = 1; whole && k < need; ++k) whole = (text[i + k] & 0xC0) == 0x80;
    if (whole) clean.append(text, i, need);
    i += whole ? need : 1;
  }
  return raise(type, clean);
}

std::nullptr_t raise_key_error(Value key) { return raise_with_value(exc.KeyError, key); }

std::nullptr_t raise_stop_iteration(Value result) {
  if (result.is_null() || result.is_none()) return raise_made(exc.StopIteration, nullptr, 0);
  return raise_with_value(exc.StopIteration, result);
}

std::nullptr_t raise_memory_error() { return raise_made(exc.MemoryError, nullptr, 0); }

std::nullptr_t raise_os_error(int error_number, Value filename, Value filename2) {
  Value args[] = {Value::from_int(error_number), new_str(strerror(error_number)), filename, Value::none(), filename2};
  uint32_t count = filename2 ? 5 : filename ? 3 : 2;
  return raise_made(exc.OSError, args, count);
}

std::nullptr_t raise_recursion_error(const char* where) {
  return raisef(exc.RecursionError, "maximum recursion depth exceeded%s", where);
}

std::nullptr_t raise_bad_internal_call(const char* where) {
  return raisef(exc.SystemError, "%s: bad argument to internal function", where);
}

std::nullptr_t raise_attribute_error(Str* message, Value object, Str* name) {
  if (!message) return nullptr;
  Value arg = message;
  Exception* e = new_exception(exc.AttributeError, &arg, 1);
  if (!e) return nullptr;
  set_extra(e, kAttrName, name);
  set_extra(e, kAttrObj, object);
  return raise_object(e);
}

std::nullptr_t raise_name_error(Str* name) {
  Value arg = new_strf("name '%s' is not defined", to_utf8(name).c_str());
  Exception* e = new_exception(exc.NameError, &arg, 1);
  if (!e) return nullptr;
  set_extra(e, 0, name);
  return raise_object(e);
}

bool pending_matches(Class* type) { return error_pending() && is_subclass(class_of(thread()->exception), type); }

Value take_pending() {
  Value v = thread()->exception;
  thread()->exception = nullptr;
  return v;
}

void clear_pending() { thread()->exception = nullptr; }

int exception_matches(Value exception_or_class, Value classinfo) {
  Class* cls = is_exception_class(exception_or_class) ? exception_or_class.as<Class>() : class_of(exception_or_class);
  static constexpr const char* kNotAllowed = "catching classes that do not inherit from BaseException is not allowed";
  if (is_tuple(classinfo)) {
    auto* t = classinfo.as<Tuple>();
    for (uint64_t i = 0; i < t->size; ++i) {
      if (!is_exception_class(t->items[i])) return raise(exc.TypeError, kNotAllowed), -1;
    }
    for (uint64_t i = 0; i < t->size; ++i) {
      if (is_subclass(cls, t->items[i].as<Class>())) return 1;
    }
    return 0;
  }
  if (!is_exception_class(classinfo)) return raise(exc.TypeError, kNotAllowed), -1;
  return is_subclass(cls, classinfo.as<Class>());
}

void set_pending_cause(Value cause) {
  auto* e = thread()->exception.as<Exception>();
  e->cause = cause;
  e->context = cause;
  e->suppress_context = true;
  write_barrier(e, cause);
}

}  // namespace pyjit::runtime
