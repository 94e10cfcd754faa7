// AttributeError and NameError → the existing name that is closest in spelling.
#include <algorithm>
#include <array>

#include "runtime/exception_print.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/exception_layout.h"

namespace pyjit::runtime {
namespace {

constexpr size_t kMaxCandidates = 750, kMaxLength = 40;
constexpr size_t kMoveCost = 2, kCaseCost = 1;

size_t substitution_cost(char a, char b) {
  if ((a & 31) != (b & 31)) return kMoveCost;
  if (a == b) return 0;
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return lower(a) == lower(b) ? kCaseCost : kMoveCost;
}

// Edit distance where a move costs 2 and a change of case 1; more than `limit` may come out as limit + 1.
size_t edit_distance(std::string_view a, std::string_view b, size_t limit) {
  if (a == b) return 0;
  while (!a.empty() && !b.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
  while (!a.empty() && !b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
  if (a.empty() || b.empty()) return (a.size() + b.size()) * kMoveCost;
  if (a.size() > kMaxLength || b.size() > kMaxLength) return limit + 1;
  if (b.size() < a.size()) std::swap(a, b);
  if ((b.size() - a.size()) * kMoveCost > limit) return limit + 1;
  std::array<size_t, kMaxLength> row;
  for (size_t i = 0; i < a.size(); ++i) row[i] = (i + 1) * kMoveCost;
  size_t result = 0;
  for (size_t j = 0; j < b.size(); ++j) {
    size_t diagonal = j * kMoveCost;
    result = diagonal;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < a.size(); ++i) {
      size_t substitute = diagonal + substitution_cost(b[j], a[i]);
      diagonal = row[i];
      result = std::min(substitute, std::min(result, diagonal) + kMoveCost);
      row[i] = result;
      least = std::min(least, result);
    }
    if (least > limit) return limit + 1;
  }
  return result;
}

std::string closest(Value candidates, Str* name) {
  if (!candidates) return {};
  Value keep, *items;
  size_t count;
  if (!fast_sequence(candidates, "", &items, &count, &keep) || count >= kMaxCandidates) return {};
  std::string wanted = to_utf8(name), best;
  size_t best_distance = SIZE_MAX;
  for (size_t i = 0; i < count; ++i) {
    if (!is_str(items[i])) return {};
    std::string item = to_utf8(items[i].as<Str>());
    if (item == wanted) continue;
    // At most a third of the characters may need a change, and it must beat what is known.
    size_t limit = (wanted.size() + item.size() + 3) * kMoveCost / 6;
    limit = std::min(limit, best_distance - 1);
    size_t distance = edit_distance(wanted, item, limit);
    if (distance > limit) continue;
    if (best.empty() || distance < best_distance) {
      best = item;
      best_distance = distance;
    }
  }
  return best;
}

std::string for_attribute_error(Exception* e) {
  Value name = e->extra[kAttrName], object = e->extra[kAttrObj];
  if (!name || !object || !is_str(name)) return {};
  return closest(dir(object), name.as<Str>());
}

std::string for_name_error(Exception* e) {
  Value name = e->extra[0];
  if (!name || !is_str(name) || !e->traceback || e->traceback.is_none()) return {};
  auto* tb = e->traceback.as<Traceback>();
  while (tb->next) tb = tb->next;
  Frame* frame = tb->frame->frame;
  std::string s = closest(to_list(frame->code->localsplusnames), name.as<Str>());
  if (!s.empty()) return s;
  s = closest(to_list(frame->function->globals), name.as<Str>());
  if (!s.empty()) return s;
  return closest(to_list(frame->function->builtins), name.as<Str>());
}

}  // namespace

std::string suggestion_for(Value exception) {
  std::string s;
  auto* e = exception.as<Exception>();
  if (is_subclass(class_of(exception), exc.AttributeError)) s = for_attribute_error(e);
  else if (is_subclass(class_of(exception), exc.NameError)) s = for_name_error(e);
  clear_pending();
  return s;
}

}  // namespace pyjit::runtime
