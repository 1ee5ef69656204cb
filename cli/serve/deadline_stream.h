// A connection whose reads and writes end in time.

#ifndef WIRECOPY_CLI_SERVE_DEADLINE_STREAM_H_
#define WIRECOPY_CLI_SERVE_DEADLINE_STREAM_H_

#include <httplib.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <limits>
#include <string>

namespace wirecopy::cli {

// httplib's own streams begin their time anew with every byte: whoever sends
// one now and then holds a worker for ever.
class DeadlineStream : public httplib::Stream {
 public:
  using Clock = std::chrono::steady_clock;

  // Does not own the socket.
  explicit DeadlineStream(socket_t socket) : socket_(socket) {}

  // From here on, whatever takes longer fails, and so does all that is tried
  // later, even where it would take no time.
  void SetDeadline(Clock::time_point deadline) { deadline_ = deadline; }

  // From here on no more than so many bytes are read, and they are noted, until
  // the head has ended. httplib's own limit on a line is for lines that have
  // ended.
  void BeginHead(size_t most_bytes) {
    head_.clear();
    is_in_head_ = true;
    most_read_ = most_bytes;
  }
  // Returns what was read of it.
  const std::string& EndHead() {
    is_in_head_ = false;
    most_read_ = std::numeric_limits<size_t>::max();
    return head_;
  }

  // Whether there is something to read before the deadline, looking now and
  // then whether to give up.
  bool WaitForRequest(const std::function<bool()>& gives_up);

  bool is_readable() const override;
  bool is_writable() const override;
  ssize_t read(char* data, size_t size) override;
  ssize_t write(const char* data, size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return socket_; }

 private:
  bool Poll(short events, Clock::time_point until) const;

  const socket_t socket_;
  Clock::time_point deadline_ = Clock::time_point::max();
  std::string head_;
  bool is_in_head_ = false;
  size_t most_read_ = std::numeric_limits<size_t>::max();
  std::array<char, 16384> buffer_ = {};
  size_t begin_ = 0;  // of what is in the buffer
  size_t end_ = 0;
};

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_SERVE_DEADLINE_STREAM_H_
