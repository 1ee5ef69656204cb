#include "report/run_profile.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "report/json_line.h"

namespace wirecopy {
namespace {

// Of a run whose threads work that much of the time, only less work makes a
// faster one.
constexpr double kBusy = 0.85;

// Of less, most is threads that begin and end.
constexpr double kLeastSeconds = 0.05;

double Share(double part, double whole) { return whole > 0 ? part / whole : 0; }

StageCost Total(const RunProfile& profile) {
  StageCost total{"all", 0, 0};
  for (const StageCost& stage : profile.stages) {
    total.wall_seconds += stage.wall_seconds;
    total.processor_seconds += stage.processor_seconds;
  }
  return total;
}

// Seconds in which threads that there were did nothing.
double IdleSeconds(const StageCost& stage, int threads) {
  return std::max(0.0, stage.wall_seconds * threads - stage.processor_seconds);
}

// A stage's line of the table.
std::string Row(const StageCost& stage, const RunProfile& profile) {
  const auto bytes = static_cast<double>(profile.bytes);
  const double a_second = Share(bytes, stage.processor_seconds);
  return absl::StrFormat(
      "  %-8s %7.3f s %7.3f s %8.0f MB/s %5.1f %% %5.1f %%\n", stage.stage,
      stage.wall_seconds, stage.processor_seconds,
      Share(bytes, stage.wall_seconds) / 1e6,
      100 * Share(a_second, profile.memcpy_rate),
      100 * Share(a_second, profile.hash_rate));
}

}  // namespace

std::string BoundOf(const RunProfile& profile) {
  if (profile.stages.empty()) return "nothing was done";
  const StageCost total = Total(profile);
  if (total.wall_seconds < kLeastSeconds) {
    return "too short a run to tell what bounds it";
  }
  const double busy =
      Share(total.processor_seconds, total.wall_seconds * profile.threads);
  if (busy >= kBusy) {
    const auto most =
        std::max_element(profile.stages.begin(), profile.stages.end(),
                         [](const StageCost& a, const StageCost& b) {
                           return a.processor_seconds < b.processor_seconds;
                         });
    return absl::StrFormat(
        "bound by the processor, %.0f %% of whose time went to %s",
        100 * Share(most->processor_seconds, total.processor_seconds),
        most->stage);
  }
  const auto idle =
      std::max_element(profile.stages.begin(), profile.stages.end(),
                       [&](const StageCost& a, const StageCost& b) {
                         return IdleSeconds(a, profile.threads) <
                                IdleSeconds(b, profile.threads);
                       });
  const bool waits = idle->processor_seconds < kBusy * idle->wall_seconds;
  return absl::StrFormat(
      "%.0f %% of the processor time that there was went unused, most of it in "
      "%s, %s",
      100 * (1 - busy), idle->stage,
      waits ? "which waits for the system or for other programs"
            : "which does not keep all threads busy, or shares processors with "
              "other programs");
}

std::string ProfileText(const RunProfile& profile) {
  std::string text = absl::StrFormat(
      "profile: %d %s, %.1f MB\n"
      "  stage       wall   processor       rate  memcpy   XXH3\n",
      profile.threads, profile.threads == 1 ? "thread" : "threads",
      static_cast<double>(profile.bytes) / 1e6);
  for (const StageCost& stage : profile.stages) text += Row(stage, profile);
  text += Row(Total(profile), profile);
  absl::StrAppendFormat(&text,
                        "  one thread copies %.1f GB/s and hashes %.1f GB/s; "
                        "the last two columns "
                        "are shares of that, by processor time\n  %s\n",
                        profile.memcpy_rate / 1e9, profile.hash_rate / 1e9,
                        BoundOf(profile));
  return text;
}

std::string ProfileEvent(const RunProfile& profile) {
  JsonLine line;
  line.Add("level", "info").Add("event", "profile");
  line.Add("threads", profile.threads).Add("bytes", profile.bytes);
  line.BeginArray("stages");
  for (const StageCost& stage : profile.stages) {
    line.BeginElement()
        .Add("stage", std::string_view(stage.stage))
        .Add("wall_seconds", stage.wall_seconds)
        .Add("processor_seconds", stage.processor_seconds)
        .EndObject();
  }
  line.EndArray();
  line.Add("memcpy_bytes_a_second", profile.memcpy_rate)
      .Add("xxh3_bytes_a_second", profile.hash_rate)
      .Add("bound", std::string_view(BoundOf(profile)));
  return line.Finish();
}

}  // namespace wirecopy
