// Scans files for a test, and tells what came of it.

#ifndef WIRECOPY_TESTS_SUPPORT_CORPUS_FIXTURE_H_
#define WIRECOPY_TESTS_SUPPORT_CORPUS_FIXTURE_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "io/corpus.h"
#include "tests/support/collect_sink.h"
#include "tests/support/temp_folder.h"

namespace wirecopy::oracle {

class CorpusFixture : public ::testing::Test {
 protected:
  // Scans the files; EXPECTs what every corpus must keep to.
  void Scan(const std::vector<std::string>& paths) {
    CorpusOptions options;
    options.paths = paths;
    Scan(options);
  }

  void Scan(const CorpusOptions& options) {
    auto corpus = Corpus::Open(options);
    ASSERT_TRUE(corpus.ok()) << corpus.status();
    corpus_ = *std::move(corpus);
    sink_.Clear();
    const absl::Status status = corpus_->Scan(2, &sink_);
    ASSERT_TRUE(status.ok()) << status;
    EXPECT_EQ(corpus_->size() + corpus_->rejections().size(),
              corpus_->stats().read);
    const auto reader = corpus_->NewReader();
    for (uint32_t d = 0; d < corpus_->size(); ++d) {
      EXPECT_EQ(reader->Text(d), sink_.TextOf(*corpus_, d)) << d;
    }
  }

  // Each id, with a mark before an integer.
  std::vector<std::string> Ids() const {
    std::vector<std::string> ids;
    for (uint32_t d = 0; d < corpus_->size(); ++d) {
      const DocumentId id = corpus_->Id(d);
      ids.push_back((id.is_integer ? "#" : "") + id.text);
    }
    return ids;
  }

  std::vector<std::string> Texts() const {
    std::vector<std::string> texts;
    for (uint32_t d = 0; d < corpus_->size(); ++d) {
      texts.push_back(sink_.TextOf(*corpus_, d));
    }
    return texts;
  }

  std::string Line(uint32_t document) const {
    CorpusReader reader(*corpus_, /*reads_ahead=*/false);
    return std::string(reader.Line(document));
  }

  using Refusal = std::tuple<std::string, uint64_t, std::string>;
  std::vector<Refusal> Refusals() const {
    std::vector<Refusal> refusals;
    for (const Rejection& r : corpus_->rejections()) {
      refusals.emplace_back(r.file, r.line, r.reason);
    }
    return refusals;
  }

  TempFolder folder_;
  std::unique_ptr<Corpus> corpus_;
  CollectSink sink_;
};

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_CORPUS_FIXTURE_H_
