#include "io/corpus.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace wirecopy {

std::string_view Corpus::IdText(const Document& place,
                                std::string* made) const {
  const CorpusBlock& block = blocks_[place.block];
  switch (block.NamingOf(place.index)) {
    case CorpusBlock::Naming::kFile:
      return text_ids_[block.At(place.index).file];
    case CorpusBlock::Naming::kLine:
      *made = absl::StrCat(files_[block.first_file].name.path, "/",
                           block.lines_before + block.Line(place.index));
      return *made;
    default:
      return block.IdText(place.index);
  }
}

Corpus::Key Corpus::KeyOf(const Document& place, std::string* made) const {
  const bool is_integer = blocks_[place.block].NamingOf(place.index) ==
                          CorpusBlock::Naming::kInteger;
  return {is_integer, IdText(place, made)};
}

const DocumentMetadata* Corpus::MetadataOf(uint32_t document) const {
  if (!metadata_) return nullptr;
  std::string made;
  return metadata_->Find(IdText(documents_[document], &made));
}

absl::StatusOr<std::string> Corpus::CommonHeader() const {
  const InputFile* first = nullptr;
  for (const InputFile& file : files_) {
    if (!IsMadeOfLines(file.format) && file.format != InputFormat::kText) {
      continue;
    }
    if (first == nullptr) first = &file;
    if (file.header == first->header && file.format == first->format) continue;
    if (file.header.empty() && first->header.empty()) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        first->name.path, " and ", file.name.path,
        " do not have the same columns, so that their lines cannot stand in "
        "one file"));
  }
  return first == nullptr ? "" : first->header;
}

DocumentSource::Place Corpus::Origin(uint32_t document) const {
  return {documents_[document].block, documents_[document].index};
}

DocumentId Corpus::Id(uint32_t document) const {
  std::string made;
  const Key key = KeyOf(documents_[document], &made);
  return {key.first, std::string(key.second)};
}

bool Corpus::HasMadeId(uint32_t document) const {
  const Document& place = documents_[document];
  return blocks_[place.block].NamingOf(place.index) ==
         CorpusBlock::Naming::kLine;
}

std::string_view Corpus::Publisher(uint32_t document) const {
  const Document& place = documents_[document];
  const std::string_view own = blocks_[place.block].Publisher(place.index);
  if (!own.empty()) return own;
  const DocumentMetadata* const metadata = MetadataOf(document);
  return metadata == nullptr ? std::string_view() : metadata->publisher;
}

std::optional<absl::Time> Corpus::Published(uint32_t document) const {
  const Document& place = documents_[document];
  const int64_t micros = blocks_[place.block].PublishedMicros(place.index);
  if (micros == CorpusBlock::kNoTime) return std::nullopt;
  return absl::FromUnixMicros(micros);
}

bool Corpus::IsLine(uint32_t document) const {
  return IsMadeOfLines(files_[File(document)].format);
}

bool Corpus::LineIsUnended(uint32_t document) const {
  const CorpusBlock::Entry entry = EntryOf(document);
  return entry.begin + entry.size == files_[entry.file].contents_size;
}

const std::string& Corpus::Path(uint32_t document) const {
  return files_[File(document)].name.path;
}

uint64_t Corpus::ExpectedBytes() const {
  constexpr uint64_t kGuessOfPipe = uint64_t{64} << 20;
  uint64_t bytes = 0;
  for (const InputFile& file : files_) {
    bytes += file.is_pipe ? kGuessOfPipe : file.stamp.size;
  }
  return bytes;
}

absl::Status Corpus::CheckUnchanged() const {
  for (const InputFile& file : files_) {
    WIRECOPY_RETURN_IF_ERROR(file.contents.CheckUnchanged());
  }
  return absl::OkStatus();
}

absl::Status Corpus::ReadError() const {
  const std::lock_guard<std::mutex> lock(read_error_mutex_);
  return read_error_;
}

void Corpus::NoteReadError(const absl::Status& error) const {
  const std::lock_guard<std::mutex> lock(read_error_mutex_);
  read_error_.Update(error);
}

std::unique_ptr<TextReader> Corpus::NewReader() const {
  return std::make_unique<CorpusReader>(*this, /*reads_ahead=*/false);
}

}  // namespace wirecopy
