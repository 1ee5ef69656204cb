#include "io/signature_file.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/hash.h"
#include "base/status_macros.h"
#include "io/file_handle.h"
#include "io/little_endian.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

// The first byte is no text, and the line breaks do not survive a transfer
// that takes the file for text.
constexpr std::string_view kMagic = "\x89WCS\r\n\x1A\n";
constexpr size_t kHeaderSize = 48;  // without its checksum
constexpr size_t kBlockHeadSize = 16;
constexpr size_t kChecksumSize = 8;
constexpr size_t kRecordHeadSize = 16;  // what comes before an id
constexpr size_t kSlotSize = 8;
// A block ends with the record that brings it there.
constexpr size_t kBlockBytes = size_t{1} << 18;

constexpr uint32_t kIntegerId = 1;

// Blocks are told apart, lest one pass for another; 0 is the header.
void AppendChecksum(std::string_view bytes, uint64_t block, std::string* out) {
  AppendLittleEndian(Hash64(bytes.data(), bytes.size(), block), out);
}

bool HasChecksum(std::string_view bytes, uint64_t block, uint64_t checksum) {
  return Hash64(bytes.data(), bytes.size(), block) == checksum;
}

bool IsInteger(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  if (text.empty() || (text.size() > 1 && text.front() == '0')) return false;
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

const char* HeaderProblem(const SignatureFileHeader& header) {
  if (header.slots < 64 || header.slots > 1024) {
    return "the number of slots is not from 64 to 1,024";
  }
  if (header.k < 1 || header.k > (header.characters ? 256 : 32)) {
    return "the size of shingles is out of its range";
  }
  return nullptr;
}

}  // namespace

// --- writing -----------------------------------------------------------------

SignatureFileWriter::SignatureFileWriter(const SignatureFileHeader& header,
                                         OutputFile* file)
    : header_(header), file_(*file) {}

absl::Status SignatureFileWriter::WriteHeader() {
  began_ = true;
  std::string bytes(kMagic);
  AppendLittleEndian(kSignatureFileVersion, &bytes);
  AppendLittleEndian(header_.signature_version, &bytes);
  AppendLittleEndian(header_.slots, &bytes);
  AppendLittleEndian<uint32_t>(header_.characters ? 1 : 0, &bytes);
  AppendLittleEndian(header_.k, &bytes);
  AppendLittleEndian<uint32_t>(0, &bytes);
  AppendLittleEndian(header_.seed, &bytes);
  AppendLittleEndian(header_.documents, &bytes);
  AppendChecksum(std::string(bytes), 0, &bytes);
  return file_.Write(bytes);
}

absl::Status SignatureFileWriter::Add(const DocumentId& id, uint64_t shingles,
                                      std::span<const uint64_t> slots) {
  if (!began_) WIRECOPY_RETURN_IF_ERROR(WriteHeader());
  if (id.text.size() > std::numeric_limits<uint32_t>::max()) {
    return absl::InvalidArgumentError(
        absl::StrCat("an id of ", id.text.size(),
                     " bytes is too long for a signature file"));
  }
  AppendLittleEndian<uint32_t>(id.is_integer ? kIntegerId : 0, &body_);
  AppendLittleEndian(static_cast<uint32_t>(id.text.size()), &body_);
  AppendLittleEndian(shingles, &body_);
  body_ += id.text;
  for (const uint64_t slot : slots) AppendLittleEndian(slot, &body_);
  ++block_documents_;
  return body_.size() < kBlockBytes ? absl::OkStatus() : WriteBlock();
}

absl::Status SignatureFileWriter::WriteBlock() {
  ++blocks_;
  std::string head;
  AppendLittleEndian<uint64_t>(body_.size(), &head);
  AppendLittleEndian(block_documents_, &head);
  AppendLittleEndian<uint32_t>(0, &head);
  AppendChecksum(std::string(head), blocks_, &head);
  WIRECOPY_RETURN_IF_ERROR(file_.Write(head));
  AppendChecksum(std::string_view(body_), blocks_, &head);
  WIRECOPY_RETURN_IF_ERROR(file_.Write(body_));
  body_.clear();
  block_documents_ = 0;
  return file_.Write(
      std::string_view(head).substr(head.size() - kChecksumSize));
}

