// wirecopy serve: the index over HTTP.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <ctime>
#include <limits>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "cli/command.h"
#include "cli/log.h"
#include "cli/option_checks.h"
#include "cli/out_of_memory.h"
#include "cli/passage_options.h"
#include "cli/serve/bearer_token.h"
#include "cli/serve/http_server.h"
#include "cli/serve/listen_address.h"
#include "cli/serve/service.h"
#include "report/log_events.h"
#include "wirecopy/index.h"

namespace wirecopy::cli {
namespace {

constexpr const char* kServeExamples = R"(Examples:
  wirecopy index create seen
  wirecopy serve --index seen
  curl --json '{"id": 1, "text": "..."}' http://127.0.0.1:8765/v1/documents
  wirecopy serve --index seen --listen 0.0.0.0:8765 --token-file token

/openapi.json describes the requests. Others than programs of this machine reach
the server only where --listen names another address, and then every request but
/healthz is to carry the token of --token-file: "Authorization: Bearer TOKEN".
SIGTERM and an interrupt end it when what it has accepted is answered.)";

constexpr int kMostWorkers = 1024;
constexpr size_t kMostQueue = 65536;
constexpr int kMostSeconds = 3600;
constexpr int kMostThreads = 4096;
constexpr size_t kMostDocuments = 100'000'000;

struct ServeArguments {
  std::string folder;
  std::string listen = "127.0.0.1:8765";
  std::string token_path;
  HttpLimits limits;
  size_t most_documents = Service::Options().most_documents;
  IndexOptions options;
  bool quiet = false;
};

sigset_t EndingSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    sigaddset(&signals, signal);
  }
  return signals;
}

// Stops the server at the first signal that asks the process to end; the next
// one ends it at once. All other threads must have these signals blocked.
class SignalWatch {
 public:
  // So does `has_failed`, when it becomes true.
  SignalWatch(HttpServer* server, const std::atomic<bool>* has_failed)
      : has_failed_(*has_failed), thread_([this, server] { Watch(server); }) {}
  ~SignalWatch() {
    is_over_ = true;
    thread_.join();
  }
  SignalWatch(const SignalWatch&) = delete;

 private:
  void Watch(HttpServer* server) {
    const sigset_t signals = EndingSignals();
    const timespec slice = {0, 100'000'000};
    while (!is_over_) {
      if (has_failed_) return server->Stop();
      if (sigtimedwait(&signals, nullptr, &slice) < 0) continue;
      pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
      server->Stop();
      return WaitForEnd();
    }
  }

  // With signals unblocked, as no other thread has them.
  void WaitForEnd() const {
    const timespec slice = {0, 100'000'000};
    while (!is_over_) nanosleep(&slice, nullptr);
  }

  const std::atomic<bool>& has_failed_;
  std::atomic<bool> is_over_ = false;
  std::thread thread_;
};

absl::StatusOr<std::string> TokenFor(const ListenAddress& address,
                                     const std::string& path) {
  if (!path.empty()) return ReadToken(path);
  if (address.IsLoopback()) return "";
  return absl::InvalidArgumentError(
      absl::StrCat("whoever reaches ", address.host,
                   " could read and change the index: give --token-file, or "
                   "listen on 127.0.0.1"));
}

void Tell(const ServeArguments& arguments, const std::string& message) {
  if (arguments.quiet) return;
  Log(LogsJson() ? NoteEvent(message) : absl::StrCat(message, "\n"));
}

