// compile(): the front end's result as a code object, its diagnostic as the exception CPython raises, its warnings through warnings.warn.
#include "runtime/compile.h"

#include "frontend/future.h"
#include "runtime/builtins.h"
#include "runtime/codecs.h"
#include "frontend/parser.h"
#include "frontend/validate.h"
#include "runtime/errors.h"
#include "runtime/init.h"
#include "runtime/modules/ast/ast.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"
#include "runtime/types/containers.h"
#include "runtime/types/int.h"
#include "runtime/unicode/names.h"
#include "runtime/types/exception.h"
#include "runtime/types/frame.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {

constexpr int kDontImplyDedent = 0x200, kOnlyAst = 0x400, kIgnoreCookie = 0x800, kTypeComments = 0x1000, kAllowTopLevelAwait = 0x2000, kAllowIncompleteInput = 0x4000;
constexpr int kFutureMask = 0x1FE0000;

int inherited_future_flags() {
  Frame* f = visible_frame(thread()->frame);
  return f ? static_cast<int>(f->code->code_flags) & kFutureMask : 0;
}

static Class* exception_class(frontend::ErrorKind kind) {
  using Kind = frontend::ErrorKind;
  switch (kind) {
    case Kind::kIndentationError: return exc.IndentationError;
    case Kind::kTabError: return exc.TabError;
    case Kind::kRecursionError: return exc.RecursionError;
    case Kind::kMemoryError: return exc.MemoryError;
    case Kind::kValueError: return exc.ValueError;
    case Kind::kOverflowError: return exc.OverflowError;
    case Kind::kSystemError: return exc.SystemError;
    case Kind::kTypeError: return exc.TypeError;
    case Kind::kUnicodeDecodeError: return exc.UnicodeDecodeError;
    default: return exc.SyntaxError;
  }
}

static std::nullptr_t raise_diagnostic(const frontend::Diagnostic& d, Str* filename) {
  Class* cls = exception_class(d.kind);
  if (cls == exc.UnicodeDecodeError) {
    Bytes* bytes = new_bytes(d.text);
    decode_bytes(bytes, d.text, intern("utf-8"), nullptr);   // raises, since they are not UTF-8
    return nullptr;
  }
  Str* message = new_str(d.message);
  if (!is_subclass(cls, exc.SyntaxError)) {
    if (cls == exc.MemoryError && d.message.empty()) return raise_memory_error();
    return raise(cls, d.message);
  }
  if (!d.has_location) return raise(cls, d.message);
  auto number = [](int i) { return Value::from_int(i); };
  Value text = d.has_text ? Value(new_str(d.text)) : Value::none();
  // The parser's own -1 shows; the symbol table's means that there is none.
  Value end_offset = d.has_text ? Value::from_int(d.end_offset) : number(d.end_offset);
  Tuple* where = make_tuple(Value(filename), number(d.lineno), number(d.offset), text, number(d.end_lineno), end_offset);
  Value args[] = {message, where};
  Value e = TRY(call(cls, args, 2));
  return raise_object(e);
}

static bool issue_warning(const frontend::CompileWarning& w, Str* filename) {
  Value module = import_module("warnings");
  if (!module) return false;
  Value args[] = {new_str(w.message), w.deprecation ? exc.DeprecationWarning : exc.SyntaxWarning, filename, Value::from_int(w.lineno)};
  return bool(call_method(module, names.warn_explicit, args, 4));
}

// What the front end needs of the runtime: codecs for exotic source encodings, character names for \\N{...}.
static void install_front_end_hooks() {
  static bool installed = false;
  if (installed) return;
  installed = true;
  frontend::set_name_hook([](std::string_view name) -> std::optional<std::string> {
    char32_t c;
    std::u32string text;
    if (unicode::find_character(name, &c)) {
      text = c;
    } else if (!unicode::find_sequence(name, &text)) {
      return std::nullopt;
    }
    return to_utf8(new_str_from_code_points(reinterpret_cast<const uint32_t*>(text.data()), text.size()));
  });
  frontend::set_decode_hook([](std::string_view encoding, std::string_view bytes, std::string& error) -> std::optional<std::string> {
    Str* text = decode_bytes(new_bytes(bytes), bytes, new_str(encoding), nullptr);
    if (text) return to_utf8(text);
    Value e = take_pending();
    if (is_instance(e, exc.LookupError)) return std::nullopt;
    Str* message = str(e);
    if (!message) clear_pending();
    error = message ? to_utf8(message) : "decoding error";
    return std::string();
  });
}

