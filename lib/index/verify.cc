// Whether the tables hold what the documents say they must, and nothing else.
//
// Everything but the documents' texts follows from these, so that each text is
// looked at anew. What it makes for the lists is compared with what is there as
// two sums of hashes over all entries, which are equal where the entries are:
// looking each of them up would take ten times as long. Only the lists that
// left documents out are looked up.

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/status_macros.h"
#include "index/encoding.h"
#include "index/index_state.h"
#include "index/lookup.h"
#include "index/postings.h"
#include "index/stored_documents.h"

namespace wirecopy {
namespace {

// What a table of lists has, or what the documents make of it.
struct Entries {
  std::atomic<uint64_t> count = 0;    // in all lists
  std::atomic<uint64_t> in_full = 0;  // of these, in full ones
  std::atomic<uint64_t> sum = 0;      // of the others' hashes
};

struct Tally {
  std::atomic<uint64_t> documents = 0;
  std::atomic<uint64_t> duplicates = 0;
  std::atomic<uint64_t> orphans = 0;
  std::atomic<uint64_t> text_bytes = 0;
  Entries bands;
  Entries prints;
};

// The keys of lists that left documents out.
struct FullLists {
  absl::flat_hash_set<uint64_t> bands;
  absl::flat_hash_set<uint64_t> prints;
};

uint64_t EntryHash(uint64_t key, uint32_t document,
                   std::span<const uint32_t> places) {
  const uint64_t of_places =
      Hash64(places.data(), places.size_bytes(), document);
  return Hash64(&of_places, sizeof of_places, key);
}

std::span<const uint32_t> Kept(std::span<const uint32_t> places) {
  return places.first(std::min(places.size(), PrintList::kMostPlaces));
}

absl::Status Wrong(uint32_t number, const DocumentId& id, const char* what) {
  return absl::DataLossError(
      absl::StrCat("document ", number, " (", id.text, "): ", what));
}

// Looks at documents; one a thread.
class DocumentVerifier {
 public:
  // All must outlive this.
  DocumentVerifier(const IndexParameters& parameters,
                   const StoredDocuments& stored, const FullLists& full,
                   Tally* tally)
      : parameters_(parameters),
        stored_(stored),
        full_(full),
        tally_(*tally),
        analyzer_(parameters) {}

  absl::Status Verify(uint32_t number);

 private:
  absl::Status CheckText(uint32_t number, const DocumentRecord& record);
  absl::Status CheckDuplicate(uint32_t number, const DocumentRecord& record);
  absl::Status CheckBands(uint32_t number);
  absl::Status CheckPrints(uint32_t number, const DocumentRecord& record);
  void CountInFull(uint32_t number, std::span<const uint32_t> places);

  const IndexParameters& parameters_;
  const StoredDocuments& stored_;
  const FullLists& full_;
  Tally& tally_;
  Analyzer analyzer_;
  Analysis analysis_;
  PrintList list_;
  std::vector<size_t> in_full_;  // fingerprints whose lists are full
  std::string bytes_;
};

absl::Status DocumentVerifier::Verify(uint32_t number) {
  WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord record,
                            stored_.Record(number));
  WIRECOPY_ASSIGN_OR_RETURN(const auto held, stored_.Find(record.id));
  if (held != number) return Wrong(number, record.id, "its id leads elsewhere");
  WIRECOPY_RETURN_IF_ERROR(CheckText(number, record));
  if (record.of) {
    WIRECOPY_RETURN_IF_ERROR(CheckDuplicate(number, record));
    ++tally_.duplicates;
  } else {
    WIRECOPY_RETURN_IF_ERROR(CheckBands(number));
  }
  ++tally_.documents;
  tally_.orphans += record.is_orphan ? 1 : 0;
  tally_.text_bytes += record.text_bytes;
  return CheckPrints(number, record);
}

absl::Status DocumentVerifier::CheckText(uint32_t number,
                                         const DocumentRecord& record) {
  WIRECOPY_ASSIGN_OR_RETURN(const std::string text, stored_.Text(number));
  analyzer_.Analyze(text, &analysis_);
  if (analysis_.content != record.content || text.size() != record.text_bytes) {
    return Wrong(number, record.id, "its text is not what was added");
  }
  if (analysis_.tokens != record.tokens ||
      analysis_.set.size() != record.shingles) {
    return Wrong(number, record.id, "its text is read in another way");
  }
  return absl::OkStatus();
}

absl::Status DocumentVerifier::CheckDuplicate(uint32_t number,
                                              const DocumentRecord& record) {
  std::string nothing;
  WIRECOPY_ASSIGN_OR_RETURN(
      const bool is_listed,
      stored_.view().Get(Table::kRecords, DuplicateKey(*record.of, number),
                         &nothing));
  if (!is_listed || !nothing.empty())
    return Wrong(number, record.id, "it is not listed");
  WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord of,
                            stored_.Record(*record.of));
  if (of.of) return Wrong(number, record.id, "a duplicate of a duplicate");
  WIRECOPY_ASSIGN_OR_RETURN(const std::string text, stored_.Text(*record.of));
  const SetComparison comparison =
      CompareSets(parameters_, *record.of, analysis_.set, analyzer_.Set(text));
  if (comparison.reaches && comparison.similarity == record.similarity) {
    return absl::OkStatus();
  }
  return Wrong(number, record.id, "it is no duplicate of what it names");
}

