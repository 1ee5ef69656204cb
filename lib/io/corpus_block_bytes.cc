// Blocks as pieces of work keep them: docs/stages.md.

#include <algorithm>
#include <limits>

#include "io/corpus_block.h"

namespace wirecopy {
namespace {

constexpr uint8_t kSeenBits = 5;

uint8_t BitsOf(const FieldsSeen& seen) {
  return static_cast<uint8_t>((seen.id ? 1 : 0) | (seen.text ? 2 : 0) |
                              (seen.published ? 4 : 0) |
                              (seen.publisher ? 8 : 0) | (seen.url ? 16 : 0));
}

FieldsSeen SeenOf(uint8_t bits) {
  FieldsSeen seen;
  seen.id = (bits & 1) != 0;
  seen.text = (bits & 2) != 0;
  seen.published = (bits & 4) != 0;
  seen.publisher = (bits & 8) != 0;
  seen.url = (bits & 16) != 0;
  return seen;
}

}  // namespace

void CorpusBlock::AppendTo(PieceWriter* out) const {
  out->Add<uint64_t>(entries_.size());
  for (const PackedEntry& entry : entries_) {
    out->Add(entry.begin);
    out->Add(entry.size_and_naming);
    out->Add(entry.id_and_file);
  }
  out->AddBytes(ids_);
  out->AddList(published_);
  out->AddList(publishers_);
  out->Add<uint64_t>(publisher_names_.size());
  for (const std::string& name : publisher_names_) out->AddBytes(name);
  out->Add<uint64_t>(jumps_.size());
  for (const LineJump& jump : jumps_) {
    out->Add<uint64_t>(jump.entry);
    out->Add(jump.line);
  }
  out->Add<uint64_t>(rejected_.size());
  for (const Rejected& rejected : rejected_) {
    out->Add(rejected.file);
    out->Add(rejected.line);
    out->Add<uint64_t>(rejected.entries_before);
    out->AddBytes(rejected.reason);
  }
  out->Add<uint64_t>(first_file);
  out->Add(lines);
  out->Add(invalid_utf8);
  out->Add(unreadable_dates);
  out->AddBytes(first_unreadable_date);
  out->Add(BitsOf(seen));
}

void CorpusBlock::ReadPublishers(PieceReader* in) {
  in->GetList(&publishers_);
  // Lists of what has no fixed size grow with what is there.
  const auto names = in->Get<uint64_t>();
  for (uint64_t i = 0; i < names && in->ok(); ++i) {
    publisher_names_.emplace_back(in->GetBytes());
  }
}

void CorpusBlock::ReadRejected(PieceReader* in) {
  const auto count = in->Get<uint64_t>();
  for (uint64_t i = 0; i < count && in->ok(); ++i) {
    Rejected rejected;
    rejected.file = in->Get<uint32_t>();
    rejected.line = in->Get<uint64_t>();
    rejected.entries_before = in->Get<uint64_t>();
    rejected.reason = in->GetBytes();
    rejected_.push_back(std::move(rejected));
  }
}

bool CorpusBlock::ReadFrom(size_t first, size_t end, uint64_t most_bytes,
                           PieceReader* in) {
  Clear();
  const auto count = in->Get<uint64_t>();
  entries_.reserve(in->MostOf(count, sizeof(PackedEntry)));
  for (uint64_t i = 0; i < count && in->ok(); ++i) {
    PackedEntry entry = {};
    entry.begin = in->Get<uint64_t>();
    entry.size_and_naming = in->Get<uint64_t>();
    entry.id_and_file = in->Get<uint64_t>();
    entries_.push_back(entry);
  }
  ids_ = in->GetBytes();
  in->GetList(&published_);
  ReadPublishers(in);
  const auto jumps = in->Get<uint64_t>();
  for (uint64_t i = 0; i < jumps && in->ok(); ++i) {
    const auto entry = in->Get<uint64_t>();
    jumps_.push_back({entry, in->Get<uint64_t>()});
  }
  ReadRejected(in);
  first_file = in->Get<uint64_t>();
  lines = in->Get<uint64_t>();
  invalid_utf8 = in->Get<uint64_t>();
  unreadable_dates = in->Get<uint64_t>();
  first_unreadable_date = in->GetBytes();
  const auto bits = in->Get<uint8_t>();
  seen = SeenOf(bits);
  if (bits >> kSeenBits != 0 || !in->ok()) return false;
  return IsSound(first, end, most_bytes);
}

// Whether an id lies within those of the block.
bool CorpusBlock::HasId(size_t i) const {
  size_t at = entries_[i].id_and_file >> kFileBits;
  uint64_t size = 0;
  constexpr unsigned kMostBits = 35;
  for (unsigned shift = 0; shift < kMostBits; shift += 7) {
    if (at >= ids_.size()) return false;
    const auto byte = static_cast<unsigned char>(ids_[at++]);
    size |= static_cast<uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return size <= ids_.size() - at;
  }
  return false;
}

bool CorpusBlock::IsSound(size_t first, size_t end, uint64_t most_bytes) const {
  const auto is_file = [&](size_t file) { return first <= file && file < end; };
  for (size_t i = 0; i < size(); ++i) {
    const Entry entry = At(i);
    const Naming naming = NamingOf(i);
    const bool has_id = naming == Naming::kString || naming == Naming::kInteger;
    if (!is_file(entry.file) || entry.size > most_bytes ||
        entry.begin > std::numeric_limits<uint64_t>::max() / 2 ||
        (has_id && !HasId(i))) {
      return false;
    }
  }
  const auto is_jump = [&](const LineJump& a) { return a.entry < size(); };
  const auto falls = [](const LineJump& a, const LineJump& b) {
    return a.entry >= b.entry;
  };
  const auto is_name = [&](uint32_t number) {
    return number <= publisher_names_.size();
  };
  const auto is_rejected = [&](const Rejected& rejected) {
    return is_file(rejected.file) && rejected.entries_before <= size();
  };
  const auto is_before = [](const Rejected& a, const Rejected& b) {
    return a.entries_before < b.entries_before;
  };
  return is_file(first_file) &&
         (published_.empty() || published_.size() == size()) &&
         publishers_.size() <= size() &&
         std::all_of(publishers_.begin(), publishers_.end(), is_name) &&
         std::all_of(jumps_.begin(), jumps_.end(), is_jump) &&
         std::adjacent_find(jumps_.begin(), jumps_.end(), falls) ==
             jumps_.end() &&
         std::all_of(rejected_.begin(), rejected_.end(), is_rejected) &&
         std::is_sorted(rejected_.begin(), rejected_.end(), is_before);
}

}  // namespace wirecopy
