// Prints what runtime/unicode says of every code point, one line each, for unicode_check.py to compare with the oracle.
#include <cstdio>

#include "runtime/unicode/unicode.h"

using namespace pyjit::unicode;

static void print_mapping(int count, const char32_t* cps) {
  for (int i = 0; i < count; i++) printf("%s%X", i ? "_" : " ", (unsigned)cps[i]);
}

static void print_form(Form form, char32_t c) {
  // Between two letters, so that the marks have something to compose with.
  char32_t text[3] = {'e', c, 0x301};
  std::u32string out = normalize(form, {text, 3});
  print_mapping(out.size(), out.data());
  out = normalize(form, {&c, 1});
  printf("/%d", (int)is_normalized(form, {&c, 1}));
  print_mapping(out.size(), out.data());
}

int main() {
  for (char32_t c = 0; c < 0x110000; c++) {
    printf("%X %s %s %s %d %d|", (unsigned)c, category(c), bidirectional(c), east_asian_width(c), combining(c), is_mirrored(c));
    printf("%d%d%d%d%d%d%d%d%d%d%d|", is_alpha(c), is_decimal(c), is_digit(c), is_numeric(c), is_alnum(c), is_space(c), is_printable(c),
           is_lower(c), is_upper(c), is_title(c), is_line_break(c));
    printf("%d%d|", is_xid_start(c) || c == '_', is_xid_continue(c));
    printf("%d %d ", decimal_value(c), digit_value(c));
    is_numeric(c) ? printf("%.17g|", numeric_value(c)) : printf("-|");
    char32_t out[kMaxMapping];
    print_mapping(to_upper_full(c, out), out);
    print_mapping(to_lower_full(c, out), out);
    print_mapping(to_title_full(c, out), out);
    print_mapping(to_folded_full(c, out), out);
    printf("|%s|", decomposition(c).c_str());
    for (Form form : {Form::kNFC, Form::kNFD, Form::kNFKC, Form::kNFKD}) print_form(form, c);
    printf("\n");
  }
}
