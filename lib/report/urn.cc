#include "report/urn.h"

#include "absl/strings/str_format.h"

namespace wirecopy {

std::string UrnText(std::string_view text) {
  std::string urn;
  urn.reserve(text.size());
  for (const char c : text) {
    const bool is_unreserved =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
        (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_' || c == '~';
    if (is_unreserved) {
      urn += c;
    } else {
      absl::StrAppendFormat(&urn, "%%%02X", static_cast<unsigned char>(c));
    }
  }
  return urn;
}

std::string DocumentUrn(const DocumentId& id) {
  return (id.is_integer ? kDocumentNumberUrns : kDocumentUrns) +
         UrnText(id.text);
}

}  // namespace wirecopy
