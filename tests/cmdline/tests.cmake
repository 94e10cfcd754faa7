# tests/cmdline: invocations of the program compared with CPython 3.11's.
set(CMDLINE_ORACLE $ENV{PYJIT_ORACLE})
if(NOT CMDLINE_ORACLE)
  set(CMDLINE_ORACLE /usr/bin/python3.11)
endif()
if(TARGET pyjit AND EXISTS ${CMDLINE_ORACLE})
  add_test(NAME cmdline COMMAND ${CMDLINE_ORACLE} ${CMAKE_CURRENT_LIST_DIR}/run.py --oracle ${CMDLINE_ORACLE} --pyjit $<TARGET_FILE:pyjit>)
  set_tests_properties(cmdline PROPERTIES TIMEOUT 900)
endif()
