// _tokenize: the front end's lexer as an iterator over tokens of a str.
#include "frontend/arena.h"
#include "frontend/lexer.h"
#include "frontend/token.h"
#include "runtime/heap.h"
#include "runtime/modules/module_util.h"
#include "runtime/ops.h"

namespace pyjit::runtime {
namespace {

using frontend::Tok;

// What token.py calls them.
constexpr int kEndMarker = 0, kName = 1, kNumber = 2, kString = 3, kNewline = 4, kIndent = 5, kDedent = 6, kFirstOperator = 7, kAwait = 55, kAsync = 56,
              kTypeIgnore = 57, kTypeComment = 58, kError = 60;
constexpr const char* kOperators[] = {"(", ")", "[", "]", ":", ",", ";", "+", "-", "*", "/", "|", "&", "<", ">", "=", ".", "%", "{", "}", "==", "!=", "<=",
                                      ">=", "~", "^", "<<", ">>", "**", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "**=", "//", "//=",
                                      "@", "@=", "->", "...", ":="};   // ORDER: from token.LPAR = 7 on

struct State {
  frontend::Arena arena;
  std::string text;
  frontend::Lexer lexer;
  explicit State(std::string source) : text(std::move(source)), lexer(arena, std::string_view(text.data(), text.size() - 16)) {}
};
struct TokenizerIter : Object {
  State* state;
  bool done;
};
Class* iterator_class;
TokenizerIter* self_iterator(Value v) { return v.as<TokenizerIter>(); }
void finalize_iterator(Object* o) {
  auto* it = static_cast<TokenizerIter*>(o);
  delete it->state;
  it->state = nullptr;
}

Value iterator_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("tokenizeriter", "(source)");
  Value source;
  if (!bind(args, nargs, kwnames, &source)) return nullptr;
  if (!is_str(source)) return raisef(exc.TypeError, "tokenizeriter() argument 'source' must be str, not %.50s", type_name(source));
  auto* it = TRY(allocate_instance_of<TokenizerIter>(cls));
  std::string text = to_utf8(source.as<Str>());
  if (!text.empty() && text.back() != '\n') text.push_back('\n');
  it->state = new State(text + std::string(16, '\0'));
  return it;
}

int type_of(const frontend::Token& token) {
  switch (token.kind) {
    case Tok::kEndMarker: return kEndMarker;
    case Tok::kName: return kName;
    case Tok::kNumber: return kNumber;
    case Tok::kString: return kString;
    case Tok::kNewline: return kNewline;
    case Tok::kIndent: return kIndent;
    case Tok::kDedent: return kDedent;
    case Tok::kTypeIgnore: return kTypeIgnore;
    case Tok::kTypeComment: return kTypeComment;
    case Tok::kAsync: return kAsync;
    case Tok::kAwait: return kAwait;
    case Tok::kUnknown: case Tok::kError: return kError;
    default: break;
  }
  for (size_t i = 0; i < std::size(kOperators); ++i) {
    if (token.text == kOperators[i]) return kFirstOperator + static_cast<int>(i);
  }
  return token.text == "<>" ? 28 : kName;   // keywords are names here
}

Value iterator_next(Value self) {
  auto* it = self_iterator(self);
  if (it->done) return nullptr;
  frontend::Token token;
  frontend::Lexer& lexer = it->state->lexer;
  lexer.next(token);
  if (token.kind == Tok::kEndMarker && lexer.level() == 0) {
    it->done = true;
    return nullptr;
  }
  bool ended = lexer.status() == frontend::Lexer::Status::kEndOfInput && token.kind != Tok::kError && lexer.level() == 0;
  if (lexer.status() != frontend::Lexer::Status::kOk && !ended) {
    it->done = true;
    switch (lexer.status()) {
      case frontend::Lexer::Status::kBadDedent: return raise(exc.IndentationError, "unindent does not match any outer indentation level");
      case frontend::Lexer::Status::kMixedTabs: return raise(exc.TabError, "inconsistent use of tabs and spaces in indentation");
      case frontend::Lexer::Status::kTooDeep: return raise(exc.IndentationError, "too many levels of indentation");
      case frontend::Lexer::Status::kEndOfInput: return raise(exc.SyntaxError, "unexpected EOF in parsing");
      case frontend::Lexer::Status::kBadContinuation: return raise(exc.SyntaxError, "unexpected character after line continuation character");
      default: return raise(exc.SyntaxError, lexer.error().message);
    }
  }
  std::string_view line = lexer.line(token.lineno);
  bool bare = token.kind == Tok::kIndent || token.kind == Tok::kDedent || token.kind == Tok::kEndMarker || token.kind == Tok::kNewline;
  Str* text = TRY(new_str(bare ? std::string_view() : token.text));
  return make_tuple(text, Value::from_int(type_of(token)), Value::from_int(token.lineno), Value::from_int(token.end_lineno),
                    Value::from_int(token.col_offset),
                    Value::from_int(token.end_col_offset), TRY(new_str(std::string(line) + "\n")));
}

}  // namespace

bool init_tokenize_module(Module* m) {
  static ClassSpec spec{.name = "_tokenize.TokenizerIter", .basicsize = sizeof(TokenizerIter), .finalize = finalize_iterator};
  spec.slots.new_ = iterator_new;
  spec.slots.iter = [](Value v) { return v; };
  spec.slots.next = iterator_next;
  return add_class(m, spec, &iterator_class);
}

}  // namespace pyjit::runtime
