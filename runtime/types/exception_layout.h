// What the exception files share: field indices in Exception::extra, and the constructors and formatters of BaseException.
#pragma once
#include <cstddef>

#include "runtime/types/containers.h"
#include "runtime/types/exception.h"

namespace pyjit::runtime {

// ORDER(extra): see exception.h.
enum OsErrorField { kOsErrno, kOsStrerror, kOsFilename, kOsFilename2, kOsWritten, kOsFieldCount };
enum SyntaxErrorField { kSynMsg, kSynFilename, kSynLineno, kSynOffset, kSynText, kSynEndLineno, kSynEndOffset, kSynPrintFileAndLine, kSynFieldCount };
enum UnicodeErrorField { kUniEncoding, kUniObject, kUniStart, kUniEnd, kUniReason, kUniFieldCount };
enum ImportErrorField { kImpMsg, kImpName, kImpPath, kImpFieldCount };
enum AttributeErrorField { kAttrName, kAttrObj, kAttrFieldCount };
enum GroupField { kGroupMessage, kGroupExceptions, kGroupFieldCount };

// Instances hold only the fields their class declares, so that incompatible layouts conflict in multiple inheritance as in CPython.
constexpr uint32_t exception_size(int fields) { return static_cast<uint32_t>(offsetof(Exception, extra) + sizeof(Value) * static_cast<size_t>(fields)); }

template <int kFields>
void trace_exception(Object* o, Tracer& t) {
  auto* e = static_cast<Exception*>(o);
  t.visit(e->args);
  t.visit(e->traceback);
  t.visit(e->context);
  t.visit(e->cause);
  t.visit(e->notes);
  for (int i = 0; i < kFields; ++i) t.visit(e->extra[i]);
}

// Members that hold any object: absent reads as None, and deleting makes them absent.
template <int kIndex>
Value get_field(Value self) {
  Value v = self.as<Exception>()->extra[kIndex];
  return v ? v : Value::none();
}
template <int kIndex>
bool set_field(Value self, Value value) {
  auto* e = self.as<Exception>();
  e->extra[kIndex] = value;
  write_barrier(e, value);
  return true;
}
inline void set_extra(Exception* e, int index, Value v) {
  e->extra[index] = v;
  write_barrier(e, v);
}

Value exception_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames);
bool exception_init(Value self, Value* args, uint32_t nargs, Tuple* kwnames);
void set_exception_args(Exception* e, Tuple* args);
Value exception_str(Value self);
Value exception_state(Exception* e);   // the instance dict, or null when it has no attributes
bool reject_keywords(Value self, Tuple* kwnames);   // TypeError "X() takes no keyword arguments"

extern const ClassSpec kOsErrorSpec, kSyntaxErrorSpec, kStopIterationSpec, kSystemExitSpec, kImportErrorSpec, kAttributeErrorSpec, kNameErrorSpec,
    kKeyErrorSpec, kUnicodeDecodeErrorSpec, kUnicodeEncodeErrorSpec, kUnicodeTranslateErrorSpec, kBaseExceptionGroupSpec;
void init_exception_group();       // after every other class

}  // namespace pyjit::runtime
