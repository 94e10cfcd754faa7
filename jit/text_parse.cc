// Reads IR (the grammar is in text.h), as it stands or through a Builder.
#include <cstdlib>
#include <map>

#include "jit/text.h"

namespace pyjit::jit {
namespace {

class Reader {
 public:
  Reader(std::string_view text, const TextNames& names, Ir* ir, Builder* builder)
      : text_(text), names_(names), ir_(builder ? builder->ir() : *ir), builder_(builder) {}

  std::string run() {
    size_t number = 0;
    while (!text_.empty()) {
      size_t end = text_.find('\n');
      line_ = text_.substr(0, end);
      text_.remove_prefix(end == std::string_view::npos ? text_.size() : end + 1);
      ++number;
      if (size_t comment = line_.find(';'); comment != std::string_view::npos) line_ = line_.substr(0, comment);
      skip();
      if (line_.empty()) continue;
      statement();
      skip();
      if (error_.empty() && !line_.empty()) error_ = "unexpected '" + std::string(line_) + "'";
      if (!error_.empty()) return "line " + std::to_string(number) + ": " + error_;
    }
    return {};
  }

 private:
  void skip() {
    while (!line_.empty() && (line_.front() == ' ' || line_.front() == '\t' || line_.front() == '\r')) line_.remove_prefix(1);
  }
  bool take(std::string_view token) {
    skip();
    if (!line_.starts_with(token)) return false;
    line_.remove_prefix(token.size());
    return true;
  }
  void expect(std::string_view token) {
    if (!take(token) && error_.empty()) error_ = "expected '" + std::string(token) + "'";
  }
  void bad(const std::string& what) {
    if (error_.empty()) error_ = what;
  }
  std::string word() {
    skip();
    size_t n = 0;
    while (n < line_.size() && (std::isalnum(static_cast<unsigned char>(line_[n])) || line_[n] == '_' || line_[n] == '.')) ++n;
    std::string result(line_.substr(0, n));
    line_.remove_prefix(n);
    return result;
  }
  int64_t number() {
    skip();
    std::string copy(line_);
    char* end;
    errno = 0;
    int64_t value = static_cast<int64_t>(copy[0] == '-' ? static_cast<uint64_t>(std::strtoll(copy.c_str(), &end, 0)) : std::strtoull(copy.c_str(), &end, 0));
    if (end == copy.c_str()) bad("number expected");
    line_.remove_prefix(static_cast<size_t>(end - copy.c_str()));
    return value;
  }
  Ref value() {
    skip();
    if (take("%")) {
      int64_t n = number();
      auto found = refs_.find(n);
      if (found == refs_.end()) bad("%" + std::to_string(n) + " is not defined");
      return found == refs_.end() ? kNoRef : found->second;
    }
    if (take("true")) return ir_.k_bool(true);
    if (take("false")) return ir_.k_bool(false);
    if (take("none")) return ir_.k_val(runtime::Value::none());
    if (take("val:")) return ir_.add_const(Type::kVal, static_cast<uint64_t>(number()));
    if (take("obj:")) return ir_.add_const(Type::kObj, static_cast<uint64_t>(number()));
    if (take("f:")) return ir_.add_const(Type::kF64, static_cast<uint64_t>(number()));
    std::string copy(line_);
    size_t n = 0;
    bool real = false, hex = copy.starts_with("0x");
    while (n < copy.size() && (std::isalnum(static_cast<unsigned char>(copy[n])) || copy[n] == '.' ||
                               ((copy[n] == '-' || copy[n] == '+') && (n == 0 || (!hex && (copy[n - 1] == 'e')))))) {
      real |= !hex && (copy[n] == '.' || copy[n] == 'e');
      ++n;
    }
    if (real) {
      char* end;
      double d = std::strtod(copy.c_str(), &end);
      line_.remove_prefix(static_cast<size_t>(end - copy.c_str()));
      return ir_.k_f64(d);
    }
    int64_t k = number();
    if (line_.starts_with("w")) {
      line_.remove_prefix(1);
      return ir_.k_word(static_cast<uint64_t>(k));
    }
    return ir_.k_i64(k);
  }
  bool at_value() {
    skip();
    return !line_.empty() && (line_.front() == '%' || line_.front() == '-' || std::isdigit(static_cast<unsigned char>(line_.front())) ||
                              line_.starts_with("true") || line_.starts_with("false") || line_.starts_with("none") ||
                              line_.starts_with("val:") || line_.starts_with("obj:") || line_.starts_with("f:"));
  }

  void statement() {
    if (take("trace ")) {
      std::string kind = word();
      ir_.kind = kind == "function" ? TraceKind::kFunction : TraceKind::kLoop;
      return;
    }
    if (take("snap ")) return snapshot();
    int64_t result = -1;
    if (take("%")) {
      result = number();
      expect("=");
    }
    std::string name = word(), suffix;
    if (size_t dot = name.find('.'); dot != std::string::npos) {
      suffix = name.substr(dot + 1);
      name.resize(dot);
    }
    for (int i = 0; i < kOpCount; ++i)
      if (name == kOpInfo[i].text) return instruction(static_cast<Op>(i), suffix, result);
    bad("no operation '" + name + "'");
  }

