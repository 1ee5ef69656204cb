#include "engine/passage_sides.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

#include "base/ordered_work.h"
#include "base/parallel.h"
#include "base/room.h"
#include "base/status_macros.h"
#include "passage/borders.h"
#include "passage/pair_ranges.h"
#include "passage/report_rule.h"
#include "wirecopy/offsets.h"

namespace wirecopy {
namespace {

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

PassagePlaces PlacesOf(const PairPassage& passage) {
  return {{passage.a, passage.tokens.a}, {passage.b, passage.tokens.b}};
}

// What is reported of a part of the passages.
struct Reported {
  std::vector<ReusedPassage> passages;
  std::vector<PassageTraits> traits;
  std::vector<CopiedMarks> marks;  // passages are those of the part
  std::vector<PassagePlaces> places;
  std::vector<size_t> from;  // of the passages that are found

  void Clear() {
    passages.clear();
    traits.clear();
    marks.clear();
    places.clear();
    from.clear();
  }
};

// Describes passages, and reports those that are worth it.
class Locator {
 public:
  Locator(const PassagesOptions& options, const DocumentSource& source,
          std::span<const uint32_t> sizes,
          std::span<const PairPassage> passages)
      : options_(options),
        source_(source),
        sizes_(sizes),
        passages_(passages),
        rule_(options.passage),
        sides_(
            passages.size(),
            [passages](size_t i) { return PlacesOf(passages[i]); },
            options.threads),
        described_(sides_.size()) {
    found_.lengths.resize(source.size());
  }

  // Fails where a text is not what it was.
  absl::Status DescribeSides();
  LocatedPassages Report();

 private:
  void DescribeDocument(uint32_t document, Worker* worker);
  // What describes a side of a passage, which is the document's.
  const PassageSide& Described(uint32_t document, size_t side) const {
    return described_[sides_.PlaceOf(document, side)];
  }
  // Has the processor fetch what describes the b of a passage, which is
  // anybody's; the a are mostly one's.
  void Prefetch(size_t passage) const;
  // Replaces *described by passages [begin, end), of one pair.
  void DescribePair(size_t begin, size_t end,
                    std::vector<DescribedPassage>* described) const;
  // Replaces *reported by those of passages [begin, end) that are worth it.
  void ReportTask(size_t begin, size_t end, Reported* reported) const;
  void ReportOne(size_t passage, const DescribedPassage& described,
                 Reported* reported) const;
  void Append(const Reported& reported);

