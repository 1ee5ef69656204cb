// A column of wrapped text for a terminal.

#ifndef WIRECOPY_REPORT_TEXT_COLUMN_H_
#define WIRECOPY_REPORT_TEXT_COLUMN_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy {

// Wraps at spaces and between wide characters, and within a word only where it
// is wider than the column. Runs of white space are one space, but for empty
// lines, which begin a row. What is added is made harmless: control characters
// show as pictures of themselves, marks of direction not at all.
class TextColumn {
 public:
  struct Row {
    std::string text;  // with its marks and colours
    int columns = 0;   // that it takes
  };

  // Differing text is set off by colour, or else by brackets.
  TextColumn(int width, bool color) : width_(width), color_(color) {}

  void Add(std::string_view utf8, bool differs);

  // Ends the word that was added last, so that the rows are up to date.
  void EndWord();
  void EndRow();

  const std::vector<Row>& rows() const { return rows_; }
  // Adds empty rows up to a number of rows.
  void PadTo(size_t rows);
  void Clear();

 private:
  // What stands together: never broken, but where it is wider than a row.
  struct Glyph {
    std::string text;  // a character and what joins it
    int columns = 0;
    bool differs = false;
  };

  void AddShown(char32_t c, bool differs);
  void AddSpace(size_t line_breaks);
  void Put(const std::vector<Glyph>& glyphs, size_t begin, size_t end);

  int width_;
  bool color_;
  bool space_ = false;    // before what comes next
  bool new_row_ = false;  // likewise
  bool after_wide_ = false;
  bool after_leading_ = false;
  std::vector<Glyph> word_;
  bool word_after_space_ = false;
  std::vector<Row> rows_;
  bool row_is_open_ = false;
};

}  // namespace wirecopy

#endif  // WIRECOPY_REPORT_TEXT_COLUMN_H_
