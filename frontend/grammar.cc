// The grammar's text → rules, items and actions, once.
#include "frontend/grammar.h"

#include <cassert>
#include <cstring>
#include <unordered_map>

namespace pyjit::frontend::grammar {
namespace {

const char* const kSpecialNames[] = {"", "barry", "legacy_call", "missing_comma", "generator_parens", "generator_in_call",
                                     "positional_after_keyword", "real", "imaginary", "strings", "missing_colon", "interactive_end"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Loader {
 public:
  explicit Loader(Grammar& grammar) : g_(grammar), p_(kText) {
    for (int i = 0; i < ast::kTagCount; i++) tags_[ast::info((ast::Tag)i).name] = (ast::Tag)i;
    tags_["ConstantExpr"] = ast::Tag::kConstantExpr;
    tags_["Keyword"] = ast::Tag::kKeyword;
    tags_["Comprehension"] = ast::Tag::kComprehension;
    tags_["Arg"] = ast::Tag::kArg;
    for (size_t i = 0; i < std::size(kTokenText); i++) tokens_[kTokenText[i]] = (Tok)i;
  }

  void run() {
    for (skip(); *p_; skip()) {
      std::string name = word();
      Rule rule;
      rule.name = name;
      rule.without_invalid = name.ends_with("without_invalid");
      for (skip(); *p_ != ':'; skip()) {
        std::string mark = word();
        (mark == "memo" ? rule.memo : rule.left_recursive) = true;
      }
      p_++;
      int index = index_of(name);
      rule.alternatives = alternatives();
      g_.rules[index] = std::move(rule);
    }
    for ([[maybe_unused]] const Rule& r : g_.rules) assert(!r.alternatives.empty());
  }

 private:
  void skip() {
    while (*p_ == ' ' || *p_ == '\n') p_++;
  }
  std::string word() {
    const char* start = p_;
    while (is_letter(*p_)) p_++;
    assert(p_ > start);
    return {start, p_};
  }
  int index_of(const std::string& name) {
    auto [it, fresh] = indices_.try_emplace(name, (int)g_.rules.size());
    if (fresh) g_.rules.emplace_back();
    return it->second;
  }

  // A rule ends where the next one begins: with a word at the start of a line.
  bool at_end() {
    skip();
    return !*p_ || *p_ == ')' || *p_ == ']' || (p_[-1] == '\n' && is_letter(*p_));
  }

  std::vector<Alternative> alternatives() {
    std::vector<Alternative> out;
    while (!at_end()) {
      if (*p_ == '|') p_++;
      out.push_back(alternative());
    }
    return out;
  }

  Alternative alternative() {
    Alternative a;
    int place = 0;
    char names[3] = {'a', 'b', 'c'};
    int at[3] = {-1, -1, -1};
    while (!at_end() && *p_ != '|') {
      if (*p_ == '{') {
        read_action(a.action);
        break;
      }
      Item item = named_item();
      bool gives = item.kind != Item::Kind::kAnd && item.kind != Item::Kind::kNot && item.kind != Item::Kind::kCut;
      for (int i = 0; i < 3; i++) {
        if (item.name == names[i]) at[i] = place;
      }
      place += gives;
      a.items.push_back(std::move(item));
    }
    for (int i = 0; i < 3; i++) {
      if (a.action.names[i] == 0) a.action.names[i] = at[i];
    }
    const Item& first = a.items.front();
    a.for_errors = first.kind == Item::Kind::kRule && rule_name(first.rule).starts_with("invalid_") && a.items.size() == 1;
    return a;
  }

  std::string rule_name(int index) {
    for (auto& [name, i] : indices_) {
      if (i == index) return name;
    }
    return "";
  }

  Item named_item() {
    skip();
    char name = 0;
    if (is_letter(p_[0]) && p_[1] == ':') {
      name = *p_;
      p_ += 2;
    }
    Item item = suffixed();
    item.name = name;
    return item;
  }

  static Item wrap(Item::Kind kind, Item inner) {
    Item item{kind};
    item.inner.push_back(std::move(inner));
    return item;
  }

  Item suffixed() {
    skip();
    if (*p_ == '~') {
      p_++;
      return Item{Item::Kind::kCut};
    }
    if (*p_ == '&' || *p_ == '!') {
      bool positive = *p_++ == '&';
      if (*p_ == '&') {
        p_++;
        Item item = primary();
        item.kind = Item::Kind::kForced;
        return item;
      }
      return wrap(positive ? Item::Kind::kAnd : Item::Kind::kNot, primary());
    }
    Item item = primary();
    if (*p_ == '.') {
      p_++;
      Item list = wrap(Item::Kind::kList, std::move(item));
      list.inner.push_back(primary());
      assert(*p_ == '+');
      p_++;
      return list;
    }
    for (;; p_++) {
      if (*p_ == '?') {
        item = wrap(Item::Kind::kOptional, std::move(item));
      } else if (*p_ == '*') {
        item = wrap(Item::Kind::kStar, std::move(item));
      } else if (*p_ == '+') {
        item = wrap(Item::Kind::kPlus, std::move(item));
      } else {
        return item;
      }
    }
  }

  Item primary() {
    skip();
    char c = *p_;
    if (c == '\'' || c == '"') {
      const char* end = std::strchr(p_ + 1, c);
      std::string_view text(p_ + 1, end - p_ - 1);
      p_ = end + 1;
      Item item{c == '\'' ? Item::Kind::kToken : Item::Kind::kSoft};
      if (c == '\'') {
        item.token = tokens_.at(std::string(text));
      } else {
        item.soft = text;
      }
      return item;
    }
    if (c == '(' || c == '[') {
      p_++;
      std::vector<Alternative> inner = alternatives();
      assert(*p_ == ')' || *p_ == ']');
      p_++;
      Item item{Item::Kind::kRule};
      if (inner.size() == 1 && inner[0].items.size() == 1 && inner[0].action.kind == Action::Kind::kDefault) {
        item = std::move(inner[0].items[0]);  // CPython makes no rule of a group with one item
      } else {
        item.rule = g_.rules.size();
        g_.rules.emplace_back();
        g_.rules.back().name = "(group)";
        g_.rules.back().alternatives = std::move(inner);
      }
      return c == '[' ? wrap(Item::Kind::kOptional, std::move(item)) : item;
    }
    std::string name = word();
    if (name == "SOFT_KEYWORD") return Item{Item::Kind::kAnySoft};
    if (auto it = tokens_.find(name); it != tokens_.end() && name[0] >= 'A' && name[0] <= 'Z') {
      Item item{Item::Kind::kToken};
      item.token = it->second;
      return item;
    }
    Item item{Item::Kind::kRule};
    item.rule = index_of(name);
    return item;
  }

  // Names are noted as 0 ("wanted") here and get their places when the alternative is complete.
  void read_action(Action& action) {
    p_++;
    auto names = [&] {
      for (skip(); is_letter(*p_); skip()) {
        action.names[word()[0] - 'a'] = 0;
        action.all = false;
      }
    };
    if (*p_ == '+') {
      p_++;
      action.kind = Action::Kind::kNode;
      action.tag = tags_.at(word());
      names();
    } else if (*p_ == '=') {
      p_++;
      action.kind = Action::Kind::kGive;
      names();
    } else {
      std::string verb = word();
      using Kind = Action::Kind;
      action.kind = verb == "at" ? Kind::kAt : verb == "range" ? Kind::kRange : verb == "from" ? Kind::kFrom : verb == "last" ? Kind::kLast :
                    verb == "block" ? Kind::kBlock : verb == "indent" ? Kind::kIndent : verb == "target" ? Kind::kTarget : Kind::kCall;
      skip();
      if (action.kind == Kind::kTarget) action.target = word()[0];
      if (action.kind == Kind::kCall) {
        std::string name = word();
        for (size_t i = 1; i < std::size(kSpecialNames); i++) {
          if (name == kSpecialNames[i]) action.special = (Special)i;
        }
        assert(action.special != Special::kNone);
      }
      names();
      if (*p_ == '"') {
        for (p_++; *p_ != '"'; p_++) {
          if (*p_ == '\\') p_++;
          action.text += *p_;
        }
        p_++;
      }
    }
    skip();
    assert(*p_ == '}');
    p_++;
  }

  Grammar& g_;
  const char* p_;
  std::unordered_map<std::string, int> indices_;
  std::unordered_map<std::string, ast::Tag> tags_;
  std::unordered_map<std::string, Tok> tokens_;
};

}  // namespace

int Grammar::find(std::string_view name) const {
  for (size_t i = 0; i < rules.size(); i++) {
    if (rules[i].name == name) return i;
  }
  return -1;
}

const Grammar& get() {
  static const Grammar* grammar = [] {
    auto* g = new Grammar;
    Loader(*g).run();
    return g;
  }();
  return *grammar;
}

}  // namespace pyjit::frontend::grammar
