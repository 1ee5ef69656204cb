#include "provenance/pair_evidence.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "provenance/clock.h"
#include "provenance/crediting.h"
#include "provenance/layout.h"
#include "provenance/links.h"
#include "provenance/placement.h"
#include "provenance/quoting.h"

namespace wirecopy {
namespace {

// Nobody is shown an hour that nobody gave.
std::string DescribeTime(const PublicationTime& time) {
  const auto format = [&time](const std::string& form) {
    return absl::FormatTime(form, time.time, absl::UTCTimeZone());
  };
  if (StatedLength(time) == absl::Hours(24)) {
    return absl::StrCat(format("%E4Y-%m-%d"), " (the day alone)");
  }
  return absl::StrCat(format("%E4Y-%m-%d %H:%M:%S"),
                      time.is_uncertain ? " (without a zone)" : "");
}

void AppendClock(const PublicationTime& a, const PublicationTime& b,
                 std::vector<Evidence>* evidence) {
  const double log_odds = ClockLogOdds(a, b);
  if (log_odds == 0) return;
  evidence->push_back({"clock", log_odds,
                       absl::StrCat("a is dated ", DescribeTime(a), ", b ",
                                    DescribeTime(b), ", UTC"),
                       false});
}

}  // namespace

DocumentProfile PairEvidenceFinder::Profile(
    const EvidenceDocument& document) const {
  return ProfileDocument(document, names_);
}

PairEvidence PairEvidenceFinder::Find(const DocumentProfile& a,
                                      const DocumentProfile& b,
                                      std::span<const EvidencePassage> passages,
                                      bool use_dates) const {
  PairEvidence found;
  AppendAttribution(a, b, passages, &found.evidence);
  AppendLinks(a, b, &found.evidence);
  if (use_dates) AppendClock(a.published, b.published, &found.evidence);
  const Layout a_layout = LayOut(passages, PairSide::kA, a.text.text.size());
  const Layout b_layout = LayOut(passages, PairSide::kB, b.text.text.size());
  AppendQuoting(a.text, a_layout, b.text, b_layout, &found.evidence);
  AppendPlacement(MeasurePair(a, a_layout, b, b_layout, passages),
                  &found.evidence);
  found.are_posts = ArePosts(a.text, b.text);
  found.common_agency = FindCommonAgency(a, b, names_);
  return found;
}

}  // namespace wirecopy
