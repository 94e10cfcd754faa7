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
add_test(NAME oracle.nesting COMMAND ${PYJIT_ORACLE_PROGRAM} ${CMAKE_CURRENT_LIST_DIR}/nesting_check.py $<TARGET_FILE:frontend_dump>)
# What these modules of the reference test suite give to compile(), and mutations of it.
set(SYNTAX_SNIPPETS ${CMAKE_BINARY_DIR}/syntax_snippets.pickle)
add_test(NAME oracle.syntax_record
         COMMAND ${PYJIT_ORACLE_PROGRAM} -W ignore ${CMAKE_CURRENT_LIST_DIR}/syntax_record.py ${SYNTAX_SNIPPETS} test_syntax
                 test_exceptions test_fstring test_eof test_grammar test_unpack_ex test_positional_only_arg test_named_expressions
                 test_patma test_except_star test_string_literals test_codeop test_type_comments test_keywordonlyarg test_unpack
                 test_global test_flufl test_compile test_future test_genexps test_generators test_coroutines test_decorators
                 test_with test_lambda test_unicode_identifiers test_ast)
set_tests_properties(oracle.syntax_record PROPERTIES FIXTURES_SETUP syntax_snippets)
set(SYNTAX_CHECK ${PYJIT_ORACLE_PROGRAM} -W ignore ${CMAKE_CURRENT_LIST_DIR}/syntax_check.py $<TARGET_FILE:frontend_dump> ${SYNTAX_SNIPPETS})
add_test(NAME oracle.syntax COMMAND ${SYNTAX_CHECK})
add_test(NAME oracle.syntax_mutations COMMAND ${SYNTAX_CHECK} 50000 1)
set_tests_properties(oracle.syntax oracle.syntax_mutations PROPERTIES FIXTURES_REQUIRED syntax_snippets)

add_executable(pyjit_frontend_tool ${CMAKE_CURRENT_LIST_DIR}/compile_tool.cc)
target_link_libraries(pyjit_frontend_tool PRIVATE pyjit_frontend)
set(COMPILE_CHECK ${PYJIT_ORACLE_PROGRAM} ${CMAKE_CURRENT_LIST_DIR}/compile_check.py $<TARGET_FILE:pyjit_frontend_tool>)
add_test(NAME oracle.compile_stdlib COMMAND ${COMPILE_CHECK} /usr/lib/python3.11)
add_test(NAME oracle.compile_stdlib_O COMMAND ${COMPILE_CHECK} -O 1 -n 3 /usr/lib/python3.11)
add_test(NAME oracle.compile_stdlib_OO COMMAND ${COMPILE_CHECK} -O 2 -n 3 /usr/lib/python3.11)
add_test(NAME oracle.compile_snippets
         COMMAND ${PYJIT_ORACLE_PROGRAM} -W ignore ${CMAKE_CURRENT_LIST_DIR}/snippet_check.py $<TARGET_FILE:pyjit_frontend_tool>)
add_test(NAME oracle.compile_random
         COMMAND ${PYJIT_ORACLE_PROGRAM} ${CMAKE_CURRENT_LIST_DIR}/random_check.py $<TARGET_FILE:pyjit_frontend_tool> 1 3000)
