// Any bytes as the records and lists of an index: each is read or refused, and
// what is read comes out as it went in.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "index/postings.h"
#include "index/records.h"
#include "tests/fuzz/fuzz_check.h"
#include "wirecopy/signature.h"

namespace {

using wirecopy::BandList;
using wirecopy::PrintList;

void ReadRecords(std::string_view bytes) {
  const auto document = wirecopy::DecodeDocument(bytes);
  if (document.ok()) {
    const auto again = wirecopy::DecodeDocument(wirecopy::Encode(*document));
    FUZZ_CHECK(again.ok() && again->id == document->id &&
               again->url == document->url && again->of == document->of);
  }
  const auto parameters = wirecopy::DecodeParameters(bytes);
  if (parameters.ok()) {
    FUZZ_CHECK(wirecopy::Validate(*parameters).ok());
    FUZZ_CHECK(parameters->banding.slots() <=
               wirecopy::SignatureParameters::kMaxSlots);
  }
  const auto counts = wirecopy::DecodeCounts(bytes);
  // Those that were written before there were orphans end earlier.
  if (counts.ok()) FUZZ_CHECK(wirecopy::Encode(*counts).starts_with(bytes));
  const auto number = wirecopy::DecodeNumber(bytes);
  if (number.ok()) FUZZ_CHECK(wirecopy::EncodeNumber(*number) == bytes);
}

void ReadLists(std::string_view bytes) {
  BandList bands(bytes);
  if (bands.OK() && bands.size() > 0) {
    FUZZ_CHECK(bands.size() <= BandList::kMost);
    FUZZ_CHECK(bands.Bytes() == bytes);
  }
  PrintList prints;
  if (!prints.Read(bytes)) return;
  FUZZ_CHECK(prints.size() <= PrintList::kMost);
  for (size_t i = 0; i < prints.size(); ++i) {
    const PrintList::Entry entry = prints[i];
    FUZZ_CHECK(!entry.places.empty() &&
               entry.places.size() <= PrintList::kMostPlaces);
  }
  prints.Remove(prints.size() > 0 ? prints[0].document : 0);
  PrintList again;
  FUZZ_CHECK(again.Read(prints.Bytes()) && again.size() == prints.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  ReadRecords(bytes);
  ReadLists(bytes);
  return 0;
}
