# Comparisons with the reference python3.11: $PYJIT_ORACLE, /usr/bin/python3.11 by default.
set(PYJIT_ORACLE_PROGRAM /usr/bin/python3.11)
if(DEFINED ENV{PYJIT_ORACLE})
  set(PYJIT_ORACLE_PROGRAM $ENV{PYJIT_ORACLE})
endif()

add_executable(unicode_dump ${CMAKE_CURRENT_LIST_DIR}/unicode_dump.cc)
target_link_libraries(unicode_dump PRIVATE pyjit_unicode)
add_test(NAME oracle.unicode COMMAND ${PYJIT_ORACLE_PROGRAM} ${CMAKE_CURRENT_LIST_DIR}/unicode_check.py $<TARGET_FILE:unicode_dump>)

add_executable(frontend_dump ${CMAKE_CURRENT_LIST_DIR}/frontend_dump.cc)
target_link_libraries(frontend_dump PRIVATE pyjit_frontend)
add_test(NAME oracle.ast_stdlib
         COMMAND ${PYJIT_ORACLE_PROGRAM} ${CMAKE_CURRENT_LIST_DIR}/ast_check.py $<TARGET_FILE:frontend_dump> /usr/lib/python3.11)

add_executable(pyjit_frontend_tool ${CMAKE_CURRENT_LIST_DIR}/compile_tool.cc)
target_link_libraries(pyjit_frontend_tool PRIVATE pyjit_frontend)
set(COMPILE_CHECK ${PYJIT_ORACLE_PROGRAM} ${CMAKE_CURRENT_LIST_DIR}/compile_check.py $<TARGET_FILE:pyjit_frontend_tool>)
add_test(NAME oracle.compile_stdlib COMMAND ${COMPILE_CHECK} -a /usr/lib/python3.11)
add_test(NAME oracle.compile_stdlib_O COMMAND ${COMPILE_CHECK} -a -O 1 -n 3 /usr/lib/python3.11)
add_test(NAME oracle.compile_stdlib_OO COMMAND ${COMPILE_CHECK} -a -O 2 -n 3 /usr/lib/python3.11)
