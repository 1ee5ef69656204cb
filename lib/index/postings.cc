#include "index/postings.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "index/encoding.h"

namespace wirecopy {
namespace {

constexpr uint64_t kLeavesOut = 1;
constexpr uint64_t kLeftOutMayBeCut = 2;

}  // namespace

absl::Status DamagedList() {
  return absl::DataLossError("a list of documents is damaged");
}

BandList::BandList(std::string_view bytes) {
  if (bytes.empty()) return;
  Decoder in(bytes);
  const uint64_t flags = in.Number<1>();
  leaves_out_ = flags == kLeavesOut;
  documents_.reserve(bytes.size() / 4);
  while (in.ok() && !in.AtEnd()) {
    documents_.push_back(static_cast<uint32_t>(in.Number<4>()));
  }
  ok_ = in.ok() && flags <= kLeavesOut && documents_.size() <= kMost;
}

bool BandList::Has(uint32_t document) const {
  return std::find(documents_.begin(), documents_.end(), document) !=
         documents_.end();
}

bool BandList::Add(uint32_t document) {
  if (documents_.size() == kMost) {
    leaves_out_ = true;
    return false;
  }
  documents_.push_back(document);
  return true;
}

void BandList::Remove(uint32_t document) {
  documents_.erase(std::remove(documents_.begin(), documents_.end(), document),
                   documents_.end());
}

std::string BandList::Bytes() const {
  std::string bytes;
  if (documents_.empty() && !leaves_out_) return bytes;
  bytes.reserve(1 + 4 * documents_.size());
  AppendNumber<1>(leaves_out_ ? kLeavesOut : 0, &bytes);
  for (const uint32_t document : documents_) AppendNumber<4>(document, &bytes);
  return bytes;
}

bool PrintList::Read(std::string_view bytes) {
  leaves_out_ = false;
  left_out_may_be_cut_ = false;
  documents_.clear();
  ends_.clear();
  places_.clear();
  if (bytes.empty()) return true;
  Decoder in(bytes);
  const uint64_t flags = in.Number<1>();
  leaves_out_ = (flags & kLeavesOut) != 0;
  left_out_may_be_cut_ = (flags & kLeftOutMayBeCut) != 0;
  while (in.ok() && !in.AtEnd() && documents_.size() < kMost) {
    documents_.push_back(static_cast<uint32_t>(in.Number<4>()));
    const uint64_t count = in.Varint();
    if (count == 0 || count > kMostPlaces) return false;
    uint64_t place = 0;
    for (uint64_t i = 0; i < count; ++i) {
      place += in.Varint();
      places_.push_back(static_cast<uint32_t>(place));
    }
    ends_.push_back(places_.size());
  }
  const bool is_possible = flags <= (kLeavesOut | kLeftOutMayBeCut) &&
                           (leaves_out_ || !left_out_may_be_cut_);
  return in.ok() && in.AtEnd() && is_possible;
}

bool PrintList::Has(uint32_t document) const {
  return std::find(documents_.begin(), documents_.end(), document) !=
         documents_.end();
}

bool PrintList::Add(uint32_t document, std::span<const uint32_t> places) {
  if (documents_.size() == kMost) {
    leaves_out_ = true;
    return false;
  }
  const auto kept = places.first(std::min(places.size(), kMostPlaces));
  documents_.push_back(document);
  places_.insert(places_.end(), kept.begin(), kept.end());
  ends_.push_back(places_.size());
  return true;
}

void PrintList::CopyMarks(const PrintList& other) {
  leaves_out_ = other.leaves_out_;
  left_out_may_be_cut_ = other.left_out_may_be_cut_;
}

bool PrintList::IsInOrder() const {
  return std::adjacent_find(documents_.begin(), documents_.end(),
                            std::greater_equal<>()) == documents_.end();
}

void PrintList::Insert(uint32_t document, std::span<const uint32_t> places) {
  PrintList made;
  made.CopyMarks(*this);
  size_t i = 0;
  for (; i < size() && (*this)[i].document < document; ++i) {
    made.Add((*this)[i].document, (*this)[i].places);
  }
  made.Add(document, places);
  for (; i < size(); ++i) made.Add((*this)[i].document, (*this)[i].places);
  *this = std::move(made);
}

void PrintList::Sort() {
  PrintList made;
  for (size_t i = 0; i < size(); ++i) {
    made.Insert((*this)[i].document, (*this)[i].places);
  }
  made.CopyMarks(*this);
  *this = std::move(made);
}

void PrintList::Remove(uint32_t document) {
  PrintList left;
  left.CopyMarks(*this);
  for (size_t i = 0; i < size(); ++i) {
    const Entry entry = (*this)[i];
    if (entry.document != document) left.Add(entry.document, entry.places);
  }
  *this = std::move(left);
}

std::string PrintList::Bytes() const {
  std::string bytes;
  if (documents_.empty() && !leaves_out_) return bytes;
  AppendNumber<1>((leaves_out_ ? kLeavesOut : 0) |
                      (left_out_may_be_cut_ ? kLeftOutMayBeCut : 0),
                  &bytes);
  for (size_t i = 0; i < size(); ++i) {
    const Entry entry = (*this)[i];
    AppendNumber<4>(entry.document, &bytes);
    AppendVarint(entry.places.size(), &bytes);
    uint32_t before = 0;
    for (const uint32_t place : entry.places) {
      AppendVarint(place - before, &bytes);
      before = place;
    }
  }
  return bytes;
}

}  // namespace wirecopy
