#include "cli/log.h"

#include <cstdio>
#include <string_view>

#include "cli/option_checks.h"
#include "report/log_events.h"
#include "wirecopy/text.h"

namespace wirecopy::cli {
namespace {

constexpr std::string_view kOption = "--log-format";

bool logs_json = false;

// Names of files may be any bytes.
std::string Repaired(const std::string& message) {
  std::string repaired;
  RepairUtf8(message, &repaired);
  return repaired;
}

}  // namespace

void AddLogOption(CLI::App* command) {
  command
      ->add_option(std::string(kOption),
                   "progress, summary and errors as text or as json, an "
                   "object a line")
      ->check(OneOf({"text", "json"}))
      ->option_text("F [text]");
}

void ReadLogFormat(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--") return;
    if (argument.substr(0, kOption.size()) != kOption) continue;
    std::string_view value = argument.substr(kOption.size());
    if (value.empty() && i + 1 < argc) value = argv[i + 1];
    if (value == "json" || value == "=json") logs_json = true;
  }
}

bool LogsJson() { return logs_json; }

void Log(const std::string& lines) { std::fputs(lines.c_str(), stderr); }

void LogWarning(std::string_view event, const std::string& message) {
  if (!logs_json) return Log("wirecopy: WARNING: " + message + "\n");
  Log(WarningEvent(event, Repaired(message)));
}

void LogError(const std::string& message) { Log(ErrorLine(message)); }

std::string ErrorLine(const std::string& message) {
  if (!logs_json) return "wirecopy: " + message + "\n";
  return ErrorEvent(Repaired(message));
}

}  // namespace wirecopy::cli
