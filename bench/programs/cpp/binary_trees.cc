// The algorithm of ../binary_trees.py.
#include "harness.h"

#include <memory>

const int64_t default_n = 17;

struct Node {
  std::unique_ptr<Node> left, right;
};

static std::unique_ptr<Node> build(int64_t depth) {
  auto node = std::make_unique<Node>();
  if (depth) node->left = build(depth - 1), node->right = build(depth - 1);
  return node;
}

static int64_t count(const Node& node) { return node.left ? 1 + count(*node.left) + count(*node.right) : 1; }

std::string run(int64_t n) {
  std::unique_ptr<Node> long_lived = build(n);
  int64_t total = 0;
  for (int64_t depth = 4; depth <= n; depth += 4)
    for (int64_t i = 0; i < int64_t{1} << (n - depth + 2); ++i) total += count(*build(depth));
  return std::to_string(total * 7 + count(*long_lived));
}
