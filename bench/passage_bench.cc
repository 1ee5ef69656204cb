// From texts to the passages that two of them share, stage by stage.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/bench.h"
#include "bench/samples.h"
#include "passage/borders.h"
#include "passage/hits.h"
#include "passage/posting_groups.h"
#include "passage/token_aligner.h"
#include "passage/token_text.h"
#include "passage/winnow.h"
#include "wirecopy/passage.h"

namespace wirecopy::bench {
namespace {

constexpr size_t kBytesAtOnce = 1'000'000;

std::string WithSize(const std::string& name, size_t size) {
  return name + "/" + std::to_string(size);
}

// The same paragraphs in another order.
std::string MoveParagraphs(std::string_view text, uint64_t seed) {
  std::vector<std::string_view> paragraphs;
  while (!text.empty()) {
    const size_t size = std::min(text.size(), text.find("\n\n"));
    paragraphs.push_back(text.substr(0, size));
    text.remove_prefix(std::min(text.size(), size + 2));
  }
  std::mt19937_64 random(seed);
  std::shuffle(paragraphs.begin(), paragraphs.end(), random);
  std::string moved;
  for (const std::string_view paragraph : paragraphs) {
    moved.append(paragraph).append("\n\n");
  }
  return moved;
}

// What the second text of a pair is to the first.
struct Relation {
  const char* name;
  std::function<std::string(const std::string& text, uint64_t seed)> make;
};

std::vector<Relation> Relations() {
  return {
      {"unrelated",
       [](const std::string& text, uint64_t seed) {
         return MakeText(Sample::kEnglish, text.size(), seed);
       }},
      {"edited", [](const std::string& text,
                    uint64_t seed) { return MakeEdited(text, 0.05, seed); }},
      {"identical", [](const std::string& text, uint64_t) { return text; }},
      {"moved", MoveParagraphs}};
}

using TextPair = std::pair<std::string, std::string>;

std::vector<TextPair> MakePairs(const Relation& relation, size_t size) {
  std::vector<TextPair> pairs;
  for (std::string& text : MakeTexts(Sample::kEnglish, size, kBytesAtOnce)) {
    // No seed that made a text.
    std::string other = relation.make(text, ~uint64_t{pairs.size()});
    pairs.emplace_back(std::move(text), std::move(other));
  }
  return pairs;
}

// A text in memory, as a TokenStore keeps it.
struct StoredText {
  std::vector<TokenCode> codes;
  std::vector<uint64_t> hashes;
  std::vector<Fingerprint> fingerprints;
};

StoredText Store(std::string_view text) {
  const PassageOptions options;
  TokenText tokens;
  tokens.Read(text, options.seed);
  StoredText stored;
  stored.codes.assign(tokens.codes().begin(), tokens.codes().end());
  stored.hashes.assign(tokens.hashes().begin(), tokens.hashes().end());
  Winnower(options.min_run).Select(stored.hashes, &stored.fingerprints);
  return stored;
}

void AddTokens(Sample sample, size_t size) {
  for (const bool with_places : {false, true}) {
    const std::string name = with_places ? "tokens_places/" : "tokens/";
    Add(WithSize(name + SampleName(sample), size),
        [sample, size, with_places](benchmark::State& state) {
          const auto texts = MakeTexts(sample, size, kBytesAtOnce);
          TokenText tokens;
          Repeat(state, [&] {
            for (const std::string& text : texts) {
              if (with_places) {
                tokens.ReadWithPlaces(text, 0);
              } else {
                tokens.Read(text, 0);
              }
              benchmark::DoNotOptimize(tokens.codes().data());
            }
          });
          SetBytes(state, texts.size() * size, size);
        });
  }
}

void AddWinnow(size_t size) {
  Add(WithSize("winnow", size), [size](benchmark::State& state) {
    std::vector<StoredText> stored;
    for (const auto& text : MakeTexts(Sample::kEnglish, size, kBytesAtOnce)) {
      stored.push_back(Store(text));
    }
    Winnower winnower(PassageOptions().min_run);
    std::vector<Fingerprint> fingerprints;
    size_t count = 0;
    for ([[maybe_unused]] auto _ : state) {
      count = 0;
      for (const StoredText& text : stored) {
        winnower.Select(text.hashes, &fingerprints);
        count += fingerprints.size();
      }
    }
    SetBytes(state, stored.size() * size, size);
    SetItems(state, count);
  });
}

void AddPostingGroups(size_t documents) {
  Add(WithSize("posting_groups", documents),
      [documents](benchmark::State& state) {
        std::vector<StoredText> stored;
        std::vector<std::span<const Fingerprint>> views;
        size_t total = 0;
        for (const std::string& text : MakeArticles(documents, 1)) {
          stored.push_back(Store(text));
        }
        for (const StoredText& text : stored) {
          views.emplace_back(text.fingerprints);
          total += text.fingerprints.size();
        }
        size_t groups = 0;
        for ([[maybe_unused]] auto _ : state) {
          groups = PostingGroups(views, /*threads=*/1).count();
        }
        SetItems(state, total);
        state.counters["groups"] = static_cast<double>(groups);
      });
}

// Of texts whose tokens and fingerprints are known.
void AddAlign(const Relation& relation, size_t size) {
  Add(WithSize(std::string("align/") + relation.name, size),
      [relation, size](benchmark::State& state) {
        std::vector<std::pair<StoredText, StoredText>> pairs;
        for (const auto& [a, b] : MakePairs(relation, size)) {
          pairs.emplace_back(Store(a), Store(b));
        }
        HitFinder hits;
        TokenAligner aligner{PassageOptions()};
        size_t passages = 0;
        for ([[maybe_unused]] auto _ : state) {
          passages = 0;
          for (const auto& [a, b] : pairs) {
            passages += aligner
                            .Align({a.codes, b.codes, false},
                                   hits.Find(a.fingerprints, b.fingerprints))
                            .size();
          }
        }
        SetItems(state, pairs.size());
        state.counters["passages"] =
            static_cast<double>(passages) / static_cast<double>(pairs.size());
      });
}

// Reading a text and describing so many sides of passages in it, of equal
// sizes.
void AddDescribe(Sample sample, size_t size, uint32_t sides) {
  const std::string name = "describe_" + std::to_string(sides) + "/";
  Add(WithSize(name + SampleName(sample), size),
      [sample, size, sides](benchmark::State& state) {
        const auto texts = MakeTexts(sample, size, kBytesAtOnce);
        SideReader reader(/*seed=*/0);
        for ([[maybe_unused]] auto _ : state) {
          for (const std::string& text : texts) {
            reader.Read(text);
            const auto tokens =
                static_cast<uint32_t>(reader.tokens().codes().size());
            const uint32_t step = std::max(tokens / sides, 1U);
            for (uint32_t at = 0; at + step <= tokens; at += step) {
              benchmark::DoNotOptimize(reader.Describe({at, at + step}));
            }
          }
        }
        SetBytes(state, texts.size() * size, size);
      });
}

// From texts to passages. Bytes are those of both.
void AddAligner(const Relation& relation, size_t size) {
  Add(WithSize(std::string("passage_aligner/") + relation.name, size),
      [relation, size](benchmark::State& state) {
        const std::vector<TextPair> pairs = MakePairs(relation, size);
        PassageAligner aligner{PassageOptions()};
        size_t bytes = 0;
        for (const auto& [a, b] : pairs) bytes += a.size() + b.size();
        Repeat(state, [&] {
          for (const auto& [a, b] : pairs) {
            benchmark::DoNotOptimize(aligner.Align(a, b).data());
          }
        });
        SetBytes(state, bytes, size);
        SetItems(state, pairs.size());
      });
}

}  // namespace

void Register() {
  constexpr size_t kArticle = 5000;
  for (const Sample sample : {Sample::kEnglish, Sample::kMixed}) {
    for (const size_t size : kDocumentSizes) AddTokens(sample, size);
  }
  for (const size_t size : kDocumentSizes) AddWinnow(size);
  for (const size_t documents : {1000, 10'000}) AddPostingGroups(documents);
  for (const Relation& relation : Relations()) AddAlign(relation, kArticle);
  for (const Sample sample : {Sample::kEnglish, Sample::kMixed}) {
    for (const size_t size : kDocumentSizes) {
      AddDescribe(sample, size, 1);
      AddDescribe(sample, size, 10);
    }
  }
  for (const Relation& relation : Relations()) {
    for (const size_t size : kDocumentSizes) AddAligner(relation, size);
  }
}

}  // namespace wirecopy::bench
