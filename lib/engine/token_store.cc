#include "engine/token_store.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "base/status_macros.h"
#include "passage/paragraphs.h"

namespace wirecopy {

// Each worker fills a block of its own, and leaves it behind at its exact size.
class TokenSink : public DocumentSink {
 public:
  explicit TokenSink(const PassageOptions& options) : options_(options) {}

  void Begin(int workers) override {
    for (int i = 0; i < workers; ++i) workers_.emplace_back(options_.min_run);
  }

  void BeginBlock(int worker, size_t block) override {
    Worker& own = workers_[static_cast<size_t>(worker)];
    Leave(&own);
    own.number = block;
    own.is_begun = true;
  }

  void Add(int worker, std::string_view text) override {
    Worker& own = workers_[static_cast<size_t>(worker)];
    own.text.ReadWithPlaces(text, options_.seed);
    own.winnower.Select(own.text.hashes(), &own.fingerprints);
    TokenStore::Block& block = own.block;
    block.codes.insert(block.codes.end(), own.text.codes().begin(),
                       own.text.codes().end());
    block.fingerprints.insert(block.fingerprints.end(),
                              own.fingerprints.begin(), own.fingerprints.end());
    AddParagraphs(text, own.text, &block.paragraphs);
    block.paragraph_ends.push_back(block.paragraphs.size());
    block.code_ends.push_back(block.codes.size());
    block.fingerprint_ends.push_back(block.fingerprints.size());
  }

  std::deque<TokenStore::Block> TakeBlocks() {
    for (Worker& worker : workers_) Leave(&worker);
    return std::move(blocks_);
  }

 private:
  struct Worker {
    explicit Worker(int min_run) : winnower(min_run) {}
    TokenText text;
    Winnower winnower;
    std::vector<Fingerprint> fingerprints;
    TokenStore::Block block;
    size_t number = 0;
    bool is_begun = false;
  };

  static void AddParagraphs(std::string_view text, const TokenText& tokens,
                            std::vector<uint32_t>* begins) {
    Paragraphs paragraphs(text);
    ByteSpan paragraph;
    while (paragraphs.Next(&paragraph)) {
      begins->push_back(tokens.TokenAt(paragraph.begin));
    }
  }

  void Leave(Worker* worker) {
    if (!worker->is_begun) return;
    TokenStore::Block copy = worker->block;  // no larger than it must be
    worker->block.codes.clear();
    worker->block.fingerprints.clear();
    worker->block.code_ends.clear();
    worker->block.fingerprint_ends.clear();
    worker->block.paragraphs.clear();
    worker->block.paragraph_ends.clear();
    const std::lock_guard<std::mutex> lock(mutex_);
    while (blocks_.size() <= worker->number) blocks_.emplace_back();
    blocks_[worker->number] = std::move(copy);
  }

  const PassageOptions& options_;
  std::vector<Worker> workers_;
  std::mutex mutex_;
  std::deque<TokenStore::Block> blocks_;
};

std::vector<size_t> TokenStore::JoinCodes() {
  std::vector<size_t> begins;
  size_t count = 0;
  for (const Block& block : blocks_) {
    begins.push_back(count);
    count += block.codes.size();
  }
  codes_ = ZeroedTable<TokenCode>(count);
  for (size_t i = 0; i < blocks_.size(); ++i) {
    std::copy(blocks_[i].codes.begin(), blocks_[i].codes.end(),
              codes_.data() + begins[i]);
    blocks_[i].codes = std::vector<TokenCode>();  // {} would keep its memory
  }
  return begins;
}

absl::StatusOr<TokenStore> TokenStore::Scan(const PassageOptions& options,
                                            int threads,
                                            DocumentSource* source) {
  TokenSink sink(options);
  WIRECOPY_RETURN_IF_ERROR(source->Scan(threads, &sink));
  TokenStore store;
  store.blocks_ = sink.TakeBlocks();
  const std::vector<size_t> begins = store.JoinCodes();
  store.documents_.reserve(source->size());
  for (uint32_t d = 0; d < source->size(); ++d) {
    const DocumentSource::Place place = source->Origin(d);
    const Block& block = store.blocks_[place.block];
    const auto begin_of = [&place](const std::vector<size_t>& ends) {
      return place.index == 0 ? 0 : ends[place.index - 1];
    };
    const size_t code = begin_of(block.code_ends);
    const size_t fingerprint = begin_of(block.fingerprint_ends);
    const size_t paragraph = begin_of(block.paragraph_ends);
    const std::span<const TokenCode> codes(
        store.codes_.data() + begins[place.block] + code,
        block.code_ends[place.index] - code);
    store.documents_.push_back(
        {codes,
         {block.fingerprints.data() + fingerprint,
          block.fingerprint_ends[place.index] - fingerprint},
         {block.paragraphs.data() + paragraph,
          block.paragraph_ends[place.index] - paragraph},
         std::any_of(codes.begin(), codes.end(), IsSingle)});
  }
  return store;
}

}  // namespace wirecopy
