#include "cli/serve/service.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "base/status_macros.h"
#include "cli/comparison_views.h"
#include "cli/index_views.h"
#include "cli/serve/api_description.h"
#include "cli/serve/bearer_token.h"
#include "cli/serve/listen_address.h"
#include "cli/serve/request_documents.h"
#include "io/integer_id.h"
#include "report/json_line.h"
#include "wirecopy/compare.h"
#include "wirecopy/text.h"
#include "wirecopy/version.h"

namespace wirecopy::cli {
namespace {

constexpr std::string_view kDocumentPrefix = "/v1/documents/";

HttpReply Error(int status, std::string_view message) {
  std::string valid;
  RepairUtf8(message, &valid);
  return {status, JsonLine().Add("error", valid).Finish()};
}

// A request's fault, or ours.
HttpReply Error(const absl::Status& status) {
  const std::string message(status.message());
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
      return Error(400, message);
    case absl::StatusCode::kNotFound:
      return Error(404, message);
    case absl::StatusCode::kOutOfRange:
      return Error(413, message);
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kResourceExhausted:
      return Error(503, message);
    default:
      return Error(500, message);
  }
}

bool IsLines(const HttpRequest& request) {
  return request.content_type == "application/x-ndjson" ||
         request.content_type == "application/jsonl";
}

// Has to be said: a page of the web may send anything else without asking
// first.
bool IsJson(const HttpRequest& request) {
  return request.content_type == "application/json";
}

HttpReply NotJson() {
  return Error(415,
               "send Content-Type: application/json, or application/x-ndjson "
               "for several documents");
}

// What a path may name.
struct NamedIds {
  std::optional<DocumentId> integer;
  std::optional<DocumentId> string;
};

// InvalidArgument where ?type= is neither of the two.
absl::StatusOr<NamedIds> NamedBy(const HttpRequest& request) {
  const std::string text = request.path.substr(kDocumentPrefix.size());
  const auto type = request.query.find("type");
  const bool has_type = type != request.query.end();
  if (request.query.count("type") > 1 ||
      (has_type && type->second != "string" && type->second != "integer")) {
    return absl::InvalidArgumentError("?type= is integer or string");
  }
  NamedIds named;
  if (!has_type || type->second == "integer") {
    const auto digits = IntegerId(text);
    if (digits) named.integer = DocumentId{true, std::string(*digits)};
  }
  if (!has_type || type->second == "string") {
    named.string = DocumentId{false, text};
  }
  return named;
}

HttpReply NotHeld() { return Error(404, "the index holds no such document"); }

}  // namespace

struct Service::Route {
  using Handler = HttpReply (Service::*)(const HttpRequest&);

  std::string_view path;  // "{id}" at the end stands for anything
  std::string_view method;
  Handler handle;
  std::string_view other_method = {};
  Handler handle_other = nullptr;
  bool is_open = false;  // without a token

  // Null where the path has no such method. A HEAD is a GET whose reply is not
  // sent whole.
  Handler HandlerOf(std::string_view wanted) const {
    if (wanted == "HEAD") wanted = "GET";
    if (wanted == method) return handle;
    return wanted == other_method ? handle_other : nullptr;
  }
};

const Service::Route* Service::Find(std::string_view path) {
  static constexpr std::array kRoutes = {
      Route{"/v1/documents", "POST", &Service::AddDocuments},
      Route{"/v1/query", "POST", &Service::QueryDocuments},
      Route{"/v1/compare", "POST", &Service::CompareTexts},
      Route{"/v1/documents/{id}", "GET", &Service::GetDocument, "DELETE",
            &Service::RemoveDocument},
      Route{"/metrics", "GET", &Service::ShowMetrics},
      Route{"/openapi.json", "GET", &Service::ShowDescription},
      Route{"/healthz", "GET", &Service::Health, {}, nullptr, true},
  };
  for (const Route& route : kRoutes) {
    const size_t mark = route.path.find("{id}");
    const std::string_view prefix = route.path.substr(0, mark);
    const bool fits = mark == std::string_view::npos ? path == route.path
                                                     : path.starts_with(prefix);
    if (fits) return &route;
  }
  return nullptr;
}

Service::Service(const Options& options, Index* index,
                 std::function<void(const absl::Status&)> failed)
    : options_(options),
      index_(*index),
      writer_(index, std::move(failed)),
      gate_(options.most_bytes),
      load_([] { return ServerLoad(); }) {}

