// Classes of native modules: made once, rooted for good, put into their module.
#include "runtime/modules/module_util.h"

#include "runtime/types/dict.h"

namespace pyjit::runtime {

bool set_instance_dict_row(Value self, Value value) {
  if (!value) {
    raise(exc.TypeError, "cannot delete __dict__");
    return false;
  }
  if (!is_dict(value)) {
    raisef(exc.TypeError, "__dict__ must be set to a dictionary, not a '%.200s'", type_name(value));
    return false;
  }
  return instance_set_dict(self.as_object(), value.as<Dict>());
}

bool add_class(Module* m, const ClassSpec& spec, Class** cls, Shape* root_shape) {
  constexpr size_t kMaxClasses = 512;
  static Value roots[kMaxClasses];
  static size_t count = 0;
  if (!*cls) {
    if (!count) heap.add_root_range(roots, roots + kMaxClasses);
    *cls = new_builtin_class(spec, root_shape);
    if (!*cls) return false;
    assert(count < kMaxClasses);
    roots[count++] = *cls;
  }
  const char* dot = strrchr(spec.name, '.');
  return add_object(m, dot ? dot + 1 : spec.name, *cls);
}

}  // namespace pyjit::runtime
