#include "lsh/packed_signatures.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace wirecopy {
namespace {

// Reads a scratch file by the piece for those that go through it from one place
// to the next.
class ScratchWindow {
 public:
  explicit ScratchWindow(const ScratchFile& file) : file_(file) {}

  const uint64_t* At(uint64_t place, size_t words) {
    const size_t size = words * sizeof(uint64_t);
    if (place < begin_ || place + size > begin_ + size_) {
      constexpr size_t kBytes = size_t{32} << 10;
      begin_ = place;
      size_ = static_cast<size_t>(
          std::min<uint64_t>(std::max(kBytes, size), file_.size() - place));
      words_.resize(size_ / sizeof(uint64_t));
      file_.ReadAt(begin_, size_, words_.data());
    }
    return words_.data() + (place - begin_) / sizeof(uint64_t);
  }

 private:
  const ScratchFile& file_;
  uint64_t begin_ = 0;
  size_t size_ = 0;
  std::vector<uint64_t> words_;
};

}  // namespace

PackedSignatures::Place PackedSignatures::Keep(std::vector<uint64_t> packed) {
  if (scratch_ != nullptr) {
    return scratch_->Append(packed.data(), packed.size() * sizeof(uint64_t));
  }
  kept_.push_back(std::move(packed));
  return std::bit_cast<Place>(std::as_const(kept_.back()).data());
}

void PackedSignatures::ReadKept(Place first, std::span<uint64_t> packed) const {
  if (scratch_ != nullptr) {
    scratch_->ReadAt(first, packed.size_bytes(), packed.data());
  } else {
    std::copy_n(InMemory(first), packed.size(), packed.data());
  }
}

void PackedSignatures::BandKeys(size_t band,
                                std::span<const uint32_t> documents,
                                std::span<uint32_t> keys) const {
  const BandKeyReader reader(packing_, band);
  if (scratch_ == nullptr) {
    for (size_t i = 0; i < documents.size(); ++i) {
      keys[i] = reader.Key(InMemory(places_[documents[i]]));
    }
    return;
  }
  ScratchWindow window(*scratch_);
  for (size_t i = 0; i < documents.size(); ++i) {
    keys[i] = reader.Key(window.At(places_[documents[i]], packing_.words()));
  }
}

}  // namespace wirecopy
