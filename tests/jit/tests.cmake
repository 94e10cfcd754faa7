# tests/jit: what loops compile to.
find_program(JIT_CHECK_PYTHON python3.11 python3)
if(TARGET pyjit AND JIT_CHECK_PYTHON)
  add_test(NAME jit.loops COMMAND ${JIT_CHECK_PYTHON} ${CMAKE_SOURCE_DIR}/tests/jit/check.py --pyjit $<TARGET_FILE:pyjit>)
  add_test(NAME jit.arena COMMAND ${JIT_CHECK_PYTHON} ${CMAKE_SOURCE_DIR}/tests/jit/arena.py --pyjit $<TARGET_FILE:pyjit>)
endif()
