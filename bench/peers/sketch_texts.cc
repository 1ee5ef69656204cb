// Texts in memory to signatures of 128 slots, timed, for the comparison with
// peers: what a driver in drivers/ does for another package.
//
//   sketch_texts DOCS.jsonl MODE
//
// MODE: native, or datasketch's legacy or affine32 scheme over the low half of
// each shingle's hash. Prints seconds of the processor as a line of JSON.

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "io/json_record.h"
#include "wirecopy/datasketch.h"
#include "wirecopy/shingle.h"
#include "wirecopy/signature.h"

namespace wirecopy {
namespace {

constexpr int kSlots = 128;
constexpr size_t kPadding = 64;  // readable bytes behind a line
// One pass over some megabytes is over before the processor has its speed.
constexpr double kLeastSeconds = 0.5;

std::vector<std::string> ReadTexts(const char* path) {
  std::ifstream in(path);
  JsonRecordParser parser{FieldNames{}};
  std::vector<std::string> texts;
  for (std::string line; std::getline(in, line);) {
    const size_t size = line.size();
    line.append(kPadding, ' ');
    Record record;
    if (parser.Parse(std::string_view(line).substr(0, size), &record).ok()) {
      texts.emplace_back(record.text);
    }
  }
  return texts;
}

// Every signature is kept, as a peer's are.
void SketchNative(const std::vector<std::string>& texts) {
  SignatureParameters parameters;
  parameters.slots = kSlots;
  Sketcher sketcher(parameters);
  std::vector<Signature> signatures;
  signatures.reserve(texts.size());
  for (const std::string& text : texts) {
    signatures.push_back(sketcher.Sketch(text));
  }
}

bool SketchDatasketch(const std::vector<std::string>& texts,
                      DatasketchScheme scheme) {
  const auto sketcher = DatasketchSketcher::Create(kSlots, 1, scheme);
  if (!sketcher.ok()) return false;
  Shingler shingler({});
  std::vector<uint64_t> hashes;
  std::vector<std::vector<uint64_t>> signatures(texts.size());
  for (size_t i = 0; i < texts.size(); ++i) {
    const auto found = shingler.Hashes(texts[i]);
    hashes.assign(found.begin(), found.end());
    for (uint64_t& hash : hashes) hash &= 0xFFFFFFFF;
    signatures[i].resize(kSlots);
    if (!sketcher->Init(signatures[i]).ok() ||
        !sketcher->Update(hashes, signatures[i]).ok()) {
      return false;
    }
  }
  return true;
}

bool Sketch(const std::vector<std::string>& texts, std::string_view mode) {
  if (mode == "legacy") {
    return SketchDatasketch(texts, DatasketchScheme::kLegacy);
  }
  if (mode == "affine32") {
    return SketchDatasketch(texts, DatasketchScheme::kAffine32);
  }
  if (mode != "native") return false;
  SketchNative(texts);
  return true;
}

int Run(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: sketch_texts DOCS.jsonl MODE\n");
    return 2;
  }
#ifdef M_TRIM_THRESHOLD
  // What a pass frees is the next one's, and not the system's to clear again.
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
  const std::vector<std::string> texts = ReadTexts(argv[1]);
  int passes = 0;
  double seconds = 0;
  for (; passes == 0 || seconds < kLeastSeconds; ++passes) {
    const std::clock_t begin = std::clock();
    if (texts.empty() || !Sketch(texts, argv[2])) {
      std::fprintf(stderr, "sketch_texts: no texts, or no mode %s\n", argv[2]);
      return 2;
    }
    seconds += static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  }
  std::printf("{\"seconds\": {\"sketch\": %.6f}, \"passes\": %d}\n",
              seconds / passes, passes);
  return 0;
}

}  // namespace
}  // namespace wirecopy

int main(int argc, char** argv) { return wirecopy::Run(argc, argv); }
