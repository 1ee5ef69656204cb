#include "provenance/naming_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace wirecopy {
namespace {

// Plainly right: the first of all.
const Naming* FindSlowly(const std::vector<Naming>& namings,
                         const OutletName& name, NamingRole least,
                         NamingRole most) {
  for (const Naming& naming : namings) {
    if (naming.role >= least && naming.role <= most &&
        NameSame(naming.name, name)) {
      return &naming;
    }
  }
  return nullptr;
}

TEST(NamingIndexTest, AgreesWithLookingAtAll) {
  std::mt19937 random(5);
  const auto draw_name = [&] {
    OutletName name;
    if (random() % 6 == 0) {
      name.domain = random() % 2 == 0 ? "tarn.example" : "fell.example";
      return name;
    }
    for (size_t words = 1 + random() % 4; words > 0; --words) {
      name.words.push_back(static_cast<TokenCode>(2 + 2 * (random() % 4)));
    }
    if (random() % 4 == 0) name.group = static_cast<uint32_t>(random() % 3);
    return name;
  };
  const auto draw_role = [&] {
    return static_cast<NamingRole>(random() %
                                   (static_cast<int>(NamingRole::kCredit) + 1));
  };
  int found = 0;
  for (int round = 0; round < 2000; ++round) {
    std::vector<Naming> namings(random() % 8);
    for (Naming& naming : namings) {
      naming.role = draw_role();
      naming.name = draw_name();
    }
    const NamingIndex index(namings);
    const OutletName name = draw_name();
    const NamingRole least = draw_role();
    const NamingRole most = std::max(least, draw_role());
    const Naming* const expected = FindSlowly(namings, name, least, most);
    EXPECT_EQ(index.Find(namings, name, least, most), expected);
    found += expected != nullptr ? 1 : 0;
  }
  EXPECT_GT(found, 300);
  EXPECT_LT(found, 1900);
}

TEST(NamingIndexTest, NothingIsInNothing) {
  OutletName name;
  name.words = {2};
  EXPECT_EQ(
      NamingIndex().Find({}, name, NamingRole::kMention, NamingRole::kCredit),
      nullptr);
}

}  // namespace
}  // namespace wirecopy
