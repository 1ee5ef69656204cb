// Files of signatures: docs/signature_file.md defines them to the byte.

#ifndef WIRECOPY_IO_SIGNATURE_FILE_H_
#define WIRECOPY_IO_SIGNATURE_FILE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "io/byte_buffer.h"
#include "io/input_stream.h"
#include "io/output_file.h"
#include "wirecopy/document.h"

namespace wirecopy {

// The version of the file's own layout.
inline constexpr uint32_t kSignatureFileVersion = 1;

// What a file says of all its signatures.
struct SignatureFileHeader {
  uint32_t signature_version = 0;  // of docs/signature.md
  uint32_t slots = 0;              // 64 to 1,024
  bool characters = false;         // else words
  uint32_t k = 0;                  // 1 to 256 characters, 1 to 32 words
  uint64_t seed = 0;
  uint64_t documents = 0;

  friend bool operator==(const SignatureFileHeader&,
                         const SignatureFileHeader&) = default;
};

struct SignatureRecord {
  DocumentId id;
  uint64_t shingles = 0;  // distinct ones
  std::vector<uint64_t> slots;
};

// Writes a file from its first byte to its last; holds one block of it.
class SignatureFileWriter {
 public:
  // `file` must outlive this; to commit it is the caller's.
  SignatureFileWriter(const SignatureFileHeader& header, OutputFile* file);

  // The next document, with header.slots slots.
  absl::Status Add(const DocumentId& id, uint64_t shingles,
                   std::span<const uint64_t> slots);

  // Writes what is left. Requires that header.documents were added.
  absl::Status Finish();

 private:
  absl::Status WriteHeader();
  absl::Status WriteBlock();

  const SignatureFileHeader header_;
  OutputFile& file_;
  bool began_ = false;
  uint64_t blocks_ = 0;
  uint32_t block_documents_ = 0;
  std::string body_;
};

// Reads a file, any bytes, from front to back. Takes memory in proportion to
// what it has read, whatever the bytes say of themselves. Errors name the file
// and the block.
class SignatureFileReader {
 public:
  // "-" is standard input.
  static absl::StatusOr<std::unique_ptr<SignatureFileReader>> Open(
      const std::string& path);
  // Reads the header; `name` stands in errors.
  static absl::StatusOr<std::unique_ptr<SignatureFileReader>> Create(
      std::unique_ptr<InputStream> stream, std::string name);

  const SignatureFileHeader& header() const { return header_; }

  // The next document; false after the last, when the file has ended too.
  absl::StatusOr<bool> Next(SignatureRecord* record);

 private:
  SignatureFileReader(std::unique_ptr<InputStream> stream, std::string name)
      : stream_(std::move(stream)), name_(std::move(name)) {}
  absl::Status ReadHeader();
  absl::Status ReadBlock();
  absl::Status ReadBody(uint64_t size);
  absl::Status CheckEnd();
  // The next `size` bytes of the block's body.
  absl::StatusOr<std::string_view> Take(uint64_t size);
  absl::StatusOr<std::string> ReadAll(size_t size);
  absl::Status Damaged(std::string_view what) const;
  absl::Status DamagedBlock(std::string_view what) const;

  std::unique_ptr<InputStream> stream_;
  const std::string name_;
  SignatureFileHeader header_;
  uint64_t blocks_ = 0;  // begun
  uint64_t documents_left_ = 0;
  uint32_t block_documents_left_ = 0;
  ByteBuffer buffer_;
  std::string_view body_;  // what is left of it
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_SIGNATURE_FILE_H_
