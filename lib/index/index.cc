#include "wirecopy/index.h"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <system_error>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "base/parallel.h"
#include "base/status_macros.h"
#include "index/batch.h"
#include "index/index_state.h"
#include "index/passage_finder.h"

namespace wirecopy {
namespace {

constexpr size_t kMostTextBytes = size_t{1} << 30;
constexpr size_t kMostIdBytes = size_t{1} << 16;

absl::Status CheckDocument(const Document& document, size_t most_text_bytes) {
  const std::string& id = document.id.text;
  if (id.size() >= kMostIdBytes) {
    return absl::InvalidArgumentError(absl::StrCat(
        "an id of ", id.size(), " bytes: it may have less than 64 KiB"));
  }
  if (document.text.size() >= kMostTextBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat(id, ": a text of ", document.text.size(),
                     " bytes: it may have less than 1 GiB"));
  }
  if (most_text_bytes > 0 && document.text.size() > most_text_bytes) {
    return absl::ResourceExhaustedError(
        absl::StrCat(id, ": a text of ", document.text.size(),
                     " bytes takes more memory than there may be"));
  }
  if (!IsValidUtf8(document.text) || !IsValidUtf8(id)) {
    return absl::InvalidArgumentError(absl::StrCat(id, ": is no UTF-8"));
  }
  return absl::OkStatus();
}

IndexStatus StatusOf(const Decision& decision, const IndexAnswer& answer) {
  const bool is_new = decision.status == IndexStatus::kNew;
  return is_new && !answer.passages.empty() ? IndexStatus::kPassages
                                            : decision.status;
}

absl::StatusOr<IndexAnswer> AnswerOf(const Document& document,
                                     const Decision& decision,
                                     const Batch& batch,
                                     PassageFinder* finder) {
  IndexAnswer answer;
  answer.held_as = decision.held_as;
  answer.was_orphan = decision.was_orphan;
  answer.similarity = decision.similarity;
  answer.former_similarity = decision.former_similarity;
  if (decision.of) {
    WIRECOPY_ASSIGN_OR_RETURN(answer.of, batch.Id(*decision.of));
  }
  WIRECOPY_RETURN_IF_ERROR(
      finder->Find(document.text, decision, batch, &answer.passages));
  answer.status = StatusOf(decision, answer);
  return answer;
}

// The first error of many threads, by the number of what failed.
class FirstError {
 public:
  void Note(size_t i, const absl::Status& status) {
    if (status.ok()) return;
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!status_.ok() && at_ < i) return;
    status_ = status;
    at_ = i;
  }
  const absl::Status& status() const { return status_; }

 private:
  std::mutex mutex_;
  size_t at_ = 0;
  absl::Status status_;
};

// One for each thread.
template <typename Worker, typename Make>
std::vector<std::unique_ptr<Worker>> MakeWorkers(int threads, Make make) {
  std::vector<std::unique_ptr<Worker>> workers;
  workers.reserve(static_cast<size_t>(threads));
  for (int i = 0; i < threads; ++i) workers.push_back(make());
  return workers;
}

// Of each document what can be found out before its turn, and of the batch what
// the store has for it.
absl::StatusOr<std::vector<Lookup>> LookUp(const IndexState& state,
                                           const StoredDocuments& stored,
                                           std::span<const Document> documents,
                                           Batch* batch) {
  const IndexParameters& parameters = state.parameters;
  const int threads = state.options.threads;
  const auto makers = MakeWorkers<LookupMaker>(threads, [&] {
    return std::make_unique<LookupMaker>(parameters, stored,
                                         state.recent_sets.get());
  });
  std::vector<Lookup> lookups(documents.size());
  FirstError error;
  ParallelFor(threads, documents.size(), [&](int worker, size_t i) {
    absl::Status status =
        CheckDocument(documents[i], state.options.most_text_bytes);
    if (status.ok()) {
      status =
          makers[static_cast<size_t>(worker)]->Begin(documents[i], &lookups[i]);
    }
    error.Note(i, status);
  });
  WIRECOPY_RETURN_IF_ERROR(error.status());
  WIRECOPY_RETURN_IF_ERROR(batch->Prefetch(lookups, threads));
  ParallelFor(threads, documents.size(), [&](int worker, size_t i) {
    error.Note(i, makers[static_cast<size_t>(worker)]->Compare(
                      batch->bands(), batch->prints(), &lookups[i]));
  });
  WIRECOPY_RETURN_IF_ERROR(error.status());
  return lookups;
}

