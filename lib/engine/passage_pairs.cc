#include "engine/passage_pairs.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <shared_mutex>
#include <span>

#include "absl/container/flat_hash_map.h"
#include "base/ordered_work.h"
#include "base/parallel.h"
#include "engine/begin_stage.h"
#include "engine/common_fingerprints.h"
#include "engine/equal_documents.h"
#include "engine/passage_order.h"
#include "passage/candidates.h"
#include "passage/furniture.h"
#include "passage/posting_groups.h"
#include "passage/rarity.h"
#include "passage/winnow.h"

namespace wirecopy {
namespace {

uint32_t GramOf(int min_run) {
  return static_cast<uint32_t>(SizesForRun(min_run).gram);
}

}  // namespace

// Aligns each document with its candidates.
class PassagePairFinder::Search {
 public:
  Search(const PassagesOptions& options, const TokenStore& store,
         const std::vector<uint32_t>& order,
         const std::vector<uint32_t>& publishers, bool keeps_runs,
         const CorpusFacts* corpus)
      : options_(options),
        store_(store),
        corpus_(corpus),
        looks_behind_(options.all_pairs && !keeps_runs),
        order_(order),
        publishers_(publishers),
        furniture_(order.size()) {
    if (looks_behind_) {
      std::iota(order_.begin(), order_.end(), 0U);
      equal_ = EqualDocuments(store);
      behind_.resize(order.size());
    }
    Index();
    if (keeps_runs) runs_ = PairRuns(rank_);
  }

  PassagePairs Run();
  void Add(std::span<const std::pair<uint32_t, uint32_t>> pairs,
           PassagePairs* found);
  const PairRuns& runs() const { return runs_; }

 private:
  using Candidate = CandidateFinder::Candidate;
  // What is asked of either text of a pair, of which one is anybody's: half a
  // line of a cache.
  struct alignas(32) Text {
    const TokenCode* first_code = nullptr;
    const TokenSpan* first_furniture = nullptr;
    uint32_t size = 0;
    uint32_t furniture_size = 0;
    bool has_singles = true;

    std::span<const TokenCode> codes() const { return {first_code, size}; }
    std::span<const TokenSpan> furniture() const {
      return {first_furniture, furniture_size};
    }
  };
  // What was found of a pair.
  struct Aligned {
    uint32_t other = 0;  // the document behind
    size_t begin = 0;    // in Worker::found
    size_t end = 0;
  };
  struct Worker {
    explicit Worker(const Search& search);

    CandidateFinder finder;
    HitFinder hit_finder;
    TokenAligner aligner;
    std::vector<PassagePart> parts;
    std::vector<PairPassage> found;  // of the task that it is at
    // By the first of some equal documents, which of them the document that it
    // is at was last aligned with.
    absl::flat_hash_map<uint32_t, Aligned> aligned;
    uint64_t candidates = 0;
    uint64_t copied = 0;  // of these
  };
  // Documents whose passages are found one behind the other: what a task finds
  // is to be in a cache still when it is put where it belongs.
  static constexpr size_t kPerTask = 4;

  void Index();
  // Fills linking_ where the corpus has verdicts.
  void LeaveOutWhatLinksNobody();
  void FindFurnitureSpans();
  std::span<Candidate> Candidates(uint32_t rank, Worker* worker);
  // Aligns two documents, of which hits have `first` as a.
  void AlignPair(uint32_t first, uint32_t second, std::span<Hit> hits,
                 Worker* worker);
  void AlignWithItself(uint32_t rank, Worker* worker);
  void AlignDocument(uint32_t rank, Worker* worker);
  // Whether passages may be those of an equal document, and theirs its own.
  bool HasEqual(uint32_t document) const {
    return looks_behind_ && equal_.HasEqual(document);
  }
  // Finds what the worker's document shares with `other`, behind it, where it
  // was aligned with one that is equal to this. Else false, and nothing is
  // done.
  bool CopyFromEqualOther(uint32_t other, Worker* worker);
  // Finds what the document shares with all behind it, where the first one that
  // is equal to it has been aligned with these. Else false, and nothing is
  // done.
  bool CopyFromFirstEqual(uint32_t document, Worker* worker);
  // Has the processor fetch what AlignPair is going to need of the candidate
  // some places behind this one, and of one that lies further behind where
  // that is.
  void PrefetchBehind(std::span<const Candidate> candidates, size_t i) const;

