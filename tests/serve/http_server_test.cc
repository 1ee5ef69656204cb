#include "cli/serve/http_server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace wirecopy::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// A connection to this machine; what it does not get in ten seconds it does
// not get.
class Client {
 public:
  explicit Client(int port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience = {10, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(socket_, reinterpret_cast<sockaddr*>(&address),
                      sizeof(address)),
              0);
  }
  ~Client() { close(socket_); }
  Client(const Client&) = delete;

  void Send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t put =
          send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (put <= 0) return;
      bytes.remove_prefix(static_cast<size_t>(put));
    }
  }

  // Until `end` came, or the connection's end.
  std::string ReadUntil(std::string_view end) {
    std::string got;
    char byte = 0;
    while (!got.ends_with(end) && recv(socket_, &byte, 1, 0) == 1) got += byte;
    return got;
  }
  std::string ReadAll() {
    std::string got;
    char byte = 0;
    while (recv(socket_, &byte, 1, 0) == 1) got += byte;
    return got;
  }

 private:
  int socket_;
};

std::string Post(std::string_view body) {
  return "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
         "Content-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

constexpr std::string_view kGet = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

class HttpServerTest : public testing::Test {
 protected:
  void Start(const HttpLimits& limits) {
    auto server = HttpServer::Bind(
        "127.0.0.1", 0, limits, Refuse,
        [this](const HttpRequest& request) { return Handle(request); },
        [this](const HttpRequest&, int, double) { ++replies_; });
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    thread_ = std::thread([this] { EXPECT_TRUE(server_->Serve().ok()); });
  }

  void Stop() {
    server_->Stop();
    if (thread_.joinable()) thread_.join();
  }

  void TearDown() override {
    gate_.set_value();
    Stop();
  }

  static std::optional<HttpReply> Refuse(const HttpRequest& request) {
    if (request.path != "/secret") return std::nullopt;
    return HttpReply{401, "no", "text/plain"};
  }

  // "/slow" waits for the test to end, or to open the gate.
  HttpReply Handle(const HttpRequest& request) {
    if (request.path == "/bad") return {400, "bad it is", "text/plain"};
    if (request.path == "/slow") {
      ++waiting_;
      open_.wait();
    }
    return {200,
            request.method + " " + request.path + " " + request.content_type +
                " " + request.body,
            "text/plain"};
  }

  void ExpectNextIsServed(std::chrono::seconds within) const {
    const auto begin = std::chrono::steady_clock::now();
    Client next(server_->port());
    next.Send(kGet);
    EXPECT_THAT(next.ReadUntil("GET /echo  "), HasSubstr("200 OK"));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, within);
  }

  std::promise<void> gate_;
  std::shared_future<void> open_ = gate_.get_future().share();
  std::atomic<int> waiting_ = 0;
  std::atomic<int> replies_ = 0;
  std::unique_ptr<HttpServer> server_;
  std::thread thread_;
};

TEST_F(HttpServerTest, AnswersRequestAfterRequest) {
  Start({});
  Client client(server_->port());
  client.Send(Post("body"));
  EXPECT_THAT(client.ReadUntil("POST /echo text/plain body"),
              StartsWith("HTTP/1.1 200 OK"));
  client.Send("DELETE /a%2Fb?c=d HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.ReadUntil("DELETE /a/b  "), HasSubstr("DELETE /a/b"));
  while (replies_ < 2) std::this_thread::yield();
}

TEST_F(HttpServerTest, LongBodiesAreRefused) {
  HttpLimits limits;
  limits.body_bytes = 100;
  Start(limits);
  Client client(server_->port());
  client.Send(Post(std::string(101, 'x')));
  EXPECT_THAT(client.ReadAll(), StartsWith("HTTP/1.1 413"));
  Client chunks(server_->port());
  chunks.Send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked"
      "\r\n\r\n");
  for (int i = 0; i < 20; ++i) chunks.Send("a\r\n0123456789\r\n");
  chunks.Send("0\r\n\r\n");
  EXPECT_THAT(chunks.ReadAll(), StartsWith("HTTP/1.1 411"));
}

