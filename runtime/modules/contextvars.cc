// _contextvars: Context, ContextVar, Token.
//
// A context's bindings are a dict that is shared by copies until one of them binds something: copying a context is O(1), the first
// binding after it copies the dict.
#include "runtime/modules/module_util.h"
#include "runtime/types/dict.h"
#include "runtime/types/dict_views.h"

namespace pyjit::runtime {

namespace {

Class *context_class, *variable_class, *token_class, *missing_class;
Value missing;

struct Context : Object { Dict* bindings; Value previous; bool shared, entered; };
struct Variable : Object { Str* name; Value default_value; };      // default null: none
struct Token : Object { Context* context; Variable* variable; Value old_value; bool used; };   // old null: was not bound

bool is_variable(Value v) { return is_exact(v, variable_class); }

Context* new_context(Dict* bindings) {
  auto* c = allocate_instance_of<Context>(context_class);
  c->bindings = bindings;
  c->shared = true;
  write_barrier(c);
  return c;
}

Context* current_context() {
  if (!thread()->context) thread()->context = new_context(new_dict());
  return thread()->context.as<Context>();
}

Context* copy_of(Context* c) {
  c->shared = true;
  return new_context(c->bindings);
}

Dict* own_bindings(Context* c) {
  if (c->shared) {
    c->bindings = TRY(dict_copy(c->bindings));
    c->shared = false;
    write_barrier(c);
  }
  return c->bindings;
}

Value context_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  if (nargs || (kwnames && kwnames->size)) return raise(exc.TypeError, "Context() does not accept any arguments");
  return new_context(new_dict());
}

bool check_key(Value key) {
  if (is_variable(key)) return true;
  Str* text = TRY(repr(key));
  raisef(exc.TypeError, "a ContextVar key was expected, got %s", to_utf8(text).c_str());
  return false;
}

Value context_getitem(Value self, Value key) {
  if (!check_key(key)) return nullptr;
  Value v = dict_get(self.as<Context>()->bindings, key);
  if (v || error_pending()) return v;
  return raise_key_error(key);
}

int context_contains(Value self, Value key) { return check_key(key) ? dict_contains(self.as<Context>()->bindings, key) : -1; }
int64_t context_length(Value self) { return static_cast<int64_t>(self.as<Context>()->bindings->size); }

Value context_compare(Value a, Value b, CompareOp op) {
  if ((op != kEq && op != kNe) || !is_exact(a, context_class) || !is_exact(b, context_class)) return Value::not_implemented();
  int equal = dict_equal(a.as<Context>()->bindings, b.as<Context>()->bindings);
  return equal < 0 ? Value() : Value::from_bool(equal == (op == kEq));
}

// The views outlive later bindings of the context: they show the bindings as they are now.
Dict* frozen(Value self) {
  self.as<Context>()->shared = true;
  return self.as<Context>()->bindings;
}
Value context_iter(Value self) { return new_dict_iterator(types.dict_key_iterator, frozen(self)); }
Value context_keys(Value* args) { return new_dict_view(types.dict_keys, frozen(args[0])); }
Value context_values(Value* args) { return new_dict_view(types.dict_values, frozen(args[0])); }
Value context_items(Value* args) { return new_dict_view(types.dict_items, frozen(args[0])); }
Value context_copy(Value* args) { return copy_of(args[0].as<Context>()); }

Value context_get(Value* args) {
  if (!check_key(args[1])) return nullptr;
  Value v = dict_get(args[0].as<Context>()->bindings, args[1]);
  if (v || error_pending()) return v;
  return args[2] ? args[2] : Value::none();
}

Value context_run(Value* args, uint32_t nargs, Tuple* kwnames) {
  if (nargs < 2) return raise(exc.TypeError, "run() missing 1 required positional argument");
  auto* c = args[0].as<Context>();
  if (c->entered) {
    return raisef(exc.RuntimeError, "cannot enter context: %s is already entered", to_utf8(TRY(repr(args[0]))).c_str());
  }
  c->previous = current_context();
  c->entered = true;
  thread()->context = c;
  write_barrier(c);
  Value result = call(args[1], args + 2, nargs - 2, kwnames);
  thread()->context = c->previous;
  c->previous = nullptr;
  c->entered = false;
  return result;
}

// ContextVar

Value variable_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("ContextVar", "(name, /, *, default=<unrepresentable>)");
  Value out[2];
  if (!nargs) return raise(exc.TypeError, "ContextVar() takes exactly 1 positional argument (0 given)");
  if (nargs > 1) return raisef(exc.TypeError, "ContextVar() takes at most 1 positional argument (%u given)", nargs);
  if (!bind(args, nargs, kwnames, out)) return nullptr;
  if (!is_str(out[0])) return raise(exc.TypeError, "context variable name must be a str");
  auto* v = allocate_instance_of<Variable>(cls);
  v->name = out[0].as<Str>();
  v->default_value = out[1];
  write_barrier(v);
  return v;
}

