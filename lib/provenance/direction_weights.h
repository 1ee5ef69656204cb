// Weights of the model of direction, in nats a unit of a figure (or of its
// logarithm). Made by bench/accuracy/fit_direction.py; not for editing.

#ifndef WIRECOPY_PROVENANCE_DIRECTION_WEIGHTS_H_
#define WIRECOPY_PROVENANCE_DIRECTION_WEIGHTS_H_

namespace wirecopy {

inline constexpr double kPostWeights[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                          0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
inline constexpr double kArticleWeights[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                             0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
inline constexpr double kClockAtHour = 2.5;
inline constexpr double kClockPerLogHour = 0.7;
inline constexpr double kClockBound = 6;

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_DIRECTION_WEIGHTS_H_
