// Weights of the model of direction, in nats a unit of a figure. Made by
// bench/accuracy/fit_direction.py; not for editing.
//
// Learnt on 2026-11-26. Posts: 2213 pairs of 710 newsgroup threads; 23 of 2213
// clocks are wrong there; 2092 pairs of other threads were kept apart.
// Articles: 12949 pairs of generated families, half of which is believed.

#ifndef WIRECOPY_PROVENANCE_DIRECTION_WEIGHTS_H_
#define WIRECOPY_PROVENANCE_DIRECTION_WEIGHTS_H_

namespace wirecopy {

// By Figure.
inline constexpr double kPostWeights[] = {
    -0.3573,  // lead
    0.8899,   // lead_words
    -0.6407,  // ending
    -0.7461,  // ending_words
    -0.6966,  // interleaved
    0.0691,   // interleaved_words
    -0.4578,  // inserted
    1.7219,   // coverage
    1.4369,   // length
    3.0505,   // cut_at_paragraph
    0.0052,   // cut_at_sentence
    -0.2473,  // elision
    -0.4651,  // addressing
    -0.3889,  // first_person
    -0.5199,  // signature
    -1.0424,  // named_author
    -0.5499,  // reply
    0.1383,   // answer
    0.5808,   // at_end
    -0.8437,  // indent
    0.3636,   // line_width
    -1.4923,  // house_style
    0.2670,   // misprint
};
inline constexpr double kArticleWeights[] = {
    0.4367,   // lead
    -0.2645,  // lead_words
    -0.1276,  // ending
    -0.0461,  // ending_words
    0.4410,   // interleaved
    -0.2245,  // interleaved_words
    -0.2977,  // inserted
    1.0521,   // coverage
    2.0801,   // length
    4.3855,   // cut_at_paragraph
    -0.0802,  // cut_at_sentence
    0.0000,   // elision
    0.0000,   // addressing
    0.0000,   // first_person
    0.0000,   // signature
    0.0000,   // named_author
    0.0000,   // reply
    0.0000,   // answer
    -0.2036,  // at_end
    0.0000,   // indent
    0.0000,   // line_width
    -1.1152,  // house_style
    0.3000,   // misprint
};

// ln(right / wrong) of clocks an hour apart, what the natural logarithm of the
// hours adds, and the most that it comes to.
inline constexpr double kClockAtHour = 3.0688;
inline constexpr double kClockPerLogHour = 0.9644;
inline constexpr double kClockBound = 6.0;

}  // namespace wirecopy

#endif  // WIRECOPY_PROVENANCE_DIRECTION_WEIGHTS_H_
