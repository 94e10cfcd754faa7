// _csv: dialects, the reader (a state machine over characters) and the writer.
#include <cstring>

#include "runtime/heap.h"
#include "runtime/modules/module_util.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime {
namespace {

enum Quoting : int { kMinimal, kAll, kNonNumeric, kNoQuotes };   // ORDER(Quoting): the module's QUOTE_* constants
constexpr uint32_t kNoChar = ~0u;

Class *dialect_class, *reader_class, *writer_class;
Value error_class;                // _csv.Error
Dict* dialects;                   // registered names → Dialect
int64_t field_limit = 128 * 1024;

struct Dialect : Object {
  Str* line_terminator;
  uint32_t delimiter, quote, escape;   // kNoChar: None
  Quoting quoting;
  bool double_quote, skip_initial_space, strict;
};
Dialect* self_dialect(Value v) { return v.as<Dialect>(); }
std::nullptr_t fail(const std::string& message) { return raise(error_class.as<Class>(), message); }

constexpr const char* kOptions[] = {"delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting", "skipinitialspace", "strict"};
constexpr int kOptionCount = 8;

bool set_char(const char* name, uint32_t* out, Value v, uint32_t fallback, bool optional) {
  if (!v) {
    *out = fallback;
    return true;
  }
  if (v.is_none() && optional) {
    *out = kNoChar;
    return true;
  }
  if (!is_str(v)) {
    raisef(exc.TypeError, optional ? "\"%s\" must be string or None, not %.200s" : "\"%s\" must be string, not %.200s", name, type_name(v));
    return false;
  }
  Str* s = v.as<Str>();
  if (s->length > 1 || (!optional && s->length != 1)) {
    raisef(exc.TypeError, "\"%s\" must be a 1-character string", name);
    return false;
  }
  if (optional && s->length == 0) {
    raisef(exc.TypeError, "\"%s\" must be a 1-character string", name);
    return false;
  }
  *out = s->at(0);
  return true;
}

bool set_bool(bool* out, Value v, bool fallback) {
  int truth = v ? is_true(v) : fallback;
  *out = truth > 0;
  return truth >= 0;
}

// Dialect(dialect=None, **options): each option from the keywords, else from the dialect's attributes, else the default.
Value dialect_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("Dialect",
                     "(dialect=None, delimiter=None, doublequote=None, escapechar=None, lineterminator=None, quotechar=None, quoting=None, "
                     "skipinitialspace=None, strict=None)");
  Value bound[1 + kOptionCount];
  for (uint64_t i = 0; kwnames && i < kwnames->size; ++i) {
    Str* keyword = kwnames->items[i].as<Str>();
    bool known = str_equals(keyword, "dialect");
    for (const char* option : kOptions) known = known || str_equals(keyword, option);
    if (!known) return raisef(exc.TypeError, "'%s' is an invalid keyword argument for this function", to_utf8(keyword).c_str());
  }
  if (!bind(args, nargs, kwnames, bound)) return nullptr;
  Value base = bound[0];
  Value* option = bound + 1;
  if (base && base.is_none()) base = nullptr;
  if (base) {
    if (is_str(base)) {
      Value found = dict_get(dialects, base);
      if (!found) return error_pending() ? nullptr : fail("unknown dialect");
      base = found;
    }
    bool plain = true;
    for (int i = 0; i < kOptionCount; ++i) plain = plain && !option[i];
    if (plain && is_exact(base, dialect_class)) return base;
    for (int i = 0; i < kOptionCount; ++i) {
      if (option[i]) continue;
      option[i] = get_attr_or_null(base, intern(kOptions[i]));
      if (!option[i] && error_pending()) {
        if (pending_matches(exc.AttributeError)) clear_pending();
        else return nullptr;
      }
    }
  }
  auto* d = TRY(allocate_instance_of<Dialect>(cls));
  Value delimiter = option[0], quote = option[4], quoting = option[5], terminator = option[3];
  if (!set_char("delimiter", &d->delimiter, delimiter, ',', false)) return nullptr;
  if (!set_bool(&d->double_quote, option[1], true)) return nullptr;
  if (!set_char("escapechar", &d->escape, option[2], kNoChar, true)) return nullptr;
  if (!terminator) {
    d->line_terminator = intern("\r\n");
  } else if (terminator.is_none()) {
    d->line_terminator = nullptr;
  } else if (is_str(terminator)) {
    d->line_terminator = terminator.as<Str>();
  } else {
    return raisef(exc.TypeError, "\"lineterminator\" must be a string, not %.200s", type_name(terminator));
  }
  write_barrier(d);
  if (!set_char("quotechar", &d->quote, quote, '"', true)) return nullptr;
  d->quoting = kMinimal;
  if (quoting) {
    int64_t n;
    if (!is_exact(quoting, types.int_) && !quoting.is_int()) return raise(exc.TypeError, "\"quoting\" must be an integer");
    if (!to_int64(quoting, &n)) return nullptr;
    if (n < 0 || n > kNoQuotes) return raise(exc.TypeError, "bad \"quoting\" value");
    d->quoting = static_cast<Quoting>(n);
  }
  if (!set_bool(&d->skip_initial_space, option[6], false) || !set_bool(&d->strict, option[7], false)) return nullptr;
  if (d->delimiter == 0) return raise(exc.TypeError, "\"delimiter\" must be a 1-character string");
  if (quote && quote.is_none() && !quoting) d->quoting = kNoQuotes;
  if (d->quoting != kNoQuotes && d->quote == kNoChar) return raise(exc.TypeError, "quotechar must be set if quoting enabled");
  if (!d->line_terminator) return raise(exc.TypeError, "lineterminator must be set");
  return d;
}

