#include "cli/kept_writer.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <system_error>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/ordered_work.h"
#include "base/status_macros.h"
#include "cli/kept_line.h"
#include "io/byte_buffer.h"
#include "io/contents.h"
#include "io/mapped_bytes.h"

namespace wirecopy::cli {
namespace {

namespace fs = std::filesystem;

// The kept documents, in input order.
std::vector<uint32_t> KeptDocuments(const Corpus& corpus,
                                    const DedupResult& result) {
  std::vector<uint32_t> kept;
  kept.reserve(corpus.size() - result.removed.size());
  auto next_removed = result.removed.begin();
  for (uint32_t d = 0; d < corpus.size(); ++d) {
    if (next_removed != result.removed.end() && next_removed->document == d) {
      ++next_removed;
    } else {
      kept.push_back(d);
    }
  }
  return kept;
}

// Documents as they are to be written, a piece at a time: the lines of a file
// are copied, and the pieces made ready by several threads.
class KeptLines {
 public:
  KeptLines(const Corpus& corpus, std::span<const uint32_t> documents,
            int threads)
      : corpus_(corpus), documents_(documents) {
    for (size_t i = 0; i < documents.size(); ++i) {
      if (i == 0 || !IsNear(begins_.back(), i)) begins_.push_back(i);
    }
    const size_t readers =
        std::min(begins_.size(), static_cast<size_t>(std::max(threads, 1)));
    for (size_t i = 0; i < readers; ++i) {
      readers_.push_back(
          std::make_unique<CorpusReader>(corpus, /*reads_ahead=*/true));
    }
    begins_.push_back(documents.size());
  }

  absl::Status Write(OutputFile* file) {
    OrderedWorkBounds bounds;
    bounds.pieces = 2 * readers_.size() + 1;
    std::vector<Piece> pieces(bounds.pieces);
    absl::Status status;
    OrderedWork work;
    work.begin = [&](size_t, size_t*) { return status.ok(); };
    work.make = [&](int worker, size_t i) {
      Make(readers_[static_cast<size_t>(worker)].get(), i,
           &pieces[i % pieces.size()]);
    };
    work.take = [&](size_t i) {
      if (status.ok()) status = Write(i, &pieces[i % pieces.size()], file);
    };
    DoInOrder(static_cast<int>(readers_.size()), begins_.size() - 1, bounds,
              work);
    return status;
  }

 private:
  // Either made lines, or parts of a file.
  struct Piece {
    std::string made;
    std::vector<std::string_view> parts;
    std::optional<MappedBytes> mapped;
    ByteBuffer read;
    absl::Status status;
  };

  // Whether two documents belong to a piece.
  bool IsNear(size_t first, size_t i) const {
    // Large enough for the system to find large pages for what is written.
    constexpr uint64_t kPiece = uint64_t{1} << 20;
    const uint32_t a = documents_[first];
    const uint32_t b = documents_[i];
    return corpus_.File(a) == corpus_.File(b) &&
           corpus_.Offset(b) - corpus_.Offset(a) < kPiece;
  }

  void Make(CorpusReader* reader, size_t number, Piece* piece) const {
    const size_t first = begins_[number];
    const auto documents =
        documents_.subspan(first, begins_[number + 1] - first);
    piece->parts.clear();
    piece->made.clear();
    // A last line without a line break gets one only when another follows.
    if (first > 0 && IsUnended(corpus_, documents_[first - 1])) {
      piece->made.push_back('\n');
    }
    const Contents& contents = ContentsOf(documents[0]);
    if (corpus_.IsLine(documents[0]) && contents.IsFile()) {
      piece->status = FindParts(contents, documents, piece);
    } else {
      piece->status = absl::OkStatus();
      MakeLines(reader, documents, &piece->made);
    }
  }

  const Contents& ContentsOf(uint32_t document) const {
    return corpus_.files()[corpus_.File(document)].contents;
  }

  // One thread alone has the system copy from where the file is. Of several
  // those that do not write have time to read, and what has just been read is
  // written sooner.
  absl::Status FindParts(const Contents& contents,
                         std::span<const uint32_t> documents,
                         Piece* piece) const {
    const uint64_t begin = corpus_.Offset(documents[0]);
    const auto size = static_cast<size_t>(EndOfLine(documents.back()) - begin);
    const char* bytes = nullptr;
    if (readers_.size() == 1) {
      auto mapped = contents.Map(begin, size);
      // Not every file system can.
      if (mapped.ok()) bytes = piece->mapped.emplace(*std::move(mapped)).data();
    }
    if (bytes == nullptr) {
      WIRECOPY_ASSIGN_OR_RETURN(const std::string_view read,
                                contents.Read(begin, size, &piece->read));
      bytes = read.data();
    }
    uint64_t end = ~uint64_t{0};  // of the last part
    for (const uint32_t d : documents) {
      const uint64_t line = corpus_.Offset(d);
      const auto length = static_cast<size_t>(EndOfLine(d) - line);
      if (line == end) {
        std::string_view& last = piece->parts.back();
        last = {last.data(), last.size() + length};
      } else {
        piece->parts.emplace_back(bytes + (line - begin), length);
      }
      end = line + length;
    }
    return absl::OkStatus();
  }

  // Behind its line break, if it has one.
  uint64_t EndOfLine(uint32_t document) const {
    return corpus_.Offset(document) + corpus_.Size(document) +
           (IsUnended(corpus_, document) ? 0 : 1);
  }