static frontend::CompileOptions options_of(const CompileRequest& request) {
  install_front_end_hooks();
  frontend::CompileOptions options;
  options.mode = request.mode;
  options.optimize = request.optimize < 0 ? config.optimize : request.optimize;
  options.future_flags = static_cast<uint32_t>(request.flags & kFutureMask);
  options.ignore_cookie = request.is_text || (request.flags & kIgnoreCookie);
  options.dont_imply_dedent = request.flags & kDontImplyDedent;
  options.allow_incomplete_input = request.flags & kAllowIncompleteInput;
  options.allow_top_level_await = request.flags & kAllowTopLevelAwait;
  options.script_file = request.script_file;
  options.type_comments = request.flags & kTypeComments;
  options.int_max_str_digits = static_cast<int>(int_max_str_digits);
  options.recursion_limit = thread()->recursion_limit;
  options.recursion_depth = thread()->recursion_depth;
  return options;
}

static bool issue_warnings(const std::vector<frontend::CompileWarning>& warnings, Str* filename) {
  for (auto& w : warnings) {
    if (issue_warning(w, filename)) continue;
    // A warning turned into an error is reported as a SyntaxError at the place, as CPython does.
    if (pending_matches(w.deprecation ? exc.DeprecationWarning : exc.SyntaxWarning)) {
      clear_pending();
      frontend::Diagnostic d;
      d.kind = frontend::ErrorKind::kSyntaxError;
      d.message = w.message;
      d.lineno = w.lineno;
      d.offset = w.offset;
      d.end_lineno = w.end_lineno;
      d.end_offset = w.end_offset;
      raise_diagnostic(d, filename);
    }
    return false;
  }
  return true;
}

static Value finish(const frontend::CompileResult& result, Str* filename, bool quiet = false) {
  if (!quiet && !issue_warnings(result.warnings, filename)) return nullptr;
  return result.code ? Value(new_code(result.code)) : raise_diagnostic(result.error, filename);
}

Value compile_source(const CompileRequest& request) {
  frontend::Arena arena;
  frontend::CompileOptions options = options_of(request);
  std::string filename = to_utf8(request.filename);
  if (!(request.flags & kOnlyAst)) return finish(frontend::compile(arena, request.source, filename, options), request.filename, request.quiet);
  frontend::ParseResult parsed = frontend::parse(arena, request.source, filename, options);
  if (!issue_warnings(parsed.warnings, request.filename)) return nullptr;
  return parsed.tree ? ast_to_objects(parsed.tree) : raise_diagnostic(parsed.error, request.filename);
}

Str* filename_argument(Value filename) {
  if (is_str(filename) || is_bytes(filename) || !supports_buffer(filename)) return fs_decode_path(filename);
  std::string message = std::string("path should be string, bytes, or os.PathLike, not ") + type_name(filename);
  if (!warn(exc.DeprecationWarning, message, 1)) return nullptr;
  BufferView view;
  if (!get_buffer(filename, &view)) return nullptr;
  Str* text = fs_decode(view.view());
  release_buffer(&view);
  return text;
}

bool source_text(Value source, const char* function, const char* what, std::string* text, bool* is_text) {
  if (is_str(source)) {
    *text = to_utf8(source.as<Str>());
    *is_text = true;
  } else if (supports_buffer(source)) {
    BufferView view;
    if (!get_buffer(source, &view)) return false;
    *text = std::string(view.view());
    release_buffer(&view);
    *is_text = false;
  } else {
    return raisef(exc.TypeError, "%s() arg 1 must be a %s object", function, what), false;
  }
  if (text->find('\0') != std::string::npos) return raise(exc.ValueError, "source code string cannot contain null bytes"), false;
  return true;
}

bool with_symbol_table(const CompileRequest& request, const std::function<void(const frontend::SymbolTable&)>& use) {
  frontend::Arena arena;
  frontend::CompileOptions options = options_of(request);
  frontend::ParseResult parsed = frontend::parse(arena, request.source, to_utf8(request.filename), options);
  if (!issue_warnings(parsed.warnings, request.filename)) return false;
  if (!parsed.tree) return raise_diagnostic(parsed.error, request.filename), false;
  frontend::Diagnostic error;
  frontend::SymbolTable table;
  frontend::FutureStatements future;
  if (!frontend::read_future_statements(parsed.tree, future, error) ||
      !frontend::build_symbol_table(arena, parsed.tree, future.flags | options.future_flags, options, table, error)) {
    return raise_diagnostic(error, request.filename), false;
  }
  use(table);
  return true;
}

Value compile_ast(const CompileRequest& request, Value tree) {
  frontend::Arena arena;
  frontend::CompileOptions options = options_of(request);
  frontend::ast::Mod* mod = TRY(ast_from_objects(arena, tree, request.mode));
  frontend::Diagnostic error;
  if (!frontend::validate(mod, options, error)) return raise_diagnostic(error, request.filename);
  return finish(frontend::compile_tree(arena, mod, to_utf8(request.filename), options), request.filename);
}

}  // namespace pyjit::runtime
