// Any bytes as a table of metadata, in each of its formats.

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "io/metadata.h"
#include "tests/fuzz/fuzz_check.h"
#include "wirecopy/text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // The format goes by the name's ending, which a file in memory has not.
  static const std::string base =
      (std::filesystem::temp_directory_path() / "wirecopy_metadata_fuzz_")
          .native() +
      std::to_string(getpid());
  for (const char* ending : {".csv", ".tsv", ".jsonl"}) {
    const std::string path = base + ending;
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(data),
               static_cast<std::streamsize>(size));
    const auto table = wirecopy::Metadata::Read(path, /*strict=*/false);
    unlink(path.c_str());
    if (!table.ok()) {
      const std::string message(table.status().message());
      FUZZ_CHECK(wirecopy::IsValidUtf8(message));
      FUZZ_CHECK(!message.empty());
      continue;
    }
    FUZZ_CHECK(table->Find("") == nullptr);
    FUZZ_CHECK(table->size() <= size);
  }
  return 0;
}