  const PassagesOptions& options_;
  const DocumentSource& source_;
  std::span<const uint32_t> sizes_;
  std::span<const PairPassage> passages_;
  const ReportRule rule_;
  DistinctSides sides_;
  HugeRoom<PassageSide> described_;  // by distinct side
  std::atomic<bool> changed_ = false;
  LocatedPassages found_;
};

absl::Status Locator::DescribeSides() {
  std::vector<std::unique_ptr<Worker>> workers;
  workers.reserve(static_cast<size_t>(options_.threads));
  for (int i = 0; i < options_.threads; ++i) {
    workers.push_back(std::make_unique<Worker>(options_, source_));
  }
  ParallelFor(options_.threads, sides_.documents(),
              [&](int worker, size_t document) {
                if (sides_.Of(document).empty()) return;
                DescribeDocument(static_cast<uint32_t>(document),
                                 workers[static_cast<size_t>(worker)].get());
              });
  if (!changed_) return absl::OkStatus();
  WIRECOPY_RETURN_IF_ERROR(source_.ReadError());
  return absl::FailedPreconditionError("a document changed while it was read");
}

void Locator::DescribeDocument(uint32_t document, Worker* worker) {
  const std::string_view text = worker->text_reader->Text(document);
  worker->sides.Read(text);
  if (worker->sides.tokens().codes().size() != sizes_[document]) {
    changed_ = true;  // or could not be read
    return;
  }
  worker->converter.Reset(text);
  found_.lengths[document] =
      worker->converter.Convert(text.size(), options_.offsets);
  const auto distinct = sides_.Of(document);
  PassageSide* described = described_.data() + sides_.BeginOf(document);
  for (const DistinctSides::Side& side : distinct) {
    *described = worker->sides.Describe(side.tokens);
    ConvertUnits(worker->converter, options_.offsets, described++);
  }
}

LocatedPassages Locator::Report() {
  constexpr size_t kPerTask = size_t{1} << 9;  // in a core's cache when taken
  const std::vector<size_t> ends = EndsOfPairs(passages_, kPerTask);
  found_.passages.reserve(passages_.size());
  found_.traits.reserve(passages_.size());
  found_.places.reserve(passages_.size());
  OrderedWorkBounds bounds;
  bounds.pieces = 4 * static_cast<size_t>(options_.threads);
  std::vector<Reported> reported(bounds.pieces);
  OrderedWork work;
  work.begin = [](size_t, size_t*) { return true; };
  work.make = [&](int, size_t task) {
    ReportTask(task == 0 ? 0 : ends[task - 1], ends[task],
               &reported[task % reported.size()]);
  };
  work.take = [&](size_t task) { Append(reported[task % reported.size()]); };
  DoInOrder(options_.threads, ends.size(), bounds, work);
  sides_.Keep(found_.places, options_.threads);
  found_.sides = std::move(sides_);
  return std::move(found_);
}

void Locator::ReportTask(size_t begin, size_t end, Reported* reported) const {
  reported->Clear();
  std::vector<DescribedPassage> described;
  std::vector<bool> keeps;
  constexpr size_t kAhead = DistinctSides::kPassagesAhead;
  for (size_t first = begin; first < end;) {
    const size_t last = EndOfPair(passages_, first);
    for (size_t i = first + kAhead; i < std::min(last + kAhead, end); ++i) {
      Prefetch(i);
    }
    DescribePair(first, last, &described);
    rule_.Choose(described, &keeps);
    for (size_t i = first; i < last; ++i) {
      if (keeps[i - first]) ReportOne(i, described[i - first], reported);
    }
    first = last;
  }
}

void Locator::Append(const Reported& reported) {
  const auto append = [](const auto& from, auto* to) {
    to->insert(to->end(), from.begin(), from.end());
  };
  // Others look at sides of passages behind these alone.
  for (size_t i = 0; i < reported.from.size(); ++i) {
    const size_t from = reported.from[i];
    sides_.Move(from, found_.passages.size() + i);
  }
  const auto before = static_cast<uint32_t>(found_.passages.size());
  for (CopiedMarks marks : reported.marks) {
    marks.passage += before;
    found_.marks.push_back(marks);
  }
  append(reported.passages, &found_.passages);
  append(reported.traits, &found_.traits);
  append(reported.places, &found_.places);
}

void Locator::Prefetch(size_t passage) const {
  __builtin_prefetch(&Described(passages_[passage].b, 2 * passage + 1));
}

void Locator::DescribePair(size_t begin, size_t end,
                           std::vector<DescribedPassage>* described) const {
  described->clear();
  for (size_t i = begin; i < end; ++i) {
    const PairPassage& passage = passages_[i];
    described->push_back({&passage.tokens, &Described(passage.a, 2 * i),
                          &Described(passage.b, 2 * i + 1)});
  }
}

void Locator::ReportOne(size_t from, const DescribedPassage& described,
                        Reported* reported) const {
  const PairPassage& passage = passages_[from];
  const bool is_self = passage.a == passage.b;
  const auto copied = LocatePassage(
      described, is_self ? PassageKind::kSelf : PassageKind::kCopy);
  const auto quoted =
      is_self ? copied : LocatePassage(described, PassageKind::kQuotation);
  // Made where they stay: a struct that is copied as soon as it is made waits
  // for its parts.
  ReusedPassage& reused = reported->passages.emplace_back();
  reused.a = passage.a;
  reused.b = passage.b;
  reused.a_span = {copied.first.begin, copied.first.end};
  reused.b_span = {copied.second.begin, copied.second.end};
  reused.words = passage.tokens.words;
  reused.edits = passage.tokens.edits;
  PassageTraits& traits = reported->traits.emplace_back();
  traits.third_party = FindThirdParty(described);
  traits.is_furniture = passage.is_furniture;
  traits.has_rights_words =
      described.a->cues.rights && described.b->cues.rights;
  traits.has_copied_marks = quoted != copied;
  if (traits.has_copied_marks) {
    reported->marks.push_back({static_cast<uint32_t>(reported->from.size()),
                               Margins(quoted.first, copied.first),
                               Margins(quoted.second, copied.second)});
  }
  reported->places.push_back(PlacesOf(passage));
  reported->from.push_back(from);
}

}  // namespace

absl::StatusOr<LocatedPassages> LocatePassages(
    const PassagesOptions& options, const DocumentSource& source,
    std::span<const uint32_t> sizes, std::span<const PairPassage> passages) {
  Locator locator(options, source, sizes, passages);
  WIRECOPY_RETURN_IF_ERROR(locator.DescribeSides());
  return locator.Report();
}

}  // namespace wirecopy
