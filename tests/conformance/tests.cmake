# tests/conformance: CPython's own test modules, where the oracle's installation has them; nothing that passed may stop passing.
set(CONFORMANCE_ORACLE $ENV{PYJIT_ORACLE})
if(NOT CONFORMANCE_ORACLE)
  set(CONFORMANCE_ORACLE /usr/bin/python3.11)
endif()
if(EXISTS ${CONFORMANCE_ORACLE} AND TARGET pyjit)
  execute_process(COMMAND ${CONFORMANCE_ORACLE} -c "import test.test_grammar" RESULT_VARIABLE CONFORMANCE_MISSING OUTPUT_QUIET ERROR_QUIET)
  if(CONFORMANCE_MISSING EQUAL 0)
    add_test(NAME conformance COMMAND ${CONFORMANCE_ORACLE} ${CMAKE_SOURCE_DIR}/tests/conformance/run.py --pyjit $<TARGET_FILE:pyjit>
                                      --option=--no-jit)
    set_tests_properties(conformance PROPERTIES TIMEOUT 600)
  endif()
endif()
