// Character map codecs: one byte ↔ one code point through a mapping, a decoding string, or an EncodingMap built from one.
#include "runtime/codecs_errors.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/text_args.h"

namespace pyjit::runtime {
namespace {

// EncodingMap: code point → byte for the BMP, as three levels (5, 4 and 7 bits); 0xFF / 0 mean absent.
struct EncodingMap : Object {
  uint8_t level1[32];
  int32_t count2, count3;
  uint8_t level23[];       // count2 * 16 bytes, then count3 * 128
};
Class* encoding_map_class;

int map_byte(const EncodingMap* m, uint32_t c) {
  if (c > 0xFFFF) return -1;
  if (c == 0) return 0;
  int i = m->level1[c >> 11];
  if (i == 0xFF) return -1;
  i = m->level23[16 * i + ((c >> 7) & 0xF)];
  if (i == 0xFF) return -1;
  i = m->level23[16 * m->count2 + 128 * i + (c & 0x7F)];
  return i == 0 ? -1 : i;
}

Value map_size(Value* args) {
  EncodingMap* m = args[0].as<EncodingMap>();
  return new_int(63 + 16 * m->count2 + 128 * m->count3);   // sizeof as CPython 3.11 reports it
}
const MethodDef kMapMethods[] = {{"size", "!($self, /)", map_size, Effects::kPure}, {}};

void ensure_class() {
  if (encoding_map_class) return;
  static const ClassSpec spec{.name = "EncodingMap", .basicsize = sizeof(EncodingMap), .itemsize = 1, .flags = kClassNoInstantiation,
                              .methods = kMapMethods};
  encoding_map_class = new_builtin_class(spec);
}

constexpr const char* kUndefined = "character maps to <undefined>";

// Encodes one code point. 1: appended; 0: unmapped; -1: error.
int encode_one(uint32_t c, Value mapping, std::string& out) {
  if (mapping.is_none()) {
    if (c > 255) return 0;
    out.push_back(static_cast<char>(c));
    return 1;
  }
  if (encoding_map_class && is_exact(mapping, encoding_map_class)) {
    int byte = map_byte(mapping.as<EncodingMap>(), c);
    if (byte < 0) return 0;
    out.push_back(static_cast<char>(byte));
    return 1;
  }
  Value v = is_exact(mapping, types.dict) ? dict_get(mapping.as<Dict>(), Value::from_int(c)) : get_item(mapping, Value::from_int(c));
  if (!v) {
    if (!error_pending()) return 0;
    if (!pending_matches(exc.LookupError)) return -1;
    clear_pending();
    return 0;
  }
  if (v.is_none()) return 0;
  if (is_int_like(v)) {
    int64_t byte;
    if (!int_to_int64(int_value(v), &byte) || byte < 0 || byte > 255) {
      raise(exc.TypeError, "character mapping must be in range(256)");
      return -1;
    }
    out.push_back(static_cast<char>(byte));
    return 1;
  }
  if (is_bytes(v)) {
    out += v.as<Bytes>()->view();
    return 1;
  }
  raisef(exc.TypeError, "character mapping must return integer, bytes or None, not %.400s", type_name(v));
  return -1;
}

}  // namespace

Bytes* charmap_encode(Str* s, Str* errors, Value mapping) {
  if (mapping.is_null() || mapping.is_none()) return latin1_encode(s, errors);
  EncodeContext context("charmap", s, errors);
  for (uint64_t i = 0; i < s->length;) {
    int r = encode_one(s->at(i), mapping, context.out);
    if (r < 0) return nullptr;
    if (r > 0) {
      ++i;
      continue;
    }
    uint64_t end = i + 1;
    std::string scratch;
    for (; end < s->length; ++end) {  // the whole unmapped run
      r = encode_one(s->at(end), mapping, scratch);
      if (r < 0) return nullptr;
      if (r > 0) break;
    }
    EncodeContext::Replacement replacement;
    uint64_t next;
    if (context.mode() == ErrorMode::kReplace) {  // the question marks go through the map too
      for (uint64_t k = i; k < end; ++k) {
        r = encode_one('?', mapping, context.out);
        if (r < 0) return nullptr;
        if (r == 0) return context.raise_original(i, end, kUndefined);
      }
      i = end;
      continue;
    }
    if (!context.error(i, end, kUndefined, &next, &replacement)) return nullptr;
    context.out += replacement.bytes;
    for (uint64_t k = 0; replacement.text && k < replacement.text->length; ++k) {
      r = encode_one(replacement.text->at(k), mapping, context.out);
      if (r < 0) return nullptr;
      if (r == 0) return context.raise_original(i, end, kUndefined);
    }
    i = next;
  }
  return new_bytes(context.out);
}

Str* charmap_decode(std::string_view data, Str* errors, Value mapping) {
  if (mapping.is_null() || mapping.is_none()) return new_str_latin1(reinterpret_cast<const uint8_t*>(data.data()), data.size());
  DecodeContext context("charmap", data, errors);
  const Str* table = is_exact(mapping, types.str) ? mapping.as<Str>() : nullptr;
  for (size_t i = 0; i < context.input.size();) {
    uint8_t byte = static_cast<uint8_t>(context.input[i]);
    bool mapped = false;
    if (table) {
      if (byte < table->length && table->at(byte) != 0xFFFE) {
        context.out.append(table->at(byte));
        mapped = true;
      }
    } else {
      Value v = get_item(mapping, Value::from_int(byte));
      if (!v) {
        if (!pending_matches(exc.LookupError)) return nullptr;
        clear_pending();
      } else if (is_int_like(v)) {
        int64_t c;
        if (!int_to_int64(int_value(v), &c) || c < 0 || c > 0x10FFFF) return raise(exc.TypeError, "character mapping must be in range(0x110000)");
        if (c != 0xFFFE) {
          context.out.append(static_cast<uint32_t>(c));
          mapped = true;
        }
      } else if (is_str(v)) {
        Str* text = v.as<Str>();
        if (!(text->length == 1 && text->at(0) == 0xFFFE)) {
          context.out.append(text);
          mapped = true;
        }
      } else if (!v.is_none()) {
        return raise(exc.TypeError, "character mapping must return integer, None or str");
      }
    }
    if (mapped) ++i;
    else if (!context.error(i, i + 1, kUndefined, &i)) return nullptr;
  }
  return context.out.finish();
}

Value charmap_build(Str* table) {
  uint64_t n = std::min<uint64_t>(table->length, 256);
  uint8_t level1[32], level2[512];
  memset(level1, 0xFF, sizeof level1);
  memset(level2, 0xFF, sizeof level2);
  bool need_dict = table->length == 0 || table->at(0) != 0;
  int count2 = 0, count3 = 0;
  for (uint64_t i = 1; i < n && !need_dict; ++i) {
    uint32_t c = table->at(i);
    if (c == 0 || c > 0xFFFF) {
      need_dict = true;
      break;
    }
    if (c == 0xFFFE) continue;
    if (level1[c >> 11] == 0xFF) level1[c >> 11] = static_cast<uint8_t>(count2++);
    if (level2[c >> 7] == 0xFF) level2[c >> 7] = static_cast<uint8_t>(count3++);
  }
  if (count2 >= 0xFF || count3 >= 0xFF) need_dict = true;
  if (need_dict) {
    Dict* result = TRY(new_dict());
    for (uint64_t i = 0; i < n; ++i)
      if (!dict_set(result, Value::from_int(table->at(i)), Value::from_int(static_cast<int64_t>(i)))) return nullptr;
    return result;
  }
  ensure_class();
  EncodingMap* m = TRY(allocate_instance_of<EncodingMap>(encoding_map_class, static_cast<size_t>(16 * count2 + 128 * count3)));
  m->count2 = count2;
  m->count3 = count3;
  memcpy(m->level1, level1, sizeof level1);
  uint8_t* level2_out = m->level23;
  uint8_t* level3_out = m->level23 + 16 * count2;
  memset(level2_out, 0xFF, static_cast<size_t>(16 * count2));
  int next3 = 0;
  for (uint64_t i = 1; i < n; ++i) {
    uint32_t c = table->at(i);
    if (c == 0xFFFE) continue;
    uint8_t& slot = level2_out[16 * level1[c >> 11] + ((c >> 7) & 0xF)];
    if (slot == 0xFF) slot = static_cast<uint8_t>(next3++);
    level3_out[128 * slot + (c & 0x7F)] = static_cast<uint8_t>(i);
  }
  return m;
}

}  // namespace pyjit::runtime
