// Str in Str: find, rfind, count over the three kinds; a narrower needle is widened once to the haystack's kind.
#include "runtime/types/search.h"
#include "runtime/types/str.h"

namespace pyjit::runtime {
namespace {

// The needle's code points in the haystack's kind.
class Needle {
 public:
  Needle(const Str* needle, unsigned kind) {
    if (needle->kind() == kind) {
      data_ = needle->data;
    } else {
      wide_.resize(needle->length * kind);
      copy_code_points(wide_.data(), kind, 0, needle, 0, needle->length);
      data_ = wide_.data();
    }
  }
  const void* data() const { return data_; }

 private:
  const void* data_;
  std::string wide_;
};

const char* at(const Str* s, int64_t index) { return static_cast<const char*>(s->data) + index * s->kind(); }

}  // namespace

int64_t str_find(const Str* h, const Str* needle, int64_t start, int64_t end) {
  int64_t length = static_cast<int64_t>(h->length), m = static_cast<int64_t>(needle->length);
  adjust_indices(length, &start, &end);
  if (end - start < m || needle->kind() > h->kind()) return -1;
  int64_t found = m == 1 ? find_unit(at(h, start), end - start, needle->at(0), h->kind())
                         : find_units(at(h, start), end - start, Needle(needle, h->kind()).data(), m, h->kind());
  return found < 0 ? -1 : found + start;
}

int64_t str_rfind(const Str* h, const Str* needle, int64_t start, int64_t end) {
  int64_t length = static_cast<int64_t>(h->length), m = static_cast<int64_t>(needle->length);
  adjust_indices(length, &start, &end);
  if (end - start < m || needle->kind() > h->kind()) return -1;
  int64_t found = m == 1 ? rfind_unit(at(h, start), end - start, needle->at(0), h->kind())
                         : rfind_units(at(h, start), end - start, Needle(needle, h->kind()).data(), m, h->kind());
  return found < 0 ? -1 : found + start;
}

int64_t str_count(const Str* h, const Str* needle, int64_t start, int64_t end, int64_t max_count) {
  int64_t length = static_cast<int64_t>(h->length), m = static_cast<int64_t>(needle->length);
  adjust_indices(length, &start, &end);
  if (end - start < m || needle->kind() > h->kind()) return 0;
  return count_units(at(h, start), end - start, Needle(needle, h->kind()).data(), m, h->kind(), max_count);
}

}  // namespace pyjit::runtime
