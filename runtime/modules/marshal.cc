// marshal: the module over runtime/marshal.h.
#include "runtime/audit.h"
#include "runtime/marshal.h"

#include "runtime/errors.h"
#include "runtime/module_registry.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"

namespace pyjit::runtime {

namespace {

bool version_of(Value v, int* version) { return v ? to_int32(v, version) : (*version = 4, true); }

Value m_dumps(Value* a) {
  if (!audit("marshal.dumps", {a[0], a[1] ? a[1] : Value::from_int(4)})) return nullptr;
  int version;
  if (!version_of(a[1], &version)) return nullptr;
  std::string out;
  return marshal_dump(a[0], version, &out) ? Value(new_bytes(out)) : Value();
}
Value m_dump(Value* a) {
  if (!audit("marshal.dumps", {a[0], a[2] ? a[2] : Value::from_int(4)})) return nullptr;
  int version;
  if (!version_of(a[2], &version)) return nullptr;
  std::string out;
  if (!marshal_dump(a[0], version, &out)) return nullptr;
  return call_method1(a[1], names.write, new_bytes(out));
}
Value m_loads(Value* a) {
  if (!audit("marshal.loads", {a[0]})) return nullptr;
  BufferView view;
  if (!get_buffer(a[0], &view)) return nullptr;
  size_t position = 0;
  Value v = marshal_load(view.view(), &position);
  release_buffer(&view);
  return v;
}
Value m_load(Value* a) {
  if (!audit("marshal.load")) return nullptr;
  // The object's end is known only by reading it: take what the file has and step back over the rest.
  Value data = TRY(call_method0(a[0], names.read));
  if (!is_bytes(data)) return raisef(exc.TypeError, "file.read() returned not bytes but %.100s", type_name(data));
  size_t position = 0;
  Value v = TRY(marshal_load(data.as<Bytes>()->view(), &position));
  int64_t rest = static_cast<int64_t>(data.as<Bytes>()->size - position);
  if (rest) {
    Value args[] = {Value::from_int(-rest), Value::from_int(1)};
    TRY(call_method(a[0], intern("seek"), args, 2));
  }
  return v;
}

constexpr MethodDef kFunctions[] = {
    {"dump", "($module, value, file, version=version, /)", m_dump, Effects::kCallsPython, MethodKind::kFunction, "Write the value on the open file."},
    {"load", "($module, file, /)", m_load, Effects::kCallsPython, MethodKind::kFunction, "Read one value from the open file and return it."},
    {"dumps", "($module, value, version=version, /)", m_dumps, Effects::kCallsPython, MethodKind::kFunction, "Return the bytes object that would be written to a file by dump(value, file)."},
    {"loads", "($module, bytes, /)", m_loads, Effects::kCallsPython, MethodKind::kFunction, "Convert the bytes-like object to a value."},
    {}};

}  // namespace

bool init_marshal(Module* m) { return add_functions(m, kFunctions) && add_int(m, "version", 4); }

}  // namespace pyjit::runtime
