// Unicode Character Database text files → C++ tables (tables.inc), run at build time.
//
// Usage: make_tables UCD_DIRECTORY OUTPUT. Code points that are younger than Unicode 14.0, Python 3.11's version, count as
// unassigned, whatever version the directory holds; the few properties that later versions changed are put back by correct().
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

constexpr uint32_t kLimit = 0x110000;
constexpr int kVersionMajor = 14;

struct Char {
  bool assigned = false;  // an unassigned code point is "F" (full) wide to CPython
  std::string category = "Cn", bidi, width = "F";
  int combining = 0, decimal = -1, digit = -1;
  bool mirrored = false;
  std::string numeric;
  std::string decomposition;
  uint32_t upper = 0, lower = 0, title = 0;  // 0: itself
  std::vector<uint32_t> full_upper, full_lower, full_title, fold;
  uint32_t flags = 0;
};

enum Flag : uint32_t {  // ORDER(unicode_flags): the same as in unicode.h
  kAlpha = 1 << 0, kDecimal = 1 << 1, kDigit = 1 << 2, kNumeric = 1 << 3, kSpace = 1 << 4, kPrintable = 1 << 5,
  kLower = 1 << 6, kUpper = 1 << 7, kTitle = 1 << 8, kCased = 1 << 9, kCaseIgnorable = 1 << 10, kXidStart = 1 << 11,
  kXidContinue = 1 << 12, kMirrored = 1 << 13, kNotNfd = 1 << 14, kNotNfkd = 1 << 15, kNotNfc = 1 << 16, kNotNfkc = 1 << 17,
};

std::string directory;
std::vector<Char> chars(kLimit);

std::string trim(const std::string& s) {
  size_t a = s.find_first_not_of(" \t\r"), b = s.find_last_not_of(" \t\r");
  return a == std::string::npos ? "" : s.substr(a, b - a + 1);
}

std::vector<std::string> split(const std::string& s, char by) {
  std::vector<std::string> out;
  size_t start = 0;
  for (;;) {
    size_t at = s.find(by, start);
    out.push_back(trim(s.substr(start, at == std::string::npos ? at : at - start)));
    if (at == std::string::npos) return out;
    start = at + 1;
  }
}

std::vector<uint32_t> code_points(const std::string& s) {
  std::vector<uint32_t> out;
  for (const std::string& word : split(s, ' ')) {
    if (!word.empty()) out.push_back(strtoul(word.c_str(), nullptr, 16));
  }
  return out;
}

void each_line(const char* name, const std::function<void(const std::vector<std::string>&)>& use) {
  std::ifstream in(directory + "/" + name);
  if (!in) {
    fprintf(stderr, "make_tables: cannot read %s/%s\n", directory.c_str(), name);
    exit(1);
  }
  std::string line;
  while (std::getline(in, line)) {
    line = trim(line.substr(0, line.find('#')));
    if (!line.empty()) use(split(line, ';'));
  }
}

void each_range(const char* name, const std::function<void(uint32_t, const std::vector<std::string>&)>& use) {
  each_line(name, [&](const std::vector<std::string>& fields) {
    uint32_t first = strtoul(fields[0].c_str(), nullptr, 16), last = first;
    if (size_t dots = fields[0].find(".."); dots != std::string::npos) last = strtoul(fields[0].c_str() + dots + 2, nullptr, 16);
    for (uint32_t c = first; c <= last && c < kLimit; c++) use(c, fields);
  });
}

