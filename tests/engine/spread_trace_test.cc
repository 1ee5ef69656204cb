// Tracing in pieces, against the same in one place.

#include "wirecopy/spread_trace.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cluster/union_find.h"
#include "io/corpus.h"
#include "tests/support/collect_sink.h"
#include "tests/support/passage_corpus.h"
#include "tests/support/trace_corpus.h"

namespace wirecopy {
namespace {

using oracle::Article;
using oracle::Articles;
using oracle::DocumentsOf;
using oracle::RunTrace;

// All that a trace says, in ids: each a line, whatever the numbers of
// documents, groups and families are.
class Lines {
 public:
  Lines(const TraceResult& trace, const std::vector<Document>& documents)
      : trace_(trace), documents_(documents) {
    AddPassages();
    AddEdges();
    AddLineage();
  }

  std::multiset<std::string> lines() && { return std::move(lines_); }

 private:
  const std::string& Id(uint32_t document) const {
    return documents_[document].id.text;
  }
  std::string Id(const std::optional<uint32_t>& document) const {
    return document ? Id(*document) : "nobody";
  }

  void AddPassages() {
    const auto& passages = trace_.passages.passages;
    for (size_t i = 0; i < passages.size(); ++i) {
      const ReusedPassage& p = passages[i];
      const PassageGroup& group = trace_.passages.groups[p.group];
      const PassageGroup::Member& first = group.members[group.first];
      lines_.insert(absl::StrCat(
          "passage ", Id(p.a), " ", p.a_span.begin, " ", p.a_span.end, " ",
          Id(p.b), " ", p.b_span.begin, " ", p.b_span.end, " ", p.words, " ",
          p.edits, " ", static_cast<int>(p.kind), " of ", group.members.size(),
          " ", Id(first.document), " ", first.span.begin, " from ",
          Id(trace_.passage_sources[i]), " ", trace_.passage_confidences[i]));
    }
  }

  void AddEdges() {
    for (const TraceEdge& e : trace_.edges) {
      std::string line =
          absl::StrCat("edge ", Id(e.a), " ", Id(e.b), " ", Id(e.source), " ",
                       e.confidence, " ", static_cast<int>(e.relation), " ",
                       e.words, " ", e.a_coverage, " ", e.b_coverage);
      for (const Evidence& piece : e.evidence) {
        absl::StrAppend(&line, "; ", piece.feature, " ", piece.weight, " ",
                        piece.detail);
      }
      lines_.insert(std::move(line));
    }
  }

  void AddLineage() {
    std::map<uint32_t, std::string> families;  // by their first ids
    std::map<uint32_t, std::string> sources;
    for (const LineageRecord& r : trace_.lineage) {
      families.try_emplace(r.family, Id(r.document));
      sources.try_emplace(r.source_group, Id(r.document));
    }
    sources[0] = "none";
    for (const LineageRecord& r : trace_.lineage) {
      std::string line = absl::StrCat(
          "lineage ", Id(r.document), " ", families[r.family], " ",
          static_cast<int>(r.status), " ", r.absent_confidence, " ",
          sources[r.source_group], " ", Id(r.origin), " ", r.clock_overruled);
      for (const auto& [name, list] : {std::pair("parent", &r.parents),
                                       std::pair("other", &r.runners_up)}) {
        for (const LineageParent& parent : *list) {
          absl::StrAppend(&line, "; ", name, " ", Id(parent.document), " ",
                          parent.confidence, " ", parent.words, " ",
                          parent.share);
        }
      }
      lines_.insert(std::move(line));
    }
  }

  const TraceResult& trace_;
  const std::vector<Document>& documents_;
  std::multiset<std::string> lines_;
};

Articles NewsroomArticles() {
  CorpusOptions options;
  options.paths = {WIRECOPY_CORPUS_DIR "/newsroom/articles.jsonl"};
  options.keeps_publishers = true;
  Articles articles;
  oracle::CollectSink sink;
  const auto corpus = Corpus::Open(options);
  EXPECT_TRUE(corpus.ok()) << corpus.status();
  if (!corpus.ok()) return articles;
  const absl::Status status = (*corpus)->Scan(1, &sink);
  EXPECT_TRUE(status.ok()) << status;
  for (uint32_t d = 0; d < (*corpus)->size(); ++d) {
    articles.push_back({(*corpus)->Id(d).text, sink.TextOf(**corpus, d),
                        (*corpus)->Published(d),
                        std::string((*corpus)->Publisher(d))});
  }
  return articles;
}

// What a framework would carry about, in memory.
class SpreadTraceRun {
 public:
  // Fingerprints of more than `most` documents bring nobody together.
  SpreadTraceRun(TraceOptions options, const Articles& articles,
                 size_t most = SIZE_MAX)
      : options_(std::move(options)),
        documents_(DocumentsOf(articles)),
        most_(most) {
    options_.keeps_delays = true;
  }

