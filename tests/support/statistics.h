// Bounds for tests of random quantities, from theory and the number of trials.
//
// Seeds are fixed, so that a test either passes or fails for good; the bounds
// say how likely a sound program was to fail when the seed was chosen.

#ifndef WIRECOPY_TESTS_SUPPORT_STATISTICS_H_
#define WIRECOPY_TESTS_SUPPORT_STATISTICS_H_

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace wirecopy::oracle {

// Standard errors that a check may be off: more happens once in 3.5 million.
inline constexpr double kSigmas = 5;

// Mean, spread and mean square of errors.
class Errors {
 public:
  void Add(double error) {
    ++count_;
    sum_ += error;
    squares_ += error * error;
  }

  double count() const { return count_; }
  double Mean() const { return sum_ / count_; }
  double MeanSquare() const { return squares_ / count_; }
  double StandardErrorOfMean() const {
    const double variance = std::max(0.0, MeanSquare() - Mean() * Mean());
    return std::sqrt(variance / (count_ - 1));
  }

  // The mean is zero as far as one can tell.
  bool Unbiased(double allowed = 0) const {
    constexpr double kRounding = 1e-12;
    return std::abs(Mean()) <=
           allowed + kSigmas * StandardErrorOfMean() + kRounding;
  }

 private:
  double count_ = 0;
  double sum_ = 0;
  double squares_ = 0;
};

// Variance and kurtosis (3 for a normal distribution) of a single error.
struct ErrorLaw {
  double variance = 0;
  double kurtosis = 3;

  // The share of `draws` independent draws that succeed.
  static ErrorLaw OfShare(double probability, double draws) {
    const double pq = probability * (1 - probability);
    if (pq == 0) return {0, 3};
    return {pq / draws, 3 + (1 - 6 * pq) / (draws * pq)};
  }

  // The relative error of (n - 1) / sum, an estimate of the rate of an
  // exponential distribution from n draws: inverse gamma.
  static ErrorLaw OfRate(double n) {
    return {1 / (n - 2), 3 + 6 * (5 * n - 11) / ((n - 3) * (n - 4))};
  }

  // How far the mean square of that many errors strays from the variance.
  double Stray(double trials) const {
    return kSigmas * variance * std::sqrt((kurtosis - 1) / trials);
  }
};

inline bool NotAbove(const Errors& errors, const ErrorLaw& law) {
  return errors.MeanSquare() <= law.variance + law.Stray(errors.count());
}

inline bool SurelyBelow(const Errors& errors, const ErrorLaw& law) {
  return errors.MeanSquare() < law.variance - law.Stray(errors.count());
}

inline bool Agrees(const Errors& errors, const ErrorLaw& law) {
  return std::abs(errors.MeanSquare() - law.variance) <=
         law.Stray(errors.count());
}

// P(X >= successes) of a binomial distribution.
inline double BinomialTail(double trials, double successes, double p) {
  if (successes <= 0) return 1;
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  double tail = 0;
  for (double k = successes; k <= trials; ++k) {
    const double log_ways = std::lgamma(trials + 1) - std::lgamma(k + 1) -
                            std::lgamma(trials - k + 1);
    tail +=
        std::exp(log_ways + k * std::log(p) + (trials - k) * std::log1p(-p));
  }
  return std::min(1.0, tail);
}

// The probability that kSigmas leave on one side.
inline double RareEvent() { return std::erfc(kSigmas / std::sqrt(2.0)) / 2; }

// Whether that many successes are neither too few nor too many.
inline bool LikelyCount(double trials, double successes, double p) {
  return BinomialTail(trials, successes, p) > RareEvent() &&
         BinomialTail(trials, trials - successes, 1 - p) > RareEvent();
}

// Whether a chi-square statistic is neither too low nor too high (Wilson and
// Hilferty 1931).
inline bool LikelyChiSquare(double statistic, double degrees) {
  const double spread = 2 / (9 * degrees);
  const double z =
      (std::cbrt(statistic / degrees) - (1 - spread)) / std::sqrt(spread);
  return std::abs(z) <= kSigmas;
}

}  // namespace wirecopy::oracle

#endif  // WIRECOPY_TESTS_SUPPORT_STATISTICS_H_
