// Reads the documents of one block: the part of a scan that runs on several
// threads.

#ifndef WIRECOPY_IO_BLOCK_SCAN_H_
#define WIRECOPY_IO_BLOCK_SCAN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "io/block_source.h"
#include "io/corpus_block.h"
#include "io/file_parsers.h"
#include "io/input_file.h"
#include "io/record.h"
#include "wirecopy/document.h"

namespace wirecopy {

// Keeps its buffers from block to block; one a thread.
class BlockScan {
 public:
  // Records of more than `max_document` bytes are rejected, or an error where
  // memory has no room for them. The sink's calls are those of `worker`. All
  // outlive this.
  BlockScan(const std::vector<InputFile>& files, const FieldNames& fields,
            uint64_t max_document, bool too_long_fails, bool keeps_publishers,
            int worker, DocumentSink* sink)
      : files_(files),
        max_document_(max_document),
        too_long_fails_(too_long_fails),
        keeps_publishers_(keeps_publishers),
        worker_(worker),
        parsers_(fields),
        sink_(*sink) {}

  void Begin(const InputBlock& block);
  // All records of a block of them. Fails where the whole file will not do.
  absl::Status ScanRecords(const InputBlock& block);
  // The next text file of a block of them.
  absl::Status TakeText(size_t file, const BlockSource::Text& found);

  // What was found since Begin.
  const CorpusBlock& found() const { return found_; }

 private:
  absl::Status TakeRecord(const InputBlock& block, uint64_t begin,
                          std::string_view bytes);
  absl::Status RejectTooLong(uint32_t file, uint64_t line);
  int64_t PublishedMicros(const Record& record);

  const std::vector<InputFile>& files_;
  const uint64_t max_document_;
  const bool too_long_fails_;
  const bool keeps_publishers_;
  const int worker_;
  FileParsers parsers_;
  DocumentSink& sink_;
  CorpusBlock found_;
  std::string repaired_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_IO_BLOCK_SCAN_H_
