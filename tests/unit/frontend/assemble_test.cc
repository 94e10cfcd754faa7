// The byte encodings of co_linetable and co_exceptiontable, and the layout of jumps.
#include "frontend/assemble.h"

#include <gtest/gtest.h>

namespace pyjit::frontend {
namespace {

std::string location(int units, Location loc, int& line) {
  char buffer[kMaxLocationSize];
  return {buffer, write_location(buffer, units, loc, line)};
}

TEST(LineTable, ShortFormKeepsLineAndPacksColumns) {
  int line = 7;
  EXPECT_EQ(location(2, {7, 7, 12, 19}, line), std::string("\x89\x47"));
  EXPECT_EQ(line, 7);
}

TEST(LineTable, OneLineFormsCarryUpToTwoLines) {
  int line = 7;
  EXPECT_EQ(location(1, {9, 9, 4, 100}, line), std::string("\xe0\x04\x64"));
  EXPECT_EQ(line, 9);
}

TEST(LineTable, WideRangeOnTheSameLineTakesOneLineForm) {
  int line = 3;
  EXPECT_EQ(location(1, {3, 3, 0, 16}, line), std::string("\xd0\x00\x10", 3));
}

TEST(LineTable, LongFormForBackwardAndMultiLineRanges) {
  int line = 10;
  // kind 14, delta -3 as svarint 7, end +2, columns plus one.
  EXPECT_EQ(location(3, {7, 9, 4, 70}, line), std::string("\xf2\x07\x02\x05\x47\x01"));
  EXPECT_EQ(line, 7);
}

TEST(LineTable, NoColumnsAndNoLocation) {
  int line = 5;
  EXPECT_EQ(location(1, {6, 6, -1, -1}, line), std::string("\xe8\x02"));
  EXPECT_EQ(location(8, kNoLocation, line), std::string("\xff"));
  EXPECT_EQ(line, 6);
}

TEST(ExceptionTable, RowsStartWithBitSevenAndSplitIntoSixBitGroups) {
  std::string out;
  write_exception_row(out, 2, 16, 17, 0, false);
  EXPECT_EQ(out, std::string("\x82\x0e\x11\x00", 4));
  out.clear();
  write_exception_row(out, 100, 5000, 64, 3, true);
  EXPECT_EQ(out, std::string("\xc1\x24\x41\x4c\x24\x41\x00\x07", 8));
}

class AssembleTest : public testing::Test {
 protected:
  Arena arena;
  BlockPool pool{arena};
  FlowGraph graph{pool};
  Assembled out;
  std::string error;
  Location loc{1, 1, 0, 1};
};

TEST_F(AssembleTest, ForwardJumpCountsUnitsAfterItself) {
  Block* end = graph.new_block();
  graph.emit(OP_JUMP, 0, loc, end);
  graph.use(graph.new_block());
  graph.emit(OP_LOAD_ATTR, 3, loc);  // 1 + 4 cache units
  graph.use(end);
  graph.emit(OP_RETURN_VALUE, 0, loc);
  ASSERT_TRUE(assemble(graph, 1, out, error)) << error;
  std::string expected = {(char)OP_JUMP_FORWARD, 5, (char)OP_LOAD_ATTR, 3};
  expected.append(8, '\0');
  expected += {(char)OP_RETURN_VALUE, 0};
  EXPECT_EQ(out.code, expected);
}

TEST_F(AssembleTest, LongBackwardJumpGetsExtendedArgument) {
  Block* loop = graph.new_block();
  graph.use(loop);
  for (int i = 0; i < 300; i++) graph.emit(OP_NOP, 0, loc);
  graph.emit(OP_JUMP, 0, loc, loop);
  ASSERT_TRUE(assemble(graph, 1, out, error)) << error;
  // 300 NOPs and the two units of the jump itself: 302 = 1 * 256 + 46.
  EXPECT_EQ(out.code.substr(600), (std::string{(char)OP_EXTENDED_ARG, 1, (char)OP_JUMP_BACKWARD, 46}));
}

TEST_F(AssembleTest, BackwardJumpThatExistsOnlyForwardIsRefused) {
  Block* loop = graph.new_block();
  graph.use(loop);
  graph.emit(OP_JUMP_IF_TRUE_OR_POP, 0, loc, loop);
  EXPECT_FALSE(assemble(graph, 1, out, error));
  EXPECT_EQ(error, "unexpected JUMP_IF_TRUE_OR_POP jumping backwards");
}

}  // namespace
}  // namespace pyjit::frontend
