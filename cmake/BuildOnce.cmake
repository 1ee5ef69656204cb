# Half of the time that a source takes to compile goes to the standard library's
# and Abseil's headers. In a build that is made once, from a fresh clone, they are
# precompiled, and where no measured speed depends on what the compiler inlines,
# a dozen sources are compiled as one. It is off by default: a source that lacks
# an include may not be noticed, and a change would compile eleven others.
option(WIRECOPY_BUILD_ONCE "Precompile headers, compile sources together" OFF)

# precompile_headers(TARGET HEADER...): those that many of its sources include.
function(precompile_headers target)
  if(WIRECOPY_BUILD_ONCE)
    target_precompile_headers(${target} PRIVATE
      <algorithm> <functional> <map> <memory> <optional> <span> <string>
      <string_view> <vector>
      <absl/container/flat_hash_map.h> <absl/status/statusor.h>
      <absl/strings/str_cat.h> ${ARGN})
  endif()
endfunction()

set(sources_together "${CMAKE_CURRENT_LIST_DIR}/sources_together.py")

# compile_together(TARGET SOURCE...): those of TARGET's that are not what the
# build itself writes.
function(compile_together target)
  if(NOT WIRECOPY_BUILD_ONCE)
    return()
  endif()
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  execute_process(
    COMMAND "${Python3_EXECUTABLE}" "${sources_together}" 12 ${ARGN}
    OUTPUT_VARIABLE lines COMMAND_ERROR_IS_FATAL ANY)
  set_target_properties(${target} PROPERTIES
    UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  string(REGEX MATCHALL "[^\n]+" lines "${lines}")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^([0-9]+) (.+)$" line "${line}")
    set_source_files_properties("${CMAKE_MATCH_2}" PROPERTIES
      UNITY_GROUP ${CMAKE_MATCH_1})
  endforeach()
endfunction()
