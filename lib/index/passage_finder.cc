#include "index/passage_finder.h"

#include <algorithm>
#include <limits>

#include "base/status_macros.h"
#include "index/postings.h"

namespace wirecopy {
namespace {

// Without the words at the ends whose characters make words beyond, too, as the
// half and the third do, of which the numerators are equal.
TokenRun OfWholeCharacters(const TokenText& b, TokenRun run) {
  const auto place = [&b](uint32_t token) {
    return b.Place({token, token + 1});
  };
  while (run.length > 0 && run.b > 0 &&
         place(run.b).begin < place(run.b - 1).end) {
    run = {run.a + 1, run.b + 1, run.length - 1};
  }
  while (run.length > 0 && run.b_end() < b.codes().size() &&
         place(run.b_end()).begin < place(run.b_end() - 1).end) {
    --run.length;
  }
  return run;
}

// Whether nothing stands between it and words on either side of more than one
// character, which would be one word without it.
bool HoldsWordsApart(const TokenText& b, TokenRun run) {
  if (run.length == 0 || run.b == 0 || run.b_end() == b.codes().size()) {
    return false;
  }
  if (IsSingle(b.codes()[run.b - 1]) || IsSingle(b.codes()[run.b_end()])) {
    return false;
  }
  const ByteSpan place = b.Place({run.b, run.b_end()});
  return b.Place({run.b - 1, run.b}).end == place.begin &&
         b.Place({run.b_end(), run.b_end() + 1}).begin == place.end;
}

}  // namespace

absl::Status PassageFinder::Find(std::string_view text,
                                 const Decision& decision, const Batch& batch,
                                 std::vector<SeenPassage>* passages) {
  const std::span<const std::pair<uint32_t, Hit>> hits = decision.hits;
  if (hits.empty()) return absl::OkStatus();
  later_.Read(text);
  offsets_.Reset(text);
  for (size_t begin = 0; begin < hits.size();) {
    const uint32_t document = hits[begin].first;
    hits_.clear();
    for (; begin < hits.size() && hits[begin].first == document; ++begin) {
      hits_.push_back(hits[begin].second);
    }
    const size_t before = passages->size();
    WIRECOPY_RETURN_IF_ERROR(AlignWith(document, batch, passages));
    const bool is_unkept = std::binary_search(decision.unkept.begin(),
                                              decision.unkept.end(), document);
    for (size_t i = before; i < passages->size(); ++i) {
      (*passages)[i].other_is_unkept = is_unkept;
    }
    std::unique_ptr<Side>& side = sides_[document % kSides];
    if (side->text.size() > most_kept_) side.reset();
  }
  return absl::OkStatus();
}

absl::StatusOr<const PassageFinder::Side*> PassageFinder::SideOf(
    uint32_t document, const Batch& batch) {
  // A buffer that was longer is not worth the memory.
  constexpr size_t kMostReused = size_t{1} << 18;
  std::unique_ptr<Side>& side = sides_[document % kSides];
  const bool is_here = side != nullptr && side->document == document;
  if (is_here) return side.get();
  WIRECOPY_ASSIGN_OR_RETURN(std::string text, batch.Text(document));
  if (side == nullptr || side->text.size() > kMostReused) {
    side = std::make_unique<Side>(seed_);
  }
  // Nobody's, should there be no memory for all of it.
  side->document = std::numeric_limits<uint32_t>::max();
  side->text = std::move(text);
  side->reader.Read(side->text);
  side->offsets.Reset(side->text);
  side->document = document;
  return side.get();
}

absl::Status PassageFinder::AlignWith(uint32_t document, const Batch& batch,
                                      std::vector<SeenPassage>* passages) {
  WIRECOPY_ASSIGN_OR_RETURN(const Side* side, SideOf(document, batch));
  const auto codes = side->reader.tokens().codes();
  for (const Hit& hit : hits_) {
    if (hit.a < codes.size()) continue;
    return DamagedList();
  }
  const auto found =
      aligner_.Align({codes, later_.tokens().codes(), false}, hits_);
  if (found.empty()) return absl::OkStatus();
  report_.Make(found, aligner_, side->reader, later_);
  if (report_.passages().empty()) return absl::OkStatus();
  return Add(*side, batch, passages);
}

absl::Status PassageFinder::Add(const Side& side, const Batch& batch,
                                std::vector<SeenPassage>* passages) {
  WIRECOPY_ASSIGN_OR_RETURN(const DocumentId other, batch.Id(side.document));
  for (size_t i = 0; i < report_.passages().size(); ++i) {
    const Passage& passage = report_.passages()[i];
    passages->push_back({other,
                         offsets_.Convert(passage.b.begin, unit_),
                         offsets_.Convert(passage.b.end, unit_),
                         side.offsets.Convert(passage.a.begin, unit_),
                         side.offsets.Convert(passage.a.end, unit_),
                         passage.words,
                         passage.edits,
                         passage.kind,
                         report_.TokensOf(i).thirds,
                         false,
                         {}});
    if (least_run_) AddRuns(side, i, &passages->back().runs);
  }
  return absl::OkStatus();
}

void PassageFinder::AddRuns(const Side& side, size_t passage,
                            std::vector<SeenRun>* runs) {
  const TokenText& text = later_.tokens();
  const TokenPassage& tokens = report_.TokensOf(passage);
  const ByteSpan whole = report_.passages()[passage].b;
  const auto least = static_cast<uint32_t>(*least_run_) * kThirdsOfWord;
  uint32_t last_end = 0;
  for (uint32_t i = tokens.first_run; i < tokens.last_run; ++i) {
    TokenRun run = OfWholeCharacters(text, aligner_.runs()[i]);
    if (HoldsWordsApart(text, run)) --run.length;
    const uint32_t thirds = ThirdsOf(text.codes().subspan(run.b, run.length));
    if (thirds < least || !HaveSameWords(side, run)) continue;
    ByteSpan place = text.Place({run.b, run.b_end()});
    // The marks around a passage are its own.
    if (run.b == tokens.b.begin) place.begin = whole.begin;
    if (run.b_end() == tokens.b.end) place.end = whole.end;
    const size_t begin = offsets_.Convert(place.begin, unit_);
    if (!runs->empty() && last_end == run.b) runs->back().end = begin;
    runs->push_back(
        {begin, offsets_.Convert(place.end, unit_), run.length, thirds});
    last_end = run.b_end();
  }
}

bool PassageFinder::HaveSameWords(const Side& side, const TokenRun& run) const {
  const TokenText& a = side.reader.tokens();
  const TokenText& b = later_.tokens();
  for (uint32_t i = 0; i < run.length; ++i) {
    if (a.Word(run.a + i) != b.Word(run.b + i)) return false;
  }
  return true;
}

size_t PassageFinderPool::MostKept(size_t most_text_bytes) {
  // What is longer comes too seldom for what it takes.
  constexpr size_t kMost = size_t{1} << 16;
  if (most_text_bytes == 0) return kMost;
  // Together no more than one of the longest.
  return std::min(kMost, most_text_bytes / PassageFinder::kSides);
}

std::unique_ptr<PassageFinder> PassageFinderPool::Take() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!resting_.empty()) {
      std::unique_ptr<PassageFinder> finder = std::move(resting_.back());
      resting_.pop_back();
      return finder;
    }
    resting_.reserve(++made_);
  }
  return std::make_unique<PassageFinder>(passages_, unit_, finds_runs_,
                                         most_kept_);
}

void PassageFinderPool::GiveBack(std::unique_ptr<PassageFinder> finder) {
  const std::lock_guard<std::mutex> lock(mutex_);
  resting_.push_back(std::move(finder));
}

void PassageFinderPool::Lose() {
  const std::lock_guard<std::mutex> lock(mutex_);
  --made_;
}

size_t PassageFinderPool::at_rest() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return resting_.size();
}

LentFinders::LentFinders(PassageFinderPool* pool, int count) : pool_(*pool) {
  finders_.reserve(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) finders_.push_back(pool_.Take());
}

void LentFinders::Drop() {
  for (size_t i = 0; i < finders_.size(); ++i) pool_.Lose();
  finders_.clear();
}

LentFinders::~LentFinders() {
  for (std::unique_ptr<PassageFinder>& finder : finders_) {
    pool_.GiveBack(std::move(finder));
  }
}

}  // namespace wirecopy
