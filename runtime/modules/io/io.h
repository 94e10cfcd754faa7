// _io: what its files share. Class hierarchy, as in CPython:
//
//   _IOBase ─ _RawIOBase ─ FileIO
//           ├ _BufferedIOBase ─ BytesIO, BufferedReader, BufferedWriter, BufferedRandom, BufferedRWPair
//           └ _TextIOBase ─ StringIO, TextIOWrapper
#pragma once
#include <string>

#include "runtime/class.h"
#include "runtime/errors.h"
#include "runtime/native.h"
#include "runtime/types/bytes.h"
#include "runtime/types/str.h"

namespace pyjit::runtime::io {

extern Class *io_base, *raw_io_base, *buffered_io_base, *text_io_base;
extern Class *file_io, *bytes_io, *buffered_reader, *buffered_writer, *buffered_random, *buffered_rw_pair, *string_io, *text_io_wrapper,
    *newline_decoder, *unsupported_operation;

constexpr int64_t kDefaultBufferSize = 8192;

// Every _io object starts like this (attribute storage behind the header).
struct IOObject : Object { Object* overflow; };

struct FileIO : IOObject {
  int fd;                     // -1: closed or not opened
  bool created, readable, writable, appending, close_fd, finalizing;
  int8_t seekable;            // -1: not known yet
};
// Direct system calls for buffered objects over an exact FileIO. -1: error pending; -2: would block.
int64_t raw_read(FileIO* f, char* data, size_t n);
int64_t raw_write(FileIO* f, const char* data, size_t n);

Str* locale_encoding();         // what encoding=None means: UTF-8 in every locale Debian ships by default
void init_base_classes();
void init_file_io();
void init_buffered();
void init_bytes_io();
void init_string_io();
void init_text_io();

std::nullptr_t raise_unsupported(const char* message);
std::nullptr_t raise_closed(const char* message = "I/O operation on closed file.");
// `closed` attribute of any file object: 1, 0, -1.
int is_closed(Value file);
// iobase defaults that subclasses reuse.
Value iobase_close(Value self);
// An optional size argument: null or None is -1.
bool size_argument(Value v, int64_t* size);
Value open_file(Value file, Value mode, Value buffering, Value encoding, Value errors, Value newline, Value closefd, Value opener);
// Splits off one line at a '\n' (or universal newlines as `newline` says): end position in code points, or -1 when there is none yet.
int64_t find_line_end(const Str* s, uint64_t from, bool translate, bool universal, const Str* newline);
// EINTR: runs signal handlers. False: one of them raised.
bool handle_interrupt();

}  // namespace pyjit::runtime::io
