// None, Ellipsis, NotImplemented: the classes of the immediate values.
#include "runtime/errors.h"
#include "runtime/names.h"
#include "runtime/native.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"

namespace pyjit::runtime {

namespace {

bool no_arguments(const char* name, uint32_t nargs, Tuple* kwnames) {
  if (!nargs && !(kwnames && kwnames->size)) return true;
  raisef(exc.TypeError, "%s takes no arguments", name);
  return false;
}
template <uint64_t bits>
Value constant_repr(Value) {
  return intern(bits == Value::kNoneBits ? "None" : bits == Value::kEllipsisBits ? "Ellipsis" : "NotImplemented");
}
int none_truth(Value) { return 0; }
int not_implemented_truth(Value) {
  if (!warn(exc.DeprecationWarning, "NotImplemented should not be used in a boolean context", 1)) return -1;
  return 1;
}
Value none_new(Class*, Value*, uint32_t nargs, Tuple* kwnames) { return no_arguments("NoneType", nargs, kwnames) ? Value::none() : Value(); }
Value ellipsis_new(Class*, Value*, uint32_t nargs, Tuple* kwnames) { return no_arguments("EllipsisType", nargs, kwnames) ? Value::ellipsis() : Value(); }
Value not_implemented_new(Class*, Value*, uint32_t nargs, Tuple* kwnames) {
  return no_arguments("NotImplementedType", nargs, kwnames) ? Value::not_implemented() : Value();
}
Value reduce_by_name(Value* args) { return repr(args[0]); }
int64_t none_hash(Value) { return 0xfca86420; }

constexpr MethodDef kReduce[] = {{"__reduce__", "($self, /)", reduce_by_name}, {}};
const ClassSpec kNoneSpec = {.name = "NoneType", .slots = {.repr = constant_repr<Value::kNoneBits>, .hash = none_hash, .truth = none_truth, .new_ = none_new}};
const ClassSpec kEllipsisSpec = {.name = "ellipsis", .slots = {.repr = constant_repr<Value::kEllipsisBits>, .new_ = ellipsis_new}, .methods = kReduce};
const ClassSpec kNotImplementedSpec = {
    .name = "NotImplementedType",
    .slots = {.repr = constant_repr<Value::kNotImplementedBits>, .truth = not_implemented_truth, .new_ = not_implemented_new},
    .methods = kReduce};

}  // namespace

void init_singleton_types() {
  types.none_type = new_builtin_class(kNoneSpec);
  types.ellipsis = new_builtin_class(kEllipsisSpec);
  types.not_implemented_type = new_builtin_class(kNotImplementedSpec);
}

}  // namespace pyjit::runtime
