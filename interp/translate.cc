// translate(): CPython 3.11 bytecode → register instructions, once per code object.
//
// The stack is simulated at translation time. Each position holds an entry that says where its value is: a register (a local's, or a
// temporary's) or a constant. LOAD_FAST, LOAD_CONST, COPY, SWAP, POP_TOP thus emit nothing; instructions read the registers that the
// entries name, and STORE_FAST makes the instruction that produced the value write the local directly. Position d has a home register,
// home(d) = nlocalsplus + d. Rules:
//   1. At every join, and below the depth that the active exception handler keeps, entries are in their homes.
//   2. Before a register is overwritten, entries that name it are moved to their homes.
//   3. A result that goes to position p is written to home(p).
#include <cstdlib>
#include <cstring>
#include <vector>

#include "frontend/code.h"
#include "frontend/opcodes.h"
#include "interp/flow.h"
#include "interp/hot.h"
#include "runtime/errors.h"
#include "runtime/types/bytes.h"
#include "runtime/types/str.h"

namespace pyjit::interp {

using namespace pyjit::frontend;
using runtime::Code;
using runtime::Value;

namespace {

struct Entry {
  enum Where : uint8_t { kRegister, kConstant, kNull } where = kRegister;
  Kind kind = Kind::kValue;
  uint32_t reg = 0;
  Value constant;
};

struct LoopHead {                 // a FOR_ITER and what its back edges need to repeat it
  uint32_t word = kNoWord;        // of the FOR_ITER instruction
  uint32_t body = kNoWord;        // word behind it
};

class Translator {
 public:
  Translator(Code* code, Flow& flow) : code_(code), flow_(flow), locals_(static_cast<uint32_t>(code->localsplusnames->size)) {}
  bool run();
  CompiledCode* finish();
  std::string error;

 private:
  // Emission.
  uint32_t here() const { return static_cast<uint32_t>(words_.size()); }
  uint32_t emit(Op op, uint32_t a = 0, uint32_t b = 0, uint32_t c = 0) {
    uint32_t word = here();
    Instr instr{op, static_cast<uint16_t>(a), static_cast<uint16_t>(b), static_cast<uint16_t>(c)};
    uint64_t bits;
    memcpy(&bits, &instr, 8);
    push_word(bits);
    last_result_ = kNoWord;
    return word;
  }
  void push_word(uint64_t bits) { words_.push_back(bits); units_.push_back(unit_); }
  void push_value(Value v) { push_word(v.bits()); }
  void push_name(uint32_t index) { push_value(code_->names->items[index]); }
  void push_caches(int n) { while (n-- > 0) push_word(0); }
  void push_window(uint32_t window, uint32_t flags = 0, uint32_t number = 0) {
    WindowWord w{static_cast<uint16_t>(window), static_cast<uint16_t>(flags), number};
    uint64_t bits;
    memcpy(&bits, &w, 8);
    push_word(bits);
  }
  void push_list(const std::vector<uint16_t>& regs) {
    for (size_t i = 0; i < regs.size(); i += 4) {
      uint64_t bits = 0;
      memcpy(&bits, &regs[i], std::min<size_t>(4, regs.size() - i) * 2);
      push_word(bits);
    }
  }
  void push_jump(uint32_t start, int32_t target) {
    patches_.push_back({start, here(), target});
    push_word(0);
  }
  Instr& instr_at(uint32_t word) { return reinterpret_cast<Instr&>(words_[word]); }

  // The simulated stack.
  uint32_t depth() const { return static_cast<uint32_t>(stack_.size()); }
  uint32_t home(uint32_t position) const { return locals_ + position; }
  bool is_home(uint32_t position) const { return stack_[position].where == Entry::kRegister && stack_[position].reg == home(position); }
  Entry& top(uint32_t below = 0) { return stack_[stack_.size() - 1 - below]; }
  void pop(uint32_t n = 1) { stack_.resize(stack_.size() - n); }
  void push_register(uint32_t reg, Kind kind = Kind::kValue) { stack_.push_back({Entry::kRegister, kind, reg, nullptr}); }
  void push_constant(Value v) { stack_.push_back({Entry::kConstant, Kind::kValue, 0, v}); }
  // Register that the entry's value is in; constants are loaded into their home first.
  uint32_t reg(uint32_t position) {
    if (stack_[position].where == Entry::kConstant) to_home(position);
    return stack_[position].reg;
  }
  uint32_t reg_top(uint32_t below = 0) { return reg(depth() - 1 - below); }
  void to_home(uint32_t position);
  void all_home(uint32_t count);
  void free_register(uint32_t r, uint32_t live);
  void settle(uint32_t live, uint32_t results);
  // Takes `pops` entries, pushes one result produced by the instruction that is emitted next: returns its register.
  void result(uint32_t word) {
    push_register(home(depth()));
    last_result_ = word;
  }
  // Loads constants among the top `count` entries, so that reading one operand's register cannot move another's.
  void ready(uint32_t count) {
    for (uint32_t i = 0; i < count; ++i) reg(depth() - count + i);
  }
  std::vector<uint16_t> take_list(uint32_t count) {
    ready(count);
    std::vector<uint16_t> regs(count);
    for (uint32_t i = 0; i < count; ++i) regs[i] = static_cast<uint16_t>(reg(depth() - count + i));
    return regs;
  }

  // Positions that hold PUSH_NULL's NULL: nothing is written there, so their homes hold something old.
  uint32_t dead_homes() const {
    uint32_t dead = 0;
    for (uint32_t p = 0; p < depth() && p < 32; ++p) {
      if (stack_[p].where == Entry::kNull && stack_[p].kind == Kind::kNull) dead |= 1u << p;
    }
    for (const Entry& e : stack_) {
      if (dead && e.where == Entry::kRegister && e.reg >= locals_ && e.reg < locals_ + 32) dead &= ~(1u << (e.reg - locals_));
    }
    return dead;
  }

