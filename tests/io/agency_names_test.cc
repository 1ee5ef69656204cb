#include "io/agency_names.h"

#include <fstream>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace wirecopy {
namespace {

std::string ErrorOf(std::string_view text) {
  const auto agencies = ParseAgencyNames(text, "names.txt");
  if (agencies.ok()) return "";
  EXPECT_EQ(agencies.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(agencies.status().message());
}

TEST(AgencyNamesTest, ReadsALineAnAgency) {
  const auto agencies = ParseAgencyNames(
      "# papers\n\nQuay Gazette | The Quay Gazette\r\n\tMôle|M #1 \n", "");
  ASSERT_TRUE(agencies.ok()) << agencies.status();
  EXPECT_EQ(*agencies, (AgencyNames{{"Quay Gazette", "The Quay Gazette"},
                                    {"Môle", "M #1"}}));
}

TEST(AgencyNamesTest, NothingIsNoAgency) {
  const auto agencies = ParseAgencyNames("", "");
  ASSERT_TRUE(agencies.ok());
  EXPECT_TRUE(agencies->empty());
}

TEST(AgencyNamesTest, ErrorsNameFileAndLine) {
  EXPECT_EQ(
      ErrorOf("Lamp\n# so\nQuay | | Pier\n"),
      "names.txt:3: has an empty name; an agency's line is NAME | NAME ...");
  EXPECT_EQ(ErrorOf("Lamp\n\xff\n"), "names.txt:2: is no UTF-8");
}

TEST(AgencyNamesTest, RefusesControlCharacters) {
  using namespace std::string_view_literals;  // NOLINT
  for (const std::string_view text :
       {"Quay\0Gazette"sv, "\0"sv, "A | B\x1b[1m"sv, "Quay\tGazette"sv,
        "Quay\x7f"sv}) {
    EXPECT_EQ(ErrorOf(text), "names.txt:1: has a control character in a name");
  }
}

TEST(AgencyNamesTest, ReadsAFilePastItsByteOrderMark) {
  const std::string path = testing::TempDir() + "/agency_names_test.txt";
  std::ofstream(path) << "\xef\xbb\xbf# papers\nQuay Gazette\n";
  const auto agencies = ReadAgencyNames(path);
  ASSERT_TRUE(agencies.ok()) << agencies.status();
  EXPECT_EQ(*agencies, AgencyNames{{"Quay Gazette"}});
  EXPECT_EQ(ReadAgencyNames(path + ".none").status().code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace wirecopy
