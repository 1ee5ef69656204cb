#include "cli/serve/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "cli/serve/api_description.h"
#include "tests/support/temp_folder.h"

namespace wirecopy::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Some words that are no other number's.
std::string Words(int number, int count = 60) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += "w" + std::to_string(number) + "x" + std::to_string(i) + " ";
  }
  return text;
}

std::string Json(const std::string& id, const std::string& text) {
  return "{\"id\":" + id + ",\"text\":\"" + text + "\"}";
}

class ServiceTest : public testing::Test {
 protected:
  void SetUp() override { Start({}); }

  void Start(const Service::Options& options) {
    service_.reset();
    index_.reset();
    const std::string folder = folder_.Path(std::to_string(++made_));
    ASSERT_TRUE(Index::Create(folder, {}).ok());
    auto index = Index::Open(folder, Index::Access::kWrite, {});
    ASSERT_TRUE(index.ok()) << index.status();
    index_ = *std::move(index);
    service_ = std::make_unique<Service>(
        options, index_.get(),
        [](const absl::Status& status) { ADD_FAILURE() << status; });
  }

  HttpReply Ask(const std::string& method, const std::string& path,
                const std::string& body = "",
                const std::string& type = "application/json") {
    HttpRequest request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.content_type = type;
    return Reply(request);
  }

  HttpReply Reply(const HttpRequest& request) {
    const auto refusal = service_->Refuse(request);
    return refusal ? *refusal : service_->Handle(request);
  }

  HttpReply Add(const std::string& id, const std::string& text) {
    return Ask("POST", "/v1/documents", Json(id, text));
  }

  oracle::TempFolder folder_;
  int made_ = 0;
  std::unique_ptr<Index> index_;
  std::unique_ptr<Service> service_;
};

TEST_F(ServiceTest, AddsAndAnswers) {
  HttpReply reply = Add("1", Words(1));
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, StartsWith("{\"id\":1,\"status\":\"new\""));
  reply = Add("\"two\"", Words(1));
  EXPECT_THAT(reply.body,
              StartsWith("{\"id\":\"two\",\"status\":\"duplicate\",\"of\":1,"
                         "\"similarity\":1.0"));
  EXPECT_THAT(Add("1", Words(1)).body,
              StartsWith("{\"id\":1,\"status\":\"present\"}"));
  EXPECT_THAT(Add("\"two\"", Words(1)).body,
              StartsWith("{\"id\":\"two\",\"status\":\"present\",\"of\":1,"
                         "\"similarity\":1.0"));
  EXPECT_THAT(Add("1", Words(2)).body, HasSubstr("\"revision\""));
  const auto info = index_->Info();
  ASSERT_TRUE(info.ok());
  EXPECT_EQ(info->documents, 2U);
}

TEST_F(ServiceTest, LinesAreAnsweredInOrder) {
  const std::string body = Json("1", Words(1)) + "\n" + Json("2", Words(2)) +
                           "\n" + Json("3", Words(1)) + "\n";
  const HttpReply reply =
      Ask("POST", "/v1/documents", body, "application/x-ndjson");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.content_type, "application/x-ndjson");
  EXPECT_THAT(reply.body, StartsWith("{\"id\":1,\"status\":\"new\""));
  EXPECT_THAT(reply.body, HasSubstr("\n{\"id\":2,\"status\":\"new\""));
  EXPECT_THAT(reply.body,
              HasSubstr("\n{\"id\":3,\"status\":\"duplicate\",\"of\":1,"));
}

// All or none.
TEST_F(ServiceTest, OneBadLineAddsNothing) {
  const std::string body = Json("1", Words(1)) + "\n{\"id\":2}\n";
  const HttpReply reply =
      Ask("POST", "/v1/documents", body, "application/x-ndjson");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("line 2: "));
  EXPECT_EQ(index_->Info()->documents, 0U);
}

