// parse(): reads the source, builds the tree with Parser, and has Diagnoser explain when that fails. Also the entry rules.
#include "frontend/parser.h"

#include "frontend/diagnose.h"
#include "frontend/parser_impl.h"
#include "frontend/source.h"

namespace pyjit::frontend {

using namespace ast;

const Token* Parser::lex(std::string_view text, int first_line, int first_column, bool single) {
  Tokens& tokens = *token_lists_.emplace_back(std::make_unique<Tokens>());
  tokens.reserve(text.size() / 4 + 16);
  Lexer lexer(arena_, text, options_.type_comments, first_line);
  tokens.emplace_back();  // so that the first token has one before it
  bool started = false;
  for (;;) {
    Token& t = tokens.emplace_back();
    lexer.next(t);
    for (CompileWarning& w : lexer.warnings()) warn(t.text.data(), std::move(w));
    lexer.warnings().clear();
    if (first_column && t.end_lineno == first_line) {
      t.col_offset += first_column;
      t.end_col_offset += first_column;
    }
    if (t.kind == Tok::kTypeIgnore) {
      auto* n = bare<TypeIgnore>();
      n->lineno = t.lineno;
      n->tag = t.text;
      type_ignores_.push_back(n);
      tokens.pop_back();
      continue;
    }
    if (t.kind == Tok::kEndMarker && single && started) {
      // A single statement may end without a newline, and its blocks without dedents.
      t.kind = Tok::kNewline;
      started = false;
      if (lexer.indent() && !options_.dont_imply_dedent) lexer.imply_dedents();
      continue;
    }
    started = true;
    if (t.kind == Tok::kEndMarker || t.kind == Tok::kError) break;
  }
  for (int i = 0; i < 3; i++) tokens.push_back(Token(tokens.back()));  // for looking ahead
  return tokens.data() + 1;
}

std::vector<CompileWarning> Parser::warnings() const {
  auto sorted = warnings_;
  // A place without text is the end.
  auto key = [](const auto& w) { return (uintptr_t)w.first - 1; };
  std::stable_sort(sorted.begin(), sorted.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  std::vector<CompileWarning> out;
  for (auto& w : sorted) out.push_back(std::move(w.second));
  return out;
}

Mod* Parser::run(std::string_view text) {
  Mod* result = nullptr;
  t_ = lex(text, 1, 0, options_.mode == Mode::kSingle);
  bool fine = attempt([&] { result = module(); });
  return fine ? result : nullptr;
}

namespace {

// What follows a single statement must be blank or comments.
bool only_blank(const char* p) {
  for (;; p++) {
    while (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\f') p++;
    if (!*p) return true;
    if (*p != '#') return false;
    while (*p && *p != '\n') p++;
    if (!*p) return true;
  }
}

}  // namespace

Mod* Parser::module() {
  switch (options_.mode) {
    case Mode::kExec: {
      auto* n = bare<Module>();
      if (!at(Tok::kEndMarker)) n->body = statements();
      if (!at(Tok::kEndMarker)) fail();
      n->type_ignores = arena_.copy(type_ignores_);
      return n;
    }
    case Mode::kEval: {
      auto* n = bare<Expression>();
      const Token* start = t_;
      size_t m = mark();
      n->body = expression();
      if (at(Tok::kComma)) {
        push(n->body);
        while (accept(Tok::kComma) && starts_expression() && !at(Tok::kStar)) push(expression());
        auto* tuple = expr<Tuple>(start);
        tuple->elts = take<Expr>(m);
        n->body = tuple;
      }
      while (accept(Tok::kNewline)) {
      }
      if (!at(Tok::kEndMarker)) fail();
      return n;
    }
    case Mode::kSingle: {
      auto* n = bare<Interactive>();
      size_t m = mark();
      const Token* start = t_;
      if (accept(Tok::kNewline)) {
        push(stmt<Pass>(start));
      } else if (Stmt* compound = compound_statement()) {
        push(compound);
        expect(Tok::kNewline);
      } else {
        simple_statements();
      }
      n->body = take<Stmt>(m);
      const Token& newline = t_[-1];
      if (newline.text.data() && !only_blank(newline.text.data())) fail();
      return n;
    }
    case Mode::kFuncType: return function_type();
  }
  fail();
}

Mod* Parser::function_type() {
  auto* n = bare<FunctionType>();
  expect(Tok::kLeftParen);
  size_t m = mark();
  if (!at(Tok::kRightParen)) {
    // Plain types, then at most one *type and one **type.
    bool star = false, double_star = false;
    do {
      if (double_star) fail();
      if (accept(Tok::kDoubleStar)) {
        double_star = true;
      } else if (star) {
        fail();
      } else if (accept(Tok::kStar)) {
        star = true;
      }
      push(expression());
    } while (accept(Tok::kComma));
  }
  n->argtypes = take<Expr>(m);
  expect(Tok::kRightParen);
  expect(Tok::kArrow);
  n->returns = expression();
  while (accept(Tok::kNewline)) {
  }
  if (!at(Tok::kEndMarker)) fail();
  return n;
}

ParseResult parse(Arena& arena, std::string_view source_bytes, std::string_view filename, const CompileOptions& options) {
  ParseResult result;
  Source source = read_source(arena, source_bytes, filename, options, result.error);
  if (!source.ok) return result;
  int max_depth = Parser::kUsualDepth;
  for (;;) {
    Parser parser(arena, options, max_depth);
    result.tree = parser.run(source.text);
    if (result.tree) {
      result.warnings = parser.warnings();
      return result;
    }
    Diagnoser diagnoser(source, filename, options);
    if (!diagnoser.accepts()) {
      result.error = diagnoser.error();
      result.warnings = diagnoser.warnings();
      return result;
    }
    if (max_depth > Parser::kUsualDepth || !parser.too_deep()) {
      // The two parsers disagree: a defect here, not in the program.
      result.error.kind = ErrorKind::kSystemError;
      result.error.message = "the parser refuses a program that its grammar accepts";
      return result;
    }
    max_depth = 1 << 20;  // the grammar's own limit bounds the nesting
  }
}

}  // namespace pyjit::frontend
