// Tracing in pieces, a batch at a time.

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "arrays.h"
#include "bindings.h"
#include "trace_tables.h"
#include "traced_corpus.h"
#include "wirecopy/spread_trace.h"

namespace wirecopy::python {
namespace {

using namespace nb::literals;  // NOLINT(google-build-using-namespace)

// tokens, ends, fingerprints.
nb::tuple ReadAll(FingerprintReader* reader, const Corpus& corpus) {
  std::vector<int64_t> tokens;
  std::vector<uint64_t> ends;
  std::vector<uint64_t> fingerprints;
  Check(Unlocked([&] { return corpus.records->CheckUtf8(); }));
  Unlocked([&] {
    for (size_t row = 0; row < corpus.records->size(); ++row) {
      const FingerprintedDocument found =
          reader->Read(corpus.records->Text(row));
      tokens.push_back(static_cast<int64_t>(found.tokens));
      fingerprints.insert(fingerprints.end(), found.fingerprints.begin(),
                          found.fingerprints.end());
      ends.push_back(fingerprints.size());
    }
  });
  return nb::make_tuple(Copied(tokens), Copied(ends), Copied(fingerprints));
}

// With the number of its slots.
struct SlotCounter {
  TokenCounter counter;
  size_t slots;
};

void CountAll(SlotCounter* self, const Corpus& corpus) {
  Unlocked([&] {
    for (size_t row = 0; row < corpus.records->size(); ++row) {
      self->counter.Count(corpus.records->Text(row));
    }
  });
}

// Of those that are above 0: slots, counts.
nb::tuple CountsOf(const SlotCounter& self) {
  std::vector<int64_t> slots;
  std::vector<int64_t> counts;
  for (size_t slot = 0; slot < self.slots; ++slot) {
    const uint32_t count = self.counter.At(slot);
    if (count == 0) continue;
    slots.push_back(static_cast<int64_t>(slot));
    counts.push_back(count);
  }
  return nb::make_tuple(Copied(slots), Copied(counts));
}

// By fingerprint: whether it is furniture. Each has its publishers' shares up
// to an end.
nb::object AreFurniture(const Given<uint64_t>& ends,
                        const Given<uint32_t>& shares_with,
                        const Given<uint32_t>& shares_documents,
                        const Given<uint64_t>& with, uint64_t documents) {
  CheckRows(with.size(), ends.size(), "with");
  CheckRows(shares_documents.size(), shares_with.size(), "shares_documents");
  size_t begin = 0;
  for (size_t i = 0; i < ends.size(); ++i) {
    const size_t end = ends.data()[i];
    if (end < begin || end > shares_with.size()) {
      throw nb::value_error(absl::StrCat("end ", end).c_str());
    }
    begin = end;
  }
  auto found = std::make_unique<bool[]>(ends.size());
  Unlocked([&] {
    std::vector<PublisherShare> shares;
    size_t share = 0;
    for (size_t i = 0; i < ends.size(); ++i) {
      shares.clear();
      for (; share < ends.data()[i]; ++share) {
        shares.push_back(
            {shares_with.data()[share], shares_documents.data()[share]});
      }
      found[i] = IsFurniture(shares, with.data()[i], documents);
    }
  });
  return nb::cast(ToNumpy(std::move(found), {ends.size()}));
}

void NewTracer(PartTracer* self, const PassagesOptions& passages,
               bool use_dates,
               const std::vector<std::vector<std::string>>& agencies,
               uint64_t documents, const Given<uint32_t>& documents_with) {
  TraceOptions options = TraceOptionsOf(passages, use_dates, agencies);
  options.keeps_delays = true;
  new (self) PartTracer(Take(PartTracer::Create(
      options, documents, {documents_with.data(), documents_with.size()})));
}

// passages, groups, edges, lineage, feeds, candidates.
nb::tuple TraceBatch(PartTracer* tracer, const Corpus& corpus,
                     const Given<uint32_t>& publisher_documents,
                     const Given<uint64_t>& fingerprints,
                     const Given<uint8_t>& are_furniture) {
  CheckRows(are_furniture.size(), fingerprints.size(), "are_furniture");
  std::vector<FingerprintVerdict> verdicts;
  verdicts.reserve(fingerprints.size());
  for (size_t i = 0; i < fingerprints.size(); ++i) {
    verdicts.push_back({fingerprints.data()[i], are_furniture.data()[i] != 0});
  }
  const TraceResult trace = TracedCorpus(corpus, [&](DocumentSource* source) {
    return tracer->Trace(
        {publisher_documents.data(), publisher_documents.size()}, verdicts,
        source);
  });
  const IdColumn& ids = corpus.columns->ids();
  return nb::make_tuple(TracePassageTable(trace, ids),
                        GroupTable(trace.passages, ids), EdgeTable(trace, ids),
                        LineageTable(trace, ids), FeedTable(trace),
                        trace.passages.stats.candidates);
}

}  // namespace

void BindSpreadTrace(nb::module_* module) {
  nb::class_<FingerprintReader>(*module, "FingerprintReader",
                                "Which documents share words.")
      .def(
          "__init__",
          [](FingerprintReader* self, const PassagesOptions& passages) {
            new (self) FingerprintReader(
                Take(FingerprintReader::Create(passages.passage)));
          },
          "passages"_a)
      .def("read", ReadAll, "corpus"_a, "tokens, ends, fingerprints.");
  nb::class_<SlotCounter>(*module, "TokenCounter",
                          "How many documents have a token.")
      .def(
          "__init__",
          [](SlotCounter* self, const PassagesOptions& passages,
             uint64_t tokens) {
            new (self) SlotCounter{
                Take(TokenCounter::Create(passages.passage, tokens)),
                TokenCounter::SlotsFor(tokens)};
          },
          "passages"_a, "tokens"_a)
      .def_ro("slots", &SlotCounter::slots)
      .def("count", CountAll, "corpus"_a)
      .def("counts", CountsOf, "slots, counts.");
  nb::class_<PartTracer>(*module, "PartTracer", "Traces whole groups.")
      .def("__init__", NewTracer, "passages"_a, "use_dates"_a, "agencies"_a,
           "documents"_a, "documents_with"_a)
      .def("trace", TraceBatch, "corpus"_a, "publisher_documents"_a,
           "fingerprints"_a, "are_furniture"_a,
           "passages, groups, edges, lineage, feeds, candidates.");
  module->def(
      "check_trace",
      [](const PassagesOptions& passages,
         const std::vector<std::vector<std::string>>& agencies) {
        TraceOptionsOf(passages, /*use_dates=*/true, agencies);
      },
      "passages"_a, "agencies"_a, "Raises what a trace would raise.");
  module->def("are_furniture", AreFurniture, "ends"_a, "shares_with"_a,
              "shares_documents"_a, "with_all"_a, "documents"_a,
              "By fingerprint: whether its publishers print it around "
              "everything.");
}

}  // namespace wirecopy::python
