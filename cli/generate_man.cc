// The man page.

#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cli/command_table.h"
#include "wirecopy/version.h"

namespace wirecopy::cli {
namespace {

constexpr const char* kEnding = R"(.SH EXIT STATUS
.TP
.B 0
The command did what it was asked for.
.TP
.B 1
It did, and found what
.B --fail-on-match
asks to be told of.
.TP
.B 2
An error: one line on standard error says what, where and how to mend it.
No output is left half written.
.SH ENVIRONMENT
.TP
.B WIRECOPY_SIMD
The instruction set to use,
.BR portable ", " avx2 " or " avx512 ,
in place of the best that the processor has. What comes out is the same.
)";

// Text as roff takes it.
std::string Roff(const std::string& text) {
  std::string out;
  if (!text.empty() && (text[0] == '.' || text[0] == '\'')) out = "\\&";
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '\'') {
      out += "\\(aq";
    } else {
      out += c;
    }
  }
  return out;
}

std::string Bold(const std::string& text) {
  return absl::StrCat("\\fB", Roff(text), "\\fR");
}

std::string Italic(const std::string& text) {
  return absl::StrCat("\\fI", Roff(text), "\\fR");
}

std::string Option(const OptionRow& option) {
  std::string names = absl::StrJoin(
      DashedNames(option), ", ",
      [](std::string* out, const std::string& name) { *out += Bold(name); });
  if (option.takes_value) {
    absl::StrAppend(&names, " ", Italic(option.value_name));
  }
  std::string text =
      absl::StrCat(".TP\n", names, "\n", Roff(option.description));
  if (!option.default_value.empty()) {
    absl::StrAppend(&text, " (default: ", Roff(option.default_value), ")");
  }
  return text + "\n";
}

std::string Argument(const OptionRow& argument) {
  return absl::StrCat(".TP\n", Italic(argument.value_name), "\n",
                      Roff(argument.description), "\n");
}

// Indented lines stay as they are, the others are text.
std::string Footer(const std::string& footer) {
  std::string out;
  bool is_code = false;
  const std::vector<std::string> lines = absl::StrSplit(footer, '\n');
  for (const std::string& line : lines) {
    const bool was_code = is_code;
    is_code = line.substr(0, 2) == "  ";
    if (is_code && !was_code) out += ".RS 4\n.nf\n";
    if (!is_code && was_code) out += ".fi\n.RE\n";
    if (line.empty()) {
      out += ".PP\n";
    } else {
      const std::string text(absl::StripAsciiWhitespace(line));
      absl::StrAppend(&out, Roff(text), "\n");
    }
  }
  return is_code ? out + ".fi\n.RE\n" : out;
}

std::string Synopsis(const CommandRow& command) {
  std::string line =
      absl::StrCat(".B wirecopy ", Roff(command.name), "\n[\\fIOPTION\\fR...]");
  for (const OptionRow& argument : command.arguments) {
    const std::string name =
        Italic(argument.value_name) + (argument.takes_many ? "..." : "");
    absl::StrAppend(&line, " ", argument.is_required ? name : "[" + name + "]");
  }
  return line + "\n";
}

std::string Section(const CommandRow& command) {
  std::string text = absl::StrCat(
      ".SH ", absl::AsciiStrToUpper(absl::StrCat("wirecopy ", command.name)),
      "\n", Synopsis(command), ".PP\n", Roff(command.description), "\n");
  for (const OptionRow& argument : command.arguments) {
    if (!argument.description.empty()) text += Argument(argument);
  }
  for (const OptionRow& option : command.options) text += Option(option);
  if (command.footer.empty()) return text;
  return absl::StrCat(text, ".PP\n", Footer(command.footer));
}

}  // namespace

std::string GenerateMan(const CommandTable& table) {
  const std::string version(Version());
  std::string page = absl::StrCat(".TH WIRECOPY 1 \"\" \"wirecopy ",
                                  Roff(version), "\" \"User Commands\"\n",
                                  ".SH NAME\nwirecopy \\- near\\-duplicate "
                                  "documents and reused passages in text\n",
                                  ".SH SYNOPSIS\n");
  for (const CommandRow& command : table.commands) {
    absl::StrAppend(&page, Synopsis(command), ".br\n");
  }
  absl::StrAppend(&page, ".SH DESCRIPTION\n", Roff(table.program.description),
                  "\n.PP\n", Roff(table.program.footer), "\n");
  for (const OptionRow& option : table.program.options) page += Option(option);
  for (const CommandRow& command : table.commands) page += Section(command);
  return page + kEnding;
}

}  // namespace wirecopy::cli
