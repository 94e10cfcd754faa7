// The exception classes that carry fields: constructors, str(), attributes.
#include <cerrno>
#include <cstring>

#include "runtime/heap.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/arg_util.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception_layout.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {
namespace {

bool present(Value v) { return v && !v.is_none(); }

Value str_of(Value v) { return v ? Value(str(v)) : Value(str(Value::none())); }
Value repr_of(Value v) { return Value(repr(v ? v : Value::none())); }

// "[Errno %S] ..."-like texts: pieces are ASCII literals and str values (null after a failed str()).
Value concat(std::initializer_list<std::pair<const char*, Value>> pieces) {
  StrBuilder out;
  for (auto& [text, v] : pieces) {
    if (text) {
      out.append_ascii(text);
    } else {
      if (!v) return nullptr;
      out.append(v.as<Str>());
    }
  }
  return out.finish();
}

// Reads the keyword arguments named in `fields` (null-terminated) into extra[first...]; others are a TypeError.
bool read_keyword_fields(Exception* e, Value* args, uint32_t nargs, Tuple* kwnames, const char* function, const char* const* names_, int first) {
  for (uint64_t k = 0; kwnames && k < kwnames->size; ++k) {
    Str* key = kwnames->items[k].as<Str>();
    int i = 0;
    while (names_[i] && !str_equals(key, names_[i])) ++i;
    if (!names_[i]) {
      raisef(exc.TypeError, "'%s' is an invalid keyword argument for %s()", to_utf8(key).c_str(), function);
      return false;
    }
    set_extra(e, first + i, args[nargs + k]);
  }
  return true;
}

// StopIteration, SystemExit.

bool stop_iteration_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!exception_init(self, args, nargs, kwnames)) return false;
  set_extra(self.as<Exception>(), 0, nargs ? args[0] : Value::none());
  return true;
}
bool system_exit_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!exception_init(self, args, nargs, kwnames)) return false;
  auto* e = self.as<Exception>();
  if (nargs == 1) set_extra(e, 0, args[0]);
  if (nargs > 1) set_extra(e, 0, e->args);
  return true;
}

// ImportError, AttributeError, NameError.

bool import_error_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!exception_init(self, args, nargs, nullptr)) return false;
  auto* e = self.as<Exception>();
  static constexpr const char* kNames[] = {"name", "path", nullptr};
  e->extra[kImpMsg] = e->extra[kImpName] = e->extra[kImpPath] = nullptr;
  if (!read_keyword_fields(e, args, nargs, kwnames, "ImportError", kNames, kImpName)) return false;
  if (nargs == 1) set_extra(e, kImpMsg, args[0]);
  return true;
}
Value import_error_str(Value self) {
  Value msg = self.as<Exception>()->extra[kImpMsg];
  if (msg && is_exact_str(msg)) return msg;
  return exception_str(self);
}
Value import_error_reduce(Value* args) {
  auto* e = args[0].as<Exception>();
  Value state = exception_state(e);
  if (error_pending()) return nullptr;
  if (e->extra[kImpName] || e->extra[kImpPath]) {
    Dict* d = TRY(state ? dict_copy(state.as<Dict>()) : new_dict());
    if (e->extra[kImpName] && !dict_set_str(d, intern("name"), e->extra[kImpName])) return nullptr;
    if (e->extra[kImpPath] && !dict_set_str(d, intern("path"), e->extra[kImpPath])) return nullptr;
    state = d;
  }
  Value cls(class_of(args[0]));
  return state ? make_tuple(cls, Value(e->args), state) : make_tuple(cls, Value(e->args));
}

bool attribute_error_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!exception_init(self, args, nargs, nullptr)) return false;
  auto* e = self.as<Exception>();
  static constexpr const char* kNames[] = {"name", "obj", nullptr};
  e->extra[kAttrName] = e->extra[kAttrObj] = nullptr;
  return read_keyword_fields(e, args, nargs, kwnames, "AttributeError", kNames, kAttrName);
}
bool name_error_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!exception_init(self, args, nargs, nullptr)) return false;
  auto* e = self.as<Exception>();
  static constexpr const char* kNames[] = {"name", nullptr};
  e->extra[0] = nullptr;
  return read_keyword_fields(e, args, nargs, kwnames, "NameError", kNames, 0);
}

