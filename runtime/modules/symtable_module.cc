// _symtable: the front end's symbol table as Python objects, for the symtable module.
#include "frontend/parser.h"
#include "frontend/symtable.h"
#include "runtime/compile.h"
#include "runtime/modules/module_util.h"
#include "runtime/ops.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime {

namespace {

using frontend::ScopeEntry;

// A scope, copied out of the front end's arena; all Values, so that trace_prefix covers it.
struct TableEntry : Object {
  Value id, name, type, nested, lineno, symbols, varnames, children;
};
Class* entry_class;

Value entry_repr(Value self) {
  auto* e = self.as<TableEntry>();
  Str* id = TRY(str(e->id));
  return new_strf("<symtable entry %s(%s), line %s>", to_utf8(e->name.as<Str>()).c_str(), to_utf8(id).c_str(),
                  std::to_string(e->lineno.as_int()).c_str());
}

template <Value TableEntry::*kField>
Value field(Value self) { return self.as<TableEntry>()->*kField; }

#define FIELD(name) {#name, field<&TableEntry::name>, nullptr, nullptr, true}
const GetSetDef kEntryFields[] = {FIELD(id), FIELD(name), FIELD(symbols), FIELD(varnames), FIELD(children), FIELD(nested), FIELD(type), FIELD(lineno), {}};
#undef FIELD

constexpr ClassSpec entry_spec() {
  ClassSpec s{.name = "symtable entry", .basicsize = sizeof(TableEntry), .flags = kClassNoInstantiation, .trace_kind = TraceKind::kCustom,
              .trace = trace_prefix<8>, .doc = nullptr};
  s.slots.repr = entry_repr;
  s.getset = kEntryFields;
  return s;
}

// How far CPython shifts the scope above the flags.
constexpr int kScopeShift = 11;

Value convert(const ScopeEntry* scope) {
  auto* e = TRY(allocate_instance_of<TableEntry>(entry_class));
  e->id = Value::from_int(static_cast<int64_t>(reinterpret_cast<uintptr_t>(scope)));
  e->name = new_str(scope->name);
  e->type = Value::from_int(static_cast<int>(scope->type));
  e->nested = Value::from_int(scope->nested);
  e->lineno = Value::from_int(scope->type == frontend::BlockType::kModule ? 0 : scope->loc.line);
  Dict* symbols = new_dict();
  e->symbols = symbols;
  write_barrier(e, e->symbols);
  for (const frontend::Symbol& s : scope->symbols) {
    int64_t bits = s.flags | static_cast<int64_t>(s.scope) << kScopeShift;
    if (!dict_set(symbols, intern(s.name), Value::from_int(bits))) return nullptr;
  }
  List* varnames = new_list();
  e->varnames = varnames;
  write_barrier(e, e->varnames);
  for (std::string_view name : scope->parameters) {
    if (!list_append(varnames, intern(name))) return nullptr;
  }
  List* children = new_list();
  e->children = children;
  write_barrier(e, e->children);
  for (const ScopeEntry* child : scope->children) {   // as deep as the source nests, which the parser bounds
    Value c = TRY(convert(child));
    if (!list_append(children, c)) return nullptr;
  }
  return e;
}

Value symtable(Value* args) {
  CompileRequest request;
  std::string start;
  if (!is_str(args[2])) return raisef(exc.TypeError, "symtable() argument 3 must be str, not %s", type_name(args[2]));
  start = to_utf8(args[2].as<Str>());
  if (start == "exec") request.mode = frontend::Mode::kExec;
  else if (start == "eval") request.mode = frontend::Mode::kEval;
  else if (start == "single") request.mode = frontend::Mode::kSingle;
  else return raise(exc.ValueError, "symtable() arg 3 must be 'exec' or 'eval' or 'single'");
  if (!source_text(args[0], "symtable", "string or bytes", &request.source, &request.is_text)) return nullptr;
  Str* filename = TRY(filename_argument(args[1]));
  request.filename = filename;
  Value result;
  auto use = [&](const frontend::SymbolTable& table) { result = convert(table.top); };
  return with_symbol_table(request, use) ? result : Value();
}

const MethodDef kSymtableFunctions[] = {
    function_row("symtable", "($module, source, filename, startstr, /)", symtable, Effects::kCallsPython, "The symbol table of a piece of source."),
    {}};

struct Constant { const char* name; int value; };
constexpr Constant kSymtableConstants[] = {
    {"USE", frontend::kUse}, {"DEF_GLOBAL", frontend::kDefGlobal}, {"DEF_NONLOCAL", frontend::kDefNonlocal}, {"DEF_LOCAL", frontend::kDefLocal},
    {"DEF_PARAM", frontend::kDefParam}, {"DEF_FREE", frontend::kDefFree}, {"DEF_FREE_CLASS", frontend::kDefFreeClass},
    {"DEF_IMPORT", frontend::kDefImport}, {"DEF_BOUND", frontend::kDefBound}, {"DEF_ANNOT", frontend::kDefAnnotated},
    {"TYPE_FUNCTION", 0}, {"TYPE_CLASS", 1}, {"TYPE_MODULE", 2}, {"LOCAL", 1}, {"GLOBAL_EXPLICIT", 2}, {"GLOBAL_IMPLICIT", 3},
    {"FREE", 4}, {"CELL", 5}, {"SCOPE_OFF", kScopeShift}, {"SCOPE_MASK", 15}};

}  // namespace

bool init_symtable_module(Module* m) {
  static constexpr ClassSpec kSpec = entry_spec();
  if (!entry_class) entry_class = new_builtin_class(kSpec);
  for (const Constant& c : kSymtableConstants) {
    if (!add_int(m, c.name, c.value)) return false;
  }
  return add_functions(m, kSymtableFunctions);
}

}  // namespace pyjit::runtime
