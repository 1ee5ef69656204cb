#include "passage/quotation.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "passage/paragraphs.h"
#include "passage/quotation_marks.h"
#include "text/utf8.h"

namespace wirecopy {
namespace {

constexpr size_t kKinds = static_cast<size_t>(QuoteKind::kNone);

bool EasilyMistaken(QuoteKind kind) { return kind >= QuoteKind::kSingle; }

// Marks of one family are told apart by what follows in it.
enum Family : uint8_t { kAlone, kCurlyFamily, kSingleFamily, kNoFamily };

constexpr size_t kFamilies = kKinds + kNoFamily + 1;

size_t FamilyOf(const QuoteMark& mark) {
  constexpr QuoteKinds kCurly =
      In(QuoteKind::kCurly) | In(QuoteKind::kLow) | In(QuoteKind::kRight);
  constexpr QuoteKinds kSingle =
      In(QuoteKind::kSingle) | In(QuoteKind::kLowSingle);
  const QuoteKinds opens = mark.opens == QuoteKind::kNone ? 0 : In(mark.opens);
  if (opens == 0 && (mark.closes & kSingle) != 0) return kKinds + kSingleFamily;
  if ((opens & kSingle) != 0) return kKinds + kSingleFamily;
  if ((opens & kCurly) != 0) return kKinds + kCurlyFamily;
  if (opens != 0) return static_cast<size_t>(mark.opens);
  return kKinds + kNoFamily;
}

// Matches the marks of one paragraph after another.
class Matcher {
 public:
  Matcher(std::string_view text, std::vector<ByteSpan>* spans,
          std::vector<QuoteMark>* marks, std::vector<OpenQuotation>* open)
      : text_(text),
        habits_(FindMarkHabits(text)),
        spans_(spans),
        marks_(*marks),
        open_(*open) {
    open_.clear();
  }

  void Add(ByteSpan paragraph) {
    FinishParagraph(paragraph.begin);
    paragraph_ = paragraph;
    first_of_paragraph_ = spans_->size();
    CollectMarks();
    DecideDoubtful();
    for (const QuoteMark& mark : marks_) Take(mark);
  }

  // `next` is where the next paragraph begins, at the end the text's size.
  void FinishParagraph(size_t next);

 private:
  void CollectMarks();
  void DecideDoubtful();
  void Take(const QuoteMark& mark);
  void Push(QuoteKind kind, size_t end);
  void Pop();
  bool Close(const QuoteMark& mark);
  bool CanClose(QuoteKinds kinds) const;
  void Record(ByteSpan span);
  bool HasSeveralWords(ByteSpan span) const;

