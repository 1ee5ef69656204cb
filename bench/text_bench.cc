// From text to shingle hashes: each kernel, each stage, and all of it. Bytes
// are always those of the original text, so that rows compare.

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bench/bench.h"
#include "bench/samples.h"
#include "text/classified_text.h"
#include "text/normalize.h"
#include "text/text_kernels.h"
#include "text/token_finder.h"
#include "text/unicode.h"
#include "wirecopy/shingle.h"
#include "wirecopy/text.h"

namespace wirecopy::bench {
namespace {

constexpr size_t kTotalBytes = 1'000'000;
constexpr size_t kShingle = 5;

// What the stages hand to each other, for one text.
struct Prepared {
  std::string original;
  ClassifiedText normal;
  std::vector<uint64_t> bitmap;  // the letters
  std::vector<uint32_t> begins;
  std::vector<uint32_t> ends;
  std::vector<uint64_t> tokens;
};

Prepared Prepare(std::string original) {
  Prepared text;
  text.original = std::move(original);
  NormalizeInto(text.original, &text.normal, nullptr);
  TokenFinder finder;
  finder.Find(text.normal);
  text.begins.assign(finder.begins().begin(), finder.begins().end());
  text.ends.assign(finder.ends().begin(), finder.ends().end());
  text.tokens.resize(text.begins.size());
  ActiveTextKernels().hash_tokens(text.normal.data(), text.begins.data(),
                                  text.ends.data(), text.tokens.size(), 0,
                                  text.tokens.data());
  const size_t words = (text.normal.size() + 63) / 64;
  text.bitmap.resize(words);
  std::vector<uint64_t> others(2 * words);
  ActiveTextKernels().classify(
      text.normal.data(), text.normal.size(),
      {text.bitmap.data(), others.data(), others.data() + words});
  return text;
}

// Room for what any kernel writes about any of the texts.
struct Room {
  explicit Room(size_t size)
      : chars(size + kTextPadding),
        words(3 * (size / 64 + 1)),
        classes(size / 64 + 2),
        offsets(size + 64),
        hashes(size + 1) {}
  std::vector<char> chars;
  std::vector<uint64_t> words;
  std::vector<WideClasses> classes;
  std::vector<uint32_t> offsets;
  std::vector<uint64_t> hashes;
};

// Calls run(text, room) for every text, as one iteration.
template <typename Run>
void ForTexts(benchmark::State& state, Sample sample, size_t size, Run run) {
  std::vector<Prepared> texts;
  size_t longest = size;
  size_t bytes = 0;
  for (std::string& text : MakeTexts(sample, size, kTotalBytes)) {
    bytes += text.size();
    texts.push_back(Prepare(std::move(text)));
    longest = std::max(longest, texts.back().normal.size());
  }
  Room room(longest);
  Repeat(state, [&] {
    for (Prepared& text : texts) run(text, room);
    benchmark::ClobberMemory();
  });
  SetBytes(state, bytes, size);
}

// As the normaliser does it: the kernel stops at what it does not know.
void FoldAll(const TextKernels& kernels, const Prepared& text, Room& room) {
  const char* from = text.original.data();
  size_t left = text.original.size();
  WideClassMap classes = {room.classes.data(), false};
  while (left > 0) {
    const TextKernels::Progress done = kernels.fold(
        from, left, KernelFacts(), kFactInert | kFactAscii | kJoinsWords,
        room.chars.data(), 0, &classes);
    const size_t step = std::min(left, done.read + 1);
    from += step;
    left -= step;
  }
}

void Classify(const TextKernels& kernels, Prepared& text, Room& room) {
  const size_t words = text.bitmap.size();
  uint64_t* const to = room.words.data();
  kernels.classify(text.normal.data(), text.normal.size(),
                   {to, to + words, to + 2 * words});
}

void RegisterKernels(const TextKernels& kernels, const std::string& level,
                     size_t size) {
  const std::string suffix = "/" + level + "/" + std::to_string(size);
  const auto add = [&](const char* name, auto run) {
    Add(name + suffix, [&kernels, size, run](benchmark::State& state) {
      ForTexts(state, Sample::kEnglish, size,
               [&](Prepared& text, Room& room) { run(kernels, text, room); });
    });
  };
  add("fold", FoldAll);
  add("classify", Classify);
  add("bit_positions", [](const TextKernels& k, Prepared& text, Room& room) {
    k.bit_positions(text.bitmap.data(), text.bitmap.size(),
                    room.offsets.data());
  });
  add("hash_tokens", [](const TextKernels& k, Prepared& text, Room& room) {
    k.hash_tokens(text.normal.data(), text.begins.data(), text.ends.data(),
                  text.begins.size(), 0, room.hashes.data());
  });
  add("combine", [](const TextKernels& k, Prepared& text, Room& room) {
    k.combine(text.tokens.data(), text.tokens.size(), kShingle,
              room.hashes.data());
  });
}

void RegisterStages(Sample sample, size_t size) {
  const std::string suffix =
      std::string("/") + SampleName(sample) + "/" + std::to_string(size);
  const auto add = [&](const char* name, auto make_run) {
    Add(name + suffix, [=](benchmark::State& state) {
      ForTexts(state, sample, size, make_run());
    });
  };
  add("normalise", [] {
    return [normal = ClassifiedText()](Prepared& text, Room&) mutable {
      NormalizeInto(text.original, &normal, nullptr);
    };
  });
  add("normalise_map", [] {
    return [normal = ClassifiedText(), map = OffsetMap()](Prepared& text,
                                                          Room&) mutable {
      NormalizeInto(text.original, &normal, &map);
    };
  });
  add("tokenise", [] {
    return [finder = TokenFinder()](Prepared& text, Room&) mutable {
      finder.Find(text.normal);
    };
  });
  add("shingles", [] {
    return [shingler = Shingler({})](Prepared& text, Room&) mutable {
      benchmark::DoNotOptimize(shingler.Hashes(text.original));
    };
  });
  add("shingle_set", [] {
    return [shingler = Shingler({})](Prepared& text, Room&) mutable {
      benchmark::DoNotOptimize(shingler.Set(text.original));
    };
  });
}

}  // namespace

void Register() {
  for (const size_t size : kDocumentSizes) {
    for (const SimdLevel level : SimdLevels()) {
      RegisterKernels(TextKernelsFor(level), SimdLevelName(level), size);
    }
  }
  for (const Sample sample : {Sample::kEnglish, Sample::kMixed}) {
    for (const size_t size : kDocumentSizes) RegisterStages(sample, size);
  }
}

}  // namespace wirecopy::bench
