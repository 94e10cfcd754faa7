// The wording of syntax errors: reads a refused program again, the way CPython's parser does, to find the same error.
#pragma once
#include <string_view>
#include <vector>

#include "frontend/compile.h"
#include "frontend/source.h"

namespace pyjit::frontend {

class Diagnoser {
 public:
  Diagnoser(const Source& source, std::string_view filename, const CompileOptions& options);
  bool accepts();                       // the program is right after all; otherwise error() says what is wrong
  const Diagnostic& error() const { return error_; }
  const std::vector<CompileWarning>& warnings() const { return warnings_; }

 private:
  Diagnostic error_;
  std::vector<CompileWarning> warnings_;
};

}  // namespace pyjit::frontend
