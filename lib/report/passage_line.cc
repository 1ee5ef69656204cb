#include "report/passage_line.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>

#include "report/json_line.h"

namespace wirecopy {
namespace {

constexpr size_t kMostDigits = std::numeric_limits<uint64_t>::digits10 + 1;
constexpr size_t kNumbers = 6;  // of a line
constexpr size_t kKeys = 160;   // no less than all that a line always has

// Writes where there is room for all that is to come.
class Pen {
 public:
  explicit Pen(char* at) : at_(at) {}

  // Of a size that the compiler knows, so that nothing is called.
  template <size_t kSize>
  Pen& Add(const char (&literal)[kSize]) {
    at_ = std::copy_n(literal, kSize - 1, at_);
    return *this;
  }
  Pen& Add(std::string_view text) {
    at_ = std::copy_n(text.data(), text.size(), at_);
    return *this;
  }
  Pen& Add(uint64_t number) {
    // Which divides faster, where it is enough.
    const auto narrow = static_cast<uint32_t>(number);
    char* const last = at_ + kMostDigits;
    at_ = narrow == number ? std::to_chars(at_, last, narrow).ptr
                           : std::to_chars(at_, last, number).ptr;
    return *this;
  }
  char* at() const { return at_; }

 private:
  char* at_;
};

}  // namespace

size_t MostBytesOf(const PassageLineFields& fields) {
  return kKeys + kNumbers * kMostDigits + fields.a.id.size() +
         fields.b.id.size() + fields.identity.size() + fields.kind.size() +
         fields.group.size() + fields.unit.size();
}

char* WritePassageLine(const PassageLineFields& fields, char* at) {
  Pen pen(at);
  pen.Add("{\"a\":").Add(fields.a.id).Add(",\"a_begin\":").Add(fields.a.begin);
  pen.Add(",\"a_end\":").Add(fields.a.end).Add(",\"b\":").Add(fields.b.id);
  pen.Add(",\"b_begin\":").Add(fields.b.begin);
  pen.Add(",\"b_end\":").Add(fields.b.end);
  pen.Add(",\"words\":").Add(fields.words);
  pen.Add(",\"edits\":").Add(fields.edits);
  pen.Add(",\"identity\":").Add(fields.identity);
  pen.Add(",\"kind\":\"").Add(fields.kind);
  pen.Add("\",\"group\":\"").Add(fields.group).Add("\"");
  if (!fields.unit.empty()) {
    pen.Add(",\"offsets\":\"").Add(fields.unit).Add("\"");
  }
  pen.Add("}\n");
  return pen.at();
}

std::string_view IdentityTexts::Of(uint32_t words, uint32_t edits) {
  if (edits == 0) return "1.0";  // what most copies have
  constexpr uint32_t kEdits = 32;
  Known& known = known_[(words * kEdits + edits % kEdits) % known_.size()];
  if (known.words != words || known.edits != edits) {
    known = {words, edits,
             JsonNumber(static_cast<double>(words) /
                        static_cast<double>(words + edits))};
  }
  return known.text;
}

}  // namespace wirecopy
