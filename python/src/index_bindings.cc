// The persistent index.

#include <nanobind/stl/string.h>
#include <sys/types.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "bindings.h"
#include "passage_tables.h"
#include "wirecopy/dedup.h"
#include "wirecopy/index.h"
#include "wirecopy/passages.h"

namespace wirecopy::python {
namespace {

using namespace nb::literals;  // NOLINT(google-build-using-namespace)

// An open index, or one that has been closed. Threads may call it at will:
// changes wait for one another, and the end waits for all. A forked process has
// none of the threads that may have held a lock then: it takes none, and the
// index itself refuses what it is asked there.
class HeldIndex {
 public:
  explicit HeldIndex(std::unique_ptr<Index> index) : index_(std::move(index)) {}

  // Python's lock is not to be held, in any of these.
  template <typename Work>
  auto Read(const Work& work) -> decltype(work(std::declval<Index&>())) {
    std::shared_lock<std::shared_mutex> open(open_, std::defer_lock);
    if (IsOurs()) open.lock();
    if (index_ == nullptr) return Closed();
    return work(*index_);
  }
  template <typename Work>
  auto Change(const Work& work) -> decltype(work(std::declval<Index&>())) {
    std::unique_lock<std::mutex> alone(changes_, std::defer_lock);
    if (IsOurs()) alone.lock();
    return Read(work);
  }
  absl::Status Close() {
    if (!IsOurs()) return absl::OkStatus();
    const std::unique_lock<std::shared_mutex> open(open_);
    if (index_ == nullptr) return absl::OkStatus();
    const absl::Status status = index_->Close();
    index_.reset();
    return status;
  }

 private:
  static absl::Status Closed() {
    return absl::FailedPreconditionError("the index is closed");
  }

  bool IsOurs() const { return getpid() == opened_by_; }

