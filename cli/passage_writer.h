// Writes the passages of a corpus, in any of their formats.

#ifndef WIRECOPY_CLI_PASSAGE_WRITER_H_
#define WIRECOPY_CLI_PASSAGE_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "io/corpus.h"
#include "io/output_file.h"
#include "report/passage_line.h"
#include "report/passage_records.h"
#include "wirecopy/passages.h"

namespace wirecopy::cli {

enum class PassageFormat { kJsonLines, kTsv, kAnnotation };

class PassageWriter {
 public:
  // All must outlive the writer.
  PassageWriter(const Corpus& corpus, const PassagesResult& found,
                OffsetUnit unit);

  // On so many threads; annotations on one, which quote the texts: these are
  // read again for that.
  absl::Status WritePassages(PassageFormat format, int threads,
                             OutputFile* file);
  absl::Status WriteGroups(OutputFile* file);

 private:
  // A text that is read where passages need it, one after another.
  struct QuotedText {
    explicit QuotedText(const Corpus& corpus)
        : reader(corpus, /*reads_ahead=*/false) {}
    CorpusReader reader;
    uint32_t document = 0;
    std::string_view text;
    bool is_read = false;
    // The bytes where every so many characters begin, as far as they were
    // needed: b's passages come in any order.
    std::vector<size_t> steps;

    // The byte where this character is.
    size_t Find(size_t place);
  };

  // Lines that are being made. Their room is filled once, and not for each line
  // anew as a string's would be.
  class Lines {
   public:
    void Clear() { size_ = 0; }
    void Add(std::string_view line);
    // Where so many bytes may be written; EndAt then says where they end.
    char* Reserve(size_t bytes);
    void EndAt(const char* end) {
      size_ = static_cast<size_t>(end - room_.data());
    }
    std::string_view text() const { return {room_.data(), size_}; }

   private:
    std::string room_;
    size_t size_ = 0;
  };

  PlaceRecord Place(uint32_t document, const OffsetSpan& span) const;
  PassageRecord Record(const ReusedPassage& passage) const;
  // A line of JSON.
  void AddLine(const ReusedPassage& passage, IdentityTexts* identities,
               Lines* lines) const;
  // Has the processor fetch what AddLine needs of passages behind this one.
  void PrefetchTexts(size_t passage) const;
  // Replaces *lines with those of passages [begin, end), of a format that
  // quotes nothing.
  void MakeLines(PassageFormat format, size_t begin, size_t end,
                 IdentityTexts* identities, Lines* lines) const;
  void MakeJsonIds();
  absl::Status WriteLines(PassageFormat format, int threads, OutputFile* file);
  absl::Status WriteAnnotations(OutputFile* file);
  AnnotatedSide Side(uint32_t document, const OffsetSpan& span,
                     QuotedText* quoted) const;

  const Corpus& corpus_;
  const PassagesResult& found_;
  std::string_view unit_;  // as records say it
  std::vector<std::string> group_names_;
  std::vector<std::string> json_ids_;  // by document
};

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_PASSAGE_WRITER_H_
