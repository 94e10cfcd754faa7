// The grammar of Python 3.11 as CPython's parser tries it, rule by rule, with the rules that exist only to explain errors.
//
// Data for diagnose.cc, which interprets it. It is only read when a program was refused, so it is kept as text and compiled once on
// first use. The order of alternatives and what is remembered (memo) decide which error is found first and how far the parser
// read before; both are part of what users see.
//
//   rule memo: | items {action} | ...      "memo" and "left" (left-recursive) are marks of the rule
//   'x' token or keyword   "x" soft keyword   NAME NUMBER STRING NEWLINE INDENT DEDENT ENDMARKER TYPE_COMMENT SOFT_KEYWORD
//   (a | b)   [a]   a? a* a+   ','.a+ (a list with separators)   &a !a (look ahead)   &&':' (or else "expected ':'")   ~ (commit)
//   a:item names an item for the action
//
// Actions: {+Tag x y} makes a node of the named items, or of all; {=x} gives an item. The others raise errors:
//   {at a "text"} {range a b "text"} {from a "text"}   over a; from a to b; from a on. %s in the text is what kind of expression a is
//   {last "text"}              at the token read last
//   {block a "what"}           IndentationError: no block after `what` on a's line
//   {target KIND a}            unless a can be assigned to (STAR, FOR) or deleted (DEL)
//   {call name a b}            a function of diagnose.cc decides
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/ast.h"
#include "frontend/token.h"

namespace pyjit::frontend::grammar {

extern const char* const kText;

enum class Special : uint8_t {
  kNone, kBarry, kLegacyCall, kMissingComma, kGeneratorParens, kGeneratorInCall, kPositionalAfterKeyword,
  kReal, kImaginary, kStrings, kMissingColon, kInteractiveEnd,
};

struct Action {
  enum class Kind : uint8_t { kDefault, kNode, kGive, kAt, kRange, kFrom, kLast, kBlock, kIndent, kTarget, kCall };
  Kind kind = Kind::kDefault;
  ast::Tag tag{};
  Special special = Special::kNone;
  char target = 0;             // S, F or D
  int names[3] = {-1, -1, -1};  // places, among the alternative's values, of the items named a, b and c
  bool all = true;             // kNode: of all values
  std::string text;
};

struct Item {
  enum class Kind : uint8_t { kToken, kSoft, kAnySoft, kRule, kOptional, kStar, kPlus, kList, kAnd, kNot, kForced, kCut };
  Kind kind;
  Tok token{};
  char name = 0;
  int rule = -1;               // kRule: index
  std::string_view soft;
  std::vector<Item> inner;     // the item repeated, looked at, ...; for kList separator and element
};

struct Alternative {
  std::vector<Item> items;
  Action action;
  bool for_errors = false;     // begins with an invalid_ rule: tried only on the second reading
};

struct Rule {
  std::string name;
  std::vector<Alternative> alternatives;
  bool memo = false, left_recursive = false;
  bool without_invalid = false;  // by its name: inside it, rules for errors are not tried
};

struct Grammar {
  std::vector<Rule> rules;
  int find(std::string_view name) const;  // -1: none
};
const Grammar& get();

}  // namespace pyjit::frontend::grammar
