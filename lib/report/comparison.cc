#include "report/comparison.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "report/json_line.h"

namespace wirecopy {

std::string ComparisonLine(const ComparisonRecord& record) {
  JsonLine line;
  line.Add("a", DocumentId{record.a_is_integer, record.a})
      .Add("b", DocumentId{record.b_is_integer, record.b})
      .Add("jaccard", record.jaccard)
      .Add("containment_a", record.containment_a)
      .Add("containment_b", record.containment_b)
      .Add("tokens_a", record.tokens_a)
      .Add("tokens_b", record.tokens_b)
      .Add("shingles_a", record.shingles_a)
      .Add("shingles_b", record.shingles_b)
      .Add("shared_shingles", record.shared_shingles)
      .Add("shingle_unit", record.shingle_unit)
      .Add("shingle_size", record.shingle_size);
  if (record.offset_unit != kCodePointUnit) {
    line.Add("offsets", record.offset_unit);
  }
  line.BeginArray("passages");
  for (const PassageView& passage : record.passages) {
    const SpanPair& places = passage.places;
    line.BeginElement()
        .Add("a_begin", uint64_t{places.a.begin})
        .Add("a_end", uint64_t{places.a.end})
        .Add("b_begin", uint64_t{places.b.begin})
        .Add("b_end", uint64_t{places.b.end})
        .Add("words", passage.words)
        .Add("edits", passage.edits)
        .Add("identity", passage.identity)
        .Add("kind", passage.kind)
        .EndObject();
  }
  return line.EndArray().Finish();
}

std::string ComparisonText(const ComparisonRecord& record) {
  const char* const tokens =
      record.shingle_unit == "word" ? "words" : "characters";
  std::string text;
  const auto document = [&](const char* label, const std::string& name,
                            uint64_t token_count, uint64_t shingles) {
    absl::StrAppendFormat(&text, "%s  %s: %d %s, %d distinct shingles\n", label,
                          name, token_count, tokens, shingles);
  };
  document("A", record.a, record.tokens_a, record.shingles_a);
  document("B", record.b, record.tokens_b, record.shingles_b);
  absl::StrAppendFormat(
      &text,
      "resemblance  %.4f  (%d shared shingles of %d %s, of %d in all)\n"
      "A in B       %.4f\n"
      "B in A       %.4f\n",
      record.jaccard, record.shared_shingles, record.shingle_size, tokens,
      record.shingles_a + record.shingles_b - record.shared_shingles,
      record.containment_a, record.containment_b);
  uint64_t words = 0;
  for (const PassageView& passage : record.passages) words += passage.words;
  if (!record.passages.empty()) {
    absl::StrAppendFormat(&text, "passages     %-6d  (%d words the same)\n",
                          record.passages.size(), words);
  }
  return text;
}

std::string NoPassagesText(const ComparisonRecord& record) {
  if (record.least_fragment <= record.least_words) {
    return absl::StrFormat(
        "no passages: nothing of %d words in a row is in both",
        record.least_words);
  }
  return absl::StrFormat(
      "no passages: nothing long enough is in both (%d words in a row, or %d "
      "where they begin or end amid a sentence, and not all of them short)",
      record.least_words, record.least_fragment);
}

}  // namespace wirecopy
