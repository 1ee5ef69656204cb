#include "cli/serve/http_server.h"

#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/serve/bounded_queue.h"
#include "cli/serve/deadline_stream.h"

namespace wirecopy::cli {
namespace {

using Clock = DeadlineStream::Clock;

// An idle connection is kept so long, and so many requests of one are served
// while nobody waits.
constexpr std::chrono::seconds kKeepAlive(5);
constexpr int kMostRequests = 10'000;
// What a connection may take to send its request when the server stops.
constexpr std::chrono::seconds kGrace(1);

// What is known of the request that this thread serves.
struct Current {
  HttpRequest request;
  Clock::time_point begin;
  int status = 0;  // of its reply
};
thread_local Current current;  // NOLINT: plain thread state

// Whether this thread is to refuse the connection that it is given.
thread_local bool refuses = false;

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

// Has what the accept loop asks of a task queue.
class Tasks : public httplib::TaskQueue {
 public:
  explicit Tasks(BoundedQueue* queue) : queue_(*queue) {}

  void enqueue(std::function<void()> task) override {
    if (queue_.TryPush(task)) return;
    // In the accept loop: it is told no, and gone.
    refuses = true;
    task();
    refuses = false;
  }
  void shutdown() override { queue_.Finish(); }

 private:
  BoundedQueue& queue_;
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

void Refuse(int socket) {
  static const std::string body = ErrorBody("too many requests at once");
  static const std::string reply = absl::StrCat(
      "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nConnection: close",
      "\r\nContent-Type: application/json\r\nContent-Length: ", body.size(),
      "\r\n\r\n", body);
  // A new socket's buffer holds that; whoever does not read it has no answer.
  (void)send(socket, reply.data(), reply.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  Close(socket);
}

}  // namespace

class HttpServer::Server : public httplib::Server {
 public:
  Server(const HttpLimits& limits, HttpServer::Handler handler,
         HttpServer::Observer observer)
      : limits_(limits),
        handler_(std::move(handler)),
        observer_(std::move(observer)),
        queue_(limits.workers, limits.queue) {
    new_task_queue = [this] { return new Tasks(&queue_); };
    set_payload_max_length(limits.body_bytes);
    set_tcp_nodelay(true);
    set_keep_alive_max_count(kMostRequests);
    set_keep_alive_timeout(kKeepAlive.count());
    SetRoutes();
  }

  bool Listen(const std::string& address, int port) {
    port_ = port == 0 ? bind_to_any_port(address)
                      : (bind_to_port(address, port) ? port : -1);
    return port_ > 0;
  }

  int port() const { return port_; }
  const BoundedQueue& queue() const { return queue_; }

  // httplib's stop() does nothing before its loop runs.
  void Serve() {
    if (!is_stopping_) listen_after_bind();
    queue_.Finish();
    has_ended_ = true;
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
      SetReply(handler_(current.request), &response);
    };
    Get("/", handle);
    Post("/", handle);
    Put("/", handle);
    Patch("/", handle);
    Delete("/", handle);
    Options("/", handle);
    set_pre_routing_handler(
        [](const httplib::Request& request, httplib::Response& response) {
          response.status = RefusalOf(request);
          if (response.status == 0) {
            response.status = -1;
            return HandlerResponse::Unhandled;
          }
          response.set_header("Connection", "close");
          return HandlerResponse::Handled;
        });
    set_error_handler(
        [](const httplib::Request& /*request*/, httplib::Response& response) {
          if (!response.body.empty()) return;
          response.set_content(ErrorBody(ReasonOf(response.status)),
                               "application/json");
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
      current.status = response.status;
      observer_(current.request, response.status, seconds.count());
    });
  }

  // What is not taken whatever it asks for; 0 for others. Neither what bodies
  // unpack to nor what comes in chunks has httplib a limit for.
  static int RefusalOf(const httplib::Request& request) {
    const std::string encoding = request.get_header_value("Content-Encoding");
    if (!encoding.empty() && encoding != "identity") return 415;
    return request.has_header("Transfer-Encoding") ? 411 : 0;
  }

  static void SetReply(HttpReply reply, httplib::Response* response) {
    response->status = reply.status;
    for (const auto& [name, value] : reply.headers) {
      response->set_header(name, value);
    }
    response->set_content(std::move(reply.body), reply.content_type);
  }

  // Keeps what the request asks for, and hides its path from httplib.
  static void TakeTarget(httplib::Request& request) {
    HttpRequest& taken = current.request;
    taken.method = request.method;
    taken.path = request.path;
    taken.query = request.params;
    taken.content_type = MediaType(request.get_header_value("Content-Type"));
    taken.authorization = request.get_header_value("Authorization");
    request.path = "/";
    request.ranges.clear();
  }

  bool process_and_close_socket(socket_t socket) override {
    if (refuses) {
      Refuse(socket);
      observer_({}, 429, 0);
      return true;
    }
    DeadlineStream stream(socket);
    for (int served = 0; served < kMostRequests; ++served) {
      if (!WaitForRequest(served == 0, &stream)) break;
      current = {{}, Clock::now(), 0};
      stream.SetDeadline(current.begin + std::chrono::seconds(limits_.seconds));
      const bool is_last =
          is_stopping_ || queue_.HasWaiting() || served + 1 == kMostRequests;
      bool is_closed = false;
      if (!process_request(stream, is_last, is_closed, TakeTarget) ||
          is_closed || is_last || MayHaveLeftBody(current.status)) {
        break;
      }
    }
    Close(socket);
    return true;
  }

  // What is left of a request that was refused must not be read as the next
  // one.
  static bool MayHaveLeftBody(int status) {
    return status == 400 || status == 411 || status == 413 || status == 414 ||
           status == 415 || status == 417;
  }

  // A first request is what the connection was accepted for.
  bool WaitForRequest(bool is_first, DeadlineStream* stream) {
    const Clock::time_point begin = Clock::now();
    stream->SetDeadline(begin + (is_first
                                     ? std::chrono::seconds(limits_.seconds)
                                     : kKeepAlive));
    return stream->WaitForRequest([&] {
      if (is_first) return is_stopping_ && Clock::now() > begin + kGrace;
      return is_stopping_ || queue_.HasWaiting();
    });
  }

  const HttpLimits limits_;
  const HttpServer::Handler handler_;
  const HttpServer::Observer observer_;
  BoundedQueue queue_;
  int port_ = 0;
  std::atomic<bool> is_stopping_ = false;
  std::atomic<bool> has_ended_ = false;
};

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Bind(
    const std::string& address, int port, const HttpLimits& limits,
    Handler handler, Observer observer) {
  auto server =
      std::make_unique<Server>(limits, std::move(handler), std::move(observer));
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

std::pair<uint64_t, uint64_t> HttpServer::Load() const {
  return server_->queue().Load();
}

void HttpServer::Serve() { server_->Serve(); }

void HttpServer::Stop() { server_->Stop(); }

}  // namespace wirecopy::cli
