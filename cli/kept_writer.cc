#include "cli/kept_writer.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "report/match_records.h"

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

// Writes one document after another to one file.
class Writer {
 public:
  Writer(const Corpus& corpus, CorpusReader* reader, OutputFile* file)
      : corpus_(corpus), reader_(*reader), file_(*file) {}

  absl::Status Write(uint32_t document) {
    if (owes_line_break_) WIRECOPY_RETURN_IF_ERROR(file_.Write("\n"));
    owes_line_break_ = false;
    if (!corpus_.IsLine(document)) return file_.Write(MadeLine(document));
    WIRECOPY_RETURN_IF_ERROR(file_.Write(reader_.Line(document)));
    // A last line without a line break gets one only when another follows.
    owes_line_break_ = corpus_.LineIsUnended(document);
    return owes_line_break_ ? absl::OkStatus() : file_.Write("\n");
  }

 private:
  std::string MadeLine(uint32_t document) {
    TextDocument made;
    const DocumentId id = corpus_.Id(document);
    made.id = &id;
    made.path = corpus_.Path(document);
    if (const DocumentMetadata* known = corpus_.MetadataOf(document)) {
      made.published = known->published;
      made.publisher = known->publisher;
      made.url = known->url;
      made.title = known->title;
    }
    made.text = reader_.Text(document);
    return TextDocumentLine(made);
  }

  const Corpus& corpus_;
  CorpusReader& reader_;
  OutputFile& file_;
  bool owes_line_break_ = false;
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

absl::Status MakeFolder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) return absl::OkStatus();
  return absl::ErrnoToStatus(error.value(),
                             absl::StrCat("cannot make ", folder.native()));
}

}  // namespace

absl::Status WriteKept(const Corpus& corpus, const DedupResult& result,
                       OutputFile* file) {
  WIRECOPY_ASSIGN_OR_RETURN(const std::string header, corpus.CommonHeader());
  WIRECOPY_RETURN_IF_ERROR(file->Write(header));
  CorpusReader reader(corpus, /*reads_ahead=*/true);
  Writer writer(corpus, &reader, file);
  for (const uint32_t document : KeptDocuments(corpus, result)) {
    WIRECOPY_RETURN_IF_ERROR(writer.Write(document));
  }
  return absl::OkStatus();
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
                              const std::string& folder,
                              std::vector<std::unique_ptr<OutputFile>>* files) {
  WIRECOPY_RETURN_IF_ERROR(MakeFolder(folder));
  CorpusReader reader(corpus, /*reads_ahead=*/true);
  const std::vector<uint32_t> kept = KeptDocuments(corpus, result);
  auto next = kept.begin();
  for (uint32_t f = 0; f < corpus.files().size(); ++f) {
    const InputFile& input = corpus.files()[f];
    const auto end = std::find_if(next, kept.end(), [&](uint32_t document) {
      return corpus.File(document) != f;
    });
    // A text file that goes has no trace; one of lines may keep none of them.
    if (input.format == InputFormat::kText && next == end) continue;
    const fs::path path = fs::path(folder) / NameInFolder(input);
    WIRECOPY_RETURN_IF_ERROR(MakeFolder(path.parent_path()));
    WIRECOPY_ASSIGN_OR_RETURN(auto file, OutputFile::Open(path.native()));
    WIRECOPY_RETURN_IF_ERROR(file->Write(input.header));
    Writer writer(corpus, &reader, file.get());
    for (; next != end; ++next) {
      WIRECOPY_RETURN_IF_ERROR(input.format == InputFormat::kText
                                   ? file->Write(reader.Line(*next))
                                   : writer.Write(*next));
    }
    WIRECOPY_RETURN_IF_ERROR(file->Finish());
    files->push_back(std::move(file));
  }
  return absl::OkStatus();
}

}  // namespace wirecopy::cli
