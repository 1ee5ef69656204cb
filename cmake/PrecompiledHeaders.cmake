# Half of the time that a source takes to compile goes to the standard library's
# and Abseil's headers. With this they are read once a target. It is off by
# default: a source that lacks an include would not be noticed.
option(WIRECOPY_PRECOMPILED_HEADERS "Read common headers once a target" OFF)

# precompile_headers(TARGET HEADER...): those that many of its sources include.
function(precompile_headers target)
  if(WIRECOPY_PRECOMPILED_HEADERS)
    target_precompile_headers(${target} PRIVATE
      <algorithm> <functional> <map> <memory> <optional> <span> <string>
      <string_view> <vector>
      <absl/container/flat_hash_map.h> <absl/status/statusor.h>
      <absl/strings/str_cat.h> ${ARGN})
  endif()
endfunction()
