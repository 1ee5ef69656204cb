#include "cli/serve/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace wirecopy::cli {
namespace {

using ::testing::HasSubstr;

TEST(MetricsTest, CountsByRouteAndCode) {
  Metrics metrics;
  metrics.CountReply("/v1/query", 200, 0.003);
  metrics.CountReply("/v1/query", 200, 0.5);
  metrics.CountReply("/v1/query", 400, 99);
  metrics.CountReply("", 429, 0);
  metrics.CountAnswer("add", "new");
  const std::string text = metrics.Text({{"gauge", "What it is.", 7}});
  for (const char* line :
       {"# HELP gauge What it is.\n# TYPE gauge gauge\ngauge 7\n",
        "wirecopy_http_requests_total{route=\"/v1/query\",code=\"200\"} 2\n",
        "wirecopy_http_requests_total{route=\"/v1/query\",code=\"400\"} 1\n",
        "wirecopy_http_requests_total{route=\"other\",code=\"429\"} 1\n",
        "wirecopy_answers_total{action=\"add\",status=\"new\"} 1\n",
        "seconds_bucket{route=\"/v1/query\",le=\"0.0025\"} 0\n",
        "seconds_bucket{route=\"/v1/query\",le=\"0.005\"} 1\n",
        "seconds_bucket{route=\"/v1/query\",le=\"0.5\"} 2\n",
        "seconds_bucket{route=\"/v1/query\",le=\"10\"} 2\n",
        "seconds_bucket{route=\"/v1/query\",le=\"+Inf\"} 3\n",
        "seconds_sum{route=\"/v1/query\"} 99.503\n",
        "seconds_count{route=\"/v1/query\"} 3\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

}  // namespace
}  // namespace wirecopy::cli
