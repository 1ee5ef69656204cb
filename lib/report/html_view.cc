#include "report/html_view.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "report/characters.h"
#include "report/html_page.h"
#include "report/page_assets.h"
#include "report/passage_view.h"

namespace wirecopy {
namespace {

std::string Color(size_t passage) {
  return absl::StrCat("var(--p", passage % kPassageColors, ")");
}

// A border of something in a text. Those of one place are in this order.
struct Event {
  enum Kind { kEnd, kEditEnd, kNothing, kBegin, kEditBegin };
  size_t offset;
  Kind kind;
  size_t passage;
};

// Where passages and what differs in them begin and end in one text. Where one
// text has nothing for what the other has, there is a mark for that.
std::vector<Event> FindEvents(const ComparisonRecord& record, Side side,
                              std::string_view a, std::string_view b) {
  std::vector<Event> events;
  for (size_t i = 0; i < record.passages.size(); ++i) {
    const PassageView& passage = record.passages[i];
    const TextSpan& span = On(side, passage.bytes);
    events.push_back({span.begin, Event::kBegin, i});
    events.push_back({span.end, Event::kEnd, i});
    for (const PassagePiece& piece : CutIntoPieces(passage, a, b)) {
      const TextSpan& bytes = On(side, piece.bytes);
      if (piece.equal) continue;
      if (bytes.begin == bytes.end) {
        events.push_back({bytes.begin, Event::kNothing, i});
      } else {
        events.push_back({bytes.begin, Event::kEditBegin, i});
        events.push_back({bytes.end, Event::kEditEnd, i});
      }
    }
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const Event& x, const Event& y) {
                     if (x.offset != y.offset) return x.offset < y.offset;
                     return x.kind < y.kind;
                   });
  return events;
}

// Writes a text with its passages. Every stretch between two borders is a mark
// of its own, so that passages may overlap as they like.
class TextWriter {
 public:
  TextWriter(std::string_view text, Side side, std::string* out)
      : text_(text), side_(side), out_(out) {}

  void Write(const std::vector<Event>& events) {
    for (const Event& event : events) {
      WriteTo(event.offset);
      Take(event);
    }
    WriteTo(text_.size());
  }

 private:
  void WriteTo(size_t end);
  void Take(const Event& event);
  void OpenMark();

