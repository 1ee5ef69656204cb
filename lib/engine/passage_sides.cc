#include "engine/passage_sides.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

#include "base/parallel.h"
#include "base/status_macros.h"
#include "passage/borders.h"
#include "passage/report_rule.h"
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

// How much wider `outer` is, before and behind.
std::array<uint32_t, 2> Margins(ByteSpan inner, ByteSpan outer) {
  return {static_cast<uint32_t>(inner.begin - outer.begin),
          static_cast<uint32_t>(outer.end - inner.end)};
}

// Describes and reports passages, a batch at a time.
class Locator {
 public:
  Locator(const PassagesOptions& options, const DocumentSource& source,
          std::span<const uint32_t> sizes)
      : options_(options),
        source_(source),
        sizes_(sizes),
        rule_(options.passage) {
    workers_.reserve(static_cast<size_t>(options.threads));
    for (int i = 0; i < options.threads; ++i) {
      workers_.push_back(std::make_unique<Worker>(options, source));
    }
    found_.lengths.resize(source.size());
  }

  // The passages of whole pairs. Fails where a text is not what it was.
  absl::Status Add(std::span<const PairPassage> passages) {
    Describe(passages);
    if (changed_) {
      WIRECOPY_RETURN_IF_ERROR(source_.ReadError());
      return absl::FailedPreconditionError(
          "a document changed while it was read");
    }
    for (size_t begin = 0; begin < passages.size();) {
      const size_t end = EndOfPair(passages, begin);
      rule_.Choose(std::span<const DescribedPassage>(described_)
                       .subspan(begin, end - begin),
                   &keeps_);
      for (size_t i = begin; i < end; ++i) {
        if (keeps_[i - begin]) Report(passages[i], described_[i]);
      }
      begin = end;
    }
    return absl::OkStatus();
  }

  LocatedPassages Take() { return std::move(found_); }

 private:
  void Describe(std::span<const PairPassage> passages);
  void Report(const PairPassage& passage, const DescribedPassage& described);

  const PassagesOptions& options_;
  const DocumentSource& source_;
  std::span<const uint32_t> sizes_;
  const ReportRule rule_;
  std::atomic<bool> changed_ = false;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<DescribedPassage> described_;
  std::vector<bool> keeps_;
  LocatedPassages found_;
};

void Locator::Describe(std::span<const PairPassage> passages) {
  described_.resize(passages.size());
  for (size_t i = 0; i < passages.size(); ++i) {
    described_[i].tokens = passages[i].tokens;
  }
  const SidesByDocument by_document = SortByDocument(passages, source_.size());
  ParallelFor(options_.threads, source_.size(), [&](int worker, size_t d) {
    const size_t begin = by_document.begins[d];
    const size_t end = by_document.begins[d + 1];
    if (begin == end) return;
    Worker& own = *workers_[static_cast<size_t>(worker)];
    const std::string_view text =
        own.text_reader->Text(static_cast<uint32_t>(d));
    own.sides.Read(text);
    if (own.sides.tokens().codes().size() != sizes_[d]) {
      changed_ = true;  // or could not be read
      return;
    }
    own.converter.Reset(text);
    found_.lengths[d] = own.converter.Convert(text.size(), options_.offsets);
    for (size_t i = begin; i < end; ++i) {
      const size_t side = by_document.sides[i];
      const TokenPassage& tokens = passages[side / 2].tokens;
      DescribedPassage& passage = described_[side / 2];
      const bool is_a = side % 2 == 0;
      PassageSide& to = is_a ? passage.a : passage.b;
      to = own.sides.Describe(is_a ? tokens.a : tokens.b);
      ConvertUnits(own.converter, options_.offsets, &to);
    }
  });
}

void Locator::Report(const PairPassage& passage,
                     const DescribedPassage& described) {
  LocatedPassage located;
  located.a = passage.a;
  located.b = passage.b;
  located.words = passage.tokens.words;
  located.edits = passage.tokens.edits;
  located.third_party = FindThirdParty(described);
  located.is_furniture = passage.is_furniture;
  located.has_rights_words = described.a.cues.rights && described.b.cues.rights;
  const bool is_self = passage.a == passage.b;
  const auto copied = LocatePassage(
      described, is_self ? PassageKind::kSelf : PassageKind::kCopy);
  const auto quoted =
      is_self ? copied : LocatePassage(described, PassageKind::kQuotation);
  located.a_span = {quoted.first.begin, quoted.first.end};
  located.b_span = {quoted.second.begin, quoted.second.end};
  located.a_marks = Margins(quoted.first, copied.first);
  located.b_marks = Margins(quoted.second, copied.second);
  found_.passages.push_back(located);
  found_.places.push_back(
      {{passage.a, passage.tokens.a}, {passage.b, passage.tokens.b}});
}

}  // namespace

absl::StatusOr<LocatedPassages> LocatePassages(
    const PassagesOptions& options, const DocumentSource& source,
    std::span<const uint32_t> sizes, std::span<const PairPassage> passages) {
  constexpr size_t kBatch = size_t{1} << 19;
  Locator locator(options, source, sizes);
  for (size_t begin = 0; begin < passages.size();) {
    const size_t last = std::min(passages.size(), begin + kBatch) - 1;
    const size_t end = EndOfPair(passages, last);
    WIRECOPY_RETURN_IF_ERROR(locator.Add(passages.subspan(begin, end - begin)));
    begin = end;
  }
  return locator.Take();
}

}  // namespace wirecopy
