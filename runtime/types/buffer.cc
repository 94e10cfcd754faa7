// The buffer protocol's entry points: ask an object for its memory, give it back.
#include "runtime/types/bytes.h"

namespace pyjit::runtime {

bool supports_buffer(Value v) { return class_of(v)->slots.get_buffer != nullptr; }

bool get_buffer(Value v, BufferView* view, int flags) {
  auto get = class_of(v)->slots.get_buffer;
  if (!get) {
    raisef(exc.TypeError, "a bytes-like object is required, not '%.100s'", type_name(v));
    return false;
  }
  *view = BufferView();
  view->owner = v;
  if (!get(v, view, flags)) {
    view->owner = nullptr;
    return false;
  }
  return true;
}

void release_buffer(BufferView* view) {
  if (!view->owner) return;
  if (auto release = class_of(view->owner)->slots.release_buffer) release(view->owner, view);
  view->owner = nullptr;
}

namespace {

void append_dimension(const BufferView& view, int dimension, const char* p, std::string* out) {
  if (dimension == view.ndim) {
    out->append(p, static_cast<size_t>(view.itemsize));
    return;
  }
  for (int64_t i = 0; i < view.shape[dimension]; ++i, p += view.strides[dimension]) append_dimension(view, dimension + 1, p, out);
}

}  // namespace

bool is_c_contiguous(const BufferView& view) {
  if (!view.strides || view.length == 0) return true;
  int64_t stride = view.itemsize;
  for (int i = view.ndim - 1; i >= 0; --i) {
    if (view.shape[i] != 1 && view.strides[i] != stride) return false;
    stride *= view.shape[i];
  }
  return true;
}

void append_buffer(const BufferView& view, std::string* out) {
  if (is_c_contiguous(view)) out->append(view.view());
  else append_dimension(view, 0, view.data, out);
}

}  // namespace pyjit::runtime
