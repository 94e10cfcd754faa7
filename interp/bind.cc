// bind_call: the arguments of a call → the parameters of a Python function, with CPython's TypeErrors.
#include "frontend/code.h"
#include "interp/frames.h"
#include "runtime/errors.h"
#include "runtime/heap.h"
#include "runtime/ops.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"

namespace pyjit::interp {

using namespace pyjit::runtime;

namespace {

std::string parameter_name(Code* code, int64_t i) { return to_utf8(code->localsplusnames->items[i].as<Str>()); }
std::string callee_text(Function* f) { return to_utf8(f->qualname); }

bool too_many_positional(Function* f, uint64_t given, const Value* out) {
  Code* code = f->code;
  int64_t keyword_only_given = 0;
  for (int i = code->argcount; i < code->argcount + code->kwonlyargcount; ++i) keyword_only_given += !out[i].is_null();
  uint64_t defaults = f->defaults ? f->defaults->size : 0;
  std::string takes;
  bool plural;
  if (defaults) {
    takes = "from " + std::to_string(code->argcount - static_cast<int64_t>(defaults)) + " to " + std::to_string(code->argcount);
    plural = true;
  } else {
    takes = std::to_string(code->argcount);
    plural = code->argcount != 1;
  }
  std::string keyword_text;
  if (keyword_only_given) {
    keyword_text = std::string(" positional argument") + (given != 1 ? "s" : "") + " (and " + std::to_string(keyword_only_given) +
                   " keyword-only argument" + (keyword_only_given != 1 ? "s" : "") + ")";
  }
  raise(exc.TypeError, callee_text(f) + "() takes " + takes + " positional argument" + (plural ? "s" : "") + " but " + std::to_string(given) +
                           keyword_text + (given == 1 && !keyword_only_given ? " was" : " were") + " given");
  return false;
}

bool missing_arguments(Function* f, const std::vector<int64_t>& missing, const char* kind) {
  std::string list;
  size_t n = missing.size();
  for (size_t i = 0; i < n; ++i) {
    if (i) list += n == 2 ? " and " : i == n - 1 ? ", and " : ", ";
    Str* quoted = repr_str(f->code->localsplusnames->items[missing[i]].as<Str>());
    list += quoted ? to_utf8(quoted) : parameter_name(f->code, missing[i]);
  }
  raise(exc.TypeError, callee_text(f) + "() missing " + std::to_string(n) + " required " + kind + " argument" + (n == 1 ? "" : "s") + ": " + list);
  return false;
}

bool positional_only_as_keyword(Function* f, Tuple* kwnames) {
  std::string list;
  for (int i = 0; i < f->code->posonlyargcount; ++i) {
    Str* name = f->code->localsplusnames->items[i].as<Str>();
    for (uint64_t k = 0; k < kwnames->size; ++k) {
      if (!str_equal(name, kwnames->items[k].as<Str>())) continue;
      if (!list.empty()) list += ", ";
      list += to_utf8(name);
      break;
    }
  }
  if (list.empty()) return false;
  raise(exc.TypeError, callee_text(f) + "() got some positional-only arguments passed as keyword arguments: '" + list + "'");
  return true;
}

}  // namespace

bool bind_call(Function* f, const Value* args, uint64_t nargs, Tuple* kwnames, const Value* kwvalues, Value* out) {
  Code* code = f->code;
  uint64_t argcount = static_cast<uint64_t>(code->argcount);
  uint64_t named = argcount + static_cast<uint64_t>(code->kwonlyargcount);
  Dict* extra = nullptr;
  uint64_t at = named;
  for (uint64_t i = 0; i < nargs && i < argcount; ++i) out[i] = args[i];
  if (code->code_flags & frontend::kVarArgs) {
    Tuple* rest = nargs > argcount ? new_tuple(args + argcount, nargs - argcount) : empty_tuple();
    if (!rest) return false;
    out[at++] = rest;
  }
  if (code->code_flags & frontend::kVarKeywords) {
    extra = new_dict();
    if (!extra) return false;
    out[at] = extra;
  }
  if (kwnames) {
    for (uint64_t k = 0; k < kwnames->size; ++k) {
      Value keyword = kwnames->items[k];
      if (!is_str(keyword)) {
        raise(exc.TypeError, "keywords must be strings");
        return false;
      }
      Str* name = keyword.as<Str>();
      uint64_t i = static_cast<uint64_t>(code->posonlyargcount);
      while (i < named && code->localsplusnames->items[i].bits() != keyword.bits()) ++i;
      if (i == named) {
        i = static_cast<uint64_t>(code->posonlyargcount);
        while (i < named && !str_equal(code->localsplusnames->items[i].as<Str>(), name)) ++i;
      }
      if (i < named) {
        if (out[i]) {
          raise(exc.TypeError, callee_text(f) + "() got multiple values for argument '" + to_utf8(name) + "'");
          return false;
        }
        out[i] = kwvalues[k];
        continue;
      }
      if (extra) {
        if (!dict_set(extra, keyword, kwvalues[k])) return false;
        continue;
      }
      if (code->posonlyargcount && positional_only_as_keyword(f, kwnames)) return false;
      raise(exc.TypeError, callee_text(f) + "() got an unexpected keyword argument '" + to_utf8(name) + "'");
      return false;
    }
  }
  if (nargs > argcount && !(code->code_flags & frontend::kVarArgs)) return too_many_positional(f, nargs, out);
  if (nargs < argcount) {
    int64_t defaults = f->defaults ? static_cast<int64_t>(f->defaults->size) : 0;
    int64_t required = static_cast<int64_t>(argcount) - defaults;
    std::vector<int64_t> missing;
    for (int64_t i = static_cast<int64_t>(nargs); i < required; ++i) {
      if (!out[i]) missing.push_back(i);
    }
    if (!missing.empty()) return missing_arguments(f, missing, "positional");
    for (int64_t i = 0; i < defaults; ++i) {
      if (required + i >= 0 && !out[required + i]) out[required + i] = f->defaults->items[i];
    }
  }
  if (code->kwonlyargcount) {
    std::vector<int64_t> missing;
    for (uint64_t i = argcount; i < named; ++i) {
      if (out[i]) continue;
      if (f->kwdefaults) {
        Value v = dict_get(f->kwdefaults, code->localsplusnames->items[i]);
        if (v) {
          out[i] = v;
          continue;
        }
        if (error_pending()) return false;
      }
      missing.push_back(static_cast<int64_t>(i));
    }
    if (!missing.empty()) return missing_arguments(f, missing, "keyword-only");
  }
  return true;
}

}  // namespace pyjit::interp