// httplib would read all that comes, whatever the limit.
TEST_F(HttpServerTest, BodiesSayHowLongTheyAre) {
  Start({});
  Client client(server_->port());
  client.Send("POST /echo HTTP/1.1\r\nHost: x\r\n\r\nbody");
  EXPECT_THAT(client.ReadAll(), StartsWith("HTTP/1.1 411"));
  for (const char* lengths :
       {"Content-Length: 4\r\nContent-Length: 5\r\n", "Content-Length: x\r\n",
        "Content-Length: +4\r\n", "Content-Length: -1\r\n",
        "Content-Length: 99999999999999999999\r\n"}) {
    Client wrong(server_->port());
    wrong.Send("POST /echo HTTP/1.1\r\nHost: x\r\n" + std::string(lengths) +
               "\r\nbody");
    EXPECT_THAT(wrong.ReadAll(), StartsWith("HTTP/1.1 400")) << lengths;
  }
}

// A proxy in front may have understood what httplib passes over, or the other
// way round (RFC 9112, 11.2).
TEST_F(HttpServerTest, WhereARequestEndsIsNotToBeMistaken) {
  Start({});
  const std::string length =
      "Content-Length: " + std::to_string(kGet.size()) + "\r\n";
  const std::string spaced =
      "Content-Length : " + std::to_string(kGet.size()) + "\r\n";
  for (const std::string& headers : std::vector<std::string>{
           spaced, "X: a\r\n " + length, std::string(1, '\0') + length,
           "X\r\n" + length, "Content-Length:\r\n", "X: a\n" + length,
           "X: a\rb\r\n" + length, ": a\r\n" + length,
           "Transfer-Encoding : chunked\r\n", "Host: x\r\n",
           "Content-Length: %31%34\r\n"}) {
    for (const char* method : {"GET", "POST"}) {
      Client client(server_->port());
      client.Send(std::string(method) + " /echo HTTP/1.1\r\nHost: x\r\n" +
                  headers + "\r\n" + std::string(kGet));
      const std::string reply = client.ReadAll();
      EXPECT_THAT(reply, StartsWith("HTTP/1.1 400")) << method << headers;
      EXPECT_EQ(reply.find("HTTP/1.1", 1), std::string::npos)
          << method << headers;
    }
  }
  Client client(server_->port());
  client.Send(
      "GET /echo HTTP/1.1\r\nHost:x\r\nX-Odd!:  a:b \xFF\t\r\nY:\r\n\r\n");
  EXPECT_THAT(client.ReadUntil("GET /echo  "), HasSubstr("200 OK"));
}

