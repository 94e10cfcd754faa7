// mimalloc serves malloc and operator new of the whole program, the C and C++ libraries included; under AddressSanitizer it does not.
#ifndef PYJIT_ASAN
#include <gtest/gtest.h>
#include <mimalloc.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

namespace {

TEST(Allocator, MallocIsMimalloc) {
  void* p = malloc(1000);
  EXPECT_TRUE(mi_is_in_heap_region(p));
  p = realloc(p, 100000);
  EXPECT_TRUE(mi_is_in_heap_region(p));
  free(p);
  void* c = calloc(10, 10);
  EXPECT_TRUE(mi_is_in_heap_region(c));
  free(c);
}

TEST(Allocator, NewIsMimalloc) {
  auto one = std::make_unique<std::string>(1000, 'x');
  EXPECT_TRUE(mi_is_in_heap_region(one.get()));
  EXPECT_TRUE(mi_is_in_heap_region(one->data()));
  auto many = std::make_unique<double[]>(500);
  EXPECT_TRUE(mi_is_in_heap_region(many.get()));
}

TEST(Allocator, LibrariesUseIt) {
  char* copy = strdup("the C library allocates this");
  EXPECT_TRUE(mi_is_in_heap_region(copy));
  free(copy);
}

TEST(Allocator, OtherMemoryIsNot) {
  int local = 0;
  EXPECT_FALSE(mi_is_in_heap_region(&local));
}

}  // namespace
#endif