absl::StatusOr<std::vector<IndexAnswer>> FindAnswers(
    const IndexState& state, std::span<const Document> documents,
    std::span<const Decision> decisions, const Batch& batch,
    const LentFinders& finders) {
  const int threads = state.options.threads;
  std::vector<IndexAnswer> answers(documents.size());
  FirstError error;
  ParallelFor(threads, documents.size(), [&](int worker, size_t i) {
    auto answer =
        AnswerOf(documents[i], decisions[i], batch, finders.Of(worker));
    error.Note(i, answer.status());
    if (answer.ok()) answers[i] = *std::move(answer);
  });
  WIRECOPY_RETURN_IF_ERROR(error.status());
  return answers;
}

// What a batch changes, on disk.
absl::Status Commit(Batch* batch, IndexState* state) {
  if (!batch->changes_anything()) return absl::OkStatus();
  Store::Changes changes(*state->store);
  batch->Write(&changes);
  WIRECOPY_RETURN_IF_ERROR(state->Commit(&changes, batch->counts().batches));
  batch->GiveSets();
  return absl::OkStatus();
}

absl::StatusOr<std::vector<IndexAnswer>> AddAll(
    std::span<const Document> documents, IndexState* state) {
  const Store::View view(*state->store);
  const StoredDocuments stored(view, state->options.most_text_bytes);
  WIRECOPY_ASSIGN_OR_RETURN(const IndexCounts counts, stored.Counts());
  Batch batch(Batch::Use::kChange, state->parameters, stored, counts,
              state->options, state->recent_sets.get());
  WIRECOPY_ASSIGN_OR_RETURN(std::vector<Lookup> lookups,
                            LookUp(*state, stored, documents, &batch));
  std::vector<Decision> decisions;
  decisions.reserve(documents.size());
  for (size_t i = 0; i < documents.size(); ++i) {
    WIRECOPY_ASSIGN_OR_RETURN(Decision decision,
                              batch.Add(documents[i], std::move(lookups[i])));
    decisions.push_back(std::move(decision));
  }
  // They read documents by numbers that are others' if this comes to nothing,
  // whatever ends it: nobody else has them before it is known that it does not.
  LentFinders finders(state->finders.get(), state->options.threads);
  absl::Cleanup drop = [&finders] { finders.Drop(); };
  WIRECOPY_ASSIGN_OR_RETURN(
      auto answers, FindAnswers(*state, documents, decisions, batch, finders));
  WIRECOPY_RETURN_IF_ERROR(Commit(&batch, state));
  std::move(drop).Cancel();
  return answers;
}

// The answer for one document that is not added.
absl::StatusOr<IndexAnswer> Ask(const IndexState& state,
                                const StoredDocuments& stored,
                                const IndexCounts& counts,
                                const Document& document, LookupMaker* maker,
                                PassageFinder* finder) {
  WIRECOPY_RETURN_IF_ERROR(
      CheckDocument(document, state.options.most_text_bytes));
  Lookup lookup;
  WIRECOPY_RETURN_IF_ERROR(maker->Begin(document, &lookup));
  Batch batch(Batch::Use::kQuestion, state.parameters, stored, counts,
              state.options, state.recent_sets.get());
  WIRECOPY_RETURN_IF_ERROR(batch.Prefetch({&lookup, 1}, /*threads=*/1));
  WIRECOPY_RETURN_IF_ERROR(
      maker->Compare(batch.bands(), batch.prints(), &lookup));
  WIRECOPY_ASSIGN_OR_RETURN(const Decision decision,
                            batch.Add(document, std::move(lookup)));
  return AnswerOf(document, decision, batch, finder);
}

