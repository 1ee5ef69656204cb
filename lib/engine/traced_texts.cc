#include "engine/traced_texts.h"

#include <optional>

#include "base/parallel.h"

namespace wirecopy {

absl::Status TracedTexts::Read(const DocumentSource& source,
                               std::span<const ReusedPassage> passages,
                               bool use_dates, int threads) {
  std::vector<bool> is_wanted(texts_.size());
  for (const ReusedPassage& passage : passages) {
    if (!IsTold(passage)) continue;
    is_wanted[passage.a] = true;
    is_wanted[passage.b] = true;
  }
  std::vector<std::unique_ptr<TextReader>> readers;
  readers.reserve(static_cast<size_t>(threads));
  for (int i = 0; i < threads; ++i) readers.push_back(source.NewReader());
  ParallelFor(threads, texts_.size(), [&](int worker, size_t d) {
    if (!is_wanted[d] || texts_[d] != nullptr) return;
    const auto document = static_cast<uint32_t>(d);
    TextReader& reader = *readers[static_cast<size_t>(worker)];
    auto made = std::make_unique<Text>();
    made->text = reader.Text(document);
    const DocumentDetails details = reader.Details();
    made->title = details.title;
    made->publisher = source.Publisher(document);
    made->url = details.url;
    made->canonical = details.canonical;
    made->is_based_on = details.is_based_on;
    const std::optional<absl::Time> published = source.Published(document);
    if (use_dates && published) {
      made->published = {true, *published, details.published_is_uncertain};
    }
    texts_[d] = std::move(made);
  });
  return source.ReadError();
}

EvidenceDocument TracedTexts::Of(uint32_t document) const {
  const Text& text = *texts_[document];
  return {text.text,      text.title,       text.publisher, text.url,
          text.canonical, text.is_based_on, text.published};
}

}  // namespace wirecopy
