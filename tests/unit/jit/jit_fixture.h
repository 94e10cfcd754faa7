// What the JIT's tests share: a frame, a fake thread, objects of a few sizes, and a structural printout of both.
#pragma once
#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "jit/engine.h"
#include "jit/ir_interp.h"
#include "jit/opt.h"
#include "jit/text.h"
#include "jit/verify.h"

namespace pyjit::jit::test {

using runtime::Value;

struct FakeThread {
  uint32_t poll = 0;
  uint32_t pad = 0;
  uint64_t stack_limit = 0;  // +8
  uint64_t cursor = 0, limit = 0;
};

// An object as the tests know it: header word, a Value, a raw word, a Value.
struct TestObject {
  uint64_t header;
  uint64_t words[3];
};
inline constexpr uint64_t kNodeHeader = 0x77;

// A bump heap below no particular address; slow() starts a new chunk, so that both paths of NEW run.
class TestHeap {
 public:
  static TestHeap& get() {
    static TestHeap heap;
    return heap;
  }
  static void* slow(void*, const AllocSpec* spec) {
    TestHeap& heap = get();
    ++heap.slow_calls;
    constexpr size_t kChunk = 40 * sizeof(TestObject);
    char* chunk = static_cast<char*>(std::calloc(1, kChunk));
    heap.chunks_.push_back(chunk);
    heap.cursor = reinterpret_cast<uint64_t>(chunk) + spec->size;
    heap.limit = reinterpret_cast<uint64_t>(chunk) + kChunk;
    return chunk;
  }
  AllocSpec spec;
  uint64_t cursor = 0, limit = 0;
  int slow_calls = 0;

 private:
  TestHeap() {
    spec = AllocSpec{sizeof(TestObject), false, reinterpret_cast<int64_t>(&cursor), reinterpret_cast<int64_t>(&limit), &slow, "node"};
  }
  std::vector<char*> chunks_;
};

// Text of values and of the objects they reach: addresses become numbers in order of discovery.
class Describe {
 public:
  std::string operator()(Value value) {
    char buffer[64];
    if (value.is_int()) return std::to_string(value.as_int());
    if (value.is_double()) {
      std::snprintf(buffer, sizeof buffer, "f%a", value.as_double());
      return buffer;
    }
    if (!value.is_object()) {
      std::snprintf(buffer, sizeof buffer, "v%llx", static_cast<unsigned long long>(value.bits()));
      return buffer;
    }
    auto* object = value.as<TestObject>();
    auto [found, fresh] = seen_.try_emplace(object, static_cast<int>(seen_.size()));
    std::string text = "@" + std::to_string(found->second);
    if (!fresh) return text;
    std::snprintf(buffer, sizeof buffer, "(%llx raw %llx ", static_cast<unsigned long long>(object->header),
                  static_cast<unsigned long long>(object->words[1]));
    text += buffer + (*this)(Value::from_bits(object->words[0]));
    return text + " " + (*this)(Value::from_bits(object->words[2])) + ")";
  }

 private:
  std::map<TestObject*, int> seen_;
};

inline uint64_t add_three(uint64_t a, uint64_t b, uint64_t c) { return a + b + c; }
inline double scale(double x, int64_t n) { return x * static_cast<double>(n); }
inline uint64_t many(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f) { return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f; }
inline uint64_t null_if(uint64_t v, int64_t n) { return n ? v : 0; }
inline int bump_calls = 0;
inline void bump_word(uint64_t* where) { ++*where, ++bump_calls; }

inline TextNames names() {
  TextNames result;
  auto function = [](auto* f) { return reinterpret_cast<const void*>(f); };
  result.calls = {{function(&add_three), "add_three", Type::kWord, 0, 0},
                  {function(&scale), "scale", Type::kF64, 0, 0},
                  {function(&many), "many", Type::kWord, 0, 0},
                  {function(&null_if), "null_if", Type::kVal, kCallReads, 0},
                  {function(&bump_word), "bump_word", Type::kVoid, kCallWrites, ~0ull}};
  result.allocs = {&TestHeap::get().spec};
  return result;
}

struct Frame {
  std::vector<Value> memory;
  Frame() : memory(256, Value::none()) {}
  Value* base() { return memory.data() + 32; }
  Value& operator[](int slot) { return base()[slot]; }
};

class JitTest : public ::testing::Test {
 protected:
  void SetUp() override { saved_ = options(); }
  void TearDown() override { options() = saved_; }

  Trace* compile(const Ir& ir) {
    Abort why;
    std::string error = verify(ir);
    EXPECT_EQ(error, "") << print_ir(ir);
    Trace* trace = Engine::get().compile(ir, &why);
    EXPECT_NE(trace, nullptr) << abort_text(why);
    return trace;
  }
  Trace* compile_text(const std::string& text) {
    Ir ir;
    EXPECT_EQ(read_ir(text, names(), &ir), "");
    return compile(ir);
  }
  uint64_t enter(Trace* trace) { return Engine::get().enter(trace, &thread_, frame_.base()); }

  FakeThread thread_;
  Frame frame_;
  Options saved_;
};

}  // namespace pyjit::jit::test