  std::string_view text_;
  Side side_;
  std::string* out_;
  size_t written_ = 0;
  std::vector<size_t> passages_;  // that the place is in
  size_t edits_ = 0;              // likewise
};

void TextWriter::OpenMark() {
  std::string numbers;
  for (const size_t passage : passages_) {
    absl::StrAppend(&numbers, numbers.empty() ? "" : " ", passage + 1);
  }
  absl::StrAppend(out_, "<mark data-p=\"", numbers, "\"",
                  passages_.size() > 1 ? " class=\"many\"" : "",
                  " style=\"--c:", Color(passages_[0]));
  if (passages_.size() > 1) {
    absl::StrAppend(out_, ";--d:", Color(passages_[1]));
  }
  *out_ += "\">";
}

void TextWriter::WriteTo(size_t end) {
  if (end <= written_) return;
  const std::string_view part = text_.substr(written_, end - written_);
  written_ = end;
  if (!passages_.empty()) OpenMark();
  if (edits_ > 0) *out_ += "<span class=\"e\">";
  AppendHtml(part, out_);
  if (edits_ > 0) *out_ += "</span>";
  if (!passages_.empty()) *out_ += "</mark>";
}

void TextWriter::Take(const Event& event) {
  const char* const own = side_ == Side::kA ? "a" : "b";
  const char* const other = side_ == Side::kA ? "b" : "a";
  const size_t number = event.passage + 1;
  switch (event.kind) {
    case Event::kBegin:
      passages_.push_back(event.passage);
      absl::StrAppend(out_, "<a class=\"n\" id=\"", own, number, "\" href=\"#",
                      other, number, "\" data-p=\"", number, "\" style=\"--c:");
      absl::StrAppend(out_, Color(event.passage), "\" aria-label=\"passage ",
                      number, ", to the other text\">", number, "</a>");
      break;
    case Event::kEnd:
      passages_.erase(
          std::find(passages_.begin(), passages_.end(), event.passage));
      break;
    case Event::kEditBegin:
      ++edits_;
      break;
    case Event::kEditEnd:
      --edits_;
      break;
    case Event::kNothing:
      *out_ += "<span class=\"z\"></span>";
      break;
  }
}

// --- the page around the texts
// ------------------------------------------------

void WriteFigure(const char* name, double value, const std::string& note,
                 std::string* out) {
  absl::StrAppend(out, "<div><dt>", name, "</dt><dd>",
                  absl::StrFormat("%.4f", value), "<meter value=\"", value,
                  "\"></meter><small>", note, "</small></dd></div>\n");
}

void WriteFigures(const ComparisonRecord& record, std::string* out) {
  const std::string unit =
      record.shingle_unit == "word" ? "words" : "characters";
  const std::string shared =
      absl::StrCat(record.shared_shingles, " shared shingles of ",
                   record.shingle_size, " ", unit);
  *out += "<dl class=\"figures\">\n";
  WriteFigure("Resemblance", record.jaccard, shared, out);
  WriteFigure("A in B", record.containment_a,
              absl::StrCat("of A&#39;s ", record.shingles_a, " shingles"), out);
  WriteFigure("B in A", record.containment_b,
              absl::StrCat("of B&#39;s ", record.shingles_b, " shingles"), out);
  *out += "</dl>\n";
}

// The first words of a passage, as one line.
std::string Beginning(std::string_view text, const TextSpan& span) {
  constexpr size_t kWords = 16;
  const std::string_view passage =
      text.substr(span.begin, span.end - span.begin);
  return Html(passage.substr(0, WordBegin(passage, kWords)));
}

std::string Place(const TextSpan& span) {
  return absl::StrCat(span.begin, "\u2013", span.end);
}

void WriteTable(const ComparisonRecord& record, std::string_view a,
                std::string* out) {
  if (record.passages.empty()) {
    absl::StrAppend(out, "<p class=\"none\">", NoPassagesText(record),
                    "</p>\n");
    return;
  }
  absl::StrAppend(
      out,
      "<div class=\"table\"><table>\n<thead><tr><th>Passage</th>"
      "<th>words</th><th>edits</th><th>identity</th>",
      "<th>kind</th><th>in A</th><th>in B</th><th>begins</th></tr></thead>\n",
      "<tbody>\n");
  for (size_t i = 0; i < record.passages.size(); ++i) {
    const PassageView& passage = record.passages[i];
    absl::StrAppend(
        out, "<tr data-p=\"", i + 1, "\"><td><a class=\"n\" href=\"#a", i + 1,
        "\" style=\"--c:", Color(i), "\">", i + 1, "</a></td><td>",
        passage.words, "</td><td>", passage.edits, "</td><td>",
        absl::StrFormat("%.3f", passage.identity), "</td><td>",
        Html(passage.kind), "</td><td>", Place(passage.places.a), "</td><td>",
        Place(passage.places.b), "</td><td dir=\"auto\" lang=\"\">",
        Beginning(a, passage.bytes.a), "</td></tr>\n");
  }
  *out += "</tbody></table></div>\n";
}

void WriteSheet(const ComparisonRecord& record, Side side, std::string_view a,
                std::string_view b, std::string* out) {
  const bool is_a = side == Side::kA;
  const char* const unit =
      record.shingle_unit == "word" ? "words" : "characters";
  absl::StrAppend(out, "<article><header><h2>", is_a ? "A" : "B", "  ",
                  Html(is_a ? record.a : record.b), " <small>",
                  is_a ? record.tokens_a : record.tokens_b, " ", unit,
                  "</small></h2></header>\n");
  *out += "<div class=\"text\" dir=\"auto\" lang=\"\" tabindex=\"0\">";
  TextWriter(is_a ? a : b, side, out).Write(FindEvents(record, side, a, b));
  *out += "</div></article>\n";
}

}  // namespace

std::string HtmlView(const ComparisonRecord& record, std::string_view a,
                     std::string_view b) {
  const std::string names =
      absl::StrCat(Html(record.a), " \u2013 ", Html(record.b));
  std::string out = absl::StrCat(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "script-src 'unsafe-inline'\">\n<title>",
      names, "</title>\n<style>", std::string(kTokensStyle),
      std::string(kCompareStyle), "</style>\n</head>\n<body>\n");
  absl::StrAppend(&out, "<header><h1>", names, "</h1>\n");
  WriteFigures(record, &out);
  out += "</header>\n<section>\n";
  WriteTable(record, a, &out);
  out += "</section>\n<main class=\"sheets\">\n";
  WriteSheet(record, Side::kA, a, b, &out);
  WriteSheet(record, Side::kB, a, b, &out);
  absl::StrAppend(&out, "</main>\n<footer>Places are in ", record.offset_unit,
                  "s. Dotted: what differs within a passage.",
                  "<span class=\"keys\"> <kbd>n</kbd> and <kbd>p</kbd> go to "
                  "the next passage and the one before.</span></footer>\n",
                  "<script>", std::string(kCompareScript),
                  "</script>\n</body>\n</html>\n");
  return out;
}

}  // namespace wirecopy
