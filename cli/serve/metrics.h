// What a server counts, for Prometheus.

#ifndef WIRECOPY_CLI_SERVE_METRICS_H_
#define WIRECOPY_CLI_SERVE_METRICS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wirecopy::cli {

// Thread-safe.
class Metrics {
 public:
  // A reply on a route ("/v1/documents/{id}"; empty: none of ours).
  void CountReply(std::string_view route, int status, double seconds);
  // An answer for a document: new, duplicate...
  void CountAnswer(std::string_view action, std::string_view status);

  // What is counted elsewhere.
  struct Figure {
    std::string_view name;
    std::string_view help;
    uint64_t value = 0;
    std::string_view type = "gauge";
  };

  // Prometheus' text format 0.0.4.
  std::string Text(const std::vector<Figure>& figures) const;

 private:
  static constexpr std::array<double, 12> kBounds = {
      0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};

  struct Durations {
    std::array<uint64_t, kBounds.size() + 1> counts = {};
    double sum = 0;
  };

  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, uint64_t> replies_;
  std::map<std::string, Durations> durations_;
  std::map<std::pair<std::string, std::string>, uint64_t> answers_;
};

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_SERVE_METRICS_H_