absl::StatusOr<std::vector<IndexAnswer>> QueryAll(
    const IndexState& state, std::span<const Document> documents) {
  const Store::View view(*state.store);
  const StoredDocuments stored(view, state.options.most_text_bytes);
  WIRECOPY_ASSIGN_OR_RETURN(const IndexCounts counts, stored.Counts());
  const int threads =
      std::min(state.options.threads, static_cast<int>(documents.size()));
  const auto makers = MakeWorkers<LookupMaker>(threads, [&] {
    return std::make_unique<LookupMaker>(state.parameters, stored,
                                         state.recent_sets.get());
  });
  const LentFinders finders(state.finders.get(), threads);
  std::vector<IndexAnswer> answers(documents.size());
  FirstError error;
  ParallelFor(threads, documents.size(), [&](int worker, size_t i) {
    auto answer =
        Ask(state, stored, counts, documents[i],
            makers[static_cast<size_t>(worker)].get(), finders.Of(worker));
    error.Note(i, answer.status());
    if (answer.ok()) answers[i] = *std::move(answer);
  });
  WIRECOPY_RETURN_IF_ERROR(error.status());
  return answers;
}

absl::StatusOr<StoredDocument> DocumentOf(const StoredDocuments& stored,
                                          uint32_t number,
                                          DocumentRecord record) {
  StoredDocument document;
  WIRECOPY_ASSIGN_OR_RETURN(document.text, stored.Text(number));
  if (record.of) {
    WIRECOPY_ASSIGN_OR_RETURN(const DocumentRecord of,
                              stored.Record(*record.of));
    document.of = of.id;
    document.similarity = record.similarity;
  }
  if (record.published_micros) {
    document.published = absl::FromUnixMicros(*record.published_micros);
  }
  document.published_is_uncertain = record.published_is_uncertain;
  document.is_orphan = record.is_orphan;
  document.id = std::move(record.id);
  document.publisher = std::move(record.publisher);
  document.url = std::move(record.url);
  document.title = std::move(record.title);
  return document;
}

absl::StatusOr<std::optional<StoredDocument>> GetOne(const Store& store,
                                                     const DocumentId& id) {
  const Store::View view(store);
  const StoredDocuments stored(view);
  WIRECOPY_ASSIGN_OR_RETURN(const auto number, stored.Find(id));
  if (!number) return std::nullopt;
  WIRECOPY_ASSIGN_OR_RETURN(DocumentRecord record, stored.Record(*number));
  return DocumentOf(stored, *number, std::move(record));
}

absl::Status VisitAllOrphans(
    const Store& store,
    const std::function<absl::Status(const StoredDocument&)>& visit) {
  const Store::View view(store);
  const StoredDocuments stored(view);
  return view.Visit(
      Table::kRecords, kDocumentPrefix,
      [&](std::string_view key, std::string_view bytes) -> absl::Status {
        WIRECOPY_ASSIGN_OR_RETURN(DocumentRecord record, DecodeDocument(bytes));
        if (!record.is_orphan) return absl::OkStatus();
        WIRECOPY_ASSIGN_OR_RETURN(
            const StoredDocument orphan,
            DocumentOf(stored, NumberAtEnd(key), std::move(record)));
        return visit(orphan);
      });
}

absl::StatusOr<std::vector<bool>> RemoveAll(std::span<const DocumentId> ids,
                                            IndexState* state) {
  const Store::View view(*state->store);
  const StoredDocuments stored(view);
  WIRECOPY_ASSIGN_OR_RETURN(const IndexCounts counts, stored.Counts());
  Batch batch(Batch::Use::kChange, state->parameters, stored, counts,
              state->options, state->recent_sets.get());
  std::vector<bool> were_there;
  were_there.reserve(ids.size());
  for (const DocumentId& id : ids) {
    WIRECOPY_ASSIGN_OR_RETURN(const bool was_there, batch.Remove(id));
    were_there.push_back(was_there);
  }
  WIRECOPY_RETURN_IF_ERROR(Commit(&batch, state));
  return were_there;
}

}  // namespace

absl::Status Named(const std::string& folder, const absl::Status& status) {
  if (status.ok()) return status;
  const std::string message(status.message());
  if (message.find(folder) != std::string::npos) return status;
  return {status.code(), absl::StrCat(folder, ": ", message)};
}

