// Numbers, texts and lists as bytes, for pieces of work that are kept in files.

#ifndef WIRECOPY_BASE_PIECE_BYTES_H_
#define WIRECOPY_BASE_PIECE_BYTES_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace wirecopy {

// All numbers are little-endian; a list has its length, of 64 bits, before it.
class PieceWriter {
 public:
  using TakeBytes = std::function<void(std::string_view)>;

  // Keeps all bytes, for Take.
  PieceWriter() = default;
  // Gives them to `take` by the block, the last when Flush is called.
  explicit PieceWriter(TakeBytes take) : take_(std::move(take)) {}

  template <typename Number>
  void Add(Number number) {
    const auto bits = static_cast<std::make_unsigned_t<Number>>(number);
    char bytes[sizeof(Number)];
    for (size_t i = 0; i < sizeof(Number); ++i) {
      bytes[i] = static_cast<char>(bits >> (8 * i) & 0xFF);
    }
    AddAsTheyAre({bytes, sizeof bytes});
  }

  void AddBytes(std::string_view bytes) {
    Add<uint64_t>(bytes.size());
    AddAsTheyAre(bytes);
  }

  // Without a length before them.
  void AddAsTheyAre(std::string_view bytes) {
    size_ += bytes.size();
    if (take_ != nullptr && bytes_.size() + bytes.size() > kBlock) {
      Flush();
      if (bytes.size() > kBlock) return take_(bytes);
    }
    bytes_ += bytes;
  }

  template <typename Number>
  void AddList(const Number* numbers, size_t count) {
    Add<uint64_t>(count);
    if constexpr (std::endian::native == std::endian::little) {
      AddAsTheyAre(
          {reinterpret_cast<const char*>(numbers), count * sizeof(Number)});
    } else {
      for (size_t i = 0; i < count; ++i) Add(numbers[i]);
    }
  }
  template <typename List>
  void AddList(const List& list) {
    AddList(list.data(), list.size());
  }

  // Bytes added so far.
  uint64_t size() const { return size_; }

  std::string Take() { return std::move(bytes_); }

  void Flush() {
    if (!bytes_.empty()) take_(bytes_);
    bytes_.clear();
  }

 private:
  static constexpr size_t kBlock = size_t{64} << 10;

  TakeBytes take_;  // null where all is kept
  std::string bytes_;
  uint64_t size_ = 0;
};

// Where bytes come from that are read one after another.
class PieceSource {
 public:
  virtual ~PieceSource() = default;
  // Reads the next bytes, so many; false where they cannot be had.
  virtual bool Read(char* out, size_t size) = 0;
};

// Reads what a PieceWriter wrote, or any bytes: where they end too soon, zeros
// and empty lists come, and ok() is false from then on.
class PieceReader {
 public:
  // Of bytes in memory, which outlive this.
  explicit PieceReader(std::string_view bytes) : at_hand_(bytes) {}
  // Of so many bytes of a source, by the block.
  PieceReader(PieceSource* source, uint64_t size)
      : source_(source), behind_(size) {}
  PieceReader(const PieceReader&) = delete;
  PieceReader& operator=(const PieceReader&) = delete;

  template <typename Number>
  Number Get() {
    using Bits = std::make_unsigned_t<Number>;
    const std::string_view bytes = Cut(sizeof(Number));
    Bits bits = 0;
    for (size_t i = 0; i < bytes.size(); ++i) {
      const auto byte = static_cast<unsigned char>(bytes[i]);
      bits = static_cast<Bits>(bits | static_cast<Bits>(byte) << (8 * i));
    }
    return static_cast<Number>(bits);
  }

  // Valid until more is read.
  std::string_view GetBytes() { return Cut(Get<uint64_t>()); }

  template <typename List>
  void GetList(List* list) {
    using Number = typename List::value_type;
    const auto count = Get<uint64_t>();
    list->clear();
    // What follows bounds what is taken.
    if (count > left() / sizeof(Number)) ok_ = false;
    if (!ok_) return;
    list->resize(count);
    GetNumbers(list->data(), count);
    if (!ok_) list->clear();
  }

  // So many, without a length before them; `out` has room for them.
  template <typename Number>
  void GetNumbers(Number* out, size_t count) {
    if (count > left() / sizeof(Number)) ok_ = false;
    if (!ok_ || count == 0) return;
    if constexpr (std::endian::native == std::endian::little) {
      Copy(reinterpret_cast<char*>(out), count * sizeof(Number));
    } else {
      for (size_t i = 0; i < count; ++i) out[i] = Get<Number>();
    }
  }

  // How many of `count` things of so many bytes each there may be, at most: for
  // whoever makes room for them.
  size_t MostOf(uint64_t count, size_t bytes_each) const {
    return static_cast<size_t>(std::min(count, left() / bytes_each));
  }

  // Bytes that have not been read.
  uint64_t left() const { return at_hand_.size() + behind_; }

  void Fail() { ok_ = false; }
  bool ok() const { return ok_; }
  // Whether all was read, and nothing more.
  bool IsAtEnd() const { return ok_ && left() == 0; }

 private:
  std::string_view Cut(uint64_t size) {
    if (size > at_hand_.size() && !Refill(size)) ok_ = false;
    if (!ok_) return {};
    const std::string_view cut = at_hand_.substr(0, size);
    at_hand_.remove_prefix(size);
    return cut;
  }

  // Has so many bytes at hand.
  bool Refill(uint64_t size) {
    constexpr uint64_t kBlock = uint64_t{64} << 10;
    if (!ok_ || size > left()) return false;
    const size_t rest = at_hand_.size();
    const auto more =
        static_cast<size_t>(std::min(behind_, std::max(kBlock, size) - rest));
    std::string block(rest + more, '\0');
    at_hand_.copy(block.data(), rest);
    if (!source_->Read(block.data() + rest, more)) return false;
    buffer_ = std::move(block);
    behind_ -= more;
    at_hand_ = buffer_;
    return true;
  }

  // What is not at hand goes where it belongs at once. There are so many.
  void Copy(char* out, size_t size) {
    const size_t first = std::min(size, at_hand_.size());
    at_hand_.copy(out, first);
    at_hand_.remove_prefix(first);
    if (first == size) return;
    behind_ -= size - first;
    if (!source_->Read(out + first, size - first)) ok_ = false;
  }

  std::string_view at_hand_;
  PieceSource* source_ = nullptr;  // null where all is at hand
  uint64_t behind_ = 0;            // bytes that are still in the source
  std::string buffer_;
  bool ok_ = true;
};

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_PIECE_BYTES_H_
