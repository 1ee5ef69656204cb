#include "bench/samples.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>

#include "io/corpus.h"
#include "text/utf8.h"

namespace wirecopy::bench {
namespace {

using Random = std::mt19937_64;

// The standard library's distributions differ from one library to another.
size_t Below(size_t bound, Random& random) { return random() % bound; }
double Unit(Random& random) {
  return static_cast<double>(random() >> 11) * 0x1p-53;
}

class NoSink : public DocumentSink {
 public:
  void Begin(int) override {}
  void BeginBlock(int, size_t) override {}
  void Add(int, std::string_view) override {}
};

std::unique_ptr<Corpus> ReadNewsroom() {
  CorpusOptions options;
  options.paths = {WIRECOPY_CORPUS_DIR "/newsroom/articles.jsonl"};
  auto corpus = Corpus::Open(options);
  NoSink sink;
  const absl::Status status =
      corpus.ok() ? (*corpus)->Scan(1, &sink) : corpus.status();
  if (status.ok()) return *std::move(corpus);
  std::fprintf(stderr, "no texts to measure with: %s\n",
               std::string(status.message()).c_str());
  std::exit(1);
}

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

struct Words {
  std::vector<std::string> english;
  std::vector<std::string> foreign;
};

// Chinese and Japanese know no spaces: their texts are cut every so often.
void AddWords(std::string_view text, std::vector<std::string>* words) {
  constexpr size_t kMostBytes = 40;
  size_t begin = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    const bool is_space = i == text.size() || text[i] == ' ' || text[i] == '\n';
    const bool is_long = i - begin >= kMostBytes && i < text.size() &&
                         !IsContinuation(static_cast<unsigned char>(text[i]));
    if (!is_space && !is_long) continue;
    if (i > begin) words->emplace_back(text.substr(begin, i - begin));
    begin = is_space ? i + 1 : i;
  }
}

const Words& NewsroomWords() {
  static const Words& words = *[] {
    auto* const found = new Words;
    const auto corpus = ReadNewsroom();
    const auto reader = corpus->NewReader();
    for (uint32_t d = 0; d < corpus->size(); ++d) {
      const std::string id = corpus->Id(d).text;
      const bool is_foreign =
          id.size() > 2 && id[2] == '-';  // fr-, ar-, zh-, ja-
      AddWords(reader->Text(d), is_foreign ? &found->foreign : &found->english);
    }
    return found;
  }();
  return words;
}

const std::string& AnyWord(const std::vector<std::string>& words,
                           Random& random) {
  return words[Below(words.size(), random)];
}

// The end of a paragraph every so often.
const char* Separator(Random& random) {
  return Below(60, random) == 0 ? "\n\n" : " ";
}

// An earlier article with each word replaced with a probability of `share`.
std::string Edited(std::string_view article, double share, Random& random) {
  std::vector<std::string> words;
  AddWords(article, &words);
  std::string text;
  for (const std::string& word : words) {
    const bool is_replaced = Unit(random) < share;
    text += is_replaced ? AnyWord(NewsroomWords().english, random) : word;
    text += Separator(random);
  }
  return text;
}

size_t ArticleSize(Random& random) {
  constexpr double kMedian = 2500;
  // Log-normal, near enough: the sum of four uniform numbers for the normal.
  double normal = -2;
  for (int i = 0; i < 4; ++i) normal += Unit(random);
  const double size = kMedian * std::exp(1.3 * normal);
  return static_cast<size_t>(std::clamp(size, 500.0, 12000.0));
}

}  // namespace

const char* SampleName(Sample sample) {
  return sample == Sample::kEnglish ? "english" : "mixed";
}

std::string MakeText(Sample sample, size_t size, uint64_t seed) {
  constexpr double kForeignShare = 0.3;
  const Words& words = NewsroomWords();
  Random random(seed);
  std::string text;
  size_t foreign_bytes = 0;
  while (text.size() < size) {
    const bool is_foreign =
        sample == Sample::kMixed &&
        static_cast<double>(foreign_bytes) <
            kForeignShare * static_cast<double>(size) &&
        static_cast<double>(foreign_bytes) <
            kForeignShare * static_cast<double>(text.size() + 1);
    const std::string& word =
        AnyWord(is_foreign ? words.foreign : words.english, random);
    text += word;
    text += Separator(random);
    foreign_bytes += static_cast<size_t>(std::count_if(
        word.begin(), word.end(), [](char c) { return !IsAscii(c); }));
  }
  while (size > 0 && IsContinuation(static_cast<unsigned char>(text[size]))) {
    --size;
  }
  text.resize(size);
  return text;
}

std::vector<std::string> MakeTexts(Sample sample, size_t size, size_t total) {
  std::vector<std::string> texts;
  for (size_t i = 0; i == 0 || i * size < total; ++i) {
    texts.push_back(MakeText(sample, size, i));
  }
  return texts;
}

std::string MakeEdited(std::string_view text, double share, uint64_t seed) {
  Random random(seed);
  return Edited(text, share, random);
}

std::vector<std::string> MakeArticles(size_t count, uint64_t seed) {
  constexpr size_t kMostReplaced = 20;  // percent
  Random random(seed);
  std::vector<std::string> articles;
  while (articles.size() < count) {
    const size_t kind = articles.empty() ? 0 : Below(20, random);
    if (kind < 14) {
      const size_t size = ArticleSize(random);
      articles.push_back(MakeText(Sample::kEnglish, size, random()));
      continue;
    }
    const std::string& earlier = AnyWord(articles, random);
    if (kind < 18) {
      const auto percent =
          static_cast<double>(Below(kMostReplaced + 1, random));
      articles.push_back(Edited(earlier, percent / 100, random));
    } else {
      articles.push_back(kind == 18 ? earlier
                                    : earlier.substr(0, earlier.size() / 2));
    }
  }
  return articles;
}

std::vector<uint64_t> MakeSet(size_t size, uint64_t seed) {
  Random random(seed);
  std::vector<uint64_t> set;
  while (set.size() < size) {
    while (set.size() < size) set.push_back(random());
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
  }
  return set;
}

std::vector<uint64_t> MakeSimilarSet(const std::vector<uint64_t>& set,
                                     size_t shared, uint64_t seed) {
  Random random(seed);
  std::vector<uint64_t> other = set;
  std::shuffle(other.begin(), other.end(), random);
  for (size_t i = shared; i < other.size(); ++i) other[i] = random();
  std::sort(other.begin(), other.end());
  return other;
}

}  // namespace wirecopy::bench
