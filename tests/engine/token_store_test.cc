#include "engine/token_store.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "passage/anchors.h"
#include "tests/support/passage_oracle.h"
#include "wirecopy/document.h"

namespace wirecopy {
namespace {

TEST(TokenStoreTest, KnowsWhoHasSingleTokens) {
  std::vector<Document> documents(4);
  for (size_t i = 0; i < documents.size(); ++i) {
    documents[i].id = {true, std::to_string(i)};
  }
  documents[0].text = "The ferry left the harbour late.";
  documents[1].text = "The ferry is called 海鳥 by some.";
  documents[3].text = "渡し船";
  const auto source = NewMemorySource(documents);
  const auto store = TokenStore::Scan({}, 2, source.get());
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_FALSE(store->HasSingles(0));
  EXPECT_TRUE(store->HasSingles(1));
  EXPECT_FALSE(store->HasSingles(2));
  EXPECT_TRUE(store->HasSingles(3));
}

// What is known of a pair changes no length.
TEST(TokenStoreTest, WhoHasNoneIsAsLongAsItsWords) {
  oracle::CodeSource source(1);
  for (int trial = 0; trial < 100; ++trial) {
    oracle::Codes codes = source.New(60, 20);
    const uint32_t begin = source.Below(50);
    const uint32_t length = 1 + source.Below(10);
    ASSERT_EQ((TokenPair{codes, codes, false, false}.Thirds(begin, length)),
              (TokenPair{codes, codes}.Thirds(begin, length)));
    codes[begin] |= 1;
    ASSERT_EQ((TokenPair{codes, codes}.Thirds(begin, length)), 3 * length - 1);
  }
}

}  // namespace
}  // namespace wirecopy
