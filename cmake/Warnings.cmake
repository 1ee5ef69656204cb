# The warnings that every target of this project builds with. Errors by
# default; a packager with another compiler can switch that off.
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
  # What else it tells from the flow of values it reports there, too, once a
  # header is precompiled, for it forgets which were the system's; and the
  # sanitizers' own code makes it see what cannot be.
  if(WIRECOPY_BUILD_ONCE OR WIRECOPY_SANITIZE)
    target_compile_options(wirecopy_warnings INTERFACE
      -Wno-array-bounds -Wno-dangling-pointer -Wno-free-nonheap-object
      -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-stringop-overread
      -Wno-use-after-free)
  endif()
  # An unnamed namespace is a file's own; but sources that are compiled as one
  # are not what GCC calls the main file.
  if(WIRECOPY_BUILD_ONCE)
    target_compile_options(wirecopy_warnings INTERFACE -Wno-subobject-linkage)
  endif()
elseif(WIRECOPY_SANITIZE)
  # GCC's -Wconversion leaves signs out, and so do tests, which Clang compiles
  # with sanitizers alone. The check with clang-tidy has them, for all others.
  target_compile_options(wirecopy_warnings INTERFACE -Wno-sign-conversion)
endif()
