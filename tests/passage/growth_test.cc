// Texts on which an aligner is quadratic if it can be. Time is measured at
// sizes of one to four: a ratio of 4 is linear, one of 16 quadratic.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "wirecopy/passage.h"

namespace wirecopy {
namespace {

using Words = std::vector<std::string>;

struct Texts {
  std::string a;
  std::string b;
};

Words Repeated(const Words& phrase, size_t count) {
  Words words;
  for (size_t i = 0; i < count; ++i) words.push_back(phrase[i % phrase.size()]);
  return words;
}

std::string Spelled(const Words& words) {
  std::string text;
  for (const std::string& word : words) text += word + " ";
  return text;
}

class Maker {
 public:
  Words NewWords(size_t count) {
    Words words;
    for (size_t i = 0; i < count; ++i) {
      words.push_back("w" + std::to_string(random_() % 100000));
    }
    return words;
  }

  Words Chosen(const Words& vocabulary, size_t count) {
    Words words;
    for (size_t i = 0; i < count; ++i) {
      words.push_back(vocabulary[random_() % vocabulary.size()]);
    }
    return words;
  }

  // With one word in fifty replaced.
  Words Edited(Words words) {
    for (std::string& word : words) {
      if (random_() % 50 == 0) word = "e" + std::to_string(random_() % 1000);
    }
    return words;
  }

  // Sentences of sixteen words, in another order.
  Words Shuffled(const Words& words) {
    constexpr size_t kSentence = 16;
    std::vector<size_t> order;
    for (size_t i = 0; i + kSentence <= words.size(); i += kSentence) {
      order.push_back(i);
    }
    std::shuffle(order.begin(), order.end(), random_);
    Words shuffled;
    for (const size_t begin : order) {
      const auto from = words.begin() + static_cast<std::ptrdiff_t>(begin);
      shuffled.insert(shuffled.end(), from, from + kSentence);
    }
    return shuffled;
  }

 private:
  std::mt19937_64 random_{5};
};

// Processor time: others have the machine too.
double Seconds(const std::function<void()>& work) {
  const std::clock_t begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

// The least of some runs, for all that disturbs a run makes it longer.
double LeastSeconds(const std::function<void()>& work) {
  double least = Seconds(work);
  for (int i = 0; i < 2; ++i) least = std::min(least, Seconds(work));
  return least;
}

using MakeTexts = std::function<Texts(size_t)>;
using AlignTexts = std::function<void(PassageAligner*, const Texts&)>;

// Linear work grows fourfold, and somewhat more where caches are left behind.
void ExpectNearLinear(const MakeTexts& make, const AlignTexts& align,
                      const PassageOptions& options) {
  constexpr size_t kWords = 20000;
  constexpr double kMostRatio = 9;
  PassageAligner aligner(options);
  const Texts small = make(kWords);
  const Texts large = make(4 * kWords);
  align(&aligner, large);  // buffers are made
  const double of_small = LeastSeconds([&] { align(&aligner, small); });
  const double of_large = LeastSeconds([&] { align(&aligner, large); });
  // Below a hundredth of a second nothing is quadratic at this size.
  EXPECT_LT(of_large, std::max(0.01, kMostRatio * of_small));
}

void ExpectPairNearLinear(const MakeTexts& make) {
  const auto align = [](PassageAligner* aligner, const Texts& texts) {
    aligner->Align(texts.a, texts.b);
  };
  PassageOptions options;
  ExpectNearLinear(make, align, options);
  options.every_run = true;
  ExpectNearLinear(make, align, options);
}

void ExpectSelfNearLinear(const MakeTexts& make) {
  const auto align = [](PassageAligner* aligner, const Texts& texts) {
    aligner->AlignSelf(texts.a);
  };
  PassageOptions options;
  ExpectNearLinear(make, align, options);
  options.every_run = true;
  ExpectNearLinear(make, align, options);
}

TEST(GrowthTest, ManyPassages) {
  ExpectPairNearLinear([](size_t size) {
    Maker maker;
    const Words words = maker.NewWords(size);
    return Texts{Spelled(words), Spelled(maker.Shuffled(words))};
  });
}

TEST(GrowthTest, OneWordAgainstItself) {
  ExpectPairNearLinear([](size_t size) {
    return Texts{Spelled(Repeated({"w"}, size)),
                 Spelled(Repeated({"w"}, size))};
  });
}

TEST(GrowthTest, OneWordLessOften) {
  ExpectPairNearLinear([](size_t size) {
    return Texts{Spelled(Repeated({"w"}, size)),
                 Spelled(Repeated({"w"}, size / 3))};
  });
}

TEST(GrowthTest, OneWordInOneText) {
  ExpectSelfNearLinear([](size_t size) {
    return Texts{Spelled(Repeated({"w"}, size)), ""};
  });
}

TEST(GrowthTest, OneParagraphOverAndOver) {
  const auto make = [](size_t size) {
    const Words paragraph = Maker().NewWords(100);
    return Texts{Spelled(Repeated(paragraph, size)),
                 Spelled(Repeated(paragraph, size * 2 / 3))};
  };
  ExpectPairNearLinear(make);
  ExpectSelfNearLinear(make);
}

TEST(GrowthTest, ParagraphOverAndOverWithEdits) {
  const auto make = [](size_t size) {
    Maker maker;
    const Words words = Repeated(maker.NewWords(100), size);
    return Texts{Spelled(maker.Edited(words)), Spelled(maker.Edited(words))};
  };
  ExpectPairNearLinear(make);
  ExpectSelfNearLinear(make);
}

TEST(GrowthTest, OneWordWithEdits) {
  ExpectPairNearLinear([](size_t size) {
    const Words words = Repeated({"w"}, size);
    return Texts{Spelled(words), Spelled(Maker().Edited(words))};
  });
}

TEST(GrowthTest, TwoWords) {
  const auto make = [](size_t size) {
    Maker maker;
    return Texts{Spelled(maker.Chosen({"v", "w"}, size)),
                 Spelled(maker.Chosen({"v", "w"}, size))};
  };
  ExpectPairNearLinear(make);
  ExpectSelfNearLinear(make);
}

TEST(GrowthTest, TheSameText) {
  ExpectPairNearLinear([](size_t size) {
    const std::string text = Spelled(Maker().NewWords(size));
    return Texts{text, text};
  });
}

}  // namespace
}  // namespace wirecopy
