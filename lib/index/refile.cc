// Lists have a limit. When documents are removed that a full list names, others
// that it left out are not under it: they are filed here, for which all texts
// are read, where there are such lists at all. Lists of fingerprints that are
// not in the order of adding, as they once came out here, are put into it.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "base/status_macros.h"
#include "index/encoding.h"
#include "index/index_state.h"
#include "index/lookup.h"
#include "index/stored_documents.h"

namespace wirecopy {
namespace {

template <typename List>
using ListsByKey = absl::flat_hash_map<uint64_t, List>;

struct ListsWithRoom {
  ListsByKey<BandList> bands;
  ListsByKey<PrintList> prints;
  // Documents that a list of prints has now of which it is known then that they
  // may be cut, and those that a list has no more.
  absl::flat_hash_set<uint32_t> may_be_cut;
  absl::flat_hash_set<uint32_t> left_out;
};

absl::Status FindLists(const Store::View& view, ListsWithRoom* lists) {
  WIRECOPY_RETURN_IF_ERROR(view.Visit(
      Table::kBands, "", [&](std::string_view key, std::string_view value) {
        BandList list(value);
        if (!list.OK()) return DamagedList();
        if (list.leaves_out() && list.documents().size() < BandList::kMost) {
          lists->bands.emplace(Decoder(key).Number<kBandBytes>(), list);
        }
        return absl::OkStatus();
      }));
  PrintList list;
  return view.Visit(
      Table::kPrints, "", [&](std::string_view key, std::string_view value) {
        if (!list.Read(value)) return DamagedList();
        const bool is_in_order = list.IsInOrder();
        if (!is_in_order) list.Sort();
        const bool has_room = list.size() < PrintList::kMost;
        if (!is_in_order || (list.leaves_out() && has_room)) {
          lists->prints.emplace(Decoder(key).Number<kPrintBytes>(), list);
        }
        return absl::OkStatus();
      });
}

// Adds a document to the lists that it belongs to.
void FileAgain(uint32_t number, const DocumentRecord& record,
               uint64_t unmarked_before, const Analysis& analysis,
               ListsWithRoom* lists) {
  // Than all that it could be cut for and that is gone.
  const bool is_later = record.kept_since.value_or(number) >= unmarked_before;

  for (size_t i = 0; i < analysis.prints.size(); ++i) {
    const auto found = lists->prints.find(analysis.prints[i]);
    if (found == lists->prints.end() || found->second.Has(number)) continue;
    PrintList& list = found->second;
    if (list.size() == PrintList::kMost) {
      const uint32_t last = list[list.size() - 1].document;
      lists->left_out.insert(std::max(number, last));
      if (number > last) continue;
    }
    if (list.left_out_may_be_cut() && !is_later) {
      lists->may_be_cut.insert(number);
    }
    list.Insert(number, analysis.PlacesOf(i));
  }
  if (record.of) return;
  for (const uint64_t key : analysis.bands) {
    const auto found = lists->bands.find(key);
    if (found == lists->bands.end() || found->second.Has(number)) continue;
    found->second.Add(number);
  }
}

absl::Status ReadDocuments(const IndexState& state,
                           const StoredDocuments& stored,
                           uint64_t unmarked_before, ListsWithRoom* lists) {
  Analyzer analyzer(state.parameters);
  Analysis analysis;
  return stored.view().Visit(
      Table::kRecords, kDocumentPrefix,
      [&](std::string_view key, std::string_view value) -> absl::Status {
        WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord record,
                                  DecodeDocument(value));
        const uint32_t number = NumberAtEnd(key);
        WIRECOPY_ASSIGN_OR_RETURN(const std::string text, stored.Text(number));
        analyzer.Analyze(text, &analysis);
        FileAgain(number, record, unmarked_before, analysis, lists);
        return absl::OkStatus();
      });
}

template <size_t Size, typename List>
void Write(Table table, ListsByKey<List>* lists, Store::Changes* changes) {
  for (auto& [key, list] : *lists) {
    // One that is full again may leave out more.
    list.MarkWhole(list.size() < List::kMost);
    if (list.size() == 0) {
      changes->Delete(table, KeyBytes<Size>(key));
    } else {
      changes->Put(table, KeyBytes<Size>(key), list.Bytes());
    }
  }
}

absl::Status MarkDocuments(const ListsWithRoom& lists,
                           const StoredDocuments& stored,
                           Store::Changes* changes) {
  absl::flat_hash_set<uint32_t> marked = lists.may_be_cut;
  marked.insert(lists.left_out.begin(), lists.left_out.end());
  for (const uint32_t number : marked) {
    WIRECOPY_ASSIGN_OR_RETURN(DocumentRecord record, stored.Record(number));
    record.may_be_cut |= lists.may_be_cut.contains(number);
    record.is_left_out |= lists.left_out.contains(number);
    changes->Put(Table::kRecords, DocumentKey(number), Encode(record));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Refile(IndexState* state) {
  const Store::View view(*state->store);
  const StoredDocuments stored(view);
  ListsWithRoom lists;
  WIRECOPY_RETURN_IF_ERROR(FindLists(view, &lists));
  if (lists.bands.empty() && lists.prints.empty()) return absl::OkStatus();
  WIRECOPY_ASSIGN_OR_RETURN(IndexCounts counts, stored.Counts());
  WIRECOPY_RETURN_IF_ERROR(
      ReadDocuments(*state, stored, counts.unmarked_before, &lists));
  ++counts.batches;
  Store::Changes changes(*state->store);
  Write<kBandBytes>(Table::kBands, &lists.bands, &changes);
  Write<kPrintBytes>(Table::kPrints, &lists.prints, &changes);
  WIRECOPY_RETURN_IF_ERROR(MarkDocuments(lists, stored, &changes));
  changes.Put(Table::kRecords, kStateKey, Encode(counts));
  return state->Commit(&changes, counts.batches);
}

}  // namespace wirecopy
