#include "report/input_figures.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace wirecopy {
namespace {

// How the table went with the documents: loud where it did not at all.
std::string MetadataSummary(const InputFigures& figures) {
  if (!figures.has_metadata) return "";
  if (figures.metadata_rows == 0) {
    return "  WARNING: the table of metadata has no rows\n";
  }
  const uint64_t used = figures.metadata_rows - figures.unused_metadata;
  const uint64_t documents = figures.read - figures.rejected;
  std::string text =
      used == 0 ? "  WARNING: the metadata do not go with the documents: "
                : "  metadata: ";
  absl::StrAppend(&text, Grouped(used), " of ",
                  Count(figures.metadata_rows, "row"), " used, for ",
                  Grouped(figures.metadata_documents), " of ",
                  Count(documents, "document"), "\n");
  if (!figures.metadata_examples.empty()) {
    absl::StrAppend(&text, "    ", figures.metadata_examples, "\n");
  }
  if (!figures.unread_columns.empty()) {
    absl::StrAppend(
        &text, "    columns that mean nothing here: ", figures.unread_columns,
        " (id, published, publisher, url and title do)\n");
  }
  return text;
}

}  // namespace

std::string Grouped(uint64_t n) {
  std::string digits = absl::StrCat(n);
  for (size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

std::string Count(uint64_t n, const char* noun) {
  return absl::StrCat(Grouped(n), " ", noun, n == 1 ? "" : "s");
}

std::string InputSummary(const InputFigures& figures) {
  const double megabytes = static_cast<double>(figures.bytes) / 1e6;
  std::string text = absl::StrFormat(
      "%s read, %.1f MB in %.2f s (%.0f MB/s)\n",
      Count(figures.read, "document"), megabytes, figures.seconds,
      megabytes / std::max(figures.seconds, 1e-9));
  return text + InputWarnings(figures);
}

std::string InputWarnings(const InputFigures& figures) {
  std::string text;
  if (figures.repeated_inputs > 0) {
    absl::StrAppend(&text, "  ", Count(figures.repeated_inputs, "input"),
                    " left out, read before: ", figures.first_repeated, "\n");
  }
  for (const std::string& field : figures.missing_fields) {
    absl::StrAppend(&text, "  WARNING: no record has a field ", field, "\n");
  }
  if (figures.rejected > 0) {
    absl::StrAppend(&text, "  ", Count(figures.rejected, "record"),
                    " rejected (--rejects FILE lists them); the first:\n    ",
                    figures.first_rejection, "\n");
  }
  if (figures.invalid_utf8 > 0) {
    absl::StrAppend(&text, "  ",
                    Count(figures.invalid_utf8, "ill-formed piece"),
                    " of text read as U+FFFD\n");
  }
  if (figures.unreadable_dates > 0) {
    absl::StrAppend(&text, "  ", Count(figures.unreadable_dates, "date"),
                    " could not be read; the first:\n    ",
                    figures.first_unreadable_date, "\n");
  }
  return text + MetadataSummary(figures);
}

void AddWarningCounts(const InputFigures& figures, JsonLine* line) {
  line->Add("invalid_utf8", figures.invalid_utf8);
  line->Add("unreadable_dates", figures.unreadable_dates);
  line->Add("unused_metadata", figures.unused_metadata);
  line->Add("documents_with_metadata", figures.metadata_documents);
  line->Add("repeated_inputs", figures.repeated_inputs);
}

}  // namespace wirecopy
