// Whether the tables hold what the documents say they must, and nothing else.
//
// Everything but the documents' texts follows from these. So each text is
// looked at anew, and what follows is looked up; and where as many entries were
// looked up as there are, no other is there.

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/parallel.h"
#include "base/status_macros.h"
#include "index/index_state.h"
#include "index/lookup.h"
#include "index/stored_documents.h"

namespace wirecopy {
namespace {

struct Tally {
  std::atomic<uint64_t> documents = 0;
  std::atomic<uint64_t> duplicates = 0;
  std::atomic<uint64_t> text_bytes = 0;
  std::atomic<uint64_t> in_bands = 0;
  std::atomic<uint64_t> in_prints = 0;
};

absl::Status Wrong(uint32_t number, const DocumentId& id, const char* what) {
  return absl::DataLossError(
      absl::StrCat("document ", number, " (", id.text, "): ", what));
}

// Looks at documents; one a thread.
class DocumentVerifier {
 public:
  DocumentVerifier(const IndexParameters& parameters,
                   const StoredDocuments& stored, Tally* tally)
      : parameters_(parameters),
        stored_(stored),
        tally_(*tally),
        maker_(parameters, stored) {}

  absl::Status Verify(uint32_t number);

 private:
  absl::Status CheckText(uint32_t number, const DocumentRecord& record);
  absl::Status CheckDuplicate(uint32_t number, const DocumentRecord& record);
  absl::Status CheckBands(uint32_t number, const DocumentRecord& record);
  absl::Status CheckPrints(uint32_t number, const DocumentRecord& record);

