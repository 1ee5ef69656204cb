#include "index/records.h"

#include "absl/strings/str_cat.h"
#include "index/encoding.h"
#include "wirecopy/signature.h"

namespace wirecopy {
namespace {

absl::Status Damaged(const char* what) {
  return absl::DataLossError(absl::StrCat(what, " is damaged"));
}

// Flags of a document's record.
constexpr uint64_t kIsDuplicate = 1;
constexpr uint64_t kHasDate = 2;
constexpr uint64_t kDateIsUncertain = 4;
constexpr uint64_t kIdIsInteger = 8;
constexpr uint64_t kIsOrphan = 16;
constexpr uint64_t kMayBeCut = 32;
constexpr uint64_t kWasKeptLater = 64;
constexpr uint64_t kIsLeftOut = 128;

uint64_t FlagsOf(const DocumentRecord& record) {
  return (record.of ? kIsDuplicate : 0) |
         (record.published_micros ? kHasDate : 0) |
         (record.published_is_uncertain ? kDateIsUncertain : 0) |
         (record.id.is_integer ? kIdIsInteger : 0) |
         (record.is_orphan ? kIsOrphan : 0) |
         (record.may_be_cut ? kMayBeCut : 0) |
         (record.kept_since ? kWasKeptLater : 0) |
         (record.is_left_out ? kIsLeftOut : 0);
}

void AppendPassageOptions(const PassageOptions& options, std::string* out) {
  for (const int size :
       {options.min_run, options.min_words, options.min_letters,
        options.fragment_words, options.lone_words, options.max_gap}) {
    AppendNumber<4>(static_cast<uint32_t>(size), out);
  }
  AppendDouble(options.lone_rarity, out);
  AppendNumber<1>(options.every_run ? 1 : 0, out);
}

PassageOptions ReadPassageOptions(Decoder* in) {
  PassageOptions options;
  for (int* size :
       {&options.min_run, &options.min_words, &options.min_letters,
        &options.fragment_words, &options.lone_words, &options.max_gap}) {
    *size = static_cast<int>(in->Number<4>());
  }
  options.lone_rarity = in->Double();
  options.every_run = in->Number<1>() != 0;
  return options;
}

// Whether there can be a signature for it; none for containment.
bool IsPossible(const IndexParameters& parameters) {
  const Banding& banding = parameters.banding;
  constexpr int kMost = SignatureParameters::kMaxSlots;
  if (parameters.measure == Measure::kContainment) return banding == Banding();
  return banding.bands > 0 && banding.bands <= kMost && banding.rows > 0 &&
         banding.rows <= kMost && banding.slots() <= kMost;
}

}  // namespace

std::string NumberKey(uint32_t number) {
  std::string key;
  AppendNumber<4>(number, &key);
  return key;
}

std::string DocumentKey(uint32_t number) {
  return std::string(kDocumentPrefix) + NumberKey(number);
}

std::string IdKey(const DocumentId& id) {
  std::string key(kIdPrefix);
  key.push_back(id.is_integer ? 'n' : 's');
  return key + id.text;
}

std::string DuplicatesPrefix(uint32_t of) {
  return std::string(kDuplicatePrefix) + NumberKey(of);
}

std::string DuplicateKey(uint32_t of, uint32_t duplicate) {
  return DuplicatesPrefix(of) + NumberKey(duplicate);
}

uint32_t NumberAtEnd(std::string_view key) {
  const size_t begin = key.size() < 4 ? 0 : key.size() - 4;
  return static_cast<uint32_t>(Decoder(key.substr(begin)).Number<4>());
}

std::string Encode(const IndexParameters& parameters) {
  std::string out;
  AppendNumber<4>(kIndexFormatVersion, &out);
  AppendDouble(parameters.threshold, &out);
  AppendNumber<1>(static_cast<uint8_t>(parameters.measure), &out);
  AppendDouble(parameters.recall, &out);
  AppendNumber<1>(static_cast<uint8_t>(parameters.shingle.unit), &out);
  AppendNumber<4>(static_cast<uint32_t>(parameters.shingle.k), &out);
  AppendNumber<8>(parameters.shingle.seed, &out);
  AppendNumber<4>(static_cast<uint32_t>(parameters.banding.bands), &out);
  AppendNumber<4>(static_cast<uint32_t>(parameters.banding.rows), &out);
  AppendNumber<1>(parameters.has_passages ? 1 : 0, &out);
  AppendPassageOptions(parameters.passage, &out);
  return out;
}

absl::StatusOr<IndexParameters> DecodeParameters(std::string_view bytes) {
  Decoder in(bytes);
  const uint64_t version = in.Number<4>();
  if (in.ok() && version != kIndexFormatVersion) {
    return absl::FailedPreconditionError(
        absl::StrCat("its format has version ", version, ", and this program ",
                     "reads version ", kIndexFormatVersion));
  }
  IndexParameters parameters;
  parameters.threshold = in.Double();
  parameters.measure = static_cast<Measure>(in.Number<1>() & 1);
  parameters.recall = in.Double();
  parameters.shingle.unit = static_cast<ShingleUnit>(in.Number<1>() & 1);
  parameters.shingle.k = static_cast<int>(in.Number<4>());
  parameters.shingle.seed = in.Number<8>();
  parameters.banding.bands = static_cast<int>(in.Number<4>());
  parameters.banding.rows = static_cast<int>(in.Number<4>());
  parameters.has_passages = in.Number<1>() != 0;
  parameters.passage = ReadPassageOptions(&in);
  parameters.passage.seed = parameters.shingle.seed;
  if (!in.ok() || !in.AtEnd() || !IsPossible(parameters) ||
      !Validate(parameters).ok()) {
    return Damaged("the record of parameters");
  }
  return parameters;
}

std::string Encode(const IndexCounts& counts) {
  std::string out;
  AppendNumber<4>(counts.next_number, &out);
  for (const uint64_t count :
       {counts.documents, counts.duplicates, counts.text_bytes,
        counts.unfiled_bands, counts.batches, counts.orphans,
        counts.unmarked_before}) {
    AppendNumber<8>(count, &out);
  }
  return out;
}

absl::StatusOr<IndexCounts> DecodeCounts(std::string_view bytes) {
  Decoder in(bytes);
  IndexCounts counts;
  counts.next_number = static_cast<uint32_t>(in.Number<4>());
  for (uint64_t* count :
       {&counts.documents, &counts.duplicates, &counts.text_bytes,
        &counts.unfiled_bands, &counts.batches}) {
    *count = in.Number<8>();
  }
  // An index that was made before there were such has none.
  if (!in.AtEnd()) counts.orphans = in.Number<8>();
  if (!in.AtEnd()) counts.unmarked_before = in.Number<8>();
  if (!in.ok() || !in.AtEnd()) return Damaged("the record of counts");
  return counts;
}

std::string Encode(const DocumentRecord& record) {
  std::string out;
  AppendNumber<1>(FlagsOf(record), &out);
  AppendNumber<8>(record.content.high, &out);
  AppendNumber<8>(record.content.low, &out);
  AppendVarint(record.text_bytes, &out);
  AppendVarint(record.tokens, &out);
  AppendVarint(record.shingles, &out);
  if (record.of) {
    AppendNumber<4>(*record.of, &out);
    AppendDouble(record.similarity, &out);
  }
  if (record.kept_since) AppendNumber<4>(*record.kept_since, &out);
  if (record.published_micros) {
    AppendNumber<8>(static_cast<uint64_t>(*record.published_micros), &out);
  }
  for (const std::string* text :
       {&record.id.text, &record.publisher, &record.url, &record.title}) {
    AppendString(*text, &out);
  }
  return out;
}

absl::StatusOr<DocumentRecord> DecodeDocument(std::string_view bytes) {
  Decoder in(bytes);
  DocumentRecord record;
  const uint64_t flags = in.Number<1>();
  record.content.high = in.Number<8>();
  record.content.low = in.Number<8>();
  record.text_bytes = in.Varint();
  record.tokens = in.Varint();
  record.shingles = in.Varint();
  if ((flags & kIsDuplicate) != 0) {
    record.of = static_cast<uint32_t>(in.Number<4>());
    record.similarity = in.Double();
  }
  if ((flags & kWasKeptLater) != 0) {
    record.kept_since = static_cast<uint32_t>(in.Number<4>());
  }
  if ((flags & kHasDate) != 0) {
    record.published_micros = static_cast<int64_t>(in.Number<8>());
  }
  record.published_is_uncertain = (flags & kDateIsUncertain) != 0;
  record.id.is_integer = (flags & kIdIsInteger) != 0;
  record.is_orphan = (flags & kIsOrphan) != 0;
  record.may_be_cut = (flags & kMayBeCut) != 0;
  record.is_left_out = (flags & kIsLeftOut) != 0;
  for (std::string* text :
       {&record.id.text, &record.publisher, &record.url, &record.title}) {
    *text = in.String();
  }
  const bool is_possible = record.of.has_value() + record.is_orphan +
                               record.kept_since.has_value() <=
                           1;
  if (!in.ok() || !in.AtEnd() || !is_possible) {
    return Damaged("a document's record");
  }
  return record;
}

std::string EncodeNumber(uint32_t number) { return NumberKey(number); }

absl::StatusOr<uint32_t> DecodeNumber(std::string_view bytes) {
  Decoder in(bytes);
  const auto number = static_cast<uint32_t>(in.Number<4>());
  if (!in.ok() || !in.AtEnd()) return Damaged("an id's record");
  return number;
}

}  // namespace wirecopy
