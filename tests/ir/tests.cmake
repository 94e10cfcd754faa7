# tests/ir: IR text in, IR text out.
add_executable(ir_check ${CMAKE_CURRENT_SOURCE_DIR}/ir/ir_check.cc)
target_link_libraries(ir_check PRIVATE pyjit_jit)
file(GLOB IR_FILES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/ir/*.ir)
add_test(NAME ir COMMAND ir_check ${IR_FILES})
