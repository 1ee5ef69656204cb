// The passages that documents share.

#include <nanobind/stl/string.h>

#include <string>
#include <utility>

#include "bindings.h"
#include "options.h"
#include "passage_tables.h"
#include "wirecopy/passages.h"

namespace wirecopy::python {
namespace {

using namespace nb::literals;  // NOLINT(google-build-using-namespace)

void NewOptions(PassagesOptions* self, int min_run, int min_words,
                int min_letters, int fragment_words, int lone_words,
                int max_gap, bool every_run, uint64_t seed, bool all_pairs,
                bool repeats, int threads) {
  new (self) PassagesOptions();
  PassageOptions& passage = self->passage;
  passage.min_run = min_run;
  passage.min_words = min_words;
  passage.min_letters = min_letters;
  passage.fragment_words = fragment_words;
  passage.lone_words = lone_words;
  passage.max_gap = max_gap;
  passage.every_run = every_run;
  passage.seed = seed;
  self->all_pairs = all_pairs;
  self->self = repeats;
  self->threads = threads;
  Check(Validate(*self));
}

// passages, groups, stats.
nb::tuple FindCorpusPassages(const Corpus& corpus,
                             const PassagesOptions& options) {
  const PassagesResult found = Take(Unlocked([&] {
    const absl::Status status = corpus.records->CheckUtf8();
    return status.ok() ? FindPassages(options, corpus.source.get())
                       : absl::StatusOr<PassagesResult>(status);
  }));
  const IdColumn& ids = corpus.columns->ids();
  nb::dict stats;
  stats["documents"] = corpus.source->size();
  stats["candidates"] = found.stats.candidates;
  stats["pairs"] = found.stats.pairs;
  stats["passages"] = found.passages.size();
  stats["groups"] = found.groups.size();
  stats["capped_fingerprints"] = found.stats.capped_fingerprints;
  stats["unreadable_dates"] = corpus.columns->dates().unreadable();
  return nb::make_tuple(Table(PassageColumns(found, ids)),
                        GroupTable(found, ids), stats);
}

}  // namespace

void BindPassages(nb::module_* module) {
  const PassageOptions defaults;
  nb::class_<PassagesOptions>(*module, "Passages", "Which passages are found.")
      .def("__init__", NewOptions, nb::kw_only(),
           "min_run"_a = defaults.min_run, "min_words"_a = defaults.min_words,
           "min_letters"_a = defaults.min_letters,
           "fragment_words"_a = defaults.fragment_words,
           "lone_words"_a = defaults.lone_words, "max_gap"_a = defaults.max_gap,
           "every_run"_a = false, "seed"_a = 0, "all_pairs"_a = false,
           "repeats"_a = false, "threads"_a = 1);
  module->def("passages", FindCorpusPassages, "corpus"_a, "options"_a,
              "All reused passages: passages, groups, stats.");
}

}  // namespace wirecopy::python