Value char_or_none(uint32_t c) { return c == kNoChar ? Value::none() : Value(char_str(c)); }
Value get_delimiter(Value v) { return char_or_none(self_dialect(v)->delimiter); }
Value get_escape(Value v) { return char_or_none(self_dialect(v)->escape); }
Value get_quote(Value v) { return char_or_none(self_dialect(v)->quote); }
Value get_terminator(Value v) { return self_dialect(v)->line_terminator; }
Value get_quoting(Value v) { return Value::from_int(self_dialect(v)->quoting); }
Value get_skip(Value v) { return Value::from_bool(self_dialect(v)->skip_initial_space); }
Value get_double(Value v) { return Value::from_bool(self_dialect(v)->double_quote); }
Value get_strict(Value v) { return Value::from_bool(self_dialect(v)->strict); }
Value dialect_reduce(Value* args) {
  return raisef(exc.TypeError, "cannot pickle '%.100s' instances", to_utf8(class_of(args[0])->name).c_str());
}

const GetSetDef kDialectFields[] = {{"skipinitialspace", get_skip, nullptr, nullptr, true}, {"doublequote", get_double, nullptr, nullptr, true},
                                    {"strict", get_strict, nullptr, nullptr, true},         {"delimiter", get_delimiter},
                                    {"escapechar", get_escape},                             {"lineterminator", get_terminator},
                                    {"quotechar", get_quote},                               {"quoting", get_quoting},
                                    {}};
const MethodDef kDialectMethods[] = {
    {"__reduce__", "!($self, *args)", dialect_reduce, Effects::kCallsPython, MethodKind::kMethod, "raises an exception to avoid pickling"},
    {"__reduce_ex__", "!($self, *args)", dialect_reduce, Effects::kCallsPython, MethodKind::kMethod, "raises an exception to avoid pickling"}, {}};

// The arguments of reader(), writer() and register_dialect() behind the first: [dialect], options.
Dialect* dialect_argument(Value* args, uint32_t nargs, Tuple* kwnames) {
  Value v = TRY(dialect_new(dialect_class, args, nargs, kwnames));
  return v.as<Dialect>();
}

// --- reader

enum class State : uint8_t { kStartRecord, kStartField, kEscaped, kInField, kInQuotes, kEscapedInQuotes, kQuoteInQuotes, kEatNewline, kAfterEscapedNewline };