Value key_error_str(Value self) {
  Tuple* args = self.as<Exception>()->args;
  // One argument is shown by repr, or KeyError('') would print nothing.
  if (args->size == 1) return repr(args->items[0]);
  return exception_str(self);
}

// OSError.

// A class with its own __init__ but not its own __new__ gets its fields from OSError.__init__, if it calls that at all.
bool os_error_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames);
Value os_error_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames);
bool fields_set_by_init(Class* cls) { return cls->slots.init != os_error_init && cls->slots.new_ == os_error_new; }

Class* class_for_errno(Value number) {
  int64_t n;
  if (!is_int_like(number) || !int_to_int64(number, &n)) return nullptr;
  switch (n) {
    case EAGAIN: case EALREADY: case EINPROGRESS: return exc.BlockingIOError;
    case EPIPE: case ESHUTDOWN: return exc.BrokenPipeError;
    case ECHILD: return exc.ChildProcessError;
    case ECONNABORTED: return exc.ConnectionAbortedError;
    case ECONNREFUSED: return exc.ConnectionRefusedError;
    case ECONNRESET: return exc.ConnectionResetError;
    case EEXIST: return exc.FileExistsError;
    case ENOENT: return exc.FileNotFoundError;
    case EISDIR: return exc.IsADirectoryError;
    case ENOTDIR: return exc.NotADirectoryError;
    case EINTR: return exc.InterruptedError;
    case EACCES: case EPERM: return exc.PermissionError;
    case ESRCH: return exc.ProcessLookupError;
    case ETIMEDOUT: return exc.TimeoutError;
    default: return nullptr;
  }
}

bool set_os_error_fields(Exception* e, Value* args, uint32_t nargs) {
  uint32_t shown = nargs;
  if (nargs >= 2 && nargs <= 5) {
    set_extra(e, kOsErrno, args[0]);
    set_extra(e, kOsStrerror, args[1]);
    Value filename = nargs > 2 ? args[2] : nullptr, filename2 = nargs > 4 ? args[4] : nullptr;
    if (present(filename)) {
      Class* fc = class_of(filename);
      bool number = fc->slots.index || fc->slots.to_int || fc->slots.to_float || is_subclass(fc, types.complex);
      if (e->cls() == exc.BlockingIOError && number) {
        int64_t written;
        if (!index_to_ssize(filename, &written, exc.ValueError)) return false;
        e->extra[kOsWritten] = new_int(written);
      } else {
        set_extra(e, kOsFilename, filename);
        if (present(filename2)) set_extra(e, kOsFilename2, filename2);
        shown = 2;   // the file names are attributes, not arguments (EnvironmentError always did so)
      }
    }
  }
  Tuple* t = TRY(new_tuple(args, shown));
  set_exception_args(e, t);
  return true;
}

Value os_error_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (fields_set_by_init(cls)) {
    auto* e = TRY(allocate_instance_of<Exception>(cls));
    e->args = empty_tuple();
    return e;
  }
  if (kwnames && kwnames->size) return raisef(exc.TypeError, "%s() takes no keyword arguments", to_utf8(cls->name).c_str());
  if (cls == exc.OSError && nargs >= 2 && nargs <= 5) {
    if (Class* special = class_for_errno(args[0])) cls = special;
  }
  auto* e = TRY(allocate_instance_of<Exception>(cls));
  e->args = empty_tuple();
  if (!set_os_error_fields(e, args, nargs)) return nullptr;
  return e;
}

bool os_error_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!fields_set_by_init(class_of(self))) return true;
  if (!reject_keywords(self, kwnames)) return false;
  return set_os_error_fields(self.as<Exception>(), args, nargs);
}

