#include "cli/serve/deadline_stream.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace wirecopy::cli {

bool DeadlineStream::Poll(short events, Clock::time_point until) const {
  while (Clock::now() < until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - Clock::now());
    const auto milliseconds = std::clamp<int64_t>(left.count() + 1, 0, 60'000);
    pollfd wanted{socket_, events, 0};
    const int ready = poll(&wanted, 1, static_cast<int>(milliseconds));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
  return false;
}

bool DeadlineStream::WaitForRequest(const std::function<bool()>& gives_up) {
  constexpr std::chrono::milliseconds kSlice(50);
  while (begin_ == end_) {
    const Clock::time_point now = Clock::now();
    if (now >= deadline_) return false;
    if (Poll(POLLIN, std::min(deadline_, now + kSlice))) return true;
    if (gives_up()) return false;
  }
  return true;
}

bool DeadlineStream::is_readable() const {
  return begin_ < end_ || Poll(POLLIN, deadline_);
}

bool DeadlineStream::is_writable() const { return Poll(POLLOUT, deadline_); }

ssize_t DeadlineStream::read(char* data, size_t size) {
  if (most_read_ == 0) return -1;
  if (begin_ == end_) {
    ssize_t got = -1;
    do {
      if (!Poll(POLLIN, deadline_)) return -1;
      got = recv(socket_, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
    } while (got < 0 && (errno == EINTR || errno == EAGAIN));
    if (got <= 0) return got;
    begin_ = 0;
    end_ = static_cast<size_t>(got);
  }
  const size_t part = std::min({size, end_ - begin_, most_read_});
  most_read_ -= part;
  std::memcpy(data, buffer_.data() + begin_, part);
  if (is_in_head_) head_.append(data, part);
  begin_ += part;
  return static_cast<ssize_t>(part);
}

ssize_t DeadlineStream::write(const char* data, size_t size) {
  ssize_t put = -1;
  do {
    if (!Poll(POLLOUT, deadline_)) return -1;
    put = send(socket_, data, size, MSG_DONTWAIT | MSG_NOSIGNAL);
  } while (put < 0 && (errno == EINTR || errno == EAGAIN));
  return put;
}

// Nobody asks: what goes into headers of the request would be no more than
// what the socket is.
void DeadlineStream::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

void DeadlineStream::get_local_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

}  // namespace wirecopy::cli
