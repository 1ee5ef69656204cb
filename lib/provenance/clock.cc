#include "provenance/clock.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>
#include <vector>

#include "provenance/direction_weights.h"

namespace wirecopy {
namespace {

constexpr int kHoursOfDay = 24;
constexpr int kZones = 14;

// Hours to add to what is stated, and how likely.
struct Shift {
  double hours = 0;
  double probability = 1;
};

std::vector<Shift> DateShifts() {
  std::vector<Shift> shifts;
  shifts.reserve(kHoursOfDay);
  for (int hour = 0; hour < kHoursOfDay; ++hour) {
    shifts.push_back({hour + 0.5, 1.0 / kHoursOfDay});
  }
  return shifts;
}

std::vector<Shift> ZoneShifts() {
  std::vector<Shift> shifts;
  shifts.reserve(2 * kZones + 1);
  constexpr double kEach = 0.5 / (2 * kZones);
  for (int hours = -kZones; hours <= kZones; ++hours) {
    shifts.push_back({static_cast<double>(hours), hours == 0 ? 0.5 : kEach});
  }
  return shifts;
}

bool IsMultiple(absl::Time time, absl::Duration unit) {
  return (time - absl::UnixEpoch()) % unit == absl::ZeroDuration();
}

bool IsDateAlone(absl::Time time) {
  return IsMultiple(time, absl::Hours(kHoursOfDay));
}

std::span<const Shift> ShiftsOf(const PublicationTime& time) {
  static const auto* const exact = new std::vector<Shift>{{0, 1}};
  static const auto* const date = new std::vector<Shift>(DateShifts());
  static const auto* const zone = new std::vector<Shift>(ZoneShifts());
  if (!time.is_uncertain) return *exact;
  return IsDateAlone(time.time) ? *date : *zone;
}

// Of true times this far apart, b's after a's: in [-bound, bound].
double LogOdds(double hours) {
  if (hours == 0) return 0;
  const double distance = std::abs(hours);
  const double log_odds = std::clamp(
      kClockAtHour + kClockPerLogHour * std::log(distance), 0.0, kClockBound);
  return hours > 0 ? log_odds : -log_odds;
}

}  // namespace

absl::Duration StatedLength(const PublicationTime& time) {
  if (time.is_uncertain && IsDateAlone(time.time)) {
    return absl::Hours(kHoursOfDay);
  }
  return IsMultiple(time.time, absl::Minutes(1)) ? absl::Minutes(1)
                                                 : absl::ZeroDuration();
}

bool IsStatedBefore(const PublicationTime& a, const PublicationTime& b) {
  if (!a.is_known || !b.is_known) return false;
  // A length of 0 makes an instant, which is not before itself.
  return a.time < b.time && a.time + StatedLength(a) <= b.time;
}

double ClockLogOdds(const PublicationTime& a, const PublicationTime& b) {
  // Two dates of one day, or a date and an hour of that day, say nothing.
  if (!IsStatedBefore(a, b) && !IsStatedBefore(b, a)) return 0;
  // Sums are taken in one order, so that they are rounded alike either way.
  if (std::tie(b.time, b.is_uncertain) < std::tie(a.time, a.is_uncertain)) {
    return -ClockLogOdds(b, a);
  }
  const double hours = absl::ToDoubleHours(b.time - a.time);
  const std::span<const Shift> a_shifts = ShiftsOf(a);
  const std::span<const Shift> b_shifts = ShiftsOf(b);
  if (a_shifts.size() == 1 && b_shifts.size() == 1) return LogOdds(hours);
  double a_first = 0;
  double b_first = 0;
  for (const Shift& x : a_shifts) {
    for (const Shift& y : b_shifts) {
      const double log_odds = LogOdds(hours + y.hours - x.hours);
      const double probability = x.probability * y.probability;
      a_first += probability / (1 + std::exp(-log_odds));
      b_first += probability / (1 + std::exp(log_odds));
    }
  }
  return std::log(a_first / b_first);
}

}  // namespace wirecopy
