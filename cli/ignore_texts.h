// For a scan that is to find the documents and no more.

#ifndef WIRECOPY_CLI_IGNORE_TEXTS_H_
#define WIRECOPY_CLI_IGNORE_TEXTS_H_

#include <cstddef>
#include <string_view>

#include "wirecopy/document.h"

namespace wirecopy::cli {

class IgnoreTexts : public DocumentSink {
 public:
  void Begin(int /*workers*/) override {}
  void BeginBlock(int /*worker*/, size_t /*block*/) override {}
  void Add(int /*worker*/, std::string_view /*text*/) override {}
};

}  // namespace wirecopy::cli

#endif  // WIRECOPY_CLI_IGNORE_TEXTS_H_
