#include "index/batch.h"

#include <algorithm>
#include <memory>
#include <new>

#include "absl/strings/str_cat.h"
#include "base/hash.h"
#include "base/status_macros.h"

namespace wirecopy {
Batch::Batch(Use use, const IndexParameters& parameters,
             const StoredDocuments& stored, const IndexCounts& counts,
             const IndexOptions& options, RecentSets* recent)
    : parameters_(parameters),
      stored_(stored),
      is_question_(use == Use::kQuestion),
      first_(counts.next_number),
      answers_passages_(options.answers_passages),
      answers_runs_(options.answers_runs),
      repeats_answers_(options.repeats_answers),
      most_text_bytes_(options.most_text_bytes),
      counts_(counts),
      analyzer_(parameters),
      recent_(*recent),
      sets_(parameters, stored, recent),
      bands_(stored.view(), Table::kBands, kBandBytes),
      prints_(stored.view(), Table::kPrints, kPrintBytes) {}

absl::StatusOr<std::optional<uint32_t>> Batch::Find(
    const DocumentId& id) const {
  const auto found = ids_.find(IdKey(id));
  if (found != ids_.end()) return found->second;
  return stored_.Find(id);
}

absl::StatusOr<DocumentRecord> Batch::Record(uint32_t number) const {
  const auto found = records_.find(number);
  if (found != records_.end()) return found->second;
  return stored_.Record(number);
}

absl::StatusOr<DocumentId> Batch::Id(uint32_t number) const {
  if (IsFresh(number)) return fresh_[number - first_].document->id;
  WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord record,
                            stored_.Record(number));
  return record.id;
}

absl::StatusOr<std::string> Batch::Text(uint32_t number) const {
  if (!IsFresh(number)) return stored_.Text(number);
  return std::string(fresh_[number - first_].document->text);
}

absl::StatusOr<const Analysis*> Batch::AnalysisOf(uint32_t number,
                                                  Analysis* made) {
  if (IsFresh(number)) return &fresh_[number - first_].analysis;
  WIRECOPY_ASSIGN_OR_RETURN(const std::string text, stored_.Text(number));
  analyzer_.Analyze(text, made);
  return made;
}

absl::Status Batch::Prefetch(std::span<const Lookup> lookups, int threads) {
  std::vector<uint64_t> bands;
  std::vector<uint64_t> prints;
  for (const Lookup& lookup : lookups) {
    const bool is_present = lookup.is_present();
    if (is_present && !repeats_answers_) continue;
    const Analysis& analysis = lookup.analysis;
    if (!is_present || answers_passages_) {
      prints.insert(prints.end(), analysis.prints.begin(),
                    analysis.prints.end());
    }
    if (is_present) continue;
    bands.insert(bands.end(), analysis.bands.begin(), analysis.bands.end());
  }
  WIRECOPY_RETURN_IF_ERROR(bands_.Prefetch(std::move(bands), threads));
  return prints_.Prefetch(std::move(prints), threads);
}

absl::StatusOr<const Document*> Batch::Named(const Document& document,
                                             const Analysis& analysis) {
  if (!document.has_made_id) return &document;
  WIRECOPY_ASSIGN_OR_RETURN(const auto held, Find(document.id));
  if (!held) return &document;
  WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord record, Record(*held));
  if (record.content == analysis.content) return &document;
  Document& renamed = renamed_.emplace_back(document);
  renamed.id = {
      false, absl::StrCat(document.id.text, "#",
                          absl::Hex(analysis.content.low, absl::kZeroPad16))};
  return &renamed;
}

absl::StatusOr<Decision> Batch::Add(const Document& given, Lookup lookup) {
  Decision decision;
  std::vector<uint32_t> left;  // duplicates of the text that is revised
  WIRECOPY_ASSIGN_OR_RETURN(const Document* const named,
                            Named(given, lookup.analysis));
  const Document& document = *named;
  if (named != &given) decision.held_as = document.id;
  WIRECOPY_ASSIGN_OR_RETURN(const auto held, Find(document.id));
  if (held) {
    WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord former, Record(*held));
    if (former.content == lookup.analysis.content) {
      WIRECOPY_RETURN_IF_ERROR(
          AddAgain(*held, former, lookup.analysis, &decision));
      return decision;
    }
    decision.status = IndexStatus::kRevision;
    WIRECOPY_ASSIGN_OR_RETURN(const std::string text, Text(*held));
    decision.former_similarity =
        Similarity(parameters_, lookup.analysis.set, analyzer_.Set(text));
    if (is_question_) {
      removed_[*held] = former;  // which is all that the answer goes by
    } else {
      WIRECOPY_RETURN_IF_ERROR(Unfile(*held, former, &left));
    }
  }
  WIRECOPY_ASSIGN_OR_RETURN(const Found found,
                            FindSimilar(lookup.analysis, &lookup));
  if (const auto best = MostSimilar(found.kept)) {
    decision.of = best->document;
    decision.similarity = best->similarity;
    if (!held) decision.status = IndexStatus::kDuplicate;
  }
  const uint32_t next = counts_.next_number;
  WIRECOPY_RETURN_IF_ERROR(CollectHits(lookup.analysis, next, next, &decision));
  if (is_question_) return decision;
  WIRECOPY_ASSIGN_OR_RETURN(const uint32_t number,
                            File(document, std::move(lookup), decision));
  if (!decision.of) {
    WIRECOPY_RETURN_IF_ERROR(TakePlaces(
        number, fresh_[number - first_].analysis, found.may_lose_places));
  }
  WIRECOPY_RETURN_IF_ERROR(Redecide(std::move(left)));
  return decision;
}

