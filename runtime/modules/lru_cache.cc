// functools._lru_cache_wrapper: calls → cached results, unbounded or with the least recently used one thrown out.
//
// A bounded cache keeps its entries (Link objects) both in a dict and in a ring around `root`, oldest first. The wrapped function may call
// the cache itself, so nothing about the dict is believed to hold across that call.
#include "runtime/modules/functools.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"

namespace pyjit::runtime {

namespace {

Class *wrapper_class, *link_class;
Value keyword_mark;   // stands between positional and keyword parts of a key

struct Link : Object { Link *previous, *next; Value key, result; int64_t hash; };

struct LruCache : Object {
  Object* overflow;
  Value function, info_type;
  Dict* cache;
  Link* root;
  int64_t max_size;      // -1: unbounded
  int64_t hits, misses;
  bool typed;
};

LruCache* self_cache(Value v) { return v.as<LruCache>(); }

void trace_cache(Object* o, Tracer& tracer) {
  auto* c = static_cast<LruCache*>(o);
  tracer.visit(c->function);
  tracer.visit(c->info_type);
  tracer.visit(c->cache);
  tracer.visit(c->root);
}

Link* new_link() { return allocate_instance_of<Link>(link_class); }

void reset_ring(LruCache* c) {
  c->root = new_link();
  c->root->previous = c->root->next = c->root;
  write_barrier(c->root);
  write_barrier(c);
}

void unlink(Link* l) {
  l->previous->next = l->next;
  l->next->previous = l->previous;
  write_barrier(l->previous);
  write_barrier(l->next);
}

void link_newest(LruCache* c, Link* l) {
  Link* last = c->root->previous;
  l->previous = last;
  l->next = c->root;
  last->next = c->root->previous = l;
  write_barrier(l);
  write_barrier(last);
  write_barrier(c->root);
}

Value make_key(Value* args, uint32_t nargs, Tuple* kwnames, bool typed) {
  uint64_t keywords = kwnames ? kwnames->size : 0;
  if (!typed && !keywords && nargs == 1 && (is_exact_str(args[0]) || is_exact_int(args[0]))) return args[0];
  uint64_t size = nargs + (keywords ? 1 + 2 * keywords : 0) + (typed ? nargs + keywords : 0);
  Tuple* key = TRY(new_tuple_null(size));
  Value* out = key->items;
  for (uint32_t i = 0; i < nargs; ++i) *out++ = args[i];
  if (keywords) {
    *out++ = keyword_mark;
    for (uint64_t i = 0; i < keywords; ++i) {
      *out++ = kwnames->items[i];
      *out++ = args[nargs + i];
    }
  }
  for (uint64_t i = 0; typed && i < nargs + keywords; ++i) *out++ = class_of(args[i]);
  if (size) write_barrier(key);
  return key;
}

Value unbounded_call(LruCache* c, Value key, int64_t hash, Value* args, uint32_t nargs, Tuple* kwnames) {
  int64_t found = dict_find(c->cache, key, hash);
  if (found >= 0) {
    ++c->hits;
    return c->cache->entries->entries[found].value;
  }
  if (found == -2) return nullptr;
  ++c->misses;
  Value result = TRY(call(c->function, args, nargs, kwnames));
  return dict_set_hashed(c->cache, key, hash, result) ? result : Value();
}

Value bounded_call(LruCache* c, Value key, int64_t hash, Value* args, uint32_t nargs, Tuple* kwnames) {
  int64_t found = dict_find(c->cache, key, hash);
  if (found == -2) return nullptr;
  if (found >= 0) {
    Link* l = c->cache->entries->entries[found].value.as<Link>();
    unlink(l);
    link_newest(c, l);
    ++c->hits;
    return l->result;
  }
  ++c->misses;
  Value result = TRY(call(c->function, args, nargs, kwnames));
  found = dict_find(c->cache, key, hash);
  if (found >= 0) return result;   // the call has cached this key itself
  if (found == -2) return nullptr;
  Link* l;
  if (static_cast<int64_t>(c->cache->size) >= c->max_size && c->root->next != c->root) {
    l = c->root->next;
    unlink(l);
    int deleted = dict_delete_hashed(c->cache, l->key, l->hash);
    if (deleted < 0) {
      link_newest(c, l);
      return nullptr;
    }
    if (!deleted) return result;   // a comparison has removed it under our hands
  } else {
    l = new_link();
  }
  l->key = key;
  l->hash = hash;
  l->result = result;
  write_barrier(l);
  if (!dict_set_hashed(c->cache, key, hash, l)) return nullptr;
  link_newest(c, l);
  return result;
}

Value cache_call(Value self, Value* args, uint32_t nargs, Tuple* kwnames) {
  LruCache* c = self_cache(self);
  if (c->max_size == 0) {
    ++c->misses;
    return call(c->function, args, nargs, kwnames);
  }
  Value key = TRY(make_key(args, nargs, kwnames, c->typed));
  int64_t hash;
  if (!hash_key(key, &hash)) return nullptr;
  return c->max_size < 0 ? unbounded_call(c, key, hash, args, nargs, kwnames) : bounded_call(c, key, hash, args, nargs, kwnames);
}

Value cache_new(Class* cls, Value* args, uint32_t nargs, Tuple* kwnames) {
  static Binder bind("lru_cache", "(user_function, maxsize, typed, cache_info_type)");
  Value out[4];
  if (!bind(args, nargs, kwnames, out)) return nullptr;
  if (!is_callable(out[0])) return raise(exc.TypeError, "the first argument must be callable");
  int64_t max_size = -1;
  if (!out[1].is_none()) {
    if (!class_of(out[1])->slots.index) return raise(exc.TypeError, "maxsize should be integer or None");
    if (!index_to_ssize(out[1], &max_size, exc.OverflowError)) return nullptr;
    if (max_size < 0) max_size = 0;
  }
  int typed = is_true(out[2]);
  if (typed < 0) return nullptr;
  Dict* cache = new_dict();
  auto* c = allocate_instance_of<LruCache>(cls);
  c->function = out[0];
  c->info_type = out[3];
  c->cache = cache;
  c->max_size = max_size;
  c->typed = typed;
  write_barrier(c);
  reset_ring(c);
  return c;
}

Value cache_info(Value* args) {
  LruCache* c = self_cache(args[0]);
  Value values[] = {new_int(c->hits), new_int(c->misses), c->max_size < 0 ? Value::none() : new_int(c->max_size),
                    new_int(static_cast<int64_t>(c->cache->size))};
  return call(c->info_type, values, 4);
}

Value cache_clear(Value* args) {
  LruCache* c = self_cache(args[0]);
  c->hits = c->misses = 0;
  dict_clear(c->cache);
  reset_ring(c);
  return Value::none();
}

Value cache_get(Value self, Value instance, Value owner) {
  return !instance || instance.is_none() ? self : Value(new_method(self, instance));
}
Value return_self(Value* args) { return args[0]; }
Value cache_reduce(Value* args) { return get_attr(args[0], names.dunder_qualname); }

const MethodDef kMethods[] = {
    method_row("cache_info", "!($self, /)", cache_info, Effects::kCallsPython, "Report cache statistics"),
    method_row("cache_clear", "!($self, /)", cache_clear, Effects::kWrites, "Clear the cache and cache statistics"),
    reduce_row(cache_reduce), method_row("__copy__", "!($self, /)", return_self, Effects::kPure),
    method_row("__deepcopy__", "!($self, memo, /)", return_self, Effects::kPure), {}};
const GetSetDef kFields[] = {kDictRow, {}};

}  // namespace

bool add_lru_cache(Module* m) {
  static ClassSpec link{.name = "functools._lru_list_elem", .basicsize = sizeof(Link), .flags = kClassNoInstantiation,
                        .trace_kind = TraceKind::kCustom, .trace = trace_prefix<4>};
  static ClassSpec wrapper{.name = "functools._lru_cache_wrapper", .basicsize = sizeof(LruCache),
                           .flags = kClassBaseType | kClassHasDict | kClassHasWeakref | kClassMethodDescriptor, .trace_kind = TraceKind::kCustom,
                           .trace = trace_cache,
                           .doc = "Create a cached callable that wraps another function.\n\nuser_function: what is cached\nmaxsize: 0 for no "
                                  "caching, None for unlimited, n for a bounded cache\ntyped: cache equal arguments of different types apart\n"
                                  "cache_info_type: namedtuple class with the fields hits, misses, maxsize and currsize\n",
                           .methods = kMethods, .getset = kFields};
  wrapper.slots.call = cache_call;
  wrapper.slots.new_ = cache_new;
  wrapper.slots.descr_get = cache_get;
  if (!add_class(m, link, &link_class) || !add_class(m, wrapper, &wrapper_class)) return false;
  if (!keyword_mark) {
    keyword_mark = allocate_instance(types.object);
    heap.add_root_range(&keyword_mark, &keyword_mark + 1);
  }
  return dict_delete(m->dict(), intern("_lru_list_elem")) >= 0;
}

}  // namespace pyjit::runtime
