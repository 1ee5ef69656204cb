// What the table of records holds, to the byte: docs/index.md defines it.
//
// Readers take any bytes: DataLoss where they are not what was written.

#ifndef WIRECOPY_INDEX_RECORDS_H_
#define WIRECOPY_INDEX_RECORDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "base/hash.h"
#include "wirecopy/document.h"
#include "wirecopy/index.h"

namespace wirecopy {

// Keys.
inline constexpr std::string_view kParametersKey = "p";
inline constexpr std::string_view kStateKey = "s";
inline constexpr std::string_view kDocumentPrefix = "d";
inline constexpr std::string_view kIdPrefix = "i";
std::string DocumentKey(uint32_t number);
std::string IdKey(const DocumentId& id);
// Of a duplicate, under the document that it is one of.
inline constexpr std::string_view kDuplicatePrefix = "o";
std::string DuplicatesPrefix(uint32_t of);
std::string DuplicateKey(uint32_t of, uint32_t duplicate);
// The key of a document's text in its own table.
std::string NumberKey(uint32_t number);
// The number at the end of a key; a key that ends in none gives any number.
uint32_t NumberAtEnd(std::string_view key);

struct IndexCounts {
  uint32_t next_number = 0;
  uint64_t documents = 0;
  uint64_t duplicates = 0;
  uint64_t text_bytes = 0;
  uint64_t unfiled_bands = 0;
  uint64_t batches = 0;  // that were committed
  uint64_t orphans = 0;
  // The next number when a document that was kept went last of which a list of
  // fingerprints left others out (PrintList::left_out_may_be_cut); 0: never.
  uint64_t unmarked_before = 0;
};

struct DocumentRecord {
  DocumentId id;
  Hash128Value content;  // of the text
  uint64_t text_bytes = 0;
  uint64_t tokens = 0;
  uint64_t shingles = 0;
  // What it is a duplicate of, and how similar the two are.
  std::optional<uint32_t> of;
  double similarity = 0;
  // Whether it was a duplicate when it came, so that nobody has kept it, and
  // what it was one of is gone. Has no `of`, but may have duplicates, which
  // nobody has kept either.
  bool is_orphan = false;
  // Of one that came again as an orphan, or a duplicate of one, and was kept:
  // the number that it would have got then.
  std::optional<uint32_t> kept_since;
  // Whether an earlier document that was kept had some of its text, and is
  // gone: what was cut out of this one for that is kept nowhere.
  bool may_be_cut = false;
  // Whether the list of a fingerprint that it has left it out. Then that is not
  // noted here, where it is of that fingerprint, but in the list.
  bool is_left_out = false;
  // What it said of itself.
  std::optional<int64_t> published_micros;
  bool published_is_uncertain = false;
  std::string publisher;
  std::string url;
  std::string title;
};

std::string Encode(const IndexParameters& parameters);
std::string Encode(const IndexCounts& counts);
std::string Encode(const DocumentRecord& record);
std::string EncodeNumber(uint32_t number);

// FailedPrecondition where the format is of another version.
absl::StatusOr<IndexParameters> DecodeParameters(std::string_view bytes);
absl::StatusOr<IndexCounts> DecodeCounts(std::string_view bytes);
absl::StatusOr<DocumentRecord> DecodeDocument(std::string_view bytes);
absl::StatusOr<uint32_t> DecodeNumber(std::string_view bytes);

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_RECORDS_H_