  const IndexParameters& parameters_;
  const StoredDocuments& stored_;
  Tally& tally_;
  LookupMaker maker_;
  Lookup lookup_;
  PrintList list_;
};

absl::Status DocumentVerifier::Verify(uint32_t number) {
  WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord record,
                            stored_.Record(number));
  WIRECOPY_ASSIGN_OR_RETURN(const auto held, stored_.Find(record.id));
  if (held != number) return Wrong(number, record.id, "its id leads elsewhere");
  WIRECOPY_RETURN_IF_ERROR(CheckText(number, record));
  WIRECOPY_RETURN_IF_ERROR(maker_.ReadLists(&lookup_));
  if (record.of) {
    WIRECOPY_RETURN_IF_ERROR(CheckDuplicate(number, record));
    ++tally_.duplicates;
  } else {
    WIRECOPY_RETURN_IF_ERROR(CheckBands(number, record));
  }
  ++tally_.documents;
  tally_.text_bytes += record.text_bytes;
  return CheckPrints(number, record);
}

absl::Status DocumentVerifier::CheckText(uint32_t number,
                                         const DocumentRecord& record) {
  WIRECOPY_ASSIGN_OR_RETURN(const std::string text, stored_.Text(number));
  Analysis& analysis = lookup_.analysis;
  maker_.analyzer().Analyze(text, &analysis);
  if (analysis.content != record.content || text.size() != record.text_bytes) {
    return Wrong(number, record.id, "its text is not what was added");
  }
  if (analysis.tokens != record.tokens ||
      analysis.set.size() != record.shingles) {
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
      CompareSets(parameters_, *record.of, lookup_.analysis.set,
                  maker_.analyzer().Set(text));
  if (comparison.reaches && comparison.similarity == record.similarity) {
    return absl::OkStatus();
  }
  return Wrong(number, record.id, "it is no duplicate of what it names");
}

absl::Status DocumentVerifier::CheckBands(uint32_t number,
                                          const DocumentRecord& record) {
  for (const std::string& bytes : lookup_.bands) {
    const BandList list(bytes);
    const auto documents = list.documents();
    const auto count = std::count(documents.begin(), documents.end(), number);
    if (!list.OK() || count > 1 || (count == 0 && !list.is_full())) {
      return Wrong(number, record.id, "it is not filed under its bands");
    }
    tally_.in_bands += static_cast<uint64_t>(count);
  }
  return absl::OkStatus();
}

absl::Status DocumentVerifier::CheckPrints(uint32_t number,
                                           const DocumentRecord& record) {
  for (size_t i = 0; i < lookup_.prints.size(); ++i) {
    const auto places = lookup_.analysis.PlacesOf(i);
    const auto kept =
        places.first(std::min(places.size(), PrintList::kMostPlaces));
    size_t count = 0;
    bool is_right = list_.Read(lookup_.prints[i]);
    for (size_t j = 0; is_right && j < list_.size(); ++j) {
      if (list_[j].document != number) continue;
      ++count;
      is_right = std::equal(kept.begin(), kept.end(), list_[j].places.begin(),
                            list_[j].places.end());
    }
    if (!is_right || count > 1 || (count == 0 && !list_.is_full())) {
      return Wrong(number, record.id, "it is not filed under its passages");
    }
    tally_.in_prints += count;
  }
  return absl::OkStatus();
}

// Verifies all documents, some at a time on each thread.
absl::Status VerifyDocuments(const IndexState& state,
                             const StoredDocuments& stored, Tally* tally) {
  constexpr size_t kAtOnce = 4096;
  const int threads = state.options.threads;
  std::vector<std::unique_ptr<DocumentVerifier>> verifiers;
  for (int i = 0; i < threads; ++i) {
    verifiers.push_back(
        std::make_unique<DocumentVerifier>(state.parameters, stored, tally));
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

// How many entries a table has, as `count` counts those of one key.
template <typename Count>
absl::StatusOr<uint64_t> CountAll(const Store::View& view, Table table,
                                  std::string_view prefix, Count count) {
  uint64_t all = 0;
  WIRECOPY_RETURN_IF_ERROR(
      view.Visit(table, prefix, [&](std::string_view, std::string_view value) {
        all += count(value);
        return absl::OkStatus();
      }));
  return all;
}

absl::Status CheckEqual(const char* what, uint64_t there, uint64_t expected) {
  if (there == expected) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(
      what, ": ", there, " are there, and the documents have ", expected));
}

absl::Status CheckTotals(const Store::View& view, const Tally& tally) {
  const auto one = [](std::string_view) { return size_t{1}; };
  WIRECOPY_ASSIGN_OR_RETURN(const uint64_t ids,
                            CountAll(view, Table::kRecords, kIdPrefix, one));
  WIRECOPY_RETURN_IF_ERROR(CheckEqual("ids", ids, tally.documents));
  WIRECOPY_ASSIGN_OR_RETURN(
      const uint64_t duplicates,
      CountAll(view, Table::kRecords, kDuplicatePrefix, one));
  WIRECOPY_RETURN_IF_ERROR(
      CheckEqual("listed duplicates", duplicates, tally.duplicates));
  WIRECOPY_ASSIGN_OR_RETURN(const uint64_t texts,
                            CountAll(view, Table::kTexts, "", one));
  WIRECOPY_RETURN_IF_ERROR(CheckEqual("texts", texts, tally.documents));
  WIRECOPY_ASSIGN_OR_RETURN(
      const uint64_t in_bands,
      CountAll(view, Table::kBands, "", [](std::string_view bytes) {
        return BandList(bytes).documents().size();
      }));
  WIRECOPY_RETURN_IF_ERROR(
      CheckEqual("entries of bands", in_bands, tally.in_bands));
  PrintList list;
  WIRECOPY_ASSIGN_OR_RETURN(
      const uint64_t in_prints,
      CountAll(view, Table::kPrints, "", [&list](std::string_view bytes) {
        return list.Read(bytes) ? list.size() : 0;
      }));
  return CheckEqual("entries of passages", in_prints, tally.in_prints);
}

}  // namespace

absl::Status VerifyTables(const IndexState& state) {
  const Store::View view(*state.store);
  const StoredDocuments stored(view);
  WIRECOPY_ASSIGN_OR_RETURN(const IndexCounts counts, stored.Counts());
  Tally tally;
  WIRECOPY_RETURN_IF_ERROR(VerifyDocuments(state, stored, &tally));
  WIRECOPY_RETURN_IF_ERROR(CheckTotals(view, tally));
  WIRECOPY_RETURN_IF_ERROR(
      CheckEqual("documents", counts.documents, tally.documents));
  WIRECOPY_RETURN_IF_ERROR(
      CheckEqual("duplicates", counts.duplicates, tally.duplicates));
  return CheckEqual("bytes of text", counts.text_bytes, tally.text_bytes);
}

}  // namespace wirecopy
