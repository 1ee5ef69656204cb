// Texts that are made by copying from each other, so that what they have in
// common is known word by word.

#ifndef WIRECOPY_TESTS_SUPPORT_MADE_TEXT_H_
#define WIRECOPY_TESTS_SUPPORT_MADE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "report/passage_view.h"

namespace wirecopy::oracle {

struct MadeWord {
  std::string text;
  uint64_t origin = 0;  // copies of a word have the same
  bool ends_sentence = false;
  bool ends_paragraph = false;
};

using MadeText = std::vector<MadeWord>;

struct MadeCopy {
  double dropped = 0.15;  // share of sentences
  double changed = 0.03;  // share of words
  int own_sentences = 2;  // before it
};

// Makes news of towns that are nowhere. The same seed makes the same texts.
class TextMaker {
 public:
  explicit TextMaker(uint32_t seed) : random_(seed) {}

  MadeText Story(int sentences) {
    MadeText text;
    for (int i = 0; i < sentences; ++i) {
      AddSentence(&text);
      text.back().ends_paragraph = i % 3 == 2;
    }
    return text;
  }

  // Words of one's own choice, at white space.
  MadeText Words(const std::string& words) {
    MadeText text;
    size_t begin = 0;
    while (begin < words.size()) {
      size_t end = words.find(' ', begin);
      if (end == std::string::npos) end = words.size();
      text.push_back({words.substr(begin, end - begin), ++origins_});
      begin = end + 1;
    }
    text.back().ends_sentence = true;
    return text;
  }

  MadeText CopyOf(const MadeText& source, const MadeCopy& how) {
    MadeText text = Story(how.own_sentences);
    if (!text.empty()) text.back().ends_paragraph = true;
    bool keeps = !Chance(how.dropped);
    for (const MadeWord& word : source) {
      if (keeps) {
        text.push_back(word);
        if (Chance(how.changed)) {
          text.back().text = Pick(kOtherWords);
          text.back().origin = ++origins_;
        }
      }
      if (word.ends_sentence) keeps = !Chance(how.dropped);
    }
    return text;
  }

  size_t Number(size_t below) { return random_() % below; }
  bool Chance(double probability) {
    return static_cast<double>(random_()) <
           probability * static_cast<double>(std::mt19937::max());
  }

  std::string Headline() {
    return Pick(kTowns) + " " + Pick(kVerbs) + " " + Pick(kThings);
  }

 private:
  using Stock = std::vector<std::string>;

  std::string Pick(const Stock& stock) { return stock[Number(stock.size())]; }

  void AddSentence(MadeText* out) {
    const std::string sentence =
        Pick(kOpenings) + " " + Pick(kTowns) + " " + Pick(kVerbs) + " the " +
        Pick(kThings) + " " + Pick(kWheres) + ", " + Pick(kWhys) + " " +
        std::to_string(20 + Number(900)) + " " + Pick(kUnits) + ".";
    const MadeText words = Words(sentence);
    out->insert(out->end(), words.begin(), words.end());
  }

  inline static const Stock kOpenings = {"On Monday the council of",
                                         "Engineers from",
                                         "After a long debate",
                                         "The mayor of",
                                         "Residents of old",
                                         "A spokeswoman for",
                                         "Nobody in",
                                         "Last winter the harbour board of"};
  inline static const Stock kTowns = {"Tarnholm", "Velisport", "Quessing",
                                      "Marrowby", "Ostrelle",  "Dunmarch"};
  inline static const Stock kVerbs = {"reopens", "mends", "refuses", "paints",
                                      "counts",  "sells", "moves"};
  inline static const Stock kThings = {"swing bridge", "tram depot",
                                       "eel market",   "lamp works",
                                       "ferry steps",  "clock tower"};
  inline static const Stock kWheres = {
      "beside the northern canal", "under the railway arches",
      "where the fish sheds once stood", "behind the museum of ropes"};
  inline static const Stock kWhys = {"which has cost", "after complaints about",
                                     "a plan that would need",
                                     "and that took away"};
  inline static const Stock kUnits = {"crates", "hours of work", "old coins",
                                      "metres of cable", "visitors"};
  inline static const Stock kOtherWords = {"reportedly", "somewhat", "quite",
                                           "nearly", "again"};

  std::mt19937 random_;
  uint64_t origins_ = 0;
};

inline const char* SpaceBehind(const MadeWord& word) {
  return word.ends_paragraph ? "\n\n" : " ";
}

inline std::string Written(const MadeText& text) {
  std::string out;
  for (const MadeWord& word : text) out += word.text + SpaceBehind(word);
  if (!out.empty()) out.resize(out.find_last_not_of(" \n") + 1);
  return out;
}

// Where the words stand in what Written gives.
inline std::vector<TextSpan> WordSpans(const MadeText& text) {
  std::vector<TextSpan> spans;
  size_t at = 0;
  for (const MadeWord& word : text) {
    spans.push_back({at, at + word.text.size()});
    at = spans.back().end + std::string(SpaceBehind(word)).size();
  }
  return spans;
}

inline size_t CodePoints(const std::string& utf8, size_t byte) {
  size_t n = 0;
  for (size_t i = 0; i < byte; ++i) n += (utf8[i] & 0xC0) != 0x80 ? 1 : 0;
  return n;
}

// The passages of two texts: words with the same origins, at most `gap` words
// apart, at least `least` of them.
inline std::vector<PassageView> PassagesOf(const MadeText& a, const MadeText& b,
                                           size_t least = 8, size_t gap = 4) {
  std::unordered_map<uint64_t, size_t> in_b;
  for (size_t j = 0; j < b.size(); ++j) in_b[b[j].origin] = j;
  std::vector<std::vector<std::pair<size_t, size_t>>> chains;
  for (size_t i = 0; i < a.size(); ++i) {
    const auto found = in_b.find(a[i].origin);
    if (found == in_b.end()) continue;
    const size_t j = found->second;
    const bool goes_on = !chains.empty() &&
                         i - chains.back().back().first <= gap &&
                         j > chains.back().back().second &&
                         j - chains.back().back().second <= gap;
    if (!goes_on) chains.emplace_back();
    chains.back().emplace_back(i, j);
  }
  const std::vector<TextSpan> at_a = WordSpans(a);
  const std::vector<TextSpan> at_b = WordSpans(b);
  const std::string text_a = Written(a);
  const std::string text_b = Written(b);
  std::vector<PassageView> passages;
  for (const auto& chain : chains) {
    if (chain.size() < least) continue;
    PassageView view;
    for (size_t k = 0; k < chain.size(); ++k) {
      const auto [i, j] = chain[k];
      const bool joins =
          k > 0 && chain[k - 1].first + 1 == i && chain[k - 1].second + 1 == j;
      if (joins) {
        view.equal.back().a.end = at_a[i].end;
        view.equal.back().b.end = at_b[j].end;
      } else {
        if (k > 0) ++view.edits;
        view.equal.push_back({at_a[i], at_b[j]});
      }
    }
    view.bytes = {{view.equal.front().a.begin, view.equal.back().a.end},
                  {view.equal.front().b.begin, view.equal.back().b.end}};
    view.places = {{CodePoints(text_a, view.bytes.a.begin),
                    CodePoints(text_a, view.bytes.a.end)},
                   {CodePoints(text_b, view.bytes.b.begin),
                    CodePoints(text_b, view.bytes.b.end)}};
    view.words = chain.size();
    view.identity = static_cast<double>(view.words) /
                    static_cast<double>(view.words + view.edits);
    passages.push_back(view);
  }
  return passages;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_MADE_TEXT_H_
