#include "cli/serve/group_writer.h"

#include <iterator>
#include <new>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "base/status_macros.h"

namespace wirecopy::cli {
namespace {

constexpr size_t kMostDocuments = 1000;          // that are added together
constexpr size_t kMostBytes = size_t{16} << 20;  // of text, 80 times in memory

absl::Status OutOfMemory() { return absl::AbortedError("out of memory"); }

absl::Status TooLate() {
  return absl::DeadlineExceededError(
      "others were being written all the time; nothing was changed");
}

// Whether it is what was asked for that cannot be done; then nothing was. (An
// index that ran out of memory while it wrote says at the next change that it
// can be changed no more.)
bool IsOfDocuments(const absl::Status& status) {
  return absl::IsInvalidArgument(status) || absl::IsAborted(status);
}

}  // namespace

GroupWriter::GroupWriter(Index* index,
                         std::function<void(const absl::Status&)> failed)
    : index_(*index), failed_(std::move(failed)) {}

absl::StatusOr<std::vector<IndexAnswer>> GroupWriter::Add(
    std::span<const Document> documents, Time latest) {
  Waiting mine;
  mine.documents = documents;
  std::unique_lock lock(mutex_);
  // Whatever is thrown, nobody is left with what is gone.
  const absl::Cleanup leave = [this, &mine, &lock] {
    if (!lock.owns_lock()) lock.lock();
    if (std::erase(waiting_, &mine) > 0) changed_.notify_all();
  };
  waiting_.push_back(&mine);
  while (!mine.is_done) {
    if (mine.has_begun) {
      changed_.wait(lock);
      continue;
    }
    const auto may_go_on = [&] {
      return mine.has_begun || IsTurnOfAdditions();
    };
    if (!changed_.wait_until(lock, latest, may_go_on)) return TooLate();
    if (mine.has_begun) continue;
    const std::vector<Waiting*> group = TakeSome();
    is_busy_ = true;
    lock.unlock();
    AddTogether(group);
    lock.lock();
    for (Waiting* one : group) one->is_done = true;
    was_removal_ = false;
    is_busy_ = false;
    changed_.notify_all();
  }
  if (!mine.status.ok()) return mine.status;
  return std::move(mine.answers);
}

std::vector<GroupWriter::Waiting*> GroupWriter::TakeSome() {
  size_t taken = 0;
  size_t documents = 0;
  size_t bytes = 0;
  for (const Waiting* one : waiting_) {
    for (const Document& document : one->documents) {
      bytes += document.text.size();
    }
    documents += one->documents.size();
    if (taken > 0 && (documents > kMostDocuments || bytes > kMostBytes)) break;
    ++taken;
  }
  const auto end = waiting_.begin() + static_cast<ptrdiff_t>(taken);
  std::vector<Waiting*> group(waiting_.begin(), end);
  waiting_.erase(waiting_.begin(), end);
  for (Waiting* one : group) one->has_begun = true;
  return group;
}

// One whose documents are refused has that for itself alone.
void GroupWriter::AddTogether(std::span<Waiting* const> group) {
  const absl::Status status = TryToAdd(group);
  if (IsOfDocuments(status) && group.size() > 1) {
    for (size_t i = 0; i < group.size(); ++i) AddTogether(group.subspan(i, 1));
    return;
  }
  for (Waiting* one : group) one->status = status;
  if (!status.ok() && !IsOfDocuments(status)) Fail(status);
}

absl::Status GroupWriter::TryToAdd(std::span<Waiting* const> group) {
  {
    const std::lock_guard lock(mutex_);
    if (!failure_.ok()) return failure_;
  }
  try {
    std::vector<Document> documents;
    for (const Waiting* one : group) {
      documents.insert(documents.end(), one->documents.begin(),
                       one->documents.end());
    }
    WIRECOPY_ASSIGN_OR_RETURN(std::vector<IndexAnswer> answers,
                              index_.Add(documents));
    auto next = std::make_move_iterator(answers.begin());
    for (Waiting* one : group) {
      const auto count = static_cast<ptrdiff_t>(one->documents.size());
      one->answers.assign(next, next + count);
      next += count;
    }
    return absl::OkStatus();
  } catch (const std::bad_alloc&) {
    return OutOfMemory();
  }
}

absl::StatusOr<std::vector<bool>> GroupWriter::Remove(
    std::span<const DocumentId> ids, Time latest) {
  std::unique_lock lock(mutex_);
  ++removals_;
  const absl::Cleanup leave = [this] {  // under the mutex
    --removals_;
    changed_.notify_all();
  };
  if (!changed_.wait_until(lock, latest,
                           [this] { return IsTurnOfRemovals(); })) {
    return TooLate();
  }
  if (!failure_.ok()) return failure_;
  is_busy_ = true;
  lock.unlock();
  auto removed = TryToRemove(ids);
  if (!removed.ok() && !IsOfDocuments(removed.status())) Fail(removed.status());
  lock.lock();
  was_removal_ = true;
  is_busy_ = false;
  return removed;
}

absl::StatusOr<std::vector<bool>> GroupWriter::TryToRemove(
    std::span<const DocumentId> ids) {
  try {
    return index_.Remove(ids);
  } catch (const std::bad_alloc&) {
    return OutOfMemory();
  }
}

void GroupWriter::Fail(const absl::Status& status) {
  {
    const std::lock_guard lock(mutex_);
    if (!failure_.ok()) return;
    failure_ = status;
  }
  failed_(status);
}

}  // namespace wirecopy::cli