Value os_error_str(Value self) {
  auto* e = self.as<Exception>();
  Value number = e->extra[kOsErrno], text = e->extra[kOsStrerror], filename = e->extra[kOsFilename], filename2 = e->extra[kOsFilename2];
  if (filename) {
    if (filename2) {
      return concat({{"[Errno ", {}}, {nullptr, str_of(number)}, {"] ", {}}, {nullptr, str_of(text)}, {": ", {}},
                     {nullptr, repr_of(filename)}, {" -> ", {}}, {nullptr, repr_of(filename2)}});
    }
    return concat({{"[Errno ", {}}, {nullptr, str_of(number)}, {"] ", {}}, {nullptr, str_of(text)}, {": ", {}}, {nullptr, repr_of(filename)}});
  }
  if (number && text) return concat({{"[Errno ", {}}, {nullptr, str_of(number)}, {"] ", {}}, {nullptr, str_of(text)}});
  return exception_str(self);
}

Value os_error_reduce(Value* self) {
  auto* e = self[0].as<Exception>();
  Tuple* args = e->args;
  if (args->size == 2 && e->extra[kOsFilename]) {
    args = e->extra[kOsFilename2]
               ? TRY(make_tuple(args->items[0], args->items[1], e->extra[kOsFilename], Value::none(), e->extra[kOsFilename2]))
               : TRY(make_tuple(args->items[0], args->items[1], e->extra[kOsFilename]));
  }
  Value state = exception_state(e);
  if (error_pending()) return nullptr;
  Value cls(class_of(self[0]));
  return state ? make_tuple(cls, Value(args), state) : make_tuple(cls, Value(args));
}

Value get_written(Value self) {
  Value v = self.as<Exception>()->extra[kOsWritten];
  if (!v) return raise(exc.AttributeError, "characters_written");
  return v;
}
bool set_written(Value self, Value value) {
  auto* e = self.as<Exception>();
  if (value.is_null()) {
    if (!e->extra[kOsWritten]) return raise(exc.AttributeError, "characters_written"), false;
    e->extra[kOsWritten] = nullptr;
    return true;
  }
  int64_t n;
  if (!index_to_ssize(value, &n, exc.ValueError)) return false;
  e->extra[kOsWritten] = new_int(n);
  return true;
}

// SyntaxError.

bool syntax_error_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!exception_init(self, args, nargs, kwnames)) return false;
  auto* e = self.as<Exception>();
  if (nargs >= 1) set_extra(e, kSynMsg, args[0]);
  if (nargs != 2) return true;
  Tuple* info = TRY(to_tuple(args[1]));
  if (info->size < 4 || info->size > 6) {
    bool few = info->size < 4;
    raisef(exc.TypeError, "function takes at %s %d arguments (%llu given)", few ? "least" : "most", few ? 4 : 6,
           static_cast<unsigned long long>(info->size));
    return false;
  }
  e->extra[kSynEndLineno] = e->extra[kSynEndOffset] = nullptr;
  for (uint64_t i = 0; i < info->size; ++i) set_extra(e, kSynFilename + static_cast<int>(i), info->items[i]);
  if (info->size == 5) return raise(exc.TypeError, "end_offset must be provided when end_lineno is provided"), false;
  return true;
}

Value syntax_error_str(Value self) {
  auto* e = self.as<Exception>();
  Value msg = str_of(e->extra[kSynMsg]);
  if (!msg) return nullptr;
  Value filename = e->extra[kSynFilename], lineno = e->extra[kSynLineno];
  bool have_line = lineno && is_exact_int(lineno);
  Value base;
  if (filename && is_str(filename)) {
    Str* f = filename.as<Str>();
    uint64_t start = f->length;
    while (start > 0 && f->at(start - 1) != '/') --start;
    base = TRY(str_substring(f, start, f->length));
  }
  if (!base && !have_line) return msg;
  StrBuilder out;
  out.append(msg.as<Str>());
  out.append_ascii(" (");
  if (base) out.append(base.as<Str>());
  if (base && have_line) out.append_ascii(", ");
  if (have_line) {
    out.append_ascii("line ");
    out.append(TRY(int_repr(lineno)));
  }
  out.append_ascii(")");
  return out.finish();
}

