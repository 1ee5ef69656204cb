// The index over HTTP: what docs/openapi.json describes, without the sockets.

#ifndef WIRECOPY_CLI_SERVE_SERVICE_H_
#define WIRECOPY_CLI_SERVE_SERVICE_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "cli/serve/byte_gate.h"
#include "cli/serve/group_writer.h"
#include "cli/serve/http_server.h"
#include "cli/serve/metrics.h"
#include "wirecopy/index.h"
#include "wirecopy/offsets.h"

namespace wirecopy::cli {

// Thread-safe.
class Service {
 public:
  struct Options {
    std::string token;  // that requests are to carry; empty: none
    OffsetUnit offsets = OffsetUnit::kCodePoint;  // as the index was opened
    size_t most_documents = 10'000;               // of a request
    // Of long bodies, and of texts that are compared, that are worked on at
    // once: others wait. Those of 64 KiB at most are not counted.
    size_t most_bytes = size_t{32} << 20;
    // What a request may wait for others' texts and changes, or query for
    // document after document, before it is told 503. An addition that has
    // begun is finished.
    std::chrono::seconds work_time{30};
  };

  // `index` must outlive the service. `failed` is called once where the index
  // cannot be written any more: whoever serves had better end.
  Service(const Options& options, Index* index,
          std::function<void(const absl::Status&)> failed);

  // What is told to a request whose body need not be looked at: that it has not
  // the token, or comes from a page of the web, or asks for what there is not.
  std::optional<HttpReply> Refuse(const HttpRequest& request) const;

  // Of a request that is not refused.
  HttpReply Handle(const HttpRequest& request);

  // For /metrics: of every reply, also of those that Handle did not make.
  void CountReply(const HttpRequest& request, int status, double seconds);

  // For /metrics.
  using Load = std::function<ServerLoad()>;
  void SetLoad(Load load) { load_ = std::move(load); }

 private:
  struct Route;

  // Null where no route has that path.
  static const Route* Find(std::string_view path);
  std::optional<HttpReply> RefuseStranger(const HttpRequest& request) const;

  HttpReply AddDocuments(const HttpRequest& request);
  HttpReply QueryDocuments(const HttpRequest& request);
  HttpReply CompareTexts(const HttpRequest& request);
  HttpReply GetDocument(const HttpRequest& request);
  HttpReply RemoveDocument(const HttpRequest& request);
  HttpReply Health(const HttpRequest& request);
  HttpReply ShowMetrics(const HttpRequest& request);
  HttpReply ShowDescription(const HttpRequest& request);

  HttpReply Answer(const HttpRequest& request, bool adds);
  // DeadlineExceeded where there are more than can be answered for in time.
  absl::StatusOr<std::vector<IndexAnswer>> Query(
      std::span<const Document> documents, ByteGate::Time latest) const;
  GroupWriter::Time LatestBegin() const;
  // To work on so many bytes, where they are many.
  absl::StatusOr<std::optional<ByteGate::Pass>> Enter(size_t bytes,
                                                      ByteGate::Time latest);
  // Sets *text to that of the index where the side has an id.
  absl::Status FillText(const std::optional<DocumentId>& id,
                        std::string* text) const;

  const Options options_;
  Index& index_;
  GroupWriter writer_;
  ByteGate gate_;
  Metrics metrics_;
  Load load_;
};

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_SERVE_SERVICE_H_
