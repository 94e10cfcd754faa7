// The front end's product: one CPython 3.11 code object, field for field, before the runtime makes a Python object of it.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "frontend/constant.h"

namespace pyjit::frontend {

// co_localsplus kinds, with CPython's values (they are what marshal writes).
enum LocalKind : uint8_t { kLocalHidden = 0x10, kLocalVar = 0x20, kLocalCell = 0x40, kLocalFree = 0x80 };

// co_flags, with CPython's values.
enum CodeFlags : uint32_t {
  kOptimized = 0x1, kNewLocals = 0x2, kVarArgs = 0x4, kVarKeywords = 0x8, kNested = 0x10, kGenerator = 0x20,
  kCoroutine = 0x80, kIterableCoroutine = 0x100, kAsyncGenerator = 0x200,
  kFutureDivision = 0x20000, kFutureAbsoluteImport = 0x40000, kFutureWithStatement = 0x80000, kFuturePrintFunction = 0x100000,
  kFutureUnicodeLiterals = 0x200000, kFutureBarryAsBdfl = 0x400000, kFutureGeneratorStop = 0x800000, kFutureAnnotations = 0x1000000,
};

// Everything lives in the Arena of the compilation. Text is UTF-8 (surrogates as three bytes).
struct Code {
  uint32_t argcount = 0;          // positional, positional-only included
  uint32_t posonlyargcount = 0;
  uint32_t kwonlyargcount = 0;
  uint32_t stacksize = 0;
  uint32_t flags = 0;
  int32_t firstlineno = 1;
  std::string_view code;                            // co_code: 2-byte units, CACHE entries included, unquickened
  std::span<const Constant* const> consts;
  std::span<const std::string_view> names;
  std::span<const std::string_view> localsplusnames;  // locals (args first), then cells that are not args, then free variables
  std::string_view localspluskinds;                 // one LocalKind set a name
  std::string_view filename, name, qualname;
  std::string_view linetable, exceptiontable;       // in 3.11's encodings
};

}  // namespace pyjit::frontend
