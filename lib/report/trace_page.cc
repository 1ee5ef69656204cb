#include "report/trace_page.h"

#include <cmath>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "report/content_policy.h"
#include "report/html_page.h"
#include "report/page_assets.h"
#include "report/trace_data.h"
#include "report/trace_layout.h"
#include "report/trace_links.h"
#include "report/trace_summary.h"
#include "report/trace_svg.h"

namespace wirecopy {
namespace {

constexpr std::string_view kGraphMark = "<!-- the graph -->";

void AppendHead(const std::string& title, const std::string& style,
                std::string* out) {
  absl::StrAppend(
      out,
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"",
      ContentPolicy(kTraceScript, style),
      "\">\n<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<title>",
      Html(title), "</title>\n<style>", style, "</style>\n</head>\n");
}

void AppendGraph(const TraceRecords& records, std::string* out) {
  const TraceLinks links = FindTraceLinks(records);
  const TraceLayout layout = LayOutTrace(records, links);
  absl::StrAppend(out, "<svg id=\"graph\" class=\"graph\" viewBox=\"0 0 ",
                  std::ceil(layout.width), " ", std::ceil(layout.height),
                  "\" role=\"group\" aria-label=\"Documents and who copied "
                  "whom; arrow keys move from one to the next\">\n");
  AppendTraceGraph(records, links, layout, out);
  *out += "</svg>\n";
}

void AppendData(const char* id, const std::string& json, std::string* out) {
  absl::StrAppend(out, "<script type=\"application/json\" id=\"", id, "\">",
                  json, "</script>\n");
}

}  // namespace

std::string TracePage(const TraceRecords& records,
                      const TracePageOptions& options) {
  const TraceExcerpt excerpt = CutTrace(records, options.limits);
  const std::string style =
      absl::StrCat(std::string(kTokensStyle), std::string(kGraphStyle),
                   std::string(kTraceStyle));
  const size_t mark = kTraceBody.find(kGraphMark);
  std::string out;
  AppendHead(options.title, style, &out);
  absl::StrAppend(&out, "<body>\n<header class=\"masthead\"><p>wirecopy trace",
                  "</p><h1>", Html(options.title), "</h1></header>\n<main>\n",
                  "<section id=\"summary\" aria-label=\"Summary\">\n",
                  TraceSummaryHtml(records, excerpt), "</section>\n");
  out += kTraceBody.substr(0, mark);
  AppendGraph(excerpt.records, &out);
  out += kTraceBody.substr(mark + kGraphMark.size());
  const TraceData data = MakeTraceData(excerpt.records);
  AppendData("data-index", data.index, &out);
  AppendData("data-texts", data.texts, &out);
  AppendData("data-pairs", data.pairs, &out);
  absl::StrAppend(&out, "<script>", std::string(kTraceScript),
                  "</script>\n</body>\n</html>\n");
  return out;
}

}  // namespace wirecopy
