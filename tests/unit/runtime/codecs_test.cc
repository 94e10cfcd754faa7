// Codecs: round trips, incremental decoding at every split, error handlers' replacements and the text of errors.
#include "runtime/codecs.h"

#include "runtime/errors.h"
#include "tests/unit/runtime/runtime_test.h"

namespace pyjit::runtime {
namespace {

class CodecsTest : public RuntimeTest {
 protected:
  static std::string pending_text() {
    Value e = take_pending();
    return e ? to_utf8(str(e)) : "";
  }
};

constexpr const char* kSample = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z";

TEST_F(CodecsTest, RoundTrips) {
  Str* s = text(kSample);
  EXPECT_EQ(utf8_encode(s, nullptr)->view(), kSample);
  ByteOrder order = ByteOrder::kNative;
  EXPECT_TRUE(str_equal(utf16_decode(utf16_encode(s, nullptr, order)->view(), nullptr, &order), s));
  EXPECT_EQ(order, ByteOrder::kLittle);
  order = ByteOrder::kBig;
  EXPECT_TRUE(str_equal(utf32_decode(utf32_encode(s, nullptr, order)->view(), nullptr, &order), s));
  EXPECT_TRUE(str_equal(utf7_decode(utf7_encode(s, nullptr)->view(), nullptr), s));
  EXPECT_TRUE(str_equal(unicode_escape_decode(unicode_escape_encode(s)->view(), nullptr), s));
}

TEST_F(CodecsTest, Utf8SplitAnywhere) {
  std::string data = kSample;
  for (size_t cut = 0; cut <= data.size(); ++cut) {
    int64_t consumed;
    std::string first = to_utf8(utf8_decode(std::string_view(data).substr(0, cut), nullptr, &consumed));
    std::string rest = to_utf8(utf8_decode(std::string_view(data).substr(static_cast<size_t>(consumed)), nullptr, &consumed));
    EXPECT_EQ(first + rest, data) << cut;
  }
}

TEST_F(CodecsTest, ErrorTexts) {
  EXPECT_EQ(utf8_decode("a\xFF", nullptr), nullptr);
  EXPECT_EQ(pending_text(), "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte");
  EXPECT_EQ(utf8_decode("\xE2\x82", nullptr), nullptr);
  EXPECT_EQ(pending_text(), "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data");
  EXPECT_EQ(ascii_encode(text("a\xC3\xA9"), nullptr), nullptr);
  EXPECT_EQ(pending_text(), "'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)");
  EXPECT_EQ(encode_str(text("a"), text("no-such"), nullptr), nullptr);
  EXPECT_FALSE(pending_text().empty());
}

TEST_F(CodecsTest, Handlers) {
  Str* s = text("a\xC3\xA9z");
  EXPECT_EQ(ascii_encode(s, intern("replace"))->view(), "a?z");
  EXPECT_EQ(ascii_encode(s, intern("ignore"))->view(), "az");
  EXPECT_EQ(ascii_encode(s, intern("backslashreplace"))->view(), "a\\xe9z");
  EXPECT_EQ(ascii_encode(s, intern("xmlcharrefreplace"))->view(), "a&#233;z");
  EXPECT_EQ(ascii_encode(s, intern("namereplace"))->view(), "a\\N{LATIN SMALL LETTER E WITH ACUTE}z");
  Str* escaped = utf8_decode("a\xFFz", intern("surrogateescape"));
  EXPECT_EQ(escaped->at(1), 0xDCFFu);
  EXPECT_EQ(utf8_encode(escaped, intern("surrogateescape"))->view(), "a\xFFz");
  EXPECT_EQ(utf8_encode(text("\xED\xA0\x80"), intern("surrogatepass"))->view(), "\xED\xA0\x80");
}

}  // namespace
}  // namespace pyjit::runtime
