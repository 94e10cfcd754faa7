// What small functions become: operands folded, locals written directly, branches fused, aliases kept apart.
#include "interp_test.h"
#include "runtime/types/bytes.h"

namespace pyjit::interp {
namespace {

using TranslateTest = InterpTest;

TEST_F(TranslateTest, ArithmeticWritesTheLocal) {
  EXPECT_EQ(quick("def f(a, b):\n  c = a + b\n  c = c * 2\n  return c"),
            "BINARY_ADD c a b\n"
            "BINARY_MUL_RK c c #0 2\n"
            "RETURN c\n");
}

TEST_F(TranslateTest, SwapNeedsOneTemporary) {
  EXPECT_EQ(quick("def f(a, b):\n  a, b = b, a\n  return a"),
            "MOVE t0 b\n"
            "MOVE b a\n"
            "MOVE a t0\n"
            "RETURN a\n");
}

TEST_F(TranslateTest, AliasIsSavedBeforeItsLocalChanges) {
  EXPECT_EQ(run_source("def f(x):\n  return x + (x := 5) + x\nresult = f(1)"), "11");
  EXPECT_EQ(run_source("def f(x):\n  return (x, x := 5, x)\nresult = f(1)"), "(1, 5, 5)");
  EXPECT_EQ(run_source("def f(a, b, c):\n  a, b, c = c, a, b\n  return a, b, c\nresult = f(1, 2, 3)"), "(3, 1, 2)");
  EXPECT_EQ(run_source("def f(t):\n  a, a = t\n  return a\nresult = f((1, 2))"), "2");
  EXPECT_EQ(run_source("def f(a):\n  a, b = a\n  return a, b\nresult = f((1, 2))"), "(1, 2)");
}

// Patterns permute the stack with SWAPs and branch in between: several cycles, with an operand outside the moved part.
TEST_F(TranslateTest, PermutedStackGoesHome) {
  EXPECT_EQ(run_source("def f(v):\n  match v:\n    case [*x, 0, 1, 2]: return x\n    case [a, *r, 7]: return a, r\n"
                       "result = f((9, 0, 1, 2)), f((5, 6, 7)), f((0,))"),
            "([9], (5, [6]), None)");
  EXPECT_EQ(run_source("def f(a, b, c, d):\n  a, b, c, d = d, a, b, c\n  a, b, c, d = b, a, d, c\n  return a, b, c, d\n"
                       "result = f(1, 2, 3, 4)"),
            "(1, 4, 3, 2)");
}

TEST_F(TranslateTest, LoopOverRange) {
  EXPECT_EQ(quick("def f(n):\n  s = 0\n  for i in range(n):\n    s += i\n  return s"),
            "LOAD_CONST s 0\n"
            "LOAD_GLOBAL t1 .range\n"
            "CALL t0 t1 #1 [t2 0 0] (n)\n"
            "GET_ITER t0 t0\n"
            "FOR_ITER i t0 -> 19\n"
            "INPLACE_ADD s s i\n"
            "FOR_LOOP i t0 -> 14\n"
            "JUMP -> 19\n"
            "RETURN s\n");
}

TEST_F(TranslateTest, CompareAndBranchAreOne) {
  EXPECT_EQ(quick("def f(a, b):\n  if a < b:\n    return 1\n  return 2"),
            "JUMP_LT a b #0 -> 4\n"
            "RETURN_CONST 1\n"
            "RETURN_CONST 2\n");
}

TEST_F(TranslateTest, OnlyPossiblyUnboundLocalsAreChecked) {
  EXPECT_EQ(quick("def f(a):\n  if a:\n    b = 1\n  return b"),
            "JUMP_IF_FALSE a -> 4\n"
            "LOAD_CONST b 1\n"
            "CHECK_LOCAL b\n"
            "RETURN b\n");
  EXPECT_EQ(run_source("def f(a):\n  if a:\n    b = 1\n  return b\nf(0)"),
            "UnboundLocalError: cannot access local variable 'b' where it is not associated with a value");
}

TEST_F(TranslateTest, UnpackingWritesLocals) {
  EXPECT_EQ(quick("def f(t):\n  a, b = t\n  return a"),
            "UNPACK_SEQUENCE t #2 (a b)\n"
            "RETURN a\n");
}

// Bytecode made by hand: refused with SystemError, never run.
TEST_F(TranslateTest, MalformedBytecodeIsRefused) {
  using namespace runtime;
  struct Case {
    std::string bytes;
    const char* why;
  };
  const Case cases[] = {
      {std::string("\x97\x00\x01\x00\x64\x00\x53\x00", 8), "stack underflow"},  // POP_TOP of nothing
      {std::string("\x97\x00\x64\x07\x53\x00", 6), "constant index out of range"},
      {std::string("\x97\x00\x7c\x09\x53\x00", 6), "index of a plain local out of range"},
      {std::string("\x97\x00\x6e\x40\x64\x00\x53\x00", 8), "jump to nowhere"},
      {std::string("\x97\x00\x02\x00\x53\x00", 6), "a NULL where a value is needed"},  // return NULL
      {std::string("\x97\x00\x64\x00", 4), "control runs off the end"},
      {std::string("\x97\x00\xff\x00", 4), "unknown opcode"},
      {std::string("\x97\x00\x64\x00\x56\x00\x53\x00", 8), "yield outside a generator"},
  };
  for (const Case& c : cases) {
    Code* code = function_code("def f(a):\n  return None");
    code->code = new_bytes(c.bytes);
    code->exceptiontable = new_bytes("");
    code->compiled = nullptr;
    EXPECT_FALSE(translate(code));
    Value e = take_pending();
    ASSERT_TRUE(e);
    EXPECT_STREQ(type_name(e), "SystemError");
    EXPECT_NE(to_utf8(str(e)).find(c.why), std::string::npos) << to_utf8(str(e));
  }
}

}  // namespace
}  // namespace pyjit::interp
