// CompiledCode → text, for PYJIT_DUMP=quick and the translator's tests.
#include <cinttypes>
#include <cstdio>

#include "interp/compiled_code.h"
#include "runtime/ops.h"
#include "runtime/types/str.h"

namespace pyjit::interp {

using runtime::Value;

namespace {

struct Printer {
  const CompiledCode* compiled;
  std::string* out;

  void reg(unsigned r) {
    if (r < compiled->nlocalsplus) {
      *out += runtime::to_utf8(compiled->code->localsplusnames->items[r].as<runtime::Str>());
    } else {
      *out += "t" + std::to_string(r - compiled->nlocalsplus);
    }
  }
  void value(Value v) {
    if (v.is_object() && runtime::is_exact(v, runtime::types.code)) {
      *out += "<code " + runtime::to_utf8(v.as<runtime::Code>()->name) + ">";
    } else if (runtime::Str* text = runtime::repr(v)) {
      *out += runtime::to_utf8(text);
    } else {
      runtime::clear_pending();
      *out += "?";
    }
  }
  void list(const Instr* pc, unsigned fixed) {
    const uint16_t* regs = register_list(pc, static_cast<int>(fixed));
    *out += " (";
    for (unsigned i = 0; i < pc->c; ++i) {
      if (i) *out += ' ';
      reg(regs[i]);
    }
    *out += ')';
  }
  void instruction(const Instr* pc) {
    const OpInfo& info = kOpInfo[pc->op];
    uint32_t word = static_cast<uint32_t>(pc - compiled->entry);
    char head[64];
    snprintf(head, sizeof head, "%4u %4u  %-22s", word, compiled->unit_of_word[word] * 2, info.name);
    *out += head;
    const uint16_t fields[] = {pc->a, pc->b, pc->c};
    for (int i = 0; i < 3; ++i) {
      char kind = info.operands[i];
      if (kind == 'd' || kind == 'r' || kind == 'p') {
        *out += ' ';
        reg(fields[i]);
      } else if (kind == 'u' || kind == 'c') {
        *out += " #" + std::to_string(fields[i]);
      }
    }
    for (int i = 1; i < info.words; ++i) {
      switch (info.operands[2 + i]) {
        case 'K': *out += ' '; value(word_value(pc, i)); break;
        case 'N': *out += " ." + runtime::to_utf8(word_name(pc, i)); break;
        case 'J': *out += " -> " + std::to_string(static_cast<int64_t>(word) + jump_word(pc, i)->jump); break;
        case 'W': {
          const WindowWord* w = window_word(pc, i);
          *out += " [";
          reg(w->window);
          *out += " " + std::to_string(w->flags) + " " + std::to_string(w->number) + "]";
          break;
        }
        default: break;
      }
    }
    size_t last = 3 + info.words - 1u;
    if (info.operands[last]) list(pc, info.words);
    while (out->back() == ' ') out->pop_back();
    *out += '\n';
  }
};

}  // namespace

void disassemble(const CompiledCode* compiled, std::string* out) {
  Printer printer{compiled, out};
  *out += runtime::to_utf8(compiled->code->qualname) + ": " + std::to_string(compiled->register_count) + " registers\n";
  for (const Instr* pc = compiled->entry; pc < compiled->entry + compiled->word_count; pc += instruction_length(pc)) printer.instruction(pc);
  for (uint32_t i = 0; i < compiled->range_count; ++i) {
    const ExceptionRange& r = compiled->ranges[i];
    *out += "  handler " + std::to_string(2 * r.start) + ".." + std::to_string(2 * r.end) + " -> " + std::to_string(2 * r.target) +
            " depth " + std::to_string(r.depth) + (r.push_lasti ? " lasti" : "") + "\n";
  }
}

}  // namespace pyjit::interp
