// The texts of documents that share passages, in memory, with what else is
// known of them.

#ifndef WIRECOPY_ENGINE_TRACED_TEXTS_H_
#define WIRECOPY_ENGINE_TRACED_TEXTS_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "provenance/pair_evidence.h"
#include "wirecopy/document.h"
#include "wirecopy/passages.h"

namespace wirecopy {

// Whether a passage says something of who copied whom: what one document
// repeats and what sites print around their articles does not.
inline bool IsTold(const ReusedPassage& passage) {
  return passage.kind != PassageKind::kBoilerplate &&
         passage.kind != PassageKind::kSelf;
}

class TracedTexts {
 public:
  explicit TracedTexts(size_t documents) : texts_(documents) {}

  // Reads the documents of these passages that were not read before. With
  // `use_dates`, when they were published, too. Errors: the source's ReadError.
  absl::Status Read(const DocumentSource& source,
                    std::span<const ReusedPassage> passages, bool use_dates,
                    int threads);

  size_t size() const { return texts_.size(); }
  // Whether the document was read.
  bool Has(uint32_t document) const { return texts_[document] != nullptr; }
  // What is known of a document that was read; valid as long as this.
  EvidenceDocument Of(uint32_t document) const;

 private:
  struct Text {
    std::string text;
    std::string title;
    std::string publisher;
    std::string url;
    std::string canonical;
    std::string is_based_on;
    PublicationTime published;
  };
  std::vector<std::unique_ptr<Text>> texts_;  // by document
};

}  // namespace wirecopy

#endif  // WIRECOPY_ENGINE_TRACED_TEXTS_H_