absl::StatusOr<bool> Batch::Remove(const DocumentId& id) {
  WIRECOPY_ASSIGN_OR_RETURN(const auto held, Find(id));
  if (!held) return false;
  WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord record, Record(*held));
  std::vector<uint32_t> left;
  WIRECOPY_RETURN_IF_ERROR(Unfile(*held, record, &left));
  WIRECOPY_RETURN_IF_ERROR(Redecide(std::move(left)));
  return true;
}

// --- what it is a duplicate of -----------------------------------------------

absl::StatusOr<std::string_view> Batch::PrintsOf(uint64_t key) {
  WIRECOPY_ASSIGN_OR_RETURN(const std::string* bytes, prints_.Get(key));
  if (!is_question_ || removed_.empty()) return *bytes;
  PrintList list;
  if (!list.Read(*bytes)) return DamagedList();
  for (const auto& [number, record] : removed_) list.Remove(number);
  prints_left_ = list.Bytes();
  return prints_left_;
}

absl::StatusOr<std::vector<uint32_t>> Batch::Candidates(
    const Analysis& analysis) {
  const auto bands = [this](uint64_t key) -> absl::StatusOr<std::string_view> {
    WIRECOPY_ASSIGN_OR_RETURN(const std::string* bytes, bands_.Get(key));
    return *bytes;
  };
  const auto prints = [this](uint64_t key) { return PrintsOf(key); };
  const auto original_of =
      [this](uint32_t sharer) -> absl::StatusOr<std::optional<uint32_t>> {
    WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord record, Record(sharer));
    return record.of.value_or(sharer);
  };
  std::vector<uint32_t> candidates;
  WIRECOPY_RETURN_IF_ERROR(reader_.Find(parameters_, analysis, bands, prints,
                                        original_of, &candidates));
  std::erase_if(candidates, [this](uint32_t n) {
    return removed_.contains(n) || replaced_.contains(n);
  });
  return candidates;
}

absl::StatusOr<SetComparison> Batch::Compare(const Analysis& analysis,
                                             const Lookup* lookup,
                                             uint32_t candidate) {
  const SetComparison* known =
      lookup == nullptr ? nullptr : lookup->With(candidate);
  if (known != nullptr) return *known;
  if (IsFresh(candidate)) {
    return CompareSets(parameters_, candidate, analysis.set,
                       fresh_[candidate - first_].analysis.set);
  }
  WIRECOPY_ASSIGN_OR_RETURN(const auto set, sets_.Of(candidate));
  return CompareSets(parameters_, candidate, analysis.set, set);
}

absl::StatusOr<Batch::Found> Batch::FindSimilar(const Analysis& analysis,
                                                const Lookup* lookup) {
  WIRECOPY_ASSIGN_OR_RETURN(const std::vector<uint32_t> candidates,
                            Candidates(analysis));
  Found found;
  for (const uint32_t candidate : candidates) {
    WIRECOPY_ASSIGN_OR_RETURN(const SetComparison comparison,
                              Compare(analysis, lookup, candidate));
    const bool reaches_either_way =
        comparison.reaches || parameters_.measure == Measure::kContainment;
    bool is_orphan = false;
    if (reaches_either_way && !is_question_ && counts_.orphans > 0) {
      WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord record, Record(candidate));
      is_orphan = record.is_orphan;
    }
    if (is_orphan) found.may_lose_places.push_back(candidate);
    if (!comparison.reaches) continue;
    (is_orphan ? found.orphans : found.kept)
        .push_back({candidate, comparison.similarity});
  }
  return found;
}

std::optional<Batch::Similar> Batch::MostSimilar(
    const std::vector<Similar>& found) {
  const auto most = std::max_element(found.begin(), found.end(),
                                     [](const Similar& x, const Similar& y) {
                                       return x.similarity < y.similarity;
                                     });
  if (most == found.end()) return std::nullopt;
  return *most;
}

// --- whose passages it may have ----------------------------------------------

