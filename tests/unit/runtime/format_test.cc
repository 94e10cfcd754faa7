// Number formatting against texts written by Python (number_vectors.inc).
#include <cstdlib>

#include "runtime/format_spec.h"
#include "runtime/types/float.h"
#include "tests/unit/runtime/number_fixture.h"

namespace pyjit::runtime {
namespace {

class Format : public RuntimeTest {};

TEST_F(Format, FloatCodes) {
  struct Row {
    const char *value, *code, *precision, *text;
  };
  static constexpr Row kRows[] = {
#define ROW(...) {__VA_ARGS__},
#define FLOAT_VECTORS
#include "tests/unit/runtime/number_vectors.inc"
#undef FLOAT_VECTORS
#undef ROW
  };
  for (const Row& r : kRows) {
    SCOPED_TRACE(std::string(r.value) + " " + r.code + r.precision);
    double d = strtod(r.value, nullptr);
    int flags = r.code[0] == 'r' ? kFloatAddDot0 : 0;
    EXPECT_EQ(float_format(d, r.code[0], atoi(r.precision), flags), r.text);
    if (r.code[0] == 'r') {
      bool valid;
      Value back = float_from_text(r.text, &valid);
      ASSERT_TRUE(valid);
      EXPECT_TRUE(back == Value::from_double(d) || d != d);
    }
  }
}

TEST_F(Format, Specs) {
  struct Row {
    const char *value, *spec, *text;
  };
  static constexpr Row kRows[] = {
#define ROW(...) {__VA_ARGS__},
#define SPEC_VECTORS
#include "tests/unit/runtime/number_vectors.inc"
#undef SPEC_VECTORS
#undef ROW
  };
  for (const Row& r : kRows) {
    SCOPED_TRACE(std::string(r.value) + " : " + r.spec);
    bool real = std::string_view(r.value).find_first_of(".p") != std::string_view::npos;
    Value v = real ? Value::from_double(strtod(r.value, nullptr)) : int_of(r.value);
    Value text = real ? format_float(v, new_str(r.spec)) : format_int(v, new_str(r.spec));
    ASSERT_TRUE(text);
    EXPECT_EQ(to_utf8(text.as<Str>()), r.text);
  }
}

TEST_F(Format, Errors) {
  struct Row {
    Value value;
    const char *spec, *message;
  };
  const Row kRows[] = {
      {Value::from_int(3), "s", "Unknown format code 's' for object of type 'int'"},
      {Value::from_double(3), "x", "Unknown format code 'x' for object of type 'float'"},
      {Value::from_int(3), "1,_", "Cannot specify both ',' and '_'."},
      {Value::from_int(3), ",x", "Cannot specify ',' with 'x'."},
      {Value::from_int(3), ".", "Format specifier missing precision"},
      {Value::from_int(3), ".2", "Precision not allowed in integer format specifier"},
      {Value::from_int(3), "abc", "Invalid format specifier 'abc' for object of type 'int'"},
      {Value::from_double(3), ".2147483648f", "precision too big"},
  };
  for (const Row& r : kRows) {
    Value text = r.value.is_int() ? format_int(r.value, new_str(r.spec)) : format_float(r.value, new_str(r.spec));
    ASSERT_FALSE(text);
    EXPECT_TRUE(pending_matches(exc.ValueError));
    EXPECT_EQ(to_utf8(str(take_pending())), r.message);
  }
}

}  // namespace
}  // namespace pyjit::runtime
