#include "report/urn.h"

#include <gtest/gtest.h>

namespace wirecopy {
namespace {

TEST(UrnTest, Documents) {
  EXPECT_EQ(DocumentUrn({false, "aZ09-._~"}), "urn:wirecopy:document:aZ09-._~");
  EXPECT_EQ(DocumentUrn({true, "42"}), "urn:wirecopy:document-number:42");
  EXPECT_EQ(DocumentUrn({false, "a b/\u00FC%?#:\n"}),
            "urn:wirecopy:document:a%20b%2F%C3%BC%25%3F%23%3A%0A");
  EXPECT_EQ(DocumentUrn({false, ""}), "urn:wirecopy:document:");
}

}  // namespace
}  // namespace wirecopy
