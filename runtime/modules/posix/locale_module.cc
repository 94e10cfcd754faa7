// The _locale module: the C library's locale, collation and message catalogues.
#include <langinfo.h>
#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <wchar.h>

#include <cstring>

#include "runtime/module_registry.h"
#include "runtime/modules/module_util.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"
#include "runtime/paths.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime {

namespace posix {
namespace {

Class* error_class;

Value locale_error(const char* message) { return raise(error_class, message); }

Value do_setlocale(Value* a) {
  int category;
  if (!to_int32(a[0], &category)) return nullptr;
  if (!a[1] || a[1].is_none()) {
    const char* now = ::setlocale(category, nullptr);
    return now ? Value(fs_string(now)) : locale_error("locale query failed");
  }
  if (!is_str(a[1])) return raisef(exc.TypeError, "setlocale() argument 2 must be str or None, not %.50s", type_name(a[1]));
  std::string name = to_utf8(a[1].as<Str>());
  if (name.find('\0') != std::string::npos) return raise(exc.ValueError, "embedded null character");
  const char* set = ::setlocale(category, name.c_str());
  return set ? Value(fs_string(set)) : locale_error("unsupported locale setting");
}

// "\3\3\0"-like grouping → [3, 3, 0].
Value grouping_list(const char* s) {
  List* list = TRY(new_list());
  if (!*s) return list;
  for (;; ++s) {
    if (!list_append(list, Value::from_int(*s))) return nullptr;
    if (!*s || *s == CHAR_MAX) return list;
  }
}
Value do_localeconv(Value*) {
  Dict* d = TRY(new_dict());
  lconv* l = ::localeconv();
  const struct { const char* name; const char* text; } kTexts[] = {
      {"decimal_point", l->decimal_point}, {"thousands_sep", l->thousands_sep}};
  const struct { const char* name; const char* text; } kMoneyTexts[] = {
      {"int_curr_symbol", l->int_curr_symbol}, {"currency_symbol", l->currency_symbol}, {"mon_decimal_point", l->mon_decimal_point},
      {"mon_thousands_sep", l->mon_thousands_sep}};
  const struct { const char* name; const char* text; } kSigns[] = {{"positive_sign", l->positive_sign}, {"negative_sign", l->negative_sign}};
  const struct { const char* name; char value; } kNumbers[] = {
      {"int_frac_digits", l->int_frac_digits}, {"frac_digits", l->frac_digits},       {"p_cs_precedes", l->p_cs_precedes},
      {"p_sep_by_space", l->p_sep_by_space},   {"n_cs_precedes", l->n_cs_precedes},   {"n_sep_by_space", l->n_sep_by_space},
      {"p_sign_posn", l->p_sign_posn},         {"n_sign_posn", l->n_sign_posn}};
  auto add_texts = [&](const auto& rows) -> bool {
    for (const auto& row : rows) {
      if (!dict_set_str(d, intern(row.name), TRY(fs_string(row.text)))) return false;
    }
    return true;
  };
  if (!add_texts(kMoneyTexts) || !dict_set_str(d, intern("mon_grouping"), TRY(grouping_list(l->mon_grouping))) || !add_texts(kSigns)) return nullptr;
  for (const auto& row : kNumbers) {
    if (!dict_set_str(d, intern(row.name), Value::from_int(row.value))) return nullptr;
  }
  if (!add_texts(kTexts) || !dict_set_str(d, intern("grouping"), TRY(grouping_list(l->grouping)))) return nullptr;
  return d;
}

bool wide_text(Value v, const char* function, const char* argument, std::wstring* out) {
  if (!is_str(v)) {
    return raisef(exc.TypeError, "%s() argument%s must be str, not %.50s", function, argument, v.is_none() ? "None" : type_name(v)), false;
  }
  Str* s = v.as<Str>();
  for (uint64_t i = 0; i < s->length; ++i) {
    if (!s->at(i)) return raise(exc.ValueError, "embedded null character"), false;
    out->push_back(static_cast<wchar_t>(s->at(i)));
  }
  return true;
}
Value do_strcoll(Value* a) {
  std::wstring x, y;
  if (!wide_text(a[0], "strcoll", " 1", &x) || !wide_text(a[1], "strcoll", " 2", &y)) return nullptr;
  return Value::from_int(::wcscoll(x.c_str(), y.c_str()));
}
Value do_strxfrm(Value* a) {
  std::wstring x;
  if (!wide_text(a[0], "strxfrm", "", &x)) return nullptr;
  std::wstring out(x.size() + 1, L'\0');
  errno = 0;
  size_t n = ::wcsxfrm(out.data(), x.c_str(), out.size());
  if (errno && errno != ERANGE) return posix_error();
  if (n >= out.size()) {
    out.resize(n + 1);
    errno = 0;
    n = ::wcsxfrm(out.data(), x.c_str(), out.size());
    if (errno) return posix_error();
  }
  static_assert(sizeof(wchar_t) == 4);
  // glibc's keys may hold values that are not code points; str can only hold those that are.
  for (size_t i = 0; i < n; ++i) {
    if (static_cast<uint32_t>(out[i]) > 0x10ffff) {
      return raisef(exc.ValueError, "character U+%x is not in range [U+0000; U+10ffff]", static_cast<unsigned>(out[i]));
    }
  }
  return new_str_from_code_points(reinterpret_cast<const uint32_t*>(out.data()), n);
}

#define ROW(name) {#name, static_cast<long>(name)},
constexpr NamedInt kConstants[] = {
    // clang-format off
    ROW(ABDAY_1) ROW(ABDAY_2) ROW(ABDAY_3) ROW(ABDAY_4) ROW(ABDAY_5) ROW(ABDAY_6) ROW(ABDAY_7) ROW(ABMON_1) ROW(ABMON_10) ROW(ABMON_11)
    ROW(ABMON_12) ROW(ABMON_2) ROW(ABMON_3) ROW(ABMON_4) ROW(ABMON_5) ROW(ABMON_6) ROW(ABMON_7) ROW(ABMON_8) ROW(ABMON_9) ROW(ALT_DIGITS)
    ROW(AM_STR) ROW(CHAR_MAX) ROW(CODESET) ROW(CRNCYSTR) ROW(DAY_1) ROW(DAY_2) ROW(DAY_3) ROW(DAY_4) ROW(DAY_5) ROW(DAY_6) ROW(DAY_7)
    ROW(D_FMT) ROW(D_T_FMT) ROW(ERA) ROW(ERA_D_FMT) ROW(ERA_D_T_FMT) ROW(ERA_T_FMT) ROW(LC_ALL) ROW(LC_COLLATE) ROW(LC_CTYPE)
    ROW(LC_MESSAGES) ROW(LC_MONETARY) ROW(LC_NUMERIC) ROW(LC_TIME) ROW(MON_1) ROW(MON_10) ROW(MON_11) ROW(MON_12) ROW(MON_2) ROW(MON_3)
    ROW(MON_4) ROW(MON_5) ROW(MON_6) ROW(MON_7) ROW(MON_8) ROW(MON_9) ROW(NOEXPR) ROW(PM_STR) ROW(RADIXCHAR) ROW(THOUSEP) ROW(T_FMT)
    ROW(T_FMT_AMPM) ROW(YESEXPR)
    // clang-format on
};
#undef ROW

Value do_nl_langinfo(Value* a) {
  int key;
  if (!to_int32(a[0], &key)) return nullptr;
  bool known = key == _DATE_FMT;
  for (const NamedInt& c : kConstants) known = known || (c.value == key && key > 0xffff) || (c.value == key && key == CODESET);
  if (!known) return raise(exc.ValueError, "unsupported langinfo constant");
  const char* text = ::nl_langinfo(key);
  return fs_string(text ? text : "");
}
Value do_getencoding(Value*) { return intern("UTF-8"); }

bool catalogue_text(Value v, const char* function, int position, std::string* out) {
  if (!is_str(v)) {
    return raisef(exc.TypeError, "%s() argument %d must be str, not %.50s", function, position, v.is_none() ? "None" : type_name(v)), false;
  }
  *out = to_utf8(v.as<Str>());
  if (out->find('\0') != std::string::npos) return raise(exc.ValueError, "embedded null character"), false;
  return true;
}
Value do_gettext(Value* a) {
  std::string message;
  return catalogue_text(a[0], "gettext", 1, &message) ? Value(fs_string(::gettext(message.c_str()))) : Value();
}
Value do_dgettext(Value* a) {
  std::string domain, message;
  if ((!a[0].is_none() && !catalogue_text(a[0], "dgettext", 1, &domain)) || !catalogue_text(a[1], "dgettext", 2, &message)) return nullptr;
  return fs_string(::dgettext(a[0].is_none() ? nullptr : domain.c_str(), message.c_str()));
}
Value do_dcgettext(Value* a) {
  std::string domain, message;
  int category;
  if ((!a[0].is_none() && !catalogue_text(a[0], "dcgettext", 1, &domain)) || !catalogue_text(a[1], "dcgettext", 2, &message) ||
      !to_int32(a[2], &category)) {
    return nullptr;
  }
  return fs_string(::dcgettext(a[0].is_none() ? nullptr : domain.c_str(), message.c_str(), category));
}
Value do_textdomain(Value* a) {
  std::string domain;
  if (!a[0].is_none() && !catalogue_text(a[0], "textdomain", 1, &domain)) return nullptr;
  const char* now = ::textdomain(a[0].is_none() ? nullptr : domain.c_str());
  return now ? Value(fs_string(now)) : posix_error();
}
Value do_bindtextdomain(Value* a) {
  std::string domain, directory;
  if (!catalogue_text(a[0], "bindtextdomain", 1, &domain)) return nullptr;
  if (domain.empty()) return locale_error("domain must be a non-empty string");
  if (!a[1].is_none() && !fs_encode_path(a[1], &directory)) return nullptr;
  const char* now = ::bindtextdomain(domain.c_str(), a[1].is_none() ? nullptr : directory.c_str());
  return now ? Value(fs_string(now)) : posix_error();
}
Value do_bind_codeset(Value* a) {
  std::string domain, codeset;
  if (!catalogue_text(a[0], "bind_textdomain_codeset", 1, &domain) ||
      (!a[1].is_none() && !catalogue_text(a[1], "bind_textdomain_codeset", 2, &codeset))) {
    return nullptr;
  }
  const char* now = ::bind_textdomain_codeset(domain.c_str(), a[1].is_none() ? nullptr : codeset.c_str());
  return now ? Value(fs_string(now)) : Value::none();
}

constexpr MethodDef kFunctions[] = {POSIX_ROW("setlocale", "($module, category, locale=<unrepresentable>, /)", do_setlocale),
                                    POSIX_ROW("localeconv", "($module, /)", do_localeconv),
                                    POSIX_ROW("strcoll", "($module, os1, os2, /)", do_strcoll),
                                    POSIX_ROW("strxfrm", "($module, string, /)", do_strxfrm),
                                    POSIX_ROW("nl_langinfo", "($module, key, /)", do_nl_langinfo),
                                    POSIX_ROW("getencoding", "($module, /)", do_getencoding),
                                    POSIX_ROW("gettext", "($module, msg, /)", do_gettext),
                                    POSIX_ROW("dgettext", "($module, domain, msg, /)", do_dgettext),
                                    POSIX_ROW("dcgettext", "($module, domain, msg, category, /)", do_dcgettext),
                                    POSIX_ROW("textdomain", "($module, domain, /)", do_textdomain),
                                    POSIX_ROW("bindtextdomain", "($module, domain, dir, /)", do_bindtextdomain),
                                    POSIX_ROW("bind_textdomain_codeset", "($module, domain, codeset, /)", do_bind_codeset),
                                    {}};

}  // namespace
}  // namespace posix

bool init_locale_module(Module* m) {
  using namespace posix;
  static Value root;
  if (!error_class) {
    heap.add_root_range(&root, &root + 1);
    Value args[] = {intern("Error"), make_tuple(Value(exc.Exception)), TRY(new_dict())};
    if (!dict_set_str(args[2].as<Dict>(), intern("__module__"), intern("locale"))) return false;
    root = TRY(call(types.type, args, 3));
    error_class = root.as<Class>();
    // python3.11 starts in the user's LC_CTYPE; the C locale becomes C.UTF-8 (PEP 538).
    const char* now = ::setlocale(LC_CTYPE, "");
    if (!now || !strcmp(now, "C") || !strcmp(now, "POSIX")) ::setlocale(LC_CTYPE, "C.UTF-8");
  }
  for (const NamedInt& c : kConstants) {
    if (!add_int(m, c.name, c.value)) return false;
  }
  return add_int(m, "_DATE_FMT", _DATE_FMT) && add_functions(m, kFunctions) && add_object(m, "Error", error_class);
}

}  // namespace pyjit::runtime
