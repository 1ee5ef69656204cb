#include <algorithm>

#include "base/status_macros.h"
#include "io/corpus.h"
#include "wirecopy/published.h"
#include "wirecopy/text.h"

namespace wirecopy {

CorpusReader::CorpusReader(const Corpus& corpus, bool reads_ahead)
    : corpus_(corpus),
      reads_ahead_(reads_ahead),
      parsers_(corpus.options_.fields) {}

std::string_view CorpusReader::Text(uint32_t document) {
  last_ = document;
  const std::string_view bytes = Bytes(document);
  const InputFile& file = corpus_.files_[corpus_.File(document)];
  if (file.format != InputFormat::kText) {
    if (parsers_.Parse(file, bytes, &record_).ok()) return record_.text;
    // It parsed before, or it would be no document.
    corpus_.NoteReadError(ChangedError(corpus_.Path(document)));
    return {};
  }
  record_ = Record();
  if (IsValidUtf8(bytes)) return bytes;
  RepairUtf8(bytes, &repaired_);
  return repaired_;
}

DocumentDetails CorpusReader::Details() const {
  DocumentDetails details{record_.title, record_.url, record_.canonical,
                          record_.is_based_on};
  std::string_view published = record_.published;
  const DocumentMetadata* const known = corpus_.MetadataOf(last_);
  if (known != nullptr) {
    if (details.title.empty()) details.title = known->title;
    if (details.url.empty()) details.url = known->url;
    if (!ParsePublished(published)) published = known->published;
  }
  const auto parsed = ParsePublished(published);
  details.published_is_uncertain = parsed && parsed->is_uncertain;
  return details;
}

std::string_view CorpusReader::Line(uint32_t document) {
  return Bytes(document);
}

std::string_view CorpusReader::Bytes(uint32_t document) {
  const CorpusBlock::Entry entry = corpus_.EntryOf(document);
  const InputFile& file = corpus_.files_[entry.file];
  const bool ahead = reads_ahead_ && file.format != InputFormat::kText &&
                     file.contents.IsFile();
  const absl::StatusOr<std::string_view> bytes =
      ahead ? ReadAhead(entry)
            : file.contents.Read(entry.begin, entry.size, &scratch_);
  if (bytes.ok()) return *bytes;
  corpus_.NoteReadError(bytes.status());
  return {};
}

absl::StatusOr<std::string_view> CorpusReader::ReadAhead(
    const CorpusBlock::Entry& entry) {
  constexpr uint64_t kAhead = uint64_t{1} << 18;
  const uint64_t end = entry.begin + entry.size;
  const bool is_there = entry.file == ahead_file_ &&
                        entry.begin >= ahead_begin_ &&
                        end <= ahead_begin_ + ahead_.size();
  if (!is_there) {
    const InputFile& file = corpus_.files_[entry.file];
    const uint64_t left = file.contents_size - entry.begin;
    ahead_ = {};
    WIRECOPY_ASSIGN_OR_RETURN(
        ahead_,
        file.contents.Read(
            entry.begin, std::max<uint64_t>(entry.size, std::min(left, kAhead)),
            &ahead_buffer_));
    ahead_file_ = entry.file;
    ahead_begin_ = entry.begin;
  }
  return ahead_.substr(entry.begin - ahead_begin_, entry.size);
}

}  // namespace wirecopy
