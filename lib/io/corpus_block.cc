#include "io/corpus_block.h"

#include <algorithm>
#include <utility>

namespace wirecopy {

void CorpusBlock::Add(const Entry& entry, uint64_t line,
                      const std::optional<RecordId>& id,
                      int64_t published_micros) {
  const Naming naming = !id              ? Naming::kLine
                        : id->is_integer ? Naming::kInteger
                                         : Naming::kString;
  const size_t i = entries_.size();
  entries_.push_back({entry.begin,
                      entry.size << kNamingBits | static_cast<uint64_t>(naming),
                      uint64_t{ids_.size()} << kFileBits | entry.file});
  if (id) {
    size_t size = id->text.size();
    for (; size >= 0x80; size >>= 7) {
      ids_.push_back(static_cast<char>(size | 0x80));
    }
    ids_.push_back(static_cast<char>(size));
    ids_ += id->text;
  }
  if (line != next_line_) jumps_.push_back({i, line});
  next_line_ = line + 1;
  if (!published_.empty()) {
    published_.push_back(published_micros);
  } else if (published_micros != kNoTime) {
    SetPublishedMicros(i, published_micros);
  }
}

void CorpusBlock::AddFile(const Entry& entry) {
  Add(entry, next_line_, std::nullopt, kNoTime);
  entries_.back().size_and_naming =
      entry.size << kNamingBits | static_cast<uint64_t>(Naming::kFile);
}

void CorpusBlock::Reject(uint32_t file, uint64_t line, std::string reason) {
  rejected_.push_back({file, line, entries_.size(), std::move(reason)});
}

void CorpusBlock::Clear() {
  entries_.clear();
  ids_.clear();
  published_.clear();
  publishers_.clear();
  publisher_names_.clear();
  publisher_numbers_.clear();
  jumps_.clear();
  rejected_.clear();
  next_line_ = 1;
  first_file = 0;
  lines_before = 0;
  lines = 0;
  invalid_utf8 = 0;
  unreadable_dates = 0;
  first_unreadable_date.clear();
  seen = {};
}

std::string_view CorpusBlock::IdText(size_t i) const {
  size_t at = entries_[i].id_and_file >> kFileBits;
  size_t size = 0;
  unsigned shift = 0;
  unsigned char byte = 0;
  do {
    byte = static_cast<unsigned char>(ids_[at++]);
    size |= static_cast<size_t>(byte & 0x7F) << shift;
    shift += 7;
  } while (byte >= 0x80);
  return std::string_view(ids_).substr(at, size);
}

uint64_t CorpusBlock::Line(size_t i) const {
  if (NamingOf(i) == Naming::kFile) return 1;
  const auto next = std::upper_bound(
      jumps_.begin(), jumps_.end(), i,
      [](size_t entry, const LineJump& jump) { return entry < jump.entry; });
  if (next == jumps_.begin()) return i + 1;
  const LineJump& jump = *(next - 1);
  return jump.line + (i - jump.entry);
}

void CorpusBlock::SetPublishedMicros(size_t i, int64_t micros) {
  if (published_.empty()) published_.assign(entries_.size(), kNoTime);
  published_[i] = micros;
}

void CorpusBlock::SetPublisher(size_t i, std::string_view publisher) {
  if (publisher.empty()) return;
  uint32_t& number = publisher_numbers_[std::string(publisher)];
  if (number == 0) {
    publisher_names_.emplace_back(publisher);
    number = static_cast<uint32_t>(publisher_names_.size());
  }
  if (publishers_.size() <= i) publishers_.resize(i + 1);
  publishers_[i] = number;
}

}  // namespace wirecopy
