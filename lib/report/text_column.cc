#include "report/text_column.h"

#include "report/characters.h"

namespace wirecopy {
namespace {

constexpr std::string_view kDiffers = "\x1b[1;35m";
constexpr std::string_view kPlain = "\x1b[0m";

}  // namespace

void TextColumn::Add(std::string_view utf8, bool differs) {
  const bool brackets = differs && !color_ && !utf8.empty();
  if (brackets) AddShown('[', true);
  size_t line_breaks = 0;
  bool in_space = false;
  for (size_t i = 0; i < utf8.size();) {
    const Character c = CharacterAt(utf8, i);
    i += c.length;
    if (IsSpace(c.code_point)) {
      in_space = true;
      line_breaks += c.code_point == '\n' ? 1 : 0;
      continue;
    }
    if (in_space) AddSpace(line_breaks);
    in_space = false;
    line_breaks = 0;
    const char32_t shown = Shown(c.code_point);
    if (shown != 0) AddShown(shown, differs);
  }
  if (in_space) AddSpace(line_breaks);
  if (brackets) AddShown(']', true);
}

void TextColumn::AddSpace(size_t line_breaks) {
  EndWord();
  space_ = true;
  if (line_breaks > 1) new_row_ = true;
}

void TextColumn::AddShown(char32_t c, bool differs) {
  const int columns = Columns(c);
  const bool wide = columns == 2;
  const bool closes = IsTrailing(c);
  if ((wide || after_wide_) && columns > 0 && !closes && !after_leading_) {
    EndWord();
  }
  if (word_.empty()) {
    word_after_space_ = space_;
    space_ = false;
  }
  if (columns == 0 && !word_.empty()) {
    AppendCharacter(c, &word_.back().text);
    return;
  }
  word_.push_back({"", columns, differs});
  AppendCharacter(c, &word_.back().text);
  after_wide_ = wide || (closes && after_wide_);
  after_leading_ = IsLeading(c);
}

void TextColumn::EndWord() {
  if (word_.empty()) return;
  if (new_row_) EndRow();
  new_row_ = false;
  int columns = 0;
  for (const Glyph& glyph : word_) columns += glyph.columns;
  if (row_is_open_) {
    Row& row = rows_.back();
    const int space = word_after_space_ ? 1 : 0;
    if (row.columns + space + columns > width_) {
      row_is_open_ = false;
    } else if (word_after_space_) {
      row.text += ' ';
      ++row.columns;
    }
  }
  // A word that is wider than a row goes on in the next.
  size_t begin = 0;
  while (begin < word_.size()) {
    if (!row_is_open_) rows_.emplace_back();
    row_is_open_ = true;
    int left = width_ - rows_.back().columns;
    size_t end = begin;
    while (end < word_.size() && (word_[end].columns <= left || end == begin)) {
      left -= word_[end++].columns;
    }
    Put(word_, begin, end);
    if (end < word_.size()) row_is_open_ = false;
    begin = end;
  }
  word_.clear();
  after_leading_ = false;
}

void TextColumn::Put(const std::vector<Glyph>& glyphs, size_t begin,
                     size_t end) {
  Row& row = rows_.back();
  bool colored = false;
  for (size_t i = begin; i < end; ++i) {
    const bool color = glyphs[i].differs && color_;
    if (color != colored) row.text += color ? kDiffers : kPlain;
    colored = color;
    row.text += glyphs[i].text;
    row.columns += glyphs[i].columns;
  }
  if (colored) row.text += kPlain;
}

void TextColumn::EndRow() {
  // new_row_ is left alone: EndWord calls this with a word in hand.
  row_is_open_ = false;
}

void TextColumn::PadTo(size_t rows) {
  if (rows_.size() < rows) rows_.resize(rows);
}

void TextColumn::Clear() {
  rows_.clear();
  row_is_open_ = false;
  space_ = false;
  new_row_ = false;
}

}  // namespace wirecopy