void read_all() {
  std::vector<bool> old_enough(kLimit);
  each_range("DerivedAge.txt", [&](uint32_t c, const auto& f) { old_enough[c] = atoi(f[1].c_str()) <= kVersionMajor; });
  uint32_t range_start = 0;
  each_line("UnicodeData.txt", [&](const std::vector<std::string>& f) {
    uint32_t c = strtoul(f[0].c_str(), nullptr, 16), first = c;
    if (f[1].ends_with(", First>")) {
      range_start = c;
      return;
    }
    if (f[1].ends_with(", Last>")) first = range_start;
    for (; first <= c; first++) {
      if (!old_enough[first]) continue;
      Char& r = chars[first];
      r.assigned = true;
      r.category = f[2];
      r.combining = atoi(f[3].c_str());
      r.bidi = f[4];
      r.decomposition = f[5];
      if (!f[6].empty()) r.decimal = atoi(f[6].c_str());
      if (!f[7].empty()) r.digit = atoi(f[7].c_str());
      r.numeric = f[8];
      r.mirrored = f[9] == "Y";
      r.upper = strtoul(f[12].c_str(), nullptr, 16);
      r.lower = strtoul(f[13].c_str(), nullptr, 16);
      r.title = strtoul(f[14].c_str(), nullptr, 16);
      if (!r.title) r.title = r.upper;
    }
  });
  each_range("EastAsianWidth.txt", [&](uint32_t c, const auto& f) {
    if (chars[c].assigned) chars[c].width = f[1];
  });
  each_range("extracted/DerivedNumericValues.txt", [&](uint32_t c, const auto& f) {
    if (chars[c].assigned) chars[c].numeric = f[3];
  });
  const std::map<std::string, uint32_t> derived = {{"Lowercase", kLower}, {"Uppercase", kUpper}, {"Cased", kCased},
      {"Case_Ignorable", kCaseIgnorable}, {"XID_Start", kXidStart}, {"XID_Continue", kXidContinue}};
  each_range("DerivedCoreProperties.txt", [&](uint32_t c, const auto& f) {
    auto it = derived.find(f[1]);
    if (it != derived.end() && chars[c].assigned) chars[c].flags |= it->second;
  });
  const std::map<std::string, uint32_t> quick = {{"NFD_QC", kNotNfd}, {"NFKD_QC", kNotNfkd}, {"NFC_QC", kNotNfc}, {"NFKC_QC", kNotNfkc}};
  each_range("DerivedNormalizationProps.txt", [&](uint32_t c, const auto& f) {
    auto it = quick.find(f[1]);
    if (it != quick.end() && chars[c].assigned) chars[c].flags |= it->second;
  });
  each_line("SpecialCasing.txt", [&](const std::vector<std::string>& f) {
    if (f.size() > 5) return;  // a condition (language or context) follows the mappings
    Char& r = chars[strtoul(f[0].c_str(), nullptr, 16)];
    r.full_lower = code_points(f[1]);
    r.full_title = code_points(f[2]);
    r.full_upper = code_points(f[3]);
  });
  each_line("CaseFolding.txt", [&](const std::vector<std::string>& f) {
    if (f[1] == "C" || f[1] == "F") chars[strtoul(f[0].c_str(), nullptr, 16)].fold = code_points(f[2]);
  });
}

// Unicode 15.0 made these letters lowercase; 14.0 did not.
constexpr uint32_t kNotYetLower[] = {0x10FC, 0xA7F2, 0xA7F3, 0xA7F4, 0xAB69};

void correct() {
  for (uint32_t c : kNotYetLower) chars[c].flags &= ~(kLower | kCased);
}

void derive(uint32_t c) {
  Char& r = chars[c];
  if (r.category[0] == 'L') r.flags |= kAlpha;
  if (r.decimal >= 0) r.flags |= kDecimal;
  if (r.digit >= 0) r.flags |= kDigit;
  if (!r.numeric.empty()) r.flags |= kNumeric;
  if (r.bidi == "WS" || r.bidi == "B" || r.bidi == "S" || r.category == "Zs") r.flags |= kSpace;
  if (c == ' ' || (r.category[0] != 'C' && r.category[0] != 'Z')) r.flags |= kPrintable;
  if (r.category == "Lt") r.flags |= kTitle;
  if (r.mirrored) r.flags |= kMirrored;
  if (r.full_upper.empty()) r.full_upper = {r.upper ? r.upper : c};
  if (r.full_lower.empty()) r.full_lower = {r.lower ? r.lower : c};
  if (r.full_title.empty()) r.full_title = {r.title ? r.title : c};
  if (r.fold.empty()) r.fold = {c};
}

// Rows and the texts they index, each distinct value once.
template <class T>
struct Pool {
  std::map<T, int> ids;
  std::vector<T> values;
  int add(const T& v) {
    auto [it, fresh] = ids.try_emplace(v, (int)values.size());
    if (fresh) values.push_back(v);
    return it->second;
  }
};

FILE* out;

template <class T>
void emit(const char* type, const char* name, const std::vector<T>& v) {
  fprintf(out, "const %s %s[] = {", type, name);
  for (size_t i = 0; i < v.size(); i++) fprintf(out, "%s%lld,", i % 24 ? "" : "\n", (long long)v[i]);
  fprintf(out, "\n};\n");
}

constexpr int kShift = 7;

// A table over all code points as two stages: first[c >> kShift] names a block of second[].
void emit_two_stage(const char* name, const std::vector<int>& ids) {
  Pool<std::vector<int>> blocks;
  std::vector<int> first, second;
  for (uint32_t start = 0; start < kLimit; start += 1 << kShift) {
    first.push_back(blocks.add(std::vector<int>(ids.begin() + start, ids.begin() + start + (1 << kShift))));
  }
  for (const auto& b : blocks.values) second.insert(second.end(), b.begin(), b.end());
  emit("uint16_t", (std::string("k") + name + "First").c_str(), first);
  emit("uint16_t", (std::string("k") + name + "Second").c_str(), second);
}

