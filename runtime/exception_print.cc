// Exception → the report that CPython's own printer writes for it: chain, traceback, message, notes, groups.
#include "runtime/exception_print.h"

#include <unistd.h>

#include <unordered_set>

#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/exception_layout.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {
namespace {

constexpr int kMaxGroupWidth = 15, kMaxGroupDepth = 10;

class Printer {
 public:
  std::string out;

  void print(Value v) {
    RecursionGuard guard(" in print_exception_recursive");
    if (!guard.ok()) return clear_pending();
    print_cause_and_context(v);
    if (is_subclass(class_of(v), exc.BaseExceptionGroup)) print_group(v);
    else print_single(v);
  }

 private:
  std::unordered_set<uint64_t> seen_;
  int group_depth_ = 0;
  bool need_close_ = false;

  int indent() const { return 2 * group_depth_; }
  const char* margin() const { return group_depth_ ? "| " : ""; }
  void write_margin() {
    out.append(static_cast<size_t>(indent()), ' ');
    out += margin();
  }

  void print_cause_and_context(Value v) {
    seen_.insert(v.bits());
    auto* e = v.as<Exception>();
    if (e->cause && !e->cause.is_none()) {
      if (!seen_.contains(e->cause.bits())) print_chained(e->cause, "The above exception was the direct cause of the following exception:\n");
      return;
    }
    if (e->context && !e->context.is_none() && !e->suppress_context && !seen_.contains(e->context.bits())) {
      print_chained(e->context, "During handling of the above exception, another exception occurred:\n");
    }
  }

  void print_chained(Value v, const char* message) {
    bool need_close = need_close_;
    print(v);
    need_close_ = need_close;
    write_margin();
    out += "\n";
    write_margin();
    out += message;
    write_margin();
    out += "\n";
  }

  void print_group(Value v) {
    if (group_depth_ > kMaxGroupDepth) {
      write_margin();
      out += "... (max_group_depth is 10)\n";
      return;
    }
    if (group_depth_ == 0) ++group_depth_;
    print_single(v);
    auto* exceptions = v.as<Exception>()->extra[kGroupExceptions].as<Tuple>();
    int count = static_cast<int>(std::min<uint64_t>(exceptions->size, kMaxGroupWidth + 1));
    need_close_ = false;
    for (int i = 0; i < count; ++i) {
      bool last = i == count - 1;
      if (last) need_close_ = true;   // the innermost last one draws the closing line
      bool truncated = i >= kMaxGroupWidth;
      out.append(static_cast<size_t>(indent()), ' ');
      out += i == 0 ? "+-" : "  ";
      out += "+---------------- " + (truncated ? "..." : std::to_string(i + 1)) + " ----------------\n";
      ++group_depth_;
      if (!truncated) {
        print(exceptions->items[i]);
      } else {
        uint64_t more = exceptions->size - kMaxGroupWidth;
        write_margin();
        out += "and " + std::to_string(more) + " more exception" + (more > 1 ? "s" : "") + "\n";
      }
      if (last && need_close_) {
        out.append(static_cast<size_t>(indent()), ' ');
        out += "+------------------------------------\n";
        need_close_ = false;
      }
      --group_depth_;
    }
    if (group_depth_ == 1) --group_depth_;
  }

  void print_single(Value v) {
    auto* e = v.as<Exception>();
    if (e->traceback && !e->traceback.is_none()) {
      bool group = is_subclass(class_of(v), exc.BaseExceptionGroup);
      out += format_traceback(e->traceback.as<Traceback>(), indent(), margin(), group && group_depth_ == 1 ? "+ " : margin(),
                              group ? "Exception Group Traceback (most recent call last):\n" : "Traceback (most recent call last):\n");
    }
    Value notes = get_attr_or_null(v, names.dunder_notes);
    clear_pending();
    Value shown = v;
    print_file_and_line(&shown);
    write_margin();
    out += format_exception_line(class_of(v), shown);
    std::string suggestion = suggestion_for(v);
    if (!suggestion.empty()) out += ". Did you mean: '" + suggestion + "'?";
    out += "\n";
    if (notes && !notes.is_none()) print_notes(notes);
  }

