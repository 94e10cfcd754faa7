# tests/style: the tree is as clang-format leaves it (scripts/format_pending.txt: what is not yet).
find_program(CLANG_FORMAT clang-format)
if(CLANG_FORMAT)
  add_test(NAME style.format COMMAND ${CMAKE_SOURCE_DIR}/scripts/format --check)
endif()