absl::Status SignatureFileWriter::Finish() {
  if (!began_) WIRECOPY_RETURN_IF_ERROR(WriteHeader());
  return body_.empty() ? absl::OkStatus() : WriteBlock();
}

// --- reading -----------------------------------------------------------------

absl::StatusOr<std::unique_ptr<SignatureFileReader>> SignatureFileReader::Open(
    const std::string& path) {
  WIRECOPY_ASSIGN_OR_RETURN(FileHandle file, FileHandle::Open(path));
  return Create(NewFileStream(std::make_shared<FileHandle>(std::move(file))),
                path == "-" ? "standard input" : path);
}

absl::StatusOr<std::unique_ptr<SignatureFileReader>>
SignatureFileReader::Create(std::unique_ptr<InputStream> stream,
                            std::string name) {
  std::unique_ptr<SignatureFileReader> reader(
      new SignatureFileReader(std::move(stream), std::move(name)));
  WIRECOPY_RETURN_IF_ERROR(reader->ReadHeader());
  return reader;
}

absl::Status SignatureFileReader::Damaged(std::string_view what) const {
  return absl::DataLossError(
      absl::StrCat(name_, ": ", absl::string_view(what.data(), what.size())));
}

absl::Status SignatureFileReader::DamagedBlock(std::string_view what) const {
  return absl::DataLossError(absl::StrCat(
      name_, ": block ", blocks_, " ",
      absl::string_view(what.data(), what.size()), "; make the file again"));
}

// Up to `size` bytes: fewer where the file ends.
absl::StatusOr<std::string> SignatureFileReader::ReadAll(size_t size) {
  std::string bytes(size, '\0');
  WIRECOPY_ASSIGN_OR_RETURN(const size_t count,
                            stream_->Read(bytes.data(), size));
  bytes.resize(count);
  return bytes;
}

absl::Status SignatureFileReader::ReadHeader() {
  WIRECOPY_ASSIGN_OR_RETURN(const std::string bytes,
                            ReadAll(kHeaderSize + kChecksumSize));
  if (bytes.substr(0, kMagic.size()) != kMagic) {
    return Damaged("not a file of signatures, or its beginning is damaged");
  }
  if (bytes.size() < kHeaderSize + kChecksumSize) {
    return Damaged("cut off in its header; make the file again");
  }
  const std::string_view header(bytes.data(), kHeaderSize);
  if (!HasChecksum(header, 0, LittleEndianAt<uint64_t>(bytes, kHeaderSize))) {
    return Damaged("the header is damaged; make the file again");
  }
  const auto version = LittleEndianAt<uint32_t>(header, 8);
  if (version != kSignatureFileVersion) {
    return Damaged(absl::StrCat("a signature file of version ", version,
                                ", and this program reads version ",
                                kSignatureFileVersion));
  }
  header_.signature_version = LittleEndianAt<uint32_t>(header, 12);
  header_.slots = LittleEndianAt<uint32_t>(header, 16);
  const auto unit = LittleEndianAt<uint32_t>(header, 20);
  header_.characters = unit == 1;
  header_.k = LittleEndianAt<uint32_t>(header, 24);
  header_.seed = LittleEndianAt<uint64_t>(header, 32);
  header_.documents = LittleEndianAt<uint64_t>(header, 40);
  documents_left_ = header_.documents;
  if (unit > 1 || LittleEndianAt<uint32_t>(header, 28) != 0) {
    return Damaged("the header holds what no version 1 does");
  }
  const char* const problem = HeaderProblem(header_);
  return problem == nullptr ? absl::OkStatus() : Damaged(problem);
}