// Whoever is told that the connection stays may send the next request on it.
TEST_F(HttpServerTest, RepliesTellWhetherTheConnectionStays) {
  Start({});
  const std::string bad =
      "POST /bad HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody";
  Client client(server_->port());
  client.Send(bad);
  const std::string refused = client.ReadUntil("bad it is");
  EXPECT_THAT(refused, StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(refused, HasSubstr("Keep-Alive: "));
  client.Send(kGet);
  EXPECT_THAT(client.ReadUntil("GET /echo  "), HasSubstr("200 OK"));
  for (const char* head :
       {"POST /echo HTTP/1.1\r\nContent-Encoding: gzip\r\n",
        "GET /echo HTTP/1.1\r\n", "POST /secret HTTP/1.1\r\n",
        "POST /echo HTTP/1.1\r\nRange: bytes=x\r\n"}) {
    Client left(server_->port());
    left.Send(std::string(head) + "Host: x\r\nContent-Length: 4\r\n\r\nbody");
    const std::string reply = left.ReadAll();
    EXPECT_THAT(reply, HasSubstr("Connection: close\r\n")) << head;
    EXPECT_EQ(reply.find("Keep-Alive"), std::string::npos) << head;
  }
}

// Nor is a body that nobody reads the next request.
TEST_F(HttpServerTest, MethodsWithoutABodyHaveNone) {
  Start({});
  for (const char* method : {"GET", "HEAD", "DELETE", "OPTIONS"}) {
    Client client(server_->port());
    client.Send(std::string(method) + " /echo HTTP/1.1\r\nHost: x\r\n" +
                "Content-Length: " + std::to_string(kGet.size()) + "\r\n\r\n" +
                std::string(kGet));
    const std::string reply = client.ReadAll();
    EXPECT_THAT(reply, StartsWith("HTTP/1.1 400")) << method;
    EXPECT_EQ(reply.find("GET /echo"), std::string::npos) << method;
  }
  Client client(server_->port());
  client.Send("GET /echo HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
  EXPECT_THAT(client.ReadUntil("GET /echo  "), HasSubstr("200 OK"));
}

TEST_F(HttpServerTest, WhoIsRefusedNeedNotSendTheBody) {
  Start({});
  Client client(server_->port());
  client.Send("POST /secret HTTP/1.1\r\nContent-Length: 1000\r\n\r\n");
  EXPECT_THAT(client.ReadAll(), StartsWith("HTTP/1.1 401"));
  Client other(server_->port());
  other.Send("GET /secret HTTP/1.1\r\n\r\n");
  EXPECT_THAT(other.ReadUntil("no"), StartsWith("HTTP/1.1 401"));
  other.Send(kGet);
  EXPECT_THAT(other.ReadUntil("GET /echo  "), HasSubstr("200 OK"));
}

// Nor say how long it is; and what it sent is not the next request.
TEST_F(HttpServerTest, WhoIsRefusedIsNotAskedForALength) {
  Start({});
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
    for (const char* header :
         {"", "Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n",
          "Content-Length: x\r\n"}) {
      Client client(server_->port());
      client.Send(std::string(method) + " /secret HTTP/1.1\r\nHost: x\r\n" +
                  header + "\r\n" + std::string(kGet));
      const std::string reply = client.ReadAll();
      EXPECT_THAT(reply, StartsWith("HTTP/1.1 401")) << method << header;
      // A method without a body, and with nothing that speaks of one, has none.
      const bool has_next =
          std::string_view(method) == "DELETE" && *header == '\0';
      EXPECT_EQ(reply.find("GET /echo") != std::string::npos, has_next)
          << method << header;
    }
  }
}

// However fast it comes, and though its end never does.
TEST_F(HttpServerTest, HeadsHaveAnEnd) {
  Start({});
  const auto begin = std::chrono::steady_clock::now();
  for (const char* head : {"", "GET /echo HTTP/1.1\r\nX: "}) {
    Client client(server_->port());
    client.Send(head);
    client.Send(std::string(size_t{1} << 20, 'y'));
    client.ReadAll();
  }
  Client many(server_->port());
  many.Send("GET /echo HTTP/1.1\r\n");
  for (int i = 0; i < 5000; ++i) many.Send("X: yyyyyyyyyyyyyyyyyyyy\r\n");
  many.ReadAll();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(8));
}

// Which could be as long as it likes when it is unpacked.
TEST_F(HttpServerTest, CompressedBodiesAreRefusedWithWhatFollows) {
  Start({});
  Client client(server_->port());
  client.Send(
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\n"
      "Content-Length: " +
      std::to_string(kGet.size()) + "\r\n\r\n" + std::string(kGet));
  const std::string reply = client.ReadAll();
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 415"));
  EXPECT_EQ(reply.find("GET /echo"), std::string::npos)
      << "the body was read as a request";
}

