// Tokens, their places, indentation, and the errors that the lexer words itself.
#include "frontend/lexer.h"

#include <gtest/gtest.h>

#include "frontend/source.h"

namespace pyjit::frontend {
namespace {

struct Lexed {
  Arena arena;
  std::vector<Token> tokens;
  Lexer::Status status = Lexer::Status::kOk;
  Diagnostic error;
  std::vector<CompileWarning> warnings;

  explicit Lexed(std::string_view text, bool type_comments = false) {
    Lexer lexer(arena, padded_copy(arena, text), type_comments);
    do {
      lexer.next(tokens.emplace_back());
    } while (tokens.back().kind != Tok::kEndMarker && tokens.back().kind != Tok::kError);
    status = lexer.status();
    error = lexer.error();
    warnings = lexer.warnings();
  }
  std::string kinds() const {
    std::string out;
    for (const Token& t : tokens) out += std::string(out.empty() ? "" : " ") + token_text(t.kind);
    return out;
  }
};

TEST(Lexer, NamesKeywordsAndOperators) {
  EXPECT_EQ(Lexed("if x<=y: z **= 1\n").kinds(), "if NAME <= NAME : NAME **= NUMBER NEWLINE ENDMARKER");
  EXPECT_EQ(Lexed("a<>b!=c->d:=e...f..g\n").kinds(), "NAME != NAME != NAME -> NAME := NAME ... NAME . . NAME NEWLINE ENDMARKER");
  EXPECT_EQ(Lexed("iffy nonlocalx nonlocal\n").kinds(), "NAME NAME nonlocal NEWLINE ENDMARKER");
  EXPECT_EQ(Lexed("a ? b\n").kinds(), "NAME OP NAME NEWLINE ENDMARKER");
}

TEST(Lexer, Places) {
  Lexed l("ab = '''x\ny''' + c\n");
  const Token& string = l.tokens[2];
  EXPECT_EQ(string.kind, Tok::kString);
  EXPECT_EQ(string.lineno, 1);
  EXPECT_EQ(string.col_offset, 5);
  EXPECT_EQ(string.end_lineno, 2);
  EXPECT_EQ(string.end_col_offset, 4);
  const Token& c = l.tokens[4];
  EXPECT_EQ(c.lineno, 2);
  EXPECT_EQ(c.col_offset, 7);
  EXPECT_EQ(c.text, "c");
}

TEST(Lexer, ColumnsAreBytes) {
  Lexed l("\u00e9 = b\n");
  EXPECT_EQ(l.tokens[1].col_offset, 3);
}

TEST(Lexer, NamesAreInternedAndNormalised) {
  Lexed l("ab ab \uFB01x fix\n");
  EXPECT_EQ(l.tokens[0].text.data(), l.tokens[1].text.data());
  EXPECT_EQ(l.tokens[2].text, "fix");
  EXPECT_EQ(l.tokens[2].text.data(), l.tokens[3].text.data());
  EXPECT_EQ(l.tokens[2].end_col_offset - l.tokens[2].col_offset, 4);
}

TEST(Lexer, Indentation) {
  EXPECT_EQ(Lexed("if x:\n  a\n\n  # c\n  b\nd\n").kinds(), "if NAME : NEWLINE INDENT NAME NEWLINE NAME NEWLINE DEDENT NAME NEWLINE ENDMARKER");
  EXPECT_EQ(Lexed("(\n  a\n)\n").kinds(), "( NAME ) NEWLINE ENDMARKER");
  EXPECT_EQ(Lexed("a \\\n  b\n").kinds(), "NAME NAME NEWLINE ENDMARKER");
  EXPECT_EQ(Lexed("if x:\n    a\n  b\n").status, Lexer::Status::kBadDedent);
  EXPECT_EQ(Lexed("if x:\n        a\n\tb\n").status, Lexer::Status::kMixedTabs);
  std::string deep;
  for (int i = 0; i < 101; i++) deep += std::string(i, ' ') + "if x:\n";
  EXPECT_EQ(Lexed(deep).status, Lexer::Status::kTooDeep);
}

TEST(Lexer, Brackets) {
  EXPECT_EQ(Lexed("(]\n").error.message, "closing parenthesis ']' does not match opening parenthesis '('");
  EXPECT_EQ(Lexed("(\n\n}").error.message, "closing parenthesis '}' does not match opening parenthesis '(' on line 1");
  EXPECT_EQ(Lexed(")").error.message, "unmatched ')'");
  EXPECT_EQ(Lexed(std::string(200, '(')).status, Lexer::Status::kEndOfInput);
  EXPECT_EQ(Lexed(std::string(201, '(')).error.message, "too many nested parentheses");
}

TEST(Lexer, BadNumbers) {
  struct {
    const char *text, *message;
    int offset;
  } cases[] = {
      {"0x", "invalid hexadecimal literal", 2},
      {"0b12", "invalid digit '2' in binary literal", 4},
      {"0o9", "invalid digit '9' in octal literal", 3},
      {"1_", "invalid decimal literal", 2},
      {"1__0", "invalid decimal literal", 2},
      {"1a", "invalid decimal literal", 1},
      {"1.5ex", "invalid decimal literal", 3},
      {"1jx", "invalid imaginary literal", 2},
      {"1e+", "invalid decimal literal", 3},
  };
  for (auto& c : cases) {
    Lexed l(std::string(c.text) + "\n");
    EXPECT_EQ(l.error.message, c.message) << c.text;
    EXPECT_EQ(l.error.offset, c.offset) << c.text;
  }
  EXPECT_EQ(Lexed("007").error.end_offset, 3);
  EXPECT_EQ(Lexed("00.5 0_0 0e1 1_000.2_5e-1_0J").tokens.size(), 5u);
}

TEST(Lexer, KeywordRightBehindANumberIsAWarning) {
  Lexed l("1if 2else 3\n");
  EXPECT_EQ(l.kinds(), "NUMBER if NUMBER else NUMBER NEWLINE ENDMARKER");
  ASSERT_EQ(l.warnings.size(), 2u);
  EXPECT_EQ(l.warnings[0].message, "invalid decimal literal");
}

TEST(Lexer, Strings) {
  EXPECT_EQ(Lexed("rb'a' Rb\"\" f'' u'x' '\\\n' bu''\n").kinds(), "STRING STRING STRING STRING STRING NAME STRING NEWLINE ENDMARKER");
  Lexed open("x = 'ab\n");
  EXPECT_EQ(open.error.message, "unterminated string literal (detected at line 1)");
  EXPECT_EQ(open.error.offset, 5);
  EXPECT_EQ(Lexed("'''a\nb\n").error.message, "unterminated triple-quoted string literal (detected at line 2)");
}

TEST(Lexer, BadCharacters) {
  EXPECT_EQ(Lexed("a\u20ac").error.message, "invalid character '\u20ac' (U+20AC)");
  EXPECT_EQ(Lexed("\u00a0x").error.message, "invalid non-printable character U+00A0");
  EXPECT_EQ(Lexed("\x01").error.message, "invalid non-printable character U+0001");
  EXPECT_EQ(Lexed("a\xff").status, Lexer::Status::kBadEncoding);
  EXPECT_EQ(Lexed("a \\ b\n").status, Lexer::Status::kBadContinuation);
}

TEST(Lexer, TypeComments) {
  Lexed l("x = 1 # type: int\n# type: ignore[a]\n", true);
  EXPECT_EQ(l.kinds(), "NAME = NUMBER TYPE_COMMENT NEWLINE TYPE_IGNORE ENDMARKER");
  EXPECT_EQ(l.tokens[3].text, "int");
  EXPECT_EQ(l.tokens[5].text, "[a]");
  EXPECT_EQ(Lexed("x = 1 # type: int\n").kinds(), "NAME = NUMBER NEWLINE ENDMARKER");
}

}  // namespace
}  // namespace pyjit::frontend
