// Tracing in pieces, for programs that spread it over many machines, as
// wirecopy/spread.h does de-duplication: what Trace (wirecopy/trace.h) says of
// documents depends on those that share words with them, and on a few counts of
// all the rest.
//
// How the pieces go together:
// 1. FingerprintReader says which fingerprints each document has, and how many
//    tokens. Those who share a fingerprint are of one group: its connected
//    component.
// 2. TokenCounter counts the documents that have a token. Counters of parts are
//    added up, slot by slot.
// 3. PartTracer traces whole groups, any number of them at a time. What it says
//    is what Trace says of them among all documents of the corpus.
//
// A fingerprint of very many documents (a site's footer) would make one group
// of all of them. A program may leave such out; then documents that share no
// other one are not compared, of those that are it points at nothing, and
// whether it is furniture has to be asked of IsFurniture and told to
// PartTracer.
//
// Objects are not thread-safe: one a thread.

#ifndef WIRECOPY_SPREAD_TRACE_H_
#define WIRECOPY_SPREAD_TRACE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "wirecopy/furniture.h"
#include "wirecopy/passage.h"
#include "wirecopy/trace.h"

namespace wirecopy {

// Valid until the reader's next call.
struct FingerprintedDocument {
  uint64_t tokens = 0;
  std::span<const uint64_t> fingerprints;  // rising, each once
};

class FingerprintReader {
 public:
  // Errors: InvalidArgument.
  static absl::StatusOr<FingerprintReader> Create(
      const PassageOptions& options);
  ~FingerprintReader();
  FingerprintReader(FingerprintReader&&) noexcept;
  FingerprintReader& operator=(FingerprintReader&&) = delete;

  // Linear in the text, but for its fingerprints, which are sorted.
  FingerprintedDocument Read(std::string_view text);

 private:
  struct State;
  explicit FingerprintReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class TokenCounter {
 public:
  // Of a corpus of so many tokens in all. Errors: InvalidArgument.
  static absl::StatusOr<TokenCounter> Create(const PassageOptions& options,
                                             uint64_t tokens);
  ~TokenCounter();
  TokenCounter(TokenCounter&&) noexcept;
  TokenCounter& operator=(TokenCounter&&) = delete;

  // How many slots tokens fall into: a power of 2, at most 2^22.
  static size_t SlotsFor(uint64_t tokens);

  // Counts one document. Linear in the text.
  void Count(std::string_view text);
  // Documents that have a token of this slot. Requires slot < SlotsFor(tokens).
  uint32_t At(size_t slot) const;

 private:
  struct State;
  explicit TokenCounter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A fingerprint that brings nobody together, and whether it is furniture.
struct FingerprintVerdict {
  uint64_t fingerprint = 0;
  bool is_furniture = false;
};

class PartTracer {
 public:
  // `documents` and the counts of slots (SlotsFor its tokens) are the corpus's.
  // Errors: InvalidArgument for options, for another number of slots than a
  // TokenCounter has, and for all_pairs without most_documents, which would
  // follow from the whole corpus.
  static absl::StatusOr<PartTracer> Create(
      const TraceOptions& options, uint64_t documents,
      std::span<const uint32_t> documents_with);
  ~PartTracer();
  PartTracer(PartTracer&&) noexcept;
  PartTracer& operator=(PartTracer&&) = delete;

  // Traces whole groups. By document: how many documents of the corpus have its
  // publisher, 0 where nobody knows. `verdicts` are on all fingerprints of
  // these documents that did not bring groups together; others may be among
  // them. Errors: InvalidArgument for counts that cannot be, and for verdicts
  // with all_pairs; whatever the source reports. Takes time and memory as
  // Trace.
  absl::StatusOr<TraceResult> Trace(
      std::span<const uint32_t> publisher_documents,
      std::span<const FingerprintVerdict> verdicts, DocumentSource* source);

 private:
  struct State;
  explicit PartTracer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_SPREAD_TRACE_H_
