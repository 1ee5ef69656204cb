// Fields and rows of CSV.

#ifndef WIRECOPY_REPORT_CSV_TEXT_H_
#define WIRECOPY_REPORT_CSV_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace wirecopy {

// A row as RFC 4180 has it, its end a carriage return and a line feed.
//
// Texts come from outside, and spreadsheets compute a cell that begins with =
// + - or @, quoted or not, some of them also behind white space. A text that
// begins with any of these gets an apostrophe in front, and so does one that
// begins with an apostrophe: whoever takes one off a text has the text again.
// What readers choke on (NUL and other control characters) becomes a picture,
// as InXml has it.
class CsvRow {
 public:
  CsvRow& Add(std::string_view text);
  CsvRow& Add(const char* text) { return Add(std::string_view(text)); }
  CsvRow& Add(uint64_t value);
  CsvRow& Add(double value);
  CsvRow& Add(bool value);
  CsvRow& AddEmpty();

  // The row, line end included. Begins a new one with the next Add.
  std::string Finish();

 private:
  void AddRaw(std::string_view field);

  std::string row_;
  bool is_first_ = true;
};

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_CSV_TEXT_H_
