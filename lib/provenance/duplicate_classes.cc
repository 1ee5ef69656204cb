#include "provenance/duplicate_classes.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

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

// Puts the members of all classes into their order.
void OrderMembers(const Family& family, DuplicateClasses* classes) {
  for (std::vector<uint32_t>& members : classes->members) {
    SortByDate(family, &members);
    const size_t tied = GatherTied(family, &members);
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