  // Traces `groups_a_part` groups at a time.
  std::multiset<std::string> Run(size_t groups_a_part) {
    const auto groups = Groups();
    auto tracer = PartTracer::Create(options_, documents_.size(), Count());
    EXPECT_TRUE(tracer.ok()) << tracer.status();
    std::multiset<std::string> lines;
    for (size_t begin = 0; begin < groups.size(); begin += groups_a_part) {
      const size_t end = std::min(groups.size(), begin + groups_a_part);
      std::vector<uint32_t> members;
      for (size_t g = begin; g < end; ++g) {
        members.insert(members.end(), groups[g].begin(), groups[g].end());
      }
      lines.merge(TracePart(members, &*tracer));
    }
    return lines;
  }

  // Traces each group as if it were all.
  std::multiset<std::string> RunAlone() {
    std::multiset<std::string> lines;
    for (const std::vector<uint32_t>& members : Groups()) {
      std::vector<Document> part;
      part.reserve(members.size());
      for (const uint32_t d : members) part.push_back(documents_[d]);
      lines.merge(Lines(RunTrace(options_, part), part).lines());
    }
    return lines;
  }

  size_t groups() const { return groups_; }
  size_t capped() const { return verdicts_.size(); }
  // Copies, and all delays, by source and copy.
  using Feeds = std::map<std::pair<std::string, std::string>,
                         std::pair<uint64_t, std::multiset<absl::Duration>>>;
  const Feeds& feeds() const { return feeds_; }

 private:
  std::vector<std::vector<uint32_t>> Groups() {
    auto reader = FingerprintReader::Create(options_.passages.passage);
    EXPECT_TRUE(reader.ok()) << reader.status();
    std::map<uint64_t, std::vector<uint32_t>> postings;
    for (uint32_t d = 0; d < documents_.size(); ++d) {
      const FingerprintedDocument found = reader->Read(documents_[d].text);
      tokens_ += found.tokens;
      EXPECT_TRUE(
          std::is_sorted(found.fingerprints.begin(), found.fingerprints.end()));
      for (const uint64_t print : found.fingerprints) {
        postings[print].push_back(d);
      }
    }
    UnionFind joined(documents_.size());
    for (const auto& [print, with] : postings) {
      if (with.size() > most_) {
        verdicts_.push_back({print, Judge(with)});
      } else {
        for (const uint32_t d : with) joined.Union(with[0], d);
      }
    }
    std::map<uint32_t, std::vector<uint32_t>> groups;
    for (uint32_t d = 0; d < documents_.size(); ++d) {
      groups[joined.Find(d)].push_back(d);
    }
    std::vector<std::vector<uint32_t>> found;
    for (auto& [first, members] : groups) found.push_back(std::move(members));
    groups_ = found.size();
    return found;
  }

  uint32_t DocumentsOfPublisher(uint32_t d) const {
    const std::string_view publisher = documents_[d].publisher;
    if (publisher.empty()) return 0;
    return static_cast<uint32_t>(
        std::count_if(documents_.begin(), documents_.end(),
                      [publisher](const Document& document) {
                        return document.publisher == publisher;
                      }));
  }

  bool Judge(const std::vector<uint32_t>& with) const {
    std::map<std::string_view, PublisherShare> shares;
    for (const uint32_t d : with) {
      if (documents_[d].publisher.empty()) continue;
      PublisherShare& share = shares[documents_[d].publisher];
      share.documents = DocumentsOfPublisher(d);
      ++share.with;
    }
    std::vector<PublisherShare> all;
    all.reserve(shares.size());
    for (const auto& [publisher, share] : shares) all.push_back(share);
    return IsFurniture(all, with.size(), documents_.size());
  }

  // In two halves, which are added up.
  std::vector<uint32_t> Count() const {
    std::vector<uint32_t> counts(TokenCounter::SlotsFor(tokens_));
    for (size_t half = 0; half < 2; ++half) {
      auto counter = TokenCounter::Create(options_.passages.passage, tokens_);
      EXPECT_TRUE(counter.ok()) << counter.status();
      for (size_t d = half; d < documents_.size(); d += 2) {
        counter->Count(documents_[d].text);
      }
      for (size_t slot = 0; slot < counts.size(); ++slot) {
        counts[slot] += counter->At(slot);
      }
    }
    return counts;
  }

