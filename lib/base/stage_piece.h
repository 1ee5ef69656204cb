// The file of a piece of work: docs/stages.md has its layout.

#ifndef WIRECOPY_BASE_STAGE_PIECE_H_
#define WIRECOPY_BASE_STAGE_PIECE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/hash.h"
#include "base/piece_bytes.h"

namespace wirecopy {

// The version of a piece's own layout.
inline constexpr uint32_t kPieceVersion = 1;

// Adds a piece's bytes, the same whenever it is called. After an error they are
// written for nothing.
using WritePiece = std::function<absl::Status(PieceWriter*)>;

// Writes the file that `fd` has open for writing, by the block. Calls `write`
// twice, the first time to learn how much there is. `path` is for errors.
absl::Status WriteStagePiece(int fd, const std::string& path,
                             const std::string& name, const Hash128Value& plan,
                             const WritePiece& write);

// Whether a file begins as a piece's does.
bool IsStagePiece(const std::string& path);

// A piece that is whole, to be read once, by the block.
class StagePiece : private PieceSource {
 public:
  // NotFound where there is no such file, DataLoss, which names it, where it is
  // damaged, another piece or another run's: it is read through once.
  static absl::StatusOr<std::unique_ptr<StagePiece>> Open(
      const std::string& path, const std::string& name,
      const Hash128Value& plan);
  ~StagePiece() override;

  PieceReader& in() { return in_; }

  // Why in() ended too soon, where that was the disk.
  const absl::Status& read_error() const { return read_error_; }

 private:
  struct Layout {
    uint64_t begin = 0;  // of the bytes, in the file
    uint64_t size = 0;
  };

  StagePiece(std::string path, int fd, const Layout& layout)
      : path_(std::move(path)),
        fd_(fd),
        at_(layout.begin),
        in_(this, layout.size) {}

  static absl::StatusOr<Layout> Check(int fd, const std::string& path,
                                      const std::string& name,
                                      const Hash128Value& plan);
  bool Read(char* out, size_t size) override;

  const std::string path_;
  const int fd_;
  uint64_t at_;
  absl::Status read_error_;
  PieceReader in_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_BASE_STAGE_PIECE_H_
