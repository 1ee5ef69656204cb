// What a fuzz target asserts with: it counts in every build, NDEBUG or not.

#ifndef WIRECOPY_TESTS_FUZZ_FUZZ_CHECK_H_
#define WIRECOPY_TESTS_FUZZ_FUZZ_CHECK_H_

#include <cstdio>
#include <cstdlib>

#define FUZZ_CHECK(condition)                                         \
  do {                                                                \
    if (!(condition)) {                                               \
      std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, \
                   #condition);                                       \
      std::abort();                                                   \
    }                                                                 \
  } while (false)

#endif  // WIRECOPY_TESTS_FUZZ_FUZZ_CHECK_H_