absl::Status RunServe(const ServeArguments& arguments) {
  RemoveOutOfMemoryHandler();
  WIRECOPY_ASSIGN_OR_RETURN(const ListenAddress address,
                            ParseListenAddress(arguments.listen));
  Service::Options options;
  WIRECOPY_ASSIGN_OR_RETURN(options.token,
                            TokenFor(address, arguments.token_path));
  options.offsets = arguments.options.offsets;
  options.most_documents = arguments.most_documents;
  // Two of the longest at once.
  options.most_bytes = 2 * std::min(arguments.limits.body_bytes,
                                    std::numeric_limits<size_t>::max() / 2);
  options.work_time = std::chrono::seconds(arguments.limits.seconds);
  const sigset_t signals = EndingSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  WIRECOPY_ASSIGN_OR_RETURN(
      const std::unique_ptr<Index> index,
      Index::Open(arguments.folder, Index::Access::kWrite, arguments.options));
  absl::Status failure;
  std::atomic<bool> has_failed = false;
  Service service(options, index.get(), [&](const absl::Status& status) {
    failure = status;
    has_failed = true;
  });
  WIRECOPY_ASSIGN_OR_RETURN(
      const std::unique_ptr<HttpServer> server,
      HttpServer::Bind(
          address.host, address.port, arguments.limits,
          [&](const HttpRequest& request) { return service.Refuse(request); },
          [&](const HttpRequest& request) { return service.Handle(request); },
          [&](const HttpRequest& request, int status, double seconds) {
            service.CountReply(request, status, seconds);
          }));
  service.SetLoad([&] { return server->Load(); });
  const bool has_colon = address.host.find(':') != std::string::npos;
  Tell(arguments,
       absl::StrCat("listening on http://", has_colon ? "[" : "", address.host,
                    has_colon ? "]" : "", ":", server->port()));
  {
    const SignalWatch watch(server.get(), &has_failed);
    const absl::Status served = server->Serve();
    WIRECOPY_RETURN_IF_ERROR(failure);
    WIRECOPY_RETURN_IF_ERROR(served);
  }
  Tell(arguments, "everything that was accepted is answered");
  return index->Close();
}

void AddLimits(CLI::App* command, ServeArguments* arguments) {
  HttpLimits& limits = arguments->limits;
  command->add_option("--workers", limits.workers, "requests at once")
      ->check(CLI::Range(1, kMostWorkers).description(""))
      ->option_text("N [16]")
      ->group("Limits");
  command
      ->add_option("--queue", limits.queue,
                   "connections that wait for a worker; what comes beyond is "
                   "told 429")
      ->check(CLI::Range(size_t{0}, kMostQueue).description(""))
      ->option_text("N [64]")
      ->group("Limits");
  command
      ->add_option("--max-body", limits.body_bytes,
                   "bytes of a request (K, M, G: 1024s)")
      ->transform(ByteSize())
      ->option_text("SIZE [16M]")
      ->group("Limits");
  command
      ->add_option("--max-documents", arguments->most_documents,
                   "documents of a request; of more, it is told 413")
      ->check(CLI::Range(size_t{1}, kMostDocuments).description(""))
      ->option_text("N [10000]")
      ->group("Limits");
  command
      ->add_option("--timeout", limits.seconds,
                   "seconds that a request may take to come, to wait for "
                   "others' changes or query, and its reply to go")
      ->check(CLI::Range(1, kMostSeconds).description(""))
      ->option_text("S [30]")
      ->group("Limits");
}

}  // namespace

void AddServeCommand(CLI::App* app, Action* run) {
  auto arguments = std::make_shared<ServeArguments>();
  CLI::App* const command =
      app->add_subcommand("serve", "answer for documents over HTTP");
  command->footer(kServeExamples);
  command->add_option("--index", arguments->folder, "the index's folder")
      ->required()
      ->check(FileName())
      ->option_text("DIR");
  command->add_option("--listen", arguments->listen, "where to listen")
      ->option_text("ADDRESS:PORT [127.0.0.1:8765]");
  command
      ->add_option("--token-file", arguments->token_path,
                   "a file whose first line requests are to carry, and that "
                   "nobody else may read (mode 600)")
      ->check(FileName())
      ->option_text("FILE");
  AddLimits(command, arguments.get());
  AddOffsetOption(command, &arguments->options.offsets);
  command
      ->add_option("--threads", arguments->options.threads,
                   "threads for what is added at once")
      ->check(CLI::Range(1, kMostThreads).description(""))
      ->option_text("N [1]");
  command->add_flag("--quiet,-q", arguments->quiet, "say nothing");
  command->callback([arguments, run] {
    *run = [arguments] { return RunServe(*arguments); };
  });
}

}  // namespace wirecopy::cli
