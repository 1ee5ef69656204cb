#include "provenance/links.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace wirecopy {
namespace {

// Stated priors. A page that calls another its original hardly errs: once in
// 400, templates set wrong. A page may be based on another and be another's
// source all the same.
constexpr double kCanonicalWeight = 6;
constexpr double kBasedOnWeight = 5;

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool CountsVisits(std::string_view parameter) {
  constexpr std::string_view kOnes[] = {"utm_",
                                        "fbclid=", "gclid=", "ref=", "cmpid="};
  return std::any_of(std::begin(kOnes), std::end(kOnes),
                     [&](auto one) { return StartsWith(parameter, one); });
}

// The parameters that are left, with their "?"; empty where none are.
std::string KeptParameters(std::string_view query) {
  std::string kept;
  while (!query.empty()) {
    const size_t end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    if (!parameter.empty() && !CountsVisits(parameter)) {
      kept += kept.empty() ? '?' : '&';
      kept += parameter;
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return kept;
}

void AppendLink(std::string_view feature, double weight, std::string_view names,
                const std::string& a_field, const std::string& b_field,
                const DocumentProfile& a, const DocumentProfile& b,
                std::vector<Evidence>* evidence) {
  if (a.url == b.url) return;
  const bool a_is_source = !a.url.empty() && b_field == a.url;
  const bool b_is_source = !b.url.empty() && a_field == b.url;
  if (a_is_source == b_is_source) return;
  evidence->push_back(
      {std::string(feature), a_is_source ? weight : -weight,
       absl::StrCat(a_is_source ? "b" : "a", " names ",
                    a_is_source ? a.url : b.url, ", which is ",
                    a_is_source ? "a" : "b", ", as ", std::string(names)),
       true});
}

}  // namespace

std::string NormalizeUrl(std::string_view url) {
  while (!url.empty() &&
         absl::ascii_isspace(static_cast<unsigned char>(url.front()))) {
    url.remove_prefix(1);
  }
  while (!url.empty() &&
         absl::ascii_isspace(static_cast<unsigned char>(url.back()))) {
    url.remove_suffix(1);
  }
  url = url.substr(0, url.find('#'));
  if (const size_t scheme = url.find("://");
      scheme != std::string_view::npos && scheme < url.find_first_of("/?")) {
    url.remove_prefix(scheme + 3);
  } else if (StartsWith(url, "//")) {
    url.remove_prefix(2);
  }
  const size_t query = std::min(url.find('?'), url.size());
  std::string_view path = url.substr(0, query);
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  const size_t slash = std::min(path.find('/'), path.size());
  std::string host = absl::AsciiStrToLower(std::string(path.substr(0, slash)));
  for (const std::string_view port : {":80", ":443"}) {
    if (absl::EndsWith(host, absl::string_view(port.data(), port.size()))) {
      host.resize(host.size() - port.size());
    }
  }
  if (StartsWith(host, "www.")) host.erase(0, 4);
  return absl::StrCat(
      host, std::string(path.substr(slash)),
      KeptParameters(url.substr(std::min(query + 1, url.size()))));
}

std::string_view HostOf(std::string_view normalized_url) {
  return normalized_url.substr(0, normalized_url.find_first_of("/?"));
}

void AppendLinks(const DocumentProfile& a, const DocumentProfile& b,
                 std::vector<Evidence>* evidence) {
  AppendLink("canonical", kCanonicalWeight, "its canonical address",
             a.canonical, b.canonical, a, b, evidence);
  AppendLink("is_based_on", kBasedOnWeight, "what it is based on",
             a.is_based_on, b.is_based_on, a, b, evidence);
}

}  // namespace wirecopy