  void translate_instr(size_t index);
  void store_fast(uint32_t local);
  void binary(uint32_t arg);
  void compare(size_t index);
  void conditional_jump(const FlowInstr& instr);
  void jump_backward(const FlowInstr& instr);
  void call(uint32_t count);
  void subscript_slice(size_t index);
  void pattern_and_async(const FlowInstr& instr);
  void simple(Op op, uint32_t pops);
  bool next_is(size_t index, std::initializer_list<int> ops) {
    if (index + 1 >= flow_.instrs.size() || flow_.instrs[index + 1].leader) return false;
    for (int op : ops) if (flow_.instrs[index + 1].op == op) return true;
    return false;
  }

  struct Patch { uint32_t start, word; int32_t target; };
  Code* code_;
  Flow& flow_;
  uint32_t locals_;
  uint32_t unit_ = 0;
  std::vector<uint64_t> words_;
  std::vector<uint32_t> units_;
  std::vector<uint16_t> depths_;
  std::vector<uint32_t> label_;             // FlowInstr index → word
  std::vector<Patch> patches_;
  std::vector<Entry> stack_;
  BitSet assigned_;
  std::vector<LoopHead> heads_;             // by FlowInstr index of the FOR_ITER
  uint32_t last_result_ = kNoWord;          // instruction whose field a may still be redirected: it produced the top of the stack
  uint32_t last_list_ = kNoWord;            // UNPACK_SEQUENCE whose list entries may still be redirected
  std::vector<uint16_t> live_limit_;        // code unit → first register above all that entries name
  std::vector<uint32_t> dead_homes_;        // code unit → homes below that which hold nothing: bit i for position i
  runtime::Value kwnames_;
  uint32_t scratch_count_ = 1;
  bool skip_next_ = false;
  bool live_ = false;
};

void Translator::to_home(uint32_t position) {
  Entry& e = stack_[position];
  if (e.where == Entry::kNull || is_home(position)) return;
  for (uint32_t q = 0; q < depth(); ++q) {
    if (q != position && stack_[q].where == Entry::kRegister && stack_[q].reg == home(position)) {
      all_home(depth());
      return;
    }
  }
  if (e.where == Entry::kConstant) {
    emit(kLOAD_CONST, home(position));
    push_value(e.constant);
  } else {
    emit(kMOVE, home(position), e.reg);
  }
  e.where = Entry::kRegister;
  e.reg = home(position);
}

// Moves the lowest `count` entries home: a parallel move, registers behind the homes breaking cycles.
void Translator::all_home(uint32_t count) {
  for (bool progress = true, pending = true; pending;) {
    pending = progress = false;
    for (uint32_t p = 0; p < count; ++p) {
      Entry& e = stack_[p];
      if (e.where == Entry::kNull || is_home(p)) continue;
      pending = true;
      bool blocked = false;
      for (uint32_t q = 0; q < depth(); ++q) blocked |= q != p && stack_[q].where == Entry::kRegister && stack_[q].reg == home(p);
      if (blocked) continue;
      if (e.where == Entry::kConstant) {
        emit(kLOAD_CONST, home(p));
        push_value(e.constant);
      } else {
        emit(kMOVE, home(p), e.reg);
      }
      e.where = Entry::kRegister;
      e.reg = home(p);
      progress = true;
    }
    if (pending && !progress) {
      // Every one waits for another: save the register that the first wants and let its readers use the copy.
      uint32_t p = 0;
      while (stack_[p].where == Entry::kNull || is_home(p)) ++p;
      // Entries above `count` stay in the scratch register they were given: take one that nobody names.
      uint32_t scratch = locals_ + flow_.max_depth;
      for (bool taken = true; taken; scratch += taken) {
        taken = false;
        for (const Entry& e : stack_) taken |= e.where == Entry::kRegister && e.reg == scratch;
      }
      scratch_count_ = std::max(scratch_count_, scratch - locals_ - flow_.max_depth + 1);
      emit(kMOVE, scratch, home(p));
      for (Entry& e : stack_) {
        if (e.where == Entry::kRegister && e.reg == home(p)) e.reg = scratch;
      }
    }
  }
}

// Rule 2 for register r and the lowest `live` entries.
void Translator::free_register(uint32_t r, uint32_t live) {
  for (uint32_t p = 0; p < live; ++p) {
    if (stack_[p].where == Entry::kRegister && stack_[p].reg == r && !(r == home(p))) to_home(p);
  }
}

// Before an instruction that keeps `live` entries and writes `results` homes above them.
void Translator::settle(uint32_t live, uint32_t results) {
  for (uint32_t p = 0; p < live; ++p) {
    const Entry& e = stack_[p];
    if (e.where == Entry::kRegister && e.reg >= home(live) && e.reg < home(live + results)) {
      all_home(depth());
      return;
    }
  }
}

void Translator::simple(Op op, uint32_t pops) {
  ready(pops);
  uint32_t b = pops > 0 ? reg_top(pops - 1) : 0, c = pops > 1 ? reg_top(pops - 2) : 0;
  pop(pops);
  result(emit(op, home(depth()), b, c));
  last_result_ = here() - 1;
}

void Translator::store_fast(uint32_t local) {
  Entry value = top();
  uint32_t produced = last_result_;
  bool from_list = last_list_ != kNoWord && value.where == Entry::kRegister && value.reg == home(depth() - 1);
  uint32_t before = here();
  free_register(local, depth() - 1);
  value = top();
  bool moved = here() != before;
  pop();
  if (value.where == Entry::kConstant) {
    emit(kLOAD_CONST, local);
    push_value(value.constant);
  } else if (value.reg == local) {
    // stored where it is
  } else if (produced != kNoWord && !moved && value.reg == home(depth()) && instr_at(produced).a == value.reg) {
    bool shared = false;
    for (const Entry& e : stack_) shared |= e.where == Entry::kRegister && e.reg == value.reg;
    if (shared) {
      emit(kMOVE, local, value.reg);
    } else {
      instr_at(produced).a = static_cast<uint16_t>(local);
    }
  } else if (from_list && !moved) {
    // UNPACK_SEQUENCE pushes its last item first: the top of the stack is item number (list position) i.
    Instr& unpack = instr_at(last_list_);
    auto* list = const_cast<uint16_t*>(register_list(&unpack, 1));
    bool done = false;
    // A local may be stored twice (a, a = t): the later one must win, so an earlier redirection stays a temporary.
    for (unsigned i = 0; i < unpack.c; ++i) {
      if (list[i] == local) { from_list = false; }
    }
    if (from_list && unpack.a != local) {
      for (unsigned i = 0; i < unpack.c; ++i) {
        if (list[i] == value.reg) { list[i] = static_cast<uint16_t>(local); done = true; break; }
      }
    }
    if (!done) {
      uint32_t keep = last_list_;
      emit(kMOVE, local, value.reg);
      last_list_ = keep;
    }
    set_bit(assigned_, local);
    last_result_ = kNoWord;
    return;
  } else {
    emit(kMOVE, local, value.reg);
  }
  last_result_ = kNoWord;
  last_list_ = kNoWord;
  set_bit(assigned_, local);
}

void Translator::binary(uint32_t arg) {
  static constexpr Op kOps[] = {kBINARY_ADD, kBINARY_AND, kBINARY_FLOORDIV, kBINARY_LSHIFT, kBINARY_MATMUL, kBINARY_MUL, kBINARY_MOD,
                                kBINARY_OR, kBINARY_POW, kBINARY_RSHIFT, kBINARY_SUB, kBINARY_TRUEDIV, kBINARY_XOR};
  bool inplace = arg >= 13;
  uint32_t op = kOps[arg % 13];                       // + 1 in place, + 2 register-constant, + 3 constant-register
  settle(depth() - 2, 1);
  Entry right = top(), left = top(1);
  uint32_t word;
  if (right.where == Entry::kConstant && left.where != Entry::kConstant) {
    uint32_t l = reg_top(1);
    pop(2);
    word = emit(static_cast<Op>(op + 2), home(depth()), l, inplace);
    push_value(right.constant);
  } else if (left.where == Entry::kConstant && right.where != Entry::kConstant) {
    uint32_t r = reg_top();
    pop(2);
    word = emit(static_cast<Op>(op + 3), home(depth()), r, inplace);
    push_value(left.constant);
  } else {
    ready(2);
    uint32_t l = reg_top(1), r = reg_top();
    pop(2);
    word = emit(static_cast<Op>(op + inplace), home(depth()), l, r);
  }
  result(word);
}

void Translator::compare(size_t index) {
  const FlowInstr& instr = flow_.instrs[index];
  uint32_t op = kCOMPARE_LT + instr.arg * 4;          // + 1 constant, + 2 jump, + 3 jump with constant
  bool constant = top().where == Entry::kConstant;
  bool fuse = next_is(index, {OP_POP_JUMP_FORWARD_IF_FALSE, OP_POP_JUMP_FORWARD_IF_TRUE, OP_POP_JUMP_BACKWARD_IF_FALSE, OP_POP_JUMP_BACKWARD_IF_TRUE});
  Value k = top().constant;
  if (!fuse) {
    settle(depth() - 2, 1);
    if (!constant) ready(2);
    uint32_t l = reg_top(1), r = constant ? 0 : reg_top();
    pop(2);
    uint32_t word = emit(static_cast<Op>(op + constant), home(depth()), l, r);
    if (constant) push_value(k);
    result(word);
    return;
  }
  const FlowInstr& branch = flow_.instrs[index + 1];
  bool sense = branch.op == OP_POP_JUMP_FORWARD_IF_TRUE || branch.op == OP_POP_JUMP_BACKWARD_IF_TRUE;
  bool backward = branch.op == OP_POP_JUMP_BACKWARD_IF_FALSE || branch.op == OP_POP_JUMP_BACKWARD_IF_TRUE;
  // Operands may be overwritten when the entries below go home, so those go first; both operands are then read in place.
  settle(depth() - 2, 0);
  all_home(depth() - 2);
  if (!constant) ready(2);
  uint32_t l = reg_top(1), r = constant ? 0 : reg_top();
  pop(2);
  label_[index + 1] = here();
  if (backward) sense = !sense;
  uint32_t word = emit(static_cast<Op>(op + 2 + constant), l, r, sense);
  if (backward) {
    push_word(0);
    if (constant) push_value(k);
    unit_ = branch.unit;
    uint32_t loop = emit(kLOOP);
    push_jump(loop, branch.target);
    jump_word(&instr_at(word))->jump = static_cast<int32_t>(here() - word);
  } else {
    push_jump(word, branch.target);
    if (constant) push_value(k);
  }
  skip_next_ = true;
}

void Translator::conditional_jump(const FlowInstr& instr) {
  Op op;
  Op inverse;
  bool backward = false;
  switch (instr.op) {
    case OP_POP_JUMP_BACKWARD_IF_FALSE: backward = true; [[fallthrough]];
    case OP_POP_JUMP_FORWARD_IF_FALSE: op = kJUMP_IF_FALSE; inverse = kJUMP_IF_TRUE; break;
    case OP_POP_JUMP_BACKWARD_IF_TRUE: backward = true; [[fallthrough]];
    case OP_POP_JUMP_FORWARD_IF_TRUE: op = kJUMP_IF_TRUE; inverse = kJUMP_IF_FALSE; break;
    case OP_POP_JUMP_BACKWARD_IF_NONE: backward = true; [[fallthrough]];
    case OP_POP_JUMP_FORWARD_IF_NONE: op = kJUMP_IF_NONE; inverse = kJUMP_IF_NOT_NONE; break;
    case OP_POP_JUMP_BACKWARD_IF_NOT_NONE: backward = true; [[fallthrough]];
    default: op = kJUMP_IF_NOT_NONE; inverse = kJUMP_IF_NONE; break;
  }
  all_home(depth() - 1);
  uint32_t r = reg_top();
  pop();
  uint32_t word = emit(backward ? inverse : op, r);
  if (backward) {
    push_word(0);
    uint32_t loop = emit(kLOOP);
    push_jump(loop, instr.target);
    jump_word(&instr_at(word))->jump = static_cast<int32_t>(here() - word);
  } else {
    push_jump(word, instr.target);
  }
}

void Translator::jump_backward(const FlowInstr& instr) {
  all_home(depth());
  auto target = static_cast<size_t>(instr.target);
  if (heads_[target].body != kNoWord) {
    Instr head = instr_at(heads_[target].word);
    uint32_t unit = unit_;
    unit_ = flow_.instrs[target].unit;   // what it raises is raised by FOR_ITER: its line, its handler
    uint32_t word = emit(static_cast<Op>(head.op + 1), head.a, head.b);
    push_word(0);
    auto* jump = jump_word(&instr_at(word));
    jump->jump = static_cast<int32_t>(heads_[target].body) - static_cast<int32_t>(word);
    jump->counter = hot_loop_start;
    unit_ = unit;
    uint32_t out = emit(kJUMP);
    push_jump(out, flow_.instrs[target].target);
    return;
  }
  uint32_t word = emit(instr.op == OP_JUMP_BACKWARD_NO_INTERRUPT ? kJUMP : kLOOP);
  push_jump(word, instr.target);
}

void Translator::call(uint32_t count) {
  settle(depth() - count - 2, 1);
  // [callable, first argument, ...]: decorators and comprehensions leave out the NULL.
  uint32_t extra = is_value(top(count + 1).kind) ? 1 : 0;
  count += extra;
  // The window may overlap temporaries that arguments or the pair name out of order (hand-made SWAPs).
  for (uint32_t p = depth() - count - 2 + extra; p < depth(); ++p) {
    if (stack_[p].where == Entry::kRegister && stack_[p].reg >= locals_ && !is_home(p)) to_home(p);
  }
  ready(count);
  bool method = !extra && top(count).kind == Kind::kMethodSelf;
  if (!method) reg_top(count);
  std::vector<uint16_t> args = take_list(count);
  uint32_t callee = method ? home(depth() - count - 2) : reg_top(count);
  uint32_t window = home(depth() - count) - (method ? 1 : 0);
  Value kwnames = kwnames_;
  kwnames_ = nullptr;
  pop(count + 2 - extra);
  Op op = method ? (kwnames ? kCALL_METHOD_KW : kCALL_METHOD) : (kwnames ? kCALL_KW : kCALL);
  uint32_t word = emit(op, home(depth()), callee, count);
  push_window(window);
  push_caches(2);
  if (kwnames) push_value(kwnames);
  push_list(args);
  result(word);
}

// BUILD_SLICE and the BINARY_SUBSCR behind it: [container, start, stop] → [item].
void Translator::subscript_slice(size_t index) {
  settle(depth() - 3, 1);
  auto is_none = [&](const Entry& e) { return e.where == Entry::kConstant && e.constant.is_none(); };
  uint32_t flags = (is_none(top(1)) ? 1u : 0u) | (is_none(top()) ? 2u : 0u);
  reg_top(2);
  if (!(flags & 1)) reg_top(1);
  if (!(flags & 2)) reg_top();
  uint32_t container = reg_top(2), start = flags & 1 ? container : reg_top(1), stop = flags & 2 ? container : reg_top();
  pop(3);
  label_[index + 1] = here();
  unit_ = flow_.instrs[index + 1].unit;
  uint32_t word = emit(kSUBSCR_SLICE, home(depth()), container, start);
  push_window(stop, flags);
  result(word);
  skip_next_ = true;
}

void Translator::pattern_and_async(const FlowInstr& instr) {
  uint32_t d = depth();
  switch (instr.op) {
    case OP_MATCH_CLASS: {
      settle(d - 3, 1);
      ready(3);
      uint32_t subject = reg_top(2), type = reg_top(1), names = reg_top();
      pop(3);
      uint32_t word = emit(kMATCH_CLASS, home(depth()), subject, type);
      push_window(names, 0, instr.arg);
      result(word);
      break;
    }
    case OP_MATCH_KEYS: {
      settle(d, 1);
      ready(2);
      uint32_t subject = reg_top(1), keys = reg_top();
      result(emit(kMATCH_KEYS, home(d), subject, keys));
      break;
    }
    case OP_GET_LEN: case OP_MATCH_MAPPING: case OP_MATCH_SEQUENCE: case OP_GET_ANEXT: {
      Op op = instr.op == OP_GET_LEN ? kGET_LEN : instr.op == OP_MATCH_MAPPING ? kMATCH_MAPPING : instr.op == OP_MATCH_SEQUENCE ? kMATCH_SEQUENCE : kGET_ANEXT;
      settle(d, 1);
      uint32_t r = reg_top();
      result(emit(op, home(d), r));
      break;
    }
    case OP_SEND: {
      // [receiver, value] → [receiver, yielded], or at the target [result].
      all_home(d);
      uint32_t word = emit(kSEND, home(d - 1), home(d - 2), home(d - 2));
      push_jump(word, instr.target);
      break;
    }
    case OP_YIELD_VALUE: {
      settle(d - 1, 1);
      uint32_t value = reg_top();
      uint32_t delegate = 0;
      size_t index = static_cast<size_t>(&instr - flow_.instrs.data());
      if (index + 1 < flow_.instrs.size() && flow_.instrs[index + 1].op == OP_RESUME && (flow_.instrs[index + 1].arg & 3) >= 2 && d >= 2) {
        to_home(d - 2);
        value = reg_top();
        delegate = home(d - 2) + 1;
      }
      pop();
      result(emit(kYIELD, home(depth()), value, delegate));
      break;
    }
    case OP_BEFORE_WITH: case OP_BEFORE_ASYNC_WITH: {
      // [manager] → [exit, result of enter]
      settle(d - 1, 2);
      uint32_t r = reg_top();
      pop();
      emit(instr.op == OP_BEFORE_WITH ? kBEFORE_WITH : kBEFORE_ASYNC_WITH, home(depth()), r);
      push_register(home(depth()));
      push_register(home(depth()));
      break;
    }
    case OP_WITH_EXCEPT_START: {
      settle(d, 1);
      ready(4);
      uint32_t exit = reg_top(3), exception = reg_top();
      result(emit(kWITH_EXCEPT_START, home(d), exit, exception));
      break;
    }
    case OP_END_ASYNC_FOR: {
      uint32_t r = reg_top();
      pop(2);
      emit(kEND_ASYNC_FOR, r);
      break;
    }
    case OP_PUSH_EXC_INFO: {
      all_home(d);
      emit(kPUSH_EXC_INFO, home(d - 1));
      push_register(home(d));
      break;
    }
    case OP_CHECK_EXC_MATCH: {
      settle(d - 1, 1);
      ready(2);
      uint32_t exception = reg_top(1), type = reg_top();
      pop();
      result(emit(kCHECK_EXC_MATCH, home(depth()), exception, type));
      break;
    }
    case OP_CHECK_EG_MATCH: {
      // [group, type] → [rest, match]
      all_home(d);
      emit(kCHECK_EG_MATCH, home(d - 2), home(d - 1), home(d - 2));
      break;
    }
    default: break;
  }
}

void Translator::translate_instr(size_t index) {
  const FlowInstr& instr = flow_.instrs[index];
  uint32_t arg = instr.arg, d = depth();
  uint32_t previous_list = last_list_;
  last_list_ = kNoWord;
  switch (instr.op) {
    case OP_NOP: emit(kNOP); break;
    case OP_RESUME: case OP_PRECALL: break;
    case OP_KW_NAMES: kwnames_ = code_->consts->items[arg]; break;
    case OP_POP_TOP: pop(); break;
    case OP_PUSH_NULL: stack_.push_back({Entry::kNull, Kind::kNull, 0, nullptr}); break;
    case OP_LOAD_CONST: push_constant(code_->consts->items[arg]); break;
    case OP_LOAD_ASSERTION_ERROR: push_constant(reinterpret_cast<runtime::Object*>(runtime::exc.AssertionError)); break;
    case OP_LOAD_FAST:
      if (!has_bit(assigned_, arg)) {
        emit(kCHECK_LOCAL, arg);
        set_bit(assigned_, arg);
      }
      push_register(arg);
      break;
    case OP_STORE_FAST:
      last_list_ = previous_list;
      store_fast(arg);
      break;
    case OP_DELETE_FAST:
      free_register(arg, d);
      if (!has_bit(assigned_, arg)) emit(kCHECK_LOCAL, arg);
      emit(kDELETE_LOCAL, arg);
      clear_bit(assigned_, arg);
      break;
    case OP_LOAD_CLOSURE: push_register(arg); break;
    case OP_MAKE_CELL: emit(kMAKE_CELL, arg); break;
    case OP_COPY_FREE_VARS: emit(kCOPY_FREE_VARS, locals_ - arg, arg); break;
    case OP_LOAD_DEREF: case OP_LOAD_CLASSDEREF:
      settle(d, 1);
      result(emit(instr.op == OP_LOAD_DEREF ? kLOAD_DEREF : kLOAD_CLASSDEREF, home(d), arg));
      last_result_ = here() - 1;
      break;
    case OP_STORE_DEREF: {
      uint32_t r = reg_top();
      pop();
      emit(kSTORE_DEREF, arg, r);
      break;
    }
    case OP_DELETE_DEREF: emit(kDELETE_DEREF, arg); break;
    case OP_COPY: {
      stack_.push_back(stack_[d - arg]);
      break;
    }
    case OP_SWAP: std::swap(stack_[d - 1], stack_[d - arg]); last_result_ = kNoWord; break;
    case OP_LOAD_GLOBAL: {
      if (arg & 1) stack_.push_back({Entry::kNull, Kind::kNull, 0, nullptr});
      settle(d, 2);
      uint32_t word = emit(kLOAD_GLOBAL, home(depth()));
      push_name(arg >> 1);
      push_caches(2);
      result(word);
      break;
    }
    case OP_LOAD_NAME: {
      settle(d, 1);
      uint32_t word = emit(kLOAD_NAME, home(d));
      push_name(arg);
      result(word);
      break;
    }
    case OP_STORE_NAME: case OP_STORE_GLOBAL: {
      uint32_t r = reg_top();
      pop();
      emit(instr.op == OP_STORE_NAME ? kSTORE_NAME : kSTORE_GLOBAL, r);
      push_name(arg);
      break;
    }
    case OP_DELETE_NAME: emit(kDELETE_NAME); push_name(arg); break;
    case OP_DELETE_GLOBAL: emit(kDELETE_GLOBAL); push_name(arg); break;
    case OP_BINARY_OP: binary(arg); break;
    case OP_UNARY_NEGATIVE: settle(d - 1, 1); simple(kUNARY_NEGATIVE, 1); break;
    case OP_UNARY_NOT: settle(d - 1, 1); simple(kUNARY_NOT, 1); break;
    case OP_UNARY_POSITIVE: settle(d - 1, 1); simple(kUNARY_POSITIVE, 1); break;
    case OP_UNARY_INVERT: settle(d - 1, 1); simple(kUNARY_INVERT, 1); break;
    case OP_COMPARE_OP: compare(index); break;
    case OP_IS_OP: settle(d - 2, 1); simple(arg ? kIS_NOT : kIS, 2); break;
    case OP_CONTAINS_OP: settle(d - 2, 1); simple(arg ? kNOT_CONTAINS : kCONTAINS, 2); break;
    case OP_JUMP_FORWARD: {
      all_home(d);
      uint32_t word = emit(kJUMP);
      push_jump(word, instr.target);
      break;
    }
    case OP_JUMP_BACKWARD: case OP_JUMP_BACKWARD_NO_INTERRUPT: jump_backward(instr); break;
    case OP_JUMP_IF_FALSE_OR_POP: case OP_JUMP_IF_TRUE_OR_POP: {
      all_home(d);
      uint32_t word = emit(instr.op == OP_JUMP_IF_FALSE_OR_POP ? kJUMP_IF_FALSE : kJUMP_IF_TRUE, home(d - 1));
      push_jump(word, instr.target);
      pop();
      break;
    }
    case OP_POP_JUMP_FORWARD_IF_FALSE: case OP_POP_JUMP_FORWARD_IF_TRUE: case OP_POP_JUMP_FORWARD_IF_NONE: case OP_POP_JUMP_FORWARD_IF_NOT_NONE:
    case OP_POP_JUMP_BACKWARD_IF_FALSE: case OP_POP_JUMP_BACKWARD_IF_TRUE: case OP_POP_JUMP_BACKWARD_IF_NONE:
    case OP_POP_JUMP_BACKWARD_IF_NOT_NONE:
      conditional_jump(instr);
      break;
    case OP_GET_ITER: settle(d - 1, 1); simple(kGET_ITER, 1); break;
    case OP_FOR_ITER: {
      all_home(d);
      uint32_t word = emit(kFOR_ITER, home(d), home(d - 1));
      push_jump(word, instr.target);
      heads_[index] = {word, here()};
      result(word);
      break;
    }
    case OP_UNPACK_SEQUENCE: {
      settle(d - 1, arg);
      uint32_t source = reg_top();
      pop();
      std::vector<uint16_t> regs(arg);
      for (uint32_t i = 0; i < arg; ++i) regs[i] = static_cast<uint16_t>(home(depth() + arg - 1 - i));
      uint32_t word = emit(kUNPACK_SEQUENCE, source, 0, arg);
      push_list(regs);
      for (uint32_t i = 0; i < arg; ++i) push_register(home(depth()));
      last_list_ = word;
      break;
    }
    case OP_UNPACK_EX: {
      uint32_t total = (arg & 0xff) + 1 + (arg >> 8);
      settle(d - 1, total);
      uint32_t source = reg_top();
      pop();
      emit(kUNPACK_EX, source, home(depth()), arg & 0xff);
      push_window(0, 0, arg >> 8);
      for (uint32_t i = 0; i < total; ++i) push_register(home(depth()));
      break;
    }
    case OP_CALL: call(arg); break;
    case OP_CALL_FUNCTION_EX: {
      uint32_t extra = arg & 1;
      settle(d - 3 - extra, 1);
      ready(2 + extra);
      uint32_t callee = reg_top(1 + extra), args = reg_top(extra), kwargs = extra ? reg_top() : 0;
      pop(3 + extra);
      uint32_t word = emit(kCALL_EX, home(depth()), callee, args);
      push_window(kwargs, static_cast<uint32_t>(extra));
      result(word);
      break;
    }
    case OP_RETURN_VALUE:
      if (flow_.is_generator) {
        emit(kGENERATOR_RETURN, reg_top());
      } else if (top().where == Entry::kConstant) {
        Value k = top().constant;
        emit(kRETURN_CONST);
        push_value(k);
      } else {
        emit(kRETURN, reg_top());
      }
      pop();
      break;
    case OP_LOAD_ATTR: {
      settle(d - 1, 1);
      uint32_t r = reg_top();
      pop();
      uint32_t word = emit(kLOAD_ATTR, home(depth()), r);
      push_name(arg);
      push_caches(3);
      result(word);
      break;
    }
    case OP_LOAD_METHOD: {
      settle(d - 1, 2);
      uint32_t r = reg_top();
      pop();
      emit(kLOAD_METHOD, home(depth()), r);
      push_name(arg);
      push_caches(3);
      push_register(home(depth()), Kind::kMethod);
      push_register(home(depth()), Kind::kMethodSelf);
      break;
    }
    case OP_STORE_ATTR: {
      ready(2);
      uint32_t object = reg_top(), value = reg_top(1);
      pop(2);
      emit(kSTORE_ATTR, object, value);
      push_name(arg);
      push_caches(3);
      break;
    }
    case OP_DELETE_ATTR: {
      uint32_t object = reg_top();
      pop();
      emit(kDELETE_ATTR, object);
      push_name(arg);
      break;
    }
    case OP_BINARY_SUBSCR: {
      settle(d - 2, 1);
      if (top().where == Entry::kConstant && top(1).where == Entry::kRegister) {
        Value k = top().constant;
        uint32_t container = reg_top(1);
        pop(2);
        uint32_t word = emit(kBINARY_SUBSCR_RK, home(depth()), container);
        push_value(k);
        result(word);
      } else {
        simple(kBINARY_SUBSCR, 2);
      }
      break;
    }
    case OP_STORE_SUBSCR: {
      ready(3);
      uint32_t value = reg_top(2), container = reg_top(1), key = reg_top();
      pop(3);
      emit(kSTORE_SUBSCR, container, key, value);
      break;
    }
    case OP_DELETE_SUBSCR: {
      ready(2);
      uint32_t container = reg_top(1), key = reg_top();
      pop(2);
      emit(kDELETE_SUBSCR, container, key);
      break;
    }
    case OP_BUILD_SLICE:
      if (arg == 2 && next_is(index, {OP_BINARY_SUBSCR})) {
        subscript_slice(index);
        break;
      }
      [[fallthrough]];
    case OP_BUILD_TUPLE: case OP_BUILD_LIST: case OP_BUILD_SET: case OP_BUILD_MAP: case OP_BUILD_STRING: {
      uint32_t count = instr.op == OP_BUILD_MAP ? 2 * arg : arg;
      Op op = instr.op == OP_BUILD_TUPLE ? kBUILD_TUPLE : instr.op == OP_BUILD_LIST ? kBUILD_LIST : instr.op == OP_BUILD_SET ? kBUILD_SET
              : instr.op == OP_BUILD_MAP ? kBUILD_MAP : instr.op == OP_BUILD_STRING ? kBUILD_STRING : kBUILD_SLICE;
      settle(d - count, 1);
      std::vector<uint16_t> regs = take_list(count);
      pop(count);
      uint32_t word = emit(op, home(depth()), 0, count);
      push_list(regs);
      result(word);
      break;
    }
    case OP_BUILD_CONST_KEY_MAP: {
      settle(d - arg - 1, 1);
      Value keys = top().constant;
      if (top().where != Entry::kConstant || !runtime::is_exact(keys, runtime::types.tuple) || keys.as<runtime::Tuple>()->size != arg) {
        error = "malformed bytecode: BUILD_CONST_KEY_MAP without constant keys";
        break;
      }
      pop();
      std::vector<uint16_t> regs = take_list(arg);
      pop(arg);
      uint32_t word = emit(kBUILD_CONST_KEY_MAP, home(depth()), 0, arg);
      push_value(keys);
      push_list(regs);
      result(word);
      break;
    }
    case OP_FORMAT_VALUE: {
      uint32_t spec = (arg & 4) ? 1 : 0;
      settle(d - 1 - spec, 1);
      ready(1 + spec);
      uint32_t spec_register = spec ? reg_top() : 0, value = reg_top(spec);
      pop(1 + spec);
      uint32_t word = emit(kFORMAT_VALUE, home(depth()), value, arg);
      push_window(spec_register);
      result(word);
      break;
    }
    case OP_LIST_APPEND: case OP_SET_ADD: case OP_LIST_EXTEND: case OP_SET_UPDATE: case OP_DICT_UPDATE: {
      ready(arg + 1);
      uint32_t container = reg(d - 1 - arg), value = reg_top();
      pop();
      Op op = instr.op == OP_LIST_APPEND ? kLIST_APPEND : instr.op == OP_SET_ADD ? kSET_ADD : instr.op == OP_LIST_EXTEND ? kLIST_EXTEND
              : instr.op == OP_SET_UPDATE ? kSET_UPDATE : kDICT_UPDATE;
      emit(op, container, value);
      break;
    }
    case OP_DICT_MERGE: {
      ready(1);
      reg(d - 3 - arg);
      reg(d - 1 - arg);
      uint32_t container = reg(d - 1 - arg), value = reg_top(), callee = reg(d - 3 - arg);
      pop();
      emit(kDICT_MERGE, container, value, callee);
      break;
    }
    case OP_MAP_ADD: {
      ready(arg + 2);
      uint32_t container = reg(d - 2 - arg), value = reg_top(), key = reg_top(1);
      pop(2);
      emit(kMAP_ADD, container, key, value);
      break;
    }
    case OP_LIST_TO_TUPLE: settle(d - 1, 1); simple(kLIST_TO_TUPLE, 1); break;
    case OP_MAKE_FUNCTION: {
      uint32_t count = static_cast<uint32_t>(__builtin_popcount(arg & 15)) + 1;
      settle(d - count, 1);
      std::vector<uint16_t> regs = take_list(count);
      pop(count);
      uint32_t word = emit(kMAKE_FUNCTION, home(depth()), 0, count);
      push_window(0, arg & 15);
      push_list(regs);
      result(word);
      break;
    }
    case OP_RAISE_VARARGS: {
      std::vector<uint16_t> regs = take_list(arg);
      emit(kRAISE, 0, 0, arg);
      push_list(regs);
      break;
    }
    case OP_RERAISE: {
      ready(1);
      if (arg) reg_top(arg);
      uint32_t exception = reg_top(), lasti = arg ? reg_top(arg) + 1 : 0;
      emit(kRERAISE, exception, lasti);
      break;
    }
    case OP_POP_EXCEPT: {
      uint32_t r = reg_top();
      pop();
      emit(kPOP_EXCEPT, r);
      break;
    }
    case OP_PREP_RERAISE_STAR: settle(d - 2, 1); simple(kPREP_RERAISE_STAR, 2); break;
    case OP_RETURN_GENERATOR: {
      emit(kRETURN_GENERATOR, home(d));
      push_register(home(d));
      break;
    }
    case OP_GET_YIELD_FROM_ITER: settle(d - 1, 1); simple(kGET_YIELD_FROM_ITER, 1); break;
    case OP_GET_AITER: settle(d - 1, 1); simple(kGET_AITER, 1); break;
    case OP_ASYNC_GEN_WRAP: settle(d - 1, 1); simple(kASYNC_GEN_WRAP, 1); break;
    case OP_GET_AWAITABLE: {
      settle(d - 1, 1);
      uint32_t r = reg_top();
      pop();
      result(emit(kGET_AWAITABLE, home(depth()), r, arg));
      break;
    }
    case OP_LOAD_BUILD_CLASS:
      settle(d, 1);
      result(emit(kLOAD_BUILD_CLASS, home(d)));
      break;
    case OP_IMPORT_NAME: {
      settle(d - 2, 1);
      ready(2);
      uint32_t level = reg_top(1), fromlist = reg_top();
      pop(2);
      uint32_t word = emit(kIMPORT_NAME, home(depth()), level, fromlist);
      push_name(arg);
      result(word);
      break;
    }
    case OP_IMPORT_FROM: {
      settle(d, 1);
      uint32_t module = reg_top();
      uint32_t word = emit(kIMPORT_FROM, home(d), module);
      push_name(arg);
      result(word);
      break;
    }
    case OP_IMPORT_STAR: {
      uint32_t r = reg_top();
      pop();
      emit(kIMPORT_STAR, r);
      break;
    }
    case OP_PRINT_EXPR: {
      uint32_t r = reg_top();
      pop();
      emit(kPRINT_EXPR, r);
      break;
    }
    case OP_SETUP_ANNOTATIONS: emit(kSETUP_ANNOTATIONS); break;
    default: pattern_and_async(instr); break;
  }
}

bool Translator::run() {
  size_t count = flow_.instrs.size();
  label_.assign(count, kNoWord);
  live_limit_.assign(flow_.unit_count, 0xffff);
  dead_homes_.assign(flow_.unit_count, 0);
  heads_.resize(count);
  int32_t handler = -1;
  for (size_t i = 0; i < count; ++i) {
    const FlowInstr& instr = flow_.instrs[i];
    if (!instr.reachable) { live_ = false; continue; }
    if (skip_next_) { skip_next_ = false; live_ = true; continue; }
    if (instr.leader || !live_) {
      if (live_) {
        // Falls into a join: the instructions that go home belong to what came before.
        all_home(depth());
      }
      const FlowState& state = flow_.entry_states[i];
      stack_.clear();
      for (Kind kind : state.stack) {
        if (kind == Kind::kNull) stack_.push_back({Entry::kNull, kind, 0, nullptr});
        else push_register(home(depth()), kind);
      }
      assigned_ = state.assigned;
      last_result_ = last_list_ = kNoWord;
      handler = -1;
      live_ = true;
    }
    unit_ = instr.unit;
    label_[i] = here();
    if (instr.handler != handler) {
      handler = instr.handler;
      if (handler >= 0) {
        uint32_t before = here(), result = last_result_;
        all_home(flow_.ranges[static_cast<size_t>(handler)].depth);
        if (here() == before) last_result_ = result;
      }
    }
    uint32_t limit = home(depth());
    for (const Entry& e : stack_) {
      if (e.where == Entry::kRegister) limit = std::max(limit, e.reg + 1);
    }
    live_limit_[unit_] = static_cast<uint16_t>(limit);
    dead_homes_[unit_] = dead_homes();
    uint32_t before = depth();
    translate_instr(i);
    if (!error.empty()) return false;
    depths_.resize(here(), static_cast<uint16_t>(std::max(before, depth())));
    if (instr.leader && label_[i] < here()) depths_[label_[i]] = static_cast<uint16_t>(before);
    if (ends_block(instr.op)) live_ = false;
    if (locals_ + flow_.max_depth + 1 > 0xfff0) { error = "code object uses too many registers"; return false; }
  }
  for (const Patch& patch : patches_) {
    uint32_t target = label_[static_cast<size_t>(patch.target)];
    if (target == kNoWord) { error = "jump into dead code"; return false; }
    auto& jump = reinterpret_cast<JumpWord&>(words_[patch.word]);
    jump.jump = static_cast<int32_t>(target) - static_cast<int32_t>(patch.start);
    if (instr_at(patch.start).op == kLOOP) jump.counter = hot_loop_start;
  }
  return true;
}

template <class T> T* copy_of(const std::vector<T>& v) {
  T* out = static_cast<T*>(malloc(v.size() * sizeof(T) + sizeof(T)));
  std::copy(v.begin(), v.end(), out);
  return out;
}

CompiledCode* Translator::finish() {
  auto* compiled = static_cast<CompiledCode*>(calloc(1, sizeof(CompiledCode)));
  compiled->entry = reinterpret_cast<Instr*>(copy_of(words_));
  compiled->word_count = here();
  compiled->nlocalsplus = locals_;
  compiled->register_count = locals_ + flow_.max_depth + scratch_count_;
  compiled->frame_bytes = static_cast<uint32_t>(sizeof(runtime::Frame) + 8 * compiled->register_count);
  compiled->entry_counter = hot_function_start;
  static uint32_t last_id = 0;
  compiled->id = ++last_id;
  bool named = !(code_->code_flags & (kVarArgs | kVarKeywords)) && (code_->code_flags & kOptimized);
  compiled->named_args = named ? code_->argcount + code_->kwonlyargcount : -1;
  compiled->exact_args = named && code_->kwonlyargcount == 0 ? code_->argcount : -1;
  compiled->clear_from = static_cast<uint32_t>(code_->argcount);
  compiled->clear_to = locals_;
  compiled->unit_of_word = copy_of(units_);
  compiled->live_limit = copy_of(live_limit_);
  compiled->dead_homes = copy_of(dead_homes_);
  depths_.resize(here());
  compiled->depth_of_word = copy_of(depths_);
  compiled->unit_count = flow_.unit_count;
  std::vector<uint32_t> word_of_unit(flow_.unit_count, kNoWord);
  for (size_t i = 0; i < flow_.instrs.size(); ++i) {
    word_of_unit[flow_.instrs[i].unit] = label_[i];
    word_of_unit[flow_.instrs[i].first_unit] = label_[i];
  }
  compiled->word_of_unit = copy_of(word_of_unit);
  compiled->ranges = copy_of(flow_.ranges);
  compiled->range_count = static_cast<uint32_t>(flow_.ranges.size());
  compiled->code = code_;
  return compiled;
}

}  // namespace

CompiledCode* translate(Code* code) {
  Flow flow(code);
  std::string error;
  if (flow.run()) {
    Translator translator(code, flow);
    if (translator.run()) {
      CompiledCode* compiled = translator.finish();
      code->compiled = compiled;
      static const bool dump = [] { const char* d = getenv("PYJIT_DUMP"); return d && strstr(d, "quick"); }();
      if (dump) {
        std::string text;
        disassemble(compiled, &text);
        fputs(text.c_str(), stderr);
      }
      return compiled;
    }
    error = translator.error;
  } else {
    error = flow.error;
  }
  runtime::raise(runtime::exc.SystemError, error);
  return nullptr;
}

void free_compiled(CompiledCode* compiled) {
  if (!compiled) return;
  free(compiled->entry);
  free(compiled->unit_of_word);
  free(compiled->depth_of_word);
  free(compiled->word_of_unit);
  free(compiled->live_limit);
  free(compiled->dead_homes);
  free(compiled->ranges);
  free(compiled);
}

int unit_at(const CompiledCode* compiled, const Instr* pc_behind) {
  ptrdiff_t word = pc_behind - compiled->entry - 1;
  if (word < 0 || word >= static_cast<ptrdiff_t>(compiled->word_count)) return -1;
  return static_cast<int>(compiled->unit_of_word[word]);
}

const ExceptionRange* find_handler(const CompiledCode* compiled, uint32_t unit) {
  const ExceptionRange* low = compiled->ranges;
  const ExceptionRange* high = low + compiled->range_count;
  while (low < high) {
    const ExceptionRange* middle = low + (high - low) / 2;
    if (unit < middle->start) high = middle;
    else if (unit >= middle->end) low = middle + 1;
    else return middle;
  }
  return nullptr;
}

}  // namespace pyjit::interp
