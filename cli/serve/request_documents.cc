#include "cli/serve/request_documents.h"

#include <rapidjson/document.h>
#include <rapidjson/encodedstream.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "io/integer_id.h"
#include "io/json_line_hint.h"
#include "io/json_record.h"
#include "wirecopy/published.h"

namespace wirecopy::cli {
namespace {

constexpr size_t kPadding = 64;             // that JsonRecordParser reads
constexpr size_t kMostId = (1U << 16) - 1;  // bytes, that an index takes

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// The lines of a body that is JSON Lines, else all of it.
class Lines {
 public:
  Lines(std::string_view body, bool is_lines)
      : body_(body), is_lines_(is_lines) {}

  // The next one that is not blank; false at the end.
  bool Next(std::string_view* line) {
    while (begin_ < body_.size()) {
      size_t end = is_lines_ ? body_.find('\n', begin_) : body_.size();
      end = std::min(end, body_.size());
      *line = body_.substr(begin_, end - begin_);
      begin_ = end + 1;
      ++number_;
      if (!IsBlank(*line)) return true;
    }
    return false;
  }
  size_t number() const { return number_; }  // of that line, from 1

 private:
  const std::string_view body_;
  const bool is_lines_;
  size_t begin_ = 0;
  size_t number_ = 0;
};

bool HasMore(Lines lines, size_t most) {
  std::string_view line;
  for (size_t count = 0; lines.Next(&line); ++count) {
    if (count == most) return true;
  }
  return false;
}

absl::Status IdOfLine(size_t number) {
  return absl::InvalidArgumentError(
      absl::StrCat("its id is that of line ", number, " already"));
}

absl::Status InLine(size_t number, const std::string& message) {
  return absl::InvalidArgumentError(
      absl::StrCat("line ", number, ": ", message));
}

// A document of JSON whose numbers keep all their digits.
class ExactJson : public rapidjson::Document {
 public:
  rapidjson::ParseResult Read(const std::string& json) {
    rapidjson::ParseResult result;
    auto read = [&](const rapidjson::Document& /*this*/) {
      rapidjson::MemoryStream bytes(json.data(), json.size());
      rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream>
          stream(bytes);
      rapidjson::Reader reader;
      // Iterative: what is nested deeply must not cost the stack.
      result =
          reader.Parse<rapidjson::kParseIterativeFlag |
                       rapidjson::kParseValidateEncodingFlag |
                       rapidjson::kParseNumbersAsStringsFlag>(stream, *this);
      return !result.IsError();
    };
    Populate(read);
    return result;
  }

  // As written; `value` is a number of this.
  const std::string& NumberOf(const rapidjson::Value& value) const {
    return numbers_[value.GetUint64()];
  }

  // Told by the reader.
  bool RawNumber(const char* data, rapidjson::SizeType size, bool /*copy*/) {
    numbers_.emplace_back(data, size);
    return Uint64(numbers_.size() - 1);
  }

 private:
  std::vector<std::string> numbers_;
};

absl::StatusOr<DocumentId> IdOf(const ExactJson& body,
                                const rapidjson::Value& value) {
  if (value.IsString()) {
    return DocumentId{false, {value.GetString(), value.GetStringLength()}};
  }
  if (value.IsNumber()) {
    const auto digits = IntegerId(body.NumberOf(value));
    if (digits) return DocumentId{true, std::string(*digits)};
  }
  return absl::InvalidArgumentError("an id is a string or an integer");
}

absl::StatusOr<ComparedSide> SideOf(const ExactJson& body, const char* name) {
  const auto side = body.FindMember(name);
  if (side == body.MemberEnd() || !side->value.IsObject()) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", name, "\" is to be an object"));
  }
  const auto id = side->value.FindMember("id");
  const auto text = side->value.FindMember("text");
  const bool has_id = id != side->value.MemberEnd();
  const bool has_text = text != side->value.MemberEnd();
  if (has_id == has_text || (has_text && !text->value.IsString())) {
    return absl::InvalidArgumentError(absl::StrCat(
        "\"", name, "\" is to have either an \"id\" or a \"text\", a string"));
  }
  ComparedSide found;
  if (has_text) {
    found.text = {text->value.GetString(), text->value.GetStringLength()};
    return found;
  }
  WIRECOPY_ASSIGN_OR_RETURN(found.id, IdOf(body, id->value));
  return found;
}

}  // namespace

