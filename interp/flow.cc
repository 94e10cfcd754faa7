// Flow: CPython bytecode → decoded instructions with verified stack contents and definite assignment at every join.
#include "interp/flow.h"

#include <algorithm>

#include "frontend/code.h"
#include "frontend/opcodes.h"
#include "runtime/types/bytes.h"
#include "runtime/types/str.h"

namespace pyjit::interp {

using namespace pyjit::frontend;
using runtime::Code;

namespace {

uint32_t bit_count(uint32_t v) { return static_cast<uint32_t>(__builtin_popcount(v)); }

bool is_jump(uint8_t op) { return frontend::kOpInfo[op].flags & kJump; }

bool jumps_backward(uint8_t op) {
  switch (op) {
    case OP_JUMP_BACKWARD: case OP_JUMP_BACKWARD_NO_INTERRUPT: case OP_POP_JUMP_BACKWARD_IF_NOT_NONE: case OP_POP_JUMP_BACKWARD_IF_NONE:
    case OP_POP_JUMP_BACKWARD_IF_FALSE: case OP_POP_JUMP_BACKWARD_IF_TRUE:
      return true;
    default: return false;
  }
}

}  // namespace

StackUse stack_use(uint8_t op, uint32_t arg) {
  switch (op) {
    case OP_NOP: case OP_RESUME: case OP_PRECALL: case OP_KW_NAMES: case OP_SETUP_ANNOTATIONS: case OP_DELETE_NAME: case OP_DELETE_GLOBAL:
    case OP_DELETE_FAST: case OP_DELETE_DEREF: case OP_MAKE_CELL: case OP_COPY_FREE_VARS: case OP_JUMP_FORWARD: case OP_JUMP_BACKWARD:
    case OP_JUMP_BACKWARD_NO_INTERRUPT: case OP_CACHE:
      return {0, 0};
    case OP_POP_TOP: case OP_PRINT_EXPR: case OP_RETURN_VALUE: case OP_IMPORT_STAR: case OP_POP_EXCEPT: case OP_STORE_NAME:
    case OP_DELETE_ATTR: case OP_STORE_GLOBAL: case OP_STORE_FAST: case OP_STORE_DEREF: case OP_RERAISE:
    case OP_POP_JUMP_FORWARD_IF_FALSE: case OP_POP_JUMP_FORWARD_IF_TRUE: case OP_POP_JUMP_FORWARD_IF_NONE: case OP_POP_JUMP_FORWARD_IF_NOT_NONE:
    case OP_POP_JUMP_BACKWARD_IF_FALSE: case OP_POP_JUMP_BACKWARD_IF_TRUE: case OP_POP_JUMP_BACKWARD_IF_NONE:
    case OP_POP_JUMP_BACKWARD_IF_NOT_NONE: case OP_JUMP_IF_FALSE_OR_POP: case OP_JUMP_IF_TRUE_OR_POP:
      return {1, 0};
    case OP_PUSH_NULL: case OP_LOAD_BUILD_CLASS: case OP_LOAD_ASSERTION_ERROR: case OP_RETURN_GENERATOR: case OP_LOAD_CONST: case OP_LOAD_NAME:
    case OP_LOAD_FAST: case OP_LOAD_CLOSURE: case OP_LOAD_DEREF: case OP_LOAD_CLASSDEREF:
      return {0, 1};
    case OP_LOAD_GLOBAL: return {0, 1 + (arg & 1)};
    case OP_UNARY_POSITIVE: case OP_UNARY_NEGATIVE: case OP_UNARY_NOT: case OP_UNARY_INVERT: case OP_GET_AITER: case OP_GET_ITER:
    case OP_GET_YIELD_FROM_ITER: case OP_LIST_TO_TUPLE: case OP_YIELD_VALUE: case OP_ASYNC_GEN_WRAP: case OP_LOAD_ATTR: case OP_GET_AWAITABLE:
      return {1, 1};
    case OP_BINARY_SUBSCR: case OP_COMPARE_OP: case OP_IMPORT_NAME: case OP_IS_OP: case OP_CONTAINS_OP: case OP_BINARY_OP:
    case OP_PREP_RERAISE_STAR:
      return {2, 1};
    case OP_GET_LEN: case OP_MATCH_MAPPING: case OP_MATCH_SEQUENCE: case OP_PUSH_EXC_INFO: case OP_GET_ANEXT: case OP_BEFORE_ASYNC_WITH:
    case OP_BEFORE_WITH: case OP_IMPORT_FROM: case OP_LOAD_METHOD: case OP_FOR_ITER:
      return {1, 2};
    case OP_MATCH_KEYS: return {2, 3};
    case OP_CHECK_EXC_MATCH: case OP_CHECK_EG_MATCH: case OP_SEND: return {2, 2};
    case OP_WITH_EXCEPT_START: return {4, 5};
    case OP_END_ASYNC_FOR: case OP_DELETE_SUBSCR: case OP_STORE_ATTR: return {2, 0};
    case OP_STORE_SUBSCR: return {3, 0};
    case OP_UNPACK_SEQUENCE: return {1, arg};
    case OP_UNPACK_EX: return {1, (arg & 0xff) + 1 + (arg >> 8)};
    case OP_SWAP: return {arg, arg};
    case OP_COPY: return {arg, arg + 1};
    case OP_BUILD_TUPLE: case OP_BUILD_LIST: case OP_BUILD_SET: case OP_BUILD_STRING: return {arg, 1};
    case OP_BUILD_MAP: return {2 * arg, 1};
    case OP_BUILD_CONST_KEY_MAP: return {arg + 1, 1};
    case OP_BUILD_SLICE: return {arg == 3 ? 3u : 2u, 1};
    case OP_RAISE_VARARGS: return {arg, 0};
    case OP_MAKE_FUNCTION: return {1 + bit_count(arg & 15), 1};
    case OP_CALL_FUNCTION_EX: return {3 + (arg & 1), 1};
    case OP_LIST_APPEND: case OP_SET_ADD: case OP_LIST_EXTEND: case OP_SET_UPDATE: case OP_DICT_UPDATE: return {arg + 1, arg};
    case OP_DICT_MERGE: return {arg + 3, arg + 2};
    case OP_MAP_ADD: return {arg + 2, arg};
    case OP_MATCH_CLASS: return {3, 1};
    case OP_FORMAT_VALUE: return {1u + ((arg & 4) != 0), 1};
    case OP_CALL: return {arg + 2, 1};
    default: return {0, 0};
  }
}

bool ends_block(uint8_t op) {
  switch (op) {
    case OP_RETURN_VALUE: case OP_RERAISE: case OP_RAISE_VARARGS: case OP_JUMP_FORWARD: case OP_JUMP_BACKWARD:
    case OP_JUMP_BACKWARD_NO_INTERRUPT:
      return true;
    default: return false;
  }
}

bool Flow::fail(const char* reason, uint32_t unit) {
  error = std::string("malformed bytecode: ") + reason + " at offset " + std::to_string(unit * 2);
  return false;
}

bool Flow::decode() {
  const uint8_t* bytes = reinterpret_cast<const uint8_t*>(code_->code->data);
  if (code_->code->size % 2) return fail("odd length", 0);
  if (code_->code->size > (1u << 30)) return fail("too long", 0);
  unit_count = static_cast<uint32_t>(code_->code->size / 2);
  index_of_unit_.assign(unit_count, -1);
  for (uint32_t unit = 0; unit < unit_count;) {
    FlowInstr instr{};
    instr.target = instr.handler = -1;
    instr.first_unit = unit;
    uint32_t arg = bytes[2 * unit + 1];
    while (bytes[2 * unit] == OP_EXTENDED_ARG) {
      if (arg >> 24 || ++unit >= unit_count) return fail("EXTENDED_ARG without instruction", instr.first_unit);
      arg = arg << 8 | bytes[2 * unit + 1];
    }
    instr.op = bytes[2 * unit];
    instr.arg = arg;
    instr.unit = unit;
    if (!frontend::kOpInfo[instr.op].name || instr.op == OP_CACHE) return fail("unknown opcode", unit);
    instr.next_unit = unit + 1 + frontend::kOpInfo[instr.op].caches;
    if (instr.next_unit > unit_count) return fail("truncated instruction", unit);
    index_of_unit_[instr.first_unit] = static_cast<int32_t>(instrs.size());
    if (!check_indices(instr)) return false;
    instrs.push_back(instr);
    unit = instr.next_unit;
  }
  if (instrs.empty()) return fail("no instructions", 0);
  for (FlowInstr& instr : instrs) {
    if (!is_jump(instr.op)) continue;
    int64_t unit = jumps_backward(instr.op) ? int64_t{instr.next_unit} - instr.arg : int64_t{instr.next_unit} + instr.arg;
    if (unit < 0 || unit >= unit_count || index_of_unit_[static_cast<size_t>(unit)] < 0) return fail("jump to nowhere", instr.unit);
    instr.target = index_of_unit_[static_cast<size_t>(unit)];
    instrs[static_cast<size_t>(instr.target)].leader = true;
  }
  return true;
}

bool Flow::check_indices(const FlowInstr& instr) {
  uint32_t arg = instr.arg;
  uint64_t names = code_->names->size, consts = code_->consts->size, locals = code_->localsplusnames->size;
  switch (instr.op) {
    case OP_LOAD_CONST:
      if (arg >= consts) return fail("constant index out of range", instr.unit);
      break;
    case OP_KW_NAMES:
      if (arg >= consts || !runtime::is_exact(code_->consts->items[arg], runtime::types.tuple))
        return fail("keyword names are no tuple", instr.unit);
      break;
    case OP_LOAD_GLOBAL: arg >>= 1; [[fallthrough]];
    case OP_STORE_NAME: case OP_DELETE_NAME: case OP_STORE_ATTR: case OP_DELETE_ATTR: case OP_STORE_GLOBAL: case OP_DELETE_GLOBAL:
    case OP_LOAD_NAME: case OP_LOAD_ATTR: case OP_IMPORT_NAME: case OP_IMPORT_FROM: case OP_LOAD_METHOD:
      if (arg >= names || !runtime::is_exact_str(code_->names->items[arg])) return fail("name index out of range", instr.unit);
      break;
    case OP_LOAD_FAST: case OP_STORE_FAST: case OP_DELETE_FAST:
      if (arg >= locals || (code_->localspluskinds->data[arg] & (kLocalCell | kLocalFree)))
        return fail("index of a plain local out of range", instr.unit);
      break;
    case OP_MAKE_CELL:
      if (arg >= locals || !(code_->localspluskinds->data[arg] & kLocalCell)) return fail("index of a cell out of range", instr.unit);
      break;
    case OP_LOAD_CLOSURE: case OP_LOAD_DEREF: case OP_STORE_DEREF: case OP_DELETE_DEREF: case OP_LOAD_CLASSDEREF:
      if (arg >= locals || !(code_->localspluskinds->data[arg] & (kLocalCell | kLocalFree)))
        return fail("index of a cell out of range", instr.unit);
      break;
    case OP_COPY_FREE_VARS:
      if (arg != static_cast<uint32_t>(code_->nfrees)) return fail("wrong number of free variables", instr.unit);
      break;
    case OP_COMPARE_OP:
      if (arg > 5) return fail("unknown comparison", instr.unit);
      break;
    case OP_BINARY_OP:
      if (arg > 25) return fail("unknown operator", instr.unit);
      break;
    case OP_COPY: case OP_SWAP: case OP_LIST_APPEND: case OP_SET_ADD: case OP_MAP_ADD: case OP_LIST_EXTEND: case OP_SET_UPDATE:
    case OP_DICT_UPDATE: case OP_DICT_MERGE:
      if (arg == 0 || arg > 0x7fff) return fail("bad stack position", instr.unit);
      break;
    case OP_RAISE_VARARGS:
      if (arg > 2) return fail("bad raise", instr.unit);
      break;
    case OP_BUILD_SLICE:
      if (arg != 2 && arg != 3) return fail("bad slice", instr.unit);
      break;
    default:
      if (arg > 0xffff && !is_jump(instr.op) && instr.op >= 90) return fail("argument too large", instr.unit);
      break;
  }
  return true;
}

// 3.11's format: start, length, target, depth*2+lasti as big-endian groups of six bits; bit 6: more follow, bit 7: first byte of a row.
bool Flow::parse_exception_table() {
  const uint8_t* p = reinterpret_cast<const uint8_t*>(code_->exceptiontable->data);
  const uint8_t* end = p + code_->exceptiontable->size;
  auto number = [&](uint32_t* out) {
    uint32_t value = 0;
    for (int digits = 0; p < end && digits < 6; ++digits) {
      uint8_t byte = *p++;
      value = value << 6 | (byte & 63);
      if (!(byte & 64)) { *out = value; return true; }
    }
    return false;
  };
  while (p < end) {
    uint32_t start, length, target, depth_lasti;
    if (!number(&start) || !number(&length) || !number(&target) || !number(&depth_lasti)) return fail("bad exception table", 0);
    ExceptionRange range{start, start + length, target, depth_lasti >> 1, (depth_lasti & 1) != 0};
    if (range.end > unit_count || range.end < start || instr_at_unit(target) < 0 || range.depth > 0x7fff) return fail("bad exception table", start);
    if (!ranges.empty() && start < ranges.back().end) return fail("exception table out of order", start);
    instrs[static_cast<size_t>(instr_at_unit(target))].leader = true;
    ranges.push_back(range);
  }
  size_t row = 0;
  for (FlowInstr& instr : instrs) {
    while (row < ranges.size() && ranges[row].end <= instr.unit) ++row;
    if (row < ranges.size() && ranges[row].start <= instr.unit) instr.handler = static_cast<int32_t>(row);
  }
  return true;
}

bool Flow::pop(FlowState& state, uint32_t count, const FlowInstr& instr) {
  if (state.stack.size() < count) return fail("stack underflow", instr.unit);
  for (uint32_t i = 0; i < count; ++i) {
    if (!is_value(state.stack.back())) return fail("a NULL where a value is needed", instr.unit);
    state.stack.pop_back();
  }
  return true;
}

bool Flow::apply(const FlowInstr& instr, FlowState& state, bool jump) {
  auto push = [&](Kind kind, uint32_t count = 1) { state.stack.insert(state.stack.end(), count, kind); };
  auto& stack = state.stack;
  switch (instr.op) {
    case OP_POP_TOP:
      if (stack.empty()) return fail("stack underflow", instr.unit);
      stack.pop_back();
      break;
    case OP_PUSH_NULL: push(Kind::kNull); break;
    case OP_LOAD_GLOBAL:
      if (instr.arg & 1) push(Kind::kNull);
      push(Kind::kValue);
      break;
    case OP_LOAD_METHOD:
      if (!pop(state, 1, instr)) return false;
      push(Kind::kMethod);
      push(Kind::kMethodSelf);
      break;
    case OP_CALL: {
      if (instr.arg > 0x7fff) return fail("too many arguments", instr.unit);
      if (!pop(state, instr.arg, instr)) return false;
      size_t n = stack.size();
      if (n < 2) return fail("stack underflow", instr.unit);
      bool plain = stack[n - 2] == Kind::kNull && is_value(stack[n - 1]);
      bool method = stack[n - 2] == Kind::kMethod && stack[n - 1] == Kind::kMethodSelf;
      bool with_self = is_value(stack[n - 2]) && is_value(stack[n - 1]);   // decorators, comprehensions
      if (!plain && !method && !with_self) return fail("nothing to call", instr.unit);
      stack.resize(n - 2);
      push(Kind::kValue);
      break;
    }
    case OP_CALL_FUNCTION_EX:
      if (!pop(state, 2 + (instr.arg & 1), instr)) return false;
      if (stack.empty() || stack.back() != Kind::kNull) return fail("nothing to call", instr.unit);
      stack.back() = Kind::kValue;
      break;
    case OP_SWAP: {
      if (stack.size() < instr.arg) return fail("stack underflow", instr.unit);
      std::swap(stack.back(), stack[stack.size() - instr.arg]);
      break;
    }
    case OP_COPY:
      if (stack.size() < instr.arg) return fail("stack underflow", instr.unit);
      if (!is_value(stack[stack.size() - instr.arg])) return fail("copy of a NULL", instr.unit);
      push(stack[stack.size() - instr.arg]);
      break;
    case OP_JUMP_IF_FALSE_OR_POP: case OP_JUMP_IF_TRUE_OR_POP:
      if (!pop(state, 1, instr)) return false;
      if (jump) push(Kind::kValue);
      break;
    case OP_FOR_ITER:
      if (!pop(state, 1, instr)) return false;
      if (!jump) push(Kind::kValue, 2);
      break;
    case OP_SEND:
      if (!pop(state, 2, instr)) return false;
      push(Kind::kValue, jump ? 1 : 2);
      break;
    case OP_RERAISE:
      if (instr.arg && (stack.size() < instr.arg + 1 || !is_value(stack[stack.size() - instr.arg - 1])))
        return fail("stack underflow", instr.unit);
      return pop(state, 1, instr);
    // Reach below what they take: the values in between may be anything.
    case OP_LIST_APPEND: case OP_SET_ADD: case OP_LIST_EXTEND: case OP_SET_UPDATE: case OP_DICT_UPDATE: case OP_DICT_MERGE: case OP_MAP_ADD: {
      if (!pop(state, instr.op == OP_MAP_ADD ? 2 : 1, instr)) return false;
      uint32_t reach = instr.arg + (instr.op == OP_DICT_MERGE ? 2 : 0);
      if (stack.size() < reach || !is_value(stack[stack.size() - instr.arg]) || !is_value(stack[stack.size() - reach]))
        return fail("stack underflow", instr.unit);
      break;
    }
    case OP_WITH_EXCEPT_START:
      if (stack.size() < 4 || !is_value(stack[stack.size() - 4]) || !is_value(stack.back())) return fail("stack underflow", instr.unit);
      push(Kind::kValue);
      break;
    case OP_PUSH_EXC_INFO:
      if (stack.empty() || stack.back() != Kind::kException) return fail("no exception to handle", instr.unit);
      stack.back() = Kind::kHandled;
      push(Kind::kException);
      break;
    case OP_POP_EXCEPT:
      if (stack.empty() || stack.back() > Kind::kHandled) return fail("no handled exception to leave", instr.unit);
      stack.pop_back();
      break;
    case OP_STORE_FAST:
      if (!pop(state, 1, instr)) return false;
      set_bit(state.assigned, instr.arg);
      break;
    case OP_LOAD_FAST:
      set_bit(state.assigned, instr.arg);  // past it, it was assigned
      push(Kind::kValue);
      break;
    case OP_DELETE_FAST: clear_bit(state.assigned, instr.arg); break;
    default: {
      StackUse use = stack_use(instr.op, instr.arg);
      if (!pop(state, use.pops, instr)) return false;
      push(Kind::kValue, use.pushes);
    }
  }
  if (stack.size() > 0x7ff0) return fail("stack too deep", instr.unit);
  max_depth = std::max(max_depth, static_cast<uint32_t>(stack.size()));
  return true;
}

bool Flow::join(int32_t target, const FlowState& state) {
  auto t = static_cast<size_t>(target);
  if (!has_state_[t]) {
    has_state_[t] = 1;
    entry_states[t] = state;
    work_.push_back(target);
    return true;
  }
  FlowState& known = entry_states[t];
  if (known.stack.size() != state.stack.size()) return fail("stack differs where paths meet", instrs[t].unit);
  bool changed = false;
  for (size_t i = 0; i < known.stack.size(); ++i) {
    if (known.stack[i] == state.stack[i]) continue;
    if (!is_value(known.stack[i]) || !is_value(state.stack[i])) return fail("stack differs where paths meet", instrs[t].unit);
    changed |= known.stack[i] < state.stack[i];
    known.stack[i] = std::max(known.stack[i], state.stack[i]);
  }
  for (size_t i = 0; i < known.assigned.size(); ++i) {
    uint64_t both = known.assigned[i] & state.assigned[i];
    changed |= both != known.assigned[i];
    known.assigned[i] = both;
  }
  if (changed) work_.push_back(target);
  return true;
}

// Cells, free variables and the generator object are made at the start and nowhere else, so that the rest may rely on them.
bool Flow::check_prologue() {
  uint32_t generator_flags = code_->code_flags & (kGenerator | kCoroutine | kAsyncGenerator);
  size_t i = 0;
  bool free_vars = code_->nfrees == 0, generator = false;
  std::vector<bool> made(code_->localsplusnames->size);
  for (; i < instrs.size(); ++i) {
    uint8_t op = instrs[i].op;
    if (op == OP_MAKE_CELL && !generator) made[instrs[i].arg] = true;
    else if (op == OP_COPY_FREE_VARS && !generator) free_vars = true;
    else if (op == OP_RETURN_GENERATOR && generator_flags) generator = true;
    else if ((op != OP_NOP && op != OP_RESUME) || (i > 0 && instrs[i].leader)) break;   // a loop may begin at the first NOP behind RESUME
    if (i > 0 && instrs[i].leader) return fail("jump into the prologue", instrs[i].unit);
  }
  if (!free_vars) return fail("free variables not copied", 0);
  for (uint64_t v = 0; v < made.size(); ++v) {
    if ((code_->localspluskinds->data[v] & kLocalCell) && !made[v]) return fail("cell not made", 0);
  }
  for (; i < instrs.size(); ++i) {
    uint8_t op = instrs[i].op;
    if (op == OP_MAKE_CELL || op == OP_COPY_FREE_VARS || op == OP_RETURN_GENERATOR) return fail("prologue instruction in the body", instrs[i].unit);
    if ((op == OP_YIELD_VALUE || op == OP_ASYNC_GEN_WRAP) && !generator) return fail("yield outside a generator", instrs[i].unit);
  }
  is_generator = generator;
  return true;
}

bool Flow::run() {
  if (!decode() || !parse_exception_table() || !check_prologue()) return false;
  entry_states.resize(instrs.size());
  has_state_.assign(instrs.size(), 0);
  FlowState start;
  uint64_t locals = code_->localsplusnames->size;
  start.assigned.assign(locals / 64 + 1, 0);
  uint32_t flags = code_->code_flags;
  uint32_t params = static_cast<uint32_t>(code_->argcount + code_->kwonlyargcount) + ((flags & kVarArgs) != 0) + ((flags & kVarKeywords) != 0);
  for (uint32_t i = 0; i < params; ++i) set_bit(start.assigned, i);
  instrs[0].leader = true;
  if (!join(0, start)) return false;
  FlowState state, other;
  while (!work_.empty()) {
    auto i = static_cast<size_t>(work_.back());
    work_.pop_back();
    state = entry_states[i];
    for (;;) {
      FlowInstr& instr = instrs[i];
      instr.reachable = true;
      if (instr.handler >= 0) {
        const ExceptionRange& range = ranges[static_cast<size_t>(instr.handler)];
        if (state.stack.size() < range.depth) return fail("exception handler deeper than the stack", instr.unit);
        other.stack.assign(state.stack.begin(), state.stack.begin() + range.depth);
        if (range.push_lasti) other.stack.push_back(Kind::kValue);
        other.stack.push_back(Kind::kException);
        other.assigned = state.assigned;
        if (instr.op == OP_DELETE_FAST) clear_bit(other.assigned, instr.arg);
        max_depth = std::max(max_depth, static_cast<uint32_t>(other.stack.size()));
        if (!join(instr_at_unit(range.target), other)) return false;
      }
      if (instr.target >= 0) {
        other = state;
        if (!apply(instr, other, true) || !join(instr.target, other)) return false;
      }
      if (ends_block(instr.op)) {
        if (!apply(instr, state, false)) return false;
        break;
      }
      if (!apply(instr, state, false)) return false;
      if (++i >= instrs.size()) return fail("control runs off the end", instr.unit);
      if (instrs[i].leader) {
        if (!join(static_cast<int32_t>(i), state)) return false;
        break;
      }
    }
  }
  return true;
}

}  // namespace pyjit::interp
