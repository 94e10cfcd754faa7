// Shapes and places of trees, one error of each kind, modes and hostile nesting. The oracle tests carry most of the weight.
#include "frontend/parser.h"

#include <gtest/gtest.h>

#include <limits>
#include <memory>

namespace pyjit::frontend {
namespace {

using namespace ast;

struct Parsed {
  Arena arena;
  ParseResult result;
  explicit Parsed(std::string_view source, Mode mode = Mode::kExec) {
    CompileOptions options;
    options.mode = mode;
    options.ignore_cookie = true;
    result = parse(arena, source, "<test>", options);
  }
  Expr* expression() const { return as<Expression>(result.tree)->body; }
  std::span<Stmt*> body() const { return as<Module>(result.tree)->body; }
  const std::string& message() const { return result.error.message; }
};

TEST(Parser, Precedence) {
  Parsed p("not a or b + c * -d ** e < f", Mode::kEval);
  auto* either = as<BoolOp>(p.expression());
  EXPECT_EQ(either->op, BoolOperator::kOr);
  ASSERT_EQ(either->values.size(), 2u);
  EXPECT_EQ(as<UnaryOp>(either->values[0])->op, UnaryOperator::kNot);
  auto* less = as<Compare>(either->values[1]);
  auto* sum = as<BinOp>(less->left);
  EXPECT_EQ(sum->op, Operator::kAdd);
  auto* product = as<BinOp>(sum->right);
  auto* negative = as<UnaryOp>(product->right);
  EXPECT_EQ(as<BinOp>(negative->operand)->op, Operator::kPow);
}

TEST(Parser, PlacesIncludeParentheses) {
  Parsed p("(a) + (b)", Mode::kEval);
  auto* sum = as<BinOp>(p.expression());
  EXPECT_EQ(sum->col_offset, 0);
  EXPECT_EQ(sum->end_col_offset, 9);
  EXPECT_EQ(sum->left->col_offset, 1);
  EXPECT_EQ(sum->right->end_col_offset, 8);
}

TEST(Parser, TargetsGetTheirContext) {
  Parsed p("a, [b.c, *d[e]] = f\ndel (g), h\n");
  auto* tuple = as<Tuple>(as<Assign>(p.body()[0])->targets[0]);
  EXPECT_EQ(tuple->ctx, ExprContext::kStore);
  auto* list = as<List>(tuple->elts[1]);
  EXPECT_EQ(as<Attribute>(list->elts[0])->ctx, ExprContext::kStore);
  EXPECT_EQ(as<Name>(as<Attribute>(list->elts[0])->value)->ctx, ExprContext::kLoad);
  EXPECT_EQ(as<Starred>(list->elts[1])->ctx, ExprContext::kStore);
  EXPECT_EQ(as<Name>(as<Delete>(p.body()[1])->targets[0])->ctx, ExprContext::kDel);
}

TEST(Parser, MatchIsASoftKeyword) {
  Parsed p("match = match(match)\nmatch[0]: int\nmatch (a, b):\n  case [x, *_]: pass\n  case {'k': y, **z} | C(1, w=-2j): pass\nmatch -x\n");
  ASSERT_TRUE(p.result.tree);
  ASSERT_EQ(p.body().size(), 4u);
  auto* match = as<Match>(p.body()[2]);
  EXPECT_EQ(match->cases.size(), 2u);
  EXPECT_EQ(match->cases[0]->pattern->tag, Tag::kMatchSequence);
  EXPECT_EQ(match->cases[1]->pattern->tag, Tag::kMatchOr);
  EXPECT_EQ(as<ExprStmt>(p.body()[3])->value->tag, Tag::kBinOp);
}

TEST(Parser, ParenthesisedWith) {
  EXPECT_EQ(as<With>(Parsed("with (a as b, c): pass\n").body()[0])->items.size(), 2u);
  EXPECT_EQ(as<With>(Parsed("with (a, b) as c: pass\n").body()[0])->items.size(), 1u);
  EXPECT_EQ(as<With>(Parsed("with (yield): pass\n").body()[0])->items[0]->context_expr->tag, Tag::kYield);
  EXPECT_EQ(as<With>(Parsed("with (x for x in y): pass\n").body()[0])->items[0]->context_expr->tag, Tag::kGeneratorExp);
}

TEST(Parser, FormattedStrings) {
  Parsed p("'a' f'{b!r:>{c}}{{}}{d = }' 'e'", Mode::kEval);
  auto* joined = as<JoinedStr>(p.expression());
  ASSERT_EQ(joined->values.size(), 5u);
  EXPECT_EQ(as<ConstantExpr>(joined->values[0])->value->text, "a");
  auto* field = as<FormattedValue>(joined->values[1]);
  EXPECT_EQ(field->conversion, 'r');
  EXPECT_EQ(as<JoinedStr>(field->format_spec)->values.size(), 2u);
  EXPECT_EQ(field->value->col_offset, 7);
  EXPECT_EQ(as<ConstantExpr>(joined->values[2])->value->text, "{}d = ");
  EXPECT_EQ(as<FormattedValue>(joined->values[3])->conversion, 'r');
}

TEST(Parser, Constants) {
  auto value = [](const char* text) {
    static std::vector<std::unique_ptr<Parsed>> kept;
    kept.push_back(std::make_unique<Parsed>(text, Mode::kEval));
    return as<ConstantExpr>(kept.back()->expression())->value;
  };
  using Kind = frontend::Constant::Kind;
  EXPECT_EQ(value("0x7fffffffffffffff")->integer, INT64_MAX);
  const frontend::Constant* big = value("1_0000_0000_0000_0000_0000");
  ASSERT_EQ(big->kind, Kind::kBigInt);
  ASSERT_EQ(big->limbs.size(), 2u);
  EXPECT_EQ(big->limbs[0], 0x6bc75e2d63100000u);
  EXPECT_EQ(big->limbs[1], 5u);
  EXPECT_EQ(value("1e400")->real, std::numeric_limits<double>::infinity());
  EXPECT_EQ(value("2.5J")->imag, 2.5);
  EXPECT_EQ(value("b'\\x00\\377a' b''")->text, std::string_view("\0\377a", 3));
  EXPECT_EQ(value("'\\u00e9\\ud800'")->text, "\u00e9\xED\xA0\x80");
}

TEST(Parser, Errors) {
  struct {
    const char *source, *message;
    int lineno, offset, end_offset;
  } cases[] = {
      {"x = (1 2)\n", "invalid syntax. Perhaps you forgot a comma?", 1, 6, 9},
      {"f() = 1\n", "cannot assign to function call here. Maybe you meant '==' instead of '='?", 1, 1, 4},
      {"print 1\n", "Missing parentheses in call to 'print'. Did you mean print(...)?", 1, 1, 8},
      {"if x\n  pass\n", "expected ':'", 1, 5, 5},
      {"x = [1,\ny = 2\n", "'[' was never closed", 1, 5, 0},
      {"f(a=1, b)\n", "positional argument follows keyword argument", 1, 9, 10},
      {"def f(a=1, b): pass\n", "non-default argument follows default argument", 1, 12, 13},
      {"f'{a b}'\n", "f-string: invalid syntax. Perhaps you forgot a comma?", 1, 2, 5},
      {"a + \n", "invalid syntax", 1, 5, 5},
  };
  for (auto& c : cases) {
    Parsed p(c.source);
    EXPECT_FALSE(p.result.tree);
    EXPECT_EQ(p.message(), c.message);
    EXPECT_EQ(p.result.error.lineno, c.lineno) << c.source;
    EXPECT_EQ(p.result.error.offset, c.offset) << c.source;
    EXPECT_EQ(p.result.error.end_offset, c.end_offset) << c.source;
  }
}

TEST(Parser, IndentationErrors) {
  EXPECT_EQ(Parsed("for x in y:\nz\n").message(), "expected an indented block after 'for' statement on line 1");
  EXPECT_EQ(Parsed("a\n  b\n").result.error.kind, ErrorKind::kIndentationError);
  EXPECT_EQ(Parsed("if a:\n        b\n\tc\n").result.error.kind, ErrorKind::kTabError);
}

TEST(Parser, Single) {
  EXPECT_TRUE(Parsed("x = 1", Mode::kSingle).result.tree);
  EXPECT_TRUE(Parsed("if x:\n  y", Mode::kSingle).result.tree);
  EXPECT_TRUE(Parsed("x = 1 # fine\n# too\n", Mode::kSingle).result.tree);
  EXPECT_EQ(Parsed("x = 1\ny = 2\n", Mode::kSingle).message(), "multiple statements found while compiling a single statement");
}

TEST(Parser, Warnings) {
  Parsed p("x = '\\d'\ny = b'\\400'\n");
  ASSERT_EQ(p.result.warnings.size(), 2u);
  EXPECT_EQ(p.result.warnings[0].message, "invalid escape sequence '\\d'");
  EXPECT_EQ(p.result.warnings[1].message, "invalid octal escape sequence '\\400'");
  EXPECT_EQ(p.result.warnings[1].lineno, 2);
  EXPECT_EQ(p.result.warnings[0].offset, 5);
  EXPECT_EQ(p.result.warnings[0].end_offset, 9);
  Parsed number("\u00e9 = (1if 2 else 3)\n");
  EXPECT_EQ(number.result.warnings[0].offset, 6);
}

TEST(Parser, NestingIsBounded) {
  auto nested = [](const char* open, int n) {
    std::string s;
    for (int i = 0; i < n; i++) s += open;
    return s + "1\n";
  };
  EXPECT_TRUE(Parsed(nested("-", 5900)).result.tree);
  EXPECT_EQ(Parsed(nested("-", 6000)).result.error.kind, ErrorKind::kMemoryError);
  EXPECT_EQ(Parsed(nested("lambda:", 100000)).result.error.kind, ErrorKind::kMemoryError);
  EXPECT_EQ(Parsed(nested("[", 100000)).message(), "too many nested parentheses");
  EXPECT_TRUE(Parsed(nested("1+", 100000)).result.tree);
}

TEST(Parser, SourceEncodings) {
  auto parse_bytes = [](std::string_view bytes) {
    Arena arena;
    return parse(arena, bytes, "<test>", {}).error.message;
  };
  EXPECT_EQ(parse_bytes("# coding: latin-1\nx = '\xe9'\n"), "");
  EXPECT_EQ(parse_bytes("\xEF\xBB\xBFx = 1\n"), "");
  EXPECT_EQ(parse_bytes("\xEF\xBB\xBF# coding: latin-1\n"), "encoding problem: iso-8859-1 with BOM");
  EXPECT_EQ(parse_bytes("# coding: no-such\n"), "unknown encoding: no-such");
  EXPECT_EQ(parse_bytes("x = '\xe9'\n"), "(unicode error) 'utf-8' codec can't decode byte 0xe9 in position 0: unexpected end of data");
  EXPECT_EQ(parse_bytes(std::string_view("x\0", 2)), "source code string cannot contain null bytes");
}

TEST(Parser, ScriptFiles) {
  auto run_file = [](std::string_view bytes) {
    Arena arena;
    CompileOptions options;
    options.script_file = true;
    return parse(arena, bytes, "a.py", options).error;
  };
  Diagnostic e = run_file("x = 1\n# \xe9\n");
  EXPECT_EQ(e.message,
            "Non-UTF-8 code starting with '\\xe9' in file a.py on line 2, but no encoding declared; see "
            "https://peps.python.org/pep-0263/ for details");
  EXPECT_FALSE(e.has_location);
  EXPECT_EQ(run_file("# coding: no-such\n").message, "encoding problem: no-such");
  EXPECT_EQ(run_file("# coding: utf-8\n# \xe9\n").message, "");
}

}  // namespace
}  // namespace pyjit::frontend
