// An HTTP/1.1 server that takes no more than it was told it can bear.

#ifndef WIRECOPY_CLI_SERVE_HTTP_SERVER_H_
#define WIRECOPY_CLI_SERVE_HTTP_SERVER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace wirecopy::cli {

struct HttpRequest {
  std::string method;
  std::string path;           // decoded, without the query
  std::string body;           // as long as the limit at most
  std::string content_type;   // without its parameters, lower case
  std::string authorization;  // the header's value
  std::string host;           // the same
  std::string origin;         // the same
  std::multimap<std::string, std::string> query;
};

struct HttpReply {
  int status = 200;
  std::string body = {};
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers = {};
};

struct HttpLimits {
  int workers = 16;                      // connections that are served at once
  size_t queue = 64;                     // that wait for it
  size_t body_bytes = size_t{16} << 20;  // of a request
  // To read one, and again to write a reply.
  int seconds = 30;
};

// Connections now, and since the beginning.
struct ServerLoad {
  uint64_t served = 0;   // now
  uint64_t waiting = 0;  // now
  uint64_t closed = 0;   // so far: beyond those that were told 429
};

// Connections beyond workers and queue get 429 whatever they ask for, and are
// closed; so are those beyond some hundreds of them, without an answer. A body
// that is too long gets 413, one that comes in chunks or does not say how long
// it is 411, one that is compressed 415; a length that is no number, or is
// there twice, or goes with a method that has no body, 400. A worker takes a
// connection's requests one by one and gives it up when others wait.
class HttpServer {
 public:
  // All are called from several threads at once.
  using Handler = std::function<HttpReply(const HttpRequest&)>;

  // Called before a request's body is read: a reply, where it is not to be.
  using Gate = std::function<std::optional<HttpReply>(const HttpRequest&)>;

  // Called for every reply, of the server's own making too (whose request is
  // empty where it could not be read), with the seconds from the request's
  // first byte on.
  using Observer =
      std::function<void(const HttpRequest&, int status, double seconds)>;

  // Port 0 is any that is free. Unavailable where it is taken, or the address
  // is none of this machine's.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Bind(
      const std::string& address, int port, const HttpLimits& limits, Gate gate,
      Handler handler, Observer observer);
  ~HttpServer();

  int port() const;
  ServerLoad Load() const;

  // Serves until Stop, and until everything that came before it is answered.
  // Unavailable where it ended for another reason: no connection could be
  // accepted any more.
  absl::Status Serve();
  // From any thread, once Serve was called or before.
  void Stop();

 private:
  class Server;
  explicit HttpServer(std::unique_ptr<Server> server);

  std::unique_ptr<Server> server_;
};

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_SERVE_HTTP_SERVER_H_
