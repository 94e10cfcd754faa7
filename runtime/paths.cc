// File system paths: os.fspath's protocol, and paths as str (fsdecode) or bytes for system calls (fsencode).
#include "runtime/paths.h"

#include "runtime/builtins.h"
#include "runtime/codecs.h"
#include "runtime/errors.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/bytes.h"

namespace pyjit::runtime {

Value fspath(Value path) {
  if (is_str(path) || is_bytes(path)) return path;
  bool found;
  Value r = call_special(path, names.dunder_fspath, &found);
  if (!found) return raisef(exc.TypeError, "expected str, bytes or os.PathLike object, not %.200s", type_name(path));
  if (!r) return nullptr;
  if (is_str(r) || is_bytes(r)) return r;
  std::string owner = type_name(path);
  return raisef(exc.TypeError, "expected %.200s.__fspath__() to return str or bytes, not %.200s", owner.c_str(), type_name(r));
}

Str* fs_decode_path(Value path) {
  Value p = TRY(fspath(path));
  if (is_str(p)) return p.as<Str>();
  return fs_decode(p.as<Bytes>()->view());
}

bool fs_encode_path(Value path, std::string* out) {
  Value p = TRY(fspath(path));
  if (is_bytes(p)) {
    *out = std::string(p.as<Bytes>()->view());
  } else {
    Bytes* b = TRY(fs_encode(p.as<Str>()));
    *out = std::string(b->view());
  }
  if (out->find('\0') != std::string::npos) return raise(exc.ValueError, "embedded null byte"), false;
  return true;
}

}  // namespace pyjit::runtime