  std::multiset<std::string> TracePart(const std::vector<uint32_t>& members,
                                       PartTracer* tracer) {
    std::vector<Document> part;
    std::vector<uint32_t> counts;
    for (const uint32_t d : members) {
      part.push_back(documents_[d]);
      counts.push_back(DocumentsOfPublisher(d));
    }
    const auto source = NewMemorySource(part);
    const auto trace = tracer->Trace(counts, verdicts_, source.get());
    EXPECT_TRUE(trace.ok()) << trace.status();
    if (!trace.ok()) return {};
    for (const PublisherEdge& edge : trace->publishers) {
      EXPECT_TRUE(std::is_sorted(edge.delays.begin(), edge.delays.end()));
      auto& [copies, delays] = feeds_[{edge.source, edge.copy}];
      copies += edge.documents;
      delays.insert(edge.delays.begin(), edge.delays.end());
    }
    return Lines(*trace, part).lines();
  }

  TraceOptions options_;
  const std::vector<Document> documents_;
  const size_t most_;
  uint64_t tokens_ = 0;
  size_t groups_ = 0;
  std::vector<FingerprintVerdict> verdicts_;
  Feeds feeds_;
};

// The newsroom; families in which anything is copied, of papers that are in
// several of them; and a paper that prints a footer below articles of its own.
Articles SomeArticles() {
  Articles articles = NewsroomArticles();
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    for (Article article : oracle::RandomArticles(seed, 4000, 9)) {
      article.id = absl::StrCat("r", seed, article.id);
      articles.push_back(std::move(article));
    }
  }
  oracle::Prose prose(17);
  const std::string footer = prose.Paragraph();
  for (int i = 0; i < 12; ++i) {
    std::string text = prose.Paragraph(6);
    articles.push_back({absl::StrCat("g", i), text + "\n\n" + footer,
                        oracle::Day(i), "Gazette"});
    if (i % 3 != 0) continue;
    articles.push_back({absl::StrCat("h", i), text + "\n\n" + prose.Paragraph(),
                        oracle::Day(i + 1), "Herald"});
  }
  // Some know no more than the day.
  for (size_t i = 0; i < articles.size(); i += 3) {
    Article& article = articles[i];
    if (!article.published) continue;
    constexpr absl::Duration kDay = absl::Hours(24);
    article.published =
        absl::UnixEpoch() +
        absl::Floor(*article.published - absl::UnixEpoch(), kDay);
    article.published_is_uncertain = true;
  }
  std::sort(articles.begin(), articles.end(),
            [](const auto& x, const auto& y) { return x.id < y.id; });
  return articles;
}

std::multiset<std::string> WholeLines(const TraceOptions& options,
                                      const Articles& articles) {
  const std::vector<Document> documents = DocumentsOf(articles);
  return Lines(RunTrace(options, documents), documents).lines();
}

size_t CountOf(const std::multiset<std::string>& lines,
               std::string_view beginning) {
  return static_cast<size_t>(std::count_if(
      lines.begin(), lines.end(),
      [&](const std::string& line) { return line.starts_with(beginning); }));
}

TEST(SpreadTraceTest, PartsSayWhatTheWholeSays) {
  const Articles articles = SomeArticles();
  for (const bool use_dates : {true, false}) {
    TraceOptions options;
    options.use_dates = use_dates;
    options.passages.self = use_dates;
    const auto whole = WholeLines(options, articles);
    EXPECT_GT(CountOf(whole, "edge "), 50U);
    EXPECT_GT(CountOf(whole, "lineage "), 50U);
    for (const size_t groups_a_part : {size_t{1}, size_t{3}, size_t{1000}}) {
      SpreadTraceRun run(options, articles);
      EXPECT_EQ(run.Run(groups_a_part), whole) << groups_a_part;
      EXPECT_GT(run.groups(), 5U);
    }
  }
}

TEST(SpreadTraceTest, AllPairsOfParts) {
  const Articles articles = SomeArticles();
  TraceOptions options;
  options.passages.all_pairs = true;
  EXPECT_EQ(PartTracer::Create(options, 1, std::vector<uint32_t>(1024))
                .status()
                .code(),
            absl::StatusCode::kInvalidArgument);
  options.passages.most_documents = 5;
  EXPECT_EQ(SpreadTraceRun(options, articles).Run(2),
            WholeLines(options, articles));
}

// The counts of a corpus matter: of the same groups Trace says something else.
TEST(SpreadTraceTest, AGroupAloneKnowsLess) {
  const Articles articles = SomeArticles();
  EXPECT_NE(SpreadTraceRun({}, articles).RunAlone(), WholeLines({}, articles));
}

// What only furniture joins is told apart, and nothing else is lost by that but
// the passages that are furniture.
TEST(SpreadTraceTest, FurnitureNeedNotJoin) {
  const Articles articles = SomeArticles();
  const auto whole = WholeLines({}, articles);
  SpreadTraceRun all({}, articles);
  all.Run(1);
  SpreadTraceRun run({}, articles, 11);
  const auto lines = run.Run(1);
  EXPECT_EQ(SpreadTraceRun({}, articles, 11).Run(1000), lines);
  EXPECT_GT(run.capped(), 3U);
  EXPECT_GT(run.groups(), all.groups());
  const auto tells = [](const std::string& line) {
    return !line.starts_with("passage ");
  };
  std::multiset<std::string> told;
  std::multiset<std::string> wanted;
  std::copy_if(lines.begin(), lines.end(), std::inserter(told, told.end()),
               tells);
  std::copy_if(whole.begin(), whole.end(), std::inserter(wanted, wanted.end()),
               tells);
  EXPECT_EQ(told, wanted);
  EXPECT_LT(CountOf(lines, "passage "), CountOf(whole, "passage "));
}

TEST(SpreadTraceTest, FeedsAddUp) {
  const Articles articles = SomeArticles();
  TraceOptions options;
  const TraceResult whole = RunTrace(options, DocumentsOf(articles));
  SpreadTraceRun run(options, articles);
  run.Run(1);
  ASSERT_EQ(run.feeds().size(), whole.publishers.size());
  ASSERT_FALSE(whole.publishers.empty());
  for (const PublisherEdge& edge : whole.publishers) {
    EXPECT_TRUE(edge.delays.empty());
    const auto& [copies, delays] = run.feeds().at({edge.source, edge.copy});
    EXPECT_EQ(copies, edge.documents);
    ASSERT_EQ(delays.empty(), !edge.median_delay.has_value());
    if (delays.empty()) continue;
    EXPECT_EQ(*std::next(delays.begin(),
                         static_cast<ptrdiff_t>((delays.size() - 1) / 2)),
              *edge.median_delay);
  }
}

TEST(SpreadTraceTest, RefusesCountsThatCannotBe) {
  const std::vector<uint32_t> slots(1024, 1);
  const auto code = [](const absl::Status& status) { return status.code(); };
  constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
  for (const size_t wrong : {0, 3, 512, 1023}) {
    EXPECT_EQ(
        code(PartTracer::Create({}, 2, std::vector<uint32_t>(wrong)).status()),
        kInvalid)
        << wrong;
  }
  EXPECT_EQ(code(PartTracer::Create({}, uint64_t{1} << 32, slots).status()),
            kInvalid);
  auto tracer = PartTracer::Create({}, 2, slots);
  ASSERT_TRUE(tracer.ok());
  const Articles articles = {{"a", "one text", {}, "Post"},
                             {"b", "another", {}, "Post"}};
  const std::vector<Document> documents = DocumentsOf(articles);
  const auto source = NewMemorySource(documents);
  for (const std::vector<uint32_t>& wrong :
       {std::vector<uint32_t>{2}, {2, 1}, {0, 0}, {3, 3}}) {
    EXPECT_EQ(code(tracer->Trace(wrong, {}, source.get()).status()), kInvalid);
  }
  const std::vector<uint32_t> right = {2, 2};
  EXPECT_TRUE(tracer->Trace(right, {}, source.get()).ok());
  TraceOptions options;
  options.passages.all_pairs = true;
  options.passages.most_documents = 2;
  auto of_pairs = PartTracer::Create(options, 2, slots);
  ASSERT_TRUE(of_pairs.ok());
  EXPECT_TRUE(of_pairs->Trace(right, {}, source.get()).ok());
  const FingerprintVerdict verdict = {1, true};
  EXPECT_EQ(code(of_pairs->Trace(right, {&verdict, 1}, source.get()).status()),
            kInvalid);
  PassageOptions passage;
  passage.min_run = 0;
  EXPECT_EQ(code(FingerprintReader::Create(passage).status()), kInvalid);
  EXPECT_EQ(code(TokenCounter::Create(passage, 1).status()), kInvalid);
}

}  // namespace
}  // namespace wirecopy
