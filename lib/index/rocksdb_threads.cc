#include "index/rocksdb_threads.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace wirecopy {
namespace {

std::atomic<pid_t> has_threads = 0;

// For a forked process. At the fork a thread that is not there any more may
// have held the lock of RocksDB's threads, which whoever sets their number or
// looks for their work would then wait for. One that reads gives them nothing
// to do.
class EnvWithoutThreads : public rocksdb::EnvWrapper {
 public:
  EnvWithoutThreads() : EnvWrapper(rocksdb::Env::Default()) {}

  void SetBackgroundThreads(int /*count*/, Priority /*pool*/) override {}
  void IncBackgroundThreadsIfNeeded(int /*count*/, Priority /*pool*/) override {
  }
  int UnSchedule(void* /*tag*/, Priority /*pool*/) override { return 0; }
};

// All that this leaves out was to come after RocksDB's end.
void EndForked(int status, void* /*nothing*/) {
  if (!IsForked()) return;
  std::fflush(nullptr);
  _exit(status);
}

}  // namespace

pid_t ProcessWithThreads() { return has_threads; }

void ClaimThreads() {
  pid_t nobody = 0;
  has_threads.compare_exchange_strong(nobody, getpid());
}

bool IsForked() {
  const pid_t process = has_threads;
  return process != 0 && process != getpid();
}

rocksdb::Env* EnvOfThisProcess() {
  if (!IsForked()) return rocksdb::Env::Default();
  static rocksdb::Env* const without_threads = new EnvWithoutThreads();
  return without_threads;
}

void PrepareForEnd() {
#ifdef __GLIBC__
  static const int registered = on_exit(EndForked, nullptr);
  static_cast<void>(registered);
#endif
}

}  // namespace wirecopy
