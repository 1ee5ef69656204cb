// The line of a passage, of which some outputs have millions.

#ifndef WIRECOPY_REPORT_PASSAGE_LINE_H_
#define WIRECOPY_REPORT_PASSAGE_LINE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "report/passage_records.h"

namespace wirecopy {

// A passage as its line has it. Texts that many lines have are made once, by
// who has the passages.
struct PassageLineFields {
  struct Place {
    std::string_view id;  // its JSON, as AppendJson has it
    uint64_t begin = 0;
    uint64_t end = 0;
  };
  Place a;
  Place b;
  uint64_t words = 0;
  uint64_t edits = 0;
  std::string_view identity;  // as JsonNumber has it
  std::string_view kind;      // as in PassageRecord
  std::string_view group;
  std::string_view unit;
};

// No less than its line has.
size_t MostBytesOf(const PassageLineFields& fields);

// Writes a line of JSON, to the byte what AddPassage makes, to where there is
// room for so many; returns its end.
char* WritePassageLine(const PassageLineFields& fields, char* at);

// The shares of equal tokens, as JSON has them. A number's shortest digits take
// longer than the rest of its line, and most passages have the same few. Not
// thread-safe.
class IdentityTexts {
 public:
  // Of words / (words + edits), as ReusedPassage has it; not both are 0. Valid
  // until the next call.
  std::string_view Of(uint32_t words, uint32_t edits);

 private:
  struct Known {
    uint32_t words = 0;
    uint32_t edits = 0;
    std::string text;
  };
  std::array<Known, 1024> known_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_PASSAGE_LINE_H_