absl::Status IndexState::Commit(Store::Changes* changes, uint64_t batches) {
  Store::CheckRoom(*changes);
  may_write = false;
  WIRECOPY_RETURN_IF_ERROR(store->Commit(changes));
  WIRECOPY_RETURN_IF_ERROR(committed.Write(batches));
  may_write = true;
  return absl::OkStatus();
}

absl::Status IndexState::CheckOpen() const {
  if (!IsOurs()) {
    return absl::FailedPreconditionError(absl::StrCat(
        folder, ": process ", opened_by,
        " opened it, from which this one was forked; open the index anew in "
        "each process"));
  }
  if (store != nullptr) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat(folder, ": it has been closed"));
}

absl::Status IndexState::CheckWritable() const {
  WIRECOPY_RETURN_IF_ERROR(CheckOpen());
  if (access != Index::Access::kWrite) {
    return absl::FailedPreconditionError(
        absl::StrCat(folder, ": it was opened for reading"));
  }
  if (may_write) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat(folder, ": an earlier change failed; open it anew"));
}

Index::Index(std::unique_ptr<IndexState> state) : state_(std::move(state)) {}

Index::~Index() { Close().IgnoreError(); }

const IndexParameters& Index::parameters() const { return state_->parameters; }

absl::StatusOr<std::vector<IndexAnswer>> Index::Add(
    std::span<const Document> documents) {
  WIRECOPY_RETURN_IF_ERROR(state_->CheckWritable());
  auto answers = AddAll(documents, state_.get());
  if (!answers.ok()) return Named(state_->folder, answers.status());
  return answers;
}

absl::StatusOr<std::vector<IndexAnswer>> Index::Query(
    std::span<const Document> documents) const {
  WIRECOPY_RETURN_IF_ERROR(state_->CheckOpen());
  auto answers = QueryAll(*state_, documents);
  if (!answers.ok()) return Named(state_->folder, answers.status());
  return answers;
}

absl::StatusOr<std::optional<StoredDocument>> Index::Get(
    const DocumentId& id) const {
  WIRECOPY_RETURN_IF_ERROR(state_->CheckOpen());
  auto document = GetOne(*state_->store, id);
  if (!document.ok()) return Named(state_->folder, document.status());
  return document;
}

absl::Status Index::VisitOrphans(
    const std::function<absl::Status(const StoredDocument&)>& visit) const {
  WIRECOPY_RETURN_IF_ERROR(state_->CheckOpen());
  return Named(state_->folder, VisitAllOrphans(*state_->store, visit));
}

absl::StatusOr<std::vector<bool>> Index::Remove(
    std::span<const DocumentId> ids) {
  WIRECOPY_RETURN_IF_ERROR(state_->CheckWritable());
  auto were_there = RemoveAll(ids, state_.get());
  if (!were_there.ok()) return Named(state_->folder, were_there.status());
  return were_there;
}

absl::StatusOr<IndexInfo> Index::Info() const {
  WIRECOPY_RETURN_IF_ERROR(state_->CheckOpen());
  const Store::View view(*state_->store);
  const auto counts = StoredDocuments(view).Counts();
  if (!counts.ok()) return Named(state_->folder, counts.status());
  IndexInfo info;
  info.documents = counts->documents;
  info.duplicates = counts->duplicates;
  info.orphans = counts->orphans;
  info.text_bytes = counts->text_bytes;
  info.unfiled_bands = counts->unfiled_bands;
  std::error_code error;
  std::filesystem::recursive_directory_iterator entry(state_->folder, error);
  for (; !error && entry != std::filesystem::recursive_directory_iterator();
       entry.increment(error)) {
    // A file may be gone by now, beside a writer.
    std::error_code gone;
    const uintmax_t size = std::filesystem::file_size(entry->path(), gone);
    if (entry->is_regular_file(gone) && !gone) info.disk_bytes += size;
  }
  return info;
}

absl::Status Index::Compact() {
  WIRECOPY_RETURN_IF_ERROR(state_->CheckWritable());
  WIRECOPY_RETURN_IF_ERROR(Named(state_->folder, Refile(state_.get())));
  return Named(state_->folder, state_->store->Compact());
}

}  // namespace wirecopy