// Without a token whoever is on this machine may ask, and so may its browser. A
// page may send it where it likes, by a name of its own too (DNS rebinding),
// but cannot keep these two headers from saying so.
std::optional<HttpReply> Service::RefuseStranger(
    const HttpRequest& request) const {
  if (!options_.token.empty()) {
    if (HasToken(request.authorization, options_.token)) return std::nullopt;
    HttpReply reply = Error(401, "this server asks for its bearer token");
    reply.headers.emplace_back("WWW-Authenticate", "Bearer");
    return reply;
  }
  constexpr std::string_view kScheme = "://";
  const size_t scheme = request.origin.find(kScheme);
  const std::string_view origin =
      scheme == std::string::npos
          ? std::string_view(request.origin)
          : std::string_view(request.origin).substr(scheme + kScheme.size());
  for (const std::string_view host : {std::string_view(request.host), origin}) {
    if (host.empty() || NamesLoopback(host)) continue;
    return Error(403, "without a token this server is for this machine alone");
  }
  return std::nullopt;
}

std::optional<HttpReply> Service::Refuse(const HttpRequest& request) const {
  const Route* const route = Find(request.path);
  if (route == nullptr || !route->is_open) {
    if (auto refusal = RefuseStranger(request)) return refusal;
  }
  if (route == nullptr) return Error(404, "no such path; see /openapi.json");
  if (route->HandlerOf(request.method) != nullptr) return std::nullopt;
  HttpReply reply = Error(405, "this path has no such method");
  std::string allowed(route->method);
  if (!route->other_method.empty()) {
    absl::StrAppend(&allowed, ", ", std::string(route->other_method));
  }
  reply.headers.emplace_back("Allow", allowed);
  return reply;
}

HttpReply Service::Handle(const HttpRequest& request) {
  const Route* const route = Find(request.path);
  const Route::Handler handle =
      route == nullptr ? nullptr : route->HandlerOf(request.method);
  return handle == nullptr ? *Refuse(request) : (this->*handle)(request);
}

void Service::CountReply(const HttpRequest& request, int status,
                         double seconds) {
  const Route* const route = Find(request.path);
  metrics_.CountReply(route == nullptr ? std::string_view() : route->path,
                      status, seconds);
}

HttpReply Service::AddDocuments(const HttpRequest& request) {
  return Answer(request, /*adds=*/true);
}

HttpReply Service::QueryDocuments(const HttpRequest& request) {
  return Answer(request, /*adds=*/false);
}

HttpReply Service::Answer(const HttpRequest& request, bool adds) {
  const bool is_lines = IsLines(request);
  if (!is_lines && !IsJson(request)) return NotJson();
  const GroupWriter::Time latest = LatestBegin();
  const auto pass = Enter(request.body.size(), latest);
  if (!pass.ok()) return Error(pass.status());
  const auto parsed = RequestDocuments::Parse(request.body, is_lines, adds,
                                              options_.most_documents);
  if (!parsed.ok()) return Error(parsed.status());
  const std::vector<Document>& documents = parsed->documents();
  const auto answers =
      adds ? writer_.Add(documents, latest) : Query(documents, latest);
  if (!answers.ok()) return Error(answers.status());
  HttpReply reply;
  if (is_lines) reply.content_type = "application/x-ndjson";
  for (size_t i = 0; i < documents.size(); ++i) {
    const IndexAnswer& answer = (*answers)[i];
    metrics_.CountAnswer(adds ? "add" : "query",
                         IndexStatusName(answer.status));
    const DocumentId* const id = parsed->HasId(i) ? &documents[i].id : nullptr;
    reply.body +=
        AnswerLine(id, answer, options_.offsets, parsed->UnreadableDate(i));
  }
  return reply;
}

GroupWriter::Time Service::LatestBegin() const {
  return std::chrono::steady_clock::now() + options_.work_time;
}

// Each byte of a body may take eighty while it is answered for.
absl::StatusOr<std::optional<ByteGate::Pass>> Service::Enter(
    size_t bytes, ByteGate::Time latest) {
  constexpr size_t kShort = size_t{64} << 10;
  if (bytes <= kShort) return std::nullopt;
  WIRECOPY_ASSIGN_OR_RETURN(ByteGate::Pass pass, gate_.Enter(bytes, latest));
  return std::optional<ByteGate::Pass>(std::move(pass));
}

absl::StatusOr<std::vector<IndexAnswer>> Service::Query(
    std::span<const Document> documents, ByteGate::Time latest) const {
  constexpr size_t kAtOnce = 16;
  std::vector<IndexAnswer> answers;
  while (answers.size() < documents.size()) {
    if (!answers.empty() && std::chrono::steady_clock::now() > latest) {
      return absl::DeadlineExceededError(
          absl::StrCat("in ", options_.work_time.count(), " seconds ",
                       answers.size(), " of ", documents.size(),
                       " documents were looked for: send fewer at once"));
    }
    const auto left = documents.subspan(answers.size());
    WIRECOPY_ASSIGN_OR_RETURN(
        std::vector<IndexAnswer> some,
        index_.Query(left.first(std::min(kAtOnce, left.size()))));
    std::move(some.begin(), some.end(), std::back_inserter(answers));
  }
  return answers;
}

