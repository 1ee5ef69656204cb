// --profile: where a run's time goes.

#ifndef WIRECOPY_CLI_PROFILE_H_
#define WIRECOPY_CLI_PROFILE_H_

#include <chrono>
#include <cstdint>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/corpus.h"
#include "report/run_profile.h"
#include "wirecopy/document.h"

namespace wirecopy::cli {

// Hears of stages as a job begins them, and passes on what else it hears. The
// clocks of stages are those of the whole process.
class Profile : public ProgressListener {
 public:
  // `next` may be null.
  explicit Profile(ProgressListener* next) : next_(next) {}

  void Advance(std::string_view stage, uint64_t done, uint64_t total) override {
    if (next_ != nullptr) next_->Advance(stage, done, total);
  }
  // Ends the stage before; the same stage may come again.
  void BeginStage(std::string_view stage) override;

  // The same documents. A scan of them counts as reading, parsing and
  // `scan_stage`, which is what the job does with texts as they come, by the
  // time that its threads spent in each. Both outlive the source.
  std::unique_ptr<DocumentSource> Timed(Corpus* corpus,
                                        std::string_view scan_stage);

  // Ends the last stage, measures the limits and says it all on standard error.
  void Show(int threads, uint64_t bytes);

 private:
  friend class TimedSource;
  using Clock = std::chrono::steady_clock;

  void EndStage();
  void Charge(std::string_view stage, double wall, double processor);
  // Ends the stage and parts it by these seconds of its threads.
  void EndScan(double read, double parse, std::string_view job_stage,
               double job);

  ProgressListener* const next_;
  std::string stage_;  // empty before the first
  Clock::time_point begin_;
  std::clock_t processor_begin_ = 0;
  std::vector<StageCost> costs_;
};

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_PROFILE_H_
