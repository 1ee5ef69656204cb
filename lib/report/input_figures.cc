#include "report/input_figures.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace wirecopy {

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
                    " could not be read\n");
  }
  if (figures.unused_metadata > 0) {
    absl::StrAppend(&text, "  ", Count(figures.unused_metadata, "metadata row"),
                    " without a document\n");
  }
  return text;
}

}  // namespace wirecopy