absl::Status Service::FillText(const std::optional<DocumentId>& id,
                               std::string* text) const {
  if (!id) return absl::OkStatus();
  WIRECOPY_ASSIGN_OR_RETURN(auto document, index_.Get(*id));
  if (!document) {
    return absl::NotFoundError(
        absl::StrCat("the index holds no document ", id->text));
  }
  *text = std::move(document->text);
  return absl::OkStatus();
}

HttpReply Service::CompareTexts(const HttpRequest& request) {
  if (!IsJson(request)) return NotJson();
  auto sides = ParseComparedSides(request.body);
  if (!sides.ok()) return Error(sides.status());
  absl::Status status = FillText(sides->a.id, &sides->a.text);
  status.Update(FillText(sides->b.id, &sides->b.text));
  if (!status.ok()) return Error(status);
  // Not the body's: it may name texts that are longer.
  const auto pass =
      Enter(sides->a.text.size() + sides->b.text.size(), LatestBegin());
  if (!pass.ok()) return Error(pass.status());
  const auto name = [](const ComparedSide& side, const char* otherwise) {
    return side.id ? side.id->text : std::string(otherwise);
  };
  const ComparedTexts texts = {name(sides->a, "a"), sides->a.text,
                               name(sides->b, "b"), sides->b.text};
  const IndexParameters& parameters = index_.parameters();
  auto record = CompareWithPassages(texts, parameters.shingle,
                                    parameters.passage, options_.offsets);
  if (!record.ok()) return Error(record.status());
  record->a_is_integer = sides->a.id && sides->a.id->is_integer;
  record->b_is_integer = sides->b.id && sides->b.id->is_integer;
  return {200, ComparisonLine(*record)};
}

HttpReply Service::GetDocument(const HttpRequest& request) {
  const auto named = NamedBy(request);
  if (!named.ok()) return Error(named.status());
  for (const auto& id : {named->integer, named->string}) {
    if (!id) continue;
    const auto document = index_.Get(*id);
    if (!document.ok()) return Error(document.status());
    if (*document) return {200, DocumentLine(**document)};
  }
  return NotHeld();
}

// One that is asked for again, as a client does that had no answer, must not
// remove another document, whatever was added or removed in between: so digits
// alone never mean a string here.
HttpReply Service::RemoveDocument(const HttpRequest& request) {
  const auto named = NamedBy(request);
  if (!named.ok()) return Error(named.status());
  if (named->integer && named->string) {
    const auto string = index_.Get(*named->string);
    if (!string.ok()) return Error(string.status());
    if (*string) {
      return Error(409,
                   "the index holds a string of these digits: say which is "
                   "meant, ?type=integer or ?type=string");
    }
  }
  const auto& id = named->integer ? named->integer : named->string;
  if (!id) return NotHeld();
  const auto removed = writer_.Remove({&*id, 1}, LatestBegin());
  if (!removed.ok()) return Error(removed.status());
  if (!removed->front()) return NotHeld();
  return {200, JsonLine().Add("id", *id).Add("removed", true).Finish()};
}

HttpReply Service::Health(const HttpRequest& /*request*/) {
  return {200,
          JsonLine().Add("status", "ok").Add("version", Version()).Finish()};
}

HttpReply Service::ShowMetrics(const HttpRequest& /*request*/) {
  const auto info = index_.Info();
  if (!info.ok()) return Error(info.status());
  const ServerLoad load = load_();
  const std::vector<Metrics::Figure> figures = {
      {"wirecopy_documents", "Documents in the index.", info->documents},
      {"wirecopy_duplicates", "Of these, duplicates of another.",
       info->duplicates},
      {"wirecopy_orphans",
       "And those that were duplicates of what is gone, and nobody has kept.",
       info->orphans},
      {"wirecopy_index_bytes", "Bytes of the index's files.", info->disk_bytes},
      {"wirecopy_connections", "Connections that are served.", load.served},
      {"wirecopy_waiting_connections", "Connections that wait.", load.waiting},
      {"wirecopy_closed_connections_total",
       "Connections closed without an answer, for too many were refused.",
       load.closed, "counter"},
  };
  return {200, metrics_.Text(figures), "text/plain; version=0.0.4"};
}

HttpReply Service::ShowDescription(const HttpRequest& /*request*/) {
  return {200, std::string(kApiDescription)};
}

}  // namespace wirecopy::cli
