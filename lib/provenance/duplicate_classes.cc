#include "provenance/duplicate_classes.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "provenance/direction.h"
#include "provenance/lineage_weights.h"

namespace wirecopy {
namespace {

// Fewer dates do not tell which one is odd.
constexpr size_t kLeastDates = 8;
// Where a wrong clock may stand, and the least that copies may take, in
// seconds.
constexpr double kDay = 24 * 3600;
constexpr double kWrongRange = 8 * 365 * kDay;

// Which of these dates, by rising time, is the first that is right. Those
// before it are wrong, each with the prior of wrong clocks and anywhere within
// years; those behind it come as copies do, which are the fewer the later, or
// are wrong as well. O(n^2), of the first few that may be.
size_t FirstRight(const std::vector<double>& dates) {
  if (dates.size() < kLeastDates) return 0;
  constexpr size_t kMostLooked = 256;
  const double wrong = kWrongClocks / kWrongRange;
  size_t best = 0;
  double most = -std::numeric_limits<double>::infinity();
  for (size_t first = 0; first < std::min(kMostLooked, dates.size() / 2);
       ++first) {
    const double median = dates[first + (dates.size() - first) / 2];
    const double delay = std::max(kDay, median - dates[first]);
    double nats = static_cast<double>(first) * std::log(wrong);
    for (size_t i = first + 1; i < dates.size(); ++i) {
      const double right = std::exp((dates[first] - dates[i]) / delay) / delay;
      nats += std::log((1 - kWrongClocks) * right + wrong);
    }
    if (nats > most) {
      most = nats;
      best = first;
    }
  }
  return best;
}

// By rising ends: who ends before another begins is the earlier one, and so one
// that ends first may be the first of all.
void SortByDate(const Family& family, std::vector<uint32_t>* members) {
  std::stable_sort(members->begin(), members->end(), [&](auto a, auto b) {
    const auto key = [&](uint32_t member) {
      constexpr double kNever = std::numeric_limits<double>::infinity();
      const Clock clock = ClockOf(family, member);
      return clock.seconds ? EndOf(clock) : kNever;
    };
    return key(a) < key(b);
  });
  std::vector<double> dates;
  for (const uint32_t member : *members) {
    const Clock clock = ClockOf(family, member);
    if (clock.seconds.has_value()) dates.push_back(EndOf(clock));
  }
  const auto right = static_cast<ptrdiff_t>(FirstRight(dates));
  std::rotate(members->begin(), members->begin() + right,
              members->begin() + right + 1);
}

// Moves those that may be as early as the first right behind it, and says how
// many they are with it.
size_t GatherTied(const Family& family, std::vector<uint32_t>* members) {
  const Clock first = ClockOf(family, members->front());
  const auto rest = std::stable_partition(
      members->begin() + 1, members->end(), [&](uint32_t member) {
        const Clock clock = ClockOf(family, member);
        if (!first.seconds) return true;  // then none is dated
        const auto earlier = IsEarlier(first, clock);
        return earlier && *earlier > 0 && *earlier < 1;
      });
  return static_cast<size_t>(rest - members->begin());
}

// Of members whose dates tie, those that are another's of them by what else is
// known go behind the others. Says how many are left. `evidence` is that within
// the class.
size_t BreakTies(std::span<const MemberEvidence> evidence,
                 std::span<uint32_t> tied, std::vector<double>* told) {
  if (evidence.empty()) return tied.size();
  const absl::flat_hash_set<uint32_t> candidates(tied.begin(), tied.end());
  absl::flat_hash_set<uint32_t> sources;
  absl::flat_hash_map<uint32_t, double> copies;  // and how likely they are
  for (const MemberEvidence& one : evidence) {
    const auto [source, copy] = one.log_odds > 0
                                    ? std::pair(one.source, one.copy)
                                    : std::pair(one.copy, one.source);
    const double sure = 1 / (1 + std::exp(-std::abs(one.log_odds)));
    if (sure < kLeastConfidence || !candidates.contains(source) ||
        !candidates.contains(copy)) {
      continue;
    }
    sources.insert(source);
    double& most = copies[copy];
    most = std::max(most, sure);
  }
  // Where each is said to be another's, nobody knows where to begin.
  if (copies.size() == tied.size()) return tied.size();
  const auto rest = std::stable_partition(
      tied.begin(), tied.end(),
      [&](uint32_t member) { return !copies.contains(member); });
  // Who has given it to one of them before those of which nothing is known.
  std::stable_partition(tied.begin(), rest, [&](uint32_t member) {
    return sources.contains(member);
  });
  for (const auto& [member, sure] : copies) (*told)[member] = sure;
  return static_cast<size_t>(rest - tied.begin());
}

// Of the first, whichever of those that are tied it is.
Clock ClockOfFirst(const Family& family, std::span<const uint32_t> members,
                   size_t tied) {
  const Clock first = ClockOf(family, members[0]);
  if (!first.seconds.has_value()) return first;
  double begin = BeginOf(first);
  double end = EndOf(first);
  for (size_t i = 1; i < members.size(); ++i) {
    const Clock clock = ClockOf(family, members[i]);
    // What overlaps with the first alone, which is a stretch of time.
    if (IsEarlier(first, clock) != 0.5) continue;
    if (i < tied) begin = std::min(begin, BeginOf(clock));
    end = std::min(end, EndOf(clock));
  }
  return {(begin + end) / 2, first.error, end - begin};
}

// By class.
std::vector<std::vector<MemberEvidence>> EvidenceWithin(
    const Family& family, const DuplicateClasses& classes) {
  std::vector<std::vector<MemberEvidence>> within(classes.members.size());
  for (const MemberEvidence& one : family.evidence) {
    const uint32_t c = classes.class_of[one.source];
    if (c == classes.class_of[one.copy]) within[c].push_back(one);
  }
  return within;
}

// Puts the members of all classes into their order.
void OrderMembers(const Family& family, DuplicateClasses* classes) {
  const auto within = EvidenceWithin(family, *classes);
  classes->told.resize(family.members.size());
  for (size_t c = 0; c < classes->members.size(); ++c) {
    std::vector<uint32_t>& members = classes->members[c];
    SortByDate(family, &members);
    size_t tied = GatherTied(family, &members);
    tied = BreakTies(within[c], std::span(members).first(tied), &classes->told);
    classes->clocks.push_back(ClockOfFirst(family, members, tied));
    // Where no date is known, the first stands for all: a guess, whose
    // confidence says how many there are to guess from.
    const bool is_guess =
        !family.use_dates &&
        std::none_of(members.begin(), members.end(), [&](uint32_t member) {
          return family.members[member].seconds.has_value();
        });
    classes->tied.push_back(is_guess ? 1 : tied);
  }
}

}  // namespace

Clock ClockOf(const FamilyMember& member) {
  return {member.seconds, member.seconds_error, member.seconds_length};
}

Clock ClockOf(const Family& family, uint32_t member) {
  if (!family.use_dates) return {};
  return ClockOf(family.members[member]);
}

DuplicateClasses FindDuplicateClasses(const Family& family) {
  const auto text = [&](uint32_t member) {
    return family.members[member].tokens;
  };
  std::vector<uint32_t> order(family.members.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return std::lexicographical_compare(text(a).begin(), text(a).end(),
                                        text(b).begin(), text(b).end());
  });
  std::vector<uint32_t> first(order.size());  // the lowest of the same text
  for (size_t i = 0; i < order.size(); ++i) {
    const bool is_same =
        i > 0 && std::ranges::equal(text(order[i - 1]), text(order[i]));
    first[order[i]] = is_same ? first[order[i - 1]] : order[i];
  }
  DuplicateClasses classes;
  classes.class_of.resize(order.size());
  for (uint32_t member = 0; member < first.size(); ++member) {
    if (first[member] == member) {
      classes.class_of[member] = static_cast<uint32_t>(classes.members.size());
      classes.members.emplace_back();
    }
    classes.class_of[member] = classes.class_of[first[member]];
    classes.members[classes.class_of[member]].push_back(member);
  }
  OrderMembers(family, &classes);
  return classes;
}

}  // namespace wirecopy
