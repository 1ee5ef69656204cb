#include "cli/passage_views.h"

#include <cstddef>

#include "report/comparison.h"

namespace wirecopy::cli {
namespace {

TextSpan ToSpan(const ByteSpan& bytes) { return {bytes.begin, bytes.end}; }

}  // namespace

std::vector<PassageView> FindPassageViews(std::string_view a,
                                          std::string_view b, OffsetUnit unit,
                                          PassageAligner* aligner) {
  const OffsetConverter units_of_a(a);
  const OffsetConverter units_of_b(b);
  const auto place = [unit](const OffsetConverter& units,
                            const ByteSpan& bytes) -> TextSpan {
    return {units.Convert(bytes.begin, unit), units.Convert(bytes.end, unit)};
  };
  std::vector<PassageView> views;
  for (const Passage& passage : aligner->Align(a, b)) {
    PassageView view;
    view.bytes = {ToSpan(passage.a), ToSpan(passage.b)};
    view.places = {place(units_of_a, passage.a), place(units_of_b, passage.b)};
    view.words = passage.words;
    view.edits = passage.edits;
    view.identity = passage.Identity();
    view.kind = PassageKindName(passage.kind);
    for (const EqualRun& run : aligner->Runs(views.size())) {
      view.equal.push_back({ToSpan(run.a), ToSpan(run.b)});
    }
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace wirecopy::cli