Value variable_get(Value* args) {
  auto* v = args[0].as<Variable>();
  Value bound = thread()->context ? dict_get(current_context()->bindings, v) : Value();
  if (bound || error_pending()) return bound;
  if (args[1]) return args[1];
  if (v->default_value) return v->default_value;
  return raise_with_value(exc.LookupError, v);
}

bool bind_variable(Context* c, Variable* v, Value value) {
  Dict* bindings = TRY(own_bindings(c));
  return value ? dict_set(bindings, v, value) : dict_delete(bindings, v) >= 0;
}

Value variable_set(Value* args) {
  auto* v = args[0].as<Variable>();
  Context* c = current_context();
  Value old = dict_get(c->bindings, v);
  if (!old && error_pending()) return nullptr;
  auto* token = allocate_instance_of<Token>(token_class);
  token->context = c;
  token->variable = v;
  token->old_value = old;
  write_barrier(token);
  return bind_variable(c, v, args[1]) ? Value(token) : Value();
}

Value raise_about_token(Class* type, Value token, const char* what) {
  Str* text = TRY(repr(token));
  return raisef(type, "%s %s", to_utf8(text).c_str(), what);
}

Value variable_reset(Value* args) {
  auto* v = args[0].as<Variable>();
  if (!is_exact(args[1], token_class)) {
    return raisef(exc.TypeError, "expected an instance of Token, got %s", to_utf8(TRY(repr(args[1]))).c_str());
  }
  auto* token = args[1].as<Token>();
  if (token->used) return raise_about_token(exc.RuntimeError, token, "has already been used once");
  if (token->variable != v) return raise_about_token(exc.ValueError, token, "was created by a different ContextVar");
  Context* c = current_context();
  if (token->context != c) return raise_about_token(exc.ValueError, token, "was created in a different Context");
  token->used = true;
  return bind_variable(c, v, token->old_value) ? Value::none() : Value();
}

Value variable_repr(Value self) {
  auto* v = self.as<Variable>();
  StrBuilder out;
  out.append_ascii("<ContextVar name=");
  out.append(TRY(repr(v->name)));
  if (v->default_value) {
    out.append_ascii(" default=");
    out.append(TRY(repr(v->default_value)));
  }
  out.append(TRY(new_strf(" at %p>", static_cast<void*>(v))));
  return out.finish();
}

// Token

Value token_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  return raise(exc.RuntimeError, "Tokens can only be created by ContextVars");
}

Value token_repr(Value self) {
  auto* t = self.as<Token>();
  StrBuilder out;
  out.append_ascii(t->used ? "<Token used var=" : "<Token var=");
  out.append(TRY(repr(t->variable)));
  out.append(TRY(new_strf(" at %p>", static_cast<void*>(t))));
  return out.finish();
}

