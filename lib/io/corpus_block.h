// What a scan notes of the documents of one block, in little room: there may
// be millions of them, each as short as what is noted.

#ifndef WIRECOPY_IO_CORPUS_BLOCK_H_
#define WIRECOPY_IO_CORPUS_BLOCK_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "base/piece_bytes.h"
#include "io/record.h"
#include "wirecopy/document.h"

namespace wirecopy {

// Lines are numbered from the block's beginning.
class CorpusBlock {
 public:
  static constexpr int64_t kNoTime = INT64_MIN;
  // Files are numbered below this, which leaves 36 bits for the bytes of a
  // block's ids.
  static constexpr unsigned kFileBits = 28;
  static constexpr uint64_t kMostFiles = uint64_t{1} << kFileBits;

  // Where a document is.
  struct Entry {
    uint64_t begin = 0;  // in the file
    uint64_t size = 0;
    uint32_t file = 0;
  };

  // A record that is no document.
  struct Rejected {
    uint32_t file = 0;
    uint64_t line = 0;
    size_t entries_before = 0;
    std::string reason;
  };

  // Where a document's name comes from.
  enum class Naming : uint8_t { kString, kInteger, kLine, kFile };

  // Adds the next document. Without an id it is named by its line.
  void Add(const Entry& entry, uint64_t line, const std::optional<RecordId>& id,
           int64_t published_micros);
  // Adds a file that is a document, and named by the file.
  void AddFile(const Entry& entry);
  void Reject(uint32_t file, uint64_t line, std::string reason);

  // Empties it, and keeps the memory for what comes next.
  void Clear();
  // A copy that takes no more memory than it needs.
  CorpusBlock Packed() const {
    CorpusBlock copy = *this;
    copy.publisher_numbers_ = {};
    return copy;
  }

  size_t size() const { return entries_.size(); }
  Entry At(size_t i) const {
    const PackedEntry& entry = entries_[i];
    return {entry.begin, entry.size_and_naming >> kNamingBits,
            static_cast<uint32_t>(entry.id_and_file & (kMostFiles - 1))};
  }
  Naming NamingOf(size_t i) const {
    return static_cast<Naming>(entries_[i].size_and_naming & kNamingMask);
  }
  // The id of a document that has one of its own.
  std::string_view IdText(size_t i) const;
  uint64_t Line(size_t i) const;

  int64_t PublishedMicros(size_t i) const {
    return published_.empty() ? kNoTime : published_[i];
  }
  void SetPublishedMicros(size_t i, int64_t micros);

  // Who published a document; empty where nobody said.
  std::string_view Publisher(size_t i) const {
    return publishers_.size() <= i || publishers_[i] == 0
               ? std::string_view()
               : publisher_names_[publishers_[i] - 1];
  }
  void SetPublisher(size_t i, std::string_view publisher);

  // As bytes, and from them: whether they are those of a block of files
  // [first, end) with entries of `most_bytes` at most.
  void AppendTo(PieceWriter* out) const;
  bool ReadFrom(size_t first, size_t end, uint64_t most_bytes, PieceReader* in);

  const std::vector<Rejected>& rejected() const { return rejected_; }
  // Forgets the rejected, of which the corpus has a list by then.
  void DropRejected() { rejected_ = std::vector<Rejected>(); }

  size_t first_file = 0;
  uint64_t lines_before = 0;  // in the first file, once all blocks are there
  uint64_t lines = 0;
  uint64_t invalid_utf8 = 0;
  uint64_t unreadable_dates = 0;
  std::string first_unreadable_date;
  FieldsSeen seen;

 private:
  struct PackedEntry {
    uint64_t begin;
    uint64_t size_and_naming;
    uint64_t id_and_file;  // where ids_ has the id; which file
  };
  static constexpr unsigned kNamingBits = 2;
  static constexpr uint64_t kNamingMask = 3;

  // An entry whose line is not the one after the entry's before.
  struct LineJump {
    size_t entry;
    uint64_t line;
  };

  bool IsSound(size_t first, size_t end, uint64_t most_bytes) const;
  bool HasId(size_t i) const;
  void ReadRejected(PieceReader* in);
  void ReadPublishers(PieceReader* in);

  std::vector<PackedEntry> entries_;
  std::string ids_;  // each its size, seven bits a byte, and its bytes
  std::vector<int64_t> published_;  // by entry; empty where none is known
  // By entry, as far as known: 0, or 1 + the place among the names.
  std::vector<uint32_t> publishers_;
  std::vector<std::string> publisher_names_;
  absl::flat_hash_map<std::string, uint32_t> publisher_numbers_;
  std::vector<LineJump> jumps_;
  std::vector<Rejected> rejected_;
  uint64_t next_line_ = 1;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_CORPUS_BLOCK_H_