TEST_F(HttpServerTest, NoRequestIsAnError) {
  Start({});
  Client client(server_->port());
  client.Send("hello\r\n\r\n");
  EXPECT_THAT(client.ReadAll(), StartsWith("HTTP/1.1 400"));
  Client long_path(server_->port());
  long_path.Send("GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\n\r\n");
  EXPECT_THAT(long_path.ReadAll(), StartsWith("HTTP/1.1 414"));
  Client long_range(server_->port());
  long_range.Send("GET /echo HTTP/1.1\r\nRange: bytes=" +
                  std::string(8'000, '1') + "\r\n\r\n");
  EXPECT_THAT(long_range.ReadUntil("\r\n"), StartsWith("HTTP/1.1 "));
}

TEST_F(HttpServerTest, WhatIsTooMuchIsToldSo) {
  HttpLimits limits;
  limits.workers = 1;
  limits.queue = 1;
  Start(limits);
  Client served(server_->port());
  served.Send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  while (waiting_ == 0) std::this_thread::yield();
  Client queued(server_->port());
  queued.Send(kGet);
  while (server_->Load().waiting == 0) std::this_thread::yield();
  for (int i = 0; i < 20; ++i) {
    Client refused(server_->port());
    refused.Send(Post(std::string(1000, 'x')));
    const std::string reply = refused.ReadAll();
    EXPECT_THAT(reply, StartsWith("HTTP/1.1 429"));
    EXPECT_THAT(reply, HasSubstr("Retry-After: "));
  }
  gate_.set_value();
  EXPECT_THAT(served.ReadUntil("GET /slow  "), HasSubstr("200 OK"));
  EXPECT_THAT(queued.ReadUntil("GET /echo  "), HasSubstr("200 OK"));
  gate_ = {};
}

TEST_F(HttpServerTest, ConnectionsThatAreClosedUnheardAreCounted) {
  HttpLimits limits;
  limits.workers = 1;
  limits.queue = 0;
  Start(limits);
  std::vector<std::unique_ptr<Client>> silent;
  const auto connect = [&] {
    silent.push_back(std::make_unique<Client>(server_->port()));
  };
  // Of these one is served, and others are told 429, or to be told so.
  while (silent.size() < 100) connect();
  EXPECT_EQ(server_->Load().closed, 0U);
  // Slowly: each takes two of the files that a process may have open.
  while (server_->Load().closed == 0) {
    ASSERT_LT(silent.size(), 400U);
    connect();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

// Not even by a byte now and then, while more is still coming.
TEST_F(HttpServerTest, SlowRequestsEnd) {
  HttpLimits limits;
  limits.workers = 1;
  limits.seconds = 1;
  Start(limits);
  Client client(server_->port());
  std::atomic<bool> has_ended = false;
  std::thread sender([&] {
    client.Send("GET /echo HTTP/1.1\r\nX: ");
    while (!has_ended) {
      client.Send("y");
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  const auto begin = std::chrono::steady_clock::now();
  client.ReadAll();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(8));
  has_ended = true;
  sender.join();
  Client other(server_->port());
  other.Send(kGet);
  EXPECT_THAT(other.ReadUntil("GET /echo  "), HasSubstr("200 OK"));
}

TEST_F(HttpServerTest, StopAnswersWhatWasAccepted) {
  HttpLimits limits;
  limits.workers = 1;
  Start(limits);
  Client served(server_->port());
  served.Send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  while (waiting_ == 0) std::this_thread::yield();
  Client queued(server_->port());
  queued.Send(Post("late"));
  while (server_->Load().waiting == 0) std::this_thread::yield();
  server_->Stop();
  gate_.set_value();
  EXPECT_THAT(served.ReadAll(), HasSubstr("GET /slow"));
  EXPECT_THAT(queued.ReadAll(), HasSubstr("late"));
  thread_.join();
  gate_ = {};
}

TEST_F(HttpServerTest, IdleConnectionsDoNotKeepOthersWaiting) {
  HttpLimits limits;
  limits.workers = 1;
  Start(limits);
  Client idle(server_->port());
  idle.Send(kGet);
  idle.ReadUntil("GET /echo  ");
  ExpectNextIsServed(std::chrono::seconds(4));
}

// Not even those that have never said anything.
TEST_F(HttpServerTest, SilentConnectionsDoNotKeepOthersWaiting) {
  HttpLimits limits;
  limits.workers = 1;
  Start(limits);
  const Client silent(server_->port());
  while (server_->Load().served == 0) std::this_thread::yield();
  ExpectNextIsServed(std::chrono::seconds(8));
}

// Who waits for others has the same time for the reply as anyone.
TEST_F(HttpServerTest, LateRepliesAreSent) {
  HttpLimits limits;
  limits.seconds = 1;
  Start(limits);
  Client client(server_->port());
  client.Send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  gate_.set_value();
  EXPECT_THAT(client.ReadUntil("GET /slow  "), HasSubstr("200 OK"));
  gate_ = {};
}

TEST(HttpServerBindTest, TakenPortsAndOthersAddresses) {
  const auto gate = [](const HttpRequest&) {
    return std::optional<HttpReply>();
  };
  const auto handler = [](const HttpRequest&) { return HttpReply(); };
  const auto observer = [](const HttpRequest&, int, double) {};
  EXPECT_FALSE(
      HttpServer::Bind("192.0.2.1", 0, {}, gate, handler, observer).ok());
  EXPECT_FALSE(
      HttpServer::Bind("no such host", 0, {}, gate, handler, observer).ok());
}

}  // namespace
}  // namespace wirecopy::cli
