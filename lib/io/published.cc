#include "io/published.h"

#include <string>

namespace wirecopy {

std::optional<Published> ParsePublished(std::string_view text) {
  struct Form {
    const char* format;
    bool has_zone;
  };
  constexpr Form kForms[] = {
      {"%Y-%m-%d%ET%H:%M:%E*S%Ez", true}, {"%Y-%m-%d %H:%M:%E*S%Ez", true},
      {"%Y-%m-%d%ET%H:%M%Ez", true},      {"%Y-%m-%d%ET%H:%M:%E*S", false},
      {"%Y-%m-%d %H:%M:%E*S", false},     {"%Y-%m-%d%ET%H:%M", false},
      {"%Y-%m-%d", false},
  };
  const std::string input(text);
  for (const Form& form : kForms) {
    absl::Time time;
    std::string error;
    if (absl::ParseTime(form.format, input, &time, &error) &&
        time != absl::InfiniteFuture() && time != absl::InfinitePast()) {
      return Published{time, !form.has_zone};
    }
  }
  return std::nullopt;
}

}  // namespace wirecopy
