#include "engine/passage_sides.h"

#include <cstddef>
#include <memory>

#include "base/parallel.h"
#include "passage/borders.h"
#include "wirecopy/offsets.h"

namespace wirecopy {
namespace {

// The sides of passages, by document: those of document d are
// sides[begins[d]..begins[d + 1]). Side 2 p is passage p's a, 2 p + 1 its b.
struct SidesByDocument {
  std::vector<size_t> begins;
  std::vector<size_t> sides;
};

SidesByDocument SortByDocument(std::span<const PairPassage> passages,
                               uint32_t documents) {
  SidesByDocument result;
  result.begins.resize(documents + size_t{1});
  for (const PairPassage& passage : passages) {
    ++result.begins[passage.a + size_t{1}];
    ++result.begins[passage.b + size_t{1}];
  }
  for (size_t d = 0; d < documents; ++d) {
    result.begins[d + 1] += result.begins[d];
  }
  result.sides.resize(2 * passages.size());
  std::vector<size_t> next(result.begins);
  for (size_t p = 0; p < passages.size(); ++p) {
    result.sides[next[passages[p].a]++] = 2 * p;
    result.sides[next[passages[p].b]++] = 2 * p + 1;
  }
  return result;
}

// From bytes to another unit.
void ConvertUnits(const OffsetConverter& converter, OffsetUnit unit,
                  PassageSide* side) {
  if (unit == OffsetUnit::kByte) return;
  const auto units = [&](size_t begin, size_t end) {
    return static_cast<uint32_t>(converter.Convert(end, unit) -
                                 converter.Convert(begin, unit));
  };
  size_t begin = side->core.begin;
  for (uint32_t& size : side->before.bytes) {
    begin -= size;
    size = units(begin, begin + size);
  }
  size_t end = side->core.end;
  for (uint32_t& size : side->after.bytes) {
    end += size;
    size = units(end - size, end);
  }
  side->core = {converter.Convert(side->core.begin, unit),
                converter.Convert(side->core.end, unit)};
}

struct Worker {
  Worker(const PassagesOptions& options, const DocumentSource& source)
      : text_reader(source.NewReader()), sides(options.passage.seed) {}

  std::unique_ptr<TextReader> text_reader;
  SideReader sides;
  OffsetConverter converter;
};

}  // namespace

DescribedPassages DescribePassages(const PassagesOptions& options,
                                   const DocumentSource& source,
                                   std::span<const PairPassage> passages) {
  DescribedPassages described;
  described.passages.resize(passages.size());
  described.lengths.resize(source.size());
  const SidesByDocument by_document = SortByDocument(passages, source.size());
  std::vector<std::unique_ptr<Worker>> workers;
  for (int i = 0; i < options.threads; ++i) {
    workers.push_back(std::make_unique<Worker>(options, source));
  }
  ParallelFor(options.threads, source.size(), [&](int worker, size_t d) {
    const size_t begin = by_document.begins[d];
    const size_t end = by_document.begins[d + 1];
    if (begin == end) return;
    Worker& own = *workers[static_cast<size_t>(worker)];
    const std::string_view text =
        own.text_reader->Text(static_cast<uint32_t>(d));
    own.sides.Read(text);
    own.converter.Reset(text);
    described.lengths[d] = own.converter.Convert(text.size(), options.offsets);
    for (size_t i = begin; i < end; ++i) {
      const size_t side = by_document.sides[i];
      const TokenPassage& tokens = passages[side / 2].tokens;
      DescribedPassage& passage = described.passages[side / 2];
      passage.tokens = tokens;
      const bool is_a = side % 2 == 0;
      PassageSide& to = is_a ? passage.a : passage.b;
      to = own.sides.Describe(is_a ? tokens.a : tokens.b);
      ConvertUnits(own.converter, options.offsets, &to);
    }
  });
  return described;
}

}  // namespace wirecopy
