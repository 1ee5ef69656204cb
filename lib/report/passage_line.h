// The line of a passage, of which some outputs have millions.

#ifndef WIRECOPY_REPORT_PASSAGE_LINE_H_
#define WIRECOPY_REPORT_PASSAGE_LINE_H_

#include <string>
#include <string_view>

#include "report/passage_records.h"

namespace wirecopy {

// Appends a line of JSON to *lines, to the byte what AddPassage makes.
void AppendPassageLine(const PassageRecord& record, std::string_view unit,
                       std::string* lines);

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_PASSAGE_LINE_H_
