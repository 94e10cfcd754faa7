// Traceback entries → text: source lines, and carets under the part that failed.
#include <cstdio>
#include <cstring>
#include <sys/stat.h>

#include "frontend/arena.h"
#include "frontend/ast.h"
#include "frontend/parser.h"
#include "frontend/source.h"
#include "runtime/init.h"
#include "runtime/exception_print.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/traceback.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

bool read_file(const std::string& path, std::string* out) {
  struct stat st;
  if (stat(path.c_str(), &st) != 0 || !S_ISREG(st.st_mode)) return false;
  FILE* f = fopen(path.c_str(), "rb");
  if (!f) return false;
  out->clear();
  char buffer[16384];
  while (size_t n = fread(buffer, 1, sizeof buffer, f)) out->append(buffer, n);
  fclose(f);
  return true;
}

// The file as named, or one of that name in a directory of sys.path.
bool read_source(const std::string& filename, std::string* out) {
  if (read_file(filename, out)) return true;
  static Str* const kPath = intern("path");
  Value path = sys_get(kPath);
  if (!path || !is_list(path)) return false;
  size_t slash = filename.rfind('/');
  std::string tail = slash == std::string::npos ? filename : filename.substr(slash + 1);
  auto* list = path.as<List>();
  for (uint64_t i = 0; i < list->size; ++i) {
    if (!is_str(list->items()[i])) continue;
    std::string directory = to_utf8(list->items()[i].as<Str>());
    if (!directory.empty() && directory.back() != '/') directory += '/';
    if (read_file(directory + tail, out)) return true;
  }
  return false;
}

size_t column_of(std::string_view text, int byte_offset) {   // code points before the byte offset
  size_t n = 0;
  for (int i = 0; i < byte_offset && i < static_cast<int>(text.size()); ++i) n += (text[i] & 0xC0) != 0x80;
  return n;
}

// The operator of a binary operation, or the brackets of a subscript, in the text of one expression: byte offsets in it.
bool find_anchors(std::string_view segment, size_t* left, size_t* right) {
  frontend::Arena arena;
  frontend::CompileOptions options;
  options.ignore_cookie = true;
  auto parsed = frontend::parse(arena, segment, "<segment>", options);
  if (!parsed.tree) return false;
  namespace ast = frontend::ast;
  auto* module = ast::try_as<ast::Module>(parsed.tree);
  if (!module || module->body.size() != 1) return false;
  auto* statement = ast::try_as<ast::ExprStmt>(module->body[0]);
  if (!statement) return false;
  if (auto* op = ast::try_as<ast::BinOp>(statement->value)) {
    for (int i = op->left->end_col_offset; i < op->right->col_offset && i < static_cast<int>(segment.size()); ++i) {
      if (is_blank(segment[i])) continue;
      *left = static_cast<size_t>(i);
      *right = *left + 1;
      if (i + 1 < op->right->col_offset && !is_blank(segment[i + 1])) ++*right;   // "//", "**", "<<"
      return true;
    }
    return false;
  }
  if (auto* subscript = ast::try_as<ast::Subscript>(statement->value)) {
    *left = static_cast<size_t>(subscript->value->end_col_offset);
    *right = static_cast<size_t>(subscript->slice->end_col_offset) + 1;
    return true;
  }
  return false;
}

void append_margin(std::string& out, int indent, const char* margin) {
  out.append(static_cast<size_t>(indent), ' ');
  out += margin;
}

void append_entry(std::string& out, Traceback* tb, const std::string& filename, const std::string& name, int indent, const char* margin) {
  append_margin(out, indent, margin);
  char buffer[32];
  snprintf(buffer, sizeof buffer, "%d", traceback_line(tb));
  out += "  File \"" + filename + "\", line " + buffer + ", in " + name + "\n";
  bool found;
  std::string line = source_line(filename, traceback_line(tb), &found);
  if (!found) return;
  size_t stripped = 0;
  while (stripped < line.size() && is_blank(line[stripped])) ++stripped;
  append_margin(out, indent, margin);
  out += "    " + line.substr(stripped) + "\n";
  std::string carets = caret_line(line, code_position_at(tb->frame->frame->code, tb->lasti), stripped);
  if (carets.empty() || config.no_debug_ranges) return;
  append_margin(out, indent, margin);
  out += carets + "\n";
}

constexpr int64_t kDefaultLimit = 1000, kRepeatCutoff = 3;

}  // namespace