// Which of the two was meant, nobody said.
TEST_F(ServiceTest, OneIdTwiceAddsNothing) {
  const std::string body = Json("1", Words(1)) + "\n\n" +
                           Json("\"1\"", Words(2)) + "\n" +
                           Json("2", Words(3)) + "\n";
  const std::string type = "application/x-ndjson";
  for (const std::string& again : {Json("1", Words(1)), Json("1", Words(4))}) {
    const HttpReply reply =
        Ask("POST", "/v1/documents", body + again + "\n", type);
    EXPECT_EQ(reply.status, 400);
    EXPECT_THAT(reply.body, HasSubstr("line 5: "));
    EXPECT_THAT(reply.body, HasSubstr("that of line 1"));
  }
  EXPECT_EQ(index_->Info()->documents, 0U);
  // A question about one twice has two answers.
  EXPECT_EQ(Ask("POST", "/v1/query", body + body, type).status, 200);
  EXPECT_EQ(Ask("POST", "/v1/documents", body, type).status, 200);
  EXPECT_EQ(index_->Info()->documents, 3U);
}

TEST_F(ServiceTest, DatesThatAreNoneAreTold) {
  const std::string body =
      "{\"id\":1,\"text\":\"" + Words(1) + "\",\"published\":\"soon\"}";
  const HttpReply reply = Ask("POST", "/v1/documents", body);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body,
            "{\"id\":1,\"status\":\"new\",\"unreadable_date\":\"soon\"}\n");
  EXPECT_THAT(Ask("GET", "/v1/documents/1").body, Not(HasSubstr("published")));
}

TEST_F(ServiceTest, TooManyDocumentsAreRefused) {
  Service::Options options;
  options.most_documents = 2;
  Start(options);
  const std::string two = Json("1", Words(1)) + "\n" + Json("2", Words(2));
  for (const char* path : {"/v1/query", "/v1/documents"}) {
    EXPECT_EQ(Ask("POST", path, two, "application/x-ndjson").status, 200);
    const HttpReply reply = Ask("POST", path, two + "\n" + Json("3", Words(3)),
                                "application/x-ndjson");
    EXPECT_EQ(reply.status, 413);
    EXPECT_THAT(reply.body, HasSubstr("more than 2 documents"));
  }
  EXPECT_EQ(index_->Info()->documents, 2U);
}

TEST_F(ServiceTest, QueriesAddNothing) {
  Add("1", Words(1));
  const HttpReply reply =
      Ask("POST", "/v1/query", "{\"text\":\"" + Words(1) + "\"}");
  EXPECT_THAT(reply.body, StartsWith("{\"id\":null,\"status\":\"duplicate\","
                                     "\"of\":1,"));
  EXPECT_EQ(index_->Info()->documents, 1U);
}

TEST_F(ServiceTest, ComparesTextsAndDocuments) {
  Add("1", Words(1));
  HttpReply reply =
      Ask("POST", "/v1/compare",
          "{\"a\":{\"id\":1},\"b\":{\"text\":\"" + Words(1) + "\"}}");
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, StartsWith("{\"a\":1,\"b\":\"b\",\"jaccard\":1.0"));
  Add("\"2\"", Words(1));
  reply = Ask("POST", "/v1/compare", "{\"a\":{\"id\":\"2\"},\"b\":{\"id\":1}}");
  EXPECT_THAT(reply.body, StartsWith("{\"a\":\"2\",\"b\":1,\"jaccard\":1.0"));
  reply =
      Ask("POST", "/v1/compare", "{\"a\":{\"id\":2},\"b\":{\"text\":\"x\"}}");
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(Ask("POST", "/v1/compare", "[").status, 400);
}

TEST_F(ServiceTest, GetsAndRemoves) {
  Ask("POST", "/v1/documents",
      "{\"id\":\"a/b\",\"text\":\"" + Words(1) +
          "\",\"published\":\"2026-01-02T03:04:05Z\",\"publisher\":\"P\"}");
  HttpReply reply = Ask("GET", "/v1/documents/a/b");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "{\"id\":\"a/b\",\"text\":\"" + Words(1) +
                            "\",\"published\":\"2026-01-02T03:04:05Z\","
                            "\"publisher\":\"P\"}\n");
  EXPECT_EQ(Ask("DELETE", "/v1/documents/a/b").status, 200);
  EXPECT_EQ(Ask("DELETE", "/v1/documents/a/b").status, 404);
  EXPECT_EQ(Ask("GET", "/v1/documents/a/b").status, 404);
}

TEST_F(ServiceTest, AnIdMayBeEmpty) {
  EXPECT_EQ(Ask("GET", "/v1/documents/").status, 404);
  EXPECT_EQ(Add("\"\"", Words(1)).status, 200);
  EXPECT_THAT(Ask("GET", "/v1/documents/").body, StartsWith("{\"id\":\"\","));
  EXPECT_EQ(Ask("DELETE", "/v1/documents/").status, 200);
  EXPECT_EQ(index_->Info()->documents, 0U);
}