  std::string_view text_;
  MarkHabits habits_;
  std::vector<ByteSpan>* spans_;
  ByteSpan paragraph_;
  size_t first_of_paragraph_ = 0;  // in *spans_
  // What the paragraph goes on with from the one before it.
  QuoteKind continued_ = QuoteKind::kNone;
  std::vector<QuoteMark>& marks_;
  std::vector<OpenQuotation>& open_;
  std::array<uint32_t, kKinds> open_of_kind_ = {};
  QuoteKinds open_kinds_ = 0;
};

void Matcher::CollectMarks() {
  marks_.clear();
  for (size_t i = paragraph_.begin;;) {
    i = NextPossibleMark(text_, i, paragraph_.end);
    if (i == paragraph_.end) break;
    const auto mark = MarkAt(text_, i, habits_);
    if (mark) marks_.push_back(*mark);
    i += mark ? mark->length : 1;
  }
  if (continued_ != QuoteKind::kNone && !marks_.empty()) {
    // French may begin a paragraph that goes on with the closing mark.
    marks_[0].role = MarkRole::kOpens;
    marks_[0].opens = continued_;
  }
  continued_ = QuoteKind::kNone;
}

// `12" wide," he said`: a mark behind a digit is an inch where the next one
// closes what is open; likewise an apostrophe behind an s.
void Matcher::DecideDoubtful() {
  std::array<bool, kFamilies> closes_next = {};
  for (size_t i = marks_.size(); i > 0; --i) {
    QuoteMark& mark = marks_[i - 1];
    bool& next = closes_next[FamilyOf(mark)];
    if (mark.role == MarkRole::kMayBeOther) {
      if (next) mark.closes = 0;
      mark.opens = QuoteKind::kNone;
      mark.role = MarkRole::kCloses;
    } else {
      next = mark.role == MarkRole::kCloses;
    }
  }
}

void Matcher::Take(const QuoteMark& mark) {
  if (mark.role != MarkRole::kOpens && Close(mark)) return;
  if (mark.role == MarkRole::kCloses || mark.opens == QuoteKind::kNone) return;
  Push(mark.opens, mark.begin + mark.length);
}

void Matcher::Push(QuoteKind kind, size_t end) {
  open_.push_back({kind, end});
  ++open_of_kind_[static_cast<size_t>(kind)];
  open_kinds_ |= In(kind);
}

void Matcher::Pop() {
  const QuoteKind kind = open_.back().kind;
  open_.pop_back();
  if (--open_of_kind_[static_cast<size_t>(kind)] == 0) open_kinds_ &= ~In(kind);
}

// An apostrophe must not do away with a mark that cannot be anything else.
bool Matcher::CanClose(QuoteKinds kinds) const {
  if ((open_kinds_ & kinds) == 0) return false;
  const QuoteKind top = open_.back().kind;
  constexpr QuoteKinds kDoubtful =
      In(QuoteKind::kSingle) | In(QuoteKind::kLowSingle);
  return (kinds & kDoubtful) == 0 || (In(top) & kinds) != 0;
}

// What was opened behind the mark's opening one has gone without its end.
bool Matcher::Close(const QuoteMark& mark) {
  if (!CanClose(mark.closes)) return false;
  while ((In(open_.back().kind) & mark.closes) == 0) Pop();
  const OpenQuotation open = open_.back();
  Pop();
  const ByteSpan span = {open.end, mark.begin};
  if (!EasilyMistaken(open.kind) || HasSeveralWords(span)) Record(span);
  return true;
}

// Outer ones come after those within them, and take their place.
void Matcher::Record(ByteSpan span) {
  if (span.begin >= span.end) return;
  while (spans_->size() > first_of_paragraph_ &&
         spans_->back().begin >= span.begin) {
    spans_->pop_back();
  }
  spans_->push_back(span);
}

// Looks at the beginning alone, so that nested marks stay linear.
bool Matcher::HasSeveralWords(ByteSpan span) const {
  constexpr size_t kLookedAt = 100;
  bool word = false;
  bool space = false;
  const size_t end = std::min(span.end, span.begin + kLookedAt);
  for (size_t i = span.begin; i < end; ++i) {
    if (text_[i] == ' ' || text_[i] == '\n') {
      space = word;
    } else {
      if (space) return true;
      word = true;
    }
  }
  return false;
}

void Matcher::FinishParagraph(size_t next) {
  std::optional<QuoteMark> first;
  if (next < text_.size() && !open_.empty()) {
    first = MarkAt(text_, next, habits_);
  }
  while (first && !open_.empty() && continued_ == QuoteKind::kNone) {
    const OpenQuotation open = open_.back();
    const bool again = first->opens == open.kind;
    const bool french = open.kind == QuoteKind::kGuillemet &&
                        (first->closes & In(open.kind)) != 0;
    if (again || french) {
      Record({open.end, paragraph_.end});
      continued_ = open.kind;
    }
    Pop();
  }
  while (!open_.empty()) Pop();
}

}  // namespace

void QuotationFinder::Find(std::string_view utf8,
                           std::vector<ByteSpan>* spans) {
  spans->clear();
  Matcher matcher(utf8, spans, &marks_, &open_);
  Paragraphs paragraphs(utf8);
  ByteSpan paragraph;
  while (paragraphs.Next(&paragraph)) matcher.Add(paragraph);
  matcher.FinishParagraph(utf8.size());
}

void FindQuotations(std::string_view utf8, std::vector<ByteSpan>* spans) {
  QuotationFinder().Find(utf8, spans);
}

}  // namespace wirecopy