// The UnicodeError family: extra holds encoding, object, start, end, reason; the translate form has no encoding.

bool check_str_argument(Value v, int number) {
  if (is_str(v)) return true;
  raisef(exc.TypeError, "argument %d must be str, not %.50s", number, v.is_none() ? "None" : type_name(v));
  return false;
}

bool set_unicode_fields(Exception* e, Value encoding, Value object, Value start, Value end, Value reason, int reason_number) {
  int64_t s, t;
  if (!index_to_ssize(start, &s, exc.OverflowError) || !index_to_ssize(end, &t, exc.OverflowError)) return false;
  if (!check_str_argument(reason, reason_number)) return false;
  set_extra(e, kUniEncoding, encoding);
  set_extra(e, kUniObject, object);
  e->extra[kUniStart] = new_int(s);
  e->extra[kUniEnd] = new_int(t);
  set_extra(e, kUniReason, reason);
  write_barrier(e);
  return true;
}

bool check_count(uint32_t nargs, uint32_t wanted) {
  if (nargs == wanted) return true;
  raisef(exc.TypeError, "function takes exactly %u arguments (%u given)", wanted, nargs);
  return false;
}

bool unicode_encode_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!exception_init(self, args, nargs, kwnames) || !check_count(nargs, 5)) return false;
  if (!check_str_argument(args[0], 1) || !check_str_argument(args[1], 2)) return false;
  return set_unicode_fields(self.as<Exception>(), args[0], args[1], args[2], args[3], args[4], 5);
}
bool unicode_decode_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!exception_init(self, args, nargs, kwnames) || !check_count(nargs, 5)) return false;
  if (!check_str_argument(args[0], 1)) return false;
  Value object = args[1];
  if (!is_bytes(object)) {
    BufferView view;
    if (!get_buffer(object, &view)) return false;
    object = new_bytes(view.view());
    release_buffer(&view);
    if (!object) return false;
  }
  return set_unicode_fields(self.as<Exception>(), args[0], object, args[2], args[3], args[4], 5);
}
bool unicode_translate_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (!exception_init(self, args, nargs, kwnames) || !check_count(nargs, 4)) return false;
  if (!check_str_argument(args[0], 1)) return false;
  return set_unicode_fields(self.as<Exception>(), nullptr, args[0], args[1], args[2], args[3], 4);
}

int64_t position_of(Value v) {
  int64_t i = 0;
  if (v) int_to_int64(v, &i);
  return i;
}

std::string escaped_character(uint32_t c) {
  char buffer[16];
  snprintf(buffer, sizeof buffer, c <= 0xFF ? "\\x%02x" : c <= 0xFFFF ? "\\u%04x" : "\\U%08x", c);
  return buffer;
}

// Shared by the three str(): `verb` is "encode character", "decode byte" or "translate character".
Value unicode_error_str(Value self, const char* verb, bool decoding, bool has_encoding) {
  auto* e = self.as<Exception>();
  if (!e->extra[kUniObject]) return names.empty;
  Str* reason = TRY(str(get_field<kUniReason>(self)));
  int64_t start = position_of(e->extra[kUniStart]), end = position_of(e->extra[kUniEnd]);
  int64_t size = decoding ? static_cast<int64_t>(e->extra[kUniObject].as<Bytes>()->size) : static_cast<int64_t>(e->extra[kUniObject].as<Str>()->length);
  StrBuilder out;
  if (has_encoding) {
    Str* encoding = TRY(str(get_field<kUniEncoding>(self)));
    out.append('\'');
    out.append(encoding);
    out.append_ascii("' codec ");
  }
  out.append_ascii("can't ");
  char buffer[96];
  if (start >= 0 && start < size && end == start + 1) {
    if (decoding) {
      snprintf(buffer, sizeof buffer, "%s 0x%02x in position %lld: ", verb,
               static_cast<unsigned>(static_cast<unsigned char>(e->extra[kUniObject].as<Bytes>()->data[start])), static_cast<long long>(start));
    } else {
      snprintf(buffer, sizeof buffer, "%s '%s' in position %lld: ", verb,
               escaped_character(e->extra[kUniObject].as<Str>()->at(static_cast<uint64_t>(start))).c_str(), static_cast<long long>(start));
    }
  } else {
    snprintf(buffer, sizeof buffer, "%ss in position %lld-%lld: ", verb, static_cast<long long>(start), static_cast<long long>(end - 1));
  }
  out.append_ascii(buffer);
  out.append(reason);
  return out.finish();
}
Value unicode_encode_str(Value self) { return unicode_error_str(self, "encode character", false, true); }
Value unicode_decode_str(Value self) { return unicode_error_str(self, "decode byte", true, true); }
Value unicode_translate_str(Value self) { return unicode_error_str(self, "translate character", false, false); }