absl::StatusOr<RequestDocuments> RequestDocuments::Parse(std::string_view body,
                                                         bool is_lines,
                                                         bool needs_ids,
                                                         size_t most) {
  if (HasMore(Lines(body, is_lines), most)) {
    return absl::OutOfRangeError(
        absl::StrCat("the body has more than ", most,
                     " documents (--max-documents): send them in several "
                     "requests"));
  }
  std::string padded(body);
  padded.append(kPadding, '\0');
  Lines lines({padded.data(), body.size()}, is_lines);
  JsonRecordParser parser((FieldNames()));
  RequestDocuments found;
  std::map<DocumentId, size_t> lines_of_ids;
  std::string_view line;
  while (lines.Next(&line)) {
    Record record;
    absl::Status status = parser.Parse(line, &record);
    if (status.ok()) status = found.Add(record, needs_ids);
    if (status.ok() && needs_ids) {
      const auto [first, is_new] =
          lines_of_ids.try_emplace(found.documents_.back().id, lines.number());
      if (!is_new) status = IdOfLine(first->second);
    }
    if (status.ok()) continue;
    if (!is_lines) return status;
    const std::string_view hint = JsonLineHint(line);
    return InLine(lines.number(), hint.empty() ? std::string(status.message())
                                               : std::string(hint));
  }
  if (found.documents_.empty()) {
    return absl::InvalidArgumentError("the body has no document");
  }
  return found;
}

std::string_view RequestDocuments::Keep(std::string_view text) {
  return strings_.emplace_back(text);
}

absl::Status RequestDocuments::Add(const Record& record, bool needs_ids) {
  if (needs_ids && !record.id) {
    return absl::InvalidArgumentError("the document has no \"id\"");
  }
  if (record.id && record.id->text.size() > kMostId) {
    return absl::InvalidArgumentError(
        absl::StrCat("an id of more than ", kMostId, " bytes"));
  }
  Document document;
  // One that no document can have, where it has none.
  document.id = record.id ? record.id->Owned() : DocumentId{true, ""};
  document.text = Keep(record.text);
  document.publisher = Keep(record.publisher);
  document.details.title = Keep(record.title);
  document.details.url = Keep(record.url);
  document.details.canonical = Keep(record.canonical);
  document.details.is_based_on = Keep(record.is_based_on);
  std::string_view unreadable_date;
  if (const auto published = ParsePublished(record.published)) {
    document.published = published->time;
    document.details.published_is_uncertain = published->is_uncertain;
  } else {
    unreadable_date = record.odd_published.empty()
                          ? record.published
                          : std::string_view(record.odd_published);
  }
  documents_.push_back(document);
  unreadable_dates_.push_back(Keep(unreadable_date));
  has_id_.push_back(record.id.has_value());
  return absl::OkStatus();
}

absl::StatusOr<ComparedSides> ParseComparedSides(const std::string& body) {
  ExactJson parsed;
  const rapidjson::ParseResult result = parsed.Read(body);
  if (result.IsError()) {
    return absl::InvalidArgumentError(
        absl::StrCat("no JSON: ", rapidjson::GetParseError_En(result.Code())));
  }
  if (!parsed.IsObject()) {
    return absl::InvalidArgumentError("the body is to be an object");
  }
  ComparedSides sides;
  WIRECOPY_ASSIGN_OR_RETURN(sides.a, SideOf(parsed, "a"));
  WIRECOPY_ASSIGN_OR_RETURN(sides.b, SideOf(parsed, "b"));
  return sides;
}

}  // namespace wirecopy::cli
