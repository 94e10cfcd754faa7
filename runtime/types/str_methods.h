// The C++ functions behind str's method table, grouped by file. Each takes the bound arguments: args[0] is self.
#pragma once
#include "runtime/native.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {

extern const MethodDef kStrMethods[];          // str_type.cc

// str_case.cc
Value str_lower(Value* args);
Value str_upper(Value* args);
Value str_title(Value* args);
Value str_capitalize(Value* args);
Value str_swapcase(Value* args);
Value str_casefold(Value* args);
Value str_isascii(Value* args);
Value str_islower(Value* args);
Value str_isupper(Value* args);
Value str_istitle(Value* args);
Value str_isspace(Value* args);
Value str_isdecimal(Value* args);
Value str_isdigit(Value* args);
Value str_isnumeric(Value* args);
Value str_isalpha(Value* args);
Value str_isalnum(Value* args);
Value str_isidentifier(Value* args);
Value str_isprintable(Value* args);
bool str_is_identifier(const Str* s);

// str_split.cc
Value str_split(Value* args);
Value str_rsplit(Value* args);
Value str_splitlines(Value* args);
Value str_partition(Value* args);
Value str_rpartition(Value* args);
Value str_strip(Value* args);
Value str_lstrip(Value* args);
Value str_rstrip(Value* args);
Value str_join_method(Value* args);

// str_edit.cc
Value str_replace(Value* args);
Value str_expandtabs(Value* args);
Value str_center(Value* args);
Value str_ljust(Value* args);
Value str_rjust(Value* args);
Value str_zfill(Value* args);
bool str_matches_at(const Str* s, const Str* piece, uint64_t at);
Value str_removeprefix(Value* args);
Value str_removesuffix(Value* args);
Value str_translate(Value* args);
Value str_maketrans(Value* args, uint32_t nargs, Tuple* kwnames);

// str_format.cc
Value str_format(Value* args, uint32_t nargs, Tuple* kwnames);
Value str_format_map(Value* args);
Value str_dunder_format(Value* args);
// percent_format.cc: str % args, and bytes / bytearray % args.
Value str_percent(Str* format, Value args);
bool bytes_percent(std::string_view format, Value args, std::string* out);

}  // namespace pyjit::runtime
