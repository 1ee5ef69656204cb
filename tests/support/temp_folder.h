// A folder for one test's files, gone when the test is.

#ifndef WIRECOPY_TESTS_SUPPORT_TEMP_FOLDER_H_
#define WIRECOPY_TESTS_SUPPORT_TEMP_FOLDER_H_

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>

namespace wirecopy::oracle {

class TempFolder {
 public:
  TempFolder() {
    std::string name =
        (std::filesystem::temp_directory_path() / "wirecopy_XXXXXX").native();
    if (mkdtemp(name.data()) == nullptr) {
      ADD_FAILURE() << "cannot make a folder " << name;
    }
    path_ = name;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  std::string Path(std::string_view name) const {
    return (path_ / name).native();
  }

  // Returns the path; makes the folders that it takes.
  std::string Write(std::string_view name, std::string_view bytes) const {
    const std::filesystem::path path = path_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.native();
  }

  std::string Read(std::string_view name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    EXPECT_TRUE(file.is_open()) << name;
    return {std::istreambuf_iterator<char>(file), {}};
  }

  size_t FileCount() const {
    return static_cast<size_t>(
        std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_TEMP_FOLDER_H_
