// Any bytes as a file of signatures, as they are and with checksums that fit:
// each is read to its end or refused, and what is read is in its ranges.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "io/signature_file.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/support/memory_stream.h"
#include "tests/support/sealed_signatures.h"
#include "wirecopy/text.h"

namespace {

using wirecopy::SignatureFileReader;
using wirecopy::SignatureRecord;
using wirecopy::oracle::MemoryStream;

void CheckRecord(const SignatureRecord& record, uint32_t slots) {
  FUZZ_CHECK(record.slots.size() == slots);
  FUZZ_CHECK(wirecopy::IsValidUtf8(record.id.text));
  if (!record.id.is_integer) return;
  FUZZ_CHECK(!record.id.text.empty());
  FUZZ_CHECK(record.id.text.find_first_not_of("-0123456789") ==
             std::string::npos);
}

void ReadAll(const std::string& bytes) {
  const auto reader =
      SignatureFileReader::Create(std::make_unique<MemoryStream>(bytes), "in");
  if (!reader.ok()) {
    FUZZ_CHECK(!reader.status().message().empty());
    return;
  }
  const wirecopy::SignatureFileHeader& header = (*reader)->header();
  FUZZ_CHECK(header.slots >= 64 && header.slots <= 1024);
  uint64_t documents = 0;
  SignatureRecord record;
  while (true) {
    const absl::StatusOr<bool> more = (*reader)->Next(&record);
    if (!more.ok()) return;
    if (!*more) break;
    CheckRecord(record, header.slots);
    ++documents;
    FUZZ_CHECK(documents * header.slots * sizeof(uint64_t) <= bytes.size());
  }
  FUZZ_CHECK(documents == header.documents);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  ReadAll(bytes);
  ReadAll(wirecopy::oracle::SealedSignatures(std::move(bytes)));
  return 0;
}
