#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "report/match_records.h"

namespace wirecopy {
namespace {

// 1234567 as "1,234,567".
std::string Grouped(uint64_t n) {
  std::string digits = absl::StrCat(n);
  for (size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

std::string Count(uint64_t n, const char* noun) {
  return absl::StrCat(Grouped(n), " ", noun, n == 1 ? "" : "s");
}

std::string Opening(const RunStats& stats) {
  const double megabytes = static_cast<double>(stats.bytes) / 1e6;
  std::string text = absl::StrFormat(
      "%s read, %.1f MB in %.2f s (%.0f MB/s)\n", Count(stats.read, "document"),
      megabytes, stats.seconds, megabytes / std::max(stats.seconds, 1e-9));
  if (stats.rejected > 0) {
    absl::StrAppend(&text, "  ", Count(stats.rejected, "record"),
                    " rejected (--rejects FILE lists them); the first:\n    ",
                    stats.first_rejection, "\n");
  }
  if (stats.invalid_utf8 > 0) {
    absl::StrAppend(&text, "  ", Count(stats.invalid_utf8, "ill-formed piece"),
                    " of text read as U+FFFD\n");
  }
  if (stats.unreadable_dates > 0) {
    absl::StrAppend(&text, "  ", Count(stats.unreadable_dates, "date"),
                    " could not be read\n");
  }
  if (stats.unused_metadata > 0) {
    absl::StrAppend(&text, "  ", Count(stats.unused_metadata, "metadata row"),
                    " without a document\n");
  }
  return text;
}

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
  std::string text =
      absl::StrCat("  ", Count(cluster.members.size(), "document"), ", kept ",
                   Name(*cluster.kept), "\n");
  size_t shown = 0;
  for (size_t i = 0; i < cluster.members.size(); ++i) {
    if (*cluster.members[i] == *cluster.kept) continue;
    if (shown == kMostMembers) {
      absl::StrAppend(&text, "    and ",
                      Grouped(cluster.members.size() - 1 - shown), " more\n");
      break;
    }
    absl::StrAppendFormat(&text, "    %.3f  %s\n", cluster.similarities[i],
                          Name(*cluster.members[i]));
    ++shown;
  }
  return text;
}

}  // namespace

std::string DedupSummary(const RunStats& stats,
                         const std::vector<ClusterRecord>& clusters) {
  std::string text = Opening(stats);
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
  return Opening(stats) + Method(stats);
}

}  // namespace wirecopy