struct Reader : Object {
  Value input;
  Dialect* dialect;
  int64_t line_number;
  bool busy;
};
Reader* self_reader(Value v) { return v.as<Reader>(); }

// One record under way.
class Record {
 public:
  explicit Record(Dialect* d) : d_(d), fields_(new_list()) {}
  State state = State::kStartRecord;
  List* fields() { return fields_; }
  bool feed(uint32_t c);        // kNoChar: the end of the line
  bool save_field();
  bool unfinished() const { return !text_.empty() || state == State::kInQuotes; }

 private:
  Dialect* d_;
  List* fields_;
  std::vector<uint32_t> text_;
  bool numeric_ = false;        // QUOTE_NONNUMERIC: the field began without quotes

  bool add(uint32_t c) {
    if (static_cast<int64_t>(text_.size()) >= field_limit) return fail("field larger than field limit (" + std::to_string(field_limit) + ")"), false;
    text_.push_back(c);
    return true;
  }
  static bool ends_line(uint32_t c) { return c == '\n' || c == '\r' || c == kNoChar; }
  bool end_field_and_line(uint32_t c) {
    if (!save_field()) return false;
    state = c == kNoChar ? State::kStartRecord : State::kEatNewline;
    return true;
  }
  bool is_quote(uint32_t c) const { return c == d_->quote && c != kNoChar && d_->quoting != kNoQuotes; }
  bool is_escape(uint32_t c) const { return c == d_->escape && c != kNoChar; }
};

bool Record::save_field() {
  Value field = TRY(new_str_from_code_points(text_.data(), text_.size()));
  text_.clear();
  if (numeric_) {
    numeric_ = false;
    field = TRY(call1(types.float_, field));
  }
  return list_append(fields_, field);
}

bool Record::feed(uint32_t c) {
  switch (state) {
    case State::kStartRecord:
      if (c == kNoChar) return true;      // an empty line
      if (c == '\n' || c == '\r') {
        state = State::kEatNewline;
        return true;
      }
      state = State::kStartField;
      [[fallthrough]];
    case State::kStartField:
      if (ends_line(c)) return end_field_and_line(c);
      if (is_quote(c)) {
        state = State::kInQuotes;
      } else if (is_escape(c)) {
        state = State::kEscaped;
      } else if (c == ' ' && d_->skip_initial_space) {
        // ignored
      } else if (c == d_->delimiter) {
        return save_field();
      } else {
        numeric_ = d_->quoting == kNonNumeric;
        state = State::kInField;
        return add(c);
      }
      return true;
    case State::kEscaped:
      if (c == '\n' || c == '\r') {
        state = State::kAfterEscapedNewline;
        return add(c);
      }
      state = State::kInField;
      return add(c == kNoChar ? '\n' : c);
    case State::kAfterEscapedNewline:
      if (c == kNoChar) return true;
      [[fallthrough]];
    case State::kInField:
      if (ends_line(c)) return end_field_and_line(c);
      if (is_escape(c)) {
        state = State::kEscaped;
        return true;
      }
      if (c == d_->delimiter) {
        state = State::kStartField;
        return save_field();
      }
      return add(c);
    case State::kInQuotes:
      if (c == kNoChar) return true;
      if (is_escape(c)) state = State::kEscapedInQuotes;
      else if (is_quote(c)) state = d_->double_quote ? State::kQuoteInQuotes : State::kInField;
      else return add(c);
      return true;
    case State::kEscapedInQuotes:
      state = State::kInQuotes;
      return add(c == kNoChar ? '\n' : c);
    case State::kQuoteInQuotes:
      if (is_quote(c)) {
        state = State::kInQuotes;
        return add(c);
      }
      if (c == d_->delimiter) {
        state = State::kStartField;
        return save_field();
      }
      if (ends_line(c)) return end_field_and_line(c);
      if (d_->strict) {
        return fail("'" + to_utf8(char_str(d_->delimiter)) + "' expected after '" + to_utf8(char_str(d_->quote)) + "'"), false;
      }
      state = State::kInField;
      return add(c);
    case State::kEatNewline:
      if (c == '\n' || c == '\r') return true;
      if (c == kNoChar) {
        state = State::kStartRecord;
        return true;
      }
      return fail("new-line character seen in unquoted field - do you need to open the file in universal-newline mode?"), false;
  }
  return true;
}

