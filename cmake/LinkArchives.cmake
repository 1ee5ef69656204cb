# Half of the time that the program takes to start goes to finding and binding
# the symbols of some forty shared libraries of Abseil and of RocksDB. With this
# the program has them inside. Their archives are of no use to a shared object
# (their code is for programs alone), so a Python module and whoever links the
# installed library have the shared ones still. So have builds with sanitizers,
# which leave out what a library does by the library's name.
option(WIRECOPY_LINK_ARCHIVES
  "Link Abseil and RocksDB into the program where their archives are" ON)

# Sets OUT to the archives of a library and of what it needs of its own, or to
# nothing where one is missing.
function(find_archives out)
  set(found "")
  foreach(name IN LISTS ARGN)
    find_library(archive NAMES "lib${name}.a" NO_CACHE)
    if(NOT archive)
      set(found "")
      break()
    endif()
    list(APPEND found "${archive}")
    unset(archive)
  endforeach()
  set(${out} "${found}" PARENT_SCOPE)
endfunction()

# link_archives(TARGET LIBRARY...): an executable's own libraries, and behind
# them the archives, which are searched before the shared libraries that
# LIBRARY... asks for; of those the linker drops what has nothing to add.
function(link_archives target)
  target_link_libraries(${target} PRIVATE ${ARGN})
  if(NOT WIRECOPY_LINK_ARCHIVES OR WIRECOPY_SANITIZE)
    return()
  endif()
  find_archives(strings absl_strings)
  if(strings)
    get_filename_component(folder "${strings}" DIRECTORY)
    file(GLOB absl "${folder}/libabsl_*.a")
  endif()
  # The libraries that Debian builds RocksDB with.
  find_archives(rocksdb rocksdb snappy lz4 bz2 gflags)
  if(NOT absl OR NOT rocksdb)
    return()
  endif()
  set(shared Threads::Threads ZLIB::ZLIB PkgConfig::zstd)
  set(group -Wl,--start-group ${absl} ${rocksdb} -Wl,--end-group)
  include(CheckCXXSourceCompiles)
  set(CMAKE_REQUIRED_LIBRARIES ${group} ${shared})
  # Others' builds may need what this does not know of.
  check_cxx_source_compiles("
    #include <absl/status/statusor.h>
    #include <absl/strings/str_cat.h>
    #include <absl/time/time.h>
    #include <rocksdb/db.h>
    int main() {
      rocksdb::DB* db = nullptr;
      const auto status = rocksdb::DB::Open(rocksdb::Options(), \"\", &db);
      const absl::StatusOr<int> code = absl::NotFoundError(
          absl::StrCat(status.ToString(), absl::FormatTime(absl::Now())));
      return code.ok();
    }" WIRECOPY_ARCHIVES_LINK)
  if(WIRECOPY_ARCHIVES_LINK)
    target_link_options(${target} PRIVATE LINKER:--as-needed)
    target_link_libraries(${target} PRIVATE ${group} ${shared})
  endif()
endfunction()
