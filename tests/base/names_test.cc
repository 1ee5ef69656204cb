#include "wirecopy/names.h"

#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wirecopy {
namespace {

using ::testing::MatchesRegex;

const DocumentId kText{false, "a/b"};
const DocumentId kNumber{true, "123456789012345678901"};

// They are kept in others' files.
TEST(NamesTest, NeverChange) {
  EXPECT_EQ(ClusterName(kText), "48f71e9475860604");
  EXPECT_EQ(ClusterName(kNumber), "207e9c4cc3233db7");
  EXPECT_EQ(AbsentSourceName(kText), "absent-" + ClusterName(kText));
}

TEST(NamesTest, TellIdsApart) {
  std::set<std::string> names;
  for (const DocumentId& id : {kText, kNumber, DocumentId{false, kNumber.text},
                               DocumentId{false, ""}, DocumentId{true, "0"}}) {
    const std::string name = ClusterName(id);
    EXPECT_THAT(name, MatchesRegex("[0-9a-f]{16}"));
    EXPECT_EQ(name, ClusterName(id));
    names.insert(name);
    names.insert(PassageGroupName(id, 5, 70));
  }
  EXPECT_EQ(names.size(), 2 * 5U);
}

}  // namespace
}  // namespace wirecopy
