// The order of ids, which decides between documents that are equal otherwise.

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "wirecopy/document.h"

namespace wirecopy {
namespace {

TEST(DocumentIdTest, StringsByBytesIntegersByValue) {
  const std::vector<DocumentId> rising = {
      {false, ""},   {false, "-1"},
      {false, "10"}, {false, "9"},
      {false, "a"},  {true, "-100"},
      {true, "-99"}, {true, "-9"},
      {true, "0"},   {true, "9"},
      {true, "10"},  {true, "99"},
      {true, "100"}, {true, "123456789012345678901234567890"}};
  for (size_t i = 0; i < rising.size(); ++i) {
    for (size_t j = 0; j < rising.size(); ++j) {
      EXPECT_EQ(rising[i] < rising[j], i < j) << i << " " << j;
      EXPECT_EQ(rising[i] == rising[j], i == j);
    }
  }
}

}  // namespace
}  // namespace wirecopy
