#include "cli/index_run.h"

#include <memory>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/index_views.h"
#include "cli/log.h"
#include "cli/out_of_memory.h"
#include "cli/outputs.h"
#include "io/integer_id.h"
#include "io/output_file.h"
#include "report/index_records.h"
#include "report/input_figures.h"
#include "wirecopy/version.h"

namespace wirecopy::cli {
namespace {

absl::StatusOr<std::unique_ptr<Index>> Open(const IndexArguments& arguments,
                                            Index::Access access) {
  return Index::Open(arguments.folder, access, arguments.options);
}

absl::Status WriteAnswer(const IndexArguments& arguments,
                         std::string_view text) {
  WIRECOPY_ASSIGN_OR_RETURN(const auto output, OpenOutput(arguments.output));
  WIRECOPY_RETURN_IF_ERROR(output->Write(text));
  return output->Commit();
}

// An id as people write it: what looks like an integer is one, unless it stands
// in quotation marks.
DocumentId IdOf(const std::string& name) {
  const size_t size = name.size();
  if (size >= 2 && name.front() == '"' && name.back() == '"') {
    return {false, name.substr(1, size - 2)};
  }
  const auto digits = IntegerId(name);
  return digits ? DocumentId{true, std::string(*digits)}
                : DocumentId{false, name};
}

}  // namespace

absl::Status RunIndexCreate(const IndexArguments& arguments) {
  RemoveOutOfMemoryHandler();
  WIRECOPY_RETURN_IF_ERROR(
      Index::Create(arguments.folder, arguments.parameters));
  if (!arguments.quiet && !LogsJson()) {
    Log(absl::StrCat(arguments.folder, " is an empty index\n"));
  }
  return absl::OkStatus();
}

absl::Status RunIndexRemove(const IndexArguments& arguments) {
  if (arguments.ids.empty()) {
    return absl::InvalidArgumentError(
        "say with --id which documents are to go");
  }
  WIRECOPY_ASSIGN_OR_RETURN(const auto index,
                            Open(arguments, Index::Access::kWrite));
  std::vector<DocumentId> ids;
  ids.reserve(arguments.ids.size());
  for (const std::string& name : arguments.ids) ids.push_back(IdOf(name));
  WIRECOPY_ASSIGN_OR_RETURN(const std::vector<bool> were_there,
                            index->Remove(ids));
  WIRECOPY_RETURN_IF_ERROR(index->Close());
  std::string lines;
  for (size_t i = 0; i < ids.size(); ++i) {
    lines += IndexRemovalLine(ids[i], were_there[i]);
  }
  return WriteAnswer(arguments, lines);
}

absl::Status RunIndexInfo(const IndexArguments& arguments) {
  WIRECOPY_ASSIGN_OR_RETURN(const auto index,
                            Open(arguments, Index::Access::kRead));
  WIRECOPY_ASSIGN_OR_RETURN(const IndexInfoRecord record, InfoRecord(*index));
  return WriteAnswer(arguments, IndexInfoLine(record, Version()));
}

absl::Status RunIndexOrphans(const IndexArguments& arguments) {
  WIRECOPY_ASSIGN_OR_RETURN(const auto index,
                            Open(arguments, Index::Access::kRead));
  WIRECOPY_ASSIGN_OR_RETURN(const auto output, OpenOutput(arguments.output));
  WIRECOPY_RETURN_IF_ERROR(
      index->VisitOrphans([&output](const StoredDocument& orphan) {
        return output->Write(DocumentLine(orphan));
      }));
  return output->Commit();
}

absl::Status RunIndexVerify(const IndexArguments& arguments) {
  WIRECOPY_ASSIGN_OR_RETURN(const auto index,
                            Open(arguments, Index::Access::kRead));
  WIRECOPY_RETURN_IF_ERROR(index->Verify());
  WIRECOPY_ASSIGN_OR_RETURN(const IndexInfo info, index->Info());
  if (!arguments.quiet && !LogsJson()) {
    Log(absl::StrCat(arguments.folder, ": ", Count(info.documents, "document"),
                     ", all as they were added\n"));
  }
  return absl::OkStatus();
}

absl::Status RunIndexCompact(const IndexArguments& arguments) {
  WIRECOPY_ASSIGN_OR_RETURN(const auto index,
                            Open(arguments, Index::Access::kWrite));
  WIRECOPY_ASSIGN_OR_RETURN(const IndexInfo before, index->Info());
  WIRECOPY_RETURN_IF_ERROR(index->Compact());
  WIRECOPY_RETURN_IF_ERROR(index->Close());
  WIRECOPY_ASSIGN_OR_RETURN(const auto compacted,
                            Open(arguments, Index::Access::kRead));
  WIRECOPY_ASSIGN_OR_RETURN(const IndexInfo after, compacted->Info());
  if (!arguments.quiet && !LogsJson()) {
    Log(absl::StrCat(arguments.folder, ": ", Grouped(before.disk_bytes),
                     " bytes before, ", Grouped(after.disk_bytes), " now\n"));
  }
  return absl::OkStatus();
}

}  // namespace wirecopy::cli
