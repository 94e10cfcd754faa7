// Marshal: round trips, and refusal of hostile bytes.
#include "frontend/marshal.h"

#include <gtest/gtest.h>

#include "frontend/compile.h"
#include "frontend/constants.h"

namespace pyjit::frontend {
namespace {

const Constant* read(Arena& arena, std::string_view data, std::string* message = nullptr) {
  MarshalError error;
  const Constant* c = unmarshal(arena, data, error);
  EXPECT_EQ(c == nullptr, error.kind != MarshalError::Kind::kNone);
  if (message) *message = error.message;
  return c;
}

TEST(Marshal, CodeSurvivesARoundTrip) {
  Arena arena;
  const char* source =
      "import os\n"
      "class C:\n"
      "  '''doc'''\n"
      "  def f(self, a, *b, c=-1, **d):\n"
      "    x = (1, 2.5, -0.0, 3j, b'\\0\\xff', 'h\\u20ac', None, True, ..., 10**30, -2**70, {a in {1, 2}})\n"
      "    return lambda: (x, self, __class__)\n";
  CompileResult r = compile(arena, source, "file.py", {});
  ASSERT_TRUE(r.code) << r.error.message;
  const Constant* back = read(arena, marshal_code(r.code));
  ASSERT_TRUE(back);
  auto* whole = arena.make<Constant>();
  whole->kind = Constant::Kind::kCode;
  whole->code = r.code;
  EXPECT_TRUE(same_constant(whole, back));
  EXPECT_EQ(back->code->filename, "file.py");
  EXPECT_EQ(marshal_code(back->code), marshal_code(r.code));
}

TEST(Marshal, IntegersAtTheEdges) {
  Arena arena;
  ConstantPool pool(arena);
  for (int64_t v : {int64_t{0}, int64_t{-1}, int64_t{INT32_MAX}, int64_t{INT32_MAX} + 1, int64_t{INT32_MIN} - 1, INT64_MAX,
                    INT64_MIN}) {
    const Constant* back = read(arena, marshal_constant(pool.integer(v)));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->kind, Constant::Kind::kInt);
    EXPECT_EQ(back->integer, v);
  }
}

TEST(Marshal, HostileBytesAreRefusedWithCPythonsWords) {
  Arena arena;
  std::string message;
  auto refused = [&](std::string_view data) {
    EXPECT_EQ(read(arena, data, &message), nullptr);
    return message;
  };
  using namespace std::string_view_literals;
  EXPECT_EQ(refused(""), "EOF read where object expected");
  EXPECT_EQ(refused("i\1\2"), "marshal data too short");
  EXPECT_EQ(refused("\1"), "bad marshal data (unknown type code)");
  EXPECT_EQ(refused("r\0\0\0\0"sv), "bad marshal data (invalid reference)");
  EXPECT_EQ(refused("\xa9\x01r\0\0\0\0"sv), "bad marshal data (invalid reference)");  // a tuple in itself
  EXPECT_EQ(refused("(\xff\xff\xff\xff"), "bad marshal data (tuple size out of range)");
  EXPECT_EQ(refused("s\xff\xff\xff\xff"), "bad marshal data (bytes object size out of range)");
  EXPECT_EQ(refused("l\1\0\0\0\0\x80"sv), "bad marshal data (digit out of range in long)");
  EXPECT_EQ(refused("l\1\0\0\0\0\0"sv), "bad marshal data (unnormalized long data)");
  EXPECT_EQ(refused(")\1"), "EOF read where object expected");
  EXPECT_EQ(refused(")\0010"), "NULL object in marshal data for tuple");
  std::string deep;
  for (int i = 0; i < 100000; i++) deep += ")\1";
  EXPECT_EQ(refused(deep), "recursion limit exceeded");
}

TEST(Marshal, EveryTruncationAndEveryFlippedByteIsSafe) {
  Arena arena;
  CompileResult r = compile(arena, "def f(a, b=1):\n  return [x for x in (a, b, 'c', 1.5, 2j, 1 << 80)]\n", "f", {});
  ASSERT_TRUE(r.code);
  std::string data = marshal_code(r.code);
  MarshalError error;
  for (size_t n = 0; n < data.size(); n++) {
    EXPECT_EQ(unmarshal(arena, std::string_view(data).substr(0, n), error), nullptr) << n;
    for (int bit : {1, 0x40, 0x80}) {
      std::string changed = data;
      changed[n] = (char)(changed[n] ^ bit);
      unmarshal(arena, changed, error);
    }
  }
}

}  // namespace
}  // namespace pyjit::frontend
