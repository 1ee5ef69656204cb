#include "provenance/crediting.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "provenance/snippet.h"

namespace wirecopy {
namespace {

// Stated priors, for no labelled data at hand carries attribution.
//
// "First reported by" the other's publisher, which the other has not: hardly
// any source says so of its copier (once in 1,100). More than a clock weighs at
// most, for dates are wrong once in 400 documents.
constexpr double kNamesFirst = 7;
// That names the other's publisher, no more: it may be anything's neighbour.
constexpr double kMentionsPublisher = 1.5;
// A credit that the other text has not, to an outlet that may or may not be
// the other's publisher, for that is unknown; and what it adds where the other
// names the same outlet without crediting it, as it does who speaks for it.
constexpr double kCredits = 1.5;
constexpr double kSpeaksAsCredited = 0.8;
// "First published in": who says so is no source, but perhaps a sister of the
// other rather than its copy.
constexpr double kRepublishes = 3;
// The same of a name that may be a town's or a writer's.
constexpr double kRepublishesDoubtful = 1;
// The mark of an agency that the other has not.
constexpr double kWireMark = 1;
// That the other has in its dateline: who copied the one that bears the mark
// would hardly make up the dateline (once in 12).
constexpr double kMarkOfDateline = 2.5;
// "Told this newspaper", which the other has turned into a name, or left out.
constexpr double kOwnVoiceNamed = 2;
constexpr double kOwnVoice = 1;
// "Told the Ledger", which the other has not: the Ledger itself says so, and
// copiers leave it out more often than they put it in.
constexpr double kTold = 0.5;

// What is equal in one text of a pair, by place.
class EqualText {
 public:
  EqualText(std::span<const EvidencePassage> passages, PairSide side) {
    size_t count = 0;
    for (const auto& passage : passages) count += passage.runs.size();
    spans_.reserve(count);
    for (const auto& passage : passages) {
      if (passage.kind == PassageKind::kSelf) continue;
      for (const EqualRun& run : passage.runs) {
        spans_.push_back(SpanOn(side, run));
      }
    }
    std::sort(spans_.begin(), spans_.end(),
              [](const ByteSpan& x, const ByteSpan& y) {
                return std::pair(x.begin, x.end) < std::pair(y.begin, y.end);
              });
  }

  // Whether the other text has any of this stretch.
  bool Overlaps(size_t begin, size_t end) const {
    const auto span = std::lower_bound(
        spans_.begin(), spans_.end(), begin,
        [](const ByteSpan& x, size_t place) { return x.end <= place; });
    return span != spans_.end() && span->begin < end;
  }

  // Whether it has all of it.
  bool Has(size_t begin, size_t end) const {
    auto span = std::upper_bound(
        spans_.begin(), spans_.end(), begin,
        [](size_t place, const ByteSpan& x) { return place < x.begin; });
    return span != spans_.begin() && (--span)->end >= end;
  }

 private:
  std::vector<ByteSpan> spans_;
};

// One text of a pair, and what it says of outlets.
struct Side {
  const DocumentProfile& document;
  EqualText equal;

  // Null where it has none that the other has not.
  const Naming* own_voice = nullptr;

  // Whether a naming is in a paragraph that has something from the other.
  bool IsOfShared(const Naming& naming) const {
    return equal.Overlaps(naming.paragraph.begin, naming.paragraph.end);
  }