Value reader_next(Value self) {
  auto* r = self_reader(self);
  Record record(r->dialect);
  do {
    Value line = iter_next(r->input);
    if (!line) {
      if (error_pending() || !record.unfinished()) return nullptr;
      if (r->dialect->strict) return fail("unexpected end of data");
      if (!record.save_field()) return nullptr;
      return record.fields();
    }
    if (!is_str(line)) {
      return fail(std::string("iterator should return strings, not ") + type_name(line) + " (the file should be opened in text mode)");
    }
    ++r->line_number;
    Str* s = line.as<Str>();
    for (uint64_t i = 0; i < s->length; ++i) {
      if (!record.feed(s->at(i))) return nullptr;
    }
    if (!record.feed(kNoChar)) return nullptr;
  } while (record.state != State::kStartRecord);
  return record.fields();
}

Value fn_reader(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (nargs < 1) return raise(exc.TypeError, " expected at least 1 argument, got 0");
  if (nargs > 2) return raisef(exc.TypeError, " expected at most 2 arguments, got %u", nargs);
  Value input = TRY(get_iter(args[0]));
  Dialect* d = TRY(dialect_argument(args + 1, nargs - 1, kwnames));
  auto* r = TRY(allocate_instance_of<Reader>(reader_class));
  r->input = input;
  r->dialect = d;
  write_barrier(r);
  return r;
}
Value reader_dialect(Value v) { return self_reader(v)->dialect; }
Value reader_line(Value v) { return new_int(self_reader(v)->line_number); }
const GetSetDef kReaderFields[] = {{"dialect", reader_dialect, nullptr, nullptr, true}, {"line_num", reader_line, nullptr, nullptr, true}, {}};

// --- writer

struct Writer : Object {
  Value write;
  Dialect* dialect;
};
Writer* self_writer(Value v) { return v.as<Writer>(); }

class Line {
 public:
  explicit Line(Dialect* d) : d_(d) {}
  bool add(Str* field, bool quoted);     // null: nothing
  bool finish_empty_record() {
    if (!count_ || out_.length()) return true;
    if (d_->quoting == kNoQuotes) return fail("single empty field record must be quoted"), false;
    --count_;
    return add(nullptr, true);
  }
  Str* finish() {
    out_.append(d_->line_terminator);
    return out_.finish();
  }

 private:
  Dialect* d_;
  StrBuilder out_;
  uint64_t count_ = 0;
};

bool Line::add(Str* field, bool quoted) {
  StrBuilder text;
  for (uint64_t i = 0; field && i < field->length; ++i) {
    uint32_t c = field->at(i);
    bool in_terminator = false;
    for (uint64_t k = 0; k < d_->line_terminator->length; ++k) in_terminator |= d_->line_terminator->at(k) == c;
    if (c == d_->delimiter || c == d_->escape || c == d_->quote || in_terminator) {
      bool escape = d_->quoting == kNoQuotes;
      if (!escape) {
        if (c == d_->quote) {
          if (d_->double_quote) text.append(c);
          else escape = true;
        } else if (c == d_->escape) {
          escape = true;
        }
        if (!escape) quoted = true;
      }
      if (escape) {
        if (d_->escape == kNoChar) return fail("need to escape, but no escapechar set"), false;
        text.append(d_->escape);
      }
    }
    text.append(c);
  }
  if (count_++) out_.append(d_->delimiter);
  if (quoted) out_.append(d_->quote);
  out_.append(TRY(text.finish()));
  if (quoted) out_.append(d_->quote);
  return true;
}

bool is_number(Value v) {
  const Slots& s = class_of(v)->slots;
  return s.index || s.to_int || s.to_float || (v.is_object() && v.as_object()->cls()->has(kSubComplex));
}

