#include "base/stage_piece.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"
#include "base/hash_stream.h"
#include "base/status_macros.h"

namespace wirecopy {
namespace {

// The first byte is no text, and the line breaks do not survive a transfer
// that takes the file for text.
constexpr std::string_view kMagic = "\x89WCP\r\n\x1A\n";
constexpr size_t kHeadSize = 40;  // what comes before the name
constexpr size_t kChecksumSize = 16;
constexpr size_t kMostName = 255;

absl::Status FileError(int error, const std::string& path, const char* what) {
  return absl::ErrnoToStatus(error, absl::StrCat("cannot ", what, " ", path));
}

std::string HeadOf(const std::string& name, const Hash128Value& plan,
                   uint64_t size) {
  PieceWriter head;
  head.AddAsTheyAre(kMagic);
  head.Add(kPieceVersion);
  head.Add(static_cast<uint32_t>(name.size()));
  head.Add(plan.low);
  head.Add(plan.high);
  head.Add(size);
  head.AddAsTheyAre(name);
  return head.Take();
}

Hash128Stream BeginChecksum(std::string_view head) {
  return Hash128Stream(Hash64(head.data(), head.size(), 0));
}

std::string ChecksumText(const Hash128Stream& checksum) {
  const Hash128Value hash = checksum.Finish();
  PieceWriter text;
  text.Add(hash.low);
  text.Add(hash.high);
  return text.Take();
}

absl::Status WriteAll(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t count = write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return FileError(errno, path, "write");
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return absl::OkStatus();
}

// Reads until there are so many bytes or the file ends; says how many.
absl::StatusOr<size_t> ReadUpTo(int fd, const std::string& path, uint64_t at,
                                char* out, size_t size) {
  size_t done = 0;
  while (done < size) {
    const ssize_t count =
        pread(fd, out + done, size - done, static_cast<off_t>(at + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return FileError(errno, path, "read");
    if (count == 0) break;
    done += static_cast<size_t>(count);
  }
  return done;
}

absl::Status ReadSome(int fd, const std::string& path, uint64_t at, size_t size,
                      std::string* bytes) {
  bytes->assign(size, '\0');
  WIRECOPY_ASSIGN_OR_RETURN(const size_t done,
                            ReadUpTo(fd, path, at, bytes->data(), size));
  bytes->resize(done);
  return absl::OkStatus();
}

// Whatever waits for a writer is none of ours.
int OpenToRead(const std::string& path) {
  return open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
}

struct Head {
  Hash128Value plan;
  uint64_t name_size = 0;
  uint64_t size = 0;  // of the piece's bytes
};

// What is wrong with how a file of so many bytes begins; empty where nothing
// is.
std::string ReadHead(std::string_view bytes, uint64_t file_size, Head* head) {
  if (bytes.substr(0, kMagic.size()) != kMagic) return "is damaged";
  if (bytes.size() < kHeadSize) return "is cut off";
  PieceReader in(bytes.substr(kMagic.size()));
  const auto version = in.Get<uint32_t>();
  if (version != kPieceVersion) {
    return absl::StrCat("is of version ", version,
                        ", and this program reads version ", kPieceVersion);
  }
  head->name_size = in.Get<uint32_t>();
  head->plan.low = in.Get<uint64_t>();
  head->plan.high = in.Get<uint64_t>();
  head->size = in.Get<uint64_t>();
  const uint64_t others = kHeadSize + head->name_size + kChecksumSize;
  if (others > file_size || head->size > file_size - others) {
    return "is cut off";
  }
  if (head->size < file_size - others) return "goes on behind its end";
  return head->name_size > kMostName ? "is damaged" : "";
}

// The checksum of what the head and the bytes are.
absl::StatusOr<std::string> ChecksumIn(int fd, const std::string& path,
                                       std::string_view head, uint64_t size) {
  constexpr uint64_t kBlock = uint64_t{64} << 10;
  Hash128Stream checksum = BeginChecksum(head);
  std::string block(static_cast<size_t>(std::min(kBlock, size)), '\0');
  for (uint64_t done = 0; done < size;) {
    const auto wanted =
        static_cast<size_t>(std::min<uint64_t>(block.size(), size - done));
    WIRECOPY_ASSIGN_OR_RETURN(
        const size_t count,
        ReadUpTo(fd, path, head.size() + done, block.data(), wanted));
    if (count < wanted) break;
    checksum.Add(block.data(), count);
    done += count;
  }
  return ChecksumText(checksum);
}

}  // namespace

absl::Status WriteStagePiece(int fd, const std::string& path,
                             const std::string& name, const Hash128Value& plan,
                             const WritePiece& write) {
  PieceWriter count([](std::string_view) {});
  WIRECOPY_RETURN_IF_ERROR(write(&count));
  const std::string head = HeadOf(name, plan, count.size());
  Hash128Stream checksum = BeginChecksum(head);
  absl::Status status = WriteAll(fd, head, path);
  PieceWriter out([&](std::string_view bytes) {
    if (!status.ok()) return;
    checksum.Add(bytes.data(), bytes.size());
    status = WriteAll(fd, bytes, path);
  });
  const absl::Status made = write(&out);
  out.Flush();
  WIRECOPY_RETURN_IF_ERROR(status);
  WIRECOPY_RETURN_IF_ERROR(made);
  if (out.size() != count.size()) {
    return absl::InternalError(absl::StrCat(path, " changed while written"));
  }
  return WriteAll(fd, ChecksumText(checksum), path);
}

bool IsStagePiece(const std::string& path) {
  const int fd = OpenToRead(path);
  if (fd < 0) return false;
  std::string bytes;
  const absl::Status status = ReadSome(fd, path, 0, kMagic.size(), &bytes);
  close(fd);
  return status.ok() && bytes == kMagic;
}

absl::StatusOr<std::unique_ptr<StagePiece>> StagePiece::Open(
    const std::string& path, const std::string& name,
    const Hash128Value& plan) {
  const int fd = OpenToRead(path);
  if (fd < 0) return FileError(errno, path, "read");
  const absl::StatusOr<Layout> layout = Check(fd, path, name, plan);
  if (!layout.ok()) {
    close(fd);
    return layout.status();
  }
  return absl::WrapUnique(new StagePiece(path, fd, *layout));
}

StagePiece::~StagePiece() { close(fd_); }

absl::StatusOr<StagePiece::Layout> StagePiece::Check(int fd,
                                                     const std::string& path,
                                                     const std::string& name,
                                                     const Hash128Value& plan) {
  const auto wrong = [&path](const std::string& problem) {
    return absl::DataLossError(absl::StrCat(path, " ", problem));
  };
  struct stat info = {};
  if (fstat(fd, &info) != 0) return FileError(errno, path, "read");
  if (!S_ISREG(info.st_mode)) return wrong("is no file");
  std::string begin;
  WIRECOPY_RETURN_IF_ERROR(
      ReadSome(fd, path, 0, kHeadSize + kMostName, &begin));
  Head head;
  const std::string problem =
      ReadHead(begin, static_cast<uint64_t>(info.st_size), &head);
  if (!problem.empty()) return wrong(problem);
  const std::string_view named =
      std::string_view(begin).substr(0, kHeadSize + head.name_size);
  const Layout layout = {named.size(), head.size};
  WIRECOPY_ASSIGN_OR_RETURN(const std::string checksum,
                            ChecksumIn(fd, path, named, head.size));
  std::string written;
  WIRECOPY_RETURN_IF_ERROR(
      ReadSome(fd, path, layout.begin + layout.size, kChecksumSize, &written));
  if (checksum != written) return wrong("is damaged");
  const std::string found(named.substr(kHeadSize));
  if (found != name) return wrong(absl::StrCat("is another piece, ", found));
  if (head.plan != plan) return wrong("belongs to another run");
  return layout;
}

bool StagePiece::Read(char* out, size_t size) {
  const auto count = ReadUpTo(fd_, path_, at_, out, size);
  if (!count.ok()) {
    read_error_ = count.status();
  } else if (*count < size) {
    read_error_ = absl::DataLossError(
        absl::StrCat(path_, " has been cut off while it was read"));
  }
  at_ += size;
  return read_error_.ok();
}

}  // namespace wirecopy
