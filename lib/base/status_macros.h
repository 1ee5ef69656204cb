// Early returns on absl::Status: the functions that read outside bytes pass
// errors upward, and these two keep that from hiding what they do.

#ifndef WIRECOPY_BASE_STATUS_MACROS_H_
#define WIRECOPY_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define WIRECOPY_RETURN_IF_ERROR(expression)           \
  do {                                                 \
    absl::Status wirecopy_status = (expression);       \
    if (!wirecopy_status.ok()) return wirecopy_status; \
  } while (false)

#define WIRECOPY_CONCAT_INNER(a, b) a##b
#define WIRECOPY_CONCAT(a, b) WIRECOPY_CONCAT_INNER(a, b)

#define WIRECOPY_ASSIGN_OR_RETURN(target, expression)                       \
  WIRECOPY_ASSIGN_OR_RETURN_AS(WIRECOPY_CONCAT(wirecopy_result_, __LINE__), \
                               target, expression)

// NOLINTBEGIN(bugprone-macro-parentheses): a declaration takes no parentheses.
#define WIRECOPY_ASSIGN_OR_RETURN_AS(result, target, expression) \
  auto result = (expression);                                    \
  if (!result.ok()) return std::move(result).status();           \
  target = *std::move(result)
// NOLINTEND(bugprone-macro-parentheses)

#endif  // WIRECOPY_BASE_STATUS_MACROS_H_
