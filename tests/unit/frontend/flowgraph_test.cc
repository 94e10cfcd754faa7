// The passes over the control-flow graph, one rule at a time.
#include "frontend/flowgraph.h"

#include <gtest/gtest.h>

#include <limits>

namespace pyjit::frontend {
namespace {

class FlowGraphTest : public testing::Test {
 protected:
  Arena arena;
  BlockPool pool{arena};
  FlowGraph graph{pool};
  ConstantPool constants{arena};
  UnitConstants consts{constants};

  static Location at(int line) { return {line, line, 0, 1}; }
  int constant(int64_t v) { return consts.add(constants.integer(v)); }
  std::string listing() {
    std::string s;
    for (Block* b = graph.entry(); b; b = b->next) {
      for (int i = 0; i < b->used; i++) s += std::string(kOpInfo[b->instrs[i].op].name) + " ";
      s += "| ";
    }
    return s;
  }
  void optimize() {
    graph.normalize();
    graph.inline_small_exits();
    graph.optimize(consts);
  }
};

TEST_F(FlowGraphTest, EmittingAfterAJumpOpensABlock) {
  Block* end = graph.new_block();
  graph.emit(OP_JUMP, 0, at(1), end);
  graph.emit(OP_NOP, 0, at(2));
  graph.use(end);
  EXPECT_EQ(listing(), "JUMP | NOP | | ");
}

TEST_F(FlowGraphTest, ConstantConditionBecomesAJumpAndDeadCodeGoes) {
  Block* skip = graph.new_block();
  graph.emit(OP_LOAD_CONST, constant(0), at(1));
  graph.emit(OP_POP_JUMP_IF_FALSE, 0, at(1), skip);
  graph.emit(OP_GET_ITER, 0, at(2));
  graph.use(skip);
  graph.emit(OP_RETURN_VALUE, 0, at(3));
  optimize();
  EXPECT_EQ(listing(), "NOP | RETURN_VALUE | ");
}

TEST_F(FlowGraphTest, ComparisonWithNoneFusesIntoTheJump) {
  Block* skip = graph.new_block();
  graph.emit(OP_LOAD_FAST, 0, at(1));
  graph.emit(OP_LOAD_CONST, consts.add(constants.none()), at(1));
  graph.emit(OP_IS_OP, 1, at(1));
  graph.emit(OP_POP_JUMP_IF_FALSE, 0, at(1), skip);
  graph.emit(OP_GET_ITER, 0, at(2));
  graph.use(skip);
  graph.emit(OP_RETURN_VALUE, 0, at(3));
  optimize();
  EXPECT_EQ(listing(), "LOAD_FAST POP_JUMP_IF_NONE | GET_ITER | RETURN_VALUE | ");
}

TEST_F(FlowGraphTest, TupleOfConstantsFoldsAndUnusedConstantsAreTrimmed) {
  int first = constant(1);
  graph.emit(OP_LOAD_CONST, first, at(1));
  graph.emit(OP_LOAD_CONST, constant(2), at(1));
  graph.emit(OP_BUILD_TUPLE, 2, at(1));
  graph.emit(OP_RETURN_VALUE, 0, at(1));
  optimize();
  EXPECT_EQ(listing(), "LOAD_CONST RETURN_VALUE | ");
  constant(99);  // nothing loads it
  graph.trim_constants(consts);
  ASSERT_EQ(consts.size(), 3u);
  EXPECT_EQ(consts[2]->kind, Constant::Kind::kTuple);
}

TEST_F(FlowGraphTest, SwapBeforeStoresBecomesTheirOrder) {
  graph.emit(OP_SWAP, 2, at(1));
  graph.emit(OP_STORE_FAST, 0, at(1));
  graph.emit(OP_STORE_FAST, 1, at(1));
  graph.emit(OP_RETURN_VALUE, 0, at(1));
  optimize();
  Block* b = graph.entry();
  ASSERT_EQ(listing(), "STORE_FAST STORE_FAST RETURN_VALUE | ");
  EXPECT_EQ(b->instrs[0].arg, 1);
  EXPECT_EQ(b->instrs[1].arg, 0);
}

TEST_F(FlowGraphTest, RunsOfSwapsShrinkToTheFewest) {
  for (int n : {2, 3, 3, 2}) graph.emit(OP_SWAP, n, at(1));  // undo each other
  graph.emit(OP_RETURN_VALUE, 0, at(1));
  optimize();
  EXPECT_EQ(listing(), "RETURN_VALUE | ");
}

TEST_F(FlowGraphTest, JumpsThreadOnOneLineOnly) {
  for (int second_line : {1, 2}) {
    FlowGraph g(pool);
    Block *middle = g.new_block(), *end = g.new_block();
    g.emit(OP_LOAD_FAST, 0, at(1));
    g.emit(OP_POP_JUMP_IF_TRUE, 0, at(1), middle);
    g.emit(OP_RETURN_VALUE, 0, at(1));
    g.use(middle);
    g.emit(OP_JUMP, 0, at(second_line), end);
    g.use(g.new_block());
    g.emit(OP_GET_ITER, 0, at(3));
    g.use(end);
    g.emit(OP_RETURN_VALUE, 0, at(4));
    g.normalize();
    g.optimize(consts);
    EXPECT_EQ(g.entry()->last()->target == end, second_line == 1);
  }
}

TEST_F(FlowGraphTest, ExitsWithoutLinesAreCopiedToTheirJumps) {
  Block* end = graph.new_block();
  graph.emit(OP_LOAD_FAST, 0, at(1));
  graph.emit(OP_POP_JUMP_IF_TRUE, 0, at(1), end);
  graph.emit(OP_LOAD_FAST, 1, at(2));
  graph.emit(OP_POP_JUMP_IF_TRUE, 0, at(2), end);
  graph.emit(OP_RAISE_VARARGS, 0, at(3));
  graph.use(end);
  graph.emit(OP_LOAD_CONST, constant(0), kNoLocation);
  graph.emit(OP_RETURN_VALUE, 0, kNoLocation);
  optimize();
  graph.duplicate_exits_without_line();
  graph.propagate_lines();
  Block* first = graph.entry();
  Block* second = first->next;
  EXPECT_NE(first->last()->target, second->last()->target);
  std::vector<int> lines = {first->last()->target->instrs[1].loc.line, second->last()->target->instrs[1].loc.line};
  EXPECT_EQ(lines, (std::vector<int>{1, 2}));
}

TEST_F(FlowGraphTest, DepthCountsHandlersAndHandlersAreLabelled) {
  Block *handler = graph.new_block(), *body = graph.new_block();
  graph.emit(OP_SETUP_CLEANUP, 0, at(1), handler);
  graph.use(body);
  graph.emit(OP_LOAD_FAST, 0, at(2));
  graph.emit(OP_POP_BLOCK, 0, at(2));
  graph.emit(OP_RETURN_VALUE, 0, at(2));
  graph.use(handler);
  graph.emit(OP_PUSH_EXC_INFO, 0, at(3));
  graph.emit(OP_RERAISE, 1, at(3));
  optimize();
  EXPECT_EQ(graph.stack_depth(false), 3);
  EXPECT_EQ(handler->start_depth, 2);
  graph.label_exception_targets();
  EXPECT_TRUE(handler->preserve_lasti);
  EXPECT_EQ(body->instrs[0].except, handler);
  EXPECT_EQ(body->instrs[2].except, nullptr);
  EXPECT_EQ(handler->instrs[0].except, nullptr);
}

TEST(Constants, ZerosTypesAndNaNsStayApart) {
  Arena arena;
  ConstantPool pool(arena);
  auto real = [&](double v) {
    auto* c = arena.make<Constant>();
    c->kind = Constant::Kind::kFloat;
    c->real = v;
    return c;
  };
  EXPECT_EQ(pool.canonical(real(1.5)), pool.canonical(real(1.5)));
  EXPECT_NE(pool.canonical(real(0.0)), pool.canonical(real(-0.0)));
  EXPECT_NE(pool.canonical(real(1.0)), pool.canonical(pool.integer(1)));
  const Constant* nan = real(std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(pool.canonical(nan), nan);
  EXPECT_EQ(pool.canonical(nan), pool.canonical(nan));
  EXPECT_NE(pool.canonical(real(std::numeric_limits<double>::quiet_NaN())), nan);
}

}  // namespace
}  // namespace pyjit::frontend
