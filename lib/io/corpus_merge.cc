// What blocks hold becomes documents: in input order, each with an id of its
// own, and with what the table of metadata knows of it.

#include <filesystem>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "io/corpus.h"
#include "io/corpus_merging.h"
#include "wirecopy/published.h"

namespace wirecopy {
namespace {

// Numbers of documents have 32 bits, of which the last means none.
constexpr size_t kMostDocuments = 0xFFFFFFFE;

}  // namespace

absl::Status Corpus::Merge(const MemoryPlan& memory) {
  size_t entries = 0;
  for (const CorpusBlock& block : blocks_) entries += block.size();
  WIRECOPY_RETURN_IF_ERROR(
      memory.Check(entries * (sizeof(Document) + Ids::kBytesOfDocument)));
  documents_.clear();
  documents_.reserve(entries);
  Merging merging(*this, entries);
  for (const BlockRange& range : block_order_) {
    for (size_t number = range.begin; number < range.end; ++number) {
      WIRECOPY_RETURN_IF_ERROR(
          MergeBlock(static_cast<uint32_t>(number), &merging));
    }
  }
  return absl::OkStatus();
}

absl::Status Corpus::MergeBlock(uint32_t number, Merging* merging) {
  CorpusBlock& block = blocks_[number];
  if (block.first_file != merging->last_file) merging->lines = 0;
  merging->last_file = block.first_file;
  block.lines_before = merging->lines;
  merging->lines += block.lines;
  AddStats(block);
  WIRECOPY_RETURN_IF_ERROR(MergeEntries(number, &merging->ids));
  block.DropRejected();
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

absl::Status Corpus::MergeEntries(uint32_t number, Ids* ids) {
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

// To the documents from this one on.
void Corpus::JoinMetadata(uint32_t first) {
  if (!metadata_) return;
  MetadataFigures& figures = stats_.metadata;
  std::string made;
  for (uint32_t document = first; document < size(); ++document) {
    const Document& place = documents_[document];
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
}

void Corpus::EndMetadata() {
  if (!metadata_) return;
  if (stats_.unreadable_dates == 0) {
    stats_.first_unreadable_date = metadata_->first_unreadable_date();
  }
  stats_.unreadable_dates += metadata_->unreadable_dates();
  MetadataFigures& figures = stats_.metadata;
  figures.has_table = true;
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

}  // namespace wirecopy
