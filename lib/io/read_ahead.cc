#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "io/decompress.h"

namespace wirecopy {
namespace {

constexpr size_t kChunkBytes = size_t{1} << 18;
constexpr size_t kChunksAhead = 8;

// One chunk after another, through a queue with an end to its length.
class ReadAheadStream : public InputStream {
 public:
  explicit ReadAheadStream(std::unique_ptr<InputStream> inner)
      : inner_(std::move(inner)) {}

  ~ReadAheadStream() override {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stopped_ = true;
    }
    room_.notify_one();
    if (reader_.joinable()) reader_.join();
  }
  ReadAheadStream(const ReadAheadStream&) = delete;
  ReadAheadStream& operator=(const ReadAheadStream&) = delete;

  absl::StatusOr<size_t> Read(char* out, size_t size) override {
    if (!reader_.joinable() && !Start()) return inner_->Read(out, size);
    size_t done = 0;
    while (done < size) {
      if (taken_ == current_.size() && !NextChunk()) {
        if (status_.ok()) break;
        return status_;
      }
      const size_t count = std::min(size - done, current_.size() - taken_);
      std::memcpy(out + done, current_.data() + taken_, count);
      taken_ += count;
      done += count;
    }
    return done;
  }

  uint64_t FileBytesRead() const override { return inner_->FileBytesRead(); }

 private:
  using Chunk = std::vector<char>;

  // Whether there is a thread to read ahead.
  bool Start() {
    try {
      reader_ = std::thread([this] { ReadChunks(); });
    } catch (const std::system_error&) {
      return false;  // the system has no more
    }
    return true;
  }

  // The reader's part.
  void ReadChunks() {
    try {
      TryReadChunks();
    } catch (const std::bad_alloc&) {
      const std::lock_guard<std::mutex> lock(mutex_);
      read_status_ = absl::ResourceExhaustedError("out of memory");
      ended_ = true;
      filled_.notify_one();
    }
  }

  void TryReadChunks() {
    bool ended = false;
    while (!ended) {
      Chunk chunk;
      {
        std::unique_lock<std::mutex> lock(mutex_);
        room_.wait(
            lock, [this] { return stopped_ || chunks_.size() < kChunksAhead; });
        if (stopped_) return;
        if (!spare_.empty()) {
          chunk = std::move(spare_.back());
          spare_.pop_back();
        }
      }
      chunk.resize(kChunkBytes);
      const absl::StatusOr<size_t> count =
          inner_->Read(chunk.data(), chunk.size());
      ended = !count.ok() || *count < chunk.size();
      chunk.resize(count.value_or(0));
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        read_status_ = count.status();
        if (!chunk.empty()) chunks_.push_back(std::move(chunk));
        ended_ = ended;
      }
      filled_.notify_one();
    }
  }

  // The caller's part: false at the end, or after an error.
  bool NextChunk() {
    std::unique_lock<std::mutex> lock(mutex_);
    filled_.wait(lock, [this] { return ended_ || !chunks_.empty(); });
    if (chunks_.empty()) {
      status_ = read_status_;
      return false;
    }
    if (current_.capacity() > 0) spare_.push_back(std::move(current_));
    current_ = std::move(chunks_.front());
    chunks_.pop_front();
    taken_ = 0;
    lock.unlock();
    room_.notify_one();
    return true;
  }

  const std::unique_ptr<InputStream> inner_;
  std::thread reader_;
  Chunk current_;
  size_t taken_ = 0;  // of current_
  absl::Status status_;

  // What follows is shared.
  std::mutex mutex_;
  std::condition_variable filled_;
  std::condition_variable room_;
  std::deque<Chunk> chunks_;
  std::vector<Chunk> spare_;
  absl::Status read_status_;
  bool ended_ = false;
  bool stopped_ = false;
};

}  // namespace

std::unique_ptr<InputStream> NewReadAheadStream(
    std::unique_ptr<InputStream> inner) {
  return std::make_unique<ReadAheadStream>(std::move(inner));
}

}  // namespace wirecopy
