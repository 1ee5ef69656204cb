// Cuts stretches of a record's text out of its line, of which every other byte
// stays as it is.

#ifndef WIRECOPY_IO_CUT_LINE_H_
#define WIRECOPY_IO_CUT_LINE_H_

#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "io/record_format.h"
#include "wirecopy/text.h"

namespace wirecopy {

// Cuts are bytes of the text as its parser reads it, apart and rising, on
// borders of code points. Escapes in what stays of the text stay, too; only
// where it holds ill-formed UTF-8, or an escape of half a surrogate pair, is
// that U+FFFD afterwards, as it was read. InvalidArgument where the line has no
// such field. Linear.

// `field` is the name of the text's member; of several the last one counts.
absl::StatusOr<std::string> CutJsonLine(std::string_view line,
                                        const std::string& field,
                                        std::span<const ByteSpan> cuts);

// `header` is the row of names, of which one is `field`.
absl::StatusOr<std::string> CutCsvRow(std::string_view row,
                                      std::string_view header, char delimiter,
                                      const std::string& field,
                                      std::span<const ByteSpan> cuts);

}  // namespace wirecopy

#endif  // WIRECOPY_IO_CUT_LINE_H_
