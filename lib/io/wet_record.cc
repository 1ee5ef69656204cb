#include "io/wet_record.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "wirecopy/text.h"

namespace wirecopy {
namespace {

constexpr size_t kNowhere = std::string_view::npos;
constexpr std::string_view kMark = "WARC/1.";
constexpr std::string_view kHeaderEnd = "\r\n\r\n";
constexpr size_t kMostHeader = size_t{1} << 16;

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == kNowhere) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return absl::ascii_tolower(static_cast<unsigned char>(x)) ==
           absl::ascii_tolower(static_cast<unsigned char>(y));
  });
}

// The value of a header field, which each line names once.
std::optional<std::string_view> HeaderField(std::string_view header,
                                            std::string_view name) {
  size_t begin = 0;
  while (begin < header.size()) {
    const size_t end = std::min(header.find('\n', begin), header.size());
    const std::string_view line = header.substr(begin, end - begin);
    const size_t colon = line.find(':');
    if (colon != kNowhere && EqualsIgnoringCase(line.substr(0, colon), name)) {
      return Trimmed(line.substr(colon + 1));
    }
    begin = end + 1;
  }
  return std::nullopt;
}

struct Header {
  std::string_view text;
  size_t size = 0;  // with the empty line behind it
};

// Nothing where `bytes` begin with no header, or not a whole one.
std::optional<Header> HeaderOf(std::string_view bytes) {
  if (!bytes.starts_with(kMark)) return std::nullopt;
  const size_t end = bytes.substr(0, kMostHeader).find(kHeaderEnd);
  if (end == kNowhere) return std::nullopt;
  return Header{bytes.substr(0, end), end + kHeaderEnd.size()};
}

std::optional<uint64_t> ContentLength(const Header& header) {
  const auto field = HeaderField(header.text, "Content-Length");
  if (!field) return std::nullopt;
  uint64_t length = 0;
  const char* const end = field->data() + field->size();
  const auto read = std::from_chars(field->data(), end, length);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return length;
}

// Where the next line begins with the mark.
size_t NextMark(std::string_view bytes, bool at_end) {
  size_t i = bytes.find('\n');
  while (i != kNowhere && !bytes.substr(i + 1).starts_with(kMark)) {
    i = bytes.find('\n', i + 1);
  }
  if (i != kNowhere) return i + 1;
  return at_end ? bytes.size() : kNowhere;
}

}  // namespace

std::optional<uint64_t> StatedWetSize(std::string_view bytes) {
  const auto header = HeaderOf(bytes);
  const auto length = header ? ContentLength(*header) : std::nullopt;
  constexpr uint64_t kMost = uint64_t{1} << 60;
  if (!length || *length > kMost) return std::nullopt;
  return header->size + *length;
}

size_t WetRecordSize(std::string_view bytes, bool at_end) {
  const auto header = HeaderOf(bytes);
  if (!header) {
    const bool may_come = bytes.size() < kMostHeader && !at_end;
    return may_come ? kNowhere : NextMark(bytes, at_end);
  }
  const auto length = ContentLength(*header);
  if (!length) return NextMark(bytes, at_end);
  if (*length > bytes.size() - header->size) {
    return at_end ? NextMark(bytes, at_end) : kNowhere;
  }
  size_t size = header->size + static_cast<size_t>(*length);
  while (size < bytes.size() && (bytes[size] == '\r' || bytes[size] == '\n')) {
    ++size;
  }
  // More of the empty lines may come.
  return size == bytes.size() && !at_end ? kNowhere : size;
}

absl::Status WetRecordParser::Parse(std::string_view bytes, Record* record) {
  *record = Record();
  if (Trimmed(bytes).empty()) {
    record->is_document = false;
    return absl::OkStatus();
  }
  const auto header = HeaderOf(bytes);
  if (!header) return absl::InvalidArgumentError("no WARC record");
  const auto type = HeaderField(header->text, "WARC-Type");
  if (type && *type != "conversion") {
    record->is_document = false;
    return absl::OkStatus();
  }
  const auto length = ContentLength(*header);
  if (!type || !length) {
    return absl::InvalidArgumentError(
        absl::StrCat("the WARC record has no ",
                     type ? "valid Content-Length" : "WARC-Type"));
  }
  if (*length > bytes.size() - header->size) {
    return absl::InvalidArgumentError(
        absl::StrCat("the WARC record is to have ", *length, " bytes and has ",
                     bytes.size() - header->size));
  }
  record->text = bytes.substr(header->size, static_cast<size_t>(*length));
  if (!IsValidUtf8(record->text)) {
    record->replaced = RepairUtf8(record->text, &repaired_);
    record->text = repaired_;
  }
  if (auto id = HeaderField(header->text, "WARC-Record-ID")) {
    if (id->starts_with('<')) id->remove_prefix(1);
    if (id->ends_with('>')) id->remove_suffix(1);
    record->replaced += RepairUtf8(*id, &id_);
    if (!id_.empty()) record->id = RecordId{false, id_};
  }
  return absl::OkStatus();
}

}  // namespace wirecopy