  const pid_t opened_by_ = getpid();
  std::shared_mutex open_;
  std::mutex changes_;
  std::unique_ptr<Index> index_;
};

nb::object IdToPython(const DocumentId& id) {
  const nb::str text(id.text.data(), id.text.size());
  if (!id.is_integer) return text;
  return nb::module_::import_("builtins").attr("int")(text);
}

DocumentId IdFromPython(nb::handle id) {
  if (PyUnicode_Check(id.ptr())) {
    Py_ssize_t size = 0;
    const char* const utf8 = PyUnicode_AsUTF8AndSize(id.ptr(), &size);
    if (utf8 == nullptr) throw nb::python_error();  // a lone surrogate
    return {false, std::string(utf8, static_cast<size_t>(size))};
  }
  if (PyLong_Check(id.ptr()) && !PyBool_Check(id.ptr())) {
    return {true, nb::cast<std::string>(nb::str(id))};
  }
  throw nb::type_error("an id must be str or int");
}

nb::list PassageList(const std::vector<SeenPassage>& passages) {
  nb::list list;
  for (const SeenPassage& passage : passages) {
    nb::dict one;
    one["other"] = IdToPython(passage.other);
    one["begin"] = passage.begin;
    one["end"] = passage.end;
    one["other_begin"] = passage.other_begin;
    one["other_end"] = passage.other_end;
    one["words"] = passage.words;
    one["edits"] = passage.edits;
    const std::string_view kind = PassageKindName(passage.kind);
    one["kind"] = nb::str(kind.data(), kind.size());
    list.append(one);
  }
  return list;
}

nb::list AnswerList(const std::vector<Document>& documents,
                    const std::vector<IndexAnswer>& answers) {
  nb::list list;
  for (size_t i = 0; i < answers.size(); ++i) {
    const IndexAnswer& answer = answers[i];
    nb::dict one;
    one["id"] = IdToPython(documents[i].id);
    const std::string_view status = IndexStatusName(answer.status);
    one["status"] = nb::str(status.data(), status.size());
    one["held_as"] = answer.held_as ? IdToPython(*answer.held_as) : one["id"];
    one["was_orphan"] = answer.was_orphan;
    one["of"] = nb::none();
    one["similarity"] = nb::none();
    if (answer.of) {
      one["of"] = IdToPython(*answer.of);
      one["similarity"] = answer.similarity;
    }
    one["former_similarity"] = nb::none();
    if (answer.status == IndexStatus::kRevision) {
      one["former_similarity"] = answer.former_similarity;
    }
    one["passages"] = PassageList(answer.passages);
    list.append(one);
  }
  return list;
}

// Of the corpus, which must outlive them.
std::vector<Document> DocumentsOf(const Corpus& corpus) {
  std::vector<Document> documents;
  documents.reserve(corpus.source->size());
  for (uint32_t row = 0; row < corpus.source->size(); ++row) {
    documents.push_back(
        {corpus.source->Id(row), corpus.records->Text(row),
         corpus.source->Published(row), corpus.columns->Publisher(row),
         corpus.columns->Details(row), corpus.columns->ids().are_rows()});
  }
  return documents;
}

nb::list Add(HeldIndex* held, const Corpus& corpus) {
  const std::vector<Document> documents = DocumentsOf(corpus);
  const auto answers = Take(Unlocked([&] {
    return held->Change([&](Index& index) { return index.Add(documents); });
  }));
  return AnswerList(documents, answers);
}

nb::list Query(HeldIndex* held, const Corpus& corpus) {
  const std::vector<Document> documents = DocumentsOf(corpus);
  const auto answers = Take(Unlocked([&] {
    return held->Read([&](Index& index) { return index.Query(documents); });
  }));
  return AnswerList(documents, answers);
}

nb::object TextOrNone(const std::string& text) {
  if (text.empty()) return nb::none();
  return nb::str(text.data(), text.size());
}

// None where it is not held.
nb::object Get(HeldIndex* held, nb::handle wanted) {
  const DocumentId id = IdFromPython(wanted);
  const auto found = Take(Unlocked(
      [&] { return held->Read([&](Index& index) { return index.Get(id); }); }));
  if (!found) return nb::none();
  nb::dict one;
  one["id"] = IdToPython(found->id);
  one["text"] = nb::str(found->text.data(), found->text.size());
  one["published"] = nb::none();
  if (found->published) {
    const std::string time = absl::FormatTime(
        absl::RFC3339_full, *found->published, absl::UTCTimeZone());
    one["published"] = nb::str(time.data(), time.size());
  }
  one["publisher"] = TextOrNone(found->publisher);
  one["url"] = TextOrNone(found->url);
  one["title"] = TextOrNone(found->title);
  one["of"] = found->of ? IdToPython(*found->of) : nb::none();
  one["orphan"] = found->is_orphan;
  one["similarity"] = nb::none();
  if (found->of) one["similarity"] = found->similarity;
  return one;
}

nb::list Remove(HeldIndex* held, const nb::list& wanted) {
  std::vector<DocumentId> ids;
  ids.reserve(wanted.size());
  for (const nb::handle id : wanted) ids.push_back(IdFromPython(id));
  const auto were_there = Take(Unlocked([&] {
    return held->Change([&](Index& index) { return index.Remove(ids); });
  }));
  nb::list list;
  for (const bool was_there : were_there) list.append(was_there);
  return list;
}

nb::dict Info(HeldIndex* held) {
  const IndexInfo info = Take(Unlocked(
      [&] { return held->Read([](Index& index) { return index.Info(); }); }));
  nb::dict found;
  found["documents"] = info.documents;
  found["duplicates"] = info.duplicates;
  found["orphans"] = info.orphans;
  found["text_bytes"] = info.text_bytes;
  found["disk_bytes"] = info.disk_bytes;
  found["unfiled_bands"] = info.unfiled_bands;
  return found;
}

void Verify(HeldIndex* held) {
  Check(Unlocked(
      [&] { return held->Read([](Index& index) { return index.Verify(); }); }));
}

void Compact(HeldIndex* held) {
  Check(Unlocked([&] {
    return held->Change([](Index& index) { return index.Compact(); });
  }));
}

void Create(const std::string& folder, const MatchOptions& match,
            const PassagesOptions& passages, bool has_passages) {
  IndexParameters parameters;
  parameters.threshold = match.threshold;
  parameters.measure = match.measure;
  parameters.recall = match.recall;
  parameters.shingle = match.shingle;
  parameters.has_passages = has_passages;
  parameters.passage = passages.passage;
  Check(Unlocked([&] { return Index::Create(folder, parameters); }));
}

void Open(HeldIndex* self, const std::string& folder, bool writes, int threads,
          size_t cache_bytes, bool answers_passages) {
  IndexOptions options;
  options.threads = threads;
  options.cache_bytes = cache_bytes;
  options.answers_passages = answers_passages;
  const auto access = writes ? Index::Access::kWrite : Index::Access::kRead;
  new (self) HeldIndex(
      Take(Unlocked([&] { return Index::Open(folder, access, options); })));
}

}  // namespace

void BindIndex(nb::module_* module) {
  module->def("create_index", Create, "folder"_a, "match"_a, "passages"_a,
              "has_passages"_a);
  nb::class_<HeldIndex>(*module, "Index", "An open index.")
      .def("__init__", Open, "folder"_a, "writes"_a, "threads"_a,
           "cache_bytes"_a, "answers_passages"_a)
      .def("add", Add, "corpus"_a)
      .def("query", Query, "corpus"_a)
      .def("get", Get, "id"_a.none())
      .def("remove", Remove, "ids"_a)
      .def("info", Info)
      .def("verify", Verify)
      .def("compact", Compact)
      .def("close", [](HeldIndex* held) {
        Check(Unlocked([&] { return held->Close(); }));
      });
}

}  // namespace wirecopy::python
