#include "base/sync_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace wirecopy {
namespace {

TEST(SyncFolderTest, FoldersThatAreThere) {
  EXPECT_TRUE(SyncFolder(std::filesystem::temp_directory_path()).ok());
  EXPECT_TRUE(SyncFolder("").ok());
}

TEST(SyncFolderTest, AnErrorNamesTheFolder) {
  const absl::Status status = SyncFolder("/no/such/folder");
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(status.message(), ::testing::HasSubstr("/no/such/folder"));
}

}  // namespace
}  // namespace wirecopy
