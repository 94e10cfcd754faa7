// Arguments of posix functions → paths, descriptors, user ids and times, with CPython's messages.
#include <fcntl.h>

#include <climits>
#include <cmath>

#include "runtime/codecs.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"
#include "runtime/types/float.h"

namespace pyjit::runtime::posix {

Str* fs_string(std::string_view data) { return fs_decode(data); }

namespace {

bool index_as_fd(Value v, int* out) {
  Value i = TRY(number_index(v));
  int64_t n;
  bool fits = int_to_int64(i, &n);
  if (!fits) n = int_sign(i) < 0 ? INT64_MIN : INT64_MAX;
  if (n > INT_MAX) return raise(exc.OverflowError, "fd is greater than maximum"), false;
  if (n < INT_MIN) return raise(exc.OverflowError, "fd is less than minimum"), false;
  return *out = static_cast<int>(n), true;
}

bool has_index(Value v) { return is_int_like(v) || class_of(v)->slots.index; }

// uid_t and gid_t alike: -1 stands for "leave it", everything else must be in [0, 2^32 - 1).
bool to_id(Value v, const char* what, uint32_t* out) {
  if (!has_index(v)) return raisef(exc.TypeError, "%s should be integer, not %.200s", what, type_name(v)), false;
  Value i = TRY(number_index(v));
  int64_t n;
  bool fits = int_to_int64(i, &n);
  // CPython calls a number between 2^32 and 2^63 too small, which is what its callers see.
  if (fits ? n < -1 || n > UINT32_MAX : int_sign(i) < 0) return raisef(exc.OverflowError, "%s is less than minimum", what), false;
  if (!fits) return raisef(exc.OverflowError, "%s is greater than maximum", what), false;
  return *out = static_cast<uint32_t>(n), true;
}

}  // namespace

bool to_path(Value v, const char* function, Path* out, unsigned flags, const char* argument) {
  out->object = v;
  if ((flags & kPathNullable) && (!v || v.is_none())) return true;
  Value p = v;
  bool by_fd = (flags & kPathAllowFd) && has_index(v);
  auto wrong_type = [&](const char* name) {
    const char* wanted = flags & kPathAllowFd ? (flags & kPathNullable ? "string, bytes, os.PathLike, integer or None"
                                                                       : "string, bytes, os.PathLike or integer")
                         : flags & kPathNullable ? "string, bytes, os.PathLike or None"
                                                 : "string, bytes or os.PathLike";
    char text[512];
    snprintf(text, sizeof text, "%s: %s should be %s, not %.200s", function, argument, wanted, name);
    return std::string(text);
  };
  if (!by_fd && !is_str(p) && !is_bytes(p) && !supports_buffer(p)) {
    bool found;
    Value r = call_special(p, names.dunder_fspath, &found);
    if (!found) return raise(exc.TypeError, wrong_type(type_name(v))), false;
    if (!r) return false;
    if (!is_str(r) && !is_bytes(r)) {
      std::string owner = type_name(v);
      return raisef(exc.TypeError, "expected %.200s.__fspath__() to return str or bytes, not %.200s", owner.c_str(), type_name(r)), false;
    }
    out->object = p = r;
  }
  if (is_str(p)) {
    Bytes* b = fs_encode(p.as<Str>());
    if (!b) return false;
    out->text = std::string(b->view());
    if (out->text.find('\0') != std::string::npos) return raise(exc.ValueError, "embedded null byte"), false;
    return out->given = true;
  }
  if (is_bytes(p)) {
    out->text = std::string(p.as<Bytes>()->view());
    out->bytes = true;
  } else if (by_fd && !supports_buffer(p)) {
    return index_as_fd(p, &out->fd);
  } else {
    if (!warn(exc.DeprecationWarning, wrong_type(type_name(v)), 1)) return false;
    BufferView view;
    if (!get_buffer(p, &view)) return false;
    append_buffer(view, &out->text);
    release_buffer(&view);
    out->bytes = true;
  }
  if (out->text.find('\0') != std::string::npos) {
    return raisef(exc.ValueError, "%s: embedded null character in %s", function, argument), false;
  }
  return out->given = true;
}

Value path_error(const Path& path) { return raise_os_error(errno, path.object); }
Value path_error(const Path& path, const Path& second) { return raise_os_error(errno, path.object, second.object); }

bool to_dir_fd(Value v, int* out) {
  *out = AT_FDCWD;
  if (!v || v.is_none()) return true;
  if (has_index(v)) return index_as_fd(v, out);
  return raisef(exc.TypeError, "argument should be integer or None, not %.200s", type_name(v)), false;
}

bool check_dir_fd(const char* function, const Path& path, int dir_fd) {
  if (dir_fd == AT_FDCWD) return true;
  if (!path.given) return raisef(exc.ValueError, "%s: can't specify dir_fd without matching path", function), false;
  return true;
}

bool check_fd_and_follow(const char* function, const Path& path, bool follow_symlinks) {
  if (path.fd < 0 || follow_symlinks) return true;
  return raisef(exc.ValueError, "%s: cannot use fd and follow_symlinks together", function), false;
}

bool to_descriptor(Value v, int* out) {
  Value n = v;
  if (!is_int_like(v)) {
    Value fileno = get_attr_or_null(v, intern("fileno"));
    if (!fileno) {
      if (error_pending()) return false;
      return raise(exc.TypeError, "argument must be an int, or have a fileno() method."), false;
    }
    n = call0(fileno);
    if (!n) return false;
    if (!is_int_like(n)) return raise(exc.TypeError, "fileno() returned a non-integer"), false;
  }
  if (!to_int32(n, out)) return false;
  if (*out < 0) return raisef(exc.ValueError, "file descriptor cannot be a negative integer (%i)", *out), false;
  return true;
}

bool to_length(Value v, int64_t* out) {
  Value i = TRY(number_index(v));
  return int_to_int64(i, out) || (raise(exc.OverflowError, "Python int too large to convert to C ssize_t"), false);
}

bool to_flag(Value v, bool fallback, bool* out) {
  if (!v) return *out = fallback, true;
  int r = is_true(v);
  *out = r > 0;
  return r >= 0;
}

bool to_uid(Value v, uid_t* out) { return to_id(v, "uid", out); }
bool to_gid(Value v, gid_t* out) { return to_id(v, "gid", out); }

bool to_timespec(Value v, timespec* out) {
  if (is_float_like(v)) {
    double d = float_value(v);
    if (std::isnan(d)) return raise(exc.ValueError, "Invalid value NaN (not a number)"), false;
    double whole, part = std::modf(d, &whole);
    part = std::floor(part * 1e9);
    if (part >= 1e9) part -= 1e9, whole += 1;
    if (part < 0) part += 1e9, whole -= 1;
    if (!(whole >= -9223372036854775808.0 && whole < 9223372036854775808.0)) {
      return raise(exc.OverflowError, "timestamp out of range for platform time_t"), false;
    }
    *out = {static_cast<time_t>(whole), static_cast<long>(part)};
    return true;
  }
  Value i = TRY(number_index(v));
  int64_t n;
  if (!int_to_int64(i, &n)) return raise(exc.OverflowError, "timestamp out of range for platform time_t"), false;
  *out = {n, 0};
  return true;
}

}  // namespace pyjit::runtime::posix
