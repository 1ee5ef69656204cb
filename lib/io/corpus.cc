#include "io/corpus.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "base/memory_plan.h"
#include "base/status_macros.h"
#include "wirecopy/published.h"

namespace wirecopy {
namespace {

// Numbers of documents have 32 bits, of which the last means none.
constexpr size_t kMostDocuments = 0xFFFFFFFE;

}  // namespace

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

// The ids that are taken: numbers of documents, which stand for their ids.
class Corpus::Ids {
 public:
  // At most, of a table that is a power of two in size and for the most part
  // full.
  static constexpr size_t kBytesOfDocument = 12;

  Ids(const Corpus& corpus, size_t most)
      : corpus_(corpus), taken_(most, Hash{corpus}, Equal{corpus}) {}

  // Takes the id of the document that comes next; false where another has it.
  bool Take(const Document& place) {
    std::string made;
    const Key key = corpus_.KeyOf(place, &made);
    bool is_new = false;
    taken_.lazy_emplace(key, [&](const auto& make) {
      is_new = true;
      make(corpus_.size());
    });
    return is_new;
  }

 private:
  struct Hash {
    using is_transparent = void;
    const Corpus& corpus;
    size_t operator()(const Key& key) const { return absl::Hash<Key>()(key); }
    size_t operator()(uint32_t document) const {
      std::string made;
      return (*this)(corpus.KeyOf(corpus.documents_[document], &made));
    }
  };
  struct Equal {
    using is_transparent = void;
    const Corpus& corpus;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(uint32_t document, const Key& key) const {
      std::string made;
      return corpus.KeyOf(corpus.documents_[document], &made) == key;
    }
  };

  const Corpus& corpus_;
  absl::flat_hash_set<uint32_t, Hash, Equal> taken_;
};

absl::Status Corpus::Merge(const MemoryPlan& memory) {
  size_t entries = 0;
  for (const CorpusBlock& block : blocks_) entries += block.size();
  WIRECOPY_RETURN_IF_ERROR(
      memory.Check(entries * (sizeof(Document) + Ids::kBytesOfDocument)));
  documents_.clear();
  documents_.reserve(entries);
  Ids ids(*this, entries);
  uint64_t lines = 0;  // before the block, in its file
  size_t last_file = 0;
  for (const BlockRange& range : block_order_) {
    for (size_t number = range.begin; number < range.end; ++number) {
      CorpusBlock& block = blocks_[number];
      if (block.first_file != last_file) lines = 0;
      last_file = block.first_file;
      block.lines_before = lines;
      lines += block.lines;
      AddStats(block);
      WIRECOPY_RETURN_IF_ERROR(MergeBlock(static_cast<uint32_t>(number), &ids));
      block.DropRejected();
    }
  }
  return absl::OkStatus();
}

void Corpus::AddStats(const CorpusBlock& block) {
  stats_.invalid_utf8 += block.invalid_utf8;
  if (stats_.unreadable_dates == 0) {
    stats_.first_unreadable_date = block.first_unreadable_date;
  }
  stats_.unreadable_dates += block.unreadable_dates;
  stats_.seen.Add(block.seen);
  stats_.read += block.size() + block.rejected().size();
}

absl::Status Corpus::MergeBlock(uint32_t number, Ids* ids) {
  const CorpusBlock& block = blocks_[number];
  auto rejected = block.rejected().begin();
  for (uint32_t i = 0; i <= block.size(); ++i) {
    for (; rejected != block.rejected().end() && rejected->entries_before == i;
         ++rejected) {
      WIRECOPY_RETURN_IF_ERROR(Reject(rejected->file,
                                      block.lines_before + rejected->line,
                                      rejected->reason));
    }
    if (i == block.size()) break;
    if (documents_.size() >= kMostDocuments) {
      return absl::ResourceExhaustedError(
          absl::StrCat("more than ", kMostDocuments,
                       " documents: give them in several runs"));
    }
    const Document place = {number, i};
    if (ids->Take(place)) {
      documents_.push_back(place);
      continue;
    }
    std::string made;
    WIRECOPY_RETURN_IF_ERROR(
        Reject(block.At(i).file, block.lines_before + block.Line(i),
               absl::StrCat("id ", std::string(IdText(place, &made)),
                            " was there before")));
  }
  return absl::OkStatus();
}

absl::Status Corpus::Reject(uint32_t file, uint64_t line, std::string reason) {
  const std::string& path = files_[file].name.path;
  if (options_.strict) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ":", line, ": ", reason));
  }
  rejections_.push_back({path, line, std::move(reason)});
  return absl::OkStatus();
}

void Corpus::JoinMetadata() {
  if (!metadata_) return;
  if (stats_.unreadable_dates == 0) {
    stats_.first_unreadable_date = metadata_->first_unreadable_date();
  }
  stats_.unreadable_dates += metadata_->unreadable_dates();
  MetadataFigures& figures = stats_.metadata;
  figures = {};
  figures.has_table = true;
  std::string made;
  for (const Document& place : documents_) {
    const std::string_view id = IdText(place, &made);
    const DocumentMetadata* const row = metadata_->Use(id);
    if (row == nullptr) {
      NoteBare(place, id);
      continue;
    }
    ++figures.documents;
    CorpusBlock& block = blocks_[place.block];
    const auto published = ParsePublished(row->published);
    if (block.PublishedMicros(place.index) == CorpusBlock::kNoTime &&
        published) {
      block.SetPublishedMicros(place.index,
                               absl::ToUnixMicros(published->time));
    }
  }
  figures.rows = metadata_->size();
  figures.unused = metadata_->unused();
  figures.unused_row = metadata_->FirstUnused();
  figures.unread_columns = metadata_->unread_columns();
}

// The table may have a text by its file's name, which is not its id.
void Corpus::NoteBare(const Document& place, std::string_view id) {
  MetadataFigures& figures = stats_.metadata;
  if (figures.bare_document.empty()) figures.bare_document = id;
  const CorpusBlock& block = blocks_[place.block];
  if (!figures.row_by_file.empty() ||
      block.NamingOf(place.index) != CorpusBlock::Naming::kFile) {
    return;
  }
  const InputPath& name = files_[block.At(place.index).file].name;
  const std::string file_name =
      std::filesystem::path(name.path).filename().native();
  for (const std::string& row : {file_name, name.in_folder, name.path}) {
    if (metadata_->Find(row) == nullptr) continue;
    figures.row_by_file = row;
    figures.named_document = id;
    return;
  }
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