  void print_notes(Value notes) {
    if (!class_of(notes)->slots.getitem || is_dict(notes)) {
      write_margin();
      Str* text = repr(notes);
      clear_pending();
      out += text ? to_utf8(text) : "<__notes__ repr() failed>";
      return;   // and no line end: so does CPython
    }
    int64_t count = length(notes);
    for (int64_t i = 0; i < count; ++i) {
      Value note = get_item(notes, new_int(i));
      Str* text = note ? str(note) : nullptr;
      clear_pending();
      if (!note) return;
      std::string all = text ? to_utf8(text) : "<note str() failed>";
      size_t start = 0;
      while (start < all.size()) {
        size_t end = all.find('\n', start);
        write_margin();
        out.append(all, start, end == std::string::npos ? end : end - start);
        out += "\n";
        if (end == std::string::npos) break;
        start = end + 1;
      }
    }
  }

  // SyntaxErrors show where in the source they are; *value becomes the bare message.
  void print_file_and_line(Value* value) {
    Value marker = get_attr_or_null(*value, names.print_file_and_line);
    clear_pending();
    if (!marker) return;
    Value message = field(*value, names.msg), filename = field(*value, names.filename), line = field(*value, names.lineno);
    if (!message || !filename || !line) return;
    int64_t lineno, offset = -1, end_lineno, end_offset = -1;
    if (!integer(line, &lineno)) return;
    if (!optional_integer(*value, names.offset, &offset)) return;
    end_lineno = lineno;
    if (!optional_integer(*value, names.end_lineno, &end_lineno) || !optional_integer(*value, names.end_offset, &end_offset)) return;
    Value text = field(*value, names.text);
    if (!text) return;
    Str* file = filename.is_none() ? names.string : str(filename);
    clear_pending();
    if (!file) return;
    *value = message;
    write_margin();
    out += "  File \"" + to_utf8(file) + "\", line " + std::to_string(lineno) + "\n";
    if (!is_str(text)) return;
    std::string source = to_utf8(text.as<Str>());
    int64_t size = static_cast<int64_t>(source.size());
    if (end_lineno > lineno) end_offset = size;   // the error goes on in later lines: highlight to the end of this one
    end_offset = std::min(size + 1, end_offset);
    offset = std::min(size + 1, offset);
    print_error_text(source, offset, end_offset);
  }

  static Value field(Value v, Str* name) {
    Value r = get_attr_or_null(v, name);
    clear_pending();
    return r;
  }
  static bool integer(Value v, int64_t* out) {
    bool ok = is_int_like(v) && int_to_int64(v, out);
    clear_pending();
    return ok;
  }
  static bool optional_integer(Value v, Str* name, int64_t* out) {
    Value f = field(v, name);
    if (!f) return false;
    return f.is_none() || integer(f, out);
  }

  void print_error_text(std::string_view text, int64_t offset, int64_t end_offset) {
    int64_t carets = end_offset > 0 && end_offset > offset ? end_offset - offset : 1;
    --offset;
    while (!text.empty() && (text[0] == ' ' || text[0] == '\t' || text[0] == '\f')) text.remove_prefix(1), --offset;
    // Of several lines, the one that the offset lies in.
    for (;;) {
      size_t newline = text.find('\n');
      if (newline == std::string_view::npos || static_cast<int64_t>(newline) >= offset) break;
      text.remove_prefix(newline + 1);
      offset -= static_cast<int64_t>(newline) + 1;
    }
    write_margin();
    out += "    ";
    out += text;
    if (text.empty() || text.back() != '\n') out += "\n";
    if (offset < 0) return;
    write_margin();
    out += "    " + std::string(static_cast<size_t>(offset), ' ') + std::string(static_cast<size_t>(carets), '^') + "\n";
  }
};

}  // namespace

