#include "lsh/key_parts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tests/support/random_sets.h"

namespace wirecopy {
namespace {

using oracle::SetSource;

// Documents that are not their own places, so that the two cannot be mixed up.
uint32_t DocumentAt(size_t place) {
  return static_cast<uint32_t>(3 * place + 1);
}

constexpr size_t kSlice = 3001;  // keys that are added at a time

// That the parts have each entry once, by rising top bits, and within a part
// in the order that they came in.
void ExpectParts(const std::vector<uint32_t>& keys, KeyParts* parts) {
  std::vector<uint32_t> documents;
  documents.reserve(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) documents.push_back(DocumentAt(i));
  for (size_t i = 0; i < keys.size(); i += kSlice) {
    const size_t size = std::min(kSlice, keys.size() - i);
    parts->Add(std::span(keys).subspan(i, size),
               std::span(documents).subspan(i, size));
  }
  parts->Finish();
  size_t bits = 0;
  while (size_t{1} << bits < parts->count()) ++bits;
  ASSERT_EQ(parts->count(), size_t{1} << bits);
  size_t total = 0;
  for (size_t part = 0; part < parts->count(); ++part) {
    uint32_t before = 0;
    size_t visited = 0;
    parts->Part(part).ForEach([&](const KeyedDocument& entry) {
      ++visited;
      ASSERT_EQ(uint64_t{entry.key} >> (32 - bits), part);
      ASSERT_LT(before, entry.document);
      before = entry.document;
      const size_t place = (entry.document - 1) / 3;
      ASSERT_EQ(DocumentAt(place), entry.document);
      ASSERT_LT(place, keys.size());
      ASSERT_EQ(keys[place], entry.key);
    });
    ASSERT_EQ(visited, parts->Part(part).size());
    total += visited;
    parts->Clear(part);
    ASSERT_EQ(parts->Part(part).size(), 0U);
  }
  ASSERT_EQ(total, keys.size());
}

std::vector<uint32_t> RandomKeys(size_t count, SetSource* source) {
  std::vector<uint32_t> keys(count);
  for (uint32_t& key : keys) key = static_cast<uint32_t>(source->Next());
  return keys;
}

TEST(KeyPartsTest, ThereAreMoreOfThemTheMoreThereIs) {
  EXPECT_EQ(KeyParts(0, 0).count(), 1U);
  EXPECT_EQ(KeyParts(1000, 0).count(), 1U);
  EXPECT_GT(KeyParts(1'000'000, 0).count(), KeyParts(100'000, 0).count());
}

TEST(KeyPartsTest, EveryEntryIsInItsPart) {
  SetSource source(71);
  for (const size_t count : {0U, 1U, 2U, 100U, 40'000U, 300'000U}) {
    KeyParts parts(count, 0);
    // The second time, what the first left must not matter.
    ExpectParts(RandomKeys(count, &source), &parts);
    ExpectParts(std::vector<uint32_t>(count, 7), &parts);
    ExpectParts(RandomKeys(count, &source), &parts);
  }
}

// More than caches hold, which leaves by whole lines.
TEST(KeyPartsTest, SoManyThatTheyGoPastTheCaches) {
  constexpr size_t kCount = (size_t{1} << 21) + 5;
  SetSource source(72);
  KeyParts parts(kCount, 0);
  ExpectParts(RandomKeys(kCount, &source), &parts);
  std::vector<uint32_t> keys = RandomKeys(kCount, &source);
  for (size_t i = 0; i < kCount; i += 3) keys[i] = ~0U;
  ExpectParts(keys, &parts);
}

}  // namespace
}  // namespace wirecopy