absl::Status DocumentVerifier::CheckBands(uint32_t number) {
  for (const uint64_t key : analysis_.bands) {
    if (!full_.bands.contains(key)) {
      ++tally_.bands.count;
      tally_.bands.sum += EntryHash(key, number, {});
      continue;
    }
    WIRECOPY_RETURN_IF_ERROR(
        stored_.view()
            .Get(Table::kBands, KeyBytes<kBandBytes>(key), &bytes_)
            .status());
    if (!BandList(bytes_).Has(number)) continue;
    ++tally_.bands.count;
    ++tally_.bands.in_full;
  }
  return absl::OkStatus();
}

absl::Status DocumentVerifier::CheckPrints(uint32_t number,
                                           const DocumentRecord& record) {
  in_full_.clear();
  bytes_.clear();
  for (size_t i = 0; i < analysis_.prints.size(); ++i) {
    const uint64_t key = analysis_.prints[i];
    if (full_.prints.contains(key)) {
      in_full_.push_back(i);
      AppendNumber<kPrintBytes>(key, &bytes_);
      continue;
    }
    ++tally_.prints.count;
    tally_.prints.sum += EntryHash(key, number, Kept(analysis_.PlacesOf(i)));
  }
  std::vector<std::string_view> keys;
  keys.reserve(in_full_.size());
  for (size_t i = 0; i < in_full_.size(); ++i) {
    keys.push_back(
        std::string_view(bytes_).substr(i * kPrintBytes, kPrintBytes));
  }
  bool is_left_out = false;
  WIRECOPY_RETURN_IF_ERROR(stored_.view().GetMany(
      Table::kPrints, keys, [&](size_t i, std::string_view value) {
        list_.Read(value);
        CountInFull(number, Kept(analysis_.PlacesOf(in_full_[i])));
        is_left_out |= !list_.Has(number);
      }));
  if (!is_left_out || record.is_left_out) return absl::OkStatus();
  return Wrong(number, record.id, "it is not noted that a list left it out");
}

// Whether the full list that was read names the document as it must.
void DocumentVerifier::CountInFull(uint32_t number,
                                   std::span<const uint32_t> places) {
  for (size_t i = 0; i < list_.size(); ++i) {
    const PrintList::Entry entry = list_[i];
    const bool is_it = entry.document == number &&
                       std::equal(places.begin(), places.end(),
                                  entry.places.begin(), entry.places.end());
    if (!is_it) continue;
    ++tally_.prints.count;
    ++tally_.prints.in_full;
  }
}

absl::Status ScanBands(const Store::View& view, Entries* entries,
                       FullLists* full) {
  return view.Visit(
      Table::kBands, "",
      [&](std::string_view bytes, std::string_view value) -> absl::Status {
        const uint64_t key = Decoder(bytes).Number<kBandBytes>();
        const BandList list(value);
        if (!list.OK()) return DamagedList();
        entries->count += list.size();
        if (list.leaves_out()) {
          full->bands.insert(key);
          entries->in_full += list.size();
          return absl::OkStatus();
        }
        for (const uint32_t document : list.documents()) {
          entries->sum += EntryHash(key, document, {});
        }
        return absl::OkStatus();
      });
}

absl::Status ScanPrints(const Store::View& view, Entries* entries,
                        FullLists* full) {
  PrintList list;
  return view.Visit(
      Table::kPrints, "",
      [&](std::string_view bytes, std::string_view value) -> absl::Status {
        const uint64_t key = Decoder(bytes).Number<kPrintBytes>();
        if (!list.Read(value)) return DamagedList();
        if (!list.IsInOrder()) {
          return absl::DataLossError(
              "a list of passages is not in the order of adding, which compact "
              "puts right");
        }
        entries->count += list.size();
        if (list.leaves_out()) {
          full->prints.insert(key);
          entries->in_full += list.size();
          return absl::OkStatus();
        }
        for (size_t i = 0; i < list.size(); ++i) {
          entries->sum += EntryHash(key, list[i].document, list[i].places);
        }
        return absl::OkStatus();
      });
}

