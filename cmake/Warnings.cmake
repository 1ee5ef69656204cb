# The warnings that every target of this project builds with. Errors by
# default; a packager with another compiler can switch that off. The presets of
# GCC's sanitizers do: what these add to the code makes GCC warn of what cannot
# be, and the release build has looked at the same sources.
option(WIRECOPY_WARNINGS_AS_ERRORS "Treat warnings as errors" ON)

add_library(wirecopy_warnings INTERFACE)
target_compile_options(wirecopy_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wformat=2
  -Wimplicit-fallthrough -Wnull-dereference
  $<$<BOOL:${WIRECOPY_WARNINGS_AS_ERRORS}>:-Werror>)
# GCC 12 reports null dereferences and overlaps inside the standard library's
# own inlined code at -O3; clang-tidy and the sanitizers cover these instead.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(wirecopy_warnings INTERFACE
    -Wno-null-dereference -Wno-restrict)
endif()
