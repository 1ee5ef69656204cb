#include "wirecopy/offsets.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "wirecopy/text.h"

namespace wirecopy {
namespace {

constexpr size_t kStep = 1024;

// The bytes of 0xF0 and above, eight at a time: those whose four upper bits
// are all set. (Shifted to the left, a byte's upper bits meet only its own.)
size_t CountAstral(std::string_view utf8) {
  size_t count = 0;
  uint64_t word = 0;
  size_t i = 0;
  for (; i + sizeof(word) <= utf8.size(); i += sizeof(word)) {
    std::memcpy(&word, utf8.data() + i, sizeof(word));
    word &= (word << 1) & (word << 2) & (word << 3) & 0x8080808080808080;
    count += static_cast<size_t>(std::popcount(word));
  }
  for (; i < utf8.size(); ++i) {
    if (static_cast<unsigned char>(utf8[i]) >= 0xF0) ++count;
  }
  return count;
}

}  // namespace

void OffsetConverter::Reset(std::string_view utf8) {
  text_ = utf8;
  checkpoints_.clear();
  if (CountCodePoints(utf8) == utf8.size()) return;
  checkpoints_.reserve(utf8.size() / kStep + 1);
  checkpoints_.push_back({0, 0});
  for (size_t i = kStep; i <= utf8.size(); i += kStep) {
    const std::string_view step = utf8.substr(i - kStep, kStep);
    const Checkpoint& last = checkpoints_.back();
    checkpoints_.push_back({last.code_points + CountCodePoints(step),
                            last.astral + CountAstral(step)});
  }
}

size_t OffsetConverter::Convert(size_t byte_offset, OffsetUnit unit) const {
  const size_t offset = std::min(byte_offset, text_.size());
  if (unit == OffsetUnit::kByte || checkpoints_.empty()) return offset;
  const Checkpoint& before = checkpoints_[offset / kStep];
  const size_t begin = offset / kStep * kStep;
  const std::string_view rest = text_.substr(begin, offset - begin);
  const size_t code_points = before.code_points + CountCodePoints(rest);
  if (unit == OffsetUnit::kCodePoint) return code_points;
  return code_points + before.astral + CountAstral(rest);
}

}  // namespace wirecopy
