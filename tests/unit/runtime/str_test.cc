// Str: kinds, hashing, interning, search, appends through shared stores, repr; StrBuilder.
#include "runtime/types/str.h"
#include "tests/unit/runtime/runtime_test.h"

namespace pyjit::runtime {
namespace {

class StrTest : public RuntimeTest {};

TEST_F(StrTest, KindIsTheSmallestThatFits) {
  EXPECT_EQ(text("abc")->kind(), 1u);
  EXPECT_TRUE(text("abc")->is_ascii());
  EXPECT_EQ(text("ab\xC3\xA9")->kind(), 1u);
  EXPECT_FALSE(text("ab\xC3\xA9")->is_ascii());
  EXPECT_EQ(text("a\xE2\x82\xAC")->kind(), 2u);
  EXPECT_EQ(text("a\xF0\x9F\x98\x80")->kind(), 4u);
  EXPECT_EQ(str_substring(text("a\xF0\x9F\x98\x80xyz"), 2, 5)->kind(), 1u) << "a slice narrows";
  EXPECT_EQ(to_utf8(text("\xED\xA0\x80")), "\xED\xA0\x80") << "lone surrogates survive";
}

TEST_F(StrTest, HashIsSipHash13) {
  HashKey key = hash_key();
  set_hash_seed(false, 0);
  // python3.11 with PYTHONHASHSEED=0
  EXPECT_EQ(static_cast<int64_t>(siphash13("hello", 5)), -2096571579003691106);
  EXPECT_EQ(static_cast<int64_t>(siphash13("\xE9", 1)), 6047309291227476195);
  set_hash_seed(false, 123);
  EXPECT_EQ(static_cast<int64_t>(siphash13("hello", 5)), -3279083332786498951);
  set_hash_key(key);
}

TEST_F(StrTest, OneInternedStringPerText) {
  Str* a = intern("a rather unusual name");
  EXPECT_EQ(a, intern(text("a rather unusual name")));
  EXPECT_TRUE(a->interned());
  EXPECT_EQ(intern("x"), char_str('x'));
  EXPECT_EQ(text(""), intern(""));
  for (int i = 0; i < 20000; ++i) intern("name" + std::to_string(i));
  EXPECT_EQ(a, intern("a rather unusual name")) << "the table survives growing";
}

TEST_F(StrTest, AppendSharesWithoutChangingOlderStrings) {
  Str* s = str_repeat(text("0123456789"), 12);
  Str* longer = str_append(s, text("abc"));
  Str* fork = str_append(longer, text("X"));
  Str* other = str_append(longer, text("Y"));  // the room behind `longer` is taken: must copy
  EXPECT_EQ(to_utf8(longer), to_utf8(s) + "abc");
  EXPECT_EQ(to_utf8(fork), to_utf8(s) + "abcX");
  EXPECT_EQ(to_utf8(other), to_utf8(s) + "abcY");
  EXPECT_EQ(fork->data, longer->data);
  EXPECT_NE(other->data, longer->data);
  Str* wide = str_append(fork, text("\xE2\x82\xAC"));
  EXPECT_EQ(wide->kind(), 2u);
  EXPECT_EQ(to_utf8(wide), to_utf8(fork) + "\xE2\x82\xAC");
}

TEST_F(StrTest, SearchAcrossKinds) {
  Str* hay = text(
      "ab\xE2\x82\xAC"
      "abab\xE2\x82\xAC");
  EXPECT_EQ(str_find(hay, text("ab"), 1, INT64_MAX), 3);
  EXPECT_EQ(str_rfind(hay, text("ab"), 0, INT64_MAX), 5);
  EXPECT_EQ(str_count(hay, text("ab"), 0, INT64_MAX, INT64_MAX), 3);
  EXPECT_EQ(str_find(hay, text("\xE2\x82\xAC"), 3, INT64_MAX), 7);
  EXPECT_EQ(str_find(text("abc"), hay, 0, INT64_MAX), -1);
  EXPECT_EQ(str_find(hay, text(""), 8, INT64_MAX), 8);
  EXPECT_EQ(str_find(hay, text(""), 9, INT64_MAX), -1);
  // Bytes that match across code-unit borders are no match.
  EXPECT_EQ(str_find(text("\xC4\x80\xC4\x80\xE6\x84\x80"), text("\xC4\x80\xE6\x84\x80"), 0, INT64_MAX), 1);
}

TEST_F(StrTest, BuilderNarrowsAndWidens) {
  StrBuilder out;
  out.append_ascii("ab");
  out.append(text("\xF0\x9F\x98\x80"
                  "c"),
             1, 2);  // only the narrow part of a wide string
  EXPECT_EQ(out.finish()->kind(), 1u);
  out.append(0x1F600u);
  Str* s = out.finish();
  EXPECT_EQ(s->kind(), 4u);
  EXPECT_EQ(to_utf8(s), "abc\xF0\x9F\x98\x80");
}

TEST_F(StrTest, Repr) {
  EXPECT_EQ(to_utf8(repr_str(text("it's"))), "\"it's\"");
  EXPECT_EQ(to_utf8(repr_str(text("'\""))), "'\\'\"'");
  EXPECT_EQ(to_utf8(repr_str(text("\n\x7f\xC2\xA0\xC3\xA9"))), "'\\n\\x7f\\xa0\xC3\xA9'");
}

}  // namespace
}  // namespace pyjit::runtime
