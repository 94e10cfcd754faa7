// errno: the system's error numbers.
#include <cerrno>

#include "runtime/errors.h"
#include "runtime/modules/module_util.h"
#include "runtime/ops.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime {

bool init_errno_module(Module* m) {
  struct { const char* name; int value; } codes[] = {
#define ERROR_CODE(name) {#name, name},
#include "runtime/modules/errno.def"
#undef ERROR_CODE
  };
  Dict* by_code = TRY(new_dict());
  for (auto& c : codes) {
    if (!add_int(m, c.name, c.value) || !dict_set(by_code, Value::from_int(c.value), intern(c.name))) return false;
  }
  return add_object(m, "errorcode", by_code);
}

}  // namespace pyjit::runtime