// Verifies all documents, some at a time on each thread.
absl::Status VerifyDocuments(const IndexState& state,
                             const StoredDocuments& stored,
                             const FullLists& full, Tally* tally) {
  constexpr size_t kAtOnce = 4096;
  const int threads = state.options.threads;
  std::vector<std::unique_ptr<DocumentVerifier>> verifiers;
  verifiers.reserve(static_cast<size_t>(threads));
  for (int i = 0; i < threads; ++i) {
    verifiers.push_back(std::make_unique<DocumentVerifier>(
        state.parameters, stored, full, tally));
  }
  std::vector<uint32_t> numbers;
  const auto verify = [&] {
    std::mutex mutex;
    absl::Status first;
    ParallelFor(threads, numbers.size(), [&](int worker, size_t i) {
      const absl::Status status =
          verifiers[static_cast<size_t>(worker)]->Verify(numbers[i]);
      const std::lock_guard<std::mutex> lock(mutex);
      first.Update(status);
    });
    numbers.clear();
    return first;
  };
  WIRECOPY_RETURN_IF_ERROR(stored.view().Visit(
      Table::kRecords, kDocumentPrefix,
      [&](std::string_view key, std::string_view) -> absl::Status {
        numbers.push_back(NumberAtEnd(key));
        return numbers.size() < kAtOnce ? absl::OkStatus() : verify();
      }));
  return verify();
}

absl::StatusOr<uint64_t> CountKeys(const Store::View& view, Table table,
                                   std::string_view prefix) {
  uint64_t count = 0;
  WIRECOPY_RETURN_IF_ERROR(
      view.Visit(table, prefix, [&](std::string_view, std::string_view) {
        ++count;
        return absl::OkStatus();
      }));
  return count;
}

absl::Status CheckEqual(const char* what, uint64_t there, uint64_t expected) {
  if (there == expected) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(
      what, ": ", there, " are there, and the documents have ", expected));
}

absl::Status CheckEntries(const char* what, const Entries& there,
                          const Entries& expected) {
  WIRECOPY_RETURN_IF_ERROR(CheckEqual(what, there.count, expected.count));
  if (there.in_full == expected.in_full && there.sum == expected.sum) {
    return absl::OkStatus();
  }
  return absl::DataLossError(
      absl::StrCat(what, ": they are not what the documents make them"));
}

absl::Status CheckKeys(const Store::View& view, const Tally& tally) {
  WIRECOPY_ASSIGN_OR_RETURN(const uint64_t ids,
                            CountKeys(view, Table::kRecords, kIdPrefix));
  WIRECOPY_RETURN_IF_ERROR(CheckEqual("ids", ids, tally.documents));
  WIRECOPY_ASSIGN_OR_RETURN(const uint64_t duplicates,
                            CountKeys(view, Table::kRecords, kDuplicatePrefix));
  WIRECOPY_RETURN_IF_ERROR(
      CheckEqual("listed duplicates", duplicates, tally.duplicates));
  WIRECOPY_ASSIGN_OR_RETURN(const uint64_t texts,
                            CountKeys(view, Table::kTexts, ""));
  return CheckEqual("texts", texts, tally.documents);
}

}  // namespace

absl::Status VerifyTables(const IndexState& state) {
  const Store::View view(*state.store);
  const StoredDocuments stored(view);
  WIRECOPY_ASSIGN_OR_RETURN(const IndexCounts counts, stored.Counts());
  FullLists full;
  Entries bands;
  Entries prints;
  WIRECOPY_RETURN_IF_ERROR(ScanBands(view, &bands, &full));
  WIRECOPY_RETURN_IF_ERROR(ScanPrints(view, &prints, &full));
  Tally tally;
  WIRECOPY_RETURN_IF_ERROR(VerifyDocuments(state, stored, full, &tally));
  WIRECOPY_RETURN_IF_ERROR(CheckKeys(view, tally));
  WIRECOPY_RETURN_IF_ERROR(
      CheckEntries("entries of bands", bands, tally.bands));
  WIRECOPY_RETURN_IF_ERROR(
      CheckEntries("entries of passages", prints, tally.prints));
  WIRECOPY_RETURN_IF_ERROR(
      CheckEqual("documents", counts.documents, tally.documents));
  WIRECOPY_RETURN_IF_ERROR(
      CheckEqual("duplicates", counts.duplicates, tally.duplicates));
  WIRECOPY_RETURN_IF_ERROR(
      CheckEqual("orphans", counts.orphans, tally.orphans));
  return CheckEqual("bytes of text", counts.text_bytes, tally.text_bytes);
}

}  // namespace wirecopy
