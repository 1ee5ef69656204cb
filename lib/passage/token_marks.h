// What is known of the tokens of one text while its passages are made.

#ifndef WIRECOPY_PASSAGE_TOKEN_MARKS_H_
#define WIRECOPY_PASSAGE_TOKEN_MARKS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "passage/token_text.h"

namespace wirecopy {

// A byte a token, so that no question costs more than the tokens it is about,
// however many passages there are.
class TokenMarks {
 public:
  // Makes room; nothing is marked.
  void Fit(size_t tokens) {
    marks_.resize(std::max(marks_.size(), tokens + 1), 0);
  }

  // Takes away all marks of a passage. To be done for all before others are
  // marked.
  void Clear(TokenSpan passage) {
    std::fill_n(marks_.begin() + passage.begin, passage.size() + 1, uint8_t{0});
    has_borders_ = false;
  }

  bool has_borders() const { return has_borders_; }
  // Where passages begin and end.
  void AddBorders(TokenSpan passage) {
    has_borders_ = true;
    marks_[passage.begin] |= kBegins;
    marks_[passage.end] |= kEnds;
  }
  bool BeginsAt(uint32_t token) const { return (marks_[token] & kBegins) != 0; }
  bool EndsAt(uint32_t token) const { return (marks_[token] & kEnds) != 0; }

  // The last place at or before `token` where one ends, or `reach` before it
  // where none does.
  uint32_t LastEnd(uint32_t token, uint32_t reach) const {
    const uint32_t stop = token - std::min(token, reach);
    if (!has_borders_) return stop;
    while (token > stop && !EndsAt(token)) --token;
    return token;
  }
  // The same for where one begins; requires room for `tokens`.
  uint32_t NextBegin(uint32_t token, uint32_t reach, size_t tokens) const {
    const auto stop =
        static_cast<uint32_t>(std::min<size_t>(tokens, token + reach));
    if (!has_borders_) return stop;
    while (token < stop && !BeginsAt(token)) ++token;
    return token;
  }

  // Each token may be visited so often: where texts repeat themselves, each of
  // many chains could be extended over all others.
  static constexpr uint8_t kMostVisits = 16;
  bool MayVisit(uint32_t token) const {
    return (marks_[token] & kVisits) < kMostVisits;
  }
  void Visit(TokenSpan span) {
    for (uint8_t& mark : Of(span)) {
      mark =
          static_cast<uint8_t>(mark + ((mark & kVisits) < kMostVisits ? 1 : 0));
    }
  }

  void Cover(TokenSpan span) {
    for (uint8_t& mark : Of(span)) mark |= kCovered;
  }
  // How many tokens are not covered.
  uint32_t CountNew(TokenSpan span) const {
    uint32_t count = 0;
    for (uint32_t i = span.begin; i < span.end; ++i) {
      count += (marks_[i] & kCovered) == 0 ? 1 : 0;
    }
    return count;
  }

 private:
  // A byte that is written may be one of the pointer to marks_, for all that a
  // compiler knows. It cannot be one of a local span's, and so loops over that
  // become vectors.
  std::span<uint8_t> Of(TokenSpan span) {
    return {marks_.data() + span.begin, span.size()};
  }

  static constexpr uint8_t kVisits = 0x1F;
  static constexpr uint8_t kCovered = 0x20;
  static constexpr uint8_t kBegins = 0x40;
  static constexpr uint8_t kEnds = 0x80;

  std::vector<uint8_t> marks_;
  bool has_borders_ = false;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PASSAGE_TOKEN_MARKS_H_
