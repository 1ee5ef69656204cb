// How often memory is asked for. A program of its own, for it counts what all
// of a program asks for.

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <new>
#include <random>
#include <string>
#include <vector>

#include "io/corpus.h"
#include "tests/support/any_text.h"
#include "tests/support/temp_folder.h"
#include "wirecopy/dedup.h"
#include "wirecopy/passage.h"

namespace {

std::atomic<uint64_t> allocations = 0;

void* Allocate(size_t size) {
  ++allocations;
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

// All others of the language's go by these, but for those of great alignment.
void* operator new(size_t size) { return Allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, size_t /*size*/) noexcept {
  std::free(memory);
}

namespace wirecopy {
namespace {

// Ids longer than a string holds without asking for memory.
void WriteDifferent(const std::string& path, size_t documents) {
  std::ofstream out(path);
  std::mt19937_64 random(documents);
  for (size_t d = 0; d < documents; ++d) {
    out << R"({"id":"https://example.org/article/)" << d << R"(","text":")";
    for (int word = 0; word < 150; ++word) out << random() % 100000 << ' ';
    out << "\"}\n";
  }
}

uint64_t AllocationsOf(const std::string& path, size_t documents) {
  const uint64_t before = allocations;
  CorpusOptions options;
  options.paths = {path};
  const auto corpus = Corpus::Open(options);
  EXPECT_TRUE(corpus.ok()) << corpus.status();
  const auto found = Dedup({}, corpus->get());
  EXPECT_TRUE(found.ok()) << found.status();
  EXPECT_EQ((*corpus)->size(), documents);
  EXPECT_TRUE(found->removed.empty());
  return allocations - before;
}

// What is asked for more often then is blocks, and lists that double. (A
// document that is compared costs a few: its set, which is shared.)
TEST(AllocationsTest, DocumentsThatNobodySharesCostNone) {
  const oracle::TempFolder folder;
  constexpr size_t kFew = 2000;
  constexpr size_t kMany = 10 * kFew;
  WriteDifferent(folder.Path("few.jsonl"), kFew);
  WriteDifferent(folder.Path("many.jsonl"), kMany);
  AllocationsOf(folder.Path("few.jsonl"), kFew);  // what a process makes once
  const uint64_t few = AllocationsOf(folder.Path("few.jsonl"), kFew);
  const uint64_t many = AllocationsOf(folder.Path("many.jsonl"), kMany);
  EXPECT_GT(few, 0U);
  EXPECT_LT(many, few + (kMany - kFew) / 20) << few;
}

TEST(AllocationsTest, AnAlignerNeedsNoneAfterTheLongestTexts) {
  oracle::AnyText source(4);
  std::vector<oracle::Texts> all;
  for (int i = 0; i < 50; ++i) {
    all.push_back(oracle::Related(&source, 400));
    // Of accents that are put in order, the text layer makes copies.
    for (std::string* text : {&all.back().a, &all.back().b}) {
      for (char& c : *text) c = static_cast<char>(c & 0x7F);
    }
  }
  PassageAligner aligner((PassageOptions()));
  const auto align_all = [&] {
    for (const auto& [a, b] : all) {
      aligner.Align(a, b);
      aligner.AlignSelf(a);
    }
  };
  align_all();
  const uint64_t before = allocations;
  align_all();
  EXPECT_EQ(allocations, before);
  EXPECT_GT(before, 0U);
}

}  // namespace
}  // namespace wirecopy
