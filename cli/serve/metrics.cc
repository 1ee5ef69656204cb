#include "cli/serve/metrics.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace wirecopy::cli {
namespace {

void Head(std::string_view name, std::string_view type, std::string_view help,
          std::string* text) {
  absl::StrAppendFormat(text, "# HELP %s %s\n# TYPE %s %s\n", std::string(name),
                        std::string(help), std::string(name),
                        std::string(type));
}

// Routes and names are ours, and hold nothing to be escaped.
std::string RouteName(std::string_view route) {
  return route.empty() ? "other" : std::string(route);
}

}  // namespace

void Metrics::CountReply(std::string_view route, int status, double seconds) {
  const std::lock_guard lock(mutex_);
  ++replies_[{RouteName(route), status}];
  Durations& durations = durations_[RouteName(route)];
  const auto bound = std::lower_bound(kBounds.begin(), kBounds.end(), seconds);
  ++durations.counts[static_cast<size_t>(bound - kBounds.begin())];
  durations.sum += seconds;
}

void Metrics::CountAnswer(std::string_view action, std::string_view status) {
  const std::lock_guard lock(mutex_);
  ++answers_[{std::string(action), std::string(status)}];
}

std::string Metrics::Text(const std::vector<Figure>& figures) const {
  std::string text;
  for (const Figure& figure : figures) {
    Head(figure.name, figure.type, figure.help, &text);
    absl::StrAppend(&text, std::string(figure.name), " ", figure.value, "\n");
  }
  const std::lock_guard lock(mutex_);
  Head("wirecopy_http_requests_total", "counter", "Replies by route and code.",
       &text);
  for (const auto& [key, count] : replies_) {
    absl::StrAppendFormat(
        &text, "wirecopy_http_requests_total{route=\"%s\",code=\"%d\"} %d\n",
        key.first, key.second, count);
  }
  Head("wirecopy_answers_total", "counter",
       "Documents answered for, by action and status.", &text);
  for (const auto& [key, count] : answers_) {
    absl::StrAppendFormat(
        &text, "wirecopy_answers_total{action=\"%s\",status=\"%s\"} %d\n",
        key.first, key.second, count);
  }
  constexpr std::string_view kSeconds = "wirecopy_http_request_seconds";
  Head(kSeconds, "histogram",
       "From a request's first byte to the end of its reply.", &text);
  for (const auto& [route, durations] : durations_) {
    uint64_t below = 0;
    for (size_t i = 0; i < durations.counts.size(); ++i) {
      below += durations.counts[i];
      const std::string bound =
          i < kBounds.size() ? absl::StrCat(kBounds[i]) : "+Inf";
      absl::StrAppendFormat(
          &text,
          "wirecopy_http_request_seconds_bucket{route=\"%s\",le=\"%s\"} %d\n",
          route, bound, below);
    }
    absl::StrAppendFormat(
        &text,
        "wirecopy_http_request_seconds_sum{route=\"%s\"} %g\n"
        "wirecopy_http_request_seconds_count{route=\"%s\"} %d\n",
        route, durations.sum, route, below);
  }
  return text;
}

}  // namespace wirecopy::cli