// What can be added can be read, compared and removed.
TEST_F(ServiceTest, IntegersHaveAnyNumberOfDigits) {
  for (const std::string id :
       {"1234567890123456789", "9223372036854775808", "18446744073709551615",
        "-9223372036854775808", "123456789012345678901234567890"}) {
    EXPECT_THAT(Add(id, Words(1)).body, StartsWith("{\"id\":" + id + ","));
    EXPECT_THAT(Ask("GET", "/v1/documents/" + id).body,
                StartsWith("{\"id\":" + id + ","));
    EXPECT_THAT(Ask("POST", "/v1/compare",
                    "{\"a\":{\"id\":" + id + "},\"b\":{\"text\":\"x\"}}")
                    .body,
                StartsWith("{\"a\":" + id + ","));
    EXPECT_EQ(Ask("DELETE", "/v1/documents/" + id).status, 200);
    EXPECT_EQ(Ask("GET", "/v1/documents/" + id).status, 404);
  }
}

TEST_F(ServiceTest, DigitsAreAnIntegerFirst) {
  Add("7", Words(1));
  Add("\"7\"", Words(2));
  Add("\"8\"", Words(3));
  EXPECT_THAT(Ask("GET", "/v1/documents/7").body, StartsWith("{\"id\":7,"));
  EXPECT_THAT(Ask("GET", "/v1/documents/8").body, StartsWith("{\"id\":\"8\""));
  HttpRequest request;
  request.method = "GET";
  request.path = "/v1/documents/7";
  request.query = {{"type", "string"}};
  EXPECT_THAT(Reply(request).body, StartsWith("{\"id\":\"7\""));
  request.path = "/v1/documents/8";
  request.query = {{"type", "integer"}};
  EXPECT_EQ(Reply(request).status, 404);
}

// A client that had no answer asks again.
TEST_F(ServiceTest, ARemovalTwiceRemovesNothingElse) {
  Add("7", Words(1));
  EXPECT_EQ(Ask("DELETE", "/v1/documents/7").status, 200);
  Add("\"7\"", Words(2));
  HttpReply reply = Ask("DELETE", "/v1/documents/7");
  EXPECT_EQ(reply.status, 409);
  EXPECT_THAT(reply.body, HasSubstr("?type=integer or ?type=string"));
  Add("7", Words(1));
  EXPECT_EQ(Ask("DELETE", "/v1/documents/7").status, 409);
  EXPECT_EQ(index_->Info()->documents, 2U);

  HttpRequest request;
  request.method = "DELETE";
  request.path = "/v1/documents/7";
  request.query = {{"type", "integer"}};
  EXPECT_EQ(Reply(request).body, "{\"id\":7,\"removed\":true}\n");
  EXPECT_EQ(Reply(request).status, 404);
  request.query = {{"type", "string"}};
  EXPECT_EQ(Reply(request).body, "{\"id\":\"7\",\"removed\":true}\n");
  EXPECT_EQ(Reply(request).status, 404);
  EXPECT_EQ(Ask("DELETE", "/v1/documents/7").status, 404);
}

TEST_F(ServiceTest, OtherTypesOfIdsAreRefused) {
  Add("7", Words(1));
  HttpRequest request;
  request.path = "/v1/documents/7";
  for (const char* method : {"GET", "DELETE"}) {
    request.method = method;
    request.query = {{"type", "int"}};
    EXPECT_EQ(Reply(request).status, 400);
    request.query = {{"type", "string"}, {"type", "integer"}};
    EXPECT_EQ(Reply(request).status, 400);
  }
  request.query = {{"type", "integer"}};
  request.path = "/v1/documents/a7";
  EXPECT_EQ(Reply(request).status, 404);
  EXPECT_EQ(index_->Info()->documents, 1U);
}

