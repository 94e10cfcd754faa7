// _pickle: the parts its files share: opcodes, the exceptions, PickleBuffer, and copyreg's and _compat_pickle's tables.
#pragma once
#include "runtime/modules/module_util.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime::pickle {

constexpr int kHighestProtocol = 5, kDefaultProtocol = 4;
constexpr int kBatchSize = 1000;             // items between MARK and APPENDS, SETITEMS, ADDITEMS
constexpr size_t kFrameTarget = 64 * 1024;   // a frame is closed when it reaches this; larger payloads are not framed

enum Op : uint8_t {
  MARK = '(', STOP = '.', POP = '0', POP_MARK = '1', DUP = '2', FLOAT = 'F', INT = 'I', BININT = 'J', BININT1 = 'K', LONG = 'L', BININT2 = 'M',
  NONE = 'N', PERSID = 'P', BINPERSID = 'Q', REDUCE = 'R', STRING = 'S', BINSTRING = 'T', SHORT_BINSTRING = 'U', UNICODE = 'V', BINUNICODE = 'X',
  APPEND = 'a', BUILD = 'b', GLOBAL = 'c', DICT = 'd', EMPTY_DICT = '}', APPENDS = 'e', GET = 'g', BINGET = 'h', INST = 'i', LONG_BINGET = 'j',
  LIST = 'l', EMPTY_LIST = ']', OBJ = 'o', PUT = 'p', BINPUT = 'q', LONG_BINPUT = 'r', SETITEM = 's', TUPLE = 't', EMPTY_TUPLE = ')',
  SETITEMS = 'u', BINFLOAT = 'G',
  PROTO = 0x80, NEWOBJ, EXT1, EXT2, EXT4, TUPLE1, TUPLE2, TUPLE3, NEWTRUE, NEWFALSE, LONG1, LONG4,   // protocol 2
  BINBYTES = 'B', SHORT_BINBYTES = 'C',                                                             // protocol 3
  SHORT_BINUNICODE = 0x8c, BINUNICODE8, BINBYTES8, EMPTY_SET, ADDITEMS, FROZENSET, NEWOBJ_EX, STACK_GLOBAL, MEMOIZE, FRAME,   // protocol 4
  BYTEARRAY8 = 0x96, NEXT_BUFFER, READONLY_BUFFER,                                                  // protocol 5
};

extern Class *pickle_error, *pickling_error, *unpickling_error;
extern Class* buffer_class;          // pickle.PickleBuffer

// The module-level tables of copyreg and _compat_pickle, looked up once.
struct Tables {
  Dict *dispatch_table, *extension_registry, *inverted_registry, *extension_cache;
  Dict *name_mapping, *import_mapping, *reverse_name_mapping, *reverse_import_mapping;
};
Tables* tables();                    // null: exception pending

// object.part1.part2 ...; `parent` (optional) is what the last part was found on. Null: AttributeError or another error pending.
Value dotted_attribute(Value object, Str* path, Value* parent);
bool parse_protocol(Value protocol, int* out);
bool release_contents(Value buffer); // of a PickleBuffer
const BufferView* contents(Value buffer);   // null: ValueError pending (released)

bool add_buffer_class(Module* m);
bool add_pickler(Module* m);
bool add_unpickler(Module* m);

// pickle.dumps / dump: file null: returns bytes.
Value dump_object(Value object, Value file, Value protocol, Value fix_imports, Value buffer_callback);
Value load_object(Value file, Value data, Value fix_imports, Value encoding, Value errors, Value buffers);

}  // namespace pyjit::runtime::pickle