std::string source_line(const std::string& filename, int lineno, bool* found) {
  *found = false;
  // One file is kept: the entries of a traceback often come from the same one.
  static thread_local std::string cached_name, cached_text;
  static thread_local struct timespec cached_time;
  struct stat st;
  bool same = filename == cached_name && stat(filename.c_str(), &st) == 0 && st.st_mtim.tv_sec == cached_time.tv_sec &&
              st.st_mtim.tv_nsec == cached_time.tv_nsec;
  if (!same) {
    std::string bytes;
    if (!read_source(filename, &bytes)) return {};
    frontend::Arena arena;
    frontend::Diagnostic error;
    frontend::Source source = frontend::read_source(arena, bytes, filename, {.mode = frontend::Mode::kEval}, error);
    cached_text = source.ok ? std::string(source.text) : bytes;
    cached_name = filename;
    cached_time = stat(filename.c_str(), &st) == 0 ? st.st_mtim : timespec{};
  }
  size_t start = 0;
  for (int i = 1; i < lineno; ++i) {
    size_t newline = cached_text.find('\n', start);
    if (newline == std::string::npos) return {};
    start = newline + 1;
  }
  if (lineno < 1 || start >= cached_text.size()) return {};
  size_t end = cached_text.find('\n', start);
  *found = true;
  return cached_text.substr(start, end == std::string::npos ? end : end - start);
}

std::string caret_line(const std::string& line, const Position& p, size_t stripped) {
  if (p.line < 0 || p.end_line < 0 || p.column < 0 || p.end_column < 0) return {};
  size_t start = column_of(line, p.column), end = column_of(line, p.end_column), columns = column_of(line, static_cast<int>(line.size()));
  size_t left = 0, right = 0;
  bool anchored = false;
  if (p.line == p.end_line) {
    size_t first = static_cast<size_t>(p.column), last = std::min(static_cast<size_t>(p.end_column), line.size());
    if (first < last) {
      std::string_view segment(line.data() + first, last - first);
      anchored = find_anchors(segment, &left, &right);
      if (anchored) {
        left = column_of(segment, static_cast<int>(left)) + start;
        right = column_of(segment, static_cast<int>(right)) + start;
      }
    }
  } else {
    // The expression goes on in the next lines: up to the last character of this one.
    size_t last = line.size();
    while (last > 0 && is_blank(line[last - 1])) --last;
    end = column_of(line, static_cast<int>(last));
  }
  if (end - start == columns - stripped && !anchored) return {};
  std::string out(4, ' ');
  for (size_t i = stripped; i < end; ++i) {
    if (i < start) out += ' ';
    else if (anchored) out += i >= left && i < right ? '^' : '~';
    else out += '^';
  }
  return out;
}

std::string format_traceback(Traceback* tb, int indent, const char* margin, const char* header_margin, const char* header) {
  int64_t limit = kDefaultLimit;
  static Str* const kLimitName = intern("tracebacklimit");
  Value limit_value = sys_get(kLimitName);
  if (limit_value && is_int_like(limit_value)) {
    if (!int_to_int64(limit_value, &limit)) limit = int_sign(limit_value) > 0 ? INT64_MAX : 0;
    if (limit <= 0) return {};
  }
  std::string out;
  append_margin(out, indent, header_margin);
  out += header;
  int64_t depth = 0;
  for (Traceback* t = tb; t; t = t->next) ++depth;
  for (; tb && depth > limit; tb = tb->next) --depth;
  Code* last_code = nullptr;
  std::string last_file, last_name;
  int last_line = -1;
  int64_t repeats = 0;
  auto flush_repeats = [&] {
    if (repeats <= kRepeatCutoff) return;
    char buffer[96];
    int64_t more = repeats - kRepeatCutoff;
    snprintf(buffer, sizeof buffer, "  [Previous line repeated %lld more time%s]\n", static_cast<long long>(more), more == 1 ? "" : "s");
    append_margin(out, indent, margin);
    out += buffer;
  };
  for (; tb; tb = tb->next) {
    Code* code = tb->frame->frame->code;
    std::string file = code == last_code ? last_file : to_utf8(code->filename), name = code == last_code ? last_name : to_utf8(code->name);
    if (file != last_file || name != last_name || traceback_line(tb) != last_line) {
      flush_repeats();
      last_file = file;
      last_name = name;
      last_line = traceback_line(tb);
      repeats = 0;
    }
    last_code = code;
    if (++repeats <= kRepeatCutoff) append_entry(out, tb, file, name, indent, margin);
  }
  flush_repeats();
  return out;
}

}  // namespace pyjit::runtime