std::string format_exception_line(Value exception_class, Value value) {
  std::string out;
  Value module = get_attr_or_null(exception_class, names.dunder_module);
  clear_pending();
  if (!module || !is_str(module)) {
    out += "<unknown>.";
  } else if (!str_equals(module.as<Str>(), "builtins") && !str_equals(module.as<Str>(), "__main__")) {
    out += to_utf8(module.as<Str>()) + ".";
  }
  out += to_utf8(exception_class.as<Class>()->qualname);
  if (value.is_null() || value.is_none()) return out;
  Str* text = str(value);
  clear_pending();
  if (!text) return out + ": <exception str() failed>";
  if (text->length) out += ": " + to_utf8(text);
  return out;
}

std::string format_exception(Value exception) {
  Value pending = take_pending();
  std::string text;
  if (!is_exception(exception)) {
    text = std::string("TypeError: print_exception(): Exception expected for value, ") + type_name(exception) + " found\n";
  } else {
    Printer printer;
    printer.print(exception);
    text = std::move(printer.out);
  }
  thread()->exception = pending;
  return text;
}

void print_exception(Value exception, Value file) {
  std::string text = format_exception(exception);
  Str* s = new_str(text);
  if (s) call_method1(file, names.write, s);
  clear_pending();
  call_method0(file, names.flush);
  clear_pending();
}

void write_to_stderr(const std::string& text) {
  Value pending = take_pending();
  Value file = sys_get(names.stderr);
  if (file && file.is_none()) {
    thread()->exception = pending;
    return;
  }
  Str* s = file ? new_str(text) : nullptr;
  if (s && call_method1(file, names.write, s)) {
    call_method0(file, names.flush);
  } else if (!file) {
    [[maybe_unused]] auto written = write(2, text.data(), text.size());
  }
  clear_pending();
  thread()->exception = pending;
}

std::string format_unraisable(Value exception_class, Value value, Value traceback, Value message, Value object) {
  std::string out;
  bool have_object = object && !object.is_none();
  std::string shown;
  if (have_object) {
    Str* r = repr(object);
    clear_pending();
    shown = r ? to_utf8(r) : "<object repr() failed>";
  }
  if (message && is_str(message)) {
    out += to_utf8(message.as<Str>()) + (have_object ? ": " + shown + "\n" : ":\n");
  } else if (have_object) {
    out += "Exception ignored in: " + shown + "\n";
  }
  if (traceback && is_exact(traceback, types.traceback)) {
    out += format_traceback(traceback.as<Traceback>(), 0, "", "", "Traceback (most recent call last):\n");
  }
  if (!exception_class || !is_exception_class(exception_class)) return out;
  return out + format_exception_line(exception_class, value) + "\n";
}

void write_unraisable(Value where, std::string_view message) {
  Value error = take_pending();
  if (!error) return;
  Value traceback = error.as<Exception>()->traceback;
  Value text = message.empty() ? Value::none() : Value(new_str(message));
  Value hook = sys_get(names.unraisablehook);
  if (hook && !hook.is_none() && !is_exact(hook, types.builtin_function)) {
    // A hook set by the program gets an object with the five attributes.
    static Str* const kKeys[] = {intern("exc_type"), intern("exc_value"), intern("exc_traceback"), intern("err_msg"), intern("object")};
    Value values[] = {Value(class_of(error)), error, traceback ? traceback : Value::none(), text, where ? where : Value::none()};
    Dict* d = new_dict();
    for (int i = 0; i < 5; ++i) dict_set_str(d, kKeys[i], values[i]);
    Value args = call_tuple_dict(types.simple_namespace, empty_tuple(), d);
    if (args && call1(hook, args)) return;
    error = take_pending();
    if (!error) return;
    traceback = error.as<Exception>()->traceback;
    text = new_str("Exception ignored in sys.unraisablehook");
    where = hook;
  }
  write_to_stderr(format_unraisable(class_of(error), error, traceback, text, where));
}

}  // namespace pyjit::runtime
