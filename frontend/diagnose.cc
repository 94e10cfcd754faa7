#include "frontend/diagnose.h"
namespace pyjit::frontend {
Diagnoser::Diagnoser(const Source& source, std::string_view filename, const CompileOptions& options) {}
bool Diagnoser::accepts() { error_.kind = ErrorKind::kSyntaxError; error_.message = "refused"; return false; }
}