  // The other text has not these words.
  bool IsOwn(const Naming& naming) const {
    return !equal.Has(naming.begin, naming.end);
  }
  bool Publishes(const OutletName& name) const {
    return NameSame(name, document.publisher) ||
           (!name.domain.empty() && NameSame(name, document.host));
  }
  // An agency writes its name into its own datelines.
  bool MayMarkItself(const Naming& naming) const {
    return naming.role == NamingRole::kDateline && document.publisher.IsEmpty();
  }
  std::string_view Quote(const Naming& naming) const {
    return std::string_view(document.text.text)
        .substr(naming.begin, naming.end - naming.begin);
  }
};

bool IsMark(const Naming& naming) {
  return naming.role == NamingRole::kDateline ||
         naming.role == NamingRole::kWire;
}

// The strongest that one text says of having it from the other: of what weighs
// the same, that the other has not, and what says most.
struct Credit {
  double weight = 0;
  const Naming* naming = nullptr;  // in the text that credits
  const Naming* answer = nullptr;  // in the other
  bool is_voice = false;           // `naming` is the source's own voice
  bool names_publisher = false;
  bool is_own = false;  // the other text has not these words
};

void Raise(const Credit& credit, Credit* best) {
  const auto rank = [](const Credit& c) {
    return std::tuple(
        c.weight, c.is_own,
        c.naming == nullptr ? NamingRole::kMention : c.naming->role);
  };
  if (rank(credit) > rank(*best)) *best = credit;
}

// What one text says of the other's publisher.
double WeightOfNaming(const Naming& naming, bool is_own) {
  if (naming.role < NamingRole::kTold) return kMentionsPublisher;
  return naming.of_whole_text && is_own ? kNamesFirst : kNamesPublisher;
}

// The first naming of the other text about the same outlet, of these roles.
const Naming* FindSame(const Side& side, const OutletName& name,
                       NamingRole least, NamingRole most) {
  return side.document.naming_index.Find(side.document.namings, name, least,
                                         most);
}

Side MakeSide(const DocumentProfile& document,
              std::span<const EvidencePassage> passages, PairSide which) {
  Side side{document, EqualText(passages, which), nullptr};
  for (const Naming& naming : document.namings) {
    if (naming.role == NamingRole::kOwn && side.IsOwn(naming)) {
      side.own_voice = &naming;
      break;
    }
  }
  return side;
}

const Naming* FindDateline(const Side& side, const OutletName& name) {
  return FindSame(side, name, NamingRole::kDateline, NamingRole::kDateline);
}

// Whether the other text has not these words, or has them in its dateline: what
// follows may be equal from the agency's name on.
bool Adds(const Side& copy, const Side& source, const Naming& naming) {
  return copy.IsOwn(naming) || (naming.role == NamingRole::kWire &&
                                FindDateline(source, naming.name) != nullptr);
}

// What a credit says that the other does not give, though its dateline, if it
// has one, may name the same outlet, and so itself.
double WeightOfNewCredit(const Naming& naming, const Side& copy,
                         const Side& source, const Naming** answer) {
  *answer = FindDateline(source, naming.name);
  // Two datelines are two customers', or the agency's and a customer's.
  if (naming.role == NamingRole::kDateline && *answer != nullptr) return 0;
  const double mark = *answer == nullptr ? kWireMark : kMarkOfDateline;
  if (IsMark(naming)) return mark;
  if (naming.of_whole_text) return kRepublishes;
  // Elsewhere it is for what that paragraph tells: of such credits among the
  // labelled posts more were the source's than the copy's. Not so where the
  // other says that it was told, as who speaks for itself may.
  if (!copy.IsOfShared(naming)) {
    if (*answer != nullptr) return mark;
    *answer =
        FindSame(source, naming.name, NamingRole::kTold, NamingRole::kTold);
    return *answer == nullptr ? 0 : kCredits;
  }
  *answer = FindSame(source, naming.name, NamingRole::kMention,
                     NamingRole::kDateline);
  return *answer == nullptr ? kCredits : kCredits + kSpeaksAsCredited;
}

// What a credit to an outlet says where nobody knows whether it is the other's.
double WeightOfCredit(const Naming& naming, const Side& copy,
                      const Side& source, const Naming** answer) {
  if (naming.role < NamingRole::kTold || copy.MayMarkItself(naming)) return 0;
  if (naming.is_doubtful) {
    return naming.of_whole_text ? kRepublishesDoubtful : 0;
  }
  if (!IsMark(naming)) {
    *answer = source.own_voice;
    if (*answer != nullptr) return kOwnVoiceNamed;
  }
  if (naming.role == NamingRole::kTold) return 0;
  // Who credits the same has it from the same place.
  if (FindSame(source, naming.name, NamingRole::kWire, NamingRole::kCredit) !=
      nullptr) {
    return 0;
  }
  return WeightOfNewCredit(naming, copy, source, answer);
}

// What `copy` says of having it from `source`.
Credit FindCredit(const Side& copy, const Side& source) {
  Credit best;
  const bool is_unknown = source.document.publisher.IsEmpty();
  for (const Naming& naming : copy.document.namings) {
    if (naming.name.IsEmpty() || copy.Publishes(naming.name)) continue;
    if (source.Publishes(naming.name)) {
      const bool is_own = copy.IsOwn(naming);
      // What both have may have been said of itself by the other.
      if (naming.role < NamingRole::kTold && !is_own) continue;
      Raise({WeightOfNaming(naming, is_own), &naming, nullptr, false, true,
             is_own},
            &best);
    } else if (is_unknown && Adds(copy, source, naming)) {
      const Naming* answer = nullptr;
      const double weight = WeightOfCredit(naming, copy, source, &answer);
      Raise({weight, &naming, answer}, &best);
    }
  }
  return best;
}

// What `source` says as the outlet that it may be.
Credit FindVoice(const Side& source, const Side& copy) {
  Credit best;
  for (const Naming& naming : source.document.namings) {
    if (!source.IsOwn(naming) || !source.IsOfShared(naming)) continue;
    if (naming.role == NamingRole::kOwn) {
      Raise({kOwnVoice, &naming, nullptr, true}, &best);
    }
    if (naming.role != NamingRole::kTold || naming.is_doubtful) continue;
    const bool may_be_own =
        source.document.publisher.IsEmpty() || source.Publishes(naming.name);
    // "Told this newspaper" over there is who speaks for itself.
    if (may_be_own && copy.own_voice == nullptr &&
        FindSame(copy, naming.name, NamingRole::kMention,
                 NamingRole::kCredit) == nullptr) {
      Raise({kTold, &naming, nullptr, true}, &best);
    }
  }
  return best;
}

std::string Describe(const Credit& credit, const Side& copy, const Side& source,
                     std::string_view copy_name, std::string_view source_name) {
  const std::string c(copy_name);
  const std::string s(source_name);
  if (credit.is_voice) {
    return absl::StrCat(s, " speaks for itself, which ", c,
                        " does not: ", Snippet(source.Quote(*credit.naming)));
  }
  std::string detail =
      absl::StrCat(c, credit.names_publisher ? " names the publisher of " : "",
                   credit.names_publisher ? s : " credits an outlet", ": ",
                   Snippet(copy.Quote(*credit.naming)));
  if (credit.answer != nullptr) {
    const bool is_dateline = credit.answer->role == NamingRole::kDateline;
    absl::StrAppend(
        &detail, "; ", s,
        is_dateline ? " has it in its dateline: " : " speaks for itself: ",
        Snippet(source.Quote(*credit.answer)));
  }
  return detail;
}

Credit Strongest(const Side& copy, const Side& source) {
  Credit best = FindCredit(copy, source);
  Raise(FindVoice(source, copy), &best);
  return best;
}

// Whether for all that is said `source` may be the agency's own, and `copy`
// made from it: the one names it in its dateline alone, the other elsewhere.
bool MayBeFrom(const DocumentProfile& source, const DocumentProfile& copy,
               const OutletName& agency) {
  const auto names_elsewhere = [&](const DocumentProfile& document) {
    return document.naming_index.Find(document.namings, agency,
                                      NamingRole::kWire,
                                      NamingRole::kCredit) != nullptr;
  };
  return source.publisher.IsEmpty() && !names_elsewhere(source) &&
         names_elsewhere(copy);
}

}  // namespace

void AppendAttribution(const DocumentProfile& a, const DocumentProfile& b,
                       std::span<const EvidencePassage> passages,
                       std::vector<Evidence>* evidence) {
  if (a.namings.empty() && b.namings.empty()) return;
  const Side a_side = MakeSide(a, passages, PairSide::kA);
  const Side b_side = MakeSide(b, passages, PairSide::kB);
  if (const Credit credit = Strongest(b_side, a_side); credit.weight > 0) {
    evidence->push_back({"attribution", credit.weight,
                         Describe(credit, b_side, a_side, "b", "a"), true});
  }
  if (const Credit credit = Strongest(a_side, b_side); credit.weight > 0) {
    evidence->push_back({"attribution", -credit.weight,
                         Describe(credit, a_side, b_side, "a", "b"), true});
  }
}

std::string FindCommonAgency(const DocumentProfile& a, const DocumentProfile& b,
                             const NameTable& names) {
  // A paper's second version comes from its first.
  if (!a.publisher.IsEmpty() && a.publisher.words == b.publisher.words) {
    return "";
  }
  for (const Naming& naming : a.namings) {
    if (naming.role < NamingRole::kDateline || !naming.name.group) continue;
    const bool is_own = NameSame(naming.name, a.publisher) ||
                        NameSame(naming.name, b.publisher);
    if (is_own) continue;
    const Naming* const other = b.naming_index.Find(
        b.namings, naming.name, NamingRole::kDateline, NamingRole::kCredit);
    if (other == nullptr || !other->name.group) continue;
    if (!MayBeFrom(a, b, naming.name) && !MayBeFrom(b, a, naming.name)) {
      return names.Shown(*naming.name.group);
    }
  }
  return "";
}

}  // namespace wirecopy
