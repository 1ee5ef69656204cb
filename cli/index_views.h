// What an index says, as records.

#ifndef WIRECOPY_CLI_INDEX_VIEWS_H_
#define WIRECOPY_CLI_INDEX_VIEWS_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "report/index_records.h"
#include "wirecopy/index.h"

namespace wirecopy::cli {

// A line of JSON, line break included; `unit` is that of the answer's places.
// `id` is null for a document that has none. `unreadable_date` is what it has
// for a date, where that is none and its asker is to know.
std::string AnswerLine(const DocumentId* id, const IndexAnswer& answer,
                       OffsetUnit unit, std::string_view unreadable_date = {});

std::string DocumentLine(const StoredDocument& document);

absl::StatusOr<IndexInfoRecord> InfoRecord(const Index& index);

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_INDEX_VIEWS_H_
