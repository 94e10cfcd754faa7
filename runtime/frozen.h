// Modules that CPython 3.11 freezes into its executable: here they come from the standard library's files, under their frozen names
// ("<frozen os>"), so that tracebacks and __spec__ read the same.
#pragma once
#include <string>
#include <string_view>

#include "runtime/value.h"

namespace pyjit::runtime {

struct Code;
struct Str;

constexpr const char* kStdlibDirectory = "/usr/lib/python3.11";

struct FrozenModule {
  const char* name;
  const char* file;       // relative to the standard library
  bool is_package;
  const char* original;   // the module's name there, when it differs
};
const FrozenModule* find_frozen_module(std::string_view name);   // null: not frozen
Value load_frozen_code(const std::string& source_path, std::string_view shown_name);
void replace_filename(Code* code, Str* old_name, Str* new_name);

}  // namespace pyjit::runtime
