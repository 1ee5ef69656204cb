#include "index/passage_finder.h"

#include "base/status_macros.h"

namespace wirecopy {

absl::Status PassageFinder::Find(std::string_view text,
                                 std::span<const std::pair<uint32_t, Hit>> hits,
                                 const Batch& batch,
                                 std::vector<SeenPassage>* passages) {
  if (hits.empty()) return absl::OkStatus();
  later_.Read(text);
  offsets_.Reset(text);
  for (size_t begin = 0; begin < hits.size();) {
    const uint32_t document = hits[begin].first;
    hits_.clear();
    for (; begin < hits.size() && hits[begin].first == document; ++begin) {
      hits_.push_back(hits[begin].second);
    }
    WIRECOPY_RETURN_IF_ERROR(AlignWith(document, batch, passages));
  }
  return absl::OkStatus();
}

absl::Status PassageFinder::AlignWith(uint32_t document, const Batch& batch,
                                      std::vector<SeenPassage>* passages) {
  WIRECOPY_ASSIGN_OR_RETURN(const std::string text, batch.Text(document));
  earlier_.Read(text);
  const auto tokens = static_cast<uint32_t>(earlier_.tokens().codes().size());
  for (const Hit& hit : hits_) {
    if (hit.a < tokens) continue;
    return absl::DataLossError("a list of fingerprints is damaged");
  }
  const auto found = aligner_.Align(
      {earlier_.tokens().codes(), later_.tokens().codes(), false}, hits_);
  if (found.empty()) return absl::OkStatus();
  report_.Make(found, aligner_, earlier_, later_);
  if (report_.passages().empty()) return absl::OkStatus();
  return Add(document, text, batch, passages);
}

absl::Status PassageFinder::Add(uint32_t document, std::string_view other_text,
                                const Batch& batch,
                                std::vector<SeenPassage>* passages) {
  WIRECOPY_ASSIGN_OR_RETURN(const DocumentId other, batch.Id(document));
  other_offsets_.Reset(other_text);
  for (const Passage& passage : report_.passages()) {
    passages->push_back({other, offsets_.Convert(passage.b.begin, unit_),
                         offsets_.Convert(passage.b.end, unit_),
                         other_offsets_.Convert(passage.a.begin, unit_),
                         other_offsets_.Convert(passage.a.end, unit_),
                         passage.words, passage.edits, passage.kind});
  }
  return absl::OkStatus();
}

}  // namespace wirecopy
