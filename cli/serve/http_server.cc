#include "cli/serve/http_server.h"

#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/serve/bounded_queue.h"
#include "cli/serve/deadline_stream.h"
#include "cli/serve/request_head.h"

namespace wirecopy::cli {
namespace {

using Clock = DeadlineStream::Clock;

// An idle connection is kept so long, and so many requests of one are served
// while nobody waits.
constexpr std::chrono::seconds kKeepAlive(5);
constexpr int kMostRequests = 10'000;
// What a connection may take to send its request when the server stops.
constexpr std::chrono::seconds kGrace(1);
// What it may take to begin its first one while others wait.
constexpr std::chrono::seconds kFirstByte(1);
// Of a request without its body: its line has 8 KiB at most, as any header has.
constexpr size_t kMostHead = size_t{64} << 10;

// A connection that is refused may take so long to send its request; so many
// are refused at once, and so many wait for it. Those beyond are closed.
constexpr std::chrono::milliseconds kRefusal(250);
constexpr int kRefusers = 2;
constexpr size_t kMostRefused = 256;

constexpr int kBacklog = 1024;

// What is known of the request that this thread serves.
struct Current {
  HttpRequest request;
  Clock::time_point begin;
  DeadlineStream* stream = nullptr;
  std::optional<std::string_view> fault;  // of its head
  // What is left of it in the stream must not be read as the next one. Known
  // once it is refused,
  std::optional<bool> has_left_body;
  // or is handled, which is when all of it has been read.
  bool has_read_body = false;
};
thread_local Current current;  // NOLINT: plain thread state

// What becomes of a connection that this thread is given.
enum class Fate { kServed, kRefused, kClosed };
thread_local Fate current_fate = Fate::kServed;

std::string ErrorBody(std::string_view message) {
  // The messages are ours, and hold nothing to be escaped.
  return absl::StrCat("{\"error\":\"", std::string(message), "\"}\n");
}

std::string MediaType(const std::string& header) {
  const std::string type = header.substr(0, header.find(';'));
  return absl::AsciiStrToLower(absl::StripAsciiWhitespace(type));
}

const char* ReasonOf(int status) {
  switch (status) {
    case 400:
      return "no HTTP request that could be read";
    case 405:
      return "this method is not known here";
    case 411:
      return "send the body's Content-Length, and no chunks";
    case 413:
      return "the body is longer than this server takes";
    case 414:
      return "the path is longer than this server takes";
    case 415:
      return "send the body as it is, without Content-Encoding";
    default:
      return "the request failed";
  }
}

// What is not taken whatever it asks for.
struct Refusal {
  int status;
  std::string_view reason;
};

// httplib has no limit for what bodies unpack to, for what comes in chunks, nor
// for what comes without a length; and it leaves the bodies of some methods to
// be read as the next request.
std::optional<Refusal> RefusalOf(const httplib::Request& request) {
  if (current.fault) return Refusal{400, *current.fault};
  const std::string encoding = request.get_header_value("Content-Encoding");
  if (!encoding.empty() && encoding != "identity") {
    return Refusal{415, ReasonOf(415)};
  }
  if (request.has_header("Transfer-Encoding")) {
    return Refusal{411, ReasonOf(411)};
  }
  constexpr size_t kMostDigits = 18;
  const std::string length = request.get_header_value("Content-Length");
  if (length.size() > kMostDigits) {
    return Refusal{400, "the Content-Length is too long a number"};
  }
  const bool has_body = request.method == "POST" || request.method == "PUT" ||
                        request.method == "PATCH";
  if (has_body) {
    return length.empty() ? std::optional<Refusal>({411, ReasonOf(411)})
                          : std::nullopt;
  }
  if (length.find_first_not_of('0') == std::string::npos) return std::nullopt;
  return Refusal{400, "this method goes without a body"};
}

// Has what the accept loop asks of a task queue.
class Tasks : public httplib::TaskQueue {
 public:
  Tasks(BoundedQueue* queue, BoundedQueue* refused)
      : queue_(*queue), refused_(*refused) {}

  void enqueue(std::function<void()> task) override {
    if (queue_.TryPush(task)) return;
    const auto refuse = [task](Fate fate) {
      current_fate = fate;
      task();
      current_fate = Fate::kServed;
    };
    if (refused_.TryPush([refuse] { refuse(Fate::kRefused); })) return;
    refuse(Fate::kClosed);
  }
  void shutdown() override {
    queue_.Finish();
    refused_.Finish();
  }

