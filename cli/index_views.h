// What an index says, as records.

#ifndef WIRECOPY_CLI_INDEX_VIEWS_H_
#define WIRECOPY_CLI_INDEX_VIEWS_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "report/index_records.h"
#include "wirecopy/index.h"

namespace wirecopy::cli {

// "new", "passages", "duplicate", "revision" or "present".
std::string_view StatusName(IndexStatus status);

// As records say it: empty for code points.
std::string_view AnswerUnitName(OffsetUnit unit);

// A line of JSON, line break included; `unit` is that of the answer's places.
// `id` is null for a document that has none.
std::string AnswerLine(const DocumentId* id, const IndexAnswer& answer,
                       OffsetUnit unit);

absl::StatusOr<IndexInfoRecord> InfoRecord(const Index& index);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_INDEX_VIEWS_H_
