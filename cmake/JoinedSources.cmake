# Sources of a target compiled several at a time (a unity build). Two thirds of
# what a compiler does for a source here is to read headers and to instantiate
# their templates. The builds with sanitizers and for fuzzing, which look at
# what code does, do so once for some ten sources. The release build keeps them
# apart, so that a source that includes too little is found there.
option(WIRECOPY_JOINED_SOURCES "Compile sources several at a time" OFF)

# Joins those of `sources` that go together.
function(join_sources target)
  if(NOT WIRECOPY_JOINED_SOURCES)
    return()
  endif()
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  execute_process(
    COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/cmake/joined_sources.py"
            "${PROJECT_SOURCE_DIR}" 10 ${ARGN}
    OUTPUT_VARIABLE numbers OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ";" numbers "${numbers}")
  foreach(source number IN ZIP_LISTS ARGN numbers)
    set_source_files_properties("${source}" PROPERTIES
      UNITY_GROUP "${target}_${number}")
  endforeach()
  set_target_properties(${target} PROPERTIES
    UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  # What is included counts as a header to GCC, whose types should not be made
  # of an unnamed namespace's.
  target_compile_options(${target} PRIVATE
    $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endfunction()
