// De-duplication in pieces, a batch at a time.

#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "arrays.h"
#include "bindings.h"
#include "options.h"
#include "wirecopy/names.h"
#include "wirecopy/spread.h"

namespace wirecopy::python {
namespace {

using namespace nb::literals;  // NOLINT(google-build-using-namespace)

// What a batch of documents is known by, column by column.
struct Sketches {
  std::vector<uint64_t> code_points;
  std::vector<uint64_t> ends;  // of each one's shingles
  std::vector<uint64_t> shingles;
  std::vector<uint32_t> keys;    // rows of as many as there are bands
  std::vector<uint64_t> packed;  // rows of packed_words()
};

Sketches SketchAll(const Records& records, BandSketcher* sketcher) {
  Sketches all;
  all.code_points.reserve(records.size());
  all.ends.reserve(records.size());
  for (size_t row = 0; row < records.size(); ++row) {
    const SketchedDocument one = sketcher->Sketch(records.Text(row));
    all.code_points.push_back(one.code_points);
    all.shingles.insert(all.shingles.end(), one.shingles.begin(),
                        one.shingles.end());
    all.ends.push_back(all.shingles.size());
    all.keys.insert(all.keys.end(), one.keys.begin(), one.keys.end());
    all.packed.insert(all.packed.end(), one.packed.begin(), one.packed.end());
  }
  return all;
}

nb::tuple Sketch(BandSketcher* sketcher, const Corpus& corpus) {
  const Sketches all =
      Unlocked([&] { return SketchAll(*corpus.records, sketcher); });
  return nb::make_tuple(Copied(all.code_points), Copied(all.ends),
                        Copied(all.shingles), Copied(all.keys),
                        Copied(all.packed));
}

// a, b, is_of_hub.
nb::tuple LinkTable(const std::vector<BucketLink>& links) {
  std::vector<int64_t> a;
  std::vector<int64_t> b;
  auto of_hub = std::make_unique<bool[]>(links.size());
  a.reserve(links.size());
  b.reserve(links.size());
  for (size_t i = 0; i < links.size(); ++i) {
    a.push_back(links[i].a);
    b.push_back(links[i].b);
    of_hub[i] = links[i].is_of_hub;
  }
  return nb::make_tuple(Copied(a), Copied(b),
                        ToNumpy(std::move(of_hub), {links.size()}));
}

nb::tuple AddToBuckets(BucketLinker* linker, const Given<uint64_t>& keys,
                       const Given<int64_t>& documents,
                       const Given<uint64_t>& packed) {
  const size_t rows = keys.size();
  const size_t words = linker->packed_words();
  CheckRows(documents.size(), rows, "documents");
  CheckRows(packed.size(), rows * words, "packed");
  std::vector<BucketLink> links;
  Unlocked([&] {
    for (size_t i = 0; i < rows; ++i) {
      linker->Add(keys.data()[i], documents.data()[i],
                  {packed.data() + i * words, words}, &links);
    }
  });
  return LinkTable(links);
}

nb::tuple FinishBuckets(BucketLinker* linker) {
  std::vector<BucketLink> links;
  linker->Finish(&links);
  return LinkTable(links);
}

void CountAll(PrefixFinder* finder, const Corpus& corpus) {
  Unlocked([&] {
    for (size_t row = 0; row < corpus.records->size(); ++row) {
      finder->Count(corpus.records->Text(row));
    }
  });
}

// Of those that are above 0: places, counts.
nb::tuple CountersOf(const PrefixFinder& finder) {
  std::vector<int64_t> places;
  std::vector<int64_t> counts;
  for (size_t place = 0; place < PrefixFinder::kCounters; ++place) {
    const uint32_t count = finder.CounterAt(place);
    if (count == 0) continue;
    places.push_back(static_cast<int64_t>(place));
    counts.push_back(count);
  }
  return nb::make_tuple(Copied(places), Copied(counts));
}

void AddCounters(PrefixFinder* finder, const Given<int64_t>& places,
                 const Given<int64_t>& counts) {
  CheckRows(counts.size(), places.size(), "counts");
  for (size_t i = 0; i < places.size(); ++i) {
    const auto place = static_cast<uint64_t>(places.data()[i]);
    if (place >= PrefixFinder::kCounters) {
      throw nb::value_error(absl::StrCat("counter ", place).c_str());
    }
    const int64_t count = std::clamp<int64_t>(counts.data()[i], 0, UINT32_MAX);
    finder->AddToCounter(place, static_cast<uint32_t>(count));
  }
}

// ends, shingles.
nb::tuple PrefixesOf(PrefixFinder* finder, const Corpus& corpus) {
  std::vector<uint64_t> ends;
  std::vector<uint64_t> shingles;
  Unlocked([&] {
    for (size_t row = 0; row < corpus.records->size(); ++row) {
      const auto prefix = finder->Prefix(corpus.records->Text(row));
      shingles.insert(shingles.end(), prefix.begin(), prefix.end());
      ends.push_back(shingles.size());
    }
  });
  return nb::make_tuple(Copied(ends), Copied(shingles));
}

// kept, similarities.
nb::tuple ReplayAll(StarReplay* stars, const Corpus& corpus,
                    const Given<int64_t>& groups,
                    const Given<int64_t>& documents,
                    const Given<uint8_t>& in_hubs) {
  const Records& records = *corpus.records;
  CheckRows(groups.size(), records.size(), "groups");
  CheckRows(documents.size(), records.size(), "documents");
  CheckRows(in_hubs.size(), records.size(), "in_hubs");
  std::vector<int64_t> kept;
  std::vector<double> similarities;
  Unlocked([&] {
    for (size_t row = 0; row < records.size(); ++row) {
      const StarReplay::Fate fate =
          stars->Add(groups.data()[row], documents.data()[row],
                     in_hubs.data()[row] != 0, records.Text(row));
      kept.push_back(fate.kept);
      similarities.push_back(fate.similarity);
    }
  });
  return nb::make_tuple(Copied(kept), Copied(similarities));
}

// By document, rising in what is kept first: whether there is no date; the time
// in microseconds.
nb::tuple Times(const Corpus& corpus) {
  const size_t rows = corpus.source->size();
  auto missing = std::make_unique<bool[]>(rows);
  auto times = std::make_unique<int64_t[]>(rows);
  for (size_t row = 0; row < rows; ++row) {
    const auto time = corpus.source->Published(static_cast<uint32_t>(row));
    missing[row] = !time;
    times[row] = time ? absl::ToUnixMicros(*time) : 0;
  }
  return nb::make_tuple(ToNumpy(std::move(missing), {rows}),
                        ToNumpy(std::move(times), {rows}));
}

std::string NameOfCluster(nb::handle id) {
  if (PyUnicode_Check(id.ptr())) {
    return ClusterName({false, nb::cast<std::string>(id)});
  }
  return ClusterName({true, nb::cast<std::string>(nb::str(id))});
}

template <typename Piece>
void NewPiece(Piece* self, const MatchOptions& match) {
  new (self) Piece(Take(Piece::Create(match)));
}

}  // namespace

void BindSpread(nb::module_* module) {
  nb::class_<BandSketcher>(*module, "BandSketcher",
                           "What each document is known by.")
      .def("__init__", NewPiece<BandSketcher>, "match"_a)
      .def_prop_ro(
          "banding",
          [](const BandSketcher& sketcher) {
            return std::make_tuple(sketcher.banding().bands,
                                   sketcher.banding().rows);
          },
          "bands, rows")
      .def_prop_ro("packed_words", &BandSketcher::packed_words)
      .def("sketch", Sketch, "corpus"_a,
           "code_points, ends, shingles, keys, packed.");
  nb::class_<BucketLinker>(*module, "BucketLinker",
                           "Links documents of one key.")
      .def("__init__", NewPiece<BucketLinker>, "match"_a)
      .def("add", AddToBuckets, "keys"_a, "documents"_a, "packed"_a,
           "a, b, is_of_hub. Rows of a key come one after another.")
      .def("finish", FinishBuckets, "a, b, is_of_hub.");
  nb::class_<PrefixFinder>(*module, "PrefixFinder",
                           "Chooses rare shingles of documents in hubs.")
      .def("__init__", NewPiece<PrefixFinder>, "match"_a)
      .def("count", CountAll, "corpus"_a)
      .def("counters", CountersOf, "places, counts.")
      .def("add_counters", AddCounters, "places"_a, "counts"_a)
      .def("prefixes", PrefixesOf, "corpus"_a, "ends, shingles.");
  nb::class_<StarReplay>(*module, "StarReplay", "Who stays of a group.")
      .def("__init__", NewPiece<StarReplay>, "match"_a)
      .def("add", ReplayAll, "corpus"_a, "groups"_a, "documents"_a, "in_hubs"_a,
           "kept, similarities.");
  module->def("times", Times, "corpus"_a,
              "By document: whether there is no date, and microseconds.");
  module->def("cluster_name", NameOfCluster, "id"_a,
              "The name of the cluster of which this document is kept.");
}

}  // namespace wirecopy::python
