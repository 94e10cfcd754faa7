# tests/gc: 20 GB allocated through a live heap of 200 MB must stay under 500 MB of memory.
if(TARGET pyjit)
  add_test(NAME gc.churn COMMAND ${CMAKE_COMMAND} -E env $<TARGET_FILE:pyjit> ${CMAKE_CURRENT_LIST_DIR}/churn.py 20480 200 500)
  set_tests_properties(gc.churn PROPERTIES TIMEOUT 300)
endif()
