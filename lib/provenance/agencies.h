// Names of news agencies: what texts and bylines call them.

#ifndef WIRECOPY_PROVENANCE_AGENCIES_H_
#define WIRECOPY_PROVENANCE_AGENCIES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "provenance/text_profile.h"

namespace wirecopy {

// The names of one, the first of which is the one that is shown.
using NameGroup = std::vector<std::string>;

// Agencies of the world with their names in their own languages.
std::span<const NameGroup> KnownAgencies();

// Finds names of groups in texts. Immutable.
class NameTable {
 public:
  // The known agencies, and `more`. A name that a group of `more` has is that
  // group's. Names without a word are passed over.
  explicit NameTable(std::span<const NameGroup> more = {});

  struct Match {
    uint32_t group = 0;
    uint32_t words = 0;
  };
  // The longest name that begins with word `at` of a text, whose words may have
  // been read as `codes`. A name of up to four capital letters is found in
  // capitals alone: "AP", not "ap".
  std::optional<Match> Find(std::string_view text,
                            std::span<const ProfileWord> words,
                            size_t at) const;

  // The group that has exactly this name, if one has.
  std::optional<uint32_t> GroupOf(std::string_view name) const;

  const std::string& Shown(uint32_t group) const {
    return groups_[group].front();
  }

 private:
  struct Name {
    std::vector<TokenCode> words;
    std::string capitals;  // as it must be written; empty: in any way
    uint32_t group = 0;
  };
  void Add(const NameGroup& group);
  void AddName(const std::string& written, uint32_t group);

  std::vector<NameGroup> groups_;
  absl::flat_hash_map<TokenCode, std::vector<Name>> by_first_word_;
};

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_AGENCIES_H_
