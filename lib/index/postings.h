// Lists of documents under a key, as the tables hold them.
//
// A list takes documents up to a limit and notes when it left one out.

#ifndef WIRECOPY_INDEX_POSTINGS_H_
#define WIRECOPY_INDEX_POSTINGS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace wirecopy {

// Of a table that holds what no list gave.
absl::Status DamagedList();

// Under a band: documents that are duplicates of nothing, in the order of
// filing.
class BandList {
 public:
  static constexpr size_t kMost = 128;

  // An empty list, or what Bytes gave; OK() is false for other bytes.
  explicit BandList(std::string_view bytes);

  bool OK() const { return ok_; }
  bool leaves_out() const { return leaves_out_; }
  std::span<const uint32_t> documents() const { return documents_; }
  size_t size() const { return documents_.size(); }
  bool Has(uint32_t document) const;
  // Says whether all documents are in it.
  void MarkWhole(bool is_whole) { leaves_out_ = !is_whole; }

  // False where it was left out.
  bool Add(uint32_t document);
  void Remove(uint32_t document);
  std::string Bytes() const;  // empty for a list of nothing

 private:
  bool ok_ = true;
  bool leaves_out_ = false;
  std::vector<uint32_t> documents_;
};

// Under a fingerprint: the first documents that have it, in the order of
// adding, and where. What a document found there is told by its place in that
// order.
class PrintList {
 public:
  // CandidateFinder::kFewDocuments, and one more, which tells that there are
  // many.
  static constexpr size_t kMost = 11;
  // Places in one document that are kept.
  static constexpr size_t kMostPlaces = 256;

  struct Entry {
    uint32_t document = 0;
    std::span<const uint32_t> places;  // of n-grams' first tokens, rising
  };

  PrintList() = default;
  // Reads any bytes; the entries are valid until the next call.
  bool Read(std::string_view bytes);

  size_t size() const { return documents_.size(); }
  bool leaves_out() const { return leaves_out_; }
  bool Has(uint32_t document) const;
  bool IsInOrder() const;  // and has no document twice
  void MarkWhole(bool is_whole) {
    leaves_out_ = !is_whole;
    left_out_may_be_cut_ &= leaves_out_;
  }
  // Whether text of those that it leaves out may have been cut for an earlier
  // document that had the fingerprint, and is gone: which they are, nobody
  // knows.
  bool left_out_may_be_cut() const { return left_out_may_be_cut_; }
  void MarkLeftOutCut() { left_out_may_be_cut_ = leaves_out_; }
  Entry operator[](size_t i) const {
    const size_t begin = i == 0 ? 0 : ends_[i - 1];
    return {documents_[i], {places_.data() + begin, ends_[i] - begin}};
  }

  // Of the document that was added last; false where it was left out.
  bool Add(uint32_t document, std::span<const uint32_t> places);
  // Of any document that is not in it: at its place in the order, for which the
  // last is left out where the list has no room.
  void Insert(uint32_t document, std::span<const uint32_t> places);
  // Puts a list into order that is not.
  void Sort();
  void Remove(uint32_t document);
  std::string Bytes() const;

 private:
  // Of what it leaves out.
  void CopyMarks(const PrintList& other);

  bool leaves_out_ = false;
  bool left_out_may_be_cut_ = false;
  std::vector<uint32_t> documents_;
  std::vector<size_t> ends_;  // of their places
  std::vector<uint32_t> places_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_INDEX_POSTINGS_H_
