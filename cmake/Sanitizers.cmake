# -DWIRECOPY_SANITIZE=address,undefined | thread | ... for the whole build.
set(WIRECOPY_SANITIZE "" CACHE STRING "Sanitizers, comma separated")
if(WIRECOPY_SANITIZE)
  add_compile_options(-fsanitize=${WIRECOPY_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
  add_link_options(-fsanitize=${WIRECOPY_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    add_compile_options(
      "-fsanitize-ignorelist=${CMAKE_CURRENT_LIST_DIR}/sanitizer_ignorelist.txt")
  endif()
endif()

option(WIRECOPY_COVERAGE "Instrument for line coverage (gcov)" OFF)
if(WIRECOPY_COVERAGE)
  add_compile_options(--coverage -O0 -g)
  add_link_options(--coverage)
endif()
