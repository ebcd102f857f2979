// Does a recording say given phones at all? A recogniser that has not met the speaker may mishear
// most phones of a true text; but it still hears them in this order rather than in another.
#pragma once
#include "analysis/ctc.h"

namespace tts {

// By how many standard deviations the log likelihood of the phones lies above the mean of the same
// phones in random orders (always the same ones): about 0 for another text. 0 for fewer than three
// phones or when there are too few frames.
double text_match(const CtcRows& rows, const Outputs& phones);

// Whether a recording says the phones, given the share of them that was heard otherwise: most were
// heard, or they match as other texts do not (docs/listening.md has the measurements).
inline constexpr double kMostMisheard = 0.6, kLeastMatch = 5;
bool says(const CtcRows& rows, const Outputs& phones, double phone_error_rate);

}  // namespace tts