Value write_row(Writer* w, Value row) {
  Value iterator = get_iter(row);
  if (!iterator) {
    if (!pending_matches(exc.TypeError)) return nullptr;
    clear_pending();
    return fail(std::string("iterable expected, not ") + type_name(row));
  }
  Line line(w->dialect);
  while (Value field = iter_next(iterator)) {
    bool quoted = w->dialect->quoting == kAll || (w->dialect->quoting == kNonNumeric && !is_number(field));
    Str* text = field.is_none() ? nullptr : is_str(field) ? field.as<Str>() : TRY(str(field));
    if (!line.add(text, quoted)) return nullptr;
  }
  if (error_pending() || !line.finish_empty_record()) return nullptr;
  return call1(w->write, TRY(line.finish()));
}

Value writer_row(Value* args) { return write_row(self_writer(args[0]), args[1]); }
Value writer_rows(Value* args) {
  Value iterator = TRY(get_iter(args[1]));
  while (Value row = iter_next(iterator)) TRY(write_row(self_writer(args[0]), row));
  return error_pending() ? Value() : Value::none();
}
Value fn_writer(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (nargs < 1) return raise(exc.TypeError, " expected at least 1 argument, got 0");
  if (nargs > 2) return raisef(exc.TypeError, " expected at most 2 arguments, got %u", nargs);
  Value write = get_attr_or_null(args[0], intern("write"));
  if (!write && error_pending()) return nullptr;
  if (!write || !is_callable(write)) return raise(exc.TypeError, "argument 1 must have a \"write\" method");
  Dialect* d = TRY(dialect_argument(args + 1, nargs - 1, kwnames));
  auto* w = TRY(allocate_instance_of<Writer>(writer_class));
  w->write = write;
  w->dialect = d;
  write_barrier(w);
  return w;
}
Value writer_dialect(Value v) { return self_writer(v)->dialect; }
const GetSetDef kWriterFields[] = {{"dialect", writer_dialect, nullptr, nullptr, true}, {}};
const MethodDef kWriterMethods[] = {
    method_row("writerow", "!($self, row, /)", writer_row, Effects::kCallsPython,
               "writerow(iterable)\n\nConstruct and write a CSV record from an iterable of fields.  Non-string\nelements will be converted to string."),
    method_row("writerows", "!($self, rows, /)", writer_rows, Effects::kCallsPython,
               "writerows(iterable of iterables)\n\nConstruct and write a series of iterables to a csv file.  Non-string\nelements will be "
               "converted to string."),
    {}};

// --- registry

Value fn_register(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (nargs < 1) return raise(exc.TypeError, " expected at least 1 argument, got 0");
  if (nargs > 2) return raisef(exc.TypeError, " expected at most 2 arguments, got %u", nargs);
  if (!is_str(args[0])) return raise(exc.TypeError, "dialect name must be a string");
  Dialect* d = TRY(dialect_argument(args + 1, nargs - 1, kwnames));
  return dict_set(dialects, args[0], d) ? Value::none() : Value();
}
Value fn_unregister(Value* args) {
  int removed = dict_delete(dialects, args[0]);
  if (removed < 0) return nullptr;
  return removed ? Value::none() : Value(fail("unknown dialect"));
}
Value fn_get(Value* args) {
  Value v = dict_get(dialects, args[0]);
  return v ? v : error_pending() ? Value() : Value(fail("unknown dialect"));
}
Value fn_list(Value*) { return to_list(dialects); }
Value fn_limit(Value* args) {
  int64_t old = field_limit;
  if (args[0]) {
    if (!args[0].is_int() && !is_exact(args[0], types.int_)) return raise(exc.TypeError, "limit must be an integer");
    if (!to_int64(args[0], &field_limit)) {
      field_limit = old;
      return nullptr;
    }
  }
  return new_int(old);
}

