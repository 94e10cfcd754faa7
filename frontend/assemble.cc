// Lays the blocks out: jump directions and distances, EXTENDED_ARG prefixes, CACHE units, and the two side tables.
#include "frontend/assemble.h"

#include <cstring>

namespace pyjit::frontend {
namespace {

int size_of(const Instr& in) {
  int extended = (in.arg > 0xffffff) + (in.arg > 0xffff) + (in.arg > 0xff);
  return extended + 1 + kOpInfo[in.op].caches;
}

bool is_backward(int op) {
  switch (op) {
    case OP_JUMP_BACKWARD:
    case OP_JUMP_BACKWARD_NO_INTERRUPT:
    case OP_POP_JUMP_BACKWARD_IF_FALSE:
    case OP_POP_JUMP_BACKWARD_IF_TRUE:
    case OP_POP_JUMP_BACKWARD_IF_NONE:
    case OP_POP_JUMP_BACKWARD_IF_NOT_NONE:
      return true;
    default:
      return false;
  }
}

bool direct_jumps(FlowGraph& graph, std::string& error) {
  for (Block* b = graph.entry(); b; b = b->next) b->visited = false;
  for (Block* b = graph.entry(); b; b = b->next) {
    b->visited = true;
    Instr* last = b->last();
    if (!last || !last->target) continue;
    bool forward = !last->target->visited;
    switch (last->op) {
      case OP_JUMP:
        last->op = forward ? OP_JUMP_FORWARD : OP_JUMP_BACKWARD;
        break;
      case OP_JUMP_NO_INTERRUPT:
        last->op = forward ? OP_JUMP_FORWARD : OP_JUMP_BACKWARD_NO_INTERRUPT;
        break;
      case OP_POP_JUMP_IF_FALSE:
        last->op = forward ? OP_POP_JUMP_FORWARD_IF_FALSE : OP_POP_JUMP_BACKWARD_IF_FALSE;
        break;
      case OP_POP_JUMP_IF_TRUE:
        last->op = forward ? OP_POP_JUMP_FORWARD_IF_TRUE : OP_POP_JUMP_BACKWARD_IF_TRUE;
        break;
      case OP_POP_JUMP_IF_NONE:
        last->op = forward ? OP_POP_JUMP_FORWARD_IF_NONE : OP_POP_JUMP_BACKWARD_IF_NONE;
        break;
      case OP_POP_JUMP_IF_NOT_NONE:
        last->op = forward ? OP_POP_JUMP_FORWARD_IF_NOT_NONE : OP_POP_JUMP_BACKWARD_IF_NOT_NONE;
        break;
      default:
        if (!forward) {
          error = std::string("unexpected ") + kOpInfo[last->op].name + " jumping backwards";
          return false;
        }
    }
  }
  return true;
}

// Distances decide instruction sizes and sizes decide distances: repeat until nothing grows.
// Answers the size of the code in units.
int fix_distances(FlowGraph& graph) {
  int total = 0;
  for (bool again = true; again;) {
    again = false;
    total = 0;
    for (Block* b = graph.entry(); b; b = b->next) {
      b->offset = total;
      for (int i = 0; i < b->used; i++) total += size_of(b->instrs[i]);
    }
    for (Block* b = graph.entry(); b; b = b->next) {
      Instr* last = b->last();
      if (!last || !last->target) continue;
      int after = b->next ? b->next->offset : total;
      int size = size_of(*last);
      last->arg = is_backward(last->op) ? after - last->target->offset : last->target->offset - after;
      if (size_of(*last) != size) again = true;
    }
  }
  return total;
}

char* write_instr(char* out, const Instr& in) {
  unsigned arg = (unsigned)in.arg;
  if (arg > 0xff) {
    for (int shift : {24, 16, 8}) {
      if (arg >> shift == 0) continue;
      *out++ = (char)OP_EXTENDED_ARG;
      *out++ = (char)(arg >> shift);
    }
  }
  *out++ = (char)in.op;
  *out++ = (char)arg;
  int caches = kOpInfo[in.op].caches * 2;
  std::memset(out, 0, (size_t)caches);
  return out + caches;
}

// co_linetable: each entry starts with 1kkkklll, k its kind and l its length in code units less one.
enum LocationKind { kOneLine0 = 10, kNoColumns = 13, kLong = 14, kNone = 15 };

char* write_varint(char* out, unsigned v) {
  while (v >= 64) {
    *out++ = (char)(0x40 | (v & 0x3f));
    v >>= 6;
  }
  *out++ = (char)v;
  return out;
}
char* write_signed_varint(char* out, int v) {
  return write_varint(out, v < 0 ? ((unsigned)(-v) << 1 | 1) : (unsigned)v << 1);
}
void write_exception_item(std::string& out, int value, int first_bit) {
  for (int shift : {24, 18, 12, 6}) {
    if (value >= 1 << shift) {
      out += (char)((value >> shift & 0x3f) | 0x40 | first_bit);
      first_bit = 0;
    }
  }
  out += (char)((value & 0x3f) | first_bit);
}

}  // namespace

char* write_location(char* out, int units, const Location& loc, int& line) {
  auto head = [&](int kind) { *out++ = (char)(0x80 | kind << 3 | (units - 1)); };
  if (loc.line < 0) {
    head(kNone);
    return out;
  }
  int delta = loc.line - line;
  if (loc.col < 0 || loc.end_col < 0) {
    if (loc.end_line == loc.line || loc.end_line == -1) {
      head(kNoColumns);
      line = loc.line;
      return write_signed_varint(out, delta);
    }
  } else if (loc.end_line == loc.line) {
    if (delta == 0 && loc.col < 80 && loc.end_col - loc.col < 16 && loc.end_col >= loc.col) {
      head(loc.col >> 3);
      *out++ = (char)((loc.col & 7) << 4 | (loc.end_col - loc.col));
      return out;
    }
    if (delta >= 0 && delta < 3 && loc.col < 128 && loc.end_col < 128) {
      head(kOneLine0 + delta);
      *out++ = (char)loc.col;
      *out++ = (char)loc.end_col;
      line = loc.line;
      return out;
    }
  }
  head(kLong);
  line = loc.line;
  out = write_signed_varint(out, delta);
  out = write_varint(out, (unsigned)(loc.end_line - loc.line));
  out = write_varint(out, (unsigned)(loc.col + 1));
  return write_varint(out, (unsigned)(loc.end_col + 1));
}

void write_exception_row(std::string& out, int start, int end, int target, int depth, bool lasti) {
  write_exception_item(out, start, 0x80);
  write_exception_item(out, end - start, 0);
  write_exception_item(out, target, 0);
  write_exception_item(out, depth << 1 | (lasti ? 1 : 0), 0);
}

bool assemble(FlowGraph& graph, int first_line, Assembled& out, std::string& error) {
  if (!direct_jumps(graph, error)) return false;
  int total = fix_distances(graph);
  out.exception_buffer.clear();
  if (out.code_buffer.size() < (size_t)total * 2) {
    out.code_buffer.resize((size_t)total * 4);
    out.line_buffer.resize((size_t)total * 2 * kMaxLocationSize);  // an entry covers at least one unit
  }
  char *code = out.code_buffer.data(), *table = out.line_buffer.data();
  int line = first_line, start = -1;
  Block* handler = nullptr;
  auto close_row = [&](int offset) {
    if (handler)
      write_exception_row(out.exception_buffer, start, offset, handler->offset,
                          handler->start_depth - 1 - handler->preserve_lasti, handler->preserve_lasti);
  };
  for (Block* b = graph.entry(); b; b = b->next) {
    for (int i = 0; i < b->used; i++) {
      const Instr& in = b->instrs[i];
      if (in.except != handler) {
        int offset = (int)((code - out.code_buffer.data()) / 2);
        close_row(offset);
        start = offset;
        handler = in.except;
      }
      char* before = code;
      code = write_instr(code, in);
      int size = (int)((code - before) / 2);
      for (; size > 8; size -= 8) table = write_location(table, 8, in.loc, line);
      table = write_location(table, size, in.loc, line);
    }
  }
  close_row(total);
  out.code = {out.code_buffer.data(), (size_t)total * 2};
  out.linetable = {out.line_buffer.data(), (size_t)(table - out.line_buffer.data())};
  out.exceptiontable = out.exception_buffer;
  return true;
}

}  // namespace pyjit::frontend
