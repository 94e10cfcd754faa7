// str.format, format_map and str.__format__.
#include "runtime/format_spec.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/field_parser.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/text_args.h"

namespace pyjit::runtime {
namespace {

// Where fields take their values from: the call's arguments, or format_map's mapping.
struct Source {
  Value* positional = nullptr;   // null: format_map
  int64_t count = 0;
  Tuple* kwnames = nullptr;
  Value* keyword_values = nullptr;
  Value mapping;
  AutoNumber numbering;
};

Str* range_str(Str* text, TextRange range) { return str_substring(text, range.start, range.end); }

Value find_keyword(Source& source, Str* key) {
  if (source.mapping) return get_item(source.mapping, key);
  if (source.kwnames) {
    for (uint64_t i = 0; i < source.kwnames->size; ++i)
      if (str_equal(source.kwnames->items[i].as<Str>(), key)) return source.keyword_values[i];
  }
  return raise_key_error(key);
}

Value field_value(Str* text, TextRange name, Source& source) {
  TextRange first, rest;
  int64_t index;
  if (!split_field_name(text, name, &first, &index, &rest, &source.numbering)) return nullptr;
  Value value;
  if (index < 0) {
    value = TRY(find_keyword(source, TRY(range_str(text, first))));
  } else if (!source.positional) {
    return raise(exc.ValueError, "Format string contains positional fields");
  } else if (index >= source.count) {
    return raisef(exc.IndexError, "Replacement index %ld out of range for positional args tuple", index);
  } else {
    value = source.positional[index];
  }
  for (;;) {
    bool is_attribute;
    TextRange accessor;
    int found = next_accessor(text, &rest, &is_attribute, &accessor, &index);
    if (found < 0) return nullptr;
    if (found == 0) return value;
    if (!is_attribute && index >= 0) {
      value = TRY(get_item(value, new_int(index)));
      continue;
    }
    Str* key = TRY(range_str(text, accessor));
    value = is_attribute ? get_attr(value, intern(key)) : get_item(value, key);
    if (!value) return nullptr;
  }
}

Value convert(Value value, uint32_t conversion) {
  switch (conversion) {
    case 'r': return repr(value);
    case 's': return str(value);
    case 'a': return ascii(value);
  }
  if (conversion > 32 && conversion < 127)
    return raisef(exc.ValueError, "Unknown conversion specifier %c", static_cast<int>(conversion));
  return raisef(exc.ValueError, "Unknown conversion specifier \\x%x", conversion);
}

bool build(Str* text, TextRange range, Source& source, int depth, StrBuilder& out);

bool render_field(Str* text, const MarkupPiece& piece, Source& source, int depth, StrBuilder& out) {
  Value value = TRY(field_value(text, piece.name, source));
  if (piece.conversion) value = TRY(convert(value, piece.conversion));
  Str* spec = names.empty;
  if (piece.spec_nested) {
    StrBuilder expanded;
    if (!build(text, piece.spec, source, depth - 1, expanded)) return false;
    spec = TRY(expanded.finish());
  } else if (!piece.spec.empty()) {
    spec = TRY(range_str(text, piece.spec));
  }
  if (spec->length == 0 && is_exact_str(value)) {
    out.append(value.as<Str>());
    return true;
  }
  Value formatted = TRY(format(value, spec));
  out.append(formatted.as<Str>());
  return true;
}

bool build(Str* text, TextRange range, Source& source, int depth, StrBuilder& out) {
  if (depth <= 0) {
    raise(exc.ValueError, "Max string recursion exceeded");
    return false;
  }
  MarkupPiece piece;
  int found;
  while ((found = next_markup(text, &range, &piece)) > 0) {
    out.append(text, piece.literal.start, piece.literal.end);
    if (piece.field_present && !render_field(text, piece, source, depth, out)) return false;
  }
  return found == 0;
}

Value format_with(Str* text, Source& source) {
  StrBuilder out;
  if (!build(text, {0, text->length}, source, 2, out)) return nullptr;
  return out.finish();
}

}  // namespace

Value str_format(Value* args, uint32_t nargs, Tuple* kwnames) {
  Source source;
  source.positional = args + 1;
  source.count = nargs - 1;
  source.kwnames = kwnames;
  source.keyword_values = args + nargs;
  return format_with(args[0].as<Str>(), source);
}

Value str_format_map(Value* args) {
  Source source;
  source.mapping = args[1];
  return format_with(args[0].as<Str>(), source);
}

Value str_dunder_format(Value* args) {
  Str* s = args[0].as<Str>();
  if (!is_str(args[1])) return raisef(exc.TypeError, "__format__() argument must be str, not %.50s", args[1].is_none() ? "None" : type_name(args[1]));
  Str* text = args[1].as<Str>();
  if (text->length == 0) return is_exact_str(s) ? s : str(s);
  FormatSpec spec;
  if (!parse_format_spec(text, 's', '<', type_name(s), &spec)) return nullptr;
  if (spec.type != 's') return raise_unknown_format_code(spec.type, type_name(s));
  if (spec.sign == ' ') return raise(exc.ValueError, "Space not allowed in string format specifier");
  if (spec.sign) return raise(exc.ValueError, "Sign not allowed in string format specifier");
  if (spec.no_negative_zero) return raise(exc.ValueError, "Negative zero coercion (z) not allowed in string format specifier");
  if (spec.alternate) return raise(exc.ValueError, "Alternate form (#) not allowed in string format specifier");
  if (spec.align == '=') return raise(exc.ValueError, "'=' alignment not allowed in string format specifier");
  uint64_t length = s->length;
  if (spec.precision >= 0 && static_cast<uint64_t>(spec.precision) < length) length = static_cast<uint64_t>(spec.precision);
  if (spec.width <= static_cast<int64_t>(length)) return str_substring(s, 0, length);
  if (spec.width > (int64_t{1} << 40)) return raise_memory_error();
  size_t left, right;
  padding_for(spec, length, &left, &right);
  StrBuilder out;
  out.append_fill(spec.fill, left);
  out.append(s, 0, length);
  out.append_fill(spec.fill, right);
  return out.finish();
}

}  // namespace pyjit::runtime