TEST_F(ServiceTest, OtherPathsAndMethods) {
  EXPECT_EQ(Ask("GET", "/").status, 404);
  EXPECT_EQ(Ask("GET", "/v1/document/1").status, 404);
  const HttpReply reply = Ask("PUT", "/v1/documents/1");
  EXPECT_EQ(reply.status, 405);
  ASSERT_EQ(reply.headers.size(), 1U);
  EXPECT_EQ(reply.headers[0].first, "Allow");
  EXPECT_EQ(reply.headers[0].second, "GET, DELETE");
  EXPECT_EQ(Ask("POST", "/v1/query", "<x/>", "text/xml").status, 415);
  EXPECT_EQ(Ask("HEAD", "/healthz").status, 200);
}

TEST_F(ServiceTest, AsksForItsToken) {
  Service::Options options;
  options.token = "sixteen-letters!";
  Start(options);
  EXPECT_EQ(Ask("GET", "/healthz").status, 200);
  for (const char* path :
       {"/metrics", "/openapi.json", "/v1/documents/1", "/nowhere"}) {
    const HttpReply reply = Ask("GET", path);
    EXPECT_EQ(reply.status, 401) << path;
    EXPECT_EQ(reply.headers[0].first, "WWW-Authenticate");
  }
  HttpRequest request;
  request.method = "GET";
  request.path = "/metrics";
  request.authorization = "Bearer sixteen-letters!";
  EXPECT_EQ(Reply(request).status, 200);
}

TEST_F(ServiceTest, QueriesForManyDocumentsEndInTime) {
  Service::Options options;
  options.work_time = std::chrono::seconds(0);
  Start(options);
  std::string body;
  for (int i = 0; i < 100; ++i)
    body += Json(std::to_string(i), Words(i)) + "\n";
  HttpReply reply = Ask("POST", "/v1/query", body, "application/x-ndjson");
  EXPECT_EQ(reply.status, 503);
  EXPECT_THAT(reply.body, HasSubstr("of 100 documents were looked for"));
  reply = Ask("POST", "/v1/query", Json("1", Words(1)));
  EXPECT_EQ(reply.status, 200) << reply.body;
}

