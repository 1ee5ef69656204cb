#include "report/side_by_side.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "report/characters.h"
#include "report/passage_view.h"
#include "report/text_column.h"

namespace wirecopy {
namespace {

constexpr int kLeastForColumns = 60;
constexpr int kLeastWidth = 16;
constexpr const char* kBetween = " \u2502 ";
constexpr const char* kBetweenNothing = " \u2502";
constexpr int kBetweenColumns = 3;

// Of an equal stretch, so many words are shown at either end, where at least
// so many more are between them. Characters that are words (they have three
// bytes) count a third.
constexpr size_t kWordsAtEnd = 15;
constexpr size_t kLeastLeftOut = 40;
constexpr size_t kBytesOfShortWord = 4;

// Columns begin anew together where they have drifted apart by so many rows,
// at an equal stretch of so many words.
constexpr size_t kMostDrift = 2;
constexpr size_t kWordsToRealign = 5;

std::string_view Text(std::string_view text, const TextSpan& span) {
  return text.substr(span.begin, span.end - span.begin);
}

bool HasRightToLeft(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const Character c = CharacterAt(text, i);
    if (IsRightToLeft(c.code_point)) return true;
    i += c.length;
  }
  return false;
}

bool HasWord(std::string_view text) { return WordBegin(text, 0) < text.size(); }

// What is shown of an equal stretch.
struct Shortened {
  std::string_view head;
  std::string_view tail;
  size_t left_out = 0;  // words between them; 0: head is all
};

// The same number of words of either side's text.
Shortened Shorten(std::string_view text, size_t words, size_t at_end) {
  if (at_end == 0) return {text, {}, 0};
  return {text.substr(0, WordBegin(text, at_end)),
          text.substr(WordBegin(text, words - at_end)), words - 2 * at_end};
}

// Begins both columns in one row, where they have drifted apart.
void Realign(TextColumn* a, TextColumn* b) {
  a->EndWord();
  b->EndWord();
  const size_t most = std::max(a->rows().size(), b->rows().size());
  const size_t least = std::min(a->rows().size(), b->rows().size());
  if (most - least < kMostDrift) return;
  for (TextColumn* const column : {a, b}) {
    column->PadTo(most);
    column->EndRow();
  }
}

class Printer {
 public:
  Printer(std::string_view a, std::string_view b,
          const SideBySideOptions& options, std::string* out)
      : a_(a), b_(b), options_(options), out_(out) {
    options_.width = std::max(options_.width, kLeastWidth);
  }

  void Print(size_t number, const PassageView& passage) {
    Heading(number, passage);
    const auto pieces = CutIntoPieces(passage, a_, b_);
    const bool columns = options_.width >= kLeastForColumns &&
                         !HasRightToLeft(Text(a_, passage.bytes.a)) &&
                         !HasRightToLeft(Text(b_, passage.bytes.b));
    if (columns) {
      InColumns(pieces);
    } else {
      OneByOne("A", Side::kA, pieces);
      OneByOne("B", Side::kB, pieces);
    }
  }

 private:
  void Heading(size_t number, const PassageView& passage);
  Shortened ShowEqual(Side side, const SpanPair& bytes) const;
  void InColumns(const std::vector<PassagePiece>& pieces);
  void OneByOne(const char* label, Side side,
                const std::vector<PassagePiece>& pieces);
  void WriteRows(TextColumn* a, TextColumn* b, int width);
  void WriteLeftOut(size_t words, size_t indent);

