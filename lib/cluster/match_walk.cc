#include "cluster/match_walk.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/parallel.h"
#include "lsh/visited.h"

namespace wirecopy {
namespace {

// A part of one of a worker's lists.
struct Range {
  size_t begin = 0;
  size_t end = 0;

  template <typename T>
  std::span<const T> Of(const std::vector<T>& list) const {
    return {list.data() + begin, end - begin};
  }
};

}  // namespace

// What is known of a document of the batch before it is taken.
struct MatchWalk::Asked {
  uint32_t document = 0;
  ShingleSet set;
  const Worker* worker = nullptr;  // of whose lists these are parts
  Range keys;
  Range matches;
};

// A thread's own; its lists are of the batch.
struct MatchWalk::Worker {
  Worker(int worker, const CandidateKeys& keys_source, size_t documents)
      : number(worker), source(keys_source.Another()), met(documents) {}

  int number;
  std::unique_ptr<CandidateKeys> source;
  std::vector<uint64_t> keys;
  std::vector<Match> matches;
  std::vector<uint32_t> used;  // documents whose sets were at hand
  Visited met;                 // by one document
  // Sets that were not, as many as there is room for, and one.
  absl::flat_hash_map<uint32_t, ShingleSet> fetched;
  size_t room_for_fetched = 0;  // bytes
  ShingleSet last_fetched;
  uint64_t candidates = 0;
};

MatchWalk::MatchWalk(const ClusterTask& task, const CandidateKeys& keys)
    : task_(task),
      sets_(*task.sets),
      small_keys_(keys.SmallKeys()),
      postings_(small_keys_) {
  for (int i = 0; i < sets_.loader().workers(); ++i) {
    workers_.emplace_back(i, keys, task.order.size());
  }
}

MatchWalk::~MatchWalk() = default;

void MatchWalk::Walk(std::span<const uint32_t> documents, const Take& take) {
  WalkInRounds(
      documents, &sets_,
      [&](std::span<const uint32_t> left) { return WalkOnce(left, take); },
      [this] {
        postings_ = PostingLists(0);  // gone before the next are made
        postings_ = PostingLists(small_keys_);
      });
}

// Returns how many came while there was room to file them.
size_t MatchWalk::WalkOnce(std::span<const uint32_t> documents,
                           const Take& take) {
  constexpr size_t kAhead = 4;
  AnnounceMissing(documents, &sets_);
  size_t filed = 0;
  bool may_file = true;
  for (size_t begin = 0; begin < documents.size(); begin += batch_.size()) {
    batch_.resize(BatchSize(documents.subspan(begin), begin));
    posted_before_ = postings_.size();
    notes_uses_ = sets_.MayForget();
    // Of all that may wait half is for the batch's own sets.
    const size_t room = sets_.HashesAhead() / 2 * sizeof(uint64_t);
    for (Worker& worker : workers_) {
      worker.room_for_fetched = room / workers_.size();
    }
    ParallelFor(static_cast<int>(workers_.size()), batch_.size(),
                [&](int worker, size_t i) {
                  Ask(documents[begin + i],
                      &workers_[static_cast<size_t>(worker)], &batch_[i]);
                });
    for (size_t i = 0; i < batch_.size(); ++i) {
      if (i + kAhead < batch_.size()) PrefetchKeys(batch_[i + kAhead]);
      if (sets_.HasFailed()) return filed;
      may_file = may_file && !sets_.IsFull();
      filed += may_file ? 1 : 0;
      Settle(batch_[i], may_file, take);
      batch_[i].set = nullptr;
    }
    EndBatch();
  }
  return filed;
}

void MatchWalk::PrefetchKeys(const Asked& asked) const {
  for (const uint64_t key : asked.keys.Of(asked.worker->keys)) {
    postings_.PrefetchHead(key);
  }
}

// Few at first: what a batch has of its own is compared by one thread. As many
// sets as there is room for, but one for each thread always.
size_t MatchWalk::BatchSize(std::span<const uint32_t> documents,
                            size_t before) const {
  constexpr size_t kLeast = 32;
  constexpr size_t kMost = 1024;
  constexpr size_t kPart = 8;
  const size_t most =
      std::min(std::clamp(before / kPart, kLeast, kMost), documents.size());
  const size_t most_hashes = sets_.HashesAhead() / 2;
  size_t hashes = 0;
  for (size_t i = 0; i < most; ++i) {
    if (sets_.Find(documents[i]) != nullptr) continue;
    hashes += sets_.loader().SizeBound(documents[i]);
    if (i >= workers_.size() && hashes > most_hashes) return i;
  }
  return most;
}

// Nothing is filed or put meanwhile.
void MatchWalk::Ask(uint32_t document, Worker* worker, Asked* asked) {
  asked->document = document;
  asked->worker = worker;
  const ShingleSet* const held = sets_.Find(document);
  asked->set =
      held != nullptr ? *held : sets_.loader().Load(worker->number, document);
  asked->keys.begin = worker->keys.size();
  worker->source->Append(document, *asked->set, &worker->keys);
  asked->keys.end = worker->keys.size();
  const std::span<const uint64_t> keys = asked->keys.Of(worker->keys);
  for (const uint64_t key : keys) postings_.PrefetchHead(key);
  for (const uint64_t key : keys) postings_.PrefetchFirst(key);
  worker->met.Clear();
  for (const uint64_t key : keys) {
    postings_.ForEach(key,
                      [worker](uint32_t other) { worker->met.Add(other); });
  }
  asked->matches.begin = worker->matches.size();
  const auto set_of = [&](uint32_t other) -> const ShingleSet& {
    return FetchedOrHeld(other, worker);
  };
  CompareMet(*asked, worker, set_of, &worker->matches);
  asked->matches.end = worker->matches.size();
}

// With those that the worker has met.
template <typename SetOf>
void MatchWalk::CompareMet(const Asked& asked, Worker* worker,
                           const SetOf& set_of,
                           std::vector<Match>* matches) const {
  for (const uint32_t other : worker->met.documents()) {
    if (!worker->source->MayPair(asked.document, other)) continue;
    ++worker->candidates;
    const auto overlap =
        VerifyResemblance(*asked.set, *set_of(other), task_.threshold);
    if (overlap) matches->push_back({other, *overlap});
  }
}

// Valid until the next call.
const ShingleSet& MatchWalk::FetchedOrHeld(uint32_t document, Worker* worker) {
  if (const ShingleSet* const held = sets_.Find(document)) {
    // Without a note it only goes sooner than it might.
    constexpr size_t kMostNoted = size_t{1} << 16;
    if (notes_uses_ && worker->used.size() < kMostNoted) {
      worker->used.push_back(document);
    }
    return *held;
  }
  const auto fetched = worker->fetched.find(document);
  if (fetched != worker->fetched.end()) return fetched->second;
  sets_.loader().Announce(1);
  worker->last_fetched = nullptr;  // gone before the next is made
  worker->last_fetched = sets_.loader().Load(worker->number, document);
  const size_t bytes = BytesOf(worker->last_fetched);
  if (bytes <= worker->room_for_fetched) {
    worker->room_for_fetched -= bytes;
    worker->fetched[document] = worker->last_fetched;
  }
  return worker->last_fetched;
}

void MatchWalk::Settle(const Asked& asked, bool may_file, const Take& take) {
  const auto matches = asked.matches.Of(asked.worker->matches);
  matches_.assign(matches.begin(), matches.end());
  MeetBatch(asked);
  if (!take(asked.document, matches_) || !may_file) return;
  for (const uint64_t key : asked.keys.Of(asked.worker->keys)) {
    postings_.Add(key, asked.document);
  }
  sets_.Put(asked.document, asked.set);
}

// Those that were filed since the batch began.
void MatchWalk::MeetBatch(const Asked& asked) {
  Worker& worker = workers_.front();
  worker.met.Clear();
  for (const uint64_t key : asked.keys.Of(asked.worker->keys)) {
    postings_.ForEachSince(posted_before_, key, [&worker](uint32_t other) {
      worker.met.Add(other);
    });
  }
  const auto set_of = [this](uint32_t other) { return sets_.Get(other); };
  CompareMet(asked, &worker, set_of, &matches_);
}

void MatchWalk::EndBatch() {
  for (Worker& worker : workers_) {
    for (const uint32_t document : worker.used) sets_.NoteUse(document);
    for (auto& [document, set] : worker.fetched) {
      sets_.Put(document, std::move(set));
    }
    candidates_ += std::exchange(worker.candidates, 0);
    worker.keys.clear();
    worker.matches.clear();
    worker.used.clear();
    worker.fetched.clear();
    worker.last_fetched = nullptr;
  }
}

}  // namespace wirecopy
