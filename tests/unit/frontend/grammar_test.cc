// The grammar's text holds together: all rules that are used are defined, and all are used.
#include "frontend/grammar.h"

#include <gtest/gtest.h>

#include <set>

namespace pyjit::frontend::grammar {
namespace {

void note(const Item& item, std::set<int>& used) {
  if (item.kind == Item::Kind::kRule) used.insert(item.rule);
  for (const Item& inner : item.inner) note(inner, used);
}

TEST(Grammar, IsClosed) {
  const Grammar& g = get();
  std::set<int> used;
  for (const Rule& rule : g.rules) {
    EXPECT_FALSE(rule.name.empty());
    EXPECT_FALSE(rule.alternatives.empty()) << rule.name;
    for (const Alternative& a : rule.alternatives) {
      for (const Item& item : a.items) note(item, used);
    }
  }
  for (size_t i = 0; i < g.rules.size(); i++) {
    const std::string& name = g.rules[i].name;
    bool start = name == "file" || name == "interactive" || name == "eval" || name == "func_type" || name == "fstring";
    EXPECT_TRUE(start || used.count(i)) << name << " is not used";
  }
}

TEST(Grammar, OnlyLeftRecursiveRulesBeginWithThemselves) {
  const Grammar& g = get();
  for (size_t i = 0; i < g.rules.size(); i++) {
    bool begins = false;
    for (const Alternative& a : g.rules[i].alternatives) begins |= a.items[0].kind == Item::Kind::kRule && a.items[0].rule == (int)i;
    EXPECT_TRUE(!begins || g.rules[i].left_recursive) << g.rules[i].name;
  }
}

}  // namespace
}  // namespace pyjit::frontend::grammar
