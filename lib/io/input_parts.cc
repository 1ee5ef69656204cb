#include "io/input_parts.h"

#include <algorithm>

#include "io/decompress.h"
#include "io/file_handle.h"

namespace wirecopy {
namespace {

// What a part is to have: a piece for each costs some milliseconds.
constexpr uint64_t kLeastBytes = uint64_t{1} << 18;
constexpr uint64_t kMostBytes = uint64_t{1} << 25;
constexpr uint64_t kParts = 64;
constexpr size_t kMostFiles = 4096;

uint64_t SizeOf(const InputFile& file) {
  return file.is_pipe ? 0 : file.stamp.size;
}

// Whether any place of a file can be read by itself. Whoever cannot open it now
// will say so when it is read.
bool CanBeCut(const InputFile& file) {
  if (file.format != InputFormat::kJsonl || file.is_pipe) return false;
  const absl::StatusOr<FileHandle> handle = FileHandle::Open(file.path);
  char magic[kCompressionMagic];
  return handle.ok() && SizeOf(file) >= sizeof magic &&
         handle->ReadAt(0, sizeof magic, magic).ok() &&
         CompressionOf({magic, sizeof magic}) == Compression::kNone;
}

void CutFile(size_t file, uint64_t size, uint64_t target,
             std::vector<InputPart>* parts) {
  const uint64_t count = std::max<uint64_t>(1, (size + target - 1) / target);
  const uint64_t step = (size + count - 1) / count;
  for (uint64_t begin = 0; begin < size; begin += step) {
    const uint64_t end = begin + step;
    parts->push_back(
        {file, file + 1, begin, end < size ? end : InputPart::kToTheEnd});
  }
}

}  // namespace

std::vector<InputPart> CutIntoParts(const std::vector<InputFile>& files) {
  uint64_t total = 0;
  for (const InputFile& file : files) total += SizeOf(file);
  const uint64_t target = std::clamp(total / kParts, kLeastBytes, kMostBytes);
  std::vector<InputPart> parts;
  uint64_t bytes = 0;  // of the part that is open, which is the last
  bool is_open = false;
  for (size_t f = 0; f < files.size(); ++f) {
    if (SizeOf(files[f]) >= 2 * target && CanBeCut(files[f])) {
      CutFile(f, SizeOf(files[f]), target, &parts);
      is_open = false;
      continue;
    }
    if (!is_open || bytes >= target ||
        f - parts.back().first_file >= kMostFiles) {
      parts.push_back({f, f, 0, InputPart::kToTheEnd});
      bytes = 0;
      is_open = true;
    }
    parts.back().end_file = f + 1;
    bytes += SizeOf(files[f]);
  }
  return parts;
}

uint64_t BytesOfPart(const std::vector<InputFile>& files,
                     const InputPart& part) {
  uint64_t bytes = 0;
  for (size_t f = part.first_file; f < part.end_file; ++f) {
    const uint64_t end = std::min(part.end, SizeOf(files[f]));
    bytes += end - std::min(part.begin, end);
  }
  return bytes;
}

}  // namespace wirecopy