  const PassagesOptions& options_;
  const TokenStore& store_;
  const CorpusFacts* const corpus_;  // null where these are all documents
  // Where every two documents are aligned, any order brings the same pairs. In
  // that of the documents, each with those behind it, they come sorted.
  const bool looks_behind_;
  std::vector<uint32_t> order_;
  const std::vector<uint32_t>& publishers_;  // by document
  std::vector<uint32_t> rank_;               // by document
  // By document, fingerprints without those of which the corpus has a verdict;
  // empty where it has none.
  std::vector<std::vector<Fingerprint>> linking_;
  // By rank, those that bring documents together.
  std::vector<std::span<const Fingerprint>> prints_;
  std::optional<Rarity> own_rarity_;
  const Rarity* rarity_ = nullptr;
  std::vector<std::vector<TokenSpan>> furniture_;  // by document
  std::vector<Text> texts_;                        // by document
  std::unique_ptr<PostingGroups> groups_;
  std::unique_ptr<LongRuns> long_runs_;
  std::unique_ptr<PostingGroups> long_groups_;
  // What follows is of use where it looks behind.
  EqualDocuments equal_;
  // How many candidates the first equal document has behind this one. Written
  // before found_end_ passes that, and read behind it.
  std::vector<uint32_t> behind_;
  std::shared_mutex found_mutex_;  // of what is found of those below found_end_
  GrowingRoom<PairPassage> found_;
  uint32_t found_end_ = 0;
  PassagesStats stats_;
  PairRuns runs_;
};

PassagePairFinder::Search::Worker::Worker(const Search& search)
    : finder(*search.groups_, GramOf(search.options_.passage.min_run)),
      aligner(search.options_.passage) {}

void PassagePairFinder::Search::Index() {
  uint64_t total = 0;
  size_t tokens = 0;
  rank_.resize(order_.size());
  LeaveOutWhatLinksNobody();
  for (const uint32_t document : order_) {
    rank_[document] = static_cast<uint32_t>(prints_.size());
    prints_.push_back(linking_.empty() ? store_.Fingerprints(document)
                                       : linking_[document]);
    total += prints_.back().size();
    tokens += store_.Codes(document).size();
  }
  if (corpus_ == nullptr) own_rarity_.emplace(tokens);
  rarity_ = corpus_ == nullptr ? &*own_rarity_ : &corpus_->rarity;
  // The one is a single thread's work, the other is so for its first half.
  ParallelFor(options_.threads, 2, [this](int, size_t task) {
    if (task == 0) {
      groups_ = std::make_unique<PostingGroups>(prints_, options_.threads);
    } else if (own_rarity_) {
      for (const uint32_t d : order_) own_rarity_->Add(store_.Codes(d));
    }
  });
  FindFurnitureSpans();
  if (!options_.all_pairs) return;
  stats_.most_documents = options_.most_documents != 0
                              ? options_.most_documents
                              : AffordableDocuments(*groups_, total);
  for (uint32_t group = 0; group < groups_->count(); ++group) {
    if (groups_->CountDocuments(group) > stats_.most_documents) {
      ++stats_.capped_fingerprints;
    }
  }
  if (stats_.capped_fingerprints == 0) return;
  long_runs_ = std::make_unique<LongRuns>(store_, order_, options_.threads);
  long_groups_ =
      std::make_unique<PostingGroups>(long_runs_->views(), options_.threads);
}

void PassagePairFinder::Search::LeaveOutWhatLinksNobody() {
  if (corpus_ == nullptr || corpus_->verdicts.empty()) return;
  linking_.resize(order_.size());
  for (const uint32_t document : order_) {
    for (const Fingerprint& print : store_.Fingerprints(document)) {
      if (!VerdictOn(corpus_, print.hash)) linking_[document].push_back(print);
    }
  }
}

void PassagePairFinder::Search::FindFurnitureSpans() {
  std::vector<uint32_t> of_ranks;
  of_ranks.reserve(order_.size());
  for (const uint32_t document : order_) {
    of_ranks.push_back(publishers_[document]);
  }
  const PublisherCounts counts = corpus_ == nullptr
                                     ? CountPublishers(publishers_)
                                     : CountsOf(*corpus_, publishers_);
  const std::vector<bool> is_furniture =
      FindFurniture(*groups_, of_ranks, counts, options_.threads);
  const size_t gram = SizesForRun(options_.passage.min_run).gram;
  ParallelFor(options_.threads, order_.size(), [&](int, size_t rank) {
    const uint32_t document = order_[rank];
    const auto groups = groups_->Of(static_cast<uint32_t>(rank));
    std::vector<Fingerprint> furniture;
    size_t linking = 0;
    for (const Fingerprint& print : store_.Fingerprints(document)) {
      const std::optional<bool> verdict = VerdictOn(corpus_, print.hash);
      const uint32_t group = verdict ? PostingGroups::kNone : groups[linking++];
      if (verdict.value_or(group != PostingGroups::kNone &&
                           is_furniture[group])) {
        furniture.push_back(print);
      }
    }
    furniture_[document] =
        FurnitureSpans(furniture, gram, store_.Paragraphs(document),
                       static_cast<uint32_t>(store_.Codes(document).size()));
  });
  texts_.resize(order_.size());
  for (uint32_t d = 0; d < texts_.size(); ++d) {
    const auto codes = store_.Codes(d);
    texts_[d] = {
        codes.data(), furniture_[d].data(), static_cast<uint32_t>(codes.size()),
        static_cast<uint32_t>(furniture_[d].size()), store_.HasSingles(d)};
  }
}

// By rising rank. Those of both indexes come together, each with all hits.
std::span<CandidateFinder::Candidate> PassagePairFinder::Search::Candidates(
    uint32_t rank, Worker* worker) {
  if (!options_.all_pairs) return worker->finder.First(prints_[rank], rank);
  CandidateFinder::MoreGroups more;
  if (long_groups_ != nullptr) {
    more = {long_groups_.get(), GramOf(LongRuns::kLeast),
            long_runs_->views()[rank]};
  }
  const auto most = static_cast<size_t>(stats_.most_documents);
  return looks_behind_
             ? worker->finder.AllBehind(prints_[rank], rank, most, more)
             : worker->finder.All(prints_[rank], rank, most, more);
}

void PassagePairFinder::Search::AlignPair(uint32_t first, uint32_t second,
                                          std::span<Hit> hits, Worker* worker) {
  // What is longer does not depend on its rarity.
  const auto lone =
      static_cast<uint32_t>(options_.passage.lone_words) * kThirdsOfWord;
  ++worker->candidates;
  // The smaller number is a.
  if (second < first) {
    for (Hit& hit : hits) std::swap(hit.a, hit.b);
  }
  const uint32_t a = std::min(first, second);
  const uint32_t b = std::max(first, second);
  const Text& text_a = texts_[a];
  const Text& text_b = texts_[b];
  const TokenPair pair{text_a.codes(), text_b.codes(), false,
                       text_a.has_singles && text_b.has_singles};
  for (TokenPassage passage : worker->aligner.Align(pair, hits)) {
    const auto runs = worker->aligner.runs().subspan(
        passage.first_run, passage.last_run - passage.first_run);
    if (passage.thirds < lone) {
      passage.rarity = static_cast<float>(rarity_->Of(pair.a, runs));
    }
    CutAtFurniture(passage, pair, runs, text_a.furniture(), text_b.furniture(),
                   &worker->parts);
    for (PassagePart& part : worker->parts) {
      if (runs_.keeps()) runs_.Add(a, b, runs, &part.tokens);
      worker->found.push_back({a, b, part.tokens, part.is_furniture});
    }
  }
}

void PassagePairFinder::Search::PrefetchBehind(
    std::span<const Candidate> candidates, size_t i) const {
  constexpr size_t kNear = 4;
  constexpr size_t kFar = 12;
  if (i + kFar < candidates.size()) {
    __builtin_prefetch(&texts_[order_[candidates[i + kFar].document]]);
  }
  if (i + kNear >= candidates.size()) return;
  const Candidate& near = candidates[i + kNear];
  const Text& text = texts_[order_[near.document]];
  __builtin_prefetch(text.first_furniture);
  // A run around each hit, and what its ends look at.
  constexpr size_t kMostHits = 4;
  constexpr uint32_t kLine = 64 / sizeof(TokenCode);
  for (const Hit& hit :
       near.hits.first(std::min(near.hits.size(), kMostHits))) {
    const uint32_t at = looks_behind_ ? hit.b : hit.a;
    __builtin_prefetch(text.first_code + (at - std::min(at, kLine)));
    __builtin_prefetch(text.first_code + at);
    __builtin_prefetch(text.first_code + std::min(at + kLine, text.size));
  }
}

void PassagePairFinder::Search::AlignWithItself(uint32_t rank, Worker* worker) {
  const uint32_t document = order_[rank];
  const auto codes = store_.Codes(document);
  const std::span<Hit> hits = worker->hit_finder.FindSelf(
      store_.Fingerprints(document),
      static_cast<uint32_t>(options_.passage.min_run));
  for (const TokenPassage& passage :
       worker->aligner.Align({codes, codes, true}, hits)) {
    worker->found.push_back({document, document, passage});
  }
}

void PassagePairFinder::Search::AlignDocument(uint32_t rank, Worker* worker) {
  const uint32_t document = order_[rank];
  if (options_.self) AlignWithItself(rank, worker);
  if (HasEqual(document) && CopyFromFirstEqual(document, worker)) return;
  worker->aligned.clear();
  const std::span<Candidate> candidates = Candidates(rank, worker);
  for (size_t i = 0; i < candidates.size(); ++i) {
    PrefetchBehind(candidates, i);
    const uint32_t other = order_[candidates[i].document];
    const bool has_equal = HasEqual(other);
    if (has_equal && equal_.FirstOf(other) == document) {
      behind_[other] = static_cast<uint32_t>(candidates.size() - i - 1);
    }
    if (has_equal && CopyFromEqualOther(other, worker)) continue;
    const size_t begin = worker->found.size();
    AlignPair(looks_behind_ ? document : other,
              looks_behind_ ? other : document, candidates[i].hits, worker);
    if (!has_equal) continue;
    worker->aligned[equal_.FirstOf(other)] = {other, begin,
                                              worker->found.size()};
  }
  if (runs_.keeps()) runs_.Trim(document);
}

bool PassagePairFinder::Search::CopyFromEqualOther(uint32_t other,
                                                   Worker* worker) {
  const auto known = worker->aligned.find(equal_.FirstOf(other));
  if (known == worker->aligned.end()) return false;
  const Aligned& aligned = known->second;
  if (furniture_[aligned.other] != furniture_[other]) return false;
  for (size_t i = aligned.begin; i < aligned.end; ++i) {
    PairPassage passage = worker->found[i];
    passage.b = other;
    worker->found.push_back(passage);
  }
  ++worker->candidates;
  ++worker->copied;
  return true;
}

// It was found in this task, or in one that has been taken; or is being found
// by another thread, and then it is as quick to find it here.
bool PassagePairFinder::Search::CopyFromFirstEqual(uint32_t document,
                                                   Worker* worker) {
  const uint32_t first = equal_.FirstOf(document);
  if (first == document || furniture_[first] != furniture_[document]) {
    return false;
  }
  std::shared_lock lock(found_mutex_, std::defer_lock);
  worker->found.reserve(2 * worker->found.size());  // stays where it is
  std::span<const PairPassage> found = worker->found;
  if (first / kPerTask != document / kPerTask) {
    lock.lock();
    if (first >= found_end_) return false;
    found = found_;
  }
  auto passage =
      std::upper_bound(found.begin(), found.end(), std::pair(first, document),
                       [](const auto& pair, const PairPassage& each) {
                         return pair < std::pair(each.a, each.b);
                       });
  for (; passage != found.end() && passage->a == first; ++passage) {
    worker->found.push_back(*passage);
    worker->found.back().a = document;
  }
  worker->candidates += behind_[document];
  worker->copied += behind_[document];
  return true;
}

PassagePairs PassagePairFinder::Search::Run() {
  BeginStage(options_.progress, "align");
  const size_t tasks = (order_.size() + kPerTask - 1) / kPerTask;
  std::vector<std::unique_ptr<Worker>> workers;
  workers.reserve(static_cast<size_t>(options_.threads));
  for (int i = 0; i < options_.threads; ++i) {
    workers.push_back(std::make_unique<Worker>(*this));
  }
  OrderedWorkBounds bounds;
  bounds.pieces = 4 * static_cast<size_t>(options_.threads);
  std::vector<std::vector<PairPassage>> pieces(bounds.pieces);
  std::vector<std::vector<PairPassage>> unsorted(looks_behind_ ? 0 : tasks);
  const auto end_of = [this](size_t task) {
    return static_cast<uint32_t>(
        std::min(order_.size(), (task + 1) * kPerTask));
  };
  found_end_ = 0;
  OrderedWork work;
  work.begin = [](size_t, size_t*) { return true; };
  work.make = [&](int worker, size_t task) {
    Worker* const own = workers[static_cast<size_t>(worker)].get();
    std::vector<PairPassage>& piece = pieces[task % pieces.size()];
    own->found.swap(piece);
    own->found.clear();
    for (size_t rank = task * kPerTask; rank < end_of(task); ++rank) {
      AlignDocument(static_cast<uint32_t>(rank), own);
    }
    if (!looks_behind_) unsorted[task] = own->found;  // at its exact size
    own->found.swap(piece);
  };
  work.take = [&](size_t task) {
    if (looks_behind_) {
      const std::unique_lock lock(found_mutex_);
      found_.Append(pieces[task % pieces.size()]);
      found_end_ = end_of(task);
    }
    if (options_.progress != nullptr) {
      options_.progress->Advance("aligning", end_of(task), order_.size());
    }
  };
  DoInOrder(options_.threads, tasks, bounds, work);
  pieces = std::vector<std::vector<PairPassage>>();  // JoinInOrder needs room
  PassagePairs result;
  result.furniture = furniture_;
  result.stats = stats_;
  for (const auto& worker : workers) {
    result.stats.candidates += worker->candidates;
    result.copied += worker->copied;
  }
  result.passages = looks_behind_
                        ? std::move(found_)
                        : JoinInOrder(static_cast<uint32_t>(store_.size()),
                                      options_.threads, &unsorted);
  return result;
}

void PassagePairFinder::Search::Add(
    std::span<const std::pair<uint32_t, uint32_t>> pairs, PassagePairs* found) {
  Worker worker(*this);
  for (const auto& [a, b] : pairs) {
    const std::span<Hit> hits =
        worker.hit_finder.Find(prints_[rank_[a]], prints_[rank_[b]]);
    AlignPair(a, b, hits, &worker);
  }
  found->passages.Append(worker.found);
  found->stats.candidates += worker.candidates;
  SortPassages(found->passages);
}

PassagePairFinder::PassagePairFinder(const PassagesOptions& options,
                                     const TokenStore& store,
                                     const std::vector<uint32_t>& order,
                                     const std::vector<uint32_t>& publishers,
                                     bool keeps_runs, const CorpusFacts* corpus)
    : search_(std::make_unique<Search>(options, store, order, publishers,
                                       keeps_runs, corpus)) {}
PassagePairFinder::~PassagePairFinder() = default;

PassagePairs PassagePairFinder::Find() { return search_->Run(); }

void PassagePairFinder::Add(
    std::span<const std::pair<uint32_t, uint32_t>> pairs, PassagePairs* found) {
  search_->Add(pairs, found);
}

const PairRuns& PassagePairFinder::runs() const { return search_->runs(); }

}  // namespace wirecopy