const MethodDef kFunctions[] = {
    {"reader", "!($module, *args)", nullptr, Effects::kCallsPython, MethodKind::kFunction,
     "    csv_reader = reader(iterable [, dialect='excel']\n                        [optional keyword args])\n\nThe records of an iterable of lines.", fn_reader},
    {"writer", "!($module, *args)", nullptr, Effects::kCallsPython, MethodKind::kFunction,
     "    csv_writer = csv.writer(fileobj [, dialect='excel']\n                            [optional keyword args])\n\nWrites records to a file.", fn_writer},
    {"register_dialect", "!($module, *args)", nullptr, Effects::kCallsPython, MethodKind::kFunction,
     "Create a mapping from a string name to a dialect class.\n    dialect = csv.register_dialect(name[, dialect[, **fmtparams]])", fn_register},
    function_row("unregister_dialect", "($module, /, name)", fn_unregister, Effects::kCallsPython,
                 "Delete the name/dialect mapping associated with a string name.\n\n    csv.unregister_dialect(name)"),
    function_row("get_dialect", "($module, /, name)", fn_get, Effects::kCallsPython,
                 "Return the dialect instance associated with name.\n\n    dialect = csv.get_dialect(name)"),
    function_row("list_dialects", "($module, /)", fn_list, Effects::kReads,
                 "Return a list of all known dialect names.\n\n    names = csv.list_dialects()"),
    function_row("field_size_limit", "($module, /, new_limit=<unrepresentable>)", fn_limit, Effects::kWrites,
                 "Sets an upper limit on parsed fields.\n\n    csv.field_size_limit([limit])\n\nReturns old limit. If limit is not given, no new "
                 "limit is set and\nthe old limit is returned"),
    {}};

}  // namespace

bool init_csv_module(Module* m) {
  static ClassSpec dialect{.name = "_csv.Dialect", .basicsize = sizeof(Dialect), .flags = kClassBaseType, .trace_kind = TraceKind::kCustom,
                           .trace = trace_prefix<1>, .doc = "CSV dialect\n\nThe Dialect type records CSV dialect options.",
                           .methods = kDialectMethods, .getset = kDialectFields};
  dialect.slots.new_ = dialect_new;
  static ClassSpec reader{.name = "_csv.reader", .basicsize = sizeof(Reader), .flags = kClassNoInstantiation, .trace_kind = TraceKind::kCustom,
                          .trace = trace_prefix<2>, .doc = "CSV reader\n\nReader objects are responsible for reading and parsing tabular data\nin CSV format.\n",
                          .getset = kReaderFields};
  reader.slots.iter = [](Value v) { return v; };
  reader.slots.next = reader_next;
  static ClassSpec writer{.name = "_csv.writer", .basicsize = sizeof(Writer), .flags = kClassNoInstantiation, .trace_kind = TraceKind::kCustom,
                          .trace = trace_prefix<2>,
                          .doc = "CSV writer\n\nWriter objects are responsible for generating tabular data\nin CSV format from sequence input.\n",
                          .methods = kWriterMethods, .getset = kWriterFields};
  if (!dialects) {
    dialects = TRY(new_dict());
    static Value roots[2];
    Value args[] = {intern("Error"), make_tuple(exc.Exception), TRY(new_dict())};
    if (!dict_set_str(args[2].as<Dict>(), names.dunder_module, intern("_csv"))) return false;
    roots[0] = dialects;
    roots[1] = error_class = TRY(new_class(types.type, args, 3, nullptr));
    heap.add_root_range(roots, roots + 2);
    reader_class = TRY(new_builtin_class(reader));
    writer_class = TRY(new_builtin_class(writer));
  }
  return add_class(m, dialect, &dialect_class) && add_object(m, "Reader", reader_class) && add_object(m, "Writer", writer_class) &&
         add_object(m, "Error", error_class) && add_object(m, "_dialects", dialects) && add_functions(m, kFunctions) &&
         add_int(m, "QUOTE_MINIMAL", kMinimal) && add_int(m, "QUOTE_ALL", kAll) && add_int(m, "QUOTE_NONNUMERIC", kNonNumeric) &&
         add_int(m, "QUOTE_NONE", kNoQuotes) && add_string(m, "__version__", "1.0") &&
         add_string(m, "__doc__", "CSV parsing and writing.\n\nClasses and functions that the module csv is built on: Dialect, reader, writer, the registry of dialects.\n");
}

}  // namespace pyjit::runtime