template <int kIndex>
Value get_position(Value self) {
  Value v = self.as<Exception>()->extra[kIndex];
  return v ? v : Value::from_int(0);
}
template <int kIndex>
bool set_position(Value self, Value value) {
  if (value.is_null()) return raise(exc.TypeError, "can't delete numeric/char attribute"), false;
  if (!is_int_like(value)) return raise(exc.TypeError, "an integer is required"), false;
  int64_t i;
  if (!index_to_ssize(value, &i, exc.OverflowError)) return false;
  auto* e = self.as<Exception>();
  e->extra[kIndex] = new_int(i);
  write_barrier(e, e->extra[kIndex]);
  return true;
}

template <bool (*init)(Value, Value*, uint32_t, Tuple*), UnaryFn text = nullptr, decltype(Slots::new_) new_fn = nullptr>
constexpr Slots make_slots() {
  Slots s{};
  s.init = init;
  s.str = text;
  s.new_ = new_fn;
  return s;
}

template <int kIndex>
constexpr GetSetDef field(const char* name, const char* doc) {
  return {name, get_field<kIndex>, set_field<kIndex>, doc};
}
template <int kIndex>
constexpr GetSetDef position_field(const char* name, const char* doc) {
  return {name, get_position<kIndex>, set_position<kIndex>, doc};
}

constexpr GetSetDef kStopIterationFields[] = {field<0>("value", "generator return value"), {}};
constexpr GetSetDef kSystemExitFields[] = {field<0>("code", "exception code"), {}};
constexpr GetSetDef kImportErrorFields[] = {field<kImpMsg>("msg", "exception message"), field<kImpName>("name", "module name"),
                                            field<kImpPath>("path", "module path"), {}};
constexpr GetSetDef kAttributeErrorFields[] = {field<kAttrName>("name", "attribute name"), field<kAttrObj>("obj", "object"), {}};
constexpr GetSetDef kNameErrorFields[] = {field<0>("name", "name"), {}};
constexpr GetSetDef kOsErrorFields[] = {field<kOsErrno>("errno", "POSIX exception code"), field<kOsStrerror>("strerror", "exception strerror"),
                                        field<kOsFilename>("filename", "exception filename"),
                                        field<kOsFilename2>("filename2", "second exception filename"),
                                        {"characters_written", get_written, set_written}, {}};
constexpr GetSetDef kSyntaxErrorFields[] = {
    field<kSynMsg>("msg", "exception msg"), field<kSynFilename>("filename", "exception filename"),
    field<kSynLineno>("lineno", "exception lineno"), field<kSynOffset>("offset", "exception offset"),
    field<kSynText>("text", "exception text"), field<kSynEndLineno>("end_lineno", "exception end lineno"),
    field<kSynEndOffset>("end_offset", "exception end offset"),
    field<kSynPrintFileAndLine>("print_file_and_line", "exception print_file_and_line"), {}};