  void snapshot() {
    Snapshot snap{};
    while (!take("{")) {
      std::string key = word();
      expect("=");
      int64_t n = number();
      if (key == "pc") snap.pc = static_cast<uint64_t>(n);
      else if (key == "frame") snap.frame = static_cast<int16_t>(n);
      else if (key == "kind") snap.kind = static_cast<uint8_t>(n);
      else bad("no snapshot field '" + key + "'");
      if (!error_.empty()) return;
    }
    snap.at = ir_.end();
    snap.first = static_cast<uint32_t>(ir_.entries_.size());
    while (!take("}") && error_.empty()) {
      int16_t slot = static_cast<int16_t>(number());
      expect(":");
      Ref ref = value();
      if (builder_) builder_->set_slot(slot, ref);
      else ir_.entries_.push_back({slot, ref});
      take(",");
    }
    if (builder_) return builder_->resume_at(snap.pc, snap.frame, snap.kind);
    snap.count = static_cast<uint16_t>(ir_.entries_.size() - snap.first);
    if (ir_.snaps.empty()) ir_.start = snap;
    ir_.snaps.push_back(snap);
  }

  Ref emit(Op op, Type type, Ref a, Ref b, uint32_t imm) {
    if (!builder_) return ir_.append(op, type, a, b, imm);
    switch (op) {
      case Op::SLOAD: return builder_->slot(static_cast<int16_t>(imm), type);
      case Op::REPEAT: builder_->end_repeat(); return kNoRef;
      case Op::EXIT: builder_->end_exit(); return kNoRef;
      case Op::RET: builder_->end_return(a); return kNoRef;
      default: return builder_->emit(op, type, a, b, imm);
    }
  }

  void instruction(Op op, const std::string& suffix, int64_t result) {
    const OpInfo& about = info(op);
    Type type = Type::kVoid;
    switch (about.result) {
      case 'b': type = Type::kBool; break;
      case 'i': type = Type::kI64; break;
      case 'f': type = Type::kF64; break;
      case 'w': type = Type::kWord; break;
      case 'o': type = Type::kObj; break;
      case 'v': type = Type::kVal; break;
      case 't': case 'n':
        for (int i = 0; i < kTypeCount; ++i)
          if (suffix == type_name(static_cast<Type>(i))) type = static_cast<Type>(i);
        if (type == Type::kVoid && op != Op::CALL) return bad("result type expected");
        break;
      default: break;
    }
    Ref a = kNoRef, b = kNoRef;
    uint32_t imm = 0;
    if (op == Op::CALL) {
      std::string name = word();
      bool found = false;
      for (const CallTarget& target : names_.calls) {
        if (target.name != name) continue;
        found = true;
        for (imm = 0; imm < ir_.calls.size() && ir_.calls[imm].function != target.function;) ++imm;
        if (imm == ir_.calls.size()) ir_.calls.push_back(target);
      }
      if (!found) return bad("no call target '" + name + "'");
      expect("(");
      while (!take(")") && error_.empty()) {
        a = emit(Op::CARG, Type::kVoid, a, value(), 0);
        take(",");
      }
    } else {
      if (about.a != '-' && at_value()) a = value();
      if (about.b != '-' && at_value()) b = value();
    }
    switch (about.imm) {
      case 's': expect("#"); imm = static_cast<uint16_t>(number()); break;
      case 'u': imm = static_cast<uint32_t>(number()); break;
      case 'm': {
        bool minus = take("-");
        if (!minus) expect("+");
        int64_t offset = number();
        expect(".");
        std::string kind = word();
        expect("@");
        int64_t alias = number();
        bool found = false;
        for (int i = 0; i < kMemKindCount; ++i) {
          if (kind != kMemKinds[i].text) continue;
          imm = Mem(static_cast<int>(minus ? -offset : offset), static_cast<MemKind>(i), static_cast<uint16_t>(alias)).pack();
          found = true;
        }
        if (!found) bad("no memory kind '" + kind + "'");
        break;
      }
      case 'r': {
        expect("<<");
        int shift = static_cast<int>(number());
        bool minus = take("-");
        if (!minus) expect("+");
        int64_t displacement = number();
        imm = pack_aref(static_cast<int32_t>(minus ? -displacement : displacement), shift);
        break;
      }
      case 'a': {
        std::string name = word();
        bool found = false;
        for (const AllocSpec* spec : names_.allocs) {
          if (spec->name != name) continue;
          found = true;
          for (imm = 0; imm < ir_.allocs.size() && ir_.allocs[imm] != spec;) ++imm;
          if (imm == ir_.allocs.size()) ir_.allocs.push_back(spec);
        }
        if (!found) bad("no allocation '" + name + "'");
        break;
      }
      case 't': {
        bool minus = take("-");
        if (!minus) take("+");
        int64_t delta = number();
        imm = static_cast<uint32_t>(ir_.trace_calls.size());
        ir_.trace_calls.push_back({nullptr, static_cast<int16_t>(minus ? -delta : delta)});
        break;
      }
      default: break;
    }
    if (!error_.empty()) return;
    if (op == Op::LOOP) ir_.loop = ir_.end();
    Ref ref = emit(op, type, a, b, imm);
    if (result >= 0) refs_[result] = ref;
  }

  std::string_view text_, line_;
  const TextNames& names_;
  Ir& ir_;
  Builder* builder_;
  std::map<int64_t, Ref> refs_;
  std::string error_;
};

}  // namespace

std::string read_ir(std::string_view text, const TextNames& names, Ir* ir) {
  ir->clear();
  return Reader(text, names, ir, nullptr).run();
}

std::string read_into(std::string_view text, const TextNames& names, Builder* builder) {
  builder->start(TraceKind::kLoop);
  return Reader(text, names, nullptr, builder).run();
}

}  // namespace pyjit::jit
