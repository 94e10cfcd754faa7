// Spot checks of the Unicode tables; the oracle test goes through every code point.
#include "runtime/unicode/unicode.h"

#include <gtest/gtest.h>

namespace pyjit::unicode {
namespace {

TEST(Unicode, Properties) {
  EXPECT_STREQ(category(U'A'), "Lu");
  EXPECT_STREQ(category(0x1F600), "So");
  EXPECT_STREQ(category(0x31350), "Cn") << "assigned in 15.0 only";
  EXPECT_TRUE(is_xid_start(0x00E9));
  EXPECT_FALSE(is_xid_start(0x0301));
  EXPECT_TRUE(is_xid_continue(0x0301));
  EXPECT_EQ(decimal_value(0x0663), 3);
  EXPECT_EQ(digit_value(0x00B2), 2);
  EXPECT_EQ(numeric_value(0x00BD), 0.5);
  EXPECT_FALSE(is_printable(0x00AD));
  EXPECT_FALSE(is_alpha(0x110000));
}

TEST(Unicode, Case) {
  char32_t out[kMaxMapping];
  ASSERT_EQ(to_upper_full(0x00DF, out), 2);
  EXPECT_EQ(out[0], U'S');
  EXPECT_EQ(out[1], U'S');
  EXPECT_EQ(to_title(0x01C6), 0x01C5u);
  ASSERT_EQ(to_folded_full(0x1E9E, out), 2);
  EXPECT_EQ(out[0], U's');
}

TEST(Unicode, NormalForms) {
  EXPECT_EQ(normalize(Form::kNFC, U"e\u0301"), U"\u00e9");
  EXPECT_EQ(normalize(Form::kNFD, U"\uAC01"), U"\u1100\u1161\u11A8");
  EXPECT_EQ(normalize(Form::kNFC, U"\u1100\u1161\u11A8"), U"\uAC01");
  EXPECT_EQ(normalize(Form::kNFD, U"a\u0301\u0323"), U"a\u0323\u0301");
  EXPECT_FALSE(is_normalized(Form::kNFC, U"a\u0301\u0323"));
  EXPECT_EQ(nfkc("\uFB01"), "fi");
  EXPECT_EQ(decomposition(0x00A8), "<compat> 0020 0308");
}

}  // namespace
}  // namespace pyjit::unicode