Value missing_repr(Value self) { return new_str("<Token.MISSING>"); }
Value copy_context(Value* args) { return copy_of(current_context()); }

const MethodDef kContextMethods[] = {
    method_row("get", "($self, key, default=None, /)", context_get, Effects::kCallsPython, "The value bound to the variable key, or default."),
    method_row("items", "($self, /)", context_items, Effects::kWrites, "All variables with their values."),
    method_row("keys", "($self, /)", context_keys, Effects::kWrites, "All variables that are bound."),
    method_row("values", "($self, /)", context_values, Effects::kWrites, "The values of all variables that are bound."),
    method_row("copy", "($self, /)", context_copy, Effects::kWrites, "A new context with the same bindings."),
    {"run", "!($self, /, *args, **kwargs)", nullptr, Effects::kCallsPython, MethodKind::kMethod, "Call a function in this context.", context_run},
    {}};
const MethodDef kVariableMethods[] = {
    method_row("get", "($self, default=<unrepresentable>, /)", variable_get, Effects::kCallsPython,
               "The variable's value in the current context; else default; else the variable's own default; else LookupError."),
    method_row("set", "($self, value, /)", variable_set, Effects::kWrites, "Bind the variable in the current context; the token can undo it."),
    method_row("reset", "($self, token, /)", variable_reset, Effects::kCallsPython, "Undo the set() that made the token."),
    kClassGetItemRow, {}};
const GetSetDef kVariableFields[] = {{"name", [](Value v) { return Value(v.as<Variable>()->name); }}, {}};
const MethodDef kTokenMethods[] = {kClassGetItemRow, {}};
const GetSetDef kTokenFields[] = {{"var", [](Value v) { return Value(v.as<Token>()->variable); }},
                                  {"old_value", [](Value v) { return v.as<Token>()->old_value ? v.as<Token>()->old_value : missing; }},
                                  {}};
const MethodDef kFunctions[] = {function_row("copy_context", "($module, /)", copy_context, Effects::kWrites), {}};

}  // namespace

bool init_contextvars_module(Module* m) {
  static ClassSpec context{.name = "_contextvars.Context", .basicsize = sizeof(Context), .flags = kClassHasWeakref | kClassMappingPattern,
                           .trace_kind = TraceKind::kCustom, .trace = trace_prefix<2>, .methods = kContextMethods};
  context.slots.new_ = context_new;
  context.slots.getitem = context_getitem;
  context.slots.contains = context_contains;
  context.slots.length = context_length;
  context.slots.compare = context_compare;
  context.slots.iter = context_iter;
  static ClassSpec variable{.name = "_contextvars.ContextVar", .basicsize = sizeof(Variable), .trace_kind = TraceKind::kCustom,
                            .trace = trace_prefix<2>, .methods = kVariableMethods, .getset = kVariableFields};
  variable.slots.new_ = variable_new;
  variable.slots.repr = variable_repr;
  variable.slots.hash = hash_by_identity;
  static ClassSpec token{.name = "_contextvars.Token", .basicsize = sizeof(Token), .trace_kind = TraceKind::kCustom, .trace = trace_prefix<3>,
                         .methods = kTokenMethods, .getset = kTokenFields};
  token.slots.new_ = token_new;
  token.slots.repr = token_repr;
  static ClassSpec absent{.name = "Token.MISSING", .flags = kClassNoInstantiation};
  absent.slots.repr = missing_repr;
  if (!add_class(m, context, &context_class) || !add_class(m, variable, &variable_class) || !add_class(m, token, &token_class)) return false;
  if (!missing) {
    missing_class = new_builtin_class(absent);
    missing = allocate_instance(missing_class);
    heap.add_root_range(&missing, &missing + 1);
    if (!dict_set_str(token_class->dict, intern("MISSING"), missing)) return false;
  }
  return add_functions(m, kFunctions);
}

}  // namespace pyjit::runtime
