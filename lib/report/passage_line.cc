#include "report/passage_line.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "report/json_line.h"

namespace wirecopy {
namespace {

// A stretch of a line that is known to be short: keys, numbers and names.
class ShortText {  // NOLINT(*-member-init): written before it is read
 public:
  ShortText& Add(std::string_view text) {
    const auto room =
        static_cast<size_t>(buffer_.data() + buffer_.size() - end_);
    end_ = std::copy_n(text.data(), std::min(room, text.size()), end_);
    return *this;
  }
  ShortText& Add(uint64_t number) {
    char* const last = buffer_.data() + buffer_.size();
    // Which divides faster, where it is enough.
    const auto narrow = static_cast<uint32_t>(number);
    end_ = narrow == number ? std::to_chars(end_, last, narrow).ptr
                            : std::to_chars(end_, last, number).ptr;
    return *this;
  }
  std::string_view view() const {
    return {buffer_.data(), static_cast<size_t>(end_ - buffer_.data())};
  }

 private:
  std::array<char, 512> buffer_;
  char* end_ = buffer_.data();
};

std::string_view Identity(double identity, std::string* made) {
  if (identity == 1) return "1.0";  // what most copies have
  *made = JsonNumber(identity);
  return *made;
}

}  // namespace

void AppendPassageLine(const PassageRecord& record, std::string_view unit,
                       std::string* lines) {
  lines->append("{\"a\":");
  AppendJson(record.a.id, lines);
  ShortText of_a;
  of_a.Add(",\"a_begin\":").Add(record.a.begin);
  of_a.Add(",\"a_end\":").Add(record.a.end).Add(",\"b\":");
  lines->append(of_a.view());
  AppendJson(record.b.id, lines);
  ShortText rest;
  std::string made;
  rest.Add(",\"b_begin\":").Add(record.b.begin);
  rest.Add(",\"b_end\":").Add(record.b.end);
  rest.Add(",\"words\":").Add(record.words);
  rest.Add(",\"edits\":").Add(record.edits);
  rest.Add(",\"identity\":").Add(Identity(record.identity, &made));
  rest.Add(",\"kind\":\"").Add(record.kind);
  rest.Add("\",\"group\":\"").Add(record.group).Add("\"");
  if (!unit.empty()) rest.Add(",\"offsets\":\"").Add(unit).Add("\"");
  lines->append(rest.Add("}\n").view());
}

}  // namespace wirecopy