  std::string_view a_;
  std::string_view b_;
  SideBySideOptions options_;
  std::string* out_;
};

std::string Counted(uint64_t count, const char* what) {
  return absl::StrCat(count, " ", what, count == 1 ? "" : "s");
}

void Printer::Heading(size_t number, const PassageView& passage) {
  const TextSpan& a = passage.places.a;
  const TextSpan& b = passage.places.b;
  const std::string heading =
      absl::StrFormat("#%d  %s, %s, %s, identity %.3f", number,
                      std::string(passage.kind), Counted(passage.words, "word"),
                      Counted(passage.edits, "edit"), passage.identity);
  absl::StrAppend(out_, "\n", options_.color ? "\x1b[1m" : "", heading,
                  options_.color ? "\x1b[0m" : "", "  A ", a.begin, "-", a.end,
                  "  B ", b.begin, "-", b.end, "\n");
}

Shortened Printer::ShowEqual(Side side, const SpanPair& bytes) const {
  const std::string_view a = Text(a_, bytes.a);
  const std::string_view b = Text(b_, bytes.b);
  const size_t words = std::min(CountWords(a), CountWords(b));
  const size_t weight = a.size() < words * kBytesOfShortWord ? 3 : 1;
  const bool all =
      options_.full || words < weight * (2 * kWordsAtEnd + kLeastLeftOut);
  return Shorten(side == Side::kA ? a : b, words,
                 all ? 0 : weight * kWordsAtEnd);
}

void Printer::WriteLeftOut(size_t words, size_t indent) {
  absl::StrAppend(out_, std::string(indent, ' '),
                  options_.color ? "\x1b[2m" : "", "... ", words,
                  " words the same ...", options_.color ? "\x1b[0m" : "", "\n");
}

void Printer::WriteRows(TextColumn* a, TextColumn* b, int width) {
  a->EndWord();
  b->EndWord();
  const size_t rows = std::max(a->rows().size(), b->rows().size());
  a->PadTo(rows);
  b->PadTo(rows);
  for (size_t i = 0; i < rows; ++i) {
    const TextColumn::Row& left = a->rows()[i];
    const auto missing = static_cast<size_t>(std::max(width - left.columns, 0));
    const std::string& right = b->rows()[i].text;
    absl::StrAppend(out_, left.text, std::string(missing, ' '),
                    right.empty() ? kBetweenNothing : kBetween, right, "\n");
  }
  a->Clear();
  b->Clear();
}

void Printer::InColumns(const std::vector<PassagePiece>& pieces) {
  const int width = (options_.width - kBetweenColumns) / 2;
  TextColumn column_a(width, options_.color);
  TextColumn column_b(width, options_.color);
  for (const PassagePiece& piece : pieces) {
    const std::string_view a = Text(a_, piece.bytes.a);
    const std::string_view b = Text(b_, piece.bytes.b);
    if (!piece.equal) {
      column_a.Add(a, HasWord(a));
      column_b.Add(b, HasWord(b));
      continue;
    }
    if (CountWords(a) >= kWordsToRealign) Realign(&column_a, &column_b);
    const Shortened of_a = ShowEqual(Side::kA, piece.bytes);
    const Shortened of_b = ShowEqual(Side::kB, piece.bytes);
    column_a.Add(of_a.head, false);
    column_b.Add(of_b.head, false);
    if (of_a.left_out == 0) continue;
    WriteRows(&column_a, &column_b, width);
    WriteLeftOut(of_a.left_out, 0);
    column_a.Add(of_a.tail, false);
    column_b.Add(of_b.tail, false);
  }
  WriteRows(&column_a, &column_b, width);
}

void Printer::OneByOne(const char* label, Side side,
                       const std::vector<PassagePiece>& pieces) {
  constexpr int kIndent = 3;
  TextColumn column(options_.width - kIndent, options_.color);
  bool first = true;
  const auto write = [&] {
    column.EndWord();
    for (const TextColumn::Row& row : column.rows()) {
      absl::StrAppend(out_, first ? label : " ", "  ", row.text, "\n");
      first = false;
    }
    column.Clear();
  };
  const std::string_view text = side == Side::kA ? a_ : b_;
  for (const PassagePiece& piece : pieces) {
    const std::string_view part = Text(text, On(side, piece.bytes));
    if (!piece.equal) {
      column.Add(part, HasWord(part));
      continue;
    }
    const Shortened shown = ShowEqual(side, piece.bytes);
    column.Add(shown.head, false);
    if (shown.left_out == 0) continue;
    write();
    WriteLeftOut(shown.left_out, kIndent);
    column.Add(shown.tail, false);
  }
  write();
}

}  // namespace

std::string SideBySide(const ComparisonRecord& record, std::string_view a,
                       std::string_view b, const SideBySideOptions& options) {
  std::string out;
  if (record.passages.empty()) {
    absl::StrAppend(&out, "\n", NoPassagesText(record), "\n");
    return out;
  }
  Printer printer(a, b, options, &out);
  size_t number = 0;
  for (const PassageView& passage : record.passages) {
    printer.Print(++number, passage);
  }
  return out;
}

}  // namespace wirecopy