void write_all() {
  Pool<std::string> categories, bidis, widths, numerics, tags;
  categories.add("Cn");
  bidis.add("");
  widths.add("F");
  numerics.add("");
  tags.add("");
  Pool<std::string> rows;
  Pool<std::vector<uint32_t>> mappings;
  std::vector<uint32_t> mapping_data{0};
  std::vector<int> mapping_at;
  auto delta = [&](uint32_t c, const std::vector<uint32_t>& to) -> std::string {
    // One code point: the distance. More: the place in kMappings, flagged by its size.
    if (to.size() == 1) return std::to_string((int)to[0] - (int)c) + ", 0";
    size_t before = mappings.values.size();
    int id = mappings.add(to);
    if (mappings.values.size() != before) {
      mapping_at.push_back(mapping_data.size());
      mapping_data.insert(mapping_data.end(), to.begin(), to.end());
    }
    return std::to_string(mapping_at[id]) + ", " + std::to_string(to.size());
  };
  std::vector<int> row_of(kLimit), decomposition_of(kLimit);
  std::vector<uint32_t> decompositions{0};
  for (uint32_t c = 0; c < kLimit; c++) {
    Char& r = chars[c];
    derive(c);
    char head[200];
    snprintf(head, sizeof head, "{%uu, %d, %d, %d, %d, %d, %d, %d, ", r.flags, categories.add(r.category), bidis.add(r.bidi),
             widths.add(r.width), r.combining, r.decimal, r.digit, numerics.add(r.numeric));
    auto simple = [&](uint32_t to) { return std::to_string(to ? (int)to - (int)c : 0); };
    row_of[c] = rows.add(head + simple(r.upper) + ", " + simple(r.lower) + ", " + simple(r.title) + ", {" + delta(c, r.full_upper) +
                         "}, {" + delta(c, r.full_lower) + "}, {" + delta(c, r.full_title) + "}, {" + delta(c, r.fold) + "}},");
    if (!r.decomposition.empty()) {
      std::string text = r.decomposition, tag;
      if (text[0] == '<') {
        tag = text.substr(0, text.find('>') + 1);
        text = text.substr(tag.size());
      }
      std::vector<uint32_t> to = code_points(text);
      decomposition_of[c] = decompositions.size();
      decompositions.push_back(tags.add(tag) << 8 | to.size());
      decompositions.insert(decompositions.end(), to.begin(), to.end());
    }
  }
  fprintf(out, "const Record kRecords[] = {\n");
  for (const auto& r : rows.values) fprintf(out, "%s\n", r.c_str());
  fprintf(out, "};\n");
  auto names = [&](const char* name, const Pool<std::string>& pool) {
    fprintf(out, "const char* const %s[] = {", name);
    for (const auto& s : pool.values) fprintf(out, "\"%s\", ", s.c_str());
    fprintf(out, "};\n");
  };
  names("kCategoryNames", categories);
  names("kBidiNames", bidis);
  names("kWidthNames", widths);
  names("kDecompositionTags", tags);
  fprintf(out, "const double kNumericValues[] = {");
  for (const auto& s : numerics.values) {
    size_t slash = s.find('/');
    fprintf(out, "%s.0", s.empty() ? "0" : s.substr(0, slash).c_str());
    if (slash != std::string::npos) fprintf(out, " / %s.0", s.substr(slash + 1).c_str());
    fprintf(out, ", ");
  }
  fprintf(out, "};\n");
  emit("char32_t", "kMappings", mapping_data);
  emit("uint32_t", "kDecompositions", decompositions);
  emit_two_stage("Record", row_of);
  emit_two_stage("Decomposition", decomposition_of);

  std::set<uint32_t> excluded;
  each_range("DerivedNormalizationProps.txt", [&](uint32_t c, const auto& f) {
    if (f[1] == "Full_Composition_Exclusion") excluded.insert(c);
  });
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> pairs;
  for (uint32_t c = 0; c < kLimit; c++) {
    int at = decomposition_of[c];
    if (at && decompositions[at] == 2 && !excluded.count(c)) pairs[{decompositions[at + 1], decompositions[at + 2]}] = c;
  }
  fprintf(out, "const Composition kCompositions[] = {");
  for (const auto& [pair, c] : pairs) fprintf(out, "{%u, %u, %u},\n", pair.first, pair.second, c);
  fprintf(out, "};\n");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  directory = argv[1];
  read_all();
  correct();
  out = fopen(argv[2], "w");
  if (!out) return 1;
  fprintf(out, "// Made by make_tables from %s; do not edit.\n", argv[1]);
  write_all();
  return fclose(out) != 0;
}
