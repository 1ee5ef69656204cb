#include "provenance/lineage.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace wirecopy {
namespace {

TEST(Lineage, NobodyHasNone) { EXPECT_TRUE(TraceLineage({}).empty()); }

}  // namespace
}  // namespace wirecopy
