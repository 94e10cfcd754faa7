// The type codes of marshal version 4, shared by whoever reads or writes it.
#pragma once
#include <cstdint>

namespace pyjit::frontend {

enum MarshalType : uint8_t {
  kMarshalNull = '0', kMarshalNone = 'N', kMarshalFalse = 'F', kMarshalTrue = 'T', kMarshalStopIteration = 'S',
  kMarshalEllipsis = '.', kMarshalInt = 'i', kMarshalFloat = 'f', kMarshalBinaryFloat = 'g', kMarshalComplex = 'x',
  kMarshalBinaryComplex = 'y', kMarshalLong = 'l', kMarshalBytes = 's', kMarshalInterned = 't', kMarshalRef = 'r',
  kMarshalTuple = '(', kMarshalSmallTuple = ')', kMarshalList = '[', kMarshalDict = '{', kMarshalCode = 'c',
  kMarshalUnicode = 'u', kMarshalSet = '<', kMarshalFrozenSet = '>', kMarshalAscii = 'a', kMarshalAsciiInterned = 'A',
  kMarshalShortAscii = 'z', kMarshalShortAsciiInterned = 'Z',
};
inline constexpr uint8_t kMarshalFlagRef = 0x80;  // the object is entered in the table that kMarshalRef indexes
inline constexpr int kMarshalVersion = 4;
inline constexpr int kMarshalMaxDepth = 2000;
inline constexpr int kMarshalDigitBits = 15;      // of kMarshalLong
inline constexpr uint16_t kPycMagic = 3495;       // CPython 3.11; followed by "\r\n"

}  // namespace pyjit::frontend