constexpr GetSetDef kUnicodeFields[] = {field<kUniEncoding>("encoding", "exception encoding"), field<kUniObject>("object", "exception object"),
                                        position_field<kUniStart>("start", "exception start"), position_field<kUniEnd>("end", "exception end"),
                                        field<kUniReason>("reason", "exception reason"), {}};
constexpr GetSetDef kTranslateFields[] = {field<kUniObject>("object", "exception object"), position_field<kUniStart>("start", "exception start"),
                                          position_field<kUniEnd>("end", "exception end"), field<kUniReason>("reason", "exception reason"), {}};

constexpr MethodDef kImportErrorMethods[] = {{"__reduce__", "!($self, /)", import_error_reduce}, {}};
constexpr MethodDef kOsErrorMethods[] = {{"__reduce__", "!($self, /)", os_error_reduce}, {}};

template <int kFields>
constexpr ClassSpec make_spec(const char* name, Class* const* base, const char* doc, Slots slots, const GetSetDef* getset, const MethodDef* methods = nullptr) {
  return ClassSpec{.name = name, .base = base, .basicsize = exception_size(kFields), .flags = kClassBaseType, .trace_kind = TraceKind::kCustom,
                   .trace = trace_exception<kFields>, .doc = doc, .slots = slots, .methods = methods, .getset = getset};
}

}  // namespace

const ClassSpec kStopIterationSpec = make_spec<1>("StopIteration", &exc.Exception, "Signal the end from iterator.__next__().",
                                                  make_slots<stop_iteration_init>(), kStopIterationFields);
const ClassSpec kSystemExitSpec = make_spec<1>("SystemExit", &exc.BaseException, "Request to exit from the interpreter.",
                                               make_slots<system_exit_init>(), kSystemExitFields);
const ClassSpec kImportErrorSpec = make_spec<kImpFieldCount>("ImportError", &exc.Exception, "Import can't find module, or can't find name in module.",
                                                             make_slots<import_error_init, import_error_str>(), kImportErrorFields, kImportErrorMethods);
const ClassSpec kAttributeErrorSpec = make_spec<kAttrFieldCount>("AttributeError", &exc.Exception, "Attribute not found.",
                                                                 make_slots<attribute_error_init, exception_str>(), kAttributeErrorFields);
const ClassSpec kNameErrorSpec = make_spec<1>("NameError", &exc.Exception, "Name not found globally.",
                                              make_slots<name_error_init, exception_str>(), kNameErrorFields);
const ClassSpec kKeyErrorSpec = make_spec<0>("KeyError", &exc.LookupError, "Mapping key not found.", make_slots<exception_init, key_error_str>(), nullptr);
const ClassSpec kOsErrorSpec = make_spec<kOsFieldCount>("OSError", &exc.Exception, "Base class for I/O related errors.",
                                                        make_slots<os_error_init, os_error_str, os_error_new>(), kOsErrorFields, kOsErrorMethods);
const ClassSpec kSyntaxErrorSpec = make_spec<kSynFieldCount>("SyntaxError", &exc.Exception, "Invalid syntax.",
                                                             make_slots<syntax_error_init, syntax_error_str>(), kSyntaxErrorFields);
const ClassSpec kUnicodeEncodeErrorSpec = make_spec<kUniFieldCount>("UnicodeEncodeError", &exc.UnicodeError, "Unicode encoding error.",
                                                                    make_slots<unicode_encode_init, unicode_encode_str, exception_new>(), kUnicodeFields);
const ClassSpec kUnicodeDecodeErrorSpec = make_spec<kUniFieldCount>("UnicodeDecodeError", &exc.UnicodeError, "Unicode decoding error.",
                                                                    make_slots<unicode_decode_init, unicode_decode_str, exception_new>(), kUnicodeFields);
const ClassSpec kUnicodeTranslateErrorSpec =
    make_spec<kUniFieldCount>("UnicodeTranslateError", &exc.UnicodeError, "Unicode translation error.",
                              make_slots<unicode_translate_init, unicode_translate_str, exception_new>(), kTranslateFields);

}  // namespace pyjit::runtime
