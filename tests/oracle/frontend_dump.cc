// Parses what it is given on standard input and prints trees or errors in the form that oracle_ast.py makes of CPython's.
//
// Request:  "MODE FLAGS SIZE\n" and SIZE bytes of source; MODE is exec, eval, single or func_type, FLAGS a sum of
//           1 source was a str, 2 barry_as_FLUFL, 4 don't imply dedents, 8 allow incomplete input, 16 type comments.
// Answer:   "SIZE\n" and SIZE bytes: the tree, or "E" and the error, then the warnings.
// With a file's name as argument: parse it repeatedly and print the time taken (a benchmark by hand).
#include <iconv.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <unordered_map>

#include "frontend/parser.h"
#include "runtime/unicode/unicode.h"

using namespace pyjit::frontend;
using namespace pyjit::frontend::ast;

static std::string out;

static void hex(std::string_view text) {
  static const char* digits = "0123456789abcdef";
  for (unsigned char c : text) {
    out += digits[c >> 4];
    out += digits[c & 15];
  }
}

static void bits(double value) {
  uint64_t word;
  memcpy(&word, &value, sizeof word);
  char text[20];
  snprintf(text, sizeof text, "%016llx", (unsigned long long)word);
  out += text;
}

static void dump(const pyjit::frontend::Constant* c) {
  using Kind = pyjit::frontend::Constant::Kind;
  switch (c->kind) {
    case Kind::kNone: out += "None"; break;
    case Kind::kTrue: out += "True"; break;
    case Kind::kFalse: out += "False"; break;
    case Kind::kEllipsis: out += "..."; break;
    case Kind::kInt: {
      char text[24];
      snprintf(text, sizeof text, "%llx", (long long)c->integer);
      out += text;
      break;
    }
    case Kind::kBigInt:
      for (size_t i = c->limbs.size(); i--;) {
        char text[24];
        snprintf(text, sizeof text, i + 1 == c->limbs.size() ? "%llx" : "%016llx", (unsigned long long)c->limbs[i]);
        out += text;
      }
      break;
    case Kind::kFloat:
      out += 'f';
      bits(c->real);
      break;
    case Kind::kComplex:
      out += 'c';
      bits(c->imag);
      break;
    case Kind::kStr:
      out += 's';
      hex(c->text);
      break;
    case Kind::kBytes:
      out += 'b';
      hex(c->text);
      break;
    default: out += '?';
  }
}

static void dump(const Node* node);

static void dump_value(const FieldInfo& field, const void* at) {
  switch (field.type) {
    case FieldType::kIdentifier:
    case FieldType::kString: {
      auto& text = *(const std::string_view*)at;
      text.data() ? (void)(out += text) : (void)(out += "None");
      break;
    }
    case FieldType::kInt: out += std::to_string(*(const Int*)at); break;
    case FieldType::kConstantRef: dump(*(const pyjit::frontend::Constant* const*)at); break;
    case FieldType::kExprContext:
    case FieldType::kBoolOperator:
    case FieldType::kOperator:
    case FieldType::kUnaryOperator:
    case FieldType::kCmpOperator:
      out += enumerator_name(field.type, *(const uint8_t*)at);
      break;
    default: dump(*(const Node* const*)at);
  }
}

static size_t element_size(FieldType type) {
  switch (type) {
    case FieldType::kIdentifier:
    case FieldType::kString: return sizeof(Identifier);
    case FieldType::kInt: return sizeof(Int);
    case FieldType::kExprContext:
    case FieldType::kBoolOperator:
    case FieldType::kOperator:
    case FieldType::kUnaryOperator:
    case FieldType::kCmpOperator:
      return 1;
    default: return sizeof(void*);
  }
}

static void dump(const Node* node) {
  if (!node) {
    out += "None";
    return;
  }
  const NodeInfo& i = info(node->tag);
  if (strcmp(i.sum, "stmt") == 0) out += '\n';
  out += i.name;
  out += '(';
  for (const FieldInfo& f : i.fields) {
    const char* at = (const char*)node + f.offset;
    if (f.quantity == Quantity::kSeq) {
      auto& seq = *(const std::span<const char>*)at;  // of the element's type; only the count and the address are used
      out += '[';
      for (size_t k = 0; k < seq.size(); k++) {
        dump_value(f, seq.data() + k * element_size(f.type));
        out += ',';
      }
      out += ']';
    } else {
      dump_value(f, at);
    }
    out += ',';
  }
  out += ')';
  if (i.located) {
    auto* l = (const Located*)node;
    char text[64];
    snprintf(text, sizeof text, "@%d:%d-%d:%d", l->lineno, l->col_offset, l->end_lineno, l->end_col_offset);
    out += text;
  }
}

