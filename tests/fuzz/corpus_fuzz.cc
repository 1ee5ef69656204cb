// Any bytes as a file of each format, from the file to documents: every record
// is counted, and what is read again is what was read.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/corpus.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/memory_file.h"
#include "wirecopy/text.h"

namespace {

using wirecopy::InputFormat;

// Keeps the texts, by block.
class TextSink : public wirecopy::DocumentSink {
 public:
  void Begin(int /*workers*/) override {}
  void BeginBlock(int /*worker*/, size_t block) override {
    FUZZ_CHECK(block == texts_.size());
    texts_.emplace_back();
  }
  void Add(int /*worker*/, std::string_view text) override {
    texts_.back().emplace_back(text);
  }

  const std::string& TextOf(const wirecopy::Corpus& corpus,
                            uint32_t document) const {
    const auto place = corpus.Origin(document);
    return texts_.at(place.block).at(place.index);
  }

 private:
  std::vector<std::vector<std::string>> texts_;
};

void CheckFormat(InputFormat format, std::string_view bytes,
                 uint64_t max_document) {
  const wirecopy::fuzz::MemoryFile file(bytes);
  wirecopy::CorpusOptions options;
  options.paths = {file.path()};
  options.format = format;
  options.max_document = max_document;
  const auto corpus = wirecopy::Corpus::Open(options);
  if (!corpus.ok()) return;
  TextSink sink;
  if (!(*corpus)->Scan(1, &sink).ok()) return;
  FUZZ_CHECK((*corpus)->size() + (*corpus)->rejections().size() ==
             (*corpus)->stats().read);
  wirecopy::CorpusReader reader(**corpus, /*reads_ahead=*/true);
  for (uint32_t d = 0; d < (*corpus)->size(); ++d) {
    const std::string& text = sink.TextOf(**corpus, d);
    FUZZ_CHECK(wirecopy::IsValidUtf8(text));
    FUZZ_CHECK(reader.Text(d) == text);
    FUZZ_CHECK(bytes.size() < 4 || reader.Line(d).size() <= max_document);
  }
  for (const wirecopy::Rejection& rejection : (*corpus)->rejections()) {
    FUZZ_CHECK(rejection.line > 0);
    FUZZ_CHECK(!rejection.reason.empty());
    FUZZ_CHECK(wirecopy::IsValidUtf8(rejection.reason));
  }
  FUZZ_CHECK((*corpus)->ReadError().ok());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  constexpr uint64_t kPlenty = uint64_t{1} << 20;
  constexpr uint64_t kLittle = 24;
  for (const InputFormat format :
       {InputFormat::kAuto, InputFormat::kJsonl, InputFormat::kText,
        InputFormat::kCsv, InputFormat::kTsv, InputFormat::kWet}) {
    CheckFormat(format, bytes, kPlenty);
    CheckFormat(format, bytes, kLittle);
  }
  return 0;
}