 private:
  BoundedQueue& queue_;
  BoundedQueue& refused_;
};

void Close(int socket) {
  shutdown(socket, SHUT_WR);
  // What is not read when a socket is closed makes the other side forget what
  // it was told.
  char rest[4096];
  for (int i = 0; i < 16; ++i) {
    if (recv(socket, rest, sizeof(rest), MSG_DONTWAIT) <= 0) break;
  }
  shutdown(socket, SHUT_RD);
  close(socket);
}

// Reads a request away, as far as it comes at once: whoever is still sending
// when the connection is closed does not hear what it was told.
void SkipRequest(DeadlineStream* stream) {
  constexpr size_t kMost = 1 << 20;
  constexpr std::string_view kHeadEnd = "\r\n\r\n";
  std::string head;
  std::array<char, 4096> part = {};
  while (head.size() < kMost && head.find(kHeadEnd) == std::string::npos) {
    const ssize_t got = stream->read(part.data(), part.size());
    if (got <= 0) return;
    head.append(part.data(), static_cast<size_t>(got));
  }
  const size_t head_end = head.find(kHeadEnd);
  if (head_end == std::string::npos) return;
  const std::string lower = absl::AsciiStrToLower(head.substr(0, head_end));
  constexpr std::string_view kLength = "\r\ncontent-length:";
  const size_t at = lower.find(kLength);
  if (at == std::string::npos) return;
  size_t length =
      std::strtoull(lower.c_str() + at + kLength.size(), nullptr, 10);
  const size_t known = head.size() - head_end - kHeadEnd.size();
  for (length -= std::min(length, known); length > 0;) {
    const ssize_t got =
        stream->read(part.data(), std::min(length, part.size()));
    if (got <= 0) return;
    length -= static_cast<size_t>(got);
  }
}

void Refuse(int socket) {
  static const std::string body = ErrorBody("too many requests at once");
  static const std::string reply = absl::StrCat(
      "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nConnection: close",
      "\r\nContent-Type: application/json\r\nContent-Length: ", body.size(),
      "\r\n\r\n", body);
  DeadlineStream stream(socket);
  stream.SetDeadline(Clock::now() + kRefusal);
  SkipRequest(&stream);
  // A new socket's buffer holds that; whoever does not read it has no answer.
  (void)send(socket, reply.data(), reply.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  Close(socket);
}

}  // namespace

class HttpServer::Server : public httplib::Server {
 public:
  Server(const HttpLimits& limits, HttpServer::Gate gate,
         HttpServer::Handler handler, HttpServer::Observer observer)
      : limits_(limits),
        gate_(std::move(gate)),
        handler_(std::move(handler)),
        observer_(std::move(observer)),
        queue_(limits.workers, limits.queue),
        refused_(kRefusers, kMostRefused) {
    new_task_queue = [this] { return new Tasks(&queue_, &refused_); };
    set_payload_max_length(limits.body_bytes);
    set_tcp_nodelay(true);
    // httplib would share a port that another server has.
    set_socket_options([](socket_t socket) {
      const int yes = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    });
    set_keep_alive_max_count(kMostRequests);
    set_keep_alive_timeout(kKeepAlive.count());
    SetRoutes();
  }

  bool Listen(const std::string& address, int port) {
    port_ = port == 0 ? bind_to_any_port(address)
                      : (bind_to_port(address, port) ? port : -1);
    // httplib lets five wait to be accepted: who comes sixth is told nothing,
    // and tries again after a second.
    return port_ > 0 && ::listen(svr_sock_, kBacklog) == 0;
  }

  int port() const { return port_; }
  ServerLoad Load() const {
    const auto [served, waiting] = queue_.Load();
    return {served, waiting, closed_};
  }

  // httplib's stop() does nothing before its loop runs.
  absl::Status Serve() {
    errno = 0;
    if (!is_stopping_) listen_after_bind();
    const int error = errno;
    queue_.Finish();
    refused_.Finish();
    has_ended_ = true;
    if (is_stopping_) return absl::OkStatus();
    return absl::UnavailableError(
        absl::StrCat("no connection can be accepted: ", std::strerror(error)));
  }
  void Stop() {
    is_stopping_ = true;
    while (!is_running() && !has_ended_) std::this_thread::yield();
    stop();
  }

 private:
  // Paths are ours to look at: httplib would match expressions of std::regex,
  // whose stack grows with what it is given.
  void SetRoutes() {
    const auto handle = [this](const httplib::Request& request,
                               httplib::Response& response) {
      current.request.body = request.body;
      current.has_read_body = true;
      SetReply(handler_(current.request), &response);
      // Waiting for others' documents is not the time of who reads the reply.
      current.stream->SetDeadline(Clock::now() +
                                  std::chrono::seconds(limits_.seconds));
    };
    Get("/", handle);
    Post("/", handle);
    Put("/", handle);
    Patch("/", handle);
    Delete("/", handle);
    Options("/", handle);
    set_pre_routing_handler(
        [this](const httplib::Request& request, httplib::Response& response) {
          return IsRefused(request, &response) ? HandlerResponse::Handled
                                               : HandlerResponse::Unhandled;
        });
    set_error_handler(
        [](const httplib::Request& /*request*/, httplib::Response& response) {
          if (!response.body.empty()) return;
          response.set_content(ErrorBody(ReasonOf(response.status)),
                               "application/json");
        });
    // httplib has announced that the connection stays by now.
    set_post_routing_handler(
        [](const httplib::Request& /*request*/, httplib::Response& response) {
          if (!LeavesBody()) return;
          response.headers.erase("Keep-Alive");
          response.headers.erase("Connection");
          response.set_header("Connection", "close");
        });
    set_exception_handler([](const httplib::Request& /*request*/,
                             httplib::Response& response,
                             const std::exception_ptr& /*error*/) {
      response.status = 500;
      response.set_content(ErrorBody("out of memory"), "application/json");
    });
    set_logger([this](const httplib::Request& /*request*/,
                      const httplib::Response& response) {
      const std::chrono::duration<double> seconds =
          Clock::now() - current.begin;
      observer_(current.request, response.status, seconds.count());
    });
  }

