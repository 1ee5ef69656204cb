#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "report/match_records.h"

namespace wirecopy {
namespace {

std::string Method(const RunStats& stats) {
  const MatchParameters& p = stats.parameters;
  std::string text =
      absl::StrFormat("  %s of at least %g, %d-%s shingles, ", p.measure,
                      p.threshold, p.shingle_size, p.shingle_unit);
  if (p.bands > 0) {
    absl::StrAppendFormat(
        &text, "%d bands of %d: finds %.2f %% of pairs at the threshold\n",
        p.bands, p.rows, 100 * stats.expected_recall);
  } else {
    absl::StrAppend(&text, "exact join: finds every pair\n");
  }
  absl::StrAppend(&text, "  ", Count(stats.candidates, "pair"), " compared, ",
                  Grouped(stats.verified_pairs), " verified\n");
  return text;
}

std::string Name(const DocumentId& id) {
  constexpr size_t kMostBytes = 60;
  if (id.text.size() <= kMostBytes) return id.text;
  size_t end = kMostBytes;
  while ((static_cast<unsigned char>(id.text[end]) & 0xC0) == 0x80) --end;
  return absl::StrCat(id.text.substr(0, end), "...");
}

std::string ClusterLines(const ClusterRecord& cluster) {
  constexpr size_t kMostMembers = 4;
  const size_t size = cluster.members.size() + cluster.left_out;
  std::string text = absl::StrCat("  ", Count(size, "document"), ", kept ",
                                  Name(cluster.kept), "\n");
  size_t shown = 0;
  for (size_t i = 0; i < cluster.members.size(); ++i) {
    if (cluster.members[i] == cluster.kept) continue;
    if (shown == kMostMembers) {
      absl::StrAppend(&text, "    and ", Grouped(size - 1 - shown), " more\n");
      break;
    }
    absl::StrAppendFormat(&text, "    %.3f  %s\n", cluster.similarities[i],
                          Name(cluster.members[i]));
    ++shown;
  }
  return text;
}

}  // namespace

std::string DedupSummary(const RunStats& stats,
                         const std::vector<ClusterRecord>& clusters) {
  std::string text = InputSummary(stats);
  absl::StrAppend(&text, "  ", Grouped(stats.kept), " kept, ",
                  Grouped(stats.removed), " removed in ",
                  Count(stats.clusters, "cluster"), "\n", Method(stats));
  if (clusters.empty()) return text;
  absl::StrAppend(&text,
                  "largest clusters, with each document's similarity "
                  "to the one kept:\n");
  for (const ClusterRecord& cluster : clusters) text += ClusterLines(cluster);
  return text;
}

std::string PairsSummary(const RunStats& stats) {
  return InputSummary(stats) + Method(stats);
}

}  // namespace wirecopy