absl::StatusOr<bool> SignatureFileReader::Next(SignatureRecord* record) {
  if (documents_left_ == 0) {
    WIRECOPY_RETURN_IF_ERROR(CheckEnd());
    return false;
  }
  if (block_documents_left_ == 0) WIRECOPY_RETURN_IF_ERROR(ReadBlock());
  WIRECOPY_ASSIGN_OR_RETURN(const std::string_view head, Take(kRecordHeadSize));
  const auto kind = LittleEndianAt<uint32_t>(head, 0);
  const auto id_size = LittleEndianAt<uint32_t>(head, 4);
  record->shingles = LittleEndianAt<uint64_t>(head, 8);
  WIRECOPY_ASSIGN_OR_RETURN(const std::string_view id, Take(id_size));
  record->id.is_integer = kind == kIntegerId;
  record->id.text = std::string(id);
  if (kind > kIntegerId ||
      (kind == kIntegerId ? !IsInteger(id) : !IsValidUtf8(id))) {
    return DamagedBlock("holds an id that is none");
  }
  WIRECOPY_ASSIGN_OR_RETURN(const std::string_view slots,
                            Take(header_.slots * kSlotSize));
  record->slots.resize(header_.slots);
  for (size_t i = 0; i < record->slots.size(); ++i) {
    record->slots[i] = LittleEndianAt<uint64_t>(slots, i * kSlotSize);
  }
  --documents_left_;
  if (--block_documents_left_ == 0 && !body_.empty()) {
    return DamagedBlock("holds more than its documents");
  }
  return true;
}

absl::StatusOr<std::string_view> SignatureFileReader::Take(uint64_t size) {
  if (size > body_.size()) return DamagedBlock("ends within a document");
  const std::string_view taken = body_.substr(0, size);
  body_.remove_prefix(size);
  return taken;
}

absl::Status SignatureFileReader::ReadBlock() {
  ++blocks_;
  WIRECOPY_ASSIGN_OR_RETURN(const std::string bytes,
                            ReadAll(kBlockHeadSize + kChecksumSize));
  if (bytes.size() < kBlockHeadSize + kChecksumSize) {
    return DamagedBlock("is cut off");
  }
  const std::string_view head(bytes.data(), kBlockHeadSize);
  if (!HasChecksum(head, blocks_,
                   LittleEndianAt<uint64_t>(bytes, kBlockHeadSize))) {
    return DamagedBlock("is damaged at its beginning");
  }
  const auto size = LittleEndianAt<uint64_t>(head, 0);
  block_documents_left_ = LittleEndianAt<uint32_t>(head, 8);
  if (block_documents_left_ == 0 || block_documents_left_ > documents_left_ ||
      LittleEndianAt<uint32_t>(head, 12) != 0) {
    return DamagedBlock("tells of more documents than there are, or of none");
  }
  return ReadBody(size);
}

absl::Status SignatureFileReader::ReadBody(uint64_t size) {
  // Memory grows with what has come, for the size may be anything.
  size_t have = 0;
  while (have < size) {
    const size_t most = std::max(kBlockBytes, 2 * have);
    buffer_.Reserve(std::min<uint64_t>(size, most));
    const size_t wanted = std::min<uint64_t>(size, most) - have;
    WIRECOPY_ASSIGN_OR_RETURN(const size_t count,
                              stream_->Read(buffer_.data() + have, wanted));
    have += count;
    if (count < wanted) return DamagedBlock("is cut off");
  }
  body_ = {buffer_.data(), have};
  WIRECOPY_ASSIGN_OR_RETURN(const std::string checksum, ReadAll(kChecksumSize));
  if (checksum.size() < kChecksumSize) return DamagedBlock("is cut off");
  if (!HasChecksum(body_, blocks_, LittleEndianAt<uint64_t>(checksum, 0))) {
    return DamagedBlock("is damaged");
  }
  return absl::OkStatus();
}

absl::Status SignatureFileReader::CheckEnd() {
  char more = 0;
  WIRECOPY_ASSIGN_OR_RETURN(const size_t count, stream_->Read(&more, 1));
  if (count == 0) return absl::OkStatus();
  return Damaged("goes on behind its last document; make the file again");
}

}  // namespace wirecopy