// Beyond their bound, long texts wait for each other, and short ones do not.
TEST_F(ServiceTest, LongTextsTakeTurns) {
  const std::string text = Words(1, 40'000);
  const std::vector<std::pair<std::string, std::string>> requests = {
      {"/v1/query", Json("1", text)},
      {"/v1/documents", Json("1", text)},
      {"/v1/compare",
       "{\"a\":{\"text\":\"" + text + "\"},\"b\":{\"text\":\"x\"}}"}};
  Service::Options options;
  options.most_bytes = text.size();
  for (const int seconds : {60, 0}) {
    options.work_time = std::chrono::seconds(seconds);
    Start(options);
    std::atomic<int> done = 0;
    std::atomic<int> refused = 0;
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    std::vector<std::thread> threads;
    for (size_t t = 0; t < 6; ++t) {
      threads.emplace_back([&, t] {
        const auto& [path, body] = requests[t % requests.size()];
        do {
          const HttpReply reply = Ask("POST", path, body);
          if (reply.status == 200) {
            ++done;
          } else {
            ++refused;
            EXPECT_EQ(reply.status, 503);
            EXPECT_THAT(reply.body, HasSubstr("all the time"));
          }
        } while (seconds == 0 && (done == 0 || refused == 0) &&
                 std::chrono::steady_clock::now() < end);
      });
    }
    EXPECT_EQ(Ask("POST", "/v1/query", Json("7", Words(7))).status, 200);
    for (std::thread& thread : threads) thread.join();
    EXPECT_GE(done, 1);
    EXPECT_EQ(refused > 0, seconds == 0);
  }
}

TEST_F(ServiceTest, MetricsCountAnswers) {
  Add("1", Words(1));
  Add("2", Words(1));
  HttpRequest request;
  request.path = "/v1/documents/77";
  service_->CountReply(request, 404, 0.01);
  service_->SetLoad([] { return ServerLoad{3, 4, 5}; });
  const std::string text = Ask("GET", "/metrics").body;
  for (const char* line :
       {"wirecopy_documents 2\n", "wirecopy_duplicates 1\n",
        "wirecopy_connections 3\n", "wirecopy_waiting_connections 4\n",
        "# TYPE wirecopy_closed_connections_total counter\n"
        "wirecopy_closed_connections_total 5\n",
        "wirecopy_answers_total{action=\"add\",status=\"duplicate\"} 1\n",
        "{route=\"/v1/documents/{id}\",code=\"404\"} 1\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

// Each thread's documents are there once, whatever was written together.
TEST_F(ServiceTest, ThreadsAddTogether) {
  constexpr int kThreads = 8;
  constexpr int kEach = 20;
  std::atomic<int> fresh = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([this, t, &fresh] {
      for (int i = 0; i < kEach; ++i) {
        const int number = kEach * t + i;
        const HttpReply reply = Add(std::to_string(number), Words(number));
        const std::string wanted =
            "{\"id\":" + std::to_string(number) + ",\"status\":\"new\"";
        fresh += reply.body.starts_with(wanted) ? 1 : 0;
        if (i % 5 == 4) {
          Ask("DELETE", "/v1/documents/" + std::to_string(number));
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(fresh, kThreads * kEach);
  EXPECT_EQ(index_->Info()->documents, 4U * kThreads * kEach / 5);
  EXPECT_TRUE(index_->Verify().ok());
}

// What the description says that there is, there is, and nothing else.
TEST_F(ServiceTest, DescriptionNamesEveryRoute) {
  EXPECT_EQ(Ask("GET", "/openapi.json").body, kApiDescription);
  for (const char* path :
       {"/v1/documents", "/v1/documents/{id}", "/v1/query", "/v1/compare",
        "/healthz", "/metrics", "/openapi.json"}) {
    EXPECT_THAT(kApiDescription,
                HasSubstr("\n  \"" + std::string(path) + "\": {"));
    EXPECT_NE(Ask("PATCH", path).status, 404) << path;
  }
}

// A browser sends what a page of the web asks it to, but says where that is
// from, and by which name it found the server.
TEST_F(ServiceTest, PagesOfTheWebAreStrangers) {
  HttpRequest request;
  request.method = "GET";
  request.path = "/metrics";
  for (const char* host : {"", "localhost", "localhost:8765", "127.0.0.1:80",
                           "[::1]", "[::1]:8765"}) {
    request.host = host;
    EXPECT_EQ(Reply(request).status, 200) << host;
  }
  for (const char* host : {"example.org", "example.org:8765", "10.0.0.1",
                           "localhost.example.org", "127.0.0.1.example.org"}) {
    request.host = host;
    EXPECT_EQ(Reply(request).status, 403) << host;
  }
  request.host = "localhost:8765";
  for (const char* origin :
       {"http://example.org", "https://127.0.0.1.example.org:8765", "null"}) {
    request.origin = origin;
    EXPECT_EQ(Reply(request).status, 403) << origin;
  }
  request.origin = "http://localhost:3000";
  EXPECT_EQ(Reply(request).status, 200);
  request.origin = "http://example.org";
  request.path = "/healthz";
  EXPECT_EQ(Reply(request).status, 200);
  Start({"a-token-of-some-length"});
  request.path = "/metrics";
  EXPECT_EQ(Reply(request).status, 401);
  request.authorization = "Bearer a-token-of-some-length";
  EXPECT_EQ(Reply(request).status, 200);
}

// May be sent from any page, without asking first.
TEST_F(ServiceTest, BodiesSayThatTheyAreJson) {
  for (const char* type : {"", "text/plain", "multipart/form-data",
                           "application/x-www-form-urlencoded"}) {
    EXPECT_EQ(Ask("POST", "/v1/documents", Json("1", Words(1)), type).status,
              415);
  }
  EXPECT_EQ(Ask("GET", "/v1/documents/1").status, 404);
}

TEST_F(ServiceTest, AQuestionWithoutAnIdIsNobody) {
  EXPECT_EQ(Add("\"\"", Words(1)).status, 200);
  const std::string text = "{\"text\":\"" + Words(1) + "\"}";
  EXPECT_THAT(Ask("POST", "/v1/query", text).body,
              HasSubstr("\"status\":\"duplicate\",\"of\":\"\""));
}

// A body of which one document cannot be added, and then one that can.
TEST_F(ServiceTest, WhatIsRefusedIsRefusedAlone) {
  const std::string wrong = Json("1", Words(1)) + "\n" +
                            Json("\"" + std::string(70'000, 'x') + "\"", "a");
  EXPECT_EQ(Ask("POST", "/v1/documents", wrong, "application/x-ndjson").status,
            400);
  EXPECT_EQ(Add("2", Words(2)).status, 200);
}

}  // namespace
}  // namespace wirecopy::cli
