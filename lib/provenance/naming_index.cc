#include "provenance/naming_index.h"

#include <algorithm>
#include <tuple>

#include "base/hash.h"

namespace wirecopy {
namespace {

// What a key is the hash of; a seed.
enum KeyKind : uint64_t { kGroup = 1, kDomain, kWhole, kPart };

// So many namings under one key are compared, and so many words of a name
// are its beginnings and ends.
constexpr int kMostCompared = 8;
constexpr size_t kMostWords = 8;

uint64_t KeyOf(std::span<const TokenCode> words, KeyKind kind) {
  return Hash64(words.data(), words.size_bytes(), kind);
}

// Calls take(words) for each proper beginning and end of a name.
template <typename Take>
void ForEachEnd(const std::vector<TokenCode>& words, Take take) {
  const std::span<const TokenCode> all(words);
  const size_t most =
      std::min(words.empty() ? 0 : words.size() - 1, kMostWords);
  for (size_t size = 1; size <= most; ++size) {
    take(all.first(size));
    take(all.last(size));
  }
}

// The keys that a name is filed under, or looked for by: who looks for the
// whole finds names that it is a part of, and its parts find whole names.
template <typename Take>
void ForEachKey(const OutletName& name, bool is_filed, Take take) {
  const KeyKind whole = is_filed ? kWhole : kPart;
  const KeyKind part = is_filed ? kPart : kWhole;
  if (name.group) take(Hash64(&*name.group, sizeof(*name.group), kGroup));
  if (!name.domain.empty()) {
    take(Hash64(name.domain.data(), name.domain.size(), kDomain));
  }
  if (name.words.empty()) return;
  take(KeyOf(name.words, whole));
  if (is_filed) take(KeyOf(name.words, kPart));
  ForEachEnd(name.words, [&](std::span<const TokenCode> words) {
    take(KeyOf(words, part));
  });
}

}  // namespace

NamingIndex::NamingIndex(std::span<const Naming> namings) {
  entries_.reserve(namings.size() * 4);
  for (size_t i = 0; i < namings.size(); ++i) {
    ForEachKey(namings[i].name, true, [&](uint64_t key) {
      entries_.push_back({key, namings[i].role, static_cast<uint32_t>(i)});
    });
  }
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& x, const Entry& y) {
              return std::tie(x.key, x.role, x.naming) <
                     std::tie(y.key, y.role, y.naming);
            });
}

const Naming* NamingIndex::Find(std::span<const Naming> namings,
                                const OutletName& name, NamingRole least,
                                NamingRole most) const {
  const Naming* first = nullptr;
  const auto look = [&](uint64_t key, NamingRole role) {
    auto entry = std::lower_bound(
        entries_.begin(), entries_.end(), std::pair(key, role),
        [](const Entry& x, const std::pair<uint64_t, NamingRole>& wanted) {
          return std::tie(x.key, x.role) <
                 std::tie(wanted.first, wanted.second);
        });
    for (int compared = 0; compared < kMostCompared; ++compared, ++entry) {
      if (entry == entries_.end() || entry->key != key || entry->role != role) {
        return;
      }
      const Naming& naming = namings[entry->naming];
      if (!NameSame(naming.name, name)) continue;
      if (first == nullptr || &naming < first) first = &naming;
      return;
    }
  };
  ForEachKey(name, false, [&](uint64_t key) {
    for (auto role = static_cast<int>(least); role <= static_cast<int>(most);
         ++role) {
      look(key, static_cast<NamingRole>(role));
    }
  });
  return first;
}

}  // namespace wirecopy
