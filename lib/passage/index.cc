#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "passage/candidates.h"
#include "passage/hits.h"
#include "passage/pair_report.h"
#include "passage/token_aligner.h"
#include "passage/winnow.h"
#include "wirecopy/passage_index.h"

namespace wirecopy {
namespace {

constexpr uint32_t kNone = 0xFFFFFFFF;

struct StoredDocument {
  std::string text;
  std::vector<TokenCode> codes;
};

}  // namespace

struct PassageIndex::State {
  explicit State(const PassageOptions& options)
      : winnower(options.min_run),
        aligner(options),
        report(options),
        earlier(options.seed),
        reader(options.seed) {}

  // Where a fingerprint stands, in a list that leads to the document before.
  struct Place {
    uint32_t document;
    uint32_t position;
    uint32_t next;
  };
  // The places of a fingerprint, of documents up to kFewDocuments and one more,
  // so that it is known where there are more.
  struct Places {
    uint32_t first = kNone;
    uint32_t last = kNone;
    uint32_t documents = 0;
  };

  void Read(std::string_view text);
  void Find(std::string_view text);
  void CollectHits();
  void AddHitsOf(const Places& places, std::span<const uint32_t> positions);
  void AlignWith(uint32_t document, std::span<Hit> hits);
  void Store(std::string_view text);

  Winnower winnower;
  TokenAligner aligner;
  PairReport report;
  SideReader earlier;
  SideReader reader;
  std::deque<StoredDocument> documents;  // texts stay where they are
  absl::flat_hash_map<uint64_t, Places> index;
  std::vector<Place> places;
  // Of the text that was read last.
  std::vector<Fingerprint> fingerprints;        // by hash, then place
  std::vector<std::pair<uint32_t, Hit>> found;  // by document
  std::vector<Hit> hits;
  std::vector<uint32_t> positions;
  std::vector<uint32_t> other_positions;
  std::vector<Match> matches;
};

void PassageIndex::State::Read(std::string_view text) {
  reader.Read(text);
  winnower.Select(reader.tokens().hashes(), &fingerprints);
  std::sort(fingerprints.begin(), fingerprints.end(),
            [](const Fingerprint& x, const Fingerprint& y) {
              return x.hash != y.hash ? x.hash < y.hash
                                      : x.position < y.position;
            });
}

// All documents' places, or, where there are many, the first one's.
void PassageIndex::State::AddHitsOf(const Places& of_hash,
                                    std::span<const uint32_t> of_text) {
  const bool are_many = of_hash.documents > CandidateFinder::kFewDocuments;
  for (uint32_t i = of_hash.first; i != kNone;) {
    const uint32_t document = places[i].document;
    other_positions.clear();
    for (; i != kNone && places[i].document == document; i = places[i].next) {
      other_positions.push_back(places[i].position);
    }
    hits.clear();
    AddHits(other_positions, of_text, &hits);
    for (const Hit& hit : hits) found.emplace_back(document, hit);
    if (are_many) return;
  }
}

void PassageIndex::State::CollectHits() {
  found.clear();
  for (size_t begin = 0; begin < fingerprints.size();) {
    size_t end = begin;
    positions.clear();
    while (end < fingerprints.size() &&
           fingerprints[end].hash == fingerprints[begin].hash) {
      positions.push_back(fingerprints[end++].position);
    }
    const auto entry = index.find(fingerprints[begin].hash);
    if (entry != index.end()) AddHitsOf(entry->second, positions);
    begin = end;
  }
  std::sort(found.begin(), found.end(),
            [](const auto& x, const auto& y) { return x.first < y.first; });
}

void PassageIndex::State::AlignWith(uint32_t document, std::span<Hit> of_pair) {
  const StoredDocument& stored = documents[document];
  const auto passages =
      aligner.Align({stored.codes, reader.tokens().codes(), false}, of_pair);
  if (passages.empty()) return;
  earlier.Read(stored.text);
  report.Make(passages, aligner, earlier, reader);
  for (const Passage& passage : report.passages()) {
    matches.push_back({document, passage});
  }
}

void PassageIndex::State::Find(std::string_view text) {
  Read(text);
  CollectHits();
  matches.clear();
  for (size_t begin = 0; begin < found.size();) {
    const uint32_t document = found[begin].first;
    hits.clear();
    for (; begin < found.size() && found[begin].first == document; ++begin) {
      hits.push_back(found[begin].second);
    }
    AlignWith(document, hits);
  }
}

void PassageIndex::State::Store(std::string_view text) {
  const auto number = static_cast<uint32_t>(documents.size());
  const auto codes = reader.tokens().codes();
  documents.push_back({std::string(text), {codes.begin(), codes.end()}});
  for (const Fingerprint& print : fingerprints) {
    Places& of_hash = index[print.hash];
    const bool is_new =
        of_hash.last == kNone || places[of_hash.last].document != number;
    if (is_new && of_hash.documents > CandidateFinder::kFewDocuments) continue;
    of_hash.documents += is_new ? 1 : 0;
    const auto place = static_cast<uint32_t>(places.size());
    places.push_back({number, print.position, kNone});
    (of_hash.first == kNone ? of_hash.first : places[of_hash.last].next) =
        place;
    of_hash.last = place;
  }
}

PassageIndex::PassageIndex(const PassageOptions& options)
    : state_(std::make_unique<State>(options)) {}
PassageIndex::~PassageIndex() = default;
PassageIndex::PassageIndex(PassageIndex&&) noexcept = default;
PassageIndex& PassageIndex::operator=(PassageIndex&&) noexcept = default;

std::span<const PassageIndex::Match> PassageIndex::Query(
    std::string_view text) {
  state_->Find(text);
  return state_->matches;
}

std::span<const PassageIndex::Match> PassageIndex::Add(std::string_view text) {
  state_->Find(text);
  state_->Store(text);
  return state_->matches;
}

size_t PassageIndex::size() const { return state_->documents.size(); }

std::string_view PassageIndex::Text(uint32_t document) const {
  return state_->documents[document].text;
}

}  // namespace wirecopy
