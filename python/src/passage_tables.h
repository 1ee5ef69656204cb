// Passages as tables, with the fields of docs/records.md.

#ifndef WIRECOPY_PYTHON_PASSAGE_TABLES_H_
#define WIRECOPY_PYTHON_PASSAGE_TABLES_H_

#include <string>
#include <string_view>
#include <vector>

#include "arrow_columns.h"
#include "arrow_table.h"
#include "wirecopy/offsets.h"
#include "wirecopy/passages.h"

namespace wirecopy::python {

// The groups' names, in the unit of their places.
std::vector<std::string> GroupNames(const PassagesResult& found,
                                    const IdColumn& ids);

// A row a passage: the columns, for others to be put behind them.
std::vector<Column> PassageColumns(const PassagesResult& found,
                                   const IdColumn& ids);

Table GroupTable(const PassagesResult& found, const IdColumn& ids);

// Makes the places of a result, which are in bytes, count code points. `reader`
// gives the texts, which must be UTF-8.
void ToCodePoints(TextReader* reader, PassagesResult* found);

}  // namespace wirecopy::python

#endif  // WIRECOPY_PYTHON_PASSAGE_TABLES_H_