static const char* kind_name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kNone: return "None";
    case ErrorKind::kSyntaxError: return "SyntaxError";
    case ErrorKind::kIndentationError: return "IndentationError";
    case ErrorKind::kTabError: return "TabError";
    case ErrorKind::kRecursionError: return "RecursionError";
    case ErrorKind::kMemoryError: return "MemoryError";
    case ErrorKind::kValueError: return "ValueError";
    case ErrorKind::kOverflowError: return "OverflowError";
    case ErrorKind::kSystemError: return "SystemError";
    case ErrorKind::kUnicodeDecodeError: return "UnicodeDecodeError";
  }
  return "?";
}

static void install_names() {
  static std::unordered_map<std::string, char32_t> names;
  set_name_hook([](std::string_view name) -> std::optional<std::string> {
    if (names.empty()) {
      std::ifstream in("/usr/share/unicode/UnicodeData.txt");
      for (std::string line; std::getline(in, line);) {
        size_t a = line.find(';'), b = line.find(';', a + 1);
        names[line.substr(a + 1, b - a - 1)] = strtoul(line.c_str(), nullptr, 16);
      }
    }
    std::string upper;
    for (char c : name) upper += c >= 'a' && c <= 'z' ? c - 32 : c;
    auto it = names.find(upper);
    if (it == names.end()) return std::nullopt;
    std::string text;
    pyjit::unicode::append_utf8(text, it->second);
    return text;
  });
}

// The C library's converter stands in for the codecs of the runtime.
static std::optional<std::string> convert(std::string_view encoding, std::string_view bytes, std::string& error) {
  iconv_t handle = iconv_open("UTF-8", std::string(encoding).c_str());
  if (handle == (iconv_t)-1) return std::nullopt;
  std::string text(bytes.size() * 4 + 16, 0);
  char *in = (char*)bytes.data(), *to = text.data();
  size_t left = bytes.size(), room = text.size();
  size_t status = iconv(handle, &in, &left, &to, &room);
  iconv_close(handle);
  if (status == (size_t)-1) error = "cannot decode";
  text.resize(text.size() - room);
  return text;
}

static void answer(std::string_view mode, int flags, std::string_view source) {
  out.clear();
  CompileOptions options;
  options.mode = mode == "eval" ? Mode::kEval : mode == "single"  ? Mode::kSingle
                                            : mode == "func_type" ? Mode::kFuncType
                                                                  : Mode::kExec;
  options.ignore_cookie = flags & 1;
  if (flags & 2) options.future_flags = kFutureBarryAsBdfl;
  options.dont_imply_dedent = flags & 4;
  options.allow_incomplete_input = flags & 8;
  options.type_comments = flags & 16;
  pyjit::frontend::Arena arena;
  ParseResult r = parse(arena, source, "<oracle>", options);
  if (r.tree) {
    dump(r.tree);
  } else {
    const Diagnostic& e = r.error;
    out += std::string("E") + kind_name(e.kind) + "|" + e.message;
    if (e.has_location) {
      out += "|" + std::to_string(e.lineno) + "|" + std::to_string(e.offset) + "|" + std::to_string(e.end_lineno) + "|" +
             std::to_string(e.end_offset) + "|" + (e.has_text ? e.text : "None");
    }
  }
  for (const CompileWarning& w : r.warnings) {
    out += std::string("\nW") + (w.deprecation ? "DeprecationWarning|" : "SyntaxWarning|") + w.message + "|" + std::to_string(w.lineno);
  }
}

static int benchmark(const char* path) {
  std::ifstream in(path);
  std::string text((std::istreambuf_iterator<char>(in)), {});
  double best = 1e9;
  for (int i = 0; i < 30; i++) {
    auto start = std::chrono::steady_clock::now();
    pyjit::frontend::Arena arena;
    if (!parse(arena, text, path, {}).tree) return 1;
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  printf("%.3f ms\n", best * 1e3);
  return 0;
}

int main(int argc, char** argv) {
  install_names();
  set_decode_hook(convert);
  if (argc > 1) return benchmark(argv[1]);
  std::ios::sync_with_stdio(false);
  std::string mode;
  int flags;
  size_t size;
  while (std::cin >> mode >> flags >> size) {
    std::cin.get();
    std::string source(size, 0);
    std::cin.read(source.data(), size);
    answer(mode, flags, source);
    std::cout << out.size() << '\n'
              << out << std::flush;
  }
}