absl::Status Batch::CollectHits(const Analysis& analysis, uint32_t before,
                                uint32_t next, Decision* decision) {
  if (!answers_passages_) return absl::OkStatus();
  for (size_t i = 0; i < analysis.prints.size(); ++i) {
    WIRECOPY_ASSIGN_OR_RETURN(const std::string_view bytes,
                              PrintsOf(analysis.prints[i]));
    if (!print_list_.Read(bytes)) return DamagedList();
    const size_t count = CountBroughtTogether(print_list_, before);
    for (size_t j = 0; j < count; ++j) {
      const PrintList::Entry entry = print_list_[j];
      hits_.clear();
      AddHits(entry.places, analysis.PlacesOf(i), &hits_);
      for (const Hit& hit : hits_) {
        decision->hits.emplace_back(entry.document, hit);
      }
    }
  }
  std::stable_sort(
      decision->hits.begin(), decision->hits.end(),
      [](const auto& x, const auto& y) { return x.first < y.first; });
  return answers_runs_ ? NoteUnkept(next, decision) : absl::OkStatus();
}

// Now, for what comes behind in the batch may change it.
absl::Status Batch::NoteUnkept(uint32_t next, Decision* decision) {
  for (size_t i = 0; i < decision->hits.size(); ++i) {
    const uint32_t document = decision->hits[i].first;
    if (i > 0 && decision->hits[i - 1].first == document) continue;
    WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord record, Record(document));
    const bool is_kept =
        !record.of && !record.is_orphan && record.kept_since.value_or(0) < next;
    bool may_be_unkept = !is_kept;
    if (is_kept) {
      WIRECOPY_ASSIGN_OR_RETURN(may_be_unkept, MayBeCut(document, record));
    }
    if (may_be_unkept) decision->unkept.push_back(document);
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Batch::MayBeCut(uint32_t number,
                                     const DocumentRecord& record) {
  if (record.may_be_cut) return true;
  if (!record.is_left_out ||
      record.kept_since.value_or(number) >= counts_.unmarked_before) {
    return false;
  }
  const auto [known, is_new] = cut_beyond_lists_.try_emplace(number, false);
  if (!is_new) return known->second;
  Analysis made;
  WIRECOPY_ASSIGN_OR_RETURN(const Analysis* analysis,
                            AnalysisOf(number, &made));
  bool is_damaged = false;
  bool may_be_cut = false;
  WIRECOPY_RETURN_IF_ERROR(
      prints_.Visit(analysis->prints, [&](std::string_view bytes) {
        is_damaged |= !print_list_.Read(bytes);
        may_be_cut |=
            print_list_.left_out_may_be_cut() && !print_list_.Has(number);
      }));
  if (is_damaged) return DamagedList();
  known->second = may_be_cut;
  return may_be_cut;
}

// --- writing -----------------------------------------------------------------

void Batch::WriteDocuments(Store::Changes* changes) {
  // What was dropped may be there again, in another place.
  for (const std::string& key : dropped_duplicates_) {
    changes->Delete(Table::kRecords, key);
  }
  for (const auto& [number, record] : removed_) {
    if (IsFresh(number)) continue;
    changes->Delete(Table::kRecords, DocumentKey(number));
    changes->Delete(Table::kTexts, NumberKey(number));
  }
  std::vector<uint32_t> numbers;
  numbers.reserve(records_.size());
  for (const auto& [number, record] : records_) numbers.push_back(number);
  std::sort(numbers.begin(), numbers.end());
  for (const uint32_t number : numbers) {
    const DocumentRecord& record = records_[number];
    changes->Put(Table::kRecords, DocumentKey(number), Encode(record));
    if (record.of) {
      changes->Put(Table::kRecords, DuplicateKey(*record.of, number), "");
    }
    if (!IsFresh(number)) continue;
    changes->Put(Table::kTexts, NumberKey(number),
                 fresh_[number - first_].document->text);
  }
}

void Batch::Write(Store::Changes* changes) {
  WriteDocuments(changes);
  for (const auto& [key, number] : ids_) {
    if (number) {
      changes->Put(Table::kRecords, key, EncodeNumber(*number));
    } else {
      changes->Delete(Table::kRecords, key);
    }
  }
  bands_.Write(changes);
  prints_.Write(changes);
  ++counts_.batches;
  changes->Put(Table::kRecords, kStateKey, Encode(counts_));
}

void Batch::GiveSets() noexcept {
  try {
    for (const auto& [number, record] : records_) {
      if (!IsFresh(number) || record.of) continue;
      recent_.Keep(number, std::make_shared<std::vector<uint64_t>>(std::move(
                               fresh_[number - first_].analysis.set)));
    }
  } catch (const std::bad_alloc&) {
    // What is not at hand is read again.
    return;
  }
}

}  // namespace wirecopy
