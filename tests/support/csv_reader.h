// Reads CSV as strictly as RFC 4180 has it.

#ifndef WIRECOPY_TESTS_SUPPORT_CSV_READER_H_
#define WIRECOPY_TESTS_SUPPORT_CSV_READER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::oracle {

using CsvRows = std::vector<std::vector<std::string>>;

// Moves past a field; false where it is ill-formed.
inline bool ReadCsvField(std::string_view csv, size_t* at, std::string* field) {
  if (*at >= csv.size() || csv[*at] != '"') {
    const size_t end = csv.find_first_of(",\r\n\"", *at);
    if (end == std::string_view::npos) return false;
    *field = csv.substr(*at, end - *at);
    *at = end;
    return csv[end] != '"' && csv[end] != '\n';
  }
  for (++*at; *at < csv.size(); ++*at) {
    if (csv[*at] == '"' && csv.substr(*at + 1, 1) != "\"") {
      ++*at;
      return true;
    }
    if (csv[*at] == '"') ++*at;
    *field += csv[*at];
  }
  return false;
}

inline std::optional<CsvRows> ReadCsv(std::string_view csv) {
  CsvRows rows;
  for (size_t at = 0; at < csv.size();) {
    rows.emplace_back();
    while (true) {
      rows.back().emplace_back();
      if (!ReadCsvField(csv, &at, &rows.back().back())) return {};
      if (csv.substr(at, 1) == ",") {
        ++at;
        continue;
      }
      if (csv.substr(at, 2) != "\r\n") return {};
      at += 2;
      break;
    }
    if (rows.back().size() != rows.front().size()) return {};
  }
  return rows;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_CSV_READER_H_
