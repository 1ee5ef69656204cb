#include "cli/profile.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "base/hash.h"
#include "cli/log.h"

namespace wirecopy::cli {
namespace {

using Clock = std::chrono::steady_clock;

double Seconds(Clock::duration time) {
  return std::chrono::duration<double>(time).count();
}

// Bytes a second at best.
template <typename Run>
double BestRate(size_t bytes, int rounds, Run run) {
  double best = 0;
  for (int i = 0; i < rounds; ++i) {
    const Clock::time_point begin = Clock::now();
    run();
    const double seconds = Seconds(Clock::now() - begin);
    if (seconds > 0)
      best = std::max(best, static_cast<double>(bytes) / seconds);
  }
  return best;
}

// Of more memory than caches hold.
double MemcpyRate() {
  constexpr size_t kBytes = size_t{64} << 20;
  const std::vector<char> from(kBytes, 'x');
  std::vector<char> to(kBytes, 'y');
  return BestRate(kBytes, 4, [&] {
    std::memcpy(to.data(), from.data(), kBytes);
    // So that it must be done.
    asm volatile("" : : "r"(to.data()) : "memory");
  });
}

// Of text that is in the cache, as it is when it has been read.
double HashRate() {
  constexpr size_t kBytes = size_t{1} << 18;
  const std::vector<char> text(kBytes, 'x');
  return BestRate(kBytes, 200, [&] {
    const Hash128Value hash = Hash128(text.data(), kBytes, 0);
    asm volatile("" : : "r"(hash.low), "r"(hash.high) : "memory");
  });
}

// Times what another sink does with texts, and how long they took to come.
class TimedSink : public DocumentSink {
 public:
  explicit TimedSink(DocumentSink* sink) : sink_(*sink) {}

  void Begin(int workers) override {
    workers_.resize(static_cast<size_t>(workers));
    sink_.Begin(workers);
  }
  void BeginBlock(int worker, size_t block) override {
    workers_[static_cast<size_t>(worker)].last = Clock::now();
    sink_.BeginBlock(worker, block);
  }
  void Add(int worker, std::string_view text) override {
    Worker& own = workers_[static_cast<size_t>(worker)];
    const Clock::time_point begin = Clock::now();
    sink_.Add(worker, text);
    const Clock::time_point end = Clock::now();
    own.waited += begin - own.last;
    own.added += end - begin;
    own.last = end;
  }

  double waited() const { return Sum(&Worker::waited); }
  double added() const { return Sum(&Worker::added); }

 private:
  struct alignas(64) Worker {
    Clock::time_point last;
    Clock::duration waited{0};
    Clock::duration added{0};
  };

  double Sum(Clock::duration Worker::*time) const {
    double sum = 0;
    for (const Worker& worker : workers_) sum += Seconds(worker.*time);
    return sum;
  }

  DocumentSink& sink_;
  std::vector<Worker> workers_;
};

}  // namespace

class TimedSource : public DocumentSource {
 public:
  TimedSource(Corpus* corpus, std::string_view scan_stage, Profile* profile)
      : corpus_(*corpus), scan_stage_(scan_stage), profile_(*profile) {}

  absl::Status Scan(int threads, DocumentSink* sink) override {
    TimedSink timed(sink);
    profile_.BeginStage("read");
    absl::Status status = corpus_.Scan(threads, &timed);
    profile_.EndScan(corpus_.stats().read_seconds, timed.waited(), scan_stage_,
                     timed.added());
    return status;
  }
  uint32_t size() const override { return corpus_.size(); }
  Place Origin(uint32_t document) const override {
    return corpus_.Origin(document);
  }
  DocumentId Id(uint32_t document) const override {
    return corpus_.Id(document);
  }
  std::optional<absl::Time> Published(uint32_t document) const override {
    return corpus_.Published(document);
  }
  std::string_view Publisher(uint32_t document) const override {
    return corpus_.Publisher(document);
  }
  std::unique_ptr<TextReader> NewReader() const override {
    return corpus_.NewReader();
  }
  uint64_t ExpectedBytes() const override { return corpus_.ExpectedBytes(); }
  absl::Status ReadError() const override { return corpus_.ReadError(); }

 private:
  Corpus& corpus_;
  const std::string scan_stage_;
  Profile& profile_;
};

std::unique_ptr<DocumentSource> Profile::Timed(Corpus* corpus,
                                               std::string_view scan_stage) {
  return std::make_unique<TimedSource>(corpus, scan_stage, this);
}

void Profile::BeginStage(std::string_view stage) {
  EndStage();
  stage_ = std::string(stage);
  begin_ = Clock::now();
  processor_begin_ = std::clock();
}

void Profile::EndStage() {
  if (stage_.empty()) return;
  Charge(stage_, Seconds(Clock::now() - begin_),
         static_cast<double>(std::clock() - processor_begin_) / CLOCKS_PER_SEC);
  stage_.clear();
}

void Profile::Charge(std::string_view stage, double wall, double processor) {
  auto found =
      std::find_if(costs_.begin(), costs_.end(),
                   [&](const StageCost& cost) { return cost.stage == stage; });
  if (found == costs_.end()) {
    found = costs_.insert(found, {std::string(stage), 0, 0});
  }
  found->wall_seconds += wall;
  found->processor_seconds += processor;
}

void Profile::EndScan(double read, double parse, std::string_view job_stage,
                      double job) {
  EndStage();
  const StageCost whole = costs_.back();
  costs_.pop_back();
  const double sum = read + parse + job;
  const auto charge = [&](std::string_view stage, double part) {
    const double share = sum > 0 ? part / sum : 0;
    Charge(stage, share * whole.wall_seconds, share * whole.processor_seconds);
  };
  charge("read", read);
  charge("parse", parse);
  charge(job_stage, job);
}

void Profile::Show(int threads, uint64_t bytes) {
  EndStage();
  // As documents go through them; parts of some come before others.
  static constexpr std::string_view kOrder[] = {
      "read", "parse", "sketch", "band",    "verify",   "tokenize",
      "seed", "align", "report", "lineage", "verdicts", "write"};
  const auto place = [](const StageCost& cost) {
    return std::find(std::begin(kOrder), std::end(kOrder), cost.stage);
  };
  std::sort(costs_.begin(), costs_.end(),
            [&](const StageCost& a, const StageCost& b) {
              return place(a) < place(b);
            });
  const RunProfile profile = {threads, bytes, costs_, MemcpyRate(), HashRate()};
  Log(LogsJson() ? ProfileEvent(profile) : ProfileText(profile));
}

}  // namespace wirecopy::cli
