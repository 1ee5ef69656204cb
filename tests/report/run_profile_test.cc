#include "report/run_profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace wirecopy {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

RunProfile Profiled(int threads, std::vector<StageCost> stages) {
  return {threads, 2000000000, std::move(stages), 8e9, 20e9};
}

TEST(RunProfileTest, ABusyRunIsBoundByItsDearestStage) {
  EXPECT_EQ(BoundOf(Profiled(2, {{"read", 1, 1.9}, {"sketch", 3, 5.7}})),
            "bound by the processor, 75 % of whose time went to sketch");
}

TEST(RunProfileTest, AnIdleRunIsBoundByItsIdlestStage) {
  EXPECT_EQ(BoundOf(Profiled(2, {{"sketch", 1, 2}, {"write", 3, 1}})),
            "62 % of the processor time that there was went unused, most of it "
            "in write, which waits for the system or for other programs");
  EXPECT_EQ(BoundOf(Profiled(4, {{"sketch", 1, 4}, {"verify", 2, 2.2}})),
            "48 % of the processor time that there was went unused, most of it "
            "in verify, which does not keep all threads busy, or shares "
            "processors with other programs");
}

TEST(RunProfileTest, NothingDone) {
  EXPECT_EQ(BoundOf(Profiled(1, {})), "nothing was done");
  EXPECT_EQ(BoundOf(Profiled(2, {{"read", 0.02, 0.01}, {"sketch", 0.01, 0}})),
            "too short a run to tell what bounds it");
  EXPECT_THAT(ProfileText(Profiled(1, {{"read", 0, 0}})),
              Not(HasSubstr("nan")));
}

TEST(RunProfileTest, TextSaysRatesAndShares) {
  const std::string text =
      ProfileText(Profiled(1, {{"read", 0.5, 0.5}, {"sketch", 2, 2}}));
  EXPECT_THAT(text, HasSubstr("profile: 1 thread, 2000.0 MB\n"));
  // 4 GB/s of 8 and of 20; all: 0.8.
  EXPECT_THAT(text, HasSubstr("  read       0.500 s   0.500 s     4000 MB/s  "
                              "50.0 %  20.0 %\n"));
  EXPECT_THAT(text, HasSubstr("  all        2.500 s   2.500 s      800 MB/s  "
                              "10.0 %   4.0 %\n"));
  EXPECT_THAT(text, HasSubstr("copies 8.0 GB/s and hashes 20.0 GB/s"));
  EXPECT_THAT(
      text,
      HasSubstr(BoundOf(Profiled(1, {{"read", 0.5, 0.5}, {"sketch", 2, 2}}))));
}

TEST(RunProfileTest, EventSaysTheSame) {
  EXPECT_EQ(
      ProfileEvent(Profiled(1, {{"read", 1, 0.5}})),
      "{\"level\":\"info\",\"event\":\"profile\",\"threads\":1,"
      "\"bytes\":2000000000,\"stages\":[{\"stage\":\"read\","
      "\"wall_seconds\":1.0,\"processor_seconds\":0.5}],"
      "\"memcpy_bytes_a_second\":8e+09,"
      "\"xxh3_bytes_a_second\":2e+10,"
      "\"bound\":\"50 % of the processor time that there was went unused, most "
      "of it in read, which waits for the system or for other programs\"}\n");
}

}  // namespace
}  // namespace wirecopy