  void MakeLines(CorpusReader* reader, std::span<const uint32_t> documents,
                 std::string* made) const {
    for (const uint32_t document : documents) {
      if (!corpus_.IsLine(document)) {
        *made += MadeLine(corpus_, document, reader->Text(document));
        continue;
      }
      *made += reader->Line(document);
      if (!IsUnended(corpus_, document)) made->push_back('\n');
    }
  }

  absl::Status Write(size_t number, Piece* piece, OutputFile* file) const {
    WIRECOPY_RETURN_IF_ERROR(piece->status);
    absl::Status status = file->Write(piece->made);
    const bool is_mapped = piece->mapped.has_value();
    if (status.ok() && !piece->parts.empty()) {
      status = file->WriteUnseen(piece->parts);
      piece->mapped.reset();
    }
    if (status.ok()) return status;
    // The system cannot copy from a file that has shrunk, or from a disk that
    // fails, which it says only to who reads.
    const Contents& contents = ContentsOf(documents_[begins_[number]]);
    WIRECOPY_RETURN_IF_ERROR(contents.CheckUnchanged());
    if (is_mapped) {
      const uint64_t begin = corpus_.Offset(documents_[begins_[number]]);
      const uint64_t end = EndOfLine(documents_[begins_[number + 1] - 1]);
      const auto size = static_cast<size_t>(end - begin);
      WIRECOPY_RETURN_IF_ERROR(
          contents.Read(begin, size, &piece->read).status());
    }
    return status;
  }

  const Corpus& corpus_;
  const std::span<const uint32_t> documents_;
  std::vector<size_t> begins_;  // of pieces, among the documents, and the end
  std::vector<std::unique_ptr<CorpusReader>> readers_;
};

// The name of an input's file in the folder.
std::string NameInFolder(const InputFile& file) {
  if (file.path == "-") return "stdin.jsonl";
  std::string name = file.name.in_folder.empty()
                         ? fs::path(file.path).filename().native()
                         : file.name.in_folder;
  name = std::string(WithoutCompression(name));
  // Pages of a crawl become lines of JSON.
  if (file.format == InputFormat::kWet) absl::StrAppend(&name, ".jsonl");
  return name;
}

absl::Status MakeFolder(const fs::path& path, KeptByInput* kept) {
  WIRECOPY_ASSIGN_OR_RETURN(auto folder, OutputFolder::Make(path.native()));
  kept->folders.push_back(std::move(folder));
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteKept(const Corpus& corpus, const DedupResult& result,
                       int threads, OutputFile* file) {
  const absl::StatusOr<std::string> header = corpus.CommonHeader();
  if (!header.ok()) {
    return absl::Status(header.status().code(),
                        absl::StrCat(std::string(header.status().message()),
                                     "; --out-dir writes a file for each"));
  }
  WIRECOPY_RETURN_IF_ERROR(file->Write(*header));
  const std::vector<uint32_t> kept = KeptDocuments(corpus, result);
  return KeptLines(corpus, kept, threads).Write(file);
}

absl::StatusOr<std::vector<std::string>> PathsInFolder(
    const Corpus& corpus, const std::string& folder) {
  std::vector<std::string> paths;
  paths.reserve(corpus.files().size());
  absl::flat_hash_map<std::string, std::string> inputs;
  for (const InputFile& file : corpus.files()) {
    const std::string name = NameInFolder(file);
    const auto [first, is_new] = inputs.try_emplace(name, file.name.path);
    if (!is_new) {
      return absl::InvalidArgumentError(
          absl::StrCat("--out-dir: ", first->second, " and ", file.name.path,
                       " would both be ", name, " there"));
    }
    paths.push_back((fs::path(folder) / name).native());
  }
  return paths;
}

absl::Status WriteKeptByInput(const Corpus& corpus, const DedupResult& result,
                              int threads, bool is_durable,
                              const std::string& folder, KeptByInput* kept) {
  WIRECOPY_RETURN_IF_ERROR(MakeFolder(folder, kept));
  CorpusReader reader(corpus, /*reads_ahead=*/true);
  const std::vector<uint32_t> documents = KeptDocuments(corpus, result);
  auto next = documents.begin();
  for (uint32_t f = 0; f < corpus.files().size(); ++f) {
    const InputFile& input = corpus.files()[f];
    const auto end = std::find_if(
        next, documents.end(),
        [&](uint32_t document) { return corpus.File(document) != f; });
    // A text file that goes has no trace; one of lines may keep none of them.
    if (input.format == InputFormat::kText && next == end) continue;
    const fs::path path = fs::path(folder) / NameInFolder(input);
    WIRECOPY_RETURN_IF_ERROR(MakeFolder(path.parent_path(), kept));
    WIRECOPY_ASSIGN_OR_RETURN(auto file, OutputFile::Open(path.native()));
    if (is_durable) file->SetDurable();
    WIRECOPY_RETURN_IF_ERROR(file->Write(input.header));
    WIRECOPY_RETURN_IF_ERROR(
        input.format == InputFormat::kText
            ? file->Write(reader.Line(*next))
            : KeptLines(corpus, {next, end}, threads).Write(file.get()));
    next = end;
    WIRECOPY_RETURN_IF_ERROR(file->Finish());
    kept->files.push_back(std::move(file));
  }
  return absl::OkStatus();
}

}  // namespace wirecopy::cli
