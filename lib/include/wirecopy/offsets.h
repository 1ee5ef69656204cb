// Places in a text, as others count them: wirecopy counts bytes, Python and
// people count code points, Java, JavaScript and C# count UTF-16 units.

#ifndef WIRECOPY_OFFSETS_H_
#define WIRECOPY_OFFSETS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace wirecopy {

enum class OffsetUnit { kCodePoint, kByte, kUtf16 };

// Converts offsets of one text after another, in any order, each in the time
// that a fraction of a KB takes to read. Keeps its memory: a sixty-fourth of
// the longest text, and none for ASCII, where all units agree. Convert is
// thread-safe, Reset is not.
class OffsetConverter {
 public:
  OffsetConverter() = default;
  explicit OffsetConverter(std::string_view utf8) { Reset(utf8); }

  // Takes a text of well-formed UTF-8, which must outlive its use here.
  // Linear: reads it once.
  void Reset(std::string_view utf8);

  // How many units stand before `byte_offset`, which is at most the text's
  // size. A character counts, with all its units, where its first byte does.
  size_t Convert(size_t byte_offset, OffsetUnit unit) const;

 private:
  // What stands before a multiple of the step.
  struct Checkpoint {
    size_t code_points;
    size_t astral;  // characters of four bytes, which are two units of UTF-16
  };

  std::string_view text_;
  std::vector<Checkpoint> checkpoints_;  // empty where the text is ASCII
};

}  // namespace wirecopy

#endif  // WIRECOPY_OFFSETS_H_
