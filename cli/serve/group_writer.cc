#include "cli/serve/group_writer.h"

#include <iterator>
#include <utility>

namespace wirecopy::cli {
namespace {

constexpr size_t kMostDocuments = 1000;          // that are added together
constexpr size_t kMostBytes = size_t{64} << 20;  // of text

}  // namespace

GroupWriter::GroupWriter(Index* index,
                         std::function<void(const absl::Status&)> failed)
    : index_(*index), failed_(std::move(failed)) {}

absl::StatusOr<std::vector<IndexAnswer>> GroupWriter::Add(
    std::span<const Document> documents) {
  Waiting mine;
  mine.documents = documents;
  std::unique_lock lock(mutex_);
  waiting_.push_back(&mine);
  while (!mine.is_done) {
    if (is_busy_) {
      changed_.wait(lock);
      continue;
    }
    is_busy_ = true;
    const std::vector<Waiting*> group = TakeSome();
    lock.unlock();
    AddTogether(group);
    lock.lock();
    for (Waiting* one : group) one->is_done = true;
    is_busy_ = false;
    changed_.notify_all();
  }
  lock.unlock();
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
  return group;
}

void GroupWriter::AddTogether(const std::vector<Waiting*>& group) {
  std::vector<Document> documents;
  for (const Waiting* one : group) {
    documents.insert(documents.end(), one->documents.begin(),
                     one->documents.end());
  }
  absl::Status status;
  {
    const std::lock_guard lock(mutex_);
    status = failure_;
  }
  if (status.ok()) {
    auto answers = index_.Add(documents);
    status = answers.status();
    if (answers.ok()) {
      auto next = std::make_move_iterator(answers->begin());
      for (Waiting* one : group) {
        const auto count = static_cast<ptrdiff_t>(one->documents.size());
        one->answers.assign(next, next + count);
        next += count;
      }
    } else {
      Fail(status);
    }
  }
  for (Waiting* one : group) one->status = status;
}

absl::StatusOr<std::vector<bool>> GroupWriter::Remove(
    std::span<const DocumentId> ids) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !is_busy_; });
  if (!failure_.ok()) return failure_;
  is_busy_ = true;
  lock.unlock();
  auto removed = index_.Remove(ids);
  if (!removed.ok()) Fail(removed.status());
  lock.lock();
  is_busy_ = false;
  changed_.notify_all();
  return removed;
}

void GroupWriter::Fail(const absl::Status& status) {
  {
    const std::lock_guard lock(mutex_);
    failure_ = status;
  }
  failed_(status);
}

}  // namespace wirecopy::cli