  // Before its body is read.
  bool IsRefused(const httplib::Request& request, httplib::Response* response) {
    const std::optional<Refusal> refusal = RefusalOf(request);
    // First what it asks for: how a body is to come is of no use to whoever
    // has no right to send one, or by this method.
    if (const auto reply = gate_(current.request)) {
      SetReply(*reply, response);
      const std::string length = request.get_header_value("Content-Length");
      current.has_left_body =
          refusal || length.find_first_not_of('0') != std::string::npos;
    } else if (refusal) {
      response->status = refusal->status;
      response->set_content(ErrorBody(refusal->reason), "application/json");
      current.has_left_body = true;
    } else {
      return false;
    }
    return true;
  }

  static void SetReply(const HttpReply& reply, httplib::Response* response) {
    response->status = reply.status;
    for (const auto& [name, value] : reply.headers) {
      response->set_header(name, value);
    }
    response->set_content(reply.body, reply.content_type);
  }

  // Keeps what the request asks for, and hides its path from httplib.
  static void TakeTarget(httplib::Request& request) {
    HttpRequest& taken = current.request;
    taken.method = request.method;
    taken.path = request.path;
    taken.query = request.params;
    taken.content_type = MediaType(request.get_header_value("Content-Type"));
    taken.authorization = request.get_header_value("Authorization");
    taken.host = request.get_header_value("Host");
    taken.origin = request.get_header_value("Origin");
    current.fault = FaultOfHead(current.stream->EndHead());
    request.path = "/";
    request.ranges.clear();
  }

  bool process_and_close_socket(socket_t socket) override {
    if (current_fate != Fate::kServed) {
      current_fate == Fate::kRefused ? TellTooMany(socket) : Drop(socket);
      return true;
    }
    DeadlineStream stream(socket);
    for (int served = 0; served < kMostRequests; ++served) {
      if (!WaitForRequest(served == 0, &stream)) break;
      current = Current();
      current.begin = Clock::now();
      current.stream = &stream;
      stream.BeginHead(kMostHead);
      stream.SetDeadline(current.begin + std::chrono::seconds(limits_.seconds));
      const bool is_last =
          is_stopping_ || queue_.HasWaiting() || served + 1 == kMostRequests;
      bool is_closed = false;
      if (!process_request(stream, is_last, is_closed, TakeTarget) ||
          is_closed || is_last || LeavesBody()) {
        break;
      }
    }
    Close(socket);
    return true;
  }

  void TellTooMany(int socket) {
    Refuse(socket);
    observer_({}, 429, 0);
  }

  void Drop(int socket) {
    Close(socket);
    ++closed_;
  }

  // Whether some of the request's body may be left, to be read as the next
  // request: also where httplib refused it before anybody was asked.
  static bool LeavesBody() {
    return !current.has_read_body && current.has_left_body.value_or(true);
  }

  // A first request is what the connection was accepted for.
  bool WaitForRequest(bool is_first, DeadlineStream* stream) {
    const Clock::time_point begin = Clock::now();
    stream->SetDeadline(begin + (is_first
                                     ? std::chrono::seconds(limits_.seconds)
                                     : kKeepAlive));
    return stream->WaitForRequest([&] {
      if (is_first) {
        return (is_stopping_ && Clock::now() > begin + kGrace) ||
               (queue_.HasWaiting() && Clock::now() > begin + kFirstByte);
      }
      return is_stopping_ || queue_.HasWaiting();
    });
  }

  const HttpLimits limits_;
  const HttpServer::Gate gate_;
  const HttpServer::Handler handler_;
  const HttpServer::Observer observer_;
  BoundedQueue queue_;
  BoundedQueue refused_;  // connections that are told 429
  std::atomic<uint64_t> closed_ = 0;
  int port_ = 0;
  std::atomic<bool> is_stopping_ = false;
  std::atomic<bool> has_ended_ = false;
};

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Bind(
    const std::string& address, int port, const HttpLimits& limits, Gate gate,
    Handler handler, Observer observer) {
  auto server = std::make_unique<Server>(
      limits, std::move(gate), std::move(handler), std::move(observer));
  errno = 0;
  if (!server->Listen(address, port)) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", address, " port ", port, ": ",
                     errno == 0 ? "no such address" : std::strerror(errno)));
  }
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(server)));
}

HttpServer::HttpServer(std::unique_ptr<Server> server)
    : server_(std::move(server)) {}

HttpServer::~HttpServer() = default;

int HttpServer::port() const { return server_->port(); }

ServerLoad HttpServer::Load() const { return server_->Load(); }

absl::Status HttpServer::Serve() { return server_->Serve(); }

void HttpServer::Stop() { server_->Stop(); }

}  // namespace wirecopy::cli
