// Two long texts with many passages, for what shows them.

#ifndef WIRECOPY_TESTS_SUPPORT_LONG_PAIR_H_
#define WIRECOPY_TESTS_SUPPORT_LONG_PAIR_H_

#include <cstddef>
#include <string>

#include "report/trace_records.h"
#include "tests/support/made_text.h"

namespace wirecopy::oracle {

// Writes both texts at once, in ASCII: places in bytes are those in code
// points.
class LongPairMaker {
 public:
  TraceRecords Make(size_t passages, size_t bytes) {
    for (size_t i = 0; i < passages; ++i) {
      while (a_.size() < bytes / passages * i) a_ += Sentences(1);
      while (b_.size() < bytes / passages * i) b_ += Sentences(1);
      AddPassage();
    }
    while (a_.size() < bytes) a_ += Sentences(1);
    while (b_.size() < bytes) b_ += Sentences(1);
    AddDocument("long-1", a_);
    AddDocument("long-2", b_);
    AddEdge();
    return records_;
  }

 private:
  std::string Sentences(int n) { return Written(text_.Story(n)) + "\n"; }

  // A sentence of both, of which one word differs, behind one of a's own.
  void AddPassage() {
    a_ += Sentences(1);
    const MadeText words = text_.Story(1);
    const size_t differing = words.size() / 2;
    PassageView view;
    view.bytes = {{a_.size(), 0}, {b_.size(), 0}};
    AddEqual({words.begin(), words.begin() + differing}, &view);
    a_ += " once ";
    b_ += " rarely ";
    AddEqual({words.begin() + differing + 1, words.end()}, &view);
    view.bytes.a.end = a_.size();
    view.bytes.b.end = b_.size();
    view.places = view.bytes;
    view.words = words.size() - 1;
    view.edits = 1;
    view.identity = static_cast<double>(view.words) /
                    static_cast<double>(view.words + view.edits);
    a_ += "\n";
    b_ += "\n";
    records_.passages.push_back({0, 1, view, "group", 0, 0.9});
  }

  void AddEqual(const MadeText& words, PassageView* view) {
    const std::string text = Written(words);
    view->equal.push_back({{a_.size(), a_.size() + text.size()},
                           {b_.size(), b_.size() + text.size()}});
    a_ += text;
    b_ += text;
  }

  void AddDocument(const char* id, const std::string& text) {
    TraceDocumentRecord document;
    document.id.text = id;
    document.text = text;
    document.words = text.size() / 6;
    records_.documents.push_back(document);
  }

  void AddEdge() {
    TraceEdgeRecord edge;
    edge.b = 1;
    edge.source = 0;
    edge.confidence = 0.9;
    edge.relation = "republication";
    edge.evidence = {{"attribution", 2.2, "made up", false}};
    edge.last_passage = records_.passages.size();
    for (const TracePassageRecord& passage : records_.passages) {
      edge.words += passage.view.words;
    }
    records_.documents_read = 2;
    records_.edges = {edge};
  }

  TextMaker text_{17};
  std::string a_;
  std::string b_;
  TraceRecords records_;
};

// Texts of at least so many bytes.
inline TraceRecords MakeLongPair(size_t passages, size_t bytes) {
  return LongPairMaker().Make(passages, bytes);
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_LONG_PAIR_H_
